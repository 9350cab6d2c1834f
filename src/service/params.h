/*
 * From a raw query to checked parameters. Nothing that came from outside
 * reaches a handler but through here: percent encoding, UTF-8, control bytes,
 * lengths, ranges, closed lists, parameters given twice, unknown or missing
 * ones are all decided by the interface's tables.
 */
#ifndef HEARTH_SERVICE_PARAMS_H
#define HEARTH_SERVICE_PARAMS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/err.h"
#include "proto/api.h"

struct param {
	bool given;
	const char *text; /* decoded; lives as long as the arena */
	size_t len;
	int64_t n; /* number, day number, or code of the word */
};

/* What was wrong, beside the error: for the refusal's field and hint. */
struct refusal {
	const char *field; /* the parameter's name, or NULL */
	const char *hint;  /* what to do instead, or NULL; both live in arena */
};

struct params {
	struct param at[API_PARAMS];
	struct refusal fault;
};

/* The route of a path, with its {id} put into params; false with ERR_
 * NO_SUCH_ROUTE, BAD_REQUEST or BAD_VALUE. */
bool params_path(struct params *p, struct arena *arena, const char *path,
    enum api_route_id *route, struct err *err);
/* The query's parameters as the route takes them; NULL is an empty query. */
bool params_query(struct params *p, struct arena *arena,
    enum api_route_id route, const char *query, struct err *err);

/* Splits "a,b,c" in place of the arena into parts that are not empty; false
 * when there are none, an empty one or more than max. */
bool params_split(struct arena *arena, const char *text, size_t max,
    const char **parts, size_t *n);

#endif
