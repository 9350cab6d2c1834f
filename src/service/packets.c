/* GET /v1/packets, GET and PUT /v1/packets/{id}: what monitors take along. */
#include "service/handlers.h"

#include <string.h>

#include "base/i18n.h"
#include "service/audit.h"
#include "service/packet_part.h"
#include "service/rights.h"
#include "service/shape.h"
#include "service/signer.h"

static int64_t
number(const struct paper *p, const char *name)
{
	int64_t n = 0;

	json_get_int(p->body, name, &n);
	return n;
}

bool
packet_is(const struct paper *p, const char *state)
{
	const char *is = json_get_string(p->body, "state");

	return is != NULL && strcmp(is, state) == 0;
}

bool
packet_is_of(const struct paper *p, const char *user)
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

		if (packet_is(p, PACKET_ISSUED) &&
		    number(p, "expires_ms") > now &&
		    (monitor == NULL || packet_is_of(p, monitor)))
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
	if (packet_is(about, PACKET_RECALLED))
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
	    body, "state", cJSON_CreateString(PACKET_RECALLED));
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
	if (!packet_is_of(p, body_text(i->body, "user")) ||
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
	return packet_issue(&i);
}
