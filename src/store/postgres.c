/*
 * The store on PostgreSQL: the catalogue in the schema hearth, and a schema
 * per generation (postgres_rows.c). Here: the session, questions, the lock and
 * transactions. An advisory lock of the session, which ends with it, lets one
 * load run at a time.
 */
#include "store/postgres.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/i18n.h"

#define LOCK_TRIES 100
#define LOCK_PAUSE_NS 10000000 /* a killed client's session ends within 1 s */
#define LOCK_KEY "7526754863"
#define MAX_PARAMS 16
#define OID_INT8 20
#define OID_TEXT 25

/* Only the primary message: details and context show rows. */
bool
postgres_failed(const struct db *db, PGresult *res, struct err *err)
{
	const char *text = pq.PQresultErrorField(res, PG_DIAG_MESSAGE_PRIMARY);
	bool lost = pq.PQstatus(db->conn) != CONNECTION_OK;

	err_set(err, lost ? ERR_UNREACHABLE : ERR_STORE, "postgresql: %s",
	    text != NULL ? text
	    : lost	 ? _("the connection was lost")
			 : _("the command failed"));
	pq.PQclear(res);
	return false;
}

bool
postgres_exec(struct db *db, const char *sql, struct err *err)
{
	PGresult *res = pq.PQexec(db->conn, sql);
	ExecStatusType status = pq.PQresultStatus(res);

	if (status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK)
		return postgres_failed(db, res, err);
	pq.PQclear(res);
	return true;
}

static void
quiet(void *arg, const char *message)
{
	(void)arg;
	(void)message;
}

static void
pg_close(struct db *db)
{
	if (db->conn)
		pq.PQfinish(db->conn);
	for (int i = 0; i < SHAPES; i++)
		buf_free(&db->rows[i]);
	free(db->facts);
	free(db);
}

/* A faulty url is not repeated: it may hold a password. */
static bool
connect_to(struct db *db, const char *url, struct err *err)
{
	const char *const names[] = {
	    "dbname", "client_encoding", "application_name", NULL};
	const char *const values[] = {url, "UTF8", "hearth", NULL};
	PQconninfoOption *parts;

	if (!pq_load(err))
		return false;
	parts = pq.PQconninfoParse(url, NULL);
	if (parts == NULL)
		return err_set(
		    err, ERR_USAGE, _("the store's url is not well formed"));
	pq.PQconninfoFree(parts);
	db->conn = pq.PQconnectdbParams(names, values, 1);
	if (pq.PQstatus(db->conn) != CONNECTION_OK)
		return err_set(
		    err, ERR_UNREACHABLE, "%s", pq.PQerrorMessage(db->conn));
	pq.PQsetNoticeProcessor(db->conn, quiet, NULL);
	return true;
}

static bool
prepare_session(struct db *db, struct err *err)
{
	return postgres_exec(
	    db, "SET search_path = hearth; SET work_mem = '64MB'", err);
}

static bool
pg_open(struct db **out, const char *url, enum store_mode mode, struct err *err)
{
	struct db *db = xcalloc(1, sizeof *db);

	for (int i = 0; i < SHAPES; i++)
		shape_of(i, &db->shapes[i]);
	if (!connect_to(db, url, err) ||
	    (mode == STORE_CREATE &&
		!postgres_exec(
		    db, "CREATE SCHEMA IF NOT EXISTS hearth", err)) ||
	    !prepare_session(db, err)) {
		pg_close(db);
		return false;
	}
	*out = db;
	return true;
}

/* A result's value as the cell of the type that was asked for. */
static struct cell
value_at(PGresult *res, int row, int column, char type, unsigned char **bytes)
{
	struct cell c = cell_empty();
	const char *text = pq.PQgetvalue(res, row, column);

	if (pq.PQgetisnull(res, row, column))
		return c;
	if (type == 'i') {
		c.n = strtoll(text, NULL, 10);
	} else if (type == 't') {
		c.s = text;
		c.len = (size_t)pq.PQgetlength(res, row, column);
	} else {
		pq.PQfreemem(*bytes);
		*bytes =
		    pq.PQunescapeBytea((const unsigned char *)text, &c.len);
		if (*bytes != NULL)
			c.s = (const char *)*bytes;
	}
	return c;
}

bool
postgres_give(
    PGresult *res, const char *types, db_each *each, void *arg, struct err *err)
{
	struct cell row[SHAPE_MAX_COLS];
	unsigned char *bytes = NULL;
	int n = pq.PQntuples(res);
	bool ok = true;

	for (int i = 0; ok && i < n; i++) {
		for (int k = 0; types[k] != '\0'; k++)
			row[k] = value_at(res, i, k, types[k], &bytes);
		ok = each(arg, row, err);
	}
	pq.PQfreemem(bytes);
	return ok;
}

static PGresult *
ask(struct db *db, const struct db_query *q)
{
	const char *types = q->types != NULL ? q->types : "";
	char *texts[MAX_PARAMS] = {0};
	Oid oids[MAX_PARAMS] = {0};
	int n = (int)strlen(types);
	PGresult *res;

	for (int i = 0; i < n; i++) {
		const struct cell *c = &q->values[i];

		oids[i] = types[i] == 'i' ? OID_INT8 : OID_TEXT;
		if (types[i] == 't')
			texts[i] = xstrndup(c->s, c->len);
		else if (c->n != CELL_EMPTY)
			texts[i] = xasprintf("%" PRId64, c->n);
	}
	res = pq.PQexecParams(db->conn, q->sql, n, oids,
	    (const char *const *)texts, NULL, NULL, 0);
	for (int i = 0; i < n; i++)
		free(texts[i]);
	return res;
}

/* A server that was restarted, or whose standby took over, is found again by
 * the next question; a load that was under way is lost with its session. */
static bool
reconnect(struct db *db)
{
	struct err ignored;

	if (pq.PQstatus(db->conn) == CONNECTION_OK || db->in_transaction)
		return false;
	pq.PQreset(db->conn);
	return pq.PQstatus(db->conn) == CONNECTION_OK &&
	       prepare_session(db, &ignored);
}

static bool
pg_query(struct db *db, const struct db_query *q, struct err *err)
{
	PGresult *res = ask(db, q);
	ExecStatusType status = pq.PQresultStatus(res);
	bool ok = true;

	if (status == PGRES_FATAL_ERROR && reconnect(db)) {
		pq.PQclear(res);
		res = ask(db, q);
		status = pq.PQresultStatus(res);
	}
	if (status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK)
		return postgres_failed(db, res, err);
	if (q->each != NULL)
		ok = postgres_give(res, q->out, q->each, q->arg, err);
	pq.PQclear(res);
	return ok;
}

static bool
take_number(void *arg, const struct cell *row, struct err *err)
{
	(void)err;
	*(int64_t *)arg = row->n != CELL_EMPTY ? row->n : 0;
	return true;
}

bool
postgres_number(struct db *db, const char *sql, int64_t *n, struct err *err)
{
	const struct db_query q = {
	    .sql = sql, .out = "i", .each = take_number, .arg = n};

	*n = 0;
	return pg_query(db, &q, err);
}

static bool
pg_exists(struct db *db, bool *exists, struct err *err)
{
	int64_t n;

	if (!postgres_number(db,
		"SELECT (to_regclass('hearth.meta') IS NOT NULL)::int", &n,
		err))
		return false;
	*exists = n != 0;
	return true;
}

static bool
pg_lock(struct db *db, struct err *err)
{
	const struct timespec pause = {.tv_nsec = LOCK_PAUSE_NS};
	int64_t got = 0;

	for (int i = 0; i < LOCK_TRIES; i++) {
		if (!postgres_number(db,
			"SELECT pg_try_advisory_lock(" LOCK_KEY ")::int", &got,
			err))
			return false;
		if (got != 0)
			return true;
		nanosleep(&pause, NULL);
	}
	return err_set(
	    err, ERR_BUSY, _("another import into this store is running"));
}

static void
pg_unlock(struct db *db)
{
	struct err ignored;

	postgres_exec(db, "SELECT pg_advisory_unlock(" LOCK_KEY ")", &ignored);
}

/* A load's transaction is open since its first row. */
bool
postgres_begin(struct db *db, struct err *err)
{
	if (db->in_transaction)
		return true;
	db->in_transaction = postgres_exec(db, "BEGIN", err);
	return db->in_transaction;
}

bool
postgres_commit(struct db *db, struct err *err)
{
	db->in_transaction = false;
	db->making = false;
	return postgres_exec(db, "COMMIT", err);
}

void
postgres_rollback(struct db *db)
{
	struct err ignored;

	db->in_transaction = false;
	postgres_exec(db, "ROLLBACK", &ignored);
}

/* The server has none: a dead load's transaction is rolled back. */
static bool
pg_leftovers(struct db *db, uint32_t last, bool *any, struct err *err)
{
	(void)db;
	(void)last;
	(void)err;
	*any = false;
	return true;
}

static void
pg_tidy(struct db *db, uint32_t last)
{
	(void)db;
	(void)last;
}

const struct db_ops db_postgres = {
    .scheme = "postgresql://",
    .open = pg_open,
    .close = pg_close,
    .exists = pg_exists,
    .lock = pg_lock,
    .unlock = pg_unlock,
    .query = pg_query,
    .begin = postgres_begin,
    .commit = postgres_commit,
    .rollback = postgres_rollback,
    .make = postgres_make,
    .put = postgres_put,
    .carry = postgres_carry,
    .seal = postgres_seal,
    .drop = postgres_drop,
    .scan = postgres_scan,
    .blocks = postgres_blocks,
    .block = postgres_block,
    .count = postgres_count,
    .facts_path = postgres_facts_path,
    .leftovers = pg_leftovers,
    .tidy = pg_tidy,
};
