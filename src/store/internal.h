/* What store.c, load.c, ask.c and backup.c share (private to this room). */
#ifndef HEARTH_STORE_INTERNAL_H
#define HEARTH_STORE_INTERNAL_H

#include <string.h>

#include "base/buf.h"
#include "base/date.h"
#include "store/db.h"

struct store {
	const struct db_ops *ops;
	struct db *db;
	enum store_mode mode;
	char *url;	/* without a password */
	char *identity; /* of this store among all */
	bool loading;
};

/* A query of the catalogue without an answer. */
bool store_do(struct store *s, const char *sql, const char *types,
    const struct cell *values, struct err *err);
/* A single number; absent when there is no row or it is NULL. */
bool store_number(struct store *s, const char *sql, const char *types,
    const struct cell *values, int64_t absent, int64_t *n, struct err *err);
/* ERR_NO_SUCH_GENERATION unless it is in the catalogue. */
bool store_known(struct store *s, uint32_t generation, struct err *err);
/* The greatest number in the catalogue, 0 when empty. */
bool store_last(struct store *s, uint32_t *generation, struct err *err);
/* The greatest that has not been withdrawn, 0 when there is none. */
bool store_newest(struct store *s, uint32_t *generation, struct err *err);
/* Puts a generation in front of all others. */
bool store_put_in_front(struct store *s, uint32_t generation, struct err *err);
/* Removes what a dead load left; the caller has the lock. */
bool store_tidy(struct store *s, struct err *err);
/* Gives a table's rows of a generation (in the making, or known) to a builder
 * of snapshots. */
struct feed {
	struct facts_builder *to;
	uint32_t generation;
	void (*step)(void *arg, enum load_step step, uint64_t n);
	void *arg;
};
bool store_feed(struct store *s, const struct feed *feed,
    enum extract_table table, struct err *err);
/* Writes the snapshot into the file, makes it durable and looks whether it is
 * whole; sum gets its checksum in hex. */
bool store_build(struct facts_builder *builder, const char *path,
    char sum[static FILE_HASH], struct err *err);

struct store_paper;
/* A paper's first version, in the transaction that is open. */
bool store_paper_add(
    struct store *s, const struct store_paper *paper, struct err *err);

static inline struct cell
cell_number(int64_t n)
{
	return (struct cell){.n = n, .s = "", .len = 0};
}

/* n is CELL_EMPTY, as in all cells of text. */
struct cell cell_text(const char *s);

#endif
