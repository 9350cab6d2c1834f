#include "client/duties.h"

#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "client/answer.h"
#include "proto/codes.h"

const char *
duties_bucket(const char *word)
{
	return code_label_of(CODES_BUCKET, word);
}

/* In the order of the vocabulary. */
static const char *const shorts[] = {N_("over >30"), N_("over 16-30"),
    N_("over 1-15"), N_("today"), N_("in 1-7"), N_("in 8-30"), N_("in 31-60"),
    N_("in 61-90"), N_("in >90"), N_("n/a"), N_("unknown")};

const char *
duties_bucket_short(const char *word)
{
	int code = code_find(&codesets[CODES_BUCKET], word, strlen(word));

	_Static_assert(sizeof shorts / sizeof *shorts == BUCKET_END - 1,
	    "a short name for every bucket");
	return code > 0 ? _(shorts[code - 1]) : word;
}

const char *
duties_clock(const char *word)
{
	return code_label_of(CODES_CLOCKS, word);
}

struct doc_table *
duties_table(struct doc *doc, const char *title, const cJSON *clock)
{
	struct doc_table *t = doc_table(doc, title);
	const char *over = answer_text(doc, clock, "over");
	bool mixed = clock == NULL;

	doc_column(t, "child_id",
	    strcmp(over, "report") == 0	    ? _("Report")
	    : strcmp(over, "service") == 0  ? _("Case")
	    : strcmp(over, "provider") == 0 ? _("Provider's")
					    : _("Child"),
	    DOC_ID, DOC_BOTH);
	doc_column(t, "name", _("Name"), DOC_WORDS, DOC_PAGE);
	doc_column(t, "node", _("Unit"), DOC_ID, DOC_BOTH);
	doc_column(t, "clock", _("Clock"), DOC_ID, DOC_DATA);
	doc_column(t, "", _("Duty"), DOC_WORDS, mixed ? DOC_PAGE : 0);
	doc_column(t, "due", _("Due"), DOC_DATE, DOC_BOTH);
	doc_column(t, "days", _("Days"), DOC_NUMBER, DOC_BOTH);
	doc_column(t, "bucket", _("Bucket"), DOC_ID, DOC_DATA);
	doc_column(t, "", _("When"), DOC_WORDS, DOC_PAGE);
	doc_column(t, "state", _("State"), DOC_ID, DOC_DATA);
	doc_column(t, "", _("State"), DOC_WORDS, DOC_PAGE);
	doc_column(t, "start", _("Clock began"), DOC_DATE, DOC_BOTH);
	doc_column(t, "start_event", _("With"), DOC_WORDS, DOC_BOTH);
	doc_column(t, "worker", _("Worker"), DOC_WORDS, DOC_BOTH);
	doc_column(t, "why", _("Why"), DOC_WORDS, DOC_DATA);
	return t;
}

/* "why" is one sentence or several. */
static const char *
reasons(struct doc *doc, const cJSON *duty)
{
	return cJSON_IsArray(answer_item(duty, "why"))
		   ? answer_join(doc, duty, "why")
		   : answer_text(doc, duty, "why");
}

void
duties_row(struct doc_table *t, const cJSON *duty)
{
	struct doc *doc = t->doc;
	const char *clock = answer_text(doc, duty, "clock");
	const char *bucket = answer_text(doc, duty, "bucket");
	const char *state = answer_text(doc, duty, "state");

	/* Of a report or a case, which has no child of its own, its own id. */
	doc_cell(t, answer_item(duty, "child_id") != NULL
			? answer_text(doc, duty, "child_id")
			: answer_text(doc, duty, "key"));
	doc_cell(t, answer_text(doc, duty, "name"));
	doc_cell(t, answer_text(doc, duty, "node"));
	doc_cell(t, clock);
	doc_cell(t, duties_clock(clock));
	doc_cell(t, answer_text(doc, duty, "due"));
	doc_cell(t, answer_text(doc, duty, "days"));
	doc_cell(t, bucket);
	doc_cell(t, duties_bucket(bucket));
	doc_cell(t, state);
	doc_cell(t, code_label_of(CODES_DUTY, state));
	doc_cell(t, answer_text(doc, duty, "start"));
	doc_cell(t, answer_text(doc, duty, "start_event"));
	doc_cell(t, answer_text(doc, duty, "worker"));
	doc_cell(t, reasons(doc, duty));
}
