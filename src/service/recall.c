#include "service/recall.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/file.h"
#include "service/board.h"

#define RECALL_FILE "figures.kept"
#define RECALL_MOST ((size_t)1 << 20)

/* --- what the file must be for ------------------------------------------ */

/* The program's own file: another build may count otherwise. */
static void
recall_program(struct buf *out)
{
	struct stat st;

	if (stat("/proc/self/exe", &st) != 0)
		memset(&st, 0, sizeof st);
	buf_printf(out, "%lld %lld.%09ld", (long long)st.st_size,
	    (long long)st.st_mtim.tv_sec, st.st_mtim.tv_nsec);
}

/* The first line of the file; compared as a whole. */
static void
recall_stamp(struct buf *out, const struct board *b)
{
	const struct service *svc = b->c->svc;
	char sum[FACTS_SUM_TEXT];

	facts_sum(b->c->facts, sum);
	buf_printf(out, "hearth figures %u %s %016llx ", b->c->snap->generation,
	    sum, (unsigned long long)measures_stamp(svc->measures));
	recall_program(out);
	buf_printf(out, " %s\n", svc->headlines);
}

static uint64_t
recall_sum(const void *data, size_t n)
{
	const unsigned char *p = data;
	uint64_t h = UINT64_C(14695981039346656037);

	for (size_t i = 0; i < n; i++)
		h = (h ^ p[i]) * UINT64_C(1099511628211);
	return h;
}

static char *
recall_path(const struct board *b)
{
	const char *path = b->c->snap->path, *end = strrchr(path, '/');

	return xasprintf(
	    "%.*s" RECALL_FILE, (int)(end != NULL ? end + 1 - path : 0), path);
}

/* The board that the program opens with. */
static bool
recall_board(struct board *b, struct context *c)
{
	*b = (struct board){.c = c};
	if (!context_facts(c) || !scope_node(c, API_AT, &b->at) ||
	    !scope_as_of(c, &b->as_of))
		return false;
	board_init(b);
	return true;
}

/* --- reading ------------------------------------------------------------- */

struct reader {
	const char *at;
	size_t left;
};

static bool
take(struct reader *r, void *to, size_t n)
{
	if (r->left < n)
		return false;
	memcpy(to, r->at, n);
	r->at += n;
	r->left -= n;
	return true;
}

static bool
take_trend(struct reader *r, const struct board *b, const struct measure *m)
{
	const struct scope s = board_scope(b, m);
	struct trend *t = xcalloc(1, sizeof *t);
	const size_t n = BOARD_WINDOWS;

	t->windows_n = n;
	t->windows = xcalloc(n, sizeof *t->windows);
	t->ripe = xcalloc(n, sizeof *t->ripe);
	t->total = xcalloc(n, sizeof *t->total);
	if (!take(r, t->windows, n * sizeof *t->windows) ||
	    !take(r, t->ripe, n * sizeof *t->ripe) ||
	    !take(r, t->total, n * sizeof *t->total)) {
		trend_free(t);
		return false;
	}
	scope_trend_recall(b->c, &s, t);
	return true;
}

static bool
take_counts(struct reader *r, const struct board *b, size_t i)
{
	const struct scope_clock_query q = board_clock_query(b, i);
	int64_t counts[BUCKET_END];

	if (!take(r, counts, sizeof counts))
		return false;
	scope_duty_counts_recall(b->c, &q, counts);
	return true;
}

/* Behind the stamp: the sum of the rest, and the rest. */
static bool
take_all(struct reader *r, const struct board *b)
{
	uint64_t sum;
	bool ok =
	    take(r, &sum, sizeof sum) && recall_sum(r->at, r->left) == sum;

	for (size_t i = 0; ok && i < b->measures_n; i++)
		ok = take_trend(r, b, b->measures[i]);
	for (size_t i = 0; ok && i < b->clocks_n; i++)
		ok = take_counts(r, b, i);
	return ok && r->left == 0;
}

static bool
recall_matches(const struct buf *file, const struct buf *stamp)
{
	return file->len >= stamp->len &&
	       memcmp(file->data, stamp->data, stamp->len) == 0;
}

static void
recall_take(struct service *svc, const struct board *b)
{
	char *path = recall_path(b);
	struct buf file = {0}, stamp = {0};
	struct err err;

	recall_stamp(&stamp, b);
	if (file_read(&file, path, RECALL_MOST, &err) &&
	    recall_matches(&file, &stamp)) {
		struct reader r = {file.data + stamp.len, file.len - stamp.len};

		if (take_all(&r, b))
			svc->recalled = b->c->snap->generation;
	}
	buf_free(&stamp);
	buf_free(&file);
	free(path);
}

/* --- writing ------------------------------------------------------------- */

static bool
recall_known(const struct board *b)
{
	for (size_t i = 0; i < b->measures_n; i++) {
		const struct scope s = board_scope(b, b->measures[i]);

		if (!scope_trend_known(b->c, &s, BOARD_WINDOWS))
			return false;
	}
	for (size_t i = 0; i < b->clocks_n; i++) {
		const struct scope_clock_query q = board_clock_query(b, i);

		if (!scope_duty_counts_known(b->c, &q))
			return false;
	}
	return true;
}

static void
give_trend(struct buf *out, const struct board *b, const struct measure *m)
{
	const struct scope s = board_scope(b, m);
	const struct trend *t = scope_trend(b->c, &s, BOARD_WINDOWS);

	buf_add(out, t->windows, t->windows_n * sizeof *t->windows);
	buf_add(out, t->ripe, t->windows_n * sizeof *t->ripe);
	buf_add(out, t->total, t->windows_n * sizeof *t->total);
}

static void
recall_give(const struct board *b)
{
	struct buf file = {0}, rest = {0};
	char *path = recall_path(b);
	uint64_t sum;
	struct err err;

	for (size_t i = 0; i < b->measures_n; i++)
		give_trend(&rest, b, b->measures[i]);
	for (size_t i = 0; i < b->clocks_n; i++) {
		const struct scope_clock_query q = board_clock_query(b, i);

		buf_add(&rest, scope_duty_counts(b->c, &q),
		    BUCKET_END * sizeof(int64_t));
	}
	sum = recall_sum(rest.data, rest.len);
	recall_stamp(&file, b);
	buf_add(&file, &sum, sizeof sum);
	buf_add(&file, rest.data, rest.len);
	/* Whoever may not write here works the figures out each time. */
	(void)file_replace(path, file.data, file.len, &err);
	buf_free(&rest);
	buf_free(&file);
	free(path);
}

/* --- both ---------------------------------------------------------------- */

static void
recall_with(struct service *svc,
    void (*work)(struct service *svc, const struct board *b))
{
	const struct request nobody = {.method = "GET", .path = ""};
	struct buf body = {0};
	struct context c;
	struct board b;

	context_init(&c, svc, &nobody, &body);
	if (recall_board(&b, &c) && b.measures_n > 0)
		work(svc, &b);
	context_fini(&c);
	buf_free(&body);
}

static void
recall_keep(struct service *svc, const struct board *b)
{
	if (svc->recalled != b->c->snap->generation && recall_known(b))
		recall_give(b);
}

void
recall_read(struct service *svc)
{
	recall_with(svc, recall_take);
}

void
recall_write(struct service *svc)
{
	recall_with(svc, recall_keep);
}
