#include "facts/builder.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/date.h"

/* How a cell of the extract becomes a field of a staged row. */
enum field_kind {
	F_CHILD, /* .s.child, and the child itself when it is new */
	F_STR,
	F_DAY, /* absent: DATE_MISSING */
	F_END, /* absent: DATE_NEVER */
	F_INT, /* absent: DATE_MISSING */
	F_CODE,
	F_BITS,
	F_U16
};

struct field {
	int column;
	enum field_kind kind;
	size_t offset;
};

struct stage {
	size_t size;
	const struct field *fields;
	size_t n;
};

#define AT(type, member) offsetof(struct type, member)

/* clang-format off */
static const struct field org_fields[] = {
	{ORG_COL_NODE, F_STR, AT(org, id)},
	{ORG_COL_PARENT, F_STR, AT(org, parent)},
	{ORG_COL_LEVEL, F_CODE, AT(org, level)},
	{ORG_COL_NAME, F_STR, AT(org, name)},
	{ORG_COL_KIND, F_CODE, AT(org, kind)},
	{ORG_COL_FIPS, F_STR, AT(org, fips)},
	{ORG_COL_FROM, F_DAY, AT(org, from)},
	{ORG_COL_TO, F_END, AT(org, to)},
};

static const struct field child_fields[] = {
	{CHILD_COL_BIRTH, F_DAY, AT(child, birth)},
	{CHILD_COL_SEX, F_CODE, AT(child, sex)},
	{CHILD_COL_RACE, F_BITS, AT(child, race)},
	{CHILD_COL_HISPANIC, F_CODE, AT(child, hispanic)},
	{CHILD_COL_DISABILITIES, F_BITS, AT(child, disabilities)},
	{CHILD_COL_SIBLINGS, F_STR, AT(child, siblings)},
	{CHILD_COL_GIVEN, F_STR, AT(child, given)},
	{CHILD_COL_FAMILY, F_STR, AT(child, family)},
	{CHILD_COL_RESTRICTED, F_CODE, AT(child, restricted)},
};

static const struct field removal_fields[] = {
	{REMOVAL_COL_CHILD, F_CHILD, AT(removal, s)},
	{REMOVAL_COL_DATE, F_DAY, AT(removal, date)},
	{REMOVAL_COL_CUSTODY, F_DAY, AT(removal, custody)},
	{REMOVAL_COL_FINDING, F_END, AT(removal, finding)},
	{REMOVAL_COL_FIRST, F_DAY, AT(removal, first)},
	{REMOVAL_COL_COUNT, F_U16, AT(removal, count)},
	{REMOVAL_COL_REASONS, F_BITS, AT(removal, reasons)},
	{REMOVAL_COL_DISCHARGE, F_END, AT(removal, discharge)},
	{REMOVAL_COL_WHY_OUT, F_CODE, AT(removal, why_out)},
	{REMOVAL_COL_ENTERED, F_DAY, AT(removal, entered)},
	{REMOVAL_COL_OUT_ENTERED, F_END, AT(removal, out_entered)},
};

static const struct field placement_fields[] = {
	{PLACEMENT_COL_CHILD, F_CHILD, AT(placement, s)},
	{PLACEMENT_COL_START, F_DAY, AT(placement, start)},
	{PLACEMENT_COL_STOP, F_END, AT(placement, stop)},
	{PLACEMENT_COL_SETTING, F_CODE, AT(placement, setting)},
	{PLACEMENT_COL_PROVIDER, F_STR, AT(placement, provider)},
	{PLACEMENT_COL_SITE, F_STR, AT(placement, site)},
	{PLACEMENT_COL_REQUESTED, F_CODE, AT(placement, requested)},
	{PLACEMENT_COL_PLACED_BY, F_CODE, AT(placement, placed_by)},
};

static const struct field count_fields[] = {
	{SETTINGS_COL_CHILD, F_CHILD, AT(count, s)},
	{SETTINGS_COL_REMOVED, F_DAY, AT(count, removed)},
	{SETTINGS_COL_N, F_INT, AT(count, settings)},
	{SETTINGS_COL_CURRENT, F_CODE, AT(count, current)},
	{SETTINGS_COL_SINCE, F_DAY, AT(count, since)},
	{SETTINGS_COL_ON, F_END, AT(count, on)},
};

static const struct field goal_fields[] = {
	{GOALS_COL_CHILD, F_CHILD, AT(goal, s)},
	{GOALS_COL_START, F_DAY, AT(goal, start)},
	{GOALS_COL_GOAL, F_CODE, AT(goal, goal)},
};

static const struct field legal_fields[] = {
	{LEGALS_COL_CHILD, F_CHILD, AT(legal, s)},
	{LEGALS_COL_DATE, F_DAY, AT(legal, date)},
	{LEGALS_COL_EVENT, F_CODE, AT(legal, event)},
	{LEGALS_COL_DETAIL, F_STR, AT(legal, detail)},
};

static const struct field assign_fields[] = {
	{ASSIGN_COL_CHILD, F_CHILD, AT(assign, s)},
	{ASSIGN_COL_NODE, F_STR, AT(assign, node)},
	{ASSIGN_COL_START, F_DAY, AT(assign, start)},
	{ASSIGN_COL_STOP, F_END, AT(assign, stop)},
};

static const struct field meeting_fields[] = {
	{MEETING_COL_CHILD, F_CHILD, AT(meeting, s)},
	{MEETING_COL_DATE, F_DAY, AT(meeting, date)},
	{MEETING_COL_KIND, F_STR, AT(meeting, kind)},
	{MEETING_COL_ENTERED, F_DAY, AT(meeting, entered)},
};

static const struct field visit_fields[] = {
	{VISITS_COL_CHILD, F_CHILD, AT(visit, s)},
	{VISITS_COL_DATE, F_DAY, AT(visit, date)},
	{VISITS_COL_PLACE, F_CODE, AT(visit, place)},
	{VISITS_COL_KIND, F_CODE, AT(visit, kind)},
	{VISITS_COL_BY, F_STR, AT(visit, by)},
	{VISITS_COL_ENTERED, F_DAY, AT(visit, entered)},
};

static const struct field report_fields[] = {
	{REPORT_COL_ID, F_STR, AT(report, id)},
	{REPORT_COL_RECEIVED, F_INT, AT(report, received)},
	{REPORT_COL_TRACK, F_CODE, AT(report, track)},
	{REPORT_COL_PRIORITY, F_INT, AT(report, priority)},
	{REPORT_COL_CONTACT, F_INT, AT(report, contact)},
	{REPORT_COL_SEEN, F_INT, AT(report, seen)},
	{REPORT_COL_CONCLUDED, F_INT, AT(report, concluded)},
	{REPORT_COL_CONCLUSION, F_CODE, AT(report, conclusion)},
	{REPORT_COL_GOOD_CAUSE, F_CODE, AT(report, good_cause)},
	{REPORT_COL_KIND, F_STR, AT(report, kind)},
	{REPORT_COL_NODE, F_STR, AT(report, node)},
};

static const struct field victim_fields[] = {
	{VICTIM_COL_CHILD, F_CHILD, AT(victim, s)},
	{VICTIM_COL_REPORT, F_STR, AT(victim, report)},
	{VICTIM_COL_INCIDENT, F_DAY, AT(victim, incident)},
	{VICTIM_COL_DISPOSITION, F_CODE, AT(victim, disposition)},
	{VICTIM_COL_MALTREATMENTS, F_BITS, AT(victim, maltreatments)},
	{VICTIM_COL_PERPETRATORS, F_BITS, AT(victim, perpetrators)},
	{VICTIM_COL_DIED, F_CODE, AT(victim, died)},
	{VICTIM_COL_AFCARS, F_CODE, AT(victim, afcars)},
};

static const struct field service_fields[] = {
	{SERVICE_COL_ID, F_STR, AT(service, id)},
	{SERVICE_COL_NODE, F_STR, AT(service, node)},
	{SERVICE_COL_OPENED, F_DAY, AT(service, opened)},
	{SERVICE_COL_CLOSED, F_END, AT(service, closed)},
	{SERVICE_COL_REASON, F_STR, AT(service, reason)},
	{SERVICE_COL_RISK, F_STR, AT(service, risk)},
	{SERVICE_COL_PLAN, F_END, AT(service, plan)},
};

static const struct field served_fields[] = {
	{SERVED_COL_CHILD, F_CHILD, AT(served, s)},
	{SERVED_COL_CASE, F_STR, AT(served, service)},
};

static const struct field svisit_fields[] = {
	{SVISIT_COL_CHILD, F_CHILD, AT(svisit, s)},
	{SVISIT_COL_CASE, F_STR, AT(svisit, service)},
	{SVISIT_COL_DATE, F_DAY, AT(svisit, date)},
	{SVISIT_COL_PLACE, F_CODE, AT(svisit, place)},
	{SVISIT_COL_ENTERED, F_DAY, AT(svisit, entered)},
};

static const struct field provider_fields[] = {
	{PROVIDER_COL_ID, F_STR, AT(provider, id)},
	{PROVIDER_COL_NAME, F_STR, AT(provider, name)},
	{PROVIDER_COL_PROGRAMME, F_CODE, AT(provider, programme)},
	{PROVIDER_COL_LICENSE, F_STR, AT(provider, license)},
	{PROVIDER_COL_OPERATOR, F_STR, AT(provider, operator)},
	{PROVIDER_COL_FROM, F_DAY, AT(provider, from)},
	{PROVIDER_COL_TO, F_END, AT(provider, to)},
};

static const struct field site_fields[] = {
	{SITES_COL_ID, F_STR, AT(site, id)},
	{SITES_COL_PROVIDER, F_STR, AT(site, provider)},
	{SITES_COL_NAME, F_STR, AT(site, name)},
	{SITES_COL_KIND, F_CODE, AT(site, kind)},
	{SITES_COL_LICENSE, F_STR, AT(site, license)},
	{SITES_COL_CAPACITY, F_INT, AT(site, capacity)},
};

static const struct field people_fields[] = {
	{POPULATION_COL_FIPS, F_STR, AT(people, fips)},
	{POPULATION_COL_YEAR, F_INT, AT(people, year)},
	{POPULATION_COL_CHILDREN, F_INT, AT(people, children)},
};

static const struct field incident_fields[] = {
	{INCIDENT_COL_ID, F_STR, AT(incident, id)},
	{INCIDENT_COL_PROVIDER, F_STR, AT(incident, provider)},
	{INCIDENT_COL_SITE, F_STR, AT(incident, site)},
	{INCIDENT_COL_HAPPENED, F_INT, AT(incident, happened)},
	{INCIDENT_COL_KIND, F_CODE, AT(incident, kind)},
	{INCIDENT_COL_PHONED, F_INT, AT(incident, phoned)},
	{INCIDENT_COL_WRITTEN, F_END, AT(incident, written)},
};

static const struct field involved_fields[] = {
	{INVOLVED_COL_CHILD, F_CHILD, AT(involved, s)},
	{INVOLVED_COL_INCIDENT, F_STR, AT(involved, incident)},
	{INVOLVED_COL_PART, F_CODE, AT(involved, part)},
	{INVOLVED_COL_TREATED, F_CODE, AT(involved, treated)},
};

static const struct field citation_fields[] = {
	{CITATION_COL_ID, F_STR, AT(citation, id)},
	{CITATION_COL_PROVIDER, F_STR, AT(citation, provider)},
	{CITATION_COL_SITE, F_STR, AT(citation, site)},
	{CITATION_COL_DATE, F_DAY, AT(citation, date)},
	{CITATION_COL_SOURCE, F_CODE, AT(citation, source)},
	{CITATION_COL_ITEM, F_STR, AT(citation, item)},
	{CITATION_COL_KIND, F_CODE, AT(citation, kind)},
	{CITATION_COL_SAFETY, F_CODE, AT(citation, safety)},
	{CITATION_COL_PLANT, F_CODE, AT(citation, plant)},
	{CITATION_COL_DUE, F_END, AT(citation, due)},
	{CITATION_COL_CLEARED, F_END, AT(citation, cleared)},
};

static const struct field medicine_fields[] = {
	{MEDICINE_COL_CHILD, F_CHILD, AT(medicine, s)},
	{MEDICINE_COL_KIND, F_CODE, AT(medicine, kind)},
	{MEDICINE_COL_START, F_DAY, AT(medicine, start)},
	{MEDICINE_COL_STOP, F_END, AT(medicine, stop)},
};

#define STAGE(table, type) [EXTRACT_##table] = {sizeof(struct type), \
	type##_fields, sizeof type##_fields / sizeof *type##_fields}

static const struct stage stages[EXTRACT_COUNT] = {
	STAGE(ORG, org),
	STAGE(CHILD, child),
	STAGE(REMOVAL, removal),
	STAGE(PLACEMENT, placement),
	STAGE(SETTINGS, count),
	STAGE(GOALS, goal),
	STAGE(LEGALS, legal),
	STAGE(ASSIGN, assign),
	STAGE(MEETING, meeting),
	STAGE(VISITS, visit),
	STAGE(REPORT, report),
	STAGE(VICTIM, victim),
	STAGE(SERVICE, service),
	STAGE(SERVED, served),
	STAGE(SVISIT, svisit),
	STAGE(POPULATION, people),
	STAGE(PROVIDER, provider),
	STAGE(SITES, site),
	STAGE(INCIDENT, incident),
	STAGE(INVOLVED, involved),
	STAGE(CITATION, citation),
	STAGE(MEDICINE, medicine),
};
/* clang-format on */

struct facts_builder *
facts_builder_new(const struct facts_about *about)
{
	struct facts_builder *b = xcalloc(1, sizeof *b);

	if (about != NULL)
		facts_builder_about(b, about);
	intern_init(&b->strings);
	for (int i = 0; i < EXTRACT_COUNT; i++)
		b->staged[i].size = stages[i].size;
	return b;
}

void
facts_builder_about(struct facts_builder *b, const struct facts_about *about)
{
	char *agency = xstrdup(about->agency != NULL ? about->agency : "");
	char *source = xstrdup(about->source != NULL ? about->source : "");

	free(b->agency);
	free(b->source);
	b->about = *about;
	b->agency = agency;
	b->source = source;
}

void
facts_builder_free(struct facts_builder *b)
{
	if (b == NULL)
		return;
	for (int i = 0; i < EXTRACT_COUNT; i++) {
		free(b->staged[i].data);
		free(b->staged[i].first);
	}
	tree_free(b->tree);
	intern_fini(&b->strings);
	free(b->child_of);
	free(b->removal_row);
	free(b->removal_at);
	free(b->placement_first);
	free(b->found);
	free(b->care.rows);
	free(b->care.first);
	free(b->home.rows);
	free(b->home.first);
	free(b->agency);
	free(b->source);
	free(b);
}

void *
rows_push(struct rows *rows)
{
	void *row;

	grow(&rows->data, &rows->cap, rows->n + 1, rows->size);
	row = (char *)rows->data + rows->n * rows->size;
	memset(row, 0, rows->size);
	((struct staged *)row)->seq = (uint32_t)rows->n;
	rows->n++;
	return row;
}

/* A day that no calendar of ours holds counts as not given. */
static int32_t
day_of(const struct cell *c, int32_t absent)
{
	return c->n < DATE_FIRST || c->n > DATE_LAST ? absent : (int32_t)c->n;
}

static int32_t
int_of(const struct cell *c)
{
	if (c->n == CELL_EMPTY || c->n <= INT32_MIN || c->n >= INT32_MAX)
		return DATE_MISSING;
	return (int32_t)c->n;
}

static uint32_t
bits_of(const struct cell *c, uint32_t greatest)
{
	return c->n < 0 || c->n > greatest ? 0 : (uint32_t)c->n;
}

/* Whether the row is of the child that the row before it was of, as most are
 * in files that stand by child. */
static bool
is_last_child(const struct facts_builder *b, const struct cell *c)
{
	const char *last = intern_text(&b->strings, b->last_id);

	return b->last_id != 0 && strlen(last) == c->len &&
	       memcmp(last, c->s, c->len) == 0;
}

/* The child with that id, made when it is new. */
static bool
child_number(struct facts_builder *b, const struct cell *c, uint32_t *child,
    struct err *err)
{
	struct rows *children = &b->staged[EXTRACT_CHILD];
	size_t cap = b->child_of_cap;
	struct child *row;
	uint32_t id;

	if (is_last_child(b, c)) {
		*child = b->last_child;
		return true;
	}
	if (!intern_add(&b->strings, c->s, c->len, &id, err))
		return false;
	grow(&b->child_of, &b->child_of_cap, b->strings.n, sizeof(uint32_t));
	memset(b->child_of + cap, 0,
	    (b->child_of_cap - cap) * sizeof *b->child_of);
	if (b->child_of[id] == 0) {
		row = rows_push(children);
		row->s.child = (uint32_t)children->n - 1;
		row->id = id;
		row->birth = DATE_MISSING;
		b->child_of[id] = (uint32_t)children->n;
	}
	*child = b->child_of[id] - 1;
	b->last_id = id;
	b->last_child = *child;
	return true;
}

static bool
set_field(struct facts_builder *b, void *row, const struct field *f,
    const struct cell *c, struct err *err)
{
	char *at = (char *)row + f->offset;

	switch (f->kind) {
	case F_CHILD:
		return child_number(b, c, (uint32_t *)(void *)at, err);
	case F_STR:
		return intern_add(
		    &b->strings, c->s, c->len, (uint32_t *)(void *)at, err);
	case F_DAY:
		*(int32_t *)(void *)at = day_of(c, DATE_MISSING);
		break;
	case F_END:
		*(int32_t *)(void *)at = day_of(c, DATE_NEVER);
		break;
	case F_INT:
		*(int32_t *)(void *)at = int_of(c);
		break;
	case F_CODE:
		*(uint8_t *)at = (uint8_t)bits_of(c, 32);
		break;
	case F_BITS:
		*(uint32_t *)(void *)at = bits_of(c, UINT32_MAX);
		break;
	case F_U16:
		*(uint16_t *)(void *)at = (uint16_t)bits_of(c, UINT16_MAX);
		break;
	}
	return true;
}

/* Rows of one child are merged: what a later row gives counts. */
static bool
add_child(struct facts_builder *b, const struct cell *cells, struct err *err)
{
	const struct stage *stage = &stages[EXTRACT_CHILD];
	uint32_t child;

	if (!child_number(b, &cells[CHILD_COL_ID], &child, err))
		return false;
	for (size_t i = 0; i < stage->n; i++) {
		const struct cell *c = &cells[stage->fields[i].column];

		if (cell_given(c) &&
		    !set_field(b, &ROWS(b, CHILD, child)[child],
			&stage->fields[i], c, err))
			return false;
	}
	return true;
}

bool
facts_builder_add(struct facts_builder *b, enum extract_table table,
    const struct cell *cells, struct err *err)
{
	const struct stage *stage = &stages[table];
	struct rows *rows = &b->staged[table];
	void *row;

	assert(b->tree == NULL && "no rows after finish");
	if (table == EXTRACT_CHILD)
		return add_child(b, cells, err);
	if (rows->n >= FACTS_NO_ROW - 1)
		return err_set(err, ERR_TOO_LARGE,
		    "more than four thousand million rows of %s",
		    extract_table(table)->name);
	row = rows_push(rows);
	for (size_t i = 0; i < stage->n; i++)
		if (!set_field(b, row, &stage->fields[i],
			&cells[stage->fields[i].column], err))
			return false;
	return true;
}

bool
facts_builder_finish(struct facts_builder *b, int fd, struct err *err)
{
	assert(b->agency != NULL && "about before finish");
	b->tree = tree_new(b, err);
	if (b->tree == NULL)
		return false;
	intern_settle(&b->strings);
	free(b->child_of);
	b->child_of = NULL;
	arrange(b);
	cut_assignments(b);
	derive_order(b);
	place_settings(b);
	derive(b);
	return facts_write(b, fd, err);
}
