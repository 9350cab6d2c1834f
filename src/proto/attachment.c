#include "proto/attachment.h"

#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/json.h"

#define VARIANT sodium_base64_VARIANT_ORIGINAL

/* --- chunks --------------------------------------------------------------- */

size_t
attachment_chunk(const struct attachment *a, uint32_t k)
{
	int64_t rest = a->bytes - (int64_t)k * ATTACHMENT_CHUNK;

	return rest > ATTACHMENT_CHUNK ? ATTACHMENT_CHUNK
	       : rest > 0	       ? (size_t)rest
				       : 0;
}

bool
attachment_bytes_read(
    void *arg, int64_t at, void *p, size_t n, size_t *got, struct err *err)
{
	const struct attachment_bytes *b = arg;
	size_t left = (size_t)at < b->n ? b->n - (size_t)at : 0;

	(void)err;
	*got = n < left ? n : left;
	memcpy(p, (const char *)b->p + at, *got);
	return true;
}

static bool
split_chunks(struct attachment *a, const struct attachment_source *from,
    crypto_hash_sha256_state *all, struct err *err)
{
	char *chunk = xmalloc(ATTACHMENT_CHUNK);
	size_t got = ATTACHMENT_CHUNK;
	bool ok = true;

	while (ok && got == ATTACHMENT_CHUNK) {
		ok = from->read(
		    from->arg, a->bytes, chunk, ATTACHMENT_CHUNK, &got, err);
		if (!ok || got == 0)
			break;
		if (a->n == ATTACHMENT_CHUNKS) {
			ok = err_set(err, ERR_TOO_LARGE,
			    _("the file has more than %u MiB"),
			    ATTACHMENT_MAX >> 20);
			break;
		}
		crypto_hash_sha256_update(all, (unsigned char *)chunk, got);
		revision_hash(a->chunks[a->n++], chunk, got);
		a->bytes += (int64_t)got;
	}
	sodium_memzero(chunk, ATTACHMENT_CHUNK);
	free(chunk);
	return ok;
}

bool
attachment_split(
    struct attachment *a, const struct attachment_source *from, struct err *err)
{
	crypto_hash_sha256_state all;
	unsigned char hash[crypto_hash_sha256_BYTES];

	a->n = 0;
	a->bytes = 0;
	crypto_hash_sha256_init(&all);
	if (!split_chunks(a, from, &all, err))
		return false;
	if (a->bytes == 0)
		return err_set(
		    err, ERR_BAD_VALUE, "%s", _("the file is empty"));
	crypto_hash_sha256_final(&all, hash);
	sodium_bin2hex(a->hash, sizeof a->hash, hash, sizeof hash);
	return true;
}

/* --- the manifest --------------------------------------------------------- */

/* clang-format off */
static const struct {
	const char *key;
	size_t offset, size;
	size_t hex; /* digits it must have; 0: any text */
} texts[] = {
	{"record", offsetof(struct attachment, record), REVISION_ID,
	    REVISION_ID - 1},
	{"review", offsetof(struct attachment, review), 64, 0},
	{"unit", offsetof(struct attachment, unit), 8, 0},
	{"key", offsetof(struct attachment, key), 65, 0},
	{"question", offsetof(struct attachment, question), 65, 0},
	{"name", offsetof(struct attachment, name), ATTACHMENT_NAME, 0},
	{"hash", offsetof(struct attachment, hash), REVISION_HASH,
	    REVISION_HASH - 1},
	{"by", offsetof(struct attachment, by), 64, 0},
};
/* clang-format on */
#define TEXTS (sizeof texts / sizeof *texts)

static bool
is_hex(const char *text, size_t len)
{
	return strlen(text) == len && strspn(text, "0123456789abcdef") == len;
}

void
attachment_write(struct buf *out, const struct attachment *a)
{
	struct json j;

	json_begin(&j, out);
	json_object(&j);
	json_kv_int(&j, "format", ATTACHMENT_FORMAT);
	for (size_t i = 0; i < TEXTS; i++)
		json_kv_string(
		    &j, texts[i].key, (const char *)a + texts[i].offset);
	json_kv_int(&j, "bytes", a->bytes);
	json_kv_int(&j, "added_ms", a->added_ms);
	json_key(&j, "chunks");
	json_array(&j);
	for (uint32_t k = 0; k < a->n; k++)
		json_string(&j, a->chunks[k]);
	json_array_end(&j);
	json_object_end(&j);
}

static bool
texts_read(struct attachment *out, const cJSON *body)
{
	for (size_t i = 0; i < TEXTS; i++) {
		const char *text = json_get_string(body, texts[i].key);

		if (text == NULL || strlen(text) >= texts[i].size ||
		    (texts[i].hex > 0 && !is_hex(text, texts[i].hex)))
			return false;
		strcpy((char *)out + texts[i].offset, text);
	}
	/* A name is a name, nowhere a path. */
	return *out->name != '\0' && strpbrk(out->name, "/\\") == NULL &&
	       strcmp(out->name, ".") != 0 && strcmp(out->name, "..") != 0;
}

static bool
chunks_read(struct attachment *out, const cJSON *body)
{
	const cJSON *list = cJSON_GetObjectItemCaseSensitive(body, "chunks");
	const cJSON *one;

	if (!cJSON_IsArray(list) || out->bytes < 1 ||
	    out->bytes > ATTACHMENT_MAX)
		return false;
	cJSON_ArrayForEach(one, list)
	{
		if (!cJSON_IsString(one) || out->n == ATTACHMENT_CHUNKS ||
		    !is_hex(one->valuestring, REVISION_HASH - 1))
			return false;
		strcpy(out->chunks[out->n++], one->valuestring);
	}
	return out->n == (out->bytes + ATTACHMENT_CHUNK - 1) / ATTACHMENT_CHUNK;
}

bool
attachment_read(
    struct attachment *out, const void *p, size_t n, struct err *err)
{
	cJSON *body = json_parse(p, n, 1 << 20, err);
	int64_t format = 0;
	bool ok;

	*out = (struct attachment){0};
	ok = body != NULL && json_get_int(body, "format", &format) &&
	     format == ATTACHMENT_FORMAT && texts_read(out, body) &&
	     json_get_int(body, "bytes", &out->bytes) &&
	     json_get_int(body, "added_ms", &out->added_ms) &&
	     chunks_read(out, body);
	cJSON_Delete(body);
	if (ok)
		return true;
	return format > ATTACHMENT_FORMAT
		   ? err_set(
			 err, ERR_NEWER, "%s", _("a newer program wrote this"))
		   : err_set(err, ERR_BAD_REQUEST, "%s",
			 _("this describes no attachment"));
}

/* --- a chunk ---------------------------------------------------------------
 */

void
attachment_chunk_write(struct buf *out, const void *p, size_t n)
{
	size_t room = sodium_base64_encoded_len(n, VARIANT);
	char *text = xmalloc(room);
	struct json j;

	sodium_bin2base64(text, room, p, n, VARIANT);
	json_begin(&j, out);
	json_object(&j);
	json_kv_string(&j, "data", text);
	json_object_end(&j);
	free(text);
}

bool
attachment_chunk_read(struct buf *out, const void *p, size_t n, struct err *err)
{
	cJSON *body = json_parse(p, n, 4 * ATTACHMENT_CHUNK, err);
	const char *data = json_get_string(body, "data");
	size_t len = data != NULL ? strlen(data) : 0, got = 0;
	bool ok = false;

	buf_reset(out);
	if (data != NULL) {
		buf_reserve(out, len / 4 * 3 + 3);
		ok = sodium_base642bin((uint8_t *)out->data, len / 4 * 3 + 3,
			 data, len, NULL, &got, NULL, VARIANT) == 0 &&
		     got <= ATTACHMENT_CHUNK;
		out->len = ok ? got : 0;
	}
	cJSON_Delete(body);
	return ok || err_set(err, ERR_BAD_REQUEST, "%s", _("this is no chunk"));
}

/* --- answers ----------------------------------------------------------------
 */

static bool
missing_read(struct attachment_receipt *out, const cJSON *r)
{
	const cJSON *list = cJSON_GetObjectItemCaseSensitive(r, "missing");
	const cJSON *one;

	if (!cJSON_IsArray(list))
		return false;
	cJSON_ArrayForEach(one, list)
	{
		if (!cJSON_IsNumber(one) || one->valuedouble < 1 ||
		    one->valuedouble > ATTACHMENT_CHUNKS ||
		    out->n == ATTACHMENT_CHUNKS)
			return false;
		out->missing[out->n++] = (uint32_t)one->valuedouble;
	}
	return true;
}

bool
attachment_receipt_read(
    struct attachment_receipt *out, const void *p, size_t n, struct err *err)
{
	cJSON *body = json_parse(p, n, 65536, err);
	const cJSON *r = cJSON_GetObjectItemCaseSensitive(body, "attachment");
	const char *id = json_get_string(r, "id");
	const char *hash = json_get_string(r, "hash");
	const char *state = json_get_string(r, "state");
	const char *serial = json_get_string(r, "serial");
	bool ok;

	*out = (struct attachment_receipt){0};
	ok = id != NULL && is_hex(id, REVISION_ID - 1) && hash != NULL &&
	     is_hex(hash, REVISION_HASH - 1) && state != NULL &&
	     serial != NULL && strlen(serial) < sizeof out->serial &&
	     json_get_int(r, "at_ms", &out->at_ms) && missing_read(out, r);
	if (ok) {
		strcpy(out->id, id);
		strcpy(out->hash, hash);
		strcpy(out->serial, serial);
		out->complete = strcmp(state, "complete") == 0;
		ok = out->complete == (out->n == 0);
	}
	cJSON_Delete(body);
	return ok || err_set(err, ERR_BAD_ANSWER, "%s",
			 _("this is no answer about an attachment"));
}
