/*
 * The embedded store: a folder with a catalogue (WAL, every commit durable)
 * and a pair of files per generation. A generation's rows are written without
 * a journal, because nobody looks at the file before the catalogue names it;
 * it is synced before that, and never written again.
 */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <time.h>
#include <unistd.h>

#include "base/i18n.h"
#include "store/db.h"
#include "store/lite_rows.h"

#define BUSY_MS 5000
#define LOCK_TRIES 20
#define LOCK_PAUSE_NS 10000000 /* 20 x 10 ms: longer than tidying takes */

struct db {
	char *folder;
	sqlite3 *catalogue;
	int lock_fd;
	sqlite3 *making; /* the generation that is being made */
	uint32_t generation;
	struct shape shapes[SHAPES];
	struct lite_rows *rows[SHAPES]; /* NULL: none yet */
};

/* The text of SQLite's errors names tables and columns, never values. */
static bool
failed(sqlite3 *db, const char *what, struct err *err)
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

static bool
exec(sqlite3 *db, const char *sql, struct err *err)
{
	return sqlite3_exec(db, sql, NULL, NULL, NULL) == SQLITE_OK ||
	       failed(db, "sqlite", err);
}

static char *
generation_path(const struct db *db, uint32_t generation, const char *suffix)
{
	return xasprintf("%s/gen-%u.%s", db->folder, generation, suffix);
}

/* SQLite would make files that others may read. */
static bool
make_private(const char *path, struct err *err)
{
	int fd = open(path, O_CREAT | O_RDWR | O_CLOEXEC, 0600);

	if (fd < 0)
		return err_sys(err, ERR_IO, "%s", path);
	close(fd);
	return true;
}

static bool
open_file(sqlite3 **db, const char *path, int flags, struct err *err)
{
	if (sqlite3_open_v2(path, db, flags | SQLITE_OPEN_NOMUTEX, NULL) !=
	    SQLITE_OK) {
		failed(*db, path, err);
		sqlite3_close(*db);
		*db = NULL;
		return false;
	}
	sqlite3_busy_timeout(*db, BUSY_MS);
	return true;
}

static void
close_making(struct db *db)
{
	for (int i = 0; i < SHAPES; i++) {
		lite_rows_free(db->rows[i]);
		db->rows[i] = NULL;
	}
	sqlite3_close(db->making);
	db->making = NULL;
}

static void
lite_close(struct db *db)
{
	close_making(db);
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
		ok = file_mkdirs(db->folder, err) && make_private(path, err);
	/* Without a file there is no catalogue: lite_exists() tells. */
	if (ok && file_exists(path))
		ok = open_file(
			 &db->catalogue, path, SQLITE_OPEN_READWRITE, err) &&
		     exec(db->catalogue,
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
		return failed(db->catalogue, "sqlite", err);
	*exists = sqlite3_step(st) == SQLITE_ROW;
	return sqlite3_finalize(st) == SQLITE_OK ||
	       failed(db->catalogue, "sqlite", err);
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

static void
bind(sqlite3_stmt *st, const char *types, const struct cell *values)
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

/* Steps through; the statement is finalized. */
static bool
run(sqlite3 *db, sqlite3_stmt *st, const char *out, db_each *each, void *arg,
    struct err *err)
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
		ok = failed(db, "sqlite", err);
	sqlite3_finalize(st);
	return ok;
}

static bool
lite_query(struct db *db, const struct db_query *q, struct err *err)
{
	sqlite3_stmt *st;

	if (sqlite3_prepare_v2(db->catalogue, q->sql, -1, &st, NULL) !=
	    SQLITE_OK)
		return failed(db->catalogue, "sqlite", err);
	if (q->types != NULL)
		bind(st, q->types, q->values);
	return run(db->catalogue, st, q->out, q->each, q->arg, err);
}

static bool
lite_begin(struct db *db, struct err *err)
{
	return exec(db->catalogue, "BEGIN IMMEDIATE", err);
}

static bool
lite_commit(struct db *db, struct err *err)
{
	return exec(db->catalogue, "COMMIT", err);
}

static void
lite_rollback(struct db *db)
{
	struct err ignored;

	exec(db->catalogue, "ROLLBACK", &ignored);
}

static bool
make_tables(struct db *db, struct err *err)
{
	static const struct db_words words = {"INTEGER", "TEXT", "BLOB", ""};
	struct buf sql = {0};
	bool ok;

	buf_str(&sql, "PRAGMA page_size=16384; PRAGMA journal_mode=OFF;"
		      "PRAGMA synchronous=OFF; PRAGMA locking_mode=EXCLUSIVE;"
		      "PRAGMA cache_size=-2048; BEGIN;");
	for (int i = 0; i < SHAPES; i++) {
		shape_ddl(&sql, i, "", &words);
		buf_char(&sql, ';');
	}
	ok = exec(db->making, buf_text(&sql), err);
	buf_free(&sql);
	return ok;
}

static bool
lite_make(struct db *db, uint32_t generation, struct err *err)
{
	char *path = generation_path(db, generation, "db");
	bool ok;

	db->generation = generation;
	ok = make_private(path, err) &&
	     open_file(&db->making, path, SQLITE_OPEN_READWRITE, err) &&
	     make_tables(db, err);
	free(path);
	return ok;
}

static bool
lite_put(struct db *db, int shape, const struct cell *row, struct err *err)
{
	struct lite_rows **rows = &db->rows[shape];

	if (*rows == NULL)
		*rows = lite_rows_new(db->making, &db->shapes[shape]);
	return (*rows != NULL && lite_rows_put(*rows, row)) ||
	       failed(db->making, "sqlite", err);
}

/* All rows that were put, into the file. */
static bool
flush(struct db *db, struct err *err)
{
	for (int i = 0; i < SHAPES; i++)
		if (db->rows[i] != NULL && !lite_rows_flush(db->rows[i]))
			return failed(db->making, "sqlite", err);
	return true;
}

/* Attaching is not possible within a transaction; the file being made has
 * none to lose, so its transaction is ended and begun again around it. */
static bool
lite_carry(
    struct db *db, const struct db_carry *c, uint64_t *n, struct err *err)
{
	char *path = generation_path(db, c->from, "db");
	const char *table = db->shapes[c->shape].name;
	char *attach =
	    sqlite3_mprintf("COMMIT; ATTACH %Q AS base; BEGIN;", path);
	char *copy = xasprintf("INSERT INTO main.\"%s\" SELECT * FROM"
			       " base.\"%s\" WHERE %s ORDER BY rowid",
	    table, table, c->where != NULL ? c->where : "1");
	bool ok = flush(db, err) && exec(db->making, attach, err) &&
		  exec(db->making, copy, err);

	if (ok) {
		*n = (uint64_t)sqlite3_changes64(db->making);
		ok = exec(db->making, "COMMIT; DETACH base; BEGIN", err);
	}
	sqlite3_free(attach);
	free(copy);
	free(path);
	return ok;
}

static bool
sync_file(const char *path, struct err *err)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	bool ok = fd >= 0 && fsync(fd) == 0;

	if (!ok)
		err_sys(err, ERR_IO, "%s", path);
	if (fd >= 0)
		close(fd);
	return ok;
}

static bool
lite_seal(struct db *db, struct err *err)
{
	char *path = generation_path(db, db->generation, "db");
	bool ok = flush(db, err) && exec(db->making, "COMMIT", err);

	close_making(db);
	ok = ok && sync_file(path, err) && file_sync_dir(db->folder, err);
	free(path);
	return ok;
}

static void
lite_drop(struct db *db, uint32_t generation)
{
	static const char *const suffixes[] = {"db", "facts", "db-journal"};

	close_making(db);
	for (size_t i = 0; i < sizeof suffixes / sizeof *suffixes; i++) {
		char *path = generation_path(db, generation, suffixes[i]);

		unlink(path);
		free(path);
	}
}

static bool
prepare_scan(
    sqlite3 *from, const struct shape *s, sqlite3_stmt **st, struct err *err)
{
	struct buf sql = {0};
	int rc;

	for (int i = 0; i < s->n; i++)
		buf_printf(
		    &sql, "%s\"%s\"", i == 0 ? "SELECT " : ", ", s->columns[i]);
	buf_printf(&sql, " FROM \"%s\"", s->name);
	buf_str(&sql, " ORDER BY rowid");
	rc = sqlite3_prepare_v2(from, buf_text(&sql), -1, st, NULL);
	buf_free(&sql);
	return rc == SQLITE_OK || failed(from, "sqlite", err);
}

static bool
lite_scan(struct db *db, const struct db_scan *scan, struct err *err)
{
	bool own = db->making != NULL && db->generation == scan->generation;
	char *path = generation_path(db, scan->generation, "db");
	const struct shape *s = &db->shapes[scan->shape];
	sqlite3 *from = db->making;
	sqlite3_stmt *st;
	bool ok = own ? flush(db, err)
		      : open_file(&from, path, SQLITE_OPEN_READONLY, err);

	if (ok)
		ok = prepare_scan(from, s, &st, err) &&
		     run(from, st, s->types, scan->each, scan->arg, err);
	if (!own)
		sqlite3_close(from);
	free(path);
	return ok;
}

static bool
lite_blocks(
    struct db *db, int64_t kind, db_each *each, void *arg, struct err *err)
{
	const struct cell value = {.n = kind, .s = ""};
	sqlite3_stmt *st;

	if (!flush(db, err))
		return false;
	if (sqlite3_prepare_v2(db->making,
		"SELECT rowid, key, period FROM raw_records WHERE kind = $1"
		" ORDER BY rowid",
		-1, &st, NULL) != SQLITE_OK)
		return failed(db->making, "sqlite", err);
	bind(st, "i", &value);
	return run(db->making, st, "iti", each, arg, err);
}

static bool
lite_block(struct db *db, int64_t number, struct buf *bytes, struct err *err)
{
	sqlite3_blob *blob;
	size_t n;
	bool ok;

	if (sqlite3_blob_open(db->making, "main", "raw_records", "bytes",
		number, 0, &blob) != SQLITE_OK)
		return failed(db->making, "sqlite", err);
	n = (size_t)sqlite3_blob_bytes(blob);
	buf_reserve(bytes, n);
	ok = sqlite3_blob_read(blob, bytes->data + bytes->len, (int)n, 0) ==
		 SQLITE_OK ||
	     failed(db->making, "sqlite", err);
	if (ok)
		bytes->len += n;
	sqlite3_blob_close(blob);
	return ok;
}

static bool
lite_count(
    struct db *db, uint32_t generation, int shape, uint64_t *n, struct err *err)
{
	char *path = generation_path(db, generation, "db");
	char *sql =
	    xasprintf("SELECT count(*) FROM \"%s\"", db->shapes[shape].name);
	sqlite3 *from;
	sqlite3_stmt *st = NULL;
	bool ok = open_file(&from, path, SQLITE_OPEN_READONLY, err);

	if (ok)
		ok = (sqlite3_prepare_v2(from, sql, -1, &st, NULL) ==
			     SQLITE_OK &&
			 sqlite3_step(st) == SQLITE_ROW) ||
		     failed(from, "sqlite", err);
	if (ok)
		*n = (uint64_t)sqlite3_column_int64(st, 0);
	sqlite3_finalize(st);
	sqlite3_close(from);
	free(sql);
	free(path);
	return ok;
}

static char *
lite_facts_path(struct db *db, const char *identity, uint32_t generation)
{
	(void)identity;
	return generation_path(db, generation, "facts");
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
    .make = lite_make,
    .put = lite_put,
    .carry = lite_carry,
    .seal = lite_seal,
    .drop = lite_drop,
    .scan = lite_scan,
    .blocks = lite_blocks,
    .block = lite_block,
    .count = lite_count,
    .facts_path = lite_facts_path,
    .leftovers = lite_leftovers,
    .tidy = lite_tidy,
};
