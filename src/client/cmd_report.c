#include "client/call.h"

#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "client/answer.h"
#include "client/figures.h"
#include "client/judged.h"

bool
cmd_report_ask(struct call *call, struct err *err)
{
	char *measure = call_measure(call->words[0]);
	struct buf target = {0};

	call_target(call, &target, ROUTE_REPORT, NULL);
	api_query(&target, API_MEASURE, measure);
	/* Files hold rows only: what stands beside them would be dropped. */
	if (call->format == AS_CSV)
		api_query(&target, API_ALONE, "y");
	free(measure);
	return call_get(call, &target, err);
}

static void
report_chart(struct doc *doc, const struct figures *f)
{
	const cJSON *trend = answer_item(f->answer, "trend"), *w;
	struct doc_chart *chart;

	if (cJSON_GetArraySize(trend) < 2)
		return;
	chart = doc_chart(doc, _("Trend"), true);
	cJSON_ArrayForEach(w, trend) doc_point(
	    chart, figures_period(f, w), answer_text(doc, w, "value"), f->unit);
	doc_goal(chart,
	    answer_text(doc, answer_item(f->answer, "total"), "goal"), f->unit);
}

/* Units side by side; more than a page of bars tells nothing. */
static void
report_bars(struct doc *doc, const struct figures *f)
{
	const cJSON *rows = answer_item(f->answer, "rows"), *r;
	int n = cJSON_GetArraySize(rows);
	struct doc_chart *chart;

	if (n < 2 || n > 16)
		return;
	chart = doc_chart(doc, _("Side by side"), false);
	cJSON_ArrayForEach(r, rows) doc_point(
	    chart, figures_name(f, r), answer_text(doc, r, "value"), f->unit);
	doc_goal(chart,
	    answer_text(doc, answer_item(f->answer, "total"), "goal"), f->unit);
}

static void
report_reasons(struct doc *doc, const cJSON *total)
{
	const cJSON *reason;

	ANSWER_EACH(reason, total, "reasons")
	doc_field(doc, _("Left out"),
	    arena_printf(&doc->arena, "%s: %s",
		answer_text(doc, reason, "count"),
		answer_text(doc, reason, "why")));
}

void
cmd_report_show(struct doc *doc, const cJSON *answer)
{
	struct figures f;
	const cJSON *total = answer_item(answer, "total");

	figures_begin(&f, doc, answer);
	doc_title(doc, "%s: %s", f.id, f.title);
	answer_scope(doc, answer);
	judged_warnings(doc, answer);
	doc_text(doc, "%s", answer_text(doc, answer, "sentence"));
	figures_table(&f, DOC_BOTH);
	figures_unknown(&f);
	report_chart(doc, &f);
	report_bars(doc, &f);
	doc_field(
	    doc, _("Median of peers"), answer_text(doc, answer, "peer_median"));
	judged_show(doc, answer);
	report_reasons(doc, total);
	judged_limits(doc, answer);
	answer_about(doc, answer);
	answer_again(doc, answer, figures_words(&f, "report"));
}
