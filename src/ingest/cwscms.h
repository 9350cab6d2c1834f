/*
 * Delimited tables of California's CWS/CMS (hearth-cwscms(5)): a folder of
 * files named as the tables, a line of column names first. Placement homes
 * become providers and sites, episodes removals, out-of-home placements
 * placements, allegations reports and their children. What the codes mean, and
 * what is only assumed of columns, stands dated in etc/providers/cwscms.cfg.
 *
 * Memory is one row, 16 to 32 bytes for each id that rows refer to, and 40
 * bytes for each home.
 */
#ifndef HEARTH_INGEST_CWSCMS_H
#define HEARTH_INGEST_CWSCMS_H

#include "ingest/cwscms_codes.h"
#include "ingest/intake.h"

enum cws_table {
#define CWS_TABLE(id, name) CWS_##id,
#define CWS_COL(table, id, name, needed)
#define CWS_END(id)
#include "ingest/cwscms.def"
#undef CWS_TABLE
#undef CWS_COL
#undef CWS_END
	CWS_TABLES
};

/* Whether the folder holds a file that is one of the tables by its name and
 * by its columns. */
bool cwscms_probe(const char *folder);
bool cwscms_read(struct intake *in, const char *folder, struct err *err);
/* The file of a table in the folder, whatever the case of its name and
 * however it ends; NULL when there is none. The caller frees. */
char *cwscms_path(const char *folder, enum cws_table table);

/* One table from memory or a stream, for tests and fuzzing: cwscms_begin(),
 * tables in order, cwscms_end(). */
struct cwscms;
struct csv;
struct cwscms *cwscms_begin(struct intake *in, const struct cws_codes *codes);
bool cwscms_table(
    struct cwscms *w, struct csv *csv, enum cws_table table, struct err *err);
void cwscms_end(struct cwscms *w);

#endif
