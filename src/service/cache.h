/*
 * Results that are remembered, least lately used forgotten first, bounded in
 * bytes. A key says everything a value depends on, the generation first; a
 * value is immutable and holds its snapshot, so it may be used while it is
 * being forgotten. Safe to call from several threads.
 */
#ifndef HEARTH_SERVICE_CACHE_H
#define HEARTH_SERVICE_CACHE_H

#include <stddef.h>
#include <stdint.h>

#include "service/snap.h"

struct cache_value {
	void *data;
	void (*free)(void *data);
	size_t bytes;
	struct snap *snap; /* a hold, dropped with the value */
};

struct cache_entry;
struct cache;

struct cache *cache_new(struct snaps *snaps, size_t bytes);
/* No entry may be held any more. */
void cache_free(struct cache *c);

/* The entry of that key, held, or NULL. */
struct cache_entry *cache_find(struct cache *c, const char *key);
/* Puts the value in, which is the cache's now, and gives the entry, held. If
 * another thread was first, its value is kept and given. */
struct cache_entry *cache_put(
    struct cache *c, const char *key, const struct cache_value *value);
/* Lets go of what cache_find() or cache_put() gave. */
void cache_release(struct cache *c, struct cache_entry *e);
void *cache_data(const struct cache_entry *e);

/* Forgets what belongs to other generations than this one. */
void cache_keep(struct cache *c, uint32_t generation);
size_t cache_bytes(struct cache *c);

#endif
