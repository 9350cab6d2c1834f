#include "client/call.h"

#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/json.h"
#include "client/answer.h"
#include "client/duties.h"
#include "proto/words.h"

/* Leaves the duty of that very child, or report or case, in the answer. */
static bool
only_duty(struct call *call, const char *id, struct err *err)
{
	cJSON *rows =
	    cJSON_DetachItemFromObjectCaseSensitive(call->answer, "rows");
	cJSON *row, *duty = cJSON_CreateArray();

	while (rows != NULL && (row = cJSON_DetachItemFromArray(rows, 0))) {
		const char *key = json_get_string(row, "key");

		if (key != NULL && strncmp(key, id, strlen(id)) == 0 &&
		    (key[strlen(id)] == '\0' || key[strlen(id)] == '~'))
			cJSON_AddItemToArray(duty, row);
		else
			cJSON_Delete(row);
	}
	cJSON_Delete(rows);
	cJSON_AddItemToObject(call->answer, "rows", duty);
	return cJSON_GetArraySize(duty) > 0 ||
	       err_set(err, ERR_NO_ANSWER, _("there is no such duty"));
}

static bool
ask_clock(struct call *call, const char *clock, struct err *err)
{
	struct buf target = {0};

	if (call->given[OPTION_FROM] != NULL ||
	    call->given[OPTION_TO] != NULL ||
	    call->given[OPTION_MONTHS] != NULL)
		return err_set(err, ERR_USAGE, _("a clock has no period"));
	call_target(call, &target, ROUTE_COUNTDOWN, NULL);
	api_query(&target, API_CLOCK, clock);
	api_query(&target, API_Q, call->words[1]);
	return call_pages(call, &target, 0, err) &&
	       only_duty(call, call->words[1], err);
}

bool
cmd_why_ask(struct call *call, struct err *err)
{
	char *measure = call_measure(call->words[0]);
	struct buf target = {0};
	const char *near;
	bool ok;

	if (call_knows(CODES_CLOCK, measure, &near)) {
		ok = ask_clock(call, measure, err);
		free(measure);
		return ok;
	}

	call_target(call, &target, ROUTE_WHY, NULL);
	api_query(&target, API_MEASURE, measure);
	api_query(&target, API_CHILD, call->words[1]);
	free(measure);
	return call_get(call, &target, err);
}

static const char *
verdict(struct doc *doc, const cJSON *from)
{
	return code_label_of(CODES_VERDICT, answer_text(doc, from, "verdict"));
}

/* "removal_date 2024-03-01 (AFCARS 21), stay_months 7" */
static const char *
values(struct doc *doc, const cJSON *rule)
{
	const char *text = "";
	const cJSON *v;

	ANSWER_EACH(v, rule, "values")
	{
		const char *source = answer_text(doc, v, "source");
		const char *value = answer_text(doc, v, "value");

		text = arena_printf(&doc->arena, "%s%s%s = %s%s%s%s", text,
		    *text != '\0' ? ", " : "", answer_text(doc, v, "name"),
		    *value != '\0' ? value : _("unknown"),
		    *source != '\0' ? " (" : "", source,
		    *source != '\0' ? ")" : "");
	}
	return text;
}

static const char *
holds(struct doc *doc, const cJSON *rule)
{
	static const struct {
		const char *word, *shown;
	} words[] = {{"y", N_("holds")}, {"n", N_("does not hold")},
	    {"unknown", N_("cannot be told")}};
	const char *word = answer_text(doc, rule, "holds");

	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		if (strcmp(words[i].word, word) == 0)
			return _(words[i].shown);
	return word;
}

static void
columns(struct doc_table *t)
{
	doc_column(t, "removal_date", _("Removal"), DOC_DATE, DOC_DATA);
	doc_column(t, "kind", _("Rule"), DOC_ID, DOC_BOTH);
	doc_column(t, "text", _("In the definition"), DOC_WORDS, DOC_DATA);
	doc_column(t, "words", _("In words"), DOC_WORDS, DOC_BOTH);
	doc_column(t, "holds", _("Outcome"), DOC_ID, DOC_DATA);
	doc_column(t, "", _("Outcome"), DOC_WORDS, DOC_PAGE);
	doc_column(t, "decided", _("Decided"), DOC_ID, DOC_DATA);
	doc_column(t, "", _("Decided"), DOC_WORDS, DOC_PAGE);
	doc_column(t, "why", _("Why"), DOC_WORDS, DOC_DATA);
	doc_column(
	    t, "values", _("Values used"), DOC_WORDS, DOC_DATA | DOC_HEAR);
}

static void
rule_row(struct doc *doc, struct doc_table *t, const cJSON *episode,
    const cJSON *rule)
{
	const char *text = answer_text(doc, rule, "text");
	const char *why = answer_text(doc, rule, "why");
	const char *words = answer_text(doc, rule, "words");
	bool decided = answer_true(rule, "decided");

	doc_cell(t, answer_text(doc, episode, "date"));
	doc_cell(t, answer_text(doc, rule, "kind"));
	doc_cell(t, text);
	doc_cell(t, *words != '\0' ? words : *why != '\0' ? why : text);
	doc_cell(t, answer_text(doc, rule, "holds"));
	doc_cell(t, holds(doc, rule));
	doc_cell(t, decided ? "y" : "n");
	doc_cell(t, decided ? _("<- decided") : "");
	doc_cell(t, why);
	doc_cell(t, values(doc, rule));
}

static bool
named(const struct doc_table *t, const char *name)
{
	for (size_t r = 0; r < doc_rows(t); r++)
		if (strcmp(doc_at(t, r, 0), name) == 0)
			return true;
	return false;
}

/* The rules use the same values again and again: for the eye, each once. */
static void
value_table(struct doc *doc, const cJSON *episode)
{
	struct doc_table *t = doc_table(doc, _("Values used"));
	const cJSON *rule, *v;

	doc_column(t, "", _("Value"), DOC_ID, DOC_LOOK);
	doc_column(t, "", _("For this child"), DOC_WORDS, DOC_LOOK);
	doc_column(t, "", _("Source"), DOC_WORDS, DOC_LOOK);
	ANSWER_EACH(rule, episode, "rules")
	ANSWER_EACH(v, rule, "values")
	{
		const char *value = answer_text(doc, v, "value");

		if (named(t, answer_text(doc, v, "name")))
			continue;
		doc_cell(t, answer_text(doc, v, "name"));
		doc_cell(t, *value != '\0' ? value : _("unknown"));
		doc_cell(t, answer_text(doc, v, "source"));
	}
}

/* Files want one table of all episodes; a page reads better with one each. */
static void
rules(struct doc *doc, const cJSON *answer)
{
	struct doc_table *t = doc_table(doc, "");
	const cJSON *episode, *rule;

	columns(t);
	for (size_t c = 0; c < t->n_columns; c++)
		t->columns[c].in &= DOC_DATA;
	ANSWER_EACH(episode, answer, "episodes")
	ANSWER_EACH(rule, episode, "rules")
	rule_row(doc, t, episode, rule);
	ANSWER_EACH(episode, answer, "episodes")
	{
		t = doc_table(
		    doc, arena_printf(&doc->arena,
			     _(why_heading(answer_text(doc, answer, "over"))),
			     answer_text(doc, episode, "date"),
			     verdict(doc, episode)));
		columns(t);
		for (size_t c = 0; c < t->n_columns; c++)
			t->columns[c].in &= DOC_PAGE;
		ANSWER_EACH(rule, episode, "rules")
		rule_row(doc, t, episode, rule);
		value_table(doc, episode);
	}
}

/* A duty, line by line: what it counts from, the rule and its source, what
 * does not count, what would stop it. */
static void
show_duty(struct doc *doc, const cJSON *answer)
{
	const cJSON *clock = answer_item(answer, "clock"), *duty, *line;
	const char *id = "";
	struct doc_table *t;

	ANSWER_EACH(duty, answer, "rows")
	id = answer_text(doc, duty, "key");
	doc_title(doc, _("%s: why %s is due as it is"),
	    answer_text(doc, clock, "title"), id);
	answer_scope(doc, answer);
	ANSWER_EACH(duty, answer, "rows")
	ANSWER_EACH(line, duty, "why")
	if (cJSON_IsString(line))
		doc_text(doc, "%s", line->valuestring);
	t = duties_table(doc, "", answer_item(answer, "clock"));
	ANSWER_EACH(duty, answer, "rows")
	duties_row(t, duty);
	answer_about(doc, answer);
	answer_again(doc, answer,
	    arena_printf(
		&doc->arena, "why %s %s", answer_text(doc, clock, "id"), id));
}

void
cmd_why_show(struct doc *doc, const cJSON *answer)
{
	const cJSON *m = answer_item(answer, "measure");
	const char *id = cJSON_IsString(m) ? answer_text(doc, answer, "measure")
					   : answer_text(doc, m, "id");
	const char *child = answer_text(doc, answer, "child_id");

	if (answer_item(answer, "clock") != NULL) {
		show_duty(doc, answer);
		return;
	}
	if (*child != '\0')
		doc_title(
		    doc, _("%s: why child %s counts as it does"), id, child);
	else
		doc_title(doc, _("%s: why %s counts as it does"), id,
		    answer_text(doc, answer, "id"));
	doc_field(doc, _("Measure"), answer_text(doc, m, "title"));
	doc_field(doc, _("Verdict"), verdict(doc, answer));
	doc_field(doc, _("Because"), answer_text(doc, answer, "reason"));
	answer_scope(doc, answer);
	rules(doc, answer);
	answer_about(doc, answer);
	answer_again(doc, answer,
	    arena_printf(&doc->arena, "why %s %s", id,
		*child != '\0' ? child : answer_text(doc, answer, "id")));
}
