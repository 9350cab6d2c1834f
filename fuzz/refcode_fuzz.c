/* A reference code of any content: refused, or written again the same. */
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "proto/refcode.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char *text = xstrndup((const char *)data, size);
	char out[REFCODE_TEXT], again[REFCODE_TEXT];
	struct refcode r;
	struct err err;

	if (refcode_read(&r, text, &err)) {
		refcode_write(&r, out);
		if (!refcode_read(&r, out, &err) ||
		    strcmp(refcode_write(&r, again), out) != 0)
			abort();
	}
	free(text);
	return 0;
}
