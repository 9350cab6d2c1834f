/*
 * What the importers' fuzz targets share: a sink that takes everything, and a
 * whole import of one input. Each row and each raw record is looked at, so
 * that a pointer that leads nowhere is found.
 */
#ifndef HEARTH_FUZZ_FEED_H
#define HEARTH_FUZZ_FEED_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "ingest/bytes.h"
#include "ingest/intake.h"

typedef bool feed_read(struct intake *in, struct bytes *b, struct err *err);

/* What the sink's arg points at. */
struct feed {
	struct kept *list; /* raw records */
	size_t n, cap;
	volatile uint64_t sum; /* so that no look is optimised away */
};

/* Reads the input with the reader, then makes rows of its raw records. */
void feed_import(feed_read *read, const uint8_t *data, size_t size);
void feed_sink(struct sink *sink, struct feed *feed);
void feed_fini(struct feed *feed);

#endif
