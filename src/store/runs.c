#include "store/runs.h"

#include <assert.h>
#include <endian.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

/* A record that was gathered, in the order of sorting. */
struct entry {
	uint64_t group; /* kind and period */
	struct runs_key key;
	const char *record; /* those that came later stand behind */
};

struct runs {
	struct store *store;
	uint32_t generation, made;
	size_t budget;
	char *records;
	size_t used;
	struct entry *entries;
	size_t n, cap;
	bool ordered; /* as they came */
	struct buf block;
};

/* --- a record in a block ----------------------------------------------- */

static uint32_t
take_length(const char *at)
{
	uint32_t n;

	memcpy(&n, at, sizeof n);
	return le32toh(n);
}

bool
runs_take(const char **at, const char *end, struct store_raw *raw)
{
	size_t left = (size_t)(end - *at), key_len, len;

	if (left < RUNS_HEAD)
		return false;
	key_len = take_length(*at);
	len = take_length(*at + 4);
	left -= RUNS_HEAD;
	if (key_len > left || len > left - key_len)
		return false;
	raw->key = *at + RUNS_HEAD;
	raw->key_len = key_len;
	raw->bytes = raw->key + key_len;
	raw->len = len;
	*at = raw->key + key_len + len;
	return true;
}

static size_t
packed_size(const struct store_raw *raw)
{
	return RUNS_HEAD + raw->key_len + raw->len;
}

static void
pack(char *to, const struct store_raw *raw)
{
	uint32_t lengths[] = {
	    htole32((uint32_t)raw->key_len), htole32((uint32_t)raw->len)};

	memcpy(to, lengths, RUNS_HEAD);
	memcpy(to + RUNS_HEAD, raw->key, raw->key_len);
	memcpy(to + RUNS_HEAD + raw->key_len, raw->bytes, raw->len);
}

static uint64_t
word(const char *s, size_t len)
{
	uint64_t w = 0;

	memcpy(&w, s, len < sizeof w ? len : sizeof w);
	return be64toh(w);
}

struct runs_key
runs_key(const char *key, size_t len)
{
	return (struct runs_key){
	    word(key, len), len > 8 ? word(key + 8, len - 8) : 0};
}

int
runs_compare(const struct runs_key *a, const struct store_raw *of_a,
    const struct runs_key *b, const struct store_raw *of_b)
{
	size_t n;
	int order;

	if (a->high != b->high)
		return a->high < b->high ? -1 : 1;
	if (a->low != b->low)
		return a->low < b->low ? -1 : 1;
	n = of_a->key_len < of_b->key_len ? of_a->key_len : of_b->key_len;
	order = n > 16 ? memcmp(of_a->key + 16, of_b->key + 16, n - 16) : 0;
	if (order != 0 || of_a->key_len == of_b->key_len)
		return order;
	return of_a->key_len < of_b->key_len ? -1 : 1;
}

/* --- making runs ------------------------------------------------------- */

struct runs *
runs_new(struct store *s, uint32_t generation, size_t budget)
{
	struct runs *r = xcalloc(1, sizeof *r);

	r->store = s;
	r->generation = generation;
	r->budget = budget > 0 ? budget : RUNS_BUDGET;
	r->ordered = true;
	return r;
}

void
runs_free(struct runs *r)
{
	if (r == NULL)
		return;
	free(r->records);
	free(r->entries);
	buf_free(&r->block);
	free(r);
}

static struct store_raw
record_of(const struct entry *e)
{
	const char *at = e->record;
	struct store_raw raw = {0};
	/* It was packed here, so its lengths are its end. */
	bool whole = runs_take(
	    &at, at + RUNS_HEAD + take_length(at) + take_length(at + 4), &raw);

	assert(whole);
	(void)whole;
	return raw;
}

static int
by_group_key_arrival(const void *a, const void *b)
{
	const struct entry *x = a, *y = b;
	struct store_raw of_x, of_y;
	int order;

	if (x->group != y->group)
		return x->group < y->group ? -1 : 1;
	if (x->key.high != y->key.high)
		return x->key.high < y->key.high ? -1 : 1;
	if (x->key.low != y->key.low)
		return x->key.low < y->key.low ? -1 : 1;
	of_x = record_of(x);
	of_y = record_of(y);
	order = runs_compare(&x->key, &of_x, &y->key, &of_y);
	if (order != 0)
		return order;
	return x->record < y->record ? -1 : x->record > y->record;
}

static bool
put_block(struct runs *r, uint64_t group, struct err *err)
{
	char run[32];
	const struct cell row[] = {
	    cell_number((int64_t)(group >> 32)),
	    {.n = CELL_EMPTY,
		.s = run,
		.len = (size_t)snprintf(run, sizeof run, "%" PRIu32 ".%" PRIu32,
		    r->generation, r->made)},
	    cell_number((int32_t)(uint32_t)group),
	    {.n = CELL_EMPTY, .s = r->block.data, .len = r->block.len},
	};
	bool ok = r->block.len == 0 ||
		  r->store->ops->put(r->store->db, SHAPE_RAW, row, err);

	buf_reset(&r->block);
	return ok;
}

static uint64_t
group_of(int64_t kind, int32_t period)
{
	return (uint64_t)kind << 32 | (uint32_t)period;
}

bool
runs_flush(struct runs *r, struct err *err)
{
	if (!r->ordered)
		qsort(
		    r->entries, r->n, sizeof *r->entries, by_group_key_arrival);
	for (size_t i = 0; i < r->n; i++) {
		const struct entry *e = &r->entries[i];
		struct store_raw raw = record_of(e);
		size_t size = packed_size(&raw);
		bool begins = i == 0 || e->group != e[-1].group;

		if ((begins || r->block.len + size > RUNS_BLOCK) && i > 0 &&
		    !put_block(r, e[-1].group, err))
			return false;
		r->made += begins;
		buf_add(&r->block, e->record, size);
	}
	if (r->n > 0 && !put_block(r, r->entries[r->n - 1].group, err))
		return false;
	r->n = r->used = 0;
	r->ordered = true;
	return true;
}

/* One that is greater than the budget: a run of its own. */
static bool
put_great(
    struct runs *r, int64_t kind, const struct store_raw *raw, struct err *err)
{
	buf_reserve(&r->block, packed_size(raw));
	pack(r->block.data, raw);
	r->block.len = packed_size(raw);
	r->made++;
	return put_block(r, group_of(kind, raw->period), err);
}

bool
runs_put(
    struct runs *r, int64_t kind, const struct store_raw *raw, struct err *err)
{
	size_t size = packed_size(raw);
	struct entry *e;

	if (raw->key_len > UINT32_MAX || raw->len > UINT32_MAX)
		return err_set(err, ERR_TOO_LARGE, "a raw record of 4 GiB");
	if (r->used + r->n * sizeof *r->entries + size > r->budget &&
	    !runs_flush(r, err))
		return false;
	if (size > r->budget)
		return put_great(r, kind, raw, err);
	if (r->records == NULL)
		r->records = xmalloc(r->budget);
	grow(&r->entries, &r->cap, r->n + 1, sizeof *r->entries);
	e = &r->entries[r->n++];
	*e = (struct entry){.group = group_of(kind, raw->period),
	    .key = runs_key(raw->key, raw->key_len),
	    .record = r->records + r->used};
	pack(r->records + r->used, raw);
	r->used += size;
	if (r->n > 1 && by_group_key_arrival(e - 1, e) > 0)
		r->ordered = false;
	return true;
}
