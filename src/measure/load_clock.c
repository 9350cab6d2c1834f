/* A clock's settings. */
#include "measure/load.h"

#include <string.h>

#include "base/date.h"
#include "base/i18n.h"

/* A list of words of a vocabulary as bits. */
static uint32_t
load_bits(struct loader *l, const config_setting_t *group, const char *name,
    enum codeset_id codes)
{
	const config_setting_t *s = config_setting_get_member(group, name);
	const char *const *words;
	uint32_t bits = 0;
	int n;

	words = load_strings(l, group, name, &n);
	for (int i = 0; i < n; i++) {
		int code =
		    code_find(&codesets[codes], words[i], strlen(words[i]));

		if (code == 0)
			load_fault(
			    l, s, _("%s: '%s' is not known"), name, words[i]);
		else
			bits |= UINT32_C(1) << (code - 1);
	}
	return bits;
}

static int
load_small(struct loader *l, const config_setting_t *group, const char *name,
    int preset)
{
	int64_t v = load_int(l, group, name, preset);

	if (v < 0 || v > 600) {
		load_fault(l, config_setting_get_member(group, name),
		    _("%s lies between 0 and %d"), name, 600);
		return preset;
	}
	return (int)v;
}

static const char *
text(struct loader *l, const config_setting_t *group, const char *name)
{
	const char *s = load_need(l, group, name);

	return s != NULL ? s : "";
}

static void
load_kind(struct loader *l, const config_setting_t *group, struct clock_rule *c)
{
	static const char *const keys[] = {"kind", "days", "hours", NULL};

	load_unknown(l, group, keys);
	c->kinds[c->kinds_n++] = (struct clock_kind){
	    .kind = text(l, group, "kind"),
	    .days = load_small(l, group, "days", 0),
	    .hours = load_small(l, group, "hours", 0),
	};
}

/* kinds = ( { kind = "sexual_abuse"; days = 120; }, ... ) */
static void
load_kinds(
    struct loader *l, const config_setting_t *group, struct clock_rule *c)
{
	const config_setting_t *s = config_setting_get_member(group, "kinds");

	if (s == NULL)
		return;
	if (!config_setting_is_list(s) ||
	    config_setting_length(s) > CLOCK_KINDS_MAX) {
		load_fault(l, s, _("%s wants ( {...}, {...} )"), "kinds");
		return;
	}
	c->kinds = arena_alloc(&l->measures->arena,
	    ((size_t)config_setting_length(s) + 1) * sizeof *c->kinds);
	for (int i = 0; i < config_setting_length(s); i++) {
		const config_setting_t *g =
		    config_setting_get_elem(s, (unsigned)i);

		if (config_setting_is_group(g))
			load_kind(l, g, c);
		else
			load_fault(l, g, _("%s wants groups {...}"), "kinds");
	}
}

void
load_clock(struct loader *l, const config_setting_t *group)
{
	static const char *const keys[] = {"id", "title", "short", "rule",
	    "citation", "certainty", "stops", "from", "months", "window_months",
	    "days", "hours", "good_cause_days", "wait_days", "pauses", "goals",
	    "kinds", NULL};
	static const char *const beside[] = {
	    "title", "short", "rule", "citation", "certainty", "stops", NULL};
	struct measures *ms = l->measures;
	struct clock_rule c;

	load_unknown(l, group, keys);
	load_need(l, group, "id");
	c = (struct clock_rule){
	    .about =
		{
		    .id = load_word(l, group, "id", CODES_CLOCK, 0),
		    .title = text(l, group, "title"),
		    .rule = text(l, group, "rule"),
		    .citation = text(l, group, "citation"),
		    .certainty = text(l, group, "certainty"),
		    .stops = text(l, group, "stops"),
		},
	    .from = load_date(l, group, "from", DATE_FIRST),
	    .months = load_small(l, group, "months", 6),
	    .window_months = load_small(l, group, "window_months", 22),
	    .days = load_small(l, group, "days", 0),
	    .hours = load_small(l, group, "hours", 0),
	    .good_cause_days = load_small(l, group, "good_cause_days", 0),
	    .wait_days = load_small(l, group, "wait_days", 60),
	    .pauses = load_bits(l, group, "pauses", CODES_SETTING),
	    .goals = load_bits(l, group, "goals", CODES_GOAL),
	};
	load_kinds(l, group, &c);
	c.about.short_title = load_short(l, group, c.about.title);
	c.text = load_kept(l, group, NULL);
	c.decides = load_kept(l, group, beside);
	if (ms->clocks_n == CLOCKS_MAX)
		load_fault(
		    l, group, _("there can be at most %d clocks"), CLOCKS_MAX);
	else if (c.about.id != 0)
		ms->clocks[ms->clocks_n++] = c;
}
