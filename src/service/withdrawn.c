#include "service/withdrawn.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/buf.h"
#include "base/date.h"
#include "base/i18n.h"
#include "measure/feed.h"

#define GRACE 3	   /* days after an agreed refresh */
#define MISSED 2   /* refreshes until figures are withdrawn */
#define DAY 86400L /* seconds */

static int32_t
today(void)
{
	return date_make(1970, 1, 1) + (int32_t)(time(NULL) / DAY);
}

static bool
older(const struct service *svc, int32_t data_through, int refreshes)
{
	return svc->refresh_days > 0 && date_known(data_through) &&
	       today() - data_through > refreshes * svc->refresh_days + GRACE;
}

bool
withdrawn_stale(const struct service *svc, int32_t data_through)
{
	return older(svc, data_through, 1);
}

/* The flow of every feed of the snapshot, remembered. */
static const struct feed_flow *
withdrawn_flows(struct context *c)
{
	struct cache_value v = {.free = free};
	struct feed_flow *flows;
	char key[32];

	snprintf(key, sizeof key, "flows|%u", c->snap->generation);
	v.data = context_cached(c, key);
	if (v.data != NULL)
		return v.data;
	flows = xcalloc(FEEDS, sizeof *flows);
	for (int i = 0; i < FEEDS; i++)
		flows[i] = feed_flow(c->facts, (enum feed)i);
	v.data = flows;
	v.bytes = FEEDS * sizeof *flows;
	return context_remember(c, key, &v);
}

/* A generation that was asked for by its number is old on purpose. */
static bool
withdrawn_all(const struct context *c)
{
	return !context_param(c, API_GENERATION)->given &&
	       older(c->svc, facts_about(c->facts)->data_through, MISSED);
}

/* What a table holds, where its name does not say it. */
static const struct {
	const char *table, *words; /* N_() */
} tables[] = {
    {"setting_counts", N_("records of half-year files (AFCARS), which it "
			  "compares")},
    {"report_children", N_("reports of maltreatment")},
    {"reports", N_("reports of maltreatment")},
    {"removals", N_("removals into foster care")},
    {"meetings", N_("planning reviews")},
    {"visits", N_("visits of workers")},
    {"services", N_("in-home cases")},
    {"service_visits", N_("visits to in-home cases")},
    {"population", N_("numbers of the population")},
};

/* Of a table that is not in the data at all there is nothing to count, and
 * nothing that was not done either. */
static const char *
withdrawn_needs(struct context *c, const struct measure_about *m)
{
	for (int i = 0; i < m->needs_n; i++) {
		const char *words = m->needs[i];

		if (facts_rows(c->facts, facts_table_named(m->needs[i])) > 0)
			continue;
		for (size_t k = 0; k < sizeof tables / sizeof *tables; k++)
			if (strcmp(tables[k].table, m->needs[i]) == 0)
				words = _(tables[k].words);
		return arena_printf(&c->arena,
		    _("Not computed for these data: they hold no %s."), words);
	}
	return NULL;
}

const char *
withdrawn_because(struct context *c, const struct measure_about *m, int32_t to)
{
	const struct feed_flow *flows;
	const char *because;
	char day[DATE_TEXT];
	enum feed feed;

	because = withdrawn_needs(c, m);
	if (because != NULL)
		return because;
	if (withdrawn_all(c))
		return arena_printf(&c->arena,
		    _("Withdrawn: the data end on %s; two refreshes of every "
		      "%d days were missed."),
		    date_format(facts_about(c->facts)->data_through, day),
		    c->svc->refresh_days);
	if (c->flows == NULL)
		c->flows = withdrawn_flows(c);
	flows = c->flows;
	feed = feed_withdraws(flows, m, to);
	if (feed == FEEDS)
		return NULL;
	return arena_printf(&c->arena,
	    _("Withdrawn: no %s have come in since %s, so this figure would "
	      "count them as not done."),
	    feed_label(feed), date_format(flows[feed].since, day));
}

void
withdrawn_member(struct context *c, const struct measure_about *m, int32_t to)
{
	json_kv_string(&c->json, "withdrawn", withdrawn_because(c, m, to));
}
