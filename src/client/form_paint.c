/* One frame of a review: what it is about, the page, the side bar, the field
 * being typed into, what was said, the keys. */
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "client/form_screen_part.h"

#define LEAST_WIDTH 40
#define LEAST_HEIGHT 8
#define SIDE 20	      /* cells of the side bar */
#define SIDE_FROM 72  /* the window's width from which there is one */
#define CONTEXT 2     /* lines kept in view around the question */
#define FIELD_LINES 4 /* of the window, for a text being typed */

struct page {
	int y, height, width; /* of the body */
	int covered;	      /* of its lines, by a text being typed */
	int side;	      /* where the side bar begins; 0: none */
};

/* --- top ------------------------------------------------------------------ */

static void
paint_saved(struct form_screen *s, int width)
{
	const struct form *f = &s->form;
	const char *mark = f->saved ? _("saved") : _("NOT SAVED");
	struct buf text = {0};

	if (s->counts != NULL && width >= 60)
		buf_printf(&text, "%s  ", s->counts);
	buf_str(&text, mark);
	term_put_right(s->term, 0, 0, width, ROLE_TEXT, buf_text(&text));
	if (!f->saved)
		term_mark(s->term, 0, width - text_width(mark),
		    text_width(mark), ROLE_BAD);
	buf_free(&text);
}

static void
paint_counts(const struct progress *p, struct buf *out)
{
	buf_printf(out, "%d/%d", p->answered, p->asked);
	if (p->errors > 0)
		buf_printf(out, " !%d", p->errors);
	if (p->undetermined > 0)
		buf_printf(out, " ?%d", p->undetermined);
	if (p->conflicts > 0)
		buf_printf(out, " +-%d", p->conflicts);
}

static int
form_section_of(const struct form_screen *s)
{
	const struct question *q = form_question(&s->form);

	return q != NULL ? q->section : 0;
}

static void
paint_head(struct form_screen *s, int width)
{
	int n, section = form_section_of(s);
	const struct section *all = instrument_sections(s->form.in, &n);
	struct progress p = review_progress(s->form.review, section, -1);
	struct buf text = {0}, news = {0};

	term_put(s->term, 0, 0, width / 2, ROLE_TITLE, s->title);
	paint_saved(s, width);
	buf_printf(&text, "%s  %s  ", all[section].id,
	    all[section].title.in[s->form.tongue]);
	/* The side bar says it where there is one. */
	if (width < SIDE_FROM)
		paint_counts(&p, &text);
	if (s->matrix)
		buf_str(&text, _("  one question of all (m: back)"));
	form_news(&s->form, 0, &news);
	if (news.len > 0)
		buf_printf(&text, "  [%s]", buf_text(&news));
	buf_free(&news);
	term_put(s->term, 1, 0, width, ROLE_HEAD, buf_text(&text));
	buf_free(&text);
}

/* --- the page --------------------------------------------------------------
 */

/* Letters and signs beside the answer: no meaning is colour alone. */
static void
paint_flags(const struct review_cell *cell, struct buf *out)
{
	static const struct {
		unsigned flag;
		char sign;
	} signs[] = {{CELL_CONFLICT, '#'}, {CELL_ERROR, '!'},
	    {CELL_OPEN_REASON, '!'}, {CELL_WARNING, '~'}, {CELL_COPIED, 'c'},
	    {CELL_NOTE, '*'}};

	for (size_t i = 0; i < sizeof signs / sizeof *signs && out->len < 2;
	     i++)
		if ((cell->flags & signs[i].flag) != 0 &&
		    strchr(buf_text(out), signs[i].sign) == NULL)
			buf_char(out, signs[i].sign);
}

static void
paint_item(struct form_screen *s, const struct form_row *row, int y,
    const struct page *page)
{
	int n, x = 2 + s->id_width + 1, used;
	const struct item *item = &review_items(s->form.review, &n)[row->item];
	const struct question *q =
	    &instrument_questions(s->form.in, &n)[item->question];
	const struct review_cell *cell =
	    review_cell(s->form.review, item->unit, item->question);
	bool here = row == form_row_at(s);
	char mark[2] = {form_mark(cell), '\0'};
	struct buf flags = {0};
	int width = page->width - x - 4;

	paint_flags(cell, &flags);
	if (here)
		term_put(s->term, y, 0, 1, ROLE_TEXT, ">");
	term_put(s->term, y, 2, s->id_width, ROLE_TEXT, q->id);
	if (*mark != ' ')
		term_put(s->term, y, x, 1, ROLE_TITLE, mark);
	term_put(s->term, y, x + 1, 2, ROLE_BAD, buf_text(&flags));
	buf_free(&flags);
	used = form_wrapped(
	    s->term, y, x + 4, width, row->lines, ROLE_TEXT, row->text);
	if (*row->value != '\0')
		form_wrapped(s->term, y + used, x + 4, width, row->lines - used,
		    ROLE_TEXT, row->value);
	if (here) {
		term_mark(s->term, y, x, 1, ROLE_FOCUS);
		term_cursor(s->term, y, x);
	}
}

static void
paint_row(struct form_screen *s, const struct form_row *row, int y,
    const struct page *page)
{
	struct buf text = {0};

	if (row->kind == ROW_ITEM) {
		paint_item(s, row, y, page);
		return;
	}
	if (row->kind == ROW_UNIT)
		buf_str(&text, row->text);
	else
		buf_printf(&text,
		    ngettext("    %d skipped", "    %d skipped", row->n),
		    row->n);
	term_put(s->term, y, 0, page->width,
	    row->kind == ROW_UNIT ? ROLE_HEAD : ROLE_TEXT, buf_text(&text));
	buf_free(&text);
}

/* The page moves only when the question would leave it, and keeps a little of
 * what is around. */
static void
page_follow(struct form_screen *s, const struct page *page)
{
	const struct form_row *row = form_row_at(s);
	int first, last;

	if (row == NULL)
		return;
	first = row->line - CONTEXT;
	last = row->line + row->lines + CONTEXT;
	if (last > s->lines)
		last = s->lines;
	last += page->covered;
	if (first < 0)
		first = 0;
	/* The page is turned, as paper is: moving it line by line would send
	 * the side bar again with each answer. */
	if (s->top + page->height < last)
		s->top = first;
	if (s->top + page->height < last)
		s->top = last - page->height;
	if (s->top > first)
		s->top = first -
			 (row->line < s->painted_line ? page->height / 3 : 0);
	if (s->top + page->height > s->lines + page->covered)
		s->top = s->lines + page->covered - page->height;
	if (s->top < 0)
		s->top = 0;
}

static void
paint_page(struct form_screen *s, const struct page *page)
{
	int shape = page->y * 1000000 + page->height * 1000 + page->width;

	form_rows(s, page->width);
	page_follow(s, page);
	/* The side bar does not scroll along, so it is sent anew then. */
	if (s->painted_top >= 0 && s->painted_shape == shape)
		term_scrolled(s->term, page->y, page->y + page->height - 1,
		    s->top - s->painted_top);
	s->painted_top = s->top;
	s->painted_line = form_row_at(s) != NULL ? form_row_at(s)->line : 0;
	s->painted_shape = shape;
	for (size_t i = 0; i < s->rows_n; i++) {
		const struct form_row *row = &s->rows[i];
		int y = row->line - s->top;

		if (y >= page->height - page->covered)
			break;
		/* A row that is cut by the page's edge is not begun. */
		if (y >= 0 && y + row->lines <= page->height - page->covered)
			paint_row(s, row, page->y + y, page);
	}
}

static void
paint_side(struct form_screen *s, const struct page *page)
{
	int n, here = form_section_of(s), first = 0;
	const struct section *all = instrument_sections(s->form.in, &n);
	int y = page->y;

	if (here >= page->height)
		first = here - page->height + 1;
	for (int i = first; i < n && y < page->y + page->height; i++) {
		struct progress p = review_progress(s->form.review, i, -1);
		struct buf text = {0};

		/* Sections of the other programme have nothing to ask. */
		if (p.asked == 0 && i != here)
			continue;
		buf_printf(&text, "%c%-4s ", i == here ? '>' : ' ', all[i].id);
		paint_counts(&p, &text);
		term_put(s->term, y++, page->side, SIDE,
		    i == here ? ROLE_TITLE : ROLE_TEXT, buf_text(&text));
		buf_free(&text);
	}
}

/* --- what is typed, said, and asked ----------------------------------------
 */

static const char *
mode_label(const struct form_screen *s)
{
	static const char *const labels[FORM_MODES] = {
	    [FORM_REASON] = N_("Reason"),
	    [FORM_NOTE] = N_("Note"),
	    [FORM_GOTO] = N_("Go to question"),
	    [FORM_FIND] = N_("Find"),
	    [FORM_ATTACH] = N_("File to attach"),
	    [FORM_REPLACE] = N_("Why a reserve stands in"),
	    [FORM_EXTRA] = N_("Add: id, then why"),
	    [FORM_SAVE_TO] = N_("Save to folder"),
	};

	if (labels[s->mode] != NULL)
		return _(labels[s->mode]);
	if (s->mode != FORM_VALUE || form_question(&s->form) == NULL)
		return NULL;
	switch (form_question(&s->form)->type) {
	case VALUE_DATE:
		return _("mmddyyyy, t today, p placed, +n -n");
	case VALUE_TIME:
		return _("mmddyyyyhhmm, t 1405 today");
	case VALUE_CHOICE:
	case VALUE_REF:
		return _("number or words");
	case VALUE_MANY:
	case VALUE_REFS:
		return _("numbers or words, by ;");
	default:
		return form_question(&s->form)->id;
	}
}

/* The lines that the field takes; it stands above the message. */
static int
field_lines(struct form_screen *s, int width)
{
	const char *label = mode_label(s);

	if (label == NULL)
		return 0;
	field_layout(&s->field, width - text_width(label) - 2);
	return s->field.layout_n < FIELD_LINES ? (int)s->field.layout_n
					       : FIELD_LINES;
}

static void
paint_field(struct form_screen *s, int y, int lines, int width)
{
	const char *label = mode_label(s);
	int x = text_width(label) + 2;

	term_put(s->term, y, 0, x, ROLE_TITLE, label);
	term_put(s->term, y, x - 2, 1, ROLE_TITLE, ":");
	field_draw(&s->field, s->term, y, x, width - x, lines);
}

/* The files of the question, by name. */
static void
files_text(struct form_screen *s, struct buf *out)
{
	const struct form *f = &s->form;
	const struct question *q = form_question(f);
	struct buf files = {0};

	if (q != NULL && f->keep.attached != NULL &&
	    f->keep.attached(
		f->keep.self, review_unit(f->review, f->unit), q, &files) > 0)
		buf_printf(out, _("files: %s"), buf_text(&files));
	buf_free(&files);
}

static void
paint_message(struct form_screen *s, int y, int width)
{
	const struct review_cell *cell = form_cell(&s->form);
	struct buf text = {0};

	/* The top line says it all the while. */
	if (!s->form.saved &&
	    (s->mode != FORM_SAVE_TO || *s->form.message == '\0')) {
		buf_printf(&text,
		    _("NOT SAVED: %s (w tries again, W elsewhere)"),
		    s->form.trouble.text);
	} else if (*s->form.message != '\0') {
		buf_str(&text, s->form.message);
	} else {
		form_problem(&s->form, &text);
		if (text.len == 0 && cell != NULL && *cell->note != '\0')
			buf_printf(&text, _("note: %s"), cell->note);
		if (text.len == 0)
			files_text(s, &text);
	}
	term_put(s->term, y, 0, width, s->form.saved ? ROLE_TEXT : ROLE_BAD,
	    buf_text(&text));
	buf_free(&text);
}

/* The same for every question: a bar that changed with each would cost more
 * than the answers. What a type wants stands beside its field. */
static const char *
keys_text(const struct form_screen *s)
{
	if (s->mode == FORM_ANSWERING ||
	    (s->mode == FORM_VALUE && !s->field.lines &&
		*s->form.message == '\0'))
		return _("y n a u  1-9  i types  Enter next  . open  e problem"
			 "  = copy  ? help  q leave");
	if (s->field.lines)
		return _("Esc or Tab keeps it  Ctrl-G gives it up");
	return form_screen_asks(s)
		   ? _("Enter keeps it  Esc or Ctrl-G gives it up")
		   : _("Enter or Esc keeps it  Ctrl-G gives it up");
}

#define BAR_ENDS 2 /* help and leaving, which the bar always has */

static const char *
bar_next(const char *entry)
{
	const char *gap = strstr(entry, "  ");

	return gap != NULL ? gap + strspn(gap, " ") : entry + strlen(entry);
}

static const char *
bar_tail(const char *text)
{
	const char *tail = text, *end = text;

	for (int i = 0; i < BAR_ENDS; i++)
		end = bar_next(end);
	for (; *end != '\0'; end = bar_next(end))
		tail = bar_next(tail);
	return tail;
}

/* No key is cut in half: those that stand later go first. */
static void
paint_bar(struct form_screen *s, int y, int width)
{
	const char *text = keys_text(s), *tail = bar_tail(text), *next;
	int left = width - text_width(tail);
	struct buf bar = {0};

	for (; text < tail; text = next) {
		char *entry;

		next = bar_next(text);
		entry = xstrndup(text, (size_t)(next - text));
		left -= text_width(entry);
		if (left >= 0)
			buf_str(&bar, entry);
		free(entry);
		if (left < 0)
			break;
	}
	buf_str(&bar, tail);
	term_put(s->term, y, 0, width, ROLE_TEXT, buf_text(&bar));
	buf_free(&bar);
}

/* --- the whole --------------------------------------------------------------
 */

void
form_screen_paint(struct form_screen *s)
{
	int width = term_width(s->term), height = term_height(s->term), lines;
	int above; /* lines over the keys that the field and what is said take
		    */
	bool said;
	struct page page = {.y = 2, .width = width};

	term_clear(s->term);
	if (width < LEAST_WIDTH || height < LEAST_HEIGHT) {
		form_wrapped(s->term, 0, 0, width, height, ROLE_TEXT,
		    _("A review needs 40 x 8 characters. Nothing is lost."));
		term_cursor(s->term, 0, 0);
		return;
	}
	if (s->mode != FORM_ANSWERING && form_cards_paint(s, height)) {
		s->painted_top = -1;
		return;
	}
	lines = field_lines(s, width);
	page.height = height - 4;
	/* The field's last line is the message's, so that opening it moves
	 * nothing; more lines, and what is said beside it, cover the page's
	 * end. */
	said = lines == 0 || *s->form.message != '\0' || !s->form.saved;
	above = lines + said;
	page.covered = above > 1 ? above - 1 : 0;
	if (width >= SIDE_FROM) {
		page.side = width - SIDE;
		page.width = page.side - 1;
	}
	paint_head(s, width);
	paint_page(s, &page);
	if (page.side > 0)
		paint_side(s, &page);
	if (lines > 0)
		paint_field(s, height - 1 - above, lines, width);
	if (said)
		paint_message(s, height - 2, width);
	paint_bar(s, height - 1, width);
}
