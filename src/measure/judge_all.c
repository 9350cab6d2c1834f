/* All candidates of a period, shared by two threads where there are many. */
#include "measure/judge_part.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "measure/halves.h"
#include "measure/clones.h" /* last: see there */

/* So many candidates are worth a second thread. */
#define THREAD_ROWS 100000
/* So many are taken at a time. */
#define SOME_ROWS 4096

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

/* Where some entries stand until all are there. */
struct piece {
	uint32_t from, n;
};

/* What a thread judges. The first one's entries follow each other; the second
 * one's stand, piece by piece, where they would if all candidates were entries.
 */
struct part {
	int half;
	struct halves_row *row;
	const struct candidates *c;
	const struct judge_extra *extra;
	const struct result *r; /* of both */
	uint32_t *index;	/* or NULL */
	struct by_path *by_path;
	struct piece *pieces; /* the second one's, the last entries' first */
	uint32_t n;	      /* pieces; of the first one entries */
};

static struct candidates
candidates_some(const struct candidates *c, struct halves_some some)
{
	return (struct candidates){
	    .rows = c->rows != NULL ? c->rows + some.from : NULL,
	    .truth = c->truth != NULL ? c->truth + some.from : NULL,
	    .first = c->first + some.from,
	    .words = c->words,
	    .twice = c->twice,
	    .asks = c->asks,
	    .n = some.end - some.from};
}

/* The result's entries from one on, as a result that borrows them. */
static struct result
result_from(const struct result *r, uint32_t from)
{
	struct result s = *r;

	s.n = 0;
	s.row += from;
	s.code += from;
	s.path += s.path != NULL ? from : 0;
	s.day += s.day != NULL ? from : 0;
	s.numerator += s.numerator != NULL ? from : 0;
	s.denominator += s.denominator != NULL ? from : 0;
	return s;
}

static void
part_run(void *part)
{
	struct part *p = part;
	struct result mine = *p->r;
	struct halves_some some;
	struct judge j;

	if (p->r->by_path != NULL)
		p->by_path = p->half == 0 ? p->r->by_path : by_path_new(p->r);
	mine.by_path = p->by_path;
	judge_begin(&j, &mine, p->extra, p->c->asks);
	j.index = p->index;
	while (halves_take(p->row, p->half, &some)) {
		const struct candidates c = candidates_some(p->c, some);

		if (p->half == 1) {
			mine = result_from(p->r, some.from);
			j.index =
			    p->index != NULL ? p->index + some.from : NULL;
		}
		judge_take(&j, &c, some.from);
		if (p->half == 1)
			p->pieces[p->n++] = (struct piece){some.from, mine.n};
	}
	p->n = p->half == 0 ? mine.n : p->n;
	judge_end(&j);
}

#define CLOSE_UP(list, to, from, n)                             \
	do {                                                    \
		if ((list) != NULL)                             \
			memmove((list) + (to), (list) + (from), \
			    (n) * sizeof *(list));              \
	} while (0)

/* Puts a piece's entries right behind those that are there. */
static void
piece_join(struct result *r, uint32_t *index, const struct piece *p)
{
	size_t to = r->n, from = p->from, n = p->n;

	r->n += p->n;
	if (to == from)
		return;
	CLOSE_UP(r->row, to, from, n);
	CLOSE_UP(r->code, to, from, n);
	CLOSE_UP(r->path, to, from, n);
	CLOSE_UP(r->day, to, from, n);
	CLOSE_UP(r->numerator, to, from, n);
	CLOSE_UP(r->denominator, to, from, n);
	CLOSE_UP(index, to, from, n);
}

/* Two threads share the candidates. */
static void
judge_parts(struct result *r, struct halves_row *row, struct part *first)
{
	uint32_t most = row->n / row->step + 2;
	struct part part[2] = {*first, *first};

	part[1].half = 1;
	part[1].pieces = xcalloc(most, sizeof *part[1].pieces);
	halves_run(facts_helpers(r->facts), part_run, &part[0], &part[1]);
	r->n = part[0].n;
	while (part[1].n > 0)
		piece_join(r, first->index, &part[1].pieces[--part[1].n]);
	if (r->by_path != NULL)
		by_path_merge(r->by_path, part[1].by_path);
	free(part[1].pieces);
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
	bool many = c->n >= THREAD_ROWS;
	struct result *r = judge_result(m, facts, p, c->n);
	struct halves_row row = {.n = c->n, .step = many ? SOME_ROWS : c->n};
	struct judge_extra none = {0};
	struct part whole = {.row = &row,
	    .c = c,
	    .extra = extra != NULL ? extra : &none,
	    .r = r};

	if (extra != NULL && extra->wants_index)
		extra->index = whole.index =
		    xrealloc(NULL, (size_t)c->n + 1, sizeof *whole.index);
	else if (by_path_fits(r, c->n))
		r->by_path = by_path_new(r);
	if (many) {
		judge_parts(r, &row, &whole);
	} else if (c->n > 0) {
		part_run(&whole);
		r->n = whole.n;
	}
	return r;
}
