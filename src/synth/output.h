/*
 * The files being written. Threads make batches: for each file a piece of
 * text and what it adds to the file's counts. Batches are appended in order of
 * their number, whichever thread is ready first, so the files are the same
 * however many threads there were.
 */
#ifndef HEARTH_SYNTH_OUTPUT_H
#define HEARTH_SYNTH_OUTPUT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sodium.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/file.h"
#include "proto/extract.h"
#include "synth/world.h"

#define OUTPUT_AGES 20 /* under 1, 1 to 18, over 18: the 1993 summary */

struct period {
	int32_t start, end;
	char name[8]; /* "2013A" */
};

struct output {
	char *path;
	const char *name; /* within path, after the last slash */
	int fd;
	uint64_t rows;
	uint32_t ages[OUTPUT_AGES];
	const struct period *period; /* NULL for an extract's table */
	crypto_hash_sha256_state hash;
	char hex[FILE_HASH];
};

/* Files stand in this order: the extract's tables by number, AFCARS 1993
 * half-years, AFCARS 2020 half-years, NCANDS years. */
struct outputs {
	struct output *v;
	size_t n;
	size_t afcars93, afcars20, ncands; /* where each begins */
	struct period *periods, *years;
	size_t n_periods, n_years, n_periods93;
};

struct piece {
	struct buf text;
	uint32_t rows;
	uint32_t ages[OUTPUT_AGES];
};

struct batch {
	struct piece *v; /* one for each output */
	size_t n;
};

/* Names and opens what the options ask for; parts that are not asked for have
 * outputs without a file, and their writers are not called. */
bool outputs_open(struct outputs *o, const struct world *w, struct err *err);
/* Appends the batch's pieces to the files, and empties it. */
bool outputs_append(struct outputs *o, struct batch *b, struct err *err);
/* Closes all files; ends the hashes. */
bool outputs_close(struct outputs *o, struct err *err);
void outputs_free(struct outputs *o);

void batch_init(struct batch *b, const struct outputs *o);
void batch_fini(struct batch *b);

#endif
