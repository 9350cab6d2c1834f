/*
 * Formats: each takes a document and appends its bytes to a buffer; where the
 * bytes go (standard output, a file replaced at once) is out_write()'s, which
 * is the same for all. Add a format as a row of out_formats, a word of
 * settings_formats and a file out_NAME.c.
 */
#ifndef HEARTH_CLIENT_OUT_H
#define HEARTH_CLIENT_OUT_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "base/err.h"
#include "client/doc.h"
#include "client/settings.h"

struct out_options {
	bool plain;    /* linear text */
	bool excel;    /* byte-order mark and CR LF in CSV */
	bool ascii;    /* the terminal has no UTF-8 */
	size_t width;  /* of the terminal in cells; 0: as wide as it gets */
	long long now; /* seconds since 1970: the making of a book or page */
};

typedef bool out_fn(struct buf *out, const struct doc *doc,
    const struct out_options *o, struct err *err);

struct out_format {
	const char *word;
	out_fn *write; /* NULL: this build leaves it out */
	bool file;     /* only into a file: --output is required */
};

/* In the order of enum settings_format; json has no writer: the service's own
 * answer is the JSON. */
extern const struct out_format out_formats[];

out_fn out_table, out_plain, out_csv, out_xlsx, out_pdf;

/* Puts the bytes on standard output (path NULL), or replaces the file at once
 * so that a reader sees the old or the new. */
bool out_write(const struct buf *bytes, const char *path, struct err *err);

#endif
