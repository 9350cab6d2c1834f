/* All candidates of a period, shared by two threads where there are many. */
#include "measure/judge_part.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "measure/halves.h"
#include "measure/clones.h" /* last: see there */

/* So many candidates are worth a second thread. */
#define THREAD_ROWS 100000
/* So many are judged while that is made. */
#define LATE_ROWS 8192

static void
result_reserve(struct result *r, uint32_t n)
{
	size_t cap = (size_t)n + 1;

	r->cap = n;
	r->row = xrealloc(NULL, cap, sizeof *r->row);
	r->code = xrealloc(NULL, cap, 1);
	if (r->path_of == NULL)
		r->path = xrealloc(NULL, cap, sizeof *r->path);
	if (r->day_of == NULL)
		r->day = xrealloc(NULL, cap, sizeof *r->day);
	if (r->measure->numerator != NULL)
		r->numerator = xrealloc(NULL, cap, sizeof *r->numerator);
	if (r->measure->denominator != NULL)
		r->denominator = xrealloc(NULL, cap, sizeof *r->denominator);
}

/* What columns of the snapshot say of the subject's rows. */
static void
result_borrow(struct result *r)
{
	const struct measure *m = r->measure;
	enum facts_column path = answer_column(m->over, m->plan.unit_at);
	enum facts_column day = prog_reads(m->plan.rules, m->plan.unit_reg);

	if (path != 0)
		r->path_of = facts_u32(r->facts, path);
	/* Who answers on a day is asked with a list of days. */
	if (day != 0 && path != 0)
		r->day_of = facts_i32(r->facts, day);
	r->happens = day != 0 && facts_column_info(day)->absent == FACTS_NEVER;
}

struct result *
judge_result_empty(const struct measure *m, const struct facts *facts,
    const struct measure_period *p)
{
	struct result *r = xcalloc(1, sizeof *r);

	*r = (struct result){.measure = m,
	    .facts = facts,
	    .period = *p,
	    .ripe = measure_period_ripe(m, p)};
	result_borrow(r);
	return r;
}

struct result *
judge_result(const struct measure *m, const struct facts *facts,
    const struct measure_period *p, uint32_t n)
{
	struct result *r = judge_result_empty(m, facts, p);

	result_reserve(r, n);
	return r;
}

static void
part_run(void *part)
{
	judge_share_run(part);
}

static struct candidates
candidates_part(const struct candidates *c, uint32_t from, uint32_t n)
{
	return (struct candidates){
	    .rows = c->rows != NULL ? c->rows + from : NULL,
	    .truth = c->truth != NULL ? c->truth + from : NULL,
	    .first = c->first + from,
	    .words = c->words,
	    .twice = c->twice,
	    .asks = c->asks,
	    .n = n};
}

/* The result's entries from one on, as a result that borrows them. */
static struct result
result_from(const struct result *r, uint32_t from)
{
	struct result s = *r;

	s.row += from;
	s.code += from;
	s.path += s.path != NULL ? from : 0;
	s.day += s.day != NULL ? from : 0;
	s.numerator += s.numerator != NULL ? from : 0;
	s.denominator += s.denominator != NULL ? from : 0;
	return s;
}

#define CLOSE_UP(list, to, from, n)                             \
	do {                                                    \
		if ((list) != NULL)                             \
			memmove((list) + (to), (list) + (from), \
			    (n) * sizeof *(list));              \
	} while (0)

/* Puts the second part's entries right behind the first one's. */
static void
parts_join(struct judge_share part[2])
{
	struct result *r = part[0].r;
	size_t to = r->n, from = part[1].from, n = part[1].r->n;

	r->n += part[1].r->n;
	if (to == from)
		return;
	CLOSE_UP(r->row, to, from, n);
	CLOSE_UP(r->code, to, from, n);
	CLOSE_UP(r->path, to, from, n);
	CLOSE_UP(r->day, to, from, n);
	CLOSE_UP(r->numerator, to, from, n);
	CLOSE_UP(r->denominator, to, from, n);
	CLOSE_UP(part[0].index, to, from, n);
}

/* Two threads share the candidates. */
static void
judge_parts(struct judge_share *whole, const struct candidates *c)
{
	uint32_t first = (uint32_t)halves_first(c->n, LATE_ROWS);
	struct result rest = result_from(whole->r, first);
	struct by_path *of_all = whole->r->by_path;
	struct judge_share part[2] = {*whole, *whole};

	part[0].c = candidates_part(c, 0, first);
	part[1].c = candidates_part(c, first, c->n - first);
	part[1].from = first;
	part[1].r = &rest;
	part[1].index = whole->index != NULL ? whole->index + first : NULL;
	if (of_all != NULL)
		rest.by_path = by_path_new(&rest);
	halves_run(part_run, &part[0], &part[1]);
	parts_join(part);
	if (of_all != NULL)
		by_path_merge(of_all, rest.by_path);
}

/* Whether any is not surely of the cohort. */
CLONES static bool
doubts(const uint8_t *truth, uint32_t n)
{
	uint8_t other = 0;

	for (uint32_t i = 0; i < n; i++)
		other |= truth[i] ^ TRUTH_YES;
	return other != 0;
}

/* Whether each candidate surely is an entry, of whom columns say the rest. */
static bool
are_entries(const struct result *r, const struct candidates *c)
{
	if (c->asks || judge_has_rules(r->measure) || r->path_of == NULL ||
	    r->day_of == NULL)
		return false;
	return c->rows == NULL || !doubts(c->truth, c->n);
}

/* The candidates' rows, which are then no more theirs. */
static uint32_t *
rows_taken(struct candidates *c)
{
	uint32_t *rows = c->rows;

	c->rows = NULL;
	if (rows != NULL)
		return rows;
	rows = xrealloc(NULL, (size_t)c->n + 1, sizeof *rows);
	for (uint32_t i = 0; i < c->n; i++)
		rows[i] = c->first + i;
	return rows;
}

struct result *
judge_whole(const struct measure *m, const struct facts *facts,
    const struct measure_period *p, struct candidates *c)
{
	struct result *r = judge_result_empty(m, facts, p);

	if (!are_entries(r, c)) {
		result_free(r);
		return NULL;
	}
	r->n = c->n;
	r->cap = c->cap > c->n ? c->cap : c->n;
	r->row = rows_taken(c);
	r->code = xrealloc(NULL, (size_t)r->n + 1, 1);
	memset(r->code, CODE_MET, r->n);
	if (by_path_fits(r, r->n))
		r->by_path = by_path_of(r, true);
	return r;
}

struct result *
judge(const struct measure *m, const struct facts *facts,
    const struct measure_period *p, const struct candidates *c,
    struct judge_extra *extra)
{
	struct judge_extra none = {0};
	struct judge_share whole = {.extra = extra != NULL ? extra : &none,
	    .c = candidates_part(c, 0, c->n),
	    .r = judge_result(m, facts, p, c->n)};

	if (extra != NULL && extra->wants_index)
		whole.index =
		    xrealloc(NULL, (size_t)c->n + 1, sizeof *whole.index);
	else if (by_path_fits(whole.r, c->n))
		whole.r->by_path = by_path_new(whole.r);
	if (c->n < THREAD_ROWS)
		judge_share_run(&whole);
	else
		judge_parts(&whole, c);
	if (extra != NULL)
		extra->index = whole.index;
	return whole.r;
}
