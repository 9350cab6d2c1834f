/* Every answer in every format, and the files of sheets and pages. */
#include "config.h"

#include <string.h>

#include "lib/unit.h"
#include "unit/client/shown.h"

static const char *const every[][2] = {
    {"report", CANNED_TREND},
    {"compare", CANNED_COMPARE},
    {"crosstab", CANNED_PAIRS},
    {"list", CANNED_LIST(CANNED_LIST_ROW("k1", "C1"), "null")},
    {"why", CANNED_WHY},
    {"child", CANNED_CHILD},
    {"countdown", CANNED_COUNTDOWN},
    {"quality", CANNED_QUALITY},
    {"entry", CANNED_ENTRY},
    {"measures", CANNED_MEASURES},
    {"org", CANNED_ORG},
    {"board", CANNED_BOARD},
    {"status", CANNED_STATUS},
    {"review", CANNED_REVIEW},
    {"review", CANNED_SCORECARD},
    {"indicator", CANNED_INDICATOR},
    {"provider", CANNED_PROVIDERS},
    {"provider", CANNED_PROVIDER},
    {"provider", CANNED_PROVIDER_ROWS},
    {"plan", CANNED_PLAN},
    {"plan", CANNED_DRAW},
    {"cap", CANNED_CAPS},
    {"cap", CANNED_CAP_ONE},
    {"proposal", CANNED_PROPOSALS},
    {"sync", CANNED_SYNC},
    {"search", CANNED_MATCHES},
    {"ref", CANNED_REOPENED},
    {"changes", CANNED_CHANGES},
};

/* An answer may lack anything: nothing may fall over, in any format. */
START_TEST(every__show__bears_an_empty_answer)
{
	shown(every[_i][0], "{}", out_table);
	shown(every[_i][0],
	    "{\"about\":null,\"rows\":[{}],\"by\":[1,null],"
	    "\"episodes\":[{}],\"total\":5}",
	    out_plain);
}
END_TEST

#ifdef HAVE_XLSX
static bool
in_bytes(const struct buf *b, const char *part)
{
	return memmem(b->data, b->len, part, strlen(part)) != NULL;
}

/* Names of a zip's members stand uncompressed. */
START_TEST(every__xlsx__is_a_workbook)
{
	shown(every[_i][0], every[_i][1], out_xlsx);
	ck_assert_int_eq(memcmp(shown_bytes.data, "PK\3\4", 4), 0);
	ck_assert(in_bytes(&shown_bytes, "[Content_Types].xml"));
	ck_assert(in_bytes(&shown_bytes, "xl/worksheets/sheet1.xml"));
	ck_assert(in_bytes(&shown_bytes, "PK\5\6"));
}
END_TEST

START_TEST(report__xlsx__brings_its_chart)
{
	shown("report", CANNED_TREND, out_xlsx);
	ck_assert(in_bytes(&shown_bytes, "xl/charts/chart1.xml"));
}
END_TEST
#endif

#ifdef HAVE_PDF
START_TEST(every__pdf__is_tagged)
{
	shown(every[_i][0], every[_i][1], out_pdf);
	ck_assert_int_eq(memcmp(shown_bytes.data, "%PDF-", 5), 0);
	ck_assert_ptr_nonnull(
	    memmem(shown_bytes.data, shown_bytes.len, "/StructTreeRoot", 15));
	ck_assert_ptr_nonnull(
	    memmem(shown_bytes.data, shown_bytes.len, "%%EOF", 5));
}
END_TEST
#endif

int
main(void)
{
	Suite *suite = suite_create("show_every");
	TCase *t = tcase_create("show_every");
	const int n = sizeof every / sizeof *every;

	tcase_add_checked_fixture(t, shown_open, shown_close);
	tcase_add_loop_test(t, every__show__bears_an_empty_answer, 0, n);
#ifdef HAVE_XLSX
	tcase_add_loop_test(t, every__xlsx__is_a_workbook, 0, n);
	tcase_add_test(t, report__xlsx__brings_its_chart);
#endif
#ifdef HAVE_PDF
	tcase_add_loop_test(t, every__pdf__is_tagged, 0, n);
#endif
	suite_add_tcase(suite, t);
	return unit_run(suite);
}
