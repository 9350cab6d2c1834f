#include "service/homes.h"

#include <stdlib.h>

#include "base/i18n.h"
#include "service/scope.h"
#include "service/shape.h"

#define HOMES_MONTHS 12

static void
homes_free(void *data)
{
	census_free(data);
}

const struct census *
homes_census(struct context *c)
{
	struct buf key = {0};
	struct cache_value v = {.free = homes_free};
	const struct census *found;

	buf_printf(&key, "census|%u", c->snap->generation);
	found = context_cached(c, buf_text(&key));
	if (found == NULL) {
		v.data = census_new(c->facts, c->svc->census_rules);
		v.bytes = census_bytes(v.data);
		found = context_remember(c, buf_text(&key), &v);
	}
	buf_free(&key);
	return found;
}

bool
homes_span(struct context *c, struct census_span *span)
{
	int32_t through = facts_about(c->facts)->data_through;
	struct measure_period period;

	if (!scope_months(c, HOMES_MONTHS, &period))
		return false;
	*span = (struct census_span){period.from, period.to,
	    (int32_t)context_number(
		c, API_ON, period.to < through ? period.to : through)};
	if (span->on > through)
		return context_refuse(c, ERR_BAD_VALUE, API_ON,
		    _("a day up to which data go: /v1/status says which"));
	return true;
}

bool
homes_org(struct context *c, const struct census *census, uint32_t *org)
{
	*org = census_find(census, context_text(c, API_PATH_ID));
	return *org != CENSUS_NONE ||
	       context_refuse(c, ERR_NO_SUCH_PROVIDER, API_PATH_ID,
		   _("/v1/providers names the providers"));
}

void
homes_span_members(struct context *c, const struct census_span *span)
{
	json_kv_date(&c->json, "from", span->from);
	json_kv_date(&c->json, "to", span->to);
	json_kv_date(&c->json, "on", span->on);
}

static int64_t
homes_number(const struct census_counts *counts, enum census_count what)
{
	const struct census_value *v = &counts->at[what];

	return v->known ? v->n : API_NULL;
}

struct api_provider
homes_provider(struct context *c, const struct census *census, uint32_t org,
    const struct census_counts *counts)
{
	struct census_org o = census_org(census, org, counts->span.on);

	(void)c;
	return (struct api_provider){
	    .id = o.id,
	    .name = *o.name != '\0' ? o.name : NULL,
	    .programme = shape_word(CODES_HOME_KIND, o.programme),
	    .license = *o.license != '\0' ? o.license : NULL,
	    .status = !o.told	   ? "not_told"
		      : o.in_force ? "in_force"
				   : "ended",
	    .from = o.from,
	    .to = o.to,
	    .sites = counts->at[CENSUS_HOMES].known ? counts->sites : API_NULL,
	    .certified_homes = homes_number(counts, CENSUS_HOMES),
	    .capacity = counts->at[CENSUS_CAPACITY].unknown > 0
			    ? API_NULL
			    : homes_number(counts, CENSUS_CAPACITY),
	    .placed = homes_number(counts, CENSUS_PLACED),
	    .served = homes_number(counts, CENSUS_SERVED),
	    .discharged = homes_number(counts, CENSUS_DISCHARGED),
	};
}

bool
homes_rules(struct census_rules **rules, const char *path, struct err *err)
{
	struct faults faults = {0};
	bool ok = true;

	*rules = xcalloc(1, sizeof **rules);
	if (path != NULL)
		ok = census_rules_read(*rules, path, &faults, err);
	else
		census_rules_init(*rules);
	faults_free(&faults);
	return ok;
}

void
homes_rules_free(struct census_rules *rules)
{
	if (rules == NULL)
		return;
	census_rules_fini(rules);
	free(rules);
}
