#include <math.h>
#include <stdlib.h>

#include "base/buf.h"
#include "base/i18n.h"
#include "measure/chance.h"
#include "measure/definition.h"
#include "measure/result.h"

static int64_t
ten_to(int n)
{
	int64_t v = 1;

	while (n-- > 0)
		v *= 10;
	return v;
}

/* n / d, half up; both positive or n zero. */
static int64_t
divide_half_up(int64_t n, int64_t d)
{
	return (n * 2 + d) / (d * 2);
}

/* Of numerator out of denominator, as the measure shows it. */
static int64_t
quotient(const struct measure *m, int64_t numerator, int64_t denominator)
{
	int64_t per = m->about.kind == KIND_PERCENT ? 100 : m->about.per;

	return divide_half_up(
	    numerator * per * ten_to(m->about.decimals), denominator);
}

bool
figure_value(const struct measure *m, const struct figure *f, int64_t *scaled)
{
	int64_t unit = ten_to(m->about.decimals);

	if (m->about.kind == KIND_COUNT) {
		*scaled = f->denominator * unit;
		return f->pending == 0;
	}
	if (m->about.kind == KIND_COMPOSITE) {
		*scaled = divide_half_up(f->score * unit, 10000);
		return f->score > 0;
	}
	if (f->denominator == 0)
		return false;
	if (m->about.kind == KIND_MEDIAN) {
		*scaled =
		    divide_half_up(f->median2 * unit * 10000, 2 * m->divide);
		return f->median2 >= 0;
	}
	if (m->about.kind == KIND_MEAN)
		*scaled = divide_half_up(
		    f->numerator * unit * 10000, f->denominator * m->divide);
	else
		*scaled = quotient(m, f->numerator, f->denominator);
	return true;
}

const char *
figure_note(const struct measure *m, const struct figure *f)
{
	int64_t value;

	if (figure_value(m, f, &value))
		return "";
	if (m->about.not_computed)
		return _("not computed: national constants not supplied");
	if (m->about.kind == KIND_COMPOSITE)
		return _("a composite is known for counties and above, where "
			 "all of its parts are");
	if (m->about.population && f->pending == 0)
		return _("the number of children is known for counties and "
			 "above, in the years of the population table");
	return "";
}

char *
figure_scaled_text(int64_t scaled, int decimals, char text[static FIGURE_TEXT])
{
	uint64_t v = (uint64_t)llabs(scaled);
	char digits[FIGURE_TEXT];
	int n = 0, at = 0;

	/* The digits from the last on, with the point where it belongs. */
	do {
		digits[n++] = (char)('0' + v % 10);
		v /= 10;
		if (n == decimals)
			digits[n++] = '.';
	} while (v > 0 || n <= decimals + (decimals > 0));
	if (scaled < 0)
		text[at++] = '-';
	while (n > 0)
		text[at++] = digits[--n];
	text[at] = '\0';
	return text;
}

char *
figure_text(const struct measure *m, const struct figure *f,
    char text[static FIGURE_TEXT])
{
	int64_t scaled;

	text[0] = '\0';
	if (figure_value(m, f, &scaled))
		figure_scaled_text(scaled, m->about.decimals, text);
	return text;
}

struct figure_terms
figure_terms_on(const struct measure *m, int32_t day, bool ranked)
{
	return (struct figure_terms){
	    .judging = measure_judging_on(m, day),
	    .goal = measure_goal_on(m, day),
	    .ranked = ranked,
	};
}

bool
figure_too_few(const struct measure *m, const struct figure *f,
    const struct figure_terms *t)
{
	int few = t->ranked ? t->judging->few_ranked : t->judging->few_alone;

	return m->about.kind != KIND_COUNT && m->about.kind != KIND_RATE &&
	       f->denominator < few;
}

static bool
reaches(const struct measure *m, int64_t value, int64_t goal)
{
	return m->about.better == BETTER_LOWER ? value <= goal : value >= goal;
}

/* Whether so many more children, or points, would meet the goal. */
static bool
is_near(const struct measure *m, const struct figure *f, int64_t value,
    const struct figure_terms *t)
{
	int64_t points = t->judging->near_points * ten_to(m->about.decimals);
	int64_t n = t->judging->near_children, goal = t->goal->scaled;

	if (m->about.kind != KIND_PERCENT)
		return false;
	if (m->about.better == BETTER_LOWER)
		n = f->numerator < n ? -f->numerator : -n;
	else if (f->numerator + n > f->denominator)
		n = f->denominator - f->numerator;
	return llabs(value - goal) <= points ||
	       reaches(m, quotient(m, f->numerator + n, f->denominator), goal);
}

int
figure_status(const struct measure *m, const struct figure *f,
    const struct figure_terms *t)
{
	int64_t value;

	if (!figure_value(m, f, &value))
		return STATUS_NO_DATA;
	if (t->goal == NULL || t->goal->benchmark)
		return STATUS_NO_GOAL;
	if (figure_too_few(m, f, t))
		return STATUS_TOO_FEW;
	if (reaches(m, value, t->goal->scaled))
		return STATUS_MET;
	return is_near(m, f, value, t) ? STATUS_NEAR : STATUS_NOT_MET;
}

/* --- the interval ---------------------------------------------------- */

static bool
interval_median(
    const struct measure *m, const struct figure *f, int64_t ends[2])
{
	const int64_t amounts[] = {f->median_low, f->median_high};
	int64_t unit = ten_to(m->about.decimals);

	for (int i = 0; i < 2; i++)
		ends[i] = divide_half_up(amounts[i] * unit * 10000, m->divide);
	return f->median_low >= 0;
}

bool
figure_interval(const struct measure *m, const struct figure *f,
    const struct judging *j, int64_t ends[2])
{
	const struct chance_how how = {
	    .method = j->interval == INTERVAL_MID_P ? CHANCE_MID_P
						    : CHANCE_CLOPPER_PEARSON,
	    .confidence = j->confidence,
	};
	double unit = (double)ten_to(m->about.decimals);
	struct chance_range r;

	/* Months of one child are no independent trials, and of a mean the
	 * spread of its amounts is not kept. */
	if (m->about.kind == KIND_COUNT || f->denominator <= 0 ||
	    m->about.kind == KIND_MEAN || m->about.kind == KIND_COMPOSITE ||
	    (m->about.kind == KIND_PERCENT && m->about.amounts))
		return false;
	if (m->about.kind == KIND_MEDIAN)
		return interval_median(m, f, ends);
	if (m->about.kind == KIND_PERCENT) {
		r = chance_share(f->numerator, f->denominator, &how);
		unit *= 100;
	} else {
		r = chance_events(f->numerator, &how);
		unit *= (double)m->about.per / (double)f->denominator;
	}
	ends[0] = (int64_t)floor(r.low * unit + 0.5);
	ends[1] = (int64_t)floor(r.high * unit + 0.5);
	return true;
}

/* --- peers ----------------------------------------------------------- */

static int
compare_scaled(const void *a, const void *b)
{
	int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;

	return (x > y) - (x < y);
}

bool
slice_peer_median(const struct measure *m, const struct slice *s,
    const struct judging *j, int64_t *scaled)
{
	const struct figure_terms t = {.judging = j, .ranked = true};
	int64_t *values = xcalloc(s->rows_n + 1, sizeof *values);
	size_t n = 0;

	for (size_t i = 0; i < s->rows_n; i++)
		if (!figure_too_few(m, &s->rows[i], &t) &&
		    figure_value(m, &s->rows[i], &values[n]))
			n++;
	qsort(values, n, sizeof *values, compare_scaled);
	if (n > 0)
		*scaled =
		    n % 2 == 1
			? values[n / 2]
			: divide_half_up(values[n / 2 - 1] + values[n / 2], 2);
	free(values);
	return n > 0;
}
