/*
 * The resources that answers are made of, as C structs with one table of
 * fields each (resources.def): struct api_node, struct api_row ... The same
 * table writes a resource to JSON and reads it back, so service and client
 * cannot disagree. Pure.
 */
#ifndef HEARTH_PROTO_RESOURCES_H
#define HEARTH_PROTO_RESOURCES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/json.h"

#define API_NULL INT64_MIN /* an INT that is null */

typedef const char *api_text;
typedef int64_t api_int;
typedef int32_t api_date; /* base/date.h */
typedef bool api_bool;

#define API_C_TEXT api_text
#define API_C_INT api_int
#define API_C_DATE api_date
#define API_C_BOOL api_bool
#define RESOURCE(name) struct api_##name {
#define FIELD(name, type, member) API_C_##type member;
#define END(name) \
	}         \
	;
#include "proto/resources.def"
#undef RESOURCE
#undef FIELD
#undef END

enum api_resource {
#define RESOURCE(name) API_RESOURCE_##name,
#define FIELD(name, type, member)
#define END(name)
#include "proto/resources.def"
#undef RESOURCE
#undef FIELD
#undef END
	API_RESOURCES
};

enum api_field_type {
	API_FIELD_TEXT,
	API_FIELD_INT,
	API_FIELD_DATE,
	API_FIELD_BOOL
};

struct api_field {
	const char *name;
	enum api_field_type type;
	size_t offset;
};

struct api_resource_info {
	const char *name; /* "node" */
	const struct api_field *fields;
	size_t n;
};

extern const struct api_resource_info api_resources[API_RESOURCES];

/* Writes the members of the resource at value, a struct api_NAME, into the
 * object that is open; other members may stand before and after. */
void api_members(struct json *j, enum api_resource resource, const void *value);
/* The members as an object of their own. */
void api_object(struct json *j, enum api_resource resource, const void *value);
/* Reads an object into value. Texts are borrowed from the tree. False when
 * object is none or a member has the wrong type; members that are absent are
 * null (0 for BOOL), members that are not known are skipped, so that an older
 * client understands a newer service. */
bool api_read(void *value, enum api_resource resource, const cJSON *object);

#endif
