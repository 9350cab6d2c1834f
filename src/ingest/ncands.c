#include "ingest/ncands.h"

#include <string.h>

#include "base/i18n.h"
#include "ingest/period.h"

#define SHORTEST 100 /* through the death flag: what makes a victim */
#define OLDEST 312   /* the first layout's width */

struct reader {
	struct intake *in;
	struct bytes *b;
	bool ragged; /* a complete line was shorter than the layout */
};

/* Four digits of a year, two letters of a state. */
static bool
record_like(const char *s, size_t len)
{
	int32_t year = len >= 30 ? digits(s, 4) : -1;

	return year >= 1990 && year <= 2199 && s[4] >= 'A' && s[4] <= 'Z' &&
	       s[5] >= 'A' && s[5] <= 'Z';
}

bool
ncands_probe(const char *s, size_t len)
{
	if (len >= 3 && memcmp(s, "\xef\xbb\xbf", 3) == 0) {
		s += 3;
		len -= 3;
	}
	return record_like(s, len);
}

static void
see_year(struct intake *in, int32_t year)
{
	if (intake_current(in)->period == 0)
		intake_current(in)->period = year;
	intake_through(in, date_make(year, 9, 30));
}

static void
flag_one(void *arg, const char *rule)
{
	intake_flag(arg, rule, 1);
}

static bool
set_aside(struct reader *r, uint64_t line, const char *text, int field,
    struct err *err)
{
	struct fault fault = {.line = line,
	    .column = nc_fields[field].name,
	    .rule = "FC-19",
	    .value = text + nc_fields[field].start,
	    .len = (size_t)nc_fields[field].width};

	return intake_aside(r->in, &fault, err);
}

/* Fields without which a record says nothing. */
static int
first_missing(const struct nc_record *rec)
{
	static const enum nc needed[] = {NC_SUBYR, NC_RPTID, NC_CHID, NC_RPTDT};

	for (size_t i = 0; i < sizeof needed / sizeof *needed; i++)
		if (rec->v[needed[i]] == DATE_MISSING)
			return (int)needed[i];
	if (rec->v[NC_SUBYR] < 1990 || rec->v[NC_SUBYR] > 2199)
		return NC_SUBYR;
	return -1;
}

/* An id with a character that none may have; -1: all are well. */
static int
first_bad_id(const char text[NC_WIDTH])
{
	static const enum nc ids[] = {NC_RPTID, NC_CHID, NC_AFCARSID};

	for (size_t i = 0; i < sizeof ids / sizeof *ids; i++) {
		size_t len;
		const char *s = nc_id(text, ids[i], &len);

		for (size_t k = 0; k < len; k++)
			if (s[k] < ' ' || s[k] > '~')
				return (int)ids[i];
	}
	return -1;
}

static bool
take_record(
    struct reader *r, uint64_t line, const char text[NC_WIDTH], struct err *err)
{
	char bytes[NC_HEAD + NC_WIDTH];
	uint32_t at = (uint32_t)line;
	struct nc_record rec;
	struct raw raw = {
	    .kind = RAW_NCANDS, .bytes = bytes, .len = sizeof bytes};
	int wrong;

	nc_decode(&rec, text);
	wrong = first_missing(&rec);
	if (wrong < 0)
		wrong = first_bad_id(text);
	if (wrong >= 0)
		return set_aside(r, line, text, wrong, err);
	see_year(r->in, rec.v[NC_SUBYR]);
	for (int i = 0; i < NC_COUNT; i++)
		intake_flag(r->in, "FC-22", rec.bad >> i & 1);
	nc_check(&rec, flag_one, r->in);
	intake_current(r->in)->kept++;
	memcpy(bytes, &at, NC_HEAD);
	memcpy(bytes + NC_HEAD, text, NC_WIDTH);
	raw.key = nc_id(text, NC_CHID, &raw.key_len);
	raw.period = rec.v[NC_SUBYR];
	return r->in->sink->raw(r->in->sink->arg, &raw, err);
}

/* A last line without its end may have been cut, unless this file's lines
 * end where their last value does. */
static bool
length_wrong(struct reader *r, size_t len, bool complete)
{
	if (len < SHORTEST || len > NC_WIDTH)
		return true;
	if (len >= OLDEST)
		return false;
	r->ragged |= complete;
	return !complete && !r->ragged;
}

int32_t
ncands_period(const char *s, size_t len)
{
	if (len >= 3 && memcmp(s, "\xef\xbb\xbf", 3) == 0) {
		s += 3;
		len -= 3;
	}
	return record_like(s, len) ? digits(s, 4) : 0;
}

bool
ncands_read(struct intake *in, struct bytes *b, struct err *err)
{
	struct reader r = {.in = in, .b = b};
	char text[NC_WIDTH];
	uint64_t line = 1;
	const char *s;
	size_t len;
	bool complete;

	if (bytes_want(b, 3) >= 3 && memcmp(b->data, "\xef\xbb\xbf", 3) == 0)
		bytes_skip(b, 3);
	for (; bytes_line(b, &s, &len, &complete); line = b->line) {
		while (len > 0 && (s[len - 1] == ' ' || s[len - 1] == '\x1a') &&
		       len > NC_WIDTH)
			len--;
		if (blank(s, len) || (len == 1 && *s == '\x1a'))
			continue;
		intake_count(in);
		if (length_wrong(&r, len, complete)) {
			if (!intake_aside(in,
				&(struct fault){.line = line, .rule = "LENGTH"},
				err))
				return false;
			continue;
		}
		memset(text, ' ', sizeof text);
		memcpy(text, s, len);
		if (!take_record(&r, line, text, err))
			return false;
	}
	return bytes_check(b, err);
}
