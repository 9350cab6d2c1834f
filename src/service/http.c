#include "service/http.h"

#include <errno.h>
#include <netinet/in.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include "proto/revision.h"
#include "base/i18n.h"
#include "service/acceptor.h"
#include "service/http_guard.h"
#include "service/mhd.h"
#include "service/reaper.h"

#define HTTP_SPARE 8 /* connections that the library may take beyond ours */
#define HTTP_PRIORITIES "SECURE128:-VERS-ALL:+VERS-TLS1.3:+VERS-TLS1.2"

struct http {
	struct MHD_Daemon *daemon;
	struct acceptor *acceptor;
	struct reaper *reaper;
	struct http_options options;
	enum door_kind kind;
	atomic_bool stopping;
	atomic_uint open; /* connections */
	pthread_mutex_t lock;
	pthread_cond_t idle;
	unsigned busy; /* requests between their first line and their end */
};

/* One request on its way in and its answer on its way out. */
struct exchange {
	char *target;
	struct buf body;
	bool begun, too_large, counted;
	struct timespec start;
};

/* --- counting what is in flight -------------------------------------- */

static void
http_busy(struct http *h, struct exchange *x)
{
	pthread_mutex_lock(&h->lock);
	h->busy++;
	pthread_mutex_unlock(&h->lock);
	x->counted = true;
}

static void
http_done(struct http *h)
{
	pthread_mutex_lock(&h->lock);
	if (--h->busy == 0)
		pthread_cond_broadcast(&h->idle);
	pthread_mutex_unlock(&h->lock);
}

/* --- who asks -------------------------------------------------------- */

static int
http_fd(struct MHD_Connection *con)
{
	return mhd
	    .MHD_get_connection_info(con, MHD_CONNECTION_INFO_CONNECTION_FD)
	    ->connect_fd;
}

static bool
http_is_loopback(const struct sockaddr *at)
{
	if (at->sa_family == AF_INET)
		return ntohl(((const struct sockaddr_in *)(const void *)at)
				 ->sin_addr.s_addr) >>
			   24 ==
		       127;
	return at->sa_family == AF_INET6 &&
	       IN6_IS_ADDR_LOOPBACK(
		   &((const struct sockaddr_in6 *)(const void *)at)->sin6_addr);
}

/* Sign-in is still to come: TCP callers are nobody, unless the setting for
 * trying things out trusts this machine. Even then the Host must be this
 * machine's, else a web page could ask in the user's name. */
static struct who
http_who_tcp(const struct http *h, struct MHD_Connection *con)
{
	const struct sockaddr *at =
	    mhd.MHD_get_connection_info(con, MHD_CONNECTION_INFO_CLIENT_ADDRESS)
		->client_addr;
	const char *host = mhd.MHD_lookup_connection_value(
	    con, MHD_HEADER_KIND, MHD_HTTP_HEADER_HOST);

	if (h->options.trust_loopback && at != NULL && http_is_loopback(at) &&
	    http_guard_local_host(host))
		return (struct who){WHO_LOCAL, "loopback"};
	return (struct who){WHO_NOBODY, NULL};
}

static struct who
http_who(const struct http *h, struct MHD_Connection *con,
    char name[static DOOR_WHO])
{
	return h->kind == DOOR_UNIX ? door_who_unix(http_fd(con), name)
				    : http_who_tcp(h, con);
}

/* --- answering ------------------------------------------------------- */

static void
http_headers(struct MHD_Response *r, const struct answer *a, bool last)
{
	mhd.MHD_add_response_header(r, MHD_HTTP_HEADER_CONTENT_TYPE, a->type);
	mhd.MHD_add_response_header(
	    r, MHD_HTTP_HEADER_CACHE_CONTROL, "no-store");
	mhd.MHD_add_response_header(r, "X-Content-Type-Options", "nosniff");
	if (a->tag[0] != '\0')
		mhd.MHD_add_response_header(r, MHD_HTTP_HEADER_ETAG, a->tag);
	if (a->code == ERR_BAD_METHOD)
		mhd.MHD_add_response_header(
		    r, MHD_HTTP_HEADER_ALLOW, "GET, HEAD");
	if (last)
		mhd.MHD_add_response_header(
		    r, MHD_HTTP_HEADER_CONNECTION, "close");
}

/* Hands the answer's body over to the library; last: then close. */
static enum MHD_Result
http_send(struct MHD_Connection *con, struct answer *a, bool last)
{
	size_t len = a->body.len;
	struct MHD_Response *r;
	enum MHD_Result ok;

	if (len == 0)
		r = mhd.MHD_create_response_from_buffer(
		    0, NULL, MHD_RESPMEM_PERSISTENT);
	else
		r = mhd.MHD_create_response_from_buffer_with_free_callback(
		    len, buf_take(&a->body), free);
	if (r == NULL)
		return MHD_NO;
	http_headers(r, a, last);
	ok = mhd.MHD_queue_response(con, (unsigned)a->status, r);
	mhd.MHD_destroy_response(r);
	return ok;
}

static enum MHD_Result
http_refuse(struct http *h, struct MHD_Connection *con, enum err_code code,
    const char *text)
{
	struct answer a = {0};
	struct err err;

	err_set(&err, code, "%s", text);
	answer_refuse(&a, &err);
	log_line(h->options.log, LOG_WARNINGS, "refused", "status=%d code=%s",
	    a.status, err_name(code));
	return http_send(con, &a, true);
}

static double
http_ms(const struct timespec *start)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (double)(now.tv_sec - start->tv_sec) * 1e3 +
	       (double)(now.tv_nsec - start->tv_nsec) / 1e6;
}

/* Faults of our own are logged as they happened; others only as numbers. */
static void
http_log(const struct http *h, const struct answer *a, double ms)
{
	if (a->status >= 500)
		log_line(h->options.log, LOG_ERRORS, "fault",
		    "status=%d code=%s ms=%.2f text=\"%s\"", a->status,
		    err_name(a->code), ms, a->fault.text);
	else
		log_line(h->options.log, LOG_DEBUG, "request",
		    "status=%d code=%s ms=%.2f bytes=%zu", a->status,
		    err_name(a->code), ms, a->body.len);
}

static enum MHD_Result
http_answer(struct http *h, struct MHD_Connection *con, const char *method,
    struct exchange *x)
{
	char name[DOOR_WHO];
	char *query = strchr(x->target, '?');
	struct answer a = {0};
	struct request r = {
	    .method = method,
	    .path = x->target,
	    .query = query != NULL ? query + 1 : NULL,
	    .body = buf_text(&x->body),
	    .body_len = x->body.len,
	    .known = mhd.MHD_lookup_connection_value(
		con, MHD_HEADER_KIND, MHD_HTTP_HEADER_IF_NONE_MATCH),
	    .who = http_who(h, con, name),
	};

	if (query != NULL)
		*query = '\0';
	service_answer(h->options.service, &r, &a);
	http_log(h, &a, http_ms(&x->start));
	return http_send(con, &a, atomic_load(&h->stopping));
}

/* --- the library's calls --------------------------------------------- */

/* The target as it came: the library's own decoding is never used. */
static void *
http_begin(void *arg, const char *target, struct MHD_Connection *con)
{
	struct exchange *x = xcalloc(1, sizeof *x);

	(void)arg;
	(void)con;
	x->target = xstrdup(target);
	clock_gettime(CLOCK_MONOTONIC, &x->start);
	return x;
}

static void *
http_socket(struct MHD_Connection *con)
{
	return mhd
	    .MHD_get_connection_info(con, MHD_CONNECTION_INFO_SOCKET_CONTEXT)
	    ->socket_context;
}

/* Reviews are long; only who may send them may send so much. */
static size_t
http_most(struct http *h, struct MHD_Connection *con, const char *method)
{
	char name[DOOR_WHO];

	return strcmp(method, "PUT") == 0 &&
		       http_who(h, con, name).kind != WHO_NOBODY
		   ? REVISION_MAX
		   : SERVICE_MAX_BODY;
}

/* The first call for a request: its headers are complete, its body is not. */
static enum MHD_Result
http_first(struct http *h, struct MHD_Connection *con, struct exchange *x,
    const char *version)
{
	const char *fault = http_guard(con, version);

	x->begun = true;
	http_busy(h, x);
	reaper_give(http_socket(con), h->options.request);
	if (fault != NULL)
		return http_refuse(h, con, ERR_BAD_REQUEST, fault);
	if (atomic_load(&h->stopping))
		return http_refuse(
		    h, con, ERR_STOPPING, _(err_message(ERR_STOPPING)));
	log_line(h->options.log, LOG_DEBUG, "begun", " ");
	return MHD_YES;
}

static enum MHD_Result
http_handle(void *arg, struct MHD_Connection *con, const char *url,
    const char *method, const char *version, const char *data, size_t *len,
    void **own)
{
	struct http *h = arg;
	struct exchange *x = *own;

	(void)url;
	if (x == NULL)
		return MHD_NO;
	if (!x->begun)
		return http_first(h, con, x, version);
	if (*len > 0) {
		x->too_large |= x->body.len + *len > http_most(h, con, method);
		if (!x->too_large)
			buf_add(&x->body, data, *len);
		*len = 0;
		return MHD_YES;
	}
	if (x->too_large)
		return http_refuse(
		    h, con, ERR_TOO_LARGE, _(err_message(ERR_TOO_LARGE)));
	return http_answer(h, con, method, x);
}

static void
http_end(void *arg, struct MHD_Connection *con, void **own,
    enum MHD_RequestTerminationCode code)
{
	struct http *h = arg;
	struct exchange *x = *own;

	(void)code;
	if (x == NULL)
		return;
	reaper_give(http_socket(con), h->options.idle + h->options.header);
	if (x->counted)
		http_done(h);
	free(x->target);
	buf_free(&x->body);
	free(x);
	*own = NULL;
}

static void
http_connection(void *arg, struct MHD_Connection *con, void **socket,
    enum MHD_ConnectionNotificationCode code)
{
	struct http *h = arg;

	if (code == MHD_CONNECTION_NOTIFY_STARTED) {
		*socket =
		    reaper_add(h->reaper, http_fd(con), h->options.header);
		return;
	}
	if (*socket != NULL)
		reaper_remove(*socket);
	atomic_fetch_sub(&h->open, 1);
}

/* The library's notes may quote what a client sent; only their form is kept. */
static void
http_note(void *arg, const char *fmt, va_list ap)
{
	const struct http *h = arg;

	(void)ap;
	log_line(h->options.log, LOG_DEBUG, "http", "note=\"%.*s\"",
	    (int)strcspn(fmt, "\n"), fmt);
}

/* --- starting and stopping ------------------------------------------- */

static bool
http_daemon(struct http *h)
{
	const struct http_options *o = &h->options;
	unsigned flags = MHD_USE_EPOLL_INTERNAL_THREAD | MHD_USE_ITC |
			 MHD_USE_NO_LISTEN_SOCKET | MHD_USE_ERROR_LOG;
	struct MHD_OptionItem tls[] = {
	    {MHD_OPTION_HTTPS_MEM_CERT, 0, (void *)o->certificate},
	    {MHD_OPTION_HTTPS_MEM_KEY, 0, (void *)o->key},
	    {MHD_OPTION_HTTPS_PRIORITIES, 0, (void *)HTTP_PRIORITIES},
	    {MHD_OPTION_END, 0, NULL},
	};

	if (o->certificate != NULL)
		flags |= MHD_USE_TLS;
	else
		tls[0].option = MHD_OPTION_END;
	h->daemon = mhd.MHD_start_daemon(flags, 0, NULL, NULL, http_handle, h,
	    MHD_OPTION_EXTERNAL_LOGGER, http_note, h,
	    MHD_OPTION_THREAD_POOL_SIZE, o->threads > 1 ? o->threads : 0,
	    MHD_OPTION_CONNECTION_LIMIT,
	    (o->connections + HTTP_SPARE) * o->threads,
	    MHD_OPTION_CONNECTION_MEMORY_LIMIT, (size_t)o->memory,
	    MHD_OPTION_CONNECTION_TIMEOUT, o->idle,
	    MHD_OPTION_STRICT_FOR_CLIENT, 1, MHD_OPTION_URI_LOG_CALLBACK,
	    http_begin, h, MHD_OPTION_NOTIFY_COMPLETED, http_end, h,
	    MHD_OPTION_NOTIFY_CONNECTION, http_connection, h, MHD_OPTION_ARRAY,
	    tls, MHD_OPTION_END);
	return h->daemon != NULL;
}

/* The limit is kept here: at its own the library (0.9.75) leaves a lock taken
 * and stands still, so its own is never reached, on any of its threads. */
static void
http_take(void *arg, int fd, const struct sockaddr *peer, socklen_t len)
{
	struct http *h = arg;

	if (atomic_fetch_add(&h->open, 1) >= h->options.connections) {
		atomic_fetch_sub(&h->open, 1);
		close(fd);
		log_line(h->options.log, LOG_WARNINGS, "full", " ");
	} else if (mhd.MHD_add_connection(h->daemon, fd, peer, len) !=
		   MHD_YES) {
		atomic_fetch_sub(&h->open, 1);
		log_line(h->options.log, LOG_WARNINGS, "lost", " ");
	}
}

static void
http_free(struct http *h)
{
	reaper_free(h->reaper);
	pthread_cond_destroy(&h->idle);
	pthread_mutex_destroy(&h->lock);
	free(h);
}

static struct http *
http_new(enum door_kind kind, const struct http_options *options)
{
	struct http *h = xcalloc(1, sizeof *h);
	pthread_condattr_t attr;

	h->options = *options;
	h->kind = kind;
	pthread_mutex_init(&h->lock, NULL);
	pthread_condattr_init(&attr);
	pthread_condattr_setclock(&attr, CLOCK_MONOTONIC);
	pthread_cond_init(&h->idle, &attr);
	pthread_condattr_destroy(&attr);
	h->reaper = reaper_new();
	return h;
}

bool
http_start(struct http **http, struct door *door,
    const struct http_options *options, struct err *err)
{
	struct http *h = http_new(door->kind, options);
	int fd = door->fd;

	if (!mhd_load(err)) {
		http_free(h);
		return false;
	}
	if (!http_daemon(h)) {
		http_free(h);
		return err_set(err, ERR_CONFIG,
		    options->certificate != NULL
			? _("cannot serve %s: are certificate and key right?")
			: _("cannot serve %s"),
		    door->name);
	}
	door->fd = -1;
	if (!acceptor_start(&h->acceptor, fd, http_take, h, err)) {
		mhd.MHD_stop_daemon(h->daemon);
		http_free(h);
		return false;
	}
	*http = h;
	return true;
}

void
http_adopt(struct http *h, int fd)
{
	struct sockaddr_storage peer;
	socklen_t len = sizeof peer;

	if (getpeername(fd, (struct sockaddr *)&peer, &len) != 0)
		close(fd);
	else
		http_take(h, fd, (struct sockaddr *)&peer, len);
}

void
http_quiesce(struct http *h)
{
	atomic_store(&h->stopping, true);
	acceptor_stop(h->acceptor);
}

void
http_stop(struct http *h, unsigned seconds)
{
	struct timespec until;
	int rc = 0;

	clock_gettime(CLOCK_MONOTONIC, &until);
	until.tv_sec += seconds;
	pthread_mutex_lock(&h->lock);
	while (h->busy > 0 && rc == 0)
		rc = pthread_cond_timedwait(&h->idle, &h->lock, &until);
	pthread_mutex_unlock(&h->lock);
	mhd.MHD_stop_daemon(h->daemon);
	http_free(h);
}
