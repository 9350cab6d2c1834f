#include "service/verify.h"

#include <stdio.h>
#include <stdlib.h>

#include "service/sealed.h"

static bool
is_drawn_kind(enum unit kind)
{
	return kind == UNIT_CC || kind == UNIT_CD || kind == UNIT_SF;
}

/* The sample as the review's units tell it. */
static void
read_sample(struct context *c, const struct review *r, struct sample *s)
{
	int n = review_units(r);

	s->picks = arena_alloc(&c->arena, (size_t)(n + 1) * sizeof *s->picks);
	for (int i = 0; i < n; i++) {
		const struct review_unit *u = review_unit(r, i);
		enum drawn drawn = drawn_find(review_fact(r, i, FACT_DRAWN));
		struct pick *p = &s->picks[s->n];

		if (!is_drawn_kind(u->kind) || drawn == DRAWN_NOT)
			continue;
		s->n++;
		*p = (struct pick){.unit = u->kind,
		    .drawn = drawn,
		    .order = atoi(review_fact(r, i, FACT_ORDER))};
		snprintf(p->key, sizeof p->key, "%s", u->key);
		snprintf(p->instead, sizeof p->instead, "%.64s",
		    review_fact(r, i, FACT_INSTEAD));
		snprintf(p->why, sizeof p->why, "%.200s",
		    review_fact(r, i, FACT_WHY));
	}
}

bool
verify_sample(struct context *c, const char *review, const struct draw *d,
    struct verified *out)
{
	struct sample sample = {.seed = d->seed};
	struct sealed sealed;
	struct err err;

	*out = (struct verified){0};
	if (!sealed_read(c, review, &sealed))
		return false;
	out->revision = sealed.revision;
	out->fault = sealed.fault;
	if (sealed.review == NULL)
		return true;
	read_sample(c, sealed.review, &sample);
	out->account = sample_account(&sample, UNIT_CC);
	if (!sample_verify(&sample, &d->rule, &d->frame, &err))
		out->fault = arena_printf(&c->arena, "%s", err.text);
	return true;
}
