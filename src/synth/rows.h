/* One row of an extract's table as text, from its cells. */
#ifndef HEARTH_SYNTH_ROWS_H
#define HEARTH_SYNTH_ROWS_H

#include "base/rng.h"
#include "proto/extract.h"
#include "synth/output.h"

struct row {
	struct cell c[EXTRACT_MAX_COLS];
};

struct row row_empty(void);
void row_text(struct row *r, int column, const char *s); /* borrowed */
void row_int(struct row *r, int column, int64_t n); /* number, code or set */
/* A day, left empty when it is missing, never, or after last. */
void row_day(struct row *r, int column, int32_t day, int32_t last);

void row_header(struct piece *p, enum extract_table t);
void row_write(struct piece *p, enum extract_table t, const struct row *r);
/* The same row again with one value that no importer may take. */
void row_damaged(struct piece *p, enum extract_table t, const struct row *r,
    struct rng *rng);

#endif
