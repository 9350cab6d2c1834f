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
};

/* --- what was said ---------------------------------------------------------
 */

static const uint8_t *
record_of(struct visit *visit)
{
	return journal_identity(visit_journal(visit))->record;
}

struct news *
news_open(struct visit *visit)
{
	struct news *news = xcalloc(1, sizeof *news);
	struct buf text = {0};
	struct err err;

	if (news_load(visit_folder(visit), record_of(visit), &text, &err))
		news->body = json_parse(text.data, text.len, text.len, &err);
	vault_wipe(&text);
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

/* Taken by somebody else, as last told. */
static const char *
other_taker(const cJSON *claim, const char *who)
{
	const char *by = json_get_string(claim, "by");

	return cJSON_IsTrue(cJSON_GetObjectItemCaseSensitive(claim, "taken")) &&
		       by != NULL && strcmp(by, who) != 0
		   ? by
		   : NULL;
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

	/* The service's word, else what came with a revision. */
	cJSON_ArrayForEach(o, list_of(news, "claims"))
	{
		const char *by = other_taker(o, who);

		if (by != NULL && is_unit(o, unit))
			buf_printf(out, _("taken by %s"), by);
	}
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

static bool
ask(struct net *net, const char *review, const char *what, cJSON **json,
    struct err *err)
{
	struct buf path = {0};
	bool ok;

	/* The review's id may hold what an address may not. */
	api_target(&path, ROUTE_REVIEW_ONE, review);
	buf_printf(&path, "/%s", what);
	ok = net_get(net, buf_text(&path), json, err);
	buf_free(&path);
	return ok;
}

static void
move_list(cJSON *to, const char *name, cJSON *from)
{
	cJSON *list = cJSON_DetachItemFromObjectCaseSensitive(from, name);

	if (cJSON_IsArray(list))
		cJSON_AddItemToObject(to, name, list);
	else
		cJSON_Delete(list);
	cJSON_Delete(from);
}

/* --- telling -----------------------------------------------------------------
 */

struct put {
	bool done;
};

static void
put_answered(
    void *arg, int status, const struct buf *body, const struct err *err)
{
	struct put *p = arg;

	(void)status;
	(void)body;
	(void)err;
	p->done = true;
}

/* Somebody who writes at the same time is shown at the next sync: nothing of
 * it locks. */
static void
put_claim(struct net *net, struct visit *visit, const struct review_unit *u,
    int64_t version)
{
	const struct journal_identity *id =
	    journal_identity(visit_journal(visit));
	char device[VAULT_ID * 2 + 1];
	struct buf path = {0}, body = {0};
	struct net_upload upload = {.method = "PUT"};
	struct put put = {false};
	struct json j;

	sodium_bin2hex(device, sizeof device,
	    vault_id(folder_vault(visit_folder(visit))), VAULT_ID);
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
	net_send(net, &upload, put_answered, &put);
	while (!put.done)
		net_wait(net, NULL, 0, -1);
	buf_free(&path);
	buf_free(&body);
}

/* What this monitor took or gave back and the service does not know. */
static void
tell_claims(
    struct net *net, struct visit *visit, const cJSON *claims, const char *who)
{
	struct review *r = visit_review(visit);

	for (int i = 1; i < review_units(r); i++) {
		const struct review_unit *u = review_unit(r, i);
		bool mine = strcmp(u->claimed, who) == 0, told = false;
		bool other = false;
		int64_t version = 0;
		const cJSON *o;

		cJSON_ArrayForEach(o, claims)
		{
			const char *by = json_get_string(o, "by");

			if (!is_unit(o, u))
				continue;
			json_get_int(o, "version", &version);
			other |= other_taker(o, who) != NULL;
			told = by != NULL && strcmp(by, who) == 0 &&
			       cJSON_IsTrue(cJSON_GetObjectItemCaseSensitive(
				   o, "taken"));
		}
		/* Where both took it, the first stands there, and each sees
		 * the other: that is for the two to talk about. */
		if (mine != told && !other && (mine || *u->claimed == '\0'))
			put_claim(net, visit, u, version);
	}
}

bool
news_sync(
    struct net *net, struct visit *visit, const char *who, struct err *err)
{
	const char *review = journal_identity(visit_journal(visit))->review;
	cJSON *claims = NULL, *roster = NULL, *all;
	char *text;
	bool ok;
	struct err why;

	*err = (struct err){0};
	if (!ask(net, review, "claims", &claims, &why))
		return true;
	tell_claims(net, visit,
	    cJSON_GetObjectItemCaseSensitive(claims, "claims"), who);
	all = cJSON_CreateObject();
	move_list(all, "claims", claims);
	/* A review that was not drawn by this service has no roster there. */
	if (ask(net, review, "roster", &roster, &why))
		move_list(all, "changes", roster);
	text = cJSON_PrintUnformatted(all);
	ok = news_save(
	    visit_folder(visit), record_of(visit), text, strlen(text), err);
	explicit_bzero(text, strlen(text));
	cJSON_free(text);
	cJSON_Delete(all);
	return ok;
}
