/*
 * The embedded store: a folder with a catalogue (WAL, every commit durable)
 * and a pair of files per generation. A generation's rows are written without
 * a journal, because nobody looks at the file before the catalogue names it;
 * it is synced before that, and never written again.
 */
#include "store/sqlite.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <time.h>
#include <unistd.h>

#include "base/i18n.h"

#define BUSY_MS 5000
#define LOCK_TRIES 20
#define LOCK_PAUSE_NS 10000000 /* 20 x 10 ms: longer than tidying takes */

bool
sqlite_failed(sqlite3 *db, const char *what, struct err *err)
{
	static const struct {
		int code;
		enum err_code to;
	} kinds[] = {
	    {SQLITE_BUSY, ERR_BUSY},
	    {SQLITE_LOCKED, ERR_BUSY},
	    {SQLITE_FULL, ERR_IO},
	    {SQLITE_IOERR, ERR_IO},
	    {SQLITE_CANTOPEN, ERR_IO},
	    {SQLITE_READONLY, ERR_IO},
	    {SQLITE_CORRUPT, ERR_CORRUPT},
	    {SQLITE_NOTADB, ERR_CORRUPT},
	};
	int code = sqlite3_errcode(db) & 0xff;
	enum err_code to = ERR_STORE;

	for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
		if (kinds[i].code == code)
			to = kinds[i].to;
	return err_set(err, to, "%s: %s", what, sqlite3_errmsg(db));
}

bool
sqlite_exec(sqlite3 *db, const char *sql, struct err *err)
{
	return sqlite3_exec(db, sql, NULL, NULL, NULL) == SQLITE_OK ||
	       sqlite_failed(db, "sqlite", err);
}

char *
sqlite_path(const struct db *db, uint32_t generation, const char *suffix)
{
	return xasprintf("%s/gen-%u.%s", db->folder, generation, suffix);
}

bool
sqlite_private(const char *path, struct err *err)
{
	int fd = open(path, O_CREAT | O_RDWR | O_CLOEXEC, 0600);

	if (fd < 0)
		return err_sys(err, ERR_IO, "%s", path);
	close(fd);
	return true;
}

bool
sqlite_open_file(sqlite3 **db, const char *path, int flags, struct err *err)
{
	if (sqlite3_open_v2(path, db, flags | SQLITE_OPEN_NOMUTEX, NULL) !=
	    SQLITE_OK) {
		sqlite_failed(*db, path, err);
		sqlite3_close(*db);
		*db = NULL;
		return false;
	}
	sqlite3_busy_timeout(*db, BUSY_MS);
	return true;
}

static void
lite_close(struct db *db)
{
	sqlite_close_making(db);
	sqlite3_close(db->catalogue);
	if (db->lock_fd >= 0)
		close(db->lock_fd);
	free(db->folder);
	free(db);
}

static bool
open_catalogue(struct db *db, enum store_mode mode, struct err *err)
{
	char *path = file_join(db->folder, "hearth.db", NULL);
	bool ok = true;

	if (mode == STORE_CREATE)
		ok = file_mkdirs(db->folder, err) && sqlite_private(path, err);
	/* Without a file there is no catalogue: lite_exists() tells. */
	if (ok && file_exists(path))
		ok = sqlite_open_file(
			 &db->catalogue, path, SQLITE_OPEN_READWRITE, err) &&
		     sqlite_exec(db->catalogue,
			 "PRAGMA journal_mode=WAL;"
			 "PRAGMA synchronous=FULL;"
			 "PRAGMA trusted_schema=OFF",
			 err);
	free(path);
	return ok;
}

static bool
lite_open(
    struct db **out, const char *url, enum store_mode mode, struct err *err)
{
	const char *folder = url + strlen(db_sqlite.scheme);
	struct db *db = xcalloc(1, sizeof *db);

	db->folder = xstrdup(folder);
	db->lock_fd = -1;
	for (int i = 0; i < SHAPES; i++)
		shape_of(i, &db->shapes[i]);
	if (*folder == '\0')
		err_set(err, ERR_USAGE, _("sqlite: needs a folder"));
	if (*folder == '\0' || !open_catalogue(db, mode, err)) {
		lite_close(db);
		return false;
	}
	*out = db;
	return true;
}

static bool
lite_exists(struct db *db, bool *exists, struct err *err)
{
	sqlite3_stmt *st;

	*exists = false;
	if (db->catalogue == NULL)
		return true;
	if (sqlite3_prepare_v2(db->catalogue,
		"SELECT 1 FROM sqlite_schema"
		" WHERE name = 'meta'",
		-1, &st, NULL) != SQLITE_OK)
		return sqlite_failed(db->catalogue, "sqlite", err);
	*exists = sqlite3_step(st) == SQLITE_ROW;
	return sqlite3_finalize(st) == SQLITE_OK ||
	       sqlite_failed(db->catalogue, "sqlite", err);
}

static bool
lite_lock(struct db *db, struct err *err)
{
	const struct timespec pause = {.tv_nsec = LOCK_PAUSE_NS};
	char *path = file_join(db->folder, "load.lock", NULL);
	int fd = open(path, O_CREAT | O_RDWR | O_CLOEXEC, 0600);
	bool ok = fd >= 0;

	if (!ok)
		err_sys(err, ERR_IO, "%s", path);
	for (int i = 0; ok && flock(fd, LOCK_EX | LOCK_NB) != 0; i++) {
		ok = i < LOCK_TRIES;
		if (ok)
			nanosleep(&pause, NULL);
		else
			err_set(err, ERR_BUSY,
			    _("another import into this store is running"));
	}
	if (ok)
		db->lock_fd = fd;
	else if (fd >= 0)
		close(fd);
	free(path);
	return ok;
}

static void
lite_unlock(struct db *db)
{
	close(db->lock_fd);
	db->lock_fd = -1;
}

void
sqlite_bind(sqlite3_stmt *st, const char *types, const struct cell *values)
{
	for (int i = 0; types[i] != '\0'; i++) {
		const struct cell *c = &values[i];

		if (types[i] == 't')
			sqlite3_bind_text(
			    st, i + 1, c->s, (int)c->len, SQLITE_STATIC);
		else if (types[i] == 'b')
			sqlite3_bind_blob(
			    st, i + 1, c->s, (int)c->len, SQLITE_STATIC);
		else if (c->n == CELL_EMPTY)
			sqlite3_bind_null(st, i + 1);
		else
			sqlite3_bind_int64(st, i + 1, c->n);
	}
}

/* NULL comes as 0 and as no text; only then its type is asked for. */
static void
fetch(sqlite3_stmt *st, const char *types, struct cell *row)
{
	for (int i = 0; types[i] != '\0'; i++) {
		row[i] = cell_empty();
		if (types[i] == 'i') {
			row[i].n = sqlite3_column_int64(st, i);
			if (row[i].n == 0 &&
			    sqlite3_column_type(st, i) == SQLITE_NULL)
				row[i].n = CELL_EMPTY;
			continue;
		}
		row[i].s = types[i] == 't'
			       ? (const char *)sqlite3_column_text(st, i)
			       : sqlite3_column_blob(st, i);
		row[i].len = (size_t)sqlite3_column_bytes(st, i);
		if (row[i].s == NULL)
			row[i].s = "";
	}
}

bool
sqlite_run(sqlite3 *db, sqlite3_stmt *st, const char *out, db_each *each,
    void *arg, struct err *err)
{
	struct cell row[SHAPE_MAX_COLS];
	bool ok = true;
	int rc;

	while ((rc = sqlite3_step(st)) == SQLITE_ROW && ok) {
		if (each == NULL)
			continue;
		fetch(st, out, row);
		ok = each(arg, row, err);
	}
	if (ok && rc != SQLITE_DONE)
		ok = sqlite_failed(db, "sqlite", err);
	sqlite3_finalize(st);
	return ok;
}

static bool
lite_query(struct db *db, const struct db_query *q, struct err *err)
{
	sqlite3_stmt *st;

	if (sqlite3_prepare_v2(db->catalogue, q->sql, -1, &st, NULL) !=
	    SQLITE_OK)
		return sqlite_failed(db->catalogue, "sqlite", err);
	if (q->types != NULL)
		sqlite_bind(st, q->types, q->values);
	return sqlite_run(db->catalogue, st, q->out, q->each, q->arg, err);
}

static bool
lite_begin(struct db *db, struct err *err)
{
	return sqlite_exec(db->catalogue, "BEGIN IMMEDIATE", err);
}

static bool
lite_commit(struct db *db, struct err *err)
{
	return sqlite_exec(db->catalogue, "COMMIT", err);
}

static void
lite_rollback(struct db *db)
{
	struct err ignored;

	sqlite_exec(db->catalogue, "ROLLBACK", &ignored);
}

static char *
lite_facts_path(struct db *db, const char *identity, uint32_t generation)
{
	(void)identity;
	return sqlite_path(db, generation, "facts");
}

/* "gen-12.facts" of a generation after the last, or a temporary file beside
 * a snapshot ("gen-12.facts.x1y2z3"). */
static bool
is_leftover(const char *name, uint32_t last)
{
	unsigned generation;
	int used = 0;

	if (sscanf(name, "gen-%u.%n", &generation, &used) != 1 || used == 0)
		return false;
	return generation > last || strncmp(name + used, "facts.", 6) == 0;
}

static bool
each_leftover(struct db *db, uint32_t last, bool unlink_it, bool *any)
{
	DIR *dir = opendir(db->folder);
	struct dirent *entry;

	*any = false;
	if (dir == NULL)
		return false;
	while ((entry = readdir(dir)) != NULL) {
		if (!is_leftover(entry->d_name, last))
			continue;
		*any = true;
		if (unlink_it)
			unlinkat(dirfd(dir), entry->d_name, 0);
	}
	closedir(dir);
	return true;
}

static bool
lite_leftovers(struct db *db, uint32_t last, bool *any, struct err *err)
{
	return each_leftover(db, last, false, any) ||
	       err_sys(err, ERR_IO, "%s", db->folder);
}

static void
lite_tidy(struct db *db, uint32_t last)
{
	bool any;

	each_leftover(db, last, true, &any);
}

/* A commit is first in the one, then in the other. */
static void
lite_files(
    const char *url, void (*each)(void *arg, const char *path), void *arg)
{
	static const char *const names[] = {"hearth.db", "hearth.db-wal"};

	for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
		char *path =
		    file_join(url + strlen(db_sqlite.scheme), names[i], NULL);

		each(arg, path);
		free(path);
	}
}

const struct db_ops db_sqlite = {
    .scheme = "sqlite:",
    .files = lite_files,
    .open = lite_open,
    .close = lite_close,
    .exists = lite_exists,
    .lock = lite_lock,
    .unlock = lite_unlock,
    .query = lite_query,
    .begin = lite_begin,
    .commit = lite_commit,
    .rollback = lite_rollback,
    .make = sqlite_make,
    .put = sqlite_put,
    .carry = sqlite_carry,
    .seal = sqlite_seal,
    .drop = sqlite_drop,
    .scan = sqlite_scan,
    .blocks = sqlite_blocks,
    .block = sqlite_block,
    .count = sqlite_count,
    .facts_path = lite_facts_path,
    .leftovers = lite_leftovers,
    .tidy = lite_tidy,
};
