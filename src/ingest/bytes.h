/*
 * A file as a stream of bytes with a window: what the fixed-width formats and
 * the telling of formats read through. Memory is one window, whatever the
 * file's size.
 */
#ifndef HEARTH_INGEST_BYTES_H
#define HEARTH_INGEST_BYTES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"

#define BYTES_WINDOW (256u * 1024)

struct bytes {
	int fd; /* -1: all of it is in the window already */
	char *window;
	const char *data; /* what is unread */
	size_t n;
	bool ended; /* nothing comes behind the window */
	bool failed;
	uint64_t taken;
	uint64_t line; /* of data[0], from 1 */
};

bool bytes_open(struct bytes *b, const char *path, struct err *err);
/* Over memory that the caller keeps. */
void bytes_over(struct bytes *b, const void *data, size_t n);
void bytes_close(struct bytes *b);

/* Makes at least want (at most BYTES_WINDOW) bytes stand at data unless the
 * input ends before; returns how many do. */
size_t bytes_want(struct bytes *b, size_t want);
/* Steps over n bytes that stand at data; does not count lines. */
void bytes_skip(struct bytes *b, size_t n);
/* Steps over one line end, LF or CRLF, and counts it. */
bool bytes_skip_eol(struct bytes *b);

/* The next line without its end (LF or CRLF), borrowed until the next call;
 * false at the end. *complete: a line end stood behind it. A line longer than
 * the window comes in pieces, all but the last incomplete. */
bool bytes_line(struct bytes *b, const char **s, size_t *len, bool *complete);
/* False when reading failed on the way: ERR_IO. */
bool bytes_check(const struct bytes *b, struct err *err);

#endif
