/* The rules of counting providers: the shipped file, and what is wrong. */
#include "census/rules.h"

#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "lib/unit.h"

static int32_t
day(const char *text)
{
	return date_parse(text, strlen(text));
}

START_TEST(rules__read__the_shipped_file_is_what_holds_without_one)
{
	struct census_rules file, preset;
	struct faults faults = {0};
	struct err err = {0};
	char *path = xasprintf("%s/etc/providers/census.cfg",
	    getenv("top_srcdir") != NULL ? getenv("top_srcdir") : ".");

	census_rules_init(&preset);
	ck_assert_msg(
	    census_rules_read(&file, path, &faults, &err), "%s", err.text);
	free(path);
	ck_assert_uint_eq(file.n, 1);
	ck_assert_int_eq(file.list[0].from, preset.list[0].from);
	ck_assert_int_eq(file.list[0].absence_days, 14);
	ck_assert_int_eq(
	    file.list[0].absence_days, preset.list[0].absence_days);
	ck_assert_int_eq(
	    file.list[0].reentry_months, preset.list[0].reentry_months);
	ck_assert_int_eq(file.list[0].asked, preset.list[0].asked);
	ck_assert_mem_eq(file.list[0].setting, preset.list[0].setting,
	    sizeof preset.list[0].setting);
	ck_assert_mem_eq(file.list[0].discharge, preset.list[0].discharge,
	    sizeof preset.list[0].discharge);
	ck_assert_str_eq(file.list[0].mark, "D");
	census_rules_fini(&file);
	census_rules_fini(&preset);
}
END_TEST

START_TEST(rules__parse__a_later_rule_changes_only_what_it_says)
{
	struct census_rules r;
	struct faults faults = {0};

	ck_assert(census_rules_parse(&r, "f",
	    "rules = ({ from = \"2000-01-01\"; absence_days = 3; },\n"
	    "{ from = \"2012-07-01\"; requested_by = \"start\";\n"
	    "  setting: { group_home = 9; }; });",
	    &faults));
	ck_assert_int_eq(
	    census_rule_on(&r, day("2012-06-30"))->asked, CENSUS_ASKED_END);
	ck_assert_int_eq(
	    census_rule_on(&r, day("2012-07-01"))->asked, CENSUS_ASKED_START);
	ck_assert_int_eq(
	    census_rule_on(&r, day("2012-07-01"))->absence_days, 3);
	ck_assert_int_eq(
	    census_rule_on(&r, day("2012-07-01"))->setting[SETTING_GROUP_HOME],
	    9);
	/* Before the first rule the first one holds. */
	ck_assert_int_eq(
	    census_rule_on(&r, day("1990-01-01"))->absence_days, 3);
	census_rules_fini(&r);
}
END_TEST

static const struct {
	const char *text, *says;
	int line;
} wrong[] = {
    {"rules = ();", "missing", 1},
    {"x = 1;", "missing", 1},
    {"rules = ({ absence_days = 3; });", "from is missing", 1},
    {"rules = ({ from = \"2012-02-30\"; });", "no day", 1},
    {"rules = ({ from = \"2012-02-01\";\n absence_days = 999; });",
	"whole number from 0 to 366", 2},
    {"rules = ({ from = \"2012-02-01\";\n\n colour = 1; });", "not known", 3},
    {"rules = ({ from = \"2012-02-01\";\n setting: { castle = 1; }; });",
	"castle", 2},
    {"rules = ({ from = \"2012-02-01\";\n setting: { relative = 0; }; });",
	"relative", 2},
    {"rules = ({ from = \"2012-02-01\"; requested_by = \"both\"; });", "start",
	1},
    {"rules = ({ from = \"2012-02-01\"; }, { from = \"2012-01-01\"; });",
	"order", 1},
    {"rules = (", "syntax", 1},
};

START_TEST(rules__parse__says_what_is_wrong_and_where)
{
	struct census_rules r;
	struct faults faults = {0};

	ck_assert(!census_rules_parse(&r, "f.cfg", wrong[_i].text, &faults));
	ck_assert_uint_gt(faults.n, 0);
	ck_assert_str_eq(faults.list[0].file, "f.cfg");
	ck_assert_int_eq(faults.list[0].line, wrong[_i].line);
	ck_assert_msg(strstr(faults.list[0].text, wrong[_i].says) != NULL, "%s",
	    faults.list[0].text);
	/* What is asked all the same goes by the usual rules. */
	ck_assert_int_eq(census_rule_on(&r, 0)->absence_days, 14);
	census_rules_fini(&r);
	faults_free(&faults);
}
END_TEST

int
main(void)
{
	Suite *s = suite_create("rules");
	TCase *t = tcase_create("rules");

	tcase_add_test(
	    t, rules__read__the_shipped_file_is_what_holds_without_one);
	tcase_add_test(t, rules__parse__a_later_rule_changes_only_what_it_says);
	tcase_add_loop_test(t, rules__parse__says_what_is_wrong_and_where, 0,
	    sizeof wrong / sizeof *wrong);
	suite_add_tcase(s, t);
	return unit_run(s);
}
