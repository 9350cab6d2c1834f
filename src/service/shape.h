/*
 * Parts that several answers are made of: about, nodes and the way to them,
 * measures, rows of figures, children's names by right.
 */
#ifndef HEARTH_SERVICE_SHAPE_H
#define HEARTH_SERVICE_SHAPE_H

#include <stdint.h>

#include "measure/measure.h"
#include "measure/result.h"
#include "proto/resources.h"
#include "service/context.h"

#define SHAPE_TIME 24

/* "2026-10-02T03:11:07Z" */
char *shape_time(int64_t seconds, char text[static SHAPE_TIME]);
/* "about": of the snapshot, null before one is taken. */
void shape_about(struct context *c);

struct api_node shape_node_of(const struct context *c, uint32_t node);
/* A node as an object under the key (NULL: no key, in an array). */
void shape_node(struct context *c, const char *key, uint32_t node);
/* "path": from the root to the node, as the tree stood on the day. */
void shape_path(struct context *c, uint32_t node, int32_t day);

/* The members of a measure, its goal on the day among them; the object is the
 * caller's. */
void shape_measure_members(
    struct context *c, const struct measure *m, int32_t day);
void shape_measure(
    struct context *c, const char *key, const struct measure *m, int32_t day);
void shape_goal(
    struct context *c, const char *key, const struct measure_goal *goal);
void shape_strings(
    struct context *c, const char *key, const char *const *strings, int n);

/* A value of an attribute: the word or node's id, and its name for people. */
struct shape_side {
	const char *word, *name;
};
struct shape_side shape_side(
    const struct context *c, enum attribute a, uint32_t key);
/* "where": the filters. */
void shape_where(struct context *c, const struct query *q);

/* A figure as members of the row that is open. */
struct shape_row {
	const char *key, *level, *name;
	const struct figure *figure;
	bool ranked;	 /* among its peers, other than workers */
	bool ripe;	 /* and not withdrawn */
	bool interval;	 /* with the ends of its interval */
	const char *ref; /* its reference code; NULL: none is given */
};
void shape_row_members(struct context *c, const struct measure *m,
    const struct measure_period *p, const struct shape_row *row);

/* A probability: "0.0312", "<0.0001"; from the arena. */
const char *shape_p(struct context *c, double p);

/* "Ana Muñoz", or NULL when it is not known or may not be seen. */
const char *shape_name(struct context *c, uint32_t child);
/* The id of a child; borrowed from the snapshot. */
static inline const char *
shape_child_id(const struct context *c, uint32_t child)
{
	return facts_str(c->facts, FACTS_CHILD_ID, child);
}

/* The words of a bit set, joined by ", "; from the arena. */
const char *shape_bits(
    struct context *c, const struct codeset *set, uint32_t bits);
/* A code's word, NULL when it was not given. */
const char *shape_word(int codes, int code);

/* The goal of a child on a day, from its dated goals: a GOAL_ code or 0. */
int shape_goal_on(const struct context *c, uint32_t child, int32_t day);
/* The removal that was open on the day, FACTS_NO_ROW when not in care. */
uint32_t shape_removal_on(const struct context *c, uint32_t child, int32_t day);
/* The last review held up to the day, DATE_MISSING when there is none. */
int32_t shape_last_review(const struct context *c, uint32_t child, int32_t day);

/* Enters into the audit that these children were looked at. */
bool shape_looked(struct context *c, const uint32_t *children, size_t n);

#endif
