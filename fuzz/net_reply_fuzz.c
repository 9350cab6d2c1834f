/* The head of a service's reply: never more bytes than there are, and the
 * same verdict once more data follow a whole head. */
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "client/net_reply.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct net_reply r, again;
	char *text = xstrndup((const char *)data, size);
	size_t len = strlen(text);
	long head = net_reply_head(text, len, &r);

	if (head > (long)len || head < -1)
		abort();
	if (head > 0 &&
	    (r.status < 200 || r.status > 999 ||
		net_reply_head(text, (size_t)head, &again) != head ||
		again.length != r.length))
		abort();
	free(text);
	return 0;
}
