/*
 * The HTTP interface as tables: routes with their query parameters, and the
 * fields of the resources that answers are made of. The service checks every
 * request with these tables before a handler sees it; the client builds its
 * requests from them. Pure.
 */
#ifndef HEARTH_PROTO_API_H
#define HEARTH_PROTO_API_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/err.h"
#include "proto/codes.h"

#define API_VERSION 1
#define API_MAX_QUERY 8192 /* bytes of a query, still encoded */
#define API_MAX_PATH 512
#define API_ROWS 50 /* rows of a page, when no limit is asked for */

enum api_type {
	API_TYPE_TEXT, /* UTF-8 without control characters */
	API_TYPE_ID,   /* printable, without blanks at the ends */
	API_TYPE_DATE, /* YYYY-MM-DD */
	API_TYPE_INT,
	API_TYPE_WORD, /* one of a vocabulary */
};

enum api_param_id {
#define PARAM(id, name, type, least, most, codes, help) API_##id,
#include "proto/api.def"
	API_PARAMS
};

struct api_param {
	const char *name;
	enum api_type type;
	int least, most; /* of the number, or bytes of the text */
	int codes;	 /* API_TYPE_WORD: enum codeset_id; else -1 */
	const char *help;
};

enum api_route_id {
#define ROUTE(id, path, needed, taken, help) ROUTE_##id,
#include "proto/api.def"
	API_ROUTES
};

struct api_route {
	const char *method; /* "GET", "PUT" */
	const char *path;   /* "/v1/child/{id}"; {n} is a parameter too */
	uint64_t needed;    /* bit p: parameter p must be given */
	uint64_t taken;	    /* needed, and those that may be given */
	const char *help;
};

extern const struct api_param api_params[API_PARAMS];
extern const struct api_route api_routes[API_ROUTES];

/* API_PARAMS or API_ROUTES when there is none of that name. */
enum api_param_id api_param_named(const char *name, size_t len);
/* The route of the same path that takes the method (HEAD as GET); the route
 * itself when none does. */
enum api_route_id api_route_taking(enum api_route_id route, const char *method);
/* The methods of a path, "GET, PUT". */
void api_methods(struct buf *out, enum api_route_id route);

static inline bool
api_takes(enum api_route_id route, enum api_param_id param)
{
	return (api_routes[route].taken >> param & 1) != 0;
}

/* Whether it stands in the path, never in the query. */
static inline bool
api_in_path(enum api_param_id param)
{
	return param == API_PATH_ID || param == API_PATH_N;
}

/*
 * Building a request's target: api_target() writes the path, {id} replaced by
 * the encoded id (NULL when the path has none), up to a second part that is
 * not fixed; api_query() adds one parameter, encoded, with ? or & before it.
 */
void api_target(struct buf *out, enum api_route_id route, const char *id);
void api_query(struct buf *out, enum api_param_id param, const char *value);

#endif
