/*
 * Figures kept from one run to the next: the board is the same byte for byte,
 * and what is kept counts only for exactly what it was worked out from.
 */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "contract/fixture.h"
#include "lib/unit.h"
#include "service/context.h"

static struct fixture f;

static void
setup(void)
{
	fixture_open(&f, true);
	fixture_recall(&f);
}

static void
teardown(void)
{
	fixture_close(&f);
}

/* The board as text; the caller frees. */
static char *
board(void)
{
	const struct request r = {
	    .method = "GET", .path = "/v1/board", .who = {WHO_LOCAL, "test"}};
	struct answer a = {0};
	char *text;

	service_answer(f.service, &r, &a);
	ck_assert_msg(a.status == 200, "%.400s", buf_text(&a.body));
	text = xstrdup(buf_text(&a.body));
	answer_free(&a);
	return text;
}

static char *
kept(void)
{
	return file_join(f.folder, "figures.kept", NULL);
}

static void
same_again(bool recalled)
{
	char *before = board(), *after;

	fixture_recall(&f);
	ck_assert_int_eq(f.service->recalled != 0, recalled);
	after = board();
	ck_assert_str_eq(before, after);
	free(before);
	free(after);
}

START_TEST(board__recalls__the_same_figures)
{
	same_again(true);
	same_again(true);
}
END_TEST

START_TEST(board__keeps_nothing__when_nobody_looked)
{
	char *path = kept();

	fixture_recall(&f);
	ck_assert_uint_eq(f.service->recalled, 0);
	ck_assert(!file_exists(path));
	free(path);
}
END_TEST

/* Every byte of the file matters: the stamp, the sum, the figures, the end. */
START_TEST(board__works_figures_out_anew__when_the_file_is_damaged)
{
	char *path, *first = board(), *again;
	struct buf file = {0};
	struct err err;
	size_t step;

	fixture_recall(&f);
	path = kept();
	ck_assert(file_read(&file, path, 1 << 20, &err));
	step = file.len / 40;
	for (size_t at = 0; at < file.len; at += step) {
		file.data[at] ^= 1;
		ck_assert(file_replace(path, file.data, file.len, &err));
		file.data[at] ^= 1;
		fixture_recall(&f);
		ck_assert_msg(f.service->recalled == 0, "byte %zu", at);
	}
	ck_assert(file_replace(path, file.data, file.len - 1, &err));
	fixture_recall(&f);
	ck_assert_uint_eq(f.service->recalled, 0);
	ck_assert(file_replace(path, "", 0, &err));
	fixture_recall(&f);
	again = board();
	ck_assert_str_eq(first, again);
	buf_free(&file);
	free(first);
	free(again);
	free(path);
}
END_TEST

START_TEST(board__forgets__what_other_definitions_gave)
{
	const struct fixture_edit edit = {"p1.cfg", "\"Permanency in 12 months",
	    "\"Permanency within a year"};
	char *before = board(), *after;

	fixture_recall(&f);
	ck_assert_uint_ne(f.service->recalled, 0);
	fixture_define(&f, &edit, 1);
	ck_assert_uint_eq(f.service->recalled, 0);
	after = board();
	ck_assert_str_ne(before, after);
	free(before);
	free(after);
	same_again(true);
}
END_TEST

START_TEST(board__forgets__what_another_generation_gave)
{
	free(board());
	fixture_recall(&f);
	ck_assert_uint_ne(f.service->recalled, 0);
	fixture_publish(&f);
	fixture_recall(&f);
	ck_assert_uint_eq(f.service->recalled, 0);
	same_again(true);
}
END_TEST

int
main(void)
{
	Suite *s = suite_create("recall");
	TCase *t = tcase_create("recall");

	tcase_set_timeout(t, 60);
	tcase_add_checked_fixture(t, setup, teardown);
	tcase_add_test(t, board__recalls__the_same_figures);
	tcase_add_test(t, board__keeps_nothing__when_nobody_looked);
	tcase_add_test(
	    t, board__works_figures_out_anew__when_the_file_is_damaged);
	tcase_add_test(t, board__forgets__what_other_definitions_gave);
	tcase_add_test(t, board__forgets__what_another_generation_gave);
	suite_add_tcase(s, t);
	return unit_run(s);
}
