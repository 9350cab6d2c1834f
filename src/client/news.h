/*
 * News of a review from the service: who took which unit (offline.md, promise
 * 20) and what changed in the roster since the packet (24). Asked for at each
 * sync, kept encrypted, shown beside the units; answers are never touched.
 * What this monitor took or gave back is told to the service there, too.
 */
#ifndef HEARTH_CLIENT_NEWS_H
#define HEARTH_CLIENT_NEWS_H

#include "client/net.h"
#include "client/visit.h"

/* Asks, waits, keeps, tells. A service that has no such thing, or a line that
 * is down, is no failure: what was said last stays. */
void news_sync(struct net *net, struct visit *visit, const char *who);

/* The same without waiting: done() is called once, inside of net_wait(). */
struct news_asking;
struct news_asking *news_begin(struct net *net, struct visit *visit,
    const char *who, void (*done)(void *arg), void *arg);
/* Forgets it; done() is not called. NULL is fine. */
void news_cancel(struct news_asking *asking);

/* What a claim says of the device it was made on. */
#define NEWS_DEVICE (VAULT_ID * 2 + 1)
char *news_device(struct folder *folder, char text[static NEWS_DEVICE]);

/* What was last said, for one review. */
struct news;
struct news *news_open(struct folder *folder, const uint8_t *record);
void news_free(struct news *news);
/* Of a unit, in words: "taken by m5; left on 2012-05-01"; "" for none. */
void news_of(const struct news *news, const struct review_unit *unit,
    const char *who, struct buf *out);
/* Who else has something of the review, each once: "ann, bob"; "" nobody. */
void news_others(const struct news *news, const char *who, struct buf *out);
/* How many units changed since the packet, how many others have taken. */
struct news_counts {
	unsigned changed, taken;
};
struct news_counts news_count(const struct news *news, const char *who);

#endif
