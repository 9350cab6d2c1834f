/* What happens during an episode: where the child lives, what is planned, what
 * the court decides. */
#include "synth/family.h"

#include <string.h>

#include "base/buf.h"
#include "base/date.h"
#include "synth/tables.h"

#define SETTINGS (SETTING_END - 1)

/* Per million; assumed: no figure of the state is published. */
#define SIBLINGS_TOGETHER 720000

struct care {
	struct family *f;
	const struct world *w;
	struct episode *e;
	uint16_t number; /* of the episode */
	struct rng r;
	int32_t birth;
	uint8_t setting; /* of the home the child belongs to */
	uint32_t home;
	uint32_t kin; /* homes of relatives so far */
};

static int32_t
care_between(struct care *c, int32_t least, int32_t most)
{
	return least + (int32_t)rng_below(&c->r, (uint32_t)(most - least + 1));
}

static enum age_group
care_age(const struct care *c, int32_t day)
{
	int age = date_years(c->birth, day);

	return age < 6 ? AGE_SMALL : age < 12 ? AGE_SCHOOL : AGE_YOUTH;
}

/* --- where the child lives ----------------------------------------------- */

static void
care_place(
    struct care *c, int32_t day, uint8_t setting, uint32_t home, uint8_t asked)
{
	struct placement *p;

	if (c->e->placements > 0)
		c->f->placements.v[c->f->placements.n - 1].stop = day;
	else
		c->e->placement = (uint32_t)c->f->placements.n;
	p = LIST_ADD(&c->f->placements);
	p->child = c->e->child;
	p->start = day;
	p->stop = c->e->discharge;
	p->setting = setting;
	p->home = home;
	p->asked = asked;
	c->e->placements++;
}

static uint32_t
care_home(struct care *c, uint8_t setting)
{
	uint32_t pool = (uint32_t)family_homes(c->f->county);

	switch (setting) {
	case SETTING_RELATIVE:
		return HOME_KIN | ++c->kin;
	case SETTING_NONRELATIVE:
		return HOME_FOSTER | (1 + rng_below(&c->r, pool));
	case SETTING_GROUP_HOME:
		return HOME_FACILITY | (1 + rng_below(&c->r, 16));
	case SETTING_INSTITUTION:
		return HOME_FACILITY | (17 + rng_below(&c->r, 44));
	case SETTING_INDEPENDENT:
		return HOME_FACILITY |
		       (61 + rng_below(&c->r, HOME_FACILITIES - 60));
	default:
		return 0;
	}
}

/* A home the child has not just come from. */
static void
care_new_home(struct care *c, int32_t day, const uint32_t *shares)
{
	static const uint8_t why[] = {REQUESTED_PROVIDER, REQUESTED_AGENCY,
	    REQUESTED_PROVIDER, REQUESTED_PLANNED, REQUESTED_COURT,
	    REQUESTED_CHILD, REQUESTED_LICENSING, REQUESTED_PARENT,
	    REQUESTED_OTHER};
	uint32_t w[SETTINGS], before = c->home;

	memcpy(w, shares, sizeof(w));
	w[SETTING_RELATIVE - 1] =
	    w[SETTING_RELATIVE - 1] * tables_year(day)->kin / 100;
	if (date_years(c->birth, day) < 16)
		w[SETTING_INDEPENDENT - 1] = 0;
	do {
		c->setting = (uint8_t)(rng_pick(&c->r, w, SETTINGS) + 1);
		c->home = care_home(c, c->setting);
	} while (c->home == before && before != 0);
	care_place(c, day, c->setting, c->home,
	    c->e->placements == 0 ? REQUESTED_AGENCY
				  : why[rng_below(&c->r, sizeof(why))]);
}

/* A time away; gives the day of the return. */
static int32_t
care_away(struct care *c, const struct absence *a, int32_t day, int32_t until)
{
	int32_t back = day + care_between(c, a->least, a->most);

	if (back >= until)
		return day;
	care_place(c, day, a->setting, 0, a->asked);
	if (rng_chance(&c->r, a->elsewhere))
		care_new_home(c, back, next_settings[care_age(c, back)]);
	else
		care_place(c, back, c->setting, c->home, REQUESTED_PLANNED);
	return back;
}

/* One step in time: perhaps a move, perhaps an absence. Gives the day on
 * which the next step begins. */
static int32_t
care_step(struct care *c, int32_t day, int32_t step, int32_t until)
{
	enum age_group age = care_age(c, day);
	int32_t then = day + step < until ? day + step : until;
	int32_t days = then - day;
	size_t i;

	if (rng_chance(
		&c->r, tables_moves(day - c->e->removal) * (uint32_t)days))
		care_new_home(c, care_between(c, day + 1, then - (days > 1)),
		    next_settings[age]);
	for (i = 0; i < absences_n; i++)
		if (rng_chance(&c->r, absences[i].chance[age] * (uint32_t)days))
			return care_away(c, &absences[i], then, until) + 1;
	return then;
}

/* The episode of a sibling removed on the same day, placed already; NULL:
 * none. */
static const struct episode *
care_sibling(const struct care *c)
{
	for (uint16_t i = 0; i < c->number; i++) {
		const struct episode *e = &c->f->episodes.v[i];

		if (e->removal == c->e->removal && e->child != c->e->child &&
		    e->placements > 0)
			return e;
	}
	return NULL;
}

/* Lives where the sibling lives and moves when it moves, but for its absences,
 * until it leaves for home or an adoption; gives that day. */
static int32_t
care_follow(struct care *c, const struct episode *sibling, int32_t until)
{
	for (uint32_t i = 0; i < sibling->placements; i++) {
		struct placement p = c->f->placements.v[sibling->placement + i];

		if (p.start >= until)
			return until;
		if (p.setting == SETTING_TRIAL ||
		    p.setting == SETTING_PREADOPTIVE)
			return p.start;
		if (p.home == 0 || p.home == c->home)
			continue;
		c->setting = p.setting;
		c->home = p.home;
		care_place(c, p.start, p.setting, p.home, p.asked);
	}
	return sibling->discharge < until ? sibling->discharge : until;
}

/* The first home, and what follows as long as siblings stay together; gives
 * the day from which the child goes its own way. */
static int32_t
care_first_home(struct care *c, int32_t until)
{
	const struct episode *with = care_sibling(c);

	if (with != NULL && rng_chance(&c->r, SIBLINGS_TOGETHER))
		return care_follow(c, with, until);
	care_new_home(
	    c, c->e->removal, first_settings[care_age(c, c->e->removal)]);
	return c->e->removal;
}

static void
care_placements(struct care *c)
{
	struct episode *e = c->e;
	int32_t until = e->home < e->trial ? e->home : e->trial;
	int32_t day;

	if (until > e->discharge)
		until = e->discharge;
	day = care_first_home(c, until);
	while (until - day > 1)
		day = care_step(c, day, day - e->removal < 60 ? 10 : 30, until);
	if (e->trial == until && until < e->discharge) {
		care_place(c, until, SETTING_TRIAL, 0, REQUESTED_COURT);
	} else if (e->home == until && until < e->discharge) {
		/* Most are adopted where they live. */
		if (c->setting > SETTING_NONRELATIVE ||
		    rng_chance(&c->r, 350000))
			c->home = care_home(c, SETTING_NONRELATIVE);
		care_place(
		    c, until, SETTING_PREADOPTIVE, c->home, REQUESTED_PLANNED);
	}
}

/* --- what is planned ----------------------------------------------------- */

/* What happened in this episode that day, entered at once. */
static struct event
care_event(const struct care *c, int32_t day, uint8_t code)
{
	return (struct event){.child = c->e->child,
	    .episode = c->number,
	    .date = day,
	    .entered = day,
	    .code = code};
}

static void
care_goal(struct care *c, int32_t day, uint8_t goal)
{
	*LIST_ADD(&c->f->goals) = care_event(c, day, goal);
}

/* The last goal, which came true or was still pursued at the end. */
static void
care_last_goal(struct care *c, int32_t first)
{
	static const struct {
		uint8_t why, goal;
		int least, most; /* months before the discharge */
	} last[] = {
	    {DISCHARGE_ADOPTION, GOAL_ADOPTION, 16, 38},
	    {DISCHARGE_GUARDIANSHIP, GOAL_GUARDIANSHIP, 8, 28},
	    {DISCHARGE_RELATIVE, GOAL_RELATIVE, 12, 26},
	    {DISCHARGE_EMANCIPATION, GOAL_EMANCIPATION, 1, 13},
	    {DISCHARGE_EMANCIPATION, GOAL_LONG_TERM, 3, 18},
	};
	size_t i = 0;
	int32_t day;

	while (i < 5 && last[i].why != c->e->why_out)
		i++;
	if (i == 5)
		return;
	if (last[i].goal == GOAL_EMANCIPATION && rng_chance(&c->r, 500000))
		i++;
	day = date_addmonths(
	    c->e->discharge, -care_between(c, last[i].least, last[i].most));
	if (day < first + (c->e->discharge - first) / 4)
		day = first + (c->e->discharge - first) / 4;
	if (day <= first)
		return;
	/* Some guardians were to have the child without the title. */
	care_goal(c, day,
	    last[i].goal == GOAL_GUARDIANSHIP && rng_chance(&c->r, 70000)
		? GOAL_RELATIVE
		: last[i].goal);
}

static void
care_goals(struct care *c)
{
	int32_t first = c->e->removal + care_between(c, 0, 27);

	if (first > c->e->discharge)
		return;
	if (first > c->e->removal && rng_chance(&c->r, 600000))
		care_goal(c, c->e->removal, GOAL_NONE);
	care_goal(c, first, GOAL_REUNIFY);
	care_last_goal(c, first);
}

/* --- what the court decides ---------------------------------------------- */

static void
care_legal(struct care *c, int32_t day, uint8_t what)
{
	*LIST_ADD(&c->f->legal) = care_event(c, day, what);
}

static void
care_freed(struct care *c)
{
	int32_t other =
	    c->e->freed -
	    (rng_chance(&c->r, 600000) ? 0 : care_between(c, 1, 150));
	int32_t petition = c->e->freed - care_between(c, 80, 300);
	bool mother = rng_chance(&c->r, 600000);

	if (petition < c->e->removal + 40)
		petition = c->e->removal + 40;
	if (petition > c->e->freed)
		petition = c->e->freed;
	if (other < petition)
		other = petition;
	care_legal(c, petition, LEGAL_TPR_PETITION);
	care_legal(c, other, mother ? LEGAL_TPR_MOTHER : LEGAL_TPR_FATHER);
	care_legal(
	    c, c->e->freed, mother ? LEGAL_TPR_FATHER : LEGAL_TPR_MOTHER);
}

/* After about fifteen months there is a petition or a reason for none; or
 * there should be. */
static void
care_fifteen_months(struct care *c)
{
	int32_t day =
	    date_addmonths(c->e->removal, 11) + care_between(c, 0, 170);
	uint32_t x = rng_below(&c->r, 100);

	if (day >= c->e->discharge)
		return;
	if (x < 74)
		care_legal(c, day, LEGAL_TPR_EXCEPTION);
	else if (x < 90)
		care_legal(c, day, LEGAL_TPR_PETITION);
}

static void
care_court(struct care *c)
{
	int32_t day = c->e->removal;

	care_legal(c, c->e->custody, LEGAL_STATUS);
	if (c->e->freed != DATE_NEVER)
		care_freed(c);
	else
		care_fifteen_months(c);
	for (;;) {
		day = date_addmonths(day, 11) + care_between(c, -40, 45);
		if (day >= c->e->discharge)
			break;
		care_legal(c, day, LEGAL_HEARING);
	}
}

void
care_details(struct family *f, const struct world *w)
{
	struct care c = {.f = f, .w = w};
	size_t i;

	world_stream(w, STREAM_CARE, f->number, &c.r);
	for (i = 0; i < f->episodes.n; i++) {
		c.e = &f->episodes.v[i];
		c.number = (uint16_t)i;
		c.birth = f->children[c.e->child].birth;
		c.home = 0;
		care_placements(&c);
		care_goals(&c);
		care_court(&c);
	}
}
