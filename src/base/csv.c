#include "base/csv.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define CSV_CHUNK 65536
#define CSV_LONGEST (1u << 20)

/* What stands before the next byte. */
enum csv_state { FIELD_START, PLAIN, QUOTED, AFTER_QUOTE };

struct csv {
	csv_source source;
	void *arg;
	int fd; /* ours to close, or -1 */
	uint64_t bytes;
	uint64_t line;	 /* of the next byte */
	uint64_t record; /* of the record last given */
	bool begun, after_cr;
	unsigned char comma;
	size_t at, end; /* what of in[] is still unread */
	struct buf text;
	size_t *starts; /* of each field in text */
	struct csv_field *fields;
	size_t n, starts_cap, fields_cap;
	unsigned char in[CSV_CHUNK];
};

struct csv *
csv_new(csv_source source, void *arg)
{
	struct csv *csv = xcalloc(1, sizeof *csv);

	csv->source = source;
	csv->arg = arg;
	csv->fd = -1;
	csv->line = 1;
	csv->comma = ',';
	return csv;
}

void
csv_comma(struct csv *csv, char comma)
{
	csv->comma = (unsigned char)comma;
}

static long
csv_read_fd(void *arg, void *p, size_t n)
{
	const struct csv *csv = arg;
	ssize_t got;

	do
		got = read(csv->fd, p, n);
	while (got < 0 && errno == EINTR);
	return got;
}

bool
csv_open(struct csv **csv, const char *path, struct err *err)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);

	if (fd < 0)
		return err_sys(err, ERR_IO, "open %s", path);
	*csv = csv_new(csv_read_fd, NULL);
	(*csv)->arg = *csv;
	(*csv)->fd = fd;
	return true;
}

void
csv_free(struct csv *csv)
{
	if (csv == NULL)
		return;
	if (csv->fd >= 0)
		close(csv->fd);
	buf_free(&csv->text);
	free(csv->starts);
	free(csv->fields);
	free(csv);
}

uint64_t
csv_line(const struct csv *csv)
{
	return csv->record;
}

uint64_t
csv_bytes(const struct csv *csv)
{
	return csv->bytes;
}

/* 1 when in[at] is there to read, 0 at the end, -1 with *err. */
static int
csv_fill(struct csv *csv, struct err *err)
{
	long got;

	if (csv->at < csv->end)
		return 1;
	got = csv->source(csv->arg, csv->in, sizeof csv->in);
	if (got < 0) {
		err_sys(
		    err, ERR_IO, "line %llu", (unsigned long long)csv->line);
		return -1;
	}
	csv->at = 0;
	csv->end = (size_t)got;
	csv->bytes += (uint64_t)got;
	return got > 0;
}

/* A source may give a byte at a time, so the mark is gathered before it is
 * judged; what was no mark becomes the first bytes again. */
static int
csv_skip_mark(struct csv *csv, struct err *err)
{
	size_t have = 0;
	long got;

	while (have < 3) {
		got = csv->source(
		    csv->arg, csv->in + have, sizeof csv->in - have);
		if (got < 0) {
			err_sys(err, ERR_IO, "line 1");
			return -1;
		}
		if (got == 0)
			break;
		have += (size_t)got;
	}
	csv->begun = true;
	csv->bytes = have;
	csv->end = have;
	csv->at = have >= 3 && memcmp(csv->in, "\xef\xbb\xbf", 3) == 0 ? 3 : 0;
	return 0;
}

static void
csv_start_field(struct csv *csv)
{
	grow(&csv->starts, &csv->starts_cap, csv->n + 1, sizeof *csv->starts);
	csv->starts[csv->n++] = csv->text.len;
}

static void
csv_end_field(struct csv *csv)
{
	buf_char(&csv->text, '\0');
}

static bool
csv_special(const struct csv *csv, unsigned char c, enum csv_state state)
{
	if (state == QUOTED)
		return c == '"' || c == '\n' || c == '\r' || c == '\0';
	return c == csv->comma || c == '\n' || c == '\r' || c == '\0';
}

/* Takes the run of plain bytes that stands next. */
static void
csv_run(struct csv *csv, enum csv_state state)
{
	size_t from = csv->at;

	while (csv->at < csv->end && !csv_special(csv, csv->in[csv->at], state))
		csv->at++;
	if (csv->at > from) {
		buf_add(&csv->text, csv->in + from, csv->at - from);
		csv->after_cr = false;
	}
}

static void
csv_count_line(struct csv *csv, unsigned char c)
{
	if (c == '\r' || (c == '\n' && !csv->after_cr))
		csv->line++;
	csv->after_cr = c == '\r';
}

static int
csv_bad(const struct csv *csv, struct err *err, const char *what)
{
	err_set(err, ERR_FORMAT, "line %llu: %s", (unsigned long long)csv->line,
	    what);
	return -1;
}

/* Takes one byte that ends a run. 1: the record is complete, 0: it goes on. */
static int
csv_step(struct csv *csv, enum csv_state *state, struct err *err)
{
	unsigned char c = csv->in[csv->at++];

	if (c == '\0')
		return csv_bad(csv, err, "a NUL byte");
	if (*state == QUOTED) {
		if (c == '"') {
			*state = AFTER_QUOTE;
			return 0;
		}
		csv_count_line(csv, c);
		buf_char(&csv->text, (char)c);
		return 0;
	}
	if (c == csv->comma) {
		csv_end_field(csv);
		csv_start_field(csv);
		*state = FIELD_START;
		return 0;
	}
	if (c == '\n' || c == '\r') {
		csv_count_line(csv, c);
		csv_end_field(csv);
		return 1;
	}
	/* Only behind a closing quote does any other byte come here. */
	if (c != '"')
		return csv_bad(csv, err, "text after a closing quote");
	buf_char(&csv->text, '"');
	*state = QUOTED;
	return 0;
}

/* Reads to the end of a record. 1: there is one, 0: the input has ended. */
static int
csv_record(struct csv *csv, struct err *err)
{
	enum csv_state state = FIELD_START;
	int got, done = 0;

	while (done == 0) {
		if (csv->text.len > CSV_LONGEST)
			return csv_bad(csv, err, "a record of over 1 MiB");
		got = csv_fill(csv, err);
		if (got < 0)
			return -1;
		if (got == 0)
			break;
		if (state == FIELD_START && csv->in[csv->at] == '"') {
			csv->at++;
			csv->after_cr = false;
			state = QUOTED;
			continue;
		}
		if (state == FIELD_START)
			state = PLAIN;
		if (state == PLAIN || state == QUOTED)
			csv_run(csv, state);
		if (csv->at < csv->end)
			done = csv_step(csv, &state, err);
	}
	if (done == 0 && state == QUOTED) {
		csv->line = csv->record;
		return csv_bad(csv, err, "a quote that is never closed");
	}
	if (done == 0) {
		csv_end_field(csv);
		done = csv->text.len > 1 || csv->n > 1 || state == AFTER_QUOTE;
	}
	return done;
}

int
csv_next(struct csv *csv, const struct csv_field **fields, size_t *n,
    struct err *err)
{
	int got;

	if (!csv->begun && csv_skip_mark(csv, err) < 0)
		return -1;
	buf_reset(&csv->text);
	csv->n = 0;
	csv_start_field(csv);
	got = csv_fill(csv, err);
	if (got > 0 && csv->after_cr && csv->in[csv->at] == '\n') {
		csv->at++;
		csv->after_cr = false;
	}
	csv->record = csv->line;
	if (got > 0)
		got = csv_record(csv, err);
	if (got <= 0)
		return got;
	grow(&csv->fields, &csv->fields_cap, csv->n, sizeof *csv->fields);
	for (size_t i = 0; i < csv->n; i++) {
		size_t end =
		    i + 1 < csv->n ? csv->starts[i + 1] : csv->text.len;

		csv->fields[i].s = csv->text.data + csv->starts[i];
		csv->fields[i].len = end - csv->starts[i] - 1;
	}
	*fields = csv->fields;
	*n = csv->n;
	return 1;
}

void
csv_put(struct buf *out, bool first, const char *s, size_t len)
{
	bool quote = false;

	if (!first)
		buf_char(out, ',');
	for (size_t i = 0; i < len && !quote; i++)
		quote =
		    s[i] == ',' || s[i] == '"' || s[i] == '\n' || s[i] == '\r';
	if (!quote) {
		buf_add(out, s, len);
		return;
	}
	buf_char(out, '"');
	for (size_t i = 0; i < len; i++) {
		if (s[i] == '"')
			buf_char(out, '"');
		buf_char(out, s[i]);
	}
	buf_char(out, '"');
}

/* [+-]digits[.digits], which no spreadsheet takes for a formula. */
static bool
csv_number(const char *s, size_t len)
{
	size_t i = len > 0 && (s[0] == '-' || s[0] == '+'), from = i;

	while (i < len && s[i] >= '0' && s[i] <= '9')
		i++;
	if (i == from)
		return false;
	if (i + 1 < len && s[i] == '.')
		for (i++; i < len && s[i] >= '0' && s[i] <= '9'; i++)
			;
	return i == len;
}

void
csv_put_safe(struct buf *out, bool first, const char *s, size_t len)
{
	struct buf safe = {0};

	if (len == 0 || s[0] == '\0' || strchr("=+-@\t\r", s[0]) == NULL ||
	    csv_number(s, len)) {
		csv_put(out, first, s, len);
		return;
	}
	buf_char(&safe, '\'');
	buf_add(&safe, s, len);
	csv_put(out, first, safe.data, safe.len);
	buf_free(&safe);
}

void
csv_end(struct buf *out, bool crlf)
{
	if (crlf)
		buf_char(out, '\r');
	buf_char(out, '\n');
}
