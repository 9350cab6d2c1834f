/* Inside of the CWS/CMS importer: tables under way, and a row's values. */
#ifndef HEARTH_INGEST_CWSCMS_ROW_H
#define HEARTH_INGEST_CWSCMS_ROW_H

#include "base/csv.h"
#include "ingest/cells.h"
#include "ingest/cwscms.h"

/* clang-format off */
#define CWS_TABLE(id, name) enum {
#define CWS_COL(table, id, name, needed) CWS_##table##_##id,
#define CWS_END(id) CWS_##id##_COLS };
#include "ingest/cwscms.def"
#undef CWS_TABLE
#undef CWS_COL
#undef CWS_END
/* clang-format on */

#define CWS_NO_FIELD SIZE_MAX
#define CWS_COLS_MOST 16
#define CWS_ID 12 /* ids are of 10 characters */

/* What placements want to know of a home. */
struct cws_home {
	char id[CWS_ID], operator[CWS_ID];
	uint8_t facility;
};

struct cwscms {
	struct intake *in;
	struct cws_codes codes; /* a copy, which SYS_CD_C adds to */
	struct csv *csv;
	enum cws_table table;
	size_t field[CWS_COLS_MOST];
	const struct csv_field *fields;
	bool aside;
	bool seen[CWS_TABLES];
	int32_t through;
	uint64_t unknown[CWS_FAMILIES];
	struct ids children;	/* of CHLD_CLT */
	struct ids told;	/* children of whom a row was given */
	struct ids closed;	/* children with Kin-GAP: the day */
	struct ids episodes;	/* (child, episode); value 1: left out */
	struct ids givers;	/* organisations of whom a row was given */
	struct ids referrals;	/* value: the day of receipt */
	struct ids reports;	/* referrals of which a row was given */
	struct ids pairs;	/* (referral, child); value: rank given */
	struct cws_home *homes; /* open addressing */
	size_t homes_n, homes_cap;
};

void cwscms_rows_init(struct cwscms *w);
void cwscms_rows_fini(struct cwscms *w);
/* One row of the table that is read, its needed values there. */
bool cwscms_row(struct cwscms *w, struct err *err);
/* The value of a column without blanks at its end; "" when it is not given. */
struct csv_field cwscms_get(const struct cwscms *w, int column);
/* Sets the row aside: for a column, or with -1 as a whole. */
bool cwscms_aside(
    struct cwscms *w, int column, const char *rule, struct err *err);
const char *cwscms_column(enum cws_table table, int column);

#endif
