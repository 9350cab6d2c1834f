#include "client/review_merge.h"

#include <string.h>

#include "base/i18n.h"
#include "base/json.h"
#include "client/answer.h"

/* An answer in a word: its value, or its state. */
static const char *
said(const struct response *a)
{
	if (a->state == ANSWER_VALUE)
		return a->value;
	return a->state == ANSWER_UNASKED ? "" : response_state_word(a->state);
}

static void
add_row(cJSON *list, const char *review, const struct visit_merged_row *r)
{
	cJSON *o = cJSON_CreateObject();

	cJSON_AddStringToObject(o, "review", review);
	cJSON_AddStringToObject(o, "question", r->question);
	cJSON_AddStringToObject(o, "unit", r->unit);
	cJSON_AddStringToObject(o, "base", said(&r->base));
	cJSON_AddStringToObject(o, "mine", said(&r->mine));
	cJSON_AddStringToObject(o, "theirs", said(&r->theirs));
	cJSON_AddStringToObject(o, "who", r->who);
	cJSON_AddStringToObject(
	    o, "state", r->conflict ? "conflict" : "taken_over");
	cJSON_AddItemToArray(list, o);
}

static void
add_came(cJSON *list, const struct field_synced_review *r)
{
	cJSON *o;

	if (r->merged.revisions == 0 && r->err.code == ERR_NONE)
		return;
	o = cJSON_CreateObject();
	cJSON_AddStringToObject(o, "review", r->review);
	cJSON_AddNumberToObject(o, "came", r->merged.revisions);
	cJSON_AddStringToObject(o, "by", r->merged.by);
	cJSON_AddNumberToObject(o, "conflicts", r->merged.conflicts);
	cJSON_AddStringToObject(o, "sealed", r->sealed ? "y" : "n");
	cJSON_AddStringToObject(
	    o, "words", r->err.code != ERR_NONE ? r->err.text : "");
	cJSON_AddItemToArray(list, o);
}

void
review_merge_answer(cJSON *answer, const struct field_synced *synced)
{
	cJSON *came = cJSON_AddArrayToObject(answer, "came");
	cJSON *rows = cJSON_AddArrayToObject(answer, "merged");

	for (size_t i = 0; i < synced->n; i++) {
		const struct field_synced_review *r = &synced->list[i];

		add_came(came, r);
		for (size_t k = 0; k < r->merged.n; k++)
			add_row(rows, r->review, &r->merged.rows[k]);
	}
}

static void
show_came(struct doc *doc, const cJSON *answer)
{
	const cJSON *r;

	ANSWER_EACH(r, answer, "came")
	{
		const char *review = answer_text(doc, r, "review");
		const char *words = answer_text(doc, r, "words");
		int64_t came = 0, conflicts = 0;

		json_get_int(r, "came", &came);
		json_get_int(r, "conflicts", &conflicts);
		if (came > 0)
			doc_text(doc,
			    ngettext("%s: %lld revision of another device "
				     "came in, of %s.",
				"%s: %lld revisions of other devices came in, "
				"the newest of %s.",
				(unsigned long)came),
			    review, (long long)came, answer_text(doc, r, "by"));
		if (conflicts > 0)
			doc_text(doc,
			    ngettext("%s: %lld answer waits for your choice; "
				     "hearth review resolve asks.",
				"%s: %lld answers wait for your choice; "
				"hearth review resolve asks.",
				(unsigned long)conflicts),
			    review, (long long)conflicts);
		if (strcmp(answer_text(doc, r, "sealed"), "y") == 0)
			doc_text(doc,
			    _("%s: sealed again with both people's answers."),
			    review);
		if (*words != '\0')
			doc_text(doc, "%s: %s", review, words);
	}
}

void
review_merge_show(struct doc *doc, const cJSON *answer)
{
	static const char *const keys[] = {"review", "question", "unit",
	    "state", "base", "mine", "theirs", "who"};
	static const char *const titles[] = {N_("Review"), N_("Question"),
	    N_("Of"), N_("What became of it"), N_("Before"), N_("Here"),
	    N_("There"), N_("Who there")};
	struct doc_table *t;
	const cJSON *r;

	show_came(doc, answer);
	if (cJSON_GetArraySize(answer_item(answer, "merged")) == 0)
		return;
	t = doc_table(doc, _("Answers of other devices"));
	for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
		doc_column(t, keys[i], _(titles[i]), DOC_WORDS, DOC_BOTH);
	ANSWER_EACH(r, answer, "merged")
	{
		for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
			const char *text = answer_text(doc, r, keys[i]);

			if (i == 3)
				text = strcmp(text, "conflict") == 0
					   ? _("waits for a choice")
					   : _("taken over");
			doc_cell(t, text);
		}
	}
}
