/* A block of raw records: whatever its bytes are, a record that is taken from
 * it lies within it, and keys compare as their bytes do. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "store/runs.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static int
sign(int n)
{
	return (n > 0) - (n < 0);
}

static int
compare_bytes(const struct store_raw *a, const struct store_raw *b)
{
	size_t n = a->key_len < b->key_len ? a->key_len : b->key_len;
	int order = n > 0 ? memcmp(a->key, b->key, n) : 0;

	return order != 0
		   ? sign(order)
		   : (a->key_len > b->key_len) - (a->key_len < b->key_len);
}

/* The store takes no key with NUL. */
static bool
is_key(const struct store_raw *raw)
{
	return raw->key_len == 0 ||
	       memchr(raw->key, '\0', raw->key_len) == NULL;
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const char *start = (const char *)data, *end = start + size;
	const char *at = start;
	struct store_raw raw = {0}, before = {.key = "", .bytes = ""};

	while (runs_take(&at, end, &raw)) {
		struct runs_key a = runs_key(before.key, before.key_len);
		struct runs_key b = runs_key(raw.key, raw.key_len);

		if (raw.key < start || at > end ||
		    (const char *)raw.bytes + raw.len != at)
			abort();
		if (is_key(&before) && is_key(&raw) &&
		    sign(runs_compare(&a, &before, &b, &raw)) !=
			compare_bytes(&before, &raw))
			abort();
		before = raw;
	}
	return 0;
}
