/*
 * NCANDS Child File: one record of 338 characters for each child of a report,
 * in the file of the federal year in which the report was concluded.
 */
#include <stdio.h>
#include <string.h>

#include "base/date.h"
#include "synth/federal.h"

#define WIDTH 338
#define MALTREATMENTS 4
#define PERPETRATORS 3
#define UNLINKED 31 /* one child in so many has no AFCARS id on its record */

/* Where fields begin, from 1: the layout's columns. */
/* clang-format off */
enum at {
	AT_YEAR = 1, AT_STATE = 5, AT_REPORT = 7, AT_CHILD = 19,
	AT_COUNTY = 31, AT_REPORTED = 34, AT_STARTED = 42, AT_SOURCE = 50,
	AT_DISPOSITION = 52, AT_DISPOSED = 54, AT_NOTIFIED = 62, AT_AGE = 63,
	AT_BIRTH = 65, AT_SEX = 73, AT_RACE = 74, AT_HISPANIC = 80,
	AT_HOME_COUNTY = 81, AT_LIVING = 84, AT_PRIOR = 87, AT_MALTREATMENT
	= 88, AT_DIED = 100, AT_SERVED = 122, AT_FOSTER_CARE = 133,
	AT_REMOVED = 134, AT_WORKER = 173, AT_SUPERVISOR = 185,
	AT_PERPETRATOR = 197, AT_AFCARS = 293, AT_INCIDENT = 305,
	AT_TIME = 313, AT_START_TIME = 317, AT_DEATH = 321, AT_OUT = 329
};
/* clang-format on */

/* A perpetrator's fields, from the first. */
enum of_perpetrator {
	OF_ID = 0,
	OF_RELATION = 12,
	OF_PARENT = 14,
	OF_CARETAKER = 15,
	OF_AGE = 16,
	OF_SEX = 18,
	OF_RACE = 19,
	OF_HISPANIC = 25,
	OF_MALTREATMENT = 28,
	PERPETRATOR_WIDTH = 32
};

struct record {
	const struct family *f;
	const struct child *c;
	const struct report *p;
	const struct named *n;
	const struct period *year;
	int filled; /* maltreatments */
	char text[WIDTH];
};

static void
put_text(struct record *r, int at, const char *s)
{
	memcpy(r->text + at - 1, s, strlen(s));
}

static void
put_number(struct record *r, int at, int width, int n)
{
	char *end = r->text + at - 1 + width;

	while (width-- > 0) {
		*--end = (char)('0' + n % 10);
		n /= 10;
	}
}

static void
put_day(struct record *r, int at, int32_t day)
{
	federal_day_us(r->text + at - 1, day);
}

static void
put_time(struct record *r, int at, int32_t minutes)
{
	put_number(r, at, 2, minutes % 1440 / 60);
	put_number(r, at + 2, 2, minutes % 60);
}

static int
level(const struct named *n)
{
	static const int levels[DISPOSITION_END] = {
	    [DISPOSITION_SUBSTANTIATED] = 1,
	    [DISPOSITION_INDICATED] = 2,
	    [DISPOSITION_ALT_VICTIM] = 3,
	    [DISPOSITION_ALT_NONVICTIM] = 4,
	    [DISPOSITION_UNSUBSTANTIATED] = 5,
	    [DISPOSITION_OTHER] = 88};

	return levels[n->disposition];
}

/* --- the report ---------------------------------------------------------- */

/* The report's disposition is the gravest of its children's. */
static int
report_level(const struct record *r)
{
	int least = 99;
	size_t i;

	for (i = 0; i < r->p->names; i++) {
		int one = level(&r->f->named.v[r->p->named + i]);

		if (one < least)
			least = one;
	}
	return least;
}

static void
put_report(struct record *r, const char *id)
{
	const char *county = counties[r->f->county].fips + 2;
	char worker[16];

	put_text(r, AT_YEAR, r->year->name);
	put_text(r, AT_STATE, "MO");
	put_text(r, AT_REPORT, id);
	put_text(r, AT_COUNTY, county);
	put_text(r, AT_HOME_COUNTY, county);
	put_day(r, AT_REPORTED, r->p->received / 1440);
	put_day(r, AT_STARTED, r->p->contact / 1440);
	put_number(r, AT_SOURCE, 2, 1 + (int)(r->f->number % 13));
	put_number(r, AT_DISPOSITION, 2, report_level(r));
	put_day(r, AT_DISPOSED, r->p->concluded / 1440);
	put_text(r, AT_NOTIFIED, "1");
	snprintf(worker, sizeof(worker), "W%011u", r->f->number % 900 + 1);
	put_text(r, AT_WORKER, worker);
	snprintf(worker, sizeof(worker), "S%011u", r->f->number % 120 + 1);
	put_text(r, AT_SUPERVISOR, worker);
	put_time(r, AT_TIME, r->p->received);
	put_time(r, AT_START_TIME, r->p->contact);
}

/* --- the child ----------------------------------------------------------- */

/* The child's latest episode that was on file by the end of the year. */
static const struct episode *
latest_episode(const struct record *r)
{
	const struct episode *latest = NULL;
	size_t i;

	for (i = 0; i < r->c->episodes; i++) {
		const struct episode *e = &r->f->episodes.v[r->c->episode + i];

		if (federal_knows(e, r->year))
			latest = e;
	}
	return latest;
}

static void
put_care(struct record *r, const char *id)
{
	const struct episode *e = latest_episode(r);
	int32_t day = r->p->received / 1440;

	put_text(r, AT_LIVING, "06");
	put_text(r, AT_FOSTER_CARE, "2");
	if (e == NULL)
		return;
	if (e->removal <= day && e->discharge > day)
		put_text(r, AT_LIVING, "11");
	if (e->removal >= day && e->removal <= day + 90) {
		put_text(r, AT_FOSTER_CARE, "1");
		put_day(r, AT_REMOVED, e->removal);
	}
	if (federal_knows_end(e, r->year) && e->discharge >= day)
		put_day(r, AT_OUT, e->discharge);
	if (r->f->number % UNLINKED != 0)
		put_text(r, AT_AFCARS, id);
}

static bool
was_victim(const struct record *r)
{
	const struct named *n;

	for (n = r->f->named.v; n < r->f->named.v + r->p->named; n++)
		if (n->child == r->n->child && level(n) <= 2)
			return true;
	return false;
}

static void
put_child(struct record *r)
{
	const struct child *c = r->c;
	uint32_t race = c->race & 0x1f;
	int32_t day = r->p->received / 1440;
	char id[FAMILY_ID];
	int i;

	family_child_id(id, r->f, (size_t)(c - r->f->children));
	put_text(r, AT_CHILD, id);
	put_number(r, AT_AGE, 2,
	    c->birth == DATE_MISSING ? 99
	    : c->birth > day	     ? 77
				     : date_years(c->birth, day));
	put_day(r, AT_BIRTH, c->birth);
	put_number(r, AT_SEX, 1, c->sex);
	for (i = 0; i < 5; i++)
		put_number(r, AT_RACE + i, 1,
		    race == 0	    ? 3
		    : race >> i & 1 ? 1
				    : 2);
	put_number(r, AT_RACE + 5, 1, race == 0 ? 1 : 2);
	put_number(r, AT_HISPANIC, 1, c->hispanic);
	put_care(r, id);
	put_number(r, AT_PRIOR, 1, was_victim(r) ? 1 : 2);
}

/* --- what was found ------------------------------------------------------ */

static void
put_maltreatments(struct record *r)
{
	static const int types[MALTREATMENT_END] = {[MALTREATMENT_PHYSICAL] = 1,
	    [MALTREATMENT_NEGLECT] = 2,
	    [MALTREATMENT_MEDICAL] = 3,
	    [MALTREATMENT_SEXUAL] = 4,
	    [MALTREATMENT_PSYCHOLOGICAL] = 5,
	    [MALTREATMENT_TRAFFICKING] = 7,
	    [MALTREATMENT_OTHER] = 8,
	    [MALTREATMENT_UNKNOWN] = 9};
	int code;

	for (code = 1; code < MALTREATMENT_END; code++) {
		int at = AT_MALTREATMENT + 3 * r->filled;

		if (!(r->n->maltreatments >> (code - 1) & 1) ||
		    r->filled == MALTREATMENTS)
			continue;
		put_number(r, at, 1, types[code]);
		put_number(r, at + 1, 2, level(r->n));
		r->filled++;
	}
	put_number(r, AT_DIED, 1, r->n->died ? 1 : 2);
	if (r->n->died)
		put_day(r, AT_DEATH, r->p->received / 1440);
}

static void
put_perpetrator(struct record *r, int number, int relation, bool parent)
{
	int at = AT_PERPETRATOR + number * PERPETRATOR_WIDTH, i;
	char id[24];

	snprintf(id, sizeof(id), "P%010u%d", r->f->number, number + 1);
	put_text(r, at + OF_ID, id);
	put_number(r, at + OF_RELATION, 2, relation);
	put_text(r, at + OF_PARENT, parent ? "1" : "9");
	put_text(r, at + OF_CARETAKER, "1");
	put_number(r, at + OF_AGE, 2, 21 + (int)(r->f->number % 30));
	put_number(r, at + OF_SEX, 1, 1 + (int)(r->f->number % 2));
	put_text(r, at + OF_RACE, "9999999");
	for (i = 0; i < MALTREATMENTS; i++)
		if (i < r->filled)
			put_text(r, at + OF_MALTREATMENT + i, "1");
}

/* Perpetrators are told of victims only. */
static void
put_perpetrators(struct record *r)
{
	static const int relations[PERPETRATOR_END] = {[PERPETRATOR_PARENT] = 1,
	    [PERPETRATOR_RELATIVE] = 2,
	    [PERPETRATOR_FOSTER_RELATIVE] = 3,
	    [PERPETRATOR_FOSTER_NONRELATIVE] = 4,
	    [PERPETRATOR_FOSTER_UNKNOWN] = 33,
	    [PERPETRATOR_FACILITY] = 5,
	    [PERPETRATOR_OTHER] = 88,
	    [PERPETRATOR_UNKNOWN] = 99};
	int number = 0, code;

	if (level(r->n) > 2)
		return;
	for (code = 1; code < PERPETRATOR_END && number < PERPETRATORS; code++)
		if (r->n->perpetrators >> (code - 1) & 1)
			put_perpetrator(r, number++, relations[code],
			    code == PERPETRATOR_PARENT);
}

/* --- the record ---------------------------------------------------------- */

void
ncands_report(struct piece *p, const struct world *w, const struct family *f,
    size_t report, const struct period *year)
{
	struct record r = {.f = f, .p = &f->reports.v[report], .year = year};
	int32_t concluded = r.p->concluded / 1440;
	char id[FAMILY_ID];
	size_t i;

	if (concluded < year->start || concluded > year->end ||
	    concluded > w->through)
		return;
	family_report_id(id, f, report);
	for (i = 0; i < r.p->names; i++) {
		r.n = &f->named.v[r.p->named + i];
		r.c = &f->children[r.n->child];
		r.filled = 0;
		memset(r.text, ' ', WIDTH);
		put_report(&r, id);
		put_child(&r);
		put_maltreatments(&r);
		put_perpetrators(&r);
		put_day(&r, AT_INCIDENT, r.n->incident);
		buf_add(&p->text, r.text, WIDTH);
		buf_char(&p->text, '\n');
		p->rows++;
	}
}
