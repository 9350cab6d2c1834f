/*
 * What is being looked at: place, period, measure, filters. It travels from
 * screen to screen; a screen changes the part it is about and keeps the rest,
 * so that a new measure keeps its place and a new place its filters.
 */
#ifndef HEARTH_CLIENT_SCREEN_SCOPE_H
#define HEARTH_CLIENT_SCREEN_SCOPE_H

#include <stdbool.h>

#include "base/buf.h"
#include "proto/api.h"

struct scope {
	char at[41];	/* node; "": the user's own */
	char level[16]; /* its level's word, "" while not known */
	char measure[41];
	char from[11], to[11]; /* "": the measure's own window */
	char as_of[11];
	char generation[12]; /* "": the serving one */
	char version[64];    /* "p1 1a2b3c4d", "clock:pprt 1a2b3c4d": the
			      * definition to use for it; "": the present */
	char where[1025];
	char by[101]; /* attribute of a breakdown, "": the units below */
	/* of a crosstab, "sex,setting"; "?" and "sex," while they are chosen */
	char across[101];
	char set[16]; /* of a list; "": the cohort */
	char child[41];
	char clock[16];
	char bucket[24];
	char rule[21];		  /* of data quality */
	char feed[21];		  /* of entry: a kind of event */
	char peers[41];		  /* of a comparison: a set by name */
	char from_generation[12]; /* of changes: "": the one before */
	char change[12];	  /* of changes: only those so */
	char provider[41];	  /* "": all of them */
	char count[24];		  /* of a provider: the rows behind it */
	char review[65];	  /* at the office: its id or its record's */
	char of[41];		  /* of a scorecard: an element or indicator */
	char plan[41];		  /* a corrective action plan */
	char planned[49];	  /* a review of the year's plan */
	char words[101];	  /* of a search or a list's filter */
};

/* Copies text into one of the fields above, cut to its room. */
void scope_set(char *field, size_t room, const char *text);
#define SCOPE_SET(field, text) scope_set(field, sizeof(field), text)

/* Adds to a target the parameters of the scope that the route takes. */
void scope_query(
    struct buf *target, enum api_route_id route, const struct scope *s);
/* Adds one parameter unless value is "". */
void scope_add(struct buf *target, enum api_param_id param, const char *value);

/* The version of the measure or clock that a route asks about; "" when it is
 * the present one. */
const char *scope_past(const struct scope *s, enum api_route_id route);

/* The level below, its word; NULL below a worker and while the scope's level
 * is not known. */
const char *scope_level_below(const struct scope *s);

/* Moves the period by months; month ends stay month ends. shown_from and
 * shown_to are what the service used, when the scope names no period. */
bool scope_shift(
    struct scope *s, const char *shown_from, const char *shown_to, int months);
/* "ATTRIBUTE=VALUE" after the filters there are; a filter on the same
 * attribute is replaced. */
void scope_filter(struct scope *s, const char *attribute, const char *value);
/* Takes the last filter away; false when there was none. */
bool scope_unfilter(struct scope *s);

/* "hearth report p1 --at n12 ...": the shell command, words quoted. */
void scope_command(struct buf *out, const char *command, const struct scope *s);
/* Adds " --option value", quoted where it must be; nothing for "". */
void scope_option(struct buf *out, const char *option, const char *value);

#endif
