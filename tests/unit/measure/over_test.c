/*
 * Definitions over other things than removals: which rows they look at, whose
 * they are, who answers for them.
 */
#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "lib/unit.h"
#include "measure/load.h"
#include "measure/prog.h"
#include "measure/result.h"
#include "measure/why.h"
#include "rows.h"
#include "values.h"

/* Two counties. Child a: two reports, in an order of ids that is not that of
 * time; child b: one on the same day; child c: one that names no known report.
 * Report r3 came later than the others and has two children. */
static const char *const rows[] = {
    "org node_id=east level=county name=East parent_id=state",
    "org node_id=west level=county name=West parent_id=state",
    "children child_id=a birth_date=2005-01-01 sex=female",
    "children child_id=b birth_date=1990-01-01 sex=male",
    "children child_id=c",
    "reports report_id=r1 received_at=2011-10-30T09:00 track=investigation"
    " priority_hours=24 node_id=east",
    "reports report_id=r2 received_at=2011-08-22T23:59 track=assessment"
    " priority_hours=72 node_id=west",
    "reports report_id=r3 received_at=2012-05-25T00:00 track=investigation"
    " node_id=west",
    "report_children report_id=r1 child_id=a disposition=substantiated",
    "report_children report_id=r2 child_id=a disposition=indicated",
    "report_children report_id=r3 child_id=a disposition=substantiated",
    "report_children report_id=r3 child_id=b disposition=substantiated",
    "report_children report_id=r9 child_id=c disposition=substantiated",
    NULL,
};

static struct facts *facts;
static struct measures *measures;

static const char text[] =
    "measures = (\n"
    "{ id = \"reports\"; title = \"T\"; category = \"c\"; kind = \"percent\";\n"
    "  over = \"report\"; period = \"entry\"; unit_at = \"report_date\";\n"
    "  cohort = \"report_date in period\"; met = \"track = investigation\"; "
    "},\n"
    "{ id = \"victims\"; title = \"T\"; category = \"c\"; kind = \"percent\";\n"
    "  over = \"victim\"; period = \"entry\"; unit_at = \"report_date\";\n"
    "  cohort = \"report_date in period and age(report_date) < 18\";\n"
    "  one_per_child = \"first\"; met = \"track = investigation\"; },\n"
    "{ id = \"later\"; title = \"T\"; category = \"c\"; kind = \"count\";\n"
    "  over = \"victim\"; period = \"entry\"; unit_at = \"report_date\";\n"
    "  cohort = \"report_date in period\"; one_per_child = \"last\"; },\n"
    "{ id = \"children\"; title = \"T\"; category = \"c\"; kind = "
    "\"percent\";\n"
    "  over = \"child\"; period = \"point_in_time\"; unit_at = "
    "\"period_end\";\n"
    "  cohort = \"sex in {male, female}\"; met = \"age(period_end) < 18\"; }\n"
    ");\n";

static void
setup(void)
{
	struct faults faults = {0};

	facts = rows_facts("2013-12-31", rows);
	measures = measures_new();
	measures_parse(measures, "over.cfg", text, &faults);
	ck_assert_msg(
	    faults.n == 0, "%s", faults.n > 0 ? faults.list[0].text : "");
}

static void
teardown(void)
{
	measures_free(measures);
	facts_close(facts);
}

static struct measure_period
year(const char *as_of)
{
	return (struct measure_period){.from = rows_day("2011-08-01"),
	    .to = rows_day("2012-07-31"),
	    .as_of = rows_day(as_of)};
}

static struct figure
total(const char *id, const char *as_of, const struct query *q)
{
	struct measure_period p = year(as_of);
	struct result *r = result_new(measures_find(measures, id), facts, &p);
	struct slice *s = slice_new(r, q);
	struct figure f = s->total;

	slice_free(s);
	result_free(r);
	return f;
}

static void
check(const char *id, const struct query *q, int numerator, int denominator)
{
	struct figure f = total(id, "2013-12-31", q);

	ck_assert_msg(f.numerator == numerator && f.denominator == denominator,
	    "%s: %d/%d", id, (int)f.numerator, (int)f.denominator);
}

START_TEST(over__report__is_counted_where_it_was_received)
{
	struct query q = {.at = FACTS_NO_ROW};

	check("reports", &q, 2, 3);
	q.at = facts_find_node(facts, "west");
	check("reports", &q, 1, 2);
	q.at = facts_find_node(facts, "east");
	check("reports", &q, 1, 1);
}
END_TEST

START_TEST(over__report__after_the_as_of_day_does_not_exist)
{
	struct query q = {.at = FACTS_NO_ROW};

	ck_assert_int_eq(total("reports", "2012-05-24", &q).pending, 2);
	ck_assert_int_eq(total("reports", "2012-05-25", &q).pending, 3);
}
END_TEST

/* a's first report is r2 (assessment, west); b is 22; c's report is not known,
 * so its date and with it the row are in doubt. */
START_TEST(over__victim__is_chosen_in_order_of_time)
{
	struct query q = {.at = FACTS_NO_ROW};
	struct figure f = total("victims", "2013-12-31", &q);

	ck_assert_int_eq(f.denominator, 1);
	ck_assert_int_eq(f.numerator, 0);
	ck_assert_int_eq(f.excluded, 1);
	q.at = facts_find_node(facts, "west");
	check("victims", &q, 0, 1);
	check("later", &q, 2, 2); /* r3: of a and of b */
}
END_TEST

START_TEST(over__child__is_a_row_of_its_own)
{
	struct query q = {.at = FACTS_NO_ROW};

	check("children", &q, 1, 2);
}
END_TEST

/* What a subject does not have is not given; it neither passes a filter nor
 * is lost from a crosstab. */
START_TEST(over__attribute__of_another_subject_is_not_given)
{
	struct query q = {.at = FACTS_NO_ROW, .by = {ATTRIBUTE_SEX}, .by_n = 1};
	struct measure_period p = year("2013-12-31");
	struct result *r =
	    result_new(measures_find(measures, "reports"), facts, &p);
	struct slice *s = slice_new(r, &q);

	ck_assert_uint_eq(s->rows_n, 1);
	ck_assert_uint_eq(s->rows[0].key[0], 0);
	ck_assert_int_eq(s->rows[0].denominator, 3);
	ck_assert_uint_eq(result_row(r, 0).removal, FACTS_NO_ROW);
	ck_assert_uint_eq(result_row(r, 0).child, FACTS_NO_ROW);
	slice_free(s);
	result_free(r);
	q.by_n = 0;
	q.where_n = 1;
	q.where[0] = (struct query_filter){ATTRIBUTE_SEX, SEX_FEMALE};
	check("reports", &q, 0, 0);
	check("victims", &q, 0, 1);
}
END_TEST

/* Trends over other subjects agree with window by window. */
START_TEST(over__trend__agrees_with_window_by_window)
{
	const struct measure *m = measures_at(measures, _i);
	struct trend_query tq = {
	    .n = 20, .step = 1, .last = year("2013-12-31")};
	struct query q = {
	    .at = FACTS_NO_ROW, .by = {ATTRIBUTE_COUNTY}, .by_n = 1};
	struct trend *t = trend_new(m, facts, &tq, &q);

	for (size_t w = 0; w < t->windows_n; w++) {
		struct result *r = result_new(m, facts, &t->windows[w]);
		struct slice *s = slice_new(r, &q);

		ck_assert_int_eq(t->total[w].numerator, s->total.numerator);
		ck_assert_int_eq(t->total[w].denominator, s->total.denominator);
		ck_assert_int_eq(t->total[w].excluded, s->total.excluded);
		slice_free(s);
		result_free(r);
	}
	trend_free(t);
}
END_TEST

/* A child's reports, in order of time, with the rule that let each in. */
START_TEST(over__why__shows_the_reports_of_a_child)
{
	struct measure_period p = year("2013-12-31");
	uint32_t child = facts_find_child(facts, "a");
	struct why *w =
	    why_new(measures_find(measures, "victims"), facts, &p, child);

	ck_assert_uint_eq(w->episodes_n, 3);
	ck_assert_int_eq(w->verdict, VERDICT_MISSED);
	ck_assert_int_eq(w->episodes[0].verdict, VERDICT_MISSED);
	ck_assert_int_eq(w->episodes[1].verdict, VERDICT_OUTSIDE);
	ck_assert_str_eq(w->episodes[1].reason,
	    "not the child's first report of the period");
	why_free(w);
	w = why_new(measures_find(measures, "reports"), facts, &p, child);
	ck_assert_uint_eq(w->episodes_n, 3);
	ck_assert_int_eq(w->episodes[0].verdict, VERDICT_MISSED);
	ck_assert_int_eq(w->episodes[1].verdict, VERDICT_MET);
	why_free(w);
}
END_TEST

static const struct {
	enum over over;
	const char *text, *says;
} strangers[] = {
    {OVER_REPORT, "age(report_date) < 18", "age has no meaning over report"},
    {OVER_REPORT, "closed", "closed has no meaning over report"},
    {OVER_REPORT, "sex = male", "no column or function 'sex'"},
    {OVER_VICTIM, "stay_days_thv < 3", "no meaning over victim"},
    {OVER_VICTIM, "removal_date in period", "no column or function"},
    {OVER_CHILD, "moves(as_of) < 3", "moves has no meaning over child"},
    {OVER_REMOVAL, "track = assessment", "no column or function 'track'"},
    {OVER_REPORT, "received_at in period", "a time of day where a date"},
    {OVER_REPORT, "received_at < report_date", "cannot be compared"},
    {OVER_REPORT, "minutes(report_date, received_at) < 3", "a time of day"},
    {OVER_REPORT, "kind = fatality", "with in {...}"},
    {OVER_REPORT, "limit(wait, report_date) < 3", "has no limit 'wait'"},
    {OVER_REPORT, "report_id in {a}", "no column or function"},
    {OVER_SERVICE, "home_months < 3", "no meaning over service"},
    {OVER_SERVED, "incident_between(opened, closed)", "no meaning over"},
};

START_TEST(over__expression__of_another_subject_is_refused)
{
	struct arena arena = {0};
	struct expr_fault fault = {0};
	struct expr_ask ask = {.type = EXPR_BOOL, .over = strangers[_i].over};

	ck_assert_ptr_null(
	    expr_parse(&arena, strangers[_i].text, &ask, &fault));
	ck_assert_msg(
	    strstr(fault.text, strangers[_i].says) != NULL, "%s", fault.text);
	arena_free(&arena);
}
END_TEST

/* A date that is not known may be of any period: whoever lacks it is left out
 * and counted, wherever the range ends and whatever was known by then. */
static const char *const incidents[] = {
    "children child_id=a birth_date=2005-01-01",
    "reports report_id=r received_at=2012-05-01T10:00",
    "reports report_id=s received_at=2012-06-01T10:00",
    "reports report_id=t received_at=2012-06-02T10:00",
    "report_children report_id=r child_id=a disposition=substantiated"
    " incident_date=2012-04-01",
    "report_children report_id=s child_id=a disposition=substantiated",
    "report_children report_id=t child_id=a disposition=substantiated"
    " incident_date=2011-04-01",
    NULL,
};
static const struct {
	const char *cohort;
	int counted;
} within[] = {
    {"incident_date in period", 1},
    {"incident_date >= period_start", 1},
    {"incident_date <= period_end", 2},
};

START_TEST(over__victim__of_an_unknown_date_is_left_out)
{
	struct facts *f = rows_facts("2013-12-31", incidents);
	struct measures *own = measures_new();
	struct measure_period p =
	    year(_i % 2 == 0 ? "2012-07-31" : "2013-12-31");
	char *definition = xasprintf(
	    "measures = ({ id = \"x\"; title = \"T\"; category = \"c\";"
	    " kind = \"count\"; over = \"victim\"; period = \"entry\";"
	    " unit_at = \"report_date\"; cohort = \"%s\"; });",
	    within[_i / 2].cohort);
	struct faults faults = {0};
	struct query q = {.at = FACTS_NO_ROW};
	struct result *r;
	struct slice *s;

	measures_parse(own, "x.cfg", definition, &faults);
	ck_assert_msg(
	    faults.n == 0, "%s", faults.n > 0 ? faults.list[0].text : "");
	r = result_new(measures_find(own, "x"), f, &p);
	s = slice_new(r, &q);
	ck_assert_int_eq(
	    s->total.denominator + s->total.pending, within[_i / 2].counted);
	ck_assert_int_eq(s->total.excluded, 1);
	slice_free(s);
	result_free(r);
	measures_free(own);
	facts_close(f);
	free(definition);
}
END_TEST

/* Times of day, limits that change, an agency's own words; child a's report r1
 * has a contact exactly 24 hours later. */
static const char *const more[] = {
    "children child_id=a birth_date=2005-01-01",
    "reports report_id=r1 received_at=2013-03-01T16:00 priority_hours=24"
    " first_contact_at=2013-03-02T16:00 kind=fatality",
    "reports report_id=r2 received_at=2014-08-27T00:00 priority_hours=3",
    "reports report_id=r3 received_at=2014-08-28T23:59 kind=other",
    "report_children report_id=r1 child_id=a disposition=substantiated"
    " incident_date=2013-02-01",
    "report_children report_id=r2 child_id=a disposition=substantiated"
    " incident_date=2013-02-01",
    "report_children report_id=r3 child_id=a disposition=indicated"
    " incident_date=2014-08-01",
    NULL,
};

#define N DATE_NEVER
#define M DATE_MISSING
static const struct {
	enum over over;
	enum expr_type type;
	const char *text;
	int32_t values[3];
} values[] = {
    {OVER_REPORT, EXPR_NUMBER, "minutes(received_at, first_contact_at)",
	{1440, N, N}},
    {OVER_REPORT, EXPR_NUMBER, "hours(priority_hours)", {1440, 180, M}},
    {OVER_REPORT, EXPR_BOOL,
	"minutes(received_at, first_contact_at) <= hours(priority_hours)",
	{TRUTH_YES, TRUTH_NO, TRUTH_UNKNOWN}},
    {OVER_REPORT, EXPR_NUMBER, "minutes(received_at, as_of_time)",
	{1440 * 671 + 479, 1440 * 127 + 1439, 1440 * 126}},
    {OVER_REPORT, EXPR_BOOL, "happened(first_contact_at)",
	{TRUTH_YES, TRUTH_NO, TRUTH_NO}},
    {OVER_REPORT, EXPR_BOOL, "first_contact_at < received_at",
	{TRUTH_NO, TRUTH_NO, TRUTH_NO}},
    {OVER_REPORT, EXPR_NUMBER, "limit(done, report_date)", {30, 30, 45}},
    {OVER_REPORT, EXPR_NUMBER, "limit(done, 1999-12-31)", {M, M, M}},
    {OVER_REPORT, EXPR_BOOL, "kind in {fatality, near_fatality}",
	{TRUTH_YES, TRUTH_UNKNOWN, TRUTH_NO}},
    {OVER_REPORT, EXPR_BOOL, "missing(kind)", {TRUTH_NO, TRUTH_YES, TRUTH_NO}},
    {OVER_VICTIM, EXPR_BOOL, "kind in {fatality}",
	{TRUTH_YES, TRUTH_UNKNOWN, TRUTH_NO}},
    {OVER_VICTIM, EXPR_BOOL,
	"victim_between(report_date + 1, report_date + 600)",
	{TRUTH_YES, TRUTH_YES, TRUTH_NO}},
    {OVER_VICTIM, EXPR_BOOL, "victim_between(report_date + 1, 2014-08-27)",
	{TRUTH_YES, TRUTH_NO, TRUTH_NO}},
    {OVER_VICTIM, EXPR_BOOL, "incident_between(report_date + 1, 2014-08-27)",
	{TRUTH_NO, TRUTH_NO, TRUTH_NO}},
    {OVER_VICTIM, EXPR_BOOL, "incident_between(report_date + 1, as_of)",
	{TRUTH_YES, TRUTH_YES, TRUTH_NO}},
};
#undef N
#undef M

static const struct measure_limit steps[] = {
    {.name = "done", .from = 10957, .value = 30}, /* 2000-01-01 */
    {.name = "done", .from = 16310, .value = 45}, /* 2014-08-28 */
};
static const struct expr_limit done = {"done", steps, 2};

START_TEST(over__language__knows_times_limits_and_words)
{
	struct facts *f = rows_facts("2015-12-31", more);
	struct measure_period p = {.from = rows_day("2013-01-01"),
	    .to = rows_day("2013-12-31"),
	    .as_of = rows_day("2015-01-01")};
	struct expr_ask ask = {values[_i].type, values[_i].over, &done, 1};

	values_check(f, &p, &ask, values[_i].text, values[_i].values);
	facts_close(f);
}
END_TEST

int
main(void)
{
	Suite *s = suite_create("over");
	TCase *t = tcase_create("over");

	tcase_add_unchecked_fixture(t, setup, teardown);
	tcase_add_test(t, over__report__is_counted_where_it_was_received);
	tcase_add_loop_test(t, over__victim__of_an_unknown_date_is_left_out, 0,
	    2 * (int)(sizeof within / sizeof *within));
	tcase_add_test(t, over__report__after_the_as_of_day_does_not_exist);
	tcase_add_test(t, over__victim__is_chosen_in_order_of_time);
	tcase_add_test(t, over__child__is_a_row_of_its_own);
	tcase_add_test(t, over__attribute__of_another_subject_is_not_given);
	tcase_add_loop_test(t, over__trend__agrees_with_window_by_window, 0, 4);
	tcase_add_test(t, over__why__shows_the_reports_of_a_child);
	tcase_add_loop_test(t, over__expression__of_another_subject_is_refused,
	    0, sizeof strangers / sizeof *strangers);
	tcase_add_loop_test(t, over__language__knows_times_limits_and_words, 0,
	    sizeof values / sizeof *values);
	suite_add_tcase(s, t);
	return unit_run(s);
}
