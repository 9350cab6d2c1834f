/*
 * Revisions of reviews, each exactly once, over every kind of store (see
 * rig.h).
 */
#include "store/revisions.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/buf.h"
#include "rig.h"

#define RECORD "00112233445566778899aabbccddeeff"

/* Gives revision n with that hash, following that one; serial is the call's
 * own. */
static struct store_taking
give(uint32_t n, const char *hash, const char *previous, const char *serial)
{
	const struct store_revision r = {.record = RECORD,
	    .revision = n,
	    .hash = hash,
	    .previous = previous,
	    .review = "RV1",
	    .by = "monitor",
	    .body = "{\"n\":\"\xc3\xb1\"}",
	    .len = 10,
	    .at_ms = 1000 + n,
	    .serial = serial};
	struct store_taking t;

	ck_ok(store_revision_take(store, &r, &t, &err));
	return t;
}

static bool
see(void *arg, const struct store_revision *r, struct err *error)
{
	(void)error;
	buf_printf(arg, "%u %s %s %s;", r->revision, r->hash,
	    store_revision_word(r->state), r->serial);
	return true;
}

static void
holds(const char *expected)
{
	struct buf seen = {0};

	ck_ok(store_revisions(store, RECORD, see, &seen, &err));
	ck_assert_str_eq(buf_text(&seen), expected);
	buf_free(&seen);
}

START_TEST(revision__sent_again__has_the_same_receipt)
{
	struct store_taking first = give(1, "aa", "", "s1"), again;

	ck_assert_int_eq(first.taken, STORE_TAKEN);
	ck_assert_int_eq(first.state, STORE_REVISION_APPLIED);
	again = give(1, "aa", "", "s2");
	ck_assert_int_eq(again.taken, STORE_TAKEN_BEFORE);
	ck_assert_str_eq(again.serial, "s1");
	ck_assert_int_eq(again.at_ms, 1001);
	holds("1 aa applied s1;");
}
END_TEST

START_TEST(revision__same_number_other_bytes__changes_nothing)
{
	struct store_taking t;

	give(1, "aa", "", "s1");
	t = give(1, "bb", "", "s2");
	ck_assert_int_eq(t.taken, STORE_TAKEN_OTHER);
	ck_assert_str_eq(t.hash, "aa");
	holds("1 aa applied s1;");
}
END_TEST

/* 3 and 2 come before 1: both wait, each for the one before it, and follow
 * when it comes. */
START_TEST(revision__out_of_order__waits_and_follows)
{
	struct store_taking t = give(3, "cc", "bb", "s3");

	ck_assert_int_eq(t.state, STORE_REVISION_HELD);
	ck_assert_uint_eq(t.waits_for, 2);
	t = give(2, "bb", "aa", "s2");
	ck_assert_int_eq(t.state, STORE_REVISION_HELD);
	ck_assert_uint_eq(t.waits_for, 1);
	holds("2 bb held s2;3 cc held s3;");
	t = give(1, "aa", "", "s1");
	ck_assert_int_eq(t.state, STORE_REVISION_APPLIED);
	holds("1 aa applied s1;2 bb applied s2;3 cc applied s3;");
	/* Who asks again hears that it waits no longer. */
	t = give(3, "cc", "bb", "s9");
	ck_assert_int_eq(t.taken, STORE_TAKEN_BEFORE);
	ck_assert_int_eq(t.state, STORE_REVISION_APPLIED);
	ck_assert_uint_eq(t.waits_for, 0);
}
END_TEST

START_TEST(revision__following_another__is_not_taken)
{
	struct store_taking t;

	give(1, "aa", "", "s1");
	t = give(2, "bb", "zz", "s2");
	ck_assert_int_eq(t.taken, STORE_TAKEN_APART);
	holds("1 aa applied s1;");
	/* One that waited for another first revision goes on waiting. */
	give(4, "dd", "xx", "s4");
	give(2, "bb", "aa", "s2");
	give(3, "cc", "bb", "s3");
	holds("1 aa applied s1;2 bb applied s2;3 cc applied s3;"
	      "4 dd held s4;");
}
END_TEST

/* What was refused is remembered without its body, and the one that mends it
 * may follow it. */
START_TEST(revision__refused__can_be_followed)
{
	const struct store_revision refused = {.record = RECORD,
	    .revision = 1,
	    .hash = "aa",
	    .previous = "",
	    .review = "RV1",
	    .by = "monitor",
	    .body = "secret",
	    .len = 6,
	    .at_ms = 1001,
	    .state = STORE_REVISION_REFUSED,
	    .serial = "s1"};
	struct store_taking t;

	ck_ok(store_revision_take(store, &refused, &t, &err));
	ck_assert_int_eq(t.state, STORE_REVISION_REFUSED);
	t = give(1, "aa", "", "s2");
	ck_assert_int_eq(t.taken, STORE_TAKEN_BEFORE);
	ck_assert_int_eq(t.state, STORE_REVISION_REFUSED);
	t = give(2, "bb", "aa", "s2");
	ck_assert_int_eq(t.taken, STORE_TAKEN);
	ck_assert_int_eq(t.state, STORE_REVISION_APPLIED);
	holds("1 aa refused s1;2 bb applied s2;");
}
END_TEST

/* Eight senders, each with a store of its own and half of them with the
 * numbers the other way round: every revision is there once, in its order. */
#define SENDERS 8
#define CHAIN 6
static void
send_all(int sender)
{
	static const char *const hash[] = {
	    "", "h1", "h2", "h3", "h4", "h5", "h6"};
	struct store *own;
	char serial[16];

	if (!store_open(&own, url, STORE_WRITE, &err))
		_exit(1);
	for (uint32_t i = 1; i <= CHAIN; i++) {
		uint32_t n = sender % 2 ? CHAIN + 1 - i : i;
		const struct store_revision r = {.record = RECORD,
		    .revision = n,
		    .hash = hash[n],
		    .previous = hash[n - 1],
		    .review = "RV1",
		    .by = "monitor",
		    .body = "{}",
		    .len = 2,
		    .at_ms = n,
		    .serial = serial};
		struct store_taking t;

		snprintf(serial, sizeof serial, "%d-%u", sender, n);
		if (!store_revision_take(own, &r, &t, &err) ||
		    t.taken > STORE_TAKEN_BEFORE)
			_exit(2);
	}
	store_close(own);
	_exit(0);
}

static bool
count(void *arg, const struct store_revision *r, struct err *error)
{
	uint32_t *n = arg;

	(void)error;
	ck_assert_uint_eq(r->revision, ++*n);
	ck_assert_int_eq(r->state, STORE_REVISION_APPLIED);
	return true;
}

START_TEST(revisions__sent_by_many_at_once__are_there_once)
{
	uint32_t n = 0;

	store_close(store);
	for (int i = 0; i < SENDERS; i++)
		if (fork() == 0)
			send_all(i);
	for (int i = 0; i < SENDERS; i++) {
		int status;

		ck_assert_int_gt(wait(&status), 0);
		ck_assert_msg(WIFEXITED(status) && WEXITSTATUS(status) == 0,
		    "status %d", status);
	}
	ck_ok(store_open(&store, url, STORE_WRITE, &err));
	ck_ok(store_revisions(store, NULL, count, &n, &err));
	ck_assert_uint_eq(n, CHAIN);
}
END_TEST

/* --- letting a held one go -------------------------------------------- */

static enum store_letting
let_go(struct store *in, uint32_t n, const char *why)
{
	const struct store_paper paper = {.kind = "review-release",
	    .id = RECORD ".2",
	    .at_ms = 1,
	    .by = "chief",
	    .body = why,
	    .len = strlen(why)};
	enum store_letting letting;

	ck_ok(store_revision_let(in, RECORD, n, &paper, &letting, &err));
	return letting;
}

/* The gap stays; what comes late takes its place, and only if it is the one
 * that the next one names. */
START_TEST(promise_17__store__lets_a_held_one_go_once)
{
	give(1, "h1", "", "s1");
	give(3, "h3", "h2", "s3");
	give(4, "h4", "h3", "s4");
	ck_assert_int_eq(let_go(store, 4, "{}"), STORE_LET_BEHIND);
	ck_assert_int_eq(let_go(store, 2, "{}"), STORE_LET_NONE);
	holds("1 h1 applied s1;3 h3 held s3;4 h4 held s4;");
	ck_assert_int_eq(let_go(store, 3, "{}"), STORE_LET);
	ck_assert_int_eq(let_go(store, 3, "{}"), STORE_LET_BEFORE);
	holds("1 h1 applied s1;3 h3 applied s3;4 h4 applied s4;");
	ck_assert_int_eq(give(2, "hx", "h1", "sx").taken, STORE_TAKEN_APART);
	ck_assert_int_eq(
	    give(2, "h2", "h1", "s2").state, STORE_REVISION_APPLIED);
}
END_TEST

/* Told to hold, it waits although it could follow, and so do those behind. */
START_TEST(revision__told_to_hold__waits_for_a_person)
{
	const struct store_revision second = {.record = RECORD,
	    .revision = 2,
	    .hash = "h2",
	    .previous = "h1",
	    .review = "RV1",
	    .by = "monitor",
	    .body = "{}",
	    .len = 2,
	    .at_ms = 5,
	    .serial = "s2",
	    .hold = true};
	struct store_taking t;

	give(1, "h1", "", "s1");
	ck_ok(store_revision_take(store, &second, &t, &err));
	ck_assert_int_eq(t.state, STORE_REVISION_HELD);
	give(3, "h3", "h2", "s3");
	give(1, "h1", "", "again");
	holds("1 h1 applied s1;2 h2 held s2;3 h3 held s3;");
	ck_assert_int_eq(let_go(store, 2, "{}"), STORE_LET);
	holds("1 h1 applied s1;2 h2 applied s2;3 h3 applied s3;");
}
END_TEST

static void
let_one(int number)
{
	char *why = xasprintf("{\"n\":%d}", number);
	enum store_letting letting;
	struct store *own;

	if (!store_open(&own, url, STORE_WRITE, &err))
		_exit(9);
	letting = let_go(own, 2, why);
	store_close(own);
	free(why);
	_exit(letting == STORE_LET ? 1 : letting == STORE_LET_BEFORE ? 0 : 8);
}

static bool
count_paper(void *arg, const struct store_paper *paper, struct err *error)
{
	(void)paper;
	(void)error;
	++*(int *)arg;
	return true;
}

START_TEST(promise_17__let_go_by_many_at_once__is_one_person)
{
	int first = 0, papers = 0;

	give(2, "h2", "h1", "s2");
	store_close(store);
	for (int i = 0; i < SENDERS; i++)
		if (fork() == 0)
			let_one(i);
	for (int i = 0; i < SENDERS; i++) {
		int status;

		ck_assert_int_gt(wait(&status), 0);
		ck_assert_msg(WIFEXITED(status) && WEXITSTATUS(status) < 2,
		    "status %d", status);
		first += WEXITSTATUS(status);
	}
	ck_assert_int_eq(first, 1);
	ck_ok(store_open(&store, url, STORE_WRITE, &err));
	ck_ok(store_papers_history(
	    store, "review-release", NULL, count_paper, &papers, &err));
	ck_assert_int_eq(papers, 1);
	holds("2 h2 applied s2;");
}
END_TEST

START_TEST(revisions__backup__has_them)
{
	char *path = xasprintf("%s/backup.tar", folder);
	char *beside = xasprintf("sqlite:%s/beside", folder);

	give(1, "aa", "", "s1");
	give(2, "bb", "aa", "s2");
	ck_ok(store_backup(store, path, &err));
	store_close(store);
	ck_ok(store_open(&store, beside, STORE_CREATE, &err));
	ck_ok(store_restore(store, path, &err));
	holds("1 aa applied s1;2 bb applied s2;");
	free(path);
	free(beside);
}
END_TEST

int
main(void)
{
	Suite *s = suite_create("revisions");
	TCase *t = tcase_create("revisions");

	tcase_set_timeout(t, 60);
	tcase_add_checked_fixture(t, rig_setup, rig_teardown);
	tcase_add_test(t, revision__sent_again__has_the_same_receipt);
	tcase_add_test(t, revision__same_number_other_bytes__changes_nothing);
	tcase_add_test(t, revision__out_of_order__waits_and_follows);
	tcase_add_test(t, revision__following_another__is_not_taken);
	tcase_add_test(t, revision__refused__can_be_followed);
	tcase_add_test(t, revisions__sent_by_many_at_once__are_there_once);
	tcase_add_test(t, promise_17__store__lets_a_held_one_go_once);
	tcase_add_test(t, revision__told_to_hold__waits_for_a_person);
	tcase_add_test(t, promise_17__let_go_by_many_at_once__is_one_person);
	tcase_add_test(t, revisions__backup__has_them);
	suite_add_tcase(s, t);
	return unit_run(s);
}
