/*
 * Whatever a service answers, each command's page and file come out whole:
 * the first byte chooses the command, the rest is the answer.
 */
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include "base/json.h"
#include "client/call.h"
#include "client/out.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const struct out_options options = {.width = 60, .ascii = true};
	struct err err;
	struct buf out = {0};
	struct doc doc;
	cJSON *answer;

	if (size == 0)
		return 0;
	answer = json_parse((const char *)data + 1, size - 1, 1 << 20, &err);
	if (answer == NULL)
		return 0;
	doc_init(&doc);
	commands[data[0] % commands_count].show(&doc, answer);
	out_table(&out, &doc, &options, &err);
	out_plain(&out, &doc, &options, &err);
	out_csv(&out, &doc, &options, &err);
	doc_fini(&doc);
	buf_free(&out);
	cJSON_Delete(answer);
	return 0;
}
