#include "client/results.h"

#include <string.h>

#include "base/i18n.h"
#include "base/json.h"
#include "client/answer.h"
#include "client/answer_table.h"
#include "client/paperwork.h"
#include "client/review_score.h"
#include "client/unit_words.h"

/* --- asking ----------------------------------------------------------------
 */

static bool
ask_office(struct call *call, struct err *err)
{
	struct buf target = {0};

	call_target(call, &target, ROUTE_REVIEWS, NULL);
	return call_list(
	    call, &target, _("no review came from the field"), err);
}

static bool
ask_route(struct call *call, enum api_route_id route, struct err *err)
{
	struct buf target = {0};

	if (!call_needs(
		call, 1, "review scorecard|findings|letter|show ID", err))
		return false;
	call_target(call, &target, route, call_word(call, 1));
	return call_get(call, &target, err);
}

static bool
ask_show(struct call *call, struct err *err)
{
	return ask_route(call, ROUTE_REVIEW_ONE, err);
}

static bool
ask_scorecard(struct call *call, struct err *err)
{
	const char *part = call->given[OPTION_PART];

	if (part != NULL && !review_part_known(part))
		return err_set(
		    err, ERR_USAGE, _("a scorecard has no part \"%s\""), part);
	if (!ask_route(call, ROUTE_SCORECARD, err))
		return false;
	if (part != NULL)
		cJSON_AddStringToObject(call->answer, "part", part);
	return true;
}

static bool
ask_findings(struct call *call, struct err *err)
{
	return ask_route(call, ROUTE_FINDINGS, err);
}

static bool
ask_letter(struct call *call, struct err *err)
{
	struct buf target = {0};

	if (!call_needs(call, 1, "review letter ID --office", err))
		return false;
	call_target(call, &target, ROUTE_LETTER, call_word(call, 1));
	if (call->given[OPTION_TONGUE] == NULL && review_tongue() == TONGUE_ES)
		api_query(&target, API_TONGUE, "es");
	return call_get(call, &target, err);
}

static bool
ask_why(struct call *call, struct err *err)
{
	struct buf target = {0};

	if (!call_needs(call, 2, "review why ID ELEMENT", err))
		return false;
	call_target(call, &target, ROUTE_REVIEW_WHY, call_word(call, 1));
	api_query(&target, API_OF, call_word(call, 2));
	return call_get(call, &target, err);
}

/* Looks which edition is the newest, and asks for the next. */
static bool
ask_rescore(struct call *call, struct err *err)
{
	const char *reason = call->given[OPTION_REASON];
	struct buf target = {0}, body = {0};
	const cJSON *last = NULL, *o;
	int64_t version = 0;
	struct json j;

	if (!call_needs(call, 1, "review rescore ID --reason TEXT", err))
		return false;
	if (reason == NULL)
		return err_set(err, ERR_USAGE, "%s",
		    _("--reason says why it is scored again"));
	if (!ask_show(call, err))
		return false;
	ANSWER_EACH(o, call->answer, "editions")
	{
		last = o;
	}
	json_get_int(last, "edition", &version);
	call_forget(call);
	json_begin(&j, &body);
	json_object(&j);
	json_kv_int(&j, "version", version);
	json_kv_string(&j, "reason", reason);
	json_object_end(&j);
	api_target(&target, ROUTE_RESCORE, call_word(call, 1));
	return call_put(call, &target, &body, err);
}

static bool
ask_changes(struct call *call, struct err *err)
{
	return ask_route(call, ROUTE_REVIEW_CHANGES, err);
}

/* --- deciding --------------------------------------------------------------
 */

/* FIELD=VALUE pairs from that word on, the reason, and that a supervisor
 * decides unless they say who else. */
static bool
fill(struct call *call, enum body body, int from, cJSON *tree, struct err *err)
{
	const struct paperwork paperwork = {.body = body};
	const char *reason = call->given[OPTION_REASON];

	if (reason != NULL)
		cJSON_AddStringToObject(tree, "reason", reason);
	for (int i = from; i < call->n_words; i++)
		if (!paperwork_set(&paperwork, tree, call->words[i], err))
			return false;
	if (answer_item(tree, "as") == NULL)
		cJSON_AddStringToObject(tree, "as", "supervisor");
	return true;
}

/* What was seen goes into the body: the newest revision that counts, and as
 * the version how much was said of it. */
static bool
see(struct call *call, cJSON *tree, int64_t *version, struct err *err)
{
	const cJSON *review;
	int64_t revision;
	bool ok;

	if (!ask_show(call, err))
		return false;
	review = answer_item(call->answer, "review");
	ok = json_get_int(review, "revision", &revision) ||
	     err_set(err, ERR_NO_ANSWER, "%s",
		 _("no revision of this review applies yet"));
	if (ok && answer_item(tree, "revision") == NULL)
		cJSON_AddNumberToObject(tree, "revision", (double)revision);
	*version = cJSON_GetArraySize(answer_item(call->answer, "verdicts"));
	call_forget(call);
	return ok;
}

/* To reopen is to return what was approved. */
static bool
decide(struct call *call, cJSON *tree, struct err *err)
{
	bool approve = strcmp(call->words[0], "approve") == 0;
	int64_t version;

	if (!see(call, tree, &version, err))
		return false;
	cJSON_AddStringToObject(
	    tree, "state", approve ? "approved" : "returned");
	return paperwork_put(
	    call, ROUTE_REVIEW_STATE, call->words[1], tree, version, err);
}

static bool
ask_decide(struct call *call, struct err *err)
{
	cJSON *tree = cJSON_CreateObject();
	bool ok = call_needs(call, 1,
		      "review return|reopen|approve ID --reason TEXT", err) &&
		  fill(call, BODY_review_state, 2, tree, err) &&
		  decide(call, tree, err);

	cJSON_Delete(tree);
	return ok;
}

static bool
put_release(struct call *call, const cJSON *tree, struct err *err)
{
	struct buf target = {0}, body = {0};
	const char *number = call->words[2];
	char *text;

	if (strspn(number, "0123456789") != strlen(number))
		return err_set(
		    err, ERR_USAGE, _("%s is no number of a revision"), number);
	text = cJSON_PrintUnformatted(tree);
	api_target(&target, ROUTE_RELEASE, call->words[1]);
	buf_printf(&target, "%s/release", number);
	buf_str(&body, text);
	cJSON_free(text);
	return call_put(call, &target, &body, err);
}

static bool
ask_release(struct call *call, struct err *err)
{
	cJSON *tree = cJSON_CreateObject();
	bool ok = call_needs(call, 2,
		      "review release ID REVISION --reason TEXT", err) &&
		  fill(call, BODY_release, 3, tree, err) &&
		  put_release(call, tree, err);

	cJSON_Delete(tree);
	return ok;
}

static const struct {
	const char *word;
	bool (*ask)(struct call *call, struct err *err);
	bool office; /* of the service only with --office */
} asks[] = {
    {"office", ask_office, false},
    {"show", ask_show, false},
    {"scorecard", ask_scorecard, false},
    {"findings", ask_findings, false},
    {"why", ask_why, false},
    {"rescore", ask_rescore, false},
    {"changes", ask_changes, false},
    {"return", ask_decide, false},
    {"reopen", ask_decide, false},
    {"approve", ask_decide, false},
    {"release", ask_release, false},
    {"letter", ask_letter, true},
    {"list", ask_office, true},
    {"score", ask_scorecard, true},
};

#define ASKS (sizeof asks / sizeof *asks)

static size_t
which(const struct call *call)
{
	size_t i = 0;

	while (i < ASKS &&
	       (strcmp(asks[i].word, call->words[0]) != 0 ||
		   (asks[i].office && call->given[OPTION_OFFICE] == NULL)))
		i++;
	return i;
}

bool
results_asked(const struct call *call)
{
	return call->n_words > 0 && which(call) < ASKS;
}

bool
results_ask(struct call *call, struct err *err)
{
	return asks[which(call)].ask(call, err);
}

/* --- showing ---------------------------------------------------------------
 */

static void
show_office(struct doc *doc, const cJSON *answer)
{
	static const struct answer_column columns[] = {
	    {"review", N_("Review"), DOC_ID, 0},
	    {"provider", N_("Provider"), DOC_ID, 0},
	    {"provider_name", N_("Name"), DOC_WORDS, 0},
	    {"programme", N_("Programme"), DOC_ID, 0},
	    {"kind", N_("Kind"), DOC_ID, 0}, {"from", N_("From"), DOC_DATE, 0},
	    {"to", N_("To"), DOC_DATE, 0}, {"state", N_("State"), DOC_ID, 0},
	    {"standing", N_("Stands"), DOC_ID, 0},
	    {"held_since", N_("Held since"), DOC_ID, 0},
	    {"revision", N_("Revision"), DOC_NUMBER, 0},
	    {"edition", N_("Scorecard"), DOC_NUMBER, 0},
	    {"at", N_("Came"), DOC_ID, 0}, {"record", N_("Record"), DOC_ID, 0},
	    {0}};

	doc_title(doc, "%s", _("Reviews at the office"));
	answer_table(doc, "", answer_item(answer, "rows"), columns);
}

/* Where it stands and who said so; what is held, since when and for what; what
 * never came. */
static void
show_standing(struct doc *doc, const cJSON *answer)
{
	static const struct answer_column verdicts[] = {
	    {"version", N_("Version"), DOC_NUMBER, 0},
	    {"state", N_("State"), DOC_ID, 0},
	    {"revision", N_("Revision"), DOC_NUMBER, 0},
	    {"at", N_("At"), DOC_ID, 0}, {"by", N_("By"), DOC_WORDS, 0},
	    {"as", N_("As"), DOC_ID, 0}, {"reason", N_("Why"), DOC_WORDS, 0},
	    {0}};
	static const struct answer_column waiting[] = {
	    {"revision", N_("Revision"), DOC_NUMBER, 0},
	    {"since", N_("Since"), DOC_ID, 0},
	    {"waits_for", N_("Waits for"), DOC_NUMBER, 0},
	    {"why", N_("Why"), DOC_ID, 0}, {0}};
	static const struct answer_column released[] = {
	    {"revision", N_("Revision"), DOC_NUMBER, 0},
	    {"at", N_("At"), DOC_ID, 0}, {"by", N_("By"), DOC_WORDS, 0},
	    {"as", N_("As"), DOC_ID, 0}, {"reason", N_("Why"), DOC_WORDS, 0},
	    {0}};
	const cJSON *o;

	doc_field(doc, _("Stands"),
	    answer_text(doc, answer_item(answer, "review"), "standing"));
	ANSWER_EACH(o, answer, "missing")
	{
		doc_note(doc, _("Revision %d never came."), o->valueint);
	}
	answer_table(doc, _("What was decided"),
	    answer_item(answer, "verdicts"), verdicts);
	answer_table(
	    doc, _("Held revisions"), answer_item(answer, "waiting"), waiting);
	answer_table(doc, _("Let go by a person"),
	    answer_item(answer, "released"), released);
}

static void
show_changes(struct doc *doc, const cJSON *answer)
{
	static const struct answer_column amendments[] = {
	    {"revision", N_("Revision"), DOC_NUMBER, 0},
	    {"follows", N_("Follows"), DOC_NUMBER, 0},
	    {"at", N_("Came"), DOC_ID, 0}, {"reason", N_("Why"), DOC_WORDS, 0},
	    {"fault", N_("Not compared"), DOC_WORDS, 0}, {0}};
	static const struct answer_column rows[] = {
	    {"revision", N_("Revision"), DOC_NUMBER, 0},
	    {"question", N_("Question"), DOC_ID, 0},
	    {"unit", N_("Unit"), DOC_ID, 0},
	    {"units", N_("How many"), DOC_NUMBER, 0},
	    {"before", N_("Before"), DOC_WORDS, 0},
	    {"after", N_("After"), DOC_WORDS, 0},
	    {"text", N_("Text"), DOC_WORDS, 0}, {0}};

	doc_title(doc, _("What changed in review %s"),
	    answer_text(doc, answer, "review"));
	answer_table(
	    doc, _("Revisions"), answer_item(answer, "amendments"), amendments);
	answer_table(
	    doc, _("Answers that differ"), answer_item(answer, "rows"), rows);
	if (cJSON_GetArraySize(answer_item(answer, "amendments")) == 0)
		doc_text(doc, "%s", _("It was not amended."));
}

static void
show_written(struct doc *doc, const cJSON *answer)
{
	doc_title(doc, "%s", _("Kept"));
	doc_field(doc, _("Record"), answer_text(doc, answer, "id"));
	doc_field(doc, _("Version"), answer_text(doc, answer, "version"));
	doc_field(doc, _("By"), answer_text(doc, answer, "by"));
}

static void
show_one(struct doc *doc, const cJSON *answer)
{
	static const struct answer_column revisions[] = {
	    {"revision", N_("Revision"), DOC_NUMBER, 0},
	    {"state", N_("State"), DOC_ID, 0}, {"at", N_("Came"), DOC_ID, 0},
	    {"by", N_("From"), DOC_ID, 0}, {"hash", N_("Hash"), DOC_ID, 0},
	    {0}};
	static const struct answer_column editions[] = {
	    {"edition", N_("Scorecard"), DOC_NUMBER, 0},
	    {"revision", N_("Revision"), DOC_NUMBER, 0},
	    {"state", N_("State"), DOC_ID, 0}, {"at", N_("Made"), DOC_ID, 0},
	    {"by", N_("By"), DOC_ID, 0},
	    {"reason", N_("Why again"), DOC_WORDS, 0},
	    {"why", N_("What failed"), DOC_WORDS, 0}, {0}};
	const cJSON *r = answer_item(answer, "review");

	doc_title(doc, "%s %s", _("Review"), answer_text(doc, r, "review"));
	doc_field(doc, _("Provider"), answer_text(doc, r, "provider_name"));
	doc_field(doc, _("State"), answer_text(doc, r, "state"));
	doc_field(doc, _("Record"), answer_text(doc, r, "record"));
	show_standing(doc, answer);
	answer_table(
	    doc, _("Revisions"), answer_item(answer, "revisions"), revisions);
	answer_table(
	    doc, _("Scorecards"), answer_item(answer, "editions"), editions);
	review_score_show(doc, answer);
}

/* Of which year, and of whose figures: scorecards, and for S4 case data of
 * providers that have none. */
static void
show_average(struct doc *doc, const cJSON *answer)
{
	const char *year = answer_text(doc, answer, "average_year");
	const char *cards = answer_text(doc, answer, "average_providers");
	const char *others = answer_text(doc, answer, "average_census");

	if (*cards != '\0')
		doc_field(doc, _("System's average"),
		    arena_printf(
			&doc->arena, _("%s, %s providers"), year, cards));
	if (*others != '\0')
		doc_field(doc, _("S4's average"),
		    arena_printf(&doc->arena,
			_("%s, %s providers without a scorecard by case data "
			  "(%s)"),
			year, others,
			answer_text(doc, answer, "average_source")));
}

/* Whose, of when, against what. */
static void
show_head(struct doc *doc, const cJSON *answer)
{
	const char *failed = answer_text(doc, answer, "failed");

	doc_title(doc, "%s: %s", _("Scorecard"),
	    answer_text(doc, answer, "provider_name"));
	doc_field(doc, _("Review"), answer_text(doc, answer, "review"));
	doc_field(doc, _("Provider"), answer_text(doc, answer, "provider"));
	doc_field(doc, _("Programme"), answer_text(doc, answer, "programme"));
	doc_field(
	    doc, _("Contract year"), answer_text(doc, answer, "contract_year"));
	doc_field(doc, _("Period"),
	    arena_printf(&doc->arena, "%s - %s",
		answer_text(doc, answer, "from"),
		answer_text(doc, answer, "to")));
	doc_field(
	    doc, _("Last review"), answer_text(doc, answer, "last_review"));
	show_average(doc, answer);
	doc_field(doc, _("Scorecard"),
	    arena_printf(&doc->arena, _("%s of %s, revision %s, %s"),
		answer_text(doc, answer, "edition"),
		answer_text(doc, answer, "editions"),
		answer_text(doc, answer, "revision"),
		answer_text(doc, answer, "at")));
	doc_field(doc, _("Scored again"), answer_text(doc, answer, "reason"));
	if (*failed != '\0')
		doc_note(
		    doc, _("A later revision could not be scored: %s"), failed);
}

static void
show_why(struct doc *doc, const cJSON *answer)
{
	static const struct answer_column columns[] = {
	    {"question", N_("Question"), DOC_ID, 0},
	    {"unit", N_("Unit"), DOC_ID, 0}, {"key", N_("Which"), DOC_ID, 0},
	    {"answer", N_("Answer"), DOC_WORDS, 0},
	    {"verdict", N_("Counts as"), DOC_ID, 0},
	    {"reason", N_("Reason"), DOC_WORDS, 0},
	    {"fed", N_("Case data"), DOC_WORDS, 0},
	    {"source", N_("Source"), DOC_WORDS, 0},
	    {"sample", N_("In rates"), DOC_ID, 0}, {0}};

	doc_field(doc, _("Of"), answer_text(doc, answer, "of"));
	answer_table(
	    doc, _("The answers"), answer_item(answer, "answers"), columns);
	if (cJSON_GetArraySize(answer_item(answer, "answers")) == 0)
		doc_text(doc, "%s",
		    _("Nothing counts in it, or it is of interviews."));
}

static void
show_again(struct doc *doc, const cJSON *answer)
{
	const char *state = answer_text(doc, answer, "state");
	const char *why = answer_text(doc, answer, "why");

	doc_title(doc, "%s", _("Scored again"));
	doc_field(doc, _("State"), state);
	doc_field(doc, _("Scorecard"), answer_text(doc, answer, "version"));
	doc_field(doc, _("Revision"), answer_text(doc, answer, "revision"));
	doc_field(doc, _("What failed"), why);
}

bool
results_show(struct doc *doc, const cJSON *answer)
{
	if (answer_item(answer, "total") != NULL) {
		show_office(doc, answer);
	} else if (answer_item(answer, "review") != NULL &&
		   answer_item(answer, "editions") != NULL &&
		   !cJSON_IsNumber(answer_item(answer, "editions"))) {
		show_one(doc, answer);
	} else if (answer_item(answer, "amendments") != NULL) {
		show_changes(doc, answer);
	} else if (answer_item(answer, "edition") != NULL) {
		show_head(doc, answer);
		if (answer_item(answer, "answers") != NULL)
			show_why(doc, answer);
		review_score_show(doc, answer);
	} else if (answer_item(answer, "letter") != NULL &&
		   answer_item(answer, "notice") != NULL) {
		doc_title(doc, "%s", _("Findings letter"));
		review_score_show(doc, answer);
	} else if (answer_item(answer, "id") != NULL &&
		   answer_item(answer, "version") != NULL) {
		show_written(doc, answer);
	} else if (answer_item(answer, "version") != NULL) {
		show_again(doc, answer);
	} else {
		return false;
	}
	return true;
}
