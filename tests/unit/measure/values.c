#include "values.h"

#include <check.h>

#include "base/buf.h"
#include "measure/prog.h"

void
values_check(const struct facts *facts, const struct measure_period *p,
    const struct expr_ask *ask, const char *text,
    const int32_t expected[static VALUES])
{
	struct arena arena = {0};
	struct expr_fault fault = {0};
	const struct expr *e = expr_parse(&arena, text, ask, &fault);
	struct prog *prog = prog_new(ask->over);
	struct prog_frame *frame;
	int reg;

	ck_assert_msg(e != NULL, "%s: %s", text, fault.text);
	reg = prog_add(prog, e);
	frame = prog_frame_new(prog, facts, p);
	prog_run(frame, NULL, 0, VALUES);
	for (int i = 0; i < VALUES; i++) {
		int32_t v = ask->type == EXPR_BOOL
				? prog_truths(frame, reg)[i]
				: prog_numbers(frame, reg)[i];

		ck_assert_msg(v == expected[i], "%s, row %d: %d", text, i, v);
	}
	prog_frame_free(frame);
	prog_free(prog);
	arena_free(&arena);
}
