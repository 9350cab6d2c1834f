#include "ingest/history.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "ingest/cells.h"
#include "ingest/child.h"

#define HEAD 5		 /* form and line before a raw record's bytes */
#define MOST_RECORDS 512 /* of one child; 22 years make 44 */

/* What became of the children of one half-year, for the checks across
 * files. */
struct half_year {
	int32_t period;
	uint64_t children; /* in the file */
	uint64_t again;	   /* also in the next half-year's */
	uint64_t open;	   /* in no later file, and still in care */
};

struct history {
	struct intake *in;
	struct child_records child;
	struct half_year *years; /* sorted */
	size_t n, cap;
	uint64_t skipped; /* children whom an extract tells */
	uint64_t single;  /* children on their first removal */
};

bool
history_keep(struct intake *in, const struct keep *keep, struct err *err)
{
	char small[HEAD + AF93_WIDTH];
	char *bytes =
	    keep->len <= AF93_WIDTH ? small : xmalloc(HEAD + keep->len);
	bool ok;

	bytes[0] = (char)keep->form;
	memcpy(bytes + 1, &keep->line, sizeof keep->line);
	memcpy(bytes + HEAD, keep->bytes, keep->len);
	ok = in->sink->raw(in->sink->arg,
	    &(struct raw){.kind = RAW_AFCARS,
		.key = keep->key,
		.key_len = keep->key_len,
		.period = keep->period,
		.bytes = bytes,
		.len = HEAD + keep->len},
	    err);
	if (bytes != small)
		free(bytes);
	return ok;
}

struct history *
history_new(struct intake *in)
{
	struct history *h = xcalloc(1, sizeof *h);

	h->in = in;
	h->child.in = in;
	return h;
}

void
history_free(struct history *h)
{
	if (h == NULL)
		return;
	af20_fini(&h->child.newest);
	free(h->child.recs);
	free(h->child.stood);
	free(h->years);
	free(h);
}

/* --- across files -------------------------------------------------- */

static struct half_year *
half_year(struct history *h, int32_t period)
{
	size_t i = h->n;

	while (i > 0 && h->years[i - 1].period >= period)
		i--;
	if (i < h->n && h->years[i].period == period)
		return &h->years[i];
	grow(&h->years, &h->cap, h->n + 1, sizeof *h->years);
	memmove(h->years + i + 1, h->years + i, (h->n - i) * sizeof *h->years);
	h->n++;
	h->years[i] = (struct half_year){.period = period};
	return &h->years[i];
}

/* XF-01: what does not change from one half-year to the next. */
static void
compare(
    struct history *h, const struct af93_record *a, const struct af93_record *b)
{
	static const enum af93 same[] = {AF_DOB, AF_SEX, AF_REM1DT};
	bool differ = false;

	for (size_t i = 0; i < sizeof same / sizeof *same; i++)
		differ |= a->v[same[i]] != DATE_MISSING &&
			  b->v[same[i]] != DATE_MISSING &&
			  a->v[same[i]] != b->v[same[i]];
	differ |= b->v[AF_TOTALREM] != DATE_MISSING &&
		  a->v[AF_TOTALREM] > b->v[AF_TOTALREM];
	if (differ)
		intake_flag(h->in, "XF-01", 1);
}

static void
count_records(struct history *h)
{
	const struct child_records *c = &h->child;
	const struct record93 *last;

	for (size_t i = 0; i < c->n; i++) {
		int32_t period = c->recs[i].period;
		bool again = false;

		if (i + 1 < c->n && c->recs[i + 1].period == period)
			continue;
		if (i + 1 < c->n) {
			again = c->recs[i + 1].period == period_next(period);
			compare(h, &c->recs[i].r, &c->recs[i + 1].r);
		} else {
			again = c->first_period == period_next(period);
		}
		half_year(h, period)->children++;
		half_year(h, period)->again += again;
	}
	if (c->newest_period != 0) {
		half_year(h, c->newest_period)->children++;
		half_year(h, c->newest_period)->open += removals_open(c);
	}
	if (c->n == 0)
		return;
	last = &c->recs[c->n - 1];
	h->single += last->r.v[AF_TOTALREM] == 1;
	if (c->newest_period == 0 && last->r.v[AF_DODFCDT] == DATE_MISSING)
		half_year(h, last->period)->open++;
}

/* DQ-A1, DQ-A4 with XF-02, DQ-A11; limits of measures.md 5.1. */
static void
judge_files(struct history *h)
{
	uint64_t all = 0;

	for (size_t i = 0; i < h->n; i++) {
		const struct half_year *y = &h->years[i];
		uint64_t lost = y->children - y->again;

		all += y->children;
		if (i + 1 == h->n)
			break;
		intake_flag(h->in, "DQ-A4", y->open);
		intake_flag(h->in, "XF-02", y->open);
		if (h->years[i + 1].period != period_next(y->period))
			intake_say(h->in,
			    _("the half-year after %" PRId32 " is missing"),
			    y->period);
		else if (lost * 100 > y->children * 40)
			intake_say(h->in,
			    _("DQ-A1: %" PRIu64 " of %" PRIu64
			      " children of %" PRId32 " are not in the next "
			      "half-year"),
			    lost, y->children, y->period);
		if (y->open * 100 > y->children * 10)
			intake_say(h->in,
			    _("DQ-A4: %" PRIu64 " of %" PRIu64
			      " children of %" PRId32 " were in care and are "
			      "in no later file"),
			    y->open, y->children, y->period);
	}
	if (all > 0 && h->single * 100 > intake_current(h->in)->rows * 95)
		intake_say(h->in, _("DQ-A11: more than 95 %% of the children "
				    "are on their first removal"));
}

/* --- one child ----------------------------------------------------- */

static void
child_clear(struct child_records *c)
{
	c->n = 0;
	c->first_period = c->newest_period = 0;
	c->newest.n = 0;
	c->stood_n = 0;
	c->key_len = 0;
}

/* Whether an extract tells the child, of this import or of the generation it
 * is added to. */
static bool
is_told(const struct intake *in, const struct child_records *c)
{
	const int32_t *carried = ids_find(&in->carried, c->key, c->key_len);

	return ids_find(&in->children, c->key, c->key_len) != NULL ||
	       (in->told && carried != NULL && *carried == 1);
}

static bool
child_finish(struct history *h, struct err *err)
{
	struct child_records *c = &h->child;
	bool ok = true;

	if (c->key_len == 0)
		return true;
	intake_count(h->in);
	if (is_told(h->in, c)) {
		h->skipped++;
	} else {
		intake_current(h->in)->kept++;
		ids_put(&h->in->histories, c->key, c->key_len, 0);
		count_records(h);
		ok = episodes_give(c, err) && removals_give(c, err);
	}
	child_clear(c);
	return ok;
}

/* Of two records of one child, half-year and removal the later one counts. */
static bool
add_1993(struct history *h, const struct raw *raw, struct err *err)
{
	struct child_records *c = &h->child;
	const char *bytes = raw->bytes;
	struct record93 *rec;
	struct fault fault = {.rule = "DUP",
	    .column = "4",
	    .file = intake_file_of(h->in, raw->period, "AFCARS")};

	if (raw->len != HEAD + AF93_WIDTH)
		return err_set(err, ERR_CORRUPT, "a kept record is damaged");
	grow(&c->recs, &c->cap, c->n + 1, sizeof *c->recs);
	rec = &c->recs[c->n];
	rec->period = raw->period;
	memcpy(&rec->line, bytes + 1, sizeof rec->line);
	af93_decode(&rec->r, bytes + HEAD);
	for (size_t i = c->n; i > 0 && c->recs[i - 1].period == raw->period;
	     i--) {
		if (c->recs[i - 1].r.v[AF_LATREMDT] != rec->r.v[AF_LATREMDT])
			continue;
		fault.line = c->recs[i - 1].line;
		c->recs[i - 1] = *rec;
		return intake_aside(h->in, &fault, err);
	}
	if (c->n == MOST_RECORDS) {
		fault.line = rec->line;
		return intake_aside(h->in, &fault, err);
	}
	if (c->n > 0 && c->recs[c->n - 1].period == raw->period)
		intake_flag(h->in, "DUP", 1);
	c->n++;
	return true;
}

static bool
add_2020(struct history *h, const struct raw *raw, struct err *err)
{
	struct child_records *c = &h->child;

	if (c->newest_period != 0)
		half_year(h, c->newest_period)->again +=
		    raw->period == period_next(c->newest_period);
	if (c->newest_period != 0 && c->newest_period != raw->period)
		half_year(h, c->newest_period)->children++;
	if (c->first_period == 0)
		c->first_period = raw->period;
	c->newest_period = raw->period;
	grow(&c->stood, &c->stood_cap, c->stood_n + 1, sizeof *c->stood);
	c->stood[c->stood_n++] = raw->period;
	return af20_parse(
	    &c->newest, (const char *)raw->bytes + HEAD, raw->len - HEAD, err);
}

bool
history_add(struct history *h, const struct raw *raw, struct err *err)
{
	struct child_records *c = &h->child;

	if (raw->len < HEAD || raw->key_len == 0 || raw->key_len > EXTRACT_ID)
		return err_set(err, ERR_CORRUPT, "a kept record is damaged");
	if (raw->key_len != c->key_len ||
	    memcmp(raw->key, c->key, c->key_len) != 0) {
		if (!child_finish(h, err))
			return false;
		memcpy(c->key, raw->key, raw->key_len);
		c->key[raw->key_len] = '\0';
		c->key_len = raw->key_len;
	}
	return *(const char *)raw->bytes == HISTORY_1993
		   ? add_1993(h, raw, err)
		   : add_2020(h, raw, err);
}

bool
history_end(struct history *h, struct err *err)
{
	if (!child_finish(h, err))
		return false;
	judge_files(h);
	if (h->skipped > 0)
		intake_say(h->in,
		    _("%" PRIu64 " children stand in the "
		      "extract too, whose rows count"),
		    h->skipped);
	return true;
}

/* --- rows ---------------------------------------------------------- */

void
child_row(
    const struct child_records *c, struct cell *cells, enum extract_table table)
{
	row_clear(cells, table);
	cells[0] = cell_text(c->key, c->key_len);
}

bool
child_legal(
    const struct child_records *c, int32_t day, int event, struct err *err)
{
	struct cell cells[EXTRACT_MAX_COLS];

	if (!date_known(day))
		return true;
	child_row(c, cells, EXTRACT_LEGALS);
	cells[LEGALS_COL_DATE] = cell_day(day);
	cells[LEGALS_COL_EVENT] = cell_code(event);
	return intake_row(c->in, EXTRACT_LEGALS, cells, err);
}

bool
child_meeting(const struct child_records *c, int32_t day, struct err *err)
{
	struct cell cells[EXTRACT_MAX_COLS];

	if (!date_known(day))
		return true;
	child_row(c, cells, EXTRACT_MEETING);
	cells[MEETING_COL_DATE] = cell_day(day);
	cells[MEETING_COL_KIND] = cell_text("pprt", 4);
	return intake_row(c->in, EXTRACT_MEETING, cells, err);
}

bool
child_goal(
    const struct child_records *c, int32_t start, int goal, struct err *err)
{
	struct cell cells[EXTRACT_MAX_COLS];

	if (!date_known(start) || goal <= 0)
		return true;
	child_row(c, cells, EXTRACT_GOALS);
	cells[GOALS_COL_START] = cell_day(start);
	cells[GOALS_COL_GOAL] = cell_code(goal);
	return intake_row(c->in, EXTRACT_GOALS, cells, err);
}

bool
child_assign(
    const struct child_records *c, const struct duty *duty, struct err *err)
{
	struct cell cells[EXTRACT_MAX_COLS];
	char node[EXTRACT_ID + 1];

	places_node(&c->in->places, duty->fips, node);
	if (node[0] == '\0' || !date_known(duty->start))
		return true;
	child_row(c, cells, EXTRACT_ASSIGN);
	cells[ASSIGN_COL_NODE] = cell_text(node, strlen(node));
	cells[ASSIGN_COL_START] = cell_day(duty->start);
	cells[ASSIGN_COL_STOP] = cell_day(duty->end);
	return intake_row(c->in, EXTRACT_ASSIGN, cells, err);
}
