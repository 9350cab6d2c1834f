/* PUT /v1/reviews/{id}/revisions/{n}: takes a sealed revision of a monitoring
 * review, exactly once however often it is sent; GET: the same bytes again, for
 * who has to compare; GET /v1/reviews: what came. */
#include "service/handlers.h"

#include <sodium.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "base/i18n.h"
#include "poms/content.h"
#include "proto/revision.h"
#include "service/audit.h"
#include "service/reviews.h"
#include "service/rights.h"
#include "service/scoring.h"
#include "service/shape.h"
#include "service/shelf.h"
#include "service/standing.h"

struct taking {
	struct context *c;
	struct revision revision;
	struct store_revision row;
	char hash[REVISION_HASH], serial[STORE_SERIAL];
	struct store_taking taken;
	bool before; /* these bytes came before */
	struct scoring scored;
};

static int64_t
now_ms(void)
{
	struct timespec t;

	clock_gettime(CLOCK_REALTIME, &t);
	return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

/* --- what came ------------------------------------------------------- */

static void
revision_buf_end(void *data)
{
	buf_free(data);
}

/* The body names the record and the number of the address. */
static bool
revision_agrees(struct taking *t)
{
	const struct revision *r = &t->revision;

	if (strcmp(r->record, context_text(t->c, API_PATH_ID)) != 0)
		return err_set(&t->c->err, ERR_REFUSED,
		    _("the body is of another record than the address"));
	if (r->revision != context_number(t->c, API_PATH_N, 0))
		return err_set(&t->c->err, ERR_REFUSED,
		    _("the body is of another revision than the address"));
	return true;
}

/* What cannot be read is refused for good, in words: sending it again would
 * not mend it. */
static bool
revision_parse(struct taking *t)
{
	const struct request *q = t->c->request;
	struct buf *text = arena_alloc(&t->c->arena, sizeof *text);
	struct err err;

	*text = (struct buf){0};
	context_hold(t->c, text, revision_buf_end);
	if (!revision_read(&t->revision, text, q->body, q->body_len, &err))
		return err_set(&t->c->err,
		    err.code == ERR_NEWER ? ERR_NEWER : ERR_REFUSED, "%s",
		    err.text);
	return revision_agrees(t);
}

/* --- keeping it ------------------------------------------------------ */

static void
revision_row(struct taking *t)
{
	const struct request *q = t->c->request;
	unsigned char serial[(STORE_SERIAL - 1) / 2];

	randombytes_buf(serial, sizeof serial);
	sodium_bin2hex(t->serial, sizeof t->serial, serial, sizeof serial);
	revision_hash(t->hash, q->body, q->body_len);
	t->row = (struct store_revision){
	    .record = context_text(t->c, API_PATH_ID),
	    .revision = (uint32_t)context_number(t->c, API_PATH_N, 0),
	    .hash = t->hash,
	    .previous = t->revision.previous,
	    .review = t->revision.review,
	    .by = q->who.name != NULL ? q->who.name : "",
	    .body = q->body,
	    .len = q->body_len,
	    .at_ms = now_ms(),
	    .serial = t->serial,
	};
}

static bool
revision_keep(struct taking *t, enum store_revision_state state)
{
	t->row.state = state;
	return shelf_take(t->c->svc->shelf, &t->row, &t->taken, &t->c->err);
}

/* Remembers that this was refused, so that the revision that mends it can
 * follow it; what was wrong stays the answer. What it says of its review and
 * of what it follows is not relied on: it may be another record's. */
static bool
revision_refuse(struct taking *t)
{
	struct err why = t->c->err;

	t->row.review = t->row.previous = "";
	if (!revision_keep(t, STORE_REVISION_REFUSED))
		return false;
	t->c->err = why;
	return false;
}

struct other {
	char device[REVISION_ID];
	char by[64];
};

static bool
other_read(void *arg, const struct store_revision *r, struct err *err)
{
	struct other *other = arg;
	struct revision there;
	struct buf text = {0};

	if (r->len > 0 && revision_read(&there, &text, r->body, r->len, err)) {
		strcpy(other->device, there.device);
		strcpy(other->by, there.by);
	}
	buf_free(&text);
	return true;
}

/* Two devices may well seal the same number: that is for their people to
 * settle. One that sends other bytes than before has a fault. */
static bool
revision_met(struct taking *t)
{
	struct other other = {"", ""};

	if (!shelf_one(
		t->c->svc->shelf, &t->row, other_read, &other, &t->c->err))
		return false;
	if (other.device[0] != '\0' && t->revision.device[0] != '\0' &&
	    strcmp(other.device, t->revision.device) != 0)
		return err_set(&t->c->err, ERR_CONFLICT,
		    _("%s was first with revision %u"), other.by,
		    t->row.revision);
	return err_set(&t->c->err, ERR_OTHER_CONTENT, _("there: %s; sent: %s"),
	    t->taken.hash, t->hash);
}

static bool
revision_told(struct taking *t)
{
	if (t->taken.taken == STORE_TAKEN_OTHER)
		return revision_met(t);
	if (t->taken.taken == STORE_TAKEN_APART)
		return err_set(&t->c->err, ERR_CONFLICT,
		    _("revision %u follows another one than the one that is "
		      "here"),
		    t->row.revision);
	if (t->taken.state == STORE_REVISION_REFUSED)
		return err_set(&t->c->err, ERR_REFUSED,
		    _("this revision was refused before: mend it in a new "
		      "one"));
	return true;
}

static void
revision_receipt(struct taking *t)
{
	bool held = t->taken.state == STORE_REVISION_HELD;
	struct json *j = &t->c->json;

	json_key(j, "receipt");
	json_object(j);
	json_kv_string(j, "record", t->row.record);
	json_kv_int(j, "revision", t->row.revision);
	json_kv_string(j, "hash", t->hash);
	json_kv_string(j, "state", store_revision_word(t->taken.state));
	if (held && t->taken.waits_for > 0)
		json_kv_int(j, "waits_for", t->taken.waits_for);
	else
		json_kv_string(j, "waits_for", NULL);
	json_kv_int(j, "at_ms", t->taken.at_ms);
	json_kv_string(j, "serial", t->taken.serial);
	json_object_end(j);
	json_key(j, "score");
	json_object(j);
	json_kv_string(j, "state", t->scored.state);
	json_kv_string(j, "why", t->scored.why);
	json_object_end(j);
	t->c->status = held				      ? 202
		       : t->taken.taken == STORE_TAKEN_BEFORE ? 200
							      : 201;
}

/* What came is kept, whatever its scoring comes to: a store that fails now
 * leaves it unscored, and the next sending or rescoring makes up for it. */
static void
revision_score(struct taking *t)
{
	struct context *c = t->c;
	const struct scoring_ask ask = {.record = t->row.record};
	struct err before = c->err;

	if (scoring_make(c, &ask, &t->scored))
		return;
	/* What went wrong inside is not told: it may name files. */
	t->scored.state = "failed";
	t->scored.why = err_http(c->err.code) == 500
			    ? _(err_message(c->err.code))
			    : arena_printf(&c->arena, "%s", c->err.text);
	c->err = before;
}

/* --- whether it is wanted --------------------------------------------- */

static bool
same_bytes(void *arg, const struct store_revision *r, struct err *err)
{
	struct taking *t = arg;

	(void)err;
	t->before = strcmp(r->hash, t->hash) == 0;
	return true;
}

/* A packet that was recalled ends what was begun from it; one of this service
 * that names another review is not this one's. */
static bool
revision_packets(struct taking *t)
{
	struct context *c = t->c;
	const struct paper *p;
	const char *state, *reason;
	bool issued;

	if (!papers_one(c, PAPER_PACKET, t->revision.packet, &p) ||
	    !reviews_issued(c, t->revision.review, &issued))
		return false;
	state = p != NULL ? json_get_string(p->body, "state") : NULL;
	if (state != NULL && strcmp(state, "recalled") == 0) {
		reason = json_get_string(p->body, "reason");
		return err_set(&c->err, ERR_RECALLED,
		    _("the office took this review back: %s"),
		    reason != NULL ? reason : "-");
	}
	return issued ||
	       err_set(&c->err, ERR_NO_SUCH_REVIEW,
		   _("the office issued no review %s"), t->revision.review);
}

/* What is here already is here, whatever became of its packet since. */
static bool
revision_wanted(struct taking *t)
{
	const char *review;

	if (!shelf_one(t->c->svc->shelf, &t->row, same_bytes, t, &t->c->err))
		return false;
	if (t->before)
		return true;
	if (!revision_packets(t)) {
		if (t->c->err.code != ERR_NO_SUCH_REVIEW)
			return false;
		/* One that it took before it issued packets goes on. */
		if (!shelf_review(t->c->svc->shelf, t->row.record, &t->c->arena,
			&review, &t->c->err) ||
		    *review == '\0')
			return false;
		t->c->err = (struct err){0};
	}
	return true;
}

/* A record is of one review for good: of another one there is nothing to
 * follow, and what it says would count where nobody looks for it. */
static bool
revision_same(struct taking *t)
{
	const char *review;

	if (!shelf_review(t->c->svc->shelf, t->row.record, &t->c->arena,
		&review, &t->c->err))
		return false;
	return *review == '\0' || strcmp(review, t->revision.review) == 0 ||
	       err_set(&t->c->err, ERR_REFUSED,
		   _("this record is of the review %s, and the revision names "
		     "%s"),
		   review, t->revision.review);
}

/* What was approved is amended only after somebody there let it be. */
static bool
revision_guard(struct taking *t)
{
	struct revieweds all;
	struct standing standing;

	if (!reviews_read(t->c, t->row.record, &all))
		return false;
	if (all.n == 0)
		return true;
	if (!standing_of(t->c, &all.list[0], &standing))
		return false;
	t->row.hold = standing.state == STANDING_APPROVED;
	return true;
}

bool
revision_answer(struct context *c)
{
	struct taking t = {.c = c};
	bool ok;

	if (!rights_may(c, FACTS_NO_ROW, RIGHT_REVIEWS))
		return false;
	ok = revision_parse(&t);
	revision_row(&t);
	if (!ok)
		return revision_refuse(&t);
	if (!revision_wanted(&t))
		return false;
	if (!t.before && !revision_same(&t))
		return c->err.code == ERR_REFUSED ? revision_refuse(&t) : false;
	if (!revision_guard(&t) || !revision_keep(&t, STORE_REVISION_APPLIED) ||
	    !revision_told(&t))
		return false;
	if (t.taken.state == STORE_REVISION_HELD && t.taken.waits_for == 0)
		t.scored = (struct scoring){.state = "waiting",
		    .why = _("the review was approved: a supervisor has to "
			     "reopen it, or to let this revision go")};
	else
		revision_score(&t);
	revision_receipt(&t);
	return true;
}

/* --- giving it back -------------------------------------------------- */

/* Whose ids stand in it: reading it is a look at those children. */
static bool
one_looked(struct context *c, const struct change *events)
{
	struct audit_look look = {
	    .who = c->request->who.name,
	    .screen = api_routes[c->route].path,
	};
	const char **ids =
	    arena_alloc(&c->arena, (events->n + 1) * sizeof *ids);

	for (size_t i = 0; i < events->n; i++) {
		const struct event *e = &events->list[i];

		if (e->kind == EVENT_UNIT && e->fact == FACT_ID &&
		    (e->unit == UNIT_CC || e->unit == UNIT_CD))
			ids[look.n++] = e->text;
	}
	look.children = ids;
	return audit_add(c->svc->audit, &look, &c->err);
}

static bool
one_audit(struct context *c, const struct store_revision *r)
{
	struct revision revision;
	struct content_about about;
	struct change events = {0};
	struct buf text = {0};
	struct err err;
	bool ok = true;

	/* What cannot be replayed is no review, and names nobody. */
	if (r->len > 0 &&
	    revision_read(&revision, &text, r->body, r->len, &err) &&
	    content_read(
		&about, &events, revision.content, revision.content_len, &err))
		ok = one_looked(c, &events);
	change_free(&events);
	buf_free(&text);
	return ok;
}

struct giving {
	struct context *c;
	bool there;
};

static bool
one_each(void *arg, const struct store_revision *r, struct err *err)
{
	struct giving *g = arg;
	char *body = arena_strndup(&g->c->arena, r->body, r->len);

	(void)err;
	g->there = true;
	if (!one_audit(g->c, r))
		return false;
	json_key(&g->c->json, "revision");
	reviews_taken(g->c, r);
	json_kv_string(&g->c->json, "body", body);
	return true;
}

bool
revision_one_answer(struct context *c)
{
	struct giving g = {.c = c};
	const struct store_revision which = {
	    .record = context_text(c, API_PATH_ID),
	    .revision = (uint32_t)context_number(c, API_PATH_N, 0),
	};
	const char *review;

	if (!rights_may(c, FACTS_NO_ROW, RIGHT_REVIEWS) ||
	    !shelf_one(c->svc->shelf, &which, one_each, &g, &c->err))
		return false;
	if (g.there)
		return true;
	if (!shelf_review(
		c->svc->shelf, which.record, &c->arena, &review, &c->err))
		return false;
	return *review == '\0'
		   ? context_refuse(c, ERR_NO_SUCH_REVIEW, API_PATH_ID, NULL)
		   : context_refuse(c, ERR_NO_ANSWER, API_PATH_N,
			 _("this revision has not come"));
}
