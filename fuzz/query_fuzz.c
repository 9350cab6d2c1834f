/*
 * Paths and queries: whatever comes is refused or gives values within the
 * bounds of the interface's tables.
 */
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "service/params.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void
check(const struct params *p)
{
	for (int id = 0; id < API_PARAMS; id++) {
		const struct api_param *a = &api_params[id];
		const struct param *v = &p->at[id];

		if (!v->given)
			continue;
		if (strlen(v->text) != v->len)
			abort();
		if (a->type == API_TYPE_INT &&
		    (v->n < a->least || v->n > a->most))
			abort();
		if (a->type == API_TYPE_DATE &&
		    (v->n < DATE_FIRST || v->n > DATE_LAST))
			abort();
		if (a->type == API_TYPE_WORD &&
		    (v->n < 1 || v->n > codesets[a->codes].n))
			abort();
		if ((a->type == API_TYPE_TEXT || a->type == API_TYPE_ID) &&
		    v->len > (size_t)a->most)
			abort();
	}
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char *text = strndup((const char *)data, size);
	char *mark = strchr(text, '?');
	struct arena arena = {0};
	struct params p = {0};
	enum api_route_id route = ROUTE_LIST;
	const char *parts[4];
	struct err err;
	size_t n;

	if (mark != NULL)
		*mark = '\0';
	if (params_path(&p, &arena, text, &route, &err) &&
	    params_query(
		&p, &arena, route, mark != NULL ? mark + 1 : NULL, &err))
		check(&p);
	params_split(&arena, text, 4, parts, &n);
	arena_free(&arena);
	free(text);
	return 0;
}
