/* What happened at a provider in a period, row by row. */
#include <stdlib.h>

#include "base/buf.h"
#include "census/index.h"

void
census_rows_fini(struct census_rows *r)
{
	free(r->rows);
	*r = (struct census_rows){0};
}

/* Rows of the operator's events whose day is in the span; of[] leads from the
 * row to the row of the day's table, NULL: it is the same. */
static void
rows_in(struct census_rows *out, const struct event *list, size_t n,
    uint32_t org, const struct census_span *span, const int32_t *day,
    const uint32_t *of)
{
	size_t i = events_first(list, n, org), cap = 0;

	*out = (struct census_rows){0};
	for (; i < n && list[i].operator== org; i++) {
		uint32_t row = list[i].row;
		int32_t on = day[of != NULL ? of[row] : row];

		if (on < span->from || on > span->to)
			continue;
		grow(&out->rows, &cap, out->n + 1, sizeof *out->rows);
		out->rows[out->n++] = row;
	}
}

void
census_alleged(struct census_rows *out, const struct census *c, uint32_t org,
    const struct census_span *span)
{
	rows_in(out, c->alleged, c->alleged_n, org, span,
	    facts_i32(c->facts, FACTS_VICTIM_DATE), NULL);
}

void
census_incidents(struct census_rows *out, const struct census *c, uint32_t org,
    const struct census_span *span)
{
	rows_in(out, c->incidents, c->incidents_n, org, span,
	    facts_i32(c->facts, FACTS_INCIDENT_DATE), NULL);
}

void
census_involved(struct census_rows *out, const struct census *c, uint32_t org,
    const struct census_span *span)
{
	rows_in(out, c->involved, c->involved_n, org, span,
	    facts_i32(c->facts, FACTS_INCIDENT_DATE),
	    facts_u32(c->facts, FACTS_INVOLVED_INCIDENT));
}

void
census_citations(struct census_rows *out, const struct census *c, uint32_t org,
    const struct census_span *span)
{
	rows_in(out, c->citations, c->citations_n, org, span,
	    facts_i32(c->facts, FACTS_CITATION_DATE), NULL);
}
