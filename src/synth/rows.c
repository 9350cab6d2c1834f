#include "synth/rows.h"

#include <string.h>

#include "base/csv.h"
#include "base/date.h"

struct row
row_empty(void)
{
	struct row r;
	int i;

	for (i = 0; i < EXTRACT_MAX_COLS; i++)
		r.c[i] = cell_empty();
	return r;
}

void
row_text(struct row *r, int column, const char *s)
{
	r->c[column].s = s;
	r->c[column].len = strlen(s);
}

void
row_int(struct row *r, int column, int64_t n)
{
	r->c[column].n = n;
}

void
row_day(struct row *r, int column, int32_t day, int32_t last)
{
	if (date_known(day) && day <= last)
		r->c[column].n = day;
}

void
row_header(struct piece *p, enum extract_table t)
{
	const struct table *table = extract_table(t);
	int i;

	for (i = 0; i < table->n; i++)
		csv_put(&p->text, i == 0, table->columns[i].name,
		    strlen(table->columns[i].name));
	csv_end(&p->text, false);
}

/* "07" for 7: two digits of a date or time. */
static void
row_digits(char *at, int n)
{
	at[0] = (char)('0' + n / 10);
	at[1] = (char)('0' + n % 10);
}

static void
row_put_time(struct buf *out, int64_t minutes)
{
	char text[DATE_TEXT + 6];
	int of_day = (int)(minutes % 1440);

	date_format((int32_t)(minutes / 1440), text);
	text[10] = 'T';
	row_digits(text + 11, of_day / 60);
	text[13] = ':';
	row_digits(text + 14, of_day % 60);
	buf_add(out, text, 16);
}

static void
row_put_set(struct buf *out, const struct codeset *codes, int64_t bits)
{
	bool first = true;
	int i;

	for (i = 0; i < codes->n; i++) {
		if (!(bits & INT64_C(1) << i))
			continue;
		if (!first)
			buf_char(out, ';');
		buf_str(out, codes->codes[i].word);
		first = false;
	}
}

static void
row_put(struct buf *out, const struct column *column, const struct cell *c)
{
	char text[DATE_TEXT];

	if (c->n == CELL_EMPTY)
		return;
	switch (column->type) {
	case CELL_DATE:
		buf_add(out, date_format((int32_t)c->n, text), 10);
		break;
	case CELL_TIME:
		row_put_time(out, c->n);
		break;
	case CELL_CODE:
		buf_str(out, code_word(column->codes, (int)c->n));
		break;
	case CELL_CODES:
		row_put_set(out, column->codes, c->n);
		break;
	default:
		buf_int(out, c->n);
		break;
	}
}

static void
row_write_but(struct piece *p, enum extract_table t, const struct row *r,
    int column, const char *instead)
{
	const struct table *table = extract_table(t);
	int i;

	for (i = 0; i < table->n; i++) {
		const struct cell *c = &r->c[i];

		if (i == column) {
			csv_put(&p->text, i == 0, instead, strlen(instead));
		} else if (table->columns[i].type == CELL_ID ||
			   table->columns[i].type == CELL_TEXT) {
			csv_put(&p->text, i == 0, c->s, c->len);
		} else {
			if (i > 0)
				buf_char(&p->text, ',');
			row_put(&p->text, &table->columns[i], c);
		}
	}
	csv_end(&p->text, false);
	p->rows++;
}

void
row_write(struct piece *p, enum extract_table t, const struct row *r)
{
	row_write_but(p, t, r, -1, "");
}

void
row_damaged(
    struct piece *p, enum extract_table t, const struct row *r, struct rng *rng)
{
	static const char *const dates[] = {
	    "2019-02-30", "31.12.2018", "20170515", "2016-13-01", "unknown"};
	static const char *const words[] = {"other home", "9", "?"};
	const struct table *table = extract_table(t);
	int i, column = (int)rng_below(rng, (uint32_t)table->n);

	for (i = 0; i < table->n; i++, column = (column + 1) % table->n) {
		const struct column *c = &table->columns[column];

		if (c->type == CELL_DATE)
			row_write_but(
			    p, t, r, column, dates[rng_below(rng, 5)]);
		else if (c->type == CELL_CODE || c->type == CELL_CODES)
			row_write_but(
			    p, t, r, column, words[rng_below(rng, 3)]);
		else if (c->required)
			row_write_but(p, t, r, column, "");
		else
			continue;
		return;
	}
}
