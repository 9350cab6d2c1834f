#include "contract/past.h"

#include <stdlib.h>

struct fixture past;

const struct fixture_edit past_lax = {
    "p1.cfg", " and discharge_date < birthday(18)\"", "\""};

void
past_open(void)
{
	fixture_open(&past, true);
}

void
past_close(void)
{
	fixture_close(&past);
}

cJSON *
past_get(const char *target, int status)
{
	return ask(
	    &(struct asking){.of = &past, .target = target, .status = status});
}

cJSON *
past_ref(const char *code)
{
	char *target = xasprintf("/v1/ref?code=%s", code);
	cJSON *ref = past_get(target, 200);

	free(target);
	return ref;
}

const char *
past_text(const cJSON *o, const char *key)
{
	const char *s = json_get_string(o, key);

	return s != NULL ? s : "";
}

const cJSON *
past_item(const cJSON *o, const char *key)
{
	return cJSON_GetObjectItemCaseSensitive(o, key);
}
