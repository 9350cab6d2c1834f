/*
 * Inside of this room: what is worked out once of a snapshot. Organisations
 * are rows of `orgs`, by id; stays stand by (operator, child, from), so that
 * one provider's are neighbours and its children come in the order of ids.
 */
#ifndef HEARTH_CENSUS_INDEX_H
#define HEARTH_CENSUS_INDEX_H

#include "census/census.h"

/* From a string's place in the snapshot to a number; 0 is no string. */
struct offsets {
	uint32_t *keys, *values;
	size_t n, cap;
};

struct org {
	uint32_t first, end;  /* rows of providers */
	uint32_t turn, turns; /* its operators over time */
};

/* From that day on, until the next turn. */
struct turn {
	int32_t from;
	uint32_t operator;
};

struct stay {
	uint32_t operator, child, removal;
	uint32_t first, last; /* placements, inclusive; others between */
	int32_t from, to;     /* DATE_NEVER: has not ended */
	enum census_end end;
	uint8_t setting; /* where it was, at last */
	uint8_t to_setting, why, asked;
};

/* A row (of report_children, incidents, citations, incident_children) and
 * whose it is. */
struct event {
	uint32_t operator, row;
};

struct census {
	const struct facts *facts;
	const struct census_rules *rules;
	int32_t through;
	struct org *orgs;
	const char **ids; /* their texts */
	uint32_t orgs_n;
	struct offsets org_of;	/* a provider's id */
	struct offsets site_of; /* a site's id: its row */
	struct turn *turns;
	size_t turns_n, turns_cap;
	struct stay *stays;
	size_t stays_n, stays_cap;
	uint32_t *stay_first; /* of each org; orgs_n + 1 */
	/* Each by operator. */
	struct event *alleged, *incidents, *citations, *involved;
	size_t alleged_n, alleged_cap, incidents_n, citations_n, involved_n;
	bool fed[CENSUS_FEEDS];
};

/* offsets.c */
uint32_t offsets_find(const struct offsets *o, uint32_t key); /* or NONE */
void offsets_put(struct offsets *o, uint32_t key, uint32_t value);
void offsets_free(struct offsets *o);

/* stays.c: all stays of all children. */
void stays_find(struct census *c);
/* Whether a setting is an absence, not a home. */
bool stays_absence(uint8_t setting);
/* The organisation of a placement; CENSUS_NONE when nobody tells. */
uint32_t stays_org(const struct census *c, uint32_t placement);
/* The last day of a placement that counts: its own, the discharge's, the day
 * before the next home began; DATE_NEVER while it lasts. */
int32_t stays_stop(const struct census *c, uint32_t placement);

/* events.c: reports, incidents and citations by operator. */
void events_find(struct census *c);
/* The first of those rows (sorted by operator) that is the operator's. */
size_t events_first(const struct event *list, size_t n, uint32_t operator);

/* Those of one operator. */
static inline const struct stay *
stays_of(const struct census *c, uint32_t operator, size_t * n)
{
	*n = c->stay_first[operator + 1] - c->stay_first[operator];
	return c->stays + c->stay_first[operator];
}

/* Whether the stay has a day in the period; its first and last both count. */
static inline bool
stay_touches(const struct stay *s, const struct census_span *span)
{
	return s->from <= span->to && s->to >= span->from;
}

/* Whether it is a discharge (not a change of operator) in the period. */
static inline bool
stay_discharged(const struct stay *s, const struct census_span *span)
{
	return (s->end == CENSUS_MOVED || s->end == CENSUS_LEFT) &&
	       s->to >= span->from && s->to <= span->to;
}

/* Whether the child is there at that day's end; a home that changes hands
 * does so in the morning. */
static inline bool
stay_on(const struct stay *s, int32_t day)
{
	return s->from <= day &&
	       (s->to > day || (s->to == day && s->end == CENSUS_HANDED));
}

enum census_known stay_less(const struct census *c, const struct stay *s);

#endif
