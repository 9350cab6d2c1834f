/* Which import was seen last: kept by source, and no trouble if it cannot. */
#include "client/seen.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/buf.h"
#include "base/file.h"
#include "lib/unit.h"

static char folder[64];

static void
setup(void)
{
	strcpy(folder, "/tmp/hearth-seen-XXXXXX");
	ck_assert_ptr_nonnull(mkdtemp(folder));
	setenv("XDG_STATE_HOME", folder, 1);
}

static void
teardown(void)
{
	char *command = xasprintf("rm -rf '%s'", folder);

	ck_assert_int_eq(system(command), 0);
	free(command);
}

START_TEST(seen__source__keeps_its_own_number)
{
	ck_assert_uint_eq(seen_read("a"), 0);
	seen_write("a", 3);
	seen_write("https://b", 7);
	seen_write("a", 4);
	ck_assert_uint_eq(seen_read("a"), 4);
	ck_assert_uint_eq(seen_read("https://b"), 7);
	ck_assert_uint_eq(seen_read("c"), 0);
	ck_assert_uint_eq(seen_read(NULL), 0);
	seen_write(NULL, 1);
	ck_assert_uint_eq(seen_read("a"), 4);
}
END_TEST

/* A damaged file is as none, and is mended by the next look. */
START_TEST(seen__damaged__begins_anew)
{
	char *path = file_join(folder, "hearth", "seen.json", NULL);
	struct err err;

	seen_write("a", 3);
	ck_assert_msg(file_exists(path), "%s", path);
	ck_assert(file_replace(path, "{\"a\":", 5, &err));
	ck_assert_uint_eq(seen_read("a"), 0);
	ck_assert(file_replace(path, "{\"a\":\"x\"}", 9, &err));
	ck_assert_uint_eq(seen_read("a"), 0);
	seen_write("a", 5);
	ck_assert_uint_eq(seen_read("a"), 5);
	free(path);
}
END_TEST

START_TEST(seen__nowhere_to_keep__is_no_fault)
{
	setenv("XDG_STATE_HOME", "/proc/none", 1);
	seen_write("a", 3);
	ck_assert_uint_eq(seen_read("a"), 0);
}
END_TEST

int
main(void)
{
	Suite *s = suite_create("seen");
	TCase *t = tcase_create("seen");

	tcase_add_checked_fixture(t, setup, teardown);
	tcase_add_test(t, seen__source__keeps_its_own_number);
	tcase_add_test(t, seen__damaged__begins_anew);
	tcase_add_test(t, seen__nowhere_to_keep__is_no_fault);
	suite_add_tcase(s, t);
	return unit_run(s);
}
