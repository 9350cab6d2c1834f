/* What is wrong with a review: answers, checks, cross-form checks. */
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "poms/state.h"

#define SHARE_UNDETERMINED 10 /* percent of an area's answers */

struct finder {
	const struct review *r;
	enum tongue tongue;
	struct arena *arena;
	struct problem *list;
	size_t n, cap;
};

static void
add(struct finder *f, const struct problem *p)
{
	grow(&f->list, &f->cap, f->n + 1, sizeof *f->list);
	f->list[f->n++] = *p;
}

static void
add_check(struct finder *f, const struct check *c, int unit, int question)
{
	const char *say = c->say.in[f->tongue];

	add(f, &(struct problem){c->level, unit, question, c,
		   *say != '\0' ? say : c->say.in[TONGUE_EN]});
}

/* --- of one answer --- */

static void
find_in_cell(struct finder *f, int unit, const struct question *q)
{
	const struct slot *s = state_slot(f->r, unit, q);
	enum check_level level;
	const char *say;

	if ((s->cell.flags & (CELL_ERROR | CELL_WARNING)) == 0)
		return;
	say = state_wrong(f->r, unit, q, &level);
	if (say != NULL)
		add(f, &(struct problem){level, unit, q->index, NULL, _(say)});
	for (int i = 0; i < q->checks_n; i++)
		if (rule_eval(q->checks[i].holds, f->r, unit).holds == HOLDS_NO)
			add_check(f, &q->checks[i], unit, q->index);
}

/* --- of the whole review --- */

static void
find_rule(struct finder *f, const struct check *c)
{
	for (size_t i = 0; i < f->r->rows_n; i++) {
		const struct review_unit *u = &f->r->rows[i].unit;

		if (u->kind == c->unit && u->asked &&
		    rule_eval(c->holds, f->r, (int)i).holds == HOLDS_NO)
			add_check(f, c, (int)i, c->question);
	}
}

static void
find_outcomes(struct finder *f, const struct check *c)
{
	int q = f->r->in->known[KNOWN_OUTCOME];

	for (size_t i = 0; i < f->r->rows_n; i++) {
		const struct slot *s = state_known(f->r, (int)i, KNOWN_OUTCOME);

		if (s != NULL && s->cell.answer.state == ANSWER_UNASKED)
			add_check(f, c, (int)i, q);
	}
}

static void
find_findings(struct finder *f, const struct check *c)
{
	int n;
	const struct finding *list = review_findings(f->r, f->arena, &n);

	for (int i = 0; i < n; i++)
		if (list[i].unit < 0)
			add_check(f, c, list[i].first, list[i].question);
}

static void
find_told(struct finder *f, const struct check *c)
{
	int n;
	const struct finding *list = review_findings(f->r, f->arena, &n);

	for (int i = 0; i < n; i++) {
		const struct slot *now, *told;

		if (list[i].unit < 0)
			continue;
		now = state_known(f->r, list[i].unit, KNOWN_FND_IMMEDIATE);
		told = state_known(f->r, list[i].unit, KNOWN_FND_TOLD);
		if ((list[i].immediate ||
			(now != NULL &&
			    now->cell.answer.state == ANSWER_YES)) &&
		    (told == NULL || told->cell.answer.state == ANSWER_UNASKED))
			/* Not asked yet: what opens it is. */
			add_check(f, c, list[i].unit,
			    f->r->in->known[told == NULL ? KNOWN_FND_IMMEDIATE
							 : KNOWN_FND_TOLD]);
	}
}

/* The same person as a placed and a discharged child. */
static void
find_twice(struct finder *f, const struct check *c)
{
	for (size_t i = 1; i < f->r->rows_n; i++) {
		const struct review_unit *u = &f->r->rows[i].unit;
		int other;

		if (u->kind != UNIT_CC || !u->asked)
			continue;
		other = review_unit_find(f->r, UNIT_CD, u->key);
		if (other > 0 && f->r->rows[other].unit.asked &&
		    review_fact(f->r, (int)i, FACT_LEFT)[0] == '\0')
			add_check(f, c, other, -1);
	}
}

static void
find_benchmarks(struct finder *f, const struct check *c)
{
	const struct slot *year = state_known(f->r, 0, KNOWN_CONTRACT_YEAR);
	const struct instrument *in = f->r->in;

	if (year == NULL || year->cell.answer.state != ANSWER_VALUE ||
	    !year->value.ok)
		return;
	for (int i = 0; i < in->benchmarks_n; i++)
		if (year->value.number >= in->benchmarks[i].contract_year &&
		    year->value.number <= in->benchmarks[i].contract_until)
			return;
	add_check(f, c, 0, in->known[KNOWN_CONTRACT_YEAR]);
}

static void
find_undetermined(struct finder *f, const struct check *c)
{
	const struct instrument *in = f->r->in;
	int items_n;
	const struct item *items = review_items(f->r, &items_n);

	for (int a = 0; a < in->areas_n; a++) {
		int all = 0, undetermined = 0, first = -1;

		for (int i = 0; i < items_n; i++) {
			const struct question *q =
			    &in->questions[items[i].question];
			const struct slot *s =
			    state_slot(f->r, items[i].unit, q);

			if (!items[i].asked || q->area != a)
				continue;
			all += s->cell.answer.state != ANSWER_NA;
			if (s->cell.answer.state != ANSWER_UNDETERMINED)
				continue;
			undetermined++;
			first = first < 0 ? i : first;
		}
		if (undetermined * 100 > all * SHARE_UNDETERMINED)
			add_check(
			    f, c, items[first].unit, items[first].question);
	}
}

/* What a check of its own does not tell already. */
static bool
listed(const struct finder *f, int unit, int question)
{
	for (size_t i = 0; i < f->n; i++)
		if (f->list[i].unit == unit && f->list[i].question == question)
			return true;
	return false;
}

static bool
required_open(const struct finder *f, const struct item *item)
{
	const struct question *q = &f->r->in->questions[item->question];

	return item->asked && q->required &&
	       state_slot(f->r, item->unit, q)->cell.answer.state ==
		   ANSWER_UNASKED;
}

static void
find_required(struct finder *f)
{
	int n;
	const struct item *items = review_items(f->r, &n);

	for (int i = 0; i < n; i++)
		if (required_open(f, &items[i]) &&
		    !listed(f, items[i].unit, items[i].question))
			add(f, &(struct problem){CHECK_HARD, items[i].unit,
				   items[i].question, NULL,
				   _("not sealed before this is answered")});
}

static void (*const finders[CHECKS])(
    struct finder *f, const struct check *c) = {
    [CHECK_RULE] = find_rule,
    [CHECK_OUTCOMES] = find_outcomes,
    [CHECK_FINDINGS] = find_findings,
    [CHECK_TOLD] = find_told,
    [CHECK_TWICE] = find_twice,
    [CHECK_BENCHMARKS] = find_benchmarks,
    [CHECK_UNDETERMINED] = find_undetermined,
};

const struct problem *
review_problems(const struct review *r, enum tongue tongue, bool whole,
    struct arena *arena, int *n)
{
	struct finder f = {.r = r, .tongue = tongue, .arena = arena};
	int items_n, k = 0;
	const struct item *items = review_items(r, &items_n);
	struct problem *out;

	for (int i = 0; i < items_n; i++)
		if (items[i].asked)
			find_in_cell(&f, items[i].unit,
			    &r->in->questions[items[i].question]);
	for (int i = 0; whole && i < r->in->checks_n; i++)
		finders[r->in->checks[i].kind](&f, &r->in->checks[i]);
	if (whole)
		find_required(&f);
	out = arena_alloc(arena, (f.n + 1) * sizeof *out);
	for (int level = CHECK_HARD; level >= CHECK_SOFT; level--)
		for (size_t i = 0; i < f.n; i++)
			if ((int)f.list[i].level == level)
				out[k++] = f.list[i];
	free(f.list);
	*n = k;
	return out;
}

static bool
nothing_open(const struct review *r, struct err *err)
{
	struct arena arena = {0};
	int n;
	const struct conflict *conflicts = review_conflicts(r, &arena, &n);
	int first = n > 0 ? conflicts[0].question : -1;
	const struct item *items = review_items(r, &n);

	arena_free(&arena);
	if (first >= 0)
		return err_set(err, ERR_REFUSED,
		    _("%s: two devices answered differently; pick one"),
		    r->in->questions[first].id);
	for (int i = 0; i < n; i++) {
		const struct question *q = &r->in->questions[items[i].question];
		const struct slot *s = state_slot(r, items[i].unit, q);

		if (items[i].asked && q->required &&
		    s->cell.answer.state == ANSWER_UNASKED)
			return err_set(err, ERR_REFUSED,
			    _("%s has to be answered first"), q->id);
	}
	return true;
}

bool
review_complete(const struct review *r, enum tongue tongue, struct err *err)
{
	struct arena arena = {0};
	int n;
	const struct problem *list =
	    review_problems(r, tongue, true, &arena, &n);
	bool ok = nothing_open(r, err);

	if (ok && n > 0 && list[0].level == CHECK_HARD)
		ok = err_set(err, ERR_REFUSED, "%s: %s",
		    list[0].question >= 0
			? r->in->questions[list[0].question].id
			: unit_word(r->rows[list[0].unit].unit.kind),
		    list[0].say);
	arena_free(&arena);
	return ok;
}
