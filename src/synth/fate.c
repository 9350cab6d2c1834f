#include "synth/fate.h"

#include "base/date.h"
#include "proto/codes.h"
#include "synth/tables.h"

int32_t
fate_between(struct rng *r, int32_t least, int32_t most)
{
	return least + (int32_t)rng_below(r, (uint32_t)(most - least + 1));
}

/* --- leaving care -------------------------------------------------------- */

static int
fate_other(struct rng *r, int age)
{
	uint32_t x = rng_below(r, 100);

	if (x < 24)
		return DISCHARGE_DEATH;
	return x < 75 && age >= 13 ? DISCHARGE_RUNAWAY : DISCHARGE_TRANSFER;
}

/* The reason of one month's exit; 0 when the child stays. */
static int
fate_in_month(struct rng *r, const struct exits *e, uint32_t pace, int age)
{
	uint32_t x = rng_below(r, 1000000);
	uint32_t adopted =
	    e->adopted * pace / 100 * tables_adoptable(age) / 100;
	uint32_t home = e->reunified * pace / 100;
	uint32_t guardian = e->guardian * pace / 100;

	if (x < home)
		return rng_below(r, 1000) < 27 ? DISCHARGE_RELATIVE
					       : DISCHARGE_REUNIFICATION;
	if (x < home + guardian)
		return DISCHARGE_GUARDIANSHIP;
	if (x < home + guardian + adopted)
		return DISCHARGE_ADOPTION;
	if (x < home + guardian + adopted + e->other)
		return fate_other(r, age);
	return 0;
}

/* Emancipation, at 18; a few stay on to 21. */
static struct fate
fate_of_age(struct rng *r, int32_t birth, int32_t removal)
{
	int32_t day = date_birthday(birth, 18);
	struct fate fate = {.why = DISCHARGE_EMANCIPATION};

	fate.discharge =
	    day + (rng_chance(r, 350000) ? 0 : (int32_t)rng_below(r, 10));
	if (rng_chance(r, 30000))
		fate.discharge = fate_between(r, day, date_birthday(birth, 21));
	if (fate.discharge <= removal)
		fate.discharge = removal + 30;
	return fate;
}

struct fate
fate_draw(struct rng *r, int32_t birth, int32_t removal, int pace)
{
	int32_t of_age = date_birthday(birth, 18);
	int month;

	for (month = 0; month < 252; month++) {
		int32_t from = date_addmonths(removal, month);
		const struct exits *e = tables_exits(month);
		uint32_t p = month < 12 ? 100 : tables_year(from)->pace;
		int why;

		if (from >= of_age)
			break;
		why = fate_in_month(
		    r, e, p * (uint32_t)pace / 100, date_years(birth, from));
		if (why != 0) {
			int32_t to = date_addmonths(removal, month + 1);
			int32_t day =
			    fate_between(r, from + (month == 0), to - 1);

			if (day >= of_age)
				break;
			return (struct fate){.discharge = day, .why = why};
		}
	}
	return fate_of_age(r, birth, removal);
}

/* --- coming again -------------------------------------------------------- */

/* Chances a month, per million; with them 5.2 percent come back within a year
 * (federal data profile). */
int32_t
fate_again(struct rng *r, struct fate fate)
{
	static const struct {
		int months;
		uint32_t home, guardian;
	} steps[] = {
	    {60, 0, 0}, {24, 900, 500}, {12, 3000, 1300}, {0, 8600, 2900}};
	int month;

	if (fate.why != DISCHARGE_REUNIFICATION &&
	    fate.why != DISCHARGE_RELATIVE &&
	    fate.why != DISCHARGE_GUARDIANSHIP)
		return DATE_NEVER;
	for (month = 0; month < 60; month++) {
		size_t i = 0;

		while (month < steps[i].months)
			i++;
		if (rng_chance(r, fate.why == DISCHARGE_GUARDIANSHIP
				      ? steps[i].guardian
				      : steps[i].home))
			return fate_between(r,
			    date_addmonths(fate.discharge, month) + 1,
			    date_addmonths(fate.discharge, month + 1));
	}
	return DATE_NEVER;
}
