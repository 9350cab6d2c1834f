/* Inside of this room: units of a review by kind and key; a replay asks for
 * one several times an event. The agency, unit 0, has no key. */
#ifndef HEARTH_POMS_KEYS_H
#define HEARTH_POMS_KEYS_H

#include <stddef.h>
#include <stdint.h>

#include "poms/instrument.h"

struct key_place {
	uint64_t hash;
	int unit; /* 0: free */
};

struct keys {
	struct key_place *places; /* freed by its owner */
	size_t n, cap;		  /* a power of two */
};

struct key_walk {
	uint64_t hash;
	size_t at;
};

void keys_add(struct keys *k, enum unit kind, const char *key, int unit);
/* Units whose key may be this one, one by one; the caller compares. -1: no
 * more. */
struct key_walk keys_walk(enum unit kind, const char *key);
int keys_next(const struct keys *k, struct key_walk *w);

#endif
