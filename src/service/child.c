/* GET /v1/child/{id}: one child's record, timeline and duties. */
#include "service/handlers.h"

#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "base/i18n.h"
#include "measure/attribute.h"
#include "service/child_time.h"
#include "service/rights.h"
#include "service/scope.h"
#include "service/shape.h"
#include "service/shape_duty.h"

struct child {
	struct context *c;
	const struct facts *f;
	uint32_t row;
	int32_t as_of;
};

/* --- the child ------------------------------------------------------- */

static int64_t
child_age(const struct facts *f, uint32_t child, int32_t day)
{
	int32_t birth = facts_i32(f, FACTS_CHILD_BIRTH)[child];

	return date_known(birth) && birth <= day ? date_years(birth, day)
						 : API_NULL;
}

/* The setting on the day, of the removal that is open then. */
static const char *
child_setting(const struct facts *f, uint32_t removal, int32_t day)
{
	if (removal == FACTS_NO_ROW)
		return NULL;
	return shape_word(CODES_SETTING,
	    (int)attribute_value(
		&(struct attribute_of){
		    .facts = f, .row = removal, .day = day, .as_of = day},
		ATTRIBUTE_SETTING));
}

static void
child_object(const struct child *k)
{
	const struct facts *f = k->f;
	uint32_t removal = shape_removal_on(k->c, k->row, k->as_of);
	int32_t freed = facts_i32(f, FACTS_CHILD_FREE)[k->row];
	bool in_care = removal != FACTS_NO_ROW;
	const struct api_child r = {
	    .id = shape_child_id(k->c, k->row),
	    .name = shape_name(k->c, k->row),
	    .restricted =
		facts_u8(f, FACTS_CHILD_RESTRICTED)[k->row] == YESNO_YES,
	    .birth_date = facts_i32(f, FACTS_CHILD_BIRTH)[k->row],
	    .age = child_age(f, k->row, k->as_of),
	    .sex = shape_word(CODES_SEX, facts_u8(f, FACTS_CHILD_SEX)[k->row]),
	    .race_group = shape_word(
		CODES_RACE_GROUP, facts_u8(f, FACTS_CHILD_RACE_GROUP)[k->row]),
	    .hispanic = shape_word(
		CODES_YESNO, facts_u8(f, FACTS_CHILD_HISPANIC)[k->row]),
	    .disabilities = shape_bits(k->c, &codesets[CODES_DISABILITY],
		facts_u32(f, FACTS_CHILD_DISABILITIES)[k->row]),
	    .goal =
		shape_word(CODES_GOAL, shape_goal_on(k->c, k->row, k->as_of)),
	    .legal_status = shape_word(CODES_LEGAL_STATUS,
		freed <= k->as_of ? LEGAL_STATUS_FREE : LEGAL_STATUS_NOT_FREE),
	    .legally_free_date = freed <= k->as_of ? freed : DATE_NEVER,
	    .in_care = in_care,
	    .days_in_care =
		in_care ? k->as_of - facts_i32(f, FACTS_REMOVAL_DATE)[removal]
			: API_NULL,
	    .setting = child_setting(f, removal, k->as_of),
	};

	json_key(&k->c->json, "child");
	api_object(&k->c->json, API_RESOURCE_child, &r);
}

/* The unit that answers for the child, and the way to it; null when the child
 * was never assigned. */
static void
child_place(const struct child *k)
{
	uint32_t path = facts_path_on(k->f, k->row, k->as_of);
	uint32_t node = facts_path_node(k->f, path, LEVEL_WORKER);

	if (node != FACTS_NO_ROW) {
		shape_node(k->c, "node", node);
	} else {
		json_key(&k->c->json, "node");
		json_null(&k->c->json);
	}
	shape_path(k->c, node, k->as_of);
}

/* --- what happened, table by table ----------------------------------- */

static void
child_removal(const struct child *k, uint32_t row)
{
	const struct facts *f = k->f;
	int32_t in = facts_i32(f, FACTS_REMOVAL_DATE)[row];
	int32_t out = facts_i32(f, FACTS_REMOVAL_DISCHARGE)[row];
	int32_t settings = facts_i32(f, FACTS_REMOVAL_SETTINGS)[row];
	const struct api_removal r = {
	    .removal_date = in,
	    .custody_date = facts_i32(f, FACTS_REMOVAL_CUSTODY)[row],
	    .discharge_date = out,
	    .discharge_reason = shape_word(
		CODES_DISCHARGE, facts_u8(f, FACTS_REMOVAL_WHY_OUT)[row]),
	    .reasons = shape_bits(k->c, &codesets[CODES_REASON],
		facts_u32(f, FACTS_REMOVAL_REASONS)[row]),
	    .days = (date_known(out) ? out : k->as_of) - in,
	    .settings = settings >= 0 ? settings : API_NULL,
	};

	api_object(&k->c->json, API_RESOURCE_removal, &r);
}

static void
child_placement(const struct child *k, uint32_t row)
{
	const struct facts *f = k->f;
	const struct api_placement r = {
	    .start_date = facts_i32(f, FACTS_PLACEMENT_START)[row],
	    .end_date = facts_i32(f, FACTS_PLACEMENT_STOP)[row],
	    .setting = shape_word(
		CODES_SETTING, facts_u8(f, FACTS_PLACEMENT_SETTING)[row]),
	    .is_move = facts_u8(f, FACTS_PLACEMENT_MOVE)[row] != 0,
	    .provider_id = facts_str(f, FACTS_PLACEMENT_PROVIDER, row),
	    .requested_by = shape_word(
		CODES_REQUESTED, facts_u8(f, FACTS_PLACEMENT_REQUESTED)[row]),
	};

	api_object(&k->c->json, API_RESOURCE_placement, &r);
}

static void
child_removals(const struct child *k)
{
	struct json *j = &k->c->json;
	uint32_t n;
	const uint32_t *rows = facts_child_removals(k->f, k->row, &n);

	json_key(j, "removals");
	json_array(j);
	for (uint32_t i = 0; i < n; i++)
		child_removal(k, rows[i]);
	json_array_end(j);
	json_key(j, "placements");
	json_array(j);
	for (uint32_t i = 0; i < n; i++) {
		struct facts_range p = facts_removal_placements(k->f, rows[i]);

		for (uint32_t row = p.first; row < p.end; row++)
			child_placement(k, row);
	}
	json_array_end(j);
}

static void
child_goal(const struct child *k, uint32_t row)
{
	const struct api_goal_spell r = {
	    .start_date = facts_i32(k->f, FACTS_GOALS_START)[row],
	    .goal =
		shape_word(CODES_GOAL, facts_u8(k->f, FACTS_GOALS_GOAL)[row]),
	};

	api_object(&k->c->json, API_RESOURCE_goal_spell, &r);
}

static void
child_legal(const struct child *k, uint32_t row)
{
	const struct api_legal r = {
	    .date = facts_i32(k->f, FACTS_LEGALS_DATE)[row],
	    .event = shape_word(
		CODES_LEGAL, facts_u8(k->f, FACTS_LEGALS_EVENT)[row]),
	    .detail = facts_str(k->f, FACTS_LEGALS_DETAIL, row),
	};

	api_object(&k->c->json, API_RESOURCE_legal, &r);
}

static void
child_meeting(const struct child *k, uint32_t row)
{
	const struct api_meeting r = {
	    .date = facts_i32(k->f, FACTS_MEETING_DATE)[row],
	    .kind = facts_str(k->f, FACTS_MEETING_KIND, row),
	    .entered_on = facts_i32(k->f, FACTS_MEETING_ENTERED)[row],
	};

	api_object(&k->c->json, API_RESOURCE_meeting, &r);
}

static void
child_assignment(const struct child *k, uint32_t row)
{
	uint32_t node = facts_path_node(
	    k->f, facts_u32(k->f, FACTS_ASSIGN_PATH)[row], LEVEL_WORKER);
	struct api_assignment r = {
	    .start_date = facts_i32(k->f, FACTS_ASSIGN_START)[row],
	    .end_date = facts_i32(k->f, FACTS_ASSIGN_STOP)[row],
	};

	if (node != FACTS_NO_ROW) {
		struct api_node n = shape_node_of(k->c, node);

		r.node = n.id;
		r.name = n.name;
		r.level = n.level;
	}
	api_object(&k->c->json, API_RESOURCE_assignment, &r);
}

/* The tables that hang on the child, one after another. */
static const struct {
	const char *key;
	enum facts_table table;
	void (*write)(const struct child *k, uint32_t row);
} child_tables[] = {
    {"goals", FACTS_GOALS, child_goal},
    {"legal", FACTS_LEGALS, child_legal},
    {"meetings", FACTS_MEETING, child_meeting},
    {"assignments", FACTS_ASSIGN, child_assignment},
};

static void
child_history(const struct child *k)
{
	struct json *j = &k->c->json;

	child_removals(k);
	for (size_t i = 0; i < sizeof child_tables / sizeof *child_tables;
	     i++) {
		struct facts_range r =
		    facts_child_rows(k->f, child_tables[i].table, k->row);

		json_key(j, child_tables[i].key);
		json_array(j);
		for (uint32_t row = r.first; row < r.end; row++)
			child_tables[i].write(k, row);
		json_array_end(j);
	}
}

/* --- visits, by month ------------------------------------------------ */

static void
child_month(
    const struct child *k, int32_t month, int64_t visits, int64_t at_home)
{
	char day[DATE_TEXT];
	struct api_visit_month r = {
	    .month = arena_strndup(
		&k->c->arena, date_format(month, day), 7), /* "2026-09" */
	    .visits = visits,
	    .in_residence = at_home,
	};

	if (visits > 0)
		api_object(&k->c->json, API_RESOURCE_visit_month, &r);
}

static void
child_visits(const struct child *k)
{
	struct facts_range r = facts_child_rows(k->f, FACTS_VISITS, k->row);
	const int32_t *date = facts_i32(k->f, FACTS_VISITS_DATE);
	const uint8_t *place = facts_u8(k->f, FACTS_VISITS_PLACE);
	const uint8_t *kind = facts_u8(k->f, FACTS_VISITS_KIND);
	int32_t month = DATE_MISSING;
	int64_t visits = 0, at_home = 0;

	json_key(&k->c->json, "visits");
	json_array(&k->c->json);
	for (uint32_t i = r.first; i < r.end; i++) {
		if (!date_known(date[i]) || kind[i] == VISIT_PARENT ||
		    kind[i] == VISIT_SIBLING)
			continue;
		if (date_month_start(date[i]) != month) {
			child_month(k, month, visits, at_home);
			month = date_month_start(date[i]);
			visits = at_home = 0;
		}
		visits++;
		at_home += place[i] == PLACE_RESIDENCE;
	}
	child_month(k, month, visits, at_home);
	json_array_end(&k->c->json);
}

/* --- siblings, flags, duties ----------------------------------------- */

#define CHILD_SIBLINGS 32

static size_t
child_siblings_find(const struct child *k, uint32_t *list)
{
	const char *group = facts_str(k->f, FACTS_CHILD_SIBLINGS, k->row);
	size_t n = 0;

	if (group[0] == '\0')
		return 0;
	for (uint32_t i = 0;
	     i < facts_rows(k->f, FACTS_CHILD) && n < CHILD_SIBLINGS; i++)
		if (i != k->row &&
		    strcmp(group, facts_str(k->f, FACTS_CHILD_SIBLINGS, i)) ==
			0)
			list[n++] = i;
	return n;
}

static void
child_sibling(const struct child *k, uint32_t child)
{
	uint32_t removal = shape_removal_on(k->c, child, k->as_of);
	const struct api_sibling r = {
	    .id = shape_child_id(k->c, child),
	    .name = shape_name(k->c, child),
	    .age = child_age(k->f, child, k->as_of),
	    .in_care = removal != FACTS_NO_ROW,
	    .goal =
		shape_word(CODES_GOAL, shape_goal_on(k->c, child, k->as_of)),
	    .setting = child_setting(k->f, removal, k->as_of),
	};

	api_object(&k->c->json, API_RESOURCE_sibling, &r);
}

static bool
child_siblings(const struct child *k)
{
	uint32_t list[CHILD_SIBLINGS];
	size_t n = child_siblings_find(k, list);

	json_key(&k->c->json, "siblings");
	json_array(&k->c->json);
	for (size_t i = 0; i < n; i++)
		child_sibling(k, list[i]);
	json_array_end(&k->c->json);
	return shape_looked(k->c, list, n);
}

static void
child_flags(const struct child *k)
{
	uint32_t bits = facts_u32(k->f, FACTS_CHILD_FLAGS)[k->row], n;
	const uint32_t *rows = facts_child_removals(k->f, k->row, &n);

	for (uint32_t i = 0; i < n; i++)
		bits |= facts_u32(k->f, FACTS_REMOVAL_FLAGS)[rows[i]];
	json_key(&k->c->json, "flags");
	json_array(&k->c->json);
#define FLAG(bit, id, code, sentence, field)               \
	if ((bits >> (bit)&1) != 0)                        \
		api_object(&k->c->json, API_RESOURCE_flag, \
		    &(struct api_flag){code, _(sentence), field});
#include "facts/flags.def"
#undef FLAG
	json_array_end(&k->c->json);
}

static void
child_duties(const struct child *k)
{
	json_key(&k->c->json, "duties");
	json_array(&k->c->json);
	for (int clock = 1; clock < CLOCK_END; clock++) {
		const struct duties *d;

		if (clock_about(k->c->svc->measures, clock) == NULL ||
		    !over_has_child(clock_over(clock)))
			continue;
		d = scope_duties(k->c, k->c->svc->measures, clock, k->as_of);
		for (size_t i = 0; i < d->rows_n; i++)
			if (d->rows[i].child == k->row)
				shape_duty(k->c, d, i);
	}
	json_array_end(&k->c->json);
}

bool
child_answer(struct context *c)
{
	struct child k = {.c = c};

	if (!context_facts(c))
		return false;
	k.f = c->facts;
	k.row = scope_child(c, API_PATH_ID);
	if (k.row == FACTS_NO_ROW || !scope_as_of(c, &k.as_of) ||
	    !shape_looked(c, &k.row, 1))
		return false;
	shape_about(c);
	json_kv_date(&c->json, "as_of", k.as_of);
	child_object(&k);
	child_place(&k);
	child_history(&k);
	child_visits(&k);
	if (!child_siblings(&k))
		return false;
	child_flags(&k);
	child_time(c, k.row, k.as_of);
	child_duties(&k);
	return true;
}
