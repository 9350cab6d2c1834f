/*
 * The store on PostgreSQL: the catalogue in the schema hearth, and a schema
 * per generation. A load is one transaction from its first row to its entry
 * in the catalogue, so the server itself keeps it all or nothing; an advisory
 * lock of the session, which ends with it, lets one load run at a time. Rows
 * are gathered per table and sent by COPY. Each carries the number of its
 * arrival, because a table of PostgreSQL has no order.
 */
#include <inttypes.h>
#include <libpq-fe.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/i18n.h"
#include "base/lazy.h"
#include "store/db.h"

#define BATCH (1 << 20) /* bytes of a table's rows that are sent at once */
#define FETCH 4096	/* rows that come back at once */
#define LOCK_TRIES 100
#define LOCK_PAUSE_NS 10000000 /* a killed client's session ends within 1 s */
#define LOCK_KEY "7526754863"
#define MAX_PARAMS 16
#define OID_INT8 20
#define OID_TEXT 25

/*
 * libpq brings TLS, Kerberos and LDAP: linked, it was half the time until a
 * private service over an embedded store answered. It is loaded when a store's
 * URL asks for it; see base/lazy.h.
 */
#define LIBRARY "libpq.so.5"
/* clang-format off */
#define FUNCTIONS(F) \
	F(PQclear) F(PQcmdTuples) F(PQconnectdbParams) F(PQconninfoFree) \
	F(PQconninfoParse) F(PQerrorMessage) F(PQexec) F(PQexecParams) \
	F(PQfinish) F(PQfreemem) F(PQgetResult) F(PQgetisnull) \
	F(PQgetlength) F(PQgetvalue) F(PQntuples) F(PQputCopyData) \
	F(PQputCopyEnd) F(PQreset) F(PQresultErrorField) F(PQresultStatus) \
	F(PQsetNoticeProcessor) F(PQstatus) F(PQunescapeBytea)
/* clang-format on */

static struct {
	void *handle;
#define F(name) __typeof__(name) *name;
	FUNCTIONS(F)
#undef F
} pq;

static bool
load_libpq(struct err *err)
{
	bool whole = true;

	if (!lazy_open(&pq.handle, LIBRARY, err))
		return false;
#define F(name) \
	pq.name = (__typeof__(name) *)lazy_find(pq.handle, #name, &whole);
	FUNCTIONS(F)
#undef F
	return whole ||
	       err_set(err, ERR_INTERNAL, _("libpq is older than is needed"));
}

struct db {
	PGconn *conn;
	bool making, in_transaction;
	uint32_t generation;
	int64_t arrivals;
	struct shape shapes[SHAPES];
	struct buf rows[SHAPES]; /* not yet sent */
	char *facts;		 /* of the generation being made */
};

/* Only the primary message: details and context show rows. */
static bool
failed(const struct db *db, PGresult *res, struct err *err)
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

static bool
exec(struct db *db, const char *sql, struct err *err)
{
	PGresult *res = pq.PQexec(db->conn, sql);
	ExecStatusType status = pq.PQresultStatus(res);

	if (status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK)
		return failed(db, res, err);
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

	if (!load_libpq(err))
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
	return exec(db, "SET search_path = hearth; SET work_mem = '64MB'", err);
}

static bool
pg_open(struct db **out, const char *url, enum store_mode mode, struct err *err)
{
	struct db *db = xcalloc(1, sizeof *db);

	for (int i = 0; i < SHAPES; i++)
		shape_of(i, &db->shapes[i]);
	if (!connect_to(db, url, err) ||
	    (mode == STORE_CREATE &&
		!exec(db, "CREATE SCHEMA IF NOT EXISTS hearth", err)) ||
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

static bool
give_rows(
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
		return failed(db, res, err);
	if (q->each != NULL)
		ok = give_rows(res, q->out, q->each, q->arg, err);
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

static bool
number(struct db *db, const char *sql, int64_t *n, struct err *err)
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

	if (!number(db, "SELECT (to_regclass('hearth.meta') IS NOT NULL)::int",
		&n, err))
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
		if (!number(db,
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

	exec(db, "SELECT pg_advisory_unlock(" LOCK_KEY ")", &ignored);
}

/* A load's transaction is open since its first row. */
static bool
pg_begin(struct db *db, struct err *err)
{
	if (db->in_transaction)
		return true;
	db->in_transaction = exec(db, "BEGIN", err);
	return db->in_transaction;
}

static bool
pg_commit(struct db *db, struct err *err)
{
	db->in_transaction = false;
	db->making = false;
	return exec(db, "COMMIT", err);
}

static void
pg_rollback(struct db *db)
{
	struct err ignored;

	db->in_transaction = false;
	exec(db, "ROLLBACK", &ignored);
}

static bool
pg_make(struct db *db, uint32_t generation, struct err *err)
{
	static const struct db_words words = {
	    "bigint", "text", "bytea", "arrival bigint NOT NULL, "};
	char *prefix = xasprintf("hearth_%" PRIu32 ".", generation);
	struct buf sql = {0};
	bool ok;

	buf_printf(&sql, "CREATE SCHEMA hearth_%" PRIu32 ";", generation);
	for (int i = 0; i < SHAPES; i++) {
		shape_ddl(&sql, i, prefix, &words);
		buf_char(&sql, ';');
	}
	db->generation = generation;
	db->arrivals = 0;
	ok = pg_begin(db, err);
	db->making = ok;
	ok = ok && exec(db, buf_text(&sql), err);
	buf_free(&sql);
	free(prefix);
	return ok;
}

static bool
end_copy(struct db *db, bool sent, struct err *err)
{
	PGresult *res;
	bool ok = sent;

	if (!sent)
		err_set(err, ERR_UNREACHABLE, "postgresql: %s",
		    _("the connection was lost"));
	while ((res = pq.PQgetResult(db->conn)) != NULL) {
		if (ok && pq.PQresultStatus(res) != PGRES_COMMAND_OK)
			ok = failed(db, res, err);
		else
			pq.PQclear(res);
	}
	return ok;
}

static bool
send_rows(struct db *db, int shape, struct err *err)
{
	struct buf *rows = &db->rows[shape];
	char *sql;
	PGresult *res;
	bool ok;

	if (rows->len == 0)
		return true;
	sql = xasprintf("COPY hearth_%" PRIu32 ".\"%s\" FROM STDIN",
	    db->generation, db->shapes[shape].name);
	res = pq.PQexec(db->conn, sql);
	free(sql);
	if (pq.PQresultStatus(res) != PGRES_COPY_IN)
		return failed(db, res, err);
	pq.PQclear(res);
	ok = pq.PQputCopyData(db->conn, rows->data, (int)rows->len) == 1 &&
	     pq.PQputCopyEnd(db->conn, NULL) == 1;
	buf_reset(rows);
	return end_copy(db, ok, err);
}

/* COPY's text format: what means something in it is escaped. */
static void
add_text(struct buf *out, const char *s, size_t len)
{
	static const char special[] = "\\\n\r\t";
	static const char letter[] = "\\nrt";

	for (size_t i = 0; i < len; i++) {
		const char *at = s[i] != '\0' ? strchr(special, s[i]) : NULL;

		if (at != NULL)
			buf_char(out, '\\');
		buf_char(out, at != NULL ? letter[at - special] : s[i]);
	}
}

static void
add_bytes(struct buf *out, const char *s, size_t len)
{
	static const char hex[] = "0123456789abcdef";

	buf_str(out, "\\\\x");
	for (size_t i = 0; i < len; i++) {
		buf_char(out, hex[(unsigned char)s[i] >> 4]);
		buf_char(out, hex[(unsigned char)s[i] & 15]);
	}
}

static bool
pg_put(struct db *db, int shape, const struct cell *row, struct err *err)
{
	const char *types = db->shapes[shape].types;
	struct buf *out = &db->rows[shape];

	buf_int(out, ++db->arrivals);
	for (int i = 0; types[i] != '\0'; i++) {
		buf_char(out, '\t');
		if (types[i] == 't')
			add_text(out, row[i].s, row[i].len);
		else if (types[i] == 'b')
			add_bytes(out, row[i].s, row[i].len);
		else if (row[i].n == CELL_EMPTY)
			buf_str(out, "\\N");
		else
			buf_int(out, row[i].n);
	}
	buf_char(out, '\n');
	return out->len < BATCH || send_rows(db, shape, err);
}

/* Carried rows keep their numbers; what comes later gets greater ones. */
static bool
pg_carry(struct db *db, const struct db_carry *c, uint64_t *n, struct err *err)
{
	const char *table = db->shapes[c->shape].name;
	char *sql =
	    xasprintf("INSERT INTO hearth_%" PRIu32 ".\"%s\""
		      " SELECT * FROM hearth_%" PRIu32 ".\"%s\" WHERE %s",
		db->generation, table, c->from, table,
		c->where != NULL ? c->where : "true");
	PGresult *res = pq.PQexec(db->conn, sql);
	int64_t last;
	bool ok;

	free(sql);
	if (pq.PQresultStatus(res) != PGRES_COMMAND_OK)
		return failed(db, res, err);
	*n = strtoull(pq.PQcmdTuples(res), NULL, 10);
	pq.PQclear(res);
	sql = xasprintf("SELECT max(arrival) FROM hearth_%" PRIu32 ".\"%s\"",
	    db->generation, table);
	ok = number(db, sql, &last, err);
	free(sql);
	if (ok && last > db->arrivals)
		db->arrivals = last;
	return ok;
}

static bool
send_all(struct db *db, struct err *err)
{
	for (int i = 0; i < SHAPES; i++)
		if (!send_rows(db, i, err))
			return false;
	return true;
}

static bool
pg_seal(struct db *db, struct err *err)
{
	return send_all(db, err);
}

static void
pg_drop(struct db *db, uint32_t generation)
{
	(void)generation;
	for (int i = 0; i < SHAPES; i++)
		buf_reset(&db->rows[i]);
	db->making = false;
	pg_rollback(db);
	if (db->facts != NULL)
		unlink(db->facts);
}

static bool
declare(struct db *db, const struct db_scan *scan, struct err *err)
{
	const struct shape *s = &db->shapes[scan->shape];
	struct buf sql = {0};
	bool ok;

	buf_str(&sql, "DECLARE rows NO SCROLL CURSOR FOR SELECT ");
	for (int i = 0; i < s->n; i++)
		buf_printf(&sql, "%s\"%s\"", i == 0 ? "" : ", ", s->columns[i]);
	buf_printf(
	    &sql, " FROM hearth_%" PRIu32 ".\"%s\"", scan->generation, s->name);
	if (scan->shape == SHAPE_RAW && scan->kind != DB_ALL_KINDS)
		buf_printf(&sql,
		    " WHERE kind = %" PRId64 " ORDER BY key"
		    " COLLATE \"C\", period, arrival",
		    scan->kind);
	else
		buf_str(&sql, " ORDER BY arrival");
	ok = exec(db, buf_text(&sql), err);
	buf_free(&sql);
	return ok;
}

/* Rows come in batches, so that the callback may put rows meanwhile. */
static bool
fetch_all(struct db *db, const struct db_scan *scan, struct err *err)
{
	const char *types = db->shapes[scan->shape].types;
	char *sql = xasprintf("FETCH %d FROM rows", FETCH);
	bool ok = true;
	int n = 1;

	while (ok && n > 0) {
		PGresult *res = pq.PQexec(db->conn, sql);

		if (pq.PQresultStatus(res) != PGRES_TUPLES_OK) {
			ok = failed(db, res, err);
			break;
		}
		n = pq.PQntuples(res);
		ok = give_rows(res, types, scan->each, scan->arg, err);
		pq.PQclear(res);
	}
	free(sql);
	return ok;
}

static bool
pg_scan(struct db *db, const struct db_scan *scan, struct err *err)
{
	bool own = !db->in_transaction;
	bool ok = own ? pg_begin(db, err) : send_all(db, err);

	ok = ok && declare(db, scan, err) && fetch_all(db, scan, err) &&
	     exec(db, "CLOSE rows", err);
	if (own && db->in_transaction) {
		if (ok)
			ok = pg_commit(db, err);
		else
			pg_rollback(db);
	}
	return ok;
}

/* Of this machine, under the store's own name. A folder that cannot be made
 * shows when the file cannot. */
static char *
pg_facts_path(struct db *db, const char *identity, uint32_t generation)
{
	char *cache = file_xdg("CACHE");
	char *folder = file_join(cache, identity, NULL);
	char *path = xasprintf("%s/gen-%" PRIu32 ".facts", folder, generation);
	struct err ignored;

	file_mkdirs(folder, &ignored);
	if (db->making && generation == db->generation) {
		free(db->facts);
		db->facts = xstrdup(path);
	}
	free(folder);
	free(cache);
	return path;
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
    .begin = pg_begin,
    .commit = pg_commit,
    .rollback = pg_rollback,
    .make = pg_make,
    .put = pg_put,
    .carry = pg_carry,
    .seal = pg_seal,
    .drop = pg_drop,
    .scan = pg_scan,
    .facts_path = pg_facts_path,
    .leftovers = pg_leftovers,
    .tidy = pg_tidy,
};
