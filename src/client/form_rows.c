/* A section of a review as rows of a page: whose they are, the questions with
 * their choices and answers, what is skipped. */
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "client/form_screen.h"

#define MARKS 5 /* cells between a question's id and its text */

static int
wrapped(const char *text, int width)
{
	int lines = 0;

	do {
		text += text_break(text, width);
		while (*text == ' ')
			text++;
		lines++;
	} while (*text != '\0');
	return lines;
}

static struct form_row *
row_add(struct form_screen *s, enum form_row_kind kind, int item)
{
	struct form_row *row;

	grow(&s->rows, &s->rows_cap, s->rows_n + 1, sizeof *s->rows);
	row = &s->rows[s->rows_n++];
	*row = (struct form_row){.kind = kind,
	    .item = item,
	    .n = 1,
	    .line = s->lines,
	    .lines = 1,
	    .text = "",
	    .value = ""};
	s->lines++;
	return row;
}

/* Both answers side by side, and whose they are. */
static void
row_conflict(const struct form_screen *s, const struct question *q,
    const struct review_cell *cell, struct buf *out)
{
	struct buf mine = {0}, theirs = {0};

	form_answer(&s->form, q, cell, &mine);
	form_theirs(&s->form, q, cell, &theirs);
	buf_printf(out,
	    _("%sYOURS: %s | %s: %s   < keeps yours, > takes theirs"),
	    out->len > 0 ? "  " : "", mine.len > 0 ? buf_text(&mine) : "-",
	    *cell->theirs_who != '\0' ? cell->theirs_who : _("THEIRS"),
	    theirs.len > 0 ? buf_text(&theirs) : "-");
	buf_free(&mine);
	buf_free(&theirs);
}

static const char *
row_keep(struct form_screen *s, struct buf *text)
{
	const char *kept = arena_strndup(&s->arena, buf_text(text), text->len);

	buf_free(text);
	return kept;
}

static void
row_unit(struct form_screen *s, const struct item *item, int index)
{
	struct form_row *row = row_add(s, ROW_UNIT, index);
	struct progress p =
	    review_progress(s->form.review, item->section, item->unit);
	struct buf text = {0}, news = {0};

	form_unit_label(&s->form, item->unit, &text);
	buf_printf(&text, "  %d/%d", p.answered, p.asked);
	form_news(&s->form, item->unit, &news);
	if (news.len > 0)
		buf_printf(&text, "  [%s]", buf_text(&news));
	buf_free(&news);
	row->text = row_keep(s, &text);
}

/* "1 yes  2 no": what a key would mean. */
static void
row_options(
    const struct form_screen *s, const struct question *q, struct buf *out)
{
	for (int i = 0; i < q->options_n; i++)
		buf_printf(out, "%s%d %s", i > 0 ? "   " : "", i + 1,
		    q->options[i].text.in[s->form.tongue]);
}

/* The feed and its day; what was counted of it is behind the help key. */
static int
row_source(const char *source)
{
	return (int)strcspn(source, ":");
}

/* What the answer stands instead of: computed, or brought by case data. */
static void
row_instead(const struct review_cell *cell, struct buf *out)
{
	const struct response *a = cell->computed.state != ANSWER_UNASKED
				       ? &cell->computed
				       : &cell->fed;

	buf_printf(out, _("  instead of %s"),
	    a->state == ANSWER_VALUE ? a->value
				     : response_state_word(a->state));
	if (a == &cell->fed)
		buf_printf(out, " (%.*s)", row_source(cell->fed_source),
		    cell->fed_source);
}

static void
row_value(const struct form_screen *s, const struct question *q,
    const struct review_cell *cell, struct buf *out)
{
	const struct response *a = &cell->answer;

	if (a->state == ANSWER_VALUE) {
		buf_str(out, "= ");
		form_answer(&s->form, q, cell, out);
	}
	if (*a->reason != '\0')
		buf_printf(out, "%s(%s)", out->len > 0 ? "  " : "", a->reason);
	if ((cell->flags & CELL_FED) != 0)
		buf_printf(out, _("  from %.*s"), row_source(cell->fed_source),
		    cell->fed_source);
	else if ((cell->flags & CELL_COMPUTED) != 0)
		buf_str(out, _("  computed"));
	else if ((cell->flags & CELL_OVERRIDDEN) != 0)
		row_instead(cell, out);
}

static void
row_choices(
    const struct form_screen *s, const struct question *q, struct buf *value)
{
	struct buf all = {0};

	row_options(s, q, &all);
	if (value->len > 0)
		buf_printf(&all, "   %s", buf_text(value));
	buf_free(value);
	*value = all;
}

static void
row_item(struct form_screen *s, const struct item *item, int index, int width)
{
	int n;
	const struct question *q =
	    &instrument_questions(s->form.in, &n)[item->question];
	const struct review_cell *cell =
	    review_cell(s->form.review, item->unit, item->question);
	struct form_row *row = row_add(s, ROW_ITEM, index);
	struct buf text = {0}, value = {0};

	if (cell == NULL)
		return;
	if (s->matrix)
		form_unit_label(&s->form, item->unit, &text);
	if (text.len == 0)
		buf_str(&text, form_text(&s->form, q, item->unit));
	row_value(s, q, cell, &value);
	/* Beside its question where it is short: the rows below stay put. */
	if (value.len > 0 && q->type != VALUE_TEXT && q->options_n == 0) {
		buf_printf(&text, "  %s", buf_text(&value));
		buf_reset(&value);
	}
	/* Choices stay on the page when one is taken, as on paper. */
	if (!s->matrix && q->options_n > 0)
		row_choices(s, q, &value);
	if ((cell->flags & CELL_CONFLICT) != 0)
		row_conflict(s, q, cell, &value);
	row->text = row_keep(s, &text);
	row->value = row_keep(s, &value);
	row->lines = wrapped(row->text, width);
	if (*row->value != '\0')
		row->lines += wrapped(row->value, width);
	s->lines = row->line + row->lines;
}

static void
row_skipped(struct form_screen *s, int index)
{
	struct form_row *last = s->rows_n > 0 ? &s->rows[s->rows_n - 1] : NULL;

	if (last != NULL && last->kind == ROW_SKIPPED)
		last->n++;
	else
		row_add(s, ROW_SKIPPED, index);
}

static int
id_width(const struct form_screen *s, int section)
{
	int n, width = 2;
	const struct section *sections = instrument_sections(s->form.in, &n);
	const struct question *all = instrument_questions(s->form.in, &n);

	for (int i = 0; i < sections[section].n; i++) {
		int w = text_width(all[sections[section].first + i].id);

		if (w > width)
			width = w;
	}
	return width;
}

void
form_rows(struct form_screen *s, int width)
{
	int n, at = form_item(&s->form), unit = -1;
	const struct item *items = review_items(s->form.review, &n);

	arena_reset(&s->arena);
	s->rows_n = 0;
	s->lines = 0;
	if (at < 0)
		return;
	s->id_width = id_width(s, items[at].section);
	width -= s->id_width + MARKS;
	if (width < 10)
		width = 10;
	for (int i = 0; i < n; i++) {
		if (items[i].section != items[at].section ||
		    (s->matrix && items[i].question != items[at].question))
			continue;
		if (!items[i].asked && i != at) {
			row_skipped(s, i);
			continue;
		}
		if (items[i].unit != unit && !s->matrix && items[i].unit > 0)
			row_unit(s, &items[i], i);
		unit = items[i].unit;
		row_item(s, &items[i], i, width);
	}
}

const struct form_row *
form_row_at(const struct form_screen *s)
{
	int at = form_item(&s->form);

	for (size_t i = 0; i < s->rows_n; i++)
		if (s->rows[i].kind == ROW_ITEM && s->rows[i].item == at)
			return &s->rows[i];
	return NULL;
}
