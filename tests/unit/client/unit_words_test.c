/* Whose a question is: children by initials and id, rows by what they say. */
#include "client/unit_words.h"

#include <stdlib.h>
#include <string.h>

#include "lib/unit.h"
#include "poms/roster.h"

static const struct stamp stamp = {"mk", 1341100800000, 5};
static const char roster[] =
    "{\"review\":\"RV-7\",\"units\":["
    "{\"kind\":\"AG\",\"key\":\"\",\"facts\":{\"label\":\"Willow\"}},"
    "{\"kind\":\"CC\",\"key\":\"k1\",\"facts\":{\"label\":"
    "\"de la Muñoz, Ána María\",\"id\":\"C17\",\"drawn\":\"drawn\"}},"
    "{\"kind\":\"CC\",\"key\":\"k2\",\"facts\":{\"label\":\"k2\","
    "\"id\":\"k2\",\"drawn\":\"drawn\"}},"
    "{\"kind\":\"IC\",\"key\":\"ic.k1\",\"parent\":\"k1\",\"facts\":"
    "{\"label\":\"de la Muñoz, Ána María\"}},"
    "{\"kind\":\"SEL\",\"key\":\"CC.k1\",\"facts\":"
    "{\"label\":\"de la Muñoz, Ána María\",\"of\":\"CC/k1\"}},"
    "{\"kind\":\"SF\",\"key\":\"s1\",\"facts\":{\"label\":\"Staff one\"}},"
    "{\"kind\":\"MED\",\"key\":\"m1\",\"parent\":\"k1\"},"
    "{\"kind\":\"CAP\",\"key\":\"abcdefgh2345\"},"
    "{\"kind\":\"CAP\",\"key\":\"abcdefgh2346\"}],"
    "\"fed\":[{\"kind\":\"CAP\",\"key\":\"abcdefgh2346\",\"question\":"
    "\"CAP01\",\"value\":\"ohcmd\",\"source\":\"x\"},"
    "{\"kind\":\"CAP\",\"key\":\"abcdefgh2346\",\"question\":\"CAP04\","
    "\"value\":\"2012-01-02\",\"source\":\"x\"}]}";

static struct instrument *in;
static struct review *r;
static struct change events;

static void
setup(void)
{
	const char *top = getenv("top_srcdir");
	char *path =
	    xasprintf("%s/etc/instruments/poms-example-1.cfg", top ? top : ".");
	struct err err;

	ck_assert_msg(instrument_load(&in, path, &err), "%s", err.text);
	free(path);
	r = review_new(in);
	ck_assert_msg(
	    roster_read(&events, roster, strlen(roster), &stamp, &err), "%s",
	    err.text);
	for (size_t i = 0; i < events.n; i++)
		ck_assert_msg(
		    review_apply(r, &events.list[i], &err), "%s", err.text);
}

static void
teardown(void)
{
	review_free(r);
	change_free(&events);
	instrument_free(in);
}

static void
is(enum unit kind, const char *key, bool names, const char *words)
{
	struct buf out = {0};

	unit_words(&out, r, review_unit_find(r, kind, key),
	    &(struct unit_look){.names = names});
	ck_assert_str_eq(buf_text(&out), words);
	buf_free(&out);
}

START_TEST(unit_words__child__is_initials_and_id_until_asked)
{
	is(UNIT_CC, "k1", false, "Á. M. d. l. M. C17, child in placement");
	is(UNIT_CC, "k1", true,
	    "de la Muñoz, Ána María (C17), child in placement");
	is(UNIT_IC, "ic.k1", false, "Á. M. d. l. M. C17, child interview");
	is(UNIT_SEL, "CC.k1", false, "Á. M. d. l. M. C17, selected unit");
	is(UNIT_MED, "m1", false, "medicine 1 (Á. M. d. l. M. C17)");
	/* A name that may not be seen is none. */
	is(UNIT_CC, "k2", false, "k2, child in placement");
}
END_TEST

START_TEST(unit_words__row__is_its_number_and_first_answers)
{
	is(UNIT_CAP, "abcdefgh2345", false, "corrective action plan 1");
	is(UNIT_CAP, "abcdefgh2346", false,
	    "corrective action plan 2: OHCMD review, 2012-01-02");
	is(UNIT_SF, "s1", false, "Staff one, staff file");
	is(UNIT_AG, "", false, "");
}
END_TEST

START_TEST(unit_words__initials__of_any_name)
{
	static const char *const names[][2] = {{"A. B.", "A. B."},
	    {"Invented, Kim", "K. I."}, {"  Kim  ", "K."}, {"", ""},
	    {"山田, 花子", "花. 山."}};

	for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
		struct buf out = {0};

		unit_initials(&out, names[i][0]);
		ck_assert_str_eq(buf_text(&out), names[i][1]);
		buf_free(&out);
	}
}
END_TEST

int
main(void)
{
	Suite *s = suite_create("unit_words");
	TCase *t = tcase_create("words");

	tcase_add_checked_fixture(t, setup, teardown);
	tcase_add_test(t, unit_words__child__is_initials_and_id_until_asked);
	tcase_add_test(t, unit_words__row__is_its_number_and_first_answers);
	tcase_add_test(t, unit_words__initials__of_any_name);
	suite_add_tcase(s, t);
	return unit_run(s);
}
