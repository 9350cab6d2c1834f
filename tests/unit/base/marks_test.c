/*
 * Marks of files: every change that a file's reader would see breaks them, and
 * what was changed just now is not relied on.
 */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/file.h"
#include "base/marks.h"
#include "lib/unit.h"

static char *folder, *path;
static struct marks marks;

static void
write_file(const char *at, const char *text)
{
	int fd = open(at, O_WRONLY | O_CREAT | O_TRUNC, 0600);

	ck_assert_int_ge(fd, 0);
	ck_assert_int_eq(write(fd, text, strlen(text)), (int)strlen(text));
	close(fd);
}

static void
setup(void)
{
	char name[] = "/tmp/hearth-marks-XXXXXX";

	ck_assert_ptr_nonnull(mkdtemp(name));
	folder = xstrdup(name);
	path = file_join(folder, "one.cfg", NULL);
	write_file(path, "first");
}

static void
teardown(void)
{
	char *command = xasprintf("rm -rf %s", folder);

	ck_assert_int_eq(system(command), 0);
	free(command);
	marks_free(&marks);
	free(path);
	free(folder);
}

static bool
hold(void)
{
	return marks_hold(marks.lines.data, marks.lines.len);
}

/* Until the file system's clock has moved on: what is changed then shows. */
static void
let_settle(void)
{
	const struct timespec tick = {.tv_nsec = 5000000};
	struct marks m = {0};

	marks_add_folder(&m, folder);
	while (!marks_settled(&m, marks_now()))
		nanosleep(&tick, NULL);
	marks_free(&m);
}

START_TEST(marks__nothing_changed__hold)
{
	struct buf text = {0};
	struct err err;

	marks_add_folder(&marks, folder);
	ck_assert(file_read(&text, path, 100, &err));
	ck_assert(hold());
	ck_assert(marks_hold("", 0));
	buf_free(&text);
}
END_TEST

/* The same size, by any way of writing, its old time put back afterwards. */
START_TEST(marks__same_size_and_time__broken)
{
	struct stat st;
	struct timespec times[2];

	let_settle();
	marks_add(&marks, path);
	ck_assert_int_eq(stat(path, &st), 0);
	write_file(path, "other");
	times[0] = st.st_atim;
	times[1] = st.st_mtim;
	ck_assert_int_eq(utimensat(AT_FDCWD, path, times, 0), 0);
	ck_assert(!hold());
}
END_TEST

START_TEST(marks__file_put_in_its_place__broken)
{
	char *other = file_join(folder, ".other", NULL);

	write_file(other, "first");
	let_settle();
	marks_add(&marks, path);
	ck_assert_int_eq(rename(other, path), 0);
	ck_assert(!hold());
	free(other);
}
END_TEST

START_TEST(marks__file_gone_or_come__broken)
{
	char *other = file_join(folder, "two.cfg", NULL);

	marks_add(&marks, path);
	unlink(path);
	ck_assert(!hold());
	marks_free(&marks);
	marks_add(&marks, other);
	ck_assert(hold());
	write_file(other, "x");
	ck_assert(!hold());
	free(other);
}
END_TEST

START_TEST(marks__folder_with_another_name__broken)
{
	char *other = file_join(folder, "two.cfg", NULL);

	let_settle();
	marks_add_folder(&marks, folder);
	write_file(other, "x");
	ck_assert(!hold());
	free(other);
}
END_TEST

START_TEST(marks__empty_file__as_good_as_none)
{
	write_file(path, "");
	marks_add(&marks, path);
	unlink(path);
	ck_assert(hold());
	write_file(path, "");
	ck_assert(hold());
	write_file(path, "x");
	ck_assert(!hold());
}
END_TEST

/* A second change in the same tick would look like the first. */
START_TEST(marks__written_just_now__not_settled)
{
	int64_t begun;

	write_file(path, "again");
	begun = marks_now();
	marks_add(&marks, path);
	ck_assert(!marks_settled(&marks, begun));
	let_settle();
	begun = marks_now();
	marks_free(&marks);
	marks_add(&marks, path);
	ck_assert(marks_settled(&marks, begun));
	marks_add(&marks, "no\nsuch");
	ck_assert(!marks_settled(&marks, begun));
}
END_TEST

static const char *const damaged[] = {
    "none\n",
    "none /nowhere", /* cut off */
    "\n",
    "1 2 3 4\n",
    "1 2 3 4 /\n",
    "nothing at all is right here\n",
    "  /nowhere\n",
};

START_TEST(marks__damaged__do_not_hold)
{
	ck_assert(marks_hold("none /nowhere\n", 14));
	ck_assert(!marks_hold(damaged[_i], strlen(damaged[_i])));
}
END_TEST

int
main(void)
{
	Suite *s = suite_create("marks");
	TCase *t = tcase_create("marks");

	tcase_add_checked_fixture(t, setup, teardown);
	tcase_add_test(t, marks__nothing_changed__hold);
	tcase_add_test(t, marks__same_size_and_time__broken);
	tcase_add_test(t, marks__file_put_in_its_place__broken);
	tcase_add_test(t, marks__file_gone_or_come__broken);
	tcase_add_test(t, marks__folder_with_another_name__broken);
	tcase_add_test(t, marks__empty_file__as_good_as_none);
	tcase_add_test(t, marks__written_just_now__not_settled);
	tcase_add_loop_test(t, marks__damaged__do_not_hold, 0,
	    (int)(sizeof damaged / sizeof *damaged));
	suite_add_tcase(s, t);
	return unit_run(s);
}
