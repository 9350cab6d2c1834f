/* hearth plan: its pages. */
#include <string.h>

#include "base/i18n.h"
#include "client/answer.h"
#include "client/answer_table.h"
#include "client/call.h"
#include "client/duties.h"
#include "proto/codes.h"

static const char *
state_label(struct doc *doc, const cJSON *row)
{
	return code_label_of(CODES_PLAN_STATE, answer_text(doc, row, "state"));
}

static void
show_buckets(struct doc *doc, const cJSON *answer)
{
	struct doc_table *t = doc_table(doc, "");
	const cJSON *b;

	doc_column(t, "", _("When"), DOC_WORDS, DOC_PAGE);
	doc_column(t, "", _("Reviews"), DOC_NUMBER, DOC_PAGE);
	ANSWER_EACH(b, answer, "buckets")
	{
		if (strcmp(answer_text(doc, b, "count"), "0") == 0)
			continue;
		doc_cell(t, duties_bucket(answer_text(doc, b, "id")));
		doc_cell(t, answer_text(doc, b, "count"));
	}
}

static void
show_list(struct doc *doc, const cJSON *answer)
{
	static const struct answer_column data[] = {
	    {"id", N_("Review"), DOC_ID, 0},
	    {"provider", N_("Provider"), DOC_ID, 0},
	    {"provider_name", N_("Name"), DOC_WORDS, 0},
	    {"programme", N_("Programme"), DOC_ID, 0},
	    {"kind", N_("Kind"), DOC_ID, DOC_DATA},
	    {"monitor", N_("Monitor"), DOC_WORDS, 0},
	    {"due", N_("Due"), DOC_DATE, 0},
	    {"days", N_("Days"), DOC_NUMBER, 0},
	    {"bucket", N_("Bucket"), DOC_ID, DOC_DATA},
	    {"state", N_("State"), DOC_ID, DOC_DATA},
	    {"contract", N_("Contract"), DOC_ID, DOC_DATA},
	    {"agreement", N_("Agreement"), DOC_ID, DOC_DATA},
	    {"last", N_("Last review"), DOC_DATE, DOC_DATA},
	    {"done", N_("Handed in"), DOC_DATE, DOC_DATA},
	    {"approved", N_("Approved"), DOC_DATE, DOC_DATA},
	    {"packet", N_("Packet"), DOC_ID, DOC_DATA},
	    {"taken_by", N_("Taken by"), DOC_WORDS, DOC_DATA},
	    {"words", N_("Why then"), DOC_WORDS, DOC_DATA},
	    {0},
	};
	struct doc_table *t;
	const cJSON *o;

	doc_title(doc, _("Reviews of the contract year %s"),
	    answer_text(doc, answer, "year"));
	doc_field(doc, _("From"), answer_text(doc, answer, "from"));
	doc_field(doc, _("To"), answer_text(doc, answer, "to"));
	doc_field(doc, _("Counted to"), answer_text(doc, answer, "as_of"));
	show_buckets(doc, answer);
	t = doc_table(doc, "");
	answer_table_columns(t, data);
	doc_column(t, "", _("State"), DOC_WORDS, DOC_PAGE);
	ANSWER_EACH(o, answer, "rows")
	{
		answer_table_cells(t, data, o);
		doc_cell(t, state_label(doc, o));
	}
	doc_note(doc, "%s",
	    _("Due days are our own rule (setting review.due of the "
	      "service)."));
}

static void
show_one(struct doc *doc, const cJSON *answer)
{
	static const struct answer_column fields[] = {
	    {"provider", N_("Provider"), 0, 0},
	    {"provider_name", N_("Name"), 0, 0},
	    {"programme", N_("Programme"), 0, 0},
	    {"contract", N_("Contract"), 0, 0},
	    {"agreement", N_("Agreement"), 0, 0},
	    {"contract_year", N_("Contract year"), 0, 0},
	    {"kind", N_("Kind"), 0, 0},
	    {"follows", N_("Follows"), 0, 0},
	    {"monitor", N_("Monitor"), 0, 0},
	    {"period_from", N_("Period from"), 0, 0},
	    {"period_to", N_("Period to"), 0, 0},
	    {"due", N_("Due"), 0, 0},
	    {"words", N_("Why then"), 0, 0},
	    {"days", N_("Days"), 0, 0},
	    {"last", N_("Last review"), 0, 0},
	    {"done", N_("Handed in"), 0, 0},
	    {"approved", N_("Approved"), 0, 0},
	    {"revision", N_("Revision"), 0, 0},
	    {"packet", N_("Packet"), 0, 0},
	    {"taken_by", N_("Taken by"), 0, 0},
	    {"open_findings", N_("Open findings"), 0, 0},
	    {0},
	};
	static const struct answer_column history[] = {
	    {"version", N_("Version"), DOC_NUMBER, 0},
	    {"at", N_("Written"), DOC_WORDS, 0},
	    {"by", N_("By"), DOC_WORDS, 0},
	    {"monitor", N_("Monitor"), DOC_WORDS, 0},
	    {"due", N_("Due"), DOC_DATE, 0},
	    {"dropped", N_("Dropped"), DOC_WORDS, 0},
	    {"reason", N_("Why"), DOC_WORDS, 0},
	    {0},
	};
	const cJSON *row = answer_item(answer, "review");

	doc_title(doc, _("Review %s"), answer_text(doc, row, "id"));
	doc_field(doc, _("State"), state_label(doc, row));
	answer_fields(doc, row, fields);
	doc_field(doc, _("Co-monitors"), answer_join(doc, row, "co_monitors"));
	answer_table(doc, "", answer_item(answer, "history"), history);
}

static void
show_sealed(struct doc *doc, const cJSON *sealed)
{
	const cJSON *account = answer_item(sealed, "account");

	doc_field(
	    doc, _("Sealed revision"), answer_text(doc, sealed, "revision"));
	doc_field(doc, _("As drawn"),
	    cJSON_IsTrue(answer_item(sealed, "as_drawn")) ? _("yes") : _("no"));
	doc_field(doc, _("Difference"), answer_text(doc, sealed, "fault"));
	doc_field(doc, _("Replaced"), answer_text(doc, account, "replaced"));
	doc_field(doc, _("Added by the monitor"),
	    answer_text(doc, account, "purposive"));
}

static void
show_sample(struct doc *doc, const cJSON *answer)
{
	static const struct answer_column picks[] = {
	    {"unit", N_("Unit"), DOC_ID, 0},
	    {"key", N_("Id"), DOC_ID, 0},
	    {"drawn", N_("Drawn"), DOC_WORDS, 0},
	    {"order", N_("Order"), DOC_NUMBER, 0},
	    {0},
	};
	static const struct answer_column fields[] = {
	    {"on", N_("Roster of"), 0, 0},
	    {"source", N_("Source"), 0, 0},
	    {"instrument", N_("Rule of"), 0, 0},
	    {"seed", N_("Seed"), 0, 0},
	    {"frame", N_("Drawn from"), 0, 0},
	    {"at", N_("Drawn"), 0, 0},
	    {"by", N_("By"), 0, 0},
	    {0},
	};
	static const struct answer_column changes[] = {
	    {"unit", N_("Unit"), DOC_ID, 0},
	    {"key", N_("Id"), DOC_ID, 0},
	    {"added", N_("Added"), DOC_WORDS, 0},
	    {"why", N_("Why"), DOC_WORDS, 0},
	    {"by", N_("By"), DOC_WORDS, 0},
	    {"on", N_("On"), DOC_DATE, 0},
	    {0},
	};
	const cJSON *d = answer_item(answer, "draw");
	const cJSON *again = answer_item(answer, "again"), *o;

	doc_title(doc, "%s", _("The sample"));
	answer_fields(doc, d, fields);
	doc_field(doc, _("Drawn again"),
	    cJSON_IsTrue(answer_item(again, "equal")) ? _("the same")
						      : _("not the same"));
	ANSWER_EACH(o, again, "differences")
	{
		doc_text(doc, "%s", cJSON_GetStringValue(o));
	}
	if (cJSON_IsObject(answer_item(answer, "sealed")))
		show_sealed(doc, answer_item(answer, "sealed"));
	answer_table(doc, "", answer_item(d, "picks"), picks);
	if (cJSON_GetArraySize(answer_item(d, "changes")) > 0)
		answer_table(doc, _("Changed by the office"),
		    answer_item(d, "changes"), changes);
}

static void
show_packets(struct doc *doc, const cJSON *answer)
{
	static const struct answer_column packets[] = {
	    {"id", N_("Packet"), DOC_ID, 0},
	    {"review", N_("Review"), DOC_ID, 0},
	    {"provider", N_("Provider"), DOC_ID, 0},
	    {"user", N_("For"), DOC_WORDS, 0},
	    {"issued", N_("Issued"), DOC_WORDS, 0},
	    {"expires", N_("Until"), DOC_WORDS, 0},
	    {0},
	};

	doc_title(doc, "%s", _("Packets that wait"));
	doc_field(
	    doc, _("Service's key"), answer_text(doc, answer, "service_key"));
	if (cJSON_GetArraySize(answer_item(answer, "packets")) == 0)
		doc_text(doc, "%s", _("None waits."));
	answer_table(doc, "", answer_item(answer, "packets"), packets);
}

void
cmd_plan_show(struct doc *doc, const cJSON *answer)
{
	if (answer_item(answer, "rows") != NULL) {
		show_list(doc, answer);
	} else if (answer_item(answer, "review") != NULL) {
		show_one(doc, answer);
	} else if (answer_item(answer, "draw") != NULL) {
		show_sample(doc, answer);
	} else if (answer_item(answer, "packets") != NULL) {
		show_packets(doc, answer);
	} else {
		doc_title(doc, "%s", _("Written"));
		doc_field(doc, _("Id"), answer_text(doc, answer, "id"));
		doc_field(
		    doc, _("Version"), answer_text(doc, answer, "version"));
		doc_field(doc, _("By"), answer_text(doc, answer, "by"));
	}
}
