/* A unit compared: who its peers are, and the row that says how it stands. */
#include <inttypes.h>

#include "base/i18n.h"
#include "service/compare_part.h"
#include "service/rights.h"
#include "service/shape.h"

/* --- who is compared with whom --------------------------------------- */

int
compare_level_of(const struct compare *k, uint32_t node)
{
	return facts_u8(k->c->facts, FACTS_NODE_LEVEL)[node];
}

static void
compare_peers_free(void *data)
{
	peers_free(data);
}

const struct peers *
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

/* --- one row --------------------------------------------------------- */

const char *
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

void
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
