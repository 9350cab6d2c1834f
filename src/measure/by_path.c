#include "measure/by_path.h"

#include <stdlib.h>

#include "base/buf.h"
#include "measure/halves.h"

/* Paths are so many times fewer than entries, or it is not worth it. */
#define FEWER 4
#define THREAD_ENTRIES 100000 /* are worth a second thread */

bool
by_path_fits(const struct result *r, uint32_t candidates)
{
	const struct measure *m = r->measure;

	return r->path_of != NULL && m->denominator == NULL &&
	       m->choose != CHOOSE_ANY && candidates < TALLY_MAX &&
	       facts_rows(r->facts, FACTS_PATH) <= candidates / FEWER;
}

struct by_path *
by_path_new(const struct result *r)
{
	struct by_path *b = xcalloc(1, sizeof *b);

	b->n = facts_rows(r->facts, FACTS_PATH);
	b->count = xcalloc((size_t)b->n + 1, sizeof *b->count);
	if (r->measure->about.amounts)
		b->amount = xcalloc((size_t)b->n + 1, sizeof *b->amount);
	tally_codes(b->one);
	return b;
}

static inline __attribute__((always_inline)) void
add(struct by_path *b, const struct by_path_rows *rows, bool listed,
    bool amounts)
{
	const uint32_t *path = rows->path_of + (listed ? 0 : rows->first);
	const uint8_t *code = rows->judged.code;

	for (uint32_t i = 0; i < rows->n; i++) {
		uint32_t p = path[listed ? rows->list[i] : i];
		int32_t counted = -(code[i] <= CODE_MET); /* all bits */

		b->count[p] += b->one[code[i]];
		if (amounts)
			b->amount[p] += rows->judged.numerator[i] & counted;
	}
}

/* All of them count. */
static void
add_all(struct by_path *b, const struct by_path_rows *rows)
{
	const uint64_t one = b->one[CODE_MET];

	for (uint32_t i = 0; i < rows->n; i++)
		b->count[rows->path_of[rows->list[i]]] += one;
}

void
by_path_add(struct by_path *b, const struct by_path_rows *rows)
{
	if (rows->judged.code == NULL)
		add_all(b, rows);
	else if (rows->list != NULL)
		add(b, rows, true, b->amount != NULL);
	else if (b->amount != NULL)
		add(b, rows, false, true);
	else
		add(b, rows, false, false);
}

/* Entries, for a thread of its own. */
struct some {
	const struct result *r;
	struct by_path *to;
	uint32_t from, end;
	bool all;
};

static void
some_run(void *half)
{
	const struct some *s = half;
	const struct result *r = s->r;
	bool own = r->path != NULL;
	const struct by_path_rows rows = {.list = own ? NULL : r->row + s->from,
	    .path_of = own ? r->path + s->from : r->path_of,
	    .n = s->end - s->from,
	    .judged = {.code = s->all ? NULL : r->code + s->from,
		.numerator =
		    r->numerator != NULL ? r->numerator + s->from : NULL}};

	by_path_add(s->to, &rows);
}

struct by_path *
by_path_of(const struct result *r, bool all)
{
	struct some half[2] = {
	    {.r = r, .to = by_path_new(r), .end = r->n, .all = all},
	    {.r = r, .all = all}};

	if (r->n < THREAD_ENTRIES) {
		some_run(&half[0]);
		return half[0].to;
	}
	half[0].end = half[1].from = r->n / 2;
	half[1].end = r->n;
	half[1].to = by_path_new(r);
	halves_run(some_run, &half[0], &half[1]);
	by_path_merge(half[0].to, half[1].to);
	return half[0].to;
}

void
by_path_merge(struct by_path *b, struct by_path *from)
{
	for (uint32_t p = 0; p < b->n; p++)
		b->count[p] += from->count[p];
	for (uint32_t p = 0; b->amount != NULL && p < b->n; p++)
		b->amount[p] += from->amount[p];
	by_path_free(from);
}

void
by_path_free(struct by_path *b)
{
	if (b == NULL)
		return;
	free(b->count);
	free(b->amount);
	free(b);
}

size_t
by_path_bytes(const struct by_path *b)
{
	size_t path = sizeof *b->count;

	if (b == NULL)
		return 0;
	path += b->amount != NULL ? sizeof *b->amount : 0;
	return sizeof *b + ((size_t)b->n + 1) * path;
}
