/*
 * The feed: whether events still come in as they used to, month by month, and
 * how long after the event they are entered. A feed that has stopped makes
 * every measure that reads it look as if nothing had happened, so those are
 * withdrawn; one that has halved is flagged (features.md H3, H6, 24).
 */
#ifndef HEARTH_MEASURE_FEED_H
#define HEARTH_MEASURE_FEED_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "facts/facts.h"
#include "measure/measure.h"

enum feed {
#define FEED(id, word, label, source, table, day, entered, who) FEED_##id,
#include "measure/feed.def"
#undef FEED
	FEEDS
};

const char *feed_word(enum feed feed);
const char *feed_label(enum feed feed); /* translated */
/* FEEDS when there is none of that word. */
enum feed feed_find(const char *word);
/* Whether the day of entry is kept. */
bool feed_has_entry(enum feed feed);

/*
 * Flow. The last full month up to the data-through date is held against the
 * median of the twelve before it: none where there were FEED_FEW or more is
 * stopped, under half is halved. Fewer than that in a usual month say nothing.
 */
#define FEED_FEW 20
enum feed_state { FEED_FLOWS, FEED_HALVED, FEED_STOPPED, FEED_UNJUDGED };
struct feed_flow {
	enum feed_state state;
	int32_t month;	     /* first day of the month that was looked at */
	int64_t last, usual; /* events in it, and in a usual one */
	int32_t since;	     /* stopped: first day of the first empty month */
};
const char *feed_state_word(enum feed_state state);
struct feed_flow feed_flow(const struct facts *facts, enum feed feed);

/* The feed whose stop withdraws a measure for a period that ends on to: one
 * of the tables that its rules read has been silent since before that day.
 * FEEDS when none has. flows has FEEDS elements. */
enum feed feed_withdraws(const struct feed_flow *flows,
    const struct measure_about *about, int32_t to);

/*
 * Entry. The limit is the agency's and dated (etc/measures/entry.cfg), by the
 * event's day.
 */
struct feed_limit {
	enum feed feed;
	int32_t from;
	int days;
	const char *source, *certainty;
};
/* NULL when none is set. */
const struct feed_limit *feed_limit_on(
    const struct measures *measures, enum feed feed, int32_t day);

/* One event: its lag in days, DATE_MISSING when the day of entry is not known;
 * late when it is over the limit of its day. */
struct feed_entry {
	uint32_t path;
	int32_t day, lag;
	bool late;
};
/* The events of a period whose feed keeps the day of entry. */
struct feed_entries {
	enum feed feed;
	struct feed_entry *rows;
	size_t rows_n;
};
struct feed_entries *feed_entries_new(const struct measures *measures,
    const struct facts *facts, enum feed feed,
    const struct measure_period *period);
void feed_entries_free(struct feed_entries *e);

/* How the events at one node were entered. */
struct feed_lag {
	uint32_t node;
	int64_t events, unknown, late;
	int64_t median2; /* twice the median lag in days, -1: none known */
};
/* Of those at node at (FACTS_NO_ROW: all) by nodes of the level, a row for
 * each that has any; level 0: one row for all of it. The caller frees. */
struct feed_lag *feed_lags(const struct feed_entries *e,
    const struct facts *facts, uint32_t at, int level, size_t *n);

#endif
