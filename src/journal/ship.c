#include "journal/ship.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/json.h"
#include "journal/folder_part.h"

#define NONE SIZE_MAX

/* One that cannot be read just now waits by itself: it holds up no other. */
struct parcel {
	struct attached one;
	int64_t next_ms;
	unsigned tries;
};

struct ship {
	struct folder *folder;
	const struct sync_transport *transport;
	void *self;
	struct parcel **items;
	size_t n, cap;
	size_t flying; /* NONE: nothing is under way */
	uint32_t part; /* of it: 0 the manifest, else a chunk from 1 */
	size_t going;  /* whose chunks are sent one after the other */
	uint32_t next_part;
	struct buf body;
	char *path;
	int64_t next_ms; /* the line's pause */
	unsigned tries;
	struct rng rng;
};

static int64_t
ship_clock(const struct ship *s)
{
	const struct io *io = folder_io(s->folder);

	return io->ops->mono_ms(io->self);
}

static bool
ship_read(void *arg, const struct attached *one, struct err *err)
{
	struct ship *s = arg;

	(void)err;
	grow(&s->items, &s->cap, s->n + 1, sizeof *s->items);
	s->items[s->n] = xcalloc(1, sizeof **s->items);
	s->items[s->n++]->one = *one;
	return true;
}

bool
ship_open(struct ship **out, struct folder *folder,
    const struct sync_transport *transport, void *self, struct err *err)
{
	struct ship *s = xcalloc(1, sizeof *s);
	uint64_t seed;
	unsigned bad;

	s->folder = folder;
	s->transport = transport;
	s->self = self;
	s->flying = s->going = NONE;
	if (!io_random(folder_io(folder), &seed, sizeof seed, err) ||
	    !attach_each(folder, ship_read, s, &bad, err)) {
		ship_close(s);
		return false;
	}
	rng_seed(&s->rng, seed);
	*out = s;
	return true;
}

void
ship_close(struct ship *ship)
{
	if (ship == NULL)
		return;
	if (ship->flying != NONE)
		ship->transport->cancel(ship->self);
	for (size_t i = 0; i < ship->n; i++)
		free(ship->items[i]);
	free(ship->items);
	vault_wipe(&ship->body);
	free(ship->path);
	free(ship);
}

/* --- states ------------------------------------------------------------------
 */

/* On the disk first; what is not there is not so. */
static bool
ship_state(struct ship *s, size_t n, enum attach_state state, const char *words,
    struct err *err)
{
	const struct io *io = folder_io(s->folder);
	struct attached one = s->items[n]->one;

	one.state = state;
	one.since_ms = io->ops->wall_ms(io->self);
	snprintf(one.words, sizeof one.words, "%.*s", (int)sizeof one.words - 1,
	    words);
	if (!attach_set(s->folder, &one, err))
		return false;
	s->items[n]->one = one;
	return true;
}

/* --- sending
 * ------------------------------------------------------------------- */

/* The one that is due first, of several the first. */
static size_t
ship_choose(const struct ship *s)
{
	size_t first = NONE;

	if (s->going != NONE)
		return s->going;
	for (size_t i = 0; i < s->n; i++)
		if (s->items[i]->one.state == ATTACH_WAITING &&
		    (first == NONE ||
			s->items[i]->next_ms < s->items[first]->next_ms))
			first = i;
	return first;
}

/* When it may be sent, and when the line is free. */
static int64_t
ship_due(const struct ship *s, size_t n)
{
	return s->items[n]->next_ms > s->next_ms ? s->items[n]->next_ms
						 : s->next_ms;
}

/* The request for what comes next of it; false: it cannot be read. */
static bool
ship_pack(struct ship *s, size_t n, struct err *err)
{
	const struct attached *one = &s->items[n]->one;
	struct buf bytes = {0};
	bool ok = true;

	buf_reset(&s->body);
	free(s->path);
	s->path = NULL;
	s->part = s->going == n ? s->next_part : 0;
	if (s->part == 0) {
		attachment_write(&s->body, &one->about);
		s->path = xasprintf("/v1/attachments/%s", one->id);
		return true;
	}
	ok = attach_chunk(s->folder, one, s->part - 1, &bytes, err);
	if (ok) {
		attachment_chunk_write(&s->body, bytes.data, bytes.len);
		s->path =
		    xasprintf("/v1/attachments/%s/chunks/%u", one->id, s->part);
	}
	vault_wipe(&bytes);
	return ok;
}

/* What is damaged or gone is lost until somebody adds it again; a disk that
 * does not read now may read later. */
static bool
ship_unread(struct ship *s, size_t n, const struct err *why, struct err *err)
{
	struct parcel *p = s->items[n];

	s->going = NONE;
	if (why->code == ERR_CORRUPT)
		return ship_state(s, n, ATTACH_LOST, why->text, err);
	p->next_ms = ship_clock(s) + outbox_pause(++p->tries, &s->rng);
	return strncmp(p->one.words, why->text, sizeof p->one.words - 1) == 0 ||
	       ship_state(s, n, ATTACH_WAITING, why->text, err);
}

static bool
ship_send(struct ship *s, size_t n, struct err *err)
{
	static const struct outbox_reply none;
	struct sync_request request;
	struct err why;

	if (!ship_pack(s, n, &why))
		return ship_unread(s, n, &why, err);
	s->flying = n;
	request = (struct sync_request){
	    s->path, s->items[n]->one.about.hash, s->body.data, s->body.len};
	if (!s->transport->send(s->self, &request, &why))
		return ship_answered(s, &none, err);
	return true;
}

int
ship_tick(struct ship *ship, struct err *err)
{
	size_t n;

	*err = (struct err){0};
	while (ship->flying == NONE && (n = ship_choose(ship)) != NONE) {
		int64_t left = ship_due(ship, n) - ship_clock(ship);

		if (left > 0)
			return (int)left;
		if (!ship_send(ship, n, err)) {
			/* A disk that is full now may have room later. */
			ship->next_ms =
			    ship_clock(ship) + OUTBOX_PAUSE_FIRST_MS;
			ship->going = NONE;
			return OUTBOX_PAUSE_FIRST_MS;
		}
	}
	return -1;
}

/* --- answers
 * ---------------------------------------------------------------------- */

static void
ship_pause(struct ship *s)
{
	s->going = NONE;
	s->tries++;
	s->next_ms = ship_clock(s) + outbox_pause(s->tries, &s->rng);
}

static bool
ship_receipt(struct ship *s, size_t n, const struct attachment_receipt *r,
    struct err *err)
{
	struct attached *one = &s->items[n]->one;

	s->tries = 0;
	if (!r->complete) {
		/* The first that is missing, and they are told in order: a
		 * service that asks for one that it took would have us send
		 * for ever, and one that the file has not is no answer. */
		if (r->missing[0] <= s->part || r->missing[0] > one->about.n) {
			ship_pause(s);
			return true;
		}
		s->going = n;
		s->next_part = r->missing[0];
		return true;
	}
	s->going = NONE;
	snprintf(one->serial, sizeof one->serial, "%s", r->serial);
	one->taken_ms = r->at_ms;
	return ship_state(s, n, ATTACH_SENT, "", err);
}

/* Whether a refusal is the service's own last word. */
static bool
ship_refused(const struct outbox_reply *reply, char *words, size_t size)
{
	struct err err;
	cJSON *body = json_parse(reply->body, reply->len, 65536, &err);
	const cJSON *error = cJSON_GetObjectItemCaseSensitive(body, "error");
	const char *message = json_get_string(error, "message");
	bool last = message != NULL &&
		    (reply->status == 400 || reply->status == 404 ||
			reply->status == 409 || reply->status == 410 ||
			reply->status == 413 || reply->status == 422);

	if (last)
		snprintf(words, size, "%s", message);
	cJSON_Delete(body);
	return last;
}

bool
ship_answered(
    struct ship *ship, const struct outbox_reply *reply, struct err *err)
{
	struct attachment_receipt *r;
	struct attached *one;
	size_t n = ship->flying;
	char words[200];
	struct err why;
	bool ok = true;

	if (n == NONE)
		return true;
	ship->flying = NONE;
	one = &ship->items[n]->one;
	r = xmalloc(sizeof *r);
	if (reply->complete && reply->status >= 200 && reply->status <= 201 &&
	    attachment_receipt_read(r, reply->body, reply->len, &why) &&
	    strcmp(r->id, one->id) == 0 &&
	    strcmp(r->hash, one->about.hash) == 0) {
		ok = ship_receipt(ship, n, r, err);
	} else if (reply->complete &&
		   ship_refused(reply, words, sizeof words)) {
		ship->going = NONE;
		ok = ship_state(ship, n, ATTACH_REFUSED, words, err);
	} else {
		ship_pause(ship); /* the line, or a stranger on it */
	}
	if (!ok)
		ship_pause(ship);
	free(r);
	return ok;
}

bool
ship_busy(const struct ship *ship)
{
	return ship->flying != NONE;
}

void
ship_now(struct ship *ship)
{
	ship->next_ms = 0;
	ship->tries = 0;
	for (size_t i = 0; i < ship->n; i++) {
		struct parcel *p = ship->items[i];

		p->next_ms = 0;
		p->tries = 0;
		if (p->one.state == ATTACH_REFUSED ||
		    p->one.state == ATTACH_LOST)
			p->one.state = ATTACH_WAITING;
	}
}

bool
ship_resend(struct ship *ship, struct err *err)
{
	for (size_t i = 0; i < ship->n; i++)
		if (ship->items[i]->one.state == ATTACH_SENT &&
		    !ship_state(ship, i, ATTACH_WAITING, "", err))
			return false;
	return true;
}

size_t
ship_count(const struct ship *ship)
{
	return ship->n;
}

const struct attached *
ship_item(const struct ship *ship, size_t n)
{
	return &ship->items[n]->one;
}
