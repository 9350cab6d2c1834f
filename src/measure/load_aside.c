/*
 * Examples are two thirds of the definitions' text, and only whoever proves
 * definitions reads them. For the others they are set aside before the text is
 * parsed: blank but for the line ends, so that faults name the same lines, with
 * a number in their place.
 */
#include "measure/load.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define STUB_ROOM 24

static bool
in_name(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
	       (c >= '0' && c <= '9') || c == '_' || c == '-' || c == '*';
}

/* Behind what begins here: a string, a comment, a name, or one character. */
static char *
behind(char *p)
{
	char *end;

	if (*p == '"') {
		for (p++; *p != '\0' && *p != '"'; p++)
			p += *p == '\\' && p[1] != '\0';
		return *p == '"' ? p + 1 : p;
	}
	if (*p == '#' || (*p == '/' && p[1] == '/'))
		return p + strcspn(p, "\n");
	if (*p == '/' && p[1] == '*') {
		end = strstr(p + 2, "*/");
		return end != NULL ? end + 2 : p + strlen(p);
	}
	if (!in_name(*p))
		return p + 1;
	while (in_name(*p))
		p++;
	return p;
}

/* Behind the bracket that closes the one here; NULL when none does. */
static char *
closing(char *p)
{
	int depth = 0;

	while (*p != '\0') {
		depth += (*p == '(') - (*p == ')');
		p = behind(p);
		if (depth == 0)
			return p;
	}
	return NULL;
}

/* "examples = (": where the bracket stands, else NULL. */
static char *
examples_at(char *p)
{
	static const char name[] = "examples";
	size_t n = sizeof name - 1;

	if (strncmp(p, name, n) != 0 || in_name(p[n]))
		return NULL;
	p += n;
	p += strspn(p, " \t\r\n");
	if (*p != '=' && *p != ':')
		return NULL;
	p += 1 + strspn(p + 1, " \t\r\n");
	return *p == '(' ? p : NULL;
}

static void
set_aside(struct load_aside *a, struct arena *arena, char *from, char *to)
{
	char stub[STUB_ROOM], *at = from;
	int n = snprintf(stub, sizeof stub, "\"%zu\"", a->n);

	/* On the first line that has room. */
	while (at < to && strcspn(at, "\n") < (size_t)n)
		at += strcspn(at, "\n") + 1;
	if (to - at < n)
		return;
	grow(&a->texts, &a->cap, a->n + 1, sizeof *a->texts);
	a->texts[a->n++] = arena_strndup(arena, from, (size_t)(to - from));
	for (char *p = from; p < to; p++)
		if (*p != '\n')
			*p = ' ';
	memcpy(at, stub, (size_t)n);
}

void
load_aside(struct load_aside *a, struct arena *arena, char *text)
{
	char *from, *to;

	for (char *p = text; *p != '\0'; p = behind(p)) {
		from = in_name(*p) ? examples_at(p) : NULL;
		to = from != NULL ? closing(from) : NULL;
		if (to != NULL)
			set_aside(a, arena, from, to);
	}
}

const char *
load_aside_text(const struct load_aside *a, const config_setting_t *s)
{
	const char *number = s != NULL ? config_setting_get_string(s) : NULL;
	char *end;
	unsigned long i;

	if (number == NULL || a->n == 0)
		return NULL;
	i = strtoul(number, &end, 10);
	return *end == '\0' && i < a->n ? a->texts[i] : NULL;
}

static int
count_cases(const config_setting_t *list)
{
	int n = 0;

	for (int i = 0; i < config_setting_length(list); i++) {
		const config_setting_t *cases = config_setting_get_member(
		    config_setting_get_elem(list, (unsigned)i), "cases");

		if (cases != NULL && config_setting_is_list(cases))
			n += config_setting_length(cases);
		else
			n += cases != NULL && config_setting_is_group(cases);
	}
	return n;
}

int
measure_examples(const struct measure *m)
{
	const config_setting_t *list;
	char *text;
	config_t config;
	int n = 0;

	if (m->aside == NULL)
		return m->about.examples;
	text = xasprintf("examples = %s;", m->aside);
	config_init(&config);
	if (config_read_string(&config, text) == CONFIG_TRUE) {
		list = config_lookup(&config, "examples");
		if (list != NULL)
			n = count_cases(list);
	}
	config_destroy(&config);
	free(text);
	return n;
}
