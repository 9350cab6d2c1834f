/*
 * Figures of the past: reference codes and versions of definitions, over stores
 * with a history of their own.
 */
#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "contract/past.h"
#include "lib/unit.h"

/* The state of one part of a code. */
static const char *
part(const cJSON *ref, const char *name)
{
	const cJSON *p;

	cJSON_ArrayForEach(p, past_item(ref, "parts"))
	{
		if (strcmp(past_text(p, "part"), name) == 0)
			return past_text(p, "state");
	}
	return "";
}

static char *
code_of(const char *target)
{
	cJSON *a = past_get(target, 200);
	char *code = xstrdup(past_text(a, "ref"));

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
	cJSON *then = past_get(figures[_i], 200), *ref, *again;
	const char *code = past_text(then, "ref");

	ck_assert_str_ne(code, "");
	ck_assert_uint_le(strlen(code), 44);
	fixture_publish_data(
	    &past, &(struct fixture_data){
		       .through = date_make(2024, 10, 31), .later = 60});
	ref = past_ref(code);
	ck_assert_str_eq(past_text(ref, "code"), code);
	ck_assert_str_eq(past_text(ref, "state"), "changed");
	ck_assert_str_eq(part(ref, "generation"), "changed");
	again = past_get(past_text(ref, "request"), 200);
	ck_assert(cJSON_Compare(then, again, true));
	cJSON_Delete(again);
	/* The present one is of the generation that is served. */
	again = past_get(past_text(ref, "now"), 200);
	ck_assert_int_eq(
	    past_item(past_item(again, "about"), "generation")->valueint, 2);
	cJSON_Delete(again);
	cJSON_Delete(ref);
	cJSON_Delete(then);
}
END_TEST

START_TEST(ref__served__is_the_same)
{
	char *code = code_of("/v1/report?measure=p1");
	cJSON *ref = past_ref(code);

	ck_assert_str_eq(past_text(ref, "state"), "same");
	ck_assert_str_eq(past_text(ref, "kind"), "report");
	ck_assert_int_eq(cJSON_GetArraySize(past_item(ref, "differs")), 0);
	cJSON_Delete(ref);
	free(code);
}
END_TEST

/* Words looked for may be a name: they make no code. */
START_TEST(ref__of_words__is_none)
{
	cJSON *a = past_get("/v1/list?measure=p1&q=Jones", 200);

	ck_assert(cJSON_IsNull(past_item(a, "ref")));
	cJSON_Delete(a);
	a = past_get("/v1/countdown?clock=pprt&q=Jones", 200);
	ck_assert(cJSON_IsNull(past_item(a, "ref")));
	cJSON_Delete(a);
}
END_TEST

START_TEST(ref__generation_withdrawn__says_so)
{
	char *code = code_of("/v1/report?measure=p1");
	cJSON *ref, *now;

	fixture_publish(&past);
	fixture_withdraw(&past, 1);
	ref = past_ref(code);
	ck_assert_str_eq(past_text(ref, "state"), "gone");
	ck_assert_str_eq(part(ref, "generation"), "gone");
	ck_assert_str_eq(part(ref, "definition"), "same");
	ck_assert(cJSON_IsNull(past_item(ref, "request")));
	now = past_get(past_text(ref, "now"), 200);
	ck_assert_str_eq(past_text(past_item(now, "total"), "value"), "50.0");
	cJSON_Delete(now);
	cJSON_Delete(ref);
	free(code);
}
END_TEST

/* A generation of that number in another store is another generation. */
START_TEST(ref__of_another_store__says_so)
{
	char *code = code_of("/v1/report?measure=p1");
	struct fixture other = past;
	cJSON *ref;

	fixture_open(&past, false);
	fixture_publish_data(
	    &past, &(struct fixture_data){
		       .through = date_make(2024, 9, 30), .later = 1});
	ref = past_ref(code);
	ck_assert_str_eq(part(ref, "generation"), "gone");
	cJSON_Delete(ref);
	fixture_close(&past);
	past = other;
	free(code);
}
END_TEST

START_TEST(ref__unit_gone__says_so)
{
	static const struct fixture_edit edits[] = {
	    {"org.csv", "U2,", "U22,"}, {"assignments.csv", "U2", "U22"}};
	char *code = code_of("/v1/report?measure=p1&at=U2");
	cJSON *ref;

	fixture_publish_data(&past,
	    &(struct fixture_data){date_make(2024, 9, 30), 60, edits, 1});
	/* In its own generation the unit is there. */
	ref = past_ref(code);
	ck_assert_str_eq(part(ref, "place"), "same");
	cJSON_Delete(ref);
	fixture_withdraw(&past, 1);
	ref = past_ref(code);
	ck_assert_str_eq(part(ref, "generation"), "gone");
	ck_assert_str_eq(part(ref, "place"), "gone");
	cJSON_Delete(ref);
	free(code);
}
END_TEST

/* --- versions of definitions ----------------------------------------- */

/* A figure made by a past rule is made by that rule again. */
START_TEST(ref__definition_changed__opens_the_old_one)
{
	char *code = code_of("/v1/report?measure=p1"), *new_code;
	cJSON *then = past_get("/v1/report?measure=p1", 200), *ref, *again;
	const cJSON *differs;

	fixture_define(&past, &past_lax, 1);
	again = past_get("/v1/report?measure=p1", 200);
	ck_assert_str_eq(past_text(past_item(then, "total"), "value"), "50.0");
	ck_assert_str_eq(past_text(past_item(again, "total"), "value"), "66.7");
	new_code = xstrdup(past_text(again, "ref"));
	ck_assert_str_ne(code, new_code);
	cJSON_Delete(again);

	ref = past_ref(code);
	ck_assert_str_eq(past_text(ref, "state"), "changed");
	ck_assert_str_eq(part(ref, "definition"), "changed");
	ck_assert_str_eq(part(ref, "generation"), "same");
	differs = past_item(ref, "differs");
	ck_assert_int_eq(cJSON_GetArraySize(differs), 2);
	ck_assert_str_eq(
	    past_text(cJSON_GetArrayItem(differs, 0), "in"), "then");
	ck_assert_ptr_nonnull(strstr(
	    past_text(cJSON_GetArrayItem(differs, 0), "text"), "birthday(18)"));
	ck_assert_str_eq(
	    past_text(cJSON_GetArrayItem(differs, 1), "in"), "now");
	again = past_get(past_text(ref, "request"), 200);
	ck_assert_str_eq(past_text(past_item(again, "total"), "value"), "50.0");
	ck_assert_str_eq(past_text(again, "ref"), code);
	cJSON_Delete(again);
	again = past_get(past_text(ref, "now"), 200);
	ck_assert_str_eq(past_text(again, "ref"), new_code);
	cJSON_Delete(again);
	cJSON_Delete(ref);

	/* And the other way round, when the rule is taken back. */
	fixture_define(&past, NULL, 0);
	ref = past_ref(new_code);
	again = past_get(past_text(ref, "request"), 200);
	ck_assert_str_eq(past_text(past_item(again, "total"), "value"), "66.7");
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

	fixture_define(&past, &past_lax, 1);
	a = past_get("/v1/measures/p1", 200);
	list = past_item(past_item(a, "measure"), "versions");
	ck_assert_int_eq(cJSON_GetArraySize(list), 2);
	cJSON_ArrayForEach(v, list)
	    ck_assert_int_eq(cJSON_IsTrue(past_item(v, "present")),
		strcmp(past_text(v, "version"),
		    past_text(past_item(a, "measure"), "version")) == 0);
	cJSON_ArrayForEach(v, list)
	{
		char *target = xasprintf(
		    "/v1/measures/p1?version=%s", past_text(v, "version"));
		cJSON *one = past_get(target, 200);

		ck_assert_str_eq(
		    past_text(past_item(one, "measure"), "version"),
		    past_text(v, "version"));
		cJSON_Delete(one);
		free(target);
	}
	cJSON_Delete(a);
	a = past_get("/v1/report?measure=p1&version=00000000", 404);
	ck_assert_str_eq(past_text(past_item(a, "error"), "field"), "version");
	cJSON_Delete(a);
	a = past_get("/v1/countdown?clock=pprt&version=00000000", 404);
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

	fixture_define(&past, renamed, 1);
	ref = past_ref(code);
	ck_assert_str_eq(part(ref, "definition"), "changed");
	ck_assert(cJSON_IsNull(past_item(ref, "now")));
	again = past_get(past_text(ref, "request"), 200);
	ck_assert_str_eq(past_text(past_item(again, "total"), "value"), "50.0");
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
	cJSON *then = past_get("/v1/countdown?clock=pprt", 200), *ref, *again;

	fixture_define(&past, shorter, 1);
	again = past_get("/v1/countdown?clock=pprt", 200);
	ck_assert_str_ne(
	    past_text(again, "version"), past_text(then, "version"));
	cJSON_Delete(again);
	ref = past_ref(past_text(then, "ref"));
	ck_assert_str_eq(part(ref, "definition"), "changed");
	again = past_get(past_text(ref, "request"), 200);
	ck_assert(cJSON_Compare(then, again, true));
	cJSON_Delete(again);
	cJSON_Delete(ref);
	cJSON_Delete(then);
}
END_TEST

int
main(void)
{
	Suite *s = suite_create("past");
	TCase *t = tcase_create("past");

	tcase_add_checked_fixture(t, past_open, past_close);
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
	suite_add_tcase(s, t);
	return unit_run(s);
}
