#include "measure/judge_part.h"

#include <string.h>

#include "base/date.h"
#include "measure/clones.h" /* last: see there */

static int
left_out(struct judge *b, const struct expr *e, uint32_t row)
{
	if (b->lacking != e || b->lacking_row != row)
		b->lacking_code = CODE_EXCLUDED + b->m->exclude_n +
				  judge_missing(b->m, b->r->facts, e, row);
	b->lacking = e;
	b->lacking_row = row;
	return b->lacking_code;
}

/* A missing amount leaves the row out; an amount is never below zero. */
static bool
amount_missing(const int32_t *v, int i)
{
	return v != NULL &&
	       (v[i] == DATE_MISSING || v[i] == DATE_NEVER || v[i] < 0);
}

static uint32_t
row_at(const struct judge *b, int i)
{
	return b->row != NULL ? b->row[i] : b->first + (uint32_t)i;
}

/* The code of an entry for which something that is needed is not known. */
static int
verdict(struct judge *b, int i)
{
	const struct measure *m = b->m;
	uint32_t row = row_at(b, i);

	if (b->truth[i] == TRUTH_UNKNOWN)
		return left_out(b, m->cohort, row);
	if (b->among != NULL && b->among[i] == TRUTH_UNKNOWN)
		return left_out(b, m->among, row);
	if (b->met != NULL && b->met[i] == TRUTH_UNKNOWN)
		return left_out(b, m->met, row);
	return amount_missing(b->numerator, i)
		   ? left_out(b, m->numerator, row)
		   : left_out(b, m->denominator, row);
}

/* Amounts that are needed, and of a share of amounts the verdict. */
static inline __attribute__((always_inline)) void
amount_codes(struct judge *b, int n)
{
	uint8_t *restrict code = b->code, *restrict look = b->look;
	const int32_t *restrict num = b->numerator;
	const int32_t *restrict den = b->denominator;

	/* What is missing is below zero, or never. */
	for (int i = 0; i < n; i++)
		look[i] |= (uint32_t)num[i] >= DATE_NEVER;
	if (den == NULL)
		return;
	for (int i = 0; i < n; i++)
		look[i] |= (uint32_t)den[i] >= DATE_NEVER;
	if (b->m->about.kind == KIND_PERCENT)
		for (int i = 0; i < n; i++)
			code[i] = num[i] >= den[i] ? CODE_MET : CODE_MISSED;
}

/* The codes, but for what needs a closer look. What decides first comes last:
 * met, then "among", then the exclusions from the last to the first. */
CLONES static void
easy_codes(struct judge *b, int n)
{
	const uint8_t *restrict truth = b->truth;
	uint8_t *restrict code = b->code, *restrict look = b->look;
	const uint8_t *restrict met = b->met, *restrict among = b->among;

	memset(look, 0, (size_t)n);
	memset(code, CODE_MET, (size_t)n);
	if (met != NULL)
		for (int i = 0; i < n; i++) {
			look[i] = met[i] == TRUTH_UNKNOWN;
			code[i] = met[i] == TRUTH_YES ? CODE_MET : CODE_MISSED;
		}
	if (b->numerator != NULL)
		amount_codes(b, n);
	if (among != NULL)
		for (int i = 0; i < n; i++) {
			look[i] = among[i] == TRUTH_YES
				      ? look[i]
				      : among[i] == TRUTH_UNKNOWN;
			code[i] = among[i] == TRUTH_NO ? CODE_NONE : code[i];
		}
	for (int x = b->m->exclude_n - 1; x >= 0; x--) {
		const uint8_t *restrict exclude = b->exclude[x];
		const uint8_t mine = (uint8_t)(CODE_EXCLUDED + x);

		for (int i = 0; i < n; i++) {
			look[i] = exclude[i] == TRUTH_YES ? 0 : look[i];
			code[i] = exclude[i] == TRUTH_YES ? mine : code[i];
		}
	}
	for (int i = 0; i < n; i++) {
		look[i] =
		    truth[i] == TRUTH_YES ? look[i] : truth[i] == TRUTH_UNKNOWN;
		code[i] = truth[i] == TRUTH_NO ? CODE_NONE : code[i];
	}
}

/* What needs it gets a closer look; most is passed over eight at a time. */
static void
look_closer(struct judge *b, int n)
{
	memset(b->look + n, 0, sizeof b->look - (size_t)n);
	for (int i = 0; i < n; i += 8) {
		uint64_t eight;

		memcpy(&eight, b->look + i, 8);
		for (int k = i; eight != 0 && k < i + 8; k++)
			if (b->look[k])
				b->code[k] = (uint8_t)verdict(b, k);
	}
}

/* What the cohort's rule says of the candidates, where it is asked here. */
CLONES static void
ask_cohort(struct judge *b, int n)
{
	const uint8_t *truth = b->truth, *cohort = b->cohort;

	for (int i = 0; i < n; i++)
		b->truths[i] = cohort[i] < truth[i] ? cohort[i] : truth[i];
	b->truth = b->truths;
}

void
judge_codes(struct judge *b, int n)
{
	if (b->cohort != NULL)
		ask_cohort(b, n);
	easy_codes(b, n);
	look_closer(b, n);
}
