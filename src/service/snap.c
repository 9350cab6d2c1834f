#include "service/snap.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/buf.h"

struct snaps {
	pthread_mutex_t lock;
	struct store *store;
	struct snap *serving; /* one hold is ours */
	struct snap *all;     /* every one that somebody holds */
	/* One that was published and cannot be served, and what for; it is not
	 * tried again at each request. */
	uint32_t bad;
	time_t bad_at;
	struct err bad_err;
};

#define AGAIN_SECONDS 60

char *
snaps_url(const char *name)
{
	if (name == NULL)
		return store_default_url();
	return strncmp(name, "sqlite:", 7) == 0 || strstr(name, "://") != NULL
		   ? xstrdup(name)
		   : xasprintf("sqlite:%s", name);
}

bool
snaps_store(struct store **store, const char *name, enum store_mode mode,
    struct err *err)
{
	char *url = snaps_url(name);
	bool ok = store_open(store, url, mode, err);

	free(url);
	return ok;
}

bool
snaps_open(struct snaps **snaps, const char *store, struct err *err)
{
	struct snaps *s = xcalloc(1, sizeof *s);

	if (!snaps_store(&s->store, store, STORE_READ, err)) {
		free(s);
		return false;
	}
	pthread_mutex_init(&s->lock, NULL);
	*snaps = s;
	return true;
}

void
snaps_close(struct snaps *s)
{
	if (s == NULL)
		return;
	if (s->serving != NULL)
		snap_drop(s, s->serving);
	store_close(s->store);
	pthread_mutex_destroy(&s->lock);
	free(s);
}

/* The functions named _locked run under the lock. */
static void
snap_drop_locked(struct snaps *s, struct snap *snap)
{
	struct snap **at = &s->all;

	if (--snap->holds > 0)
		return;
	while (*at != snap)
		at = &(*at)->next;
	*at = snap->next;
	facts_close(snap->facts);
	free(snap->path);
	free(snap);
}

static struct snap *
snaps_map_locked(struct snaps *s, uint32_t generation, struct err *err)
{
	struct snap *snap = NULL;
	struct facts *facts;
	char *path = NULL;

	if (!store_facts_path(s->store, generation, &path, err))
		return NULL;
	if (facts_open(&facts, path, err)) {
		snap = xcalloc(1, sizeof *snap);
		*snap = (struct snap){
		    .facts = facts,
		    .generation = generation,
		    .holds = 1,
		    .path = path,
		    .next = s->all,
		};
		s->all = snap;
		path = NULL;
	}
	free(path);
	return snap;
}

static struct snap *
snaps_find_locked(struct snaps *s, uint32_t generation, struct err *err)
{
	struct snap *snap = s->all;

	while (snap != NULL && snap->generation != generation)
		snap = snap->next;
	if (snap == NULL)
		return snaps_map_locked(s, generation, err);
	snap->holds++;
	return snap;
}

/* The one that served last; else the newest before it that can be served. */
static struct snap *
snaps_older_locked(struct snaps *s, uint32_t generation)
{
	struct store_generations all = {0};
	struct snap *snap = NULL;
	struct err ignored;

	if (s->serving != NULL && s->serving->generation != generation) {
		s->serving->holds++;
		return s->serving;
	}
	if (!store_generations(s->store, &all, &ignored))
		return NULL;
	for (size_t i = all.n; i > 0 && snap == NULL; i--)
		if (all.list[i - 1].about.generation < generation &&
		    all.list[i - 1].state == STORE_PUBLISHED)
			snap = snaps_find_locked(
			    s, all.list[i - 1].about.generation, &ignored);
	store_generations_free(&all);
	return snap;
}

/* What was published, or while that is damaged and cannot be built anew what
 * was before it. */
static struct snap *
snaps_good_locked(struct snaps *s, uint32_t generation, struct err *err)
{
	struct snap *snap = NULL;
	time_t now = time(NULL);
	struct err why;

	if (s->bad != generation || now < s->bad_at ||
	    now - s->bad_at >= AGAIN_SECONDS) {
		snap = snaps_find_locked(s, generation, &why);
		s->bad = snap == NULL ? generation : 0;
		s->bad_at = now;
		if (snap == NULL)
			s->bad_err = why;
	}
	if (snap == NULL)
		snap = snaps_older_locked(s, generation);
	if (snap == NULL)
		*err = s->bad_err;
	return snap;
}

/* The serving mark is asked for each time, so that a publication needs no
 * message to us. */
static struct snap *
snaps_serving_locked(struct snaps *s, bool *changed, struct err *err)
{
	uint32_t generation;
	struct snap *snap;

	if (!store_serving(s->store, &generation, err))
		return NULL;
	snap = snaps_good_locked(s, generation, err);
	if (snap == NULL || snap == s->serving)
		return snap;
	*changed = s->serving != NULL;
	if (s->serving != NULL)
		snap_drop_locked(s, s->serving);
	s->serving = snap;
	snap->holds++;
	return snap;
}

struct snap *
snaps_take(struct snaps *s, uint32_t generation, bool *changed, struct err *err)
{
	struct snap *snap;

	*changed = false;
	pthread_mutex_lock(&s->lock);
	snap = generation == 0 ? snaps_serving_locked(s, changed, err)
			       : snaps_find_locked(s, generation, err);
	pthread_mutex_unlock(&s->lock);
	return snap;
}

uint32_t
snaps_bad(struct snaps *s, struct err *err)
{
	uint32_t bad;

	pthread_mutex_lock(&s->lock);
	bad = s->bad;
	*err = s->bad_err;
	pthread_mutex_unlock(&s->lock);
	return bad;
}

struct snap *
snap_hold(struct snaps *s, struct snap *snap)
{
	pthread_mutex_lock(&s->lock);
	snap->holds++;
	pthread_mutex_unlock(&s->lock);
	return snap;
}

void
snap_drop(struct snaps *s, struct snap *snap)
{
	pthread_mutex_lock(&s->lock);
	snap_drop_locked(s, snap);
	pthread_mutex_unlock(&s->lock);
}

bool
snaps_list(struct snaps *s, struct store_generations *all, struct err *err)
{
	bool ok;

	pthread_mutex_lock(&s->lock);
	ok = store_generations(s->store, all, err);
	pthread_mutex_unlock(&s->lock);
	return ok;
}

bool
snaps_definitions(
    struct snaps *s, store_each_definition *each, void *arg, struct err *err)
{
	bool ok;

	pthread_mutex_lock(&s->lock);
	ok = store_definitions(s->store, each, arg, err);
	pthread_mutex_unlock(&s->lock);
	return ok;
}
