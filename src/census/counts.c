#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/date.h"
#include "census/index.h"

struct counting {
	const struct census *c;
	struct census_counts *out;
	const struct stay *stays;
	size_t stays_n;
	uint32_t org;
	size_t cap[CENSUS_COUNTS];
};

/* Counts a row; the same one again, right after it, once. */
static void
count_row(struct counting *k, enum census_count what, uint32_t row)
{
	struct census_value *v = &k->out->at[what];

	if (v->rows_n > 0 && v->rows[v->rows_n - 1] == row)
		return;
	grow(&v->rows, &k->cap[what], v->rows_n + 1, sizeof *v->rows);
	v->rows[v->rows_n++] = row;
	v->n++;
}

static void
count_unknown(struct counting *k, enum census_count what)
{
	k->out->at[what].unknown++;
}

/* --- stays ------------------------------------------------------------- */

static void
count_placed(struct counting *k, const struct census_roster *r)
{
	static const enum census_count of[DEPARTMENT_END] = {
	    [DEPARTMENT_DCFS] = CENSUS_PLACED_DCFS,
	    [DEPARTMENT_PROBATION] = CENSUS_PLACED_PROBATION,
	    [DEPARTMENT_OTHER] = CENSUS_PLACED_OTHER};

	for (size_t i = 0; i < r->current_n; i++) {
		const struct census_child *child = &r->current[i];

		count_row(k, CENSUS_PLACED, child->child);
		if (child->department == 0 ||
		    child->department >= DEPARTMENT_END) {
			count_unknown(k, CENSUS_PLACED_DCFS);
			count_unknown(k, CENSUS_PLACED_PROBATION);
			count_unknown(k, CENSUS_PLACED_OTHER);
		} else {
			count_row(k, of[child->department], child->child);
		}
	}
}

static void
count_sites(struct counting *k, const struct census_roster *r)
{
	for (size_t i = 0; i < r->sites_n; i++) {
		const struct census_site *s = &r->sites[i];

		k->out->sites += s->kind != SITE_HOME;
		if (s->kind == SITE_HOME) {
			k->out->at[CENSUS_HOMES].n++;
			k->out->at[CENSUS_HOMES_USED].n += s->placed > 0;
		} else if (s->capacity == DATE_MISSING) {
			count_unknown(k, CENSUS_CAPACITY);
		} else {
			k->out->at[CENSUS_CAPACITY].n += s->capacity;
		}
	}
}

/* Whose request a move was; a home on trial is none. */
static void
count_moved(struct counting *k, const struct stay *s)
{
	if (s->end != CENSUS_MOVED)
		return;
	if (s->asked == REQUESTED_PROVIDER)
		count_row(k, CENSUS_MOVED_PROVIDER, s->child);
	else if (s->to_setting == SETTING_TRIAL ||
		 s->asked == REQUESTED_PLANNED)
		return;
	else if (s->asked != 0 || s->to_setting == SETTING_RUNAWAY)
		count_row(k, CENSUS_MOVED_OTHER, s->child);
	else {
		count_unknown(k, CENSUS_MOVED_PROVIDER);
		count_unknown(k, CENSUS_MOVED_OTHER);
	}
}

static void
count_stays(struct counting *k)
{
	for (size_t i = 0; i < k->stays_n; i++) {
		const struct stay *s = &k->stays[i];

		if (!stay_touches(s, &k->out->span))
			continue;
		count_row(k, CENSUS_SERVED, s->child);
		if (!stay_discharged(s, &k->out->span))
			continue;
		count_row(k, CENSUS_DISCHARGED, s->child);
		count_moved(k, s);
	}
}

/* One child's stays [i, end) from here on. */
static size_t
same_child(const struct counting *k, size_t i)
{
	size_t end = i;

	while (end < k->stays_n && k->stays[end].child == k->stays[i].child)
		end++;
	return end;
}

/* The last discharge of the period tells whether it was to a less restrictive
 * setting. */
static void
count_less(struct counting *k, const struct stay *list, size_t n)
{
	const struct stay *last = NULL;
	enum census_known less;

	for (size_t i = 0; i < n; i++)
		if (stay_discharged(&list[i], &k->out->span))
			last = &list[i];
	if (last == NULL)
		return;
	less = stay_less(k->c, last);
	if (less == CENSUS_YES)
		count_row(k, CENSUS_LESS, last->child);
	else if (less == CENSUS_UNKNOWN)
		count_unknown(k, CENSUS_LESS);
}

static bool
went_home(const struct stay *s)
{
	return s->end == CENSUS_LEFT && (s->why == DISCHARGE_REUNIFICATION ||
					    s->why == DISCHARGE_RELATIVE);
}

/* A discharge younger than six months waits, whatever became of it so far. A
 * child with several counts once: as come back when from any that is old
 * enough, and as waiting when none is. */
static void
count_home(struct counting *k, const struct stay *list, size_t n)
{
	const int32_t *next = facts_i32(k->c->facts, FACTS_REMOVAL_NEXT_DATE);
	bool observed = false, back = false, pending = false;

	for (size_t i = 0; i < n; i++) {
		const struct stay *s = &list[i];
		int32_t until;

		if (!stay_discharged(s, &k->out->span) || !went_home(s))
			continue;
		until = date_addmonths(
		    s->to, census_rule_on(k->c->rules, s->to)->reentry_months);
		if (until > k->out->cut_off) {
			pending = true;
			continue;
		}
		observed = true;
		back |= next[s->removal] <= until;
	}
	if (observed)
		count_row(k, CENSUS_HOME, list->child);
	if (back)
		count_row(k, CENSUS_BACK, list->child);
	if (pending && !observed)
		count_row(k, CENSUS_PENDING, list->child);
}

static void
count_children(struct counting *k)
{
	for (size_t i = 0; i < k->stays_n;) {
		size_t end = same_child(k, i);

		count_less(k, k->stays + i, end - i);
		count_home(k, k->stays + i, end - i);
		i = end;
	}
}

/* --- allegations ------------------------------------------------------- */

#define THEIRS                                           \
	(1U << (PERPETRATOR_FACILITY - 1) |              \
	    1U << (PERPETRATOR_VOLUNTEER - 1) |          \
	    1U << (PERPETRATOR_AFFILIATE - 1) |          \
	    1U << (PERPETRATOR_FOSTER_RELATIVE - 1) |    \
	    1U << (PERPETRATOR_FOSTER_NONRELATIVE - 1) | \
	    1U << (PERPETRATOR_FOSTER_UNKNOWN - 1))
#define NOBODY (1U << (PERPETRATOR_UNKNOWN - 1))

struct claim {
	uint32_t report, child;
	uint8_t disposition;
	uint32_t by;
};

static int
claim_order(const void *x, const void *y)
{
	const struct claim *a = x, *b = y;

	if (a->report != b->report)
		return a->report < b->report ? -1 : 1;
	return (a->child > b->child) - (a->child < b->child);
}

/* The provider's children in reports received in the period, by report. */
static struct claim *
claims_find(const struct counting *k, size_t *n)
{
	const struct census *c = k->c;
	const struct facts *f = c->facts;
	const int32_t *date = facts_i32(f, FACTS_VICTIM_DATE);
	size_t i = events_first(c->alleged, c->alleged_n, k->org), cap = 0;
	struct claim *list = NULL;

	*n = 0;
	for (; i < c->alleged_n && c->alleged[i].operator== k->org; i++) {
		uint32_t row = c->alleged[i].row;

		if (date[row] < k->out->span.from ||
		    date[row] > k->out->span.to)
			continue;
		grow(&list, &cap, *n + 1, sizeof *list);
		list[(*n)++] = (struct claim){
		    .report = facts_u32(f, FACTS_VICTIM_REPORT)[row],
		    .child = facts_u32(f, FACTS_VICTIM_CHILD)[row],
		    .disposition = facts_u8(f, FACTS_VICTIM_DISPOSITION)[row],
		    .by = facts_u32(f, FACTS_VICTIM_PERPETRATORS)[row]};
	}
	if (*n > 0)
		qsort(list, *n, sizeof *list, claim_order);
	return list;
}

/* What became of one report, by the dispositions of the provider's children
 * in it. Rows of these counts are reports. */
static void
count_report(struct counting *k, const struct claim *list, size_t n)
{
	size_t has[DISPOSITION_END] = {0};

	for (size_t i = 0; i < n; i++)
		has[list[i].disposition < DISPOSITION_END ? list[i].disposition
							  : 0]++;
	count_row(k, CENSUS_ALLEGED, list->report);
	if (has[DISPOSITION_SUBSTANTIATED] > 0)
		count_row(k, CENSUS_SUBSTANTIATED, list->report);
	else if (has[0] > 0)
		return;
	else if (has[DISPOSITION_INCONCLUSIVE] > 0)
		count_row(k, CENSUS_INCONCLUSIVE, list->report);
	else if (has[DISPOSITION_UNFOUNDED] == n)
		count_row(k, CENSUS_UNFOUNDED, list->report);
	else {
		count_unknown(k, CENSUS_INCONCLUSIVE);
		count_unknown(k, CENSUS_UNFOUNDED);
	}
	count_row(k, CENSUS_CLOSED, list->report);
}

static int
row_order(const void *x, const void *y)
{
	const uint32_t *a = x, *b = y;

	return (*a > *b) - (*a < *b);
}

/* Sorts rows that came in another order, each once. */
static void
rows_settle(struct census_value *v)
{
	size_t kept = 0;

	if (v->rows_n > 0)
		qsort(v->rows, v->rows_n, sizeof *v->rows, row_order);
	for (size_t i = 0; i < v->rows_n; i++)
		if (kept == 0 || v->rows[kept - 1] != v->rows[i])
			v->rows[kept++] = v->rows[i];
	v->rows_n = kept;
	v->n = (int64_t)kept;
}

static void
count_claims(struct counting *k)
{
	size_t n, end;
	struct claim *list = claims_find(k, &n);

	for (size_t i = 0; i < n; i = end) {
		end = i;
		while (end < n && list[end].report == list[i].report)
			end++;
		count_report(k, list + i, end - i);
	}
	for (size_t i = 0; i < n; i++) {
		if (list[i].disposition != DISPOSITION_SUBSTANTIATED)
			continue;
		if ((list[i].by & THEIRS) != 0)
			count_row(k, CENSUS_VICTIMS, list[i].child);
		else if ((list[i].by & ~NOBODY) == 0)
			count_unknown(k, CENSUS_VICTIMS);
	}
	rows_settle(&k->out->at[CENSUS_VICTIMS]);
	free(list);
}

/* --- incidents and citations ------------------------------------------- */

static bool
in_span(const struct counting *k, int32_t day)
{
	return day >= k->out->span.from && day <= k->out->span.to;
}

static void
count_hurt(struct counting *k)
{
	const struct census *c = k->c;
	const struct facts *f = c->facts;
	size_t i = events_first(c->involved, c->involved_n, k->org);

	for (; i < c->involved_n && c->involved[i].operator== k->org; i++) {
		uint32_t row = c->involved[i].row;
		uint32_t of = facts_u32(f, FACTS_INVOLVED_INCIDENT)[row];
		uint8_t treated = facts_u8(f, FACTS_INVOLVED_TREATED)[row];

		if (!in_span(k, facts_i32(f, FACTS_INCIDENT_DATE)[of]) ||
		    facts_u8(f, FACTS_INCIDENT_KIND)[of] !=
			INCIDENT_CHILD_TO_CHILD ||
		    facts_u8(f, FACTS_INVOLVED_PART)[row] != INVOLVED_HURT)
			continue;
		if (treated == YESNO_YES)
			count_row(k, CENSUS_INJURED,
			    facts_u32(f, FACTS_INVOLVED_CHILD)[row]);
		else if (treated != YESNO_NO)
			count_unknown(k, CENSUS_INJURED);
	}
	rows_settle(&k->out->at[CENSUS_INJURED]);
}

static void
count_incidents(struct counting *k)
{
	const struct census *c = k->c;
	const int32_t *date = facts_i32(c->facts, FACTS_INCIDENT_DATE);
	size_t i = events_first(c->incidents, c->incidents_n, k->org);

	for (; i < c->incidents_n && c->incidents[i].operator== k->org; i++)
		if (in_span(k, date[c->incidents[i].row]))
			count_row(k, CENSUS_INCIDENTS, c->incidents[i].row);
}

static void
count_citations(struct counting *k)
{
	const struct census *c = k->c;
	const struct facts *f = c->facts;
	const uint8_t *safety = facts_u8(f, FACTS_CITATION_SAFETY);
	const uint8_t *plant = facts_u8(f, FACTS_CITATION_PLANT);
	size_t i = events_first(c->citations, c->citations_n, k->org);

	for (; i < c->citations_n && c->citations[i].operator== k->org; i++) {
		uint32_t row = c->citations[i].row;

		if (!in_span(k, facts_i32(f, FACTS_CITATION_DATE)[row]))
			continue;
		count_row(k, CENSUS_CITATIONS, row);
		if (safety[row] == YESNO_YES || plant[row] == YESNO_YES)
			count_row(k, CENSUS_DEFICIENCIES, row);
		else if (safety[row] != YESNO_NO || plant[row] != YESNO_NO)
			count_unknown(k, CENSUS_DEFICIENCIES);
	}
}

/* --- all --------------------------------------------------------------- */

static void
counts_begin(struct census_counts *out, const struct census *c,
    const struct census_span *span)
{
	*out = (struct census_counts){.span = *span, .cut_off = c->through};
	for (int i = 0; i < CENSUS_COUNTS; i++)
		out->at[i].known =
		    c->fed[census_count_info((enum census_count)i)->feed];
}

/* What no feed tells is no number. */
static void
counts_end(struct census_counts *out)
{
	for (int i = 0; i < CENSUS_COUNTS; i++)
		if (!out->at[i].known)
			out->at[i].n = out->at[i].unknown = 0;
}

void
census_count(struct census_counts *out, const struct census *c, uint32_t org,
    const struct census_span *span)
{
	struct counting k = {.c = c, .out = out, .org = org};
	struct census_roster r;

	counts_begin(out, c, span);
	k.stays = stays_of(c, org, &k.stays_n);
	census_roster(&r, c, org, span);
	count_placed(&k, &r);
	count_sites(&k, &r);
	census_roster_fini(&r);
	count_stays(&k);
	count_children(&k);
	count_claims(&k);
	count_hurt(&k);
	count_incidents(&k);
	count_citations(&k);
	counts_end(out);
}

static bool
taken(const struct census_whole *whole, const struct census *c, uint32_t org,
    const struct census_counts *one)
{
	return one->at[CENSUS_SERVED].n > 0 &&
	       (whole->take == NULL ||
		   whole->take(whole->arg, c->ids[org], one));
}

/* Sums over providers: a child at two of them counts for each. */
uint32_t
census_system(struct census_counts *out, const struct census *c,
    const struct census_whole *whole, const struct census_span *span)
{
	uint32_t n = 0;

	counts_begin(out, c, span);
	for (uint32_t org = 0; org < c->orgs_n; org++) {
		struct census_counts one;

		if (whole->programme != 0 &&
		    census_org(c, org, span->to).programme != whole->programme)
			continue;
		census_count(&one, c, org, span);
		if (taken(whole, c, org, &one)) {
			n++;
			for (int i = 0; i < CENSUS_COUNTS; i++) {
				out->at[i].n += one.at[i].n;
				out->at[i].unknown += one.at[i].unknown;
			}
		}
		census_counts_fini(&one);
	}
	return n;
}

void
census_counts_fini(struct census_counts *v)
{
	for (int i = 0; i < CENSUS_COUNTS; i++)
		free(v->at[i].rows);
	*v = (struct census_counts){0};
}
