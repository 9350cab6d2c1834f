/*
 * A private hearthd's first answer, given before it has read its definitions:
 * the same bytes as later, to nobody else, for nothing else; and what happens
 * when the rest does not follow.
 *
 * The rules for counting providers are read last. Where they come through a
 * pipe, the service cannot be ready before the test has written them.
 */
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/file.h"
#include "base/marks.h"
#include "contract/fixture.h"
#include "lib/unit.h"
#include "service/kept.h"

#define PATIENCE 20000 /* ms; a test that waits longer has failed */
#define ASK(path)                                   \
	"GET " path " HTTP/1.1\r\nHost: hearth\r\n" \
	"Accept: application/json\r\n\r\n"
#define BOARD ASK("/v1/board")

static struct fixture data;
static char *unix_path, *pipe_path, *rules_path;

struct private
{
	pid_t pid;
	int line;
};

/* --- a private service --------------------------------------------------- */

static _Noreturn void
run(int line, const char *rules, const char *audit)
{
	char *program = file_join(getenv("top_builddir"), "hearthd", NULL);
	char *store = xasprintf("sqlite:%s", data.folder);
	char *measures = xasprintf("service.definitions=%s", data.definitions);
	char *providers = xasprintf("service.providers=%s", rules);
	char *looks = xasprintf("service.audit=%s", audit);
	char *at = xasprintf("unix:%s", unix_path);
	char number[16];

	snprintf(number, sizeof number, "%d", line);
	fcntl(line, F_SETFD, 0);
	execl(program, "hearthd", "--config", "/dev/null", "--store", store,
	    "--set", measures, "--set", providers, "--set", looks, "--listen",
	    at, "--private-fd", number, (char *)NULL);
	_exit(127);
}

static void
start(struct private *p, const char *rules, const char *audit)
{
	int pair[2];

	ck_assert_int_eq(
	    socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair), 0);
	p->pid = fork();
	if (p->pid == 0)
		run(pair[1], rules, audit);
	close(pair[1]);
	p->line = pair[0];
}

/* What it says to its client next, up to a line's end. */
static void
said(const struct private *p, char line[static 600])
{
	struct pollfd fd = {.fd = p->line, .events = POLLIN};
	size_t n = 0;

	do {
		ck_assert_int_eq(poll(&fd, 1, PATIENCE), 1);
		ck_assert_int_eq(read(p->line, line + n, 1), 1);
	} while (line[n++] != '\n');
	line[n - 1] = '\0';
}

static void
ready(const struct private *p)
{
	char line[600];

	said(p, line);
	ck_assert_str_eq(line, "ready");
}

static int
ended(struct private *p)
{
	int status = -1;

	waitpid(p->pid, &status, 0);
	return WIFEXITED(status) ? WEXITSTATUS(status) : 256 + WTERMSIG(status);
}

static void
leave(struct private *p)
{
	close(p->line);
	ck_assert_int_eq(ended(p), 0);
}

/* --- asking -------------------------------------------------------------- */

static int
dial(void)
{
	struct sockaddr_un at = {.sun_family = AF_UNIX};
	int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);

	snprintf(at.sun_path, sizeof at.sun_path, "%s", unix_path);
	ck_assert_int_eq(connect(fd, (struct sockaddr *)&at, sizeof at), 0);
	return fd;
}

static void
say(int fd, const char *text)
{
	ck_assert_int_eq(
	    send(fd, text, strlen(text), MSG_NOSIGNAL), (int)strlen(text));
}

/* One whole answer; false when the connection ended instead. */
static bool
hear(int fd, struct buf *b)
{
	struct pollfd p = {.fd = fd, .events = POLLIN};
	size_t length = 0;
	const char *head = NULL;
	char more[4096];
	ssize_t n;

	buf_reset(b);
	while (head == NULL || b->len < (size_t)(head - b->data) + 4 + length) {
		ck_assert_msg(poll(&p, 1, PATIENCE) == 1, "no answer");
		n = read(fd, more, sizeof more);
		if (n <= 0)
			return false;
		buf_add(b, more, (size_t)n);
		head = strstr(b->data, "\r\n\r\n");
		if (head != NULL)
			ck_assert_int_eq(
			    sscanf(strstr(b->data, "Content-Length:"),
				"Content-Length: %zu", &length),
			    1);
	}
	return true;
}

/* Nothing is to be heard while the service is not ready. */
static void
silent(int fd)
{
	struct pollfd p = {.fd = fd, .events = POLLIN};

	ck_assert_int_eq(poll(&p, 1, 0), 0);
}

static void
settle(const char *folder)
{
	const struct timespec tick = {.tv_nsec = 5000000};
	struct marks m = {0};

	marks_add_folder(&m, folder);
	while (!marks_settled(&m, marks_now()))
		nanosleep(&tick, NULL);
	marks_free(&m);
}

/* The head but its date and the order of its lines, and the body. */
static void
same(const struct buf *a, const struct buf *b)
{
	static const char *const lines[] = {"HTTP/1.1 200 OK\r\n",
	    "\r\nContent-Type: application/json\r\n",
	    "\r\nCache-Control: no-store\r\n",
	    "\r\nX-Content-Type-Options: nosniff\r\n", "\r\nETag: \"",
	    "\r\nDate: "};
	const char *tag = strstr(a->data, "ETag: ");

	for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
		ck_assert_msg(
		    strstr(a->data, lines[i]) != NULL, "%s", lines[i]);
		ck_assert_msg(
		    strstr(b->data, lines[i]) != NULL, "%s", lines[i]);
	}
	ck_assert_int_eq(
	    strncmp(tag, strstr(b->data, "ETag: "), strcspn(tag, "\r")), 0);
	ck_assert_str_eq(
	    strstr(a->data, "\r\n\r\n"), strstr(b->data, "\r\n\r\n"));
	ck_assert_uint_eq(a->len, b->len);
}

/* The first run: somebody looks at the board, and goes, but not so soon that
 * a file could change once more in the tick in which it is looked at: then
 * nothing would be kept. */
static void
look(struct buf *b)
{
	struct private p;
	int fd;

	settle(data.folder);
	settle(data.definitions);
	start(&p, rules_path, data.audit);
	ready(&p);
	fd = dial();
	say(fd, BOARD);
	ck_assert(hear(fd, b));
	close(fd);
	settle(data.folder);
	leave(&p);
}

static void
setup(void)
{
	signal(SIGPIPE, SIG_IGN);
	fixture_open(&data, true);
	unix_path = file_join(data.folder, "s", NULL);
	pipe_path = file_join(data.folder, "rules", NULL);
	rules_path = fixture_source("etc/providers/census.cfg");
	ck_assert_int_eq(mkfifo(pipe_path, 0600), 0);
	ck_assert(file_exists(rules_path));
}

static void
teardown(void)
{
	free(rules_path);
	free(pipe_path);
	free(unix_path);
	fixture_close(&data);
}

/* Has the service read on, from now. */
static void
let_in(void)
{
	struct buf rules = {0};
	struct err err;
	int fd = open(pipe_path, O_WRONLY);

	ck_assert_int_ge(fd, 0);
	ck_assert(file_read(&rules, rules_path, 1 << 20, &err));
	ck_assert(file_write_all(fd, rules.data, rules.len, &err));
	close(fd);
	buf_free(&rules);
}

START_TEST(porch__second_start__answers_before_it_reads)
{
	struct private p;
	struct buf first = {0}, again = {0}, then = {0};
	int fd, other;

	look(&first);
	start(&p, pipe_path, data.audit);
	ready(&p);
	fd = dial();
	say(fd, BOARD);
	ck_assert(hear(fd, &again));
	same(&first, &again);
	/* Whatever is asked now waits, and is answered. */
	other = dial();
	say(other, ASK("/v1/status"));
	say(fd, BOARD BOARD);
	silent(other);
	silent(fd);
	let_in();
	ck_assert(hear(other, &then));
	ck_assert_ptr_nonnull(strstr(then.data, "\"generations\""));
	ck_assert(hear(fd, &then));
	close(fd);
	close(other);
	leave(&p);
	buf_free(&first);
	buf_free(&again);
	buf_free(&then);
}
END_TEST

static const char *const others[] = {
    ASK("/v1/board?at=C5"),
    ASK("/v1/status"),
    "HEAD /v1/board HTTP/1.1\r\nHost: hearth\r\n\r\n",
    "GET /v1/board HTTP/1.1\r\nHost: hearth\r\n\r\n",
    "GET /v1/board HTTP/1.1\r\nHost: hearth\r\nHost: x\r\n"
    "Accept: application/json\r\n\r\n",
    "GET /v1/board HTTP/1.0\r\nHost: hearth\r\n"
    "Accept: application/json\r\n\r\n",
};

/* Not to the letter what was kept: left to the service, unread. */
START_TEST(porch__another_question__waits_for_the_service)
{
	struct private p;
	struct buf b = {0};
	int fd;

	look(&b);
	start(&p, pipe_path, data.audit);
	ready(&p);
	fd = dial();
	say(fd, others[_i]);
	let_in();
	/* It has read the rules, so it was past the porch. */
	if (strncmp(others[_i], "HEAD", 4) != 0)
		ck_assert(hear(fd, &b));
	close(fd);
	leave(&p);
	buf_free(&b);
}
END_TEST

/* Nobody looked before, or a definition is another one now. */
START_TEST(porch__nothing_kept__ready_when_it_is)
{
	struct private p;
	struct pollfd line;
	struct buf b = {0};
	struct err err;
	char *cfg;
	int fd;

	if (_i == 1) {
		fixture_define(&data, NULL, 0);
		settle(data.definitions);
		look(&b);
		cfg = file_join(data.definitions, "p1.cfg", NULL);
		ck_assert(file_read(&b, cfg, 1 << 20, &err));
		ck_assert(file_replace(cfg, b.data, b.len, &err));
		free(cfg);
	}
	start(&p, pipe_path, data.audit);
	line = (struct pollfd){.fd = p.line, .events = POLLIN};
	/* The pipe opens when the service does, and it has not spoken. */
	fd = open(pipe_path, O_WRONLY);
	ck_assert_int_eq(poll(&line, 1, 0), 0);
	let_in();
	close(fd);
	ready(&p);
	leave(&p);
	buf_free(&b);
}
END_TEST

/* Killed between the first answer and the rest: the next one starts over the
 * socket that is left, and says the same. */
START_TEST(porch__killed_before_it_is_ready__nothing_lost)
{
	struct private p;
	struct buf first = {0}, again = {0};
	int fd;

	look(&first);
	start(&p, pipe_path, data.audit);
	ready(&p);
	fd = dial();
	say(fd, BOARD);
	ck_assert(hear(fd, &again));
	say(fd, ASK("/v1/status"));
	kill(p.pid, SIGKILL);
	ck_assert(!hear(fd, &again));
	close(fd);
	close(p.line);
	ck_assert_int_eq(ended(&p), 256 + SIGKILL);
	look(&again);
	same(&first, &again);
	buf_free(&first);
	buf_free(&again);
}
END_TEST

/* The board was given, but the service cannot be opened: it says why. */
START_TEST(porch__cannot_serve__says_why_after_all)
{
	struct private p;
	struct buf b = {0};
	char line[600];
	int fd;

	look(&b);
	start(&p, rules_path, "/nowhere/at/all");
	ready(&p);
	fd = dial();
	say(fd, BOARD);
	ck_assert(hear(fd, &b));
	said(&p, line);
	ck_assert_msg(strncmp(line, "error io ", 9) == 0, "%s", line);
	ck_assert_int_eq(ended(&p), 6);
	ck_assert(!hear(fd, &b));
	close(fd);
	close(p.line);
	buf_free(&b);
}
END_TEST

/* A client that goes without a word. */
START_TEST(porch__client_gone__ends)
{
	struct private p;
	struct buf b = {0};

	look(&b);
	start(&p, rules_path, data.audit);
	ready(&p);
	leave(&p);
	buf_free(&b);
}
END_TEST

int
main(void)
{
	Suite *s = suite_create("porch");
	TCase *t = tcase_create("porch");

	tcase_set_timeout(t, 60);
	tcase_add_checked_fixture(t, setup, teardown);
	tcase_add_test(t, porch__second_start__answers_before_it_reads);
	tcase_add_loop_test(t, porch__another_question__waits_for_the_service,
	    0, (int)(sizeof others / sizeof *others));
	tcase_add_loop_test(t, porch__nothing_kept__ready_when_it_is, 0, 2);
	tcase_add_test(t, porch__killed_before_it_is_ready__nothing_lost);
	tcase_add_test(t, porch__cannot_serve__says_why_after_all);
	tcase_add_test(t, porch__client_gone__ends);
	suite_add_tcase(s, t);
	return unit_run(s);
}
