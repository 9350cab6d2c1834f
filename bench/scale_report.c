/*
 * Reports as the nation has them: about two million a year that are looked
 * into, three million children in them, 560,000 victims. Those with a finding
 * are kept for all years; those without for the last one, as most states'
 * laws of expungement have it.
 */
#include "scale_making.h"

#include <inttypes.h>
#include <stdio.h>

#include "base/date.h"

#define MINUTES 1440
#define KEPT_DAYS 365 /* a report without a finding */
#define CHILDREN 4    /* of a family, at most */
/* Of families whose children never come into care, for 100 removals. */
#define FOUND 95
#define NOT_FOUND 34

struct family {
	char child[CHILDREN][16];
	int n;
};

/* A report of that day, with a finding or without. */
static void
add_report(struct making *m, int32_t day, bool found, const char *id)
{
	static const int hours[] = {24, 24, 24, 3, 72, 24};
	struct cell c[EXTRACT_MAX_COLS];
	int64_t at = (int64_t)day * MINUTES + scale_some(m, MINUTES);
	int64_t done = day + 5 + scale_some(m, 48);
	int limit = hours[scale_some(m, 6)];
	int64_t contact = at + scale_some(m, (uint32_t)limit * 64);

	scale_clear(c);
	snprintf(m->node, sizeof m->node, "x%07" PRIu32,
	    (uint32_t)scale_some(m, m->workers));
	c[REPORT_COL_ID] = scale_text(id);
	c[REPORT_COL_NODE] = scale_text(m->node);
	c[REPORT_COL_RECEIVED] = scale_number(at);
	c[REPORT_COL_TRACK] =
	    scale_number(found ? TRACK_INVESTIGATION : TRACK_ASSESSMENT);
	c[REPORT_COL_PRIORITY] = scale_number(limit);
	c[REPORT_COL_CONTACT] = scale_number(contact);
	c[REPORT_COL_SEEN] = scale_number(contact + scale_some(m, 3000));
	if (done <= m->through) {
		c[REPORT_COL_CONCLUDED] = scale_number(done * MINUTES);
		c[REPORT_COL_CONCLUSION] = scale_number(
		    found ? CONCLUSION_SUBSTANTIATED : 2 + scale_some(m, 6));
	}
	if (scale_some(m, 12) == 0)
		c[REPORT_COL_GOOD_CAUSE] = scale_number(YESNO_YES);
	c[REPORT_COL_KIND] =
	    scale_text(scale_some(m, 12) == 0 ? "sexual_abuse" : "neglect");
	scale_give(m, EXTRACT_REPORT, c);
}

static void
add_victim(struct making *m, const char *child, const char *report,
    struct cell disposition, struct cell perpetrator)
{
	struct cell c[EXTRACT_MAX_COLS];

	scale_clear(c);
	c[VICTIM_COL_REPORT] = scale_text(report);
	c[VICTIM_COL_CHILD] = scale_text(child);
	c[VICTIM_COL_DISPOSITION] = disposition;
	c[VICTIM_COL_MALTREATMENTS] = scale_number(1 << scale_some(m, 4));
	c[VICTIM_COL_PERPETRATORS] = perpetrator;
	scale_give(m, EXTRACT_VICTIM, c);
}

/* A report about the family on a day of the data. */
static void
report(struct making *m, const struct family *f, int32_t day, bool found)
{
	char id[16];

	if (day < m->first || day > m->through ||
	    (!found && day < m->through - KEPT_DAYS))
		return;
	snprintf(id, sizeof id, "r%09" PRIu32, m->reports++);
	add_report(m, day, found, id);
	for (int i = 0; i < f->n; i++)
		add_victim(m, f->child[i], id,
		    scale_number(found ? DISPOSITION_SUBSTANTIATED
				       : DISPOSITION_UNSUBSTANTIATED),
		    scale_number(1 << (PERPETRATOR_PARENT - 1)));
}

static void
report_in_care(struct making *m, const struct family *f, int32_t day)
{
	int by = scale_some(m, 2) ? PERPETRATOR_FOSTER_NONRELATIVE
				  : PERPETRATOR_PARENT;
	char id[16];

	snprintf(id, sizeof id, "r%09" PRIu32, m->reports++);
	add_report(m, day, true, id);
	add_victim(m, f->child[0], id, scale_number(DISPOSITION_SUBSTANTIATED),
	    scale_number(1 << (by - 1)));
}

/* A child's part in a case, seen about once a month. */
static void
serve(struct making *m, const char *child, const char *id, int32_t opened,
    int32_t closed)
{
	int32_t end = closed == DATE_NEVER ? m->through : closed;
	struct cell c[EXTRACT_MAX_COLS];

	scale_clear(c);
	c[SERVED_COL_CASE] = scale_text(id);
	c[SERVED_COL_CHILD] = scale_text(child);
	scale_give(m, EXTRACT_SERVED, c);
	for (int32_t day = opened + scale_some(m, 30); day <= end;
	     day += 25 + scale_some(m, 14)) {
		scale_clear(c);
		c[SVISIT_COL_CASE] = scale_text(id);
		c[SVISIT_COL_CHILD] = scale_text(child);
		c[SVISIT_COL_DATE] = scale_number(day);
		c[SVISIT_COL_PLACE] = scale_number(
		    scale_some(m, 4) > 0 ? PLACE_RESIDENCE : PLACE_OFFICE);
		c[SVISIT_COL_ENTERED] = scale_number(day + scale_some(m, 20));
		scale_give(m, EXTRACT_SVISIT, c);
	}
}

/* An in-home case: half a year, more or less. */
static void
open_case(struct making *m, const struct family *f, int32_t opened)
{
	int32_t closed = opened + 60 + scale_some(m, 240);
	struct cell c[EXTRACT_MAX_COLS];
	char id[16];

	if (opened < m->first || opened > m->through)
		return;
	if (closed > m->through)
		closed = DATE_NEVER;
	scale_clear(c);
	snprintf(id, sizeof id, "h%09" PRIu32, m->cases++);
	snprintf(m->node, sizeof m->node, "x%07" PRIu32,
	    (uint32_t)scale_some(m, m->workers));
	c[SERVICE_COL_ID] = scale_text(id);
	c[SERVICE_COL_NODE] = scale_text(m->node);
	c[SERVICE_COL_OPENED] = scale_number(opened);
	if (closed != DATE_NEVER)
		c[SERVICE_COL_CLOSED] = scale_number(closed);
	if (scale_some(m, 10) > 0)
		c[SERVICE_COL_PLAN] =
		    scale_number(opened + 5 + scale_some(m, 32));
	scale_give(m, EXTRACT_SERVICE, c);
	for (int i = 0; i < f->n; i++)
		serve(m, f->child[i], id, opened, closed);
}

void
scale_stay_reports(struct making *m, int32_t in, int32_t out)
{
	int32_t end = out == DATE_NEVER ? m->through : out;
	struct family f = {.n = 1};

	snprintf(f.child[0], sizeof f.child[0], "%s", m->child);
	if (scale_some(m, 6) == 0)
		open_case(m, &f, in - 40 - scale_some(m, 400));
	if (scale_some(m, 5) < 3)
		report(m, &f, in - scale_some(m, 30), true);
	else
		report(m, &f, in - scale_some(m, 30), false);
	if (end - in > 60 && scale_some(m, 60) == 0)
		report_in_care(
		    m, &f, in + 8 + scale_some(m, (uint32_t)(end - in - 8)));
	if (out != DATE_NEVER && scale_some(m, 12) == 0)
		report(m, &f, out + scale_some(m, 500), true);
}

/* One or two children of a family, now and then more. */
static void
add_children(struct making *m, struct family *f, int32_t day)
{
	f->n = 1 + (scale_some(m, 3) == 0) + (scale_some(m, 8) == 0) +
	       (scale_some(m, 30) == 0);
	for (int i = 0; i < f->n; i++) {
		snprintf(m->child, sizeof m->child, "f%08" PRIu32 "%c",
		    m->families, 'a' + i);
		snprintf(f->child[i], sizeof f->child[i], "%s", m->child);
		scale_child(m, day - scale_some(m, 17 * 365));
	}
	m->families++;
}

static void
add_family(struct making *m, bool found)
{
	int32_t span = m->through - m->first;
	int32_t day;
	struct family f;

	rng_seed(&m->rng, UINT64_C(1000000000) + m->families);
	day = found ? m->first + scale_some(m, (uint32_t)span)
		    : m->through - scale_some(m, KEPT_DAYS);
	add_children(m, &f, day);
	report(m, &f, day, found);
	if (scale_some(m, 12) == 0)
		report(m, &f, day + scale_some(m, 400), found);
	if (found && scale_some(m, 4) == 0)
		open_case(m, &f, day + 10 + scale_some(m, 40));
}

void
scale_families(struct making *m)
{
	uint64_t found = (uint64_t)m->removals * FOUND / 100;
	uint64_t not_found = (uint64_t)m->removals * NOT_FOUND / 100;

	for (uint64_t i = 0; i < found + not_found && !m->failed; i++)
		add_family(m, i < found);
}
