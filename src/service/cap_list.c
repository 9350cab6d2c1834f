/* GET /v1/caps, GET and PUT /v1/caps/{id}: corrective action plans by the
 * bucket of their clocks, what changed since a day, and one with what was
 * found, planned and answered, finding by finding. */
#include "service/handlers.h"

#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "base/i18n.h"
#include "poms/card.h"
#include "proto/codes.h"
#include "proto/resources.h"
#include "service/caps.h"
#include "service/listing.h"
#include "service/rights.h"
#include "service/shape.h"
#include "service/shape_duty.h"

struct row {
	const struct paper *paper;
	const struct paper *then_paper; /* as of the day since; NULL: none */
	struct plan_due now, then;
	int change; /* DIFF_...; 0: none, or nothing was asked */
};

struct caps {
	struct context *c;
	const struct instrument *in;
	struct papers newest, history;
	int32_t today, since; /* since DATE_MISSING: nothing is compared */
	struct row *rows;
	size_t all_n; /* before a bucket was chosen */
	int64_t counts[BUCKET_END];
	size_t rows_n;
};

/* --- what changed ----------------------------------------------------- */

/* The newest version that was there at the end of that day. */
static const struct paper *
version_then(const struct caps *s, const char *id)
{
	const struct paper *found = NULL;

	for (size_t i = 0; i < s->history.n; i++) {
		const struct paper *p = &s->history.list[i];

		if (strcmp(p->id, id) == 0 && caps_day(p->at_ms) <= s->since)
			found = p;
	}
	return found;
}

static bool
is_late(const struct plan_due *p)
{
	return p->bucket >= BUCKET_OVER_30 && p->bucket <= BUCKET_OVER_1;
}

/* A step was done (met, or too late: missed), what is due became late
 * (missed), or its day moved. */
static int
change_of(const struct row *r)
{
	if (r->then_paper == NULL)
		return DIFF_NEW;
	if (r->now.clock.stage != r->then.clock.stage) {
		bool late = r->now.clock.stage == CAP_DONE
				? !r->now.clock.carried_on_time
			    : r->then.clock.stage == CAP_AWAITED
				? !r->now.clock.on_time
				: is_late(&r->then);

		return late ? DIFF_MISSED : DIFF_MET;
	}
	if (r->now.due != r->then.due)
		return DIFF_MOVED;
	return is_late(&r->now) && !is_late(&r->then) ? DIFF_MISSED : 0;
}

static void
compare(const struct caps *s, struct row *r)
{
	if (s->since == DATE_MISSING)
		return;
	r->then_paper = version_then(s, r->paper->id);
	if (r->then_paper != NULL)
		r->then = caps_due(r->then_paper->body, s->in, s->since);
	r->change = change_of(r);
}

/* --- which ------------------------------------------------------------ */

static bool
is_wanted(const struct caps *s, const struct row *r)
{
	int64_t bucket = context_number(s->c, API_BUCKET, 0);

	return bucket == 0 || bucket == r->now.bucket ||
	       (bucket == BUCKETS_LATE && is_late(&r->now));
}

/* What is most over stands first; what is done last. */
static int
by_due(const void *a, const void *b)
{
	const struct row *x = a, *y = b;
	bool open_x = x->now.bucket < BUCKET_NONE;
	bool open_y = y->now.bucket < BUCKET_NONE;

	if (open_x != open_y)
		return open_y - open_x;
	if (x->now.due != y->now.due)
		return x->now.due < y->now.due ? -1 : 1;
	return strcmp(x->paper->id, y->paper->id);
}

static bool
read_all(struct caps *s)
{
	struct shelf_ask ask = {.kind = PAPER_CAP};

	if (!papers_read(s->c, &ask, &s->newest))
		return false;
	ask.history = true;
	return s->since == DATE_MISSING || papers_read(s->c, &ask, &s->history);
}

static void
gather(struct caps *s)
{
	const char *provider = context_text(s->c, API_PROVIDER);

	s->rows =
	    arena_alloc(&s->c->arena, (s->newest.n + 1) * sizeof *s->rows);
	for (size_t i = 0; i < s->newest.n; i++) {
		const struct paper *p = &s->newest.list[i];
		struct row r = {.paper = p};
		const char *of = body_text(p->body, "provider");

		if (provider != NULL &&
		    (of == NULL || strcmp(of, provider) != 0))
			continue;
		r.now = caps_due(p->body, s->in, s->today);
		compare(s, &r);
		s->all_n++;
		s->counts[r.now.bucket]++;
		if (is_wanted(s, &r))
			s->rows[s->rows_n++] = r;
	}
	qsort(s->rows, s->rows_n, sizeof *s->rows, by_due);
}

/* --- writing ---------------------------------------------------------- */

static struct api_cap_row
row_of(struct context *c, const struct row *r)
{
	const struct paper *p = r->paper;
	const cJSON *b = p->body;
	struct api_plan plan = card_plan(&r->now.cap, &r->now.clock);
	char *at = arena_alloc(&c->arena, SHAPE_TIME);

	return (struct api_cap_row){
	    .id = p->id,
	    .version = p->version,
	    .at = shape_time(p->at_ms / 1000, at),
	    .by = p->by,
	    .provider = body_text(b, "provider"),
	    .provider_name = body_text(b, "provider_name"),
	    .review = body_text(b, "review"),
	    .source = body_text(b, "source"),
	    .safety = plan.safety,
	    .notice = plan.notice,
	    .immediate = plan.immediate,
	    .due = plan.due,
	    .extensions = cJSON_GetArraySize(
		cJSON_GetObjectItemCaseSensitive(b, "extensions")),
	    .received = plan.received,
	    .approved = plan.approved,
	    .carry_out = plan.carry_out,
	    .carried_out = plan.carried_out,
	    .findings = r->now.findings,
	    .uncovered = plan.uncovered,
	    .addenda = cJSON_GetArraySize(
		cJSON_GetObjectItemCaseSensitive(b, "addenda")),
	    .repeat = plan.repeat,
	    .stage = plan.stage,
	    .clock_due = r->now.due,
	    .days = r->now.bucket < BUCKET_NONE ? r->now.days : API_NULL,
	    .bucket = code_word(&codesets[CODES_BUCKET], r->now.bucket),
	    .on_time = plan.on_time,
	    .late = plan.late,
	    .band = plan.band,
	    .county_due = plan.county_due,
	    .county_late = plan.county_late,
	    .county_words = plan.county_words,
	    .carried_late = plan.carried_late,
	    .carried_band = plan.carried_band,
	    .change = r->change > 0
			  ? code_word(&codesets[CODES_DIFF], r->change)
			  : NULL,
	    .then_stage = r->then_paper != NULL
			      ? cap_stage_word(r->then.clock.stage)
			      : NULL,
	    .then_due = r->then_paper != NULL ? r->then.due : DATE_MISSING,
	};
}

static void
write_changes(const struct caps *s)
{
	struct json *j = &s->c->json;
	int64_t counts[DIFF_END] = {0};

	json_kv_date(j, "since", s->since);
	for (size_t i = 0; i < s->rows_n; i++)
		counts[s->rows[i].change]++;
	json_key(j, "changes");
	json_array(j);
	for (int d = 1; s->since != DATE_MISSING && d < DIFF_END; d++) {
		const struct api_bucket o = {
		    .id = code_word(&codesets[CODES_DIFF], d),
		    .label = _(code_label(&codesets[CODES_DIFF], d)),
		    .count = counts[d],
		};

		if (counts[d] > 0)
			api_object(j, API_RESOURCE_bucket, &o);
	}
	json_array_end(j);
}

static const char *
row_key(void *of, const void *row)
{
	(void)of;
	return ((const struct row *)row)->paper->id;
}

static void
read_row(void *of, const void *row, bool all, void *value)
{
	(void)all;
	*(struct api_cap_row *)value = row_of(((struct caps *)of)->c, row);
}

static const struct listing_column caps_columns[] = {
    {"id", LISTING_TEXT, false},
    {"provider_name", LISTING_TEXT, false},
    {"provider", LISTING_TEXT, false},
    {"stage", LISTING_TEXT, false},
    {"clock_due", LISTING_TEXT, false},
    {"days", LISTING_TEXT, false},
    {"band", LISTING_TEXT, false},
    {"findings", LISTING_TEXT, false},
    {"change", CODES_DIFF, false},
    {0},
};

bool
caps_answer(struct context *c)
{
	struct caps s = {.c = c};
	struct listing l = {.resource = API_RESOURCE_cap_row,
	    .columns = caps_columns,
	    .natural = "clock_due",
	    .size = sizeof *s.rows,
	    .key = row_key,
	    .read = read_row,
	    .of = &s};

	if (!rights_may(c, FACTS_NO_ROW, RIGHT_REVIEWS))
		return false;
	s.today = (int32_t)context_number(c, API_AS_OF, caps_day(papers_now()));
	s.since = (int32_t)context_number(c, API_SINCE, DATE_MISSING);
	if (!caps_calendar(c, &s.in) || !read_all(&s))
		return false;
	gather(&s);
	json_kv_date(&c->json, "as_of", s.today);
	json_kv_int(&c->json, "plans", (int64_t)s.all_n);
	shape_duty_buckets(c, s.counts);
	write_changes(&s);
	l.rows = s.rows;
	l.page.n = s.rows_n;
	if (!listing_turn(c, &l))
		return false;
	listing_write(c, &l);
	return true;
}

/* --- one -------------------------------------------------------------- */

static void
write_body(struct context *c, const struct paper *p)
{
	json_key(&c->json, "body");
	json_raw(&c->json, p->text, strlen(p->text));
}

static bool
write_history(struct context *c, const char *kind, const char *id)
{
	const struct shelf_ask ask = {.kind = kind, .id = id, .history = true};
	struct papers all;

	if (!papers_read(c, &ask, &all))
		return false;
	json_key(&c->json, "history");
	json_array(&c->json);
	for (size_t i = 0; i < all.n; i++) {
		json_object(&c->json);
		papers_head(&c->json, &all.list[i]);
		json_object_end(&c->json);
	}
	json_array_end(&c->json);
	return true;
}

bool
cap_answer_one(struct context *c)
{
	const char *id = context_text(c, API_PATH_ID);
	const struct instrument *in;
	struct row r = {0};
	struct api_cap_row row;

	if (!rights_may(c, FACTS_NO_ROW, RIGHT_REVIEWS) ||
	    !caps_calendar(c, &in) || !papers_one(c, PAPER_CAP, id, &r.paper))
		return false;
	if (r.paper == NULL)
		return context_refuse(
		    c, ERR_NO_ANSWER, API_PATH_ID, _("there is no such plan"));
	r.now = caps_due(r.paper->body, in,
	    (int32_t)context_number(c, API_AS_OF, caps_day(papers_now())));
	row = row_of(c, &r);
	json_key(&c->json, "cap");
	api_object(&c->json, API_RESOURCE_cap_row, &row);
	write_body(c, r.paper);
	return write_history(c, PAPER_CAP, id);
}

bool
cap_put_answer(struct context *c)
{
	const cJSON *body;
	struct cap cap;

	if (!rights_may(c, FACTS_NO_ROW, RIGHT_REVIEWS))
		return false;
	body = papers_body(c, BODY_cap);
	return body != NULL && caps_valid(c, body, &cap) &&
	       papers_keep(
		   c, PAPER_CAP, context_text(c, API_PATH_ID), BODY_cap, body);
}
