/* What is wrong with records: each rule on a child that breaks it and on one
 * that does not, whose it is, and what mending does to a score. */
#include "measure/quality.h"

#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "lib/unit.h"
#include "rows.h"

#define FINE                                                          \
	"children child_id=fine birth_date=2005-01-01 sex=female"     \
	" race=white given_name=Ana family_name=Soto",                \
	    "removals child_id=fine removal_date=2012-01-10"          \
	    " custody_date=2012-01-10 entered_on=2012-01-12",         \
	    "placements child_id=fine start_date=2012-01-10"          \
	    " setting=relative",                                      \
	    "goals child_id=fine start_date=2012-01-20 goal=reunify", \
	    "org node_id=w level=worker name=W parent_id=state",      \
	    "assignments child_id=fine node_id=w start_date=2012-01-10"

#define ROWS 20
static const struct {
	enum quality_rule rule;
	const char *rows[ROWS]; /* beside the child without a fault */
} cases[] = {
    {QUALITY_NO_BIRTH,
	{"children child_id=a", "removals child_id=a removal_date=2012-01-10"}},
    {QUALITY_BORN_AFTER_ENTRY,
	{"children child_id=a birth_date=2012-01-11",
	    "removals child_id=a removal_date=2012-01-10"}},
    {QUALITY_BORN_AFTER_EXIT,
	{"children child_id=a birth_date=2012-03-02",
	    "removals child_id=a removal_date=2012-01-10"
	    " discharge_date=2012-03-01 discharge_reason=reunification"}},
    {QUALITY_SAME_DAY,
	{"children child_id=a birth_date=2005-01-01",
	    "removals child_id=a removal_date=2012-01-10"
	    " discharge_date=2012-01-10 discharge_reason=reunification"}},
    {QUALITY_EXIT_FIRST,
	{"children child_id=a birth_date=2005-01-01",
	    "removals child_id=a removal_date=2012-01-10"
	    " discharge_date=2011-01-09 discharge_reason=reunification"}},
    {QUALITY_NO_REASON, {"children child_id=a birth_date=2005-01-01",
			    "removals child_id=a removal_date=2012-01-10"
			    " discharge_date=2012-03-01"}},
    {QUALITY_NO_SETTINGS, {"children child_id=a birth_date=2005-01-01",
			      "removals child_id=a removal_date=2012-01-10"}},
    {QUALITY_OVERLAP,
	{"children child_id=a birth_date=2005-01-01",
	    "removals child_id=a removal_date=2012-01-10"
	    " discharge_date=2012-05-01 discharge_reason=reunification",
	    "removals child_id=a removal_date=2012-04-30"}},
    {QUALITY_OUTSIDE, {"children child_id=a birth_date=2005-01-01",
			  "removals child_id=a removal_date=2012-01-10",
			  "placements child_id=a start_date=2011-12-01"
			  " end_date=2011-12-20 setting=relative"}},
    {QUALITY_FUTURE,
	{"children child_id=a birth_date=2005-01-01",
	    "removals child_id=a removal_date=2012-01-10"
	    " discharge_date=2021-05-01 discharge_reason=reunification"}},
    {QUALITY_TPR_EARLY,
	{"children child_id=a birth_date=2005-01-02",
	    "removals child_id=a removal_date=2012-01-10",
	    "legal child_id=a date=2005-01-01 event=tpr_mother"}},
    {QUALITY_TOO_LONG, {"children child_id=a birth_date=1988-01-01",
			   "removals child_id=a removal_date=1991-01-10"}},
    {QUALITY_LATE_ENTRY, {"children child_id=a birth_date=2005-01-01",
			     "removals child_id=a removal_date=2012-01-10"
			     " entered_on=2012-03-11"}}, /* 61 days */
    {QUALITY_NO_CUSTODY, {"children child_id=a birth_date=2005-01-01",
			     "removals child_id=a removal_date=2012-01-10"}},
    {QUALITY_NO_GOAL,
	{"children child_id=a birth_date=2005-01-01",
	    "removals child_id=a removal_date=2012-08-01"}}, /* 60 days */
    {QUALITY_NO_SETTING, {"children child_id=a birth_date=2005-01-01",
			     "removals child_id=a removal_date=2012-09-29"}},
    {QUALITY_NO_WORKER, {"children child_id=a birth_date=2005-01-01",
			    "removals child_id=a removal_date=2012-09-29"}},
    {QUALITY_NO_SEX,
	{"children child_id=a birth_date=2005-01-01 sex=unknown race=white",
	    "removals child_id=a removal_date=2012-09-29"}},
    {QUALITY_NO_RACE, {"children child_id=a birth_date=2005-01-01 sex=male",
			  "removals child_id=a removal_date=2012-09-29"}},
    {QUALITY_ADOPTED_NOT_FREE,
	{"children child_id=a birth_date=2005-01-01",
	    "removals child_id=a removal_date=2011-01-10"
	    " discharge_date=2012-03-01 discharge_reason=adoption",
	    "legal child_id=a date=2012-01-01 event=tpr_mother"}},
    {QUALITY_DUPLICATE, {"children child_id=a birth_date=2005-01-01 sex=female"
			 " given_name=Anna family_name=SOTO",
			    "removals child_id=a removal_date=2012-09-29"}},
};

static struct quality *
look(const char *const *more, struct facts **facts)
{
	static const char *const fine[] = {FINE};
	const char *rows[40] = {NULL};
	size_t n = 0;

	for (size_t i = 0; i < sizeof fine / sizeof *fine; i++)
		rows[n++] = fine[i];
	for (size_t i = 0; more != NULL && more[i] != NULL; i++)
		rows[n++] = more[i];
	*facts = rows_facts("2012-12-31", rows);
	return quality_new(
	    *facts, rows_day("2011-10-01"), rows_day("2012-09-30"));
}

static const struct quality_row *
row_of(const struct quality *q, const struct facts *facts, const char *id)
{
	for (size_t i = 0; i < q->rows_n; i++)
		if (strcmp(facts_str(facts, FACTS_CHILD_ID, q->rows[i].child),
			id) == 0)
			return &q->rows[i];
	return NULL;
}

START_TEST(quality__rule__is_broken)
{
	struct facts *facts;
	struct quality *q = look(cases[_i].rows, &facts);
	const struct quality_row *r = row_of(q, facts, "a");

	ck_assert_msg(r != NULL && (r->rules >> cases[_i].rule & 1) == 1, "%s",
	    quality_about(cases[_i].rule)->code);
	quality_free(q);
	facts_close(facts);
}
END_TEST

START_TEST(quality__record_without_fault__breaks_none)
{
	struct facts *facts;
	struct quality *q = look(NULL, &facts);

	ck_assert_uint_eq(q->rows_n, 1);
	ck_assert_uint_eq(q->rows[0].rules, 0);
	quality_free(q);
	facts_close(facts);
}
END_TEST

/* One day less than each limit, and what only looks alike. */
START_TEST(quality__just_within__breaks_none)
{
	static const char *const rows[] = {
	    "children child_id=a birth_date=2005-01-01",
	    "removals child_id=a removal_date=2012-08-02 entered_on=2012-10-01",
	    "children child_id=b birth_date=2005-01-01 sex=male"
	    " given_name=Ana family_name=Soto",
	    "removals child_id=b removal_date=2012-08-02",
	    "children child_id=c birth_date=2005-01-02 sex=female"
	    " given_name=Ana family_name=Soto",
	    "removals child_id=c removal_date=2012-08-02",
	    "children child_id=d birth_date=2005-01-01 sex=female"
	    " given_name=Alma family_name=Soto",
	    "removals child_id=d removal_date=2012-08-02", NULL};
	static const uint32_t none = 1u << QUALITY_NO_GOAL |
				     1u << QUALITY_LATE_ENTRY |
				     1u << QUALITY_DUPLICATE;
	struct facts *facts;
	struct quality *q = look(rows, &facts);

	ck_assert_uint_eq(q->rows_n, 5);
	for (size_t i = 0; i < q->rows_n; i++)
		ck_assert_uint_eq(q->rows[i].rules & none, 0);
	quality_free(q);
	facts_close(facts);
}
END_TEST

START_TEST(quality__child_out_of_the_period__is_not_looked_at)
{
	static const char *const rows[] = {"children child_id=a",
	    "removals child_id=a removal_date=2010-01-01"
	    " discharge_date=2011-09-30",
	    "children child_id=b",
	    "removals child_id=b removal_date=2012-10-01", NULL};
	struct facts *facts;
	struct quality *q = look(rows, &facts);

	ck_assert_uint_eq(q->rows_n, 1);
	quality_free(q);
	facts_close(facts);
}
END_TEST

/* A child with two stays is one row, with the faults of both. */
START_TEST(quality__two_stays__are_one_child)
{
	static const char *const rows[] = {
	    "children child_id=a birth_date=2005-01-01",
	    "removals child_id=a removal_date=2011-11-01"
	    " discharge_date=2011-12-01",
	    "removals child_id=a removal_date=2012-03-01", NULL};
	struct facts *facts;
	struct quality *q = look(rows, &facts);
	const struct quality_row *r = row_of(q, facts, "a");

	ck_assert_uint_eq(q->rows_n, 2);
	ck_assert(r != NULL && (r->rules >> QUALITY_NO_REASON & 1) == 1);
	ck_assert_int_eq(facts_i32(facts, FACTS_REMOVAL_DATE)[r->removal],
	    rows_day("2012-03-01"));
	quality_free(q);
	facts_close(facts);
}
END_TEST

START_TEST(quality__count__keeps_to_the_node)
{
	static const char *const rows[] = {
	    "org node_id=v level=worker name=V parent_id=state",
	    "children child_id=a birth_date=2005-01-01",
	    "removals child_id=a removal_date=2012-01-10"
	    " discharge_date=2012-03-01",
	    "assignments child_id=a node_id=v start_date=2012-01-10"
	    " end_date=2012-03-01",
	    NULL};
	struct facts *facts;
	struct quality *q = look(rows, &facts);
	struct query query = {.at = facts_find_node(facts, "v")};
	struct quality_count count;
	uint32_t *list;
	size_t n;

	quality_count(q, facts, &query, &count);
	ck_assert_int_eq(count.children, 1);
	ck_assert_int_eq(count.wrong, 1);
	ck_assert_int_eq(count.rules[QUALITY_NO_REASON], 1);
	query.at = facts_find_node(facts, "w");
	list = quality_list(q, facts, &query, QUALITY_NO_REASON, &n);
	ck_assert_uint_eq(n, 0);
	free(list);
	query.at = FACTS_NO_ROW;
	list = quality_list(q, facts, &query, QUALITY_NO_REASON, &n);
	ck_assert_uint_eq(n, 1);
	free(list);
	quality_free(q);
	facts_close(facts);
}
END_TEST

/* P1: of three entries one met, one missed, one has no reason: 1/2 = 50.0;
 * mended it is between 1/3 = 33.3 and 2/3 = 66.7. */
START_TEST(quality__effect__is_what_mending_can_do)
{
	static const char *const rows[] = {
	    "children child_id=a birth_date=2005-01-01",
	    "removals child_id=a removal_date=2011-10-10"
	    " discharge_date=2012-03-01 discharge_reason=reunification",
	    "children child_id=b birth_date=2005-01-01",
	    "removals child_id=b removal_date=2011-10-10"
	    " discharge_date=2012-03-01",
	    "children child_id=c birth_date=2005-01-01",
	    "removals child_id=c removal_date=2011-10-10", NULL};
	struct facts *facts = rows_facts("2013-12-31", rows);
	struct measures *measures = rows_measures();
	const struct measure *m = measures_find(measures, "p1");
	struct measure_period p = {rows_day("2011-10-01"),
	    rows_day("2012-09-30"), rows_day("2013-12-31")};
	struct result *r = result_new(m, facts, &p);
	struct query q = {.at = FACTS_NO_ROW};
	struct slice *s = slice_new(r, &q);
	struct quality_effect *e;
	size_t n;

	e = quality_effects(m, s, &n);
	ck_assert_uint_eq(n, 1);
	ck_assert_str_eq(e[0].code, "DQ-A9");
	ck_assert_int_eq(e[0].count, 1);
	ck_assert(e[0].has_now && e[0].bounded);
	ck_assert_int_eq(e[0].now, 500);
	ck_assert_int_eq(e[0].low, 333);
	ck_assert_int_eq(e[0].high, 667);
	ck_assert_int_eq(e[0].shift, 167);
	free(e);
	slice_free(s);
	result_free(r);
	measures_free(measures);
	facts_close(facts);
}
END_TEST

START_TEST(quality__rules__have_codes_of_their_own)
{
	for (int i = 0; i < QUALITY_RULES; i++) {
		const struct quality_about *a = quality_about(i);

		ck_assert_int_eq(quality_find(a->code), i);
		ck_assert(a->text[0] != '\0' && a->remedy[0] != '\0');
		ck_assert(strchr(a->field, '.') != NULL);
	}
	ck_assert_int_eq(quality_find("DQ-A99"), QUALITY_RULES);
	ck_assert_int_le(QUALITY_RULES, 32);
}
END_TEST

int
main(void)
{
	Suite *s = suite_create("quality");
	TCase *t = tcase_create("quality");

	tcase_add_loop_test(t, quality__rule__is_broken, 0,
	    (int)(sizeof cases / sizeof *cases));
	tcase_add_test(t, quality__record_without_fault__breaks_none);
	tcase_add_test(t, quality__just_within__breaks_none);
	tcase_add_test(t, quality__child_out_of_the_period__is_not_looked_at);
	tcase_add_test(t, quality__two_stays__are_one_child);
	tcase_add_test(t, quality__count__keeps_to_the_node);
	tcase_add_test(t, quality__effect__is_what_mending_can_do);
	tcase_add_test(t, quality__rules__have_codes_of_their_own);
	suite_add_tcase(s, t);
	return unit_run(s);
}
