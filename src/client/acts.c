#include "client/acts.h"

#include <string.h>

#include "base/i18n.h"
#include "base/json.h"

/* clang-format off */
const struct act_paper_info act_papers[ACT_PAPERS] = {
#define PAPER(id, body, get, put, member, version) \
	{BODY_##body, get, put, member, version},
#include "client/acts.def"
};

const struct act acts[ACTS] = {
#define ACT(id, key, at, states, paper, where, list, ask, preset, title, says) \
	{#id, key[0], at, states, PAPER_##paper, ACT_##where, list, ask, \
	    preset, title, says},
#include "client/acts.def"
};
/* clang-format on */

/* --- which -------------------------------------------------------------- */

static const struct {
	unsigned at;
	const char *title;
	const char *state; /* the member that tells where such a row stands */
} kinds[] = {
    {AT_PLAN, N_("At a planned review"), "state"},
    {AT_REVIEW, N_("At a review at the office"), "standing"},
    {AT_CAP, N_("At a corrective action plan"), "stage"},
    {AT_CAPS, N_("Corrective action plans"), ""},
    {AT_FINDING, N_("At a finding of a plan"), ""},
    {AT_PROPOSAL, N_("At a proposal"), "state"},
    {AT_IN_FORCE, N_("At a status in force"), "status"},
    {AT_PROVIDER, N_("Of a provider"), ""},
};

#define KINDS (sizeof kinds / sizeof *kinds)

const char *
act_at_title(unsigned at)
{
	for (size_t i = 0; i < KINDS; i++)
		if (kinds[i].at == at)
			return kinds[i].title;
	return "";
}

static const char *
state_of(unsigned at, const cJSON *row)
{
	for (size_t i = 0; i < KINDS; i++)
		if (kinds[i].at == at && json_get_string(row, kinds[i].state))
			return json_get_string(row, kinds[i].state);
	return "";
}

/* A member that says something: not null, no nought, not empty. */
static bool
has(const cJSON *row, const char *name, size_t len)
{
	const cJSON *m;

	cJSON_ArrayForEach(m, row)
	{
		if (strlen(m->string) != len ||
		    strncmp(m->string, name, len) != 0)
			continue;
		return (cJSON_IsString(m) && *m->valuestring) ||
		       (cJSON_IsNumber(m) && m->valuedouble > 0) ||
		       cJSON_IsTrue(m) || cJSON_GetArraySize(m) > 0;
	}
	return false;
}

bool
act_applies(const struct act *act, unsigned at, const cJSON *row)
{
	const char *state = state_of(act->at, row), *word = act->states;
	bool named = false, found = false;

	if ((act->at & at) == 0)
		return false;
	while (*word) {
		size_t len = strcspn(word, " ");

		if (*word == '+' || *word == '-') {
			if (has(row, word + 1, len - 1) != (*word == '+'))
				return false;
		} else {
			named = true;
			found |= strlen(state) == len &&
				 strncmp(state, word, len) == 0;
		}
		word += len;
		word += strspn(word, " ");
	}
	return found || !named;
}

/* --- words -------------------------------------------------------------- */

static const struct {
	const char *field, *label;
} labels[] = {
    {"id", N_("Id")},
    {"n", N_("Revision")},
    {"add", N_("Added")},
    {"again", N_("Another packet")},
    {"agreement", N_("Agreement")},
    {"approved", N_("Accepted on")},
    {"approved_by", N_("Accepted by")},
    {"approver", N_("As")},
    {"as", N_("As")},
    {"asked", N_("Asked for on")},
    {"by", N_("By")},
    {"carried_out", N_("Carried out on")},
    {"carry_out", N_("Carry out by")},
    {"co_monitors", N_("Co-monitors")},
    {"contract", N_("Contract")},
    {"danger", N_("Danger")},
    {"days", N_("Days")},
    {"decided", N_("Decided on")},
    {"decided_by", N_("Decided by")},
    {"decision", N_("Decision")},
    {"decision_reason", N_("Why so")},
    {"done", N_("Done")},
    {"dropped", N_("Dropped")},
    {"due", N_("Due")},
    {"extension", N_("Extension")},
    {"finding", N_("Finding")},
    {"follows", N_("Follows")},
    {"from", N_("From")},
    {"how", N_("How")},
    {"immediate", N_("At once")},
    {"kept", N_("Kept up")},
    {"key", N_("Its id")},
    {"kind", N_("Kind")},
    {"monitor", N_("Monitor")},
    {"note", N_("Note")},
    {"notice", N_("Notice")},
    {"on", N_("On")},
    {"period_from", N_("Period from")},
    {"period_to", N_("Period to")},
    {"prevented", N_("Prevented")},
    {"programme", N_("Programme")},
    {"proposed_by", N_("Proposed by")},
    {"provider", N_("Provider")},
    {"provider_name", N_("Name")},
    {"reason", N_("Reason")},
    {"recalled", N_("Recalled")},
    {"received", N_("Received on")},
    {"repeat", N_("Came back")},
    {"response", N_("The provider's answer")},
    {"review", N_("Review")},
    {"revision", N_("Revision")},
    {"safety", N_("Safety")},
    {"source", N_("Source")},
    {"staff", N_("Staff, a file")},
    {"state", N_("State")},
    {"text", N_("Found")},
    {"to", N_("To")},
    {"unit", N_("CC, CD or SF")},
    {"until", N_("Until")},
    {"user", N_("For")},
    {"when", N_("When")},
    {"who", N_("Who")},
    {"why", N_("Why")},
    {"withdrawn", N_("Withdrawn")},
    {"year", N_("Contract year")},
};

const char *
act_label(const char *field)
{
	for (size_t i = 0; i < sizeof labels / sizeof *labels; i++)
		if (strcmp(labels[i].field, field) == 0)
			return _(labels[i].label);
	return field;
}
