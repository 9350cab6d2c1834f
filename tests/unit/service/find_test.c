#include "service/find.h"

#include "lib/unit.h"

static const struct {
	const char *question, *text;
	bool found;
} cases[] = {
    {"", "anything", true},
    {NULL, "anything", true},
    {"  ", "anything", true},
    {"mun", "Muñoz", true},
    {"MUÑOZ", "muñoz", true},
    {"munoz", "MUN\xcc\x83OZ", true}, /* decomposed */
    {"oz", "Muñoz", false},	      /* not the beginning of a word */
    {"ana mun", "Muñoz, Ana", true},
    {"ana bo", "Muñoz, Ana", false},
    {"12", "Permanency in 12 months", true},
    {"brien", "O'Brien", true},
    {"o'b", "O'Brien", true},
    {"p4-r4", "p4-r4 Re-entry", true},
    {"r4", "p4-r4", true},
    {"strasse", "Straße", true},
    {"a", "", false},
    {"a", "\xff\xfe", false},
};

START_TEST(find__words__begin_words_of_the_text)
{
	struct arena arena = {0};
	struct find w = find_of(&arena, cases[_i].question);

	ck_assert_int_eq(find_match(&w, cases[_i].text), cases[_i].found);
	arena_free(&arena);
}
END_TEST

START_TEST(find__several_texts__each_word_in_some)
{
	struct arena arena = {0};
	struct find w = find_of(&arena, "munoz ana");

	ck_assert_uint_eq(find_mask(&w, "Muñoz"), 1);
	ck_assert_uint_eq(find_mask(&w, "Ana"), 2);
	ck_assert_uint_eq(find_mask(&w, "Bo"), 0);
	ck_assert_uint_eq(find_all(&w), 3);
	arena_free(&arena);
}
END_TEST

START_TEST(find__more_words_than_it_keeps__the_first_count)
{
	struct arena arena = {0};
	struct find w = find_of(&arena, "a b c d e f g h i j k");

	ck_assert_uint_eq(w.n, FIND_MOST);
	arena_free(&arena);
}
END_TEST

int
main(void)
{
	Suite *s = suite_create("find");
	TCase *t = tcase_create("find");

	suite_add_tcase(s, t);
	tcase_add_loop_test(t, find__words__begin_words_of_the_text, 0,
	    (int)(sizeof cases / sizeof *cases));
	tcase_add_test(t, find__several_texts__each_word_in_some);
	tcase_add_test(t, find__more_words_than_it_keeps__the_first_count);
	return unit_run(s);
}
