/*
 * The errors that records have: each kind of the data-quality checks
 * (measures.md section 5), rarely. They stand in the records themselves, so
 * that every format carries them, as far as it can.
 */
#include "synth/family.h"

#include "base/date.h"

struct errata {
	struct family *f;
	const struct world *w;
	struct episode *e;
	struct child *c;
	struct rng *r;
};

static void
errata_born_later(struct errata *x)
{
	x->c->birth = x->e->removal + 1 + (int32_t)rng_below(x->r, 300);
}

static void
errata_no_birth(struct errata *x)
{
	x->c->birth = DATE_MISSING;
}

static void
errata_no_reason(struct errata *x)
{
	x->e->why_out = 0;
}

static void
errata_same_day(struct errata *x)
{
	x->e->discharge = x->e->removal;
}

static void
errata_exit_first(struct errata *x)
{
	x->e->discharge = x->e->removal - 1 - (int32_t)rng_below(x->r, 20);
}

static void
errata_outside(struct errata *x)
{
	if (x->e->placements > 0)
		x->f->placements.v[x->e->placement].start -=
		    2 + (int32_t)rng_below(x->r, 30);
}

static void
errata_no_custody(struct errata *x)
{
	x->e->custody = DATE_MISSING;
}

static void
errata_no_finding(struct errata *x)
{
	x->e->finding = DATE_MISSING;
}

/* The first of two episodes is closed after the second began. */
static void
errata_overlap(struct errata *x)
{
	struct episode *first = &x->f->episodes.v[x->c->episode];

	if (x->c->episodes > 1 && first[1].removal + 8 < first[1].discharge)
		first->discharge =
		    first[1].removal + 1 + (int32_t)rng_below(x->r, 7);
}

static void
errata_future(struct errata *x)
{
	if (x->e->discharge > x->w->through) {
		x->e->discharge =
		    x->w->through + 20 + (int32_t)rng_below(x->r, 40);
		x->e->out_entered = x->w->through;
	}
}

static void
errata_freed_early(struct errata *x)
{
	size_t i;

	for (i = 0; i < x->f->legal.n; i++)
		if (x->f->legal.v[i].child == x->e->child &&
		    x->f->legal.v[i].code == LEGAL_TPR_MOTHER &&
		    x->c->birth != DATE_MISSING)
			x->f->legal.v[i].date = x->c->birth - 40;
}

/* Per million and episode. */
static const struct {
	uint32_t chance;
	void (*make)(struct errata *x);
} errors[] = {
    {1200, errata_born_later},
    {1500, errata_no_birth},
    {6000, errata_no_reason},
    {900, errata_same_day},
    {500, errata_exit_first},
    {4000, errata_outside},
    {9000, errata_no_custody},
    {6000, errata_no_finding},
    {2000, errata_overlap},
    {300, errata_future},
    {400, errata_freed_early},
};

void
errata_details(struct family *f, const struct world *w)
{
	struct errata x = {.f = f, .w = w};
	struct rng r;
	size_t i, k;

	world_stream(w, STREAM_ERRATA, f->number, &r);
	x.r = &r;
	for (i = 0; i < f->episodes.n; i++) {
		x.e = &f->episodes.v[i];
		x.c = &f->children[x.e->child];
		for (k = 0; k < sizeof(errors) / sizeof(errors[0]); k++)
			if (rng_chance(&r, errors[k].chance))
				errors[k].make(&x);
	}
}
