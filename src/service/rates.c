#include "service/rates.h"

#include <string.h>

#include "base/date.h"
#include "proto/resources.h"
#include "service/papers.h"

#define YEAR_DAYS 366

/* --- the paper -------------------------------------------------------------
 */

void
rates_write(struct buf *out, const struct card_about *about,
    const struct rated *of, const struct scorecard *card,
    const struct review *r)
{
	const struct api_rated row = {
	    .record = of->record,
	    .review = of->review,
	    .revision = of->revision,
	    .version = of->version,
	    .provider = about->provider,
	    .provider_name = about->provider_name,
	    .programme = about->programme,
	    .kind = about->kind,
	    .contract_year =
		about->contract_year > 0 ? about->contract_year : API_NULL,
	    .from = about->from,
	    .to = about->to,
	    .example = of->example,
	};
	struct json j;

	json_begin(&j, out);
	json_object(&j);
	api_members(&j, API_RESOURCE_rated, &row);
	card_rates(&j, card, r);
	json_object_end(&j);
}

static const char *
text(const char *s)
{
	return s != NULL ? s : "";
}

bool
rates_read(struct context *c, struct rateds *all)
{
	const struct shelf_ask ask = {.kind = PAPER_RATES};
	struct papers papers;

	*all = (struct rateds){0};
	if (!papers_read(c, &ask, &papers))
		return false;
	all->list = arena_alloc(&c->arena, (papers.n + 1) * sizeof *all->list);
	for (size_t i = 0; i < papers.n; i++) {
		const cJSON *body = papers.list[i].body;
		struct api_rated row;

		if (!api_read(&row, API_RESOURCE_rated, body))
			continue;
		all->list[all->n++] = (struct rated){
		    .record = text(row.record),
		    .review = text(row.review),
		    .provider = text(row.provider),
		    .name = text(row.provider_name),
		    .programme = text(row.programme),
		    .kind = text(row.kind),
		    .contract_year = row.contract_year,
		    .revision = row.revision,
		    .version = (uint32_t)row.version,
		    .from = row.from,
		    .to = row.to,
		    .example = row.example,
		    .rates = cJSON_GetObjectItemCaseSensitive(body, "rates"),
		};
	}
	return true;
}

/* --- who is held against whom ----------------------------------------------
 */

int
rates_year(int32_t day)
{
	return date_civil(day).year;
}

/* Follow-ups and reviews for cause are of other times and questions. */
static bool
is_annual(const struct rated *r)
{
	return r->to != DATE_MISSING && strcmp(r->kind, "annual") == 0;
}

const struct rated *
rates_last(const struct rateds *all, const struct card_about *about,
    const char *record)
{
	const struct rated *last = NULL;

	if (about->from == DATE_MISSING || about->to == DATE_MISSING)
		return NULL;
	for (size_t i = 0; i < all->n; i++) {
		const struct rated *r = &all->list[i];

		if (!is_annual(r) || strcmp(r->record, record) == 0 ||
		    strcmp(r->provider, about->provider) != 0 ||
		    strcmp(r->programme, about->programme) != 0 ||
		    r->to >= about->to || r->to < about->from - YEAR_DAYS)
			continue;
		if (last == NULL || r->to > last->to)
			last = r;
	}
	return last;
}

/* The same provider's later review of that year and programme: a side by side
 * shows the last one only. */
static bool
rates_superseded(const struct rateds *all, const struct rated *row)
{
	for (size_t i = 0; i < all->n; i++) {
		const struct rated *r = &all->list[i];

		if (r == row || !is_annual(r) ||
		    strcmp(r->provider, row->provider) != 0 ||
		    strcmp(r->programme, row->programme) != 0 ||
		    rates_year(r->to) != rates_year(row->to))
			continue;
		if (r->to > row->to || (r->to == row->to && r > row))
			return true;
	}
	return false;
}

bool
rates_has(const struct rateds *all, const char *programme, int year,
    const char *provider)
{
	for (size_t i = 0; i < all->n; i++) {
		const struct rated *r = &all->list[i];

		if (is_annual(r) && rates_year(r->to) == year &&
		    strcmp(r->provider, provider) == 0 &&
		    strcmp(r->programme, programme) == 0)
			return true;
	}
	return false;
}

struct rate
rates_average(const struct rateds *all, const char *programme, int year,
    const char *indicator, int *providers)
{
	struct rate sum = {0};
	int n = 0;

	for (size_t i = 0; i < all->n; i++) {
		const struct rated *r = &all->list[i];
		struct rate pair[2] = {sum};
		const char *verdict;
		int standard;

		if (!is_annual(r) || rates_year(r->to) != year ||
		    strcmp(r->programme, programme) != 0 ||
		    rates_superseded(all, r))
			continue;
		pair[1] = card_rate(r->rates, indicator, &standard, &verdict);
		n += pair[1].known;
		sum = score_average(pair, 2);
	}
	if (providers != NULL)
		*providers = n;
	return sum;
}
