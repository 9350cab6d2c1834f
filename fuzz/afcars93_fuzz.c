/* AFCARS, 1993 rule: any bytes as a file, and the rows of what it kept. */
#include "feed.h"
#include "ingest/afcars93.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	/* The head is read from bytes that end where they end. */
	afcars93_probe((const char *)data, size);
	afcars93_period((const char *)data, size);
	feed_import(afcars93_read, data, size);
	return 0;
}
