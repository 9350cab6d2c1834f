#include "proto/bundle.h"

#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/json.h"

#define MAGIC "HEARTHPK"
#define HEAD_AT 16 /* magic, format, length of the head */
#define SIGNATURE crypto_sign_BYTES
#define HASH crypto_hash_sha256_BYTES
#define HASH_HEX (HASH * 2 + 1)

static void
put_u32(uint8_t *p, uint32_t v)
{
	for (int i = 0; i < 4; i++, v >>= 8)
		p[i] = (uint8_t)v;
}

static uint32_t
get_u32(const uint8_t *p)
{
	return p[0] | (uint32_t)p[1] << 8 | (uint32_t)p[2] << 16 |
	       (uint32_t)p[3] << 24;
}

static void
hash_hex(char hex[static HASH_HEX], const void *p, size_t n)
{
	uint8_t sum[HASH];

	crypto_hash_sha256(sum, p, n);
	sodium_bin2hex(hex, HASH_HEX, sum, sizeof sum);
}

/* --- what it says of itself, by one table -------------------------------- */

/* clang-format off */
static const struct {
	const char *key;
	size_t offset, size; /* size 0: an int64_t */
} about_fields[] = {
	{"packet", offsetof(struct bundle_about, packet), BUNDLE_TEXT},
	{"review", offsetof(struct bundle_about, review), BUNDLE_TEXT},
	{"user", offsetof(struct bundle_about, user), BUNDLE_TEXT},
	{"instrument", offsetof(struct bundle_about, instrument), BUNDLE_TEXT},
	{"office", offsetof(struct bundle_about, office), BUNDLE_TEXT + 1},
	{"issued_ms", offsetof(struct bundle_about, issued_ms), 0},
	{"expires_ms", offsetof(struct bundle_about, expires_ms), 0},
};
/* clang-format on */
#define FIELDS (sizeof about_fields / sizeof *about_fields)

static void
about_write(struct json *j, const struct bundle_about *about)
{
	const char *base = (const char *)about;
	int64_t ms;

	for (size_t i = 0; i < FIELDS; i++) {
		const char *at = base + about_fields[i].offset;

		if (about_fields[i].size > 0) {
			json_kv_string(j, about_fields[i].key, at);
			continue;
		}
		memcpy(&ms, at, sizeof ms);
		json_kv_int(j, about_fields[i].key, ms);
	}
}

static bool
about_read(struct bundle_about *about, const cJSON *head)
{
	for (size_t i = 0; i < FIELDS; i++) {
		char *at = (char *)about + about_fields[i].offset;
		const char *text;
		int64_t ms;

		if (about_fields[i].size == 0) {
			if (!json_get_int(head, about_fields[i].key, &ms))
				return false;
			memcpy(at, &ms, sizeof ms);
			continue;
		}
		text = json_get_string(head, about_fields[i].key);
		if (text == NULL || strlen(text) >= about_fields[i].size)
			return false;
		strcpy(at, text);
	}
	return true;
}

/* --- writing ------------------------------------------------------------- */

static bool
name_fits(const char *name)
{
	size_t len = strspn(name, "abcdefghijklmnopqrstuvwxyz0123456789-");

	return len > 0 && len <= 32 && name[len] == '\0';
}

static bool
parts_fit(const struct bundle *b, struct err *err)
{
	if (b->n > BUNDLE_PARTS)
		return err_set(
		    err, ERR_BAD_VALUE, "%s", _("a packet has too many parts"));
	for (size_t i = 0; i < b->n; i++) {
		if (!name_fits(b->parts[i].name))
			return err_set(err, ERR_BAD_VALUE,
			    _("%s cannot be the name of a packet's part"),
			    b->parts[i].name);
		for (size_t k = 0; k < i; k++)
			if (strcmp(b->parts[i].name, b->parts[k].name) == 0)
				return err_set(err, ERR_BAD_VALUE,
				    _("the part %s comes twice"),
				    b->parts[i].name);
	}
	return true;
}

static void
head_write(struct buf *out, const struct bundle *b)
{
	char hex[HASH_HEX];
	struct json j;

	json_begin(&j, out);
	json_object(&j);
	about_write(&j, &b->about);
	json_key(&j, "parts");
	json_array(&j);
	for (size_t i = 0; i < b->n; i++) {
		hash_hex(hex, b->parts[i].data, b->parts[i].len);
		json_object(&j);
		json_kv_string(&j, "name", b->parts[i].name);
		json_kv_int(&j, "length", (int64_t)b->parts[i].len);
		json_kv_string(&j, "sha256", hex);
		json_object_end(&j);
	}
	json_array_end(&j);
	json_object_end(&j);
}

bool
bundle_write(struct buf *out, const struct bundle *bundle,
    const uint8_t *secret, struct err *err)
{
	uint8_t front[HEAD_AT] = MAGIC, signature[SIGNATURE];
	struct buf head = {0};
	size_t start = out->len;

	if (!parts_fit(bundle, err))
		return false;
	head_write(&head, bundle);
	put_u32(front + 8, BUNDLE_FORMAT);
	put_u32(front + 12, (uint32_t)head.len);
	buf_add(out, front, sizeof front);
	buf_add(out, head.data, head.len);
	buf_free(&head);
	crypto_sign_detached(signature, NULL, (uint8_t *)out->data + start,
	    out->len - start, secret);
	buf_add(out, signature, sizeof signature);
	for (size_t i = 0; i < bundle->n; i++)
		buf_add(out, bundle->parts[i].data, bundle->parts[i].len);
	return true;
}

/* --- reading ------------------------------------------------------------- */

static bool
broken(struct err *err)
{
	return err_set(err, ERR_CORRUPT, "%s",
	    _("the packet is damaged or was cut off on the way"));
}

static bool
part_read(struct bundle_part *part, const cJSON *item, const uint8_t **at,
    const uint8_t *end)
{
	const char *name = json_get_string(item, "name");
	const char *want = json_get_string(item, "sha256");
	char hex[HASH_HEX];
	int64_t len;

	if (name == NULL || want == NULL || !name_fits(name) ||
	    !json_get_int(item, "length", &len) || len < 0 || len > end - *at)
		return false;
	strcpy(part->name, name);
	part->data = *at;
	part->len = (size_t)len;
	*at += len;
	hash_hex(hex, part->data, part->len);
	return strcmp(hex, want) == 0;
}

static bool
parts_read(struct bundle *out, const cJSON *head, const uint8_t *at,
    const uint8_t *end)
{
	const cJSON *parts = cJSON_GetObjectItemCaseSensitive(head, "parts");
	const cJSON *item;
	struct err err;

	if (!cJSON_IsArray(parts))
		return false;
	cJSON_ArrayForEach(item, parts)
	{
		if (out->n == BUNDLE_PARTS ||
		    !part_read(&out->parts[out->n], item, &at, end))
			return false;
		out->n++;
	}
	return at == end && parts_fit(out, &err);
}

bool
bundle_read(struct bundle *out, const void *p, size_t n, const uint8_t *public,
    struct err *err)
{
	const uint8_t *bytes = p;
	struct err why;
	size_t head_len;
	cJSON *head;
	bool ok;

	*out = (struct bundle){0};
	if (sodium_init() < 0)
		return err_set(err, ERR_INTERNAL, "sodium_init");
	if (n < HEAD_AT || n > BUNDLE_MAX || memcmp(bytes, MAGIC, 8) != 0)
		return broken(err);
	if (get_u32(bytes + 8) > BUNDLE_FORMAT)
		return err_set(err, ERR_NEWER, "%s",
		    _("the packet was made by a newer program"));
	head_len = get_u32(bytes + 12);
	if (head_len > n - HEAD_AT || n - HEAD_AT - head_len < SIGNATURE)
		return broken(err);
	if (crypto_sign_verify_detached(bytes + HEAD_AT + head_len, bytes,
		HEAD_AT + head_len, public) != 0)
		return err_set(err, ERR_FOREIGN, "%s",
		    _("the packet is damaged, or not of the service that this "
		      "folder belongs to"));
	head =
	    json_parse((const char *)bytes + HEAD_AT, head_len, head_len, &why);
	ok = head != NULL && about_read(&out->about, head) &&
	     parts_read(
		 out, head, bytes + HEAD_AT + head_len + SIGNATURE, bytes + n);
	cJSON_Delete(head);
	return ok || broken(err);
}

bool
bundle_fits(const struct bundle *bundle, const char *user, int64_t now_ms,
    struct err *err)
{
	if (strcmp(bundle->about.user, user) != 0)
		return err_set(err, ERR_FOREIGN,
		    _("the packet was made for somebody else: for %s, and %s "
		      "works here"),
		    bundle->about.user, user);
	if (now_ms > bundle->about.expires_ms)
		return err_set(err, ERR_EXPIRED, "%s",
		    _("the packet is no longer in force; ask for a new one "
		      "(and look at this machine's date)"));
	return true;
}

const struct bundle_part *
bundle_part(const struct bundle *bundle, const char *name)
{
	for (size_t i = 0; i < bundle->n; i++)
		if (strcmp(bundle->parts[i].name, name) == 0)
			return &bundle->parts[i];
	return NULL;
}

bool
bundle_keys(
    uint8_t public[static BUNDLE_PUBLIC], uint8_t secret[static BUNDLE_SECRET])
{
	return sodium_init() >= 0 && crypto_sign_keypair(public, secret) == 0;
}
