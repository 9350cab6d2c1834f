/*
 * What was sealed, held against the sample that was drawn, and what a follow-up
 * brings of it (offline.md, promise 23).
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/json.h"
#include "contract/year.h"
#include "lib/unit.h"
#include "poms/content.h"
#include "poms/sample.h"
#include "proto/revision.h"

/* --- sealed ---------------------------------------------------------- */

static void
apply(struct review *r, struct change *c)
{
	struct err err;

	for (size_t i = 0; i < c->n; i++)
		ck_assert_msg(
		    review_apply(r, &c->list[i], &err), "%s", err.text);
	change_free(c);
}

/* Sends what stands of a record as its first revision. */
static void
seal_as(const struct review *r, const char *record, const char *packet)
{
	struct buf content = {0}, body = {0};
	struct revision v = {.revision = 1,
	    .instrument = "poms-example/1",
	    .by = "mk",
	    .head = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
		    "aaaaaaaaa",
	    .lines = 1,
	    .sealed_ms = 1000};
	char *target = xasprintf("/v1/reviews/%s/revisions/1", record);
	struct err err;

	snprintf(v.record, sizeof v.record, "%s", record);
	snprintf(v.review, sizeof v.review, "%s", review_id(r));
	snprintf(v.packet, sizeof v.packet, "%s", packet);
	content_write(&content, r);
	v.content = buf_text(&content);
	v.content_len = content.len;
	ck_assert_msg(revision_write(&body, &v, &err), "%s", err.text);
	cJSON_Delete(year_answer(target, buf_text(&body), 201));
	buf_free(&content);
	buf_free(&body);
	free(target);
}

static void
seal(const struct review *r)
{
	seal_as(r, "00112233445566778899aabbccddeeff", "0a0b0c");
}

static int
nth_drawn(const struct review *r, const char *drawn, int order)
{
	for (int i = 1; i < review_units(r); i++)
		if (review_unit(r, i)->kind == UNIT_CC &&
		    strcmp(review_fact(r, i, FACT_DRAWN), drawn) == 0 &&
		    atoi(review_fact(r, i, FACT_ORDER)) == order)
			return i;
	ck_abort_msg("no %s %d", drawn, order);
	return -1;
}

static const struct stamp stamp = {"mk", 5, 5};

START_TEST(sealed__with_reserves_in_order__is_as_drawn)
{
	struct change c = {0};
	struct instrument *in;
	struct review *r;
	struct err err;
	int second;
	cJSON *t;

	year_issue();
	r = year_fetched(PACKET, &in);
	second = nth_drawn(r, "drawn", 2);
	ck_assert(!review_replace(r, second, " ", &stamp, &c, &err));
	change_free(&c);
	ck_assert_msg(review_replace(r, second, "refused", &stamp, &c, &err),
	    "%s", err.text);
	apply(r, &c);
	ck_assert(!review_unit(r, second)->asked);
	ck_assert_msg(review_extra(r, nth_drawn(r, "reserve", 2),
			  "asked to be heard", &stamp, &c, &err),
	    "%s", err.text);
	apply(r, &c);
	seal(r);
	t = year_get(DRAW);
	year_holds(t, "$.sealed.revision = 1");
	year_holds(t, "$.sealed.fault = null");
	year_holds(t, "$.sealed.as_drawn = true");
	year_holds(t, "$.sealed.account.sample = 6");
	year_holds(t, "$.sealed.account.replaced = 1");
	year_holds(t, "$.sealed.account.purposive = 1");
	cJSON_Delete(t);
	t = year_get(PLAN);
	year_holds(t, "$.review.state = \"done\"");
	year_holds(t, "$.review.revision = 1");
	cJSON_Delete(t);
	review_free(r);
	instrument_free(in);
}
END_TEST

/* A question answered against compliance stands open; a follow-up brings it
 * along and has no sample. */
START_TEST(follow_up__of_a_sealed_review__brings_its_open_findings)
{
	const struct response no = {ANSWER_NO, "", ""};
	struct change c = {0};
	struct buf bytes = {0};
	struct instrument *in;
	struct review *r;
	struct bundle b;
	struct err err;
	int unit;
	cJSON *t;

	year_issue();
	r = year_fetched(PACKET, &in);
	ck_assert_msg(
	    review_answer(r, nth_drawn(r, "drawn", 1),
		instrument_question(in, "ED04", 4), &no, &stamp, &c, &err),
	    "%s", err.text);
	apply(r, &c);
	seal(r);
	review_free(r);
	instrument_free(in);
	t = year_get(PLAN);
	year_holds(t, "$.review.open_findings = 1");
	cJSON_Delete(t);
	year_put_ok("/v1/plans/F-1",
	    "{\"version\":0,\"contract\":\"C-1\",\"year\":2024,\"kind\":"
	    "\"follow_up\",\"follows\":\"C-1-2024\",\"due\":\"2025-01-10\","
	    "\"reason\":\"one finding\"}");
	year_refused("/v1/plans/F-1/draw", WILLOW_DRAW, 422, "");
	year_put_ok("/v1/packets/0f0f",
	    "{\"version\":0,\"review\":\"F-1\",\"user\":\"mk\"}");
	year_fetch("/v1/packets/0f0f", &bytes);
	ck_assert_msg(bundle_read(&b, bytes.data, bytes.len, year_key, &err),
	    "%s", err.text);
	ck_assert_ptr_null(bundle_part(&b, "sample"));
	r = year_begin(&b, &in);
	unit = review_unit_find(r, UNIT_FOL, "ED04");
	ck_assert_int_gt(unit, 0);
	ck_assert_str_eq(review_fact(r, unit, FACT_QUESTION), "ED04");
	ck_assert_str_eq(year_fed(r, 0, "R04"), "follow_up");
	ck_assert_str_eq(year_fed(r, 0, "R20b"), "1");
	review_free(r);
	instrument_free(in);
	buf_free(&bytes);
}
END_TEST

static void
answer(struct review *r, int unit, const char *question, const char *word)
{
	const struct response say = {
	    strcmp(word, "N") == 0 ? ANSWER_NO : ANSWER_VALUE,
	    strcmp(word, "N") == 0 ? "" : word, ""};
	int q = instrument_question(
	    review_instrument(r), question, strlen(question));
	struct change c = {0};
	struct err err;

	ck_assert_msg(
	    review_answer(r, unit, q, &say, &stamp, &c, &err), "%s", err.text);
	apply(r, &c);
}

static void
finding(struct review *r, const char *key, const char *question)
{
	struct change c = {0};
	struct err err;

	ck_assert(review_add(r, UNIT_FND, key, 0,
	    (struct unit_fact[]){{FACT_QUESTION, question}, {FACTS, ""}},
	    &stamp, &c, &err));
	apply(r, &c);
}

static void
put_review(const char *id, const char *kind)
{
	char *target = xasprintf("/v1/plans/%s", id);
	char *body = xasprintf(
	    "{\"version\":0,\"contract\":\"C-1\",\"year\":2024,\"kind\":"
	    "\"%s\",\"follows\":\"C-1-2024\",\"due\":\"2025-01-10\","
	    "\"reason\":\"one finding\"}",
	    kind);

	year_put_ok(target, body);
	free(target);
	free(body);
}

/* What a follow-up closed is not brought along any more, and is a repeat all
 * the same when it is found again. */
START_TEST(next_review__after_a_follow_up__knows_what_repeats)
{
	struct instrument *in;
	struct review *r;
	int unit;
	cJSON *t;

	year_issue();
	r = year_fetched(PACKET, &in);
	ck_assert_str_eq(year_fed(r, 0, "R20c"), ""); /* there was none */
	answer(r, nth_drawn(r, "drawn", 1), "ED04", "N");
	answer(r, nth_drawn(r, "drawn", 1), "PN02", "N");
	seal(r);
	review_free(r);
	instrument_free(in);
	put_review("F-1", "follow_up");
	year_put_ok("/v1/packets/0f0f",
	    "{\"version\":0,\"review\":\"F-1\",\"user\":\"mk\"}");
	r = year_fetched("/v1/packets/0f0f", &in);
	unit = review_unit_find(r, UNIT_FOL, "ED04");
	ck_assert_int_gt(unit, 0);
	answer(r, unit, "Y01", "2024-11-01");
	answer(r, unit, "Y04", "close");
	seal_as(r, "ffeeddccbbaa99887766554433221100", "0f0f");
	review_free(r);
	instrument_free(in);
	t = year_get(PLAN);
	year_holds(t, "$.review.open_findings = 1");
	cJSON_Delete(t);
	put_review("X-1", "for_cause");
	year_put_ok("/v1/plans/X-1/draw", WILLOW_DRAW);
	year_put_ok("/v1/packets/0e0e",
	    "{\"version\":0,\"review\":\"X-1\",\"user\":\"mk\"}");
	r = year_fetched("/v1/packets/0e0e", &in);
	ck_assert_int_lt(review_unit_find(r, UNIT_FOL, "ED04"), 0);
	ck_assert_int_gt(review_unit_find(r, UNIT_FOL, "PN02"), 0);
	ck_assert_str_eq(year_fed(r, 0, "R20b"), "1");
	ck_assert_str_eq(year_fed(r, 0, "R20c"), "ED04, PN02");
	ck_assert_str_eq(year_fed(r, 0, "R20d"), "2022");
	finding(r, "a", "ED04");
	finding(r, "b", "PN03");
	unit = instrument_question(in, "FND6", 4);
	ck_assert_int_eq(
	    review_cell(r, review_unit_find(r, UNIT_FND, "a"), unit)
		->answer.state,
	    ANSWER_YES);
	ck_assert_str_eq(
	    review_cell(r, review_unit_find(r, UNIT_FND, "a"), unit)
		->fed_source,
	    "review C-1-2024 to 2024-06-30, followed up by F-1");
	ck_assert_int_eq(
	    review_cell(r, review_unit_find(r, UNIT_FND, "b"), unit)
		->answer.state,
	    ANSWER_NO);
	review_free(r);
	instrument_free(in);
}
END_TEST

/* Somebody chose freely: the second reserve instead of the first, or one who
 * was drawn taken out without a stand-in. */
START_TEST(sealed__with_a_free_choice__is_flagged)
{
	struct change c = {0};
	struct instrument *in;
	struct review *r;
	struct err err;
	int gone, stand_in;
	cJSON *t;

	year_issue();
	r = year_fetched(PACKET, &in);
	gone = nth_drawn(r, "drawn", 1);
	stand_in = nth_drawn(r, "reserve", 2);
	ck_assert(review_add(r, UNIT_CC, review_unit(r, gone)->key, 0,
	    (struct unit_fact[]){{FACT_DRAWN, "replaced"},
		{FACT_INSTEAD, review_unit(r, stand_in)->key}, {FACTS, ""}},
	    &stamp, &c, &err));
	ck_assert(review_add(r, UNIT_CC, review_unit(r, stand_in)->key, 0,
	    (struct unit_fact[]){
		{FACT_DRAWN, "drawn"}, {FACT_WHY, "nicer"}, {FACTS, ""}},
	    &stamp, &c, &err));
	apply(r, &c);
	seal(r);
	t = year_get(DRAW);
	year_holds(t, "$.sealed.as_drawn = false");
	year_holds(t, "$.sealed.fault ~ passed over");
	cJSON_Delete(t);
	review_free(r);
	instrument_free(in);
}
END_TEST

int
main(void)
{
	Suite *s = suite_create("sealed");
	TCase *t = tcase_create("sealed");

	tcase_set_timeout(t, 60);
	tcase_add_checked_fixture(t, year_open, year_close);
	tcase_add_test(t, sealed__with_reserves_in_order__is_as_drawn);
	tcase_add_test(
	    t, follow_up__of_a_sealed_review__brings_its_open_findings);
	tcase_add_test(t, next_review__after_a_follow_up__knows_what_repeats);
	tcase_add_test(t, sealed__with_a_free_choice__is_flagged);
	suite_add_tcase(s, t);
	return unit_run(s);
}
