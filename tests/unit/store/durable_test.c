/*
 * What a store must bear: snapshots that are gone, old or damaged, loads that
 * are killed at any moment, a full disk, a lost connection. See rig.h for over
 * which store.
 */
#include <dirent.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/file.h"
#include "lib/rows.h"
#include "rig.h"

START_TEST(store__snapshot__is_rebuilt_byte_for_byte)
{
	struct buf one = {0}, other = {0};
	char *path;

	rig_load(&rig_plain, 500);
	ck_ok(store_facts_path(store, 1, &path, &err));
	ck_ok(file_read(&one, path, 1 << 24, &err));
	ck_assert_int_eq(unlink(path), 0);
	free(path);
	ck_ok(store_facts_path(store, 1, &path, &err));
	ck_ok(file_read(&other, path, 1 << 24, &err));
	ck_assert_uint_eq(one.len, other.len);
	ck_assert_mem_eq(one.data, other.data, one.len);
	/* One of another version, or cut short, is made again too. */
	ck_assert_int_eq(truncate(path, 1000), 0);
	free(path);
	facts_close(rig_facts(1));
	buf_free(&one);
	buf_free(&other);
}
END_TEST

/* After an upgrade: a snapshot that another version wrote, its checksum the
 * one in the catalogue, is made again of the rows, and is whole. */
START_TEST(store__snapshot__of_an_older_version_is_built_anew)
{
	struct buf one = {0}, other = {0};
	char *path;

	rig_load(&rig_plain, 50);
	ck_ok(store_facts_path(store, 1, &path, &err));
	ck_ok(file_read(&one, path, 1 << 24, &err));
	one.data[8]--; /* the version, after eight bytes of magic */
	ck_ok(file_replace(path, one.data, one.len, &err));
	one.data[8]++;
	free(path);
	store_close(store);
	ck_ok(store_open(&store, url, STORE_READ, &err));
	ck_ok(store_verify(store, 1, &err));
	ck_ok(store_facts_path(store, 1, &path, &err));
	ck_ok(file_read(&other, path, 1 << 24, &err));
	ck_assert_uint_eq(one.len, other.len);
	ck_assert_mem_eq(one.data, other.data, one.len);
	free(path);
	buf_free(&one);
	buf_free(&other);
}
END_TEST

START_TEST(store__damage__is_found_before_publishing)
{
	struct buf bytes = {0};
	char *path;

	rig_load(&rig_held, 500);
	ck_ok(store_facts_path(store, 1, &path, &err));
	ck_ok(file_read(&bytes, path, 1 << 24, &err));
	bytes.data[bytes.len / 2 / 64 * 64] ^= 1;
	ck_ok(file_replace(path, bytes.data, bytes.len, &err));
	ck_fails(store_verify(store, 1, &err), ERR_CORRUPT);
	ck_fails(store_publish(store, 1, &err), ERR_CORRUPT);
	ck_assert_uint_eq(rig_serving(), 0);
	buf_free(&bytes);
	free(path);
}
END_TEST

/* Files that are not of a generation in the catalogue, in the embedded
 * store's folder. */
static int
strays(void)
{
	char *path = xasprintf("%s/store", folder);
	DIR *dir = opendir(path);
	struct dirent *entry;
	struct store_generations all;
	int n = 0;

	ck_assert_ptr_nonnull(dir);
	ck_ok(store_generations(store, &all, &err));
	while ((entry = readdir(dir)) != NULL) {
		unsigned generation;
		char rest[64];

		if (sscanf(entry->d_name, "gen-%u.%63s", &generation, rest) ==
		    2)
			n += generation > all.n ||
			     (strcmp(rest, "db") != 0 &&
				 strcmp(rest, "facts") != 0 &&
				 strcmp(rest, "checked") != 0);
	}
	closedir(dir);
	store_generations_free(&all);
	free(path);
	return n;
}

#define CHILDREN 400

struct killer {
	int64_t countdown; /* dies at the step on which it reaches 0 */
	int64_t records;   /* likewise, at a raw record given or given back */
	struct load *load;
};

static void
die_at_step(void *arg, enum load_step step, uint64_t n)
{
	struct killer *k = arg;

	(void)step;
	(void)n;
	if (--k->countdown == 0)
		raise(SIGKILL);
}

/* Raw records in runs of a few, and an episode of each as they come back. */
static void
tick(struct killer *k)
{
	if (--k->records == 0)
		raise(SIGKILL);
}

static bool
make_episode(void *arg, const struct store_raw *raw, struct err *e)
{
	struct killer *k = arg;
	char *text = xasprintf("child_id=%.*s removal_date=2012-01-01",
	    (int)raw->key_len, raw->key);

	(void)e;
	rig_row(k->load, EXTRACT_REMOVAL, text);
	free(text);
	tick(k);
	return true;
}

static uint32_t
load_histories(const struct load_options *options, struct killer *k)
{
	uint32_t generation;
	char key[16];

	k->load = rig_begin(options);
	rig_describe(k->load);
	for (int i = 0; i < CHILDREN; i++) {
		snprintf(key, sizeof key, "c%d", i * 7919 % CHILDREN);
		rig_raw(k->load, "afcars", key, 201203, "record");
		tick(k);
	}
	ck_ok(store_load_scan_raw(k->load, "afcars", make_episode, k, &err));
	ck_ok(store_load_commit(k->load, &generation, &err));
	return generation;
}

/* Check tells its runner by a file what a test does; a child that is killed
 * must not leave half a word in it. */
static void
leave_check(void)
{
	int nowhere = open("/dev/null", O_WRONLY | O_CLOEXEC);
	struct stat st;

	for (int fd = 3; fd < 256; fd++)
		if (fd != nowhere && fstat(fd, &st) == 0 && S_ISREG(st.st_mode))
			dup2(nowhere, fd);
}

/* In a child: a load that may be killed. Says on the pipe when committed. */
static void
doomed_load(int out, struct killer *k, long usec)
{
	const struct load_options options = {
	    .step = die_at_step, .arg = k, .raw_budget = 1000};
	const struct itimerval timer = {.it_value.tv_usec = usec};
	uint32_t generation;
	char done = 'y';

	leave_check();
	if (!store_open(&store, url, STORE_WRITE, &err))
		_exit(3);
	/* Ends the process there and then; Check has a handler of its own. */
	signal(SIGALRM, SIG_DFL);
	if (usec > 0)
		setitimer(ITIMER_REAL, &timer, NULL);
	generation = load_histories(&options, k);
	if (write(out, &done, 1) != 1)
		_exit(4);
	_exit(generation == 0);
}

/* Returns whether the load said that it was committed. */
static bool
run_doomed(struct killer *k, long usec)
{
	int pipes[2], status;
	char done;
	pid_t pid;
	bool said;

	ck_assert_int_eq(pipe(pipes), 0);
	store_close(store);
	store = NULL;
	pid = fork();
	ck_assert_int_ge(pid, 0);
	if (pid == 0) {
		close(pipes[0]);
		doomed_load(pipes[1], k, usec);
	}
	close(pipes[1]);
	said = read(pipes[0], &done, 1) == 1;
	close(pipes[0]);
	ck_assert_int_eq(waitpid(pid, &status, 0), pid);
	ck_assert(WIFSIGNALED(status) || WEXITSTATUS(status) == 0);
	ck_ok(store_open(&store, url, STORE_WRITE, &err));
	return said;
}

/* Whatever the moment: what was served is served, or the new one that is
 * whole; nothing half made is left; and the next load works. */
static void
check_survivor(uint32_t before, bool said)
{
	uint32_t now = rig_serving();

	ck_assert(now == before || now == before + 1);
	if (said)
		ck_assert_uint_eq(now, before + 1);
	if (now > 1) {
		struct facts *facts = rig_facts(now);

		ck_assert_uint_eq(facts_rows(facts, FACTS_REMOVAL), CHILDREN);
		facts_close(facts);
	}
	ck_ok(store_verify(store, now, &err));
	if (embedded)
		ck_assert_int_eq(strays(), 0);
}

START_TEST(store__killed__at_every_step_keeps_the_old_generation)
{
	struct killer k = {.records = INT64_MAX};
	bool said = false;
	int deaths = 0;

	rig_load(&rig_plain, 3);
	for (int64_t at = 1; !said; at++) {
		uint32_t before = rig_serving();

		k.countdown = at;
		said = run_doomed(&k, 0);
		deaths += !said;
		check_survivor(before, said);
	}
	/* Built, about to enter, entered. */
	ck_assert_int_ge(deaths, 3);
	ck_assert_uint_eq(rig_load(&rig_plain, 4), rig_serving());
}
END_TEST

/* While runs are gathered, kept and merged. */
START_TEST(store__killed__among_raw_records_keeps_the_old_generation)
{
	struct killer k = {.countdown = INT64_MAX};

	rig_load(&rig_plain, 3);
	for (int at = 1; at <= 2 * CHILDREN; at += CHILDREN / 8) {
		k.records = at;
		ck_assert(!run_doomed(&k, 0));
		check_survivor(1, false);
	}
}
END_TEST

/* How long a load takes that is let be, in microseconds. */
static long
time_load(void)
{
	struct killer k = {.countdown = INT64_MAX, .records = INT64_MAX};
	struct timespec a, b;

	clock_gettime(CLOCK_MONOTONIC, &a);
	ck_assert(run_doomed(&k, 0));
	clock_gettime(CLOCK_MONOTONIC, &b);
	return (b.tv_sec - a.tv_sec) * 1000000 + (b.tv_nsec - a.tv_nsec) / 1000;
}

#define ROUNDS 40

START_TEST(store__killed__at_any_moment_keeps_the_old_generation)
{
	struct killer k = {.countdown = INT64_MAX, .records = INT64_MAX};
	int deaths = 0;
	long whole;

	rig_load(&rig_plain, 3);
	whole = time_load();
	for (int i = 0; i < ROUNDS; i++) {
		uint32_t before = rig_serving();
		bool said = run_doomed(&k, 100 + whole * i / ROUNDS);

		deaths += !said;
		check_survivor(before, said);
	}
	ck_assert_int_gt(deaths, ROUNDS / 4);
}
END_TEST

/* No file may grow beyond 100 kB: as on a full disk, writing fails. */
static bool
fill_disk(bool (*give)(struct load *l, int i))
{
	const struct load_options options = {.raw_budget = 10000};
	struct rlimit limit, small;
	struct load *l;
	uint32_t generation;
	bool ok = true;

	signal(SIGXFSZ, SIG_IGN);
	ck_assert_int_eq(getrlimit(RLIMIT_FSIZE, &limit), 0);
	small = (struct rlimit){100000, limit.rlim_max};
	ck_assert_int_eq(setrlimit(RLIMIT_FSIZE, &small), 0);
	l = rig_begin(&options);
	/* Without asserts: Check writes a file too. */
	for (int i = 0; ok && i < 50000; i++)
		ok = give(l, i);
	if (ok)
		ok = store_load_commit(l, &generation, &err);
	else
		store_load_abort(l);
	ck_assert_int_eq(setrlimit(RLIMIT_FSIZE, &limit), 0);
	return !ok;
}

static bool
give_child(struct load *l, int i)
{
	struct cell cells[EXTRACT_MAX_COLS];
	char id[16];

	for (int k = 0; k < EXTRACT_MAX_COLS; k++)
		cells[k] = cell_empty();
	cells[CHILD_COL_ID].s = id;
	cells[CHILD_COL_ID].len = (size_t)snprintf(id, sizeof id, "c%d", i);
	return store_load_row(l, EXTRACT_CHILD, cells, &err);
}

static bool
give_record(struct load *l, int i)
{
	char key[16];
	const struct store_raw raw = {.key = key,
	    .key_len = (size_t)snprintf(key, sizeof key, "c%d", i),
	    .period = 201203,
	    .bytes = "record",
	    .len = 6};

	return store_load_raw(l, "afcars", &raw, &err);
}

START_TEST(store__full_disk__is_an_error_and_changes_nothing)
{
	bool (*const give[])(struct load * l, int i) = {
	    give_child, give_record};

	rig_load(&rig_plain, 3);
	/* A server's disk is not ours to fill. */
	for (int i = 0; i < (embedded ? 2 : 1); i++) {
		ck_assert(fill_disk(give[i]));
		ck_assert_msg(err.code == ERR_IO, "%s", err.text);
		check_survivor(1, false);
		ck_assert_uint_eq(rig_serving(), 1);
	}
	ck_assert_uint_eq(rig_load(&rig_plain, CHILDREN), 2);
}
END_TEST

START_TEST(store__lost_connection__is_made_again_but_not_in_a_load)
{
	struct load *l;
	uint32_t generation;

	rig_load(&rig_plain, 3);
	rig_shell(getenv("HEARTH_TEST_CUT"));
	ck_assert_uint_eq(rig_serving(), 1);
	l = rig_begin(&rig_plain);
	rig_row(l, EXTRACT_CHILD, "child_id=a");
	rig_shell(getenv("HEARTH_TEST_CUT"));
	ck_fails(store_load_commit(l, &generation, &err), ERR_UNREACHABLE);
	ck_assert_uint_eq(rig_serving(), 1);
	ck_assert_uint_eq(rig_load(&rig_plain, 4), 2);
}
END_TEST

int
main(void)
{
	Suite *s = suite_create("durable");
	TCase *t = tcase_create("durable");

	tcase_add_checked_fixture(t, rig_setup, rig_teardown);
	tcase_set_timeout(t, 120);
	tcase_add_test(t, store__snapshot__is_rebuilt_byte_for_byte);
	tcase_add_test(t, store__snapshot__of_an_older_version_is_built_anew);
	tcase_add_test(t, store__damage__is_found_before_publishing);
	tcase_add_test(
	    t, store__killed__at_every_step_keeps_the_old_generation);
	tcase_add_test(
	    t, store__killed__among_raw_records_keeps_the_old_generation);
	tcase_add_test(
	    t, store__killed__at_any_moment_keeps_the_old_generation);
	tcase_add_test(t, store__full_disk__is_an_error_and_changes_nothing);
	if (getenv("HEARTH_TEST_STORE") != NULL)
		tcase_add_test(
		    t, store__lost_connection__is_made_again_but_not_in_a_load);
	suite_add_tcase(s, t);
	return unit_run(s);
}
