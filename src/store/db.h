/*
 * What a backend can do (private to this room). The meaning of generations,
 * loads and states is in store.c and load.c, once; a backend keeps tables.
 *
 * Values travel as struct cell with a word of types beside them, a letter per
 * value: i number (CELL_EMPTY: NULL), t text, b bytes. The catalogue is asked
 * in SQL that all backends understand, parameters $1, $2 ... in order.
 */
#ifndef HEARTH_STORE_DB_H
#define HEARTH_STORE_DB_H

#include "base/buf.h"
#include "config.h"
#include "store/store.h"

struct db;

/* A generation's tables: those of the extract, and two of the store's own. */
enum { SHAPE_RAW = EXTRACT_COUNT, SHAPE_ASIDE, SHAPES };
#define SHAPE_MAX_COLS (EXTRACT_MAX_COLS + 1)

struct shape {
	const char *name;
	int n;
	const char *columns[SHAPE_MAX_COLS];
	char types[SHAPE_MAX_COLS + 1];
};

/* Extract tables have the number of the row's origin before their columns. */
void shape_of(int shape, struct shape *out);

typedef bool db_each(void *arg, const struct cell *row, struct err *err);

struct db_query {
	const char *sql;
	const char *types; /* of values; NULL: none */
	const struct cell *values;
	const char *out; /* types of the columns that come back */
	db_each *each;	 /* NULL: nothing comes back */
	void *arg;
};

struct db_scan {
	uint32_t generation;
	int shape;
	db_each *each;
	void *arg;
};

struct db_carry {
	uint32_t from;
	int shape;
	const char *where; /* SQL over the shape's columns; NULL: all */
};

struct db_ops {
	const char *scheme; /* how its urls begin */
	/* Of a store whose catalogue is files: each of them. NULL: it is not.
	 */
	void (*files)(const char *url,
	    void (*each)(void *arg, const char *path), void *arg);
	bool (*open)(struct db **db, const char *url, enum store_mode mode,
	    struct err *err);
	void (*close)(struct db *db);
	/* Is there a catalogue? */
	bool (*exists)(struct db *db, bool *exists, struct err *err);
	/* The right to load, until unlock: ERR_BUSY when another has it. */
	bool (*lock)(struct db *db, struct err *err);
	void (*unlock)(struct db *db);
	bool (*query)(struct db *db, const struct db_query *q, struct err *err);
	bool (*begin)(struct db *db, struct err *err);
	bool (*commit)(struct db *db, struct err *err);
	void (*rollback)(struct db *db);

	/* Making a generation: tables, rows, then durable. Between make and
	 * seal (or drop) put, carry, scan, blocks and block may be mixed; a
	 * scan's callback may put. */
	bool (*make)(struct db *db, uint32_t generation, struct err *err);
	bool (*put)(
	    struct db *db, int shape, const struct cell *row, struct err *err);
	bool (*carry)(struct db *db, const struct db_carry *c, uint64_t *n,
	    struct err *err);
	bool (*seal)(struct db *db, struct err *err);
	/* The rows of SHAPE_RAW and the kind, of the generation in the
	 * making, in the order of their arrival: number, key, period. And the
	 * bytes of one by its number, added to the buffer. */
	bool (*blocks)(struct db *db, int64_t kind, db_each *each, void *arg,
	    struct err *err);
	bool (*block)(
	    struct db *db, int64_t number, struct buf *bytes, struct err *err);
	/* Of a generation that is sealed. */
	bool (*count)(struct db *db, uint32_t generation, int shape,
	    uint64_t *n, struct err *err);
	void (*drop)(struct db *db, uint32_t generation);
	/* Rows in the order of their arrival. */
	bool (*scan)(struct db *db, const struct db_scan *s, struct err *err);

	/* Where the snapshot stands, or would; the caller frees. identity is
	 * the store's own. */
	char *(*facts_path)(
	    struct db *db, const char *identity, uint32_t generation);
	/* Removes what a load left half made: files of generations after the
	 * last. Called with the lock. *any says whether there may be some. */
	bool (*leftovers)(
	    struct db *db, uint32_t last, bool *any, struct err *err);
	void (*tidy)(struct db *db, uint32_t last);
};

extern const struct db_ops db_sqlite;
#ifdef HAVE_POSTGRESQL
extern const struct db_ops db_postgres;
#endif

/* "CREATE TABLE prefixname (...)", for a backend's type words; extra comes
 * first among the columns. */
struct db_words {
	const char *number, *text, *bytes;
	const char *extra;
};
void shape_ddl(struct buf *sql, int shape, const char *prefix,
    const struct db_words *words);

#endif
