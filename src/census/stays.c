/*
 * Stays. The placements of one episode are walked in order of time: one that
 * has a home begins, goes on with or ends the stay that is open; one that is
 * an absence only says what lies between. A home that changes hands is cut on
 * that day.
 */
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/date.h"
#include "census/index.h"

struct walk {
	struct census *c;
	uint32_t child, removal;
	int32_t out; /* the episode's end; DATE_NEVER */
	struct facts_range rows;
	struct stay open;
	bool is_open;
	/* The last absence since the open stay's home; NO_ROW none. */
	uint32_t away;
};

bool
stays_absence(uint8_t setting)
{
	return setting == SETTING_RUNAWAY || setting == SETTING_TRIAL ||
	       setting == SETTING_HOSPITAL || setting == SETTING_RESPITE ||
	       setting == SETTING_DETENTION;
}

uint32_t
stays_org(const struct census *c, uint32_t placement)
{
	uint32_t id = facts_u32(c->facts, FACTS_PLACEMENT_PROVIDER)[placement];
	uint32_t site;

	if (id == 0) {
		site = offsets_find(&c->site_of,
		    facts_u32(c->facts, FACTS_PLACEMENT_SITE)[placement]);
		if (site == CENSUS_NONE)
			return CENSUS_NONE;
		id = facts_u32(c->facts, FACTS_SITE_PROVIDER)[site];
	}
	return offsets_find(&c->org_of, id);
}

/* A placement that lies wholly outside of its episode counts for nothing. */
static bool
counts(const struct census *c, uint32_t p)
{
	const struct facts *f = c->facts;
	uint32_t removal = facts_u32(f, FACTS_PLACEMENT_REMOVAL)[p];
	int32_t start = facts_i32(f, FACTS_PLACEMENT_START)[p];

	return date_known(start) && removal != FACTS_NO_ROW &&
	       start <= facts_i32(f, FACTS_REMOVAL_DISCHARGE)[removal] &&
	       facts_i32(f, FACTS_PLACEMENT_STOP)[p] >=
		   facts_i32(f, FACTS_REMOVAL_DATE)[removal];
}

static bool
is_home(const struct census *c, uint32_t p)
{
	return counts(c, p) &&
	       !stays_absence(facts_u8(c->facts, FACTS_PLACEMENT_SETTING)[p]);
}

/* A placement whose end nobody entered ends where the next home begins; no
 * placement outlives the episode. */
int32_t
stays_stop(const struct census *c, uint32_t p)
{
	const struct facts *f = c->facts;
	uint32_t removal = facts_u32(f, FACTS_PLACEMENT_REMOVAL)[p];
	struct facts_range rows = facts_removal_placements(f, removal);
	const int32_t *start = facts_i32(f, FACTS_PLACEMENT_START);
	int32_t stop = facts_i32(f, FACTS_PLACEMENT_STOP)[p];
	int32_t out = facts_i32(f, FACTS_REMOVAL_DISCHARGE)[removal];

	for (uint32_t i = p + 1; i < rows.end; i++) {
		if (!is_home(c, i))
			continue;
		stop = start[i] < stop ? start[i] : stop;
		break;
	}
	stop = out < stop ? out : stop;
	return stop > start[p] ? stop : start[p];
}

static void
push(struct walk *w)
{
	struct census *c = w->c;

	if (!w->is_open)
		return;
	w->is_open = false;
	grow(&c->stays, &c->stays_cap, c->stays_n + 1, sizeof *c->stays);
	c->stays[c->stays_n++] = w->open;
}

static const struct census_rule *
rule_on(const struct walk *w, int32_t day)
{
	return census_rule_on(w->c->rules, day);
}

static uint8_t
asked_of(const struct walk *w, uint32_t placement)
{
	return placement == FACTS_NO_ROW
		   ? 0
		   : facts_u8(
			 w->c->facts, FACTS_PLACEMENT_REQUESTED)[placement];
}

/* Who asked for the move from the open stay's home to the next placement (or
 * NO_ROW: out of care), with an absence between or none. */
static uint8_t
asked_for(const struct walk *w, uint32_t away, uint32_t next)
{
	uint8_t asked;

	if (rule_on(w, w->open.to)->asked == CENSUS_ASKED_START)
		return asked_of(w, next);
	asked = asked_of(w, away);
	return asked != 0 ? asked : asked_of(w, w->open.last);
}

/* Who asked for the absence that became more than one. */
static uint8_t
asked_away(const struct walk *w)
{
	return rule_on(w, w->open.to)->asked == CENSUS_ASKED_START
		   ? asked_of(w, w->away)
		   : asked_of(w, w->open.last);
}

static void
end_moved(struct walk *w, uint8_t setting, uint8_t asked)
{
	w->open.end = CENSUS_MOVED;
	w->open.to_setting = setting;
	w->open.asked = asked;
	push(w);
}

/* Gone for good into what had looked like an absence. */
static void
end_away(struct walk *w)
{
	end_moved(w, facts_u8(w->c->facts, FACTS_PLACEMENT_SETTING)[w->away],
	    asked_away(w));
}

/* Whether the days since the open stay's home are no more than an absence. */
static bool
is_short(const struct walk *w, int32_t day)
{
	return day - w->open.to <= rule_on(w, w->open.to)->absence_days;
}

static void
begin(struct walk *w, uint32_t placement, uint32_t operator, int32_t from,
    int32_t to)
{
	w->open = (struct stay){.operator= operator,
	    .child = w->child,
	    .removal = w->removal,
	    .first = placement,
	    .last = placement,
	    .from = from,
	    .to = to,
	    .setting =
		facts_u8(w->c->facts, FACTS_PLACEMENT_SETTING)[placement]};
	w->is_open = true;
	w->away = FACTS_NO_ROW;
}

/* One stretch of a home under one operator. */
static void
take_piece(struct walk *w, uint32_t placement, uint32_t operator, int32_t from,
    int32_t to)
{
	const uint8_t *setting = facts_u8(w->c->facts, FACTS_PLACEMENT_SETTING);

	if (w->is_open && w->open.operator== operator&& is_short(w, from)) {
		w->open.last = placement;
		w->open.setting = setting[placement];
		w->open.to = to;
		w->away = FACTS_NO_ROW;
		return;
	}
	if (w->is_open && w->open.last == placement) {
		w->open.end = CENSUS_HANDED;
		push(w);
	} else if (w->is_open && w->away != FACTS_NO_ROW &&
		   !is_short(w, from)) {
		end_away(w);
	} else if (w->is_open) {
		/* Back after a long time of which nobody tells: to where is
		 * not known. */
		end_moved(w,
		    w->open.operator== operator? 0 : setting[placement],
		    asked_for(w, w->away, placement));
	}
	if (operator!= CENSUS_NONE)
		begin(w, placement, operator, from, to);
}

/* A home, cut where it changes hands. */
static void
take_home(struct walk *w, uint32_t placement)
{
	const struct census *c = w->c;
	uint32_t org = stays_org(c, placement);
	int32_t from = facts_i32(c->facts, FACTS_PLACEMENT_START)[placement];
	int32_t stop = stays_stop(c, placement);
	const struct org *o;

	if (org == CENSUS_NONE) {
		take_piece(w, placement, CENSUS_NONE, from, stop);
		return;
	}
	o = &c->orgs[org];
	for (uint32_t i = 0; i < o->turns; i++) {
		const struct turn *t = &c->turns[o->turn + i];
		bool last = i + 1 == o->turns;
		int32_t end = last ? DATE_NEVER : t[1].from - 1;
		int32_t begun = t->from > from ? t->from : from;

		if (begun > stop || end < from)
			continue;
		take_piece(
		    w, placement, t->operator, begun, end < stop ? end : stop);
	}
}

/* What is still open when the episode's placements are all read. */
static void
end_episode(struct walk *w)
{
	const struct census *c = w->c;
	int32_t out = w->out;

	if (!w->is_open)
		return;
	if (date_known(out) && is_short(w, out)) {
		w->open.end = CENSUS_LEFT;
		w->open.asked = asked_for(w, w->away, FACTS_NO_ROW);
		w->open.why =
		    facts_u8(c->facts, FACTS_REMOVAL_WHY_OUT)[w->removal];
		w->open.to = out;
	} else if (w->open.to == DATE_NEVER) {
		/* There still. */
	} else if (w->away == FACTS_NO_ROW) {
		end_moved(w, 0, asked_for(w, FACTS_NO_ROW, FACTS_NO_ROW));
	} else if (date_known(out) || !is_short(w, c->through)) {
		end_away(w);
	} else {
		w->open.to = DATE_NEVER; /* away, and may yet come back */
	}
	push(w);
}

static void
walk_episode(struct census *c, uint32_t child, uint32_t removal)
{
	struct walk w = {.c = c,
	    .child = child,
	    .removal = removal,
	    .out = facts_i32(c->facts, FACTS_REMOVAL_DISCHARGE)[removal],
	    .rows = facts_removal_placements(c->facts, removal),
	    .away = FACTS_NO_ROW};

	for (uint32_t i = w.rows.first; i < w.rows.end; i++) {
		if (is_home(c, i))
			take_home(&w, i);
		else if (counts(c, i) && w.is_open)
			w.away = i;
	}
	end_episode(&w);
}

static int
stay_order(const void *x, const void *y)
{
	const struct stay *a = x, *b = y;

	if (a->operator!= b->operator)
		return a->operator<b->operator? -1 : 1;
	if (a->child != b->child)
		return a->child < b->child ? -1 : 1;
	if (a->from != b->from)
		return a->from < b->from ? -1 : 1;
	return (a->first > b->first) - (a->first < b->first);
}

void
stays_find(struct census *c)
{
	const struct facts *f = c->facts;
	uint32_t children = facts_rows(f, FACTS_CHILD), n;

	for (uint32_t child = 0; child < children; child++) {
		const uint32_t *list = facts_child_removals(f, child, &n);

		for (uint32_t i = 0; i < n; i++)
			walk_episode(c, child, list[i]);
	}
	if (c->stays_n > 0)
		qsort(c->stays, c->stays_n, sizeof *c->stays, stay_order);
	c->stay_first = xcalloc((size_t)c->orgs_n + 2, sizeof *c->stay_first);
	for (size_t i = 0; i < c->stays_n; i++)
		c->stay_first[c->stays[i].operator + 1]++;
	for (uint32_t i = 0; i < c->orgs_n; i++)
		c->stay_first[i + 1] += c->stay_first[i];
}

static int8_t
level_of(const struct census_rule *rule, const struct stay *s)
{
	return s->end == CENSUS_LEFT
		   ? rule->discharge[s->why < DISCHARGE_END ? s->why : 0]
		   : rule->setting[s->to_setting < SETTING_END ? s->to_setting
							       : 0];
}

enum census_known
stay_less(const struct census *c, const struct stay *s)
{
	const struct census_rule *rule = census_rule_on(c->rules, s->to);
	int8_t to = level_of(rule, s);
	int8_t here = s->setting < SETTING_END ? rule->setting[s->setting] : 0;

	if (to == CENSUS_LEVEL_NEVER)
		return CENSUS_NO;
	if (to == CENSUS_LEVEL_UNKNOWN || here <= 0)
		return CENSUS_UNKNOWN;
	return to < here ? CENSUS_YES : CENSUS_NO;
}
