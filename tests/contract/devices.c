#include "contract/devices.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "client/field_sync.h"
#include "lib/unit.h"
#include "proto/bundle.h"

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

struct device devices[DEVICES];
int devices_n;
struct devices_line devices_line;
struct fixture devices_office;
struct rng devices_rng;

static char packet_name[64];
static uint8_t public[BUNDLE_PUBLIC];
static struct err err;

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

	if (rng_below(&devices_rng, 10) < devices_line.faults)
		return 0;
	if (devices_line.portal) {
		buf_str(body, "<html>Welcome to Hotel WiFi</html>");
		return 200;
	}
	if (devices_line.roster != NULL &&
	    strstr(call->path, "/roster") != NULL) {
		buf_str(body, devices_line.roster);
		return 200;
	}
	service_answer(devices_office.service, &q, &a);
	status = a.status;
	buf_add(body, a.body.data, a.body.len);
	answer_free(&a);
	return rng_below(&devices_rng, 10) < devices_line.faults ? 0 : status;
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

void
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

void
devices_open(int n)
{
	devices_line = (struct devices_line){0};
	devices_n = n;
	fixture_open(&devices_office, false);
	snprintf(packet_name, sizeof packet_name, "%s/packet",
	    devices_office.folder);
	for (int d = 0; d < n; d++)
		device_open(&devices[d], d);
}

void
devices_close(void)
{
	for (int d = 0; d < devices_n; d++)
		device_close(&devices[d]);
	fixture_close(&devices_office);
}

void
device_again(struct device *d)
{
	visit_close(d->visit);
	device_visit(d);
}

void
device_restart(struct device *d, bool all)
{
	folder_close(d->folder);
	disk_restart(d->disk, all);
	ck_assert_msg(
	    folder_open(&d->folder, disk_io(d->disk), "/f", PASSPHRASE, &err),
	    "%s", err.text);
	device_visit(d);
}

/* --- what people do ------------------------------------------------------ */

void
device_keep(struct device *d, struct change *c)
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

struct stamp
device_stamp(const struct device *d)
{
	static int64_t now = 1000;

	now += 1000;
	return (struct stamp){.who = d->who, .wall_ms = now, .mono_ms = now};
}

struct response
device_answer(const struct question *q, const struct device *d, char text[64])
{
	static const enum response_state states[] = {
	    ANSWER_YES, ANSWER_NO, ANSWER_UNDETERMINED, ANSWER_UNASKED};
	static unsigned typed;
	struct response a = {ANSWER_VALUE, text, ""};

	switch (q->type) {
	case VALUE_YN:
	case VALUE_YNA:
		a = RESPONSE_NONE;
		a.state = states[rng_below(&devices_rng, 4)];
		if (a.state == ANSWER_UNDETERMINED)
			a.reason = "no paper";
		break;
	case VALUE_NUMBER:
		snprintf(text, 64, "%u", rng_below(&devices_rng, 5));
		break;
	case VALUE_DATE:
		snprintf(
		    text, 64, "2012-01-%02u", 1 + rng_below(&devices_rng, 5));
		break;
	case VALUE_CHOICE:
		snprintf(text, 64, "%s",
		    rng_below(&devices_rng, 2) == 0 ? "a" : "b");
		break;
	default:
		snprintf(text, 64, "%s typed %u", d->who, ++typed);
		break;
	}
	return a;
}

bool
device_cell(const struct device *d, int *unit, int *question)
{
	const struct review *r = visit_review(d->visit);
	int n;
	const int *slots;

	*unit = (int)rng_below(&devices_rng, (uint32_t)review_units(r));
	slots = instrument_slots(
	    review_instrument(r), review_unit(r, *unit)->kind, &n);
	if (n == 0 || review_unit(r, *unit)->dropped)
		return false;
	*question = slots[rng_below(&devices_rng, (uint32_t)n)];
	return true;
}

void
device_type(struct device *d)
{
	struct review *r = visit_review(d->visit);
	struct stamp s = device_stamp(d);
	struct change c = {0};
	struct response a;
	char text[64];
	int unit, question, n;

	if (!device_cell(d, &unit, &question))
		return;
	a = device_answer(
	    &instrument_questions(review_instrument(r), &n)[question], d, text);
	ck_assert_msg(
	    review_answer(r, unit, question, &a, &s, &c, &err), "%s", err.text);
	device_keep(d, &c);
}

void
device_seal(struct device *d)
{
	struct seal sealed;

	if (journal_unsealed(visit_journal(d->visit)) > 0 &&
	    !visit_seal(d->visit, "again", &sealed, &err))
		ck_assert_msg(err.code == ERR_REFUSED, "%s", err.text);
}

void
device_sync(struct device *d)
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

/* --- what is there ------------------------------------------------------- */

static int
text_order(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

char *
device_whole(const struct review *r)
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
