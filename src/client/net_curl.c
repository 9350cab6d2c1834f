/* The transport over libcurl: a URL, HTTP/1.1 kept alive. */
#include "client/net.h"

#include <arpa/inet.h>
#include <stdlib.h>
#include <string.h>

#define CURL_DISABLE_TYPECHECK /* its macros want the linker's names */
#include <curl/curl.h>

#include "base/i18n.h"
#include "base/lazy.h"

/* Loaded when there is somebody to ask: after a screen's first frame, and not
 * at all for --help or a service on this machine. */
#define LIBRARY "libcurl.so.4"
/* clang-format off */
#define FUNCTIONS(F) \
	F(curl_easy_cleanup) F(curl_easy_getinfo) F(curl_easy_init) \
	F(curl_easy_setopt) F(curl_easy_strerror) F(curl_global_cleanup) \
	F(curl_global_init) F(curl_multi_add_handle) F(curl_multi_cleanup) \
	F(curl_multi_info_read) F(curl_multi_init) F(curl_multi_perform) \
	F(curl_multi_poll) F(curl_multi_remove_handle) F(curl_slist_append) \
	F(curl_slist_free_all)
/* clang-format on */

static LAZY(curl, FUNCTIONS) lib;

/* curl_multi_poll() knows no "for ever". */
#define NET_LONG_WAIT 86400000

#define NET_FDS 4

struct net_curl {
	struct net *net;
	CURLM *multi; /* NULL until something is asked */
	/* Asked before the library was loaded: net_wait() does that, so that
	 * a first frame need not wait for it. */
	struct net_call **queue;
	size_t queued, queue_cap;
	char *token;
	char *base; /* "http://host:port", without a slash at the end */
	char *ca_file;
	struct curl_slist *headers, *upload_headers;
	long connect_seconds;
};

static size_t
net_curl_body(char *data, size_t size, size_t n, void *arg)
{
	struct net_call *call = arg;

	if (call->body.len + size * n > NET_MAX_BODY)
		return 0;
	buf_add(&call->body, data, size * n);
	return size * n;
}

/* A line that brings nothing for a minute is taken for dead: what is sent is
 * sent again later, and nobody looks at the screen meanwhile. */
#define UPLOAD_STALL_SECONDS 60L

static void
net_curl_upload(CURL *easy, struct net_call *call)
{
	lib.curl_easy_setopt(easy, CURLOPT_POST, 1L);
	lib.curl_easy_setopt(easy, CURLOPT_CUSTOMREQUEST, call->method);
	lib.curl_easy_setopt(
	    easy, CURLOPT_POSTFIELDSIZE_LARGE, (curl_off_t)call->upload.len);
	lib.curl_easy_setopt(easy, CURLOPT_POSTFIELDS, buf_text(&call->upload));
	lib.curl_easy_setopt(easy, CURLOPT_LOW_SPEED_LIMIT, 1L);
	lib.curl_easy_setopt(
	    easy, CURLOPT_LOW_SPEED_TIME, UPLOAD_STALL_SECONDS);
}

static void
net_curl_options(struct net_curl *c, CURL *easy, struct net_call *call)
{
	char *url = xasprintf("%s%s", c->base, call->path);

	lib.curl_easy_setopt(easy, CURLOPT_URL, url);
	free(url);
#if LIBCURL_VERSION_NUM >= 0x075500
	lib.curl_easy_setopt(easy, CURLOPT_PROTOCOLS_STR, "http,https");
#else
	lib.curl_easy_setopt(
	    easy, CURLOPT_PROTOCOLS, (long)(CURLPROTO_HTTP | CURLPROTO_HTTPS));
#endif
	if (c->ca_file)
		lib.curl_easy_setopt(easy, CURLOPT_CAINFO, c->ca_file);
	lib.curl_easy_setopt(easy, CURLOPT_HTTPHEADER,
	    call->method ? c->upload_headers : c->headers);
	if (call->method)
		net_curl_upload(easy, call);
	lib.curl_easy_setopt(easy, CURLOPT_CONNECTTIMEOUT, c->connect_seconds);
	lib.curl_easy_setopt(easy, CURLOPT_NOSIGNAL, 1L);
	lib.curl_easy_setopt(easy, CURLOPT_TCP_KEEPALIVE, 1L);
	lib.curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, net_curl_body);
	lib.curl_easy_setopt(easy, CURLOPT_WRITEDATA, call);
	lib.curl_easy_setopt(easy, CURLOPT_PRIVATE, call);
}

static bool
net_curl_begin(struct net_curl *c, struct net_call *call, struct err *err)
{
	CURL *easy = lib.curl_easy_init();
	int running;

	if (!easy)
		return err_set(err, ERR_INTERNAL, "curl_easy_init");
	net_curl_options(c, easy, call);
	if (lib.curl_multi_add_handle(c->multi, easy) != CURLM_OK) {
		lib.curl_easy_cleanup(easy);
		return err_set(err, ERR_INTERNAL, "curl_multi_add_handle");
	}
	call->handle = easy;
	lib.curl_multi_perform(c->multi, &running);
	return true;
}

static bool
net_curl_start(void *self, struct net_call *call, struct err *err)
{
	struct net_curl *c = self;

	if (c->multi)
		return net_curl_begin(c, call, err);
	grow(
	    &c->queue, &c->queue_cap, c->queued + 1, sizeof(struct net_call *));
	c->queue[c->queued++] = call;
	call->handle = c;
	return true;
}

static void
net_curl_unqueue(struct net_curl *c, size_t i)
{
	for (c->queued--; i < c->queued; i++)
		c->queue[i] = c->queue[i + 1];
}

static void
net_curl_cancel(void *self, struct net_call *call)
{
	struct net_curl *c = self;

	if (!call->handle)
		return;
	for (size_t i = 0; i < c->queued; i++) {
		if (c->queue[i] == call) {
			net_curl_unqueue(c, i);
			return;
		}
	}
	lib.curl_multi_remove_handle(c->multi, call->handle);
	lib.curl_easy_cleanup(call->handle);
}

static void
net_curl_error(struct net_call *call, CURLcode code, struct err *err)
{
	if (code == CURLE_WRITE_ERROR && call->body.len > 0)
		err_set(err, ERR_BAD_ANSWER, "%s",
		    _("the answer is larger than this program takes"));
	else if (code == CURLE_OPERATION_TIMEDOUT)
		err_set(err, ERR_TIMEOUT, "%s", _(err_message(ERR_TIMEOUT)));
	else
		err_set(err, ERR_UNREACHABLE, "%s: %s",
		    _(err_message(ERR_UNREACHABLE)),
		    lib.curl_easy_strerror(code));
}

/* Hands over every finished transfer; true when there was one. */
static bool
net_curl_collect(struct net_curl *c)
{
	bool any = false;
	CURLMsg *msg;
	int left;

	while ((msg = lib.curl_multi_info_read(c->multi, &left))) {
		CURL *easy = msg->easy_handle;
		CURLcode code = msg->data.result;
		struct net_call *call = NULL;
		struct err err;
		long status = 0;

		lib.curl_easy_getinfo(easy, CURLINFO_PRIVATE, &call);
		if (code == CURLE_OK)
			lib.curl_easy_getinfo(
			    easy, CURLINFO_RESPONSE_CODE, &status);
		else
			net_curl_error(call, code, &err);
		lib.curl_multi_remove_handle(c->multi, easy);
		lib.curl_easy_cleanup(easy);
		net_finish(c->net, call, (int)status, &err);
		any = true;
	}
	return any;
}

static void
net_curl_headers(struct net_curl *c)
{
	c->headers = lib.curl_slist_append(NULL, "Accept: application/json");
	c->upload_headers = lib.curl_slist_append(
	    lib.curl_slist_append(NULL, "Accept: application/json"),
	    "Content-Type: application/json");
	/* No "100 Continue": one way there and back more for nothing. */
	c->upload_headers = lib.curl_slist_append(c->upload_headers, "Expect:");
	if (c->token) {
		char *line = xasprintf("Authorization: Bearer %s", c->token);

		c->headers = lib.curl_slist_append(c->headers, line);
		c->upload_headers =
		    lib.curl_slist_append(c->upload_headers, line);
		free(line);
	}
}

/* Sends what waited for the library, or says why it cannot. */
static void
net_curl_awake(struct net_curl *c)
{
	struct err err = {0};
	bool ok = c->multi || lazy_load(&lib, LIBRARY, FUNCTIONS, &err);

	if (ok && !c->multi) {
		lib.curl_global_init(CURL_GLOBAL_DEFAULT);
		c->multi = lib.curl_multi_init();
		net_curl_headers(c);
	}
	while (c->queued > 0) {
		struct net_call *call = c->queue[0];

		net_curl_unqueue(c, 0);
		if (!ok || !net_curl_begin(c, call, &err))
			net_finish(c->net, call, 0, &err);
	}
}

static void
net_curl_wait(void *self, struct pollfd *fds, size_t n, int timeout)
{
	struct net_curl *c = self;
	struct curl_waitfd wait[NET_FDS];
	int running, ready;

	if (c->queued)
		net_curl_awake(c);
	if (!c->multi) {
		if (poll(fds, n, timeout) < 0)
			for (size_t i = 0; i < n; i++)
				fds[i].revents = 0;
		return;
	}
	if (net_curl_collect(c))
		timeout = 0;
	for (size_t i = 0; i < n && i < NET_FDS; i++)
		wait[i] = (struct curl_waitfd){
		    .fd = fds[i].fd, .events = CURL_WAIT_POLLIN};
	lib.curl_multi_poll(c->multi, wait,
	    (unsigned)(n < NET_FDS ? n : NET_FDS),
	    timeout < 0 ? NET_LONG_WAIT : timeout, &ready);
	/* Asked again because curl hides POLLHUP: a terminal that is gone
	 * must be seen, or the loop would spin. */
	if (n > 0 && poll(fds, n, 0) < 0) {
		for (size_t i = 0; i < n; i++)
			fds[i].revents = 0;
	}
	lib.curl_multi_perform(c->multi, &running);
	net_curl_collect(c);
}

static void
net_curl_close(void *self)
{
	struct net_curl *c = self;

	if (c->multi) {
		lib.curl_multi_cleanup(c->multi);
		lib.curl_slist_free_all(c->headers);
		lib.curl_slist_free_all(c->upload_headers);
		lib.curl_global_cleanup();
	}
	free(c->queue);
	free(c->token);
	free(c->base);
	free(c->ca_file);
	free(c);
}

/* Whether the host of "http://HOST..." is this machine itself. */
static bool
is_loopback(const char *host)
{
	char name[64];
	struct in_addr v4;
	size_t len =
	    *host == '[' ? strcspn(host, "]/@") + 1 : strcspn(host, ":/@");

	if (strcspn(host, "@") < strcspn(host, "/") || len >= sizeof name)
		return false;
	memcpy(name, host, len);
	name[len] = '\0';
	return strcmp(name, "localhost") == 0 || strcmp(name, "[::1]") == 0 ||
	       (inet_pton(AF_INET, name, &v4) == 1 &&
		   ntohl(v4.s_addr) >> 24 == 127);
}

static bool
net_curl_target(
    struct net_curl *c, const struct net_conf *conf, struct err *err)
{
	const char *target = conf->target;
	size_t len;

	if (strncmp(target, "http://", 7) == 0 && !conf->plain_beyond &&
	    !is_loopback(target + 7))
		return err_set(err, ERR_USAGE,
		    _("%s would be asked in clear, for whoever is in between "
		      "to read: https://, or service.plain_beyond_loopback"),
		    target);
	if (strncmp(target, "http://", 7) && strncmp(target, "https://", 8))
		return err_set(err, ERR_USAGE,
		    _("%s is no address of a service (http://HOST:PORT or "
		      "unix:PATH)"),
		    target);
	len = strlen(target);
	while (len > 0 && target[len - 1] == '/')
		len--;
	c->base = xstrndup(target, len);
	return true;
}

bool
net_curl_open(struct net **net, const struct net_conf *conf, struct err *err)
{
	static const struct net_transport transport = {
	    .start = net_curl_start,
	    .cancel = net_curl_cancel,
	    .wait = net_curl_wait,
	    .close = net_curl_close,
	};
	struct net_curl *c = xcalloc(1, sizeof *c);

	if (!net_curl_target(c, conf, err)) {
		free(c);
		return false;
	}
	c->connect_seconds =
	    conf->connect_seconds > 0 ? conf->connect_seconds : 5;
	if (conf->ca_file && *conf->ca_file)
		c->ca_file = xstrdup(conf->ca_file);
	if (conf->token && *conf->token)
		c->token = xstrdup(conf->token);
	c->net = net_new(&transport, c);
	*net = c->net;
	return true;
}
