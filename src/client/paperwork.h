/*
 * Writing papers of the service from a command line: FIELD=VALUE pairs put
 * into a body by its table (proto/bodies.def), so that commands know fields
 * no more than the table does.
 */
#ifndef HEARTH_CLIENT_PAPERWORK_H
#define HEARTH_CLIENT_PAPERWORK_H

#include "client/call.h"
#include "proto/body.h"

/* Puts one pair. FIELD= empties; a field that is a list takes
 * FIELD=VALUE,VALUE: one more object, its needed fields in the table's order;
 * KEY.FIELD=VALUE sets a field of the object of that key in the list of
 * keyed. ERR_USAGE names what is wrong. */
struct paperwork {
	enum body body;
	const char *keyed;    /* "remedies"; NULL: none */
	const char *keyed_by; /* "finding" */
	enum body keyed_body; /* of its objects */
};
bool paperwork_set(
    const struct paperwork *w, cJSON *tree, const char *pair, struct err *err);
/* Puts the tree to the route's id, with that version as the one seen. */
bool paperwork_put(struct call *call, enum api_route_id route, const char *id,
    cJSON *tree, int64_t version, struct err *err);

#endif
