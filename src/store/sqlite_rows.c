/*
 * A generation's rows in the embedded store: a file of their own, written
 * without a journal and synced before the catalogue names it.
 */
#include "store/sqlite.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

void
sqlite_close_making(struct db *db)
{
	for (int i = 0; i < SHAPES; i++) {
		lite_rows_free(db->rows[i]);
		db->rows[i] = NULL;
	}
	sqlite3_close(db->making);
	db->making = NULL;
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
	ok = sqlite_exec(db->making, buf_text(&sql), err);
	buf_free(&sql);
	return ok;
}

bool
sqlite_make(struct db *db, uint32_t generation, struct err *err)
{
	char *path = sqlite_path(db, generation, "db");
	bool ok;

	db->generation = generation;
	ok = sqlite_private(path, err) &&
	     sqlite_open_file(&db->making, path, SQLITE_OPEN_READWRITE, err) &&
	     make_tables(db, err);
	free(path);
	return ok;
}

bool
sqlite_put(struct db *db, int shape, const struct cell *row, struct err *err)
{
	struct lite_rows **rows = &db->rows[shape];

	if (*rows == NULL)
		*rows = lite_rows_new(db->making, &db->shapes[shape]);
	return (*rows != NULL && lite_rows_put(*rows, row)) ||
	       sqlite_failed(db->making, "sqlite", err);
}

/* All rows that were put, into the file. */
static bool
flush(struct db *db, struct err *err)
{
	for (int i = 0; i < SHAPES; i++)
		if (db->rows[i] != NULL && !lite_rows_flush(db->rows[i]))
			return sqlite_failed(db->making, "sqlite", err);
	return true;
}

/* Attaching is not possible within a transaction; the file being made has
 * none to lose, so its transaction is ended and begun again around it. */
bool
sqlite_carry(
    struct db *db, const struct db_carry *c, uint64_t *n, struct err *err)
{
	char *path = sqlite_path(db, c->from, "db");
	const char *table = db->shapes[c->shape].name;
	char *attach =
	    sqlite3_mprintf("COMMIT; ATTACH %Q AS base; BEGIN;", path);
	char *copy = xasprintf("INSERT INTO main.\"%s\" SELECT * FROM"
			       " base.\"%s\" WHERE %s ORDER BY rowid",
	    table, table, c->where != NULL ? c->where : "1");
	bool ok = flush(db, err) && sqlite_exec(db->making, attach, err) &&
		  sqlite_exec(db->making, copy, err);

	if (ok) {
		*n = (uint64_t)sqlite3_changes64(db->making);
		ok = sqlite_exec(db->making, "COMMIT; DETACH base; BEGIN", err);
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

bool
sqlite_seal(struct db *db, struct err *err)
{
	char *path = sqlite_path(db, db->generation, "db");
	bool ok = flush(db, err) && sqlite_exec(db->making, "COMMIT", err);

	sqlite_close_making(db);
	ok = ok && sync_file(path, err) && file_sync_dir(db->folder, err);
	free(path);
	return ok;
}

void
sqlite_drop(struct db *db, uint32_t generation)
{
	static const char *const suffixes[] = {
	    "db", "facts", "checked", "db-journal"};

	sqlite_close_making(db);
	for (size_t i = 0; i < sizeof suffixes / sizeof *suffixes; i++) {
		char *path = sqlite_path(db, generation, suffixes[i]);

		unlink(path);
		free(path);
	}
}

/* A generation that was loaded before there was a column lacks it. */
static bool
has_column(sqlite3 *from, const struct shape *s, int i)
{
	return sqlite3_table_column_metadata(from, NULL, s->name, s->columns[i],
		   NULL, NULL, NULL, NULL, NULL) == SQLITE_OK;
}

static bool
prepare_scan(
    sqlite3 *from, const struct shape *s, sqlite3_stmt **st, struct err *err)
{
	struct buf sql = {0};
	int rc;

	for (int i = 0; i < s->n; i++)
		buf_printf(&sql,
		    has_column(from, s, i) ? "%s\"%s\"" : "%sNULL AS \"%s\"",
		    i == 0 ? "SELECT " : ", ", s->columns[i]);
	buf_printf(&sql, " FROM \"%s\"", s->name);
	buf_str(&sql, " ORDER BY rowid");
	rc = sqlite3_prepare_v2(from, buf_text(&sql), -1, st, NULL);
	buf_free(&sql);
	return rc == SQLITE_OK || sqlite_failed(from, "sqlite", err);
}

bool
sqlite_scan(struct db *db, const struct db_scan *scan, struct err *err)
{
	bool own = db->making != NULL && db->generation == scan->generation;
	char *path = sqlite_path(db, scan->generation, "db");
	const struct shape *s = &db->shapes[scan->shape];
	sqlite3 *from = db->making;
	sqlite3_stmt *st;
	bool ok =
	    own ? flush(db, err)
		: sqlite_open_file(&from, path, SQLITE_OPEN_READONLY, err);

	if (ok)
		ok = prepare_scan(from, s, &st, err) &&
		     sqlite_run(from, st, s->types, scan->each, scan->arg, err);
	if (!own)
		sqlite3_close(from);
	free(path);
	return ok;
}

bool
sqlite_blocks(
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
		return sqlite_failed(db->making, "sqlite", err);
	sqlite_bind(st, "i", &value);
	return sqlite_run(db->making, st, "iti", each, arg, err);
}

bool
sqlite_block(struct db *db, int64_t number, struct buf *bytes, struct err *err)
{
	sqlite3_blob *blob;
	size_t n;
	bool ok;

	if (sqlite3_blob_open(db->making, "main", "raw_records", "bytes",
		number, 0, &blob) != SQLITE_OK)
		return sqlite_failed(db->making, "sqlite", err);
	n = (size_t)sqlite3_blob_bytes(blob);
	buf_reserve(bytes, n);
	ok = sqlite3_blob_read(blob, bytes->data + bytes->len, (int)n, 0) ==
		 SQLITE_OK ||
	     sqlite_failed(db->making, "sqlite", err);
	if (ok)
		bytes->len += n;
	sqlite3_blob_close(blob);
	return ok;
}

bool
sqlite_count(
    struct db *db, uint32_t generation, int shape, uint64_t *n, struct err *err)
{
	char *path = sqlite_path(db, generation, "db");
	char *sql =
	    xasprintf("SELECT count(*) FROM \"%s\"", db->shapes[shape].name);
	sqlite3 *from;
	sqlite3_stmt *st = NULL;
	bool ok = sqlite_open_file(&from, path, SQLITE_OPEN_READONLY, err);

	if (ok)
		ok = (sqlite3_prepare_v2(from, sql, -1, &st, NULL) ==
			     SQLITE_OK &&
			 sqlite3_step(st) == SQLITE_ROW) ||
		     sqlite_failed(from, "sqlite", err);
	if (ok)
		*n = (uint64_t)sqlite3_column_int64(st, 0);
	sqlite3_finalize(st);
	sqlite3_close(from);
	free(sql);
	free(path);
	return ok;
}
