#include "service/row_text.h"

#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "proto/words.h"
#include "service/find.h"

struct row_text {
	uint32_t *rows;	 /* of the result */
	size_t *ends;	 /* of their texts in all */
	size_t n, marks; /* rows; rows of the result */
	struct buf all;
	size_t times[256]; /* each byte is in all of them */
};

/* --- making ------------------------------------------------------------ */

/* A vocabulary's words come again and again, always the same bytes: their
 * labels are looked up and folded once. */
#define WORDS_MOST 64

struct words {
	const char *word[WORDS_MOST];
	char *label[WORDS_MOST];
	size_t n;
};

struct making {
	const struct row_text_of *of;
	struct words words[COLUMNS];
	struct buf *out;
};

static void
making_text(struct making *m, const char *text)
{
	size_t n = 0;
	char *folded, *to;

	while ((unsigned char)text[n] - 1u < 0x7f)
		n++;
	if (text[n] != '\0') {
		folded = find_fold(text);
		buf_str(m->out, folded);
		free(folded);
		return;
	}
	buf_reserve(m->out, n + 1);
	to = m->out->data + m->out->len;
	for (size_t i = 0; i < n; i++)
		to[i] = text[i] >= 'A' && text[i] <= 'Z' ? (char)(text[i] | 32)
							 : text[i];
	m->out->len += n;
}

static void
making_word(struct making *m, enum column_id column, const char *word)
{
	struct words *w = &m->words[column];
	const char *label;
	size_t i = 0;

	while (i < w->n && w->word[i] != word)
		i++;
	if (i < w->n) {
		buf_str(m->out, w->label[i]);
		return;
	}
	label = column_value_label(column_info[column].name, word);
	if (label == NULL || w->n == WORDS_MOST) {
		making_text(m, label != NULL ? _(label) : word);
		return;
	}
	w->word[w->n] = word;
	w->label[w->n] = find_fold(_(label));
	buf_str(m->out, w->label[w->n++]);
}

static void
making_value(
    struct making *m, enum column_id column, const struct column_value *v)
{
	const struct column_info *info = &column_info[column];
	char day[DATE_TEXT];

	if (info->type == COLUMN_TEXT ? v->text == NULL : v->n == COLUMN_NONE)
		buf_char(m->out, '?'); /* as it is shown */
	else if (info->type == COLUMN_DATE)
		buf_str(m->out, date_format((int32_t)v->n, day));
	else if (info->type == COLUMN_NUMBER)
		buf_int(m->out, v->n);
	else if (column_speaks(column))
		making_word(m, column, v->text);
	else
		making_text(m, v->text);
	buf_char(m->out, ' ');
}

static void
making_row(struct making *m, const struct column_row *row)
{
	const struct row_text_of *of = m->of;
	struct column_value v = column_value(row, COLUMN_child_id);

	if (v.text != NULL)
		making_value(m, COLUMN_child_id, &v);
	for (size_t i = 0; i < of->columns_n; i++) {
		if (of->columns[i] == COLUMN_child_id)
			continue;
		v = column_value(row, of->columns[i]);
		making_value(m, of->columns[i], &v);
	}
}

struct row_text *
row_text_new(const struct row_text_of *of)
{
	struct row_text *t = xcalloc(1, sizeof *t);
	struct making m = {.of = of, .out = &t->all};
	struct column_row row = of->row;

	t->n = of->rows_n;
	t->marks = result_rows(row.result);
	t->rows = xmalloc((t->n + 1) * sizeof *t->rows);
	t->ends = xmalloc((t->n + 1) * sizeof *t->ends);
	for (size_t i = 0; i < t->n; i++) {
		row.index = t->rows[i] = of->rows[i];
		row.entry = result_row(row.result, row.index);
		making_row(&m, &row);
		t->ends[i] = t->all.len;
	}
	for (size_t i = 0; i < t->all.len; i++)
		t->times[(unsigned char)t->all.data[i]]++;
	for (int c = 0; c < COLUMNS; c++)
		for (size_t i = 0; i < m.words[c].n; i++)
			free(m.words[c].label[i]);
	return t;
}

void
row_text_free(struct row_text *t)
{
	buf_free(&t->all);
	free(t->rows);
	free(t->ends);
	free(t);
}

size_t
row_text_bytes(const struct row_text *t)
{
	return sizeof *t + t->all.cap +
	       t->n * (sizeof *t->rows + sizeof *t->ends);
}

/* --- looking ----------------------------------------------------------- */

/* Where in the text its rarest byte is. */
static size_t
text_rarest(const struct row_text *t, const char *folded)
{
	const unsigned char *s = (const unsigned char *)folded;
	size_t best = 0;

	for (size_t i = 1; s[i] != '\0'; i++)
		if (t->times[s[i]] < t->times[s[best]])
			best = i;
	return best;
}

/* Going from one of the rarest bytes to the next takes a fraction of what
 * memmem() takes for a word of two or three letters. */
const uint8_t *
row_text_has(const struct row_text *t, struct arena *arena, const char *folded)
{
	uint8_t *has = memset(arena_alloc(arena, t->marks + 1), 0, t->marks);
	const char *all = buf_text(&t->all), *end = all + t->all.len, *hit;
	size_t len = strlen(folded), rare = text_rarest(t, folded), row = 0;
	const char *at = all + rare;

	while (len > 0 && at < end &&
	       (hit = memchr(at, folded[rare], (size_t)(end - at))) != NULL) {
		size_t from = (size_t)(hit - all) - rare;

		at = hit + 1;
		/* Not beyond the end, nor where one row's text goes over into
		 * the next one's. */
		if (t->all.len - from < len ||
		    memcmp(all + from, folded, len) != 0)
			continue;
		while (t->ends[row] <= from)
			row++;
		if (from + len > t->ends[row])
			continue;
		has[t->rows[row]] = 1;
		at = all + t->ends[row] + rare;
	}
	return has;
}
