/* Instruments: the one of the tree, faults, versions, maps. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "lib/unit.h"
#include "rig.h"

/* --- the instrument of the tree --- */

/* What the release names and where poms.md 1.1 puts it. */
static const char *const named[] = {"L04", "SIR01", "SIR10", "ALG01", "ALG09",
    "A03", "CIT01", "CIT10", "L09", "L11", "CAP05", "CAP07", "CAP08", "CAP10",
    "P01", "P05", "DC06", "DC08a", "A07", "A08", "ED02", "ED05", "ED09a",
    "ED13", "SMP01", "SMP09", "IC01", "IC34", "R01", "R20b", "A01", "A13l",
    "L01", "L17", "H01", "H14", "E01", "E10", "D01", "D16", "P09", "ED15",
    "HM01a", "HM08", "PM01", "PM09", "PR01", "PR15", "PN01", "PN07", "DC01a",
    "DC15", "PF01a", "PF14", "IG01", "IG13", "IS01", "IS11", "FND1", "FND6",
    "Z01a", "Z06", "Y01", "Y04"};

START_TEST(instrument__example__asks_what_the_release_names)
{
	struct instrument *in = rig_instrument();

	ck_assert_msg(
	    instrument_question(in, named[_i], strlen(named[_i])) >= 0, "no %s",
	    named[_i]);
	instrument_free(in);
}
END_TEST

START_TEST(instrument__example__has_its_indicators_and_standards)
{
	static const char *const ids[] = {"S1", "S2", "S3", "S4", "S5", "S6",
	    "S7", "S8", "P1", "P2", "P3", "P4", "P5", "P6", "P7", "P8", "W1",
	    "W2", "W3", "W4", "W5", "W6", "W7", "W8", "W9", "W10", "W11"};
	static const int standards[] = {9968, 10000, 10000, 9800, -1, 10000, -1,
	    -1, 6200, 6200, 8000, 8700};
	struct instrument *in = rig_instrument();
	int n;

	instrument_indicators(in, &n);
	ck_assert_int_eq(n, (int)(sizeof ids / sizeof *ids));
	for (int i = 0; i < n; i++) {
		int k = instrument_indicator(in, ids[i], strlen(ids[i]));
		const struct benchmark *gh =
		    instrument_benchmark(in, k, 2009, PROGRAMME_GH);

		ck_assert_int_ge(k, 0);
		ck_assert_int_eq(
		    gh != NULL ? gh->at_least : -1, i < 12 ? standards[i] : -1);
		ck_assert_ptr_null(
		    instrument_benchmark(in, k, 2009, PROGRAMME_FFA));
		ck_assert_ptr_null(
		    instrument_benchmark(in, k, 2013, PROGRAMME_GH));
	}
	instrument_free(in);
}
END_TEST

START_TEST(instrument__example__speaks_both_tongues)
{
	struct instrument *in = rig_instrument();
	const struct question *q;
	int n, young = 0;

	q = instrument_questions(in, &n);
	for (int i = 0; i < n; i++) {
		ck_assert_str_ne(q[i].text.in[TONGUE_EN], "");
		ck_assert_str_ne(q[i].text.in[TONGUE_ES], "");
		ck_assert_str_ne(q[i].certainty, "");
		ck_assert_int_eq(*q[i].young.in[TONGUE_EN] == '\0',
		    *q[i].young.in[TONGUE_ES] == '\0');
		/* Whatever a child is asked has words for small children;
		 * IC02 and the observations are the monitor's. */
		if (q[i].unit == UNIT_IC && strcmp(q[i].id, "IC02") != 0 &&
		    strcmp(q[i].id, "IC30") < 0) {
			ck_assert_msg(
			    *q[i].young.in[TONGUE_ES] != '\0', "%s", q[i].id);
			young++;
		}
	}
	ck_assert_int_gt(young, 40);
	ck_assert(instrument_about(in)->example);
	instrument_free(in);
}
END_TEST

/* Every area of section 1.20 has questions that are scored. */
START_TEST(instrument__example__scores_every_area)
{
	struct instrument *in = rig_instrument();
	const struct question *q;
	int n, areas, scored[20] = {0};

	q = instrument_questions(in, &n);
	instrument_areas(in, &areas);
	for (int i = 0; i < n; i++)
		if (q[i].area >= 0)
			scored[q[i].area]++;
	ck_assert_int_eq(areas, 11);
	for (int a = 0; a < areas; a++)
		ck_assert_int_ge(scored[a], 4);
	instrument_free(in);
}
END_TEST

/* --- days --- */

START_TEST(instrument__days__business_and_school)
{
	struct instrument *in = rig_instrument();
	int32_t friday = date_make(2012, 6, 29);

	ck_assert_int_eq(instrument_add_days(in, friday, 1, DAYS_BUSINESS),
	    date_make(2012, 7, 2));
	ck_assert_int_eq(instrument_add_days(in, friday, 3, DAYS_BUSINESS),
	    date_make(2012, 7, 5)); /* past Independence Day */
	ck_assert_int_eq(instrument_add_days(in, friday, 30, DAYS_CALENDAR),
	    date_make(2012, 7, 29));
	ck_assert_int_eq(instrument_count_days(
			     in, friday, date_make(2012, 7, 5), DAYS_BUSINESS),
	    3);
	ck_assert_int_eq(
	    instrument_add_days(in, date_make(2035, 12, 31), 1, DAYS_BUSINESS),
	    DATE_MISSING);
	ck_assert_int_eq(
	    instrument_count_days(in, friday, friday, DAYS_SCHOOL), 0);
	instrument_free(in);
}
END_TEST

/* --- faults --- */

static const char small[] =
    "instrument: { id = \"t\"; version = 1; title = \"T\"; title_es = \"T\";\n"
    "  certainty = \"test\"; };\n"
    "areas = ( { id = \"A1\"; title = \"A\"; title_es = \"A\"; } );\n"
    "sections = ( { id = \"S\"; unit = \"AG\"; title = \"S\"; title_es = "
    "\"S\";\n"
    "  questions = (\n"
    "%s\n"
    "  ); } );\n%s";

struct wrong {
	const char *questions, *rest, *fault;
};

#define Q(id, more)    \
	"{ id = \"" id \
	"\"; ask = \"A?\"; ask_es = \"A?\"; mark = \"D\"; " more " }"

static const struct wrong wrongs[] = {
    {Q("Q01", "type = \"yn +\"; area = \"A1\";"), "", ""},
    {Q("Q01", "type = \"yesno\";"), "", "t.cfg:6:54: type: 'yesno' is not"},
    {Q("Q01", "type = \"yn\"; area = \"A1\";"), "", "an area counts"},
    {Q("Q01", "type = \"c\";"), "", "options is missing"},
    {Q("Q01", "type = \"yn\"; options = ((\"a\", \"A\", \"A\"));"), "",
	"only the types c and m"},
    {Q("Q01", "type = \"c\"; options = ((\"a\", \"A\", \"A\"), (\"a\", "
	      "\"B\", \"B\"));"),
	"", "there is a choice 'a' already"},
    {Q("Q01", "type = \"c\"; options = ((\"a\", \"A\"));"), "", "a choice is"},
    {Q("Q01", "type = \"c\"; options = \"plans\";"), "",
	"there are no choices 'plans'"},
    {Q("q1", "type = \"yn\";"), "", "id: 'q1' should be"},
    {Q("Q01", "type = \"yn\";") ",\n" Q("Q01", "type = \"n\";"), "",
	"there is a question 'Q01' already"},
    {Q("Q01", "type = \"yn\"; wen = \"Y\";"), "",
	"wen is not known here; did you mean when?"},
    {Q("Q01", "type = \"yn\"; when = \"Q02 = Y\";"), "",
	"t.cfg:6:75: when: 'Q02' is not known; did you mean 'Q01'?"},
    {Q("Q01", "type = \"n\"; when = \"Q01\";"), "",
	"gives another kind of value"},
    {Q("Q01", "type = \"n\"; when = \"Q01 = \";"), "",
	"a value is wanted here"},
    {Q("Q01", "type = \"n\"; when = \"Q01 > 2012-01-01\";"), "",
	"a number is wanted here, this is a date"},
    {Q("Q01", "type = \"n\"; when = \"limit(rooms) > Q01\";"), "",
	"there is no such limit"},
    {Q("Q01", "type = \"yn\"; value = \"1 + 1\";"), "",
	"gives another kind of value"},
    {Q("Q01", "type = \"calc yn\";"), "", "nobody types it"},
    {Q("Q01", "type = \"yn +\"; carry = true;"), "",
	"a scored answer is never carried over"},
    {Q("Q01", "type = \"yn\"; na_reason = true;"), "",
	"na_reason is for the type yna only"},
    {Q("Q01", "type = \"yn\"; area = \"A7\";"), "", "there is no area 'A7'"},
    {Q("Q01", "type = \"yn\"; feeds = \"W1\";"), "",
	"Q01 feeds 'W1', which is no indicator"},
    {Q("Q01", "type = \"yn\"; unit = \"XX\";"), "", "there is no unit 'XX'"},
    {Q("Q01", "type = \"ref XX\";"), "", "type: 'ref XX' is not known"},
    {"{ id = \"Q01\"; ask = \"A?\"; type = \"yn\"; mark = \"D\"; }", "",
	"ask_es is missing"},
    {"{ id = \"Q01\"; ask = \"A?\"; ask_es = \"A?\"; type = \"yn\"; mark = "
     "\"X\"; }",
	"", "marks are V, S, R and D"},
    {Q("Q01", "type = \"n\"; unit = \"CC\";") ",\n" Q(
	 "Q02", "type = \"n\"; when = \"Q01 > 1\";"),
	"", "Q01 is asked of CC, not of AG; ask its rows with any(CC"},
    {Q("Q01", "type = \"yn\"; checks = ( { say = \"S\"; say_es = \"S\"; } );"),
	"", "holds is missing"},
    {Q("Q01", "type = \"n\";"),
	"indicators = ( { id = \"W1\"; domain = \"safety\"; basis = "
	"\"census\"; title = \"W\"; title_es = \"W\"; mark = \"D\"; } );",
	"an indicator has unit and met, or numerator and denominator"},
    {Q("Q01", "type = \"n\";"),
	"benchmarks = ( { indicator = \"W1\"; year = 2010; at_least = "
	"\"99,68\"; source = \"s\"; mark = \"D\"; } );",
	"there is no indicator 'W1'"},
    {Q("Q01", "type = \"n\";"),
	"indicators = ( { id = \"W1\"; domain = \"safety\"; basis = "
	"\"census\"; title = \"W\"; title_es = \"W\"; mark = \"D\"; numerator "
	"= \"Q01\"; denominator = \"Q01\"; } );\n"
	"benchmarks = ( { indicator = \"W1\"; year = 2010; at_least = "
	"\"99.685\"; source = \"s\"; mark = \"D\"; } );",
	"at_least is a percentage"},
    {Q("Q01", "type = \"n\";"),
	"calendars = ( { id = \"business\"; from = \"2012-01-01\"; to = "
	"\"2012-12-31\"; mark = \"D\"; closed = [ \"2012-02-30\" ]; } );",
	"closed: '2012-02-30' is neither a day nor"},
    {Q("Q01", "type = \"n\";"), "sectoins = ();",
	"sectoins is not known here; did you mean sections?"},
    {Q("Q01", "type = \"yn\"; when = \"Q02 = Y\";") ",\n" Q(
	 "Q02", "type = \"yn\"; value = \"Q01\";"),
	"", "its rules lead back to itself"},
    {"{ id = ", "", "syntax error"},
};

START_TEST(instrument__parse__names_the_fault)
{
	struct faults faults = {0};
	struct buf text = {0};
	struct instrument *in;
	bool found = *wrongs[_i].fault == '\0';

	buf_printf(&text, small, wrongs[_i].questions, wrongs[_i].rest);
	in = instrument_parse("t.cfg", buf_text(&text), &faults);
	ck_assert_int_eq(in != NULL, *wrongs[_i].fault == '\0');
	for (size_t i = 0; i < faults.n; i++) {
		struct err err;

		fault_err(&faults.list[i], &err);
		found |= *wrongs[_i].fault != '\0' &&
			 strstr(err.text, wrongs[_i].fault) != NULL;
		if (!found)
			printf("%s\n", err.text);
		ck_assert_int_ge(faults.list[i].line, 1);
	}
	ck_assert_msg(found, "no fault \"%s\"", wrongs[_i].fault);
	instrument_free(in);
	faults_free(&faults);
	buf_free(&text);
}
END_TEST

/* All faults at once, not only the first. */
START_TEST(instrument__parse__finds_every_fault)
{
	struct faults faults = {0};
	struct buf text = {0};

	buf_printf(&text, small,
	    Q("Q01", "type = \"x\";") ",\n" Q("Q02", "type = \"c\";") ",\n" Q(
		"Q03", "type = \"yn\"; when = \"Q9 = Y\";"),
	    "limits = ( { id = \"l\"; value = \"3\"; title = \"L\"; title_es "
	    "= \"L\"; mark = \"D\"; } );");
	ck_assert_ptr_null(instrument_parse("t.cfg", buf_text(&text), &faults));
	ck_assert_uint_eq(faults.n, 4);
	faults_free(&faults);
	buf_free(&text);
}
END_TEST

/* --- versions --- */

static struct instrument *
version(int number, const char *questions)
{
	struct faults faults = {0};
	struct buf text = {0};
	struct instrument *in;
	char *at;

	buf_printf(&text, small, questions, "");
	at = strstr(text.data, "version = 1");
	at[10] = (char)('0' + number);
	in = instrument_parse("t.cfg", buf_text(&text), &faults);
	ck_assert_uint_eq(faults.n, 0);
	buf_free(&text);
	return in;
}

static const char older[] = Q("Q01", "type = \"yn +\";") ",\n" Q("Q02",
    "type = \"c\"; options = ((\"a\", \"A\", \"A\"), (\"b\", \"B\", "
    "\"B\"));") ",\n" Q("Q03", "type = \"n\";");

static const struct wrong changed[] = {
    {Q("Q01", "type = \"yn +\";"), "", ""},
    {Q("Q01", "type = \"yna +\";"), "", "its type changed"},
    {Q("Q01", "type = \"yn -\";"), "", "what counts as compliant changed"},
    {Q("Q01", "type = \"yn +\"; unit = \"CC\";"), "", "asked of another unit"},
    {Q("Q02", "type = \"c\"; options = ((\"a\", \"A\", \"A\"));"), "",
	"a choice went"},
    {Q("Q02", "type = \"c\"; options = ((\"a\", \"A\", \"A\"), (\"b\", "
	      "\"C\", \"C\"));"),
	"", "a choice says something else"},
    {Q("Q02", "type = \"c\"; options = ((\"a\", \"A\", \"A\"), (\"b\", "
	      "\"B\", \"B\"), (\"c\", \"C\", \"C\"));"),
	"", ""},
    {"{ id = \"Q01\"; type = \"yn +\"; ask = \"Other?\"; ask_es = \"A?\"; "
     "mark = \"D\"; }",
	"", "its text changed"},
    {"{ id = \"Q01\"; type = \"yn +\"; ask = \"Other?\"; ask_es = \"A?\"; "
     "mark = \"D\"; reworded = \"a slip of the pen\"; }",
	"", ""},
    {Q("Q09", "type = \"n\";"), "", ""},
};

START_TEST(promise_22__compare__holds_published_questions)
{
	struct instrument *a = version(1, older);
	struct instrument *b = version(2, changed[_i].questions);
	struct faults faults = {0};

	instrument_compare(a, b, "t.cfg", &faults);
	if (*changed[_i].fault == '\0') {
		ck_assert_uint_eq(faults.n, 0);
	} else {
		ck_assert_uint_eq(faults.n, 1);
		ck_assert_ptr_nonnull(
		    strstr(faults.list[0].text, changed[_i].fault));
		ck_assert_int_eq(faults.list[0].line, 6);
	}
	faults_free(&faults);
	instrument_free(a);
	instrument_free(b);
}
END_TEST

#define NEWER                        \
	Q("Q01", "type = \"yn +\";") \
	",\n" Q("Q03b", "type = \"n\";") ",\n" Q("Q05", "type = \"t\";")

static const struct wrong maps[] = {
    {"moved = ( { from = \"Q03\"; to = \"Q03b\"; why = \"split\"; } );"
     "dropped = ( { id = \"Q02\"; why = \"never used\"; } );"
     "new = ( { id = \"Q05\"; why = \"asked for\"; } );",
	"", ""},
    {"moved = ( { from = \"Q03\"; to = \"Q03b\"; why = \"split\"; } );"
     "new = ( { id = \"Q05\"; why = \"asked for\"; } );",
	"", "does not say what becomes of Q02"},
    {"moved = ( { from = \"Q03\"; to = \"Q03b\"; why = \"split\"; } );"
     "dropped = ( { id = \"Q02\"; why = \"never used\"; } );",
	"", "does not say that Q05 is new"},
    {"moved = ( { from = \"Q03\"; to = \"Q05\"; why = \"retyped\"; } );", "",
	"different types"},
    {"moved = ( { from = \"Q01\"; to = \"Q03b\"; why = \"x\"; } );", "",
	"Q01 is mapped already"},
    {"dropped = ( { id = \"Q01\"; why = \"x\"; } );", "",
	"only the old version has"},
};

START_TEST(promise_21__map__speaks_of_every_question)
{
	struct instrument *a = version(1, older), *b = version(2, NEWER);
	struct faults faults = {0};
	struct instrument_map *map;
	struct buf text = {0};
	bool found = *maps[_i].fault == '\0';

	buf_printf(&text, "instrument = \"t\"; from = 1; to = 2;\n%s",
	    maps[_i].questions);
	map = instrument_map_parse("m.cfg", buf_text(&text), a, b, &faults);
	ck_assert_int_eq(map != NULL, *maps[_i].fault == '\0');
	for (size_t i = 0; i < faults.n; i++)
		found |= *maps[_i].fault != '\0' &&
			 strstr(faults.list[i].text, maps[_i].fault) != NULL;
	ck_assert_msg(found, "no fault \"%s\"", maps[_i].fault);
	instrument_map_free(map);
	faults_free(&faults);
	buf_free(&text);
	instrument_free(a);
	instrument_free(b);
}
END_TEST

static void
answer(struct review *r, uint64_t sequence, const char *question,
    enum response_state state, const char *value)
{
	struct event e = event_make(EVENT_ANSWER);
	struct err err;

	e.review = "r";
	e.sequence = sequence;
	e.group = (uint32_t)sequence;
	e.question = question;
	e.new = (struct response){state, value, ""};
	e.who = "m";
	ck_assert_msg(review_apply(r, &e, &err), "%s", err.text);
}

/* Kept, moved, dropped, newly asked, with how many answers it concerns. */
START_TEST(promise_21__map__previews_before_anything_moves)
{
	struct instrument *a = version(1, older), *b = version(2, NEWER);
	struct faults faults = {0};
	struct arena arena = {0};
	struct buf text = {0};
	struct instrument_map *map;
	struct review *r = review_new(a);
	const struct move_row *row;
	const struct event *list;
	struct event moved;
	int n;

	answer(r, 1, "Q01", ANSWER_YES, "");
	answer(r, 2, "Q03", ANSWER_VALUE, "7");
	buf_printf(&text, "instrument = \"t\"; from = 1; to = 2;\n%s",
	    maps[0].questions);
	map = instrument_map_parse("m.cfg", buf_text(&text), a, b, &faults);
	row = review_preview(r, map, &arena, &n);
	ck_assert_int_eq(n, 4);
	ck_assert_int_eq(row[0].move, MOVE_KEPT);
	ck_assert_int_eq(row[0].answers, 1);
	ck_assert_int_eq(row[1].move, MOVE_DROPPED);
	ck_assert_int_eq(row[1].answers, 0);
	ck_assert_int_eq(row[2].move, MOVE_MOVED);
	ck_assert_str_eq(row[2].to, "Q03b");
	ck_assert_int_eq(row[2].answers, 1);
	ck_assert_int_eq(row[3].move, MOVE_NEW);
	n = (int)review_history(r, &list);
	moved = list[1];
	ck_assert(instrument_map_event(map, &moved));
	ck_assert_str_eq(moved.question, "Q03b");
	ck_assert_str_eq(moved.new.value, "7");
	moved = list[0];
	moved.question = "Q02";
	ck_assert(!instrument_map_event(map, &moved));
	ck_assert_str_eq(moved.question, "Q02");
	moved.question = "Q05"; /* answered in the new version already */
	ck_assert(instrument_map_event(map, &moved));
	ck_assert_str_eq(moved.question, "Q05");
	ck_assert(instrument_map_new(map, "Q05"));
	ck_assert(!instrument_map_new(map, "Q03b"));
	review_free(r);
	instrument_map_free(map);
	arena_free(&arena);
	buf_free(&text);
	faults_free(&faults);
	instrument_free(a);
	instrument_free(b);
}
END_TEST

#define LOOP(c, test, list) \
	tcase_add_loop_test(c, test, 0, (int)(sizeof list / sizeof *list))

int
main(void)
{
	Suite *s = suite_create("instrument");
	TCase *c = tcase_create("instruments");

	LOOP(c, instrument__example__asks_what_the_release_names, named);
	tcase_add_test(
	    c, instrument__example__has_its_indicators_and_standards);
	tcase_add_test(c, instrument__example__speaks_both_tongues);
	tcase_add_test(c, instrument__example__scores_every_area);
	tcase_add_test(c, instrument__days__business_and_school);
	LOOP(c, instrument__parse__names_the_fault, wrongs);
	tcase_add_test(c, instrument__parse__finds_every_fault);
	LOOP(c, promise_22__compare__holds_published_questions, changed);
	LOOP(c, promise_21__map__speaks_of_every_question, maps);
	tcase_add_test(c, promise_21__map__previews_before_anything_moves);
	suite_add_tcase(s, c);
	return unit_run(s);
}
