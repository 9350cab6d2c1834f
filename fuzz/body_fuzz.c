/*
 * Bodies of PUT requests: the first byte picks the table, the rest is the
 * body. What is refused is refused in words; what is taken is written in one
 * form, which is taken again (with the version that was seen) and written the
 * same.
 */
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "proto/body.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* The kept form has no version; a body that needs one gets it. */
static void
with_version(struct buf *out, enum body body, const struct buf *kept)
{
	bool empty = kept->len == 2;

	if (strcmp(bodies[body].fields[0].name, "version") != 0) {
		buf_add(out, kept->data, kept->len);
		return;
	}
	buf_str(out, empty ? "{\"version\":0" : "{\"version\":0,");
	buf_add(out, kept->data + 1, kept->len - 1);
}

static void
again(enum body body, const struct buf *kept)
{
	struct buf text = {0}, second = {0};
	struct body_fault fault;
	struct err err;
	cJSON *tree;

	with_version(&text, body, kept);
	tree = body_read(body, buf_text(&text), text.len, &fault, &err);
	if (tree == NULL)
		abort();
	body_write(&second, body, tree);
	if (second.len != kept->len ||
	    memcmp(second.data, kept->data, kept->len) != 0)
		abort();
	cJSON_Delete(tree);
	buf_free(&text);
	buf_free(&second);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	enum body body = size > 0 ? (enum body)(data[0] % BODIES) : BODIES;
	char *copy = malloc(size > 0 ? size : 1); /* exact, for overreads */
	struct body_fault fault;
	struct err err = {0};
	struct buf kept = {0};
	cJSON *tree;

	if (size > 0) {
		memcpy(copy, data + 1, size - 1);
		tree = body_read(body, copy, size - 1, &fault, &err);
		if (tree == NULL && (err.code == ERR_NONE || *err.text == '\0'))
			abort();
		if (tree != NULL) {
			body_write(&kept, body, tree);
			again(body, &kept);
		}
		cJSON_Delete(tree);
	}
	buf_free(&kept);
	free(copy);
	return 0;
}
