/* The rows of children in care, family by family. */
#include "synth/extract.h"

#include <stdio.h>
#include <string.h>

#include "base/date.h"
#include "synth/extract_part.h"

#define DAMAGED 140 /* per million rows of the tables of children */
#define DOUBLED 120 /* one of so many children who came back */
/* Homes of relatives have a provider too: a home is known as the same one by
 * provider and site together. */
#define KIN_PROVIDER "P000"

void
extract_row(struct extract *x, enum extract_table t, const struct row *r)
{
	row_write(&x->b->v[t], t, r);
	if (rng_chance(&x->damage, DAMAGED))
		row_damaged(&x->b->v[t], t, r, &x->damage);
}

/* Whether the agency's system knows of the episode, and of its end. */
static bool
extract_knows(const struct extract *x, size_t episode)
{
	const struct episode *e = &x->f->episodes.v[episode];

	return x->shown & 1u << e->child && e->entered <= x->w->through;
}

static bool
extract_ended(const struct extract *x, const struct episode *e)
{
	return e->out_entered <= x->w->through;
}

/* The child's id in an episode: of one who was entered anew on its last
 * return, the other one. */
static const char *
extract_id(const struct extract *x, size_t child, size_t episode)
{
	const struct child *c = &x->f->children[child];

	return x->doubled >> child & 1 &&
		       episode + 1 == (size_t)c->episode + c->episodes
		   ? x->other[child]
		   : x->ids[child];
}

const char *
extract_child(const struct extract *x, const struct episode *e)
{
	return extract_id(x, e->child, (size_t)(e - x->f->episodes.v));
}

/* --- children in care ---------------------------------------------------- */

static void
extract_children(struct extract *x)
{
	char group[FAMILY_ID];
	size_t i;

	snprintf(group, sizeof(group), "S%011u", x->f->number);
	for (i = 0; i < x->f->n; i++) {
		const struct child *c = &x->f->children[i];
		struct row r = row_empty();

		if (!((x->shown | x->named) & 1u << i))
			continue;
		row_text(&r, CHILD_COL_ID, x->ids[i]);
		row_day(&r, CHILD_COL_BIRTH, c->birth, DATE_LAST);
		row_int(&r, CHILD_COL_SEX, c->sex);
		row_int(&r, CHILD_COL_RACE, c->race);
		row_int(&r, CHILD_COL_HISPANIC, c->hispanic);
		if (c->disabilities != 0)
			row_int(&r, CHILD_COL_DISABILITIES, c->disabilities);
		if (x->f->n > 1)
			row_text(&r, CHILD_COL_SIBLINGS, group);
		row_text(&r, CHILD_COL_GIVEN, c->given);
		row_text(&r, CHILD_COL_FAMILY, x->f->name);
		row_int(&r, CHILD_COL_RESTRICTED,
		    c->restricted ? YESNO_YES : YESNO_NO);
		extract_row(x, EXTRACT_CHILD, &r);
		if (x->doubled >> i & 1) {
			row_text(&r, CHILD_COL_ID, x->other[i]);
			extract_row(x, EXTRACT_CHILD, &r);
		}
	}
}

static void
extract_removal(struct extract *x, const struct episode *e)
{
	struct row r = row_empty();

	row_text(&r, REMOVAL_COL_CHILD, extract_child(x, e));
	row_day(&r, REMOVAL_COL_DATE, e->removal, DATE_LAST);
	row_day(&r, REMOVAL_COL_CUSTODY, e->custody, x->w->through);
	row_day(&r, REMOVAL_COL_FINDING, e->finding, x->w->through);
	row_day(&r, REMOVAL_COL_FIRST, e->first, DATE_LAST);
	row_int(&r, REMOVAL_COL_COUNT, e->count);
	row_int(&r, REMOVAL_COL_REASONS, e->reasons);
	row_day(&r, REMOVAL_COL_ENTERED, e->entered, x->w->through);
	if (extract_ended(x, e)) {
		row_day(&r, REMOVAL_COL_DISCHARGE, e->discharge, DATE_LAST);
		if (e->why_out != 0)
			row_int(&r, REMOVAL_COL_WHY_OUT, e->why_out);
		row_day(
		    &r, REMOVAL_COL_OUT_ENTERED, e->out_entered, x->w->through);
	}
	extract_row(x, EXTRACT_REMOVAL, &r);
}

/* The id of a home or facility, in text; "" when it has none. */
const char *
extract_home(const struct extract *x, const struct placement *p,
    char text[static HOME_ID])
{
	uint32_t n = p->home & HOME_NUMBER;

	switch (p->home & ~HOME_NUMBER) {
	case HOME_FOSTER:
		snprintf(
		    text, HOME_ID, "H%s-%04u", counties[x->f->county].fips, n);
		break;
	case HOME_KIN:
		snprintf(text, HOME_ID, "K%011u-%u", x->f->number, n);
		break;
	case HOME_FACILITY:
		snprintf(text, HOME_ID, "F%03u", n);
		break;
	default:
		text[0] = '\0';
	}
	return text;
}

const char *
extract_provider(const struct extract *x, const struct placement *p,
    char text[static HOME_ID])
{
	uint32_t n = p->home & HOME_NUMBER;

	text[0] = '\0';
	if ((p->home & ~HOME_NUMBER) == HOME_FOSTER)
		snprintf(text, HOME_ID, "P%03u",
		    1 + ((unsigned)x->f->county + n) % FOSTER_AGENCIES);
	if ((p->home & ~HOME_NUMBER) == HOME_KIN)
		strcpy(text, KIN_PROVIDER);
	if ((p->home & ~HOME_NUMBER) == HOME_FACILITY)
		snprintf(text, HOME_ID, "P%03u",
		    1 + FOSTER_AGENCIES + n % FACILITY_PROVIDERS);
	return text;
}

/* Who asked for the move that ended the placement, so far as is known: who
 * asked for the next one, or nobody but the plan when the child left care. */
static int
extract_asked(const struct extract *x, const struct episode *e, size_t i)
{
	const struct placement *next =
	    &x->f->placements.v[e->placement + i + 1];

	if (i + 1 < e->placements)
		return next->start <= x->w->through ? next->asked : 0;
	if (!extract_ended(x, e))
		return 0;
	return e->why_out == DISCHARGE_RUNAWAY ? REQUESTED_ABSENCE
					       : REQUESTED_PLANNED;
}

static void
extract_placements(struct extract *x, const struct episode *e)
{
	uint8_t department = extract_department(x, e);
	size_t i;

	for (i = 0; i < e->placements; i++) {
		const struct placement *p =
		    &x->f->placements.v[e->placement + i];
		bool last = i + 1 == e->placements;
		char home[HOME_ID], provider[HOME_ID];
		struct row r = row_empty();
		int asked = extract_asked(x, e, i);

		if (p->start > x->w->through)
			break;
		row_text(&r, PLACEMENT_COL_CHILD, extract_child(x, e));
		row_day(&r, PLACEMENT_COL_START, p->start, DATE_LAST);
		if (!last || extract_ended(x, e))
			row_day(&r, PLACEMENT_COL_STOP, p->stop, x->w->through);
		row_int(&r, PLACEMENT_COL_SETTING, p->setting);
		row_text(&r, PLACEMENT_COL_PROVIDER,
		    extract_provider(x, p, provider));
		row_text(&r, PLACEMENT_COL_SITE, extract_home(x, p, home));
		if (asked != 0)
			row_int(&r, PLACEMENT_COL_REQUESTED, asked);
		row_int(&r, PLACEMENT_COL_PLACED_BY, department);
		extract_row(x, EXTRACT_PLACEMENT, &r);
		extract_incidents(x, e, p);
	}
	if (e->placements > 0)
		extract_medicine(x, e);
}

static void
extract_assignment(struct extract *x, const struct episode *e, size_t turn)
{
	const struct turn *t = &x->turns[turn];
	int32_t end = extract_ended(x, e) ? e->discharge : DATE_NEVER;
	int32_t from = t->from > e->removal ? t->from : e->removal;
	struct row r = row_empty();

	if (turn + 1 < x->n_turns && x->turns[turn + 1].from < end)
		end = x->turns[turn + 1].from;
	if (t->node[0] == '\0' || from >= end || from > x->w->through)
		return;
	row_text(&r, ASSIGN_COL_CHILD, extract_child(x, e));
	row_text(&r, ASSIGN_COL_NODE, t->node);
	row_day(&r, ASSIGN_COL_START, from, DATE_LAST);
	row_day(&r, ASSIGN_COL_STOP, end, x->w->through);
	extract_row(x, EXTRACT_ASSIGN, &r);
}

static void
extract_episodes(struct extract *x)
{
	size_t i, k;

	for (i = 0; i < x->f->episodes.n; i++) {
		const struct episode *e = &x->f->episodes.v[i];

		if (!extract_knows(x, i))
			continue;
		extract_removal(x, e);
		extract_placements(x, e);
		for (k = 0; k < x->n_turns; k++)
			extract_assignment(x, e, k);
	}
}

/* --- what was planned, decided and done ---------------------------------- */

static const char *
extract_worker(const struct extract *x, int32_t day)
{
	const char *node = "";
	size_t i;

	for (i = 0; i < x->n_turns && x->turns[i].from <= day; i++)
		node = x->turns[i].node;
	return node;
}

static bool
extract_knows_event(const struct extract *x, const struct event *v)
{
	return v->date <= x->w->through && v->entered <= x->w->through &&
	       extract_knows(x, v->episode);
}

static void
extract_goals(struct extract *x)
{
	size_t i;

	for (i = 0; i < x->f->goals.n; i++) {
		const struct event *g = &x->f->goals.v[i];
		struct row r = row_empty();

		if (!extract_knows_event(x, g))
			continue;
		row_text(
		    &r, GOALS_COL_CHILD, extract_id(x, g->child, g->episode));
		row_day(&r, GOALS_COL_START, g->date, DATE_LAST);
		row_int(&r, GOALS_COL_GOAL, g->code);
		extract_row(x, EXTRACT_GOALS, &r);
	}
}

static void
extract_legal(struct extract *x)
{
	size_t i;

	for (i = 0; i < x->f->legal.n; i++) {
		const struct event *l = &x->f->legal.v[i];
		struct row r = row_empty();

		if (!extract_knows_event(x, l))
			continue;
		row_text(
		    &r, LEGALS_COL_CHILD, extract_id(x, l->child, l->episode));
		row_day(&r, LEGALS_COL_DATE, l->date, DATE_LAST);
		row_int(&r, LEGALS_COL_EVENT, l->code);
		if (l->code == LEGAL_STATUS)
			row_text(
			    &r, LEGALS_COL_DETAIL, "custody of the division");
		if (l->code == LEGAL_TPR_EXCEPTION)
			row_text(&r, LEGALS_COL_DETAIL,
			    l->date % 3 == 0 ? "compelling reason"
					     : "placed with a relative");
		extract_row(x, EXTRACT_LEGALS, &r);
	}
}

static void
extract_meetings(struct extract *x)
{
	size_t i;

	for (i = 0; i < x->f->meetings.n; i++) {
		const struct event *m = &x->f->meetings.v[i];
		struct row r = row_empty();

		if (!extract_knows_event(x, m))
			continue;
		row_text(
		    &r, MEETING_COL_CHILD, extract_id(x, m->child, m->episode));
		row_day(&r, MEETING_COL_DATE, m->date, DATE_LAST);
		row_text(&r, MEETING_COL_KIND, "pprt");
		row_day(&r, MEETING_COL_ENTERED, m->entered, DATE_LAST);
		extract_row(x, EXTRACT_MEETING, &r);
	}
}

static void
extract_visits(struct extract *x)
{
	size_t i;

	for (i = 0; i < x->f->visits.n; i++) {
		const struct event *v = &x->f->visits.v[i];
		struct row r = row_empty();

		if (!extract_knows_event(x, v))
			continue;
		row_text(
		    &r, VISITS_COL_CHILD, extract_id(x, v->child, v->episode));
		row_day(&r, VISITS_COL_DATE, v->date, DATE_LAST);
		row_int(&r, VISITS_COL_PLACE, v->code);
		row_int(&r, VISITS_COL_KIND, VISIT_WORKER);
		row_text(&r, VISITS_COL_BY, extract_worker(x, v->date));
		row_day(&r, VISITS_COL_ENTERED, v->entered, DATE_LAST);
		extract_row(x, EXTRACT_VISITS, &r);
	}
}

/* --- the family ---------------------------------------------------------- */

/* A child that came back may not have been found, and was entered anew: one
 * of so many. The federal files know the child by one id. */
static void
extract_doubled(struct extract *x, size_t child)
{
	const struct child *c = &x->f->children[child];

	if (c->episodes < 2 || !(x->shown >> child & 1) ||
	    (x->f->number + child) % DOUBLED != 0 ||
	    !extract_knows(x, (size_t)c->episode + c->episodes - 1))
		return;
	memcpy(x->other[child], x->ids[child], FAMILY_ID);
	x->other[child][0] = 'D';
	x->doubled |= 1u << child;
}

static void
extract_who(struct extract *x)
{
	size_t i;

	for (i = 0; i < x->f->n; i++) {
		family_child_id(x->ids[i], x->f, i);
		if (x->f->removed && family_child_shown(x->f, x->w, i))
			x->shown |= 1u << i;
		extract_doubled(x, i);
	}
	for (i = 0; i < x->f->named.n; i++)
		x->named |= 1u << x->f->named.v[i].child;
	if (x->f->cases.n > 0)
		x->named |= (1u << x->f->n) - 1;
}

void
extract_family(struct batch *b, const struct world *w, const struct caseload *c,
    const struct family *f)
{
	struct extract x = {.b = b, .w = w, .f = f};

	world_stream(w, STREAM_DAMAGE, f->number, &x.damage);
	extract_homes_stream(w, f->number, &x.homes);
	extract_who(&x);
	if (!(x.shown | x.named))
		return;
	x.turns = caseload_turns(c, f->number, &x.n_turns);
	extract_children(&x);
	extract_episodes(&x);
	extract_goals(&x);
	extract_legal(&x);
	extract_meetings(&x);
	extract_visits(&x);
	extract_reports(&x);
	extract_services(&x);
}
