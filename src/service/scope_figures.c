/* What a scope's figures are: results, trends, duties and their counts,
 * remembered or made. */
#include <stdlib.h>
#include <string.h>

#include "service/scope.h"

/* --- results --------------------------------------------------------- */

/* What every remembered figure depends on. */
static void
scope_key(struct buf *key, const struct context *c, const char *what,
    const struct measure *m, const struct measure_period *p)
{
	const struct measure_about *about = measure_about(m);

	buf_printf(key, "%s|%u|%s|%s|%d|%d|%d", what, c->snap->generation,
	    about->id, about->version, p->from, p->to, p->as_of);
}

static void
scope_result_free(void *data)
{
	result_free(data);
}

static const struct result *
scope_made(struct context *c, const struct scope *s, const char *what,
    struct result *(*make)(const struct measure *m, const struct facts *facts,
	const struct measure_period *period))
{
	struct cache_value v = {.free = scope_result_free};
	struct buf key = {0};

	scope_key(&key, c, what, s->measure, &s->period);
	v.data = context_cached(c, buf_text(&key));
	if (v.data == NULL) {
		v.data = make(s->measure, c->facts, &s->period);
		v.bytes = result_bytes(v.data);
		v.data = context_remember(c, buf_text(&key), &v);
	}
	buf_free(&key);
	return v.data;
}

const struct result *
scope_result(struct context *c, const struct scope *s)
{
	return scope_made(c, s, "result", result_new);
}

const struct result *
scope_standing(struct context *c, const struct scope *s)
{
	return scope_made(c, s, "standing", result_standing);
}

/* --- trends ---------------------------------------------------------- */

static void
scope_trend_free(void *data)
{
	trend_free(data);
}

static size_t
scope_trend_bytes(const struct trend *t)
{
	return sizeof *t +
	       t->windows_n * (t->rows_n + 1) * sizeof(struct figure) +
	       t->rows_n * sizeof(struct trend_row);
}

void
scope_rows_key(struct buf *key, const struct context *c, const char *what,
    const struct scope *s)
{
	const struct query *q = &s->query;

	scope_key(key, c, what, s->measure, &s->period);
	buf_printf(key, "|%u", q->at);
	for (int i = 0; i < q->by_n; i++)
		buf_printf(key, "|by%d", (int)q->by[i]);
	for (int i = 0; i < q->where_n; i++)
		buf_printf(key, "|%d=%u", (int)q->where[i].attribute,
		    q->where[i].value);
}

static void
scope_trend_key(
    struct buf *key, const struct context *c, const struct scope *s, int n)
{
	scope_rows_key(key, c, "trend", s);
	buf_printf(key, "|%d", n);
}

bool
scope_trend_known(struct context *c, const struct scope *s, int n)
{
	struct buf key = {0};
	bool known;

	scope_trend_key(&key, c, s, n);
	known = context_cached(c, buf_text(&key)) != NULL;
	buf_free(&key);
	return known;
}

const struct trend *
scope_trend(struct context *c, const struct scope *s, int n)
{
	const struct query *q = &s->query;
	const struct trend_query t = {s->period, n, 1};
	struct cache_value v = {.free = scope_trend_free};
	struct buf key = {0};

	scope_trend_key(&key, c, s, n);
	v.data = context_cached(c, buf_text(&key));
	if (v.data == NULL) {
		v.data = trend_new(s->measure, c->facts, &t, q);
		v.bytes = scope_trend_bytes(v.data);
		v.data = context_remember(c, buf_text(&key), &v);
	}
	buf_free(&key);
	return v.data;
}

void
scope_trend_recall(struct context *c, const struct scope *s, struct trend *t)
{
	struct cache_value v = {.data = t, .free = scope_trend_free};
	struct buf key = {0};

	scope_trend_key(&key, c, s, (int)t->windows_n);
	v.bytes = scope_trend_bytes(t);
	context_remember(c, buf_text(&key), &v);
	buf_free(&key);
}

/* --- duties ---------------------------------------------------------- */

static void
scope_duties_free(void *data)
{
	duties_free(data);
}

const struct duties *
scope_duties(struct context *c, const struct measures *measures, int clock,
    int32_t as_of)
{
	struct cache_value v = {.free = scope_duties_free};
	char version[CLOCK_VERSION];
	const struct duties *d;
	struct buf key = {0};

	clock_version(measures, clock, version);
	buf_printf(&key, "duties|%u|%d|%s|%d", c->snap->generation, clock,
	    version, as_of);
	v.data = context_cached(c, buf_text(&key));
	if (v.data == NULL) {
		d = v.data = duties_new(measures, c->facts, clock, as_of);
		v.bytes = sizeof *d + d->rows_n * sizeof *d->rows;
		v.data = context_remember(c, buf_text(&key), &v);
	}
	buf_free(&key);
	return v.data;
}

static void
scope_counts_key(
    struct buf *key, const struct context *c, const struct scope_clock_query *q)
{
	char version[CLOCK_VERSION];

	clock_version(q->measures, q->clock, version);
	buf_printf(key, "counts|%u|%d|%s|%d|%u", c->snap->generation, q->clock,
	    version, q->as_of, q->at);
}

const int64_t *
scope_duty_counts_recall(
    struct context *c, const struct scope_clock_query *q, const int64_t *counts)
{
	struct cache_value v = {
	    .free = free, .bytes = BUCKET_END * sizeof *counts};
	struct buf key = {0};

	scope_counts_key(&key, c, q);
	v.data = memcpy(xmalloc(v.bytes), counts, v.bytes);
	v.data = context_remember(c, buf_text(&key), &v);
	buf_free(&key);
	return v.data;
}

static const int64_t *
scope_duty_counts_cached(struct context *c, const struct scope_clock_query *q)
{
	struct buf key = {0};
	const int64_t *counts;

	scope_counts_key(&key, c, q);
	counts = context_cached(c, buf_text(&key));
	buf_free(&key);
	return counts;
}

bool
scope_duty_counts_known(struct context *c, const struct scope_clock_query *q)
{
	return scope_duty_counts_cached(c, q) != NULL;
}

const int64_t *
scope_duty_counts(struct context *c, const struct scope_clock_query *q)
{
	const int64_t *known = scope_duty_counts_cached(c, q);
	const struct query query = {.at = q->at};
	int64_t counts[BUCKET_END] = {0};

	if (known != NULL)
		return known;
	duties_count(scope_duties(c, q->measures, q->clock, q->as_of), c->facts,
	    &query, counts);
	return scope_duty_counts_recall(c, q, counts);
}
