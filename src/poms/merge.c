/* Merging two devices' replays. */
#include <stdlib.h>
#include <string.h>

#include "poms/state.h"

enum side
merge_response(const struct response *base, const struct response *mine,
    const struct response *theirs)
{
	bool i = !response_equal(base, mine);
	bool they = !response_equal(base, theirs);

	if (!i && !they)
		return SIDE_NONE;
	if (!they)
		return SIDE_MINE;
	if (!i)
		return SIDE_THEIRS;
	return response_equal(mine, theirs) ? SIDE_BOTH : SIDE_CONFLICT;
}

static const struct review_cell *
cell_of(const struct review *r, enum unit kind, const char *key, int question)
{
	int unit = review_unit_find(r, kind, key);

	return unit >= 0 ? review_cell(r, unit, question) : NULL;
}

static struct response
typed(const struct review_cell *c)
{
	return c != NULL ? c->typed : RESPONSE_NONE;
}

struct merger {
	const struct review *base, *mine, *theirs;
	struct review_merge_row *rows;
	size_t n, cap;
};

static void
merge_cell(struct merger *m, enum unit kind, const char *key, int question)
{
	const struct review_cell *b = cell_of(m->base, kind, key, question);
	const struct review_cell *i = cell_of(m->mine, kind, key, question);
	const struct review_cell *t = cell_of(m->theirs, kind, key, question);
	struct review_merge_row row = {.kind = kind,
	    .key = key,
	    .question = question,
	    .base = typed(b),
	    .mine = typed(i),
	    .theirs = typed(t),
	    .mine_who = i != NULL ? i->who : "",
	    .theirs_who = t != NULL ? t->who : "",
	    .mine_ms = i != NULL ? i->wall_ms : 0,
	    .theirs_ms = t != NULL ? t->wall_ms : 0};

	row.verdict = merge_response(&row.base, &row.mine, &row.theirs);
	if (row.verdict == SIDE_NONE)
		return;
	grow(&m->rows, &m->cap, m->n + 1, sizeof *m->rows);
	m->rows[m->n++] = row;
}

static void
merge_unit(struct merger *m, const struct review_unit *u)
{
	const struct instrument *in = m->mine->in;

	for (int i = 0; i < in->slots_n[u->kind]; i++)
		merge_cell(m, u->kind, u->key, in->slots[u->kind][i]);
}

const struct review_merge_row *
review_merge(const struct review *base, const struct review *mine,
    const struct review *theirs, struct arena *arena, int *n)
{
	struct merger m = {.base = base, .mine = mine, .theirs = theirs};
	struct review_merge_row *out;

	for (size_t i = 0; i < mine->rows_n; i++)
		merge_unit(&m, &mine->rows[i].unit);
	for (size_t i = 0; i < theirs->rows_n; i++)
		if (review_unit_find(mine, theirs->rows[i].unit.kind,
			theirs->rows[i].unit.key) < 0)
			merge_unit(&m, &theirs->rows[i].unit);
	out = arena_alloc(arena, (m.n + 1) * sizeof *out);
	if (m.n > 0)
		memcpy(out, m.rows, m.n * sizeof *out);
	free(m.rows);
	*n = (int)m.n;
	return out;
}
