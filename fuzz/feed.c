#include "feed.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "ingest/history.h"
#include "ingest/ingest.h"
#include "ingest/victims.h"

struct kept {
	struct raw raw; /* key and bytes owned */
	size_t seq;
};

static void
look(struct feed *f, const void *p, size_t n)
{
	const unsigned char *s = p;

	for (size_t i = 0; i < n; i++)
		f->sum += s[i];
}

static bool
take_row(void *arg, enum extract_table table, const struct cell *cells,
    struct err *err)
{
	const struct table *t = extract_table(table);

	(void)err;
	for (int i = 0; i < t->n; i++)
		look(arg, cells[i].s, cells[i].len);
	return true;
}

static bool
take_raw(void *arg, const struct raw *raw, struct err *err)
{
	struct feed *f = arg;
	struct kept *k;
	void *bytes = xmalloc(raw->len);

	(void)err;
	grow(&f->list, &f->cap, f->n + 1, sizeof *f->list);
	k = &f->list[f->n];
	k->raw = *raw;
	k->raw.key = xstrndup(raw->key, raw->key_len);
	memcpy(bytes, raw->bytes, raw->len);
	k->raw.bytes = bytes;
	k->seq = f->n++;
	return true;
}

static bool
take_aside(void *arg, const struct aside *a, struct err *err)
{
	(void)err;
	look(arg, a->file, strlen(a->file));
	look(arg, a->column, strlen(a->column));
	look(arg, a->rule, strlen(a->rule));
	look(arg, a->value, strlen(a->value));
	return true;
}

static bool
take_flag(void *arg, const char *rule, uint64_t n, struct err *err)
{
	(void)n;
	(void)err;
	look(arg, rule, strlen(rule));
	return true;
}

static void
take_sentence(void *arg, const char *sentence)
{
	look(arg, sentence, strlen(sentence));
}

static void
take_progress(void *arg, uint64_t rows)
{
	(void)arg;
	(void)rows;
}

void
feed_sink(struct sink *sink, struct feed *feed)
{
	*sink = (struct sink){.arg = feed,
	    .row = take_row,
	    .raw = take_raw,
	    .aside = take_aside,
	    .flag = take_flag,
	    .say = take_sentence,
	    .progress = take_progress};
}

void
feed_fini(struct feed *feed)
{
	for (size_t i = 0; i < feed->n; i++) {
		free((char *)(uintptr_t)feed->list[i].raw.key);
		free((void *)(uintptr_t)feed->list[i].raw.bytes);
	}
	free(feed->list);
}

static int
compare(const void *a, const void *b)
{
	const struct kept *x = a, *y = b;
	int c = strcmp(x->raw.key, y->raw.key);

	if (c != 0)
		return c;
	if (x->raw.period != y->raw.period)
		return x->raw.period < y->raw.period ? -1 : 1;
	return x->seq < y->seq ? -1 : 1;
}

static void
rebuild(struct intake *in, struct feed *f)
{
	struct history *h = history_new(in);
	struct victims *v = victims_new(in);
	struct err err;
	bool ok = true;

	if (f->n > 1)
		qsort(f->list, f->n, sizeof *f->list, compare);
	intake_begin(in, "rebuilt", "rebuilt");
	for (size_t i = 0; i < f->n && ok; i++)
		ok = strcmp(f->list[i].raw.kind, RAW_AFCARS) == 0
			 ? history_add(h, &f->list[i].raw, &err)
			 : victims_add(v, &f->list[i].raw, &err);
	/* What a reader kept, the rebuilding must take. */
	if (!ok || !history_end(h, &err) || !victims_end(v, &err) ||
	    !ingest_finish(in, &err))
		abort();
	history_free(h);
	victims_free(v);
}

void
feed_import(feed_read *read, const uint8_t *data, size_t size)
{
	struct feed f = {0};
	struct sink sink;
	struct intake in;
	struct bytes b;
	struct err err;

	feed_sink(&sink, &f);
	intake_init(&in, &sink);
	in.max_aside = 100;
	bytes_over(&b, data, size);
	intake_begin(&in, "input", "fuzz");
	if (read(&in, &b, &err))
		rebuild(&in, &f);
	intake_fini(&in);
	feed_fini(&f);
}
