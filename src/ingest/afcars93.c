#include "ingest/afcars93.h"

#include <inttypes.h>
#include <string.h>

#include "base/i18n.h"
#include "ingest/history.h"
#include "ingest/period.h"

#define OLD_WIDTH 150
#define OLD_SUMMARY 172
#define LAST_NEEDED 185 /* through element 58: all that measures use */
#define AGES 20		/* under 1, 1 to 18, over 18 */

struct reader {
	struct intake *in;
	struct bytes *b;
	bool lines;   /* else one record after the other */
	bool summed;  /* a summary stood before */
	bool stopped; /* the adoption parts have begun */
	int32_t said_period, said_records, said_ages[AGES];
	int32_t period;
	int32_t ages[AGES];
	uint64_t missing[AF_COUNT];
};

/* --- what kind of file --------------------------------------------- */

/* Eight digits at least: state, year, month. */
static bool
record_like(const char *s, size_t len)
{
	return len >= 8 && digits(s, 2) >= 0 && period_parse(s + 2, 6) != 0;
}

static bool
old_record_like(const char *s, size_t len)
{
	int32_t month = len >= 9 ? digits(s + 4, 2) : -1;

	return (month == 3 || month == 9) && digits(s, 9) >= 0;
}

static size_t
line_length(const char *s, size_t len)
{
	const char *end = memchr(s, '\n', len);
	size_t n = end != NULL ? (size_t)(end - s) : len;

	return n > 0 && s[n - 1] == '\r' ? n - 1 : n;
}

bool
afcars93_probe(const char *s, size_t len)
{
	size_t n = line_length(s, len);

	if (len == 0)
		return false;
	if (*s == '@')
		return true;
	return (record_like(s, len) && n > OLD_WIDTH) ||
	       (n == OLD_WIDTH && (record_like(s, n) || old_record_like(s, n)));
}

static bool
refuse_old(struct reader *r, struct err *err)
{
	return err_set(err, ERR_FORMAT,
	    _("%s: line %" PRIu64 ": this is the "
	      "150-character layout of 1993 (two-digit years); ask for the "
	      "197-character layout in use since 2000"),
	    intake_current(r->in)->name, r->b->line);
}

/* --- the head ------------------------------------------------------ */

/* The order of the first two fields is not certain: the period is told by
 * being one. */
static bool
read_summary(struct reader *r, struct err *err)
{
	const char *s = r->b->data;

	r->said_period = period_parse(s + 8, 6);
	r->said_records = digits(s, 8);
	if (r->said_period == 0) {
		r->said_period = period_parse(s, 6);
		r->said_records = digits(s + 6, 8);
	}
	for (int i = 0; i < AGES; i++)
		r->said_ages[i] = digits(s + 14 + 8 * i, 8);
	if (r->said_period == 0 || r->said_records < 0)
		return err_set(err, ERR_FORMAT,
		    _("%s: FC-21: the summary "
		      "record is not readable"),
		    intake_current(r->in)->name);
	r->summed = true;
	bytes_skip(r->b, AF93_SUMMARY);
	bytes_skip_eol(r->b);
	return true;
}

static bool
read_head(struct reader *r, struct err *err)
{
	size_t n = bytes_want(r->b, 1024);

	if (n >= 3 && memcmp(r->b->data, "\xef\xbb\xbf", 3) == 0) {
		bytes_skip(r->b, 3);
		n = bytes_want(r->b, 1024);
	}
	if (n == 0 || *r->b->data != '@')
		return true;
	bytes_skip(r->b, 1);
	bytes_skip_eol(r->b);
	n = bytes_want(r->b, 1024);
	if (line_length(r->b->data, n) == OLD_SUMMARY)
		return refuse_old(r, err);
	if (n < AF93_SUMMARY)
		return err_set(err, ERR_FORMAT,
		    _("%s: FC-21: the summary "
		      "record is cut off"),
		    intake_current(r->in)->name);
	return read_summary(r, err);
}

/* The half-year that most records of the window name. */
static int32_t
commonest_period(const char *s, size_t len, bool lines)
{
	int32_t best = 0;
	int votes = 0;

	while (len >= 8) {
		size_t n = lines ? line_length(s, len) : AF93_WIDTH;
		int32_t p = record_like(s, len) ? period_parse(s + 2, 6) : 0;

		/* Majority vote in one pass (Boyer and Moore). */
		if (p != 0 && votes == 0)
			best = p;
		if (p != 0)
			votes += p == best ? 1 : -1;
		n += lines;
		if (lines && n < len && s[n - 1] == '\r')
			n++;
		if (n >= len)
			break;
		s += n;
		len -= n;
	}
	return best;
}

static bool
settle(struct reader *r, struct err *err)
{
	struct intake_file *f = intake_current(r->in);
	size_t n = bytes_want(r->b, BYTES_WINDOW / 4);
	size_t near = n < 1024 ? n : 1024;

	r->lines = memchr(r->b->data, '\n', near) != NULL || n < AF93_WIDTH;
	r->period = commonest_period(r->b->data, n, r->lines);
	if (r->period == 0)
		r->period = r->said_period;
	if (r->summed && r->said_period != r->period)
		return err_set(err, ERR_REFUSED,
		    _("%s: FC-21: the summary is "
		      "of period %" PRId32 ", the records are of %" PRId32),
		    f->name, r->said_period, r->period);
	f->period = r->period;
	if (r->period != 0)
		intake_through(r->in, period_end(r->period));
	return true;
}

/* --- records ------------------------------------------------------- */

struct line {
	const char *s;
	size_t len;
	uint64_t at;
	bool complete; /* a line end stood behind it */
};

static bool
set_aside(struct reader *r, const struct line *l, const char *column,
    const char *rule, struct err *err)
{
	struct fault fault = {.line = l->at, .column = column, .rule = rule};

	for (int i = 0; column != NULL && i < AF_COUNT; i++)
		if (strcmp(af93_elements[i].element, column) == 0 &&
		    (size_t)(af93_elements[i].start + af93_elements[i].width) <=
			l->len) {
			fault.value = l->s + af93_elements[i].start;
			fault.len = (size_t)af93_elements[i].width;
		}
	return intake_aside(r->in, &fault, err);
}

/* Behind one of these come the adoption parts and footnotes. */
static bool
delimiter(char c)
{
	return c == '#' || c == '$' || c == '%';
}

/* The record number without blanks around it; false when it has characters
 * that none may have. */
static bool
record_number(const char *text, const char **id, size_t *len)
{
	const char *s = text + af93_elements[AF_RECNUMBR].start;
	size_t n = (size_t)af93_elements[AF_RECNUMBR].width;

	while (n > 0 && *s == ' ') {
		s++;
		n--;
	}
	while (n > 0 && s[n - 1] == ' ')
		n--;
	*id = s;
	*len = n;
	for (size_t i = 0; i < n; i++)
		if (s[i] < ' ' || s[i] > '~' || s[i] == '@' || delimiter(s[i]))
			return false;
	return true;
}

static void
count_age(struct reader *r, const struct af93_record *rec)
{
	int32_t end = period_end(r->period), birth = rec->v[AF_DOB], age;

	if (birth == DATE_MISSING || birth > end)
		return;
	age = date_years(birth, end);
	r->ages[age < AGES - 1 ? age : AGES - 1]++;
}

static void
flag_one(void *arg, const char *rule)
{
	intake_flag(arg, rule, 1);
}

static void
flag_record(struct reader *r, const struct af93_record *rec)
{
	for (int i = 0; i < AF_COUNT; i++)
		r->missing[i] += rec->v[i] == DATE_MISSING;
	intake_flag(r->in, "FC-22",
	    (uint64_t)(__builtin_popcountll(rec->bad[0]) +
		       __builtin_popcountll(rec->bad[1])));
	af93_check(rec, flag_one, r->in);
}

/* text holds the whole width, blanks where the line was short. */
static bool
take_record(struct reader *r, const struct line *l, const char text[AF93_WIDTH],
    struct err *err)
{
	struct af93_record rec;
	const char *id;
	size_t len;

	af93_decode(&rec, text);
	if (r->period != 0)
		count_age(r, &rec);
	if (rec.v[AF_REPDAT] != r->period || r->period == 0)
		return set_aside(r, l, "2", "FC-22", err);
	if (!record_number(text, &id, &len))
		return set_aside(r, l, "4", "FC-22", err);
	if (len == 0)
		return set_aside(r, l, "4", "FC-19", err);
	if (rec.v[AF_LATREMDT] == DATE_MISSING)
		return set_aside(r, l, "21", "DQ-A8", err);
	flag_record(r, &rec);
	intake_current(r->in)->kept++;
	return history_keep(r->in,
	    &(struct keep){.form = HISTORY_1993,
		.line = (uint32_t)l->at,
		.period = r->period,
		.key = id,
		.key_len = len,
		.bytes = text,
		.len = AF93_WIDTH},
	    err);
}

/* A line shorter than the record lost blanks at its end; one that has no end
 * may have been cut, so it must reach the last element that is used. */
static bool
take_line(struct reader *r, struct line *l, struct err *err)
{
	char text[AF93_WIDTH];

	while (l->len > AF93_WIDTH && l->s[l->len - 1] == ' ')
		l->len--;
	if (l->complete && l->len == OLD_WIDTH) {
		r->b->line = l->at;
		return refuse_old(r, err);
	}
	intake_count(r->in);
	if (l->len > AF93_WIDTH || l->len <= OLD_WIDTH ||
	    (!l->complete && l->len < LAST_NEEDED))
		return set_aside(r, l, NULL, "LENGTH", err);
	if (l->len == AF93_WIDTH)
		return take_record(r, l, l->s, err);
	memset(text, ' ', sizeof text);
	memcpy(text, l->s, l->len);
	intake_flag(r->in, "SHORT", 1);
	return take_record(r, l, text, err);
}

static bool
next_line(struct reader *r, struct line *l)
{
	do {
		l->at = r->b->line;
		if (!bytes_line(r->b, &l->s, &l->len, &l->complete))
			return false;
	} while (blank(l->s, l->len) || (l->len == 1 && *l->s == '\x1a'));
	r->stopped = delimiter(*l->s);
	return !r->stopped;
}

static bool
next_block(struct reader *r, struct line *l)
{
	size_t n = bytes_want(r->b, AF93_WIDTH);

	l->at = intake_current(r->in)->rows + 1;
	r->stopped = n > 0 && delimiter(*r->b->data);
	if (n == 0 || r->stopped || *r->b->data == '\x1a' ||
	    (n < AF93_WIDTH && blank(r->b->data, n)))
		return false;
	l->s = r->b->data;
	l->len = n < AF93_WIDTH ? n : AF93_WIDTH;
	l->complete = n >= AF93_WIDTH;
	bytes_skip(r->b, l->len);
	return true;
}

/* --- the end ------------------------------------------------------- */

static bool
check_summary(const struct reader *r, struct err *err)
{
	const struct intake_file *f = intake_current(r->in);

	if (!r->summed)
		return true;
	if ((uint64_t)r->said_records != f->rows)
		return err_set(err, ERR_REFUSED,
		    _("%s: FC-21: the summary "
		      "says %" PRId32 " records, the file holds %" PRIu64),
		    f->name, r->said_records, f->rows);
	for (int i = 0; i < AGES; i++)
		if (r->said_ages[i] != r->ages[i])
			return err_set(err, ERR_REFUSED,
			    _("%s: FC-21: the "
			      "summary says %" PRId32
			      " children aged %s%d, the "
			      "records give %" PRId32),
			    f->name, r->said_ages[i],
			    i == 0	    ? "under "
			    : i == AGES - 1 ? "over "
					    : "",
			    i == 0	    ? 1
			    : i == AGES - 1 ? 18
					    : i,
			    r->ages[i]);
	return true;
}

/* FC-20: at most ten records in a hundred may lack an element. */
static void
say_missing(struct reader *r)
{
	uint64_t kept = intake_current(r->in)->kept;

	for (int i = 0; i < AF_COUNT; i++) {
		if (!af93_elements[i].expected || r->missing[i] * 10 <= kept)
			continue;
		intake_flag(r->in, "FC-20", 1);
		intake_say(r->in,
		    _("FC-20: element %s is missing in %" PRIu64 " of %" PRIu64
		      " records, more than 10 %%"),
		    af93_elements[i].element, r->missing[i], kept);
	}
}

/* Line ends that stand at s. */
static size_t
eols(const char *s, size_t len)
{
	size_t n = 0;

	while (n < len && (s[n] == '\r' || s[n] == '\n'))
		n++;
	return n;
}

/* Steps over the head as read_head() does. */
int32_t
afcars93_period(const char *s, size_t len)
{
	size_t skip = 0;
	bool lines;

	if (len > 0 && *s == '@') {
		skip = 1 + eols(s + 1, len - 1) + AF93_SUMMARY;
		if (skip < len)
			skip += eols(s + skip, len - skip);
	}
	if (skip >= len)
		return 0;
	s += skip;
	len -= skip;
	lines = memchr(s, '\n', len < 1024 ? len : 1024) != NULL ||
		len < AF93_WIDTH;
	return commonest_period(s, len, lines);
}

bool
afcars93_read(struct intake *in, struct bytes *b, struct err *err)
{
	struct reader r = {.in = in, .b = b};
	struct line l;

	if (!read_head(&r, err) || !settle(&r, err))
		return false;
	while (r.lines ? next_line(&r, &l) : next_block(&r, &l))
		if (!take_line(&r, &l, err))
			return false;
	if (!bytes_check(b, err) || !check_summary(&r, err))
		return false;
	if (r.stopped)
		intake_say(in, _("adoption records follow and are not used"));
	say_missing(&r);
	return true;
}
