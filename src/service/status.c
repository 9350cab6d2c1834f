/* GET /v1/status: what serves, for whom, which generations there are. */
#include "config.h"
#include "service/handlers.h"

#include "base/i18n.h"
#include "service/rights.h"
#include "service/shape.h"

static void
status_user(struct context *c)
{
	json_key(&c->json, "user");
	json_object(&c->json);
	json_kv_string(&c->json, "name", c->request->who.name);
	json_key(&c->json, "may");
	json_array(&c->json);
	for (int r = 0; r < RIGHTS; r++)
		if (rights_has(c, FACTS_NO_ROW, (enum right)r))
			json_string(&c->json, right_word((enum right)r));
	json_array_end(&c->json);
	json_object_end(&c->json);
}

static void
status_service(struct context *c)
{
	json_key(&c->json, "service");
	json_object(&c->json);
	json_kv_string(&c->json, "name", "hearthd");
	json_kv_string(&c->json, "version", PACKAGE_VERSION);
	json_kv_int(&c->json, "api", API_VERSION);
	json_kv_int(&c->json, "measures", measures_n(c->svc->measures));
	json_object_end(&c->json);
}

static void
status_generation(struct context *c, const struct store_generation *g)
{
	char time[SHAPE_TIME];
	const struct api_generation r = {
	    .generation = g->about.generation,
	    .data_through = g->about.data_through,
	    .loaded_at = shape_time(g->about.loaded_at, time),
	    .agency = g->about.agency,
	    .source = g->about.source,
	    .invented = g->about.invented,
	    .state = store_state_word(g->state),
	    .rows = (int64_t)g->rows,
	    .aside = (int64_t)g->aside,
	};

	api_object(&c->json, API_RESOURCE_generation, &r);
}

/* What was published last and stands aside for an older one. Its error names
 * files, which are nobody's business here. */
static void
status_fault(struct context *c)
{
	struct err err;
	uint32_t bad = snaps_bad(c->svc->snaps, &err);

	json_key(&c->json, "fault");
	if (bad == 0) {
		json_null(&c->json);
		return;
	}
	json_object(&c->json);
	json_kv_int(&c->json, "generation", bad);
	json_kv_string(&c->json, "code", err_name(err.code));
	json_kv_string(&c->json, "words",
	    _("this import cannot be read any more and could not be built "
	      "anew; an older one is served: hearthctl generations --verify"));
	json_object_end(&c->json);
}

static void
status_generations_free(void *data)
{
	store_generations_free(data);
}

bool
status_answer(struct context *c)
{
	struct store_generations *all = arena_alloc(&c->arena, sizeof *all);

	if (!rights_may(c, FACTS_NO_ROW, RIGHT_STATUS))
		return false;
	/* A store in which nothing serves yet is worth telling, no fault. */
	if (!context_facts(c) && c->err.code != ERR_NO_DATA)
		return false;
	*all = (struct store_generations){0};
	if (!snaps_list(c->svc->snaps, all, &c->err))
		return false;
	context_hold(c, all, status_generations_free);
	shape_about(c);
	status_service(c);
	status_user(c);
	json_key(&c->json, "generations");
	json_array(&c->json);
	for (size_t i = 0; i < all->n; i++)
		status_generation(c, &all->list[i]);
	json_array_end(&c->json);
	status_fault(c);
	return true;
}
