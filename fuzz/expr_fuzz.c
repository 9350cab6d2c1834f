/* Any text as an expression: refused with a place in it, or compiled. */
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "measure/expr.h"
#include "measure/prog.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const enum expr_type types[] = {
	    EXPR_BOOL, EXPR_NUMBER, EXPR_DATE};
	char *text;

	if (size > 4000)
		return 0;
	text = xstrndup((const char *)data, size);
	for (size_t i = 0; i < sizeof types / sizeof *types * OVERS; i++) {
		const struct expr_ask ask = {

		    .type = types[i / OVERS], .over = (enum over)(i % OVERS)};
		struct arena arena = {0};
		struct expr_fault fault;
		const struct expr *e = expr_parse(&arena, text, &ask, &fault);

		if (e != NULL) {
			struct prog *p = prog_new(ask.over);

			prog_add(p, e);
			prog_free(p);
		} else if (fault.at > strlen(text) || fault.text[0] == '\0') {
			abort();
		}
		arena_free(&arena);
	}
	free(text);
	return 0;
}
