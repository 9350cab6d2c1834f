/*
 * Sorting: children by id, everything of a child by child and date, reports by
 * time; and thinning: of rows with one key the one that arrived last stays.
 * Every order is total (it ends in the row's contents), so that the same rows
 * make the same bytes in whatever order they came.
 */
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/date.h"
#include "facts/builder.h"

#define ORDER(a, b)     \
	if ((a) != (b)) \
	return (a) < (b) ? -1 : 1

typedef int order_fn(const void *x, const void *y, void *arg);

/* Counts the rows of each group and tells where they begin; whether the rows
 * stand so already. */
static bool
count_groups(
    const char *rows, size_t n, size_t size, uint32_t groups, uint32_t *first)
{
	bool ordered = true;
	uint32_t last = 0;

	memset(first, 0, ((size_t)groups + 1) * sizeof *first);
	for (size_t i = 0; i < n; i++) {
		const struct staged *s = (const void *)(rows + i * size);

		ordered = ordered && s->child >= last;
		last = s->child;
		first[last + 1]++;
	}
	for (uint32_t i = 0; i < groups; i++)
		first[i + 1] += first[i];
	return ordered;
}

void
arrange_groups(
    void **rows, size_t n, size_t size, uint32_t groups, uint32_t *first)
{
	char *from = *rows, *to;
	uint32_t *next;

	/* Rows that came child by child need no second copy. */
	if (count_groups(from, n, size, groups, first))
		return;
	to = xmalloc(n * size);
	next = xcalloc((size_t)groups + 1, sizeof *next);
	memcpy(next, first, ((size_t)groups + 1) * sizeof *next);
	for (size_t i = 0; i < n; i++) {
		const struct staged *s = (void *)(from + i * size);

		memcpy(to + next[s->child]++ * size, s, size);
	}
	free(next);
	free(from);
	*rows = to;
}

static bool
is_sorted(const char *rows, size_t n, size_t size, order_fn *order, void *arg)
{
	for (size_t i = 1; i < n; i++)
		if (order(rows + (i - 1) * size, rows + i * size, arg) > 0)
			return false;
	return true;
}

static void
sort_some(void *rows, size_t n, size_t size, order_fn *order, void *arg)
{
	if (!is_sorted(rows, n, size, order, arg))
		qsort_r(rows, n, size, order, arg);
}

/* Groups a table's rows by child and sorts each group. */
static void
arrange_table(
    struct facts_builder *b, enum extract_table table, order_fn *order)
{
	struct rows *rows = &b->staged[table];
	uint32_t children = ROWS_N(b, CHILD);

	rows->first = xcalloc((size_t)children + 1, sizeof *rows->first);
	arrange_groups(&rows->data, rows->n, rows->size, children, rows->first);
	for (uint32_t i = 0; i < children; i++)
		sort_some((char *)rows->data + rows->first[i] * rows->size,
		    rows->first[i + 1] - rows->first[i], rows->size, order,
		    &b->strings);
}

/* Of neighbours with the same key the last stays. */
static void
thin(struct facts_builder *b, enum extract_table table,
    bool (*same)(const void *x, const void *y))
{
	struct rows *rows = &b->staged[table];
	char *data = rows->data;
	uint32_t children = rows->first != NULL ? ROWS_N(b, CHILD) : 1;
	uint32_t whole[2] = {0, (uint32_t)rows->n};
	uint32_t *first = rows->first != NULL ? rows->first : whole;
	size_t size = rows->size;
	uint32_t kept = 0, i = 0;

	for (uint32_t c = 0; c < children; c++) {
		uint32_t end = first[c + 1];

		first[c] = kept;
		for (; i < end; i++) {
			if (i + 1 < end &&
			    same(data + i * size, data + (i + 1) * size))
				continue;
			memmove(data + kept++ * size, data + i * size, size);
		}
	}
	first[children] = kept;
	rows->n = kept;
}

static int
order_text(const struct intern *strings, uint32_t a, uint32_t b)
{
	return a == b
		   ? 0
		   : strcmp(intern_text(strings, a), intern_text(strings, b));
}

static int
order_children(const void *x, const void *y, void *strings)
{
	const struct child *a = x, *b = y;

	return order_text(strings, a->id, b->id);
}

static int
order_removals(const void *x, const void *y, void *strings)
{
	const struct removal *a = x, *b = y;

	(void)strings;
	ORDER(a->date, b->date);
	ORDER(a->s.seq, b->s.seq);
	return 0;
}

/* Episodes without a date have no key: all stay. */
static bool
same_removal(const void *x, const void *y)
{
	const struct removal *a = x, *b = y;

	return a->date == b->date && a->date != DATE_MISSING;
}

static int
order_placements(const void *x, const void *y, void *strings)
{
	const struct placement *a = x, *b = y;
	int order;

	ORDER(a->start, b->start);
	ORDER(a->setting, b->setting);
	if ((order = order_text(strings, a->provider, b->provider)) != 0 ||
	    (order = order_text(strings, a->site, b->site)) != 0)
		return order;
	ORDER(a->s.seq, b->s.seq);
	return 0;
}

static bool
same_placement(const void *x, const void *y)
{
	const struct placement *a = x, *b = y;

	return a->start == b->start && a->setting == b->setting &&
	       a->provider == b->provider && a->site == b->site;
}

/* Those that began on one day: the one that ended first came first. */
static int
order_stays(const void *x, const void *y, void *strings)
{
	const struct placement *a = x, *b = y;
	int order;

	ORDER(a->start, b->start);
	ORDER(a->stop, b->stop);
	ORDER(a->setting, b->setting);
	if ((order = order_text(strings, a->provider, b->provider)) != 0)
		return order;
	return order_text(strings, a->site, b->site);
}

static int
order_counts(const void *x, const void *y, void *strings)
{
	const struct count *a = x, *b = y;

	(void)strings;
	ORDER(a->removed, b->removed);
	ORDER(a->on, b->on);
	ORDER(a->s.seq, b->s.seq);
	return 0;
}

static bool
same_count(const void *x, const void *y)
{
	const struct count *a = x, *b = y;

	return a->removed == b->removed && a->on == b->on;
}

static int
order_goals(const void *x, const void *y, void *strings)
{
	const struct goal *a = x, *b = y;

	(void)strings;
	ORDER(a->start, b->start);
	ORDER(a->goal, b->goal);
	return 0;
}

static int
order_legals(const void *x, const void *y, void *strings)
{
	const struct legal *a = x, *b = y;

	ORDER(a->date, b->date);
	ORDER(a->event, b->event);
	return order_text(strings, a->detail, b->detail);
}

static int
order_assigns(const void *x, const void *y, void *strings)
{
	const struct assign *a = x, *b = y;

	(void)strings;
	ORDER(a->start, b->start);
	ORDER(a->s.seq, b->s.seq);
	return 0;
}

static int
order_meetings(const void *x, const void *y, void *strings)
{
	const struct meeting *a = x, *b = y;

	ORDER(a->date, b->date);
	ORDER(a->entered, b->entered);
	return order_text(strings, a->kind, b->kind);
}

static int
order_visits(const void *x, const void *y, void *strings)
{
	const struct visit *a = x, *b = y;

	ORDER(a->date, b->date);
	ORDER(a->kind, b->kind);
	ORDER(a->place, b->place);
	ORDER(a->entered, b->entered);
	return order_text(strings, a->by, b->by);
}

static int
order_reports(const void *x, const void *y, void *strings)
{
	const struct report *a = x, *b = y;
	int order;

	if ((order = order_text(strings, a->id, b->id)) != 0)
		return order;
	ORDER(a->s.seq, b->s.seq);
	return 0;
}

static bool
same_report(const void *x, const void *y)
{
	const struct report *a = x, *b = y;

	return a->id == b->id;
}

static int
order_received(const void *x, const void *y, void *strings)
{
	const struct report *a = x, *b = y;

	ORDER(a->received, b->received);
	return order_text(strings, a->id, b->id);
}

static int
order_victims(const void *x, const void *y, void *strings)
{
	const struct victim *a = x, *b = y;
	int order;

	ORDER(a->date, b->date);
	if ((order = order_text(strings, a->report, b->report)) != 0)
		return order;
	ORDER(a->s.seq, b->s.seq);
	return 0;
}

static bool
same_victim(const void *x, const void *y)
{
	const struct victim *a = x, *b = y;

	return a->report == b->report && a->date == b->date;
}

static int
order_services(const void *x, const void *y, void *strings)
{
	const struct service *a = x, *b = y;
	int order;

	if ((order = order_text(strings, a->id, b->id)) != 0)
		return order;
	ORDER(a->s.seq, b->s.seq);
	return 0;
}

static bool
same_service(const void *x, const void *y)
{
	const struct service *a = x, *b = y;

	return a->id == b->id;
}

static int
order_opened(const void *x, const void *y, void *strings)
{
	const struct service *a = x, *b = y;

	ORDER(a->opened, b->opened);
	return order_text(strings, a->id, b->id);
}

static int
order_served(const void *x, const void *y, void *strings)
{
	const struct served *a = x, *b = y;

	ORDER(a->opened, b->opened);
	return order_text(strings, a->service, b->service);
}

static bool
same_served(const void *x, const void *y)
{
	const struct served *a = x, *b = y;

	return a->service == b->service;
}

static int
order_svisits(const void *x, const void *y, void *strings)
{
	const struct svisit *a = x, *b = y;

	ORDER(a->date, b->date);
	ORDER(a->place, b->place);
	ORDER(a->entered, b->entered);
	return order_text(strings, a->service, b->service);
}

static int
order_providers(const void *x, const void *y, void *strings)
{
	const struct provider *a = x, *b = y;
	int order;

	if ((order = order_text(strings, a->id, b->id)) != 0)
		return order;
	ORDER(a->from, b->from);
	ORDER(a->s.seq, b->s.seq);
	return 0;
}

static bool
same_provider(const void *x, const void *y)
{
	const struct provider *a = x, *b = y;

	return a->id == b->id && a->from == b->from;
}

static int
order_sites(const void *x, const void *y, void *strings)
{
	const struct site *a = x, *b = y;
	int order;

	if ((order = order_text(strings, a->id, b->id)) != 0)
		return order;
	ORDER(a->s.seq, b->s.seq);
	return 0;
}

static bool
same_site(const void *x, const void *y)
{
	const struct site *a = x, *b = y;

	return a->id == b->id;
}

static int
order_people(const void *x, const void *y, void *strings)
{
	const struct people *a = x, *b = y;
	int order;

	if ((order = order_text(strings, a->fips, b->fips)) != 0)
		return order;
	ORDER(a->year, b->year);
	ORDER(a->s.seq, b->s.seq);
	return 0;
}

static bool
same_people(const void *x, const void *y)
{
	const struct people *a = x, *b = y;

	return a->fips == b->fips && a->year == b->year;
}

static int
order_incidents(const void *x, const void *y, void *strings)
{
	const struct incident *a = x, *b = y;
	int order;

	if ((order = order_text(strings, a->id, b->id)) != 0)
		return order;
	ORDER(a->s.seq, b->s.seq);
	return 0;
}

static bool
same_incident(const void *x, const void *y)
{
	const struct incident *a = x, *b = y;

	return a->id == b->id;
}

static int
order_happened(const void *x, const void *y, void *strings)
{
	const struct incident *a = x, *b = y;

	ORDER(a->happened, b->happened);
	return order_text(strings, a->id, b->id);
}

static int
order_involved(const void *x, const void *y, void *strings)
{
	const struct involved *a = x, *b = y;
	int order;

	if ((order = order_text(strings, a->incident, b->incident)) != 0)
		return order;
	ORDER(a->s.seq, b->s.seq);
	return 0;
}

static bool
same_involved(const void *x, const void *y)
{
	const struct involved *a = x, *b = y;

	return a->incident == b->incident;
}

static int
order_citations(const void *x, const void *y, void *strings)
{
	const struct citation *a = x, *b = y;
	int order;

	if ((order = order_text(strings, a->id, b->id)) != 0)
		return order;
	ORDER(a->s.seq, b->s.seq);
	return 0;
}

static bool
same_citation(const void *x, const void *y)
{
	const struct citation *a = x, *b = y;

	return a->id == b->id;
}

static int
order_cited(const void *x, const void *y, void *strings)
{
	const struct citation *a = x, *b = y;

	ORDER(a->date, b->date);
	return order_text(strings, a->id, b->id);
}

static int
order_medicines(const void *x, const void *y, void *strings)
{
	const struct medicine *a = x, *b = y;

	(void)strings;
	ORDER(a->start, b->start);
	ORDER(a->kind, b->kind);
	ORDER(a->stop, b->stop);
	return 0;
}

static void
sort_whole(struct facts_builder *b, enum extract_table table, order_fn *order)
{
	struct rows *rows = &b->staged[table];

	sort_some(rows->data, rows->n, rows->size, order, &b->strings);
}

/* Children get their rows; every staged row learns its child's. */
static void
arrange_children(struct facts_builder *b)
{
	static const enum extract_table of_child[] = {EXTRACT_REMOVAL,
	    EXTRACT_PLACEMENT, EXTRACT_SETTINGS, EXTRACT_GOALS, EXTRACT_LEGALS,
	    EXTRACT_ASSIGN, EXTRACT_MEETING, EXTRACT_VISITS, EXTRACT_VICTIM,
	    EXTRACT_SERVED, EXTRACT_SVISIT, EXTRACT_INVOLVED, EXTRACT_MEDICINE};
	uint32_t n = ROWS_N(b, CHILD);
	uint32_t *row_of = xcalloc(n, sizeof *row_of);
	struct child *children;

	sort_whole(b, EXTRACT_CHILD, order_children);
	children = ROWS(b, CHILD, child);
	for (uint32_t i = 0; i < n; i++)
		row_of[children[i].s.child] = i;
	for (size_t t = 0; t < sizeof of_child / sizeof *of_child; t++) {
		struct rows *rows = &b->staged[of_child[t]];

		for (size_t i = 0; i < rows->n; i++) {
			struct staged *s =
			    (void *)((char *)rows->data + i * rows->size);

			s->child = row_of[s->child];
		}
	}
	free(row_of);
}

bool
victim_is(const struct victim *v)
{
	return v->died == YESNO_YES ||
	       v->disposition == DISPOSITION_SUBSTANTIATED ||
	       v->disposition == DISPOSITION_INDICATED;
}

static int
order_found(const void *x, const void *y)
{
	const struct found *a = x, *b = y;

	ORDER(a->date, b->date);
	ORDER(a->victim, b->victim);
	return 0;
}

static void
find_victims(struct facts_builder *b)
{
	const struct victim *list = ROWS(b, VICTIM, victim);
	size_t n = 0;

	for (uint32_t i = 0; i < ROWS_N(b, VICTIM); i++)
		n += victim_is(&list[i]);
	b->found = xcalloc(n + 1, sizeof *b->found);
	for (uint32_t i = 0; i < ROWS_N(b, VICTIM); i++)
		if (victim_is(&list[i]))
			b->found[b->found_n++] =
			    (struct found){i, list[i].date};
	qsort(b->found, n, sizeof *b->found, order_found);
}

/* Reports by time; victims learn their report's row and day. */
static void
arrange_reports(struct facts_builder *b)
{
	uint32_t *row_of = xcalloc(b->strings.n, sizeof *row_of);
	const struct report *reports;
	struct victim *victims = ROWS(b, VICTIM, victim);

	sort_whole(b, EXTRACT_REPORT, order_reports);
	thin(b, EXTRACT_REPORT, same_report);
	sort_whole(b, EXTRACT_REPORT, order_received);
	reports = ROWS(b, REPORT, report);
	for (uint32_t i = 0; i < ROWS_N(b, REPORT); i++)
		row_of[reports[i].id] = i + 1;
	for (uint32_t i = 0; i < ROWS_N(b, VICTIM); i++) {
		uint32_t row = row_of[victims[i].report];

		victims[i].date =
		    row == 0
			? DATE_MISSING
			: minute_day(reports[row - 1].received, DATE_MISSING);
	}
	arrange_table(b, EXTRACT_VICTIM, order_victims);
	thin(b, EXTRACT_VICTIM, same_victim);
	victims = ROWS(b, VICTIM, victim);
	for (uint32_t i = 0; i < ROWS_N(b, VICTIM); i++)
		victims[i].report = row_of[victims[i].report] - 1;
	free(row_of);
	find_victims(b);
}

/* Cases by day; their children and visits learn the case's row and days. */
static void
arrange_services(struct facts_builder *b)
{
	uint32_t *row_of = xcalloc(b->strings.n, sizeof *row_of);
	struct service *cases;
	struct served *served = ROWS(b, SERVED, served);
	struct svisit *visits;

	sort_whole(b, EXTRACT_SERVICE, order_services);
	thin(b, EXTRACT_SERVICE, same_service);
	sort_whole(b, EXTRACT_SERVICE, order_opened);
	cases = ROWS(b, SERVICE, service);
	for (uint32_t i = 0; i < ROWS_N(b, SERVICE); i++)
		row_of[cases[i].id] = i + 1;
	for (uint32_t i = 0; i < ROWS_N(b, SERVED); i++) {
		uint32_t row = row_of[served[i].service];

		served[i].opened =
		    row == 0 ? DATE_MISSING : cases[row - 1].opened;
		served[i].closed =
		    row == 0 ? DATE_NEVER : cases[row - 1].closed;
	}
	arrange_table(b, EXTRACT_SERVED, order_served);
	thin(b, EXTRACT_SERVED, same_served);
	served = ROWS(b, SERVED, served);
	for (uint32_t i = 0; i < ROWS_N(b, SERVED); i++) {
		served[i].service = row_of[served[i].service] - 1;
		if (served[i].service != FACTS_NO_ROW)
			cases[served[i].service].children++;
	}
	arrange_table(b, EXTRACT_SVISIT, order_svisits);
	visits = ROWS(b, SVISIT, svisit);
	for (uint32_t i = 0; i < ROWS_N(b, SVISIT); i++)
		visits[i].service = row_of[visits[i].service] - 1;
	free(row_of);
}

/* Incidents by time; their children learn the incident's row. */
static void
arrange_incidents(struct facts_builder *b)
{
	uint32_t *row_of = xcalloc(b->strings.n, sizeof *row_of);
	const struct incident *incidents;
	struct involved *involved;

	sort_whole(b, EXTRACT_INCIDENT, order_incidents);
	thin(b, EXTRACT_INCIDENT, same_incident);
	sort_whole(b, EXTRACT_INCIDENT, order_happened);
	incidents = ROWS(b, INCIDENT, incident);
	for (uint32_t i = 0; i < ROWS_N(b, INCIDENT); i++)
		row_of[incidents[i].id] = i + 1;
	arrange_table(b, EXTRACT_INVOLVED, order_involved);
	thin(b, EXTRACT_INVOLVED, same_involved);
	involved = ROWS(b, INVOLVED, involved);
	for (uint32_t i = 0; i < ROWS_N(b, INVOLVED); i++)
		involved[i].incident = row_of[involved[i].incident] - 1;
	free(row_of);
}

/* Each child learns the next one of its group; the last one, the first. */
static void
link_siblings(struct facts_builder *b)
{
	uint32_t *last = xcalloc(b->strings.n, sizeof *last);
	uint32_t *head = xcalloc(b->strings.n, sizeof *head);
	struct child *c = ROWS(b, CHILD, child);
	uint32_t n = ROWS_N(b, CHILD);

	for (uint32_t i = 0; i < n; i++) {
		uint32_t group = c[i].siblings;

		c[i].next_sibling = group == 0 ? FACTS_NO_ROW : i;
		if (group == 0)
			continue;
		if (head[group] == 0)
			head[group] = i + 1;
		else
			c[last[group]].next_sibling = i;
		last[group] = i;
		c[i].next_sibling = head[group] - 1;
	}
	free(last);
	free(head);
}

void
arrange(struct facts_builder *b)
{
	arrange_children(b);
	arrange_table(b, EXTRACT_REMOVAL, order_removals);
	thin(b, EXTRACT_REMOVAL, same_removal);
	arrange_table(b, EXTRACT_PLACEMENT, order_placements);
	thin(b, EXTRACT_PLACEMENT, same_placement);
	free(b->staged[EXTRACT_PLACEMENT].first);
	arrange_table(b, EXTRACT_PLACEMENT, order_stays);
	arrange_table(b, EXTRACT_SETTINGS, order_counts);
	thin(b, EXTRACT_SETTINGS, same_count);
	arrange_table(b, EXTRACT_GOALS, order_goals);
	arrange_table(b, EXTRACT_LEGALS, order_legals);
	arrange_table(b, EXTRACT_ASSIGN, order_assigns);
	arrange_table(b, EXTRACT_MEETING, order_meetings);
	arrange_table(b, EXTRACT_VISITS, order_visits);
	arrange_reports(b);
	arrange_services(b);
	sort_whole(b, EXTRACT_POPULATION, order_people);
	thin(b, EXTRACT_POPULATION, same_people);
	sort_whole(b, EXTRACT_PROVIDER, order_providers);
	thin(b, EXTRACT_PROVIDER, same_provider);
	sort_whole(b, EXTRACT_SITES, order_sites);
	thin(b, EXTRACT_SITES, same_site);
	arrange_incidents(b);
	sort_whole(b, EXTRACT_CITATION, order_citations);
	thin(b, EXTRACT_CITATION, same_citation);
	sort_whole(b, EXTRACT_CITATION, order_cited);
	arrange_table(b, EXTRACT_MEDICINE, order_medicines);
	link_siblings(b);
}
