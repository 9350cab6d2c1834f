/* GET and PUT /v1/plans/{id}/draw: a review's sample, drawn once by the
 * service. */
#include "service/handlers.h"

#include <sodium.h>
#include <string.h>

#include "base/date.h"
#include "base/i18n.h"
#include "service/audit.h"
#include "service/draw.h"
#include "service/frame.h"
#include "service/instruments.h"
#include "service/rights.h"
#include "service/shape.h"
#include "service/verify.h"

#define DIFFERENCES 20

/* --- as it was drawn ------------------------------------------------- */

static void
write_again(struct context *c, const struct draw *d)
{
	const char *list[DIFFERENCES];
	size_t n = draw_differences(c, d, list, DIFFERENCES);
	struct json *j = &c->json;

	json_key(j, "again");
	json_object(j);
	json_kv_bool(j, "equal", n == 0);
	shape_strings(c, "differences", list, (int)n);
	json_object_end(j);
}

static void
write_draw(struct context *c, const struct draw *d)
{
	struct json *j = &c->json;
	char at[SHAPE_TIME];

	json_key(j, "draw");
	json_object(j);
	json_kv_int(j, "version", d->version);
	json_kv_string(j, "at", shape_time(d->at_ms / 1000, at));
	json_kv_string(j, "by", d->by);
	json_kv_int(j, "frame", (int64_t)d->frame.n);
	draw_members(j, d);
	json_object_end(j);
}

/* What was sealed of the review, held against the draw. */
static bool
write_sealed(struct context *c, const char *review, const struct draw *d)
{
	struct verified v;

	if (!verify_sample(c, review, d, &v))
		return false;
	json_key(&c->json, "sealed");
	if (v.revision == 0) {
		json_null(&c->json);
		return true;
	}
	json_object(&c->json);
	json_kv_int(&c->json, "revision", v.revision);
	json_kv_bool(&c->json, "as_drawn", v.fault == NULL);
	json_kv_string(&c->json, "fault", v.fault);
	json_key(&c->json, "account");
	json_object(&c->json);
	json_kv_int(&c->json, "sample", v.account.drawn);
	json_kv_int(&c->json, "replaced", v.account.replaced);
	json_kv_int(&c->json, "purposive", v.account.purposive);
	json_kv_int(&c->json, "medication", v.account.medication);
	json_kv_int(&c->json, "reserves_left", v.account.reserves_left);
	json_object_end(&c->json);
	json_object_end(&c->json);
	return true;
}

/* The keys of the children that were drawn: a look at them. */
static bool
draw_looked(struct context *c, const struct draw *d)
{
	struct audit_look look = {.who = c->request->who.name,
	    .screen = api_routes[c->route].path,
	    .generation = d->generation};
	const char **ids =
	    arena_alloc(&c->arena, (d->sample.n + 1) * sizeof *ids);

	for (size_t i = 0; i < d->sample.n; i++) {
		const struct pick *p = &d->sample.picks[i];

		if (p->unit == UNIT_CC || p->unit == UNIT_CD)
			ids[look.n++] = p->key;
	}
	look.children = ids;
	return audit_add(c->svc->audit, &look, &c->err);
}

bool
draw_answer(struct context *c)
{
	const char *review = context_text(c, API_PATH_ID);
	struct draw *d;

	if (!rights_may(c, FACTS_NO_ROW, RIGHT_PLANS) ||
	    !draw_read(c, review, &d))
		return false;
	if (d == NULL)
		return err_set(&c->err, ERR_NO_ANSWER,
		    _("no sample was drawn for %s"), review);
	if (!draw_looked(c, d))
		return false;
	write_draw(c, d);
	write_again(c, d);
	return write_sealed(c, review, d);
}

/* --- drawing --------------------------------------------------------- */

/* The period under review: what was written of it, else the twelve months up
 * to the roster's day. */
static int32_t
period_from(const struct plan_row *row, int32_t on)
{
	return date_known(row->api.period_from) ? row->api.period_from
						: date_addmonths(on, -12) + 1;
}

static bool
may_draw(struct context *c, const struct plan_row *row, const cJSON *body)
{
	int32_t on = body_date(body, "on");

	if (row->state == PLAN_STATE_NO_CONTRACT ||
	    row->state == PLAN_STATE_DROPPED)
		return err_set(&c->err, ERR_REFUSED,
		    _("%s is no review to draw for: %s"), row->api.id,
		    _(code_label(&codesets[CODES_PLAN_STATE], row->state)));
	if (strcmp(row->api.kind, "follow_up") == 0)
		return err_set(&c->err, ERR_REFUSED, "%s",
		    _("a follow-up has no sample: it looks at the open "
		      "findings"));
	if (on > facts_about(c->facts)->data_through)
		return papers_refuse(
		    c, "on", _("the data do not reach so far"), NULL);
	return true;
}

static uint64_t
new_seed(void)
{
	uint64_t seed;

	randombytes_buf(&seed, sizeof seed);
	return seed;
}

/* Made once: whoever asks again gets what was drawn. */
static bool
draw_make(struct context *c, const struct plan_row *row, const cJSON *body,
    struct draw *d)
{
	const struct frame_ask ask = {.provider = row->api.provider,
	    .from = period_from(row, body_date(body, "on")),
	    .on = body_date(body, "on"),
	    .staff = cJSON_GetObjectItem(body, "staff")};
	const struct census_roster *roster;
	const struct instrument_about *about;
	const struct instrument *in;

	if (!frame_roster(c, &ask, &roster) ||
	    !instruments_newest(c->svc->instruments, NULL, &in, NULL, &c->err))
		return false;
	about = instrument_about(in);
	*d = (struct draw){.on = ask.on,
	    .from = ask.from,
	    .generation = facts_about(c->facts)->generation,
	    .seed = new_seed(),
	    .instrument =
		arena_printf(&c->arena, "%s/%d", about->id, about->version),
	    .hash = about->hash,
	    .rule = *instrument_sample(in)};
	d->source = frame_source(c, ask.on);
	frame_of(c, &ask, roster, &d->frame);
	return sample_draw(&d->sample, &d->rule, &d->frame, d->seed, &c->err);
}

/* Its staff's labels travel in the packet: they are kept beside. */
static void
draw_text(struct buf *out, const struct draw *d, const cJSON *staff)
{
	struct buf labels = {0};
	struct json j;
	const cJSON *o;

	draw_write(out, d);
	json_begin(&j, &labels);
	json_object(&j);
	cJSON_ArrayForEach(o, staff)
	{
		const char *label = body_text(o, "label");

		if (label != NULL)
			json_kv_string(&j, body_text(o, "key"), label);
	}
	json_object_end(&j);
	out->len--; /* the closing brace */
	buf_printf(out, ",\"labels\":%s}", buf_text(&labels));
	buf_free(&labels);
}

/* Whoever asks again for the same day gets what was drawn. */
static bool
drawn_before(struct context *c, const char *review, const cJSON *body,
    const struct draw *d)
{
	char day[DATE_TEXT];
	struct paper p = {.id = review,
	    .by = d->by,
	    .version = d->version,
	    .at_ms = d->at_ms};

	if (body_date(body, "on") != d->on)
		return papers_refuse(c, "on",
		    _("the sample was drawn before and is frozen"),
		    arena_printf(&c->arena, "%s", date_format(d->on, day)));
	papers_head(&c->json, &p);
	return true;
}

bool
draw_put_answer(struct context *c)
{
	const char *review = context_text(c, API_PATH_ID);
	const struct plan_row *row;
	struct buf text = {0};
	struct plan plan;
	struct draw d, *before;
	cJSON *body;
	bool ok;

	if (!rights_may(c, FACTS_NO_ROW, RIGHT_PLANS) ||
	    (body = papers_body(c, BODY_draw)) == NULL ||
	    !plan_review(c, review, &plan, &row) || !context_facts(c) ||
	    !draw_read(c, review, &before))
		return false;
	if (before != NULL)
		return drawn_before(c, review, body, before);
	if (!may_draw(c, row, body))
		return false;
	if (body_int(body, "version") != 0)
		return papers_refuse(c, "version",
		    _("a sample is drawn once and then frozen"),
		    _("it changes only by reserves and by who is added, each "
		      "with a reason"));
	ok = draw_make(c, row, body, &d);
	if (ok) {
		draw_text(&text, &d, cJSON_GetObjectItem(body, "staff"));
		ok = papers_keep_text(c, PAPER_DRAW, review, 0, &text);
		sample_free(&d.sample);
	}
	buf_free(&text);
	return ok;
}
