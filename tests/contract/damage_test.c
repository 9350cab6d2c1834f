/*
 * A snapshot that is damaged on the disk: it is found when it is opened and
 * built anew from the rows, and every answer is the one from before; where that
 * cannot be, the import before it is served and says so. The whole time nothing
 * stops the service.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/json.h"
#include "base/rng.h"
#include "contract/fixture.h"
#include "lib/unit.h"

#define FLIPS 24
#define SNAPSHOT_MOST ((size_t)1 << 24)

static struct fixture f;

/* One of each kind: whatever reads the snapshot its own way. */
static const struct {
	const char *path, *query;
} asked[] = {
    {"/v1/board", NULL},
    {"/v1/measures", NULL},
    {"/v1/org", NULL},
    {"/v1/report", "measure=p1&by=region"},
    {"/v1/report", "measure=p4&by=worker"},
    {"/v1/trend", "measure=p1"},
    {"/v1/list", "measure=p1&limit=50"},
    {"/v1/countdown", "clock=pprt"},
    {"/v1/search", "find=a"},
    {"/v1/children/A", NULL},
    {"/v1/why", "measure=p1&child=A"},
    {"/v1/quality", NULL},
    {"/v1/compare", "measure=p1"},
    {"/v1/changes", "measure=p1&since=2024-01-01"},
    {"/v1/moves", "clock=pprt&since=2024-01-01"},
    {"/v1/providers", NULL},
    {"/v1/entry", NULL},
};

#define ASKED (sizeof asked / sizeof *asked)

/* Status and body; the caller frees. */
static char *
ask(const char *path, const char *query)
{
	const struct request q = {.method = "GET",
	    .path = path,
	    .query = query,
	    .who = {WHO_LOCAL, "mk"}};
	struct answer a = {0};
	char *text;

	service_answer(f.service, &q, &a);
	text = xasprintf("%d %s", a.status, buf_text(&a.body));
	answer_free(&a);
	return text;
}

static char *
file_of(const char *name)
{
	return file_join(f.folder, name, NULL);
}

/* Turns bits here and there, or puts something else there. */
static void
damage(const char *name, struct rng *rng)
{
	char *path = file_of(name);
	struct buf bytes = {0};
	struct err err;

	ck_assert_msg(
	    file_read(&bytes, path, SNAPSHOT_MOST, &err), "%s", err.text);
	for (int i = 0; rng != NULL && i < 3; i++)
		bytes.data[rng_below(rng, (uint32_t)bytes.len)] ^=
		    (char)(1 << rng_below(rng, 8));
	if (rng == NULL) {
		buf_reset(&bytes);
		buf_str(&bytes, "rubbish\n");
	}
	ck_assert_msg(
	    file_replace(path, bytes.data, bytes.len, &err), "%s", err.text);
	buf_free(&bytes);
	free(path);
}

START_TEST(snapshot__with_a_bit_turned__gives_the_same_answers)
{
	char *before[ASKED];
	struct rng rng;
	int answered = 0;

	rng_seed(&rng, 11);
	for (size_t i = 0; i < ASKED; i++) {
		before[i] = ask(asked[i].path, asked[i].query);
		answered += strncmp(before[i], "200 ", 4) == 0;
	}
	ck_assert_int_ge(answered, 12);
	for (int k = 0; k < FLIPS; k++) {
		damage("gen-1.facts", &rng);
		fixture_refresh(&f, 0);
		for (size_t i = 0; i < ASKED; i++) {
			char *now = ask(asked[i].path, asked[i].query);

			ck_assert_str_eq(now, before[i]);
			free(now);
		}
	}
	for (size_t i = 0; i < ASKED; i++)
		free(before[i]);
}
END_TEST

static void
holds(const char *path, const char *text)
{
	char *is = ask(path, NULL);

	ck_assert_msg(strstr(is, text) != NULL, "%s: %.400s", path, is);
	free(is);
}

/* Rows and snapshot of the newest are gone: the one before it serves. */
START_TEST(snapshot__that_cannot_be_built_anew__gives_way_to_an_older_one)
{
	fixture_publish(&f);
	holds("/v1/status", "\"fault\":null");
	holds("/v1/board", "\"generation\":2");
	damage("gen-2.facts", NULL);
	damage("gen-2.db", NULL);
	fixture_refresh(&f, 0);
	holds("/v1/board", "\"generation\":1");
	holds("/v1/status", "\"fault\":{\"generation\":2,");
	for (size_t i = 0; i < ASKED; i++) {
		char *is = ask(asked[i].path, asked[i].query);

		ck_assert_msg(strncmp(is, "500", 3) != 0, "%s: %.200s",
		    asked[i].path, is);
		free(is);
	}
	/* Neither: a fault in words, whatever is asked. */
	damage("gen-1.facts", NULL);
	damage("gen-1.db", NULL);
	fixture_refresh(&f, 0);
	holds("/v1/board", "\"error\":");
	holds("/v1/board", "500 ");
}
END_TEST

/* One that was open when its successor came and is damaged goes on serving. */
START_TEST(snapshot__published_and_damaged__does_not_take_over)
{
	holds("/v1/board", "\"generation\":1");
	fixture_publish(&f);
	damage("gen-2.facts", NULL);
	damage("gen-2.db", NULL);
	holds("/v1/board", "\"generation\":1");
	holds("/v1/status", "\"fault\":{\"generation\":2,");
}
END_TEST

static void
setup(void)
{
	fixture_open(&f, true);
}

static void
teardown(void)
{
	fixture_close(&f);
}

int
main(void)
{
	Suite *s = suite_create("damage");
	TCase *t = tcase_create("damage");

	tcase_set_timeout(t, 120);
	tcase_add_checked_fixture(t, setup, teardown);
	tcase_add_test(t, snapshot__with_a_bit_turned__gives_the_same_answers);
	tcase_add_test(
	    t, snapshot__that_cannot_be_built_anew__gives_way_to_an_older_one);
	tcase_add_test(t, snapshot__published_and_damaged__does_not_take_over);
	suite_add_tcase(s, t);
	return unit_run(s);
}
