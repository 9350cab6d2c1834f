/* Rules about texts of which a column has more than get a number of their own:
 * those without one are looked at each by itself. */
#include <stdlib.h>

#include "base/buf.h"
#include "base/date.h"
#include "lib/unit.h"
#include "measure/definition.h"
#include "measure/result.h"
#include "rows.h"

enum { KINDS = 60, OF_EACH = 20, REPORTS = KINDS * OF_EACH };

/* Of what kind the i-th is: of all kinds in turn, those that a rule names among
 * the first and the last. */
static const char *
kind_of(int i)
{
	static const char *const named[KINDS] = {
	    [5] = "fatality", [57] = "sexual_abuse", [59] = "near_fatality"};

	return named[i % KINDS];
}

/* Half of each kind has good cause on file. */
static bool
has_cause(int i)
{
	return i / KINDS % 2 == 0;
}

/* Concluded after 100 days: in time with good cause, if it is one of these. */
static char *
report_of(int i)
{
	struct civil in = date_civil(rows_day("2012-01-01") + i / 4);
	struct civil out = date_civil(rows_day("2012-01-01") + i / 4 + 100);
	char *kind = kind_of(i) != NULL ? xstrdup(kind_of(i))
					: xasprintf("kind_%d", i % KINDS);
	char *row =
	    xasprintf("reports report_id=r%04d node_id=c"
		      " received_at=%04d-%02d-%02dT10:00"
		      " concluded_at=%04d-%02d-%02dT10:00"
		      " conclusion=unsubstantiated kind=%s good_cause=%s",
		i, in.year, in.month, in.day, out.year, out.month, out.day,
		kind, has_cause(i) ? "y" : "n");

	free(kind);
	return row;
}

static struct facts *
reports(void)
{
	char *rows[REPORTS + 2] = {
	    xstrdup("org node_id=c level=county name=C parent_id=state")};
	struct facts *f;

	for (int i = 0; i < REPORTS; i++)
		rows[i + 1] = report_of(i);
	f = rows_facts("2019-12-31", (const char *const *)rows);
	for (int i = 0; i <= REPORTS; i++)
		free(rows[i]);
	return f;
}

START_TEST(texts__more_than_have_numbers__are_told_apart)
{
	struct facts *f = reports();
	struct measures *all = rows_measures();
	struct measure_period p = {rows_day("2012-01-01"),
	    rows_day("2012-12-31"), rows_day("2019-12-31")};
	struct result *r =
	    result_new(measures_find(all, "cps-3-extended"), f, &p);

	ck_assert_uint_eq(result_rows(r), REPORTS);
	for (uint32_t i = 0; i < REPORTS; i++)
		ck_assert_int_eq(result_row(r, i).verdict,
		    has_cause((int)i) && kind_of((int)i) != NULL
			? VERDICT_MET
			: VERDICT_MISSED);
	result_free(r);
	measures_free(all);
	facts_close(f);
}
END_TEST

int
main(void)
{
	Suite *s = suite_create("texts");
	TCase *tc = tcase_create("texts");

	tcase_add_test(tc, texts__more_than_have_numbers__are_told_apart);
	suite_add_tcase(s, tc);
	return unit_run(s);
}
