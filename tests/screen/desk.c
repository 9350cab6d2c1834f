#include "screen/desk.h"

#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/file.h"
#include "lib/unit.h"
#include "poms/roster.h"

struct desk desk;

/* --- a journal in memory ----------------------------------------------------
 */

static bool
keep(void *self, const void *bytes, size_t n, struct err *err)
{
	(void)self;
	(void)bytes;
	ck_assert_uint_gt(n, 0);
	if (desk.broken)
		return err_set(err, ERR_NO_SPACE, "the disk is full");
	desk.kept++;
	return true;
}

static bool
draft(void *self, const char *key, const char *text, size_t n, struct err *err)
{
	(void)self;
	(void)err;
	ck_assert_uint_lt(n, sizeof desk.draft);
	snprintf(desk.draft, sizeof desk.draft, "%s", text);
	snprintf(desk.draft_key, sizeof desk.draft_key, "%s", key);
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
	desk.broken = false;
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

void
desk_paint(void)
{
	char data[65536];
	ssize_t n;

	form_screen_paint(&desk.screen);
	term_flush(desk.screen.term);
	while ((n = recv(desk.glass[1], data, sizeof data, MSG_DONTWAIT)) > 0)
		vterm_input_write(desk.vterm, data, (size_t)n);
}

void
desk_press(const char *bytes)
{
	int key;

	ck_assert_int_gt(send(desk.keys[1], bytes, strlen(bytes), 0), 0);
	while ((key = term_key(desk.screen.term)) != TERM_NONE)
		form_screen_key(&desk.screen, key);
	desk_paint();
}

char *
desk_line(int y)
{
	char text[2048];
	size_t n = vterm_screen_get_text(vterm_obtain_screen(desk.vterm), text,
	    sizeof text - 1,
	    (VTermRect){.start_row = y,
		.end_row = y + 1,
		.start_col = 0,
		.end_col = desk.width});

	text[n] = '\0';
	return xstrdup(text);
}

bool
desk_shows(const char *words)
{
	bool found = false;

	for (int y = 0; y < desk.height && !found; y++) {
		char *text = desk_line(y);

		found = strstr(text, words) != NULL;
		free(text);
	}
	return found;
}

const struct review_cell *
desk_at(enum unit kind, const char *key, const char *id)
{
	return review_cell(desk.review,
	    review_unit_find(desk.review, kind, key),
	    instrument_question(desk.in, id, strlen(id)));
}

static void
stage_vterm(int width, int height)
{
	desk.width = width;
	desk.height = height;
	desk.vterm = vterm_new(height, width);
	vterm_set_utf8(desk.vterm, 1);
	vterm_screen_enable_altscreen(vterm_obtain_screen(desk.vterm), 1);
	vterm_screen_reset(vterm_obtain_screen(desk.vterm), 1);
}

void
desk_resize(int width, int height)
{
	vterm_free(desk.vterm);
	stage_vterm(width, height);
	term_resize(desk.screen.term, width, height);
	form_screen_resized(&desk.screen);
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

	ck_assert_msg(instrument_load(&desk.in, cfg, &err), "%s", err.text);
	ck_assert(file_read(&text, roster, 1 << 20, &err));
	ck_assert_msg(
	    roster_read(&desk.born, text.data, text.len, &stamp, &err), "%s",
	    err.text);
	desk.review = review_new(desk.in);
	for (size_t i = 0; i < desk.born.n; i++)
		ck_assert(review_apply(desk.review, &desk.born.list[i], &err));
	buf_free(&text);
	free(cfg);
	free(roster);
}

void
desk_open(void)
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

	memset(&desk, 0, sizeof desk);
	ck_assert_ptr_nonnull(setlocale(LC_CTYPE, "C.UTF-8"));
	stage_review();
	stage_vterm(80, 24);
	ck_assert_int_eq(socketpair(AF_UNIX, SOCK_STREAM, 0, desk.keys), 0);
	ck_assert_int_eq(socketpair(AF_UNIX, SOCK_SEQPACKET, 0, desk.glass), 0);
	conf.in = desk.keys[0];
	conf.out = desk.glass[0];
	ck_assert(term_open(&desk.screen.term, &conf, &err));
	form_init(&desk.screen.form, desk.review, &k, "mk");
	form_screen_init(&desk.screen, desk.screen.term);
	desk.screen.title = review_unit(desk.review, 0)->label;
	term_pastes(desk.screen.term, true);
	desk_paint();
}

void
desk_close(void)
{
	form_screen_fini(&desk.screen);
	term_close(desk.screen.term);
	vterm_free(desk.vterm);
	review_free(desk.review);
	change_free(&desk.born);
	instrument_free(desk.in);
	for (int i = 0; i < 2; i++) {
		close(desk.keys[i]);
		close(desk.glass[i]);
	}
}
