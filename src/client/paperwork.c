#include "client/paperwork.h"

#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"

static const struct body_field *
field_named(enum body body, const char *name)
{
	const struct body_info *b = &bodies[body];

	for (size_t i = 0; i < b->n; i++)
		if (strcmp(b->fields[i].name, name) == 0 &&
		    strcmp(name, "version") != 0)
			return &b->fields[i];
	return NULL;
}

static bool
unknown(enum body body, const char *name, struct err *err)
{
	const struct body_info *b = &bodies[body];
	struct buf all = {0};

	for (size_t i = 0; i < b->n; i++)
		if (strcmp(b->fields[i].name, "version") != 0)
			buf_printf(&all, "%s%s", all.len > 0 ? ", " : "",
			    b->fields[i].name);
	err_set(err, ERR_USAGE, _("there is no field \"%s\"; there are %s"),
	    name, buf_text(&all));
	buf_free(&all);
	return false;
}

/* The service says what is wrong with a value; only its JSON type is ours. */
static cJSON *
value_of(const struct body_field *f, const char *text)
{
	char *end;
	double n;

	if (f->type == BODY_BOOL)
		return cJSON_CreateBool(strcmp(text, "true") == 0 ||
					strcmp(text, "y") == 0 ||
					strcmp(text, "yes") == 0);
	if (f->type != BODY_INT)
		return cJSON_CreateString(text);
	n = strtod(text, &end);
	return *end == '\0' ? cJSON_CreateNumber(n) : cJSON_CreateString(text);
}

static void
put_value(cJSON *o, const struct body_field *f, const char *text)
{
	cJSON_DeleteItemFromObjectCaseSensitive(o, f->name);
	if (*text != '\0')
		cJSON_AddItemToObject(o, f->name, value_of(f, text));
}

static cJSON *
list_of(cJSON *tree, const char *name)
{
	cJSON *list = cJSON_GetObjectItemCaseSensitive(tree, name);

	if (!cJSON_IsArray(list)) {
		cJSON_DeleteItemFromObjectCaseSensitive(tree, name);
		list = cJSON_AddArrayToObject(tree, name);
	}
	return list;
}

/* "2012-04-10,Division chief": one more, its fields in the table's order; the
 * last takes what is left, commas and all. */
static void
add_object(cJSON *tree, const struct body_field *f, const char *text)
{
	const struct body_info *b = &bodies[f->of];
	cJSON *o = cJSON_CreateObject();

	for (size_t i = 0; i < b->n && *text != '\0'; i++) {
		size_t n = i + 1 < b->n ? strcspn(text, ",") : strlen(text);
		char *part = xstrndup(text, n);

		put_value(o, &b->fields[i], part);
		free(part);
		text += n + (text[n] == ',');
	}
	cJSON_AddItemToArray(list_of(tree, f->name), o);
}

static cJSON *
keyed_object(const struct paperwork *w, cJSON *tree, const char *key)
{
	cJSON *list = list_of(tree, w->keyed), *o;

	cJSON_ArrayForEach(o, list)
	{
		const char *k = body_text(o, w->keyed_by);

		if (k != NULL && strcmp(k, key) == 0)
			return o;
	}
	o = cJSON_CreateObject();
	cJSON_AddStringToObject(o, w->keyed_by, key);
	cJSON_AddItemToArray(list, o);
	return o;
}

static bool
set_keyed(const struct paperwork *w, cJSON *tree, char *name, const char *value,
    struct err *err)
{
	char *dot = strchr(name, '.');
	const struct body_field *f = field_named(w->keyed_body, dot + 1);

	if (f == NULL)
		return unknown(w->keyed_body, dot + 1, err);
	*dot = '\0';
	put_value(keyed_object(w, tree, name), f, value);
	return true;
}

bool
paperwork_set(
    const struct paperwork *w, cJSON *tree, const char *pair, struct err *err)
{
	const char *equals = strchr(pair, '=');
	const struct body_field *f;
	char *name;
	bool ok = true;

	if (equals == NULL || equals == pair)
		return err_set(
		    err, ERR_USAGE, _("\"%s\" is no FIELD=VALUE"), pair);
	name = xstrndup(pair, (size_t)(equals - pair));
	f = field_named(w->body, name);
	if (f == NULL && w->keyed != NULL && strchr(name, '.') != NULL)
		ok = set_keyed(w, tree, name, equals + 1, err);
	else if (f == NULL)
		ok = unknown(w->body, name, err);
	else if (f->type == BODY_LIST)
		add_object(tree, f, equals + 1);
	else
		put_value(tree, f, equals + 1);
	free(name);
	return ok;
}

bool
paperwork_put(struct call *call, enum api_route_id route, const char *id,
    cJSON *tree, int64_t version, struct err *err)
{
	struct buf target = {0}, body = {0};
	char *text;

	cJSON_DeleteItemFromObjectCaseSensitive(tree, "version");
	cJSON_AddNumberToObject(tree, "version", (double)version);
	text = cJSON_PrintUnformatted(tree);
	buf_str(&body, text);
	cJSON_free(text);
	api_target(&target, route, id);
	return call_put(call, &target, &body, err);
}
