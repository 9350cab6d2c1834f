#include "client/unit_words.h"

#include <string.h>
#include <unistr.h>

#include "base/i18n.h"

#define ANSWERS 2      /* of a row, that tell which one it is */
#define ANSWER_MOST 24 /* characters of each */

enum tongue
review_tongue(void)
{
	return i18n_speaks("es") ? TONGUE_ES : TONGUE_EN;
}

static void
initials_of(struct buf *out, const char *words, size_t len)
{
	const char *end = words + len;

	while (words < end) {
		size_t n = strcspn(words, " ");
		int first;

		if (n == 0) {
			words++;
			continue;
		}
		first = u8_mblen((const uint8_t *)words, n);
		if (out->len > 0)
			buf_char(out, ' ');
		buf_add(out, words, first > 0 ? (size_t)first : 1);
		buf_char(out, '.');
		words += n;
	}
}

void
unit_initials(struct buf *out, const char *name)
{
	const char *comma = strstr(name, ", ");
	struct buf text = {0};

	if (comma != NULL) {
		initials_of(&text, comma + 2, strlen(comma + 2));
		initials_of(&text, name, (size_t)(comma - name));
	} else {
		initials_of(&text, name, strlen(name));
	}
	buf_add(out, buf_text(&text), text.len);
	buf_free(&text);
}

/* The child that a unit is or speaks of; -1: it is about none. */
static int
child_of(const struct review *r, int unit)
{
	const struct review_unit *u = review_unit(r, unit);
	const char *of = review_fact(r, unit, FACT_OF);

	if (u->kind == UNIT_CC || u->kind == UNIT_CD)
		return unit;
	if (u->kind == UNIT_IC || u->kind == UNIT_IG)
		return u->parent;
	if (u->kind == UNIT_SEL && strncmp(of, "CC/", 3) == 0)
		return review_unit_find(r, UNIT_CC, of + 3);
	if (u->kind == UNIT_SEL && strncmp(of, "CD/", 3) == 0)
		return review_unit_find(r, UNIT_CD, of + 3);
	return -1;
}

static void
child_words(struct buf *out, const struct review *r, int child,
    const struct unit_look *look)
{
	const char *label = review_unit(r, child)->label;
	const char *id = review_fact(r, child, FACT_ID);

	if (strcmp(label, id) == 0) {
		buf_str(out, id);
		return;
	}
	if (look->names)
		buf_str(out, label);
	else
		unit_initials(out, label);
	if (*id != '\0')
		buf_printf(out, look->names ? " (%s)" : " %s", id);
}

static void
clipped(struct buf *out, const char *text)
{
	const uint8_t *at = (const uint8_t *)text;
	size_t len = strcspn(text, "\n"), n = 0;

	for (int i = 0; i < ANSWER_MOST && n < len; i++) {
		int step = u8_mblen(at + n, len - n);

		n += step > 0 ? (size_t)step : 1;
	}
	buf_add(out, text, n);
	if (n < len)
		buf_str(out, "...");
}

/* An answer that tells rows apart: no yes or no, nothing that names people. */
static bool
answer_words(struct buf *out, const struct question *q,
    const struct review_cell *cell, enum tongue tongue)
{
	const char *value;
	int option;

	if (q->secret || cell == NULL || cell->answer.state != ANSWER_VALUE ||
	    q->type == VALUE_REF || q->type == VALUE_REFS ||
	    q->type == VALUE_MANY || q->type == VALUE_NUMBER)
		return false;
	value = cell->answer.value;
	option = q->type == VALUE_CHOICE
		     ? question_option(q, value, strlen(value))
		     : -1;
	clipped(out, option >= 0 ? q->options[option].text.in[tongue] : value);
	return true;
}

static void
first_answers(
    struct buf *out, const struct review *r, int unit, enum tongue tongue)
{
	const struct instrument *in = review_instrument(r);
	int n, all_n, told = 0;
	const int *slots = instrument_slots(in, review_unit(r, unit)->kind, &n);
	const struct question *all = instrument_questions(in, &all_n);

	for (int i = 0; i < n && told < ANSWERS; i++) {
		struct buf words = {0};

		if (answer_words(&words, &all[slots[i]],
			review_cell(r, unit, slots[i]), tongue))
			buf_printf(out, "%s%s", told++ == 0 ? ": " : ", ",
			    buf_text(&words));
		buf_free(&words);
	}
}

/* Of a row that nobody named: which of its kind it is, what it is about or what
 * its first answers say. A key of random letters says nothing to people. */
static void
row_words(struct buf *out, const struct review *r, int unit, enum tongue tongue)
{
	const struct review_unit *u = review_unit(r, unit);
	const char *about = review_fact(r, unit, FACT_QUESTION);
	int nth = 0;

	for (int i = 0; i <= unit; i++)
		nth += review_unit(r, i)->kind == u->kind;
	buf_printf(out, "%s %d", _(unit_title(u->kind)), nth);
	if (*about != '\0')
		buf_printf(out, ", %s", about);
	else
		first_answers(out, r, unit, tongue);
}

void
unit_whose(struct buf *out, const struct review *r, int unit,
    const struct unit_look *look)
{
	const struct review_unit *u = review_unit(r, unit);
	int child;

	if (unit <= 0 || u == NULL)
		return;
	child = child_of(r, unit);
	if (child > 0)
		child_words(out, r, child, look);
	else if (strcmp(u->label, u->key) == 0)
		row_words(out, r, unit, look->tongue);
	else
		buf_str(out, u->label);
}

void
unit_words(struct buf *out, const struct review *r, int unit,
    const struct unit_look *look)
{
	const struct review_unit *u = review_unit(r, unit);
	struct buf above = {0};
	size_t begin = out->len;

	if (unit <= 0 || u == NULL)
		return;
	unit_whose(out, r, unit, look);
	/* A medicine, a goal: whose it is comes with it. */
	unit_whose(&above, r, u->parent, look);
	if (above.len > 0 &&
	    strcmp(buf_text(out) + begin, buf_text(&above)) == 0)
		buf_reset(&above);
	if (child_of(r, unit) > 0 || strcmp(u->label, u->key) != 0)
		buf_printf(out, ", %s", _(unit_title(u->kind)));
	if (above.len > 0)
		buf_printf(out, " (%s)", buf_text(&above));
	buf_free(&above);
}
