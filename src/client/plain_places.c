/* The kinds of places, and what can be chosen where figures stand. */
#include "client/plain_part.h"

#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/json.h"
#include "client/duties.h"
#include "proto/words.h"

/* A choice for each item of a list: its member id leads there. */
static void
add_each(struct plain *p, const cJSON *answer, const char *list,
    const struct place *to, const char *id)
{
	const cJSON *item;

	ANSWER_EACH(item, answer, list)
	{
		const char *value = json_get_string(item, id);
		const char *name = json_get_string(item, "name");
		struct place here = *to;

		if (name == NULL)
			name = json_get_string(item, "title");
		if (value == NULL)
			continue;
		if (to->kind == UNITS && strcmp(id, "id") == 0)
			here.measure = value;
		else if (to->kind == UNITS)
			here.node = value;
		else
			here.what = value;
		plain_add(p, &here, name != NULL ? name : value);
	}
}

/* Monitoring of providers. */
static const struct {
	enum kind kind;
	const char *label;
} desks[] = {
    {PLANS, N_("The year's reviews of providers")},
    {REVIEWS, N_("Reviews at the office")},
    {CAPS, N_("Corrective action plans")},
    {PROPOSALS, N_("Proposals to hold providers")},
};

static void
at_board(struct plain *p, const struct place *at, const cJSON *answer)
{
	const struct place measure = {.kind = UNITS, .node = at->node};
	const struct place all = {.kind = MEASURES, .node = at->node};

	add_each(p, answer, "headlines", &measure, "id");
	plain_add(p, &all, _("All measures"));
	for (int i = 0; i < codesets[CODES_CLOCK].n; i++) {
		const struct place clock = {.kind = COUNTDOWN,
		    .node = at->node,
		    .what = code_word(&codesets[CODES_CLOCK], i + 1)};

		plain_add(p, &clock, duties_clock(clock.what));
	}
	for (size_t i = 0; i < sizeof desks / sizeof *desks; i++) {
		const struct place desk = {.kind = desks[i].kind};

		plain_add(p, &desk, _(desks[i].label));
	}
}

static void
at_measures(struct plain *p, const struct place *at, const cJSON *answer)
{
	const struct place to = {.kind = UNITS, .node = at->node};

	add_each(p, answer, "measures", &to, "id");
}

static void
at_units(struct plain *p, const struct place *at, const cJSON *answer)
{
	const struct place down = {.kind = UNITS, .measure = at->measure};
	struct place to = *at;

	add_each(p, answer, "rows", &down, "key");
	to.kind = LIST;
	plain_add(p, &to, _("The children behind it"));
	to.kind = COMPARE;
	plain_add(p, &to, _("Beside peers, and what was to be expected"));
	to.kind = DEFINITION;
	plain_add(p, &to, _("What this measure means"));
	to.kind = BREAKDOWN;
	plain_add(p, &to, _("By an attribute, or by two"));
}

/* The attribute to break down by; then those to set it against. */
static void
at_breakdown(struct plain *p, const struct place *at, const cJSON *answer)
{
	(void)answer;
	for (int i = 0; i < ATTRIBUTES; i++) {
		enum attribute a = (enum attribute)i;
		const char *word = attribute_word(a);
		struct place to = *at;
		char *both;

		if (attribute_is_level(a) ||
		    (at->what != NULL && strcmp(at->what, word) == 0))
			continue;
		to.what = word;
		if (at->what == NULL) {
			plain_add(p, &to, _(attribute_label(a)));
			continue;
		}
		both = xasprintf("%s,%s", at->what, word);
		to.kind = CROSSTAB;
		to.what = both;
		plain_add(p, &to, _(attribute_label(a)));
		free(both);
	}
}

static void
at_rows(struct plain *p, const struct place *at, const cJSON *answer)
{
	const struct place to = {
	    .kind = CHILD, .measure = at->measure, .node = at->node};

	add_each(p, answer, "rows", &to, "child_id");
}

static void
at_child(struct plain *p, const struct place *at, const cJSON *answer)
{
	struct place to = *at;

	(void)answer;
	if (at->measure == NULL)
		return;
	to.kind = WHY;
	plain_add(p, &to, _("Why this child counts as it does"));
}

/* --- the kinds --------------------------------------------------------- */

static void
at_end(struct plain *p, const struct place *at, const cJSON *answer)
{
	(void)p;
	(void)at;
	(void)answer;
}

const struct plain_kind plain_kinds[] = {
    [BOARD] = {"board", at_board},
    [MEASURES] = {"measures", at_measures},
    [UNITS] = {"report", at_units},
    [COMPARE] = {"compare", at_end},
    [BREAKDOWN] = {"report", at_breakdown},
    [CROSSTAB] = {"crosstab", at_end},
    [LIST] = {"list", at_rows},
    [CHILD] = {"child", at_child},
    [WHY] = {"why", at_end},
    [DEFINITION] = {"measures", at_end},
    [COUNTDOWN] = {"countdown", at_rows},
    [REF] = {"ref", at_end},
    [PLANS] = {"plan", plain_plans},
    [PLANNED] = {"plan", plain_planned, "show"},
    [SAMPLE] = {"plan", at_end, "sample"},
    [REVIEWS] = {"review", plain_reviews, "office"},
    [STANDING] = {"review", plain_standing, "show"},
    [SCORECARD] = {"review", at_end, "scorecard"},
    [LETTER] = {"review", at_end, "letter"},
    [CAPS] = {"cap", plain_caps, "list", true},
    [CAP] = {"cap", plain_cap, "show"},
    [PROPOSALS] = {"proposal", plain_proposals, "list", true},
    [PROPOSAL] = {"proposal", plain_proposal, "show"},
    [WRITE] = {NULL, NULL},
};
