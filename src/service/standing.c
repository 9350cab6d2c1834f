#include "service/standing.h"

#include <string.h>

#include "base/i18n.h"
#include "proto/resources.h"
#include "service/shape.h"

#define MISSING_MOST 100 /* numbers that are told */

static const char *const words[] = {
    [STANDING_WAITING] = "waiting",
    [STANDING_RECEIVED] = "received",
    [STANDING_RETURNED] = "returned",
    [STANDING_AMENDED] = "amended",
    [STANDING_APPROVED] = "approved",
};

/* What a supervisor may say of a review that stands there, and whether that
 * takes a reason. */
static const struct {
	bool may, reason;
} table[STANDINGS][REVIEW_STEP_END] = {
    [STANDING_RECEIVED] = {[REVIEW_STEP_RETURNED] = {true, true},
	[REVIEW_STEP_APPROVED] = {true, false}},
    /* The monitor may have been right. */
    [STANDING_RETURNED] = {[REVIEW_STEP_APPROVED] = {true, true}},
    [STANDING_AMENDED] = {[REVIEW_STEP_RETURNED] = {true, true},
	[REVIEW_STEP_APPROVED] = {true, false}},
    [STANDING_APPROVED] = {[REVIEW_STEP_RETURNED] = {true, true}},
};

const char *
standing_word(enum standing_state state)
{
	return words[state];
}

bool
standing_may(enum standing_state from, int verdict, bool *reason)
{
	*reason = table[from][verdict].reason;
	return table[from][verdict].may;
}

enum standing_state
standing_from(const struct reviewed *v, const struct paper *last)
{
	int64_t revision = 0;

	if (v->newest == NULL)
		return STANDING_WAITING;
	if (last != NULL)
		json_get_int(last->body, "revision", &revision);
	if (revision != (int64_t)v->newest->revision)
		return revision > 0 || v->applied > 1 ? STANDING_AMENDED
						      : STANDING_RECEIVED;
	return body_word(last->body, "state", CODES_REVIEW_STEP) ==
		       REVIEW_STEP_APPROVED
		   ? STANDING_APPROVED
		   : STANDING_RETURNED;
}

bool
standing_of(struct context *c, const struct reviewed *v, struct standing *out)
{
	const struct shelf_ask ask = {
	    .kind = PAPER_REVIEW_STATE, .id = v->record, .history = true};

	*out = (struct standing){0};
	if (!papers_read(c, &ask, &out->verdicts))
		return false;
	if (out->verdicts.n > 0)
		out->last = &out->verdicts.list[out->verdicts.n - 1];
	out->state = standing_from(v, out->last);
	return true;
}

/* --- writing ---------------------------------------------------------- */

static void
write_verdicts(struct context *c, const struct papers *papers)
{
	json_key(&c->json, "verdicts");
	json_array(&c->json);
	for (size_t i = 0; i < papers->n; i++) {
		const struct paper *p = &papers->list[i];
		char at[SHAPE_TIME];
		struct api_verdict row = {
		    .version = p->version,
		    .at = shape_time(p->at_ms / 1000, at),
		    .state = body_text(p->body, "state"),
		    .revision = body_int(p->body, "revision"),
		    .hash = body_text(p->body, "hash"),
		    .by = body_text(p->body, "by"),
		    .as = body_text(p->body, "as"),
		    .reason = body_text(p->body, "reason"),
		};

		api_object(&c->json, API_RESOURCE_verdict, &row);
	}
	json_array_end(&c->json);
}

static const struct store_revision *
numbered(const struct reviewed *v, uint32_t revision)
{
	for (size_t i = 0; i < v->n; i++)
		if (v->list[i].revision == revision)
			return &v->list[i];
	return NULL;
}

static void
write_waiting(struct context *c, const struct reviewed *v)
{
	json_key(&c->json, "waiting");
	json_array(&c->json);
	for (size_t i = 0; i < v->n; i++) {
		const struct store_revision *r = &v->list[i];
		const struct store_revision *before =
		    numbered(v, r->revision - 1);
		char at[SHAPE_TIME];
		struct api_waiting row = {.revision = r->revision,
		    .since = shape_time(r->at_ms / 1000, at),
		    .waits_for = r->revision - 1,
		    .why = "missing"};

		if (r->state != STORE_REVISION_HELD)
			continue;
		if (before != NULL && before->state == STORE_REVISION_HELD) {
			row.why = "behind";
		} else if (before != NULL) {
			row.waits_for = API_NULL;
			row.why = "person";
		}
		api_object(&c->json, API_RESOURCE_waiting, &row);
	}
	json_array_end(&c->json);
}

/* A number far ahead, sent in error, does not make the answer long. */
static void
write_missing(struct context *c, const struct reviewed *v)
{
	uint32_t next = 1;
	int told = 0;

	json_key(&c->json, "missing");
	json_array(&c->json);
	for (size_t i = 0; i < v->n; i++) {
		for (; next < v->list[i].revision && told < MISSING_MOST;
		     next++, told++)
			json_int(&c->json, next);
		next = v->list[i].revision + 1;
	}
	json_array_end(&c->json);
}

static bool
write_released(struct context *c, const struct reviewed *v)
{
	json_key(&c->json, "released");
	json_array(&c->json);
	for (size_t i = 0; i < v->n; i++) {
		const char *id = arena_printf(
		    &c->arena, "%s.%u", v->record, v->list[i].revision);
		const struct paper *p;
		char at[SHAPE_TIME];

		if (!papers_one(c, PAPER_RELEASE, id, &p))
			return false;
		if (p == NULL)
			continue;
		const struct api_release row = {
		    .revision = v->list[i].revision,
		    .at = shape_time(p->at_ms / 1000, at),
		    .by = body_text(p->body, "by"),
		    .as = body_text(p->body, "as"),
		    .reason = body_text(p->body, "reason"),
		};

		api_object(&c->json, API_RESOURCE_release, &row);
	}
	json_array_end(&c->json);
	return true;
}

bool
standing_write(struct context *c, const struct reviewed *v,
    const struct standing *standing)
{
	write_verdicts(c, &standing->verdicts);
	write_waiting(c, v);
	write_missing(c, v);
	return write_released(c, v);
}

/* --- letting go ------------------------------------------------------- */

bool
standing_let(struct context *c, const struct standing_release *of,
    enum store_letting *letting)
{
	const char *who = c->request->who.name;
	const struct store_revision which = {
	    .record = of->record, .revision = of->revision};
	struct store_paper paper = {.kind = PAPER_RELEASE,
	    .id = arena_printf(&c->arena, "%s.%u", of->record, of->revision),
	    .at_ms = papers_now(),
	    .by = who != NULL ? who : ""};
	cJSON *body = cJSON_CreateObject();
	struct buf text = {0};
	bool ok;

	cJSON_AddStringToObject(body, "reason", of->reason);
	cJSON_AddStringToObject(body, "as", of->as);
	cJSON_AddStringToObject(body, "by", of->by);
	body_write(&text, BODY_release, body);
	paper.body = buf_text(&text);
	paper.len = text.len;
	ok = shelf_let(c->svc->shelf, &which, &paper, letting, &c->err);
	buf_free(&text);
	cJSON_Delete(body);
	return ok;
}
