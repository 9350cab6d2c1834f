/*
 * A generation's rows on PostgreSQL. A load is one transaction from its first
 * row to its entry in the catalogue, so the server itself keeps it all or
 * nothing. Rows are gathered per table and sent by COPY. Each carries the
 * number of its arrival, because a table of PostgreSQL has no order.
 */
#include "store/postgres.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/i18n.h"

#define BATCH (1 << 20) /* bytes of a table's rows that are sent at once */
#define FETCH 4096	/* rows that come back at once */
#define FETCH_RAW 16	/* of blocks of raw records, 64 KiB each */

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
			ok = postgres_failed(db, res, err);
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
		return postgres_failed(db, res, err);
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

bool
postgres_put(struct db *db, int shape, const struct cell *row, struct err *err)
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

static bool
send_all(struct db *db, struct err *err)
{
	for (int i = 0; i < SHAPES; i++)
		if (!send_rows(db, i, err))
			return false;
	return true;
}

bool
postgres_make(struct db *db, uint32_t generation, struct err *err)
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
	/* Blocks are asked for by their number. */
	buf_printf(&sql, "CREATE INDEX ON %sraw_records (arrival);", prefix);
	db->generation = generation;
	db->arrivals = 0;
	ok = postgres_begin(db, err);
	db->making = ok;
	ok = ok && postgres_exec(db, buf_text(&sql), err);
	buf_free(&sql);
	free(prefix);
	return ok;
}

/* Carried rows keep their numbers; what comes later gets greater ones. */
bool
postgres_carry(
    struct db *db, const struct db_carry *c, uint64_t *n, struct err *err)
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
		return postgres_failed(db, res, err);
	*n = strtoull(pq.PQcmdTuples(res), NULL, 10);
	pq.PQclear(res);
	sql = xasprintf("SELECT max(arrival) FROM hearth_%" PRIu32 ".\"%s\"",
	    db->generation, table);
	ok = postgres_number(db, sql, &last, err);
	free(sql);
	if (ok && last > db->arrivals)
		db->arrivals = last;
	return ok;
}

bool
postgres_seal(struct db *db, struct err *err)
{
	return send_all(db, err);
}

void
postgres_drop(struct db *db, uint32_t generation)
{
	(void)generation;
	for (int i = 0; i < SHAPES; i++)
		buf_reset(&db->rows[i]);
	db->making = false;
	postgres_rollback(db);
	if (db->facts != NULL)
		unlink(db->facts);
}

/* The columns of a generation's table: one that was loaded before there was a
 * column lacks it. */
static bool
columns_there(struct db *db, const struct db_scan *scan, PGresult **names,
    struct err *err)
{
	char *sql =
	    xasprintf("SELECT attname FROM pg_attribute"
		      " WHERE attrelid = 'hearth_%" PRIu32 ".\"%s\"'::regclass"
		      " AND attnum > 0 AND NOT attisdropped",
		scan->generation, db->shapes[scan->shape].name);

	*names = pq.PQexec(db->conn, sql);
	free(sql);
	return pq.PQresultStatus(*names) == PGRES_TUPLES_OK ||
	       postgres_failed(db, *names, err);
}

static bool
has_column(const PGresult *names, const char *column)
{
	for (int i = 0; i < pq.PQntuples(names); i++)
		if (strcmp(pq.PQgetvalue(names, i, 0), column) == 0)
			return true;
	return false;
}

static bool
declare(struct db *db, const struct db_scan *scan, struct err *err)
{
	const struct shape *s = &db->shapes[scan->shape];
	struct buf sql = {0};
	PGresult *names;
	bool ok;

	if (!columns_there(db, scan, &names, err))
		return false;
	buf_str(&sql, "DECLARE rows NO SCROLL CURSOR FOR SELECT ");
	for (int i = 0; i < s->n; i++)
		buf_printf(&sql,
		    has_column(names, s->columns[i]) ? "%s\"%s\""
						     : "%sNULL AS \"%s\"",
		    i == 0 ? "" : ", ", s->columns[i]);
	pq.PQclear(names);
	buf_printf(
	    &sql, " FROM hearth_%" PRIu32 ".\"%s\"", scan->generation, s->name);
	buf_str(&sql, " ORDER BY arrival");
	ok = postgres_exec(db, buf_text(&sql), err);
	buf_free(&sql);
	return ok;
}

/* Rows come in batches, so that the callback may put rows meanwhile. */
static bool
fetch_all(struct db *db, const struct db_scan *scan, struct err *err)
{
	const char *types = db->shapes[scan->shape].types;
	char *sql = xasprintf(
	    "FETCH %d FROM rows", scan->shape == SHAPE_RAW ? FETCH_RAW : FETCH);
	bool ok = true;
	int n = 1;

	while (ok && n > 0) {
		PGresult *res = pq.PQexec(db->conn, sql);

		if (pq.PQresultStatus(res) != PGRES_TUPLES_OK) {
			ok = postgres_failed(db, res, err);
			break;
		}
		n = pq.PQntuples(res);
		ok = postgres_give(res, types, scan->each, scan->arg, err);
		pq.PQclear(res);
	}
	free(sql);
	return ok;
}

bool
postgres_scan(struct db *db, const struct db_scan *scan, struct err *err)
{
	bool own = !db->in_transaction;
	bool ok = own ? postgres_begin(db, err) : send_all(db, err);

	ok = ok && declare(db, scan, err) && fetch_all(db, scan, err) &&
	     postgres_exec(db, "CLOSE rows", err);
	if (own && db->in_transaction) {
		if (ok)
			ok = postgres_commit(db, err);
		else
			postgres_rollback(db);
	}
	return ok;
}

bool
postgres_blocks(
    struct db *db, int64_t kind, db_each *each, void *arg, struct err *err)
{
	char *sql =
	    xasprintf("SELECT arrival, key, period FROM hearth_%" PRIu32
		      ".raw_records WHERE kind = %" PRId64 " ORDER BY arrival",
		db->generation, kind);
	const struct db_query q = {
	    .sql = sql, .out = "iti", .each = each, .arg = arg};
	bool ok = send_all(db, err) && db_postgres.query(db, &q, err);

	free(sql);
	return ok;
}

static bool
take_bytes(void *arg, const struct cell *row, struct err *err)
{
	(void)err;
	buf_add(arg, row[0].s, row[0].len);
	return true;
}

bool
postgres_block(
    struct db *db, int64_t number, struct buf *bytes, struct err *err)
{
	char *sql = xasprintf("SELECT bytes FROM hearth_%" PRIu32
			      ".raw_records WHERE arrival = %" PRId64,
	    db->generation, number);
	const struct db_query q = {
	    .sql = sql, .out = "b", .each = take_bytes, .arg = bytes};
	bool ok = db_postgres.query(db, &q, err);

	free(sql);
	return ok;
}

bool
postgres_count(
    struct db *db, uint32_t generation, int shape, uint64_t *n, struct err *err)
{
	char *sql = xasprintf("SELECT count(*) FROM hearth_%" PRIu32 ".\"%s\"",
	    generation, db->shapes[shape].name);
	int64_t rows;
	bool ok = postgres_number(db, sql, &rows, err);

	*n = (uint64_t)rows;
	free(sql);
	return ok;
}

/* Of this machine, under the store's own name. A folder that cannot be made
 * shows when the file cannot. */
char *
postgres_facts_path(struct db *db, const char *identity, uint32_t generation)
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
