/*
 * Figures of the past: reference codes, versions of definitions, and what
 * changed between generations; over stores with a history of their own.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "contract/ask.h"
#include "lib/unit.h"

static struct fixture f;

static void
setup(void)
{
	fixture_open(&f, true);
}

static void
teardown(void)
{
	fixture_close(&f);
}

/* --- asking ---------------------------------------------------------- */

static cJSON *
get(const char *target, int status)
{
	return ask(
	    &(struct asking){.of = &f, .target = target, .status = status});
}

static const char *
text(const cJSON *o, const char *key)
{
	const char *s = json_get_string(o, key);

	return s != NULL ? s : "";
}

static const cJSON *
item(const cJSON *o, const char *key)
{
	return cJSON_GetObjectItemCaseSensitive(o, key);
}

static cJSON *
ask_code(const char *code)
{
	char *target = xasprintf("/v1/ref?code=%s", code);
	cJSON *ref = get(target, 200);

	free(target);
	return ref;
}

/* The state of one part of a code. */
static const char *
part(const cJSON *ref, const char *name)
{
	const cJSON *p;

	cJSON_ArrayForEach(p, item(ref, "parts"))
	{
		if (strcmp(text(p, "part"), name) == 0)
			return text(p, "state");
	}
	return "";
}

static char *
code_of(const char *target)
{
	cJSON *a = get(target, 200);
	char *code = xstrdup(text(a, "ref"));

	ck_assert_str_ne(code, "");
	cJSON_Delete(a);
	return code;
}

/* --- reference codes ------------------------------------------------- */

static const char *const figures[] = {
    "/v1/report?measure=p1",
    "/v1/report?measure=p1&at=U1&by=worker",
    "/v1/report?measure=p1&from=2022-11-03&to=2023-08-01&as_of=2024-08-15",
    "/v1/report?measure=p1&by=race_group,sex&where=sex=female,unit=U1",
    "/v1/report?measure=p1&trend=6&where=goal=unknown,hispanic=n",
    "/v1/report?measure=cm-1&by=county",
    "/v1/list?measure=p1&set=missed",
    "/v1/list?measure=p1&set=excluded&where=county=K1",
    "/v1/list?measure=p1",
    "/v1/countdown?clock=pprt&by=unit&as_of=2024-10-20",
    "/v1/countdown?clock=tpr&bucket=cannot_compute&at=U1",
    "/v1/board?at=U1",
    "/v1/compare?measure=p1&by=unit&where=sex=male",
    "/v1/compare?measure=p4-r4&at=U1",
    "/v1/quality",
    "/v1/quality?rule=NO-GOAL&at=U1",
    "/v1/quality?by=unit&from=2023-01-01&to=2023-12-31",
    "/v1/entry",
    "/v1/entry?feed=visits&by=unit&as_of=2024-08-15",
    "/v1/board?as_of=2024-06-30",
};

/* The code of an answer leads back to the very same answer, whatever is
 * loaded meanwhile, and it is never long. */
START_TEST(ref__of_any_figure__opens_it_again)
{
	cJSON *then = get(figures[_i], 200), *ref, *again;
	const char *code = text(then, "ref");

	ck_assert_str_ne(code, "");
	ck_assert_uint_le(strlen(code), 44);
	fixture_publish_data(
	    &f, &(struct fixture_data){
		    .through = date_make(2024, 10, 31), .later = 60});
	ref = ask_code(code);
	ck_assert_str_eq(text(ref, "code"), code);
	ck_assert_str_eq(text(ref, "state"), "changed");
	ck_assert_str_eq(part(ref, "generation"), "changed");
	again = get(text(ref, "request"), 200);
	ck_assert(cJSON_Compare(then, again, true));
	cJSON_Delete(again);
	/* The present one is of the generation that is served. */
	again = get(text(ref, "now"), 200);
	ck_assert_int_eq(item(item(again, "about"), "generation")->valueint, 2);
	cJSON_Delete(again);
	cJSON_Delete(ref);
	cJSON_Delete(then);
}
END_TEST

START_TEST(ref__served__is_the_same)
{
	char *code = code_of("/v1/report?measure=p1");
	cJSON *ref = ask_code(code);

	ck_assert_str_eq(text(ref, "state"), "same");
	ck_assert_str_eq(text(ref, "kind"), "report");
	ck_assert_int_eq(cJSON_GetArraySize(item(ref, "differs")), 0);
	cJSON_Delete(ref);
	free(code);
}
END_TEST

/* Words looked for may be a name: they make no code. */
START_TEST(ref__of_words__is_none)
{
	cJSON *a = get("/v1/list?measure=p1&q=Jones", 200);

	ck_assert(cJSON_IsNull(item(a, "ref")));
	cJSON_Delete(a);
	a = get("/v1/countdown?clock=pprt&q=Jones", 200);
	ck_assert(cJSON_IsNull(item(a, "ref")));
	cJSON_Delete(a);
}
END_TEST

START_TEST(ref__generation_withdrawn__says_so)
{
	char *code = code_of("/v1/report?measure=p1");
	cJSON *ref, *now;

	fixture_publish(&f);
	fixture_withdraw(&f, 1);
	ref = ask_code(code);
	ck_assert_str_eq(text(ref, "state"), "gone");
	ck_assert_str_eq(part(ref, "generation"), "gone");
	ck_assert_str_eq(part(ref, "definition"), "same");
	ck_assert(cJSON_IsNull(item(ref, "request")));
	now = get(text(ref, "now"), 200);
	ck_assert_str_eq(text(item(now, "total"), "value"), "50.0");
	cJSON_Delete(now);
	cJSON_Delete(ref);
	free(code);
}
END_TEST

/* A generation of that number in another store is another generation. */
START_TEST(ref__of_another_store__says_so)
{
	char *code = code_of("/v1/report?measure=p1");
	struct fixture other = f;
	cJSON *ref;

	fixture_open(&f, false);
	fixture_publish_data(
	    &f, &(struct fixture_data){
		    .through = date_make(2024, 9, 30), .later = 1});
	ref = ask_code(code);
	ck_assert_str_eq(part(ref, "generation"), "gone");
	cJSON_Delete(ref);
	fixture_close(&f);
	f = other;
	free(code);
}
END_TEST

START_TEST(ref__unit_gone__says_so)
{
	static const struct fixture_edit edits[] = {
	    {"org.csv", "U2,", "U22,"}, {"assignments.csv", "U2", "U22"}};
	char *code = code_of("/v1/report?measure=p1&at=U2");
	cJSON *ref;

	fixture_publish_data(
	    &f, &(struct fixture_data){date_make(2024, 9, 30), 60, edits, 1});
	/* In its own generation the unit is there. */
	ref = ask_code(code);
	ck_assert_str_eq(part(ref, "place"), "same");
	cJSON_Delete(ref);
	fixture_withdraw(&f, 1);
	ref = ask_code(code);
	ck_assert_str_eq(part(ref, "generation"), "gone");
	ck_assert_str_eq(part(ref, "place"), "gone");
	cJSON_Delete(ref);
	free(code);
}
END_TEST

/* --- versions of definitions ----------------------------------------- */

/* D left on its 18th birthday: by a rule without that bound it is met. */
static const struct fixture_edit lax[] = {
    {"p1.cfg", " and discharge_date < birthday(18)\"", "\""}};

/* A figure made by a past rule is made by that rule again. */
START_TEST(ref__definition_changed__opens_the_old_one)
{
	char *code = code_of("/v1/report?measure=p1"), *new_code;
	cJSON *then = get("/v1/report?measure=p1", 200), *ref, *again;
	const cJSON *differs;

	fixture_define(&f, lax, 1);
	again = get("/v1/report?measure=p1", 200);
	ck_assert_str_eq(text(item(then, "total"), "value"), "50.0");
	ck_assert_str_eq(text(item(again, "total"), "value"), "66.7");
	new_code = xstrdup(text(again, "ref"));
	ck_assert_str_ne(code, new_code);
	cJSON_Delete(again);

	ref = ask_code(code);
	ck_assert_str_eq(text(ref, "state"), "changed");
	ck_assert_str_eq(part(ref, "definition"), "changed");
	ck_assert_str_eq(part(ref, "generation"), "same");
	differs = item(ref, "differs");
	ck_assert_int_eq(cJSON_GetArraySize(differs), 2);
	ck_assert_str_eq(text(cJSON_GetArrayItem(differs, 0), "in"), "then");
	ck_assert_ptr_nonnull(strstr(
	    text(cJSON_GetArrayItem(differs, 0), "text"), "birthday(18)"));
	ck_assert_str_eq(text(cJSON_GetArrayItem(differs, 1), "in"), "now");
	again = get(text(ref, "request"), 200);
	ck_assert_str_eq(text(item(again, "total"), "value"), "50.0");
	ck_assert_str_eq(text(again, "ref"), code);
	cJSON_Delete(again);
	again = get(text(ref, "now"), 200);
	ck_assert_str_eq(text(again, "ref"), new_code);
	cJSON_Delete(again);
	cJSON_Delete(ref);

	/* And the other way round, when the rule is taken back. */
	fixture_define(&f, NULL, 0);
	ref = ask_code(new_code);
	again = get(text(ref, "request"), 200);
	ck_assert_str_eq(text(item(again, "total"), "value"), "66.7");
	cJSON_Delete(again);
	cJSON_Delete(ref);
	cJSON_Delete(then);
	free(code);
	free(new_code);
}
END_TEST

START_TEST(definition__versions__are_listed)
{
	cJSON *a;
	const cJSON *list, *v;

	fixture_define(&f, lax, 1);
	a = get("/v1/measures/p1", 200);
	list = item(item(a, "measure"), "versions");
	ck_assert_int_eq(cJSON_GetArraySize(list), 2);
	cJSON_ArrayForEach(v, list)
	    ck_assert_int_eq(cJSON_IsTrue(item(v, "present")),
		strcmp(text(v, "version"),
		    text(item(a, "measure"), "version")) == 0);
	cJSON_ArrayForEach(v, list)
	{
		char *target =
		    xasprintf("/v1/measures/p1?version=%s", text(v, "version"));
		cJSON *one = get(target, 200);

		ck_assert_str_eq(
		    text(item(one, "measure"), "version"), text(v, "version"));
		cJSON_Delete(one);
		free(target);
	}
	cJSON_Delete(a);
	a = get("/v1/report?measure=p1&version=00000000", 404);
	ck_assert_str_eq(text(item(a, "error"), "field"), "version");
	cJSON_Delete(a);
	a = get("/v1/countdown?clock=pprt&version=00000000", 404);
	cJSON_Delete(a);
}
END_TEST

/* A measure that is no longer defined can still be opened from paper. */
START_TEST(ref__measure_gone__opens_what_was_kept)
{
	static const struct fixture_edit renamed[] = {
	    {"p1.cfg", "id = \"p1\"", "id = \"q1\""}};
	char *code = code_of("/v1/report?measure=p1");
	cJSON *ref, *again;

	fixture_define(&f, renamed, 1);
	ref = ask_code(code);
	ck_assert_str_eq(part(ref, "definition"), "changed");
	ck_assert(cJSON_IsNull(item(ref, "now")));
	again = get(text(ref, "request"), 200);
	ck_assert_str_eq(text(item(again, "total"), "value"), "50.0");
	cJSON_Delete(again);
	cJSON_Delete(ref);
	free(code);
}
END_TEST

/* Three months instead of six: another countdown, the old one is kept. */
START_TEST(ref__clock_changed__opens_the_old_one)
{
	static const struct fixture_edit shorter[] = {
	    {"clocks.cfg", "months = 6;", "months = 3;"}};
	cJSON *then = get("/v1/countdown?clock=pprt", 200), *ref, *again;

	fixture_define(&f, shorter, 1);
	again = get("/v1/countdown?clock=pprt", 200);
	ck_assert_str_ne(text(again, "version"), text(then, "version"));
	cJSON_Delete(again);
	ref = ask_code(text(then, "ref"));
	ck_assert_str_eq(part(ref, "definition"), "changed");
	again = get(text(ref, "request"), 200);
	ck_assert(cJSON_Compare(then, again, true));
	cJSON_Delete(again);
	cJSON_Delete(ref);
	cJSON_Delete(then);
}
END_TEST

/* --- whose verdict changed ------------------------------------------- */

static const cJSON *
row_of(const cJSON *answer, const char *id)
{
	const cJSON *row;

	cJSON_ArrayForEach(row, item(answer, "rows"))
	{
		if (strcmp(text(row, "child_id"), id) == 0)
			return row;
	}
	ck_abort_msg("no row for %s", id);
}

static int
count_of(const cJSON *answer, const char *change)
{
	const cJSON *c;

	cJSON_ArrayForEach(c, item(answer, "counts"))
	{
		if (strcmp(text(c, "id"), change) == 0)
			return item(c, "count")->valueint;
	}
	return -1;
}

/*
 * B2 was adopted on the anniversary and D left on its birthday: both missed.
 * In the next data B2 left a day earlier (met), A's reason is another one
 * (missed), C stayed so long that it counts (met), and H is not there.
 */
static const struct fixture_edit mended[] = {
    {"removals.csv", "B2,2023-09-30,2023-09-30,2024-09-30,adoption",
	"B2,2023-09-30,2023-09-30,2024-09-29,adoption"},
    {"removals.csv", "A,2022-10-01,2022-10-01,2023-09-30,reunification",
	"A,2022-10-01,2022-10-01,2023-09-30,runaway"},
    {"removals.csv", "C,2022-12-01,2022-12-01,2022-12-05,reunification",
	"C,2022-12-01,2022-12-01,2022-12-15,reunification"},
};

static void
publish_mended(void)
{
	fixture_publish_data(
	    &f, &(struct fixture_data){date_make(2024, 9, 30), 60, mended, 3});
}

START_TEST(changes__between_generations__names_child_and_value)
{
	cJSON *a;
	const cJSON *row;

	publish_mended();
	a = get("/v1/changes?measure=p1&by=unit", 200);
	ck_assert_int_eq(item(item(a, "then"), "generation")->valueint, 1);
	ck_assert_int_eq(item(item(a, "now"), "generation")->valueint, 2);
	ck_assert_int_eq(item(a, "total")->valueint, 3);
	ck_assert_int_eq(item(a, "alike")->valueint, 5);
	ck_assert_int_eq(count_of(a, "met"), 2);
	ck_assert_int_eq(count_of(a, "missed"), 1);
	row = row_of(a, "A");
	ck_assert_str_eq(text(row, "then"), "met");
	ck_assert_str_eq(text(row, "now"), "missed");
	ck_assert_str_eq(text(row, "cause"), "value");
	ck_assert_str_eq(text(row, "value"), "discharge_reason");
	ck_assert_str_eq(text(row, "source"), "removals.discharge_reason");
	ck_assert_str_eq(text(row, "name"), "Muñoz, Ana");
	row = row_of(a, "B2");
	ck_assert_str_eq(text(row, "change"), "met");
	ck_assert_str_eq(text(row, "was"), "2024-09-30");
	ck_assert_str_eq(text(row, "is"), "2024-09-29");
	row = row_of(a, "C");
	ck_assert_str_eq(text(row, "then"), "excluded");
	ck_assert_str_eq(text(row, "then_reason"), "stay under 8 days");
	ck_assert_int_eq(cJSON_GetArraySize(item(a, "by_rows")), 2);
	cJSON_Delete(a);

	/* Of one unit, of one change, and the other way round in time. */
	a = get("/v1/changes?measure=p1&at=W1", 200);
	ck_assert_int_eq(item(a, "total")->valueint, 1);
	cJSON_Delete(a);
	a = get("/v1/changes?measure=p1&change=met&limit=1", 200);
	ck_assert_int_eq(item(a, "total")->valueint, 2);
	ck_assert_int_eq(count_of(a, "missed"), 1);
	ck_assert_str_eq(text(a, "next"), "B2");
	cJSON_Delete(a);
	a = get("/v1/changes?measure=p1&change=met&limit=1&after=B2", 200);
	ck_assert(cJSON_IsNull(item(a, "next")));
	row_of(a, "C");
	cJSON_Delete(a);
	a = get("/v1/changes?measure=p1&generation=1&from_generation=2", 200);
	ck_assert_int_eq(count_of(a, "met"), 1);
	ck_assert_int_eq(count_of(a, "excluded"), 1);
	cJSON_Delete(a);
}
END_TEST

/* What did it is looked through, too; the counts are those of all. */
START_TEST(changes__with_a_text__are_found_and_sorted)
{
	cJSON *a;

	publish_mended();
	a = ask("/v1/changes?measure=p1&text=munoz", 200);
	ck_assert_int_eq(item(a, "total")->valueint, 1);
	ck_assert_int_eq(count_of(a, "met"), 2);
	row_of(a, "A");
	cJSON_Delete(a);
	a = ask("/v1/changes?measure=p1&sort=-child_id&limit=1"
		"&find=discharge_reason",
	    200);
	ck_assert_int_eq(item(a, "total")->valueint, 3);
	ck_assert_int_eq(item(a, "found")->valueint, 2);
	ck_assert_int_eq(item(a, "skip")->valueint, 2);
	row_of(a, "A");
	cJSON_Delete(a);
	a = ask("/v1/changes?measure=p1&text=2024-09-29&sort=text", 200);
	ck_assert_int_eq(item(a, "total")->valueint, 1);
	row_of(a, "B2");
	cJSON_Delete(a);
	a = ask("/v1/moves?clock=pprt&since=2024-06-01&sort=-now_due", 200);
	ck_assert_str_eq(
	    text(cJSON_GetArrayItem(item(a, "rows"), 0), "child_id"), "J");
	ck_assert_str_eq(
	    text(cJSON_GetArrayItem(item(a, "rows"), 2), "child_id"), "I");
	/* What is gone has no day, and stands last. */
	ck_assert_str_eq(
	    text(cJSON_GetArrayItem(item(a, "rows"), 4), "change"), "gone");
	cJSON_Delete(a);
}
END_TEST

START_TEST(changes__between_definitions__names_the_rule)
{
	cJSON *a = get("/v1/measures/p1", 200);
	char *version = xstrdup(text(item(a, "measure"), "version"));
	char *target =
	    xasprintf("/v1/changes?measure=p1&from_version=%s", version);
	const cJSON *row;

	cJSON_Delete(a);
	fixture_define(&f, lax, 1);
	a = get(target, 200);
	ck_assert_int_eq(item(a, "total")->valueint, 1);
	ck_assert_int_eq(cJSON_GetArraySize(item(a, "differs")), 2);
	row = row_of(a, "D");
	ck_assert_str_eq(text(row, "then"), "missed");
	ck_assert_str_eq(text(row, "now"), "met");
	ck_assert_str_eq(text(row, "cause"), "rule");
	cJSON_Delete(a);
	free(target);
	free(version);
}
END_TEST

START_TEST(changes__without_an_earlier_generation__is_refused)
{
	cJSON *a = get("/v1/changes?measure=p1", 404);

	ck_assert_str_eq(text(item(a, "error"), "field"), "from_generation");
	cJSON_Delete(a);
	a = get("/v1/moves?clock=pprt", 404);
	cJSON_Delete(a);
	a = get("/v1/changes?measure=p1&from_version=00000000", 404);
	ck_assert_str_eq(text(item(a, "error"), "field"), "from_version");
	cJSON_Delete(a);
	a = get("/v1/changes?measure=p1&since=2024-01-01&by=sex", 400);
	ck_assert_str_eq(text(item(a, "error"), "field"), "by");
	cJSON_Delete(a);
	/* The figure of a day ago: everything was still to come. */
	a = get("/v1/changes?measure=p1&since=2024-03-01", 200);
	ck_assert_int_gt(count_of(a, "met"), 0);
	cJSON_Delete(a);
}
END_TEST

/* --- what became of duties ------------------------------------------- */

/* I's review was due on 10 July, J's, due on 20 August, was held that day; K
 * came in June, B and B2 left in September. */
START_TEST(moves__between_days__names_child_and_word)
{
	cJSON *a = get("/v1/moves?clock=pprt&since=2024-06-01&by=worker", 200);
	const cJSON *row = row_of(a, "I");

	ck_assert_int_eq(item(a, "total")->valueint, 5);
	ck_assert_int_eq(count_of(a, "gone"), 2);
	ck_assert_str_eq(text(row, "change"), "missed");
	ck_assert_str_eq(text(row, "then_due"), "2024-07-10");
	ck_assert_str_eq(text(row, "now_state"), "overdue");
	row = row_of(a, "J");
	ck_assert_str_eq(text(row, "change"), "met");
	ck_assert_str_eq(text(row, "done"), "2024-08-20");
	ck_assert_str_eq(text(row, "now_due"), "2025-02-20");
	row = row_of(a, "K");
	ck_assert_str_eq(text(row, "change"), "new");
	ck_assert(cJSON_IsNull(item(row, "then_state")));
	ck_assert_int_eq(count_of(a, "new"), 1);
	cJSON_Delete(a);
	a = get("/v1/moves?clock=pprt&since=2024-06-01&at=U2", 200);
	ck_assert_int_eq(item(a, "total")->valueint, 1);
	cJSON_Delete(a);
}
END_TEST

START_TEST(moves__between_generations__by_each_ones_own_day)
{
	static const struct fixture_edit edits[] = {
	    {"meetings.csv", "J,2024-08-20,pprt,2024-08-21",
		"J,2024-08-20,pprt,2024-08-21\n"
		"I,2024-10-15,pprt,2024-10-16"}};
	cJSON *a, *all;
	char *after = NULL;
	const cJSON *row;

	fixture_publish_data(
	    &f, &(struct fixture_data){date_make(2024, 10, 31), 60, edits, 1});
	a = get("/v1/moves?clock=pprt", 200);
	ck_assert_str_eq(text(item(a, "then"), "as_of"), "2024-09-30");
	ck_assert_str_eq(text(item(a, "now"), "as_of"), "2024-10-31");
	ck_assert_int_eq(item(a, "total")->valueint, 1);
	row = row_of(a, "I");
	ck_assert_str_eq(text(row, "change"), "met");
	ck_assert_ptr_nonnull(strstr(text(row, "text"), "97 days late"));
	cJSON_Delete(a);
	/* Pages of one put together are the whole. */
	all = get("/v1/moves?clock=pprt&since=2024-05-01", 200);
	cJSON_ArrayForEach(row, item(all, "rows"))
	{
		char *target =
		    xasprintf("/v1/moves?clock=pprt&since=2024-05-01&limit=1"
			      "%s%s",
			after ? "&after=" : "", after ? after : "");

		a = get(target, 200);
		ck_assert(cJSON_Compare(
		    row, cJSON_GetArrayItem(item(a, "rows"), 0), true));
		free(after);
		after = xstrdup(text(a, "next"));
		cJSON_Delete(a);
		free(target);
	}
	ck_assert_str_eq(after, "");
	free(after);
	cJSON_Delete(all);
}
END_TEST

/* What the board tells of the import that was seen last: I's review was held
 * in October; nothing of an import that is not there. */
START_TEST(board__since_one_looked__counts_the_changes)
{
	static const struct fixture_edit edits[] = {
	    {"meetings.csv", "J,2024-08-20,pprt,2024-08-21",
		"J,2024-08-20,pprt,2024-08-21\n"
		"I,2024-10-15,pprt,2024-10-16"}};
	cJSON *a = get("/v1/board?from_generation=1", 200);
	const cJSON *since, *clock;

	ck_assert(cJSON_IsNull(item(a, "since")));
	cJSON_Delete(a);
	fixture_publish_data(
	    &f, &(struct fixture_data){date_make(2024, 10, 31), 60, edits, 1});
	a = get("/v1/board?from_generation=1", 200);
	since = item(a, "since");
	ck_assert_int_eq(item(since, "generation")->valueint, 1);
	ck_assert_str_eq(text(since, "data_through"), "2024-09-30");
	clock = cJSON_GetArrayItem(item(since, "clocks"), 0);
	ck_assert_str_eq(text(item(clock, "clock"), "id"), "pprt");
	ck_assert_int_eq(count_of(clock, "met"), 1);
	ck_assert_int_eq(count_of(clock, "missed"), 0);
	/* The rest of the board is of the import that is served. */
	ck_assert_str_eq(text(a, "as_of"), "2024-10-31");
	cJSON_Delete(a);
	a = get("/v1/board?from_generation=7", 200);
	ck_assert(cJSON_IsNull(item(a, "since")));
	cJSON_Delete(a);
}
END_TEST

/* The codes of comparisons open them again, too. */
START_TEST(ref__of_a_comparison__opens_it_again)
{
	static const char *const targets[] = {
	    "/v1/changes?measure=p1&change=met",
	    "/v1/changes?measure=p1&since=2024-01-01&at=U1",
	    "/v1/moves?clock=pprt&since=2024-06-01&by=worker",
	};
	cJSON *a, *ref, *again;

	publish_mended();
	for (size_t i = 0; i < sizeof targets / sizeof *targets; i++) {
		a = get(targets[i], 200);
		ref = ask_code(text(a, "ref"));
		again = get(text(ref, "request"), 200);
		ck_assert(cJSON_Compare(a, again, true));
		cJSON_Delete(again);
		cJSON_Delete(ref);
		cJSON_Delete(a);
	}
}
END_TEST

int
main(void)
{
	Suite *s = suite_create("past");
	TCase *t = tcase_create("past");

	tcase_add_checked_fixture(t, setup, teardown);
	tcase_set_timeout(t, 60);
	tcase_add_loop_test(t, ref__of_any_figure__opens_it_again, 0,
	    sizeof figures / sizeof *figures);
	tcase_add_test(t, ref__served__is_the_same);
	tcase_add_test(t, ref__of_words__is_none);
	tcase_add_test(t, ref__generation_withdrawn__says_so);
	tcase_add_test(t, ref__of_another_store__says_so);
	tcase_add_test(t, ref__unit_gone__says_so);
	tcase_add_test(t, ref__definition_changed__opens_the_old_one);
	tcase_add_test(t, definition__versions__are_listed);
	tcase_add_test(t, ref__measure_gone__opens_what_was_kept);
	tcase_add_test(t, ref__clock_changed__opens_the_old_one);
	tcase_add_test(t, changes__between_generations__names_child_and_value);
	tcase_add_test(t, changes__with_a_text__are_found_and_sorted);
	tcase_add_test(t, changes__between_definitions__names_the_rule);
	tcase_add_test(t, changes__without_an_earlier_generation__is_refused);
	tcase_add_test(t, moves__between_days__names_child_and_word);
	tcase_add_test(t, moves__between_generations__by_each_ones_own_day);
	tcase_add_test(t, ref__of_a_comparison__opens_it_again);
	tcase_add_test(t, board__since_one_looked__counts_the_changes);
	suite_add_tcase(s, t);
	return unit_run(s);
}
