/* The daemon's doors: who may come in by which, and what keeps them shut. */
#include <gnutls/x509.h>
#include <stdlib.h>
#include <sys/stat.h>

#include "base/file.h"
#include "lib/unit.h"
#include "hearthd.h"

/* --- doors ----------------------------------------------------------- */

START_TEST(unix__own_user__may_see_all)
{
	struct hearthd d;
	struct stat st;
	struct hearthd_fetch f = {.url = "http://x/v1/report?measure=p1"};

	hearthd_start_unix(&d, NULL);
	ck_assert_int_eq(stat(hearthd_path, &st), 0);
	ck_assert_int_eq(st.st_mode & 0777, 0600);
	f.socket = hearthd_path;
	hearthd_fetch(&f);
	ck_assert_int_eq(f.status, 200);
	ck_assert_ptr_nonnull(strstr(buf_text(&f.body), "\"value\":\"50.0\""));
	buf_free(&f.body);
	ck_assert_int_eq(hearthd_stop(&d), 0);
	ck_assert_int_ne(stat(hearthd_path, &st), 0);
}
END_TEST

START_TEST(tcp__nobody_signed_in__no_figure)
{
	struct hearthd d;
	char *base, *status, *report;

	hearthd_start_tcp(&d, (const char *const[]){NULL});
	base = xasprintf("http://127.0.0.1:%u", d.port);
	status = xasprintf("%s/v1/status", base);
	report = xasprintf("%s/v1/report?measure=p1", base);
	ck_assert_int_eq(hearthd_status_of(status, NULL), 200);
	ck_assert_int_eq(hearthd_status_of(report, NULL), 401);
	ck_assert_int_eq(hearthd_stop(&d), 0);
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

	hearthd_start_tcp(
	    &d, (const char *const[]){"tcp.trust_loopback=true", NULL});
	report = xasprintf("http://127.0.0.1:%u/v1/report?measure=p1", d.port);
	ck_assert_int_eq(hearthd_status_of(report, NULL), 200);
	ck_assert_int_eq(hearthd_status_of(report, "Host: localhost"), 200);
	ck_assert_int_eq(hearthd_status_of(report, "Host: evil.example"), 401);
	ck_assert_int_eq(
	    hearthd_status_of(report, "Host: localhost.evil.example"), 401);
	ck_assert_int_eq(hearthd_stop(&d), 0);
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
	char *cert = file_join(hearthd_data.folder, "cert.pem", NULL);
	char *key = file_join(hearthd_data.folder, "key.pem", NULL);
	char *set_cert = xasprintf("tcp.certificate=%s", cert);
	char *set_key = xasprintf("tcp.key=%s", key);
	struct hearthd_fetch f = {0}, old = {0}, plain = {0};
	struct hearthd d;
	char *url, *bare;

	make_certificate(cert, key);
	hearthd_start_tcp(&d, (const char *const[]){set_cert, set_key, NULL});
	url = xasprintf("https://127.0.0.1:%u/v1/status", d.port);
	bare = xasprintf("http://127.0.0.1:%u/v1/status", d.port);
	f.url = old.url = url;
	f.ca = old.ca = cert;
	hearthd_fetch(&f);
	ck_assert_msg(f.rc == CURLE_OK && f.status == 200, "%s",
	    curl_easy_strerror(f.rc));
	old.tls_most = CURL_SSLVERSION_TLSv1_1 | CURL_SSLVERSION_MAX_TLSv1_1;
	hearthd_fetch(&old);
	ck_assert_int_ne(old.rc, CURLE_OK);
	plain.url = bare;
	hearthd_fetch(&plain);
	ck_assert_int_eq(plain.status, 0);
	ck_assert_int_eq(hearthd_stop(&d), 0);
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

	hearthd_start(&d, wrong[_i].args, -1);
	ck_assert(!hearthd_logged(&d, "event=listening"));
	ck_assert_msg(strstr(buf_text(&d.text), wrong[_i].text) != NULL, "%s",
	    buf_text(&d.text));
	ck_assert_int_eq(hearthd_ended(&d), wrong[_i].status);
	hearthd_forget(&d);
}
END_TEST

START_TEST(start__socket_in_use__busy_and_unharmed)
{
	char *listen_on = xasprintf("unix:%s", hearthd_path);
	struct hearthd first, second;

	hearthd_start_unix(&first, NULL);
	hearthd_start(
	    &second, (const char *const[]){"--listen", listen_on, NULL}, -1);
	ck_assert_int_eq(hearthd_ended(&second), 4);
	hearthd_forget(&second);
	hearthd_alive();
	ck_assert_int_eq(hearthd_stop(&first), 0);
	free(listen_on);
}
END_TEST

#define N(table) (int)(sizeof(table) / sizeof *(table))

int
main(void)
{
	Suite *s = suite_create("doors");
	TCase *t = tcase_create("doors");
	int status;

	suite_add_tcase(s, t);
	tcase_add_checked_fixture(t, hearthd_setup, hearthd_teardown);
	tcase_set_timeout(t, 60);
	tcase_add_test(t, unix__own_user__may_see_all);
	tcase_add_test(t, tcp__nobody_signed_in__no_figure);
	tcase_add_test(t, tcp__loopback_trusted__only_by_its_own_name);
	tcase_add_test(t, tls__own_certificate__served_and_checked);
	tcase_add_loop_test(t, start__wrong_use__says_what, 0, N(wrong));
	tcase_add_test(t, start__socket_in_use__busy_and_unharmed);
	curl_global_init(CURL_GLOBAL_DEFAULT);
	status = unit_run(s);
	curl_global_cleanup();
	return status;
}
