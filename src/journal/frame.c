#include "journal/frame.h"

#include <sodium.h>
#include <string.h>

#include "journal/bytes.h"

#define MAGIC "HEARTHJL"
#define AT_SEQ 4
#define AT_PREV 12
#define AT_CHECK 44

uint64_t
frame_check(const uint8_t *p, size_t n)
{
	static const uint8_t key[crypto_shorthash_KEYBYTES] = "hearth journal";
	uint8_t sum[crypto_shorthash_BYTES];

	crypto_shorthash(sum, p, n, key);
	return bytes_get(sum, 8);
}

void
frame_hash(uint8_t hash[static JOURNAL_HASH], const uint8_t *p, size_t n)
{
	crypto_generichash(hash, JOURNAL_HASH, p, n, NULL, 0);
}

void
frame_file(uint8_t header[static FRAME_FILE], const uint8_t *record,
    const uint8_t *folder)
{
	memset(header, 0, FRAME_FILE);
	memcpy(header, MAGIC, 8);
	bytes_put(header + 8, JOURNAL_FORMAT, 4);
	memcpy(header + 16, record, JOURNAL_ID);
	memcpy(header + 32, folder, VAULT_ID);
	bytes_put(header + 48, frame_check(header, 48), 8);
}

/* The record id and the head without its check. */
static void
frame_ad(uint8_t ad[static JOURNAL_ID + AT_CHECK], const uint8_t *record,
    const uint8_t *head)
{
	memcpy(ad, record, JOURNAL_ID);
	memcpy(ad + JOURNAL_ID, head, AT_CHECK);
}

void
frame_add(struct buf *raw, struct vault *vault, const uint8_t *record,
    const struct journal_line *line)
{
	uint8_t head[FRAME_HEAD], ad[JOURNAL_ID + AT_CHECK];
	struct buf plain = {0};
	size_t start = raw->len, pad = -(FRAME_LEAST + line->len) % FRAME_ALIGN;

	bytes_put(
	    head, VAULT_NONCE + FRAME_PLAIN + line->len + pad + VAULT_TAG, 4);
	bytes_put(head + AT_SEQ, line->seq, 8);
	memcpy(head + AT_PREV, line->prev, JOURNAL_HASH);
	bytes_put(head + AT_CHECK, frame_check(head, AT_CHECK), 8);
	frame_ad(ad, record, head);
	buf_reserve(&plain, FRAME_PLAIN + line->len + pad);
	bytes_add(&plain, line->kind, 1);
	bytes_add(&plain, pad, 1);
	bytes_add(&plain, (uint64_t)line->wall_ms, 8);
	bytes_add(&plain, (uint64_t)line->mono_ms, 8);
	buf_add(&plain, line->payload, line->len);
	bytes_add(&plain, 0, (int)pad);
	buf_add(raw, head, sizeof head);
	vault_encrypt(vault, raw, plain.data, plain.len, ad, sizeof ad);
	bytes_add(raw,
	    frame_check((uint8_t *)raw->data + start, raw->len - start), 8);
	vault_wipe(&plain);
}

enum frame_fit
frame_read(struct frame *out, const uint8_t *p, size_t n)
{
	size_t len;

	if (n < FRAME_HEAD ||
	    bytes_get(p + AT_CHECK, 8) != frame_check(p, AT_CHECK))
		return FRAME_BAD;
	len = (size_t)bytes_get(p, 4);
	if (len < FRAME_LEAST - FRAME_HEAD - FRAME_CHECK ||
	    len > JOURNAL_LINE_MAX + FRAME_LEAST ||
	    (FRAME_HEAD + len + FRAME_CHECK) % FRAME_ALIGN != 0)
		return FRAME_BAD;
	*out = (struct frame){
	    .seq = bytes_get(p + AT_SEQ, 8),
	    .head = p,
	    .prev = p + AT_PREV,
	    .sealed = p + FRAME_HEAD,
	    .sealed_len = len,
	    .size = FRAME_HEAD + len + FRAME_CHECK,
	};
	if (n < out->size)
		return FRAME_SHORT;
	return bytes_get(p + out->size - FRAME_CHECK, 8) ==
		       frame_check(p, out->size - FRAME_CHECK)
		   ? FRAME_WHOLE
		   : FRAME_BAD;
}

bool
frame_open(struct journal_line *line, struct buf *plain,
    const struct vault *vault, const uint8_t *record, const struct frame *frame)
{
	uint8_t ad[JOURNAL_ID + AT_CHECK];
	const uint8_t *p;

	frame_ad(ad, record, frame->head);
	buf_reset(plain);
	if (!vault_decrypt(
		vault, plain, frame->sealed, frame->sealed_len, ad, sizeof ad))
		return false;
	p = (const uint8_t *)plain->data;
	if (p[1] >= FRAME_ALIGN || plain->len < FRAME_PLAIN + (size_t)p[1])
		return false;
	*line = (struct journal_line){
	    .seq = frame->seq,
	    .kind = (enum journal_kind)p[0],
	    .wall_ms = (int64_t)bytes_get(p + 2, 8),
	    .mono_ms = (int64_t)bytes_get(p + 10, 8),
	    .payload = p + FRAME_PLAIN,
	    .len = plain->len - FRAME_PLAIN - p[1],
	};
	return true;
}
