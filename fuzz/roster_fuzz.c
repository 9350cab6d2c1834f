/* A packet's roster and a sealed review's content: what is read either is
 * refused or gives events that can be written again. */
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include "poms/content.h"
#include "poms/roster.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void
write_again(const struct change *c)
{
	struct buf out = {0};

	for (size_t i = 0; i < c->n; i++) {
		struct err err;

		if (!event_valid(&c->list[i], &err))
			abort();
		event_encode(&out, &c->list[i]);
	}
	buf_free(&out);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const struct stamp stamp = {"mk", 1, 1};
	struct change roster = {0}, content = {0};
	struct content_about about;
	struct err err;

	if (roster_read(&roster, (const char *)data, size, &stamp, &err))
		write_again(&roster);
	if (content_read(&about, &content, (const char *)data, size, &err))
		write_again(&content);
	change_free(&roster);
	change_free(&content);
	return 0;
}
