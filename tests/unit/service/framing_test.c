/* What hostile and slow strangers may send to the daemon. */
#include <unistd.h>

#include "lib/unit.h"
#include "hearthd.h"

/* --- framing --------------------------------------------------------- */

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

	hearthd_start_unix(&d, "http.header=1");
	fd = hearthd_dial();
	hearthd_say(fd, hostile[_i].text, strlen(hostile[_i].text));
	shutdown(fd, SHUT_WR);
	hearthd_listen_all(fd, &b);
	close(fd);
	if (hostile[_i].status != 0)
		ck_assert_msg(strncmp(buf_text(&b), "HTTP/1.1 400", 12) == 0,
		    "%s: %s", hostile[_i].what, buf_text(&b));
	ck_assert_msg(strstr(buf_text(&b), "\"categories\"") == NULL,
	    "%s: the hidden request was answered", hostile[_i].what);
	hearthd_alive();
	ck_assert_int_eq(hearthd_stop(&d), 0);
	buf_free(&b);
}
END_TEST

START_TEST(headers__oversized__refused_and_unharmed)
{
	struct hearthd d;
	struct buf ask = {0}, b = {0};
	int fd;

	hearthd_start_unix(&d, "http.memory=8");
	buf_str(&ask, GET "X-Long: ");
	for (int i = 0; i < 20000; i++)
		buf_char(&ask, 'a');
	buf_str(&ask, "\r\n\r\n");
	fd = hearthd_dial();
	hearthd_say(fd, ask.data, ask.len);
	hearthd_listen_all(fd, &b);
	close(fd);
	ck_assert_msg(strncmp(buf_text(&b), "HTTP/1.1 431", 12) == 0 ||
			  strncmp(buf_text(&b), "HTTP/1.1 4", 10) == 0,
	    "%s", buf_text(&b));
	hearthd_alive();
	ck_assert_int_eq(hearthd_stop(&d), 0);
	buf_free(&ask);
	buf_free(&b);
}
END_TEST

START_TEST(body__oversized__too_large)
{
	struct hearthd d;
	struct buf ask = {0}, b = {0};
	int fd;

	hearthd_start_unix(&d, NULL);
	buf_str(&ask, "POST /v1/status HTTP/1.1\r\n" H
		      "Connection: close\r\nContent-Length: 100000\r\n\r\n");
	for (int i = 0; i < 100000; i++)
		buf_char(&ask, 'a');
	fd = hearthd_dial();
	hearthd_say(fd, ask.data, ask.len);
	hearthd_listen_all(fd, &b);
	close(fd);
	ck_assert_ptr_nonnull(strstr(buf_text(&b), "\"too_large\""));
	hearthd_alive();
	ck_assert_int_eq(hearthd_stop(&d), 0);
	buf_free(&ask);
	buf_free(&b);
}
END_TEST

START_TEST(requests__pipelined__each_answered_in_order)
{
	struct hearthd d;
	struct buf ask = {0}, b = {0};
	int fd;

	hearthd_start_unix(&d, NULL);
	for (int i = 0; i < 50; i++)
		buf_str(&ask, GET "\r\nGET /v1/nowhere HTTP/1.1\r\n" H "\r\n");
	buf_str(&ask, GET "Connection: close\r\n\r\n");
	fd = hearthd_dial();
	hearthd_say(fd, ask.data, ask.len);
	hearthd_listen_all(fd, &b);
	close(fd);
	ck_assert_uint_eq(hearthd_count(buf_text(&b), "HTTP/1.1 200"), 51);
	ck_assert_uint_eq(hearthd_count(buf_text(&b), "HTTP/1.1 404"), 50);
	ck_assert_int_eq(hearthd_stop(&d), 0);
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

	hearthd_start_unix(&d, "http.header=1");
	clock_gettime(CLOCK_MONOTONIC, &from);
	fd = hearthd_dial();
	while (!hearthd_heard(fd, 50)) {
		char c = i < sizeof dribble - 1 ? dribble[i++] : 'a';

		hearthd_say(fd, &c, 1);
		clock_gettime(CLOCK_MONOTONIC, &to);
		ck_assert_int_lt(to.tv_sec - from.tv_sec, 10);
	}
	hearthd_alive();
	close(fd);
	ck_assert_int_eq(hearthd_stop(&d), 0);
}
END_TEST

/* Whoever comes when it is full is turned away; when the others have gone it
 * serves again. */
START_TEST(connections__more_than_allowed__served_when_others_go)
{
	struct hearthd d;
	struct buf b = {0};
	int fds[40];

	hearthd_start_unix(&d, "http.connections=8");
	for (size_t i = 0; i < 40; i++)
		fds[i] = hearthd_dial();
	ck_assert(hearthd_logged(&d, "event=full"));
	for (size_t i = 0; i < 40; i++)
		close(fds[i]);
	for (int tries = 0; b.len == 0 && tries < 100000; tries++)
		hearthd_state(&b);
	ck_assert_int_eq(strncmp(buf_text(&b), "HTTP/1.1 200", 12), 0);
	buf_free(&b);
	ck_assert_int_eq(hearthd_stop(&d), 0);
}
END_TEST

#define N(table) (int)(sizeof(table) / sizeof *(table))

int
main(void)
{
	Suite *s = suite_create("framing");
	TCase *t = tcase_create("framing");
	int status;

	suite_add_tcase(s, t);
	tcase_add_checked_fixture(t, hearthd_setup, hearthd_teardown);
	tcase_set_timeout(t, 60);
	tcase_add_loop_test(
	    t, framing__hostile__refused_and_unharmed, 0, N(hostile));
	tcase_add_test(t, headers__oversized__refused_and_unharmed);
	tcase_add_test(t, body__oversized__too_large);
	tcase_add_test(t, requests__pipelined__each_answered_in_order);
	tcase_add_test(t, headers__dribbled__closed_in_time);
	tcase_add_test(
	    t, connections__more_than_allowed__served_when_others_go);
	curl_global_init(CURL_GLOBAL_DEFAULT);
	status = unit_run(s);
	curl_global_cleanup();
	return status;
}
