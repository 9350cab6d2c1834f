/* PUT /v1/proposals/{id}: who may propose and decide what; and what a review
 * that came from the field proposes. */
#include "service/handlers.h"

#include <string.h>
#include <strings.h>

#include "base/i18n.h"
#include "service/proposals_part.h"
#include "service/rights.h"

/* --- proposing, deciding ---------------------------------------------- */

static int
rank(const char *approver)
{
	return strcmp(approver, "director") == 0 ? APPROVER_DIRECTOR
	       : strcmp(approver, "division_chief") == 0
		   ? APPROVER_DIVISION_CHIEF
		   : APPROVER_NONE;
}

/* A decision says who, as what, when; somebody else than who proposed it, of
 * the rank that it needs. */
static bool
decision_valid(struct context *c, const cJSON *body, const struct proposal *p)
{
	static const char *const needed[] = {
	    "approver", "decided_by", "decided"};

	for (size_t i = 0; i < sizeof needed / sizeof *needed; i++)
		if (body_text(body, needed[i]) == NULL)
			return papers_refuse(c, needed[i],
			    _("a decision says who, as what and when"), NULL);
	if (strcasecmp(proposal_text(body, "decided_by"),
		proposal_text(body, "proposed_by")) == 0)
		return papers_refuse(c, "decided_by",
		    _("nobody decides on what he proposed"), NULL);
	if (proposal_is_approved(body) &&
	    rank(proposal_text(body, "approver")) < (int)proposal_approver(p))
		return papers_refuse(c, "approver",
		    _("this has to be approved higher up"),
		    approver_word(proposal_approver(p)));
	return true;
}

/* What was decided stands: another change is another proposal. */
static bool
still_open(struct context *c, const struct paper *before)
{
	if (before == NULL ||
	    strcmp(proposal_state(before->body), "proposed") == 0)
		return true;
	return papers_refuse(c, "decision",
	    _("it was decided or withdrawn; make another proposal"), NULL);
}

/* Nobody makes his own proposal another's, to decide on it. */
static bool
same_proposer(struct context *c, const struct paper *before, const cJSON *body)
{
	return before == NULL ||
	       strcasecmp(proposal_text(before->body, "proposed_by"),
		   proposal_text(body, "proposed_by")) == 0 ||
	       papers_refuse(c, "proposed_by",
		   _("it was proposed by somebody else"),
		   body_text(before->body, "proposed_by"));
}

static bool
once_only(struct context *c, const struct proposal_desk *d, const char *id,
    const cJSON *body)
{
	struct in_force f;

	if (!body_bool(body, "extension"))
		return true;
	f = proposal_in_force(d, proposal_text(body, "provider"), id);
	return !f.extended || papers_refuse(c, "extension",
				  _("this hold was extended already"), NULL);
}

static bool
proposal_check(struct context *c, struct proposal_desk *d, const char *id,
    const cJSON *body)
{
	struct proposal p = proposal_of(d, id, body);
	bool decided = body_text(body, "decision") != NULL;
	struct err err;

	if (!body_bool(body, "withdrawn") &&
	    !(decided && !proposal_is_approved(body)) &&
	    !proposal_valid(&p, &err))
		return papers_refuse(
		    c, p.extension ? "until" : "to", err.text, NULL);
	return once_only(c, d, id, body) &&
	       (!decided || decision_valid(c, body, &p));
}

static int64_t
version_of(const struct paper *before)
{
	return before != NULL ? before->version : 0;
}

/* Who proposes it, where that is left out: whoever did, else who asks. */
static void
propose_by(struct context *c, const struct paper *before, cJSON *body)
{
	const char *by = before != NULL ? body_text(before->body, "proposed_by")
					: c->request->who.name;

	if (body_text(body, "proposed_by") == NULL && by != NULL)
		cJSON_AddStringToObject(body, "proposed_by", by);
}

/* Two extensions may wait for one hold; which of them was approved first is a
 * paper, too, so that the other one cannot be. */
static bool
keep_extension(struct context *c, const char *hold, const cJSON *body)
{
	const char *id = context_text(c, API_PATH_ID);
	const char *by = c->request->who.name;
	struct store_paper_new list[2];
	struct buf texts[2] = {{0}};
	struct json j;
	size_t conflict;
	bool ok;

	body_write(&texts[0], BODY_proposal, body);
	json_begin(&j, &texts[1]);
	json_object(&j);
	json_kv_string(&j, "proposal", id);
	json_object_end(&j);
	for (int i = 0; i < 2; i++)
		list[i] = (struct store_paper_new){
		    {.kind = i == 0 ? PAPER_PROPOSAL : PAPER_EXTENDED,
			.id = i == 0 ? id : hold,
			.at_ms = papers_now(),
			.by = by != NULL ? by : "",
			.body = buf_text(&texts[i]),
			.len = texts[i].len},
		    i == 0 ? (uint32_t)body_int(body, "version") : 0};
	ok = shelf_put_all(c->svc->shelf, list, 2, &conflict, &c->err);
	buf_free(&texts[0]);
	buf_free(&texts[1]);
	if (!ok)
		return false;
	if (conflict == 0) /* and who wrote it is told */
		return papers_keep(c, PAPER_PROPOSAL, id, BODY_proposal, body);
	if (conflict == 1)
		return papers_refuse(
		    c, "extension", _("this hold was extended already"), NULL);
	c->status = 201;
	papers_head(&c->json, &(struct paper){.id = id,
				  .by = list[0].paper.by,
				  .version = list[0].expected + 1,
				  .at_ms = list[0].paper.at_ms});
	return true;
}

static bool
proposal_keep(
    struct context *c, const struct proposal_desk *d, const cJSON *body)
{
	const char *id = context_text(c, API_PATH_ID);
	struct in_force f =
	    proposal_in_force(d, proposal_text(body, "provider"), id);

	return proposal_is_approved(body) && body_bool(body, "extension") &&
		       f.proposal != NULL
		   ? keep_extension(c, f.proposal, body)
		   : papers_keep(c, PAPER_PROPOSAL, id, BODY_proposal, body);
}

bool
proposal_put_answer(struct context *c)
{
	const char *id = context_text(c, API_PATH_ID);
	const struct paper *before;
	struct proposal_desk desk;
	cJSON *body;

	if (!rights_may(c, FACTS_NO_ROW, RIGHT_REVIEWS))
		return false;
	body = papers_body(c, BODY_proposal);
	if (body == NULL ||
	    (body_text(body, "decision") != NULL &&
		!rights_may(c, FACTS_NO_ROW, RIGHT_APPROVE)) ||
	    !papers_one(c, PAPER_PROPOSAL, id, &before) ||
	    !proposal_desk_open(&desk, c))
		return false;
	propose_by(c, before, body);
	/* Of another version than the newest the store says what became. */
	if (body_int(body, "version") != version_of(before))
		return papers_keep(c, PAPER_PROPOSAL, id, BODY_proposal, body);
	return still_open(c, before) && same_proposer(c, before, body) &&
	       proposal_check(c, &desk, id, body) &&
	       proposal_keep(c, &desk, body);
}

/* --- what a review proposes -------------------------------------------- */

static cJSON *
new_body(const struct proposal_from *from)
{
	cJSON *body = cJSON_CreateObject();

	cJSON_AddStringToObject(body, "provider", from->provider);
	cJSON_AddStringToObject(body, "provider_name", from->provider_name);
	cJSON_AddStringToObject(body, "review", from->review);
	cJSON_AddStringToObject(
	    body, "to", strcmp(from->to, "lift") == 0 ? "none" : from->to);
	cJSON_AddStringToObject(body, "reason", from->reason);
	if (*from->by != '\0')
		cJSON_AddStringToObject(body, "proposed_by", from->by);
	return body;
}

/* One that is there already stands, whatever became of it. */
bool
proposals_ask(struct context *c, const struct proposal_from *from,
    struct store_paper_new *out, struct buf *text)
{
	const char *id =
	    strlen(from->review) <= 40 ? from->review : from->record;
	const struct paper *there;
	cJSON *body;

	if (*from->to == '\0' || strcmp(from->to, "none") == 0 ||
	    *from->reason == '\0' || *from->provider == '\0' ||
	    strlen(from->provider) > 64)
		return true;
	if (!papers_one(c, PAPER_PROPOSAL, id, &there))
		return false;
	if (there != NULL)
		return true;
	body = new_body(from);
	body_write(text, BODY_proposal, body);
	cJSON_Delete(body);
	*out = (struct store_paper_new){{.kind = PAPER_PROPOSAL,
					    .id = id,
					    .by = from->by,
					    .at_ms = papers_now(),
					    .body = buf_text(text),
					    .len = text->len},
	    0};
	return true;
}
