/*
 * Packets over the net, as nets are: whatever comes instead of one, nothing is
 * made of it, nobody is asked for a passphrase, and the words say what it was
 * (offline.md, promises 12 and 25).
 */
#include "client/fetch.h"

#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "lib/unit.h"
#include "proto/bundle.h"
#include "proto/revision.h"

static uint8_t public_key[BUNDLE_PUBLIC], secret_key[BUNDLE_SECRET];
static char folder[64], key_text[2 * BUNDLE_PUBLIC + 1];
static struct buf bytes;      /* of a good packet for mk */
static const char *body_text; /* what the net brings */
static int body_status;

static int
bring(void *arg, const char *path, struct buf *body)
{
	(void)arg;
	(void)path;
	buf_str(body, body_text);
	return body_status;
}

static void
make_packet(const char *user, int64_t expires_ms)
{
	struct bundle b = {.n = 1};
	struct err err;

	strcpy(b.about.packet, "0a");
	strcpy(b.about.review, "RV-1");
	snprintf(b.about.user, sizeof b.about.user, "%s", user);
	strcpy(b.about.instrument, "t/1");
	b.about.expires_ms = expires_ms;
	strcpy(b.parts[0].name, "roster");
	b.parts[0].data = "{}";
	b.parts[0].len = 2;
	buf_reset(&bytes);
	ck_assert_msg(
	    bundle_write(&bytes, &b, secret_key, &err), "%s", err.text);
}

static void
setup(void)
{
	ck_assert(sodium_init() >= 0);
	ck_assert(bundle_keys(public_key, secret_key));
	sodium_bin2hex(
	    key_text, sizeof key_text, public_key, sizeof public_key);
	strcpy(folder, "/tmp/hearth-fetch-XXXXXX");
	ck_assert_ptr_nonnull(mkdtemp(folder));
	make_packet("mk", INT64_C(4102444800000));
}

static void
teardown(void)
{
	rmdir(folder);
	buf_free(&bytes);
}

/* The service's answer about those bytes, of which the first n come. */
static char *
answer_of(size_t n)
{
	size_t room =
	    sodium_base64_ENCODED_LEN(n, sodium_base64_VARIANT_ORIGINAL);
	char *text = malloc(room), *answer;
	char hash[REVISION_HASH];

	revision_hash(hash, bytes.data, bytes.len);
	sodium_bin2base64(text, room, (const uint8_t *)bytes.data, n,
	    sodium_base64_VARIANT_ORIGINAL);
	answer = xasprintf(
	    "{\"packet\":{\"id\":\"0a\",\"sha256\":\"%s\"},\"bytes\":\"%s\"}",
	    hash, text);
	free(text);
	return answer;
}

/* hearth review fetch 0a by mk, with no standard input to ask at. */
static struct err
fetch(int status, const char *text)
{
	char *words[] = {(char *)"fetch", (char *)"0a"};
	struct settings settings = {
	    .field_user = (char *)"mk", .field_service_key = key_text};
	char *path = file_join(folder, "field", NULL);
	struct call call = {
	    .words = words, .n_words = 2, .settings = &settings};
	struct err err = {0};

	settings.field_folder = path;
	settings.quiet = true;
	body_status = status;
	body_text = text;
	call.net = net_open_memory(bring, NULL);
	ck_assert(!fetch_ask(&call, &err));
	ck_assert_msg(!file_exists(path), "a folder was made");
	cJSON_Delete(call.answer);
	net_close(call.net);
	free(path);
	return err;
}

START_TEST(fetch__captive_portal__is_no_packet)
{
	struct err err = fetch(200, "<html>Please sign in to CafeNet</html>");

	ck_assert_int_eq(err.code, ERR_BAD_ANSWER);
	err = fetch(200, "{\"welcome\":true}");
	ck_assert_int_eq(err.code, ERR_BAD_ANSWER);
	ck_assert_ptr_nonnull(strstr(err.text, "no packet"));
}
END_TEST

START_TEST(fetch__line_drops__says_so)
{
	struct err err = fetch(0, "");

	ck_assert_int_eq(err.code, ERR_UNREACHABLE);
}
END_TEST

/* Cut at every byte: its hash tells. */
START_TEST(fetch__cut_packet__is_refused)
{
	for (size_t n = 0; n < bytes.len; n += 7) {
		char *text = answer_of(n);
		struct err err = fetch(200, text);

		ck_assert_int_eq(err.code, ERR_CORRUPT);
		free(text);
	}
}
END_TEST

START_TEST(fetch__of_another_service__is_refused)
{
	uint8_t other[BUNDLE_PUBLIC];
	struct err err;
	char *text;

	ck_assert(bundle_keys(other, secret_key));
	make_packet("mk", INT64_C(4102444800000));
	text = answer_of(bytes.len);
	err = fetch(200, text);
	ck_assert_int_eq(err.code, ERR_FOREIGN);
	free(text);
}
END_TEST

START_TEST(fetch__for_somebody_else__names_whom)
{
	struct err err;
	char *text;

	make_packet("ann", INT64_C(4102444800000));
	text = answer_of(bytes.len);
	err = fetch(200, text);
	ck_assert_msg(err.code == ERR_FOREIGN, "%s", err.text);
	ck_assert_ptr_nonnull(strstr(err.text, "for ann, and mk works here"));
	free(text);
}
END_TEST

START_TEST(fetch__out_of_date__is_refused)
{
	struct err err;
	char *text;

	make_packet("mk", 1000);
	text = answer_of(bytes.len);
	err = fetch(200, text);
	ck_assert_int_eq(err.code, ERR_EXPIRED);
	free(text);
}
END_TEST

int
main(void)
{
	Suite *s = suite_create("fetch");
	TCase *t = tcase_create("fetch");

	tcase_add_checked_fixture(t, setup, teardown);
	tcase_add_test(t, fetch__captive_portal__is_no_packet);
	tcase_add_test(t, fetch__line_drops__says_so);
	tcase_add_test(t, fetch__cut_packet__is_refused);
	tcase_add_test(t, fetch__of_another_service__is_refused);
	tcase_add_test(t, fetch__for_somebody_else__names_whom);
	tcase_add_test(t, fetch__out_of_date__is_refused);
	suite_add_tcase(s, t);
	return unit_run(s);
}
