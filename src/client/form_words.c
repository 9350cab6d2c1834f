/* A form's questions and answers as people read and write them. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/date.h"
#include "base/i18n.h"
#include "client/form.h"
#include "client/unit_words.h"

#define YOUNG 10 /* years from which an interview uses the older words */

/* How old the child is whose interview this is; -1: not known. */
static int
form_age(const struct form *f, int unit)
{
	const struct review_unit *u = review_unit(f->review, unit);
	const char *text;
	int32_t born;

	for (; u != NULL; u = review_unit(f->review, unit)) {
		text = review_fact(f->review, unit, FACT_BIRTH_DATE);
		if (*text != '\0' || unit == 0)
			break;
		unit = u->parent;
	}
	if (u == NULL || *text == '\0')
		return -1;
	born = date_parse(text, strlen(text));
	return born == DATE_MISSING
		   ? -1
		   : date_years(born, form_day(f->keep.wall_ms(f->keep.self)));
}

const char *
form_text(const struct form *f, const struct question *q, int unit)
{
	const char *young = q->young.in[f->tongue];
	int age = *young != '\0' ? form_age(f, unit) : -1;

	return age >= 0 && age < YOUNG ? young : q->text.in[f->tongue];
}

static const char *
state_label(enum response_state state)
{
	static const char *const labels[ANSWER_STATES] = {"", N_("Yes"),
	    N_("No"), N_("does not apply"), N_("cannot be determined"), "",
	    N_("preferred not to say")};

	return *labels[state] != '\0' ? _(labels[state]) : "";
}

/* Ids apart by ";" as their words. */
static void
answer_words(const struct form *f, const struct question *q, const char *value,
    struct buf *out)
{
	for (bool first = true; *value != '\0'; first = false) {
		size_t len = strcspn(value, ";");
		int option = question_option(q, value, len);

		if (!first)
			buf_str(out, "; ");
		if (option >= 0)
			buf_str(out, q->options[option].text.in[f->tongue]);
		else
			buf_add(out, value, len);
		value += len;
		value += *value == ';';
	}
}

static void
answer_units(const struct form *f, const struct question *q, const char *value,
    struct buf *out)
{
	for (bool first = true; *value != '\0'; first = false) {
		size_t len = strcspn(value, ";");
		char *key = xstrndup(value, len);
		int unit = review_unit_find(f->review, q->of, key);

		if (!first)
			buf_str(out, "; ");
		if (unit > 0)
			unit_whose(out, f->review, unit,
			    &(struct unit_look){f->names, f->tongue});
		else
			buf_str(out, key);
		free(key);
		value += len;
		value += *value == ';';
	}
}

void
form_answer(const struct form *f, const struct question *q,
    const struct review_cell *cell, struct buf *out)
{
	const struct response *a = &cell->answer;

	if (a->state != ANSWER_VALUE) {
		buf_str(out, state_label(a->state));
	} else if (q->type == VALUE_CHOICE || q->type == VALUE_MANY) {
		answer_words(f, q, a->value, out);
	} else if (q->type == VALUE_REF || q->type == VALUE_REFS) {
		answer_units(f, q, a->value, out);
	} else {
		buf_str(out, a->value);
	}
}

void
form_fed(const struct form *f, const struct question *q,
    const struct review_cell *cell, struct buf *out)
{
	struct review_cell fed;
	struct buf words = {0};

	if (cell == NULL || cell->fed.state == ANSWER_UNASKED)
		return;
	fed = *cell;
	fed.answer = cell->fed;
	form_answer(f, q, &fed, &words);
	buf_printf(
	    out, _("Case data: %s (%s)\n"), buf_text(&words), cell->fed_source);
	buf_free(&words);
}

void
form_theirs(const struct form *f, const struct question *q,
    const struct review_cell *cell, struct buf *out)
{
	struct review_cell other = *cell;

	other.answer = cell->theirs;
	form_answer(f, q, &other, out);
}

void
form_response(const struct form *f, const struct question *q,
    const struct response *answer, struct buf *out)
{
	struct review_cell cell = {.answer = *answer};
	size_t before = out->len;

	form_answer(f, q, &cell, out);
	if (*answer->reason != '\0')
		buf_printf(out, "%s(%s)", out->len > before ? " " : "",
		    answer->reason);
	if (out->len == before)
		buf_str(out, "-");
}

/* Instruments break long texts where they like; one line has blanks there. */
static void
put_words(struct buf *out, const char *text)
{
	while (*text != '\0') {
		size_t n = strcspn(text, " \t\n");

		buf_add(out, text, n);
		text += n;
		n = strspn(text, " \t\n");
		if (n > 0 && text[n] != '\0')
			buf_char(out, ' ');
		text += n;
	}
}

void
form_problem(const struct form *f, struct buf *out)
{
	const struct review_cell *cell = form_cell(f);
	struct arena arena = {0};
	int n;
	const struct problem *list;

	if (cell == NULL ||
	    (cell->flags & (CELL_ERROR | CELL_WARNING | CELL_OPEN_REASON)) == 0)
		return;
	list = review_problems(f->review, f->tongue, false, &arena, &n);
	for (int i = 0; i < n; i++) {
		if (list[i].unit != f->unit || list[i].question != f->question)
			continue;
		buf_printf(out, "%c ", list[i].level == CHECK_HARD ? '!' : '~');
		put_words(out, list[i].say);
		break;
	}
	arena_free(&arena);
}

int32_t
form_day(int64_t wall_ms)
{
	time_t t = (time_t)(wall_ms / 1000);
	struct tm tm;

	if (localtime_r(&t, &tm) == NULL)
		return (int32_t)(wall_ms / 86400000);
	return date_make(tm.tm_year + 1900, tm.tm_mon + 1, tm.tm_mday);
}

void
form_moment(int64_t wall_ms, char text[static 20])
{
	time_t t = (time_t)(wall_ms / 1000);
	struct tm tm;

	text[0] = '\0';
	if (wall_ms > 0 && localtime_r(&t, &tm) != NULL)
		strftime(text, 20, "%Y-%m-%d %H:%M", &tm);
}

char
form_mark(const struct review_cell *cell)
{
	static const char marks[ANSWER_STATES] = {
	    ' ', 'Y', 'N', 'A', 'U', '=', '-'};

	return marks[cell->answer.state];
}

/* --- dates ---------------------------------------------------------------- */

/* mmddyyyy, with anything between that is no digit. */
static bool
date_digits(const char *typed, char iso[static 11])
{
	char d[9];
	size_t n = 0;

	for (; *typed != '\0'; typed++) {
		if (*typed < '0' || *typed > '9') {
			if (strchr("/-. ", *typed) == NULL)
				return false;
			/* 3/4/2012: what a separator ends has two digits. */
			if (n == 1 || n == 3) {
				d[n] = d[n - 1];
				d[n - 1] = '0';
				n++;
			}
			continue;
		}
		if (n == 8)
			return false;
		d[n++] = *typed;
	}
	d[n] = '\0';
	/* A year of two digits is refused: whose century would it be? */
	if (n != 8)
		return false;
	snprintf(iso, 11, "%.4s-%.2s-%.2s", d + 4, d, d + 2);
	return date_parse(iso, 10) != DATE_MISSING;
}

bool
form_date(const char *typed, int32_t today, int32_t placed, char iso[static 11])
{
	char *end;
	long days;

	if (date_parse(typed, strlen(typed)) != DATE_MISSING) {
		snprintf(iso, 11, "%s", typed);
		return true;
	}
	if (strcmp(typed, "t") == 0 || strcmp(typed, "p") == 0) {
		int32_t day = *typed == 't' ? today : placed;

		return day != DATE_MISSING && date_format(day, iso) != NULL;
	}
	if (*typed == '+' || *typed == '-') {
		days = strtol(typed, &end, 10);
		return end != typed + 1 && *end == '\0' && days > -36500 &&
		       days < 36500 &&
		       date_format(today + (int32_t)days, iso) != NULL;
	}
	return date_digits(typed, iso);
}

/* The clock is the last four digits: 1405, 14:05; what is before is a day. */
bool
form_time(const char *typed, int32_t today, int32_t placed, char iso[static 17])
{
	char day[16], digits[5] = "", date[11];
	size_t n = strlen(typed), k = 4;

	while (n > 0 && k > 0) {
		char c = typed[--n];

		if (c >= '0' && c <= '9')
			digits[--k] = c;
		else if (c != ':' || k != 2)
			return false;
	}
	while (n > 0 && (typed[n - 1] == ' ' || typed[n - 1] == 'T'))
		n--;
	if (k > 0 || n >= sizeof day || strncmp(digits, "24", 2) >= 0 ||
	    digits[2] > '5')
		return false;
	snprintf(day, sizeof day, "%.*s", (int)n, typed);
	if (!form_date(day, today, placed, date))
		return false;
	snprintf(iso, 17, "%sT%.2s:%.2s", date, digits, digits + 2);
	return true;
}
