/* Snapshots: built from a generation's rows, found, built again. */
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/i18n.h"
#include "store/checked.h"
#include "store/internal.h"

#define STEP_EVERY 65536

/* One table on its way into the builder. */
struct feeding {
	const struct feed *feed;
	enum extract_table table;
	uint64_t n;
};

static bool
feed_row(void *arg, const struct cell *row, struct err *err)
{
	struct feeding *f = arg;

	f->n++;
	if (f->feed->step != NULL && f->n % STEP_EVERY == 0)
		f->feed->step(f->feed->arg, LOAD_ARRANGE, f->n);
	return facts_builder_add(f->feed->to, f->table, row + 1, err);
}

bool
store_feed(struct store *s, const struct feed *feed, enum extract_table table,
    struct err *err)
{
	struct feeding f = {.feed = feed, .table = table};
	const struct db_scan scan = {.generation = feed->generation,
	    .shape = (int)table,
	    .each = feed_row,
	    .arg = &f};

	return s->ops->scan(s->db, &scan, err);
}

/* A sealed, verified file and its checksum. */
static bool
check_file(const char *path, char sum[static FILE_HASH], struct err *err)
{
	struct facts *facts;
	bool ok;

	if (!facts_open(&facts, path, err))
		return false;
	ok = checked_anew(facts, path, err);
	facts_sum(facts, sum);
	facts_close(facts);
	return ok;
}

/* The file's name must be as durable as its contents. */
static bool
sync_folder(const char *path, struct err *err)
{
	char *folder = xstrndup(path, (size_t)(strrchr(path, '/') - path));
	bool ok = file_sync_dir(folder, err);

	free(folder);
	return ok;
}

bool
store_build(struct facts_builder *builder, const char *path,
    char sum[static FILE_HASH], struct err *err)
{
	int fd = open(path, O_CREAT | O_TRUNC | O_RDWR | O_CLOEXEC, 0600);
	bool ok;

	if (fd < 0)
		return err_sys(err, ERR_IO, "%s", path);
	ok = facts_builder_finish(builder, fd, err);
	if (ok && fsync(fd) != 0)
		ok = err_sys(err, ERR_IO, "%s", path);
	close(fd);
	return ok && sync_folder(path, err) && check_file(path, sum, err);
}

static bool
store_about(struct store *s, uint32_t generation, struct store_generation *g,
    struct err *err)
{
	struct store_generations all;
	bool found = false;

	if (!store_generations(s, &all, err))
		return false;
	for (size_t i = 0; i < all.n && !found; i++) {
		found = all.list[i].about.generation == generation;
		if (!found)
			continue;
		*g = all.list[i];
		g->about.agency = xstrdup(g->about.agency);
		g->about.source = xstrdup(g->about.source);
	}
	store_generations_free(&all);
	return found || err_set(err, ERR_NO_SUCH_GENERATION,
			    _("there is no generation %" PRIu32), generation);
}

static bool
take_sum(void *arg, const struct cell *row, struct err *err)
{
	char *sum = arg;

	(void)err;
	if (row->len == FILE_HASH - 1)
		memcpy(sum, row->s, FILE_HASH - 1);
	return true;
}

static bool
known_sum(struct store *s, uint32_t generation, char sum[static FILE_HASH],
    struct err *err)
{
	const struct cell id = cell_number(generation);
	const struct db_query q = {
	    .sql = "SELECT facts_sum FROM generations WHERE id = $1",
	    .types = "i",
	    .values = &id,
	    .out = "t",
	    .each = take_sum,
	    .arg = sum};

	memset(sum, 0, FILE_HASH);
	return s->ops->query(s->db, &q, err);
}

/* The sum changes only when another version of Hearth builds another file. */
static bool
remember_sum(
    struct store *s, uint32_t generation, const char *sum, struct err *err)
{
	const struct cell values[] = {cell_text(sum), cell_number(generation)};

	/* SQLite numbers $1 and $2 in the order in which they come. */
	return store_do(s,
	    "UPDATE generations SET facts_sum = $1"
	    " WHERE id = $2",
	    "ti", values, err);
}

static bool
rebuild(struct store *s, uint32_t generation, const char *path, struct err *err)
{
	struct store_generation g = {0};
	char *temp = xasprintf("%s.%ld", path, (long)getpid());
	char sum[FILE_HASH], known[FILE_HASH];
	struct feed feed = {.generation = generation};
	bool ok = store_about(s, generation, &g, err);

	feed.to = facts_builder_new(&g.about);
	for (int i = 0; ok && i < EXTRACT_COUNT; i++)
		ok = store_feed(s, &feed, (enum extract_table)i, err);
	ok = ok && store_build(feed.to, temp, sum, err) &&
	     known_sum(s, generation, known, err) &&
	     (strcmp(sum, known) == 0 || remember_sum(s, generation, sum, err));
	if (ok && rename(temp, path) != 0)
		ok = err_sys(err, ERR_IO, "%s", path);
	if (!ok)
		unlink(temp);
	facts_builder_free(feed.to);
	free((char *)(uintptr_t)g.about.agency);
	free((char *)(uintptr_t)g.about.source);
	free(temp);
	return ok;
}

/* Whether the file there opens and is the one that was built; with body, all of
 * it. */
static bool
is_usable(struct store *s, uint32_t generation, const char *path, bool body)
{
	char sum[FILE_HASH], known[FILE_HASH];
	struct facts *facts;
	struct err ignored;
	bool ok;

	if (!file_exists(path) || !facts_open(&facts, path, &ignored))
		return false;
	facts_sum(facts, sum);
	ok = known_sum(s, generation, known, &ignored) &&
	     strcmp(sum, known) == 0 &&
	     (!body || checked_verify(facts, path, &ignored));
	facts_close(facts);
	return ok;
}

static bool
find_path(struct store *store, uint32_t generation, bool body, char **path,
    struct err *err)
{
	char *at =
	    store->ops->facts_path(store->db, store->identity, generation);
	bool ok = store_known(store, generation, err);

	if (ok && !is_usable(store, generation, at, body))
		ok = rebuild(store, generation, at, err);
	if (ok)
		*path = at;
	else
		free(at);
	return ok;
}

bool
store_facts_path(
    struct store *store, uint32_t generation, char **path, struct err *err)
{
	return find_path(store, generation, true, path, err);
}

static bool
same_tally(void *arg, const struct cell *row, struct err *err)
{
	const uint64_t *counted = arg;
	char *name = xstrndup(row[0].s, row[0].len);
	enum extract_table table = extract_table_named(name);
	bool ok = table == EXTRACT_COUNT || (int64_t)counted[table] == row[1].n;

	if (!ok)
		err_set(err, ERR_CORRUPT,
		    _("%s: %" PRIu64 " rows where %" PRId64 " were loaded"),
		    name, counted[table], row[1].n);
	free(name);
	return ok;
}

static bool
count_row(void *arg, const struct cell *row, struct err *err)
{
	(void)row;
	(void)err;
	++*(uint64_t *)arg;
	return true;
}

static bool
verify_rows(struct store *s, uint32_t generation, struct err *err)
{
	uint64_t counted[EXTRACT_COUNT] = {0};
	const struct cell id = cell_number(generation);
	const struct db_query q = {.sql = "SELECT name, n FROM tallies"
					  " WHERE generation = $1",
	    .types = "i",
	    .values = &id,
	    .out = "ti",
	    .each = same_tally,
	    .arg = counted};

	for (int i = 0; i < EXTRACT_COUNT; i++) {
		const struct db_scan scan = {.generation = generation,
		    .shape = i,
		    .each = count_row,
		    .arg = &counted[i]};

		if (!s->ops->scan(s->db, &scan, err))
			return false;
	}
	return s->ops->query(s->db, &q, err);
}

bool
store_verify(struct store *store, uint32_t generation, struct err *err)
{
	char sum[FILE_HASH], known[FILE_HASH];
	char *path;
	bool ok;

	/* What is damaged is told here, not mended. */
	if (!find_path(store, generation, false, &path, err))
		return false;
	ok = check_file(path, sum, err) &&
	     known_sum(store, generation, known, err);
	if (ok && strcmp(sum, known) != 0)
		ok = err_set(err, ERR_CORRUPT,
		    _("the snapshot is not the one that was built"));
	free(path);
	return ok && verify_rows(store, generation, err);
}
