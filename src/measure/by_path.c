#include "measure/by_path.h"

#include <stdlib.h>

#include "base/buf.h"
#include "measure/halves.h"
#include "measure/pick.h"
#include "measure/clones.h" /* last: see there */

#define THREAD_ENTRIES 100000 /* are worth a second thread */
#define SOME_ENTRIES 8192     /* are taken at a time */

bool
by_path_fits(const struct result *r, uint32_t candidates)
{
	const struct measure *m = r->measure;

	return r->path_of != NULL && m->denominator == NULL &&
	       m->choose != CHOOSE_ANY && candidates < TALLY_MAX &&
	       facts_rows(r->facts, FACTS_PATH) <= candidates / BY_PATH_FEWER;
}

/* Words of all paths. */
static size_t
words_of(const struct by_path *b)
{
	return ((size_t)b->n + 1) * (b->amounts ? 2 : 1);
}

struct by_path *
by_path_new(const struct result *r)
{
	struct by_path *b = xcalloc(1, sizeof *b);

	b->n = facts_rows(r->facts, FACTS_PATH);
	b->amounts = r->measure->about.amounts;
	b->sums = xcalloc(words_of(b), sizeof *b->sums);
	tally_codes(b->one);
	return b;
}

/* The path of a row. */
static inline size_t
path_at(const struct by_path_rows *rows, uint32_t i)
{
	return rows
	    ->path_of[rows->list != NULL ? rows->list[i] : rows->first + i];
}

static inline __attribute__((always_inline)) void
add_counts(struct by_path *b, const struct by_path_rows *rows, bool listed)
{
	const uint32_t *restrict path =
	    rows->path_of + (listed ? 0 : rows->first);
	const uint32_t *restrict list = rows->list;
	const uint8_t *restrict code = rows->judged.code;
	uint64_t *restrict sums = b->sums;

	for (uint32_t i = 0; i < rows->n; i++)
		sums[path[listed ? list[i] : i]] += b->one[code[i]];
}

/* Counts all, with their amounts, as if they had met the rule. */
static inline __attribute__((always_inline)) void
add_met(struct by_path *b, const struct by_path_rows *rows, bool listed)
{
	const uint64_t one = b->one[CODE_MET];
	const uint32_t *restrict path =
	    rows->path_of + (listed ? 0 : rows->first);
	const uint32_t *restrict list = rows->list;
	const int32_t *restrict amount = rows->judged.numerator;
	uint64_t *restrict sums = b->sums;

	for (uint32_t i = 0; i < rows->n; i++) {
		uint64_t *mine = &sums[(size_t)path[listed ? list[i] : i] * 2];

		mine[0] += one;
		mine[1] += (uint64_t)(int64_t)amount[i];
	}
}

/* What has not met it: of amounts little. */
static void
take_back(struct by_path *b, const struct by_path_rows *rows, uint32_t i)
{
	uint64_t *mine = &b->sums[path_at(rows, i) * 2];
	uint8_t code = rows->judged.code[i];

	mine[0] += b->one[code] - b->one[CODE_MET];
	if (code > CODE_MET)
		mine[1] -= (uint64_t)(int64_t)rows->judged.numerator[i];
	if (code >= CODE_EXCLUDED && code != CODE_NONE)
		b->left_out[code]++;
}

static void
add_amounts(struct by_path *b, const struct by_path_rows *rows)
{
	uint32_t list[TALLY_PART + PICK_MORE];

	if (rows->list != NULL)
		add_met(b, rows, true);
	else
		add_met(b, rows, false);
	for (uint32_t at = 0; at < rows->n; at += TALLY_PART) {
		uint32_t left = rows->n - at,
			 many = tally_not_met(list, rows->judged.code, at,
			     left < TALLY_PART ? left : TALLY_PART);

		for (uint32_t k = 0; k < many; k++)
			take_back(b, rows, list[k]);
	}
}

/* All of them count. */
static void
add_all(struct by_path *b, const struct by_path_rows *rows)
{
	const uint64_t one = b->one[CODE_MET];

	for (uint32_t i = 0; i < rows->n; i++)
		b->sums[rows->path_of[rows->list[i]]] += one;
}

/* By the code for which they are left out: most are not. */
static void
add_left_out(struct by_path *b, const uint8_t *code, uint32_t n)
{
	uint32_t list[TALLY_PART + PICK_MORE];

	for (uint32_t at = 0; at < n; at += TALLY_PART) {
		uint32_t many = tally_left_out(
		    list, code, at, n - at < TALLY_PART ? n - at : TALLY_PART);

		for (uint32_t k = 0; k < many; k++)
			b->left_out[code[list[k]]]++;
	}
}

void
by_path_add(struct by_path *b, const struct by_path_rows *rows)
{
	if (rows->judged.code == NULL) {
		add_all(b, rows);
		return;
	}
	if (b->amounts) {
		add_amounts(b, rows);
		return;
	}
	add_left_out(b, rows->judged.code, rows->n);
	if (rows->list != NULL)
		add_counts(b, rows, true);
	else
		add_counts(b, rows, false);
}

/* What a thread counts of the entries. */
struct part {
	int half;
	struct halves_row *row;
	const struct result *r;
	struct by_path *to;
	bool all;
};

static void
add_some(const struct part *p, struct halves_some some)
{
	const struct result *r = p->r;
	const int32_t *num = r->numerator;
	bool own = r->path != NULL;
	const struct by_path_rows rows = {
	    .list = own ? NULL : r->row + some.from,
	    .path_of = own ? r->path + some.from : r->path_of,
	    .n = some.end - some.from,
	    .judged = {.code = p->all ? NULL : r->code + some.from,
		.numerator = num != NULL ? num + some.from : NULL}};

	by_path_add(p->to, &rows);
}

static void
part_run(void *part)
{
	const struct part *p = part;
	struct halves_some some;

	while (halves_take(p->row, p->half, &some))
		add_some(p, some);
}

struct by_path *
by_path_of(const struct result *r, bool all)
{
	struct halves_row row = {.n = r->n, .step = SOME_ENTRIES};
	struct part part[2] = {
	    {0, &row, r, by_path_new(r), all}, {1, &row, r, NULL, all}};

	if (r->n < THREAD_ENTRIES) {
		part_run(&part[0]);
		return part[0].to;
	}
	part[1].to = by_path_new(r);
	halves_run(facts_helpers(r->facts), part_run, &part[0], &part[1]);
	by_path_merge(part[0].to, part[1].to);
	return part[0].to;
}

CLONES static void
add_sums(uint64_t *restrict to, const uint64_t *restrict from, size_t n)
{
	for (size_t i = 0; i < n; i++)
		to[i] += from[i];
}

void
by_path_merge(struct by_path *b, struct by_path *from)
{
	add_sums(b->sums, from->sums, words_of(b));
	for (int c = 0; c < TALLY_CODES; c++)
		b->left_out[c] += from->left_out[c];
	by_path_free(from);
}

void
by_path_free(struct by_path *b)
{
	if (b == NULL)
		return;
	free(b->sums);
	free(b);
}

size_t
by_path_bytes(const struct by_path *b)
{
	return b == NULL ? 0 : sizeof *b + words_of(b) * sizeof *b->sums;
}
