/*
 * Raw records of a load. They are kept in runs (runs.h); a generation that was
 * loaded by an earlier version has a row for each, which are taken over into
 * runs when something is added to it.
 */
#include <inttypes.h>
#include <stdlib.h>

#include "store/load_part.h"

#define RUNS_SUFFIX ":runs"

/* The kind of that name, made when it is new. */
static size_t
kind_named(struct load *l, const char *name)
{
	struct raw_kind *k;
	char *runs;

	for (size_t i = 0; i < l->n_kinds; i++)
		if (strcmp(l->kinds[i].name, name) == 0)
			return i;
	grow(&l->kinds, &l->kinds_cap, l->n_kinds + 1, sizeof *l->kinds);
	k = &l->kinds[l->n_kinds++];
	runs = xasprintf("%s" RUNS_SUFFIX, name);
	*k = (struct raw_kind){.name = xstrdup(name),
	    .single = load_origin(l, name),
	    .runs = load_origin(l, runs)};
	free(runs);
	return l->n_kinds - 1;
}

/* The origin of the kind's runs. */
static int64_t
runs_of(struct load *l, const char *kind)
{
	size_t i = kind_named(l, kind); /* may move kinds[] */

	return l->kinds[i].runs;
}

/* The kind of an origin's number; *single: of rows of one record. */
static size_t
kind_numbered(struct load *l, int64_t number, bool *single)
{
	const char *name = l->origins[number];
	size_t len = strlen(name), end = strlen(RUNS_SUFFIX);
	char *kind;
	size_t i;

	*single = len < end || strcmp(name + len - end, RUNS_SUFFIX) != 0;
	kind = xstrndup(name, *single ? len : len - end);
	i = kind_named(l, kind);
	free(kind);
	return i;
}

void
load_free_raw(struct load *l)
{
	for (size_t i = 0; i < l->n_kinds; i++)
		free(l->kinds[i].name);
	free(l->kinds);
	free(l->forgotten_raw);
	runs_free(l->runs);
}

/* --- from the base ----------------------------------------------------- */

bool
store_load_forget_raw(
    struct load *load, const char *kind, int32_t period, struct err *err)
{
	if (!load_may_forget(load, err))
		return false;
	grow(&load->forgotten_raw, &load->forgotten_raw_cap,
	    load->n_forgotten_raw + 1, sizeof *load->forgotten_raw);
	load->forgotten_raw[load->n_forgotten_raw++] =
	    (struct raw_period){kind_named(load, kind), period};
	return true;
}

static bool
is_forgotten(const struct load *l, size_t kind, int32_t period)
{
	for (size_t i = 0; i < l->n_forgotten_raw; i++)
		if (l->forgotten_raw[i].kind == kind &&
		    l->forgotten_raw[i].period == period)
			return true;
	return false;
}

struct carrying {
	struct load *load;
	uint64_t n;
};

static bool
carry_row(void *arg, const struct cell *row, struct err *err)
{
	struct carrying *c = arg;
	struct load *l = c->load;
	const struct store_raw raw = {.key = row[1].s,
	    .key_len = row[1].len,
	    .period = (int32_t)row[2].n,
	    .bytes = row[3].s,
	    .len = row[3].len};
	bool single;
	size_t kind;

	if (row[0].n < 0 || (uint64_t)row[0].n >= l->n_origins)
		return err_set(err, ERR_CORRUPT, "raw records of no origin");
	kind = kind_numbered(l, row[0].n, &single);
	if (is_forgotten(l, kind, raw.period))
		return true;
	if (++c->n % LOAD_STEP_EVERY == 0)
		load_step(l, LOAD_CARRY, c->n);
	if (single)
		return runs_put(l->runs, l->kinds[kind].runs, &raw, err);
	return l->store->ops->put(l->store->db, SHAPE_RAW, row, err);
}

bool
load_carry_raw(struct load *l, struct err *err)
{
	struct carrying c = {.load = l};
	const struct db_scan scan = {.generation = l->base,
	    .shape = SHAPE_RAW,
	    .each = carry_row,
	    .arg = &c};
	bool ok = l->store->ops->scan(l->store->db, &scan, err);

	if (ok)
		load_step(l, LOAD_CARRY, c.n);
	return ok;
}

/* --- given and given back ---------------------------------------------- */

bool
store_load_raw(struct load *load, const char *kind, const struct store_raw *raw,
    struct err *err)
{
	const struct cell key = {
	    .n = CELL_EMPTY, .s = raw->key, .len = raw->key_len};

	if (!load->started && !load_start(load, err))
		return false;
	if (!load_is_text(&key))
		return err_set(err, ERR_BAD_VALUE, "raw key: not UTF-8");
	if (++load->given % LOAD_STEP_EVERY == 0)
		load_step(load, LOAD_ROWS, load->given);
	return runs_put(load->runs, runs_of(load, kind), raw, err);
}

bool
store_load_scan_raw(struct load *load, const char *kind,
    bool (*each)(void *arg, const struct store_raw *raw, struct err *err),
    void *arg, struct err *err)
{
	return load_start(load, err) && runs_flush(load->runs, err) &&
	       runs_merge(load->store, runs_of(load, kind), each, arg, err);
}
