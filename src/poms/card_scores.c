/* A scorecard as JSON: its indicators, areas and elements. */
#include <stdio.h>

#include "poms/card_part.h"
#include "proto/resources.h"

#define PERCENT 40 /* bytes of a percentage or a standard */

/* --- indicators ------------------------------------------------------------
 */

static int64_t
count(const struct rate *rate, int64_t n)
{
	return rate->known ? n : API_NULL;
}

static const struct benchmark *
benchmark_of(const struct review *r, int indicator)
{
	struct score_terms terms = score_terms(r);

	return instrument_benchmark(
	    r->in, indicator, terms.contract_year, terms.programme);
}

static void
write_indicator(
    struct json *j, const struct review *r, const struct indicator_score *s)
{
	const struct indicator *i = &r->in->indicators[s->indicator];
	const struct benchmark *b = benchmark_of(r, s->indicator);
	char percent[PERCENT], last[PERCENT], average[PERCENT], mark[PERCENT];
	bool judged = s->rate.known && s->rate.den > 0 && s->standard > 0;
	struct api_scored o = {
	    .indicator = i->id,
	    .domain = i->domain,
	    .title = i->title.in[TONGUE_EN],
	    .title_es = card_some(i->title.in[TONGUE_ES]),
	    .basis = i->basis == BASIS_CENSUS ? "census" : "sample",
	    .certainty = card_some(i->certainty),
	    .numerator = count(&s->rate, s->rate.num),
	    .denominator = count(&s->rate, s->rate.den),
	    .percent = card_some(
		score_percent(percent, sizeof percent, &s->rate, s->standard)),
	    .small = s->small,
	    .by_average = s->by_average,
	    .standard_source = b != NULL ? card_some(b->source) : NULL,
	    .verdict = verdict_word(s->verdict),
	    .needed = judged
			  ? score_needed(s->rate.den - s->rate.num, s->standard)
			  : API_NULL,
	    .pending = s->rate.pending,
	    .undetermined = s->rate.undetermined,
	    .missing = s->rate.missing,
	    .fed_numerator = count(&s->fed, s->fed.num),
	    .fed_denominator = count(&s->fed, s->fed.den),
	    .differs = s->differs,
	    .conflict = s->conflict,
	    .last_numerator = count(&s->last, s->last.num),
	    .last_denominator = count(&s->last, s->last.den),
	    .last_percent = card_some(
		score_percent(last, sizeof last, &s->last, s->standard)),
	    .average_numerator = count(&s->average, s->average.num),
	    .average_denominator = count(&s->average, s->average.den),
	    .average_percent = card_some(score_percent(
		average, sizeof average, &s->average, s->standard)),
	    .average_verdict =
		s->average.known ? verdict_word(s->average_verdict) : NULL,
	};

	snprintf(
	    mark, sizeof mark, "%d.%02d", s->standard / 100, s->standard % 100);
	o.standard = s->has_standard && s->standard > 0 ? mark : NULL;
	if (o.needed < 0)
		o.needed = API_NULL; /* no number does */
	api_object(j, API_RESOURCE_scored, &o);
}

/* --- areas and elements ----------------------------------------------------
 */

static void
write_area(struct json *j, const struct review *r, const struct area_score *s)
{
	const struct area *a = &r->in->areas[s->area];
	const struct api_area_scored o = {
	    .area = a->id,
	    .title = a->title.in[TONGUE_EN],
	    .title_es = card_some(a->title.in[TONGUE_ES]),
	    .elements = s->elements,
	    .full = s->full,
	    .improvement_needed = s->improve,
	    .incomplete = s->incomplete,
	    .not_applicable = s->na,
	    .undetermined = s->undetermined,
	    .missing = s->missing,
	    .all_full = s->all_full,
	};

	api_object(j, API_RESOURCE_area_scored, &o);
}

static void
write_element(struct json *j, const struct review *r, const struct element *e)
{
	const struct question *q = &r->in->questions[e->question];
	const struct api_element o = {
	    .area = r->in->areas[q->area].id,
	    .question = q->id,
	    .text = q->text.in[TONGUE_EN],
	    .text_es = card_some(q->text.in[TONGUE_ES]),
	    .result = element_word(e->result),
	    .favourable = e->favourable,
	    .unfavourable = e->unfavourable,
	    .not_applicable = e->na,
	    .undetermined = e->undetermined,
	    .missing = e->missing,
	    .purposive = e->purposive_unfavourable,
	    .conflicts = e->conflicts,
	};

	api_object(j, API_RESOURCE_element, &o);
}

/* --- all of them -----------------------------------------------------------
 */

void
card_scores(struct json *j, const struct score *s, const struct review *r)
{
	json_key(j, "indicators");
	json_array(j);
	for (int i = 0; i < s->indicators_n; i++)
		write_indicator(j, r, &s->indicators[i]);
	json_array_end(j);
	json_key(j, "areas");
	json_array(j);
	for (int i = 0; i < s->areas_n; i++)
		write_area(j, r, &s->areas[i]);
	json_array_end(j);
	json_key(j, "elements");
	json_array(j);
	for (int i = 0; i < s->elements_n; i++)
		write_element(j, r, &s->elements[i]);
	json_array_end(j);
}
