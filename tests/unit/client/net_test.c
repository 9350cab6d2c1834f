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

START_TEST(net__open__over_curl_finds_nobody)
{
	struct net_conf conf = {.target = "unix:/nonexistent/socket"};
	struct err err;
	struct net *c;
	cJSON *json;

	ck_assert(net_open(&c, &conf, &err));
	ck_assert(!net_get(c, "/v1/status", &json, &err));
	ck_assert_int_eq(err.code, ERR_UNREACHABLE);
	net_close(c);
	conf.target = "gopher://example.org";
	ck_assert(!net_open(&c, &conf, &err));
	ck_assert_int_eq(err.code, ERR_USAGE);
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
    {"HTTP/1.1 200 OK\r\nConte", ERR_BAD_ANSWER},
    {"HTTP/1.1 200 OK\r\nContent-Length: 700\r\n\r\n{\"a\":1}",
	ERR_UNREACHABLE},
    /* No service of ours. */
    {"SSH-2.0-OpenSSH_9.2\r\n", ERR_UNREACHABLE},
    {"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello", ERR_BAD_ANSWER},
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

START_TEST(net__ask__survives_a_service_killed_in_mid_answer)
{
	char folder[] = "/tmp/hearth-net-XXXXXX";
	struct sockaddr_un addr = {.sun_family = AF_UNIX};
	struct net_conf conf = {0};
	struct err err, got = {.code = ERR_COUNT};
	struct pollfd p = {.events = POLLIN};
	struct net *c;
	char *target;

	ck_assert_ptr_nonnull(mkdtemp(folder));
	snprintf(addr.sun_path, sizeof addr.sun_path, "%s/s", folder);
	p.fd = socket(AF_UNIX, SOCK_STREAM, 0);
	ck_assert_int_eq(bind(p.fd, (void *)&addr, sizeof addr), 0);
	ck_assert_int_eq(listen(p.fd, 4), 0);
	conf.target = target = xasprintf("unix:%s", addr.sun_path);
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
	close(p.fd);
	unlink(addr.sun_path);
	rmdir(folder);
	free(target);
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
	tcase_add_test(t, net__open__over_curl_finds_nobody);
	tcase_add_loop_test(t,
	    net__ask__survives_a_service_killed_in_mid_answer, 0,
	    sizeof speeches / sizeof *speeches);
	suite_add_tcase(s, t);
	return unit_run(s);
}
