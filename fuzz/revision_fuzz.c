/*
 * A sealed revision, a receipt and any answer to sending one: taken or
 * refused; what is taken is written so that it is taken again; and no bytes
 * count as a receipt for another revision.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "journal/outbox.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void
revision(const uint8_t *data, size_t size)
{
	struct revision r, again;
	struct buf text = {0}, body = {0}, second = {0};
	struct err err;

	if (revision_read(&r, &text, data, size, &err)) {
		if (!revision_write(&body, &r, &err) ||
		    !revision_read(
			&again, &second, body.data, body.len, &err) ||
		    again.revision != r.revision ||
		    strcmp(again.record, r.record) != 0)
			abort();
	}
	buf_free(&text);
	buf_free(&body);
	buf_free(&second);
}

static void
answer(const uint8_t *data, size_t size)
{
	static const struct outbox_sent sent = {
	    "5a0102030405060708090a0b0c0d0e0f", 1,
	    "5a0102030405060708090a0b0c0d0e0f"
	    "5a0102030405060708090a0b0c0d0e0f"};
	struct outbox_reply reply = {
	    .complete = true, .body = (const char *)data, .len = size};
	struct receipt receipt;
	char words[400];

	for (reply.status = 200; reply.status < 600; reply.status += 1) {
		enum outbox_answer a = outbox_classify(
		    &reply, &sent, &receipt, words, sizeof words);

		if (a == OUTBOX_RECEIPT &&
		    (strcmp(receipt.hash, sent.hash) != 0 ||
			reply.status > 201))
			abort();
		if (reply.status == 202)
			reply.status = 399;
	}
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	revision(data, size);
	answer(data, size);
	return 0;
}
