#include "poms/keys.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"

#define PLACES_LEAST 64

/* FNV-1a: keys are a packet's and a device's own, of a few thousand at most. */
static uint64_t
key_hash(enum unit kind, const char *key)
{
	uint64_t h = UINT64_C(14695981039346656037) ^ (uint64_t)kind;

	for (; *key != '\0'; key++)
		h = (h ^ (unsigned char)*key) * UINT64_C(1099511628211);
	return h ^ h >> 29;
}

static void
keys_put(struct keys *k, uint64_t hash, int unit)
{
	size_t at = (size_t)hash & (k->cap - 1);

	while (k->places[at].unit != 0)
		at = (at + 1) & (k->cap - 1);
	k->places[at] = (struct key_place){.hash = hash, .unit = unit};
}

static void
keys_grow(struct keys *k)
{
	struct keys more = {.cap = k->cap > 0 ? 2 * k->cap : PLACES_LEAST};

	more.places = xcalloc(more.cap, sizeof *more.places);
	for (size_t i = 0; i < k->cap; i++)
		if (k->places[i].unit != 0)
			keys_put(&more, k->places[i].hash, k->places[i].unit);
	more.n = k->n;
	free(k->places);
	*k = more;
}

void
keys_add(struct keys *k, enum unit kind, const char *key, int unit)
{
	if (2 * (k->n + 1) > k->cap)
		keys_grow(k);
	keys_put(k, key_hash(kind, key), unit);
	k->n++;
}

int
keys_next(const struct keys *k, struct key_walk *w)
{
	while (k->cap > 0) {
		const struct key_place *place =
		    &k->places[w->at++ & (k->cap - 1)];

		if (place->unit == 0)
			break;
		if (place->hash == w->hash)
			return place->unit;
	}
	return -1;
}

struct key_walk
keys_walk(enum unit kind, const char *key)
{
	uint64_t hash = key_hash(kind, key);

	return (struct key_walk){hash, (size_t)hash};
}
