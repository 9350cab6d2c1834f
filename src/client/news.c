#include "client/news.h"

#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/json.h"
#include "journal/news.h"
#include "proto/api.h"

struct news {
	cJSON *body;
	char device[NEWS_DEVICE]; /* this one */
};

char *
news_device(struct folder *folder, char text[static NEWS_DEVICE])
{
	return sodium_bin2hex(
	    text, NEWS_DEVICE, vault_id(folder_vault(folder)), VAULT_ID);
}

/* --- what was said ---------------------------------------------------------
 */

struct news *
news_open(struct folder *folder, const uint8_t *record)
{
	struct news *news = xcalloc(1, sizeof *news);
	struct buf text = {0};
	struct err err;

	if (news_load(folder, record, &text, &err))
		news->body = json_parse(text.data, text.len, text.len, &err);
	vault_wipe(&text);
	news_device(folder, news->device);
	return news;
}

void
news_free(struct news *news)
{
	if (news == NULL)
		return;
	cJSON_Delete(news->body);
	free(news);
}

static const cJSON *
list_of(const struct news *news, const char *name)
{
	return news == NULL
		   ? NULL
		   : cJSON_GetObjectItemCaseSensitive(news->body, name);
}

static bool
is_unit(const cJSON *o, const struct review_unit *unit)
{
	const char *kind = json_get_string(o, "unit");
	const char *key = json_get_string(o, "key");

	return kind != NULL && key != NULL &&
	       strcmp(kind, unit_word(unit->kind)) == 0 &&
	       strcmp(key, unit->key) == 0;
}

static bool
is_taken(const cJSON *claim)
{
	return cJSON_IsTrue(cJSON_GetObjectItemCaseSensitive(claim, "taken"));
}

/* Taken by somebody else, as last told. */
static const char *
other_taker(const cJSON *claim, const char *who)
{
	const char *by = json_get_string(claim, "by");

	return is_taken(claim) && by != NULL && strcmp(by, who) != 0 ? by
								     : NULL;
}

/* By the same person on another machine; a claim that names none is of
 * whichever. */
static bool
is_elsewhere(const cJSON *claim, const char *who, const char *device)
{
	const char *by = json_get_string(claim, "by");
	const char *on = json_get_string(claim, "device");

	return is_taken(claim) && by != NULL && strcmp(by, who) == 0 &&
	       on != NULL && strcmp(on, device) != 0;
}

static bool
names(const struct buf *list, const char *by)
{
	size_t n = strlen(by);

	for (const char *at = buf_text(list); *at != '\0';) {
		size_t len = strcspn(at, ",");

		if (len == n && memcmp(at, by, n) == 0)
			return true;
		at += len;
		at += strspn(at, ", ");
	}
	return false;
}

static void
add_name(struct buf *list, const char *by)
{
	if (!names(list, by))
		buf_printf(list, "%s%s", list->len > 0 ? ", " : "", by);
}

void
news_others(const struct news *news, const char *who, struct buf *out)
{
	const cJSON *o;

	cJSON_ArrayForEach(o, list_of(news, "claims"))
	{
		if (other_taker(o, who) != NULL)
			add_name(out, other_taker(o, who));
		else if (is_elsewhere(o, who, news->device))
			add_name(out, _("you on another device"));
	}
}

static void
change_words(const cJSON *o, struct buf *out)
{
	const char *change = json_get_string(o, "change");
	const char *fact = json_get_string(o, "fact");
	const char *was = json_get_string(o, "was");
	const char *is = json_get_string(o, "is");

	buf_str(out, out->len > 0 ? "; " : "");
	buf_printf(out, _("changed since the packet: %s"),
	    change != NULL ? change : "");
	if (fact != NULL)
		buf_printf(out, " %s", fact);
	if (was != NULL || is != NULL)
		buf_printf(out, " %s -> %s", was != NULL ? was : "-",
		    is != NULL ? is : "-");
}

void
news_of(const struct news *news, const struct review_unit *unit,
    const char *who, struct buf *out)
{
	const cJSON *o;

	struct buf takers = {0};

	/* The service's word, else what came with a revision. */
	cJSON_ArrayForEach(o, list_of(news, "claims"))
	{
		if (!is_unit(o, unit))
			continue;
		if (other_taker(o, who) != NULL)
			add_name(&takers, other_taker(o, who));
		else if (is_elsewhere(o, who, news->device))
			add_name(&takers, _("you on another device"));
	}
	if (takers.len > 0)
		buf_printf(out, _("taken by %s"), buf_text(&takers));
	buf_free(&takers);
	if (out->len == 0 && *unit->claimed != '\0')
		buf_printf(out, _("taken by %s"),
		    strcmp(unit->claimed, who) == 0 ? _("you") : unit->claimed);
	else if (*unit->claimed != '\0' && strcmp(unit->claimed, who) == 0)
		buf_str(out, _(" and by you"));
	cJSON_ArrayForEach(o, list_of(news, "changes"))
	{
		if (is_unit(o, unit))
			change_words(o, out);
	}
}

struct news_counts
news_count(const struct news *news, const char *who)
{
	struct news_counts n = {0};
	const cJSON *o;

	cJSON_ArrayForEach(o, list_of(news, "claims")) n.taken +=
	    other_taker(o, who) != NULL;
	n.changed = (unsigned)cJSON_GetArraySize(list_of(news, "changes"));
	return n;
}

/* --- asking ------------------------------------------------------------------
 */

enum { ASK_CLAIMS, ASK_ROSTER, ASK_TELL, ASK_END };

struct news_asking {
	struct net *net;
	struct visit *visit;
	const char *who;
	void (*done)(void *arg);
	void *arg;
	uint64_t call;
	int step, unit;
	cJSON *all;
};

static void news_next(struct news_asking *a);

static void
asking_free(struct news_asking *a)
{
	cJSON_Delete(a->all);
	free(a);
}

static void
move_list(cJSON *to, const char *name, cJSON *from)
{
	cJSON *list = cJSON_DetachItemFromObjectCaseSensitive(from, name);

	if (cJSON_IsArray(list))
		cJSON_AddItemToObject(to, name, list);
	else
		cJSON_Delete(list);
}

/* A service that has no such thing, a review that it did not draw: then there
 * is nothing to say of it. */
static void
ask_answered(void *arg, cJSON *json, const struct err *err)
{
	struct news_asking *a = arg;

	a->call = 0;
	if (json != NULL && a->step == ASK_CLAIMS)
		move_list(a->all, "claims", json);
	if (json != NULL && a->step == ASK_ROSTER)
		move_list(a->all, "changes", json);
	cJSON_Delete(json);
	/* No line: what was said last stays. */
	a->step = json == NULL && (err->code == ERR_UNREACHABLE ||
				      err->code == ERR_TIMEOUT)
		      ? ASK_END
		      : a->step + 1;
	news_next(a);
}

static void
ask(struct news_asking *a, const char *what)
{
	struct buf path = {0};

	/* The review's id may hold what an address may not. */
	api_target(&path, ROUTE_REVIEW_ONE,
	    journal_identity(visit_journal(a->visit))->review);
	buf_printf(&path, "/%s", what);
	a->call = net_ask(a->net, buf_text(&path), ask_answered, a);
	buf_free(&path);
}

/* --- telling -----------------------------------------------------------------
 */

static void
put_answered(
    void *arg, int status, const struct buf *body, const struct err *err)
{
	struct news_asking *a = arg;

	(void)status;
	(void)body;
	(void)err;
	a->call = 0;
	news_next(a);
}

/* Somebody who writes at the same time is shown at the next sync: nothing of
 * it locks. */
static void
put_claim(struct news_asking *a, const struct review_unit *u, int64_t version)
{
	struct visit *visit = a->visit;
	const struct journal_identity *id =
	    journal_identity(visit_journal(visit));
	char device[NEWS_DEVICE];
	struct buf path = {0}, body = {0};
	struct net_upload upload = {.method = "PUT"};
	struct json j;

	news_device(visit_folder(visit), device);
	api_target(&path, ROUTE_REVIEW_ONE, id->review);
	buf_str(&path, "/claims");
	json_begin(&j, &body);
	json_object(&j);
	json_kv_int(&j, "version", version);
	json_kv_string(&j, "unit", unit_word(u->kind));
	json_kv_string(&j, "key", u->key);
	json_kv_string(&j, "by", id->user);
	json_kv_string(&j, "device", device);
	json_key(&j, "taken");
	json_bool(&j, *u->claimed != '\0');
	json_object_end(&j);
	upload.path = buf_text(&path);
	upload.body = body.data;
	upload.len = body.len;
	a->call = net_send(a->net, &upload, put_answered, a);
	buf_free(&path);
	buf_free(&body);
}

/* What the service has of this monitor's own claim of the unit, made on this
 * device; 0: none yet. */
static int64_t
own_claim(const struct news_asking *a, const struct review_unit *u, bool *told)
{
	const cJSON *claims =
			cJSON_GetObjectItemCaseSensitive(a->all, "claims"),
		    *o;
	char device[NEWS_DEVICE];
	int64_t version = 0;

	news_device(visit_folder(a->visit), device);
	*told = false;
	cJSON_ArrayForEach(o, claims)
	{
		const char *by = json_get_string(o, "by");
		const char *on = json_get_string(o, "device");

		if (!is_unit(o, u) || by == NULL || on == NULL ||
		    strcmp(by, a->who) != 0 || strcmp(on, device) != 0)
			continue;
		json_get_int(o, "version", &version);
		*told = is_taken(o);
	}
	return version;
}

/* The next unit that this monitor took or gave back and the service does not
 * know; false: there is none. Somebody else's claim is no reason to be silent:
 * each is told of the other at the next sync. */
static bool
tell_next(struct news_asking *a)
{
	struct review *r = visit_review(a->visit);

	while (++a->unit < review_units(r)) {
		const struct review_unit *u = review_unit(r, a->unit);
		bool mine = strcmp(u->claimed, a->who) == 0, told;
		int64_t version = own_claim(a, u, &told);

		if (mine == told || (!mine && *u->claimed != '\0'))
			continue;
		put_claim(a, u, version);
		return true;
	}
	return false;
}

static void
keep(struct news_asking *a)
{
	char *text = cJSON_PrintUnformatted(a->all);
	struct err ignored; /* it comes again with the next sync */

	news_save(visit_folder(a->visit),
	    journal_identity(visit_journal(a->visit))->record, text,
	    strlen(text), &ignored);
	explicit_bzero(text, strlen(text));
	cJSON_free(text);
}

static void
news_next(struct news_asking *a)
{
	switch (a->step) {
	case ASK_CLAIMS:
		ask(a, "claims");
		return;
	case ASK_ROSTER:
		ask(a, "roster");
		return;
	case ASK_TELL:
		if (a->unit == 0)
			keep(a);
		if (tell_next(a))
			return;
		break;
	default:
		break;
	}
	a->done(a->arg);
	asking_free(a);
}

struct news_asking *
news_begin(struct net *net, struct visit *visit, const char *who,
    void (*done)(void *arg), void *arg)
{
	struct news_asking *a = xcalloc(1, sizeof *a);

	a->net = net;
	a->visit = visit;
	a->who = who;
	a->done = done;
	a->arg = arg;
	a->all = cJSON_CreateObject();
	news_next(a);
	return a;
}

void
news_cancel(struct news_asking *asking)
{
	if (asking == NULL)
		return;
	net_cancel(asking->net, asking->call);
	asking_free(asking);
}

static void
sync_done(void *arg)
{
	*(bool *)arg = true;
}

void
news_sync(struct net *net, struct visit *visit, const char *who)
{
	bool done = false;

	news_begin(net, visit, who, sync_done, &done);
	while (!done)
		net_wait(net, NULL, 0, -1);
}
