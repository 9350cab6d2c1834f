/*
 * Inside of the embedded store (private to this room): sqlite.c holds folder,
 * catalogue and lock, sqlite_rows.c a generation's rows.
 */
#ifndef HEARTH_STORE_SQLITE_H
#define HEARTH_STORE_SQLITE_H

#include <sqlite3.h>

#include "store/db.h"
#include "store/lite_rows.h"

struct db {
	char *folder;
	sqlite3 *catalogue;
	int lock_fd;
	sqlite3 *making; /* the generation that is being made */
	uint32_t generation;
	struct shape shapes[SHAPES];
	struct lite_rows *rows[SHAPES]; /* NULL: none yet */
};

/* --- session ----------------------------------------------------------- */

/* Fails with the connection's error. Its text names tables and columns, never
 * values. */
bool sqlite_failed(sqlite3 *db, const char *what, struct err *err);
bool sqlite_exec(sqlite3 *db, const char *sql, struct err *err);
/* A file of a generation; the caller frees. */
char *sqlite_path(const struct db *db, uint32_t generation, const char *suffix);
/* Makes the file, for nobody else to read: SQLite would let others. */
bool sqlite_private(const char *path, struct err *err);
bool sqlite_open_file(
    sqlite3 **db, const char *path, int flags, struct err *err);
/* Values of the types ("i", "t", "b") for the statement's parameters. */
void sqlite_bind(
    sqlite3_stmt *st, const char *types, const struct cell *values);
/* Steps through; the statement is finalized. */
bool sqlite_run(sqlite3 *db, sqlite3_stmt *st, const char *out, db_each *each,
    void *arg, struct err *err);

/* --- a generation's rows, as struct db_ops says ------------------------- */

void sqlite_close_making(struct db *db);
bool sqlite_make(struct db *db, uint32_t generation, struct err *err);
bool sqlite_put(
    struct db *db, int shape, const struct cell *row, struct err *err);
bool sqlite_carry(
    struct db *db, const struct db_carry *c, uint64_t *n, struct err *err);
bool sqlite_seal(struct db *db, struct err *err);
void sqlite_drop(struct db *db, uint32_t generation);
bool sqlite_scan(struct db *db, const struct db_scan *scan, struct err *err);
bool sqlite_blocks(
    struct db *db, int64_t kind, db_each *each, void *arg, struct err *err);
bool sqlite_block(
    struct db *db, int64_t number, struct buf *bytes, struct err *err);
bool sqlite_count(struct db *db, uint32_t generation, int shape, uint64_t *n,
    struct err *err);

#endif
