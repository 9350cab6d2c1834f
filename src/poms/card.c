#include "poms/card.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "poms/state.h"
#include "proto/resources.h"

#define PERCENT 40 /* bytes of a percentage or a standard */

/* "" is null in answers. */
static const char *
some(const char *text)
{
	return *text != '\0' ? text : NULL;
}

static const char *
typed(const struct review *r, int unit, enum known known)
{
	const struct slot *s = unit >= 0 ? state_known(r, unit, known) : NULL;

	return s != NULL && s->cell.answer.state == ANSWER_VALUE
		   ? s->cell.answer.value
		   : "";
}

static bool
said_yes(const struct review *r, int unit, enum known known)
{
	const struct slot *s = unit >= 0 ? state_known(r, unit, known) : NULL;

	return s != NULL && s->cell.answer.state == ANSWER_YES;
}

static bool
is_interview(const struct review *r, const struct question *q)
{
	return r->in->sections[q->section].interview;
}

/* --- whose ----------------------------------------------------------------
 */

struct card_about
card_about(const struct review *r)
{
	const char *name = typed(r, 0, KNOWN_PROVIDER);
	const char *id = review_fact(r, 0, FACT_ID);
	struct score_terms terms = score_terms(r);

	if (*name == '\0')
		name = review_fact(r, 0, FACT_LABEL);
	if (*id == '\0')
		id = name;
	return (struct card_about){
	    .provider = id,
	    .provider_name = *name != '\0' ? name : id,
	    .programme = typed(r, 0, KNOWN_PROGRAMME),
	    .kind = typed(r, 0, KNOWN_KIND),
	    .lead = typed(r, 0, KNOWN_LEAD),
	    .contract_year = terms.contract_year,
	    .from = state_day(r, 0, KNOWN_FROM),
	    .to = state_day(r, 0, KNOWN_TO),
	    .exit = state_day(r, 0, KNOWN_EXIT),
	    .notice = state_day(r, 0, KNOWN_NOTICE),
	    .proposed = typed(r, 0, KNOWN_PROPOSED),
	    .proposed_why = typed(r, 0, KNOWN_PROPOSED_WHY),
	};
}

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
	    .title_es = some(i->title.in[TONGUE_ES]),
	    .basis = i->basis == BASIS_CENSUS ? "census" : "sample",
	    .certainty = some(i->certainty),
	    .numerator = count(&s->rate, s->rate.num),
	    .denominator = count(&s->rate, s->rate.den),
	    .percent = some(
		score_percent(percent, sizeof percent, &s->rate, s->standard)),
	    .small = s->small,
	    .by_average = s->by_average,
	    .standard_source = b != NULL ? some(b->source) : NULL,
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
	    .last_percent =
		some(score_percent(last, sizeof last, &s->last, s->standard)),
	    .average_numerator = count(&s->average, s->average.num),
	    .average_denominator = count(&s->average, s->average.den),
	    .average_percent = some(score_percent(
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
	    .title_es = some(a->title.in[TONGUE_ES]),
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
	    .text_es = some(q->text.in[TONGUE_ES]),
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

/* --- findings --------------------------------------------------------------
 */

static void
write_finding(struct json *j, const struct review *r, const struct finding *f)
{
	const struct question *q = &r->in->questions[f->question];
	const struct api_finding o = {
	    .question = q->id,
	    .area = q->area >= 0 ? r->in->areas[q->area].id : NULL,
	    .text = q->text.in[TONGUE_EN],
	    .text_es = some(q->text.in[TONGUE_ES]),
	    .first = some(q->unfavourable.in[TONGUE_EN]),
	    .first_es = some(q->unfavourable.in[TONGUE_ES]),
	    /* How many of those asked in private said so is not told. */
	    .units = is_interview(r, q) ? API_NULL : f->cells,
	    .written = f->unit >= 0,
	    .facts = some(typed(r, f->unit, KNOWN_FND_FACTS)),
	    .evidence = some(typed(r, f->unit, KNOWN_FND_EVIDENCE)),
	    .immediate =
		f->immediate || said_yes(r, f->unit, KNOWN_FND_IMMEDIATE),
	    .told_at = some(typed(r, f->unit, KNOWN_FND_TOLD)),
	    .told_to = some(typed(r, f->unit, KNOWN_FND_TOLD_TO)),
	    .fixed = said_yes(r, f->unit, KNOWN_FND_FIXED),
	    .fixed_on = f->unit >= 0 ? state_day(r, f->unit, KNOWN_FND_FIXED_ON)
				     : DATE_MISSING,
	    .repeat = f->repeat,
	    .disagrees = said_yes(r, f->unit, KNOWN_FND_DISAGREES),
	    .response = some(typed(r, f->unit, KNOWN_FND_RESPONSE)),
	};

	api_object(j, API_RESOURCE_finding, &o);
}

static void
write_open(struct json *j, const struct review *r)
{
	struct arena arena = {0};
	int n;
	const struct open_finding *list = follow_due(r, &arena, &n);

	json_key(j, "open_findings");
	json_array(j);
	for (int i = 0; i < n; i++) {
		int q = instrument_question(
		    r->in, list[i].question, strlen(list[i].question));
		const struct question *of =
		    q >= 0 ? &r->in->questions[q] : NULL;
		const struct api_open_finding o = {
		    .question = list[i].question,
		    .text = of != NULL ? of->text.in[TONGUE_EN] : NULL,
		    .text_es = of != NULL ? some(of->text.in[TONGUE_ES]) : NULL,
		    .since = list[i].since,
		};

		api_object(j, API_RESOURCE_open_finding, &o);
	}
	json_array_end(j);
	arena_free(&arena);
}

/* --- tallies ---------------------------------------------------------------
 */

static void
write_tallies(struct json *j, const char *key, const struct review *r,
    const struct option_tally *list, int n)
{
	json_key(j, key);
	json_array(j);
	for (int i = 0; i < n; i++) {
		const struct question *q = &r->in->questions[list[i].question];
		const struct choice *c = &q->options[list[i].option];
		const struct api_tally o = {
		    .question = q->id,
		    .option = c->id,
		    .text = c->text.in[TONGUE_EN],
		    .text_es = some(c->text.in[TONGUE_ES]),
		    .count = list[i].n,
		};

		api_object(j, API_RESOURCE_tally, &o);
	}
	json_array_end(j);
}

static void
write_sites(struct json *j, const struct review *r, const struct scorecard *c)
{
	json_key(j, "sites");
	json_array(j);
	for (int i = 0; i < c->sites_n; i++) {
		const struct site_tally *s = &c->sites[i];
		const struct review_unit *u =
		    s->unit >= 0 ? review_unit(r, s->unit) : NULL;
		const struct api_cited o = {
		    .site = u != NULL ? u->key : NULL,
		    .label = u != NULL ? u->label : NULL,
		    .citations = s->citations,
		    .safety = s->safety,
		};

		api_object(j, API_RESOURCE_cited, &o);
	}
	json_array_end(j);
}

/* --- interviews and the sample ---------------------------------------------
 */

static int
answered(const struct interview_count *c)
{
	return c->yes + c->no + c->na + c->undetermined + c->declined;
}

/* How many had answered the question then; -1: it was not shown. */
static int64_t
answered_then(const cJSON *earlier, const char *question)
{
	const cJSON *o;
	struct api_said said;

	cJSON_ArrayForEach(o, earlier)
	{
		if (api_read(&said, API_RESOURCE_said, o) &&
		    said.question != NULL &&
		    strcmp(said.question, question) == 0 && !said.suppressed)
			return said.yes + said.no + said.not_applicable +
			       said.undetermined + said.declined;
	}
	return -1;
}

void
card_guard(struct scorecard *c, const struct review *r, const cJSON *earlier)
{
	for (int i = 0; i < c->interviews_n; i++) {
		struct interview_count *now = &c->interviews[i];
		int64_t then =
		    answered_then(earlier, r->in->questions[now->question].id);
		int64_t apart = answered(now) - then;

		if (now->suppressed || then < 0 || apart == 0 ||
		    apart >= INTERVIEWS_LEAST || -apart >= INTERVIEWS_LEAST)
			continue;
		*now = (struct interview_count){
		    .question = now->question, .suppressed = true};
	}
}

static void
write_said(
    struct json *j, const struct review *r, const struct interview_count *c)
{
	const struct question *q = &r->in->questions[c->question];
	struct api_said o = {
	    .question = q->id,
	    .text = q->text.in[TONGUE_EN],
	    .text_es = some(q->text.in[TONGUE_ES]),
	    .yes = c->yes,
	    .no = c->no,
	    .not_applicable = c->na,
	    .undetermined = c->undetermined,
	    .declined = c->declined,
	    .suppressed = c->suppressed,
	};

	if (c->suppressed)
		o.yes = o.no = o.not_applicable = o.undetermined = o.declined =
		    API_NULL;
	api_object(j, API_RESOURCE_said, &o);
}

static void
write_sampled(struct json *j, const struct sample_line *s)
{
	const struct api_sampled o = {
	    .unit = unit_word(s->unit),
	    .selected = s->selected,
	    .done = s->done,
	    .partly = s->partly,
	    .other = s->other,
	    .open = s->open,
	    .replaced = s->replaced,
	    .purposive = s->purposive,
	};

	api_object(j, API_RESOURCE_sampled, &o);
}

static void
write_counts(struct json *j, const struct scorecard *c)
{
	json_key(j, "counts");
	json_object(j);
	json_kv_int(j, "answered", c->answered);
	json_kv_int(j, "copied", c->copied);
	json_kv_int(j, "hidden", c->hidden);
	json_object_end(j);
}

/* --- the whole -------------------------------------------------------------
 */

static void
write_score(struct json *j, const struct score *s, const struct review *r)
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

void
card_write(struct json *j, const struct scorecard *c, const struct review *r)
{
	json_kv_bool(j, "example", r->in->about.example);
	write_score(j, &c->score, r);
	json_key(j, "findings");
	json_array(j);
	for (int i = 0; i < c->findings_n; i++)
		write_finding(j, r, &c->findings[i]);
	json_array_end(j);
	write_open(j, r);
	write_tallies(j, "citations", r, c->citations, c->citations_n);
	write_sites(j, r, c);
	write_tallies(j, "incidents", r, c->incidents, c->incidents_n);
	write_tallies(j, "discharges", r, c->discharges, c->discharges_n);
	json_key(j, "interviews");
	json_array(j);
	for (int i = 0; i < c->interviews_n; i++)
		write_said(j, r, &c->interviews[i]);
	json_array_end(j);
	json_key(j, "sample");
	json_array(j);
	for (int i = 0; i < c->sample_n; i++)
		write_sampled(j, &c->sample[i]);
	json_array_end(j);
	write_counts(j, c);
	card_overrides(j, r);
}

/* --- plans -----------------------------------------------------------------
 */

struct api_plan
card_plan(const struct cap *cap, const struct cap_clock *clock)
{
	return (struct api_plan){
	    .safety = cap->safety,
	    .notice = cap->notice,
	    .immediate = cap->immediate,
	    .due = clock->due,
	    .extended = cap->extended,
	    .extended_by =
		cap->extended_by != NULL ? some(cap->extended_by) : NULL,
	    .received = cap->received,
	    .approved = cap->approved,
	    .carry_out = cap->carry_out,
	    .carried_out = cap->carried_out,
	    .uncovered = cap->uncovered,
	    .repeat = cap->repeat,
	    .stage = cap_stage_word(clock->stage),
	    .days_left = clock->days_left,
	    .on_time = clock->on_time,
	    .late = clock->late,
	    .band = late_band_word(clock->band),
	    .county_due = clock->county_due,
	    .county_late =
		clock->county_due == DATE_MISSING || clock->county_late < 0
		    ? API_NULL
		    : clock->county_late,
	    .carried_late = clock->carried_late,
	    .carried_band = late_band_word(clock->carried_band),
	};
}

void
card_plans(struct json *j, const struct review *r, int32_t today)
{
	json_key(j, "plans");
	json_array(j);
	for (int i = 0; i < review_units(r); i++) {
		struct cap cap;
		struct cap_clock clock;
		struct api_plan o;

		if (!cap_of(&cap, r, i) || review_unit(r, i)->dropped)
			continue;
		clock = cap_clock(&cap, r->in, today);
		o = card_plan(&cap, &clock);
		o.plan = review_unit(r, i)->key;
		o.label = review_unit(r, i)->label;
		o.source = some(typed(r, i, KNOWN_CAP_SOURCE));
		api_object(j, API_RESOURCE_plan, &o);
	}
	json_array_end(j);
}

/* --- why -------------------------------------------------------------------
 */

static void
write_unit(struct json *j, const struct review_unit *u)
{
	json_kv_string(j, "unit", unit_word(u->kind));
	json_kv_string(j, "key", some(u->key));
}

static void
write_answer(
    struct json *j, const struct review *r, const struct question *q, int unit)
{
	const struct review_unit *u = review_unit(r, unit);
	const struct review_cell *c = &state_slot(r, unit, q)->cell;

	json_object(j);
	json_kv_string(j, "question", q->id);
	write_unit(j, u);
	json_kv_string(j, "answer",
	    c->answer.state == ANSWER_VALUE
		? c->answer.value
		: response_state_word(c->answer.state));
	json_kv_string(j, "reason", some(c->answer.reason));
	json_kv_string(j, "fed",
	    c->fed.state == ANSWER_UNASKED ? NULL
	    : c->fed.state == ANSWER_VALUE ? c->fed.value
					   : response_state_word(c->fed.state));
	json_kv_string(
	    j, "source", c->fed_source != NULL ? some(c->fed_source) : NULL);
	json_kv_string(j, "verdict", NULL);
	json_kv_bool(j, "sample", u->sample);
	json_object_end(j);
}

/* What was said in private stays out, as everywhere. */
void
card_overrides(struct json *j, const struct review *r)
{
	json_key(j, "overrides");
	json_array(j);
	for (size_t i = 0; i < r->rows_n; i++)
		for (int k = 0; k < r->in->questions_n; k++) {
			const struct question *q = &r->in->questions[k];

			if (q->unit == r->rows[i].unit.kind &&
			    !is_interview(r, q) &&
			    review_overrides(r, (int)i, k))
				write_answer(j, r, q, (int)i);
		}
	json_array_end(j);
}

static void
why_element(struct json *j, const struct review *r, const struct element *e)
{
	const struct question *q = &r->in->questions[e->question];

	json_object(j);
	json_kv_string(j, "of", q->id);
	json_key(j, "answers");
	json_array(j);
	for (size_t i = 0; i < r->rows_n && !is_interview(r, q); i++) {
		const struct review_unit *u = &r->rows[i].unit;

		if (u->kind == q->unit && u->asked &&
		    (state_slot(r, (int)i, q)->cell.flags & CELL_ASKED) != 0)
			write_answer(j, r, q, (int)i);
	}
	json_array_end(j);
	json_object_end(j);
}

struct counts {
	struct json *j;
	const struct review *r;
};

static void
why_count(void *arg, int question)
{
	const struct counts *c = arg;
	const struct question *q = &c->r->in->questions[question];

	if (q->unit == UNIT_AG && !is_interview(c->r, q))
		write_answer(c->j, c->r, q, 0);
}

static void
why_row(struct json *j, const struct review *r, const struct scored_row *row)
{
	const struct review_unit *u = review_unit(r, row->unit);

	json_object(j);
	json_kv_string(j, "question", NULL);
	write_unit(j, u);
	json_kv_string(j, "answer", NULL);
	json_kv_string(j, "reason", NULL);
	json_kv_string(j, "fed", NULL);
	json_kv_string(j, "source", NULL);
	json_kv_string(j, "verdict", row_verdict_word(row->verdict));
	json_kv_bool(j, "sample", u->sample);
	json_object_end(j);
}

static void
why_indicator(struct json *j, const struct scorecard *c, const struct review *r,
    int indicator)
{
	const struct indicator *i = &r->in->indicators[indicator];
	struct counts counts = {j, r};

	json_object(j);
	json_kv_string(j, "of", i->id);
	json_key(j, "answers");
	json_array(j);
	if (i->numerator != NULL)
		rule_questions(i->numerator, why_count, &counts);
	if (i->wait != NULL)
		rule_questions(i->wait, why_count, &counts);
	for (size_t k = 0; k < c->score.rows_n; k++)
		if (c->score.rows[k].indicator == indicator)
			why_row(j, r, &c->score.rows[k]);
	json_array_end(j);
	json_object_end(j);
}

void
card_why(struct json *j, const struct scorecard *c, const struct review *r)
{
	json_key(j, "made_of");
	json_array(j);
	for (int i = 0; i < c->score.elements_n; i++)
		why_element(j, r, &c->score.elements[i]);
	for (int i = 0; i < c->score.indicators_n; i++)
		why_indicator(j, c, r, c->score.indicators[i].indicator);
	json_array_end(j);
}

/* --- rates -----------------------------------------------------------------
 */

void
card_rates(struct json *j, const struct scorecard *c, const struct review *r)
{
	json_key(j, "rates");
	json_object(j);
	for (int i = 0; i < c->score.indicators_n; i++) {
		const struct indicator_score *s = &c->score.indicators[i];

		json_key(j, r->in->indicators[s->indicator].id);
		json_array(j);
		json_bool(j, s->rate.known);
		json_int(j, s->rate.num);
		json_int(j, s->rate.den);
		json_int(j, s->rate.pending);
		json_int(j, s->rate.undetermined);
		json_int(j, s->rate.missing);
		json_int(j, s->has_standard ? s->standard : -1);
		json_string(j, verdict_word(s->verdict));
		json_array_end(j);
	}
	json_object_end(j);
}

static int64_t
number_at(const cJSON *list, int i)
{
	const cJSON *n = cJSON_GetArrayItem(list, i);

	return cJSON_IsNumber(n) ? (int64_t)n->valuedouble : 0;
}

struct rate
card_rate(const cJSON *rates, const char *indicator, int *standard,
    const char **verdict)
{
	const cJSON *list = cJSON_GetObjectItemCaseSensitive(rates, indicator);
	const char *word = cJSON_GetStringValue(cJSON_GetArrayItem(list, 7));

	*standard = list != NULL ? (int)number_at(list, 6) : -1;
	*verdict = word;
	return (struct rate){
	    .known = cJSON_IsTrue(cJSON_GetArrayItem(list, 0)),
	    .num = number_at(list, 1),
	    .den = number_at(list, 2),
	    .pending = number_at(list, 3),
	    .undetermined = number_at(list, 4),
	    .missing = number_at(list, 5),
	};
}
