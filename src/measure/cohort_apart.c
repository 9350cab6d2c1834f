/* Two threads look for the candidates of a trend, each in some rows after
 * others, until they meet. */
#include "measure/cohort.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "measure/halves.h"

/* So many rows are taken at a time. */
#define SOME_ROWS (16 * FACTS_BLOCK)

/* What one of them does. What the first one finds is one list; what the second
 * one finds of some rows stands where it would if all rows before it were
 * candidates. */
struct apart {
	int half;
	struct search *search;
	struct halves_row *row;	   /* the rows from the first on */
	uint32_t first, many;	   /* candidates of a row, at most */
	struct candidates all;	   /* room for those of all rows */
	struct candidates *pieces; /* the second one's, the last rows' first */
	size_t pieces_n;
};

/* Where candidates of some rows would stand. */
static struct candidates
room_of(const struct apart *p, struct halves_some some)
{
	size_t at = (size_t)some.from * p->many;

	return (struct candidates){.rows = p->all.rows + at,
	    .truth = p->all.truth + at,
	    .sets = p->all.sets + at * (size_t)p->all.words,
	    .words = p->all.words,
	    .cap = (some.end - some.from) * p->many};
}

static void
apart_run(void *half)
{
	struct apart *p = half;
	struct search *s = p->search;
	struct halves_some some;

	while (halves_take(p->row, p->half, &some)) {
		if (p->half == 1) {
			s->out = &p->pieces[p->pieces_n++];
			*s->out = room_of(p, some);
		}
		search_rows(s, p->first + some.from, p->first + some.end);
	}
}

/* Puts a piece right behind the candidates that are there. */
static void
piece_join(struct candidates *c, const struct candidates *piece)
{
	size_t words = (size_t)c->words;

	if (piece->n > 0 && piece->rows != c->rows + c->n) {
		memmove(
		    c->rows + c->n, piece->rows, piece->n * sizeof *c->rows);
		memmove(c->truth + c->n, piece->truth, piece->n);
		memmove(c->sets + c->n * words, piece->sets,
		    piece->n * words * sizeof *c->sets);
	}
	c->n += piece->n;
	c->twice = c->twice || piece->twice;
}

/* Another search of the same. */
static struct search *
search_other(const struct search *s)
{
	struct search *other = xrealloc(NULL, 1, sizeof *other);

	*other = *s;
	search_sweep(other, search_asked(s));
	return other;
}

static void
search_other_free(struct search *other)
{
	search_swept(other);
	free(other);
}

/* There is room for each row (twice for those that are asked), so nothing moves
 * while they run. */
void
search_apart(struct search *s, uint32_t first, uint32_t end)
{
	struct halves_row row = {.n = end - first, .step = SOME_ROWS};
	uint32_t many = s->measure->plan.wide_n > 0 ? 2 : 1;
	struct candidates *c = s->out;
	struct apart half[2] = {
	    {.search = s, .row = &row, .first = first, .many = many}};

	search_flush(s, 1);
	candidates_grow(c, c->n + row.n * many);
	half[0].all = *c;
	half[0].all.rows += c->n;
	half[0].all.truth += c->n;
	half[0].all.sets += (size_t)c->n * (size_t)c->words;
	half[1] = half[0];
	half[1].half = 1;
	half[1].search = search_other(s);
	half[1].pieces = xcalloc(row.n / row.step + 2, sizeof *half[1].pieces);
	halves_run(facts_helpers(s->facts), apart_run, &half[0], &half[1]);
	while (half[1].pieces_n > 0)
		piece_join(c, &half[1].pieces[--half[1].pieces_n]);
	search_other_free(half[1].search);
	free(half[1].pieces);
}

/* --- candidates that are given away ------------------------------------- */

struct giving {
	int half;
	struct search *search;
	struct halves_row *row;
	uint32_t first;
	struct candidates some;
};

static void
giving_run(void *half)
{
	struct giving *g = half;
	struct search *s = g->search;
	struct halves_some some;

	s->out = &g->some;
	s->to = s->sink->to[g->half];
	while (halves_take(g->row, g->half, &some))
		search_rows(s, g->first + some.from, g->first + some.end);
	search_give(s, 1);
}

void
search_giving(struct search *s, uint32_t first, uint32_t end)
{
	struct halves_row row = {.n = end - first, .step = SOME_ROWS};
	struct candidates *all = s->out;
	struct giving half[2] = {{.search = s,
	    .row = &row,
	    .first = first,
	    .some = {.words = all->words}}};

	search_flush(s, 1);
	half[1] = half[0];
	half[1].half = 1;
	half[1].search = search_other(s);
	halves_run(facts_helpers(s->facts), giving_run, &half[0], &half[1]);
	search_other_free(half[1].search);
	candidates_free(&half[0].some);
	candidates_free(&half[1].some);
	s->out = all;
	s->to = NULL;
}
