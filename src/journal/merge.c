#include "journal/merge.h"

#include <string.h>

#include "base/buf.h"

/* A walk over one side; at its end every question is behind it. */
struct merge_walk {
	struct merge_side side;
	size_t at;
};

static const char *
merge_least(struct merge_walk *walks, size_t n)
{
	const char *least = NULL;

	for (size_t i = 0; i < n; i++) {
		const struct merge_walk *w = &walks[i];
		const char *q;

		if (w->at == w->side.n)
			continue;
		q = w->side.values[w->at].question;
		if (least == NULL || strcmp(q, least) < 0)
			least = q;
	}
	return least;
}

/* The side's value of the question, or none. */
static struct merge_value
merge_take(struct merge_walk *w, const char *question)
{
	if (w->at < w->side.n &&
	    strcmp(w->side.values[w->at].question, question) == 0)
		return w->side.values[w->at++];
	return (struct merge_value){.question = question};
}

static bool
same(const struct merge_value *a, const struct merge_value *b)
{
	if (a->value == NULL || b->value == NULL)
		return a->value == b->value;
	return a->len == b->len &&
	       (a->len == 0 || memcmp(a->value, b->value, a->len) == 0);
}

static enum merge_kind
merge_judge(const struct merge_row *row)
{
	if (same(&row->mine, &row->theirs))
		return MERGE_SAME;
	if (same(&row->base, &row->theirs))
		return MERGE_MINE;
	return same(&row->base, &row->mine) ? MERGE_THEIRS : MERGE_CONFLICT;
}

size_t
merge_three(struct merge_row **rows, struct merge_side base,
    struct merge_side mine, struct merge_side theirs)
{
	struct merge_walk walks[] = {{base, 0}, {mine, 0}, {theirs, 0}};
	size_t n = 0, cap = 0;
	const char *question;

	*rows = NULL;
	while ((question = merge_least(walks, 3)) != NULL) {
		struct merge_row row = {
		    .question = question,
		    .base = merge_take(&walks[0], question),
		    .mine = merge_take(&walks[1], question),
		    .theirs = merge_take(&walks[2], question),
		};

		row.kind = merge_judge(&row);
		if (row.kind == MERGE_SAME)
			continue;
		grow(rows, &cap, n + 1, sizeof **rows);
		(*rows)[n++] = row;
	}
	return n;
}
