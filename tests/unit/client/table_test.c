/* The table: order, filter, finding, and the focus that stays on its record. */
#include "client/widget_table.h"

#include <limits.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "lib/unit.h"

static struct table t;

static const struct {
	const char *key, *name;
	double number;
} people[] = {
    {"a", "Álvarez", 3},
    {"b", "Bell", 1},
    {"c", "cruz", NAN},
    {"d", "Dunn", 2},
    {"e", "Eve", 2},
};

#define PEOPLE ((int)(sizeof people / sizeof *people))

static void
fill(int from, int to)
{
	table_clear(&t);
	for (int i = from; i < to; i++) {
		struct table_row *row = table_add(&t, 0, people[i].key);

		table_text(&t, row, 0, people[i].name);
		table_number(&t, row, 1, "n", people[i].number);
	}
}

static void
setup(void)
{
	table_init(&t);
	table_column_add(
	    &t, 0, &(struct table_column){.id = "name", .title = "Name"});
	table_column_add(
	    &t, 0, &(struct table_column){.id = "n", .title = "N"});
	t.height = 3;
	fill(0, PEOPLE);
	table_fill(&t);
}

static void
teardown(void)
{
	table_fini(&t);
}

/* The keys on show, in order. */
static const char *
order(void)
{
	static char keys[16];
	size_t n = 0;

	for (size_t i = 0; i < t.shown; i++)
		keys[n++] = *t.rows[t.view[i]].key;
	keys[n] = '\0';
	return keys;
}

START_TEST(table__sort__numbers_with_unknown_last_either_way)
{
	table_sort(&t, 1, false);
	ck_assert_str_eq(order(), "bdeac");
	table_sort(&t, 1, true);
	ck_assert_str_eq(order(), "adebc");
	table_sort(&t, -1, false);
	ck_assert_str_eq(order(), "abcde");
}
END_TEST

START_TEST(table__sort__keeps_the_record_and_its_screen_row)
{
	table_move(&t, 3); /* d; top is now 1, screen row 2 */
	ck_assert_uint_eq(t.cursor - t.top, 2);
	table_sort(&t, 1, true);
	ck_assert_str_eq(table_focused(&t)->key, "d");
	ck_assert_str_eq(order(), "adebc");
	ck_assert_uint_eq(t.top, 0);
}
END_TEST

START_TEST(table__pinned__stays_on_top)
{
	t.rows[3].pinned = true;
	table_sort(&t, 1, true);
	ck_assert_str_eq(order(), "daebc");
}
END_TEST

START_TEST(table__filter__folds_accents_and_case)
{
	table_filter(&t, "ALV");
	ck_assert_str_eq(order(), "a");
	table_filter(&t, "e");
	ck_assert_str_eq(order(), "abe");
	table_filter(&t, "nobody");
	ck_assert_str_eq(order(), "");
	ck_assert_ptr_null(table_focused(&t));
	table_filter(&t, NULL);
	ck_assert_str_eq(order(), "abcde");
}
END_TEST

START_TEST(table__fill__returns_to_the_record_on_its_row)
{
	table_move(&t, 3);
	t.top = 2; /* d on screen row 1 */
	fill(1, PEOPLE);
	ck_assert(table_fill(&t));
	ck_assert_str_eq(table_focused(&t)->key, "d");
	ck_assert_uint_eq(t.cursor - t.top, 1);
	ck_assert(!t.moved);
}
END_TEST

START_TEST(table__fill__says_when_the_record_is_gone)
{
	table_move(&t, LONG_MAX);
	fill(0, PEOPLE - 1);
	ck_assert(!table_fill(&t));
	ck_assert_str_eq(table_focused(&t)->key, "d");
	ck_assert(t.moved);
}
END_TEST

START_TEST(table__move__stops_at_the_ends)
{
	table_move(&t, LONG_MAX);
	ck_assert_str_eq(table_focused(&t)->key, "e");
	table_move(&t, 1);
	ck_assert_str_eq(table_focused(&t)->key, "e");
	table_move(&t, LONG_MIN);
	ck_assert_str_eq(table_focused(&t)->key, "a");
	table_move(&t, -1);
	ck_assert_str_eq(table_focused(&t)->key, "a");
	table_page(&t, 1);
	ck_assert_str_eq(table_focused(&t)->key, "c");
	table_page(&t, -1);
	ck_assert_str_eq(table_focused(&t)->key, "a");
}
END_TEST

START_TEST(table__empty__survives_everything)
{
	table_clear(&t);
	table_fill(&t);
	table_move(&t, 1);
	table_page(&t, -1);
	table_sort(&t, 1, true);
	ck_assert(!table_find(&t, "x", 1));
	ck_assert_ptr_null(table_focused(&t));
}
END_TEST

START_TEST(table__find__goes_round)
{
	ck_assert(table_find(&t, "e", 1)); /* Bell */
	ck_assert_str_eq(table_focused(&t)->key, "b");
	ck_assert(table_find(&t, "e", 1));
	ck_assert_str_eq(table_focused(&t)->key, "e");
	ck_assert(table_find(&t, "e", 1));
	ck_assert_str_eq(table_focused(&t)->key, "a");
	ck_assert(table_find(&t, "e", -1));
	ck_assert_str_eq(table_focused(&t)->key, "e");
	ck_assert(!table_find(&t, "zz", 1));
	ck_assert_str_eq(table_focused(&t)->key, "e");
}
END_TEST

START_TEST(table__section__is_passed_over_and_kept_with_its_rows)
{
	table_clear(&t);
	table_section(&t, 0, "First");
	table_text(&t, table_add(&t, 0, "a"), 0, "apple");
	table_section(&t, 0, "Second");
	table_text(&t, table_add(&t, 0, "b"), 0, "berry");
	table_fill(&t);
	ck_assert_str_eq(order(), "FaSb");
	ck_assert_str_eq(table_focused(&t)->key, "a");
	table_move(&t, 1);
	ck_assert_str_eq(table_focused(&t)->key, "b");
	table_move(&t, -1);
	ck_assert_str_eq(table_focused(&t)->key, "a");
	table_filter(&t, "berry");
	ck_assert_str_eq(order(), "Sb");
}
END_TEST

int
main(void)
{
	Suite *s = suite_create("table");
	TCase *c = tcase_create("table");

	tcase_add_checked_fixture(c, setup, teardown);
	tcase_add_test(c, table__sort__numbers_with_unknown_last_either_way);
	tcase_add_test(c, table__sort__keeps_the_record_and_its_screen_row);
	tcase_add_test(c, table__pinned__stays_on_top);
	tcase_add_test(c, table__filter__folds_accents_and_case);
	tcase_add_test(c, table__fill__returns_to_the_record_on_its_row);
	tcase_add_test(c, table__fill__says_when_the_record_is_gone);
	tcase_add_test(c, table__move__stops_at_the_ends);
	tcase_add_test(c, table__empty__survives_everything);
	tcase_add_test(c, table__find__goes_round);
	tcase_add_test(
	    c, table__section__is_passed_over_and_kept_with_its_rows);
	suite_add_tcase(s, c);
	return unit_run(s);
}
