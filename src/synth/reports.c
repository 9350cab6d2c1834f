/* Reports to the hotline, what became of them, and families served at home. */
#include "synth/family.h"

#include <string.h>

#include "base/buf.h"
#include "base/date.h"

#define DAY 1440
#define MAX_REPORTS 15

/* Per million; 4.78 victim reports per 100,000 days in care (federal data
 * profile), and three others for each. */
#define IN_CARE_VICTIM 840 /* a child and 30 days */
#define IN_CARE_OTHER 4500

struct plan {
	int32_t day;
	uint32_t who; /* bit set of children */
	bool substantiated;
	bool in_care;
};

struct reports {
	struct family *f;
	const struct world *w;
	struct rng r;
};

static int32_t
reports_between(struct reports *x, int32_t least, int32_t most)
{
	return least + (int32_t)rng_below(&x->r, (uint32_t)(most - least + 1));
}

static uint8_t
reports_conclusion(struct reports *x, const struct report *p, bool sub)
{
	uint32_t n = rng_below(&x->r, 100);

	if (sub)
		return CONCLUSION_SUBSTANTIATED;
	if (n < 3)
		return CONCLUSION_NOT_LOCATED;
	if (n < 5)
		return CONCLUSION_INAPPROPRIATE;
	if (p->track == TRACK_ASSESSMENT)
		return n < 26 ? CONCLUSION_NEEDED : CONCLUSION_NOT_NEEDED;
	return n < 28 ? CONCLUSION_UNSUB_SERVICES : CONCLUSION_UNSUBSTANTIATED;
}

static uint32_t
reports_maltreatments(struct reports *x, bool sexual)
{
	static const uint32_t w[MALTREATMENT_END - 1] = {
	    240, 610, 35, 0, 45, 3, 20, 10};
	uint32_t bits = 1u << rng_pick(&x->r, w, MALTREATMENT_END - 1);

	if (sexual)
		bits = 1u << (MALTREATMENT_SEXUAL - 1);
	if (rng_chance(&x->r, 140000))
		bits |= 1u << rng_pick(&x->r, w, MALTREATMENT_END - 1);
	return bits;
}

static uint32_t
reports_perpetrators(struct reports *x, bool in_care)
{
	static const uint32_t home[PERPETRATOR_END - 1] = {
	    820, 60, 0, 0, 0, 0, 80, 40};
	static const uint32_t care[PERPETRATOR_END - 1] = {
	    420, 60, 130, 150, 10, 60, 120, 50};
	const uint32_t *w = in_care ? care : home;
	uint32_t bits = 1u << rng_pick(&x->r, w, PERPETRATOR_END - 1);

	if (rng_chance(&x->r, 120000))
		bits |= 1u << rng_pick(&x->r, w, PERPETRATOR_END - 1);
	return bits;
}

static uint8_t
reports_disposition(struct reports *x, const struct report *p, bool first)
{
	switch (p->conclusion) {
	case CONCLUSION_SUBSTANTIATED:
		return first || rng_chance(&x->r, 820000)
			   ? DISPOSITION_SUBSTANTIATED
			   : DISPOSITION_UNSUBSTANTIATED;
	case CONCLUSION_NEEDED:
	case CONCLUSION_NOT_NEEDED:
		return DISPOSITION_ALT_NONVICTIM;
	case CONCLUSION_UNSUBSTANTIATED:
	case CONCLUSION_UNSUB_SERVICES:
		return DISPOSITION_UNSUBSTANTIATED;
	default:
		return DISPOSITION_OTHER;
	}
}

static void
reports_name(struct reports *x, struct report *p, const struct plan *plan)
{
	size_t i;

	p->named = (uint32_t)x->f->named.n;
	for (i = 0; i < x->f->n; i++) {
		struct named *n;

		if (!(plan->who & 1u << i) ||
		    x->f->children[i].birth > plan->day)
			continue;
		n = LIST_ADD(&x->f->named);
		n->child = (uint8_t)i;
		n->disposition = reports_disposition(x, p, p->names == 0);
		n->incident = rng_chance(&x->r, 80000)
				  ? DATE_MISSING
				  : plan->day - reports_between(x, 0,
						    plan->in_care ? 3 : 14);
		if (n->incident != DATE_MISSING &&
		    n->incident < x->f->children[i].birth)
			n->incident = x->f->children[i].birth;
		n->maltreatments = reports_maltreatments(x, p->sexual);
		n->perpetrators = reports_perpetrators(x, plan->in_care);
		p->names++;
	}
}

/* First contact, everybody seen, conclusion: mostly within their limits. */
static void
reports_work(struct reports *x, struct report *p)
{
	int32_t limit = p->priority * 60;
	uint32_t kept =
	    (uint32_t)(900000 + x->w->diligence[x->f->county] * 3000);
	int32_t day = p->received / DAY;
	int32_t days = day < date_make(2014, 8, 28) ? 30 : 45;

	p->contact =
	    p->received + (rng_chance(&x->r, kept)
				  ? reports_between(x, 20, limit)
				  : limit + reports_between(x, 1, 8 * DAY));
	p->seen =
	    p->contact +
	    (rng_chance(&x->r, 700000) ? 0 : reports_between(x, 30, 4 * DAY));
	if (rng_chance(&x->r, kept - 40000)) {
		p->concluded = p->received + reports_between(x, 4, days) * DAY;
	} else {
		p->concluded =
		    p->received + reports_between(x, days + 1, 130) * DAY;
		p->good_cause = rng_chance(&x->r, 450000);
	}
	if (p->concluded < p->seen)
		p->concluded = p->seen + DAY;
}

static struct report *
reports_add(struct reports *x, const struct plan *plan)
{
	static const uint8_t hours[] = {3, 24, 72};
	static const uint32_t shares[] = {150, 750, 100};
	struct report *p;

	if (plan->day < x->w->start || plan->day > x->w->through ||
	    x->f->reports.n == MAX_REPORTS)
		return NULL;
	p = LIST_ADD(&x->f->reports);
	p->received = plan->day * DAY + reports_between(x, 360, 1380);
	p->track =
	    plan->substantiated || plan->in_care || rng_chance(&x->r, 330000)
		? TRACK_INVESTIGATION
		: TRACK_ASSESSMENT;
	p->priority = hours[rng_pick(&x->r, shares, 3)];
	p->sexual =
	    p->track == TRACK_INVESTIGATION && rng_chance(&x->r, 120000);
	reports_work(x, p);
	p->conclusion = reports_conclusion(x, p, plan->substantiated);
	reports_name(x, p, plan);
	return p;
}

/* --- families of which children are removed ------------------------------ */

/* Whether this episode's day of removal is the first of its round. */
static bool
reports_new_day(const struct family *f, size_t e)
{
	size_t i;

	for (i = 0; i < e; i++)
		if (f->episodes.v[i].removal == f->episodes.v[e].removal)
			return false;
	return true;
}

static uint32_t
reports_everybody(const struct family *f)
{
	return (1u << f->n) - 1;
}

static void
reports_before_removal(struct reports *x, int32_t removal)
{
	struct plan plan = {.who = reports_everybody(x->f)};

	if (rng_chance(&x->r, 300000)) {
		plan.day = removal - reports_between(x, 40, 700);
		plan.substantiated = rng_chance(&x->r, 30000);
		reports_add(x, &plan);
	}
	if (rng_chance(&x->r, 800000)) {
		plan.day = removal - reports_between(x, 0, 20);
		plan.substantiated = rng_chance(&x->r, 260000);
		reports_add(x, &plan);
	}
}

static void
reports_during(struct reports *x, const struct episode *e)
{
	struct plan plan = {.who = 1u << e->child, .in_care = true};
	int32_t day;

	for (day = e->removal + 11;
	     day + 30 < e->discharge && day <= x->w->through; day += 30) {
		plan.substantiated = rng_chance(&x->r, IN_CARE_VICTIM);
		if (!plan.substantiated && !rng_chance(&x->r, IN_CARE_OTHER))
			continue;
		plan.day = day + reports_between(x, 0, 29);
		reports_add(x, &plan);
	}
}

static void
reports_of_removed(struct reports *x)
{
	size_t i;

	for (i = 0; i < x->f->episodes.n; i++) {
		if (reports_new_day(x->f, i))
			reports_before_removal(x, x->f->episodes.v[i].removal);
		reports_during(x, &x->f->episodes.v[i]);
	}
}

/* --- families that are only reported ------------------------------------- */

static void
reports_call(struct reports *x, size_t child, int32_t day)
{
	struct event *v = LIST_ADD(&x->f->calls);

	v->child = (uint8_t)child;
	v->date = day;
	v->entered = day + reports_between(x, 0, 9);
	v->code = rng_chance(&x->r, 850000) ? PLACE_RESIDENCE : PLACE_OTHER;
}

/* A case of family-centered services after a report. */
static void
reports_serve(struct reports *x, const struct report *p)
{
	int32_t day = p->concluded / DAY, month;
	struct in_home *c = LIST_ADD(&x->f->cases);
	size_t i;

	c->opened = day;
	c->closed = day + reports_between(x, 60, 330);
	c->plan =
	    day + (rng_chance(&x->r, 880000) ? reports_between(x, 3, 30)
					     : reports_between(x, 31, 70));
	c->risk = (uint8_t)rng_below(&x->r, 4);
	c->reason = (uint8_t)rng_below(&x->r, 3);
	c->visit = (uint32_t)x->f->calls.n;
	for (month = day; month < c->closed; month = date_addmonths(month, 1))
		for (i = 0; i < x->f->n; i++)
			if (rng_chance(&x->r, 920000))
				reports_call(
				    x, i, month + reports_between(x, 0, 27));
	c->visits = (uint32_t)x->f->calls.n - c->visit;
}

static void
reports_of_others(struct reports *x)
{
	struct plan plan = {
	    .day = x->f->arrival, .who = reports_everybody(x->f)};
	struct report *p;

	do {
		plan.substantiated = rng_chance(&x->r, 37000);
		p = reports_add(x, &plan);
		if (p != NULL && x->f->cases.n == 0 && rng_chance(&x->r, 80000))
			reports_serve(x, p);
		/* A found maltreatment seldom comes again within the year. */
		if (plan.substantiated && rng_chance(&x->r, 31000)) {
			plan.day += reports_between(x, 20, 330);
			reports_add(x, &plan);
		}
		plan.day += plan.substantiated ? reports_between(x, 370, 1500)
					       : reports_between(x, 20, 1100);
	} while (rng_chance(&x->r, 600000) && plan.day <= x->w->through);
	/* A death ends a family's history. */
	if (p != NULL && plan.substantiated && rng_chance(&x->r, 6000))
		x->f->named.v[p->named].died = true;
}

void
report_details(struct family *f, const struct world *w)
{
	struct reports x = {.f = f, .w = w};

	world_stream(w, STREAM_REPORTS, f->number, &x.r);
	if (f->removed)
		reports_of_removed(&x);
	else
		reports_of_others(&x);
}
