/*
 * One family's true history: its children, their episodes of care and what
 * happened in them. family_make() gives who and when (enough to share out the
 * caseloads); family_details() adds the rest. Children stand in order of
 * number, every list in order of child and date. Nothing here is cut at the
 * data-through date: writers leave out what was not yet known.
 */
#ifndef HEARTH_SYNTH_FAMILY_H
#define HEARTH_SYNTH_FAMILY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "proto/codes.h"
#include "synth/world.h"

#define FAMILY_CHILDREN 6
#define FAMILY_ID 13 /* 12 characters and NUL */

struct child {
	int32_t birth; /* as recorded; DATE_MISSING when not */
	uint8_t sex, hispanic, restricted;
	uint32_t race, disabilities; /* bit sets */
	const char *given;
	uint16_t episode, episodes; /* its rows of family.episodes */
};

struct episode {
	int32_t removal, custody, finding;
	int32_t discharge; /* DATE_NEVER while in care at 21 and beyond */
	int32_t entered, out_entered;
	int32_t first;	  /* first removal ever */
	int32_t trial;	  /* start of the last trial home visit, or NEVER */
	int32_t home;	  /* start in the pre-adoptive home, or NEVER */
	int32_t freed;	  /* rights of both parents ended, or NEVER */
	uint32_t reasons; /* bit set */
	uint8_t child, why_out, count;
	uint32_t placement, placements; /* its rows of family.placements */
};

/* Homes of foster families are numbered within their county, those of kin
 * within the family, facilities within the state. */
#define HOME_FOSTER (1u << 24)
#define HOME_KIN (2u << 24)
#define HOME_FACILITY (3u << 24)
#define HOME_NUMBER 0xffffffu
#define HOME_FACILITIES 72

struct placement {
	int32_t start, stop; /* DATE_NEVER: the last of an endless episode */
	uint32_t home;	     /* same number: same home; 0: none to name;
			      * kind in the upper byte, see HOME_... */
	uint8_t child, setting, asked;
};

/* Goals, legal events, meetings and visits share a shape. */
struct event {
	int32_t date, entered;
	uint8_t child, code; /* GOAL_..., LEGAL_..., PLACE_... */
	uint16_t episode;    /* of family.episodes, where there is one */
};

struct report {
	int32_t received, contact, seen, concluded; /* minutes */
	uint8_t track, priority, conclusion, good_cause, sexual;
	uint32_t named, names; /* its rows of family.named */
};

struct named {
	int32_t incident;
	uint32_t maltreatments, perpetrators;
	uint8_t child, disposition;
	bool died;
};

struct in_home { /* a case of family-centered services */
	int32_t opened, closed, plan;
	uint8_t risk, reason;
	uint32_t visit, visits; /* its rows of family.calls */
};

/* clang-format off */
#define LIST(type) struct { struct type *v; size_t n, cap; }
/* clang-format on */

struct family {
	uint32_t number;
	int county;
	int32_t arrival;
	bool removed; /* has episodes of care */
	const char *name;
	size_t n;
	struct child children[FAMILY_CHILDREN];
	LIST(episode) episodes;
	LIST(placement) placements;
	LIST(event) goals;
	LIST(event) legal;
	LIST(event) meetings;
	LIST(event) visits;
	LIST(report) reports;
	LIST(named) named;
	LIST(in_home) cases;
	LIST(event) calls;
};

/* Adds a zeroed element to a LIST and gives its address. */
#define LIST_ADD(list)                                                      \
	(grow(&(list)->v, &(list)->cap, (list)->n + 1, sizeof(*(list)->v)), \
	    memset(&(list)->v[(list)->n], 0, sizeof(*(list)->v)),           \
	    &(list)->v[(list)->n++])

/* Makes family number n in f, whose memory is used again. */
void family_make(struct family *f, const struct world *w, uint32_t n);
/* Adds placements, goals, legal events, meetings, visits, reports, services,
 * and the errors that records have. */
void family_details(struct family *f, const struct world *w);
void family_free(struct family *f);

/* "C00000012345" */
void family_child_id(
    char id[static FAMILY_ID], const struct family *f, size_t child);
/* "R00000012345", of report number n of the family. */
void family_report_id(
    char id[static FAMILY_ID], const struct family *f, size_t n);
/* Foster homes that a county has, numbered from 1. */
int family_homes(int county);
/* Whether anything of the family falls into the window of the files. */
bool family_shown(const struct family *f, const struct world *w);
bool family_child_shown(
    const struct family *f, const struct world *w, size_t child);

/* The parts of family_details(). */
void care_details(struct family *f, const struct world *w);   /* care.c */
void duty_details(struct family *f, const struct world *w);   /* duties.c */
void report_details(struct family *f, const struct world *w); /* reports.c */
void errata_details(struct family *f, const struct world *w); /* errata.c */

#endif
