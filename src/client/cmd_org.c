#include "client/call.h"

#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/json.h"
#include "client/answer.h"

static bool
get_node(struct call *call, const char *id, cJSON **answer, struct err *err)
{
	struct buf target = {0};
	bool ok;

	call_target(call, &target, ROUTE_ORG, NULL);
	if (id != NULL)
		api_query(&target, API_NODE, id);
	ok = net_get(call->net, buf_text(&target), answer, err);
	buf_free(&target);
	return ok;
}

/* Puts below each child its own children, depth levels down. The tree has
 * seven levels, so the recursion is bounded by the option's range. */
static bool
descend(struct call *call, cJSON *children, int depth, struct err *err)
{
	cJSON *child;

	if (depth == 0)
		return true;
	cJSON_ArrayForEach(child, children)
	{
		const char *id = json_get_string(child, "id");
		cJSON *below, *list;

		if (id == NULL)
			continue;
		if (!get_node(call, id, &below, err))
			return false;
		list =
		    cJSON_DetachItemFromObjectCaseSensitive(below, "children");
		cJSON_Delete(below);
		if (list == NULL)
			continue;
		cJSON_AddItemToObject(child, "children", list);
		if (!descend(call, list, depth - 1, err))
			return false;
	}
	return true;
}

static bool
depth_of(const struct call *call, int *depth, struct err *err)
{
	const char *text = call->given[OPTION_DEPTH];
	char *end;
	long v = text != NULL ? strtol(text, &end, 10) : 1;

	if (v < 1 || v > 7 || (text != NULL && (end == text || *end != '\0')))
		return err_set(err, ERR_USAGE,
		    _("--depth takes a whole number from 1 to 7"));
	*depth = (int)v;
	return true;
}

bool
cmd_org_ask(struct call *call, struct err *err)
{
	const char *id = call->n_words > 0 ? call->words[0] : NULL;
	int depth = 1;

	return depth_of(call, &depth, err) &&
	       get_node(call, id, &call->answer, err) &&
	       descend(call,
		   cJSON_GetObjectItemCaseSensitive(call->answer, "children"),
		   depth - 1, err);
}

static void
rows(struct doc *doc, struct doc_table *t, const cJSON *parent,
    const cJSON *children, int depth)
{
	const cJSON *n;

	cJSON_ArrayForEach(n, children)
	{
		const char *name = answer_text(doc, n, "name");

		doc_cell(t, answer_text(doc, n, "id"));
		doc_cell(t, answer_text(doc, parent, "id"));
		doc_cell(t, answer_text(doc, n, "level"));
		doc_cell(t, name);
		doc_cell(
		    t, arena_printf(&doc->arena, "%*s%s", 2 * depth, "", name));
		doc_cell(t, answer_text(doc, n, "kind"));
		doc_cell(t, answer_text(doc, n, "in_care"));
		doc_cell(t, answer_text(doc, n, "unassigned"));
		rows(doc, t, n, answer_item(n, "children"), depth + 1);
	}
}

void
cmd_org_show(struct doc *doc, const cJSON *answer)
{
	const cJSON *node = answer_item(answer, "node");
	struct doc_table *t;

	doc_title(doc, "%s", answer_text(doc, node, "name"));
	doc_field(doc, _("Unit id"), answer_text(doc, node, "id"));
	doc_field(doc, _("Level"), answer_text(doc, node, "level"));
	doc_field(doc, _("Place"), answer_path(doc, answer));
	t = doc_table(doc, "");
	doc_column(t, "node", _("Unit id"), DOC_ID, DOC_BOTH);
	doc_column(t, "parent", _("Under"), DOC_ID, DOC_DATA);
	doc_column(t, "level", _("Level"), DOC_ID, DOC_BOTH);
	doc_column(t, "name", _("Name"), DOC_WORDS, DOC_DATA);
	doc_column(t, "", _("Name"), DOC_WORDS, DOC_PAGE);
	doc_column(t, "kind", _("Kind"), DOC_ID, DOC_BOTH);
	doc_column(t, "in_care", _("In care"), DOC_NUMBER, DOC_BOTH);
	doc_column(t, "unassigned", _("Unassigned"), DOC_ID, DOC_DATA);
	rows(doc, t, node, answer_item(answer, "children"), 0);
	answer_about(doc, answer);
}
