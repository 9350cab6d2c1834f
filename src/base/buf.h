/*
 * Growing byte buffers, arenas and checked allocation. Memory exhaustion ends
 * the program (xmalloc family): no caller can do better, and no answer is
 * worth a half-built one.
 */
#ifndef HEARTH_BASE_BUF_H
#define HEARTH_BASE_BUF_H

#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

void *xmalloc(size_t size);
void *xcalloc(size_t n, size_t size);
void *xrealloc(void *p, size_t n, size_t size);
char *xstrdup(const char *s);
char *xstrndup(const char *s, size_t n);
char *xasprintf(const char *fmt, ...) __attribute__((format(printf, 1, 2)));

/* Tells the allocator to keep freed memory rather than give it back page by
 * page: a program that answers many questions of some megabytes each would
 * spend as much time in the kernel as in the answers. For main() only. */
void xmalloc_keep(void);
/* Gives freed memory back after much of it was freed. */
void xmalloc_trim(void);

/* A buffer owns data; data[len] is always NUL once anything was added. */
struct buf {
	char *data;
	size_t len;
	size_t cap;
};

void buf_free(struct buf *b);
void buf_reset(struct buf *b); /* keeps the memory */
void buf_reserve(struct buf *b, size_t more);
void buf_add(struct buf *b, const void *p, size_t n);
void buf_str(struct buf *b, const char *s);
void buf_char(struct buf *b, char c);
void buf_printf(struct buf *b, const char *fmt, ...)
    __attribute__((format(printf, 2, 3)));
void buf_int(struct buf *b, int64_t v);
/* The text, "" when nothing was added; borrowed until the next change. */
const char *buf_text(const struct buf *b);
/* The text, now the caller's to free(); the buffer is empty again. */
char *buf_take(struct buf *b);

/* An arena: many small allocations with one end. Pointers live until
 * arena_free() or arena_reset(). Aligned for any type. */
struct arena {
	struct arena_block *blocks;
};

void *arena_alloc(struct arena *a, size_t size);
char *arena_strndup(struct arena *a, const char *s, size_t n);
char *arena_printf(struct arena *a, const char *fmt, ...)
    __attribute__((format(printf, 2, 3)));
void arena_reset(struct arena *a);
void arena_free(struct arena *a);

/* Grows a plain array to hold at least need elements; doubles, so adding n
 * elements costs n. The array is at *items, its capacity at *cap. */
void grow(void *items, size_t *cap, size_t need, size_t size);

#endif
