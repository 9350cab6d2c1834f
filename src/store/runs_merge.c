/* Runs of raw records read back in order. */
#include <stdlib.h>

#include "base/i18n.h"
#include "store/runs.h"

/* Where a run stands: its blocks, of which one is in memory, and the record
 * that comes next. */
struct cursor {
	size_t block, blocks_end; /* in blocks[] */
	struct buf bytes;
	const char *at, *end; /* in bytes */
	struct store_raw raw;
	struct runs_key key;
};

struct merge {
	struct store *store;
	int64_t *blocks; /* their numbers, in order of arrival */
	size_t n, cap;
	struct buf run;	     /* of the block that came last */
	struct cursor *runs; /* in order of arrival */
	size_t runs_n, runs_cap;
	size_t *heap; /* runs that are not at their end, the least first */
	size_t heap_n;
};

/* --- what there is ----------------------------------------------------- */

static bool
take_block(void *arg, const struct cell *row, struct err *err)
{
	struct merge *m = arg;
	bool begins = m->runs_n == 0 || m->run.len != row[1].len ||
		      memcmp(buf_text(&m->run), row[1].s, row[1].len) != 0;

	(void)err;
	grow(&m->blocks, &m->cap, m->n + 1, sizeof *m->blocks);
	m->blocks[m->n++] = row[0].n;
	if (begins) {
		grow(&m->runs, &m->runs_cap, m->runs_n + 1, sizeof *m->runs);
		m->runs[m->runs_n++] = (struct cursor){
		    .block = m->n - 1, .raw.period = (int32_t)row[2].n};
		buf_reset(&m->run);
		buf_add(&m->run, row[1].s, row[1].len);
	}
	m->runs[m->runs_n - 1].blocks_end = m->n;
	return true;
}

/* --- a run ------------------------------------------------------------- */

/* The run's next record; *more is false at its end. */
static bool
advance(struct merge *m, struct cursor *c, bool *more, struct err *err)
{
	const struct db_ops *ops = m->store->ops;

	*more = c->at != c->end || c->block != c->blocks_end;
	if (!*more)
		return true;
	if (c->at == c->end) {
		buf_reset(&c->bytes);
		if (!ops->block(
			m->store->db, m->blocks[c->block++], &c->bytes, err))
			return false;
		c->at = buf_text(&c->bytes);
		c->end = buf_text(&c->bytes) + c->bytes.len;
	}
	if (!runs_take(&c->at, c->end, &c->raw))
		return err_set(
		    err, ERR_CORRUPT, _("a block of raw records is damaged"));
	c->key = runs_key(c->raw.key, c->raw.key_len);
	return true;
}

/* By key, period and arrival. */
static bool
is_before(const struct merge *m, size_t a, size_t b)
{
	const struct cursor *x = &m->runs[a], *y = &m->runs[b];
	int order = runs_compare(&x->key, &x->raw, &y->key, &y->raw);

	if (order != 0)
		return order < 0;
	if (x->raw.period != y->raw.period)
		return x->raw.period < y->raw.period;
	return a < b;
}

/* --- all of them ------------------------------------------------------- */

/* Lets the run at the place sink to where it belongs. */
static void
sink(struct merge *m, size_t at)
{
	size_t run = m->heap[at], child;

	while ((child = 2 * at + 1) < m->heap_n) {
		if (child + 1 < m->heap_n &&
		    is_before(m, m->heap[child + 1], m->heap[child]))
			child++;
		if (!is_before(m, m->heap[child], run))
			break;
		m->heap[at] = m->heap[child];
		at = child;
	}
	m->heap[at] = run;
}

static bool
begin(struct merge *m, struct err *err)
{
	m->heap = xcalloc(m->runs_n + 1, sizeof *m->heap);
	for (size_t i = 0; i < m->runs_n; i++) {
		bool more;

		if (!advance(m, &m->runs[i], &more, err))
			return false;
		if (more)
			m->heap[m->heap_n++] = i;
	}
	for (size_t i = m->heap_n / 2; i > 0; i--)
		sink(m, i - 1);
	return true;
}

static bool
give_all(struct merge *m, runs_each *each, void *arg, struct err *err)
{
	while (m->heap_n > 0) {
		struct cursor *c = &m->runs[m->heap[0]];
		bool more;

		if (!each(arg, &c->raw, err) || !advance(m, c, &more, err))
			return false;
		if (!more) {
			buf_free(&c->bytes);
			m->heap[0] = m->heap[--m->heap_n];
		}
		if (m->heap_n > 0)
			sink(m, 0);
	}
	return true;
}

bool
runs_merge(
    struct store *s, int64_t kind, runs_each *each, void *arg, struct err *err)
{
	struct merge m = {.store = s};
	bool ok = s->ops->blocks(s->db, kind, take_block, &m, err) &&
		  begin(&m, err) && give_all(&m, each, arg, err);

	for (size_t i = 0; i < m.runs_n; i++)
		buf_free(&m.runs[i].bytes);
	free(m.runs);
	free(m.blocks);
	free(m.heap);
	buf_free(&m.run);
	return ok;
}
