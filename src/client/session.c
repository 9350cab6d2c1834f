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
	if (format != NULL &&
	    !conf_set(&s->settings, settings_table, settings_count,
		"output.format", format, err))
		return err_set(err, ERR_USAGE,
		    _("--format takes table, csv, json, xlsx or pdf, not "
		      "\"%s\""), format);
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
find_target(struct session *s, const struct call *call, struct err *err)
{
	char *dir = NULL;
	bool ok;

	if (call->demo) {
		ok = demo_make(&dir, s->settings.quiet, err) &&
		    local_start(&s->local, dir, err);
		free(dir);
		return ok;
	}
	if (s->settings.local != NULL)
		return local_start(&s->local, s->settings.local, err);
	return s->settings.url != NULL || nothing_named(err);
}

bool
session_open(struct session *s, const struct call *call, struct err *err)
{
	struct net_conf conf = {0};

	if (!find_target(s, call, err))
		return false;
	conf.target = s->local != NULL ? local_target(s->local)
				       : s->settings.url;
	conf.ca_file = s->settings.ca_file;
	conf.answer_seconds = s->settings.timeout;
	/* The connection is prepared while the private service starts. */
	return net_open(&s->net, &conf, err) &&
	    (s->local == NULL ||
		local_ready(s->local, s->settings.timeout, err));
}

void
session_close(struct session *s)
{
	net_close(s->net);
	local_stop(s->local);
	settings_free(&s->settings);
	s->net = NULL;
	s->local = NULL;
}
