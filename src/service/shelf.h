/*
 * The shelf: the service's writing hand in the store, for what comes from the
 * field and what people write. Opened when it is first needed; one request at a
 * time.
 */
#ifndef HEARTH_SERVICE_SHELF_H
#define HEARTH_SERVICE_SHELF_H

#include "store/attachments.h"
#include "store/papers.h"
#include "store/revisions.h"

struct shelf;

/* store as for store_open(), borrowed until shelf_free(). Never fails: what
 * is wrong with the store is said when something is put there. */
struct shelf *shelf_new(const char *store);
void shelf_free(struct shelf *shelf);

/* store_revision_take(), store_revision_let() and their kin (revisions.h),
 * from any thread. */
bool shelf_take(struct shelf *shelf, const struct store_revision *r,
    struct store_taking *taking, struct err *err);
bool shelf_let(struct shelf *shelf, const struct store_revision *which,
    const struct store_paper *paper, enum store_letting *letting,
    struct err *err);
bool shelf_each(struct shelf *shelf, const char *record,
    store_each_revision *each, void *arg, struct err *err);
bool shelf_heads(struct shelf *shelf, const char *record,
    store_each_revision *each, void *arg, struct err *err);
bool shelf_one(struct shelf *shelf, const struct store_revision *which,
    store_each_revision *each, void *arg, struct err *err);
bool shelf_review(struct shelf *shelf, const char *record, struct arena *arena,
    const char **review, struct err *err);
/* store_paper_put(), store_papers_put(), and store_papers() or, with history,
 * store_papers_history(); the same. A callback asks nothing of the shelf. */
bool shelf_put(struct shelf *shelf, const struct store_paper *paper,
    uint32_t expected, struct store_putting *putting, struct err *err);
bool shelf_put_all(struct shelf *shelf, const struct store_paper_new *list,
    size_t n, size_t *conflict, struct err *err);
struct shelf_ask {
	const char *kind, *id; /* id may be NULL: all */
	bool history;
};
bool shelf_papers(struct shelf *shelf, const struct shelf_ask *ask,
    store_each_paper *each, void *arg, struct err *err);

/* store/attachments.h, from any thread; chunks by the lot: there[i] says
 * whether the chunk of hashes[i] is kept. */
bool shelf_attach(struct shelf *shelf, const struct store_attachment *a,
    enum store_taken *taken, struct err *err);
bool shelf_attachments(struct shelf *shelf, const char *id,
    store_each_attachment *each, void *arg, struct err *err);
struct shelf_chunk {
	const char *hash;
	bool there;
};
bool shelf_chunks_there(
    struct shelf *shelf, struct shelf_chunk *list, size_t n, struct err *err);
bool shelf_chunk_take(struct shelf *shelf, const char *hash, const char *data,
    size_t len, struct err *err);
bool shelf_chunk(struct shelf *shelf, struct shelf_chunk *chunk,
    struct buf *out, struct err *err);

#endif
