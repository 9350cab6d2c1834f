/* What changed between two generations, days or definitions: of a measure the
 * children whose verdict differs, of a clock its duties. */
#include "client/call.h"

#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/json.h"
#include "client/answer.h"

/* --- asking ---------------------------------------------------------- */

/* "3,4": from the one to the other; "3": from it to the serving one. */
static bool
generations(const struct call *call, struct buf *target, struct err *err)
{
	const char *text = call->given[OPTION_GENERATIONS];
	size_t len = text != NULL ? strcspn(text, ",") : 0;
	bool two = text != NULL && text[len] == ',';
	char *from;

	if (text == NULL)
		return true;
	if (len == 0 || strspn(text, "0123456789") != len ||
	    (two && (text[len + 1] == '\0' ||
			strspn(text + len + 1, "0123456789") !=
			    strlen(text + len + 1))))
		return err_set(err, ERR_USAGE,
		    _("--generations takes two numbers, A,B; not \"%s\""),
		    text);
	if (two && call->given[OPTION_GENERATION] != NULL)
		return err_set(err, ERR_USAGE,
		    _("--generations A,B and --generation are one too many"));
	from = xstrndup(text, len);
	api_query(target, API_FROM_GENERATION, from);
	if (two)
		api_query(target, API_GENERATION, text + len + 1);
	free(from);
	return true;
}

static bool
subject(const struct call *call, struct buf *target, struct err *err)
{
	bool clock = call->given[OPTION_CLOCK] != NULL;
	char *measure;

	if (clock == (call->n_words == 1))
		return err_set(err, ERR_USAGE,
		    _("usage: hearth changes MEASURE, or hearth changes "
		      "--clock CLOCK"));
	if (clock && (call->given[OPTION_FROM] != NULL ||
			 call->given[OPTION_TO] != NULL ||
			 call->given[OPTION_MONTHS] != NULL))
		return err_set(err, ERR_USAGE,
		    _("a clock has no period; --since D says from which day"));
	call_target(call, target, clock ? ROUTE_MOVES : ROUTE_CHANGES, NULL);
	if (clock)
		return true;
	measure = call_measure(call->words[0]);
	api_query(target, API_MEASURE, measure);
	free(measure);
	return true;
}

bool
cmd_changes_ask(struct call *call, struct err *err)
{
	struct buf target = {0};
	size_t limit;

	if (!subject(call, &target, err) || !generations(call, &target, err) ||
	    !call_limit(call, &limit, err)) {
		buf_free(&target);
		return false;
	}
	/* The units' counts come with every page: one is enough. */
	if (call->given[OPTION_BY] != NULL)
		limit = API_ROWS;
	if (!call_pages(call, &target, limit, err))
		return false;
	if (call->given[OPTION_BY] == NULL)
		call_note_more(call, limit);
	if (cJSON_GetArraySize(answer_item(call->answer, "rows")) == 0)
		return err_set(err, ERR_NO_ANSWER, _("nothing changed"));
	return true;
}

/* --- showing --------------------------------------------------------- */

static const char *
side(struct doc *doc, const cJSON *answer, const char *key)
{
	const cJSON *s = answer_item(answer, key);

	if (s == NULL)
		return "";
	return arena_printf(&doc->arena,
	    _("generation %s, as known on %s, definition %s"),
	    answer_text(doc, s, "generation"), answer_text(doc, s, "as_of"),
	    answer_text(doc, s, "version"));
}

static void
counts(struct doc *doc, const cJSON *answer)
{
	struct doc_table *t = doc_table(doc, "");
	const cJSON *c;

	doc_column(t, "", _("What became of them"), DOC_WORDS, DOC_PAGE);
	doc_column(t, "", _("Count"), DOC_NUMBER, DOC_PAGE);
	ANSWER_EACH(c, answer, "counts")
	{
		if (answer_number(c, "count") == 0)
			continue;
		doc_cell(
		    t, code_label_of(CODES_DIFF, answer_text(doc, c, "id")));
		doc_cell(t, answer_text(doc, c, "count"));
	}
	doc_cell(t, _("as it was"));
	doc_cell(t, answer_text(doc, answer, "alike"));
}

/* A row for each unit, a column for each change. */
static void
units(struct doc *doc, const cJSON *answer)
{
	struct doc_table *t = doc_table(doc, "");
	const cJSON *row, *n;

	doc_column(t, "node", _("Unit id"), DOC_ID, DOC_DATA);
	doc_column(t, "level", _("Level"), DOC_ID, DOC_DATA);
	doc_column(t, "name", _("Unit"), DOC_WORDS, DOC_BOTH);
	for (int i = 1; i <= codesets[CODES_DIFF].n; i++)
		doc_column(t, code_word(&codesets[CODES_DIFF], i),
		    _(code_label(&codesets[CODES_DIFF], i)), DOC_NUMBER,
		    DOC_BOTH);
	ANSWER_EACH(row, answer, "by_rows")
	{
		doc_cell(t, answer_text(doc, row, "id"));
		doc_cell(t, answer_text(doc, row, "level"));
		doc_cell(t, answer_text(doc, row, "name"));
		for (int i = 0; i < codesets[CODES_DIFF].n; i++) {
			n = cJSON_GetArrayItem(answer_item(row, "counts"), i);
			doc_cell(t,
			    cJSON_IsNumber(n)
				? arena_printf(&doc->arena, "%d", n->valueint)
				: "");
		}
	}
}

/* A column of the two kinds of rows: a word of a vocabulary is also shown. */
static const struct column {
	const char *id, *title; /* title NULL: not on pages */
	int codes;		/* -1: plain text */
	enum doc_type type;
} verdicts[] =
    {
	{"child_id", N_("Child"), -1, DOC_ID},
	{"node", N_("Unit"), -1, DOC_ID},
	{"change", N_("Change"), CODES_DIFF, DOC_ID},
	{"then", N_("Then"), CODES_VERDICT, DOC_ID},
	{"now", N_("Now"), CODES_VERDICT, DOC_ID},
	{"cause", N_("By"), CODES_CAUSE, DOC_ID},
	{"value", NULL, -1, DOC_ID},
	{"was", NULL, -1, DOC_WORDS},
	{"is", NULL, -1, DOC_WORDS},
	{"source", NULL, -1, DOC_ID},
	{"rule", NULL, -1, DOC_WORDS},
	{"then_reason", NULL, -1, DOC_WORDS},
	{"now_reason", NULL, -1, DOC_WORDS},
	{"text", N_("What did it"), -1, DOC_WORDS},
},
  duties[] = {
      {"child_id", N_("Child"), -1, DOC_ID},
      {"node", N_("Unit"), -1, DOC_ID},
      {"change", N_("Change"), CODES_DIFF, DOC_ID},
      {"then_state", N_("Then"), CODES_DUTY, DOC_ID},
      {"then_due", N_("Was due"), -1, DOC_DATE},
      {"now_state", N_("Now"), CODES_DUTY, DOC_ID},
      {"now_due", N_("Due"), -1, DOC_DATE},
      {"done", NULL, -1, DOC_DATE},
      {"text", N_("How"), -1, DOC_WORDS},
};

static void
cell(struct doc *doc, struct doc_table *t, const struct column *c,
    const cJSON *row)
{
	const char *text = answer_text(doc, row, c->id);

	/* A report or a case has no child of its own. */
	if (strcmp(c->id, "child_id") == 0 && *text == '\0')
		text = answer_text(doc, row, "key");
	doc_cell(t, text);
	if (c->codes >= 0)
		doc_cell(t, code_label_of(c->codes, text));
}

static void
table(struct doc *doc, const cJSON *answer, const struct column *list, size_t n)
{
	struct doc_table *t = doc_table(doc, "");
	const cJSON *row;

	for (size_t i = 0; i < n; i++) {
		const struct column *c = &list[i];
		const char *title = c->title != NULL ? _(c->title) : c->id;

		doc_column(t, c->id, title, c->type,
		    c->codes >= 0 || c->title == NULL ? DOC_DATA : DOC_BOTH);
		if (c->codes >= 0)
			doc_column(t, "", title, DOC_WORDS, DOC_PAGE);
	}
	ANSWER_EACH(row, answer, "rows")
	for (size_t i = 0; i < n; i++)
		cell(doc, t, &list[i], row);
}

static void
differs(struct doc *doc, const cJSON *answer)
{
	const cJSON *rule;

	ANSWER_EACH(rule, answer, "differs")
	{
		const char *words = answer_text(doc, rule, "words");
		bool now = strcmp(answer_text(doc, rule, "in"), "now") == 0;

		doc_field(doc, now ? _("Rule now") : _("Rule then"),
		    arena_printf(&doc->arena, "%s: %s",
			answer_text(doc, rule, "kind"),
			*words != '\0' ? words
				       : answer_text(doc, rule, "text")));
	}
}

/* The words that ask for the same. */
static const char *
again(struct doc *doc, const cJSON *answer, const char *what)
{
	const cJSON *then = answer_item(answer, "then");
	const cJSON *now = answer_item(answer, "now");
	const char *version = answer_text(doc, then, "version");
	const char *level =
	    answer_text(doc, answer_first(answer, "by_rows"), "level");

	return arena_printf(&doc->arena,
	    "changes %s --generations %s --since %s%s%s%s%s", what,
	    answer_text(doc, then, "generation"),
	    answer_text(doc, then, "as_of"),
	    strcmp(version, answer_text(doc, now, "version")) != 0
		? " --from-version "
		: "",
	    strcmp(version, answer_text(doc, now, "version")) != 0 ? version
								   : "",
	    *level != '\0' ? " --by " : "", level);
}

void
cmd_changes_show(struct doc *doc, const cJSON *answer)
{
	const cJSON *clock = answer_item(answer, "clock");
	const cJSON *m = answer_item(answer, "measure");
	const char *id = answer_text(doc, clock != NULL ? clock : m, "id");

	doc_title(doc, _("What changed: %s"),
	    answer_text(doc, clock != NULL ? clock : m, "title"));
	answer_scope(doc, answer);
	doc_field(doc, _("Then"), side(doc, answer, "then"));
	doc_field(doc, _("Now"), side(doc, answer, "now"));
	differs(doc, answer);
	counts(doc, answer);
	if (answer_first(answer, "by_rows") != NULL)
		units(doc, answer);
	else if (clock != NULL)
		table(doc, answer, duties, sizeof duties / sizeof *duties);
	else
		table(
		    doc, answer, verdicts, sizeof verdicts / sizeof *verdicts);
	answer_about(doc, answer);
	answer_again(doc, answer,
	    again(doc, answer,
		clock != NULL ? arena_printf(&doc->arena, "--clock %s", id)
			      : id));
}
