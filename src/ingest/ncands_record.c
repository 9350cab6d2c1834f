/* One NCANDS record: decoding, and the checks of formats.md 3 (NC-..) and of
 * measures.md 5.1 (DQ-N..). */
#include "ingest/ncands.h"

#include <string.h>

#include "ingest/period.h"

/* clang-format off */
const struct nc_field nc_fields[NC_COUNT] = {
#define FIELD(id, start, width, type) \
	[NC_##id] = {#id, start - 1, width, NC_##type},
#include "ingest/ncands.def"
#undef FIELD
};
/* clang-format on */

_Static_assert(NC_COUNT <= 64, "bad holds a bit for each field");

static int32_t
decode_number(const char *s, size_t n)
{
	while (n > 0 && *s == ' ') {
		s++;
		n--;
	}
	while (n > 0 && s[n - 1] == ' ')
		n--;
	return digits(s, n);
}

static int32_t
decode_time(const char *s)
{
	int32_t n = digits(s, 4);

	return n >= 0 && n / 100 < 24 && n % 100 < 60 ? n / 100 * 60 + n % 100
						      : -1;
}

static void
decode(struct nc_record *r, enum nc i, const char *s)
{
	const struct nc_field *f = &nc_fields[i];
	size_t width = (size_t)f->width;
	int32_t v = DATE_MISSING;
	bool given = !blank(s, width);

	if (f->type == NC_DATE) {
		given = given && memcmp(s, "00000000", 8) != 0;
		if (given)
			v = day_mmddyyyy(s);
	} else if (f->type == NC_ID) {
		v = given ? 1 : DATE_MISSING;
	} else if (given) {
		v = f->type == NC_TIME ? decode_time(s)
				       : decode_number(s, width);
		if (v < 0)
			v = DATE_MISSING;
	}
	r->v[i] = v;
	r->bad |= (uint64_t)(given && v == DATE_MISSING) << i;
}

void
nc_decode(struct nc_record *r, const char text[NC_WIDTH])
{
	r->bad = 0;
	for (int i = 0; i < NC_COUNT; i++)
		decode(r, (enum nc)i, text + nc_fields[i].start);
}

const char *
nc_id(const char text[NC_WIDTH], enum nc field, size_t *len)
{
	const char *s = text + nc_fields[field].start;
	size_t n = (size_t)nc_fields[field].width;

	while (n > 0 && *s == ' ') {
		s++;
		n--;
	}
	while (n > 0 && s[n - 1] == ' ')
		n--;
	*len = n;
	return s;
}

/* --- what it says -------------------------------------------------- */

#define V(f) (r->v[NC_##f])
#define GIVEN(f) (V(f) != DATE_MISSING)

static int32_t
mal(const struct nc_record *r, int m)
{
	return r->v[NC_CHMAL1 + 2 * m];
}

static int32_t
level(const struct nc_record *r, int m)
{
	return r->v[NC_MAL1LEV + 2 * m];
}

int32_t
nc_level(const struct nc_record *r)
{
	int32_t best = DATE_MISSING;

	for (int m = 0; m < 4; m++)
		if (level(r, m) != DATE_MISSING &&
		    (best == DATE_MISSING || level(r, m) < best))
			best = level(r, m);
	return best;
}

bool
nc_victim(const struct nc_record *r)
{
	int32_t best = nc_level(r);

	return best == 1 || best == 2 || V(MALDEATH) == 1;
}

/* --- checks -------------------------------------------------------- */

static bool
concluded_before(const struct nc_record *r)
{
	return GIVEN(RPTDISDT) && GIVEN(RPTDT) && V(RPTDISDT) < V(RPTDT);
}

static bool
incident_after(const struct nc_record *r)
{
	return GIVEN(INCIDDT) && GIVEN(RPTDT) && V(INCIDDT) > V(RPTDT);
}

static bool
year_wrong(const struct nc_record *r)
{
	if (!GIVEN(RPTDISDT))
		return false;
	return V(RPTDISDT) < date_make(V(SUBYR) - 1, 10, 1) ||
	       V(RPTDISDT) > date_make(V(SUBYR), 9, 30);
}

static bool
level_without_type(const struct nc_record *r)
{
	for (int m = 0; m < 4; m++)
		if ((mal(r, m) == DATE_MISSING) !=
		    (level(r, m) == DATE_MISSING))
			return true;
	return false;
}

/* PERnREL stands behind PERnID, and PERnMAL1..4 behind it. */
static bool
blamed_for_nothing(const struct nc_record *r)
{
	static const enum nc ids[] = {NC_PER1ID, NC_PER2ID, NC_PER3ID};

	for (int p = 0; p < 3; p++)
		for (int m = 0; m < 4; m++)
			if (r->v[ids[p] + 2 + m] == 1 &&
			    mal(r, m) == DATE_MISSING)
				return true;
	return false;
}

static bool
relation_without_id(const struct nc_record *r)
{
	static const enum nc ids[] = {NC_PER1ID, NC_PER2ID, NC_PER3ID};

	for (int p = 0; p < 3; p++)
		if ((r->v[ids[p]] == DATE_MISSING) !=
		    (r->v[ids[p] + 1] == DATE_MISSING))
			return true;
	return false;
}

static bool
death_without_victim(const struct nc_record *r)
{
	int32_t best = nc_level(r);

	return V(MALDEATH) == 1 && best != 1 && best != 2;
}

/* The report's disposition is the lowest level of all its children, so none
 * can be lower. */
static bool
level_below_report(const struct nc_record *r)
{
	return GIVEN(RPTDISP) && nc_level(r) != DATE_MISSING &&
	       nc_level(r) != 8 && nc_level(r) < V(RPTDISP);
}

static bool
age_wrong(const struct nc_record *r)
{
	int32_t age;

	if (!GIVEN(CHAGE) || !GIVEN(CHBDATE) || !GIVEN(RPTDT) || V(CHAGE) > 21)
		return false;
	age = date_years(V(CHBDATE), V(RPTDT));
	return age != V(CHAGE);
}

static bool
victim_without_age(const struct nc_record *r)
{
	return nc_victim(r) && !GIVEN(CHBDATE) &&
	       (!GIVEN(CHAGE) || V(CHAGE) > 21);
}

static const struct {
	const char *rule;
	bool (*fails)(const struct nc_record *r);
} checks[] = {
    {"NC-01", concluded_before},
    {"NC-02", incident_after},
    {"NC-03", year_wrong},
    {"NC-04", level_without_type},
    {"NC-05", blamed_for_nothing},
    {"NC-06", relation_without_id},
    {"NC-07", death_without_victim},
    {"NC-08", level_below_report},
    {"NC-09", age_wrong},
    {"DQ-N3", victim_without_age},
};

void
nc_check(const struct nc_record *r, void (*failed)(void *arg, const char *rule),
    void *arg)
{
	for (size_t i = 0; i < sizeof checks / sizeof *checks; i++)
		if (checks[i].fails(r))
			failed(arg, checks[i].rule);
}
