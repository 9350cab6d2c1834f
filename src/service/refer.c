#include "service/refer.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "measure/feed.h"
#include "measure/quality.h"
#include "service/history.h"

/* --- what hashes stand for ------------------------------------------- */

uint32_t
refer_mark(const struct facts_about *about)
{
	char text[64];

	snprintf(text, sizeof text, "%" PRId64 " %" PRId32, about->loaded_at,
	    about->data_through);
	return refcode_hash(0, text, REFCODE_MARK);
}

/* The i-th that a code of that kind may be about; NULL past the last. Of
 * measures and clocks every version kept. */
static const char *
refer_nth(const struct context *c, enum refcode_kind kind, size_t i)
{
	if (kind == REFCODE_QUALITY)
		return i < QUALITY_RULES ? quality_about((int)i)->code : NULL;
	if (kind == REFCODE_ENTRY)
		return i < FEEDS ? feed_word((enum feed)i) : NULL;
	return i < history_n(c->svc->history)
		   ? history_at(c->svc->history, i)->id
		   : NULL;
}

const char *
refer_subject(const struct context *c, const struct refcode *r)
{
	const char *id;

	for (size_t i = 0; (id = refer_nth(c, r->kind, i)) != NULL; i++)
		if (refcode_hash(r->salt, id, REFCODE_SUBJECT) == r->subject)
			return id;
	return NULL;
}

/* What a rule of quality or a limit of entry says, as far as it decides. */
static void
refer_rule_text(const struct context *c, enum refcode_kind kind, int i,
    int32_t day, struct buf *out)
{
	const struct feed_limit *limit;

	if (kind == REFCODE_QUALITY) {
		buf_printf(out, "%s|%s|", quality_about(i)->code,
		    quality_about(i)->text);
		return;
	}
	limit = feed_limit_on(c->svc->measures, (enum feed)i, day);
	buf_printf(out, "%s|%d|", feed_word((enum feed)i),
	    limit != NULL ? limit->days : -1);
}

const char *
refer_rules(
    struct context *c, enum refcode_kind kind, const char *subject, int32_t day)
{
	struct buf all = {0};
	const char *id, *version;

	for (size_t i = 0; (id = refer_nth(c, kind, i)) != NULL; i++)
		if (subject == NULL || strcmp(id, subject) == 0)
			refer_rule_text(c, kind, (int)i, day, &all);
	version = arena_printf(
	    &c->arena, "%08" PRIx32, refcode_hash(0, buf_text(&all), 32));
	buf_free(&all);
	return version;
}

const char *
refer_version_of(const struct context *c, const struct refcode *r,
    const char *subject, uint32_t hash)
{
	const struct history *h = c->svc->history;

	for (size_t i = 0; i < history_n(h); i++) {
		const struct history_version *v = history_at(h, i);

		if (strcmp(v->id, subject) == 0 &&
		    refcode_hash(r->salt, v->version, REFCODE_VERSION) == hash)
			return v->version;
	}
	return NULL;
}

const char *
refer_version(
    const struct context *c, const struct refcode *r, const char *subject)
{
	return refer_version_of(c, r, subject, r->version);
}

uint32_t
refer_node(const struct facts *facts, const struct refcode *r, uint32_t hash)
{
	uint32_t rows = facts_rows(facts, FACTS_NODE);

	for (uint32_t i = 0; i < rows; i++)
		if (refcode_hash(r->salt, facts_str(facts, FACTS_NODE_ID, i),
			REFCODE_NODE) == hash)
			return i;
	return FACTS_NO_ROW;
}

enum attribute
refer_attribute(const struct refcode *r, uint32_t hash)
{
	for (int a = 0; a < ATTRIBUTES; a++)
		if (refcode_hash(r->salt, attribute_word((enum attribute)a),
			REFCODE_ATTRIBUTE) == hash)
			return (enum attribute)a;
	return ATTRIBUTES;
}

/* 0 is what was not given; it has a word in some vocabularies only. */
static int
refer_values(enum attribute a)
{
	return attribute_codes(a)->n + 1;
}

int
refer_value(const struct refcode *r, enum attribute a, uint32_t hash)
{
	for (int v = 0; v < refer_values(a); v++) {
		const char *word = attribute_value_word(a, v);

		if (refcode_hash(r->salt, word, REFCODE_VALUE) == hash)
			return attribute_value_find(a, word, strlen(word));
	}
	return -1;
}

const struct peer_set *
refer_peers(const struct context *c, const struct refcode *r)
{
	const struct measures *ms = c->svc->measures;

	for (int i = 0; i < measures_peers_n(ms); i++) {
		const struct peer_set *set = measures_peers_at(ms, i);

		if (refcode_hash(r->salt, set->name, REFCODE_SUBJECT) ==
			r->peers &&
		    refcode_hash(r->salt, set->version, REFCODE_VERSION) ==
			r->peers_version)
			return set;
	}
	return NULL;
}

const char *
refer_peers_name(const struct context *c, const struct refcode *r)
{
	const struct measures *ms = c->svc->measures;
	const char *name;

	for (int i = 0; (name = measures_peers_name(ms, i)) != NULL; i++)
		if (refcode_hash(r->salt, name, REFCODE_SUBJECT) == r->peers)
			return name;
	return NULL;
}

/* --- nodes by hash --------------------------------------------------- */

/* The hashes of all nodes under a salt, in order: which stand for one only. */
struct refer_nodes {
	uint32_t n;
	uint32_t hash[];
};

static int
refer_compare(const void *a, const void *b)
{
	uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;

	return (x > y) - (x < y);
}

static const struct refer_nodes *
refer_nodes(struct context *c, unsigned salt)
{
	uint32_t rows = facts_rows(c->facts, FACTS_NODE);
	struct cache_value v = {.free = free};
	struct refer_nodes *nodes;
	char key[64];

	snprintf(key, sizeof key, "refer|%u|%u", c->snap->generation, salt);
	nodes = context_cached(c, key);
	if (nodes != NULL)
		return nodes;
	v.bytes = sizeof *nodes + rows * sizeof *nodes->hash;
	v.data = nodes = xmalloc(v.bytes);
	nodes->n = rows;
	for (uint32_t i = 0; i < rows; i++)
		nodes->hash[i] = refcode_hash(
		    salt, facts_str(c->facts, FACTS_NODE_ID, i), REFCODE_NODE);
	qsort(nodes->hash, rows, sizeof *nodes->hash, refer_compare);
	return context_remember(c, key, &v);
}

static bool
refer_node_alone(const struct refer_nodes *nodes, uint32_t hash)
{
	const uint32_t *at = bsearch(
	    &hash, nodes->hash, nodes->n, sizeof *nodes->hash, refer_compare);

	return at != NULL && (at == nodes->hash || at[-1] != hash) &&
	       (at == &nodes->hash[nodes->n - 1] || at[1] != hash);
}

/* --- writing --------------------------------------------------------- */

/* What is the same in all codes of an answer, under one salt. */
struct refer_base {
	struct refcode code;
	bool made;
	bool clear;			 /* each hash leads back */
	const struct refer_nodes *nodes; /* NULL: not yet needed */
};

struct refer_many {
	struct context *c;
	struct refer refer;
	struct refer_base base[REFCODE_SALTS];
	/* By level: bit of a node, whether it also lies outside the place. */
	uint8_t *strays[LEVEL_END];
};

/* One code in the making: under this salt each hash must lead back. */
struct refer_draft {
	struct refer_many *many;
	struct context *c;
	struct refer_base *base;
	struct refcode code;
	bool clear; /* no hash stands for two */
};

static uint32_t
refer_hash(const struct refer_draft *d, const char *word, int bits)
{
	return refcode_hash(d->code.salt, word, bits);
}

/* Rules of quality and of entry have one version only: the present. */
static void
refer_draft_subject(struct refer_draft *d)
{
	const struct refer *r = &d->many->refer;
	bool kept = r->kind != REFCODE_QUALITY && r->kind != REFCODE_ENTRY;
	const char *found;

	if (r->version != NULL)
		d->code.version = refer_hash(d, r->version, REFCODE_VERSION);
	if (r->subject == NULL)
		return;
	d->code.subject = refer_hash(d, r->subject, REFCODE_SUBJECT);
	found = refer_subject(d->c, &d->code);
	d->clear &= found != NULL && strcmp(found, r->subject) == 0 &&
		    d->code.subject != 0;
	if (!kept)
		return;
	found = refer_version(d->c, &d->code, r->subject);
	d->clear &= found != NULL && strcmp(found, r->version) == 0;
}

static uint32_t
refer_draft_node(struct refer_draft *d, uint32_t node)
{
	uint32_t hash = refer_hash(
	    d, facts_str(d->c->facts, FACTS_NODE_ID, node), REFCODE_NODE);

	if (d->base->nodes == NULL)
		d->base->nodes = refer_nodes(d->c, d->code.salt);
	d->clear &= refer_node_alone(d->base->nodes, hash);
	return hash;
}

static uint32_t
refer_draft_attribute(struct refer_draft *d, enum attribute a)
{
	uint32_t hash = refer_hash(d, attribute_word(a), REFCODE_ATTRIBUTE);

	d->clear &= refer_attribute(&d->code, hash) == a;
	return hash;
}

static struct refcode_filter
refer_draft_filter(struct refer_draft *d, const struct query_filter *f)
{
	struct refcode_filter out = {
	    .attribute = refer_draft_attribute(d, f->attribute),
	    .node = attribute_is_level(f->attribute),
	};

	if (out.node) {
		out.value = refer_draft_node(d, f->value);
		return out;
	}
	out.value = refer_hash(d,
	    attribute_value_word(f->attribute, (int)f->value), REFCODE_VALUE);
	d->clear &=
	    refer_value(&d->code, f->attribute, out.value) == (int)f->value;
	return out;
}

static void
refer_draft_query(struct refer_draft *d, const struct query *q)
{
	struct refcode *code = &d->code;

	if (q->at != FACTS_NO_ROW && q->at != facts_root(d->c->facts)) {
		code->placed = true;
		code->node = refer_draft_node(d, q->at);
	}
	code->by_n = q->by_n;
	for (int i = 0; i < q->by_n; i++)
		code->by[i] = refer_draft_attribute(d, q->by[i]);
	code->where_n = q->where_n;
	for (int i = 0; i < q->where_n; i++)
		code->where[i] = refer_draft_filter(d, &q->where[i]);
}

/* The data-through day is the generation's own and need not be said. */
static int32_t
refer_day(const struct context *c, int32_t as_of)
{
	return as_of == facts_about(c->facts)->data_through ? DATE_NEVER
							    : as_of;
}

static void
refer_draft_other(struct refer_draft *d)
{
	const struct refer *r = &d->many->refer;
	struct refcode_side *other = &d->code.other;

	d->code.compares = r->compares;
	if (!r->compares)
		return;
	other->generation = r->other_generation;
	other->as_of = r->other_as_of;
	if (r->other_version != NULL)
		other->version =
		    refer_hash(d, r->other_version, REFCODE_VERSION);
}

static void
refer_draft_peers(struct refer_draft *d)
{
	const struct refer *r = &d->many->refer;
	const struct peer_set *found;

	if (r->peers == NULL)
		return;
	d->code.peered = true;
	d->code.peers = refer_hash(d, r->peers->name, REFCODE_SUBJECT);
	d->code.peers_version =
	    refer_hash(d, r->peers->version, REFCODE_VERSION);
	found = refer_peers(d->c, &d->code);
	d->clear &= found != NULL && strcmp(found->name, r->peers->name) == 0;
}

/* The parts that no row changes. */
static void
refer_base_make(struct refer_many *m, unsigned salt)
{
	const struct refer *r = &m->refer;
	struct refer_base *base = &m->base[salt];
	struct refer_draft d = {.many = m, .c = m->c, .base = base};

	d.clear = true;
	d.code = (struct refcode){
	    .kind = r->kind,
	    .salt = salt,
	    .generation = m->c->snap->generation,
	    .mark = refer_mark(facts_about(m->c->facts)),
	    .as_of = refer_day(m->c, r->as_of),
	    .view = r->view,
	    .trend = r->trend,
	};
	refer_draft_subject(&d);
	refer_draft_other(&d);
	refer_draft_peers(&d);
	base->code = d.code;
	base->clear = d.clear;
	base->made = true;
}

struct refer_many *
refer_many_new(struct context *c, const struct refer *r)
{
	struct refer_many *m = arena_alloc(&c->arena, sizeof *m);

	*m = (struct refer_many){.c = c, .refer = *r};
	return m;
}

/* That no salt serves is about as likely as a second ace of spades; then
 * there is no code rather than one for something else. */
const char *
refer_code(struct refer_many *m, const struct query *q,
    const struct measure_period *period)
{
	char *text;

	for (unsigned salt = 0; salt < REFCODE_SALTS; salt++) {
		struct refer_draft d = {
		    .many = m, .c = m->c, .base = &m->base[salt]};

		if (!d.base->made)
			refer_base_make(m, salt);
		d.clear = d.base->clear;
		d.code = d.base->code;
		d.code.from = period != NULL ? period->from : DATE_MISSING;
		d.code.to = period != NULL ? period->to : DATE_MISSING;
		if (d.clear)
			refer_draft_query(&d, q);
		if (!d.clear)
			continue;
		text = arena_alloc(&m->c->arena, REFCODE_TEXT);
		return refcode_write(&d.code, text);
	}
	return NULL;
}

void
refer_member(struct context *c, const struct refer *r)
{
	struct refer_many *m = refer_many_new(c, r);

	json_kv_string(&c->json, "ref", refer_code(m, r->query, r->period));
}

/* --- the question of a row ------------------------------------------- */

static int
refer_level(const struct context *c, uint32_t node)
{
	return node == FACTS_NO_ROW
		   ? LEVEL_STATE
		   : facts_u8(c->facts, FACTS_NODE_LEVEL)[node];
}

/* Whether a node of the level lies, or once lay, outside the place too: then
 * its row within the place is less than the node itself. */
static bool
refer_strays(struct refer_many *m, uint32_t at, uint32_t node, int level)
{
	const struct facts *f = m->c->facts;
	uint32_t nodes = facts_rows(f, FACTS_NODE);
	int above = refer_level(m->c, at);

	if (above <= LEVEL_STATE)
		return false;
	if (m->strays[level] == NULL) {
		m->strays[level] = arena_alloc(&m->c->arena, nodes);
		memset(m->strays[level], 0, nodes);
		for (uint32_t p = 0; p < facts_rows(f, FACTS_PATH); p++) {
			uint32_t n = facts_path_node(f, p, level);

			if (n < nodes && facts_path_node(f, p, above) != at)
				m->strays[level][n] = 1;
		}
	}
	return m->strays[level][node] != 0;
}

static void
refer_narrow(struct query *q, enum attribute a, uint32_t value)
{
	if (q->where_n < QUERY_FILTERS)
		q->where[q->where_n++] = (struct query_filter){a, value};
	else
		q->at = FACTS_NO_ROW;
}

/* The question of which a row of the query's by[] is the total: a unit is the
 * place, a value a filter. A unit that moved asks for its time here only.
 * False when there are too many filters. */
static bool
refer_row(struct refer_many *m, const struct query *q, const uint32_t *key,
    struct query *row)
{
	uint32_t at = q->at;
	int level;

	*row = *q;
	row->by_n = 0;
	if (q->where_n + q->by_n + 1 > QUERY_FILTERS)
		return false;
	for (int i = 0; i < q->by_n; i++) {
		level = (int)q->by[i] + 1;
		/* Those of no unit of the level stand at a node of another. */
		if (q->by_n > 1 || !attribute_is_level(q->by[i]) ||
		    level <= refer_level(m->c, at) ||
		    refer_level(m->c, key[i]) != level) {
			refer_narrow(row, q->by[i], key[i]);
			continue;
		}
		if (refer_strays(m, at, key[i], level))
			refer_narrow(row,
			    (enum attribute)(refer_level(m->c, at) - 1), at);
		row->at = key[i];
	}
	return true;
}

const char *
refer_row_code(struct refer_many *m, const struct query *q, const uint32_t *key,
    const struct measure_period *period)
{
	struct query row;

	return refer_row(m, q, key, &row) ? refer_code(m, &row, period) : NULL;
}
