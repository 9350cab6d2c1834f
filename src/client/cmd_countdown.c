#include "client/call.h"

#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/json.h"
#include "client/answer.h"
#include "client/duties.h"
#include "proto/words.h"

static bool
known_clock(const char *word, struct err *err)
{
	const char *near;

	if (call_knows(CODES_CLOCKS, word, &near))
		return true;
	return err_set(err, ERR_NO_SUCH_CLOCK,
	    near != NULL ? _("there is no clock \"%s\"; did you mean \"%s\"?")
			 : _("there is no clock \"%s\": pprt, tpr, adoption, "
			     "permanency, visit, free, contact, completion, "
			     "plan, home_visit, cap or review"),
	    word, near);
}

bool
cmd_countdown_ask(struct call *call, struct err *err)
{
	char *clock = call_measure(call->words[0]);
	struct buf target = {0};
	size_t limit;
	bool ok = known_clock(clock, err) && call_limit(call, &limit, err);

	if (ok) {
		call_target(call, &target, ROUTE_COUNTDOWN, NULL);
		api_query(&target, API_CLOCK, clock);
	}
	free(clock);
	/* The units' counts come with every page: one is enough. */
	if (ok && call->given[OPTION_BY] != NULL)
		limit = API_ROWS;
	if (!ok || !call_pages(call, &target, limit, err))
		return false;
	if (call->given[OPTION_BY] == NULL)
		call_note_more(call, limit);
	if (cJSON_GetArraySize(answer_item(call->answer, "rows")) == 0)
		return err_set(err, ERR_NO_ANSWER, _("nothing is due here"));
	return true;
}

/* What has the duties: a clock runs over children, reports or cases. */
static const char *
duties_heading(const cJSON *answer)
{
	const char *over =
	    json_get_string(answer_item(answer, "clock"), "over");

	if (over != NULL && strcmp(over, "report") == 0)
		return _(counts_label("reports", true));
	if (over != NULL && strcmp(over, "service") == 0)
		return _(counts_label("cases", true));
	if (over != NULL && strcmp(over, "provider") == 0)
		return _("Duties");
	return _(counts_label("children", true));
}

static void
buckets(struct doc *doc, const cJSON *answer)
{
	struct doc_table *t = doc_table(doc, "");
	const cJSON *b;

	doc_column(t, "", _("When"), DOC_WORDS, DOC_PAGE);
	doc_column(t, "", duties_heading(answer), DOC_NUMBER, DOC_PAGE);
	ANSWER_EACH(b, answer, "buckets")
	{
		doc_cell(t, duties_bucket(answer_text(doc, b, "id")));
		doc_cell(t, answer_text(doc, b, "count"));
	}
}

static void
unit_columns(struct doc *doc, struct doc_table *t, const cJSON *answer)
{
	const cJSON *b;

	doc_column(t, "node", _("Unit id"), DOC_ID, DOC_DATA);
	doc_column(t, "level", _("Level"), DOC_ID, DOC_DATA);
	doc_column(t, "name", _("Unit"), DOC_WORDS, DOC_BOTH);
	ANSWER_EACH(b, answer, "buckets")
	{
		const char *id = answer_text(doc, b, "id");

		doc_column(
		    t, id, duties_bucket_short(id), DOC_NUMBER, DOC_BOTH);
	}
}

/* A row for each unit, a column for each bucket. */
static void
units(struct doc *doc, const cJSON *answer, const cJSON *rows)
{
	int n = cJSON_GetArraySize(answer_item(answer, "buckets"));
	struct doc_table *t = doc_table(doc, "");
	const cJSON *row;

	unit_columns(doc, t, answer);
	cJSON_ArrayForEach(row, rows)
	{
		const cJSON *counts = answer_item(row, "counts");
		const char *id = answer_text(doc, row, "id");

		doc_cell(t, *id != '\0' ? id : answer_text(doc, row, "key"));
		doc_cell(t, answer_text(doc, row, "level"));
		doc_cell(t, answer_text(doc, row, "name"));
		for (int i = 0; i < n; i++) {
			const cJSON *c = cJSON_GetArrayItem(counts, i);

			doc_cell(t,
			    cJSON_IsNumber(c)
				? arena_printf(&doc->arena, "%d", c->valueint)
				: "");
		}
	}
}

void
cmd_countdown_show(struct doc *doc, const cJSON *answer)
{
	const cJSON *clock = answer_item(answer, "clock"), *row;
	const cJSON *by = answer_item(answer, "by_rows");
	const char *level =
	    json_get_string(answer_first(answer, "by_rows"), "level");
	struct doc_table *t;

	doc_title(doc, "%s", answer_text(doc, clock, "title"));
	answer_scope(doc, answer);
	doc_field(doc, _("Rule"), answer_text(doc, clock, "rule"));
	doc_field(doc, _("Stops when"), answer_text(doc, clock, "stops"));
	doc_field(doc, _("Citation"), answer_text(doc, clock, "citation"));
	if (cJSON_GetArraySize(by) > 0) {
		units(doc, answer, by);
	} else {
		buckets(doc, answer);
		t = duties_table(doc, "", answer_item(answer, "clock"));
		ANSWER_EACH(row, answer, "rows")
		duties_row(t, row);
	}
	answer_about(doc, answer);
	answer_again(doc, answer,
	    arena_printf(&doc->arena, "countdown %s%s%s",
		answer_text(doc, clock, "id"), level != NULL ? " --by " : "",
		level != NULL ? level : ""));
}
