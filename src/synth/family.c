#include "synth/family.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/date.h"
#include "synth/fate.h"
#include "synth/names.h"
#include "synth/tables.h"

#define MAX_ROUNDS 5	  /* removals of one family */
#define FOLLOWS 850000	  /* a child shares its siblings' fate */
#define LATER_CHILD 90000 /* a sibling is removed later than the first */

/* --- one child ----------------------------------------------------------- */

static void
family_person(struct family *f, const struct race *race, struct rng *r)
{
	struct child *c = &f->children[f->n++];

	c->sex = rng_chance(r, 515000) ? SEX_MALE : SEX_FEMALE;
	c->race = race->bits;
	c->hispanic = race->hispanic;
	c->given = names_given(r, c->sex);
	if (rng_chance(r, 230000))
		c->disabilities = rng_chance(r, 750000)
				      ? 1u << (DISABILITY_EMOTIONAL - 1)
				      : 1u << rng_below(r, DISABILITY_END - 1);
}

/* A birth date for a child of that age on that day: at least ten months from
 * every sibling's, or the same day (twins). */
static int32_t
family_birth(struct family *f, size_t child, int32_t day, struct rng *r)
{
	int32_t birth = day;
	int tries;

	if (child > 0 && rng_chance(r, 25000) &&
	    f->children[child - 1].birth <= day)
		return f->children[child - 1].birth;
	for (tries = 0; tries < 20; tries++) {
		int age = (int)rng_pick(r, entry_ages, 18);
		bool clear = true;
		size_t i;

		birth =
		    date_addmonths(day, -12 * age) - (int32_t)rng_below(r, 365);
		/* Many infants enter straight from the hospital. */
		if (age == 0 && rng_chance(r, 400000))
			birth = day - (int32_t)rng_below(r, 21);
		for (i = 0; i < child && clear; i++)
			clear = birth - f->children[i].birth > 300 ||
				f->children[i].birth - birth > 300;
		if (clear)
			break;
	}
	return birth;
}

static uint32_t
family_reasons(struct rng *r, int age)
{
	uint32_t bits = 0;
	size_t i;

	do {
		for (i = 0; i < removal_reasons_n; i++) {
			const struct reason *why = &removal_reasons[i];

			/* A redraw of the empty set raises every share by a
			 * fifth: take that back first. */
			if (age >= why->youngest && age <= why->oldest &&
			    rng_chance(r, why->share / 100 * 86))
				bits |= 1u << (why->bit - 1);
		}
	} while (bits == 0);
	/* Nobody both left a child behind and gave it up. */
	if (bits & 1u << (REASON_ABANDONMENT - 1))
		bits &= ~(1u << (REASON_RELINQUISHMENT - 1));
	return bits;
}

/* Days until a worker has entered it: soon, mostly. */
static int32_t
family_delay(struct rng *r)
{
	uint32_t x = rng_below(r, 100);

	if (x < 86)
		return (int32_t)rng_below(r, 9);
	if (x < 94)
		return 9 + (int32_t)rng_below(r, 50);
	return 61 + (int32_t)rng_below(r, 170);
}

static struct episode *
family_episode(struct family *f, size_t child, int32_t removal,
    struct fate fate, struct rng *r)
{
	struct episode *e = LIST_ADD(&f->episodes);

	e->child = (uint8_t)child;
	e->removal = removal;
	e->custody = removal +
		     (rng_chance(r, 150000) ? 1 + (int32_t)rng_below(r, 3) : 0);
	e->finding = removal + fate_between(r, 20, 75);
	e->discharge = fate.discharge;
	e->why_out = (uint8_t)fate.why;
	e->entered = removal + family_delay(r);
	e->out_entered = fate.discharge + family_delay(r);
	if (e->out_entered < e->entered)
		e->out_entered = e->entered;
	e->trial = e->home = e->freed = DATE_NEVER;
	e->reasons =
	    family_reasons(r, date_years(f->children[child].birth, removal));
	return e;
}

/* --- the family ---------------------------------------------------------- */

/* The eldest leads: its fate is the family's, where age lets the others
 * share it. */
static struct fate
family_child_fate(struct family *f, size_t child, int32_t removal,
    struct fate shared, int pace, struct rng *r)
{
	int32_t birth = f->children[child].birth;
	bool follows = rng_chance(r, FOLLOWS);

	if (follows && shared.why != DISCHARGE_EMANCIPATION &&
	    shared.why != DISCHARGE_DEATH && shared.why != DISCHARGE_RUNAWAY &&
	    shared.discharge > removal + 20 &&
	    shared.discharge < date_birthday(birth, 18))
		return shared;
	return fate_draw(r, birth, removal, pace);
}

/* Removes the children of the bit set on that day; gives the shared fate. */
static struct fate
family_remove(
    struct family *f, uint32_t who, int32_t day, int pace, struct rng *r)
{
	struct fate shared = {.why = 0};
	size_t i;

	for (i = 0; i < f->n; i++) {
		int32_t removal = day;
		struct fate fate;

		if (!(who & 1u << i))
			continue;
		if (shared.why == 0) {
			fate = fate_draw(r, f->children[i].birth, day, pace);
			shared = fate;
		} else {
			if (f->episodes.n < f->n && rng_chance(r, LATER_CHILD))
				removal += fate_between(r, 5, 600);
			if (removal >= date_birthday(f->children[i].birth, 18))
				continue;
			fate =
			    family_child_fate(f, i, removal, shared, pace, r);
		}
		family_episode(f, i, removal, fate, r);
	}
	return shared;
}

/* Those who went home together and can come again on that day. */
static uint32_t
family_who_again(struct family *f, int32_t day, struct rng *r)
{
	uint32_t who = 0, not = 0;
	size_t i;

	for (i = 0; i < f->episodes.n; i++) {
		const struct episode *e = &f->episodes.v[i];
		int32_t birth = f->children[e->child].birth;

		if (e->discharge < day && day < date_birthday(birth, 17) &&
		    (e->why_out == DISCHARGE_REUNIFICATION ||
			e->why_out == DISCHARGE_RELATIVE ||
			e->why_out == DISCHARGE_GUARDIANSHIP))
			who |= 1u << e->child;
		else
			not |= 1u << e->child;
	}
	who &= ~not ;
	for (i = 0; i < f->n; i++)
		if (who & 1u << i && !rng_chance(r, FOLLOWS))
			who &= ~(1u << i);
	return who;
}

static int
family_by_child(const void *a, const void *b)
{
	const struct episode *x = a, *y = b;

	if (x->child != y->child)
		return x->child < y->child ? -1 : 1;
	return (x->removal > y->removal) - (x->removal < y->removal);
}

/* Sorts episodes by child and counts each child's. */
static void
family_count(struct family *f)
{
	size_t i;

	qsort(f->episodes.v, f->episodes.n, sizeof(*f->episodes.v),
	    family_by_child);
	for (i = 0; i < f->episodes.n; i++) {
		struct episode *e = &f->episodes.v[i];
		struct child *c = &f->children[e->child];

		if (c->episodes == 0)
			c->episode = (uint16_t)i;
		e->count = (uint8_t)++c->episodes;
		e->first = f->episodes.v[c->episode].removal;
	}
}

/* Home visits on trial, pre-adoptive homes and the end of parental rights
 * follow from how the episode ends. */
static void
family_milestones(struct episode *e, struct rng *r)
{
	int32_t stay = e->discharge - e->removal, n;

	if (e->why_out == DISCHARGE_REUNIFICATION && stay >= 80 &&
	    rng_chance(r, 850000)) {
		n = fate_between(r, 45, 310);
		e->trial = e->discharge - (n < stay / 2 ? n : stay / 2);
	}
	if (e->why_out == DISCHARGE_ADOPTION) {
		n = fate_between(r, 320, 900);
		e->home = e->discharge - (n < stay * 3 / 5 ? n : stay * 3 / 5);
		n = (int32_t)rng_pick(r, free_months, 18) * 30 +
		    (int32_t)rng_below(r, 31);
		e->freed = e->discharge - (n < stay * 3 / 5 ? n : stay * 3 / 5);
	}
	/* Some free youths age out: 3 of 100 free children who leave have no
	 * permanent home (CFSR Round 2, median of C3.2: 96.8). */
	if (e->why_out == DISCHARGE_EMANCIPATION && stay >= 500 &&
	    rng_chance(r, 130000)) {
		n = fate_between(r, 60, 1100);
		e->freed = e->discharge - (n < stay * 3 / 5 ? n : stay * 3 / 5);
	}
}

static void
family_removed(struct family *f, const struct world *w, struct rng *r)
{
	int32_t day = f->arrival;
	uint32_t who = (1u << f->n) - 1;
	int pace = 96 + w->diligence[f->county];
	int round;
	size_t i;

	for (i = 0; i < f->n; i++)
		f->children[i].birth = family_birth(f, i, day, r);
	for (round = 0; round < MAX_ROUNDS && who != 0; round++) {
		struct fate fate = family_remove(f, who, day, pace, r);

		day = fate_again(r, fate);
		if (day == DATE_NEVER || day > w->through)
			break;
		who = family_who_again(f, day, r);
	}
	family_count(f);
	for (i = 0; i < f->episodes.n; i++)
		family_milestones(&f->episodes.v[i], r);
}

static void
family_reset(struct family *f)
{
	f->n = 0;
	memset(f->children, 0, sizeof(f->children));
	f->episodes.n = f->placements.n = f->goals.n = f->legal.n = 0;
	f->meetings.n = f->visits.n = f->reports.n = f->named.n = 0;
	f->cases.n = f->calls.n = 0;
}

void
family_make(struct family *f, const struct world *w, uint32_t n)
{
	const struct month *m = world_month(w, n);
	uint32_t in_month = n - m->first;
	const struct race *race;
	uint32_t share[16];
	struct rng r;
	size_t i, size;

	family_reset(f);
	world_stream(w, STREAM_FAMILY, n, &r);
	f->number = n;
	f->removed = in_month < m->removed;
	f->arrival =
	    fate_between(&r, m->start, date_addmonths(m->start, 1) - 1);
	f->county = (int)rng_pick(&r, w->weights, WORLD_COUNTIES);
	f->name = names_family(&r);
	for (i = 0; i < races_n; i++)
		share[i] = races[i].weight;
	race = &races[rng_pick(&r, share, races_n)];
	size = rng_pick(&r, family_sizes, FAMILY_CHILDREN) + 1;
	while (f->n < size)
		family_person(f, race, &r);
	if (rng_chance(&r, 5000))
		for (i = 0; i < f->n; i++)
			f->children[i].restricted = 1;
	if (f->removed)
		family_removed(f, w, &r);
	else
		for (i = 0; i < f->n; i++)
			f->children[i].birth =
			    family_birth(f, i, f->arrival, &r);
}

void
family_details(struct family *f, const struct world *w)
{
	care_details(f, w);
	duty_details(f, w);
	report_details(f, w);
	errata_details(f, w);
}

void
family_free(struct family *f)
{
	free(f->episodes.v);
	free(f->placements.v);
	free(f->goals.v);
	free(f->legal.v);
	free(f->meetings.v);
	free(f->visits.v);
	free(f->reports.v);
	free(f->named.v);
	free(f->cases.v);
	free(f->calls.v);
	memset(f, 0, sizeof(*f));
}

static void
family_id(char id[static FAMILY_ID], char letter, uint64_t n)
{
	int i;

	id[0] = letter;
	for (i = FAMILY_ID - 2; i > 0; i--, n /= 10)
		id[i] = (char)('0' + n % 10);
	id[FAMILY_ID - 1] = '\0';
}

void
family_child_id(char id[static FAMILY_ID], const struct family *f, size_t child)
{
	family_id(id, 'C', (uint64_t)f->number * 10 + child + 1);
}

void
family_report_id(char id[static FAMILY_ID], const struct family *f, size_t n)
{
	family_id(id, 'R', (uint64_t)f->number * 16 + n);
}

int
family_homes(int county)
{
	return counties[county].population / 2500 + 4;
}

bool
family_child_shown(const struct family *f, const struct world *w, size_t child)
{
	const struct child *c = &f->children[child];
	size_t i;

	if (!f->removed)
		return true;
	/* An end that is entered late is news of the day it is entered. */
	for (i = c->episode; i < (size_t)c->episode + c->episodes; i++)
		if (f->episodes.v[i].out_entered >= w->start &&
		    f->episodes.v[i].entered <= w->through)
			return true;
	return false;
}

bool
family_shown(const struct family *f, const struct world *w)
{
	size_t i;

	for (i = 0; i < f->n; i++)
		if (family_child_shown(f, w, i))
			return true;
	return false;
}
