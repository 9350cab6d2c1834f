#include "bench_db.h"

#include <inttypes.h>
#include <sqlite3.h>
#include <stdlib.h>

#include "base/buf.h"
#include "config.h"
#ifdef HAVE_POSTGRESQL
#include <libpq-fe.h>
#endif

void
bench_rows_add(struct bench_rows *rows, const struct bench_row *row)
{
	grow(&rows->rows, &rows->cap, rows->n + 1, sizeof *rows->rows);
	rows->rows[rows->n++] = *row;
}

struct lite {
	sqlite3 *db;
	sqlite3_stmt *st;
};

static bool
lite_failed(struct lite *l, struct err *err)
{
	return err_set(err, ERR_STORE, "SQLite: %s", sqlite3_errmsg(l->db));
}

static bool
lite_exec(void *db, const char *sql, struct err *err)
{
	struct lite *l = db;

	return sqlite3_exec(l->db, sql, NULL, NULL, NULL) == SQLITE_OK ||
	       lite_failed(l, err);
}

static void
lite_close(void *db)
{
	struct lite *l = db;

	sqlite3_finalize(l->st);
	sqlite3_close(l->db);
	free(l);
}

static void *
lite_open(const char *where, struct err *err)
{
	struct lite *l = xcalloc(1, sizeof *l);

	if (sqlite3_open(where, &l->db) != SQLITE_OK ||
	    !lite_exec(l,
		"PRAGMA cache_size = -1000000; PRAGMA mmap_size = 1000000000;"
		"PRAGMA synchronous = off; PRAGMA temp_store = memory",
		err)) {
		lite_failed(l, err);
		lite_close(l);
		return NULL;
	}
	return l;
}

static bool
lite_prepare(void *db, const char *sql, struct err *err)
{
	struct lite *l = db;

	sqlite3_finalize(l->st);
	l->st = NULL;
	return sqlite3_prepare_v2(l->db, sql, -1, &l->st, NULL) == SQLITE_OK ||
	       lite_failed(l, err);
}

static bool
lite_load(void *db, const char *table, const int64_t *cells, size_t rows,
    int cols, struct err *err)
{
	struct lite *l = db;
	struct buf sql = {0};
	bool ok;

	buf_printf(&sql, "INSERT INTO %s VALUES (?", table);
	for (int c = 1; c < cols; c++)
		buf_str(&sql, ", ?");
	buf_char(&sql, ')');
	ok = lite_exec(l, "BEGIN", err) && lite_prepare(l, buf_text(&sql), err);
	for (size_t r = 0; ok && r < rows; r++) {
		for (int c = 0; c < cols; c++)
			sqlite3_bind_int64(
			    l->st, c + 1, cells[r * (size_t)cols + (size_t)c]);
		ok = sqlite3_step(l->st) == SQLITE_DONE || lite_failed(l, err);
		sqlite3_reset(l->st);
	}
	buf_free(&sql);
	return ok && lite_exec(l, "COMMIT", err);
}

static bool
lite_run(void *db, struct bench_rows *rows, struct err *err)
{
	struct lite *l = db;
	int rc;

	rows->n = 0;
	while ((rc = sqlite3_step(l->st)) == SQLITE_ROW)
		bench_rows_add(
		    rows, &(struct bench_row){sqlite3_column_int64(l->st, 0),
			      sqlite3_column_int64(l->st, 1),
			      sqlite3_column_int64(l->st, 2),
			      sqlite3_column_int64(l->st, 3)});
	sqlite3_reset(l->st);
	return rc == SQLITE_DONE || lite_failed(l, err);
}

const struct bench_db bench_sqlite = {.name = "SQLite",
    .indexed = true,
    .tiny = "integer",
    .least = "min",
    .greatest = "max",
    .median = "SELECT county, i, count(*), "
	      "sum(CASE WHEN at = (n + 1) / 2 THEN num ELSE 0 END) + "
	      "sum(CASE WHEN at = n / 2 + 1 THEN num ELSE 0 END) FROM "
	      "(SELECT county, i, num, count(*) OVER (PARTITION BY i, county) "
	      "AS n, row_number() OVER (PARTITION BY i, county ORDER BY num) "
	      "AS at FROM (%s) AS e) AS o GROUP BY county, i",
    .open = lite_open,
    .exec = lite_exec,
    .load = lite_load,
    .prepare = lite_prepare,
    .run = lite_run,
    .close = lite_close};

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

/* With room to sort in memory, and without compiling each query, which costs
 * more than it gains here. */
static void *
pg_open(const char *where, struct err *err)
{
	PGconn *db = PQconnectdb(where);

	if (PQstatus(db) != CONNECTION_OK ||
	    !pg_exec(db,
		"SET client_min_messages = warning; SET work_mem = '256MB'; "
		"SET jit = off",
		err)) {
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

static bool
pg_prepare(void *db, const char *sql, struct err *err)
{
	PGresult *res = PQprepare(db, "", sql, 0, NULL);
	bool ok = PQresultStatus(res) == PGRES_COMMAND_OK;

	PQclear(res);
	return ok || pg_failed(db, err);
}

static bool
pg_run(void *db, struct bench_rows *rows, struct err *err)
{
	PGresult *res = PQexecPrepared(db, "", 0, NULL, NULL, NULL, 0);
	bool ok = PQresultStatus(res) == PGRES_TUPLES_OK || pg_failed(db, err);

	rows->n = 0;
	for (int n = 0; ok && n < PQntuples(res); n++) {
		int64_t v[4];

		for (int c = 0; c < 4; c++)
			v[c] = strtoll(PQgetvalue(res, n, c), NULL, 10);
		bench_rows_add(
		    rows, &(struct bench_row){v[0], v[1], v[2], v[3]});
	}
	PQclear(res);
	return ok;
}

static void
pg_close(void *db)
{
	PQfinish(db);
}

const struct bench_db bench_postgres = {.name = "PostgreSQL",
    .indexed = true,
    .tune = "VACUUM ANALYZE",
    .tiny = "smallint",
    .least = "least",
    .greatest = "greatest",
    .median = "SELECT county, i, count(*), CAST(2 * percentile_cont(0.5) "
	      "WITHIN GROUP (ORDER BY num) AS bigint) FROM (%s) AS e "
	      "GROUP BY county, i",
    .open = pg_open,
    .exec = pg_exec,
    .load = pg_load,
    .prepare = pg_prepare,
    .run = pg_run,
    .close = pg_close};
#endif

const struct bench_db *const bench_dbs[] = {&bench_sqlite,
#ifdef HAVE_POSTGRESQL
    &bench_postgres,
#else
    NULL,
#endif
    &bench_duckdb};
const int bench_dbs_n = (int)(sizeof bench_dbs / sizeof *bench_dbs);
