/* The values of a CWS/CMS row: ids, days, codes. */
#include "ingest/cwscms_row.h"

#include <stdio.h>

#include "base/date.h"

struct csv_field
cwscms_get(const struct cwscms *w, int column)
{
	struct csv_field f = {"", 0};

	if (w->field[column] == CWS_NO_FIELD)
		return f;
	f = w->fields[w->field[column]];
	while (f.len > 0 && f.s[f.len - 1] == ' ')
		f.len--;
	return f;
}

/* An id: ten letters and digits; case matters. */
bool
cwscms_id_good(const struct csv_field *f)
{
	for (size_t i = 0; i < f->len; i++)
		if (f->s[i] <= ' ' || f->s[i] > '~')
			return false;
	return f->len > 0 && f->len < CWS_ID;
}

struct cell
cwscms_id_cell(const struct cwscms *w, int column)
{
	struct csv_field f = cwscms_get(w, column);

	return cell_text(f.s, f.len);
}

/* A day, or a time of which the day counts; false: it is none. */
bool
cwscms_day(const struct cwscms *w, int column, int32_t *day)
{
	struct csv_field f = cwscms_get(w, column);

	*day = DATE_MISSING;
	if (f.len == 0)
		return true;
	if (f.len >= 10 &&
	    (f.len == 10 || f.s[10] == ' ' || f.s[10] == 'T' || f.s[10] == '-'))
		*day = date_parse(f.s, 10);
	return *day != DATE_MISSING;
}

/* Days of some columns; the column that is none, or -1. */
int
cwscms_days(const struct cwscms *w, const int *columns, int n, int32_t *days)
{
	for (int i = 0; i < n; i++)
		if (!cwscms_day(w, columns[i], &days[i]))
			return columns[i];
	return -1;
}

int
cwscms_meaning(struct cwscms *w, enum cws_family family, int column)
{
	struct csv_field f = cwscms_get(w, column);
	int found = cws_meaning(&w->codes, family, f.s, f.len);

	/* 0 stands for "none" in columns that must not be empty. */
	if (found == 0 && f.len > 0 && !(f.len == 1 && *f.s == '0'))
		w->unknown[family]++;
	return found;
}

void
cwscms_saw_day(struct cwscms *w, int32_t day)
{
	if (date_known(day) && (w->through == DATE_MISSING || day > w->through))
		w->through = day;
}

/* Good ids are shorter; the compiler wants to see it. */
static int
id_len(const struct csv_field *f)
{
	return f->len < CWS_ID ? (int)f->len : CWS_ID - 1;
}

void
cwscms_pair(char key[static CWS_PAIR], const struct csv_field *a,
    const struct csv_field *b)
{
	snprintf(key, CWS_PAIR, "%.*s/%.*s", id_len(a), a->s, id_len(b), b->s);
}
