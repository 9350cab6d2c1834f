#include "measure/moves.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/date.h"
#include "measure/clock_days.h"
#include "measure/evaluate.h"

/* --- matching -------------------------------------------------------- */

/* A duty that passes the query, by what it is matched. */
struct keyed {
	const char *id;	  /* the child's, or the report's or case's own */
	const char *more; /* of a child served at home the case's; else "" */
	int32_t began;	  /* of a child in care: another removal is another */
	uint32_t row;	  /* of the duties */
};

struct keys {
	struct keyed *list;
	size_t n;
};

static const char *
case_id(const struct moves_side *side, uint32_t row)
{
	uint32_t service = facts_u32(side->facts, FACTS_SERVED_SERVICE)[row];

	return service != FACTS_NO_ROW
		   ? facts_str(side->facts, FACTS_SERVICE_ID, service)
		   : "";
}

static int
keys_order(const struct keyed *x, const struct keyed *y)
{
	int order = strcmp(x->id, y->id);

	return order != 0 ? order : strcmp(x->more, y->more);
}

static int
keys_compare(const void *a, const void *b)
{
	return keys_order(a, b);
}

static struct keys
keys_of(const struct moves_side *side)
{
	const struct duties *d = side->duties;
	struct keys keys = {xcalloc(d->rows_n + 1, sizeof *keys.list), 0};
	uint32_t *list;
	size_t n = 0;

	if (side->query == NULL)
		return keys;
	list = duties_list(d, side->facts, side->query, 0, &n);
	for (size_t i = 0; i < n; i++) {
		const struct duty *duty = &d->rows[list[i]];

		keys.list[keys.n++] = (struct keyed){
		    .id = duty_id(d, side->facts, list[i]),
		    .more =
			d->over == OVER_SERVED ? case_id(side, duty->row) : "",
		    .began = duty->removal != FACTS_NO_ROW
				 ? facts_i32(side->facts,
				       FACTS_REMOVAL_DATE)[duty->removal]
				 : 0,
		    .row = list[i]};
	}
	free(list);
	qsort(keys.list, keys.n, sizeof *keys.list, keys_compare);
	return keys;
}

/* --- the subject's row in the other snapshot -------------------------- */

static uint32_t
row_of_removal(const struct facts *now, const struct keyed *k)
{
	uint32_t child = facts_find_child(now, k->id), n = 0;
	const uint32_t *rows =
	    child != FACTS_NO_ROW ? facts_child_removals(now, child, &n) : NULL;

	for (uint32_t i = n; i > 0; i--)
		if (facts_i32(now, FACTS_REMOVAL_DATE)[rows[i - 1]] == k->began)
			return rows[i - 1];
	/* Begun on another day by now: the only one. */
	return n == 1 ? rows[0] : FACTS_NO_ROW;
}

static uint32_t
row_of_served(const struct facts *now, const struct keyed *k)
{
	uint32_t child = facts_find_child(now, k->id);
	const struct moves_side side = {.facts = now};
	struct facts_range r = {0, 0};

	if (child != FACTS_NO_ROW)
		r = facts_child_rows(now, FACTS_SERVED, child);
	for (uint32_t i = r.first; i < r.end; i++)
		if (strcmp(case_id(&side, i), k->more) == 0)
			return i;
	return FACTS_NO_ROW;
}

/* Reports stand in order of their day; of cases there are few. */
static uint32_t
row_by_id(const struct facts *now, enum over over, const char *id, int32_t day)
{
	const int32_t *date = facts_i32(now, overs[over].date);
	uint32_t n = facts_rows(now, overs[over].table), low = 0, high = n;

	while (over == OVER_REPORT && low < high) {
		uint32_t mid = low + (high - low) / 2;

		if (date[mid] < day)
			low = mid + 1;
		else
			high = mid;
	}
	for (uint32_t i = low; i < n && (over != OVER_REPORT || date[i] == day);
	     i++)
		if (strcmp(over_id(now, over, i), id) == 0)
			return i;
	return FACTS_NO_ROW;
}

static uint32_t
row_now(const struct moves_side *then, const struct moves_side *now,
    const struct keyed *k)
{
	enum over over = then->duties->over;
	uint32_t row = then->duties->rows[k->row].row;

	if (then->facts == now->facts)
		return row;
	if (over == OVER_REMOVAL)
		return row_of_removal(now->facts, k);
	if (over == OVER_SERVED)
		return row_of_served(now->facts, k);
	return row_by_id(now->facts, over, k->id,
	    facts_i32(then->facts, overs[over].date)[row]);
}

/* --- what became of one ---------------------------------------------- */

struct matcher {
	const struct moves_side *then, *now;
	struct moves *out;
	size_t cap;
};

/* The day on which an open duty was done since, by what is known now. */
static int32_t
done_since(const struct matcher *m, const struct keyed *k)
{
	uint32_t row = row_now(m->then, m->now, k);
	struct clock_case c;

	if (row == FACTS_NO_ROW)
		return DATE_NEVER;
	c = clock_case_of(m->now->duties, m->now->facts, row);
	return clock_done(&c, &m->then->duties->rows[k->row]);
}

/* 0: as it was. */
static int
open_then(const struct matcher *m, const struct duty *then,
    const struct duty *now, int32_t done)
{
	int32_t today = m->now->duties->as_of;

	if (date_known(done))
		return done <= then->due || then->state == DUTY_OVERDUE
			   ? DIFF_MET
			   : DIFF_MISSED;
	if (now == NULL)
		return DIFF_GONE;
	if (now->state == DUTY_STOPPED)
		return DIFF_STOPPED;
	/* A new month began, and nobody came in the old one. */
	if (clock_cyclic(m->now->duties->clock) && now->start > then->start)
		return DIFF_MISSED;
	if (now->state == DUTY_UNKNOWN || now->due != then->due)
		return DIFF_MOVED;
	return then->state == DUTY_DUE && then->due < today ? DIFF_MISSED : 0;
}

static int
change_of(const struct matcher *m, const struct duty *then,
    const struct duty *now, int32_t done)
{
	bool still =
	    now != NULL && (duty_open(now) || now->state == DUTY_UNKNOWN);

	if (then == NULL)
		return still ? DIFF_NEW : 0;
	if (duty_open(then))
		return open_then(m, then, now, done);
	if (then->state == DUTY_UNKNOWN)
		return now == NULL		    ? DIFF_GONE
		       : now->state != DUTY_UNKNOWN ? DIFF_MOVED
						    : 0;
	/* Done then; open again only when the record says otherwise now. */
	return still && now->start == then->start ? DIFF_NEW : 0;
}

static void
matcher_add(
    struct matcher *m, const struct keyed *then, const struct keyed *now)
{
	const struct duty *a =
	    then != NULL ? &m->then->duties->rows[then->row] : NULL;
	const struct duty *b =
	    now != NULL ? &m->now->duties->rows[now->row] : NULL;
	int32_t done =
	    a != NULL && duty_open(a) ? done_since(m, then) : DATE_NEVER;
	int change = change_of(m, a, b, done);
	struct moves *out = m->out;

	if (change == 0) {
		out->alike++;
		return;
	}
	grow(&out->rows, &m->cap, out->rows_n + 1, sizeof *out->rows);
	out->rows[out->rows_n++] =
	    (struct move){.then = a != NULL ? then->row : FACTS_NO_ROW,
		.now = b != NULL ? now->row : FACTS_NO_ROW,
		.done = done,
		.change = (uint8_t)change};
}

/* A child that left care and came again has another duty. */
static void
matcher_pair(
    struct matcher *m, const struct keyed *then, const struct keyed *now)
{
	if (now->began > then->began && now->began > m->then->duties->as_of) {
		matcher_add(m, then, NULL);
		matcher_add(m, NULL, now);
	} else {
		matcher_add(m, then, now);
	}
}

struct moves *
moves_new(const struct moves_side *then, const struct moves_side *now)
{
	struct keys a = keys_of(then), b = keys_of(now);
	struct matcher m = {then, now, xcalloc(1, sizeof *m.out), 0};
	size_t i = 0, k = 0;

	while (i < a.n || k < b.n) {
		int order = i == a.n   ? 1
			    : k == b.n ? -1
				       : keys_order(&a.list[i], &b.list[k]);

		if (order == 0)
			matcher_pair(&m, &a.list[i], &b.list[k]);
		else if (order < 0)
			matcher_add(&m, &a.list[i], NULL);
		else
			matcher_add(&m, NULL, &b.list[k]);
		i += order <= 0;
		k += order >= 0;
	}
	free(a.list);
	free(b.list);
	return m.out;
}

void
moves_free(struct moves *m)
{
	if (m == NULL)
		return;
	free(m->rows);
	free(m);
}
