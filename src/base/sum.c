#include "base/sum.h"

#include "base/lazy.h"

#define LIBRARY "libnettle.so.8"
/* The headers' names stand for others, which the library has. */
#define NETTLE_FUNCTIONS(F) \
	F(nettle_sha256_init) F(nettle_sha256_update) F(nettle_sha256_digest)

static LAZY(nettle_library, NETTLE_FUNCTIONS) nettle;

void
sum_init(struct sum *s)
{
	struct err none;

	s->by_nettle = lazy_load(&nettle, LIBRARY, NETTLE_FUNCTIONS, &none);
	if (s->by_nettle)
		nettle.nettle_sha256_init(&s->nettle);
	else
		crypto_hash_sha256_init(&s->sodium);
}

void
sum_add(struct sum *s, const void *p, size_t n)
{
	if (s->by_nettle)
		nettle.nettle_sha256_update(&s->nettle, n, p);
	else
		crypto_hash_sha256_update(&s->sodium, p, n);
}

void
sum_end(struct sum *s, char hex[static SUM_HEX])
{
	unsigned char bytes[crypto_hash_sha256_BYTES];

	if (s->by_nettle)
		nettle.nettle_sha256_digest(&s->nettle, sizeof bytes, bytes);
	else
		crypto_hash_sha256_final(&s->sodium, bytes);
	sodium_bin2hex(hex, SUM_HEX, bytes, sizeof bytes);
}
