/* What a packet brings becomes the first events; what is sealed gives every
 * event back. */
#include "poms/roster.h"

#include <stdlib.h>
#include <string.h>

#include "poms/content.h"

#include "lib/unit.h"

static const struct stamp stamp = {"mk", 1341100800000, 5};
static struct instrument *in;

static void
setup(void)
{
	const char *top = getenv("top_srcdir");
	char *path =
	    xasprintf("%s/etc/instruments/poms-example-1.cfg", top ? top : ".");
	struct err err;

	ck_assert_msg(instrument_load(&in, path, &err), "%s", err.text);
	free(path);
}

static void
teardown(void)
{
	instrument_free(in);
}

static const char roster[] =
    "{\"review\":\"RV-7\",\"units\":["
    "{\"kind\":\"AG\",\"key\":\"\",\"facts\":{\"label\":\"Willow\"}},"
    "{\"kind\":\"CC\",\"key\":\"k1\",\"facts\":{\"label\":\"A. B.\","
    "\"placed\":\"2011-10-15\",\"drawn\":\"drawn\"}},"
    "{\"kind\":\"MED\",\"key\":\"m1\",\"parent\":\"k1\"}],"
    "\"fed\":[{\"kind\":\"CC\",\"key\":\"k1\",\"question\":\"ED02\","
    "\"value\":\"2011-10-15\",\"source\":\"CWS/CMS\"},"
    "{\"kind\":\"CC\",\"key\":\"k1\",\"question\":\"PM01\",\"state\":\"Y\","
    "\"source\":\"CWS/CMS\"}]}";

static struct review *
begun(struct change *c)
{
	struct review *r = review_new(in);
	struct err err;

	ck_assert_msg(roster_read(c, roster, strlen(roster), &stamp, &err),
	    "%s", err.text);
	for (size_t i = 0; i < c->n; i++)
		ck_assert_msg(
		    review_apply(r, &c->list[i], &err), "%s", err.text);
	return r;
}

static const struct review_cell *
cell(const struct review *r, const char *id)
{
	return review_cell(r, review_unit_find(r, UNIT_CC, "k1"),
	    instrument_question(in, id, strlen(id)));
}

START_TEST(roster__read__gives_units_facts_and_fed_answers)
{
	struct change c = {0};
	struct review *r = begun(&c);
	int child = review_unit_find(r, UNIT_CC, "k1");

	ck_assert_str_eq(review_id(r), "RV-7");
	ck_assert_str_eq(review_unit(r, 0)->label, "Willow");
	ck_assert_int_ge(child, 0);
	ck_assert_str_eq(review_unit(r, child)->label, "A. B.");
	ck_assert(review_unit(r, child)->asked);
	ck_assert_int_eq(
	    review_unit(r, review_unit_find(r, UNIT_MED, "m1"))->parent, child);
	ck_assert_str_eq(cell(r, "ED02")->answer.value, "2011-10-15");
	ck_assert_int_eq(cell(r, "PM01")->answer.state, ANSWER_YES);
	ck_assert_str_eq(cell(r, "PM01")->fed_source, "CWS/CMS");
	/* No undo reaches what came with the packet. */
	{
		struct change undo = {0};
		struct err err;

		ck_assert(!review_undo(r, &stamp, &undo, &err));
		change_free(&undo);
	}
	review_free(r);
	change_free(&c);
}
END_TEST

static const char *const bad[] = {"", "{}", "[]", "{\"review\":\"\"}",
    "{\"review\":\"R\",\"units\":{}}",
    "{\"review\":\"R\",\"units\":[{\"kind\":\"XX\",\"key\":\"a\"}]}",
    "{\"review\":\"R\",\"units\":[{\"kind\":\"CC\"}]}",
    "{\"review\":\"R\",\"units\":[{\"kind\":\"AG\",\"key\":\"a\"}]}",
    "{\"review\":\"R\",\"units\":[{\"kind\":\"CC\",\"key\":\"a\",\"facts\":"
    "{\"size\":\"2\"}}]}",
    "{\"review\":\"R\",\"units\":[{\"kind\":\"CC\",\"key\":\"a\",\"facts\":"
    "{\"label\":2}}]}",
    "{\"review\":\"R\",\"fed\":[{\"kind\":\"CC\",\"key\":\"a\"}]}",
    "{\"review\":\"R\",\"fed\":[{\"kind\":\"CC\",\"key\":\"a\",\"question\":"
    "\"ED02\",\"state\":\"maybe\"}]}"};

START_TEST(roster__bad__is_refused)
{
	struct change c = {0};
	struct err err = {0};

	ck_assert(!roster_read(&c, bad[_i], strlen(bad[_i]), &stamp, &err));
	ck_assert_int_eq(err.code, ERR_CORRUPT);
	change_free(&c);
}
END_TEST

START_TEST(promise_08__content__gives_every_event_back)
{
	struct change c = {0}, answer = {0}, again = {0};
	struct review *r = begun(&c), *other = review_new(in);
	const struct response yes = {ANSWER_YES, "", ""};
	struct content_about about;
	struct buf text = {0}, once = {0};
	struct err err;
	const struct event *list;
	size_t n;

	ck_assert(review_answer(r, review_unit_find(r, UNIT_CC, "k1"),
	    instrument_question(in, "PR02", 4), &yes, &stamp, &answer, &err));
	for (size_t i = 0; i < answer.n; i++)
		ck_assert(review_apply(r, &answer.list[i], &err));
	content_write(&text, r);
	ck_assert_msg(content_read(&about, &again, text.data, text.len, &err),
	    "%s", err.text);
	ck_assert_str_eq(about.review, "RV-7");
	ck_assert_str_eq(about.instrument, "poms-example");
	n = review_history(r, &list);
	ck_assert_uint_eq(again.n, n);
	for (size_t i = 0; i < n; i++)
		ck_assert_msg(
		    review_apply(other, &again.list[i], &err), "%s", err.text);
	ck_assert_int_eq(cell(other, "PR02")->answer.state, ANSWER_YES);
	content_write(&once, other);
	ck_assert_str_eq(buf_text(&once), buf_text(&text));
	/* Cut anywhere it is refused. */
	for (size_t len = 0; len < text.len; len += 7) {
		struct change cut = {0};

		ck_assert(!content_read(&about, &cut, text.data, len, &err));
		change_free(&cut);
	}
	buf_free(&text);
	buf_free(&once);
	review_free(r);
	review_free(other);
	change_free(&c);
	change_free(&answer);
	change_free(&again);
}
END_TEST

int
main(void)
{
	Suite *s = suite_create("roster");
	TCase *t = tcase_create("roster");

	tcase_add_checked_fixture(t, setup, teardown);
	tcase_add_test(t, roster__read__gives_units_facts_and_fed_answers);
	tcase_add_loop_test(
	    t, roster__bad__is_refused, 0, sizeof bad / sizeof *bad);
	tcase_add_test(t, promise_08__content__gives_every_event_back);
	suite_add_tcase(s, t);
	return unit_run(s);
}
