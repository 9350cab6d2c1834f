/* Any bytes as an event: refused, or one that is written back byte by byte. */
#include <stdlib.h>
#include <string.h>

#include "poms/event.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena arena = {0};
	struct buf again = {0};
	struct event e;
	struct err err;

	if (event_decode(&e, &arena, data, size, &err)) {
		event_encode(&again, &e);
		if (again.len != size || memcmp(again.data, data, size) != 0)
			abort();
	}
	buf_free(&again);
	arena_free(&arena);
	return 0;
}
