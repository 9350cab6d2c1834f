/*
 * Papers, version by version, over every kind of store (see rig.h).
 */
#include "store/papers.h"

#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/buf.h"
#include "rig.h"

static struct store_paper
paper(const char *id, const char *body)
{
	return (struct store_paper){.kind = "plan",
	    .id = id,
	    .at_ms = 1000,
	    .by = "monitor",
	    .body = body,
	    .len = strlen(body)};
}

/* Writes after that version: "put 2", "before 2", "conflict 3 BODY". */
static const char *
give(const char *id, uint32_t expected, const char *body)
{
	static const char *const words[] = {"put", "before", "conflict"};
	static char said[200];
	const struct store_paper p = paper(id, body);
	struct store_putting t;

	ck_ok(store_paper_put(store, &p, expected, &t, &err));
	snprintf(said, sizeof said, "%s %u%s%s", words[t.put], t.version,
	    t.put == STORE_PUT_CONFLICT ? " " : "",
	    t.put == STORE_PUT_CONFLICT && t.body != NULL ? t.body : "");
	store_putting_fini(&t);
	return said;
}

static bool
see(void *arg, const struct store_paper *p, struct err *error)
{
	(void)error;
	ck_assert_uint_eq(p->len, strlen(p->body));
	ck_assert_str_eq(p->by, "monitor");
	buf_printf(arg, "%s %u %s;", p->id, p->version, p->body);
	return true;
}

static void
holds(const char *newest, const char *history)
{
	struct buf seen = {0};

	ck_ok(store_papers(store, "plan", NULL, see, &seen, &err));
	ck_assert_str_eq(buf_text(&seen), newest);
	buf_reset(&seen);
	ck_ok(store_papers_history(store, "plan", NULL, see, &seen, &err));
	ck_assert_str_eq(buf_text(&seen), history);
	buf_free(&seen);
}

START_TEST(paper__written_again__keeps_what_was)
{
	ck_assert_str_eq(give("P1", 0, "{\"n\":\"\xc3\xb1\"}"), "put 1");
	ck_assert_str_eq(give("P1", 1, "{}"), "put 2");
	ck_assert_str_eq(give("P2", 0, "[]"), "put 1");
	holds("P1 2 {};P2 1 [];", "P1 1 {\"n\":\"\xc3\xb1\"};P1 2 {};P2 1 [];");
}
END_TEST

/* The answer to the first writing was lost: the second one is the same, even
 * when somebody wrote on meanwhile. */
START_TEST(paper__sent_twice__is_there_once)
{
	give("P1", 0, "{}");
	ck_assert_str_eq(give("P1", 1, "[1]"), "put 2");
	ck_assert_str_eq(give("P1", 1, "[1]"), "before 2");
	ck_assert_str_eq(give("P1", 2, "[2]"), "put 3");
	ck_assert_str_eq(give("P1", 1, "[1]"), "before 2");
	holds("P1 3 [2];", "P1 1 {};P1 2 [1];P1 3 [2];");
}
END_TEST

START_TEST(paper__somebody_wrote_in_between__theirs_comes_back)
{
	give("P1", 0, "{}");
	give("P1", 1, "[1]");
	ck_assert_str_eq(give("P1", 1, "[2]"), "conflict 2 [1]");
	ck_assert_str_eq(give("P1", 0, "[3]"), "conflict 2 [1]");
	/* One that is not there yet cannot be followed. */
	ck_assert_str_eq(give("P1", 5, "[4]"), "conflict 2 [1]");
	ck_assert_str_eq(give("P9", 1, "[5]"), "conflict 0 ");
	holds("P1 2 [1];", "P1 1 {};P1 2 [1];");
}
END_TEST

START_TEST(papers__of_another_kind_or_id__are_not_told)
{
	struct store_paper p = paper("P1", "{}");
	struct store_putting t;
	struct buf seen = {0};

	p.kind = "contract";
	ck_ok(store_paper_put(store, &p, 0, &t, &err));
	store_putting_fini(&t);
	give("P1", 0, "[1]");
	give("P10", 0, "[2]");
	holds("P1 1 [1];P10 1 [2];", "P1 1 [1];P10 1 [2];");
	ck_ok(store_papers(store, "plan", "P1", see, &seen, &err));
	ck_assert_str_eq(buf_text(&seen), "P1 1 [1];");
	buf_reset(&seen);
	ck_ok(store_papers_history(store, "contract", "P2", see, &seen, &err));
	ck_assert_str_eq(buf_text(&seen), "");
	buf_free(&seen);
}
END_TEST

START_TEST(papers__several__are_all_kept_or_none)
{
	struct store_paper_new list[] = {
	    {paper("P1", "[1]"), 0},
	    {paper("P2", "[2]"), 1},
	    {paper("P3", "[3]"), 0},
	};
	size_t conflict;

	ck_ok(store_papers_put(store, list, 3, &conflict, &err));
	ck_assert_uint_eq(conflict, 1);
	holds("", "");
	list[1].expected = 0;
	ck_ok(store_papers_put(store, list, 3, &conflict, &err));
	ck_assert_uint_eq(conflict, 3);
	holds("P1 1 [1];P2 1 [2];P3 1 [3];", "P1 1 [1];P2 1 [2];P3 1 [3];");
	/* Given again, nothing is written. */
	ck_ok(store_papers_put(store, list, 3, &conflict, &err));
	ck_assert_uint_eq(conflict, 3);
	holds("P1 1 [1];P2 1 [2];P3 1 [3];", "P1 1 [1];P2 1 [2];P3 1 [3];");
}
END_TEST

/* Eight writers, each with a store of its own, each adds its letter to what
 * is there until it is taken: no letter is lost, none is there twice. */
#define WRITERS 8
#define TURNS 5

static void
write_all(int writer)
{
	struct store *own;
	int left = TURNS;

	if (!store_open(&own, url, STORE_WRITE, &err))
		_exit(1);
	for (uint32_t seen = 0, tries = 0; left > 0; tries++) {
		char body[32];
		struct store_paper p;
		struct store_putting t;

		snprintf(body, sizeof body, "[%d,%d]", writer, left);
		p = paper("P1", body);
		if (tries > 1000 || !store_paper_put(own, &p, seen, &t, &err))
			_exit(2);
		left -= t.put == STORE_PUT;
		if (t.put == STORE_PUT_BEFORE)
			_exit(3);
		seen = t.version;
		store_putting_fini(&t);
	}
	store_close(own);
	_exit(0);
}

struct counts {
	uint32_t n;
	int of[WRITERS][TURNS + 1];
};

static bool
count(void *arg, const struct store_paper *p, struct err *error)
{
	struct counts *c = arg;
	int writer, left;

	(void)error;
	ck_assert_uint_eq(p->version, ++c->n);
	ck_assert_int_eq(sscanf(p->body, "[%d,%d]", &writer, &left), 2);
	c->of[writer][left]++;
	return true;
}

START_TEST(paper__written_by_many_at_once__loses_nobody)
{
	struct counts c = {0};

	store_close(store);
	for (int i = 0; i < WRITERS; i++)
		if (fork() == 0)
			write_all(i);
	for (int i = 0; i < WRITERS; i++) {
		int status;

		ck_assert_int_gt(wait(&status), 0);
		ck_assert_msg(WIFEXITED(status) && WEXITSTATUS(status) == 0,
		    "status %d", status);
	}
	ck_ok(store_open(&store, url, STORE_WRITE, &err));
	ck_ok(store_papers_history(store, "plan", "P1", count, &c, &err));
	ck_assert_uint_eq(c.n, WRITERS * TURNS);
	for (int i = 0; i < WRITERS; i++)
		for (int k = 1; k <= TURNS; k++)
			ck_assert_int_eq(c.of[i][k], 1);
}
END_TEST

/* The same writing by many at once is one version, and one says it wrote. */
static void
write_same(void)
{
	const struct store_paper p = paper("P1", "[1]");
	struct store_putting t;
	struct store *own;

	if (!store_open(&own, url, STORE_WRITE, &err) ||
	    !store_paper_put(own, &p, 0, &t, &err) || t.version != 1)
		_exit(100);
	store_close(own);
	_exit(t.put);
}

START_TEST(paper__same_writing_by_many_at_once__is_there_once)
{
	int wrote = 0;

	store_close(store);
	for (int i = 0; i < WRITERS; i++)
		if (fork() == 0)
			write_same();
	for (int i = 0; i < WRITERS; i++) {
		int status;

		ck_assert_int_gt(wait(&status), 0);
		ck_assert(WIFEXITED(status));
		ck_assert_int_le(WEXITSTATUS(status), STORE_PUT_BEFORE);
		wrote += WEXITSTATUS(status) == STORE_PUT;
	}
	ck_assert_int_eq(wrote, 1);
	ck_ok(store_open(&store, url, STORE_WRITE, &err));
	holds("P1 1 [1];", "P1 1 [1];");
}
END_TEST

START_TEST(papers__backup__has_every_version)
{
	char *path = xasprintf("%s/backup.tar", folder);
	char *beside = xasprintf("sqlite:%s/beside", folder);

	give("P1", 0, "{}");
	give("P1", 1, "[1]");
	ck_ok(store_backup(store, path, &err));
	store_close(store);
	ck_ok(store_open(&store, beside, STORE_CREATE, &err));
	ck_ok(store_restore(store, path, &err));
	holds("P1 2 [1];", "P1 1 {};P1 2 [1];");
	/* Into a store that has papers nothing is restored. */
	ck_assert(!store_restore(store, path, &err));
	ck_assert_int_eq(err.code, ERR_REFUSED);
	free(path);
	free(beside);
}
END_TEST

/* A store of the version before opens for reading only after migrating, and
 * then has its papers. Only the embedded store's file can be set back here. */
START_TEST(papers__store_of_the_version_before__is_migrated)
{
	char *path = xasprintf("%s/store/hearth.db", folder);
	sqlite3 *db;
	int from, to;

	if (getenv("HEARTH_TEST_STORE") == NULL) {
		store_close(store);
		ck_assert_int_eq(sqlite3_open(path, &db), SQLITE_OK);
		ck_assert_int_eq(
		    sqlite3_exec(db,
			"DROP TABLE papers;"
			"DROP TABLE attachments; DROP TABLE chunks;"
			"UPDATE meta SET value = '3' WHERE name = 'version'",
			NULL, NULL, NULL),
		    SQLITE_OK);
		sqlite3_close(db);
		ck_assert(!store_open(&store, url, STORE_READ, &err));
		ck_assert_ptr_nonnull(strstr(err.text, "hearthctl migrate"));
		ck_ok(store_open(&store, url, STORE_WRITE, &err));
		ck_ok(store_migrate(store, &from, &to, &err));
		ck_assert_int_eq(from, 3);
		ck_assert_int_ge(to, 4);
	}
	ck_assert_str_eq(give("P1", 0, "{}"), "put 1");
	free(path);
}
END_TEST

int
main(void)
{
	Suite *s = suite_create("papers");
	TCase *t = tcase_create("papers");

	tcase_set_timeout(t, 60);
	tcase_add_checked_fixture(t, rig_setup, rig_teardown);
	tcase_add_test(t, paper__written_again__keeps_what_was);
	tcase_add_test(t, paper__sent_twice__is_there_once);
	tcase_add_test(t, paper__somebody_wrote_in_between__theirs_comes_back);
	tcase_add_test(t, papers__of_another_kind_or_id__are_not_told);
	tcase_add_test(t, papers__several__are_all_kept_or_none);
	tcase_add_test(t, paper__written_by_many_at_once__loses_nobody);
	tcase_add_test(t, paper__same_writing_by_many_at_once__is_there_once);
	tcase_add_test(t, papers__backup__has_every_version);
	tcase_add_test(t, papers__store_of_the_version_before__is_migrated);
	suite_add_tcase(s, t);
	return unit_run(s);
}
