#include "lib/schema.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/date.h"

struct schema {
	const cJSON *document;
	struct buf *why;
	const char *path[64];
	int depth;
};

static bool check(struct schema *s, const cJSON *schema, const cJSON *value);

static bool
fault(struct schema *s, const char *what)
{
	if (s->why->len > 0)
		return false;
	for (int i = 0; i < s->depth; i++)
		buf_printf(s->why, "/%s", s->path[i]);
	buf_printf(s->why, ": %s", what);
	return false;
}

static bool
below(
    struct schema *s, const char *name, const cJSON *schema, const cJSON *value)
{
	bool ok;

	s->path[s->depth++] = name;
	ok = check(s, schema, value);
	s->depth--;
	return ok;
}

const cJSON *
schema_at(const cJSON *document, const char *pointer)
{
	char *copy = xstrdup(pointer + 1), *save;
	const cJSON *at = document;

	for (char *part = strtok_r(copy, "/", &save);
	     part != NULL && at != NULL; part = strtok_r(NULL, "/", &save))
		at = cJSON_GetObjectItemCaseSensitive(at, part);
	free(copy);
	return at;
}

/* --- one keyword each ------------------------------------------------ */

static bool
is_type(const char *type, const cJSON *v)
{
	if (strcmp(type, "integer") == 0)
		return cJSON_IsNumber(v) &&
		       floor(v->valuedouble) == v->valuedouble;
	return (strcmp(type, "null") == 0 && cJSON_IsNull(v)) ||
	       (strcmp(type, "string") == 0 && cJSON_IsString(v)) ||
	       (strcmp(type, "boolean") == 0 && cJSON_IsBool(v)) ||
	       (strcmp(type, "object") == 0 && cJSON_IsObject(v)) ||
	       (strcmp(type, "array") == 0 && cJSON_IsArray(v));
}

static bool
check_type(
    struct schema *s, const cJSON *type, const cJSON *schema, const cJSON *v)
{
	const cJSON *one;

	(void)schema;
	if (cJSON_IsString(type))
		return is_type(type->valuestring, v) ||
		       fault(s, type->valuestring);
	cJSON_ArrayForEach(
	    one, type) if (is_type(one->valuestring, v)) return true;
	return fault(s, "none of the types");
}

static bool
check_enum(
    struct schema *s, const cJSON *list, const cJSON *schema, const cJSON *v)
{
	const cJSON *one;

	(void)schema;
	cJSON_ArrayForEach(
	    one, list) if (cJSON_Compare(one, v, true)) return true;
	return fault(s, "not in the enum");
}

static bool
check_required(
    struct schema *s, const cJSON *list, const cJSON *schema, const cJSON *v)
{
	const cJSON *name;

	(void)schema;
	cJSON_ArrayForEach(
	    name, list) if (!cJSON_HasObjectItem(v,
				name->valuestring)) return fault(s,
	    name->valuestring);
	return true;
}

static bool
check_properties(
    struct schema *s, const cJSON *all, const cJSON *schema, const cJSON *v)
{
	const cJSON *member;

	(void)schema;
	if (!cJSON_IsObject(v))
		return true;
	cJSON_ArrayForEach(member, v)
	{
		const cJSON *one =
		    cJSON_GetObjectItemCaseSensitive(all, member->string);

		if (one != NULL && !below(s, member->string, one, member))
			return false;
	}
	return true;
}

static bool
check_additional(
    struct schema *s, const cJSON *allowed, const cJSON *schema, const cJSON *v)
{
	const cJSON *all =
	    cJSON_GetObjectItemCaseSensitive(schema, "properties");
	const cJSON *member;

	if (!cJSON_IsFalse(allowed))
		return fault(s, "additionalProperties that are not false");
	if (cJSON_IsObject(v))
		cJSON_ArrayForEach(
		    member, v) if (cJSON_GetObjectItemCaseSensitive(all,
				       member->string) == NULL) return below(s,
		    member->string, NULL, NULL) ||
		    fault(s, "not described");
	return true;
}

static bool
check_items(
    struct schema *s, const cJSON *items, const cJSON *schema, const cJSON *v)
{
	const cJSON *item;

	(void)schema;
	if (cJSON_IsArray(v))
		cJSON_ArrayForEach(
		    item, v) if (!below(s, "[]", items, item)) return false;
	return true;
}

static bool
check_any(
    struct schema *s, const cJSON *list, const cJSON *schema, const cJSON *v)
{
	const cJSON *one;
	struct buf last = {0};

	(void)schema;
	cJSON_ArrayForEach(one, list)
	{
		struct schema again = *s;
		struct buf why = {0};

		again.why = &why;
		if (check(&again, one, v)) {
			buf_free(&why);
			buf_free(&last);
			return true;
		}
		buf_free(&last);
		last = why;
		if (!cJSON_IsNull(v))
			break; /* the first alternative is the real one */
	}
	if (s->why->len == 0)
		buf_add(s->why, last.data, last.len);
	buf_free(&last);
	return false;
}

static bool
check_format(
    struct schema *s, const cJSON *format, const cJSON *schema, const cJSON *v)
{
	(void)schema;
	if (strcmp(format->valuestring, "date") != 0)
		return fault(s, "a format that is not date");
	return !cJSON_IsString(v) ||
	       date_parse(v->valuestring, strlen(v->valuestring)) !=
		   DATE_MISSING ||
	       fault(s, "no date");
}

static bool
check_ref(
    struct schema *s, const cJSON *ref, const cJSON *schema, const cJSON *v)
{
	const cJSON *to = schema_at(s->document, ref->valuestring);

	(void)schema;
	return to != NULL ? check(s, to, v) : fault(s, ref->valuestring);
}

static bool
check_nothing(
    struct schema *s, const cJSON *k, const cJSON *schema, const cJSON *v)
{
	(void)s;
	(void)k;
	(void)schema;
	(void)v;
	return true;
}

static const struct {
	const char *name;
	bool (*check)(struct schema *s, const cJSON *keyword,
	    const cJSON *schema, const cJSON *value);
} keywords[] = {
    {"$ref", check_ref},
    {"type", check_type},
    {"enum", check_enum},
    {"required", check_required},
    {"properties", check_properties},
    {"additionalProperties", check_additional},
    {"items", check_items},
    {"anyOf", check_any},
    {"format", check_format},
    {"description", check_nothing},
};

static bool
check(struct schema *s, const cJSON *schema, const cJSON *value)
{
	const cJSON *k;

	if (schema == NULL)
		return fault(s, "not described");
	cJSON_ArrayForEach(k, schema)
	{
		size_t i = 0, n = sizeof keywords / sizeof *keywords;

		while (i < n && strcmp(keywords[i].name, k->string) != 0)
			i++;
		if (i == n)
			return fault(s, k->string);
		if (!keywords[i].check(s, k, schema, value))
			return false;
	}
	return true;
}

bool
schema_check(const cJSON *document, const cJSON *schema, const cJSON *value,
    struct buf *why)
{
	struct schema s = {.document = document, .why = why};

	return check(&s, schema, value);
}
