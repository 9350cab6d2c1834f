/*
 * RFC 4180 reading and writing, our own because the library at hand trims
 * spaces and drops blank lines. Reading is a pull parser over a stream: one
 * record at a time, memory bounded by the longest record (1 MiB, else an
 * error). A BOM is skipped; LF, CRLF and a lone CR end a record; a NUL byte,
 * an unclosed quote and text after a closing quote are errors that name the
 * line.
 */
#ifndef HEARTH_BASE_CSV_H
#define HEARTH_BASE_CSV_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/err.h"

struct csv_field {
	const char *s; /* unquoted bytes, borrowed until the next csv_next() */
	size_t len;
};

struct csv;

/* Reads at most n bytes into p; returns how many, 0 at the end, -1 on error
 * (errno). csv_open() brings one for a path. */
typedef long (*csv_source)(void *arg, void *p, size_t n);

struct csv *csv_new(csv_source source, void *arg);
bool csv_open(struct csv **csv, const char *path, struct err *err);
/* What parts fields, a comma unless this says otherwise: before the first
 * csv_next(). */
void csv_comma(struct csv *csv, char comma);
void csv_free(struct csv *csv);

/* The next record: sets *fields (borrowed until the next call) and *n and
 * returns 1; 0 at the end of input; -1 with *err on bad input. A blank line
 * is a record of one empty field. */
int csv_next(struct csv *csv, const struct csv_field **fields, size_t *n,
    struct err *err);
/* The line (from 1) on which the record that csv_next() gave begins. */
uint64_t csv_line(const struct csv *csv);
/* Bytes read so far, for progress. */
uint64_t csv_bytes(const struct csv *csv);

/* Appends one field to a record being written, quoted where it must be, with
 * a comma before it unless first. */
void csv_put(struct buf *out, bool first, const char *s, size_t len);
/* As csv_put(), for a spreadsheet: a leading = + - @ TAB or CR gets an
 * apostrophe, so that no cell is taken for a formula; plain numbers stay. */
void csv_put_safe(struct buf *out, bool first, const char *s, size_t len);
/* Ends the record with LF (crlf false) or CRLF. */
void csv_end(struct buf *out, bool crlf);

#endif
