#include "measure/feed.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/date.h"
#include "base/i18n.h"
#include "measure/definition.h"

enum answers { ENTRY, EXIT, CHILD, NOBODY };

struct feed_info {
	const char *word, *label, *source;
	enum facts_table table;
	enum facts_column day, entered;
	enum answers who;
};

static const struct feed_info feeds[FEEDS] = {
#define FEED(id, word, label, source, table, day, entered, who)         \
	[FEED_##id] = {word, label, source, FACTS_##table, FACTS_##day, \
	    FACTS_##entered, who},
#include "measure/feed.def"
#undef FEED
};

static const char *const states[] = {
    [FEED_FLOWS] = "flows",
    [FEED_HALVED] = "halved",
    [FEED_STOPPED] = "stopped",
    [FEED_UNJUDGED] = "too_few",
};

const char *
feed_word(enum feed feed)
{
	return feeds[feed].word;
}

const char *
feed_label(enum feed feed)
{
	return _(feeds[feed].label);
}

enum feed
feed_find(const char *word)
{
	int i = 0;

	while (i < FEEDS && strcmp(feeds[i].word, word) != 0)
		i++;
	return (enum feed)i;
}

bool
feed_has_entry(enum feed feed)
{
	return feeds[feed].entered != feeds[feed].day;
}

const char *
feed_state_word(enum feed_state state)
{
	return states[state];
}

/* --- flow ------------------------------------------------------------ */

#define BEFORE 12 /* months that say what is usual */
#define MONTHS (BEFORE + 1)

/* Counts the events of each of the months that begin on starts[m] and end
 * before starts[m + 1]. */
static void
count_months(const struct facts *facts, const struct feed_info *f,
    const int32_t *starts, int64_t *counts)
{
	const int32_t *day = facts_i32(facts, f->day);
	uint32_t n = facts_rows(facts, f->table);

	memset(counts, 0, MONTHS * sizeof *counts);
	for (uint32_t i = 0; i < n; i++) {
		int m = 0;

		if (day[i] < starts[0] || day[i] >= starts[MONTHS])
			continue;
		while (day[i] >= starts[m + 1])
			m++;
		counts[m]++;
	}
}

static int
compare_counts(const void *x, const void *y)
{
	const int64_t *a = x, *b = y;

	return (*a > *b) - (*a < *b);
}

/* The months before the trailing empty ones say what is usual: a feed that
 * stopped half a year ago is no less stopped. */
static int64_t
usual_of(const int64_t *counts, int n)
{
	int64_t sorted[MONTHS];

	if (n == 0)
		return 0;
	memcpy(sorted, counts, (size_t)n * sizeof *sorted);
	qsort(sorted, (size_t)n, sizeof *sorted, compare_counts);
	return (sorted[(n - 1) / 2] + sorted[n / 2]) / 2;
}

/* The first day of the last month that is over by the data-through date. */
static int32_t
last_full_month(int32_t through)
{
	int32_t end = date_month_end(through);

	return date_addmonths(end + 1, end == through ? -1 : -2);
}

struct feed_flow
feed_flow(const struct facts *facts, enum feed feed)
{
	struct feed_flow flow = {.state = FEED_UNJUDGED};
	int32_t through = facts_about(facts)->data_through;
	int32_t starts[MONTHS + 1];
	int64_t counts[MONTHS];
	int silent = 0;

	if (!date_known(through))
		return flow;
	flow.month = last_full_month(through);
	for (int m = 0; m <= MONTHS; m++)
		starts[m] = date_addmonths(flow.month, m - BEFORE);
	count_months(facts, &feeds[feed], starts, counts);
	while (silent < MONTHS && counts[MONTHS - 1 - silent] == 0)
		silent++;
	flow.last = counts[MONTHS - 1];
	flow.usual =
	    usual_of(counts, silent > 1 ? MONTHS - silent : MONTHS - 1);
	flow.since = starts[MONTHS - silent];
	if (flow.usual < FEED_FEW)
		return flow;
	flow.state = silent > 0			  ? FEED_STOPPED
		     : flow.last * 2 < flow.usual ? FEED_HALVED
						  : FEED_FLOWS;
	return flow;
}

static bool
reads(const struct measure_about *about, const char *table)
{
	size_t len = strlen(table);

	for (int i = 0; i < about->sources_n; i++) {
		const char *source = about->sources[i].source;

		if (strncmp(source, table, len) == 0 && source[len] == '.')
			return true;
	}
	return false;
}

enum feed
feed_withdraws(const struct feed_flow *flows, const struct measure_about *about,
    int32_t to)
{
	int i = 0;

	while (i < FEEDS &&
	       (flows[i].state != FEED_STOPPED || to < flows[i].since ||
		   !reads(about, feeds[i].source)))
		i++;
	return (enum feed)i;
}

/* --- entry ----------------------------------------------------------- */

const struct feed_limit *
feed_limit_on(const struct measures *ms, enum feed feed, int32_t day)
{
	const struct feed_limit *found = NULL;

	for (int i = 0; i < ms->limits_n; i++) {
		const struct feed_limit *l = &ms->limits[i];

		if (l->feed == feed && l->from <= day &&
		    (found == NULL || l->from >= found->from))
			found = l;
	}
	return found;
}

static uint32_t
entry_path(const struct facts *facts, const struct feed_info *f, uint32_t row)
{
	int32_t day = facts_i32(facts, f->day)[row];
	enum facts_column child =
	    f->table == FACTS_MEETING  ? FACTS_MEETING_CHILD
	    : f->table == FACTS_VISITS ? FACTS_VISITS_CHILD
				       : FACTS_SVISIT_CHILD;

	if (f->who == ENTRY)
		return facts_u32(facts, FACTS_REMOVAL_PATH_IN)[row];
	if (f->who == EXIT)
		return facts_u32(facts, FACTS_REMOVAL_PATH_OUT)[row];
	return facts_path_on(facts, facts_u32(facts, child)[row], day);
}

static struct feed_entry
entry_of(const struct measures *ms, const struct facts *facts, enum feed feed,
    uint32_t row)
{
	const struct feed_info *f = &feeds[feed];
	int32_t entered = facts_i32(facts, f->entered)[row];
	struct feed_entry e = {.day = facts_i32(facts, f->day)[row],
	    .lag = DATE_MISSING,
	    .path = entry_path(facts, f, row)};
	const struct feed_limit *limit = feed_limit_on(ms, feed, e.day);

	/* Entered before it happened is planned, not late. */
	if (date_known(entered))
		e.lag = entered > e.day ? entered - e.day : 0;
	e.late = limit != NULL && e.lag > limit->days;
	return e;
}

struct feed_entries *
feed_entries_new(const struct measures *measures, const struct facts *facts,
    enum feed feed, const struct measure_period *period)
{
	const int32_t *day = facts_i32(facts, feeds[feed].day);
	uint32_t n = facts_rows(facts, feeds[feed].table);
	struct feed_entries *e = xcalloc(1, sizeof *e);
	size_t cap = 0;

	e->feed = feed;
	for (uint32_t i = 0; feed_has_entry(feed) && i < n; i++) {
		if (day[i] < period->from || day[i] > period->to ||
		    day[i] > period->as_of)
			continue;
		grow(&e->rows, &cap, e->rows_n + 1, sizeof *e->rows);
		e->rows[e->rows_n++] = entry_of(measures, facts, feed, i);
	}
	return e;
}

void
feed_entries_free(struct feed_entries *e)
{
	if (e == NULL)
		return;
	free(e->rows);
	free(e);
}

struct lagging {
	uint32_t node;
	int32_t lag;
	bool late;
};

static int
compare_lagging(const void *x, const void *y)
{
	const struct lagging *a = x, *b = y;

	if (a->node != b->node)
		return a->node < b->node ? -1 : 1;
	return (a->lag > b->lag) - (a->lag < b->lag);
}

/* The rows at the node, each with its node of the level, in order. */
static struct lagging *
arrange(const struct feed_entries *e, const struct facts *facts, uint32_t at,
    int level, size_t *n)
{
	struct lagging *list = xcalloc(e->rows_n + 1, sizeof *list);

	*n = 0;
	for (size_t i = 0; i < e->rows_n; i++) {
		const struct feed_entry *r = &e->rows[i];
		uint32_t node =
		    level == 0 ? at : facts_path_node(facts, r->path, level);

		if (node == FACTS_NO_ROW && level != 0)
			continue;
		if (at != FACTS_NO_ROW &&
		    facts_path_node(facts, r->path,
			facts_u8(facts, FACTS_NODE_LEVEL)[at]) != at)
			continue;
		list[*n].node = node;
		list[*n].late = r->late;
		list[(*n)++].lag = r->lag;
	}
	qsort(list, *n, sizeof *list, compare_lagging);
	return list;
}

/* One node's rows, in order of lag; what is not known sorts first. */
static struct feed_lag
lag_of(const struct lagging *list, size_t n)
{
	struct feed_lag lag = {
	    .node = list[0].node, .events = (int64_t)n, .median2 = -1};
	size_t known = 0;

	for (size_t i = 0; i < n; i++) {
		lag.unknown += list[i].lag == DATE_MISSING;
		lag.late += list[i].late;
	}
	list += lag.unknown;
	known = n - (size_t)lag.unknown;
	if (known > 0)
		lag.median2 =
		    (int64_t)list[(known - 1) / 2].lag + list[known / 2].lag;
	return lag;
}

struct feed_lag *
feed_lags(const struct feed_entries *e, const struct facts *facts, uint32_t at,
    int level, size_t *n)
{
	size_t rows, from = 0;
	struct lagging *list = arrange(e, facts, at, level, &rows);
	struct feed_lag *lags = xcalloc(rows + 1, sizeof *lags);

	*n = 0;
	for (size_t i = 1; i <= rows; i++) {
		if (i < rows && list[i].node == list[from].node)
			continue;
		lags[(*n)++] = lag_of(list + from, i - from);
		from = i;
	}
	free(list);
	return lags;
}
