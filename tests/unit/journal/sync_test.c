/* Sending: exactly once, in order, never stopped by a bad one, and not a
 * storm; on a disk and a clock of the test's own. */
#include "journal/sync.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "lib/unit.h"
#include "office.h"
#include "rig.h"

#define REVIEWS 20

static struct disk *disk;
static struct folder *folder;
static struct sync *sync_;
static struct office office;
static struct err err;
/* What is under way, and how it will end. */
static struct buf aloft, answer;
static bool flying;
static enum office_fault fault;
static unsigned cancelled;

static bool
transport_send(void *self, const struct sync_request *request, struct err *why)
{
	(void)self;
	(void)why;
	ck_assert(!flying); /* one at a time */
	flying = true;
	buf_reset(&aloft);
	buf_add(&aloft, request->body, request->len);
	return true;
}

static void
transport_cancel(void *self)
{
	(void)self;
	flying = false;
	cancelled++;
}

static const struct sync_transport transport = {
    transport_send, transport_cancel};

static void
open_all(void)
{
	ck_assert_msg(
	    folder_open(&folder, disk_io(disk), "/f", RIG_PASSPHRASE, &err),
	    "%s", err.text);
	ck_assert(!folder_readonly(folder));
	ck_assert(sync_open(&sync_, folder, &transport, NULL, &err));
}

static void
close_all(void)
{
	sync_close(sync_);
	folder_close(folder);
	sync_ = NULL;
	folder = NULL;
	flying = false;
}

static void
setup(void)
{
	struct vault_make how = {
	    .passphrase = RIG_PASSPHRASE, .cost = {1, 8192}};

	office = (struct office){0};
	fault = OFFICE_WELL;
	cancelled = 0;
	disk = disk_new(9);
	ck_assert_msg(folder_create(&folder, disk_io(disk), "/f", &how, &err),
	    "%s", err.text);
	folder_close(folder);
	open_all();
}

static void
teardown(void)
{
	close_all();
	disk_free(disk);
	buf_free(&aloft);
	buf_free(&answer);
}

static struct journal *
open_review(int n)
{
	struct journal_identity id = rig_identity;
	char name[JOURNAL_NAME];
	struct journal *j;
	char *path, *room;
	bool ok;

	id.record[15] = (uint8_t)n;
	journal_name(name, id.record);
	path = folder_file(folder, "journal", name, ".hj");
	room = folder_file(folder, "journal", "", "");
	room[strlen(room) - 1] = '\0';
	ok = io_exists(folder_io(folder), path)
		 ? journal_open(&j, folder_vault(folder), folder_io(folder),
		       path, false, &err)
		 : journal_create(&j, folder_vault(folder), folder_io(folder),
		       room, &id, &err);
	ck_assert_msg(ok, "%s", err.text);
	free(path);
	free(room);
	return j;
}

/* Types something into review n, seals and queues it. */
static struct seal
seal_review(int n, const char *content)
{
	struct journal *j = open_review(n);
	struct seal seal, last;
	bool first = !seal_last(&last, j);

	ck_assert(
	    journal_append(j, JOURNAL_EVENT, content, strlen(content), &err));
	ck_assert_msg(seal_make(&seal, folder, j, content, strlen(content),
			  first ? NULL : "amended", &err),
	    "%s", err.text);
	journal_close(j);
	ck_assert(sync_queue(sync_, &seal, &err));
	return seal;
}

/* The office (or the line) answers what is under way. */
static void
land(void)
{
	struct outbox_reply reply = {.complete = true};
	bool half;

	flying = false;
	if (office_put(&office, fault, aloft.data, aloft.len, &reply.status,
		&answer, &half)) {
		reply.body = buf_text(&answer);
		reply.len = half ? answer.len / 2 : answer.len;
	} else {
		reply = (struct outbox_reply){0};
	}
	sync_answered(sync_, &reply, &err);
}

/* The client's loop for some minutes. */
static void
run(int64_t minutes)
{
	int64_t left = minutes * 60000;

	while (left > 0) {
		int wait = sync_tick(sync_, &err);

		if (flying) {
			land();
			disk_later(disk, 20);
			left -= 20;
			continue;
		}
		if (wait < 0)
			return;
		if (wait > left)
			wait = (int)left;
		disk_later(disk, wait + 1);
		left -= wait + 1;
	}
}

static unsigned
in_state(enum outbox_state state)
{
	unsigned n = 0;

	for (size_t i = 0; i < sync_count(sync_); i++)
		n += sync_item(sync_, i)->state == state;
	return n;
}

/* The status line tells what the disk holds, whatever just happened. */
static void
counts_agree(void)
{
	struct folder_counts c;

	ck_assert(folder_counts(folder, &c, &err));
	ck_assert_uint_eq(c.unsent, in_state(OUTBOX_QUEUED) +
					in_state(OUTBOX_SENDING) +
					in_state(OUTBOX_SEALED));
	ck_assert_uint_eq(
	    c.waiting, in_state(OUTBOX_ARRIVED) + in_state(OUTBOX_HELD));
	ck_assert_uint_eq(c.sent, in_state(OUTBOX_SENT));
	ck_assert_uint_eq(c.conflicts, in_state(OUTBOX_CONFLICT));
	ck_assert_uint_eq(c.set_aside, in_state(OUTBOX_ASIDE) +
					   in_state(OUTBOX_RECALLED) +
					   in_state(OUTBOX_UNKNOWN));
	ck_assert_uint_eq(c.damaged, 0);
}

START_TEST(promise_11__sync__counts_once_whatever_the_line_does)
{
	seal_review(1, "{\"a\":1}");
	fault = (enum office_fault)_i;
	run(30);
	counts_agree();
	if (fault != OFFICE_WELL && fault != OFFICE_LATER)
		ck_assert_uint_eq(in_state(OUTBOX_SENT), 0);
	fault = OFFICE_WELL;
	run(60);
	ck_assert_uint_eq(in_state(OUTBOX_SENT), 1);
	ck_assert_uint_eq(office.n, 1);
	counts_agree();
	/* A new start of the program does not send it again. */
	close_all();
	open_all();
	office.requests = 0;
	run(60);
	ck_assert_uint_eq(office.requests, 0);
	ck_assert_uint_eq(in_state(OUTBOX_SENT), 1);
	counts_agree();
}
END_TEST

/* Fifty random histories: faults, crashes at any call, new starts. */
START_TEST(promise_11__sync__counts_once_through_crashes)
{
	struct rng rng;

	rng_seed(&rng, (uint64_t)_i + 1);
	for (int n = 0; n < 3; n++)
		seal_review(n, "{\"a\":1}");
	for (int round = 0; round < 12; round++) {
		fault = (enum office_fault)rng_below(&rng, OFFICE_FAULTS);
		if (rng_below(&rng, 2))
			disk_fail(disk, DISK_CALLS, 1 + rng_below(&rng, 40),
			    rng_below(&rng, 2) ? 0 : -1);
		run(1 + rng_below(&rng, 20));
		if (disk_is_cut(disk) || rng_below(&rng, 2)) {
			disk_cut_now(disk);
			close_all();
			disk_restart(disk, rng_below(&rng, 2));
			open_all();
			sync_wish(sync_, NULL, OUTBOX_SEND, &err);
		}
		disk_fail(disk, DISK_CALLS, 0, 0);
		counts_agree();
	}
	fault = OFFICE_WELL;
	sync_wish(sync_, NULL, OUTBOX_SEND, &err);
	run(60);
	ck_assert_uint_eq(in_state(OUTBOX_SENT), 3);
	ck_assert_uint_eq(office.n, 3);
}
END_TEST

START_TEST(promise_12__sync__believes_no_receipt_that_it_cannot_keep)
{
	seal_review(1, "{\"a\":1}");
	sync_tick(sync_, &err);
	ck_assert(flying);
	disk_refuse(disk, ENOSPC);
	land();
	ck_assert_uint_eq(in_state(OUTBOX_SENT), 0);
	disk_refuse(disk, 0);
	run(60);
	ck_assert_uint_eq(in_state(OUTBOX_SENT), 1);
	ck_assert_uint_eq(office.n, 1);
}
END_TEST

/* Cancelled in mid-send, typed on, sealed again, both sent. */
START_TEST(promise_13__sync__sends_what_was_sealed)
{
	struct seal first, second;
	struct buf body = {0};

	first = seal_review(1, "{\"a\":1}");
	sync_tick(sync_, &err);
	ck_assert(flying);
	ck_assert(sync_wish(sync_, &first, OUTBOX_STOP, &err));
	ck_assert_uint_eq(cancelled, 1);
	ck_assert_uint_eq(in_state(OUTBOX_SEALED), 1);
	ck_assert(seal_body(&body, folder, &first, &err));
	second = seal_review(1, "{\"a\":2}");
	ck_assert_uint_eq(second.revision, 2);
	/* The first is as it was, byte for byte. */
	ck_assert_uint_eq(body.len, aloft.len);
	ck_assert_mem_eq(body.data, aloft.data, aloft.len);
	run(30); /* the second waits for the first */
	ck_assert_uint_eq(office.n, 0);
	ck_assert(sync_wish(sync_, &first, OUTBOX_SEND, &err));
	run(30);
	ck_assert_uint_eq(in_state(OUTBOX_SENT), 2);
	ck_assert_uint_eq(office.n, 2);
	buf_free(&body);
}
END_TEST

START_TEST(promise_14__sync__is_no_storm_and_obeys_send_now)
{
	for (int n = 0; n < REVIEWS; n++)
		seal_review(n, "{}");
	fault = OFFICE_DEAD;
	run(60); /* the pauses grow */
	office.requests = 0;
	run(60);
	/* At most a quarter of an hour, at least half of it, between two. */
	ck_assert_uint_ge(office.requests, 3);
	ck_assert_uint_le(office.requests, 8);
	fault = OFFICE_WELL;
	ck_assert(sync_wish(sync_, NULL, OUTBOX_SEND, &err));
	run(1);
	ck_assert_uint_eq(in_state(OUTBOX_SENT), REVIEWS);
}
END_TEST

/* Twenty, of which the third is answered so for ever. */
START_TEST(promise_15__sync__one_bad_revision_stops_no_other)
{
	static const struct {
		int status;
		const char *code;
		enum outbox_state end;
	} rows[] = {
	    {422, "refused", OUTBOX_ASIDE},
	    {409, "other_content", OUTBOX_ASIDE},
	    {409, "conflict", OUTBOX_CONFLICT},
	    {413, "too_large", OUTBOX_ASIDE},
	    {410, "recalled", OUTBOX_RECALLED},
	    {404, "no_such_review", OUTBOX_UNKNOWN},
	    {500, "internal", OUTBOX_QUEUED},
	};
	struct seal bad;

	for (int n = 0; n < REVIEWS; n++) {
		seal_review(n, "{}");
		if (n == 2)
			bad = seal_review(n, "{\"bad\":1}"); /* revision 2 */
	}
	office.odd_revision = bad.revision;
	office.odd_status = rows[_i].status;
	office.odd_code = rows[_i].code;
	run(60);
	ck_assert_uint_eq(in_state(OUTBOX_SENT), REVIEWS);
	ck_assert_uint_eq(in_state(rows[_i].end), 1);
	counts_agree();
	for (size_t i = 0; i < sync_count(sync_); i++) {
		const struct sync_item *item = sync_item(sync_, i);

		if (item->seal.revision == 2)
			ck_assert_ptr_nonnull(
			    strstr(item->words, rows[_i].code));
	}
	/* The words and the state are there after a new start; a person may
	 * try again, and what mends it goes on. */
	close_all();
	open_all();
	ck_assert_uint_eq(in_state(rows[_i].end), 1);
	office.odd_revision = 0;
	ck_assert(sync_wish(sync_, &bad, OUTBOX_SEND, &err));
	run(60);
	counts_agree();
}
END_TEST

/* A damaged sealed file is set aside too, in words. */
START_TEST(promise_15__sync__a_damaged_seal_stops_no_other)
{
	struct seal bad;
	char name[JOURNAL_NAME], *path;
	size_t n;

	seal_review(1, "{}");
	bad = seal_review(2, "{}");
	seal_review(3, "{}");
	journal_name(name, bad.record);
	path = folder_file(folder, "sealed", name, "-1.hs");
	disk_file(disk, path, &n)[60] ^= 1;
	run(10);
	ck_assert_uint_eq(in_state(OUTBOX_SENT), 2);
	ck_assert_uint_eq(in_state(OUTBOX_ASIDE), 1);
	free(path);
}
END_TEST

START_TEST(promise_16__resend__is_safe_when_the_office_lost_it)
{
	size_t n;

	for (int i = 0; i < 5; i++)
		seal_review(i, "{}");
	run(5);
	ck_assert_uint_eq(in_state(OUTBOX_SENT), 5);
	office.n = 3; /* two are gone there */
	ck_assert(sync_resend(sync_, 0, &n, &err));
	ck_assert_uint_eq(n, 5);
	run(5);
	ck_assert_uint_eq(office.n, 5);
	ck_assert_uint_eq(in_state(OUTBOX_SENT), 5);
}
END_TEST

/* Two devices: revision 2 comes to the office before revision 1. */
START_TEST(promise_17__sync__shows_what_the_office_waits_for)
{
	struct seal first, second;

	first = seal_review(1, "{\"a\":1}");
	second = seal_review(1, "{\"a\":2}");
	/* Revision 1 is thought to be sent, and the office has lost it. */
	run(1);
	office.n = 0;
	ck_assert(sync_wish(sync_, &second, OUTBOX_SEND, &err));
	run(1);
	ck_assert_uint_eq(in_state(OUTBOX_HELD), 1);
	for (size_t i = 0; i < sync_count(sync_); i++)
		if (sync_item(sync_, i)->state == OUTBOX_HELD)
			ck_assert_uint_eq(
			    sync_item(sync_, i)->receipt.waits_for, 1);
	counts_agree();
	ck_assert(sync_wish(sync_, &first, OUTBOX_SEND, &err));
	run(60);
	ck_assert_uint_eq(in_state(OUTBOX_SENT), 2);
	ck_assert_uint_eq(office.n, 2);
}
END_TEST

START_TEST(promise_11__sync__a_lost_state_is_sent_again_once)
{
	struct seal seal = seal_review(1, "{}");
	char name[JOURNAL_NAME], *path;
	size_t n;

	run(5);
	journal_name(name, seal.record);
	path = folder_file(folder, "sealed", name, "-1.st");
	disk_file(disk, path, &n)[50] ^= 1;
	close_all();
	open_all();
	ck_assert_uint_eq(in_state(OUTBOX_QUEUED), 1);
	run(5);
	ck_assert_uint_eq(in_state(OUTBOX_SENT), 1);
	ck_assert_uint_eq(office.n, 1);
	free(path);
}
END_TEST

/* 50 racing sends from two programs: the office counts one. (Its uniqueness is
 * proved in the service's own tests; here, that we send the same bytes.) */
START_TEST(promise_11__sync__the_same_bytes_however_often)
{
	struct seal seal = seal_review(1, "{}");
	char hash[REVISION_HASH];

	for (int i = 0; i < 50; i++) {
		ck_assert(sync_wish(sync_, &seal, OUTBOX_SEND, &err));
		sync_tick(sync_, &err);
		ck_assert(flying);
		revision_hash(hash, aloft.data, aloft.len);
		ck_assert_str_eq(hash, seal.hash);
		fault = i % 2 ? OFFICE_TAKES_DROPS : OFFICE_WELL;
		land();
	}
	ck_assert_uint_eq(office.n, 1);
	ck_assert_uint_eq(office.rows[0].arrivals, 50);
}
END_TEST

int
main(void)
{
	Suite *s = suite_create("sync");
	TCase *t = tcase_create("sync");

	tcase_set_timeout(t, 120);
	tcase_add_checked_fixture(t, setup, teardown);
	tcase_add_loop_test(t,
	    promise_11__sync__counts_once_whatever_the_line_does, 0,
	    OFFICE_FAULTS);
	tcase_add_loop_test(
	    t, promise_11__sync__counts_once_through_crashes, 0, 50);
	tcase_add_test(
	    t, promise_12__sync__believes_no_receipt_that_it_cannot_keep);
	tcase_add_test(t, promise_13__sync__sends_what_was_sealed);
	tcase_add_test(t, promise_14__sync__is_no_storm_and_obeys_send_now);
	tcase_add_loop_test(
	    t, promise_15__sync__one_bad_revision_stops_no_other, 0, 7);
	tcase_add_test(t, promise_15__sync__a_damaged_seal_stops_no_other);
	tcase_add_test(t, promise_16__resend__is_safe_when_the_office_lost_it);
	tcase_add_test(t, promise_17__sync__shows_what_the_office_waits_for);
	tcase_add_test(t, promise_11__sync__a_lost_state_is_sent_again_once);
	tcase_add_test(t, promise_11__sync__the_same_bytes_however_often);
	suite_add_tcase(s, t);
	return unit_run(s);
}
