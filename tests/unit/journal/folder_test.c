/* The data folder: who holds it, packets in, seals, what may leave, the way
 * out whatever is damaged. */
#include "journal/folder.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/json.h"
#include "journal/export.h"
#include "journal/packet.h"
#include "journal/seal.h"
#include "journal/sync.h"
#include "lib/unit.h"
#include "rig.h"

static struct disk *disk;
static const struct io *io;
static struct folder *folder;
static struct err err;
static uint8_t office_public[VAULT_PUBLIC], office_secret[VAULT_SECRET];
static uint8_t service_public[BUNDLE_PUBLIC], service_secret[BUNDLE_SECRET];

static void
open_folder(void)
{
	ck_assert_msg(folder_open(&folder, io, "/f", RIG_PASSPHRASE, &err),
	    "%s", err.text);
}

static void
reopen(void)
{
	folder_close(folder);
	open_folder();
}

static void
setup(void)
{
	struct vault_make how = {.passphrase = RIG_PASSPHRASE,
	    .office = office_public,
	    .cost = {1, 8192}};

	disk = disk_new(5);
	io = disk_io(disk);
	vault_office_keys(office_public, office_secret);
	bundle_keys(service_public, service_secret);
	ck_assert_msg(
	    folder_create(&folder, io, "/f", &how, &err), "%s", err.text);
}

static void
teardown(void)
{
	folder_close(folder);
	disk_free(disk);
}

/* --- helpers ------------------------------------------------------------- */

static struct journal *
begin_review(int n)
{
	struct journal_identity id = rig_identity;
	struct journal *j;

	id.record[15] = (uint8_t)n;
	ck_assert_msg(journal_create(&j, folder_vault(folder), io, "/f/journal",
			  &id, &err),
	    "%s", err.text);
	ck_assert(journal_append(j, JOURNAL_EVENT, "ED02=Quetzal", 12, &err));
	return j;
}

static struct journal *
open_review(const char *path, bool readonly)
{
	struct journal *j;

	ck_assert_msg(
	    journal_open(&j, folder_vault(folder), io, path, readonly, &err),
	    "%s", err.text);
	return j;
}

static struct buf told;

static void
tell(void *arg, const char *file, const char *text)
{
	(void)arg;
	buf_printf(&told, "%s: %s\n", file, text);
}

static unsigned
faults(void)
{
	unsigned n = 0;

	buf_reset(&told);
	ck_assert_msg(
	    folder_check(folder, tell, NULL, &n, &err), "%s", err.text);
	return n;
}

static void
make_packet(struct buf *out, int64_t expires_ms, const char *user)
{
	static char roster[5000];
	struct bundle b = {
	    .about = {.packet = "pk-1",
		.review = "rv-1",
		.instrument = "gh-2026/3",
		.expires_ms = expires_ms},
	    .parts = {{"roster", roster, sizeof roster},
		{"sample", "seed 42", 7}},
	    .n = 2,
	};

	strcpy(b.about.user, user);
	memset(roster, 'q', sizeof roster);
	memcpy(roster, "Quetzalli", 9);
	buf_reset(out);
	ck_assert(bundle_write(out, &b, service_secret, &err));
}

#define LATE INT64_C(1800000000000)

/* --- who holds it -------------------------------------------------------- */

START_TEST(promise_35__open__a_second_program_only_reads)
{
	struct folder *second;
	struct journal *j = begin_review(1);
	struct folder_counts counts;

	journal_close(j);
	ck_assert(folder_open(&second, io, "/f", RIG_PASSPHRASE, &err));
	ck_assert(folder_readonly(second));
	ck_assert_msg(strstr(folder_holder(second), "4711 on alder") != NULL,
	    "%s", folder_holder(second));
	ck_assert(folder_counts(second, &counts, &err));
	ck_assert_uint_eq(counts.unsealed, 1);
	ck_assert(!folder_discard(second, "/f/journal/x", &err));
	ck_assert_int_eq(err.code, ERR_READ_ONLY);
	folder_close(second);
	ck_assert(!folder_readonly(folder));
}
END_TEST

static void
remember(void *arg, const char *path, const uint8_t *p, size_t n)
{
	buf_printf(arg, "%s %zu ", path, n);
	buf_add(arg, p, n);
}

START_TEST(promise_38__open__an_older_program_writes_nothing)
{
	static const char newer[] = "hearth-folder 3\nhearth-folder 3\nid\n";
	struct buf before = {0}, after = {0};

	folder_close(folder);
	folder = NULL;
	disk_put(disk, "/f/format", newer, sizeof newer - 1);
	disk_each(disk, remember, &before);
	ck_assert(!folder_open(&folder, io, "/f", RIG_PASSPHRASE, &err));
	ck_assert_int_eq(err.code, ERR_NEWER);
	disk_each(disk, remember, &after);
	ck_assert_uint_eq(before.len, after.len);
	ck_assert_mem_eq(before.data, after.data, before.len);
	buf_free(&before);
	buf_free(&after);
}
END_TEST

/* Once a journal has a line that older programs do not know, they refuse. */
START_TEST(promise_38__raise__keeps_older_programs_out)
{
	size_t n;
	bool done = false;

	ck_assert_mem_eq(
	    disk_file(disk, "/f/format", &n), "hearth-folder 1", 15);
	for (uint64_t k = 1; !done; k++) {
		disk_fail(disk, DISK_CALLS, k, EIO);
		done = folder_raise(folder, &err);
		disk_fail(disk, DISK_CALLS, 0, 0);
	}
	ck_assert_mem_eq(
	    disk_file(disk, "/f/format", &n), "hearth-folder 2", 15);
	folder_close(folder);
	folder = NULL;
	open_folder();
	ck_assert_uint_eq(faults(), 0);
	ck_assert(folder_raise(folder, &err));
}
END_TEST

/* A bit of the format's file must not look like a newer program's. */
START_TEST(promise_38__open__a_damaged_format_is_mended)
{
	size_t n;

	for (size_t bit = 0; bit < 33 * 8; bit++) {
		folder_close(folder);
		folder = NULL;
		disk_file(disk, "/f/format", &n)[bit / 8] ^=
		    (uint8_t)(1u << bit % 8);
		open_folder();
		ck_assert_uint_eq(faults(), 0);
	}
}
END_TEST

START_TEST(folder__create__may_be_cut_off_and_begun_again)
{
	struct vault_make how = {
	    .passphrase = RIG_PASSPHRASE, .cost = {1, 8192}};
	bool done = false;

	for (uint64_t n = 1; !done; n++) {
		struct disk *d = disk_new(n);
		struct folder *f = NULL;

		disk_fail(d, DISK_CALLS, n, n % 2 ? 0 : -1);
		done = folder_create(&f, disk_io(d), "/g", &how, &err);
		folder_close(f);
		disk_restart(d, true);
		ck_assert_msg(
		    folder_open(&f, disk_io(d), "/g", RIG_PASSPHRASE, &err) ||
			folder_create(&f, disk_io(d), "/g", &how, &err),
		    "call %d: %s", (int)n, err.text);
		folder_close(f);
		disk_free(d);
	}
}
END_TEST

/* --- packets ------------------------------------------------------------- */

START_TEST(promise_25__take__leaves_all_as_it_was_unless_whole)
{
	struct buf packet = {0}, before = {0}, after = {0}, hold = {0};
	struct bundle b;

	make_packet(&packet, LATE, "monitor-4");
	disk_each(disk, remember, &before);
	for (size_t n = 0; n < packet.len; n += 512)
		ck_assert(!packet_take(
		    folder, packet.data, n, service_public, "monitor-4", &err));
	packet.data[packet.len - 1] ^= 1;
	ck_assert(!packet_take(folder, packet.data, packet.len, service_public,
	    "monitor-4", &err));
	packet.data[packet.len - 1] ^= 1;
	ck_assert(!packet_take(
	    folder, packet.data, packet.len, office_public, "monitor-4", &err));
	ck_assert_int_eq(err.code, ERR_FOREIGN);
	ck_assert(!packet_take(folder, packet.data, packet.len, service_public,
	    "monitor-5", &err));
	ck_assert_int_eq(err.code, ERR_FOREIGN);
	make_packet(&packet, 1000, "monitor-4");
	ck_assert(!packet_take(folder, packet.data, packet.len, service_public,
	    "monitor-4", &err));
	ck_assert_int_eq(err.code, ERR_EXPIRED);
	disk_each(disk, remember, &after);
	ck_assert_uint_eq(before.len, after.len);
	ck_assert_mem_eq(before.data, after.data, before.len);
	ck_assert(!packet_open(&b, &hold, folder, "pk-1", &err));
	ck_assert_int_eq(err.code, ERR_NO_ANSWER);
	buf_free(&packet);
	buf_free(&before);
	buf_free(&after);
	buf_free(&hold);
}
END_TEST

START_TEST(promise_25__take__survives_a_full_disk_and_a_crash_anywhere)
{
	struct buf packet = {0}, hold = {0};
	struct bundle b;
	bool taken = false;

	make_packet(&packet, LATE, "monitor-4");
	disk_room(disk, 3000);
	ck_assert(!packet_take(folder, packet.data, packet.len, service_public,
	    "monitor-4", &err));
	ck_assert_int_eq(err.code, ERR_NO_SPACE);
	disk_room(disk, -1);
	for (uint64_t n = 1; !taken; n++) {
		disk_fail(disk, DISK_CALLS, n, n % 2 ? 0 : -1);
		taken = packet_take(folder, packet.data, packet.len,
		    service_public, "monitor-4", &err);
		disk_cut_now(disk);
		folder_close(folder);
		disk_restart(disk, true);
		open_folder();
		ck_assert_uint_eq(faults(), 0);
		if (packet_open(&b, &hold, folder, "pk-1", &err))
			ck_assert_mem_eq(
			    bundle_part(&b, "sample")->data, "seed 42", 7);
		else
			ck_assert_int_eq(err.code, ERR_NO_ANSWER);
	}
	ck_assert(packet_open(&b, &hold, folder, "pk-1", &err));
	/* Out of force later: what was begun goes on. */
	disk_later(disk, LATE);
	ck_assert(packet_open(&b, &hold, folder, "pk-1", &err));
	buf_free(&packet);
	buf_free(&hold);
}
END_TEST

/* --- seals --------------------------------------------------------------- */

/* The power goes at every call of a seal: afterwards there is one truth. */
START_TEST(promise_13__seal__is_whole_or_not_there)
{
	bool done = false;

	for (uint64_t n = 1; !done; n++) {
		struct journal *j = begin_review((int)n);
		char *path = xstrdup(journal_path(j));
		struct seal seal, last;
		struct buf body = {0};

		disk_fail(disk, DISK_CALLS, n, n % 2 ? 0 : -1);
		done = seal_make(&seal, folder, j, "{}", 2, NULL, &err);
		disk_cut_now(disk);
		journal_close(j);
		folder_close(folder);
		disk_restart(disk, true);
		open_folder();
		j = open_review(path, false);
		ck_assert_msg(seal_adopt(folder, j, &err), "%s", err.text);
		if (seal_last(&last, j)) {
			ck_assert_uint_eq(last.revision, 1);
			ck_assert(seal_body(&body, folder, &last, &err));
			ck_assert_uint_eq(journal_unsealed(j), 0);
		} else {
			ck_assert(!done);
			ck_assert_uint_eq(journal_unsealed(j), 1);
			ck_assert_msg(
			    seal_make(&seal, folder, j, "{}", 2, NULL, &err),
			    "%s", err.text);
			ck_assert_uint_eq(seal.revision, 1);
		}
		journal_close(j);
		ck_assert_msg(faults() == 0, "call %d: %s", (int)n, told.data);
		buf_free(&body);
		free(path);
	}
}
END_TEST

/* A sealed file of a crash, after which more was typed: it was never sent, so
 * it goes to the trash and its number is used by what is sealed then. */
START_TEST(promise_13__adopt__takes_no_seal_that_is_out_of_date)
{
	struct journal *j = begin_review(1);
	char *path = xstrdup(journal_path(j));
	struct seal seal;
	struct folder_counts counts;

	/* The second write of a seal is the journal's line. */
	disk_fail(disk, DISK_WRITE, 2, 0);
	ck_assert(!seal_make(&seal, folder, j, "{}", 2, NULL, &err));
	journal_close(j);
	folder_close(folder);
	disk_restart(disk, false);
	open_folder();
	j = open_review(path, false);
	ck_assert(io_exists(io, "/f/sealed/5a0102030405060708090a0b0c0d0e01-"
				"1.hs"));
	ck_assert(journal_append(j, JOURNAL_EVENT, "ED03=N", 6, &err));
	ck_assert(seal_make(&seal, folder, j, "{\"b\":1}", 7, NULL, &err));
	ck_assert_uint_eq(seal.revision, 1);
	journal_close(j);
	ck_assert_uint_eq(faults(), 0);
	ck_assert(folder_counts(folder, &counts, &err));
	ck_assert_uint_le(counts.trash, 1);
	free(path);
}
END_TEST

START_TEST(promise_31__check__names_the_revision_where_the_chain_breaks)
{
	struct journal *j = begin_review(1);
	struct seal seal;
	uint32_t bad;
	struct buf body = {0};
	char *at;

	ck_assert(seal_make(&seal, folder, j, "{}", 2, NULL, &err));
	for (int i = 2; i <= 3; i++) {
		ck_assert(journal_append(j, JOURNAL_EVENT, "ED03=N", 6, &err));
		ck_assert(!seal_make(&seal, folder, j, "{}", 2, NULL, &err));
		ck_assert_int_eq(err.code, ERR_BAD_VALUE); /* no reason */
		ck_assert(
		    seal_make(&seal, folder, j, "{}", 2, "late papers", &err));
		ck_assert_uint_eq(seal.revision, (unsigned)i);
	}
	ck_assert(seal_check(folder, seal.record, &bad, &err));
	ck_assert_uint_eq(bad, 0);
	/* Somebody with the keys rewrites revision 2. */
	seal.revision = 2;
	seal.hash[0] = '\0';
	ck_assert(seal_body(&body, folder, &seal, &err));
	at = strstr(body.data, "late papers");
	memcpy(at, "fine papers", 11);
	ck_assert(io_exists(io, "/f/sealed/5a0102030405060708090a0b0c0d0e01-"
				"2.hs"));
	journal_close(j);
	/* Put back through the room's own door. */
	{
		struct buf ad = {0}, file = {0};
		static const uint8_t head[16] = {'H', 'E', 'A', 'R', 'T', 'H',
		    'B', 'X', 1, 0, 0, 0, 2, 0, 0, 0};

		buf_add(&ad, head, 16);
		buf_str(&ad, "5a0102030405060708090a0b0c0d0e01-2.hs");
		buf_add(&file, head, 16);
		vault_encrypt(folder_vault(folder), &file, body.data, body.len,
		    ad.data, ad.len);
		disk_put(disk,
		    "/f/sealed/5a0102030405060708090a0b0c0d0e01-2.hs",
		    file.data, file.len);
		buf_free(&ad);
		buf_free(&file);
	}
	ck_assert(seal_check(folder, seal.record, &bad, &err));
	ck_assert_uint_eq(bad, 3);
	ck_assert_uint_ge(faults(), 1);
	buf_free(&body);
}
END_TEST

/* --- cleaning ------------------------------------------------------------ */

static struct seal
sent_review(int n)
{
	struct journal *j = begin_review(n);
	struct seal seal;

	ck_assert(seal_make(&seal, folder, j, "{}", 2, NULL, &err));
	journal_close(j);
	return seal;
}

static struct buf receipt_body;

static bool
give_receipt(void *self, const struct sync_request *request, struct err *why)
{
	struct receipt r = {.revision = 1, .state = RECEIPT_APPLIED};

	(void)self;
	(void)why;
	memcpy(
	    r.record, request->path + strlen("/v1/reviews/"), REVISION_ID - 1);
	strcpy(r.hash, request->hash);
	r.at_ms = io->ops->wall_ms(io->self);
	buf_reset(&receipt_body);
	receipt_write(&receipt_body, &r);
	return true;
}

static void
nothing(void *self)
{
	(void)self;
}

static void
send_all(struct seal *seals, int n)
{
	static const struct sync_transport transport = {give_receipt, nothing};
	struct outbox_reply reply = {.status = 200, .complete = true};
	struct sync *s;

	ck_assert(sync_open(&s, folder, &transport, NULL, &err));
	for (int i = 0; i < n; i++)
		ck_assert(sync_queue(s, &seals[i], &err));
	for (int i = 0; i < n; i++) {
		sync_tick(s, &err);
		ck_assert(sync_busy(s));
		reply.body = receipt_body.data;
		reply.len = receipt_body.len;
		ck_assert(sync_answered(s, &reply, &err));
	}
	sync_close(s);
}

#define DAY INT64_C(86400000)

START_TEST(promise_16__remove__needs_a_receipt_an_age_and_a_yes)
{
	struct seal seals[2] = {sent_review(1)};
	struct folder_removable list;
	struct folder_counts counts;

	sent_review(2); /* sealed, never sent */
	journal_close(begin_review(3));
	send_all(seals, 1);
	disk_later(disk, 89 * DAY);
	ck_assert(folder_removable(folder, 1, &list, &err));
	ck_assert_uint_eq(list.n, 0); /* never before 90 days */
	disk_later(disk, 2 * DAY);
	ck_assert(folder_removable(folder, 1, &list, &err));
	ck_assert_uint_eq(list.n, 4); /* sealed, state, journal, note */
	ck_assert(folder_counts(folder, &counts, &err));
	ck_assert_uint_eq(counts.reviews, 3); /* listing removes nothing */
	ck_assert(folder_remove(folder, &list, &err));
	folder_removable_free(&list);
	ck_assert(folder_counts(folder, &counts, &err));
	ck_assert_uint_eq(counts.reviews, 2);
	ck_assert_uint_eq(counts.sent, 0);
	ck_assert_uint_eq(counts.unsent, 1);
	ck_assert_uint_eq(counts.trash, 4);
	ck_assert_uint_eq(faults(), 0);
	/* And another 90 days in the trash. */
	ck_assert(folder_removable(folder, 90, &list, &err));
	ck_assert_uint_eq(list.n, 0);
	disk_later(disk, 91 * DAY);
	ck_assert(folder_removable(folder, 90, &list, &err));
	ck_assert_uint_eq(list.n, 4);
	ck_assert(folder_remove(folder, &list, &err));
	folder_removable_free(&list);
	ck_assert(folder_counts(folder, &counts, &err));
	ck_assert_uint_eq(counts.trash, 0);
	buf_free(&receipt_body);
}
END_TEST

START_TEST(promise_04__discard__keeps_ninety_days_in_the_trash)
{
	struct journal *j = begin_review(1);
	char *path = xstrdup(journal_path(j));
	struct folder_counts counts;

	journal_close(j);
	ck_assert(folder_discard(folder, path, &err));
	ck_assert(folder_counts(folder, &counts, &err));
	ck_assert_uint_eq(counts.reviews, 0);
	ck_assert_uint_eq(counts.trash, 1);
	free(path);
}
END_TEST

/* --- the way out --------------------------------------------------------- */

static bool
words(void *arg, struct buf *out, const struct journal_line *line)
{
	(void)arg;
	if (line->kind != JOURNAL_EVENT)
		return false;
	buf_add(out, line->payload, line->len);
	return true;
}

static const struct export_how clear = {.clear = true, .words = words};
static const struct export_how closed = {.words = words};

static bool
file_says(const char *path, const char *what)
{
	size_t n;
	uint8_t *p = disk_file(disk, path, &n);

	return p != NULL && memmem(p, n, what, strlen(what)) != NULL;
}

/* Everything, whatever is damaged: each byte of the journal in turn. */
START_TEST(promise_34__export__gets_out_of_every_damage)
{
	struct journal *j = begin_review(1);
	char *path = xstrdup(journal_path(j));
	struct seal seal;
	unsigned files;
	size_t n;

	ck_assert(seal_make(&seal, folder, j, "{\"s\":1}", 7, NULL, &err));
	ck_assert(journal_append(j, JOURNAL_EVENT, "ED03=Last", 9, &err));
	journal_close(j);
	disk_file(disk, path, &n);
	for (size_t byte = 0; byte < n; byte++) {
		disk_file(disk, path, &n)[byte] ^= 0x20;
		ck_assert_msg(export_all(folder, "/out", &clear, &files, &err),
		    "byte %zu: %s", byte, err.text);
		ck_assert_uint_eq(files, 2);
		ck_assert_msg(file_says("/out.txt", "Quetzal") ||
				  file_says("/out.txt", "ED03=Last"),
		    "byte %zu", byte);
		ck_assert(file_says("/out.txt", "not whole"));
		ck_assert(file_says("/out.jsonl", "\"type\":\"damaged\""));
		ck_assert(file_says("/out.jsonl", "{\"s\":1}"));
		disk_file(disk, path, &n)[byte] ^= 0x20;
	}
	ck_assert(export_all(folder, "/out", &clear, &files, &err));
	ck_assert(!file_says("/out.txt", "not whole"));
	free(path);
}
END_TEST

START_TEST(promise_34__export__is_for_the_office_unless_told)
{
	struct buf packet = {0}, text = {0}, lines = {0};
	unsigned files;
	uint8_t *p, other[VAULT_SECRET] = {3};
	size_t n;

	make_packet(&packet, LATE, "monitor-4");
	ck_assert(packet_take(folder, packet.data, packet.len, service_public,
	    "monitor-4", &err));
	journal_close(begin_review(1));
	ck_assert(export_all(folder, "/out", &closed, &files, &err));
	ck_assert_uint_eq(files, 2);
	ck_assert(!file_says("/out.hearth", "Quetzal"));
	p = disk_file(disk, "/out.hearth", &n);
	ck_assert_msg(export_read(&text, &lines, p, n, office_public,
			  office_secret, &err),
	    "%s", err.text);
	ck_assert_ptr_nonnull(strstr(text.data, "ED02=Quetzal"));
	ck_assert_ptr_nonnull(strstr(lines.data, "\"type\":\"packet\""));
	ck_assert(
	    !export_read(&text, &lines, p, n, office_public, other, &err));
	ck_assert_int_eq(err.code, ERR_WRONG_KEY);
	buf_free(&packet);
	buf_free(&text);
	buf_free(&lines);
}
END_TEST

/* Every line of the file for machines is JSON. */
START_TEST(promise_34__export__writes_json_lines)
{
	struct buf packet = {0};
	unsigned files, lines = 0;
	size_t n;
	char *p, *end;

	make_packet(&packet, LATE, "monitor-4");
	ck_assert(packet_take(folder, packet.data, packet.len, service_public,
	    "monitor-4", &err));
	journal_close(begin_review(1));
	ck_assert(export_all(folder, "/out", &clear, &files, &err));
	p = (char *)disk_file(disk, "/out.jsonl", &n);
	end = p + n;
	while (p < end) {
		char *nl = memchr(p, '\n', (size_t)(end - p));
		cJSON *json =
		    json_parse(p, (size_t)(nl - p), (size_t)(nl - p), &err);

		ck_assert_msg(json != NULL, "%s", err.text);
		cJSON_Delete(json);
		p = nl + 1;
		lines++;
	}
	ck_assert_uint_eq(lines, 4); /* identity, opened, event, packet */
	buf_free(&packet);
}
END_TEST

/* --- the checker and the counts ------------------------------------------ */

START_TEST(folder__check__finds_each_kind_of_damage)
{
	static const char *const files[] = {"/f/keys.2",
	    "/f/journal/5a0102030405060708090a0b0c0d0e01.hj",
	    "/f/sealed/5a0102030405060708090a0b0c0d0e01-1.hs",
	    "/f/sealed/5a0102030405060708090a0b0c0d0e01-1.st"};
	struct seal seal = sent_review(1);
	size_t n;

	send_all(&seal, 1);
	ck_assert_uint_eq(faults(), 0);
	for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
		uint8_t *p = disk_file(disk, files[i], &n);

		ck_assert_ptr_nonnull(p);
		p[n / 2] ^= 1;
		ck_assert_msg(faults() > 0, "%s", files[i]);
		p[n / 2] ^= 1;
	}
	disk_put(disk, "/f/journal/stray", "x", 1);
	ck_assert_uint_eq(faults(), 1);
	ck_assert_ptr_nonnull(strstr(told.data, "stray"));
	buf_free(&receipt_body);
}
END_TEST

START_TEST(promise_37__counts__tell_what_is_on_the_disk)
{
	struct folder_counts c;
	struct journal *j;
	struct seal seal;
	size_t n;

	ck_assert(folder_counts(folder, &c, &err));
	ck_assert_uint_eq(c.reviews + c.unsent + c.unsealed + c.damaged, 0);
	j = begin_review(1);
	ck_assert(folder_counts(folder, &c, &err));
	ck_assert_uint_eq(c.unsealed, 1);
	ck_assert(seal_make(&seal, folder, j, "{}", 2, NULL, &err));
	ck_assert(folder_counts(folder, &c, &err));
	ck_assert_uint_eq(c.unsealed, 0);
	ck_assert_uint_eq(c.unsent, 1);
	send_all(&seal, 1);
	ck_assert(folder_counts(folder, &c, &err));
	ck_assert_uint_eq(c.unsent, 0);
	ck_assert_uint_eq(c.sent, 1);
	disk_file(disk, journal_path(j), &n)[100] ^= 1;
	ck_assert(folder_counts(folder, &c, &err));
	ck_assert_uint_eq(c.damaged, 1);
	journal_close(j);
	reopen();
	buf_free(&receipt_body);
}
END_TEST

START_TEST(promise_27__open__the_office_reads_the_folder)
{
	struct folder_counts c;

	journal_close(begin_review(1));
	folder_close(folder);
	ck_assert(folder_open_office(&folder, io, "/f", office_secret, &err));
	ck_assert(folder_counts(folder, &c, &err));
	ck_assert_uint_eq(c.reviews, 1);
	ck_assert_uint_eq(c.damaged, 0);
}
END_TEST

static void
no_names(void *arg, const char *path, const uint8_t *p, size_t n)
{
	(void)arg;
	ck_assert(n == 0 || memmem(p, n, "Quetzal", 7) == NULL);
	ck_assert_ptr_null(strstr(path, "Quetzal"));
}

START_TEST(promise_26__folder__holds_no_name_in_clear)
{
	struct buf packet = {0};
	struct journal *j = begin_review(1);
	struct seal seal;
	unsigned files;

	make_packet(&packet, LATE, "monitor-4");
	ck_assert(packet_take(folder, packet.data, packet.len, service_public,
	    "monitor-4", &err));
	ck_assert(seal_make(
	    &seal, folder, j, "{\"n\":\"Quetzalli\"}", 17, NULL, &err));
	ck_assert(export_all(folder, "/f/out", &closed, &files, &err));
	send_all(&seal, 1);
	disk_each(disk, no_names, NULL);
	journal_close(j);
	disk_each(disk, no_names, NULL);
	buf_free(&packet);
	buf_free(&receipt_body);
}
END_TEST

int
main(void)
{
	Suite *s = suite_create("folder");
	TCase *t = tcase_create("folder");

	tcase_set_timeout(t, 120);
	tcase_add_checked_fixture(t, setup, teardown);
	tcase_add_test(t, promise_35__open__a_second_program_only_reads);
	tcase_add_test(t, promise_38__open__an_older_program_writes_nothing);
	tcase_add_test(t, promise_38__open__a_damaged_format_is_mended);
	tcase_add_test(t, promise_38__raise__keeps_older_programs_out);
	tcase_add_test(t, folder__create__may_be_cut_off_and_begun_again);
	tcase_add_test(t, promise_25__take__leaves_all_as_it_was_unless_whole);
	tcase_add_test(
	    t, promise_25__take__survives_a_full_disk_and_a_crash_anywhere);
	tcase_add_test(t, promise_13__seal__is_whole_or_not_there);
	tcase_add_test(t, promise_13__adopt__takes_no_seal_that_is_out_of_date);
	tcase_add_test(
	    t, promise_31__check__names_the_revision_where_the_chain_breaks);
	tcase_add_test(t, promise_16__remove__needs_a_receipt_an_age_and_a_yes);
	tcase_add_test(t, promise_04__discard__keeps_ninety_days_in_the_trash);
	tcase_add_test(t, promise_34__export__gets_out_of_every_damage);
	tcase_add_test(t, promise_34__export__is_for_the_office_unless_told);
	tcase_add_test(t, promise_34__export__writes_json_lines);
	tcase_add_test(t, folder__check__finds_each_kind_of_damage);
	tcase_add_test(t, promise_37__counts__tell_what_is_on_the_disk);
	tcase_add_test(t, promise_27__open__the_office_reads_the_folder);
	tcase_add_test(t, promise_26__folder__holds_no_name_in_clear);
	suite_add_tcase(s, t);
	return unit_run(s);
}
