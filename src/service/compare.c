/* GET /v1/compare: a unit, or the units of a level, fairly compared: beside
 * peers, and with what was to be expected of their children. */
#include "service/handlers.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/suggest.h"
#include "measure/compare.h"
#include "service/judged.h"
#include "service/place.h"
#include "service/refer.h"
#include "service/rights.h"
#include "service/scope.h"
#include "service/sentence.h"
#include "service/shape.h"
#include "service/withdrawn.h"

struct compare {
	struct context *c;
	struct scope scope;
	const struct result *result;
	const struct judging *judging;
	struct slice *slice;	    /* of the place itself */
	const struct peer_set *set; /* NULL: those of the level and size */
	struct peer_nodes nodes;    /* of the set that are in the data */
	struct refer_many *refs;
	bool ripe;
};

static void
compare_slice_free(void *data)
{
	slice_free(data);
}

static void
compare_peers_free(void *data)
{
	peers_free(data);
}

static void
compare_expected_free(void *data)
{
	expected_free(data);
}

/* --- who is compared with whom --------------------------------------- */

static int
compare_level_of(const struct compare *k, uint32_t node)
{
	return facts_u8(k->c->facts, FACTS_NODE_LEVEL)[node];
}

/* The units of a level among which those at the node are compared; NULL when
 * there is nobody to be compared with, which rights.h decides. */
static const struct peers *
compare_peers(struct compare *k, uint32_t node, enum attribute level)
{
	struct query q = k->scope.query;
	struct peers *p;

	q.at = rights_peers(k->c, node, (int)level + 1, k->scope.period.to);
	if (q.at == FACTS_NO_ROW)
		return NULL;
	q.by[0] = level;
	q.by_n = 1;
	if (k->set == NULL)
		p = peers_new(k->result, &q);
	else if ((int)level + 1 == k->set->level)
		p = peers_beside(k->result, &q, &k->nodes);
	else
		return NULL;
	context_hold(k->c, p, compare_peers_free);
	return p;
}

static const struct expected *
compare_expected(struct compare *k, uint32_t node)
{
	struct query q = k->scope.query;
	struct expected *e;

	q.at = node;
	e = expected_new(k->result, &q, facts_root(k->c->facts));
	if (e != NULL)
		context_hold(k->c, e, compare_expected_free);
	return e;
}

/* --- one row --------------------------------------------------------- */

static const char *
compare_scaled(struct compare *k, int64_t v, int decimals)
{
	char *text = arena_alloc(&k->c->arena, FIGURE_TEXT);

	return figure_scaled_text(v, decimals, text);
}

/* "30-99", "3000+", or "any" size. */
static const char *
compare_band(struct compare *k, const struct peer *p)
{
	if (p->peers == 0)
		return NULL;
	if (k->set != NULL)
		return k->set->name;
	if (p->band < 0)
		return "any";
	if (p->band == COMPARE_BANDS - 1)
		return arena_printf(
		    &k->c->arena, "%" PRId64 "+", compare_bands[p->band]);
	return arena_printf(&k->c->arena, "%" PRId64 "-%" PRId64,
	    compare_bands[p->band], compare_bands[p->band + 1] - 1);
}

static const char *
compare_none(struct compare *k, const struct peer *p)
{
	int few = p->group == FACTS_NO_ROW ? k->judging->few_ranked
					   : k->judging->few_alone;

	switch (p->verdict) {
	case PEERS_TOO_FEW:
		return arena_printf(&k->c->arena,
		    ngettext("Too few to judge: fewer than %d counted.",
			"Too few to judge: fewer than %d counted.",
			(unsigned long)few),
		    few);
	case PEERS_NONE:
		return _("Too few others are large enough to compare with.");
	default:
		return _("Nothing to be tested.");
	}
}

static const char *
compare_words(struct compare *k, const struct peer *p)
{
	const char *median, *peers;

	if (p->peers == 0)
		return compare_none(k, p);
	median = compare_scaled(k, p->median, k->scope.about->decimals);
	peers = arena_printf(&k->c->arena,
	    ngettext("%" PRId64 " peer, %s", "%" PRId64 " peers, median %s",
		(unsigned long)p->peers),
	    p->peers, median);
	if (p->verdict == PEERS_ALIKE)
		return arena_printf(&k->c->arena,
		    _("No different by more than chance (%s)."), peers);
	return arena_printf(&k->c->arena,
	    ngettext("%s by more than chance (%s): p %s, corrected for %" PRId64
		     " unit.",
		"%s by more than chance (%s): p %s, corrected for %" PRId64
		" units.",
		(unsigned long)p->test),
	    _(code_label(&codesets[CODES_PEERS], p->verdict)), peers,
	    shape_p(k->c, p->p), p->test);
}

/* p may be NULL: a place without any peers, as the state. */
static void
compare_peer(struct compare *k, const struct peer *p, int64_t expected)
{
	const struct peer none = {
	    .size = k->slice->total.denominator, .verdict = PEERS_UNTESTED};
	struct api_peer r;

	p = p != NULL ? p : &none;
	r = (struct api_peer){
	    .size = p->size,
	    .band = compare_band(k, p),
	    .peers = p->peers,
	    .peer_median = p->peers > 0 ? compare_scaled(k, p->median,
					      k->scope.about->decimals)
					: NULL,
	    .p = p->tested ? shape_p(k->c, p->p) : NULL,
	    .tested = p->test,
	    .verdict = shape_word(CODES_PEERS, p->verdict),
	    .expected = expected >= 0 ? compare_scaled(k, expected, 1) : NULL,
	    .words = p != &none	      ? compare_words(k, p)
		     : k->set != NULL ? arena_printf(&k->c->arena,
					    _("It has no peers in the set %s."),
					    k->set->name)
				      : _("It has no peers."),
	};
	api_members(&k->c->json, API_RESOURCE_peer, &r);
}

/* The code of a row's comparison, or with NULL of the place's own. */
static const char *
compare_ref(struct compare *k, const uint32_t *node)
{
	struct query q = k->scope.query;

	q.by_n = node != NULL ? q.by_n : 0;
	return refer_row_code(k->refs, &q, node, &k->scope.period);
}

/* What rows stand beside: their peers, and what was to be expected, in tenths:
 * of one node, or of all by node; -1: nothing. */
struct compared {
	const struct peers *peers;
	int64_t one;
	const int64_t *all;
};

static void
compare_row(struct compare *k, const struct figure *figure, uint32_t node,
    const struct compared *with)
{
	const struct query *q = &k->scope.query;
	bool total = figure == &k->slice->total;
	const struct facts *f = k->c->facts;
	int level = compare_level_of(k, node);
	const struct shape_row row = {
	    .key = facts_str(f, FACTS_NODE_ID, node),
	    .level = shape_word(CODES_LEVEL, level),
	    .name = facts_str(f, FACTS_NODE_NAME, node),
	    .figure = figure,
	    .ripe = k->ripe,
	    .ranked = level != LEVEL_WORKER && node != q->at,
	    .interval = true,
	    .ref = compare_ref(k, total ? NULL : &node),
	};

	json_object(&k->c->json);
	shape_row_members(k->c, k->scope.measure, &k->scope.period, &row);
	compare_peer(k,
	    with->peers != NULL ? peers_find(with->peers, node) : NULL,
	    with->all != NULL ? with->all[node] : with->one);
	json_object_end(&k->c->json);
}

static void
compare_total(struct compare *k)
{
	uint32_t at = k->scope.query.at;
	int level = compare_level_of(k, at);
	const struct expected *e = compare_expected(k, at);
	struct compared with = {.one = e != NULL ? e->tenths : -1};

	if (level > LEVEL_STATE)
		with.peers = compare_peers(k, at, (enum attribute)(level - 1));
	json_key(&k->c->json, "total");
	compare_row(k, &k->slice->total, at, &with);
}

static int
compare_order(const void *a, const void *b, void *arg)
{
	const struct figure *x = a, *y = b;
	const struct compare *k = arg;

	return place_compare(k->c->facts, x->key[0], y->key[0]);
}

/* By name, never by value: this is no ranking. */
static void
compare_rows(struct compare *k)
{
	const uint8_t *unassigned =
	    facts_u8(k->c->facts, FACTS_NODE_UNASSIGNED);
	const struct query *q = &k->scope.query;
	struct compared with = {.one = -1};
	int64_t *expected;
	struct slice *s;

	json_key(&k->c->json, "rows");
	json_array(&k->c->json);
	if (q->by_n > 0) {
		with.peers = compare_peers(k, q->at, q->by[0]);
		expected =
		    expected_units(k->result, q, facts_root(k->c->facts));
		context_hold(k->c, expected, free);
		with.all = expected;
		s = slice_new(k->result, q);
		context_hold(k->c, s, compare_slice_free);
		if (s->rows_n > 0)
			qsort_r(s->rows, s->rows_n, sizeof *s->rows,
			    compare_order, k);
		for (size_t i = 0; i < s->rows_n; i++)
			if (unassigned[s->rows[i].key[0]] == 0)
				compare_row(
				    k, &s->rows[i], s->rows[i].key[0], &with);
	}
	json_array_end(&k->c->json);
}

/* --- expected against observed --------------------------------------- */

static const char *
compare_quotient(struct compare *k, const int64_t counts[2])
{
	const struct figure f = {
	    .numerator = counts[0], .denominator = counts[1], .median2 = -1};
	char *text = arena_alloc(&k->c->arena, FIGURE_TEXT);

	return figure_text(k->scope.measure, &f, text);
}

static const char *
compare_expected_words(struct compare *k, const struct expected *e)
{
	return arena_printf(&k->c->arena,
	    ngettext("By age and time in care %s of %" PRId64
		     " were to be expected; observed was %" PRId64 ".",
		"By age and time in care %s of %" PRId64
		" were to be expected; observed were %" PRId64 ".",
		(unsigned long)e->unit[0]),
	    compare_scaled(k, e->tenths, 1), e->unit[1], e->unit[0]);
}

static void
compare_stratum(struct compare *k, const struct expected_row *row)
{
	const struct api_stratum r = {
	    .age_group = attribute_value_word(ATTRIBUTE_AGE, (int)row->age),
	    .months_in_care =
		attribute_value_word(ATTRIBUTE_CARE, (int)row->care),
	    .whole_numerator = row->whole[0],
	    .whole_denominator = row->whole[1],
	    .whole_value = compare_quotient(k, row->whole),
	    .numerator = row->unit[0],
	    .denominator = row->unit[1],
	    .expected = compare_scaled(k, row->expected, 2),
	};

	api_object(&k->c->json, API_RESOURCE_stratum, &r);
}

static void
compare_strata(struct compare *k)
{
	const struct expected *e = compare_expected(k, k->scope.query.at);
	struct json *j = &k->c->json;
	struct api_expected r;

	json_key(j, "expected");
	if (e == NULL) {
		json_null(j);
		return;
	}
	r = (struct api_expected){
	    .expected = compare_scaled(k, e->expected, 2),
	    .observed = e->unit[0],
	    .denominator = e->unit[1],
	    .whole_numerator = e->whole[0],
	    .whole_denominator = e->whole[1],
	    .whole_value = compare_quotient(k, e->whole),
	    .words = compare_expected_words(k, e),
	};
	json_object(j);
	api_members(j, API_RESOURCE_expected, &r);
	json_key(j, "rows");
	json_array(j);
	for (size_t i = 0; i < e->n; i++)
		compare_stratum(k, &e->rows[i]);
	json_array_end(j);
	json_object_end(j);
}

/* --- the frame ------------------------------------------------------- */

static void
compare_refer(struct compare *k)
{
	const struct scope *s = &k->scope;
	const struct refer refer = {
	    .kind = REFCODE_COMPARE,
	    .subject = s->about->id,
	    .version = s->about->version,
	    .period = &s->period,
	    .as_of = s->period.as_of,
	    .query = &s->query,
	    .peers = k->set,
	};

	refer_member(k->c, &refer);
	k->refs = refer_many_new(k->c, &refer);
}

static void
compare_frame(struct compare *k)
{
	const struct scope *s = &k->scope;
	struct json *j = &k->c->json;

	shape_about(k->c);
	shape_measure(k->c, "measure", s->measure, s->period.to);
	shape_node(k->c, "at", s->query.at);
	shape_path(k->c, s->query.at, s->period.to);
	json_kv_date(j, "from", s->period.from);
	json_kv_date(j, "to", s->period.to);
	json_kv_date(j, "as_of", s->period.as_of);
	json_kv_bool(j, "ripe", k->ripe);
	json_kv_string(j, "version", s->about->version);
	json_key(j, "by");
	json_array(j);
	if (s->query.by_n > 0)
		json_string(j, attribute_word(s->query.by[0]));
	json_array_end(j);
	shape_where(k->c, &s->query);
	compare_refer(k);
}

static const char *
compare_test(struct compare *k)
{
	if (!measure_tested(k->scope.measure))
		return NULL;
	switch (k->scope.about->kind) {
	case KIND_PERCENT:
		return _("Fisher's exact test");
	case KIND_RATE:
		return _("the exact test of two rates");
	case KIND_MEDIAN:
		return _("Mood's median test, exact");
	default:
		return NULL;
	}
}

/* Who the peers are, in words. */
static const char *
compare_who(struct compare *k)
{
	if (k->set != NULL)
		return arena_printf(&k->c->arena,
		    _("Peers are the units of the agency's set %s (%s)."),
		    k->set->name, k->set->title);
	return arena_printf(&k->c->arena,
	    _("Peers are the others of its level and size; where there are "
	      "fewer than %d, all of the level. Workers: those of their own "
	      "unit."),
	    k->judging->peers);
}

/* What the verdicts rest on, before the notes of any figure. */
static void
compare_notes(struct compare *k)
{
	struct json *j = &k->c->json;
	const char *test = compare_test(k);

	if (test != NULL)
		json_string(j,
		    arena_printf(&k->c->arena,
			_("Beside peers: %s, the unit against the sum of its "
			  "peers, two-sided at %d %%, corrected (Holm) for all "
			  "units of the level. %s"),
			test, k->judging->test, compare_who(k)));
	json_string(j,
	    _("Expected: the state's figure in each group of age and time in "
	      "care times the unit's own number there, added up."));
}

static void
compare_foot(struct compare *k)
{
	const struct sentence s = {
	    .context = k->c,
	    .scope = &k->scope,
	    .figure = &k->slice->total,
	    .ripe = k->ripe,
	};
	struct json *j = &k->c->json;

	json_kv_string(j, "test", compare_test(k));
	json_kv_string(j, "sentence", sentence_text(&s));
	json_key(j, "footnotes");
	json_array(j);
	compare_notes(k);
	sentence_footnotes(&s);
	json_array_end(j);
}

/* --- named peers ----------------------------------------------------- */

static const char *
compare_set_name(const void *arg, size_t i)
{
	return measures_peers_name(arg, (int)i);
}

/* The set asked for, as it is on the period's last day, and its nodes. */
static bool
compare_set(struct compare *k)
{
	const struct measures *ms = k->c->svc->measures;
	const char *name = context_text(k->c, API_PEERS), *near;
	uint32_t *at;

	if (name == NULL)
		return true;
	k->set = measures_peers_on(ms, name, k->scope.period.to);
	if (k->set == NULL) {
		near = suggest(name, compare_set_name, ms);
		return context_refuse(k->c, ERR_BAD_VALUE, API_PEERS,
		    near != NULL ? arena_printf(&k->c->arena,
				       _("did you mean %s?"), near)
				 : _("a set of the answer's peer_sets"));
	}
	if (k->scope.query.by_n == 1 &&
	    (int)k->scope.query.by[0] + 1 != k->set->level &&
	    compare_level_of(k, k->scope.query.at) != k->set->level)
		return context_refuse(k->c, ERR_BAD_VALUE, API_PEERS,
		    arena_printf(&k->c->arena, _("%s is a set of the level %s"),
			name, shape_word(CODES_LEVEL, k->set->level)));
	at = arena_alloc(
	    &k->c->arena, ((size_t)k->set->units_n + 1) * sizeof *at);
	k->nodes.at = at;
	for (int i = 0; i < k->set->units_n; i++) {
		uint32_t node = facts_find_node(k->c->facts, k->set->units[i]);

		if (node != FACTS_NO_ROW &&
		    compare_level_of(k, node) == k->set->level)
			at[k->nodes.n++] = node;
	}
	return true;
}

static void
compare_set_write(struct compare *k, const struct peer_set *set)
{
	const struct api_peer_set r = {
	    .name = set->name,
	    .title = set->title,
	    .from = set->from,
	    .level = shape_word(CODES_LEVEL, set->level),
	    .version = set->version,
	    .source = set->source,
	    .certainty = set->certainty,
	};
	struct json *j = &k->c->json;

	json_object(j);
	api_members(j, API_RESOURCE_peer_set, &r);
	shape_strings(k->c, "units", set->units, set->units_n);
	json_object_end(j);
}

/* The set that was asked for, and all that there are; units of it that the
 * data do not have are named. */
static void
compare_sets(struct compare *k)
{
	const struct measures *ms = k->c->svc->measures;
	struct json *j = &k->c->json;
	const char *name;

	json_key(j, "peers");
	if (k->set != NULL)
		compare_set_write(k, k->set);
	else
		json_null(j);
	json_key(j, "missing");
	json_array(j);
	for (int i = 0; k->set != NULL && i < k->set->units_n; i++) {
		uint32_t node = facts_find_node(k->c->facts, k->set->units[i]);

		if (node == FACTS_NO_ROW ||
		    compare_level_of(k, node) != k->set->level)
			json_string(j, k->set->units[i]);
	}
	json_array_end(j);
	json_key(j, "peer_sets");
	json_array(j);
	for (int i = 0; (name = measures_peers_name(ms, i)) != NULL; i++)
		compare_set_write(
		    k, measures_peers_on(ms, name, k->scope.period.to));
	json_array_end(j);
}

/* A level below the place, and workers only of one unit. */
static bool
compare_by(struct compare *k)
{
	const struct query *q = &k->scope.query;

	if (q->by_n == 0)
		return true;
	if (q->by_n > 1 || !attribute_is_level(q->by[0]))
		return context_refuse(k->c, ERR_BAD_VALUE, API_BY,
		    _("a level: region, circuit, county, office, unit or "
		      "worker"));
	return rights_may_compare(k->c, q->at, (int)q->by[0] + 1);
}

bool
compare_answer(struct context *c)
{
	struct compare k = {.c = c};
	struct query whole;
	struct judged j;

	if (!scope_read(c, &k.scope) ||
	    !rights_may(c, k.scope.query.at, RIGHT_FIGURES) ||
	    !compare_by(&k) || !compare_set(&k))
		return false;
	k.result = scope_result(c, &k.scope);
	k.ripe = result_ripe(k.result) &&
		 withdrawn_because(c, k.scope.about, k.scope.period.to) == NULL;
	k.judging = measure_judging_on(k.scope.measure, k.scope.period.to);
	whole = k.scope.query;
	whole.by_n = 0;
	k.slice = slice_new(k.result, &whole);
	context_hold(c, k.slice, compare_slice_free);
	j = (struct judged){c, &k.scope, k.slice, k.ripe};
	compare_frame(&k);
	compare_sets(&k);
	compare_total(&k);
	compare_rows(&k);
	compare_strata(&k);
	judged_members(&j);
	compare_foot(&k);
	return true;
}
