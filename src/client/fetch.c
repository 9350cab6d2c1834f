#include "client/fetch.h"

#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/json.h"
#include "client/answer.h"
#include "client/answer_table.h"
#include "client/field_folder.h"
#include "client/news.h"
#include "client/visit.h"
#include "journal/io.h"
#include "proto/bundle.h"
#include "proto/revision.h"

struct fetching {
	struct call *call;
	const char *user;
	struct folder *folder;
	uint8_t trusted[BUNDLE_PUBLIC];
	cJSON *taken; /* reviews */
	int64_t now_ms;
};

/* --- what waits ------------------------------------------------------ */

static bool
ask_waiting(struct call *call, struct err *err)
{
	struct buf target = {0};

	api_target(&target, ROUTE_PACKETS, NULL);
	api_query(&target, API_MONITOR, field_folder_user(call));
	return call_get(call, &target, err);
}

/* --- one packet ------------------------------------------------------ */

/* A body that is no packet (a captive portal's page, one cut short) is said
 * to be none before anything is looked at. */
static bool
decode(const cJSON *answer, struct buf *out, struct err *err)
{
	const char *text = json_get_string(answer, "bytes");
	const char *sum =
	    json_get_string(answer_item(answer, "packet"), "sha256");
	size_t n = text != NULL ? strlen(text) : 0, got;
	char hash[REVISION_HASH];

	if (text == NULL || sum == NULL)
		return err_set(err, ERR_BAD_ANSWER, "%s",
		    _("what came is no packet; is this the service?"));
	buf_reserve(out, n + 1);
	if (sodium_base642bin((uint8_t *)out->data, n, text, n, NULL, &got,
		NULL, sodium_base64_VARIANT_ORIGINAL) != 0)
		return err_set(
		    err, ERR_CORRUPT, "%s", _("the packet came damaged"));
	out->len = got;
	revision_hash(hash, out->data, out->len);
	return strcmp(hash, sum) == 0 ||
	       err_set(
		   err, ERR_CORRUPT, "%s", _("the packet did not come whole"));
}

static bool
get_packet(struct fetching *f, const char *id, struct buf *out, struct err *err)
{
	struct buf target = {0};
	cJSON *answer;
	bool ok;

	api_target(&target, ROUTE_PACKET, id);
	api_query(&target, API_MONITOR, f->user);
	ok = net_get(f->call->net, buf_text(&target), &answer, err);
	buf_free(&target);
	if (!ok)
		return false;
	ok = decode(answer, out, err);
	cJSON_Delete(answer);
	return ok;
}

/* Says softly who else works on it; whatever fails here harms nothing. */
static void
tell_others(const struct fetching *f, const cJSON *claims)
{
	const cJSON *o;

	cJSON_ArrayForEach(o, claims)
	{
		const char *by = json_get_string(o, "by");

		if (by != NULL && strcmp(by, f->user) != 0 &&
		    cJSON_IsTrue(answer_item(o, "taken")))
			call_say(f->call, _("%s has %s%s%s since %s"), by,
			    json_get_string(o, "unit"),
			    *json_get_string(o, "key") != '\0' ? " " : "",
			    json_get_string(o, "key"),
			    json_get_string(o, "at"));
	}
}

/* The version of this monitor's own claim of the whole review, on this device;
 * 0: there is none. */
static int64_t
own_version(const struct fetching *f, const cJSON *claims, bool *taken)
{
	const cJSON *o;
	char device[NEWS_DEVICE];
	int64_t version = 0;

	news_device(f->folder, device);
	*taken = false;
	cJSON_ArrayForEach(o, claims)
	{
		const char *by = json_get_string(o, "by");
		const char *on = json_get_string(o, "device");

		if (strcmp(json_get_string(o, "unit"), "AG") != 0 ||
		    by == NULL || on == NULL || strcmp(by, f->user) != 0 ||
		    strcmp(on, device) != 0)
			continue;
		json_get_int(o, "version", &version);
		*taken = cJSON_IsTrue(answer_item(o, "taken"));
	}
	return version;
}

static void
put_claim(struct fetching *f, const char *review, int64_t version)
{
	char device[NEWS_DEVICE];
	struct buf target = {0}, body = {0};
	struct json j;
	cJSON *answer = NULL;
	struct err ignored;

	json_begin(&j, &body);
	json_object(&j);
	json_kv_int(&j, "version", version);
	json_kv_string(&j, "unit", "AG");
	json_kv_string(&j, "key", "");
	json_kv_string(&j, "by", f->user);
	json_kv_string(&j, "device", news_device(f->folder, device));
	json_kv_bool(&j, "taken", true);
	json_object_end(&j);
	api_target(&target, ROUTE_CLAIM_PUT, review);
	if (net_put(f->call->net, buf_text(&target), &body, &answer, &ignored))
		cJSON_Delete(answer);
	buf_free(&target);
	buf_free(&body);
}

/* Claims the review as a whole, also beside a co-monitor: advisory, and each is
 * told of the other. */
static void
claim(struct fetching *f, const char *review)
{
	struct buf target = {0};
	cJSON *answer = NULL;
	struct err ignored;
	int64_t version;
	bool taken;

	api_target(&target, ROUTE_CLAIMS, review);
	if (net_get(f->call->net, buf_text(&target), &answer, &ignored)) {
		const cJSON *claims = answer_item(answer, "claims");

		tell_others(f, claims);
		version = own_version(f, claims, &taken);
		if (!taken)
			put_claim(f, review, version);
	}
	cJSON_Delete(answer);
	buf_free(&target);
}

static bool
take_bytes(struct fetching *f, const struct buf *bytes, struct err *err)
{
	struct visit_packet packet = {.data = bytes->data,
	    .len = bytes->len,
	    .trusted = f->trusted,
	    .user = f->user};
	struct bundle b;

	if (!bundle_read(&b, bytes->data, bytes->len, f->trusted, err) ||
	    !bundle_fits(&b, f->user, f->now_ms, err) ||
	    !visit_readable(&b, err))
		return false;
	if (f->folder == NULL &&
	    !field_folder_make(f->call, &b, &f->folder, err))
		return false;
	if (!visit_take(f->folder, &packet, err))
		return false;
	cJSON_AddItemToArray(f->taken, cJSON_CreateString(packet.review));
	claim(f, packet.review);
	return true;
}

static bool
take(struct fetching *f, const char *id, struct err *err)
{
	struct buf bytes = {0};
	bool ok = get_packet(f, id, &bytes, err) && take_bytes(f, &bytes, err);

	vault_wipe(&bytes);
	return ok;
}

/* --- all of them ------------------------------------------------------ */

/* One that is refused does not keep the others away: it is told, and the
 * first reason is the command's. */
static bool
take_all(struct fetching *f, const cJSON *waiting, struct err *err)
{
	struct err first = {0}, one;
	const cJSON *o;

	ANSWER_EACH(o, waiting, "packets")
	{
		const char *id = json_get_string(o, "id");

		if (id == NULL || take(f, id, &one))
			continue;
		if (first.code == ERR_NONE)
			first = one;
		call_say(f->call, "%s: %s", id, one.text);
		if (one.code == ERR_WRONG_KEY)
			break;
	}
	if (first.code == ERR_NONE)
		return true;
	*err = first;
	return false;
}

static bool
ask_fetch(struct call *call, struct err *err)
{
	struct fetching f = {.call = call,
	    .user = field_folder_user(call),
	    .now_ms = io_real.ops->wall_ms(NULL)};
	cJSON *answer = cJSON_CreateObject();
	struct vault_memory memory;
	bool ok;

	f.taken = cJSON_AddArrayToObject(answer, "fetched");
	ok = field_folder_key(call, f.trusted, sizeof f.trusted, err) &&
	     vault_harden(&memory, err);
	if (ok && call->n_words > 1) {
		ok = take(&f, call->words[1], err);
	} else if (ok) {
		ok = ask_waiting(call, err) && take_all(&f, call->answer, err);
		cJSON_Delete(call->answer);
	}
	call->answer = answer;
	folder_close(f.folder);
	return ok;
}

/* --- the words -------------------------------------------------------- */

bool
fetch_asked(const struct call *call)
{
	return call->n_words > 0 && (strcmp(call->words[0], "fetch") == 0 ||
					strcmp(call->words[0], "waiting") == 0);
}

bool
fetch_ask(struct call *call, struct err *err)
{
	return strcmp(call->words[0], "fetch") == 0 ? ask_fetch(call, err)
						    : ask_waiting(call, err);
}

static void
show_waiting(struct doc *doc, const cJSON *answer)
{
	static const struct answer_column packets[] = {
	    {"id", N_("Packet"), DOC_ID, 0},
	    {"review", N_("Review"), DOC_ID, 0},
	    {"provider", N_("Provider"), DOC_ID, 0},
	    {"issued", N_("Issued"), DOC_WORDS, 0},
	    {"expires", N_("Until"), DOC_WORDS, 0},
	    {0},
	};

	if (cJSON_GetArraySize(answer_item(answer, "packets")) == 0) {
		doc_text(doc, "%s", _("No packet waits for you."));
		return;
	}
	answer_table(doc, "", answer_item(answer, "packets"), packets);
	doc_text(doc, "%s", _("hearth review fetch takes them along."));
}

bool
fetch_show(struct doc *doc, const cJSON *answer)
{
	const cJSON *o;

	if (answer_item(answer, "packets") != NULL) {
		doc_title(doc, "%s", _("Packets that wait"));
		show_waiting(doc, answer);
		return true;
	}
	if (answer_item(answer, "fetched") == NULL)
		return false;
	doc_title(doc, "%s", _("Monitoring reviews"));
	ANSWER_EACH(o, answer, "fetched")
	{
		doc_text(doc, _("%s is here; hearth review open fills it in."),
		    cJSON_GetStringValue(o));
	}
	if (cJSON_GetArraySize(answer_item(answer, "fetched")) == 0)
		doc_text(doc, "%s", _("No packet waits for you."));
	return true;
}
