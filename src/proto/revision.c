#include "proto/revision.h"

#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/json.h"

void
revision_hash(char hash[static REVISION_HASH], const void *p, size_t n)
{
	uint8_t sum[crypto_hash_sha256_BYTES];

	crypto_hash_sha256(sum, p, n);
	sodium_bin2hex(hash, REVISION_HASH, sum, sizeof sum);
}

void
revision_record(char record[static REVISION_ID], const char *review)
{
	static const char purpose[] = "hearth review record 1:";
	uint8_t sum[crypto_hash_sha256_BYTES];
	crypto_hash_sha256_state state;

	crypto_hash_sha256_init(&state);
	crypto_hash_sha256_update(
	    &state, (const uint8_t *)purpose, sizeof purpose - 1);
	crypto_hash_sha256_update(
	    &state, (const uint8_t *)review, strlen(review));
	crypto_hash_sha256_final(&state, sum);
	sodium_bin2hex(record, REVISION_ID, sum, (REVISION_ID - 1) / 2);
}

static bool
is_hex(const char *text, size_t len)
{
	return strspn(text, "0123456789abcdef") == len && text[len] == '\0';
}

/* --- texts, by one table ------------------------------------------------- */

/* clang-format off */
static const struct {
	const char *key;
	size_t offset, size;
	size_t hex; /* digits it must have; 0: any text */
	bool null;  /* may be null, which is "" */
} texts[] = {
	{"record", offsetof(struct revision, record), REVISION_ID,
	    REVISION_ID - 1, false},
	{"previous", offsetof(struct revision, previous), REVISION_HASH,
	    REVISION_HASH - 1, true},
	{"review", offsetof(struct revision, review), 64, 0, false},
	{"packet", offsetof(struct revision, packet), 64, 0, false},
	{"instrument", offsetof(struct revision, instrument), 64, 0, false},
	{"by", offsetof(struct revision, by), 64, 0, false},
	{"device", offsetof(struct revision, device), REVISION_ID,
	    REVISION_ID - 1, true},
	{"head", offsetof(struct revision, head), REVISION_HASH,
	    REVISION_HASH - 1, false},
};
/* clang-format on */
#define TEXTS (sizeof texts / sizeof *texts)

static bool
texts_read(struct revision *out, const cJSON *body)
{
	for (size_t i = 0; i < TEXTS; i++) {
		const char *text = json_get_string(body, texts[i].key);
		char *at = (char *)out + texts[i].offset;

		*at = '\0';
		if (text == NULL) {
			if (!texts[i].null)
				return false;
			continue;
		}
		if (strlen(text) >= texts[i].size ||
		    (texts[i].hex > 0 && !is_hex(text, texts[i].hex)))
			return false;
		strcpy(at, text);
	}
	return true;
}

/* Whether the parts belong together. */
static bool
revision_fits(const struct revision *r, struct err *err)
{
	bool reason = r->reason != NULL && r->reason[0] != '\0';

	if (r->revision == 0 || !is_hex(r->record, REVISION_ID - 1) ||
	    !is_hex(r->head, REVISION_HASH - 1))
		return err_set(err, ERR_BAD_VALUE, "%s",
		    _("a revision has a record, a number and a head"));
	if (r->revision == 1 && r->previous[0] != '\0')
		return err_set(err, ERR_BAD_VALUE, "%s",
		    _("the first revision follows none"));
	if (r->revision > 1 && !is_hex(r->previous, REVISION_HASH - 1))
		return err_set(err, ERR_BAD_VALUE, "%s",
		    _("an amendment names the revision before it"));
	return r->revision == 1 || reason ||
	       err_set(
		   err, ERR_BAD_VALUE, "%s", _("an amendment needs a reason"));
}

bool
revision_write(struct buf *out, const struct revision *r, struct err *err)
{
	cJSON *content;
	struct json j;

	if (!revision_fits(r, err))
		return false;
	content = json_parse(r->content, r->content_len, REVISION_MAX, err);
	if (content == NULL)
		return err_prefix(err, "%s", _("what was to be sealed"));
	cJSON_Delete(content);
	json_begin(&j, out);
	json_object(&j);
	json_kv_int(&j, "format", REVISION_FORMAT);
	for (size_t i = 0; i < TEXTS; i++) {
		const char *at = (const char *)r + texts[i].offset;

		json_kv_string(
		    &j, texts[i].key, texts[i].null && *at == '\0' ? NULL : at);
	}
	json_kv_int(&j, "revision", r->revision);
	json_kv_int(&j, "lines", (int64_t)r->lines);
	json_kv_int(&j, "sealed_ms", r->sealed_ms);
	json_kv_string(&j, "reason", r->reason);
	json_key(&j, "content");
	buf_add(out, r->content, r->content_len);
	json_object_end(&j);
	return true;
}

static bool
numbers_read(struct revision *out, const cJSON *body)
{
	int64_t revision, lines;

	if (!json_get_int(body, "revision", &revision) || revision < 1 ||
	    revision > 1000000 || !json_get_int(body, "lines", &lines) ||
	    lines < 0 || !json_get_int(body, "sealed_ms", &out->sealed_ms))
		return false;
	out->revision = (uint32_t)revision;
	out->lines = (uint64_t)lines;
	return true;
}

/* The content's own text: printed anew, since a reader wants it as a value. */
static void
content_read(struct revision *out, struct buf *text, const cJSON *body)
{
	char *content = cJSON_PrintUnformatted(
	    cJSON_GetObjectItemCaseSensitive(body, "content"));
	const char *reason = json_get_string(body, "reason");
	size_t at;

	buf_reset(text);
	buf_str(text, content != NULL ? content : "null");
	out->content_len = text->len;
	buf_char(text, '\0');
	at = text->len;
	if (reason != NULL)
		buf_str(text, reason);
	out->content = text->data;
	out->reason = reason != NULL ? text->data + at : NULL;
	cJSON_free(content);
}

bool
revision_read(struct revision *out, struct buf *text, const void *p, size_t n,
    struct err *err)
{
	cJSON *body = json_parse(p, n, REVISION_MAX, err);
	int64_t format = 0;
	bool ok;

	*out = (struct revision){0};
	if (body == NULL)
		return false;
	if (json_get_int(body, "format", &format) && format > REVISION_FORMAT) {
		cJSON_Delete(body);
		return err_set(
		    err, ERR_NEWER, "%s", _("a newer program sealed this"));
	}
	ok = format == REVISION_FORMAT && texts_read(out, body) &&
	     numbers_read(out, body) &&
	     cJSON_GetObjectItemCaseSensitive(body, "content") != NULL;
	if (ok)
		content_read(out, text, body);
	cJSON_Delete(body);
	if (!ok)
		return err_set(err, ERR_BAD_REQUEST, "%s",
		    _("this is no sealed revision"));
	return revision_fits(out, err);
}

/* --- receipts ------------------------------------------------------------ */

static const char *const receipt_states[] = {
    [RECEIPT_APPLIED] = "applied",
    [RECEIPT_ARRIVED] = "arrived",
    [RECEIPT_HELD] = "held",
};
#define STATES (sizeof receipt_states / sizeof *receipt_states)

void
receipt_write(struct buf *out, const struct receipt *r)
{
	struct json j;

	json_begin(&j, out);
	json_object(&j);
	json_key(&j, "receipt");
	json_object(&j);
	json_kv_string(&j, "record", r->record);
	json_kv_int(&j, "revision", r->revision);
	json_kv_string(&j, "hash", r->hash);
	json_kv_string(&j, "state", receipt_states[r->state]);
	json_key(&j, "waits_for");
	if (r->waits_for > 0)
		json_int(&j, r->waits_for);
	else
		json_null(&j);
	json_kv_int(&j, "at_ms", r->at_ms);
	json_kv_string(&j, "serial", r->serial);
	json_object_end(&j);
	json_object_end(&j);
}

static bool
receipt_fields(struct receipt *out, const cJSON *r)
{
	const char *record = json_get_string(r, "record");
	const char *hash = json_get_string(r, "hash");
	const char *state = json_get_string(r, "state");
	const char *serial = json_get_string(r, "serial");
	int64_t revision, waits = 0;
	size_t k = 0;

	if (record == NULL || hash == NULL || state == NULL ||
	    !is_hex(record, REVISION_ID - 1) ||
	    !is_hex(hash, REVISION_HASH - 1) ||
	    !json_get_int(r, "revision", &revision) || revision < 1 ||
	    revision > 1000000 || !json_get_int(r, "at_ms", &out->at_ms))
		return false;
	while (k < STATES && strcmp(state, receipt_states[k]) != 0)
		k++;
	if (k == STATES || serial == NULL ||
	    strlen(serial) >= sizeof out->serial)
		return false;
	if (json_get_int(r, "waits_for", &waits) &&
	    (waits < 0 || waits > 1000000))
		return false;
	strcpy(out->record, record);
	strcpy(out->hash, hash);
	strcpy(out->serial, serial);
	out->revision = (uint32_t)revision;
	out->state = (enum receipt_state)k;
	out->waits_for = (uint32_t)waits;
	return true;
}

bool
receipt_read(struct receipt *out, const void *p, size_t n, struct err *err)
{
	cJSON *body = json_parse(p, n, 65536, err);
	bool ok;

	*out = (struct receipt){0};
	ok = body != NULL &&
	     receipt_fields(
		 out, cJSON_GetObjectItemCaseSensitive(body, "receipt"));
	cJSON_Delete(body);
	return ok ||
	       err_set(err, ERR_BAD_ANSWER, "%s", _("this is no receipt"));
}
