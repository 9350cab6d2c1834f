/*
 * Known ids: a set of strings with a number each, of which only a keyed hash
 * of 64 bits is kept. It costs 16 to 32 bytes an id whatever the id's length,
 * so that references can be checked without holding the rows; two ids would
 * be taken for one once in 10^7 loads of a million.
 */
#ifndef HEARTH_INGEST_IDS_H
#define HEARTH_INGEST_IDS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct id_slot {
	uint64_t hash; /* 0: free */
	int32_t value;
};

struct ids {
	struct id_slot *slots;
	size_t n, cap;
	unsigned char key[16];
};

void ids_init(struct ids *ids);
void ids_fini(struct ids *ids);
/* True when the id was not there; then it is, with the value. */
bool ids_put(struct ids *ids, const char *s, size_t len, int32_t value);
/* The id's number to read or change, NULL when it is not there; borrowed
 * until the next ids_put(). */
int32_t *ids_find(const struct ids *ids, const char *s, size_t len);

#endif
