#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "base/json.h"
#include "lib/unit.h"

#define MAX 100000

static cJSON *
parse(const char *text, struct err *err)
{
	return json_parse(text, strlen(text), MAX, err);
}

START_TEST(writer__nests__commas_stand_where_they_must)
{
	struct buf b = {0};
	struct json j;

	json_begin(&j, &b);
	json_object(&j);
	json_kv_string(&j, "a", "x");
	json_key(&j, "b");
	json_array(&j);
	json_int(&j, 1);
	json_object(&j);
	json_object_end(&j);
	json_array(&j);
	json_array_end(&j);
	json_array_end(&j);
	json_kv_bool(&j, "c", false);
	json_kv_date(&j, "d", date_make(2012, 2, 29));
	json_kv_date(&j, "e", DATE_NEVER);
	json_kv_string(&j, "f", NULL);
	json_kv_int(&j, "g", -7);
	json_object_end(&j);
	ck_assert_str_eq(buf_text(&b),
	    "{\"a\":\"x\",\"b\":[1,{},[]],"
	    "\"c\":false,\"d\":\"2012-02-29\",\"e\":null,\"f\":null,"
	    "\"g\":-7}");
	buf_free(&b);
}
END_TEST

static const struct {
	const char *in;
	size_t n;
	const char *out;
} strings[] = {
    {"a\"b\\c", 5, "\"a\\\"b\\\\c\""},
    {"\n\t\x01\x7f", 4, "\"\\n\\t\\u0001\\u007f\""},
    {"a\0b", 3, "\"a\\u0000b\""},
    {"\xc3\xb1", 2, "\"\xc3\xb1\""},
    {"\xc3", 1, "\"\xef\xbf\xbd\""},
    {"\xed\xa0\x80", 3, "\"\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd\""},
    {"x\xff"
     "y",
	3, "\"x\xef\xbf\xbdy\""},
    {"</script>", 9, "\"</script>\""},
};

START_TEST(writer__writes_a_string__escaped)
{
	struct buf b = {0};
	struct json j;

	json_begin(&j, &b);
	json_stringn(&j, strings[_i].in, strings[_i].n);
	ck_assert_str_eq(buf_text(&b), strings[_i].out);
	buf_free(&b);
}
END_TEST

static const char *const good[] = {
    "{}",
    "[]",
    " [ 1 , -0.5e+3 , 0 ] ",
    "\"\\u00e9\\ud83d\\ude00\\n\"",
    "null",
    "true",
    "{\"a\":{\"b\":[false]},\"A\":1}",
    "1e5",
    "\"\xc3\xa9\"",
    "{\"\":1}",
    "\"\\uAbCd\"",
};

START_TEST(parse__good__taken)
{
	struct err err = {0};
	cJSON *v = parse(good[_i], &err);

	ck_assert_msg(v != NULL, "%s: %s", good[_i], err.text);
	cJSON_Delete(v);
}
END_TEST

static const char *const bad[] = {
    "",
    " ",
    "{",
    "[1,]",
    "{\"a\":1,}",
    "01",
    "1.",
    ".5",
    "+1",
    "-",
    "1e",
    "1e+",
    "[1 2]",
    "{\"a\" 1}",
    "{a:1}",
    "'a'",
    "\"a",
    "\"\t\"",
    "\"\\x\"",
    "\"\\u12g4\"",
    "\"\\u0000\"",
    "\"\\ud800\"",
    "\"\\udc00\"",
    "\"\\ud800\\u0041\"",
    "nul",
    "truex",
    "1 1",
    "{} x",
    "NaN",
    "Infinity",
    "1e400",
    "{\"a\":1,\"a\":2}",
    "{\"a\":1,\"\\u0061\":2}",
    "[{\"x\":[{\"k\":1,\"k\":1}]}]",
    "\"\xc3\"",
    "\xef\xbb\xbf{}",
    "/**/1",
    "]",
    ",",
    "\"\\",
    "\"\\u",
    "12345678901234567890123456789012345678901",
};

START_TEST(parse__bad__refused_as_bad_request)
{
	struct err err = {0};

	ck_assert_ptr_null(parse(bad[_i], &err));
	ck_assert_int_eq(err.code, ERR_BAD_REQUEST);
	ck_assert_str_ne(err.text, "");
}
END_TEST

START_TEST(parse__nul_byte_inside__refused)
{
	struct err err = {0};

	ck_assert_ptr_null(json_parse("1\0", 2, MAX, &err));
	ck_assert_ptr_null(json_parse("{\0}", 3, MAX, &err));
	ck_assert_ptr_null(json_parse("\"a\0b\"", 5, MAX, &err));
}
END_TEST

START_TEST(parse__depth__sixty_four_and_no_more)
{
	char text[131];
	struct err err = {0};
	cJSON *v;

	memset(text, '[', 65);
	memset(text + 65, ']', 65);
	ck_assert_ptr_null(json_parse(text, 130, MAX, &err));
	v = json_parse(text + 1, 128, MAX, &err);
	ck_assert_ptr_nonnull(v);
	cJSON_Delete(v);
}
END_TEST

START_TEST(parse__longer_than_allowed__too_large)
{
	struct err err = {0};

	ck_assert_ptr_null(json_parse("[1,2]", 5, 4, &err));
	ck_assert_int_eq(err.code, ERR_TOO_LARGE);
}
END_TEST

/* Without the final NUL: nothing behind len may be read. */
START_TEST(parse__unterminated_text__stays_inside)
{
	struct err err = {0};
	char *text = xmalloc(3);
	cJSON *v;

	memcpy(text, "123", 3);
	v = json_parse(text, 3, MAX, &err);
	ck_assert_ptr_nonnull(v);
	ck_assert_int_eq(v->valueint, 123);
	cJSON_Delete(v);
	free(text);
}
END_TEST

START_TEST(get__members__exact_case_and_type)
{
	struct err err = {0};
	cJSON *v = parse("{\"a\":\"x\",\"n\":12,\"h\":1.5,"
			 "\"big\":9007199254740992,\"over\":9007199254740994}",
	    &err);
	int64_t n = 0;

	ck_assert_str_eq(json_get_string(v, "a"), "x");
	ck_assert_ptr_null(json_get_string(v, "A"));
	ck_assert_ptr_null(json_get_string(v, "n"));
	ck_assert(json_get_int(v, "n", &n) && n == 12);
	ck_assert(json_get_int(v, "big", &n) && n == INT64_C(1) << 53);
	ck_assert(!json_get_int(v, "h", &n));
	ck_assert(!json_get_int(v, "over", &n));
	ck_assert(!json_get_int(v, "a", &n));
	cJSON_Delete(v);
}
END_TEST

#define N(table) (int)(sizeof(table) / sizeof *(table))

int
main(void)
{
	Suite *s = suite_create("json");
	TCase *t = tcase_create("json");

	suite_add_tcase(s, t);
	tcase_add_test(t, writer__nests__commas_stand_where_they_must);
	tcase_add_loop_test(t, writer__writes_a_string__escaped, 0, N(strings));
	tcase_add_loop_test(t, parse__good__taken, 0, N(good));
	tcase_add_loop_test(t, parse__bad__refused_as_bad_request, 0, N(bad));
	tcase_add_test(t, parse__nul_byte_inside__refused);
	tcase_add_test(t, parse__depth__sixty_four_and_no_more);
	tcase_add_test(t, parse__longer_than_allowed__too_large);
	tcase_add_test(t, parse__unterminated_text__stays_inside);
	tcase_add_test(t, get__members__exact_case_and_type);
	return unit_run(s);
}
