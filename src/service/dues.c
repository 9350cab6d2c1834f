/* GET /v1/dues, and GET /v1/countdown for the clocks that are not of children.
 */
#include "service/dues.h"

#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "base/i18n.h"
#include "service/caps.h"
#include "service/find.h"
#include "service/handlers.h"
#include "service/listing.h"
#include "service/plan.h"
#include "service/rights.h"
#include "service/scope.h"
#include "service/shape.h"
#include "service/shape_duty.h"

static const struct {
	const char *title, *brief, *over, *rule, *citation, *stops;
	enum right right;
} clocks[DUES_END] = {
    [CLOCKS_CAP] = {N_("Corrective action plans"), N_("Action plans"),
	"provider",
	N_("The plan within 30 calendar days of the notice, unless it was "
	   "extended; the county's answer within 15 business days of the plan; "
	   "then the day by which the plan says that it is carried out."),
	N_("Exhibit N, corrective action plans"),
	N_("it is verified that the plan is carried out"), RIGHT_REVIEWS},
    [CLOCKS_REVIEW] = {N_("Reviews of providers"), N_("Reviews"), "provider",
	N_("So many months after the last review or the first day of the "
	   "agreement (setting review.due), or the day that was set."),
	N_("our own rule"), N_("the sealed review comes in"), RIGHT_PLANS},
};

/* --- gathering ---------------------------------------------------------- */

struct gathering {
	struct context *c;
	struct dues *to;
	size_t cap;
	bool own; /* only the monitor's who is named, else the asker's */
	int clock;
	struct plan plans[2]; /* this year's, and the one before */
	int32_t today;
};

static struct due *
due_new(struct gathering *g)
{
	struct dues *d = g->to;

	if (d->n == g->cap) {
		size_t cap = g->cap * 2 + 32;
		struct due *more =
		    arena_alloc(&g->c->arena, cap * sizeof *more);

		if (d->n > 0)
			memcpy(more, d->rows, d->n * sizeof *more);
		d->rows = more;
		g->cap = cap;
	}
	return &d->rows[d->n++];
}

static bool
is_own(const struct gathering *g, const struct plan_row *row)
{
	const char *who = context_text(g->c, API_MONITOR);
	const cJSON *one;

	if (who == NULL)
		who = g->c->request->who.name;
	if (who == NULL)
		return false;
	if (row->api.monitor != NULL && strcmp(row->api.monitor, who) == 0)
		return true;
	cJSON_ArrayForEach(one, row->helpers)
	{
		if (strcmp(one->valuestring, who) == 0)
			return true;
	}
	return false;
}

/* The planned review by which the provider is somebody's. */
static const struct plan_row *
row_of(const struct gathering *g, const char *provider)
{
	const struct plan_row *found = NULL;

	for (int y = 0; y < 2; y++)
		for (size_t i = 0; found == NULL && i < g->plans[y].n; i++)
			if (g->plans[y].rows[i].api.provider != NULL &&
			    strcmp(g->plans[y].rows[i].api.provider,
				provider) == 0)
				found = &g->plans[y].rows[i];
	return found;
}

static void
due_say(struct due *d, const char *why)
{
	if (why != NULL && *why != '\0')
		d->why[d->why_n++] = why;
}

static const char *
state_word(int bucket)
{
	int state = bucket <= BUCKET_OVER_1    ? DUTY_OVERDUE
		    : bucket == BUCKET_NONE    ? DUTY_DONE
		    : bucket == BUCKET_UNKNOWN ? DUTY_UNKNOWN
					       : DUTY_DUE;

	return code_word(&codesets[CODES_DUTY], state);
}

static void
due_fill(struct gathering *g, struct due *d, int64_t days)
{
	d->api.clock = code_word(&codesets[CODES_CLOCKS], g->clock);
	d->api.days =
	    d->bucket < BUCKET_NONE && days != API_NULL ? days : API_NULL;
	d->api.bucket = code_word(&codesets[CODES_BUCKET], d->bucket);
	d->api.state = state_word(d->bucket);
	g->to->counts[d->bucket]++;
}

/* --- corrective action plans ------------------------------------------- */

static const struct {
	const char *begins, *turn;
} stages[] = {
    [CAP_AWAITED] = {N_("the written notice"),
	N_("The provider's plan is awaited.")},
    [CAP_IN_REVIEW] = {N_("the plan came"), N_("The county has to answer it.")},
    [CAP_ADDENDUM] = {N_("the plan came"),
	N_("It does not cover every finding: an addendum is awaited.")},
    [CAP_CARRYING] = {N_("the plan was accepted"),
	N_("It is being carried out; that has to be verified.")},
    [CAP_DONE] = {N_("it was carried out"), ""},
};

static int32_t
stage_began(const struct plan_due *p)
{
	switch (p->clock.stage) {
	case CAP_AWAITED:
		return p->cap.notice;
	case CAP_IN_REVIEW:
	case CAP_ADDENDUM:
		return p->cap.received;
	case CAP_CARRYING:
		return p->cap.approved;
	case CAP_DONE:
		break;
	}
	return p->cap.carried_out;
}

static void
add_cap(struct gathering *g, const struct paper *p, const struct instrument *in)
{
	struct plan_due due = caps_due(p->body, in, g->today);
	const char *provider = body_text(p->body, "provider");
	const struct plan_row *row = row_of(g, provider);
	struct due *d;

	if (g->own && (row == NULL || !is_own(g, row)))
		return;
	d = due_new(g);
	*d = (struct due){.bucket = due.bucket};
	d->api = (struct api_duty){
	    .key = p->id,
	    .name = body_text(p->body, "provider_name"),
	    .worker = row != NULL ? row->api.monitor : NULL,
	    .due = due.due,
	    .start = stage_began(&due),
	    .start_event = _(stages[due.clock.stage].begins),
	};
	if (d->api.name == NULL)
		d->api.name = provider;
	due_say(d, _(stages[due.clock.stage].turn));
	if (due.clock.stage == CAP_AWAITED && due.cap.extended != DATE_MISSING)
		due_say(d, _("It was extended."));
	if (due.cap.safety)
		due_say(d, _("It is about safety or the physical plant."));
	due_fill(g, d, due.days);
}

static bool
read_caps(struct gathering *g)
{
	const struct shelf_ask ask = {.kind = PAPER_CAP};
	const struct instrument *in;
	struct papers all;

	if (!papers_read(g->c, &ask, &all))
		return false;
	if (all.n > 0 && !caps_calendar(g->c, &in))
		return false;
	for (size_t i = 0; i < all.n; i++)
		add_cap(g, &all.list[i], in);
	return true;
}

/* --- reviews ------------------------------------------------------------ */

/* Of the year before only what never came in. */
static void
add_review(struct gathering *g, const struct plan_row *row, bool before)
{
	struct due *d;

	if ((before && row->state >= PLAN_STATE_DONE) ||
	    row->state == PLAN_STATE_NO_CONTRACT ||
	    row->state == PLAN_STATE_DROPPED || (g->own && !is_own(g, row)))
		return;
	d = due_new(g);
	*d = (struct due){.bucket = row->bucket};
	d->api = (struct api_duty){
	    .key = row->api.id,
	    .name = row->api.provider_name != NULL ? row->api.provider_name
						   : row->api.provider,
	    .worker = row->api.monitor,
	    .due = row->api.due,
	    .start = row->api.last,
	    .start_event =
		date_known(row->api.last) ? _("the last review came in") : NULL,
	};
	due_say(d, arena_printf(&g->c->arena, "%s; %s",
		       _(code_label(&codesets[CODES_PLAN_STATE], row->state)),
		       row->api.words != NULL ? row->api.words : ""));
	due_fill(g, d, row->api.days);
}

/* Plans are read only where there is an agreement: without one there is no
 * review, and nothing more is looked at. */
static bool
read_plans(struct gathering *g, bool named)
{
	bool (*const read)(struct context * c, int year, struct plan *plan) =
	    named ? plan_read : plan_read_bare;
	const struct shelf_ask ask = {.kind = PAPER_CONTRACT};
	int year = plan_year_of(g->today, g->c->svc->year_month);
	struct papers contracts;

	if (!papers_read(g->c, &ask, &contracts))
		return false;
	return contracts.n == 0 || (read(g->c, year, &g->plans[0]) &&
				       read(g->c, year - 1, &g->plans[1]));
}

static void
take_reviews(struct gathering *g)
{
	for (int y = 0; y < 2; y++)
		for (size_t i = 0; i < g->plans[y].n; i++)
			add_review(g, &g->plans[y].rows[i], y > 0);
}

/* --- all ------------------------------------------------------------------ */

static int
by_due(const void *a, const void *b)
{
	const struct due *x = a, *y = b;
	bool open_x = x->bucket < BUCKET_NONE, open_y = y->bucket < BUCKET_NONE;

	if (open_x != open_y)
		return open_y - open_x;
	if (x->api.due != y->api.due)
		return x->api.due < y->api.due ? -1 : 1;
	return strcmp(x->api.key, y->api.key);
}

static bool
dues_read(struct context *c, const struct dues_ask *ask, struct dues *dues)
{
	struct gathering g = {.c = c, .to = dues, .clock = ask->clock};

	*dues = (struct dues){0};
	g.own = context_text(c, API_MONITOR) != NULL ||
		(ask->at != FACTS_NO_ROW && ask->at != facts_root(c->facts));
	g.today = plan_today(c);
	if (!read_plans(&g, ask->named))
		return false;
	if (ask->clock == CLOCKS_REVIEW)
		take_reviews(&g);
	else if (!read_caps(&g))
		return false;
	if (dues->n > 0)
		qsort(dues->rows, dues->n, sizeof *dues->rows, by_due);
	return true;
}

static void
write_clock(struct context *c, const char *key, int clock)
{
	const struct api_clock r = {
	    .id = code_word(&codesets[CODES_CLOCKS], clock),
	    .title = _(clocks[clock].title),
	    .short_title = _(clocks[clock].brief),
	    .over = clocks[clock].over,
	    .rule = _(clocks[clock].rule),
	    .citation = _(clocks[clock].citation),
	    .certainty = clock == CLOCKS_CAP ? "V" : "D",
	    .stops = _(clocks[clock].stops),
	};

	json_key(&c->json, key);
	api_object(&c->json, API_RESOURCE_clock, &r);
}

/* --- the answer ----------------------------------------------------------- */

struct shown {
	struct context *c;
	struct dues dues;
	struct listing list; /* of dues.rows */
};

static bool
is_late(const struct due *d)
{
	return d->bucket >= BUCKET_OVER_30 && d->bucket <= BUCKET_OVER_1;
}

static bool
matches(const struct due *d, const struct find *words)
{
	struct buf b = {0};
	bool found;

	if (words->n == 0)
		return true;
	buf_printf(&b, "%s %s %s", d->api.key,
	    d->api.name != NULL ? d->api.name : "",
	    d->api.worker != NULL ? d->api.worker : "");
	found = find_match(words, buf_text(&b));
	buf_free(&b);
	return found;
}

static void
choose(struct shown *s)
{
	struct find words = find_of(&s->c->arena, context_text(s->c, API_Q));
	int bucket = (int)context_number(s->c, API_BUCKET, 0);

	for (size_t i = 0; i < s->dues.n; i++) {
		const struct due *d = &s->dues.rows[i];
		bool in = bucket == 0 || bucket == d->bucket ||
			  (bucket == BUCKETS_LATE && is_late(d));

		if (in && matches(d, &words))
			s->dues.rows[s->list.page.n++] = *d;
	}
}

/* What has no unit and no child is neither filtered nor counted by them. */
static bool
asked_right(struct context *c)
{
	static const enum api_param_id not [] = {
	    API_WHERE, API_BY, API_DEFINITION};

	for (size_t i = 0; i < sizeof not / sizeof *not ; i++)
		if (context_text(c, not [i]) != NULL)
			return context_refuse(c, ERR_BAD_VALUE, not [i],
			    _("these duties are providers', not children's"));
	return true;
}

static const char *
row_key(void *of, const void *row)
{
	(void)of;
	return ((const struct due *)row)->api.key;
}

static void
read_row(void *of, const void *row, bool all, void *value)
{
	(void)of;
	(void)all;
	*(struct api_duty *)value = ((const struct due *)row)->api;
}

static void
write_row(void *of, const void *row)
{
	struct context *c = ((struct shown *)of)->c;
	const struct due *d = row;

	json_object(&c->json);
	api_members(&c->json, API_RESOURCE_duty, &d->api);
	shape_strings(c, "why", d->why, d->why_n);
	json_object_end(&c->json);
}

static void
write_head(struct shown *s, int clock, uint32_t at)
{
	struct context *c = s->c;
	struct json *j = &c->json;
	int32_t as_of = plan_today(c);

	shape_about(c);
	write_clock(c, "clock", clock);
	shape_node(c, "at", at);
	shape_path(c, at, facts_about(c->facts)->data_through);
	json_kv_date(j, "as_of", as_of);
	json_kv_string(j, "version", "");
	json_key(j, "where");
	json_array(j);
	json_array_end(j);
	json_kv_string(j, "ref", NULL);
	shape_duty_buckets(c, s->dues.counts);
}

bool
dues_countdown(struct context *c, int clock)
{
	struct shown s = {.c = c};
	struct dues_ask ask = {.clock = clock, .named = true};
	struct json *j = &c->json;

	if (!context_facts(c) || !scope_node(c, API_AT, &ask.at) ||
	    !rights_may(c, ask.at, clocks[clock].right) || !asked_right(c) ||
	    !dues_read(c, &ask, &s.dues))
		return false;
	s.list = (struct listing){.resource = API_RESOURCE_duty,
	    .columns = shape_duty_columns,
	    .natural = "due",
	    .rows = s.dues.rows,
	    .size = sizeof *s.dues.rows,
	    .key = row_key,
	    .read = read_row,
	    .write = write_row,
	    .of = &s};
	choose(&s);
	if (!listing_turn(c, &s.list))
		return false;
	write_head(&s, clock, ask.at);
	listing_write(c, &s.list);
	json_key(j, "by_rows");
	json_array(j);
	json_array_end(j);
	return true;
}

/* --- counted -------------------------------------------------------------- */

static void
write_counts(struct context *c, int clock, const struct dues *dues)
{
	json_object(&c->json);
	write_clock(c, "clock", clock);
	shape_duty_buckets(c, dues->counts);
	json_object_end(&c->json);
}

/* The unit; providers are monitored also before anything was imported. */
static bool
look(struct context *c, uint32_t *at)
{
	*at = FACTS_NO_ROW;
	if (context_facts(c))
		return scope_node(c, API_AT, at);
	if (c->err.code != ERR_NO_DATA)
		return false;
	c->err = (struct err){0};
	return true;
}

/* Only clocks of which something is open: who has no such duties sees none. */
bool
dues_answer(struct context *c)
{
	struct dues_ask ask = {.named = false};
	struct json *j = &c->json;

	if (!rights_may(c, FACTS_NO_ROW, RIGHT_FIGURES) || !look(c, &ask.at))
		return false;
	json_kv_date(j, "as_of", plan_today(c));
	json_key(j, "clocks");
	json_array(j);
	for (ask.clock = DUES_FIRST; ask.clock < DUES_END; ask.clock++) {
		struct dues dues;

		if (!rights_has(c, FACTS_NO_ROW, clocks[ask.clock].right))
			continue;
		if (!dues_read(c, &ask, &dues))
			return false;
		if (dues.n > (size_t)dues.counts[BUCKET_NONE])
			write_counts(c, ask.clock, &dues);
	}
	json_array_end(j);
	return true;
}
