/* Amounts by group, as medians want them. */
#include "measure/slice.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "measure/halves.h"
#include "measure/slice_part.h"
#include "measure/clones.h" /* last: see there */

/* What one thread takes of the entries goes from the front of each group's
 * place, what another takes from its back. What does not count goes behind
 * all. */
struct half {
	const struct result *r;
	struct group_of of;
	bool front;
	size_t *next; /* by group: the place of the next, or behind it */
	size_t all;
	int32_t *list;
};

struct sorting {
	struct halves_row row; /* of entries */
	struct half half[2];
	uint32_t *of_path;
};

/* The group of each of some entries. */
CLONES static void
groups_of_paths(const struct group_of *of, const struct some *e,
    uint32_t group[static SLICE_PART])
{
	const uint32_t *restrict path = e->path, *restrict to = of->of_path;
	const uint32_t n = e->n;
	uint32_t *restrict mine = group;

	for (uint32_t i = 0; to != NULL && i < n; i++)
		mine[i] = to[path[i]] - 1;
	for (uint32_t i = 0; to == NULL && i < n; i++)
		mine[i] = group_of(of, path[i]);
}

static void
sort_front(const struct half *s, const struct some *e, const uint32_t *group)
{
	const size_t dump = s->all;

	for (uint32_t i = 0; i < e->n; i++) {
		size_t *mine = &s->next[group[i]];
		bool counted = e->code[i] <= CODE_MET;

		s->list[counted ? *mine : dump] = e->numerator[i];
		*mine += counted;
	}
}

static void
sort_back(const struct half *s, const struct some *e, const uint32_t *group)
{
	const size_t dump = s->all + 1;

	for (uint32_t i = 0; i < e->n; i++) {
		size_t *mine = &s->next[group[i]];
		bool counted = e->code[i] <= CODE_MET;

		*mine -= counted;
		s->list[counted ? *mine : dump] = e->numerator[i];
	}
}

void
sorting_run(struct sorting *sorting, int k)
{
	const struct half *s = &sorting->half[k];
	uint32_t group[SLICE_PART], room[SLICE_PART];
	struct halves_some some;

	while (halves_take(&sorting->row, k, &some)) {
		struct some e = some_entries(s->r, some.from, room);

		e.n = some.end - some.from;
		groups_of_paths(&s->of, &e, group);
		if (s->front)
			sort_front(s, &e, group);
		else
			sort_back(s, &e, group);
	}
}

/* From where on a half puts each group's. */
static size_t *
places(const size_t *at, size_t n)
{
	size_t *next = xrealloc(NULL, n + 1, sizeof *next);

	memcpy(next, at, n * sizeof *next);
	return next;
}

struct sorting *
sorting_new(struct adder *a, uint32_t *of_path)
{
	const struct result *r = a->result;
	size_t n = a->groups.n;
	struct sorting *s = xcalloc(1, sizeof *s);
	struct half *half = s->half;

	a->at = xcalloc(n + 1, sizeof *a->at);
	for (size_t g = 0; g < n; g++)
		a->at[g + 1] = a->at[g] + (size_t)a->rows[g].denominator;
	a->list = xrealloc(NULL, a->at[n] + 2, sizeof *a->list);
	s->row = (struct halves_row){.n = r->n, .step = SLICE_PART};
	s->of_path = of_path;
	half[0] = (struct half){.r = r,
	    .of = groups_found(of_path, &a->groups),
	    .front = true,
	    .all = a->at[n],
	    .list = a->list};
	half[1] = half[0];
	half[1].front = false;
	half[0].next = places(a->at, n);
	half[1].next = places(a->at + 1, n);
	return s;
}

void
sorting_free(struct sorting *s)
{
	if (s == NULL)
		return;
	free(s->half[0].next);
	free(s->half[1].next);
	free(s->of_path);
	free(s);
}
