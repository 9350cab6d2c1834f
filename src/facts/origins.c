#include "facts/origins.h"

#include <string.h>

#define FROM(table, id, how, type, member)                               \
	{                                                                \
		FACTS_##table##_##id, how, offsetof(struct type, member) \
	}

/* clang-format off */
/* Those of one table stand together. */
static const struct source sources[] = {
	FROM(NODE, ID, TEXT, tree_node, id),
	FROM(NODE, NAME, TEXT, tree_node, name),
	FROM(NODE, LEVEL, COPY, tree_node, level),
	FROM(NODE, KIND, COPY, tree_node, kind),
	FROM(NODE, FIPS, TEXT, tree_node, fips),
	FROM(NODE, UNASSIGNED, COPY, tree_node, unassigned),

	FROM(SPELL, NODE, COPY, tree_spell, node),
	FROM(SPELL, PARENT, COPY, tree_spell, parent),
	FROM(SPELL, FROM, COPY, tree_spell, from),
	FROM(SPELL, TO, COPY, tree_spell, to),

	FROM(PATH, STATE, COPY, tree_path, at[0]),
	FROM(PATH, REGION, COPY, tree_path, at[1]),
	FROM(PATH, CIRCUIT, COPY, tree_path, at[2]),
	FROM(PATH, COUNTY, COPY, tree_path, at[3]),
	FROM(PATH, OFFICE, COPY, tree_path, at[4]),
	FROM(PATH, UNIT, COPY, tree_path, at[5]),
	FROM(PATH, WORKER, COPY, tree_path, at[6]),

	FROM(CHILD, ID, TEXT, child, id),
	FROM(CHILD, BIRTH, COPY, child, birth),
	FROM(CHILD, SEX, COPY, child, sex),
	FROM(CHILD, RACE, COPY, child, race),
	FROM(CHILD, HISPANIC, COPY, child, hispanic),
	FROM(CHILD, RACE_GROUP, COPY, child, race_group),
	FROM(CHILD, DISABILITIES, COPY, child, disabilities),
	FROM(CHILD, SIBLINGS, TEXT, child, siblings),
	FROM(CHILD, SIBLING, COPY, child, next_sibling),
	FROM(CHILD, GIVEN, TEXT, child, given),
	FROM(CHILD, FAMILY, TEXT, child, family),
	FROM(CHILD, RESTRICTED, COPY, child, restricted),
	FROM(CHILD, FREE, COPY, child, free),
	FROM(CHILD, FLAGS, COPY, child, flags),

	FROM(REMOVAL, CHILD, COPY, removal, s.child),
	FROM(REMOVAL, DATE, COPY, removal, date),
	FROM(REMOVAL, DISCHARGE, COPY, removal, discharge),
	FROM(REMOVAL, WHY_OUT, COPY, removal, why_out),
	FROM(REMOVAL, CUSTODY, COPY, removal, custody),
	FROM(REMOVAL, FINDING, COPY, removal, finding),
	FROM(REMOVAL, FIRST, COPY, removal, first),
	FROM(REMOVAL, COUNT, COPY, removal, count),
	FROM(REMOVAL, REASONS, COPY, removal, reasons),
	FROM(REMOVAL, ENTERED, COPY, removal, entered),
	FROM(REMOVAL, OUT_ENTERED, COPY, removal, out_entered),
	FROM(REMOVAL, THV, COPY, removal, thv),
	FROM(REMOVAL, SETTINGS, COPY, removal, settings),
	FROM(REMOVAL, COUNTED, COPY, removal, counted),
	FROM(REMOVAL, SETTING, COPY, removal, setting),
	FROM(REMOVAL, SETTING_SINCE, COPY, removal, setting_since),
	FROM(REMOVAL, GOAL, COPY, removal, goal),
	FROM(REMOVAL, FREE, COPY, removal, free),
	FROM(REMOVAL, PATH_IN, PATH, removal, path_in),
	FROM(REMOVAL, PATH_OUT, PATH, removal, path_out),
	FROM(REMOVAL, PATH_SINCE, COPY, removal, path_since),
	FROM(REMOVAL, FLAGS, COPY, removal, flags),

	FROM(PLACEMENT, REMOVAL, COPY, placement, s.child),
	FROM(PLACEMENT, START, COPY, placement, start),
	FROM(PLACEMENT, STOP, COPY, placement, stop),
	FROM(PLACEMENT, SETTING, COPY, placement, setting),
	FROM(PLACEMENT, MOVE, COPY, placement, is_move),
	FROM(PLACEMENT, PROVIDER, TEXT, placement, provider),
	FROM(PLACEMENT, SITE, TEXT, placement, site),
	FROM(PLACEMENT, REQUESTED, COPY, placement, requested),
	FROM(PLACEMENT, PLACED_BY, COPY, placement, placed_by),

	FROM(COUNTS, CHILD, COPY, count, s.child),
	FROM(COUNTS, REMOVED, COPY, count, removed),
	FROM(COUNTS, ON, COPY, count, on),
	FROM(COUNTS, SETTINGS, COPY, count, settings),
	FROM(COUNTS, SETTING, COPY, count, current),
	FROM(COUNTS, SINCE, COPY, count, since),

	FROM(GOALS, CHILD, COPY, goal, s.child),
	FROM(GOALS, START, COPY, goal, start),
	FROM(GOALS, GOAL, COPY, goal, goal),

	FROM(LEGALS, CHILD, COPY, legal, s.child),
	FROM(LEGALS, DATE, COPY, legal, date),
	FROM(LEGALS, EVENT, COPY, legal, event),
	FROM(LEGALS, DETAIL, TEXT, legal, detail),

	FROM(ASSIGN, CHILD, COPY, assign, s.child),
	FROM(ASSIGN, START, COPY, assign, start),
	FROM(ASSIGN, STOP, COPY, assign, stop),
	FROM(ASSIGN, PATH, PATH, assign, node),

	FROM(MEETING, CHILD, COPY, meeting, s.child),
	FROM(MEETING, DATE, COPY, meeting, date),
	FROM(MEETING, KIND, TEXT, meeting, kind),
	FROM(MEETING, ENTERED, COPY, meeting, entered),

	FROM(VISITS, CHILD, COPY, visit, s.child),
	FROM(VISITS, DATE, COPY, visit, date),
	FROM(VISITS, PLACE, COPY, visit, place),
	FROM(VISITS, KIND, COPY, visit, kind),
	FROM(VISITS, PATH, PATH, visit, by),
	FROM(VISITS, ENTERED, COPY, visit, entered),

	FROM(REPORT, ID, TEXT, report, id),
	FROM(REPORT, RECEIVED, COPY, report, received),
	FROM(REPORT, DATE, MINUTE_DAY, report, received),
	FROM(REPORT, TRACK, COPY, report, track),
	FROM(REPORT, PRIORITY, COPY, report, priority),
	FROM(REPORT, CONTACT, MINUTE_NEVER, report, contact),
	FROM(REPORT, SEEN, MINUTE_NEVER, report, seen),
	FROM(REPORT, CONCLUDED, MINUTE_END, report, concluded),
	FROM(REPORT, CONCLUSION, COPY, report, conclusion),
	FROM(REPORT, GOOD_CAUSE, COPY, report, good_cause),
	FROM(REPORT, KIND, TEXT, report, kind),
	FROM(REPORT, PATH, PATH, report, node),

	FROM(VICTIM, CHILD, COPY, victim, s.child),
	FROM(VICTIM, REPORT, COPY, victim, report),
	FROM(VICTIM, DATE, COPY, victim, date),
	FROM(VICTIM, INCIDENT, COPY, victim, incident),
	FROM(VICTIM, DISPOSITION, COPY, victim, disposition),
	FROM(VICTIM, MALTREATMENTS, COPY, victim, maltreatments),
	FROM(VICTIM, PERPETRATORS, COPY, victim, perpetrators),
	FROM(VICTIM, DIED, COPY, victim, died),
	FROM(VICTIM, AFCARS, COPY, victim, afcars),

	FROM(FOUND, VICTIM, COPY, found, victim),
	FROM(FOUND, DATE, COPY, found, date),

	FROM(SERVICE, ID, TEXT, service, id),
	FROM(SERVICE, OPENED, COPY, service, opened),
	FROM(SERVICE, CLOSED, COPY, service, closed),
	FROM(SERVICE, REASON, TEXT, service, reason),
	FROM(SERVICE, RISK, TEXT, service, risk),
	FROM(SERVICE, PLAN, COPY, service, plan),
	FROM(SERVICE, CHILDREN, COPY, service, children),
	FROM(SERVICE, PATH, PATH, service, node),

	FROM(SERVED, CHILD, COPY, served, s.child),
	FROM(SERVED, SERVICE, COPY, served, service),
	FROM(SERVED, OPENED, COPY, served, opened),
	FROM(SERVED, CLOSED, COPY, served, closed),
	FROM(SERVED, PATH, PATH, served, path),

	FROM(CARE, STAY, COPY, month_row, stay),
	FROM(CARE, SEEN, COPY, month_row, seen),
	FROM(CARE, HOME, COPY, month_row, home),

	FROM(HOME, STAY, COPY, month_row, stay),
	FROM(HOME, SEEN, COPY, month_row, seen),
	FROM(HOME, HOME, COPY, month_row, home),

	FROM(SVISIT, CHILD, COPY, svisit, s.child),
	FROM(SVISIT, SERVICE, COPY, svisit, service),
	FROM(SVISIT, DATE, COPY, svisit, date),
	FROM(SVISIT, PLACE, COPY, svisit, place),
	FROM(SVISIT, ENTERED, COPY, svisit, entered),

	FROM(PROVIDER, ID, TEXT, provider, id),
	FROM(PROVIDER, NAME, TEXT, provider, name),
	FROM(PROVIDER, PROGRAMME, COPY, provider, programme),
	FROM(PROVIDER, LICENSE, TEXT, provider, license),
	FROM(PROVIDER, OPERATOR, TEXT, provider, operator),
	FROM(PROVIDER, FROM, COPY, provider, from),
	FROM(PROVIDER, TO, COPY, provider, to),

	FROM(SITE, ID, TEXT, site, id),
	FROM(SITE, PROVIDER, TEXT, site, provider),
	FROM(SITE, NAME, TEXT, site, name),
	FROM(SITE, KIND, COPY, site, kind),
	FROM(SITE, LICENSE, TEXT, site, license),
	FROM(SITE, CAPACITY, COPY, site, capacity),

	FROM(POPULATION, FIPS, TEXT, people, fips),
	FROM(POPULATION, YEAR, COPY, people, year),
	FROM(POPULATION, CHILDREN, COPY, people, children),

	FROM(INCIDENT, ID, TEXT, incident, id),
	FROM(INCIDENT, PROVIDER, TEXT, incident, provider),
	FROM(INCIDENT, SITE, TEXT, incident, site),
	FROM(INCIDENT, HAPPENED, COPY, incident, happened),
	FROM(INCIDENT, DATE, MINUTE_DAY, incident, happened),
	FROM(INCIDENT, KIND, COPY, incident, kind),
	FROM(INCIDENT, PHONED, MINUTE_NEVER, incident, phoned),
	FROM(INCIDENT, WRITTEN, COPY, incident, written),

	FROM(INVOLVED, CHILD, COPY, involved, s.child),
	FROM(INVOLVED, INCIDENT, COPY, involved, incident),
	FROM(INVOLVED, PART, COPY, involved, part),
	FROM(INVOLVED, TREATED, COPY, involved, treated),

	FROM(CITATION, ID, TEXT, citation, id),
	FROM(CITATION, PROVIDER, TEXT, citation, provider),
	FROM(CITATION, SITE, TEXT, citation, site),
	FROM(CITATION, DATE, COPY, citation, date),
	FROM(CITATION, SOURCE, COPY, citation, source),
	FROM(CITATION, ITEM, TEXT, citation, item),
	FROM(CITATION, KIND, COPY, citation, kind),
	FROM(CITATION, SAFETY, COPY, citation, safety),
	FROM(CITATION, PLANT, COPY, citation, plant),
	FROM(CITATION, DUE, COPY, citation, due),
	FROM(CITATION, CLEARED, COPY, citation, cleared),

	FROM(MEDICINE, CHILD, COPY, medicine, s.child),
	FROM(MEDICINE, KIND, COPY, medicine, kind),
	FROM(MEDICINE, START, COPY, medicine, start),
	FROM(MEDICINE, STOP, COPY, medicine, stop),
};
/* clang-format on */

static void
find_sources(struct origin *o)
{
	size_t n = sizeof sources / sizeof *sources, i = 0;

	while (i < n && facts_column_info(sources[i].column)->table != o->table)
		i++;
	o->sources = &sources[i];
	while (i < n && facts_column_info(sources[i].column)->table == o->table)
		i++;
	o->n_sources = (size_t)(&sources[i] - o->sources);
}

#define ROWS_OF(table, rows, n, order)                                 \
	{                                                              \
		FACTS_##table, rows, sizeof *(rows), n, order, NULL, 0 \
	}
#define STAGED(table, extract, row) \
	ROWS_OF(table, ROWS(b, extract, row), ROWS_N(b, extract), NULL)

void
origins(const struct facts_builder *b, struct origin list[static ORIGINS])
{
	struct tree_tables t = tree_tables(b->tree);
	const struct origin all[ORIGINS] = {
	    ROWS_OF(NODE, t.nodes, t.n_nodes, NULL),
	    ROWS_OF(SPELL, t.spells, t.n_spells, NULL),
	    ROWS_OF(PATH, t.paths, t.n_paths, NULL),
	    STAGED(CHILD, CHILD, child),
	    ROWS_OF(REMOVAL, ROWS(b, REMOVAL, removal), ROWS_N(b, REMOVAL),
		b->removal_at),
	    STAGED(PLACEMENT, PLACEMENT, placement),
	    STAGED(COUNTS, SETTINGS, count),
	    STAGED(GOALS, GOALS, goal),
	    STAGED(LEGALS, LEGALS, legal),
	    STAGED(ASSIGN, ASSIGN, assign),
	    STAGED(MEETING, MEETING, meeting),
	    STAGED(VISITS, VISITS, visit),
	    ROWS_OF(CARE, b->care.rows, b->care.n, NULL),
	    STAGED(REPORT, REPORT, report),
	    STAGED(VICTIM, VICTIM, victim),
	    ROWS_OF(FOUND, b->found, b->found_n, NULL),
	    STAGED(SERVICE, SERVICE, service),
	    STAGED(SERVED, SERVED, served),
	    ROWS_OF(HOME, b->home.rows, b->home.n, NULL),
	    STAGED(SVISIT, SVISIT, svisit),
	    STAGED(PROVIDER, PROVIDER, provider),
	    STAGED(SITE, SITES, site),
	    STAGED(POPULATION, POPULATION, people),
	    STAGED(INCIDENT, INCIDENT, incident),
	    STAGED(INVOLVED, INVOLVED, involved),
	    STAGED(CITATION, CITATION, citation),
	    STAGED(MEDICINE, MEDICINE, medicine),
	};

	memcpy(list, all, sizeof all);
	for (int i = 0; i < ORIGINS; i++)
		find_sources(&list[i]);
}
