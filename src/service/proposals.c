/* GET /v1/proposals, GET /v1/proposals/{id}: proposals to hold a provider
 * (Hold, Do Not Refer, Do Not Use), who has to approve them and who did, and
 * the status in force. */
#include "service/handlers.h"

#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "proto/resources.h"
#include "service/listing.h"
#include "service/proposals_part.h"
#include "service/rights.h"
#include "service/shape.h"

/* --- writing one ------------------------------------------------------ */

static struct api_proposal_row
row_of(const struct proposal_desk *d, const struct paper *p)
{
	const cJSON *b = p->body;
	struct proposal one = proposal_of(d, p->id, b);
	char *at = arena_alloc(&d->c->arena, SHAPE_TIME);

	return (struct api_proposal_row){
	    .id = p->id,
	    .version = p->version,
	    .at = shape_time(p->at_ms / 1000, at),
	    .by = p->by,
	    .provider = body_text(b, "provider"),
	    .provider_name = body_text(b, "provider_name"),
	    .review = body_text(b, "review"),
	    .state = proposal_state(b),
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
}

/* --- the list --------------------------------------------------------- */

struct shown {
	struct proposal_desk desk;
	const struct paper **rows;
	size_t n;
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
		if (provider == NULL ||
		    proposal_is_of(all->list[i].body, provider))
			s->rows[s->n++] = &all->list[i];
	qsort(s->rows, s->n, sizeof *s->rows, by_newest);
}

static const char *
row_key(void *of, const void *row)
{
	(void)of;
	return (*(const struct paper *const *)row)->id;
}

static void
read_row(void *of, const void *row, bool all, void *value)
{
	(void)all;
	*(struct api_proposal_row *)value =
	    row_of(of, *(const struct paper *const *)row);
}

static const struct listing_column columns[] = {
    {"id", LISTING_TEXT, false},
    {"provider_name", LISTING_TEXT, false},
    {"provider", LISTING_TEXT, false},
    {"to", LISTING_TEXT, false},
    {"until", LISTING_TEXT, false},
    {"state", LISTING_TEXT, false},
    {"needs", LISTING_TEXT, false},
    {"decided_by", LISTING_TEXT, false},
    {"reason", LISTING_TEXT, false},
    {0},
};

/* What the provider's plans suggest; only a suggestion. */
static enum hold_status
suggested(struct proposal_desk *d, const char *provider, const char **why)
{
	struct cap *list =
	    arena_alloc(&d->c->arena, (d->caps.n + 1) * sizeof *list);
	size_t n = 0;

	for (size_t i = 0; i < d->caps.n; i++) {
		const cJSON *b = d->caps.list[i].body;
		struct plan_due p;

		if (!proposal_is_of(b, provider))
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
write_force(struct proposal_desk *d, const char *provider, const char *name)
{
	struct in_force f = proposal_in_force(d, provider, NULL);
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
		if (proposal_is_of(all->list[k].body,
			proposal_text(all->list[i].body, "provider")))
			return false;
	return true;
}

static void
write_forces(struct shown *s)
{
	struct proposal_desk *d = &s->desk;
	const char *wanted = context_text(d->c, API_PROVIDER);
	const struct papers *all[] = {&d->proposals, &d->caps};

	json_key(&d->c->json, "in_force");
	json_array(&d->c->json);
	for (int k = 0; k < 2; k++)
		for (size_t i = 0; i < all[k]->n; i++) {
			const cJSON *b = all[k]->list[i].body;
			const char *provider = proposal_text(b, "provider");
			bool seen = false;

			for (size_t m = 0; k == 1 && m < all[0]->n; m++)
				seen |= proposal_is_of(
				    all[0]->list[m].body, provider);
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
	struct listing l = {.resource = API_RESOURCE_proposal_row,
	    .columns = columns,
	    .size = sizeof *s.rows,
	    .key = row_key,
	    .read = read_row,
	    .of = &s.desk};

	if (!rights_may(c, FACTS_NO_ROW, RIGHT_REVIEWS) ||
	    !proposal_desk_open(&s.desk, c))
		return false;
	gather(&s);
	l.rows = s.rows;
	l.page.n = s.n;
	if (!listing_turn(c, &l))
		return false;
	json_kv_date(&c->json, "as_of", s.desk.today);
	write_forces(&s);
	listing_write(c, &l);
	return true;
}

/* --- one ------------------------------------------------------------- */

bool
proposal_answer_one(struct context *c)
{
	const char *id = context_text(c, API_PATH_ID);
	const struct shelf_ask ask = {
	    .kind = PAPER_PROPOSAL, .id = id, .history = true};
	struct papers history;
	struct api_proposal_row row;
	struct proposal_desk desk;

	if (!rights_may(c, FACTS_NO_ROW, RIGHT_REVIEWS) ||
	    !proposal_desk_open(&desk, c) || !papers_read(c, &ask, &history))
		return false;
	if (history.n == 0)
		return context_refuse(c, ERR_NO_ANSWER, API_PATH_ID,
		    _("there is no such proposal"));
	json_key(&c->json, "proposal");
	row = row_of(&desk, &history.list[history.n - 1]);
	api_object(&c->json, API_RESOURCE_proposal_row, &row);
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
