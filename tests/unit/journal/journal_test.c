/* The journal of one review: what was kept stays, what is damaged is told. */
#include "journal/journal.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "journal/frame.h"
#include "lib/unit.h"
#include "rig.h"

/* The bytes of a line that holds a short answer. */
#define LINE ((size_t)(FRAME_LEAST + 7) / 8 * 8 + 8)

static struct rig rig;

static void
setup(void)
{
	rig_init(&rig, 1);
	rig_journal(&rig);
}

static void
teardown(void)
{
	rig_fini(&rig);
}

static void
expect_events(const char *want)
{
	char *got = rig_events(rig.j);

	ck_assert_str_eq(got, want);
	free(got);
}

static void
type_three(void)
{
	ck_assert(rig_event(&rig, "ED02=Y"));
	ck_assert(rig_event(&rig, "ED03=N"));
	ck_assert(rig_event(&rig, "ED04=NA"));
}

START_TEST(promise_01__append__stands_after_the_power_went)
{
	type_three();
	rig_after_cut(&rig, true);
	ck_assert(rig_reopen(&rig, false));
	expect_events("ED02=Y\nED03=N\nED04=NA\n");
	ck_assert_int_eq(journal_found(rig.j)->state, JOURNAL_CLEAN);
}
END_TEST

/* A draft is at most a second old, and the event that answers it takes it
 * away only once that event stands. */
START_TEST(promise_01__draft__is_at_most_a_second_old)
{
	const char *key, *text;
	size_t n;
	bool ok;

	ck_assert(journal_draft(rig.j, "NOTE", "T", 1, &rig.err));
	disk_later(rig.disk, 400);
	ck_assert(journal_draft(rig.j, "NOTE", "The", 3, &rig.err));
	ck_assert_int_eq(journal_tick(rig.j, &ok, &rig.err), 600);
	disk_later(rig.disk, 600);
	ck_assert_int_eq(journal_tick(rig.j, &ok, &rig.err), -1);
	ck_assert(ok);
	rig_after_cut(&rig, true);
	ck_assert(rig_reopen(&rig, false));
	ck_assert(journal_drafted(rig.j, &key, &text, &n));
	ck_assert_str_eq(key, "NOTE");
	ck_assert_str_eq(text, "The");
	ck_assert(journal_draft(rig.j, "NOTE", "", 0, &rig.err));
	ck_assert(rig_event(&rig, "NOTE=The home"));
	rig_after_cut(&rig, true);
	ck_assert(rig_reopen(&rig, false));
	ck_assert(!journal_drafted(rig.j, &key, &text, &n));
	expect_events("NOTE=The home\n");
}
END_TEST

/* Every length that the file can be cut to: the answers before the cut stand,
 * nothing else does, and it is never called whole when it is not. */
START_TEST(promise_02__open__keeps_what_is_whole_at_every_length)
{
	static const char *const want[] = {
	    "", "ED02=Y\n", "ED02=Y\nED03=N\n", "ED02=Y\nED03=N\nED04=NA\n"};
	size_t n, last = 0;
	uint8_t *whole;

	type_three();
	ck_assert(rig_reopen(&rig, true));
	whole = disk_file(rig.disk, rig.path, &n);
	whole = memcpy(xmalloc(n), whole, n);
	for (size_t len = 0; len <= n; len++) {
		const struct journal_found *found;
		char *got;
		size_t k = 0;

		disk_put(rig.disk, rig.path, whole, len);
		ck_assert_msg(
		    rig_reopen(&rig, true), "%zu: %s", len, rig.err.text);
		found = journal_found(rig.j);
		got = rig_events(rig.j);
		while (k < 4 && strcmp(got, want[k]) != 0)
			k++;
		ck_assert_msg(k < 4 && k >= last, "%zu: %s", len, got);
		last = k;
		ck_assert_uint_eq(found->events, k);
		/* The note knows that six lines stood here. */
		if (len < n) {
			ck_assert_int_eq(found->state, JOURNAL_DAMAGED);
			ck_assert_uint_eq(found->cut, 5 - found->good);
		}
		free(got);
	}
	ck_assert_uint_eq(last, 3);
	ck_assert_int_eq(journal_found(rig.j)->state, JOURNAL_CLEAN);
	free(whole);
}
END_TEST

/* Without a note (the power went before one was written) a line cut short is
 * a torn line, and goes. */
START_TEST(promise_02__open__drops_a_torn_line_and_says_so)
{
	size_t n, frame;
	uint8_t *whole;

	type_three();
	whole = disk_file(rig.disk, rig.path, &n);
	whole = memcpy(xmalloc(n), whole, n);
	frame = (FRAME_LEAST + strlen("ED04=NA") + 7) / 8 * 8;
	rig_after_cut(&rig, false); /* as killed: no note */
	for (size_t cut = 1; cut < frame; cut++) {
		const struct journal_found *found;

		disk_put(rig.disk, rig.path, whole, n - cut);
		ck_assert(rig_reopen(&rig, true));
		found = journal_found(rig.j);
		ck_assert_int_eq(found->state, JOURNAL_TORN);
		ck_assert_uint_eq(found->dropped_bytes, frame - cut);
		expect_events("ED02=Y\nED03=N\n");
	}
	ck_assert(rig_reopen(&rig, false));
	ck_assert(rig_event(&rig, "ED04=Y"));
	ck_assert(rig_reopen(&rig, false));
	expect_events("ED02=Y\nED03=N\nED04=Y\n");
	ck_assert_int_eq(journal_found(rig.j)->state, JOURNAL_CLEAN);
	free(whole);
}
END_TEST

/* Each bit of the file turned: found, told with its line, the answers before
 * it served, the journal read-only, and all but that line salvaged. */
START_TEST(promise_02__open__finds_every_turned_bit)
{
	size_t n;
	uint8_t *whole;

	type_three();
	ck_assert(rig_reopen(&rig, true));
	whole = disk_file(rig.disk, rig.path, &n);
	whole = memcpy(xmalloc(n), whole, n);
	for (size_t bit = 0; bit < n * 8; bit++) {
		const struct journal_found *found;
		char *got;

		whole[bit / 8] ^= (uint8_t)(1u << bit % 8);
		disk_put(rig.disk, rig.path, whole, n);
		whole[bit / 8] ^= (uint8_t)(1u << bit % 8);
		ck_assert_msg(
		    rig_reopen(&rig, false), "bit %zu: %s", bit, rig.err.text);
		found = journal_found(rig.j);
		ck_assert_msg(found->state == JOURNAL_DAMAGED,
		    "bit %zu: state %d", bit, found->state);
		ck_assert_int_eq(journal_health(rig.j), JOURNAL_READONLY);
		ck_assert(!rig_event(&rig, "ED05=Y"));
		ck_assert_int_eq(rig.err.code, ERR_READ_ONLY);
		ck_assert_uint_eq(
		    found->good + found->after, bit < FRAME_FILE * 8 ? 5 : 4);
		got = rig_events(rig.j);
		ck_assert_int_eq(
		    strncmp("ED02=Y\nED03=N\nED04=NA\n", got, strlen(got)), 0);
		free(got);
	}
	free(whole);
}
END_TEST

START_TEST(promise_02__salvage__keeps_every_line_that_checks)
{
	size_t n, len;
	uint8_t *damaged, *aside;
	struct journal_salvaged got = {0};
	char path[96];

	type_three();
	ck_assert(rig_reopen(&rig, true));
	/* The third line from the end: ED02. */
	disk_file(rig.disk, rig.path, &n)[n - 2 * LINE - 30] ^= 4;
	damaged = disk_file(rig.disk, rig.path, &n);
	damaged = memcpy(xmalloc(n), damaged, n);
	len = n;
	ck_assert(rig_reopen(&rig, false));
	ck_assert_uint_eq(journal_found(rig.j)->damaged_line, 3);
	ck_assert_uint_eq(journal_found(rig.j)->after, 2);
	ck_assert_msg(journal_salvage(rig.vault, rig.io, rig.path, "/f/trash",
			  &got, &rig.err),
	    "%s", rig.err.text);
	ck_assert_uint_eq(got.lost, 1);
	ck_assert(rig_reopen(&rig, false));
	expect_events("ED03=N\nED04=NA\n");
	ck_assert_int_eq(journal_found(rig.j)->state, JOURNAL_CLEAN);
	ck_assert_str_eq(journal_identity(rig.j)->review, "rv-2026-0117");
	ck_assert(rig_event(&rig, "ED02=Y"));
	/* The damaged one is set aside, byte for byte. */
	snprintf(path, sizeof path, "/f/trash/%s", got.aside);
	aside = disk_file(rig.disk, path, &n);
	ck_assert_uint_eq(n, len);
	ck_assert_mem_eq(aside, damaged, n);
	free(damaged);
}
END_TEST

START_TEST(promise_02__salvage__knows_the_review_without_its_first_line)
{
	size_t n;
	struct journal_salvaged got;

	type_three();
	ck_assert(rig_reopen(&rig, true));
	disk_file(rig.disk, rig.path, &n)[FRAME_FILE + 60] ^= 1;
	disk_file(rig.disk, rig.path, &n)[9] ^= 1;
	ck_assert(rig_reopen(&rig, false));
	ck_assert_uint_eq(journal_found(rig.j)->damaged_line, 0);
	ck_assert_uint_eq(journal_found(rig.j)->good, 0);
	ck_assert_uint_eq(journal_found(rig.j)->after, 4);
	ck_assert_str_eq(journal_identity(rig.j)->review, "rv-2026-0117");
	ck_assert(journal_salvage(
	    rig.vault, rig.io, rig.path, "/f/trash", &got, &rig.err));
	ck_assert(rig_reopen(&rig, false));
	ck_assert_int_eq(journal_found(rig.j)->state, JOURNAL_CLEAN);
	expect_events("ED02=Y\nED03=N\nED04=NA\n");
	ck_assert_str_eq(journal_identity(rig.j)->review, "rv-2026-0117");
}
END_TEST

/* Lines taken out, put in again or changed in their order. */
START_TEST(promise_31__open__names_the_line_where_the_chain_breaks)
{
	size_t n, len = LINE;
	uint8_t *p, *a, copy[LINE];

	ck_assert(rig_event(&rig, "ED02=Y"));
	ck_assert(rig_event(&rig, "ED03=N"));
	ck_assert(rig_event(&rig, "ED04=U"));
	ck_assert(rig_reopen(&rig, true));
	p = disk_file(rig.disk, rig.path, &n);
	p = memcpy(xmalloc(n), p, n);
	a = p + n - 3 * len;
	/* ED03 and ED04 change places. */
	memcpy(copy, a + len, len);
	memmove(a + len, a + 2 * len, len);
	memcpy(a + 2 * len, copy, len);
	disk_put(rig.disk, rig.path, p, n);
	ck_assert(rig_reopen(&rig, false));
	ck_assert_int_eq(journal_found(rig.j)->state, JOURNAL_DAMAGED);
	ck_assert_uint_eq(journal_found(rig.j)->damaged_line, 4);
	/* ED03 goes. */
	memcpy(a + 2 * len, a + len, len);
	disk_put(rig.disk, rig.path, p, n - len);
	ck_assert(rig_reopen(&rig, false));
	ck_assert_int_eq(journal_found(rig.j)->state, JOURNAL_DAMAGED);
	ck_assert_uint_eq(journal_found(rig.j)->damaged_line, 4);
	/* The last line goes: the note knows. */
	disk_put(rig.disk, rig.path, p, n - 2 * len);
	ck_assert(rig_reopen(&rig, false));
	ck_assert_int_eq(journal_found(rig.j)->state, JOURNAL_DAMAGED);
	ck_assert_uint_eq(journal_found(rig.j)->cut, 2);
	free(p);
}
END_TEST

START_TEST(promise_03__append__takes_the_reserve_when_the_disk_is_full)
{
	static char reserve[4096];

	disk_put(rig.disk, "/f/reserve", reserve, sizeof reserve);
	journal_reserve(rig.j, "/f/reserve");
	type_three();
	disk_room(rig.disk, 60); /* half a line */
	ck_assert_msg(rig_event(&rig, "ED05=Y"), "%s", rig.err.text);
	ck_assert_int_eq(journal_health(rig.j), JOURNAL_LOW);
	ck_assert_ptr_nonnull(journal_trouble(rig.j));
	ck_assert(!io_exists(rig.io, "/f/reserve"));
	rig_after_cut(&rig, true);
	ck_assert(rig_reopen(&rig, false));
	expect_events("ED02=Y\nED03=N\nED04=NA\nED05=Y\n");
}
END_TEST

START_TEST(promise_03__append__says_at_once_what_is_not_kept_and_goes_on)
{
	type_three();
	disk_room(rig.disk, 60);
	ck_assert(!rig_event(&rig, "ED05=Y"));
	ck_assert_int_eq(rig.err.code, ERR_NO_SPACE);
	ck_assert_int_eq(journal_health(rig.j), JOURNAL_FAILING);
	ck_assert_uint_eq(journal_pending(rig.j), 1);
	/* It is on the screen still, and readable. */
	expect_events("ED02=Y\nED03=N\nED04=NA\nED05=Y\n");
	disk_room(rig.disk, -1);
	ck_assert(rig_event(&rig, "ED06=N"));
	ck_assert_int_eq(journal_health(rig.j), JOURNAL_WELL);
	ck_assert_uint_eq(journal_pending(rig.j), 0);
	rig_after_cut(&rig, true);
	ck_assert(rig_reopen(&rig, false));
	expect_events("ED02=Y\nED03=N\nED04=NA\nED05=Y\nED06=N\n");
}
END_TEST

/* EIO at the k-th sync. The disk of this test drops the pages then, as
 * kernels do: syncing again would lie. */
START_TEST(promise_03__append__writes_anew_after_a_failed_sync)
{
	for (uint64_t k = 1; k <= 6; k++) {
		struct rig r;
		char want[64] = "", *got;

		rig_init(&r, k);
		rig_journal(&r);
		disk_fail(r.disk, DISK_SYNC, k, EIO);
		for (int i = 0; i < 6; i++) {
			char text[16];

			snprintf(text, sizeof text, "Q%d=Y", i);
			ck_assert_msg(rig_event(&r, text), "%s", r.err.text);
			strcat(strcat(want, text), "\n");
		}
		rig_after_cut(&r, true);
		ck_assert(rig_reopen(&r, false));
		got = rig_events(r.j);
		ck_assert_str_eq(got, want);
		free(got);
		rig_fini(&r);
	}
}
END_TEST

START_TEST(promise_03__save_to__goes_on_in_another_folder)
{
	static const int faults[] = {EROFS, ENOENT, EDQUOT, EIO};

	for (size_t i = 0; i < sizeof faults / sizeof *faults; i++) {
		struct rig r;
		char *got;

		rig_init(&r, i);
		rig_journal(&r);
		ck_assert(io_mkdir(r.io, "/stick", &r.err));
		ck_assert(rig_event(&r, "ED02=Y"));
		disk_refuse(r.disk, faults[i]);
		ck_assert(!rig_event(&r, "ED03=N"));
		ck_assert_int_eq(journal_health(r.j), JOURNAL_FAILING);
		ck_assert(!journal_again(r.j, &r.err));
		disk_refuse(r.disk, 0);
		ck_assert(journal_save_to(r.j, "/stick", &r.err));
		ck_assert_int_eq(journal_health(r.j), JOURNAL_WELL);
		strcpy(r.path, journal_path(r.j));
		ck_assert(rig_event(&r, "ED04=U"));
		rig_after_cut(&r, true);
		ck_assert(rig_reopen(&r, false));
		got = rig_events(r.j);
		ck_assert_str_eq(got, "ED02=Y\nED03=N\nED04=U\n");
		free(got);
		rig_fini(&r);
	}
}
END_TEST

/* Recovery is replay: crashing in it fifty times changes nothing. */
START_TEST(promise_04__open__may_crash_fifty_times)
{
	size_t n;
	uint8_t *p;

	type_three();
	rig_after_cut(&rig, false);
	p = disk_file(rig.disk, rig.path, &n);
	p = memcpy(xmalloc(n), p, n);
	disk_put(rig.disk, rig.path, p, n - 5); /* torn */
	for (uint64_t i = 1; i <= 50; i++) {
		disk_fail(rig.disk, DISK_CALLS, 1 + i % 5, i % 2 ? 0 : -1);
		rig_reopen(&rig, false);
		rig_after_cut(&rig, i % 3 != 0);
	}
	ck_assert(rig_reopen(&rig, false));
	expect_events("ED02=Y\nED03=N\n");
	free(p);
}
END_TEST

START_TEST(promise_05__open__knows_which_review_it_is)
{
	struct journal_identity other = rig_identity;
	struct journal *j;
	size_t n;
	uint8_t *p;

	type_three();
	other.record[0] ^= 0xff;
	strcpy(other.review, "rv-2026-0118");
	ck_assert(
	    journal_create(&j, rig.vault, rig.io, "/f", &other, &rig.err));
	journal_close(j);
	ck_assert(rig_reopen(&rig, true));
	ck_assert_str_eq(journal_identity(rig.j)->review, "rv-2026-0117");
	ck_assert_str_eq(journal_identity(rig.j)->packet, "pk-2026-0117");
	ck_assert_str_eq(journal_identity(rig.j)->instrument, "gh-2026/3");
	/* One journal under the other's name does not pass for it. */
	p = disk_file(rig.disk, rig.path, &n);
	p = memcpy(xmalloc(n), p, n);
	disk_put(rig.disk,
	    "/f/a5"
	    "0102030405060708090a0b0c0d0e0f.hj",
	    p, n);
	strcpy(rig.path, "/f/a5"
			 "0102030405060708090a0b0c0d0e0f.hj");
	ck_assert(rig_reopen(&rig, false));
	ck_assert_int_eq(journal_found(rig.j)->state, JOURNAL_DAMAGED);
	expect_events("");
	free(p);
}
END_TEST

START_TEST(promise_06__unsealed__is_what_was_typed_since_the_seal)
{
	ck_assert_uint_eq(journal_unsealed(rig.j), 0);
	ck_assert(rig_reopen(&rig, false)); /* looked at, nothing typed */
	ck_assert_uint_eq(journal_lines(rig.j), 1);
	ck_assert_uint_eq(journal_found(rig.j)->unsealed, 0);
	type_three();
	ck_assert_uint_eq(journal_unsealed(rig.j), 3);
	ck_assert(journal_append(rig.j, JOURNAL_SEALED, "1", 1, &rig.err));
	ck_assert_uint_eq(journal_unsealed(rig.j), 0);
	ck_assert(rig_reopen(&rig, false));
	ck_assert_uint_eq(journal_found(rig.j)->unsealed, 0);
	ck_assert(rig_event(&rig, "ED05=Y"));
	ck_assert(rig_reopen(&rig, false));
	ck_assert_uint_eq(journal_found(rig.j)->unsealed, 1);
}
END_TEST

static unsigned
clock_lines(int64_t *last)
{
	struct journal_line line;
	unsigned n = 0;

	for (uint64_t i = 0; i < journal_lines(rig.j); i++) {
		journal_line(rig.j, i, &line);
		if (line.kind != JOURNAL_CLOCK)
			continue;
		n++;
		*last = 0;
		for (int k = 7; k >= 0; k--)
			*last =
			    (int64_t)((uint64_t)*last << 8 | line.payload[k]);
	}
	return n;
}

START_TEST(promise_30__append__tells_of_a_clock_that_jumps)
{
	static const int64_t jumps[] = {-INT64_C(31536000000), /* a year back */
	    INT64_C(3600000), /* DST, by a clock set by hand */
	    -INT64_C(3600000), INT64_C(120001)};
	int64_t wall = INT64_C(1790000000000), mono = 100000, last = 0;

	type_three();
	ck_assert_uint_eq(clock_lines(&last), 0);
	for (unsigned i = 0; i < sizeof jumps / sizeof *jumps; i++) {
		wall += jumps[i] + 5000;
		mono += 5000;
		disk_clock(rig.disk, wall, mono);
		ck_assert(rig_event(&rig, "ED05=Y"));
		ck_assert_uint_eq(clock_lines(&last), i + 1);
		ck_assert_int_eq(last, jumps[i]);
	}
	/* Two minutes are no jump, nor is a year end passed by waiting. */
	disk_clock(rig.disk, wall + 120000, mono);
	ck_assert(rig_event(&rig, "ED05=N"));
	disk_later(rig.disk, INT64_C(40000000000));
	ck_assert(rig_event(&rig, "ED05=U"));
	ck_assert_uint_eq(clock_lines(&last), 4);
	/* Set back between two sessions. */
	disk_clock(rig.disk, wall - 86400000, 5000);
	ck_assert(rig_reopen(&rig, false));
	ck_assert(rig_event(&rig, "ED06=Y"));
	ck_assert_uint_eq(clock_lines(&last), 5);
	/* Set on between two sessions: the clock of the same boot tells; after
	 * another start a year may have passed. */
	disk_clock(rig.disk, wall, 6000);
	ck_assert(rig_reopen(&rig, false));
	ck_assert(rig_event(&rig, "ED06=N"));
	ck_assert_uint_eq(clock_lines(&last), 6);
	ck_assert_int_eq(last, 86400000 - 1000);
	disk_reboot(rig.disk);
	disk_clock(rig.disk, wall + INT64_C(31536000000), 7000);
	ck_assert(rig_reopen(&rig, false));
	ck_assert(rig_event(&rig, "ED06=Y"));
	ck_assert_uint_eq(clock_lines(&last), 6);
}
END_TEST

START_TEST(promise_38__open__refuses_a_newer_journal_untouched)
{
	size_t n;
	uint8_t *p, *before;

	type_three();
	ck_assert(rig_reopen(&rig, true));
	p = disk_file(rig.disk, rig.path, &n);
	p[8] = JOURNAL_FORMAT + 1;
	for (uint64_t sum = frame_check(p, 48), i = 0; i < 8; i++)
		p[48 + i] = (uint8_t)(sum >> 8 * i);
	before = memcpy(xmalloc(n), p, n);
	ck_assert(!rig_reopen(&rig, false));
	ck_assert_int_eq(rig.err.code, ERR_NEWER);
	ck_assert_mem_eq(before, disk_file(rig.disk, rig.path, &n), n);
	free(before);
}
END_TEST

/* A line of a kind that only a later program knows: what it means for the
 * answers behind it nobody here can say. */
START_TEST(promise_38__open__refuses_a_line_it_does_not_know)
{
	size_t n, after;
	uint8_t *p, *before;

	type_three();
	ck_assert(journal_append(rig.j, JOURNAL_KINDS, "x", 1, &rig.err));
	rig_after_cut(&rig, true);
	p = disk_file(rig.disk, rig.path, &n);
	before = memcpy(xmalloc(n), p, n);
	ck_assert(!rig_reopen(&rig, false));
	ck_assert_int_eq(rig.err.code, ERR_NEWER);
	p = disk_file(rig.disk, rig.path, &after);
	ck_assert_uint_eq(after, n);
	ck_assert_mem_eq(before, p, n);
	free(before);
}
END_TEST

/* --- another form --- */

START_TEST(promise_21__move__says_which_form_it_had_before)
{
	struct journal_identity before;

	type_three();
	ck_assert(!journal_before(rig.j, 0, &before));
	ck_assert_uint_eq(journal_unsealed(rig.j), 3);
	ck_assert(journal_move(rig.j, "pk-2", "gh-2026/4", &rig.err));
	ck_assert(rig_event(&rig, "ED05=Y"));
	ck_assert(journal_move(rig.j, "pk-3", "gh-2026/5", &rig.err));
	ck_assert(rig_reopen(&rig, false));
	expect_events("ED02=Y\nED03=N\nED04=NA\nED05=Y\n");
	ck_assert_str_eq(journal_identity(rig.j)->packet, "pk-3");
	ck_assert_str_eq(journal_identity(rig.j)->review, "rv-2026-0117");
	ck_assert(journal_before(rig.j, 0, &before));
	ck_assert_str_eq(before.packet, "pk-2026-0117");
	ck_assert_str_eq(before.instrument, "gh-2026/3");
	ck_assert(journal_before(rig.j, 1, &before));
	ck_assert_str_eq(before.instrument, "gh-2026/4");
	ck_assert(!journal_before(rig.j, 2, &before));
	/* Moves want to be sealed, as answers do. */
	ck_assert_uint_eq(journal_unsealed(rig.j), 6);
}
END_TEST

/* Whatever call of it the power goes at: it moved or it did not, with every
 * answer either way. */
START_TEST(promise_21__move__killed_anywhere_is_old_or_new)
{
	bool done = false;
	unsigned old = 0, new = 0;

	for (uint64_t k = 1; !done; k++)
		for (int at = -1; at <= 0; at++) {
			struct rig r;
			bool moved;
			char *got;

			rig_init(&r, k);
			rig_journal(&r);
			rig_event(&r, "ED02=Y");
			disk_fail(r.disk, DISK_CALLS, k, at);
			done = journal_move(r.j, "pk-2", "gh-2026/4", &r.err) &&
			       !disk_is_cut(r.disk);
			rig_after_cut(&r, true);
			ck_assert_msg(rig_reopen(&r, false), "%s", r.err.text);
			moved =
			    strcmp(journal_identity(r.j)->packet, "pk-2") == 0;
			ck_assert(moved || !done);
			ck_assert_str_eq(journal_identity(r.j)->instrument,
			    moved ? "gh-2026/4" : "gh-2026/3");
			ck_assert_int_ne(
			    journal_found(r.j)->state, JOURNAL_DAMAGED);
			got = rig_events(r.j);
			ck_assert_str_eq(got, "ED02=Y\n");
			free(got);
			old += !moved;
			new += moved;
			rig_fini(&r);
		}
	ck_assert_uint_gt(old, 0);
	ck_assert_uint_gt(new, 1);
}
END_TEST

/* The line that told of the move is the damaged one. */
START_TEST(promise_21__salvage__knows_of_a_move_that_was_lost)
{
	struct journal_salvaged got;
	struct journal_identity before;
	size_t n;

	type_three();
	ck_assert(journal_move(rig.j, "pk-2", "gh-2026/4", &rig.err));
	ck_assert(rig_event(&rig, "ED05=Y"));
	ck_assert(rig_reopen(&rig, true));
	disk_file(rig.disk, rig.path, &n)[n - LINE - 30] ^= 4;
	ck_assert(rig_reopen(&rig, false));
	ck_assert_int_eq(journal_found(rig.j)->state, JOURNAL_DAMAGED);
	ck_assert(journal_salvage(
	    rig.vault, rig.io, rig.path, "/f/trash", &got, &rig.err));
	ck_assert_uint_eq(got.lost, 1);
	ck_assert(rig_reopen(&rig, false));
	expect_events("ED02=Y\nED03=N\nED04=NA\nED05=Y\n");
	ck_assert_str_eq(journal_identity(rig.j)->packet, "pk-2");
	ck_assert(journal_before(rig.j, 0, &before));
	ck_assert_str_eq(before.packet, "pk-2026-0117");
}
END_TEST

static void
no_names(void *arg, const char *path, const uint8_t *p, size_t n)
{
	(void)arg;
	ck_assert_ptr_null(strstr(path, "Quetzal"));
	ck_assert(n == 0 || memmem(p, n, "Quetzal", 7) == NULL);
}

START_TEST(promise_26__files__hold_no_name_in_clear)
{
	bool ok;

	ck_assert(rig_event(&rig, "NAME=Quetzalli Ibarra"));
	ck_assert(journal_draft(rig.j, "N", "Quetzal", 7, &rig.err));
	disk_later(rig.disk, 2000);
	journal_tick(rig.j, &ok, &rig.err);
	disk_fail(rig.disk, DISK_SYNC, 1, EIO);
	ck_assert(rig_event(&rig, "NAME=Quetzalli I."));
	disk_each(rig.disk, no_names, NULL);
	rig_after_cut(&rig, true);
	disk_each(rig.disk, no_names, NULL);
}
END_TEST

int
main(void)
{
	Suite *s = suite_create("journal");
	TCase *t = tcase_create("journal");

	tcase_set_timeout(t, 60);
	tcase_add_checked_fixture(t, setup, teardown);
	tcase_add_test(t, promise_01__append__stands_after_the_power_went);
	tcase_add_test(t, promise_01__draft__is_at_most_a_second_old);
	tcase_add_test(
	    t, promise_02__open__keeps_what_is_whole_at_every_length);
	tcase_add_test(t, promise_02__open__drops_a_torn_line_and_says_so);
	tcase_add_test(t, promise_02__open__finds_every_turned_bit);
	tcase_add_test(t, promise_02__salvage__keeps_every_line_that_checks);
	tcase_add_test(
	    t, promise_02__salvage__knows_the_review_without_its_first_line);
	tcase_add_test(
	    t, promise_31__open__names_the_line_where_the_chain_breaks);
	tcase_add_test(
	    t, promise_03__append__takes_the_reserve_when_the_disk_is_full);
	tcase_add_test(
	    t, promise_03__append__says_at_once_what_is_not_kept_and_goes_on);
	tcase_add_test(t, promise_03__append__writes_anew_after_a_failed_sync);
	tcase_add_test(t, promise_03__save_to__goes_on_in_another_folder);
	tcase_add_test(t, promise_04__open__may_crash_fifty_times);
	tcase_add_test(t, promise_05__open__knows_which_review_it_is);
	tcase_add_test(
	    t, promise_06__unsealed__is_what_was_typed_since_the_seal);
	tcase_add_test(t, promise_30__append__tells_of_a_clock_that_jumps);
	tcase_add_test(t, promise_38__open__refuses_a_newer_journal_untouched);
	tcase_add_test(t, promise_38__open__refuses_a_line_it_does_not_know);
	tcase_add_test(t, promise_21__move__says_which_form_it_had_before);
	tcase_add_test(t, promise_21__move__killed_anywhere_is_old_or_new);
	tcase_add_test(t, promise_21__salvage__knows_of_a_move_that_was_lost);
	tcase_add_test(t, promise_26__files__hold_no_name_in_clear);
	suite_add_tcase(s, t);
	return unit_run(s);
}
