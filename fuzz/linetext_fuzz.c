/* Text from outside: cleaned, it must hold no control character, and fitted
 * it must take exactly the cells it was given. */
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "client/linetext.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char *text = xstrndup((const char *)data, size);
	struct buf clean = {0}, out = {0};
	size_t width = size > 0 ? data[0] % 40 : 7;

	linetext_clean(&clean, text);
	for (size_t i = 0; i < clean.len; i++)
		if ((unsigned char)clean.data[i] < 0x20 ||
		    clean.data[i] == 0x7f)
			abort();
	linetext_fit(&out, buf_text(&clean), width, 0, "~");
	if (linetext_width(buf_text(&out)) != width)
		abort();
	linetext_wrap(&out, text, width, 60);
	buf_reset(&out);
	linetext_ascii(&out, text);
	for (size_t i = 0; i < out.len; i++)
		if ((unsigned char)out.data[i] >= 0x80)
			abort();
	buf_free(&out);
	buf_free(&clean);
	free(text);
	return 0;
}
