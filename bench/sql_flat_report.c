/* The flat tables of reports, victims, cases and population. */
#include <string.h>

#include "base/date.h"
#include "sql_flat.h"

/* What a report is about, as far as limits ask for it. */
enum { KIND_NOT_TOLD, KIND_OTHER, KIND_SEXUAL, KIND_FATAL };

static int
kind_of(const char *kind)
{
	if (*kind == '\0')
		return KIND_NOT_TOLD;
	if (strcmp(kind, "sexual_abuse") == 0)
		return KIND_SEXUAL;
	if (strcmp(kind, "fatality") == 0 || strcmp(kind, "near_fatality") == 0)
		return KIND_FATAL;
	return KIND_OTHER;
}

/* A minute after the last of the data has not come. */
static int64_t
minute_of(const struct facts *f, enum facts_column c, uint32_t row)
{
	int32_t v = facts_i32(f, c)[row];
	int64_t end = (facts_about(f)->data_through + INT64_C(1)) * 1440;

	if (v == DATE_MISSING)
		return FLAT_FIRST;
	return v >= end ? DATE_NEVER : v;
}

/* A day and the month that it is in. */
static void
push_day(
    struct cells *c, const struct facts *f, enum facts_column col, uint32_t row)
{
	int64_t day = flat_day(f, col, row);

	flat_push(c, day);
	flat_push(c, day == FLAT_FIRST ? 0 : date_pack((int32_t)day) >> 5);
}

static void
push_report(struct cells *c, const struct facts *f, uint32_t row)
{
	flat_push(c, row);
	flat_push(c, flat_county(f, FACTS_REPORT_PATH, row));
	push_day(c, f, FACTS_REPORT_DATE, row);
	flat_push(c, minute_of(f, FACTS_REPORT_RECEIVED, row));
	flat_push(c, minute_of(f, FACTS_REPORT_CONTACT, row));
	flat_push(c, minute_of(f, FACTS_REPORT_SEEN, row));
	flat_push(c, facts_i32(f, FACTS_REPORT_PRIORITY)[row]);
	flat_push(c, flat_day(f, FACTS_REPORT_CONCLUDED, row));
	flat_push(c, facts_u8(f, FACTS_REPORT_CONCLUSION)[row]);
	flat_push(c, facts_u8(f, FACTS_REPORT_GOOD_CAUSE)[row]);
	flat_push(c, kind_of(facts_str(f, FACTS_REPORT_KIND, row)));
}

/* Victims alone: other children of reports are in no measure. */
static void
push_victim(struct cells *c, const struct facts *f, uint32_t row)
{
	const uint32_t providers = 1U << (PERPETRATOR_FOSTER_RELATIVE - 1) |
				   1U << (PERPETRATOR_FOSTER_NONRELATIVE - 1) |
				   1U << (PERPETRATOR_FOSTER_UNKNOWN - 1) |
				   1U << (PERPETRATOR_FACILITY - 1);
	uint32_t child = facts_u32(f, FACTS_VICTIM_CHILD)[row];
	uint32_t report = facts_u32(f, FACTS_VICTIM_REPORT)[row];

	if (!facts_u8(f, FACTS_VICTIM_VICTIM)[row])
		return;
	flat_push(c, row);
	flat_push(c, child);
	flat_push(c, report == FACTS_NO_ROW
			 ? -1
			 : flat_county(f, FACTS_REPORT_PATH, report));
	flat_push(c, flat_day(f, FACTS_VICTIM_DATE, row));
	flat_push(c, flat_day(f, FACTS_VICTIM_INCIDENT, row));
	flat_birth(c, facts_i32(f, FACTS_CHILD_BIRTH)[child]);
	flat_push(c, facts_u8(f, FACTS_VICTIM_DIED)[row] == YESNO_YES);
	flat_push(
	    c, (facts_u32(f, FACTS_VICTIM_PERPETRATORS)[row] & providers) != 0);
	flat_push(c, facts_u8(f, FACTS_VICTIM_AFCARS)[row]);
}

static void
push_case(struct cells *c, const struct facts *f, uint32_t row)
{
	flat_push(c, row);
	flat_push(c, flat_county(f, FACTS_SERVICE_PATH, row));
	push_day(c, f, FACTS_SERVICE_OPENED, row);
	flat_push(c, flat_day(f, FACTS_SERVICE_CLOSED, row));
	flat_push(c, flat_day(f, FACTS_SERVICE_PLAN, row));
}

static void
push_served(struct cells *c, const struct facts *f, uint32_t row)
{
	uint32_t service = facts_u32(f, FACTS_SERVED_SERVICE)[row];
	uint32_t child = facts_u32(f, FACTS_SERVED_CHILD)[row];
	int64_t closed = flat_day(f, FACTS_SERVED_CLOSED, row);

	if (!date_known(facts_i32(f, FACTS_SERVED_OPENED)[row]))
		return; /* its case is not here: left out by every measure */
	flat_push(c, row);
	flat_push(c, child);
	flat_push(c, service == FACTS_NO_ROW
			 ? -1
			 : flat_county(f, FACTS_SERVICE_PATH, service));
	flat_push(c, flat_day(f, FACTS_SERVED_OPENED, row));
	flat_push(c, closed);
	flat_push(c, closed == DATE_NEVER || closed == FLAT_FIRST
			 ? closed
			 : date_addmonths((int32_t)closed, 12));
	flat_push(c, facts_i32(f, FACTS_CHILD_BIRTH)[child] != DATE_MISSING);
}

static void
push_count(struct cells *c, const struct facts *f, uint32_t row)
{
	flat_push(c, facts_u32(f, FACTS_COUNTS_CHILD)[row]);
	flat_push(c, flat_day(f, FACTS_COUNTS_ON, row));
}

/* The county of a FIPS code; a text stands in a snapshot once. */
static void
push_population(struct cells *c, const struct facts *f, uint32_t row)
{
	uint32_t fips = facts_u32(f, FACTS_POPULATION_FIPS)[row];

	for (uint32_t n = 0; n < facts_rows(f, FACTS_NODE); n++)
		if (facts_u32(f, FACTS_NODE_FIPS)[n] == fips &&
		    facts_u8(f, FACTS_NODE_LEVEL)[n] == LEVEL_COUNTY) {
			flat_push(c, n);
			flat_push(c, facts_i32(f, FACTS_POPULATION_YEAR)[row]);
			flat_push(
			    c, facts_i32(f, FACTS_POPULATION_CHILDREN)[row]);
			return;
		}
}

bool
flat_reports(const struct flat *to, const struct facts *f, struct cells *c,
    struct err *err)
{
	static const struct flat_rows tables[] = {
	    {"reports", FACTS_REPORT, 12, push_report},
	    {"victims", FACTS_VICTIM, 10, push_victim},
	    {"cases", FACTS_SERVICE, 6, push_case},
	    {"served", FACTS_SERVED, 7, push_served},
	    {"counted", FACTS_COUNTS, 2, push_count},
	    {"population", FACTS_POPULATION, 3, push_population},
	    {NULL},
	};

	return flat_each(to, f, tables, c, err);
}
