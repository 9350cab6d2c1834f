/* What stands over the page: help, keys, the harm card, copying, the queue, the
 * lock. */
#include "client/form_screen_part.h"

#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"

int
form_wrapped(struct term *term, int y, int x, int width, int rows,
    enum term_role role, const char *text)
{
	int n = 0;

	while (n < rows) {
		size_t len = text_break(text, width);
		char *line = xstrndup(text, len);

		term_put(term, y + n, x, width, role, line);
		free(line);
		n++;
		text += len;
		while (*text == ' ')
			text++;
		if (*text == '\0')
			break;
	}
	return n;
}

static const char card_text[] = N_(
    "A CHILD TOLD OF HARM - REPORT NOW, BEFORE THE NEXT QUESTION\n"
    "\n"
    "1. Stay with the child. Do not question further; note the child's own "
    "words. Promise no secrecy.\n"
    "2. Is anyone in danger now? Call 911.\n"
    "3. Call the child abuse hotline at once; a written report follows as the "
    "law sets it. You are a mandated reporter: it is your duty, not the "
    "provider's.\n"
    "4. Tell your supervisor. Do not tell the provider who spoke.\n"
    "\n"
    "Enter opens the record of this report. Esc goes back.");

/* clang-format off */
static const struct {
	const char *keys, *what;
} help[] = {
	{"y n a u, 1-4", N_("answer, and go on")},
	{"1-9", N_("choose")},
	{"i", N_("type text, date, count")},
	{"Space", N_("clear")},
	{"Enter, Down", N_("next")},
	{"Up, Backspace", N_("previous")},
	{"Tab, S-Tab", N_("next, previous child")},
	{"PgDn, PgUp", N_("next, previous section")},
	{"[ ]", N_("the same of another child")},
	{"m", N_("one question of all")},
	{". ,", N_("next, previous open")},
	{"e", N_("next problem")},
	{"Ctrl-T", N_("next undetermined")},
	{"x < >", N_("conflict; yours; theirs")},
	{"=, Ctrl-D", N_("copy one, the rest")},
	{"z, Z", N_("take back, do again")},
	{"c, r", N_("note, reason")},
	{"f", N_("the finding")},
	{"g, /", N_("go to an id, find words")},
	{"+, Del", N_("new row, take one away")},
	{"@", N_("attach a photo or scan")},
	{"o", N_("take a part, give it back")},
	{"S", N_("next reserve stands in")},
	{"E", N_("add one not drawn")},
	{"!, F9", N_("a child told of harm")},
	{"l", N_("the other language")},
	{"v", N_("full names or initials")},
	{"w, W", N_("keep now; elsewhere")},
	{"s", N_("to the office; send now")},
	{"q, F10", N_("leave; all is kept")},
};
/* clang-format on */

#define HELP (sizeof help / sizeof *help)
#define HELP_COLUMN 40 /* cells */
#define HELP_KEYS 14
#define HELP_WORDS (HELP_COLUMN - HELP_KEYS - 1)

/* The lines that a key takes; what is said of it is never cut. */
static int
key_lines(int i)
{
	const char *text = _(help[i].what);
	int lines = 0;

	do {
		text += text_break(text, HELP_WORDS);
		text += strspn(text, " ");
		lines++;
	} while (*text != '\0');
	return lines;
}

static void
paint_key(struct form_screen *s, int i, int y, int x, int height)
{
	const char *text = _(help[i].what);

	for (int n = 0; n == 0 || *text != '\0'; n++, y++) {
		size_t len = text_break(text, HELP_WORDS);
		char *line = xstrndup(text, len);

		if (y >= 1 && y < height) {
			term_put(s->term, y, x, HELP_KEYS, ROLE_KEY,
			    n == 0 ? help[i].keys : "");
			term_put(s->term, y, x + HELP_KEYS, HELP_WORDS,
			    ROLE_TEXT, line);
		}
		free(line);
		text += len;
		text += strspn(text, " ");
	}
}

/* Columns are filled one after another; how many lines the highest has. */
static int
key_rows(int columns)
{
	int all = 0, rows, most = 0;

	for (int i = 0; i < (int)HELP; i++)
		all += key_lines(i);
	rows = (all + columns - 1) / columns;
	for (int i = 0, y = 0; i < (int)HELP; i++) {
		y = y >= rows ? 0 : y;
		y += key_lines(i);
		most = y > most ? y : most;
	}
	return most;
}

static void
paint_keys(struct form_screen *s, int height)
{
	int columns = term_width(s->term) / HELP_COLUMN;
	int rows = key_rows(columns);

	/* What does not fit is on the next page: a key turns it. */
	if (s->help_top >= rows)
		s->help_top = 0;
	s->help_more = rows - s->help_top > height - 1;
	for (int i = 0, x = 0, y = 0; i < (int)HELP; i++) {
		if (y + key_lines(i) > rows) {
			y = 0;
			x += HELP_COLUMN;
		}
		paint_key(s, i, 1 + y - s->help_top, x, height);
		y += key_lines(i);
	}
	if (s->help_more)
		term_put(s->term, 0, 0, term_width(s->term), ROLE_TITLE,
		    _("Any key: more"));
	term_cursor(s->term, 1, 0);
}

static void
paint_card(struct form_screen *s, const char *text, int height)
{
	int y = 2;

	while (y < height - 1 && *text != '\0') {
		size_t len = strcspn(text, "\n");
		char *line = xstrndup(text, len);

		if (len == 0)
			y++;
		else
			y += form_wrapped(s->term, y, 2,
			    term_width(s->term) - 4, height - 1 - y,
			    y == 2 ? ROLE_TITLE : ROLE_TEXT, line);
		free(line);
		text += len + (text[len] == '\n');
	}
	term_cursor(s->term, 2, 2);
}

static void
paint_help(struct form_screen *s, int height)
{
	const struct question *q = form_question(&s->form);
	struct buf text = {0};

	if (q == NULL)
		return;
	buf_printf(&text, "%s  %s\n\n%s\n\n", q->id,
	    form_text(&s->form, q, s->form.unit), q->help.in[s->form.tongue]);
	if (*q->feeds != '\0')
		buf_printf(&text, _("Counts in: %s\n"), q->feeds);
	if (*q->source != '\0')
		buf_printf(
		    &text, _("Source: %s (%s)\n"), q->source, q->certainty);
	form_fed(&s->form, q, form_cell(&s->form), &text);
	buf_printf(&text, "\n%s", _("? again shows all keys. Esc goes back."));
	paint_card(s, buf_text(&text), height);
	buf_free(&text);
}

static void
paint_copy(struct form_screen *s, int height)
{
	struct buf list = {0}, text = {0};
	int n = form_copy_list(&s->form, &list);

	buf_printf(&text,
	    ngettext("%d answer would come from the one before\n\n",
		"%d answers would come from the one before\n\n", n),
	    n);
	buf_printf(&text, "%s\n\n%s", buf_text(&list),
	    _("y copies them, marked until each is looked at. Esc: nothing."));
	paint_card(s, buf_text(&text), height);
	buf_free(&list);
	buf_free(&text);
}

static void
paint_rows(struct form_screen *s, int height)
{
	enum unit kinds[UNITS];
	int n = form_row_kinds(&s->form, kinds);
	struct buf text = {0};

	buf_printf(&text, "%s\n\n", _("A new row of which kind?"));
	for (int i = 0; i < n; i++)
		buf_printf(&text, "%d  %s\n", i + 1, _(unit_title(kinds[i])));
	buf_printf(&text, "\n%s", _("A number adds it. Esc: none."));
	paint_card(s, buf_text(&text), height);
	buf_free(&text);
}

static void
paint_sync(struct form_screen *s, int height)
{
	struct buf text = {0};

	s->sync_text(s->sync_arg, &text);
	paint_card(s, buf_text(&text), height);
	buf_free(&text);
}

static void
paint_locked(struct form_screen *s)
{
	size_t n = 0;

	term_put(s->term, 0, 0, term_width(s->term), ROLE_TITLE,
	    _("Locked. Everything is kept."));
	term_put(
	    s->term, 2, 0, term_width(s->term), ROLE_TEXT, _("Passphrase:"));
	n = field_len(&s->field);
	for (size_t i = 0; i < n && i < 40; i++)
		term_put(s->term, 3, (int)i, 1, ROLE_TEXT, "*");
	term_put(
	    s->term, 5, 0, term_width(s->term), ROLE_TEXT, s->form.message);
	term_cursor(s->term, 3, n < 40 ? (int)n : 40);
}

bool
form_cards_paint(struct form_screen *s, int height)
{
	switch (s->mode) {
	case FORM_CARD:
		paint_card(s, _(card_text), height);
		return true;
	case FORM_HELP:
		paint_help(s, height);
		return true;
	case FORM_KEYS:
		paint_keys(s, height);
		return true;
	case FORM_COPYING:
		paint_copy(s, height);
		return true;
	case FORM_ROWS:
		paint_rows(s, height);
		return true;
	case FORM_SYNC:
		paint_sync(s, height);
		return true;
	case FORM_LOCKED:
		paint_locked(s);
		return true;
	default:
		return false;
	}
}
