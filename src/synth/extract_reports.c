/* The rows of reports to the hotline and of families served at home. */
#include <stdio.h>

#include "base/date.h"
#include "synth/extract_part.h"

static void
extract_time(const struct extract *x, struct row *r, int column, int32_t at)
{
	if (at / 1440 <= x->w->through)
		row_int(r, column, at);
}

static bool
extract_concluded(const struct extract *x, const struct report *p)
{
	return p->concluded / 1440 <= x->w->through;
}

static void
extract_report(struct extract *x, const struct report *p, const char *id)
{
	struct row r = row_empty();
	char node[16];

	snprintf(node, sizeof(node), "%s-1", counties[x->f->county].fips);
	row_text(&r, REPORT_COL_ID, id);
	row_int(&r, REPORT_COL_RECEIVED, p->received);
	row_int(&r, REPORT_COL_TRACK, p->track);
	row_int(&r, REPORT_COL_PRIORITY, p->priority);
	extract_time(x, &r, REPORT_COL_CONTACT, p->contact);
	extract_time(x, &r, REPORT_COL_SEEN, p->seen);
	extract_time(x, &r, REPORT_COL_CONCLUDED, p->concluded);
	if (extract_concluded(x, p))
		row_int(&r, REPORT_COL_CONCLUSION, p->conclusion);
	row_int(
	    &r, REPORT_COL_GOOD_CAUSE, p->good_cause ? YESNO_YES : YESNO_NO);
	if (p->sexual)
		row_text(&r, REPORT_COL_KIND, "sexual_abuse");
	row_text(&r, REPORT_COL_NODE, node);
	extract_row(x, EXTRACT_REPORT, &r);
}

static void
extract_named(struct extract *x, const struct report *p, const char *id)
{
	size_t i;

	for (i = 0; i < p->names; i++) {
		const struct named *n = &x->f->named.v[p->named + i];
		struct row r = row_empty();

		row_text(&r, VICTIM_COL_REPORT, id);
		row_text(&r, VICTIM_COL_CHILD, x->ids[n->child]);
		row_day(&r, VICTIM_COL_INCIDENT, n->incident, DATE_LAST);
		if (extract_concluded(x, p))
			row_int(&r, VICTIM_COL_DISPOSITION, n->disposition);
		row_int(&r, VICTIM_COL_MALTREATMENTS, n->maltreatments);
		row_int(&r, VICTIM_COL_PERPETRATORS, n->perpetrators);
		row_int(&r, VICTIM_COL_DIED, n->died ? YESNO_YES : YESNO_NO);
		extract_row(x, EXTRACT_VICTIM, &r);
	}
}

void
extract_reports(struct extract *x)
{
	size_t i;

	for (i = 0; i < x->f->reports.n; i++) {
		const struct report *p = &x->f->reports.v[i];
		char id[FAMILY_ID];

		family_report_id(id, x->f, i);
		extract_report(x, p, id);
		extract_named(x, p, id);
	}
}

static void
extract_calls(struct extract *x, const struct in_home *c, const char *id)
{
	size_t i;

	for (i = 0; i < c->visits; i++) {
		const struct event *v = &x->f->calls.v[c->visit + i];
		struct row r = row_empty();

		if (v->entered > x->w->through)
			continue;
		row_text(&r, SVISIT_COL_CASE, id);
		row_text(&r, SVISIT_COL_CHILD, x->ids[v->child]);
		row_day(&r, SVISIT_COL_DATE, v->date, DATE_LAST);
		row_int(&r, SVISIT_COL_PLACE, v->code);
		row_day(&r, SVISIT_COL_ENTERED, v->entered, DATE_LAST);
		extract_row(x, EXTRACT_SVISIT, &r);
	}
}

static void
extract_case(struct extract *x, const struct in_home *c)
{
	static const char *const risks[] = {
	    "low", "moderate", "high", "very high"};
	static const char *const reasons[] = {
	    "report", "court order", "request of the family"};
	struct row r = row_empty();
	char id[FAMILY_ID], node[16];
	size_t i;

	snprintf(node, sizeof(node), "%s-1", counties[x->f->county].fips);
	snprintf(id, sizeof(id), "F%011u", x->f->number);
	row_text(&r, SERVICE_COL_ID, id);
	row_text(&r, SERVICE_COL_NODE, node);
	row_day(&r, SERVICE_COL_OPENED, c->opened, DATE_LAST);
	row_day(&r, SERVICE_COL_CLOSED, c->closed, x->w->through);
	row_text(&r, SERVICE_COL_REASON, reasons[c->reason]);
	row_text(&r, SERVICE_COL_RISK, risks[c->risk]);
	row_day(&r, SERVICE_COL_PLAN, c->plan, x->w->through);
	extract_row(x, EXTRACT_SERVICE, &r);
	for (i = 0; i < x->f->n; i++) {
		struct row s = row_empty();

		row_text(&s, SERVED_COL_CASE, id);
		row_text(&s, SERVED_COL_CHILD, x->ids[i]);
		extract_row(x, EXTRACT_SERVED, &s);
	}
	extract_calls(x, c, id);
}

void
extract_services(struct extract *x)
{
	size_t i;

	for (i = 0; i < x->f->cases.n; i++)
		if (x->f->cases.v[i].opened <= x->w->through)
			extract_case(x, &x->f->cases.v[i]);
}
