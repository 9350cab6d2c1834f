#include "service/scoring.h"

#include <string.h>
#include <time.h>

#include "base/date.h"
#include "base/i18n.h"
#include "poms/card.h"
#include "poms/content.h"
#include "proto/codes.h"
#include "proto/resources.h"
#include "proto/revision.h"
#include "service/caps.h"
#include "service/homes.h"
#include "service/instruments.h"
#include "service/papers.h"
#include "service/rates.h"

#define TRIES 5 /* against others who score at the same time */
#define DAY_MS INT64_C(86400000)

struct job {
	struct context *c;
	const struct scoring_ask *ask;
	uint32_t wanted; /* a revision, whatever its state; 0: the newest */
	/* The newest revision that counts. */
	const char *body, *hash, *by;
	size_t len;
	uint32_t revision;
	/* What it is made of. */
	struct revision sealed;
	struct content_about about;
	const struct instrument *in;
	struct review *review;
	struct card_about whose;
	struct scorecard card;
	/* What it is held against. */
	struct rateds rates;
	const struct rated *last;
	int average_year, providers;
	uint32_t census_providers; /* in S4's average without a scorecard */
	const char *census_source;
	struct papers earlier; /* versions of this scorecard */
	int64_t now_ms;
};

/* --- ends with the request -------------------------------------------------
 */

static void
end_review(void *data)
{
	review_free(data);
}

static void
end_card(void *data)
{
	scorecard_free(data);
}

static void
end_change(void *data)
{
	change_free(data);
}

static void
end_buf(void *data)
{
	buf_free(data);
}

/* --- the revision ----------------------------------------------------------
 */

static bool
newest_each(void *arg, const struct store_revision *r, struct err *err)
{
	struct job *j = arg;
	struct arena *a = &j->c->arena;

	(void)err;
	if (j->wanted != 0 ? r->revision != j->wanted
			   : r->state != STORE_REVISION_APPLIED)
		return true;
	j->revision = r->revision;
	j->body = arena_strndup(a, r->body, r->len);
	j->len = r->len;
	j->hash = arena_strndup(a, r->hash, strlen(r->hash));
	j->by = arena_strndup(a, r->by, strlen(r->by));
	return true;
}

static bool
same_review(const struct job *j, struct err *err)
{
	return strcmp(j->about.review, j->sealed.review) == 0 ||
	       err_set(err, ERR_CORRUPT,
		   _("its answers are those of the review %s"),
		   j->about.review);
}

static bool
replay(struct job *j, struct err *err)
{
	struct change *events = arena_alloc(&j->c->arena, sizeof *events);
	struct buf *text = arena_alloc(&j->c->arena, sizeof *text);

	*events = (struct change){0};
	*text = (struct buf){0};
	context_hold(j->c, events, end_change);
	context_hold(j->c, text, end_buf);
	if (!revision_read(&j->sealed, text, j->body, j->len, err) ||
	    !content_read(&j->about, events, j->sealed.content,
		j->sealed.content_len, err) ||
	    !same_review(j, err) ||
	    !instruments_find(
		j->c->svc->instruments, j->about.hash, &j->in, err))
		return false;
	j->review = review_new(j->in);
	context_hold(j->c, j->review, end_review);
	for (size_t i = 0; i < events->n; i++)
		if (!review_apply(j->review, &events->list[i], err))
			return false;
	return true;
}

/* --- the system's average ---------------------------------------------------
 */

#define HURT "S4" /* whose standard speaks of the system's average */

/* Providers of the year without a scorecard, who tell enough. */
static bool
take_provider(void *arg, const char *id, const struct census_counts *counts)
{
	const struct job *j = arg;

	return counts->at[CENSUS_INJURED].unknown == 0 &&
	       !rates_has(&j->rates, j->whose.programme, j->average_year, id);
}

/* Case data stand in for whom no scorecard of the year tells, when they reach
 * to its end and incidents are among them. */
static void
add_census(struct job *j, struct rate *rate)
{
	const struct census_span span = {date_make(j->average_year, 1, 1),
	    date_make(j->average_year, 12, 31),
	    date_make(j->average_year, 12, 31)};
	struct census_whole whole = {.take = take_provider, .arg = j};
	const struct census *census;
	struct census_counts counts;
	char source[CENSUS_SOURCE];

	whole.programme = (uint8_t)code_find(&codesets[CODES_HOME_KIND],
	    j->whose.programme, strlen(j->whose.programme));
	if (!context_has_facts(j->c) || whole.programme == 0)
		return;
	census = homes_census(j->c);
	if (facts_about(census_facts(census))->data_through < span.to ||
	    !census_fed(census, CENSUS_FEED_INCIDENTS))
		return;
	j->census_providers = census_system(&counts, census, &whole, &span);
	if (j->census_providers > 0) {
		struct rate pair[2] = {
		    *rate, {.known = true,
			       .num = counts.at[CENSUS_SERVED].n -
				      counts.at[CENSUS_INJURED].n,
			       .den = counts.at[CENSUS_SERVED].n}};

		*rate = score_average(pair, 2);
		census_source(census, CENSUS_INJURED, &span, source);
		j->census_source =
		    arena_strndup(&j->c->arena, source, strlen(source));
	}
	census_counts_fini(&counts);
}

/* --- the score -------------------------------------------------------------
 */

static struct rate *
rates_of(struct job *j, bool last)
{
	int n;
	const struct indicator *list = instrument_indicators(j->in, &n);
	struct rate *rates =
	    arena_alloc(&j->c->arena, (size_t)(n + 1) * sizeof *rates);

	for (int i = 0; i < n; i++) {
		const char *verdict;
		int standard, providers;

		if (last) {
			rates[i] = card_rate(
			    j->last->rates, list[i].id, &standard, &verdict);
			continue;
		}
		rates[i] = rates_average(&j->rates, j->whose.programme,
		    j->average_year, list[i].id, &providers);
		if (providers > j->providers)
			j->providers = providers;
		if (strcmp(list[i].id, HURT) == 0)
			add_census(j, &rates[i]);
	}
	return rates;
}

/* Last year's figures, and the average of the calendar year before the one in
 * which the period ends (poms.md S4). */
static void
score(struct job *j)
{
	struct score_terms terms = score_terms(j->review);
	struct scorecard *card = &j->card;

	j->whose = card_about(j->review);
	j->last = rates_last(&j->rates, &j->whose, j->ask->record);
	if (j->last != NULL)
		terms.last = rates_of(j, true);
	if (j->whose.to != DATE_MISSING) {
		j->average_year = rates_year(j->whose.to) - 1;
		terms.average = rates_of(j, false);
	}
	scorecard_make(card, j->review, &terms);
	context_hold(j->c, card, end_card);
	for (size_t i = 0; i < j->earlier.n; i++)
		card_guard(card, j->review,
		    cJSON_GetObjectItemCaseSensitive(
			j->earlier.list[i].body, "interviews"));
}

/* --- the paper -------------------------------------------------------------
 */

static int64_t
some_number(int64_t n)
{
	return n > 0 ? n : API_NULL;
}

static struct api_scorecard
card_head(const struct job *j, const char *failed)
{
	const struct card_about *w = &j->whose;
	struct api_scorecard head = {
	    .state = failed != NULL ? "failed" : "scored",
	    .why = failed,
	    .reason = j->ask->reason,
	    .record = j->ask->record,
	    .review = j->about.review,
	    .revision = j->revision,
	    .hash = j->hash,
	    .provider = w->provider,
	    .provider_name = w->provider_name,
	    .programme = w->programme,
	    .contract_year = some_number(w->contract_year),
	    .kind = w->kind,
	    .lead = w->lead,
	    .from = failed != NULL ? DATE_MISSING : w->from,
	    .to = failed != NULL ? DATE_MISSING : w->to,
	    .exit = failed != NULL ? DATE_MISSING : w->exit,
	    .notice = failed != NULL ? DATE_MISSING : w->notice,
	    .proposed = w->proposed,
	    .proposed_why = w->proposed_why,
	    .instrument = j->about.instrument,
	    .instrument_version = some_number(j->about.version),
	    .instrument_hash = j->about.hash,
	    .scored = (int32_t)(j->now_ms / DAY_MS),
	    .last_from = DATE_MISSING,
	    .last_to = DATE_MISSING,
	    .average_year = some_number(
		j->providers > 0 || j->census_providers > 0 ? j->average_year
							    : 0),
	    .average_providers = some_number(j->providers),
	    .average_census = some_number(j->census_providers),
	    .average_source = j->census_source,
	};

	return head;
}

static void
card_body(struct buf *out, const struct job *j, const char *failed)
{
	struct api_scorecard head = card_head(j, failed);
	struct json json;

	if (failed == NULL) {
		const struct instrument_about *a = instrument_about(j->in);

		head.instrument_title = a->title.in[TONGUE_EN];
		head.instrument_title_es = a->title.in[TONGUE_ES];
	}
	if (failed == NULL && j->last != NULL) {
		head.last_review = j->last->review;
		head.last_from = j->last->from;
		head.last_to = j->last->to;
	}
	json_begin(&json, out);
	json_object(&json);
	api_members(&json, API_RESOURCE_scorecard, &head);
	if (failed == NULL) {
		card_write(&json, &j->card, j->review);
		card_plans(&json, j->review, head.scored);
		card_why(&json, &j->card, j->review);
	}
	json_object_end(&json);
}

static void
rates_body(struct buf *out, const struct job *j, uint32_t version)
{
	const struct rated of = {.record = j->ask->record,
	    .review = j->about.review,
	    .revision = j->revision,
	    .version = version,
	    .example = instrument_about(j->in)->example};

	rates_write(out, &j->whose, &of, &j->card, j->review);
}

/* The papers that a scorecard is kept with. */
#define PAPERS 4

struct keeping {
	struct store_paper_new list[PAPERS];
	struct buf texts[PAPERS];
	size_t n;
};

static void
keep_own(struct job *j, struct keeping *k, const char *kind, uint32_t expected)
{
	const char *who = j->c->request->who.name;
	const struct buf *text = &k->texts[k->n];

	k->list[k->n++] = (struct store_paper_new){
	    {.kind = kind,
		.id = j->ask->record,
		.at_ms = j->now_ms,
		.by = j->ask->reason != NULL && who != NULL ? who : j->by,
		.body = buf_text(text),
		.len = text->len},
	    expected};
}

static bool
keep_rates(struct job *j, struct keeping *k)
{
	const struct shelf_ask ask = {
	    .kind = PAPER_RATES, .id = j->ask->record};
	struct papers before;

	if (!papers_read(j->c, &ask, &before))
		return false;
	rates_body(&k->texts[k->n], j, (uint32_t)j->earlier.n + 1);
	keep_own(j, k, PAPER_RATES, before.n > 0 ? before.list[0].version : 0);
	return true;
}

/* The findings letter asks for a plan: its clock begins with the notice. */
static bool
ask_plan(struct job *j, struct keeping *k)
{
	const struct caps_from from = {
	    .record = j->ask->record,
	    .review = j->about.review,
	    .provider = j->whose.provider,
	    .provider_name = j->whose.provider_name,
	    .by = j->by,
	    .notice = j->whose.notice,
	    .of = j->review,
	    .findings = j->card.findings,
	    .n = j->card.findings_n,
	};
	bool ok = caps_ask(j->c, &from, &k->list[k->n], &k->texts[k->n]);

	k->n += k->texts[k->n].len > 0;
	return ok;
}

static bool
ask_status(struct job *j, struct keeping *k)
{
	const struct proposal_from from = {
	    .record = j->ask->record,
	    .review = j->about.review,
	    .provider = j->whose.provider,
	    .provider_name = j->whose.provider_name,
	    .by = j->by,
	    .to = j->whose.proposed,
	    .reason = j->whose.proposed_why,
	};
	bool ok = proposals_ask(j->c, &from, &k->list[k->n], &k->texts[k->n]);

	k->n += k->texts[k->n].len > 0;
	return ok;
}

/* The scorecard, its rates and what it asks for, all or none: a scorecard that
 * is there is not made again, so what it asks for would be asked for by
 * nothing. *kept false when somebody else wrote one of them meanwhile. */
static bool
keep(struct job *j, const char *failed, uint32_t *version, bool *kept)
{
	struct context *c = j->c;
	struct keeping k = {0};
	size_t conflict = 0;
	bool ok;

	card_body(&k.texts[0], j, failed);
	keep_own(j, &k, PAPER_SCORECARD, (uint32_t)j->earlier.n);
	ok = failed != NULL ||
	     (keep_rates(j, &k) && ask_plan(j, &k) && ask_status(j, &k));
	ok =
	    ok && shelf_put_all(c->svc->shelf, k.list, k.n, &conflict, &c->err);
	*kept = ok && conflict == k.n;
	*version = (uint32_t)j->earlier.n + 1;
	for (size_t i = 0; i < PAPERS; i++)
		buf_free(&k.texts[i]);
	return ok;
}

/* --- the whole -------------------------------------------------------------
 */

/* Whether the newest version is of this very revision. */
static bool
is_scored(const struct job *j, struct scoring *out)
{
	const struct paper *last =
	    j->earlier.n > 0 ? &j->earlier.list[j->earlier.n - 1] : NULL;
	const char *hash =
	    last != NULL ? json_get_string(last->body, "hash") : NULL;

	if (j->ask->reason != NULL || hash == NULL ||
	    strcmp(hash, j->hash) != 0)
		return false;
	out->state = json_get_string(last->body, "state");
	out->version = last->version;
	return out->state != NULL && strcmp(out->state, "scored") == 0;
}

static bool
read_all(struct job *j)
{
	const struct shelf_ask ask = {
	    .kind = PAPER_SCORECARD, .id = j->ask->record, .history = true};

	return papers_read(j->c, &ask, &j->earlier) &&
	       rates_read(j->c, &j->rates);
}

static bool
once(struct job *j, struct scoring *out, bool *kept)
{
	struct err err = {0};

	*kept = true;
	if (!read_all(j))
		return false;
	if (is_scored(j, out))
		return true;
	if (j->ask->reason != NULL && j->earlier.n != j->ask->seen)
		return err_set(&j->c->err, ERR_CONFLICT,
		    _("the scorecard is at version %zu; look at it and ask "
		      "again"),
		    j->earlier.n);
	out->why = NULL;
	if (replay(j, &err))
		score(j);
	else
		out->why = arena_printf(&j->c->arena, "%s",
		    err.text[0] != '\0' ? err.text : _(err_message(err.code)));
	out->state = out->why != NULL ? "failed" : "scored";
	return keep(j, out->why, &out->version, kept);
}

bool
scoring_make(
    struct context *c, const struct scoring_ask *ask, struct scoring *out)
{
	struct timespec t;
	bool kept = false;

	clock_gettime(CLOCK_REALTIME, &t);
	*out = (struct scoring){.state = "waiting"};
	for (int i = 0; i < TRIES && !kept; i++) {
		/* A card stays until the request ends: each try its own. */
		struct job *j = arena_alloc(&c->arena, sizeof *j);

		*j = (struct job){.c = c, .ask = ask};
		j->now_ms = (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
		if (!shelf_each(
			c->svc->shelf, ask->record, newest_each, j, &c->err))
			return false;
		if (j->revision == 0)
			return true;
		out->revision = j->revision;
		if (!once(j, out, &kept))
			return false;
	}
	return kept || err_set(&c->err, ERR_BUSY, "%s",
			   _("others are scoring this review; ask again"));
}

bool
scoring_look_at(struct context *c, const char *record, uint32_t revision,
    struct scored *out)
{
	const struct scoring_ask ask = {.record = record};
	struct job *j = arena_alloc(&c->arena, sizeof *j);

	*j = (struct job){.c = c, .ask = &ask, .wanted = revision};
	if (!shelf_each(c->svc->shelf, record, newest_each, j, &c->err))
		return false;
	if (j->revision == 0 && revision != 0)
		return err_set(&c->err, ERR_NO_ANSWER,
		    _("no revision %u of this review came"), revision);
	if (j->revision == 0)
		return err_set(&c->err, ERR_NO_ANSWER, "%s",
		    _("no revision of this review applies yet"));
	if (!read_all(j))
		return false;
	if (!replay(j, &c->err))
		return err_set(&c->err, ERR_REFUSED, "%s", c->err.text);
	score(j);
	*out = (struct scored){j->revision, j->review, &j->card};
	return true;
}
