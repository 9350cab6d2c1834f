#include "proto/api.h"

#include <string.h>

#include "base/i18n.h"

const struct api_param api_params[API_PARAMS] = {
#define PARAM(id, name, type, least, most, codes, help) \
	[API_##id] = {name, API_TYPE_##type, least, most, codes, help},
#include "proto/api.def"
};

const struct api_route api_routes[API_ROUTES] = {
#define ROUTE(id, path, needed, taken, help) \
	[ROUTE_##id] = {"GET", path, needed, (needed) | (taken), help},
#define PUT(id, path, needed, taken, help) \
	[ROUTE_##id] = {"PUT", path, needed, (needed) | (taken), help},
#include "proto/api.def"
};

enum api_param_id
api_param_named(const char *name, size_t len)
{
	int i = 0;

	while (
	    i < API_PARAMS && (strlen(api_params[i].name) != len ||
				  memcmp(api_params[i].name, name, len) != 0))
		i++;
	return (enum api_param_id)i;
}

enum api_route_id
api_route_taking(enum api_route_id route, const char *method)
{
	const char *takes = strcmp(method, "HEAD") == 0 ? "GET" : method;

	for (int i = 0; i < API_ROUTES; i++)
		if (strcmp(api_routes[i].path, api_routes[route].path) == 0 &&
		    strcmp(api_routes[i].method, takes) == 0)
			return (enum api_route_id)i;
	return route;
}

void
api_methods(struct buf *out, enum api_route_id route)
{
	for (int i = 0; i < API_ROUTES; i++)
		if (strcmp(api_routes[i].path, api_routes[route].path) == 0)
			buf_printf(out, "%s%s", out->len > 0 ? ", " : "",
			    api_routes[i].method);
}

/* RFC 3986's unreserved bytes stand as they are. */
static void
api_encode(struct buf *out, const char *s)
{
	static const char plain[] = "abcdefghijklmnopqrstuvwxyz"
				    "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~";

	for (; *s != '\0'; s++) {
		if (strchr(plain, *s) != NULL)
			buf_char(out, *s);
		else
			buf_printf(out, "%%%02X", (unsigned char)*s);
	}
}

void
api_target(struct buf *out, enum api_route_id route, const char *id)
{
	const char *path = api_routes[route].path;
	const char *brace = strchr(path, '{');

	buf_add(
	    out, path, brace != NULL ? (size_t)(brace - path) : strlen(path));
	if (brace == NULL || id == NULL)
		return;
	api_encode(out, id);
	path = strchr(brace, '}') + 1;
	buf_add(out, path, strcspn(path, "{"));
}

void
api_query(struct buf *out, enum api_param_id param, const char *value)
{
	bool first = out->len == 0 || memchr(out->data, '?', out->len) == NULL;

	buf_char(out, first ? '?' : '&');
	buf_str(out, api_params[param].name);
	buf_char(out, '=');
	api_encode(out, value);
}
