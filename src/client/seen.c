#include "client/seen.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/file.h"
#include "base/json.h"

#define SEEN_MOST 65536

static char *
seen_path(void)
{
	char *folder = file_xdg("STATE");
	char *path = file_join(folder, "seen.json", NULL);

	free(folder);
	return path;
}

/* An object of sources and numbers; an empty one when there is no file, or
 * none that is understood. */
static cJSON *
seen_load(const char *path)
{
	struct buf text = {0};
	cJSON *all = NULL;
	struct err err;

	if (file_read(&text, path, SEEN_MOST, &err))
		all = json_parse(text.data, text.len, SEEN_MOST, &err);
	buf_free(&text);
	if (!cJSON_IsObject(all)) {
		cJSON_Delete(all);
		all = cJSON_CreateObject();
	}
	return all;
}

uint32_t
seen_read(const char *source)
{
	char *path = seen_path();
	cJSON *all = seen_load(path);
	const cJSON *n = source != NULL
			     ? cJSON_GetObjectItemCaseSensitive(all, source)
			     : NULL;
	uint32_t seen = cJSON_IsNumber(n) && n->valuedouble > 0 &&
				n->valuedouble < UINT32_MAX
			    ? (uint32_t)n->valuedouble
			    : 0;

	cJSON_Delete(all);
	free(path);
	return seen;
}

void
seen_write(const char *source, uint32_t generation)
{
	char *folder = file_xdg("STATE"), *path = seen_path(), *text;
	cJSON *all = seen_load(path);
	struct err err;

	if (source != NULL) {
		cJSON_DeleteItemFromObjectCaseSensitive(all, source);
		cJSON_AddNumberToObject(all, source, generation);
		text = cJSON_PrintUnformatted(all);
		if (text != NULL && file_mkdirs(folder, &err))
			(void)file_replace(path, text, strlen(text), &err);
		cJSON_free(text);
	}
	cJSON_Delete(all);
	free(path);
	free(folder);
}
