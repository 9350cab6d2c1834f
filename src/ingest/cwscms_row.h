/*
 * Inside of the CWS/CMS importer (private to this room): tables under way, a
 * row's values, and what becomes of a row of each table.
 *
 *   cwscms_value.c   ids, days, codes
 *   cwscms_home.c    homes                    -> providers, sites
 *   cwscms_child.c   clients, cases           -> children
 *   cwscms_care.c    episodes, stays          -> removals, placements
 *   cwscms_report.c  referrals, allegations   -> reports, their children
 *   cwscms_row.c     which of them
 */
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
#define CWS_ID 12   /* ids are of 10 characters */
#define CWS_PAIR 40 /* two ids of other tables' rows, as a key */

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

/* --- a row's values ---------------------------------------------------- */

/* The value of a column without blanks at its end; "" when it is not given. */
struct csv_field cwscms_get(const struct cwscms *w, int column);
/* Sets the row aside: for a column, or with -1 as a whole. */
bool cwscms_aside(
    struct cwscms *w, int column, const char *rule, struct err *err);

/* An id: ten letters and digits; case matters. */
bool cwscms_id_good(const struct csv_field *f);
struct cell cwscms_id_cell(const struct cwscms *w, int column);
/* A day, or a time of which the day counts; false: it is none. */
bool cwscms_day(const struct cwscms *w, int column, int32_t *day);
/* Days of some columns; the column that is none, or -1. */
int cwscms_days(
    const struct cwscms *w, const int *columns, int n, int32_t *days);
/* What a code means; 0: not known, which is counted. */
int cwscms_meaning(struct cwscms *w, enum cws_family family, int column);
/* The data reach to the last day seen. */
void cwscms_saw_day(struct cwscms *w, int32_t day);
void cwscms_pair(char key[static CWS_PAIR], const struct csv_field *a,
    const struct csv_field *b);

/* --- tables ------------------------------------------------------------ */

bool cwscms_take_client(struct cwscms *w, struct err *err);
bool cwscms_take_case(struct cwscms *w, struct err *err);
bool cwscms_take_child(struct cwscms *w, struct err *err);
bool cwscms_take_home(struct cwscms *w, struct err *err);
bool cwscms_take_episode(struct cwscms *w, struct err *err);
bool cwscms_take_stay(struct cwscms *w, struct err *err);
bool cwscms_take_referral(struct cwscms *w, struct err *err);
bool cwscms_take_allegation(struct cwscms *w, struct err *err);

/* A child of whom CLIENT_T does not tell is known by the id alone. */
bool cwscms_need_child(
    struct cwscms *w, const struct cell *id, struct err *err);
/* The home of the id; NULL: not told of. It stays the importer's. */
const struct cws_home *cwscms_home(
    const struct cwscms *w, const struct csv_field *id);
/* What placements say of their home, which may be NULL: a setting of the
 * extract (0: it tells none) and the provider's id. */
int cwscms_home_setting(const struct cws_home *home);
struct cell cwscms_home_provider(const struct cws_home *home);

#endif
