/* Text in cells, sparklines, the prompt, and the table of requests. */
#include <locale.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "client/panel.h"
#include "client/widget_chart.h"
#include "lib/unit.h"

/* --- text ---------------------------------------------------------------- */

static const struct {
	const char *text;
	int width;
} widths[] = {
    {"", 0}, {"Muñoz", 5}, {"Mun\u0303oz", 5}, /* the same, decomposed */
    {"\u6f22\u5b57", 4},		       /* two wide characters */
    {"a\u200bb\u202ec\u2066d", 4}, /* nothing may hide or turn a row */
    {"\xff\xfe", 2},		   /* no UTF-8: a sign each */
    {"a\tb\033[2J", 7},		   /* a sign each, none reaches the terminal */
};

START_TEST(text__width__is_in_cells)
{
	ck_assert_int_eq(text_width(widths[_i].text), widths[_i].width);
}
END_TEST

START_TEST(text__next__lets_no_control_character_through)
{
	const char *s = "\x1b\x07\x9b\xc2\x9b\x7f";
	unsigned c;
	int cells;

	while ((c = text_next(&s, &cells)))
		ck_assert_uint_eq(c, 0xfffd);
}
END_TEST

START_TEST(text__break__cuts_at_blanks_and_always_advances)
{
	ck_assert_uint_eq(text_break("one two three", 8), 7);
	ck_assert_uint_eq(text_break("one two", 7), 7);
	ck_assert_uint_eq(text_break("onetwothree", 4), 4);
	ck_assert_uint_eq(text_break("\u6f22\u5b57", 1), 3);
	ck_assert_uint_eq(text_break("", 4), 0);
}
END_TEST

START_TEST(text__fold__drops_accents_and_case)
{
	char *folded = text_fold("ÁLVAREZ Ñandú");

	ck_assert_str_eq(folded, "alvarez nandu");
	free(folded);
	ck_assert_int_eq(text_ascii(0xd1), 'N');
	ck_assert_int_eq(text_ascii(0x2026), '.');
	ck_assert_int_eq(text_ascii(0x6f22), '?');
}
END_TEST

/* --- charts -------------------------------------------------------------- */

START_TEST(chart__spark__spans_least_to_greatest)
{
	const double rising[] = {0, 1, 2, 3, 4, 5, 6, 7};
	const double gap[] = {5, NAN, 5};
	struct buf out = {NULL, 0, 0};

	chart_spark(&out, rising, 8, true);
	ck_assert_str_eq(
	    buf_text(&out), "\u2581\u2582\u2583\u2584\u2585\u2586\u2587\u2588");
	buf_reset(&out);
	chart_spark(&out, gap, 3, true);
	ck_assert_str_eq(buf_text(&out), "\u2584 \u2584");
	buf_reset(&out);
	chart_spark(&out, rising, 8, false);
	ck_assert_str_eq(buf_text(&out), "..:-=+*#");
	buf_free(&out);
}
END_TEST

/* --- the prompt ---------------------------------------------------------- */

static enum prompt_event last_event;
static char last_text[64];

static void
heard(void *arg, enum prompt_event event, const char *text)
{
	(void)arg;
	last_event = event;
	snprintf(last_text, sizeof last_text, "%s", text);
}

START_TEST(prompt__key__edits_and_ends)
{
	struct prompt p = {.active = false};

	ck_assert(!prompt_key(&p, 'x'));
	prompt_open(&p, "Find:", "a", heard, NULL);
	ck_assert(prompt_key(&p, 0xf1));
	ck_assert_int_eq(last_event, PROMPT_CHANGED);
	ck_assert_str_eq(last_text, "a\u00f1");
	ck_assert(prompt_key(&p, TERM_BACKSPACE));
	ck_assert_str_eq(last_text, "a");
	/* Rows beneath stay reachable while a filter is typed. */
	ck_assert(!prompt_key(&p, TERM_DOWN));
	ck_assert(prompt_key(&p, TERM_ENTER));
	ck_assert_int_eq(last_event, PROMPT_ACCEPTED);
	ck_assert(!p.active);
	prompt_open(&p, "Find:", NULL, heard, NULL);
	ck_assert(prompt_key(&p, TERM_ESC));
	ck_assert_int_eq(last_event, PROMPT_CANCELLED);
	prompt_fini(&p);
}
END_TEST

START_TEST(prompt__key__takes_no_more_than_a_query_may_hold)
{
	struct prompt p = {.active = false};

	prompt_open(&p, "Find:", NULL, heard, NULL);
	for (int i = 0; i < 500; i++)
		prompt_key(&p, 0x6f22);
	ck_assert_uint_le(p.text.len, 100);
	ck_assert_uint_eq(p.text.len % 3, 0);
	prompt_fini(&p);
}
END_TEST

/* --- requests ------------------------------------------------------------ */

START_TEST(request__row__has_keys_of_its_own_and_help)
{
	const struct request_info *r = &request_infos[_i];

	ck_assert_ptr_nonnull(r->handler);
	ck_assert_uint_gt(strlen(r->help), 5);
	for (const char *p = r->keys; *p;) {
		size_t len = strcspn(p, " ");
		int key = term_key_named(p, len);

		ck_assert_msg(key != TERM_NONE, "%s: %s", r->name, p);
		ck_assert_msg(request_of_key(key) == (enum screen_request)_i,
		    "%s: %.*s asks for %s", r->name, (int)len, p,
		    request_infos[request_of_key(key)].name);
		p += len + strspn(p + len, " ");
	}
}
END_TEST

/* Flow control, suspend and the prefix keys of screen and tmux are not ours. */
START_TEST(request__keys__leave_the_terminals_alone)
{
	static const char taken[] = "SQZA";

	for (size_t i = 0; i < sizeof taken - 1; i++)
		ck_assert_int_eq(request_of_key(taken[i] & 0x1f), REQUESTS);
}
END_TEST

START_TEST(request__groups__cover_all_in_order)
{
	ck_assert_int_eq(request_groups[0].first, 0);
	for (size_t i = 1; i < request_group_count; i++)
		ck_assert_int_gt(
		    request_groups[i].first, request_groups[i - 1].first);
	ck_assert_int_eq(request_groups[1].first, REQUEST_OPEN);
	ck_assert_int_lt(
	    request_groups[request_group_count - 1].first, REQUESTS);
}
END_TEST

/* --- scope --------------------------------------------------------------- */

START_TEST(scope__shift__keeps_month_ends)
{
	struct scope s = {.measure = "p1"};

	ck_assert(scope_shift(&s, "2023-10-01", "2024-09-30", -7));
	ck_assert_str_eq(s.from, "2023-03-01");
	ck_assert_str_eq(s.to, "2024-02-29");
	ck_assert(scope_shift(&s, "", "", -12));
	ck_assert_str_eq(s.to, "2023-02-28");
	ck_assert(scope_shift(&s, "", "", 12));
	ck_assert_str_eq(s.to, "2024-02-29");
	ck_assert(!scope_shift(&(struct scope){.at = ""}, "", "", 1));
}
END_TEST

START_TEST(scope__filter__replaces_the_same_attribute)
{
	struct scope s = {.at = ""};

	scope_filter(&s, "sex", "male");
	scope_filter(&s, "goal", "adoption");
	ck_assert_str_eq(s.where, "sex=male,goal=adoption");
	scope_filter(&s, "sex", "female");
	ck_assert_str_eq(s.where, "goal=adoption,sex=female");
	ck_assert(scope_unfilter(&s));
	ck_assert_str_eq(s.where, "goal=adoption");
	ck_assert(scope_unfilter(&s));
	ck_assert(!scope_unfilter(&s));
}
END_TEST

START_TEST(scope__command__quotes_for_the_shell)
{
	struct scope s = {.measure = "p1", .at = "O'Fallon 1"};
	struct buf out = {NULL, 0, 0};

	scope_command(&out, "report", &s);
	ck_assert_str_eq(
	    buf_text(&out), "hearth report p1 --at 'O'\\''Fallon 1'");
	buf_free(&out);
}
END_TEST

START_TEST(scope__level_below__walks_the_tree)
{
	struct scope s = {.level = "state"};

	ck_assert_str_eq(scope_level_below(&s), "region");
	SCOPE_SET(s.level, "unit");
	ck_assert_str_eq(scope_level_below(&s), "worker");
	SCOPE_SET(s.level, "worker");
	ck_assert_ptr_null(scope_level_below(&s));
	SCOPE_SET(s.level, "");
	ck_assert_ptr_null(scope_level_below(&s));
}
END_TEST

int
main(void)
{
	Suite *s = suite_create("widgets");
	TCase *c = tcase_create("widgets");

	setlocale(LC_CTYPE, "C.UTF-8");
	tcase_add_loop_test(
	    c, text__width__is_in_cells, 0, sizeof widths / sizeof *widths);
	tcase_add_test(c, text__next__lets_no_control_character_through);
	tcase_add_test(c, text__break__cuts_at_blanks_and_always_advances);
	tcase_add_test(c, text__fold__drops_accents_and_case);
	tcase_add_test(c, chart__spark__spans_least_to_greatest);
	tcase_add_test(c, prompt__key__edits_and_ends);
	tcase_add_test(c, prompt__key__takes_no_more_than_a_query_may_hold);
	tcase_add_loop_test(
	    c, request__row__has_keys_of_its_own_and_help, 0, REQUESTS);
	tcase_add_test(c, request__keys__leave_the_terminals_alone);
	tcase_add_test(c, request__groups__cover_all_in_order);
	tcase_add_test(c, scope__shift__keeps_month_ends);
	tcase_add_test(c, scope__filter__replaces_the_same_attribute);
	tcase_add_test(c, scope__command__quotes_for_the_shell);
	tcase_add_test(c, scope__level_below__walks_the_tree);
	suite_add_tcase(s, c);
	return unit_run(s);
}
