#include "client/session.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/i18n.h"
#include "client/demo.h"
#include "client/local.h"
#include "client/net.h"

static void
put(char **setting, const char *value)
{
	free(*setting);
	*setting = value != NULL ? xstrdup(value) : NULL;
}

/* An option takes the place of whatever the settings name. */
static void
source(struct settings *s, const char *url, const char *local)
{
	if (url == NULL && local == NULL)
		return;
	put(&s->url, url);
	put(&s->local, local);
}

bool
session_settings(struct session *s, const struct call *call, struct err *err)
{
	const char *format = call->given[OPTION_FORMAT];

	if (!settings_load(&s->settings, call->given[OPTION_CONFIG], err))
		return false;
	source(&s->settings, call->given[OPTION_SERVICE],
	    call->given[OPTION_LOCAL]);
	if (call->given[OPTION_PLAIN] != NULL)
		s->settings.plain = true;
	if (call->given[OPTION_QUIET] != NULL)
		s->settings.quiet = true;
	if (format != NULL && !conf_set(&s->settings, settings_table,
				  settings_count, "output.format", format, err))
		return err_set(err, ERR_USAGE,
		    _("--format takes table, csv, json, xlsx or pdf, not "
		      "\"%s\""),
		    format);
	return true;
}

static bool
nothing_named(struct err *err)
{
	return err_set(err, ERR_USAGE,
	    _("which data? hearth demo shows an invented state; hearth --local "
	      "DIR a store on this machine; hearth --service URL a central "
	      "service (or name one in hearth.conf)"));
}

static bool
session_revive(void *arg)
{
	struct session *s = arg;
	struct err err = {0};

	if (local_revive(s->local, s->settings.timeout, &err))
		return true;
	/* It has said why it cannot serve; one that is only slow, or busy,
	 * may be there the next time. */
	if (err.code != ERR_NONE && err.code != ERR_UNREACHABLE &&
	    err.code != ERR_BUSY)
		net_shut_for(s->net, &err);
	return false;
}

static bool
session_gate(void *arg, struct err *err)
{
	struct session *s = arg;

	return local_ready(s->local, s->settings.timeout, err);
}

/* Whoever asks waits until a private service is ready, not before. */
static bool
connect_to(struct session *s, const char *dir, struct err *err)
{
	struct net_conf conf = {.ca_file = s->settings.ca_file,
	    .plain_beyond = s->settings.plain_beyond,
	    .answer_seconds = s->settings.timeout};

	if (dir != NULL && !local_start(&s->local, dir, err))
		return false;
	conf.target = dir != NULL ? local_target(s->local) : s->settings.url;
	if (dir != NULL)
		conf.gate =
		    (struct net_gate){local_gate(s->local), session_gate, s};
	if (!net_open(&s->net, &conf, err))
		return false;
	if (dir != NULL)
		net_revive_by(s->net, session_revive, s);
	return true;
}

static void
disconnect(struct session *s)
{
	net_close(s->net);
	local_stop(s->local);
	s->net = NULL;
	s->local = NULL;
}

/* Whether the store can be read: asked of the demo, which may be older than
 * this program. */
static bool
readable(struct session *s, struct err *err)
{
	struct buf target = {0};
	cJSON *answer = NULL;
	bool ok;

	api_target(&target, ROUTE_ORG, NULL);
	ok = net_get(s->net, buf_text(&target), &answer, err);
	cJSON_Delete(answer);
	buf_free(&target);
	return ok;
}

static bool
open_demo(struct session *s, struct err *err)
{
	char *dir = NULL;
	bool ok = demo_make(&dir, s->settings.quiet, err);

	if (ok && (!connect_to(s, dir, err) || !readable(s, err))) {
		ok = demo_is_stale(err);
		if (ok) {
			disconnect(s);
			demo_remove(dir);
			free(dir);
			dir = NULL;
			ok = demo_make(&dir, s->settings.quiet, err) &&
			     connect_to(s, dir, err);
		}
	}
	if (ok)
		put(&s->settings.local, dir);
	free(dir);
	return ok;
}

bool
session_open(struct session *s, const struct call *call, struct err *err)
{
	if (call->demo)
		return open_demo(s, err);
	if (s->settings.local == NULL && s->settings.url == NULL)
		return nothing_named(err);
	return connect_to(s, s->settings.local, err);
}

void
session_close(struct session *s)
{
	disconnect(s);
	settings_free(&s->settings);
}
