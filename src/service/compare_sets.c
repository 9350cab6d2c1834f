/* The agency's named sets of peers: the one asked for, and all that there are.
 */
#include "base/i18n.h"
#include "base/suggest.h"
#include "service/compare_part.h"
#include "service/shape.h"

static const char *
compare_set_name(const void *arg, size_t i)
{
	return measures_peers_name(arg, (int)i);
}

bool
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
void
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
