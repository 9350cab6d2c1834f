#include "base/conf.h"

#include <errno.h>
#include <libconfig.h>
#include <limits.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/i18n.h"
#include "base/suggest.h"

struct conf {
	void *into;
	const struct setting *table;
	size_t n;
	const char *path; /* NULL: not from a file */
};

static void *
place(const struct conf *c, const struct setting *s)
{
	return (char *)c->into + s->offset;
}

static const char *
word_of(const void *arg, size_t i)
{
	const struct conf *c = arg;

	return i < c->n ? c->table[i].name : NULL;
}

static const struct setting *
find(const struct conf *c, const char *name)
{
	for (size_t i = 0; i < c->n; i++)
		if (strcmp(c->table[i].name, name) == 0)
			return &c->table[i];
	return NULL;
}

static bool
unknown(const struct conf *c, const char *name, struct err *err)
{
	const char *near = suggest(name, word_of, c);

	if (near != NULL)
		return err_set(err, ERR_CONFIG,
		    _("unknown setting \"%s\"; did you mean \"%s\"?"), name,
		    near);
	return err_set(err, ERR_CONFIG, _("unknown setting \"%s\""), name);
}

static bool
set_int(
    const struct conf *c, const struct setting *s, long long v, struct err *err)
{
	if (v < s->min || v > s->max)
		return err_set(err, ERR_CONFIG,
		    _("\"%s\" must be from %d to %d, not %lld"), s->name,
		    s->min, s->max, v);
	*(int *)place(c, s) = (int)v;
	return true;
}

static bool
set_choice(const struct conf *c, const struct setting *s, const char *word,
    struct err *err)
{
	struct buf words = {0};

	for (int i = 0; s->words[i] != NULL; i++) {
		if (strcmp(s->words[i], word) == 0) {
			*(int *)place(c, s) = i;
			buf_free(&words);
			return true;
		}
		buf_printf(&words, "%s%s", i > 0 ? ", " : "", s->words[i]);
	}
	err_set(err, ERR_CONFIG, _("\"%s\" must be one of: %s"), s->name,
	    buf_text(&words));
	buf_free(&words);
	return false;
}

static bool
set_string(const struct conf *c, const struct setting *s, const char *text)
{
	char **at = place(c, s);

	free(*at);
	*at = text != NULL ? xstrdup(text) : NULL;
	return true;
}

static bool
text_bool(const struct conf *c, const struct setting *s, const char *value,
    struct err *err)
{
	static const char *const words[] = {
	    "false", "true", "no", "yes", "off", "on", "0", "1"};

	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		if (strcmp(words[i], value) == 0) {
			*(bool *)place(c, s) = i % 2 == 1;
			return true;
		}
	return err_set(
	    err, ERR_CONFIG, _("\"%s\" must be true or false"), s->name);
}

static bool
text_int(const struct conf *c, const struct setting *s, const char *value,
    struct err *err)
{
	char *end;
	long long v;

	errno = 0;
	v = strtoll(value, &end, 10);
	if (errno != 0 || end == value || *end != '\0')
		return err_set(err, ERR_CONFIG,
		    _("\"%s\" must be a whole number"), s->name);
	return set_int(c, s, v, err);
}

static bool
set_text(const struct conf *c, const struct setting *s, const char *value,
    struct err *err)
{
	switch (s->type) {
	case CONF_BOOL:
		return text_bool(c, s, value, err);
	case CONF_INT:
		return text_int(c, s, value, err);
	case CONF_CHOICE:
		return set_choice(c, s, value, err);
	case CONF_STRING:
		break;
	}
	return set_string(c, s, value);
}

/* A file's value has a type of its own, and it must be the right one: "1" is
 * no number and 1 no word, so that a slip is named and not guessed at. */
static bool
set_typed(const struct conf *c, const struct setting *s,
    const config_setting_t *v, struct err *err)
{
	int type = config_setting_type(v);

	if (s->type == CONF_BOOL) {
		if (type != CONFIG_TYPE_BOOL)
			return err_set(err, ERR_CONFIG,
			    _("\"%s\" must be true or false"), s->name);
		*(bool *)place(c, s) = config_setting_get_bool(v);
		return true;
	}
	if (s->type == CONF_INT) {
		if (type != CONFIG_TYPE_INT && type != CONFIG_TYPE_INT64)
			return err_set(err, ERR_CONFIG,
			    _("\"%s\" must be a whole number"), s->name);
		return set_int(c, s, config_setting_get_int64(v), err);
	}
	if (type != CONFIG_TYPE_STRING)
		return err_set(err, ERR_CONFIG,
		    _("\"%s\" must be text in \"quotes\""), s->name);
	return set_text(c, s, config_setting_get_string(v), err);
}

static bool
at_line(const struct conf *c, const config_setting_t *v, struct err *err)
{
	const char *file = config_setting_source_file(v);

	return err_prefix(err, "%s:%u", file != NULL ? file : c->path,
	    (unsigned)config_setting_source_line(v));
}

/* Walks a group; prefix is "" or "group.". libconfig bounds the depth of what
 * it parses, and ours is the depth of the table's names: deeper is unknown. */
static bool
walk(const struct conf *c, const config_setting_t *group, const char *prefix,
    struct err *err)
{
	bool ok = true;

	for (int i = 0; ok && i < config_setting_length(group); i++) {
		config_setting_t *v =
		    config_setting_get_elem(group, (unsigned)i);
		char *name = xasprintf("%s%s", prefix, config_setting_name(v));
		const struct setting *s = find(c, name);

		if (s != NULL) {
			ok = set_typed(c, s, v, err) || at_line(c, v, err);
		} else if (config_setting_is_group(v) &&
			   strchr(prefix, '.') == NULL) {
			char *inner = xasprintf("%s.", name);

			ok = walk(c, v, inner, err);
			free(inner);
		} else {
			unknown(c, name, err);
			ok = at_line(c, v, err);
		}
		free(name);
	}
	return ok;
}

static bool
parse(const struct conf *c, FILE *f, struct err *err)
{
	config_t file;
	bool ok;

	config_init(&file);
	if (config_read(&file, f) == CONFIG_TRUE) {
		ok = walk(c, config_root_setting(&file), "", err);
	} else {
		const char *where = config_error_file(&file);

		ok = err_set(err, ERR_CONFIG, "%s:%d: %s",
		    where != NULL ? where : c->path, config_error_line(&file),
		    config_error_text(&file));
	}
	config_destroy(&file);
	return ok;
}

bool
conf_load(void *into, const struct setting *table, size_t n, const char *path,
    bool optional, struct err *err)
{
	struct conf c = {.into = into, .table = table, .n = n, .path = path};
	FILE *f = fopen(path, "re");
	bool ok;

	if (f == NULL && optional && (errno == ENOENT || errno == ENOTDIR))
		return true;
	if (f == NULL)
		return err_sys(err, ERR_CONFIG, "%s", path);
	ok = parse(&c, f, err);
	fclose(f);
	return ok;
}

bool
conf_set(void *into, const struct setting *table, size_t n, const char *name,
    const char *value, struct err *err)
{
	struct conf c = {.into = into, .table = table, .n = n};
	const struct setting *s = find(&c, name);

	if (s == NULL)
		return unknown(&c, name, err);
	return set_text(&c, s, value, err);
}

/* A default that its own row refuses is a fault of the table. */
static void
preset(const struct conf *c, const struct setting *s)
{
	struct err err;

	if (s->preset != NULL && !set_text(c, s, s->preset, &err)) {
		fprintf(stderr, "hearth: %s\n", err.text);
		abort();
	}
}

void
conf_defaults(void *into, const struct setting *table, size_t n)
{
	struct conf c = {.into = into, .table = table, .n = n};

	for (size_t i = 0; i < n; i++) {
		if (table[i].type == CONF_STRING)
			*(char **)place(&c, &table[i]) = NULL;
		else if (table[i].type == CONF_BOOL)
			*(bool *)place(&c, &table[i]) = false;
		else
			*(int *)place(&c, &table[i]) = 0;
		preset(&c, &table[i]);
	}
}

void
conf_free(void *into, const struct setting *table, size_t n)
{
	struct conf c = {.into = into, .table = table, .n = n};

	for (size_t i = 0; i < n; i++)
		if (table[i].type == CONF_STRING)
			set_string(&c, &table[i], NULL);
}
