/* What a monitor may do to the frozen sample: let the next reserve stand in
 * for a unit, or add one that was not drawn, each with a reason. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "poms/change_part.h"
#include "poms/sample.h"
#include "poms/state.h"

static bool
is_selectable(enum unit kind)
{
	return kind == UNIT_CC || kind == UNIT_CD || kind == UNIT_SF;
}

/* The sample of that kind of unit as it stands. */
static void
read_sample(const struct review *r, enum unit kind, struct sample *s)
{
	*s = (struct sample){0};
	for (int i = 1; i < review_units(r); i++) {
		const struct review_unit *u = review_unit(r, i);
		enum drawn drawn = drawn_find(review_fact(r, i, FACT_DRAWN));
		struct pick *p;

		if (u->kind != kind || drawn == DRAWN_NOT)
			continue;
		grow(&s->picks, &s->cap, s->n + 1, sizeof *s->picks);
		p = &s->picks[s->n++];
		*p = (struct pick){.unit = kind,
		    .drawn = drawn,
		    .order = atoi(review_fact(r, i, FACT_ORDER))};
		snprintf(p->key, sizeof p->key, "%s", u->key);
	}
}

struct selecting {
	const struct review *r;
	const struct stamp *stamp;
	struct change *out;
	struct err *err;
};

static bool
set_facts(struct selecting *s, int unit, const struct unit_fact *facts)
{
	const struct review_unit *u = review_unit(s->r, unit);

	return review_add(
	    s->r, u->kind, u->key, u->parent, facts, s->stamp, s->out, s->err);
}

/* A row of that kind about the unit, called as the packet calls them. */
static bool
add_row(struct selecting *s, enum unit kind, int unit, const char *prefix)
{
	const struct review_unit *u = review_unit(s->r, unit);
	int parent = unit_parent(kind) == u->kind ? unit : 0;
	char key[EVENT_KEY_MAX + 1], of[EVENT_KEY_MAX + 8];
	struct unit_fact facts[] = {{FACT_LABEL, u->label},
	    {kind == UNIT_SEL ? FACT_OF : FACTS, of}, {FACTS, ""}};

	snprintf(key, sizeof key, "%.3s%.61s", prefix, u->key);
	snprintf(of, sizeof of, "%s/%s", unit_word(u->kind), u->key);
	return review_unit_find(s->r, kind, key) >= 0 ||
	       review_add(
		   s->r, kind, key, parent, facts, s->stamp, s->out, s->err);
}

/* The rows of its own that a selected unit has: its outcome, and interviews
 * as the others have them. */
static bool
add_rows(struct selecting *s, int unit)
{
	enum unit kind = review_unit(s->r, unit)->kind;
	char prefix[8];
	bool caregiver = false;

	for (int i = 1; i < review_units(s->r); i++)
		caregiver |= review_unit(s->r, i)->kind == UNIT_IG;
	snprintf(prefix, sizeof prefix, "%s.", unit_word(kind));
	return add_row(s, UNIT_SEL, unit, prefix) &&
	       (kind != UNIT_CC ||
		   (add_row(s, UNIT_IC, unit, "ic.") &&
		       (!caregiver || add_row(s, UNIT_IG, unit, "ig."))));
}

/* The reason stands as the answer of its question, which nobody types. */
static void
say_why(struct selecting *s, int unit, const char *question, const char *why)
{
	const struct review_unit *u = review_unit(s->r, unit);
	int q = instrument_question(s->r->in, question, strlen(question));
	char key[EVENT_KEY_MAX + 1];
	struct event *e;

	if (q < 0)
		return;
	snprintf(key, sizeof key, "%.2s.%.61s", unit_word(u->kind), u->key);
	e = change_next(s->r, s->out, EVENT_FED, s->stamp);
	e->question = s->r->in->questions[q].id;
	e->unit = UNIT_SEL;
	e->key = arena_strndup(&s->out->arena, key, strlen(key));
	e->text = e->who;
	e->new = (struct response){
	    ANSWER_VALUE, arena_strndup(&s->out->arena, why, strlen(why)), ""};
}

static bool
is_unit(struct selecting *s, int unit)
{
	return (unit > 0 && unit < review_units(s->r) &&
		   is_selectable(review_unit(s->r, unit)->kind)) ||
	       err_set(s->err, ERR_REFUSED,
		   _("the sample has children and staff files only"));
}

static bool
replace(struct selecting *s, int gone, const char *instead, const char *why)
{
	int next =
	    review_unit_find(s->r, review_unit(s->r, gone)->kind, instead);
	const struct unit_fact old[] = {
	    {FACT_DRAWN, drawn_word(DRAWN_REPLACED)}, {FACT_INSTEAD, instead},
	    {FACTS, ""}};
	const struct unit_fact new[] = {{FACT_DRAWN, drawn_word(DRAWN_SAMPLE)},
	    {FACT_WHY, why}, {FACTS, ""}};

	if (!set_facts(s, gone, old) || !set_facts(s, next, new) ||
	    !add_rows(s, next))
		return false;
	say_why(s, gone, "SMP08", why);
	return true;
}

bool
review_replace(const struct review *r, int unit, const char *why,
    const struct stamp *stamp, struct change *out, struct err *err)
{
	struct selecting s = {r, stamp, out, err};
	const struct review_unit *u;
	struct sample sample;
	const char *instead;
	bool ok;

	if (!is_unit(&s, unit))
		return false;
	u = review_unit(r, unit);
	read_sample(r, u->kind, &sample);
	ok = sample_replace(&sample, u->kind, u->key, why, &instead, err) &&
	     replace(&s, unit, instead, why);
	sample_free(&sample);
	return ok;
}

bool
review_extra(const struct review *r, int unit, const char *why,
    const struct stamp *stamp, struct change *out, struct err *err)
{
	struct selecting s = {r, stamp, out, err};
	const struct review_unit *u;
	struct sample sample;
	char order[16];
	bool ok;

	if (!is_unit(&s, unit))
		return false;
	u = review_unit(r, unit);
	read_sample(r, u->kind, &sample);
	ok = sample_add(&sample, u->kind, u->key, why, err);
	if (ok) {
		const struct unit_fact facts[] = {
		    {FACT_DRAWN, drawn_word(DRAWN_PURPOSIVE)},
		    {FACT_ORDER, order}, {FACT_WHY, why}, {FACTS, ""}};

		snprintf(order, sizeof order, "%d",
		    sample_find(&sample, u->kind, u->key)->order);
		ok = set_facts(&s, unit, facts) && add_rows(&s, unit);
		if (ok)
			say_why(&s, unit, "SMP09", why);
	}
	sample_free(&sample);
	return ok;
}
