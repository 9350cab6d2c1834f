/* What was to be expected of a unit's children, by age and time in care, beside
 * what was observed. */
#include <inttypes.h>

#include "base/i18n.h"
#include "proto/resources.h"
#include "service/compare_part.h"

static void
compare_expected_free(void *data)
{
	expected_free(data);
}

const struct expected *
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

void
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
