#include "service/settings.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/file.h"
#include "lib/unit.h"

static void
documented(const char *file, const struct setting *row, const char *as)
{
	const char *top = getenv("top_srcdir");
	char *path = file_join(top != NULL ? top : ".", file, NULL);
	struct buf text = {0};
	struct err err = {0};

	ck_assert_msg(file_read(&text, path, 1 << 20, &err), "%s", err.text);
	ck_assert_msg(strstr(buf_text(&text), as) != NULL,
	    "%s says nothing of %s (%s)", file, row->name, as);
	buf_free(&text);
	free(path);
}

START_TEST(settings__each__is_in_the_manual_and_the_example)
{
	const struct setting *row = &hearthd_settings[_i];
	const char *leaf = strrchr(row->name, '.') + 1;
	const char *quote =
	    row->type == CONF_STRING || row->type == CONF_CHOICE ? "\"" : "";
	char *item = xasprintf(".It Ic %s\n", row->name);
	char *line = row->preset != NULL ? xasprintf("# %s = %s%s%s;", leaf,
					       quote, row->preset, quote)
					 : xasprintf("# %s = ", leaf);

	documented("man/hearthd.conf.5", row, item);
	documented("etc/hearthd.conf", row, line);
	free(line);
	free(item);
}
END_TEST

/* The example, with every comment sign before a setting taken away, is good:
 * it says the defaults. */
START_TEST(example__uncommented__loads)
{
	struct hearthd_settings s = {0};
	const char *top = getenv("top_srcdir");
	char *path =
	    file_join(top != NULL ? top : ".", "etc/hearthd.conf", NULL);
	char name[] = "/tmp/hearth-settings-XXXXXX";
	struct buf text = {0};
	struct err err = {0};
	int fd = mkstemp(name);

	ck_assert(file_read(&text, path, 1 << 20, &err));
	for (char *at = text.data; (at = strstr(at, "\t# ")) != NULL; at++)
		if (memchr(at, '=', strcspn(at, "\n")) != NULL &&
		    at[strcspn(at, "\n") - 1] == ';')
			at[1] = ' ';
	ck_assert(file_write_all(fd, text.data, text.len, &err));
	conf_defaults(&s, hearthd_settings, hearthd_settings_n);
	ck_assert_msg(conf_load(&s, hearthd_settings, hearthd_settings_n, name,
			  false, &err),
	    "%s", err.text);
	ck_assert_int_eq(s.threads, 2);
	ck_assert_str_eq(s.unix_path, "/run/hearthd/socket");
	conf_free(&s, hearthd_settings, hearthd_settings_n);
	buf_free(&text);
	remove(name);
	free(path);
}
END_TEST

int
main(void)
{
	Suite *s = suite_create("settings");
	TCase *t = tcase_create("settings");

	suite_add_tcase(s, t);
	tcase_add_loop_test(t, settings__each__is_in_the_manual_and_the_example,
	    0, (int)hearthd_settings_n);
	tcase_add_test(t, example__uncommented__loads);
	return unit_run(s);
}
