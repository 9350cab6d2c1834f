/* A review on its screen: keys in, what stands there, what was kept. */
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include <vterm.h>

#include "base/file.h"
#include "base/i18n.h"
#include "client/form_screen_part.h"
#include "poms/roster.h"

#include "lib/unit.h"

static struct {
	struct instrument *in;
	struct review *review;
	struct change born;
	struct form_screen screen;
	VTerm *vterm;
	int keys[2], glass[2];
	int width, height;
	unsigned kept;
	bool broken; /* the disk */
	char draft[20000], draft_key[160];
} t;

/* --- a journal in memory ----------------------------------------------------
 */

static bool
keep(void *self, const void *bytes, size_t n, struct err *err)
{
	(void)self;
	(void)bytes;
	ck_assert_uint_gt(n, 0);
	if (t.broken)
		return err_set(err, ERR_NO_SPACE, "the disk is full");
	t.kept++;
	return true;
}

static bool
draft(void *self, const char *key, const char *text, size_t n, struct err *err)
{
	(void)self;
	(void)err;
	ck_assert_uint_lt(n, sizeof t.draft);
	snprintf(t.draft, sizeof t.draft, "%s", text);
	snprintf(t.draft_key, sizeof t.draft_key, "%s", key);
	return true;
}

static bool
again(void *self, struct err *err)
{
	return keep(self, "", 1, err);
}

static bool
save_to(void *self, const char *folder, struct buf *left, struct err *err)
{
	(void)self;
	(void)left;
	if (strcmp(folder, "/media/stick") != 0)
		return err_set(err, ERR_IO, "there is no such folder");
	t.broken = false;
	return true;
}

static int64_t
clock_ms(void *self)
{
	(void)self;
	return INT64_C(1341100800000); /* 2012-07-01 */
}

static void
random_bytes(void *self, void *p, size_t n)
{
	static unsigned char next;

	(void)self;
	for (size_t i = 0; i < n; i++)
		((unsigned char *)p)[i] = next++;
}

/* --- the stage ---------------------------------------------------------------
 */

static void
paint(void)
{
	char data[65536];
	ssize_t n;

	form_screen_paint(&t.screen);
	term_flush(t.screen.term);
	while ((n = recv(t.glass[1], data, sizeof data, MSG_DONTWAIT)) > 0)
		vterm_input_write(t.vterm, data, (size_t)n);
}

static void
press(const char *bytes)
{
	int key;

	ck_assert_int_gt(send(t.keys[1], bytes, strlen(bytes), 0), 0);
	while ((key = term_key(t.screen.term)) != TERM_NONE)
		form_screen_key(&t.screen, key);
	paint();
}

static char *
line(int y)
{
	char text[2048];
	size_t n = vterm_screen_get_text(vterm_obtain_screen(t.vterm), text,
	    sizeof text - 1,
	    (VTermRect){.start_row = y,
		.end_row = y + 1,
		.start_col = 0,
		.end_col = t.width});

	text[n] = '\0';
	return xstrdup(text);
}

static bool
shows(const char *words)
{
	bool found = false;

	for (int y = 0; y < t.height && !found; y++) {
		char *text = line(y);

		found = strstr(text, words) != NULL;
		free(text);
	}
	return found;
}

#define HAS(words) ck_assert_msg(shows(words), "\"%s\" is missing", words)
#define LACKS(words) ck_assert_msg(!shows(words), "\"%s\" stands there", words)

static const struct review_cell *
at(enum unit kind, const char *key, const char *id)
{
	return review_cell(t.review, review_unit_find(t.review, kind, key),
	    instrument_question(t.in, id, strlen(id)));
}

static void
stage_vterm(int width, int height)
{
	t.width = width;
	t.height = height;
	t.vterm = vterm_new(height, width);
	vterm_set_utf8(t.vterm, 1);
	vterm_screen_enable_altscreen(vterm_obtain_screen(t.vterm), 1);
	vterm_screen_reset(vterm_obtain_screen(t.vterm), 1);
}

static void
stage_review(void)
{
	const char *top = getenv("top_srcdir") ? getenv("top_srcdir") : ".";
	char *cfg = xasprintf("%s/etc/instruments/poms-example-1.cfg", top);
	char *roster = xasprintf("%s/tests/lib/roster.json", top);
	struct buf text = {0};
	const struct stamp stamp = {"mk", 1, 1};
	struct err err;

	ck_assert_msg(instrument_load(&t.in, cfg, &err), "%s", err.text);
	ck_assert(file_read(&text, roster, 1 << 20, &err));
	ck_assert_msg(roster_read(&t.born, text.data, text.len, &stamp, &err),
	    "%s", err.text);
	t.review = review_new(t.in);
	for (size_t i = 0; i < t.born.n; i++)
		ck_assert(review_apply(t.review, &t.born.list[i], &err));
	buf_free(&text);
	free(cfg);
	free(roster);
}

static void
setup(void)
{
	struct term_conf conf = {.type = "xterm-256color",
	    .width = 80,
	    .height = 24,
	    .color = COLOR_NEVER};
	const struct form_keep k = {.keep = keep,
	    .draft = draft,
	    .again = again,
	    .save_to = save_to,
	    .wall_ms = clock_ms,
	    .mono_ms = clock_ms,
	    .random = random_bytes};
	struct err err;

	memset(&t, 0, sizeof t);
	ck_assert_ptr_nonnull(setlocale(LC_CTYPE, "C.UTF-8"));
	stage_review();
	stage_vterm(80, 24);
	ck_assert_int_eq(socketpair(AF_UNIX, SOCK_STREAM, 0, t.keys), 0);
	ck_assert_int_eq(socketpair(AF_UNIX, SOCK_SEQPACKET, 0, t.glass), 0);
	conf.in = t.keys[0];
	conf.out = t.glass[0];
	ck_assert(term_open(&t.screen.term, &conf, &err));
	form_init(&t.screen.form, t.review, &k, "mk");
	form_screen_init(&t.screen, t.screen.term);
	t.screen.title = review_unit(t.review, 0)->label;
	term_pastes(t.screen.term, true);
	paint();
}

static void
teardown(void)
{
	form_screen_fini(&t.screen);
	term_close(t.screen.term);
	vterm_free(t.vterm);
	review_free(t.review);
	change_free(&t.born);
	instrument_free(t.in);
	for (int i = 0; i < 2; i++) {
		close(t.keys[i]);
		close(t.glass[i]);
	}
}

/* --- what is promised
 * ---------------------------------------------------------- */

START_TEST(form__key__answers_and_advances)
{
	unsigned before = t.kept;

	press(":PR01\r");
	HAS("> PR01");
	HAS("A. B., child in placement");
	press("y");
	HAS("> PR02");
	press("2"); /* the number pad's No */
	press("y");
	HAS("> PR04");
	ck_assert_int_eq(at(UNIT_CC, "cc0", "PR01")->answer.state, ANSWER_YES);
	ck_assert_int_eq(at(UNIT_CC, "cc0", "PR02")->answer.state, ANSWER_NO);
	ck_assert_uint_eq(t.kept, before + 3);
	/* Back one, and answered anew. */
	press("\177");
	HAS("> PR03");
	press("n");
	ck_assert_int_eq(at(UNIT_CC, "cc0", "PR03")->answer.state, ANSWER_NO);
	/* The cursor stands on the question's mark. */
	{
		VTermPos pos;
		char *text;

		vterm_state_get_cursorpos(vterm_obtain_state(t.vterm), &pos);
		text = line(pos.row);
		ck_assert(strncmp(text, "> PR04", 6) == 0);
		free(text);
	}
}
END_TEST

START_TEST(form__undetermined__wants_its_reason)
{
	press(":PR05\r");
	press("u");
	HAS("Reason:");
	press("the child was asleep\r");
	HAS("> PR06");
	ck_assert_int_eq(
	    at(UNIT_CC, "cc0", "PR05")->answer.state, ANSWER_UNDETERMINED);
	ck_assert_str_eq(
	    at(UNIT_CC, "cc0", "PR05")->answer.reason, "the child was asleep");
	/* Left without one it is a problem, and e finds it. */
	press("u");
	press("\007");
	press(":PR09\r");
	press("e");
	HAS("> PR06");
}
END_TEST

/* What a seal is refused for is found with the same key: an unfavourable
 * answer without a finding, then the finding without its facts; what is only
 * open when nothing else is wrong. */
START_TEST(form__problem__leads_to_what_keeps_from_sealing)
{
	press(":PR05\r");
	press("n");
	press(":R01\r");
	press("e");
	HAS("> PR05");
	HAS("no finding yet");
	press("f");
	press("\033");
	press(":R01\r");
	press("e");
	HAS("> FND2");
	press("ihe was called names at table\t");
	press(":R01\r");
	press("e");
	LACKS("> PR05");
	LACKS("> FND2");
	HAS("> R03b");
	HAS("answered");
}
END_TEST

START_TEST(promise_03__form__says_what_is_not_saved)
{
	HAS("saved");
	press(":PR01\r");
	t.broken = true;
	press("y");
	HAS("NOT SAVED");
	HAS("the disk is full");
	/* What was typed stands all the same, and nothing is left behind. */
	ck_assert_int_eq(at(UNIT_CC, "cc0", "PR01")->answer.state, ANSWER_YES);
	press("q");
	ck_assert(!t.screen.quit);
	t.broken = false;
	press("w");
	LACKS("NOT SAVED");
	press("q");
	ck_assert(t.screen.quit);
}
END_TEST

START_TEST(promise_03__form__saves_to_another_folder)
{
	press(":PR01\r");
	t.broken = true;
	press("y");
	HAS("W elsewhere");
	press("W");
	HAS("Save to folder");
	press("/nowhere\r");
	HAS("no such folder");
	HAS("/nowhere"); /* what was typed stands */
	press("\x15/media/stick\r");
	LACKS("NOT SAVED");
	HAS("goes on there");
	ck_assert_int_eq(at(UNIT_CC, "cc0", "PR01")->answer.state, ANSWER_YES);
}
END_TEST

/* Opened anew the cursor stands at what was answered last. */
START_TEST(promise_05__form__opens_where_the_last_answer_was)
{
	struct form again = {0};

	press(":PR04\ry");
	press("u"); /* PR05 wants its reason now */
	press("no paper\r");
	form_init(&again, t.review, &t.screen.form.keep, "m4");
	again.tongue = t.screen.form.tongue;
	ck_assert_str_eq(form_question(&again)->id, "PR05");
	ck_assert_str_eq(review_unit(t.review, again.unit)->key, "cc0");
}
END_TEST

/* From wherever one is at most two keys end it, whatever is open, missing or
 * out of bounds. */
START_TEST(promise_07__form__is_left_in_two_keys_from_anywhere)
{
	static const char *const ways[] = {"", "?", "??", "!", "s", "m", ":PR",
	    "/wor", "c half a note", ":R05\r0132", ":PR05\ru", "\x04", "x",
	    ":R15\r99999999", "@/tmp", "W/x"};

	for (size_t i = 0; i < sizeof ways / sizeof *ways; i++) {
		t.screen.quit = false;
		press("\x1b");
		if (*ways[i] != '\0')
			press(ways[i]);
		press("\x1b");
		if (!t.screen.quit)
			press("q");
		if (!t.screen.quit)
			press("q");
		ck_assert_msg(t.screen.quit, "not left after \"%s\"", ways[i]);
	}
}
END_TEST

START_TEST(promise_30__today__is_of_the_county_not_of_greenwich)
{
	const int32_t june_30 = 15521; /* 2012-06-30; days since 1970 */

	/* 2012-07-01 at 02:00 in Greenwich. */
	setenv("TZ", "America/Los_Angeles", 1);
	tzset();
	ck_assert_int_eq(form_day(INT64_C(1341108000000)), june_30);
	setenv("TZ", "UTC", 1);
	tzset();
	ck_assert_int_eq(form_day(INT64_C(1341108000000)), june_30 + 1);
	/* Around the change of summer time, a leap day, a year's end. */
	setenv("TZ", "America/Los_Angeles", 1);
	tzset();
	ck_assert_int_eq(form_day(INT64_C(1331460000000)), 15410);
	ck_assert_int_eq(form_day(INT64_C(1330588799000)), 15399);
	ck_assert_int_eq(form_day(INT64_C(1357027199000)), 15705);
	setenv("TZ", "UTC", 1);
	tzset();
}
END_TEST

START_TEST(form__copy__is_marked_and_taken_back)
{
	press(":PR01\r");
	press("y");
	press("n");
	press(":PR01\r");
	press("]"); /* the same question of the next child */
	HAS("C. D., child in placement");
	press("=");
	ck_assert_int_eq(at(UNIT_CC, "cc1", "PR01")->answer.state, ANSWER_YES);
	ck_assert(at(UNIT_CC, "cc1", "PR01")->flags & CELL_COPIED);
	HAS("Yc");
	press("z");
	ck_assert_int_eq(
	    at(UNIT_CC, "cc1", "PR01")->answer.state, ANSWER_UNASKED);
	/* The rest is shown before it is copied. */
	press("\004");
	HAS("would come from the one before");
	press("\007");
	ck_assert_int_eq(
	    at(UNIT_CC, "cc1", "PR02")->answer.state, ANSWER_UNASKED);
	press("\004");
	press("y");
	ck_assert_int_eq(at(UNIT_CC, "cc1", "PR02")->answer.state, ANSWER_NO);
}
END_TEST

START_TEST(form__date__is_typed_straight_through)
{
	press(":ED02\r");
	press("03042012\r");
	ck_assert_str_eq(at(UNIT_CC, "cc0", "ED02")->typed.value, "2012-03-04");
	/* What is no day stays, and is marked. */
	press(":D02a\r");
	HAS("> D02a");
	press("02302012\r");
	ck_assert_str_eq(at(UNIT_CC, "cc1", "D02a")->typed.value, "2012-02-30");
	HAS("=!");
	/* What is not asked can be reached, and is told. */
	press(":ED05\r");
	HAS("not asked");
}
END_TEST

static const struct {
	const char *typed, *iso; /* NULL: no date */
} dates[] = {{"03042012", "2012-03-04"}, {"3/4/2012", "2012-03-04"},
    {"12-31-2011", "2011-12-31"}, {"2012-02-29", "2012-02-29"},
    {"t", "2012-07-01"}, {"p", "2011-10-15"}, {"+1", "2012-07-02"},
    {"-30", "2012-06-01"}, {"02302012", NULL}, {"03/04/12", NULL},
    {"030412", NULL}, {"", NULL}, {"x", NULL}, {"030420123", NULL}};

START_TEST(form__date__reads_what_people_type)
{
	/* 2012-07-01 and 2011-10-15 as days since 1970. */
	char iso[11];
	bool ok = form_date(dates[_i].typed, 15522, 15262, iso);

	ck_assert_int_eq(ok, dates[_i].iso != NULL);
	if (ok)
		ck_assert_str_eq(iso, dates[_i].iso);
}
END_TEST

static const struct {
	const char *typed, *iso; /* NULL: no time */
} times[] = {{"030420121405", "2012-03-04T14:05"},
    {"3/4/2012 14:05", "2012-03-04T14:05"}, {"t 0900", "2012-07-01T09:00"},
    {"t14:05", "2012-07-01T14:05"}, {"2012-03-04T23:59", "2012-03-04T23:59"},
    {"030420122400", NULL}, {"030420121460", NULL}, {"03042012", NULL},
    {"1405", NULL}, {"14:5", NULL}, {"1:405", NULL}, {"", NULL},
    {"023020121405", NULL}};

START_TEST(form__time__reads_what_people_type)
{
	char iso[17];
	bool ok = form_time(times[_i].typed, 15522, 15262, iso);

	ck_assert_int_eq(ok, times[_i].iso != NULL);
	if (ok)
		ck_assert_str_eq(iso, times[_i].iso);
}
END_TEST

START_TEST(form__paste__is_text_never_an_answer)
{
	char big[10300] = "\033[200~";
	size_t n = strlen(big);

	press(":PR01\r");
	press("\033[200~yyyynnnn\033[201~");
	HAS("a paste is no answer");
	ck_assert_int_eq(
	    at(UNIT_CC, "cc0", "PR01")->answer.state, ANSWER_UNASKED);
	press("c");
	for (int i = 0; i < 10240; i++)
		big[n++] = i % 80 == 79 ? '\n' : 'y';
	memcpy(big + n, "\033[201~", 7);
	press(big);
	press("\t");
	ck_assert_uint_eq(strlen(at(UNIT_CC, "cc0", "PR01")->note), 10240);
	ck_assert_int_eq(
	    at(UNIT_CC, "cc0", "PR01")->answer.state, ANSWER_UNASKED);
}
END_TEST

START_TEST(form__text__is_a_draft_until_it_is_kept)
{
	press(":D05c\r");
	press("i");
	press("called twice");
	ck_assert_str_eq(t.draft, "called twice");
	ck_assert_str_eq(at(UNIT_CC, "cc0", "D05c")->typed.value, "");
	press("\033");
	ck_assert_str_eq(
	    at(UNIT_CC, "cc0", "D05c")->typed.value, "called twice");
	ck_assert_str_eq(t.draft, "");
}
END_TEST

/* Notes and reasons are people's own words, not less than an answer. */
START_TEST(promise_01__form__keeps_notes_and_reasons_under_way)
{
	press(":PR04\r");
	press("c");
	press("only rice");
	ck_assert_str_eq(t.draft, "only rice");
	ck_assert_str_eq(t.draft_key, "CC cc0 PR04 note");
	press("\033");
	ck_assert_str_eq(t.draft, "");
	ck_assert_str_eq(at(UNIT_CC, "cc0", "PR04")->note, "only rice");
	press("u");
	press("no file");
	ck_assert_str_eq(t.draft, "no file");
	ck_assert_str_eq(t.draft_key, "CC cc0 PR04 reason");
	press("\r");
	ck_assert_str_eq(t.draft, "");
	ck_assert_str_eq(at(UNIT_CC, "cc0", "PR04")->typed.reason, "no file");
}
END_TEST

START_TEST(promise_04__form__takes_text_up_as_what_it_was)
{
	press(":PR04\r");
	form_screen_type(&t.screen, "note", "only ri");
	form_say(&t.screen.form, "this text was under way");
	paint();
	HAS("Note: only ri");
	/* What was said and the keys that end it stand side by side. */
	HAS("this text was under way");
	HAS("Esc or Tab keeps it  Ctrl-G gives it up");
	press("ce\033");
	ck_assert_str_eq(at(UNIT_CC, "cc0", "PR04")->note, "only rice");
	form_screen_type(&t.screen, "reason", "no fi");
	form_say(&t.screen.form, "this text was under way");
	paint();
	HAS("this text was under way");
	HAS("Enter or Esc keeps it  Ctrl-G gives it up");
	press("\007");
	form_screen_type(&t.screen, "of a later program", "what");
	paint();
	LACKS("what");
}
END_TEST

START_TEST(form__matrix__is_one_question_of_all)
{
	press(":PR04\r");
	press("m");
	HAS("> PR04     A. B.");
	HAS("  PR04     K. L.");
	LACKS("PR05");
	press("y");
	HAS("A. B.");
	press("m");
	HAS("PR05");
}
END_TEST

/* Every key can be read in the smallest window, page by page. */
START_TEST(form__keys__are_all_told_in_a_small_window)
{
	int pages = 1;

	vterm_free(t.vterm);
	stage_vterm(40, 10);
	term_resize(t.screen.term, 40, 10);
	form_screen_resized(&t.screen);
	press("??");
	HAS("answer, and go on");
	while (!shows("leave; all is kept") && pages++ < 9)
		press(" ");
	HAS("leave; all is kept");
	ck_assert_int_gt(pages, 1);
	press(" ");
	HAS("saved");
}
END_TEST

/* Every word of a text stands on the screen. */
static void
has_words(const char *text)
{
	char *words = xstrdup(text), *save = NULL;

	for (char *w = strtok_r(words, " ", &save); w != NULL;
	     w = strtok_r(NULL, " ", &save))
		HAS(w);
	free(words);
}

/* Longer words of another tongue are broken or left out, never cut. */
START_TEST(form__keys__are_whole_in_spanish)
{
	static const char *const told[] = {"type text, date, count",
	    "next, previous section", "next, previous open",
	    "take a part, give it back", "next reserve stands in",
	    "go to an id, find words", "attach a photo or scan",
	    "to the office; send now", "leave; all is kept"};
	static const int widths[] = {80, 60, 40};
	const char *last = told[sizeof told / sizeof *told - 1];
	bool there;

	setenv("LANGUAGE", "es", 1);
	setenv("LC_ALL", "C.UTF-8", 1);
	i18n_init();
	/* Built without translations there is nothing to see. */
	there = strcmp(gettext(last), last) != 0;
	for (size_t i = 0; there && i < sizeof widths / sizeof *widths; i++) {
		vterm_free(t.vterm);
		stage_vterm(widths[i], 24);
		term_resize(t.screen.term, widths[i], 24);
		form_screen_resized(&t.screen);
		paint();
		HAS("y n a u");
		HAS("? ayuda  q sale");
		if (widths[i] == 80)
			HAS("e error");
		if (widths[i] < 80)
			continue;
		press("??");
		for (size_t k = 0; k < sizeof told / sizeof *told; k++)
			has_words(gettext(told[k]));
		press("\007");
	}
	unsetenv("LANGUAGE");
	setlocale(LC_MESSAGES, "C");
}
END_TEST

START_TEST(form__window__of_any_size_keeps_the_place)
{
	static const int sizes[][2] = {
	    {60, 20}, {40, 8}, {39, 7}, {20, 3}, {200, 60}};

	press(":PR04\r");
	for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
		vterm_free(t.vterm);
		stage_vterm(sizes[i][0], sizes[i][1]);
		term_resize(t.screen.term, sizes[i][0], sizes[i][1]);
		form_screen_resized(&t.screen);
		paint();
		if (sizes[i][0] >= 40 && sizes[i][1] >= 8)
			HAS("> PR04");
		else
			HAS(sizes[i][0] > 20 ? "needs 40 x 8" : "needs");
	}
}
END_TEST

static bool
unlock(void *arg, const char *passphrase)
{
	(void)arg;
	return strcmp(passphrase, "open") == 0;
}

START_TEST(promise_29__lock__hides_all_until_the_passphrase)
{
	t.screen.unlock = unlock;
	press(":PR04\r");
	form_screen_lock(&t.screen);
	paint();
	HAS("Locked");
	LACKS("PR04");
	LACKS("Willow");
	press("y");
	press("wrong\r");
	HAS("not the passphrase");
	press("open\r");
	HAS("> PR04");
	ck_assert_int_eq(
	    at(UNIT_CC, "cc0", "PR04")->answer.state, ANSWER_UNASKED);
}
END_TEST

START_TEST(promise_29__lock__keeps_what_was_being_typed)
{
	t.screen.unlock = unlock;
	press(":PR04\r");
	press("c");
	press("half a tho");
	form_screen_lock(&t.screen);
	paint();
	LACKS("half a tho");
	press("wrong\r");
	press("open\r");
	HAS("Note: half a tho");
	press("ught\033");
	ck_assert_str_eq(at(UNIT_CC, "cc0", "PR04")->note, "half a thought");
}
END_TEST

START_TEST(form__card__says_what_to_do_and_keeps_the_report)
{
	int units = review_units(t.review);

	press(":PR02\r");
	press("!");
	HAS("REPORT NOW");
	press("\033");
	HAS("> PR02");
	press("!");
	press("\r");
	ck_assert_int_eq(review_units(t.review), units + 1);
	ck_assert_int_eq(
	    review_unit(t.review, t.screen.form.unit)->kind, UNIT_HRM);
}
END_TEST

START_TEST(form__finding__opens_for_what_is_unfavourable)
{
	press(":PR05\r");
	press("f");
	HAS("no answer to this question opens a finding");
	press("n");
	press("\177");
	press("f");
	ck_assert_int_eq(
	    review_unit(t.review, t.screen.form.unit)->kind, UNIT_FND);
	HAS("finding 1, PR05");
}
END_TEST

/* The other device answered PR05 with No while this one said Yes. */
static void
quarrel(void)
{
	struct event e = event_make(EVENT_CONFLICT);
	struct err err;

	e.review = review_id(t.review);
	e.sequence = review_sequence(t.review) + 1;
	e.group = review_next_group(t.review);
	e.unit = UNIT_CC;
	e.key = "cc0";
	e.question = "PR05";
	e.new.state = ANSWER_NO;
	e.who = "rosa";
	ck_assert_msg(review_apply(t.review, &e, &err), "%s", err.text);
}

static int
rows_of(enum unit kind)
{
	int n = 0;

	for (int i = 0; i < review_units(t.review); i++)
		n += review_unit(t.review, i)->kind == kind;
	return n;
}

/* Rows of which there is none yet are reached from anywhere; a row's own key
 * adds another, on its dates too. */
START_TEST(form__row__is_added_from_anywhere)
{
	press(":CAP01\r");
	HAS("+ adds the first");
	press(":R13\r+");
	HAS("A new row of which kind?");
	HAS("1  day on site");
	HAS("corrective action plan");
	LACKS("goal of a plan"); /* it belongs to a child */
	LACKS("adult of a home");
	press("1");
	HAS("> R08");
	press("03052012\r");
	press(":R08\r+");
	ck_assert_int_eq(rows_of(UNIT_DAY), 2);
	HAS("> R08");
	press("i+3\r");
	ck_assert_int_eq(rows_of(UNIT_DAY), 2);
	/* From a date of another unit + still means days. */
	press(":R07\r+");
	ck_assert_int_eq(rows_of(UNIT_DAY), 2);
	LACKS("A new row");
	press("\007");
	press(":PR01\r+");
	HAS("goal of a plan");
	press("\033");
	press("\007");
	ck_assert_int_eq(rows_of(UNIT_GOA), 0);
}
END_TEST

START_TEST(form__conflict__stands_side_by_side_until_picked)
{
	press(":PR05\r");
	press("y");
	quarrel();
	press("x");
	HAS("> PR05");
	HAS("YOURS: Yes | rosa: No");
	press(_i == 0 ? "<" : ">");
	LACKS("rosa: No");
	ck_assert_int_eq(at(UNIT_CC, "cc0", "PR05")->answer.state,
	    _i == 0 ? ANSWER_YES : ANSWER_NO);
	press("x");
	HAS("there is no conflict");
}
END_TEST

START_TEST(form__help__tells_of_the_question_then_of_the_keys)
{
	press(":PR05\r");
	press("?");
	HAS("PR05  Treated with respect");
	press("?");
	HAS("answer, and go on");
	HAS("leave; all is kept");
	press("\007");
	HAS("> PR05");
}
END_TEST

/* What answers a closed question in either case does nothing else there: a
 * capital typed by habit must not lead away. */
START_TEST(form__keys__that_answer_do_nothing_else)
{
	static const char *const closed[] = {"PR01", "PR05", "ED04"};
	unsigned answers = 0;

	for (size_t i = 0; i < sizeof closed / sizeof *closed; i++)
		for (int key = ' '; key < 0x7f; key++) {
			ck_assert(form_find(&t.screen.form, closed[i]));
			if (!form_key(&t.screen.form, key))
				continue;
			answers++;
			ck_assert_msg(!form_screen_do(&t.screen, key),
			    "%c does two things at %s", key, closed[i]);
		}
	ck_assert_uint_ge(answers, 3 * 6);
}
END_TEST

START_TEST(form__capital_a__does_not_apply_and_e_adds)
{
	press(":ED04\r");
	press("A");
	LACKS("Add (id and why)");
	ck_assert_int_eq(at(UNIT_CC, "cc0", "ED04")->answer.state, ANSWER_NA);
	press("E");
	ck_assert_int_eq(t.screen.mode, FORM_EXTRA);
	press("\x1b:PR01\ra");
	HAS("this always applies");
}
END_TEST

START_TEST(form__tongue__changes_and_back)
{
	press(":PR02\r");
	HAS("Feels safe?");
	press("l");
	LACKS("Feels safe?");
	press("l");
	HAS("Feels safe?");
}
END_TEST

int
main(void)
{
	Suite *s = suite_create("form");
	TCase *c = tcase_create("form");

	tcase_add_checked_fixture(c, setup, teardown);
	tcase_add_test(c, form__key__answers_and_advances);
	tcase_add_test(c, form__undetermined__wants_its_reason);
	tcase_add_test(c, form__problem__leads_to_what_keeps_from_sealing);
	tcase_add_test(c, promise_03__form__says_what_is_not_saved);
	tcase_add_test(c, promise_03__form__saves_to_another_folder);
	tcase_add_test(c, promise_05__form__opens_where_the_last_answer_was);
	tcase_add_test(c, promise_07__form__is_left_in_two_keys_from_anywhere);
	tcase_add_test(c, promise_30__today__is_of_the_county_not_of_greenwich);
	tcase_add_test(c, form__copy__is_marked_and_taken_back);
	tcase_add_test(c, form__date__is_typed_straight_through);
	tcase_add_loop_test(c, form__date__reads_what_people_type, 0,
	    sizeof dates / sizeof *dates);
	tcase_add_loop_test(c, form__time__reads_what_people_type, 0,
	    sizeof times / sizeof *times);
	tcase_add_test(c, form__paste__is_text_never_an_answer);
	tcase_add_test(c, form__text__is_a_draft_until_it_is_kept);
	tcase_add_test(c, promise_01__form__keeps_notes_and_reasons_under_way);
	tcase_add_test(c, promise_04__form__takes_text_up_as_what_it_was);
	tcase_add_test(c, form__matrix__is_one_question_of_all);
	tcase_add_test(c, form__keys__are_whole_in_spanish);
	tcase_add_test(c, form__window__of_any_size_keeps_the_place);
	tcase_add_test(c, form__keys__are_all_told_in_a_small_window);
	tcase_add_test(c, promise_29__lock__hides_all_until_the_passphrase);
	tcase_add_test(c, promise_29__lock__keeps_what_was_being_typed);
	tcase_add_test(c, form__card__says_what_to_do_and_keeps_the_report);
	tcase_add_test(c, form__finding__opens_for_what_is_unfavourable);
	tcase_add_loop_test(
	    c, form__conflict__stands_side_by_side_until_picked, 0, 2);
	tcase_add_test(c, form__row__is_added_from_anywhere);
	tcase_add_test(c, form__help__tells_of_the_question_then_of_the_keys);
	tcase_add_test(c, form__keys__that_answer_do_nothing_else);
	tcase_add_test(c, form__capital_a__does_not_apply_and_e_adds);
	tcase_add_test(c, form__tongue__changes_and_back);
	suite_add_tcase(s, c);
	return unit_run(s);
}
