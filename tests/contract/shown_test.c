/*
 * What a device tells the person who works at it: who took a child's part, what
 * changed of the roster, what a crash left, and what a sync does (offline.md,
 * promises 4, 14, 18, 20, 24, 30).
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "client/field_sync.h"
#include "client/form_sync.h"
#include "contract/devices.h"
#include "lib/unit.h"

static struct err err;

static void
two_devices(void)
{
	rng_seed(&devices_rng, 1);
	devices_open(2);
}

static void
take_child(struct device *d, const char *key, bool take)
{
	struct review *r = visit_review(d->visit);
	struct stamp s = device_stamp(d);
	struct change c = {0};

	ck_assert(review_claim(
	    r, review_unit_find(r, UNIT_CC, key), take, &s, &c, &err));
	device_keep(d, &c);
}

/* What stands beside a child on that device. */
static bool
beside(struct device *d, const char *key, const char *words)
{
	struct form_keep k = visit_keep(d->visit);
	struct review *r = visit_review(d->visit);
	struct buf out = {0};
	bool found;

	k.news(k.self, review_unit(r, review_unit_find(r, UNIT_CC, key)), &out);
	found = *words == '\0' ? out.len == 0
			       : strstr(buf_text(&out), words) != NULL;
	if (!found)
		fprintf(stderr, "beside %s: %s\n", key, buf_text(&out));
	buf_free(&out);
	return found;
}

/* A child's part that one took is shown to the other, and hinders nobody;
 * where both took it offline each sees the other. */
START_TEST(promise_20__claim__is_shown_to_the_other)
{
	struct device *a = &devices[0], *b = &devices[1];

	take_child(a, "c1", true);
	ck_assert(beside(a, "c1", "taken by you"));
	ck_assert(beside(b, "c1", ""));
	device_sync(a);
	device_sync(b);
	ck_assert(beside(b, "c1", "taken by m0"));
	ck_assert(beside(b, "c2", ""));
	take_child(b, "c1", true);
	device_sync(b);
	ck_assert(beside(b, "c1", "taken by m0 and by you"));
	device_sync(a);
	ck_assert(beside(a, "c1", "taken by m1 and by you"));
	/* Answering goes on. */
	for (int i = 0; i < 20; i++)
		device_type(b);
	take_child(a, "c1", false);
	device_sync(a);
	device_sync(b);
	device_sync(a);
	ck_assert(beside(a, "c1", "taken by m1"));
	/* The line is down: what was said last stays. */
	devices_line.faults = 10;
	device_sync(a);
	devices_line.faults = 0;
	ck_assert(beside(a, "c1", "taken by m1"));
}
END_TEST

/* A child moved between the packet and the sync: said beside it, answers stay
 * as they are, and nothing of it stands in clear on the disk. */
START_TEST(promise_24__roster__changed_since_the_packet_is_shown)
{
	struct device *d = &devices[0];
	char *before, *after;
	struct buf file = {0};
	struct io_names names;

	for (int i = 0; i < 30; i++)
		device_type(d);
	before = device_whole(visit_review(d->visit));
	devices_line.roster =
	    "{\"review\":\"RV-7\",\"packet\":\"PK\",\"then\":"
	    "\"2012-05-01\",\"now\":\"2012-06-01\",\"changes\":[{"
	    "\"unit\":\"CC\",\"key\":\"c2\",\"drawn\":\"drawn\","
	    "\"change\":\"left\",\"fact\":\"left\",\"was\":null,"
	    "\"is\":\"2012-05-20\"},{\"unit\":\"CC\",\"key\":"
	    "\"c1\",\"drawn\":\"drawn\",\"change\":\"fact\","
	    "\"fact\":\"birth_date\",\"was\":\"2000-01-01\",\"is\":"
	    "\"2000-01-02\"}]}";
	device_sync(d);
	ck_assert(beside(d, "c2", "left - -> 2012-05-20"));
	ck_assert(beside(d, "c1", "birth_date 2000-01-01 -> 2000-01-02"));
	after = device_whole(visit_review(d->visit));
	ck_assert_str_eq(before, after);
	ck_assert(io_names(disk_io(d->disk), &names, "/f/news", &err));
	ck_assert_uint_eq(names.n, 1);
	for (size_t i = 0; i < names.n; i++) {
		char *path = xasprintf("/f/news/%s", names.names[i]);

		ck_assert(
		    io_load(disk_io(d->disk), &file, path, 1 << 20, &err));
		ck_assert_ptr_null(
		    memmem(file.data, file.len, "2012-05-20", 10));
		free(path);
	}
	io_names_free(&names);
	buf_free(&file);
	free(before);
	free(after);
}
END_TEST

/* --- after a crash --- */

/* What there is, how old, from which packet: said, and kept. */
START_TEST(promise_04__visit__speaks_of_what_a_crash_left)
{
	struct device *d = &devices[0];
	struct form_keep k;
	struct form filling;
	char *before, *after;

	disk_clock(d->disk, INT64_C(1338600000000), 1000); /* 2012-06-02 */
	for (int i = 0; i < 10; i++)
		device_type(d);
	ck_assert_str_eq(visit_found(d->visit), "");
	before = device_whole(visit_review(d->visit));
	k = visit_keep(d->visit);
	form_init(&filling, visit_review(d->visit), &k, d->who);
	disk_cut_after(d->disk, 40);
	form_note(&filling, "the plug is pulled in this line");
	visit_close(d->visit);
	device_restart(d, false);
	ck_assert_ptr_nonnull(strstr(visit_found(d->visit), "in mid-write"));
	ck_assert_ptr_nonnull(strstr(visit_found(d->visit), "2012-06-02"));
	ck_assert_ptr_nonnull(
	    strstr(visit_found(d->visit), "from packet PK-m0"));
	after = device_whole(visit_review(d->visit));
	ck_assert_str_eq(before, after);
	free(before);
	free(after);
}
END_TEST

/* --- the sync screen ----------------------------------------------------- */

static bool
screen_says(struct form_sync *s, const char *words)
{
	struct buf text = {0};
	bool found;

	form_sync_text(s, &text);
	found = strstr(buf_text(&text), words) != NULL;
	if (!found)
		fprintf(stderr, "screen: %s\n", buf_text(&text));
	buf_free(&text);
	return found;
}

/* As the form's loop does, with a key typed between any two steps. */
static void
loop(struct device *d, struct form_sync *s)
{
	for (int i = 0; i < 100; i++) {
		form_sync_tick(s);
		if (i % 3 == 0)
			device_type(d);
		net_wait(d->net, NULL, 0, 0);
	}
}

START_TEST(promise_14__screen__says_what_waits_while_keys_work)
{
	struct device *d = &devices[0];
	const struct form_sync_conf conf = {
	    .visit = d->visit, .who = d->who, .net = d->net};
	struct form_sync *s;

	device_type(d);
	device_seal(d);
	ck_assert_msg(form_sync_open(&s, &conf, &err), "%s", err.text);
	ck_assert(screen_says(s, "not to be sent yet"));
	devices_line.portal = true;
	form_sync_now(s);
	loop(d, s);
	ck_assert(screen_says(s, "waiting to be sent"));
	ck_assert(screen_says(s, "sign-in page"));
	ck_assert(screen_says(s, "Next try by itself"));
	devices_line.portal = false;
	devices_line.faults = 10;
	form_sync_now(s);
	loop(d, s);
	ck_assert(screen_says(s, "No connection"));
	devices_line.faults = 0;
	form_sync_now(s);
	loop(d, s);
	ck_assert(screen_says(s, "the receipt is kept"));
	ck_assert(screen_says(s, "events since the last seal"));
	form_sync_close(s);
}
END_TEST

/* The other was first: it comes in from the screen, one thing waits for the
 * person, the merged revision follows. */
START_TEST(promise_18__screen__takes_in_what_the_other_sealed)
{
	struct device *a = &devices[0], *b = &devices[1];
	const struct form_sync_conf conf = {
	    .visit = b->visit, .who = b->who, .net = b->net};
	struct response yes = {ANSWER_YES, "", ""}, no = {ANSWER_NO, "", ""};
	struct form_keep ka = visit_keep(a->visit), kb = visit_keep(b->visit);
	struct form fa, fb;
	struct form_sync *s;
	char said[400];

	form_init(&fa, visit_review(a->visit), &ka, a->who);
	form_init(&fb, visit_review(b->visit), &kb, b->who);
	ck_assert(form_find(&fa, "A1") && form_type_state(&fa, &yes));
	ck_assert(form_find(&fb, "A1") && form_type_state(&fb, &no));
	ck_assert(form_find(&fa, "A3") && form_type(&fa, "seen by m0"));
	device_seal(a);
	device_sync(a);
	device_seal(b);
	ck_assert(form_sync_open(&s, &conf, &err));
	form_sync_now(s);
	for (int i = 0; i < 200; i++) {
		form_sync_tick(s);
		net_wait(b->net, NULL, 0, 0);
	}
	snprintf(said, sizeof said, "%s", form_sync_said(s));
	ck_assert_msg(
	    strstr(said, "1 waits for your choice") != NULL, "%s", said);
	ck_assert(form_find(&fb, "A3"));
	ck_assert_str_eq(form_cell(&fb)->answer.value, "seen by m0");
	ck_assert(form_next(&fb, 1, WANTED_CONFLICT));
	ck_assert(form_pick(&fb, true));
	device_seal(b);
	form_sync_now(s);
	for (int i = 0; i < 200; i++) {
		form_sync_tick(s);
		net_wait(b->net, NULL, 0, 0);
	}
	ck_assert(screen_says(s, "Revision 2: sent"));
	ck_assert(screen_says(s, "Revision 1: sealed on another device"));
	form_sync_close(s);
	device_sync(a);
	ck_assert_str_eq(
	    review_cell(visit_review(a->visit), 0,
		instrument_question(
		    review_instrument(visit_review(a->visit)), "A3", 2))
		->answer.value,
	    "seen by m0");
}
END_TEST

/* As people say it; a laptop a year off is not so many minutes off. */
START_TEST(promise_30__clock__is_told_in_days_and_hours)
{
	static const struct {
		int64_t minutes;
		const char *says;
	} rows[] = {{3, "at least 3 minutes ahead"},
	    {-119, "at least 119 minutes behind"},
	    {120, "at least 2 hours ahead"},
	    {-2879, "at least 47 hours behind"},
	    {2880, "at least 2 days ahead"},
	    {525599, "at least 364 days ahead"},
	    {-525600, "at least 365 days behind"}};
	struct buf text = {0};

	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		buf_reset(&text);
		field_clock_words(rows[i].minutes * 60000, &text);
		ck_assert_msg(strstr(buf_text(&text), rows[i].says) != NULL,
		    "%s: %s", rows[i].says, buf_text(&text));
	}
	buf_reset(&text);
	field_clock_words(0, &text);
	ck_assert_uint_eq(text.len, 0);
	buf_free(&text);
}
END_TEST

/* Another clock than the office's: the receipt proves it, and it is said, until
 * it is set right - also of what was sealed and sent before. */
static const struct {
	int64_t clock_ms;
	const char *says;
} wrong[] = {
    {INT64_C(4000000000000), "days ahead of the office's"}, /* 2096 */
    {INT64_C(1000000000000), "days behind the office's"},   /* 2001 */
};

START_TEST(promise_30__screen__says_that_the_clock_is_wrong)
{
	struct device *d = &devices[0];
	const struct form_sync_conf conf = {
	    .visit = d->visit, .who = d->who, .net = d->net};
	struct form_sync *s;

	disk_clock(d->disk, wrong[_i].clock_ms, 1000);
	device_type(d);
	device_seal(d);
	ck_assert(form_sync_open(&s, &conf, &err));
	form_sync_now(s);
	loop(d, s);
	ck_assert(screen_says(s, "the receipt is kept"));
	ck_assert(screen_says(s, wrong[_i].says));
	disk_clock(d->disk, (int64_t)time(NULL) * 1000, 5000);
	ck_assert(!screen_says(s, "the office's"));
	form_sync_close(s);
}
END_TEST

int
main(void)
{
	Suite *s = suite_create("shown");
	TCase *t = tcase_create("shown");

	tcase_add_checked_fixture(t, two_devices, devices_close);
	tcase_set_timeout(t, 0);
	tcase_add_test(t, promise_20__claim__is_shown_to_the_other);
	tcase_add_test(
	    t, promise_24__roster__changed_since_the_packet_is_shown);
	tcase_add_test(t, promise_04__visit__speaks_of_what_a_crash_left);
	tcase_add_test(t, promise_14__screen__says_what_waits_while_keys_work);
	tcase_add_test(t, promise_18__screen__takes_in_what_the_other_sealed);
	tcase_add_test(t, promise_30__clock__is_told_in_days_and_hours);
	tcase_add_loop_test(t, promise_30__screen__says_that_the_clock_is_wrong,
	    0, sizeof wrong / sizeof *wrong);
	suite_add_tcase(s, t);
	return unit_run(s);
}
