#include "base/conf.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/suggest.h"
#include "lib/unit.h"

struct sample {
	char *url;
	int timeout;
	bool plain;
	int theme;
	int top;
};

static const char *const themes[] = {"default", "mono", "contrast", NULL};

static const struct setting table[] = {
    {.name = "service.url",
	.type = CONF_STRING,
	.offset = offsetof(struct sample, url)},
    {.name = "service.timeout",
	.type = CONF_INT,
	.min = 1,
	.max = 600,
	.preset = "30",
	.offset = offsetof(struct sample, timeout)},
    {.name = "screen.plain",
	.type = CONF_BOOL,
	.preset = "false",
	.offset = offsetof(struct sample, plain)},
    {.name = "screen.theme",
	.type = CONF_CHOICE,
	.words = themes,
	.preset = "mono",
	.offset = offsetof(struct sample, theme)},
    {.name = "top",
	.type = CONF_INT,
	.min = INT_MIN,
	.max = INT_MAX,
	.offset = offsetof(struct sample, top)},
};
#define N (sizeof table / sizeof *table)

static struct sample s;
static struct err err;
static char path[] = "/tmp/conf_test.XXXXXX";

static void
start(void)
{
	int fd;

	strcpy(path, "/tmp/conf_test.XXXXXX");
	fd = mkstemp(path);
	ck_assert_int_ge(fd, 0);
	close(fd);
	conf_defaults(&s, table, N);
	err = (struct err){0};
}

static void
stop(void)
{
	conf_free(&s, table, N);
	unlink(path);
}

static bool
load(const char *text)
{
	FILE *f = fopen(path, "w");

	ck_assert_ptr_nonnull(f);
	fputs(text, f);
	fclose(f);
	return conf_load(&s, table, N, path, false, &err);
}

START_TEST(conf__defaults__are_the_tables)
{
	ck_assert_ptr_null(s.url);
	ck_assert_int_eq(s.timeout, 30);
	ck_assert(!s.plain);
	ck_assert_int_eq(s.theme, 1);
	ck_assert_int_eq(s.top, 0);
}
END_TEST

START_TEST(conf__load__overlays_what_the_file_says)
{
	ck_assert(load("top = -7;\nservice: { url = \"unix:/x\"; }\n"
		       "screen: { plain = true; theme = \"contrast\"; };\n"));
	ck_assert_str_eq(s.url, "unix:/x");
	ck_assert_int_eq(s.timeout, 30);
	ck_assert(s.plain);
	ck_assert_int_eq(s.theme, 2);
	ck_assert_int_eq(s.top, -7);
}
END_TEST

static const struct {
	const char *text, *says;
} wrong[] = {
    {"top = 1;\nservice: { uri = \"x\"; };",
	":2: unknown setting "
	"\"service.uri\"; did you mean \"service.url\"?"},
    {"\n\nwhatever = 1;", ":3: unknown setting \"whatever\""},
    {"a: { b: { c = 1; }; };", ":1: unknown setting \"a.b\""},
    {"service: { timeout = 0; };", ":1: \"service.timeout\" must be "
				   "from 1 to 600, not 0"},
    {"service: { timeout = \"9\"; };", "must be a whole number"},
    {"service: { timeout = 99999999999L; };", "from 1 to 600"},
    {"service: { url = 9; };", "must be text"},
    {"screen: { plain = 1; };", "must be true or false"},
    {"screen: { theme = \"pink\"; };",
	"must be one of: default, mono, contrast"},
    {"screen: {\n theme = \n", ":3: syntax error"},
};

START_TEST(conf__load__names_file_line_and_key)
{
	ck_assert(!load(wrong[_i].text));
	ck_assert_int_eq(err.code, ERR_CONFIG);
	ck_assert_int_eq(strncmp(err.text, path, strlen(path)), 0);
	ck_assert_msg(strstr(err.text, wrong[_i].says) != NULL, "%s", err.text);
}
END_TEST

START_TEST(conf__load__forgives_only_a_missing_optional_file)
{
	ck_assert(conf_load(&s, table, N, "/no/such/file", true, &err));
	ck_assert(!conf_load(&s, table, N, "/no/such/file", false, &err));
	ck_assert_ptr_nonnull(strstr(err.text, "/no/such/file: No such file"));
}
END_TEST

START_TEST(conf__set__takes_text_of_every_type)
{
	ck_assert(conf_set(&s, table, N, "service.url", "http://h", &err));
	ck_assert(conf_set(&s, table, N, "service.url", "http://i", &err));
	ck_assert(conf_set(&s, table, N, "service.timeout", "600", &err));
	ck_assert(conf_set(&s, table, N, "screen.plain", "yes", &err));
	ck_assert(conf_set(&s, table, N, "screen.theme", "default", &err));
	ck_assert_str_eq(s.url, "http://i");
	ck_assert_int_eq(s.timeout, 600);
	ck_assert(s.plain);
	ck_assert_int_eq(s.theme, 0);
}
END_TEST

START_TEST(conf__set__refuses_and_keeps_the_old)
{
	ck_assert(!conf_set(&s, table, N, "service.timeout", "601", &err));
	ck_assert(!conf_set(&s, table, N, "service.timeout", "6x", &err));
	ck_assert(!conf_set(&s, table, N, "service.timeout", "", &err));
	ck_assert(!conf_set(&s, table, N, "screen.plain", "maybe", &err));
	ck_assert(!conf_set(&s, table, N, "screen.colour", "x", &err));
	ck_assert_int_eq(s.timeout, 30);
	ck_assert(!s.plain);
}
END_TEST

static const char *
word(const void *arg, size_t i)
{
	static const char *const words[] = {"report", "list", "why", NULL};

	(void)arg;
	return words[i];
}

START_TEST(suggest__finds__the_nearest_word_or_none)
{
	ck_assert_str_eq(suggest("wyh", word, NULL), "why");
	ck_assert_str_eq(suggest("lst", word, NULL), "list");
	ck_assert_ptr_null(suggest("quarterly", word, NULL));
	ck_assert_ptr_null(suggest("", word, NULL));
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("conf");
	TCase *t = tcase_create("conf");

	tcase_add_checked_fixture(t, start, stop);
	tcase_add_test(t, conf__defaults__are_the_tables);
	tcase_add_test(t, conf__load__overlays_what_the_file_says);
	tcase_add_loop_test(t, conf__load__names_file_line_and_key, 0,
	    sizeof wrong / sizeof *wrong);
	tcase_add_test(t, conf__load__forgives_only_a_missing_optional_file);
	tcase_add_test(t, conf__set__takes_text_of_every_type);
	tcase_add_test(t, conf__set__refuses_and_keeps_the_old);
	tcase_add_test(t, suggest__finds__the_nearest_word_or_none);
	suite_add_tcase(suite, t);
	return unit_run(suite);
}
