/* hearth indicator: one indicator of all providers, side by side. */
#include "client/call.h"

#include "base/i18n.h"
#include "client/answer.h"
#include "client/review_score.h"

bool
cmd_indicator_ask(struct call *call, struct err *err)
{
	struct buf target = {0};

	call_target(call, &target, ROUTE_INDICATORS, NULL);
	api_query(&target, API_OF, call->words[0]);
	return call_list(call, &target,
	    _("no scorecard has this indicator in that year"), err);
}

static void
show_head(struct doc *doc, const cJSON *answer)
{
	const cJSON *system = answer_item(answer, "system");

	doc_title(doc, "%s %s", answer_text(doc, answer, "indicator"),
	    review_score_text(answer, "title"));
	doc_field(doc, _("Contract year"), answer_text(doc, answer, "year"));
	doc_field(doc, _("Programme"), answer_text(doc, answer, "programme"));
	doc_field(doc, _("Basis"), answer_text(doc, answer, "basis"));
	if (system != NULL)
		doc_field(doc, _("All providers"),
		    arena_printf(&doc->arena, "%s/%s  %s %%",
			answer_text(doc, system, "numerator"),
			answer_text(doc, system, "denominator"),
			answer_text(doc, system, "percent")));
}

void
cmd_indicator_show(struct doc *doc, const cJSON *answer)
{
	static const struct {
		const char *key, *title;
		enum doc_type type;
		unsigned in;
	} columns[] = {
	    {"provider", N_("Provider"), DOC_ID, DOC_BOTH},
	    {"provider_name", N_("Name"), DOC_WORDS, DOC_BOTH},
	    {"numerator", N_("Met"), DOC_NUMBER, DOC_BOTH},
	    {"denominator", N_("Of"), DOC_NUMBER, DOC_BOTH},
	    {"percent", "%", DOC_NUMBER, DOC_BOTH},
	    {"small", N_("Few"), DOC_ID, DOC_BOTH},
	    {"standard", N_("Standard"), DOC_NUMBER, DOC_BOTH},
	    {"verdict", N_("Verdict"), DOC_ID, DOC_DATA},
	    {"verdict", N_("Verdict"), DOC_WORDS, DOC_PAGE},
	    {"needed", N_("Needs"), DOC_NUMBER, DOC_BOTH},
	    {"pending", N_("Pending"), DOC_NUMBER, DOC_BOTH},
	    {"undetermined", N_("Undetermined"), DOC_NUMBER, DOC_DATA},
	    {"missing", N_("Missing"), DOC_NUMBER, DOC_DATA},
	    {"from", N_("From"), DOC_DATE, DOC_DATA},
	    {"to", N_("To"), DOC_DATE, DOC_BOTH},
	    {"review", N_("Review"), DOC_ID, DOC_BOTH},
	};
	struct doc_table *t;
	const cJSON *o;
	bool example = false;

	show_head(doc, answer);
	t = doc_table(doc, "");
	for (size_t i = 0; i < sizeof columns / sizeof *columns; i++)
		doc_column(t, columns[i].key, _(columns[i].title),
		    columns[i].type, columns[i].in);
	ANSWER_EACH(o, answer, "rows")
	{
		for (size_t i = 0; i < sizeof columns / sizeof *columns; i++) {
			const char *text = answer_text(doc, o, columns[i].key);

			doc_cell(t, columns[i].in == DOC_PAGE
					? review_score_word(text)
					: text);
		}
		example |= answer_true(o, "example");
	}
	doc_note(doc, "%s",
	    _("In the order of names: figures of so few children rank "
	      "nobody."));
	if (example)
		doc_note(
		    doc, "%s", _("An example instrument: no official rule."));
}
