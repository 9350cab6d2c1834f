/*
 * So many rows that they are asked, judged and counted in other ways than few:
 * together, by two threads, by path, by bins. What comes out is what one gets
 * from a plain list of the same reports.
 */
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/date.h"
#include "base/rng.h"
#include "lib/unit.h"
#include "measure/chance.h"
#include "measure/definition.h"
#include "measure/result.h"
#include "rows.h"

#define REPORTS 120000
#define COUNTIES 40
#define WINDOWS 14
#define AGAIN 40
#define DAY_MINUTES 1440

/* What the test knows of a report: minutes of the clock, -1: no contact. */
struct told {
	int county;
	int32_t day, received, waited;
	bool inappropriate;
};

static struct told *told;
static struct facts *facts;
static struct measures *measures;
static struct measure_period year;

/* Few reports in the first counties, most in the last ones; waits of minutes
 * and of months, many alike, and in the last month of years. */
static struct told
tell(struct rng *rng, int i)
{
	int32_t from = rows_day("2011-11-01");
	struct told t = {.county = COUNTIES - 1};

	while (t.county > 0 && rng_below(rng, 4) != 0)
		t.county--;
	if (i < COUNTIES)
		t.county = i;
	t.day = from + (int32_t)rng_below(rng, 60 + 365);
	if (i % 9 != 0)
		t.day = from + 61 + (int32_t)rng_below(rng, 365);
	t.received = (int32_t)rng_below(rng, DAY_MINUTES);
	t.waited = (int32_t)rng_below(rng, 1U << rng_below(rng, 18));
	if (t.day >= rows_day("2012-12-01") && rng_below(rng, 100) == 0)
		t.waited = (1 << 20) + (int32_t)rng_below(rng, 1 << 20);
	if (rng_below(rng, 50) == 0)
		t.waited = -1;
	t.inappropriate = rng_below(rng, 7) == 0;
	return t;
}

static char *
minute_text(int32_t day, int32_t minute)
{
	struct civil d = date_civil(day + minute / DAY_MINUTES);

	minute %= DAY_MINUTES;
	return xasprintf("%04d-%02d-%02dT%02d:%02d", d.year, d.month, d.day,
	    minute / 60, minute % 60);
}

static char *
row_text(const struct told *t, int i)
{
	char *received = minute_text(t->day, t->received);
	char *contact = minute_text(t->day, t->received + t->waited);
	const char *with = t->waited < 0 ? "" : " first_contact_at=";
	const char *came_to =
	    t->inappropriate ? "inappropriate" : "unsubstantiated";
	char *row =
	    xasprintf("reports report_id=r%d received_at=%s%s%s node_id=c%d"
		      " concluded_at=2013-06-01T10:00 conclusion=%s",
		i, received, with, t->waited < 0 ? "" : contact, t->county,
		came_to);

	free(received);
	free(contact);
	return row;
}

static void
setup(void)
{
	char **rows = xcalloc(REPORTS + COUNTIES + 1, sizeof *rows);
	struct rng rng;

	rng_seed(&rng, 5);
	told = xcalloc(REPORTS, sizeof *told);
	for (int c = 0; c < COUNTIES; c++)
		rows[c] = xasprintf("org node_id=c%d level=county name=C%d "
				    "parent_id=state",
		    c, c);
	for (int i = 0; i < REPORTS; i++) {
		told[i] = tell(&rng, i);
		rows[COUNTIES + i] = row_text(&told[i], i);
	}
	facts = rows_facts("2019-12-31", (const char *const *)rows);
	measures = rows_measures();
	year = (struct measure_period){.from = rows_day("2012-01-01"),
	    .to = rows_day("2012-12-31"),
	    .as_of = rows_day("2019-12-31")};
	for (int i = 0; i < REPORTS + COUNTIES; i++)
		free(rows[i]);
	free(rows);
}

static void
teardown(void)
{
	facts_close(facts);
	measures_free(measures);
	free(told);
}

/* What the told reports of a period come to in a county, or in all (-1). */
struct expected {
	int64_t n, sum, excluded;
	int32_t *waited;
};

static int
by_size(const void *a, const void *b)
{
	const int32_t *x = a, *y = b;

	return (*x > *y) - (*x < *y);
}

static struct expected
expect(int county, const struct measure_period *p)
{
	struct expected e = {.waited = xcalloc(REPORTS + 1, sizeof *e.waited)};

	for (int i = 0; i < REPORTS; i++) {
		const struct told *t = &told[i];

		if ((county >= 0 && t->county != county) || t->day < p->from ||
		    t->day > p->to || t->waited < 0)
			continue;
		e.excluded += t->inappropriate;
		if (t->inappropriate)
			continue;
		e.sum += t->waited;
		e.waited[e.n++] = t->waited;
	}
	qsort(e.waited, (size_t)e.n, sizeof *e.waited, by_size);
	return e;
}

static void
check_median(const struct figure *f, const struct expected *e)
{
	const struct measure *m = measures_find(measures, "cps-4");
	const struct chance_how how = {
	    .confidence = measure_judging_on(m, year.to)->confidence};
	size_t n = (size_t)e->n, low;

	if (n == 0) {
		ck_assert_int_eq(f->median2, -1);
		return;
	}
	ck_assert_int_eq(
	    f->median2, (int64_t)e->waited[(n - 1) / 2] + e->waited[n / 2]);
	if (!chance_median(n, &how, &low)) {
		ck_assert_int_eq(f->median_low, -1);
		return;
	}
	ck_assert_int_eq(f->median_low, e->waited[low - 1]);
	ck_assert_int_eq(f->median_high, e->waited[n - low]);
}

static void
check_figure(const char *id, const struct figure *f, int county,
    const struct measure_period *p)
{
	struct expected e = expect(county, p);

	ck_assert_int_eq(f->denominator, e.n);
	ck_assert_int_eq(f->excluded, e.excluded);
	if (strcmp(id, "cps-4") == 0)
		check_median(f, &e);
	else
		ck_assert_int_eq(f->numerator, e.sum);
	free(e.waited);
}

/* The county of a node: its name is C and the number. */
static int
county_of(const struct figure *f)
{
	return atoi(facts_str(facts, FACTS_NODE_NAME, f->key[0]) + 1);
}

static const struct query by_county = {
    .at = FACTS_NO_ROW, .by = {ATTRIBUTE_COUNTY}, .by_n = 1};
static const char *const ids[] = {"cps-4", "cps-4-mean"};

START_TEST(slice__many__as_a_plain_list)
{
	const struct measure *m = measures_find(measures, ids[_i]);
	struct result *r = result_new(m, facts, &year);
	struct slice *s = slice_new(r, &by_county);

	ck_assert_uint_gt(result_rows(r), 100000);
	ck_assert_uint_gt(s->rows_n, COUNTIES / 2);
	check_figure(ids[_i], &s->total, -1, &year);
	for (size_t g = 0; g < s->rows_n; g++)
		check_figure(
		    ids[_i], &s->rows[g], county_of(&s->rows[g]), &year);
	slice_free(s);
	result_free(r);
}
END_TEST

/* Without groups, and of one county alone. */
START_TEST(slice__many__of_a_place)
{
	const struct measure *m = measures_find(measures, ids[_i]);
	struct result *r = result_new(m, facts, &year);
	struct query q = {.at = FACTS_NO_ROW};
	struct slice *all = slice_new(r, &q), *one;
	struct slice *s = slice_new(r, &by_county);

	check_figure(ids[_i], &all->total, -1, &year);
	q.at = s->rows[s->rows_n / 2].key[0];
	one = slice_new(r, &q);
	check_figure(
	    ids[_i], &one->total, county_of(&s->rows[s->rows_n / 2]), &year);
	slice_free(all);
	slice_free(one);
	slice_free(s);
	result_free(r);
}
END_TEST

/* With the month of the longest waits, and without it. */
START_TEST(trend__many__as_plain_lists)
{
	const char *id = ids[_i % 2];
	const struct measure *m = measures_find(measures, id);
	struct trend_query tq = {year, WINDOWS, 1};
	struct trend *t;

	if (_i >= 2)
		tq.last = measure_period_ending(
		    rows_day("2012-11-30"), 12, year.as_of);
	t = trend_new(m, facts, &tq, &by_county);
	ck_assert_uint_gt(t->rows_n, COUNTIES / 2);
	for (int w = 0; w < WINDOWS; w++)
		check_figure(id, &t->total[w], -1, &t->windows[w]);
	for (size_t g = 0; g < t->rows_n; g += 13)
		for (int w = 0; w < WINDOWS; w++)
			check_figure(id, &t->rows[g].figures[w],
			    county_of(&t->rows[g].figures[w]), &t->windows[w]);
	trend_free(t);
}
END_TEST

/* Of a count nothing is asked but the date: its rows are the entries, and the
 * snapshot says where and when. */
START_TEST(result__many__of_whom_nothing_is_asked)
{
	const struct measure *m = measures_find(measures, "cps-6");
	int32_t day = rows_day("2013-06-01");
	struct measure_period p = {rows_day("2013-01-01"),
	    rows_day("2013-12-31"), rows_day("2019-12-31")};
	struct result *r = result_new(m, facts, &p);
	struct slice *s = slice_new(r, &by_county);
	int64_t expected[COUNTIES] = {0}, found = 0;

	for (int i = 0; i < REPORTS; i++)
		expected[told[i].county]++;
	for (size_t g = 0; g < s->rows_n; g++) {
		ck_assert_int_eq(
		    s->rows[g].denominator, expected[county_of(&s->rows[g])]);
		found += s->rows[g].denominator;
	}
	ck_assert_int_eq(found, result_rows(r));
	ck_assert_int_eq(s->total.denominator, found);
	for (uint32_t i = 0; i < result_rows(r); i += 101) {
		struct result_row row = result_row(r, i);

		ck_assert_int_eq(row.day, day);
		ck_assert_uint_eq(
		    row.path, facts_u32(facts, FACTS_REPORT_PATH)[row.row]);
	}
	slice_free(s);
	result_free(r);
	p.as_of = day - 1; /* they have not been concluded yet */
	r = result_new(m, facts, &p);
	ck_assert_uint_eq(result_rows(r), 0);
	result_free(r);
}
END_TEST

/* Open reports at the ends of months: all are concluded in June 2013, and are
 * late after 30 days. */
static void
check_open(const struct figure *f, int county, int32_t end)
{
	int64_t open = 0, late = 0;

	for (int i = 0; i < REPORTS; i++) {
		if ((county >= 0 && told[i].county != county) ||
		    told[i].day > end)
			continue;
		open++;
		late += end - told[i].day > 30;
	}
	ck_assert_int_eq(f->denominator, open);
	ck_assert_int_eq(f->numerator, late);
}

static struct trend *
open_trend(void)
{
	const struct measure *m = measures_find(measures, "cps-5");
	struct trend_query tq = {
	    measure_period_ending(year.to, 12, year.as_of), WINDOWS, 1};

	return trend_new(m, facts, &tq, &by_county);
}

START_TEST(trend__many__open_on_a_day)
{
	struct trend *t = open_trend();

	ck_assert_uint_eq(t->rows_n, COUNTIES);
	for (int w = 0; w < WINDOWS; w++)
		check_open(&t->total[w], -1, t->windows[w].to);
	for (size_t g = 0; g < t->rows_n; g += 3)
		for (int w = 0; w < WINDOWS; w++)
			check_open(&t->rows[g].figures[w],
			    county_of(&t->rows[g].figures[w]),
			    t->windows[w].to);
	trend_free(t);
}
END_TEST

/* How much a thread that helps gets to do is another thing each time; what
 * comes out is not. */
START_TEST(many__again_and_again__is_the_same)
{
	struct trend *first = open_trend();
	size_t windows = WINDOWS * sizeof *first->total;

	for (int i = 0; i < AGAIN; i++) {
		const struct measure *m = measures_find(measures, ids[i % 2]);
		struct result *r = result_new(m, facts, &year);
		struct slice *s = slice_new(r, &by_county);
		struct trend *t = open_trend();

		check_figure(ids[i % 2], &s->total, -1, &year);
		ck_assert_mem_eq(t->total, first->total, windows);
		ck_assert_uint_eq(t->rows_n, first->rows_n);
		for (size_t g = 0; g < t->rows_n; g++)
			ck_assert_mem_eq(t->rows[g].figures,
			    first->rows[g].figures, windows);
		trend_free(t);
		slice_free(s);
		result_free(r);
	}
	trend_free(first);
}
END_TEST

int
main(void)
{
	Suite *s = suite_create("many");
	TCase *tc = tcase_create("many");

	tcase_add_unchecked_fixture(tc, setup, teardown);
	tcase_set_timeout(tc, 120);
	tcase_add_loop_test(tc, slice__many__as_a_plain_list, 0, 2);
	tcase_add_loop_test(tc, slice__many__of_a_place, 0, 2);
	tcase_add_test(tc, result__many__of_whom_nothing_is_asked);
	tcase_add_loop_test(tc, trend__many__as_plain_lists, 0, 4);
	tcase_add_test(tc, trend__many__open_on_a_day);
	tcase_add_test(tc, many__again_and_again__is_the_same);
	suite_add_tcase(s, tc);
	return unit_run(s);
}
