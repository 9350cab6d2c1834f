/* Aligned text for a terminal or a printer: no box drawing, no attributes. */
#include "client/out.h"

#include "base/i18n.h"
#include "client/linetext.h"

#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#define GAP 2
#define LEAST 14    /* cells that a column of words keeps when space is short */
#define BAR 40	    /* cells of the longest bar, and of the shortest, */
#define BAR_LEAST 8 /* where the terminal is narrow */
#define FIGURE 12   /* cells kept for the figure behind a bar */
#define PROSE 80    /* cells of a sentence's line, where there are more */

struct page {
	struct buf *out;
	const struct out_options *o;
};

static void
prose(struct page *p, const char *text)
{
	size_t width = p->o->width;

	linetext_wrap(
	    p->out, text, 0, width == 0 || width > PROSE ? PROSE : width);
}

static void
heading(struct page *p, const char *text)
{
	if (*text == '\0')
		return;
	buf_printf(p->out, "\n%s\n", text);
}

/* --- tables -------------------------------------------------------------- */

static size_t
column_width(const struct doc_table *t, size_t c)
{
	size_t most = linetext_width(t->columns[c].title);

	for (size_t r = 0; r < doc_rows(t); r++) {
		size_t w = linetext_width(doc_at(t, r, c));

		most = w > most ? w : most;
	}
	return most;
}

/* Takes cells from the widest column of words until the line fits or every
 * such column is at its least; figures are never cut. */
static size_t
shrink(const struct doc_table *t, size_t *widths, size_t total, size_t room)
{
	while (total > room) {
		size_t widest = t->n_columns;

		for (size_t c = 0; c < t->n_columns; c++)
			if (t->columns[c].type == DOC_WORDS &&
			    widths[c] > LEAST &&
			    (widest == t->n_columns ||
				widths[c] > widths[widest]))
				widest = c;
		if (widest == t->n_columns)
			break;
		widths[widest]--;
		total--;
	}
	return total;
}

/* What still does not fit is left out from the right, and said to be: a line
 * that wraps is no table. The first column always stays. */
static size_t
drop(const struct doc_table *t, size_t *widths, size_t total, size_t room)
{
	size_t dropped = 0;

	for (size_t c = t->n_columns; c-- > 1 && total > room;)
		if (widths[c] > 0) {
			total -= widths[c] + GAP;
			widths[c] = 0;
			dropped++;
		}
	return dropped;
}

/* The columns' widths, 0 for one that is not printed. */
static size_t *
layout(const struct page *p, const struct doc_table *t, size_t *dropped)
{
	size_t *widths = xcalloc(t->n_columns, sizeof *widths), total = 0;

	for (size_t c = 0; c < t->n_columns; c++) {
		if (!(t->columns[c].in & DOC_LOOK))
			continue;
		widths[c] = column_width(t, c);
		total += widths[c] + (total > 0 ? GAP : 0);
	}
	if (p->o->width > 0) {
		total = shrink(t, widths, total, p->o->width);
		*dropped = drop(t, widths, total, p->o->width);
	}
	return widths;
}

/* Blanks behind the last word are left out. */
static void
end_line(struct page *p)
{
	while (p->out->len > 0 && p->out->data[p->out->len - 1] == ' ')
		p->out->data[--p->out->len] = '\0';
	buf_char(p->out, '\n');
}

/* A cell's text broken to its column: words go on below, where a name that
 * is cut would be none. */
static char *
broken(const struct doc_table *t, const char *text, size_t c, size_t width)
{
	struct buf lines = {0};

	if (t->columns[c].type != DOC_WORDS || linetext_width(text) <= width)
		return xstrdup(text);
	linetext_wrap(&lines, text, 0, width);
	return buf_take(&lines);
}

/* Prints the next line of each cell; false when that was the last one. */
static bool
row_line(struct page *p, const struct doc_table *t, const size_t *widths,
    char **rest)
{
	bool first = true, more = false;

	for (size_t c = 0; c < t->n_columns; c++) {
		char *text = rest[c], *end;

		if (widths[c] == 0)
			continue;
		if (!first)
			buf_str(p->out, "  ");
		first = false;
		end = text + strcspn(text, "\n");
		rest[c] = *end != '\0' ? end + 1 : end;
		*end = '\0';
		linetext_fit(p->out, text, widths[c],
		    t->columns[c].type == DOC_NUMBER,
		    p->o->ascii ? "~" : "\xe2\x80\xa6");
		more = more || *rest[c] != '\0';
	}
	end_line(p);
	return more;
}

/* A row; r of doc_rows() or beyond gives the titles. */
static void
line(struct page *p, const struct doc_table *t, const size_t *widths, size_t r)
{
	char **texts = xcalloc(t->n_columns, 2 * sizeof *texts);
	char **rest = texts + t->n_columns;

	for (size_t c = 0; c < t->n_columns; c++)
		rest[c] = texts[c] = broken(t,
		    r >= doc_rows(t) ? t->columns[c].title : doc_at(t, r, c), c,
		    widths[c]);
	while (row_line(p, t, widths, rest))
		;
	for (size_t c = 0; c < t->n_columns; c++)
		free(texts[c]);
	free(texts);
}

static void
rule(struct page *p, const struct doc_table *t, const size_t *widths)
{
	bool first = true;

	for (size_t c = 0; c < t->n_columns; c++) {
		if (widths[c] == 0)
			continue;
		if (!first)
			buf_str(p->out, "  ");
		first = false;
		for (size_t i = 0; i < widths[c]; i++)
			buf_char(p->out, '-');
	}
	buf_char(p->out, '\n');
}

static void
table(struct page *p, const struct doc_table *t)
{
	size_t *widths, dropped = 0;

	if (doc_columns_in(t, DOC_LOOK) == 0 || doc_rows(t) == 0)
		return;
	heading(p, t->title);
	if (*t->title == '\0')
		buf_char(p->out, '\n');
	widths = layout(p, t, &dropped);
	line(p, t, widths, doc_rows(t));
	rule(p, t, widths);
	for (size_t r = 0; r < doc_rows(t); r++)
		line(p, t, widths, r);
	free(widths);
	if (dropped > 0)
		buf_printf(p->out,
		    ngettext("(%zu further column does not fit "
			     "here; --format csv has it)\n",
			"(%zu further columns do "
			"not fit here; --format csv has them)\n",
			dropped),
		    dropped);
}

/* --- charts -------------------------------------------------------------- */

struct scale {
	double most; /* the value of a full bar */
	int cells;   /* its length */
};

static double
greatest(const struct doc_chart *c)
{
	double most = isnan(c->goal) ? 0 : c->goal;

	for (size_t i = 0; i < c->n; i++)
		if (c->points[i].value > most)
			most = c->points[i].value;
	return most;
}

/* A bar of eighths of a cell, or of whole ones in ASCII; the goal's place is
 * marked where the bar does not reach it. */
static void
bar(struct page *p, double value, double goal, const struct scale *s)
{
	static const char *const part[] = {"", "\xe2\x96\x8f", "\xe2\x96\x8e",
	    "\xe2\x96\x8d", "\xe2\x96\x8c", "\xe2\x96\x8b", "\xe2\x96\x8a",
	    "\xe2\x96\x89"};
	int eighths = isnan(value) || s->most <= 0
			  ? 0
			  : (int)lround(value / s->most * s->cells * 8);
	int mark = isnan(goal) || s->most <= 0
		       ? -1
		       : (int)lround(goal / s->most * (s->cells - 1));
	int at = 0;

	if (eighths < 0)
		eighths = 0;
	for (; at < eighths / 8; at++)
		buf_str(p->out, p->o->ascii ? "#" : "\xe2\x96\x88");
	if (eighths % 8 > 0 && !p->o->ascii) {
		buf_str(p->out, part[eighths % 8]);
		at++;
	}
	for (; at < s->cells; at++)
		buf_char(p->out, at == mark ? '|' : ' ');
}

static void
chart(struct page *p, const struct doc_chart *c)
{
	size_t width = 0;
	struct scale s = {.most = greatest(c), .cells = BAR};

	heading(p, c->title);
	for (size_t i = 0; i < c->n; i++) {
		size_t w = linetext_width(c->points[i].label);

		width = w > width ? w : width;
	}
	if (p->o->width > 0 && p->o->width < width + BAR + FIGURE)
		s.cells = p->o->width < width + BAR_LEAST + FIGURE
			      ? BAR_LEAST
			      : (int)(p->o->width - width - FIGURE);
	for (size_t i = 0; i < c->n; i++) {
		linetext_fit(p->out, c->points[i].label, width, 0, "");
		buf_str(p->out, "  ");
		bar(p, c->points[i].value, c->goal, &s);
		buf_printf(p->out, "  %s\n",
		    *c->points[i].text != '\0' ? c->points[i].text
					       : _("no data"));
	}
	if (*c->goal_text != '\0')
		buf_printf(p->out, _("goal %s, marked |\n"), c->goal_text);
}

/* --- the page ------------------------------------------------------------ */

/* Fields that follow each other share the width of their names. */
static size_t
fields(struct page *p, const struct doc *doc, size_t i)
{
	size_t width = 0, end = i;

	for (; end < doc->n && doc->blocks[end].kind == DOC_FIELD; end++) {
		size_t w = linetext_width(doc->blocks[end].text);

		width = w > width ? w : width;
	}
	for (; i < end; i++) {
		linetext_fit(p->out, doc->blocks[i].text, width, 0, "");
		buf_str(p->out, "  ");
		linetext_wrap(p->out, doc->blocks[i].value, width + GAP,
		    p->o->width > 0 ? p->o->width : SIZE_MAX);
	}
	return end;
}

static void
body(struct page *p, const struct doc *doc)
{
	for (size_t i = 0; i < doc->n;) {
		const struct doc_block *b = &doc->blocks[i];

		if (b->kind == DOC_FIELD) {
			i = fields(p, doc, i);
			continue;
		}
		if (b->kind == DOC_TEXT)
			prose(p, b->text);
		else if (b->kind == DOC_TABLE)
			table(p, b->table);
		else if (b->kind == DOC_CHART)
			chart(p, b->chart);
		i++;
	}
}

static void
notes(struct page *p, const struct doc *doc)
{
	bool first = true;

	for (size_t i = 0; i < doc->n; i++) {
		const struct doc_block *b = &doc->blocks[i];

		if (b->kind != DOC_NOTE && b->kind != DOC_AGAIN)
			continue;
		if (first)
			buf_char(p->out, '\n');
		first = false;
		if (b->kind == DOC_NOTE)
			prose(p, b->text);
		else
			buf_printf(p->out, "%s %s\n", b->text, b->value);
	}
	if (doc->invented)
		buf_printf(p->out, "%s%s\n", first ? "\n" : "",
		    _("INVENTED DATA: no child, worker or figure here is "
		      "real."));
}

bool
out_table(struct buf *out, const struct doc *doc, const struct out_options *o,
    struct err *err)
{
	struct buf text = {0};
	struct page p = {.out = &text, .o = o};

	(void)err;
	if (*doc->title != '\0')
		prose(&p, doc->title);
	body(&p, doc);
	notes(&p, doc);
	if (o->ascii)
		linetext_ascii(out, buf_text(&text));
	else
		buf_add(out, buf_text(&text), text.len);
	buf_free(&text);
	return true;
}
