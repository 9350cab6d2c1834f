/* GET /v1/compare: a unit, or the units of a level, fairly compared: beside
 * peers, and with what was to be expected of their children. */
#include "service/handlers.h"

#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "service/compare_part.h"
#include "service/judged.h"
#include "service/place.h"
#include "service/rights.h"
#include "service/sentence.h"
#include "service/shape.h"
#include "service/withdrawn.h"

static void
compare_slice_free(void *data)
{
	slice_free(data);
}

/* --- all rows -------------------------------------------------------- */

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

/* --- the frame ------------------------------------------------------- */

static void
compare_refer(struct compare *k)
{
	struct refer refer = scope_refer(&k->scope, REFCODE_COMPARE);

	refer.peers = k->set;
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

/* --- the answer ------------------------------------------------------ */

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
