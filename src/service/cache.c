#include "service/cache.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"

#define CACHE_BUCKETS 1024

struct cache_entry {
	char *key;
	struct cache_value value;
	unsigned holds;		   /* one while it is in the cache */
	struct cache_entry *chain; /* of its bucket */
	struct cache_entry *newer, *older;
};

struct cache {
	pthread_mutex_t lock;
	struct snaps *snaps;
	size_t bytes, most;
	struct cache_entry *newest, *oldest;
	struct cache_entry *buckets[CACHE_BUCKETS];
};

struct cache *
cache_new(struct snaps *snaps, size_t bytes)
{
	struct cache *c = xcalloc(1, sizeof *c);

	c->snaps = snaps;
	c->most = bytes;
	pthread_mutex_init(&c->lock, NULL);
	return c;
}

/* FNV-1a. */
static struct cache_entry **
cache_bucket(struct cache *c, const char *key)
{
	uint64_t h = UINT64_C(14695981039346656037);

	for (; *key != '\0'; key++)
		h = (h ^ (unsigned char)*key) * UINT64_C(1099511628211);
	return &c->buckets[(h ^ h >> 32) % CACHE_BUCKETS];
}

static void
cache_unlink(struct cache *c, struct cache_entry *e)
{
	*(e->newer != NULL ? &e->newer->older : &c->newest) = e->older;
	*(e->older != NULL ? &e->older->newer : &c->oldest) = e->newer;
	e->newer = e->older = NULL;
}

static void
cache_link_newest(struct cache *c, struct cache_entry *e)
{
	e->older = c->newest;
	*(c->newest != NULL ? &c->newest->newer : &c->oldest) = e;
	c->newest = e;
}

static void
cache_drop(struct cache *c, struct cache_entry *e)
{
	if (--e->holds > 0)
		return;
	e->value.free(e->value.data);
	if (e->value.snap != NULL)
		snap_drop(c->snaps, e->value.snap);
	free(e->key);
	free(e);
}

/* Out of the table; who holds it may go on using it. */
static void
cache_forget(struct cache *c, struct cache_entry *e)
{
	struct cache_entry **at = cache_bucket(c, e->key);

	while (*at != e)
		at = &(*at)->chain;
	*at = e->chain;
	cache_unlink(c, e);
	c->bytes -= e->value.bytes;
	cache_drop(c, e);
}

void
cache_free(struct cache *c)
{
	if (c == NULL)
		return;
	while (c->newest != NULL)
		cache_forget(c, c->newest);
	pthread_mutex_destroy(&c->lock);
	free(c);
}

static struct cache_entry *
cache_lookup(struct cache *c, const char *key)
{
	struct cache_entry *e = *cache_bucket(c, key);

	while (e != NULL && strcmp(e->key, key) != 0)
		e = e->chain;
	if (e != NULL) {
		cache_unlink(c, e);
		cache_link_newest(c, e);
		e->holds++;
	}
	return e;
}

struct cache_entry *
cache_find(struct cache *c, const char *key)
{
	struct cache_entry *e;

	pthread_mutex_lock(&c->lock);
	e = cache_lookup(c, key);
	pthread_mutex_unlock(&c->lock);
	return e;
}

static struct cache_entry *
cache_add(struct cache *c, const char *key, const struct cache_value *value)
{
	struct cache_entry **at = cache_bucket(c, key);
	struct cache_entry *e = xcalloc(1, sizeof *e);

	*e = (struct cache_entry){
	    .key = xstrdup(key), .value = *value, .holds = 2, .chain = *at};
	*at = e;
	cache_link_newest(c, e);
	c->bytes += value->bytes;
	while (c->bytes > c->most && c->oldest != e)
		cache_forget(c, c->oldest);
	return e;
}

struct cache_entry *
cache_put(struct cache *c, const char *key, const struct cache_value *value)
{
	struct cache_entry *e;

	pthread_mutex_lock(&c->lock);
	e = cache_lookup(c, key);
	if (e != NULL) {
		value->free(value->data);
		if (value->snap != NULL)
			snap_drop(c->snaps, value->snap);
	} else {
		e = cache_add(c, key, value);
	}
	pthread_mutex_unlock(&c->lock);
	return e;
}

void
cache_release(struct cache *c, struct cache_entry *e)
{
	pthread_mutex_lock(&c->lock);
	cache_drop(c, e);
	pthread_mutex_unlock(&c->lock);
}

void *
cache_data(const struct cache_entry *e)
{
	return e->value.data;
}

void
cache_keep(struct cache *c, uint32_t generation)
{
	struct cache_entry *e, *older;

	pthread_mutex_lock(&c->lock);
	for (e = c->newest; e != NULL; e = older) {
		older = e->older;
		if (e->value.snap != NULL &&
		    e->value.snap->generation != generation)
			cache_forget(c, e);
	}
	pthread_mutex_unlock(&c->lock);
}

size_t
cache_bytes(struct cache *c)
{
	size_t bytes;

	pthread_mutex_lock(&c->lock);
	bytes = c->bytes;
	pthread_mutex_unlock(&c->lock);
	return bytes;
}
