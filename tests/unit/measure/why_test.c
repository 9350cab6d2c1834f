/* Reasons: the same verdicts as the figures, with the rules that made them. */
#include "measure/why.h"

#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "history.h"
#include "lib/unit.h"
#include "measure/result.h"
#include "rows.h"

#define KIDS 1500

static struct kid kids[KIDS];
static struct facts *facts;
static struct measures *measures;

static void
setup(void)
{
	struct rng rng;

	rng_seed(&rng, 7);
	for (int i = 0; i < KIDS; i++)
		history_kid(&kids[i], &rng, day("2011-12-01"));
	facts = history_facts(kids, KIDS, day("2015-01-31"));
	measures = rows_measures();
}

static void
teardown(void)
{
	facts_close(facts);
	measures_free(measures);
}

/* Exactly one rule decided, unless the row is outside for another cause. */
static void
check_rules(const struct why_episode *e)
{
	int decided = 0;

	for (size_t i = 0; i < e->rules_n; i++) {
		decided += e->rules[i].decided;
		ck_assert_str_ne(e->rules[i].text, "");
		ck_assert(e->rules[i].holds != 0 || decided > 0 ||
			  e->verdict == VERDICT_OUTSIDE);
	}
	ck_assert_int_le(decided, 1);
	if (e->verdict == VERDICT_MISSED || e->verdict == VERDICT_EXCLUDED)
		ck_assert_str_ne(e->reason, "");
}

START_TEST(why__verdict__is_that_of_the_figure)
{
	const struct measure *m = measures_at(measures, _i);
	struct measure_period p = {.from = day("2011-10-01"),
	    .to = day("2012-09-30"),
	    .as_of = day("2015-01-31")};
	uint32_t children = facts_rows(facts, FACTS_CHILD);
	int *verdicts = calloc(children, sizeof *verdicts);
	struct result *r;

	if (measure_about(m)->months == 0)
		p.from = p.to;
	r = result_new(m, facts, &p);
	for (uint32_t i = 0; i < result_rows(r); i++)
		verdicts[result_row(r, i).child] = result_row(r, i).verdict;
	for (uint32_t c = 0; c < children; c++) {
		struct why *w = why_new(m, facts, &p, c);
		int want = verdicts[c] != 0 ? verdicts[c] : VERDICT_OUTSIDE;

		ck_assert_msg(w->verdict == want, "%s, child %u: %d, why %d",
		    measure_about(m)->id, c, want, w->verdict);
		for (size_t i = 0; i < w->episodes_n; i++)
			check_rules(&w->episodes[i]);
		why_free(w);
	}
	result_free(r);
	free(verdicts);
}
END_TEST

static const struct why_value *
value_of(const struct why_rule *rule, const char *name)
{
	for (size_t i = 0; i < rule->values_n; i++)
		if (strcmp(rule->values[i].name, name) == 0)
			return &rule->values[i];
	ck_abort_msg("%s: no value %s", rule->text, name);
	return NULL;
}

/* Case C of measures.md 9.9: the first entry is too short, the second is not
 * the first. */
START_TEST(why__trace__names_rule_values_and_choice)
{
	static const char *const rows[] = {
	    "children child_id=a birth_date=2005-01-01",
	    "removals child_id=a removal_date=2011-12-01"
	    " discharge_date=2011-12-05 discharge_reason=reunification",
	    "removals child_id=a removal_date=2012-02-01"
	    " discharge_date=2012-06-01 discharge_reason=reunification",
	    "removals child_id=a removal_date=2012-11-01", NULL};
	struct measure_period p = {.from = day("2011-10-01"),
	    .to = day("2012-09-30"),
	    .as_of = day("2013-12-31")};
	struct facts *f = rows_facts("2013-12-31", rows);
	struct why *w = why_new(measures_find(measures, "p1"), f, &p, 0);
	const struct why_rule *rule;

	ck_assert_int_eq(w->verdict, VERDICT_EXCLUDED);
	ck_assert_str_eq(w->reason, "stay under 8 days");
	ck_assert_uint_eq(w->episodes_n, 3);

	rule = &w->episodes[0].rules[4]; /* cohort, choose, A6, A2, 8 days */
	ck_assert_str_eq(rule->why, "stay under 8 days");
	ck_assert(rule->decided);
	ck_assert_int_eq(rule->holds, YESNO_YES);
	ck_assert_str_eq(
	    value_of(rule, "days(removal_date, discharge_date)")->value, "4");
	ck_assert_str_eq(value_of(rule, "discharge_date")->value, "2011-12-05");
	ck_assert_str_eq(value_of(rule, "discharge_date")->source,
	    "removals.discharge_date");
	ck_assert_int_eq(w->episodes[0].rules[5].holds, 0); /* not asked */

	ck_assert_int_eq(w->episodes[1].verdict, VERDICT_OUTSIDE);
	ck_assert_str_eq(
	    w->episodes[1].reason, "not the child's first entry in the period");
	ck_assert_int_eq(w->episodes[1].rules[1].kind, RULE_CHOOSE);
	ck_assert(w->episodes[1].rules[1].decided);

	ck_assert_str_eq(
	    w->episodes[2].reason, "not in the cohort: removal_date in period");
	ck_assert(w->episodes[2].rules[0].decided);
	why_free(w);
	facts_close(f);
}
END_TEST

/* What a function looks through is what would change its value. */
START_TEST(why__function__names_the_fields_behind_it)
{
	static const char *const rows[] = {
	    "children child_id=a birth_date=2005-01-01",
	    "removals child_id=a removal_date=2012-01-01",
	    "visits child_id=a date=2012-02-10 kind=worker_child",
	    NULL,
	};
	struct facts *one = rows_facts("2012-12-31", rows);
	struct measure_period p = {
	    day("2012-01-01"), day("2012-12-31"), day("2012-12-31")};
	struct why *w = why_new(measures_find(measures, "wv-1"), one, &p, 0);
	const struct why_value *v = NULL;

	for (size_t i = 0; i < w->episodes[0].rules_n && v == NULL; i++)
		if (w->episodes[0].rules[i].kind == RULE_NUMERATOR)
			v = value_of(
			    &w->episodes[0].rules[i], "months_visited");
	ck_assert_ptr_nonnull(v);
	ck_assert_str_eq(v->value, "1");
	ck_assert_str_eq(v->source, "visits.date, visits.kind");
	why_free(w);
	facts_close(one);
}
END_TEST

int
main(void)
{
	Suite *s = suite_create("why");
	TCase *t = tcase_create("why");

	tcase_set_timeout(t, 120);
	tcase_add_unchecked_fixture(t, setup, teardown);
	tcase_add_loop_test(t, why__verdict__is_that_of_the_figure, 0, 16);
	tcase_add_test(t, why__trace__names_rule_values_and_choice);
	tcase_add_test(t, why__function__names_the_fields_behind_it);
	suite_add_tcase(s, t);
	return unit_run(s);
}
