/* Sets of peers that the agency names. */
#include "measure/load.h"

#include <string.h>

#include "base/date.h"
#include "base/i18n.h"

/* By name, then by day. */
static int
peer_sets_order(const struct peer_set *a, const struct peer_set *b)
{
	int order = strcmp(a->name, b->name);

	return order != 0 ? order : (a->from > b->from) - (a->from < b->from);
}

static void
peer_set_insert(
    struct loader *l, const config_setting_t *group, const struct peer_set *set)
{
	struct measures *ms = l->measures;
	int i = ms->peers_n;

	if (i == PEER_SETS_MAX) {
		load_fault(l, group, _("there can be at most %d peer sets"),
		    PEER_SETS_MAX);
		return;
	}
	for (; i > 0 && peer_sets_order(&ms->peers[i - 1], set) > 0; i--)
		ms->peers[i] = ms->peers[i - 1];
	ms->peers[i] = *set;
	ms->peers_n++;
	if (i > 0 && peer_sets_order(&ms->peers[i - 1], set) == 0)
		load_fault(
		    l, group, _("'%s' has two entries of that day"), set->name);
	if ((i > 0 && strcmp(ms->peers[i - 1].name, set->name) == 0 &&
		ms->peers[i - 1].level != set->level) ||
	    (i + 1 < ms->peers_n &&
		strcmp(ms->peers[i + 1].name, set->name) == 0 &&
		ms->peers[i + 1].level != set->level))
		load_fault(
		    l, group, _("'%s' has entries of two levels"), set->name);
}

/* A name is typed in commands and written in codes. */
static bool
peer_set_named(const char *name)
{
	size_t n = strspn(name, "abcdefghijklmnopqrstuvwxyz0123456789-_");

	return n > 0 && n <= 40 && name[n] == '\0';
}

static void
peer_set_units(
    struct loader *l, const config_setting_t *group, const struct peer_set *set)
{
	if (set->units_n < 2)
		load_fault(l, group, _("units: at least two"));
	for (int i = 0; i < set->units_n; i++)
		for (int k = 0; k < i; k++)
			if (strcmp(set->units[i], set->units[k]) == 0)
				load_fault(l,
				    config_setting_get_member(group, "units"),
				    _("units: '%s' is named twice"),
				    set->units[i]);
}

/* { name = "metro"; title; from = "2015-01-01"; level = "county";
 *   units = ( "CO-095", "CO-189" ); source; certainty; } */
void
load_peer_set(struct loader *l, const config_setting_t *group)
{
	static const char *const known[] = {"name", "title", "from", "level",
	    "units", "source", "certainty", NULL};
	struct peer_set set = {
	    .name = load_need(l, group, "name"),
	    .title = load_need(l, group, "title"),
	    .from = load_date(l, group, "from", DATE_MISSING),
	    .level = load_word(l, group, "level", CODES_LEVEL, 0),
	    .source = load_need(l, group, "source"),
	    .certainty = load_or(load_string(l, group, "certainty"), "design"),
	};
	char text[LOAD_VERSION];

	load_unknown(l, group, known);
	load_need(l, group, "from");
	load_need(l, group, "level");
	set.units = load_strings(l, group, "units", &set.units_n);
	peer_set_units(l, group, &set);
	if (set.level != 0 &&
	    (set.level == LEVEL_STATE || set.level >= LEVEL_WORKER))
		load_fault(l, config_setting_get_member(group, "level"),
		    _("level: region, circuit, county, office or unit; workers "
		      "are compared within their own unit only"));
	if (set.name == NULL)
		return;
	if (!peer_set_named(set.name)) {
		load_fault(l, config_setting_get_member(group, "name"),
		    _("name: small letters, digits, - and _, at most 40"));
		return;
	}
	load_text_version(load_kept(l, group, NULL), text);
	set.version = arena_strndup(&l->measures->arena, text, strlen(text));
	peer_set_insert(l, group, &set);
}

int
measures_peers_n(const struct measures *ms)
{
	return ms->peers_n;
}

const struct peer_set *
measures_peers_at(const struct measures *ms, int i)
{
	return &ms->peers[i];
}

const char *
measures_peers_name(const struct measures *ms, int nth)
{
	for (int i = 0; i < ms->peers_n; i++) {
		bool again = i > 0 && strcmp(ms->peers[i].name,
					  ms->peers[i - 1].name) == 0;

		if (!again && nth-- == 0)
			return ms->peers[i].name;
	}
	return NULL;
}

const struct peer_set *
measures_peers_on(const struct measures *ms, const char *name, int32_t day)
{
	const struct peer_set *found = NULL;

	for (int i = 0; i < ms->peers_n; i++)
		if (strcmp(ms->peers[i].name, name) == 0 &&
		    (found == NULL || ms->peers[i].from <= day))
			found = &ms->peers[i];
	return found;
}
