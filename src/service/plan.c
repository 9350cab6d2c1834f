#include "service/plan.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/date.h"
#include "base/i18n.h"
#include "census/census.h"
#include "measure/clock.h"
#include "proto/codes.h"
#include "service/frame.h"
#include "service/plan_part.h"
#include "service/shape.h"

/* --- days and ids ---------------------------------------------------- */

int32_t
plan_today(const struct context *c)
{
	time_t now = time(NULL);
	struct tm tm;

	localtime_r(&now, &tm);
	return (int32_t)context_number(c, API_AS_OF,
	    date_make(tm.tm_year + 1900, tm.tm_mon + 1, tm.tm_mday));
}

bool
plan_id(char id[static PLAN_ID], const char *contract, int year)
{
	return snprintf(id, PLAN_ID, "%s-%d", contract, year) < PLAN_ID;
}

/* --- a row ----------------------------------------------------------- */

static const char *
state_word(int state)
{
	return code_word(&codesets[CODES_PLAN_STATE], state);
}

static int
state_of(const struct plan_source *s, const struct plan_row *row)
{
	const struct api_planned *a = &row->api;

	if (row->paper != NULL && body_bool(row->paper->body, "dropped"))
		return PLAN_STATE_DROPPED;
	if (a->revision != API_NULL)
		return PLAN_STATE_DONE;
	if (row->contract == NULL)
		return PLAN_STATE_NO_CONTRACT;
	if (a->taken_by != NULL)
		return PLAN_STATE_UNDER_WAY;
	if (a->packet != NULL)
		return PLAN_STATE_ISSUED;
	if (papers_find(&s->draws, a->id) != NULL)
		return PLAN_STATE_DRAWN;
	return a->monitor == NULL ? PLAN_STATE_NO_MONITOR : PLAN_STATE_OPEN;
}

static int
bucket_of(const struct plan_source *s, struct plan_row *row)
{
	if (row->state >= PLAN_STATE_DONE)
		return BUCKET_NONE;
	if (!date_known(row->api.due))
		return BUCKET_UNKNOWN;
	row->api.days = row->api.due - s->plan->today;
	return clock_bucket((int32_t)row->api.days);
}

static void
row_state(struct plan_source *s, struct plan_row *row)
{
	struct api_planned *a = &row->api;
	const struct plan_received *r = plan_received_of(s, a->id);
	const struct paper *packet = plan_packet_of(s, a->id);

	a->revision = r != NULL ? (int64_t)r->revision : API_NULL;
	a->done = r != NULL ? r->first : DATE_MISSING;
	a->approved = r != NULL ? plan_approved_on(s, r) : DATE_MISSING;
	a->packet = packet != NULL ? packet->id : NULL;
	a->taken_by = plan_claimed_by(s, a->id);
	a->days = a->open_findings = API_NULL;
	row->state = state_of(s, row);
	row->bucket = bucket_of(s, row);
	a->state = state_word(row->state);
	a->bucket = code_word(&codesets[CODES_BUCKET], row->bucket);
}

/* How the day came about, in a sentence. */
static const char *
due_words(struct plan_source *s, const struct plan_ask *ask, enum plan_why why)
{
	int32_t base = why == PLAN_SINCE_START ? ask->from : ask->last;
	int months = plan_rule_on(&s->c->svc->due, base)->months;

	if (why == PLAN_SINCE_LAST)
		return arena_printf(
		    &s->c->arena, _("%d months after the last review"), months);
	if (why == PLAN_SINCE_START)
		return arena_printf(&s->c->arena,
		    _("%d months after the contract's first day"), months);
	return why == PLAN_YEAR_BEGINS
		   ? _("long due: the first day of the year or the contract")
		   : _("the last day of the year or the contract");
}

static void
row_due(struct plan_source *s, struct plan_row *row)
{
	struct api_planned *a = &row->api;
	const cJSON *b = row->contract->body;
	const struct plan_received *last = plan_last_of(s, a->id, b);
	const struct plan_ask ask = {.year = s->plan->span,
	    .from = body_date(b, "from"),
	    .to = body_date(b, "to"),
	    .last = last != NULL ? last->first : DATE_MISSING};
	enum plan_why why;

	a->last = ask.last;
	if (a->follows == NULL && last != NULL)
		a->follows = last->review;
	if (strcmp(a->kind, "annual") == 0) {
		a->due = plan_due(&s->c->svc->due, &ask, &why);
		a->words = due_words(s, &ask, why);
	}
}

/* What was written of this one review goes before the contract. */
static void
row_written(struct plan_source *s, struct plan_row *row)
{
	struct api_planned *a = &row->api;
	const struct paper *p = row->paper = papers_find(&s->plans, a->id);
	const char *text;

	if (p == NULL)
		return;
	a->version = p->version;
	a->kind = body_text(p->body, "kind");
	a->follows = body_text(p->body, "follows");
	a->period_from = body_date(p->body, "period_from");
	a->period_to = body_date(p->body, "period_to");
	if ((text = body_text(p->body, "monitor")) != NULL)
		a->monitor = text;
	if (cJSON_GetObjectItem(p->body, "co_monitors") != NULL)
		row->helpers = cJSON_GetObjectItem(p->body, "co_monitors");
	if (row->contract != NULL)
		row_due(s, row);
	if (date_known(body_date(p->body, "due"))) {
		a->due = body_date(p->body, "due");
		a->words = body_text(p->body, "reason");
	}
}

static struct plan_row *
row_new(struct plan_source *s, const char *id)
{
	struct plan *p = s->plan;
	struct plan_row *row;

	if (p->n == p->cap) {
		size_t cap = p->cap * 2 + 64;

		row = arena_alloc(&s->c->arena, cap * sizeof *row);
		if (p->n > 0)
			memcpy(row, p->rows, p->n * sizeof *row);
		p->rows = row;
		p->cap = cap;
	}
	row = &p->rows[p->n++];
	*row = (struct plan_row){.api = {.id = plan_keep(s, id),
				     .year = p->year,
				     .kind = "annual",
				     .contract_year = API_NULL,
				     .period_from = DATE_MISSING,
				     .period_to = DATE_MISSING,
				     .due = DATE_MISSING,
				     .last = DATE_MISSING}};
	return row;
}

static void
row_contract(struct plan_source *s, struct plan_row *row, const struct paper *p)
{
	struct api_planned *a = &row->api;

	row->contract = p;
	a->contract = p->id;
	a->provider = body_text(p->body, "provider");
	a->programme = body_text(p->body, "programme");
	a->agreement = body_text(p->body, "agreement");
	a->contract_year = body_int(p->body, "year");
	a->monitor = body_text(p->body, "monitor");
	row->helpers = cJSON_GetObjectItem(p->body, "co_monitors");
	if (s->census != NULL)
		a->provider_name =
		    frame_provider_name(s->census, a->provider, s->plan->today);
	row_due(s, row);
}

static bool
overlaps(const struct plan *p, int32_t from, int32_t to)
{
	return from <= p->span.to && to >= p->span.from;
}

/* --- all rows -------------------------------------------------------- */

static void
add_contracts(struct plan_source *s)
{
	for (size_t i = 0; i < s->contracts.n; i++) {
		const struct paper *p = &s->contracts.list[i];
		struct plan_row *row;
		char id[PLAN_ID];

		if (!overlaps(s->plan, body_date(p->body, "from"),
			body_date(p->body, "to")) ||
		    !plan_id(id, p->id, s->plan->year))
			continue;
		row = row_new(s, id);
		row_contract(s, row, p);
		row_written(s, row);
		row_state(s, row);
	}
}

/* Reviews beside the annual one: follow-ups, for cause. */
static void
add_others(struct plan_source *s)
{
	for (size_t i = 0; i < s->plans.n; i++) {
		const struct paper *p = &s->plans.list[i];
		const char *contract = body_text(p->body, "contract");
		const struct paper *of = papers_find(&s->contracts, contract);
		struct plan_row *row;

		if (plan_is_annual_of(p->id, contract) ||
		    body_int(p->body, "year") != s->plan->year)
			continue;
		row = row_new(s, p->id);
		if (of != NULL)
			row_contract(s, row, of);
		row_written(s, row);
		row_state(s, row);
	}
}

static bool
has_contract(const struct plan_source *s, const char *provider)
{
	for (size_t i = 0; i < s->plan->n; i++)
		if (s->plan->rows[i].api.provider != NULL &&
		    strcmp(s->plan->rows[i].api.provider, provider) == 0)
			return true;
	return false;
}

/* Providers in force that year without an agreement: they have no review to
 * take yet, but nobody forgets them. */
static void
add_forgotten(struct plan_source *s)
{
	uint32_t n = s->census != NULL ? census_orgs(s->census) : 0;
	size_t contracted = s->plan->n;

	for (uint32_t i = 0; i < n; i++) {
		struct census_org o =
		    census_org(s->census, i, s->plan->span.to);
		struct plan_row *row;

		if (!o.told || o.by != i || o.programme == 0 ||
		    o.programme > HOME_KIND_FFA ||
		    !overlaps(s->plan, o.from, o.to) ||
		    (contracted > 0 && has_contract(s, o.id)))
			continue;
		row = row_new(s, arena_printf(&s->c->arena, "?%s", o.id));
		row->api.provider = plan_keep(s, o.id);
		row->api.provider_name = plan_keep(s, o.name);
		row->api.programme =
		    code_word(&codesets[CODES_HOME_KIND], o.programme);
		row->api.words =
		    _("no agreement is known for this provider and year");
		row_state(s, row);
	}
}

/* --- the order ------------------------------------------------------- */

/* Who lacks something first, what is over last. */
static int
rank(const struct plan_row *r)
{
	return r->state == PLAN_STATE_NO_CONTRACT  ? 0
	       : r->state == PLAN_STATE_NO_MONITOR ? 1
	       : r->state < PLAN_STATE_DONE	   ? 2
						   : 3;
}

static int
by_rank(const void *a, const void *b)
{
	const struct plan_row *x = a, *y = b;
	int32_t dx = date_known(x->api.due) ? x->api.due : DATE_NEVER;
	int32_t dy = date_known(y->api.due) ? y->api.due : DATE_NEVER;

	if (rank(x) != rank(y))
		return rank(x) - rank(y);
	if (dx != dy)
		return dx < dy ? -1 : 1;
	return strcmp(x->api.id, y->api.id);
}

static bool
plan_make(struct plan_source *s, int year)
{
	struct plan *p = s->plan;

	*p = (struct plan){.year = year,
	    .span = plan_year(year, s->c->svc->year_month),
	    .today = plan_today(s->c)};
	add_contracts(s);
	add_others(s);
	add_forgotten(s);
	if (p->n > 0)
		qsort(p->rows, p->n, sizeof *p->rows, by_rank);
	return true;
}

bool
plan_read_bare(struct context *c, int year, struct plan *plan)
{
	struct plan_source s = {.c = c, .plan = plan, .bare = true};

	return plan_read_all(&s) && plan_make(&s, year);
}

bool
plan_read(struct context *c, int year, struct plan *plan)
{
	struct plan_source s = {.c = c, .plan = plan};

	return plan_read_all(&s) && plan_make(&s, year);
}

/* The year in which the review stands: of its plan, or the end of its id. */
static int
year_of(const struct plan_source *s, const char *id)
{
	const struct paper *p = papers_find(&s->plans, id);
	size_t n = strlen(id);

	if (p != NULL)
		return (int)body_int(p->body, "year");
	return n > 5 && id[n - 5] == '-' &&
		       strspn(id + n - 4, "0123456789") == 4
		   ? atoi(id + n - 4)
		   : 0;
}

bool
plan_review(struct context *c, const char *id, struct plan *plan,
    const struct plan_row **row)
{
	struct plan_source s = {.c = c, .plan = plan};
	int year;

	*row = NULL;
	if (!plan_read_all(&s))
		return false;
	year = year_of(&s, id);
	if (year >= 1990 && year <= 2100)
		plan_make(&s, year);
	else
		*plan = (struct plan){0};
	for (size_t i = 0; i < plan->n; i++)
		if (strcmp(plan->rows[i].api.id, id) == 0)
			*row = &plan->rows[i];
	if (*row != NULL)
		return true;
	return context_refuse(c, ERR_NO_SUCH_REVIEW, API_PATH_ID,
	    _("/v1/plans names a year's reviews"));
}

void
plan_row_write(struct context *c, const struct plan_row *row)
{
	struct json *j = &c->json;
	const cJSON *one;

	json_object(j);
	api_members(j, API_RESOURCE_planned, &row->api);
	json_key(j, "co_monitors");
	json_array(j);
	cJSON_ArrayForEach(one, row->helpers)
	{
		json_string(j, one->valuestring);
	}
	json_array_end(j);
	json_object_end(j);
}
