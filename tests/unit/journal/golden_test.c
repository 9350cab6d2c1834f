/*
 * Promise 38: a folder of each release, kept in tests/unit/journal/golden,
 * opens with every later program and tells the same. A new format adds a
 * folder and never changes an old one. HEARTH_GOLDEN=DIR writes one of today's
 * format there.
 */
#include <dirent.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/file.h"
#include "journal/export.h"
#include "journal/folder.h"
#include "journal/packet.h"
#include "journal/seal.h"
#include "journal/sync.h"
#include "lib/unit.h"
#include "rig.h"

static const char *const rooms[] = {"", "journal", "sealed", "packets"};
static struct err err;

/* --- writing one --------------------------------------------------------- */

struct writing {
	const char *top;
};

static void
write_file(void *arg, const char *path, const uint8_t *p, size_t n)
{
	struct writing *w = arg;
	char *to;

	if (strncmp(path, "/f/", 3) != 0 || strstr(path, "reserve") != NULL ||
	    strstr(path, "lock") != NULL || n == 0)
		return;
	to = xasprintf("%s/%s", w->top, path + 3);
	ck_assert_msg(file_replace(to, p, n, &err), "%s", err.text);
	free(to);
}

static void
make_golden(const char *top)
{
	uint8_t office[VAULT_PUBLIC], recovery[VAULT_SECRET];
	struct vault_make how = {
	    .passphrase = RIG_PASSPHRASE, .office = office, .cost = {1, 8192}};
	const struct export_how closed = {0};
	unsigned files;
	uint8_t public[BUNDLE_PUBLIC], secret[BUNDLE_SECRET];
	struct disk *disk = disk_new(38);
	struct folder *folder;
	struct journal *j;
	struct seal seal;
	struct sync *sync;
	struct buf packet = {0};
	struct bundle b = {
	    .about = {.packet = "pk-2026-0117",
		.review = "rv-2026-0117",
		.user = "monitor-4",
		.instrument = "gh-2026/3",
		.expires_ms = INT64_C(1800000000000)},
	    .parts = {{"roster", "two children", 12}},
	    .n = 1,
	};
	struct writing w = {top};

	ck_assert(vault_office_keys(office, recovery));
	ck_assert(folder_create(&folder, disk_io(disk), "/f", &how, &err));
	bundle_keys(public, secret);
	ck_assert(bundle_write(&packet, &b, secret, &err));
	ck_assert(packet_take(
	    folder, packet.data, packet.len, public, "monitor-4", &err));
	ck_assert(journal_create(&j, folder_vault(folder), folder_io(folder),
	    "/f/journal", &rig_identity, &err));
	journal_session(j, "monitor-4", "hearth 0.1.0");
	ck_assert(journal_append(j, JOURNAL_EVENT, "ED02=Y", 6, &err));
	disk_clock(disk, INT64_C(1780000000000), 101000);
	ck_assert(journal_append(j, JOURNAL_EVENT, "ED03=N", 6, &err));
	ck_assert(seal_make(&seal, folder, j, "{\"a\":1}", 7, NULL, &err));
	ck_assert(sync_open(&sync, folder, NULL, NULL, &err));
	ck_assert(sync_queue(sync, &seal, &err));
	sync_close(sync);
	ck_assert(journal_append(j, JOURNAL_EVENT, "ED04=U", 6, &err));
	ck_assert(journal_draft(j, "NOTE", "The ho", 6, &err));
	journal_close(j);
	ck_assert(export_all(folder, "/f/out", &closed, &files, &err));
	folder_close(folder);
	for (size_t i = 0; i < sizeof rooms / sizeof *rooms; i++) {
		char *room = file_join(top, rooms[i], NULL);

		ck_assert(file_mkdirs(room, &err));
		free(room);
	}
	disk_each(disk, write_file, &w);
	/* The office's secret key, for tests of its side. */
	{
		char *path = file_join(top, "recovery.secret", NULL);
		char hex[80];

		sodium_bin2hex(hex, 70, recovery, sizeof recovery);
		strcat(hex, "\n");
		ck_assert(file_replace(path, hex, strlen(hex), &err));
		free(path);
	}
	disk_free(disk);
	buf_free(&packet);
}

/* --- reading them -------------------------------------------------------- */

static void
load_room(struct disk *disk, const char *top, const char *room)
{
	char *path = file_join(top, room, NULL);
	DIR *dir = opendir(path);
	struct dirent *entry;

	ck_assert_ptr_nonnull(dir);
	while ((entry = readdir(dir)) != NULL) {
		char *from = file_join(path, entry->d_name, NULL);
		char *to = *room ? xasprintf("/f/%s/%s", room, entry->d_name)
				 : xasprintf("/f/%s", entry->d_name);
		struct buf bytes = {0};
		struct stat st;

		if (stat(from, &st) == 0 && S_ISREG(st.st_mode)) {
			ck_assert(file_read(&bytes, from, 1 << 20, &err));
			disk_put(disk, to, bytes.data, bytes.len);
		}
		buf_free(&bytes);
		free(from);
		free(to);
	}
	closedir(dir);
	free(path);
}

static void
tell(void *arg, const char *file, const char *text)
{
	printf("%s: %s: %s\n", (const char *)arg, file, text);
}

static void
expect_journal(struct folder *folder)
{
	static const char path[] =
	    "/f/journal/5a0102030405060708090a0b0c0d0e0f.hj";
	const char *key, *text;
	struct journal *j;
	char *events;
	size_t n;

	ck_assert_msg(journal_open(&j, folder_vault(folder), folder_io(folder),
			  path, false, &err),
	    "%s", err.text);
	ck_assert_int_eq(journal_found(j)->state, JOURNAL_CLEAN);
	ck_assert_str_eq(journal_identity(j)->instrument, "gh-2026/3");
	ck_assert_str_eq(journal_identity(j)->user, "monitor-4");
	events = rig_events(j);
	ck_assert_str_eq(events, "ED02=Y\nED03=N\nED04=U\n");
	ck_assert_uint_eq(journal_unsealed(j), 1);
	ck_assert(journal_drafted(j, &key, &text, &n));
	ck_assert_str_eq(text, "The ho");
	/* And it goes on. */
	ck_assert(journal_append(j, JOURNAL_EVENT, "ED05=Y", 6, &err));
	journal_close(j);
	free(events);
}

static void
expect_golden(const char *top, const char *release)
{
	struct disk *disk = disk_new(1);
	struct folder *folder;
	struct folder_counts c;
	struct bundle b;
	struct buf hold = {0};
	unsigned faults;
	char *label = xstrdup(release);

	ck_assert(io_mkdir(disk_io(disk), "/f", &err));
	for (size_t i = 0; i < sizeof rooms / sizeof *rooms; i++)
		load_room(disk, top, rooms[i]);
	ck_assert_msg(
	    folder_open(&folder, disk_io(disk), "/f", RIG_PASSPHRASE, &err),
	    "%s: %s", release, err.text);
	ck_assert(folder_check(folder, tell, label, &faults, &err));
	ck_assert_uint_eq(faults, 0);
	ck_assert(folder_counts(folder, &c, &err));
	ck_assert_uint_eq(c.reviews, 1);
	ck_assert_uint_eq(c.unsealed, 1);
	ck_assert_uint_eq(c.unsent, 1);
	ck_assert_uint_eq(c.packets, 1);
	ck_assert(packet_open(&b, &hold, folder, "pk-2026-0117", &err));
	ck_assert_mem_eq(bundle_part(&b, "roster")->data, "two children", 12);
	expect_journal(folder);
	folder_close(folder);
	disk_free(disk);
	buf_free(&hold);
	free(label);
}

START_TEST(promise_38__golden__every_release_still_opens)
{
	const char *source = getenv("top_srcdir");
	char *top = file_join(
	    source != NULL ? source : ".", "tests/unit/journal/golden", NULL);
	DIR *dir;
	struct dirent *entry;
	unsigned n = 0;

	if (getenv("HEARTH_GOLDEN") != NULL)
		make_golden(getenv("HEARTH_GOLDEN"));
	dir = opendir(top);
	ck_assert_msg(dir != NULL, "%s", top);
	while ((entry = readdir(dir)) != NULL) {
		char *path = file_join(top, entry->d_name, NULL);

		if (entry->d_name[0] != '.') {
			expect_golden(path, entry->d_name);
			n++;
		}
		free(path);
	}
	closedir(dir);
	ck_assert_uint_ge(n, 1);
	free(top);
}
END_TEST

int
main(void)
{
	Suite *s = suite_create("golden");
	TCase *t = tcase_create("golden");

	tcase_add_test(t, promise_38__golden__every_release_still_opens);
	suite_add_tcase(s, t);
	return unit_run(s);
}
