#include "service/refer.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/date.h"
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

const char *
refer_subject(const struct context *c, const struct refcode *r)
{
	const struct history *h = c->svc->history;

	for (size_t i = 0; i < history_n(h); i++)
		if (refcode_hash(r->salt, history_at(h, i)->id,
			REFCODE_SUBJECT) == r->subject)
			return history_at(h, i)->id;
	return NULL;
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
refer_node_alone(struct context *c, unsigned salt, uint32_t hash)
{
	const struct refer_nodes *nodes = refer_nodes(c, salt);
	const uint32_t *at = bsearch(
	    &hash, nodes->hash, nodes->n, sizeof *nodes->hash, refer_compare);

	return at != NULL && (at == nodes->hash || at[-1] != hash) &&
	       (at == &nodes->hash[nodes->n - 1] || at[1] != hash);
}

/* --- writing --------------------------------------------------------- */

/* One code in the making: under this salt each hash must lead back. */
struct refer_draft {
	struct context *c;
	const struct refer *refer;
	struct refcode code;
	bool clear; /* no hash stands for two */
};

static uint32_t
refer_hash(const struct refer_draft *d, const char *word, int bits)
{
	return refcode_hash(d->code.salt, word, bits);
}

static void
refer_draft_subject(struct refer_draft *d)
{
	const struct refer *r = d->refer;
	const char *subject, *version;

	if (r->subject == NULL)
		return;
	d->code.subject = refer_hash(d, r->subject, REFCODE_SUBJECT);
	d->code.version = refer_hash(d, r->version, REFCODE_VERSION);
	subject = refer_subject(d->c, &d->code);
	version = refer_version(d->c, &d->code, r->subject);
	d->clear &= subject != NULL && strcmp(subject, r->subject) == 0 &&
		    version != NULL && strcmp(version, r->version) == 0;
}

static uint32_t
refer_draft_node(struct refer_draft *d, uint32_t node)
{
	uint32_t hash = refer_hash(
	    d, facts_str(d->c->facts, FACTS_NODE_ID, node), REFCODE_NODE);

	d->clear &= refer_node_alone(d->c, d->code.salt, hash);
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
refer_draft_query(struct refer_draft *d)
{
	const struct query *q = d->refer->query;
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
	const struct refer *r = d->refer;
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

static bool
refer_draft(struct refer_draft *d, unsigned salt)
{
	const struct refer *r = d->refer;

	d->clear = true;
	d->code = (struct refcode){
	    .kind = r->kind,
	    .salt = salt,
	    .generation = d->c->snap->generation,
	    .mark = refer_mark(facts_about(d->c->facts)),
	    .from = r->period != NULL ? r->period->from : DATE_MISSING,
	    .to = r->period != NULL ? r->period->to : DATE_MISSING,
	    .as_of = refer_day(d->c, r->as_of),
	    .view = r->view,
	    .trend = r->trend,
	};
	refer_draft_subject(d);
	refer_draft_query(d);
	refer_draft_other(d);
	return d->clear;
}

/* That no salt serves is about as likely as a second ace of spades; then
 * there is no code rather than one for something else. */
void
refer_member(struct context *c, const struct refer *r)
{
	struct refer_draft d = {.c = c, .refer = r};
	char text[REFCODE_TEXT];

	for (unsigned salt = 0; salt < REFCODE_SALTS; salt++)
		if (refer_draft(&d, salt)) {
			json_kv_string(
			    &c->json, "ref", refcode_write(&d.code, text));
			return;
		}
	json_kv_string(&c->json, "ref", NULL);
}
