/*
 * What case data say about providers: whose home is whose, who lives there on
 * a day, and what a period brought (poms.md 1.2 to 1.6, 1.21). Pure: looks at
 * one snapshot, reads no file, knows no clock.
 *
 * An organisation is whatever an id of a provider stands for. On a day it is
 * run by its operator, that one perhaps by another; who is run by nobody is a
 * provider, whose agreement is reviewed, and all that it runs is counted with
 * it. So homes are rolled up as they were run at the time, and what changed
 * hands counts for each in its own time.
 *
 * A stay is a child's time with one provider without a break: moves between
 * its homes do not end it, nor does an absence of at most absence_days after
 * which the child comes back to it. Its first and last day both count.
 */
#ifndef HEARTH_CENSUS_CENSUS_H
#define HEARTH_CENSUS_CENSUS_H

#include "census/rules.h"
#include "facts/facts.h"

#define CENSUS_NONE UINT32_MAX

struct census;

/* Reads the snapshot once; both must outlive it. Immutable afterwards, so any
 * number of threads may ask it. */
struct census *census_new(
    const struct facts *facts, const struct census_rules *rules);
void census_free(struct census *c);
/* About how many bytes it holds. */
size_t census_bytes(const struct census *c);
const struct facts *census_facts(const struct census *c);

/* --- organisations ---------------------------------------------------- */

/* Organisations are numbered by id, from 0. */
uint32_t census_orgs(const struct census *c);
uint32_t census_find(const struct census *c, const char *id);

struct census_org {
	const char *id, *name, *license; /* borrowed of the snapshot */
	uint8_t programme;		 /* HOME_KIND_..., 0: not told */
	bool told;	  /* providers tell of it; else it is only named */
	bool in_force;	  /* on the day */
	uint32_t by;	  /* who runs it on that day: itself when nobody does */
	int32_t from, to; /* of what holds then; DATE_MISSING, DATE_NEVER */
};

/* What it is on a day; the nearest row where none holds on that day. */
struct census_org census_org(const struct census *c, uint32_t org, int32_t day);
/* The provider on that day: whom a chain of operators leads to. */
uint32_t census_operator(const struct census *c, uint32_t org, int32_t day);

struct census_site {
	const char *id, *name, *license;
	uint8_t kind;	  /* SITE_SITE, SITE_HOME, 0 */
	int32_t capacity; /* DATE_MISSING: not told */
	uint32_t org;	  /* whose it is */
	uint32_t placed;  /* children there on the day */
};

/* --- who is there on a day --------------------------------------------- */

enum census_known { CENSUS_UNKNOWN, CENSUS_NO, CENSUS_YES };

/* How a stay ended. */
enum census_end {
	CENSUS_STAYS, /* it had not, by the data-through date */
	CENSUS_MOVED, /* to another setting; also away for longer than counts */
	CENSUS_LEFT,  /* care, for where: why */
	CENSUS_HANDED, /* the home got another operator; no discharge */
};

struct census_child {
	uint32_t child, removal; /* rows of the snapshot */
	uint32_t org;		 /* the home on that day, or the last one */
	const char *site;	 /* its site or certified home; "" unknown */
	int32_t removed;	 /* from home, this episode */
	int32_t placed;		 /* first day with this provider */
	int32_t left;		 /* last day; DATE_NEVER */
	int32_t age;		 /* whole years; -1: birth not known */
	uint8_t department;	 /* DEPARTMENT_..., 0: not told */
	uint8_t setting;	 /* SETTING_... on that day, or the last */
	bool away;		 /* absent that day, expected back */
	enum census_known psychotropic; /* that day */
	enum census_end end;
	uint8_t to;    /* CENSUS_MOVED: the setting it went to */
	uint8_t why;   /* CENSUS_LEFT: DISCHARGE_... */
	uint8_t asked; /* who asked for it: REQUESTED_..., 0: not told */
	enum census_known less; /* less restrictive than here */
};

struct census_roster {
	struct census_child *current;	 /* on the day, by id */
	struct census_child *discharged; /* in the period, not current; by id,
					  * each once, the last time */
	struct census_site *sites;	 /* of the day, by id; homes with no
					  * site of their own are left out */
	size_t current_n, discharged_n, sites_n;
};

/* What is asked: a period, and a day of it or after. */
struct census_span {
	int32_t from, to; /* both included */
	int32_t on;	  /* the day of the roster */
};

/* The roster of the provider on the span's day, and who left in its period.
 * out is the caller's, to end with _fini. */
void census_roster(struct census_roster *out, const struct census *c,
    uint32_t org, const struct census_span *span);
void census_roster_fini(struct census_roster *r);

/* The child's stay with the provider that a count of the span speaks of: on
 * the day when there, else the last discharge in the period, else the last
 * stay that has a day in it. False when there is none. */
bool census_stay(struct census_child *out, const struct census *c, uint32_t org,
    uint32_t child, const struct census_span *span);

/* --- what a period brought --------------------------------------------- */

enum census_count {
#define COUNT(id, word, question, feed, title, rule) CENSUS_##id,
#include "census/counts.def"
#undef COUNT
	CENSUS_COUNTS
};

/* Where a count comes from; a count whose feed brought nothing is unknown. */
enum census_feed {
#define FEED(id, word, table, title) CENSUS_FEED_##id,
#include "census/feeds.def"
#undef FEED
	CENSUS_FEEDS
};

struct census_count_info {
	const char *word;     /* "served" */
	const char *question; /* "R15"; NULL: asked by no question */
	enum census_feed feed;
	const char *title, *rule; /* translate with gettext */
};

const struct census_count_info *census_count_info(enum census_count count);
/* -1 when there is none. */
int census_count_find(const char *word);
const char *census_feed_word(enum census_feed feed);
const char *census_feed_title(enum census_feed feed);
/* Whether the snapshot holds anything of the feed at all: for whomever. */
bool census_fed(const struct census *c, enum census_feed feed);

struct census_value {
	bool known; /* the feed is there */
	int64_t n;
	int64_t unknown; /* rows that might count, had they told more */
	uint32_t *rows;	 /* children (rows of the snapshot), by id; of
			  * incidents and citations: their rows */
	size_t rows_n;
};

struct census_counts {
	struct census_value at[CENSUS_COUNTS];
	struct census_span span;
	int32_t cut_off; /* until which six months are observed */
	int64_t sites;	 /* on the day, other than certified homes */
};

/* Every count of the provider's period by the rules of counts.def. out is the
 * caller's, to end with _fini. */
void census_count(struct census_counts *out, const struct census *c,
    uint32_t org, const struct census_span *span);
void census_counts_fini(struct census_counts *v);

/* S4's yardstick: children hurt by another child over children served, of all
 * providers of the programme (0: all) that served anybody, each child once for
 * each provider. take() is asked of each and may leave it out; NULL: all. How
 * many were taken. */
struct census_whole {
	uint8_t programme;
	bool (*take)(
	    void *arg, const char *id, const struct census_counts *counts);
	void *arg;
};
uint32_t census_system(struct census_counts *out, const struct census *c,
    const struct census_whole *whole, const struct census_span *span);

/* --- what happened, row by row ----------------------------------------- */

/* Rows of the snapshot that are the provider's, with a day in the span, in
 * the order of their table (of dates, then ids). */
struct census_rows {
	uint32_t *rows;
	size_t n;
};
void census_rows_fini(struct census_rows *r);

/* Rows of report_children, by the day of the report. */
void census_alleged(struct census_rows *out, const struct census *c,
    uint32_t org, const struct census_span *span);
/* Rows of incidents, and of their children. */
void census_incidents(struct census_rows *out, const struct census *c,
    uint32_t org, const struct census_span *span);
void census_involved(struct census_rows *out, const struct census *c,
    uint32_t org, const struct census_span *span);
/* Rows of citations. */
void census_citations(struct census_rows *out, const struct census *c,
    uint32_t org, const struct census_span *span);

/* --- as answers --------------------------------------------------------- */

/* "FACES, 2012-09-30: placements, 2011-10-01..2012-09-30, generation 3": up to
 * which day data go, and what was counted - what stands beside a fed answer.
 * NUL-terminated; cut to size. */
#define CENSUS_SOURCE 200
void census_source(const struct census *c, enum census_count count,
    const struct census_span *span, char out[static CENSUS_SOURCE]);

#endif
