/* GET /v1/plans, GET and PUT /v1/plans/{id}: the year's reviews. */
#include "service/handlers.h"

#include <string.h>

#include "base/date.h"
#include "base/i18n.h"
#include "proto/codes.h"
#include "service/plan.h"
#include "service/rights.h"
#include "service/lasting.h"

/* --- the year -------------------------------------------------------- */

static bool
is_wanted(const struct context *c, const struct plan_row *row)
{
	const char *monitor = context_text(c, API_MONITOR);
	int bucket = (int)context_number(c, API_BUCKET, 0);
	const cJSON *one;
	bool mine =
	    monitor == NULL || (row->api.monitor != NULL &&
				   strcmp(row->api.monitor, monitor) == 0);

	cJSON_ArrayForEach(one, row->helpers)
	{
		mine = mine || strcmp(one->valuestring, monitor) == 0;
	}
	if (bucket == BUCKETS_LATE)
		return mine && row->bucket >= BUCKET_OVER_30 &&
		       row->bucket <= BUCKET_OVER_1;
	return mine && (bucket == 0 || row->bucket == bucket);
}

static void
write_buckets(struct json *j, const struct plan *p)
{
	const struct codeset *set = &codesets[CODES_BUCKET];
	int64_t counts[BUCKET_END] = {0};

	for (size_t i = 0; i < p->n; i++)
		counts[p->rows[i].bucket]++;
	json_key(j, "buckets");
	json_array(j);
	for (int i = 1; i < BUCKET_END; i++) {
		const struct api_bucket b = {
		    code_word(set, i), _(code_label(set, i)), counts[i]};

		api_object(j, API_RESOURCE_bucket, &b);
	}
	json_array_end(j);
}

/* What one monitor has to do; the first time he is met. */
static bool
met_before(const struct plan *p, size_t i)
{
	const char *name = p->rows[i].api.monitor;

	for (size_t k = 0; k < i; k++)
		if (p->rows[k].api.monitor != NULL &&
		    strcmp(p->rows[k].api.monitor, name) == 0)
			return true;
	return false;
}

static struct api_load
load_of(const struct plan *p, const char *name)
{
	struct api_load load = {.monitor = name};

	for (size_t i = 0; i < p->n; i++) {
		const struct plan_row *r = &p->rows[i];

		if (r->api.monitor == NULL ||
		    strcmp(r->api.monitor, name) != 0 ||
		    r->state == PLAN_STATE_DROPPED)
			continue;
		load.reviews++;
		load.done += r->state == PLAN_STATE_DONE;
		load.under_way += r->state == PLAN_STATE_UNDER_WAY;
		load.late +=
		    r->bucket >= BUCKET_OVER_30 && r->bucket <= BUCKET_OVER_1;
	}
	return load;
}

static void
write_monitors(struct json *j, const struct plan *p)
{
	json_key(j, "monitors");
	json_array(j);
	for (size_t i = 0; i < p->n; i++) {
		struct api_load load;

		if (p->rows[i].api.monitor == NULL || met_before(p, i))
			continue;
		load = load_of(p, p->rows[i].api.monitor);
		api_object(j, API_RESOURCE_load, &load);
	}
	json_array_end(j);
}

bool
plans_answer(struct context *c)
{
	int present = plan_year_of(plan_today(c), c->svc->year_month);
	struct plan p;

	if (!rights_may(c, FACTS_NO_ROW, RIGHT_PLANS) ||
	    !plan_read(c, (int)context_number(c, API_YEAR, present), &p))
		return false;
	json_kv_int(&c->json, "year", p.year);
	json_kv_date(&c->json, "from", p.span.from);
	json_kv_date(&c->json, "to", p.span.to);
	json_kv_date(&c->json, "as_of", p.today);
	write_buckets(&c->json, &p);
	write_monitors(&c->json, &p);
	json_key(&c->json, "rows");
	json_array(&c->json);
	for (size_t i = 0; i < p.n; i++)
		if (is_wanted(c, &p.rows[i]))
			plan_row_write(c, &p.rows[i]);
	json_array_end(&c->json);
	return true;
}

/* --- one review ------------------------------------------------------ */

/* What was written of it, who had it and why it was changed. */
static void
write_history(struct json *j, const struct papers *papers)
{
	json_key(j, "history");
	json_array(j);
	for (size_t i = 0; i < papers->n; i++) {
		const struct paper *p = &papers->list[i];

		json_object(j);
		papers_head(j, p);
		json_kv_string(j, "monitor", body_text(p->body, "monitor"));
		json_kv_date(j, "due", body_date(p->body, "due"));
		json_kv_bool(j, "dropped", body_bool(p->body, "dropped"));
		json_kv_string(j, "reason", body_text(p->body, "reason"));
		json_object_end(j);
	}
	json_array_end(j);
}

/* What a review that came in leaves open: for a follow-up, or next year's. */
static bool
count_open(struct context *c, struct plan_row *row)
{
	struct lasting lasting;

	if (row->state != PLAN_STATE_DONE)
		return true;
	if (!lasting_read(c, row->api.id, &lasting))
		return false;
	if (lasting.known)
		row->api.open_findings = (int64_t)lasting.open;
	return true;
}

bool
plan_answer(struct context *c)
{
	const struct shelf_ask ask = {.kind = PAPER_PLAN,
	    .id = context_text(c, API_PATH_ID),
	    .history = true};
	const struct plan_row *row;
	struct plan_row counted;
	struct papers papers;
	struct plan plan;

	if (!rights_may(c, FACTS_NO_ROW, RIGHT_PLANS) ||
	    !plan_review(c, ask.id, &plan, &row) ||
	    !papers_read(c, &ask, &papers))
		return false;
	counted = *row;
	if (!count_open(c, &counted))
		return false;
	json_key(&c->json, "review");
	plan_row_write(c, &counted);
	write_history(&c->json, &papers);
	return true;
}

/* --- writing --------------------------------------------------------- */

static bool
same_text(const char *a, const char *b)
{
	return a == b || (a != NULL && b != NULL && strcmp(a, b) == 0);
}

/* Whether what was agreed changes: then a reason is due. */
static bool
needs_reason(const cJSON *body, const struct plan_row *was)
{
	const char *monitor = body_text(body, "monitor");

	if (date_known(body_date(body, "due")) || body_bool(body, "dropped"))
		return true;
	return was != NULL && was->api.monitor != NULL && monitor != NULL &&
	       !same_text(monitor, was->api.monitor);
}

static bool
period_sound(struct context *c, const cJSON *b)
{
	int32_t from = body_date(b, "period_from");
	int32_t to = body_date(b, "period_to");

	if (date_known(from) != date_known(to))
		return papers_refuse(c, "period_to", _("a period has two ends"),
		    _("give both or none"));
	return !date_known(from) || from <= to ||
	       papers_refuse(
		   c, "period_to", _("it ends before it begins"), NULL);
}

static bool
contract_there(struct context *c, const cJSON *b)
{
	const struct paper *p;

	if (!papers_one(c, PAPER_CONTRACT, body_text(b, "contract"), &p))
		return false;
	return p != NULL ||
	       papers_refuse(c, "contract", _("there is no such contract"),
		   _("/v1/contracts names them"));
}

/* An annual review is called by its contract and year; others are not, and
 * have a day of their own. */
static bool
named_right(struct context *c, const cJSON *b)
{
	const char *id = context_text(c, API_PATH_ID);
	bool annual = strcmp(body_text(b, "kind"), "annual") == 0;
	char own[PLAN_ID];
	bool named =
	    plan_id(own, body_text(b, "contract"), (int)body_int(b, "year")) &&
	    strcmp(own, id) == 0;

	if (annual && !named)
		return papers_refuse(c, "kind",
		    _("an annual review is called by its contract and year"),
		    arena_printf(&c->arena, "%s", own));
	if (!annual && named)
		return papers_refuse(c, "kind",
		    _("this is the id of the annual review"),
		    _("give another review another id"));
	if (!annual && !date_known(body_date(b, "due")))
		return papers_refuse(c, "due",
		    _("a review beside the annual one needs a day"), NULL);
	if (strcmp(body_text(b, "kind"), "follow_up") == 0 &&
	    body_text(b, "follows") == NULL)
		return papers_refuse(c, "follows",
		    _("a follow-up names the review it follows"), NULL);
	return true;
}

static bool
plan_sound(struct context *c, const cJSON *b)
{
	const struct plan_row *was = NULL;
	struct plan plan;

	if (!contract_there(c, b) || !named_right(c, b) || !period_sound(c, b))
		return false;
	if (!plan_review(c, context_text(c, API_PATH_ID), &plan, &was)) {
		if (c->err.code != ERR_NO_SUCH_REVIEW)
			return false;
		if (strcmp(body_text(b, "kind"), "annual") == 0)
			return papers_refuse(c, "year",
			    _("the contract is not in force that year"), NULL);
		c->err = (struct err){0};
		c->params.fault = (struct refusal){0};
	}
	if (needs_reason(b, was) && body_text(b, "reason") == NULL)
		return papers_refuse(c, "reason",
		    _("another monitor, another day or none need a reason"),
		    NULL);
	return true;
}

bool
plan_put_answer(struct context *c)
{
	cJSON *body;

	if (!rights_may(c, FACTS_NO_ROW, RIGHT_PLANS))
		return false;
	body = papers_body(c, BODY_plan);
	return body != NULL && plan_sound(c, body) &&
	       papers_keep(c, PAPER_PLAN, context_text(c, API_PATH_ID),
		   BODY_plan, body);
}
