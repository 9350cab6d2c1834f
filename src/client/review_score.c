#include "client/review_score.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "base/i18n.h"
#include "base/json.h"
#include "client/answer.h"
#include "client/unit_words.h"
#include "poms/card.h"

/* --- the answer --- */

/* The same members as the service's scorecard has. */
static void
score_json(struct buf *out, const struct review *r, int32_t today)
{
	struct score_terms terms = score_terms(r);
	struct scorecard c;
	struct json j;

	json_begin(&j, out);
	json_object(&j);
	scorecard_make(&c, r, &terms);
	card_write(&j, &c, r);
	card_plans(&j, r, today);
	scorecard_free(&c);
	json_object_end(&j);
}

void
review_score_answer(cJSON *answer, const struct review *r, int32_t today)
{
	struct buf text = {0};
	struct err err;
	cJSON *card, *part;

	score_json(&text, r, today);
	card = json_parse(text.data, text.len, text.len, &err);
	while (card != NULL && (part = card->child) != NULL) {
		cJSON_DetachItemViaPointer(card, part);
		cJSON_AddItemToObject(answer, part->string, part);
	}
	cJSON_Delete(card);
	buf_free(&text);
}

void
review_overrides_answer(cJSON *answer, const struct review *r)
{
	struct buf text = {0};
	struct err err;
	struct json j;
	cJSON *part;

	json_begin(&j, &text);
	json_object(&j);
	card_overrides(&j, r);
	json_object_end(&j);
	part = json_parse(text.data, text.len, text.len, &err);
	cJSON_AddItemToObject(answer, "overrides",
	    cJSON_DetachItemFromObjectCaseSensitive(part, "overrides"));
	cJSON_Delete(part);
	buf_free(&text);
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

/* --- showing --- */

struct shown {
	const char *key, *title;
	enum doc_type type;
	unsigned in; /* 0: everywhere */
};

static const struct shown indicators[] = {
    {"indicator", N_("Indicator"), DOC_ID, 0},
    {"title", N_("Title"), DOC_WORDS, DOC_HEAR | DOC_DATA},
    {"numerator", N_("Met"), DOC_NUMBER, 0},
    {"denominator", N_("Of"), DOC_NUMBER, 0}, {"percent", "%", DOC_NUMBER, 0},
    {"standard", N_("Standard"), DOC_NUMBER, 0},
    {"verdict", N_("Verdict"), DOC_ID, DOC_DATA},
    {"verdict", N_("Verdict"), DOC_WORDS, DOC_PAGE},
    {"needed", N_("Needs"), DOC_NUMBER, 0},
    {"last_percent", N_("Last year"), DOC_NUMBER, 0},
    {"average_percent", N_("Average"), DOC_NUMBER, 0},
    {"pending", N_("Pending"), DOC_NUMBER, 0},
    {"undetermined", N_("Undetermined"), DOC_NUMBER, 0},
    {"missing", N_("Missing"), DOC_NUMBER, 0},
    {"basis", N_("Basis"), DOC_ID, 0},
    {"fed_numerator", N_("Case data: met"), DOC_NUMBER, DOC_DATA},
    {"fed_denominator", N_("Case data: of"), DOC_NUMBER, DOC_DATA}, {0}};
static const struct shown areas[] = {{"area", N_("Area"), DOC_ID, 0},
    {"title", N_("Title"), DOC_WORDS, 0}, {"full", N_("Full"), DOC_NUMBER, 0},
    {"elements", N_("Elements"), DOC_NUMBER, 0},
    {"improvement_needed", N_("To improve"), DOC_NUMBER, 0},
    {"undetermined", N_("Undetermined"), DOC_NUMBER, 0},
    {"missing", N_("Missing"), DOC_NUMBER, 0}, {0}};
static const struct shown elements[] = {{"area", N_("Area"), DOC_ID, 0},
    {"question", N_("Element"), DOC_ID, 0},
    {"result", N_("Result"), DOC_ID, DOC_DATA},
    {"result", N_("Result"), DOC_WORDS, DOC_PAGE},
    {"favourable", N_("Yes"), DOC_NUMBER, 0},
    {"unfavourable", N_("No"), DOC_NUMBER, 0},
    {"not_applicable", N_("Not applicable"), DOC_NUMBER, DOC_DATA},
    {"undetermined", N_("Undetermined"), DOC_NUMBER, 0},
    {"missing", N_("Missing"), DOC_NUMBER, 0},
    {"text", N_("Question"), DOC_WORDS, 0}, {0}};
static const struct shown findings[] = {{"question", N_("Finding"), DOC_ID, 0},
    {"units", N_("Seen"), DOC_NUMBER, 0},
    {"immediate", N_("At once"), DOC_ID, 0},
    {"repeat", N_("Repeat"), DOC_ID, 0},
    {"repeat_of", N_("Repeat of"), DOC_ID, 0},
    {"text", N_("Question"), DOC_WORDS, 0},
    {"facts", N_("Facts"), DOC_WORDS, 0},
    {"response", N_("The provider's answer"), DOC_WORDS, 0}, {0}};
static const struct shown open_findings[] = {
    {"question", N_("Finding"), DOC_ID, 0}, {"since", N_("Since"), DOC_DATE, 0},
    {"text", N_("Question"), DOC_WORDS, 0}, {0}};
static const struct shown plans[] = {{"label", N_("Plan"), DOC_ID, 0},
    {"stage", N_("Stage"), DOC_ID, DOC_DATA},
    {"stage", N_("Stage"), DOC_WORDS, DOC_PAGE},
    {"due", N_("Due"), DOC_DATE, 0},
    {"days_left", N_("Days left"), DOC_NUMBER, 0},
    {"band", N_("Late"), DOC_ID, 0},
    {"county_due", N_("County due"), DOC_DATE, 0},
    {"county_words", N_("County's days"), DOC_WORDS, DOC_DATA}, {0}};
static const struct shown tallies[] = {
    {"question", N_("Question"), DOC_ID, DOC_DATA},
    {"option", N_("Kind"), DOC_ID, DOC_DATA},
    {"text", N_("Kind"), DOC_WORDS, DOC_PAGE},
    {"count", N_("Count"), DOC_NUMBER, 0}, {0}};
static const struct shown sites[] = {{"site", N_("Site"), DOC_ID, 0},
    {"label", N_("Name"), DOC_WORDS, 0},
    {"citations", N_("Citations"), DOC_NUMBER, 0},
    {"safety", N_("On safety or plant"), DOC_NUMBER, 0}, {0}};
static const struct shown interviews[] = {{"question", N_("Asked"), DOC_ID, 0},
    {"yes", N_("Yes"), DOC_NUMBER, 0}, {"no", N_("No"), DOC_NUMBER, 0},
    {"not_applicable", N_("Not applicable"), DOC_NUMBER, DOC_DATA},
    {"undetermined", N_("Undetermined"), DOC_NUMBER, 0},
    {"declined", N_("Not said"), DOC_NUMBER, 0},
    {"suppressed", N_("Too few"), DOC_ID, 0},
    {"text", N_("Question"), DOC_WORDS, 0}, {0}};
static const struct shown sample[] = {{"unit", N_("Unit"), DOC_ID, 0},
    {"selected", N_("Selected"), DOC_NUMBER, 0},
    {"done", N_("Done"), DOC_NUMBER, 0},
    {"partly", N_("Partly"), DOC_NUMBER, 0},
    {"other", N_("Not done"), DOC_NUMBER, 0},
    {"open", N_("Open"), DOC_NUMBER, 0},
    {"replaced", N_("Replaced"), DOC_NUMBER, 0},
    {"purposive", N_("Added"), DOC_NUMBER, 0}, {0}};

static const struct shown overrides[] = {
    {"question", N_("Question"), DOC_ID, 0}, {"unit", N_("Unit"), DOC_ID, 0},
    {"key", N_("Key"), DOC_ID, 0}, {"answer", N_("Answer"), DOC_WORDS, 0},
    {"fed", N_("Case data"), DOC_WORDS, 0},
    {"source", N_("Source"), DOC_WORDS, 0},
    {"reason", N_("Reason"), DOC_WORDS, 0}, {0}};

static const struct {
	const char *key, *title;
	const struct shown *columns;
} parts[] = {
    {"indicators", N_("Indicators"), indicators},
    {"areas", N_("Areas"), areas},
    {"elements", N_("Elements"), elements},
    {"findings", N_("Findings"), findings},
    {"open_findings", N_("Findings that stand open"), open_findings},
    {"plans", N_("Corrective action plans"), plans},
    {"citations", N_("Citations"), tallies},
    {"sites", N_("Citations by site"), sites},
    {"incidents", N_("Special incidents"), tallies},
    {"discharges", N_("Discharges"), tallies},
    {"interviews", N_("Interviews, without names"), interviews},
    {"sample", N_("Sample"), sample},
    {"overrides", N_("Answers instead of case data"), overrides},
};

#define PARTS (sizeof parts / sizeof *parts)

/* Words of answers as people read them. */
static const struct {
	const char *word, *label;
} labels[] = {
    {"met", N_("+ met")},
    {"not_met", N_("- not met")},
    {"no_standard", N_("no standard set")},
    {"not_applicable", N_("not applicable")},
    {"pending", N_("pending")},
    {"missing", N_("? missing")},
    {"full", N_("+ full")},
    {"improvement_needed", N_("- to improve")},
    {"incomplete", N_("? incomplete")},
    {"awaited", N_("awaited")},
    {"in_review", N_("county reviews")},
    {"addendum", N_("addendum asked")},
    {"carrying_out", N_("carrying out")},
    {"done", N_("done")},
    {"scored", N_("scored")},
    {"failed", N_("not scored")},
    {"waiting", N_("waiting")},
    {"on_time", N_("on time")},
    {"1-15", N_("1-15 days late")},
    {"16-30", N_("16-30 days late")},
    {"over_30", N_("over 30 days late")},
    {"new", N_("new")},
    {"missed", N_("missed")},
    {"moved", N_("moved")},
    {"undetermined", N_("undetermined")},
    {"none", N_("none")},
    {"hold", N_("hold")},
    {"dnr", N_("do not refer")},
    {"dnu", N_("do not use")},
    {"proposed", N_("proposed")},
    {"approved", N_("approved")},
    {"refused", N_("refused")},
    {"withdrawn", N_("withdrawn")},
    {"division_chief", N_("division chief")},
    {"director", N_("director")},
};

const char *
review_score_word(const char *word)
{
	for (size_t i = 0; i < sizeof labels / sizeof *labels; i++)
		if (strcmp(labels[i].word, word) == 0)
			return _(labels[i].label);
	return word;
}

const char *
review_score_text(const cJSON *o, const char *key)
{
	const char *text = json_get_string(o, key), *es = NULL;

	if (review_tongue() == TONGUE_ES && strcmp(key, "title") == 0)
		es = json_get_string(o, "title_es");
	else if (review_tongue() == TONGUE_ES && strcmp(key, "text") == 0)
		es = json_get_string(o, "text_es");
	return es != NULL ? es : text != NULL ? text : "";
}

static const char *
cell(struct doc *doc, const cJSON *o, const struct shown *c)
{
	if (c->type == DOC_WORDS && json_get_string(o, c->key) != NULL)
		return c->in == DOC_PAGE
			   ? review_score_word(review_score_text(o, c->key))
			   : review_score_text(o, c->key);
	return answer_text(doc, o, c->key);
}

static void
show_rows(struct doc *doc, const cJSON *answer, size_t part)
{
	const struct shown *columns = parts[part].columns;
	struct doc_table *t;
	const cJSON *o;

	if (cJSON_GetArraySize(answer_item(answer, parts[part].key)) == 0)
		return;
	t = doc_table(doc, _(parts[part].title));
	for (const struct shown *c = columns; c->key != NULL; c++)
		doc_column(
		    t, c->key, _(c->title), c->type, c->in ? c->in : DOC_BOTH);
	ANSWER_EACH(o, answer, parts[part].key)
	{
		for (const struct shown *c = columns; c->key != NULL; c++)
			doc_cell(t, cell(doc, o, c));
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

bool
review_part_known(const char *part)
{
	for (size_t i = 0; i < PARTS; i++)
		if (strcmp(parts[i].key, part) == 0)
			return true;
	return false;
}

void
review_score_show(struct doc *doc, const cJSON *answer)
{
	const char *letter =
	    cJSON_GetStringValue(answer_item(answer, "letter"));
	const char *part = answer_text(doc, answer, "part");

	for (size_t i = 0; i < PARTS; i++)
		if (*part == '\0' || strcmp(part, parts[i].key) == 0)
			show_rows(doc, answer, i);
	if (letter != NULL)
		show_letter(doc, letter);
	if (answer_true(answer, "example"))
		doc_note(
		    doc, "%s", _("An example instrument: no official rule."));
}
