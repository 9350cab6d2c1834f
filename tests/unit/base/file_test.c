/* Files: what is replaced is whole, private, and found again. */
#include "base/file.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "lib/unit.h"

static char folder[64];

static void
setup(void)
{
	strcpy(folder, "/tmp/hearth-file-XXXXXX");
	ck_assert_ptr_nonnull(mkdtemp(folder));
}

static void
teardown(void)
{
	char *command = xasprintf("rm -rf '%s'", folder);

	ck_assert_int_eq(system(command), 0);
	free(command);
}

START_TEST(file__replace__keeps_the_new_bytes_and_nobody_else_reads)
{
	char *path = file_join(folder, "a", NULL);
	struct buf got = {0};
	struct stat st;
	struct err err;

	ck_assert(file_replace(path, "old", 3, &err));
	ck_assert(file_replace(path, "newer", 5, &err));
	ck_assert(file_read(&got, path, 100, &err));
	ck_assert_str_eq(buf_text(&got), "newer");
	ck_assert_int_eq(stat(path, &st), 0);
	ck_assert_int_eq(st.st_mode & 0777, 0600);
	buf_free(&got);
	free(path);
}
END_TEST

START_TEST(file__read__refuses_more_than_the_limit)
{
	char *path = file_join(folder, "a", NULL);
	struct buf got = {0};
	struct err err;

	ck_assert(file_replace(path, "12345", 5, &err));
	ck_assert(file_read(&got, path, 5, &err));
	ck_assert(!file_read(&got, path, 4, &err));
	ck_assert_int_eq(err.code, ERR_TOO_LARGE);
	ck_assert(!file_read(&got, folder, 4, &err));
	ck_assert_int_eq(err.code, ERR_IO);
	buf_free(&got);
	free(path);
}
END_TEST

START_TEST(file__mkdirs__makes_private_folders_and_names_what_is_in_the_way)
{
	char *path = file_join(folder, "x//y/z/", NULL);
	char *middle = file_join(folder, "x/y", NULL);
	char *plain = file_join(folder, "plain", NULL);
	char *below = file_join(plain, "b", NULL);
	struct stat st;
	struct err err;

	ck_assert(file_mkdirs(path, &err));
	ck_assert(file_mkdirs(path, &err));
	ck_assert_int_eq(stat(middle, &st), 0);
	ck_assert_int_eq(st.st_mode & 0777, 0700);
	ck_assert(file_replace(plain, "", 0, &err));
	ck_assert(!file_mkdirs(below, &err));
	ck_assert_ptr_nonnull(strstr(err.text, "plain"));
	free(path);
	free(middle);
	free(plain);
	free(below);
}
END_TEST

/* The digest of "abc" is the standard's own example (FIPS 180-2, B.1). */
START_TEST(file__hash__is_sha256)
{
	char *path = file_join(folder, "a", NULL);
	char hex[FILE_HASH];
	struct err err;

	ck_assert(file_replace(path, "abc", 3, &err));
	ck_assert(file_hash(path, hex, &err));
	ck_assert_str_eq(hex, "ba7816bf8f01cfea414140de5dae2223"
			      "b00361a396177a9cb410ff61f20015ad");
	free(path);
}
END_TEST

/* A million times "a", more than the function reads at once (B.3). */
START_TEST(file__hash__of_more_than_a_piece)
{
	char *path = file_join(folder, "a", NULL);
	char *text = xmalloc(1000000);
	char hex[FILE_HASH];
	struct err err;

	memset(text, 'a', 1000000);
	ck_assert(file_replace(path, text, 1000000, &err));
	ck_assert(file_hash(path, hex, &err));
	ck_assert_str_eq(hex, "cdc76e5c9914fb9281a1c7e284d73e67"
			      "f1809a48a497200e046d39ccc7112cd0");
	free(text);
	free(path);
}
END_TEST

START_TEST(file__xdg__takes_the_variable_or_the_standards_place)
{
	char *path;

	setenv("HOME", "/home/x", 1);
	unsetenv("XDG_DATA_HOME");
	path = file_xdg("DATA");
	ck_assert_str_eq(path, "/home/x/.local/share/hearth");
	free(path);
	setenv("XDG_DATA_HOME", "relative", 1);
	path = file_xdg("DATA");
	ck_assert_str_eq(path, "/home/x/.local/share/hearth");
	free(path);
	setenv("XDG_RUNTIME_DIR", "/run/user/7", 1);
	path = file_xdg("RUNTIME");
	ck_assert_str_eq(path, "/run/user/7/hearth");
	free(path);
}
END_TEST

START_TEST(file__join__puts_one_slash_between)
{
	char *path = file_join("/a/", "b", "c", NULL);

	ck_assert_str_eq(path, "/a/b/c");
	free(path);
}
END_TEST

int
main(void)
{
	Suite *s = suite_create("file");
	TCase *t = tcase_create("file");

	tcase_add_checked_fixture(t, setup, teardown);
	tcase_add_test(
	    t, file__replace__keeps_the_new_bytes_and_nobody_else_reads);
	tcase_add_test(t, file__read__refuses_more_than_the_limit);
	tcase_add_test(t,
	    file__mkdirs__makes_private_folders_and_names_what_is_in_the_way);
	tcase_add_test(t, file__hash__is_sha256);
	tcase_add_test(t, file__hash__of_more_than_a_piece);
	tcase_add_test(t, file__xdg__takes_the_variable_or_the_standards_place);
	tcase_add_test(t, file__join__puts_one_slash_between);
	suite_add_tcase(s, t);
	return unit_run(s);
}
