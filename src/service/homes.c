#include "service/homes.h"

#include <stdlib.h>

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
