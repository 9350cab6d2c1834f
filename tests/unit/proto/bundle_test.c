/* Packets and revisions: what both sides agree on, byte for byte. */
#include "proto/bundle.h"

#include <stdlib.h>
#include <string.h>

#include "lib/unit.h"
#include "proto/revision.h"

static uint8_t public[BUNDLE_PUBLIC], secret[BUNDLE_SECRET];
static struct buf packet;
static struct err err;

static void
setup(void)
{
	struct bundle b = {
	    .about = {.packet = "pk-1",
		.review = "rv-1",
		.user = "monitor-4",
		.instrument = "gh-2026/3",
		.issued_ms = 1000,
		.expires_ms = 9000},
	    .parts = {{"roster", "Ana,Luis", 8}, {"sample", "", 0},
		{"benchmarks", "{}", 2}},
	    .n = 3,
	};

	bundle_keys(public, secret);
	buf_reset(&packet);
	ck_assert(bundle_write(&packet, &b, secret, &err));
}

static void
teardown(void)
{
	buf_free(&packet);
}

START_TEST(bundle__read__gives_back_every_part)
{
	struct bundle b;

	ck_assert_msg(bundle_read(&b, packet.data, packet.len, public, &err),
	    "%s", err.text);
	ck_assert_uint_eq(b.n, 3);
	ck_assert_str_eq(b.about.instrument, "gh-2026/3");
	ck_assert_int_eq(b.about.expires_ms, 9000);
	ck_assert_uint_eq(bundle_part(&b, "roster")->len, 8);
	ck_assert_mem_eq(bundle_part(&b, "roster")->data, "Ana,Luis", 8);
	ck_assert_uint_eq(bundle_part(&b, "sample")->len, 0);
	ck_assert_ptr_null(bundle_part(&b, "calendars"));
}
END_TEST

START_TEST(promise_25__read__refuses_every_cut_and_every_bit)
{
	struct bundle b;

	for (size_t n = 0; n < packet.len; n++)
		ck_assert(!bundle_read(&b, packet.data, n, public, &err));
	for (size_t bit = 0; bit < packet.len * 8; bit++) {
		packet.data[bit / 8] ^= (char)(1 << bit % 8);
		ck_assert_msg(
		    !bundle_read(&b, packet.data, packet.len, public, &err),
		    "bit %zu", bit);
		packet.data[bit / 8] ^= (char)(1 << bit % 8);
	}
	buf_char(&packet, 'x');
	ck_assert(!bundle_read(&b, packet.data, packet.len, public, &err));
	ck_assert_int_eq(err.code, ERR_CORRUPT);
}
END_TEST

START_TEST(promise_25__read__refuses_another_service)
{
	uint8_t other[BUNDLE_PUBLIC], hidden[BUNDLE_SECRET];
	struct bundle b;

	bundle_keys(other, hidden);
	ck_assert(!bundle_read(&b, packet.data, packet.len, other, &err));
	ck_assert_int_eq(err.code, ERR_FOREIGN);
}
END_TEST

START_TEST(promise_25__fits__refuses_another_person_and_an_old_one)
{
	struct bundle b;

	ck_assert(bundle_read(&b, packet.data, packet.len, public, &err));
	ck_assert(bundle_fits(&b, "monitor-4", 9000, &err));
	ck_assert(!bundle_fits(&b, "monitor-5", 9000, &err));
	ck_assert_int_eq(err.code, ERR_FOREIGN);
	ck_assert(!bundle_fits(&b, "monitor-4", 9001, &err));
	ck_assert_int_eq(err.code, ERR_EXPIRED);
}
END_TEST

START_TEST(promise_38__read__names_a_newer_format)
{
	struct bundle b;

	packet.data[8] = BUNDLE_FORMAT + 1;
	ck_assert(!bundle_read(&b, packet.data, packet.len, public, &err));
	ck_assert_int_eq(err.code, ERR_NEWER);
}
END_TEST

START_TEST(bundle__write__refuses_odd_names_and_doubles)
{
	struct bundle b = {.parts = {{"a", "", 0}, {"a", "", 0}}, .n = 2};
	struct buf out = {0};

	ck_assert(!bundle_write(&out, &b, secret, &err));
	ck_assert_int_eq(err.code, ERR_BAD_VALUE);
	strcpy(b.parts[1].name, "../x");
	ck_assert(!bundle_write(&out, &b, secret, &err));
	strcpy(b.parts[1].name, "b");
	ck_assert(bundle_write(&out, &b, secret, &err));
	buf_free(&out);
}
END_TEST

/* --- revisions ----------------------------------------------------------- */

#define HEX32 "5a0102030405060708090a0b0c0d0e0f"
#define HEX64 HEX32 HEX32

static struct revision
first(void)
{
	return (struct revision){
	    .record = HEX32,
	    .revision = 1,
	    .review = "rv-1",
	    .packet = "pk-1",
	    .instrument = "gh-2026/3",
	    .by = "monitor-4",
	    .head = HEX64,
	    .lines = 622,
	    .sealed_ms = 1790000000000,
	    .content = "{\"a\":[1,\"x\"]}",
	    .content_len = 13,
	};
}

START_TEST(revision__read__gives_back_what_was_sealed)
{
	struct revision r = first(), got;
	struct buf body = {0}, text = {0};

	ck_assert(revision_write(&body, &r, &err));
	ck_assert_msg(revision_read(&got, &text, body.data, body.len, &err),
	    "%s", err.text);
	ck_assert_str_eq(got.record, HEX32);
	ck_assert_str_eq(got.previous, "");
	ck_assert_uint_eq(got.lines, 622);
	ck_assert_int_eq(got.sealed_ms, 1790000000000);
	ck_assert_ptr_null(got.reason);
	ck_assert_str_eq(got.content, "{\"a\":[1,\"x\"]}");
	buf_free(&body);
	buf_free(&text);
}
END_TEST

START_TEST(promise_32__write__asks_why_an_amendment_was_made)
{
	struct revision r = first();
	struct buf body = {0};

	r.revision = 2;
	ck_assert(!revision_write(&body, &r, &err)); /* follows nothing */
	strcpy(r.previous, HEX64);
	ck_assert(!revision_write(&body, &r, &err));
	ck_assert_int_eq(err.code, ERR_BAD_VALUE);
	r.reason = "";
	ck_assert(!revision_write(&body, &r, &err));
	r.reason = "the log arrived late";
	ck_assert(revision_write(&body, &r, &err));
	ck_assert_ptr_nonnull(
	    strstr(body.data, "\"reason\":\"the log arrived late\""));
	buf_free(&body);
}
END_TEST

START_TEST(revision__write__refuses_content_that_is_no_json)
{
	struct revision r = first();
	struct buf body = {0};

	r.content_len = 12; /* the brace is missing */
	ck_assert(!revision_write(&body, &r, &err));
	buf_free(&body);
}
END_TEST

START_TEST(revision__hash__is_sha_256)
{
	char hash[REVISION_HASH];

	revision_hash(hash, "abc", 3);
	ck_assert_str_eq(hash, "ba7816bf8f01cfea414140de5dae2223"
			       "b00361a396177a9cb410ff61f20015ad");
}
END_TEST

START_TEST(receipt__read__takes_only_a_whole_one)
{
	struct receipt r = {.record = HEX32,
			   .revision = 2,
			   .hash = HEX64,
			   .state = RECEIPT_HELD,
			   .waits_for = 1,
			   .at_ms = 5,
			   .serial = "s-9"},
		       got;
	struct buf text = {0}, again = {0};

	receipt_write(&text, &r);
	ck_assert(receipt_read(&got, text.data, text.len, &err));
	receipt_write(&again, &got);
	ck_assert_str_eq(again.data, text.data);
	ck_assert_int_eq(got.state, RECEIPT_HELD);
	ck_assert_uint_eq(got.waits_for, 1);
	for (size_t n = 0; n < text.len; n++)
		ck_assert(!receipt_read(&got, text.data, n, &err));
	ck_assert(!receipt_read(&got, "{}", 2, &err));
	ck_assert(!receipt_read(&got, "<html>ok</html>", 15, &err));
	ck_assert_int_eq(err.code, ERR_BAD_ANSWER);
	buf_free(&again);
	buf_free(&text);
}
END_TEST

int
main(void)
{
	Suite *s = suite_create("bundle");
	TCase *t = tcase_create("field");

	tcase_add_checked_fixture(t, setup, teardown);
	tcase_add_test(t, bundle__read__gives_back_every_part);
	tcase_add_test(t, promise_25__read__refuses_every_cut_and_every_bit);
	tcase_add_test(t, promise_25__read__refuses_another_service);
	tcase_add_test(
	    t, promise_25__fits__refuses_another_person_and_an_old_one);
	tcase_add_test(t, promise_38__read__names_a_newer_format);
	tcase_add_test(t, bundle__write__refuses_odd_names_and_doubles);
	tcase_add_test(t, revision__read__gives_back_what_was_sealed);
	tcase_add_test(t, promise_32__write__asks_why_an_amendment_was_made);
	tcase_add_test(t, revision__write__refuses_content_that_is_no_json);
	tcase_add_test(t, revision__hash__is_sha_256);
	tcase_add_test(t, receipt__read__takes_only_a_whole_one);
	suite_add_tcase(s, t);
	return unit_run(s);
}
