/*
 * One review on two or three laptops and the real service. Random answers,
 * notes, rows, claims, seals and bad lines in any order; in the end, when all
 * have synced and people have picked what was in conflict, every device and the
 * service hold the same answers, and no answer is gone that no person saw and
 * overruled (offline.md, promises 11, 17, 18, 20). HEARTH_SEEDS: how many
 * histories.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "client/field_sync.h"
#include "contract/devices.h"
#include "lib/unit.h"
#include "poms/content.h"
#include "store/revisions.h"

#define SEEDS 12
#define STEPS 60

static struct err err;

/* --- what people do ------------------------------------------------------ */

static void
note(struct device *d)
{
	struct stamp s = device_stamp(d);
	struct change c = {0};
	char text[64];
	int unit, question;

	if (!device_cell(d, &unit, &question))
		return;
	snprintf(text, sizeof text, "%s notes %u", d->who,
	    rng_below(&devices_rng, 1000000));
	ck_assert(review_note(
	    visit_review(d->visit), unit, question, text, &s, &c, &err));
	device_keep(d, &c);
}

static void
row(struct device *d)
{
	struct stamp s = device_stamp(d);
	struct change c = {0};
	char key[40];

	snprintf(
	    key, sizeof key, "p%u%s", rng_below(&devices_rng, 1000000), d->who);
	ck_assert(review_add(
	    visit_review(d->visit), UNIT_CAP, key, 0, NULL, &s, &c, &err));
	device_keep(d, &c);
}

static void
drop(struct device *d)
{
	struct review *r = visit_review(d->visit);
	struct stamp s = device_stamp(d);
	struct change c = {0};
	int unit = (int)rng_below(&devices_rng, (uint32_t)review_units(r));

	if (review_unit(r, unit)->kind == UNIT_CAP &&
	    !review_unit(r, unit)->dropped &&
	    review_drop(r, unit, &s, &c, &err))
		device_keep(d, &c);
}

static void
claim(struct device *d)
{
	struct stamp s = device_stamp(d);
	struct change c = {0};

	ck_assert(review_claim(visit_review(d->visit),
	    1 + (int)rng_below(&devices_rng, 2),
	    rng_below(&devices_rng, 2) == 0, &s, &c, &err));
	device_keep(d, &c);
}

static void
undo(struct device *d)
{
	struct stamp s = device_stamp(d);
	struct change c = {0};

	if (review_undo(visit_review(d->visit), &s, &c, &err))
		device_keep(d, &c);
	else
		change_free(&c);
}

/* A person looks at every conflict: mine, theirs, or something else. */
static void
pick(struct device *d)
{
	struct review *r = visit_review(d->visit);
	struct arena arena = {0};
	int n, all_n;
	const struct question *all =
	    instrument_questions(review_instrument(r), &all_n);
	const struct conflict *list = review_conflicts(r, &arena, &n);

	for (int i = 0; i < n; i++) {
		const struct conflict *c = &list[i];
		const struct review_cell *cell =
		    review_cell(r, c->unit, c->question);
		struct stamp s = device_stamp(d);
		struct change change = {0};
		struct response a;
		char text[64];

		switch (rng_below(&devices_rng, 3)) {
		case 0:
			a = cell->typed;
			break;
		case 1:
			a = cell->theirs;
			break;
		default:
			a = device_answer(&all[c->question], d, text);
		}
		ck_assert_msg(
		    review_pick(r, c->unit, c->question, &a, &s, &change, &err),
		    "%s", err.text);
		device_keep(d, &change);
	}
	arena_free(&arena);
}

/* The power goes somewhere in a sync: between what was taken over, the line
 * that says so, the files, the next seal. */
static void
sync_cut(struct device *d)
{
	struct field_synced synced;

	visit_close(d->visit);
	disk_fail(d->disk, DISK_CALLS, 1 + rng_below(&devices_rng, 120), 0);
	field_sync(d->net, d->folder, d->who, &synced, &err);
	field_synced_free(&synced);
	device_restart(d, true);
}

static void
act(struct device *d)
{
	uint32_t what = rng_below(&devices_rng, 100);

	if (what < 55)
		device_type(d);
	else if (what < 60)
		note(d);
	else if (what < 65)
		row(d);
	else if (what < 68)
		drop(d);
	else if (what < 71)
		claim(d);
	else if (what < 75)
		undo(d);
	else if (what < 83)
		device_seal(d);
	else if (what < 91)
		device_sync(d);
	else if (what < 93)
		sync_cut(d);
	else if (what < 97)
		pick(d);
	else
		device_again(d);
}

/* --- what must hold ------------------------------------------------------ */

/* Whether some person, on some device, answered over it knowingly: saw it as
 * the answer that stood, or as theirs of a conflict. */
static bool
overruled(const struct event *typed)
{
	for (int d = 0; d < devices_n; d++) {
		const struct event *list;
		size_t n =
		    review_history(visit_review(devices[d].visit), &list);
		bool told = false;

		for (size_t i = 0; i < n; i++) {
			const struct event *e = &list[i];

			if (strcmp(e->question, typed->question) != 0 ||
			    e->unit != typed->unit ||
			    strcmp(e->key, typed->key) != 0)
				continue;
			if (e->kind == EVENT_CONFLICT)
				told |= response_equal(&e->new, &typed->new);
			else if (e->kind == EVENT_ANSWER &&
				 (e->flags & EVENT_MERGED) == 0 &&
				 (response_equal(&e->old, &typed->new) || told))
				return true;
		}
	}
	return false;
}

static void
tell_cell(const struct event *lost)
{
	for (int d = 0; d < devices_n; d++) {
		const struct event *list;
		size_t n =
		    review_history(visit_review(devices[d].visit), &list);

		for (size_t i = 0; i < n; i++)
			if (strcmp(list[i].question, lost->question) == 0 &&
			    strcmp(list[i].key, lost->key) == 0)
				fprintf(stderr,
				    "device %d, %zu: kind %d flags %x %s: "
				    "%d %s -> %d %s\n",
				    d, i, (int)list[i].kind, list[i].flags,
				    list[i].who, (int)list[i].old.state,
				    list[i].old.value, (int)list[i].new.state,
				    list[i].new.value);
	}
}

static void
nothing_lost(void)
{
	const struct review *end = visit_review(devices[0].visit);

	for (int d = 0; d < devices_n; d++) {
		const struct event *list;
		size_t n =
		    review_history(visit_review(devices[d].visit), &list);

		for (size_t i = 0; i < n; i++) {
			const struct event *e = &list[i];
			const struct review_cell *c;

			if (e->kind != EVENT_ANSWER)
				continue;
			c = review_cell(end,
			    review_unit_find(end, e->unit, e->key),
			    instrument_question(review_instrument(end),
				e->question, strlen(e->question)));
			ck_assert_ptr_nonnull(c);
			if (!response_equal(&c->typed, &e->new) &&
			    !overruled(e))
				tell_cell(e);
			ck_assert_msg(
			    response_equal(&c->typed, &e->new) || overruled(e),
			    "%s of %s: %s was lost", e->question, e->key,
			    e->new.value);
		}
	}
}

/* The service's newest revision, replayed. */
static bool
keep_newest(void *arg, const struct store_revision *r, struct err *why)
{
	struct buf *body = arg;

	(void)why;
	ck_assert_int_eq(r->state, STORE_REVISION_APPLIED);
	buf_reset(body);
	buf_add(body, r->body, r->len);
	return true;
}

static char *
at_the_service(const struct instrument *in)
{
	struct store *store;
	struct buf body = {0}, text = {0};
	char record[REVISION_ID], *out,
	    *url = xasprintf("sqlite:%s", devices_office.folder);
	struct revision r;
	struct content_about about;
	struct change c = {0};
	struct review *review = review_new(in);

	revision_record(record, "RV-7");
	ck_assert_msg(
	    store_open(&store, url, STORE_READ, &err), "%s", err.text);
	ck_assert(store_revisions(store, record, keep_newest, &body, &err));
	store_close(store);
	ck_assert_uint_gt(body.len, 0);
	ck_assert_msg(revision_read(&r, &text, body.data, body.len, &err), "%s",
	    err.text);
	ck_assert(content_read(&about, &c, r.content, r.content_len, &err));
	for (size_t i = 0; i < c.n; i++)
		ck_assert_msg(
		    review_apply(review, &c.list[i], &err), "%s", err.text);
	out = device_whole(review);
	review_free(review);
	change_free(&c);
	buf_free(&body);
	buf_free(&text);
	free(url);
	return out;
}

/* Everybody comes home: syncs, picks, seals, until nothing is left to do. */
static void
come_home(void)
{
	devices_line.faults = 0;
	for (int round = 0; round < 4; round++)
		for (int d = 0; d < devices_n; d++) {
			device_sync(&devices[d]);
			pick(&devices[d]);
			device_seal(&devices[d]);
			device_sync(&devices[d]);
		}
}

static void
all_agree(void)
{
	char *first = device_whole(visit_review(devices[0].visit));
	char *office =
	    at_the_service(review_instrument(visit_review(devices[0].visit)));

	ck_assert_ptr_null(strstr(first, "CONFLICT"));
	ck_assert_msg(
	    strcmp(first, office) == 0, "here:\n%s\nthere:\n%s", first, office);
	for (int d = 1; d < devices_n; d++) {
		char *other = device_whole(visit_review(devices[d].visit));

		ck_assert_msg(strcmp(first, other) == 0,
		    "first:\n%s\ndevice %d:\n%s", first, d, other);
		free(other);
	}
	free(first);
	free(office);
}

static void
check_tell(void *arg, const char *file, const char *text)
{
	(void)arg;
	ck_abort_msg("%s: %s", file, text);
}

static void
all_clean(void)
{
	for (int d = 0; d < devices_n; d++) {
		struct folder_counts c;
		unsigned n;

		ck_assert(folder_check(
		    devices[d].folder, check_tell, NULL, &n, &err));
		ck_assert(folder_counts(devices[d].folder, &c, &err));
		ck_assert_uint_eq(c.unsent, 0);
		ck_assert_uint_eq(c.conflicts, 0);
		ck_assert_uint_eq(c.set_aside, 0);
		ck_assert_uint_eq(c.unsealed, 0);
	}
}

static void
history(uint64_t seed)
{
	rng_seed(&devices_rng, seed);
	devices_open(2 + (int)(seed % (DEVICES - 1)));
	devices_line.faults = (unsigned)(seed % 4);
	for (int i = 0; i < STEPS; i++)
		act(&devices[rng_below(&devices_rng, (uint32_t)devices_n)]);
	/* Something stands at the service, whatever chance did. */
	device_type(&devices[0]);
	come_home();
	all_agree();
	nothing_lost();
	all_clean();
	devices_close();
}

START_TEST(promise_18__devices__agree_and_lose_nothing)
{
	const char *text = getenv("HEARTH_SEEDS");
	uint64_t seeds = text != NULL ? strtoull(text, NULL, 10) : SEEDS;

	for (uint64_t seed = 0; seed < seeds; seed++)
		history(seed);
}
END_TEST

int
main(void)
{
	Suite *s = suite_create("devices");
	TCase *t = tcase_create("devices");

	tcase_set_timeout(t, 0);
	tcase_add_test(t, promise_18__devices__agree_and_lose_nothing);
	suite_add_tcase(s, t);
	return unit_run(s);
}
