/*
 * Rules about texts. A text of the snapshot stands in it once, and there are
 * few in a column of them: a run's texts are numbered once for all rules that
 * ask about the column, and each rule is asked once about each text.
 */
#include "measure/prog_frame.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "measure/over.h"
#include "measure/clones.h" /* last: see there */

#define TEXTS 32 /* of a column that get a number; a bit of a word each */
#define NONE TEXTS

struct prog_texts {
	struct prog_texts *next;
	enum facts_column column;
	uint32_t list[TEXTS];
	int n;
	int run; /* for which the numbers are */
	uint8_t number[PROG_VECTOR];
	uint32_t text[PROG_VECTOR];
};

/* What a rule says of each numbered text. */
struct prog_said {
	uint32_t yes, unknown;
	int n;
};

/* Whether a text is one of the words (without words: given at all); what is
 * not given is not known. */
static uint8_t
text_is(const struct expr_texts *t, const char *text)
{
	for (int i = 0; t != NULL && i < t->n; i++)
		if (strcmp(t->list[i], text) == 0)
			return TRUTH_YES;
	if (t == NULL)
		return TRUTH(text[0] != '\0');
	return text[0] == '\0' ? TRUTH_UNKNOWN : TRUTH_NO;
}

/* Where the texts of a run stand. A row without a row in the column's table has
 * none given. */
static void
texts_at(const struct prog_frame *f, enum facts_column column, uint32_t *text)
{
	enum facts_table table = facts_column_info(column)->table;
	int sees = over_sees(f->prog->over, table);
	enum facts_column by = overs[f->prog->over].sees[sees].by;
	const uint32_t *rows = by == 0 ? NULL : facts_u32(f->facts, by);
	const uint32_t *at = facts_u32(f->facts, column);

	if (rows == NULL && f->rows == NULL) {
		memcpy(text, at + f->first, (size_t)f->n * sizeof *text);
		return;
	}
	for (int i = 0; i < f->n; i++) {
		uint32_t row =
		    f->rows != NULL ? f->rows[i] : f->first + (uint32_t)i;

		row = rows == NULL ? row : rows[row];
		text[i] = row == FACTS_NO_ROW ? 0 : at[row];
	}
}

/* The number of all that have a text. */
CLONES static void
number_text(struct prog_texts *t, int n, int k)
{
	const uint32_t text = t->list[k];
	const uint32_t *restrict from = t->text;
	uint8_t *restrict to = t->number;

	for (int i = 0; i < n; i++)
		to[i] = from[i] == text ? (uint8_t)k : to[i];
}

/* Numbers a run's texts; what has no number when all are given is asked about
 * by itself. */
static void
number_texts(struct prog_texts *t, int n)
{
	const uint8_t *none;

	memset(t->number, NONE, (size_t)n);
	for (int k = 0; k < t->n; k++)
		number_text(t, n, k);
	while (t->n < TEXTS &&
	       (none = memchr(t->number, NONE, (size_t)n)) != NULL) {
		t->list[t->n] = t->text[none - t->number];
		number_text(t, n, t->n++);
	}
}

static struct prog_texts *
texts_of(struct prog_frame *f, enum facts_column column)
{
	struct prog_texts *t = f->texts;

	while (t != NULL && t->column != column)
		t = t->next;
	if (t == NULL) {
		t = xcalloc(1, sizeof *t);
		t->column = column;
		t->next = f->texts;
		f->texts = t;
	}
	if (t->run != f->run) {
		texts_at(f, column, t->text);
		number_texts(t, f->n);
	}
	t->run = f->run;
	return t;
}

CLONES static void
say(uint8_t *restrict d, const uint8_t *restrict number, int n,
    const struct prog_said *said)
{
	const uint32_t yes = said->yes, unknown = said->unknown;

	for (int i = 0; i < n; i++) {
		uint32_t k = number[i] & (TEXTS - 1);

		d[i] = (uint8_t)((yes >> k & 1) * TRUTH_YES +
				 (unknown >> k & 1) * TRUTH_UNKNOWN);
	}
}

/* What a rule says of the texts that have got a number since. */
static void
hear(struct prog_said *said, const struct prog_frame *f,
    const struct prog_texts *t, const struct expr_texts *words)
{
	for (; said->n < t->n; said->n++) {
		uint8_t is =
		    text_is(words, facts_text(f->facts, t->list[said->n]));
		uint32_t bit = UINT32_C(1) << said->n;

		said->yes |= is == TRUTH_YES ? bit : 0;
		said->unknown |= is == TRUTH_UNKNOWN ? bit : 0;
	}
}

void
prog_texts(struct prog_frame *f, const struct prog_ins *in)
{
	const struct expr_texts *words =
	    in->imm < 0 ? NULL : f->prog->texts[in->imm];
	const struct prog_texts *t = texts_of(f, in->column);
	uint8_t *d = bytes_own(f, in->dst);

	if (f->said == NULL)
		f->said = xcalloc((size_t)f->prog->n, sizeof *f->said);
	hear(&f->said[in->dst], f, t, words);
	say(d, t->number, f->n, &f->said[in->dst]);
	for (int i = 0; t->n == TEXTS && i < f->n; i++)
		if (t->number[i] == NONE)
			d[i] = text_is(words, facts_text(f->facts, t->text[i]));
}

void
prog_texts_free(struct prog_frame *f)
{
	while (f->texts != NULL) {
		struct prog_texts *next = f->texts->next;

		free(f->texts);
		f->texts = next;
	}
	free(f->said);
}
