/* GET /v1/indicators: one indicator of all providers side by side, with the
 * system's average; counts first, and no verdict where no standard is set. */
#include "service/handlers.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "proto/codes.h"
#include "proto/resources.h"
#include "service/instruments.h"
#include "service/listing.h"
#include "service/rates.h"
#include "service/rights.h"

#define SMALL 6 /* served by fewer: counts stand first (poms.md 1.21) */

struct beside {
	const struct rated *of;
	struct rate rate;
	const char *verdict;
	int standard; /* ten-thousandths; -1: none is set */
};

struct sides {
	struct context *c;
	const char *indicator, *programme;
	int64_t year;
	struct rateds rates;
	struct beside *list;
	size_t n;
};

/* --- which ------------------------------------------------------------ */

/* The newest year that has one of the programme. */
static int64_t
newest_year(const struct sides *s)
{
	int64_t year = 0;

	for (size_t i = 0; i < s->rates.n; i++)
		if (strcmp(s->rates.list[i].programme, s->programme) == 0 &&
		    s->rates.list[i].contract_year > year)
			year = s->rates.list[i].contract_year;
	return year;
}

static bool
is_of_year(const struct sides *s, const struct rated *r)
{
	return r->contract_year == s->year &&
	       strcmp(r->programme, s->programme) == 0 &&
	       strcmp(r->kind, "annual") == 0;
}

/* Of a provider with several annual reviews of the year the last one. */
static bool
is_shown(const struct sides *s, const struct rated *r)
{
	for (size_t i = 0; i < s->rates.n; i++) {
		const struct rated *other = &s->rates.list[i];

		if (is_of_year(s, other) && other != r &&
		    strcmp(other->provider, r->provider) == 0 &&
		    (other->to > r->to || (other->to == r->to && other > r)))
			return false;
	}
	return is_of_year(s, r);
}

static int
by_name(const void *a, const void *b)
{
	const struct beside *x = a, *y = b;
	int order = strcmp(x->of->name, y->of->name);

	return order != 0 ? order : strcmp(x->of->record, y->of->record);
}

/* By name: a rank would say more than figures of so few children can. */
static void
gather(struct sides *s)
{
	s->list = arena_alloc(&s->c->arena, (s->rates.n + 1) * sizeof *s->list);
	for (size_t i = 0; i < s->rates.n; i++) {
		struct beside *side = &s->list[s->n];
		const struct rated *r = &s->rates.list[i];

		if (!is_shown(s, r))
			continue;
		side->of = r;
		side->rate = card_rate(
		    r->rates, s->indicator, &side->standard, &side->verdict);
		s->n += side->verdict != NULL;
	}
	qsort(s->list, s->n, sizeof *s->list, by_name);
}

/* --- writing ---------------------------------------------------------- */

static int64_t
known(const struct rate *rate, int64_t n)
{
	return rate->known ? n : API_NULL;
}

/* "" is none. */
static const char *
filled(struct context *c, const char *text)
{
	return *text != '\0' ? arena_strndup(&c->arena, text, strlen(text))
			     : NULL;
}

static void
standard_text(char *text, size_t size, int standard)
{
	*text = '\0';
	if (standard > 0)
		snprintf(text, size, "%d.%02d", standard / 100, standard % 100);
}

static void
read_side(void *of, const void *at, bool all, void *value)
{
	struct context *c = ((const struct sides *)of)->c;
	const struct beside *s = at;
	char percent[40], standard[40];
	int mark = s->standard > 0 ? s->standard : 0;
	struct api_side_rate row = {
	    .provider = s->of->provider,
	    .provider_name = s->of->name,
	    .record = s->of->record,
	    .review = s->of->review,
	    .from = s->of->from,
	    .to = s->of->to,
	    .numerator = known(&s->rate, s->rate.num),
	    .denominator = known(&s->rate, s->rate.den),
	    .percent = filled(
		c, score_percent(percent, sizeof percent, &s->rate, mark)),
	    .small = s->rate.known && s->rate.den < SMALL,
	    .pending = s->rate.pending,
	    .undetermined = s->rate.undetermined,
	    .missing = s->rate.missing,
	    .verdict = s->verdict,
	    .needed = API_NULL,
	    .example = s->of->example,
	};

	(void)all;
	standard_text(standard, sizeof standard, s->standard);
	row.standard = filled(c, standard);
	if (mark > 0 && s->rate.known && s->rate.den > 0)
		row.needed = score_needed(s->rate.den - s->rate.num, mark);
	if (row.needed < 0)
		row.needed = API_NULL;
	*(struct api_side_rate *)value = row;
}

static const char *
side_key(void *of, const void *side)
{
	(void)of;
	return ((const struct beside *)side)->of->record;
}

static const struct listing_column columns[] = {
    {"provider", LISTING_TEXT, false},
    {"provider_name", LISTING_TEXT, false},
    {"numerator", LISTING_TEXT, false},
    {"denominator", LISTING_TEXT, false},
    {"percent", LISTING_TEXT, false},
    {"small", LISTING_TEXT, false},
    {"standard", LISTING_TEXT, false},
    {"verdict", LISTING_TEXT, false},
    {"needed", LISTING_TEXT, false},
    {"to", LISTING_TEXT, false},
    {0},
};

/* What the indicator is, in the words of the newest instrument that has it. */
static void
write_about(struct sides *s)
{
	struct json *j = &s->c->json;
	const struct instrument *in = NULL;
	const struct indicator *all = NULL;
	struct err ignored;
	int n = 0, i = -1;

	if (instruments_newest(
		s->c->svc->instruments, NULL, &in, NULL, &ignored)) {
		all = instrument_indicators(in, &n);
		i = instrument_indicator(
		    in, s->indicator, strlen(s->indicator));
	}
	json_kv_string(j, "indicator", s->indicator);
	json_key(j, "indicators");
	json_array(j);
	for (int k = 0; all != NULL && k < n; k++)
		json_string(j, all[k].id);
	json_array_end(j);
	json_kv_string(j, "title", i >= 0 ? all[i].title.in[TONGUE_EN] : NULL);
	json_kv_string(
	    j, "title_es", i >= 0 ? all[i].title.in[TONGUE_ES] : NULL);
	json_kv_string(j, "basis",
	    i < 0			   ? NULL
	    : all[i].basis == BASIS_CENSUS ? "census"
					   : "sample");
	json_kv_string(j, "programme", s->programme);
	json_kv_int(j, "year", s->year);
}

/* All providers of the year, and of the calendar year before. */
static void
write_system(struct sides *s)
{
	struct json *j = &s->c->json;
	struct rate sum = {0};
	char percent[40];

	for (size_t i = 0; i < s->n; i++) {
		struct rate pair[2] = {sum, s->list[i].rate};

		sum = score_average(pair, 2);
	}
	json_key(j, "system");
	json_object(j);
	json_kv_int(j, "providers", (int64_t)s->n);
	json_kv_int(j, "numerator", sum.num);
	json_kv_int(j, "denominator", sum.den);
	json_kv_string(j, "percent",
	    filled(s->c, score_percent(percent, sizeof percent, &sum, 0)));
	json_object_end(j);
}

/* --- the answer ------------------------------------------------------- */

/* Ids are written in capitals: "s1" is S1. */
static const char *
upper(struct context *c, const char *id)
{
	char *text = arena_strndup(&c->arena, id, strlen(id));

	for (char *p = text; *p != '\0'; p++)
		if (*p >= 'a' && *p <= 'z')
			*p = (char)(*p - 'a' + 'A');
	return text;
}

bool
indicators_answer(struct context *c)
{
	struct sides s = {.c = c};
	struct listing l = {.resource = API_RESOURCE_side_rate,
	    .columns = columns,
	    .natural = "provider_name",
	    .size = sizeof *s.list,
	    .key = side_key,
	    .read = read_side,
	    .of = &s};

	if (!rights_may(c, FACTS_NO_ROW, RIGHT_REVIEWS) ||
	    !rates_read(c, &s.rates))
		return false;
	s.indicator = upper(c, context_text(c, API_OF));
	s.programme = code_word(&codesets[CODES_HOME_KIND],
	    (int)context_number(c, API_PROGRAMME, HOME_KIND_GROUP_HOME));
	s.year = context_number(c, API_YEAR, newest_year(&s));
	gather(&s);
	write_about(&s);
	write_system(&s);
	l.rows = s.list;
	l.page.n = s.n;
	if (!listing_turn(c, &l))
		return false;
	listing_write(c, &l);
	return true;
}
