/*
 * Episodes from the 1993 records of one child (formats.md 1). A record tells
 * the latest episode only; an earlier one that ended in the same half-year
 * shows as element 20 of the later one, so it ends with
 *
 *   element 56 of the last record of that removal date, else
 *   element 20 of the next episode
 *
 * and the very first is made of element 18 when no record has it. The reason
 * is known only where element 58 was reported.
 */
#include <stdlib.h>

#include "ingest/cells.h"
#include "ingest/child.h"

struct episode {
	int32_t removal;
	int32_t end;	/* DATE_MISSING: open */
	int32_t reason; /* 0: not known */
	int32_t out_entered;
	const struct record93 *last; /* NULL: made of element 18 */
};

struct episodes {
	struct child_records *c;
	struct episode *list; /* by removal date */
	size_t n, cap;
};

static int32_t
value(const struct record93 *rec, enum af93 e)
{
	return rec->r.v[e];
}

/* The newest record in which the element is not missing; NULL: none. */
static const struct record93 *
newest(const struct child_records *c, enum af93 e)
{
	for (size_t i = c->n; i > 0; i--)
		if (value(&c->recs[i - 1], e) != DATE_MISSING)
			return &c->recs[i - 1];
	return NULL;
}

static int32_t
newest_value(const struct child_records *c, enum af93 e)
{
	const struct record93 *rec = newest(c, e);

	return rec != NULL ? value(rec, e) : DATE_MISSING;
}

/* --- finding them -------------------------------------------------- */

static struct episode *
insert(struct episodes *all, int32_t removal)
{
	size_t i = all->n;

	while (i > 0 && all->list[i - 1].removal > removal)
		i--;
	if (i > 0 && all->list[i - 1].removal == removal)
		return &all->list[i - 1];
	grow(&all->list, &all->cap, all->n + 1, sizeof *all->list);
	for (size_t k = all->n++; k > i; k--)
		all->list[k] = all->list[k - 1];
	all->list[i] = (struct episode){.removal = removal,
	    .end = DATE_MISSING,
	    .out_entered = DATE_MISSING};
	return &all->list[i];
}

/* Element 20 as the newest record of that removal date gives it. */
static int32_t
end_before(const struct child_records *c, int32_t removal)
{
	for (size_t i = c->n; i > 0; i--) {
		const struct record93 *rec = &c->recs[i - 1];

		if (value(rec, AF_LATREMDT) == removal &&
		    value(rec, AF_DLSTFCDT) != DATE_MISSING)
			return value(rec, AF_DLSTFCDT);
	}
	return DATE_MISSING;
}

/* A removal date that changes from one record to the next while the count of
 * removals and the end before it stay, and no discharge lies between, was
 * corrected: the newer date is the episode's. */
static bool
redated(const struct record93 *a, const struct record93 *b)
{
	int32_t out = value(a, AF_DODFCDT);

	return value(a, AF_LATREMDT) != value(b, AF_LATREMDT) &&
	       value(a, AF_TOTALREM) == value(b, AF_TOTALREM) &&
	       value(a, AF_TOTALREM) != DATE_MISSING &&
	       value(a, AF_DLSTFCDT) == value(b, AF_DLSTFCDT) &&
	       (out == DATE_MISSING || out > value(b, AF_LATREMDT)) &&
	       a->period < b->period;
}

/* The 2020 record names every removal: one of 1993 that it does not name, but
 * within which or across which it names another, was corrected to that. */
static void
correct_to_2020(struct child_records *c)
{
	for (size_t i = 0; i < c->n; i++) {
		struct record93 *rec = &c->recs[i];
		int32_t out = value(rec, AF_DODFCDT);
		struct stretch care = {value(rec, AF_LATREMDT),
		    out != DATE_MISSING ? out : period_end(rec->period) + 1};
		int32_t date = removals_instead(c, &care);

		if (date == DATE_MISSING)
			continue;
		intake_flag(c->in, "REDATED", 1);
		rec->r.v[AF_LATREMDT] = date;
	}
}

static void
correct_dates(struct child_records *c)
{
	for (size_t i = c->n; i > 1; i--) {
		struct record93 *a = &c->recs[i - 2], *b = &c->recs[i - 1];

		if (!redated(a, b))
			continue;
		intake_flag(c->in, "REDATED", 1);
		a->r.v[AF_LATREMDT] = value(b, AF_LATREMDT);
	}
	correct_to_2020(c);
}

static void
add_first(struct episodes *all)
{
	const struct record93 *rec = newest(all->c, AF_REM1DT);

	if (rec == NULL || value(rec, AF_TOTALREM) < 2 ||
	    value(rec, AF_REM1DT) >= all->list[0].removal ||
	    end_before(all->c, all->list[0].removal) == DATE_MISSING)
		return;
	insert(all, value(rec, AF_REM1DT));
	/* Episodes between are in no record: the first seems to last until
	 * the last of them ended. */
	if (value(rec, AF_TOTALREM) > (int32_t)all->n)
		intake_flag(all->c->in, "GAP", 1);
}

static void
set_end(struct episodes *all, size_t i)
{
	struct episode *e = &all->list[i];
	int32_t reason;

	if (e->last != NULL && value(e->last, AF_DODFCDT) != DATE_MISSING) {
		reason = value(e->last, AF_DISREASN);
		e->end = value(e->last, AF_DODFCDT);
		e->reason = reason >= 1 && reason <= 8 ? reason : 0;
		e->out_entered = value(e->last, AF_DODTRNDT);
	} else if (i + 1 < all->n) {
		e->end = end_before(all->c, all->list[i + 1].removal);
	}
}

static void
find_episodes(struct episodes *all)
{
	const struct child_records *c = all->c;

	for (size_t i = 0; i < c->n; i++)
		insert(all, value(&c->recs[i], AF_LATREMDT))->last =
		    &c->recs[i];
	if (all->n > 0)
		add_first(all);
	for (size_t i = 0; i < all->n; i++)
		set_end(all, i);
}

/* --- the child ----------------------------------------------------- */

static int64_t
race(const struct child_records *c)
{
	static const int codes[] = {RACE_AIAN, RACE_ASIAN, RACE_BLACK,
	    RACE_NHPI, RACE_WHITE, RACE_UNKNOWN};
	int64_t bits = 0;

	for (size_t i = c->n; i > 0 && bits == 0; i--)
		for (int e = 0; e < 6; e++)
			if (c->recs[i - 1].r.v[AF_AMIAKN + e] == 1)
				bits |= INT64_C(1) << (codes[e] - 1);
	return bits;
}

static int64_t
disabilities(const struct child_records *c)
{
	const struct record93 *rec = newest(c, AF_CLINDIS);
	int64_t bits = 0;

	for (int e = 0; rec != NULL && e < 5; e++)
		if (rec->r.v[AF_MR + e] == 1)
			bits |= INT64_C(1) << e;
	return bits;
}

/* Where the 2020 record tells the child, it alone does. */
static bool
give_child(const struct child_records *c, struct err *err)
{
	struct cell cells[EXTRACT_MAX_COLS];

	if (c->n == 0 || c->newest.n > 0)
		return true;
	child_row(c, cells, EXTRACT_CHILD);
	cells[CHILD_COL_BIRTH] = cell_day(newest_value(c, AF_DOB));
	cells[CHILD_COL_SEX] = cell_code(newest_value(c, AF_SEX));
	cells[CHILD_COL_RACE] = cell_code(race(c));
	cells[CHILD_COL_HISPANIC] = cell_code(newest_value(c, AF_HISORGIN));
	cells[CHILD_COL_DISABILITIES] = cell_code(disabilities(c));
	return intake_row(c->in, EXTRACT_CHILD, cells, err);
}

/* --- an episode ---------------------------------------------------- */

static int64_t
reasons(const struct record93 *rec)
{
	int64_t bits = 0;

	for (int e = 0; e < 15; e++)
		if (rec->r.v[AF_PHYABUSE + e] == 1)
			bits |= INT64_C(1) << e;
	return bits;
}

static bool
give_removal(
    const struct child_records *c, const struct episode *e, struct err *err)
{
	struct cell cells[EXTRACT_MAX_COLS];

	child_row(c, cells, EXTRACT_REMOVAL);
	cells[REMOVAL_COL_DATE] = cell_day(e->removal);
	cells[REMOVAL_COL_DISCHARGE] = cell_day(e->end);
	cells[REMOVAL_COL_WHY_OUT] = cell_code(e->reason);
	cells[REMOVAL_COL_OUT_ENTERED] = cell_day(e->out_entered);
	if (e->last == NULL) {
		cells[REMOVAL_COL_FIRST] = cell_day(e->removal);
		cells[REMOVAL_COL_COUNT] = cell_int(1);
	} else {
		cells[REMOVAL_COL_FIRST] = cell_day(value(e->last, AF_REM1DT));
		cells[REMOVAL_COL_COUNT] =
		    cell_code(value(e->last, AF_TOTALREM));
		cells[REMOVAL_COL_REASONS] = cell_code(reasons(e->last));
		cells[REMOVAL_COL_ENTERED] =
		    cell_day(value(e->last, AF_REMTRNDT));
	}
	return intake_row(c->in, EXTRACT_REMOVAL, cells, err);
}

static bool
give_count(const struct child_records *c, const struct record93 *rec,
    int32_t removal, struct err *err)
{
	struct cell cells[EXTRACT_MAX_COLS];
	int32_t n = value(rec, AF_NUMPLEP);

	child_row(c, cells, EXTRACT_SETTINGS);
	cells[SETTINGS_COL_REMOVED] = cell_day(removal);
	cells[SETTINGS_COL_N] = cell_code(n);
	cells[SETTINGS_COL_CURRENT] = cell_code(value(rec, AF_CURPLSET));
	cells[SETTINGS_COL_SINCE] = cell_day(value(rec, AF_CURSETDT));
	cells[SETTINGS_COL_ON] = cell_day(period_end(rec->period));
	return intake_row(c->in, EXTRACT_SETTINGS, cells, err);
}

/* The count of settings as each half-year's record gives it, since a question
 * about a period asks for the count at that time; the row is also the mark
 * that the child stood in that half-year's file (DQ-A1, DQ-A4). */
static bool
give_settings(
    const struct child_records *c, const struct episode *e, struct err *err)
{
	for (size_t i = 0; i < c->n; i++)
		if (value(&c->recs[i], AF_LATREMDT) == e->removal &&
		    !give_count(c, &c->recs[i], e->removal, err))
			return false;
	return true;
}

static bool
terminated(const struct episode *e, enum af93 rights)
{
	int32_t day = value(e->last, rights);

	return day != DATE_MISSING && (e->end == DATE_MISSING || day <= e->end);
}

/* Each record says whose rights are terminated; a termination of an episode
 * before that it does not say again no longer holds. */
static bool
rights_back(const struct episodes *all, const struct episode *e)
{
	static const enum af93 both[] = {AF_TPRMOMDT, AF_TPRDADDT};

	for (const struct episode *p = all->list; p < e; p++)
		for (int i = 0; p->last != NULL && i < 2; i++)
			if (terminated(p, both[i]) && !terminated(e, both[i]))
				return true;
	return false;
}

static bool
give_legal(const struct episodes *all, const struct episode *e, struct err *err)
{
	const struct child_records *c = all->c;

	if (rights_back(all, e) &&
	    !child_legal(c, e->removal, LEGAL_TPR_VACATED, err))
		return false;
	return child_legal(
		   c, value(e->last, AF_TPRMOMDT), LEGAL_TPR_MOTHER, err) &&
	       child_legal(
		   c, value(e->last, AF_TPRDADDT), LEGAL_TPR_FATHER, err);
}

/* When a value that changed was first so: the files say only in which
 * half-year, so its first day, but not before the removal. */
static int32_t
since(const struct record93 *rec, const struct episode *e)
{
	int32_t start = period_start(rec->period);

	return start > e->removal ? start : e->removal;
}

static bool
give_goals(
    const struct child_records *c, const struct episode *e, struct err *err)
{
	int32_t goal = DATE_MISSING;
	bool ok = true;

	for (size_t i = 0; i < c->n && ok; i++) {
		const struct record93 *rec = &c->recs[i];
		int32_t now = value(rec, AF_CASEGOAL);

		if (value(rec, AF_LATREMDT) != e->removal ||
		    now == DATE_MISSING || now == goal)
			continue;
		ok = child_goal(c,
		    goal == DATE_MISSING ? e->removal : since(rec, e), now,
		    err);
		goal = now;
	}
	return ok;
}

static bool
give_duties(
    const struct child_records *c, const struct episode *e, struct err *err)
{
	struct duty duty = {.fips = DATE_MISSING, .start = e->removal};

	for (size_t i = 0; i < c->n; i++) {
		const struct record93 *rec = &c->recs[i];
		int32_t fips = af93_county(&rec->r);

		if (value(rec, AF_LATREMDT) != e->removal ||
		    fips == DATE_MISSING || fips == duty.fips)
			continue;
		if (duty.fips != DATE_MISSING) {
			duty.end = since(rec, e);
			if (!child_assign(c, &duty, err))
				return false;
			duty.start = duty.end;
		}
		duty.fips = fips;
	}
	duty.end = e->end;
	return duty.fips == DATE_MISSING || child_assign(c, &duty, err);
}

/* A 2020 file tells of episodes that ended before it only when and why. */
static bool
give_episode(const struct episodes *all, struct episode *e, struct err *err)
{
	const struct child_records *c = all->c;
	int32_t end, reason;
	enum named named = removals_name(c, e->removal, &end, &reason);

	if (named == NAMED_FULL || (named == NAMED_END && e->last == NULL))
		return true; /* removals.c gives it */
	if (named == NAMED_END && end != DATE_MISSING) {
		e->end = end;
		e->reason = reason > 0 ? reason : e->reason;
	}
	if (!give_removal(c, e, err))
		return false;
	return e->last == NULL ||
	       (give_settings(c, e, err) && give_legal(all, e, err) &&
		   give_goals(c, e, err) && give_duties(c, e, err));
}

/* Every review date that any record names, once. */
static bool
give_reviews(const struct child_records *c, struct err *err)
{
	for (size_t i = 0; i < c->n; i++) {
		int32_t d = value(&c->recs[i], AF_PEDREVDT);
		bool before = false;

		for (size_t k = 0; k < i && !before; k++)
			before = value(&c->recs[k], AF_PEDREVDT) == d;
		if (!before && !child_meeting(c, d, err))
			return false;
	}
	return true;
}

bool
episodes_give(struct child_records *c, struct err *err)
{
	struct episodes all = {.c = c};
	bool ok = give_child(c, err);

	correct_dates(c);
	find_episodes(&all);
	for (size_t i = 0; i < all.n && ok; i++)
		ok = give_episode(&all, &all.list[i], err);
	if (ok)
		ok = give_reviews(c, err);
	free(all.list);
	return ok;
}
