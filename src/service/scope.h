/*
 * The common question: which measure, where, when, of whom. From the checked
 * parameters to what the measure room takes, with a refusal that names the
 * parameter and what was probably meant.
 */
#ifndef HEARTH_SERVICE_SCOPE_H
#define HEARTH_SERVICE_SCOPE_H

#include <stdbool.h>
#include <stdint.h>

#include "measure/clock.h"
#include "measure/measure.h"
#include "measure/result.h"
#include "service/context.h"
#include "service/refer.h"

struct scope {
	const struct measure *measure;
	const struct measure_about *about;
	struct measure_period period;
	struct query query; /* at, by, where */
};

/* All of it: measure, at, by, where, period and as-of. Takes the snapshot. */
bool scope_read(struct context *c, struct scope *s);

/* Its parts, for routes that have only some of them. The version asked for, if
 * any, of the measure of that id. */
const struct measure *scope_measure(
    struct context *c, const char *id, enum api_param_id param);
/* A version of it that is kept; param is what a refusal names. */
const struct measure *scope_version(struct context *c, const char *id,
    const char *version, enum api_param_id param);
/* The catalogue that holds the clock in the version asked for. */
const struct measures *scope_clock(struct context *c, int clock);
/* The node of a parameter, the root without one. */
bool scope_node(struct context *c, enum api_param_id param, uint32_t *node);
bool scope_where(struct context *c, struct query *q);
bool scope_by(struct context *c, struct query *q);
/* The day up to which facts count; at most the data-through day. */
bool scope_as_of(struct context *c, int32_t *as_of);
/* The same where there is no measure: so many months end with the last day
 * that is known unless the parameters say otherwise. */
bool scope_months(struct context *c, int months, struct measure_period *p);
/* A child by id within rights; FACTS_NO_ROW and a refusal otherwise: that
 * there is none and that it may not be seen look alike. */
uint32_t scope_child(struct context *c, enum api_param_id param);

/* What the reference code of the scope's figures stands for; borrows s. */
struct refer scope_refer(const struct scope *s, enum refcode_kind kind);

/* The remembered or fresh result and trend of a scope, borrowed. */
const struct result *scope_result(struct context *c, const struct scope *s);
/* The result as things stand (result_standing), remembered or fresh. */
const struct result *scope_standing(struct context *c, const struct scope *s);
const struct trend *scope_trend(
    struct context *c, const struct scope *s, int n);
/* The key of something remembered that depends on all of a scope. */
void scope_rows_key(struct buf *key, const struct context *c, const char *what,
    const struct scope *s);
/* Whether that trend is remembered. */
bool scope_trend_known(struct context *c, const struct scope *s, int n);
/* The remembered or fresh duties of a clock on a day, borrowed. */
const struct duties *scope_duties(struct context *c,
    const struct measures *measures, int clock, int32_t as_of);
/* How many of a unit's duties are in each bucket (BUCKET_END counts),
 * borrowed. */
struct scope_clock_query {
	const struct measures *measures;
	int clock;
	int32_t as_of;
	uint32_t at;
};
const int64_t *scope_duty_counts(
    struct context *c, const struct scope_clock_query *q);

/* Remembers what was worked out before: the trend, from then on the cache's,
 * and a copy of the counts. */
void scope_trend_recall(
    struct context *c, const struct scope *s, struct trend *t);
const int64_t *scope_duty_counts_recall(struct context *c,
    const struct scope_clock_query *q, const int64_t *counts);
bool scope_duty_counts_known(
    struct context *c, const struct scope_clock_query *q);

#endif
