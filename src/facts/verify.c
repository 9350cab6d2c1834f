/*
 * Whether a snapshot's contents hold together: every reference points at a
 * row, every day is a day, every range is in order. Readers rely on this for
 * files that facts_verify() has passed, and do not check again.
 */
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/date.h"
#include "facts/facts.h"
#include "facts/format.h"

/* Where ROW columns point, and whether they may point nowhere. */
static const struct reference {
	enum facts_column column;
	enum facts_table to;
	bool none;
} references[] = {
    {FACTS_SPELL_NODE, FACTS_NODE, false},
    {FACTS_SPELL_PARENT, FACTS_NODE, true},
    {FACTS_PATH_STATE, FACTS_NODE, false},
    {FACTS_PATH_REGION, FACTS_NODE, false},
    {FACTS_PATH_CIRCUIT, FACTS_NODE, false},
    {FACTS_PATH_COUNTY, FACTS_NODE, false},
    {FACTS_PATH_OFFICE, FACTS_NODE, false},
    {FACTS_PATH_UNIT, FACTS_NODE, false},
    {FACTS_PATH_WORKER, FACTS_NODE, false},
    {FACTS_CHILD_SIBLING, FACTS_CHILD, true},
    {FACTS_REMOVAL_CHILD, FACTS_CHILD, false},
    {FACTS_REMOVAL_PREV, FACTS_REMOVAL, true},
    {FACTS_REMOVAL_NEXT, FACTS_REMOVAL, true},
    {FACTS_REMOVAL_PATH_IN, FACTS_PATH, false},
    {FACTS_REMOVAL_PATH_OUT, FACTS_PATH, false},
    {FACTS_PLACEMENT_REMOVAL, FACTS_REMOVAL, true},
    {FACTS_COUNTS_CHILD, FACTS_CHILD, false},
    {FACTS_GOALS_CHILD, FACTS_CHILD, false},
    {FACTS_LEGALS_CHILD, FACTS_CHILD, false},
    {FACTS_ASSIGN_CHILD, FACTS_CHILD, false},
    {FACTS_ASSIGN_PATH, FACTS_PATH, false},
    {FACTS_MEETING_CHILD, FACTS_CHILD, false},
    {FACTS_VISITS_CHILD, FACTS_CHILD, false},
    {FACTS_VISITS_PATH, FACTS_PATH, false},
    {FACTS_REPORT_PATH, FACTS_PATH, false},
    {FACTS_VICTIM_CHILD, FACTS_CHILD, false},
    {FACTS_VICTIM_REPORT, FACTS_REPORT, true},
    {FACTS_FOUND_VICTIM, FACTS_VICTIM, false},
    {FACTS_SERVICE_PATH, FACTS_PATH, false},
    {FACTS_SERVED_CHILD, FACTS_CHILD, false},
    {FACTS_SERVED_SERVICE, FACTS_SERVICE, true},
    {FACTS_SERVED_PATH, FACTS_PATH, false},
    {FACTS_SVISIT_CHILD, FACTS_CHILD, false},
    {FACTS_SVISIT_SERVICE, FACTS_SERVICE, true},
    {FACTS_INVOLVED_CHILD, FACTS_CHILD, false},
    {FACTS_INVOLVED_INCIDENT, FACTS_INCIDENT, true},
    {FACTS_MEDICINE_CHILD, FACTS_CHILD, false},
};

static bool
wrong(struct err *err, enum facts_column column, uint32_t row)
{
	return err_set(err, ERR_CORRUPT, "snapshot: column %s, row %u: %s",
	    facts_column_info(column)->name, row, "impossible value");
}

static bool
verify_rows(const struct facts *f, enum facts_column c, struct err *err)
{
	const uint32_t *v = facts_u32(f, c);
	uint32_t n = facts_rows(f, facts_column_info(c)->table);
	const struct reference *r = NULL;

	for (size_t i = 0; i < sizeof references / sizeof *references; i++)
		if (references[i].column == c)
			r = &references[i];
	if (r == NULL)
		return err_set(err, ERR_INTERNAL,
		    "snapshot: nothing is known of column %s",
		    facts_column_info(c)->name);
	for (uint32_t i = 0; i < n; i++)
		if (v[i] >= facts_rows(f, r->to) &&
		    !(r->none && v[i] == FACTS_NO_ROW))
			return wrong(err, c, i);
	return true;
}

/* A stretch may end on the day before the first one that input may hold, or
 * begin on the day after the last. */
static bool
verify_days(const struct facts *f, enum facts_column c, struct err *err)
{
	const int32_t *v = facts_i32(f, c);
	uint32_t n = facts_rows(f, facts_column_info(c)->table);

	for (uint32_t i = 0; i < n; i++)
		if (date_known(v[i]) &&
		    (v[i] < DATE_FIRST - 1 || v[i] > DATE_LAST + 1))
			return wrong(err, c, i);
	return true;
}

static bool
verify_minutes(const struct facts *f, enum facts_column c, struct err *err)
{
	const int32_t *v = facts_i32(f, c);
	uint32_t n = facts_rows(f, facts_column_info(c)->table);

	for (uint32_t i = 0; i < n; i++)
		if (date_known(v[i]) &&
		    (v[i] < (DATE_FIRST - 1) * DATE_MINUTES ||
			v[i] >= (DATE_LAST + 2) * DATE_MINUTES))
			return wrong(err, c, i);
	return true;
}

/* A PACK column stands right behind the DAY column of its name. */
static bool
verify_packs(const struct facts *f, enum facts_column c, struct err *err)
{
	const int32_t *pack = facts_i32(f, c);
	const int32_t *day = facts_i32(f, (enum facts_column)(c - 1));
	uint32_t n = facts_rows(f, facts_column_info(c)->table);

	for (uint32_t i = 0; i < n; i++)
		if (pack[i] != date_pack(day[i]))
			return wrong(err, c, i);
	return true;
}

/* A code must be fit for a bit set. */
static bool
verify_codes(const struct facts *f, enum facts_column c, struct err *err)
{
	const uint8_t *v = facts_u8(f, c);
	uint32_t n = facts_rows(f, facts_column_info(c)->table);

	for (uint32_t i = 0; i < n; i++)
		if (v[i] > 32)
			return wrong(err, c, i);
	return true;
}

static bool
verify_strings(const struct facts *f, enum facts_column c, struct err *err)
{
	const uint32_t *v = facts_u32(f, c);
	uint32_t n = facts_rows(f, facts_column_info(c)->table);
	uint64_t length;

	facts_section(f, FACTS_SECTION_STRINGS, &length);
	for (uint32_t i = 0; i < n; i++)
		if (v[i] >= length)
			return wrong(err, c, i);
	return true;
}

static bool
verify_column(const struct facts *f, enum facts_column c, struct err *err)
{
	static bool (*const checks[])(
	    const struct facts *, enum facts_column, struct err *) = {
	    [FACTS_ROW] = verify_rows,
	    [FACTS_DAY] = verify_days,
	    [FACTS_PACK] = verify_packs,
	    [FACTS_MINUTE] = verify_minutes,
	    [FACTS_CODE] = verify_codes,
	    [FACTS_STR] = verify_strings,
	};
	enum facts_type type = facts_column_info(c)->type;

	return checks[type] == NULL || checks[type](f, c, err);
}

static bool
verify_range(const struct facts *f, int id, struct err *err)
{
	const struct facts_range_info *info = &facts_ranges[id];
	const uint32_t *first =
	    facts_section(f, FACTS_SECTION_RANGES + id, NULL);
	uint32_t n = facts_rows(f, info->parent);
	/* Placements of no episode stand behind all others. */
	bool all = info->child != FACTS_PLACEMENT;
	bool ok = first[0] == 0 && first[n] <= facts_rows(f, info->child) &&
		  (!all || first[n] == facts_rows(f, info->child));

	for (uint32_t i = 0; ok && i < n; i++)
		ok = first[i] <= first[i + 1];
	return ok || err_set(err, ERR_CORRUPT, "snapshot: range %d", id);
}

/* A range of rows must be the rows that name this parent. */
static bool
verify_owner(
    const struct facts *f, int id, enum facts_column owner, struct err *err)
{
	const uint32_t *first =
	    facts_section(f, FACTS_SECTION_RANGES + id, NULL);
	const uint32_t *v = facts_u32(f, owner);
	uint32_t n = facts_rows(f, facts_ranges[id].parent);

	for (uint32_t parent = 0; parent < n; parent++)
		for (uint32_t i = first[parent]; i < first[parent + 1]; i++)
			if (v[i] != parent)
				return wrong(err, owner, i);
	return true;
}

static bool
verify_child_list(const struct facts *f, struct err *err)
{
	uint32_t n = facts_rows(f, FACTS_CHILD);
	const uint32_t *child = facts_u32(f, FACTS_REMOVAL_CHILD);

	for (uint32_t c = 0; c < n; c++) {
		uint32_t count;
		const uint32_t *list = facts_child_removals(f, c, &count);

		for (uint32_t i = 0; i < count; i++)
			if (list[i] >= facts_rows(f, FACTS_REMOVAL) ||
			    child[list[i]] != c)
				return wrong(err, FACTS_REMOVAL_CHILD, c);
	}
	return true;
}

static bool
verify_blocks(const struct facts *f, enum facts_column c, struct err *err)
{
	const int32_t *v = facts_i32(f, c);
	uint32_t n, rows = facts_rows(f, facts_column_info(c)->table);
	const int32_t *least = facts_block_least(f, c, &n);
	const int32_t *greatest = facts_block_greatest(f, c, &n);

	for (uint32_t i = 0; i < rows; i++)
		if (v[i] < least[i / FACTS_BLOCK] ||
		    v[i] > greatest[i / FACTS_BLOCK])
			return wrong(err, c, i);
	return true;
}

/* Children of a group form rings: each is the next one of exactly one. */
static bool
verify_siblings(const struct facts *f, struct err *err)
{
	uint32_t n = facts_rows(f, FACTS_CHILD), bad = n;
	const uint32_t *next = facts_u32(f, FACTS_CHILD_SIBLING);
	const uint32_t *group = facts_u32(f, FACTS_CHILD_SIBLINGS);
	uint8_t *seen = xcalloc((size_t)n + 1, 1);

	for (uint32_t i = 0; i < n && bad == n; i++) {
		if (next[i] == FACTS_NO_ROW
			? group[i] != 0
			: group[i] != group[next[i]] || seen[next[i]]++ > 0)
			bad = i;
	}
	free(seen);
	return bad == n || wrong(err, FACTS_CHILD_SIBLING, bad);
}

/* Binary search relies on the order of ids, levels index tables. */
static bool
verify_order(const struct facts *f, enum facts_column id, struct err *err)
{
	uint32_t n = facts_rows(f, facts_column_info(id)->table);

	for (uint32_t i = 1; i < n; i++)
		if (strcmp(facts_str(f, id, i - 1), facts_str(f, id, i)) >= 0)
			return wrong(err, id, i);
	return true;
}

static bool
verify_levels(const struct facts *f, struct err *err)
{
	const uint8_t *level = facts_u8(f, FACTS_NODE_LEVEL);

	for (uint32_t i = 0; i < facts_rows(f, FACTS_NODE); i++)
		if (level[i] < LEVEL_STATE || level[i] > LEVEL_WORKER)
			return wrong(err, FACTS_NODE_LEVEL, i);
	return true;
}

bool
facts_verify_references(const struct facts *f, struct err *err)
{
	static const struct {
		enum facts_range_id id;
		enum facts_column owner;
	} owners[] = {
	    {FACTS_RANGE_CHILD_COUNTS, FACTS_COUNTS_CHILD},
	    {FACTS_RANGE_CHILD_GOALS, FACTS_GOALS_CHILD},
	    {FACTS_RANGE_CHILD_LEGALS, FACTS_LEGALS_CHILD},
	    {FACTS_RANGE_CHILD_ASSIGN, FACTS_ASSIGN_CHILD},
	    {FACTS_RANGE_CHILD_MEETING, FACTS_MEETING_CHILD},
	    {FACTS_RANGE_CHILD_VISITS, FACTS_VISITS_CHILD},
	    {FACTS_RANGE_CHILD_VICTIM, FACTS_VICTIM_CHILD},
	    {FACTS_RANGE_CHILD_SERVED, FACTS_SERVED_CHILD},
	    {FACTS_RANGE_CHILD_SVISIT, FACTS_SVISIT_CHILD},
	    {FACTS_RANGE_CHILD_INVOLVED, FACTS_INVOLVED_CHILD},
	    {FACTS_RANGE_CHILD_MEDICINE, FACTS_MEDICINE_CHILD},
	    {FACTS_RANGE_REMOVAL_PLACEMENTS, FACTS_PLACEMENT_REMOVAL},
	    {FACTS_RANGE_NODE_SPELLS, FACTS_SPELL_NODE},
	};
	bool ok = true;

	for (int c = 0; ok && c < FACTS_COLUMNS; c++)
		ok = verify_column(f, (enum facts_column)c, err);
	for (int i = 0; ok && i < FACTS_RANGE_COUNT; i++)
		ok = verify_range(f, i, err);
	for (size_t i = 0; ok && i < sizeof owners / sizeof *owners; i++)
		ok = verify_owner(f, (int)owners[i].id, owners[i].owner, err);
	for (int c = 0; ok && c < FACTS_COLUMNS; c++)
		if (facts_has_blocks((enum facts_column)c))
			ok = verify_blocks(f, (enum facts_column)c, err);
	return ok && verify_child_list(f, err) && verify_levels(f, err) &&
	       verify_siblings(f, err) && facts_verify_months(f, err) &&
	       verify_order(f, FACTS_CHILD_ID, err) &&
	       verify_order(f, FACTS_NODE_ID, err);
}
