/* Keys: two ways in, one data key, and every failure before a form opens. */
#include "journal/vault.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

#include "lib/unit.h"
#include "rig.h"

static struct rig rig;

static void
setup(void)
{
	rig_init(&rig, 1);
}

static void
teardown(void)
{
	rig_fini(&rig);
}

/* Whether the vault reads what another opening of the same keys wrote. */
static bool
reads(const struct vault *vault, const struct buf *closed)
{
	struct buf open = {0};
	bool ok =
	    vault_decrypt(vault, &open, closed->data, closed->len, "ad", 2) &&
	    strcmp(buf_text(&open), "Marta R.") == 0;

	buf_free(&open);
	return ok;
}

static void
writes(struct vault *vault, struct buf *closed)
{
	vault_encrypt(vault, closed, "Marta R.", 8, "ad", 2);
}

START_TEST(promise_26__encrypt__shows_nothing_and_never_repeats)
{
	struct buf a = {0}, b = {0};

	writes(rig.vault, &a);
	writes(rig.vault, &b);
	ck_assert_uint_eq(a.len, 8 + VAULT_NONCE + VAULT_TAG);
	ck_assert_ptr_null(memmem(a.data, a.len, "Marta", 5));
	ck_assert_mem_ne(a.data, b.data, a.len);
	ck_assert(reads(rig.vault, &a));
	a.data[30] ^= 1;
	ck_assert(!reads(rig.vault, &a));
	buf_free(&a);
	buf_free(&b);
}
END_TEST

START_TEST(vault__open__refuses_a_wrong_passphrase_in_words)
{
	struct vault *v = NULL;

	ck_assert(!vault_open(&v, rig.io, "/f", "incorrect horse", &rig.err));
	ck_assert_int_eq(rig.err.code, ERR_WRONG_KEY);
	ck_assert(!vault_check(rig.vault, "incorrect horse", &rig.err));
	ck_assert_int_eq(rig.err.code, ERR_WRONG_KEY);
	ck_assert(vault_check(rig.vault, RIG_PASSPHRASE, &rig.err));
}
END_TEST

START_TEST(promise_27__office_key__opens_what_the_passphrase_closed)
{
	struct vault *v = NULL;
	struct buf closed = {0};
	uint8_t other[VAULT_SECRET] = {7};

	writes(rig.vault, &closed);
	ck_assert_msg(
	    vault_open_office(&v, rig.io, "/f", rig.office_secret, &rig.err),
	    "%s", rig.err.text);
	ck_assert(reads(v, &closed));
	vault_close(v);
	ck_assert(!vault_open_office(&v, rig.io, "/f", other, &rig.err));
	ck_assert_int_eq(rig.err.code, ERR_WRONG_KEY);
	buf_free(&closed);
}
END_TEST

START_TEST(promise_27__rewrap__changes_the_passphrase_not_the_data)
{
	struct vault_make how = {
	    .passphrase = "a new long phrase", .cost = {1, 8192}};
	struct vault *v = NULL;
	struct buf closed = {0};

	writes(rig.vault, &closed);
	ck_assert(vault_rewrap(rig.vault, &how, &rig.err));
	ck_assert(!vault_open(&v, rig.io, "/f", RIG_PASSPHRASE, &rig.err));
	ck_assert_int_eq(rig.err.code, ERR_WRONG_KEY);
	ck_assert(vault_open(&v, rig.io, "/f", "a new long phrase", &rig.err));
	ck_assert(reads(v, &closed));
	vault_close(v);
	/* The office's way in is as it was. */
	ck_assert(
	    vault_open_office(&v, rig.io, "/f", rig.office_secret, &rig.err));
	ck_assert(reads(v, &closed));
	vault_close(v);
	buf_free(&closed);
}
END_TEST

START_TEST(vault__rewrap__takes_a_new_office_key_without_the_passphrase)
{
	uint8_t public[VAULT_PUBLIC], secret[VAULT_SECRET];
	struct vault_make how = {.office = public};
	struct vault *v = NULL;

	vault_office_keys(public, secret);
	ck_assert(vault_rewrap(rig.vault, &how, &rig.err));
	ck_assert(vault_open_office(&v, rig.io, "/f", secret, &rig.err));
	/* Who came in by the office key cannot keep an unknown passphrase. */
	ck_assert(!vault_rewrap(v, &how, &rig.err));
	ck_assert_int_eq(rig.err.code, ERR_USAGE);
	vault_close(v);
	ck_assert(
	    !vault_open_office(&v, rig.io, "/f", rig.office_secret, &rig.err));
	ck_assert(vault_open(&v, rig.io, "/f", RIG_PASSPHRASE, &rig.err));
	vault_close(v);
}
END_TEST

/* A stranger who can write to the disk must not get the data key by putting
 * a recovery key of his own into the file. */
START_TEST(vault__open__notices_a_changed_office_key)
{
	size_t n;
	struct vault *v = NULL;

	for (int copy = 0; copy < 2; copy++) {
		const char *path = copy ? "/f/keys.2" : "/f/keys";
		uint8_t *p = disk_file(rig.disk, path, &n);

		p[64 + 3] ^= 1;
	}
	ck_assert(!vault_open(&v, rig.io, "/f", RIG_PASSPHRASE, &rig.err));
	ck_assert_int_eq(rig.err.code, ERR_CORRUPT);
}
END_TEST

START_TEST(vault__open__survives_a_damaged_copy_and_mends_it)
{
	size_t n, m;
	struct vault *v = NULL;
	uint8_t *p = disk_file(rig.disk, "/f/keys", &n);

	for (size_t byte = 0; byte < n; byte++) {
		p = disk_file(rig.disk, "/f/keys", &n);
		p[byte] ^= 0x10;
		ck_assert_msg(
		    vault_open(&v, rig.io, "/f", RIG_PASSPHRASE, &rig.err),
		    "byte %zu: %s", byte, rig.err.text);
		ck_assert(vault_mend(v, &rig.err));
		vault_close(v);
		p = disk_file(rig.disk, "/f/keys", &n);
		ck_assert_mem_eq(p, disk_file(rig.disk, "/f/keys.2", &m), n);
	}
}
END_TEST

START_TEST(promise_38__open__refuses_keys_of_a_newer_program)
{
	size_t n;
	struct vault *v = NULL;

	disk_file(rig.disk, "/f/keys", &n)[8] = VAULT_FORMAT + 1;
	disk_file(rig.disk, "/f/keys.2", &n)[8] = VAULT_FORMAT + 1;
	ck_assert(!vault_open(&v, rig.io, "/f", RIG_PASSPHRASE, &rig.err));
	ck_assert_int_eq(rig.err.code, ERR_NEWER);
}
END_TEST

/* Every call that opening keys makes, failed once: an error then, and the keys
 * as they were; never a vault that fails later. */
START_TEST(promise_28__open__fails_before_a_form_opens)
{
	struct vault *v = NULL;
	int refused = 0;

	for (uint64_t n = 1; n < 20; n++) {
		disk_fail(rig.disk, DISK_RANDOM, n, EIO);
		if (vault_open(&v, rig.io, "/f", RIG_PASSPHRASE, &rig.err)) {
			/* From here on nothing asks for randomness. */
			struct buf closed = {0};

			disk_fail(rig.disk, DISK_RANDOM, 1, EIO);
			writes(v, &closed);
			ck_assert(reads(v, &closed));
			buf_free(&closed);
			vault_close(v);
			break;
		}
		ck_assert_int_eq(rig.err.code, ERR_IO);
		refused++;
	}
	ck_assert_int_ge(refused, 1);
}
END_TEST

START_TEST(promise_28__create__leaves_nothing_half_made)
{
	struct vault_make how = {
	    .passphrase = RIG_PASSPHRASE, .cost = {1, 8192}};

	for (uint64_t n = 1;; n++) {
		struct disk *disk = disk_new(n);
		struct vault *v = NULL;
		bool made;

		ck_assert(io_mkdir(disk_io(disk), "/f", &rig.err));
		disk_fail(disk, DISK_CALLS, n, EIO);
		made = vault_create(&v, disk_io(disk), "/f", &how, &rig.err);
		disk_fail(disk, DISK_CALLS, 0, 0);
		if (!made && vault_open(&v, disk_io(disk), "/f", RIG_PASSPHRASE,
				 &rig.err))
			vault_close(v), v = NULL; /* one copy stood */
		vault_close(v);
		disk_free(disk);
		if (made)
			break;
		ck_assert_uint_lt(n, 100);
	}
}
END_TEST

START_TEST(vault__create__asks_for_a_real_passphrase)
{
	struct vault_make how = {.passphrase = "short", .cost = {1, 8192}};
	struct vault *v = NULL;

	ck_assert(io_mkdir(rig.io, "/g", &rig.err));
	ck_assert(!vault_create(&v, rig.io, "/g", &how, &rig.err));
	ck_assert_int_eq(rig.err.code, ERR_BAD_VALUE);
	ck_assert(!io_exists(rig.io, "/g/keys"));
	/* And never over keys that are there. */
	how.passphrase = RIG_PASSPHRASE;
	ck_assert(!vault_create(&v, rig.io, "/f", &how, &rig.err));
	ck_assert_int_eq(rig.err.code, ERR_USAGE);
}
END_TEST

/* A crash at any call of a rotation leaves keys that one of the two
 * passphrases opens. */
START_TEST(promise_27__rewrap__survives_a_crash_at_every_call)
{
	struct vault_make how = {
	    .passphrase = "a new long phrase", .cost = {1, 8192}};
	bool done = false;

	for (uint64_t n = 1; !done; n++) {
		struct vault *v = NULL;
		struct rig r;

		rig_init(&r, n);
		disk_fail(r.disk, DISK_CALLS, n, n % 2 ? 0 : -1);
		vault_rewrap(r.vault, &how, &r.err);
		done = !disk_is_cut(r.disk);
		disk_restart(r.disk, true);
		ck_assert_msg(
		    vault_open(&v, r.io, "/f", RIG_PASSPHRASE, &r.err) ||
			vault_open(&v, r.io, "/f", how.passphrase, &r.err),
		    "call %d: %s", (int)n, r.err.text);
		vault_close(v);
		rig_fini(&r);
	}
}
END_TEST

START_TEST(promise_26__harden__switches_core_dumps_off)
{
	struct vault_memory memory;
	struct rlimit limit;

	ck_assert(vault_harden(&memory, &rig.err));
	ck_assert_int_eq(getrlimit(RLIMIT_CORE, &limit), 0);
	ck_assert_uint_eq(limit.rlim_cur, 0);
	ck_assert_uint_eq(limit.rlim_max, 0);
}
END_TEST

/* Whether the kernel keeps the page at p in memory ("lo" of smaps). */
static bool
is_locked(const void *p)
{
	FILE *f = fopen("/proc/self/smaps", "r");
	char line[512], *flags;
	void *from, *to;
	bool here = false, locked = false;

	ck_assert_ptr_nonnull(f);
	while (fgets(line, sizeof line, f) != NULL) {
		if (sscanf(line, "%p-%p ", &from, &to) == 2)
			here = from <= p && p < to;
		flags = strstr(line, "VmFlags:");
		if (here && flags != NULL)
			locked = strstr(flags, " lo") != NULL;
	}
	fclose(f);
	return locked;
}

/* Of what is typed nothing is written to a swap, with the limit that a Debian
 * has: small things, and a buffer as a long review needs it. */
START_TEST(promise_26__harden__locks_the_heap_and_the_stack)
{
	const struct rlimit limit = {8 << 20, 8 << 20};
	struct vault_memory memory;
	char *small, *large, *most;

	ck_assert_int_eq(setrlimit(RLIMIT_MEMLOCK, &limit), 0);
	ck_assert(vault_harden(&memory, &rig.err));
	ck_assert(!memory.all);
	small = xstrdup("Zzyzx");
	large = xmalloc(3 << 20);
	memset(large, 'x', 3 << 20);
#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
	/* Sanitizers give memory from elsewhere. */
	ck_assert(vault_kept(&memory));
	ck_assert(is_locked(small));
	ck_assert(is_locked(large));
	ck_assert(is_locked(large + (3 << 20) - 1));
	ck_assert(is_locked(&limit));
#endif
	most = xmalloc(8 << 20);
	ck_assert(!vault_kept(&memory));
	free(most);
	free(large);
	free(small);
}
END_TEST

START_TEST(promise_26__swaps__names_the_disk_and_no_memory)
{
	static const struct {
		const char *table, *device;
	} rows[] = {{"", ""}, {"Filename Type Size Used Priority\n", ""},
	    {"Filename Type\n/dev/zram0 partition 8 0 100\n", ""},
	    {"Filename Type\n/dev/zram0 partition\n/dev/sda2\tpartition\n",
		"/dev/sda2"},
	    {"Filename Type\n/swap\\040file file 8 0 -2", "/swap\\040file"}};
	char path[] = "/tmp/hearth-swaps-XXXXXX", device[64];
	int fd = mkstemp(path);

	ck_assert_int_ge(fd, 0);
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		ck_assert_int_eq(ftruncate(fd, 0), 0);
		ck_assert_int_eq(
		    pwrite(fd, rows[i].table, strlen(rows[i].table), 0),
		    (ssize_t)strlen(rows[i].table));
		ck_assert(vault_swaps(path, device, sizeof device) ==
			  (*rows[i].device != '\0'));
		ck_assert_str_eq(device, rows[i].device);
	}
	close(fd);
	unlink(path);
	ck_assert(!vault_swaps(path, device, sizeof device));
}
END_TEST

int
main(void)
{
	Suite *s = suite_create("vault");
	TCase *t = tcase_create("keys");

	tcase_add_checked_fixture(t, setup, teardown);
	tcase_add_test(t, promise_26__encrypt__shows_nothing_and_never_repeats);
	tcase_add_test(t, vault__open__refuses_a_wrong_passphrase_in_words);
	tcase_add_test(
	    t, promise_27__office_key__opens_what_the_passphrase_closed);
	tcase_add_test(
	    t, promise_27__rewrap__changes_the_passphrase_not_the_data);
	tcase_add_test(
	    t, vault__rewrap__takes_a_new_office_key_without_the_passphrase);
	tcase_add_test(t, vault__open__notices_a_changed_office_key);
	tcase_add_test(t, vault__open__survives_a_damaged_copy_and_mends_it);
	tcase_add_test(t, promise_38__open__refuses_keys_of_a_newer_program);
	tcase_add_test(t, promise_28__open__fails_before_a_form_opens);
	tcase_add_test(t, promise_28__create__leaves_nothing_half_made);
	tcase_add_test(t, vault__create__asks_for_a_real_passphrase);
	tcase_add_test(t, promise_27__rewrap__survives_a_crash_at_every_call);
	tcase_add_test(t, promise_26__harden__switches_core_dumps_off);
	tcase_add_test(t, promise_26__harden__locks_the_heap_and_the_stack);
	tcase_add_test(t, promise_26__swaps__names_the_disk_and_no_memory);
	suite_add_tcase(s, t);
	return unit_run(s);
}
