#include "facts/origins.h"

#include <string.h>

#define FROM(table, id, how, type, member)                               \
	{                                                                \
		FACTS_##table##_##id, how, offsetof(struct type, member) \
	}

/* clang-format off */
static const struct source node_sources[] = {
	FROM(NODE, ID, TEXT, tree_node, id),
	FROM(NODE, NAME, TEXT, tree_node, name),
	FROM(NODE, LEVEL, COPY, tree_node, level),
	FROM(NODE, KIND, COPY, tree_node, kind),
	FROM(NODE, FIPS, TEXT, tree_node, fips),
	FROM(NODE, UNASSIGNED, COPY, tree_node, unassigned),
};

static const struct source spell_sources[] = {
	FROM(SPELL, NODE, COPY, tree_spell, node),
	FROM(SPELL, PARENT, COPY, tree_spell, parent),
	FROM(SPELL, FROM, COPY, tree_spell, from),
	FROM(SPELL, TO, COPY, tree_spell, to),
};

static const struct source path_sources[] = {
	FROM(PATH, STATE, COPY, tree_path, at[0]),
	FROM(PATH, REGION, COPY, tree_path, at[1]),
	FROM(PATH, CIRCUIT, COPY, tree_path, at[2]),
	FROM(PATH, COUNTY, COPY, tree_path, at[3]),
	FROM(PATH, OFFICE, COPY, tree_path, at[4]),
	FROM(PATH, UNIT, COPY, tree_path, at[5]),
	FROM(PATH, WORKER, COPY, tree_path, at[6]),
};

static const struct source child_sources[] = {
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
};

static const struct source removal_sources[] = {
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
	FROM(REMOVAL, FLAGS, COPY, removal, flags),
};

static const struct source placement_sources[] = {
	FROM(PLACEMENT, REMOVAL, COPY, placement, s.child),
	FROM(PLACEMENT, START, COPY, placement, start),
	FROM(PLACEMENT, STOP, COPY, placement, stop),
	FROM(PLACEMENT, SETTING, COPY, placement, setting),
	FROM(PLACEMENT, MOVE, COPY, placement, is_move),
	FROM(PLACEMENT, PROVIDER, TEXT, placement, provider),
	FROM(PLACEMENT, SITE, TEXT, placement, site),
	FROM(PLACEMENT, REQUESTED, COPY, placement, requested),
	FROM(PLACEMENT, PLACED_BY, COPY, placement, placed_by),
};

static const struct source count_sources[] = {
	FROM(COUNTS, CHILD, COPY, count, s.child),
	FROM(COUNTS, REMOVED, COPY, count, removed),
	FROM(COUNTS, ON, COPY, count, on),
	FROM(COUNTS, SETTINGS, COPY, count, settings),
	FROM(COUNTS, SETTING, COPY, count, current),
	FROM(COUNTS, SINCE, COPY, count, since),
};

static const struct source goal_sources[] = {
	FROM(GOALS, CHILD, COPY, goal, s.child),
	FROM(GOALS, START, COPY, goal, start),
	FROM(GOALS, GOAL, COPY, goal, goal),
};

static const struct source legal_sources[] = {
	FROM(LEGALS, CHILD, COPY, legal, s.child),
	FROM(LEGALS, DATE, COPY, legal, date),
	FROM(LEGALS, EVENT, COPY, legal, event),
	FROM(LEGALS, DETAIL, TEXT, legal, detail),
};

static const struct source assign_sources[] = {
	FROM(ASSIGN, CHILD, COPY, assign, s.child),
	FROM(ASSIGN, START, COPY, assign, start),
	FROM(ASSIGN, STOP, COPY, assign, stop),
	FROM(ASSIGN, PATH, PATH, assign, node),
};

static const struct source meeting_sources[] = {
	FROM(MEETING, CHILD, COPY, meeting, s.child),
	FROM(MEETING, DATE, COPY, meeting, date),
	FROM(MEETING, KIND, TEXT, meeting, kind),
	FROM(MEETING, ENTERED, COPY, meeting, entered),
};

static const struct source visit_sources[] = {
	FROM(VISITS, CHILD, COPY, visit, s.child),
	FROM(VISITS, DATE, COPY, visit, date),
	FROM(VISITS, PLACE, COPY, visit, place),
	FROM(VISITS, KIND, COPY, visit, kind),
	FROM(VISITS, PATH, PATH, visit, by),
	FROM(VISITS, ENTERED, COPY, visit, entered),
};

static const struct source report_sources[] = {
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
};

static const struct source victim_sources[] = {
	FROM(VICTIM, CHILD, COPY, victim, s.child),
	FROM(VICTIM, REPORT, COPY, victim, report),
	FROM(VICTIM, DATE, COPY, victim, date),
	FROM(VICTIM, INCIDENT, COPY, victim, incident),
	FROM(VICTIM, DISPOSITION, COPY, victim, disposition),
	FROM(VICTIM, MALTREATMENTS, COPY, victim, maltreatments),
	FROM(VICTIM, PERPETRATORS, COPY, victim, perpetrators),
	FROM(VICTIM, DIED, COPY, victim, died),
};

static const struct source found_sources[] = {
	FROM(FOUND, VICTIM, COPY, found, victim),
	FROM(FOUND, DATE, COPY, found, date),
};

static const struct source service_sources[] = {
	FROM(SERVICE, ID, TEXT, service, id),
	FROM(SERVICE, OPENED, COPY, service, opened),
	FROM(SERVICE, CLOSED, COPY, service, closed),
	FROM(SERVICE, REASON, TEXT, service, reason),
	FROM(SERVICE, RISK, TEXT, service, risk),
	FROM(SERVICE, PLAN, COPY, service, plan),
	FROM(SERVICE, CHILDREN, COPY, service, children),
	FROM(SERVICE, PATH, PATH, service, node),
};

static const struct source served_sources[] = {
	FROM(SERVED, CHILD, COPY, served, s.child),
	FROM(SERVED, SERVICE, COPY, served, service),
	FROM(SERVED, OPENED, COPY, served, opened),
	FROM(SERVED, CLOSED, COPY, served, closed),
};

static const struct source seen_sources[] = {
	FROM(SEEN, CHILD, COPY, seen, child),
	FROM(SEEN, YEAR, COPY, seen, year),
	FROM(SEEN, WORKER, COPY, seen, worker),
	FROM(SEEN, HOME, COPY, seen, home),
};

static const struct source svisit_sources[] = {
	FROM(SVISIT, CHILD, COPY, svisit, s.child),
	FROM(SVISIT, SERVICE, COPY, svisit, service),
	FROM(SVISIT, DATE, COPY, svisit, date),
	FROM(SVISIT, PLACE, COPY, svisit, place),
	FROM(SVISIT, ENTERED, COPY, svisit, entered),
};

static const struct source provider_sources[] = {
	FROM(PROVIDER, ID, TEXT, provider, id),
	FROM(PROVIDER, NAME, TEXT, provider, name),
	FROM(PROVIDER, PROGRAMME, COPY, provider, programme),
	FROM(PROVIDER, LICENSE, TEXT, provider, license),
	FROM(PROVIDER, OPERATOR, TEXT, provider, operator),
	FROM(PROVIDER, FROM, COPY, provider, from),
	FROM(PROVIDER, TO, COPY, provider, to),
};

static const struct source site_sources[] = {
	FROM(SITE, ID, TEXT, site, id),
	FROM(SITE, PROVIDER, TEXT, site, provider),
	FROM(SITE, NAME, TEXT, site, name),
	FROM(SITE, KIND, COPY, site, kind),
	FROM(SITE, LICENSE, TEXT, site, license),
	FROM(SITE, CAPACITY, COPY, site, capacity),
};

static const struct source people_sources[] = {
	FROM(POPULATION, FIPS, TEXT, people, fips),
	FROM(POPULATION, YEAR, COPY, people, year),
	FROM(POPULATION, CHILDREN, COPY, people, children),
};

static const struct source incident_sources[] = {
	FROM(INCIDENT, ID, TEXT, incident, id),
	FROM(INCIDENT, PROVIDER, TEXT, incident, provider),
	FROM(INCIDENT, SITE, TEXT, incident, site),
	FROM(INCIDENT, HAPPENED, COPY, incident, happened),
	FROM(INCIDENT, DATE, MINUTE_DAY, incident, happened),
	FROM(INCIDENT, KIND, COPY, incident, kind),
	FROM(INCIDENT, PHONED, MINUTE_NEVER, incident, phoned),
	FROM(INCIDENT, WRITTEN, COPY, incident, written),
};

static const struct source involved_sources[] = {
	FROM(INVOLVED, CHILD, COPY, involved, s.child),
	FROM(INVOLVED, INCIDENT, COPY, involved, incident),
	FROM(INVOLVED, PART, COPY, involved, part),
	FROM(INVOLVED, TREATED, COPY, involved, treated),
};

static const struct source citation_sources[] = {
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
};

static const struct source medicine_sources[] = {
	FROM(MEDICINE, CHILD, COPY, medicine, s.child),
	FROM(MEDICINE, KIND, COPY, medicine, kind),
	FROM(MEDICINE, START, COPY, medicine, start),
	FROM(MEDICINE, STOP, COPY, medicine, stop),
};
/* clang-format on */

#define SOURCES(name) \
	name##_sources, sizeof name##_sources / sizeof *name##_sources
#define STAGED(table, name)                                                  \
	{                                                                    \
		FACTS_##table, b->staged[EXTRACT_##table].data,              \
		    sizeof(struct name), b->staged[EXTRACT_##table].n, NULL, \
		    SOURCES(name)                                            \
	}

void
origins(const struct facts_builder *b, struct origin list[static ORIGINS])
{
	struct tree_tables t = tree_tables(b->tree);
	const struct origin all[ORIGINS] = {
	    {FACTS_NODE, t.nodes, sizeof *t.nodes, t.n_nodes, NULL,
		SOURCES(node)},
	    {FACTS_SPELL, t.spells, sizeof *t.spells, t.n_spells, NULL,
		SOURCES(spell)},
	    {FACTS_PATH, t.paths, sizeof *t.paths, t.n_paths, NULL,
		SOURCES(path)},
	    STAGED(CHILD, child),
	    {FACTS_REMOVAL, b->staged[EXTRACT_REMOVAL].data,
		sizeof(struct removal), b->staged[EXTRACT_REMOVAL].n,
		b->removal_at, SOURCES(removal)},
	    STAGED(PLACEMENT, placement),
	    {FACTS_COUNTS, b->staged[EXTRACT_SETTINGS].data,
		sizeof(struct count), b->staged[EXTRACT_SETTINGS].n, NULL,
		SOURCES(count)},
	    STAGED(GOALS, goal),
	    STAGED(LEGALS, legal),
	    STAGED(ASSIGN, assign),
	    STAGED(MEETING, meeting),
	    STAGED(VISITS, visit),
	    {FACTS_SEEN, b->seen.data, sizeof(struct seen), b->seen.n, NULL,
		SOURCES(seen)},
	    STAGED(REPORT, report),
	    STAGED(VICTIM, victim),
	    {FACTS_FOUND, b->found, sizeof *b->found, b->found_n, NULL,
		SOURCES(found)},
	    STAGED(SERVICE, service),
	    STAGED(SERVED, served),
	    STAGED(SVISIT, svisit),
	    STAGED(PROVIDER, provider),
	    {FACTS_SITE, b->staged[EXTRACT_SITES].data, sizeof(struct site),
		b->staged[EXTRACT_SITES].n, NULL, SOURCES(site)},
	    {FACTS_POPULATION, b->staged[EXTRACT_POPULATION].data,
		sizeof(struct people), b->staged[EXTRACT_POPULATION].n, NULL,
		SOURCES(people)},
	    STAGED(INCIDENT, incident),
	    STAGED(INVOLVED, involved),
	    STAGED(CITATION, citation),
	    STAGED(MEDICINE, medicine),
	};

	memcpy(list, all, sizeof all);
}
