/* NCANDS: any bytes as a Child File, and the rows of what it kept. */
#include "feed.h"
#include "ingest/ncands.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	ncands_probe((const char *)data, size);
	ncands_period((const char *)data, size);
	feed_import(ncands_read, data, size);
	return 0;
}
