#include "proto/resources.h"

#include <string.h>

#include "base/date.h"

#define RESOURCE(name) static const struct api_field name##_fields[] = {
#define FIELD(name, type, member) \
	{#member, API_FIELD_##type, offsetof(struct api_##name, member)},
#define END(name) \
	}         \
	;
#include "proto/resources.def"
#undef RESOURCE
#undef FIELD
#undef END

const struct api_resource_info api_resources[API_RESOURCES] = {
#define RESOURCE(name)                                 \
	[API_RESOURCE_##name] = {#name, name##_fields, \
	    sizeof name##_fields / sizeof *name##_fields},
#define FIELD(name, type, member)
#define END(name)
#include "proto/resources.def"
#undef RESOURCE
#undef FIELD
#undef END
};

static void
api_write_int(struct json *j, int64_t v)
{
	if (v == API_NULL)
		json_null(j);
	else
		json_int(j, v);
}

static void
api_write_field(struct json *j, const struct api_field *f, const char *at)
{
	json_key(j, f->name);
	switch (f->type) {
	case API_FIELD_TEXT:
		json_string(j, *(const api_text *)at);
		break;
	case API_FIELD_INT:
		api_write_int(j, *(const api_int *)at);
		break;
	case API_FIELD_DATE:
		json_date(j, *(const api_date *)at);
		break;
	case API_FIELD_BOOL:
		json_bool(j, *(const api_bool *)at);
		break;
	}
}

void
api_members(struct json *j, enum api_resource resource, const void *value)
{
	const struct api_resource_info *r = &api_resources[resource];

	for (size_t i = 0; i < r->n; i++)
		api_write_field(j, &r->fields[i],
		    (const char *)value + r->fields[i].offset);
}

void
api_object(struct json *j, enum api_resource resource, const void *value)
{
	json_object(j);
	api_members(j, resource, value);
	json_object_end(j);
}

static bool
api_read_text(api_text *at, const cJSON *m)
{
	*at = m != NULL ? cJSON_GetStringValue(m) : NULL;
	return m == NULL || cJSON_IsNull(m) || *at != NULL;
}

static bool
api_read_int(api_int *at, const cJSON *object, const cJSON *m)
{
	*at = API_NULL;
	return m == NULL || cJSON_IsNull(m) ||
	       json_get_int(object, m->string, at);
}

static bool
api_read_date(api_date *at, const cJSON *m)
{
	const char *text = m != NULL ? cJSON_GetStringValue(m) : NULL;

	*at = text != NULL ? date_parse(text, strlen(text)) : DATE_MISSING;
	return m == NULL || cJSON_IsNull(m) || *at != DATE_MISSING;
}

static bool
api_read_bool(api_bool *at, const cJSON *m)
{
	*at = cJSON_IsTrue(m);
	return m == NULL || cJSON_IsBool(m);
}

bool
api_read(void *value, enum api_resource resource, const cJSON *object)
{
	const struct api_resource_info *r = &api_resources[resource];
	bool ok = cJSON_IsObject(object);

	for (size_t i = 0; ok && i < r->n; i++) {
		const struct api_field *f = &r->fields[i];
		const cJSON *m =
		    cJSON_GetObjectItemCaseSensitive(object, f->name);
		void *at = (char *)value + f->offset;

		switch (f->type) {
		case API_FIELD_TEXT:
			ok = api_read_text(at, m);
			break;
		case API_FIELD_INT:
			ok = api_read_int(at, object, m);
			break;
		case API_FIELD_DATE:
			ok = api_read_date(at, m);
			break;
		case API_FIELD_BOOL:
			ok = api_read_bool(at, m);
			break;
		}
	}
	return ok;
}
