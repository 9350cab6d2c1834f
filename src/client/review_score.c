#include "client/review_score.h"

#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "base/i18n.h"
#include "client/answer.h"
#include "poms/cap.h"

/* --- the answer --- */

static void
add_text(cJSON *o, const char *key, const char *text)
{
	cJSON_AddStringToObject(o, key, text);
}

static void
add_number(cJSON *o, const char *key, int64_t n)
{
	cJSON_AddNumberToObject(o, key, (double)n);
}

static cJSON *
add_object(cJSON *list)
{
	cJSON *o = cJSON_CreateObject();

	cJSON_AddItemToArray(list, o);
	return o;
}

static void
add_indicator(cJSON *list, const struct review *r,
    const struct indicator_score *s, enum tongue tongue)
{
	int n;
	const struct indicator *i =
	    &instrument_indicators(review_instrument(r), &n)[s->indicator];
	cJSON *o = add_object(list);
	char text[40];

	add_text(o, "indicator", i->id);
	add_text(o, "title", i->title.in[tongue]);
	add_text(o, "basis", i->basis == BASIS_CENSUS ? "census" : "sample");
	if (s->rate.known) {
		add_number(o, "numerator", s->rate.num);
		add_number(o, "denominator", s->rate.den);
	}
	add_text(o, "percent",
	    score_percent(text, sizeof text, &s->rate, s->standard));
	if (s->standard > 0) {
		snprintf(text, sizeof text, "%d.%02d", s->standard / 100,
		    s->standard % 100);
		add_text(o, "standard", text);
	}
	add_text(o, "verdict", verdict_word(s->verdict));
	add_number(o, "pending", s->rate.pending);
	add_number(o, "undetermined", s->rate.undetermined);
	add_number(o, "missing", s->rate.missing);
	if (s->fed.known) {
		add_number(o, "fed_numerator", s->fed.num);
		add_number(o, "fed_denominator", s->fed.den);
	}
	cJSON_AddBoolToObject(o, "conflict", s->conflict);
}

static void
add_area(cJSON *list, const struct review *r, const struct area_score *s,
    enum tongue tongue)
{
	int n;
	const struct area *a =
	    &instrument_areas(review_instrument(r), &n)[s->area];
	cJSON *o = add_object(list);

	add_text(o, "area", a->id);
	add_text(o, "title", a->title.in[tongue]);
	add_number(o, "full", s->full);
	add_number(o, "elements", s->elements);
	add_number(o, "improvement_needed", s->improve);
	add_number(o, "incomplete", s->incomplete);
	add_number(o, "undetermined", s->undetermined);
	add_number(o, "missing", s->missing);
}

static void
add_finding(cJSON *list, const struct review *r, const struct finding *f,
    enum tongue tongue)
{
	int n;
	const struct question *q =
	    &instrument_questions(review_instrument(r), &n)[f->question];
	cJSON *o = add_object(list);

	add_text(o, "question", q->id);
	add_text(o, "text", q->text.in[tongue]);
	add_number(o, "units", f->cells);
	cJSON_AddBoolToObject(o, "written", f->unit >= 0);
	cJSON_AddBoolToObject(o, "immediate", f->immediate);
	cJSON_AddBoolToObject(o, "repeat", f->repeat);
}

static void
add_plan(cJSON *list, const struct review *r, int unit, int32_t today)
{
	struct cap cap;
	struct cap_clock clock;
	char day[DATE_TEXT];
	cJSON *o;

	if (!cap_of(&cap, r, unit) || review_unit(r, unit)->dropped)
		return;
	clock = cap_clock(&cap, review_instrument(r), today);
	o = add_object(list);
	add_text(o, "plan", review_unit(r, unit)->label);
	add_text(o, "stage", cap_stage_word(clock.stage));
	add_text(o, "due", date_format(clock.due, day));
	add_number(o, "days_left", clock.days_left);
	add_text(o, "band", late_band_word(clock.band));
	add_text(o, "county_due", date_format(clock.county_due, day));
	if (clock.county_due != DATE_MISSING && clock.county_late >= 0)
		add_number(o, "county_late", clock.county_late);
	add_text(o, "carried_band", late_band_word(clock.carried_band));
}

static void
add_line(cJSON *list, const struct sample_line *s)
{
	cJSON *o = add_object(list);

	add_text(o, "unit", unit_word(s->unit));
	add_number(o, "selected", s->selected);
	add_number(o, "done", s->done);
	add_number(o, "partly", s->partly);
	add_number(o, "other", s->other);
	add_number(o, "open", s->open);
	add_number(o, "replaced", s->replaced);
	add_number(o, "purposive", s->purposive);
}

void
review_score_answer(cJSON *answer, const struct review *r, int32_t today)
{
	struct score_terms terms = score_terms(r);
	enum tongue tongue = review_tongue();
	cJSON *indicators = cJSON_AddArrayToObject(answer, "indicators");
	cJSON *areas = cJSON_AddArrayToObject(answer, "areas");
	cJSON *findings = cJSON_AddArrayToObject(answer, "findings");
	cJSON *plans = cJSON_AddArrayToObject(answer, "plans");
	cJSON *sample = cJSON_AddArrayToObject(answer, "sample");
	struct scorecard c;

	cJSON_AddBoolToObject(
	    answer, "example", instrument_about(review_instrument(r))->example);
	scorecard_make(&c, r, &terms);
	for (int i = 0; i < c.score.indicators_n; i++)
		add_indicator(indicators, r, &c.score.indicators[i], tongue);
	for (int i = 0; i < c.score.areas_n; i++)
		add_area(areas, r, &c.score.areas[i], tongue);
	for (int i = 0; i < c.findings_n; i++)
		add_finding(findings, r, &c.findings[i], tongue);
	for (int i = 0; i < review_units(r); i++)
		add_plan(plans, r, i, today);
	for (int i = 0; i < c.sample_n; i++)
		add_line(sample, &c.sample[i]);
	scorecard_free(&c);
}

bool
review_letter_answer(
    cJSON *answer, const struct review *r, enum tongue tongue, struct err *err)
{
	struct score_terms terms = score_terms(r);
	int q = instrument_question(review_instrument(r), "Z03a", 4);
	const struct review_cell *cell = q >= 0 ? review_cell(r, 0, q) : NULL;
	const char *text = cell != NULL ? cell->answer.value : "";
	int32_t notice = date_parse(text, strlen(text));
	struct buf letter = {0};
	struct scorecard c;

	if (notice == DATE_MISSING)
		return err_set(err, ERR_NO_ANSWER, "%s",
		    _("answer Z03a first: the day of the notice"));
	scorecard_make(&c, r, &terms);
	letter_text(&letter, &c, r, notice, tongue);
	cJSON_AddStringToObject(answer, "letter", buf_text(&letter));
	buf_free(&letter);
	scorecard_free(&c);
	return true;
}

enum tongue
review_tongue(void)
{
	const char *locale = setlocale(LC_MESSAGES, NULL);

	return locale != NULL && strncmp(locale, "es", 2) == 0 ? TONGUE_ES
							       : TONGUE_EN;
}

/* --- showing --- */

struct shown {
	const char *key, *title;
	enum doc_type type;
};

static void
show_rows(struct doc *doc, const cJSON *answer, const char *key,
    const char *title, const struct shown *columns)
{
	struct doc_table *t;
	const cJSON *o;

	if (cJSON_GetArraySize(answer_item(answer, key)) == 0)
		return;
	t = doc_table(doc, title);
	for (const struct shown *c = columns; c->key != NULL; c++)
		doc_column(t, c->key, _(c->title), c->type, DOC_BOTH);
	ANSWER_EACH(o, answer, key)
	{
		for (const struct shown *c = columns; c->key != NULL; c++)
			doc_cell(t, answer_text(doc, o, c->key));
	}
}

/* Line by line: a letter's blank lines and indents are part of it. */
static void
show_letter(struct doc *doc, const char *letter)
{
	while (*letter != '\0') {
		size_t n = strcspn(letter, "\n");

		doc_text(doc, "%.*s", (int)n, letter);
		letter += n + (letter[n] == '\n');
	}
}

void
review_score_show(struct doc *doc, const cJSON *answer)
{
	static const struct shown indicators[] = {
	    {"indicator", N_("Indicator"), DOC_ID},
	    {"numerator", N_("Met"), DOC_NUMBER},
	    {"denominator", N_("Of"), DOC_NUMBER}, {"percent", "%", DOC_NUMBER},
	    {"standard", N_("Standard"), DOC_NUMBER},
	    {"verdict", N_("Verdict"), DOC_ID},
	    {"pending", N_("Pending"), DOC_NUMBER},
	    {"undetermined", N_("Undetermined"), DOC_NUMBER},
	    {"missing", N_("Missing"), DOC_NUMBER}, {0}};
	static const struct shown areas[] = {{"area", N_("Area"), DOC_ID},
	    {"title", N_("Title"), DOC_WORDS}, {"full", N_("Full"), DOC_NUMBER},
	    {"elements", N_("Elements"), DOC_NUMBER},
	    {"undetermined", N_("Undetermined"), DOC_NUMBER},
	    {"missing", N_("Missing"), DOC_NUMBER}, {0}};
	static const struct shown findings[] = {
	    {"question", N_("Finding"), DOC_ID},
	    {"units", N_("Seen"), DOC_NUMBER},
	    {"text", N_("Question"), DOC_WORDS}, {0}};
	static const struct shown plans[] = {{"plan", N_("Plan"), DOC_ID},
	    {"stage", N_("Stage"), DOC_ID}, {"due", N_("Due"), DOC_DATE},
	    {"days_left", N_("Days left"), DOC_NUMBER},
	    {"band", N_("Late"), DOC_ID},
	    {"county_due", N_("County due"), DOC_DATE}, {0}};
	const char *letter =
	    cJSON_GetStringValue(answer_item(answer, "letter"));

	show_rows(doc, answer, "indicators", _("Indicators"), indicators);
	show_rows(doc, answer, "areas", _("Areas"), areas);
	show_rows(doc, answer, "findings", _("Findings"), findings);
	show_rows(doc, answer, "plans", _("Corrective action plans"), plans);
	if (letter != NULL)
		show_letter(doc, letter);
	if (answer_true(answer, "example"))
		doc_note(
		    doc, "%s", _("An example instrument: no official rule."));
}
