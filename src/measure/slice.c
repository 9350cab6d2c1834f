#include "measure/slice.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "measure/area.h"

static void
add_counted(struct figure *f, const struct result *r, uint32_t i)
{
	if (r->measure->about.population) {
		f->numerator++; /* the denominator is area_fill()'s */
	} else if (r->measure->about.amounts) {
		f->numerator += r->numerator[i];
		f->denominator += entry_denominator(r, i);
	} else { /* of a median both are the entries */
		f->numerator += r->code[i] == CODE_MET;
		f->denominator++;
	}
}

static void
add_entry(struct figure *f, const struct result *r, uint32_t i)
{
	if (r->code[i] >= CODE_EXCLUDED)
		f->excluded++;
	else if (r->code[i] == CODE_PENDING)
		f->pending++;
	else
		add_counted(f, r, i);
}

void
adder_reserve(struct adder *a, size_t groups)
{
	size_t old = a->rows_cap;

	grow(&a->rows, &a->rows_cap, groups, sizeof *a->rows);
	if (a->rows_cap > old)
		memset(a->rows + old, 0, (a->rows_cap - old) * sizeof *a->rows);
}

static void
amount_add(struct adder *a, uint32_t group, int32_t amount)
{
	grow(
	    &a->amounts, &a->amounts_cap, a->amounts_n + 1, sizeof *a->amounts);
	a->amounts[a->amounts_n].group = group;
	a->amounts[a->amounts_n++].amount = amount;
}

static bool
has_amount(const struct result *r, uint32_t i)
{
	return r->measure->about.kind == KIND_MEDIAN && r->code[i] <= CODE_MET;
}

/* An entry with several values counts under each of them. */
static void
adder_groups(struct adder *a, const struct attribute_of *of, uint32_t i)
{
	const struct result *r = a->result;
	uint32_t list[GROUPS_OF_ONE];
	int n = groups_all(&a->groups, of, list);

	for (int k = 0; k < n; k++) {
		adder_reserve(a, (size_t)list[k] + 1);
		add_entry(&a->rows[list[k]], r, i);
		if (has_amount(r, i))
			amount_add(a, list[k], r->numerator[i]);
	}
	if (!has_amount(r, i))
		return;
	grow(&a->whole, &a->whole_cap, a->whole_n + 1, sizeof *a->whole);
	a->whole[a->whole_n].group = 0;
	a->whole[a->whole_n++].amount = r->numerator[i];
}

static void
adder_group(struct adder *a, const struct attribute_of *of, uint32_t i)
{
	const struct result *r = a->result;
	uint32_t g = 0;

	if (a->groups.query->by_n > 0) {
		g = groups_of(&a->groups, of);
		adder_reserve(a, (size_t)g + 1);
		add_entry(&a->rows[g], r, i);
	}
	if (has_amount(r, i))
		amount_add(a, g, r->numerator[i]);
}

bool
adder_each_once(const struct adder *a)
{
	return a->groups.query->by_n > 0 && a->filter.level == NULL &&
	       a->groups.query->where_n == 0 && !groups_many(&a->groups);
}

uint32_t *
adder_path_groups(const struct adder *a, const struct result *r)
{
	const struct query *q = a->groups.query;
	uint32_t paths = facts_rows(r->facts, FACTS_PATH);

	for (int i = 0; i < q->by_n; i++)
		if (!attribute_is_of_path(r->measure->over, q->by[i]))
			return NULL;
	return paths <= r->n ? xcalloc(paths, sizeof(uint32_t)) : NULL;
}

static uint32_t
entry_group(struct adder *a, uint32_t *of_path, const struct attribute_of *of)
{
	uint32_t g;

	if (of_path != NULL && of_path[of->path] != 0)
		return of_path[of->path] - 1;
	g = groups_of(&a->groups, of);
	adder_reserve(a, (size_t)g + 1);
	if (of_path != NULL)
		of_path[of->path] = g + 1;
	return g;
}

/* Entries with amounts, one by one; what all come to follows from the rows. */
static void
add_each(struct adder *a, const struct result *r, struct attribute_of *of)
{
	uint32_t *of_path = adder_path_groups(a, r), g;
	bool median = r->measure->about.kind == KIND_MEDIAN;

	if (median)
		grow(&a->amounts, &a->amounts_cap, a->amounts_n + r->n,
		    sizeof *a->amounts);
	for (uint32_t i = 0; i < r->n; i++) {
		entry_is(of, r, i);
		g = entry_group(a, of_path, of);
		add_entry(&a->rows[g], r, i);
		if (a->reasons != NULL && r->code[i] >= CODE_EXCLUDED)
			a->reasons[r->code[i] - CODE_EXCLUDED]++;
		if (median && r->code[i] <= CODE_MET)
			a->amounts[a->amounts_n++] = (struct amount){
			    .group = g, .amount = r->numerator[i]};
	}
	for (size_t i = 0; i < a->groups.n; i++) {
		a->total.numerator += a->rows[i].numerator;
		a->total.denominator += a->rows[i].denominator;
		a->total.excluded += a->rows[i].excluded;
		a->total.pending += a->rows[i].pending;
	}
	free(of_path);
}

void
adder_run(struct adder *a, const struct result *r)
{
	struct attribute_of of = entries_in(r);
	bool many = groups_many(&a->groups);

	a->result = r;
	if (adder_tally(a))
		return;
	if (adder_each_once(a)) {
		add_each(a, r, &of);
		return;
	}
	for (uint32_t i = 0; i < r->n; i++) {
		entry_is(&of, r, i);
		if (!filter_passes(&a->filter, &of))
			continue;
		add_entry(&a->total, r, i);
		if (a->reasons != NULL && r->code[i] >= CODE_EXCLUDED)
			a->reasons[r->code[i] - CODE_EXCLUDED]++;
		if (many)
			adder_groups(a, &of, i);
		else
			adder_group(a, &of, i);
	}
}

static int
compare_figures(const void *x, const void *y)
{
	const struct figure *a = x, *b = y;

	if (a->key[0] != b->key[0])
		return a->key[0] < b->key[0] ? -1 : 1;
	return (a->key[1] > b->key[1]) - (a->key[1] < b->key[1]);
}

static void
slice_reasons(struct slice *s, const struct measure *m, const int64_t *counts)
{
	int n = m->exclude_n + REASONS;

	s->reasons = xcalloc((size_t)n, sizeof *s->reasons);
	for (int k = 0; k < n; k++) {
		struct slice_reason *r = &s->reasons[s->reasons_n];

		if (counts[k] == 0)
			continue;
		reason_texts(m, k, &r->code, &r->why);
		r->count = counts[k];
		s->reasons_n++;
	}
}

struct slice *
slice_new(const struct result *r, const struct query *q)
{
	struct slice *s = xcalloc(1, sizeof *s);
	int64_t reasons[256] = {0};
	struct adder a = {.reasons = reasons};

	filter_init(&a.filter, r->facts, q);
	groups_init(&a.groups, r->facts, q);
	adder_run(&a, r);
	adder_medians(&a);
	area_fill(r, q,
	    &(struct area_figures){.total = &a.total,
		.rows = a.rows,
		.keys = (const uint32_t(*)[2])a.groups.keys,
		.n = a.groups.n});
	for (size_t g = 0; g < a.groups.n; g++)
		memcpy(a.rows[g].key, a.groups.keys[g], sizeof a.rows[g].key);
	if (a.groups.n > 1)
		qsort(a.rows, a.groups.n, sizeof *a.rows, compare_figures);
	s->total = a.total;
	s->rows = a.rows;
	s->rows_n = a.groups.n;
	slice_reasons(s, r->measure, reasons);
	slice_unknown(s, r, q);
	groups_fini(&a.groups);
	free(a.amounts);
	free(a.whole);
	return s;
}

void
slice_free(struct slice *s)
{
	if (s == NULL)
		return;
	free(s->rows);
	free(s->reasons);
	free(s);
}
