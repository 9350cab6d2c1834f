/* GET /v1/proposals, GET and PUT /v1/proposals/{id}: proposals to hold a
 * provider (Hold, Do Not Refer, Do Not Use), who has to approve them and who
 * did, and the status in force. */
#include "service/handlers.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/date.h"
#include "base/i18n.h"
#include "proto/codes.h"
#include "proto/resources.h"
#include "service/caps.h"
#include "service/page.h"
#include "service/rates.h"
#include "service/rights.h"
#include "service/shape.h"

struct desk {
	struct context *c;
	const struct instrument *in;
	struct papers proposals, caps;
	struct rateds rates;
	int32_t today;
};

static bool
desk_open(struct desk *d, struct context *c)
{
	const struct shelf_ask proposals = {.kind = PAPER_PROPOSAL};
	const struct shelf_ask caps = {.kind = PAPER_CAP};

	*d = (struct desk){.c = c};
	d->today =
	    api_takes(c->route, API_AS_OF)
		? (int32_t)context_number(c, API_AS_OF, caps_day(papers_now()))
		: caps_day(papers_now());
	return caps_calendar(c, &d->in) &&
	       papers_read(c, &proposals, &d->proposals) &&
	       papers_read(c, &caps, &d->caps) && rates_read(c, &d->rates);
}

static const char *
of(const cJSON *body, const char *field)
{
	const char *text = body_text(body, field);

	return text != NULL ? text : "";
}

static bool
is_of(const cJSON *body, const char *provider)
{
	return strcmp(of(body, "provider"), provider) == 0;
}

static enum hold_status
status_to(const cJSON *body)
{
	return status_find(of(body, "to"));
}

static bool
is_approved(const cJSON *body)
{
	return strcmp(of(body, "decision"), "approved") == 0;
}

/* --- what is in force ------------------------------------------------- */

struct in_force {
	enum hold_status status;
	int32_t since, until; /* DATE_MISSING: not known, open */
	const char *proposal; /* that put it in force; NULL */
	bool extended;	      /* the hold was extended once already */
};

static void
take_force(struct in_force *f, const struct paper *p)
{
	const cJSON *b = p->body;

	if (body_bool(b, "extension")) {
		f->until = body_date(b, "until");
		f->extended = true;
		return;
	}
	*f = (struct in_force){.status = status_to(b),
	    .since = body_date(b, "decided"),
	    .until = body_date(b, "until"),
	    .proposal = p->id};
}

static int
by_decision(const void *a, const void *b)
{
	const struct paper *const *x = a, *const *y = b;
	int32_t dx = body_date((*x)->body, "decided");
	int32_t dy = body_date((*y)->body, "decided");

	if (dx != dy)
		return dx < dy ? -1 : 1;
	return ((*x)->at_ms > (*y)->at_ms) - ((*x)->at_ms < (*y)->at_ms);
}

/* The provider's status on a day: its approved proposals, one after another;
 * a hold that ran out is none. Without the one that is looked at. */
static struct in_force
in_force(const struct desk *d, const char *provider, const char *without)
{
	const struct paper **list =
	    arena_alloc(&d->c->arena, (d->proposals.n + 1) * sizeof *list);
	struct in_force f = {.since = DATE_MISSING, .until = DATE_MISSING};
	size_t n = 0;

	for (size_t i = 0; i < d->proposals.n; i++) {
		const struct paper *p = &d->proposals.list[i];

		if (is_of(p->body, provider) && is_approved(p->body) &&
		    body_date(p->body, "decided") <= d->today &&
		    (without == NULL || strcmp(p->id, without) != 0))
			list[n++] = p;
	}
	qsort(list, n, sizeof *list, by_decision);
	for (size_t i = 0; i < n; i++)
		take_force(&f, list[i]);
	if (f.status == STATUS_HOLD && f.until != DATE_MISSING &&
	    f.until < d->today)
		f = (struct in_force){
		    .since = DATE_MISSING, .until = DATE_MISSING};
	return f;
}

/* --- grounds ---------------------------------------------------------- */

static int
late_caps(const struct desk *d, const char *provider)
{
	int n = 0;

	for (size_t i = 0; i < d->caps.n; i++) {
		const cJSON *b = d->caps.list[i].body;
		struct plan_due p;

		if (!is_of(b, provider))
			continue;
		p = caps_due(b, d->in, d->today);
		n += p.bucket >= BUCKET_OVER_30 && p.bucket <= BUCKET_OVER_1;
	}
	return n;
}

/* Of the provider's last review. */
static int
open_findings(const struct desk *d, const char *provider)
{
	const struct rated *last = NULL;
	const struct paper *card = NULL;

	for (size_t i = 0; i < d->rates.n; i++) {
		const struct rated *r = &d->rates.list[i];

		if (strcmp(r->provider, provider) == 0 &&
		    (last == NULL || r->to > last->to))
			last = r;
	}
	if (last == NULL ||
	    !papers_one(d->c, PAPER_SCORECARD, last->record, &card) ||
	    card == NULL)
		return 0;
	return cJSON_GetArraySize(
	    cJSON_GetObjectItemCaseSensitive(card->body, "open_findings"));
}

static struct proposal
proposal_of(const struct desk *d, const char *id, const cJSON *body)
{
	const char *provider = of(body, "provider");
	struct in_force f = in_force(d, provider, id);

	return (struct proposal){
	    .now = f.status,
	    .to = status_to(body),
	    .since = f.since,
	    .until = f.until,
	    .extension = body_bool(body, "extension"),
	    .new_until = body_date(body, "until"),
	    .reason = of(body, "reason"),
	    .danger = body_bool(body, "danger"),
	    .open_findings = open_findings(d, provider),
	    .late_caps = late_caps(d, provider),
	};
}

/* --- writing one ------------------------------------------------------ */

static const char *
state_of(const cJSON *body)
{
	if (body_bool(body, "withdrawn"))
		return "withdrawn";
	return body_text(body, "decision") != NULL ? of(body, "decision")
						   : "proposed";
}

static void
write_row(struct desk *d, const struct paper *p)
{
	const cJSON *b = p->body;
	struct proposal one = proposal_of(d, p->id, b);
	char at[SHAPE_TIME];
	const struct api_proposal_row row = {
	    .id = p->id,
	    .version = p->version,
	    .at = shape_time(p->at_ms / 1000, at),
	    .by = p->by,
	    .provider = body_text(b, "provider"),
	    .provider_name = body_text(b, "provider_name"),
	    .review = body_text(b, "review"),
	    .state = state_of(b),
	    .now = status_word(one.now),
	    .to = status_word(one.to),
	    .extension = one.extension,
	    .until = one.new_until,
	    .reason = one.reason,
	    .danger = one.danger,
	    .proposed_by = body_text(b, "proposed_by"),
	    .needs = approver_word(proposal_approver(&one)),
	    .decision = body_text(b, "decision"),
	    .approver = body_text(b, "approver"),
	    .decided_by = body_text(b, "decided_by"),
	    .decided = body_date(b, "decided"),
	    .decision_reason = body_text(b, "decision_reason"),
	    .open_findings = one.open_findings,
	    .late_caps = one.late_caps,
	};

	api_object(&d->c->json, API_RESOURCE_proposal_row, &row);
}

/* --- the list --------------------------------------------------------- */

struct shown {
	struct desk desk;
	const struct paper **rows;
	struct page page;
};

static int
by_newest(const void *a, const void *b)
{
	const struct paper *const *x = a, *const *y = b;
	int order = ((*x)->at_ms < (*y)->at_ms) - ((*x)->at_ms > (*y)->at_ms);

	return order != 0 ? order : strcmp((*x)->id, (*y)->id);
}

static void
gather(struct shown *s)
{
	const char *provider = context_text(s->desk.c, API_PROVIDER);
	const struct papers *all = &s->desk.proposals;

	s->rows =
	    arena_alloc(&s->desk.c->arena, (all->n + 1) * sizeof *s->rows);
	for (size_t i = 0; i < all->n; i++)
		if (provider == NULL || is_of(all->list[i].body, provider))
			s->rows[s->page.n++] = &all->list[i];
	qsort(s->rows, s->page.n, sizeof *s->rows, by_newest);
}

static bool
shown_is(void *shown, size_t i, const char *key)
{
	const struct shown *s = shown;

	return strcmp(s->rows[i]->id, key) == 0;
}

/* What the provider's plans suggest; only a suggestion. */
static enum hold_status
suggested(struct desk *d, const char *provider, const char **why)
{
	struct cap *list =
	    arena_alloc(&d->c->arena, (d->caps.n + 1) * sizeof *list);
	size_t n = 0;

	for (size_t i = 0; i < d->caps.n; i++) {
		const cJSON *b = d->caps.list[i].body;
		struct plan_due p;

		if (!is_of(b, provider))
			continue;
		p = caps_due(b, d->in, d->today);
		/* Not here yet is as late as it is today. */
		p.cap.due = p.clock.due;
		if (p.cap.received == DATE_MISSING)
			p.cap.received = d->today;
		list[n++] = p.cap;
	}
	return proposal_suggest(list, n, false, why);
}

static void
write_force(struct desk *d, const char *provider, const char *name)
{
	struct in_force f = in_force(d, provider, NULL);
	const char *why;
	enum hold_status suggest = suggested(d, provider, &why);
	const struct api_in_force row = {
	    .provider = provider,
	    .provider_name = name,
	    .status = status_word(f.status),
	    .since = f.since,
	    .until = f.until,
	    .proposal = f.proposal,
	    .suggested = suggest > f.status ? status_word(suggest) : NULL,
	    .why = suggest > f.status ? _(why) : NULL,
	};

	if (f.status != STATUS_NONE || suggest > f.status)
		api_object(&d->c->json, API_RESOURCE_in_force, &row);
}

/* Providers in order of what was written of them, each once. */
static bool
is_first(const struct papers *all, size_t i)
{
	for (size_t k = 0; k < i; k++)
		if (is_of(all->list[k].body, of(all->list[i].body, "provider")))
			return false;
	return true;
}

static void
write_forces(struct shown *s)
{
	struct desk *d = &s->desk;
	const char *wanted = context_text(d->c, API_PROVIDER);
	const struct papers *all[] = {&d->proposals, &d->caps};

	json_key(&d->c->json, "in_force");
	json_array(&d->c->json);
	for (int k = 0; k < 2; k++)
		for (size_t i = 0; i < all[k]->n; i++) {
			const cJSON *b = all[k]->list[i].body;
			const char *provider = of(b, "provider");
			bool seen = false;

			for (size_t m = 0; k == 1 && m < all[0]->n; m++)
				seen |= is_of(all[0]->list[m].body, provider);
			if (!seen && is_first(all[k], i) &&
			    (wanted == NULL || strcmp(wanted, provider) == 0))
				write_force(
				    d, provider, body_text(b, "provider_name"));
		}
	json_array_end(&d->c->json);
}

bool
proposals_answer(struct context *c)
{
	struct shown s = {0};
	struct json *j = &c->json;

	if (!rights_may(c, FACTS_NO_ROW, RIGHT_REVIEWS) ||
	    !desk_open(&s.desk, c))
		return false;
	gather(&s);
	if (!page_read(c, &s.page, shown_is, &s))
		return false;
	json_kv_date(j, "as_of", s.desk.today);
	write_forces(&s);
	json_kv_int(j, "total", (int64_t)s.page.n);
	json_key(j, "rows");
	json_array(j);
	for (size_t i = s.page.first; i < s.page.end; i++)
		write_row(&s.desk, s.rows[i]);
	json_array_end(j);
	json_kv_string(j, "next",
	    s.page.end == s.page.n ? NULL : s.rows[s.page.end - 1]->id);
	return true;
}

bool
proposal_answer_one(struct context *c)
{
	const char *id = context_text(c, API_PATH_ID);
	const struct shelf_ask ask = {
	    .kind = PAPER_PROPOSAL, .id = id, .history = true};
	struct papers history;
	struct desk desk;

	if (!rights_may(c, FACTS_NO_ROW, RIGHT_REVIEWS) ||
	    !desk_open(&desk, c) || !papers_read(c, &ask, &history))
		return false;
	if (history.n == 0)
		return context_refuse(c, ERR_NO_ANSWER, API_PATH_ID,
		    _("there is no such proposal"));
	json_key(&c->json, "proposal");
	write_row(&desk, &history.list[history.n - 1]);
	json_key(&c->json, "history");
	json_array(&c->json);
	for (size_t i = 0; i < history.n; i++) {
		json_object(&c->json);
		papers_head(&c->json, &history.list[i]);
		json_object_end(&c->json);
	}
	json_array_end(&c->json);
	return true;
}

/* --- proposing, deciding ---------------------------------------------- */

static int
rank(const char *approver)
{
	return strcmp(approver, "director") == 0 ? APPROVER_DIRECTOR
	       : strcmp(approver, "division_chief") == 0
		   ? APPROVER_DIVISION_CHIEF
		   : APPROVER_NONE;
}

/* A decision says who, as what, when; somebody else than who proposed it, of
 * the rank that it needs. */
static bool
decision_valid(struct context *c, const cJSON *body, const struct proposal *p)
{
	static const char *const needed[] = {
	    "approver", "decided_by", "decided"};

	for (size_t i = 0; i < sizeof needed / sizeof *needed; i++)
		if (body_text(body, needed[i]) == NULL)
			return papers_refuse(c, needed[i],
			    _("a decision says who, as what and when"), NULL);
	if (strcasecmp(of(body, "decided_by"), of(body, "proposed_by")) == 0)
		return papers_refuse(c, "decided_by",
		    _("nobody decides on what he proposed"), NULL);
	if (is_approved(body) &&
	    rank(of(body, "approver")) < (int)proposal_approver(p))
		return papers_refuse(c, "approver",
		    _("this has to be approved higher up"),
		    approver_word(proposal_approver(p)));
	return true;
}

/* What was decided stands: another change is another proposal. */
static bool
still_open(struct context *c, const struct paper *before)
{
	if (before == NULL || strcmp(state_of(before->body), "proposed") == 0)
		return true;
	return papers_refuse(c, "decision",
	    _("it was decided or withdrawn; make another proposal"), NULL);
}

static bool
once_only(
    struct context *c, const struct desk *d, const char *id, const cJSON *body)
{
	struct in_force f;

	if (!body_bool(body, "extension"))
		return true;
	f = in_force(d, of(body, "provider"), id);
	return !f.extended || papers_refuse(c, "extension",
				  _("this hold was extended already"), NULL);
}

static bool
proposal_check(
    struct context *c, struct desk *d, const char *id, const cJSON *body)
{
	struct proposal p = proposal_of(d, id, body);
	bool decided = body_text(body, "decision") != NULL;
	struct err err;

	if (!body_bool(body, "withdrawn") && !(decided && !is_approved(body)) &&
	    !proposal_valid(&p, &err))
		return papers_refuse(
		    c, p.extension ? "until" : "to", err.text, NULL);
	return once_only(c, d, id, body) &&
	       (!decided || decision_valid(c, body, &p));
}

bool
proposal_put_answer(struct context *c)
{
	const char *id = context_text(c, API_PATH_ID);
	const char *who = c->request->who.name;
	const struct paper *before;
	struct desk desk;
	cJSON *body;

	if (!rights_may(c, FACTS_NO_ROW, RIGHT_REVIEWS))
		return false;
	body = papers_body(c, BODY_proposal);
	if (body == NULL ||
	    (body_text(body, "decision") != NULL &&
		!rights_may(c, FACTS_NO_ROW, RIGHT_APPROVE)) ||
	    !papers_one(c, PAPER_PROPOSAL, id, &before) ||
	    !still_open(c, before) || !desk_open(&desk, c))
		return false;
	if (body_text(body, "proposed_by") == NULL && who != NULL)
		cJSON_AddStringToObject(body, "proposed_by",
		    before != NULL ? of(before->body, "proposed_by") : who);
	return proposal_check(c, &desk, id, body) &&
	       papers_keep(c, PAPER_PROPOSAL, id, BODY_proposal, body);
}

/* --- what a review proposes -------------------------------------------- */

static cJSON *
new_body(const struct proposal_from *from)
{
	cJSON *body = cJSON_CreateObject();

	cJSON_AddStringToObject(body, "provider", from->provider);
	cJSON_AddStringToObject(body, "provider_name", from->provider_name);
	cJSON_AddStringToObject(body, "review", from->review);
	cJSON_AddStringToObject(
	    body, "to", strcmp(from->to, "lift") == 0 ? "none" : from->to);
	cJSON_AddStringToObject(body, "reason", from->reason);
	if (*from->by != '\0')
		cJSON_AddStringToObject(body, "proposed_by", from->by);
	return body;
}

void
proposals_ask(struct context *c, const struct proposal_from *from)
{
	struct store_paper paper = {.kind = PAPER_PROPOSAL,
	    .id = strlen(from->review) <= 40 ? from->review : from->record,
	    .by = from->by,
	    .at_ms = papers_now()};
	struct buf text = {0};
	struct store_putting t;
	struct err ignored;
	cJSON *body;

	if (*from->to == '\0' || strcmp(from->to, "none") == 0 ||
	    *from->reason == '\0' || *from->provider == '\0' ||
	    strlen(from->provider) > 64)
		return;
	body = new_body(from);
	body_write(&text, BODY_proposal, body);
	paper.body = buf_text(&text);
	paper.len = text.len;
	/* One that is there already stands, whatever became of it. */
	if (shelf_put(c->svc->shelf, &paper, 0, &t, &ignored))
		store_putting_fini(&t);
	buf_free(&text);
	cJSON_Delete(body);
}
