#include "journal/outbox.h"

#include <stdio.h>
#include <string.h>

#include "base/i18n.h"
#include "base/json.h"

/* clang-format off */
static const struct {
	const char *name, *words;
	enum outbox_state recovered; /* after a new start of the program */
	enum outbox_state wished[3]; /* SEND, STOP, HOLD_BACK */
} states[OUTBOX_STATES] = {
#define WISHES(send, stop, hold) \
	{OUTBOX_##send, OUTBOX_##stop, OUTBOX_##hold}
	[OUTBOX_SEALED] = {"sealed", N_("sealed, not to be sent yet"),
	    OUTBOX_SEALED, WISHES(QUEUED, SEALED, SEALED)},
	[OUTBOX_QUEUED] = {"queued", N_("waiting to be sent"),
	    OUTBOX_QUEUED, WISHES(QUEUED, SEALED, SEALED)},
	[OUTBOX_SENDING] = {"sending", N_("being sent"),
	    OUTBOX_QUEUED, WISHES(SENDING, SEALED, SEALED)},
	[OUTBOX_ARRIVED] = {"arrived",
	    N_("arrived, but the office has not taken it in yet"),
	    OUTBOX_ARRIVED, WISHES(ARRIVED, ARRIVED, ARRIVED)},
	[OUTBOX_SENT] = {"sent", N_("sent, and the receipt is kept"),
	    OUTBOX_SENT, WISHES(QUEUED, SENT, SENT)},
	[OUTBOX_ASIDE] = {"set_aside",
	    N_("set aside: the office refused it; nothing is lost"),
	    OUTBOX_ASIDE, WISHES(QUEUED, ASIDE, ASIDE)},
	[OUTBOX_CONFLICT] = {"conflict",
	    N_("somebody else changed the same review: compare the two"),
	    OUTBOX_CONFLICT, WISHES(QUEUED, CONFLICT, CONFLICT)},
	[OUTBOX_HELD] = {"held",
	    N_("the office has it and waits for the one before it"),
	    OUTBOX_HELD, WISHES(HELD, HELD, HELD)},
	[OUTBOX_RECALLED] = {"recalled",
	    N_("the office took this review back; your work is kept here and "
	    "can be exported"),
	    OUTBOX_RECALLED, WISHES(QUEUED, RECALLED, RECALLED)},
	[OUTBOX_UNKNOWN] = {"unknown",
	    N_("the office does not know this review; your work is kept here "
	    "and can be exported"),
	    OUTBOX_UNKNOWN, WISHES(QUEUED, UNKNOWN, UNKNOWN)},
	[OUTBOX_THEIRS] = {"theirs",
	    N_("sealed on another device and taken in here"),
	    OUTBOX_THEIRS, WISHES(THEIRS, THEIRS, THEIRS)},
#undef WISHES
};

static const struct {
	struct outbox_step step;
	const char *says;
} answers[OUTBOX_ANSWERS] = {
	[OUTBOX_RECEIPT] = {{OUTBOX_SENT, OUTBOX_DONE},
	    N_("The office has it and gave a receipt.")},
	[OUTBOX_RECEIVED] = {{OUTBOX_ARRIVED, OUTBOX_LATER},
	    N_("It arrived; the office will take it in later.")},
	[OUTBOX_HOLDS] = {{OUTBOX_HELD, OUTBOX_LATER},
	    N_("It arrived; the office waits for the one before it.")},
	[OUTBOX_OTHER_HASH] = {{OUTBOX_ASIDE, OUTBOX_PERSON},
	    N_("The office has something else under this number. Call the "
	    "office; nothing here was changed.")},
	[OUTBOX_CHANGED] = {{OUTBOX_CONFLICT, OUTBOX_PERSON},
	    N_("Somebody else changed this review meanwhile. Compare the two "
	    "and choose, question by question.")},
	[OUTBOX_REFUSES] = {{OUTBOX_ASIDE, OUTBOX_PERSON},
	    N_("The office refused it; its reason stands beside it.")},
	[OUTBOX_TOO_BIG] = {{OUTBOX_ASIDE, OUTBOX_PERSON},
	    N_("It is larger than the office takes. Export it and bring it "
	    "by another way.")},
	[OUTBOX_TAKEN_BACK] = {{OUTBOX_RECALLED, OUTBOX_PERSON},
	    N_("The office took this review back. Your answers stay here.")},
	[OUTBOX_NOT_KNOWN] = {{OUTBOX_UNKNOWN, OUTBOX_PERSON},
	    N_("The office does not know this review. Your answers stay "
	    "here; ask before you type more.")},
	[OUTBOX_DENIES] = {{OUTBOX_QUEUED, OUTBOX_LINK_LATER},
	    N_("The office does not let you send now. Sign in again; it "
	    "will be sent then.")},
	[OUTBOX_BUSY] = {{OUTBOX_QUEUED, OUTBOX_LINK_LATER},
	    N_("The office is busy; it will be sent later by itself.")},
	[OUTBOX_FAULT] = {{OUTBOX_QUEUED, OUTBOX_LATER},
	    N_("The office's computer had a fault; it will be sent again by "
	    "itself.")},
	[OUTBOX_NOT_SERVICE] = {{OUTBOX_QUEUED, OUTBOX_LINK_LATER},
	    N_("Something else than the office answered, perhaps this "
	    "network's sign-in page. Open a browser, sign in there, try "
	    "again.")},
	[OUTBOX_FALSE_RECEIPT] = {{OUTBOX_QUEUED, OUTBOX_LATER},
	    N_("The receipt was not for this review; it counts as not "
	    "sent.")},
	[OUTBOX_UNREACHABLE] = {{OUTBOX_QUEUED, OUTBOX_LINK_LATER},
	    N_("No connection; it will be sent by itself when there is "
	    "one.")},
	[OUTBOX_CANCELLED] = {{OUTBOX_SEALED, OUTBOX_DONE},
	    N_("You stopped it; it is kept as it was sealed.")},
};
/* clang-format on */

const char *
outbox_name(enum outbox_state state)
{
	return states[state].name;
}

enum outbox_state
outbox_parse(const char *name)
{
	int i = 0;

	while (i < OUTBOX_STATES && strcmp(states[i].name, name) != 0)
		i++;
	return (enum outbox_state)i;
}

const char *
outbox_words(enum outbox_state state)
{
	return states[state].words;
}

const char *
outbox_says(enum outbox_answer answer)
{
	return answers[answer].says;
}

struct outbox_step
outbox_answered(enum outbox_answer answer)
{
	return answers[answer].step;
}

enum outbox_state
outbox_wished(enum outbox_state state, enum outbox_wish wish)
{
	return states[state].wished[wish];
}

enum outbox_state
outbox_recovered(enum outbox_state state)
{
	return states[state].recovered;
}

/* --- telling answers apart ----------------------------------------------- */

/* A refusal in the service's own form; what a proxy or a sign-in page says is
 * not in it. */
static bool
service_refusal(const struct outbox_reply *reply, char *code, size_t code_size,
    char *words, size_t size)
{
	struct err err;
	cJSON *body = json_parse(reply->body, reply->len, 65536, &err);
	const cJSON *error = cJSON_GetObjectItemCaseSensitive(body, "error");
	const char *name = json_get_string(error, "code");
	const char *message = json_get_string(error, "message");

	if (name != NULL && message != NULL) {
		snprintf(code, code_size, "%s", name);
		snprintf(words, size, "%s", message);
	}
	cJSON_Delete(body);
	return name != NULL && message != NULL;
}

static enum outbox_answer
classify_receipt(const struct outbox_reply *reply,
    const struct outbox_sent *sent, struct receipt *receipt)
{
	static const enum outbox_answer by_state[] = {
	    [RECEIPT_APPLIED] = OUTBOX_RECEIPT,
	    [RECEIPT_ARRIVED] = OUTBOX_RECEIVED,
	    [RECEIPT_HELD] = OUTBOX_HOLDS,
	};
	struct err err;

	if (!receipt_read(receipt, reply->body, reply->len, &err))
		return OUTBOX_NOT_SERVICE;
	if (strcmp(receipt->record, sent->record) != 0 ||
	    strcmp(receipt->hash, sent->hash) != 0 ||
	    receipt->revision != sent->revision)
		return OUTBOX_FALSE_RECEIPT;
	/* 202 promises nothing yet, whatever else it says. */
	if (reply->status == 202 && receipt->state == RECEIPT_APPLIED)
		receipt->state = RECEIPT_ARRIVED;
	return by_state[receipt->state];
}

/* clang-format off */
static const struct {
	int status;
	const char *code; /* the service's; NULL: any */
	enum outbox_answer service, other; /* who said it */
} refusals[] = {
	{400, NULL, OUTBOX_REFUSES, OUTBOX_NOT_SERVICE},
	{401, NULL, OUTBOX_DENIES, OUTBOX_NOT_SERVICE},
	{403, NULL, OUTBOX_DENIES, OUTBOX_NOT_SERVICE},
	{404, "no_such_route", OUTBOX_NOT_SERVICE, OUTBOX_NOT_SERVICE},
	{404, NULL, OUTBOX_NOT_KNOWN, OUTBOX_NOT_SERVICE},
	{408, NULL, OUTBOX_UNREACHABLE, OUTBOX_UNREACHABLE},
	{409, "other_content", OUTBOX_OTHER_HASH, OUTBOX_NOT_SERVICE},
	{409, "conflict", OUTBOX_CHANGED, OUTBOX_NOT_SERVICE},
	{409, NULL, OUTBOX_REFUSES, OUTBOX_NOT_SERVICE},
	{410, NULL, OUTBOX_TAKEN_BACK, OUTBOX_NOT_SERVICE},
	{413, NULL, OUTBOX_TOO_BIG, OUTBOX_TOO_BIG},
	{422, NULL, OUTBOX_REFUSES, OUTBOX_NOT_SERVICE},
	{429, NULL, OUTBOX_BUSY, OUTBOX_BUSY},
	{502, NULL, OUTBOX_UNREACHABLE, OUTBOX_UNREACHABLE},
	{503, NULL, OUTBOX_BUSY, OUTBOX_BUSY},
	{504, NULL, OUTBOX_UNREACHABLE, OUTBOX_UNREACHABLE},
	{511, NULL, OUTBOX_NOT_SERVICE, OUTBOX_NOT_SERVICE},
};
/* clang-format on */

static enum outbox_answer
classify_refusal(
    const struct outbox_reply *reply, const char *code, bool service)
{
	for (size_t i = 0; i < sizeof refusals / sizeof *refusals; i++) {
		if (refusals[i].status != reply->status ||
		    (refusals[i].code != NULL &&
			(!service || strcmp(refusals[i].code, code) != 0)))
			continue;
		return service ? refusals[i].service : refusals[i].other;
	}
	if (reply->status >= 500)
		return OUTBOX_FAULT;
	return service ? OUTBOX_REFUSES : OUTBOX_NOT_SERVICE;
}

enum outbox_answer
outbox_classify(const struct outbox_reply *reply,
    const struct outbox_sent *sent, struct receipt *receipt, char *words,
    size_t size)
{
	char code[64] = "";
	bool service;

	*receipt = (struct receipt){0};
	words[0] = '\0';
	if (reply->status == 0 || !reply->complete)
		return OUTBOX_UNREACHABLE;
	if (reply->status >= 200 && reply->status <= 202)
		return classify_receipt(reply, sent, receipt);
	if (reply->status < 400)
		return OUTBOX_NOT_SERVICE;
	service = service_refusal(reply, code, sizeof code, words, size);
	return classify_refusal(reply, code, service);
}

int64_t
outbox_pause(unsigned tries, struct rng *rng)
{
	int64_t pause = OUTBOX_PAUSE_FIRST_MS;

	while (tries-- > 1 && pause < OUTBOX_PAUSE_MAX_MS)
		pause *= 2;
	if (pause > OUTBOX_PAUSE_MAX_MS)
		pause = OUTBOX_PAUSE_MAX_MS;
	return pause / 2 + rng_below(rng, (uint32_t)(pause / 2) + 1);
}
