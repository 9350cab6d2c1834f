/*
 * A review's journal: any bytes are told to be clean, torn or damaged, and
 * what is told adds up. The checks need no key, so they are set right here for
 * every frame that the bytes seem to hold; the fuzzer gets past them.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "journal/bytes.h"
#include "journal/frame.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* The file's check without a key: frames, lengths, CRCs, the chain. */
static bool
check(const uint8_t *p, size_t n, struct journal_found *found)
{
	struct frame_scan scan = {.p = p, .n = n};

	*found = (struct journal_found){0};
	if (n < FRAME_FILE || memcmp(p, "HEARTHJL", 8) != 0)
		return false;
	scan.header_bad =
	    bytes_get(p + FRAME_FILE - 8, 8) != frame_check(p, FRAME_FILE - 8);
	if (!scan.header_bad && bytes_get(p + 8, 4) > JOURNAL_FORMAT)
		return false;
	frame_hash(scan.start, p, FRAME_FILE);
	frame_scan(&scan, found);
	return true;
}

static void
examine(const uint8_t *p, size_t n)
{
	struct journal_found found;

	if (!check(p, n, &found))
		return;
	if (found.dropped_bytes > n ||
	    (found.good + found.after) * FRAME_LEAST > n)
		abort();
	if (found.state == JOURNAL_CLEAN && found.good == 0)
		abort();
	if (found.state == JOURNAL_TORN && found.dropped_bytes == 0)
		abort();
}

/* Walks as a reader would and writes each check, sequence and previous hash
 * anew. */
static void
mend(uint8_t *p, size_t n)
{
	uint8_t prev[JOURNAL_HASH];
	size_t at = FRAME_FILE, len;

	if (n < FRAME_FILE)
		return;
	memcpy(p, "HEARTHJL", 8);
	bytes_put(p + 48, frame_check(p, 48), 8);
	frame_hash(prev, p, FRAME_FILE);
	for (uint64_t seq = 0; at + FRAME_HEAD < n; seq++) {
		bytes_put(p + at + 4, seq, 8);
		memcpy(p + at + 12, prev, JOURNAL_HASH);
		bytes_put(p + at + 44, frame_check(p + at, 44), 8);
		len = FRAME_HEAD + (size_t)bytes_get(p + at, 4) + FRAME_CHECK;
		if (len > n - at)
			return;
		bytes_put(p + at + len - FRAME_CHECK,
		    frame_check(p + at, len - FRAME_CHECK), 8);
		frame_hash(prev, p + at, len);
		at += len;
	}
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	uint8_t *copy = calloc(1, size + 1);

	if (copy == NULL)
		abort();
	if (size > 0)
		memcpy(copy, data, size);
	examine(copy, size);
	mend(copy, size);
	examine(copy, size);
	free(copy);
	return 0;
}
