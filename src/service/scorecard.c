/* GET and PUT /v1/reviews/{id}/scorecard, GET .../findings, .../letter and
 * .../why: what a review came to. */
#include "service/handlers.h"

#include <string.h>
#include <strings.h>
#include <time.h>

#include "base/date.h"
#include "base/i18n.h"
#include "poms/card.h"
#include "proto/codes.h"
#include "proto/resources.h"
#include "service/audit.h"
#include "service/instruments.h"
#include "service/reviews.h"
#include "service/rights.h"
#include "service/scoring.h"
#include "service/shape.h"

struct asked {
	struct context *c;
	struct reviewed review;
	struct papers editions;
	const struct paper *card;
};

static bool
read_card(struct asked *a)
{
	return rights_may(a->c, FACTS_NO_ROW, RIGHT_REVIEWS) &&
	       reviews_named(a->c, &a->review) &&
	       reviews_card(a->c, &a->review, &a->editions, &a->card);
}

static int32_t
today(void)
{
	return (int32_t)(time(NULL) / 86400);
}

static const cJSON *
member(const struct asked *a, const char *key)
{
	return cJSON_GetObjectItemCaseSensitive(a->card->body, key);
}

/* A member as it is kept; an absent list is empty. */
static void
write_member(struct asked *a, const char *key)
{
	const cJSON *m = member(a, key);
	char *text = m != NULL ? cJSON_PrintUnformatted(m) : NULL;

	json_key(&a->c->json, key);
	json_raw(&a->c->json, text != NULL ? text : "[]",
	    text != NULL ? strlen(text) : 2);
	cJSON_free(text);
}

/* What every answer begins with: whose, of when, in which edition. */
static void
write_head(struct asked *a)
{
	struct json *j = &a->c->json;
	const struct paper *newest = &a->editions.list[a->editions.n - 1];
	struct api_scorecard head;
	char at[SHAPE_TIME];

	json_kv_int(j, "edition", a->card->version);
	json_kv_int(j, "editions", newest->version);
	json_kv_string(j, "at", shape_time(a->card->at_ms / 1000, at));
	json_kv_string(j, "by", a->card->by);
	/* A later revision that could not be scored is said beside. */
	json_kv_string(j, "failed",
	    newest != a->card ? json_get_string(newest->body, "why") : NULL);
	if (api_read(&head, API_RESOURCE_scorecard, a->card->body))
		api_members(j, API_RESOURCE_scorecard, &head);
}

/* The keys of children in it: reading them is a look at those children. */
static bool
looked(struct asked *a, const cJSON *answers)
{
	struct context *c = a->c;
	struct audit_look look = {
	    .who = c->request->who.name,
	    .screen = api_routes[c->route].path,
	};
	const char **ids = arena_alloc(
	    &c->arena, ((size_t)cJSON_GetArraySize(answers) + 1) * sizeof *ids);
	const cJSON *o;

	cJSON_ArrayForEach(o, answers)
	{
		const char *unit = json_get_string(o, "unit");
		const char *key = json_get_string(o, "key");

		if (unit != NULL && key != NULL &&
		    (strcmp(unit, "CC") == 0 || strcmp(unit, "CD") == 0))
			ids[look.n++] = key;
	}
	look.children = ids;
	return audit_add(c->svc->audit, &look, &c->err);
}

/* --- the scorecard ---------------------------------------------------- */

static struct cap
cap_of_row(const struct api_plan *p)
{
	return (struct cap){
	    .notice = p->notice,
	    .immediate = p->immediate,
	    .due = p->due,
	    .extended = p->extended,
	    .extended_by = p->extended_by != NULL ? p->extended_by : "",
	    .received = p->received,
	    .approved = p->approved,
	    .carry_out = p->carry_out,
	    .carried_out = p->carried_out,
	    .uncovered = p->uncovered > 0 ? (int)p->uncovered : 0,
	    .safety = p->safety,
	    .repeat = p->repeat,
	};
}

/* The plans' clocks run on: as of today, by the review's own calendar. */
static void
write_plans(struct asked *a)
{
	const char *hash = json_get_string(a->card->body, "instrument_hash");
	const struct instrument *in = NULL;
	struct json *j = &a->c->json;
	struct err ignored;
	const cJSON *o;

	if (hash != NULL)
		(void)instruments_find(
		    a->c->svc->instruments, hash, &in, &ignored);
	json_key(j, "plans");
	json_array(j);
	cJSON_ArrayForEach(o, member(a, "plans"))
	{
		struct api_plan p, now;
		struct cap cap;
		struct cap_clock clock;

		if (!api_read(&p, API_RESOURCE_plan, o))
			continue;
		now = p;
		if (in != NULL) {
			cap = cap_of_row(&p);
			clock = cap_clock(&cap, in, today());
			now = card_plan(&cap, &clock); /* borrows of both */
			now.plan = p.plan;
			now.label = p.label;
			now.source = p.source;
		}
		api_object(j, API_RESOURCE_plan, &now);
	}
	json_array_end(j);
}

/* An edition that was amended shows no interview that a later one counts with
 * one or two children more or fewer: the difference would be theirs. */
static bool
tells_by_difference(const struct asked *a, const struct api_said *said)
{
	int64_t n = said->yes + said->no + said->not_applicable +
		    said->undetermined + said->declined;

	for (size_t i = 0; i < a->editions.n; i++) {
		const cJSON *o, *list = cJSON_GetObjectItemCaseSensitive(
				    a->editions.list[i].body, "interviews");

		cJSON_ArrayForEach(o, list)
		{
			struct api_said other;
			int64_t m;

			if (!api_read(&other, API_RESOURCE_said, o) ||
			    other.suppressed || other.question == NULL ||
			    strcmp(other.question, said->question) != 0)
				continue;
			m = other.yes + other.no + other.not_applicable +
			    other.undetermined + other.declined;
			if (m != n && m - n < INTERVIEWS_LEAST &&
			    n - m < INTERVIEWS_LEAST)
				return true;
		}
	}
	return false;
}

static void
write_interviews(struct asked *a)
{
	struct json *j = &a->c->json;
	const cJSON *o;

	json_key(j, "interviews");
	json_array(j);
	cJSON_ArrayForEach(o, member(a, "interviews"))
	{
		struct api_said said;

		if (!api_read(&said, API_RESOURCE_said, o))
			continue;
		if (!said.suppressed && tells_by_difference(a, &said)) {
			said.suppressed = true;
			said.yes = said.no = said.not_applicable = API_NULL;
			said.undetermined = said.declined = API_NULL;
		}
		api_object(j, API_RESOURCE_said, &said);
	}
	json_array_end(j);
}

bool
scorecard_answer(struct context *c)
{
	static const char *const parts[] = {"example", "indicators", "areas",
	    "elements", "findings", "open_findings", "citations", "sites",
	    "incidents", "discharges", "sample", "counts", "overrides"};
	struct asked a = {.c = c};

	if (!read_card(&a))
		return false;
	if (member(&a, "indicators") == NULL)
		return err_set(&c->err, ERR_NO_ANSWER, "%s",
		    json_get_string(a.card->body, "why"));
	if (!looked(&a, member(&a, "overrides")))
		return false;
	write_head(&a);
	for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
		write_member(&a, parts[i]);
	write_interviews(&a);
	write_plans(&a);
	return true;
}

/* --- again ------------------------------------------------------------ */

bool
rescore_answer(struct context *c)
{
	struct reviewed review;
	struct scoring scored;
	struct scoring_ask ask;
	cJSON *body;

	if (!rights_may(c, FACTS_NO_ROW, RIGHT_REVIEWS))
		return false;
	body = papers_body(c, BODY_rescore);
	if (body == NULL || !reviews_named(c, &review))
		return false;
	ask = (struct scoring_ask){.record = review.record,
	    .reason = body_text(body, "reason"),
	    .seen = (uint32_t)body_int(body, "version")};
	if (!scoring_make(c, &ask, &scored)) {
		if (c->err.code == ERR_CONFLICT)
			c->params.fault.field = "version";
		return false;
	}
	if (scored.version == 0)
		return err_set(&c->err, ERR_NO_ANSWER, "%s",
		    _("no revision of this review applies yet"));
	json_kv_string(&c->json, "record", review.record);
	json_kv_int(&c->json, "revision", scored.revision);
	json_kv_int(&c->json, "version", scored.version);
	json_kv_string(&c->json, "state", scored.state);
	json_kv_string(&c->json, "why", scored.why);
	c->status = 201;
	return true;
}

/* --- findings, letter ------------------------------------------------- */

bool
findings_answer(struct context *c)
{
	struct asked a = {.c = c};

	if (!read_card(&a))
		return false;
	write_head(&a);
	write_member(&a, "findings");
	write_member(&a, "open_findings");
	return true;
}

bool
letter_answer(struct context *c)
{
	int64_t tongue = context_number(c, API_TONGUE, READS_EN);
	struct reviewed review;
	struct scored scored;
	struct card_about about;
	struct buf letter = {0};
	int32_t notice;

	if (!rights_may(c, FACTS_NO_ROW, RIGHT_REVIEWS) ||
	    !reviews_named(c, &review) ||
	    !scoring_look_at(c, review.record,
		(uint32_t)context_number(c, API_REVISION, 0), &scored))
		return false;
	about = card_about(scored.review);
	notice = (int32_t)context_number(c, API_ON, about.notice);
	if (notice == DATE_MISSING)
		return context_refuse(c, ERR_NO_ANSWER, API_ON,
		    _("the review does not say the day of the notice (Z03a): "
		      "give it as on"));
	letter_text(&letter, scored.card, scored.review, notice,
	    tongue == READS_ES ? TONGUE_ES : TONGUE_EN);
	json_kv_string(&c->json, "record", review.record);
	json_kv_string(&c->json, "review", review.review);
	json_kv_int(&c->json, "revision", scored.revision);
	json_kv_date(&c->json, "notice", notice);
	json_kv_string(&c->json, "letter", buf_text(&letter));
	buf_free(&letter);
	return true;
}

/* --- why -------------------------------------------------------------- */

static const cJSON *
find_why(const struct asked *a, const char *of)
{
	const cJSON *o;

	cJSON_ArrayForEach(o, member(a, "made_of"))
	{
		const char *id = json_get_string(o, "of");

		if (id != NULL && strcasecmp(id, of) == 0)
			return o;
	}
	return NULL;
}

bool
review_why_answer(struct context *c)
{
	struct asked a = {.c = c};
	const cJSON *why, *answers;
	char *text;

	if (!rights_may(c, FACTS_NO_ROW, RIGHT_CHILDREN) || !read_card(&a))
		return false;
	why = find_why(&a, context_text(c, API_OF));
	answers = cJSON_GetObjectItemCaseSensitive(why, "answers");
	if (answers == NULL)
		return context_refuse(c, ERR_NO_ANSWER, API_OF,
		    _("the scorecard has no such element or indicator"));
	if (!looked(&a, answers))
		return false;
	write_head(&a);
	json_kv_string(&c->json, "of", json_get_string(why, "of"));
	text = cJSON_PrintUnformatted(answers);
	json_key(&c->json, "answers");
	json_raw(&c->json, text, strlen(text));
	cJSON_free(text);
	return true;
}
