/* One frame: breadcrumb, title, filters, the panel, message and key bar. */
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/json.h"
#include "client/panel.h"
#include "client/screen_cells.h"

#define LEAST_WIDTH 20
#define LEAST_HEIGHT 5
#define HELP_CELLS 10
#define CODE_WIDTH 100 /* narrower windows tell the code by # */
#define ROOMY 16 /* lines from which there is a key bar and a detail line */

static const char *
crumb_separator(const struct term *term)
{
	return term_utf8(term) ? " \u203a " : " > ";
}

/* The marks at the right end of line 0; the cells they took. */
static int
paint_marks(struct screens *s, int width)
{
	struct term *term = s->term;
	struct buf text = {NULL, 0, 0};
	const char *mark = "";
	int x = width, n;

	if (width >= 60 && *s->data_through) {
		buf_printf(&text,
		    s->stale_data ? _("STALE: data through %s")
				  : _("data through %s"),
		    s->data_through);
		n = text_width(buf_text(&text));
		x -= n;
		term_put(term, 0, x, n, ROLE_TEXT, buf_text(&text));
		x -= 2;
	}
	if (s->invented)
		mark = width >= 60 ? _("INVENTED DATA") : _("INVENTED");
	n = text_width(mark);
	if (n)
		x -= n;
	term_put(term, 0, x, n, ROLE_MARK, mark);
	buf_free(&text);
	return width - x;
}

/* The way to here; its far end gives way when there is no room. */
static void
paint_crumbs(struct screens *s, int room)
{
	const struct panel *p = screens_panel(s);
	const char *sep = crumb_separator(s->term);
	int end = p->ops->placeless && p->n_path ? 1 : (int)p->n_path;
	int first = end - 1, used = 0, x = 0;

	while (first >= 0) {
		int n = text_width(p->path[first].name) + (used ? 3 : 0);

		if (used && used + n > room - 3)
			break;
		used += n;
		first--;
	}
	first++;
	if (first > 0)
		x += term_put(s->term, 0, x, room, ROLE_TEXT, "... ");
	for (int i = first; i < end; i++) {
		bool last = i == end - 1;

		x += term_put(s->term, 0, x, room - x,
		    last ? ROLE_TITLE : ROLE_TEXT, p->path[i].name);
		if (!last)
			x += term_put(s->term, 0, x, room - x, ROLE_TEXT, sep);
	}
	if (!p->n_path)
		term_put(s->term, 0, 0, room, ROLE_TITLE, "Hearth");
}

static int
paint_top(struct screens *s, int width)
{
	const struct panel *p = screens_panel(s);
	struct buf text = {NULL, 0, 0};
	int y = 2;

	paint_crumbs(s, width - paint_marks(s, width) - 1);
	p->ops->title(p, &text);
	term_put(s->term, 1, 0, width, ROLE_TITLE, buf_text(&text));
	buf_reset(&text);
	if (*p->scope.where)
		buf_printf(&text, _("only %s (x takes the last away)"),
		    p->scope.where);
	if (*p->scope.as_of)
		buf_printf(&text, _("%sas known on %s"), text.len ? "; " : "",
		    p->scope.as_of);
	if (*p->scope.generation)
		buf_printf(&text, _("%sas of generation %s"),
		    text.len ? "; " : "", p->scope.generation);
	if (*p->scope.version)
		buf_printf(&text, _("%sby definition %s"), text.len ? "; " : "",
		    p->scope.version);
	if (text.len)
		term_put(s->term, y++, 0, width, ROLE_MARK, buf_text(&text));
	buf_free(&text);
	return y;
}

/* --- the bottom ---------------------------------------------------------- */

static void
status_place(const struct panel *p, struct buf *out)
{
	const struct table *t = &p->table;
	bool words = t->filter || (p->windowed && *p->words);
	size_t at = t->cursor + 1, rows = t->shown;
	struct buf place = {NULL, 0, 0}, all = {NULL, 0, 0};

	for (size_t i = 0; t->fixed && i < t->shown; i++) {
		const struct table_row *row = table_at(t, i);

		if (!row || !row->section)
			continue;
		rows--;
		if (i <= t->cursor)
			at--;
	}
	cells_thousands(&place, (double)at);
	cells_thousands(&all, (double)rows);
	if (!t->shown && words)
		buf_str(out, _("no row has these words"));
	else if (!t->shown) /* a list whose answer came is empty, and says so */
		buf_str(out, p->windowed && p->json ? _("there is none") : "");
	else if (words)
		buf_printf(out, _("%s of %s with these words"),
		    buf_text(&place), buf_text(&all));
	else
		buf_printf(
		    out, _("%s of %s"), buf_text(&place), buf_text(&all));
	buf_free(&place);
	buf_free(&all);
}

/* What is going on, when there is something to say. */
static void
status_text(const struct screens *s, struct buf *out)
{
	const struct panel *p = screens_panel(s);

	if (*s->message)
		buf_str(out, s->message);
	else if (s->lost)
		buf_printf(out, "%s%s",
		    p->json ? _("NOT CONNECTED, older figures; ")
			    : _("NOT CONNECTED; "),
		    s->retry_at ? _("trying again (r: now, Esc: stop)")
				: _("r tries again"));
	else if (p->asked && s->clock() >= s->hold_until && !panel_ahead(p))
		buf_str(out, _("loading... (Esc cancels)"));
	else if (p->stale)
		buf_str(out, _("these figures are older; r asks again"));
	else
		status_place(p, out);
}

/* "u units": the request's first key and its bar word; the cells used. */
static int
bar_item(
    struct term *term, int y, int x, enum screen_request request, bool paint)
{
	const struct request_info *info = &request_infos[request];
	char key[16];
	size_t len = strcspn(info->keys, " ");

	scope_set(key, len + 1 < sizeof key ? len + 1 : sizeof key, info->keys);
	/* The longest key's name would push others out. */
	if (strcmp(key, "Backspace") == 0)
		SCOPE_SET(key, "Bksp");
	if (paint) {
		int width = term_width(term);
		int n = term_put(term, y, x, width - x, ROLE_KEY, key) + 1;

		term_put(
		    term, y, x + n, width - x - n, ROLE_TEXT, _(info->bar));
	}
	return text_width(key) + 1 + text_width(_(info->bar));
}

/* The figure's reference code, where there is room beside the message. */
static void
paint_code(struct screens *s, int y, int width, int used)
{
	const struct panel *p = screens_panel(s);
	const char *code = p->json ? json_get_string(p->json, "ref") : NULL;
	int n = code ? text_width(code) : 0;

	if (code && width >= CODE_WIDTH && used + 2 + n <= width)
		term_put(s->term, y, width - n, n, ROLE_TEXT, code);
}

static void
paint_status(struct screens *s, int y, int width)
{
	struct buf text = {NULL, 0, 0};

	if (s->prompt.active) {
		prompt_draw(&s->prompt, s->term, y);
		return;
	}
	status_text(s, &text);
	term_put(s->term, y, 0, width,
	    s->lost || *s->message ? ROLE_MARK : ROLE_TEXT, buf_text(&text));
	paint_code(s, y, width, text_width(buf_text(&text)));
	/* Without a key bar the way to help stands here. */
	if (term_height(s->term) < ROOMY && !screens_panel(s)->ops->body &&
	    text_width(buf_text(&text)) + HELP_CELLS < width)
		bar_item(s->term, y,
		    width - bar_item(s->term, y, 0, REQUEST_HELP, false),
		    REQUEST_HELP, true);
	buf_free(&text);
}

/* The way to help and the way out stand at the right end, always. */
static void
paint_bar(struct screens *s, int y, int width)
{
	static const enum screen_request last[] = {REQUEST_CLOSE, REQUEST_HELP};
	const struct panel *p = screens_panel(s);
	struct term *term = s->term;
	int x = 0, end = width;

	if (p->ops->bar) {
		struct buf text = {NULL, 0, 0};

		p->ops->bar(p, &text);
		term_put(term, y, 0, width, ROLE_TEXT, buf_text(&text));
		buf_free(&text);
		return;
	}

	for (size_t i = 0; i < sizeof last / sizeof *last; i++) {
		end -= bar_item(term, y, 0, last[i], false);
		bar_item(term, y, end, last[i], true);
		end -= 2;
	}
	for (int r = 0; r < REQUESTS; r++) {
		enum screen_request request = (enum screen_request)r;

		if (!request_infos[r].bar || request == REQUEST_HELP ||
		    request == REQUEST_CLOSE)
			continue;
		if (x + bar_item(term, y, x, request, false) > end)
			break;
		x += bar_item(term, y, x, request, true) + 2;
	}
}

int
panel_wrap(struct term *term, int y, int rows, const char *text)
{
	int width = term_width(term), used = 0;

	while (*text && used < rows) {
		size_t len = text_break(text, width);
		char *line = xstrndup(text, len);

		term_put(term, y + used++, 0, width, ROLE_TEXT, line);
		free(line);
		for (text += len; *text == ' ';)
			text++;
	}
	return used;
}

/* The lines kept for the sentence on the focused row. */
static int
detail_lines(const struct panel *p, int height)
{
	if (!p->ops->detail || height < ROOMY)
		return 0;
	return height >= 30 ? 3 : 2;
}

/* --- the whole ----------------------------------------------------------- */

static void
paint_body(struct screens *s, int y, int end)
{
	struct panel *p = screens_panel(s);
	int lines = detail_lines(p, term_height(s->term));

	if (p->ops->path && !p->json) {
		if (p->err.code != ERR_NONE)
			y += panel_wrap(s->term, y, end - y, p->err.text);
		if (p->err.code == ERR_NO_DATA)
			panel_wrap(s->term, y, end - y,
			    _("Load an extract (hearthctl import), or look at "
			      "an invented state (hearth demo)."));
		term_cursor(s->term, y, 0);
		return;
	}
	if (p->ops->body) {
		p->ops->body(p, y, end);
		return;
	}
	if (p->ops->head && end - lines - y > 4)
		y += p->ops->head(p, y, end - lines - y - 3);
	end -= lines;
	table_draw(&p->table, s->term, y, end - y);
	/* After the table: it says what the table had no room for. */
	if (lines) {
		struct buf text = {NULL, 0, 0};

		if (table_figure(&p->table) && p->ops->words)
			p->ops->words(p, table_figure(&p->table), &text);
		else if (table_figure(&p->table))
			cells_figure_words(p, &text, table_figure(&p->table));
		else
			p->ops->detail(p, &text);
		panel_wrap(s->term, end, lines, buf_text(&text));
		buf_free(&text);
	}
}

void
panel_paint(struct screens *s)
{
	int width = term_width(s->term), height = term_height(s->term);
	int end = height - (height >= ROOMY ? 2 : 1), y;

	term_clear(s->term);
	if (width < LEAST_WIDTH || height < LEAST_HEIGHT) {
		panel_wrap(s->term, 0, height,
		    _("Hearth needs 20 x 5 characters or more."));
		term_cursor(s->term, 0, 0);
		return;
	}
	y = paint_top(s, width);
	paint_body(s, y, end);
	paint_status(s, end, width);
	if (height >= ROOMY)
		paint_bar(s, height - 1, width);
}
