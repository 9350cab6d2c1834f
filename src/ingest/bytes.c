#include "ingest/bytes.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/buf.h"

bool
bytes_open(struct bytes *b, const char *path, struct err *err)
{
	*b = (struct bytes){.line = 1};
	b->fd = open(path, O_RDONLY | O_CLOEXEC);
	if (b->fd < 0)
		return err_sys(err, ERR_IO, "open %s", path);
	b->window = xmalloc(BYTES_WINDOW);
	b->data = b->window;
	return true;
}

void
bytes_over(struct bytes *b, const void *data, size_t n)
{
	*b = (struct bytes){
	    .fd = -1, .data = data, .n = n, .ended = true, .line = 1};
}

void
bytes_close(struct bytes *b)
{
	if (b->fd >= 0)
		close(b->fd);
	free(b->window);
	*b = (struct bytes){.fd = -1};
}

static void
bytes_read(struct bytes *b)
{
	ssize_t got;

	do
		got = read(b->fd, b->window + b->n, BYTES_WINDOW - b->n);
	while (got < 0 && errno == EINTR);
	b->failed |= got < 0;
	b->ended = got <= 0;
	if (got > 0)
		b->n += (size_t)got;
}

size_t
bytes_want(struct bytes *b, size_t want)
{
	if (b->n >= want || b->ended)
		return b->n;
	memmove(b->window, b->data, b->n);
	b->data = b->window;
	while (b->n < want && !b->ended)
		bytes_read(b);
	return b->n;
}

void
bytes_skip(struct bytes *b, size_t n)
{
	b->data += n;
	b->n -= n;
	b->taken += n;
}

bool
bytes_skip_eol(struct bytes *b)
{
	size_t n = bytes_want(b, 2), len;

	if (n > 0 && b->data[0] == '\n')
		len = 1;
	else if (n > 1 && b->data[0] == '\r' && b->data[1] == '\n')
		len = 2;
	else
		return false;
	bytes_skip(b, len);
	b->line++;
	return true;
}

bool
bytes_line(struct bytes *b, const char **s, size_t *len, bool *complete)
{
	const char *end = b->n > 0 ? memchr(b->data, '\n', b->n) : NULL;
	size_t all;

	if (end == NULL && bytes_want(b, BYTES_WINDOW) > 0)
		end = memchr(b->data, '\n', b->n);
	if (b->n == 0)
		return false;
	*complete = end != NULL;
	*s = b->data;
	*len = all = end != NULL ? (size_t)(end - b->data) : b->n;
	if (*len > 0 && (*s)[*len - 1] == '\r')
		--*len;
	bytes_skip(b, all + *complete);
	b->line += *complete;
	return true;
}

bool
bytes_check(const struct bytes *b, struct err *err)
{
	if (!b->failed)
		return true;
	return err_sys(err, ERR_IO, "line %llu", (unsigned long long)b->line);
}
