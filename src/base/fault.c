#include "base/fault.h"

#include <ctype.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"

void
fault_add(struct faults *f, const char *file, int line, int column,
    const char *fmt, ...)
{
	char text[512];
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(text, sizeof text, fmt, ap);
	va_end(ap);
	grow(&f->list, &f->cap, f->n + 1, sizeof *f->list);
	f->list[f->n++] = (struct fault){.file = xstrdup(file),
	    .line = line,
	    .column = column,
	    .text = xstrdup(text)};
}

bool
fault_err(const struct fault *f, struct err *err)
{
	if (f->column > 0)
		return err_set(err, ERR_DEFINITION, "%s:%d:%d: %s", f->file,
		    f->line, f->column, f->text);
	return err_set(
	    err, ERR_DEFINITION, "%s:%d: %s", f->file, f->line, f->text);
}

void
faults_free(struct faults *f)
{
	for (size_t i = 0; i < f->n; i++) {
		free(f->list[i].file);
		free(f->list[i].text);
	}
	free(f->list);
	*f = (struct faults){0};
}

/* A reader of the source that knows its line and column. */
struct place {
	const char *s;
	int line, column;
};

static void
step(struct place *p)
{
	if (*p->s == '\n') {
		p->line++;
		p->column = 0;
	}
	p->s++;
	p->column++;
}

static void
skip_blank(struct place *p)
{
	for (;;) {
		while (isspace((unsigned char)*p->s))
			step(p);
		if (*p->s != '#')
			return;
		while (*p->s != '\0' && *p->s != '\n')
			step(p);
	}
}

/* The byte that stands at the place, past an escape; the place moves on. */
static char
decode(struct place *p)
{
	static const char from[] = "nrtf", to[] = "\n\r\t\f";
	const char *k;
	char c = *p->s;

	step(p);
	if (c != '\\' || *p->s == '\0')
		return c;
	c = *p->s;
	step(p);
	if (c == 'x' && isxdigit((unsigned char)p->s[0]) &&
	    isxdigit((unsigned char)p->s[1])) {
		char hex[3] = {p->s[0], p->s[1], '\0'};

		step(p);
		step(p);
		return (char)strtol(hex, NULL, 16);
	}
	k = strchr(from, c);
	return k != NULL && c != '\0' ? to[k - from] : c;
}

/* Whether the strings at the place spell value; found is then the place of
 * its byte at offset. */
static bool
spells(struct place p, const char *value, size_t offset, struct place *found)
{
	size_t i = 0, len = strlen(value);

	while (*p.s == '"') {
		step(&p);
		while (*p.s != '"' && *p.s != '\0') {
			if (i == offset)
				*found = p;
			if (i >= len || decode(&p) != value[i++])
				return false;
		}
		if (*p.s == '\0')
			return false;
		if (i == offset)
			*found = p;
		step(&p);
		skip_blank(&p);
	}
	return i == len;
}

static bool
at_name(const struct place *p, const char *start, const char *name)
{
	size_t len = strlen(name);

	return strncmp(p->s, name, len) == 0 &&
	       !isalnum((unsigned char)p->s[len]) && p->s[len] != '_' &&
	       (p->s == start ||
		   (!isalnum((unsigned char)p->s[-1]) && p->s[-1] != '_'));
}

bool
source_find(const char *source, int line, const char *name, const char *value,
    size_t offset, int *at_line, int *at_column)
{
	struct place p = {source, 1, 1}, found = {source, line, 0};

	while (*p.s != '\0' && p.line < line - 1)
		step(&p);
	for (; *p.s != '\0'; step(&p)) {
		struct place q = p;

		if (!at_name(&p, source, name))
			continue;
		for (size_t i = strlen(name); i > 0; i--)
			step(&q);
		skip_blank(&q);
		if (*q.s != '=' && *q.s != ':')
			continue;
		step(&q);
		skip_blank(&q);
		if (!spells(q, value, offset, &found))
			continue;
		*at_line = found.line;
		*at_column = found.column;
		return true;
	}
	return false;
}

int
source_column(const char *source, int line, const char *name)
{
	struct place p = {source, 1, 1};
	int first = 0;

	while (*p.s != '\0' && p.line < line)
		step(&p);
	for (; *p.s != '\0' && p.line == line; step(&p)) {
		if (name != NULL ? at_name(&p, source, name) : *p.s == '{')
			return p.column;
		if (first == 0 && !isspace((unsigned char)*p.s))
			first = p.column;
	}
	return first;
}
