/*
 * A sink for tests: it keeps what an importer gives, and runs a whole import
 * as hearthctl does, with raw records sorted in memory instead of a store.
 */
#ifndef HEARTH_TESTS_INGEST_RIG_H
#define HEARTH_TESTS_INGEST_RIG_H

#include "base/buf.h"
#include "ingest/ingest.h"

struct rig {
	struct sink sink;
	struct intake in;
	struct buf rows;   /* "removals child_id=K removal_date=2012-01-02\n" */
	struct buf asides; /* "FILE:LINE COLUMN RULE VALUE\n" */
	struct buf said;   /* sentences for the operator */
	struct buf flags;  /* "FC-05 1\n" after rig_finish() */
	struct rig_raw *raws;
	size_t n, cap;
	struct err err;
};

void rig_init(struct rig *rig);
void rig_fini(struct rig *rig);
/* Reads text as a file of that name, its format told by its content. */
bool rig_read(struct rig *rig, const char *name, const char *text, size_t len);
/* Histories, victims, tree and flags. */
bool rig_finish(struct rig *rig);
/* How often the text stands in what was gathered. */
int rig_count(const struct buf *b, const char *text);
/* The flag's count. */
int rig_flag(const struct rig *rig, const char *rule);
/* The rows of a table, one a line, as they came; borrowed until the next. */
const char *rig_rows(struct rig *rig, const char *table);

#endif
