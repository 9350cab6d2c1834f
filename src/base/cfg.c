#include "base/cfg.h"

#include <stdio.h>
#include <string.h>

#include "base/date.h"
#include "base/i18n.h"
#include "base/suggest.h"

static void
cfg_vfault(
    struct cfg *c, const config_setting_t *s, const char *fmt, va_list ap)
{
	int line = s != NULL ? (int)config_setting_source_line(s) : 1;
	char text[400];

	vsnprintf(text, sizeof text, fmt, ap);
	fault_add(c->faults, c->file, line,
	    source_column(
		c->source, line, s != NULL ? config_setting_name(s) : NULL),
	    "%s", text);
}

void
cfg_fault(struct cfg *c, const config_setting_t *s, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	cfg_vfault(c, s, fmt, ap);
	va_end(ap);
}

const char *
cfg_text(struct cfg *c, const config_setting_t *group, const char *name)
{
	const config_setting_t *s = config_setting_get_member(group, name);
	const char *text;

	if (s == NULL)
		return NULL;
	text = config_setting_get_string(s);
	if (text == NULL) {
		cfg_fault(c, s, _("%s wants a text in quotes"), name);
		return NULL;
	}
	return arena_strndup(c->arena, text, strlen(text));
}

int64_t
cfg_int(struct cfg *c, const config_setting_t *group, const char *name,
    int64_t preset)
{
	const config_setting_t *s = config_setting_get_member(group, name);

	if (s == NULL)
		return preset;
	if (config_setting_type(s) == CONFIG_TYPE_INT)
		return config_setting_get_int(s);
	if (config_setting_type(s) == CONFIG_TYPE_INT64)
		return config_setting_get_int64(s);
	cfg_fault(c, s, _("%s wants a whole number"), name);
	return preset;
}

bool
cfg_bool(struct cfg *c, const config_setting_t *group, const char *name)
{
	const config_setting_t *s = config_setting_get_member(group, name);

	if (s == NULL)
		return false;
	if (config_setting_type(s) == CONFIG_TYPE_BOOL)
		return config_setting_get_bool(s) == CONFIG_TRUE;
	cfg_fault(c, s, _("%s wants true or false"), name);
	return false;
}

int32_t
cfg_day(struct cfg *c, const config_setting_t *group, const char *name,
    int32_t preset)
{
	const char *text = cfg_text(c, group, name);
	int32_t day;

	if (text == NULL)
		return preset;
	day = date_parse(text, strlen(text));
	if (day == DATE_MISSING)
		cfg_fault(c, config_setting_get_member(group, name),
		    _("%s: '%s' is not a day (YYYY-MM-DD)"), name, text);
	return day;
}

void
cfg_need(struct cfg *c, const config_setting_t *group, const char *name)
{
	if (config_setting_get_member(group, name) == NULL)
		cfg_fault(c, group, _("%s is missing"), name);
}

static const char *
name_at(const void *arg, size_t i)
{
	return ((const char *const *)arg)[i];
}

void
cfg_unknown(
    struct cfg *c, const config_setting_t *group, const char *const *known)
{
	for (int i = 0; i < config_setting_length(group); i++) {
		const config_setting_t *s =
		    config_setting_get_elem(group, (unsigned)i);
		const char *name = config_setting_name(s), *near;
		size_t k = 0;

		while (known[k] != NULL && strcmp(known[k], name) != 0)
			k++;
		if (known[k] != NULL)
			continue;
		near = suggest(name, name_at, known);
		cfg_fault(c, s,
		    near != NULL ? _("%s is not known here; did you mean %s?")
				 : _("%s is not known here"),
		    name, near);
	}
}

void
cfg_no_word(struct cfg *c, const config_setting_t *group, const char *name,
    const char *word, const char *near)
{
	cfg_fault(c, config_setting_get_member(group, name),
	    near != NULL ? _("%s: '%s' is not known; did you mean '%s'?")
			 : _("%s: '%s' is not known"),
	    name, word, near);
}

int
cfg_length(struct cfg *c, const config_setting_t *list)
{
	if (config_setting_is_list(list))
		return config_setting_length(list);
	cfg_fault(
	    c, list, _("%s wants ( {...}, {...} )"), config_setting_name(list));
	return 0;
}

const config_setting_t *
cfg_group(struct cfg *c, const config_setting_t *list, int i)
{
	const config_setting_t *g = config_setting_get_elem(list, (unsigned)i);

	if (config_setting_is_group(g))
		return g;
	cfg_fault(c, g, _("%s wants groups {...}"), config_setting_name(list));
	return NULL;
}
