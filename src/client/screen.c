#include "client/screen.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/i18n.h"
#include "base/login.h"
#include "client/loop.h"
#include "client/panels.h"
#include "client/seen.h"

static int64_t
screens_clock(void)
{
	struct timespec ts;

	clock_gettime(CLOCK_MONOTONIC, &ts);
	return (int64_t)ts.tv_sec * 1000 + ts.tv_nsec / 1000000;
}

void
screens_init(struct screens *s, struct term *term, struct net *net,
    int64_t (*clock)(void))
{
	*s = (struct screens){
	    .term = term, .net = net, .clock = clock, .window = PANEL_WINDOW};
	if (term_fallback(term))
		screens_say(s,
		    _("this terminal's type is not known here; taken for %s"),
		    term_fallback(term));
}

/* The catalogue comes in the background: for [ and ], which walk it. */
static void
screens_measures(void *arg, cJSON *json, const struct err *err)
{
	struct screens *s = arg;

	(void)err;
	s->measures_asked = 0;
	if (!json)
		return;
	cJSON_Delete(s->measures);
	s->measures = json;
}

void
screens_want_measures(struct screens *s)
{
	struct buf path = {NULL, 0, 0};

	if (s->measures || s->measures_asked)
		return;
	api_target(&path, ROUTE_MEASURES, NULL);
	s->measures_asked =
	    net_ask(s->net, buf_text(&path), screens_measures, s);
	buf_free(&path);
}

void
screens_begin(struct screens *s, const char *at)
{
	SCOPE_SET(s->home.at, at);
	panel_open(s, &panel_board, &s->home);
	/* Nobody waits before an empty terminal: a private service may still
	 * be starting, a library still be loaded. */
	s->hold_until = 0;
}

void
screens_resized(struct screens *s)
{
	for (int i = 0; i < s->n; i++) {
		struct panel *p = s->stack[i];

		p->table.painted = false;
		if (p->ops->wraps && (p->json || !p->ops->path))
			panel_refill(p);
	}
	s->dirty = true;
}

void
screens_fini(struct screens *s)
{
	while (s->n > 0)
		panel_free(s->stack[--s->n]);
	net_cancel(s->net, s->measures_asked);
	net_cancel(s->net, s->code_asked);
	cJSON_Delete(s->measures);
	prompt_fini(&s->prompt);
}

int
screens_run(const struct screens_conf *conf, struct err *err)
{
	struct term_conf tc = {
	    .in = STDIN_FILENO,
	    .out = STDOUT_FILENO,
	    .type = getenv("TERM"),
	    .color = conf->color,
	    .theme = conf->theme,
	    .charset = conf->charset,
	};
	struct screens s;
	struct loop loop = {.screens = &s, .keys = STDIN_FILENO, .signals = -1};
	int status = -1;

	if (!term_open(&s.term, &tc, err))
		return err_exit(err->code);
	screens_init(&s, s.term, conf->net, screens_clock);
	s.source = conf->source;
	SCOPE_SET(s.me, login_name());
	s.remembers = conf->source != NULL;
	s.seen = seen_read(conf->source);
	if (loop_signals_open(&loop, err)) {
		screens_begin(&s, conf->at);
		status = loop_run(&loop);
		loop_signals_close(&loop);
	}
	screens_fini(&s);
	term_close(s.term);
	if (net_shut(conf->net)) {
		*err = *net_shut(conf->net);
		return err_exit(err->code);
	}
	return status < 0 ? err_exit(err->code) : status;
}
