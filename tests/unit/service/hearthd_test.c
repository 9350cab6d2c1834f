/*
 * The daemon itself, over real sockets: what a client, a balancer, a hostile
 * stranger and the operating system can do to it.
 */
#include <curl/curl.h>
#include <errno.h>
#include <fcntl.h>
#include <gnutls/gnutls.h>
#include <gnutls/x509.h>
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
#include "contract/fixture.h"
#include "lib/unit.h"

#define MOST_ARGS 24
#define PATIENCE 20000 /* ms; a test that waits longer has failed */

static struct fixture data;
static char *unix_path;

/* --- a daemon -------------------------------------------------------- */

struct hearthd {
	pid_t pid;
	int log;	 /* its standard error */
	int line;	 /* the private line, -1: none */
	struct buf text; /* what it has logged so far */
	unsigned port;	 /* of its TCP door, 0: none */
};

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
static void
start(struct hearthd *d, const char *const *more, int line)
{
	char *store = xasprintf("sqlite:%s", data.folder);
	char *measures = xasprintf("service.definitions=%s", data.definitions);
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
static bool
logged(struct hearthd *d, const char *text)
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

static int
ended(struct hearthd *d)
{
	int status = -1;

	ck_assert(!logged(d, "\1")); /* all of the log */
	waitpid(d->pid, &status, 0);
	close(d->log);
	return WIFEXITED(status) ? WEXITSTATUS(status) : 256 + WTERMSIG(status);
}

static void
forget(struct hearthd *d)
{
	buf_free(&d->text);
}

static int
stop(struct hearthd *d)
{
	int status;

	kill(d->pid, SIGTERM);
	status = ended(d);
	if (status != 0)
		fprintf(stderr, "%s", buf_text(&d->text));
	forget(d);
	return status;
}

static void
start_unix(struct hearthd *d, const char *setting)
{
	char *listen_on = xasprintf("unix:%s", unix_path);

	start(d,
	    (const char *const[]){"--listen", listen_on,
		setting != NULL ? "--set" : NULL, setting, NULL},
	    -1);
	ck_assert_msg(logged(d, "event=listening"), "%s", buf_text(&d->text));
	free(listen_on);
}

static void
start_tcp(struct hearthd *d, const char *const *settings)
{
	const char *args[MOST_ARGS] = {"--listen", "tcp:127.0.0.1:0"};
	const char *at;
	size_t n = 2;

	for (; *settings != NULL; settings++) {
		args[n++] = "--set";
		args[n++] = *settings;
	}
	start(d, args, -1);
	ck_assert_msg(logged(d, " tls="), "%s", buf_text(&d->text));
	at = strstr(buf_text(&d->text), "tcp:127.0.0.1:");
	d->port = (unsigned)strtoul(at + strlen("tcp:127.0.0.1:"), NULL, 10);
}

/* --- raw connections ------------------------------------------------- */

static int
dial_unix(void)
{
	struct sockaddr_un at = {.sun_family = AF_UNIX};
	int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);

	snprintf(at.sun_path, sizeof at.sun_path, "%s", unix_path);
	if (connect(fd, (struct sockaddr *)&at, sizeof at) == 0)
		return fd;
	close(fd);
	return -1;
}

static void
say(int fd, const char *text, size_t n)
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
static bool
heard(int fd, int ms)
{
	struct pollfd p = {.fd = fd, .events = POLLIN};

	return poll(&p, 1, ms) > 0;
}

/* Until the other side closes. */
static void
listen_all(int fd, struct buf *b)
{
	char more[4096];
	ssize_t n;

	do {
		ck_assert_msg(heard(fd, PATIENCE), "no end of the answer");
		n = read(fd, more, sizeof more);
		if (n > 0)
			buf_add(b, more, (size_t)n);
	} while (n > 0);
}

/* Until the text has come. */
static void
listen_for(int fd, struct buf *b, const char *text)
{
	char more[4096];

	while (b->len == 0 || strstr(buf_text(b), text) == NULL) {
		ssize_t n;

		ck_assert_msg(heard(fd, PATIENCE), "%s did not come", text);
		n = read(fd, more, sizeof more);
		ck_assert_msg(n > 0, "%s did not come: %s", text, buf_text(b));
		buf_add(b, more, (size_t)n);
	}
}

static unsigned
count(const char *text, const char *what)
{
	unsigned n = 0;

	for (; (text = strstr(text, what)) != NULL; text++)
		n++;
	return n;
}

/* What the daemon says of its state; empty when it closes at once. */
static void
state(struct buf *b)
{
	static const char ask[] = "GET /v1/status HTTP/1.1\r\nHost: x\r\n"
				  "Connection: close\r\n\r\n";
	int fd = dial_unix();

	ck_assert_int_ge(fd, 0);
	say(fd, ask, sizeof ask - 1);
	listen_all(fd, b);
	close(fd);
}

static void
alive(void)
{
	struct buf b = {0};

	state(&b);
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

struct fetch {
	const char *url, *socket, *ca, *host;
	long tls_most;
	long status;
	CURLcode rc;
	struct buf body;
};

static void
fetch(struct fetch *f)
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

static long
status_of(const char *url, const char *host)
{
	struct fetch f = {.url = url, .host = host};

	fetch(&f);
	buf_free(&f.body);
	return f.status;
}

/* --- the fixture ----------------------------------------------------- */

static void
setup(void)
{
	signal(SIGPIPE, SIG_IGN);
	fixture_open(&data, true);
	unix_path = file_join(data.folder, "s", NULL);
}

static void
teardown(void)
{
	free(unix_path);
	fixture_close(&data);
}

/* --- doors ----------------------------------------------------------- */

START_TEST(unix__own_user__may_see_all)
{
	struct hearthd d;
	struct stat st;
	struct fetch f = {.url = "http://x/v1/report?measure=p1"};

	start_unix(&d, NULL);
	ck_assert_int_eq(stat(unix_path, &st), 0);
	ck_assert_int_eq(st.st_mode & 0777, 0600);
	f.socket = unix_path;
	fetch(&f);
	ck_assert_int_eq(f.status, 200);
	ck_assert_ptr_nonnull(strstr(buf_text(&f.body), "\"value\":\"50.0\""));
	buf_free(&f.body);
	ck_assert_int_eq(stop(&d), 0);
	ck_assert_int_ne(stat(unix_path, &st), 0);
}
END_TEST

START_TEST(tcp__nobody_signed_in__no_figure)
{
	struct hearthd d;
	char *base, *status, *report;

	start_tcp(&d, (const char *const[]){NULL});
	base = xasprintf("http://127.0.0.1:%u", d.port);
	status = xasprintf("%s/v1/status", base);
	report = xasprintf("%s/v1/report?measure=p1", base);
	ck_assert_int_eq(status_of(status, NULL), 200);
	ck_assert_int_eq(status_of(report, NULL), 401);
	ck_assert_int_eq(stop(&d), 0);
	free(base);
	free(status);
	free(report);
}
END_TEST

/* A web page that names its own host for this address gets nothing. */
START_TEST(tcp__loopback_trusted__only_by_its_own_name)
{
	struct hearthd d;
	char *report;

	start_tcp(&d, (const char *const[]){"tcp.trust_loopback=true", NULL});
	report = xasprintf("http://127.0.0.1:%u/v1/report?measure=p1", d.port);
	ck_assert_int_eq(status_of(report, NULL), 200);
	ck_assert_int_eq(status_of(report, "Host: localhost"), 200);
	ck_assert_int_eq(status_of(report, "Host: evil.example"), 401);
	ck_assert_int_eq(
	    status_of(report, "Host: localhost.evil.example"), 401);
	ck_assert_int_eq(stop(&d), 0);
	free(report);
}
END_TEST

/* A key and a certificate of its own, for 127.0.0.1. */
static void
make_certificate(const char *cert_path, const char *key_path)
{
	static const unsigned char serial[] = {1}, ip[] = {127, 0, 0, 1};
	gnutls_x509_privkey_t key;
	gnutls_x509_crt_t crt;
	gnutls_datum_t pem;
	struct err err = {0};

	gnutls_x509_privkey_init(&key);
	gnutls_x509_privkey_generate(key, GNUTLS_PK_ECDSA,
	    GNUTLS_CURVE_TO_BITS(GNUTLS_ECC_CURVE_SECP256R1), 0);
	gnutls_x509_crt_init(&crt);
	gnutls_x509_crt_set_version(crt, 3);
	gnutls_x509_crt_set_serial(crt, serial, sizeof serial);
	gnutls_x509_crt_set_activation_time(crt, time(NULL) - 3600);
	gnutls_x509_crt_set_expiration_time(crt, time(NULL) + 3600);
	gnutls_x509_crt_set_dn(crt, "CN=hearthd test", NULL);
	gnutls_x509_crt_set_subject_alt_name(
	    crt, GNUTLS_SAN_IPADDRESS, ip, sizeof ip, GNUTLS_FSAN_SET);
	gnutls_x509_crt_set_basic_constraints(crt, 1, -1);
	gnutls_x509_crt_set_key(crt, key);
	ck_assert_int_eq(
	    gnutls_x509_crt_sign2(crt, crt, key, GNUTLS_DIG_SHA256, 0), 0);
	gnutls_x509_crt_export2(crt, GNUTLS_X509_FMT_PEM, &pem);
	ck_assert(file_replace(cert_path, pem.data, pem.size, &err));
	gnutls_free(pem.data);
	gnutls_x509_privkey_export2(key, GNUTLS_X509_FMT_PEM, &pem);
	ck_assert(file_replace(key_path, pem.data, pem.size, &err));
	gnutls_free(pem.data);
	gnutls_x509_crt_deinit(crt);
	gnutls_x509_privkey_deinit(key);
}

START_TEST(tls__own_certificate__served_and_checked)
{
	char *cert = file_join(data.folder, "cert.pem", NULL);
	char *key = file_join(data.folder, "key.pem", NULL);
	char *set_cert = xasprintf("tcp.certificate=%s", cert);
	char *set_key = xasprintf("tcp.key=%s", key);
	struct fetch f = {0}, old = {0}, plain = {0};
	struct hearthd d;
	char *url, *bare;

	make_certificate(cert, key);
	start_tcp(&d, (const char *const[]){set_cert, set_key, NULL});
	url = xasprintf("https://127.0.0.1:%u/v1/status", d.port);
	bare = xasprintf("http://127.0.0.1:%u/v1/status", d.port);
	f.url = old.url = url;
	f.ca = old.ca = cert;
	fetch(&f);
	ck_assert_msg(f.rc == CURLE_OK && f.status == 200, "%s",
	    curl_easy_strerror(f.rc));
	old.tls_most = CURL_SSLVERSION_TLSv1_1 | CURL_SSLVERSION_MAX_TLSv1_1;
	fetch(&old);
	ck_assert_int_ne(old.rc, CURLE_OK);
	plain.url = bare;
	fetch(&plain);
	ck_assert_int_eq(plain.status, 0);
	ck_assert_int_eq(stop(&d), 0);
	buf_free(&f.body);
	buf_free(&old.body);
	buf_free(&plain.body);
	free(cert);
	free(key);
	free(set_cert);
	free(set_key);
	free(url);
	free(bare);
}
END_TEST

static const struct {
	const char *args[6];
	int status;
	const char *text;
} wrong[] = {
    {{"--listen", "tcp:0.0.0.0:0"}, 2, "tcp.plain_beyond_loopback"},
    {{"--listen", "tcp:[::]:0"}, 2, "tcp.plain_beyond_loopback"},
    {{"--listen", "bogus"}, 2, "unix: or tcp:"},
    {{"--listen", "tcp:somewhere:80"}, 2, "numbers"},
    {{"--listen", "tcp:80"}, 2, "port"},
    {{NULL}, 2, "nowhere to listen"},
    {{"--set", "htp.idle=3"}, 2, "http.idle"},
    {{"--set", "http.idle=0"}, 2, "http.idle"},
    {{"--set", "nonsense"}, 2, "NAME=VALUE"},
    {{"--set", "tcp.key=/nowhere", "--listen", "tcp:127.0.0.1:0"}, 2,
	"go together"},
    {{"--bogus"}, 2, "--help"},
    {{"word"}, 2, "word"},
    {{"--private-fd", "x"}, 2, "descriptor"},
    {{"--store", "sqlite:/nowhere/at/all"}, 1, "store"},
};

START_TEST(start__wrong_use__says_what)
{
	struct hearthd d;

	start(&d, wrong[_i].args, -1);
	ck_assert(!logged(&d, "event=listening"));
	ck_assert_msg(strstr(buf_text(&d.text), wrong[_i].text) != NULL, "%s",
	    buf_text(&d.text));
	ck_assert_int_eq(ended(&d), wrong[_i].status);
	forget(&d);
}
END_TEST

START_TEST(start__socket_in_use__busy_and_unharmed)
{
	char *listen_on = xasprintf("unix:%s", unix_path);
	struct hearthd first, second;

	start_unix(&first, NULL);
	start(&second, (const char *const[]){"--listen", listen_on, NULL}, -1);
	ck_assert_int_eq(ended(&second), 4);
	forget(&second);
	alive();
	ck_assert_int_eq(stop(&first), 0);
	free(listen_on);
}
END_TEST

/* --- framing --------------------------------------------------------- */

#define H "Host: x\r\n"
#define GET "GET /v1/status HTTP/1.1\r\n" H
/* What a smuggler hopes for: a second request that only one side sees. */
#define HIDDEN "GET /v1/measures HTTP/1.1\r\n" H "\r\n"

static const struct {
	const char *what, *text;
	int status; /* 0: no answer is an answer too */
} hostile[] = {
    {"length and chunks",
	"GET /v1/status HTTP/1.1\r\n" H
	"Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n"
	"0\r\n\r\n" HIDDEN,
	400},
    {"two lengths",
	GET "Content-Length: 0\r\nContent-Length: 60\r\n\r\n" HIDDEN, 400},
    {"lengths alike",
	GET "Content-Length: 0\r\nContent-Length: 0\r\n\r\n" HIDDEN, 400},
    {"two encodings",
	GET "Transfer-Encoding: chunked\r\n"
	    "Transfer-Encoding: identity\r\n\r\n0\r\n\r\n" HIDDEN,
	400},
    {"odd encoding", GET "Transfer-Encoding: xchunked\r\n\r\n" HIDDEN, 400},
    {"gzip first",
	GET "Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n" HIDDEN, 400},
    {"no host", "GET /v1/status HTTP/1.1\r\n\r\n" HIDDEN, 400},
    {"two hosts", GET "Host: y\r\n\r\n" HIDDEN, 400},
    {"signed length", GET "Content-Length: +0\r\n\r\n" HIDDEN, 0},
    {"length in hex", GET "Content-Length: 0x0\r\n\r\n" HIDDEN, 0},
    {"negative length", GET "Content-Length: -1\r\n\r\n" HIDDEN, 0},
    {"immense length",
	GET "Content-Length: 99999999999999999999\r\n\r\n" HIDDEN, 0},
    {"folded length", GET "Content-Length:\r\n 5\r\n\r\n" HIDDEN, 400},
    {"length folded on", GET "Content-Length: 0\r\n 5\r\n\r\n" HIDDEN, 400},
    {"folded encoding",
	GET "Transfer-Encoding:\r\n chunked\r\n\r\n"
	    "0\r\n\r\n" HIDDEN,
	400},
    {"no version", "GET /v1/status\r\n\r\n" HIDDEN, 0},
    {"version 9", "GET /v1/status HTTP/9.9\r\n" H "\r\n" HIDDEN, 0},
    {"garbage", "\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03zzzz\r\n\r\n", 0},
    {"preface of HTTP/2", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", 0},
    {"only line ends", "\r\n\r\n\r\n\r\n\r\n\r\n\r\n\r\n", 0},
    {"bad chunk",
	"GET /v1/status HTTP/1.1\r\n" H
	"Transfer-Encoding: chunked\r\n\r\nzz\r\n",
	0},
};

START_TEST(framing__hostile__refused_and_unharmed)
{
	struct hearthd d;
	struct buf b = {0};
	int fd;

	start_unix(&d, "http.header=1");
	fd = dial_unix();
	say(fd, hostile[_i].text, strlen(hostile[_i].text));
	shutdown(fd, SHUT_WR);
	listen_all(fd, &b);
	close(fd);
	if (hostile[_i].status != 0)
		ck_assert_msg(strncmp(buf_text(&b), "HTTP/1.1 400", 12) == 0,
		    "%s: %s", hostile[_i].what, buf_text(&b));
	ck_assert_msg(strstr(buf_text(&b), "\"categories\"") == NULL,
	    "%s: the hidden request was answered", hostile[_i].what);
	alive();
	ck_assert_int_eq(stop(&d), 0);
	buf_free(&b);
}
END_TEST

START_TEST(headers__oversized__refused_and_unharmed)
{
	struct hearthd d;
	struct buf ask = {0}, b = {0};
	int fd;

	start_unix(&d, "http.memory=8");
	buf_str(&ask, GET "X-Long: ");
	for (int i = 0; i < 20000; i++)
		buf_char(&ask, 'a');
	buf_str(&ask, "\r\n\r\n");
	fd = dial_unix();
	say(fd, ask.data, ask.len);
	listen_all(fd, &b);
	close(fd);
	ck_assert_msg(strncmp(buf_text(&b), "HTTP/1.1 431", 12) == 0 ||
			  strncmp(buf_text(&b), "HTTP/1.1 4", 10) == 0,
	    "%s", buf_text(&b));
	alive();
	ck_assert_int_eq(stop(&d), 0);
	buf_free(&ask);
	buf_free(&b);
}
END_TEST

START_TEST(body__oversized__too_large)
{
	struct hearthd d;
	struct buf ask = {0}, b = {0};
	int fd;

	start_unix(&d, NULL);
	buf_str(&ask, "POST /v1/status HTTP/1.1\r\n" H
		      "Connection: close\r\nContent-Length: 100000\r\n\r\n");
	for (int i = 0; i < 100000; i++)
		buf_char(&ask, 'a');
	fd = dial_unix();
	say(fd, ask.data, ask.len);
	listen_all(fd, &b);
	close(fd);
	ck_assert_ptr_nonnull(strstr(buf_text(&b), "\"too_large\""));
	alive();
	ck_assert_int_eq(stop(&d), 0);
	buf_free(&ask);
	buf_free(&b);
}
END_TEST

START_TEST(requests__pipelined__each_answered_in_order)
{
	struct hearthd d;
	struct buf ask = {0}, b = {0};
	int fd;

	start_unix(&d, NULL);
	for (int i = 0; i < 50; i++)
		buf_str(&ask, GET "\r\nGET /v1/nowhere HTTP/1.1\r\n" H "\r\n");
	buf_str(&ask, GET "Connection: close\r\n\r\n");
	fd = dial_unix();
	say(fd, ask.data, ask.len);
	listen_all(fd, &b);
	close(fd);
	ck_assert_uint_eq(count(buf_text(&b), "HTTP/1.1 200"), 51);
	ck_assert_uint_eq(count(buf_text(&b), "HTTP/1.1 404"), 50);
	ck_assert_int_eq(stop(&d), 0);
	buf_free(&ask);
	buf_free(&b);
}
END_TEST

/* --- slow clients ---------------------------------------------------- */

/* A byte now and then is no silence; the connection is closed all the same,
 * and others are served meanwhile. */
START_TEST(headers__dribbled__closed_in_time)
{
	static const char dribble[] = "GET /v1/status HTTP/1.1\r\nX: a";
	struct hearthd d;
	struct timespec from, to;
	size_t i = 0;
	int fd;

	start_unix(&d, "http.header=1");
	clock_gettime(CLOCK_MONOTONIC, &from);
	fd = dial_unix();
	while (!heard(fd, 50)) {
		char c = i < sizeof dribble - 1 ? dribble[i++] : 'a';

		say(fd, &c, 1);
		clock_gettime(CLOCK_MONOTONIC, &to);
		ck_assert_int_lt(to.tv_sec - from.tv_sec, 10);
	}
	alive();
	close(fd);
	ck_assert_int_eq(stop(&d), 0);
}
END_TEST

/* Whoever comes when it is full is turned away; when the others have gone it
 * serves again. */
START_TEST(connections__more_than_allowed__served_when_others_go)
{
	struct hearthd d;
	struct buf b = {0};
	int fds[40];

	start_unix(&d, "http.connections=8");
	for (size_t i = 0; i < 40; i++)
		fds[i] = dial_unix();
	ck_assert(logged(&d, "event=full"));
	for (size_t i = 0; i < 40; i++)
		close(fds[i]);
	for (int tries = 0; b.len == 0 && tries < 100000; tries++)
		state(&b);
	ck_assert_int_eq(strncmp(buf_text(&b), "HTTP/1.1 200", 12), 0);
	buf_free(&b);
	ck_assert_int_eq(stop(&d), 0);
}
END_TEST

/* --- the end --------------------------------------------------------- */

static const char half[] = GET "Connection: close\r\nContent-Length: 4\r\n"
			       "\r\nab";

/* After one request was answered: sends half of another and waits until the
 * daemon has begun on it. */
static int
send_half(struct hearthd *d)
{
	int fd = dial_unix();

	ck_assert(logged(d, "event=request"));
	buf_reset(&d->text);
	say(fd, half, sizeof half - 1);
	ck_assert(logged(d, "event=begun"));
	return fd;
}

/* What is in flight is answered whole, what comes later is told so, nobody
 * else gets in, and the exit is clean. */
START_TEST(stop__answer_in_flight__finished)
{
	struct hearthd d;
	struct buf b = {0}, late = {0};
	int fd, other;

	start_unix(&d, NULL);
	other = dial_unix();
	say(other, GET "\r\n", strlen(GET "\r\n"));
	listen_for(other, &late, "\"generations\"");
	fd = send_half(&d);
	kill(d.pid, SIGTERM);
	for (int no = 0; no >= 0; close(no))
		no = dial_unix();
	buf_reset(&late);
	say(other, GET "\r\n", strlen(GET "\r\n"));
	listen_all(other, &late);
	ck_assert_msg(strstr(buf_text(&late), "\"stopping\"") != NULL, "%s",
	    buf_text(&late));
	say(fd, "cd", 2);
	listen_all(fd, &b);
	ck_assert_msg(
	    strstr(buf_text(&b), "takes no body") != NULL, "%s", buf_text(&b));
	ck_assert_int_eq(ended(&d), 0);
	ck_assert_ptr_nonnull(strstr(buf_text(&d.text), "event=stopped"));
	forget(&d);
	close(fd);
	close(other);
	buf_free(&b);
	buf_free(&late);
}
END_TEST

START_TEST(stop__client_never_finishes__stops_all_the_same)
{
	struct hearthd d;
	int fd;

	start_unix(&d, "http.drain=1");
	alive();
	fd = send_half(&d);
	ck_assert_int_eq(stop(&d), 0);
	close(fd);
}
END_TEST

START_TEST(kill__in_mid_answer__next_start_serves)
{
	static const char ask[] =
	    "GET /v1/report?measure=p1&by=worker&trend=120 HTTP/1.1\r\n" H
	    "\r\n";
	struct hearthd d;
	char first[16];
	int fd;

	start_unix(&d, NULL);
	fd = dial_unix();
	say(fd, ask, sizeof ask - 1);
	ck_assert_int_gt(read(fd, first, sizeof first), 0);
	kill(d.pid, SIGKILL);
	ck_assert_int_eq(ended(&d), 256 + SIGKILL);
	forget(&d);
	close(fd);
	start_unix(&d, NULL); /* over the socket that was left behind */
	alive();
	ck_assert_int_eq(stop(&d), 0);
}
END_TEST

START_TEST(private__client_gone__ends_with_it)
{
	char *listen_on = xasprintf("unix:%s", unix_path);
	struct hearthd d;
	char number[16], said[64];
	int pair[2];
	ssize_t n;

	ck_assert_int_eq(
	    socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair), 0);
	snprintf(number, sizeof number, "%d", pair[1]);
	start(&d,
	    (const char *const[]){
		"--listen", listen_on, "--private-fd", number, NULL},
	    pair[1]);
	close(pair[1]);
	n = read(pair[0], said, sizeof said);
	ck_assert_msg(
	    n == 6 && memcmp(said, "ready\n", 6) == 0, "%.*s", (int)n, said);
	alive();
	close(pair[0]);
	ck_assert_int_eq(ended(&d), 0);
	ck_assert_str_eq(buf_text(&d.text), "");
	forget(&d);
	free(listen_on);
}
END_TEST

START_TEST(private__cannot_serve__says_why)
{
	struct hearthd d;
	char number[16], said[600];
	int pair[2];
	ssize_t n;

	ck_assert_int_eq(
	    socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair), 0);
	snprintf(number, sizeof number, "%d", pair[1]);
	start(&d,
	    (const char *const[]){"--listen", "unix:/nowhere/at/all",
		"--private-fd", number, NULL},
	    pair[1]);
	close(pair[1]);
	n = read(pair[0], said, sizeof said - 1);
	ck_assert_int_gt(n, 0);
	said[n] = '\0';
	ck_assert_msg(strncmp(said, "error io ", 9) == 0, "%s", said);
	ck_assert_int_eq(ended(&d), 6);
	forget(&d);
	close(pair[0]);
}
END_TEST

/* The log says what happened and never of whom. */
START_TEST(log__everything_asked__no_id_no_name)
{
	static const char ask[] =
	    "GET /v1/child/B2 HTTP/1.1\r\n" H
	    "\r\nGET /v1/search?q=Mu%C3%B1oz HTTP/1.1\r\n" H
	    "\r\nGET /v1/why?measure=p1&child=B2 HTTP/1.1\r\n" H
	    "\r\nGET /v1/child/Secret HTTP/1.1\r\n" H
	    "\r\nGET /v1/child/%zzSecret HTTP/1.1\r\n" H
	    "Connection: close\r\n\r\n";
	struct hearthd d;
	struct buf b = {0};
	int fd;

	start_unix(&d, NULL);
	fd = dial_unix();
	say(fd, ask, sizeof ask - 1);
	listen_all(fd, &b);
	ck_assert_uint_eq(count(buf_text(&b), "HTTP/1.1 200"), 3);
	close(fd);
	kill(d.pid, SIGTERM);
	ck_assert_int_eq(ended(&d), 0);
	ck_assert_uint_eq(count(buf_text(&d.text), "event=request"), 5);
	ck_assert_ptr_null(strstr(buf_text(&d.text), "B2"));
	ck_assert_ptr_null(strstr(buf_text(&d.text), "Secret"));
	ck_assert_ptr_null(strstr(buf_text(&d.text), "Mu"));
	ck_assert_ptr_null(strstr(buf_text(&d.text), "Ash"));
	forget(&d);
	buf_free(&b);
}
END_TEST

#define N(table) (int)(sizeof(table) / sizeof *(table))

static Suite *
suite(void)
{
	Suite *s = suite_create("hearthd");
	TCase *t = tcase_create("hearthd");

	suite_add_tcase(s, t);
	tcase_add_checked_fixture(t, setup, teardown);
	tcase_set_timeout(t, 60);
	tcase_add_test(t, unix__own_user__may_see_all);
	tcase_add_test(t, tcp__nobody_signed_in__no_figure);
	tcase_add_test(t, tcp__loopback_trusted__only_by_its_own_name);
	tcase_add_test(t, tls__own_certificate__served_and_checked);
	tcase_add_loop_test(t, start__wrong_use__says_what, 0, N(wrong));
	tcase_add_test(t, start__socket_in_use__busy_and_unharmed);
	tcase_add_loop_test(
	    t, framing__hostile__refused_and_unharmed, 0, N(hostile));
	tcase_add_test(t, headers__oversized__refused_and_unharmed);
	tcase_add_test(t, body__oversized__too_large);
	tcase_add_test(t, requests__pipelined__each_answered_in_order);
	tcase_add_test(t, headers__dribbled__closed_in_time);
	tcase_add_test(
	    t, connections__more_than_allowed__served_when_others_go);
	tcase_add_test(t, stop__answer_in_flight__finished);
	tcase_add_test(t, stop__client_never_finishes__stops_all_the_same);
	tcase_add_test(t, kill__in_mid_answer__next_start_serves);
	tcase_add_test(t, private__client_gone__ends_with_it);
	tcase_add_test(t, private__cannot_serve__says_why);
	tcase_add_test(t, log__everything_asked__no_id_no_name);
	return s;
}

int
main(void)
{
	int status;

	curl_global_init(CURL_GLOBAL_DEFAULT);
	status = unit_run(suite());
	curl_global_cleanup();
	return status;
}
