#include <stdlib.h>

#include "base/buf.h"
#include "base/date.h"
#include "facts/builder.h"
#include "facts/year_months.h"

/* Where the rows of a child's stays and cases begin. */
static struct years
stay_years(const struct facts_builder *b, const struct removal *r)
{
	return years_of(r->date, r->discharge, b->about.data_through);
}

static struct years
case_years(const struct facts_builder *b, const struct served *s)
{
	return years_of(s->opened, s->closed, b->about.data_through);
}

/* From how many rows there are of each parent to where they begin. */
static void
lay_rows(struct month_rows *m, uint32_t parents)
{
	for (uint32_t i = 0; i < parents; i++)
		m->first[i + 1] += m->first[i];
	m->n = m->first[parents];
	m->rows = xcalloc((size_t)m->n + 1, sizeof *m->rows);
}

static void
count_rows(struct facts_builder *b)
{
	const struct removal *stays = ROWS(b, REMOVAL, removal);
	const struct served *cases = ROWS(b, SERVED, served);
	uint32_t n = ROWS_N(b, REMOVAL), m = ROWS_N(b, SERVED);

	b->care.first = xcalloc((size_t)n + 1, sizeof *b->care.first);
	for (uint32_t i = 0; i < n; i++)
		b->care.first[b->removal_row[i] + 1] =
		    years_n(stay_years(b, &stays[i]));
	lay_rows(&b->care, n);
	b->home.first = xcalloc((size_t)m + 1, sizeof *b->home.first);
	for (uint32_t i = 0; i < m; i++)
		b->home.first[i + 1] = years_n(case_years(b, &cases[i]));
	lay_rows(&b->home, m);
}

/* The rows of one stay or case, of the child's months. */
static void
put_rows(
    struct month_row *rows, const struct year_months *m, struct years years)
{
	for (int y = years.first; y <= years.last; y++) {
		int at = y - YEAR_FIRST;

		*rows++ =
		    (struct month_row){m->stay[at], m->seen[at], m->home[at]};
	}
}

/* A child's months in care: of all removals together, so that a row says all
 * of its year. Visits stand by (child, date). */
static void
find_care(struct facts_builder *b, struct year_months *m, uint32_t child)
{
	const uint32_t *first = b->staged[EXTRACT_REMOVAL].first;
	const uint32_t *visit = b->staged[EXTRACT_VISITS].first;
	const struct removal *list = ROWS(b, REMOVAL, removal);
	const struct visit *visits = ROWS(b, VISITS, visit);
	struct years years = {0, -1};

	for (uint32_t i = first[child]; i < first[child + 1]; i++)
		years = years_join(years, stay_years(b, &list[i]));
	year_months_open(m, years);
	for (uint32_t i = first[child]; i < first[child + 1]; i++)
		year_months_add(m, m->stay, list[i].date, list[i].discharge);
	year_months_childhood(m, ROWS(b, CHILD, child)[child].birth);
	for (uint32_t i = visit[child];
	     years_n(years) > 0 && i < visit[child + 1]; i++)
		if (visits[i].kind == VISIT_WORKER)
			year_months_visit(m, visits[i].date,
			    visits[i].place == PLACE_RESIDENCE);
	year_months_close(m);
	for (uint32_t i = first[child]; i < first[child + 1]; i++)
		put_rows(b->care.rows + b->care.first[b->removal_row[i]], m,
		    stay_years(b, &list[i]));
}

/* A child's months at home in one case. */
static void
find_home(struct facts_builder *b, struct year_months *m, uint32_t child,
    uint32_t row)
{
	const uint32_t *first = b->staged[EXTRACT_REMOVAL].first;
	const uint32_t *visit = b->staged[EXTRACT_SVISIT].first;
	const struct removal *list = ROWS(b, REMOVAL, removal);
	const struct svisit *visits = ROWS(b, SVISIT, svisit);
	const struct served *s = &ROWS(b, SERVED, served)[row];
	struct years years = case_years(b, s);

	year_months_open(m, years);
	for (uint32_t i = first[child]; i < first[child + 1]; i++)
		year_months_add(m, m->away, list[i].date, list[i].discharge);
	year_months_add(m, m->stay, s->opened, s->closed);
	year_months_childhood(m, ROWS(b, CHILD, child)[child].birth);
	for (int y = years.first; y <= years.last; y++)
		m->stay[y - YEAR_FIRST] &= (uint16_t)~m->away[y - YEAR_FIRST];
	for (uint32_t i = visit[child]; i < visit[child + 1]; i++)
		if (visits[i].service == s->service)
			year_months_visit(m, visits[i].date,
			    visits[i].place == PLACE_RESIDENCE);
	year_months_close(m);
	put_rows(b->home.rows + b->home.first[row], m, years);
}

void
find_months(struct facts_builder *b)
{
	const uint32_t *served = b->staged[EXTRACT_SERVED].first;
	struct year_months *m = xcalloc(1, sizeof *m);

	count_rows(b);
	for (uint32_t child = 0; child < ROWS_N(b, CHILD); child++) {
		find_care(b, m, child);
		for (uint32_t i = served[child]; i < served[child + 1]; i++)
			find_home(b, m, child, i);
	}
	free(m);
}
