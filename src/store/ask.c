/* What was loaded: sources, set-aside rows, flags, rows. */
#include <stdlib.h>
#include <string.h>

#include "store/internal.h"

/* A caller's callback behind a backend's. */
struct relay {
	union {
		bool (*source)(
		    void *, const struct store_source *, struct err *);
		bool (*aside)(void *, const struct store_aside *, struct err *);
		bool (*flag)(void *, const char *, uint64_t, struct err *);
		bool (*row)(void *, const struct cell *, struct err *);
	} each;
	void *arg;
	char *text[4]; /* NUL-terminated copies for the call */
};

static const char *
keep(struct relay *r, int i, const struct cell *c)
{
	free(r->text[i]);
	r->text[i] = xstrndup(c->s, c->len);
	return r->text[i];
}

static void
relay_fini(struct relay *r)
{
	for (size_t i = 0; i < sizeof r->text / sizeof *r->text; i++)
		free(r->text[i]);
}

static bool
ask(struct store *s, const char *sql, uint32_t generation, const char *out,
    db_each *each, struct relay *r, struct err *err)
{
	const struct cell id = cell_number(generation);
	const struct db_query q = {.sql = sql,
	    .types = "i",
	    .values = &id,
	    .out = out,
	    .each = each,
	    .arg = r};
	bool ok =
	    store_known(s, generation, err) && s->ops->query(s->db, &q, err);

	relay_fini(r);
	return ok;
}

static bool
relay_source(void *arg, const struct cell *row, struct err *err)
{
	struct relay *r = arg;
	struct store_source source = {
	    .name = keep(r, 0, &row[0]),
	    .format = keep(r, 1, &row[2]),
	    .rows = (uint64_t)row[3].n,
	    .kept = (uint64_t)row[4].n,
	    .aside = (uint64_t)row[5].n,
	};

	if (row[1].len < sizeof source.sha256)
		memcpy(source.sha256, row[1].s, row[1].len);
	return r->each.source(r->arg, &source, err);
}

bool
store_sources(struct store *store, uint32_t generation,
    bool (*each)(void *arg, const struct store_source *source, struct err *err),
    void *arg, struct err *err)
{
	struct relay r = {.each.source = each, .arg = arg};

	return ask(store,
	    "SELECT name, sha256, format, given, kept, aside"
	    " FROM sources WHERE generation = $1 ORDER BY name, sha256",
	    generation, "tttiii", relay_source, &r, err);
}

static bool
relay_flag(void *arg, const struct cell *row, struct err *err)
{
	struct relay *r = arg;

	return r->each.flag(
	    r->arg, keep(r, 0, &row[0]), (uint64_t)row[1].n, err);
}

bool
store_flags(struct store *store, uint32_t generation,
    bool (*each)(void *arg, const char *rule, uint64_t count, struct err *err),
    void *arg, struct err *err)
{
	struct relay r = {.each.flag = each, .arg = arg};

	return ask(store,
	    "SELECT rule, n FROM flags WHERE generation = $1"
	    " ORDER BY rule",
	    generation, "ti", relay_flag, &r, err);
}

static bool
relay_aside(void *arg, const struct cell *row, struct err *err)
{
	struct relay *r = arg;
	const struct store_aside aside = {
	    .file = keep(r, 0, &row[0]),
	    .line = (uint64_t)row[1].n,
	    .column = keep(r, 1, &row[2]),
	    .rule = keep(r, 2, &row[3]),
	    .value = keep(r, 3, &row[4]),
	};

	return r->each.aside(r->arg, &aside, err);
}

bool
store_asides(struct store *store, uint32_t generation,
    bool (*each)(void *arg, const struct store_aside *aside, struct err *err),
    void *arg, struct err *err)
{
	struct relay r = {.each.aside = each, .arg = arg};
	const struct db_scan scan = {.generation = generation,
	    .shape = SHAPE_ASIDE,
	    .each = relay_aside,
	    .arg = &r};
	bool ok = store_known(store, generation, err) &&
		  store->ops->scan(store->db, &scan, err);

	relay_fini(&r);
	return ok;
}

static bool
relay_row(void *arg, const struct cell *row, struct err *err)
{
	const struct relay *r = arg;

	return r->each.row(r->arg, row + 1, err);
}

bool
store_rows(struct store *store, uint32_t generation, enum extract_table table,
    bool (*each)(void *arg, const struct cell *cells, struct err *err),
    void *arg, struct err *err)
{
	struct relay r = {.each.row = each, .arg = arg};
	const struct db_scan scan = {.generation = generation,
	    .shape = (int)table,
	    .each = relay_row,
	    .arg = &r};

	return store_known(store, generation, err) &&
	       store->ops->scan(store->db, &scan, err);
}

/* Hashes as a sorted list without repeats. */
struct hashes {
	char (*list)[FILE_HASH];
	size_t n, cap;
};

static void
add_hash(struct hashes *h, const char *hash)
{
	size_t i = h->n;

	for (size_t k = 0; k < h->n; k++)
		if (strcmp(h->list[k], hash) == 0)
			return;
	grow(&h->list, &h->cap, h->n + 1, sizeof *h->list);
	for (; i > 0 && strcmp(h->list[i - 1], hash) > 0; i--)
		memcpy(h->list[i], h->list[i - 1], FILE_HASH);
	memcpy(h->list[i], hash, FILE_HASH);
	h->n++;
}

static bool
take_hash(void *arg, const struct store_source *source, struct err *err)
{
	(void)err;
	add_hash(arg, source->sha256);
	return true;
}

/* Both lists are sorted: every hash of a is found walking b once. */
static bool
all_in(const struct hashes *a, const struct hashes *b)
{
	size_t k = 0;

	for (size_t i = 0; i < a->n; i++, k++) {
		while (k < b->n && strcmp(b->list[k], a->list[i]) < 0)
			k++;
		if (k == b->n || strcmp(b->list[k], a->list[i]) != 0)
			return false;
	}
	return true;
}

bool
store_find_same(struct store *store, const struct store_source *sources,
    size_t n, bool add, uint32_t *generation, struct err *err)
{
	struct hashes given = {0}, there = {0};
	uint32_t newest;
	bool ok = store_newest(store, &newest, err);

	*generation = 0;
	for (size_t i = 0; i < n; i++)
		add_hash(&given, sources[i].sha256);
	if (ok && newest != 0 && n > 0)
		ok = store_sources(store, newest, take_hash, &there, err);
	if (ok && there.n > 0 && given.n > 0 && all_in(&given, &there) &&
	    (add || there.n == given.n))
		*generation = newest;
	free(given.list);
	free(there.list);
	return ok;
}
