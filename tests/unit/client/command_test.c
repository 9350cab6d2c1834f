/* The command line, its tables, and how questions become requests. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "client/call.h"
#include "client/help.h"
#include "lib/unit.h"
#include "unit/client/canned.h"

static struct call call;
static struct err err;
static char *words[32];
static int n_words;
static char line[512];

static void
start(void)
{
	call = (struct call){0};
	err = (struct err){0};
}

static void
stop(void)
{
	call_fini(&call);
	net_close(call.net);
}

/* Splits at blanks; enough for what is typed here. */
static bool
parse(const char *typed)
{
	char *rest = line, *word;

	snprintf(line, sizeof line, "hearth %s", typed);
	n_words = 0;
	while ((word = strsep(&rest, " ")) != NULL)
		words[n_words++] = word;
	words[n_words] = NULL;
	return call_parse(&call, n_words, words, &err);
}

START_TEST(parse__takes__options_anywhere)
{
	ck_assert_msg(
	    parse("--plain report p1 --by region --at R1"), "%s", err.text);
	ck_assert_str_eq(call.command->name, "report");
	ck_assert_int_eq(call.n_words, 1);
	ck_assert_str_eq(call.words[0], "p1");
	ck_assert_str_eq(call.given[OPTION_BY], "region");
	ck_assert_ptr_nonnull(call.given[OPTION_PLAIN]);
	ck_assert_ptr_null(call.given[OPTION_TO]);
}
END_TEST

START_TEST(parse__takes__demo_before_a_command)
{
	ck_assert(parse("demo report p1"));
	ck_assert(call.demo);
	ck_assert_str_eq(call.command->name, "report");
}
END_TEST

START_TEST(parse__takes__nothing_for_the_screens)
{
	ck_assert(parse("demo"));
	ck_assert(call.demo);
	ck_assert_ptr_null(call.command);
}
END_TEST

START_TEST(parse__takes__values_that_begin_with_a_dash)
{
	ck_assert(parse("list p1 --sort -age"));
	ck_assert_str_eq(call.given[OPTION_SORT], "-age");
	call = (struct call){0};
	ck_assert(parse("child -- -7"));
	ck_assert_str_eq(call.words[0], "-7");
}
END_TEST

static const struct {
	const char *typed, *says;
} slips[] = {
    {"crosstba p1", "did you mean \"crosstab\"?"},
    {"zzzzzzz", "hearth --help lists them"},
    {"report", "usage: hearth report MEASURE"},
    {"report p1 p2", "usage: hearth report MEASURE"},
    {"why p1", "usage: hearth why MEASURE CHILD"},
    {"report p1 --fromm 2024-01-01", "did you mean --from?"},
    {"report p1 --zzzzzzzz 1", "there is no option --zzzzzzzz"},
    {"report p1 -x", "there is no option -x"},
    {"report p1 --by", "--by needs a value"},
    {"report p1 --plain=3", "--plain=3 takes no value"},
    {"status --by region", "hearth status does not take --by"},
    {"--by region", "--by goes with a command"},
    {"report p1 --from 2024-13-01", "--from takes a day as YYYY-MM-DD"},
    {"report p1 --months 0", "from 1 to 600, not \"0\""},
    {"report p1 --trend many", "--trend takes a whole number"},
    {"list p1 --set misesd", "did you mean \"missed\"?"},
    {"list p1 --set zebra", "it knows cohort, met, missed"},
    {"demo --service http://x status", "choose one"},
    {"--local d --service http://x status", "choose one"},
};

START_TEST(parse__refuses__and_names_the_slip)
{
	ck_assert_msg(!parse(slips[_i].typed), "%s", slips[_i].typed);
	ck_assert_int_eq(err_exit(err.code), 2);
	ck_assert_msg(strstr(err.text, slips[_i].says) != NULL, "%s", err.text);
}
END_TEST

/* --- requests --------------------------------------------------------------
 */

static char asked[8][512];
static int n_asked;

static int
serve(void *arg, const char *path, struct buf *body)
{
	const char *const *bodies = arg;

	snprintf(asked[n_asked], sizeof asked[n_asked], "%s", path);
	buf_str(body, bodies[n_asked++]);
	return 200;
}

static bool
ask(const char *typed, const char *const *bodies)
{
	n_asked = 0;
	ck_assert_msg(parse(typed), "%s", err.text);
	call.net = net_open_memory(serve, (void *)bodies);
	return call.command->ask(&call, &err);
}

START_TEST(report__asks__with_every_option)
{
	static const char *const bodies[] = {CANNED_REPORT};

	ck_assert(ask("report P1 --at R1 --by sex --from 2024-01-01 --to "
		      "2024-12-31 --as-of 2025-01-31 --generation 2 --where "
		      "sex=male --trend 3",
	    bodies));
	ck_assert_str_eq(asked[0],
	    "/v1/report?at=R1&by=sex&from=2024-01-01"
	    "&to=2024-12-31&as_of=2025-01-31&generation=2&where=sex%3Dmale"
	    "&trend=3&measure=p1");
}
END_TEST

START_TEST(list__asks__page_by_page_for_files)
{
	static const char *const bodies[] = {
	    CANNED_LIST(CANNED_LIST_ROW("k1", "C1"), "\"k1\""),
	    CANNED_LIST(CANNED_LIST_ROW("k2", "C2"), "\"k2\""),
	    CANNED_LIST(CANNED_LIST_ROW("k3", "C3"), "null")};
	const cJSON *rows;

	call.format = AS_CSV;
	ck_assert_msg(ask("list p1 --set missed", bodies), "%s", err.text);
	ck_assert_int_eq(n_asked, 3);
	ck_assert_str_eq(asked[0], "/v1/list?set=missed&measure=p1&limit=1000");
	ck_assert_str_eq(
	    asked[2], "/v1/list?set=missed&measure=p1&limit=1000&after=k2");
	rows = cJSON_GetObjectItemCaseSensitive(call.answer, "rows");
	ck_assert_int_eq(cJSON_GetArraySize(rows), 3);
	ck_assert_str_eq(cJSON_GetObjectItemCaseSensitive(
			     cJSON_GetArrayItem(rows, 2), "child_id")
			     ->valuestring,
	    "C3");
	ck_assert(cJSON_IsNull(
	    cJSON_GetObjectItemCaseSensitive(call.answer, "next")));
}
END_TEST

START_TEST(list__asks__no_more_than_the_limit)
{
	static const char *const bodies[] = {
	    CANNED_LIST(CANNED_LIST_ROW("k1", "C1"), "\"k1\"")};

	call.format = AS_CSV;
	ck_assert(ask("list p1 --limit 1", bodies));
	ck_assert_int_eq(n_asked, 1);
	ck_assert_str_eq(asked[0], "/v1/list?measure=p1&limit=1");
}
END_TEST

/* A key that leads nowhere must not be followed for ever. */
START_TEST(list__asks__not_for_ever)
{
	static const char *const bodies[] = {
	    CANNED_LIST(CANNED_LIST_ROW("k1", "C1"), "\"k1\""),
	    CANNED_LIST("", "\"k1\"")};

	call.format = AS_JSON;
	ck_assert(!ask("list p1", bodies));
	ck_assert_int_eq(err.code, ERR_BAD_ANSWER);
}
END_TEST

START_TEST(list__asks__and_finds_nobody)
{
	static const char *const bodies[] = {CANNED_LIST("", "null")};

	ck_assert(!ask("list p1", bodies));
	ck_assert_int_eq(err.code, ERR_NO_ANSWER);
	ck_assert_ptr_nonnull(call.answer);
}
END_TEST

START_TEST(child__asks__with_an_encoded_id)
{
	static const char *const bodies[] = {CANNED_CHILD};

	ck_assert(ask("child a/b?c", bodies));
	ck_assert_str_eq(asked[0], "/v1/child/a%2Fb%3Fc");
}
END_TEST

START_TEST(org__asks__for_every_level_of_depth)
{
	static const char *const bodies[] = {CANNED_ORG, CANNED_ORG};

	ck_assert(ask("org MO --depth 2", bodies));
	ck_assert_int_eq(n_asked, 2);
	ck_assert_str_eq(asked[1], "/v1/org?node=R1");
}
END_TEST

START_TEST(countdown__asks__only_for_clocks_there_are)
{
	static const char *const bodies[] = {CANNED_COUNTDOWN};

	ck_assert(!ask("countdown ppr", bodies));
	ck_assert_int_eq(err_exit(err.code), 2);
	ck_assert_ptr_nonnull(strstr(err.text, "\"pprt\"?"));
	ck_assert_int_eq(n_asked, 0);
}
END_TEST

/* The code may stand in groups; the figure is asked for as the service says. */
START_TEST(ref__asks__for_what_the_code_stands_for)
{
	static const char *const bodies[] = {
	    CANNED_REF("\"/v1/report?measure=p1&version=1\""), CANNED_REPORT};

	ck_assert(ask("ref 1pnw-4hmk-1b98 7gc8j6h8 sr", bodies));
	ck_assert_int_eq(n_asked, 2);
	ck_assert_str_eq(asked[0], "/v1/ref?code=1pnw-4hmk-1b987gc8j6h8sr");
	ck_assert_str_eq(asked[1], "/v1/report?measure=p1&version=1");
}
END_TEST

START_TEST(ref__gone__names_the_part_and_the_present_figure)
{
	static const char *const bodies[] = {CANNED_REF("null")};

	ck_assert(!ask("ref 1PNW-4HMK-1B98-7GC8-J6H8-SR", bodies));
	ck_assert_int_eq(err_exit(err.code), 1);
	ck_assert_ptr_nonnull(strstr(err.text, "generation 2 was withdrawn"));
	ck_assert_ptr_nonnull(strstr(err.text,
	    "hearth report p1 --at MO --where sex=male,goal=adoption"));
	ck_assert_ptr_null(strstr(err.text, "Missouri"));
}
END_TEST

START_TEST(changes__asks__by_its_options)
{
	static const char *const bodies[] = {CANNED_CHANGES};

	ck_assert(ask("changes P1 --generations 3,4 --change met", bodies));
	ck_assert_ptr_nonnull(strstr(asked[0], "/v1/changes?"));
	ck_assert_ptr_nonnull(strstr(asked[0], "measure=p1"));
	ck_assert_ptr_nonnull(strstr(asked[0], "from_generation=3"));
	ck_assert_ptr_nonnull(strstr(asked[0], "&generation=4"));
	ck_assert_ptr_nonnull(strstr(asked[0], "change=met"));
}
END_TEST

START_TEST(changes__of_a_clock__asks_for_moves)
{
	static const char *const bodies[] = {CANNED_MOVES};

	ck_assert(ask("changes --clock contact --since 2026-07-01", bodies));
	ck_assert_ptr_nonnull(strstr(asked[0], "/v1/moves?"));
	ck_assert_ptr_nonnull(strstr(asked[0], "clock=contact"));
	ck_assert_ptr_nonnull(strstr(asked[0], "since=2026-07-01"));
}
END_TEST

static const char *const wrong_changes[] = {
    "changes",
    "changes p1 --clock pprt",
    "changes p1 --generations 3,",
    "changes p1 --generations x",
    "changes p1 --generations 3,4 --generation 5",
    "changes --clock pprt --months 3",
};

START_TEST(changes__refuses__without_asking)
{
	static const char *const bodies[] = {CANNED_CHANGES};

	ck_assert(!ask(wrong_changes[_i], bodies));
	ck_assert_int_eq(err_exit(err.code), 2);
	ck_assert_int_eq(n_asked, 0);
}
END_TEST

/* Nothing is asked of the service: the call has none. */
static const struct {
	const char *typed, *said;
} sub_words[] = {
    {"proposal aprove P-1", "did you mean \"approve\"?"},
    {"proposal elephants", "proposal has no word \"elephants\""},
    {"cap show", "usage: hearth cap show ID"},
    {"cap show A B", "usage: hearth cap show ID"},
    {"plan issu", "did you mean \"issue\"?"},
    {"provider show", "usage: hearth provider show ID"},
};

START_TEST(words__of_a_command__say_what_is_meant)
{
	ck_assert_msg(parse(sub_words[_i].typed), "%s", err.text);
	ck_assert(!call.command->ask(&call, &err));
	ck_assert_int_eq(err.code, ERR_USAGE);
	ck_assert_ptr_nonnull(strstr(err.text, sub_words[_i].said));
}
END_TEST

START_TEST(ref__mistyped__is_noticed_without_the_service)
{
	static const char *const bodies[] = {CANNED_REPORT};

	ck_assert(!ask("ref 1PNW-4HMK-1B98-7GC8-J6H8-SS", bodies));
	ck_assert_int_eq(err_exit(err.code), 2);
	ck_assert_int_eq(n_asked, 0);
}
END_TEST

/* --- the tables --------------------------------------------------------------
 */

static void
in_manual(const char *item)
{
	const char *top = getenv("top_srcdir");
	char *path = file_join(top != NULL ? top : ".", "man/hearth.1", NULL);
	struct buf text = {0};

	ck_assert_msg(file_read(&text, path, 1 << 20, &err), "%s", err.text);
	ck_assert_msg(strstr(buf_text(&text), item) != NULL,
	    "man/hearth.1 has no line \"%s\"", item);
	buf_free(&text);
	free(path);
}

START_TEST(commands__row__has_help_and_a_manual_entry)
{
	const struct command *c = &commands[_i];
	struct buf help = {0};
	char *item = xasprintf("\n.It Cm %s", c->name);

	help_command(&help, c);
	ck_assert_ptr_nonnull(strstr(buf_text(&help), c->name));
	ck_assert_ptr_nonnull(strstr(buf_text(&help), c->summary));
	in_manual(item);
	free(item);
	buf_free(&help);
}
END_TEST

static const struct {
	size_t width;
	const char *text, *shown;
} long_errors[] = {
    {60, "usage: hearth plan [list | show ID | assign ID MONITOR | packets]",
	"hearth: usage: hearth plan [list | show ID |\n"
	"                           assign ID MONITOR | packets]\n"},
    {0, "usage: hearth plan [list | show ID | assign ID MONITOR | packets]",
	"hearth: usage: hearth plan [list | show ID | assign ID MONITOR | "
	"packets]\n"},
    {18, "one two three four", "hearth: one two\n        three four\n"},
    {15, "one two three four", "hearth: one two three four\n"},
    {60, "the store is locked", "hearth: the store is locked\n"},
};

START_TEST(error__too_long__hangs_below_its_beginning)
{
	struct buf shown = {0};

	help_error(&shown, long_errors[_i].text, long_errors[_i].width);
	ck_assert_str_eq(buf_text(&shown), long_errors[_i].shown);
	buf_free(&shown);
}
END_TEST

START_TEST(error__usage_of_a_command__fits_the_terminal)
{
	const struct command *c = &commands[_i];
	char *usage = xasprintf("usage: hearth %s %s", c->name, c->synopsis);
	struct buf shown = {0};
	const char *at;

	help_error(&shown, usage, 80);
	for (at = buf_text(&shown); *at != '\0'; at++) {
		size_t len = strcspn(at, "\n");

		ck_assert_msg(len <= 80, "%s", at);
		at += len;
	}
	free(usage);
	buf_free(&shown);
}
END_TEST

START_TEST(options__row__is_taken_and_in_the_manual)
{
	char *item = xasprintf("Fl Fl %s", option_rows[_i].name);
	uint64_t taken = options_everywhere;

	for (size_t c = 0; c < commands_count; c++)
		taken |= commands[c].options;
	ck_assert_msg(
	    taken >> _i & 1, "nobody takes --%s", option_rows[_i].name);
	in_manual(item);
	free(item);
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("command");
	TCase *t = tcase_create("command");

	tcase_add_checked_fixture(t, start, stop);
	tcase_add_test(t, parse__takes__options_anywhere);
	tcase_add_test(t, parse__takes__demo_before_a_command);
	tcase_add_test(t, parse__takes__nothing_for_the_screens);
	tcase_add_test(t, parse__takes__values_that_begin_with_a_dash);
	tcase_add_loop_test(t, parse__refuses__and_names_the_slip, 0,
	    sizeof slips / sizeof *slips);
	tcase_add_test(t, report__asks__with_every_option);
	tcase_add_test(t, list__asks__page_by_page_for_files);
	tcase_add_test(t, list__asks__no_more_than_the_limit);
	tcase_add_test(t, list__asks__not_for_ever);
	tcase_add_test(t, list__asks__and_finds_nobody);
	tcase_add_test(t, child__asks__with_an_encoded_id);
	tcase_add_test(t, org__asks__for_every_level_of_depth);
	tcase_add_test(t, countdown__asks__only_for_clocks_there_are);
	tcase_add_test(t, ref__asks__for_what_the_code_stands_for);
	tcase_add_test(t, ref__gone__names_the_part_and_the_present_figure);
	tcase_add_loop_test(t, words__of_a_command__say_what_is_meant, 0,
	    (int)(sizeof sub_words / sizeof *sub_words));
	tcase_add_test(t, ref__mistyped__is_noticed_without_the_service);
	tcase_add_test(t, changes__asks__by_its_options);
	tcase_add_test(t, changes__of_a_clock__asks_for_moves);
	tcase_add_loop_test(t, changes__refuses__without_asking, 0,
	    sizeof wrong_changes / sizeof *wrong_changes);
	tcase_add_loop_test(t, commands__row__has_help_and_a_manual_entry, 0,
	    (int)commands_count);
	tcase_add_loop_test(t, error__too_long__hangs_below_its_beginning, 0,
	    sizeof long_errors / sizeof *long_errors);
	tcase_add_loop_test(t, error__usage_of_a_command__fits_the_terminal, 0,
	    (int)commands_count);
	tcase_add_loop_test(
	    t, options__row__is_taken_and_in_the_manual, 0, OPTION_COUNT);
	suite_add_tcase(suite, t);
	return unit_run(suite);
}
