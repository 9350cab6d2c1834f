/* From rows of CWS/CMS to rows of the extract's tables. */
#include "ingest/cwscms_row.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/date.h"

#define PAIR 40

/* Organisations that stand for homes which no agreement covers; homes are
 * people's, so they have no names. */
static const struct {
	const char *id, *name;
	uint8_t setting;
} kinds[CWS_FACILITIES] = {
    [CWS_FACILITY_UNKNOWN] = {"", "", 0},
    [CWS_FACILITY_FFA] = {"", "", SETTING_NONRELATIVE},
    [CWS_FACILITY_CERTIFIED] = {"", "", SETTING_NONRELATIVE},
    [CWS_FACILITY_FOSTER] = {"CWS-foster", "Foster family homes",
	SETTING_NONRELATIVE},
    [CWS_FACILITY_GROUP] = {"", "", SETTING_GROUP_HOME},
    [CWS_FACILITY_INSTITUTION] = {"", "", SETTING_INSTITUTION},
    [CWS_FACILITY_RELATIVE] = {"CWS-relative", "Homes of relatives",
	SETTING_RELATIVE},
    [CWS_FACILITY_PREADOPTIVE] = {"CWS-preadoptive", "Pre-adoptive homes",
	SETTING_PREADOPTIVE},
    [CWS_FACILITY_INDEPENDENT] = {"CWS-independent",
	"Supervised independent living", SETTING_INDEPENDENT},
};

/* --- values ------------------------------------------------------------ */

struct csv_field
cwscms_get(const struct cwscms *w, int column)
{
	struct csv_field f = {"", 0};

	if (w->field[column] == CWS_NO_FIELD)
		return f;
	f = w->fields[w->field[column]];
	while (f.len > 0 && f.s[f.len - 1] == ' ')
		f.len--;
	return f;
}

/* An id: ten letters and digits; case matters. */
static bool
id_good(const struct csv_field *f)
{
	for (size_t i = 0; i < f->len; i++)
		if (f->s[i] <= ' ' || f->s[i] > '~')
			return false;
	return f->len > 0 && f->len < CWS_ID;
}

static struct cell
id_cell(const struct cwscms *w, int column)
{
	struct csv_field f = cwscms_get(w, column);

	return cell_text(f.s, f.len);
}

/* A day, or a time of which the day counts; false: it is none. */
static bool
day_get(const struct cwscms *w, int column, int32_t *day)
{
	struct csv_field f = cwscms_get(w, column);

	*day = DATE_MISSING;
	if (f.len == 0)
		return true;
	if (f.len >= 10 &&
	    (f.len == 10 || f.s[10] == ' ' || f.s[10] == 'T' || f.s[10] == '-'))
		*day = date_parse(f.s, 10);
	return *day != DATE_MISSING;
}

/* Days of some columns; the column that is none, or -1. */
static int
days_get(const struct cwscms *w, const int *columns, int n, int32_t *days)
{
	for (int i = 0; i < n; i++)
		if (!day_get(w, columns[i], &days[i]))
			return columns[i];
	return -1;
}

static int
meaning(struct cwscms *w, enum cws_family family, int column)
{
	struct csv_field f = cwscms_get(w, column);
	int found = cws_meaning(&w->codes, family, f.s, f.len);

	/* 0 stands for "none" in columns that must not be empty. */
	if (found == 0 && f.len > 0 && !(f.len == 1 && *f.s == '0'))
		w->unknown[family]++;
	return found;
}

static void
saw_day(struct cwscms *w, int32_t day)
{
	if (date_known(day) && (w->through == DATE_MISSING || day > w->through))
		w->through = day;
}

/* --- homes ------------------------------------------------------------- */

static struct cws_home *
home_slot(const struct cwscms *w, const char *id, size_t len)
{
	uint64_t h = UINT64_C(14695981039346656037);
	size_t at;

	for (size_t i = 0; i < len; i++)
		h = (h ^ (unsigned char)id[i]) * UINT64_C(1099511628211);
	at = (size_t)h & (w->homes_cap - 1);
	while (w->homes[at].id[0] != '\0' &&
	       (strlen(w->homes[at].id) != len ||
		   memcmp(w->homes[at].id, id, len) != 0))
		at = (at + 1) & (w->homes_cap - 1);
	return &w->homes[at];
}

static void
homes_grow(struct cwscms *w)
{
	struct cws_home *old = w->homes;
	size_t n = w->homes_cap;

	w->homes_cap = n == 0 ? 1024 : n * 2;
	w->homes = xcalloc(w->homes_cap, sizeof *w->homes);
	for (size_t i = 0; i < n; i++)
		if (old[i].id[0] != '\0')
			*home_slot(w, old[i].id, strlen(old[i].id)) = old[i];
	free(old);
}

/* A home that is there already, or a new one. */
static struct cws_home *
home_put(struct cwscms *w, const struct csv_field *id, bool *there)
{
	struct cws_home *home;

	if (2 * (w->homes_n + 1) > w->homes_cap)
		homes_grow(w);
	home = home_slot(w, id->s, id->len);
	*there = home->id[0] != '\0';
	if (!*there) {
		memcpy(home->id, id->s, id->len);
		w->homes_n++;
	}
	return home;
}

static const struct cws_home *
home_find(const struct cwscms *w, const struct csv_field *id)
{
	const struct cws_home *home;

	if (w->homes_cap == 0)
		return NULL;
	home = home_slot(w, id->s, id->len);
	return home->id[0] != '\0' ? home : NULL;
}

struct giver {
	struct cell id, name, license;
	uint8_t programme;
	int32_t from, to;
};

/* A provider, once. */
static bool
give_provider(struct cwscms *w, const struct giver *g, struct err *err)
{
	struct cell cells[EXTRACT_MAX_COLS];

	if (!ids_put(&w->givers, g->id.s, g->id.len, 0))
		return true;
	row_clear(cells, EXTRACT_PROVIDER);
	cells[PROVIDER_COL_ID] = g->id;
	cells[PROVIDER_COL_NAME] = g->name.len > 0 ? g->name : g->id;
	cells[PROVIDER_COL_LICENSE] = g->license;
	cells[PROVIDER_COL_PROGRAMME] = cell_code(g->programme);
	cells[PROVIDER_COL_FROM] = cell_day(g->from);
	cells[PROVIDER_COL_TO] = cell_day(g->to);
	return intake_row(w->in, EXTRACT_PROVIDER, cells, err);
}

static bool
give_site(struct cwscms *w, const struct cell *provider, int kind,
    int64_t capacity, struct err *err)
{
	struct cell cells[EXTRACT_MAX_COLS];

	row_clear(cells, EXTRACT_SITES);
	cells[SITES_COL_ID] = id_cell(w, CWS_HOME_ID);
	cells[SITES_COL_PROVIDER] = *provider;
	/* The name of a certified home is that of people. */
	if (kind == SITE_SITE)
		cells[SITES_COL_NAME] = id_cell(w, CWS_HOME_NAME);
	cells[SITES_COL_KIND] = cell_code(kind);
	cells[SITES_COL_LICENSE] = id_cell(w, CWS_HOME_LICENSE);
	if (capacity > 0)
		cells[SITES_COL_CAPACITY] = cell_int(capacity);
	return intake_row(w->in, EXTRACT_SITES, cells, err);
}

static int64_t
capacity_of(const struct cwscms *w)
{
	struct csv_field f = cwscms_get(w, CWS_HOME_CAPACITY);
	int32_t n = f.len > 0 && f.len < 6 ? digits(f.s, f.len) : -1;

	return f.len == 0 ? 0 : n;
}

/* A home of people, which stands with all of its kind. */
static bool
home_of_people(struct cwscms *w, enum cws_facility kind, struct err *err)
{
	const struct giver g = {
	    .id = cell_text(kinds[kind].id, strlen(kinds[kind].id)),
	    .name = cell_text(kinds[kind].name, strlen(kinds[kind].name)),
	    .license = cell_empty(),
	    .programme = HOME_KIND_OTHER,
	    .from = DATE_MISSING,
	    .to = DATE_MISSING};

	return give_provider(w, &g, err);
}

/* An agency, a facility or a certified home. */
static bool
home_of_agency(struct cwscms *w, struct cws_home *home, const int32_t *days,
    struct err *err)
{
	bool operated = home->operator[0] != '\0';
	bool facility = home->facility == CWS_FACILITY_GROUP ||
			home->facility == CWS_FACILITY_INSTITUTION;
	struct giver g = {.id = id_cell(w, CWS_HOME_ID),
	    .name = id_cell(w, CWS_HOME_NAME),
	    .license = id_cell(w, CWS_HOME_LICENSE),
	    .programme = facility ? HOME_KIND_GROUP_HOME : HOME_KIND_FFA,
	    .from = days[0],
	    .to = days[1]};

	if (home->facility == CWS_FACILITY_FFA)
		return give_provider(w, &g, err);
	if (operated) {
		g.id = cell_text(home->operator, strlen(home->operator));
		g.license = cell_empty();
		g.from = g.to = DATE_MISSING;
	}
	if (operated && facility)
		g.name = id_cell(w, CWS_HOME_LICENSEE);
	/* An agency tells of itself; its homes only name it. */
	if ((facility || !operated) && !give_provider(w, &g, err))
		return false;
	return give_site(
	    w, &g.id, facility ? SITE_SITE : SITE_HOME, capacity_of(w), err);
}

static bool
take_home(struct cwscms *w, struct err *err)
{
	static const int columns[] = {CWS_HOME_EFFECTIVE, CWS_HOME_CLOSED};
	struct csv_field id = cwscms_get(w, CWS_HOME_ID);
	struct csv_field by = cwscms_get(w, CWS_HOME_OPERATOR);
	enum cws_facility kind =
	    (enum cws_facility)meaning(w, CWS_PLC_FCLC, CWS_HOME_TYPE);
	int32_t days[2];
	int bad = days_get(w, columns, 2, days);
	struct cws_home *home;
	bool there;

	if (!id_good(&id) || (by.len > 0 && !id_good(&by)))
		return cwscms_aside(w,
		    id_good(&id) ? CWS_HOME_OPERATOR : CWS_HOME_ID, "FC-22",
		    err);
	if (bad >= 0)
		return cwscms_aside(w, bad, "FC-22", err);
	if (capacity_of(w) < 0)
		return cwscms_aside(w, CWS_HOME_CAPACITY, "FC-22", err);
	home = home_put(w, &id, &there);
	if (there)
		return cwscms_aside(w, CWS_HOME_ID, "DUP", err);
	home->facility = (uint8_t)kind;
	/* "0" and itself stand for nobody else. */
	if (by.len > 1 && (by.len != id.len || memcmp(by.s, id.s, id.len) != 0))
		memcpy(home->operator, by.s, by.len);
	if (kind == CWS_FACILITY_UNKNOWN)
		return true;
	return *kinds[kind].id != '\0' ? home_of_people(w, kind, err)
				       : home_of_agency(w, home, days, err);
}

/* --- children ---------------------------------------------------------- */

static bool
take_client(struct cwscms *w, struct err *err)
{
	struct csv_field id = cwscms_get(w, CWS_CLIENT_ID);
	struct csv_field sex = cwscms_get(w, CWS_CLIENT_GENDER);
	struct cell cells[EXTRACT_MAX_COLS];
	int32_t birth;

	if (!id_good(&id))
		return cwscms_aside(w, CWS_CLIENT_ID, "FC-22", err);
	if (!day_get(w, CWS_CLIENT_BIRTH, &birth))
		return cwscms_aside(w, CWS_CLIENT_BIRTH, "FC-22", err);
	if (sex.len > 1 || (sex.len == 1 && strchr("MFU", *sex.s) == NULL))
		return cwscms_aside(w, CWS_CLIENT_GENDER, "FC-22", err);
	/* Parents and carers are clients, too. */
	if (w->seen[CWS_CHLD] && ids_find(&w->children, id.s, id.len) == NULL)
		return true;
	if (!ids_put(&w->told, id.s, id.len, 0))
		return cwscms_aside(w, CWS_CLIENT_ID, "DUP", err);
	ids_put(&w->in->children, id.s, id.len, birth);
	intake_flag(w->in, "DQ-A7", birth == DATE_MISSING);
	row_clear(cells, EXTRACT_CHILD);
	cells[CHILD_COL_ID] = cell_text(id.s, id.len);
	cells[CHILD_COL_BIRTH] = cell_day(birth);
	cells[CHILD_COL_SEX] = cell_code(sex.len == 0	 ? 0
					 : *sex.s == 'M' ? SEX_MALE
					 : *sex.s == 'F' ? SEX_FEMALE
							 : SEX_UNKNOWN);
	return intake_row(w->in, EXTRACT_CHILD, cells, err);
}

/* A child of whom CLIENT_T does not tell is known by the id alone. */
static bool
need_child(struct cwscms *w, const struct cell *id, struct err *err)
{
	struct cell cells[EXTRACT_MAX_COLS];

	if (!ids_put(&w->told, id->s, id->len, 0))
		return true;
	row_clear(cells, EXTRACT_CHILD);
	cells[CHILD_COL_ID] = *id;
	ids_put(&w->in->children, id->s, id->len, DATE_MISSING);
	intake_flag(w->in, "DQ-A7", 1);
	return intake_row(w->in, EXTRACT_CHILD, cells, err);
}

static bool
take_case(struct cwscms *w, struct err *err)
{
	struct csv_field child = cwscms_get(w, CWS_CASE_CHILD);
	int32_t closed;

	if (!day_get(w, CWS_CASE_CLOSED, &closed))
		return cwscms_aside(w, CWS_CASE_CLOSED, "FC-22", err);
	if (closed != DATE_MISSING &&
	    cws_meaning(&w->codes, CWS_CLS_RSNC,
		cwscms_get(w, CWS_CASE_REASON).s,
		cwscms_get(w, CWS_CASE_REASON).len) == 1)
		ids_put(&w->closed, child.s, child.len, closed);
	return true;
}

/* --- episodes ---------------------------------------------------------- */

static void
pair_key(
    char key[static PAIR], const struct csv_field *a, const struct csv_field *b)
{
	snprintf(key, PAIR, "%.*s/%.*s", (int)a->len, a->s, (int)b->len, b->s);
}

/* Why the episode ended; Kin-GAP shows in how the case was closed. */
static int
why_ended(struct cwscms *w, int32_t ended)
{
	struct csv_field child = cwscms_get(w, CWS_EPISODE_CHILD);
	const int32_t *closed = ids_find(&w->closed, child.s, child.len);
	int why = meaning(w, CWS_TERM_TY_C, CWS_EPISODE_WHY);

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
	cells[REMOVAL_COL_CHILD] = id_cell(w, CWS_EPISODE_CHILD);
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
	return need_child(w, &cells[REMOVAL_COL_CHILD], err) &&
	       intake_row(w->in, EXTRACT_REMOVAL, cells, err);
}

static bool
take_episode(struct cwscms *w, struct err *err)
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
	int bad = days_get(w, columns, DAYS, days);
	bool left_out;
	char key[PAIR];

	if (!id_good(&child) || !id_good(&id))
		return cwscms_aside(w,
		    id_good(&id) ? CWS_EPISODE_CHILD : CWS_EPISODE_ID, "FC-22",
		    err);
	if (bad >= 0)
		return cwscms_aside(w, bad, "FC-22", err);
	left_out = meaning(w, CWS_AGY_RSPC, CWS_EPISODE_AGENCY) == CWS_LEFT_OUT;
	pair_key(key, &child, &id);
	if (!ids_put(&w->episodes, key, strlen(key), left_out))
		return cwscms_aside(w, CWS_EPISODE_ID, "DUP", err);
	saw_day(w, days[ENTERED]);
	saw_day(w, days[OUT_ENTERED]);
	saw_day(w, days[UPDATED]);
	return left_out || give_removal(w, days, err);
}

/* --- stays ------------------------------------------------------------- */

/* The setting: of the home's kind; with relatives as the carer's relation to
 * the child says. 0: nobody tells. */
static int
setting_of(struct cwscms *w, const struct cws_home *home)
{
	struct csv_field group = cwscms_get(w, CWS_STAY_GROUP);
	int relation = meaning(w, CWS_SCP_RLTC, CWS_STAY_RELATION);
	int setting = home != NULL ? kinds[home->facility].setting : 0;

	if (setting == 0 && group.len == 1 && *group.s == 'Y')
		return SETTING_GROUP_HOME;
	if (setting == SETTING_RELATIVE && relation == 2)
		return SETTING_NONRELATIVE;
	return setting == SETTING_NONRELATIVE && relation == 1
		   ? SETTING_RELATIVE
		   : setting;
}

static struct cell
provider_of(const struct cws_home *home)
{
	if (home == NULL)
		return cell_empty();
	if (*kinds[home->facility].id != '\0')
		return cell_text(
		    kinds[home->facility].id, strlen(kinds[home->facility].id));
	if (home->operator[0] != '\0' && home->facility != CWS_FACILITY_FFA)
		return cell_text(home->operator, strlen(home->operator));
	return cell_text(home->id, strlen(home->id));
}

static int
asked_of(struct cwscms *w)
{
	int asked = meaning(w, CWS_PLCG_RNC, CWS_STAY_WHY);

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
	cells[PLACEMENT_COL_CHILD] = id_cell(w, CWS_STAY_CHILD);
	cells[PLACEMENT_COL_START] = cell_day(days[0]);
	cells[PLACEMENT_COL_STOP] = cell_day(days[1]);
	cells[PLACEMENT_COL_SETTING] = cell_code(setting);
	cells[PLACEMENT_COL_PROVIDER] = provider_of(home);
	cells[PLACEMENT_COL_SITE] = id_cell(w, CWS_STAY_HOME);
	/* Nobody asked yet for the end of what has not ended. */
	if (days[1] != DATE_MISSING)
		cells[PLACEMENT_COL_REQUESTED] = cell_code(asked_of(w));
	return intake_row(w->in, EXTRACT_PLACEMENT, cells, err);
}

static bool
take_stay(struct cwscms *w, struct err *err)
{
	static const int columns[] = {
	    CWS_STAY_START, CWS_STAY_STOP, CWS_STAY_NOTICE};
	struct csv_field child = cwscms_get(w, CWS_STAY_CHILD);
	struct csv_field episode = cwscms_get(w, CWS_STAY_EPISODE);
	struct csv_field id = cwscms_get(w, CWS_STAY_HOME);
	const struct cws_home *home = home_find(w, &id);
	const int32_t *left_out;
	int32_t days[3];
	int bad = days_get(w, columns, 3, days);
	char key[PAIR];

	if (bad >= 0)
		return cwscms_aside(w, bad, "FC-22", err);
	if (!id_good(&child) || !id_good(&episode) || !id_good(&id))
		return cwscms_aside(w,
		    !id_good(&id)      ? CWS_STAY_HOME
		    : !id_good(&child) ? CWS_STAY_CHILD
				       : CWS_STAY_EPISODE,
		    "FC-22", err);
	pair_key(key, &child, &episode);
	left_out = ids_find(&w->episodes, key, strlen(key));
	if (left_out == NULL)
		return cwscms_aside(w, CWS_STAY_EPISODE, "REF", err);
	if (home == NULL && w->seen[CWS_HOME])
		return cwscms_aside(w, CWS_STAY_HOME, "REF", err);
	return *left_out == 1 || give_stay(w, days, home, err);
}

/* --- allegations ------------------------------------------------------- */

/* Of several allegations of one child in a referral the gravest counts. */
static int
rank_of(int disposition)
{
	return disposition == DISPOSITION_SUBSTANTIATED	 ? 4
	       : disposition == DISPOSITION_INCONCLUSIVE ? 3
	       : disposition == DISPOSITION_UNFOUNDED	 ? 2
							 : 1;
}

static bool
give_report(
    struct cwscms *w, const struct csv_field *id, int32_t day, struct err *err)
{
	struct cell cells[EXTRACT_MAX_COLS];

	if (!ids_put(&w->reports, id->s, id->len, 0))
		return true;
	row_clear(cells, EXTRACT_REPORT);
	cells[REPORT_COL_ID] = cell_text(id->s, id->len);
	cells[REPORT_COL_RECEIVED] = cell_int((int64_t)day * DATE_MINUTES);
	return intake_row(w->in, EXTRACT_REPORT, cells, err);
}

/* By whose people it was, as the kind of facility lets assume. */
static int64_t
perpetrators_of(struct cwscms *w)
{
	int kind = meaning(w, CWS_PLC_FCLC, CWS_ALLEGATION_FACILITY);

	if (kind == CWS_FACILITY_UNKNOWN ||
	    cws_rule(&w->codes, CWS_RULE_IN_FACILITY) == 0)
		return 0;
	if (kind == CWS_FACILITY_GROUP || kind == CWS_FACILITY_INSTITUTION)
		return INT64_C(1) << (PERPETRATOR_FACILITY - 1);
	return INT64_C(1) << ((kind == CWS_FACILITY_RELATIVE
				      ? PERPETRATOR_FOSTER_RELATIVE
				      : PERPETRATOR_FOSTER_UNKNOWN) -
			      1);
}

/* The day on which the referral came in; else, by rule, the disposition's. */
static int32_t
received_on(struct cwscms *w, const struct csv_field *id, int32_t disposed)
{
	const int32_t *day = ids_find(&w->referrals, id->s, id->len);

	if (day != NULL)
		return *day;
	return disposed != DATE_MISSING &&
		       cws_rule(&w->codes, CWS_RULE_DISPOSED) != 0
		   ? disposed
		   : DATE_MISSING;
}

static bool
give_allegation(
    struct cwscms *w, int disposition, int32_t started, struct err *err)
{
	struct csv_field child = cwscms_get(w, CWS_ALLEGATION_CHILD);
	struct csv_field id = cwscms_get(w, CWS_ALLEGATION_REFERRAL);
	struct cell cells[EXTRACT_MAX_COLS];
	int32_t *given;
	char key[PAIR];

	pair_key(key, &id, &child);
	if (!ids_put(&w->pairs, key, strlen(key), rank_of(disposition))) {
		given = ids_find(&w->pairs, key, strlen(key));
		if (*given >= rank_of(disposition))
			return true;
		*given = rank_of(disposition);
	}
	row_clear(cells, EXTRACT_VICTIM);
	cells[VICTIM_COL_REPORT] = cell_text(id.s, id.len);
	cells[VICTIM_COL_CHILD] = cell_text(child.s, child.len);
	cells[VICTIM_COL_INCIDENT] = cell_day(started);
	cells[VICTIM_COL_DISPOSITION] = cell_code(disposition);
	cells[VICTIM_COL_PERPETRATORS] = cell_code(perpetrators_of(w));
	return intake_row(w->in, EXTRACT_VICTIM, cells, err);
}

static bool
take_allegation(struct cwscms *w, struct err *err)
{
	static const int columns[] = {
	    CWS_ALLEGATION_DISPOSED, CWS_ALLEGATION_STARTED};
	struct csv_field child = cwscms_get(w, CWS_ALLEGATION_CHILD);
	struct csv_field id = cwscms_get(w, CWS_ALLEGATION_REFERRAL);
	int disposition = meaning(w, CWS_ALG_DSPC, CWS_ALLEGATION_DISPOSITION);
	int32_t days[2], received;
	int bad = days_get(w, columns, 2, days);

	if (bad >= 0)
		return cwscms_aside(w, bad, "FC-22", err);
	if (!id_good(&child) || !id_good(&id))
		return cwscms_aside(w,
		    id_good(&id) ? CWS_ALLEGATION_CHILD
				 : CWS_ALLEGATION_REFERRAL,
		    "FC-22", err);
	if (disposition == CWS_LEFT_OUT)
		return true;
	received = received_on(w, &id, days[0]);
	if (received == DATE_MISSING)
		return cwscms_aside(w, CWS_ALLEGATION_REFERRAL, "CWS-2", err);
	return give_report(w, &id, received, err) &&
	       give_allegation(w, disposition, days[1], err);
}

static bool
take_referral(struct cwscms *w, struct err *err)
{
	struct csv_field id = cwscms_get(w, CWS_REFERRAL_ID);
	int32_t day;

	if (!id_good(&id))
		return cwscms_aside(w, CWS_REFERRAL_ID, "FC-22", err);
	if (!day_get(w, CWS_REFERRAL_RECEIVED, &day))
		return cwscms_aside(w, CWS_REFERRAL_RECEIVED, "FC-22", err);
	if (!ids_put(&w->referrals, id.s, id.len, day))
		return cwscms_aside(w, CWS_REFERRAL_ID, "DUP", err);
	return true;
}

/* --- which table ------------------------------------------------------- */

static bool
take_code(struct cwscms *w, struct err *err)
{
	struct csv_field family = cwscms_get(w, CWS_SYS_FAMILY);
	struct csv_field code = cwscms_get(w, CWS_SYS_CODE);
	struct csv_field label = cwscms_get(w, CWS_SYS_LABEL);
	int known = cws_family_named(family.s, family.len);

	(void)err;
	if (known >= 0)
		cws_label(&w->codes, (enum cws_family)known, code.s, code.len,
		    label.s, label.len);
	return true;
}

static bool
take_child(struct cwscms *w, struct err *err)
{
	struct csv_field id = cwscms_get(w, CWS_CHLD_CLIENT);

	if (!id_good(&id))
		return cwscms_aside(w, CWS_CHLD_CLIENT, "FC-22", err);
	if (!ids_put(&w->children, id.s, id.len, 0))
		return cwscms_aside(w, CWS_CHLD_CLIENT, "DUP", err);
	return true;
}

bool
cwscms_row(struct cwscms *w, struct err *err)
{
	static bool (*const take[CWS_TABLES])(
	    struct cwscms * w, struct err * err) = {
	    [CWS_SYS] = take_code,
	    [CWS_CHLD] = take_child,
	    [CWS_CLIENT] = take_client,
	    [CWS_CASE] = take_case,
	    [CWS_HOME] = take_home,
	    [CWS_EPISODE] = take_episode,
	    [CWS_STAY] = take_stay,
	    [CWS_REFERRAL] = take_referral,
	    [CWS_ALLEGATION] = take_allegation,
	};

	return take[w->table] == NULL || take[w->table](w, err);
}

static struct ids *const *
all_ids(struct cwscms *w, struct ids *list[static 9])
{
	struct ids *const all[] = {&w->children, &w->told, &w->closed,
	    &w->episodes, &w->givers, &w->referrals, &w->reports, &w->pairs};

	memcpy(list, all, sizeof all);
	list[8] = NULL;
	return list;
}

void
cwscms_rows_init(struct cwscms *w)
{
	struct ids *list[9];

	for (struct ids *const *i = all_ids(w, list); *i != NULL; i++)
		ids_init(*i);
	w->through = DATE_MISSING;
}

void
cwscms_rows_fini(struct cwscms *w)
{
	struct ids *list[9];

	for (struct ids *const *i = all_ids(w, list); *i != NULL; i++)
		ids_fini(*i);
	free(w->homes);
}
