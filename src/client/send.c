#include "client/send.h"

#include <stdlib.h>

struct send {
	struct net *net;
	struct sync *sync;
	struct ship *ship;
	uint64_t call;	    /* under way; 0: nothing */
	struct err trouble; /* of what could not be stored */
};

/* An answer is stored before the next thing is sent. */
static void
send_answered(
    void *arg, int status, const struct buf *body, const struct err *err)
{
	struct send *s = arg;
	struct outbox_reply reply = {
	    .status = status,
	    .complete = status != 0,
	    .body = buf_text(body),
	    .len = body->len,
	};

	(void)err; /* in words by the journal: the line, not this program */
	s->call = 0;
	if (sync_busy(s->sync))
		sync_answered(s->sync, &reply, &s->trouble);
	else
		ship_answered(s->ship, &reply, &s->trouble);
}

static bool
send_begin(void *self, const struct sync_request *request, struct err *err)
{
	struct send *s = self;
	struct net_upload upload = {
	    "PUT", request->path, request->body, request->len};

	(void)err;
	s->call = net_send(s->net, &upload, send_answered, s);
	return true;
}

static void
send_cancel(void *self)
{
	struct send *s = self;

	net_cancel(s->net, s->call);
	s->call = 0;
}

bool
send_open(
    struct send **out, struct net *net, struct folder *folder, struct err *err)
{
	static const struct sync_transport transport = {
	    send_begin, send_cancel};
	struct send *s = xcalloc(1, sizeof *s);

	s->net = net;
	if (!sync_open(&s->sync, folder, &transport, s, err) ||
	    !ship_open(&s->ship, folder, &transport, s, err)) {
		send_close(s);
		return false;
	}
	*out = s;
	return true;
}

void
send_close(struct send *send)
{
	if (send == NULL)
		return;
	sync_close(send->sync);
	ship_close(send->ship);
	free(send);
}

struct sync *
send_sync(struct send *send)
{
	return send->sync;
}

struct ship *
send_ship(struct send *send)
{
	return send->ship;
}

bool
send_busy(const struct send *send)
{
	return sync_busy(send->sync) || ship_busy(send->ship);
}

int
send_tick(struct send *send, struct err *err)
{
	int wait, later;

	*err = (struct err){0};
	if (ship_busy(send->ship))
		return -1;
	wait = sync_tick(send->sync, err);
	if (err->code != ERR_NONE || sync_busy(send->sync) || wait == 0)
		return wait;
	later = ship_tick(send->ship, err);
	return later >= 0 && (wait < 0 || later < wait) ? later : wait;
}

bool
send_run(struct send *send, struct err *err)
{
	send->trouble = (struct err){0};
	for (;;) {
		int wait = send_tick(send, err);

		if (err->code != ERR_NONE)
			return false;
		if (!send_busy(send) && wait != 0)
			break;
		while (send_busy(send))
			net_wait(send->net, NULL, 0, -1);
	}
	*err = send->trouble;
	return err->code == ERR_NONE;
}
