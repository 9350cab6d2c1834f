#include "client/net.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/i18n.h"
#include "base/json.h"

#define HTTP_SIGN_IN 511 /* Network Authentication Required, RFC 6585 */

struct net {
	const struct net_transport *transport;
	void *self;
	struct net_call *calls;
	size_t pending;
	uint64_t last_id;
	int answer_seconds;
	struct err shut;
	bool (*revive)(void *arg);
	void *revive_arg;
};

struct net *
net_new(const struct net_transport *transport, void *self)
{
	struct net *net = xcalloc(1, sizeof *net);

	net->transport = transport;
	net->self = self;
	net->answer_seconds = 300;
	return net;
}

bool
net_open(struct net **net, const struct net_conf *conf, struct err *err)
{
	bool local = strncmp(conf->target, "unix:", 5) == 0 && conf->target[5];

	if (!(local ? net_unix_open : net_curl_open)(net, conf, err))
		return false;
	if (conf->answer_seconds > 0)
		(*net)->answer_seconds = conf->answer_seconds;
	return true;
}

const struct err *
net_shut(const struct net *net)
{
	return net->shut.code != ERR_NONE ? &net->shut : NULL;
}

void
net_shut_for(struct net *net, const struct err *err)
{
	net->shut = *err;
}

static void
net_call_free(struct net_call *call)
{
	buf_free(&call->body);
	buf_free(&call->upload);
	free(call->path);
	free(call);
}

void
net_close(struct net *net)
{
	if (!net)
		return;
	while (net->calls) {
		struct net_call *call = net->calls;

		net->calls = call->next;
		net->transport->cancel(net->self, call);
		net_call_free(call);
	}
	net->transport->close(net->self);
	free(net);
}

/* --- calls --------------------------------------------------------------- */

static struct net_call *
net_call_start(struct net *net, const char *path)
{
	struct net_call *call = xcalloc(1, sizeof *call);

	call->id = ++net->last_id;
	call->path = xstrdup(path);
	call->next = net->calls;
	net->calls = call;
	net->pending++;
	return call;
}

static bool
net_call_unlink(struct net *net, const struct net_call *call)
{
	for (struct net_call **p = &net->calls; *p; p = &(*p)->next) {
		if (*p == call) {
			*p = call->next;
			net->pending--;
			return true;
		}
	}
	return false;
}

/* Which command asks at an address, for hints: people type no addresses. A
 * longer one stands before its beginning. */
static const struct {
	const char *address, *command;
} commands_of[] = {
    {"/v1/measures/{id}", "hearth measures show"},
    {"/v1/measures", "hearth measures"},
    {"/v1/org", "hearth org"},
    {"/v1/search", "hearth search"},
    {"/v1/status", "hearth status"},
    {"/v1/providers/{id}", "hearth provider show"},
    {"/v1/providers", "hearth provider list"},
    {"/v1/plans", "hearth plan list"},
    {"/v1/caps", "hearth cap list"},
    {"/v1/proposals", "hearth proposal list"},
};

static void
net_hint(struct buf *out, const char *hint)
{
	while (*hint != '\0') {
		size_t i = 0, n = sizeof commands_of / sizeof *commands_of;

		while (i < n && strncmp(hint, commands_of[i].address,
				    strlen(commands_of[i].address)) != 0)
			i++;
		if (i < n) {
			buf_str(out, commands_of[i].command);
			hint += strlen(commands_of[i].address);
		} else {
			buf_char(out, *hint++);
		}
	}
}

/* A refusal's body as an err: the service's own code, message and hint, and
 * where a value is wrong, whose. */
static void
net_refusal(const cJSON *json, int status, struct err *err)
{
	const cJSON *e = cJSON_GetObjectItemCaseSensitive(json, "error");
	const char *code = e ? json_get_string(e, "code") : NULL;
	const char *message = e ? json_get_string(e, "message") : NULL;
	const char *hint = e ? json_get_string(e, "hint") : NULL;
	const char *field = e ? json_get_string(e, "field") : NULL;
	struct buf words = {0};

	if (!code) {
		err_set(err, ERR_BAD_ANSWER,
		    _("the service answered with HTTP status %d"), status);
		return;
	}
	if (hint != NULL)
		net_hint(&words, hint);
	err_set(err, err_from_name(code), "%s%s%s",
	    message ? message : _(err_message(err_from_name(code))),
	    words.len > 0 ? "; " : "", buf_text(&words));
	if (err->code == ERR_BAD_VALUE && field != NULL)
		err_prefix(err, "%s", field);
	buf_free(&words);
}

/* A page where an answer should be: whoever is in the field needs to know what
 * to do, not at which byte. */
static bool
net_is_page(const struct buf *body, int status)
{
	const char *text = buf_text(body);

	text += strspn(text, " \t\r\n");
	return *text != '{' && *text != '[' &&
	       (status < 500 || status == HTTP_SIGN_IN);
}

static cJSON *
net_parse(const struct buf *body, int status, struct err *err)
{
	cJSON *json = json_parse(buf_text(body), body->len, NET_MAX_BODY, err);

	if (json != NULL)
		return json;
	if (net_is_page(body, status)) {
		err_set(err, ERR_BAD_ANSWER, "%s",
		    _("something else than the service answered, perhaps this "
		      "network's sign-in page: open a browser, sign in there, "
		      "try again"));
		return NULL;
	}
	err->code = ERR_BAD_ANSWER;
	err_prefix(err, "%s", _(err_message(ERR_BAD_ANSWER)));
	return NULL;
}

static cJSON *
net_decode(struct net_call *call, int status, struct err *err)
{
	cJSON *json = net_parse(&call->body, status, err);

	if (!json)
		return NULL;
	if (status == 200)
		return json;
	net_refusal(json, status, err);
	cJSON_Delete(json);
	return NULL;
}

void
net_finish(struct net *net, struct net_call *call, int status,
    const struct err *transport_err)
{
	struct err err = {.code = ERR_NONE};
	cJSON *json = NULL;

	net_call_unlink(net, call);
	if (call->raw_fn) {
		call->raw_fn(call->arg, status, &call->body,
		    status ? &err : transport_err);
		net_call_free(call);
		return;
	}
	if (!status)
		err = *transport_err;
	else if (status == 200 && call->raw)
		buf_add(call->raw, call->body.data, call->body.len);
	else
		json = net_decode(call, status, &err);
	call->fn(call->arg, json, &err);
	net_call_free(call);
}

static void
net_begin(struct net *net, struct net_call *call)
{
	struct err err;

	if (!net->transport->start(net->self, call, &err)) {
		/* Answered from net_wait() like every other call: the
		 * transport keeps none, so it is marked by its handle. */
		call->handle = NULL;
		buf_reset(&call->body);
		buf_str(&call->body, err.text);
	}
}

uint64_t
net_ask(struct net *net, const char *path, net_fn *fn, void *arg)
{
	struct net_call *call = net_call_start(net, path);

	call->fn = fn;
	call->arg = arg;
	net_begin(net, call);
	return call->id;
}

uint64_t
net_send(
    struct net *net, const struct net_upload *upload, net_raw_fn *fn, void *arg)
{
	struct net_call *call = net_call_start(net, upload->path);

	call->method = upload->method;
	buf_add(&call->upload, upload->body, upload->len);
	call->raw_fn = fn;
	call->arg = arg;
	net_begin(net, call);
	return call->id;
}

void
net_cancel(struct net *net, uint64_t id)
{
	for (struct net_call *call = net->calls; call; call = call->next) {
		if (call->id != id)
			continue;
		net_call_unlink(net, call);
		net->transport->cancel(net->self, call);
		net_call_free(call);
		return;
	}
}

size_t
net_pending(const struct net *net)
{
	return net->pending;
}

/* Delivers the calls that could not even be started. */
static bool
net_deliver_failed(struct net *net)
{
	for (struct net_call *call = net->calls; call; call = call->next) {
		struct err err;

		if (call->handle)
			continue;
		err_set(&err, ERR_UNREACHABLE, "%s", buf_text(&call->body));
		net_finish(net, call, 0, &err);
		return true;
	}
	return false;
}

void
net_wait(struct net *net, struct pollfd *fds, size_t n, int timeout)
{
	if (net->calls && net_deliver_failed(net))
		timeout = 0;
	net->transport->wait(net->self, fds, n, timeout);
}

/* --- waiting for one ------------------------------------------------------ */

struct net_waiter {
	bool done;
	cJSON *json;
	struct err err;
};

static void
net_waiter_done(void *arg, cJSON *json, const struct err *err)
{
	struct net_waiter *w = arg;

	w->done = true;
	w->json = json;
	w->err = *err;
}

static int64_t
net_now(void)
{
	struct timespec ts;

	clock_gettime(CLOCK_MONOTONIC, &ts);
	return (int64_t)ts.tv_sec * 1000 + ts.tv_nsec / 1000000;
}

static bool
net_run(
    struct net *net, const char *path, struct buf *raw, struct net_waiter *w)
{
	int64_t end = net_now() + (int64_t)net->answer_seconds * 1000;
	struct net_call *call = net_call_start(net, path);
	uint64_t id = call->id;

	call->fn = net_waiter_done;
	call->arg = w;
	call->raw = raw;
	net_begin(net, call);
	while (!w->done) {
		int64_t left = end - net_now();

		if (left <= 0) {
			net_cancel(net, id);
			return err_set(&w->err, ERR_TIMEOUT, "%s",
			    _(err_message(ERR_TIMEOUT)));
		}
		net_wait(net, NULL, 0, left > INT_MAX ? INT_MAX : (int)left);
	}
	return w->err.code == ERR_NONE;
}

void
net_revive_by(struct net *net, bool (*revive)(void *arg), void *arg)
{
	net->revive = revive;
	net->revive_arg = arg;
}

bool
net_revive(struct net *net)
{
	return net->revive != NULL && net->revive(net->revive_arg);
}

/* Once more, if the service could be started anew; why not, if it said so. */
static bool
net_run_again(
    struct net *net, const char *path, struct buf *raw, struct net_waiter *w)
{
	if (net_run(net, path, raw, w))
		return true;
	if (w->err.code != ERR_UNREACHABLE)
		return false;
	if (net_revive(net)) {
		*w = (struct net_waiter){.done = false};
		return net_run(net, path, raw, w);
	}
	if (net_shut(net))
		w->err = *net_shut(net);
	return false;
}

bool
net_get(struct net *net, const char *path, cJSON **json, struct err *err)
{
	struct net_waiter w = {.done = false};
	bool ok = net_run_again(net, path, NULL, &w);

	*json = w.json;
	if (!ok)
		*err = w.err;
	return ok;
}

bool
net_get_raw(
    struct net *net, const char *path, struct buf *body, struct err *err)
{
	struct net_waiter w = {.done = false};
	bool ok = net_run_again(net, path, body, &w);

	if (!ok)
		*err = w.err;
	return ok;
}

/* --- putting, waiting ---------------------------------------------------- */

struct put {
	bool done;
	cJSON *json;
	struct err err;
};

static void
put_answered(
    void *arg, int status, const struct buf *body, const struct err *err)
{
	struct put *p = arg;
	cJSON *json;

	p->done = true;
	p->err = *err;
	if (status == 0)
		return;
	json = net_parse(body, status, &p->err);
	if (json == NULL)
		return;
	if (status >= 200 && status <= 202)
		p->json = json;
	else {
		net_refusal(json, status, &p->err);
		cJSON_Delete(json);
	}
}

bool
net_put(struct net *net, const char *path, const struct buf *body, cJSON **json,
    struct err *err)
{
	const struct net_upload upload = {
	    "PUT", path, buf_text(body), body->len};
	struct put put = {0};

	net_send(net, &upload, put_answered, &put);
	while (!put.done)
		net_wait(net, NULL, 0, -1);
	*json = put.json;
	if (put.json == NULL)
		*err = put.err;
	return put.json != NULL;
}
