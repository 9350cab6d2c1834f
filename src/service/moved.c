/* GET /v1/moves: what became of the duties of a clock between two days or
 * generations: new, gone, met, missed, moved, stopped. */
#include "service/handlers.h"

#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "base/i18n.h"
#include "measure/moves.h"
#include "service/history.h"
#include "service/refer.h"
#include "service/listing.h"
#include "service/rights.h"
#include "service/shape.h"
#include "service/shape_duty.h"
#include "service/since.h"

struct moved {
	struct context *c;
	struct since since;
	int clock;
	const struct measures *measures[2]; /* then, now */
	char versions[2][CLOCK_VERSION];
	struct moves_side sides[2];
	const struct moves *moves;
	struct listing list; /* of uint32_t, rows of moves */
};

/* --- asking ---------------------------------------------------------- */

static bool
moved_clock(struct moved *d)
{
	struct context *c = d->c;
	const char *past = context_text(c, API_FROM_VERSION);

	d->clock = (int)context_number(c, API_CLOCK, 0);
	d->measures[1] = scope_clock(c, d->clock);
	d->measures[0] = d->measures[1];
	if (d->measures[1] != NULL && past != NULL)
		d->measures[0] =
		    history_clock(c->svc->history, d->clock, past, &c->err);
	if (d->measures[1] == NULL || d->measures[0] == NULL)
		return d->measures[1] != NULL &&
		       context_refuse(c, ERR_NO_SUCH_MEASURE, API_FROM_VERSION,
			   _("no such version of this clock is kept"));
	for (int i = 0; i < 2; i++)
		clock_version(d->measures[i], d->clock, d->versions[i]);
	d->since.then.version = d->versions[0];
	d->since.now.version = d->versions[1];
	return true;
}

static bool
moved_read(struct moved *d)
{
	struct context *c = d->c;
	struct query *q = &d->since.now.query;

	if (!since_read(c, &d->since) || !moved_clock(d) ||
	    !scope_node(c, API_AT, &q->at) || !scope_where(c, q) ||
	    !scope_by(c, q))
		return false;
	if (q->by_n > 1 || (q->by_n == 1 && !attribute_is_level(q->by[0])))
		return context_refuse(c, ERR_BAD_VALUE, API_BY,
		    _("duties are counted by one level of the tree"));
	since_query(&d->since);
	return true;
}

static void
moved_side(struct moved *d, int i, const struct since_side *side)
{
	since_look(&d->since, side);
	d->sides[i] = (struct moves_side){
	    .facts = side->snap->facts,
	    .duties = scope_duties(d->c, d->measures[i], d->clock, side->as_of),
	    .query = side->placed ? &side->query : NULL,
	};
}

static const struct duty *
moved_duty(const struct moved *d, const struct move *m, int side)
{
	uint32_t row = side == 1 ? m->now : m->then;

	return row != FACTS_NO_ROW ? &d->sides[side].duties->rows[row] : NULL;
}

/* Now's where there is one, else then's. */
static const struct duty *
moved_any(const struct moved *d, const struct move *m)
{
	return m->now != FACTS_NO_ROW ? &d->sides[1].duties->rows[m->now]
				      : &d->sides[0].duties->rows[m->then];
}

static void
moved_collect(struct moved *d, struct since_units *units)
{
	int wanted = (int)context_number(d->c, API_DIFF, 0);
	uint32_t *rows = xcalloc(d->moves->rows_n + 1, sizeof *rows);

	context_hold(d->c, rows, free);
	for (size_t i = 0; i < d->moves->rows_n; i++) {
		const struct move *m = &d->moves->rows[i];
		bool now = m->now != FACTS_NO_ROW;

		since_units_add(units, m->change, now, moved_any(d, m)->path);
		if (wanted == 0 || m->change == wanted)
			rows[d->list.page.n++] = (uint32_t)i;
	}
	d->list.rows = rows;
}

/* --- pages ----------------------------------------------------------- */

static int
moved_shown(const struct move *m)
{
	return m->now != FACTS_NO_ROW;
}

static const char *
moved_id(const struct moved *d, const struct move *m)
{
	int side = moved_shown(m);

	return duty_id(d->sides[side].duties, d->sides[side].facts,
	    side == 1 ? m->now : m->then);
}

/* The id, and which of its rows: what is gone and what is new may be one
 * child's. */
static const char *
moved_key(const struct moved *d, size_t i)
{
	const char *id = moved_id(d, &d->moves->rows[i]);
	size_t k = i;

	while (k > 0 && strcmp(moved_id(d, &d->moves->rows[k - 1]), id) == 0)
		k--;
	return i == k ? id : arena_printf(&d->c->arena, "%s~%zu", id, i - k);
}

/* The child in now's snapshot. */
static uint32_t
moved_child(const struct moved *d, const struct move *m)
{
	const struct duty *duty = moved_any(d, m);

	if (duty->child == FACTS_NO_ROW || moved_shown(m))
		return duty->child;
	return facts_find_child(d->sides[1].facts, moved_id(d, m));
}

static bool
moved_looked(struct moved *d)
{
	const struct page *p = &d->list.page;
	const uint32_t *rows = d->list.rows;
	uint32_t *children = arena_alloc(
	    &d->c->arena, (p->end - p->first + 1) * sizeof *children);
	size_t n = 0;

	for (size_t i = p->first; i < p->end; i++) {
		uint32_t child = moved_child(d, &d->moves->rows[rows[i]]);

		if (child != FACTS_NO_ROW)
			children[n++] = child;
	}
	return shape_looked(d->c, children, n);
}

/* --- one row --------------------------------------------------------- */

static const char *
moved_sentence(struct moved *d, const struct move *m, const struct duty *then)
{
	int32_t late =
	    then != NULL && date_known(m->done) && date_known(then->due)
		? m->done - then->due
		: 0;
	char day[DATE_TEXT], was[DATE_TEXT];
	struct arena *arena = &d->c->arena;
	const struct duty *now = moved_duty(d, m, 1);

	if (date_known(m->done) && late > 0)
		return arena_printf(arena,
		    ngettext("done on %s, %d day late",
			"done on %s, %d days late", (unsigned)late),
		    date_format(m->done, day), late);
	if (date_known(m->done))
		return arena_printf(
		    arena, _("done on %s"), date_format(m->done, day));
	if (m->change == DIFF_MOVED && then != NULL && now != NULL &&
	    date_known(then->due) && date_known(now->due))
		return arena_printf(arena, _("due on %s, was %s"),
		    date_format(now->due, day), date_format(then->due, was));
	if (m->change == DIFF_MISSED && then != NULL)
		return arena_printf(
		    arena, _("was due on %s"), date_format(then->due, day));
	return "";
}

static const char *
moved_node(const struct moved *d, const struct move *m, int level,
    enum facts_column column)
{
	int side = moved_shown(m);
	const struct facts *f = d->sides[side].facts;
	uint32_t node = facts_path_node(f, moved_any(d, m)->path, level);

	return node != FACTS_NO_ROW ? facts_str(f, column, node) : NULL;
}

static void
moved_row(void *of, const void *at, bool all, void *value)
{
	struct moved *d = of;
	size_t i = *(const uint32_t *)at;
	const struct move *m = &d->moves->rows[i];
	const struct duty *then = moved_duty(d, m, 0);
	const struct duty *now = moved_duty(d, m, 1);
	uint32_t child = moved_child(d, m);

	(void)all;
	*(struct api_move *)value = (struct api_move){
	    .key = moved_key(d, i),
	    .child_id =
		over_has_child(clock_over(d->clock)) ? moved_id(d, m) : NULL,
	    .name = child != FACTS_NO_ROW ? shape_name(d->c, child) : NULL,
	    .node = moved_node(d, m, LEVEL_WORKER, FACTS_NODE_ID),
	    .unit = moved_node(d, m, LEVEL_UNIT, FACTS_NODE_NAME),
	    .worker = moved_node(d, m, LEVEL_WORKER, FACTS_NODE_NAME),
	    .change = shape_word(CODES_DIFF, m->change),
	    .then_state =
		then != NULL ? shape_word(CODES_DUTY, then->state) : NULL,
	    .then_due = then != NULL ? then->due : DATE_NEVER,
	    .now_state =
		now != NULL ? shape_word(CODES_DUTY, now->state) : NULL,
	    .now_due = now != NULL ? now->due : DATE_NEVER,
	    .done = m->done,
	    .text = moved_sentence(d, m, then),
	};
}

static const char *
moved_row_key(void *of, const void *row)
{
	return moved_key(of, *(const uint32_t *)row);
}

static const struct listing_column moved_columns[] = {
    {"child_id", LISTING_TEXT, false},
    {"change", CODES_DIFF, false},
    {"then_due", LISTING_TEXT, false},
    {"now_due", LISTING_TEXT, false},
    {"text", LISTING_TEXT, false},
    {"worker", LISTING_TEXT, false},
    {"name", LISTING_TEXT, false},
    {"unit", LISTING_TEXT, false},
    {0},
};

/* --- the whole ------------------------------------------------------- */

static void
moved_head(struct moved *d)
{
	struct context *c = d->c;
	char id[HISTORY_CLOCK];
	struct refer refer = {
	    .kind = REFCODE_MOVES, .subject = history_clock_id(d->clock, id)};
	uint32_t at = d->since.now.query.at;

	shape_about(c);
	shape_duty_clock(c, "clock", clock_about(d->measures[1], d->clock));
	shape_node(c, "at", at);
	shape_path(c, at, d->since.now.as_of);
	json_kv_date(&c->json, "as_of", d->since.now.as_of);
	since_sides(&d->since);
	shape_where(c, &d->since.now.query);
	since_refer(&d->since, &refer);
	json_kv_int(&c->json, "alike", (int64_t)d->moves->alike);
}

bool
moved_answer(struct context *c)
{
	struct moved d = {.c = c,
	    .list = {.resource = API_RESOURCE_move,
		.columns = moved_columns,
		.size = sizeof(uint32_t),
		.key = moved_row_key,
		.read = moved_row,
		.of = &d}};
	struct since_units *units;

	if (!moved_read(&d) ||
	    !rights_may(c, d.since.now.query.at, RIGHT_CHILDREN))
		return false;
	moved_side(&d, 0, &d.since.then);
	moved_side(&d, 1, &d.since.now);
	d.moves = since_moves(&d.since, d.clock, d.sides);
	units = since_units(&d.since);
	moved_collect(&d, units);
	d.list.lasting = since_words(&d.since);
	if (!listing_turn(c, &d.list) || !moved_looked(&d))
		return false;
	moved_head(&d);
	since_counts(&d.since);
	listing_write(c, &d.list);
	since_units_write(units);
	return true;
}
