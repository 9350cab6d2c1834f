/*
 * What is said of figures that are large enough to say anything: verdicts
 * beside peers, warnings that speed is paid for, and tables that add up. Six
 * counties are added to the extract; what to expect of them is worked out at
 * add_county().
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "contract/ask.h"
#include "contract/vt.h"
#include "lib/unit.h"

static struct fixture f;
static struct buf org, children, removals, assignments;

#define ORG "node_id,parent_id,level,name,kind,fips,valid_from,valid_to\n"
#define CHILDREN                                                            \
	"child_id,birth_date,sex,race,hispanic,disabilities,sibling_group," \
	"given_name,family_name,restricted\n"
#define REMOVALS \
	"child_id,removal_date,custody_date,discharge_date,discharge_reason\n"
#define ASSIGNMENTS "child_id,node_id,start_date,end_date\n"

/* n children who came in the autumn of a year; the first home went home in
 * spring, and of them the first back were back in summer. */
struct year {
	const char *county;
	int year, n, home, back;
};

static void
add_year(const struct year *y)
{
	for (int i = 0; i < y->n; i++) {
		char id[32];

		snprintf(id, sizeof id, "%s-%d-%d", y->county, y->year, i);
		buf_printf(
		    &children, "%s,2014-05-05,female,white,n,,,,,n\n", id);
		buf_printf(
		    &removals, "%s,%d-11-01,%d-11-01,", id, y->year, y->year);
		if (i < y->home)
			buf_printf(
			    &removals, "%d-04-01,reunification\n", y->year + 1);
		else
			buf_str(&removals, ",\n");
		if (i < y->back)
			buf_printf(&removals, "%s,%d-08-01,%d-08-01,,\n", id,
			    y->year + 1, y->year + 1);
		buf_printf(
		    &assignments, "%s,%s,%d-11-01,\n", id, y->county, y->year);
	}
}

static void
add_county(const char *id, int home)
{
	buf_printf(&org, "%s,MO,county,County %s,public,,,\n", id, id);
	add_year(&(struct year){id, 2022, 60, home, 0});
}

static void
publish(void)
{
	const struct fixture_edit edits[] = {
	    {"org.csv", ORG, buf_text(&org)},
	    {"children.csv", CHILDREN, buf_text(&children)},
	    {"removals.csv", REMOVALS, buf_text(&removals)},
	    {"assignments.csv", ASSIGNMENTS, buf_text(&assignments)},
	};
	const struct fixture_data data = {.through = date_make(2024, 9, 30),
	    .later = 60,
	    .edits = edits,
	    .edits_n = sizeof edits / sizeof *edits};

	fixture_publish_data(&f, &data);
}

static void
setup(void)
{
	buf_str(&org, ORG);
	buf_str(&children, CHILDREN);
	buf_str(&removals, REMOVALS);
	buf_str(&assignments, ASSIGNMENTS);
	/* Much quicker than the year before, and half of them came back:
	 * P1 10/60, then 50/60; P4 0/10, then 25/50. */
	buf_str(&org, "X1,MO,county,County X1,public,,,\n");
	add_year(&(struct year){"X1", 2021, 60, 10, 0});
	add_year(&(struct year){"X1", 2022, 60, 50, 25});
	/* Like each other, and one that is far below. */
	add_county("X2", 20);
	add_county("X3", 21);
	add_county("X4", 22);
	add_county("X5", 4);
	fixture_open(&f, true);
	publish();
}

static void
teardown(void)
{
	fixture_close(&f);
	buf_free(&org);
	buf_free(&children);
	buf_free(&removals);
	buf_free(&assignments);
}

static cJSON *
get(const char *target)
{
	return ask(&(struct asking){.of = &f, .target = target, .status = 200});
}

static void
holds(const cJSON *answer, const char *check)
{
	struct buf why = {0};

	ck_assert_msg(
	    vt_holds(check, answer, &why), "%s: %s", check, buf_text(&why));
	buf_free(&why);
}

START_TEST(report__speed_that_is_paid_for__is_warned_of)
{
	cJSON *a = get("/v1/report?measure=p1&at=X1");

	holds(a, "$.total.value = \"83.3\"");
	holds(a, "$.change.direction = \"better\"");
	holds(a, "$.change.from = \"2021-10-01\"");
	holds(a, "$.change.value = \"16.7\"");
	holds(a, "$.change.beyond = true");
	holds(a, "$.counterbalance[0].measure.id = \"p4-r4\"");
	holds(a, "$.counterbalance[0].total.value = \"50.0\"");
	holds(a, "$.counterbalance[0].change.direction = \"worse\"");
	holds(a, "$.counterbalance[0].change.value = \"0.0\"");
	holds(a, "$.counterbalance[0].change.beyond = true");
	holds(a, "$.warnings # 1");
	holds(a, "$.warnings[0] ~ p1 got better (16.7, then 83.3)");
	holds(a, "$.warnings[0] ~ p4-r4 got worse (0.0, then 50.0)");
	cJSON_Delete(a);
	/* Seen from the other side it is the price, not the speed. */
	a = get("/v1/report?measure=p4-r4&at=X1");
	holds(a, "$.change.direction = \"worse\"");
	holds(a, "$.warnings # 0");
	cJSON_Delete(a);
	a = get("/v1/report?measure=p1&at=X2");
	holds(a, "$.change.direction = null");
	holds(a, "$.warnings # 0");
	cJSON_Delete(a);
}
END_TEST

START_TEST(compare__counties__are_told_apart)
{
	cJSON *a = get("/v1/compare?measure=p1&by=county");
	const cJSON *row, *rows = cJSON_GetObjectItem(a, "rows");
	cJSON *better, *worse;

	static const struct {
		const char *key, *verdict, *median;
	} wanted[] = {{"X1", "better", "34.2"}, {"X2", "alike", "35.9"},
	    {"X3", "alike", "35.0"}, {"X4", "alike", "34.2"},
	    {"X5", "worse", "35.9"}};

	/* 83.3, 33.3, 35.0, 36.7, 6.7: medians of the four others. */
	for (size_t i = 0; i < sizeof wanted / sizeof *wanted; i++) {
		cJSON_ArrayForEach(
		    row, rows) if (strcmp(json_get_string(row, "key"),
				       wanted[i].key) == 0) break;
		ck_assert_msg(row != NULL, "%s", wanted[i].key);
		ck_assert_str_eq(
		    json_get_string(row, "verdict"), wanted[i].verdict);
		ck_assert_str_eq(
		    json_get_string(row, "peer_median"), wanted[i].median);
		holds(row, "$.band = \"30-99\"");
		holds(row, "$.peers = 4");
		holds(row, "$.tested = 5");
	}
	cJSON_Delete(a);
	/* The same verdict from wherever it is looked at. */
	better = get("/v1/compare?measure=p1&at=X1");
	worse = get("/v1/compare?measure=p1&at=X5");
	holds(better, "$.total.verdict = \"better\"");
	holds(better, "$.total.tested = 5");
	holds(better, "$.warnings # 1");
	holds(worse, "$.total.verdict = \"worse\"");
	holds(worse, "$.total.words ~ corrected for 5 units");
	cJSON_Delete(better);
	cJSON_Delete(worse);
}
END_TEST

/* Of the six to eleven year olds who came in: X1 50/60, X2 20, X3 21, X4 22, X5
 * 4 of 60 each, and those of the extract of that age. */
START_TEST(compare__expected__adds_up)
{
	cJSON *a = get("/v1/compare?measure=p1&at=X5");
	const cJSON *e = cJSON_GetObjectItem(a, "expected"), *row;
	double sum = 0, all, met, of;

	cJSON_ArrayForEach(row, cJSON_GetObjectItem(e, "rows"))
	{
		int64_t n = 0, d = 0, here = 0;

		json_get_int(row, "whole_numerator", &n);
		json_get_int(row, "whole_denominator", &d);
		json_get_int(row, "denominator", &here);
		sum += strtod(json_get_string(row, "expected"), NULL);
		ck_assert_double_eq_tol(
		    strtod(json_get_string(row, "expected"), NULL),
		    (double)n / (double)d * (double)here, 0.0051);
	}
	all = strtod(json_get_string(e, "expected"), NULL);
	ck_assert_double_eq_tol(sum, all, 1e-9);
	met = cJSON_GetObjectItem(e, "whole_numerator")->valuedouble;
	of = cJSON_GetObjectItem(e, "whole_denominator")->valuedouble;
	ck_assert(met >= 117 && of >= 300);
	ck_assert_double_eq_tol(all, met / of * 60, 0.0051);
	holds(e, "$.observed = 4");
	holds(e, "$.denominator = 60");
	holds(a, "$.total.size = 60");
	cJSON_Delete(a);
}
END_TEST

/* --- codes of rows --------------------------------------------------- */

static void
same_figure(const cJSON *row, const char *code)
{
	static const char *const members[] = {"numerator", "denominator",
	    "value", "excluded", "pending", "unknown", "at_least", "at_most",
	    "low", "high", "peers", "peer_median", "verdict", "p"};
	char *target = xasprintf("/v1/ref?code=%s", code);
	cJSON *ref = get(target), *again;
	const cJSON *total;

	holds(ref, "$.state = \"same\"");
	again = get(json_get_string(ref, "request"));
	total = cJSON_GetObjectItem(again, "total");
	for (size_t i = 0; i < sizeof members / sizeof *members; i++) {
		const cJSON *was = cJSON_GetObjectItem(row, members[i]);

		ck_assert_msg(
		    was == NULL || cJSON_IsNull(was) ||
			cJSON_Compare(
			    was, cJSON_GetObjectItem(total, members[i]), true),
		    "%s: %s", json_get_string(row, "name"), members[i]);
	}
	cJSON_Delete(again);
	cJSON_Delete(ref);
	free(target);
}

/* Every figure in a tree of an answer that has a code: how many. */
static int
same_figures(const cJSON *in)
{
	const char *code = json_get_string(in, "ref");
	const cJSON *item;
	int n = 0;

	if (code != NULL && cJSON_GetObjectItem(in, "denominator") != NULL) {
		same_figure(in, code);
		n++;
	}
	cJSON_ArrayForEach(item, in)
	{
		if (cJSON_IsObject(item) || cJSON_IsArray(item))
			n += same_figures(item);
	}
	return n;
}

static const struct {
	const char *target;
	int least; /* how many figures have a code */
} answers[] = {
    {"/v1/report?measure=p1&by=county", 6},
    {"/v1/report?measure=p1&by=sex,age_group&where=hispanic=n", 8},
    {"/v1/report?measure=p1&by=removal_reason,setting", 4},
    {"/v1/report?measure=c1.2&by=months_in_care,county", 4},
    {"/v1/report?measure=p1&at=X1&trend=4", 5},
    {"/v1/report?measure=p5&by=unit&trend=3", 8},
    {"/v1/report?measure=p1&at=X1&by=state", 2},
    {"/v1/compare?measure=p1&by=county", 6},
    {"/v1/compare?measure=p1&by=county&peers=cities", 6},
};

/* The code of each cell, row, total and window opens that figure again. */
START_TEST(ref__of_every_row__opens_that_figure)
{
	cJSON *a;
	int n;

	fixture_define(&f,
	    &(const struct fixture_edit){"peers.cfg", "peer_sets = (",
		"peer_sets = ( { name = \"cities\"; title = \"Cities\"; "
		"from = \"2013-01-01\"; level = \"county\"; units = ( "
		"\"X1\", \"X2\", \"X3\", \"X5\", \"gone\" ); "
		"source = \"test\"; },"},
	    1);
	a = get(answers[_i].target);
	n = same_figures(a);
	ck_assert_msg(
	    n >= answers[_i].least, "%s: %d codes", answers[_i].target, n);
	cJSON_Delete(a);
}
END_TEST

/* X1 83.3, X2 33.3, X3 35.0, X5 6.7: X4 is none of the set, and beside all. */
START_TEST(compare__named_peers__are_the_agencys)
{
	const struct fixture_edit edit = {"peers.cfg", "peer_sets = (",
	    "peer_sets = ( { name = \"cities\"; title = \"Cities\"; "
	    "from = \"2013-01-01\"; level = \"county\"; "
	    "units = ( \"X1\", \"X2\", \"X3\", \"X5\", \"gone\" ); "
	    "source = \"test\"; }, "
	    "{ name = \"cities\"; title = \"Cities of 2024\"; "
	    "from = \"2024-01-01\"; level = \"county\"; "
	    "units = ( \"X1\", \"X2\" ); source = \"test\"; },"};
	const cJSON *row;
	char *code, *target;
	cJSON *a;

	fixture_define(&f, &edit, 1);
	a = get("/v1/compare?measure=p1&by=county&peers=cities");
	holds(a, "$.peers.title = \"Cities\"");
	holds(a, "$.missing = [\"gone\"]");
	holds(a, "$.footnotes[0] ~ the agency's set cities");
	cJSON_ArrayForEach(row, cJSON_GetObjectItem(a, "rows"))
	{
		const char *key = json_get_string(row, "key");

		if (strcmp(key, "X2") == 0) {
			holds(row, "$.peers = 3");
			holds(row, "$.peer_median = \"35.0\"");
			holds(row, "$.band = \"cities\"");
		} else if (strcmp(key, "X4") == 0) {
			holds(row, "$.peers = 4");
			holds(row, "$.peer_median = \"34.2\"");
		}
	}
	code = xstrdup(json_get_string(a, "ref"));
	cJSON_Delete(a);
	/* The county itself, by the same set. */
	a = get("/v1/compare?measure=p1&at=X5&peers=cities");
	holds(a, "$.total.peers = 3");
	holds(a, "$.total.verdict = \"worse\"");
	cJSON_Delete(a);
	/* Another set of that name since: the code says so. */
	fixture_define(&f,
	    &(const struct fixture_edit){"peers.cfg", "peer_sets = (",
		"peer_sets = ( { name = \"cities\"; title = \"Others\"; "
		"from = \"2013-01-01\"; level = \"county\"; "
		"units = ( \"X3\", \"X4\" ); source = \"test\"; },"},
	    1);
	target = xasprintf("/v1/ref?code=%s", code);
	a = get(target);
	holds(a, "$.state = \"gone\"");
	holds(a, "$.request = null");
	holds(a, "$.now ~ peers=cities");
	cJSON_Delete(a);
	free(target);
	free(code);
}
END_TEST

int
main(void)
{
	Suite *s = suite_create("judged");
	TCase *t = tcase_create("judged");

	tcase_add_checked_fixture(t, setup, teardown);
	tcase_set_timeout(t, 60);
	tcase_add_test(t, report__speed_that_is_paid_for__is_warned_of);
	tcase_add_test(t, compare__counties__are_told_apart);
	tcase_add_test(t, compare__expected__adds_up);
	tcase_add_test(t, compare__named_peers__are_the_agencys);
	tcase_add_loop_test(t, ref__of_every_row__opens_that_figure, 0,
	    (int)(sizeof answers / sizeof *answers));
	suite_add_tcase(s, t);
	return unit_run(s);
}
