/*
 * AFCARS 1993: a summary of 174 characters behind "@", then one record of 197
 * characters for each child, which tells only of the latest episode.
 */
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/date.h"
#include "synth/federal.h"

#define WIDTH 197
#define SUMMARY 174

/* Where elements begin, from 1: the layout's columns. */
/* clang-format off */
enum at {
	AT_STATE = 1, AT_PERIOD = 3, AT_COUNTY = 9, AT_CHILD = 14,
	AT_REVIEW = 26, AT_BIRTH = 34, AT_SEX = 42, AT_RACE = 43,
	AT_RACE_UNKNOWN = 48, AT_HISPANIC = 49, AT_DISABLED = 50,
	AT_DISABILITY = 51, AT_ADOPTED = 56, AT_ADOPTED_AGE = 57,
	AT_FIRST = 58, AT_REMOVALS = 66, AT_LAST_OUT = 68, AT_REMOVAL = 76,
	AT_REMOVAL_ENTERED = 84, AT_SINCE = 92, AT_SETTINGS = 100,
	AT_MANNER = 102, AT_REASONS = 103, AT_SETTING = 118, AT_OUT_OF_STATE
	= 119, AT_GOAL = 120, AT_CARETAKERS = 121, AT_CARETAKER1 = 122,
	AT_CARETAKER2 = 126, AT_MOTHER = 130, AT_FATHER = 138, AT_FOSTER
	= 146, AT_FOSTER1 = 147, AT_FOSTER2 = 151, AT_FOSTER1_RACE = 155,
	AT_FOSTER1_HISPANIC = 161, AT_FOSTER2_RACE = 162,
	AT_FOSTER2_HISPANIC = 168, AT_DISCHARGE = 169, AT_DISCHARGE_ENTERED
	= 177, AT_WHY_OUT = 185, AT_SUPPORT = 186, AT_PAYMENT = 193
};
/* clang-format on */

struct record {
	const struct family *f;
	const struct child *c;
	const struct episode *e;
	size_t episode; /* its number in the family */
	const struct period *p;
	int32_t last; /* the last day that is told of */
	char text[WIDTH];
};

static void
put_text(struct record *r, enum at at, const char *s)
{
	memcpy(r->text + at - 1, s, strlen(s));
}

static void
put_number(struct record *r, enum at at, int width, int n)
{
	char *end = r->text + at - 1 + width;

	while (width-- > 0) {
		*--end = (char)('0' + n % 10);
		n /= 10;
	}
}

static void
put_day(struct record *r, enum at at, int32_t day)
{
	federal_day(r->text + at - 1, day);
}

/* One digit, 0 or 1, for each of the set's first n codes. */
static void
put_bits(struct record *r, enum at at, uint32_t bits, int n)
{
	int i;

	for (i = 0; i < n; i++)
		r->text[at - 1 + i] = bits >> i & 1 ? '1' : '0';
}

/* --- the child ----------------------------------------------------------- */

static void
put_child(struct record *r)
{
	const struct child *c = r->c;
	uint32_t race = c->race & 0x1f;
	char id[FAMILY_ID];

	put_text(r, AT_STATE, "29");
	put_day(r, AT_PERIOD, r->p->end);
	put_text(r, AT_COUNTY, counties[r->f->county].fips);
	family_child_id(id, r->f, (size_t)(c - r->f->children));
	put_text(r, AT_CHILD, id);
	put_text(r, AT_REVIEW, "        ");
	put_day(r, AT_BIRTH, c->birth);
	put_number(r, AT_SEX, 1, c->sex);
	put_bits(r, AT_RACE, race, 5);
	put_number(r, AT_RACE_UNKNOWN, 1, race == 0);
	put_number(r, AT_HISPANIC, 1, c->hispanic);
	put_number(r, AT_DISABLED, 1, c->disabilities != 0 ? 1 : 2);
	put_bits(r, AT_DISABILITY, c->disabilities, 5);
	put_text(r, AT_ADOPTED, "20");
}

/* --- the episode --------------------------------------------------------- */

static int32_t
latest_review(const struct record *r)
{
	int32_t latest = DATE_MISSING;
	size_t i;

	for (i = 0; i < r->f->meetings.n; i++) {
		const struct event *m = &r->f->meetings.v[i];

		if (m->episode == r->episode && m->date <= r->last &&
		    m->entered <= r->p->end + FEDERAL_DUE && m->date > latest)
			latest = m->date;
	}
	return latest;
}

static void
put_removal(struct record *r)
{
	const struct episode *e = r->e;

	put_day(r, AT_REVIEW, latest_review(r));
	put_day(r, AT_FIRST, e->first);
	put_number(r, AT_REMOVALS, 2, e->count);
	if (e->count > 1 && federal_knows_end(e - 1, r->p))
		put_day(r, AT_LAST_OUT, e[-1].discharge);
	put_day(r, AT_REMOVAL, e->removal);
	put_day(r, AT_REMOVAL_ENTERED, e->entered);
	put_text(r, AT_MANNER, "2");
	put_bits(r, AT_REASONS, e->reasons, 15);
}

/* Only families have caretakers; two when they are a couple. */
static void
put_foster_family(struct record *r, const struct placement *p)
{
	unsigned n = (p->home & HOME_NUMBER) * 7 + r->f->number;
	bool couple = n % 5 < 3;

	put_number(r, AT_FOSTER, 1, couple ? 1 : 3);
	put_number(r, AT_FOSTER1, 4, 1952 + (int)(n % 37));
	put_bits(r, AT_FOSTER1_RACE, 1u << (RACE_WHITE - 1), 6);
	put_text(r, AT_FOSTER1_HISPANIC, "2");
	if (couple) {
		put_number(r, AT_FOSTER2, 4, 1950 + (int)(n % 41));
		put_bits(r, AT_FOSTER2_RACE, 1u << (RACE_WHITE - 1), 6);
		put_text(r, AT_FOSTER2_HISPANIC, "2");
	}
}

/* The present setting and how many there were. Hospital, respite and
 * detention leave the child in the home it comes back to. */
static void
put_setting(struct record *r)
{
	const struct placement *now = NULL, *home = NULL;
	int32_t since = r->e->removal, home_since = since;
	int settings = 0;
	size_t i;

	for (i = 0; i < r->e->placements; i++) {
		const struct placement *p =
		    &r->f->placements.v[r->e->placement + i];

		if (p->start > r->last || (p->start == r->last && i > 0 &&
					      federal_knows_end(r->e, r->p) &&
					      r->e->discharge == r->last))
			break;
		if (federal_new_home(p, home)) {
			settings++;
			home_since = p->start;
		}
		if (federal_is_home(p)) {
			now = home = p;
			since = home_since;
		} else if (p->setting <= SETTING_TRIAL) {
			now = p;
			since = p->start;
		}
	}
	put_day(r, AT_SINCE, since);
	put_number(r, AT_SETTINGS, 2, settings > 99 ? 99 : settings);
	put_number(
	    r, AT_SETTING, 1, now == NULL ? SETTING_NONRELATIVE : now->setting);
	if (now != NULL && now->setting <= SETTING_NONRELATIVE)
		put_foster_family(r, now);
}

static void
put_goal(struct record *r)
{
	int goal = GOAL_NONE;
	size_t i;

	for (i = 0; i < r->f->goals.n; i++)
		if (r->f->goals.v[i].episode == r->episode &&
		    r->f->goals.v[i].date <= r->last)
			goal = r->f->goals.v[i].code;
	put_number(r, AT_GOAL, 1, goal);
}

static void
put_rights(struct record *r)
{
	size_t i;

	for (i = 0; i < r->f->legal.n; i++) {
		const struct event *l = &r->f->legal.v[i];

		if (l->episode != r->episode || l->date > r->last)
			continue;
		if (l->code == LEGAL_TPR_MOTHER)
			put_day(r, AT_MOTHER, l->date);
		if (l->code == LEGAL_TPR_FATHER)
			put_day(r, AT_FATHER, l->date);
	}
}

static void
put_parents(struct record *r)
{
	unsigned n = r->f->number * 13;
	int born =
	    r->c->birth == DATE_MISSING ? 2005 : date_civil(r->c->birth).year;
	bool couple = n % 20 < 7;

	put_number(r, AT_CARETAKERS, 1, couple ? 1 + (int)(n % 2) : 3);
	put_number(r, AT_CARETAKER1, 4, born - 18 - (int)(n % 19));
	if (couple)
		put_number(r, AT_CARETAKER2, 4, born - 19 - (int)(n % 23));
}

static void
put_discharge(struct record *r)
{
	put_text(r, AT_WHY_OUT, "0");
	if (!federal_knows_end(r->e, r->p))
		return;
	put_day(r, AT_DISCHARGE, r->e->discharge);
	put_day(r, AT_DISCHARGE_ENTERED, r->e->out_entered);
	put_number(r, AT_WHY_OUT, 1, r->e->why_out);
}

static void
put_money(struct record *r)
{
	bool paid = r->text[AT_SETTING - 1] < '7';
	bool four_e = r->f->number % 5 < 3;

	put_text(r, AT_SUPPORT, four_e ? "1000100" : "0000100");
	put_number(
	    r, AT_PAYMENT, 5, paid ? 390 + (int)(r->f->number % 160) : 0);
}

/* --- the record ---------------------------------------------------------- */

/* The latest episode that the period's file tells of. */
static const struct episode *
latest_episode(const struct family *f, size_t child, const struct period *p)
{
	const struct child *c = &f->children[child];
	size_t i;

	for (i = c->episodes; i > 0; i--) {
		const struct episode *e = &f->episodes.v[c->episode + i - 1];

		/* An end that was known before is not told again. */
		if (federal_serves(e, p) &&
		    (!federal_knows_end(e, p) || e->out_entered >= p->start))
			return e;
	}
	return NULL;
}

static void
count_age(struct piece *p, const struct record *r)
{
	int age;

	p->rows++;
	if (r->c->birth == DATE_MISSING || r->c->birth > r->p->end)
		return;
	age = date_years(r->c->birth, r->p->end);
	p->ages[age > OUTPUT_AGES - 1 ? OUTPUT_AGES - 1 : age]++;
}

void
afcars93_child(struct piece *p, const struct family *f, size_t child,
    const struct period *period)
{
	struct record r = {.f = f,
	    .c = &f->children[child],
	    .p = period,
	    .e = latest_episode(f, child, period)};

	if (r.e == NULL)
		return;
	r.episode = (size_t)(r.e - f->episodes.v);
	r.last = federal_last_day(r.e, period);
	memset(r.text, ' ', WIDTH);
	put_child(&r);
	put_text(&r, AT_OUT_OF_STATE, "2");
	put_text(&r, AT_FOSTER, "0");
	put_text(&r, AT_FOSTER1_RACE, "0000000");
	put_text(&r, AT_FOSTER2_RACE, "0000000");
	put_removal(&r);
	put_setting(&r);
	put_goal(&r);
	put_parents(&r);
	put_rights(&r);
	put_discharge(&r);
	put_money(&r);
	buf_add(&p->text, r.text, WIDTH);
	buf_char(&p->text, '\n');
	count_age(p, &r);
}

/* The summary's place; its counts are known at the end. */
void
afcars93_begin(struct piece *p)
{
	char blank[SUMMARY];

	memset(blank, ' ', SUMMARY);
	buf_char(&p->text, '@');
	buf_add(&p->text, blank, SUMMARY);
	buf_char(&p->text, '\n');
}

bool
afcars93_end(struct output *o, struct err *err)
{
	struct civil end = date_civil(o->period->end);
	struct buf b = {0};
	bool ok = true;
	int i;

	buf_printf(&b, "@%08llu%04d%02d", (unsigned long long)o->rows, end.year,
	    end.month);
	for (i = 0; i < OUTPUT_AGES; i++)
		buf_printf(&b, "%08u", (unsigned)o->ages[i]);
	if (pwrite(o->fd, b.data, b.len, 0) != (ssize_t)b.len)
		ok = err_sys(err, ERR_IO, "summary");
	buf_free(&b);
	return ok;
}
