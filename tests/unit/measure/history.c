#include "history.h"

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "base/date.h"

int32_t
day(const char *text)
{
	int32_t d = date_parse(text, strlen(text));

	ck_assert_msg(d != DATE_MISSING, "%s", text);
	return d;
}

static int
pick(struct rng *rng, int n)
{
	return (int)rng_below(rng, (uint32_t)n);
}

/* A day near an edge, or anywhere within two years. */
static int32_t
near(struct rng *rng, int32_t edge)
{
	return pick(rng, 3) > 0 ? edge - 2 + pick(rng, 5)
				: edge - 365 + pick(rng, 731);
}

/* When a stay that began on a day ends. */
static int32_t
end_of_stay(struct rng *rng, int32_t in, int32_t around, int32_t birth)
{
	switch (pick(rng, 8)) {
	case 0:
		return DATE_NEVER;
	case 1: /* around the 8-day rule */
		return in + 6 + pick(rng, 4);
	case 2: /* around an anniversary */
		return date_addmonths(in, 11 + pick(rng, 3)) - 1 + pick(rng, 3);
	case 3:
		if (birth != DATE_MISSING)
			return date_birthday(birth, 18) - 1 + pick(rng, 3);
		return DATE_NEVER;
	case 4:
		return around + 364 - 2 + pick(rng, 5);
	case 5: /* on or before the removal, which is an error */
		return pick(rng, 6) == 0 ? in - pick(rng, 3)
					 : in + pick(rng, 40);
	default:
		return in + pick(rng, 1200);
	}
}

/* Settings in a row, the last perhaps a trial home visit. */
static void
fill_spells(struct stay *s, struct rng *rng)
{
	static const int settings[] = {SETTING_RELATIVE, SETTING_NONRELATIVE,
	    SETTING_GROUP_HOME, SETTING_RUNAWAY, SETTING_HOSPITAL};
	int32_t at = s->in, end = s->out == DATE_NEVER ? s->in + 400 : s->out;
	int n = 1 + pick(rng, SPELLS_MAX - 1);

	if (end <= at)
		return;
	for (int i = 0; i < n && at < end; i++) {
		struct spell *p = &s->spells[s->spells_n++];
		int32_t to = at + 1 + pick(rng, (end - at) / (n - i) + 1);

		int32_t visit = end - 29 - pick(rng, 4);

		/* The last of them around the 30 days of a visit home. */
		if (i == n - 1 && visit > at)
			at = visit;
		*p = (struct spell){.from = at,
		    .setting = settings[pick(rng, 5)],
		    .to = to < end ? to : end};
		if (i == n - 1) {
			p->to = s->out;
			if (pick(rng, 2) == 0)
				p->setting = SETTING_TRIAL;
		}
		if (i > 0)
			p[-1].to = p->from;
		at = p->to;
	}
	s->spells[s->spells_n - 1].to = s->out;
}

static void
fill_stay(
    struct stay *s, struct rng *rng, int32_t in, int32_t around, int32_t birth)
{
	s->in = in;
	s->out = end_of_stay(rng, in, around, birth);
	s->reason =
	    s->out == DATE_NEVER || pick(rng, 12) == 0 ? 0 : 1 + pick(rng, 8);
	s->custody = pick(rng, 4) == 0 ? in + pick(rng, 9) : in;
	s->settings = -1;
	switch (pick(rng, 6)) {
	case 0: /* nothing is known of where the child was */
		break;
	case 1:
		s->settings = 1 + pick(rng, 12);
		break;
	default:
		fill_spells(s, rng);
	}
}

/* The rights of both parents, of one, or of none, around the first stay. */
static void
fill_rights(struct kid *kid, struct rng *rng, int32_t around)
{
	for (int i = 0; i < RIGHTS_END; i++)
		kid->rights[i] = pick(rng, 3) == 0 ? DATE_NEVER
				 : pick(rng, 2) == 0
				     ? near(rng, date_addmonths(around,
						     -12 + 6 * pick(rng, 4)))
				     : kid->stays[0].in + pick(rng, 900);
}

/* Some children are seen every month, some now and then. */
static void
fill_visits(struct kid *kid, struct rng *rng)
{
	static const int places[] = {
	    PLACE_RESIDENCE, PLACE_RESIDENCE, PLACE_OFFICE, PLACE_NONE_GIVEN};
	int step = 10 + pick(rng, 60), n = pick(rng, VISITS_MAX);
	int32_t at = kid->stays[pick(rng, kid->stays_n)].in;

	for (int i = 0; i < n; i++) {
		at += pick(rng, step);
		kid->visits[kid->visits_n++] = (struct seen){.date = at,
		    .place = places[pick(rng, 4)],
		    .kind = pick(rng, 8) == 0 ? VISIT_PARENT : VISIT_WORKER};
	}
}

static int
by_date(const void *x, const void *y)
{
	const struct harm *a = x, *b = y;

	return (a->date > b->date) - (a->date < b->date);
}

/* Reports around the 7th day of a stay, its end, the period's ends. */
static void
fill_reports(struct kid *kid, struct rng *rng, int32_t around)
{
	static const int by[] = {PERPETRATOR_PARENT,
	    PERPETRATOR_FOSTER_RELATIVE, PERPETRATOR_FACILITY,
	    PERPETRATOR_FOSTER_UNKNOWN};

	for (int n = pick(rng, REPORTS_MAX); kid->reports_n < n;) {
		const struct stay *s = &kid->stays[pick(rng, kid->stays_n)];
		struct harm *h = &kid->reports[kid->reports_n++];
		int32_t edges[] = {s->in + 7, s->in + pick(rng, 300),
		    s->out == DATE_NEVER ? around + 364 : s->out, around};

		h->date = edges[pick(rng, 4)] - 2 + pick(rng, 5);
		h->incident =
		    pick(rng, 2) == 0 ? DATE_MISSING : h->date - pick(rng, 12);
		h->disposition = pick(rng, 3) == 0 ? DISPOSITION_UNSUBSTANTIATED
						   : 1 + pick(rng, 2);
		h->perpetrator = by[pick(rng, 4)];
		h->afcars_id = pick(rng, 2) == 0 ? 0 : 1 + pick(rng, 3);
	}
	qsort(kid->reports, (size_t)kid->reports_n, sizeof *kid->reports,
	    by_date);
}

/* A time around so many hours after another, or none. */
static int32_t
minutes_after(struct rng *rng, int32_t from, int hours)
{
	if (pick(rng, 5) == 0)
		return DATE_NEVER;
	if (pick(rng, 20) == 0) /* before it, which is an error */
		return from - 1 - pick(rng, 100);
	return pick(rng, 2) == 0 ? from + hours * 60 - 2 + pick(rng, 5)
				 : from + pick(rng, 60 * 200);
}

/* How a report was dealt with: around each limit. */
static void
fill_work(struct harm *h, struct rng *rng)
{
	static const int hours[] = {3, 24, 72, -1};
	static const int days[] = {30, 45, 90, 120};

	h->received = h->date * 1440 + pick(rng, 1440);
	h->priority = hours[pick(rng, pick(rng, 4) == 0 ? 4 : 3)];
	h->contact = minutes_after(rng, h->received, hours[pick(rng, 3)]);
	h->seen = minutes_after(rng, h->received, 72);
	h->good_cause = pick(rng, 3) == 0;
	h->kind = (enum harm_kind)pick(rng, 3);
	h->conclusion = pick(rng, CONCLUSION_INAPPROPRIATE + 1);
	h->done = pick(rng, 6) == 0 ? DATE_NEVER
		  : pick(rng, 20) == 0
		      ? h->date - 1
		      : h->date + days[pick(rng, 4)] - 2 + pick(rng, 4);
}

/* No two on one day, so that which is the first is beyond doubt. */
static void
fill_reports_work(struct kid *kid, struct rng *rng)
{
	for (int i = 0; i < kid->reports_n; i++) {
		struct harm *h = &kid->reports[i];

		if (i > 0 && h->date <= h[-1].date)
			h->date = h[-1].date + 1;
		if (i > 0 && pick(rng, 4) == 0)
			h->incident = h[-1].incident;
		fill_work(h, rng);
	}
}

static void
fill_case(struct help *c, struct rng *rng, int32_t opened)
{
	c->opened = opened;
	c->closed = pick(rng, 4) == 0	 ? DATE_NEVER
		    : pick(rng, 20) == 0 ? opened - 1
					 : opened + pick(rng, 500);
	c->plan = pick(rng, 4) == 0 ? DATE_NEVER : opened + 28 + pick(rng, 5);
	while (c->visits_n < pick(rng, HELP_VISITS_MAX + 1))
		c->visits[c->visits_n++] =
		    (struct seen){.date = opened + pick(rng, 300),
			.place =
			    pick(rng, 2) == 0 ? PLACE_RESIDENCE : PLACE_OFFICE};
}

static void
fill_cases(struct kid *kid, struct rng *rng, int32_t around)
{
	int32_t at = around - 300 + pick(rng, 700);

	for (int n = pick(rng, CASES_MAX + 1); kid->cases_n < n;) {
		struct help *c = &kid->cases[kid->cases_n++];

		fill_case(c, rng, at);
		if (c->closed == DATE_NEVER || c->closed < c->opened)
			break;
		at = c->closed + 1 + pick(rng, 200);
	}
}

static void
fill_files(struct kid *kid, struct rng *rng)
{
	static const int ends[FILES_MAX][3] = {
	    {2012, 3, 31}, {2012, 9, 30}, {2013, 3, 31}, {2012, 12, 31}};

	for (int i = 0; i < FILES_MAX; i++)
		if (pick(rng, 3) > 0)
			kid->files[kid->files_n++] =
			    date_make(ends[i][0], ends[i][1], ends[i][2]);
}

void
history_kid(struct kid *kid, struct rng *rng, int32_t around)
{
	int32_t at = near(rng, around - 400 + pick(rng, 500)) -
		     (pick(rng, 3) == 0 ? 700 : 0);

	memset(kid, 0, sizeof *kid);
	kid->sex = pick(rng, 3);
	kid->county = pick(rng, COUNTIES + 1) - 1;
	kid->birth = pick(rng, 25) == 0 ? DATE_MISSING
		     : pick(rng, 4) == 0
			 ? date_birthday(around, -18) - 2 + pick(rng, 400)
			 : around - pick(rng, 6500);
	if (pick(rng, 60) == 0) /* a leap day's child */
		kid->birth = date_make(1996, 2, 29);
	for (int n = 1 + pick(rng, STAYS_MAX); kid->stays_n < n;) {
		struct stay *s = &kid->stays[kid->stays_n++];

		fill_stay(s, rng, at, around, kid->birth);
		if (s->out == DATE_NEVER || s->out <= s->in)
			break;
		at = pick(rng, 3) == 0
			 ? date_addmonths(s->out, 12) - 1 + pick(rng, 3)
			 : s->out + pick(rng, 500);
	}
	while (kid->meetings_n < pick(rng, MEETINGS_MAX))
		kid->meetings[kid->meetings_n++] =
		    date_addmonths(kid->stays[0].in, 6 * (1 + pick(rng, 4))) -
		    2 + pick(rng, 4);
	fill_rights(kid, rng, around);
	fill_visits(kid, rng);
	fill_reports(kid, rng, around);
	fill_files(kid, rng);
	fill_reports_work(kid, rng);
	fill_cases(kid, rng, around);
}

/* --- as a snapshot ------------------------------------------------- */

static void
add(struct facts_builder *b, enum extract_table t, const struct cell *cells)
{
	struct err err;

	ck_assert_msg(facts_builder_add(b, t, cells, &err), "%s", err.text);
}

static struct cell
text(const char *s)
{
	return (struct cell){.n = CELL_EMPTY, .s = s, .len = strlen(s)};
}

static struct cell
number(int64_t n)
{
	return (struct cell){.n = n, .s = ""};
}

static struct cell
date_cell(int32_t d)
{
	return date_known(d) ? number(d) : cell_empty();
}

static struct cell
code_cell(int code)
{
	return code > 0 ? number(code) : cell_empty();
}

static void
blank(struct cell *cells)
{
	for (int i = 0; i < EXTRACT_MAX_COLS; i++)
		cells[i] = cell_empty();
}

static void
add_node(struct facts_builder *b, const char *id, const char *parent, int level)
{
	struct cell c[EXTRACT_MAX_COLS];

	blank(c);
	c[ORG_COL_NODE] = c[ORG_COL_NAME] = text(id);
	if (parent != NULL)
		c[ORG_COL_PARENT] = text(parent);
	c[ORG_COL_LEVEL] = number(level);
	add(b, EXTRACT_ORG, c);
}

static void
county_id(char id[static 16], int county)
{
	snprintf(id, 16, "county%d", (unsigned char)county);
}

static void
add_stay(struct facts_builder *b, const char *id, const struct stay *s)
{
	struct cell c[EXTRACT_MAX_COLS];

	blank(c);
	c[REMOVAL_COL_CHILD] = text(id);
	c[REMOVAL_COL_DATE] = date_cell(s->in);
	c[REMOVAL_COL_CUSTODY] = date_cell(s->custody);
	c[REMOVAL_COL_DISCHARGE] = date_cell(s->out);
	c[REMOVAL_COL_WHY_OUT] = code_cell(s->reason);
	add(b, EXTRACT_REMOVAL, c);
	for (int i = 0; i < s->spells_n; i++) {
		blank(c);
		c[PLACEMENT_COL_CHILD] = text(id);
		c[PLACEMENT_COL_START] = date_cell(s->spells[i].from);
		c[PLACEMENT_COL_STOP] = date_cell(s->spells[i].to);
		c[PLACEMENT_COL_SETTING] = code_cell(s->spells[i].setting);
		add(b, EXTRACT_PLACEMENT, c);
	}
}

/* The count of settings, and the marks of files in which it stood. */
static void
add_counts(struct facts_builder *b, const char *id, const struct kid *kid)
{
	struct cell c[EXTRACT_MAX_COLS];

	for (int i = 0; i < kid->stays_n; i++)
		for (int k = -1; k < kid->files_n; k++) {
			if (kid->stays[i].settings < 0 ||
			    (k >= 0 && kid->files[k] < kid->stays[i].in))
				continue;
			blank(c);
			c[SETTINGS_COL_CHILD] = text(id);
			c[SETTINGS_COL_REMOVED] = date_cell(kid->stays[i].in);
			c[SETTINGS_COL_N] = number(kid->stays[i].settings);
			if (k >= 0)
				c[SETTINGS_COL_ON] = date_cell(kid->files[k]);
			add(b, EXTRACT_SETTINGS, c);
		}
}

static void
add_rights(struct facts_builder *b, const char *id, const struct kid *kid)
{
	static const int events[RIGHTS_END] = {
	    LEGAL_TPR_MOTHER, LEGAL_TPR_FATHER};
	struct cell c[EXTRACT_MAX_COLS];

	for (int i = 0; i < RIGHTS_END; i++) {
		if (kid->rights[i] == DATE_NEVER)
			continue;
		blank(c);
		c[LEGALS_COL_CHILD] = text(id);
		c[LEGALS_COL_DATE] = date_cell(kid->rights[i]);
		c[LEGALS_COL_EVENT] = code_cell(events[i]);
		add(b, EXTRACT_LEGALS, c);
	}
}

static void
add_visits(struct facts_builder *b, const char *id, const struct kid *kid)
{
	struct cell c[EXTRACT_MAX_COLS];

	for (int i = 0; i < kid->visits_n; i++) {
		blank(c);
		c[VISITS_COL_CHILD] = text(id);
		c[VISITS_COL_DATE] = date_cell(kid->visits[i].date);
		c[VISITS_COL_PLACE] = code_cell(kid->visits[i].place);
		c[VISITS_COL_KIND] = code_cell(kid->visits[i].kind);
		add(b, EXTRACT_VISITS, c);
	}
}

static struct cell
minute_cell(int32_t minute)
{
	return minute == DATE_NEVER ? cell_empty() : number(minute);
}

static void
add_work(struct cell *c, const struct harm *h)
{
	static const char *const kinds[] = {
	    "", "sexual_abuse", "near_fatality"};

	c[REPORT_COL_RECEIVED] = number(h->received);
	c[REPORT_COL_CONTACT] = minute_cell(h->contact);
	c[REPORT_COL_SEEN] = minute_cell(h->seen);
	if (h->done != DATE_NEVER)
		c[REPORT_COL_CONCLUDED] = number((int64_t)h->done * 1440 + 60);
	c[REPORT_COL_CONCLUSION] = code_cell(h->conclusion);
	if (h->priority >= 0)
		c[REPORT_COL_PRIORITY] = number(h->priority);
	c[REPORT_COL_GOOD_CAUSE] = code_cell(h->good_cause ? YESNO_YES : 0);
	c[REPORT_COL_KIND] = text(kinds[h->kind]);
}

static void
add_case(
    struct facts_builder *b, const char *id, const struct help *help, int i)
{
	struct cell c[EXTRACT_MAX_COLS];
	char name[48];

	snprintf(name, sizeof name, "%s-%d", id, i);
	blank(c);
	c[SERVICE_COL_ID] = text(name);
	c[SERVICE_COL_OPENED] = date_cell(help->opened);
	c[SERVICE_COL_CLOSED] = date_cell(help->closed);
	c[SERVICE_COL_PLAN] = date_cell(help->plan);
	add(b, EXTRACT_SERVICE, c);
	blank(c);
	c[SERVED_COL_CASE] = text(name);
	c[SERVED_COL_CHILD] = text(id);
	add(b, EXTRACT_SERVED, c);
	for (int v = 0; v < help->visits_n; v++) {
		blank(c);
		c[SVISIT_COL_CASE] = text(name);
		c[SVISIT_COL_CHILD] = text(id);
		c[SVISIT_COL_DATE] = date_cell(help->visits[v].date);
		c[SVISIT_COL_PLACE] = code_cell(help->visits[v].place);
		add(b, EXTRACT_SVISIT, c);
	}
}

static void
add_reports(struct facts_builder *b, const char *id, const struct kid *kid)
{
	struct cell c[EXTRACT_MAX_COLS];
	char report[48];

	for (int i = 0; i < kid->reports_n; i++) {
		const struct harm *h = &kid->reports[i];

		snprintf(report, sizeof report, "%s-%d", id, i);
		blank(c);
		c[REPORT_COL_ID] = text(report);
		add_work(c, h);
		add(b, EXTRACT_REPORT, c);
		blank(c);
		c[VICTIM_COL_REPORT] = text(report);
		c[VICTIM_COL_CHILD] = text(id);
		c[VICTIM_COL_INCIDENT] = date_cell(h->incident);
		c[VICTIM_COL_DISPOSITION] = code_cell(h->disposition);
		c[VICTIM_COL_PERPETRATORS] =
		    number(INT64_C(1) << (h->perpetrator - 1));
		c[VICTIM_COL_AFCARS] = code_cell(h->afcars_id);
		add(b, EXTRACT_VICTIM, c);
	}
}

static void
add_kid(struct facts_builder *b, const struct kid *kid, size_t i)
{
	struct cell c[EXTRACT_MAX_COLS];
	char id[24], county[16];

	snprintf(id, sizeof id, "k%zu", i);
	blank(c);
	c[CHILD_COL_ID] = text(id);
	c[CHILD_COL_BIRTH] = date_cell(kid->birth);
	c[CHILD_COL_SEX] = code_cell(kid->sex);
	add(b, EXTRACT_CHILD, c);
	for (int k = 0; k < kid->stays_n; k++)
		add_stay(b, id, &kid->stays[k]);
	for (int k = 0; k < kid->cases_n; k++)
		add_case(b, id, &kid->cases[k], k);
	add_counts(b, id, kid);
	add_rights(b, id, kid);
	add_visits(b, id, kid);
	add_reports(b, id, kid);
	for (int k = 0; k < kid->meetings_n; k++) {
		blank(c);
		c[MEETING_COL_CHILD] = text(id);
		c[MEETING_COL_DATE] = date_cell(kid->meetings[k]);
		c[MEETING_COL_KIND] = text("pprt");
		add(b, EXTRACT_MEETING, c);
	}
	if (kid->county < 0)
		return;
	county_id(county, kid->county);
	blank(c);
	c[ASSIGN_COL_CHILD] = text(id);
	c[ASSIGN_COL_NODE] = text(county);
	c[ASSIGN_COL_START] = number(DATE_FIRST);
	add(b, EXTRACT_ASSIGN, c);
}

struct facts *
history_facts(const struct kid *kids, size_t n, int32_t data_through)
{
	struct facts_about about = {.agency = "",
	    .source = "test",
	    .data_through = data_through,
	    .invented = true};
	struct facts_builder *b = facts_builder_new(&about);
	int fd = memfd_create("history", MFD_CLOEXEC);
	struct facts *facts;
	struct err err;
	char id[16];

	add_node(b, "state", NULL, LEVEL_STATE);
	for (int i = 0; i < COUNTIES; i++) {
		county_id(id, i);
		add_node(b, id, "state", LEVEL_COUNTY);
	}
	for (size_t i = 0; i < n; i++)
		add_kid(b, &kids[i], i);
	ck_assert_msg(facts_builder_finish(b, fd, &err), "%s", err.text);
	ck_assert_msg(facts_open_fd(&facts, fd, &err), "%s", err.text);
	facts_builder_free(b);
	close(fd);
	return facts;
}
