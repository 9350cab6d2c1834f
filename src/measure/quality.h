/*
 * Data quality: what is missing, impossible, doubtful or late in the record of
 * every child served in a period, by the rules of quality.def (measures.md
 * section 5), for lists of what to mend by unit and worker; and what each
 * group of errors does to each score. Pure; nothing is ever repaired here.
 */
#ifndef HEARTH_MEASURE_QUALITY_H
#define HEARTH_MEASURE_QUALITY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "facts/facts.h"
#include "measure/result.h"

enum quality_rule {
#define RULE(id, code, kind, test, text, remedy, field) QUALITY_##id,
#include "measure/quality.def"
#undef RULE
	QUALITY_RULES
};

enum quality_kind {
	QUALITY_MISSING,    /* ought to be known and is not */
	QUALITY_IMPOSSIBLE, /* cannot be so */
	QUALITY_DOUBTFUL,   /* may be so, somebody should look */
	QUALITY_LATE,	    /* right, but entered late */
	QUALITY_KINDS
};

struct quality_about {
	const char *code;	   /* "DQ-A7" */
	const char *text, *remedy; /* translate with gettext */
	const char *field;	   /* "table.column" to mend */
	enum quality_kind kind;
};
const struct quality_about *quality_about(enum quality_rule rule);
/* QUALITY_RULES when no rule has that code. */
enum quality_rule quality_find(const char *code);
/* "missing", "impossible", "doubtful", "late". */
const char *quality_kind_word(enum quality_kind kind);

/* One child served in the period: its last episode there, who answers for it
 * at the period's end or at discharge, and the rules that its record breaks,
 * in that or any other episode of the period, as bits. */
struct quality_row {
	uint32_t child, removal, path;
	int32_t day; /* to which path and attributes belong */
	uint32_t rules;
};

/* Rows in order of the snapshot's removals. */
struct quality {
	int32_t from, to;
	struct quality_row *rows;
	size_t rows_n;
};
struct quality *quality_new(
    const struct facts *facts, int32_t from, int32_t to);
void quality_free(struct quality *q);
/* The rows within a query's node and filters that break the rule, or any with
 * QUALITY_RULES, as indexes; the caller frees. */
uint32_t *quality_list(const struct quality *q, const struct facts *facts,
    const struct query *query, enum quality_rule rule, size_t *n);

/* How many children break each rule; children: all that were looked at, wrong:
 * those that break any. */
struct quality_count {
	int64_t children, wrong;
	int64_t rules[QUALITY_RULES];
};
void quality_count(const struct quality *q, const struct facts *facts,
    const struct query *query, struct quality_count *count);
/* The same by nodes of the level that query->by[0] names: counts has an element
 * for each row of the snapshot's nodes, zeroed by the caller. */
void quality_count_by(const struct quality *q, const struct facts *facts,
    const struct query *query, struct quality_count *counts);

/* What a group of errors does to a score: so many children are left out of it
 * for that rule; were they mended, the figure would lie between low and high
 * (scaled as figure_value() does). shift is the greater distance from now, in
 * the same scale: what the mend-list is ordered by. bounded is false where the
 * amounts of the left-out are not known (rates, medians): then now, low and
 * high are the same and shift is the share of the rows left out, scaled to
 * one thousandth. */
struct quality_effect {
	const char *code, *why; /* as slice_reason */
	int64_t count;
	bool has_now, bounded;
	int64_t now, low, high, shift;
};
/* The effects on one measure's slice, in the order of its reasons; only
 * reasons with a code. The caller frees. */
struct quality_effect *quality_effects(
    const struct measure *m, const struct slice *s, size_t *n);

#endif
