/*
 * The opening board's answer, kept from one run of a private service to the
 * next: byte for byte what the service would say, to whom it would say it, and
 * gone with the least change of anything that it was worked out from.
 */
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/file.h"
#include "base/marks.h"
#include "contract/fixture.h"
#include "lib/unit.h"
#include "service/kept.h"
#include "service/snap.h"
#include "store/papers.h"

static struct fixture f;
static struct service_options options;
static char *path;

static void
settle(const char *folder)
{
	const struct timespec tick = {.tv_nsec = 5000000};
	struct marks m = {0};

	marks_add_folder(&m, folder);
	while (!marks_settled(&m, marks_now()))
		nanosleep(&tick, NULL);
	marks_free(&m);
}

static struct request
asking(const char *query)
{
	return (struct request){.method = "GET",
	    .path = "/v1/board",
	    .query = query,
	    .who = {WHO_LOCAL, "test"}};
}

/* What the service says; the caller frees. */
static char *
said(const char *query, char tag[static SERVICE_TAG])
{
	const struct request r = asking(query);
	struct answer a = {0};
	char *text;

	service_answer(f.service, &r, &a);
	ck_assert_msg(a.status == 200, "%.400s", buf_text(&a.body));
	strcpy(tag, a.tag);
	text = xstrdup(buf_text(&a.body));
	answer_free(&a);
	return text;
}

/* A run: somebody opens the board, and goes. Nothing was written just now. */
static void
run(const char *query)
{
	char tag[SERVICE_TAG];

	fixture_recall(&f);
	settle(f.folder);
	settle(f.definitions);
	free(said(query, tag));
	fixture_recall(&f);
	options.definitions = f.definitions;
	options.refresh_days = f.refresh_days;
}

/* The kept answer; NULL when there is none; the caller frees. */
static char *
kept_text(const char *query, char tag[static SERVICE_TAG])
{
	const struct request r = asking(query);
	struct kept *k = kept_open(&options);
	struct answer a = {0};
	char *text = NULL;

	if (k != NULL && kept_answer(k, &r, &a)) {
		ck_assert_int_eq(a.status, 200);
		ck_assert_str_eq(a.type, "application/json");
		strcpy(tag, a.tag);
		text = xstrdup(buf_text(&a.body));
	}
	answer_free(&a);
	kept_close(k);
	return text;
}

static bool
has(const char *query)
{
	char tag[SERVICE_TAG], *text = kept_text(query, tag);

	free(text);
	return text != NULL;
}

static void
same(const char *query)
{
	char kept_tag[SERVICE_TAG], tag[SERVICE_TAG];
	char *was = kept_text(query, kept_tag), *is = said(query, tag);

	ck_assert_msg(was != NULL, "%s", query != NULL ? query : "");
	ck_assert_str_eq(was, is);
	ck_assert_str_eq(kept_tag, tag);
	free(was);
	free(is);
}

static void
setup(void)
{
	fixture_open(&f, true);
	options = (struct service_options){
	    .store = f.folder, .definitions = f.definitions};
	path = file_join(f.folder, KEPT_FILE, NULL);
}

static void
teardown(void)
{
	free(path);
	fixture_close(&f);
}

START_TEST(kept__nothing_changed__says_the_same)
{
	ck_assert(!has(NULL));
	run(NULL);
	same(NULL);
	/* Having seen this import, the client asks so the next time. */
	same("from_generation=1");
	ck_assert(!has("at=MO"));
	ck_assert(!has("from_generation=2"));
	ck_assert(!has(""));
}
END_TEST

START_TEST(kept__another_place__that_one_is_kept)
{
	run("at=R1");
	same("at=R1");
	ck_assert(!has(NULL));
}
END_TEST

START_TEST(kept__nobody_looked__nothing)
{
	fixture_recall(&f);
	fixture_recall(&f);
	ck_assert(!file_exists(path));
}
END_TEST

/* An old generation that was asked for by its number is not the opening. */
START_TEST(kept__generation_by_its_number__nothing)
{
	run("generation=1");
	ck_assert(!file_exists(path));
}
END_TEST

START_TEST(kept__not_the_local_user__refused)
{
	struct request r = asking(NULL);
	struct kept *k;
	struct answer a = {0};

	run(NULL);
	k = kept_open(&options);
	ck_assert_ptr_nonnull(k);
	r.who = (struct who){WHO_NOBODY, NULL};
	ck_assert(!kept_answer(k, &r, &a));
	r = asking(NULL);
	r.method = "HEAD";
	ck_assert(!kept_answer(k, &r, &a));
	r = asking(NULL);
	r.known = "\"x\"";
	ck_assert(!kept_answer(k, &r, &a));
	r = asking(NULL);
	ck_assert(kept_answer(k, &r, &a));
	answer_free(&a);
	kept_close(k);
}
END_TEST

/* One byte of one definition, in place, and its time put back as it was. */
START_TEST(kept__definition_changed__gone)
{
	char *cfg;
	FILE *file;

	fixture_define(&f, NULL, 0);
	run(NULL);
	ck_assert(has(NULL));
	cfg = file_join(f.definitions, "p1.cfg", NULL);
	file = fopen(cfg, "r+");
	ck_assert_ptr_nonnull(file);
	fseek(file, 2, SEEK_SET);
	fputc('c', file);
	fclose(file);
	ck_assert(!has(NULL));
	run(NULL);
	same(NULL);
	free(cfg);
}
END_TEST

START_TEST(kept__definition_added_or_removed__gone)
{
	char *more;
	struct err err;

	fixture_define(&f, NULL, 0);
	run(NULL);
	ck_assert(has(NULL));
	more = file_join(f.definitions, "zz.cfg", NULL);
	ck_assert(file_replace(more, "# none\n", 7, &err));
	ck_assert(!has(NULL));
	run(NULL);
	ck_assert(has(NULL));
	remove(more);
	ck_assert(!has(NULL));
	free(more);
}
END_TEST

/* Definitions that were edited while the service ran with the older ones. */
START_TEST(kept__definition_changed_under_the_service__not_kept)
{
	char tag[SERVICE_TAG], *cfg;
	struct buf text = {0};
	struct err err;

	fixture_define(&f, NULL, 0);
	fixture_recall(&f);
	settle(f.folder);
	free(said(NULL, tag));
	cfg = file_join(f.definitions, "p1.cfg", NULL);
	ck_assert(file_read(&text, cfg, 1 << 20, &err));
	ck_assert(file_replace(cfg, text.data, text.len, &err));
	settle(f.definitions);
	fixture_recall(&f);
	ck_assert(!file_exists(path));
	buf_free(&text);
	free(cfg);
}
END_TEST

START_TEST(kept__new_generation__gone_until_looked_at)
{
	run(NULL);
	ck_assert(has(NULL));
	fixture_publish(&f);
	ck_assert(!has(NULL));
	ck_assert(!has("from_generation=1"));
	/* Now with what changed since the first, worked out from both. */
	run("from_generation=1");
	same("from_generation=1");
	fixture_withdraw(&f, 2);
	ck_assert(!has("from_generation=1"));
	run(NULL);
	same(NULL);
}
END_TEST

START_TEST(kept__snapshot_written_anew__gone)
{
	char *facts = file_join(f.folder, "gen-1.facts", NULL);
	struct buf bytes = {0};
	struct err err;

	run(NULL);
	ck_assert(has(NULL));
	ck_assert(file_read(&bytes, facts, (size_t)1 << 28, &err));
	ck_assert(file_replace(facts, bytes.data, bytes.len, &err));
	ck_assert(!has(NULL));
	buf_free(&bytes);
	free(facts);
}
END_TEST

/* What people write stands in the same catalogue: it is asked which
 * generation it serves; what compares two is worked out anew. */
START_TEST(kept__something_else_in_the_catalogue__asked)
{
	const struct store_paper paper = {.kind = "plan",
	    .id = "X1",
	    .at_ms = 1,
	    .by = "test",
	    .body = "{}",
	    .len = 2};
	struct store_putting putting = {0};
	struct store *store;
	struct kept *k;
	struct err err;

	run(NULL);
	k = kept_open(&options);
	ck_assert(k != NULL && kept_at_once(k));
	kept_close(k);
	ck_assert(snaps_store(&store, f.folder, STORE_WRITE, &err));
	ck_assert_msg(
	    store_paper_put(store, &paper, 0, &putting, &err), "%s", err.text);
	store_putting_fini(&putting);
	store_close(store);
	k = kept_open(&options);
	ck_assert(k != NULL && !kept_at_once(k));
	kept_close(k);
	same(NULL);
	run(NULL);
	k = kept_open(&options);
	ck_assert(k != NULL && kept_at_once(k));
	kept_close(k);
}
END_TEST

START_TEST(kept__other_settings__gone)
{
	run(NULL);
	ck_assert(has(NULL));
	options.headlines = "p1,p2";
	ck_assert(!has(NULL));
	options.headlines = NULL;
	options.refresh_days = 30;
	ck_assert(!has(NULL));
	options.refresh_days = 0;
	ck_assert(has(NULL));
	options.definitions = "/nowhere";
	ck_assert(!has(NULL));
}
END_TEST

START_TEST(kept__another_language__gone)
{
	run(NULL);
	ck_assert(has(NULL));
	setenv("LANGUAGE", "es", 1);
	ck_assert(!has(NULL));
	unsetenv("LANGUAGE");
	ck_assert(has(NULL));
}
END_TEST

/* Data that should have come make figures stale on a day. */
START_TEST(kept__agreed_refresh__for_that_day_only)
{
	struct buf file = {0};
	struct err err;
	char *on;

	fixture_refresh(&f, 30);
	run(NULL);
	same(NULL);
	ck_assert(file_read(&file, path, KEPT_MOST, &err));
	on = strstr(file.data, "refresh 30 on ");
	ck_assert_ptr_nonnull(on);
	on[strlen("refresh 30 on ")] ^= 1; /* as if it were another day's */
	snprintf(file.data + 15, 17, "%016llx",
	    (unsigned long long)kept_sum(file.data + 32, file.len - 32));
	file.data[31] = '\n';
	ck_assert(file_replace(path, file.data, file.len, &err));
	ck_assert(!has(NULL));
	buf_free(&file);
}
END_TEST

/* Every byte of the file matters. */
START_TEST(kept__damaged__gone)
{
	struct buf file = {0};
	struct err err;
	size_t step;

	run(NULL);
	ck_assert(file_read(&file, path, KEPT_MOST, &err));
	step = file.len / 60;
	for (size_t at = 0; at < file.len; at += step) {
		file.data[at] ^= 1;
		ck_assert(file_replace(path, file.data, file.len, &err));
		file.data[at] ^= 1;
		ck_assert_msg(!has(NULL), "byte %zu", at);
		ck_assert(file_replace(path, file.data, at, &err));
		ck_assert_msg(!has(NULL), "cut at %zu", at);
	}
	ck_assert(file_replace(path, file.data, file.len - 1, &err));
	ck_assert(!has(NULL));
	ck_assert(file_replace(path, file.data, file.len, &err));
	ck_assert(has(NULL));
	buf_free(&file);
}
END_TEST

/* A store that was copied, or put back, is another one. */
START_TEST(kept__file_of_another_store__not_taken)
{
	struct fixture other;
	struct buf file = {0};
	char *there;
	struct err err;

	run(NULL);
	fixture_open(&other, true);
	there = file_join(other.folder, KEPT_FILE, NULL);
	ck_assert(file_read(&file, path, KEPT_MOST, &err));
	ck_assert(file_replace(there, file.data, file.len, &err));
	options.store = other.folder;
	ck_assert(!has(NULL));
	options.store = f.folder;
	ck_assert(has(NULL));
	buf_free(&file);
	free(there);
	fixture_close(&other);
}
END_TEST

int
main(void)
{
	Suite *s = suite_create("kept");
	TCase *t = tcase_create("kept");

	setlocale(LC_MESSAGES, "C");
	tcase_set_timeout(t, 60);
	tcase_add_checked_fixture(t, setup, teardown);
	tcase_add_test(t, kept__nothing_changed__says_the_same);
	tcase_add_test(t, kept__another_place__that_one_is_kept);
	tcase_add_test(t, kept__nobody_looked__nothing);
	tcase_add_test(t, kept__generation_by_its_number__nothing);
	tcase_add_test(t, kept__not_the_local_user__refused);
	tcase_add_test(t, kept__definition_changed__gone);
	tcase_add_test(t, kept__definition_added_or_removed__gone);
	tcase_add_test(t, kept__definition_changed_under_the_service__not_kept);
	tcase_add_test(t, kept__new_generation__gone_until_looked_at);
	tcase_add_test(t, kept__snapshot_written_anew__gone);
	tcase_add_test(t, kept__something_else_in_the_catalogue__asked);
	tcase_add_test(t, kept__other_settings__gone);
	tcase_add_test(t, kept__another_language__gone);
	tcase_add_test(t, kept__agreed_refresh__for_that_day_only);
	tcase_add_test(t, kept__damaged__gone);
	tcase_add_test(t, kept__file_of_another_store__not_taken);
	suite_add_tcase(s, t);
	return unit_run(s);
}
