#include "client/settings.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/file.h"
#include "lib/unit.h"

static struct settings s;
static struct err err;
static char folder[64];

static void
start(void)
{
	strcpy(folder, "/tmp/settings_test.XXXXXX");
	ck_assert_ptr_nonnull(mkdtemp(folder));
	setenv("XDG_CONFIG_HOME", folder, 1);
	unsetenv("HEARTH_SERVICE");
	unsetenv("HEARTH_LOCAL");
	unsetenv("NO_COLOR");
	unsetenv("ACCESSIBLE");
}

static void
stop(void)
{
	char *file = file_join(folder, "hearth", "hearth.conf", NULL);
	char *inner = file_join(folder, "hearth", NULL);

	settings_free(&s);
	unlink(file);
	rmdir(inner);
	rmdir(folder);
	free(inner);
	free(file);
}

static void
user_says(const char *text)
{
	char *inner = file_join(folder, "hearth", NULL);
	char *file = file_join(folder, "hearth", "hearth.conf", NULL);

	mkdir(inner, 0700);
	ck_assert(file_replace(file, text, strlen(text), &err));
	free(file);
	free(inner);
}

START_TEST(settings__load__without_files_gives_defaults)
{
	ck_assert_msg(settings_load(&s, NULL, &err), "%s", err.text);
	ck_assert_int_eq(s.timeout, 60);
	ck_assert_int_eq(s.format, AS_TABLE);
	ck_assert(!s.plain);
}
END_TEST

START_TEST(settings__load__environment_is_above_the_file)
{
	user_says("service: { url = \"http://file\"; timeout = 5; };\n"
		  "screen: { color = \"always\"; };");
	setenv("HEARTH_SERVICE", "http://env", 1);
	setenv("NO_COLOR", "1", 1);
	setenv("ACCESSIBLE", "1", 1);
	ck_assert_msg(settings_load(&s, NULL, &err), "%s", err.text);
	ck_assert_str_eq(s.url, "http://env");
	ck_assert_int_eq(s.timeout, 5);
	ck_assert_int_eq(s.color, COLOR_NEVER);
	ck_assert(s.plain);
}
END_TEST

START_TEST(settings__load__a_service_named_later_replaces_a_store)
{
	user_says("service: { local = \"/store\"; };");
	setenv("HEARTH_SERVICE", "http://env", 1);
	ck_assert(settings_load(&s, NULL, &err));
	ck_assert_str_eq(s.url, "http://env");
	ck_assert_ptr_null(s.local);
}
END_TEST

START_TEST(settings__load__switches_off_with_nought)
{
	setenv("NO_COLOR", "", 1);
	setenv("ACCESSIBLE", "0", 1);
	ck_assert(settings_load(&s, NULL, &err));
	ck_assert_int_eq(s.color, COLOR_AUTO);
	ck_assert(!s.plain);
}
END_TEST

START_TEST(settings__load__names_what_it_does_not_know)
{
	user_says("output: {\n plainn = true;\n};");
	ck_assert(!settings_load(&s, NULL, &err));
	ck_assert_ptr_nonnull(strstr(err.text, "hearth.conf:2: "));
	ck_assert_ptr_nonnull(strstr(err.text, "\"output.plain\"?"));
}
END_TEST

/* The file must exist when it is named. */
START_TEST(settings__load__wants_the_file_that_is_named)
{
	ck_assert(!settings_load(&s, "/no/such.conf", &err));
}
END_TEST

static void
documented(const char *file, const struct setting *row, const char *as)
{
	const char *top = getenv("top_srcdir");
	char *path = file_join(top != NULL ? top : ".", file, NULL);
	struct buf text = {0};

	ck_assert_msg(file_read(&text, path, 1 << 20, &err), "%s", err.text);
	ck_assert_msg(strstr(buf_text(&text), as) != NULL,
	    "%s says nothing of %s (%s)", file, row->name, as);
	buf_free(&text);
	free(path);
}

START_TEST(settings__table__is_what_the_documents_say)
{
	const struct setting *row = &settings_table[_i];
	const char *leaf = strrchr(row->name, '.') + 1;
	const char *quote =
	    row->type == CONF_STRING || row->type == CONF_CHOICE ? "\"" : "";
	char *item = xasprintf(".It Ic %s", row->name);
	char *line = row->preset != NULL ? xasprintf("# %s = %s%s%s;", leaf,
					       quote, row->preset, quote)
					 : xasprintf("# %s = ", leaf);

	documented("man/hearth.conf.5", row, item);
	documented("etc/hearth.conf", row, line);
	free(line);
	free(item);
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("settings");
	TCase *t = tcase_create("settings");

	tcase_add_checked_fixture(t, start, stop);
	tcase_add_test(t, settings__load__without_files_gives_defaults);
	tcase_add_test(t, settings__load__environment_is_above_the_file);
	tcase_add_test(
	    t, settings__load__a_service_named_later_replaces_a_store);
	tcase_add_test(t, settings__load__switches_off_with_nought);
	tcase_add_test(t, settings__load__names_what_it_does_not_know);
	tcase_add_test(t, settings__load__wants_the_file_that_is_named);
	tcase_add_loop_test(t, settings__table__is_what_the_documents_say, 0,
	    (int)settings_count);
	suite_add_tcase(suite, t);
	return unit_run(suite);
}
