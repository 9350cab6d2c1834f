/*
 * Sealed revisions as they come from the field: each taken exactly once, with
 * a receipt that a client can rely on (offline.md, promises 11 to 13, 17).
 */
#include <stdlib.h>
#include <string.h>

#include <sodium.h>

#include "base/file.h"
#include "base/json.h"
#include "contract/ask.h"
#include "lib/unit.h"
#include "poms/event.h"
#include "proto/revision.h"
#include "store/papers.h"

#define RECORD "00112233445566778899aabbccddeeff"
#define HEAD "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"

static struct fixture f;

static void
setup(void)
{
	fixture_open(&f, true);
}

static void
teardown(void)
{
	fixture_close(&f);
}

static const char *device = ""; /* that seals; "" does not say */
static const char *sealed_record = RECORD, *sealed_review = "RV1";

/* The body of revision n with that content. */
static void
seal(struct buf *out, uint32_t n, const char *previous, const char *content)
{
	struct revision r = {.revision = n,
	    .packet = "PK1",
	    .instrument = "poms-example",
	    .by = "monitor",
	    .head = HEAD,
	    .lines = n,
	    .sealed_ms = 1000 * n,
	    .reason = n > 1 ? "amended" : NULL,
	    .content = content,
	    .content_len = strlen(content)};
	struct err err;

	strcpy(r.record, sealed_record);
	strcpy(r.review, sealed_review);
	strcpy(r.previous, previous);
	strcpy(r.device, device);
	buf_reset(out);
	ck_assert_msg(revision_write(out, &r, &err), "%s", err.text);
}

/* Sends it; the answer must be of that status and as openapi.json says. */
static cJSON *
put(const char *path, const struct buf *body, enum who_kind who, int status)
{
	const struct asking q = {.of = &f,
	    .nobody = who == WHO_NOBODY,
	    .target = path,
	    .body = body->data,
	    .body_len = body->len,
	    .status = status};
	struct answer a = {0};
	struct err err = {0};
	cJSON *tree;

	ask_answer(&q, &a);
	tree = ask_tree(&q, &a);
	/* What the service writes the client must be able to read. */
	if (status < 300) {
		struct receipt r;

		ck_assert_msg(receipt_read(&r, a.body.data, a.body.len, &err),
		    "%s", err.text);
	}
	answer_free(&a);
	return tree;
}

static cJSON *
get(const char *path, enum who_kind who, int status)
{
	return ask(&(struct asking){.of = &f,
	    .nobody = who == WHO_NOBODY,
	    .target = path,
	    .status = status});
}

static const char *
receipt_text(const cJSON *answer, const char *key)
{
	return json_get_string(
	    cJSON_GetObjectItemCaseSensitive(answer, "receipt"), key);
}

static const char *
error_text(const cJSON *answer, const char *key)
{
	return json_get_string(
	    cJSON_GetObjectItemCaseSensitive(answer, "error"), key);
}

#define FIRST "/v1/reviews/" RECORD "/revisions/1"
#define SECOND "/v1/reviews/" RECORD "/revisions/2"

START_TEST(revision__sent_twice__has_one_receipt)
{
	struct buf body = {0};
	char hash[REVISION_HASH];
	cJSON *one, *two;

	seal(&body, 1, "", "{\"a\":\"Muñoz\"}");
	revision_hash(hash, body.data, body.len);
	one = put(FIRST, &body, WHO_LOCAL, 201);
	two = put(FIRST, &body, WHO_LOCAL, 200);
	ck_assert_str_eq(receipt_text(one, "hash"), hash);
	ck_assert_str_eq(receipt_text(one, "state"), "applied");
	ck_assert_str_eq(receipt_text(one, "record"), RECORD);
	ck_assert_str_eq(
	    receipt_text(two, "serial"), receipt_text(one, "serial"));
	cJSON_Delete(one);
	cJSON_Delete(two);
	buf_free(&body);
}
END_TEST

START_TEST(revision__other_content__names_both_hashes)
{
	struct buf body = {0};
	char there[REVISION_HASH], sent[REVISION_HASH];
	cJSON *a;

	seal(&body, 1, "", "{\"a\":1}");
	revision_hash(there, body.data, body.len);
	cJSON_Delete(put(FIRST, &body, WHO_LOCAL, 201));
	seal(&body, 1, "", "{\"a\":2}");
	revision_hash(sent, body.data, body.len);
	a = put(FIRST, &body, WHO_LOCAL, 409);
	ck_assert_str_eq(error_text(a, "code"), "other_content");
	ck_assert_ptr_nonnull(strstr(error_text(a, "message"), there));
	ck_assert_ptr_nonnull(strstr(error_text(a, "message"), sent));
	cJSON_Delete(a);
	buf_free(&body);
}
END_TEST

START_TEST(promise_17__service__holds_what_came_too_early)
{
	struct buf first = {0}, second = {0};
	char hash[REVISION_HASH];
	cJSON *a;

	seal(&first, 1, "", "{}");
	revision_hash(hash, first.data, first.len);
	seal(&second, 2, hash, "{\"b\":1}");
	a = put(SECOND, &second, WHO_LOCAL, 202);
	ck_assert_str_eq(receipt_text(a, "state"), "held");
	cJSON_Delete(a);
	cJSON_Delete(put(FIRST, &first, WHO_LOCAL, 201));
	a = put(SECOND, &second, WHO_LOCAL, 200);
	ck_assert_str_eq(receipt_text(a, "state"), "applied");
	cJSON_Delete(a);
	buf_free(&first);
	buf_free(&second);
}
END_TEST

START_TEST(revision__following_another__is_a_conflict)
{
	struct buf body = {0};
	cJSON *a;

	seal(&body, 1, "", "{}");
	cJSON_Delete(put(FIRST, &body, WHO_LOCAL, 201));
	seal(&body, 2, HEAD, "{}");
	a = put(SECOND, &body, WHO_LOCAL, 409);
	ck_assert_str_eq(error_text(a, "code"), "conflict");
	cJSON_Delete(a);
	buf_free(&body);
}
END_TEST

/* Two monitors sealed the same number, each on a laptop of their own: that is
 * no fault but for their people to settle. */
START_TEST(promise_18__service__calls_two_devices_a_conflict)
{
	struct buf mine = {0}, theirs = {0};
	cJSON *a;

	device = "0000000000000000000000000000000a";
	seal(&theirs, 1, "", "{\"a\":1}");
	device = "0000000000000000000000000000000b";
	seal(&mine, 1, "", "{\"a\":2}");
	device = "";
	cJSON_Delete(put(FIRST, &theirs, WHO_LOCAL, 201));
	a = put(FIRST, &mine, WHO_LOCAL, 409);
	ck_assert_str_eq(error_text(a, "code"), "conflict");
	ck_assert_ptr_nonnull(strstr(error_text(a, "message"), "monitor"));
	cJSON_Delete(a);
	buf_free(&mine);
	buf_free(&theirs);
}
END_TEST

/* What could not be read is remembered, so that its mending can follow it. */
START_TEST(revision__unreadable__is_followed_by_its_mending)
{
	struct buf body = {0}, spoilt = {0};
	char hash[REVISION_HASH];
	cJSON *a;

	seal(&body, 1, "", "{}");
	cJSON_Delete(put(FIRST, &body, WHO_LOCAL, 201));
	buf_str(&spoilt, "{\"format\":");
	revision_hash(hash, spoilt.data, spoilt.len);
	cJSON_Delete(put(SECOND, &spoilt, WHO_LOCAL, 422));
	seal(&body, 3, hash, "{}");
	a = put("/v1/reviews/" RECORD "/revisions/3", &body, WHO_LOCAL, 201);
	ck_assert_str_eq(receipt_text(a, "state"), "applied");
	cJSON_Delete(a);
	buf_free(&body);
	buf_free(&spoilt);
}
END_TEST

static void
check_record_of(const char *review, const char *record)
{
	char *path = xasprintf("/v1/reviews/%s", review);
	cJSON *tree = get(path, WHO_LOCAL, 200);

	ck_assert_str_eq(
	    json_get_string(cJSON_GetObjectItem(tree, "review"), "record"),
	    record);
	cJSON_Delete(tree);
	free(path);
}

/* A review's bytes that came under another record's address do not stand for
 * the review; what the record is of is known from what can be read. */
START_TEST(revision__under_another_address__hides_no_review)
{
#define OTHER "ffeeddccbbaa99887766554433221100"
	struct buf body = {0};
	char hash[REVISION_HASH];

	seal(&body, 1, "", "{}");
	revision_hash(hash, body.data, body.len);
	cJSON_Delete(put(FIRST, &body, WHO_LOCAL, 201));
	cJSON_Delete(
	    put("/v1/reviews/" OTHER "/revisions/1", &body, WHO_LOCAL, 422));
	check_record_of("RV1", RECORD);
	sealed_record = OTHER;
	sealed_review = "RV2";
	seal(&body, 2, hash, "{}");
	sealed_record = RECORD;
	sealed_review = "RV1";
	cJSON_Delete(
	    put("/v1/reviews/" OTHER "/revisions/2", &body, WHO_LOCAL, 201));
	check_record_of("RV2", OTHER);
	check_record_of("RV1", RECORD);
	buf_free(&body);
}
END_TEST

/* The one who has to compare gets the other's bytes as they came. */
START_TEST(revision__asked_for__comes_byte_for_byte)
{
	struct buf body = {0};
	char hash[REVISION_HASH], is[REVISION_HASH];
	const char *text;
	cJSON *a;

	cJSON_Delete(get(FIRST, WHO_LOCAL, 404));
	seal(&body, 1, "", "{\"a\":\"Muñoz \\\"x\\\"\\n\"}");
	revision_hash(hash, body.data, body.len);
	cJSON_Delete(put(FIRST, &body, WHO_LOCAL, 201));
	a = get(FIRST, WHO_LOCAL, 200);
	text = json_get_string(a, "body");
	revision_hash(is, text, strlen(text));
	ck_assert_str_eq(is, hash);
	ck_assert_str_eq(
	    json_get_string(cJSON_GetObjectItem(a, "revision"), "hash"), hash);
	cJSON_Delete(a);
	a = get(SECOND, WHO_LOCAL, 404);
	ck_assert_str_eq(error_text(a, "code"), "no_answer");
	cJSON_Delete(a);
	a = get("/v1/reviews/ff/revisions/1", WHO_LOCAL, 404);
	ck_assert_str_eq(error_text(a, "code"), "no_such_review");
	cJSON_Delete(a);
	cJSON_Delete(get(FIRST, WHO_NOBODY, 401));
	buf_free(&body);
}
END_TEST

/* Reading a review is a look at the children in it. */
START_TEST(revision__asked_for__is_a_look_that_is_recorded)
{
	struct buf body = {0}, content = {0}, bytes = {0}, log = {0};
	struct event e = event_make(EVENT_UNIT);
	char base64[512];
	struct err err = {0};

	e.review = "RV1";
	e.sequence = 1;
	e.group = 1;
	e.unit = UNIT_CC;
	e.key = "c1";
	e.fact = FACT_ID;
	e.text = "CHILD-77";
	e.who = "m4";
	ck_assert_msg(event_valid(&e, &err), "%s", err.text);
	event_encode(&bytes, &e);
	sodium_bin2base64(base64, sizeof base64, (uint8_t *)bytes.data,
	    bytes.len, sodium_base64_VARIANT_ORIGINAL);
	buf_printf(&content,
	    "{\"format\":1,\"review\":\"RV1\",\"instrument\":\"x\","
	    "\"version\":1,\"hash\":\"%s\",\"events\":[\"%s\"]}",
	    HEAD, base64);
	seal(&body, 1, "", buf_text(&content));
	cJSON_Delete(put(FIRST, &body, WHO_LOCAL, 201));
	cJSON_Delete(get(FIRST, WHO_LOCAL, 200));
	ck_assert_msg(file_read(&log, f.audit, 1 << 20, &err), "%s", err.text);
	ck_assert_ptr_nonnull(strstr(buf_text(&log), "CHILD-77"));
	ck_assert_ptr_nonnull(strstr(buf_text(&log), "/v1/reviews/"));
	buf_free(&body);
	buf_free(&content);
	buf_free(&bytes);
	buf_free(&log);
}
END_TEST

static void
issue(const char *packet, const char *review, const char *state)
{
	char *url = xasprintf("sqlite:%s", f.folder);
	char *body = xasprintf("{\"review\":\"%s\",\"state\":\"%s\","
			       "\"reason\":\"the provider closed\"}",
	    review, state);
	const struct store_paper paper = {.kind = "packet",
	    .id = packet,
	    .by = "lead",
	    .at_ms = 1,
	    .body = body,
	    .len = strlen(body)};
	struct store_putting putting;
	struct store *store;
	struct err err = {0};

	ck_assert_msg(
	    store_open(&store, url, STORE_WRITE, &err), "%s", err.text);
	ck_assert_msg(store_paper_put(store, &paper,
			  strcmp(state, "issued") != 0, &putting, &err),
	    "%s", err.text);
	ck_assert_int_eq(putting.put, STORE_PUT);
	store_putting_fini(&putting);
	store_close(store);
	free(url);
	free(body);
}

/* Each in the service's own words: taken back, or never issued here. What had
 * come before stays taken, with its receipt. */
START_TEST(promise_36__service__says_recalled_and_unknown)
{
	struct buf first = {0}, second = {0};
	char hash[REVISION_HASH];
	cJSON *a;

	issue("PK1", "RV1", "issued");
	seal(&first, 1, "", "{}");
	revision_hash(hash, first.data, first.len);
	cJSON_Delete(put(FIRST, &first, WHO_LOCAL, 201));
	issue("PK1", "RV1", "recalled");
	cJSON_Delete(put(FIRST, &first, WHO_LOCAL, 200));
	seal(&second, 2, hash, "{}");
	a = put(SECOND, &second, WHO_LOCAL, 410);
	ck_assert_str_eq(error_text(a, "code"), "recalled");
	ck_assert_ptr_nonnull(
	    strstr(error_text(a, "message"), "the provider closed"));
	cJSON_Delete(a);
	buf_free(&first);
	buf_free(&second);
}
END_TEST

START_TEST(promise_36__service__knows_what_it_issued)
{
	struct buf body = {0};
	cJSON *a;

	issue("PK9", "RV9", "issued");
	seal(&body, 1, "", "{}");
	a = put(FIRST, &body, WHO_LOCAL, 404);
	ck_assert_str_eq(error_text(a, "code"), "no_such_review");
	ck_assert_ptr_nonnull(strstr(error_text(a, "message"), "RV1"));
	cJSON_Delete(a);
	issue("PK1", "RV1", "issued");
	cJSON_Delete(put(FIRST, &body, WHO_LOCAL, 201));
	buf_free(&body);
}
END_TEST

/* What cannot be read is refused, and refused again; the next one that names
 * its hash is taken. */
START_TEST(revision__refused__is_remembered)
{
	struct buf bad = {0}, next = {0};
	char hash[REVISION_HASH];

	buf_str(&bad, "{\"format\":1,\"record\":7}");
	revision_hash(hash, bad.data, bad.len);
	cJSON_Delete(put(FIRST, &bad, WHO_LOCAL, 422));
	cJSON_Delete(put(FIRST, &bad, WHO_LOCAL, 422));
	seal(&next, 2, hash, "{}");
	cJSON_Delete(put(SECOND, &next, WHO_LOCAL, 201));
	buf_free(&bad);
	buf_free(&next);
}
END_TEST

START_TEST(revision__of_another_address__is_refused)
{
	struct buf body = {0};

	seal(&body, 1, "", "{}");
	cJSON_Delete(put("/v1/reviews/"
			 "ffffffffffffffffffffffffffffffff/revisions/1",
	    &body, WHO_LOCAL, 422));
	cJSON_Delete(put(SECOND, &body, WHO_LOCAL, 422));
	buf_free(&body);
}
END_TEST

/* Whoever follows names another review than the record: refused for good, and
 * the record goes on as the one it was. */
START_TEST(revision__that_names_another_review__is_refused)
{
	struct buf first = {0}, other = {0}, mended = {0};
	char hash[REVISION_HASH];
	cJSON *a;

	seal(&first, 1, "", "{}");
	cJSON_Delete(put(FIRST, &first, WHO_LOCAL, 201));
	revision_hash(hash, first.data, first.len);
	sealed_review = "RV2";
	seal(&other, 2, hash, "{}");
	sealed_review = "RV1";
	for (int i = 0; i < 2; i++) {
		a = put(SECOND, &other, WHO_LOCAL, 422);
		if (i == 0)
			ck_assert_ptr_nonnull(strstr(
			    error_text(a, "message"), "RV1, and the revision"));
		cJSON_Delete(a);
	}
	cJSON_Delete(put(FIRST, &first, WHO_LOCAL, 200));
	revision_hash(hash, other.data, other.len);
	seal(&mended, 3, hash, "{}");
	cJSON_Delete(
	    put("/v1/reviews/" RECORD "/revisions/3", &mended, WHO_LOCAL, 201));
	buf_free(&first);
	buf_free(&other);
	buf_free(&mended);
}
END_TEST

START_TEST(revision__from_nobody__is_not_taken)
{
	struct buf body = {0};

	seal(&body, 1, "", "{}");
	cJSON_Delete(put(FIRST, &body, WHO_NOBODY, 401));
	cJSON_Delete(put(FIRST, &body, WHO_LOCAL, 201));
	buf_free(&body);
}
END_TEST

/* The service started anew gives the receipt of before. */
START_TEST(revision__after_a_restart__is_still_there)
{
	struct buf body = {0};
	cJSON *one, *two;

	seal(&body, 1, "", "{}");
	one = put(FIRST, &body, WHO_LOCAL, 201);
	fixture_refresh(&f, 0);
	two = put(FIRST, &body, WHO_LOCAL, 200);
	ck_assert_str_eq(
	    receipt_text(two, "serial"), receipt_text(one, "serial"));
	cJSON_Delete(one);
	cJSON_Delete(two);
	buf_free(&body);
}
END_TEST

int
main(void)
{
	Suite *s = suite_create("revision");
	TCase *t = tcase_create("revision");

	tcase_add_checked_fixture(t, setup, teardown);
	tcase_add_test(t, revision__sent_twice__has_one_receipt);
	tcase_add_test(t, revision__other_content__names_both_hashes);
	tcase_add_test(t, promise_17__service__holds_what_came_too_early);
	tcase_add_test(t, revision__following_another__is_a_conflict);
	tcase_add_test(t, revision__unreadable__is_followed_by_its_mending);
	tcase_add_test(t, revision__under_another_address__hides_no_review);
	tcase_add_test(t, revision__asked_for__comes_byte_for_byte);
	tcase_add_test(t, revision__asked_for__is_a_look_that_is_recorded);
	tcase_add_test(t, promise_18__service__calls_two_devices_a_conflict);
	tcase_add_test(t, promise_36__service__says_recalled_and_unknown);
	tcase_add_test(t, promise_36__service__knows_what_it_issued);
	tcase_add_test(t, revision__refused__is_remembered);
	tcase_add_test(t, revision__of_another_address__is_refused);
	tcase_add_test(t, revision__that_names_another_review__is_refused);
	tcase_add_test(t, revision__from_nobody__is_not_taken);
	tcase_add_test(t, revision__after_a_restart__is_still_there);
	suite_add_tcase(s, t);
	return unit_run(s);
}
