/* What becomes of a revision: every answer a network or a service can give,
 * every state, every wish. */
#include "journal/outbox.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "lib/unit.h"

#define HEX32 "5a0102030405060708090a0b0c0d0e0f"
#define HEX64 HEX32 HEX32
#define OTHER "ff0102030405060708090a0b0c0d0e0f" HEX32

static const struct outbox_sent sent = {HEX32, 2, HEX64};

static enum outbox_answer
classify(int status, const char *body, char words[static 200])
{
	struct outbox_reply reply = {status, true, NULL, body, strlen(body)};
	struct receipt receipt;

	return outbox_classify(&reply, &sent, &receipt, words, 200);
}

static char *
receipt(const char *record, uint32_t revision, const char *hash,
    enum receipt_state state)
{
	struct receipt r = {.revision = revision, .state = state, .at_ms = 7};
	struct buf text = {0};

	strcpy(r.record, record);
	strcpy(r.hash, hash);
	strcpy(r.serial, "s-1");
	receipt_write(&text, &r);
	return buf_take(&text);
}

#define REFUSAL(code, message)                                     \
	"{\"error\":{\"code\":\"" code "\",\"message\":\"" message \
	"\",\"field\":null,\"hint\":null}}"
#define PORTAL "<html><title>Welcome to Hotel WiFi</title></html>"

/* clang-format off */
static const struct {
	int status;
	const char *body;
	enum outbox_answer want;
	const char *words;
} cases[] = {
	{200, PORTAL, OUTBOX_NOT_SERVICE, ""},
	{200, "", OUTBOX_NOT_SERVICE, ""},
	{200, "{}", OUTBOX_NOT_SERVICE, ""},
	{200, "{\"ok\":true}", OUTBOX_NOT_SERVICE, ""},
	{204, "", OUTBOX_NOT_SERVICE, ""},
	{302, PORTAL, OUTBOX_NOT_SERVICE, ""},
	{511, PORTAL, OUTBOX_NOT_SERVICE, ""},
	{401, PORTAL, OUTBOX_NOT_SERVICE, ""},
	{403, PORTAL, OUTBOX_NOT_SERVICE, ""},
	{404, PORTAL, OUTBOX_NOT_SERVICE, ""},
	{410, PORTAL, OUTBOX_NOT_SERVICE, ""},
	{422, PORTAL, OUTBOX_NOT_SERVICE, ""},
	{407, PORTAL, OUTBOX_NOT_SERVICE, ""},
	{413, PORTAL, OUTBOX_TOO_BIG, ""},
	{502, PORTAL, OUTBOX_UNREACHABLE, ""},
	{504, PORTAL, OUTBOX_UNREACHABLE, ""},
	{503, PORTAL, OUTBOX_BUSY, ""},
	{429, "", OUTBOX_BUSY, ""},
	{500, PORTAL, OUTBOX_FAULT, ""},
	{401, REFUSAL("not_signed_in", "sign in"), OUTBOX_DENIES, "sign in"},
	{403, REFUSAL("denied", "no"), OUTBOX_DENIES, "no"},
	{404, REFUSAL("no_such_review", "gone"), OUTBOX_NOT_KNOWN, "gone"},
	{404, REFUSAL("no_such_route", "?"), OUTBOX_NOT_SERVICE, "?"},
	{409, REFUSAL("other_content", "differs"), OUTBOX_OTHER_HASH,
	    "differs"},
	{409, REFUSAL("conflict", "R. was first"), OUTBOX_CHANGED,
	    "R. was first"},
	{409, REFUSAL("busy", "x"), OUTBOX_REFUSES, "x"},
	{410, REFUSAL("recalled", "withdrawn"), OUTBOX_TAKEN_BACK,
	    "withdrawn"},
	{413, REFUSAL("too_large", "big"), OUTBOX_TOO_BIG, "big"},
	{422, REFUSAL("refused", "ED02 has no date"), OUTBOX_REFUSES,
	    "ED02 has no date"},
	{400, REFUSAL("bad_request", "x"), OUTBOX_REFUSES, "x"},
	{418, REFUSAL("teapot", "x"), OUTBOX_REFUSES, "x"},
	{503, REFUSAL("stopping", "x"), OUTBOX_BUSY, "x"},
	{0, "", OUTBOX_UNREACHABLE, ""},
};
/* clang-format on */

START_TEST(promise_12__classify__knows_who_answered)
{
	char words[200];

	ck_assert_msg(
	    classify(cases[_i].status, cases[_i].body, words) == cases[_i].want,
	    "%d %s", cases[_i].status, cases[_i].body);
	ck_assert_str_eq(words, cases[_i].words);
}
END_TEST

START_TEST(promise_12__classify__takes_only_this_revisions_receipt)
{
	static const struct {
		const char *record;
		uint32_t revision;
		const char *hash;
		enum receipt_state state;
		int status;
		enum outbox_answer want;
	} rows[] = {
	    {HEX32, 2, HEX64, RECEIPT_APPLIED, 200, OUTBOX_RECEIPT},
	    {HEX32, 2, HEX64, RECEIPT_APPLIED, 201, OUTBOX_RECEIPT},
	    {HEX32, 2, HEX64, RECEIPT_APPLIED, 202, OUTBOX_RECEIVED},
	    {HEX32, 2, HEX64, RECEIPT_ARRIVED, 202, OUTBOX_RECEIVED},
	    {HEX32, 2, HEX64, RECEIPT_ARRIVED, 200, OUTBOX_RECEIVED},
	    {HEX32, 2, HEX64, RECEIPT_HELD, 202, OUTBOX_HOLDS},
	    {HEX32, 1, HEX64, RECEIPT_APPLIED, 200, OUTBOX_FALSE_RECEIPT},
	    {HEX32, 2, OTHER, RECEIPT_APPLIED, 200, OUTBOX_FALSE_RECEIPT},
	    {"ff0102030405060708090a0b0c0d0e0f", 2, HEX64, RECEIPT_APPLIED, 200,
		OUTBOX_FALSE_RECEIPT},
	};
	char words[200];

	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		char *body = receipt(rows[i].record, rows[i].revision,
		    rows[i].hash, rows[i].state);

		ck_assert_int_eq(
		    classify(rows[i].status, body, words), rows[i].want);
		free(body);
	}
}
END_TEST

/* Cut off anywhere, and said to be cut off or not. */
START_TEST(promise_12__classify__trusts_no_part_of_a_receipt)
{
	char *body = receipt(HEX32, 2, HEX64, RECEIPT_APPLIED), words[200];
	struct outbox_reply reply = {200, false, NULL, body, strlen(body)};
	struct receipt got;

	ck_assert_int_eq(outbox_classify(&reply, &sent, &got, words, 200),
	    OUTBOX_UNREACHABLE);
	reply.complete = true;
	for (reply.len = 0; reply.len < strlen(body); reply.len++)
		ck_assert_int_eq(
		    outbox_classify(&reply, &sent, &got, words, 200),
		    OUTBOX_NOT_SERVICE);
	free(body);
}
END_TEST

START_TEST(promise_36__words__each_state_and_answer_has_its_own)
{
	for (int i = 0; i < OUTBOX_ANSWERS; i++)
		for (int k = 0; k < i; k++)
			ck_assert_str_ne(outbox_says((enum outbox_answer)i),
			    outbox_says((enum outbox_answer)k));
	for (int i = 0; i < OUTBOX_STATES; i++) {
		enum outbox_state state = (enum outbox_state)i;

		ck_assert_int_eq(outbox_parse(outbox_name(state)), state);
		for (int k = 0; k < i; k++)
			ck_assert_str_ne(outbox_words(state),
			    outbox_words((enum outbox_state)k));
	}
	ck_assert_int_eq(outbox_parse("nonsense"), OUTBOX_STATES);
}
END_TEST

/* Only a receipt leads to "sent", and no answer loses a revision. */
START_TEST(promise_12__answered__only_a_receipt_counts_as_sent)
{
	for (int i = 0; i < OUTBOX_ANSWERS; i++) {
		struct outbox_step step =
		    outbox_answered((enum outbox_answer)i);

		ck_assert_int_eq(step.next == OUTBOX_SENT, i == OUTBOX_RECEIPT);
		/* What goes again by itself says when. */
		if (step.next == OUTBOX_QUEUED)
			ck_assert(step.wait == OUTBOX_LATER ||
				  step.wait == OUTBOX_LINK_LATER);
	}
	ck_assert_int_eq(outbox_recovered(OUTBOX_SENDING), OUTBOX_QUEUED);
	/* What a person can always do: send what was refused once more. */
	ck_assert_int_eq(
	    outbox_wished(OUTBOX_ASIDE, OUTBOX_SEND), OUTBOX_QUEUED);
	ck_assert_int_eq(
	    outbox_wished(OUTBOX_SENDING, OUTBOX_STOP), OUTBOX_SEALED);
}
END_TEST

START_TEST(promise_14__pause__doubles_to_a_quarter_of_an_hour)
{
	struct rng rng;

	rng_seed(&rng, 3);
	for (unsigned tries = 1; tries < 60; tries++) {
		int64_t most = tries < 9 ? 5000LL << (tries - 1) : 900000;

		if (most > 900000)
			most = 900000;
		for (int i = 0; i < 50; i++) {
			int64_t pause = outbox_pause(tries, &rng);

			ck_assert_int_ge(pause, most / 2);
			ck_assert_int_le(pause, most);
		}
	}
}
END_TEST

int
main(void)
{
	Suite *s = suite_create("outbox");
	TCase *t = tcase_create("answers");

	tcase_add_loop_test(t, promise_12__classify__knows_who_answered, 0,
	    sizeof cases / sizeof *cases);
	tcase_add_test(
	    t, promise_12__classify__takes_only_this_revisions_receipt);
	tcase_add_test(t, promise_12__classify__trusts_no_part_of_a_receipt);
	tcase_add_test(t, promise_36__words__each_state_and_answer_has_its_own);
	tcase_add_test(t, promise_12__answered__only_a_receipt_counts_as_sent);
	tcase_add_test(t, promise_14__pause__doubles_to_a_quarter_of_an_hour);
	suite_add_tcase(s, t);
	return unit_run(s);
}
