#include "poms/content.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <sodium.h>

#include "base/i18n.h"
#include "base/json.h"

#define VARIANT sodium_base64_VARIANT_ORIGINAL

static void
content_event(struct json *j, const struct event *e)
{
	struct buf bytes = {0};
	size_t room;
	char *text;

	event_encode(&bytes, e);
	room = sodium_base64_encoded_len(bytes.len, VARIANT);
	text = xmalloc(room);
	sodium_bin2base64(
	    text, room, (const unsigned char *)bytes.data, bytes.len, VARIANT);
	json_string(j, text);
	free(text);
	buf_free(&bytes);
}

void
content_write(struct buf *out, const struct review *r)
{
	const struct instrument_about *about =
	    instrument_about(review_instrument(r));
	const struct event *list;
	size_t n = review_history(r, &list);
	struct json j;

	json_begin(&j, out);
	json_object(&j);
	json_kv_int(&j, "format", CONTENT_FORMAT);
	json_kv_string(&j, "review", review_id(r));
	json_kv_string(&j, "instrument", about->id);
	json_kv_int(&j, "version", about->version);
	json_kv_string(&j, "hash", about->hash);
	json_key(&j, "events");
	json_array(&j);
	for (size_t i = 0; i < n; i++)
		content_event(&j, &list[i]);
	json_array_end(&j);
	json_object_end(&j);
}

/* --- reading -------------------------------------------------------------- */

static bool
content_bad(struct err *err, const char *what)
{
	return err_set(
	    err, ERR_CORRUPT, _("the review's content: bad %s"), what);
}

static bool
content_text(
    const cJSON *json, const char *key, char text[static 65], struct err *err)
{
	const char *value = json_get_string(json, key);

	if (value == NULL || *value == '\0' || strlen(value) > 64)
		return content_bad(err, key);
	snprintf(text, 65, "%s", value);
	return true;
}

static bool
content_number(const cJSON *json, const char *key, int *n, struct err *err)
{
	const cJSON *v = cJSON_GetObjectItemCaseSensitive(json, key);

	if (!cJSON_IsNumber(v) || v->valuedouble < 1 || v->valuedouble > 1e6)
		return content_bad(err, key);
	*n = (int)v->valuedouble;
	return true;
}

static bool
content_take(struct change *out, const char *text, struct err *err)
{
	size_t len = strlen(text), n;
	unsigned char *bytes = arena_alloc(&out->arena, len / 4 * 3 + 3);
	struct event e;

	if (sodium_base642bin(bytes, len / 4 * 3 + 3, text, len, NULL, &n, NULL,
		VARIANT) != 0)
		return content_bad(err, "events");
	if (!event_decode(&e, &out->arena, bytes, n, err))
		return false;
	grow(&out->list, &out->cap, out->n + 1, sizeof *out->list);
	out->list[out->n++] = e;
	return true;
}

static bool
content_events(struct change *out, const cJSON *json, struct err *err)
{
	const cJSON *list = cJSON_GetObjectItemCaseSensitive(json, "events");
	const cJSON *e;

	if (!cJSON_IsArray(list))
		return content_bad(err, "events");
	cJSON_ArrayForEach(e, list)
	{
		if (!cJSON_IsString(e))
			return content_bad(err, "events");
		if (!content_take(out, e->valuestring, err))
			return false;
	}
	return true;
}

bool
content_read(struct content_about *about, struct change *out, const char *text,
    size_t len, struct err *err)
{
	cJSON *json = json_parse(text, len, CONTENT_MAX, err);
	int format = 0;
	bool ok;

	if (json == NULL) {
		err->code = ERR_CORRUPT;
		return false;
	}
	ok = content_number(json, "format", &format, err);
	if (ok && format > CONTENT_FORMAT)
		ok = err_set(err, ERR_NEWER, "%s", _(err_message(ERR_NEWER)));
	ok = ok && content_text(json, "review", about->review, err) &&
	     content_text(json, "instrument", about->instrument, err) &&
	     content_text(json, "hash", about->hash, err) &&
	     content_number(json, "version", &about->version, err) &&
	     content_events(out, json, err);
	cJSON_Delete(json);
	return ok;
}
