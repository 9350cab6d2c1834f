/*
 * The builder's inside (private to this room). Rows are staged as small
 * structs, then arranged (sorted by child), derived from, and written:
 *
 *   builder.c   takes rows         -> struct rows, strings as numbers
 *   tree.c      the org tree       -> nodes, spells, paths on any day
 *   arrange.c   sorts and thins    -> rows grouped by child (orders.def)
 *   seen.c      stays, visits      -> months to visit, with a visit
 *   derive.c    links and flags    -> removals, children
 *   settings.c  placements         -> moves, settings, trial home visits
 *   duty.c      assignments        -> disjoint spells with a path
 *   write.c     columns            -> the file
 */
#ifndef HEARTH_FACTS_BUILDER_H
#define HEARTH_FACTS_BUILDER_H

#include "facts/facts.h"
#include "facts/intern.h"

/* Every staged row begins with its child (a number of the builder's, after
 * arranging the child's row) and the number of its arrival. */
struct staged {
	uint32_t child;
	uint32_t seq;
};

struct child {
	struct staged s;
	uint32_t id, siblings, given, family;
	uint32_t race, disabilities, flags;
	uint32_t next_sibling; /* row */
	int32_t birth, free;
	uint8_t sex, hispanic, restricted, race_group;
};

struct removal {
	struct staged s;
	int32_t date, custody, finding, first, discharge;
	int32_t entered, out_entered;
	int32_t settings, setting_since, thv, free;
	int32_t path_since;
	uint32_t reasons, flags, path_in, path_out;
	uint16_t count;
	uint8_t why_out, setting, counted, goal;
};

struct placement {
	struct staged s; /* child; after placing, the removal's row */
	int32_t start, stop;
	uint32_t provider, site;
	uint8_t setting, requested, placed_by, is_move, outside;
};

struct count {
	struct staged s;
	int32_t removed, on, settings, since;
	uint8_t current;
};

struct goal {
	struct staged s;
	int32_t start;
	uint8_t goal;
};

struct legal {
	struct staged s;
	int32_t date;
	uint32_t detail;
	uint8_t event;
};

struct assign {
	struct staged s;
	int32_t start, stop;
	uint32_t node; /* string; after cutting, the path */
};

struct meeting {
	struct staged s;
	int32_t date, entered;
	uint32_t kind;
};

struct visit {
	struct staged s;
	int32_t date, entered;
	uint32_t by; /* string; when written, the path */
	uint8_t place, kind;
};

/* A calendar year of a stay or of a case (seen.c): the months to visit, of
 * these those with a visit and with one in the residence. */
struct month_row {
	uint16_t stay, seen, home;
};

struct report {
	struct staged s; /* child unused */
	uint32_t id, kind, node;
	int32_t received, contact, seen, concluded, priority;
	uint8_t track, conclusion, good_cause;
};

struct victim {
	struct staged s;
	uint32_t report; /* string; after arranging, the report's row */
	int32_t date, incident;
	uint32_t maltreatments, perpetrators;
	uint8_t disposition, died, afcars;
};

/* A row of victims, in order of time. */
struct found {
	uint32_t victim;
	int32_t date;
};

struct service {
	struct staged s; /* child unused */
	uint32_t id, reason, risk, node;
	int32_t opened, closed, plan, children;
};

struct served {
	struct staged s;
	uint32_t service; /* string; after arranging, the case's row */
	uint32_t path;	  /* when written */
	int32_t opened, closed;
};

struct svisit {
	struct staged s;
	uint32_t service; /* likewise */
	int32_t date, entered;
	uint8_t place;
};

struct provider {
	struct staged s; /* child unused */
	uint32_t id, name, license, operator;
	int32_t from, to;
	uint8_t programme;
};

struct site {
	struct staged s; /* child unused */
	uint32_t id, provider, name, license;
	int32_t capacity;
	uint8_t kind;
};

struct people {
	struct staged s; /* child unused */
	uint32_t fips;
	int32_t year, children;
};

struct incident {
	struct staged s; /* child unused */
	uint32_t id, provider, site;
	int32_t happened, phoned, written;
	uint8_t kind;
};

struct involved {
	struct staged s;
	uint32_t incident; /* string; after arranging, the incident's row */
	uint8_t part, treated;
};

struct citation {
	struct staged s; /* child unused */
	uint32_t id, provider, site, item;
	int32_t date, due, cleared;
	uint8_t source, kind, safety, plant;
};

struct medicine {
	struct staged s;
	int32_t start, stop;
	uint8_t kind;
};

struct org {
	struct staged s; /* child unused */
	uint32_t id, parent, name, fips;
	int32_t from, to;
	uint8_t level, kind;
};

/* A growing array of one kind of staged rows. */
struct rows {
	void *data;
	size_t n, cap, size;
	uint32_t *first; /* of each child, after arranging; children + 1 */
};

struct tree;

struct facts_builder {
	struct facts_about about;
	char *agency, *source;
	struct intern strings;
	uint32_t *child_of; /* string -> child + 1 */
	size_t child_of_cap;
	uint32_t last_id,
	    last_child; /* rows of one child often come together */
	struct rows staged[EXTRACT_COUNT]; /* n 0 for tables not kept */
	struct tree *tree;
	/* Removals in the order (child, time): their rows in the file, and
	 * back. */
	uint32_t *removal_row, *removal_at;
	uint32_t *placement_first; /* of each removal row; removals + 1 */
	struct found *found;	   /* after arranging: the victims */
	size_t found_n;
	/* The years of each removal (by its row) and of each child's case. */
	struct month_rows {
		struct month_row *rows;
		uint32_t n, *first; /* parents + 1 */
	} care, home;
};

#define ROWS(b, table, type) ((struct type *)(b)->staged[EXTRACT_##table].data)
#define ROWS_N(b, table) ((uint32_t)(b)->staged[EXTRACT_##table].n)

/* Whether the child of a report is a victim (measures.md 1.1). */
bool victim_is(const struct victim *v);

/* A new zeroed row at the end. */
void *rows_push(struct rows *rows);

/* tree.c */
struct tree *tree_new(struct facts_builder *b, struct err *err);
void tree_free(struct tree *t);
/* The path (a number of the tree's) of the node whose id is that string, on
 * that day; 0 when there is no such node. *until is the last day on which the
 * answer holds. */
uint32_t tree_path(struct tree *t, uint32_t id, int32_t day, int32_t *until);
/* Brings paths into their order in the file; from then on tree_path_row()
 * tells the row of a path. */
void tree_arrange(struct tree *t);
uint32_t tree_path_row(const struct tree *t, uint32_t path);

/* What the tree's tables hold, for write.c. Strings are numbers. */
struct tree_node {
	uint32_t id, name, fips;
	uint32_t spell_first, spell_end;
	uint8_t level, kind, unassigned;
};

struct tree_spell {
	uint32_t node, parent;
	int32_t from, to;
};

#define TREE_LEVELS 7

struct tree_path {
	uint32_t at[TREE_LEVELS];
};

struct tree_tables {
	const struct tree_node *nodes;
	const struct tree_spell *spells;
	const struct tree_path *paths; /* in the file's order */
	uint32_t n_nodes, n_spells, n_paths, root;
};

struct tree_tables tree_tables(const struct tree *t);

/* arrange.c */
void arrange(struct facts_builder *b);
/* Sorts n rows of the size into groups by .s.child < groups, stably, and sets
 * first (groups + 1). *rows is replaced. */
void arrange_groups(
    void **rows, size_t n, size_t size, uint32_t groups, uint32_t *first);

/* duty.c: cuts assignments into disjoint spells with paths. */
void cut_assignments(struct facts_builder *b);
/* The path that answers for the child on the day, after cutting; *since: from
 * which day on, never without any; or NULL. */
uint32_t assigned_path(
    const struct facts_builder *b, uint32_t child, int32_t day, int32_t *since);

/* settings.c: gives placements to removals and finds moves. */
void place_settings(struct facts_builder *b);

/* seen.c: the months to visit and with a visit, of arranged rows. */
void find_months(struct facts_builder *b);

/* derive.c: all the rest; afterwards only write.c is left. */
void derive(struct facts_builder *b);
void derive_order(struct facts_builder *b);
/* The day of a minute since 1970; absent for DATE_MISSING. */
int32_t minute_day(int32_t minute, int32_t absent);

/* write.c */
bool facts_write(struct facts_builder *b, int fd, struct err *err);

#endif
