/* What is typed into a review: dates, times, texts, drafts. */
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "lib/unit.h"
#include "screen/desk.h"

START_TEST(promise_30__today__is_of_the_county_not_of_greenwich)
{
	const int32_t june_30 = 15521; /* 2012-06-30; days since 1970 */

	/* 2012-07-01 at 02:00 in Greenwich. */
	setenv("TZ", "America/Los_Angeles", 1);
	tzset();
	ck_assert_int_eq(form_day(INT64_C(1341108000000)), june_30);
	setenv("TZ", "UTC", 1);
	tzset();
	ck_assert_int_eq(form_day(INT64_C(1341108000000)), june_30 + 1);
	/* Around the change of summer time, a leap day, a year's end. */
	setenv("TZ", "America/Los_Angeles", 1);
	tzset();
	ck_assert_int_eq(form_day(INT64_C(1331460000000)), 15410);
	ck_assert_int_eq(form_day(INT64_C(1330588799000)), 15399);
	ck_assert_int_eq(form_day(INT64_C(1357027199000)), 15705);
	setenv("TZ", "UTC", 1);
	tzset();
}
END_TEST

START_TEST(form__date__is_typed_straight_through)
{
	desk_press(":ED02\r");
	desk_press("03042012\r");
	ck_assert_str_eq(
	    desk_at(UNIT_CC, "cc0", "ED02")->typed.value, "2012-03-04");
	/* What is no day stays, and is marked. */
	desk_press(":D02a\r");
	HAS("> D02a");
	desk_press("02302012\r");
	ck_assert_str_eq(
	    desk_at(UNIT_CC, "cc1", "D02a")->typed.value, "2012-02-30");
	HAS("=!");
	/* What is not asked can be reached, and is told. */
	desk_press(":ED05\r");
	HAS("not asked");
}
END_TEST

static const struct {
	const char *typed, *iso; /* NULL: no date */
} dates[] = {{"03042012", "2012-03-04"}, {"3/4/2012", "2012-03-04"},
    {"12-31-2011", "2011-12-31"}, {"2012-02-29", "2012-02-29"},
    {"t", "2012-07-01"}, {"p", "2011-10-15"}, {"+1", "2012-07-02"},
    {"-30", "2012-06-01"}, {"02302012", NULL}, {"03/04/12", NULL},
    {"030412", NULL}, {"", NULL}, {"x", NULL}, {"030420123", NULL}};

START_TEST(form__date__reads_what_people_type)
{
	/* 2012-07-01 and 2011-10-15 as days since 1970. */
	char iso[11];
	bool ok = form_date(dates[_i].typed, 15522, 15262, iso);

	ck_assert_int_eq(ok, dates[_i].iso != NULL);
	if (ok)
		ck_assert_str_eq(iso, dates[_i].iso);
}
END_TEST

static const struct {
	const char *typed, *iso; /* NULL: no time */
} times[] = {{"030420121405", "2012-03-04T14:05"},
    {"3/4/2012 14:05", "2012-03-04T14:05"}, {"t 0900", "2012-07-01T09:00"},
    {"t14:05", "2012-07-01T14:05"}, {"2012-03-04T23:59", "2012-03-04T23:59"},
    {"030420122400", NULL}, {"030420121460", NULL}, {"03042012", NULL},
    {"1405", NULL}, {"14:5", NULL}, {"1:405", NULL}, {"", NULL},
    {"023020121405", NULL}};

START_TEST(form__time__reads_what_people_type)
{
	char iso[17];
	bool ok = form_time(times[_i].typed, 15522, 15262, iso);

	ck_assert_int_eq(ok, times[_i].iso != NULL);
	if (ok)
		ck_assert_str_eq(iso, times[_i].iso);
}
END_TEST

START_TEST(form__paste__is_text_never_an_answer)
{
	char big[10300] = "\033[200~";
	size_t n = strlen(big);

	desk_press(":PR01\r");
	desk_press("\033[200~yyyynnnn\033[201~");
	HAS("a paste is no answer");
	ck_assert_int_eq(
	    desk_at(UNIT_CC, "cc0", "PR01")->answer.state, ANSWER_UNASKED);
	desk_press("c");
	for (int i = 0; i < 10240; i++)
		big[n++] = i % 80 == 79 ? '\n' : 'y';
	memcpy(big + n, "\033[201~", 7);
	desk_press(big);
	desk_press("\t");
	ck_assert_uint_eq(strlen(desk_at(UNIT_CC, "cc0", "PR01")->note), 10240);
	ck_assert_int_eq(
	    desk_at(UNIT_CC, "cc0", "PR01")->answer.state, ANSWER_UNASKED);
}
END_TEST

START_TEST(form__text__is_a_draft_until_it_is_kept)
{
	desk_press(":D05c\r");
	desk_press("i");
	desk_press("called twice");
	ck_assert_str_eq(desk.draft, "called twice");
	ck_assert_str_eq(desk_at(UNIT_CC, "cc0", "D05c")->typed.value, "");
	desk_press("\033");
	ck_assert_str_eq(
	    desk_at(UNIT_CC, "cc0", "D05c")->typed.value, "called twice");
	ck_assert_str_eq(desk.draft, "");
}
END_TEST

/* Notes and reasons are people's own words, not less than an answer. */
START_TEST(promise_01__form__keeps_notes_and_reasons_under_way)
{
	desk_press(":PR04\r");
	desk_press("c");
	desk_press("only rice");
	ck_assert_str_eq(desk.draft, "only rice");
	ck_assert_str_eq(desk.draft_key, "CC cc0 PR04 note");
	desk_press("\033");
	ck_assert_str_eq(desk.draft, "");
	ck_assert_str_eq(desk_at(UNIT_CC, "cc0", "PR04")->note, "only rice");
	desk_press("u");
	desk_press("no file");
	ck_assert_str_eq(desk.draft, "no file");
	ck_assert_str_eq(desk.draft_key, "CC cc0 PR04 reason");
	desk_press("\r");
	ck_assert_str_eq(desk.draft, "");
	ck_assert_str_eq(
	    desk_at(UNIT_CC, "cc0", "PR04")->typed.reason, "no file");
}
END_TEST

START_TEST(promise_04__form__takes_text_up_as_what_it_was)
{
	desk_press(":PR04\r");
	form_screen_type(&desk.screen, "note", "only ri");
	form_say(&desk.screen.form, "this text was under way");
	desk_paint();
	HAS("Note: only ri");
	/* What was said and the keys that end it stand side by side. */
	HAS("this text was under way");
	HAS("Esc or Tab keeps it  Ctrl-G gives it up");
	desk_press("ce\033");
	ck_assert_str_eq(desk_at(UNIT_CC, "cc0", "PR04")->note, "only rice");
	form_screen_type(&desk.screen, "reason", "no fi");
	form_say(&desk.screen.form, "this text was under way");
	desk_paint();
	HAS("this text was under way");
	HAS("Enter or Esc keeps it  Ctrl-G gives it up");
	desk_press("\007");
	form_screen_type(&desk.screen, "of a later program", "what");
	desk_paint();
	LACKS("what");
}
END_TEST

int
main(void)
{
	Suite *s = suite_create("form_text");
	TCase *c = tcase_create("form_text");

	tcase_add_checked_fixture(c, desk_open, desk_close);
	tcase_add_test(c, promise_30__today__is_of_the_county_not_of_greenwich);
	tcase_add_test(c, form__date__is_typed_straight_through);
	tcase_add_loop_test(c, form__date__reads_what_people_type, 0,
	    sizeof dates / sizeof *dates);
	tcase_add_loop_test(c, form__time__reads_what_people_type, 0,
	    sizeof times / sizeof *times);
	tcase_add_test(c, form__paste__is_text_never_an_answer);
	tcase_add_test(c, form__text__is_a_draft_until_it_is_kept);
	tcase_add_test(c, promise_01__form__keeps_notes_and_reasons_under_way);
	tcase_add_test(c, promise_04__form__takes_text_up_as_what_it_was);
	suite_add_tcase(s, c);
	return unit_run(s);
}
