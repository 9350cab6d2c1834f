/*
 * What json_parse() takes, the writer writes so that it is taken again, and
 * nothing that it takes was read differently by cJSON than it was checked.
 */
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/json.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void
write_value(struct json *j, const cJSON *v)
{
	int64_t n;

	if (cJSON_IsObject(v)) {
		json_object(j);
		json_kv_int(j, "n", cJSON_GetArraySize(v));
		json_object_end(j);
	} else if (cJSON_IsArray(v)) {
		json_array(j);
		for (const cJSON *m = v->child; m != NULL; m = m->next)
			write_value(j, m);
		json_array_end(j);
	} else if (cJSON_IsString(v)) {
		json_string(j, v->valuestring);
	} else if (cJSON_IsBool(v)) {
		json_bool(j, cJSON_IsTrue(v));
	} else {
		n = v->valuedouble > -1e15 && v->valuedouble < 1e15
			? (int64_t)v->valuedouble
			: 0;
		json_int(j, n);
	}
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char *copy = malloc(size > 0 ? size : 1); /* exact, for overreads */
	struct buf out = {0};
	struct err err = {0};
	struct json j;
	cJSON *tree, *again;

	memcpy(copy, data, size);
	tree = json_parse(copy, size, 1 << 16, &err);
	if (tree != NULL) {
		json_begin(&j, &out);
		write_value(&j, tree);
		again = json_parse(out.data, out.len, out.len, &err);
		if (again == NULL)
			abort();
		cJSON_Delete(again);
	}
	cJSON_Delete(tree);
	buf_free(&out);
	json_begin(&j, &out);
	json_stringn(&j, copy, size);
	tree = json_parse(out.data, out.len, out.len, &err);
	/* Only a NUL byte, written \u0000, may come back refused. */
	if (tree == NULL && memchr(copy, '\0', size) == NULL)
		abort();
	cJSON_Delete(tree);
	buf_free(&out);
	free(copy);
	return 0;
}
