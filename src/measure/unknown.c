/* How many of each row of a slice are left out because a value is missing or
 * impossible: those that bounds are about. A pass of its own over what is left
 * out, for that is little. */
#include "measure/slice.h"

#include <stdlib.h>

static int
row_order(const void *x, const void *y)
{
	const struct figure *a = x, *b = y;

	if (a->key[0] != b->key[0])
		return a->key[0] < b->key[0] ? -1 : 1;
	return (a->key[1] > b->key[1]) - (a->key[1] < b->key[1]);
}

/* Adds one to the row of that key; every entry left out has its row. */
static void
unknown_add(struct slice *s, const uint32_t key[2])
{
	const struct figure like = {.key = {key[0], key[1]}};
	struct figure *row =
	    bsearch(&like, s->rows, s->rows_n, sizeof like, row_order);

	if (row != NULL)
		row->unknown++;
}

static void
unknown_rows(struct slice *s, struct groups *g, const struct attribute_of *of)
{
	uint32_t list[GROUPS_OF_ONE];
	int n = 1;

	if (groups_many(g))
		n = groups_all(g, of, list);
	else
		list[0] = groups_of(g, of);
	for (int k = 0; k < n; k++)
		unknown_add(s, g->keys[list[k]]);
}

/* Which codes stand for a reason that has a code of data quality. */
static bool
unknown_codes(const struct measure *m, bool codes[static 256])
{
	bool any = false;

	for (int k = 0; k < m->exclude_n + REASONS; k++) {
		const char *code, *why;

		reason_texts(m, k, &code, &why);
		codes[CODE_EXCLUDED + k] = code[0] != '\0';
		any |= codes[CODE_EXCLUDED + k];
	}
	return any;
}

void
slice_unknown(struct slice *s, const struct result *r, const struct query *q)
{
	struct attribute_of of = {.facts = r->facts,
	    .over = r->measure->over,
	    .as_of = r->period.as_of,
	    .measures = r->measure->all};
	bool codes[256] = {false};
	struct filter filter;
	struct groups groups;

	if (s->total.excluded == 0 || !unknown_codes(r->measure, codes))
		return;
	filter_init(&filter, r->facts, q);
	groups_init(&groups, r->facts, q);
	for (uint32_t i = 0; i < r->n; i++) {
		if (i % 8 == 0 && r->n - i >= 8 &&
		    !codes_exclude(r->code + i, 8)) {
			i += 7;
			continue;
		}
		if (!codes[r->code[i]])
			continue;
		of.row = r->row[i];
		of.path = r->path[i];
		of.day = r->day[i];
		if (!filter_passes(&filter, &of))
			continue;
		s->total.unknown++;
		if (q->by_n > 0)
			unknown_rows(s, &groups, &of);
	}
	groups_fini(&groups);
}
