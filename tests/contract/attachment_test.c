/*
 * Files that belong to reviews as they come from the field: announced, sent in
 * chunks in any order, taken up where the line broke, each chunk kept once
 * (offline.md, promise 33).
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/json.h"
#include "contract/ask.h"
#include "lib/unit.h"
#include "proto/attachment.h"

#define ONE "/v1/attachments/000000000000000000000000000000a1"
#define TWO "/v1/attachments/000000000000000000000000000000a2"
#define RECORD "00112233445566778899aabbccddeeff"
#define BYTES (ATTACHMENT_CHUNK + 1000)

static struct fixture f;
static struct attachment scan;
static char bytes[BYTES];

static void
setup(void)
{
	struct err err = {0};

	fixture_open(&f, false);
	for (size_t i = 0; i < BYTES; i++)
		bytes[i] = (char)(i * 7 % 251);
	scan = (struct attachment){.record = RECORD,
	    .review = "RV-1",
	    .by = "m4",
	    .unit = "CC",
	    .key = "c1",
	    .question = "ED04",
	    .name = "letter.jpg",
	    .added_ms = 1000};
	ck_assert(attachment_split(&scan,
	    &(struct attachment_source){attachment_bytes_read,
		&(struct attachment_bytes){bytes, BYTES}},
	    &err));
	ck_assert_uint_eq(scan.n, 2);
}

static void
teardown(void)
{
	fixture_close(&f);
}

static cJSON *
put(const char *path, const struct buf *body, int status)
{
	return ask(&(struct asking){.of = &f,
	    .target = path,
	    .body = body->data,
	    .body_len = body->len,
	    .status = status});
}

static cJSON *
get(const char *path, int status)
{
	return ask(
	    &(struct asking){.of = &f, .target = path, .status = status});
}

static cJSON *
put_scan(const char *path, int status)
{
	struct buf body = {0};
	cJSON *a;

	attachment_write(&body, &scan);
	a = put(path, &body, status);
	buf_free(&body);
	return a;
}

static cJSON *
put_chunk(const char *path, uint32_t n, int change, int status)
{
	char *at = xasprintf("%s/chunks/%u", path, n);
	struct buf body = {0};
	char *copy = xmalloc(attachment_chunk(&scan, n - 1));
	cJSON *a;

	memcpy(copy, bytes + (size_t)(n - 1) * ATTACHMENT_CHUNK,
	    attachment_chunk(&scan, n - 1));
	copy[0] = (char)(copy[0] ^ change);
	attachment_chunk_write(&body, copy, attachment_chunk(&scan, n - 1));
	a = put(at, &body, status);
	buf_free(&body);
	free(copy);
	free(at);
	return a;
}

static const char *
said(const cJSON *answer, const char *key)
{
	return json_get_string(cJSON_GetObjectItem(answer, "attachment"), key);
}

static int
missing(const cJSON *answer)
{
	return cJSON_GetArraySize(cJSON_GetObjectItem(
	    cJSON_GetObjectItem(answer, "attachment"), "missing"));
}

START_TEST(promise_33__service__takes_chunks_in_any_order)
{
	cJSON *a = put_scan(ONE, 201);
	char serial[64];

	ck_assert_str_eq(said(a, "state"), "waiting");
	ck_assert_int_eq(missing(a), 2);
	snprintf(serial, sizeof serial, "%s", said(a, "serial"));
	cJSON_Delete(a);
	a = put_chunk(ONE, 2, 0, 200);
	ck_assert_int_eq(missing(a), 1);
	cJSON_Delete(a);
	/* Taken up after a break, and the service started anew: only what is
	 * missing is asked for. */
	fixture_refresh(&f, 0);
	a = put_scan(ONE, 200);
	ck_assert_int_eq(missing(a), 1);
	ck_assert_str_eq(said(a, "serial"), serial);
	cJSON_Delete(a);
	a = put_chunk(ONE, 1, 0, 200);
	ck_assert_str_eq(said(a, "state"), "complete");
	cJSON_Delete(a);
	a = put_chunk(ONE, 1, 0, 200);
	ck_assert_str_eq(said(a, "serial"), serial);
	cJSON_Delete(a);
}
END_TEST

START_TEST(promise_33__service__keeps_the_same_bytes_once)
{
	cJSON *a;

	cJSON_Delete(put_scan(ONE, 201));
	cJSON_Delete(put_chunk(ONE, 1, 0, 200));
	cJSON_Delete(put_chunk(ONE, 2, 0, 200));
	strcpy(scan.question, "ED05");
	a = put_scan(TWO, 201);
	ck_assert_str_eq(said(a, "state"), "complete");
	cJSON_Delete(a);
	a = get("/v1/attachments", 200);
	ck_assert_int_eq(
	    cJSON_GetArraySize(cJSON_GetObjectItem(a, "attachments")), 2);
	cJSON_Delete(a);
}
END_TEST

START_TEST(attachment__other_content__is_refused)
{
	struct buf junk = {0};
	cJSON *a;

	cJSON_Delete(put_scan(ONE, 201));
	strcpy(scan.name, "other.jpg");
	a = put_scan(ONE, 409);
	ck_assert_str_eq(
	    json_get_string(cJSON_GetObjectItem(a, "error"), "code"),
	    "other_content");
	cJSON_Delete(a);
	cJSON_Delete(put_chunk(ONE, 1, 1, 422));
	strcpy(scan.name, "a/b.jpg");
	cJSON_Delete(put_scan(TWO, 422));
	buf_str(&junk, "{\"data\":\"***\"}");
	cJSON_Delete(put(ONE "/chunks/1", &junk, 422));
	cJSON_Delete(put(ONE "/chunks/3", &junk, 404));
	cJSON_Delete(put(TWO "/chunks/1", &junk, 404));
	cJSON_Delete(put("/v1/attachments/xyz", &junk, 400));
	buf_free(&junk);
}
END_TEST

START_TEST(attachment__asked_for__comes_as_it_was_and_is_recorded)
{
	struct buf body = {0}, chunk = {0}, log = {0};
	struct err err = {0};
	cJSON *a;
	char *text;

	cJSON_Delete(put_scan(ONE, 201));
	cJSON_Delete(get(ONE "/chunks/1", 404));
	cJSON_Delete(put_chunk(ONE, 2, 0, 200));
	a = get(ONE, 200);
	ck_assert_int_eq(missing(a), 1);
	ck_assert_str_eq(
	    json_get_string(cJSON_GetObjectItem(a, "about"), "name"),
	    "letter.jpg");
	cJSON_Delete(a);
	a = get(ONE "/chunks/2", 200);
	text = cJSON_PrintUnformatted(a);
	ck_assert(attachment_chunk_read(&chunk, text, strlen(text), &err));
	ck_assert_uint_eq(chunk.len, 1000);
	ck_assert_mem_eq(chunk.data, bytes + ATTACHMENT_CHUNK, 1000);
	cJSON_free(text);
	cJSON_Delete(a);
	ck_assert(file_read(&log, f.audit, 1 << 20, &err));
	ck_assert_ptr_nonnull(strstr(buf_text(&log), RECORD));
	cJSON_Delete(ask(&(struct asking){.of = &f,
	    .nobody = true,
	    .target = ONE "/chunks/2",
	    .status = 401}));
	buf_free(&body);
	buf_free(&chunk);
	buf_free(&log);
}
END_TEST

int
main(void)
{
	Suite *s = suite_create("attachment");
	TCase *t = tcase_create("attachment");

	tcase_add_checked_fixture(t, setup, teardown);
	tcase_add_test(t, promise_33__service__takes_chunks_in_any_order);
	tcase_add_test(t, promise_33__service__keeps_the_same_bytes_once);
	tcase_add_test(t, attachment__other_content__is_refused);
	tcase_add_test(
	    t, attachment__asked_for__comes_as_it_was_and_is_recorded);
	suite_add_tcase(s, t);
	return unit_run(s);
}
