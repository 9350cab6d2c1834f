/*
 * What every kind of store must do. Runs over an embedded store in a folder
 * of its own, or, with HEARTH_TEST_STORE, over the store with that url, which
 * the command HEARTH_TEST_WIPE empties before each test.
 */
#include "store/store.h"

#include <dirent.h>
#include <fcntl.h>
#include <inttypes.h>
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

#include "base/buf.h"
#include "base/date.h"
#include "config.h"
#include "lib/rows.h"
#include "lib/unit.h"

static char folder[64];
static char *url;
static bool embedded;
static struct store *store;
static struct err err;

#define ck_ok(call) ck_assert_msg(call, "%s", err.text)
#define ck_fails(call, with)                                     \
	do {                                                     \
		ck_assert(!(call));                              \
		ck_assert_msg(err.code == with, "%s", err.text); \
	} while (0)

static void
shell(const char *command)
{
	ck_assert_msg(system(command) == 0, "%s", command);
}

static void
setup(void)
{
	const char *given = getenv("HEARTH_TEST_STORE");

	strcpy(folder, "/tmp/hearth-store-XXXXXX");
	ck_assert_ptr_nonnull(mkdtemp(folder));
	setenv("XDG_CACHE_HOME", folder, 1);
	embedded = given == NULL;
	url = embedded ? xasprintf("sqlite:%s/store", folder) : xstrdup(given);
	if (!embedded)
		shell(getenv("HEARTH_TEST_WIPE"));
	ck_ok(store_open(&store, url, STORE_CREATE, &err));
}

static void
teardown(void)
{
	char *command = xasprintf("rm -rf '%s'", folder);

	store_close(store);
	shell(command);
	free(command);
	free(url);
}

static void
reopen(void)
{
	store_close(store);
	ck_ok(store_open(&store, url, STORE_WRITE, &err));
}

static struct load *
begin(const struct load_options *options)
{
	struct load *l;

	ck_ok(store_load_begin(&l, store, options, &err));
	return l;
}

static void
row(struct load *l, enum extract_table table, const char *text)
{
	struct cell cells[EXTRACT_MAX_COLS];

	rows_parse(cells, table, text);
	ck_ok(store_load_row(l, table, cells, &err));
}

static void
describe(struct load *l)
{
	const struct facts_about about = {.agency = "Children's Division",
	    .source = "FACES",
	    .data_through = 15000,
	    .loaded_at = 1400000000,
	    .invented = true};

	store_load_about(l, &about);
}

/* A small generation: n children removed on the first days of 2012. */
static uint32_t
load_children(const struct load_options *options, int n)
{
	struct load *l = begin(options);
	uint32_t generation;
	char text[80], date[DATE_TEXT];

	describe(l);
	row(l, EXTRACT_ORG, "node_id=s level=state name=State");
	for (int i = 0; i < n; i++) {
		snprintf(text, sizeof text, "child_id=c%d", i);
		row(l, EXTRACT_CHILD, text);
		date_format(15340 + i % 300, date);
		snprintf(
		    text, sizeof text, "child_id=c%d removal_date=%s", i, date);
		row(l, EXTRACT_REMOVAL, text);
	}
	ck_ok(store_load_commit(l, &generation, &err));
	return generation;
}

static struct facts *
open_facts(uint32_t generation)
{
	struct facts *facts;
	char *path;

	ck_ok(store_facts_path(store, generation, &path, &err));
	ck_ok(facts_open(&facts, path, &err));
	ck_ok(facts_verify(facts, &err));
	free(path);
	return facts;
}

static uint32_t
serving(void)
{
	uint32_t generation = 0;

	if (!store_serving(store, &generation, &err))
		ck_assert_int_eq(err.code, ERR_NO_DATA);
	return generation;
}

static const struct load_options plain, held = {.hold = true},
					adding = {.add = true};

START_TEST(store__open__needs_a_store_that_is_there)
{
	struct store *other;
	char *nowhere = xasprintf("sqlite:%s/nowhere", folder);

	ck_fails(store_open(&other, nowhere, STORE_WRITE, &err), ERR_NO_DATA);
	ck_fails(store_open(&other, nowhere, STORE_READ, &err), ERR_NO_DATA);
	ck_fails(store_open(&other, "mysql://x", STORE_READ, &err), ERR_USAGE);
	ck_fails(store_open(&other, "sqlite:", STORE_CREATE, &err), ERR_USAGE);
	ck_ok(store_open(&other, url, STORE_READ, &err));
	store_close(other);
	free(nowhere);
}
END_TEST

START_TEST(store__empty__serves_nothing)
{
	struct store_generations all;
	char *path;

	ck_assert_uint_eq(serving(), 0);
	ck_ok(store_generations(store, &all, &err));
	ck_assert_uint_eq(all.n, 0);
	store_generations_free(&all);
	ck_fails(store_publish(store, 1, &err), ERR_NO_SUCH_GENERATION);
	ck_fails(store_withdraw(store, 1, &err), ERR_NO_SUCH_GENERATION);
	ck_fails(
	    store_facts_path(store, 1, &path, &err), ERR_NO_SUCH_GENERATION);
}
END_TEST

START_TEST(store__load__makes_a_generation_that_is_served)
{
	struct store_generations all;
	struct facts *facts;

	ck_assert_uint_eq(load_children(&plain, 10), 1);
	ck_assert_uint_eq(serving(), 1);
	reopen();
	ck_assert_uint_eq(serving(), 1);
	ck_ok(store_generations(store, &all, &err));
	ck_assert_uint_eq(all.n, 1);
	ck_assert_int_eq(all.list[0].state, STORE_SERVING);
	ck_assert_uint_eq(all.list[0].rows, 21);
	ck_assert_str_eq(all.list[0].about.agency, "Children's Division");
	ck_assert_str_eq(all.list[0].about.source, "FACES");
	ck_assert_int_eq(all.list[0].about.data_through, 15000);
	ck_assert_int_eq(all.list[0].about.loaded_at, 1400000000);
	ck_assert(all.list[0].about.invented);
	store_generations_free(&all);
	facts = open_facts(1);
	ck_assert_uint_eq(facts_rows(facts, FACTS_REMOVAL), 10);
	ck_assert_str_eq(facts_about(facts)->agency, "Children's Division");
	ck_assert_uint_eq(facts_about(facts)->generation, 1);
	facts_close(facts);
	ck_ok(store_verify(store, 1, &err));
}
END_TEST

START_TEST(store__publish__puts_in_front_and_withdraw_goes_back)
{
	load_children(&plain, 1);
	load_children(&plain, 2);
	ck_assert_uint_eq(serving(), 2);
	ck_assert_uint_eq(load_children(&held, 3), 3);
	ck_assert_uint_eq(serving(), 2);
	ck_ok(store_publish(store, 3, &err));
	ck_assert_uint_eq(serving(), 3);
	ck_ok(store_publish(store, 1, &err));
	ck_assert_uint_eq(serving(), 1);
	ck_ok(store_withdraw(store, 1, &err));
	ck_assert_uint_eq(serving(), 3);
	ck_ok(store_withdraw(store, 3, &err));
	ck_ok(store_withdraw(store, 2, &err));
	ck_assert_uint_eq(serving(), 0);
	ck_ok(store_publish(store, 1, &err));
	ck_assert_uint_eq(serving(), 1);
}
END_TEST

START_TEST(store__abort__leaves_nothing)
{
	struct load *l;

	load_children(&plain, 1);
	l = begin(&plain);
	row(l, EXTRACT_CHILD, "child_id=zzz");
	store_load_abort(l);
	store_load_abort(NULL);
	ck_assert_uint_eq(serving(), 1);
	ck_assert_uint_eq(load_children(&plain, 1), 2);
}
END_TEST

START_TEST(store__two_loads__the_second_is_busy)
{
	struct load *one = begin(&plain), *two;
	struct store *other;

	ck_ok(store_open(&other, url, STORE_WRITE, &err));
	ck_fails(store_load_begin(&two, other, &plain, &err), ERR_BUSY);
	row(one, EXTRACT_CHILD, "child_id=a");
	store_load_abort(one);
	ck_ok(store_load_begin(&two, other, &plain, &err));
	store_load_abort(two);
	store_close(other);
}
END_TEST

/* Every type of cell, empty and not, and text that needs care. */
static const char *const awkward[] = {"plain", "tab\there", "new\nline",
    "back\\slash", "quote'\"s", "\\N", "\xc3\xa9\xe2\x82\xac", "", "{a,b}"};

struct expected {
	struct cell cells[sizeof awkward / sizeof *awkward][EXTRACT_MAX_COLS];
	size_t n;
};

static bool
same_row(void *arg, const struct cell *cells, struct err *e)
{
	struct expected *x = arg;

	(void)e;
	ck_assert_uint_lt(x->n, sizeof awkward / sizeof *awkward);
	for (int i = 0; i < CHILD_COLS; i++) {
		const struct cell *want = &x->cells[x->n][i];

		ck_assert_int_eq(cells[i].n, want->n);
		ck_assert_uint_eq(cells[i].len, want->len);
		if (want->len > 0)
			ck_assert_mem_eq(cells[i].s, want->s, want->len);
	}
	x->n++;
	return true;
}

START_TEST(store__rows__come_back_as_they_were_given)
{
	static struct expected x;
	struct load *l = begin(&plain);
	uint32_t generation;
	char id[8];

	for (size_t i = 0; i < sizeof awkward / sizeof *awkward; i++) {
		struct cell *c = x.cells[i];

		rows_parse(c, EXTRACT_CHILD,
		    i % 2 == 0 ? "birth_date=1969-12-31 race=black;white"
			       : "sex=female");
		snprintf(id, sizeof id, "c%zu", i);
		c[CHILD_COL_ID] =
		    (struct cell){CELL_EMPTY, xstrdup(id), strlen(id)};
		c[CHILD_COL_GIVEN] =
		    (struct cell){CELL_EMPTY, awkward[i], strlen(awkward[i])};
		ck_ok(store_load_row(l, EXTRACT_CHILD, c, &err));
	}
	ck_ok(store_load_commit(l, &generation, &err));
	x.n = 0;
	ck_ok(store_rows(store, generation, EXTRACT_CHILD, same_row, &x, &err));
	ck_assert_uint_eq(x.n, sizeof awkward / sizeof *awkward);
	for (size_t i = 0; i < x.n; i++)
		free((char *)(uintptr_t)x.cells[i][CHILD_COL_ID].s);
}
END_TEST

START_TEST(store__rows__that_are_no_text_are_refused)
{
	static const struct cell bad[] = {
	    {CELL_EMPTY, "a\xff", 2}, {CELL_EMPTY, "a\0b", 3}};
	struct cell cells[EXTRACT_MAX_COLS];
	struct load *l = begin(&plain);

	rows_parse(cells, EXTRACT_CHILD, "");
	for (size_t i = 0; i < 2; i++) {
		cells[CHILD_COL_ID] = bad[i];
		ck_fails(store_load_row(l, EXTRACT_CHILD, cells, &err),
		    ERR_BAD_VALUE);
	}
	store_load_abort(l);
}
END_TEST

struct seen {
	struct buf text;
	struct load *load;
};

static bool
see_raw(void *arg, const struct store_raw *raw, struct err *e)
{
	struct seen *seen = arg;

	(void)e;
	buf_printf(&seen->text, "%.*s %d %.*s;", (int)raw->key_len, raw->key,
	    (int)raw->period, (int)raw->len, (const char *)raw->bytes);
	if (seen->load != NULL) {
		char *text = xasprintf("child_id=%.*s removal_date=2012-01-01",
		    (int)raw->key_len, raw->key);

		row(seen->load, EXTRACT_REMOVAL, text);
		free(text);
	}
	return true;
}

static void
raw(struct load *l, const char *kind, const char *key, int period,
    const char *bytes)
{
	const struct store_raw r = {.key = key,
	    .key_len = strlen(key),
	    .period = period,
	    .bytes = bytes,
	    .len = strlen(bytes)};

	ck_ok(store_load_raw(l, kind, &r, &err));
}

START_TEST(store__raw__comes_back_by_key_period_and_arrival)
{
	struct seen seen = {.load = begin(&plain)};
	uint32_t generation;
	struct facts *facts;

	raw(seen.load, "afcars1993", "b", 201209, "one");
	raw(seen.load, "afcars1993", "a", 201303, "two");
	raw(seen.load, "ncands", "a", 2012, "other");
	raw(seen.load, "afcars1993", "a", 201209, "three");
	raw(seen.load, "afcars1993", "a", 201209, "four");
	raw(seen.load, "afcars1993", "B", 201209, "five");
	ck_ok(store_load_origin(seen.load, "afcars1993", &err));
	ck_ok(
	    store_load_scan_raw(seen.load, "afcars1993", see_raw, &seen, &err));
	ck_assert_str_eq(buf_text(&seen.text),
	    "B 201209 five;"
	    "a 201209 three;a 201209 four;a 201303 two;b 201209 one;");
	ck_ok(store_load_commit(seen.load, &generation, &err));
	facts = open_facts(generation);
	/* a's three rows are one episode. */
	ck_assert_uint_eq(facts_rows(facts, FACTS_REMOVAL), 3);
	facts_close(facts);
	buf_free(&seen.text);
}
END_TEST

START_TEST(store__add__builds_on_the_newest_generation)
{
	struct seen seen = {0};
	struct load *l;
	struct store_generations all;
	uint32_t generation;
	struct facts *facts;

	l = begin(&plain);
	row(l, EXTRACT_CHILD, "child_id=kept sex=female given_name=Ann");
	raw(l, "afcars1993", "a", 201203, "old");
	raw(l, "afcars1993", "a", 201209, "replaced");
	ck_ok(store_load_origin(l, "afcars1993", &err));
	row(l, EXTRACT_CHILD, "child_id=forgotten");
	ck_ok(store_load_commit(l, &generation, &err));

	l = begin(&adding);
	ck_ok(store_load_forget(l, "afcars1993", &err));
	ck_ok(store_load_forget_raw(l, "afcars1993", 201209, &err));
	raw(l, "afcars1993", "a", 201209, "new");
	ck_fails(store_load_forget(l, "extract", &err), ERR_INTERNAL);
	ck_ok(store_load_origin(l, "afcars1993", &err));
	row(l, EXTRACT_CHILD, "child_id=kept given_name=Eve");
	ck_ok(store_load_scan_raw(l, "afcars1993", see_raw, &seen, &err));
	ck_assert_str_eq(buf_text(&seen.text), "a 201203 old;a 201209 new;");
	ck_ok(store_load_commit(l, &generation, &err));

	ck_assert_uint_eq(generation, 2);
	facts = open_facts(2);
	ck_assert_uint_eq(facts_rows(facts, FACTS_CHILD), 1);
	ck_assert_str_eq(facts_str(facts, FACTS_CHILD_GIVEN, 0), "Eve");
	ck_assert_int_eq(facts_u8(facts, FACTS_CHILD_SEX)[0], SEX_FEMALE);
	facts_close(facts);
	facts = open_facts(1);
	ck_assert_uint_eq(facts_rows(facts, FACTS_CHILD), 2);
	facts_close(facts);
	ck_ok(store_generations(store, &all, &err));
	ck_assert_uint_eq(all.list[1].base, 1);
	ck_assert_uint_eq(all.list[1].rows, 2);
	store_generations_free(&all);
	buf_free(&seen.text);
}
END_TEST

static bool
see_aside(void *arg, const struct store_aside *a, struct err *e)
{
	(void)e;
	buf_printf(arg, "%s:%" PRIu64 ":%s:%s:%s;", a->file, a->line, a->column,
	    a->rule, a->value);
	return true;
}

static bool
see_source(void *arg, const struct store_source *s, struct err *e)
{
	(void)e;
	buf_printf(arg, "%s %.4s %s %" PRIu64 " %" PRIu64 " %" PRIu64 ";",
	    s->name, s->sha256, s->format, s->rows, s->kept, s->aside);
	return true;
}

static bool
see_flag(void *arg, const char *rule, uint64_t n, struct err *e)
{
	(void)e;
	buf_printf(arg, "%s=%" PRIu64 ";", rule, n);
	return true;
}

START_TEST(store__asides_sources_and_flags__are_kept)
{
	const struct store_aside bad = {
	    "children.csv", 17, "sex", "CODE", "x\xff\ty"};
	const struct store_source source = {.name = "children.csv",
	    .sha256 = "abcdef",
	    .format = "extract",
	    .rows = 9,
	    .kept = 8,
	    .aside = 1};
	struct load *l = begin(&plain);
	struct store_generations all;
	struct buf text = {0};
	uint32_t generation;

	ck_ok(store_load_aside(l, &bad, &err));
	ck_ok(store_load_source(l, &source, &err));
	ck_ok(store_load_flag(l, "DQ-A7", 2, &err));
	ck_ok(store_load_flag(l, "DQ-A3", 1, &err));
	ck_ok(store_load_flag(l, "DQ-A7", 3, &err));
	ck_ok(store_load_commit(l, &generation, &err));
	ck_ok(store_asides(store, generation, see_aside, &text, &err));
	ck_assert_str_eq(
	    buf_text(&text), "children.csv:17:sex:CODE:x\xef\xbf\xbd\ty;");
	buf_reset(&text);
	ck_ok(store_sources(store, generation, see_source, &text, &err));
	ck_assert_str_eq(buf_text(&text), "children.csv abcd extract 9 8 1;");
	buf_reset(&text);
	ck_ok(store_flags(store, generation, see_flag, &text, &err));
	ck_assert_str_eq(buf_text(&text), "DQ-A3=1;DQ-A7=5;");
	ck_ok(store_generations(store, &all, &err));
	ck_assert_uint_eq(all.list[0].aside, 1);
	store_generations_free(&all);
	ck_fails(store_flags(store, 9, see_flag, &text, &err),
	    ERR_NO_SUCH_GENERATION);
	buf_free(&text);
}
END_TEST

static uint32_t
load_sources(const struct load_options *options, const char *hashes)
{
	struct load *l = begin(options);
	struct store_source s = {.name = "f", .format = "extract"};
	uint32_t generation;

	for (; *hashes != '\0'; hashes++) {
		s.sha256[0] = *hashes;
		ck_ok(store_load_source(l, &s, &err));
	}
	ck_ok(store_load_commit(l, &generation, &err));
	return generation;
}

static uint32_t
find_same(const char *hashes, bool add)
{
	struct store_source s[8] = {0};
	size_t n = 0;
	uint32_t generation;

	for (; hashes[n] != '\0'; n++)
		s[n].sha256[0] = hashes[n];
	ck_ok(store_find_same(store, s, n, add, &generation, &err));
	return generation;
}

START_TEST(store__same__is_recognised_by_hashes)
{
	ck_assert_uint_eq(find_same("ab", false), 0);
	load_sources(&plain, "ab");
	ck_assert_uint_eq(find_same("ba", false), 1);
	ck_assert_uint_eq(find_same("bab", false), 1);
	ck_assert_uint_eq(find_same("a", false), 0);
	ck_assert_uint_eq(find_same("abc", false), 0);
	ck_assert_uint_eq(find_same("a", true), 1);
	ck_assert_uint_eq(find_same("", false), 0);
	load_sources(&adding, "c");
	ck_assert_uint_eq(find_same("a", true), 2);
	ck_assert_uint_eq(find_same("abc", false), 2);
	ck_assert_uint_eq(find_same("ab", false), 0);
	ck_ok(store_withdraw(store, 2, &err));
	ck_assert_uint_eq(find_same("abc", false), 0);
	ck_assert_uint_eq(find_same("ab", false), 1);
}
END_TEST

START_TEST(store__snapshot__is_rebuilt_byte_for_byte)
{
	struct buf one = {0}, other = {0};
	char *path;

	load_children(&plain, 500);
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
	facts_close(open_facts(1));
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

	load_children(&plain, 50);
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

	load_children(&held, 500);
	ck_ok(store_facts_path(store, 1, &path, &err));
	ck_ok(file_read(&bytes, path, 1 << 24, &err));
	bytes.data[bytes.len / 2 / 64 * 64] ^= 1;
	ck_ok(file_replace(path, bytes.data, bytes.len, &err));
	ck_fails(store_verify(store, 1, &err), ERR_CORRUPT);
	ck_fails(store_publish(store, 1, &err), ERR_CORRUPT);
	ck_assert_uint_eq(serving(), 0);
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
				 strcmp(rest, "facts") != 0);
	}
	closedir(dir);
	store_generations_free(&all);
	free(path);
	return n;
}

struct killer {
	int64_t countdown; /* dies at the step on which it reaches 0 */
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
	const struct load_options options = {.step = die_at_step, .arg = k};
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
	generation = load_children(&options, 400);
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
	uint32_t now = serving();

	ck_assert(now == before || now == before + 1);
	if (said)
		ck_assert_uint_eq(now, before + 1);
	if (now > 1) {
		struct facts *facts = open_facts(now);

		ck_assert_uint_eq(facts_rows(facts, FACTS_REMOVAL), 400);
		facts_close(facts);
	}
	ck_ok(store_verify(store, now, &err));
	if (embedded)
		ck_assert_int_eq(strays(), 0);
}

START_TEST(store__killed__at_every_step_keeps_the_old_generation)
{
	struct killer k;
	bool said = false;
	int deaths = 0;

	load_children(&plain, 3);
	for (int64_t at = 1; !said; at++) {
		uint32_t before = serving();

		k.countdown = at;
		said = run_doomed(&k, 0);
		deaths += !said;
		check_survivor(before, said);
	}
	/* Built, about to enter, entered. */
	ck_assert_int_ge(deaths, 3);
	ck_assert_uint_eq(load_children(&plain, 4), serving());
}
END_TEST

/* How long a load takes that is let be, in microseconds. */
static long
time_load(void)
{
	struct killer k = {.countdown = INT64_MAX};
	struct timespec a, b;

	clock_gettime(CLOCK_MONOTONIC, &a);
	ck_assert(run_doomed(&k, 0));
	clock_gettime(CLOCK_MONOTONIC, &b);
	return (b.tv_sec - a.tv_sec) * 1000000 + (b.tv_nsec - a.tv_nsec) / 1000;
}

#define ROUNDS 40

START_TEST(store__killed__at_any_moment_keeps_the_old_generation)
{
	struct killer k = {.countdown = INT64_MAX};
	int deaths = 0;
	long whole;

	load_children(&plain, 3);
	whole = time_load();
	for (int i = 0; i < ROUNDS; i++) {
		uint32_t before = serving();
		bool said = run_doomed(&k, 100 + whole * i / ROUNDS);

		deaths += !said;
		check_survivor(before, said);
	}
	ck_assert_int_gt(deaths, ROUNDS / 4);
}
END_TEST

/* No file may grow beyond 100 kB: as on a full disk, writing fails. */
START_TEST(store__full_disk__is_an_error_and_changes_nothing)
{
	struct cell cells[EXTRACT_MAX_COLS];
	struct rlimit limit, small;
	struct load *l;
	uint32_t generation;
	char text[64];
	bool ok = true;

	load_children(&plain, 3);
	signal(SIGXFSZ, SIG_IGN);
	ck_assert_int_eq(getrlimit(RLIMIT_FSIZE, &limit), 0);
	small = (struct rlimit){100000, limit.rlim_max};
	ck_assert_int_eq(setrlimit(RLIMIT_FSIZE, &small), 0);
	l = begin(&plain);
	rows_parse(cells, EXTRACT_CHILD, "");
	/* Without asserts: Check writes a file too. */
	for (int i = 0; ok && i < 50000; i++) {
		int n = snprintf(text, sizeof text, "c%d", i);

		cells[CHILD_COL_ID].s = text;
		cells[CHILD_COL_ID].len = (size_t)n;
		ok = store_load_row(l, EXTRACT_CHILD, cells, &err);
	}
	if (ok)
		ck_assert(!store_load_commit(l, &generation, &err));
	else
		store_load_abort(l);
	ck_assert_int_eq(setrlimit(RLIMIT_FSIZE, &limit), 0);
	ck_assert_msg(err.code == ERR_IO, "%s", err.text);
	check_survivor(1, false);
	ck_assert_uint_eq(serving(), 1);
	ck_assert_uint_eq(load_children(&plain, 400), 2);
}
END_TEST

START_TEST(store__lost_connection__is_made_again_but_not_in_a_load)
{
	struct load *l;
	uint32_t generation;

	load_children(&plain, 3);
	shell(getenv("HEARTH_TEST_CUT"));
	ck_assert_uint_eq(serving(), 1);
	l = begin(&plain);
	row(l, EXTRACT_CHILD, "child_id=a");
	shell(getenv("HEARTH_TEST_CUT"));
	ck_fails(store_load_commit(l, &generation, &err), ERR_UNREACHABLE);
	ck_assert_uint_eq(serving(), 1);
	ck_assert_uint_eq(load_children(&plain, 4), 2);
}
END_TEST

START_TEST(store__files__are_nobody_elses)
{
	char *command =
	    xasprintf("test -z \"$(find '%s/store' -perm /077)\"", folder);

	load_children(&plain, 3);
	shell(command);
	free(command);
}
END_TEST

#ifdef HAVE_POSTGRESQL
START_TEST(store__url__shows_no_password)
{
	struct store *other;

	ck_fails(store_open(&other,
		     "postgresql://me:secret@127.0.0.1:1/x?password=secret",
		     STORE_READ, &err),
	    ERR_UNREACHABLE);
	ck_assert_ptr_null(strstr(err.text, "secret"));
}
END_TEST
#endif

static void
backup_path(char path[static 96])
{
	snprintf(path, 96, "%s/backup.tar", folder);
}

/* A store of the embedded kind beside the one under test. */
static struct store *
open_beside(const char *name)
{
	char *beside = xasprintf("sqlite:%s/%s", folder, name);
	struct store *other;

	ck_ok(store_open(&other, beside, STORE_CREATE, &err));
	free(beside);
	return other;
}

static bool
see_definition(void *arg, const struct store_definition *d, struct err *error)
{
	(void)error;
	buf_printf(arg, "%s %s %s %" PRId64 ";", d->id, d->version, d->text,
	    d->first_used);
	return true;
}

START_TEST(store__definitions__are_kept_once_and_in_order)
{
	const struct store_definition list[] = {
	    {"p1", "bb", "new; \"text\"", 200},
	    {"p1", "aa", "old", 100},
	    {"clock:pprt", "aa", "c", 100},
	    {"p1", "aa", "not again", 300},
	};
	struct buf seen = {0};
	char path[96];

	ck_ok(store_definitions_keep(store, list, 3, &err));
	ck_ok(store_definitions_keep(store, &list[3], 1, &err));
	reopen();
	ck_ok(store_definitions(store, see_definition, &seen, &err));
	ck_assert_str_eq(buf_text(&seen),
	    "clock:pprt aa c 100;p1 aa old 100;p1 bb new; \"text\" 200;");
	/* They go with a backup. */
	backup_path(path);
	ck_ok(store_backup(store, path, &err));
	store_close(store);
	store = open_beside("other");
	ck_ok(store_restore(store, path, &err));
	buf_reset(&seen);
	ck_ok(store_definitions(store, see_definition, &seen, &err));
	ck_assert_str_eq(buf_text(&seen),
	    "clock:pprt aa c 100;p1 aa old 100;p1 bb new; \"text\" 200;");
	buf_free(&seen);
}
END_TEST

START_TEST(store__backup__is_restored_into_either_kind_of_store)
{
	const struct store_aside bad = {"f.csv", 1, "sex", "CODE", "x"};
	struct store_generations all;
	struct store *other = open_beside("other");
	struct seen seen = {0};
	struct load *l;
	char path[96];
	uint32_t n;

	l = begin(&plain);
	describe(l);
	row(l, EXTRACT_CHILD, "child_id=a given_name=Ann");
	raw(l, "afcars1993", "a", 201203, "bytes\n");
	ck_ok(store_load_aside(l, &bad, &err));
	ck_ok(store_load_flag(l, "DQ-A7", 2, &err));
	ck_ok(store_load_commit(l, &n, &err));
	load_children(&plain, 20);
	load_children(&held, 30);
	ck_ok(store_publish(store, 1, &err));
	backup_path(path);
	ck_ok(store_backup(store, path, &err));

	ck_ok(store_restore(other, path, &err));
	ck_ok(store_serving(other, &n, &err));
	ck_assert_uint_eq(n, 1);
	ck_ok(store_generations(other, &all, &err));
	ck_assert_uint_eq(all.n, 3);
	ck_assert_uint_eq(all.list[1].rows, 41);
	ck_assert_int_eq(all.list[1].state, STORE_PUBLISHED);
	ck_assert_int_eq(all.list[2].state, STORE_HELD);
	store_generations_free(&all);
	ck_ok(store_flags(other, 1, see_flag, &seen.text, &err));
	ck_ok(store_asides(other, 1, see_aside, &seen.text, &err));
	ck_assert_str_eq(buf_text(&seen.text), "DQ-A7=2;f.csv:1:sex:CODE:x;");
	ck_fails(store_restore(other, path, &err), ERR_REFUSED);

	/* And back into a store of the kind under test. */
	store_close(store);
	store = NULL;
	if (embedded)
		store = open_beside("third");
	else
		shell(getenv("HEARTH_TEST_WIPE"));
	if (!embedded)
		ck_ok(store_open(&store, url, STORE_CREATE, &err));
	ck_ok(store_backup(other, path, &err));
	ck_ok(store_restore(store, path, &err));
	buf_reset(&seen.text);
	l = begin(&adding);
	ck_ok(store_load_scan_raw(l, "afcars1993", see_raw, &seen, &err));
	store_load_abort(l);
	ck_ok(store_withdraw(store, 2, &err));
	ck_ok(store_withdraw(store, 3, &err));
	l = begin(&adding);
	ck_ok(store_load_scan_raw(l, "afcars1993", see_raw, &seen, &err));
	store_load_abort(l);
	ck_assert_str_eq(buf_text(&seen.text), "a 201203 bytes\n;");
	store_close(other);
	buf_free(&seen.text);
}
END_TEST

START_TEST(store__restore__refuses_what_is_no_backup)
{
	struct buf good = {0};
	struct store *other = open_beside("other");
	char path[96];
	size_t sizes[] = {0, 100, 512, 3000};

	load_children(&plain, 5);
	backup_path(path);
	ck_ok(store_backup(store, path, &err));
	ck_ok(file_read(&good, path, 1 << 24, &err));
	for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
		ck_ok(file_replace(path, good.data, sizes[i], &err));
		ck_fails(store_restore(other, path, &err), ERR_FORMAT);
	}
	/* Another name with the same letters, so that its checksum holds. */
	memcpy(good.data, "aehrth.db", 9);
	ck_ok(file_replace(path, good.data, good.len, &err));
	ck_fails(store_restore(other, path, &err), ERR_FORMAT);
	store_close(other);
	buf_free(&good);
}
END_TEST

START_TEST(store__migrate__finds_nothing_to_do)
{
	int from, to;

	ck_ok(store_migrate(store, &from, &to, &err));
	ck_assert_int_eq(from, to);
	ck_assert_int_ge(to, 1);
}
END_TEST

int
main(void)
{
	Suite *s = suite_create("store");
	TCase *t = tcase_create("store");

	tcase_add_checked_fixture(t, setup, teardown);
	tcase_set_timeout(t, 120);
	tcase_add_test(t, store__open__needs_a_store_that_is_there);
	tcase_add_test(t, store__empty__serves_nothing);
	tcase_add_test(t, store__load__makes_a_generation_that_is_served);
	tcase_add_test(t, store__publish__puts_in_front_and_withdraw_goes_back);
	tcase_add_test(t, store__abort__leaves_nothing);
	tcase_add_test(t, store__two_loads__the_second_is_busy);
	tcase_add_test(t, store__rows__come_back_as_they_were_given);
	tcase_add_test(t, store__rows__that_are_no_text_are_refused);
	tcase_add_test(t, store__raw__comes_back_by_key_period_and_arrival);
	tcase_add_test(t, store__add__builds_on_the_newest_generation);
	tcase_add_test(t, store__asides_sources_and_flags__are_kept);
	tcase_add_test(t, store__same__is_recognised_by_hashes);
	tcase_add_test(t, store__snapshot__is_rebuilt_byte_for_byte);
	tcase_add_test(t, store__snapshot__of_an_older_version_is_built_anew);
	tcase_add_test(t, store__damage__is_found_before_publishing);
	tcase_add_test(
	    t, store__killed__at_every_step_keeps_the_old_generation);
	tcase_add_test(
	    t, store__killed__at_any_moment_keeps_the_old_generation);
	tcase_add_test(t, store__full_disk__is_an_error_and_changes_nothing);
	if (getenv("HEARTH_TEST_STORE") != NULL)
		tcase_add_test(
		    t, store__lost_connection__is_made_again_but_not_in_a_load);
	else
		tcase_add_test(t, store__files__are_nobody_elses);
	tcase_add_test(t, store__backup__is_restored_into_either_kind_of_store);
	tcase_add_test(t, store__definitions__are_kept_once_and_in_order);
	tcase_add_test(t, store__restore__refuses_what_is_no_backup);
	tcase_add_test(t, store__migrate__finds_nothing_to_do);
#ifdef HAVE_POSTGRESQL
	tcase_add_test(t, store__url__shows_no_password);
#endif
	suite_add_tcase(s, t);
	return unit_run(s);
}
