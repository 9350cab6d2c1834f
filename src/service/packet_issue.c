/* Issuing a packet: who may have it, and keeping it with what it rests on. */
#include "service/packet_part.h"

#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "service/shape.h"

/* --- who may have it ------------------------------------------------- */

static bool
is_helper(const struct plan_row *row, const char *user)
{
	const cJSON *one;

	if (row->api.monitor != NULL && strcmp(row->api.monitor, user) == 0)
		return true;
	cJSON_ArrayForEach(one, row->helpers)
	{
		if (strcmp(one->valuestring, user) == 0)
			return true;
	}
	return false;
}

/* Which version of that paper stands before anything is looked at: two who
 * issue the same at the same time write the same next one, and only one of
 * them does. */
static bool
find_holder(struct issuing *i)
{
	const struct paper *p;

	i->holder = arena_printf(&i->c->arena, "%s/%s",
	    body_text(i->body, "review"), body_text(i->body, "user"));
	if (!papers_one(i->c, PAPER_HOLDER, i->holder, &p))
		return false;
	i->holds = p != NULL ? p->version : 0;
	if (!papers_one(i->c, PAPER_PIN, body_text(i->body, "review"), &p))
		return false;
	i->pin = p != NULL ? p->version : 0;
	return true;
}

/* The packet of the review that this user has already; NULL: none. */
static bool
already(struct issuing *i, const char *user, const struct paper **has)
{
	const struct shelf_ask ask = {.kind = PAPER_PACKET};
	struct papers papers;

	*has = NULL;
	if (!papers_read(i->c, &ask, &papers))
		return false;
	for (size_t k = 0; k < papers.n; k++) {
		const struct paper *p = &papers.list[k];
		const char *of = json_get_string(p->body, "review");

		if (packet_is(p, PACKET_ISSUED) && packet_is_of(p, user) &&
		    of != NULL && strcmp(of, i->row->api.id) == 0)
			*has = p;
	}
	return true;
}

/* Who does it, and how somebody comes to do it, too; those who help already
 * stay. */
static const char *
helper_hint(struct issuing *i, const char *user)
{
	const char *monitor = i->row->api.monitor, *hint;
	struct buf names = {0};
	const cJSON *one;

	cJSON_ArrayForEach(one, i->row->helpers)
	{
		buf_printf(&names, "%s ", one->valuestring);
	}
	hint = arena_printf(&i->c->arena,
	    _("%s does it; %s may have a packet, too, once the plan names %s "
	      "as co-monitor: hearth plan assign %s %s %s%s --reason TEXT"),
	    monitor != NULL ? monitor : _("nobody"), user, user, i->row->api.id,
	    monitor != NULL ? monitor : _("MONITOR"), buf_text(&names), user);
	buf_free(&names);
	return hint;
}

/* One review is not begun twice unseen: who has it is named. */
static bool
may_have(struct issuing *i)
{
	const char *user = body_text(i->body, "user");
	const struct paper *has;
	char at[SHAPE_TIME];

	if (!is_helper(i->row, user))
		return papers_refuse(i->c, "user",
		    _("the plan gives this review to somebody else"),
		    helper_hint(i, user));
	if (!already(i, user, &has))
		return false;
	if (has == NULL || (body_bool(i->body, "again") &&
			       body_text(i->body, "reason") != NULL))
		return true;
	i->c->params.fault.field = "again";
	i->c->params.fault.hint =
	    _("issue it again with a reason when the device is lost or the "
	      "form was mended");
	return err_set(&i->c->err, ERR_REFUSED,
	    _("%s has the packet %s of this review since %s"), user, has->id,
	    shape_time(has->at_ms / 1000, at));
}

static bool
may_issue(struct issuing *i)
{
	struct context *c = i->c;

	if (c->svc->signer == NULL)
		return err_set(&c->err, ERR_REFUSED, "%s",
		    _("this service signs no packets: its setting "
		      "review.signing_key names no key"));
	if (i->row->state == PLAN_STATE_NO_CONTRACT ||
	    i->row->state == PLAN_STATE_DROPPED ||
	    i->row->state == PLAN_STATE_DONE)
		return err_set(&c->err, ERR_REFUSED,
		    _("%s is no review to take along: %s"), i->row->api.id,
		    _(code_label(&codesets[CODES_PLAN_STATE], i->row->state)));
	if (i->draw == NULL && strcmp(i->row->api.kind, "follow_up") != 0)
		return err_set(&c->err, ERR_REFUSED,
		    _("no sample was drawn for %s"), i->row->api.id);
	return may_have(i);
}

/* --- keeping it ------------------------------------------------------ */

static void
write_about(struct issuing *i, struct buf *out)
{
	const struct bundle_about *a = &i->bundle.about;
	struct json j;

	json_begin(&j, out);
	json_object(&j);
	json_kv_string(&j, "review", a->review);
	json_kv_string(&j, "user", a->user);
	json_kv_string(&j, "provider", i->row->api.provider);
	json_kv_string(&j, "instrument", a->instrument);
	json_kv_string(&j, "state", PACKET_ISSUED);
	json_kv_int(&j, "issued_ms", a->issued_ms);
	json_kv_int(&j, "expires_ms", a->expires_ms);
	json_kv_int(&j, "size", (int64_t)i->bytes.len);
	json_kv_string(&j, "sha256", i->sha256);
	json_kv_string(&j, "reason", body_text(i->body, "reason"));
	json_object_end(&j);
}

static void
write_bytes(const struct issuing *i, struct buf *out)
{
	size_t n = sodium_base64_ENCODED_LEN(
	    i->bytes.len, sodium_base64_VARIANT_ORIGINAL);
	char *text = xmalloc(n);

	sodium_bin2base64(text, n, (const uint8_t *)i->bytes.data, i->bytes.len,
	    sodium_base64_VARIANT_ORIGINAL);
	buf_printf(out, "{\"data\":\"%s\"}", text);
	free(text);
}

/* What it says, its bytes and who has it, all or none. */
static bool
keep_papers(struct issuing *i, struct store_paper_new list[static 4])
{
	static const char *const kinds[] = {
	    PAPER_PACKET, PAPER_BYTES, PAPER_HOLDER, PAPER_PIN};
	struct context *c = i->c;
	const char *by = c->request->who.name;
	struct buf texts[4] = {{0}};
	struct json j;
	size_t conflict;
	bool ok;

	write_about(i, &texts[0]);
	write_bytes(i, &texts[1]);
	json_begin(&j, &texts[2]);
	json_object(&j);
	json_kv_string(&j, "packet", i->id);
	json_object_end(&j);
	buf_add(&texts[3], texts[2].data, texts[2].len);
	for (int k = 0; k < 4; k++)
		list[k] =
		    (struct store_paper_new){{.kind = kinds[k],
						 .id = i->id,
						 .at_ms = papers_now(),
						 .by = by != NULL ? by : "",
						 .body = buf_text(&texts[k]),
						 .len = texts[k].len},
			0};
	list[2].paper.id = i->holder;
	list[2].expected = i->holds;
	list[3].paper.id = i->row->api.id;
	list[3].expected = i->pin;
	ok = shelf_put_all(c->svc->shelf, list, 4, &conflict, &c->err);
	for (int k = 0; k < 4; k++)
		buf_free(&texts[k]);
	if (!ok || conflict == 4)
		return ok;
	return err_set(&c->err, ERR_CONFLICT, "%s",
	    conflict < 2
		? _("a packet of that id was issued in between")
		: _("a packet of that review was issued, or its sample "
		    "changed, in between"));
}

static bool
keep_packet(struct issuing *i)
{
	struct store_paper_new list[4];
	struct paper p;

	if (!keep_papers(i, list))
		return false;
	p = (struct paper){.id = i->id,
	    .by = list[0].paper.by,
	    .version = 1,
	    .at_ms = list[0].paper.at_ms};
	i->c->status = 201;
	papers_head(&i->c->json, &p);
	return true;
}

bool
packet_issue(struct issuing *i)
{
	const char *review = body_text(i->body, "review");
	struct plan plan;
	bool ok = find_holder(i) && plan_review(i->c, review, &plan, &i->row) &&
		  draw_read(i->c, review, &i->draw) && may_issue(i) &&
		  packet_make(i) && keep_packet(i);

	buf_free(&i->roster);
	buf_free(&i->sample);
	buf_free(&i->bytes);
	return ok;
}
