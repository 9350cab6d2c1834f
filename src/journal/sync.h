/*
 * Sending what is queued: one at a time, in order within a record, never
 * stopped by a bad one, on a transport that the client brings. State is on
 * disk before it is believed: "sending" before the first byte goes, "sent"
 * only after the receipt is stored.
 *
 * The client calls sync_tick() from its loop; the transport calls
 * sync_answered() from there too. One thread, no sleeping.
 */
#ifndef HEARTH_JOURNAL_SYNC_H
#define HEARTH_JOURNAL_SYNC_H

#include "journal/folder.h"
#include "journal/outbox.h"
#include "journal/seal.h"

/* One sealed revision as it stands on disk. */
struct sync_item {
	struct seal seal;
	enum outbox_state state;
	enum outbox_answer last; /* OUTBOX_ANSWERS: none yet */
	unsigned tries;
	int64_t since_ms;	/* wall clock, when it came into this state */
	char words[400];	/* the service's last sentence */
	struct receipt receipt; /* when sent, arrived or held */
};

struct sync_request {
	const char *path; /* "/v1/reviews/RECORD/revisions/N" */
	const char *hash; /* hex, also sent as If-Match-like check header */
	const void *body;
	size_t len;
};

struct sync_transport {
	/* Begins; the answer comes by sync_answered(). False: could not even
	 * begin, taken as unreachable. The request lives until then. */
	bool (*send)(
	    void *self, const struct sync_request *request, struct err *err);
	void (*cancel)(void *self);
};

struct sync;

/* Reads the states of all sealed revisions. */
bool sync_open(struct sync **out, struct folder *folder,
    const struct sync_transport *transport, void *self, struct err *err);
void sync_close(struct sync *sync);

/* Queues a seal (its state on disk first). Queuing again is fine. */
bool sync_queue(struct sync *sync, const struct seal *seal, struct err *err);
/* A person's wish for one revision, or for all with seal NULL; "send now" also
 * ends every pause. */
bool sync_wish(struct sync *sync, const struct seal *seal,
    enum outbox_wish wish, struct err *err);
/* Sends what is due. Returns after how many ms to come again; -1: nothing
 * waits for time. */
int sync_tick(struct sync *sync, struct err *err);
/* The transport's answer to what is in flight. */
bool sync_answered(
    struct sync *sync, const struct outbox_reply *reply, struct err *err);
bool sync_busy(const struct sync *sync);

size_t sync_count(const struct sync *sync);
const struct sync_item *sync_item(const struct sync *sync, size_t n);

/* Queues again what was sent since a moment (wall clock): the service keeps
 * each once, so this is always safe. *n: how many. */
bool sync_resend(
    struct sync *sync, int64_t since_ms, size_t *n, struct err *err);

#endif
