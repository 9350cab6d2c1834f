/*
 * Figures that are known by county: composite scores (measures.md 3.6), worked
 * out by hand, and rates per child of the population.
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/date.h"
#include "lib/unit.h"
#include "measure/area.h"
#include "measure/load.h"
#include "measure/result.h"
#include "rows.h"

/* Children served, of them girls, and days in care on 30 September 2012. A is
 * a group of its own; B and C are too small and join, D joins them for want of
 * another; E has no second part, so it is left out. */
static const struct {
	const char *county;
	int children, girls, days;
} counties[] = {
    {"a", 50, 20, 100},
    {"b", 30, 20, 200},
    {"c", 25, 5, 300},
    {"d", 10, 8, 400},
    {"e", 60, 60, 4000},
};
#define COUNTIES 5

static const char text[] =
    "measures = (\n"
    "{ id = \"girls\"; title = \"T\"; category = \"c\"; kind = \"percent\";\n"
    "  period = \"served\"; unit_at = \"period_end\";\n"
    "  cohort = \"removal_date <= period_end\"; met = \"sex = female\"; },\n"
    "{ id = \"days\"; title = \"T\"; category = \"c\"; kind = \"median\";\n"
    "  period = \"served\"; unit_at = \"period_end\";\n"
    "  cohort = \"days(removal_date, period_end) < 1000\";\n"
    "  numerator = \"days(removal_date, period_end)\"; },\n"
    "{ id = \"score\"; title = \"T\"; category = \"c\"; kind = \"composite\";\n"
    "  period = \"served\"; unit_at = \"period_end\"; decimals = 1;\n"
    "  cohort = \"removal_date <= period_end\";\n"
    "  parts = ( { measure = \"girls\"; weights = [\"0.5\", \"0.2\"]; },\n"
    "    { measure = \"days\"; weights = [\"0.3\", \"1.0\"]; less = true; } ); "
    "},\n"
    "{ id = \"rate\"; title = \"T\"; category = \"c\"; kind = \"rate\";\n"
    "  period = \"served\"; unit_at = \"period_end\"; decimals = 2;\n"
    "  per = 1000; population = true;\n"
    "  cohort = \"removal_date <= period_end\"; } );\n";

static const char constants[] =
    "constants = (\n"
    "{ measure = \"girls\"; mean = \"30\"; sd = \"10\"; source = \"test\"; },\n"
    "{ measure = \"days\"; mean = \"150\"; sd = \"50\"; source = \"test\"; },\n"
    "{ composite = \"score\"; least = \"-2\"; most = \"2\"; source = \"test\"; "
    "} );\n";

static struct facts *facts;

static size_t
add_county(char **rows, size_t n, int k)
{
	int32_t in = rows_day("2012-09-30") - counties[k].days;
	char day[DATE_TEXT];
	const char *c = counties[k].county;

	rows[n++] = xasprintf("org node_id=%s level=county name=%s "
			      "parent_id=north fips=2900%d",
	    c, c, k);
	rows[n++] = xasprintf(
	    "population fips=2900%d year=2012 children=%d", k, 1000 * (k + 1));
	for (int i = 0; i < counties[k].children; i++) {
		rows[n++] = xasprintf("children child_id=%s%d sex=%s", c, i,
		    i < counties[k].girls ? "female" : "male");
		rows[n++] = xasprintf("removals child_id=%s%d removal_date=%s",
		    c, i, date_format(in, day));
		rows[n++] = xasprintf("assignments child_id=%s%d node_id=%s "
				      "start_date=1990-01-01",
		    c, i, c);
	}
	return n;
}

static void
setup(void)
{
	char **rows = xcalloc(1024, sizeof *rows);
	size_t n = 0;

	rows[n++] = xstrdup(
	    "org node_id=north level=region name=North parent_id=state");
	for (int k = 0; k < COUNTIES; k++)
		n = add_county(rows, n, k);
	facts = rows_facts("2012-12-31", (const char *const *)rows);
	for (size_t i = 0; i < n; i++)
		free(rows[i]);
	free(rows);
}

static void
teardown(void)
{
	facts_close(facts);
}

static struct measures *
catalogue(bool with_constants)
{
	struct measures *ms = measures_new();
	struct faults faults = {0};

	measures_parse(ms, "area.cfg", text, &faults);
	if (with_constants)
		measures_parse(ms, "constants.cfg", constants, &faults);
	load_resolve(ms, &faults);
	ck_assert_msg(
	    faults.n == 0, "%s", faults.n > 0 ? faults.list[0].text : "");
	return ms;
}

static const struct measure_period *
year(void)
{
	static struct measure_period p;

	p = (struct measure_period){.from = rows_day("2011-10-01"),
	    .to = rows_day("2012-09-30"),
	    .as_of = rows_day("2012-12-31")};
	return &p;
}

static struct slice *
slice_by(const struct measure *m, int by, uint32_t at)
{
	struct query q = {.at = at};
	struct result *r = result_new(m, facts, year());
	struct slice *s;

	if (by >= 0)
		q.by[q.by_n++] = (enum attribute)by;
	s = slice_new(r, &q);
	result_free(r);
	return s;
}

static void
check_value(const struct measure *m, const struct figure *f, const char *want)
{
	char value[FIGURE_TEXT];

	ck_assert_str_eq(figure_text(m, f, value), want);
}

/* A: z 1 and 1, components 0.8 and 1.2, composite 1.0; B, C, D together: 33 of
 * 65 girls, median 300 days: z 2.0769 and -3, composite -1.22308. The state:
 * (50 * 1 - 65 * 1.22308) / 115 = -0.25652; on the scale 93.587. */
START_TEST(area__composite__is_worked_out_by_county)
{
	static const char *const want[] = {"125.0", "69.4", "69.4", "69.4", ""};
	struct measures *ms = catalogue(true);
	const struct measure *m = measures_find(ms, "score");
	struct slice *s = slice_by(m, ATTRIBUTE_COUNTY, FACTS_NO_ROW);

	check_value(m, &s->total, "93.6");
	ck_assert_int_eq(s->total.denominator, 175);
	ck_assert_uint_eq(s->rows_n, COUNTIES);
	for (size_t i = 0; i < s->rows_n; i++)
		check_value(m, &s->rows[i], want[i]);
	slice_free(s);
	s = slice_by(m, -1, facts_find_node(facts, "north"));
	check_value(m, &s->total, "93.6");
	slice_free(s);
	measures_free(ms);
}
END_TEST

START_TEST(area__composite__has_no_score_of_other_groups)
{
	struct measures *ms = catalogue(true);
	const struct measure *m = measures_find(ms, "score");
	struct slice *s = slice_by(m, ATTRIBUTE_SEX, FACTS_NO_ROW);

	check_value(m, &s->total, "93.6");
	ck_assert_uint_eq(s->rows_n, 2);
	check_value(m, &s->rows[0], "");
	ck_assert_ptr_nonnull(
	    strstr(figure_note(m, &s->rows[0]), "counties and above"));
	slice_free(s);
	measures_free(ms);
}
END_TEST

START_TEST(area__composite__without_constants_says_so)
{
	struct measures *ms = catalogue(false), *with = catalogue(true);
	const struct measure *m = measures_find(ms, "score");
	struct slice *s = slice_by(m, -1, FACTS_NO_ROW);

	check_value(m, &s->total, "");
	ck_assert_str_eq(figure_note(m, &s->total),
	    "not computed: national constants not supplied");
	ck_assert(measure_about(m)->not_computed);
	/* Other constants are another version. */
	ck_assert_str_ne(measure_about(m)->version,
	    measure_about(measures_find(with, "score"))->version);
	slice_free(s);
	measures_free(ms);
	measures_free(with);
}
END_TEST

/* The table of measures.md 3.6, typed from it; thousandths. */
static const struct {
	const char *composite, *measure;
	int weights[3];
	bool less;
} published[] = {
    {"comp1", "c1.1", {462, 85}, false},
    {"comp1", "c1.2", {451, 70}, true},
    {"comp1", "c1.3", {295, -5}, false},
    {"comp1", "c1.4", {129, 1025}, true},
    {"comp2", "c2.1", {533, -32, -26}, false},
    {"comp2", "c2.2", {551, 106, -32}, true},
    {"comp2", "c2.3", {-87, 526, 255}, false},
    {"comp2", "c2.4", {140, 699, -256}, false},
    {"comp2", "c2.5", {-30, -59, 930}, false},
    {"comp3", "c3.1", {545, 137}, false},
    {"comp3", "c3.2", {746, -220}, false},
    {"comp3", "c3.3", {-108, 979}, true},
    {"comp4", "c4.1", {398}, false},
    {"comp4", "c4.2", {417}, false},
    {"comp4", "c4.3", {400}, false},
};

START_TEST(area__composite__has_the_published_weights)
{
	struct measures *ms = rows_measures();
	size_t n = 0, all = 0;

	for (int c = 1; c <= 4; c++) {
		char id[] = {'c', 'o', 'm', 'p', (char)('0' + c), '\0'};

		all += (size_t)measures_find(ms, id)->parts->n;
	}
	for (; n < sizeof published / sizeof *published; n++) {
		const struct parts *p =
		    measures_find(ms, published[n].composite)->parts;
		const struct part *part = NULL;

		for (int i = 0; i < p->n; i++)
			if (strcmp(p->list[i].id, published[n].measure) == 0)
				part = &p->list[i];
		ck_assert_msg(part != NULL, "%s", published[n].measure);
		for (int k = 0; k < COMPONENTS_MAX; k++)
			ck_assert_msg(lround(part->weights[k] * 1000) ==
					  published[n].weights[k],
			    "%s, %d", part->id, k);
		ck_assert(part->less == published[n].less);
	}
	ck_assert_uint_eq(n, all);
	measures_free(ms);
}
END_TEST

/* 50 of 1,000 ... 60 of 5,000; all 175 of 15,000. */
START_TEST(area__population__is_of_the_place)
{
	static const char *const want[] = {
	    "50.00", "15.00", "8.33", "2.50", "12.00"};
	struct measures *ms = catalogue(false);
	const struct measure *m = measures_find(ms, "rate");
	struct slice *s = slice_by(m, ATTRIBUTE_COUNTY, FACTS_NO_ROW);

	check_value(m, &s->total, "11.67");
	ck_assert_int_eq(s->total.numerator, 175);
	ck_assert_int_eq(s->total.denominator, 15000);
	for (size_t i = 0; i < s->rows_n; i++)
		check_value(m, &s->rows[i], want[i]);
	slice_free(s);
	s = slice_by(m, ATTRIBUTE_SEX, FACTS_NO_ROW);
	check_value(m, &s->rows[0], "");
	ck_assert_ptr_nonnull(
	    strstr(figure_note(m, &s->rows[0]), "counties and above"));
	slice_free(s);
	measures_free(ms);
}
END_TEST

/* A trend's windows are what each has on its own. */
START_TEST(area__trend__has_each_window_of_its_own)
{
	struct measures *ms = catalogue(true);
	const struct measure *m = measures_at(ms, _i);
	struct trend_query tq = {.n = 10, .step = 1, .last = *year()};
	struct query q = {
	    .at = FACTS_NO_ROW, .by = {ATTRIBUTE_COUNTY}, .by_n = 1};
	struct trend *t = trend_new(m, facts, &tq, &q);

	for (size_t w = 0; w < t->windows_n; w++) {
		struct result *r = result_new(m, facts, &t->windows[w]);
		struct slice *s = slice_new(r, &q);

		ck_assert_int_eq(t->total[w].numerator, s->total.numerator);
		ck_assert_int_eq(t->total[w].denominator, s->total.denominator);
		ck_assert_int_eq(t->total[w].score, s->total.score);
		slice_free(s);
		result_free(r);
	}
	trend_free(t);
	measures_free(ms);
}
END_TEST

static const struct {
	const char *text, *says;
} bad[] = {
    {"constants = ( { measure = \"x\"; mean = \"1\"; source = \"s\"; } );",
	"mean and sd"},
    {"constants = ( { measure = \"x\"; mean = \"1\"; sd = \"0\"; source = "
     "\"s\"; } );",
	"above zero"},
    {"constants = ( { composite = \"x\"; least = \"2\"; most = \"1\"; source = "
     "\"s\"; } );",
	"above least"},
    {"constants = ( { measure = \"x\"; mean = \"1e9x\"; sd = \"1\"; source = "
     "\"s\"; } );",
	"a number in quotes"},
    {"measure: { id = \"x\"; title = \"T\"; category = \"c\"; period = "
     "\"served\"; unit_at = \"period_end\"; kind = \"composite\"; cohort = "
     "\"closed\"; };",
	"a composite has parts"},
    {"measure: { id = \"x\"; title = \"T\"; category = \"c\"; period = "
     "\"served\"; unit_at = \"period_end\"; kind = \"composite\"; cohort = "
     "\"closed\"; parts = ( { measure = \"y\"; weights = [\"1\"]; }, { measure "
     "= \"z\"; weights = [\"1\", \"2\"]; } ); };",
	"as many as the other parts"},
    {"measure: { id = \"x\"; title = \"T\"; category = \"c\"; period = "
     "\"served\"; unit_at = \"period_end\"; kind = \"percent\"; met = "
     "\"closed\"; population = true; cohort = \"closed\"; };",
	"a percent has met"},
};

START_TEST(area__definition__faults_are_named)
{
	struct measures *ms = measures_new();
	struct faults faults = {0};
	bool found = false;

	measures_parse(ms, "x.cfg", bad[_i].text, &faults);
	for (size_t i = 0; i < faults.n; i++)
		found |= strstr(faults.list[i].text, bad[_i].says) != NULL;
	ck_assert_msg(found, "%s: %s", bad[_i].says,
	    faults.n > 0 ? faults.list[0].text : "no fault");
	faults_free(&faults);
	measures_free(ms);
}
END_TEST

int
main(void)
{
	Suite *s = suite_create("area");
	TCase *t = tcase_create("area");

	tcase_add_unchecked_fixture(t, setup, teardown);
	tcase_add_test(t, area__composite__is_worked_out_by_county);
	tcase_add_test(t, area__composite__has_no_score_of_other_groups);
	tcase_add_test(t, area__composite__without_constants_says_so);
	tcase_add_test(t, area__composite__has_the_published_weights);
	tcase_add_test(t, area__population__is_of_the_place);
	tcase_add_loop_test(t, area__trend__has_each_window_of_its_own, 0, 4);
	tcase_add_loop_test(
	    t, area__definition__faults_are_named, 0, sizeof bad / sizeof *bad);
	suite_add_tcase(s, t);
	return unit_run(s);
}
