#include "client/form_run.h"

#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

#include "base/i18n.h"
#include "client/form_screen.h"
#include "client/form_sync.h"
#include "client/loop.h"

struct run {
	const struct form_run *conf;
	struct form_screen screen;
	struct loop loop;	/* its signals' pipe only */
	struct form_sync *sync; /* NULL until it is looked at */
	char *folder;		/* where the sync was opened */
	int64_t touched;	/* the last key */
	char counts[80];
};

static int64_t
run_now(const struct run *r)
{
	const struct io *io = folder_io(r->conf->folder);

	return io->ops->mono_ms(io->self);
}

static bool
run_unlock(void *arg, const char *passphrase)
{
	struct run *r = arg;
	struct err ignored;

	return vault_check(folder_vault(r->conf->folder), passphrase, &ignored);
}

/* Opened at the first look: nothing is asked of a network before. */
static bool
run_sync(struct run *r)
{
	const struct form_sync_conf conf = {.visit = r->conf->visit,
	    .who = r->conf->who,
	    .settings = r->conf->settings};
	struct err err;

	if (r->sync != NULL)
		return true;
	if (form_sync_open(&r->sync, &conf, &err)) {
		free(r->folder);
		r->folder = xstrdup(folder_path(r->conf->folder));
		return true;
	}
	form_say(&r->screen.form, "%s", err.text);
	return false;
}

static void
run_sync_text(void *arg, struct buf *out)
{
	struct run *r = arg;

	if (run_sync(r))
		form_sync_text(r->sync, out);
	else
		buf_str(out, r->screen.form.message);
}

static void
run_sync_now(void *arg)
{
	struct run *r = arg;

	if (run_sync(r))
		form_sync_now(r->sync);
}

/* What waits in the data folder, for the top line. */
static void
run_counts(struct run *r)
{
	struct folder_counts c;
	struct err ignored;

	if (!folder_counts(r->conf->folder, &c, &ignored))
		return;
	snprintf(r->counts, sizeof r->counts, _("%u to send, %u set aside"),
	    c.unsent, c.set_aside);
	r->screen.counts = r->counts;
}

/* What is under way with the office goes on; what came of it is told. */
static int
run_office(struct run *r, int wait)
{
	int later;
	const char *said;

	/* The review went on elsewhere: its queue is there, too. */
	if (r->sync != NULL &&
	    strcmp(r->folder, folder_path(r->conf->folder)) != 0) {
		form_sync_close(r->sync);
		r->sync = NULL;
	}
	if (r->sync == NULL)
		return wait;
	later = form_sync_tick(r->sync);
	if (form_sync_changed(r->sync)) {
		run_counts(r);
		r->screen.painted_top = -1;
		r->screen.dirty = true;
		said = form_sync_said(r->sync);
		if (*said != '\0')
			form_say(&r->screen.form, "%s", said);
	}
	return later >= 0 && (wait < 0 || later < wait) ? later : wait;
}

/* Text that was under way at a crash is taken up where it was. */
static void
run_recover(struct run *r)
{
	struct form *f = &r->screen.form;
	struct visit_draft d;
	int unit, q, item;

	form_say(f, "%s", visit_found(r->conf->visit));
	if (!visit_draft(r->conf->visit, &d))
		return;
	unit = review_unit_find(f->review, d.kind, d.key);
	q = instrument_question(f->in, d.question, strlen(d.question));
	item = unit < 0 || q < 0 ? -1 : review_item(f->review, unit, q);
	if (item < 0)
		return;
	form_go(f, item);
	form_screen_type(&r->screen, d.part, d.text);
	form_say(f, "%s", _("this text was under way when the program ended"));
}

static void
run_signal(struct run *r, int sig)
{
	if (sig == SIGWINCH) {
		term_resize(r->screen.term, 0, 0);
	} else if (sig == SIGCONT) {
		term_resume(r->screen.term);
	} else if (sig == SIGTSTP) {
		term_suspend(r->screen.term);
		raise(SIGSTOP);
		term_resume(r->screen.term);
	} else {
		r->screen.quit = true;
	}
	form_screen_resized(&r->screen);
}

static void
run_signals(struct run *r)
{
	char sigs[64];
	ssize_t n = read(r->loop.signals, sigs, sizeof sigs);

	for (ssize_t i = 0; i < n; i++)
		run_signal(r, sigs[i]);
}

/* Half-typed text goes to the disk in time. */
static int
run_tick(struct run *r)
{
	struct form *f = &r->screen.form;
	struct err err = {0};
	bool ok = true;
	int wait = journal_tick(visit_journal(r->conf->visit), &ok, &err);

	if (!ok) {
		f->saved = false;
		f->trouble = err;
		r->screen.dirty = true;
	}
	return wait;
}

static int
run_idle(struct run *r, int wait)
{
	int64_t end = r->touched + (int64_t)r->conf->idle_minutes * 60000, now;

	if (r->conf->idle_minutes <= 0 || r->screen.mode == FORM_LOCKED)
		return wait;
	now = run_now(r);
	if (now >= end) {
		form_screen_lock(&r->screen);
		return wait;
	}
	return wait < 0 || end - now < wait ? (int)(end - now) : wait;
}

static void
run_paint(struct run *r)
{
	struct form_screen *s = &r->screen;

	if (!s->dirty)
		return;
	form_screen_paint(s);
	s->last_frame = term_flush(s->term);
	s->dirty = false;
	if (s->last_frame < 0)
		s->quit = true;
}

static void
run_step(struct run *r)
{
	struct pollfd fds[2] = {{.fd = STDIN_FILENO, .events = POLLIN},
	    {.fd = r->loop.signals, .events = POLLIN}};
	int wait = run_office(r, run_idle(r, run_tick(r))), key;
	struct net *net = form_sync_net(r->sync);

	run_paint(r);
	if (r->screen.quit)
		return;
	if (net != NULL)
		net_wait(net, fds, 2, wait);
	else
		poll(fds, 2, wait);
	if (fds[1].revents & POLLIN)
		run_signals(r);
	while (
	    !r->screen.quit && (key = term_key(r->screen.term)) != TERM_NONE) {
		r->touched = run_now(r);
		form_screen_key(&r->screen, key);
	}
	if (fds[0].revents & (POLLHUP | POLLERR | POLLNVAL))
		r->screen.quit = true;
}

static void
run(struct run *r)
{
	struct form_screen *s = &r->screen;
	struct form_keep keep = visit_keep(r->conf->visit);

	form_init(&s->form, visit_review(r->conf->visit), &keep, r->conf->who);
	form_screen_init(s, s->term);
	s->title = review_unit(s->form.review, 0)->label;
	s->unlock = run_unlock;
	s->unlock_arg = r;
	s->sync_text = run_sync_text;
	s->sync_now = run_sync_now;
	s->sync_arg = r;
	term_pastes(s->term, true);
	run_counts(r);
	run_recover(r);
	r->touched = run_now(r);
	while (!s->quit)
		run_step(r);
	form_sync_close(r->sync);
	free(r->folder);
	form_screen_fini(s);
}

int
form_run(const struct form_run *conf, struct err *err)
{
	const struct term_conf tc = {
	    .in = STDIN_FILENO,
	    .out = STDOUT_FILENO,
	    .type = getenv("TERM"),
	    .color = conf->settings->color,
	    .theme = conf->settings->theme,
	    .charset = conf->settings->charset,
	};
	struct run r = {.conf = conf, .loop.signals = -1};

	if (!term_open(&r.screen.term, &tc, err))
		return err_exit(err->code);
	if (loop_signals_open(&r.loop, err)) {
		run(&r);
		loop_signals_close(&r.loop);
	}
	term_close(r.screen.term);
	return err->code == ERR_NONE ? 0 : err_exit(err->code);
}
