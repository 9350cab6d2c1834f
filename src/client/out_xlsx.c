/*
 * A workbook: a sheet per table with its heading frozen and filters on, a
 * sheet for its chart, and a sheet "About" with everything that explains the
 * figures. Rows go out in order, so memory stays small (constant_memory).
 * The library writes invalid UTF-8 and NaN as they are and Excel then refuses
 * the book; documents hold clean text, and NaN never reaches a cell.
 */
#include "client/out.h"

#include "base/file.h"
#include "base/i18n.h"
#include "base/lazy.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <xlsxwriter.h>

/* Loaded when a workbook is wanted: linked, it brings libcrypto and a third of
 * the time until the first screen. See base/lazy.h. */
#define LIBRARY "libxlsxwriter.so.4"
/* clang-format off */
#define FUNCTIONS(F) \
	F(chart_add_series) F(chart_series_set_categories) \
	F(chart_series_set_name) F(chart_series_set_values) \
	F(chart_title_set_name) F(format_set_bold) F(lxw_strerror) \
	F(workbook_add_chart) F(workbook_add_format) \
	F(workbook_add_worksheet) F(workbook_close) F(workbook_new_opt) \
	F(workbook_set_properties) F(worksheet_autofilter) \
	F(worksheet_freeze_panes) F(worksheet_insert_chart) \
	F(worksheet_set_column) F(worksheet_write_number) \
	F(worksheet_write_string)
/* clang-format on */

static LAZY(xlsxwriter, FUNCTIONS) lib;

#define CELL_MOST 32767 /* bytes that the library takes in one cell */
#define BOOK_MOST (512u << 20)

struct book {
	lxw_workbook *w;
	lxw_format *bold;
	int tables;
};

static void
put(lxw_worksheet *s, uint32_t r, size_t c, const char *text)
{
	char *cut;

	if (*text == '\0')
		return;
	if (strlen(text) <= CELL_MOST) {
		lib.worksheet_write_string(s, r, (lxw_col_t)c, text, NULL);
		return;
	}
	/* A cell this long is no figure; it is cut where a character ends. */
	cut = xstrndup(text, CELL_MOST);
	for (size_t n = CELL_MOST; n > 0 && (text[n] & 0xc0) == 0x80; n--)
		cut[n - 1] = '\0';
	lib.worksheet_write_string(s, r, (lxw_col_t)c, cut, NULL);
	free(cut);
}

static void
put_typed(lxw_worksheet *s, uint32_t r, size_t c, const char *text,
    enum doc_type type)
{
	double v = type == DOC_NUMBER ? doc_number(text) : NAN;

	if (isfinite(v))
		lib.worksheet_write_number(s, r, (lxw_col_t)c, v, NULL);
	else
		put(s, r, c, text);
}

static void
head(struct book *b, lxw_worksheet *s, const struct doc_table *t)
{
	size_t at = 0;

	for (size_t c = 0; c < t->n_columns; c++) {
		const struct doc_column *col = &t->columns[c];

		if (!(col->in & DOC_DATA))
			continue;
		lib.worksheet_set_column(s, (lxw_col_t)at, (lxw_col_t)at,
		    col->type == DOC_WORDS ? 24 : 13, NULL);
		lib.worksheet_write_string(
		    s, 0, (lxw_col_t)at++, col->id, b->bold);
	}
}

static void
sheet_table(struct book *b, const struct doc_table *t)
{
	size_t n = doc_rows(t), wide = doc_columns_in(t, DOC_DATA);
	char name[32];
	lxw_worksheet *s;

	if (wide == 0)
		return;
	if (b->tables++ == 0)
		snprintf(name, sizeof name, "%s", _("Figures"));
	else
		snprintf(name, sizeof name, _("Table %d"), b->tables);
	s = lib.workbook_add_worksheet(b->w, name);
	head(b, s, t);
	lib.worksheet_freeze_panes(s, 1, 0);
	lib.worksheet_autofilter(s, 0, 0, (lxw_row_t)n, (lxw_col_t)(wide - 1));
	for (size_t r = 0; r < n; r++) {
		size_t at = 0;

		for (size_t c = 0; c < t->n_columns; c++)
			if (t->columns[c].in & DOC_DATA)
				put_typed(s, (uint32_t)r + 1, at++,
				    doc_at(t, r, c), t->columns[c].type);
	}
}

static void
chart_series(struct book *b, lxw_worksheet *s, const struct doc_chart *c,
    const char *name)
{
	lxw_chart *chart = lib.workbook_add_chart(
	    b->w, c->trend ? LXW_CHART_LINE : LXW_CHART_BAR);
	lxw_row_t last = (lxw_row_t)c->n;
	lxw_chart_series *series = lib.chart_add_series(chart, NULL, NULL);

	lib.chart_series_set_categories(series, name, 1, 0, last, 0);
	lib.chart_series_set_values(series, name, 1, 1, last, 1);
	lib.chart_series_set_name(series, _("value"));
	if (!isnan(c->goal)) {
		series = lib.chart_add_series(chart, NULL, NULL);
		lib.chart_series_set_categories(series, name, 1, 0, last, 0);
		lib.chart_series_set_values(series, name, 1, 2, last, 2);
		lib.chart_series_set_name(series, _("goal"));
	}
	lib.chart_title_set_name(chart, c->title);
	lib.worksheet_insert_chart(s, 1, 4, chart);
}

static void
sheet_chart(struct book *b, const struct doc_chart *c)
{
	char name[32];
	lxw_worksheet *s;

	snprintf(name, sizeof name, _("Chart %d"), ++b->tables);
	s = lib.workbook_add_worksheet(b->w, name);
	lib.worksheet_set_column(s, 0, 0, 28, NULL);
	lib.worksheet_write_string(s, 0, 0, _("period or unit"), b->bold);
	lib.worksheet_write_string(s, 0, 1, _("value"), b->bold);
	if (!isnan(c->goal))
		lib.worksheet_write_string(s, 0, 2, _("goal"), b->bold);
	for (size_t i = 0; i < c->n; i++) {
		lxw_row_t r = (lxw_row_t)i + 1;

		put(s, r, 0, c->points[i].label);
		if (isfinite(c->points[i].value))
			lib.worksheet_write_number(
			    s, r, 1, c->points[i].value, NULL);
		if (isfinite(c->goal))
			lib.worksheet_write_number(s, r, 2, c->goal, NULL);
	}
	if (c->n > 0)
		chart_series(b, s, c, name);
}

static void
sheet_about(struct book *b, const struct doc *doc)
{
	lxw_worksheet *s = lib.workbook_add_worksheet(b->w, _("About"));
	uint32_t r = 0;

	lib.worksheet_set_column(s, 0, 0, 28, NULL);
	lib.worksheet_set_column(s, 1, 1, 80, NULL);
	if (*doc->title != '\0')
		lib.worksheet_write_string(s, r++, 0, doc->title, b->bold);
	if (doc->invented)
		lib.worksheet_write_string(
		    s, r++, 0, _("INVENTED DATA"), b->bold);
	for (size_t i = 0; i < doc->n; i++) {
		const struct doc_block *block = &doc->blocks[i];

		if (block->kind == DOC_TABLE || block->kind == DOC_CHART)
			continue;
		put(s, r, 0, block->text);
		put(s, r++, 1, block->value);
	}
}

static bool
fill(const char *path, char *folder, const struct doc *doc,
    const struct out_options *o, struct err *err)
{
	lxw_workbook_options options = {
	    .constant_memory = LXW_TRUE, .tmpdir = folder};
	lxw_doc_properties about = {.title = (char *)doc->title,
	    .comments = doc->invented ? (char *)"INVENTED DATA" : NULL,
	    .created = (time_t)o->now};
	struct book b = {.w = lib.workbook_new_opt(path, &options)};
	lxw_error bad;

	if (b.w == NULL)
		return err_set(err, ERR_IO, _("the workbook cannot be made"));
	b.bold = lib.workbook_add_format(b.w);
	lib.format_set_bold(b.bold);
	lib.workbook_set_properties(b.w, &about);
	for (size_t i = 0; i < doc->n; i++) {
		if (doc->blocks[i].table != NULL)
			sheet_table(&b, doc->blocks[i].table);
		else if (doc->blocks[i].chart != NULL)
			sheet_chart(&b, doc->blocks[i].chart);
	}
	sheet_about(&b, doc);
	bad = lib.workbook_close(b.w);
	if (bad != LXW_NO_ERROR)
		return err_set(err, ERR_IO, "%s: %s",
		    _("the workbook cannot be made"), lib.lxw_strerror(bad));
	return true;
}

/* The library writes to a path only: a private folder holds the book (and its
 * scratch files) until its bytes are ours. */
bool
out_xlsx(struct buf *out, const struct doc *doc, const struct out_options *o,
    struct err *err)
{
	const char *tmp = getenv("TMPDIR");
	char *folder = xasprintf(
	    "%s/hearth-XXXXXX", tmp != NULL && *tmp != '\0' ? tmp : "/tmp");
	char *path = NULL;
	bool ok;

	if (!lazy_load(&lib, LIBRARY, FUNCTIONS, err)) {
		free(folder);
		return false;
	}
	if (mkdtemp(folder) == NULL) {
		ok = err_sys(err, ERR_IO, "%s", folder);
	} else {
		path = file_join(folder, "book.xlsx", NULL);
		ok = fill(path, folder, doc, o, err) &&
		     file_read(out, path, BOOK_MOST, err);
		unlink(path);
		rmdir(folder);
	}
	free(path);
	free(folder);
	return ok;
}
