#include "client/call.h"

#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "client/answer.h"
#include "client/duties.h"
#include "client/figures.h"
#include "proto/words.h"

bool
cmd_list_ask(struct call *call, struct err *err)
{
	char *measure = call_measure(call->words[0]);
	struct buf target = {0};

	call_target(call, &target, ROUTE_LIST, NULL);
	api_query(&target, API_MEASURE, measure);
	free(measure);
	return call_list(call, &target, _("nothing is in this set"), err);
}

/* The contract's first columns; the service's own list may name them too. */
static const char *const fixed[] = {
    "child_id", "node", "denominator", "numerator", "reason"};
#define FIXED (sizeof fixed / sizeof *fixed)

static bool
is_fixed(const char *id)
{
	for (size_t i = 0; i < FIXED; i++)
		if (strcmp(fixed[i], id) == 0)
			return true;
	return strcmp(id, "key") == 0;
}

static enum doc_type
type_of(const cJSON *column)
{
	const cJSON *type = answer_item(column, "type");
	const char *word = cJSON_IsString(type) ? type->valuestring : "";

	if (strcmp(word, "id") == 0)
		return DOC_ID;
	if (strcmp(word, "int") == 0 || strcmp(word, "number") == 0)
		return DOC_NUMBER;
	return strcmp(word, "date") == 0 ? DOC_DATE : DOC_WORDS;
}

static void
columns(struct doc *doc, struct doc_table *t, const cJSON *answer)
{
	const cJSON *extra = answer_item(answer, "columns"), *c;
	const cJSON *first = cJSON_GetArrayItem(answer_item(answer, "rows"), 0);
	/* Reports and cases are of no one child: files keep their columns. */
	bool child =
	    first == NULL || *answer_text(doc, first, "child_id") != '\0';

	doc_column(
	    t, "child_id", _("Child"), DOC_ID, child ? DOC_BOTH : DOC_DATA);
	doc_column(t, "node", _("Unit"), DOC_ID, DOC_BOTH);
	doc_column(t, "denominator", _("Counts"), DOC_NUMBER, DOC_DATA);
	doc_column(t, "numerator", _("Met"), DOC_NUMBER, DOC_BOTH);
	doc_column(t, "reason", _("Why"), DOC_WORDS, DOC_BOTH);
	cJSON_ArrayForEach(c, extra)
	{
		const char *id = answer_text(doc, c, "id");
		const char *title = answer_text(doc, c, "title");

		if (is_fixed(id))
			continue;
		title = *title != '\0' ? title : id;
		doc_column(t, id, title, type_of(c), DOC_DATA);
		doc_column(t, "", title, type_of(c), DOC_PAGE);
	}
}

/* A word of a vocabulary as people say it; anything else as it is. */
static const char *
spoken(const char *id, const char *word)
{
	if (*word == '\0' && strcmp(id, "age") == 0)
		return _("unknown");
	return strcmp(id, "bucket") == 0 ? duties_bucket(word)
					 : figures_label(id, word);
}

static void
cells(
    struct doc *doc, struct doc_table *t, const cJSON *row, const cJSON *extra)
{
	const cJSON *c;

	for (size_t i = 0; i < FIXED; i++)
		doc_cell(t, answer_text(doc, row, fixed[i]));
	cJSON_ArrayForEach(c, extra)
	{
		const char *id = answer_text(doc, c, "id");

		if (is_fixed(id))
			continue;
		doc_cell(t, answer_text(doc, row, id));
		doc_cell(t, spoken(id, answer_text(doc, row, id)));
	}
}

void
cmd_list_show(struct doc *doc, const cJSON *answer)
{
	const cJSON *extra = answer_item(answer, "columns"), *row;
	const cJSON *m = answer_item(answer, "measure");
	struct figures f;
	struct doc_table *t;

	figures_begin(&f, doc, answer);
	doc_title(doc, "%s: %s", f.id, f.title);
	answer_scope(doc, answer);
	doc_field(doc, _(counts_label(answer_text(doc, m, "counts"), true)),
	    answer_text(doc, answer, "total"));
	doc_field(doc, _("Set"), answer_text(doc, answer, "set"));
	t = doc_table(doc, "");
	columns(doc, t, answer);
	ANSWER_EACH(row, answer, "rows")
	cells(doc, t, row, extra);
	answer_about(doc, answer);
	answer_again(doc, answer,
	    arena_printf(&doc->arena, "list %s --set %s", f.id,
		answer_text(doc, answer, "set")));
}
