/*
 * SHA-256 of what comes piece by piece. Nettle computes it by the processor's
 * own instructions where it has them, about six times as fast as libsodium
 * 1.0.18, which is linked anyway and does it where nettle is not installed.
 * Whole imports are hashed with it (a fifth of their time went there).
 */
#ifndef HEARTH_BASE_SUM_H
#define HEARTH_BASE_SUM_H

#include <nettle/sha2.h>
#include <sodium.h>
#include <stdbool.h>
#include <stddef.h>

#define SUM_HEX 65 /* 64 digits and the NUL */

struct sum {
	bool by_nettle;
	union {
		struct sha256_ctx nettle;
		crypto_hash_sha256_state sodium;
	};
};

void sum_init(struct sum *s);
void sum_add(struct sum *s, const void *p, size_t n);
/* The digits, in lower case; ends the sum. */
void sum_end(struct sum *s, char hex[static SUM_HEX]);

#endif
