#include "journal/sync.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "journal/box.h"
#include "journal/folder_part.h"

/* An item and when it may be tried next (monotonic clock). */
struct sync_entry {
	struct sync_item item;
	int64_t next_ms, tried_ms;
};

#define NONE SIZE_MAX

struct sync {
	struct folder *folder;
	const struct io *io;
	const struct sync_transport *transport;
	void *self;
	struct sync_entry *entries;
	size_t n, cap;
	size_t flying; /* NONE: nothing is under way */
	struct buf body;
	char *path;
	int64_t link_next_ms; /* the line's own pause */
	unsigned link_tries;
	struct rng rng;
};

static int64_t
sync_now(const struct sync *s)
{
	return s->io->ops->mono_ms(s->io->self);
}

static int
seal_order(const struct seal *a, const struct seal *b)
{
	int by_record = memcmp(a->record, b->record, JOURNAL_ID);

	if (by_record != 0)
		return by_record;
	return (a->revision > b->revision) - (a->revision < b->revision);
}

static struct sync_entry *
sync_find(struct sync *s, const struct seal *seal)
{
	for (size_t i = 0; i < s->n; i++)
		if (seal_order(&s->entries[i].item.seal, seal) == 0)
			return &s->entries[i];
	return NULL;
}

/* Changes a state: on the disk first. */
static bool
sync_set(struct sync *s, struct sync_entry *e, const struct sync_item *to,
    struct err *err)
{
	struct sync_item item = *to;

	if (folder_readonly(s->folder))
		return err_set(err, ERR_READ_ONLY,
		    _("the folder is held by %s"), folder_holder(s->folder));
	if (item.state != e->item.state)
		item.since_ms = s->io->ops->wall_ms(s->io->self);
	if (!state_save(s->folder, &item, err))
		return false;
	e->item = item;
	return true;
}

/* --- opening ------------------------------------------------------------- */

/* Whether the review's journal names this seal. A journal that is gone or
 * damaged cannot say no. */
static bool
seal_is_named(struct sync *s, const struct seal *seal)
{
	char name[JOURNAL_NAME], *path;
	struct journal *j;
	struct seal last;
	struct err err;
	bool named = true;

	journal_name(name, seal->record);
	path = folder_file(s->folder, "journal", name, ".hj");
	if (journal_open(
		&j, folder_vault(s->folder), s->io, path, true, &err)) {
		named =
		    journal_found(j)->state == JOURNAL_DAMAGED ||
		    (seal_last(&last, j) && last.revision >= seal->revision);
		journal_close(j);
	}
	free(path);
	return named;
}

static struct sync_entry *
sync_add(struct sync *s, const struct sync_item *item)
{
	grow(&s->entries, &s->cap, s->n + 1, sizeof *s->entries);
	s->entries[s->n] = (struct sync_entry){.item = *item};
	return &s->entries[s->n++];
}

static bool
sync_read(void *arg, const char *path, struct err *err)
{
	struct sync *s = arg;
	char *state = xasprintf("%.*s.st", (int)strlen(path) - 3, path);
	struct sync_item item = {0};
	struct buf body = {0};
	struct err why;

	(void)err;
	if (state_load(s->folder, state, &item, &why)) {
		item.state = outbox_recovered(item.state);
		sync_add(s, &item);
	} else if (state_seal(&item.seal, path) &&
		   (why.code == ERR_CORRUPT ||
		       (why.code == ERR_IO && seal_is_named(s, &item.seal))) &&
		   seal_body(&body, s->folder, &item.seal, &why)) {
		/* No state, or one that cannot be read: sending again is
		 * safe, because the service keeps each once. */
		item.state =
		    why.code == ERR_CORRUPT ? OUTBOX_QUEUED : OUTBOX_SEALED;
		item.last = OUTBOX_ANSWERS;
		item.since_ms = s->io->ops->wall_ms(s->io->self);
		revision_hash(item.seal.hash, body.data, body.len);
		sync_add(s, &item);
	}
	vault_wipe(&body);
	free(state);
	return true;
}

static int
entry_order(const void *a, const void *b)
{
	const struct sync_entry *x = a, *y = b;

	return seal_order(&x->item.seal, &y->item.seal);
}

bool
sync_open(struct sync **out, struct folder *folder,
    const struct sync_transport *transport, void *self, struct err *err)
{
	struct sync *s = xcalloc(1, sizeof *s);
	uint64_t seed;

	s->folder = folder;
	s->io = folder_io(folder);
	s->transport = transport;
	s->self = self;
	s->flying = NONE;
	if (!io_random(s->io, &seed, sizeof seed, err) ||
	    !folder_walk(folder, &folder_sealed, sync_read, s, err)) {
		sync_close(s);
		return false;
	}
	rng_seed(&s->rng, seed);
	if (s->n > 0)
		qsort(s->entries, s->n, sizeof *s->entries, entry_order);
	*out = s;
	return true;
}

void
sync_close(struct sync *sync)
{
	if (sync == NULL)
		return;
	if (sync->flying != NONE)
		sync->transport->cancel(sync->self);
	vault_wipe(&sync->body);
	free(sync->path);
	free(sync->entries);
	free(sync);
}

/* --- choosing ------------------------------------------------------------ */

/* Whether the revision before it lets it go: it went already, or the service
 * has said its word on it. */
static bool
sync_in_order(const struct sync *s, size_t n)
{
	const struct sync_item *item = &s->entries[n].item, *before;

	if (n == 0 || item->seal.revision == 1)
		return true;
	before = &s->entries[n - 1].item;
	if (memcmp(before->seal.record, item->seal.record, JOURNAL_ID) != 0)
		return true; /* cleaned away long ago */
	switch (before->state) {
	case OUTBOX_SEALED:
	case OUTBOX_QUEUED:
	case OUTBOX_SENDING:
	case OUTBOX_CONFLICT: /* what was merged will follow theirs instead */
	case OUTBOX_RECALLED:
	case OUTBOX_UNKNOWN:
		return false;
	default:
		return true;
	}
}

static bool
sync_wants(const struct sync *s, size_t n)
{
	enum outbox_state state = s->entries[n].item.state;

	return (state == OUTBOX_QUEUED || state == OUTBOX_ARRIVED ||
		   state == OUTBOX_HELD) &&
	       sync_in_order(s, n);
}

/* The one that waited longest since its last try, so that none stands in the
 * way of the others. *next: when to look again. */
static size_t
sync_choose(const struct sync *s, int64_t *next)
{
	size_t best = NONE;

	*next = INT64_MAX;
	for (size_t i = 0; i < s->n; i++) {
		const struct sync_entry *e = &s->entries[i];

		if (!sync_wants(s, i))
			continue;
		if (e->next_ms < *next)
			*next = e->next_ms;
		if (e->next_ms <= sync_now(s) &&
		    (best == NONE || e->tried_ms < s->entries[best].tried_ms))
			best = i;
	}
	if (*next < s->link_next_ms)
		*next = s->link_next_ms;
	return s->link_next_ms <= sync_now(s) ? best : NONE;
}

/* --- sending ------------------------------------------------------------- */

static bool
sync_pack(struct sync *s, struct sync_entry *e, struct err *err)
{
	char record[JOURNAL_NAME];

	buf_reset(&s->body);
	if (!seal_body(&s->body, s->folder, &e->item.seal, err))
		return false;
	journal_name(record, e->item.seal.record);
	free(s->path);
	s->path = xasprintf(
	    "/v1/reviews/%s/revisions/%u", record, e->item.seal.revision);
	return true;
}

/* What is sealed and cannot be read is set aside like what is refused. */
static bool
sync_set_aside(struct sync *s, struct sync_entry *e, const struct err *why)
{
	struct sync_item item = e->item;
	struct err err;

	item.state = OUTBOX_ASIDE;
	snprintf(item.words, sizeof item.words, "%.*s",
	    (int)sizeof item.words - 1, why->text);
	return sync_set(s, e, &item, &err);
}

static bool
sync_send(struct sync *s, size_t n, struct err *err)
{
	static const struct outbox_reply none;
	struct sync_entry *e = &s->entries[n];
	struct sync_item item = e->item;
	struct sync_request request;
	struct err why;

	e->tried_ms = sync_now(s);
	if (!sync_pack(s, e, &why)) {
		if (!sync_set_aside(s, e, &why))
			e->next_ms = sync_now(s) + OUTBOX_PAUSE_MAX_MS;
		return true;
	}
	if (item.state == OUTBOX_QUEUED)
		item.state = OUTBOX_SENDING;
	item.tries++;
	if (!sync_set(s, e, &item, err)) {
		e->next_ms = sync_now(s) + outbox_pause(item.tries, &s->rng);
		return false;
	}
	s->flying = n;
	request = (struct sync_request){
	    s->path, item.seal.hash, s->body.data, s->body.len};
	if (!s->transport->send(s->self, &request, &why))
		return sync_answered(s, &none, err);
	return true;
}

int
sync_tick(struct sync *sync, struct err *err)
{
	int64_t next;
	size_t n;

	*err = (struct err){0};
	while (sync->flying == NONE && (n = sync_choose(sync, &next)) != NONE)
		if (!sync_send(sync, n, err))
			break;
	if (sync->flying != NONE)
		return -1;
	sync_choose(sync, &next);
	if (next == INT64_MAX)
		return -1;
	next -= sync_now(sync);
	return next > 0 ? (int)next : 0;
}

static void
sync_pause(struct sync *s, struct sync_entry *e, enum outbox_wait wait)
{
	if (wait == OUTBOX_LINK_LATER) {
		s->link_tries++;
		s->link_next_ms =
		    sync_now(s) + outbox_pause(s->link_tries, &s->rng);
		return;
	}
	s->link_tries = 0;
	if (wait == OUTBOX_LATER)
		e->next_ms = sync_now(s) + outbox_pause(e->item.tries, &s->rng);
}

bool
sync_answered(
    struct sync *sync, const struct outbox_reply *reply, struct err *err)
{
	struct sync_entry *e;
	struct sync_item item;
	struct outbox_sent sent;
	struct outbox_step step;
	char record[JOURNAL_NAME];
	bool ok;

	if (sync->flying == NONE)
		return true;
	e = &sync->entries[sync->flying];
	sync->flying = NONE;
	item = e->item;
	journal_name(record, item.seal.record);
	sent = (struct outbox_sent){record, item.seal.revision, item.seal.hash};
	item.last = outbox_classify(
	    reply, &sent, &item.receipt, item.words, sizeof item.words);
	step = outbox_answered(item.last);
	/* What arrived has arrived: a bad line later takes nothing back. */
	if (step.next == OUTBOX_QUEUED &&
	    (e->item.state == OUTBOX_ARRIVED || e->item.state == OUTBOX_HELD)) {
		step.next = e->item.state;
		item.receipt = e->item.receipt;
	}
	item.state = step.next;
	ok = sync_set(sync, e, &item, err);
	if (!ok) { /* not on the disk, so not so: it is sent again */
		e->item.state = outbox_recovered(e->item.state);
		step.wait = OUTBOX_LATER;
	}
	sync_pause(sync, e, step.wait);
	return ok;
}

bool
sync_busy(const struct sync *sync)
{
	return sync->flying != NONE;
}

/* --- wishes -------------------------------------------------------------- */

static bool
sync_wish_one(struct sync *s, struct sync_entry *e, enum outbox_wish wish,
    struct err *err)
{
	struct sync_item item = e->item;

	if (wish == OUTBOX_SEND)
		e->next_ms = 0;
	item.state = outbox_wished(item.state, wish);
	if (item.state == e->item.state)
		return true;
	if (e->item.state == OUTBOX_SENDING && s->flying != NONE &&
	    &s->entries[s->flying] == e) {
		s->transport->cancel(s->self);
		s->flying = NONE;
		item.last = OUTBOX_CANCELLED;
	}
	item.tries = 0;
	return sync_set(s, e, &item, err);
}

bool
sync_wish(struct sync *sync, const struct seal *seal, enum outbox_wish wish,
    struct err *err)
{
	bool ok = true;

	if (wish == OUTBOX_SEND)
		sync->link_next_ms = 0;
	for (size_t i = 0; i < sync->n; i++) {
		struct sync_entry *e = &sync->entries[i];

		if (seal != NULL && seal_order(seal, &e->item.seal) != 0)
			continue;
		/* For all of them: what waits. What is done or was refused
		 * goes again only when it is asked for by name. */
		if (seal == NULL && e->item.state != OUTBOX_SEALED &&
		    e->item.state != OUTBOX_QUEUED &&
		    e->item.state != OUTBOX_SENDING) {
			e->next_ms = wish == OUTBOX_SEND ? 0 : e->next_ms;
			continue;
		}
		ok = sync_wish_one(sync, e, wish, err) && ok;
	}
	return ok;
}

bool
sync_queue(struct sync *sync, const struct seal *seal, struct err *err)
{
	struct sync_entry *e = sync_find(sync, seal);
	struct sync_item item = {
	    .seal = *seal, .state = OUTBOX_SEALED, .last = OUTBOX_ANSWERS};
	size_t flying = sync->flying;

	if (e != NULL && e->item.state != OUTBOX_SEALED)
		return true;
	if (e == NULL) {
		struct seal aloft = {0};

		if (flying != NONE)
			aloft = sync->entries[flying].item.seal;
		sync_add(sync, &item);
		qsort(
		    sync->entries, sync->n, sizeof *sync->entries, entry_order);
		if (flying != NONE)
			sync->flying =
			    (size_t)(sync_find(sync, &aloft) - sync->entries);
		e = sync_find(sync, seal);
	}
	item = e->item;
	item.state = OUTBOX_QUEUED;
	return sync_set(sync, e, &item, err);
}

bool
sync_resend(struct sync *sync, int64_t since_ms, size_t *n, struct err *err)
{
	*n = 0;
	for (size_t i = 0; i < sync->n; i++) {
		struct sync_entry *e = &sync->entries[i];

		if (e->item.state != OUTBOX_SENT || e->item.since_ms < since_ms)
			continue;
		if (!sync_wish_one(sync, e, OUTBOX_SEND, err))
			return false;
		(*n)++;
	}
	return true;
}

size_t
sync_count(const struct sync *sync)
{
	return sync->n;
}

const struct sync_item *
sync_item(const struct sync *sync, size_t n)
{
	return &sync->entries[n].item;
}
