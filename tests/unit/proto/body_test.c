/* Bodies of PUT requests, by their tables. */
#include "proto/body.h"

#include <stdio.h>
#include <string.h>

#include "base/date.h"
#include "lib/unit.h"
#include "proto/codes.h"
#include "proto/resources.h"

#define GOOD                                                           \
	"{\"version\":3,\"provider\":\"P1\",\"programme\":\"gh\","     \
	"\"agreement\":\"A-1\",\"year\":2010,\"from\":\"2010-07-01\"," \
	"\"to\":\"2011-06-30\""

static struct body_fault fault;
static struct err err;

static cJSON *
contract(const char *text)
{
	return body_read(BODY_contract, text, strlen(text), &fault, &err);
}

static void
refused(enum body body, const char *text, enum err_code code, const char *field)
{
	ck_assert_msg(body_read(body, text, strlen(text), &fault, &err) == NULL,
	    "%s", text);
	ck_assert_msg(err.code == code, "%s: %s", text, err.text);
	ck_assert_str_eq(fault.field, field);
}

START_TEST(body__as_the_table_says__gives_its_values)
{
	cJSON *t = contract(GOOD ",\"co_monitors\":[\"m2\"],\"monitor\":null}");

	ck_assert_msg(t != NULL, "%s", err.text);
	ck_assert_int_eq(body_int(t, "version"), 3);
	ck_assert_str_eq(body_text(t, "provider"), "P1");
	ck_assert_int_eq(
	    body_word(t, "programme", CODES_HOME_KIND), HOME_KIND_GROUP_HOME);
	ck_assert_int_eq(body_date(t, "to"), date_parse("2011-06-30", 10));
	ck_assert_ptr_null(body_text(t, "monitor"));
	ck_assert(body_int(t, "note") == API_NULL);
	ck_assert_int_eq(body_date(t, "note"), DATE_MISSING);
	ck_assert(!body_bool(t, "note"));
	cJSON_Delete(t);
}
END_TEST

/* The same content in another order and with blanks has the same bytes, which
 * say nothing of the version that was seen. */
START_TEST(body__written__has_one_form)
{
	cJSON *t = contract(" { \"to\":\"2011-06-30\", \"note\":null,"
			    "\"co_monitors\":[\"m2\",\"m3\"],"
			    "\"from\":\"2010-07-01\",\"year\":2010,"
			    "\"agreement\":\"A-1\",\"programme\":\"gh\","
			    "\"provider\":\"P1\",\"version\":9} ");
	struct buf out = {0};

	ck_assert_msg(t != NULL, "%s", err.text);
	body_write(&out, BODY_contract, t);
	ck_assert_str_eq(buf_text(&out),
	    "{\"provider\":\"P1\",\"programme\":\"gh\",\"agreement\":\"A-1\","
	    "\"year\":2010,\"from\":\"2010-07-01\",\"to\":\"2011-06-30\","
	    "\"co_monitors\":[\"m2\",\"m3\"]}");
	buf_free(&out);
	cJSON_Delete(t);
}
END_TEST

START_TEST(body__that_is_no_object__is_refused)
{
	refused(BODY_contract, "", ERR_BAD_REQUEST, "");
	refused(BODY_contract, "{", ERR_BAD_REQUEST, "");
	refused(BODY_contract, "[]", ERR_BAD_REQUEST, "");
	refused(BODY_contract, "{\"year\":1,\"year\":1}", ERR_BAD_REQUEST, "");
}
END_TEST

START_TEST(body__wrong_field__is_named_with_what_is_wanted)
{
	refused(BODY_contract, GOOD ",\"monitr\":\"m\"}", ERR_UNKNOWN_FIELD,
	    "monitr");
	ck_assert_str_eq(fault.hint, "did you mean monitor?");
	refused(BODY_contract, "{\"version\":0}", ERR_USAGE, "provider");
	ck_assert_str_eq(fault.hint, "id of the provider");
	refused(
	    BODY_contract, GOOD ",\"monitor\":7}", ERR_BAD_VALUE, "monitor");
	ck_assert_str_eq(err.text,
	    "monitor is a number; wanted is an id of 1 to 40 bytes, without "
	    "blanks at its ends");
	refused(BODY_contract, GOOD ",\"monitor\":\" m\"}", ERR_BAD_VALUE,
	    "monitor");
	refused(
	    BODY_contract, GOOD ",\"monitor\":\"\"}", ERR_BAD_VALUE, "monitor");
	refused(BODY_contract, GOOD ",\"monitor\":\"a\\nb\"}", ERR_BAD_VALUE,
	    "monitor");
	refused(BODY_contract, GOOD ",\"note\":\"a\\u009bb\"}", ERR_BAD_VALUE,
	    "note");
	refused(BODY_contract, GOOD ",\"co_monitors\":{}}", ERR_BAD_VALUE,
	    "co_monitors");
	refused(BODY_contract, GOOD ",\"co_monitors\":[\"a\",\"a\"]}",
	    ERR_BAD_VALUE, "co_monitors[1]");
	refused(BODY_contract, GOOD ",\"co_monitors\":[\"a\",4]}",
	    ERR_BAD_VALUE, "co_monitors[1]");
	refused(BODY_contract,
	    GOOD ",\"co_monitors\":[\"1\",\"2\",\"3\",\"4\",\"5\",\"6\","
		 "\"7\",\"8\",\"9\"]}",
	    ERR_BAD_VALUE, "co_monitors");
}
END_TEST

START_TEST(body__number_word_date_or_truth__must_be_one)
{
	static const struct {
		const char *field, *value, *hint;
	} rows[] = {
	    {"year", "1989", "a whole number from 1990 to 2100"},
	    {"year", "2101", "a whole number from 1990 to 2100"},
	    {"year", "2010.5", "a whole number from 1990 to 2100"},
	    {"year", "\"2010\"", "a whole number from 1990 to 2100"},
	    {"kind", "\"yearly\"",
		"one of: annual, follow_up, for_cause, unannounced"},
	    {"due", "\"2010-02-29\"", "a day of the calendar, YYYY-MM-DD"},
	    {"due", "20100228", "a day of the calendar, YYYY-MM-DD"},
	    {"dropped", "\"true\"", "true or false"},
	};

	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		static const char *const others[][2] = {{"version", "0"},
		    {"contract", "\"C1\""}, {"year", "2010"},
		    {"kind", "\"annual\""}};
		struct buf b = {0};

		buf_printf(&b, "{\"%s\":%s", rows[i].field, rows[i].value);
		for (size_t k = 0; k < 4; k++)
			if (strcmp(others[k][0], rows[i].field) != 0)
				buf_printf(&b, ",\"%s\":%s", others[k][0],
				    others[k][1]);
		buf_char(&b, '}');
		refused(BODY_plan, buf_text(&b), ERR_BAD_VALUE, rows[i].field);
		ck_assert_str_eq(fault.hint, rows[i].hint);
		buf_free(&b);
	}
}
END_TEST

START_TEST(body__wrong_field_of_an_entry__is_named_with_its_place)
{
	refused(BODY_draw,
	    "{\"version\":0,\"on\":\"2010-07-01\",\"staff\":[{\"key\":\"1\"},"
	    "{\"key\":\"2\",\"hired\":\"soon\"}]}",
	    ERR_BAD_VALUE, "staff[1].hired");
	refused(BODY_draw,
	    "{\"version\":0,\"on\":\"2010-07-01\",\"staff\":[{\"keys\":1}]}",
	    ERR_UNKNOWN_FIELD, "staff[0].keys");
	refused(BODY_draw,
	    "{\"version\":0,\"on\":\"2010-07-01\",\"staff\":[{}]}", ERR_USAGE,
	    "staff[0].key");
	refused(BODY_draw,
	    "{\"version\":0,\"on\":\"2010-07-01\",\"staff\":[7]}",
	    ERR_BAD_VALUE, "staff[0]");
}
END_TEST

/* The table itself: a body needs its fields' vocabularies and bounds, and
 * what follows a version has it first. */
START_TEST(bodies__tables__are_sound)
{
	for (int b = 0; b < BODIES; b++)
		for (size_t i = 0; i < bodies[b].n; i++) {
			const struct body_field *f = &bodies[b].fields[i];

			ck_assert_int_le(f->least, f->most);
			ck_assert(strcmp(f->name, "version") != 0 || i == 0);
			if (f->type == BODY_WORD || f->type == BODY_WORDS)
				ck_assert(f->of >= 0 && f->of < CODES_COUNT);
			if (f->type == BODY_LIST)
				ck_assert(f->of >= 0 && f->of < b);
		}
}
END_TEST

int
main(void)
{
	Suite *s = suite_create("body");
	TCase *t = tcase_create("body");

	tcase_add_test(t, body__as_the_table_says__gives_its_values);
	tcase_add_test(t, body__written__has_one_form);
	tcase_add_test(t, body__that_is_no_object__is_refused);
	tcase_add_test(t, body__wrong_field__is_named_with_what_is_wanted);
	tcase_add_test(t, body__number_word_date_or_truth__must_be_one);
	tcase_add_test(
	    t, body__wrong_field_of_an_entry__is_named_with_its_place);
	tcase_add_test(t, bodies__tables__are_sound);
	suite_add_tcase(s, t);
	return unit_run(s);
}
