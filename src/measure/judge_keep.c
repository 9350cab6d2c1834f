#include "measure/judge_part.h"

#include <string.h>

#include "measure/clones.h" /* last: see there */

/* Where one place in so many is no entry, or fewer, the stretches between them
 * are copied whole. */
#define FEW_NONE 16

/* The n entries at these places get their amounts. */
CLONES static void
keep_amounts(struct judge *b, const uint32_t *restrict kept, uint32_t n)
{
	const struct result *r = b->r;
	const uint8_t *restrict code = r->code + r->n;
	const int32_t *restrict num = b->numerator;
	const int32_t *restrict den = b->denominator;
	int32_t *restrict nums = r->numerator + r->n;
	int32_t *restrict dens = den != NULL ? r->denominator + r->n : NULL;

	for (uint32_t k = 0; k < n; k++)
		nums[k] = code[k] <= CODE_MET ? num[kept[k]] : 0;
	for (uint32_t k = 0; den != NULL && k < n; k++)
		dens[k] = code[k] <= CODE_MET ? den[kept[k]] : 0;
}

/* The n entries at these places get their row, day and code. */
CLONES static void
keep_places(struct judge *b, const uint32_t *restrict kept, uint32_t n)
{
	uint32_t *restrict row = b->r->row + b->r->n;
	int32_t *restrict day = b->r->day;
	uint8_t *restrict code = b->r->code + b->r->n;
	const uint32_t *restrict rows = b->row;
	const int32_t *restrict days = b->unit_day;

	for (uint32_t k = 0; rows != NULL && k < n; k++)
		row[k] = rows[kept[k]];
	for (uint32_t k = 0; rows == NULL && k < n; k++)
		row[k] = b->first + kept[k];
	for (uint32_t k = 0; day != NULL && k < n; k++)
		day[b->r->n + k] = days[kept[k]];
	for (uint32_t k = 0; k < n; k++)
		code[k] = b->code[kept[k]];
}

/* The amounts of n neighbours, from a place on. */
CLONES static void
stretch_amounts(const struct judge *b, uint32_t first, uint32_t n)
{
	const struct result *r = b->r;
	const uint8_t *restrict code = b->code + first;
	const int32_t *restrict num = b->numerator + first;
	const int32_t *restrict den =
	    b->denominator != NULL ? b->denominator + first : NULL;
	int32_t *restrict nums = r->numerator + r->n;
	int32_t *restrict dens = den != NULL ? r->denominator + r->n : NULL;

	for (uint32_t i = 0; i < n; i++)
		nums[i] = code[i] <= CODE_MET ? num[i] : 0;
	for (uint32_t i = 0; den != NULL && i < n; i++)
		dens[i] = code[i] <= CODE_MET ? den[i] : 0;
}

/* Which candidates n places are. */
static void
keep_index(struct judge *b, const uint32_t *kept, uint32_t n)
{
	uint32_t *index = b->index + b->r->n;

	for (uint32_t k = 0; k < n; k++)
		index[k] =
		    b->from + (b->which != NULL ? b->which[kept[k]] : kept[k]);
}

/* Which candidates n neighbours are. */
static void
stretch_index(struct judge *b, uint32_t first, uint32_t n)
{
	uint32_t *index = b->index + b->r->n;

	for (uint32_t i = 0; i < n; i++)
		index[i] = b->from +
			   (b->which != NULL ? b->which[first + i] : first + i);
}

CLONES static void
count_up(uint32_t *to, uint32_t first, uint32_t n)
{
	for (uint32_t i = 0; i < n; i++)
		to[i] = first + i;
}

/* Neighbours all of which are entries. */
static void
keep_stretch(struct judge *b, uint32_t first, uint32_t n)
{
	struct result *r = b->r;
	uint32_t at = r->n;
	size_t many = n;

	if (r->day != NULL)
		memcpy(r->day + at, b->unit_day + first, many * sizeof *r->day);
	memcpy(r->code + at, b->code + first, many);
	if (b->row != NULL)
		memcpy(r->row + at, b->row + first, many * sizeof *r->row);
	else
		count_up(r->row + at, b->first + first, n);
	if (r->numerator != NULL)
		stretch_amounts(b, first, n);
	if (b->index != NULL)
		stretch_index(b, first, n);
	r->n += n;
}

/* As stretches, of which there are few. */
static void
keep_stretches(struct judge *b, uint32_t n)
{
	uint32_t first = 0;

	while (first < n) {
		const uint8_t *none =
		    memchr(b->code + first, CODE_NONE, n - first);
		uint32_t end = none == NULL ? n : (uint32_t)(none - b->code);

		keep_stretch(b, first, end - first);
		first = end + 1;
	}
}

/* Marks the places that are entries; how many are not. */
CLONES static uint32_t
entries_of(uint8_t *restrict is, const uint8_t *restrict code, uint32_t n)
{
	uint32_t none = 0;

	for (uint32_t i = 0; i < n; i++) {
		is[i] = code[i] != CODE_NONE;
		none += code[i] == CODE_NONE;
	}
	return none;
}

void
judge_keep(struct judge *b, uint32_t n)
{
	struct result *r = b->r;
	uint32_t *kept = b->kept, many;
	uint8_t is[PROG_VECTOR];

	if (entries_of(is, b->code, n) * FEW_NONE <= n) {
		keep_stretches(b, n);
		return;
	}
	many = pick(kept, is, (int)n, 0);
	keep_places(b, kept, many);
	if (b->index != NULL)
		keep_index(b, kept, many);
	if (r->numerator != NULL)
		keep_amounts(b, kept, many);
	r->n += many;
}
