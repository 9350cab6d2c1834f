#include "measure/sweep.h"

#include <stdlib.h>

#include "base/buf.h"
#include "measure/area.h"
#include "measure/halves.h"
#include "measure/sweep_part.h"

/* Fewer entries of windows are not worth a second thread. */
#define THREAD_ENTRIES 60000
#define THREAD_ROWS 40000

/* So many are judged and added up before the next, so that what is passed from
 * the one to the other stays near. */
#define SOME_ROWS 8192

static void
sweep_some(struct sweep_part *part, const struct candidates *some)
{
	const struct sweep *s = part->sweep;
	struct judge_extra extra = {.wants_index = true};
	struct result *r = judge(
	    s->m, s->facts, &s->windows.list[s->windows.n - 1], some, &extra);

	sums_add_all(&part->sums,
	    &(struct sums_entries){r, extra.index, some->sets, some->words});
	result_free(r);
	free(extra.index);
}

/* Rules that know nothing of the period: each row is judged once. */
static void
sweep_rows(struct sweep_part *part)
{
	const struct candidates *c = &part->sweep->c;
	struct halves_some rows;

	while (halves_take(part->row, part->half, &rows)) {
		const struct candidates some = {.rows = c->rows + rows.from,
		    .truth = c->truth + rows.from,
		    .sets = c->sets + (size_t)rows.from * (size_t)c->words,
		    .words = c->words,
		    .twice = c->twice,
		    .n = rows.end - rows.from};

		sweep_some(part, &some);
	}
}

static void
sweep_given(void *part, const struct candidates *some)
{
	sweep_some(part, some);
}

/* Whether the measure's date, where each window has its own, is of no account:
 * only places are asked for, and the row itself knows who answers. */
static bool
any_day(const struct sweep_part *part)
{
	const struct measure *m = part->sweep->m;

	return part->sums.by_place &&
	       answer_column(m->over, m->plan.unit_at) != 0;
}

/* Whether entries are the cohort's rows, each judged by itself. */
static bool
rows_alone(const struct sweep_part *part)
{
	const struct measure *m = part->sweep->m;

	return !m->plan.lanes && (!m->plan.day_slides || any_day(part)) &&
	       m->denominator == NULL && m->choose != CHOOSE_ANY;
}

/* Besides, no row keeps another from counting: each can be judged as soon as it
 * is found. */
static bool
rows_at_once(const struct sweep_part *part)
{
	return rows_alone(part) && part->sweep->m->choose == CHOOSE_ALL;
}

static void
part_run(void *half)
{
	struct sweep_part *part = half;

	if (rows_alone(part))
		sweep_rows(part);
	else
		sweep_lanes(part);
}

static void
part_open(struct sweep_part *part, const struct sweep *s, const struct asked *a)
{
	part->sweep = s;
	part->sums.m = s->m;
	part->sums.facts = s->facts;
	sums_open(&part->sums, a->trends, a->queries, a->n);
}

/* Whether there is work for two threads. */
static bool
is_much(const struct sweep_part *part)
{
	const struct sweep *s = part->sweep;
	size_t words = (size_t)s->c.n * (size_t)s->c.words;
	uint64_t entries = 0;

	if (rows_alone(part))
		return s->c.n >= THREAD_ROWS;
	for (size_t i = 0; i < words && entries < THREAD_ENTRIES; i++)
		entries += (uint64_t)__builtin_popcountll(s->c.sets[i]);
	return entries >= THREAD_ENTRIES;
}

/* Two threads share the candidates. */
static void
parts_run(struct sweep_part part[2], const struct sweep *s)
{
	struct halves_row row = {.n = s->c.n, .step = SOME_ROWS};

	part[0].row = part[1].row = &row;
	part[1].half = 1;
	if (is_much(&part[0])) {
		halves_run(
		    facts_helpers(s->facts), part_run, &part[0], &part[1]);
	} else {
		part_run(&part[0]);
	}
}

/* The candidates of each child, and the most that it can have. */
static void
children_find(struct sweep *s)
{
	s->each_child =
	    s->m->choose == CHOOSE_ANY ||
	    (s->m->choose == CHOOSE_ALL && s->m->denominator != NULL);
	for (int w = 0; w < s->windows.n; w++)
		s->cap[w] = judge_cap(s->m, s->facts, &s->windows.list[w]);
	if (!s->each_child)
		return;
	s->kin = kin_find(&s->c, s->m, s->facts);
	s->next = xcalloc((size_t)s->c.n + 1, sizeof *s->next);
	for (uint32_t l = 0; l < s->kin.late_n; l++)
		s->next[s->kin.of[s->kin.late[l]]] = s->kin.late[l];
}

/* An entry that stands in several groups would count in the total several
 * times; a composite whose constants are known looks at each period's. */
static bool
fits(const struct asked *a)
{
	for (int k = 0; k < a->n; k++)
		for (int i = 0; i < a->queries[k].by_n; i++)
			if (attribute_is_many(a->queries[k].by[i]))
				return false;
	return a->m->plan.sweeps && a->m->variants_n == 0 &&
	       (a->m->parts == NULL || !parts_known(a->m->parts));
}

/* Whether rows are judged as they are found, and are no more than sums have
 * room for. */
static bool
gives(const struct sweep_part *part)
{
	const struct sweep *s = part->sweep;

	return rows_at_once(part) &&
	       facts_rows(s->facts, overs[s->m->over].table) < TALLY_MAX;
}

/* Looks for the candidates, judges them and adds them up; false when a window
 * may have more of them than sums have room for. */
static bool
sweep_found(struct sweep_part part[2], struct sweep *s)
{
	const struct cohort_sink sink = {sweep_given, {&part[0], &part[1]}};
	bool few;

	cohort_sweep(
	    &s->c, s->m, s->facts, &s->windows, gives(&part[0]) ? &sink : NULL);
	few = s->c.n < TALLY_MAX;
	if (few) {
		cohort_share(&s->c, s->m, s->facts);
		children_find(s);
		parts_run(part, s);
		kin_free(&s->kin);
		free(s->next);
	}
	candidates_free(&s->c);
	return few;
}

bool
sweep_trends(const struct asked *a)
{
	const struct trend *t = a->trends[0];
	struct sweep s = {.m = a->m, .facts = a->facts};
	struct sweep_part part[2] = {{.sweep = NULL}};
	struct calendars days;
	bool few;

	if (!fits(a) || !calendars_init(&days, a->m, a->facts, t->windows,
			    (int)t->windows_n))
		return false;
	s.windows = (struct cohort_windows){
	    .days = &days, .list = t->windows, .n = (int)t->windows_n};
	part_open(&part[0], &s, a);
	part_open(&part[1], &s, a);
	few = (rows_at_once(&part[0]) && sweep_is_stretched(a->m) &&
		  sweep_stretches(part, &s)) ||
	      sweep_found(part, &s);
	sums_merge(&part[0].sums, &part[1].sums);
	if (few)
		sums_close(&part[0].sums);
	else
		sums_drop(&part[0].sums);
	calendars_fini(&days);
	return few;
}
