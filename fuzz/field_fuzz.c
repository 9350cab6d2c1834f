/* A text field under any keys: it stays valid, and moving changes nothing. */
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <unistr.h>

#include "client/field.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const int moves[] = {
    TERM_LEFT, TERM_RIGHT, TERM_UP, TERM_DOWN, TERM_HOME, TERM_END};

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct field f;

	field_init(&f, size % 2 == 0, 4096);
	for (size_t i = 0; i + 1 < size; i++) {
		size_t n = data[i + 1] % 16, before = field_len(&f);

		if (data[i] % 4 == 0) {
			field_key(&f, moves[data[i + 1] % 6]);
			if (field_len(&f) != before)
				abort();
		} else if (data[i] % 4 == 1) {
			field_key(&f, TERM_BACKSPACE);
		} else if (data[i] % 4 == 2) {
			field_layout(&f, 1 + data[i + 1] % 40);
		} else {
			n = n < size - i - 1 ? n : size - i - 1;
			field_insert(&f, (const char *)data + i + 1, n);
		}
		if (u8_check((const uint8_t *)field_text(&f), field_len(&f)) !=
			NULL ||
		    field_cursor(&f) > field_len(&f))
			abort();
	}
	field_fini(&f);
	return 0;
}
