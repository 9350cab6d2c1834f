#include "client/linetext.h"

#include <string.h>

#include "lib/unit.h"

static struct buf out;

static void
stop(void)
{
	buf_free(&out);
}

static const struct {
	const char *in, *cleaned;
} dirty[] = {
    {"Ana Mu\xc3\xb1oz", "Ana Mu\xc3\xb1oz"},
    {"a\tb\nc\r", "a b c "},
    {"\x1b[31mred", "\xef\xbf\xbd[31mred"},
    {"a\xc2\x9b"
     "b",
	"a\xef\xbf\xbd"
	"b"}, /* C1 CSI */
    {"a\xe2\x80\xae"
     "b",
	"a\xef\xbf\xbd"
	"b"}, /* override */
    {"a\xe2\x80\x8b"
     "b",
	"a\xef\xbf\xbd"
	"b"}, /* zero width */
    {"a\xe2\x80\xa8"
     "b",
	"a\xef\xbf\xbd"
	"b"}, /* line separator */
    {"a\xff"
     "b",
	"a\xef\xbf\xbd"
	"b"}, /* not UTF-8 */
    {"a\xed\xa0\x80", "a\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd"},
    {"", ""},
};

START_TEST(linetext__clean__disarms_what_moves_or_hides)
{
	linetext_clean(&out, dirty[_i].in);
	ck_assert_str_eq(buf_text(&out), dirty[_i].cleaned);
}
END_TEST

START_TEST(linetext__width__counts_cells)
{
	ck_assert_uint_eq(linetext_width(""), 0);
	ck_assert_uint_eq(linetext_width("abc"), 3);
	ck_assert_uint_eq(linetext_width("n\xcc\x83"), 1);    /* combining */
	ck_assert_uint_eq(linetext_width("\xe6\xbc\xa2"), 2); /* wide */
}
END_TEST

static const struct {
	const char *in;
	size_t width;
	int right;
	const char *fitted;
} fits[] = {
    {"ab", 4, 0, "ab  "},
    {"ab", 4, 1, "  ab"},
    {"abcdef", 4, 0, "abc~"},
    {"\xe6\xbc\xa2\xe6\xbc\xa2", 3, 0, "\xe6\xbc\xa2~"},
    {"\xe6\xbc\xa2\xe6\xbc\xa2", 4, 0, "\xe6\xbc\xa2\xe6\xbc\xa2"},
    {"a\xe6\xbc\xa2z", 3, 0, "a~ "},
    {"abc", 1, 0, "a"},
    {"abc", 0, 0, ""},
};

START_TEST(linetext__fit__takes_exactly_its_cells)
{
	linetext_fit(&out, fits[_i].in, fits[_i].width, fits[_i].right, "~");
	ck_assert_str_eq(buf_text(&out), fits[_i].fitted);
	ck_assert_uint_eq(linetext_width(buf_text(&out)), fits[_i].width);
}
END_TEST

START_TEST(linetext__wrap__breaks_between_words)
{
	linetext_wrap(&out, "one two three\n  kept in\nfour", 2, 9);
	ck_assert_str_eq(
	    buf_text(&out), "one two\n  three\n    kept in\n  four\n");
}
END_TEST

START_TEST(linetext__wrap__keeps_a_figure_with_its_sign)
{
	linetext_wrap(&out, "it is 26.1 %. So", 0, 11);
	ck_assert_str_eq(buf_text(&out), "it is\n26.1 %. So\n");
}
END_TEST

START_TEST(linetext__ascii__keeps_the_letters)
{
	linetext_ascii(&out, "Mu\xc3\xb1oz \xe2\x80\xa6 \xe6\xbc\xa2");
	ck_assert_str_eq(buf_text(&out), "Munoz ... ?");
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("linetext");
	TCase *t = tcase_create("linetext");

	tcase_add_checked_fixture(t, NULL, stop);
	tcase_add_loop_test(t, linetext__clean__disarms_what_moves_or_hides, 0,
	    sizeof dirty / sizeof *dirty);
	tcase_add_test(t, linetext__width__counts_cells);
	tcase_add_loop_test(t, linetext__fit__takes_exactly_its_cells, 0,
	    sizeof fits / sizeof *fits);
	tcase_add_test(t, linetext__wrap__breaks_between_words);
	tcase_add_test(t, linetext__wrap__keeps_a_figure_with_its_sign);
	tcase_add_test(t, linetext__ascii__keeps_the_letters);
	suite_add_tcase(suite, t);
	return unit_run(suite);
}
