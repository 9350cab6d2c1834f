#include "screen/stage.h"

#include <check.h>
#include <locale.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <unistd.h>

#include "screen/world.h"

/* A loop that does not come to rest is a fault of its own. */
#define MOST_STEPS 10000

static int64_t now = 1000000;

static int64_t
stage_clock(void)
{
	return now;
}

void
stage_tick(int64_t ms)
{
	now += ms;
}

static int
stage_answer(void *arg, const struct net_call *call, struct buf *body)
{
	const struct stage *s = arg;

	switch (s->fault) {
	case FAULT_SLOW:
		return -1;
	case FAULT_DROP:
		return 0;
	case FAULT_GARBAGE:
		buf_str(body, "{\"about\": {\"invented\": tru");
		return 200;
	case FAULT_NONE:
		break;
	}
	return world_answer(call, body);
}

/* --- the terminal -------------------------------------------------------- */

static int
stage_prop(VTermProp prop, VTermValue *value, void *arg)
{
	struct stage *s = arg;

	if (prop == VTERM_PROP_CURSORVISIBLE)
		s->cursor_visible = value->boolean;
	return 1;
}

static const VTermScreenCallbacks callbacks = {.settermprop = stage_prop};

static void
stage_drain(struct stage *s)
{
	char data[65536];
	ssize_t n;

	while ((n = recv(s->glass[1], data, sizeof data, MSG_DONTWAIT)) > 0) {
		s->bytes += (size_t)n;
		s->writes++;
		for (ssize_t i = 0; i < n; i++)
			s->ascii = s->ascii && !(data[i] & 0x80);
		vterm_input_write(s->vterm, data, (size_t)n);
	}
}

static void
stage_vterm(struct stage *s)
{
	s->vterm = vterm_new(s->height, s->width);
	vterm_set_utf8(s->vterm, 1);
	s->screen = vterm_obtain_screen(s->vterm);
	vterm_screen_enable_altscreen(s->screen, 1);
	vterm_screen_set_callbacks(s->screen, &callbacks, s);
	vterm_screen_reset(s->screen, 1);
	s->cursor_visible = true;
}

void
stage_open(struct stage *s, int width, int height, const char *locale)
{
	struct term_conf conf = {
	    .type = "xterm-256color",
	    .width = width,
	    .height = height,
	    .color = COLOR_AUTO,
	    .theme = THEME_DEFAULT,
	    .charset = CHARSET_AUTO,
	};
	struct err err;

	*s = (struct stage){.width = width, .height = height, .ascii = true};
	ck_assert_ptr_nonnull(setlocale(LC_CTYPE, locale));
	ck_assert_int_eq(socketpair(AF_UNIX, SOCK_STREAM, 0, s->keys), 0);
	ck_assert_int_eq(socketpair(AF_UNIX, SOCK_SEQPACKET, 0, s->glass), 0);
	world_open();
	stage_vterm(s);
	conf.in = s->keys[0];
	conf.out = s->glass[0];
	ck_assert_msg(term_open(&s->term, &conf, &err), "%s", err.text);
	s->net = net_open_calls(stage_answer, s);
	screens_init(&s->screens, s->term, s->net, stage_clock);
	s->loop = (struct loop){
	    .screens = &s->screens, .keys = s->keys[0], .signals = -1};
	screens_begin(&s->screens, NULL);
	stage_settle(s);
}

void
stage_close(struct stage *s)
{
	screens_fini(&s->screens);
	net_close(s->net);
	term_close(s->term);
	vterm_free(s->vterm);
	world_close();
	for (int i = 0; i < 2; i++) {
		close(s->keys[i]);
		close(s->glass[i]);
	}
}

/* --- keys ---------------------------------------------------------------- */

void
stage_type(struct stage *s, const char *bytes, size_t len)
{
	ck_assert_int_eq(send(s->keys[1], bytes, len, 0), (ssize_t)len);
}

void
stage_key(struct stage *s, const char *name)
{
	static const struct {
		const char *name, *bytes;
	} keys[] = {
	    {"Up", "\033OA"},
	    {"Down", "\033OB"},
	    {"Right", "\033OC"},
	    {"Left", "\033OD"},
	    {"Home", "\033OH"},
	    {"End", "\033OF"},
	    {"PgUp", "\033[5~"},
	    {"PgDn", "\033[6~"},
	    {"Enter", "\r"},
	    {"Backspace", "\177"},
	    {"Esc", "\033"},
	    {"Space", " "},
	    {"Tab", "\t"},
	    {"Shift-Tab", "\033[Z"},
	    {"F1", "\033OP"},
	    {"F5", "\033[15~"},
	    {"F10", "\033[21~"},
	};

	for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
		if (strcmp(keys[i].name, name))
			continue;
		stage_type(s, keys[i].bytes, strlen(keys[i].bytes));
		return;
	}
	if (name[0] == '^' && name[1]) {
		char c = name[1] & 0x1f;

		stage_type(s, &c, 1);
	} else {
		stage_type(s, name, strlen(name));
	}
}

static bool
stage_quiet(const struct stage *s)
{
	struct pollfd p = {.fd = s->keys[0], .events = POLLIN};

	return !s->screens.dirty && !s->screens.retry_at &&
	       (s->fault == FAULT_SLOW || net_pending(s->net) == 0) &&
	       poll(&p, 1, 0) == 0;
}

void
stage_settle(struct stage *s)
{
	int64_t started = now;

	for (int i = 0; i < MOST_STEPS && !s->screens.quit; i++) {
		bool held =
		    s->screens.dirty && screens_panel(&s->screens)->asked;

		if (stage_quiet(s) || (s->screens.retry_at > now && i > 3) ||
		    (held && s->fault == FAULT_SLOW && i > 3)) {
			stage_drain(s);
			return;
		}
		loop_step(&s->loop, 0);
		stage_drain(s);
	}
	ck_assert_msg(s->screens.quit, "the loop does not come to rest");
	ck_assert_int_eq(started, now);
}

void
stage_resize(struct stage *s, int width, int height)
{
	s->width = width;
	s->height = height;
	vterm_set_size(s->vterm, height, width);
	term_resize(s->term, width, height);
	screens_resized(&s->screens);
}

/* --- reading ------------------------------------------------------------- */

static size_t
stage_utf8(char *out, uint32_t c)
{
	if (c < 0x80) {
		out[0] = (char)c;
		return 1;
	}
	if (c < 0x800) {
		out[0] = (char)(0xc0 | c >> 6);
		out[1] = (char)(0x80 | (c & 0x3f));
		return 2;
	}
	out[0] = (char)(0xe0 | (c >> 12 & 0x0f));
	out[1] = (char)(0x80 | (c >> 6 & 0x3f));
	out[2] = (char)(0x80 | (c & 0x3f));
	return 3;
}

char *
stage_line(const struct stage *s, int y)
{
	char *line = xcalloc((size_t)s->width + 1, 4 * 3);
	size_t len = 0;

	for (int x = 0; x < s->width; x++) {
		VTermPos pos = {.row = y, .col = x};
		VTermScreenCell cell;

		vterm_screen_get_cell(s->screen, pos, &cell);
		if (!cell.chars[0])
			line[len++] = ' ';
		for (int i = 0; i < 3 && cell.chars[i] && cell.chars[i] + 1;
		     i++)
			len += stage_utf8(line + len, cell.chars[i]);
		if (cell.width == 2)
			x++;
	}
	while (len > 0 && line[len - 1] == ' ')
		len--;
	line[len] = '\0';
	return line;
}

VTermPos
stage_cursor(const struct stage *s)
{
	VTermPos pos;

	vterm_state_get_cursorpos(vterm_obtain_state(s->vterm), &pos);
	return pos;
}

bool
stage_colored(const struct stage *s)
{
	for (int y = 0; y < s->height; y++) {
		for (int x = 0; x < s->width; x++) {
			VTermPos pos = {.row = y, .col = x};
			VTermScreenCell cell;

			vterm_screen_get_cell(s->screen, pos, &cell);
			if (!VTERM_COLOR_IS_DEFAULT_FG(&cell.fg) ||
			    !VTERM_COLOR_IS_DEFAULT_BG(&cell.bg))
				return true;
		}
	}
	return false;
}

bool
stage_reversed(const struct stage *s, VTermPos pos)
{
	VTermScreenCell cell;

	vterm_screen_get_cell(s->screen, pos, &cell);
	return cell.attrs.reverse;
}
