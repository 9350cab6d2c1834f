#include "service/params.h"

#include <string.h>

#include "base/date.h"
#include "lib/unit.h"

static struct params params;
static struct arena arena;
static struct err err;

static void
setup(void)
{
	params = (struct params){0};
	err = (struct err){0};
}

static void
teardown(void)
{
	arena_free(&arena);
}

static bool
query(enum api_route_id route, const char *text)
{
	return params_query(&params, &arena, route, text, &err);
}

START_TEST(query__good__decoded_and_typed)
{
	ck_assert(query(ROUTE_LIST,
	    "measure=c1.1&to=2012-09-30&months=12"
	    "&set=missed&q=Mu%C3%B1oz+Ana&limit=1000&&sort=-entry"));
	ck_assert_str_eq(params.at[API_MEASURE].text, "c1.1");
	ck_assert_int_eq(params.at[API_TO].n, date_make(2012, 9, 30));
	ck_assert_int_eq(params.at[API_MONTHS].n, 12);
	ck_assert_int_eq(params.at[API_SET].n, MEMBERS_MISSED);
	ck_assert_str_eq(params.at[API_Q].text, "Mu\xc3\xb1oz Ana");
	ck_assert_int_eq(params.at[API_LIMIT].n, 1000);
	ck_assert(!params.at[API_AFTER].given);
}
END_TEST

static const struct {
	const char *query;
	enum err_code code;
	const char *field;
} refused[] = {
    {"", ERR_USAGE, "measure"},
    {NULL, ERR_USAGE, "measure"},
    {"to=2012-09-30", ERR_USAGE, "measure"},
    {"measure=p1&meature=p2", ERR_UNKNOWN_FIELD, "meature"},
    {"measure=p1&=x", ERR_UNKNOWN_FIELD, ""},
    {"measure=p1&id=x", ERR_UNKNOWN_FIELD, "id"},
    {"measure=p1&clock=tpr", ERR_UNKNOWN_FIELD, "clock"},
    {"measure=p1&measure=p1", ERR_BAD_VALUE, "measure"},
    {"measure=", ERR_BAD_VALUE, "measure"},
    {"measure", ERR_BAD_VALUE, "measure"},
    {"measure=%20", ERR_BAD_VALUE, "measure"},
    {"measure=aaaaaaaaaabbbbbbbbbbccccccccccddddddddddd", ERR_BAD_VALUE,
	"measure"},
    {"measure=p1&to=2013-02-29", ERR_BAD_VALUE, "to"},
    {"measure=p1&to=2013-2-9", ERR_BAD_VALUE, "to"},
    {"measure=p1&months=0", ERR_BAD_VALUE, "months"},
    {"measure=p1&months=601", ERR_BAD_VALUE, "months"},
    {"measure=p1&months=-1", ERR_BAD_VALUE, "months"},
    {"measure=p1&months=1e1", ERR_BAD_VALUE, "months"},
    {"measure=p1&months=99999999999999999999", ERR_BAD_VALUE, "months"},
    {"measure=p1&limit=1001", ERR_BAD_VALUE, "limit"},
    {"measure=p1&set=Met", ERR_BAD_VALUE, "set"},
    {"measure=p1%", ERR_BAD_REQUEST, NULL},
    {"measure=p1%4", ERR_BAD_REQUEST, NULL},
    {"measure=p1%zz", ERR_BAD_REQUEST, NULL},
    {"measure=p1%00", ERR_BAD_REQUEST, NULL},
    {"measure=p1%0a", ERR_BAD_REQUEST, NULL},
    {"measure=p1%7f", ERR_BAD_REQUEST, NULL},
    {"measure=p1%c2%85", ERR_BAD_REQUEST, NULL},
    {"measure=p1%ff", ERR_BAD_REQUEST, NULL},
    {"measure=p1%ed%a0%80", ERR_BAD_REQUEST, NULL},
    {"measure=p1\x01", ERR_BAD_REQUEST, NULL},
};

START_TEST(query__bad__refused_with_code_and_field)
{
	const char *field = refused[_i].field;

	ck_assert_msg(
	    !query(ROUTE_LIST, refused[_i].query), "%s", refused[_i].query);
	ck_assert_str_eq(err_name(err.code), err_name(refused[_i].code));
	if (field == NULL)
		ck_assert_ptr_null(params.fault.field);
	else
		ck_assert_str_eq(params.fault.field, field);
}
END_TEST

START_TEST(query__typo__names_the_nearest)
{
	ck_assert(!query(ROUTE_REPORT, "measure=p1&trand=12"));
	ck_assert_str_eq(params.fault.hint, "did you mean trend?");
}
END_TEST

START_TEST(query__word_unknown__lists_the_words)
{
	ck_assert(!query(ROUTE_LIST, "measure=p1&set=all"));
	ck_assert_str_eq(params.fault.hint,
	    "one of: cohort, met, missed, excluded, pending");
}
END_TEST

START_TEST(query__too_long__too_large)
{
	char text[API_MAX_QUERY + 2];

	memset(text, 'a', sizeof text - 1);
	text[sizeof text - 1] = '\0';
	ck_assert(!query(ROUTE_LIST, text));
	ck_assert_int_eq(err.code, ERR_TOO_LARGE);
}
END_TEST

static const struct {
	const char *path;
	int route; /* -1: refused */
	const char *id;
} paths[] = {
    {"/v1/status", ROUTE_STATUS, NULL},
    {"/v1/measures", ROUTE_MEASURES, NULL},
    {"/v1/measures/c1.1", ROUTE_MEASURE_ONE, "c1.1"},
    {"/v1/child/a%2Fb", ROUTE_CHILD_ONE, "a/b"},
    {"/v1/child/a+b", ROUTE_CHILD_ONE, "a+b"},
    {"/v1/child/..", ROUTE_CHILD_ONE, ".."},
    {"/v1/child/", -1, NULL},
    {"/v1/child/a/b", -1, NULL},
    {"/v1/child/%zz", -1, NULL},
    {"/v1/child/%00", -1, NULL},
    {"/v1/measures/", -1, NULL},
    {"/v1/statu", -1, NULL},
    {"/v1/status/", -1, NULL},
    {"/V1/status", -1, NULL},
    {"//v1/status", -1, NULL},
    {"/v1/../v1/status", -1, NULL},
    {"/", -1, NULL},
    {"", -1, NULL},
    {"*", -1, NULL},
};

START_TEST(path__each__finds_its_route_or_none)
{
	enum api_route_id route = ROUTE_STATUS;
	bool ok = params_path(&params, &arena, paths[_i].path, &route, &err);

	ck_assert_msg(ok == (paths[_i].route >= 0), "%s", paths[_i].path);
	if (!ok)
		return;
	ck_assert_int_eq(route, paths[_i].route);
	if (paths[_i].id != NULL)
		ck_assert_str_eq(params.at[API_PATH_ID].text, paths[_i].id);
}
END_TEST

START_TEST(path__typo__names_the_nearest)
{
	enum api_route_id route;

	ck_assert(!params_path(&params, &arena, "/v1/repport", &route, &err));
	ck_assert_int_eq(err.code, ERR_NO_SUCH_ROUTE);
	ck_assert_str_eq(params.fault.hint, "/v1/report");
}
END_TEST

/* What the client builds, the service reads back. */
START_TEST(query__built_by_the_client__read_back)
{
	static const char name[] = "a&b=c +%\xc3\xb1/?#\"";
	struct buf b = {0};
	enum api_route_id route = ROUTE_STATUS;

	api_target(&b, ROUTE_CHILD_ONE, "k/1 %2");
	ck_assert_str_eq(buf_text(&b), "/v1/child/k%2F1%20%252");
	ck_assert(params_path(&params, &arena, buf_text(&b), &route, &err));
	ck_assert_str_eq(params.at[API_PATH_ID].text, "k/1 %2");
	buf_reset(&b);
	api_target(&b, ROUTE_SEARCH, NULL);
	api_query(&b, API_Q, name);
	api_query(&b, API_LIMIT, "5");
	ck_assert(query(ROUTE_SEARCH, strchr(buf_text(&b), '?') + 1));
	ck_assert_str_eq(params.at[API_Q].text, name);
	ck_assert_int_eq(params.at[API_LIMIT].n, 5);
	buf_free(&b);
}
END_TEST

START_TEST(split__lists__parts_or_refused)
{
	const char *parts[2];
	size_t n;

	ck_assert(params_split(&arena, "a,bc", 2, parts, &n) && n == 2);
	ck_assert_str_eq(parts[1], "bc");
	ck_assert(params_split(&arena, "a", 2, parts, &n) && n == 1);
	ck_assert(!params_split(&arena, "a,b,c", 2, parts, &n));
	ck_assert(!params_split(&arena, "a,", 2, parts, &n));
	ck_assert(!params_split(&arena, ",a", 2, parts, &n));
	ck_assert(!params_split(&arena, "", 2, parts, &n));
}
END_TEST

#define N(table) (int)(sizeof(table) / sizeof *(table))

int
main(void)
{
	Suite *s = suite_create("params");
	TCase *t = tcase_create("params");

	suite_add_tcase(s, t);
	tcase_add_checked_fixture(t, setup, teardown);
	tcase_add_test(t, query__good__decoded_and_typed);
	tcase_add_loop_test(
	    t, query__bad__refused_with_code_and_field, 0, N(refused));
	tcase_add_test(t, query__typo__names_the_nearest);
	tcase_add_test(t, query__word_unknown__lists_the_words);
	tcase_add_test(t, query__too_long__too_large);
	tcase_add_loop_test(
	    t, path__each__finds_its_route_or_none, 0, N(paths));
	tcase_add_test(t, path__typo__names_the_nearest);
	tcase_add_test(t, query__built_by_the_client__read_back);
	tcase_add_test(t, split__lists__parts_or_refused);
	return unit_run(s);
}
