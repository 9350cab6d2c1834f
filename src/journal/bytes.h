/* Numbers in files: little-endian, whatever the machine. Private here. */
#ifndef HEARTH_JOURNAL_BYTES_H
#define HEARTH_JOURNAL_BYTES_H

#include <stdint.h>

#include "base/buf.h"

static inline void
bytes_put(uint8_t *p, uint64_t v, int n)
{
	for (int i = 0; i < n; i++, v >>= 8)
		p[i] = (uint8_t)v;
}

static inline uint64_t
bytes_get(const uint8_t *p, int n)
{
	uint64_t v = 0;

	while (n-- > 0)
		v = v << 8 | p[n];
	return v;
}

static inline void
bytes_add(struct buf *out, uint64_t v, int n)
{
	uint8_t p[8];

	bytes_put(p, v, n);
	buf_add(out, p, (size_t)n);
}

#endif
