#include "service/frame.h"

#include <string.h>

#include "base/date.h"
#include "base/i18n.h"
#include "proto/body.h"
#include "proto/codes.h"
#include "service/homes.h"
#include "service/shape.h"

const struct census *
frame_census(struct context *c)
{
	return context_facts(c) ? homes_census(c) : NULL;
}

const char *
frame_provider_name(const struct census *census, const char *id, int32_t day)
{
	uint32_t org = census_find(census, id);

	return org != CENSUS_NONE ? census_org(census, org, day).name : NULL;
}

const char *
frame_source(struct context *c, int32_t on)
{
	const struct facts_about *a = facts_about(c->facts);
	char day[DATE_TEXT], through[DATE_TEXT], loaded[SHAPE_TIME];

	return arena_printf(&c->arena,
	    "%s: roster of %s; data through %s, loaded %s; generation %u",
	    a->source, date_format(on, day),
	    date_format(a->data_through, through),
	    shape_time(a->loaded_at, loaded), a->generation);
}

static void
end_roster(void *data)
{
	census_roster_fini(data);
}

static bool
looked(struct context *c, const struct census_roster *r)
{
	size_t n = r->current_n + r->discharged_n;
	uint32_t *rows = arena_alloc(&c->arena, (n + 1) * sizeof *rows);

	for (size_t i = 0; i < r->current_n; i++)
		rows[i] = r->current[i].child;
	for (size_t i = 0; i < r->discharged_n; i++)
		rows[r->current_n + i] = r->discharged[i].child;
	return shape_looked(c, rows, n);
}

bool
frame_roster(struct context *c, const struct frame_ask *ask,
    const struct census_roster **roster)
{
	const struct census *census = frame_census(c);
	const struct census_span span = {ask->from, ask->on, ask->on};
	struct census_roster *r;
	uint32_t org;

	if (census == NULL)
		return false;
	org = census_find(census, ask->provider);
	if (org == CENSUS_NONE)
		return err_set(&c->err, ERR_NO_SUCH_NODE,
		    _("the data do not know the provider %s"), ask->provider);
	r = arena_alloc(&c->arena, sizeof *r);
	census_roster(r, census, org, &span);
	context_hold(c, r, end_roster);
	*roster = r;
	return looked(c, r);
}

static struct frame_row
child_row(const struct context *c, enum unit unit, const struct census_child *k)
{
	return (struct frame_row){.unit = unit,
	    .key = shape_child_id(c, k->child),
	    .site = unit == UNIT_CC ? k->site : "",
	    .department =
		unit == UNIT_CC && k->department != 0
		    ? code_word(&codesets[CODES_DEPARTMENT], k->department)
		    : "",
	    .left = unit == UNIT_CD ? k->left : DATE_MISSING,
	    .hired = DATE_MISSING,
	    .psychotropic = unit == UNIT_CC && k->psychotropic == CENSUS_YES};
}

void
frame_of(struct context *c, const struct frame_ask *ask,
    const struct census_roster *r, struct frame *frame)
{
	size_t staff = (size_t)cJSON_GetArraySize(ask->staff);
	size_t n = r->current_n + r->discharged_n + staff, at = 0;
	struct frame_row *rows = arena_alloc(&c->arena, (n + 1) * sizeof *rows);
	const cJSON *o;

	for (size_t i = 0; i < r->current_n; i++)
		rows[at++] = child_row(c, UNIT_CC, &r->current[i]);
	for (size_t i = 0; i < r->discharged_n; i++)
		rows[at++] = child_row(c, UNIT_CD, &r->discharged[i]);
	cJSON_ArrayForEach(o, ask->staff)
	{
		rows[at++] = (struct frame_row){.unit = UNIT_SF,
		    .key = body_text(o, "key"),
		    .site = "",
		    .department = "",
		    .left = DATE_MISSING,
		    .hired = body_date(o, "hired"),
		    .social_worker = body_bool(o, "social_worker")};
	}
	*frame = (struct frame){rows, at, ask->from, ask->on};
}
