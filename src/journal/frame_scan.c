/* Reading a whole journal: what is good, what is torn, what is damaged. */
#include <sodium.h>
#include <string.h>

#include "journal/frame.h"

/* A frame that is whole and, with a key, decrypts; hands it on. */
static bool
scan_take(
    struct frame_scan *s, const struct frame *f, struct buf *plain, bool alone)
{
	struct journal_line line = {.seq = f->seq};
	uint8_t hash[JOURNAL_HASH];

	if (s->vault != NULL &&
	    !frame_open(&line, plain, s->vault, s->record, f))
		return false;
	frame_hash(hash, f->head, f->size);
	line.prev = f->prev;
	line.hash = hash;
	if (s->fn != NULL)
		s->fn(s->arg, &line, alone);
	if (!alone)
		memcpy(s->head, hash, JOURNAL_HASH);
	return true;
}

/* Whether a piece that a disk writes at once stayed empty: it was never
 * written, as after a power cut. What is sealed never looks like that: eight
 * bytes of nothing are as likely as a forged check. */
static bool
scan_unwritten(const uint8_t *p, size_t from, size_t to)
{
	while (from < to) {
		size_t end = (from / FRAME_SECTOR + 1) * FRAME_SECTOR;

		if (end > to)
			end = to;
		if (end - from >= FRAME_CHECK &&
		    sodium_is_zero(p + from, end - from))
			return true;
		from = end;
	}
	return false;
}

/* The frames behind the damage that check by themselves. A frame's head is
 * looked for at every byte, because its length may be what is damaged. */
static void
scan_after(struct frame_scan *s, struct journal_found *found)
{
	struct buf plain = {0};
	size_t at = s->end + 1;
	struct frame f;

	while (at + FRAME_LEAST <= s->n) {
		if (frame_read(&f, s->p + at, s->n - at) == FRAME_WHOLE &&
		    scan_take(s, &f, &plain, true)) {
			found->after++;
			at += f.size;
		} else {
			at++;
		}
	}
	vault_wipe(&plain);
}

/* The rest holds no whole frame in its place: is it a line that was being
 * written when the power went? */
static bool
scan_torn(const struct frame_scan *s)
{
	size_t left = s->n - s->end;
	struct frame f;
	enum frame_fit fit = frame_read(&f, s->p + s->end, left);

	/* Whole frames end at multiples of eight. */
	if (left < FRAME_HEAD || fit == FRAME_SHORT || s->n % FRAME_ALIGN != 0)
		return true;
	return scan_unwritten(s->p, s->end, s->n);
}

static void
scan_rest(struct frame_scan *s, struct journal_found *found)
{
	scan_after(s, found);
	if (found->after == 0 && scan_torn(s)) {
		found->state = JOURNAL_TORN;
		found->dropped_bytes = s->n - s->end;
		return;
	}
	found->state = JOURNAL_DAMAGED;
	found->damaged_line = found->good + 1;
}

void
frame_scan(struct frame_scan *s, struct journal_found *found)
{
	struct buf plain = {0};
	struct frame f;

	*found = (struct journal_found){0};
	memcpy(s->head, s->start, JOURNAL_HASH);
	s->end = FRAME_FILE < s->n ? FRAME_FILE : s->n;
	while (s->end < s->n &&
	       frame_read(&f, s->p + s->end, s->n - s->end) == FRAME_WHOLE &&
	       f.seq == found->good &&
	       memcmp(f.prev, s->head, JOURNAL_HASH) == 0 &&
	       scan_take(s, &f, &plain, false)) {
		found->good++;
		s->end += f.size;
	}
	vault_wipe(&plain);
	if (s->end < s->n)
		scan_rest(s, found);
	if (s->header_bad || found->good == 0) {
		found->state = JOURNAL_DAMAGED;
		found->damaged_line = s->header_bad ? 0 : 1;
	}
}
