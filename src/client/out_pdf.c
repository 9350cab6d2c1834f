/*
 * Pages: letter paper, upright, or lying where a table is wide; a heading and
 * a foot on every page, table headings repeated, text that can be searched and
 * read aloud (tagged structure), fonts embedded.
 */
#include "client/out.h"

#include "base/i18n.h"
#include "base/lazy.h"

#include <cairo-pdf.h>
#include <cairo.h>
#include <pango/pangocairo.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

/*
 * The libraries are loaded when pages are wanted and not before: linked to the
 * program they would double the time until every screen and every answer.
 * The table is what a linker would have filled in; it never changes after.
 */
#define LIBRARY "libpangocairo-1.0.so.0" /* brings the others */
/* clang-format off */
#define FUNCTIONS(F) \
	F(cairo_create) F(cairo_destroy) F(cairo_fill) F(cairo_line_to) \
	F(cairo_move_to) F(cairo_pdf_surface_create_for_stream) \
	F(cairo_pdf_surface_set_metadata) F(cairo_rectangle) \
	F(cairo_set_line_width) F(cairo_set_source_rgb) F(cairo_show_page) \
	F(cairo_status_to_string) F(cairo_stroke) F(cairo_surface_destroy) \
	F(cairo_surface_finish) F(cairo_surface_status) F(cairo_tag_begin) \
	F(cairo_tag_end) F(g_object_unref) F(pango_cairo_create_layout) \
	F(pango_cairo_show_layout) F(pango_font_description_free) \
	F(pango_font_description_new) \
	F(pango_font_description_set_absolute_size) \
	F(pango_font_description_set_family) \
	F(pango_font_description_set_weight) F(pango_layout_get_size) \
	F(pango_layout_set_alignment) F(pango_layout_set_ellipsize) \
	F(pango_layout_set_font_description) F(pango_layout_set_text) \
	F(pango_layout_set_width) F(pango_layout_set_wrap)
/* clang-format on */

static LAZY(pango, FUNCTIONS) lib;

#ifdef __SANITIZE_ADDRESS__
/* What fontconfig keeps until the end of the program is its own. */
const char *__lsan_default_suppressions(void);

const char *
__lsan_default_suppressions(void)
{
	return "leak:libfontconfig\n";
}
#endif

#define SHORT_SIDE 612.0 /* letter, in points */
#define LONG_SIDE 792.0
#define MARGIN 48.0
#define GAP 6.0
#define FONT "DejaVu Sans"
#define SIZE 9.0
#define SIZE_LEAST 5.5
#define WORDS_LEAST 34.0 /* points that a column of words keeps */
#define TAGS_MOST 20000	 /* cells of a table: a tag takes 180 bytes */

struct pages {
	cairo_t *cr;
	PangoLayout *layout;
	const struct doc *doc;
	double width, height; /* of the paper */
	double y;
	double size; /* of the text, in points */
	int page;
	bool by_row; /* tags a row as one, where cells are too many to tag */
	char stamp[32];
};

static cairo_status_t
take(void *arg, const unsigned char *data, unsigned int n)
{
	buf_add(arg, data, n);
	return CAIRO_STATUS_SUCCESS;
}

static void
font(struct pages *p, double size, bool bold)
{
	PangoFontDescription *d = lib.pango_font_description_new();

	lib.pango_font_description_set_family(d, FONT);
	lib.pango_font_description_set_absolute_size(d, size * PANGO_SCALE);
	lib.pango_font_description_set_weight(
	    d, bold ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_NORMAL);
	lib.pango_layout_set_font_description(p->layout, d);
	lib.pango_font_description_free(d);
}

/* Sets the text; width 0 is one line as long as it gets, cut says to end a
 * line that is too long in an ellipsis instead of wrapping it. */
static void
set(struct pages *p, const char *text, double width, bool cut)
{
	lib.pango_layout_set_width(
	    p->layout, width > 0 ? (int)(width * PANGO_SCALE) : -1);
	lib.pango_layout_set_ellipsize(
	    p->layout, cut ? PANGO_ELLIPSIZE_END : PANGO_ELLIPSIZE_NONE);
	lib.pango_layout_set_wrap(p->layout, PANGO_WRAP_WORD_CHAR);
	lib.pango_layout_set_text(p->layout, text, -1);
}

static double
text_width(struct pages *p, const char *text)
{
	int w;

	set(p, text, 0, false);
	lib.pango_layout_get_size(p->layout, &w, NULL);
	return (double)w / PANGO_SCALE;
}

static double
text_height(struct pages *p)
{
	int h;

	lib.pango_layout_get_size(p->layout, NULL, &h);
	return (double)h / PANGO_SCALE;
}

static void
draw(struct pages *p, double x, double y, const char *tag)
{
	if (tag != NULL)
		lib.cairo_tag_begin(p->cr, tag, NULL);
	lib.cairo_move_to(p->cr, x, y);
	lib.pango_cairo_show_layout(p->cr, p->layout);
	if (tag != NULL)
		lib.cairo_tag_end(p->cr, tag);
}

/* Head and foot are the page's own, not the text's: they carry no tag, so a
 * screen reader does not hear them between two rows. */
static void
begin_page(struct pages *p)
{
	char *foot = xasprintf(_("%s   page %d"), p->stamp, ++p->page);

	font(p, 7.5, false);
	set(p, p->doc->title, p->width - 2 * MARGIN, true);
	lib.cairo_move_to(p->cr, MARGIN, MARGIN / 2);
	lib.pango_cairo_show_layout(p->cr, p->layout);
	set(p, foot, 0, false);
	lib.cairo_move_to(p->cr, MARGIN, p->height - MARGIN * 0.7);
	lib.pango_cairo_show_layout(p->cr, p->layout);
	if (p->doc->invented) {
		double w;

		font(p, 7.5, true);
		w = text_width(p, _("INVENTED DATA"));
		lib.cairo_move_to(
		    p->cr, p->width - MARGIN - w, p->height - MARGIN * 0.7);
		lib.pango_cairo_show_layout(p->cr, p->layout);
	}
	p->y = MARGIN;
	free(foot);
}

static void
room(struct pages *p, double need)
{
	if (p->y + need <= p->height - MARGIN)
		return;
	lib.cairo_show_page(p->cr);
	begin_page(p);
}

static void
paragraph(struct pages *p, const char *text, const char *tag, double size)
{
	double h;

	if (*text == '\0')
		return;
	font(p, size, *tag == 'H');
	set(p, text, p->width - 2 * MARGIN, false);
	h = text_height(p);
	if (p->y + h > p->height - MARGIN) {
		room(p, h);
		font(p, size, *tag == 'H');
		set(p, text, p->width - 2 * MARGIN, false);
	}
	draw(p, MARGIN, p->y, tag);
	p->y += h + 3;
}

/* --- tables -------------------------------------------------------------- */

static double
measure_columns(struct pages *p, const struct doc_table *t, double *widths)
{
	double total = 0;

	for (size_t c = 0; c < t->n_columns; c++) {
		if (!(t->columns[c].in & DOC_LOOK))
			continue;
		font(p, p->size, true);
		widths[c] = text_width(p, t->columns[c].title);
		font(p, p->size, false);
		for (size_t r = 0; r < doc_rows(t) && r < 400; r++) {
			double w = text_width(p, doc_at(t, r, c));

			widths[c] = w > widths[c] ? w : widths[c];
		}
		total += widths[c] + GAP;
	}
	return total - GAP;
}

/* The widest column of words that can still give something; n_columns when
 * there is none. Ids, figures and dates are never cut. */
static size_t
widest_words(const struct doc_table *t, const double *widths)
{
	size_t widest = t->n_columns;

	for (size_t c = 0; c < t->n_columns; c++)
		if (t->columns[c].type == DOC_WORDS &&
		    widths[c] > WORDS_LEAST &&
		    (widest == t->n_columns || widths[c] > widths[widest]))
			widest = c;
	return widest;
}

/* A table that is too wide gets smaller letters, then narrower columns of
 * words, and at last loses columns from the right; how many is returned. */
static size_t
fit_columns(struct pages *p, const struct doc_table *t, double *widths)
{
	double available = p->width - 2 * MARGIN;
	double total = measure_columns(p, t, widths);
	size_t dropped = 0;

	while (total > available && p->size > SIZE_LEAST) {
		p->size -= 0.5;
		total = measure_columns(p, t, widths);
	}
	for (size_t c;
	     total > available && (c = widest_words(t, widths)) < t->n_columns;
	     total -= 1)
		widths[c] -= 1;
	for (size_t c = t->n_columns; c-- > 1 && total > available;)
		if (widths[c] > 0) {
			total -= widths[c] + GAP;
			widths[c] = 0;
			dropped++;
		}
	return dropped;
}

static void
note_dropped(struct pages *p, size_t dropped)
{
	char *text = xasprintf(ngettext("(%zu further column does not fit "
					"here; --format csv has it)",
				   "(%zu further columns do not fit "
				   "here; --format csv has them)",
				   dropped),
	    dropped);

	if (dropped > 0)
		paragraph(p, text, "P", SIZE - 1.5);
	free(text);
}

static void
table_row(
    struct pages *p, const struct doc_table *t, const double *widths, size_t r)
{
	bool head = r >= doc_rows(t);
	const char *tag = head ? "TH" : p->by_row ? NULL : "TD";
	double x = MARGIN;

	lib.cairo_tag_begin(p->cr, "TR", NULL);
	font(p, p->size, head);
	for (size_t c = 0; c < t->n_columns; c++) {
		const struct doc_column *col = &t->columns[c];
		const char *text = head ? col->title : doc_at(t, r, c);

		if (widths[c] <= 0)
			continue;
		set(p, text, widths[c] + 1, true);
		lib.pango_layout_set_alignment(
		    p->layout, col->type == DOC_NUMBER ? PANGO_ALIGN_RIGHT
						       : PANGO_ALIGN_LEFT);
		draw(p, x, p->y, tag);
		x += widths[c] + GAP;
	}
	lib.pango_layout_set_alignment(p->layout, PANGO_ALIGN_LEFT);
	lib.cairo_tag_end(p->cr, "TR");
	p->y += p->size * 1.4;
	if (head) {
		lib.cairo_move_to(p->cr, MARGIN, p->y);
		lib.cairo_line_to(p->cr, x - GAP, p->y);
		lib.cairo_set_line_width(p->cr, 0.5);
		lib.cairo_stroke(p->cr);
		p->y += 3;
	}
}

static void
table(struct pages *p, const struct doc_table *t)
{
	size_t dropped;
	double *widths;

	if (doc_columns_in(t, DOC_LOOK) == 0 || doc_rows(t) == 0)
		return;
	p->y += 4;
	paragraph(p, t->title, "H2", SIZE + 1);
	widths = xcalloc(t->n_columns, sizeof *widths);
	p->size = SIZE;
	p->by_row = t->n_cells > TAGS_MOST;
	dropped = fit_columns(p, t, widths);
	room(p, p->size * 5);
	lib.cairo_tag_begin(p->cr, "Table", NULL);
	table_row(p, t, widths, doc_rows(t));
	for (size_t r = 0; r < doc_rows(t); r++) {
		if (p->y + p->size * 1.4 > p->height - MARGIN) {
			lib.cairo_tag_end(p->cr, "Table");
			room(p, p->size * 2);
			lib.cairo_tag_begin(p->cr, "Table", NULL);
			table_row(p, t, widths, doc_rows(t));
		}
		table_row(p, t, widths, r);
	}
	lib.cairo_tag_end(p->cr, "Table");
	p->y += 6;
	note_dropped(p, dropped);
	free(widths);
}

/* --- charts -------------------------------------------------------------- */

static double
greatest(const struct doc_chart *c)
{
	double most = c->goal > 0 ? c->goal : 0;

	for (size_t i = 0; i < c->n; i++)
		if (c->points[i].value > most)
			most = c->points[i].value;
	return most;
}

/* One bar a line with its value at the end, as on the screen. */
static void
chart_line(struct pages *p, const struct doc_chart *c, size_t i, double most)
{
	const struct doc_point *pt = &c->points[i];
	double span = p->width - 2 * MARGIN - 240;

	room(p, SIZE * 1.5);
	font(p, SIZE, false);
	set(p, pt->label, 150, true);
	draw(p, MARGIN, p->y, "P");
	if (pt->value > 0 && most > 0) {
		lib.cairo_set_source_rgb(p->cr, 0.45, 0.45, 0.45);
		lib.cairo_rectangle(p->cr, MARGIN + 160, p->y + 1,
		    span * pt->value / most, SIZE - 1);
		lib.cairo_fill(p->cr);
		lib.cairo_set_source_rgb(p->cr, 0, 0, 0);
	}
	if (c->goal > 0 && most > 0) {
		double x = MARGIN + 160 + span * c->goal / most;

		lib.cairo_move_to(p->cr, x, p->y);
		lib.cairo_line_to(p->cr, x, p->y + SIZE * 1.4);
		lib.cairo_set_line_width(p->cr, 0.8);
		lib.cairo_stroke(p->cr);
	}
	set(p, *pt->text != '\0' ? pt->text : _("no data"), 70, true);
	draw(p, p->width - MARGIN - 70, p->y, "P");
	p->y += SIZE * 1.5;
}

static void
chart(struct pages *p, const struct doc_chart *c)
{
	double most = greatest(c);

	paragraph(p, c->title, "H2", SIZE + 1);
	for (size_t i = 0; i < c->n; i++)
		chart_line(p, c, i, most);
	if (*c->goal_text != '\0') {
		char *text =
		    xasprintf(_("The line marks the goal: %s."), c->goal_text);

		paragraph(p, text, "P", SIZE - 1);
		free(text);
	}
}

/* --- the document -------------------------------------------------------- */

static void
field(struct pages *p, const struct doc_block *b)
{
	char *text = xasprintf("%s: %s", b->text, b->value);

	paragraph(p, text, "P", SIZE);
	free(text);
}

static void
block(struct pages *p, const struct doc_block *b)
{
	if (b->kind == DOC_TEXT)
		paragraph(p, b->text, "P", SIZE);
	else if (b->kind == DOC_FIELD)
		field(p, b);
	else if (b->kind == DOC_TABLE)
		table(p, b->table);
	else if (b->kind == DOC_CHART)
		chart(p, b->chart);
}

static void
note(struct pages *p, const struct doc_block *b)
{
	char *text = b->kind == DOC_AGAIN
			 ? xasprintf("%s %s", b->text, b->value)
			 : xstrdup(b->text);

	if (b->kind == DOC_NOTE || b->kind == DOC_AGAIN)
		paragraph(p, text, "P", SIZE - 1.5);
	free(text);
}

static void
write_pages(struct pages *p)
{
	lib.cairo_tag_begin(p->cr, "Document", NULL);
	begin_page(p);
	paragraph(p, p->doc->title, "H1", SIZE + 5);
	for (size_t i = 0; i < p->doc->n; i++)
		block(p, &p->doc->blocks[i]);
	p->y += 6;
	for (size_t i = 0; i < p->doc->n; i++)
		note(p, &p->doc->blocks[i]);
	lib.cairo_tag_end(p->cr, "Document");
	lib.cairo_show_page(p->cr);
}

static bool
wide(const struct doc *doc)
{
	for (size_t i = 0; i < doc->n; i++)
		if (doc->blocks[i].table != NULL &&
		    doc_columns_in(doc->blocks[i].table, DOC_LOOK) > 6)
			return true;
	return false;
}

bool
out_pdf(struct buf *out, const struct doc *doc, const struct out_options *o,
    struct err *err)
{
	bool lying = wide(doc);
	struct pages p = {.doc = doc,
	    .size = SIZE,
	    .width = lying ? LONG_SIDE : SHORT_SIDE,
	    .height = lying ? SHORT_SIDE : LONG_SIDE};
	time_t now = (time_t)o->now;
	cairo_surface_t *s;
	cairo_status_t bad;
	struct tm tm;

	if (!lazy_load(&lib, LIBRARY, FUNCTIONS, err))
		return false;
	s = lib.cairo_pdf_surface_create_for_stream(
	    take, out, p.width, p.height);
	strftime(
	    p.stamp, sizeof p.stamp, "%Y-%m-%dT%H:%M:%SZ", gmtime_r(&now, &tm));
	lib.cairo_pdf_surface_set_metadata(
	    s, CAIRO_PDF_METADATA_TITLE, doc->title);
	lib.cairo_pdf_surface_set_metadata(
	    s, CAIRO_PDF_METADATA_CREATE_DATE, p.stamp);
	p.cr = lib.cairo_create(s);
	p.layout = lib.pango_cairo_create_layout(p.cr);
	write_pages(&p);
	lib.g_object_unref(p.layout);
	lib.cairo_destroy(p.cr);
	lib.cairo_surface_finish(s);
	bad = lib.cairo_surface_status(s);
	lib.cairo_surface_destroy(s);
	return bad == CAIRO_STATUS_SUCCESS ||
	       err_set(err, ERR_IO, "%s: %s", _("the pages cannot be made"),
		   lib.cairo_status_to_string(bad));
}
