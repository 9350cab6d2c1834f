/* Two answers to one question: who changed, and what did it. */
#include "measure/diff.h"

#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "history.h"
#include "lib/unit.h"
#include "rows.h"

static struct measures *measures;
static const struct query everybody = {.at = FACTS_NO_ROW};

static void
setup(void)
{
	measures = rows_measures();
}

static void
teardown(void)
{
	measures_free(measures);
}

/* --- by hand --------------------------------------------------------- */

/* A child that entered on 2011-11-15 and left on a day for a reason. */
#define CHILD "children child_id=a birth_date=2005-01-01"
#define OUT(day, why)                                                         \
	"removals child_id=a removal_date=2011-11-15 discharge_date=" day " " \
	"discharge_reason=" why

struct hand {
	const char *then[8], *now[8];
	int change; /* 0: alike */
	int cause;
	const char *name, *was, *is;
};

static const struct hand hands[] = {
    /* Left in time, but the reason was mended. */
    {{CHILD, OUT("2012-06-01", "runaway")},
	{CHILD, OUT("2012-06-01", "reunification")}, DIFF_MET, CAUSE_VALUE,
	"discharge_reason", "runaway", "reunification"},
    /* The discharge became known later as it was: a day too late. */
    {{CHILD, OUT("2012-06-01", "reunification")},
	{CHILD, OUT("2012-11-15", "reunification")}, DIFF_MISSED, CAUSE_VALUE,
	"discharge_date", "2012-06-01", "2012-11-15"},
    /* A stay of four days is left out. */
    {{CHILD, OUT("2012-06-01", "reunification")},
	{CHILD, OUT("2011-11-19", "reunification")}, DIFF_EXCLUDED, CAUSE_VALUE,
	"discharge_date", "2012-06-01", "2011-11-19"},
    /* Nothing that matters. */
    {{CHILD, OUT("2012-06-01", "reunification")},
	{CHILD, OUT("2012-06-02", "reunification")}, 0, 0, "", "", ""},
    /* The record came, went, or began on another day. */
    {{CHILD}, {CHILD, OUT("2012-06-01", "reunification")}, DIFF_NEW,
	CAUSE_RECORD, "", "", ""},
    {{CHILD, OUT("2012-06-01", "reunification")}, {CHILD}, DIFF_GONE,
	CAUSE_RECORD, "", "", ""},
    {{CHILD, OUT("2012-11-16", "reunification")},
	{CHILD, "removals child_id=a removal_date=2011-11-17"
		" discharge_date=2012-11-16 discharge_reason=reunification"},
	DIFF_MET, CAUSE_VALUE, "removal_date", "2011-11-15", "2011-11-17"},
};

static int
label_code(enum codeset_id set, const char *word)
{
	return code_find(&codesets[set], word, strlen(word));
}

static uint32_t
row_of(const struct diff_side *side, uint32_t entry)
{
	return entry != FACTS_NO_ROW ? result_row(side->result, entry).row
				     : FACTS_NO_ROW;
}

START_TEST(diff__hand__has_its_change_and_cause)
{
	const struct hand *h = &hands[_i];
	struct facts *then = rows_facts("2015-01-31", h->then);
	struct facts *now = rows_facts("2015-01-31", h->now);
	const struct measure *m = measures_find(measures, "p1");
	const struct measure_period p = {rows_day("2011-10-01"),
	    rows_day("2012-09-30"), rows_day("2015-01-31")};
	struct diff_side a = {then, result_new(m, then, &p), &everybody};
	struct diff_side b = {now, result_new(m, now, &p), &everybody};
	struct diff *d = diff_new(&a, &b);

	ck_assert_uint_eq(d->rows_n, h->change != 0);
	if (h->change != 0) {
		struct why *x = why_new(m, then, &p, 0);
		struct why *y = why_new(m, now, &p, 0);
		const struct diff_row *row = &d->rows[0];
		struct diff_cause cause =
		    diff_cause(&(struct diff_trace){x, row_of(&a, row->then)},
			&(struct diff_trace){y, row_of(&b, row->now)});
		const char *is = h->is;

		ck_assert_int_eq(d->rows[0].change, h->change);
		ck_assert_int_eq(cause.cause, h->cause);
		ck_assert_str_eq(cause.name, h->name);
		if (strcmp(h->name, "discharge_reason") == 0) {
			ck_assert_str_eq(
			    cause.now, code_label(&codesets[CODES_DISCHARGE],
					   label_code(CODES_DISCHARGE, is)));
			is = cause.now;
		} else {
			ck_assert_str_eq(cause.then, h->was);
		}
		ck_assert_str_eq(cause.now, is);
		why_free(x);
		why_free(y);
	}
	diff_free(d);
	result_free((struct result *)a.result);
	result_free((struct result *)b.result);
	facts_close(then);
	facts_close(now);
}
END_TEST

/* The same data by another rule: the rule is named, both ways. */
START_TEST(diff__rule_changed__names_the_rule)
{
	static const char *const rows[] = {
	    "children child_id=a birth_date=1994-03-01",
	    "removals child_id=a removal_date=2011-11-15"
	    " discharge_date=2012-03-01 discharge_reason=reunification",
	    NULL};
	const struct measure *m = measures_find(measures, "p1"), *lax;
	char *text = xstrdup(measure_about(m)->text), *at;
	struct facts *facts = rows_facts("2015-01-31", rows);
	const struct measure_period p = {rows_day("2011-10-01"),
	    rows_day("2012-09-30"), rows_day("2015-01-31")};
	struct measures *past;
	struct diff_side a, b;
	struct diff_cause cause;
	struct why *x, *y;
	struct diff *d;
	struct err err;

	at = strstr(text, " and discharge_date < birthday(18)");
	ck_assert_ptr_nonnull(at);
	memset(at, ' ', strlen(" and discharge_date < birthday(18)"));
	ck_assert_msg(
	    measures_of_text(&past, "p1", text, &err), "%s", err.text);
	lax = measures_at(past, 0);
	a = (struct diff_side){facts, result_new(m, facts, &p), &everybody};
	b = (struct diff_side){facts, result_new(lax, facts, &p), &everybody};
	d = diff_new(&a, &b);
	ck_assert_uint_eq(d->rows_n, 1);
	ck_assert_int_eq(d->rows[0].change, DIFF_MET);
	ck_assert_str_eq(diff_id(&b, d->rows[0].now), "a");
	x = why_new(m, facts, &p, 0);
	y = why_new(lax, facts, &p, 0);
	cause = diff_cause(&(struct diff_trace){x, row_of(&a, d->rows[0].then)},
	    &(struct diff_trace){y, row_of(&b, d->rows[0].now)});
	ck_assert_int_eq(cause.cause, CAUSE_RULE);
	ck_assert_str_eq(cause.rule, "met");
	ck_assert_str_ne(cause.then, "");
	ck_assert_str_ne(cause.now, "");
	why_free(x);
	why_free(y);
	diff_free(d);
	/* A unit that is not there has nobody: all are new. */
	a.query = NULL;
	d = diff_new(&a, &b);
	ck_assert_uint_eq(d->rows_n, 1);
	ck_assert_int_eq(d->rows[0].change, DIFF_NEW);
	diff_free(d);
	result_free((struct result *)a.result);
	result_free((struct result *)b.result);
	measures_free(past);
	facts_close(facts);
	free(text);
}
END_TEST

/* A report has no child: its own row is traced. */
START_TEST(diff__report__has_its_value)
{
	static const char *const then_rows[] = {
	    "reports report_id=r received_at=2013-05-08T10:00"
	    " priority_hours=24 track=investigation"
	    " first_contact_at=2013-05-09T09:00 concluded_at=2013-06-01T10:00",
	    NULL};
	static const char *const now_rows[] = {
	    "reports report_id=r received_at=2013-05-08T10:00"
	    " priority_hours=24 track=investigation"
	    " first_contact_at=2013-05-10T09:00 concluded_at=2013-06-01T10:00",
	    NULL};
	const struct measure *m = measures_find(measures, "cps-4");
	const struct measure_period p = {rows_day("2013-05-01"),
	    rows_day("2013-05-31"), rows_day("2014-01-31")};
	struct facts *then = rows_facts("2014-01-31", then_rows);
	struct facts *now = rows_facts("2014-01-31", now_rows);
	struct diff_side a = {then, result_new(m, then, &p), &everybody};
	struct diff_side b = {now, result_new(m, now, &p), &everybody};
	struct diff *d = diff_new(&a, &b);
	struct why *x, *y;
	struct diff_cause cause;

	ck_assert_uint_eq(d->rows_n, 1);
	ck_assert_str_eq(diff_id(&b, d->rows[0].now), "r");
	ck_assert_int_eq(d->rows[0].change, DIFF_MOVED);
	x = why_of_row(m, then, &p, 0);
	y = why_of_row(m, now, &p, 0);
	cause =
	    diff_cause(&(struct diff_trace){x, 0}, &(struct diff_trace){y, 0});
	ck_assert_int_eq(cause.cause, CAUSE_VALUE);
	ck_assert_str_eq(cause.source, "reports.first_contact_at");
	why_free(x);
	why_free(y);
	diff_free(d);
	result_free((struct result *)a.result);
	result_free((struct result *)b.result);
	facts_close(then);
	facts_close(now);
}
END_TEST

/* --- on random histories --------------------------------------------- */

#define KIDS 300

static int
verdict_of(const struct measure *m, const struct facts *f,
    const struct measure_period *p, uint32_t child)
{
	struct why *w = why_new(m, f, p, child);
	int verdict = w->verdict;

	why_free(w);
	return verdict;
}

/* Every third child has another history in the second snapshot. For measures
 * that count children, a child is listed exactly when its verdict differs, and
 * every row of it has a cause; the other way round the rows are the same. */
static void
check_random(const struct measure *m)
{
	static struct kid kids[KIDS];
	struct facts *f[2];
	const struct measure_period p = {rows_day("2011-10-01"),
	    rows_day("2012-09-30"), rows_day("2015-01-31")};
	struct diff_side side[2];
	struct diff *d, *back;
	size_t differ = 0, listed = 0;
	struct rng rng;

	rng_seed(&rng, 7);
	for (int i = 0; i < KIDS; i++)
		history_kid(&kids[i], &rng, rows_day("2011-12-01"));
	f[0] = history_facts(kids, KIDS, p.as_of);
	for (int i = 0; i < KIDS; i += 3)
		history_kid(&kids[i], &rng, rows_day("2011-12-01"));
	f[1] = history_facts(kids, KIDS, p.as_of);
	for (int i = 0; i < 2; i++)
		side[i] = (struct diff_side){
		    f[i], result_new(m, f[i], &p), &everybody};
	d = diff_new(&side[0], &side[1]);
	back = diff_new(&side[1], &side[0]);
	ck_assert_uint_eq(d->rows_n, back->rows_n);
	ck_assert_uint_eq(d->alike, back->alike);
	if (over_has_child(result_over(side[0].result)) &&
	    strcmp(measure_about(m)->counts, "children") == 0) {
		for (uint32_t c = 0; c < KIDS; c++)
			differ += verdict_of(m, f[0], &p, c) !=
				  verdict_of(m, f[1], &p, c);
		for (size_t i = 0; i < d->rows_n; i++)
			listed += d->rows[i].change != DIFF_MOVED;
		ck_assert_uint_eq(listed, differ);
	}
	for (int i = 0; i < 2; i++) {
		result_free((struct result *)side[i].result);
		facts_close(f[i]);
	}
	diff_free(d);
	diff_free(back);
}

#define PARTS 8

START_TEST(diff__random__is_where_verdicts_differ)
{
	for (int i = _i; i < measures_n(measures); i += PARTS)
		check_random(measures_at(measures, i));
}
END_TEST

int
main(void)
{
	Suite *s = suite_create("diff");
	TCase *t = tcase_create("diff");

	tcase_add_checked_fixture(t, setup, teardown);
	tcase_set_timeout(t, 60);
	tcase_add_loop_test(t, diff__hand__has_its_change_and_cause, 0,
	    sizeof hands / sizeof *hands);
	tcase_add_test(t, diff__rule_changed__names_the_rule);
	tcase_add_test(t, diff__report__has_its_value);
	tcase_add_loop_test(
	    t, diff__random__is_where_verdicts_differ, 0, PARTS);
	suite_add_tcase(s, t);
	return unit_run(s);
}
