#include "ingest/victims.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "ingest/cells.h"
#include "ingest/ncands.h"

#define MOST_RECORDS 1024 /* of one child */

struct record {
	struct nc_record r;
	char text[NC_WIDTH];
	uint32_t line;
	int32_t year;
};

struct victims {
	struct intake *in;
	struct record *recs; /* of one child */
	size_t n, cap;
	char key[EXTRACT_ID + 1];
	size_t key_len;
	uint64_t victims, victims_linked; /* children */
	uint64_t linked, matched;	  /* with an AFCARS id; found there */
	uint64_t again, at_odds; /* in the next year, too; with other data */
};

struct victims *
victims_new(struct intake *in)
{
	struct victims *v = xcalloc(1, sizeof *v);

	v->in = in;
	return v;
}

void
victims_free(struct victims *v)
{
	if (v == NULL)
		return;
	free(v->recs);
	free(v);
}

/* --- codes --------------------------------------------------------- */

static int
disposition(const struct nc_record *r)
{
	static const int codes[] = {[1] = DISPOSITION_SUBSTANTIATED,
	    [2] = DISPOSITION_INDICATED,
	    [3] = DISPOSITION_ALT_VICTIM,
	    [4] = DISPOSITION_ALT_NONVICTIM,
	    [5] = DISPOSITION_UNSUBSTANTIATED,
	    [6] = DISPOSITION_UNSUBSTANTIATED};
	int32_t best = nc_level(r);

	if (best >= 1 && best <= 6)
		return codes[best];
	return best == DATE_MISSING ? 0 : DISPOSITION_OTHER;
}

static int
conclusion(int32_t rptdisp)
{
	if (rptdisp == 1 || rptdisp == 2)
		return CONCLUSION_SUBSTANTIATED;
	return rptdisp >= 5 && rptdisp <= 7 ? CONCLUSION_UNSUBSTANTIATED : 0;
}

static int
track(int32_t rptdisp)
{
	if (rptdisp == 3 || rptdisp == 4)
		return TRACK_ASSESSMENT;
	return rptdisp == DATE_MISSING ? 0 : TRACK_INVESTIGATION;
}

static int64_t
maltreatment_bit(int32_t chmal)
{
	static const int codes[] = {[1] = MALTREATMENT_PHYSICAL,
	    [2] = MALTREATMENT_NEGLECT,
	    [3] = MALTREATMENT_MEDICAL,
	    [4] = MALTREATMENT_SEXUAL,
	    [5] = MALTREATMENT_PSYCHOLOGICAL,
	    [7] = MALTREATMENT_TRAFFICKING,
	    [8] = MALTREATMENT_OTHER,
	    [9] = MALTREATMENT_UNKNOWN};

	if (chmal < 1 || chmal > 9 || codes[chmal] == 0)
		return 0;
	return INT64_C(1) << (codes[chmal] - 1);
}

static int64_t
perpetrator_bit(int32_t rel)
{
	static const struct {
		int rel, code;
	} map[] = {{1, PERPETRATOR_PARENT}, {2, PERPETRATOR_RELATIVE},
	    {3, PERPETRATOR_FOSTER_RELATIVE},
	    {4, PERPETRATOR_FOSTER_NONRELATIVE}, {5, PERPETRATOR_FACILITY},
	    {33, PERPETRATOR_FOSTER_UNKNOWN}, {99, PERPETRATOR_UNKNOWN}};

	for (size_t i = 0; i < sizeof map / sizeof *map; i++)
		if (map[i].rel == rel)
			return INT64_C(1) << (map[i].code - 1);
	return rel == DATE_MISSING ? 0 : INT64_C(1) << (PERPETRATOR_OTHER - 1);
}

/* Whether the maltreatment counts for what the row lists: of a victim those
 * that were found, of others all that were alleged. */
static bool
counts(const struct nc_record *r, int m)
{
	int32_t level = r->v[NC_MAL1LEV + 2 * m];

	if (r->v[NC_CHMAL1 + 2 * m] == DATE_MISSING)
		return false;
	return nc_level(r) > 2 || level == 1 || level == 2;
}

static int64_t
maltreatments(const struct nc_record *r)
{
	int64_t bits = 0;

	for (int m = 0; m < 4; m++)
		if (counts(r, m))
			bits |= maltreatment_bit(r->v[NC_CHMAL1 + 2 * m]);
	return bits;
}

/* Those responsible for a maltreatment that counts; where a perpetrator's
 * flags are all blank, for any. */
static int64_t
perpetrators(const struct nc_record *r)
{
	static const enum nc rels[] = {NC_PER1REL, NC_PER2REL, NC_PER3REL};
	int64_t bits = 0;

	for (int p = 0; p < 3; p++) {
		bool told = false, guilty = false;

		for (int m = 0; m < 4; m++) {
			int32_t flag = r->v[rels[p] + 1 + m];

			told |= flag != DATE_MISSING;
			guilty |= flag == 1 && counts(r, m);
		}
		if (guilty || !told)
			bits |= perpetrator_bit(r->v[rels[p]]);
	}
	return bits;
}

static int64_t
race(const struct nc_record *r)
{
	static const int codes[] = {RACE_AIAN, RACE_ASIAN, RACE_BLACK,
	    RACE_NHPI, RACE_WHITE, RACE_UNKNOWN};
	int64_t bits = 0;

	for (int i = 0; i < 6; i++)
		if (r->v[NC_CHRACAI + i] == 1)
			bits |= INT64_C(1) << (codes[i] - 1);
	return bits;
}

static int
hispanic(int32_t chethn)
{
	if (chethn == DATE_MISSING)
		return 0;
	return chethn == 1 ? YESNO_YES : chethn == 2 ? YESNO_NO : YESNO_UNKNOWN;
}

static int
sex(int32_t chsex)
{
	if (chsex == DATE_MISSING)
		return 0;
	return chsex == 1 ? SEX_MALE : chsex == 2 ? SEX_FEMALE : SEX_UNKNOWN;
}

/* --- rows ---------------------------------------------------------- */

static struct cell
moment(int32_t day, int32_t minute)
{
	struct cell c = cell_empty();

	if (day != DATE_MISSING)
		c.n =
		    (int64_t)day * 1440 + (minute != DATE_MISSING ? minute : 0);
	return c;
}

static void
report_place(struct victims *v, const struct record *rec,
    char node[static EXTRACT_ID + 1])
{
	int32_t county = rec->r.v[NC_RPTCNTY];
	int32_t state = places_state(rec->text + nc_fields[NC_STATERR].start);

	node[0] = '\0';
	if (state != 0 && county > 0 && county < 998)
		places_node(&v->in->places, state * 1000 + county, node);
}

/* Once per report, with the first of its children that comes. */
static bool
give_report(struct victims *v, const struct record *rec, struct err *err)
{
	const struct nc_record *r = &rec->r;
	struct cell cells[EXTRACT_MAX_COLS];
	char node[EXTRACT_ID + 1];
	size_t len;
	const char *id = nc_id(rec->text, NC_RPTID, &len);

	if (!ids_put(&v->in->keys, id, len, 0))
		return true;
	report_place(v, rec, node);
	row_clear(cells, EXTRACT_REPORT);
	cells[REPORT_COL_ID] = cell_text(id, len);
	cells[REPORT_COL_RECEIVED] = moment(r->v[NC_RPTDT], r->v[NC_RPTTM]);
	cells[REPORT_COL_TRACK] = cell_code(track(r->v[NC_RPTDISP]));
	cells[REPORT_COL_CONTACT] = moment(r->v[NC_INVDATE], r->v[NC_INVSTRTM]);
	cells[REPORT_COL_CONCLUDED] = moment(r->v[NC_RPTDISDT], DATE_MISSING);
	cells[REPORT_COL_CONCLUSION] = cell_code(conclusion(r->v[NC_RPTDISP]));
	cells[REPORT_COL_NODE] = cell_text(node, strlen(node));
	return intake_row(v->in, EXTRACT_REPORT, cells, err);
}

/* Whom a child's records are about. */
struct known {
	struct cell id;
	bool linked; /* any of them bears an AFCARS id, which then is the id */
};

static bool
give_victim(struct victims *v, const struct record *rec,
    const struct known *child, struct err *err)
{
	const struct nc_record *r = &rec->r;
	struct cell cells[EXTRACT_MAX_COLS];
	int32_t death = r->v[NC_MALDEATH];
	size_t len;
	const char *id = nc_id(rec->text, NC_RPTID, &len);

	row_clear(cells, EXTRACT_VICTIM);
	cells[VICTIM_COL_REPORT] = cell_text(id, len);
	cells[VICTIM_COL_CHILD] = child->id;
	cells[VICTIM_COL_INCIDENT] = cell_day(r->v[NC_INCIDDT]);
	cells[VICTIM_COL_DISPOSITION] = cell_code(disposition(r));
	cells[VICTIM_COL_MALTREATMENTS] = cell_code(maltreatments(r));
	cells[VICTIM_COL_PERPETRATORS] = cell_code(perpetrators(r));
	cells[VICTIM_COL_DIED] = cell_code(death == 1	? YESNO_YES
					   : death == 2 ? YESNO_NO
					   : death == 9 ? YESNO_UNKNOWN
							: 0);
	cells[VICTIM_COL_AFCARS] =
	    cell_code(child->linked ? YESNO_YES : YESNO_NO);
	return intake_row(v->in, EXTRACT_VICTIM, cells, err);
}

#define AGE_MOST 21 /* above: unborn, not known */

/* The last day on which the child can have been born by the ages that the
 * records give: with it the child has each of these ages at its report. */
static int32_t
birth_by_age(const struct victims *v)
{
	int32_t birth = DATE_MISSING;

	for (size_t i = 0; i < v->n; i++) {
		const struct nc_record *r = &v->recs[i].r;
		int32_t age = r->v[NC_CHAGE], day;

		if (age < 0 || age > AGE_MOST)
			continue;
		day = date_addmonths(r->v[NC_RPTDT], -12 * age);
		if (birth == DATE_MISSING || day < birth)
			birth = day;
	}
	return birth;
}

static int32_t
birth_of(struct victims *v)
{
	int32_t birth;

	for (size_t i = v->n; i > 0; i--)
		if (v->recs[i - 1].r.v[NC_CHBDATE] != DATE_MISSING)
			return v->recs[i - 1].r.v[NC_CHBDATE];
	birth = birth_by_age(v);
	if (birth != DATE_MISSING)
		intake_flag(v->in, "BY-AGE", 1);
	return birth;
}

static bool
give_child(struct victims *v, const struct cell *child, struct err *err)
{
	const struct nc_record *r = &v->recs[v->n - 1].r;
	struct cell cells[EXTRACT_MAX_COLS];
	int32_t birth = birth_of(v);

	row_clear(cells, EXTRACT_CHILD);
	cells[CHILD_COL_ID] = *child;
	cells[CHILD_COL_BIRTH] = cell_day(birth);
	cells[CHILD_COL_SEX] = cell_code(sex(r->v[NC_CHSEX]));
	cells[CHILD_COL_RACE] = cell_code(race(r));
	cells[CHILD_COL_HISPANIC] = cell_code(hispanic(r->v[NC_CHETHN]));
	return intake_row(v->in, EXTRACT_CHILD, cells, err);
}

/* --- one child ----------------------------------------------------- */

/* The newest AFCARS id of the child's records, else its own. */
static struct known
child_known(const struct victims *v)
{
	for (size_t i = v->n; i > 0; i--) {
		size_t len;
		const char *id = nc_id(v->recs[i - 1].text, NC_AFCARSID, &len);

		if (len > 0)
			return (struct known){cell_text(id, len), true};
	}
	return (struct known){cell_text(v->key, v->key_len), false};
}

static bool
in_care(const struct intake *in, const struct cell *child)
{
	const int32_t *carried = ids_find(&in->carried, child->s, child->len);

	return ids_find(&in->histories, child->s, child->len) != NULL ||
	       ids_find(&in->children, child->s, child->len) != NULL ||
	       (carried != NULL && *carried == 1);
}

static void
count_child(struct victims *v, bool linked, bool found)
{
	bool victim = false;

	for (size_t i = 0; i < v->n; i++)
		victim |= nc_victim(&v->recs[i].r);
	v->victims += victim;
	v->victims_linked += victim && linked;
	v->linked += linked;
	v->matched += linked && found;
}

/* The first record of a year with the child as a victim; NULL: none. */
static const struct record *
victim_of(const struct victims *v, int32_t year)
{
	for (size_t i = 0; i < v->n; i++)
		if (v->recs[i].year == year && nc_victim(&v->recs[i].r))
			return &v->recs[i];
	return NULL;
}

/* DQ-N2: another sex, younger or more than three years older a year later, or
 * of one who was not a year old another birth date. What is not told in both
 * is not held against them. */
static bool
at_odds(const struct nc_record *a, const struct nc_record *b)
{
	int32_t age = a->v[NC_CHAGE], later = b->v[NC_CHAGE];
	int32_t born = a->v[NC_CHBDATE], again = b->v[NC_CHBDATE];
	bool aged =
	    age >= 0 && age <= AGE_MOST && later >= 0 && later <= AGE_MOST;
	int one = sex(a->v[NC_CHSEX]), other = sex(b->v[NC_CHSEX]);

	if ((one == SEX_MALE && other == SEX_FEMALE) ||
	    (one == SEX_FEMALE && other == SEX_MALE))
		return true;
	if (aged && (later < age || later > age + 3))
		return true;
	return age == 0 && born != DATE_MISSING && again != DATE_MISSING &&
	       born != again;
}

/* Of each year in which the child was a victim, and in the next one too. */
static void
count_again(struct victims *v)
{
	for (size_t i = 0; i < v->n; i++) {
		const struct record *now = victim_of(v, v->recs[i].year);
		const struct record *next = victim_of(v, v->recs[i].year + 1);

		if (now != &v->recs[i] || next == NULL)
			continue;
		v->again++;
		if (!at_odds(&now->r, &next->r))
			continue;
		v->at_odds++;
		intake_flag(v->in, "DQ-N2", 1);
	}
}

static bool
child_finish(struct victims *v, struct err *err)
{
	bool found, ok = true;
	struct known child;

	if (v->n == 0)
		return true;
	intake_count(v->in);
	intake_current(v->in)->kept++;
	child = child_known(v);
	found = in_care(v->in, &child.id);
	count_child(v, child.linked, found);
	count_again(v);
	if (!found)
		ok = give_child(v, &child.id, err);
	for (size_t i = 0; i < v->n && ok; i++)
		ok = give_report(v, &v->recs[i], err) &&
		     give_victim(v, &v->recs[i], &child, err);
	v->n = 0;
	return ok;
}

static bool
same_report(const struct record *a, const struct record *b)
{
	const struct nc_field *f = &nc_fields[NC_RPTID];

	return memcmp(a->text + f->start, b->text + f->start,
		   (size_t)f->width) == 0;
}

/* Of two records of one child and report the later one counts. */
static bool
push(struct victims *v, const struct record *rec, struct err *err)
{
	struct fault fault = {
	    .file = intake_file_of(v->in, rec->year, "NCANDS"),
	    .column = "CHID",
	    .rule = "DUP",
	    .line = rec->line};

	for (size_t i = 0; i < v->n; i++)
		if (same_report(&v->recs[i], rec)) {
			fault.line = v->recs[i].line;
			fault.file =
			    intake_file_of(v->in, v->recs[i].year, "NCANDS");
			v->recs[i] = *rec;
			return intake_aside(v->in, &fault, err);
		}
	if (v->n == MOST_RECORDS)
		return intake_aside(v->in, &fault, err);
	grow(&v->recs, &v->cap, v->n + 1, sizeof *v->recs);
	v->recs[v->n++] = *rec;
	return true;
}

bool
victims_add(struct victims *v, const struct raw *raw, struct err *err)
{
	const char *bytes = raw->bytes;
	struct record rec = {.year = raw->period};

	if (raw->len != NC_HEAD + NC_WIDTH || raw->key_len > EXTRACT_ID)
		return err_set(err, ERR_CORRUPT, "a kept record is damaged");
	if (raw->key_len != v->key_len ||
	    memcmp(raw->key, v->key, v->key_len) != 0) {
		if (!child_finish(v, err))
			return false;
		memcpy(v->key, raw->key, raw->key_len);
		v->key_len = raw->key_len;
	}
	memcpy(&rec.line, bytes, sizeof rec.line);
	memcpy(rec.text, bytes + NC_HEAD, NC_WIDTH);
	nc_decode(&rec.r, rec.text);
	return push(v, &rec, err);
}

bool
victims_end(struct victims *v, struct err *err)
{
	if (!child_finish(v, err))
		return false;
	if (v->victims > 0)
		intake_say(v->in,
		    _("%" PRIu64 " of %" PRIu64 " victims bear "
		      "an AFCARS id (DQ-N4)"),
		    v->victims_linked, v->victims);
	if (v->again > 0)
		intake_say(v->in,
		    _("%" PRIu64 " of %" PRIu64 " victims who are found "
		      "again in the next year's file have other data there "
		      "(DQ-N2)"),
		    v->at_odds, v->again);
	if (v->linked > 0)
		intake_say(v->in,
		    _("%" PRIu64 " of %" PRIu64 " AFCARS ids "
		      "are of children in the foster care records (DQ-N5)"),
		    v->matched, v->linked);
	return true;
}
