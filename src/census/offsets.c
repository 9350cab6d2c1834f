/* Open addressing; keys are places of strings, never 0. */
#include <stdlib.h>

#include "base/buf.h"
#include "census/index.h"

static size_t
slot_of(const struct offsets *o, uint32_t key)
{
	size_t at = (key * UINT64_C(0x9e3779b97f4a7c15) >> 32) & (o->cap - 1);

	while (o->keys[at] != 0 && o->keys[at] != key)
		at = (at + 1) & (o->cap - 1);
	return at;
}

uint32_t
offsets_find(const struct offsets *o, uint32_t key)
{
	size_t at;

	if (o->cap == 0 || key == 0)
		return CENSUS_NONE;
	at = slot_of(o, key);
	return o->keys[at] == key ? o->values[at] : CENSUS_NONE;
}

static void
offsets_grow(struct offsets *o)
{
	struct offsets old = *o;

	o->cap = old.cap == 0 ? 256 : old.cap * 2;
	o->keys = xcalloc(o->cap, sizeof *o->keys);
	o->values = xcalloc(o->cap, sizeof *o->values);
	for (size_t i = 0; i < old.cap; i++)
		if (old.keys[i] != 0) {
			size_t at = slot_of(o, old.keys[i]);

			o->keys[at] = old.keys[i];
			o->values[at] = old.values[i];
		}
	free(old.keys);
	free(old.values);
}

void
offsets_put(struct offsets *o, uint32_t key, uint32_t value)
{
	size_t at;

	if (key == 0)
		return;
	if (2 * (o->n + 1) > o->cap)
		offsets_grow(o);
	at = slot_of(o, key);
	o->n += o->keys[at] == 0;
	o->keys[at] = key;
	o->values[at] = value;
}

void
offsets_free(struct offsets *o)
{
	free(o->keys);
	free(o->values);
	*o = (struct offsets){0};
}
