/* Whose an allegation, an incident or a citation is: the provider's who ran
 * the home on that day. */
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/date.h"
#include "census/index.h"

static int
event_order(const void *x, const void *y)
{
	const struct event *a = x, *b = y;

	if (a->operator!= b->operator)
		return a->operator<b->operator? -1 : 1;
	return (a->row > b->row) - (a->row < b->row);
}

/* Stays by child, for looking up one day: indexes, and the first of each. */
struct by_child {
	uint32_t *stays, *first;
};

static struct by_child
by_child_new(const struct census *c)
{
	uint32_t n = facts_rows(c->facts, FACTS_CHILD);
	struct by_child b = {xcalloc(c->stays_n + 1, sizeof *b.stays),
	    xcalloc((size_t)n + 2, sizeof *b.first)};
	uint32_t *next = xcalloc((size_t)n + 2, sizeof *next);

	for (size_t i = 0; i < c->stays_n; i++)
		b.first[c->stays[i].child + 1]++;
	for (uint32_t i = 0; i < n; i++)
		b.first[i + 1] += b.first[i];
	memcpy(next, b.first, ((size_t)n + 1) * sizeof *next);
	for (size_t i = 0; i < c->stays_n; i++)
		b.stays[next[c->stays[i].child]++] = (uint32_t)i;
	free(next);
	return b;
}

/* Where the child was when the day began: of stays that meet on that day the
 * earlier one. */
static uint32_t
operator_of(const struct census *c, const struct by_child *b, uint32_t child,
    int32_t day)
{
	uint32_t found = CENSUS_NONE;
	int32_t from = 0;

	for (uint32_t i = b->first[child]; i < b->first[child + 1]; i++) {
		const struct stay *s = &c->stays[b->stays[i]];

		if (day < s->from || day > s->to ||
		    (found != CENSUS_NONE && s->from >= from))
			continue;
		found = s->operator;
		from = s->from;
	}
	return found;
}

static void
alleged_find(struct census *c)
{
	const struct facts *f = c->facts;
	const uint32_t *child = facts_u32(f, FACTS_VICTIM_CHILD);
	const int32_t *incident = facts_i32(f, FACTS_VICTIM_INCIDENT);
	const int32_t *reported = facts_i32(f, FACTS_VICTIM_DATE);
	uint32_t n = facts_rows(f, FACTS_VICTIM);
	struct by_child b = by_child_new(c);

	for (uint32_t i = 0; i < n; i++) {
		int32_t day =
		    date_known(incident[i]) ? incident[i] : reported[i];
		uint32_t who = date_known(day)
				   ? operator_of(c, &b, child[i], day)
				   : CENSUS_NONE;

		if (who == CENSUS_NONE)
			continue;
		grow(&c->alleged, &c->alleged_cap, c->alleged_n + 1,
		    sizeof *c->alleged);
		c->alleged[c->alleged_n++] = (struct event){who, i};
	}
	if (c->alleged_n > 0)
		qsort(
		    c->alleged, c->alleged_n, sizeof *c->alleged, event_order);
	free(b.stays);
	free(b.first);
}

/* Rows of a table that names the provider and the day. */
static struct event *
table_find(const struct census *c, enum facts_column provider,
    enum facts_column date, size_t *n)
{
	const uint32_t *ids = facts_u32(c->facts, provider);
	const int32_t *days = facts_i32(c->facts, date);
	uint32_t rows = facts_rows(c->facts, facts_column_info(date)->table);
	struct event *list = xcalloc((size_t)rows + 1, sizeof *list);

	*n = 0;
	for (uint32_t i = 0; i < rows; i++) {
		uint32_t org = offsets_find(&c->org_of, ids[i]);

		if (org != CENSUS_NONE)
			list[(*n)++] =
			    (struct event){census_operator(c, org, days[i]), i};
	}
	qsort(list, *n, sizeof *list, event_order);
	return list;
}

/* Children of incidents: the rows of those whose incident is told of. */
static void
involved_find(struct census *c)
{
	const struct facts *f = c->facts;
	const uint32_t *incident = facts_u32(f, FACTS_INVOLVED_INCIDENT);
	const uint32_t *ids = facts_u32(f, FACTS_INCIDENT_PROVIDER);
	const int32_t *days = facts_i32(f, FACTS_INCIDENT_DATE);
	uint32_t rows = facts_rows(f, FACTS_INVOLVED);

	c->involved = xcalloc((size_t)rows + 1, sizeof *c->involved);
	for (uint32_t i = 0; i < rows; i++) {
		uint32_t org = incident[i] == FACTS_NO_ROW
				   ? CENSUS_NONE
				   : offsets_find(&c->org_of, ids[incident[i]]);

		if (org != CENSUS_NONE)
			c->involved[c->involved_n++] = (struct event){
			    census_operator(c, org, days[incident[i]]), i};
	}
	qsort(c->involved, c->involved_n, sizeof *c->involved, event_order);
}

void
events_find(struct census *c)
{
	alleged_find(c);
	c->incidents = table_find(
	    c, FACTS_INCIDENT_PROVIDER, FACTS_INCIDENT_DATE, &c->incidents_n);
	c->citations = table_find(
	    c, FACTS_CITATION_PROVIDER, FACTS_CITATION_DATE, &c->citations_n);
	involved_find(c);
}

size_t
events_first(const struct event *list, size_t n, uint32_t operator)
{
	size_t low = 0, high = n;

	while (low < high) {
		size_t mid = low + (high - low) / 2;

		if (list[mid].operator<operator)
			low = mid + 1;
		else
			high = mid;
	}
	return low;
}
