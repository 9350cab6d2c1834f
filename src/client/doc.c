#include "client/doc.h"

#include <assert.h>
#include <locale.h>
#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "client/linetext.h"

void
doc_init(struct doc *doc)
{
	*doc = (struct doc){.title = ""};
}

void
doc_fini(struct doc *doc)
{
	for (size_t i = 0; i < doc->n; i++) {
		struct doc_block *b = &doc->blocks[i];

		if (b->table != NULL) {
			free(b->table->columns);
			free(b->table->cells);
		}
		if (b->chart != NULL)
			free(b->chart->points);
	}
	free(doc->blocks);
	arena_free(&doc->arena);
	*doc = (struct doc){.title = ""};
}

const char *
doc_string(struct doc *doc, const char *s)
{
	struct buf clean = {0};
	const char *copy;

	if (s == NULL || *s == '\0')
		return "";
	linetext_clean(&clean, s);
	copy = arena_strndup(&doc->arena, buf_text(&clean), clean.len);
	buf_free(&clean);
	return copy;
}

static const char *
doc_vstring(struct doc *doc, const char *fmt, va_list ap)
{
	const char *copy;
	char *text;

	if (vasprintf(&text, fmt, ap) < 0)
		abort();
	copy = doc_string(doc, text);
	free(text);
	return copy;
}

static struct doc_block *
doc_add(struct doc *doc, enum doc_kind kind, const char *text)
{
	grow(&doc->blocks, &doc->cap, doc->n + 1, sizeof *doc->blocks);
	doc->blocks[doc->n] =
	    (struct doc_block){.kind = kind, .text = text, .value = ""};
	return &doc->blocks[doc->n++];
}

void
doc_title(struct doc *doc, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	doc->title = doc_vstring(doc, fmt, ap);
	va_end(ap);
}

void
doc_text(struct doc *doc, const char *fmt, ...)
{
	const char *text;
	va_list ap;

	va_start(ap, fmt);
	text = doc_vstring(doc, fmt, ap);
	va_end(ap);
	if (*text != '\0')
		doc_add(doc, DOC_TEXT, text);
}

void
doc_note(struct doc *doc, const char *fmt, ...)
{
	const char *text;
	va_list ap;

	va_start(ap, fmt);
	text = doc_vstring(doc, fmt, ap);
	va_end(ap);
	if (*text != '\0')
		doc_add(doc, DOC_NOTE, text);
}

void
doc_again(struct doc *doc, const char *command)
{
	doc_add(doc, DOC_AGAIN, doc_string(doc, _("This again:")))->value =
	    doc_string(doc, command);
}

void
doc_again_from(struct doc *doc, const char *words)
{
	const size_t name = strlen("hearth ");

	for (size_t i = 0; i < doc->n; i++) {
		struct doc_block *b = &doc->blocks[i];

		if (b->kind == DOC_AGAIN && strlen(b->value) > name)
			b->value = arena_printf(&doc->arena, "hearth %s %s",
			    doc_string(doc, words), b->value + name);
	}
}

void
doc_field(struct doc *doc, const char *name, const char *value)
{
	if (value != NULL && *value != '\0')
		doc_add(doc, DOC_FIELD, doc_string(doc, name))->value =
		    doc_string(doc, value);
}

struct doc_table *
doc_table(struct doc *doc, const char *title)
{
	struct doc_table *t = arena_alloc(&doc->arena, sizeof *t);

	t->title = doc_string(doc, title);
	t->doc = doc;
	doc_add(doc, DOC_TABLE, t->title)->table = t;
	return t;
}

void
doc_column(struct doc_table *t, const char *id, const char *title,
    enum doc_type type, unsigned in)
{
	assert(t->n_cells == 0);
	grow(
	    &t->columns, &t->cap_columns, t->n_columns + 1, sizeof *t->columns);
	t->columns[t->n_columns++] = (struct doc_column){
	    .id = id, .title = title, .type = type, .in = in};
}

void
doc_cell(struct doc_table *t, const char *text)
{
	grow(&t->cells, &t->cap_cells, t->n_cells + 1, sizeof *t->cells);
	t->cells[t->n_cells++] = doc_string(t->doc, text);
}

size_t
doc_rows(const struct doc_table *t)
{
	return t->n_columns > 0 ? t->n_cells / t->n_columns : 0;
}

const char *
doc_at(const struct doc_table *t, size_t row, size_t column)
{
	return t->cells[row * t->n_columns + column];
}

size_t
doc_columns_in(const struct doc_table *t, unsigned in)
{
	size_t n = 0;

	for (size_t i = 0; i < t->n_columns; i++)
		n += (t->columns[i].in & in) != 0;
	return n;
}

struct doc_chart *
doc_chart(struct doc *doc, const char *title, bool trend)
{
	struct doc_chart *c = arena_alloc(&doc->arena, sizeof *c);

	*c = (struct doc_chart){.title = doc_string(doc, title),
	    .goal = NAN,
	    .goal_text = "",
	    .trend = trend,
	    .doc = doc};
	doc_add(doc, DOC_CHART, c->title)->chart = c;
	return c;
}

static const char *
with_unit(struct doc *doc, const char *value, const char *unit)
{
	return *unit == '\0' ? doc_string(doc, value)
			     : arena_printf(&doc->arena, "%s %s", value, unit);
}

void
doc_point(
    struct doc_chart *c, const char *label, const char *value, const char *unit)
{
	bool known = value != NULL && *value != '\0';

	grow(&c->points, &c->cap, c->n + 1, sizeof *c->points);
	c->points[c->n++] =
	    (struct doc_point){.label = doc_string(c->doc, label),
		.text = known ? with_unit(c->doc, value, unit) : "",
		.value = known ? doc_number(value) : NAN};
}

void
doc_goal(struct doc_chart *c, const char *value, const char *unit)
{
	if (value == NULL || *value == '\0')
		return;
	c->goal = doc_number(value);
	c->goal_text = with_unit(c->doc, value, unit);
}

/* strtod() reads by the locale's decimal sign, so the C locale is lent. */
double
doc_number(const char *text)
{
	locale_t c = newlocale(LC_ALL_MASK, "C", (locale_t)0);
	locale_t before = uselocale(c);
	char *end;
	double v = strtod(text, &end);

	uselocale(before);
	freelocale(c);
	return end != text && *end == '\0' && isfinite(v) ? v : NAN;
}
