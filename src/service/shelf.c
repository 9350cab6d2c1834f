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
shelf_each(struct shelf *s, const char *record, store_each_revision *each,
    void *arg, struct err *err)
{
	pthread_mutex_lock(&s->lock);
	return shelf_done(
	    s, shelf_store(s, err) &&
		   store_revisions(s->store, record, each, arg, err));
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
