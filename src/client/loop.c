#include "client/loop.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <unistd.h>

/* A terminal that reports input but gives none this often is gone. */
#define BARREN_MOST 100

static bool
loop_holding(const struct screens *s)
{
	return screens_panel(s)->asked && s->clock() < s->hold_until;
}

static bool
loop_resting(const struct screens *s)
{
	const struct panel *p = screens_panel(s);

	return p->asked && !panel_ahead(p) && s->clock() < s->rest_until;
}

static void
loop_paint(struct screens *s)
{
	if (!s->dirty || s->suspended || loop_holding(s) || loop_resting(s))
		return;
	panel_paint(s);
	s->last_frame = term_flush(s->term);
	s->dirty = false;
	s->guard = false;
	if (s->last_frame < 0)
		s->quit = true;
}

static int
loop_until(int64_t when, int64_t now, int timeout)
{
	int64_t left = when > now ? when - now : 0;

	return timeout < 0 || left < timeout ? (int)left : timeout;
}

static int
loop_timeout(const struct screens *s, int timeout)
{
	int64_t now = s->clock();

	if (s->dirty && loop_holding(s))
		timeout = loop_until(s->hold_until, now, timeout);
	if (s->dirty && loop_resting(s))
		timeout = loop_until(s->rest_until, now, timeout);
	if (s->retry_at)
		timeout = loop_until(s->retry_at, now, timeout);
	return timeout;
}

/* Keys that wait; those typed ahead of a screen that is just coming stay in
 * the terminal until it is there. */
static void
loop_keys(struct loop *loop)
{
	struct screens *s = loop->screens;
	int key;

	while (!s->quit && !loop_holding(s) &&
	       (key = term_key(s->term)) != TERM_NONE) {
		loop->barren = 0;
		screens_key(s, key);
	}
}

/* --- signals ------------------------------------------------------------- */

static const int caught[] = {
    SIGWINCH, SIGTSTP, SIGCONT, SIGTERM, SIGHUP, SIGINT};
static const int fatal[] = {SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGABRT};

#define COUNT(a) (sizeof(a) / sizeof *(a))

/* A handler can reach nothing else: the pipe's writing end. */
static volatile sig_atomic_t loop_pipe = -1;

static void
loop_caught(int sig)
{
	char c = (char)sig;

	if (loop_pipe >= 0 && write(loop_pipe, &c, 1) < 0)
		return; /* full: there is enough in it to wake the loop */
}

static void
loop_fatal(int sig)
{
	term_rescue();
	raise(sig); /* SA_RESETHAND: the default action follows */
}

static void
loop_catch(int sig, void (*handler)(int), int flags)
{
	struct sigaction sa = {.sa_handler = handler, .sa_flags = flags};

	sigemptyset(&sa.sa_mask);
	sigaction(sig, &sa, NULL);
}

bool
loop_signals_open(struct loop *loop, struct err *err)
{
	struct sigaction old;
	int fds[2];

	if (pipe2(fds, O_CLOEXEC | O_NONBLOCK) < 0)
		return err_sys(err, ERR_IO, "pipe");
	loop->signals = fds[0];
	loop_pipe = fds[1];
	for (size_t i = 0; i < COUNT(caught); i++)
		loop_catch(caught[i], loop_caught, SA_RESTART);
	for (size_t i = 0; i < COUNT(fatal); i++) {
		/* A sanitizer's own handler knows more than ours. */
		if (sigaction(fatal[i], NULL, &old) == 0 &&
		    old.sa_handler == SIG_DFL)
			loop_catch(fatal[i], loop_fatal, (int)SA_RESETHAND);
	}
	return true;
}

void
loop_signals_close(struct loop *loop)
{
	for (size_t i = 0; i < COUNT(caught); i++)
		loop_catch(caught[i], SIG_DFL, 0);
	for (size_t i = 0; i < COUNT(fatal); i++)
		loop_catch(fatal[i], SIG_DFL, 0);
	if (loop->signals >= 0) {
		close(loop->signals);
		close(loop_pipe);
	}
	loop->signals = -1;
	loop_pipe = -1;
}

static void
loop_suspend(struct screens *s)
{
	term_suspend(s->term);
	loop_catch(SIGTSTP, SIG_DFL, 0);
	raise(SIGTSTP);
	/* Here again after SIGCONT. */
	loop_catch(SIGTSTP, loop_caught, SA_RESTART);
}

static void
loop_signal(struct screens *s, int sig)
{
	s->dirty = true;
	if (sig == SIGTSTP) {
		loop_suspend(s);
		term_resume(s->term);
	} else if (sig == SIGCONT) {
		term_resume(s->term);
	} else if (sig == SIGWINCH) {
		term_resize(s->term, 0, 0);
	} else {
		s->quit = true;
		s->status = 128 + sig;
	}
	screens_resized(s);
}

static void
loop_signals(struct loop *loop)
{
	char sigs[64];
	ssize_t n = read(loop->signals, sigs, sizeof sigs);

	for (ssize_t i = 0; i < n; i++) {
		/* A dragged window sends many; the last one counts. */
		if (sigs[i] == SIGWINCH && i + 1 < n && sigs[i + 1] == SIGWINCH)
			continue;
		loop_signal(loop->screens, sigs[i]);
	}
}

/* --- the loop ------------------------------------------------------------ */

static void
loop_gone(struct loop *loop, short revents)
{
	if (revents & POLLIN)
		loop->barren++;
	if ((revents & (POLLHUP | POLLERR | POLLNVAL)) ||
	    loop->barren > BARREN_MOST) {
		loop->screens->quit = true;
		loop->screens->status = 128 + SIGHUP;
	}
}

void
loop_step(struct loop *loop, int most)
{
	struct screens *s = loop->screens;
	struct pollfd fds[2] = {
	    {.fd = loop->signals, .events = POLLIN},
	    {.fd = loop->keys, .events = POLLIN},
	};
	size_t n = loop_holding(s) ? 1 : 2;

	loop_paint(s);
	if (s->quit)
		return;
	net_wait(s->net, fds, n, loop_timeout(s, most));
	if (fds[0].revents & POLLIN)
		loop_signals(loop);
	if (n == 2 && fds[1].revents) {
		loop->barren++;
		loop_keys(loop);
		loop_gone(loop, fds[1].revents);
	}
	if (s->retry_at && s->clock() >= s->retry_at && !s->quit)
		screens_retry(s);
}

int
loop_run(struct loop *loop)
{
	while (!loop->screens->quit)
		loop_step(loop, -1);
	return loop->screens->status;
}
