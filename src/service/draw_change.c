/* PUT /v1/plans/{id}/sample: the office lets the next reserve stand in for who
 * was drawn, or adds somebody of the frame, before anybody took the review
 * along (poms.md 1.3). The draw stays; what was changed stands behind it. */
#include "service/handlers.h"

#include <string.h>

#include "base/date.h"
#include "base/i18n.h"
#include "service/audit.h"
#include "service/draw.h"
#include "service/papers.h"
#include "service/plan.h"
#include "service/rights.h"

struct changing {
	struct context *c;
	const char *review;
	const cJSON *body;
	const struct plan_row *row;
	struct draw *draw;
	const struct paper *paper; /* the draw's */
	uint32_t pin;
	struct draw_change change;
};

/* --- whether it may be ------------------------------------------------- */

/* What somebody took along would not be what stands here. */
static bool
may_change(struct changing *g)
{
	if (g->draw == NULL)
		return err_set(&g->c->err, ERR_REFUSED,
		    _("no sample was drawn for %s"), g->review);
	if (g->row->api.packet == NULL && g->row->api.revision == API_NULL)
		return true;
	return err_set(&g->c->err, ERR_REFUSED, "%s",
	    g->row->api.packet != NULL
		? _("somebody has the packet: replace or add in the review, or "
		    "recall the packet first")
		: _("the review came in: its sample stands"));
}

static bool
read_change(struct changing *g)
{
	const char *word = body_text(g->body, "unit");
	const char *who = g->c->request->who.name;

	g->change = (struct draw_change){.unit = unit_find(word, strlen(word)),
	    .key = body_text(g->body, "key"),
	    .added = body_bool(g->body, "add"),
	    .why = body_text(g->body, "reason"),
	    .by = who != NULL ? who : "",
	    .on = plan_today(g->c)};
	if (g->change.unit != UNIT_CC && g->change.unit != UNIT_CD &&
	    g->change.unit != UNIT_SF)
		return papers_refuse(g->c, "unit",
		    _("the sample has children and staff files only"),
		    "CC, CD, SF");
	for (size_t i = 0; i < g->draw->frame.n; i++)
		if (g->draw->frame.rows[i].unit == g->change.unit &&
		    strcmp(g->draw->frame.rows[i].key, g->change.key) == 0)
			return true;
	return papers_refuse(
	    g->c, "key", _("nobody of that id was there to draw from"), NULL);
}

/* The same change sent again, its answer having been lost. */
static bool
is_again(const struct changing *g)
{
	const struct draw *d = g->draw;
	const struct draw_change *last;

	if (d->changes_n == 0 ||
	    body_int(g->body, "version") + 1 != (int64_t)d->version)
		return false;
	last = &d->changes[d->changes_n - 1];
	return last->unit == g->change.unit && last->added == g->change.added &&
	       strcmp(last->key, g->change.key) == 0 &&
	       strcmp(last->why, g->change.why) == 0;
}

/* --- keeping it -------------------------------------------------------- */

static cJSON *
change_tree(const struct draw_change *change)
{
	cJSON *o = cJSON_CreateObject();
	char day[DATE_TEXT];

	cJSON_AddStringToObject(o, "unit", unit_word(change->unit));
	cJSON_AddStringToObject(o, "key", change->key);
	cJSON_AddBoolToObject(o, "added", change->added);
	cJSON_AddStringToObject(o, "why", change->why);
	cJSON_AddStringToObject(o, "by", change->by);
	cJSON_AddStringToObject(o, "on", date_format(change->on, day));
	return o;
}

/* The draw's paper with one change more. */
static void
change_text(const struct changing *g, struct buf *out)
{
	cJSON *body = cJSON_Duplicate(g->paper->body, true);
	cJSON *list = cJSON_GetObjectItem(body, "changes");
	char *printed;

	if (list == NULL)
		list = cJSON_AddArrayToObject(body, "changes");
	cJSON_AddItemToArray(list, change_tree(&g->change));
	printed = cJSON_PrintUnformatted(body);
	buf_str(out, printed);
	cJSON_free(printed);
	cJSON_Delete(body);
}

/* Who issues a packet at the same time has seen another sample: of the two one
 * is told (packets.c). */
static bool
keep_change(struct changing *g)
{
	struct context *c = g->c;
	struct buf texts[2] = {{0}};
	struct store_paper_new list[2];
	size_t conflict;
	bool ok;

	change_text(g, &texts[0]);
	buf_str(&texts[1], "{\"changed\":true}");
	for (int i = 0; i < 2; i++)
		list[i] = (struct store_paper_new){
		    {.kind = i == 0 ? PAPER_DRAW : PAPER_PIN,
			.id = g->review,
			.at_ms = papers_now(),
			.by = g->change.by,
			.body = buf_text(&texts[i]),
			.len = texts[i].len},
		    i == 0 ? (uint32_t)body_int(g->body, "version") : g->pin};
	ok = shelf_put_all(c->svc->shelf, list, 2, &conflict, &c->err);
	if (ok && conflict == 0) /* and who wrote it is told */
		ok = papers_keep_text(
		    c, PAPER_DRAW, g->review, list[0].expected, &texts[0]);
	else if (ok && conflict == 1)
		ok = err_set(&c->err, ERR_CONFLICT, "%s",
		    _("a packet of that review was issued in between"));
	else if (ok) {
		c->status = 201;
		papers_head(&c->json, &(struct paper){.id = g->review,
					  .by = g->change.by,
					  .version = list[0].expected + 1,
					  .at_ms = list[0].paper.at_ms});
	}
	buf_free(&texts[0]);
	buf_free(&texts[1]);
	return ok;
}

/* Naming a child is a look at it. */
static bool
change_looked(const struct changing *g)
{
	const struct audit_look look = {.who = g->c->request->who.name,
	    .screen = api_routes[g->c->route].path,
	    .generation = g->draw->generation,
	    .children = &g->change.key,
	    .n = g->change.unit == UNIT_SF ? 0 : 1};

	return audit_add(g->c->svc->audit, &look, &g->c->err);
}

bool
sample_put_answer(struct context *c)
{
	struct changing g = {.c = c, .review = context_text(c, API_PATH_ID)};
	const struct paper *pin;
	struct plan plan;

	if (!rights_may(c, FACTS_NO_ROW, RIGHT_PLANS) ||
	    (g.body = papers_body(c, BODY_sample)) == NULL ||
	    !papers_one(c, PAPER_PIN, g.review, &pin) ||
	    !plan_review(c, g.review, &plan, &g.row) ||
	    !papers_one(c, PAPER_DRAW, g.review, &g.paper) ||
	    !draw_read(c, g.review, &g.draw))
		return false;
	g.pin = pin != NULL ? pin->version : 0;
	if (g.draw == NULL)
		return may_change(&g);
	if (!read_change(&g) || !change_looked(&g))
		return false;
	if (is_again(&g)) {
		papers_head(&c->json, g.paper);
		return true;
	}
	return may_change(&g) &&
	       (body_int(g.body, "version") != (int64_t)g.draw->version ||
		   draw_apply(g.draw, &g.change, &c->err)) &&
	       keep_change(&g);
}
