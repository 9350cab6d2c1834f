/* Any text as an instrument: faults, or one whose review can be settled. */
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "poms/review.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
const char *__lsan_default_suppressions(void);

/* The library's scanner loses its buffer when a text ends in a string. */
const char *
__lsan_default_suppressions(void)
{
	return "leak:libconfig\n";
}

static void
settle(const struct instrument *in)
{
	struct review *r = review_new(in);
	struct event e = event_make(EVENT_UNIT);
	struct arena arena = {0};
	struct err err;
	int n;

	e.review = "r";
	e.who = "w";
	e.unit = UNIT_CC;
	e.key = "1";
	e.fact = FACT_DRAWN;
	e.text = "drawn";
	e.sequence = e.group = 1;
	if (review_apply(r, &e, &err))
		review_problems(r, TONGUE_ES, true, &arena, &n);
	review_free(r);
	arena_free(&arena);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct faults faults = {0};
	struct instrument *in;
	char *text;

	/* An instrument has no business including files. */
	if (size > 1 << 16 || memchr(data, '@', size) != NULL)
		size = 0;
	text = xstrndup((const char *)data, size);
	in = instrument_parse("fuzz.cfg", text, &faults);
	if (in != NULL)
		settle(in);
	instrument_free(in);
	faults_free(&faults);
	free(text);
	return 0;
}
