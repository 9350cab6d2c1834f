/*
 * A question put to the service in process. Whatever it answers must be as
 * etc/openapi.json says of its route and status.
 */
#ifndef HEARTH_TESTS_ASK_H
#define HEARTH_TESTS_ASK_H

#include <stdbool.h>

#include "base/json.h"
#include "contract/fixture.h"
#include "proto/api.h"

struct asking {
	struct fixture *of;
	const char *who;    /* whose machine it is; NULL: "test"'s */
	bool nobody;	    /* not signed in */
	const char *method; /* NULL: GET, or PUT where there is a body */
	const char *target; /* path and query */
	const char *body;   /* NULL: none */
	size_t body_len;    /* 0: a text's */
	int status;	    /* that it must have; 0: any */
};

/* The answer's tree; the caller deletes. */
cJSON *ask(const struct asking *q);
/* The answer itself, of that status: the caller frees. */
void ask_answer(const struct asking *q, struct answer *a);
/* Of an answer to that question: its tree, which is as openapi.json says. */
cJSON *ask_tree(const struct asking *q, const struct answer *a);
/* What a target asks for; API_ROUTES: nothing that there is. */
enum api_route_id ask_route(const char *target, const char *method);
/* etc/openapi.json; kept until the program ends. */
const cJSON *ask_openapi(void);
/* Its description of a route. */
const cJSON *ask_described(enum api_route_id route);

#endif
