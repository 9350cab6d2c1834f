#include "contract/ask.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "lib/schema.h"
#include "lib/unit.h"
#include "service/params.h"

const cJSON *
ask_openapi(void)
{
	static cJSON *whole;

	if (whole == NULL) {
		char *path = fixture_source("etc/openapi.json");
		struct buf text = {0};
		struct err err = {0};

		ck_assert_msg(
		    file_read(&text, path, 1 << 22, &err), "%s", err.text);
		whole = json_parse(text.data, text.len, text.len, &err);
		ck_assert_msg(whole != NULL, "%s: %s", path, err.text);
		buf_free(&text);
		free(path);
	}
	return whole;
}

enum api_route_id
ask_route(const char *target, const char *method)
{
	char *path = xstrndup(target, strcspn(target, "?"));
	enum api_route_id route = API_ROUTES;
	struct params params = {0};
	struct arena arena = {0};
	struct err err;

	if (!params_path(&params, &arena, path, &route, &err))
		route = API_ROUTES;
	else
		route = api_route_taking(route, method);
	arena_free(&arena);
	free(path);
	return route;
}

const cJSON *
ask_described(enum api_route_id route)
{
	const cJSON *at =
	    cJSON_GetObjectItemCaseSensitive(ask_openapi(), "paths");

	at = cJSON_GetObjectItemCaseSensitive(at, api_routes[route].path);
	return cJSON_GetObjectItem(at, api_routes[route].method);
}

static const cJSON *
schema_of(enum api_route_id route, int status)
{
	const cJSON *at;
	char code[16];

	if (status >= 400)
		return schema_at(ask_openapi(), "#/components/schemas/Error");
	snprintf(code, sizeof code, "%d", status);
	at = schema_at(ask_described(route), "#/responses");
	at = cJSON_GetObjectItemCaseSensitive(at, code);
	at = schema_at(at, "#/content");
	at = cJSON_GetObjectItemCaseSensitive(at, "application/json");
	return cJSON_GetObjectItemCaseSensitive(at, "schema");
}

static const char *
method_of(const struct asking *q)
{
	if (q->method != NULL)
		return q->method;
	return q->body != NULL ? "PUT" : "GET";
}

void
ask_answer(const struct asking *q, struct answer *a)
{
	char *path = xstrndup(q->target, strcspn(q->target, "?"));
	const char *query = strchr(q->target, '?');
	const struct request r = {.method = method_of(q),
	    .path = path,
	    .query = query != NULL ? query + 1 : NULL,
	    .body = q->body,
	    .body_len = q->body_len == 0 && q->body != NULL ? strlen(q->body)
							    : q->body_len,
	    .who = {q->nobody ? WHO_NOBODY : WHO_LOCAL,
		q->who != NULL || q->nobody ? q->who : "test"}};

	service_answer(q->of->service, &r, a);
	ck_assert_msg(q->status == 0 || a->status == q->status,
	    "%s %s: %d: %.600s %s", r.method, q->target, a->status,
	    buf_text(&a->body), a->fault.text);
	/* An answer that nobody asked a right for must not exist. */
	ck_assert_msg(
	    a->status >= 300 || a->asked > 0, "%s: no right asked", q->target);
	free(path);
}

cJSON *
ask_tree(const struct asking *q, const struct answer *a)
{
	const cJSON *schema =
	    schema_of(ask_route(q->target, method_of(q)), a->status);
	struct buf why = {0};
	struct err err = {0};
	cJSON *tree = json_parse(a->body.data, a->body.len, a->body.len, &err);

	ck_assert_msg(tree != NULL, "%s: %s", q->target, err.text);
	ck_assert_msg(schema != NULL, "%s: openapi.json has no %d of it",
	    q->target, a->status);
	ck_assert_msg(schema_check(ask_openapi(), schema, tree, &why),
	    "%s: not as openapi.json says of %d: %s", q->target, a->status,
	    buf_text(&why));
	buf_free(&why);
	return tree;
}

cJSON *
ask(const struct asking *q)
{
	struct answer a = {0};
	cJSON *tree;

	ask_answer(q, &a);
	tree = ask_tree(q, &a);
	answer_free(&a);
	return tree;
}
