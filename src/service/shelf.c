#include "service/shelf.h"

#include <pthread.h>
#include <stdlib.h>

#include "base/buf.h"
#include "service/snap.h"

struct shelf {
	pthread_mutex_t lock;
	char *name;
	struct store *store; /* NULL until needed */
};

struct shelf *
shelf_new(const char *store)
{
	struct shelf *s = xcalloc(1, sizeof *s);

	pthread_mutex_init(&s->lock, NULL);
	s->name = xstrdup(store);
	return s;
}

void
shelf_free(struct shelf *s)
{
	if (s == NULL)
		return;
	store_close(s->store);
	pthread_mutex_destroy(&s->lock);
	free(s->name);
	free(s);
}

/* The store, opened; the caller has the lock. After a failure it is opened
 * anew next time: a PostgreSQL server may have been away. */
static bool
shelf_store(struct shelf *s, struct err *err)
{
	return s->store != NULL ||
	       snaps_store(&s->store, s->name, STORE_WRITE, err);
}

static bool
shelf_done(struct shelf *s, bool ok)
{
	if (!ok) {
		store_close(s->store);
		s->store = NULL;
	}
	pthread_mutex_unlock(&s->lock);
	return ok;
}

bool
shelf_take(struct shelf *s, const struct store_revision *r,
    struct store_taking *taking, struct err *err)
{
	pthread_mutex_lock(&s->lock);
	return shelf_done(s, shelf_store(s, err) &&
				 store_revision_take(s->store, r, taking, err));
}

bool
shelf_let(struct shelf *s, const struct store_revision *which,
    const struct store_paper *paper, enum store_letting *letting,
    struct err *err)
{
	pthread_mutex_lock(&s->lock);
	return shelf_done(s,
	    shelf_store(s, err) && store_revision_let(s->store, which->record,
				       which->revision, paper, letting, err));
}

bool
shelf_each(struct shelf *s, const char *record, store_each_revision *each,
    void *arg, struct err *err)
{
	pthread_mutex_lock(&s->lock);
	return shelf_done(
	    s, shelf_store(s, err) &&
		   store_revisions(s->store, record, each, arg, err));
}

bool
shelf_heads(struct shelf *s, const char *record, store_each_revision *each,
    void *arg, struct err *err)
{
	pthread_mutex_lock(&s->lock);
	return shelf_done(
	    s, shelf_store(s, err) &&
		   store_revision_heads(s->store, record, each, arg, err));
}

bool
shelf_one(struct shelf *s, const struct store_revision *which,
    store_each_revision *each, void *arg, struct err *err)
{
	pthread_mutex_lock(&s->lock);
	return shelf_done(s,
	    shelf_store(s, err) && store_revision_one(s->store, which->record,
				       which->revision, each, arg, err));
}

bool
shelf_review(struct shelf *s, const char *record, struct arena *arena,
    const char **review, struct err *err)
{
	pthread_mutex_lock(&s->lock);
	return shelf_done(
	    s, shelf_store(s, err) &&
		   store_record_review(s->store, record, arena, review, err));
}

bool
shelf_put(struct shelf *s, const struct store_paper *paper, uint32_t expected,
    struct store_putting *putting, struct err *err)
{
	*putting = (struct store_putting){0};
	pthread_mutex_lock(&s->lock);
	return shelf_done(
	    s, shelf_store(s, err) &&
		   store_paper_put(s->store, paper, expected, putting, err));
}

bool
shelf_put_all(struct shelf *s, const struct store_paper_new *list, size_t n,
    size_t *conflict, struct err *err)
{
	pthread_mutex_lock(&s->lock);
	return shelf_done(
	    s, shelf_store(s, err) &&
		   store_papers_put(s->store, list, n, conflict, err));
}

bool
shelf_papers(struct shelf *s, const struct shelf_ask *ask,
    store_each_paper *each, void *arg, struct err *err)
{
	bool (*look)(struct store * store, const char *kind, const char *id,
	    store_each_paper *each, void *arg, struct err *err) =
	    ask->history ? store_papers_history : store_papers;

	pthread_mutex_lock(&s->lock);
	return shelf_done(
	    s, shelf_store(s, err) &&
		   look(s->store, ask->kind, ask->id, each, arg, err));
}

/* --- attachments ----------------------------------------------------- */

bool
shelf_attach(struct shelf *s, const struct store_attachment *a,
    enum store_taken *taken, struct err *err)
{
	pthread_mutex_lock(&s->lock);
	return shelf_done(
	    s, shelf_store(s, err) &&
		   store_attachment_take(s->store, a, taken, err));
}

bool
shelf_attachments(struct shelf *s, const char *id, store_each_attachment *each,
    void *arg, struct err *err)
{
	pthread_mutex_lock(&s->lock);
	return shelf_done(s, shelf_store(s, err) && store_attachments(s->store,
							id, each, arg, err));
}

bool
shelf_chunks_there(
    struct shelf *s, struct shelf_chunk *list, size_t n, struct err *err)
{
	bool ok;

	pthread_mutex_lock(&s->lock);
	ok = shelf_store(s, err);
	for (size_t i = 0; ok && i < n; i++)
		ok = store_chunk_there(
		    s->store, list[i].hash, &list[i].there, err);
	return shelf_done(s, ok);
}

bool
shelf_chunk_take(struct shelf *s, const char *hash, const char *data,
    size_t len, struct err *err)
{
	pthread_mutex_lock(&s->lock);
	return shelf_done(s, shelf_store(s, err) && store_chunk_take(s->store,
							hash, data, len, err));
}

bool
shelf_chunk(struct shelf *s, struct shelf_chunk *chunk, struct buf *out,
    struct err *err)
{
	pthread_mutex_lock(&s->lock);
	return shelf_done(
	    s, shelf_store(s, err) &&
		   store_chunk(s->store, chunk->hash, out, &chunk->there, err));
}
