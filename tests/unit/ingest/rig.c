#include "rig.h"

#include <check.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "ingest/afcars20.h"
#include "ingest/afcars93.h"
#include "ingest/history.h"
#include "ingest/ncands.h"
#include "ingest/victims.h"

struct rig_raw {
	struct raw raw; /* strings owned */
	size_t seq;
};

static void
put_cell(struct buf *out, const struct column *column, const struct cell *c)
{
	char day[DATE_TEXT];

	buf_printf(out, " %s=", column->name);
	switch (column->type) {
	case CELL_ID:
	case CELL_TEXT:
		buf_add(out, c->s, c->len);
		break;
	case CELL_DATE:
		buf_str(out, date_format((int32_t)c->n, day));
		break;
	case CELL_TIME:
		buf_printf(out, "%sT%02d:%02d",
		    date_format((int32_t)(c->n / 1440), day),
		    (int)(c->n % 1440 / 60), (int)(c->n % 60));
		break;
	case CELL_CODE:
		buf_str(out, code_word(column->codes, (int)c->n));
		break;
	case CELL_CODES:
		for (int i = 0; i < column->codes->n; i++)
			if (c->n >> i & 1)
				buf_printf(out, "%s;",
				    code_word(column->codes, i + 1));
		break;
	case CELL_INT:
		buf_printf(out, "%" PRId64, c->n);
		break;
	}
}

static bool
take_row(void *arg, enum extract_table table, const struct cell *cells,
    struct err *err)
{
	struct rig *rig = arg;
	const struct table *t = extract_table(table);

	(void)err;
	buf_str(&rig->rows, t->name);
	for (int i = 0; i < t->n; i++)
		if (cell_given(&cells[i]))
			put_cell(&rig->rows, &t->columns[i], &cells[i]);
	buf_char(&rig->rows, '\n');
	return true;
}

static bool
take_raw(void *arg, const struct raw *raw, struct err *err)
{
	struct rig *rig = arg;
	struct rig_raw *r;
	char *bytes = xmalloc(raw->len);

	(void)err;
	grow(&rig->raws, &rig->cap, rig->n + 1, sizeof *rig->raws);
	r = &rig->raws[rig->n];
	r->raw = *raw;
	r->raw.key = xstrndup(raw->key, raw->key_len);
	memcpy(bytes, raw->bytes, raw->len);
	r->raw.bytes = bytes;
	r->seq = rig->n++;
	return true;
}

static bool
take_aside(void *arg, const struct aside *a, struct err *err)
{
	struct rig *rig = arg;

	(void)err;
	buf_printf(&rig->asides, "%s:%d %s %s %s\n", a->file, (int)a->line,
	    a->column, a->rule, a->value);
	return true;
}

static bool
take_flag(void *arg, const char *rule, uint64_t n, struct err *err)
{
	struct rig *rig = arg;

	(void)err;
	buf_printf(&rig->flags, "%s %d\n", rule, (int)n);
	return true;
}

static void
take_sentence(void *arg, const char *sentence)
{
	struct rig *rig = arg;

	buf_printf(&rig->said, "%s\n", sentence);
}

static void
take_progress(void *arg, uint64_t rows)
{
	(void)arg;
	(void)rows;
}

void
rig_init(struct rig *rig)
{
	*rig = (struct rig){.sink = {.arg = rig,
				.row = take_row,
				.raw = take_raw,
				.aside = take_aside,
				.flag = take_flag,
				.say = take_sentence,
				.progress = take_progress}};
	intake_init(&rig->in, &rig->sink);
	rig->in.max_aside = 100;
}

void
rig_fini(struct rig *rig)
{
	for (size_t i = 0; i < rig->n; i++) {
		free((char *)rig->raws[i].raw.key);
		free((void *)rig->raws[i].raw.bytes);
	}
	free(rig->raws);
	buf_free(&rig->rows);
	buf_free(&rig->asides);
	buf_free(&rig->said);
	buf_free(&rig->flags);
	intake_fini(&rig->in);
}

static const struct {
	const char *name;
	bool (*probe)(const char *s, size_t len);
	bool (*read)(struct intake *in, struct bytes *b, struct err *err);
} formats[] = {
    {"afcars2020", afcars20_probe, afcars20_read},
    {"ncands", ncands_probe, ncands_read},
    {"afcars1993", afcars93_probe, afcars93_read},
};

bool
rig_read(struct rig *rig, const char *name, const char *text, size_t len)
{
	struct bytes b;

	bytes_over(&b, text, len);
	for (size_t i = 0; i < sizeof formats / sizeof *formats; i++) {
		if (!formats[i].probe(text, len < 4096 ? len : 4096))
			continue;
		intake_begin(&rig->in, name, formats[i].name);
		return formats[i].read(&rig->in, &b, &rig->err) &&
		       intake_end(&rig->in, &rig->err);
	}
	return err_set(&rig->err, ERR_FORMAT, "%s: no format", name);
}

static int
compare(const void *a, const void *b)
{
	const struct rig_raw *x = a, *y = b;
	int c = strcmp(x->raw.key, y->raw.key);

	if (c != 0)
		return c;
	if (x->raw.period != y->raw.period)
		return x->raw.period < y->raw.period ? -1 : 1;
	return x->seq < y->seq ? -1 : x->seq > y->seq;
}

bool
rig_finish(struct rig *rig)
{
	struct history *h = history_new(&rig->in);
	struct victims *v = victims_new(&rig->in);
	bool ok = true;

	if (rig->n > 1)
		qsort(rig->raws, rig->n, sizeof *rig->raws, compare);
	intake_begin(&rig->in, "histories", "rebuilt");
	for (size_t i = 0; i < rig->n && ok; i++)
		if (strcmp(rig->raws[i].raw.kind, RAW_AFCARS) == 0)
			ok = history_add(h, &rig->raws[i].raw, &rig->err);
	ok = ok && history_end(h, &rig->err);
	intake_begin(&rig->in, "reports", "rebuilt");
	for (size_t i = 0; i < rig->n && ok; i++)
		if (strcmp(rig->raws[i].raw.kind, RAW_NCANDS) == 0)
			ok = victims_add(v, &rig->raws[i].raw, &rig->err);
	ok = ok && victims_end(v, &rig->err) &&
	     ingest_finish(&rig->in, &rig->err);
	history_free(h);
	victims_free(v);
	return ok;
}

int
rig_count(const struct buf *b, const char *text)
{
	const char *at = buf_text(b);
	int n = 0;

	while ((at = strstr(at, text)) != NULL) {
		at += strlen(text);
		n++;
	}
	return n;
}

int
rig_flag(const struct rig *rig, const char *rule)
{
	const char *at = buf_text(&rig->flags);
	size_t len = strlen(rule);

	while (at != NULL && *at != '\0') {
		if (strncmp(at, rule, len) == 0 && at[len] == ' ')
			return atoi(at + len);
		at = strchr(at, '\n');
		at = at != NULL ? at + 1 : NULL;
	}
	return 0;
}

const char *
rig_rows(struct rig *rig, const char *table)
{
	static char text[16384];
	const char *at = buf_text(&rig->rows);
	size_t len = strlen(table), used = 0;

	text[0] = '\0';
	while (*at != '\0') {
		const char *end = strchr(at, '\n') + 1;
		size_t n = (size_t)(end - at);

		if (strncmp(at, table, len) == 0 && at[len] == ' ' &&
		    used + n < sizeof text) {
			memcpy(text + used, at + len + 1, n - len - 1);
			used += n - len - 1;
			text[used] = '\0';
		}
		at = end;
	}
	return text;
}
