/*
 * One review on two or three laptops, each with a disk of its own, and the
 * real service in the same process. Random answers, notes, rows, claims, seals
 * and bad lines in any order; in the end, when all have synced and people have
 * picked what was in conflict, every device and the service hold the same
 * answers, and no answer is gone that no person saw and overruled
 * (offline.md, promises 11, 17, 18, 20). HEARTH_SEEDS: how many histories.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/rng.h"
#include "client/field_sync.h"
#include "client/form_sync.h"
#include "client/reconcile.h"
#include "contract/fixture.h"
#include "lib/disk.h"
#include "lib/unit.h"
#include "poms/content.h"
#include "poms/roster.h"
#include "proto/bundle.h"
#include "store/revisions.h"

#define SEEDS 12
#define DEVICES 3
#define STEPS 60
#define PASSPHRASE "correct horse battery"

/* Nothing has to be answered, so that it can be sealed at any time. */
static const char form[] =
    "instrument: { id = \"t\"; version = 1; title = \"T\"; title_es = \"T\"; "
    "certainty = \"test\"; };\n"
    "areas = ( { id = \"A1\"; title = \"A\"; title_es = \"A\"; } );\n"
    "choices: { c = ( (\"a\", \"A\", \"A\"), (\"b\", \"B\", \"B\") ); };\n"
    "sections = ( { id = \"S\"; title = \"S\"; title_es = \"S\"; questions = "
    "( { id = \"A1\"; type = \"yn\"; ask = \"A?\"; ask_es = \"A?\"; mark = "
    "\"D\"; }, { id = \"A2\"; type = \"n\"; ask = \"A?\"; ask_es = \"A?\"; "
    "mark = \"D\"; when = \"A1 = Y\"; }, { id = \"A3\"; type = \"t\"; ask = "
    "\"A?\"; ask_es = \"A?\"; mark = \"D\"; } ); },\n"
    "{ id = \"C\"; unit = \"CC\"; title = \"S\"; title_es = \"S\"; when = "
    "\"drawn = drawn\"; questions = ( { id = \"C1\"; type = \"yna +\"; area = "
    "\"A1\"; ask = \"A?\"; ask_es = \"A?\"; mark = \"D\"; }, { id = \"C2\"; "
    "type = \"d\"; ask = \"A?\"; ask_es = \"A?\"; mark = \"D\"; }, { id = "
    "\"C3\"; type = \"c\"; ask = \"A?\"; ask_es = \"A?\"; mark = \"D\"; "
    "options = \"c\"; } ); },\n"
    "{ id = \"P\"; unit = \"CAP\"; title = \"S\"; title_es = \"S\"; questions "
    "= ( { id = \"P1\"; type = \"t\"; ask = \"A?\"; ask_es = \"A?\"; mark = "
    "\"D\"; } ); } );\n";

static const char roster[] =
    "{\"review\":\"RV-7\",\"units\":["
    "{\"kind\":\"AG\",\"key\":\"\",\"facts\":{\"label\":\"Home\"}},"
    "{\"kind\":\"CC\",\"key\":\"c1\",\"facts\":{\"label\":\"A. B.\","
    "\"id\":\"CHILD-1\",\"drawn\":\"drawn\",\"order\":\"1\"}},"
    "{\"kind\":\"CC\",\"key\":\"c2\",\"facts\":{\"label\":\"C. D.\","
    "\"id\":\"CHILD-2\",\"drawn\":\"drawn\",\"order\":\"2\"}}],\"fed\":[]}";

struct device {
	struct disk *disk;
	struct folder *folder;
	struct visit *visit;
	char who[16];
	struct net *net;
};

static struct fixture f;
static struct device devices[DEVICES];
static int n_devices;
static struct rng rng;
static unsigned faults; /* of 10 answers so many go wrong */
static char packet_name[64];
static uint8_t public[BUNDLE_PUBLIC];
static struct err err;

static bool portal;		/* a hotel's network answers */
static const char *roster_news; /* the service's answer about the roster */

/* --- the line ------------------------------------------------------------ */

/* The real service; sometimes the line breaks before or behind it. */
static int
line(void *arg, const struct net_call *call, struct buf *body)
{
	const struct device *d = arg;
	const struct request q = {
	    .method = call->method != NULL ? call->method : "GET",
	    .path = call->path,
	    .body = call->upload.data,
	    .body_len = call->upload.len,
	    .who = {WHO_LOCAL, d->who}};
	struct answer a = {0};
	int status;

	if (rng_below(&rng, 10) < faults)
		return 0;
	if (portal) {
		buf_str(body, "<html>Welcome to Hotel WiFi</html>");
		return 200;
	}
	if (roster_news != NULL && strstr(call->path, "/roster") != NULL) {
		buf_str(body, roster_news);
		return 200;
	}
	service_answer(f.service, &q, &a);
	status = a.status;
	buf_add(body, a.body.data, a.body.len);
	answer_free(&a);
	return rng_below(&rng, 10) < faults ? 0 : status;
}

/* --- laptops ------------------------------------------------------------- */

static void
make_packet(const char *user)
{
	static uint8_t secret[BUNDLE_SECRET];
	static bool made;
	struct bundle b = {.about = {.review = "RV-7",
			       .instrument = "t/1",
			       .issued_ms = 1,
			       .expires_ms = INT64_C(1) << 50},
	    .n = 2};
	struct buf out = {0};

	if (!made)
		ck_assert(bundle_keys(public, secret));
	made = true;
	snprintf(b.about.packet, sizeof b.about.packet, "PK-%s", user);
	snprintf(b.about.user, sizeof b.about.user, "%s", user);
	b.parts[0] = (struct bundle_part){"roster", roster, strlen(roster)};
	b.parts[1] = (struct bundle_part){"instrument", form, strlen(form)};
	ck_assert_msg(bundle_write(&out, &b, secret, &err), "%s", err.text);
	ck_assert(file_replace(packet_name, out.data, out.len, &err));
	buf_free(&out);
}

static void
device_visit(struct device *d)
{
	ck_assert_msg(
	    visit_open(&d->visit, d->folder, "", d->who, &err), "%s", err.text);
}

static void
device_open(struct device *d, int n)
{
	const struct vault_make how = {
	    .passphrase = PASSPHRASE, .cost = {1, 8192}};
	struct visit_packet packet = {.file = packet_name, .trusted = public};

	*d = (struct device){.disk = disk_new((uint64_t)n + 1)};
	snprintf(d->who, sizeof d->who, "m%d", n);
	make_packet(d->who);
	packet.user = d->who;
	ck_assert_msg(
	    folder_create(&d->folder, disk_io(d->disk), "/f", &how, &err), "%s",
	    err.text);
	ck_assert_msg(visit_take(d->folder, &packet, &err), "%s", err.text);
	d->net = net_open_calls(line, d);
	device_visit(d);
}

static void
device_close(struct device *d)
{
	net_close(d->net);
	visit_close(d->visit);
	folder_close(d->folder);
	disk_free(d->disk);
}

/* The program ends and is started anew. */
static void
device_again(struct device *d)
{
	visit_close(d->visit);
	device_visit(d);
}

static void
setup(void)
{
	fixture_open(&f, false);
	snprintf(packet_name, sizeof packet_name, "%s/packet", f.folder);
}

static void
teardown(void)
{
	fixture_close(&f);
}

/* --- what people do ------------------------------------------------------ */

static void
keep(struct device *d, struct change *c)
{
	struct form_keep k = visit_keep(d->visit);

	for (size_t i = 0; i < c->n; i++) {
		struct buf bytes = {0};

		event_encode(&bytes, &c->list[i]);
		ck_assert_msg(k.keep(k.self, bytes.data, bytes.len, &err), "%s",
		    err.text);
		ck_assert_msg(
		    review_apply(visit_review(d->visit), &c->list[i], &err),
		    "%s", err.text);
		buf_free(&bytes);
	}
	change_free(c);
}

static struct stamp
stamp(const struct device *d)
{
	static int64_t now = 1000;

	now += 1000;
	return (struct stamp){.who = d->who, .wall_ms = now, .mono_ms = now};
}

/* Any answer that fits; texts tell who typed them and when. */
static struct response
any_answer(const struct question *q, const struct device *d, char text[64])
{
	static const enum response_state states[] = {
	    ANSWER_YES, ANSWER_NO, ANSWER_UNDETERMINED, ANSWER_UNASKED};
	static unsigned typed;
	struct response a = {ANSWER_VALUE, text, ""};

	switch (q->type) {
	case VALUE_YN:
	case VALUE_YNA:
		a = RESPONSE_NONE;
		a.state = states[rng_below(&rng, 4)];
		if (a.state == ANSWER_UNDETERMINED)
			a.reason = "no paper";
		break;
	case VALUE_NUMBER:
		snprintf(text, 64, "%u", rng_below(&rng, 5));
		break;
	case VALUE_DATE:
		snprintf(text, 64, "2012-01-%02u", 1 + rng_below(&rng, 5));
		break;
	case VALUE_CHOICE:
		snprintf(text, 64, "%s", rng_below(&rng, 2) == 0 ? "a" : "b");
		break;
	default:
		snprintf(text, 64, "%s typed %u", d->who, ++typed);
		break;
	}
	return a;
}

/* A question of a unit, by chance; false: that unit has none. */
static bool
any_cell(const struct device *d, int *unit, int *question)
{
	const struct review *r = visit_review(d->visit);
	int n;
	const int *slots;

	*unit = (int)rng_below(&rng, (uint32_t)review_units(r));
	slots = instrument_slots(
	    review_instrument(r), review_unit(r, *unit)->kind, &n);
	if (n == 0 || review_unit(r, *unit)->dropped)
		return false;
	*question = slots[rng_below(&rng, (uint32_t)n)];
	return true;
}

static void
type(struct device *d)
{
	struct review *r = visit_review(d->visit);
	struct stamp s = stamp(d);
	struct change c = {0};
	struct response a;
	char text[64];
	int unit, question, n;

	if (!any_cell(d, &unit, &question))
		return;
	a = any_answer(
	    &instrument_questions(review_instrument(r), &n)[question], d, text);
	ck_assert_msg(
	    review_answer(r, unit, question, &a, &s, &c, &err), "%s", err.text);
	keep(d, &c);
}

static void
note(struct device *d)
{
	struct stamp s = stamp(d);
	struct change c = {0};
	char text[64];
	int unit, question;

	if (!any_cell(d, &unit, &question))
		return;
	snprintf(
	    text, sizeof text, "%s notes %u", d->who, rng_below(&rng, 1000000));
	ck_assert(review_note(
	    visit_review(d->visit), unit, question, text, &s, &c, &err));
	keep(d, &c);
}

static void
row(struct device *d)
{
	struct stamp s = stamp(d);
	struct change c = {0};
	char key[40];

	snprintf(key, sizeof key, "p%u%s", rng_below(&rng, 1000000), d->who);
	ck_assert(review_add(
	    visit_review(d->visit), UNIT_CAP, key, 0, NULL, &s, &c, &err));
	keep(d, &c);
}

static void
drop(struct device *d)
{
	struct review *r = visit_review(d->visit);
	struct stamp s = stamp(d);
	struct change c = {0};
	int unit = (int)rng_below(&rng, (uint32_t)review_units(r));

	if (review_unit(r, unit)->kind == UNIT_CAP &&
	    !review_unit(r, unit)->dropped &&
	    review_drop(r, unit, &s, &c, &err))
		keep(d, &c);
}

static void
claim(struct device *d)
{
	struct stamp s = stamp(d);
	struct change c = {0};

	ck_assert(
	    review_claim(visit_review(d->visit), 1 + (int)rng_below(&rng, 2),
		rng_below(&rng, 2) == 0, &s, &c, &err));
	keep(d, &c);
}

static void
undo(struct device *d)
{
	struct stamp s = stamp(d);
	struct change c = {0};

	if (review_undo(visit_review(d->visit), &s, &c, &err))
		keep(d, &c);
	else
		change_free(&c);
}

static void
seal(struct device *d)
{
	struct seal sealed;

	if (journal_unsealed(visit_journal(d->visit)) > 0 &&
	    !visit_seal(d->visit, "again", &sealed, &err))
		ck_assert_msg(err.code == ERR_REFUSED, "%s", err.text);
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
		struct stamp s = stamp(d);
		struct change change = {0};
		struct response a;
		char text[64];

		switch (rng_below(&rng, 3)) {
		case 0:
			a = cell->typed;
			break;
		case 1:
			a = cell->theirs;
			break;
		default:
			a = any_answer(&all[c->question], d, text);
		}
		ck_assert_msg(
		    review_pick(r, c->unit, c->question, &a, &s, &change, &err),
		    "%s", err.text);
		keep(d, &change);
	}
	arena_free(&arena);
}

static void
sync_now(struct device *d)
{
	struct field_synced synced;

	visit_close(d->visit);
	ck_assert_msg(field_sync(d->net, d->folder, d->who, &synced, &err),
	    "%s", err.text);
	for (size_t i = 0; i < synced.n; i++)
		ck_assert_msg(synced.list[i].err.code == ERR_NONE ||
				  synced.list[i].err.code == ERR_UNREACHABLE,
		    "%s", synced.list[i].err.text);
	field_synced_free(&synced);
	device_visit(d);
}

/* The power goes somewhere in a sync: between what was taken over, the line
 * that says so, the files, the next seal. */
static void
sync_cut(struct device *d)
{
	struct field_synced synced;

	visit_close(d->visit);
	disk_fail(d->disk, DISK_CALLS, 1 + rng_below(&rng, 120), 0);
	field_sync(d->net, d->folder, d->who, &synced, &err);
	field_synced_free(&synced);
	folder_close(d->folder);
	disk_restart(d->disk, true);
	ck_assert_msg(
	    folder_open(&d->folder, disk_io(d->disk), "/f", PASSPHRASE, &err),
	    "%s", err.text);
	device_visit(d);
}

static void
act(struct device *d)
{
	uint32_t what = rng_below(&rng, 100);

	if (what < 55)
		type(d);
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
		seal(d);
	else if (what < 91)
		sync_now(d);
	else if (what < 93)
		sync_cut(d);
	else if (what < 97)
		pick(d);
	else
		device_again(d);
}

/* --- what must hold ------------------------------------------------------ */

/* Everything of a review in one text, units by kind and key. */
static int
text_order(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

static char *
whole(const struct review *r)
{
	char *lines[2000];
	size_t n = 0;
	struct buf out = {0};
	char *text;
	int all_n;
	const struct question *all =
	    instrument_questions(review_instrument(r), &all_n);

	for (int unit = 0; unit < review_units(r); unit++) {
		const struct review_unit *u = review_unit(r, unit);

		lines[n++] = xasprintf("%s/%s %s\n", unit_word(u->kind), u->key,
		    u->dropped ? "dropped" : "");
		for (int q = 0; q < all_n; q++) {
			const struct review_cell *c = review_cell(r, unit, q);

			if (c != NULL && n < 2000)
				lines[n++] = xasprintf(
				    "%s/%s %s %s %s (%s) [%s]%s\n",
				    unit_word(u->kind), u->key, all[q].id,
				    response_state_word(c->typed.state),
				    c->typed.value, c->typed.reason, c->note,
				    (c->flags & CELL_CONFLICT) != 0
					? " CONFLICT"
					: "");
		}
	}
	qsort(lines, n, sizeof *lines, text_order);
	for (size_t i = 0; i < n; i++) {
		buf_str(&out, lines[i]);
		free(lines[i]);
	}
	text = xstrdup(buf_text(&out));
	buf_free(&out);
	return text;
}

/* Whether some person, on some device, answered over it knowingly: saw it as
 * the answer that stood, or as theirs of a conflict. */
static bool
overruled(const struct event *typed)
{
	for (int d = 0; d < n_devices; d++) {
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
	for (int d = 0; d < n_devices; d++) {
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

	for (int d = 0; d < n_devices; d++) {
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
	char record[REVISION_ID], *out, *url = xasprintf("sqlite:%s", f.folder);
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
	out = whole(review);
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
	faults = 0;
	for (int round = 0; round < 4; round++)
		for (int d = 0; d < n_devices; d++) {
			sync_now(&devices[d]);
			pick(&devices[d]);
			seal(&devices[d]);
			sync_now(&devices[d]);
		}
}

static void
all_agree(void)
{
	char *first = whole(visit_review(devices[0].visit));
	char *office =
	    at_the_service(review_instrument(visit_review(devices[0].visit)));

	ck_assert_ptr_null(strstr(first, "CONFLICT"));
	ck_assert_msg(
	    strcmp(first, office) == 0, "here:\n%s\nthere:\n%s", first, office);
	for (int d = 1; d < n_devices; d++) {
		char *other = whole(visit_review(devices[d].visit));

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
	for (int d = 0; d < n_devices; d++) {
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
	rng_seed(&rng, seed);
	n_devices = 2 + (int)(seed % (DEVICES - 1));
	setup();
	faults = 0;
	for (int d = 0; d < n_devices; d++)
		device_open(&devices[d], d);
	faults = (unsigned)(seed % 4);
	for (int i = 0; i < STEPS; i++)
		act(&devices[rng_below(&rng, (uint32_t)n_devices)]);
	/* Something stands at the service, whatever chance did. */
	type(&devices[0]);
	come_home();
	all_agree();
	nothing_lost();
	all_clean();
	for (int d = 0; d < n_devices; d++)
		device_close(&devices[d]);
	teardown();
}

START_TEST(promise_18__devices__agree_and_lose_nothing)
{
	const char *text = getenv("HEARTH_SEEDS");
	uint64_t seeds = text != NULL ? strtoull(text, NULL, 10) : SEEDS;

	for (uint64_t seed = 0; seed < seeds; seed++)
		history(seed);
}
END_TEST

/* --- what else a sync brings ------------------------------------------------
 */

static void
two_devices(void)
{
	rng_seed(&rng, 1);
	n_devices = 2;
	faults = 0;
	setup();
	for (int d = 0; d < 2; d++)
		device_open(&devices[d], d);
}

static void
no_devices(void)
{
	for (int d = 0; d < 2; d++)
		device_close(&devices[d]);
	teardown();
	roster_news = NULL;
}

static void
take_child(struct device *d, const char *key, bool take)
{
	struct review *r = visit_review(d->visit);
	struct stamp s = stamp(d);
	struct change c = {0};

	ck_assert(review_claim(
	    r, review_unit_find(r, UNIT_CC, key), take, &s, &c, &err));
	keep(d, &c);
}

/* What stands beside a child on that device. */
static bool
beside(struct device *d, const char *key, const char *words)
{
	struct form_keep k = visit_keep(d->visit);
	struct review *r = visit_review(d->visit);
	struct buf out = {0};
	bool found;

	k.news(k.self, review_unit(r, review_unit_find(r, UNIT_CC, key)), &out);
	found = *words == '\0' ? out.len == 0
			       : strstr(buf_text(&out), words) != NULL;
	if (!found)
		fprintf(stderr, "beside %s: %s\n", key, buf_text(&out));
	buf_free(&out);
	return found;
}

/* A child's part that one took is shown to the other, and hinders nobody;
 * where both took it offline each sees the other. */
START_TEST(promise_20__claim__is_shown_to_the_other)
{
	struct device *a = &devices[0], *b = &devices[1];

	take_child(a, "c1", true);
	ck_assert(beside(a, "c1", "taken by you"));
	ck_assert(beside(b, "c1", ""));
	sync_now(a);
	sync_now(b);
	ck_assert(beside(b, "c1", "taken by m0"));
	ck_assert(beside(b, "c2", ""));
	take_child(b, "c1", true);
	sync_now(b);
	ck_assert(beside(b, "c1", "taken by m0 and by you"));
	sync_now(a);
	ck_assert(beside(a, "c1", "taken by m1 and by you"));
	/* Answering goes on. */
	for (int i = 0; i < 20; i++)
		type(b);
	take_child(a, "c1", false);
	sync_now(a);
	sync_now(b);
	sync_now(a);
	ck_assert(beside(a, "c1", "taken by m1"));
	/* The line is down: what was said last stays. */
	faults = 10;
	sync_now(a);
	faults = 0;
	ck_assert(beside(a, "c1", "taken by m1"));
}
END_TEST

/* A child moved between the packet and the sync: said beside it, answers stay
 * as they are, and nothing of it stands in clear on the disk. */
START_TEST(promise_24__roster__changed_since_the_packet_is_shown)
{
	struct device *d = &devices[0];
	char *before, *after;
	struct buf file = {0};
	struct io_names names;

	for (int i = 0; i < 30; i++)
		type(d);
	before = whole(visit_review(d->visit));
	roster_news = "{\"review\":\"RV-7\",\"packet\":\"PK\",\"then\":"
		      "\"2012-05-01\",\"now\":\"2012-06-01\",\"changes\":[{"
		      "\"unit\":\"CC\",\"key\":\"c2\",\"drawn\":\"drawn\","
		      "\"change\":\"left\",\"fact\":\"left\",\"was\":null,"
		      "\"is\":\"2012-05-20\"},{\"unit\":\"CC\",\"key\":"
		      "\"c1\",\"drawn\":\"drawn\",\"change\":\"fact\","
		      "\"fact\":\"birth_date\",\"was\":\"2000-01-01\",\"is\":"
		      "\"2000-01-02\"}]}";
	sync_now(d);
	ck_assert(beside(d, "c2", "left - -> 2012-05-20"));
	ck_assert(beside(d, "c1", "birth_date 2000-01-01 -> 2000-01-02"));
	after = whole(visit_review(d->visit));
	ck_assert_str_eq(before, after);
	ck_assert(io_names(disk_io(d->disk), &names, "/f/news", &err));
	ck_assert_uint_eq(names.n, 1);
	for (size_t i = 0; i < names.n; i++) {
		char *path = xasprintf("/f/news/%s", names.names[i]);

		ck_assert(
		    io_load(disk_io(d->disk), &file, path, 1 << 20, &err));
		ck_assert_ptr_null(
		    memmem(file.data, file.len, "2012-05-20", 10));
		free(path);
	}
	io_names_free(&names);
	buf_free(&file);
	free(before);
	free(after);
}
END_TEST

/* --- after a crash --- */

/* What there is, how old, from which packet: said, and kept. */
START_TEST(promise_04__visit__speaks_of_what_a_crash_left)
{
	struct device *d = &devices[0];
	struct form_keep k;
	struct form filling;
	char *before, *after;

	disk_clock(d->disk, INT64_C(1338600000000), 1000); /* 2012-06-02 */
	for (int i = 0; i < 10; i++)
		type(d);
	ck_assert_str_eq(visit_found(d->visit), "");
	before = whole(visit_review(d->visit));
	k = visit_keep(d->visit);
	form_init(&filling, visit_review(d->visit), &k, d->who);
	disk_cut_after(d->disk, 40);
	form_note(&filling, "the plug is pulled in this line");
	visit_close(d->visit);
	folder_close(d->folder);
	disk_restart(d->disk, false);
	ck_assert(
	    folder_open(&d->folder, disk_io(d->disk), "/f", PASSPHRASE, &err));
	device_visit(d);
	ck_assert_ptr_nonnull(strstr(visit_found(d->visit), "in mid-write"));
	ck_assert_ptr_nonnull(strstr(visit_found(d->visit), "2012-06-02"));
	ck_assert_ptr_nonnull(
	    strstr(visit_found(d->visit), "from packet PK-m0"));
	after = whole(visit_review(d->visit));
	ck_assert_str_eq(before, after);
	free(before);
	free(after);
}
END_TEST

/* --- the sync screen
 * ---------------------------------------------------------- */

static bool
screen_says(struct form_sync *s, const char *words)
{
	struct buf text = {0};
	bool found;

	form_sync_text(s, &text);
	found = strstr(buf_text(&text), words) != NULL;
	if (!found)
		fprintf(stderr, "screen: %s\n", buf_text(&text));
	buf_free(&text);
	return found;
}

/* As the form's loop does, with a key typed between any two steps. */
static void
loop(struct device *d, struct form_sync *s)
{
	for (int i = 0; i < 100; i++) {
		form_sync_tick(s);
		if (i % 3 == 0)
			type(d);
		net_wait(d->net, NULL, 0, 0);
	}
}

START_TEST(promise_14__screen__says_what_waits_while_keys_work)
{
	struct device *d = &devices[0];
	const struct form_sync_conf conf = {
	    .visit = d->visit, .who = d->who, .net = d->net};
	struct form_sync *s;

	type(d);
	seal(d);
	ck_assert_msg(form_sync_open(&s, &conf, &err), "%s", err.text);
	ck_assert(screen_says(s, "not to be sent yet"));
	portal = true;
	form_sync_now(s);
	loop(d, s);
	ck_assert(screen_says(s, "waiting to be sent"));
	ck_assert(screen_says(s, "sign-in page"));
	ck_assert(screen_says(s, "Next try by itself"));
	portal = false;
	faults = 10;
	form_sync_now(s);
	loop(d, s);
	ck_assert(screen_says(s, "No connection"));
	faults = 0;
	form_sync_now(s);
	loop(d, s);
	ck_assert(screen_says(s, "the receipt is kept"));
	ck_assert(screen_says(s, "events since the last seal"));
	form_sync_close(s);
}
END_TEST

/* The other was first: it comes in from the screen, one thing waits for the
 * person, the merged revision follows. */
START_TEST(promise_18__screen__takes_in_what_the_other_sealed)
{
	struct device *a = &devices[0], *b = &devices[1];
	const struct form_sync_conf conf = {
	    .visit = b->visit, .who = b->who, .net = b->net};
	struct response yes = {ANSWER_YES, "", ""}, no = {ANSWER_NO, "", ""};
	struct form_keep ka = visit_keep(a->visit), kb = visit_keep(b->visit);
	struct form fa, fb;
	struct form_sync *s;
	char said[400];

	form_init(&fa, visit_review(a->visit), &ka, a->who);
	form_init(&fb, visit_review(b->visit), &kb, b->who);
	ck_assert(form_find(&fa, "A1") && form_type_state(&fa, &yes));
	ck_assert(form_find(&fb, "A1") && form_type_state(&fb, &no));
	ck_assert(form_find(&fa, "A3") && form_type(&fa, "seen by m0"));
	seal(a);
	sync_now(a);
	seal(b);
	ck_assert(form_sync_open(&s, &conf, &err));
	form_sync_now(s);
	for (int i = 0; i < 200; i++) {
		form_sync_tick(s);
		net_wait(b->net, NULL, 0, 0);
	}
	snprintf(said, sizeof said, "%s", form_sync_said(s));
	ck_assert_msg(
	    strstr(said, "1 waits for your choice") != NULL, "%s", said);
	ck_assert(form_find(&fb, "A3"));
	ck_assert_str_eq(form_cell(&fb)->answer.value, "seen by m0");
	ck_assert(form_next(&fb, 1, WANTED_CONFLICT));
	ck_assert(form_pick(&fb, true));
	seal(b);
	form_sync_now(s);
	for (int i = 0; i < 200; i++) {
		form_sync_tick(s);
		net_wait(b->net, NULL, 0, 0);
	}
	ck_assert(screen_says(s, "Revision 2: sent"));
	ck_assert(screen_says(s, "Revision 1: sealed on another device"));
	form_sync_close(s);
	sync_now(a);
	ck_assert_str_eq(
	    review_cell(visit_review(a->visit), 0,
		instrument_question(
		    review_instrument(visit_review(a->visit)), "A3", 2))
		->answer.value,
	    "seen by m0");
}
END_TEST

/* As people say it; a laptop a year off is not so many minutes off. */
START_TEST(promise_30__clock__is_told_in_days_and_hours)
{
	static const struct {
		int64_t minutes;
		const char *says;
	} rows[] = {{3, "at least 3 minutes ahead"},
	    {-119, "at least 119 minutes behind"},
	    {120, "at least 2 hours ahead"},
	    {-2879, "at least 47 hours behind"},
	    {2880, "at least 2 days ahead"},
	    {525599, "at least 364 days ahead"},
	    {-525600, "at least 365 days behind"}};
	struct buf text = {0};

	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		buf_reset(&text);
		field_clock_words(rows[i].minutes * 60000, &text);
		ck_assert_msg(strstr(buf_text(&text), rows[i].says) != NULL,
		    "%s: %s", rows[i].says, buf_text(&text));
	}
	buf_reset(&text);
	field_clock_words(0, &text);
	ck_assert_uint_eq(text.len, 0);
	buf_free(&text);
}
END_TEST

/* A laptop a year ahead: the office's receipt proves it, and it is said. */
START_TEST(promise_30__screen__says_that_the_clock_is_wrong)
{
	struct device *d = &devices[0];
	const struct form_sync_conf conf = {
	    .visit = d->visit, .who = d->who, .net = d->net};
	struct form_sync *s;

	disk_clock(d->disk, INT64_C(4000000000000), 1000); /* the year 2096 */
	type(d);
	seal(d);
	ck_assert(form_sync_open(&s, &conf, &err));
	form_sync_now(s);
	loop(d, s);
	ck_assert(screen_says(s, "the receipt is kept"));
	ck_assert(screen_says(s, "days ahead of the office's"));
	form_sync_close(s);
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
	t = tcase_create("news");
	tcase_add_checked_fixture(t, two_devices, no_devices);
	tcase_set_timeout(t, 0);
	tcase_add_test(t, promise_20__claim__is_shown_to_the_other);
	tcase_add_test(
	    t, promise_24__roster__changed_since_the_packet_is_shown);
	tcase_add_test(t, promise_04__visit__speaks_of_what_a_crash_left);
	tcase_add_test(t, promise_14__screen__says_what_waits_while_keys_work);
	tcase_add_test(t, promise_18__screen__takes_in_what_the_other_sealed);
	tcase_add_test(t, promise_30__clock__is_told_in_days_and_hours);
	tcase_add_test(t, promise_30__screen__says_that_the_clock_is_wrong);
	suite_add_tcase(s, t);
	return unit_run(s);
}
