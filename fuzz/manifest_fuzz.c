/* An extract's manifest: any bytes. */
#include "ingest/manifest.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct manifest m;
	struct err err;

	if (manifest_parse(&m, (const char *)data, size, &err)) {
		manifest_file(&m, "children.csv");
		manifest_free(&m);
	}
	return 0;
}
