/* Care in CWS/CMS: episodes -> removals, stays -> placements. */
#include "ingest/cwscms_row.h"

#include <string.h>

#include "base/date.h"

/* Why the episode ended; Kin-GAP shows in how the case was closed. */
static int
why_ended(struct cwscms *w, int32_t ended)
{
	struct csv_field child = cwscms_get(w, CWS_EPISODE_CHILD);
	const int32_t *closed = ids_find(&w->closed, child.s, child.len);
	int why = cwscms_meaning(w, CWS_TERM_TY_C, CWS_EPISODE_WHY);

	if (why == 0 && closed != NULL && *closed >= ended &&
	    *closed - ended <= cws_rule(&w->codes, CWS_RULE_KIN_GAP_DAYS))
		return DISCHARGE_GUARDIANSHIP;
	return why;
}

enum { REMOVED, ENDED, CUSTODY, ENTERED, OUT_ENTERED, UPDATED, DAYS };

static bool
give_removal(struct cwscms *w, const int32_t *days, struct err *err)
{
	bool out = days[ENDED] != DATE_MISSING;
	struct cell cells[EXTRACT_MAX_COLS];
	int why = out ? why_ended(w, days[ENDED]) : 0;

	row_clear(cells, EXTRACT_REMOVAL);
	cells[REMOVAL_COL_CHILD] = cwscms_id_cell(w, CWS_EPISODE_CHILD);
	cells[REMOVAL_COL_DATE] = cell_day(days[REMOVED]);
	cells[REMOVAL_COL_CUSTODY] = cell_day(days[CUSTODY]);
	cells[REMOVAL_COL_DISCHARGE] = cell_day(days[ENDED]);
	cells[REMOVAL_COL_WHY_OUT] = cell_code(why);
	cells[REMOVAL_COL_ENTERED] = cell_day(days[ENTERED]);
	if (out)
		cells[REMOVAL_COL_OUT_ENTERED] = cell_day(days[OUT_ENTERED]);
	intake_flag(w->in, "DQ-A5", out && days[ENDED] == days[REMOVED]);
	intake_flag(w->in, "DQ-A6", out && days[ENDED] < days[REMOVED]);
	intake_flag(w->in, "DQ-A9", out && why == 0);
	return cwscms_need_child(w, &cells[REMOVAL_COL_CHILD], err) &&
	       intake_row(w->in, EXTRACT_REMOVAL, cells, err);
}

bool
cwscms_take_episode(struct cwscms *w, struct err *err)
{
	static const int columns[DAYS] = {
	    [REMOVED] = CWS_EPISODE_REMOVED,
	    [ENDED] = CWS_EPISODE_ENDED,
	    [CUSTODY] = CWS_EPISODE_CUSTODY,
	    [ENTERED] = CWS_EPISODE_ENTERED,
	    [OUT_ENTERED] = CWS_EPISODE_END_ENTERED,
	    [UPDATED] = CWS_EPISODE_UPDATED,
	};
	struct csv_field child = cwscms_get(w, CWS_EPISODE_CHILD);
	struct csv_field id = cwscms_get(w, CWS_EPISODE_ID);
	int32_t days[DAYS];
	int bad = cwscms_days(w, columns, DAYS, days);
	bool left_out;
	char key[CWS_PAIR];

	if (!cwscms_id_good(&child) || !cwscms_id_good(&id))
		return cwscms_aside(w,
		    cwscms_id_good(&id) ? CWS_EPISODE_CHILD : CWS_EPISODE_ID,
		    "FC-22", err);
	if (bad >= 0)
		return cwscms_aside(w, bad, "FC-22", err);
	left_out =
	    cwscms_meaning(w, CWS_AGY_RSPC, CWS_EPISODE_AGENCY) == CWS_LEFT_OUT;
	cwscms_pair(key, &child, &id);
	if (!ids_put(&w->episodes, key, strlen(key), left_out))
		return cwscms_aside(w, CWS_EPISODE_ID, "DUP", err);
	cwscms_saw_day(w, days[ENTERED]);
	cwscms_saw_day(w, days[OUT_ENTERED]);
	cwscms_saw_day(w, days[UPDATED]);
	return left_out || give_removal(w, days, err);
}

/* The setting: of the home's kind; with relatives as the carer's relation to
 * the child says. 0: nobody tells. */
static int
setting_of(struct cwscms *w, const struct cws_home *home)
{
	struct csv_field group = cwscms_get(w, CWS_STAY_GROUP);
	int relation = cwscms_meaning(w, CWS_SCP_RLTC, CWS_STAY_RELATION);
	int setting = cwscms_home_setting(home);

	if (setting == 0 && group.len == 1 && *group.s == 'Y')
		return SETTING_GROUP_HOME;
	if (setting == SETTING_RELATIVE && relation == 2)
		return SETTING_NONRELATIVE;
	return setting == SETTING_NONRELATIVE && relation == 1
		   ? SETTING_RELATIVE
		   : setting;
}

static int
asked_of(struct cwscms *w)
{
	int asked = cwscms_meaning(w, CWS_PLCG_RNC, CWS_STAY_WHY);

	if (asked == 0 && cwscms_get(w, CWS_STAY_NOTICE).len > 0 &&
	    cws_rule(&w->codes, CWS_RULE_NOTICE) != 0)
		return REQUESTED_PROVIDER;
	return asked;
}

static bool
give_stay(struct cwscms *w, const int32_t *days, const struct cws_home *home,
    struct err *err)
{
	struct cell cells[EXTRACT_MAX_COLS];
	int setting = setting_of(w, home);

	if (setting == 0)
		return cwscms_aside(w, CWS_STAY_HOME, "CWS-1", err);
	row_clear(cells, EXTRACT_PLACEMENT);
	cells[PLACEMENT_COL_CHILD] = cwscms_id_cell(w, CWS_STAY_CHILD);
	cells[PLACEMENT_COL_START] = cell_day(days[0]);
	cells[PLACEMENT_COL_STOP] = cell_day(days[1]);
	cells[PLACEMENT_COL_SETTING] = cell_code(setting);
	cells[PLACEMENT_COL_PROVIDER] = cwscms_home_provider(home);
	cells[PLACEMENT_COL_SITE] = cwscms_id_cell(w, CWS_STAY_HOME);
	/* Nobody asked yet for the end of what has not ended. */
	if (days[1] != DATE_MISSING)
		cells[PLACEMENT_COL_REQUESTED] = cell_code(asked_of(w));
	return intake_row(w->in, EXTRACT_PLACEMENT, cells, err);
}

bool
cwscms_take_stay(struct cwscms *w, struct err *err)
{
	static const int columns[] = {
	    CWS_STAY_START, CWS_STAY_STOP, CWS_STAY_NOTICE};
	struct csv_field child = cwscms_get(w, CWS_STAY_CHILD);
	struct csv_field episode = cwscms_get(w, CWS_STAY_EPISODE);
	struct csv_field id = cwscms_get(w, CWS_STAY_HOME);
	const struct cws_home *home = cwscms_home(w, &id);
	const int32_t *left_out;
	int32_t days[3];
	int bad = cwscms_days(w, columns, 3, days);
	char key[CWS_PAIR];

	if (bad >= 0)
		return cwscms_aside(w, bad, "FC-22", err);
	if (!cwscms_id_good(&child) || !cwscms_id_good(&episode) ||
	    !cwscms_id_good(&id))
		return cwscms_aside(w,
		    !cwscms_id_good(&id)      ? CWS_STAY_HOME
		    : !cwscms_id_good(&child) ? CWS_STAY_CHILD
					      : CWS_STAY_EPISODE,
		    "FC-22", err);
	cwscms_pair(key, &child, &episode);
	left_out = ids_find(&w->episodes, key, strlen(key));
	if (left_out == NULL)
		return cwscms_aside(w, CWS_STAY_EPISODE, "REF", err);
	if (home == NULL && w->seen[CWS_HOME])
		return cwscms_aside(w, CWS_STAY_HOME, "REF", err);
	return *left_out == 1 || give_stay(w, days, home, err);
}
