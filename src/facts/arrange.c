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
#include "facts/orders.h"

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
thin(struct facts_builder *b, enum extract_table table, same_fn *same)
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

	if (a->date != b->date)
		return a->date < b->date ? -1 : 1;
	return a->victim < b->victim ? -1 : a->victim > b->victim;
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

/* A table whose rows others name by their id. */
struct named {
	enum extract_table table;
	size_t id; /* offset of the member */
	order_fn *by_id, *by_time;
	same_fn *same;
};

/* Rows by time, each id once. Returns every id's row + 1, 0 for other texts;
 * yours to free. */
static uint32_t *
arrange_named(struct facts_builder *b, const struct named *t)
{
	uint32_t *row_of = xcalloc(b->strings.n, sizeof *row_of);
	const struct rows *rows = &b->staged[t->table];

	sort_whole(b, t->table, t->by_id);
	thin(b, t->table, t->same);
	sort_whole(b, t->table, t->by_time);
	for (uint32_t i = 0; i < rows->n; i++) {
		const char *row = (const char *)rows->data + i * rows->size;
		uint32_t id;

		memcpy(&id, row + t->id, sizeof id);
		row_of[id] = i + 1;
	}
	return row_of;
}

/* Reports by time; victims learn their report's row and day. */
static void
arrange_reports(struct facts_builder *b)
{
	static const struct named by_report = {EXTRACT_REPORT,
	    offsetof(struct report, id), order_reports, order_received,
	    same_reports};
	uint32_t *row_of = arrange_named(b, &by_report);
	const struct report *reports = ROWS(b, REPORT, report);
	struct victim *victims = ROWS(b, VICTIM, victim);

	for (uint32_t i = 0; i < ROWS_N(b, VICTIM); i++) {
		uint32_t row = row_of[victims[i].report];

		victims[i].date =
		    row == 0
			? DATE_MISSING
			: minute_day(reports[row - 1].received, DATE_MISSING);
	}
	arrange_table(b, EXTRACT_VICTIM, order_victims);
	thin(b, EXTRACT_VICTIM, same_victims);
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
	static const struct named by_case = {EXTRACT_SERVICE,
	    offsetof(struct service, id), order_services, order_opened,
	    same_services};
	uint32_t *row_of = arrange_named(b, &by_case);
	struct service *cases = ROWS(b, SERVICE, service);
	struct served *served = ROWS(b, SERVED, served);
	struct svisit *visits;

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
	static const struct named by_incident = {EXTRACT_INCIDENT,
	    offsetof(struct incident, id), order_incidents, order_happened,
	    same_incidents};
	uint32_t *row_of = arrange_named(b, &by_incident);
	struct involved *involved;

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
	thin(b, EXTRACT_REMOVAL, same_removals);
	arrange_table(b, EXTRACT_PLACEMENT, order_placements);
	thin(b, EXTRACT_PLACEMENT, same_placements);
	free(b->staged[EXTRACT_PLACEMENT].first);
	arrange_table(b, EXTRACT_PLACEMENT, order_stays);
	arrange_table(b, EXTRACT_SETTINGS, order_counts);
	thin(b, EXTRACT_SETTINGS, same_counts);
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
	thin(b, EXTRACT_PROVIDER, same_providers);
	sort_whole(b, EXTRACT_SITES, order_sites);
	thin(b, EXTRACT_SITES, same_sites);
	arrange_incidents(b);
	sort_whole(b, EXTRACT_CITATION, order_citations);
	thin(b, EXTRACT_CITATION, same_citations);
	sort_whole(b, EXTRACT_CITATION, order_cited);
	arrange_table(b, EXTRACT_MEDICINE, order_medicines);
	link_siblings(b);
}
