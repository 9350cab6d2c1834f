#include "poms/card.h"

#include <string.h>

#include "base/date.h"
#include "poms/card_part.h"
#include "proto/resources.h"

const char *
card_some(const char *text)
{
	return *text != '\0' ? text : NULL;
}

const char *
card_typed(const struct review *r, int unit, enum known known)
{
	const struct slot *s = unit >= 0 ? state_known(r, unit, known) : NULL;

	return s != NULL && s->cell.answer.state == ANSWER_VALUE
		   ? s->cell.answer.value
		   : "";
}

bool
card_said_yes(const struct review *r, int unit, enum known known)
{
	const struct slot *s = unit >= 0 ? state_known(r, unit, known) : NULL;

	return s != NULL && s->cell.answer.state == ANSWER_YES;
}

bool
card_in_private(const struct review *r, const struct question *q)
{
	return r->in->sections[q->section].interview;
}

/* --- whose ----------------------------------------------------------------
 */

struct card_about
card_about(const struct review *r)
{
	const char *name = card_typed(r, 0, KNOWN_PROVIDER);
	const char *id = review_fact(r, 0, FACT_ID);
	struct score_terms terms = score_terms(r);

	if (*name == '\0')
		name = review_fact(r, 0, FACT_LABEL);
	if (*id == '\0')
		id = name;
	return (struct card_about){
	    .provider = id,
	    .provider_name = *name != '\0' ? name : id,
	    .programme = card_typed(r, 0, KNOWN_PROGRAMME),
	    .kind = card_typed(r, 0, KNOWN_KIND),
	    .lead = card_typed(r, 0, KNOWN_LEAD),
	    .contract_year = terms.contract_year,
	    .from = state_day(r, 0, KNOWN_FROM),
	    .to = state_day(r, 0, KNOWN_TO),
	    .exit = state_day(r, 0, KNOWN_EXIT),
	    .notice = state_day(r, 0, KNOWN_NOTICE),
	    .proposed = card_typed(r, 0, KNOWN_PROPOSED),
	    .proposed_why = card_typed(r, 0, KNOWN_PROPOSED_WHY),
	};
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
	    .text_es = card_some(q->text.in[TONGUE_ES]),
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

void
card_write(struct json *j, const struct scorecard *c, const struct review *r)
{
	json_kv_bool(j, "example", r->in->about.example);
	card_scores(j, &c->score, r);
	card_findings(j, c, r);
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

/* --- plans ------------------------------------------------------------
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
		cap->extended_by != NULL ? card_some(cap->extended_by) : NULL,
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
	    .county_words = card_some(clock->county_words),
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
		o.source = card_some(card_typed(r, i, KNOWN_CAP_SOURCE));
		api_object(j, API_RESOURCE_plan, &o);
	}
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
