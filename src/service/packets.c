/* GET /v1/packets, GET and PUT /v1/packets/{id}: what monitors take along. */
#include "service/handlers.h"

#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "base/i18n.h"
#include "poms/roster.h"
#include "proto/revision.h"
#include "service/audit.h"
#include "service/instruments.h"
#include "service/packing.h"
#include "service/rights.h"
#include "service/shape.h"
#include "service/signer.h"

#define DAY_MS INT64_C(86400000)
#define STATE_ISSUED "issued"
#define STATE_RECALLED "recalled"

static int64_t
number(const struct paper *p, const char *name)
{
	int64_t n = 0;

	json_get_int(p->body, name, &n);
	return n;
}

static bool
is_state(const struct paper *p, const char *state)
{
	const char *is = json_get_string(p->body, "state");

	return is != NULL && strcmp(is, state) == 0;
}

static bool
is_user(const struct paper *p, const char *user)
{
	const char *is = json_get_string(p->body, "user");

	return is != NULL && strcmp(is, user) == 0;
}

/* --- the list -------------------------------------------------------- */

static void
packet_write(struct json *j, const struct paper *p)
{
	char issued[SHAPE_TIME], expires[SHAPE_TIME], at[SHAPE_TIME];
	const struct api_packet r = {
	    .id = p->id,
	    .version = p->version,
	    .at = shape_time(p->at_ms / 1000, at),
	    .by = p->by,
	    .review = json_get_string(p->body, "review"),
	    .user = json_get_string(p->body, "user"),
	    .provider = json_get_string(p->body, "provider"),
	    .instrument = json_get_string(p->body, "instrument"),
	    .state = json_get_string(p->body, "state"),
	    .issued = shape_time(number(p, "issued_ms") / 1000, issued),
	    .expires = shape_time(number(p, "expires_ms") / 1000, expires),
	    .size = number(p, "size"),
	    .sha256 = json_get_string(p->body, "sha256"),
	    .reason = json_get_string(p->body, "reason"),
	};

	api_object(j, API_RESOURCE_packet, &r);
}

/* Those that may still be taken; with a monitor, hers or his. */
bool
packets_answer(struct context *c)
{
	const struct shelf_ask ask = {.kind = PAPER_PACKET};
	const char *monitor = context_text(c, API_MONITOR);
	int64_t now = papers_now();
	struct papers papers;

	if (!rights_may(c, FACTS_NO_ROW, RIGHT_REVIEWS) ||
	    !papers_read(c, &ask, &papers))
		return false;
	json_kv_string(&c->json, "service_key",
	    c->svc->signer != NULL ? signer_public(c->svc->signer) : NULL);
	json_key(&c->json, "packets");
	json_array(&c->json);
	for (size_t i = 0; i < papers.n; i++) {
		const struct paper *p = &papers.list[i];

		if (is_state(p, STATE_ISSUED) &&
		    number(p, "expires_ms") > now &&
		    (monitor == NULL || is_user(p, monitor)))
			packet_write(&c->json, p);
	}
	json_array_end(&c->json);
	return true;
}

/* --- the bytes ------------------------------------------------------- */

static bool
no_packet(struct context *c)
{
	return err_set(&c->err, ERR_NO_ANSWER, _("there is no packet %s"),
	    context_text(c, API_PATH_ID));
}

/* Whoever takes a packet has the children of its roster before him, who were
 * entered when it was issued. */
static bool
packet_looked(struct context *c, const char *id)
{
	const char *what = arena_printf(&c->arena, "packet:%s", id);
	const struct audit_look look = {.who = c->request->who.name,
	    .screen = api_routes[c->route].path,
	    .children = &what,
	    .n = 1};

	return audit_add(c->svc->audit, &look, &c->err);
}

bool
packet_answer(struct context *c)
{
	const char *id = context_text(c, API_PATH_ID);
	const struct paper *about, *bytes;

	if (!rights_may(c, FACTS_NO_ROW, RIGHT_REVIEWS) ||
	    !papers_one(c, PAPER_PACKET, id, &about) ||
	    !papers_one(c, PAPER_BYTES, id, &bytes))
		return false;
	if (about == NULL || bytes == NULL)
		return no_packet(c);
	if (!rights_may_take(c, json_get_string(about->body, "user"),
		context_text(c, API_MONITOR)))
		return false;
	if (is_state(about, STATE_RECALLED))
		return err_set(&c->err, ERR_RECALLED,
		    _("the packet %s was recalled: %s"), id,
		    json_get_string(about->body, "reason"));
	if (!packet_looked(c, id))
		return false;
	json_key(&c->json, "packet");
	packet_write(&c->json, about);
	json_kv_string(&c->json, "bytes", json_get_string(bytes->body, "data"));
	return true;
}

/* --- issuing --------------------------------------------------------- */

struct issuing {
	struct context *c;
	const char *id;
	const cJSON *body;
	const struct plan_row *row;
	struct draw *draw;
	const struct instrument *in;
	const char *text; /* the instrument's file */
	struct bundle bundle;
	const char *holder; /* id of the paper of whom has it */
	uint32_t holds;	    /* version of that paper, before all else */
	uint32_t pin;	    /* of the sample that was seen */
	struct buf roster, sample, bytes;
	char sha256[REVISION_HASH];
};

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

		if (is_state(p, STATE_ISSUED) && is_user(p, user) &&
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

static void
add_part(struct issuing *i, const char *name, const void *data, size_t len)
{
	struct bundle_part *part = &i->bundle.parts[i->bundle.n++];

	snprintf(part->name, sizeof part->name, "%s", name);
	part->data = data;
	part->len = len;
}

/* What was answered on that version can go over to the packet's: what becomes
 * of it, and the version itself, for devices that never had it. */
static bool
add_way(struct issuing *i, int version)
{
	const struct instruments_way way =
	    instruments_way(i->c->svc->instruments, i->in, version);
	char map[24], was[24];

	if (way.map == NULL)
		return false;
	snprintf(map, sizeof map, MAP_PART, version);
	snprintf(was, sizeof was, WAS_PART, version);
	if (bundle_part(&i->bundle, map) != NULL ||
	    i->bundle.n + 4 > BUNDLE_PARTS)
		return true;
	add_part(i, map, way.map, strlen(way.map));
	add_part(i, was, way.was, strlen(way.was));
	return true;
}

/* The sample stays as it was drawn; the form may have been mended since, when a
 * map says what that does to answers. */
static bool
way_from_draw(struct issuing *i)
{
	const struct instrument *was;

	if (i->draw == NULL ||
	    strcmp(instrument_about(i->in)->hash, i->draw->hash) == 0)
		return true;
	if (!instruments_find(
		i->c->svc->instruments, i->draw->hash, &was, &i->c->err))
		return false;
	if (add_way(i, instrument_about(was)->version))
		return true;
	i->c->params.fault.hint =
	    _("put a map (NAME-1-2.map) beside the new version: it says what "
	      "becomes of answers to the old one");
	return err_set(&i->c->err, ERR_REFUSED,
	    _("the sample was drawn by %s, and no map leads from there to the "
	      "instrument in force"),
	    i->draw->instrument);
}

/* Whoever has a packet of this review works on the version that it had. */
static bool
ways_from_packets(struct issuing *i)
{
	const struct shelf_ask ask = {.kind = PAPER_PACKET};
	struct papers papers;

	if (!papers_read(i->c, &ask, &papers))
		return false;
	for (size_t k = 0; k < papers.n; k++) {
		const cJSON *body = papers.list[k].body;
		const char *of = json_get_string(body, "review");
		const char *form = json_get_string(body, "instrument");
		const char *slash = form != NULL ? strrchr(form, '/') : NULL;

		if (of != NULL && slash != NULL &&
		    strcmp(of, i->row->api.id) == 0)
			add_way(i, atoi(slash + 1));
	}
	return true;
}

/* The newest; of a draw by an older one, when answers can go over. */
static bool
find_instrument(struct issuing *i)
{
	return instruments_newest(i->c->svc->instruments, NULL, &i->in,
		   &i->text, &i->c->err) &&
	       way_from_draw(i) && ways_from_packets(i);
}

/* The roster is of the import that was drawn from. */
static bool
look_back(struct issuing *i)
{
	struct snap *snap;

	if (i->draw == NULL)
		return context_facts(i->c);
	if (!context_take(i->c, i->draw->generation, API_GENERATION, &snap))
		return false;
	context_look(i->c, snap);
	return true;
}

static bool
labels_of(struct issuing *i, const cJSON **labels)
{
	const struct paper *p;

	if (!papers_one(i->c, PAPER_DRAW, i->row->api.id, &p))
		return false;
	*labels = p != NULL ? cJSON_GetObjectItem(p->body, "labels") : NULL;
	return true;
}

static void
about(struct issuing *i)
{
	struct bundle_about *a = &i->bundle.about;
	const struct instrument_about *what = instrument_about(i->in);
	int64_t days = body_int(i->body, "days");

	snprintf(a->packet, sizeof a->packet, "%s", i->id);
	snprintf(a->review, sizeof a->review, "%s", i->row->api.id);
	snprintf(a->user, sizeof a->user, "%s", body_text(i->body, "user"));
	snprintf(a->instrument, sizeof a->instrument, "%.48s/%d", what->id,
	    what->version);
	snprintf(a->office, sizeof a->office, "%s",
	    signer_office(i->c->svc->signer));
	a->issued_ms = papers_now();
	a->expires_ms =
	    a->issued_ms +
	    (days != API_NULL ? days : i->c->svc->packet_days) * DAY_MS;
}

/* Whatever is wrong with a roster is found here, not in the field. */
static bool
check_roster(struct issuing *i)
{
	static const struct stamp stamp = {"office", 0, 0};
	struct change change = {0};
	bool ok = roster_read(
	    &change, buf_text(&i->roster), i->roster.len, &stamp, &i->c->err);

	change_free(&change);
	return ok;
}

static bool
make_packet(struct issuing *i)
{
	struct packing p = {
	    .c = i->c, .row = i->row, .draw = i->draw, .in = i->in};

	p.on = i->draw != NULL ? i->draw->on
			       : facts_about(i->c->facts)->data_through;
	p.from =
	    i->draw != NULL ? i->draw->from : date_addmonths(p.on, -12) + 1;
	if (!labels_of(i, &p.labels) || !packing_roster(&p, &i->roster) ||
	    !check_roster(i))
		return false;
	about(i);
	add_part(i, "instrument", i->text, strlen(i->text));
	add_part(i, ROSTER_PART, i->roster.data, i->roster.len);
	if (i->draw != NULL) {
		packing_sample(&p, &i->sample);
		add_part(i, "sample", i->sample.data, i->sample.len);
	}
	if (!bundle_write(&i->bytes, &i->bundle,
		signer_secret(i->c->svc->signer), &i->c->err))
		return false;
	revision_hash(i->sha256, i->bytes.data, i->bytes.len);
	return true;
}

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
	json_kv_string(&j, "state", STATE_ISSUED);
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

static bool
issue(struct issuing *i)
{
	const char *review = body_text(i->body, "review");
	struct plan plan;
	bool ok = find_holder(i) && plan_review(i->c, review, &plan, &i->row) &&
		  draw_read(i->c, review, &i->draw) && may_issue(i) &&
		  find_instrument(i) && look_back(i) && make_packet(i) &&
		  keep_packet(i);

	buf_free(&i->roster);
	buf_free(&i->sample);
	buf_free(&i->bytes);
	return ok;
}

/* --- recalling ------------------------------------------------------- */

static bool
recall(struct issuing *i, const struct paper *p)
{
	const char *reason = body_text(i->body, "reason");
	cJSON *body;
	struct buf text = {0};
	char *printed;
	bool ok;

	if (reason == NULL)
		return papers_refuse(
		    i->c, "reason", _("why is the packet recalled?"), NULL);
	body = cJSON_Duplicate(p->body, true);
	cJSON_ReplaceItemInObject(
	    body, "state", cJSON_CreateString(STATE_RECALLED));
	cJSON_DeleteItemFromObject(body, "reason");
	cJSON_AddStringToObject(body, "reason", reason);
	printed = cJSON_PrintUnformatted(body);
	buf_str(&text, printed);
	ok = papers_keep_text(i->c, PAPER_PACKET, i->id,
	    (uint32_t)body_int(i->body, "version"), &text);
	cJSON_free(printed);
	cJSON_Delete(body);
	buf_free(&text);
	return ok;
}

/* The same issue asked for again: what was issued then. */
static bool
issued_before(struct issuing *i, const struct paper *p)
{
	if (!is_user(p, body_text(i->body, "user")) ||
	    strcmp(json_get_string(p->body, "review"),
		body_text(i->body, "review")) != 0)
		return err_set(&i->c->err, ERR_CONFLICT, "%s",
		    _("a packet of that id is there for something else"));
	papers_head(&i->c->json, p);
	return true;
}

bool
packet_put_answer(struct context *c)
{
	struct issuing i = {.c = c, .id = context_text(c, API_PATH_ID)};
	const struct paper *there;

	if (!rights_may(c, FACTS_NO_ROW, RIGHT_PLANS) ||
	    (i.body = papers_body(c, BODY_packet)) == NULL ||
	    !papers_one(c, PAPER_PACKET, i.id, &there))
		return false;
	if (body_bool(i.body, "recalled"))
		return there != NULL ? recall(&i, there) : no_packet(c);
	if (there != NULL)
		return issued_before(&i, there);
	return issue(&i);
}
