/* A review in windows of any size, in another tongue, behind a lock. */
#include <locale.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "lib/unit.h"
#include "screen/desk.h"

/* Every key can be read in the smallest window, page by page. */
START_TEST(form__keys__are_all_told_in_a_small_window)
{
	int pages = 1;

	desk_resize(40, 10);
	desk_press("??");
	HAS("answer, and go on");
	while (!desk_shows("leave; all is kept") && pages++ < 9)
		desk_press(" ");
	HAS("leave; all is kept");
	ck_assert_int_gt(pages, 1);
	desk_press(" ");
	HAS("saved");
}
END_TEST

/* Every word of a text stands on the screen. */
static void
has_words(const char *text)
{
	char *words = xstrdup(text), *save = NULL;

	for (char *w = strtok_r(words, " ", &save); w != NULL;
	     w = strtok_r(NULL, " ", &save))
		HAS(w);
	free(words);
}

/* Longer words of another tongue are broken or left out, never cut. */
START_TEST(form__keys__are_whole_in_spanish)
{
	static const char *const told[] = {"type text, date, count",
	    "next, previous section", "next, previous open",
	    "take a part, give it back", "next reserve stands in",
	    "go to an id, find words", "attach a photo or scan",
	    "to the office; send now", "leave; all is kept"};
	static const int widths[] = {80, 60, 40};
	const char *last = told[sizeof told / sizeof *told - 1];
	bool there;

	setenv("LANGUAGE", "es", 1);
	setenv("LC_ALL", "C.UTF-8", 1);
	i18n_init();
	/* Built without translations there is nothing to see. */
	there = strcmp(gettext(last), last) != 0;
	for (size_t i = 0; there && i < sizeof widths / sizeof *widths; i++) {
		desk_resize(widths[i], 24);
		desk_paint();
		HAS("y n a u");
		HAS("? ayuda  q sale");
		if (widths[i] == 80)
			HAS("e error");
		if (widths[i] < 80)
			continue;
		desk_press("??");
		for (size_t k = 0; k < sizeof told / sizeof *told; k++)
			has_words(gettext(told[k]));
		desk_press("\007");
	}
	unsetenv("LANGUAGE");
	setlocale(LC_MESSAGES, "C");
}
END_TEST

START_TEST(form__window__of_any_size_keeps_the_place)
{
	static const int sizes[][2] = {
	    {60, 20}, {40, 8}, {39, 7}, {20, 3}, {200, 60}};

	desk_press(":PR04\r");
	for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
		desk_resize(sizes[i][0], sizes[i][1]);
		desk_paint();
		if (sizes[i][0] >= 40 && sizes[i][1] >= 8)
			HAS("> PR04");
		else
			HAS(sizes[i][0] > 20 ? "needs 40 x 8" : "needs");
	}
}
END_TEST

static bool
unlock(void *arg, const char *passphrase)
{
	(void)arg;
	return strcmp(passphrase, "open") == 0;
}

START_TEST(promise_29__lock__hides_all_until_the_passphrase)
{
	desk.screen.unlock = unlock;
	desk_press(":PR04\r");
	form_screen_lock(&desk.screen);
	desk_paint();
	HAS("Locked");
	LACKS("PR04");
	LACKS("Willow");
	desk_press("y");
	desk_press("wrong\r");
	HAS("not the passphrase");
	desk_press("open\r");
	HAS("> PR04");
	ck_assert_int_eq(
	    desk_at(UNIT_CC, "cc0", "PR04")->answer.state, ANSWER_UNASKED);
}
END_TEST

START_TEST(promise_29__lock__keeps_what_was_being_typed)
{
	desk.screen.unlock = unlock;
	desk_press(":PR04\r");
	desk_press("c");
	desk_press("half a tho");
	form_screen_lock(&desk.screen);
	desk_paint();
	LACKS("half a tho");
	desk_press("wrong\r");
	desk_press("open\r");
	HAS("Note: half a tho");
	desk_press("ught\033");
	ck_assert_str_eq(
	    desk_at(UNIT_CC, "cc0", "PR04")->note, "half a thought");
}
END_TEST

START_TEST(form__help__tells_of_the_question_then_of_the_keys)
{
	desk_press(":PR05\r");
	desk_press("?");
	HAS("PR05  Treated with respect");
	desk_press("?");
	HAS("answer, and go on");
	HAS("leave; all is kept");
	desk_press("\007");
	HAS("> PR05");
}
END_TEST

START_TEST(form__tongue__changes_and_back)
{
	desk_press(":PR02\r");
	HAS("Feels safe?");
	desk_press("l");
	LACKS("Feels safe?");
	desk_press("l");
	HAS("Feels safe?");
}
END_TEST

int
main(void)
{
	Suite *s = suite_create("form_window");
	TCase *c = tcase_create("form_window");

	tcase_add_checked_fixture(c, desk_open, desk_close);
	tcase_add_test(c, form__keys__are_whole_in_spanish);
	tcase_add_test(c, form__window__of_any_size_keeps_the_place);
	tcase_add_test(c, form__keys__are_all_told_in_a_small_window);
	tcase_add_test(c, promise_29__lock__hides_all_until_the_passphrase);
	tcase_add_test(c, promise_29__lock__keeps_what_was_being_typed);
	tcase_add_test(c, form__help__tells_of_the_question_then_of_the_keys);
	tcase_add_test(c, form__tongue__changes_and_back);
	suite_add_tcase(s, c);
	return unit_run(s);
}
