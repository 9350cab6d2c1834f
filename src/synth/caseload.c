#include "synth/caseload.h"

#include <stdlib.h>
#include <string.h>

#include "base/date.h"

#define FULL 17		   /* children; then a new case goes to a new worker */
#define LEAVING 24000	   /* a worker and month: a quarter a year */
#define PRIVATE 550000	   /* of families where agencies are under contract */
#define LATE_START 9000	   /* a family waits for a worker */
#define FORGOTTEN 1500	   /* no worker is ever entered */
#define UNIT_FIRST 50000   /* handed to the unit before the next worker */
#define REORGANISED 350000 /* a unit, every third year, where offices are */
#define NOBODY UINT32_MAX

struct file { /* one family's case */
	uint32_t family, worker, unit;
	int32_t county;
	uint32_t children; /* in care now */
	bool forgotten;
	uint32_t first, turns; /* of caseload.sorted */
};

struct change { /* a child comes into care, or leaves it */
	int32_t day;
	int32_t by; /* -1 before +1: places are freed first */
	uint32_t file;
};

struct step { /* a turn while it is not yet sorted by file */
	uint32_t file;
	struct turn turn;
};

struct wait { /* a file that gets its worker on that day */
	int32_t day;
	uint32_t file;
};

struct departure {
	int32_t day;
	uint32_t worker;
};

struct caseload {
	const struct world *w;
	struct org *org;
	struct rng r;
	LIST(file) files;
	LIST(change) changes;
	LIST(step) steps;
	LIST(wait) waits;
	LIST(departure) departures;
	struct turn *sorted;
};

/* --- what there is to share out ------------------------------------------ */

static void
caseload_family(struct caseload *c, const struct family *f)
{
	uint32_t number = (uint32_t)c->files.n;
	struct file *file = NULL;
	size_t i;

	for (i = 0; i < f->episodes.n; i++) {
		const struct episode *e = &f->episodes.v[i];

		if (e->discharge < c->w->start || e->removal > c->w->through)
			continue;
		if (file == NULL) {
			file = LIST_ADD(&c->files);
			file->family = f->number;
			file->county = f->county;
			file->worker = file->unit = NOBODY;
			file->forgotten = rng_chance(&c->r, FORGOTTEN);
		}
		*LIST_ADD(&c->changes) = (struct change){e->removal, 1, number};
		*LIST_ADD(&c->changes) =
		    (struct change){e->discharge, -1, number};
	}
}

static void
caseload_collect(struct caseload *c)
{
	struct family f = {0};
	size_t i;
	uint32_t k;

	for (i = 0; i < c->w->n; i++)
		for (k = 0; k < c->w->months[i].removed; k++) {
			family_make(&f, c->w, c->w->months[i].first + k);
			caseload_family(c, &f);
		}
	family_free(&f);
}

static int
caseload_by_day(const void *a, const void *b)
{
	const struct change *x = a, *y = b;

	if (x->day != y->day)
		return x->day < y->day ? -1 : 1;
	if (x->by != y->by)
		return x->by < y->by ? -1 : 1;
	return (x->file > y->file) - (x->file < y->file);
}

/* --- giving and taking --------------------------------------------------- */

static void
caseload_turn(struct caseload *c, uint32_t file, int32_t day, const char *node)
{
	struct step *s = LIST_ADD(&c->steps);

	s->file = file;
	s->turn.from = day;
	s->turn.node = node;
}

/* The worker of the office with the fewest children. */
static uint32_t
caseload_free_worker(const struct caseload *c, uint32_t office)
{
	const struct office *o = &c->org->offices.v[office];
	uint32_t best = NOBODY, i;

	for (i = 0; i < o->staff.n; i++) {
		uint32_t k = o->staff.v[i].number;

		if (best == NOBODY ||
		    c->org->workers.v[k].load < c->org->workers.v[best].load)
			best = k;
	}
	return best;
}

static void
caseload_give(struct caseload *c, uint32_t file, uint32_t worker, int32_t day)
{
	struct worker *k = &c->org->workers.v[worker];
	struct file *f = &c->files.v[file];

	f->worker = worker;
	f->unit = k->unit;
	k->load += f->children;
	*LIST_ADD(&k->held) = (struct held){file};
	caseload_turn(c, file, day, k->id);
}

static void
caseload_take(struct caseload *c, uint32_t file)
{
	struct file *f = &c->files.v[file];
	struct worker *k;
	size_t i = 0;

	if (f->worker == NOBODY)
		return;
	k = &c->org->workers.v[f->worker];
	while (k->held.v[i].number != file)
		i++;
	memmove(&k->held.v[i], &k->held.v[i + 1],
	    (k->held.n - i - 1) * sizeof(*k->held.v));
	k->held.n--;
	k->load -= f->children;
	f->worker = NOBODY;
}

static int32_t
caseload_hired_on(const struct caseload *c, int32_t day)
{
	/* Whoever was there on the first day has been there for long. */
	return day < c->w->start ? c->w->begin : day;
}

/* Finds a worker for a file that has none. */
static void
caseload_place(struct caseload *c, uint32_t file, int32_t day)
{
	struct file *f = &c->files.v[file];
	uint32_t office, worker;

	office = f->unit != NOBODY ? c->org->units.v[f->unit].office
				   : org_office(c->org, f->county,
					 rng_chance(&c->r, PRIVATE));
	worker = caseload_free_worker(c, office);
	if (worker == NOBODY ||
	    c->org->workers.v[worker].load + f->children > FULL)
		worker = org_hire(c->org, office, caseload_hired_on(c, day));
	caseload_give(c, file, worker, day);
}

static void
caseload_wait(struct caseload *c, uint32_t file, int32_t day)
{
	*LIST_ADD(&c->waits) = (struct wait){day, file};
}

/* --- one day ------------------------------------------------------------- */

static void
caseload_change(struct caseload *c, const struct change *x)
{
	struct file *f = &c->files.v[x->file];

	if (x->by < 0 && f->children == 1)
		caseload_take(c, x->file);
	if (f->worker != NOBODY)
		c->org->workers.v[f->worker].load += (uint32_t)x->by;
	f->children += (uint32_t)x->by;
	if (x->by < 0 || f->worker != NOBODY || f->children > 1 || f->forgotten)
		return;
	if (rng_chance(&c->r, LATE_START)) {
		caseload_turn(c, x->file, x->day, "");
		caseload_wait(
		    c, x->file, x->day + 5 + (int32_t)rng_below(&c->r, 90));
	} else {
		caseload_place(c, x->file, x->day);
	}
}

static void
caseload_waits(struct caseload *c, int32_t day)
{
	size_t i, kept = 0;

	for (i = 0; i < c->waits.n; i++) {
		struct wait x = c->waits.v[i];

		if (x.day > day)
			c->waits.v[kept++] = x;
		else if (c->files.v[x.file].children > 0 &&
			 c->files.v[x.file].worker == NOBODY)
			caseload_place(c, x.file, day);
	}
	c->waits.n = kept;
}

static uint32_t
caseload_children(const struct caseload *c, uint32_t office)
{
	const struct office *o = &c->org->offices.v[office];
	uint32_t children = 0;
	size_t i;

	for (i = 0; i < o->staff.n; i++)
		children += c->org->workers.v[o->staff.v[i].number].load;
	return children;
}

/* A worker leaves: a new one takes all, or the colleagues share. */
static void
caseload_leave(struct caseload *c, uint32_t worker, int32_t day)
{
	uint32_t office =
	    c->org->units.v[c->org->workers.v[worker].unit].office;
	uint32_t children = caseload_children(c, office), next = NOBODY;
	size_t left;

	org_leave(c->org, worker, day);
	left = c->org->offices.v[office].staff.n;
	if (left == 0 || children / left > FULL - 1)
		next = org_hire(c->org, office, day);
	while (c->org->workers.v[worker].held.n > 0) {
		uint32_t file = c->org->workers.v[worker].held.v[0].number;
		uint32_t to =
		    next != NOBODY ? next : caseload_free_worker(c, office);

		caseload_take(c, file);
		if (rng_chance(&c->r, UNIT_FIRST)) {
			caseload_turn(c, file, day,
			    c->org->units.v[c->files.v[file].unit].id);
			caseload_wait(
			    c, file, day + 8 + (int32_t)rng_below(&c->r, 50));
		} else {
			caseload_give(c, file, to, day);
		}
	}
}

/* At the start of each month: who will leave in it, and on which day. */
static void
caseload_departures(struct caseload *c, int32_t day)
{
	size_t i, n = c->org->workers.n;

	c->departures.n = 0;
	for (i = 0; i < n; i++)
		if (!c->org->workers.v[i].gone && rng_chance(&c->r, LEAVING))
			*LIST_ADD(&c->departures) = (struct departure){
			    day + (int32_t)rng_below(&c->r, 28), (uint32_t)i};
}

/* Every few years, on 1 July, units change office within their county. */
static void
caseload_reorganise(struct caseload *c, int32_t day)
{
	struct civil d = date_civil(day);
	struct org *org = c->org;
	size_t n = org->units.n, i;

	if (d.month != 7 || d.day != 1 || d.year % 3 != 2)
		return;
	for (i = 0; i < n; i++) {
		struct office *o = &org->offices.v[org->units.v[i].office];
		uint32_t to =
		    org->first_office[o->county] +
		    rng_below(&c->r, org->first_office[o->county + 1] -
					 org->first_office[o->county]);

		if (rng_chance(&c->r, REORGANISED) &&
		    to != org->units.v[i].office &&
		    org->units.v[i].workers > 0 &&
		    org->offices.v[to].kind == o->kind)
			org_move(org, (uint32_t)i, to, day);
	}
}

static void
caseload_day(struct caseload *c, int32_t day)
{
	size_t i;

	if (day >= c->w->start) {
		caseload_reorganise(c, day);
		if (day == date_month_start(day))
			caseload_departures(c, day);
		for (i = 0; i < c->departures.n; i++)
			if (c->departures.v[i].day == day)
				caseload_leave(
				    c, c->departures.v[i].worker, day);
	}
	caseload_waits(c, day);
}

static void
caseload_run(struct caseload *c)
{
	int32_t day = c->changes.n > 0 ? c->changes.v[0].day : c->w->start;
	size_t i = 0;

	for (; day <= c->w->through; day++) {
		caseload_day(c, day);
		for (; i < c->changes.n && c->changes.v[i].day == day; i++)
			caseload_change(c, &c->changes.v[i]);
	}
}

/* --- the outcome --------------------------------------------------------- */

/* Sorts the turns by file; within a file they stand in order of time. */
static void
caseload_sort(struct caseload *c)
{
	uint32_t at = 0;
	size_t i;

	for (i = 0; i < c->steps.n; i++)
		c->files.v[c->steps.v[i].file].turns++;
	for (i = 0; i < c->files.n; i++) {
		c->files.v[i].first = at;
		at += c->files.v[i].turns;
		c->files.v[i].turns = 0;
	}
	c->sorted = xcalloc(at + 1, sizeof(*c->sorted));
	for (i = 0; i < c->steps.n; i++) {
		struct file *f = &c->files.v[c->steps.v[i].file];

		c->sorted[f->first + f->turns++] = c->steps.v[i].turn;
	}
}

struct caseload *
caseload_new(const struct world *w, struct org *org)
{
	struct caseload *c = xcalloc(1, sizeof(*c));

	c->w = w;
	c->org = org;
	world_stream(w, STREAM_CASELOAD, 0, &c->r);
	caseload_collect(c);
	if (c->changes.n > 0)
		qsort(c->changes.v, c->changes.n, sizeof(*c->changes.v),
		    caseload_by_day);
	caseload_run(c);
	caseload_sort(c);
	return c;
}

void
caseload_free(struct caseload *c)
{
	if (c == NULL)
		return;
	free(c->files.v);
	free(c->changes.v);
	free(c->steps.v);
	free(c->waits.v);
	free(c->departures.v);
	free(c->sorted);
	free(c);
}

const struct turn *
caseload_turns(const struct caseload *c, uint32_t family, size_t *n)
{
	size_t low = 0, high = c->files.n;

	*n = 0;
	while (low < high) {
		size_t mid = (low + high) / 2;

		if (c->files.v[mid].family < family)
			low = mid + 1;
		else
			high = mid;
	}
	if (low == c->files.n || c->files.v[low].family != family)
		return NULL;
	*n = c->files.v[low].turns;
	return &c->sorted[c->files.v[low].first];
}
