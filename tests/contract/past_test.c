/*
 * Figures of the past: reference codes, versions of definitions, and what
 * changed between generations; over stores with a history of their own.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "contract/fixture.h"
#include "lib/schema.h"
#include "lib/unit.h"
#include "base/file.h"

static struct fixture f;
static cJSON *openapi;

static void
setup(void)
{
	char *path = fixture_source("etc/openapi.json");
	struct buf text = {0};
	struct err err = {0};

	ck_assert_msg(file_read(&text, path, 1 << 20, &err), "%s", err.text);
	openapi = json_parse(text.data, text.len, text.len, &err);
	buf_free(&text);
	free(path);
	fixture_open(&f, true);
}

static void
teardown(void)
{
	fixture_close(&f);
	cJSON_Delete(openapi);
}

/* --- asking ---------------------------------------------------------- */

static const cJSON *
schema_of(const char *path)
{
	const cJSON *at = cJSON_GetObjectItemCaseSensitive(openapi, "paths");

	at = cJSON_GetObjectItemCaseSensitive(
	    at, strncmp(path, "/v1/measures/", 13) == 0 ? "/v1/measures/{id}"
							: path);
	at = schema_at(at, "#/get/responses/200/content");
	at = cJSON_GetObjectItemCaseSensitive(at, "application/json");
	return cJSON_GetObjectItemCaseSensitive(at, "schema");
}

/* The answer, which must be of that status and as openapi.json says. */
static cJSON *
ask(const char *target, int status)
{
	char *path = xstrndup(target, strcspn(target, "?"));
	const char *query = strchr(target, '?');
	const struct request r = {
	    .method = "GET",
	    .path = path,
	    .query = query != NULL ? query + 1 : NULL,
	    .who = {WHO_LOCAL, "test"},
	};
	struct answer a = {0};
	struct buf why = {0};
	struct err err = {0};
	cJSON *tree;

	service_answer(f.service, &r, &a);
	ck_assert_msg(a.status == status, "%s: %d: %.600s", target, a.status,
	    buf_text(&a.body));
	tree = json_parse(a.body.data, a.body.len, a.body.len, &err);
	ck_assert_msg(
	    status != 200 || schema_check(openapi, schema_of(path), tree, &why),
	    "%s: %s", target, buf_text(&why));
	buf_free(&why);
	answer_free(&a);
	free(path);
	return tree;
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
	cJSON *ref = ask(target, 200);

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
	cJSON *a = ask(target, 200);
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
    "/v1/board?as_of=2024-06-30",
};

/* The code of an answer leads back to the very same answer, whatever is
 * loaded meanwhile, and it is never long. */
START_TEST(ref__of_any_figure__opens_it_again)
{
	cJSON *then = ask(figures[_i], 200), *ref, *again;
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
	again = ask(text(ref, "request"), 200);
	ck_assert(cJSON_Compare(then, again, true));
	cJSON_Delete(again);
	/* The present one is of the generation that is served. */
	again = ask(text(ref, "now"), 200);
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
	cJSON *a = ask("/v1/list?measure=p1&q=Jones", 200);

	ck_assert(cJSON_IsNull(item(a, "ref")));
	cJSON_Delete(a);
	a = ask("/v1/countdown?clock=pprt&q=Jones", 200);
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
	now = ask(text(ref, "now"), 200);
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
	cJSON *then = ask("/v1/report?measure=p1", 200), *ref, *again;
	const cJSON *differs;

	fixture_define(&f, lax, 1);
	again = ask("/v1/report?measure=p1", 200);
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
	again = ask(text(ref, "request"), 200);
	ck_assert_str_eq(text(item(again, "total"), "value"), "50.0");
	ck_assert_str_eq(text(again, "ref"), code);
	cJSON_Delete(again);
	again = ask(text(ref, "now"), 200);
	ck_assert_str_eq(text(again, "ref"), new_code);
	cJSON_Delete(again);
	cJSON_Delete(ref);

	/* And the other way round, when the rule is taken back. */
	fixture_define(&f, NULL, 0);
	ref = ask_code(new_code);
	again = ask(text(ref, "request"), 200);
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
	a = ask("/v1/measures/p1", 200);
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
		cJSON *one = ask(target, 200);

		ck_assert_str_eq(
		    text(item(one, "measure"), "version"), text(v, "version"));
		cJSON_Delete(one);
		free(target);
	}
	cJSON_Delete(a);
	a = ask("/v1/report?measure=p1&version=00000000", 404);
	ck_assert_str_eq(text(item(a, "error"), "field"), "version");
	cJSON_Delete(a);
	a = ask("/v1/countdown?clock=pprt&version=00000000", 404);
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
	again = ask(text(ref, "request"), 200);
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
	cJSON *then = ask("/v1/countdown?clock=pprt", 200), *ref, *again;

	fixture_define(&f, shorter, 1);
	again = ask("/v1/countdown?clock=pprt", 200);
	ck_assert_str_ne(text(again, "version"), text(then, "version"));
	cJSON_Delete(again);
	ref = ask_code(text(then, "ref"));
	ck_assert_str_eq(part(ref, "definition"), "changed");
	again = ask(text(ref, "request"), 200);
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
	suite_add_tcase(s, t);
	return unit_run(s);
}
