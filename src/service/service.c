#include "service/service.h"

#include <stdlib.h>
#include <stdio.h>
#include <string.h>

#include "base/i18n.h"
#include "proto/resources.h"
#include "service/audit.h"
#include "service/context.h"
#include "service/handlers.h"
#include "service/history.h"
#include "service/recall.h"
#include "service/homes.h"
#include "service/instruments.h"
#include "service/kept.h"
#include "service/rights.h"
#include "service/shelf.h"
#include "service/signer.h"

#define SERVICE_CACHE ((size_t)64 << 20)
#define PACKET_DAYS 120
#define SERVICE_TYPE "application/json"

static const handler handlers[API_ROUTES] = {
    [ROUTE_STATUS] = status_answer,
    [ROUTE_MEASURES] = catalogue_answer,
    [ROUTE_MEASURE_ONE] = definition_answer,
    [ROUTE_ORG] = org_answer,
    [ROUTE_REPORT] = report_answer,
    [ROUTE_COMPARE] = compare_answer,
    [ROUTE_LIST] = list_answer,
    [ROUTE_WHY] = why_answer,
    [ROUTE_CHILD_ONE] = child_answer,
    [ROUTE_COUNTDOWN] = countdown_answer,
    [ROUTE_DUES] = dues_answer,
    [ROUTE_BOARD] = board_answer,
    [ROUTE_SEARCH] = search_answer,
    [ROUTE_QUALITY] = quality_answer,
    [ROUTE_ENTRY] = entry_answer,
    [ROUTE_REF] = ref_answer,
    [ROUTE_PROVIDERS] = providers_answer,
    [ROUTE_PROVIDER_ONE] = provider_answer,
    [ROUTE_PROVIDER_ROWS] = provider_rows_answer,
    [ROUTE_REVISION] = revision_answer,
    [ROUTE_REVISION_ONE] = revision_one_answer,
    [ROUTE_ATTACHMENT] = attachment_put_answer,
    [ROUTE_ATTACHMENT_ONE] = attachment_answer,
    [ROUTE_CHUNK] = chunk_put_answer,
    [ROUTE_CHUNK_ONE] = chunk_answer,
    [ROUTE_ATTACHMENTS] = attachments_answer,
    [ROUTE_REVIEWS] = reviews_answer,
    [ROUTE_REVIEW_ONE] = review_answer_one,
    [ROUTE_SCORECARD] = scorecard_answer,
    [ROUTE_REVIEW_STATE] = review_state_answer,
    [ROUTE_RELEASE] = release_answer,
    [ROUTE_REVIEW_CHANGES] = review_changes_answer,
    [ROUTE_RESCORE] = rescore_answer,
    [ROUTE_FINDINGS] = findings_answer,
    [ROUTE_LETTER] = letter_answer,
    [ROUTE_REVIEW_WHY] = review_why_answer,
    [ROUTE_INDICATORS] = indicators_answer,
    [ROUTE_CONTRACTS] = contracts_answer,
    [ROUTE_CONTRACT] = contract_answer,
    [ROUTE_CONTRACT_PUT] = contract_put_answer,
    [ROUTE_PLANS] = plans_answer,
    [ROUTE_PLAN] = plan_answer,
    [ROUTE_PLAN_PUT] = plan_put_answer,
    [ROUTE_DRAW] = draw_answer,
    [ROUTE_DRAW_PUT] = draw_put_answer,
    [ROUTE_SAMPLE_PUT] = sample_put_answer,
    [ROUTE_PACKETS] = packets_answer,
    [ROUTE_PACKET] = packet_answer,
    [ROUTE_PACKET_PUT] = packet_put_answer,
    [ROUTE_CLAIMS] = claims_answer,
    [ROUTE_CLAIM_PUT] = claim_put_answer,
    [ROUTE_ROSTER] = roster_answer,
    [ROUTE_CAPS] = caps_answer,
    [ROUTE_CAP_ONE] = cap_answer_one,
    [ROUTE_CAP_PUT] = cap_put_answer,
    [ROUTE_PROPOSALS] = proposals_answer,
    [ROUTE_PROPOSAL_ONE] = proposal_answer_one,
    [ROUTE_PROPOSAL_PUT] = proposal_put_answer,
    [ROUTE_CHANGES] = changes_answer,
    [ROUTE_MOVES] = moved_answer,
};

/* --- open and close -------------------------------------------------- */

bool
service_open(
    struct service **svc, const struct service_options *o, struct err *err)
{
	struct service *s = xcalloc(1, sizeof *s);
	bool ok;

	/* What is read from here on may be written to meanwhile. */
	if (o->keeps)
		s->keeper = keeper_new(o);
	s->headlines =
	    xstrdup(o->headlines != NULL ? o->headlines : SERVICE_HEADLINES);
	s->refresh_days = o->refresh_days;
	s->shelf = shelf_new(o->store);
	s->instruments = instruments_new(o->instruments, s->shelf);
	s->year_month = o->review_month > 0 ? o->review_month : PLAN_MONTH;
	s->packet_days = o->packet_days > 0 ? o->packet_days : PACKET_DAYS;
	ok = snaps_open(&s->snaps, o->store, err) &&
	     measures_load_brief(&s->measures,
		 o->definitions != NULL ? o->definitions : SERVICE_DEFINITIONS,
		 err) &&
	     history_open(&s->history, s->snaps, o->store, s->measures, err) &&
	     homes_rules(&s->census_rules, o->providers, err) &&
	     audit_open(&s->audit, o->audit, err) &&
	     plan_rules_parse(&s->due,
		 o->review_due != NULL ? o->review_due : PLAN_PRESET, err) &&
	     signer_open(&s->signer, o->signing_key, o->recovery_key, err);
	if (!ok) {
		service_close(s);
		return false;
	}
	s->cache = cache_new(
	    s->snaps, o->cache_bytes > 0 ? o->cache_bytes : SERVICE_CACHE);
	s->recalls = o->recalls;
	if (s->recalls)
		recall_read(s);
	*svc = s;
	return true;
}

void
service_close(struct service *s)
{
	if (s == NULL)
		return;
	if (s->keeper != NULL && s->cache != NULL)
		keeper_keep(s->keeper, s);
	if (s->recalls)
		recall_write(s);
	keeper_free(s->keeper);
	cache_free(s->cache);
	audit_close(s->audit);
	history_close(s->history);
	measures_free(s->measures);
	homes_rules_free(s->census_rules);
	snaps_close(s->snaps);
	free(s->headlines);
	instruments_free(s->instruments);
	shelf_free(s->shelf);
	signer_close(s->signer);
	free(s);
}

/* --- refusals -------------------------------------------------------- */

/* theirs: what stands where a writing came too late, JSON, or NULL. */
static void
answer_error(struct answer *a, const struct err *err,
    const struct refusal *fault, const char *theirs)
{
	const struct api_error r = {
	    .code = err_name(err->code),
	    .message =
		err->text[0] != '\0' ? err->text : _(err_message(err->code)),
	    .field = fault->field,
	    .hint = fault->hint,
	};
	struct json j;

	buf_reset(&a->body);
	a->status = err_http(err->code);
	a->code = err->code;
	a->type = SERVICE_TYPE;
	a->tag[0] = '\0';
	json_begin(&j, &a->body);
	json_object(&j);
	json_key(&j, "error");
	api_object(&j, API_RESOURCE_error, &r);
	if (theirs != NULL) {
		json_key(&j, "theirs");
		buf_str(&a->body, theirs);
	}
	json_object_end(&j);
}

void
answer_refuse(struct answer *a, const struct err *err)
{
	answer_error(a, err, &(struct refusal){NULL, NULL}, NULL);
}

void
answer_free(struct answer *a)
{
	buf_free(&a->body);
}

/* --- one request ----------------------------------------------------- */

static bool
service_method(struct context *c)
{
	const struct request *r = c->request;
	const char *takes;
	bool get;

	c->route = api_route_taking(c->route, r->method);
	takes = api_routes[c->route].method;
	get = strcmp(takes, "GET") == 0;
	if (strcmp(r->method, takes) != 0 &&
	    !(get && strcmp(r->method, "HEAD") == 0)) {
		struct buf all = {0};

		api_methods(&all, c->route);
		c->params.fault.hint =
		    arena_printf(&c->arena, "%s", buf_text(&all));
		buf_free(&all);
		return err_set(&c->err, ERR_BAD_METHOD, "%s",
		    _(err_message(ERR_BAD_METHOD)));
	}
	if (r->body_len > 0 && get)
		return err_set(
		    &c->err, ERR_BAD_REQUEST, _("this address takes no body"));
	return true;
}

/* The address is looked at before the method, so that a wrong address is
 * called so whatever is done to it. */
static bool
service_read(struct context *c)
{
	const struct request *r = c->request;

	return params_path(
		   &c->params, &c->arena, r->path, &c->route, &c->err) &&
	       service_method(c) &&
	       params_query(&c->params, &c->arena, c->route, r->query, &c->err);
}

static bool
service_handle(struct context *c)
{
	json_object(&c->json);
	if (!handlers[c->route](c))
		return false;
	json_object_end(&c->json);
	/* Whatever a handler found out, nothing leaves that rights.h was not
	 * asked about. */
	if (c->asked == 0)
		return err_set(
		    &c->err, ERR_INTERNAL, "%s", _(err_message(ERR_INTERNAL)));
	return true;
}

/* FNV-1a over the answer: equal bytes have equal tags. */
static void
answer_tag(struct answer *a)
{
	uint64_t h = UINT64_C(14695981039346656037);

	for (size_t i = 0; i < a->body.len; i++)
		h = (h ^ (unsigned char)a->body.data[i]) *
		    UINT64_C(1099511628211);
	snprintf(a->tag, sizeof a->tag, "\"%016llx\"", (unsigned long long)h);
}

static void
service_finish(struct context *c, struct answer *a)
{
	const char *known = c->request->known;

	a->status = c->status;
	a->code = ERR_NONE;
	a->type = SERVICE_TYPE;
	if (strcmp(api_routes[c->route].method, "GET") != 0)
		return;
	answer_tag(a);
	if (known != NULL && strcmp(known, a->tag) == 0) {
		a->status = 304;
		buf_reset(&a->body);
	}
}

/* What went wrong inside is the log's matter: the text may name files. */
static void
service_conceal(struct err *err)
{
	if (err_http(err->code) == 500)
		err_set(err, err->code, "%s", _(err_message(err->code)));
}

void
service_answer(
    struct service *svc, const struct request *request, struct answer *a)
{
	struct context c;

	buf_reset(&a->body);
	context_init(&c, svc, request, &a->body);
	if (service_read(&c) && service_handle(&c)) {
		service_finish(&c, a);
		if (svc->keeper != NULL && c.route == ROUTE_BOARD)
			keeper_saw(svc->keeper, &c);
	} else {
		a->fault = c.err;
		service_conceal(&c.err);
		answer_error(a, &c.err, &c.params.fault, c.theirs);
	}
	a->asked = c.asked;
	context_fini(&c);
}
