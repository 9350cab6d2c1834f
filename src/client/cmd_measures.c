#include "client/call.h"

#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "client/answer.h"
#include "client/judged.h"

/* The words behind the command, as they were typed. */
static char *
sentence(const struct call *call)
{
	struct buf text = {0};

	for (int i = 0; i < call->n_words; i++)
		buf_printf(&text, "%s%s", i > 0 ? " " : "", call->words[i]);
	return buf_take(&text);
}

static bool
ask_one(struct call *call, struct err *err)
{
	struct buf target = {0};
	char *id;

	if (call->n_words != 2)
		return err_set(
		    err, ERR_USAGE, _("usage: hearth measures show MEASURE"));
	id = call_measure(call->words[1]);
	call_target(call, &target, ROUTE_MEASURE_ONE, id);
	free(id);
	return call_get(call, &target, err);
}

bool
cmd_measures_ask(struct call *call, struct err *err)
{
	struct buf target = {0};
	char *words;

	if (call->n_words > 0 && strcmp(call->words[0], "show") == 0)
		return ask_one(call, err);
	call_target(call, &target, ROUTE_MEASURES, NULL);
	words = sentence(call);
	if (*words != '\0')
		api_query(&target, API_Q, words);
	free(words);
	if (!call_get(call, &target, err))
		return false;
	if (cJSON_GetArraySize(answer_item(call->answer, "measures")) == 0)
		return err_set(err, ERR_NO_ANSWER,
		    _("no measure is found by these words"));
	return true;
}

static const char *
first_question(struct doc *doc, const cJSON *m)
{
	const cJSON *q = cJSON_GetArrayItem(answer_item(m, "questions"), 0);

	return cJSON_IsString(q) ? doc_string(doc, q->valuestring) : "";
}

static const char *
goal(struct doc *doc, const cJSON *m)
{
	return answer_text(doc, answer_item(m, "goal"), "value");
}

static void
list_columns(struct doc_table *t, unsigned in)
{
	const unsigned data = in & DOC_DATA;

	doc_column(t, "id", _("Id"), DOC_ID, in);
	doc_column(t, "title", _("Measure"), DOC_WORDS, in);
	doc_column(t, "category", _("Category"), DOC_ID, data);
	doc_column(t, "kind", _("Kind"), DOC_ID, data);
	doc_column(t, "unit", _("Unit"), DOC_ID, in);
	doc_column(t, "better", _("Better"), DOC_ID, in);
	doc_column(t, "goal", _("Goal"), DOC_NUMBER, in);
	doc_column(t, "cohort", _("Cohort"), DOC_ID, data);
	doc_column(t, "question", _("Question"), DOC_WORDS, in);
}

static void
list_row(struct doc *doc, struct doc_table *t, const cJSON *m)
{
	doc_cell(t, answer_text(doc, m, "id"));
	doc_cell(t, answer_text(doc, m, "title"));
	doc_cell(t, answer_text(doc, m, "category"));
	doc_cell(t, answer_text(doc, m, "kind"));
	doc_cell(t, answer_text(doc, m, "unit"));
	doc_cell(t, answer_text(doc, m, "better"));
	doc_cell(t, goal(doc, m));
	doc_cell(t, answer_text(doc, m, "cohort"));
	doc_cell(t, first_question(doc, m));
}

/* One table for files; on a page a table for each category. */
static void
show_list(struct doc *doc, const cJSON *answer)
{
	struct doc_table *t = doc_table(doc, "");
	const cJSON *m, *c;

	list_columns(t, DOC_DATA);
	ANSWER_EACH(m, answer, "measures")
	list_row(doc, t, m);
	ANSWER_EACH(c, answer, "categories")
	{
		const char *id = answer_text(doc, c, "id");

		t = doc_table(doc, answer_text(doc, c, "title"));
		list_columns(t, DOC_PAGE);
		ANSWER_EACH(m, answer, "measures")
		if (strcmp(answer_text(doc, m, "category"), id) == 0)
			list_row(doc, t, m);
	}
}

static void
rules(struct doc *doc, const cJSON *m, const char *title)
{
	struct doc_table *t = doc_table(doc, title);
	const cJSON *r;

	doc_column(t, "kind", _("Rule"), DOC_ID, DOC_BOTH);
	doc_column(t, "words", _("In words"), DOC_WORDS, DOC_BOTH);
	doc_column(t, "why", _("Why"), DOC_WORDS, DOC_BOTH);
	doc_column(t, "text", _("In the definition"), DOC_WORDS, DOC_BOTH);
	ANSWER_EACH(r, m, "rules")
	{
		doc_cell(t, answer_text(doc, r, "kind"));
		doc_cell(t, answer_text(doc, r, "words"));
		doc_cell(t, answer_text(doc, r, "why"));
		doc_cell(t, answer_text(doc, r, "text"));
	}
}

/* Rules of other times, each under the day from which they hold. */
static void
variants(struct doc *doc, const cJSON *m)
{
	const cJSON *v;

	ANSWER_EACH(v, m, "variants")
	{
		char *title =
		    xasprintf(_("Rules for periods that end on %s or later"),
			answer_text(doc, v, "from"));

		rules(doc, v, title);
		free(title);
		doc_text(doc, "%s (%s)", answer_text(doc, v, "source"),
		    answer_text(doc, v, "certainty"));
	}
}

static void
limits(struct doc *doc, const cJSON *m)
{
	struct doc_table *t;
	const cJSON *l;

	if (cJSON_GetArraySize(answer_item(m, "limits")) == 0)
		return;
	t = doc_table(doc, _("Limits"));
	doc_column(t, "name", _("Limit"), DOC_ID, DOC_PAGE);
	doc_column(t, "from", _("From"), DOC_DATE, DOC_PAGE);
	doc_column(t, "value", _("Value"), DOC_NUMBER, DOC_PAGE);
	doc_column(t, "unit", _("Unit"), DOC_WORDS, DOC_PAGE);
	doc_column(t, "source", _("Source"), DOC_WORDS, DOC_PAGE);
	doc_column(t, "certainty", _("Certainty"), DOC_WORDS, DOC_PAGE);
	ANSWER_EACH(l, m, "limits")
	{
		doc_cell(t, answer_text(doc, l, "name"));
		doc_cell(t, answer_text(doc, l, "from"));
		doc_cell(t, answer_text(doc, l, "value"));
		doc_cell(t, answer_text(doc, l, "unit"));
		doc_cell(t, answer_text(doc, l, "source"));
		doc_cell(t, answer_text(doc, l, "certainty"));
	}
}

static void
goals(struct doc *doc, const cJSON *m)
{
	struct doc_table *t = doc_table(doc, _("Goals"));
	const cJSON *g;

	doc_column(t, "from", _("From"), DOC_DATE, DOC_PAGE);
	doc_column(t, "value", _("Goal"), DOC_NUMBER, DOC_PAGE);
	doc_column(t, "name", _("Name"), DOC_WORDS, DOC_PAGE);
	doc_column(t, "source", _("Source"), DOC_WORDS, DOC_PAGE);
	ANSWER_EACH(g, m, "goals")
	{
		doc_cell(t, answer_text(doc, g, "from"));
		doc_cell(t, answer_text(doc, g, "value"));
		doc_cell(t, answer_text(doc, g, "name"));
		doc_cell(t, answer_text(doc, g, "source"));
	}
}

/* Every version that was in use, the latest last. */
static void
versions(struct doc *doc, const cJSON *m)
{
	struct doc_table *t;
	const cJSON *v;

	if (cJSON_GetArraySize(answer_item(m, "versions")) < 2)
		return;
	t = doc_table(doc, _("Versions"));
	doc_column(t, "version", _("Version"), DOC_ID, DOC_PAGE);
	doc_column(t, "first_used", _("First used"), DOC_DATE, DOC_PAGE);
	doc_column(t, "", _("In use"), DOC_WORDS, DOC_PAGE);
	ANSWER_EACH(v, m, "versions")
	{
		doc_cell(t, answer_text(doc, v, "version"));
		doc_cell(t, answer_text(doc, v, "first_used"));
		doc_cell(t, answer_true(v, "present") ? _("now") : "");
	}
}

static void
sources(struct doc *doc, const cJSON *m)
{
	struct doc_table *t = doc_table(doc, _("Where its values come from"));
	const cJSON *s;

	doc_column(t, "name", _("Value"), DOC_ID, DOC_PAGE);
	doc_column(t, "source", _("Source"), DOC_WORDS, DOC_PAGE);
	ANSWER_EACH(s, m, "source_fields")
	{
		doc_cell(t, answer_text(doc, s, "name"));
		doc_cell(t, answer_text(doc, s, "source"));
	}
}

/* Who may still meet it, for forecasts. */
static void
outlook(struct doc *doc, const cJSON *m)
{
	const cJSON *f = answer_item(m, "forecast");

	doc_field(doc, _("May still meet it"), answer_text(doc, f, "open"));
	doc_field(doc, _("until"), answer_text(doc, f, "by"));
	doc_field(doc, _("All are known on"), answer_text(doc, f, "complete"));
	doc_field(doc, _("Not forecast"), answer_text(doc, m, "not_forecast"));
	doc_field(doc, _("Needs"), answer_join(doc, m, "needs"));
}

static void
show_one(struct doc *doc, const cJSON *m)
{
	const cJSON *q;

	doc_title(doc, "%s: %s", answer_text(doc, m, "id"),
	    answer_text(doc, m, "title"));
	doc_text(doc, "%s", answer_text(doc, m, "purpose"));
	ANSWER_EACH(q, m, "questions")
	if (cJSON_IsString(q))
		doc_text(doc, "%s", q->valuestring);
	doc_field(doc, _("Category"), answer_text(doc, m, "category_title"));
	doc_field(doc, _("Unit"), answer_text(doc, m, "unit"));
	doc_field(doc, _("Counts"), answer_text(doc, m, "counts"));
	doc_field(doc, _("Cohort"), answer_text(doc, m, "cohort"));
	doc_field(doc, _("Period"), answer_text(doc, m, "period_words"));
	doc_field(doc, _("Better"), answer_text(doc, m, "better"));
	doc_field(doc, _("Goal"), goal(doc, m));
	doc_field(
	    doc, _("Look also at"), answer_join(doc, m, "counterbalance"));
	doc_field(doc, _("Version"), answer_text(doc, m, "version"));
	doc_field(
	    doc, _("Proved on examples"), answer_text(doc, m, "examples"));
	rules(doc, m, _("Rules"));
	variants(doc, m);
	limits(doc, m);
	outlook(doc, m);
	goals(doc, m);
	versions(doc, m);
	sources(doc, m);
	judged_limits(doc, m);
}

void
cmd_measures_show(struct doc *doc, const cJSON *answer)
{
	const cJSON *one = answer_item(answer, "measure");

	if (one != NULL)
		show_one(doc, one);
	else
		show_list(doc, answer);
	answer_about(doc, answer);
}
