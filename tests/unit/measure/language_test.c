/* The expression language: what it refuses and where, what it makes of
 * values, known, not known and not happened. */
#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "base/file.h"
#include "lib/unit.h"
#include "measure/expr.h"
#include "measure/load.h"
#include "measure/prog.h"
#include "rows.h"
#include "values.h"

static const struct {
	const char *text;
	size_t at;
	const char *says;
} faults[] = {
    {"", 0, "missing at the end"},
    {"closed and", 10, "missing at the end"},
    {"closed or or closed", 10, "no column or function 'or'"},
    {"removal_dat in period", 0, "did you mean 'removal_date'"},
    {"discharge_reason in {reunified}", 21, "not a word of the list"},
    {"discharge_reason = sex", 19, "a list's column is compared"},
    {"discharge_reason < adoption", 19, "a list's column is compared"},
    {"removal_date < 3", 15, "a date cannot be compared with a number"},
    {"days(removal_date) < 3", 17, "',' is missing"},
    {"days(removal_date, 3) < 3", 19, "days wants a date here"},
    {"removal_date + removal_date > removal_date", 15,
	"this is a date where a number is wanted"},
    {"1 < 2 < 3", 6, "comparisons do not chain"},
    {"removal_date", 0, "this is a date where a condition is wanted"},
    {"closed(removal_date)", 6, "takes no arguments"},
    {"addmonths(removal_date, months(removal_date, removal_date)) in period",
	24, "wants a whole number"},
    {"min(removal_date, 3) in period", 18, "two dates or two numbers"},
    {"closed closed", 7, "is not expected here"},
    {"removal_date < 2012-02-30", 15, "2012-02-30 is not a day"},
    {"age(removal_date) < 99999999999", 20, "at most 1000000"},
    {"(closed", 7, "')' is missing at the end"},
    {"3 in period", 0, "this is a number where a date is wanted"},
    {"age(removal_date) in {adoption}", 0, "wants a column"},
    {"not removal_date", 4, "this is a date where a condition"},
    {"settings ? 3", 9, "is not expected here"},
    {"settings @ 3", 9, "is not expected here"},
};

static const struct expr_ask ask_bool = {.type = EXPR_BOOL};

START_TEST(language__parse__names_the_place_of_a_fault)
{
	struct arena arena = {0};
	struct expr_fault fault = {0};

	ck_assert_ptr_null(
	    expr_parse(&arena, faults[_i].text, &ask_bool, &fault));
	ck_assert_msg(strstr(fault.text, faults[_i].says) != NULL, "%s: %s",
	    faults[_i].text, fault.text);
	ck_assert_msg(
	    fault.at == faults[_i].at, "%s: at %zu", faults[_i].text, fault.at);
	arena_free(&arena);
}
END_TEST

START_TEST(language__parse__refuses_endless_nesting)
{
	struct arena arena = {0};
	struct expr_fault fault;
	char text[1024];

	memset(text, '(', sizeof text);
	text[sizeof text - 1] = '\0';
	ck_assert_ptr_null(expr_parse(&arena, text, &ask_bool, &fault));
	ck_assert_ptr_nonnull(strstr(fault.text, "nests"));
	arena_free(&arena);
}
END_TEST

/* Row 0: out on the anniversary. Row 1: in care. Row 2: no birth date, out
 * without a reason. */
static const char *const rows[] = {
    "children child_id=a birth_date=1996-02-29 sex=male race=black",
    "removals child_id=a removal_date=2011-03-15 discharge_date=2012-03-15"
    " discharge_reason=reunification custody_date=2011-08-31",
    "placements child_id=a start_date=2011-03-15 end_date=2011-06-01"
    " setting=nonrelative",
    "placements child_id=a start_date=2011-06-01 end_date=2012-02-13"
    " setting=relative",
    "placements child_id=a start_date=2012-02-13 end_date=2012-03-15"
    " setting=trial_home_visit",
    "meetings child_id=a date=2011-09-01 kind=pprt",
    "children child_id=b birth_date=2005-01-01",
    "removals child_id=b removal_date=2011-11-01",
    "children child_id=c",
    "removals child_id=c removal_date=2011-12-01 discharge_date=2012-01-31",
    NULL,
};

#define N DATE_NEVER
#define M DATE_MISSING
static const struct {
	const char *text;
	enum expr_type type;
	int32_t values[3];
} values[] = {
    {"days(removal_date, discharge_date)", EXPR_NUMBER, {366, N, 61}},
    {"months(removal_date, discharge_date)", EXPR_NUMBER, {12, N, 1}},
    {"years(removal_date, discharge_date)", EXPR_NUMBER, {1, N, 0}},
    {"age(removal_date)", EXPR_NUMBER, {15, 6, M}},
    {"age(2014-02-28)", EXPR_NUMBER, {17, 9, M}},
    {"age(2014-03-01)", EXPR_NUMBER, {18, 9, M}},
    {"days(birthday(18), 2014-03-01)", EXPR_NUMBER, {0, -3228, M}},
    {"days(addmonths(custody_date, 6), 2012-02-29)", EXPR_NUMBER,
	{0, -62, -93}},
    {"stay_months_thv", EXPR_NUMBER, {11, N, 1}},
    {"stay_days_thv", EXPR_NUMBER, {365, N, 61}},
    {"stay_months_thv({relative})", EXPR_NUMBER, {12, N, 1}},
    {"moves(period_end)", EXPR_NUMBER, {1, M, M}},
    {"moves(2011-05-31)", EXPR_NUMBER, {0, M, M}},
    {"settings", EXPR_NUMBER, {2, M, M}},
    {"days(removal_date, last_pprt(as_of))", EXPR_NUMBER, {170, N, N}},
    {"days(removal_date, min(discharge_date, period_end))", EXPR_NUMBER,
	{366, 334, 61}},
    {"days(removal_date, max(discharge_date, period_end))", EXPR_NUMBER,
	{565, N, 304}},
    {"days(removal_date, effective_end)", EXPR_NUMBER, {366, 334, M}},
    {"days(either(birth_date, removal_date), removal_date)", EXPR_NUMBER,
	{5493, 2495, 0}},
    {"days(removal_date, removal_date + 3 - 1)", EXPR_NUMBER, {2, 2, 2}},
    {"removal_date in period", EXPR_BOOL, {0, 2, 2}},
    {"discharge_date in period", EXPR_BOOL, {2, 0, 2}},
    {"closed", EXPR_BOOL, {2, 0, 2}},
    {"in_care(2012-01-31)", EXPR_BOOL, {2, 2, 0}},
    {"in_care(2012-01-30)", EXPR_BOOL, {2, 2, 2}},
    {"missing(discharge_reason)", EXPR_BOOL, {0, 2, 2}},
    {"discharge_reason = reunification", EXPR_BOOL, {2, 1, 1}},
    {"discharge_reason != reunification", EXPR_BOOL, {0, 1, 1}},
    {"closed and discharge_reason = adoption", EXPR_BOOL, {0, 0, 1}},
    {"not closed or age(removal_date) < 18", EXPR_BOOL, {2, 2, 1}},
    {"age(removal_date) < 18 and discharge_date > 2012-02-01", EXPR_BOOL,
	{2, 2, 0}},
    {"sex = male", EXPR_BOOL, {2, 1, 1}},
    {"race in {black, white}", EXPR_BOOL, {2, 1, 1}},
    {"sex not in {female}", EXPR_BOOL, {2, 1, 1}},
    {"pprt_between(removal_date, 2011-08-31)", EXPR_BOOL, {0, 0, 0}},
    {"pprt_between(removal_date, 2011-09-01)", EXPR_BOOL, {2, 0, 0}},
    {"pprt_between(birth_date, period_end)", EXPR_BOOL, {2, 0, 1}},
    {"happened(discharge_date)", EXPR_BOOL, {2, 0, 2}},
    {"happened(next_removal_date)", EXPR_BOOL, {0, 0, 0}},
    {"months(discharge_date, next_removal_date) < 12", EXPR_BOOL, {0, 1, 0}},
};
#undef N
#undef M

START_TEST(language__evaluate__gives_the_value)
{
	struct facts *facts = rows_facts("2013-12-31", rows);
	struct measure_period p = {.from = rows_day("2011-10-01"),
	    .to = rows_day("2012-09-30"),
	    .as_of = rows_day("2013-12-31")};
	struct expr_ask ask = {.type = values[_i].type};

	values_check(facts, &p, &ask, values[_i].text, values[_i].values);
	facts_close(facts);
}
END_TEST

/* What had not happened on the as-of day has not happened. */
START_TEST(language__as_of__hides_what_came_later)
{
	struct facts *facts = rows_facts("2013-12-31", rows);
	struct measure_period p = {.from = rows_day("2011-10-01"),
	    .to = rows_day("2012-09-30"),
	    .as_of = rows_day("2012-03-14")};
	struct arena arena = {0};
	struct expr_fault fault;
	struct prog *prog = prog_new(OVER_REMOVAL);
	int stay = prog_add(
	    prog, expr_parse(&arena, "stay_months_thv",
		      &(struct expr_ask){.type = EXPR_NUMBER}, &fault));
	int closed =
	    prog_add(prog, expr_parse(&arena, "closed", &ask_bool, &fault));
	struct prog_frame *frame = prog_frame_new(prog, facts, &p);

	prog_run(frame, NULL, 0, 3);
	ck_assert_int_eq(prog_truths(frame, closed)[0], TRUTH_NO);
	ck_assert_int_eq(prog_truths(frame, closed)[2], TRUTH_YES);
	ck_assert_int_eq(prog_numbers(frame, stay)[0], DATE_NEVER);
	prog_frame_free(frame);
	prog_free(prog);
	arena_free(&arena);
	facts_close(facts);
}
END_TEST

/* The manual names every function. */
START_TEST(language__manual__lists_every_function)
{
	const char *top = getenv("top_srcdir");
	struct buf page = {0};
	struct err err;
	char *path = file_join(
	    top != NULL ? top : ".", "man", "hearth-measures.5", NULL);

	ck_assert_msg(file_read(&page, path, 1 << 20, &err), "%s", err.text);
	for (int f = 0; f < FUNCTIONS; f++) {
		char *item = xasprintf(".It Ic %s", functions[f].name);

		ck_assert_msg(
		    strstr(buf_text(&page), item) != NULL, "%s", item);
		free(item);
	}
	buf_free(&page);
	free(path);
}
END_TEST

/* --- definition files ------------------------------------------------- */

static const char good[] =
    "id = \"x\"; title = \"X\"; category = \"c\"; period = \"entry\";\n"
    "unit_at = \"removal_date\";\n"
    "cohort = \"removal_date in period\"\n"
    "  \" and closed\";\n"
    "met = \"closed\";\n";

static const struct {
	const char *more; /* stands on line 6 */
	int line, column; /* 0: not looked at */
	const char *says;
} bad[] = {
    {"lag = 3;", 6, 1, "lag is not known here"},
    {"better = \"hihger\";", 6, 1, "did you mean 'higher'"},
    {"exclude = ( { why = \"y\"; } );", 6, 13, "when is missing"},
    {"exclude = ( { when = \"closed\"; } );", 6, 13, "why is missing"},
    {"exclude = ( { why = \"y\"; when = \"not clsed\"; } );", 6, 38,
	"did you mean 'closed'"},
    {"exclude = ( { why = \"y\"; when = \"closed and\"\n"
     "   \" clos\\x65d and zzz\"; } );",
	7, 20, "'zzz'"},
    {"decimals = \"1\";", 6, 1, "wants a whole number"},
    {"decimals = 9;", 6, 1, "between 0 and 4"},
    {"numerator = \"3\";", 0, 0, "a percent has met"},
    {"over = \"remvoal\";", 6, 1, "did you mean 'removal'"},
    {"one_per_child = \"second\";", 6, 1, "first, last, any or all"},
    {"goals = ( { from = \"2012-02-30\"; value = \"1\"; source = \"s\"; } );",
	6, 13, "is not a day"},
    {"goals = ( { from = \"2012-02-29\"; value = \"1.25\"; source = \"\"; } );",
	6, 0, "at most 1 decimals"},
    {"questions = 3;", 6, 1, "wants a list"},
    {"cap = \"settings\";", 6, 1, "the same for every child"},
    {"examples = ( { to = \"2012-01-01\"; cases = ( { name = \"a\"; "
     "removls = { }; } ); } );",
	6, 0, "removls is not known here"},
    {"examples = ( { to = \"2012-01-01\"; cases = ( { name = \"a\"; "
     "removals = { date = \"2012-01-01\"; }; } ); } );",
	6, 0, "has no column date"},
    {"short = \"12345678901234567890123456789012345678901\";", 6, 1,
	"longer than 40 characters"},
    {"counts = ", 7, 1, "syntax error"},
};

START_TEST(definition__fault__is_named_with_its_place)
{
	char *text = xasprintf("measure: {\n%s%s\n}\n", good, bad[_i].more);
	struct measures *ms = measures_new();
	struct faults list = {0};
	bool found = false;

	/* Line 1 is "measure: {", so the good lines end on line 6. */
	measures_parse(ms, "x.cfg", text, &list);
	for (size_t i = 0; i < list.n; i++) {
		const struct fault *f = &list.list[i];

		found |= strstr(f->text, bad[_i].says) != NULL &&
			 (bad[_i].line == 0 || f->line == bad[_i].line + 1) &&
			 (bad[_i].column == 0 || f->column == bad[_i].column);
	}
	ck_assert_msg(found, "%s: %s:%d:%d",
	    list.n > 0 ? list.list[0].text : "no fault", "x.cfg",
	    list.n > 0 ? list.list[0].line : 0,
	    list.n > 0 ? list.list[0].column : 0);
	faults_free(&list);
	measures_free(ms);
	free(text);
}
END_TEST

START_TEST(definition__good__has_no_fault)
{
	char *text = xasprintf("measure: {\n%s}\n", good);
	struct measures *ms = measures_new();
	struct faults list = {0};

	measures_parse(ms, "x.cfg", text, &list);
	ck_assert_uint_eq(list.n, 0);
	ck_assert_int_eq(measures_n(ms), 1);
	ck_assert_int_eq(measure_about(measures_at(ms, 0))->sources_n, 2);
	faults_free(&list);
	measures_free(ms);
	free(text);
}
END_TEST

/* Examples that are not read: quotes, comments and brackets within them are no
 * end, the lines below keep their numbers, and they are counted still. */
START_TEST(definition__examples_set_aside__leave_the_rest_as_it_is)
{
	static const char examples[] =
	    "examples = ( # one ) of them\n"
	    "  { to = \"2012-01-01\"; cases = ( /* ) */\n"
	    "    { name = \"a \\\") b\"; verdict = \"met\"; },\n"
	    "    { name = \"c\"; nonsense = 3; } ); },\n"
	    "  { cases = ( { name = \"d\"; } ); } ); // )\n";
	char *text = xasprintf("measure: {\n%s%slag = 3;\n}\n", good, examples);
	struct measures *ms = measures_new();
	struct faults list = {0};

	ms->brief = true;
	measures_parse(ms, "x.cfg", text, &list);
	ck_assert_uint_eq(list.n, 1);
	ck_assert_ptr_nonnull(strstr(list.list[0].text, "lag is not known"));
	ck_assert_int_eq(list.list[0].line, 12);
	ck_assert_int_eq(list.list[0].column, 1);
	measures_free(ms);
	free(text);
	text = xasprintf("measure: {\n%s%s}\n", good, examples);
	ms = measures_new();
	ms->brief = true;
	measures_parse(ms, "x.cfg", text, &list);
	ck_assert_uint_eq(list.n, 1);
	ck_assert_int_eq(measures_n(ms), 1);
	ck_assert_int_eq(measure_examples(measures_at(ms, 0)), 3);
	faults_free(&list);
	measures_free(ms);
	free(text);
}
END_TEST

/* A bracket that never closes is the parser's to complain about. */
START_TEST(definition__examples_without_end__are_a_fault)
{
	char *text =
	    xasprintf("measure: {\n%sexamples = ( { name = \"\n }\n", good);
	struct measures *ms = measures_new();
	struct faults list = {0};

	ms->brief = true;
	measures_parse(ms, "x.cfg", text, &list);
	ck_assert_uint_eq(list.n, 1);
	faults_free(&list);
	measures_free(ms);
	free(text);
}
END_TEST

START_TEST(definitions__read_briefly__are_the_same)
{
	struct measures *whole, *brief;
	char folder[4096];
	struct err err;

	snprintf(folder, sizeof folder, "%s/etc/measures",
	    getenv("top_srcdir") != NULL ? getenv("top_srcdir") : ".");
	ck_assert(measures_load(&whole, folder, &err));
	ck_assert(measures_load_brief(&brief, folder, &err));
	ck_assert_int_eq(measures_n(whole), measures_n(brief));
	for (int i = 0; i < measures_n(whole); i++) {
		const struct measure *a = measures_at(whole, i);
		const struct measure *b = measures_at(brief, i);

		ck_assert_str_eq(
		    measure_about(a)->text, measure_about(b)->text);
		ck_assert_str_eq(
		    measure_about(a)->version, measure_about(b)->version);
		ck_assert_int_eq(measure_examples(a), measure_examples(b));
		ck_assert_int_eq(a->line, b->line);
	}
	measures_free(whole);
	measures_free(brief);
}
END_TEST

int
main(void)
{
	Suite *s = suite_create("language");
	TCase *t = tcase_create("language");

	tcase_add_loop_test(t, language__parse__names_the_place_of_a_fault, 0,
	    sizeof faults / sizeof *faults);
	tcase_add_test(t, language__parse__refuses_endless_nesting);
	tcase_add_loop_test(t, language__evaluate__gives_the_value, 0,
	    sizeof values / sizeof *values);
	tcase_add_test(t, language__manual__lists_every_function);
	tcase_add_test(t, language__as_of__hides_what_came_later);
	tcase_add_loop_test(t, definition__fault__is_named_with_its_place, 0,
	    sizeof bad / sizeof *bad);
	tcase_add_test(t, definition__good__has_no_fault);
	tcase_add_test(
	    t, definition__examples_set_aside__leave_the_rest_as_it_is);
	tcase_add_test(t, definition__examples_without_end__are_a_fault);
	tcase_add_test(t, definitions__read_briefly__are_the_same);
	suite_add_tcase(s, t);
	return unit_run(s);
}
