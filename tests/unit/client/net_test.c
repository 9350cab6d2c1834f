/* Questions and answers, over the transport that stays in the process. */
#include "client/net.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "lib/unit.h"

static const struct {
	const char *path;
	int status;
	const char *body;
	enum err_code code;
	const char *text; /* a part of the error's text */
} cases[] = {
    {"/ok", 200, "{\"a\":1}", ERR_NONE, NULL},
    {"/refused", 404,
	"{\"error\":{\"code\":\"no_such_node\",\"message\":\"no n7\","
	"\"hint\":\"try org\"}}",
	ERR_NO_SUCH_NODE, "no n7; try org"},
    {"/garbage", 200, "{\"a\":", ERR_BAD_ANSWER, "not understood"},
    {"/html", 502, "<html>", ERR_BAD_ANSWER, "not understood"},
    {"/portal", 200, "\n<html>Welcome", ERR_BAD_ANSWER, "sign in there"},
    {"/moved", 302, "", ERR_BAD_ANSWER, "sign in there"},
    {"/sign-in", 511, "<html>", ERR_BAD_ANSWER, "sign in there"},
    {"/other", 500, "{}", ERR_BAD_ANSWER, "500"},
    {"/dropped", 0, "", ERR_UNREACHABLE, "lost"},
};

#define CASES ((int)(sizeof cases / sizeof *cases))

static int
answer(void *arg, const char *path, struct buf *body)
{
	bool *held = arg;

	if (*held)
		return -1;
	for (int i = 0; i < CASES; i++) {
		if (strcmp(cases[i].path, path))
			continue;
		buf_str(body, cases[i].body);
		return cases[i].status;
	}
	return 0;
}

static bool held;
static struct net *net;

static void
setup(void)
{
	held = false;
	net = net_open_memory(answer, &held);
}

static void
teardown(void)
{
	net_close(net);
}

START_TEST(net__get__tells_answers_from_refusals)
{
	struct err err = {.code = ERR_NONE};
	cJSON *json;
	bool ok = net_get(net, cases[_i].path, &json, &err);

	ck_assert_int_eq(ok, cases[_i].code == ERR_NONE);
	ck_assert_int_eq(ok, json != NULL);
	ck_assert_int_eq(err.code, cases[_i].code);
	if (!ok)
		ck_assert_msg(
		    strstr(err.text, cases[_i].text) != NULL, "%s", err.text);
	ck_assert_uint_eq(net_pending(net), 0);
	cJSON_Delete(json);
}
END_TEST

START_TEST(net__get_raw__keeps_the_bytes)
{
	struct buf body = {NULL, 0, 0};
	struct err err;

	ck_assert(net_get_raw(net, "/garbage", &body, &err));
	ck_assert_str_eq(buf_text(&body), "{\"a\":");
	ck_assert(!net_get_raw(net, "/refused", &body, &err));
	ck_assert_int_eq(err.code, ERR_NO_SUCH_NODE);
	buf_free(&body);
}
END_TEST

static void
count(void *arg, cJSON *json, const struct err *err)
{
	int *n = arg;

	(void)err;
	(*n)++;
	cJSON_Delete(json);
}

START_TEST(net__cancel__forgets_the_question)
{
	int kept = 0, dropped = 0;
	uint64_t id;

	held = true;
	net_ask(net, "/ok", count, &kept);
	id = net_ask(net, "/ok", count, &dropped);
	net_wait(net, NULL, 0, 0);
	ck_assert_uint_eq(net_pending(net), 2);
	net_cancel(net, id);
	net_cancel(net, id + 7);
	ck_assert_uint_eq(net_pending(net), 1);
	held = false;
	net_wait(net, NULL, 0, 0);
	net_wait(net, NULL, 0, 0);
	ck_assert_int_eq(kept, 1);
	ck_assert_int_eq(dropped, 0);
}
END_TEST

START_TEST(net__open__finds_nobody)
{
	static const char *const nobody[] = {
	    "unix:/nonexistent/socket", "http://127.0.0.1:1"};
	struct net_conf conf = {.target = NULL};
	struct err err;
	struct net *c;
	cJSON *json;

	for (int i = 0; i < 2; i++) {
		conf.target = nobody[i];
		ck_assert(net_open(&c, &conf, &err));
		ck_assert(!net_get(c, "/v1/status", &json, &err));
		ck_assert_int_eq(err.code, ERR_UNREACHABLE);
		net_close(c);
	}
	conf.target = "gopher://example.org";
	ck_assert(!net_open(&c, &conf, &err));
	ck_assert_int_eq(err.code, ERR_USAGE);
}
END_TEST

/* Names would go in clear to whoever answers there, a captive portal first. */
START_TEST(net__open__wants_tls_beyond_this_machine)
{
	static const struct {
		const char *target;
		bool here;
	} all[] = {
	    {"http://hearth.example.org", false},
	    {"http://hearth.example.org:8080/", false},
	    {"HTTP://hearth.example.org", false},
	    {"http://192.0.2.7:80", false},
	    {"http://127.0.0.1.example.org", false},
	    {"http://localhost.example.org", false},
	    {"http://127.0.0.1:80@example.org/", false},
	    {"http://[2001:db8::1]:80", false},
	    {"http://", false},
	    {"https://hearth.example.org", true},
	    {"http://127.0.0.1:80", true},
	    {"http://127.8.0.1/", true},
	    {"http://localhost:8080", true},
	    {"http://[::1]:80", true},
	};
	struct err err;
	struct net *c;

	for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
		struct net_conf conf = {.target = all[i].target};

		ck_assert_msg(net_open(&c, &conf, &err) == all[i].here, "%s",
		    all[i].target);
		if (all[i].here)
			net_close(c);
		else
			ck_assert_int_eq(err.code, ERR_USAGE);
	}
	ck_assert(net_open(&c,
	    &(struct net_conf){
		.target = "http://hearth.example.org", .plain_beyond = true},
	    &err));
	net_close(c);
}
END_TEST

/* --- over a socket: what a service says that is being killed -------------- */

static const struct {
	const char *said; /* before it hangs up */
	enum err_code code;
} speeches[] = {
    {"HTTP/1.1 200 OK\r\nContent-Length: 7\r\n\r\n{\"a\":1}", ERR_NONE},
    /* Killed before, within the head, and within the answer. */
    {"", ERR_UNREACHABLE},
    {"HTTP/1.1 200 OK\r\nConte", ERR_UNREACHABLE},
    {"HTTP/1.1 200 OK\r\nContent-Length: 700\r\n\r\n{\"a\":1}",
	ERR_UNREACHABLE},
    /* No service of ours. */
    {"SSH-2.0-OpenSSH_9.2\r\n", ERR_UNREACHABLE},
    {"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello", ERR_BAD_ANSWER},
    /* What hearthd never sends is not guessed at. */
    {"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n",
	ERR_BAD_ANSWER},
    {"HTTP/1.1 200 OK\r\nContent-Length: 2\r\ncontent-length: 2\r\n\r\n{}",
	ERR_BAD_ANSWER},
    {"HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n{}", ERR_BAD_ANSWER},
    {"HTTP/1.1 200 OK\r\n\r\n{}", ERR_BAD_ANSWER},
    {"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\n", ERR_BAD_ANSWER},
    {"HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\n{}", ERR_BAD_ANSWER},
};

static void
outcome(void *arg, cJSON *json, const struct err *err)
{
	struct err *got = arg;

	*got = *err;
	got->code = json ? ERR_NONE : err->code;
	cJSON_Delete(json);
}

/* Answers the first caller with the speech, then hangs up. */
static void
speak(int listener, const char *said)
{
	char asked[4096];
	int fd = accept(listener, NULL, NULL);

	ck_assert_int_ge(fd, 0);
	ck_assert_int_gt(read(fd, asked, sizeof asked), 0);
	ck_assert(strncmp(asked, "GET /v1/status HTTP/1.1\r\n", 25) == 0);
	ck_assert_int_eq(write(fd, said, strlen(said)), (ssize_t)strlen(said));
	close(fd);
}

static char folder[sizeof "/tmp/hearth-net-XXXXXX"];
static char *target;
static int listener;

static void
listen_setup(void)
{
	struct sockaddr_un addr = {.sun_family = AF_UNIX};

	strcpy(folder, "/tmp/hearth-net-XXXXXX");
	ck_assert_ptr_nonnull(mkdtemp(folder));
	snprintf(addr.sun_path, sizeof addr.sun_path, "%s/s", folder);
	listener = socket(AF_UNIX, SOCK_STREAM, 0);
	ck_assert_int_eq(bind(listener, (void *)&addr, sizeof addr), 0);
	ck_assert_int_eq(listen(listener, 4), 0);
	target = xasprintf("unix:%s", addr.sun_path);
}

static void
listen_teardown(void)
{
	close(listener);
	unlink(target + strlen("unix:"));
	rmdir(folder);
	free(target);
}

START_TEST(net__ask__survives_a_service_killed_in_mid_answer)
{
	struct net_conf conf = {.target = target};
	struct err err, got = {.code = ERR_COUNT};
	struct pollfd p = {.fd = listener, .events = POLLIN};
	struct net *c;

	ck_assert(net_open(&c, &conf, &err));
	net_ask(c, "/v1/status", outcome, &got);
	while (!(p.revents & POLLIN))
		net_wait(c, &p, 1, 1000);
	net_wait(c, NULL, 0, 0);
	speak(p.fd, speeches[_i].said);
	while (got.code == ERR_COUNT)
		net_wait(c, NULL, 0, 1000);
	ck_assert_msg(got.code == speeches[_i].code, "%s", got.text);
	net_close(c);
}
END_TEST

/* Answers a question on this connection, which stays open. */
static void
reply(struct net *c, int fd, const char *body)
{
	struct pollfd p = {.fd = fd, .events = POLLIN};
	char asked[4096], *said;

	while (!(p.revents & POLLIN))
		net_wait(c, &p, 1, 1000);
	ck_assert_int_gt(read(fd, asked, sizeof asked), 0);
	said = xasprintf("HTTP/1.1 200 OK\r\nContent-Length: %zu\r\n\r\n%s",
	    strlen(body), body);
	ck_assert_int_eq(write(fd, said, strlen(said)), (ssize_t)strlen(said));
	free(said);
}

static int
caller(struct net *c)
{
	struct pollfd p = {.fd = listener, .events = POLLIN};

	while (!(p.revents & POLLIN))
		net_wait(c, &p, 1, 1000);
	return accept(listener, NULL, NULL);
}

static enum err_code
wait_for(struct net *c, struct err *got)
{
	while (got->code == ERR_COUNT)
		net_wait(c, NULL, 0, 1000);
	return got->code;
}

START_TEST(net__ask__keeps_the_connection_while_it_lives)
{
	struct net_conf conf = {.target = target};
	struct err err, got = {.code = ERR_COUNT};
	struct pollfd p = {.fd = listener, .events = POLLIN};
	struct net *c;
	int fd;

	ck_assert(net_open(&c, &conf, &err));
	net_ask(c, "/a", outcome, &got);
	fd = caller(c);
	reply(c, fd, "{}");
	ck_assert_int_eq(wait_for(c, &got), ERR_NONE);
	/* The next one comes on the same connection, so nobody knocks. */
	got.code = ERR_COUNT;
	net_ask(c, "/b", outcome, &got);
	reply(c, fd, "{}");
	ck_assert_int_eq(wait_for(c, &got), ERR_NONE);
	ck_assert_int_eq(poll(&p, 1, 0), 0);
	/* Once the service has hung up, a new one is made. */
	close(fd);
	got.code = ERR_COUNT;
	net_ask(c, "/c", outcome, &got);
	fd = caller(c);
	reply(c, fd, "{}");
	ck_assert_int_eq(wait_for(c, &got), ERR_NONE);
	close(fd);
	net_close(c);
}
END_TEST

static bool
pass(void *arg, struct err *err)
{
	char c = '\0';

	ck_assert_int_eq(read(*(int *)arg, &c, 1), 1);
	return c == 'y' || err_set(err, ERR_NO_DATA, "nothing there");
}

START_TEST(net__gate__holds_questions_back)
{
	int fds[2];
	struct net_conf conf = {.target = target, .gate = {.pass = pass}};
	struct err err, got = {.code = ERR_COUNT};
	struct pollfd p = {.fd = listener, .events = POLLIN};
	struct net *c;

	ck_assert_int_eq(pipe(fds), 0);
	conf.gate.fd = fds[0];
	conf.gate.arg = &fds[0];
	ck_assert(net_open(&c, &conf, &err));
	net_ask(c, "/a", outcome, &got);
	net_wait(c, &p, 1, 0);
	ck_assert_int_eq(p.revents, 0);
	ck_assert_int_eq(write(fds[1], _i == 0 ? "y" : "n", 1), 1);
	if (_i == 0) {
		int fd = caller(c);

		reply(c, fd, "{}");
		ck_assert_int_eq(wait_for(c, &got), ERR_NONE);
		ck_assert_ptr_null(net_shut(c));
		close(fd);
	} else {
		ck_assert_int_eq(wait_for(c, &got), ERR_NO_DATA);
		ck_assert_str_eq(net_shut(c)->text, "nothing there");
	}
	net_close(c);
	close(fds[0]);
	close(fds[1]);
}
END_TEST

int
main(void)
{
	Suite *s = suite_create("net");
	TCase *t = tcase_create("net");

	tcase_add_checked_fixture(t, setup, teardown);
	tcase_add_loop_test(t, net__get__tells_answers_from_refusals, 0, CASES);
	tcase_add_test(t, net__get_raw__keeps_the_bytes);
	tcase_add_test(t, net__cancel__forgets_the_question);
	tcase_add_test(t, net__open__finds_nobody);
	tcase_add_test(t, net__open__wants_tls_beyond_this_machine);
	suite_add_tcase(s, t);
	t = tcase_create("socket");
	tcase_add_checked_fixture(t, listen_setup, listen_teardown);
	tcase_add_loop_test(t,
	    net__ask__survives_a_service_killed_in_mid_answer, 0,
	    sizeof speeches / sizeof *speeches);
	tcase_add_test(t, net__ask__keeps_the_connection_while_it_lives);
	tcase_add_loop_test(t, net__gate__holds_questions_back, 0, 2);
	suite_add_tcase(s, t);
	return unit_run(s);
}
