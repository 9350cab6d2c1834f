/* How the daemon ends, by itself, by its client and by the system; and what its
 * log holds. */
#include <stdlib.h>
#include <sys/wait.h>

#include "lib/unit.h"
#include "hearthd.h"

/* --- the end --------------------------------------------------------- */

static const char half[] = GET "Connection: close\r\nContent-Length: 4\r\n"
			       "\r\nab";

/* After one request was answered: sends half of another and waits until the
 * daemon has begun on it. */
static int
send_half(struct hearthd *d)
{
	int fd = hearthd_dial();

	ck_assert(hearthd_logged(d, "event=request"));
	buf_reset(&d->text);
	hearthd_say(fd, half, sizeof half - 1);
	ck_assert(hearthd_logged(d, "event=begun"));
	return fd;
}

/* What is in flight is answered whole, what comes later is told so, nobody
 * else gets in, and the exit is clean. */
START_TEST(stop__answer_in_flight__finished)
{
	struct hearthd d;
	struct buf b = {0}, late = {0};
	int fd, other;

	hearthd_start_unix(&d, NULL);
	other = hearthd_dial();
	hearthd_say(other, GET "\r\n", strlen(GET "\r\n"));
	hearthd_listen_for(other, &late, "\"generations\"");
	fd = send_half(&d);
	kill(d.pid, SIGTERM);
	for (int no = 0; no >= 0; close(no))
		no = hearthd_dial();
	buf_reset(&late);
	hearthd_say(other, GET "\r\n", strlen(GET "\r\n"));
	hearthd_listen_all(other, &late);
	ck_assert_msg(strstr(buf_text(&late), "\"stopping\"") != NULL, "%s",
	    buf_text(&late));
	hearthd_say(fd, "cd", 2);
	hearthd_listen_all(fd, &b);
	ck_assert_msg(
	    strstr(buf_text(&b), "takes no body") != NULL, "%s", buf_text(&b));
	ck_assert_int_eq(hearthd_ended(&d), 0);
	ck_assert_ptr_nonnull(strstr(buf_text(&d.text), "event=stopped"));
	hearthd_forget(&d);
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

	hearthd_start_unix(&d, "http.drain=1");
	hearthd_alive();
	fd = send_half(&d);
	ck_assert_int_eq(hearthd_stop(&d), 0);
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

	hearthd_start_unix(&d, NULL);
	fd = hearthd_dial();
	hearthd_say(fd, ask, sizeof ask - 1);
	ck_assert_int_gt(read(fd, first, sizeof first), 0);
	kill(d.pid, SIGKILL);
	ck_assert_int_eq(hearthd_ended(&d), 256 + SIGKILL);
	hearthd_forget(&d);
	close(fd);
	hearthd_start_unix(&d, NULL); /* over the socket that was left behind */
	hearthd_alive();
	ck_assert_int_eq(hearthd_stop(&d), 0);
}
END_TEST

START_TEST(private__client_gone__ends_with_it)
{
	char *listen_on = xasprintf("unix:%s", hearthd_path);
	struct hearthd d;
	char number[16], said[64];
	int pair[2];
	ssize_t n;

	ck_assert_int_eq(
	    socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair), 0);
	snprintf(number, sizeof number, "%d", pair[1]);
	hearthd_start(&d,
	    (const char *const[]){
		"--listen", listen_on, "--private-fd", number, NULL},
	    pair[1]);
	close(pair[1]);
	n = read(pair[0], said, sizeof said);
	ck_assert_msg(
	    n == 6 && memcmp(said, "ready\n", 6) == 0, "%.*s", (int)n, said);
	hearthd_alive();
	close(pair[0]);
	ck_assert_int_eq(hearthd_ended(&d), 0);
	ck_assert_str_eq(buf_text(&d.text), "");
	hearthd_forget(&d);
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
	hearthd_start(&d,
	    (const char *const[]){"--listen", "unix:/nowhere/at/all",
		"--private-fd", number, NULL},
	    pair[1]);
	close(pair[1]);
	n = read(pair[0], said, sizeof said - 1);
	ck_assert_int_gt(n, 0);
	said[n] = '\0';
	ck_assert_msg(strncmp(said, "error io ", 9) == 0, "%s", said);
	ck_assert_int_eq(hearthd_ended(&d), 6);
	hearthd_forget(&d);
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

	hearthd_start_unix(&d, NULL);
	fd = hearthd_dial();
	hearthd_say(fd, ask, sizeof ask - 1);
	hearthd_listen_all(fd, &b);
	ck_assert_uint_eq(hearthd_count(buf_text(&b), "HTTP/1.1 200"), 3);
	close(fd);
	kill(d.pid, SIGTERM);
	ck_assert_int_eq(hearthd_ended(&d), 0);
	ck_assert_uint_eq(hearthd_count(buf_text(&d.text), "event=request"), 5);
	ck_assert_ptr_null(strstr(buf_text(&d.text), "B2"));
	ck_assert_ptr_null(strstr(buf_text(&d.text), "Secret"));
	ck_assert_ptr_null(strstr(buf_text(&d.text), "Mu"));
	ck_assert_ptr_null(strstr(buf_text(&d.text), "Ash"));
	hearthd_forget(&d);
	buf_free(&b);
}
END_TEST

int
main(void)
{
	Suite *s = suite_create("hearthd");
	TCase *t = tcase_create("hearthd");
	int status;

	suite_add_tcase(s, t);
	tcase_add_checked_fixture(t, hearthd_setup, hearthd_teardown);
	tcase_set_timeout(t, 60);
	tcase_add_test(t, stop__answer_in_flight__finished);
	tcase_add_test(t, stop__client_never_finishes__stops_all_the_same);
	tcase_add_test(t, kill__in_mid_answer__next_start_serves);
	tcase_add_test(t, private__client_gone__ends_with_it);
	tcase_add_test(t, private__cannot_serve__says_why);
	tcase_add_test(t, log__everything_asked__no_id_no_name);
	curl_global_init(CURL_GLOBAL_DEFAULT);
	status = unit_run(s);
	curl_global_cleanup();
	return status;
}
