#include "measure/review.h"

#include "base/date.h"

/* One behind the last row of the range that is not after the day. */
static uint32_t
rows_until(const int32_t *date, struct facts_range r, int32_t day)
{
	while (r.first < r.end) {
		uint32_t mid = r.first + (r.end - r.first) / 2;

		if (date[mid] <= day)
			r.first = mid + 1;
		else
			r.end = mid;
	}
	return r.first;
}

int32_t
review_last(const struct facts *facts, uint32_t child, int32_t from, int32_t to)
{
	const int32_t *date = facts_i32(facts, FACTS_MEETING_DATE);
	const uint8_t *pprt = facts_u8(facts, FACTS_MEETING_PPRT);
	struct facts_range r = facts_child_rows(facts, FACTS_MEETING, child);

	for (uint32_t i = rows_until(date, r, to); i > r.first; i--) {
		if (date[i - 1] < from || date[i - 1] == DATE_MISSING)
			break;
		if (pprt[i - 1])
			return date[i - 1];
	}
	return DATE_NEVER;
}
