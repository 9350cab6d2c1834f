#include "client/screen_scope.h"

#include <stdio.h>
#include <string.h>

#include "base/date.h"
#include "proto/words.h"

void
scope_set(char *field, size_t room, const char *text)
{
	snprintf(field, room, "%s", text ? text : "");
}

void
scope_add(struct buf *target, enum api_param_id param, const char *value)
{
	if (value && *value)
		api_query(target, param, value);
}

const char *
scope_past(const struct scope *s, enum api_route_id route)
{
	const char *space = strchr(s->version, ' ');
	bool clock = strncmp(s->version, "clock:", 6) == 0;
	const char *id = clock ? s->version + 6 : s->version;
	const char *asked = clock ? s->clock : s->measure;

	if (space == NULL || clock != api_takes(route, API_CLOCK) ||
	    strlen(asked) != (size_t)(space - id) ||
	    strncmp(asked, id, (size_t)(space - id)) != 0)
		return "";
	return space + 1;
}

void
scope_query(struct buf *target, enum api_route_id route, const struct scope *s)
{
	const struct {
		enum api_param_id param;
		const char *value;
	} parts[] = {
	    {API_MEASURE, s->measure},
	    {API_CLOCK, s->clock},
	    {API_CHILD, s->child},
	    {API_AT, s->at},
	    {API_FROM, s->from},
	    {API_TO, s->to},
	    {API_AS_OF, s->as_of},
	    {API_GENERATION, s->generation},
	    {API_FROM_GENERATION, s->from_generation},
	    {API_DIFF, s->change},
	    {API_PEERS, s->peers},
	    {API_DEFINITION, scope_past(s, route)},
	    {API_WHERE, s->where},
	};

	for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
		if (api_takes(route, parts[i].param))
			scope_add(target, parts[i].param, parts[i].value);
	}
}

const char *
scope_level_below(const struct scope *s)
{
	enum attribute a = attribute_find(s->level, strlen(s->level));

	if (a == ATTRIBUTES)
		return NULL;
	a++;
	return attribute_is_level(a) ? attribute_word(a) : NULL;
}

/* --- period -------------------------------------------------------------- */

static int32_t
scope_shift_day(const char *text, int months)
{
	int32_t day = date_parse(text, strlen(text)), moved;

	if (day == DATE_MISSING)
		return DATE_MISSING;
	moved = date_addmonths(day, months);
	return day == date_month_end(day) ? date_month_end(moved) : moved;
}

bool
scope_shift(
    struct scope *s, const char *shown_from, const char *shown_to, int months)
{
	int32_t from = scope_shift_day(*s->from ? s->from : shown_from, months);
	int32_t to = scope_shift_day(*s->to ? s->to : shown_to, months);

	if (to == DATE_MISSING)
		return false;
	date_format(to, s->to);
	if (from != DATE_MISSING)
		date_format(from, s->from);
	return true;
}

/* --- filters ------------------------------------------------------------- */

/* Appends the filters of s->where but those on attribute. */
static void
scope_filters_but(const struct scope *s, struct buf *out, const char *attribute)
{
	size_t len = strlen(attribute);

	for (const char *p = s->where; *p;) {
		size_t n = strcspn(p, ",");

		if (strncmp(p, attribute, len) || p[len] != '=') {
			if (out->len)
				buf_char(out, ',');
			buf_add(out, p, n);
		}
		p += n;
		if (*p)
			p++;
	}
}

void
scope_filter(struct scope *s, const char *attribute, const char *value)
{
	struct buf out = {NULL, 0, 0};

	scope_filters_but(s, &out, attribute);
	buf_printf(&out, "%s%s=%s", out.len ? "," : "", attribute, value);
	if (out.len < sizeof s->where)
		SCOPE_SET(s->where, buf_text(&out));
	buf_free(&out);
}

bool
scope_unfilter(struct scope *s)
{
	char *comma = strrchr(s->where, ',');

	if (!*s->where)
		return false;
	*(comma ? comma : s->where) = '\0';
	return true;
}

/* --- commands ------------------------------------------------------------ */

static void
scope_word(struct buf *out, const char *word)
{
	static const char plain[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
				    "abcdefghijklmnopqrstuvwxyz"
				    "0123456789-._=,:/+@";

	buf_char(out, ' ');
	if (*word && strspn(word, plain) == strlen(word)) {
		buf_str(out, word);
		return;
	}
	buf_char(out, '\'');
	for (; *word; word++) {
		if (*word == '\'')
			buf_str(out, "'\\''");
		else
			buf_char(out, *word);
	}
	buf_char(out, '\'');
}

void
scope_option(struct buf *out, const char *option, const char *value)
{
	if (!value || !*value)
		return;
	buf_printf(out, " %s", option);
	scope_word(out, value);
}

void
scope_command(struct buf *out, const char *command, const struct scope *s)
{
	buf_printf(out, "hearth %s", command);
	if (*s->measure)
		scope_word(out, s->measure);
	scope_option(out, "--at", s->at);
	scope_option(out, "--from", s->from);
	scope_option(out, "--to", s->to);
	scope_option(out, "--as-of", s->as_of);
	scope_option(out, "--where", s->where);
	scope_option(out, "--generation", s->generation);
	scope_option(out, "--definition", scope_past(s, ROUTE_REPORT));
}
