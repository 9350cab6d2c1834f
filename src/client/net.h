/*
 * Questions to the service and their answers. One struct net is one
 * connection target; it carries any number of questions at once over one of
 * several transports: a Unix socket (net_unix.c), libcurl for a URL
 * (net_curl.c), or a function in the same process (net_memory.c, for tests).
 *
 * Commands use net_get(), which blocks. The screens use net_ask(), and
 * net_wait() as the one place where the program sleeps: terminal, signals
 * and transfers together. One thread; callbacks run inside net_wait() only.
 */
#ifndef HEARTH_CLIENT_NET_H
#define HEARTH_CLIENT_NET_H

#include <poll.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <cJSON.h>

#include "base/buf.h"
#include "base/err.h"

/* An answer larger than this is refused, not stored. */
#define NET_MAX_BODY (64u << 20)

struct net;

/* A service on a Unix socket that is still starting: questions wait until fd
 * has something to read, and pass() has read it. False and *err: it will not
 * serve, and every question that waited gets this answer. */
struct net_gate {
	int fd;
	bool (*pass)(void *arg, struct err *err); /* NULL: there is no gate */
	void *arg;
};

struct net_conf {
	/* "unix:/path/of/socket" or "http(s)://host:port"; http beyond this
	 * machine only where the conf says so (ERR_USAGE) */
	const char *target;
	bool plain_beyond;
	struct net_gate gate;
	const char *ca_file; /* extra trusted certificates, or NULL */
	const char *token;   /* bearer token, or NULL */
	int connect_seconds; /* 0: 5 */
	int answer_seconds;  /* for net_get(); 0: 300 */
};

/* Prepares; nothing is sent yet, so a service that is not there is found by
 * the first question (ERR_UNREACHABLE). The conf's strings are copied. */
bool net_open(struct net **net, const struct net_conf *conf, struct err *err);
/* Drops what is outstanding without calling anybody. NULL is fine. */
void net_close(struct net *net);

/* What to do, once, about a service that cannot be reached before it is asked
 * again: a private one is started anew. revive says whether it did. */
void net_revive_by(struct net *net, bool (*revive)(void *arg), void *arg);
bool net_revive(struct net *net);

/* Why the gate stayed shut: nothing will ever answer. NULL while there is
 * hope. */
const struct err *net_shut(const struct net *net);

/* --- one question, waiting ----------------------------------------------- */

/* Gets path (api_target(), api_query() of proto/api.h write one). *json is then
 * the caller's (cJSON_Delete). A refusal of the service comes back as *err with
 * its code, message and hint. */
bool net_get(struct net *net, const char *path, cJSON **json, struct err *err);
/* Puts a body there, JSON; an answer of 200 to 202 is one, refusals as of
 * net_get(). */
bool net_put(struct net *net, const char *path, const struct buf *body,
    cJSON **json, struct err *err);
/* As net_get(), but the body as it came, for exports. */
bool net_get_raw(
    struct net *net, const char *path, struct buf *body, struct err *err);

/* --- questions under way ------------------------------------------------- */

/* Called once per question unless it was cancelled. json is the callee's
 * (cJSON_Delete), or NULL and *err says why. */
typedef void net_fn(void *arg, cJSON *json, const struct err *err);

/* Asks; the number cancels it. Never calls fn before net_wait(). */
uint64_t net_ask(struct net *net, const char *path, net_fn *fn, void *arg);
/* As net_ask(), but sends a body with a method other than GET, and gets the
 * answer as it came: the HTTP status, the body; or status 0 and *err. A body
 * that did not come whole is status 0. The upload is copied. */
typedef void net_raw_fn(
    void *arg, int status, const struct buf *body, const struct err *err);
struct net_upload {
	const char *method, *path;
	const void *body; /* JSON */
	size_t len;
};
uint64_t net_send(struct net *net, const struct net_upload *upload,
    net_raw_fn *fn, void *arg);
/* Forgets it: fn will not be called. An unknown number is fine. */
void net_cancel(struct net *net, uint64_t id);
/* Questions without an answer so far. */
size_t net_pending(const struct net *net);
/* Sleeps until one of fds has revents, an answer was delivered, or timeout
 * milliseconds passed (-1: for ever). revents are set on return. */
void net_wait(struct net *net, struct pollfd *fds, size_t n, int timeout);

/* --- for transports ------------------------------------------------------ */

struct net_call {
	struct net_call *next;
	uint64_t id;
	char *path;
	net_fn *fn;
	void *arg;
	struct buf *raw; /* where net_get_raw() wants the body; else NULL */
	struct buf body;
	const char *method; /* net_send()'s; NULL: GET, without an upload */
	struct buf upload;
	net_raw_fn *raw_fn;
	void *handle; /* the transport's own */
};

struct net_transport {
	bool (*start)(void *self, struct net_call *call, struct err *err);
	void (*cancel)(void *self, struct net_call *call);
	void (*wait)(void *self, struct pollfd *fds, size_t n, int timeout);
	void (*close)(void *self);
};

/* For transports: self is theirs, and ends with close(). */
struct net *net_new(const struct net_transport *transport, void *self);
/* The transport says: the gate stays shut. */
void net_shut_for(struct net *net, const struct err *err);
/* The transport says: this call is over, with this HTTP status, or (status 0)
 * with this error. Frees the call and runs its callback. */
void net_finish(
    struct net *net, struct net_call *call, int status, const struct err *err);

/* A transport for tests: answer() fills body and returns the HTTP status, 0
 * for "the line dropped", or -1 for "no answer yet" (asked again at the next
 * wait). */
typedef int net_answer_fn(void *arg, const char *path, struct buf *body);
struct net *net_open_memory(net_answer_fn *answer, void *arg);
/* The same for what sends bodies too: method (NULL: GET) and upload are the
 * call's. */
typedef int net_call_fn(
    void *arg, const struct net_call *call, struct buf *body);
struct net *net_open_calls(net_call_fn *answer, void *arg);
/* Internal to net.c and the transports. */
bool net_unix_open(
    struct net **net, const struct net_conf *conf, struct err *err);
bool net_curl_open(
    struct net **net, const struct net_conf *conf, struct err *err);

#endif
