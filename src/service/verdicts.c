/* PUT /v1/reviews/{id}/state: a supervisor returns a review, reopens one or
 * approves it; PUT /v1/reviews/{id}/revisions/{n}/release: lets a revision go
 * that is held. */
#include "service/handlers.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/i18n.h"
#include "proto/revision.h"
#include "service/rights.h"
#include "service/scoring.h"
#include "service/standing.h"

/* --- who may ----------------------------------------------------------- */

struct sealers {
	const char *by;
	bool sealed; /* one of the revisions */
};

static bool
sealer_each(void *arg, const struct store_revision *r, struct err *err)
{
	struct sealers *s = arg;
	struct revision sealed;
	struct buf text = {0};

	if (r->len > 0 && revision_read(&sealed, &text, r->body, r->len, err))
		s->sealed |= strcasecmp(sealed.by, s->by) == 0;
	*err = (struct err){0};
	buf_free(&text);
	return true;
}

/* A supervisor, and none of those who sealed it. */
static bool
actor_may(struct context *c, const char *record, cJSON *body)
{
	const char *who = c->request->who.name;
	struct sealers sealers = {0};

	if (!rights_may(c, FACTS_NO_ROW, RIGHT_APPROVE))
		return false;
	if (body_word(body, "as", CODES_OFFICE) != OFFICE_SUPERVISOR)
		return papers_refuse(
		    c, "as", _("a supervisor decides on this"), NULL);
	if (body_text(body, "by") == NULL && who != NULL)
		cJSON_AddStringToObject(body, "by", who);
	sealers.by = body_text(body, "by");
	if (sealers.by == NULL)
		return papers_refuse(
		    c, "by", _("a decision says who made it"), NULL);
	if (!shelf_each(c->svc->shelf, record, sealer_each, &sealers, &c->err))
		return false;
	return !sealers.sealed ||
	       papers_refuse(c, "by",
		   _("nobody decides on what he sealed himself"), NULL);
}

/* --- where it stands --------------------------------------------------- */

static bool
step_may(struct context *c, const struct reviewed *v,
    const struct standing *standing, const cJSON *body)
{
	int verdict = body_word(body, "state", CODES_REVIEW_STEP);
	bool reason;

	if (!standing_may(standing->state, verdict, &reason))
		return papers_refuse(c, "state",
		    standing->state == STANDING_WAITING
			? _("no revision of this review applies yet")
		    : standing->state == STANDING_APPROVED
			? _("it is approved already")
			: _("it is returned already"),
		    NULL);
	if (reason && body_text(body, "reason") == NULL)
		return papers_refuse(c, "reason", _("say why"), NULL);
	if (body_int(body, "revision") != (int64_t)v->newest->revision)
		return papers_refuse(c, "revision",
		    _("that is not the newest revision: look at it first"),
		    arena_printf(&c->arena, "%u", v->newest->revision));
	return true;
}

/* The hash of what was looked at; a revision of another one was not. */
static bool
hash_add(struct context *c, const struct reviewed *v, cJSON *body)
{
	uint32_t n = (uint32_t)body_int(body, "revision");
	const char *given = body_text(body, "hash"), *is = NULL;

	for (size_t i = 0; i < v->n; i++)
		if (v->list[i].revision == n)
			is = v->list[i].hash;
	if (given != NULL)
		return (is != NULL && strcmp(given, is) == 0) ||
		       papers_refuse(
			   c, "hash", _("that revision has another hash"), is);
	if (is != NULL)
		cJSON_AddStringToObject(body, "hash", is);
	return true;
}

/* The revision that came while it was approved follows now; one that waits
 * for another goes on waiting. */
static bool
reopen(struct context *c, const struct reviewed *v, const cJSON *body)
{
	const struct standing_release release = {.record = v->record,
	    .revision = v->newest->revision + 1,
	    .reason = body_text(body, "reason"),
	    .as = body_text(body, "as"),
	    .by = body_text(body, "by")};
	const struct scoring_ask ask = {.record = v->record};
	enum store_letting letting;
	struct scoring ignored;
	bool follows = false;

	for (size_t i = 0; i < v->n; i++)
		follows |= v->list[i].revision == release.revision &&
			   v->list[i].state == STORE_REVISION_HELD &&
			   strcmp(v->list[i].previous, v->newest->hash) == 0;
	return !follows || (standing_let(c, &release, &letting) &&
			       scoring_make(c, &ask, &ignored));
}

/* Whether the word is the newest one: said now, or sent again because its
 * answer was lost. An older one sent again opens nothing anew. */
static bool
is_newest(const struct standing *standing, const cJSON *body)
{
	return body_int(body, "version") + 1 >= (int64_t)standing->verdicts.n;
}

bool
review_state_answer(struct context *c)
{
	struct standing standing;
	struct reviewed v;
	cJSON *body;

	if (!rights_may(c, FACTS_NO_ROW, RIGHT_REVIEWS))
		return false;
	body = papers_body(c, BODY_review_state);
	if (body == NULL || !reviews_named(c, &v) ||
	    !standing_of(c, &v, &standing) || !actor_may(c, v.record, body) ||
	    !hash_add(c, &v, body))
		return false;
	/* Of another version than the newest the store says what became. */
	if (body_int(body, "version") == (int64_t)standing.verdicts.n &&
	    !step_may(c, &v, &standing, body))
		return false;
	return papers_keep(
		   c, PAPER_REVIEW_STATE, v.record, BODY_review_state, body) &&
	       (body_word(body, "state", CODES_REVIEW_STEP) !=
		       REVIEW_STEP_RETURNED ||
		   v.newest == NULL || !is_newest(&standing, body) ||
		   reopen(c, &v, body));
}

/* --- letting a held one go --------------------------------------------- */

static bool
let_told(struct context *c, const char *record, enum store_letting letting)
{
	static const char *const why[] = {
	    [STORE_LET_BEFORE] = N_("this revision is not held"),
	    [STORE_LET_BEHIND] =
		N_("the one before it is held too: let that go first"),
	    [STORE_LET_NONE] = N_("there is no such revision"),
	};
	const char *id = arena_printf(&c->arena, "%s.%lld", record,
	    (long long)context_number(c, API_PATH_N, 0));
	const struct paper *p;

	if (!papers_one(c, PAPER_RELEASE, id, &p))
		return false;
	if (letting == STORE_LET_NONE)
		return context_refuse(
		    c, ERR_NO_ANSWER, API_PATH_N, _(why[letting]));
	if (letting == STORE_LET_BEHIND || p == NULL)
		return papers_refuse(c, "n", _(why[letting]), NULL);
	c->status = letting == STORE_LET ? 201 : 200;
	papers_head(&c->json, p);
	return true;
}

bool
release_answer(struct context *c)
{
	struct standing_release release;
	struct scoring_ask ask;
	enum store_letting letting;
	struct scoring ignored;
	struct reviewed v;
	cJSON *body;

	if (!rights_may(c, FACTS_NO_ROW, RIGHT_REVIEWS))
		return false;
	body = papers_body(c, BODY_release);
	if (body == NULL || !reviews_named(c, &v) ||
	    !actor_may(c, v.record, body))
		return false;
	release = (struct standing_release){.record = v.record,
	    .revision = (uint32_t)context_number(c, API_PATH_N, 0),
	    .reason = body_text(body, "reason"),
	    .as = body_text(body, "as"),
	    .by = body_text(body, "by")};
	ask = (struct scoring_ask){.record = v.record};
	return standing_let(c, &release, &letting) &&
	       scoring_make(c, &ask, &ignored) &&
	       let_told(c, v.record, letting);
}
