#include "client/term.h"

#include <errno.h>
#include <langinfo.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/i18n.h"
#include "client/term_priv.h"

#define ESCAPE_MS 25
#define MAX_SIDE 1000

/* What a fatal signal's handler needs; written only by open and close. */
static struct {
	volatile sig_atomic_t armed;
	int fd;
	bool is_tty;
	struct termios found;
	char text[128];
	size_t len;
} rescue;

/* --- size ---------------------------------------------------------------- */

static void
term_ask_size(const struct term *t, int *width, int *height)
{
	struct winsize ws;

	*width = 80;
	*height = 24;
	if (ioctl(t->out, TIOCGWINSZ, &ws) == 0 && ws.ws_col && ws.ws_row) {
		*width = ws.ws_col;
		*height = ws.ws_row;
	}
}

void
term_resize(struct term *t, int width, int height)
{
	size_t cells;

	if (!width || !height)
		term_ask_size(t, &width, &height);
	t->width = width < MAX_SIDE ? width : MAX_SIDE;
	t->height = height < MAX_SIDE ? height : MAX_SIDE;
	cells = (size_t)t->width * (size_t)t->height;
	resizeterm(t->height, t->width);
	t->canvas = xrealloc(t->canvas, cells, sizeof *t->canvas);
	t->shown = xrealloc(t->shown, cells, sizeof *t->shown);
	t->row = xrealloc(t->row, (size_t)t->width, sizeof *t->row);
	term_clear(t);
	term_redraw(t);
}

int
term_width(const struct term *t)
{
	return t->width;
}

int
term_height(const struct term *t)
{
	return t->height;
}

bool
term_utf8(const struct term *t)
{
	return t->utf8;
}

const char *
term_fallback(const struct term *t)
{
	return t->fallback;
}

/* --- taking it over and giving it back ----------------------------------- */

static void
term_raw(struct term *t)
{
	struct termios raw = t->found;

	if (!t->is_tty)
		return;
	raw.c_iflag &= (tcflag_t) ~(IXON | ICRNL | INLCR);
	raw.c_lflag &= (tcflag_t) ~(ICANON | ECHO | IEXTEN);
	raw.c_cc[VMIN] = 1;
	raw.c_cc[VTIME] = 0;
	/* ^C is a key (cancel); ^Z stays the terminal's. */
	raw.c_cc[VINTR] = _POSIX_VDISABLE;
	raw.c_cc[VQUIT] = _POSIX_VDISABLE;
	tcsetattr(t->in, TCSADRAIN, &raw);
}

static void
term_cooked(struct term *t)
{
	if (t->is_tty)
		tcsetattr(t->in, TCSADRAIN, &t->found);
}

static void
rescue_text(const char *s)
{
	size_t len = strcspn(s, "$"); /* without padding */

	if (rescue.len + len > sizeof rescue.text)
		return;
	memcpy(rescue.text + rescue.len, s, len);
	rescue.len += len;
}

static void
rescue_add(const char *capability)
{
	const char *s = tigetstr(capability);

	if (s && s != (char *)-1)
		rescue_text(s);
}

static void
rescue_arm(const struct term *t)
{
	rescue.fd = t->out;
	rescue.is_tty = t->is_tty;
	rescue.found = t->found;
	rescue.len = 0;
	rescue_add("sgr0");
	rescue_add("rmkx");
	rescue_add("cnorm");
	rescue_add("rmcup");
	rescue_text("\033[?2004l");
	rescue.armed = 1;
}

void
term_rescue(void)
{
	if (!rescue.armed)
		return;
	rescue.armed = 0;
	if (write(rescue.fd, rescue.text, rescue.len) < 0)
		return;
	if (rescue.is_tty)
		tcsetattr(rescue.fd, TCSANOW, &rescue.found);
}

/* The type to try after one that is not known here, or NULL. */
static const char *
term_nearest(const char *type, int attempt)
{
	static const char *const last[] = {"vt100", "ansi", NULL};

	if (attempt > 0)
		return attempt <= 2 ? last[attempt - 1] : NULL;
	if (strncmp(type, "screen", 6) == 0 || strncmp(type, "tmux", 4) == 0)
		return "screen-256color";
	if (strstr(type, "256color"))
		return "xterm-256color";
	return "xterm";
}

static bool
term_start(struct term *t, const char *type, struct err *err)
{
	const char *asked = type && *type ? type : "unknown";
	const char *name = asked, *cup;

	use_env(FALSE);
	set_escdelay(ESCAPE_MS);
	for (int attempt = 0; name; attempt++) {
		t->screen = newterm(name, t->memory_file, t->in_file);
		if (t->screen)
			break;
		name = term_nearest(asked, attempt);
	}
	if (!t->screen)
		return err_set(err, ERR_USAGE,
		    _("no description of any terminal is installed "
		      "(Debian: ncurses-base)"));
	cup = tigetstr("cup");
	if (!cup || cup == (char *)-1)
		return err_set(err, ERR_USAGE,
		    _("the terminal \"%s\" cannot show screens; try --plain"),
		    asked);
	t->type = xstrdup(name);
	if (strcmp(name, asked))
		t->fallback = xstrdup(name);
	return true;
}

static bool
term_wants_color(const struct term *t, enum settings_color color)
{
	const char *no = getenv("NO_COLOR");
	const char *cli = getenv("CLICOLOR");

	if (color != COLOR_AUTO)
		return color == COLOR_ALWAYS;
	if ((no && *no) || (cli && strcmp(cli, "0") == 0))
		return false;
	return strncmp(t->type, "vt", 2) != 0;
}

static void
term_modes(struct term *t)
{
	nonl();
	typeahead(-1);
	intrflush(stdscr, FALSE);
	idlok(stdscr, TRUE);
	t->input = newpad(1, 1);
	keypad(t->input, TRUE);
	nodelay(t->input, TRUE);
	term_keys_define();
	if (t->color && start_color() == OK)
		use_default_colors();
	else
		t->color = false;
	term_theme_apply(t);
}

static bool
term_files(struct term *t, struct err *err)
{
	int in = dup(t->in);

	t->memory = memfd_create("hearth-frame", MFD_CLOEXEC);
	if (in < 0 || t->memory < 0)
		return err_sys(
		    err, ERR_IO, "%s", _("cannot open the terminal"));
	t->in_file = fdopen(in, "r");
	t->memory_file = fdopen(t->memory, "w");
	return true;
}

bool
term_open(struct term **term, const struct term_conf *conf, struct err *err)
{
	struct term *t = xcalloc(1, sizeof *t);

	*term = NULL;
	t->in = conf->in;
	t->out = conf->out;
	t->memory = -1;
	t->theme = conf->theme;
	t->is_tty = tcgetattr(t->in, &t->found) == 0;
	t->utf8 = conf->charset != CHARSET_ASCII &&
		  strcmp(nl_langinfo(CODESET), "UTF-8") == 0;
	if (!term_files(t, err) || !term_start(t, conf->type, err)) {
		term_close(t);
		return false;
	}
	t->color = term_wants_color(t, conf->color);
	term_modes(t);
	term_raw(t);
	rescue_arm(t);
	term_resize(t, conf->width, conf->height);
	*term = t;
	return true;
}

void
term_suspend(struct term *t)
{
	if (t->suspended)
		return;
	t->suspended = true;
	if (t->pastes)
		fputs("\033[?2004l", t->memory_file);
	move(t->height - 1, 0);
	endwin();
	term_flush(t);
	term_cooked(t);
	rescue.armed = 0;
}

void
term_resume(struct term *t)
{
	t->suspended = false;
	if (t->is_tty)
		term_raw(t);
	rescue.armed = 1;
	if (t->pastes)
		term_pastes(t, true);
	term_resize(t, 0, 0);
}

void
term_close(struct term *t)
{
	if (!t)
		return;
	if (t->canvas && !t->suspended)
		term_suspend(t);
	if (t->input)
		delwin(t->input);
	if (t->screen)
		delscreen(t->screen);
	if (t->memory_file)
		fclose(t->memory_file);
	if (t->in_file)
		fclose(t->in_file);
	free(t->canvas);
	free(t->shown);
	free(t->row);
	free(t->frame);
	buf_free(&t->pasted);
	free(t->type);
	free(t->fallback);
	free(t);
}

/* --- the canvas ---------------------------------------------------------- */

static const struct term_cell blank = {' ', 0, ROLE_TEXT};

void
term_clear(struct term *t)
{
	size_t cells = (size_t)t->width * (size_t)t->height;

	for (size_t i = 0; i < cells; i++)
		t->canvas[i] = blank;
}

static struct term_cell *
term_at(const struct term *t, struct term_cell *cells, int y, int x)
{
	return cells + (size_t)y * (size_t)t->width + (size_t)x;
}

/* Whatever a new character covers must not leave half of a wide one. */
static void
term_break_wide(struct term *t, int y, int x)
{
	struct term_cell *cell = term_at(t, t->canvas, y, x);

	if (cell->c == 0 && x > 0)
		cell[-1] = blank;
	if (x + 1 < t->width && cell[1].c == 0)
		cell[1] = blank;
}

static void
term_set(struct term *t, int y, int x, unsigned c, enum term_role role)
{
	term_break_wide(t, y, x);
	*term_at(t, t->canvas, y, x) = (struct term_cell){c, 0, role};
}

int
term_put(struct term *t, int y, int x, int width, enum term_role role,
    const char *text)
{
	int used = 0, cells;
	unsigned c;

	if (y < 0 || y >= t->height || x < 0)
		return 0;
	if (width > t->width - x)
		width = t->width - x;
	while ((c = text_next(&text, &cells))) {
		if (cells == 0) {
			if (used > 0 && t->utf8)
				term_at(t, t->canvas, y, x + used - 1)->mark =
				    c;
			continue;
		}
		if (used + cells > width)
			break;
		if (!t->utf8 && c >= 0x80)
			c = (unsigned char)text_ascii(c);
		term_set(t, y, x + used, c, role);
		if (cells == 2)
			term_set(t, y, x + used + 1, t->utf8 ? 0 : ' ', role);
		used += cells;
	}
	return used;
}

void
term_put_right(struct term *t, int y, int x, int width, enum term_role role,
    const char *text)
{
	int w = text_width(text);

	if (w < width) {
		x += width - w;
		width = w;
	}
	term_put(t, y, x, width, role, text);
}

void
term_mark(struct term *t, int y, int x, int width, enum term_role role)
{
	if (y < 0 || y >= t->height)
		return;
	for (; width > 0 && x < t->width; width--, x++)
		term_at(t, t->canvas, y, x)->role = role;
}

void
term_cursor(struct term *t, int y, int x)
{
	t->cursor_y = y < t->height ? y : t->height - 1;
	t->cursor_x = x < t->width ? x : t->width - 1;
}

void
term_redraw(struct term *t)
{
	/* No cell is ever like this one, so every row counts as changed. */
	memset(t->shown, 0xff,
	    (size_t)t->width * (size_t)t->height * sizeof *t->shown);
	clearok(curscr, TRUE);
}

void
term_scrolled(struct term *t, int top, int bottom, int n)
{
	int rows = bottom - top + 1, keep = rows - abs(n);
	size_t row = (size_t)t->width * sizeof *t->shown;

	if (n == 0 || keep <= 0 || top < 0 || bottom >= t->height)
		return;
	scrollok(stdscr, TRUE);
	wsetscrreg(stdscr, top, bottom);
	wscrl(stdscr, n);
	wsetscrreg(stdscr, 0, t->height - 1);
	scrollok(stdscr, FALSE);
	memmove(term_at(t, t->shown, n > 0 ? top : top - n, 0),
	    term_at(t, t->shown, n > 0 ? top + n : top, 0), (size_t)keep * row);
	memset(term_at(t, t->shown, n > 0 ? bottom - n + 1 : top, 0), 0xff,
	    (size_t)abs(n) * row);
}

/* --- the frame ----------------------------------------------------------- */

static void
term_row(struct term *t, int y)
{
	const struct term_cell *cells = term_at(t, t->canvas, y, 0);
	int n = 0;

	for (int x = 0; x < t->width; x++) {
		wchar_t text[3] = {(wchar_t)cells[x].c, (wchar_t)cells[x].mark};
		enum term_role role = cells[x].role;

		if (cells[x].c)
			setcchar(&t->row[n++], text, t->attrs[role],
			    t->pairs[role], NULL);
	}
	mvwadd_wchnstr(stdscr, y, 0, t->row, n);
}

static void
term_rows(struct term *t)
{
	size_t size = (size_t)t->width * sizeof *t->canvas;

	for (int y = 0; y < t->height; y++) {
		struct term_cell *want = term_at(t, t->canvas, y, 0);
		struct term_cell *have = term_at(t, t->shown, y, 0);

		if (memcmp(want, have, size) == 0)
			continue;
		term_row(t, y);
		memcpy(have, want, size);
	}
}

static bool
term_write(int fd, const char *data, size_t len)
{
	while (len > 0) {
		ssize_t n = write(fd, data, len);

		if (n < 0 && errno == EAGAIN) {
			struct pollfd p = {.fd = fd, .events = POLLOUT};

			poll(&p, 1, -1);
			continue;
		}
		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			return false;
		data += n;
		len -= (size_t)n;
	}
	return true;
}

/* Sends what ncurses left in the memory file, and empties it. */
static long
term_send(struct term *t)
{
	off_t len = lseek(t->memory, 0, SEEK_CUR);

	if (len <= 0)
		return 0;
	if ((size_t)len > t->frame_cap) {
		t->frame_cap = (size_t)len * 2;
		t->frame = xrealloc(t->frame, t->frame_cap, 1);
	}
	if (pread(t->memory, t->frame, (size_t)len, 0) != len)
		return -1;
	lseek(t->memory, 0, SEEK_SET);
	return term_write(t->out, t->frame, (size_t)len) ? (long)len : -1;
}

long
term_flush(struct term *t)
{
	if (!t->suspended) {
		term_rows(t);
		move(t->cursor_y, t->cursor_x);
		wnoutrefresh(stdscr);
		doupdate();
	}
	fflush(t->memory_file);
	return term_send(t);
}
