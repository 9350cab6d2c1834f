#include "hearthd.h"

#include <fcntl.h>
#include <poll.h>
#include <stdlib.h>
#include <sys/un.h>
#include <sys/wait.h>

#include "base/file.h"
#include "lib/unit.h"

struct fixture hearthd_data;
char *hearthd_path;

/* --- a daemon -------------------------------------------------------- */

static void
run(const char **args, int log, int line)
{
	char *program = file_join(getenv("top_builddir"), "hearthd", NULL);

	dup2(log, STDERR_FILENO);
	if (line >= 0)
		fcntl(line, F_SETFD, 0);
	execv(program, (char *const *)args);
	_exit(127);
}

/* Starts hearthd over the fixture's store; more arguments end with NULL. */
void
hearthd_start(struct hearthd *d, const char *const *more, int line)
{
	char *store = xasprintf("sqlite:%s", hearthd_data.folder);
	char *measures =
	    xasprintf("service.definitions=%s", hearthd_data.definitions);
	const char *args[MOST_ARGS] = {"hearthd", "--config", "/dev/null",
	    "--store", store, "--set", measures, "--set", "log.level=debug"};
	size_t n = 9;
	int fds[2];

	for (; *more != NULL; more++)
		args[n++] = *more;
	ck_assert_int_eq(pipe2(fds, O_CLOEXEC), 0);
	*d = (struct hearthd){.log = fds[0], .line = -1};
	d->pid = fork();
	if (d->pid == 0)
		run(args, fds[1], line);
	close(fds[1]);
	free(store);
	free(measures);
}

/* Reads the log until it holds the text; false at its end. */
bool
hearthd_logged(struct hearthd *d, const char *text)
{
	char more[512];
	ssize_t n;

	while (strstr(buf_text(&d->text), text) == NULL) {
		n = read(d->log, more, sizeof more);
		if (n <= 0)
			return false;
		buf_add(&d->text, more, (size_t)n);
	}
	return true;
}

int
hearthd_ended(struct hearthd *d)
{
	int status = -1;

	ck_assert(!hearthd_logged(d, "\1")); /* all of the log */
	waitpid(d->pid, &status, 0);
	close(d->log);
	return WIFEXITED(status) ? WEXITSTATUS(status) : 256 + WTERMSIG(status);
}

void
hearthd_forget(struct hearthd *d)
{
	buf_free(&d->text);
}

int
hearthd_stop(struct hearthd *d)
{
	int status;

	kill(d->pid, SIGTERM);
	status = hearthd_ended(d);
	if (status != 0)
		fprintf(stderr, "%s", buf_text(&d->text));
	hearthd_forget(d);
	return status;
}

void
hearthd_start_unix(struct hearthd *d, const char *setting)
{
	char *listen_on = xasprintf("unix:%s", hearthd_path);

	hearthd_start(d,
	    (const char *const[]){"--listen", listen_on,
		setting != NULL ? "--set" : NULL, setting, NULL},
	    -1);
	ck_assert_msg(
	    hearthd_logged(d, "event=listening"), "%s", buf_text(&d->text));
	free(listen_on);
}

void
hearthd_start_tcp(struct hearthd *d, const char *const *settings)
{
	const char *args[MOST_ARGS] = {"--listen", "tcp:127.0.0.1:0"};
	const char *at;
	size_t n = 2;

	for (; *settings != NULL; settings++) {
		args[n++] = "--set";
		args[n++] = *settings;
	}
	hearthd_start(d, args, -1);
	ck_assert_msg(hearthd_logged(d, " tls="), "%s", buf_text(&d->text));
	at = strstr(buf_text(&d->text), "tcp:127.0.0.1:");
	d->port = (unsigned)strtoul(at + strlen("tcp:127.0.0.1:"), NULL, 10);
}

/* --- raw connections ------------------------------------------------- */

int
hearthd_dial(void)
{
	struct sockaddr_un at = {.sun_family = AF_UNIX};
	int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);

	snprintf(at.sun_path, sizeof at.sun_path, "%s", hearthd_path);
	if (connect(fd, (struct sockaddr *)&at, sizeof at) == 0)
		return fd;
	close(fd);
	return -1;
}

void
hearthd_say(int fd, const char *text, size_t n)
{
	/* A peer that has hung up is no fault of the test's. */
	while (n > 0) {
		ssize_t sent = send(fd, text, n, MSG_NOSIGNAL);

		if (sent <= 0)
			return;
		text += sent;
		n -= (size_t)sent;
	}
}

/* Whether there is something to read, or the end, in time. */
bool
hearthd_heard(int fd, int ms)
{
	struct pollfd p = {.fd = fd, .events = POLLIN};

	return poll(&p, 1, ms) > 0;
}

/* Until the other side closes. */
void
hearthd_listen_all(int fd, struct buf *b)
{
	char more[4096];
	ssize_t n;

	do {
		ck_assert_msg(
		    hearthd_heard(fd, PATIENCE), "no end of the answer");
		n = read(fd, more, sizeof more);
		if (n > 0)
			buf_add(b, more, (size_t)n);
	} while (n > 0);
}

/* Until the text has come. */
void
hearthd_listen_for(int fd, struct buf *b, const char *text)
{
	char more[4096];

	while (b->len == 0 || strstr(buf_text(b), text) == NULL) {
		ssize_t n;

		ck_assert_msg(
		    hearthd_heard(fd, PATIENCE), "%s did not come", text);
		n = read(fd, more, sizeof more);
		ck_assert_msg(n > 0, "%s did not come: %s", text, buf_text(b));
		buf_add(b, more, (size_t)n);
	}
}

unsigned
hearthd_count(const char *text, const char *what)
{
	unsigned n = 0;

	for (; (text = strstr(text, what)) != NULL; text++)
		n++;
	return n;
}

/* What the daemon says of its state; empty when it closes at once. */
void
hearthd_state(struct buf *b)
{
	static const char ask[] = "GET /v1/status HTTP/1.1\r\nHost: x\r\n"
				  "Connection: close\r\n\r\n";
	int fd = hearthd_dial();

	ck_assert_int_ge(fd, 0);
	hearthd_say(fd, ask, sizeof ask - 1);
	hearthd_listen_all(fd, b);
	close(fd);
}

void
hearthd_alive(void)
{
	struct buf b = {0};

	hearthd_state(&b);
	ck_assert_msg(
	    strncmp(buf_text(&b), "HTTP/1.1 200", 12) == 0, "%s", buf_text(&b));
	buf_free(&b);
}

/* --- curl ------------------------------------------------------------ */

static size_t
keep(char *p, size_t size, size_t n, void *arg)
{
	buf_add(arg, p, size * n);
	return size * n;
}

void
hearthd_fetch(struct hearthd_fetch *f)
{
	CURL *curl = curl_easy_init();
	struct curl_slist *headers = NULL;

	curl_easy_setopt(curl, CURLOPT_URL, f->url);
	curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, keep);
	curl_easy_setopt(curl, CURLOPT_WRITEDATA, &f->body);
	curl_easy_setopt(curl, CURLOPT_TIMEOUT_MS, (long)PATIENCE);
	curl_easy_setopt(curl, CURLOPT_NOPROXY, "*");
	if (f->socket != NULL)
		curl_easy_setopt(curl, CURLOPT_UNIX_SOCKET_PATH, f->socket);
	if (f->ca != NULL)
		curl_easy_setopt(curl, CURLOPT_CAINFO, f->ca);
	if (f->tls_most != 0)
		curl_easy_setopt(curl, CURLOPT_SSLVERSION, f->tls_most);
	if (f->host != NULL)
		headers = curl_slist_append(NULL, f->host);
	curl_easy_setopt(curl, CURLOPT_HTTPHEADER, headers);
	f->rc = curl_easy_perform(curl);
	curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &f->status);
	curl_slist_free_all(headers);
	curl_easy_cleanup(curl);
}

long
hearthd_status_of(const char *url, const char *host)
{
	struct hearthd_fetch f = {.url = url, .host = host};

	hearthd_fetch(&f);
	buf_free(&f.body);
	return f.status;
}

/* --- the fixture ----------------------------------------------------- */

void
hearthd_setup(void)
{
	signal(SIGPIPE, SIG_IGN);
	fixture_open(&hearthd_data, true);
	hearthd_path = file_join(hearthd_data.folder, "s", NULL);
}

void
hearthd_teardown(void)
{
	free(hearthd_path);
	fixture_close(&hearthd_data);
}
