/*
 * Loading: rows into a generation in the making, then all or nothing. What is
 * small (sources, flags, origins) waits in memory for the transaction that
 * enters the generation into the catalogue.
 */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistr.h>

#include "base/i18n.h"
#include "store/load_part.h"

#define VALUE_MAX 200 /* bytes kept of a value that was set aside */

void
load_step(const struct load *l, enum load_step what, uint64_t n)
{
	if (l->options.step != NULL)
		l->options.step(l->options.arg, what, n);
}

int64_t
load_origin(struct load *l, const char *name)
{
	for (size_t i = 0; i < l->n_origins; i++)
		if (strcmp(l->origins[i], name) == 0)
			return (int64_t)i;
	grow(
	    &l->origins, &l->origins_cap, l->n_origins + 1, sizeof *l->origins);
	l->origins[l->n_origins++] = xstrdup(name);
	return (int64_t)l->n_origins - 1;
}

static bool
take_origin(void *arg, const struct cell *row, struct err *err)
{
	char *name = xstrndup(row->s, row->len);

	(void)err;
	load_origin(arg, name);
	free(name);
	return true;
}

/* With add, the newest generation that has not been withdrawn is the base. */
static bool
find_base(struct load *l, struct err *err)
{
	struct cell id;
	struct db_query q = {
	    .sql = "SELECT name FROM origins WHERE generation = $1"
		   " ORDER BY number",
	    .types = "i",
	    .values = &id,
	    .out = "t",
	    .each = take_origin,
	    .arg = l};

	if (!l->options.add)
		return true;
	if (!store_newest(l->store, &l->base, err))
		return false;
	id = cell_number(l->base);
	return l->base == 0 || l->store->ops->query(l->store->db, &q, err);
}

static bool
begin(struct load *l, struct err *err)
{
	struct store *s = l->store;
	uint32_t last;

	if (!store_tidy(s, err) || !store_last(s, &last, err) ||
	    !find_base(l, err))
		return false;
	/* After the base's, so that their numbers stay. */
	l->origin = load_origin(l, "extract");
	l->generation = last + 1;
	l->runs = runs_new(s, l->generation, l->options.raw_budget);
	return s->ops->make(s->db, l->generation, err);
}

bool
store_load_begin(struct load **load, struct store *store,
    const struct load_options *options, struct err *err)
{
	struct load *l;

	if (store->mode == STORE_READ || store->loading)
		return err_set(err, ERR_INTERNAL, "store: no load now");
	if (!store->ops->lock(store->db, err))
		return false;
	l = xcalloc(1, sizeof *l);
	l->store = store;
	l->options = *options;
	l->about.data_through = DATE_MISSING;
	for (int i = 0; i < EXTRACT_COUNT; i++)
		shape_of(i, &l->shapes[i]);
	l->builder = facts_builder_new(NULL);
	store->loading = true;
	if (!begin(l, err)) {
		store_load_abort(l);
		return false;
	}
	*load = l;
	return true;
}

static void
load_free(struct load *l)
{
	l->store->ops->unlock(l->store->db);
	l->store->loading = false;
	for (size_t i = 0; i < l->n_origins; i++)
		free(l->origins[i]);
	for (size_t i = 0; i < l->n_sources; i++) {
		free((char *)(uintptr_t)l->sources[i].name);
		free((char *)(uintptr_t)l->sources[i].format);
	}
	for (size_t i = 0; i < l->n_flags; i++)
		free(l->flags[i].rule);
	free(l->origins);
	free(l->sources);
	free(l->flags);
	free(l->agency);
	free(l->source);
	facts_builder_free(l->builder);
	buf_free(&l->forgotten);
	load_free_raw(l);
	buf_free(&l->value);
	free(l);
}

void
store_load_abort(struct load *load)
{
	if (load == NULL)
		return;
	if (load->generation != 0)
		load->store->ops->drop(load->store->db, load->generation);
	load_free(load);
}

bool
load_may_forget(const struct load *l, struct err *err)
{
	return !l->started ||
	       err_set(err, ERR_INTERNAL, "store: forgetting comes first");
}

bool
store_load_forget(struct load *load, const char *origin, struct err *err)
{
	if (!load_may_forget(load, err))
		return false;
	buf_printf(&load->forgotten, "%s%" PRId64,
	    load->forgotten.len > 0 ? ", " : "origin NOT IN (",
	    load_origin(load, origin));
	return true;
}

bool
store_load_origin(struct load *load, const char *origin, struct err *err)
{
	(void)err;
	load->origin = load_origin(load, origin);
	return true;
}

/* Carried rows are in the store only. */
static bool
feed_carried(struct load *l, enum extract_table table, struct err *err)
{
	const struct feed feed = {.to = l->builder,
	    .generation = l->generation,
	    .step = l->options.step,
	    .arg = l->options.arg};

	return l->rows[table] == 0 || store_feed(l->store, &feed, table, err);
}

static bool
carry(struct load *l, int shape, struct err *err)
{
	const struct db_carry c = {.from = l->base,
	    .shape = shape,
	    .where = shape < EXTRACT_COUNT && l->forgotten.len > 0
			 ? buf_text(&l->forgotten)
			 : NULL};
	uint64_t n;

	if (!l->store->ops->carry(l->store->db, &c, &n, err))
		return false;
	if (shape < EXTRACT_COUNT)
		l->rows[shape] += n;
	if (shape == SHAPE_ASIDE)
		l->asides += n;
	load_step(l, LOAD_CARRY, n);
	return shape >= EXTRACT_COUNT ||
	       feed_carried(l, (enum extract_table)shape, err);
}

bool
load_start(struct load *l, struct err *err)
{
	if (l->started)
		return true;
	l->started = true;
	if (l->base == 0)
		return true;
	if (l->forgotten.len > 0)
		buf_char(&l->forgotten, ')');
	for (int i = 0; i < SHAPES; i++)
		if (i != SHAPE_RAW && !carry(l, i, err))
			return false;
	return load_carry_raw(l, err);
}

/* Eight bytes at a time: whether one is 0 or not ASCII. */
static bool
is_plain(const char *s, size_t len)
{
	const uint64_t high = 0x8080808080808080, one = 0x0101010101010101;
	uint64_t word, seen = 0;

	for (; len >= sizeof word; s += sizeof word, len -= sizeof word) {
		memcpy(&word, s, sizeof word);
		seen |= word | (word - one);
	}
	for (; len > 0; s++, len--)
		seen |= (signed char)*s <= 0 ? high : 0;
	return (seen & high) == 0;
}

bool
load_is_text(const struct cell *c)
{
	return is_plain(c->s, c->len) ||
	       (u8_check((const uint8_t *)c->s, c->len) == NULL &&
		   memchr(c->s, '\0', c->len) == NULL);
}

/* The cells as they will be read back: a number has no text, a text no
 * number. */
static bool
take_cells(struct load *l, enum extract_table table, const struct cell *cells,
    struct cell *row, struct err *err)
{
	const struct shape *s = &l->shapes[table];

	row[0] = cell_number(l->origin);
	for (int i = 1; i < s->n; i++) {
		row[i] = cells[i - 1];
		if (s->types[i] == 'i')
			row[i] = cell_number(row[i].n);
		else if (row[i].len > 0 && !load_is_text(&row[i]))
			return err_set(err, ERR_BAD_VALUE, "%s.%s: not UTF-8",
			    s->name, s->columns[i]);
		else
			row[i].n = CELL_EMPTY;
	}
	return true;
}

bool
store_load_row(struct load *load, enum extract_table table,
    const struct cell *cells, struct err *err)
{
	struct cell row[SHAPE_MAX_COLS];

	if ((!load->started && !load_start(load, err)) ||
	    !take_cells(load, table, cells, row, err))
		return false;
	load->rows[table]++;
	if (++load->given % LOAD_STEP_EVERY == 0)
		load_step(load, LOAD_ROWS, load->given);
	return facts_builder_add(load->builder, table, row + 1, err) &&
	       load->store->ops->put(load->store->db, (int)table, row, err);
}

/* What was set aside may be anything: shown as text, and not all of it. */
static struct cell
presentable(struct load *l, const char *value)
{
	size_t len = strnlen(value, VALUE_MAX);
	const uint8_t *p = (const uint8_t *)value, *end = p + len;

	buf_reset(&l->value);
	while (p < end) {
		ucs4_t c;
		int n = u8_mbtouc(&c, p, (size_t)(end - p));
		uint8_t out[6];
		int m = u8_uctomb(out, c, sizeof out);

		buf_add(&l->value, out, m > 0 ? (size_t)m : 0);
		p += n > 0 ? n : 1;
	}
	return cell_text(buf_text(&l->value));
}

bool
store_load_aside(
    struct load *load, const struct store_aside *aside, struct err *err)
{
	const struct cell row[] = {
	    cell_text(aside->file),
	    cell_number((int64_t)aside->line),
	    cell_text(aside->column),
	    cell_text(aside->rule),
	    presentable(load, aside->value),
	};

	if (!load->started && !load_start(load, err))
		return false;
	load->asides++;
	return load->store->ops->put(load->store->db, SHAPE_ASIDE, row, err);
}

bool
store_load_source(
    struct load *load, const struct store_source *source, struct err *err)
{
	struct store_source *s;

	(void)err;
	grow(&load->sources, &load->sources_cap, load->n_sources + 1,
	    sizeof *load->sources);
	s = &load->sources[load->n_sources++];
	*s = *source;
	s->name = xstrdup(source->name);
	s->format = xstrdup(source->format);
	return true;
}

bool
store_load_flag(
    struct load *load, const char *rule, uint64_t count, struct err *err)
{
	(void)err;
	for (size_t i = 0; i < load->n_flags; i++) {
		if (strcmp(load->flags[i].rule, rule) != 0)
			continue;
		load->flags[i].n += count;
		return true;
	}
	grow(&load->flags, &load->flags_cap, load->n_flags + 1,
	    sizeof *load->flags);
	load->flags[load->n_flags++] =
	    (struct flag_count){xstrdup(rule), count};
	return true;
}

void
store_load_about(struct load *load, const struct facts_about *about)
{
	char *agency = xstrdup(about->agency != NULL ? about->agency : "");
	char *source = xstrdup(about->source != NULL ? about->source : "");

	free(load->agency);
	free(load->source);
	load->agency = agency;
	load->source = source;
	load->about = *about;
	load->about.agency = agency;
	load->about.source = source;
}

/* What is durable must be what was given. */
static bool
check_rows(const struct load *l, struct err *err)
{
	struct store *s = l->store;

	for (int i = 0; i < EXTRACT_COUNT; i++) {
		uint64_t n;

		if (!s->ops->count(s->db, l->generation, i, &n, err))
			return false;
		if (l->rows[i] != n)
			return err_set(err, ERR_STORE,
			    _("%s: %" PRIu64 " rows where %" PRIu64
			      " were given"),
			    extract_table((enum extract_table)i)->name, n,
			    l->rows[i]);
	}
	return true;
}

/* The rows and their snapshot into their files. */
static bool
write_all(struct load *l, char sum[static FILE_HASH], struct err *err)
{
	struct store *s = l->store;
	char *path = s->ops->facts_path(s->db, s->identity, l->generation);
	bool ok;

	load_step(l, LOAD_ARRANGE, l->given);
	facts_builder_about(l->builder, &l->about);
	ok = runs_flush(l->runs, err) && s->ops->seal(s->db, err) &&
	     check_rows(l, err) && store_build(l->builder, path, sum, err);
	free(path);
	return ok;
}

static bool
commit(struct load *l, struct err *err)
{
	char sum[FILE_HASH];

	l->about.generation = l->generation;
	if (l->about.loaded_at == 0)
		l->about.loaded_at = time(NULL);
	if (!load_start(l, err) || !write_all(l, sum, err))
		return false;
	load_step(l, LOAD_BUILT, 0);
	return load_enter(l, sum, err);
}

bool
store_load_commit(struct load *load, uint32_t *generation, struct err *err)
{
	if (!commit(load, err)) {
		store_load_abort(load);
		return false;
	}
	*generation = load->generation;
	load_step(load, LOAD_ENTERED, 0);
	load_free(load);
	return true;
}
