/* hearth review: its page, of whatever the word brought. */
#include <string.h>

#include "base/i18n.h"
#include "base/json.h"
#include "client/answer.h"
#include "client/answer_table.h"
#include "client/call.h"
#include "client/fetch.h"
#include "client/results.h"
#include "client/review_score.h"

static const struct answer_column reviews[] = {
    {"review", N_("Review"), DOC_ID, 0},
    {"provider", N_("Provider"), DOC_WORDS, 0},
    {"instrument", N_("Instrument"), DOC_ID, DOC_DATA},
    {"state", N_("State"), DOC_ID, 0},
    {"events", N_("Kept"), DOC_NUMBER, 0},
    {"unsealed", N_("Not sealed"), DOC_NUMBER, 0},
    {"revision", N_("Sealed as"), DOC_NUMBER, 0},
    {"changed", N_("Changed"), DOC_NUMBER, 0},
    {"taken", N_("Taken"), DOC_NUMBER, 0},
    {0},
};

/* Its headings stand even when no review is here. */
static void
show_list(struct doc *doc, const cJSON *answer)
{
	struct doc_table *t = doc_table(doc, "");
	const cJSON *r;

	answer_table_columns(t, reviews);
	ANSWER_EACH(r, answer, "reviews")
	{
		answer_table_cells(t, reviews, r);
	}
	ANSWER_EACH(r, answer, "reviews")
	{
		if (strcmp(answer_text(doc, r, "state"), "damaged") == 0)
			doc_text(doc,
			    _("%s is damaged and can only be read; hearth "
			      "review salvage %s gets out what still checks."),
			    answer_text(doc, r, "review"),
			    answer_text(doc, r, "review"));
	}
}

static void
show_moves(struct doc *doc, const cJSON *answer)
{
	static const struct answer_column moves[] = {
	    {"move", N_("What becomes of it"), DOC_WORDS, 0},
	    {"from", N_("Question"), DOC_WORDS, 0},
	    {"to", N_("In the new form"), DOC_WORDS, 0},
	    {"answers", N_("Answers here"), DOC_NUMBER, 0},
	    {"why", N_("Why"), DOC_WORDS, 0},
	    {0},
	};
	struct doc_table *t;
	const cJSON *r;

	if (answer_item(answer, "moves") == NULL)
		return;
	t = doc_table(doc, answer_item(answer, "moved") != NULL
			       ? _("What became of it")
			       : _("A preview; nothing was moved"));
	answer_table_columns(t, moves);
	ANSWER_EACH(r, answer, "moves")
	{
		answer_table_cells(t, moves, r);
	}
}

/* What was counted before and after: nothing went unseen. */
static void
show_moved(struct doc *doc, const cJSON *answer)
{
	static const struct answer_column counts[] = {
	    {"form", N_("Form"), DOC_ID, 0},
	    {"answered", N_("Answered"), DOC_NUMBER, 0},
	    {"asked", N_("Asked"), DOC_NUMBER, 0},
	    {"given", N_("Given by people"), DOC_NUMBER, 0},
	    {"retired", N_("Retired"), DOC_NUMBER, 0},
	    {0},
	};

	if (answer_item(answer, "moved") == NULL)
		return;
	if (cJSON_IsTrue(answer_item(answer, "moved")))
		doc_text(doc,
		    _("%s is on the new form now. hearth review retired lists "
		      "the answers that have no question there."),
		    answer_text(doc, answer, "review"));
	else
		doc_text(
		    doc, "%s", _("Nothing was moved; it stays with its form."));
	answer_table(doc, _("Counts"), answer_item(answer, "counts"), counts);
}

static void
show_retired(struct doc *doc, const cJSON *answer)
{
	static const struct answer_column rows[] = {
	    {"question", N_("Question"), DOC_ID, 0},
	    {"text", N_("What was asked"), DOC_WORDS, 0},
	    {"unit", N_("Of"), DOC_WORDS, 0},
	    {"answer", N_("Answer"), DOC_WORDS, 0},
	    {"note", N_("Note"), DOC_WORDS, 0},
	    {"who", N_("Who"), DOC_ID, 0},
	    {"when", N_("When"), DOC_WORDS, 0},
	    {0},
	};
	const cJSON *list = answer_item(answer, "retired_answers");

	if (list == NULL)
		return;
	if (cJSON_GetArraySize(list) == 0)
		doc_text(doc, "%s",
		    _("Every answer of this review has its question."));
	answer_table(doc,
	    _("Answers whose question the form no longer has; they count "
	      "nowhere"),
	    list, rows);
}

/* What went, or would have gone. */
static void
show_cleaned(struct doc *doc, const cJSON *answer)
{
	static const struct answer_column files[] = {
	    {"file", N_("File"), DOC_ID, 0},
	    {"what", N_("What becomes of it"), DOC_WORDS, 0},
	    {0},
	};
	const cJSON *list = answer_item(answer, "cleaning");

	if (cJSON_IsTrue(answer_item(answer, "passphrase")))
		doc_text(doc, "%s",
		    _("The folder opens with the new passphrase only; the "
		      "office's recovery key opens it as before."));
	if (list == NULL)
		return;
	if (cJSON_GetArraySize(list) == 0)
		doc_text(doc, "%s",
		    _("Nothing here may be cleaned away: the office's receipt "
		      "must be 90 days old, and nothing typed since."));
	else
		doc_text(doc, "%s",
		    cJSON_IsTrue(answer_item(answer, "cleaned"))
			? _("Cleaned away:")
			: _("Nothing was cleaned away. What could be:"));
	answer_table(doc, "", list, files);
}

static const struct answer_column found[] = {
    {"where", N_("Where"), DOC_ID, 0},
    {"text", N_("What"), DOC_WORDS, 0},
    {0},
};

static void
show_resolved(struct doc *doc, const cJSON *answer)
{
	int64_t left = 0;

	if (!json_get_int(answer, "left", &left))
		return;
	if (left > 0)
		doc_text(doc,
		    ngettext("%lld answer still waits for your choice.",
			"%lld answers still wait for your choice.",
			(unsigned long)left),
		    (long long)left);
	else if (strcmp(answer_text(doc, answer, "sealed"), "y") == 0)
		doc_text(doc, "%s",
		    _("Sealed with both people's answers; hearth sync sends "
		      "it."));
	else if (*answer_text(doc, answer, "open") != '\0')
		doc_text(doc,
		    _("Nothing is in conflict any more. Not sealed yet: %s"),
		    answer_text(doc, answer, "open"));
	else
		doc_text(doc, "%s", _("Nothing is in conflict."));
}

static void
show_salvaged(struct doc *doc, const cJSON *answer)
{
	int64_t typed = 0, lost = 0;

	json_get_int(answer, "typed", &typed);
	json_get_int(answer, "lost", &lost);
	doc_text(doc,
	    ngettext("%s is whole again: %lld answer or change was got out. "
		     "What the packet brought stands, too.",
		"%s is whole again: %lld answers and changes were got out. "
		"What the packet brought stands, too.",
		(unsigned long)typed),
	    answer_text(doc, answer, "salvaged"), (long long)typed);
	if (lost == 0)
		doc_text(doc, "%s", _("No line of its journal is missing."));
	else
		doc_text(doc,
		    ngettext("%lld line of its journal could not be read; it "
			     "may be an answer: hearth review check tells "
			     "what is open.",
			"%lld lines of its journal could not be read; they "
			"may be answers: hearth review check tells what is "
			"open.",
			(unsigned long)lost),
		    (long long)lost);
	doc_text(doc,
	    _("The damaged file is set aside as it was: trash/%s in the "
	      "folder."),
	    answer_text(doc, answer, "aside"));
	answer_table(doc, _("Read, but without a place"),
	    answer_item(answer, "unfit"), found);
}

void
cmd_review_show(struct doc *doc, const cJSON *answer)
{
	const char *taken = answer_text(doc, answer, "taken");

	if (fetch_show(doc, answer) || results_show(doc, answer))
		return;
	doc_title(doc, "%s", _("Monitoring reviews"));
	if (*taken != '\0')
		doc_text(doc, _("%s is here; hearth review open fills it in."),
		    taken);
	if (answer_item(answer, "reviews") != NULL)
		show_list(doc, answer);
	if (*answer_text(doc, answer, "attached") != '\0')
		doc_text(doc,
		    _("%s is copied and goes with the next sync, after the "
		      "answers."),
		    answer_text(doc, answer, "attached"));
	if (answer_item(answer, "salvaged") != NULL)
		show_salvaged(doc, answer);
	show_moved(doc, answer);
	show_moves(doc, answer);
	show_retired(doc, answer);
	show_cleaned(doc, answer);
	show_resolved(doc, answer);
	doc_field(doc, _("Review"), answer_text(doc, answer, "review"));
	doc_field(doc, _("Answered"), answer_text(doc, answer, "answered"));
	doc_field(doc, _("Asked"), answer_text(doc, answer, "asked"));
	doc_field(
	    doc, _("Undetermined"), answer_text(doc, answer, "undetermined"));
	doc_field(doc, _("Errors"), answer_text(doc, answer, "errors"));
	doc_field(doc, _("Retired"), answer_text(doc, answer, "retired"));
	doc_field(doc, _("Revision"), answer_text(doc, answer, "revision"));
	doc_field(doc, _("Hash"), answer_text(doc, answer, "hash"));
	doc_field(doc, _("Files"), answer_text(doc, answer, "files"));
	if (*answer_text(doc, answer, "swap") != '\0')
		doc_text(doc,
		    _("Keys are kept from swap, names that are shown may not "
		      "be: they can be written to %s. Have it encrypted, or "
		      "the limit on locked memory lifted (ulimit -l "
		      "unlimited)."),
		    answer_text(doc, answer, "swap"));
	answer_table(doc, _("Wrong in the folder"),
	    answer_item(answer, "faults"), found);
	answer_table(doc, _("Wrong in the review"),
	    answer_item(answer, "problems"), found);
	review_score_show(doc, answer);
}
