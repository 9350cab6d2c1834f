/* What workers owe a child in care: reviews and visits, mostly kept. */
#include "synth/family.h"

#include <string.h>

#include "base/buf.h"
#include "base/date.h"

struct duties {
	struct family *f;
	const struct episode *e;
	uint16_t number; /* of the episode */
	struct rng r;
	int32_t begin;	   /* no visit is on file from before */
	int32_t end;	   /* no later than the data-through date */
	int32_t diligence; /* per million, around 0 */
};

static int32_t
duties_delay(struct duties *d)
{
	if (rng_chance(&d->r, 940000))
		return (int32_t)rng_below(&d->r, 8);
	return 10 + (int32_t)rng_below(&d->r, 80);
}

/* Reviews every six months: 88 of 100 in time, the others late or left out
 * altogether for one round. */
static void
duties_reviews(struct duties *d)
{
	int32_t due = date_addmonths(d->e->custody, 6);

	/* A review is held up to 34 days before it is due. */
	while (due - 34 < d->end) {
		int32_t held = due - (int32_t)rng_below(&d->r, 35);
		struct event *m;

		if (!rng_chance(&d->r, (uint32_t)(880000 + d->diligence * 2)))
			held = due + 1 +
			       (int32_t)rng_below(
				   &d->r, rng_chance(&d->r, 250000) ? 190 : 60);
		if (held >= d->end)
			return;
		m = LIST_ADD(&d->f->meetings);
		m->child = d->e->child;
		m->episode = d->number;
		m->date = held;
		m->entered = held + duties_delay(d);
		due = date_addmonths(held, 6);
	}
}

static void
duties_visit(struct duties *d, int32_t day)
{
	static const uint8_t elsewhere[] = {
	    PLACE_OFFICE, PLACE_SCHOOL, PLACE_OTHER};
	struct event *v;

	if (day < d->e->removal || day < d->begin || day >= d->end)
		return;
	v = LIST_ADD(&d->f->visits);
	v->child = d->e->child;
	v->episode = d->number;
	v->date = day;
	v->entered = day + duties_delay(d);
	v->code = rng_chance(&d->r, 930000) ? PLACE_RESIDENCE
					    : elsewhere[rng_below(&d->r, 3)];
}

/* One visit a calendar month in 96 of 100 months, a second one in some. */
static void
duties_visits(struct duties *d)
{
	int32_t month = date_month_start(d->e->removal);

	duties_visit(d, d->e->removal + 1);
	for (; month < d->end; month = date_addmonths(month, 1)) {
		int32_t days = date_month_end(month) - month + 1;
		int32_t day = month + (int32_t)rng_below(&d->r, (uint32_t)days);

		if (!rng_chance(&d->r, (uint32_t)(958000 + d->diligence)))
			continue;
		duties_visit(d, day);
		if (rng_chance(&d->r, 60000) && day + 9 < month + days)
			duties_visit(d, day + 9);
	}
}

void
duty_details(struct family *f, const struct world *w)
{
	struct duties d = {.f = f,
	    .begin = w->start - 366,
	    .diligence = w->diligence[f->county] * 2500};
	size_t i;

	world_stream(w, STREAM_DUTIES, f->number, &d.r);
	for (i = 0; i < f->episodes.n; i++) {
		d.e = &f->episodes.v[i];
		d.number = (uint16_t)i;
		d.end = d.e->discharge <= w->through ? d.e->discharge
						     : w->through + 1;
		duties_reviews(&d);
		duties_visits(&d);
	}
}
