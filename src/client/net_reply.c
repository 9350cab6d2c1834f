#include "client/net_reply.h"

#include <stdint.h>
#include <string.h>
#include <strings.h>

static bool
reply_status(const char *line, size_t len, struct net_reply *r)
{
	static const char version[] = "HTTP/1.";
	size_t n = sizeof version - 1;

	if (len < n + 5 || memcmp(line, version, n) != 0 || line[n + 1] != ' ')
		return false;
	for (size_t i = n + 2; i < n + 5; i++) {
		if (line[i] < '0' || line[i] > '9')
			return false;
		r->status = r->status * 10 + (line[i] - '0');
	}
	return r->status >= 200;
}

static bool
reply_number(const char *text, size_t len, size_t *n)
{
	*n = 0;
	for (size_t i = 0; i < len; i++) {
		if (text[i] < '0' || text[i] > '9' || *n > SIZE_MAX / 20)
			return false;
		*n = *n * 10 + (size_t)(text[i] - '0');
	}
	return len > 0;
}

/* One field; false for one that this program cannot follow. */
static bool
reply_field(const char *line, size_t len, struct net_reply *r, bool *has_length)
{
	const char *colon = memchr(line, ':', len), *value;
	size_t name, left;

	if (colon == NULL)
		return false;
	name = (size_t)(colon - line);
	value = colon + 1;
	left = len - name - 1;
	while (left > 0 && (*value == ' ' || *value == '\t')) {
		value++;
		left--;
	}
	while (left > 0 && (value[left - 1] == ' ' || value[left - 1] == '\t'))
		left--;
	if (name == 14 && strncasecmp(line, "content-length", name) == 0) {
		if (*has_length)
			return false;
		*has_length = true;
		return reply_number(value, left, &r->length);
	}
	if (name == 10 && strncasecmp(line, "connection", name) == 0)
		r->close = left == 5 && strncasecmp(value, "close", 5) == 0;
	return name != 17 || strncasecmp(line, "transfer-encoding", name) != 0;
}

long
net_reply_head(const char *data, size_t len, struct net_reply *reply)
{
	const char *end = memmem(data, len, "\r\n\r\n", 4), *line = data;
	bool first = true, has_length = false;

	*reply = (struct net_reply){.status = 0};
	if (end == NULL)
		return len < NET_REPLY_HEAD ? 0 : -1;
	while (line <= end) {
		const char *stop =
		    memmem(line, (size_t)(end + 2 - line), "\r\n", 2);
		size_t n = (size_t)(stop - line);

		if (first ? !reply_status(line, n, reply)
			  : !reply_field(line, n, reply, &has_length))
			return -1;
		first = false;
		line = stop + 2;
	}
	return has_length ? (long)(end + 4 - data) : -1;
}
