#include "ingest/ids.h"

#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"

_Static_assert(crypto_shorthash_KEYBYTES == sizeof((struct ids *)0)->key,
    "the key has the hash's size");

void
ids_init(struct ids *ids)
{
	*ids = (struct ids){0};
	randombytes_buf(ids->key, sizeof ids->key);
}

void
ids_fini(struct ids *ids)
{
	free(ids->slots);
	*ids = (struct ids){0};
}

static uint64_t
ids_hash(const struct ids *ids, const char *s, size_t len)
{
	unsigned char out[crypto_shorthash_BYTES];
	uint64_t hash;

	crypto_shorthash(out, (const unsigned char *)s, len, ids->key);
	memcpy(&hash, out, sizeof hash);
	return hash != 0 ? hash : 1;
}

/* The slot of the hash, or the free one where it would stand. */
static struct id_slot *
ids_slot(const struct ids *ids, uint64_t hash)
{
	size_t i = hash & (ids->cap - 1);

	while (ids->slots[i].hash != 0 && ids->slots[i].hash != hash)
		i = (i + 1) & (ids->cap - 1);
	return &ids->slots[i];
}

static void
ids_grow(struct ids *ids)
{
	struct ids old = *ids;

	ids->cap = old.cap > 0 ? old.cap * 2 : 1024;
	ids->slots = xcalloc(ids->cap, sizeof *ids->slots);
	for (size_t i = 0; i < old.cap; i++)
		if (old.slots[i].hash != 0)
			*ids_slot(ids, old.slots[i].hash) = old.slots[i];
	free(old.slots);
}

bool
ids_put(struct ids *ids, const char *s, size_t len, int32_t value)
{
	uint64_t hash = ids_hash(ids, s, len);
	struct id_slot *slot;

	if (ids->n * 4 >= ids->cap * 3)
		ids_grow(ids);
	slot = ids_slot(ids, hash);
	if (slot->hash == hash)
		return false;
	slot->hash = hash;
	slot->value = value;
	ids->n++;
	return true;
}

int32_t *
ids_find(const struct ids *ids, const char *s, size_t len)
{
	struct id_slot *slot;

	if (ids->cap == 0)
		return NULL;
	slot = ids_slot(ids, ids_hash(ids, s, len));
	return slot->hash != 0 ? &slot->value : NULL;
}
