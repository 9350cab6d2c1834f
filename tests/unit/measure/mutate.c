/*
 * measure_mutate ACCEPTED FILE...: changes every constant and every operator
 * of every definition, one at a time, and runs the examples beside it. A
 * change that no example notices survives and is printed; the exit status is
 * 1 when a survivor does not stand in ACCEPTED, a file of such lines, each
 * below a comment that says why no example can tell.
 *
 *   <  <=  >  >=      the same with and without equality
 *   =  !=             the opposite
 *   and  or           each for the other
 *   not               gone
 *   numbers           one more, one less
 *   {a, b}            without a, without b
 *   first, last       each for the other
 */
#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/file.h"
#include "measure/check.h"

struct mutation {
	const char *file; /* its path */
	const struct buf *text;
	char setting[32];
	size_t at, len; /* what is replaced in the file's text */
	const char *by;
};

struct run {
	struct buf accepted;
	char *scratch; /* a file for the changed definition */
	int changed, caught, known, survived;
};

/* --- one change ---------------------------------------------------- */

static bool
notices(struct run *run, const struct mutation *m)
{
	struct measure_check check;
	struct buf out = {0};
	const char *const path = run->scratch;
	struct err err;
	bool bad;
	FILE *f = fopen(run->scratch, "w");

	buf_add(&out, m->text->data, m->at);
	buf_str(&out, m->by);
	buf_add(&out, m->text->data + m->at + m->len,
	    m->text->len - m->at - m->len);
	if (f == NULL || fwrite(out.data, 1, out.len, f) != out.len ||
	    fclose(f) != 0) {
		perror(run->scratch);
		exit(2);
	}
	buf_free(&out);
	if (!measure_check_run(&check, NULL, &path, 1, &err)) {
		fprintf(stderr, "%s: %s\n", m->file, err.text);
		exit(2);
	}
	bad = check.faults.n > 0;
	measure_check_free(&check);
	return bad;
}

/* What stands around the change: of its string or its line. */
static char *
around(const struct mutation *m)
{
	static const char ends[] = "\"\n;";
	const char *t = m->text->data;
	size_t from = m->at, end = m->at + m->len;
	struct buf b = {0};

	while (
	    from > 0 && strchr(ends, t[from - 1]) == NULL && m->at - from < 40)
		from--;
	while (strchr(ends, t[end]) == NULL && end - m->at < 40)
		end++;
	buf_add(&b, t + from, m->at - from);
	buf_printf(&b, "[%.*s -> %s]", (int)m->len, t + m->at, m->by);
	buf_add(&b, t + m->at + m->len, end - m->at - m->len);
	return buf_take(&b);
}

static void
change(struct run *run, const struct mutation *m)
{
	const char *base = strrchr(m->file, '/');
	char *where, *line;

	run->changed++;
	if (notices(run, m)) {
		run->caught++;
		return;
	}
	where = around(m);
	line = xasprintf("%s %s: %s\n", base != NULL ? base + 1 : m->file,
	    m->setting, where);
	if (strstr(buf_text(&run->accepted), line) != NULL) {
		run->known++;
	} else {
		run->survived++;
		fputs(line, stdout);
	}
	free(where);
	free(line);
}

/* --- what can be changed in an expression ---------------------------- */

static const struct {
	const char *from, *to;
} operators[] = {
    /* Longer ones first. */
    {"<=", "<"},
    {">=", ">"},
    {"!=", "="},
    {"<", "<="},
    {">", ">="},
    {"=", "!="},
};

static const struct {
	const char *from, *to;
} words[] = {
    {"and", "or"},
    {"or", "and"},
    {"not", ""},
    {"first", "last"},
    {"last", "first"},
};

static bool
in_word(char c)
{
	return isalnum((unsigned char)c) || c == '_';
}

static void
change_number(struct run *run, struct mutation *m)
{
	const char *t = m->text->data + m->at;
	char by[24];
	long n = strtol(t, NULL, 10);

	m->len = strspn(t, "0123456789");
	if (t[m->len] == '-' || (m->at > 0 && t[-1] == '-'))
		return; /* part of a date */
	m->by = by;
	snprintf(by, sizeof by, "%ld", n + 1);
	change(run, m);
	if (n > 0) {
		snprintf(by, sizeof by, "%ld", n - 1);
		change(run, m);
	}
}

/* A member of a set goes, with the comma beside it. */
static void
change_member(struct run *run, struct mutation *m, size_t open)
{
	const char *t = m->text->data;
	size_t end = m->at + m->len;

	while (isspace((unsigned char)t[end]))
		end++;
	if (t[end] == ',') {
		m->len = end + 1 - m->at;
	} else { /* the last one: the comma before it, if any */
		size_t from = m->at;

		while (from > open + 1 && t[from - 1] != ',')
			from--;
		if (from == open + 1)
			return; /* the only one: an empty set is refused */
		m->len = end - (from - 1);
		m->at = from - 1;
	}
	m->by = "";
	change(run, m);
}

static void
change_word(struct run *run, struct mutation *m, size_t set)
{
	const char *t = m->text->data + m->at;

	while (in_word(t[m->len]))
		m->len++;
	if (set > 0) {
		change_member(run, m, set);
		return;
	}
	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		if (strlen(words[i].from) == m->len &&
		    strncmp(t, words[i].from, m->len) == 0) {
			m->by = words[i].to;
			change(run, m);
			return;
		}
}

static size_t
change_operator(struct run *run, struct mutation *m)
{
	for (size_t i = 0; i < sizeof operators / sizeof *operators; i++) {
		m->len = strlen(operators[i].from);
		if (strncmp(m->text->data + m->at, operators[i].from, m->len) !=
		    0)
			continue;
		m->by = operators[i].to;
		change(run, m);
		return m->len;
	}
	return 1;
}

/* Everything from..end of the file's text, which is an expression. */
static void
change_expression(
    struct run *run, const struct mutation *about, size_t from, size_t end)
{
	const char *t = about->text->data;
	size_t set = 0;

	for (size_t i = from; i < end;) {
		struct mutation m = *about;

		m.at = i;
		m.len = 0;
		if (t[i] == '{')
			set = i;
		if (t[i] == '}')
			set = 0;
		if (isdigit((unsigned char)t[i])) {
			change_number(run, &m);
			while (isdigit((unsigned char)t[i]))
				i++;
		} else if (in_word(t[i])) {
			change_word(run, &m, set);
			while (in_word(t[i]))
				i++;
		} else {
			i += set == 0 ? change_operator(run, &m) : 1;
		}
	}
}

/* --- where expressions stand in a file ------------------------------- */

static bool
is_expression(const char *name)
{
	static const char *const names[] = {"cohort", "among", "met",
	    "numerator", "denominator", "cap", "unit_at", "when",
	    "one_per_child"};

	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		if (strcmp(names[i], name) == 0)
			return true;
	return false;
}

/* Behind the group or list that opens at or after i. */
static size_t
skip_group(const char *t, size_t i)
{
	int depth = 0;
	bool quoted = false;

	for (; t[i] != '\0'; i++) {
		if (t[i] == '"' && t[i - 1] != '\\')
			quoted = !quoted;
		if (quoted)
			continue;
		if (t[i] == '{' || t[i] == '(')
			depth++;
		if ((t[i] == '}' || t[i] == ')') && --depth == 0)
			return i + 1;
	}
	return i;
}

static size_t
end_of_string(const char *t, size_t i)
{
	for (i++; t[i] != '\0' && t[i] != '"'; i++)
		if (t[i] == '\\' && t[i + 1] != '\0')
			i++;
	return i;
}

/* The strings or the number of a setting whose name ends at i; returns where
 * it ends. */
static size_t
change_setting(struct run *run, const struct mutation *about, size_t i)
{
	const char *t = about->text->data;

	while (t[i] != '\0' && t[i] != ';' && t[i] != '{' && t[i] != '(') {
		if (t[i] == '#') {
			while (t[i] != '\0' && t[i] != '\n')
				i++;
		} else if (t[i] == '"') {
			size_t end = end_of_string(t, i);

			if (is_expression(about->setting))
				change_expression(run, about, i + 1, end);
			i = end + 1;
		} else if (isdigit((unsigned char)t[i]) &&
			   (strcmp(about->setting, "lag_months") == 0 ||
			       strcmp(about->setting, "per") == 0)) {
			change_expression(
			    run, about, i, i + strspn(t + i, "0123456789"));
			i += strspn(t + i, "0123456789");
		} else {
			i++;
		}
	}
	return i;
}

static void
change_file(struct run *run, const char *path)
{
	struct buf text = {0};
	struct mutation about = {.file = path, .text = &text};
	struct err err;
	const char *t;

	if (!file_read(&text, path, 1 << 22, &err)) {
		fprintf(stderr, "%s\n", err.text);
		exit(2);
	}
	t = buf_text(&text);
	for (size_t i = 0; t[i] != '\0';) {
		size_t len = 0;

		if (t[i] == '#')
			while (t[i] != '\0' && t[i] != '\n')
				i++;
		while (in_word(t[i + len]))
			len++;
		if (len == 0) {
			i = t[i] == '"' ? end_of_string(t, i) + 1 : i + 1;
			continue;
		}
		memset(about.setting, 0, sizeof about.setting);
		memcpy(about.setting, t + i,
		    len < sizeof about.setting ? len
					       : sizeof about.setting - 1);
		i += len;
		if (strcmp(about.setting, "words") == 0 ||
		    strcmp(about.setting, "goals") == 0 ||
		    strcmp(about.setting, "examples") == 0)
			i = skip_group(t, i);
		else
			i = change_setting(run, &about, i);
	}
	buf_free(&text);
}

int
main(int argc, char **argv)
{
	struct run run = {0};
	char name[] = "/tmp/mutate-XXXXXX";
	int fd = mkstemp(name);
	struct err err;

	if (argc < 3 || fd < 0 ||
	    !file_read(&run.accepted, argv[1], 1 << 20, &err)) {
		fputs("usage: measure_mutate ACCEPTED FILE...\n", stderr);
		return 2;
	}
	close(fd);
	run.scratch = name;
	for (int i = 2; i < argc; i++)
		change_file(&run, argv[i]);
	unlink(name);
	printf("%d changes: %d caught by examples, %d that none can tell, "
	       "%d survived\n",
	    run.changed, run.caught, run.known, run.survived);
	buf_free(&run.accepted);
	return run.survived > 0;
}
