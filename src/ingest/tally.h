/* Counts by rule code: how many rows were set aside or flagged, and why. */
#ifndef HEARTH_INGEST_TALLY_H
#define HEARTH_INGEST_TALLY_H

#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"

/* Codes are borrowed: constants of the rules' tables. */
struct tally {
	struct tally_row {
		const char *code;
		uint64_t n;
	} * rows;
	size_t n, cap;
};

void tally_fini(struct tally *t);
void tally_add(struct tally *t, const char *code, uint64_t n);
uint64_t tally_total(const struct tally *t);
/* The most frequent first. */
void tally_sort(struct tally *t);
/* "FC-22 30, DQ-A8 5": at most max codes, after tally_sort(). */
void tally_words(const struct tally *t, size_t max, struct buf *out);

#endif
