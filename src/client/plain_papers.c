/* What can be chosen where something is written: plans, reviews, corrective
 * action plans, proposals; and what is written there. */
#include "client/plain_part.h"

#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/json.h"
#include "client/acts.h"

/* A choice for each act that applies at the row (NULL: none). */
static void
add_acts(struct plain *p, unsigned at, const cJSON *row)
{
	char *text = row != NULL ? cJSON_PrintUnformatted(row) : NULL;

	for (int i = 0; i < ACTS; i++) {
		const struct place to = {
		    .kind = WRITE, .what = acts[i].name, .row = text};
		char *label;

		if (!act_applies(&acts[i], at, row))
			continue;
		label = xasprintf(_("Write: %s"), _(acts[i].title));
		plain_add(p, &to, label);
		free(label);
	}
	cJSON_free(text);
}

/* A choice for each row, called by its id and provider. */
static void
add_papers(struct plain *p, const cJSON *answer, enum kind kind, const char *id)
{
	const cJSON *o;

	ANSWER_EACH(o, answer, "rows")
	{
		const char *name = json_get_string(o, "provider_name");
		const char *is = json_get_string(o, id);
		const struct place to = {.kind = kind, .what = is};
		char *label;

		if (is == NULL || *is == '?')
			continue;
		label = xasprintf("%s %s", is, name != NULL ? name : "");
		plain_add(p, &to, label);
		free(label);
	}
}

void
plain_plans(struct plain *p, const struct place *at, const cJSON *answer)
{
	const cJSON *o;

	(void)at;
	add_papers(p, answer, PLANNED, "id");
	/* Who is in no plan can be taken in. */
	ANSWER_EACH(o, answer, "rows")
	{
		const char *state = json_get_string(o, "state");
		const char *name = json_get_string(o, "provider_name");
		const struct act *act = &acts[ACT_AGREEMENT];
		struct place to = {.kind = WRITE, .what = act->name};
		char *label, *text;

		if (state == NULL || strcmp(state, "no_contract") != 0)
			continue;
		text = cJSON_PrintUnformatted(o);
		label = xasprintf(
		    "%s: %s", _(act->title), name != NULL ? name : "");
		to.row = text;
		plain_add(p, &to, label);
		free(label);
		cJSON_free(text);
	}
}

void
plain_planned(struct plain *p, const struct place *at, const cJSON *answer)
{
	const struct place sample = {.kind = SAMPLE, .what = at->what};

	plain_add(p, &sample, _("The sample as it was drawn"));
	add_acts(p, AT_PLAN | AT_PROVIDER, answer_item(answer, "review"));
}

void
plain_reviews(struct plain *p, const struct place *at, const cJSON *answer)
{
	(void)at;
	add_papers(p, answer, STANDING, "record");
}

void
plain_standing(struct plain *p, const struct place *at, const cJSON *answer)
{
	struct place to = {.kind = SCORECARD, .what = at->what};
	cJSON *row = cJSON_Duplicate(answer_item(answer, "review"), true);
	const cJSON *held = answer_first(answer, "waiting");

	plain_add(p, &to, _("The scorecard, with its findings"));
	to.kind = LETTER;
	plain_add(p, &to, _("The findings letter"));
	if (held != NULL)
		cJSON_AddItemToObject(row, "held_revision",
		    cJSON_Duplicate(answer_item(held, "revision"), true));
	add_acts(p, AT_REVIEW | AT_CAPS | AT_PROVIDER, row);
	cJSON_Delete(row);
}

void
plain_caps(struct plain *p, const struct place *at, const cJSON *answer)
{
	(void)at;
	add_papers(p, answer, CAP, "id");
	add_acts(p, AT_CAPS, NULL);
}

void
plain_cap(struct plain *p, const struct place *at, const cJSON *answer)
{
	const cJSON *cap = answer_item(answer, "cap"), *o;

	add_acts(p, AT_CAP | AT_PROVIDER, cap);
	ANSWER_EACH(o, answer_item(answer, "body"), "remedies")
	{
		cJSON *row = cJSON_Duplicate(cap, true);
		const char *finding = json_get_string(o, "finding");

		cJSON_AddStringToObject(row, "plan", at->what);
		cJSON_AddStringToObject(
		    row, "finding", finding != NULL ? finding : "");
		add_acts(p, AT_FINDING, row);
		cJSON_Delete(row);
	}
}

void
plain_proposals(struct plain *p, const struct place *at, const cJSON *answer)
{
	const cJSON *o;

	(void)at;
	add_papers(p, answer, PROPOSAL, "id");
	ANSWER_EACH(o, answer, "in_force")
	{
		add_acts(p, AT_IN_FORCE, o);
	}
	add_acts(p, AT_PROVIDER, NULL);
}

void
plain_proposal(struct plain *p, const struct place *at, const cJSON *answer)
{
	(void)at;
	add_acts(p, AT_PROPOSAL, answer_item(answer, "proposal"));
}
