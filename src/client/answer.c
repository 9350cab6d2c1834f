#include "client/answer.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/i18n.h"
#include "proto/codes.h"

const cJSON *
answer_item(const cJSON *object, const char *key)
{
	const cJSON *item = cJSON_GetObjectItemCaseSensitive(object, key);

	return item == NULL || cJSON_IsNull(item) ? NULL : item;
}

const cJSON *
answer_first(const cJSON *object, const char *key)
{
	const cJSON *list = answer_item(object, key);

	return list != NULL ? list->child : NULL;
}

static const char *
item_text(struct doc *doc, const cJSON *item)
{
	double v;

	if (cJSON_IsString(item))
		return doc_string(doc, item->valuestring);
	if (cJSON_IsBool(item))
		return cJSON_IsTrue(item) ? "y" : "n";
	if (!cJSON_IsNumber(item))
		return "";
	v = item->valuedouble;
	if (v == floor(v) && fabs(v) < 9e15)
		return arena_printf(&doc->arena, "%.0f", v);
	return arena_printf(&doc->arena, "%.10g", v);
}

const char *
answer_text(struct doc *doc, const cJSON *object, const char *key)
{
	return item_text(doc, answer_item(object, key));
}

const char *
answer_join(struct doc *doc, const cJSON *object, const char *key)
{
	const char *joined = "";
	const cJSON *item;

	ANSWER_EACH(item, object, key)
	joined = *joined == '\0' ? item_text(doc, item)
				 : arena_printf(&doc->arena, "%s, %s", joined,
				       item_text(doc, item));
	return joined;
}

bool
answer_true(const cJSON *object, const char *key)
{
	return cJSON_IsTrue(answer_item(object, key));
}

double
answer_number(const cJSON *object, const char *key)
{
	const cJSON *item = answer_item(object, key);

	return cJSON_IsNumber(item) ? item->valuedouble : 0;
}

static const char *
node_name(struct doc *doc, const cJSON *node)
{
	const char *name = answer_text(doc, node, "name");

	return *name != '\0' ? name : answer_text(doc, node, "id");
}

const char *
answer_path(struct doc *doc, const cJSON *answer)
{
	const cJSON *at = answer_item(answer, "at"), *node;
	const char *path = "", *last = "";

	if (at == NULL)
		at = answer_item(answer, "node");
	ANSWER_EACH(node, answer, "path")
	{
		last = answer_text(doc, node, "id");
		path = *path == '\0' ? node_name(doc, node)
				     : arena_printf(&doc->arena, "%s > %s",
					   path, node_name(doc, node));
	}
	/* The path may end above the node or with it. */
	if (at == NULL || strcmp(last, answer_text(doc, at, "id")) == 0)
		return path;
	return *path == '\0' ? node_name(doc, at)
			     : arena_printf(&doc->arena, "%s > %s", path,
				   node_name(doc, at));
}

void
answer_about(struct doc *doc, const cJSON *answer)
{
	const cJSON *about = answer_item(answer, "about");
	const char *version = answer_text(doc, answer, "version");
	const cJSON *note;

	ANSWER_EACH(note, answer, "footnotes")
	if (cJSON_IsString(note))
		doc_note(doc, "%s", note->valuestring);
	if (*answer_text(doc, answer, "ref") != '\0')
		doc_note(doc, _("Reference code %s"),
		    answer_text(doc, answer, "ref"));
	if (about == NULL)
		return;
	doc->invented = answer_true(about, "invented");
	if (answer_true(about, "stale"))
		doc_note(
		    doc, "%s", _("STALE: the data are older than was agreed."));
	if (*answer_text(doc, about, "data_through") == '\0')
		return;
	/* The service's footnotes say most of it already. */
	if (answer_first(answer, "footnotes") != NULL) {
		doc_note(
		    doc, _("Loaded %s."), answer_text(doc, about, "loaded_at"));
		return;
	}
	doc_note(doc, _("Data through %s, loaded %s; generation %s."),
	    answer_text(doc, about, "data_through"),
	    answer_text(doc, about, "loaded_at"),
	    answer_text(doc, about, "generation"));
	if (*version != '\0')
		doc_note(doc, _("Definition version %s."), version);
	if (*answer_text(doc, about, "source") != '\0')
		doc_note(
		    doc, _("Source: %s."), answer_text(doc, about, "source"));
}

void
answer_quote(struct buf *out, const char *word)
{
	static const char plain[] =
	    "abcdefghijklmnopqrstuvwxyz"
	    "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._=,:/@+";

	if (*word != '\0' && strspn(word, plain) == strlen(word)) {
		buf_str(out, word);
		return;
	}
	buf_char(out, '\'');
	for (; *word != '\0'; word++) {
		if (*word == '\'')
			buf_str(out, "'\\''");
		else
			buf_char(out, *word);
	}
	buf_char(out, '\'');
}

static void
option(struct buf *out, const char *name, const char *value)
{
	if (*value == '\0')
		return;
	buf_printf(out, " %s ", name);
	answer_quote(out, value);
}

static const char *
filters(struct doc *doc, const cJSON *answer)
{
	const char *text = "";
	const cJSON *f;

	ANSWER_EACH(f, answer, "where")
	text = arena_printf(&doc->arena, "%s%s%s=%s", text,
	    *text == '\0' ? "" : ",", answer_text(doc, f, "attribute"),
	    answer_text(doc, f, "value"));
	return text;
}

static const char *
place(struct doc *doc, const cJSON *answer)
{
	const cJSON *at = answer_item(answer, "at");

	return cJSON_IsString(at) ? answer_text(doc, answer, "at")
				  : answer_text(doc, at, "id");
}

void
answer_again(struct doc *doc, const cJSON *answer, const char *words)
{
	const cJSON *about = answer_item(answer, "about");
	struct buf line = {0};

	buf_printf(&line, "hearth %s", words);
	option(&line, "--at", place(doc, answer));
	option(&line, "--from", answer_text(doc, answer, "from"));
	option(&line, "--to", answer_text(doc, answer, "to"));
	option(&line, "--as-of", answer_text(doc, answer, "as_of"));
	option(&line, "--where", filters(doc, answer));
	option(&line, "--generation", answer_text(doc, about, "generation"));
	if (answer_item(answer, "reopened") != NULL)
		option(
		    &line, "--definition", answer_text(doc, answer, "version"));
	doc_again(doc, buf_text(&line));
	buf_free(&line);
}

void
answer_scope(struct doc *doc, const cJSON *answer)
{
	const char *from = answer_text(doc, answer, "from");
	const char *to = answer_text(doc, answer, "to");

	doc_field(doc, _("Place"), answer_path(doc, answer));
	if (*from != '\0' && *to != '\0')
		doc_field(doc, _("Period"),
		    strcmp(from, to) == 0
			? to
			: arena_printf(&doc->arena, _("%s to %s"), from, to));
	doc_field(doc, _("As of"), answer_text(doc, answer, "as_of"));
	doc_field(doc, _("Only"), filters(doc, answer));
}

const char *
answer_value(struct doc *doc, const cJSON *row, const char *unit)
{
	const char *value = answer_text(doc, row, "value");

	if (*value == '\0' || *unit == '\0')
		return value;
	return arena_printf(&doc->arena, "%s %s", value, _(unit));
}

const char *
answer_counts(struct doc *doc, const cJSON *row)
{
	const char *all = answer_text(doc, row, "denominator");

	return *all == '\0' ? ""
			    : arena_printf(&doc->arena, "%s/%s",
				  answer_text(doc, row, "numerator"), all);
}

/* In the order of the vocabulary: the sign tells what the word tells. */
static const char signs[] = "+~-.??";

const char *
answer_status(struct doc *doc, const cJSON *row)
{
	const char *word = answer_text(doc, row, "status");
	const struct codeset *set = &codesets[CODES_STATUS];
	int code = code_find(set, word, strlen(word));

	if (code <= 0 || code >= (int)sizeof signs)
		return word;
	return arena_printf(
	    &doc->arena, "%c %s", signs[code - 1], _(code_label(set, code)));
}
