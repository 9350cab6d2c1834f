/* How many of each row of a slice are left out because a value is missing or
 * impossible: those that bounds are about. A pass of its own over what is left
 * out, for that is little. */
#include "measure/slice.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "measure/by_path.h"
#include "measure/pick.h"

#define PART TALLY_PART

static int
row_order(const void *x, const void *y)
{
	const struct figure *a = x, *b = y;

	if (a->key[0] != b->key[0])
		return a->key[0] < b->key[0] ? -1 : 1;
	return (a->key[1] > b->key[1]) - (a->key[1] < b->key[1]);
}

/* How many of each group. */
struct unknown {
	struct groups groups;
	uint32_t *n; /* by group */
	size_t cap;
};

static void
unknown_add(struct unknown *u, uint32_t group)
{
	size_t old = u->cap;

	if (group >= old) {
		grow(&u->n, &u->cap, (size_t)group + 1, sizeof *u->n);
		memset(u->n + old, 0, (u->cap - old) * sizeof *u->n);
	}
	u->n[group]++;
}

/* Adds one to each of an entry's groups. */
static void
unknown_groups(struct unknown *u, const struct attribute_of *of)
{
	uint32_t list[GROUPS_OF_ONE];
	int n = 1;

	if (groups_many(&u->groups))
		n = groups_all(&u->groups, of, list);
	else
		list[0] = groups_of(&u->groups, of);
	for (int k = 0; k < n; k++)
		unknown_add(u, list[k]);
}

/* Tells the rows; every entry left out has its row. */
static void
unknown_tell(const struct unknown *u, struct slice *s)
{
	for (size_t g = 0; g < u->groups.n; g++) {
		const struct figure like = {
		    .key = {u->groups.keys[g][0], u->groups.keys[g][1]}};
		struct figure *row =
		    bsearch(&like, s->rows, s->rows_n, sizeof like, row_order);

		if (row != NULL)
			row->unknown += u->n[g];
	}
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

/* Whether any entry is left out for one of the codes, as far as is known. */
static bool
may_have(const struct result *r, const bool codes[static 256])
{
	uint32_t many = 0;

	for (int c = 0; r->by_path != NULL && c < TALLY_CODES; c++)
		many += codes[c] ? r->by_path->left_out[c] : 0;
	return r->by_path == NULL || many > 0;
}

void
slice_unknown(struct slice *s, const struct result *r, const struct query *q)
{
	struct attribute_of of = entries_in(r);
	bool codes[256] = {false};
	struct unknown u = {.n = NULL};
	struct filter filter;
	uint32_t at[PART + PICK_MORE];

	if (s->total.excluded == 0 || !unknown_codes(r->measure, codes) ||
	    !may_have(r, codes))
		return;
	filter_init(&filter, r->facts, q);
	groups_init(&u.groups, r->facts, q);
	for (uint32_t from = 0; from < r->n; from += PART) {
		uint32_t n = r->n - from < PART ? r->n - from : PART;

		n = tally_left_out(at, r->code, from, n);
		for (uint32_t k = 0; k < n; k++) {
			uint32_t i = at[k];

			if (!codes[r->code[i]])
				continue;
			entry_is(&of, r, i);
			if (!filter_passes(&filter, &of))
				continue;
			s->total.unknown++;
			if (q->by_n > 0)
				unknown_groups(&u, &of);
		}
	}
	unknown_tell(&u, s);
	free(u.n);
	groups_fini(&u.groups);
}
