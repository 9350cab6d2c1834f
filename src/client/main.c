/* hearth: one command line, one answer; or the screens. */
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/i18n.h"
#include "client/answering.h"
#include "client/call.h"
#include "client/help.h"
#include "client/session.h"
#include "config.h"

/* The one place where an error becomes words on a terminal. */
static int
fail(const struct err *err)
{
	struct buf text = {0};

	help_error(&text,
	    err->text[0] != '\0' ? err->text : _(err_message(err->code)),
	    answering_width(STDERR_FILENO));
	fputs(buf_text(&text), stderr);
	buf_free(&text);
	return err_exit(err->code);
}

static int
help(const struct call *call)
{
	struct buf text = {0};

	if (call->asks_version)
		buf_str(&text, "hearth " PACKAGE_VERSION "\n");
	else if (call->command != NULL)
		help_command(&text, call->command);
	else
		help_all(&text);
	fputs(buf_text(&text), stdout);
	buf_free(&text);
	return 0;
}

static bool
run(struct session *s, struct call *call, int *status, struct err *err)
{
	if (!session_settings(s, call, err))
		return false;
	call->settings = &s->settings;
	if (!answering_prepare(call, err))
		return false;
	if (call_is_field(call))
		return answering(call, status, err);
	if (!session_open(s, call, err))
		return false;
	call->net = s->net;
	return answering(call, status, err);
}

int
main(int argc, char **argv)
{
	struct session session = {0};
	struct call call = {0};
	struct err err = {0};
	int status = 0;

	i18n_init();
	signal(SIGPIPE, SIG_IGN);
	if (!call_parse(&call, argc, argv, &err))
		return fail(&err);
	if (call.asks_help || call.asks_version)
		return help(&call);
	if (!run(&session, &call, &status, &err))
		status = fail(&err);
	call_fini(&call);
	session_close(&session);
	return status;
}
