/* A scorecard as JSON: its findings, what stays open, and the tallies. */
#include <string.h>

#include "base/date.h"
#include "poms/card_part.h"
#include "poms/repeat.h"
#include "proto/resources.h"

/* --- findings --------------------------------------------------------------
 */

static void
write_finding(struct json *j, const struct review *r, const struct finding *f)
{
	const struct question *q = &r->in->questions[f->question];
	int year = repeat_year(r);
	const struct api_finding o = {
	    .question = q->id,
	    .area = q->area >= 0 ? r->in->areas[q->area].id : NULL,
	    .text = q->text.in[TONGUE_EN],
	    .text_es = card_some(q->text.in[TONGUE_ES]),
	    .first = card_some(q->unfavourable.in[TONGUE_EN]),
	    .first_es = card_some(q->unfavourable.in[TONGUE_ES]),
	    /* How many of those asked in private said so is not told. */
	    .units = card_in_private(r, q) ? API_NULL : f->cells,
	    .written = f->unit >= 0,
	    .facts = card_some(card_typed(r, f->unit, KNOWN_FND_FACTS)),
	    .evidence = card_some(card_typed(r, f->unit, KNOWN_FND_EVIDENCE)),
	    .immediate =
		f->immediate || card_said_yes(r, f->unit, KNOWN_FND_IMMEDIATE),
	    .told_at = card_some(card_typed(r, f->unit, KNOWN_FND_TOLD)),
	    .told_to = card_some(card_typed(r, f->unit, KNOWN_FND_TOLD_TO)),
	    .fixed = card_said_yes(r, f->unit, KNOWN_FND_FIXED),
	    .fixed_on = f->unit >= 0 ? state_day(r, f->unit, KNOWN_FND_FIXED_ON)
				     : DATE_MISSING,
	    .repeat = f->repeat,
	    .repeat_of = f->repeat && year > 0 ? year : API_NULL,
	    .disagrees = card_said_yes(r, f->unit, KNOWN_FND_DISAGREES),
	    .response = card_some(card_typed(r, f->unit, KNOWN_FND_RESPONSE)),
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
		    .text_es =
			of != NULL ? card_some(of->text.in[TONGUE_ES]) : NULL,
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
		    .text_es = card_some(c->text.in[TONGUE_ES]),
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

/* --- all of them -----------------------------------------------------------
 */

void
card_findings(struct json *j, const struct scorecard *c, const struct review *r)
{
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
}
