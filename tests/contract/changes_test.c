/*
 * What changed between generations, days and definitions: whose verdict, what
 * became of duties, and what the board tells of it.
 */
#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "contract/past.h"
#include "lib/unit.h"

/* --- whose verdict changed ------------------------------------------- */

static const cJSON *
row_of(const cJSON *answer, const char *id)
{
	const cJSON *row;

	cJSON_ArrayForEach(row, past_item(answer, "rows"))
	{
		if (strcmp(past_text(row, "child_id"), id) == 0)
			return row;
	}
	ck_abort_msg("no row for %s", id);
}

static int
count_of(const cJSON *answer, const char *change)
{
	const cJSON *c;

	cJSON_ArrayForEach(c, past_item(answer, "counts"))
	{
		if (strcmp(past_text(c, "id"), change) == 0)
			return past_item(c, "count")->valueint;
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
	fixture_publish_data(&past,
	    &(struct fixture_data){date_make(2024, 9, 30), 60, mended, 3});
}

START_TEST(changes__between_generations__names_child_and_value)
{
	cJSON *a;
	const cJSON *row;

	publish_mended();
	a = past_get("/v1/changes?measure=p1&by=unit", 200);
	ck_assert_int_eq(
	    past_item(past_item(a, "then"), "generation")->valueint, 1);
	ck_assert_int_eq(
	    past_item(past_item(a, "now"), "generation")->valueint, 2);
	ck_assert_int_eq(past_item(a, "total")->valueint, 3);
	ck_assert_int_eq(past_item(a, "alike")->valueint, 5);
	ck_assert_int_eq(count_of(a, "met"), 2);
	ck_assert_int_eq(count_of(a, "missed"), 1);
	row = row_of(a, "A");
	ck_assert_str_eq(past_text(row, "then"), "met");
	ck_assert_str_eq(past_text(row, "now"), "missed");
	ck_assert_str_eq(past_text(row, "cause"), "value");
	ck_assert_str_eq(past_text(row, "value"), "discharge_reason");
	ck_assert_str_eq(past_text(row, "source"), "removals.discharge_reason");
	ck_assert_str_eq(past_text(row, "name"), "Muñoz, Ana");
	row = row_of(a, "B2");
	ck_assert_str_eq(past_text(row, "change"), "met");
	ck_assert_str_eq(past_text(row, "was"), "2024-09-30");
	ck_assert_str_eq(past_text(row, "is"), "2024-09-29");
	row = row_of(a, "C");
	ck_assert_str_eq(past_text(row, "then"), "excluded");
	ck_assert_str_eq(past_text(row, "then_reason"), "stay under 8 days");
	ck_assert_int_eq(cJSON_GetArraySize(past_item(a, "by_rows")), 2);
	cJSON_Delete(a);

	/* Of one unit, of one change, and the other way round in time. */
	a = past_get("/v1/changes?measure=p1&at=W1", 200);
	ck_assert_int_eq(past_item(a, "total")->valueint, 1);
	cJSON_Delete(a);
	a = past_get("/v1/changes?measure=p1&change=met&limit=1", 200);
	ck_assert_int_eq(past_item(a, "total")->valueint, 2);
	ck_assert_int_eq(count_of(a, "missed"), 1);
	ck_assert_str_eq(past_text(a, "next"), "B2");
	cJSON_Delete(a);
	a = past_get("/v1/changes?measure=p1&change=met&limit=1&after=B2", 200);
	ck_assert(cJSON_IsNull(past_item(a, "next")));
	row_of(a, "C");
	cJSON_Delete(a);
	a = past_get(
	    "/v1/changes?measure=p1&generation=1&from_generation=2", 200);
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
	a = past_get("/v1/changes?measure=p1&text=munoz", 200);
	ck_assert_int_eq(past_item(a, "total")->valueint, 1);
	ck_assert_int_eq(count_of(a, "met"), 2);
	row_of(a, "A");
	cJSON_Delete(a);
	a = past_get("/v1/changes?measure=p1&sort=-child_id&limit=1"
		     "&find=discharge_reason",
	    200);
	ck_assert_int_eq(past_item(a, "total")->valueint, 3);
	ck_assert_int_eq(past_item(a, "found")->valueint, 2);
	ck_assert_int_eq(past_item(a, "skip")->valueint, 2);
	row_of(a, "A");
	cJSON_Delete(a);
	a = past_get("/v1/changes?measure=p1&text=2024-09-29&sort=text", 200);
	ck_assert_int_eq(past_item(a, "total")->valueint, 1);
	row_of(a, "B2");
	cJSON_Delete(a);
	a = past_get(
	    "/v1/moves?clock=pprt&since=2024-06-01&sort=-now_due", 200);
	ck_assert_str_eq(
	    past_text(cJSON_GetArrayItem(past_item(a, "rows"), 0), "child_id"),
	    "J");
	ck_assert_str_eq(
	    past_text(cJSON_GetArrayItem(past_item(a, "rows"), 2), "child_id"),
	    "I");
	/* What is gone has no day, and stands last. */
	ck_assert_str_eq(
	    past_text(cJSON_GetArrayItem(past_item(a, "rows"), 4), "change"),
	    "gone");
	cJSON_Delete(a);
}
END_TEST

START_TEST(changes__between_definitions__names_the_rule)
{
	cJSON *a = past_get("/v1/measures/p1", 200);
	char *version = xstrdup(past_text(past_item(a, "measure"), "version"));
	char *target =
	    xasprintf("/v1/changes?measure=p1&from_version=%s", version);
	const cJSON *row;

	cJSON_Delete(a);
	fixture_define(&past, &past_lax, 1);
	a = past_get(target, 200);
	ck_assert_int_eq(past_item(a, "total")->valueint, 1);
	ck_assert_int_eq(cJSON_GetArraySize(past_item(a, "differs")), 2);
	row = row_of(a, "D");
	ck_assert_str_eq(past_text(row, "then"), "missed");
	ck_assert_str_eq(past_text(row, "now"), "met");
	ck_assert_str_eq(past_text(row, "cause"), "rule");
	cJSON_Delete(a);
	free(target);
	free(version);
}
END_TEST

START_TEST(changes__without_an_earlier_generation__is_refused)
{
	cJSON *a = past_get("/v1/changes?measure=p1", 404);

	ck_assert_str_eq(
	    past_text(past_item(a, "error"), "field"), "from_generation");
	cJSON_Delete(a);
	a = past_get("/v1/moves?clock=pprt", 404);
	cJSON_Delete(a);
	a = past_get("/v1/changes?measure=p1&from_version=00000000", 404);
	ck_assert_str_eq(
	    past_text(past_item(a, "error"), "field"), "from_version");
	cJSON_Delete(a);
	a = past_get("/v1/changes?measure=p1&since=2024-01-01&by=sex", 400);
	ck_assert_str_eq(past_text(past_item(a, "error"), "field"), "by");
	cJSON_Delete(a);
	/* The figure of a day ago: everything was still to come. */
	a = past_get("/v1/changes?measure=p1&since=2024-03-01", 200);
	ck_assert_int_gt(count_of(a, "met"), 0);
	cJSON_Delete(a);
}
END_TEST

/* --- what became of duties ------------------------------------------- */

/* I's review was due on 10 July, J's, due on 20 August, was held that day; K
 * came in June, B and B2 left in September. */
START_TEST(moves__between_days__names_child_and_word)
{
	cJSON *a =
	    past_get("/v1/moves?clock=pprt&since=2024-06-01&by=worker", 200);
	const cJSON *row = row_of(a, "I");

	ck_assert_int_eq(past_item(a, "total")->valueint, 5);
	ck_assert_int_eq(count_of(a, "gone"), 2);
	ck_assert_str_eq(past_text(row, "change"), "missed");
	ck_assert_str_eq(past_text(row, "then_due"), "2024-07-10");
	ck_assert_str_eq(past_text(row, "now_state"), "overdue");
	row = row_of(a, "J");
	ck_assert_str_eq(past_text(row, "change"), "met");
	ck_assert_str_eq(past_text(row, "done"), "2024-08-20");
	ck_assert_str_eq(past_text(row, "now_due"), "2025-02-20");
	row = row_of(a, "K");
	ck_assert_str_eq(past_text(row, "change"), "new");
	ck_assert(cJSON_IsNull(past_item(row, "then_state")));
	ck_assert_int_eq(count_of(a, "new"), 1);
	cJSON_Delete(a);
	a = past_get("/v1/moves?clock=pprt&since=2024-06-01&at=U2", 200);
	ck_assert_int_eq(past_item(a, "total")->valueint, 1);
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

	fixture_publish_data(&past,
	    &(struct fixture_data){date_make(2024, 10, 31), 60, edits, 1});
	a = past_get("/v1/moves?clock=pprt", 200);
	ck_assert_str_eq(
	    past_text(past_item(a, "then"), "as_of"), "2024-09-30");
	ck_assert_str_eq(past_text(past_item(a, "now"), "as_of"), "2024-10-31");
	ck_assert_int_eq(past_item(a, "total")->valueint, 1);
	row = row_of(a, "I");
	ck_assert_str_eq(past_text(row, "change"), "met");
	ck_assert_ptr_nonnull(strstr(past_text(row, "text"), "97 days late"));
	cJSON_Delete(a);
	/* Pages of one put together are the whole. */
	all = past_get("/v1/moves?clock=pprt&since=2024-05-01", 200);
	cJSON_ArrayForEach(row, past_item(all, "rows"))
	{
		char *target =
		    xasprintf("/v1/moves?clock=pprt&since=2024-05-01&limit=1"
			      "%s%s",
			after ? "&after=" : "", after ? after : "");

		a = past_get(target, 200);
		ck_assert(cJSON_Compare(
		    row, cJSON_GetArrayItem(past_item(a, "rows"), 0), true));
		free(after);
		after = xstrdup(past_text(a, "next"));
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
	cJSON *a = past_get("/v1/board?from_generation=1", 200);
	const cJSON *since, *clock;

	ck_assert(cJSON_IsNull(past_item(a, "since")));
	cJSON_Delete(a);
	fixture_publish_data(&past,
	    &(struct fixture_data){date_make(2024, 10, 31), 60, edits, 1});
	a = past_get("/v1/board?from_generation=1", 200);
	since = past_item(a, "since");
	ck_assert_int_eq(past_item(since, "generation")->valueint, 1);
	ck_assert_str_eq(past_text(since, "data_through"), "2024-09-30");
	clock = cJSON_GetArrayItem(past_item(since, "clocks"), 0);
	ck_assert_str_eq(past_text(past_item(clock, "clock"), "id"), "pprt");
	ck_assert_int_eq(count_of(clock, "met"), 1);
	ck_assert_int_eq(count_of(clock, "missed"), 0);
	/* The rest of the board is of the import that is served. */
	ck_assert_str_eq(past_text(a, "as_of"), "2024-10-31");
	cJSON_Delete(a);
	a = past_get("/v1/board?from_generation=7", 200);
	ck_assert(cJSON_IsNull(past_item(a, "since")));
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
		a = past_get(targets[i], 200);
		ref = past_ref(past_text(a, "ref"));
		again = past_get(past_text(ref, "request"), 200);
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
	Suite *s = suite_create("changes");
	TCase *t = tcase_create("changes");

	tcase_add_checked_fixture(t, past_open, past_close);
	tcase_set_timeout(t, 60);
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
