#include "synth/extract.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "base/json.h"
#include "synth/names.h"
#include "synth/rows.h"

#define DAMAGED 140 /* per million rows of the tables of children */
#define FACILITY_PROVIDERS 40
#define FOSTER_AGENCIES 12
/* Homes of relatives have a provider too: a home is known as the same one by
 * provider and site together. */
#define KIN_PROVIDER "P000"
#define HOME_ID 24

struct extract {
	struct batch *b;
	const struct world *w;
	const struct family *f;
	const struct turn *turns;
	size_t n_turns;
	struct rng damage;
	uint32_t shown, named; /* bit sets of children */
	char ids[FAMILY_CHILDREN][FAMILY_ID];
};

static void
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
	}
}

static void
extract_removal(struct extract *x, const struct episode *e)
{
	struct row r = row_empty();

	row_text(&r, REMOVAL_COL_CHILD, x->ids[e->child]);
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
		row_day(&r, REMOVAL_COL_OUT_ENTERED, e->out_entered,
		    x->w->through);
	}
	extract_row(x, EXTRACT_REMOVAL, &r);
}

/* The id of a home or facility, in text; "" when it has none. */
static const char *
extract_home(const struct extract *x, const struct placement *p,
    char text[static HOME_ID])
{
	uint32_t n = p->home & HOME_NUMBER;

	switch (p->home & ~HOME_NUMBER) {
	case HOME_FOSTER:
		snprintf(text, HOME_ID, "H%s-%04u",
		    counties[x->f->county].fips, n);
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

static const char *
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
		snprintf(text, HOME_ID, "P%03u", 1 + FOSTER_AGENCIES +
		    n % FACILITY_PROVIDERS);
	return text;
}

static void
extract_placements(struct extract *x, const struct episode *e)
{
	size_t i;

	for (i = 0; i < e->placements; i++) {
		const struct placement *p =
		    &x->f->placements.v[e->placement + i];
		bool last = i + 1 == e->placements;
		char home[HOME_ID], provider[HOME_ID];
		struct row r = row_empty();

		if (p->start > x->w->through)
			break;
		row_text(&r, PLACEMENT_COL_CHILD, x->ids[e->child]);
		row_day(&r, PLACEMENT_COL_START, p->start, DATE_LAST);
		if (!last || extract_ended(x, e))
			row_day(&r, PLACEMENT_COL_STOP, p->stop,
			    x->w->through);
		row_int(&r, PLACEMENT_COL_SETTING, p->setting);
		row_text(&r, PLACEMENT_COL_PROVIDER,
		    extract_provider(x, p, provider));
		row_text(&r, PLACEMENT_COL_SITE, extract_home(x, p, home));
		row_int(&r, PLACEMENT_COL_REQUESTED, p->asked);
		extract_row(x, EXTRACT_PLACEMENT, &r);
	}
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
	row_text(&r, ASSIGN_COL_CHILD, x->ids[e->child]);
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
		row_text(&r, GOALS_COL_CHILD, x->ids[g->child]);
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
		row_text(&r, LEGALS_COL_CHILD, x->ids[l->child]);
		row_day(&r, LEGALS_COL_DATE, l->date, DATE_LAST);
		row_int(&r, LEGALS_COL_EVENT, l->code);
		if (l->code == LEGAL_STATUS)
			row_text(&r, LEGALS_COL_DETAIL,
			    "custody of the division");
		if (l->code == LEGAL_TPR_EXCEPTION)
			row_text(&r, LEGALS_COL_DETAIL, l->date % 3 == 0 ?
			    "compelling reason" : "placed with a relative");
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
		row_text(&r, MEETING_COL_CHILD, x->ids[m->child]);
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
		row_text(&r, VISITS_COL_CHILD, x->ids[v->child]);
		row_day(&r, VISITS_COL_DATE, v->date, DATE_LAST);
		row_int(&r, VISITS_COL_PLACE, v->code);
		row_int(&r, VISITS_COL_KIND, VISIT_WORKER);
		row_text(&r, VISITS_COL_BY, extract_worker(x, v->date));
		row_day(&r, VISITS_COL_ENTERED, v->entered, DATE_LAST);
		extract_row(x, EXTRACT_VISITS, &r);
	}
}

/* --- reports and services at home ---------------------------------------- */

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
	row_int(&r, REPORT_COL_GOOD_CAUSE,
	    p->good_cause ? YESNO_YES : YESNO_NO);
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

static void
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
	static const char *const risks[] = {"low", "moderate", "high",
		"very high"};
	static const char *const reasons[] = {"report", "court order",
		"request of the family"};
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

static void
extract_services(struct extract *x)
{
	size_t i;

	for (i = 0; i < x->f->cases.n; i++)
		if (x->f->cases.v[i].opened <= x->w->through)
			extract_case(x, &x->f->cases.v[i]);
}

/* --- the family ---------------------------------------------------------- */

static void
extract_who(struct extract *x)
{
	size_t i;

	for (i = 0; i < x->f->n; i++) {
		family_child_id(x->ids[i], x->f, i);
		if (x->f->removed && family_child_shown(x->f, x->w, i))
			x->shown |= 1u << i;
	}
	for (i = 0; i < x->f->named.n; i++)
		x->named |= 1u << x->f->named.v[i].child;
	if (x->f->cases.n > 0)
		x->named |= (1u << x->f->n) - 1;
}

void
extract_family(struct batch *b, const struct world *w,
    const struct caseload *c, const struct family *f)
{
	struct extract x = {.b = b, .w = w, .f = f};

	world_stream(w, STREAM_DAMAGE, f->number, &x.damage);
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

/* --- tables that are not about families ---------------------------------- */

static void
extract_org(struct batch *b, const struct world *w, const struct org *org)
{
	size_t i;

	for (i = 0; i < org->rows.n; i++) {
		const struct org_row *o = &org->rows.v[i];
		struct row r = row_empty();

		if (o->from == o->to)
			continue;
		row_text(&r, ORG_COL_NODE, o->id);
		row_text(&r, ORG_COL_PARENT, o->parent);
		row_int(&r, ORG_COL_LEVEL, o->level);
		row_text(&r, ORG_COL_NAME, o->name);
		row_int(&r, ORG_COL_KIND, o->kind);
		row_text(&r, ORG_COL_FIPS, o->fips);
		row_day(&r, ORG_COL_FROM, o->from, DATE_LAST);
		row_day(&r, ORG_COL_TO, o->to, w->through);
		row_write(&b->v[EXTRACT_ORG], EXTRACT_ORG, &r);
	}
}

static void
extract_population(struct batch *b, const struct world *w)
{
	int last = date_civil(w->through).year, year, i;

	for (i = 0; i < WORLD_COUNTIES; i++)
		for (year = date_civil(w->start).year; year <= last; year++) {
			struct row r = row_empty();

			row_text(&r, POPULATION_COL_FIPS, counties[i].fips);
			row_int(&r, POPULATION_COL_YEAR, year);
			row_int(&r, POPULATION_COL_CHILDREN,
			    world_population(w, i, year));
			row_write(&b->v[EXTRACT_POPULATION],
			    EXTRACT_POPULATION, &r);
		}
}

static void
extract_providers(struct batch *b, const struct world *w)
{
	struct rng rng;
	int i;

	world_stream(w, STREAM_ORG, 1, &rng);
	for (i = 0; i <= FOSTER_AGENCIES + FACILITY_PROVIDERS; i++) {
		bool ffa = i <= FOSTER_AGENCIES;
		struct row r = row_empty();
		char id[HOME_ID], name[64], license[HOME_ID];

		snprintf(id, sizeof(id), "P%03d", i);
		if (i == 0)
			strcpy(name, "Homes of relatives");
		else
			snprintf(name, sizeof(name), ffa ? "%s Foster Homes" :
			    "%s House", names_family(&rng));
		snprintf(license, sizeof(license), "%09d", 410000000 + i * 37);
		row_text(&r, PROVIDER_COL_ID, id);
		row_text(&r, PROVIDER_COL_NAME, name);
		row_int(&r, PROVIDER_COL_PROGRAMME,
		    ffa ? PROGRAMME_FFA : PROGRAMME_GROUP_HOME);
		row_text(&r, PROVIDER_COL_LICENSE, license);
		row_day(&r, PROVIDER_COL_FROM, date_make(1990, 1, 1),
		    DATE_LAST);
		row_write(&b->v[EXTRACT_PROVIDER], EXTRACT_PROVIDER, &r);
	}
}

static void
extract_site(struct batch *b, const char *id, int provider, int kind,
    int capacity)
{
	struct row r = row_empty();
	char of[HOME_ID], name[48];

	snprintf(of, sizeof(of), "P%03d", provider);
	snprintf(name, sizeof(name), kind == SITE_HOME ? "Home %s" :
	    "House %s", id);
	row_text(&r, SITES_COL_ID, id);
	row_text(&r, SITES_COL_PROVIDER, of);
	row_text(&r, SITES_COL_NAME, name);
	row_int(&r, SITES_COL_KIND, kind);
	row_int(&r, SITES_COL_CAPACITY, capacity);
	row_write(&b->v[EXTRACT_SITES], EXTRACT_SITES, &r);
}

static void
extract_sites(struct batch *b)
{
	char id[HOME_ID];
	int i, k;

	for (i = 0; i < WORLD_COUNTIES; i++)
		for (k = 1; k <= family_homes(i); k++) {
			snprintf(id, sizeof(id), "H%s-%04d", counties[i].fips,
			    k);
			extract_site(b, id, 1 + (i + k) % FOSTER_AGENCIES,
			    SITE_HOME, 2 + k % 4);
		}
	for (k = 1; k <= HOME_FACILITIES; k++) {
		snprintf(id, sizeof(id), "F%03d", k);
		extract_site(b, id, 1 + FOSTER_AGENCIES +
		    k % FACILITY_PROVIDERS, SITE_SITE, 8 + k % 5 * 6);
	}
}

void
extract_begin(struct batch *b, const struct world *w, const struct org *org)
{
	int t;

	for (t = 0; t < EXTRACT_COUNT; t++)
		row_header(&b->v[t], (enum extract_table)t);
	extract_org(b, w, org);
	extract_population(b, w);
	extract_providers(b, w);
	extract_sites(b);
}

/* --- the manifest -------------------------------------------------------- */

static void
extract_manifest_files(struct json *j, const struct outputs *o)
{
	int t;

	json_key(j, "files");
	json_array(j);
	for (t = 0; t < EXTRACT_COUNT; t++) {
		if (o->v[t].path == NULL)
			continue;
		json_object(j);
		json_kv_string(j, "name", o->v[t].name);
		json_kv_int(j, "rows", (int64_t)o->v[t].rows);
		json_kv_string(j, "sha256", o->v[t].hex);
		json_object_end(j);
	}
	json_array_end(j);
}

bool
extract_manifest(const struct outputs *o, const struct world *w,
    struct err *err)
{
	char *path = file_join(w->o.out, "manifest.json", NULL);
	char made[DATE_TEXT + 10];
	struct buf text = {0};
	struct json j;
	bool ok;

	date_format(w->through + 2, made);
	memcpy(made + 10, "T03:00", 7); /* not the clock: same bytes */
	json_begin(&j, &text);
	json_object(&j);
	json_kv_string(&j, "format", "hearth-extract");
	json_kv_int(&j, "version", 1);
	json_kv_string(&j, "agency", "Invented State (not real)");
	json_kv_string(&j, "source", "invented");
	json_kv_bool(&j, "invented", true);
	json_kv_date(&j, "data_through", w->through);
	json_kv_string(&j, "created_at", made);
	json_kv_string(&j, "kind", "full");
	extract_manifest_files(&j, o);
	json_object_end(&j);
	buf_char(&text, '\n');
	ok = file_replace(path, text.data, text.len, err);
	buf_free(&text);
	free(path);
	return ok;
}
