/*
 * Linear text, for ears and braille: one thing a line, nothing aligned, no
 * lines or boxes of characters; a table is "column: value" lines, row by row,
 * a chart is sentences.
 */
#include "client/out.h"

#include "base/i18n.h"
#include "client/linetext.h"

#include <math.h>

static void
row(struct buf *out, const struct doc_table *t, size_t r)
{
	for (size_t c = 0; c < t->n_columns; c++) {
		const char *text = doc_at(t, r, c);

		if ((t->columns[c].in & DOC_HEAR) && *text != '\0')
			buf_printf(out, "%s: %s\n", t->columns[c].title, text);
	}
}

static void
table(struct buf *out, const struct doc_table *t)
{
	size_t n = doc_rows(t);

	if (doc_columns_in(t, DOC_HEAR) == 0 || n == 0)
		return;
	buf_char(out, '\n');
	if (*t->title != '\0')
		buf_printf(out, "%s. ", t->title);
	buf_printf(out, ngettext("%zu row.\n", "%zu rows.\n", n), n);
	for (size_t r = 0; r < n; r++) {
		buf_char(out, '\n');
		row(out, t, r);
	}
}

/* The least and the greatest point, or NULL where no value is known. */
static void
extremes(const struct doc_chart *c, const struct doc_point **least,
    const struct doc_point **most)
{
	*least = *most = NULL;
	for (size_t i = 0; i < c->n; i++) {
		const struct doc_point *p = &c->points[i];

		if (isnan(p->value))
			continue;
		if (*least == NULL || p->value < (*least)->value)
			*least = p;
		if (*most == NULL || p->value > (*most)->value)
			*most = p;
	}
}

static void
chart(struct buf *out, const struct doc_chart *c)
{
	const struct doc_point *least, *most;

	extremes(c, &least, &most);
	buf_printf(out, "\n%s.\n", c->title);
	if (least != NULL)
		buf_printf(out, _("Lowest: %s, %s. Highest: %s, %s.\n"),
		    least->label, least->text, most->label, most->text);
	if (*c->goal_text != '\0')
		buf_printf(out, _("Goal: %s.\n"), c->goal_text);
	for (size_t i = 0; i < c->n; i++)
		buf_printf(out, "%s: %s\n", c->points[i].label,
		    *c->points[i].text != '\0' ? c->points[i].text
					       : _("no data"));
}

static void
block(struct buf *out, const struct doc_block *b)
{
	if (b->kind == DOC_TEXT)
		buf_printf(out, "%s\n", b->text);
	else if (b->kind == DOC_FIELD)
		buf_printf(out, "%s: %s\n", b->text, b->value);
	else if (b->kind == DOC_TABLE)
		table(out, b->table);
	else if (b->kind == DOC_CHART)
		chart(out, b->chart);
}

static void
note(struct buf *out, const struct doc_block *b)
{
	if (b->kind == DOC_NOTE)
		buf_printf(out, "%s\n", b->text);
	else if (b->kind == DOC_AGAIN)
		buf_printf(out, "%s %s\n", b->text, b->value);
}

bool
out_plain(struct buf *out, const struct doc *doc, const struct out_options *o,
    struct err *err)
{
	struct buf text = {0};

	(void)err;
	if (doc->invented)
		buf_printf(&text, "%s\n",
		    _("Invented data: no child, worker "
		      "or figure here is real."));
	if (*doc->title != '\0')
		buf_printf(&text, "%s\n", doc->title);
	for (size_t i = 0; i < doc->n; i++)
		block(&text, &doc->blocks[i]);
	buf_char(&text, '\n');
	for (size_t i = 0; i < doc->n; i++)
		note(&text, &doc->blocks[i]);
	if (o->ascii)
		linetext_ascii(out, buf_text(&text));
	else
		buf_add(out, buf_text(&text), text.len);
	buf_free(&text);
	return true;
}
