/* The text field: what is put in comes out, by graphemes, wrapped, scrolled. */
#include "client/field.h"

#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "lib/unit.h"

static struct field f;

static void
setup(void)
{
	setlocale(LC_CTYPE, "C.UTF-8");
	field_init(&f, true, 0);
}

static void
teardown(void)
{
	field_fini(&f);
}

static void
type(const char *text)
{
	ck_assert(field_insert(&f, text, strlen(text)));
}

static void
keys(int key, int n)
{
	while (n-- > 0)
		field_key(&f, key);
}

/* What must come out again, byte by byte. */
static const char *const kept[] = {"", "   ", "trailing  ", "line1\nline2\n\n",
    "e\u0301z", "\u00e9", "\U0001f469\u200d\U0001f469\u200d\U0001f467 family",
    "\u05d0\u05d1 and \u0645\u0631\u062d\u0628\u0627", "\u597d\u597d\u597d",
    "\u0e01\u0e33\u0e1b\u0e39", "+=;'\"\\"};

START_TEST(field__text__comes_out_as_it_went_in)
{
	type(kept[_i]);
	ck_assert_str_eq(field_text(&f), kept[_i]);
	field_set(&f, kept[_i]);
	ck_assert_str_eq(field_text(&f), kept[_i]);
	/* Moving about changes nothing. */
	keys(TERM_LEFT, 40);
	ck_assert_uint_eq(field_cursor(&f), 0);
	keys(TERM_RIGHT, 40);
	ck_assert_uint_eq(field_cursor(&f), strlen(kept[_i]));
	ck_assert_str_eq(field_text(&f), kept[_i]);
}
END_TEST

START_TEST(field__accent__stays_on_its_letter)
{
	/* Typed as a letter, then the mark, then the next letter. */
	field_key(&f, 'e');
	field_key(&f, 0x301);
	field_key(&f, 'z');
	ck_assert_str_eq(field_text(&f), "e\u0301z");
	/* One character to a person: gone in one. */
	keys(TERM_LEFT, 1);
	keys(TERM_BACKSPACE, 1);
	ck_assert_str_eq(field_text(&f), "z");
}
END_TEST

START_TEST(field__family__is_one_character)
{
	type("a\U0001f469\u200d\U0001f469\u200d\U0001f467b");
	keys(TERM_LEFT, 1);
	keys(TERM_BACKSPACE, 1);
	ck_assert_str_eq(field_text(&f), "ab");
}
END_TEST

START_TEST(field__insert__in_the_middle)
{
	type("herth");
	keys(TERM_LEFT, 3);
	type("a");
	ck_assert_str_eq(field_text(&f), "hearth");
	keys(TERM_DEL, 1);
	ck_assert_str_eq(field_text(&f), "heath");
	keys(TERM_END, 1);
	field_key(&f, 'W' & 0x1f);
	ck_assert_str_eq(field_text(&f), "");
}
END_TEST

START_TEST(field__paste__of_10_kB_is_text)
{
	char *big = xmalloc(10241);

	for (int i = 0; i < 10240; i++)
		big[i] = i % 64 == 63 ? '\n' : (char)('a' + i % 26);
	big[10240] = '\0';
	type(big);
	ck_assert_uint_eq(field_len(&f), 10240);
	ck_assert_str_eq(field_text(&f), big);
	free(big);
	/* Line ends of other machines, controls, bad bytes. */
	field_set(&f, "a\r\nb\rc\td\033[31me\xff");
	ck_assert_str_eq(field_text(&f), "a\nb\nc d[31me\xef\xbf\xbd");
}
END_TEST

START_TEST(field__full__takes_all_or_nothing)
{
	field_fini(&f);
	field_init(&f, false, 8);
	type("12345678");
	ck_assert(!field_insert(&f, "9", 1));
	ck_assert(f.full);
	ck_assert_str_eq(field_text(&f), "12345678");
	/* A saved text that is longer than today's limit is not cut. */
	field_set(&f, "more than eight");
	ck_assert_str_eq(field_text(&f), "more than eight");
	/* One line stays one line. */
	field_set(&f, "a\nb");
	ck_assert_str_eq(field_text(&f), "a b");
	ck_assert(!field_key(&f, TERM_ENTER));
}
END_TEST

static char *
laid_out(int width)
{
	struct buf out = {NULL, 0, 0};
	const char *text = field_text(&f);

	field_layout(&f, width);
	for (size_t i = 0; i < f.layout_n; i++) {
		buf_add(&out, text + f.layout[i].from, f.layout[i].len);
		buf_char(&out, '|');
	}
	return buf_take(&out);
}

static const struct {
	const char *text;
	int width;
	const char *lines;
} wraps[] = {
    {"", 10, "|"},
    {"one two three", 8, "one two |three|"},
    {"one two three", 7, "one two |three|"},
    {"incomprehensible", 6, "incomp|rehens|ible|"},
    {"a incomprehensible", 6, "a |incomp|rehens|ible|"},
    {"ab\ncd", 10, "ab|cd|"},
    {"ab\n", 10, "ab||"},
    {"\u597d\u597d\u597d", 4, "\u597d\u597d|\u597d|"},
    {"\u597d\u597d\u597d", 5, "\u597d\u597d|\u597d|"},
    {"e\u0301e\u0301e\u0301", 2, "e\u0301e\u0301|e\u0301|"},
    {"ends in blanks    ", 8, "ends in |blanks    |"},
};

START_TEST(field__layout__breaks_at_words_and_cells)
{
	char *lines;

	type(wraps[_i].text);
	lines = laid_out(wraps[_i].width);
	ck_assert_str_eq(lines, wraps[_i].lines);
	free(lines);
}
END_TEST

START_TEST(field__up_and_down__keep_their_column)
{
	size_t line;
	int column;

	type("first line\nx\nthird line");
	field_layout(&f, 20);
	keys(TERM_UP, 1);
	field_where(&f, &line, &column);
	ck_assert_uint_eq(line, 1);
	ck_assert_int_eq(column, 1);
	keys(TERM_UP, 1);
	field_where(&f, &line, &column);
	ck_assert_uint_eq(line, 0);
	ck_assert_int_eq(column, 10);
	ck_assert(!field_key(&f, TERM_UP));
	keys(TERM_HOME, 1);
	ck_assert_uint_eq(field_cursor(&f), 0);
	keys(TERM_END, 1);
	ck_assert_uint_eq(field_cursor(&f), 10);
}
END_TEST

START_TEST(field__end__of_a_broken_line_stays_on_it)
{
	size_t line;
	int column;

	type("one two three");
	field_layout(&f, 8);
	keys(TERM_HOME, 1);
	keys(TERM_UP, 1);
	keys(TERM_END, 1);
	field_where(&f, &line, &column);
	ck_assert_uint_eq(line, 0);
	ck_assert_int_eq(column, 7);
}
END_TEST

int
main(void)
{
	Suite *s = suite_create("field");
	TCase *t = tcase_create("field");

	tcase_add_checked_fixture(t, setup, teardown);
	tcase_add_loop_test(t, field__text__comes_out_as_it_went_in, 0,
	    sizeof kept / sizeof *kept);
	tcase_add_test(t, field__accent__stays_on_its_letter);
	tcase_add_test(t, field__family__is_one_character);
	tcase_add_test(t, field__insert__in_the_middle);
	tcase_add_test(t, field__paste__of_10_kB_is_text);
	tcase_add_test(t, field__full__takes_all_or_nothing);
	tcase_add_loop_test(t, field__layout__breaks_at_words_and_cells, 0,
	    sizeof wraps / sizeof *wraps);
	tcase_add_test(t, field__up_and_down__keep_their_column);
	tcase_add_test(t, field__end__of_a_broken_line_stays_on_it);
	suite_add_tcase(s, t);
	return unit_run(s);
}
