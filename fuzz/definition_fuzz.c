/* Any text as a definition file: faults, or measures whose examples run. */
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "measure/load.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
const char *__lsan_default_suppressions(void);

/* The library's scanner loses its buffer when a text ends in a string. */
const char *
__lsan_default_suppressions(void)
{
	return "leak:libconfig\n";
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct measures *ms = measures_new();
	struct faults faults = {0};
	char *text;
	struct err err;

	/* A definition has no business including files. */
	if (size > 1 << 16 || memchr(data, '@', size) != NULL)
		size = 0;
	text = xstrndup((const char *)data, size);
	ms->brief = size % 2 != 0; /* examples read, or set aside */
	measures_parse(ms, "fuzz.cfg", text, &faults);
	for (int i = 0; i < measures_n(ms) && faults.n == 0; i++)
		if (!examples_run(measures_at(ms, i), &faults, &err))
			break;
	faults_free(&faults);
	measures_free(ms);
	free(text);
	return 0;
}
