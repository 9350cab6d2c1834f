/*
 * DuckDB by its C interface, from the library that its npm package brings,
 * loaded at run time: nothing of it is needed to build. Only what is used is
 * declared here; the names and layouts are those of DuckDB's stable C API.
 */
#include "bench_db.h"

#include <dlfcn.h>
#include <stdlib.h>

#include "base/buf.h"

typedef struct {
	uint64_t columns, rows, changed;
	void *data;
	char *error;
	void *internal;
} duck_result; /* duckdb_result: passed by value, so a plain type */

struct duck {
	void *library, *database, *connection, *statement;
	int (*open)(const char *path, void **db);
	void (*close)(void **db);
	int (*connect)(void *db, void **connection);
	void (*disconnect)(void **connection);
	int (*query)(void *connection, const char *sql, duck_result *result);
	int (*prepare)(void *connection, const char *sql, void **statement);
	const char *(*prepare_error)(void *statement);
	int (*execute)(void *statement, duck_result *result);
	void (*destroy_prepare)(void **statement);
	const char *(*result_error)(duck_result *result);
	void (*destroy_result)(duck_result *result);
	void *(*fetch)(duck_result result);
	uint64_t (*chunk_size)(void *chunk);
	void *(*chunk_vector)(void *chunk, uint64_t column);
	void *(*vector_data)(void *vector);
	void (*destroy_chunk)(void **chunk);
	int (*appender_create)(void *connection, const char *schema,
	    const char *table, void **appender);
	int (*append_int64)(void *appender, int64_t value);
	int (*append_end)(void *appender);
	int (*appender_destroy)(void **appender);
};

/* Fills one function's place after another. */
static bool
duck_names(struct duck *d, struct err *err)
{
	const struct {
		const char *name;
		void *place;
	} names[] = {
	    {"duckdb_open", &d->open},
	    {"duckdb_close", &d->close},
	    {"duckdb_connect", &d->connect},
	    {"duckdb_disconnect", &d->disconnect},
	    {"duckdb_query", &d->query},
	    {"duckdb_prepare", &d->prepare},
	    {"duckdb_prepare_error", &d->prepare_error},
	    {"duckdb_execute_prepared", &d->execute},
	    {"duckdb_destroy_prepare", &d->destroy_prepare},
	    {"duckdb_result_error", &d->result_error},
	    {"duckdb_destroy_result", &d->destroy_result},
	    {"duckdb_fetch_chunk", &d->fetch},
	    {"duckdb_data_chunk_get_size", &d->chunk_size},
	    {"duckdb_data_chunk_get_vector", &d->chunk_vector},
	    {"duckdb_vector_get_data", &d->vector_data},
	    {"duckdb_destroy_data_chunk", &d->destroy_chunk},
	    {"duckdb_appender_create", &d->appender_create},
	    {"duckdb_append_int64", &d->append_int64},
	    {"duckdb_appender_end_row", &d->append_end},
	    {"duckdb_appender_destroy", &d->appender_destroy},
	};

	for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
		void *f = dlsym(d->library, names[i].name);

		if (f == NULL)
			return err_set(
			    err, ERR_STORE, "DuckDB has no %s", names[i].name);
		*(void **)names[i].place = f;
	}
	return true;
}

static void
duck_close(void *db)
{
	struct duck *d = db;

	if (d->statement != NULL)
		d->destroy_prepare(&d->statement);
	if (d->connection != NULL)
		d->disconnect(&d->connection);
	if (d->database != NULL)
		d->close(&d->database);
	free(d); /* the library stays: it has threads of its own */
}

/* where is the library's file. */
static void *
duck_open(const char *where, struct err *err)
{
	struct duck *d = xcalloc(1, sizeof *d);

	d->library = dlopen(where, RTLD_NOW | RTLD_LOCAL);
	if (d->library == NULL) {
		err_set(err, ERR_STORE, "%s", dlerror());
		free(d);
		return NULL;
	}
	if (!duck_names(d, err)) {
		free(d);
		return NULL;
	}
	if (d->open(NULL, &d->database) != 0 ||
	    d->connect(d->database, &d->connection) != 0) {
		err_set(err, ERR_STORE, "DuckDB does not open");
		duck_close(d);
		return NULL;
	}
	return d;
}

static bool
duck_exec(void *db, const char *sql, struct err *err)
{
	struct duck *d = db;
	duck_result r = {0};
	bool ok = d->query(d->connection, sql, &r) == 0;

	if (!ok)
		err_set(err, ERR_STORE, "DuckDB: %s", d->result_error(&r));
	d->destroy_result(&r);
	return ok;
}

static bool
duck_load(void *db, const char *table, const int64_t *cells, size_t rows,
    int cols, struct err *err)
{
	struct duck *d = db;
	void *a = NULL;
	bool ok = d->appender_create(d->connection, NULL, table, &a) == 0;

	for (size_t r = 0; ok && r < rows; r++) {
		for (int c = 0; ok && c < cols; c++)
			ok = d->append_int64(
				 a, cells[r * (size_t)cols + (size_t)c]) == 0;
		ok = ok && d->append_end(a) == 0;
	}
	if (a != NULL && d->appender_destroy(&a) != 0)
		ok = false;
	return ok || err_set(err, ERR_STORE, "DuckDB: loading %s", table);
}

static bool
duck_prepare(void *db, const char *sql, struct err *err)
{
	struct duck *d = db;

	if (d->statement != NULL)
		d->destroy_prepare(&d->statement);
	if (d->prepare(d->connection, sql, &d->statement) == 0)
		return true;
	return err_set(
	    err, ERR_STORE, "DuckDB: %s", d->prepare_error(d->statement));
}

static void
duck_rows(struct duck *d, void *chunk, struct bench_rows *rows)
{
	uint64_t n = d->chunk_size(chunk);
	const int64_t *col[4];

	for (uint64_t c = 0; c < 4; c++)
		col[c] = d->vector_data(d->chunk_vector(chunk, c));
	for (uint64_t i = 0; i < n; i++)
		bench_rows_add(rows, &(struct bench_row){col[0][i], col[1][i],
					 col[2][i], col[3][i]});
}

static bool
duck_run(void *db, struct bench_rows *rows, struct err *err)
{
	struct duck *d = db;
	duck_result r = {0};
	bool ok = d->execute(d->statement, &r) == 0;
	void *chunk;

	rows->n = 0;
	if (!ok)
		err_set(err, ERR_STORE, "DuckDB: %s", d->result_error(&r));
	while (ok && (chunk = d->fetch(r)) != NULL) {
		duck_rows(d, chunk, rows);
		d->destroy_chunk(&chunk);
	}
	d->destroy_result(&r);
	return ok;
}

const struct bench_db bench_duckdb = {.name = "DuckDB",
    .tiny = "tinyint",
    .least = "least",
    .greatest = "greatest",
    .threads = "SET threads = %d",
    /* Version 1.5 fails with an internal error where it turns a numbered row
     * of a join into an aggregate; the plan without is as fast. */
    .trend = "SET disabled_optimizers = 'top_n_window_elimination'",
    .median = "SELECT CAST(county AS bigint), CAST(i AS bigint), "
	      "count(*), CAST(2 * median(num) AS bigint) FROM (%s) AS e "
	      "GROUP BY county, i",
    .open = duck_open,
    .exec = duck_exec,
    .load = duck_load,
    .prepare = duck_prepare,
    .run = duck_run,
    .close = duck_close};
