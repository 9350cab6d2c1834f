/* GET and PUT /v1/reviews/{id}/claims: who does which part of a review. A
 * claim is softly meant: it tells, it locks nothing (offline.md, promise 20).
 */
#include "service/handlers.h"

#include <string.h>

#include "base/i18n.h"
#include "poms/instrument.h"
#include "proto/resources.h"
#include "service/reviews.h"
#include "service/rights.h"
#include "service/shape.h"

static void
claim_write(struct json *j, const struct paper *p)
{
	char at[SHAPE_TIME];
	const struct api_claim r = {
	    .unit = body_text(p->body, "unit"),
	    .key = json_get_string(p->body, "key"),
	    .by = body_text(p->body, "by"),
	    .device = body_text(p->body, "device"),
	    .taken = body_bool(p->body, "taken"),
	    .version = p->version,
	    .at = shape_time(p->at_ms / 1000, at),
	};

	api_object(j, API_RESOURCE_claim, &r);
}

bool
claims_answer(struct context *c)
{
	const struct shelf_ask ask = {.kind = PAPER_CLAIM};
	const char *review = context_text(c, API_PATH_ID);
	struct papers papers;

	if (!rights_may(c, FACTS_NO_ROW, RIGHT_REVIEWS) ||
	    !papers_read(c, &ask, &papers))
		return false;
	json_kv_string(&c->json, "review", review);
	json_key(&c->json, "claims");
	json_array(&c->json);
	for (size_t i = 0; i < papers.n; i++) {
		const char *of = json_get_string(papers.list[i].body, "review");

		if (of != NULL && strcmp(of, review) == 0)
			claim_write(&c->json, &papers.list[i]);
	}
	json_array_end(&c->json);
	return true;
}

/* The whole review is the agency's unit, which has no key. */
static bool
claim_sound(struct context *c, const cJSON *b)
{
	const char *unit = body_text(b, "unit");
	enum unit kind = unit_find(unit, strlen(unit));

	if (kind == UNITS)
		return papers_refuse(c, "unit",
		    _("there is no such kind of unit"), "AG, CC, SF");
	return (kind == UNIT_AG) == (*body_text(b, "key") == '\0') ||
	       papers_refuse(c, "key",
		   _("every unit but the whole review has a key"), NULL);
}

/* Each taker's claim is his or her own, on each device: nobody's is overwritten
 * by another's, and both are told. */
static const char *
claim_id(struct context *c, const char *review, const cJSON *b)
{
	const char *device = body_text(b, "device");

	return arena_printf(&c->arena, "%s/%s/%s/%s/%s", review,
	    body_text(b, "unit"), body_text(b, "key"), body_text(b, "by"),
	    device != NULL ? device : "");
}

bool
claim_put_answer(struct context *c)
{
	const char *review = context_text(c, API_PATH_ID), *id;
	struct buf body = {0}, text = {0};
	struct json j;
	cJSON *tree;
	bool ok, issued;

	if (!rights_may(c, FACTS_NO_ROW, RIGHT_REVIEWS) ||
	    (tree = papers_body(c, BODY_claim)) == NULL ||
	    !claim_sound(c, tree) || !reviews_issued(c, review, &issued))
		return false;
	if (!issued)
		return context_refuse(c, ERR_NO_SUCH_REVIEW, API_PATH_ID,
		    _("the office issued no packet of it"));
	id = claim_id(c, review, tree);
	body_write(&body, BODY_claim, tree);
	json_begin(&j, &text);
	json_object(&j);
	json_kv_string(&j, "review", review);
	buf_char(&text, ',');
	buf_add(&text, body.data + 1, body.len - 1);
	ok = papers_keep_text(
	    c, PAPER_CLAIM, id, (uint32_t)body_int(tree, "version"), &text);
	buf_free(&body);
	buf_free(&text);
	return ok;
}
