#include "measure/review.h"

#include "base/date.h"
#include "measure/clones.h" /* last: see there */

#define BATCH 512
#define FEW 32 /* rows that are sooner counted than searched */

/* One behind the last row of the range that is not after the day. */
static uint32_t
rows_until(const int32_t *date, struct facts_range r, int32_t day)
{
	if (r.end - r.first <= FEW) {
		uint32_t n = r.first;

		for (uint32_t i = r.first; i < r.end; i++)
			n += date[i] <= day;
		return n;
	}
	while (r.first < r.end) {
		uint32_t mid = r.first + (r.end - r.first) / 2;

		if (date[mid] <= day)
			r.first = mid + 1;
		else
			r.end = mid;
	}
	return r.first;
}

struct held {
	const int32_t *date;
	const uint8_t *pprt;
};

static inline int32_t
last_of(const struct held *h, struct facts_range r, int32_t from, int32_t to)
{
	const int32_t *date = h->date;

	for (uint32_t i = rows_until(date, r, to); i > r.first; i--) {
		if (date[i - 1] < from || date[i - 1] == DATE_MISSING)
			break;
		if (h->pprt[i - 1])
			return date[i - 1];
	}
	return DATE_NEVER;
}

int32_t
review_last(const struct facts *facts, uint32_t child, int32_t from, int32_t to)
{
	const struct held held = {facts_i32(facts, FACTS_MEETING_DATE),
	    facts_u8(facts, FACTS_MEETING_PPRT)};

	return last_of(
	    &held, facts_child_rows(facts, FACTS_MEETING, child), from, to);
}

void
review_lasts(const struct review_ask *ask, uint32_t n, int32_t *last)
{
	const struct held held = {facts_i32(ask->facts, FACTS_MEETING_DATE),
	    facts_u8(ask->facts, FACTS_MEETING_PPRT)};
	struct facts_range r[BATCH];

	for (uint32_t at = 0; at < n; at += BATCH) {
		uint32_t some = n - at < BATCH ? n - at : BATCH;

		facts_child_ranges(
		    ask->facts, FACTS_MEETING, ask->children + at, some, r);
		for (uint32_t i = 0; i < some; i++) {
			__builtin_prefetch(&held.date[r[i].first]);
			__builtin_prefetch(&held.pprt[r[i].first]);
		}
		for (uint32_t i = 0; i < some; i++) {
			int32_t to = ask->to[at + i];

			last[at + i] = last_of(&held, r[i],
			    ask->from != NULL ? ask->from[at + i]
					      : DATE_MISSING + 1,
			    to < ask->as_of ? to : ask->as_of);
		}
	}
}
