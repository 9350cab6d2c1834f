/* What proposals are decided on: a provider's status in force, and the grounds
 * of a proposal. */
#include <stdlib.h>
#include <string.h>

#include "service/proposals_part.h"

bool
proposal_desk_open(struct proposal_desk *d, struct context *c)
{
	const struct shelf_ask proposals = {.kind = PAPER_PROPOSAL};
	const struct shelf_ask caps = {.kind = PAPER_CAP};

	*d = (struct proposal_desk){.c = c};
	d->today =
	    api_takes(c->route, API_AS_OF)
		? (int32_t)context_number(c, API_AS_OF, caps_day(papers_now()))
		: caps_day(papers_now());
	return caps_calendar(c, &d->in) &&
	       papers_read(c, &proposals, &d->proposals) &&
	       papers_read(c, &caps, &d->caps) && rates_read(c, &d->rates);
}

const char *
proposal_text(const cJSON *body, const char *field)
{
	const char *text = body_text(body, field);

	return text != NULL ? text : "";
}

bool
proposal_is_of(const cJSON *body, const char *provider)
{
	return strcmp(proposal_text(body, "provider"), provider) == 0;
}

static enum hold_status
status_to(const cJSON *body)
{
	return status_find(proposal_text(body, "to"));
}

bool
proposal_is_approved(const cJSON *body)
{
	return strcmp(proposal_text(body, "decision"), "approved") == 0;
}

const char *
proposal_state(const cJSON *body)
{
	if (body_bool(body, "withdrawn"))
		return "withdrawn";
	return body_text(body, "decision") != NULL
		   ? proposal_text(body, "decision")
		   : "proposed";
}

/* --- what is in force ------------------------------------------------- */

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

struct in_force
proposal_in_force(
    const struct proposal_desk *d, const char *provider, const char *without)
{
	const struct paper **list =
	    arena_alloc(&d->c->arena, (d->proposals.n + 1) * sizeof *list);
	struct in_force f = {.since = DATE_MISSING, .until = DATE_MISSING};
	size_t n = 0;

	for (size_t i = 0; i < d->proposals.n; i++) {
		const struct paper *p = &d->proposals.list[i];

		if (proposal_is_of(p->body, provider) &&
		    proposal_is_approved(p->body) &&
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
late_caps(const struct proposal_desk *d, const char *provider)
{
	int n = 0;

	for (size_t i = 0; i < d->caps.n; i++) {
		const cJSON *b = d->caps.list[i].body;
		struct plan_due p;

		if (!proposal_is_of(b, provider))
			continue;
		p = caps_due(b, d->in, d->today);
		n += p.bucket >= BUCKET_OVER_30 && p.bucket <= BUCKET_OVER_1;
	}
	return n;
}

/* Of the provider's last review. */
static int
open_findings(const struct proposal_desk *d, const char *provider)
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

struct proposal
proposal_of(const struct proposal_desk *d, const char *id, const cJSON *body)
{
	const char *provider = proposal_text(body, "provider");
	struct in_force f = proposal_in_force(d, provider, id);

	return (struct proposal){
	    .now = f.status,
	    .to = status_to(body),
	    .since = f.since,
	    .until = f.until,
	    .extension = body_bool(body, "extension"),
	    .new_until = body_date(body, "until"),
	    .reason = proposal_text(body, "reason"),
	    .danger = body_bool(body, "danger"),
	    .open_findings = open_findings(d, provider),
	    .late_caps = late_caps(d, provider),
	};
}
