#include "bench_db.h"

#include <inttypes.h>
#include <sqlite3.h>
#include <stdlib.h>

#include "base/buf.h"
#include "config.h"
#ifdef HAVE_POSTGRESQL
#include <libpq-fe.h>
#endif

static bool
sqlite_failed(sqlite3 *db, struct err *err)
{
	return err_set(err, ERR_STORE, "SQLite: %s", sqlite3_errmsg(db));
}

static bool
sqlite_exec(void *db, const char *sql, struct err *err)
{
	return sqlite3_exec(db, sql, NULL, NULL, NULL) == SQLITE_OK ||
	       sqlite_failed(db, err);
}

static void *
sqlite_open(const char *where, struct err *err)
{
	sqlite3 *db = NULL;

	if (sqlite3_open(where, &db) != SQLITE_OK ||
	    !sqlite_exec(db,
		"PRAGMA cache_size=-1000000;"
		"PRAGMA mmap_size=1000000000",
		err)) {
		sqlite_failed(db, err);
		sqlite3_close(db);
		return NULL;
	}
	return db;
}

static bool
sqlite_load(void *db, const char *table, const int64_t *cells, size_t rows,
    int cols, struct err *err)
{
	struct buf sql = {0};
	sqlite3_stmt *st = NULL;
	bool ok;

	buf_printf(&sql, "INSERT INTO %s VALUES (?", table);
	for (int c = 1; c < cols; c++)
		buf_str(&sql, ", ?");
	buf_char(&sql, ')');
	ok = sqlite_exec(db, "BEGIN", err) &&
	     (sqlite3_prepare_v2(db, buf_text(&sql), -1, &st, NULL) ==
		     SQLITE_OK ||
		 sqlite_failed(db, err));
	for (size_t r = 0; ok && r < rows; r++) {
		for (int c = 0; c < cols; c++)
			sqlite3_bind_int64(
			    st, c + 1, cells[r * (size_t)cols + (size_t)c]);
		ok = sqlite3_step(st) == SQLITE_DONE || sqlite_failed(db, err);
		sqlite3_reset(st);
	}
	sqlite3_finalize(st);
	buf_free(&sql);
	return ok && sqlite_exec(db, "COMMIT", err);
}

static long
sqlite_query(void *db, const char *sql, struct bench_row *rows, size_t max,
    struct err *err)
{
	sqlite3_stmt *st;
	size_t n = 0;
	int rc;

	if (sqlite3_prepare_v2(db, sql, -1, &st, NULL) != SQLITE_OK) {
		sqlite_failed(db, err);
		return -1;
	}
	while ((rc = sqlite3_step(st)) == SQLITE_ROW && n < max)
		rows[n++] = (struct bench_row){sqlite3_column_int64(st, 0),
		    sqlite3_column_int64(st, 1), sqlite3_column_int64(st, 2),
		    sqlite3_column_int64(st, 3)};
	if (rc != SQLITE_DONE)
		sqlite_failed(db, err);
	sqlite3_finalize(st);
	return rc == SQLITE_DONE ? (long)n : -1;
}

static void
sqlite_close(void *db)
{
	sqlite3_close(db);
}

#ifdef HAVE_POSTGRESQL
static bool
pg_failed(PGconn *db, struct err *err)
{
	return err_set(err, ERR_STORE, "PostgreSQL: %s", PQerrorMessage(db));
}

static bool
pg_exec(void *db, const char *sql, struct err *err)
{
	PGresult *res = PQexec(db, sql);
	ExecStatusType st = PQresultStatus(res);

	PQclear(res);
	return st == PGRES_COMMAND_OK || st == PGRES_TUPLES_OK ||
	       pg_failed(db, err);
}

static void *
pg_open(const char *where, struct err *err)
{
	PGconn *db = PQconnectdb(where);

	if (PQstatus(db) != CONNECTION_OK ||
	    !pg_exec(db, "SET client_min_messages = warning", err)) {
		pg_failed(db, err);
		PQfinish(db);
		return NULL;
	}
	return db;
}

static bool
pg_load(void *db, const char *table, const int64_t *cells, size_t rows,
    int cols, struct err *err)
{
	struct buf b = {0};
	bool ok;

	buf_printf(&b, "COPY %s FROM STDIN", table);
	PQclear(PQexec(db, buf_text(&b)));
	buf_reset(&b);
	for (size_t r = 0; r < rows; r++)
		for (int c = 0; c < cols; c++) {
			buf_int(&b, cells[r * (size_t)cols + (size_t)c]);
			buf_char(&b, c + 1 < cols ? '\t' : '\n');
		}
	ok = PQputCopyData(db, b.data, (int)b.len) == 1 &&
	     PQputCopyEnd(db, NULL) == 1;
	for (PGresult *res; (res = PQgetResult(db)) != NULL; PQclear(res))
		ok = ok && PQresultStatus(res) == PGRES_COMMAND_OK;
	buf_free(&b);
	return ok || pg_failed(db, err);
}

static long
pg_query(void *db, const char *sql, struct bench_row *rows, size_t max,
    struct err *err)
{
	PGresult *res = PQexec(db, sql);
	long n = -1;

	if (PQresultStatus(res) != PGRES_TUPLES_OK)
		pg_failed(db, err);
	else
		for (n = 0; n < PQntuples(res) && n < (long)max; n++) {
			int64_t v[4];

			for (int c = 0; c < 4; c++)
				v[c] = strtoll(
				    PQgetvalue(res, (int)n, c), NULL, 10);
			rows[n] = (struct bench_row){v[0], v[1], v[2], v[3]};
		}
	PQclear(res);
	return n;
}

static void
pg_close(void *db)
{
	PQfinish(db);
}
#endif

const struct bench_db bench_dbs[] = {
    {.name = "SQLite",
	.open = sqlite_open,
	.exec = sqlite_exec,
	.load = sqlite_load,
	.query = sqlite_query,
	.close = sqlite_close},
#ifdef HAVE_POSTGRESQL
    {.name = "PostgreSQL",
	.open = pg_open,
	.exec = pg_exec,
	.load = pg_load,
	.query = pg_query,
	.close = pg_close},
#endif
};
const int bench_dbs_n = (int)(sizeof bench_dbs / sizeof *bench_dbs);
