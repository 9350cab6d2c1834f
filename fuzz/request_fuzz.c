/*
 * A whole request against the service over the contract's small store: the
 * answer is always JSON, with a status that its code has, and no figure is
 * given to nobody. Input: the first byte says who asks, then "METHOD TARGET",
 * a line end, the body.
 */
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/json.h"
#include "contract/fixture.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static struct fixture data_store;

static void
remove_store(void)
{
	fixture_close(&data_store);
}

static void
open_store(void)
{
	if (data_store.service != NULL)
		return;
	setenv("top_srcdir", FUZZ_TOP, 0);
	fixture_open(&data_store, true);
	atexit(remove_store);
}

static void
check(const struct answer *a, bool nobody)
{
	struct err err = {0};
	cJSON *tree =
	    json_parse(buf_text(&a->body), a->body.len, a->body.len, &err);

	if (tree == NULL || a->type == NULL || a->status < 200)
		abort();
	if (a->status == 500 || (a->status == 200 && a->asked == 0))
		abort();
	if (a->code != ERR_NONE && a->status != err_http(a->code))
		abort();
	if (nobody && cJSON_HasObjectItem(tree, "rows"))
		abort();
	cJSON_Delete(tree);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char *text, *target, *body, *query;
	struct answer a = {0};
	bool nobody;

	open_store();
	if (size == 0)
		return 0;
	nobody = data[0] == 'N';
	text = strndup((const char *)data + 1, size - 1);
	body = strchr(text, '\n');
	if (body != NULL)
		*body++ = '\0';
	target = strchr(text, ' ');
	if (target != NULL) {
		*target++ = '\0';
		query = strchr(target, '?');
		if (query != NULL)
			*query++ = '\0';
		service_answer(data_store.service,
		    &(struct request){
			.method = text,
			.path = target,
			.query = query,
			.body = body,
			.body_len = body != NULL ? strlen(body) : 0,
			.who = {nobody ? WHO_NOBODY : WHO_LOCAL, "fuzz"},
		    },
		    &a);
		check(&a, nobody);
		answer_free(&a);
	}
	free(text);
	return 0;
}
