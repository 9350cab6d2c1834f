/*
 * Placements: which episode each belongs to, which are settings, which are
 * moves (measures.md 4.5), and since when the child is where it is.
 *
 * A placement belongs to the episode in which it began; else to the first that
 * it runs into (it began too early); else it is shown with the episode before
 * it (or the child's first) but counts for nothing. The last two are flagged
 * OUTSIDE. Without any episode it stands behind all others.
 */
#include <stdlib.h>

#include "base/buf.h"
#include "base/date.h"
#include "facts/builder.h"

/* Not settings: a trial home visit, and absences of limited length. */
static bool
is_setting(uint8_t code)
{
	static const bool absence[SETTING_END] = {
	    [SETTING_NONE_GIVEN] = false,
	    [SETTING_RUNAWAY] = true,
	    [SETTING_TRIAL] = true,
	    [SETTING_HOSPITAL] = true,
	    [SETTING_RESPITE] = true,
	    [SETTING_DETENTION] = true,
	};

	return code >= SETTING_END || !absence[code];
}

/* The child's episode (index in the child's order) that the placement belongs
 * to; n when it has none. */
static uint32_t
episode_of(const struct removal *list, uint32_t n, struct placement *p)
{
	uint32_t before = n;

	for (uint32_t i = n; i > 0; i--) {
		if (list[i - 1].date > p->start)
			continue;
		if (p->start <= list[i - 1].discharge)
			return i - 1;
		if (before == n)
			before = i - 1;
	}
	p->outside = 1;
	for (uint32_t i = 0; i < n; i++)
		if (list[i].date > p->start && list[i].date <= p->stop)
			return i;
	/* It touches none: beyond is what must not count. */
	p->outside = 2;
	return before < n || n == 0 ? before : 0;
}

static void
assign_placements(struct facts_builder *b)
{
	const struct rows *rows = &b->staged[EXTRACT_PLACEMENT];
	const uint32_t *first = b->staged[EXTRACT_REMOVAL].first;
	struct removal *removals = ROWS(b, REMOVAL, removal);
	struct child *children = ROWS(b, CHILD, child);
	struct placement *list = rows->data;

	for (uint32_t c = 0; c < ROWS_N(b, CHILD); c++) {
		uint32_t n = first[c + 1] - first[c];

		for (uint32_t i = rows->first[c]; i < rows->first[c + 1]; i++) {
			uint32_t at =
			    episode_of(removals + first[c], n, &list[i]);
			bool lost = at == n;

			if (lost || list[i].outside)
				*(lost ? &children[c].flags
				       : &removals[first[c] + at].flags) |=
				    FACTS_FLAG(OUTSIDE);
			list[i].s.child = lost ? ROWS_N(b, REMOVAL)
					       : b->removal_row[first[c] + at];
		}
	}
}

static bool
same_home(const struct placement *a, const struct placement *b)
{
	return a->provider != 0 && a->provider == b->provider &&
	       a->site == b->site;
}

/* One episode's placements, in order of time. */
static void
judge(struct removal *r, struct placement *list, uint32_t n)
{
	const struct placement *home = NULL, *last = NULL;
	int32_t settings = 0;

	for (uint32_t i = 0; i < n; i++) {
		struct placement *p = &list[i];

		if (p->outside > 1)
			continue;
		if (last == NULL || p->setting != SETTING_TRIAL ||
		    last->setting != SETTING_TRIAL)
			r->setting_since = p->start;
		last = p;
		if (!is_setting(p->setting))
			continue;
		if (home == NULL || !same_home(home, p)) {
			p->is_move = home != NULL;
			settings++;
		}
		home = p;
	}
	if (last == NULL)
		return;
	r->settings = settings;
	r->setting = last->setting;
	if (last->setting == SETTING_TRIAL)
		r->thv = r->setting_since;
}

/* What a bare count says, where there are no placements. */
static void
take_counts(struct facts_builder *b)
{
	const struct rows *rows = &b->staged[EXTRACT_SETTINGS];
	const uint32_t *first = b->staged[EXTRACT_REMOVAL].first;
	struct removal *removals = ROWS(b, REMOVAL, removal);
	const struct count *counts = rows->data;

	for (uint32_t i = 0; i < rows->n; i++) {
		const struct count *c = &counts[i];

		for (uint32_t k = first[c->s.child]; k < first[c->s.child + 1];
		     k++) {
			struct removal *r = &removals[k];

			/* Placements say more; of counts the latest stays,
			 * unless it says nothing. */
			if (r->date != c->removed ||
			    (r->settings != DATE_MISSING && !r->counted) ||
			    (r->counted && c->settings == DATE_MISSING &&
				c->current == 0))
				continue;
			r->settings = c->settings;
			r->counted = 1;
			r->setting = c->current;
			r->setting_since = c->since;
			r->thv =
			    c->current == SETTING_TRIAL && date_known(c->since)
				? c->since
				: DATE_NEVER;
		}
	}
}

void
place_settings(struct facts_builder *b)
{
	struct rows *rows = &b->staged[EXTRACT_PLACEMENT];
	uint32_t removals = ROWS_N(b, REMOVAL);
	struct removal *list = ROWS(b, REMOVAL, removal);
	uint32_t *first;

	assign_placements(b);
	first = xcalloc((size_t)removals + 2, sizeof *first);
	arrange_groups(&rows->data, rows->n, rows->size, removals + 1, first);
	b->placement_first = first;
	for (uint32_t row = 0; row < removals; row++)
		judge(&list[b->removal_at[row]],
		    ROWS(b, PLACEMENT, placement) + first[row],
		    first[row + 1] - first[row]);
	take_counts(b);
}
