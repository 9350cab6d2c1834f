/*
 * The terminal as the kernel gives it: hearth in a pseudo-terminal of its
 * own, without a service (the screens say so), for what only a real one
 * shows: signals, stopping, restoring, types, sizes.
 */
#include <errno.h>
#include <poll.h>
#include <pty.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <termios.h>
#include <unistd.h>

#include "base/buf.h"
#include "lib/unit.h"

#define PATIENCE_MS 10000

struct tty {
	int fd;
	pid_t pid;
	struct buf out;
};

struct launch {
	const char *type, *locale;
	int width, height;
};

static struct tty tty;

/* As a shell does with a job: hearth in the foreground in a group of its own
 * (a lone process is never stopped), its stops said aloud and ended. */
static void
shell(const char *program)
{
	struct termios now;
	int status = 0;
	pid_t job;

	signal(SIGTTOU, SIG_IGN);
	job = fork();
	if (job == 0) {
		setpgid(0, 0);
		tcsetpgrp(STDIN_FILENO, getpid());
		signal(SIGTTOU, SIG_DFL);
		execl(program, program, "--service", "unix:/nonexistent/s",
		    (char *)NULL);
		_exit(127);
	}
	while (waitpid(job, &status, WUNTRACED) == job && WIFSTOPPED(status)) {
		tcgetattr(STDIN_FILENO, &now);
		printf("<stopped, %s>\n",
		    now.c_lflag & ICANON ? "restored" : "raw");
		fflush(stdout);
		kill(-job, SIGCONT);
	}
	_exit(
	    WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status));
}

/* hearth itself, behind the shell. */
static pid_t
job(void)
{
	return tcgetpgrp(tty.fd);
}

static void
launch(const struct launch *l)
{
	struct winsize ws = {.ws_col = (unsigned short)l->width,
	    .ws_row = (unsigned short)l->height};
	const char *top = getenv("top_builddir");
	char *program = xasprintf("%s/hearth", top ? top : ".");

	tty.pid = forkpty(&tty.fd, NULL, NULL, &ws);
	ck_assert_int_ge(tty.pid, 0);
	if (tty.pid == 0) {
		setenv("TERM", l->type, 1);
		setenv("LC_ALL", l->locale, 1);
		setenv("HOME", "/nonexistent", 1);
		setenv("XDG_CONFIG_HOME", "/nonexistent", 1);
		shell(program);
	}
	free(program);
}

/* Reads until the text came that was looked for, since `from`. */
static bool
came(size_t from, const char *text)
{
	for (;;) {
		struct pollfd p = {.fd = tty.fd, .events = POLLIN};
		char data[4096];
		ssize_t n;

		if (from < tty.out.len && strstr(tty.out.data + from, text))
			return true;
		if (poll(&p, 1, PATIENCE_MS) <= 0)
			return false;
		n = read(tty.fd, data, sizeof data);
		if (n <= 0)
			return false;
		buf_add(&tty.out, data, (size_t)n);
	}
}

static void
type(const char *keys)
{
	ck_assert_int_eq(
	    write(tty.fd, keys, strlen(keys)), (ssize_t)strlen(keys));
}

static int
ended(void)
{
	int status;

	while (came(tty.out.len, "\001never\001"))
		;
	ck_assert_int_eq(waitpid(tty.pid, &status, 0), tty.pid);
	tty.pid = 0;
	return status;
}

static void
finish(void)
{
	if (tty.pid > 0) {
		kill(tty.pid, SIGKILL);
		waitpid(tty.pid, NULL, 0);
	}
	close(tty.fd);
	buf_free(&tty.out);
}

static const struct launch usual = {"xterm-256color", "C.UTF-8", 80, 24};

#define LEAVE "\033[?1049l" /* back from the alternate screen */
#define SHOWN "NOT CONNECTED"

START_TEST(tty__quit__gives_the_terminal_back)
{
	struct termios after;
	int status;

	launch(&usual);
	ck_assert(came(0, SHOWN));
	tcgetattr(tty.fd, &after);
	ck_assert((after.c_lflag & ICANON) == 0);
	type("Q");
	ck_assert(came(0, LEAVE));
	status = ended();
	ck_assert(WIFEXITED(status) && WEXITSTATUS(status) == 0);
}
END_TEST

START_TEST(tty__sigterm__gives_the_terminal_back)
{
	launch(&usual);
	ck_assert(came(0, SHOWN));
	kill(job(), _i ? SIGHUP : SIGTERM);
	ck_assert(came(0, LEAVE));
	ck_assert(WIFEXITED(ended()));
}
END_TEST

START_TEST(tty__crash__gives_the_terminal_back)
{
	int status;

	launch(&usual);
	ck_assert(came(0, SHOWN));
	kill(job(), SIGABRT);
	ck_assert(came(0, LEAVE));
	status = ended();
	ck_assert(WIFEXITED(status) && WEXITSTATUS(status) == 128 + SIGABRT);
}
END_TEST

START_TEST(tty__stop_key__stops_and_comes_back)
{
	size_t mark;

	launch(&usual);
	ck_assert(came(0, SHOWN));
	type("\032"); /* ^Z */
	ck_assert(came(0, LEAVE));
	ck_assert(came(0, "<stopped, restored>"));
	mark = (size_t)(strstr(tty.out.data, "<stopped") - tty.out.data);
	ck_assert(came(mark, SHOWN));
	type("Q");
	ck_assert(WIFEXITED(ended()));
}
END_TEST

START_TEST(tty__resize__paints_the_new_window)
{
	struct winsize ws = {.ws_col = 100, .ws_row = 30};
	size_t mark;

	launch(&usual);
	ck_assert(came(0, SHOWN));
	mark = tty.out.len;
	ioctl(tty.fd, TIOCSWINSZ, &ws);
	/* The key bar stands on the new last line. */
	ck_assert(came(mark, "\033[30d"));
	ck_assert(came(mark, "help"));
}
END_TEST

START_TEST(tty__unknown_type__is_taken_for_a_near_one)
{
	launch(&(struct launch){"xterm-unheard-of", "C.UTF-8", 100, 24});
	ck_assert(came(0, "taken for xterm"));
}
END_TEST

START_TEST(tty__c_locale__sends_ascii_only)
{
	launch(&(struct launch){_i ? "vt100" : "xterm", "C", 80, 24});
	ck_assert(came(0, SHOWN));
	for (size_t i = 0; i < tty.out.len; i++)
		ck_assert(!(tty.out.data[i] & 0x80));
}
END_TEST

START_TEST(tty__startup__asks_the_terminal_nothing)
{
	static const char *const questions[] = {"\033[c", "\033[>c", "\033[6n",
	    "\033]10;?", "\033]11;?", "\033[?1000h", "\033[?1006h"};

	launch(&usual);
	ck_assert(came(0, SHOWN));
	for (size_t i = 0; i < sizeof questions / sizeof *questions; i++)
		ck_assert_ptr_null(strstr(tty.out.data, questions[i]));
}
END_TEST

int
main(void)
{
	Suite *s = suite_create("tty");
	TCase *t = tcase_create("tty");

	tcase_set_timeout(t, 60);
	tcase_add_checked_fixture(t, NULL, finish);
	tcase_add_test(t, tty__quit__gives_the_terminal_back);
	tcase_add_loop_test(t, tty__sigterm__gives_the_terminal_back, 0, 2);
	tcase_add_test(t, tty__crash__gives_the_terminal_back);
	tcase_add_test(t, tty__stop_key__stops_and_comes_back);
	tcase_add_test(t, tty__resize__paints_the_new_window);
	tcase_add_test(t, tty__unknown_type__is_taken_for_a_near_one);
	tcase_add_loop_test(t, tty__c_locale__sends_ascii_only, 0, 2);
	tcase_add_test(t, tty__startup__asks_the_terminal_nothing);
	suite_add_tcase(s, t);
	return unit_run(s);
}
