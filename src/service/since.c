#include "service/since.h"

#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "base/i18n.h"
#include "service/place.h"
#include "service/refer.h"
#include "service/rights.h"
#include "service/shape.h"

/* --- which two ------------------------------------------------------- */

/* The generation published before this one, 0 when there is none. */
static bool
since_before(struct context *c, uint32_t generation, uint32_t *before)
{
	struct store_generations all = {0};

	*before = 0;
	if (!snaps_list(c->svc->snaps, &all, &c->err))
		return false;
	for (size_t i = 0; i < all.n; i++)
		if (all.list[i].about.generation < generation &&
		    all.list[i].state == STORE_PUBLISHED)
			*before = all.list[i].about.generation;
	store_generations_free(&all);
	return true;
}

static bool
since_generation(struct since *s)
{
	struct context *c = s->c;
	uint32_t generation =
	    (uint32_t)context_number(c, API_FROM_GENERATION, 0);

	s->then.snap = s->now.snap;
	if (generation == 0 && context_text(c, API_SINCE) == NULL &&
	    context_text(c, API_FROM_VERSION) == NULL) {
		if (!since_before(c, s->now.snap->generation, &generation))
			return false;
		if (generation == 0)
			return context_refuse(c, ERR_NO_SUCH_GENERATION,
			    API_FROM_GENERATION,
			    _("there is no earlier generation; since=DAY "
			      "compares with an earlier day"));
	}
	return generation == 0 ||
	       context_take(c, generation, API_FROM_GENERATION, &s->then.snap);
}

bool
since_read(struct context *c, struct since *s)
{
	int32_t as_of, through;

	s->c = c;
	if (!context_facts(c))
		return false;
	s->now.snap = c->snap;
	if (!since_generation(s))
		return false;
	s->now.as_of = (int32_t)context_number(
	    c, API_AS_OF, facts_about(c->facts)->data_through);
	/* As known from the other data: by their own last day, or this one. */
	through = facts_about(s->then.snap->facts)->data_through;
	as_of =
	    context_text(c, API_AS_OF) != NULL || s->then.snap == s->now.snap
		? s->now.as_of
		: through;
	s->then.as_of = (int32_t)context_number(c, API_SINCE, as_of);
	return true;
}

void
since_look(struct since *s, const struct since_side *side)
{
	context_look(s->c, side->snap);
}

/* --- the query ------------------------------------------------------- */

static bool
since_node(struct since *s, uint32_t *node)
{
	if (*node == FACTS_NO_ROW)
		return true;
	*node = facts_find_node(s->then.snap->facts,
	    facts_str(s->now.snap->facts, FACTS_NODE_ID, *node));
	return *node != FACTS_NO_ROW;
}

void
since_query(struct since *s)
{
	struct query *q = &s->then.query;

	*q = s->now.query;
	s->now.placed = true;
	s->then.placed = since_node(s, &q->at);
	for (int i = 0; i < q->where_n; i++)
		if (attribute_is_level(q->where[i].attribute) &&
		    !since_node(s, &q->where[i].value))
			s->then.placed = false;
}

/* --- compared once --------------------------------------------------- */

static void
since_key(struct buf *key, const struct since *s, const char *what)
{
	const struct query *q = &s->now.query;

	buf_printf(key, "%s|%u|%u|%d|%d|%s|%s|%u", what,
	    s->now.snap->generation, s->then.snap->generation, s->now.as_of,
	    s->then.as_of, s->now.version, s->then.version, q->at);
	for (int i = 0; i < q->where_n; i++)
		buf_printf(key, "|%d=%u", (int)q->where[i].attribute,
		    q->where[i].value);
}

const char *
since_words(const struct since *s)
{
	struct buf key = {0};
	const char *words;

	since_key(&key, s, "sides");
	words = arena_strndup(&s->c->arena, buf_text(&key), key.len);
	buf_free(&key);
	return words;
}

static void
since_moves_free(void *data)
{
	moves_free(data);
}

const struct moves *
since_moves(struct since *s, int clock, const struct moves_side sides[2])
{
	struct cache_value v = {.free = since_moves_free};
	struct buf key = {0};
	struct moves *m;

	buf_printf(&key, "%d|", clock);
	since_key(&key, s, "moves");
	m = context_cached(s->c, buf_text(&key));
	if (m == NULL) {
		v.data = m = moves_new(&sides[0], &sides[1]);
		v.bytes = sizeof *m + m->rows_n * sizeof *m->rows;
		m = context_remember(s->c, buf_text(&key), &v);
	}
	buf_free(&key);
	return m;
}

static void
since_diff_free(void *data)
{
	diff_free(data);
}

const struct diff *
since_diff(struct since *s, const char *what, const struct diff_side sides[2])
{
	struct cache_value v = {.free = since_diff_free};
	struct buf key = {0};
	struct diff *d;

	since_key(&key, s, what);
	d = context_cached(s->c, buf_text(&key));
	if (d == NULL) {
		v.data = d = diff_new(&sides[0], &sides[1]);
		v.bytes = sizeof *d + d->rows_n * sizeof *d->rows;
		d = context_remember(s->c, buf_text(&key), &v);
	}
	buf_free(&key);
	return d;
}

/* --- parts of the answer --------------------------------------------- */

static void
since_side(struct since *s, const char *key, const struct since_side *side)
{
	const struct facts_about *about = facts_about(side->snap->facts);
	struct json *j = &s->c->json;

	json_key(j, key);
	json_object(j);
	json_kv_int(j, "generation", side->snap->generation);
	json_kv_date(j, "data_through", about->data_through);
	json_kv_date(j, "as_of", side->as_of);
	json_kv_string(j, "version", side->version);
	json_object_end(j);
}

void
since_sides(struct since *s)
{
	since_side(s, "then", &s->then);
	since_side(s, "now", &s->now);
}

void
since_counts(struct since *s)
{
	const struct codeset *set = &codesets[CODES_DIFF];
	struct json *j = &s->c->json;

	json_key(j, "counts");
	json_array(j);
	for (int i = 1; i < DIFF_END; i++) {
		const struct api_bucket r = {
		    .id = code_word(set, i),
		    .label = _(code_label(set, i)),
		    .count = s->counts[i],
		};

		api_object(j, API_RESOURCE_bucket, &r);
	}
	json_array_end(j);
}

void
since_refer(struct since *s, struct refer *r)
{
	r->as_of = s->now.as_of;
	r->query = &s->now.query;
	r->version = s->now.version;
	r->view = (int)context_number(s->c, API_DIFF, 0);
	r->compares = true;
	r->other_version = s->then.version;
	r->other_generation = s->then.snap->generation;
	r->other_as_of = s->then.as_of;
	refer_member(s->c, r);
}

/* --- by unit --------------------------------------------------------- */

struct since_units {
	struct since *s;
	int level;		     /* 0: not asked for */
	int64_t (*counts)[DIFF_END]; /* by node of now; [0]: shown */
	uint32_t *as_now; /* by node of then: the same node now, or NO_ROW */
};

struct since_units *
since_units(struct since *s)
{
	const struct facts *now = s->now.snap->facts;
	const struct facts *then = s->then.snap->facts;
	uint32_t n = facts_rows(then, FACTS_NODE);
	struct since_units *u = arena_alloc(&s->c->arena, sizeof *u);

	*u = (struct since_units){.s = s};
	if (s->now.query.by_n == 0)
		return u;
	u->level = (int)s->now.query.by[0] + 1;
	u->counts = xcalloc(facts_rows(now, FACTS_NODE), sizeof *u->counts);
	context_hold(s->c, u->counts, free);
	u->as_now = xcalloc((size_t)n + 1, sizeof *u->as_now);
	context_hold(s->c, u->as_now, free);
	for (uint32_t i = 0; i < n; i++)
		u->as_now[i] =
		    facts_find_node(now, facts_str(then, FACTS_NODE_ID, i));
	return u;
}

void
since_units_add(struct since_units *u, int change, bool now, uint32_t path)
{
	const struct since_side *side = now ? &u->s->now : &u->s->then;
	uint32_t node;

	u->s->counts[change]++;
	if (u->level == 0)
		return;
	node = facts_path_node(side->snap->facts, path, u->level);
	if (node != FACTS_NO_ROW && !now)
		node = u->as_now[node];
	if (node == FACTS_NO_ROW)
		return;
	u->counts[node][0] = 1;
	u->counts[node][change]++;
}

static void
since_unit(struct since_units *u, uint32_t node)
{
	struct api_node r = shape_node_of(u->s->c, node);
	struct json *j = &u->s->c->json;

	json_object(j);
	api_members(j, API_RESOURCE_node, &r);
	json_key(j, "counts");
	json_array(j);
	for (int i = 1; i < DIFF_END; i++)
		json_int(j, u->counts[node][i]);
	json_array_end(j);
	json_object_end(j);
}

/* Units without a change are shown too; what is unassigned only with one. */
void
since_units_write(struct since_units *u)
{
	struct context *c = u->s->c;
	const struct facts *f = u->s->now.snap->facts;
	struct place_nodes units = {0}, shown = {0};

	json_key(&c->json, "by_rows");
	json_array(&c->json);
	if (u->level > 0) {
		units = place_level(&c->arena, f, u->s->now.query.at, u->level,
		    u->s->now.as_of);
		for (size_t i = 0; i < units.n; i++)
			if (!facts_u8(f, FACTS_NODE_UNASSIGNED)[units.at[i]])
				u->counts[units.at[i]][0] = 1;
		shown.at = arena_alloc(
		    &c->arena, facts_rows(f, FACTS_NODE) * sizeof *shown.at);
		for (uint32_t i = 0; i < facts_rows(f, FACTS_NODE); i++)
			if (u->counts[i][0] > 0)
				shown.at[shown.n++] = i;
		place_sort(f, &shown);
	}
	for (size_t i = 0; i < shown.n; i++)
		since_unit(u, shown.at[i]);
	json_array_end(&c->json);
}
