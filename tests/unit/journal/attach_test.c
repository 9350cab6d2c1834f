/*
 * Attachments on the laptop: copied in whole or not at all, encrypted, stored
 * once, sent in parts over a line that breaks anywhere, after the answers and
 * in nobody's way (offline.md, promise 33).
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/rng.h"
#include "journal/attach.h"
#include "journal/export.h"
#include "journal/ship.h"
#include "lib/disk.h"
#include "lib/unit.h"

#define PASSPHRASE "correct horse battery"
#define BYTES (2 * ATTACHMENT_CHUNK + 77)
#define LIVES 40

static struct disk *disk;
static struct folder *folder;
static struct err err;
static char bytes[BYTES];
static struct rng rng;

static void
setup(void)
{
	const struct vault_make how = {
	    .passphrase = PASSPHRASE, .cost = {1, 8192}};

	rng_seed(&rng, 7);
	disk = disk_new(3);
	ck_assert_msg(folder_create(&folder, disk_io(disk), "/f", &how, &err),
	    "%s", err.text);
	for (size_t i = 0; i < BYTES; i++)
		bytes[i] = (char)(i * 31 % 253);
	memcpy(bytes, "PLANTED-NAME", 12);
}

static void
teardown(void)
{
	folder_close(folder);
	disk_free(disk);
}

static void
reopen(bool power)
{
	folder_close(folder);
	disk_restart(disk, power);
	ck_assert_msg(
	    folder_open(&folder, disk_io(disk), "/f", PASSPHRASE, &err), "%s",
	    err.text);
}

/* A file of n bytes, beyond those of the test the same again; what was asked
 * of it. */
static struct {
	int64_t n;
	size_t most;	/* at once */
	int64_t change; /* from this read on it is another file; 0: never */
	int64_t reads;
} given;

static bool
read_file(
    void *arg, int64_t at, void *p, size_t n, size_t *got, struct err *why)
{
	(void)arg;
	(void)why;
	given.most = n > given.most ? n : given.most;
	given.reads++;
	*got = at >= given.n ? 0 : n;
	if (*got > 0 && at + (int64_t)n > given.n)
		*got = (size_t)(given.n - at);
	for (size_t i = 0; i < *got; i++)
		((char *)p)[i] = bytes[((size_t)at + i) % BYTES];
	if (given.change > 0 && given.reads >= given.change && *got > 0)
		((char *)p)[*got - 1]++;
	return true;
}

static bool
add(const char *name, size_t n, char id[static REVISION_ID])
{
	const struct attachment_source from = {.read = read_file};

	struct attachment about = {.review = "RV-1",
	    .by = "m4",
	    .unit = "CC",
	    .key = "c1",
	    .question = "ED04"};

	strcpy(about.record, "00112233445566778899aabbccddeeff");
	snprintf(about.name, sizeof about.name, "%s", name);
	given.n = (int64_t)n;
	given.reads = 0;
	return attach_add(folder, &about, &from, id, &err);
}

static bool
count_one(void *arg, const struct attached *one, struct err *why)
{
	unsigned *counts = arg;

	(void)why;
	counts[one->state]++;
	return true;
}

static unsigned
in_state(enum attach_state state)
{
	unsigned counts[ATTACH_STATES] = {0}, bad;

	ck_assert(attach_each(folder, count_one, counts, &bad, &err));
	ck_assert_uint_eq(bad, 0);
	return counts[state];
}

static unsigned
chunk_files(void)
{
	struct io_names names;
	unsigned n = 0;

	ck_assert(io_names(disk_io(disk), &names, "/f/files", &err));
	for (size_t i = 0; i < names.n; i++) {
		n += strstr(names.names[i], ".hc") != NULL;
		ck_assert_ptr_null(strstr(names.names[i], "letter"));
	}
	io_names_free(&names);
	return n;
}

static void
no_fault(void *arg, const char *file, const char *text)
{
	(void)arg;
	ck_abort_msg("%s: %s", file, text);
}

static void
clean(void)
{
	unsigned n;

	ck_assert(folder_check(folder, no_fault, NULL, &n, &err));
	ck_assert_uint_eq(n, 0);
}

/* --- copying in ------------------------------------------------------------
 */

START_TEST(promise_33__add__same_file_twice_is_stored_once)
{
	char one[REVISION_ID], two[REVISION_ID];

	ck_assert_msg(add("letter.jpg", BYTES, one), "%s", err.text);
	ck_assert_uint_eq(chunk_files(), 3);
	ck_assert(add("again.jpg", BYTES, two));
	ck_assert_str_ne(one, two);
	ck_assert_uint_eq(chunk_files(), 3);
	ck_assert_uint_eq(in_state(ATTACH_WAITING), 2);
	clean();
	ck_assert(!add("empty", 0, one));
	ck_assert(!add("large", ATTACHMENT_MAX + 1, one));
}
END_TEST

/* A long file is never in memory as a whole. */
START_TEST(promise_33__add__reads_a_part_at_a_time)
{
	char id[REVISION_ID];

	given.most = 0;
	ck_assert_msg(add("scan.pdf", ATTACHMENT_MAX, id), "%s", err.text);
	ck_assert_uint_le(given.most, ATTACHMENT_CHUNK);
	ck_assert_uint_eq(chunk_files(), ATTACHMENT_CHUNKS);
	clean();
}
END_TEST

/* It is read for its hashes and then copied; what changed between is no file
 * that anyone added. */
START_TEST(promise_33__add__refuses_a_file_that_changes)
{
	char id[REVISION_ID];

	given.change = 4; /* three reads tell its parts: the last is short */
	ck_assert(!add("letter.jpg", BYTES, id));
	ck_assert_int_eq(err.code, ERR_BAD_VALUE);
	given.change = 0;
	ck_assert_uint_eq(in_state(ATTACH_WAITING), 0);
	reopen(false);
	ck_assert_uint_eq(chunk_files(), 0);
	ck_assert(add("letter.jpg", BYTES, id));
	clean();
}
END_TEST

/* The plug is pulled at any call of the copy: it is there whole, or not. */
START_TEST(promise_33__add__is_whole_or_not_there)
{
	unsigned whole = 0;

	for (unsigned n = 1; n < LIVES * 2; n++) {
		char id[REVISION_ID];
		unsigned before = in_state(ATTACH_WAITING), now;

		bytes[20]++; /* another file each time */
		disk_fail(disk, DISK_CALLS, n, 0);
		add("letter.jpg", BYTES, id);
		reopen(true);
		now = in_state(ATTACH_WAITING);
		ck_assert_uint_ge(now, before);
		ck_assert_uint_le(now, before + 1);
		ck_assert_uint_eq(chunk_files(), now * 3);
		whole += now > before;
		clean();
	}
	ck_assert_uint_gt(whole, 0);
	ck_assert_uint_lt(whole, LIVES * 2 - 1);
}
END_TEST

START_TEST(promise_33__add__a_full_disk_leaves_nothing_half)
{
	char id[REVISION_ID];

	disk_room(disk, ATTACHMENT_CHUNK * 2);
	ck_assert(!add("letter.jpg", BYTES, id));
	ck_assert_int_eq(err.code, ERR_NO_SPACE);
	disk_room(disk, -1);
	reopen(false);
	ck_assert_uint_eq(chunk_files(), 0);
	clean();
}
END_TEST

START_TEST(promise_26__attachments__hold_no_name_in_clear)
{
	char id[REVISION_ID];
	struct io_names names;

	ck_assert(add("PLANTED-NAME.jpg", BYTES, id));
	ck_assert(io_names(disk_io(disk), &names, "/f/files", &err));
	for (size_t i = 0; i < names.n; i++) {
		char *path = xasprintf("/f/files/%s", names.names[i]);
		struct buf file = {0};

		ck_assert(io_load(disk_io(disk), &file, path, 1 << 20, &err));
		ck_assert_ptr_null(
		    memmem(file.data, file.len, "PLANTED-NAME", 12));
		buf_free(&file);
		free(path);
	}
	ck_assert_uint_eq(names.n, 4);
	io_names_free(&names);
}
END_TEST

/* --- an office for files -----------------------------------------------------
 */

static struct {
	char chunks[16][REVISION_HASH]; /* it has, by hash */
	unsigned n, taken, requests;
	struct attachment about[4];
	char ids[4][REVISION_ID];
	unsigned abouts;
	struct ship *ship;
	bool flying;
	char path[128];
	struct buf body;
	int refuse;   /* manifests: with that status */
	unsigned far; /* a chunk that is said to be missing */
} office;

static bool
office_send(void *self, const struct sync_request *r, struct err *why)
{
	(void)self;
	(void)why;
	office.flying = true;
	snprintf(office.path, sizeof office.path, "%s", r->path);
	buf_reset(&office.body);
	buf_add(&office.body, r->body, r->len);
	return true;
}

static void
office_cancel(void *self)
{
	(void)self;
	office.flying = false;
}

static const struct sync_transport transport = {office_send, office_cancel};

static bool
has(const char *hash)
{
	for (unsigned i = 0; i < office.n; i++)
		if (strcmp(office.chunks[i], hash) == 0)
			return true;
	return false;
}

static unsigned
find(const char *id)
{
	unsigned i = 0;

	while (i < office.abouts && strncmp(office.ids[i], id, 32) != 0)
		i++;
	return i;
}

static void
tell(struct buf *out, unsigned i)
{
	const struct attachment *a = &office.about[i];
	bool first = true;

	buf_printf(out,
	    "{\"attachment\":{\"id\":\"%s\",\"hash\":\"%s\",\"missing\":[",
	    office.ids[i], a->hash);
	if (office.far > 0)
		buf_printf(out, "%u", office.far);
	for (uint32_t k = 0; k < a->n && office.far == 0; k++) {
		if (has(a->chunks[k]))
			continue;
		buf_printf(out, "%s%u", first ? "" : ",", k + 1);
		first = false;
	}
	buf_printf(out, "],\"state\":\"%s\",\"at_ms\":5,\"serial\":\"s\"}}",
	    first && office.far == 0 ? "complete" : "waiting");
}

/* Takes what was sent in; the answer's status. */
static int
take(struct buf *out)
{
	const char *id = office.path + strlen("/v1/attachments/");
	const char *chunk = strstr(office.path, "/chunks/");
	unsigned i = find(id), n;
	struct buf data = {0};

	office.requests++;
	if (chunk == NULL) {
		if (office.refuse != 0) {
			buf_str(out, "{\"error\":{\"code\":\"refused\","
				     "\"message\":\"no such files here\"}}");
			return office.refuse;
		}
		ck_assert(attachment_read(
		    &office.about[i], office.body.data, office.body.len, &err));
		snprintf(office.ids[i], REVISION_ID, "%.32s", id);
		office.abouts += i == office.abouts;
		tell(out, i);
		return 201;
	}
	n = (unsigned)atoi(chunk + 8);
	ck_assert_uint_lt(i, office.abouts);
	ck_assert(attachment_chunk_read(
	    &data, office.body.data, office.body.len, &err));
	ck_assert_uint_eq(data.len, attachment_chunk(&office.about[i], n - 1));
	ck_assert_mem_eq(data.data + (n == 1 ? 21 : 0),
	    bytes + (size_t)(n - 1) * ATTACHMENT_CHUNK + (n == 1 ? 21 : 0),
	    data.len - (n == 1 ? 21 : 0));
	if (!has(office.about[i].chunks[n - 1]))
		strcpy(
		    office.chunks[office.n++], office.about[i].chunks[n - 1]);
	office.taken++;
	buf_free(&data);
	tell(out, i);
	return 200;
}

enum line { LINE_WELL, LINE_DEAD, LINE_DROPS, LINE_HALF, LINE_PORTAL };

static void
serve(enum line line)
{
	struct buf out = {0};
	struct outbox_reply reply = {0};

	office.flying = false;
	if (line != LINE_DEAD && line != LINE_PORTAL)
		reply.status = take(&out);
	if (line == LINE_PORTAL) {
		reply.status = 200;
		buf_str(&out, "<html>Welcome to Hotel WiFi</html>");
	}
	if (line == LINE_DROPS)
		reply.status = 0;
	reply.complete = reply.status != 0 && line != LINE_HALF;
	reply.body = buf_text(&out);
	reply.len = out.len;
	ship_answered(office.ship, &reply, &err);
	buf_free(&out);
}

static void
open_office(void)
{
	buf_free(&office.body);
	memset(&office, 0, sizeof office);
	ck_assert_msg(ship_open(&office.ship, folder, &transport, NULL, &err),
	    "%s", err.text);
}

static void
close_office(void)
{
	ship_close(office.ship);
	buf_free(&office.body);
}

/* Until nothing is under way or due; every wait is waited. */
static void
run(enum line line)
{
	for (int i = 0; i < 200; i++) {
		int wait = ship_tick(office.ship, &err);

		if (office.flying)
			serve(line);
		else if (wait < 0)
			return;
		else if (line != LINE_WELL)
			return;
		else
			disk_later(disk, wait);
	}
}

START_TEST(promise_33__ship__goes_on_where_the_line_broke)
{
	/* The line breaks in each way at each request. */
	for (int line = LINE_DEAD; line <= LINE_PORTAL; line++)
		for (unsigned at = 0; at < 4; at++) {
			char id[REVISION_ID];
			unsigned taken;

			bytes[20]++;
			ck_assert(add("letter.jpg", BYTES, id));
			open_office();
			for (unsigned i = 0; i < at; i++) {
				ship_tick(office.ship, &err);
				serve(LINE_WELL);
			}
			taken = office.taken;
			run((enum line)line);
			ck_assert_uint_eq(in_state(ATTACH_WAITING), 1);
			run(LINE_WELL);
			ck_assert_uint_eq(in_state(ATTACH_WAITING), 0);
			ck_assert_uint_eq(office.n, 3);
			/* No part goes again that the office had told of. */
			ck_assert_uint_le(office.taken, 3 + (taken == 0) + 1);
			close_office();
		}
	clean();
}
END_TEST

/* Killed in mid-upload, in any call: goes on, sent once. */
START_TEST(promise_33__ship__survives_a_power_cut_anywhere)
{
	for (int life = 0; life < LIVES; life++) {
		char id[REVISION_ID];

		bytes[20]++;
		ck_assert(add("letter.jpg", BYTES, id));
		open_office();
		disk_fail(disk, DISK_CALLS, 1 + rng_below(&rng, 30), 0);
		for (int i = 0; i < 6; i++) {
			ship_tick(office.ship, &err);
			if (office.flying)
				serve(LINE_WELL);
		}
		ship_close(office.ship);
		reopen(true);
		ck_assert(
		    ship_open(&office.ship, folder, &transport, NULL, &err));
		run(LINE_WELL);
		ck_assert_uint_eq(in_state(ATTACH_WAITING), 0);
		ck_assert_uint_eq(office.n, 3);
		clean();
		close_office();
	}
	ck_assert_uint_eq(in_state(ATTACH_SENT), LIVES);
}
END_TEST

START_TEST(promise_33__ship__a_bad_one_holds_up_no_other)
{
	char one[REVISION_ID], two[REVISION_ID];
	struct buf file = {0};
	struct io_names names;
	char *path;

	ck_assert(add("letter.jpg", BYTES, one));
	ck_assert(io_names(disk_io(disk), &names, "/f/files", &err));
	for (size_t i = 0; i < names.n; i++) {
		if (strstr(names.names[i], "-2.hc") == NULL)
			continue;
		path = xasprintf("/f/files/%s", names.names[i]);
		ck_assert(io_load(disk_io(disk), &file, path, 1 << 20, &err));
		file.data[100] ^= 1;
		ck_assert(
		    io_replace(disk_io(disk), path, file.data, file.len, &err));
		free(path);
	}
	io_names_free(&names);
	buf_free(&file);
	/* Another part 2, or the office had it already from this file. */
	bytes[ATTACHMENT_CHUNK + 5]++;
	ck_assert(add("photo.jpg", BYTES, two));
	open_office();
	run(LINE_WELL);
	ck_assert_uint_eq(in_state(ATTACH_LOST), 1);
	ck_assert_uint_eq(in_state(ATTACH_SENT), 1);
	close_office();
	/* Refused: its words are kept; asked again when somebody says so. */
	bytes[20]++;
	ck_assert(add("third.jpg", BYTES, two));
	open_office();
	office.refuse = 422;
	run(LINE_WELL);
	ck_assert_uint_eq(in_state(ATTACH_REFUSED), 1);
	office.refuse = 0;
	ship_now(office.ship);
	run(LINE_WELL);
	ck_assert_uint_eq(in_state(ATTACH_REFUSED), 0);
	ck_assert_uint_eq(in_state(ATTACH_SENT), 2);
	close_office();
}
END_TEST

/* A disk that does not read now is no damage: the file waits, the others go,
 * and it goes when the disk reads again. What is gone is lost until it is back.
 */
START_TEST(promise_33__ship__waits_for_a_disk_that_does_not_read)
{
	char one[REVISION_ID], two[REVISION_ID], path[64];
	uint8_t *copy;
	size_t n;

	ck_assert(add("letter.jpg", BYTES, one));
	open_office();
	ck_assert_int_eq(ship_tick(office.ship, &err), -1);
	disk_fail(disk, DISK_READ, 1, EIO); /* its first part */
	serve(LINE_WELL);
	ck_assert_int_gt(ship_tick(office.ship, &err), 0);
	ck_assert_uint_eq(in_state(ATTACH_LOST), 0);
	ck_assert_uint_eq(in_state(ATTACH_WAITING), 1);
	ck_assert_ptr_nonnull(
	    strstr(ship_item(office.ship, 0)->words, "cannot be read now"));
	run(LINE_WELL);
	ck_assert_uint_eq(in_state(ATTACH_SENT), 1);
	ck_assert_str_eq(ship_item(office.ship, 0)->words, "");
	close_office();
	bytes[20]++;
	ck_assert(add("photo.jpg", BYTES, two));
	open_office();
	for (size_t i = 0; i < ship_count(office.ship); i++)
		if (strcmp(ship_item(office.ship, i)->id, two) == 0)
			snprintf(path, sizeof path, "/f/files/%.40s-2.hc",
			    ship_item(office.ship, i)->bytes);
	copy = disk_file(disk, path, &n);
	ck_assert_ptr_nonnull(copy);
	copy = memcpy(xmalloc(n), copy, n);
	ck_assert_int_eq(
	    disk_io(disk)->ops->unlink(disk_io(disk)->self, path), 0);
	run(LINE_WELL);
	ck_assert_uint_eq(in_state(ATTACH_LOST), 1);
	disk_put(disk, path, copy, n);
	ship_now(office.ship);
	run(LINE_WELL);
	ck_assert_uint_eq(in_state(ATTACH_LOST), 0);
	ck_assert_uint_eq(in_state(ATTACH_SENT), 2);
	close_office();
	free(copy);
}
END_TEST

/* An office that came back without its files gets them once more; one that has
 * them is asked, and sent no part. */
START_TEST(promise_33__ship__goes_again_to_an_office_that_lost_it)
{
	char id[REVISION_ID];

	ck_assert(add("letter.jpg", BYTES, id));
	open_office();
	run(LINE_WELL);
	ck_assert(ship_resend(office.ship, &err));
	ck_assert_uint_eq(in_state(ATTACH_WAITING), 1);
	run(LINE_WELL);
	ck_assert_uint_eq(in_state(ATTACH_SENT), 1);
	ck_assert_uint_eq(office.taken, 3);
	close_office();
	open_office(); /* with nothing */
	run(LINE_WELL);
	ck_assert_uint_eq(office.requests, 0);
	ck_assert(ship_resend(office.ship, &err));
	run(LINE_WELL);
	ck_assert_uint_eq(in_state(ATTACH_SENT), 1);
	ck_assert_uint_eq(office.n, 3);
	close_office();
}
END_TEST

/* An answer that makes no sense is the line's: the file waits, and is neither
 * sent for ever nor said to be damaged here. */
START_TEST(promise_33__ship__asked_for_what_it_has_not_waits)
{
	static const unsigned far[] = {100, 1};
	char id[REVISION_ID];

	ck_assert(add("letter.jpg", BYTES, id));
	for (int i = 0; i < 2; i++) {
		open_office();
		office.far = far[i];
		run(LINE_WELL);
		ck_assert_uint_eq(in_state(ATTACH_WAITING), 1);
		close_office();
	}
	open_office();
	run(LINE_WELL);
	ck_assert_uint_eq(in_state(ATTACH_SENT), 1);
	close_office();
}
END_TEST

START_TEST(promise_16__attachments__need_a_receipt_and_an_age)
{
	char id[REVISION_ID];
	struct folder_removable list;

	ck_assert(add("letter.jpg", BYTES, id));
	open_office();
	run(LINE_WELL);
	close_office();
	bytes[20]++;
	ck_assert(add("unsent.jpg", BYTES, id));
	ck_assert(folder_removable(folder, 90, &list, &err));
	ck_assert_uint_eq(list.n, 0);
	folder_removable_free(&list);
	disk_later(disk, INT64_C(91) * 86400000);
	ck_assert(folder_removable(folder, 90, &list, &err));
	/* What it is, what became of it, three parts; not the unsent one. */
	ck_assert_uint_eq(list.n, 5);
	ck_assert(folder_remove(folder, &list, &err));
	folder_removable_free(&list);
	ck_assert_uint_eq(in_state(ATTACH_SENT), 0);
	ck_assert_uint_eq(in_state(ATTACH_WAITING), 1);
	clean();
}
END_TEST

START_TEST(promise_34__export__has_the_files_too)
{
	const struct export_how how = {.clear = true};
	struct buf lines = {0};
	char id[REVISION_ID];
	unsigned files;

	ck_assert(add("letter.jpg", 100, id));
	ck_assert_msg(
	    export_all(folder, "/out", &how, &files, &err), "%s", err.text);
	ck_assert(io_load(disk_io(disk), &lines, "/out.jsonl", 1 << 20, &err));
	ck_assert_uint_eq(files, 1);
	ck_assert_ptr_nonnull(strstr(buf_text(&lines), "letter.jpg"));
	/* PLANTED-NAME in base64. */
	ck_assert_ptr_nonnull(strstr(buf_text(&lines), "UExBTlRFRC1OQU1F"));
	buf_free(&lines);
}
END_TEST

int
main(void)
{
	Suite *s = suite_create("attach");
	TCase *t = tcase_create("attach");

	tcase_add_checked_fixture(t, setup, teardown);
	tcase_set_timeout(t, 0);
	tcase_add_test(t, promise_33__add__same_file_twice_is_stored_once);
	tcase_add_test(t, promise_33__add__reads_a_part_at_a_time);
	tcase_add_test(t, promise_33__add__refuses_a_file_that_changes);
	tcase_add_test(t, promise_33__add__is_whole_or_not_there);
	tcase_add_test(t, promise_33__add__a_full_disk_leaves_nothing_half);
	tcase_add_test(t, promise_26__attachments__hold_no_name_in_clear);
	tcase_add_test(t, promise_33__ship__goes_on_where_the_line_broke);
	tcase_add_test(t, promise_33__ship__survives_a_power_cut_anywhere);
	tcase_add_test(t, promise_33__ship__a_bad_one_holds_up_no_other);
	tcase_add_test(
	    t, promise_33__ship__waits_for_a_disk_that_does_not_read);
	tcase_add_test(
	    t, promise_33__ship__goes_again_to_an_office_that_lost_it);
	tcase_add_test(t, promise_33__ship__asked_for_what_it_has_not_waits);
	tcase_add_test(t, promise_16__attachments__need_a_receipt_and_an_age);
	tcase_add_test(t, promise_34__export__has_the_files_too);
	suite_add_tcase(s, t);
	return unit_run(s);
}
