/* AFCARS, 2020 rule: any bytes as a file, and the rows of what it kept. */
#include "feed.h"
#include "ingest/afcars20.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	/* The head is read from bytes that end where they end. */
	afcars20_probe((const char *)data, size);
	afcars20_period((const char *)data, size);
	feed_import(afcars20_read, data, size);
	return 0;
}
