/*
 * Inside of the store on PostgreSQL (private to this room): postgres.c holds
 * the session, postgres_rows.c a generation's rows.
 * Empty in a build without PostgreSQL.
 */
#ifndef HEARTH_STORE_POSTGRES_H
#define HEARTH_STORE_POSTGRES_H

#include "config.h"
#ifdef HAVE_POSTGRESQL

#include "base/buf.h"
#include "store/db.h"
#include "store/pq.h"

struct db {
	PGconn *conn;
	bool making, in_transaction;
	uint32_t generation;
	int64_t arrivals;
	struct shape shapes[SHAPES];
	struct buf rows[SHAPES]; /* not yet sent */
	char *facts;		 /* of the generation being made */
};

/* --- session ----------------------------------------------------------- */

/* Fails with what the server says of res, which it frees. Only the primary
 * message: details and context show rows. */
bool postgres_failed(const struct db *db, PGresult *res, struct err *err);
bool postgres_exec(struct db *db, const char *sql, struct err *err);
/* The first value of the first row; 0: there is none. */
bool postgres_number(
    struct db *db, const char *sql, int64_t *n, struct err *err);
/* Each row of a result, its values of the types ("i", "t", "b"). */
bool postgres_give(PGresult *res, const char *types, db_each *each, void *arg,
    struct err *err);
/* As struct db_ops says of them. */
bool postgres_begin(struct db *db, struct err *err);
bool postgres_commit(struct db *db, struct err *err);
void postgres_rollback(struct db *db);

/* --- a generation's rows, as struct db_ops says ------------------------- */

bool postgres_make(struct db *db, uint32_t generation, struct err *err);
bool postgres_put(
    struct db *db, int shape, const struct cell *row, struct err *err);
bool postgres_carry(
    struct db *db, const struct db_carry *c, uint64_t *n, struct err *err);
bool postgres_seal(struct db *db, struct err *err);
void postgres_drop(struct db *db, uint32_t generation);
bool postgres_scan(struct db *db, const struct db_scan *scan, struct err *err);
bool postgres_blocks(
    struct db *db, int64_t kind, db_each *each, void *arg, struct err *err);
bool postgres_block(
    struct db *db, int64_t number, struct buf *bytes, struct err *err);
bool postgres_count(struct db *db, uint32_t generation, int shape, uint64_t *n,
    struct err *err);
char *postgres_facts_path(
    struct db *db, const char *identity, uint32_t generation);

#endif
#endif
