/*
 * What every kind of store must do: open, load, publish, give back what it was
 * given. See rig.h for over which store; durable_test.c and backup_test.c hold
 * the rest.
 */
#include "store/store.h"

#include <inttypes.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "config.h"
#include "lib/rows.h"
#include "rig.h"

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

	ck_assert_uint_eq(rig_serving(), 0);
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

	ck_assert_uint_eq(rig_load(&rig_plain, 10), 1);
	ck_assert_uint_eq(rig_serving(), 1);
	rig_reopen();
	ck_assert_uint_eq(rig_serving(), 1);
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
	facts = rig_facts(1);
	ck_assert_uint_eq(facts_rows(facts, FACTS_REMOVAL), 10);
	ck_assert_str_eq(facts_about(facts)->agency, "Children's Division");
	ck_assert_uint_eq(facts_about(facts)->generation, 1);
	facts_close(facts);
	ck_ok(store_verify(store, 1, &err));
}
END_TEST

START_TEST(store__publish__puts_in_front_and_withdraw_goes_back)
{
	rig_load(&rig_plain, 1);
	rig_load(&rig_plain, 2);
	ck_assert_uint_eq(rig_serving(), 2);
	ck_assert_uint_eq(rig_load(&rig_held, 3), 3);
	ck_assert_uint_eq(rig_serving(), 2);
	ck_ok(store_publish(store, 3, &err));
	ck_assert_uint_eq(rig_serving(), 3);
	ck_ok(store_publish(store, 1, &err));
	ck_assert_uint_eq(rig_serving(), 1);
	ck_ok(store_withdraw(store, 1, &err));
	ck_assert_uint_eq(rig_serving(), 3);
	ck_ok(store_withdraw(store, 3, &err));
	ck_ok(store_withdraw(store, 2, &err));
	ck_assert_uint_eq(rig_serving(), 0);
	ck_ok(store_publish(store, 1, &err));
	ck_assert_uint_eq(rig_serving(), 1);
}
END_TEST

START_TEST(store__abort__leaves_nothing)
{
	struct load *l;

	rig_load(&rig_plain, 1);
	l = rig_begin(&rig_plain);
	rig_row(l, EXTRACT_CHILD, "child_id=zzz");
	store_load_abort(l);
	store_load_abort(NULL);
	ck_assert_uint_eq(rig_serving(), 1);
	ck_assert_uint_eq(rig_load(&rig_plain, 1), 2);
}
END_TEST

START_TEST(store__two_loads__the_second_is_busy)
{
	struct load *one = rig_begin(&rig_plain), *two;
	struct store *other;

	ck_ok(store_open(&other, url, STORE_WRITE, &err));
	ck_fails(store_load_begin(&two, other, &rig_plain, &err), ERR_BUSY);
	rig_row(one, EXTRACT_CHILD, "child_id=a");
	store_load_abort(one);
	ck_ok(store_load_begin(&two, other, &rig_plain, &err));
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
	struct load *l = rig_begin(&rig_plain);
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

/* As it was loaded before the column was there. */
static void
forget_column(void)
{
	static const char drop[] =
	    "ALTER TABLE %sreport_children DROP COLUMN afcars_id";
	char *sql = xasprintf(drop, embedded ? "" : "hearth_1.");
	char *path = xasprintf("%s/store/gen-1.db", folder), *command;
	sqlite3 *db;

	if (embedded) {
		ck_assert_int_eq(sqlite3_open(path, &db), SQLITE_OK);
		ck_assert_int_eq(
		    sqlite3_exec(db, sql, NULL, NULL, NULL), SQLITE_OK);
		sqlite3_close(db);
	} else {
		command = xasprintf("\"$HEARTH_TEST_PGBIN/psql\" -q"
				    " -v ON_ERROR_STOP=1 -c '%s'",
		    sql);
		rig_shell(command);
		free(command);
	}
	free(path);
	free(sql);
}

static bool
victim_row(void *rows, const struct cell *cells, struct err *e)
{
	(void)e;
	ck_assert_int_eq(cells[VICTIM_COL_DIED].n, YESNO_NO);
	ck_assert_int_eq(cells[VICTIM_COL_AFCARS].n,
	    *(int *)rows == 0 ? YESNO_YES : CELL_EMPTY);
	++*(int *)rows;
	return true;
}

START_TEST(store__rows__of_before_there_was_a_column)
{
	struct load *l = rig_begin(&rig_plain);
	uint32_t generation;
	int rows = 0;

	rig_row(l, EXTRACT_VICTIM, "report_id=r child_id=c died=n afcars_id=y");
	ck_ok(store_load_commit(l, &generation, &err));
	ck_ok(store_rows(
	    store, generation, EXTRACT_VICTIM, victim_row, &rows, &err));
	forget_column();
	ck_ok(store_rows(
	    store, generation, EXTRACT_VICTIM, victim_row, &rows, &err));
	ck_assert_int_eq(rows, 2);
}
END_TEST

START_TEST(store__rows__that_are_no_text_are_refused)
{
	static const struct cell bad[] = {
	    {CELL_EMPTY, "a\xff", 2}, {CELL_EMPTY, "a\0b", 3}};
	struct cell cells[EXTRACT_MAX_COLS];
	struct load *l = rig_begin(&rig_plain);

	rows_parse(cells, EXTRACT_CHILD, "");
	for (size_t i = 0; i < 2; i++) {
		cells[CHILD_COL_ID] = bad[i];
		ck_fails(store_load_row(l, EXTRACT_CHILD, cells, &err),
		    ERR_BAD_VALUE);
	}
	store_load_abort(l);
}
END_TEST

START_TEST(store__raw__comes_back_by_key_period_and_arrival)
{
	struct rig_seen seen = {.load = rig_begin(&rig_plain)};
	uint32_t generation;
	struct facts *facts;

	rig_raw(seen.load, "afcars1993", "b", 201209, "one");
	rig_raw(seen.load, "afcars1993", "a", 201303, "two");
	rig_raw(seen.load, "ncands", "a", 2012, "other");
	rig_raw(seen.load, "afcars1993", "a", 201209, "three");
	rig_raw(seen.load, "afcars1993", "a", 201209, "four");
	rig_raw(seen.load, "afcars1993", "B", 201209, "five");
	ck_ok(store_load_origin(seen.load, "afcars1993", &err));
	ck_ok(store_load_scan_raw(
	    seen.load, "afcars1993", rig_see_raw, &seen, &err));
	ck_assert_str_eq(buf_text(&seen.text),
	    "B 201209 five;"
	    "a 201209 three;a 201209 four;a 201303 two;b 201209 one;");
	ck_ok(store_load_commit(seen.load, &generation, &err));
	facts = rig_facts(generation);
	/* a's three rows are one episode. */
	ck_assert_uint_eq(facts_rows(facts, FACTS_REMOVAL), 3);
	facts_close(facts);
	buf_free(&seen.text);
}
END_TEST

START_TEST(store__add__builds_on_the_newest_generation)
{
	struct rig_seen seen = {0};
	struct load *l;
	struct store_generations all;
	uint32_t generation;
	struct facts *facts;

	l = rig_begin(&rig_plain);
	rig_row(l, EXTRACT_CHILD, "child_id=kept sex=female given_name=Ann");
	rig_raw(l, "afcars1993", "a", 201203, "old");
	rig_raw(l, "afcars1993", "a", 201209, "replaced");
	ck_ok(store_load_origin(l, "afcars1993", &err));
	rig_row(l, EXTRACT_CHILD, "child_id=forgotten");
	ck_ok(store_load_commit(l, &generation, &err));

	l = rig_begin(&rig_adding);
	ck_ok(store_load_forget(l, "afcars1993", &err));
	ck_ok(store_load_forget_raw(l, "afcars1993", 201209, &err));
	rig_raw(l, "afcars1993", "a", 201209, "new");
	ck_fails(store_load_forget(l, "extract", &err), ERR_INTERNAL);
	ck_ok(store_load_origin(l, "afcars1993", &err));
	rig_row(l, EXTRACT_CHILD, "child_id=kept given_name=Eve");
	ck_ok(store_load_scan_raw(l, "afcars1993", rig_see_raw, &seen, &err));
	ck_assert_str_eq(buf_text(&seen.text), "a 201203 old;a 201209 new;");
	ck_ok(store_load_commit(l, &generation, &err));

	ck_assert_uint_eq(generation, 2);
	facts = rig_facts(2);
	ck_assert_uint_eq(facts_rows(facts, FACTS_CHILD), 1);
	ck_assert_str_eq(facts_str(facts, FACTS_CHILD_GIVEN, 0), "Eve");
	ck_assert_int_eq(facts_u8(facts, FACTS_CHILD_SEX)[0], SEX_FEMALE);
	facts_close(facts);
	facts = rig_facts(1);
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
see_source(void *arg, const struct store_source *s, struct err *e)
{
	(void)e;
	buf_printf(arg, "%s %.4s %s %" PRIu64 " %" PRIu64 " %" PRIu64 ";",
	    s->name, s->sha256, s->format, s->rows, s->kept, s->aside);
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
	struct load *l = rig_begin(&rig_plain);
	struct store_generations all;
	struct buf text = {0};
	uint32_t generation;

	ck_ok(store_load_aside(l, &bad, &err));
	ck_ok(store_load_source(l, &source, &err));
	ck_ok(store_load_flag(l, "DQ-A7", 2, &err));
	ck_ok(store_load_flag(l, "DQ-A3", 1, &err));
	ck_ok(store_load_flag(l, "DQ-A7", 3, &err));
	ck_ok(store_load_commit(l, &generation, &err));
	ck_ok(store_asides(store, generation, rig_see_aside, &text, &err));
	ck_assert_str_eq(
	    buf_text(&text), "children.csv:17:sex:CODE:x\xef\xbf\xbd\ty;");
	buf_reset(&text);
	ck_ok(store_sources(store, generation, see_source, &text, &err));
	ck_assert_str_eq(buf_text(&text), "children.csv abcd extract 9 8 1;");
	buf_reset(&text);
	ck_ok(store_flags(store, generation, rig_see_flag, &text, &err));
	ck_assert_str_eq(buf_text(&text), "DQ-A3=1;DQ-A7=5;");
	ck_ok(store_generations(store, &all, &err));
	ck_assert_uint_eq(all.list[0].aside, 1);
	store_generations_free(&all);
	ck_fails(store_flags(store, 9, rig_see_flag, &text, &err),
	    ERR_NO_SUCH_GENERATION);
	buf_free(&text);
}
END_TEST

static uint32_t
load_sources(const struct load_options *options, const char *hashes)
{
	struct load *l = rig_begin(options);
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
	load_sources(&rig_plain, "ab");
	ck_assert_uint_eq(find_same("ba", false), 1);
	ck_assert_uint_eq(find_same("bab", false), 1);
	ck_assert_uint_eq(find_same("a", false), 0);
	ck_assert_uint_eq(find_same("abc", false), 0);
	ck_assert_uint_eq(find_same("a", true), 1);
	ck_assert_uint_eq(find_same("", false), 0);
	load_sources(&rig_adding, "c");
	ck_assert_uint_eq(find_same("a", true), 2);
	ck_assert_uint_eq(find_same("abc", false), 2);
	ck_assert_uint_eq(find_same("ab", false), 0);
	ck_ok(store_withdraw(store, 2, &err));
	ck_assert_uint_eq(find_same("abc", false), 0);
	ck_assert_uint_eq(find_same("ab", false), 1);
}
END_TEST

START_TEST(store__files__are_nobody_elses)
{
	char *command =
	    xasprintf("test -z \"$(find '%s/store' -perm /077)\"", folder);

	rig_load(&rig_plain, 3);
	rig_shell(command);
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

	tcase_add_checked_fixture(t, rig_setup, rig_teardown);
	tcase_set_timeout(t, 120);
	tcase_add_test(t, store__open__needs_a_store_that_is_there);
	tcase_add_test(t, store__empty__serves_nothing);
	tcase_add_test(t, store__load__makes_a_generation_that_is_served);
	tcase_add_test(t, store__publish__puts_in_front_and_withdraw_goes_back);
	tcase_add_test(t, store__abort__leaves_nothing);
	tcase_add_test(t, store__two_loads__the_second_is_busy);
	tcase_add_test(t, store__rows__come_back_as_they_were_given);
	tcase_add_test(t, store__rows__of_before_there_was_a_column);
	tcase_add_test(t, store__rows__that_are_no_text_are_refused);
	tcase_add_test(t, store__raw__comes_back_by_key_period_and_arrival);
	tcase_add_test(t, store__add__builds_on_the_newest_generation);
	tcase_add_test(t, store__asides_sources_and_flags__are_kept);
	tcase_add_test(t, store__same__is_recognised_by_hashes);
	tcase_add_test(t, store__migrate__finds_nothing_to_do);
	if (getenv("HEARTH_TEST_STORE") == NULL)
		tcase_add_test(t, store__files__are_nobody_elses);
#ifdef HAVE_POSTGRESQL
	tcase_add_test(t, store__url__shows_no_password);
#endif
	suite_add_tcase(s, t);
	return unit_run(s);
}
