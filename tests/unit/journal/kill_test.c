/*
 * Real processes on a real disk, killed with SIGKILL at a random byte of what
 * they write, or before or after a random call; FAIL=write:37:kill says one
 * by hand. The child tells through a pipe each answer that was kept; the
 * parent opens the folder afterwards and compares. HEARTH_SEEDS: how many
 * (make torture: 10,000).
 */
#include <errno.h>
#include <ftw.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/file.h"
#include "base/rng.h"
#include "journal/folder.h"
#include "journal/seal.h"
#include "lib/unit.h"
#include "rig.h"

#define LIVES 40 /* in make check */
#define ANSWERS 24
#define NAME "Quetzalli"

/* --- a machine that kills us --------------------------------------------- */

enum call { CALL_WRITE, CALL_SYNC, CALL_RENAME, CALL_UNLINK, CALLS };

struct killer {
	int64_t bytes;	   /* left until the kill; -1: never */
	int64_t at[CALLS]; /* calls left; -1: never */
	bool after;	   /* behind the call rather than before it */
};

static struct io_ops killing_ops;

static void
maybe(struct killer *k, enum call call, bool after)
{
	if (k->at[call] < 0 || after != k->after)
		return;
	if (k->at[call]-- == 0)
		raise(SIGKILL);
}

static ssize_t
killing_write(void *self, int fd, const void *p, size_t n, int64_t at)
{
	struct killer *k = self;
	ssize_t put;

	maybe(k, CALL_WRITE, false);
	if (k->bytes >= 0 && (int64_t)n >= k->bytes) {
		if (k->bytes > 0)
			io_real.ops->write(NULL, fd, p, (size_t)k->bytes, at);
		raise(SIGKILL);
	}
	put = io_real.ops->write(NULL, fd, p, n, at);
	if (k->bytes >= 0)
		k->bytes -= put;
	maybe(k, CALL_WRITE, true);
	return put;
}

static int
killing_sync(void *self, int fd)
{
	int rc;

	maybe(self, CALL_SYNC, false);
	rc = io_real.ops->sync(NULL, fd);
	maybe(self, CALL_SYNC, true);
	return rc;
}

static int
killing_rename(void *self, const char *from, const char *to)
{
	int rc;

	maybe(self, CALL_RENAME, false);
	rc = io_real.ops->rename(NULL, from, to);
	maybe(self, CALL_RENAME, true);
	return rc;
}

static int
killing_unlink(void *self, const char *path)
{
	int rc;

	maybe(self, CALL_UNLINK, false);
	rc = io_real.ops->unlink(NULL, path);
	maybe(self, CALL_UNLINK, true);
	return rc;
}

static void
killer_plan(struct killer *k, struct rng *rng)
{
	static const char *const names[CALLS] = {
	    "write", "sync", "rename", "unlink"};
	const char *fail = getenv("FAIL");
	unsigned long n;
	char call[16];

	*k = (struct killer){-1, {-1, -1, -1, -1}, false};
	if (fail != NULL && sscanf(fail, "%15[a-z]:%lu:kill", call, &n) == 2) {
		for (int i = 0; i < CALLS; i++)
			if (strcmp(call, names[i]) == 0)
				k->at[i] = (int64_t)n;
		return;
	}
	k->after = rng_below(rng, 2);
	if (rng_below(rng, 2))
		k->bytes = rng_below(rng, 9000);
	else
		k->at[rng_below(rng, CALLS)] = rng_below(rng, 40);
}

/* --- the monitor --------------------------------------------------------- */

static char top[64], path[96];

static void
say(int pipe, char what)
{
	if (write(pipe, &what, 1) != 1)
		_exit(3);
}

/* The answers have their number in them, so that what is found says by itself
 * whether one is missing, doubled or out of order. */
static size_t
answer_text(char text[static 400], unsigned n)
{
	return (size_t)snprintf(text, 400, "%05u %s %.*s", n, NAME,
	    (int)(n * 37 % 300),
	    "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
	    "bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb"
	    "cccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccc"
	    "dddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddd"
	    "eeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeee");
}

static void
monitor(const struct io *io, unsigned done, int pipe)
{
	struct folder *folder;
	struct journal *j;
	struct seal seal;
	struct err err;
	char text[400];

	if (!folder_open(&folder, io, path, RIG_PASSPHRASE, &err))
		_exit(2);
	{
		char *file = folder_file(folder, "journal",
		    "5a0102030405060708090a0b0c0d0e0f", ".hj");

		if (!journal_open(
			&j, folder_vault(folder), io, file, false, &err) ||
		    !seal_adopt(folder, j, &err))
			_exit(2);
		free(file);
	}
	for (unsigned n = done; n < done + ANSWERS; n++) {
		size_t len = answer_text(text, n);

		if (!journal_append(j, JOURNAL_EVENT, text, len, &err))
			_exit(2);
		say(pipe, 'k');
		if (n % 9 == 8 &&
		    !seal_make(&seal, folder, j, "{}", 2, "again", &err))
			_exit(2);
	}
	journal_close(j);
	folder_close(folder);
	_exit(0);
}

/* Lives once; the number of answers that were called kept. */
static unsigned
live(struct rng *rng, unsigned done)
{
	struct killer killer;
	struct io io = {&killing_ops, &killer};
	int ends[2], status;
	unsigned kept = 0;
	char byte;
	pid_t pid;

	killer_plan(&killer, rng);
	ck_assert_int_eq(pipe(ends), 0);
	pid = fork();
	ck_assert_int_ge(pid, 0);
	if (pid == 0) {
		close(ends[0]);
		monitor(&io, done, ends[1]);
	}
	close(ends[1]);
	while (read(ends[0], &byte, 1) == 1)
		kept++;
	close(ends[0]);
	ck_assert_int_eq(waitpid(pid, &status, 0), pid);
	ck_assert_msg((WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL) ||
			  (WIFEXITED(status) && WEXITSTATUS(status) == 0),
	    "the monitor ended with %x", (unsigned)status);
	return kept;
}

/* --- what is found ------------------------------------------------------- */

static struct buf told;

static void
tell(void *arg, const char *file, const char *text)
{
	(void)arg;
	buf_printf(&told, "%s: %s\n", file, text);
}

/* How many answers stand; each must be the one its place asks for. */
static unsigned
found(uint64_t seed)
{
	struct folder *folder;
	struct journal *j;
	struct journal_line line;
	struct err err;
	char text[400], *file;
	unsigned n = 0, faults;

	ck_assert_msg(
	    folder_open(&folder, &io_real, path, RIG_PASSPHRASE, &err),
	    "seed %d: %s", (int)seed, err.text);
	ck_assert(!folder_readonly(folder)); /* a stale lock is no lock */
	file = folder_file(
	    folder, "journal", "5a0102030405060708090a0b0c0d0e0f", ".hj");
	ck_assert_msg(
	    journal_open(&j, folder_vault(folder), &io_real, file, false, &err),
	    "seed %d: %s", (int)seed, err.text);
	ck_assert_int_ne(journal_found(j)->state, JOURNAL_DAMAGED);
	for (uint64_t i = 0; i < journal_lines(j); i++) {
		journal_line(j, i, &line);
		if (line.kind != JOURNAL_EVENT)
			continue;
		ck_assert_uint_eq(line.len, answer_text(text, n));
		ck_assert_mem_eq(line.payload, text, line.len);
		n++;
	}
	ck_assert(seal_adopt(folder, j, &err));
	journal_close(j);
	buf_reset(&told);
	ck_assert(folder_check(folder, tell, NULL, &faults, &err));
	ck_assert_msg(faults == 0, "seed %d: %s", (int)seed, buf_text(&told));
	folder_close(folder);
	free(file);
	return n;
}

static int
look(const char *name, const struct stat *st, int type, struct FTW *ftw)
{
	struct buf bytes = {0};
	struct err err;

	(void)st;
	(void)ftw;
	ck_assert_ptr_null(strstr(name, NAME));
	if (type == FTW_F) {
		ck_assert(file_read(&bytes, name, 64u << 20, &err));
		ck_assert_msg(
		    memmem(bytes.data, bytes.len, NAME, strlen(NAME)) == NULL,
		    "%s holds a name", name);
	}
	buf_free(&bytes);
	return 0;
}

static void
make_folder(void)
{
	struct vault_make how = {
	    .passphrase = RIG_PASSPHRASE, .cost = {1, 8192}};
	struct folder *folder;
	struct journal *j;
	const char *where = getenv("TMPDIR");
	struct err err;
	char *room;

	snprintf(top, sizeof top, "%.40s/hearth-kill-XXXXXX",
	    where != NULL ? where : "/tmp");
	ck_assert_ptr_nonnull(mkdtemp(top));
	snprintf(path, sizeof path, "%s/f", top);
	ck_assert_msg(
	    folder_create(&folder, &io_real, path, &how, &err), "%s", err.text);
	room = file_join(path, "journal", NULL);
	ck_assert(journal_create(
	    &j, folder_vault(folder), &io_real, room, &rig_identity, &err));
	journal_close(j);
	folder_close(folder);
	free(room);
}

static int
remove_one(const char *name, const struct stat *st, int type, struct FTW *ftw)
{
	(void)st;
	(void)type;
	(void)ftw;
	return remove(name);
}

static void
setup(void)
{
	killing_ops = *io_real.ops;
	killing_ops.write = killing_write;
	killing_ops.sync = killing_sync;
	killing_ops.rename = killing_rename;
	killing_ops.unlink = killing_unlink;
	make_folder();
}

static void
teardown(void)
{
	nftw(top, remove_one, 8, FTW_DEPTH | FTW_PHYS);
	buf_free(&told);
}

START_TEST(promise_01__kill__loses_no_answer_that_was_called_kept)
{
	unsigned lives = rig_seeds(LIVES), kills = 0, answers = 0;
	unsigned stands = 0;

	for (uint64_t seed = 1; seed <= lives; seed++) {
		struct rng rng;
		unsigned kept, now;

		rng_seed(&rng, seed);
		kept = live(&rng, stands);
		now = found(seed);
		/* All that was kept, and at most the one under way. */
		ck_assert_msg(now >= stands + kept && now <= stands + kept + 1,
		    "seed %d: %u stood, %u kept, %u found", (int)seed, stands,
		    kept, now);
		kills += kept < ANSWERS;
		answers += kept;
		stands = now;
		nftw(path, look, 8, FTW_PHYS);
		if (stands > 300) {
			teardown();
			make_folder();
			stands = 0;
		}
	}
	printf("%u lives, %u killed, %u answers kept: lost 0, doubled 0\n",
	    lives, kills, answers);
	ck_assert_uint_gt(kills, lives / 4);
}
END_TEST

/* A limit on the size of files, as quotas do: told, not died of. */
START_TEST(promise_03__limit__is_told_and_kills_nobody)
{
	struct rlimit limit = {20000, 20000};
	struct folder *folder;
	struct journal *j;
	struct err err;
	char text[400], *file;
	unsigned n = 0;
	struct vault_memory memory;

	ck_assert(vault_harden(&memory, &err));
	ck_assert(folder_open(&folder, &io_real, path, RIG_PASSPHRASE, &err));
	file = folder_file(
	    folder, "journal", "5a0102030405060708090a0b0c0d0e0f", ".hj");
	ck_assert(journal_open(
	    &j, folder_vault(folder), &io_real, file, false, &err));
	ck_assert_int_eq(setrlimit(RLIMIT_FSIZE, &limit), 0);
	while (n < 500) {
		size_t len = answer_text(text, n);

		if (!journal_append(j, JOURNAL_EVENT, text, len, &err))
			break;
		n++;
	}
	ck_assert_uint_gt(n, 20);
	ck_assert_uint_lt(n, 500);
	ck_assert_int_eq(err.code, ERR_NO_SPACE);
	ck_assert_int_eq(journal_health(j), JOURNAL_FAILING);
	journal_close(j);
	folder_close(folder);
	ck_assert_uint_eq(found(0), n);
	free(file);
}
END_TEST

/* Where not even the holder's name has room the kernel's lock still holds, and
 * the review can be written: what it writes has the reserve. */
START_TEST(promise_03__full_disk__is_no_reason_to_open_read_only)
{
	struct rlimit limit = {1, 1};
	struct folder *folder, *second;
	struct err err;
	char why[320];
	struct vault_memory memory;

	ck_assert(vault_harden(&memory, &err));
	ck_assert_int_eq(setrlimit(RLIMIT_FSIZE, &limit), 0);
	ck_assert(folder_open(&folder, &io_real, path, RIG_PASSPHRASE, &err));
	ck_assert(!folder_readonly(folder));
	ck_assert(folder_open(&second, &io_real, path, RIG_PASSPHRASE, &err));
	ck_assert(folder_readonly(second));
	folder_why_readonly(second, why, sizeof why);
	ck_assert_str_eq(why, "read only: another program has the folder open");
	folder_close(second);
	folder_close(folder);
}
END_TEST

/* The lock of a killed program is stale at once; a living one holds. */
START_TEST(promise_35__lock__is_seen_as_stale_when_its_program_died)
{
	struct folder *folder, *second;
	struct err err;
	int ends[2], status;
	pid_t pid;
	char byte;

	ck_assert_int_eq(pipe(ends), 0);
	pid = fork();
	if (pid == 0) {
		if (!folder_open(&folder, &io_real, path, RIG_PASSPHRASE, &err))
			_exit(2);
		say(ends[1], 'h');
		for (;;)
			pause();
	}
	ck_assert_int_eq(read(ends[0], &byte, 1), 1);
	ck_assert(folder_open(&second, &io_real, path, RIG_PASSPHRASE, &err));
	ck_assert(folder_readonly(second));
	{
		char want[32];

		snprintf(want, sizeof want, "%d", (int)pid);
		ck_assert_ptr_nonnull(strstr(folder_holder(second), want));
	}
	folder_close(second);
	kill(pid, SIGKILL);
	waitpid(pid, &status, 0);
	ck_assert(folder_open(&second, &io_real, path, RIG_PASSPHRASE, &err));
	ck_assert(!folder_readonly(second));
	folder_close(second);
	close(ends[0]);
	close(ends[1]);
}
END_TEST

int
main(void)
{
	Suite *s = suite_create("kill");
	TCase *t = tcase_create("kill");

	tcase_set_timeout(t, 7200);
	tcase_add_checked_fixture(t, setup, teardown);
	tcase_add_test(
	    t, promise_01__kill__loses_no_answer_that_was_called_kept);
	tcase_add_test(t, promise_03__limit__is_told_and_kills_nobody);
	tcase_add_test(
	    t, promise_03__full_disk__is_no_reason_to_open_read_only);
	tcase_add_test(
	    t, promise_35__lock__is_seen_as_stale_when_its_program_died);
	suite_add_tcase(s, t);
	return unit_run(s);
}
