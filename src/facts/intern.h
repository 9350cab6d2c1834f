/* Strings, each once, numbered from 0 (""); private to this room. */
#ifndef HEARTH_FACTS_INTERN_H
#define HEARTH_FACTS_INTERN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"

struct intern {
	char *bytes; /* NUL-terminated strings, one after the other */
	size_t len, cap;
	uint32_t *at;	  /* number -> offset in bytes */
	uint32_t *hashes; /* number -> hash */
	size_t n, at_cap, hash_cap;
	uint32_t *slots; /* open addressing: number + 1, 0 free */
	size_t n_slots;
};

void intern_init(struct intern *in);
void intern_fini(struct intern *in);
/* The string's number; it ends at a NUL if there is one within len. False
 * when 4 GiB of strings are full. */
bool intern_add(struct intern *in, const char *s, size_t len, uint32_t *number,
    struct err *err);

/* No more strings will come: what only served to find them is given back. */
void intern_settle(struct intern *in);

static inline const char *
intern_text(const struct intern *in, uint32_t number)
{
	return in->bytes + in->at[number];
}

#endif
