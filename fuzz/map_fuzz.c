/* Any text as a map between two small versions of an instrument. */
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

static const char version[] =
    "instrument: { id = \"t\"; version = %d; title = \"T\"; title_es = \"T\"; "
    "certainty = \"test\"; };\n"
    "sections = ( { id = \"S\"; unit = \"AG\"; title = \"S\"; "
    "title_es = \"S\"; questions = (\n"
    "{ id = \"Q01\"; type = \"yn\"; ask = \"A\"; ask_es = \"A\"; "
    "mark = \"D\"; },\n"
    "{ id = \"%s\"; type = \"n\"; ask = \"A\"; ask_es = \"A\"; "
    "mark = \"D\"; } ); } );\n";

static struct instrument *
instrument(int number, const char *question)
{
	struct faults faults = {0};
	struct buf text = {0};
	struct instrument *in;

	buf_printf(&text, version, number, question);
	in = instrument_parse("v.cfg", buf_text(&text), &faults);
	buf_free(&text);
	faults_free(&faults);
	return in;
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct instrument *a = instrument(1, "Q02");
	struct instrument *b = instrument(2, "Q03");
	struct faults faults = {0};
	struct instrument_map *map;
	char *text;

	if (size > 1 << 16 || memchr(data, '@', size) != NULL)
		size = 0;
	text = xstrndup((const char *)data, size);
	map = instrument_map_parse("fuzz.map", text, a, b, &faults);
	instrument_map_free(map);
	faults_free(&faults);
	free(text);
	instrument_free(a);
	instrument_free(b);
	return 0;
}
