/*
 * Sealed revisions over real connections (TCP through libcurl, TLS, a Unix
 * socket) to an office that fails in every way it can. Whatever happens on the
 * line, the office ends with each revision once, and the folder with its
 * receipt.
 */
#include "client/send.h"

#include <arpa/inet.h>
#include <errno.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <gnutls/gnutls.h>
#include <gnutls/x509.h>

#include "base/file.h"
#include "journal/folder.h"
#include "lib/disk.h"
#include "lib/unit.h"
#include "unit/journal/office.h"

#define PASSPHRASE "correct horse battery"
#define REVIEWS 3

/* --- the office's door --------------------------------------------------- */

static struct office office;
static atomic_int fault;
static int door = -1, stop_pipe[2];
static pthread_t thread;
static gnutls_certificate_credentials_t credentials;
static bool tls;
static char folder_name[64], socket_name[96], ca_name[96];

struct talk {
	int fd;
	gnutls_session_t session;
};

static ssize_t
talk_read(struct talk *t, void *p, size_t n)
{
	return t->session ? gnutls_record_recv(t->session, p, n)
			  : read(t->fd, p, n);
}

static void
talk_write(struct talk *t, const void *p, size_t n)
{
	if (t->session)
		gnutls_record_send(t->session, p, n);
	else if (send(t->fd, p, n, MSG_NOSIGNAL) < 0)
		return;
}

static size_t
content_length(const char *head)
{
	const char *at = strcasestr(head, "\r\ncontent-length:");

	return at ? (size_t)strtoul(at + 17, NULL, 10) : 0;
}

/* Reads one request; its body's place, or NULL at the end. */
static const char *
talk_request(struct talk *t, struct buf *in)
{
	const char *end = NULL;
	char piece[4096];
	ssize_t n;

	buf_reset(in);
	for (;;) {
		if (in->len > 0)
			end = memmem(in->data, in->len, "\r\n\r\n", 4);
		if (end && in->len >= (size_t)(end + 4 - in->data) +
					  content_length(in->data))
			return end + 4;
		n = talk_read(t, piece, sizeof piece);
		if (n <= 0)
			return NULL;
		buf_add(in, piece, (size_t)n);
	}
}

static void
talk_answer(struct talk *t, int status, const struct buf *body, bool half)
{
	struct buf out = {0};

	buf_printf(&out, "HTTP/1.1 %d Because\r\n", status);
	if (status != 204)
		buf_printf(&out, "Content-Length: %zu\r\n", body->len);
	buf_str(&out, "Connection: close\r\n\r\n");
	buf_add(&out, body->data, half ? body->len / 2 : body->len);
	talk_write(t, out.data, out.len);
	buf_free(&out);
}

static void
talk_serve(struct talk *t)
{
	struct buf in = {0}, answer = {0};
	enum office_fault now = (enum office_fault)atomic_load(&fault);
	const char *body;
	int status = 0;
	bool half;

	/* A dead one reads nothing. */
	body = now == OFFICE_DEAD ? NULL : talk_request(t, &in);
	if (body && office_put(&office, now, body, content_length(in.data),
			&status, &answer, &half))
		talk_answer(t, status, &answer, half);
	buf_free(&in);
	buf_free(&answer);
}

static void
door_take(int fd)
{
	struct talk t = {.fd = fd};

	if (tls) {
		gnutls_init(&t.session, GNUTLS_SERVER);
		gnutls_set_default_priority(t.session);
		gnutls_credentials_set(
		    t.session, GNUTLS_CRD_CERTIFICATE, credentials);
		gnutls_transport_set_int(t.session, fd);
		if (gnutls_handshake(t.session) >= 0)
			talk_serve(&t);
		gnutls_bye(t.session, GNUTLS_SHUT_WR);
		gnutls_deinit(t.session);
	} else {
		talk_serve(&t);
	}
	close(fd);
}

static void *
door_run(void *arg)
{
	struct pollfd fds[2] = {{.fd = door, .events = POLLIN},
	    {.fd = stop_pipe[0], .events = POLLIN}};

	while (poll(fds, 2, -1) > 0 && fds[1].revents == 0) {
		int fd = accept(door, NULL, NULL);

		if (fd >= 0)
			door_take(fd);
	}
	return arg;
}

static char *
door_tcp(void)
{
	struct sockaddr_in at = {
	    .sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
	socklen_t len = sizeof at;

	door = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
	ck_assert_int_eq(bind(door, (struct sockaddr *)&at, sizeof at), 0);
	ck_assert_int_eq(listen(door, 8), 0);
	ck_assert_int_eq(getsockname(door, (struct sockaddr *)&at, &len), 0);
	return xasprintf(
	    "%s://127.0.0.1:%d", tls ? "https" : "http", ntohs(at.sin_port));
}

static char *
door_unix(void)
{
	struct sockaddr_un at = {.sun_family = AF_UNIX};

	snprintf(socket_name, sizeof socket_name, "%s/s", folder_name);
	memcpy(at.sun_path, socket_name, strlen(socket_name) + 1);
	door = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
	ck_assert_int_eq(bind(door, (struct sockaddr *)&at, sizeof at), 0);
	ck_assert_int_eq(listen(door, 8), 0);
	return xasprintf("unix:%s", socket_name);
}

/* A certificate of our own for 127.0.0.1, which the client is told to
 * trust. */
static void
door_certificate(void)
{
	static const unsigned char address[4] = {127, 0, 0, 1};
	gnutls_x509_privkey_t key;
	gnutls_x509_crt_t crt;
	gnutls_datum_t pem;
	struct err err;

	gnutls_x509_privkey_init(&key);
	gnutls_x509_crt_init(&crt);
	gnutls_x509_privkey_generate(key, GNUTLS_PK_ECDSA,
	    GNUTLS_CURVE_TO_BITS(GNUTLS_ECC_CURVE_SECP256R1), 0);
	gnutls_x509_crt_set_version(crt, 3);
	gnutls_x509_crt_set_serial(crt, "\001", 1);
	gnutls_x509_crt_set_activation_time(crt, time(NULL) - 60);
	gnutls_x509_crt_set_expiration_time(crt, time(NULL) + 3600);
	gnutls_x509_crt_set_dn_by_oid(
	    crt, GNUTLS_OID_X520_COMMON_NAME, 0, "office", 6);
	gnutls_x509_crt_set_subject_alt_name(
	    crt, GNUTLS_SAN_IPADDRESS, address, 4, GNUTLS_FSAN_SET);
	gnutls_x509_crt_set_basic_constraints(crt, 1, -1);
	gnutls_x509_crt_set_key(crt, key);
	ck_assert_int_eq(
	    gnutls_x509_crt_sign2(crt, crt, key, GNUTLS_DIG_SHA256, 0), 0);
	gnutls_x509_crt_export2(crt, GNUTLS_X509_FMT_PEM, &pem);
	snprintf(ca_name, sizeof ca_name, "%s/ca.pem", folder_name);
	ck_assert(file_replace(ca_name, pem.data, pem.size, &err));
	gnutls_free(pem.data);
	gnutls_certificate_allocate_credentials(&credentials);
	gnutls_certificate_set_x509_key(credentials, &crt, 1, key);
	gnutls_x509_crt_deinit(crt);
	gnutls_x509_privkey_deinit(key);
}

/* --- the laptop ---------------------------------------------------------- */

static struct disk *disk;
static struct folder *folder;
static struct net *net;
static struct send *send_;
static struct err err;

static void
seal(int n)
{
	struct journal_identity id = {
	    .review = "rv", .packet = "pk", .instrument = "gh/3", .user = "m"};
	struct journal *j;
	struct seal made;

	id.record[0] = (uint8_t)n;
	ck_assert(journal_create(&j, folder_vault(folder), folder_io(folder),
	    "/f/journal", &id, &err));
	ck_assert(journal_append(j, JOURNAL_EVENT, "x", 1, &err));
	ck_assert(seal_make(&made, folder, j, "{}", 2, NULL, &err));
	journal_close(j);
	ck_assert(sync_queue(send_sync(send_), &made, &err));
}

static void
laptop(const char *target, const char *ca)
{
	struct vault_make how = {.passphrase = PASSPHRASE, .cost = {1, 8192}};
	struct net_conf conf = {.target = target, .ca_file = ca};

	disk = disk_new(2);
	ck_assert_msg(folder_create(&folder, disk_io(disk), "/f", &how, &err),
	    "%s", err.text);
	ck_assert_msg(net_open(&net, &conf, &err), "%s", err.text);
	ck_assert(send_open(&send_, net, folder, &err));
	for (int n = 0; n < REVIEWS; n++)
		seal(n);
}

enum line { LINE_TCP, LINE_TLS, LINE_UNIX, LINES };

static void
begin(enum line line)
{
	char *target;

	signal(SIGPIPE, SIG_IGN);
	office = (struct office){0};
	atomic_store(&fault, OFFICE_WELL);
	strcpy(folder_name, "/tmp/hearth-send-XXXXXX");
	ck_assert_ptr_nonnull(mkdtemp(folder_name));
	ck_assert_int_eq(pipe(stop_pipe), 0);
	tls = line == LINE_TLS;
	if (tls)
		door_certificate();
	target = line == LINE_UNIX ? door_unix() : door_tcp();
	ck_assert_int_eq(pthread_create(&thread, NULL, door_run, NULL), 0);
	laptop(target, tls ? ca_name : NULL);
	free(target);
}

static void
end(void)
{
	char *command = xasprintf("rm -rf '%s'", folder_name);

	send_close(send_);
	net_close(net);
	folder_close(folder);
	disk_free(disk);
	ck_assert_int_eq(write(stop_pipe[1], "x", 1), 1);
	pthread_join(thread, NULL);
	close(door);
	close(stop_pipe[0]);
	close(stop_pipe[1]);
	if (credentials)
		gnutls_certificate_free_credentials(credentials);
	credentials = NULL;
	ck_assert_int_eq(system(command), 0);
	free(command);
}

static unsigned
sent(void)
{
	unsigned n = 0;

	for (size_t i = 0; i < sync_count(send_sync(send_)); i++)
		n += sync_item(send_sync(send_), i)->state == OUTBOX_SENT;
	return n;
}

/* Every fault on every kind of line: 30 cases. */
START_TEST(promise_11__send__counts_once_over_real_connections)
{
	int f = _i % OFFICE_FAULTS;

	begin((enum line)(_i / OFFICE_FAULTS));
	atomic_store(&fault, f);
	ck_assert_msg(send_run(send_, &err), "%s", err.text);
	if (f == OFFICE_WELL)
		ck_assert_uint_eq(sent(), REVIEWS);
	else
		ck_assert_uint_eq(sent(), 0);
	atomic_store(&fault, OFFICE_WELL);
	disk_later(disk, 3600000); /* the pauses are over */
	ck_assert(send_run(send_, &err));
	ck_assert_uint_eq(sent(), REVIEWS);
	end();
	ck_assert_uint_eq(office.n, REVIEWS);
}
END_TEST

/* Nobody at the door at all, then somebody. */
START_TEST(promise_14__send__offline_is_no_error)
{
	struct net_conf conf = {.target = "http://127.0.0.1:9"};
	const struct sync_item *item;

	begin(LINE_TCP);
	send_close(send_);
	net_close(net);
	ck_assert(net_open(&net, &conf, &err));
	ck_assert(send_open(&send_, net, folder, &err));
	ck_assert(send_run(send_, &err));
	ck_assert_uint_eq(sent(), 0);
	item = sync_item(send_sync(send_), 0);
	ck_assert_int_eq(item->state, OUTBOX_QUEUED);
	ck_assert_int_eq(item->last, OUTBOX_UNREACHABLE);
	end();
}
END_TEST

/* A stranger's certificate: nothing is sent to whoever holds it. */
START_TEST(promise_12__send__trusts_no_stranger)
{
	struct net_conf conf = {0};
	struct sockaddr_in at;
	socklen_t len = sizeof at;
	char *target;

	begin(LINE_TLS);
	ck_assert_int_eq(getsockname(door, (struct sockaddr *)&at, &len), 0);
	target = xasprintf("https://127.0.0.1:%d", ntohs(at.sin_port));
	conf.target = target;
	send_close(send_);
	net_close(net);
	ck_assert(net_open(&net, &conf, &err));
	ck_assert(send_open(&send_, net, folder, &err));
	ck_assert(send_run(send_, &err));
	ck_assert_uint_eq(sent(), 0);
	free(target);
	end();
	ck_assert_uint_eq(office.requests, 0);
}
END_TEST

int
main(void)
{
	Suite *s = suite_create("send");
	TCase *t = tcase_create("send");

	tcase_set_timeout(t, 60);
	tcase_add_loop_test(t,
	    promise_11__send__counts_once_over_real_connections, 0,
	    LINES * OFFICE_FAULTS);
	tcase_add_test(t, promise_14__send__offline_is_no_error);
	tcase_add_test(t, promise_12__send__trusts_no_stranger);
	suite_add_tcase(s, t);
	return unit_run(s);
}
