/* The body of a writing, where it is put, and what is wrong with it. */
#include "client/writing_part.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/csv.h"
#include "base/i18n.h"

/* --- the body ----------------------------------------------------------- */

static void
csv_row(cJSON *list, const struct body_info *b, char *const *names,
    const struct csv_field *f, size_t n)
{
	cJSON *o = cJSON_CreateObject();

	for (size_t i = 0; i < n && names[i] != NULL; i++) {
		enum body body = (enum body)(b - bodies);
		const struct body_field *of =
		    writing_field_of(body, names[i], strlen(names[i]));
		char *text = xstrndup(f[i].s, f[i].len);
		const char *value = text;

		if (of != NULL && of->type == BODY_BOOL)
			value = *text == 'y' || *text == 't' ? "true"
				: *text != '\0'		     ? "false"
							     : "";
		if (of != NULL)
			writing_put_value(o, of, value);
		free(text);
	}
	cJSON_AddItemToArray(list, o);
}

/* A table of objects from a file; its first line names their fields. */
static bool
csv_list(
    cJSON *tree, const struct body_field *f, const char *path, struct err *err)
{
	cJSON *list = cJSON_AddArrayToObject(tree, f->name);
	char *names[33] = {NULL};
	const struct csv_field *cells;
	struct csv *csv;
	size_t n;
	int got;

	if (!csv_open(&csv, path, err))
		return false;
	while ((got = csv_next(csv, &cells, &n, err)) > 0) {
		if (names[0] == NULL) {
			for (size_t i = 0; i < n && i < 32; i++)
				names[i] = xstrndup(cells[i].s, cells[i].len);
			continue;
		}
		if (n == 1 && cells[0].len == 0)
			continue;
		csv_row(list, &bodies[f->of], names, cells, n < 32 ? n : 32);
	}
	for (size_t i = 0; i < 32; i++)
		free(names[i]);
	csv_free(csv);
	return got == 0;
}

/* The object in the tree that the asked fields go into. */
static cJSON *
target_object(const struct writing *w, cJSON *tree)
{
	const struct body_field *list = writing_list_field(w);
	cJSON *all, *o;

	if (w->act->where == ACT_WHOLE)
		return tree;
	if ((o = writing_object_of(w, tree)) != NULL)
		return o;
	all = cJSON_GetObjectItemCaseSensitive(tree, list->name);
	if (all == NULL)
		all = cJSON_AddArrayToObject(tree, list->name);
	o = cJSON_CreateObject();
	cJSON_AddItemToArray(all, o);
	if (w->act->where == ACT_KEYED) {
		const char *key = bodies[list->of].fields[0].name;
		char *is = writing_member_text(w->row, key);

		cJSON_AddStringToObject(o, key, is);
		free(is);
	}
	return o;
}

/* What is not asked but goes with it. */
static void
put_presets(const struct writing *w, cJSON *tree)
{
	const char *word = w->act->preset;
	struct writing_preset p;

	while (writing_next_preset(&word, &p)) {
		const struct body_field *f =
		    writing_field_of(w->paper->body, p.name, p.name_len);
		char *value;

		if (f == NULL || writing_asked(w, p.name, p.name_len) != NULL)
			continue;
		value = writing_expand(w, p.value, p.value_len);
		if (*value != '\0')
			writing_put_value(tree, f, value);
		free(value);
	}
}

static cJSON *
tree_of(const struct writing *w, struct err *err)
{
	cJSON *tree = cJSON_Duplicate(w->before, true), *o;
	bool ok = true;

	put_presets(w, tree);
	o = target_object(w, tree);
	for (size_t i = 0; ok && i < w->n; i++) {
		const struct writing_field *f = &w->fields[i];

		if (f->of != NULL && f->of->type == BODY_LIST)
			ok = *f->value == '\0' ||
			     csv_list(o, f->of, f->value, err);
		else if (f->of != NULL)
			writing_put_value(o, f->of, f->value);
	}
	if (writing_field_of(w->paper->body, "version", 7) != NULL)
		cJSON_AddNumberToObject(tree, "version", (double)w->version);
	if (ok)
		return tree;
	cJSON_Delete(tree);
	return NULL;
}

void
writing_body(const struct writing *w, struct buf *out)
{
	struct err err;
	cJSON *tree = tree_of(w, &err);
	char *text = cJSON_PrintUnformatted(tree);

	buf_str(out, text != NULL ? text : "{}");
	cJSON_free(text);
	cJSON_Delete(tree);
}

void
writing_target(const struct writing *w, struct buf *target)
{
	char *id = writing_path_value(w, "id"), *n = writing_path_value(w, "n");

	api_target(target, w->paper->put, id);
	if (w->paper->put == ROUTE_RELEASE)
		buf_printf(target, "%s/release", n);
	free(id);
	free(n);
}

/* --- what is wrong ------------------------------------------------------ */

/* Which field "extensions[2].to" is about. */
static size_t
field_named(const struct writing *w, const char *path)
{
	const char *dot = strrchr(path, '.');
	const char *name = dot != NULL ? dot + 1 : path;
	size_t len = strcspn(name, "[");

	for (size_t i = 0; i < w->n; i++)
		if (strlen(w->fields[i].name) == len &&
		    strncmp(w->fields[i].name, name, len) == 0)
			return i;
	return w->n;
}

/* The message with the field's label instead of its name in the body. */
void
writing_say_wrong(struct writing *w, const char *field, const char *hint)
{
	size_t at = field_named(w, field), len = strlen(field);
	char text[sizeof w->err.text];
	const char *rest = w->err.text;

	w->wrong = at;
	if (len > 0 && strncmp(rest, field, len) == 0 &&
	    strncmp(rest + len, ": ", 2) == 0)
		rest += len + 2;
	snprintf(text, sizeof text, "%s%s%.300s%s%.150s",
	    at < w->n ? w->fields[at].label : field, len > 0 ? ": " : "", rest,
	    *hint ? "; " : "", hint);
	snprintf(w->err.text, sizeof w->err.text, "%s", text);
}

static bool
all_given(struct writing *w)
{
	for (size_t i = 0; i < w->n; i++) {
		if (!w->fields[i].needed || *w->fields[i].value != '\0')
			continue;
		w->wrong = i;
		return err_set(&w->err, ERR_USAGE, _("%s: must be given"),
		    w->fields[i].label);
	}
	return true;
}

static bool
paths_sound(struct writing *w)
{
	for (size_t i = 0; i < w->n; i++) {
		const struct writing_field *f = &w->fields[i];
		bool number = strcmp(f->name, "n") == 0;

		if (f->of != NULL)
			continue;
		if (strlen(f->value) <= 40 &&
		    f->value[strspn(f->value,
			number ? "0123456789"
			       : "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQR"
				 "STUVWXYZ0123456789.-_")] == '\0')
			continue;
		w->wrong = i;
		return err_set(&w->err, ERR_BAD_VALUE,
		    number ? _("%s: not a number")
			   : _("%s: letters, digits, dots and dashes, at most "
			       "40 of them"),
		    f->label);
	}
	return true;
}

bool
writing_check(struct writing *w)
{
	struct body_fault fault = {0};
	cJSON *tree, *read;
	char *text;

	w->err = (struct err){0};
	w->wrong = w->n;
	if (!all_given(w) || !paths_sound(w))
		return false;
	tree = tree_of(w, &w->err);
	if (tree == NULL) {
		w->wrong = field_named(w, "staff");
		return false;
	}
	text = cJSON_PrintUnformatted(tree);
	read = body_read(w->paper->body, text, strlen(text), &fault, &w->err);
	if (read == NULL)
		writing_say_wrong(w, fault.field, fault.hint);
	cJSON_free(text);
	cJSON_Delete(tree);
	cJSON_Delete(read);
	return w->err.code == ERR_NONE;
}
