#include "ingest/tally.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

void
tally_fini(struct tally *t)
{
	free(t->rows);
	*t = (struct tally){0};
}

void
tally_add(struct tally *t, const char *code, uint64_t n)
{
	for (size_t i = 0; i < t->n; i++)
		if (t->rows[i].code == code ||
		    strcmp(t->rows[i].code, code) == 0) {
			t->rows[i].n += n;
			return;
		}
	grow(&t->rows, &t->cap, t->n + 1, sizeof *t->rows);
	t->rows[t->n++] = (struct tally_row){code, n};
}

uint64_t
tally_total(const struct tally *t)
{
	uint64_t sum = 0;

	for (size_t i = 0; i < t->n; i++)
		sum += t->rows[i].n;
	return sum;
}

static int
tally_compare(const void *a, const void *b)
{
	const struct tally_row *x = a, *y = b;

	if (x->n != y->n)
		return x->n < y->n ? 1 : -1;
	return strcmp(x->code, y->code);
}

void
tally_sort(struct tally *t)
{
	if (t->n > 1)
		qsort(t->rows, t->n, sizeof *t->rows, tally_compare);
}

void
tally_words(const struct tally *t, size_t max, struct buf *out)
{
	for (size_t i = 0; i < t->n && i < max; i++)
		buf_printf(out, "%s%s %" PRIu64, i > 0 ? ", " : "",
		    t->rows[i].code, t->rows[i].n);
	if (t->n > max)
		buf_str(out, " ...");
}
