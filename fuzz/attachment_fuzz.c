/*
 * An attachment's manifest, a chunk and an answer about one: taken or refused;
 * what is taken is written so that it is taken again, the same.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "proto/attachment.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void
manifest(const uint8_t *data, size_t size)
{
	struct attachment *a = xmalloc(2 * sizeof *a);
	struct buf body = {0};
	struct err err;

	if (attachment_read(&a[0], data, size, &err)) {
		attachment_write(&body, &a[0]);
		if (!attachment_read(&a[1], body.data, body.len, &err) ||
		    strcmp(a[0].name, a[1].name) != 0 ||
		    a[0].bytes != a[1].bytes || a[0].n != a[1].n ||
		    strchr(a[0].name, '/') != NULL)
			abort();
	}
	buf_free(&body);
	free(a);
}

static void
chunk(const uint8_t *data, size_t size)
{
	struct buf bytes = {0}, body = {0}, again = {0};
	struct err err;

	if (attachment_chunk_read(&bytes, data, size, &err)) {
		attachment_chunk_write(&body, bytes.data, bytes.len);
		if (!attachment_chunk_read(&again, body.data, body.len, &err) ||
		    again.len != bytes.len ||
		    (bytes.len > 0 &&
			memcmp(again.data, bytes.data, bytes.len) != 0))
			abort();
	}
	buf_free(&bytes);
	buf_free(&body);
	buf_free(&again);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct attachment_receipt *r = xmalloc(sizeof *r);
	struct err err;

	manifest(data, size);
	chunk(data, size);
	if (attachment_receipt_read(r, data, size, &err) &&
	    r->complete != (r->n == 0))
		abort();
	free(r);
	return 0;
}
