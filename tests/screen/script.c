#include "screen/script.h"

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "base/file.h"
#include "screen/stage.h"
#include "screen/world.h"

struct script {
	const char *path;
	int line;
	char *rest; /* what is not yet read */
	struct stage stage;
	bool open;
	int width, height;
	char locale[16];
	bool rewrite;
	struct buf out; /* the file as it is to be */
};

/* The next line, without its end; NULL at the end of the file. */
static char *
script_line(struct script *s)
{
	char *line = s->rest;
	size_t len;

	if (!*line)
		return NULL;
	len = strcspn(line, "\n");
	s->rest = line + len + (line[len] == '\n');
	line[len] = '\0';
	s->line++;
	return line;
}

static void
script_open(struct script *s)
{
	if (s->open)
		return;
	stage_open(&s->stage, s->width, s->height, s->locale);
	s->open = true;
}

/* The whole screen as text, blank lines at its end left out. */
static char *
script_screen(struct script *s)
{
	struct buf text = {NULL, 0, 0};
	size_t end = 0;

	for (int y = 0; y < s->stage.height; y++) {
		char *line = stage_line(&s->stage, y);

		buf_printf(&text, "%s\n", line);
		if (*line)
			end = text.len;
		free(line);
	}
	if (text.data)
		text.data[end] = '\0';
	return buf_take(&text);
}

/* A reference code changes with every definition: only that one stands there,
 * and how long it is, is part of a screen. */
static void
script_mask(char *text)
{
	static const char signs[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

	for (char *at = text; *at;) {
		size_t n = 0, groups = 0;

		while (strspn(at + n, signs) == 4 && at[n + 4] == '-') {
			n += 5;
			groups++;
		}
		if (groups < 3) {
			at++;
			continue;
		}
		n += strspn(at + n, signs);
		for (; n > 0; n--, at++)
			*at = *at == '-' ? '-' : 'X';
	}
}

/* --- orders -------------------------------------------------------------- */

static void
order_size(struct script *s, const char *arg)
{
	ck_assert_int_eq(sscanf(arg, "%dx%d", &s->width, &s->height), 2);
}

static void
order_locale(struct script *s, const char *arg)
{
	snprintf(s->locale, sizeof s->locale, "%s", arg);
}

static void
order_env(struct script *s, const char *arg)
{
	ck_assert(!s->open);
	ck_assert_int_eq(putenv(xstrdup(arg)), 0);
}

static void
order_colors(struct script *s, const char *arg)
{
	ck_assert_msg(stage_colored(&s->stage) == (strcmp(arg, "yes") == 0),
	    "%s:%d: COLORS %s does not hold", s->path, s->line, arg);
}

static void
order_keys(struct script *s, const char *arg)
{
	char *words = xstrdup(arg), *save = NULL;

	for (char *w = strtok_r(words, " ", &save); w;
	     w = strtok_r(NULL, " ", &save)) {
		stage_key(&s->stage, w);
		stage_settle(&s->stage);
	}
	free(words);
}

static void
order_text(struct script *s, const char *arg)
{
	for (; *arg; arg++) {
		stage_type(&s->stage, arg, 1);
		stage_settle(&s->stage);
	}
}

static void
order_burst(struct script *s, const char *arg)
{
	char name[16];
	int n;

	ck_assert_int_eq(sscanf(arg, "%15s %d", name, &n), 2);
	s->stage.bytes = s->stage.writes = 0;
	while (n-- > 0)
		stage_key(&s->stage, name);
	stage_settle(&s->stage);
}

static void
order_wait(struct script *s, const char *arg)
{
	(void)arg;
	stage_settle(&s->stage);
	s->stage.bytes = s->stage.writes = 0;
}

static void
order_screen(struct script *s, const char *arg)
{
	struct buf want = {NULL, 0, 0};
	char *line, *have = script_screen(s);
	int at = s->line;
	size_t end = 0;

	(void)arg;
	script_mask(have);
	while ((line = script_line(s)) && strcmp(line, "END")) {
		size_t len = strlen(line);

		while (len > 0 && line[len - 1] == ' ')
			len--;
		line[len] = '\0';
		buf_printf(&want, "%s\n", line);
		if (len)
			end = want.len;
	}
	ck_assert_msg(line != NULL, "%s:%d: SCREEN without END", s->path, at);
	if (want.data)
		want.data[end] = '\0';
	if (s->rewrite)
		buf_printf(&s->out, "%sEND\n", have);
	else
		ck_assert_msg(strcmp(buf_text(&want), have) == 0,
		    "%s:%d: the screen is\n%s", s->path, at, have);
	buf_free(&want);
	free(have);
}

static void
script_words(struct script *s, const char *words, bool wanted)
{
	char *have = script_screen(s);

	ck_assert_msg((strstr(have, words) != NULL) == wanted,
	    "%s:%d: \"%s\" %s:\n%s", s->path, s->line, words,
	    wanted ? "is missing" : "is there", have);
	free(have);
}

static void
order_has(struct script *s, const char *arg)
{
	script_words(s, arg, true);
}

static void
order_lacks(struct script *s, const char *arg)
{
	script_words(s, arg, false);
}

static void
order_cursor(struct script *s, const char *arg)
{
	VTermPos pos = stage_cursor(&s->stage);
	int y, x;

	ck_assert_int_eq(sscanf(arg, "%d %d", &y, &x), 2);
	ck_assert_msg(pos.row == y && pos.col == x,
	    "%s:%d: the cursor stands at %d %d", s->path, s->line, pos.row,
	    pos.col);
	ck_assert_msg(
	    s->stage.cursor_visible, "%s:%d: no cursor", s->path, s->line);
}

static void
order_focus(struct script *s, const char *arg)
{
	VTermPos pos = stage_cursor(&s->stage);
	char *line = stage_line(&s->stage, pos.row);

	ck_assert_msg(stage_reversed(&s->stage, pos) &&
			  strstr(line, arg) == line + pos.col,
	    "%s:%d: the focus is at \"%s\", %d", s->path, s->line, line,
	    pos.col);
	free(line);
}

static void
order_bytes(struct script *s, const char *arg)
{
	ck_assert_msg(s->stage.bytes <= (size_t)atoi(arg),
	    "%s:%d: it took %zu bytes", s->path, s->line, s->stage.bytes);
}

static void
order_writes(struct script *s, const char *arg)
{
	ck_assert_msg(s->stage.writes <= (size_t)atoi(arg),
	    "%s:%d: it took %zu writes", s->path, s->line, s->stage.writes);
}

static void
order_ascii(struct script *s, const char *arg)
{
	(void)arg;
	ck_assert_msg(
	    s->stage.ascii, "%s:%d: not only ASCII", s->path, s->line);
}

static void
order_resize(struct script *s, const char *arg)
{
	order_size(s, arg);
	stage_resize(&s->stage, s->width, s->height);
	stage_settle(&s->stage);
}

static void
order_fault(struct script *s, const char *arg)
{
	static const char *const words[] = {"none", "slow", "drop", "garbage"};

	for (int i = 0; i < 4; i++) {
		if (strcmp(words[i], arg) == 0) {
			s->stage.fault = (enum stage_fault)i;
			return;
		}
	}
	ck_abort_msg("%s:%d: no such fault", s->path, s->line);
}

static void
order_tick(struct script *s, const char *arg)
{
	stage_tick(atoi(arg));
	stage_settle(&s->stage);
}

/* What piecemeal painting and scrolling left must be what a whole painting
 * gives. */
static void
order_redraw(struct script *s, const char *arg)
{
	char *before = script_screen(s), *after;

	(void)arg;
	stage_key(&s->stage, "^L");
	stage_settle(&s->stage);
	after = script_screen(s);
	ck_assert_msg(strcmp(before, after) == 0,
	    "%s:%d: before a redraw the screen was\n%safter it\n%s", s->path,
	    s->line, before, after);
	free(before);
	free(after);
}

static void
order_reviews(struct script *s, const char *arg)
{
	(void)s;
	(void)arg;
	world_reviews();
}

static void
order_contracts(struct script *s, const char *arg)
{
	(void)s;
	(void)arg;
	world_contracts();
}

static void
order_publish(struct script *s, const char *arg)
{
	(void)s;
	world_publish(*arg ? atoi(arg) : -1);
}

static void
order_window(struct script *s, const char *arg)
{
	s->stage.screens.window = (size_t)atoi(arg);
}

/* The user looked last at that import. */
static void
order_seen(struct script *s, const char *arg)
{
	s->stage.screens.remembers = true;
	s->stage.screens.seen = (uint32_t)atoi(arg);
}

/* The day that the screens take for today. */
static void
order_today(struct script *s, const char *arg)
{
	s->stage.screens.today = date_parse(arg, strlen(arg));
	ck_assert_int_ne(s->stage.screens.today, DATE_MISSING);
}

/* "mk /v1/plans/C-2-2024 {...}": somebody else writes. */
static void
order_put(struct script *s, const char *arg)
{
	size_t who = strcspn(arg, " "), path = strcspn(arg + who + 1, " ");
	char *name = xstrndup(arg, who), *to = xstrndup(arg + who + 1, path);

	(void)s;
	world_put(name, to, arg + who + path + 2);
	free(name);
	free(to);
}

static void
order_quit(struct script *s, const char *arg)
{
	(void)arg;
	ck_assert_msg(
	    s->stage.screens.quit, "%s:%d: it goes on", s->path, s->line);
}

static const struct {
	const char *word;
	void (*run)(struct script *s, const char *arg);
	bool before; /* the stage opens */
} orders[] = {
    {"SIZE", order_size, true},
    {"LOCALE", order_locale, true},
    {"ENV", order_env, true},
    {"COLORS", order_colors, false},
    {"KEYS", order_keys, false},
    {"TEXT", order_text, false},
    {"BURST", order_burst, false},
    {"WAIT", order_wait, false},
    {"SCREEN", order_screen, false},
    {"HAS", order_has, false},
    {"LACKS", order_lacks, false},
    {"CURSOR", order_cursor, false},
    {"FOCUS", order_focus, false},
    {"BYTES", order_bytes, false},
    {"WRITES", order_writes, false},
    {"ASCII", order_ascii, false},
    {"RESIZE", order_resize, false},
    {"FAULT", order_fault, false},
    {"TICK", order_tick, false},
    {"REDRAW", order_redraw, false},
    {"PUBLISH", order_publish, false},
    {"REVIEWS", order_reviews, false},
    {"CONTRACTS", order_contracts, false},
    {"SEEN", order_seen, false},
    {"WINDOW", order_window, false},
    {"TODAY", order_today, false},
    {"PUT", order_put, false},
    {"QUIT", order_quit, false},
};

static void
script_order(struct script *s, char *line)
{
	size_t len = strcspn(line, " ");
	const char *arg = line[len] ? line + len + 1 : "";

	for (size_t i = 0; i < sizeof orders / sizeof *orders; i++) {
		if (strlen(orders[i].word) != len ||
		    strncmp(orders[i].word, line, len))
			continue;
		if (!orders[i].before)
			script_open(s);
		orders[i].run(s, arg);
		return;
	}
	ck_abort_msg("%s:%d: no such order: %s", s->path, s->line, line);
}

void
script_run(const char *path, bool rewrite)
{
	struct script s = {.path = path,
	    .width = 80,
	    .height = 24,
	    .locale = "C.UTF-8",
	    .rewrite = rewrite};
	struct buf text = {NULL, 0, 0};
	struct err err;
	char *line;

	ck_assert_msg(file_read(&text, path, 1 << 20, &err), "%s", err.text);
	s.rest = text.data;
	while ((line = script_line(&s))) {
		buf_printf(&s.out, "%s\n", line);
		if (*line && *line != '#')
			script_order(&s, line);
	}
	if (s.open)
		stage_close(&s.stage);
	if (rewrite)
		ck_assert_msg(file_replace(path, s.out.data, s.out.len, &err),
		    "%s", err.text);
	buf_free(&text);
	buf_free(&s.out);
}
