/*
 * Every number, comparison and list of words in a rule is there for a reason:
 * changed, at least one of the examples beside the definition must fail.
 */
#include <ctype.h>
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/file.h"
#include "lib/unit.h"
#include "measure/check.h"
#include "measure/example.h"
#include "measure/measure.h"

/* Changes that change nothing, with the reason: what follows "in" is part of
 * the rule in which the token stands. */
static const struct {
	const char *id, *from, *to, *rule;
} same[] = {
    /* So many months in care by then: removed before that day anyway. */
    {"c2.3", "<", "<=", "removal_date < period_start"},
    {"c2.4", "<", "<=", "removal_date < period_start"},
    {"c3.1", "<", "<=", "removal_date < period_start"},
    {"p2", "<", "<=", "removal_date < period_start"},
    {"p3", "<", "<=", "removal_date < period_start"},
    /* On the birthday itself the other half of the rule holds. */
    {"c3.3", "<", "<=", "discharge_date < birthday(18)"},
    /* On the last day the stay is too short for the band. */
    {"c4.1", "<=", "<", "removal_date <= period_end"},
    {"c4.2", "<=", "<", "removal_date <= period_end"},
    {"c4.3", "<=", "<", "removal_date <= period_end"},
    /* A whole month takes more than one day of the period. */
    {"wv-1", "<=", "<", "removal_date <= period_end"},
    {"wv-1", ">=", ">", "discharge_date >= period_start"},
    {"wv-2", "<=", "<", "removal_date <= period_end"},
    {"wv-2", ">=", ">", "discharge_date >= period_start"},
    {"wv-3", "<=", "<", "removal_date <= period_end"},
    {"wv-3", ">=", ">", "discharge_date >= period_start"},
    {"wv-4", "<=", "<", "removal_date <= period_end"},
    {"wv-4", ">=", ">", "discharge_date >= period_start"},
    {"fcs-2", "<=", "<", "opened <= period_end"},
    {"fcs-2", ">=", ">", "closed >= period_start"},
};

/* A definition's file, and one change to it. */
struct mutant {
	const char *file, *text;
	size_t at, len; /* of the token that is changed */
	const char *to;
	char id[32];
};

static size_t tried, alive;

/* Whether the token stands in that part of a rule; line breaks within a rule
 * are quotes and blanks. */
static bool
stands_in(const struct mutant *m, const char *rule)
{
	size_t len = strlen(rule);

	for (size_t back = 0; back < len && back <= m->at; back++)
		if (strncmp(m->text + m->at - back, rule, len) == 0 &&
		    back + m->len <= len)
			return true;
	return false;
}

static bool
is_same(const struct mutant *m)
{
	for (size_t i = 0; i < sizeof same / sizeof *same; i++)
		if (strcmp(same[i].id, m->id) == 0 &&
		    strlen(same[i].from) == m->len &&
		    strncmp(same[i].from, m->text + m->at, m->len) == 0 &&
		    strcmp(same[i].to, m->to) == 0 &&
		    stands_in(m, same[i].rule))
			return true;
	return false;
}

/* Whether all examples of the changed text come out as they say. */
static bool
survives(const struct mutant *m)
{
	struct buf text = {0};
	struct measures *measures = NULL;
	struct faults faults = {0};
	struct err err;
	bool ok;

	buf_add(&text, m->text, m->at);
	buf_str(&text, m->to);
	buf_str(&text, m->text + m->at + m->len);
	ok = measures_of_text(&measures, m->file, buf_text(&text), &err);
	for (int i = 0; ok && i < measures_n(measures); i++)
		ok = examples_run(measures_at(measures, i), &faults, &err) &&
		     faults.n == 0;
	if (measures != NULL)
		measures_free(measures);
	faults_free(&faults);
	buf_free(&text);
	return ok;
}

static void
try_change(struct mutant *m, const char *to)
{
	size_t line = 1;

	m->to = to;
	tried++;
	if (is_same(m) || !survives(m))
		return;
	alive++;
	for (size_t i = 0; i < m->at; i++)
		line += m->text[i] == '\n';
	fprintf(stderr, "%s:%zu: no example fails when '%.*s' is '%s'\n",
	    m->file, line, (int)m->len, m->text + m->at, to);
}

static bool
is_name(char c)
{
	return isalnum((unsigned char)c) || c == '_' || c == '.';
}

/* A whole number that is no part of a date or a name. */
static void
change_number(struct mutant *m, size_t at)
{
	char to[24];
	long n = strtol(m->text + at, NULL, 10);

	m->at = at;
	for (m->len = 0; isdigit((unsigned char)m->text[at + m->len]);)
		m->len++;
	if ((at > 0 && (is_name(m->text[at - 1]) || m->text[at - 1] == '-')) ||
	    is_name(m->text[at + m->len]) || m->text[at + m->len] == '-')
		return;
	for (int d = -1; d <= 1; d += 2) {
		snprintf(to, sizeof to, "%ld", n + d);
		try_change(m, to);
	}
}

static void
change_comparison(struct mutant *m, size_t at)
{
	bool equal = m->text[at + 1] == '=';
	bool less = m->text[at] == '<';

	m->at = at;
	m->len = 1 + equal;
	try_change(m, less ? (equal ? "<" : "<=") : (equal ? ">" : ">="));
}

/* Each word of "{one, two, three}" left out; a single one stays. */
static void
change_set(struct mutant *m, size_t at)
{
	const char *end = strchr(m->text + at, '}');
	struct buf to = {0};
	const char *word, *next;

	m->at = at;
	m->len = (size_t)(end - m->text) - at + 1;
	if (memchr(m->text + at, ',', m->len) == NULL)
		return;
	for (word = m->text + at + 1; word < end; word = next) {
		next = word + strcspn(word, ",}") + 1;
		buf_reset(&to);
		buf_add(&to, m->text + at, (size_t)(word - m->text) - at);
		if (next > end) /* the last: without ", " before it */
			to.len -= 2;
		buf_add(&to, next > end ? end : next,
		    (size_t)(end - (next > end ? end : next)) + 1);
		try_change(m, buf_text(&to));
	}
	buf_free(&to);
}

/* The text of one rule, from one quote to the last. */
static void
change_rule(struct mutant *m, size_t at, size_t end)
{
	for (; at < end; at++) {
		char c = m->text[at];

		if (isdigit((unsigned char)c)) {
			change_number(m, at);
			while (at + 1 < end && (is_name(m->text[at + 1]) ||
						   m->text[at + 1] == '-'))
				at++;
		} else if (c == '{') {
			change_set(m, at);
		} else if (c == '<' || c == '>') {
			change_comparison(m, at);
			at++;
		} else if (is_name(c)) {
			while (at + 1 < end && is_name(m->text[at + 1]))
				at++;
		}
	}
}

/* The end of "setting = "..." "...";": behind the last quote. */
static size_t
end_of_rule(const char *text, size_t at)
{
	bool quoted = false;

	for (; text[at] != '\0' && (quoted || text[at] != ';'); at++)
		quoted ^= text[at] == '"';
	return at;
}

/* The rules of a file stand before its words and its examples. */
static void
change_file(struct mutant *m)
{
	static const char *const settings[] = {
	    "\n  cohort = ", "when = ", "\n  among = ", "\n  met = ",
	    "\n  numerator = ", "\n  denominator = ", "\n  cap = "};
	const char *id = strstr(m->text, "\n  id = \"");
	const char *stop = strstr(m->text, "\n  words: {");

	if (id == NULL || stop == NULL)
		return;
	for (size_t i = 0; i + 1 < sizeof m->id && id[9 + i] != '"'; i++)
		m->id[i] = id[9 + i];
	for (size_t i = 0; i < sizeof settings / sizeof *settings; i++) {
		const char *at = m->text;

		while ((at = strstr(at, settings[i])) != NULL && at < stop) {
			size_t from =
			    (size_t)(at - m->text) + strlen(settings[i]);

			change_rule(m, from, end_of_rule(m->text, from));
			at++;
		}
	}
}

START_TEST(mutation__of_any_constant__fails_an_example)
{
	char folder[4096], path[4400];
	struct dirent *entry;
	DIR *dir;
	struct err err;

	snprintf(folder, sizeof folder, "%s/etc/measures",
	    getenv("top_srcdir") != NULL ? getenv("top_srcdir") : ".");
	dir = opendir(folder);
	ck_assert_ptr_nonnull(dir);
	while ((entry = readdir(dir)) != NULL) {
		struct buf text = {0};
		struct mutant m = {.file = entry->d_name};

		if (strstr(entry->d_name, ".cfg") == NULL)
			continue;
		snprintf(path, sizeof path, "%s/%s", folder, entry->d_name);
		ck_assert_msg(
		    file_read(&text, path, 1 << 20, &err), "%s", err.text);
		m.text = buf_text(&text);
		change_file(&m);
		buf_free(&text);
	}
	closedir(dir);
	ck_assert_uint_gt(tried, 400);
	ck_assert_uint_eq(alive, 0);
}
END_TEST

int
main(void)
{
	Suite *s = suite_create("mutation");
	TCase *t = tcase_create("mutation");

	tcase_set_timeout(t, 240);
	tcase_add_test(t, mutation__of_any_constant__fails_an_example);
	suite_add_tcase(s, t);
	return unit_run(s);
}
