/*
 * The rates of all stored scorecards, newest versions only, for what holds one
 * provider against another or against itself: last year's figures, the
 * system's average (poms.md S4) and an indicator side by side.
 */
#ifndef HEARTH_SERVICE_RATES_H
#define HEARTH_SERVICE_RATES_H

#include "poms/card.h"
#include "service/context.h"

/* One review's; texts live as long as the request. */
struct rated {
	const char *record, *review, *provider, *name, *programme, *kind;
	int64_t contract_year, revision;
	uint32_t version; /* of the scorecard */
	int32_t from, to;
	bool example;
	const cJSON *rates; /* for card_rate() */
};

struct rateds {
	struct rated *list; /* by record */
	size_t n;
};

bool rates_read(struct context *c, struct rateds *all);

/* The provider's annual review of the same programme whose period ended last
 * before this one's did, at most a year before this one began; NULL: none. */
const struct rated *rates_last(const struct rateds *all,
    const struct card_about *about, const char *record);
/* The system's average of an indicator in a calendar year: the sums of the
 * counts of all providers of the programme whose annual review ended in that
 * year, each provider's last one. How many providers they were in *providers
 * (may be NULL). */
struct rate rates_average(const struct rateds *all, const char *programme,
    int year, const char *indicator, int *providers);
/* Whether that average has the provider in it. */
bool rates_has(const struct rateds *all, const char *programme, int year,
    const char *provider);
/* The calendar year in which a day lies. */
int rates_year(int32_t day);

/* Appends the paper's body. */
void rates_write(struct buf *out, const struct card_about *about,
    const struct rated *of, const struct scorecard *card,
    const struct review *r);

#endif
