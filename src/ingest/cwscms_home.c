/* Homes of CWS/CMS: placement homes -> providers and sites. */
#include "ingest/cwscms_row.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/date.h"

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

const struct cws_home *
cwscms_home(const struct cwscms *w, const struct csv_field *id)
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
	cells[SITES_COL_ID] = cwscms_id_cell(w, CWS_HOME_ID);
	cells[SITES_COL_PROVIDER] = *provider;
	/* The name of a certified home is that of people. */
	if (kind == SITE_SITE)
		cells[SITES_COL_NAME] = cwscms_id_cell(w, CWS_HOME_NAME);
	cells[SITES_COL_KIND] = cell_code(kind);
	cells[SITES_COL_LICENSE] = cwscms_id_cell(w, CWS_HOME_LICENSE);
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
	struct giver g = {.id = cwscms_id_cell(w, CWS_HOME_ID),
	    .name = cwscms_id_cell(w, CWS_HOME_NAME),
	    .license = cwscms_id_cell(w, CWS_HOME_LICENSE),
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
		g.name = cwscms_id_cell(w, CWS_HOME_LICENSEE);
	/* An agency tells of itself; its homes only name it. */
	if ((facility || !operated) && !give_provider(w, &g, err))
		return false;
	return give_site(
	    w, &g.id, facility ? SITE_SITE : SITE_HOME, capacity_of(w), err);
}

bool
cwscms_take_home(struct cwscms *w, struct err *err)
{
	static const int columns[] = {CWS_HOME_EFFECTIVE, CWS_HOME_CLOSED};
	struct csv_field id = cwscms_get(w, CWS_HOME_ID);
	struct csv_field by = cwscms_get(w, CWS_HOME_OPERATOR);
	enum cws_facility kind =
	    (enum cws_facility)cwscms_meaning(w, CWS_PLC_FCLC, CWS_HOME_TYPE);
	int32_t days[2];
	int bad = cwscms_days(w, columns, 2, days);
	struct cws_home *home;
	bool there;

	if (!cwscms_id_good(&id) || (by.len > 0 && !cwscms_id_good(&by)))
		return cwscms_aside(w,
		    cwscms_id_good(&id) ? CWS_HOME_OPERATOR : CWS_HOME_ID,
		    "FC-22", err);
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

int
cwscms_home_setting(const struct cws_home *home)
{
	return home != NULL ? kinds[home->facility].setting : 0;
}

struct cell
cwscms_home_provider(const struct cws_home *home)
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
