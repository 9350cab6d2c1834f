/*
 * CSV: any bytes as a table of the extract (the first byte chooses which, the
 * second how many bytes a read gives), and what was read is written and read
 * again the same.
 */
#include <stdlib.h>
#include <string.h>

#include "base/csv.h"
#include "feed.h"
#include "ingest/extract.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

struct input {
	const uint8_t *at;
	size_t left, step;
};

static long
give(void *arg, void *p, size_t n)
{
	struct input *in = arg;

	n = n < in->step ? n : in->step;
	n = n < in->left ? n : in->left;
	memcpy(p, in->at, n);
	in->at += n;
	in->left -= n;
	return (long)n;
}

/* Writes every record that can be read; returns how many. */
static size_t
rewrite(struct input in, struct buf *out)
{
	struct csv *csv = csv_new(give, &in);
	const struct csv_field *fields;
	struct err err;
	size_t n, records = 0;

	for (; csv_next(csv, &fields, &n, &err) > 0; records++) {
		for (size_t i = 0; i < n; i++)
			csv_put(out, i == 0, fields[i].s, fields[i].len);
		csv_end(out, records % 2 == 0);
	}
	csv_free(csv);
	return records;
}

static void
round_trip(const struct input *in)
{
	struct buf once = {0}, twice = {0};
	size_t n;

	/* A mark at the very beginning would be taken for one. */
	buf_str(&once, "x\n");
	n = rewrite(*in, &once);
	if (rewrite((struct input){(const uint8_t *)once.data, once.len, 4096},
		&twice) != n + 1)
		abort();
	buf_free(&once);
	buf_free(&twice);
}

static void
read_table(struct input *in, enum extract_table table)
{
	struct feed feed = {0};
	struct sink sink;
	struct intake intake;
	struct csv *csv = csv_new(give, in);
	struct err err;

	feed_sink(&sink, &feed);
	intake_init(&intake, &sink);
	intake_begin(&intake, "input", "extract");
	extract_read_table(&intake, csv, table, &err);
	intake_fini(&intake);
	feed_fini(&feed);
	csv_free(csv);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct input in;

	if (size < 2)
		return 0;
	in = (struct input){data + 2, size - 2, (size_t)data[1] + 1};
	round_trip(&in);
	read_table(&in, (enum extract_table)(data[0] % EXTRACT_COUNT));
	return 0;
}
