/*
 * A packet: any bytes are refused, or are parts that lie inside them. The
 * signature is made right first, so that the fuzzer gets past it.
 */
#include <sodium.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "journal/bytes.h"
#include "proto/bundle.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static uint8_t public[BUNDLE_PUBLIC], secret[BUNDLE_SECRET];

static void
examine(const uint8_t *p, size_t n)
{
	struct bundle b;
	struct err err;

	if (!bundle_read(&b, p, n, public, &err))
		return;
	for (size_t i = 0; i < b.n; i++) {
		const uint8_t *at = b.parts[i].data;

		if (at < p || at + b.parts[i].len > p + n ||
		    bundle_part(&b, b.parts[i].name) != &b.parts[i])
			abort();
	}
	bundle_fits(&b, "monitor-4", 0, &err);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const uint8_t seed[crypto_sign_SEEDBYTES] = "a service";
	uint8_t *copy = calloc(1, size + 1);
	size_t head;

	if (copy == NULL || sodium_init() < 0)
		abort();
	crypto_sign_seed_keypair(public, secret, seed);
	if (size > 0)
		memcpy(copy, data, size);
	examine(copy, size);
	head = size < 16 ? size : (size_t)bytes_get(copy + 12, 4) + 16;
	if (head <= size && size - head >= crypto_sign_BYTES) {
		crypto_sign_detached(copy + head, NULL, copy, head, secret);
		examine(copy, size);
	}
	free(copy);
	return 0;
}
