/*
 * Backup and restore: a store is copied row by row into an embedded store in
 * a temporary folder, whose files become one archive; and the other way. So a
 * backup of either kind of store can be restored into the other.
 */
#include <dirent.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/i18n.h"
#include "store/internal.h"
#include "store/tar.h"

/* The catalogue's tables: what identifies the rows up to a generation. The
 * identity in meta stays with its store: a copy is another store. */
static const struct catalogue_table {
	const char *name, *columns, *types, *generation;
} catalogue[] = {
    {"generations",
	"id, state, turn, data_through, loaded_at, agency,"
	" source, invented, kept, aside, base, facts_sum",
	"itiiittiiiit", "id"},
    {"sources", "generation, name, sha256, format, given, kept, aside",
	"itttiii", "generation"},
    {"flags", "generation, rule, n", "iti", "generation"},
    {"origins", "generation, number, name", "iit", "generation"},
    {"tallies", "generation, name, n", "iti", "generation"},
    {"definitions", "id, version, body, first_used", "ttti", "0"},
    {"records", "record, review, at_ms", "tti", "0"},
    {"revisions",
	"record, revision, hash, previous, author, body, at_ms, state, serial",
	"tittttiit", "0"},
    {"attachments", "id, record, hash, body, author, at_ms, serial", "tttttit",
	"0"},
    {"chunks", "hash, data", "tt", "0"},
    {"papers", "kind, id, version, at_ms, author, body", "ttiitt", "0"},
};

struct copy {
	struct store *from, *to;
	const struct catalogue_table *table; /* of the catalogue */
	const char *insert;
	int shape; /* of a generation's rows */
};

static bool
copy_entry(void *arg, const struct cell *row, struct err *err)
{
	const struct copy *c = arg;

	return store_do(c->to, c->insert, c->table->types, row, err);
}

static bool
copy_table(struct copy *c, uint32_t last, struct err *err)
{
	const struct catalogue_table *t = c->table;
	struct buf insert = {0};
	char *select =
	    xasprintf("SELECT %s FROM %s WHERE %s <= %" PRIu32 " ORDER BY 1",
		t->columns, t->name, t->generation, last);
	struct db_query q = {
	    .sql = select, .out = t->types, .each = copy_entry, .arg = c};
	bool ok;

	buf_printf(
	    &insert, "INSERT INTO %s (%s) VALUES (", t->name, t->columns);
	for (size_t i = 1; i <= strlen(t->types); i++)
		buf_printf(&insert, "%s$%zu", i > 1 ? ", " : "", i);
	buf_char(&insert, ')');
	c->insert = buf_text(&insert);
	ok = c->from->ops->query(c->from->db, &q, err);
	buf_free(&insert);
	free(select);
	return ok;
}

static bool
copy_row(void *arg, const struct cell *row, struct err *err)
{
	const struct copy *c = arg;

	return c->to->ops->put(c->to->db, c->shape, row, err);
}

static bool
copy_generation(struct copy *c, uint32_t generation, struct err *err)
{
	bool ok = c->to->ops->make(c->to->db, generation, err);

	for (int i = 0; ok && i < SHAPES; i++) {
		const struct db_scan scan = {.generation = generation,
		    .shape = i,
		    .each = copy_row,
		    .arg = c};

		c->shape = i;
		ok = c->from->ops->scan(c->from->db, &scan, err);
	}
	return ok && c->to->ops->seal(c->to->db, err);
}

static bool
copy_catalogue(struct copy *c, uint32_t last, struct err *err)
{
	const size_t n = sizeof catalogue / sizeof *catalogue;
	bool ok;

	if (!c->to->ops->begin(c->to->db, err))
		return false;
	ok = true;
	for (size_t i = 0; ok && i < n; i++) {
		c->table = &catalogue[i];
		ok = copy_table(c, last, err);
	}
	if (ok)
		return c->to->ops->commit(c->to->db, err);
	c->to->ops->rollback(c->to->db);
	return false;
}

/* Generations are numbered from 1 and none ever goes; another list is not of
 * our making. */
static bool
check_numbers(const struct store_generations *all, struct err *err)
{
	for (size_t i = 0; i < all->n; i++)
		if (all->list[i].about.generation != i + 1)
			return err_set(err, ERR_FORMAT,
			    _("this is not a backup of Hearth"));
	return true;
}

/* Generations never change, so those up to the last one now are a whole,
 * whatever is loaded meanwhile. */
static bool
copy_store(struct store *from, struct store *to, struct err *err)
{
	struct copy c = {.from = from, .to = to};
	struct store_generations all;
	bool ok =
	    store_generations(from, &all, err) && check_numbers(&all, err);

	for (uint32_t i = 1; ok && i <= all.n; i++)
		ok = copy_generation(&c, i, err);
	ok = ok && copy_catalogue(&c, (uint32_t)all.n, err);
	for (uint32_t i = 1; !ok && i <= all.n; i++)
		to->ops->drop(to->db, i);
	store_generations_free(&all);
	return ok;
}

/* A folder of our own, and an embedded store in it. */
static bool
open_inside(struct store **store, const char *folder, enum store_mode mode,
    struct err *err)
{
	char *url = xasprintf("sqlite:%s", folder);
	bool ok = store_open(store, url, mode, err);

	free(url);
	return ok;
}

static void
remove_folder(const char *folder)
{
	DIR *dir = opendir(folder);
	struct dirent *entry;

	if (dir == NULL)
		return;
	while ((entry = readdir(dir)) != NULL)
		unlinkat(dirfd(dir), entry->d_name, 0);
	closedir(dir);
	rmdir(folder);
}

static bool
archive(int fd, const char *folder, const struct store_generations *all,
    struct err *err)
{
	char *path = file_join(folder, "hearth.db", NULL);
	bool ok = tar_add(fd, "hearth.db", path, err);

	free(path);
	for (size_t i = 0; ok && i < all->n; i++) {
		char name[32];

		snprintf(name, sizeof name, "gen-%" PRIu32 ".db",
		    all->list[i].about.generation);
		path = file_join(folder, name, NULL);
		ok = tar_add(fd, name, path, err);
		free(path);
	}
	return ok && tar_end(fd, err);
}

/* The archive beside its place, then into it. */
static bool
write_archive(const char *file, const char *folder,
    const struct store_generations *all, struct err *err)
{
	char *temp = xasprintf("%s.XXXXXX", file);
	int fd = mkostemp(temp, O_CLOEXEC);
	bool ok = fd >= 0 || err_sys(err, ERR_IO, "%s", file);

	ok = ok && archive(fd, folder, all, err);
	if (ok && (fsync(fd) != 0 || rename(temp, file) != 0))
		ok = err_sys(err, ERR_IO, "%s", file);
	if (fd >= 0) {
		close(fd);
		if (!ok)
			unlink(temp);
	}
	free(temp);
	return ok;
}

bool
store_backup(struct store *store, const char *file, struct err *err)
{
	struct store_generations all = {0};
	char *folder = xasprintf("%s.XXXXXX", file);
	struct store *copy = NULL;
	bool ok = mkdtemp(folder) != NULL;

	if (!ok) {
		err_sys(err, ERR_IO, "%s", file);
		free(folder);
		return false;
	}
	ok = open_inside(&copy, folder, STORE_CREATE, err) &&
	     copy_store(store, copy, err) && store_generations(copy, &all, err);
	/* Closed first: the catalogue is then one file. */
	store_close(copy);
	ok = ok && write_archive(file, folder, &all, err);
	store_generations_free(&all);
	remove_folder(folder);
	free(folder);
	return ok;
}

static bool
accept(const char *name)
{
	unsigned generation;
	int end = 0;

	if (strcmp(name, "hearth.db") == 0)
		return true;
	return sscanf(name, "gen-%9u.db%n", &generation, &end) == 1 &&
	       end > 0 && name[end] == '\0';
}

static bool
unpack(const char *file, const char *folder, struct err *err)
{
	int fd = open(file, O_RDONLY | O_CLOEXEC);
	bool ok = fd >= 0 || err_sys(err, ERR_IO, "%s", file);

	ok = ok && tar_unpack(fd, folder, accept, err);
	if (fd >= 0)
		close(fd);
	return ok;
}

static bool
check_empty(struct store *s, struct err *err)
{
	uint32_t last;
	int64_t written;

	if (!store_last(s, &last, err) ||
	    !store_number(s,
		"SELECT (SELECT count(*) FROM records)"
		" + (SELECT count(*) FROM papers)",
		NULL, NULL, 0, &written, err))
		return false;
	return (last == 0 && written == 0) ||
	       err_set(err, ERR_REFUSED,
		   _("a backup is restored into an empty store only"));
}

static bool
verify_all(struct store *s, struct err *err)
{
	struct store_generations all;
	bool ok = store_generations(s, &all, err);

	for (size_t i = 0; ok && i < all.n; i++)
		ok = store_verify(s, all.list[i].about.generation, err);
	store_generations_free(&all);
	return ok;
}

static bool
restore_from(struct store *store, const char *folder, struct err *err)
{
	struct store *from = NULL;
	bool ok;

	if (!open_inside(&from, folder, STORE_READ, err))
		return false;
	ok = store->ops->lock(store->db, err);
	if (ok) {
		ok = check_empty(store, err) && store_tidy(store, err) &&
		     copy_store(from, store, err);
		store->ops->unlock(store->db);
	}
	store_close(from);
	return ok && verify_all(store, err);
}

bool
store_restore(struct store *store, const char *file, struct err *err)
{
	char *cache = file_xdg("CACHE");
	char *folder = file_join(cache, "restore-XXXXXX", NULL);
	bool ok = check_empty(store, err) && file_mkdirs(cache, err);

	if (ok && mkdtemp(folder) == NULL)
		ok = err_sys(err, ERR_IO, "%s", cache);
	if (ok) {
		ok = unpack(file, folder, err) &&
		     restore_from(store, folder, err);
		remove_folder(folder);
	}
	free(folder);
	free(cache);
	return ok;
}
