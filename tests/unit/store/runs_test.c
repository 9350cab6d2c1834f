/* Raw records: gathered, sorted, kept in runs, merged (src/store/runs.h). */
#include <inttypes.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/rng.h"
#include "rig.h"
#include "store/runs.h"

#define KIND "afcars"
#define RECORDS 3000
#define TINY 700 /* bytes: a run for about ten records */

static const struct load_options tiny = {.raw_budget = TINY};
static const struct load_options tiny_adding = {
    .raw_budget = TINY, .add = true};

/* --- invented records -------------------------------------------------- */

struct record {
	char key[41];
	int period;
	char bytes[48]; /* tells its arrival */
};

/* Keys of 1 to 40 bytes, many of them alike for more than 16. */
static void
invent(struct record *all, size_t n)
{
	static const int periods[] = {201209, 201203, 201303};
	struct rng rng;

	rng_seed(&rng, 7);
	for (size_t i = 0; i < n; i++) {
		uint32_t child = rng_below(&rng, 500);

		if (child % 3 == 0)
			snprintf(all[i].key, sizeof all[i].key,
			    "a-long-beginning-of-all-%" PRIu32, child);
		else
			snprintf(all[i].key, sizeof all[i].key, "%" PRIx32,
			    child * 2654435761u);
		all[i].period = periods[rng_below(&rng, 3)];
		snprintf(all[i].bytes, sizeof all[i].bytes, "%zu", i);
	}
}

static int
by_key_period_arrival(const void *a, const void *b)
{
	const struct record *x = a, *y = b;
	int order = strcmp(x->key, y->key);

	if (order != 0)
		return order;
	if (x->period != y->period)
		return x->period < y->period ? -1 : 1;
	return atoi(x->bytes) - atoi(y->bytes);
}

static char *
text_of(const struct record *all, size_t n)
{
	struct buf text = {0};

	for (size_t i = 0; i < n; i++)
		buf_printf(&text, "%s %d %s;", all[i].key, all[i].period,
		    all[i].bytes);
	return buf_take(&text);
}

static void
give(struct load *l, const struct record *all, size_t n)
{
	for (size_t i = 0; i < n; i++)
		rig_raw(l, KIND, all[i].key, all[i].period, all[i].bytes);
}

static char *
given_back(struct load *l)
{
	struct rig_seen seen = {0};

	ck_ok(store_load_scan_raw(l, KIND, rig_see_raw, &seen, &err));
	return buf_take(&seen.text);
}

static void
check_given_back(struct load *l, const char *expected)
{
	char *seen = given_back(l);

	ck_assert_str_eq(seen, expected);
	free(seen);
}

/* --- tests ------------------------------------------------------------- */

START_TEST(runs__any_budget__gives_back_the_same)
{
	static struct record all[RECORDS];
	const size_t budgets[] = {0, 1, TINY, 20000};
	struct load *l;
	uint32_t generation;
	char *expected;

	invent(all, RECORDS);
	qsort(all, RECORDS, sizeof *all, by_key_period_arrival);
	expected = text_of(all, RECORDS);
	invent(all, RECORDS);
	for (size_t i = 0; i < sizeof budgets / sizeof *budgets; i++) {
		l = rig_begin(&(struct load_options){.raw_budget = budgets[i]});
		give(l, all, RECORDS);
		check_given_back(l, expected);
		/* Once more, and from the generation that was added to. */
		check_given_back(l, expected);
		rig_describe(l);
		ck_ok(store_load_commit(l, &generation, &err));
		l = rig_begin(&tiny_adding);
		check_given_back(l, expected);
		store_load_abort(l);
	}
	free(expected);
}
END_TEST

START_TEST(runs__rows_made_while_merging__make_the_same_snapshot)
{
	static struct record all[300];
	struct buf file[2] = {{0}};

	invent(all, 300);
	for (int i = 0; i < 2; i++) {
		struct rig_seen seen = {
		    .load = rig_begin(i == 0 ? &rig_plain : &tiny)};
		uint32_t generation;
		char *path;

		give(seen.load, all, 300);
		rig_describe(seen.load);
		ck_ok(store_load_scan_raw(
		    seen.load, KIND, rig_see_raw, &seen, &err));
		ck_ok(store_load_commit(seen.load, &generation, &err));
		ck_ok(store_facts_path(store, generation, &path, &err));
		/* What is read back makes the same bytes too. */
		ck_assert_int_eq(unlink(path), 0);
		free(path);
		ck_ok(store_facts_path(store, generation, &path, &err));
		ck_ok(store_verify(store, generation, &err));
		ck_ok(file_read(&file[i], path, 1 << 24, &err));
		free(path);
		buf_free(&seen.text);
	}
	/* But for the head, which holds the generation and the checksum. */
	ck_assert_uint_eq(file[0].len, file[1].len);
	ck_assert_uint_gt(file[0].len, 16384);
	ck_assert_mem_eq(file[0].data + file[0].len / 2,
	    file[1].data + file[0].len / 2, file[0].len - file[0].len / 2);
	buf_free(&file[0]);
	buf_free(&file[1]);
}
END_TEST

START_TEST(runs__record_longer_than_block_and_budget__is_kept_whole)
{
	const size_t lens[] = {RUNS_BLOCK - 1, RUNS_BLOCK, 300000, 5};
	struct load *l = rig_begin(&tiny);
	char *seen, *at;

	for (size_t i = 0; i < 4; i++) {
		char *bytes = xmalloc(lens[i] + 1);
		char key[] = {(char)('a' + i), '\0'};

		memset(bytes, 'A' + (int)i, lens[i]);
		bytes[lens[i]] = '\0';
		rig_raw(l, KIND, key, 201203, bytes);
		free(bytes);
	}
	at = seen = given_back(l);
	for (size_t i = 0; i < 4; i++) {
		char head[] = "a 201203 ";

		head[0] = (char)('a' + i);
		ck_assert_int_eq(strncmp(at, head, strlen(head)), 0);
		at += strlen(head);
		for (size_t k = 0; k < lens[i]; k++)
			ck_assert(at[k] == 'A' + (int)i);
		at += lens[i];
		ck_assert(*at++ == ';');
	}
	ck_assert(*at == '\0');
	free(seen);
	store_load_abort(l);
}
END_TEST

START_TEST(runs__forgotten_period__is_gone_and_the_rest_stays)
{
	static struct record all[RECORDS];
	struct load *l = rig_begin(&tiny);
	uint32_t generation;
	size_t left = 0;
	char *expected;

	invent(all, RECORDS);
	give(l, all, RECORDS);
	rig_raw(l, "ncands", "a", 201203, "of another kind");
	ck_ok(store_load_commit(l, &generation, &err));
	l = rig_begin(&tiny_adding);
	ck_ok(store_load_forget_raw(l, KIND, 201203, &err));
	/* Not of this kind. */
	ck_ok(store_load_forget_raw(l, "ncands", 201303, &err));
	for (size_t i = 0; i < RECORDS; i++)
		if (all[i].period != 201203)
			all[left++] = all[i];
	/* What comes now is behind what was there. */
	all[left] = all[0];
	snprintf(all[left].bytes, sizeof all[left].bytes, "%d", RECORDS);
	give(l, &all[left++], 1);
	qsort(all, left, sizeof *all, by_key_period_arrival);
	expected = text_of(all, left);
	check_given_back(l, expected);
	ck_ok(store_load_commit(l, &generation, &err));
	l = rig_begin(&tiny_adding);
	check_given_back(l, expected);
	store_load_abort(l);
	free(expected);
}
END_TEST

/* --- of the embedded store's file -------------------------------------- */

static void
sql(uint32_t generation, const char *text)
{
	char *path =
	    xasprintf("%s/store/gen-%" PRIu32 ".db", folder, generation);
	sqlite3 *db;

	ck_assert_int_eq(sqlite3_open(path, &db), SQLITE_OK);
	ck_assert_msg(sqlite3_exec(db, text, NULL, NULL, NULL) == SQLITE_OK,
	    "%s", sqlite3_errmsg(db));
	sqlite3_close(db);
	free(path);
}

/* Until raw records were kept in runs, each had a row. Origin 1 is the first
 * after "extract". */
START_TEST(runs__single_records_of_an_earlier_version__are_taken_over)
{
	struct load *l = rig_begin(&rig_plain);
	uint32_t generation;

	ck_ok(store_load_origin(l, KIND, &err));
	ck_ok(store_load_commit(l, &generation, &err));
	sql(1, "INSERT INTO raw_records VALUES (1, 'b', 201203, x'6f6e65'),"
	       " (1, 'a', 201209, x'74776f'), (1, 'a', 201203, x'7468726565')");
	l = rig_begin(&tiny_adding);
	ck_ok(store_load_forget_raw(l, KIND, 201209, &err));
	rig_raw(l, KIND, "a", 201203, "four");
	check_given_back(l, "a 201203 three;a 201203 four;b 201203 one;");
	ck_ok(store_load_commit(l, &generation, &err));
	l = rig_begin(&rig_adding);
	check_given_back(l, "a 201203 three;a 201203 four;b 201203 one;");
	store_load_abort(l);
}
END_TEST

START_TEST(runs__damaged_block__is_an_error)
{
	static const char *const damages[] = {
	    "UPDATE raw_records SET bytes = x'01'",
	    "UPDATE raw_records SET bytes = x''",
	    "UPDATE raw_records SET bytes = x'01000000ffffffff6161'",
	    "UPDATE raw_records SET bytes = x'ffffffff000000006161'",
	    "UPDATE raw_records SET kind = 77",
	    "UPDATE raw_records SET kind = -1",
	};

	for (size_t i = 0; i < sizeof damages / sizeof *damages; i++) {
		struct load *l = rig_begin(&rig_plain);
		struct rig_seen seen = {0};
		uint32_t generation;

		rig_raw(l, KIND, "a", 201203, "one");
		ck_ok(store_load_commit(l, &generation, &err));
		sql(generation, damages[i]);
		l = rig_begin(&rig_adding);
		ck_fails(store_load_scan_raw(l, KIND, rig_see_raw, &seen, &err),
		    ERR_CORRUPT);
		ck_assert_uint_eq(seen.text.len, 0);
		store_load_abort(l);
	}
}
END_TEST

int
main(void)
{
	Suite *s = suite_create("runs");
	TCase *t = tcase_create("runs");

	tcase_add_checked_fixture(t, rig_setup, rig_teardown);
	tcase_set_timeout(t, 120);
	tcase_add_test(t, runs__any_budget__gives_back_the_same);
	tcase_add_test(
	    t, runs__rows_made_while_merging__make_the_same_snapshot);
	tcase_add_test(
	    t, runs__record_longer_than_block_and_budget__is_kept_whole);
	tcase_add_test(t, runs__forgotten_period__is_gone_and_the_rest_stays);
	if (getenv("HEARTH_TEST_STORE") == NULL) {
		tcase_add_test(t,
		    runs__single_records_of_an_earlier_version__are_taken_over);
		tcase_add_test(t, runs__damaged_block__is_an_error);
	}
	suite_add_tcase(s, t);
	return unit_run(s);
}
