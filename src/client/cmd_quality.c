#include "client/call.h"

#include <string.h>

#include "base/i18n.h"
#include "base/json.h"
#include "client/answer.h"
#include "client/faults.h"

bool
cmd_quality_ask(struct call *call, struct err *err)
{
	struct buf target = {0};
	size_t limit;

	if (!call_limit(call, &limit, err))
		return false;
	call_target(call, &target, ROUTE_QUALITY, NULL);
	/* Children are shown for one rule; the counts come with every page. */
	if (call->given[OPTION_RULE] == NULL)
		limit = API_ROWS;
	if (!call_pages(call, &target, limit, err))
		return false;
	if (call->given[OPTION_RULE] != NULL)
		call_note_more(call, limit);
	if (answer_number(call->answer, "total") == 0)
		return err_set(err, ERR_NO_ANSWER,
		    _("nothing is wrong with these records"));
	return true;
}

static void
rule_columns(struct doc_table *t)
{
	doc_column(t, "rule", _("Rule"), DOC_ID, DOC_BOTH);
	doc_column(t, "kind", _("Kind"), DOC_WORDS, DOC_DATA);
	doc_column(t, "count", _("Children"), DOC_NUMBER, DOC_BOTH);
	doc_column(t, "text", _("What is wrong"), DOC_WORDS, DOC_BOTH);
	doc_column(t, "", _("Moves most"), DOC_WORDS, DOC_PAGE);
	doc_column(t, "field", _("Field"), DOC_ID, DOC_DATA | DOC_HEAR);
	doc_column(
	    t, "remedy", _("What to do"), DOC_WORDS, DOC_DATA | DOC_HEAR);
	doc_column(t, "measure", _("Measure"), DOC_ID, DOC_DATA);
	doc_column(t, "left_out", _("Left out"), DOC_NUMBER, DOC_DATA);
	doc_column(t, "value", _("Now"), DOC_NUMBER, DOC_DATA);
	doc_column(t, "low", _("At least"), DOC_NUMBER, DOC_DATA);
	doc_column(t, "high", _("At most"), DOC_NUMBER, DOC_DATA);
	doc_column(
	    t, "reference", _("Reference code"), DOC_ID, DOC_DATA | DOC_HEAR);
	doc_column(t, "measure_reference", _("Reference code of the measure"),
	    DOC_ID, DOC_DATA);
}

static void
rule_row(struct doc_table *t, const cJSON *answer, const cJSON *rule)
{
	static const char *const cells[] = {
	    "measure", "count", "value", "low", "high"};
	struct doc *doc = t->doc;
	const char *code = answer_text(doc, rule, "code");
	const cJSON *e = faults_greatest(answer, code);

	doc_cell(t, code);
	doc_cell(t, answer_text(doc, rule, "kind"));
	doc_cell(t, answer_text(doc, rule, "count"));
	doc_cell(t, answer_text(doc, rule, "text"));
	doc_cell(t, faults_effect(doc, e));
	doc_cell(t, answer_text(doc, rule, "field"));
	doc_cell(t, answer_text(doc, rule, "remedy"));
	for (size_t i = 0; i < sizeof cells / sizeof *cells; i++)
		doc_cell(t, e != NULL ? answer_text(doc, e, cells[i]) : "");
	doc_cell(t, answer_text(doc, rule, "ref"));
	doc_cell(t, e != NULL ? answer_text(doc, e, "ref") : "");
}

/* First what moves a score, in order of how far; then by number. */
static void
rules(struct doc *doc, const cJSON *answer)
{
	struct doc_table *t = doc_table(doc, "");
	struct faults_order order;

	rule_columns(t);
	faults_order(&order, answer);
	for (size_t i = 0; i < order.n; i++)
		rule_row(t, answer, order.rules[i]);
}

static void
units(struct doc *doc, const cJSON *answer)
{
	struct doc_table *t = doc_table(doc, "");
	const cJSON *rule, *row, *n;

	doc_column(t, "node", _("Unit id"), DOC_ID, DOC_DATA);
	doc_column(t, "level", _("Level"), DOC_ID, DOC_DATA);
	doc_column(t, "name", _("Unit"), DOC_WORDS, DOC_BOTH);
	doc_column(t, "children", _("Children"), DOC_NUMBER, DOC_BOTH);
	doc_column(t, "wrong", _("With faults"), DOC_NUMBER, DOC_BOTH);
	ANSWER_EACH(rule, answer, "rules")
	{
		const char *code = answer_text(doc, rule, "code");

		doc_column(t, code, code, DOC_NUMBER,
		    answer_number(rule, "count") > 0 ? DOC_BOTH : DOC_DATA);
	}
	doc_column(
	    t, "reference", _("Reference code"), DOC_ID, DOC_DATA | DOC_HEAR);
	ANSWER_EACH(row, answer, "by_rows")
	{
		doc_cell(t, answer_text(doc, row, "id"));
		doc_cell(t, answer_text(doc, row, "level"));
		doc_cell(t, answer_text(doc, row, "name"));
		doc_cell(t, answer_text(doc, row, "children"));
		doc_cell(t, answer_text(doc, row, "wrong"));
		ANSWER_EACH(n, row, "counts")
		doc_cell(t, arena_printf(&doc->arena, "%.0f", n->valuedouble));
		doc_cell(t, answer_text(doc, row, "ref"));
	}
}

static void
children(struct doc *doc, const cJSON *answer)
{
	struct doc_table *t = doc_table(doc, "");
	const cJSON *row;

	doc_column(t, "child_id", _("Child"), DOC_ID, DOC_BOTH);
	doc_column(t, "name", _("Name"), DOC_WORDS, DOC_BOTH);
	doc_column(t, "worker", _("Worker"), DOC_WORDS, DOC_BOTH);
	doc_column(t, "unit", _("Unit"), DOC_WORDS, DOC_DATA | DOC_HEAR);
	doc_column(t, "removal_date", _("Removed"), DOC_DATE, DOC_BOTH);
	doc_column(t, "discharge_date", _("Discharged"), DOC_DATE, DOC_BOTH);
	doc_column(t, "codes", _("Rules"), DOC_WORDS, DOC_BOTH);
	ANSWER_EACH(row, answer, "rows")
	{
		doc_cell(t, answer_text(doc, row, "child_id"));
		doc_cell(t, answer_text(doc, row, "name"));
		doc_cell(t, answer_text(doc, row, "worker"));
		doc_cell(t, answer_text(doc, row, "unit"));
		doc_cell(t, answer_text(doc, row, "removal_date"));
		doc_cell(t, answer_text(doc, row, "discharge_date"));
		doc_cell(t, answer_join(doc, row, "codes"));
	}
}

static void
one_rule(struct doc *doc, const cJSON *answer, const char *code)
{
	const cJSON *rule, *e;

	ANSWER_EACH(rule, answer, "rules")
	{
		if (strcmp(answer_text(doc, rule, "code"), code) != 0)
			continue;
		doc_field(doc, _("Rule"),
		    arena_printf(&doc->arena, "%s: %s", code,
			answer_text(doc, rule, "text")));
		doc_field(
		    doc, _("What to do"), answer_text(doc, rule, "remedy"));
		doc_field(doc, _("Field"), answer_text(doc, rule, "field"));
	}
	ANSWER_EACH(e, answer, "effects")
	doc_field(doc, _("Effect"), faults_effect(doc, e));
}

void
cmd_quality_show(struct doc *doc, const cJSON *answer)
{
	const char *code = json_get_string(answer, "rule");
	const char *level =
	    json_get_string(answer_first(answer, "by_rows"), "level");

	doc_title(doc, "%s", _("What is wrong with the records"));
	answer_scope(doc, answer);
	doc_text(doc,
	    ngettext("%s of %s child has a fault.",
		"%s of %s children have a fault.",
		(unsigned long)answer_number(answer, "children")),
	    answer_text(doc, answer, "wrong"),
	    answer_text(doc, answer, "children"));
	if (code != NULL)
		one_rule(doc, answer, code);
	if (level != NULL)
		units(doc, answer);
	else if (code != NULL)
		children(doc, answer);
	else
		rules(doc, answer);
	answer_about(doc, answer);
	answer_again(doc, answer,
	    arena_printf(&doc->arena, "quality%s%s%s%s",
		code != NULL ? " --rule " : "", code != NULL ? code : "",
		level != NULL ? " --by " : "", level != NULL ? level : ""));
}
