/*
 * A review left and opened again, at random: whatever keys were typed, at most
 * two end it, and the next start shows the very same answers, notes, rows and
 * states, at the question that was touched last (offline.md, promises 5 and
 * 7). HEARTH_SEEDS: how many walks.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/file.h"
#include "base/rng.h"
#include "client/form_screen.h"
#include "client/visit.h"
#include "lib/disk.h"
#include "lib/unit.h"
#include "proto/bundle.h"

#define SEEDS 8
#define LEAVES 12
#define KEYS 80 /* between two of them, at most */
#define PASSPHRASE "correct horse battery"
#define CTRL(letter) ((letter)&0x1f)

static struct {
	struct disk *disk;
	struct folder *folder;
	struct visit *visit;
	struct form_screen screen;
	struct rng rng;
	int keys[2], glass[2];
} w;

static struct err err;

/* --- the stage ---------------------------------------------------------- */

static void
part(struct bundle *b, const char *name, const char *path, struct buf *text)
{
	const char *top = getenv("top_srcdir") ? getenv("top_srcdir") : ".";
	char *whole = xasprintf("%s/%s", top, path);
	struct bundle_part *p = &b->parts[b->n++];

	ck_assert_msg(file_read(text, whole, 1 << 20, &err), "%s", err.text);
	snprintf(p->name, sizeof p->name, "%s", name);
	p->data = text->data;
	p->len = text->len;
	free(whole);
}

static void
take_packet(void)
{
	static uint8_t public[BUNDLE_PUBLIC], secret[BUNDLE_SECRET];
	struct bundle b = {.about = {.packet = "PK-1",
			       .review = "RV-1",
			       .instrument = "poms-example/1",
			       .user = "mk",
			       .issued_ms = 1,
			       .expires_ms = INT64_C(1) << 50}};
	struct buf roster = {0}, form = {0}, bytes = {0};
	struct visit_packet packet = {.trusted = public, .user = "mk"};

	part(&b, "roster", "tests/lib/roster.json", &roster);
	part(&b, "instrument", "etc/instruments/poms-example-1.cfg", &form);
	ck_assert(bundle_keys(public, secret));
	ck_assert_msg(bundle_write(&bytes, &b, secret, &err), "%s", err.text);
	packet.data = bytes.data;
	packet.len = bytes.len;
	ck_assert_msg(visit_take(w.folder, &packet, &err), "%s", err.text);
	buf_free(&roster);
	buf_free(&form);
	buf_free(&bytes);
}

static void
begin(void)
{
	const struct form_keep *k;
	struct form_keep keep;
	struct term *term = w.screen.term;

	ck_assert_msg(
	    visit_open(&w.visit, w.folder, "", "mk", &err), "%s", err.text);
	keep = visit_keep(w.visit);
	k = &keep;
	memset(&w.screen, 0, sizeof w.screen);
	w.screen.term = term;
	form_init(&w.screen.form, visit_review(w.visit), k, "mk");
	form_screen_init(&w.screen, term);
	w.screen.title = "Home";
}

static void
paint(void)
{
	char data[65536];

	form_screen_paint(&w.screen);
	term_flush(w.screen.term);
	while (recv(w.glass[1], data, sizeof data, MSG_DONTWAIT) > 0)
		;
}

static void
setup(uint64_t seed)
{
	const struct vault_make how = {
	    .passphrase = PASSPHRASE, .cost = {1, 8192}};
	struct term_conf conf = {.type = "xterm-256color",
	    .width = 80,
	    .height = 24,
	    .color = COLOR_NEVER};

	memset(&w, 0, sizeof w);
	rng_seed(&w.rng, seed);
	w.disk = disk_new(seed + 1);
	ck_assert_msg(
	    folder_create(&w.folder, disk_io(w.disk), "/f", &how, &err), "%s",
	    err.text);
	take_packet();
	ck_assert_int_eq(socketpair(AF_UNIX, SOCK_STREAM, 0, w.keys), 0);
	ck_assert_int_eq(socketpair(AF_UNIX, SOCK_SEQPACKET, 0, w.glass), 0);
	conf.in = w.keys[0];
	conf.out = w.glass[0];
	ck_assert(term_open(&w.screen.term, &conf, &err));
	begin();
}

static void
teardown(void)
{
	struct term *term = w.screen.term;

	form_screen_fini(&w.screen);
	term_close(term);
	visit_close(w.visit);
	folder_close(w.folder);
	disk_free(w.disk);
	for (int i = 0; i < 2; i++) {
		close(w.keys[i]);
		close(w.glass[i]);
	}
}

/* The program ends; what it wrote but did not sync is gone with the power. */
static void
restart(void)
{
	form_screen_fini(&w.screen);
	visit_close(w.visit);
	folder_close(w.folder);
	disk_restart(w.disk, true);
	ck_assert_msg(
	    folder_open(&w.folder, disk_io(w.disk), "/f", PASSPHRASE, &err),
	    "%s", err.text);
	begin();
	ck_assert_str_eq(visit_found(w.visit), "");
}

/* --- what stands -------------------------------------------------------- */

static void
tell_response(struct buf *out, const char *what, const struct response *a)
{
	buf_printf(out, " %s:%s\"%s\"(%s)", what, response_state_word(a->state),
	    a->value, a->reason);
}

static void
tell_unit(struct buf *out, const struct review *r, int unit)
{
	const struct review_unit *u = review_unit(r, unit);
	int n;
	const struct question *all =
	    instrument_questions(review_instrument(r), &n);

	buf_printf(out, "%s/%s %s%s [%s]\n", unit_word(u->kind), u->key,
	    u->dropped ? "dropped" : "", u->asked ? "asked" : "", u->claimed);
	for (int q = 0; q < n; q++) {
		const struct review_cell *c = review_cell(r, unit, q);

		if (c == NULL || c->changes == 0)
			continue;
		buf_printf(out, " %s %x", all[q].id, c->flags);
		tell_response(out, "stands", &c->answer);
		tell_response(out, "typed", &c->typed);
		buf_printf(out, " note %s by %s\n", c->note, c->who);
	}
}

/* Answers, states, rows and progress in one text. */
static char *
whole(void)
{
	const struct review *r = visit_review(w.visit);
	struct progress p = review_progress(r, -1, -1);
	struct buf out = {0};
	char *text;

	for (int unit = 0; unit < review_units(r); unit++)
		tell_unit(&out, r, unit);
	buf_printf(&out, "%d of %d; %d %d %d %d %d %d", p.answered, p.asked,
	    p.errors, p.warnings, p.undetermined, p.unfavourable, p.hidden,
	    p.copied);
	text = xstrdup(buf_text(&out));
	buf_free(&out);
	return text;
}

/* Where a start is to come up: what the walk saw answered last. */
static char *
last_touched(void)
{
	const struct event *list, *e = NULL;
	const struct review *r = visit_review(w.visit);
	const struct instrument *in = review_instrument(r);
	size_t n = review_history(r, &list);

	for (size_t i = 0; i < n; i++)
		if (list[i].kind == EVENT_ANSWER &&
		    (list[i].flags & EVENT_PACKET) == 0)
			e = &list[i];
	if (e == NULL ||
	    review_item(r, review_unit_find(r, e->unit, e->key),
		instrument_question(in, e->question, strlen(e->question))) < 0)
		return NULL;
	return xasprintf("%s/%s %s", unit_word(e->unit), e->key, e->question);
}

static char *
place(const struct form *f)
{
	const struct review_unit *u = review_unit(f->review, f->unit);

	return xasprintf(
	    "%s/%s %s", unit_word(u->kind), u->key, form_question(f)->id);
}

/* --- the walk ----------------------------------------------------------- */

/* Every key of the form but W, which leads to another folder. */
static const int doing[] = {TERM_DOWN, TERM_UP, TERM_ENTER, TERM_BACKSPACE,
    TERM_TAB, TERM_BTAB, TERM_PGDN, TERM_PGDN, TERM_PGUP, ' ', '.', ',', 'e',
    CTRL('T'), 'f', 'c', 'r', 'i', '=', CTRL('D'), '[', ']', 'm', 'z', 'Z', 'g',
    ':', '/', '@', 'o', 'S', 'E', 's', '+', TERM_DEL, '<', '>', 'x', '!',
    TERM_F0 + 9, '?', TERM_F0 + 1, 'l', 'w', CTRL('L'), TERM_ESC, CTRL('G')};
static const char typed[] = "yynnaauu-123456789tp+0.;Nabc";

static void
press(int key)
{
	form_screen_key(&w.screen, key);
	ck_assert(!w.screen.quit);
}

/* To any question of the form, by its id. */
static void
jump(void)
{
	int n;
	const struct item *all = review_items(visit_review(w.visit), &n);
	const struct item *to = &all[rng_below(&w.rng, (uint32_t)n)];
	const char *id = instrument_questions(
	    review_instrument(visit_review(w.visit)), &n)[to->question]
			     .id;

	press('g');
	while (*id != '\0')
		press(*id++);
	press(TERM_ENTER);
}

static void
step(void)
{
	uint32_t what = rng_below(&w.rng, 100);

	if (w.screen.mode == FORM_ANSWERING && what < 15)
		jump();
	else if (w.screen.mode != FORM_ANSWERING && what < 20)
		press(TERM_ESC);
	else if (what < 60)
		press(typed[rng_below(&w.rng, sizeof typed - 1)]);
	else
		press(doing[rng_below(&w.rng, sizeof doing / sizeof *doing)]);
	if (rng_below(&w.rng, 4) == 0)
		paint();
}

/* F10 from anywhere; or Ctrl-G and q, where a terminal has no such key. */
static void
leave(void)
{
	enum form_mode mode = w.screen.mode;

	if (rng_below(&w.rng, 2) == 0) {
		form_screen_key(&w.screen, TERM_F0 + 10);
	} else {
		form_screen_key(&w.screen, CTRL('G'));
		form_screen_key(&w.screen, 'q');
	}
	ck_assert_msg(w.screen.quit, "not left in mode %d", (int)mode);
}

static void
check_same(const char *before, const char *touched)
{
	char *after = whole();

	ck_assert_msg(
	    strcmp(before, after) == 0, "left:\n%s\nfound:\n%s", before, after);
	if (touched != NULL) {
		char *here = place(&w.screen.form);

		ck_assert_str_eq(here, touched);
		free(here);
	}
	free(after);
}

/* Text that was no answer yet is offered again, as form_run.c does; nothing
 * else is. */
static void
check_text(const char *left)
{
	struct form *f = &w.screen.form;
	struct visit_draft d;
	int unit;

	if (!visit_draft(w.visit, &d)) {
		ck_assert_str_eq("", left);
		return;
	}
	ck_assert_str_eq(d.text, left);
	unit = review_unit_find(f->review, d.kind, d.key);
	form_go(
	    f, review_item(f->review, unit,
		   instrument_question(f->in, d.question, strlen(d.question))));
	form_screen_type(&w.screen, d.part, d.text);
}

/* What F10 could not take as it stood. */
static bool
under_way(void)
{
	enum form_mode mode = w.screen.mode;

	return mode == FORM_VALUE || mode == FORM_REPLACE || mode == FORM_EXTRA;
}

static unsigned
walk(uint64_t seed)
{
	unsigned answers = 0;

	setup(seed);
	for (int i = 0; i < LEAVES; i++) {
		uint32_t n = 1 + rng_below(&w.rng, KEYS);
		char *before, *touched, *text;

		while (n-- > 0)
			step();
		answers += w.screen.form.answers;
		leave();
		before = whole();
		touched = last_touched();
		text = xstrdup(under_way() ? field_text(&w.screen.field) : "");
		restart();
		check_same(before, touched);
		check_text(text);
		free(before);
		free(touched);
		free(text);
	}
	teardown();
	return answers;
}

START_TEST(promise_07__walk__is_left_in_two_keys_and_found_the_same)
{
	const char *text = getenv("HEARTH_SEEDS");
	uint64_t seeds = text != NULL ? strtoull(text, NULL, 10) : SEEDS;
	unsigned answers = 0;

	for (uint64_t seed = 0; seed < seeds; seed++)
		answers += walk(seed);
	/* The walk answers; it does not only wander. */
	ck_assert_uint_ge(answers, (unsigned)seeds * 20);
}
END_TEST

/* The reserve that every folder has is there for the program, not only for a
 * journal's own test. */
START_TEST(promise_03__full_disk__takes_the_reserve_and_says_so)
{
	char *before;

	setup(1);
	for (const char *key = "gPR04"; *key != '\0'; key++)
		press(*key);
	press(TERM_ENTER);
	ck_assert(io_exists(disk_io(w.disk), "/f/reserve"));
	disk_room(w.disk, 20);
	press('y');
	ck_assert(w.screen.form.saved);
	ck_assert_ptr_nonnull(strstr(w.screen.form.message, "make room"));
	ck_assert(!io_exists(disk_io(w.disk), "/f/reserve"));
	before = whole();
	restart();
	check_same(before, NULL);
	free(before);
	teardown();
}
END_TEST

static void
the_journal(void *arg, const char *path, const uint8_t *bytes, size_t n)
{
	(void)bytes;
	(void)n;
	if (strstr(path, ".hj") != NULL)
		snprintf(arg, 200, "%s", path);
}

/* One bit in the middle of the journal is another. */
static void
spoil(void)
{
	char path[200] = "";
	uint8_t *bytes;
	size_t n;

	disk_each(w.disk, the_journal, path);
	bytes = disk_file(w.disk, path, &n);
	bytes[n / 2] ^= 1;
}

/* What was sealed is not looked for behind damage: nothing can be written
 * there, and the review would not open at all. */
START_TEST(promise_02__damage__opens_read_only_after_a_seal)
{
	struct seal seal;

	setup(2);
	ck_assert_msg(seal_make(&seal, w.folder, visit_journal(w.visit), "{}",
			  2, NULL, &err),
	    "%s", err.text);
	form_screen_fini(&w.screen);
	visit_close(w.visit);
	spoil();
	begin();
	ck_assert_ptr_nonnull(strstr(visit_found(w.visit), "is damaged"));
	ck_assert_int_eq(
	    journal_health(visit_journal(w.visit)), JOURNAL_READONLY);
	teardown();
}
END_TEST

int
main(void)
{
	Suite *s = suite_create("leave");
	TCase *t = tcase_create("leave");

	tcase_set_timeout(t, 0);
	tcase_add_test(
	    t, promise_07__walk__is_left_in_two_keys_and_found_the_same);
	tcase_add_test(t, promise_03__full_disk__takes_the_reserve_and_says_so);
	tcase_add_test(t, promise_02__damage__opens_read_only_after_a_seal);
	suite_add_tcase(s, t);
	return unit_run(s);
}
