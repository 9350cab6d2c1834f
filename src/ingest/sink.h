/*
 * Where an importer's work goes. Importers turn bytes into calls of a sink and
 * know nothing of stores: rows of the extract's tables, raw federal records to
 * be kept for the next import, and rows that cannot be used. Whoever owns the
 * sink (hearthctl import, a test, a bench) decides what becomes of them.
 *
 * All pointers are borrowed for the call. A function that returns false has
 * filled *err, and the import ends.
 */
#ifndef HEARTH_INGEST_SINK_H
#define HEARTH_INGEST_SINK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "proto/extract.h"

#define EXTRACT_ID 40 /* longest id, bytes */

/* Kinds of raw records: what is rebuilt from all of them together. */
#define RAW_AFCARS "afcars"
#define RAW_NCANDS "ncands"

/* One federal record to keep. Bytes are the importer's own form. */
struct raw {
	const char *kind;
	const char *key; /* the child's id; records are given back by it */
	size_t key_len;
	int32_t period; /* 201309; for NCANDS the year, 2013 */
	const void *bytes;
	size_t len;
};

/* A row that cannot be used, and why. */
struct aside {
	const char *file;
	uint64_t line;
	const char *column; /* "" for the whole row */
	const char *rule;
	const char *value; /* NUL-terminated; never a name */
};

struct sink {
	void *arg;
	bool (*row)(void *arg, enum extract_table table,
	    const struct cell *cells, struct err *err);
	bool (*raw)(void *arg, const struct raw *raw, struct err *err);
	bool (*aside)(void *arg, const struct aside *aside, struct err *err);
	/* n more rows are kept although the rule speaks against them. */
	bool (*flag)(void *arg, const char *rule, uint64_t n, struct err *err);
	/* A sentence for the operator, without ids or values. */
	void (*say)(void *arg, const char *sentence);
	/* Rows read so far in all files; called every few thousand rows. */
	void (*progress)(void *arg, uint64_t rows);
};

#endif
