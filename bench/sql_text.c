#include "sql_text.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "base/file.h"

#define PART_ARGS 9

static void
word(struct sql_words *w, const char *name, const char *text)
{
	w->list[w->n].word = name;
	snprintf(w->list[w->n++].text, sizeof w->list[0].text, "%s", text);
}

static void
word_number(struct sql_words *w, const char *name, int64_t number)
{
	char text[24];

	snprintf(text, sizeof text, "%" PRId64, number);
	word(w, name, text);
}

void
sql_words_base(struct sql_words *w, const struct bench_db *ops)
{
	w->n = 0;
	word(w, "@GREATEST", ops->greatest);
	word(w, "@LEAST", ops->least);
	word(w, "@TINY", ops->tiny);
	word_number(w, "@NEVER", DATE_NEVER);
}

int32_t
sql_year(const struct measure_period *p)
{
	int year = date_civil(p->to).year;

	if (date_make(year, 7, 1) > p->to &&
	    date_make(year - 1, 7, 1) >= p->from)
		return year - 1;
	return year;
}

int32_t
sql_month_from(const struct measure_period *p)
{
	return date_pack(date_month_end(p->from - 1) + 1) >> 5;
}

int32_t
sql_month_to(const struct measure_period *p)
{
	return date_pack(date_month_start(p->to + 1) - 1) >> 5;
}

static void
words_windows(struct sql_words *w)
{
	word(w, "@WINDOWS", "windows AS w,");
	word(w, "@I", "w.i");
	word(w, "@FROM_P", "w.ps_p");
	word(w, "@FROM", "w.ps");
	word(w, "@TO_P", "w.pe_p");
	word(w, "@TO", "w.pe");
	word(w, "@BEFORE_12", "w.before_12");
	word(w, "@BEFORE_6", "w.before_6");
	word(w, "@AFTER_6", "w.after_6");
	word(w, "@NEXT_12", "w.next_12");
	word(w, "@YEAR", "w.year");
	word(w, "@M_FROM", "w.m_from");
	word(w, "@M_TO", "w.m_to");
}

static void
words_period(struct sql_words *w, const struct measure_period *p)
{
	int32_t from = p->from, to = p->to;

	word(w, "@WINDOWS", "");
	word(w, "@I", "0");
	word_number(w, "@FROM_P", date_pack(from));
	word_number(w, "@FROM", from);
	word_number(w, "@TO_P", date_pack(to));
	word_number(w, "@TO", to);
	word_number(w, "@BEFORE_12", date_addmonths(from, -12));
	word_number(w, "@BEFORE_6", date_addmonths(from, -6));
	word_number(w, "@AFTER_6", date_addmonths(from, 6));
	word_number(w, "@NEXT_12", date_addmonths(to, 12));
	word_number(w, "@YEAR", sql_year(p));
	word_number(w, "@M_FROM", sql_month_from(p));
	word_number(w, "@M_TO", sql_month_to(p));
}

static void
words_fill(struct sql_words *w, const struct sql_about *a)
{
	const struct measure_period *first = a->windows;
	const struct measure_period *last = a->windows + a->windows_n - 1;

	sql_words_base(w, a->ops);
	word_number(w, "@NOBODY", a->nobody);
	word_number(w, "@AS_OF", last->as_of);
	word_number(w, "@M0", date_pack(first->to) >> 5);
	word_number(w, "@N", (int64_t)a->windows_n);
	if (a->shape == SQL_WINDOWS)
		words_windows(w);
	else
		words_period(w, &(struct measure_period){
				    .from = first->from, .to = last->to});
}

static void expand(struct buf *out, const char *sql, size_t len,
    const struct sql_words *words);

/* The words of a @USE: up to a bar or the closing bracket. */
struct part {
	const char *at;
	bool last;
};

/* The next one, without blanks around it; the caller frees. */
static char *
part_next(struct part *p)
{
	const char *from = p->at + strspn(p->at, " \n\t"), *end = from;
	size_t len;

	for (int depth = 0; *end != '\0' && (depth > 0 || *end != '|'); end++) {
		if (depth == 0 && *end == ')')
			break;
		depth += (*end == '(') - (*end == ')');
	}
	p->last = *end != '|';
	p->at = p->last ? end : end + 1;
	len = (size_t)(end - from);
	while (len > 0 && strchr(" \n\t", from[len - 1]) != NULL)
		len--;
	return xstrndup(from, len);
}

/* The file with the arguments in the places of $1, $2 ...; without remarks,
 * into which nothing is to be put. */
static void
put_args(struct buf *out, const char *file, char *const *args, int n)
{
	bool begins = true;

	for (const char *p = file; *p != '\0'; p++) {
		if (begins && strncmp(p, "--", 2) == 0) {
			p += strcspn(p, "\n");
			if (*p == '\0')
				break;
			continue;
		}
		begins = *p == '\n';
		if (*p != '$' || p[1] < '1' || p[1] >= '1' + n)
			buf_char(out, *p);
		else
			buf_str(out, args[*++p - '1']);
	}
}

/* @MONTHS(a,b), complete months between packed dates a and b; returns the
 * closing bracket. */
static const char *
expand_months(struct buf *out, const char *a, const struct sql_words *words)
{
	const char *comma = strchr(a, ','), *end = strchr(a, ')');
	struct buf x = {0}, y = {0};
	const char *from, *to;

	expand(&x, a, (size_t)(comma - a), words);
	expand(&y, comma + 1, (size_t)(end - comma - 1), words);
	from = buf_text(&x);
	to = buf_text(&y);
	buf_printf(out,
	    "((%s >> 5) - (%s >> 5) - CASE WHEN (%s & 31) < "
	    "(%s & 31) THEN 1 ELSE 0 END)",
	    to, from, to, from);
	buf_free(&x);
	buf_free(&y);
	return end;
}

/* Months in care; a trial home visit of more than 30 days is cut when the
 * child then left in one of these ways. */
static void
expand_stay(struct buf *out, const char *reasons, const struct sql_words *words)
{
	struct buf sql = {0};

	buf_printf(&sql,
	    "(CASE WHEN reason IN (%s) AND thv < @NEVER AND out - thv > 30 "
	    "THEN @LEAST(@MONTHS(rem_p,out_p), @MONTHS(rem_p,thv_p) + 1) "
	    "ELSE @MONTHS(rem_p,out_p) END)",
	    reasons);
	expand(out, buf_text(&sql), sql.len, words);
	buf_free(&sql);
}

/* @DAY(2014-08-28) as a day number; returns the closing bracket. */
static const char *
expand_day(struct buf *out, const char *text)
{
	const char *end = strchr(text, ')');

	buf_int(out, date_parse(text, (size_t)(end - text)));
	return end;
}

/* @USE(name|first|second...): the file part-name.sql with these for its $1,
 * $2 ...; returns the closing bracket. */
static const char *
expand_use(struct buf *out, const char *text, const struct sql_words *words)
{
	struct part part = {.at = text};
	struct buf file = {0}, sql = {0};
	char *name = part_next(&part), *args[PART_ARGS] = {NULL};
	char *file_name = xasprintf("part-%s.sql", name);
	char *path = file_join(words->dir, file_name, NULL);
	struct err err = {0};
	int n = 0;

	while (!part.last && n < PART_ARGS)
		args[n++] = part_next(&part);
	if (!file_read(&file, path, 1 << 20, &err))
		buf_str(&sql, err.text); /* the database will complain */
	put_args(&sql, buf_text(&file), args, n);
	expand(out, buf_text(&sql), sql.len, words);
	for (int i = 0; i < n; i++)
		free(args[i]);
	free(name);
	free(file_name);
	free(path);
	buf_free(&file);
	buf_free(&sql);
	return part.at;
}

/* One @ word at p; returns its last character. */
static const char *
expand_word(struct buf *out, const char *p, const struct sql_words *words)
{
	const char *found = NULL;
	size_t len = 0;

	if (strncmp(p, "@USE(", 5) == 0)
		return expand_use(out, p + 5, words);
	if (strncmp(p, "@DAY(", 5) == 0)
		return expand_day(out, p + 5);
	if (strncmp(p, "@MONTHS(", 8) == 0)
		return expand_months(out, p + 8, words);
	if (strncmp(p, "@LOS_HOME", 9) == 0) {
		expand_stay(out, "1, 2", words);
		return p + 8;
	}
	if (strncmp(p, "@LOS_DOUBT", 10) == 0) {
		expand_stay(out, "0, 1, 2", words);
		return p + 9;
	}
	if (strncmp(p, "@LOS", 4) == 0) {
		expand_stay(out, "1", words);
		return p + 3;
	}
	for (int i = 0; i < words->n; i++) {
		size_t l = strlen(words->list[i].word);

		if (l <= len || strncmp(p, words->list[i].word, l) != 0)
			continue;
		found = words->list[i].text;
		len = l;
	}
	if (found != NULL) {
		buf_str(out, found);
		return p + len - 1;
	}
	buf_char(out, *p); /* the database will say what is wrong */
	return p;
}

static void
expand(
    struct buf *out, const char *sql, size_t len, const struct sql_words *words)
{
	for (const char *p = sql; p < sql + len; p++)
		if (*p == '@')
			p = expand_word(out, p, words);
		else
			buf_char(out, *p);
}

bool
sql_file(struct buf *out, const char *dir, const char *name,
    const struct sql_words *words, struct err *err)
{
	char *path = file_join(dir, name, NULL);
	struct buf text = {0};
	bool ok = file_read(&text, path, 1 << 20, err);

	if (ok)
		expand(out, buf_text(&text), text.len, words);
	buf_free(&text);
	free(path);
	return ok;
}

static const char entries[] =
    "SELECT CAST(county AS bigint), CAST(i AS bigint), "
    "CAST(sum(den) AS bigint), CAST(sum(num) AS bigint) "
    "FROM (%s) AS e GROUP BY county, i";

/* Entries into their first window and out again behind the last, then running
 * sums over all windows. */
static const char sums[] =
    "WITH e AS (%s), "
    "d AS (SELECT county, lo AS i, den, num FROM e WHERE lo < hi "
    "UNION ALL SELECT county, hi, -den, -num FROM e WHERE lo < hi), "
    "g AS (SELECT county, i, sum(den) AS den, sum(num) AS num FROM d "
    "GROUP BY county, i), "
    "grid AS (SELECT c.county, w.i FROM (SELECT DISTINCT county FROM g) AS c "
    "CROSS JOIN windows AS w), "
    "r AS (SELECT grid.county, grid.i, "
    "sum(coalesce(den, 0)) OVER (PARTITION BY grid.county ORDER BY grid.i) "
    "AS den, "
    "sum(coalesce(num, 0)) OVER (PARTITION BY grid.county ORDER BY grid.i) "
    "AS num "
    "FROM grid LEFT JOIN g ON g.county = grid.county AND g.i = grid.i) "
    "SELECT CAST(county AS bigint), CAST(i AS bigint), CAST(den AS bigint), "
    "CAST(num AS bigint) FROM r WHERE den > 0";

bool
sql_query(struct buf *out, const char *dir, const char *name,
    const struct sql_about *a, struct err *err)
{
	const char *frame = a->shape == SQL_SUMS ? sums
			    : a->median		 ? a->ops->median
						 : entries;
	const char *hole = strstr(frame, "%s");
	struct sql_words words;
	bool ok;

	words_fill(&words, a);
	words.dir = dir;
	buf_add(out, frame, (size_t)(hole - frame));
	ok = sql_file(out, dir, name, &words, err);
	buf_str(out, hole + 2);
	return ok;
}
