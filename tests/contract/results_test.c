/*
 * What becomes of a sealed revision: replayed, scored, kept as a scorecard,
 * held against last year and the system. Expected figures are worked out by
 * hand from the county's arithmetic (poms.md 0, 1.20, 1.21).
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/json.h"
#include "contract/fixture.h"
#include "lib/schema.h"
#include "lib/unit.h"
#include "poms/content.h"
#include "proto/revision.h"
#include "rig.h"

#define HEAD "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"

static struct fixture f;
static cJSON *openapi;

static void
setup(void)
{
	char *path = fixture_source("etc/openapi.json");
	struct buf text = {0};
	struct err err = {0};

	ck_assert_msg(file_read(&text, path, 1 << 21, &err), "%s", err.text);
	openapi = json_parse(text.data, text.len, text.len, &err);
	buf_free(&text);
	free(path);
	fixture_open(&f, false);
}

static void
teardown(void)
{
	fixture_close(&f);
	cJSON_Delete(openapi);
}

/* --- asking ----------------------------------------------------------------
 */

/* Asks; the answer must be of that status (0: any) and as the schema says. */
static cJSON *
ask(const char *method, const char *target, const char *body, int status,
    const char *schema)
{
	char *path = xstrndup(target, strcspn(target, "?"));
	const char *query = strchr(target, '?');
	char *name = NULL;
	const struct request q = {.method = method,
	    .path = path,
	    .query = query != NULL ? query + 1 : NULL,
	    .body = body,
	    .body_len = body != NULL ? strlen(body) : 0,
	    .who = {WHO_LOCAL, "chief"}};
	struct answer a = {0};
	struct buf why = {0};
	struct err err = {0};
	cJSON *tree;

	service_answer(f.service, &q, &a);
	name = xasprintf(
	    "#/components/schemas/%s", a.status < 300 ? schema : "Error");
	ck_assert_msg(status == 0 || a.status == status, "%s: %d: %.400s",
	    target, a.status, buf_text(&a.body));
	tree = json_parse(a.body.data, a.body.len, a.body.len, &err);
	ck_assert_msg(
	    schema_check(openapi, schema_at(openapi, name), tree, &why),
	    "%s: %s", target, buf_text(&why));
	ck_assert_int_gt(a.asked, 0);
	buf_free(&why);
	answer_free(&a);
	free(name);
	free(path);
	return tree;
}

static cJSON *
get(const char *target, const char *schema)
{
	return ask("GET", target, NULL, 200, schema);
}

static const char *
error_of(const cJSON *answer, const char *key)
{
	return json_get_string(
	    cJSON_GetObjectItemCaseSensitive(answer, "error"), key);
}

/* The object of a list whose member says so. */
static const cJSON *
find(const cJSON *answer, const char *list, const char *key, const char *value)
{
	const cJSON *o;

	cJSON_ArrayForEach(o, cJSON_GetObjectItemCaseSensitive(answer, list))
	{
		const char *text = json_get_string(o, key);

		if (text != NULL && strcmp(text, value) == 0)
			return o;
	}
	ck_abort_msg("no %s in %s", value, list);
}

static int64_t
number(const cJSON *o, const char *key)
{
	int64_t n = -1;

	json_get_int(o, key, &n);
	return n;
}

static void
check_rate(const cJSON *card, const char *id, int64_t num, int64_t den,
    const char *verdict)
{
	const cJSON *o = find(card, "indicators", "indicator", id);

	ck_assert_msg(
	    number(o, "numerator") == num && number(o, "denominator") == den,
	    "%s: %lld of %lld", id, (long long)number(o, "numerator"),
	    (long long)number(o, "denominator"));
	ck_assert_str_eq(json_get_string(o, "verdict"), verdict);
}

/* --- reviews ---------------------------------------------------------------
 */

struct field {
	struct rig g;
	char record[33], previous[65];
	uint32_t revision;
	bool other_instrument;
};

static void
fact(struct rig *g, enum fact fact, const char *text)
{
	struct event e = event_make(EVENT_UNIT);

	e.review = review_id(g->r);
	e.sequence = review_sequence(g->r) + 1;
	e.group = review_next_group(g->r);
	e.flags = EVENT_PACKET;
	e.fact = fact;
	e.text = text;
	e.who = "service";
	ck_assert(review_apply(g->r, &e, &g->err));
}

/* An annual review of a group home; n names provider, review and record. */
static void
begin(struct field *d, int n, int year)
{
	char *review = xasprintf("RV-%d-%d", n, year);
	char *label = xasprintf("Home %d", n);
	char *id = xasprintf("PV%d", n);
	char day[11];

	*d = (struct field){0};
	snprintf(d->record, sizeof d->record, "%032x", n * 10000 + year);
	rig_open_as(&d->g, review, label);
	fact(&d->g, FACT_ID, id);
	rig_feed(&d->g, "", "R02", "gh");
	rig_feed(&d->g, "", "R03b", "2010");
	rig_feed(&d->g, "", "R04", "annual");
	snprintf(day, sizeof day, "%d-10-01", year - 1);
	rig_feed(&d->g, "", "R05", day);
	snprintf(day, sizeof day, "%d-09-30", year);
	rig_feed(&d->g, "", "R06", day);
	free(review);
	free(label);
	free(id);
}

static void
seal_it(struct field *d, struct buf *body)
{
	struct buf content = {0};
	struct revision r = {.revision = ++d->revision,
	    .packet = "PK",
	    .instrument = "poms-example",
	    .by = "monitor",
	    .head = HEAD,
	    .lines = 1,
	    .sealed_ms = 1000,
	    .reason = d->revision > 1 ? "late papers" : NULL};
	struct err err;

	content_write(&content, d->g.r);
	if (d->other_instrument)
		memcpy(strstr(buf_text(&content), "\"hash\":\"") + 8,
		    "0000000000", 10);
	strcpy(r.record, d->record);
	strcpy(r.previous, d->previous);
	snprintf(r.review, sizeof r.review, "%s", review_id(d->g.r));
	r.content = buf_text(&content);
	r.content_len = content.len;
	ck_assert_msg(revision_write(body, &r, &err), "%s", err.text);
	revision_hash(d->previous, body->data, body->len);
	buf_free(&content);
}

/* Seals what stands there and sends it; what became of scoring it. */
static char *
send_for(struct field *d, int status)
{
	struct buf body = {0};
	cJSON *answer;
	const cJSON *score;
	char *state, *path;

	seal_it(d, &body);
	path = xasprintf("/v1/reviews/%s/revisions/%u", d->record, d->revision);
	answer = ask("PUT", path, buf_text(&body), status, "RevisionAnswer");
	score = cJSON_GetObjectItemCaseSensitive(answer, "score");
	state = xasprintf("%s %s", json_get_string(score, "state"),
	    json_get_string(score, "why") != NULL
		? json_get_string(score, "why")
		: "");
	cJSON_Delete(answer);
	buf_free(&body);
	free(path);
	return state;
}

static char *
send_it(struct field *d)
{
	return send_for(d, 201);
}

static void
send(struct field *d)
{
	char *state = send_it(d);

	ck_assert_str_eq(state, "scored ");
	free(state);
}

static cJSON *
card(const struct field *d, int edition)
{
	char *target = edition > 0
			   ? xasprintf("/v1/reviews/%s/scorecard?edition=%d",
				 d->record, edition)
			   : xasprintf("/v1/reviews/%s/scorecard", d->record);
	cJSON *c = get(target, "ScorecardAnswer");

	free(target);
	return c;
}

/* --- the county's arithmetic -----------------------------------------------
 */

/* poms.md 0: with one victim 99.68 % needs 313 served: 311 of 312 is
 * 99.6795 %, 312 of 313 is 99.6805 %. The amended count makes a second
 * edition; the first stays as it was. */
START_TEST(scorecard__one_victim__needs_313_served)
{
	struct field d;
	const cJSON *s1;
	cJSON *c;

	begin(&d, 1, 2012);
	rig_say(&d.g, "", "R15", "312");
	rig_say(&d.g, "", "A06", "1");
	send(&d);
	c = card(&d, 0);
	check_rate(c, "S1", 311, 312, "not_met");
	s1 = find(c, "indicators", "indicator", "S1");
	ck_assert_str_eq(json_get_string(s1, "percent"), "99.679");
	ck_assert_str_eq(json_get_string(s1, "standard"), "99.68");
	ck_assert_int_eq(number(s1, "needed"), 313);
	ck_assert_int_eq(number(c, "edition"), 1);
	cJSON_Delete(c);
	rig_say(&d.g, "", "R15", "313");
	send(&d);
	c = card(&d, 0);
	check_rate(c, "S1", 312, 313, "met");
	ck_assert_int_eq(number(c, "edition"), 2);
	ck_assert_int_eq(number(c, "revision"), 2);
	cJSON_Delete(c);
	c = card(&d, 1);
	check_rate(c, "S1", 311, 312, "not_met");
	cJSON_Delete(c);
	rig_close(&d.g);
}
END_TEST

/* The Part D targets on one home of 50 served, 50 discharged: 98 % with one
 * hurt child needs 50 served (49/50); 31 of 50 is 62 %, 30 of 50 is 60 %;
 * 40 of 50 not replaced at the provider's request is 80 %; 20 of 23 not back
 * in care is 86.96 %, with 4 still waiting. Of two plans due one came on
 * time. */
START_TEST(scorecard__part_d__by_hand)
{
	struct field d;
	cJSON *c;

	begin(&d, 1, 2012);
	rig_say(&d.g, "", "R15", "50");
	rig_say(&d.g, "", "R16", "50");
	rig_say(&d.g, "", "A06", "0");
	rig_say(&d.g, "", "A07", "10");
	rig_say(&d.g, "", "A09", "1");
	rig_say(&d.g, "", "A10", "31");
	rig_say(&d.g, "", "A11", "30");
	rig_say(&d.g, "", "A12a", "23");
	rig_say(&d.g, "", "A12b", "3");
	rig_say(&d.g, "", "A12c", "4");
	rig_add(&d.g, "CAP/a", "", "");
	rig_say(&d.g, "CAP/a", "CAP03", "N");
	rig_say(&d.g, "CAP/a", "CAP04", "2012-03-01");
	rig_say(&d.g, "CAP/a", "CAP07", "2012-03-31");
	rig_add(&d.g, "CAP/b", "", "");
	rig_say(&d.g, "CAP/b", "CAP03", "N");
	rig_say(&d.g, "CAP/b", "CAP04", "2012-03-31");
	rig_say(&d.g, "CAP/b", "CAP07", "2012-05-16");
	send(&d);
	c = card(&d, 0);
	check_rate(c, "S1", 50, 50, "met");
	check_rate(c, "S2", 1, 2, "not_met");
	check_rate(c, "S4", 49, 50, "met");
	check_rate(c, "P1", 31, 50, "met");
	check_rate(c, "P2", 30, 50, "not_met");
	check_rate(c, "P3", 40, 50, "met");
	check_rate(c, "P4", 20, 23, "not_met");
	/* Neither plan says by when it is to be carried out. */
	check_rate(c, "S3", 0, 0, "missing");
	ck_assert_int_eq(
	    number(find(c, "indicators", "indicator", "P4"), "pending"), 4);
	/* Due 2012-04-30, came 16 days late: the second band. */
	ck_assert_str_eq(
	    json_get_string(find(c, "plans", "plan", "b"), "band"), "16-30");
	ck_assert_str_eq(json_get_string(find(c, "plans", "plan", "b"), "due"),
	    "2012-04-30");
	ck_assert_str_eq(
	    json_get_string(find(c, "plans", "plan", "a"), "band"), "on_time");
	cJSON_Delete(c);
	rig_close(&d.g);
}
END_TEST

static void
children(struct rig *g, int n)
{
	for (int i = 1; i <= n; i++) {
		char unit[8];

		snprintf(unit, sizeof unit, "CC/%d", i);
		rig_add(g, unit, "",
		    "birth_date=2000-05-01;placed=2012-02-03;drawn=drawn");
	}
}

/* An area of seven elements (personal needs) over one child: 5 full, 1 not, 1
 * not applicable: full in 5 of 6. The finding is the one that is not. */
START_TEST(scorecard__areas_elements_findings__by_hand)
{
	static const char *const says[] = {"Y", "Y", "N", "Y", "NA", "Y", "Y"};
	struct field d;
	const cJSON *o;
	cJSON *c;

	begin(&d, 1, 2012);
	children(&d.g, 1);
	for (int i = 0; i < 7; i++) {
		char id[8];

		snprintf(id, sizeof id, "PN0%d", i + 1);
		rig_say(&d.g, "CC/1", id, says[i]);
	}
	rig_say(&d.g, "", "Z03a", "2012-12-01");
	send(&d);
	c = card(&d, 0);
	o = find(c, "areas", "area", "A9");
	ck_assert_int_eq(number(o, "full"), 5);
	ck_assert_int_eq(number(o, "elements"), 6);
	ck_assert_int_eq(number(o, "improvement_needed"), 1);
	ck_assert_int_eq(number(o, "not_applicable"), 1);
	o = find(c, "elements", "question", "PN03");
	ck_assert_str_eq(json_get_string(o, "result"), "improvement_needed");
	ck_assert_int_eq(number(o, "unfavourable"), 1);
	o = find(c, "findings", "question", "PN03");
	ck_assert_int_eq(number(o, "units"), 1);
	o = find(c, "open_findings", "question", "PN03");
	ck_assert_str_eq(json_get_string(o, "since"), "2012-09-30");
	cJSON_Delete(c);
	c = get("/v1/reviews/RV-1-2012/findings", "FindingsAnswer");
	find(c, "findings", "question", "PN03");
	cJSON_Delete(c);
	c = get("/v1/reviews/RV-1-2012/why?of=PN03", "ReviewWhyAnswer");
	o = find(c, "answers", "key", "1");
	ck_assert_str_eq(json_get_string(o, "answer"), "N");
	cJSON_Delete(c);
	/* 30 calendar days from 1 December are the last of the year. */
	c = get("/v1/reviews/RV-1-2012/letter", "LetterAnswer");
	ck_assert_ptr_nonnull(
	    strstr(json_get_string(c, "letter"), "due on 2012-12-31"));
	cJSON_Delete(c);
	c = get("/v1/reviews/RV-1-2012/letter?tongue=es&on=2012-12-02",
	    "LetterAnswer");
	ck_assert_ptr_nonnull(
	    strstr(json_get_string(c, "letter"), "el 2013-01-01"));
	cJSON_Delete(c);
	rig_close(&d.g);
}
END_TEST

/* --- last year, the system -------------------------------------------------
 */

static void
hurt(struct field *d, int n, int year, const char *served, const char *hurt)
{
	begin(d, n, year);
	rig_say(&d->g, "", "R15", served);
	rig_say(&d->g, "", "A09", hurt);
	send(d);
	rig_close(&d->g);
}

/* S4 by the words behind it: not above last calendar year's system average.
 * Homes 1, 2, 3 had 1 of 100, 0 of 60, 3 of 40 hurt in 2011: 196 of 200, 98 %.
 * Home 1 had 1 of 50 in 2012: 98 %, not below. When home 3's figures come
 * late, the scorecard stays until somebody has it scored again. */
START_TEST(scorecard__last_year_and_average__explicit_and_versioned)
{
	struct field d, late;
	const cJSON *s4;
	cJSON *c;

	hurt(&d, 1, 2011, "100", "1");
	hurt(&d, 2, 2011, "60", "0");
	hurt(&d, 1, 2012, "50", "1");
	c = card(&d, 0);
	s4 = find(c, "indicators", "indicator", "S4");
	ck_assert_int_eq(number(s4, "last_numerator"), 99);
	ck_assert_int_eq(number(s4, "last_denominator"), 100);
	ck_assert_int_eq(number(s4, "average_numerator"), 159);
	ck_assert_int_eq(number(s4, "average_denominator"), 160);
	/* 49/50 is below 159/160. */
	ck_assert_str_eq(json_get_string(s4, "average_verdict"), "not_met");
	ck_assert_int_eq(number(c, "average_year"), 2011);
	ck_assert_int_eq(number(c, "average_providers"), 2);
	ck_assert_str_eq(json_get_string(c, "last_review"), "RV-1-2011");
	cJSON_Delete(c);
	hurt(&late, 3, 2011, "40", "3");
	c = card(&d, 0);
	ck_assert_int_eq(number(c, "average_providers"), 2);
	cJSON_Delete(c);
	cJSON_Delete(ask("PUT", "/v1/reviews/RV-1-2012/scorecard",
	    "{\"version\":0,\"reason\":\"home 3 came late\"}", 409, ""));
	c = ask("PUT", "/v1/reviews/RV-1-2012/scorecard",
	    "{\"version\":1,\"reason\":\"home 3 came late\"}", 201,
	    "RescoreAnswer");
	ck_assert_int_eq(number(c, "version"), 2);
	cJSON_Delete(c);
	c = card(&d, 0);
	s4 = find(c, "indicators", "indicator", "S4");
	ck_assert_int_eq(number(s4, "average_numerator"), 196);
	ck_assert_int_eq(number(s4, "average_denominator"), 200);
	ck_assert_str_eq(json_get_string(s4, "average_verdict"), "met");
	ck_assert_str_eq(json_get_string(c, "reason"), "home 3 came late");
	ck_assert_str_eq(json_get_string(c, "by"), "chief");
	cJSON_Delete(c);
	c = card(&d, 1);
	ck_assert_int_eq(number(c, "average_providers"), 2);
	cJSON_Delete(c);
}
END_TEST

/* Side by side by name, not by rank; a home whose count is missing says so. */
START_TEST(indicators__all_providers__side_by_side)
{
	struct field d;
	const cJSON *o;
	cJSON *c;

	hurt(&d, 3, 2011, "40", "3");
	hurt(&d, 1, 2011, "100", "1");
	begin(&d, 2, 2011);
	send(&d);
	rig_close(&d.g);
	c = get("/v1/indicators?of=s4&year=2010", "IndicatorsAnswer");
	ck_assert_int_eq(number(c, "total"), 3);
	o = cJSON_GetObjectItem(c, "rows")->child;
	ck_assert_str_eq(json_get_string(o, "provider"), "PV1");
	ck_assert_str_eq(json_get_string(o, "verdict"), "met");
	ck_assert_str_eq(json_get_string(o, "standard"), "98.00");
	o = o->next;
	ck_assert_str_eq(json_get_string(o, "verdict"), "missing");
	ck_assert(cJSON_IsNull(cJSON_GetObjectItem(o, "numerator")));
	o = o->next;
	ck_assert_int_eq(number(o, "numerator"), 37);
	ck_assert_str_eq(json_get_string(o, "verdict"), "not_met");
	/* 3 hurt and 98 %: 150 served. */
	ck_assert_int_eq(number(o, "needed"), 150);
	o = cJSON_GetObjectItem(c, "system");
	ck_assert_int_eq(number(o, "numerator"), 136);
	ck_assert_int_eq(number(o, "denominator"), 140);
	cJSON_Delete(c);
	c = get("/v1/indicators?of=S7&limit=1", "IndicatorsAnswer");
	ck_assert_str_eq(
	    json_get_string(cJSON_GetObjectItem(c, "rows")->child, "verdict"),
	    "not_applicable");
	ck_assert_ptr_nonnull(json_get_string(c, "next"));
	cJSON_Delete(c);
}
END_TEST

/* --- interviews ------------------------------------------------------------
 */

static void
asked_safe(struct rig *g, int child, const char *day, const char *night)
{
	char unit[8], parent[8];

	snprintf(parent, sizeof parent, "CC/%d", child);
	snprintf(unit, sizeof unit, "IC/%d", child);
	rig_add(g, unit, parent, "");
	rig_say(g, unit, "IC01", "yes");
	if (*day != '\0')
		rig_say(g, unit, "IC05a", day);
	if (*night != '\0')
		rig_say(g, unit, "IC05b", night);
}

/* Two answers are not shown; three are. One more child in the amended
 * revision would be told by the difference, so neither edition shows it. */
START_TEST(interviews__few_or_told_by_difference__are_suppressed)
{
	struct field d;
	const cJSON *o;
	cJSON *c;

	begin(&d, 1, 2012);
	children(&d.g, 4);
	asked_safe(&d.g, 1, "Y", "Y");
	asked_safe(&d.g, 2, "Y", "N");
	asked_safe(&d.g, 3, "", "Y");
	send(&d);
	c = card(&d, 0);
	o = find(c, "interviews", "question", "IC05a");
	ck_assert(cJSON_IsTrue(cJSON_GetObjectItem(o, "suppressed")));
	ck_assert(cJSON_IsNull(cJSON_GetObjectItem(o, "yes")));
	o = find(c, "interviews", "question", "IC05b");
	ck_assert_int_eq(number(o, "yes"), 2);
	ck_assert_int_eq(number(o, "no"), 1);
	cJSON_Delete(c);
	asked_safe(&d.g, 4, "Y", "N");
	send(&d);
	for (int edition = 0; edition <= 1; edition++) {
		c = card(&d, edition);
		o = find(c, "interviews", "question", "IC05b");
		ck_assert(edition == 1 ||
			  cJSON_IsTrue(cJSON_GetObjectItem(o, "suppressed")));
		cJSON_Delete(c);
	}
	rig_close(&d.g);
}
END_TEST

/* --- what cannot be scored -------------------------------------------------
 */

/* An instrument that this service never had: the revision is taken, the
 * reason said; the next one that can be scored is. */
START_TEST(scoring__unknown_instrument__keeps_the_revision)
{
	struct field d;
	char *state;
	cJSON *c;

	begin(&d, 1, 2012);
	d.other_instrument = true;
	state = send_it(&d);
	ck_assert_msg(strncmp(state, "failed ", 7) == 0 &&
			  strstr(state, "not known here") != NULL,
	    "%s", state);
	free(state);
	c = get("/v1/reviews/RV-1-2012", "ReviewOneAnswer");
	ck_assert_str_eq(
	    json_get_string(cJSON_GetObjectItem(c, "review"), "state"),
	    "failed");
	find(c, "revisions", "state", "applied");
	find(c, "editions", "state", "failed");
	cJSON_Delete(c);
	c = ask("GET", "/v1/reviews/RV-1-2012/scorecard", NULL, 404, "");
	ck_assert_str_eq(error_of(c, "code"), "no_answer");
	ck_assert_ptr_nonnull(strstr(error_of(c, "message"), "not known here"));
	cJSON_Delete(c);
	d.other_instrument = false;
	send(&d);
	c = get("/v1/reviews?q=home", "ReviewsAnswer");
	ck_assert_int_eq(number(c, "total"), 1);
	ck_assert_str_eq(
	    json_get_string(cJSON_GetObjectItem(c, "rows")->child, "state"),
	    "scored");
	cJSON_Delete(c);
	rig_close(&d.g);
}
END_TEST

/* The folder no longer has the version: the store still does. */
START_TEST(scoring__instrument_taken_away__is_still_known)
{
	struct field d;
	cJSON *c;

	hurt(&d, 1, 2011, "100", "1");
	free(f.instruments);
	f.instruments = xstrdup(f.folder);
	fixture_refresh(&f, 0);
	hurt(&d, 1, 2012, "50", "1");
	c = card(&d, 0);
	check_rate(c, "S4", 49, 50, "met");
	cJSON_Delete(c);
}
END_TEST

/* --- plans ---------------------------------------------------------------- */

/* A plan over its life, day by day; N is the version that was seen. */
#define PLAN(n, more)                                                  \
	"{\"version\":" #n ",\"provider\":\"PV1\",\"source\":\"ccl\"," \
	"\"notice\":\"2012-03-01\"" more "}"
#define SIX                                                                \
	"\"done\":\"a\",\"how\":\"b\",\"kept\":\"c\",\"prevented\":\"d\"," \
	"\"when\":\"e\",\"who\":\"f\""

static void
put(const char *target, const char *body, int status, const char *field)
{
	cJSON *a = ask("PUT", target, body, status, "Paper");

	if (field != NULL)
		ck_assert_str_eq(error_of(a, "field"), field);
	cJSON_Delete(a);
}

static void
check_plan(const char *target, const char *stage, const char *bucket,
    int64_t days, const char *band)
{
	cJSON *a = get(target, "CapOneAnswer");
	const cJSON *o = cJSON_GetObjectItem(a, "cap");

	ck_assert_msg(strcmp(json_get_string(o, "stage"), stage) == 0 &&
			  strcmp(json_get_string(o, "bucket"), bucket) == 0 &&
			  number(o, "days") == days &&
			  strcmp(json_get_string(o, "band"), band) == 0,
	    "%s: %s", target, cJSON_Print(o));
	cJSON_Delete(a);
}

/* Notice on 1 March 2012 (a leap year): due on 31 March, 30 calendar days
 * later. The bands begin on the 1st, 16th and 31st day over; an extension to
 * 10 April moves the clock. It came on the 16th, 6 days late. The county's 15
 * business days from Monday 16 April end on Monday 7 May. */
START_TEST(cap__its_clocks__by_hand)
{
	cJSON *a;

	put("/v1/caps/C1", PLAN(0, ""), 201, NULL);
	put("/v1/caps/C1", PLAN(0, ""), 200, NULL);
	check_plan("/v1/caps/C1?as_of=2012-03-02", "awaited", "in_8_30", 29,
	    "on_time");
	check_plan(
	    "/v1/caps/C1?as_of=2012-03-31", "awaited", "today", 0, "on_time");
	check_plan(
	    "/v1/caps/C1?as_of=2012-04-01", "awaited", "over_1_15", -1, "1-15");
	check_plan("/v1/caps/C1?as_of=2012-04-15", "awaited", "over_1_15", -15,
	    "1-15");
	check_plan("/v1/caps/C1?as_of=2012-04-16", "awaited", "over_16_30", -16,
	    "16-30");
	check_plan("/v1/caps/C1?as_of=2012-04-30", "awaited", "over_16_30", -30,
	    "16-30");
	check_plan("/v1/caps/C1?as_of=2012-05-01", "awaited", "over_30", -31,
	    "over_30");
	put("/v1/caps/C1",
	    PLAN(1, ",\"extensions\":[{\"to\":\"2012-03-31\","
		    "\"by\":\"Chief\"}]"),
	    422, "extensions[0].to");
	put("/v1/caps/C1",
	    PLAN(1, ",\"extensions\":[{\"to\":\"2012-04-10\","
		    "\"by\":\"Chief\"}]"),
	    201, NULL);
	put("/v1/caps/C1", PLAN(1, ""), 409, "version");
	check_plan(
	    "/v1/caps/C1?as_of=2012-04-10", "awaited", "today", 0, "on_time");
	put("/v1/caps/C1",
	    PLAN(2, ",\"extensions\":[{\"to\":\"2012-04-10\","
		    "\"by\":\"Chief\"}],\"received\":\"2012-04-16\","
		    "\"remedies\":[{\"finding\":\"PN03\"," SIX "}]"),
	    201, NULL);
	check_plan(
	    "/v1/caps/C1?as_of=2012-05-07", "in_review", "today", 0, "1-15");
	a = get("/v1/caps/C1?as_of=2012-05-09", "CapOneAnswer");
	ck_assert_int_eq(
	    number(cJSON_GetObjectItem(a, "cap"), "county_late"), 2);
	ck_assert_int_eq(number(cJSON_GetObjectItem(a, "cap"), "late"), 6);
	cJSON_Delete(a);
}
END_TEST

/* A plan that leaves something of a finding out is not approved: an addendum
 * is asked for. */
START_TEST(cap__leaving_something_out__needs_an_addendum)
{
	put("/v1/caps/C2",
	    PLAN(0, ",\"received\":\"2012-03-20\",\"remedies\":[{"
		    "\"finding\":\"PN03\"," SIX "},{\"finding\":\"PR06\","
		    "\"done\":\"a\"}],\"addenda\":[{\"asked\":"
		    "\"2012-03-25\"}]"),
	    201, NULL);
	check_plan(
	    "/v1/caps/C2?as_of=2012-03-30", "addendum", "in_1_7", 1, "on_time");
	put("/v1/caps/C2",
	    PLAN(1, ",\"received\":\"2012-03-20\",\"approved\":"
		    "\"2012-04-02\",\"remedies\":[{\"finding\":\"PR06\","
		    "\"done\":\"a\"}]"),
	    422, "approved");
	put("/v1/caps/C2", PLAN(1, ",\"received\":\"2012-02-20\""), 422,
	    "received");
	put("/v1/caps/C3", PLAN(0, ",\"immediate\":true"), 422, "due");
	put("/v1/caps/C3", PLAN(0, ",\"colour\":1"), 400, "colour");
}
END_TEST

/* The letter's findings ask for a plan under the review's id, with what was
 * seen and what the provider said to it. */
START_TEST(cap__of_a_review__asked_by_its_letter)
{
	struct field d;
	const cJSON *o;
	cJSON *a;

	begin(&d, 1, 2012);
	children(&d.g, 1);
	rig_say(&d.g, "CC/1", "PN03", "N");
	rig_add(&d.g, "FND/1", "", "question=PN03");
	rig_say(&d.g, "FND/1", "FND2", "No child chose any clothing.");
	rig_say(&d.g, "FND/1", "FND7", "Y");
	rig_say(&d.g, "FND/1", "FND7b", "They were asked in May.");
	rig_say(&d.g, "", "Z03a", "2012-12-01");
	send(&d);
	check_plan("/v1/caps/RV-1-2012?as_of=2012-12-31", "awaited", "today", 0,
	    "on_time");
	a = get("/v1/caps/RV-1-2012", "CapOneAnswer");
	o = find(cJSON_GetObjectItem(a, "body"), "remedies", "finding", "PN03");
	ck_assert_str_eq(
	    json_get_string(o, "text"), "No child chose any clothing.");
	ck_assert_str_eq(
	    json_get_string(o, "response"), "They were asked in May.");
	cJSON_Delete(a);
	rig_say(&d.g, "CC/1", "PN02", "N");
	send(&d);
	a = get("/v1/caps/RV-1-2012", "CapOneAnswer");
	find(cJSON_GetObjectItem(a, "body"), "remedies", "finding", "PN02");
	ck_assert_int_eq(number(cJSON_GetObjectItem(a, "cap"), "findings"), 2);
	ck_assert_int_eq(
	    cJSON_GetArraySize(cJSON_GetObjectItem(a, "history")), 2);
	cJSON_Delete(a);
	rig_close(&d.g);
}
END_TEST

/* By bucket, and what changed since yesterday: everything is new. */
START_TEST(caps__list__by_bucket_and_change)
{
	const cJSON *o;
	cJSON *a;

	put("/v1/caps/C1", PLAN(0, ""), 201, NULL);
	put("/v1/caps/C2",
	    PLAN(0, ",\"immediate\":true,\"due\":\"2012-03-05\""), 201, NULL);
	a = get("/v1/caps?as_of=2012-03-15", "CapsAnswer");
	ck_assert_int_eq(number(a, "total"), 2);
	o = cJSON_GetObjectItem(a, "rows")->child;
	ck_assert_str_eq(json_get_string(o, "id"), "C2");
	ck_assert_int_eq(
	    number(find(a, "buckets", "id", "over_1_15"), "count"), 1);
	ck_assert_int_eq(
	    number(find(a, "buckets", "id", "in_8_30"), "count"), 1);
	cJSON_Delete(a);
	a = get("/v1/caps?as_of=2012-03-15&bucket=late", "CapsAnswer");
	ck_assert_int_eq(number(a, "total"), 1);
	ck_assert_int_eq(number(a, "plans"), 2);
	cJSON_Delete(a);
	a = get("/v1/caps?since=2012-03-01&as_of=2012-03-15", "CapsAnswer");
	ck_assert_int_eq(number(find(a, "changes", "id", "new"), "count"), 2);
	cJSON_Delete(a);
	/* Since a day on which both stood: C1 became late, C2 was. */
	a = get("/v1/caps?since=2090-01-01&as_of=2090-01-02", "CapsAnswer");
	ck_assert_int_eq(
	    cJSON_GetArraySize(cJSON_GetObjectItem(a, "changes")), 0);
	cJSON_Delete(a);
}
END_TEST

/* --- status ----------------------------------------------------------------
 */

#define PROPOSAL(n, more)                                               \
	"{\"version\":" #n ",\"provider\":\"PV1\",\"reason\":\"late\"," \
	"\"proposed_by\":\"monitor\"" more "}"
#define DECIDED(rank, who, day)                           \
	",\"decision\":\"approved\",\"approver\":\"" rank \
	"\",\"decided_by\":\"" who "\",\"decided\":\"" day "\""

static const char *
in_force(const char *as_of)
{
	static char status[20];
	char *target = xasprintf("/v1/proposals?as_of=%s", as_of);
	cJSON *a = get(target, "ProposalsAnswer");
	const cJSON *o = cJSON_GetObjectItem(a, "in_force")->child;

	snprintf(status, sizeof status, "%s",
	    o != NULL ? json_get_string(o, "status") : "none");
	cJSON_Delete(a);
	free(target);
	return status;
}

/* A hold needs a division chief who did not propose it, and runs out. */
START_TEST(proposal__hold__approved_by_another)
{
	put("/v1/proposals/H1",
	    PROPOSAL(0, ",\"to\":\"hold\",\"until\":\"2012-04-30\""), 201,
	    NULL);
	ck_assert_str_eq(in_force("2012-04-01"), "none");
	put("/v1/proposals/H1",
	    PROPOSAL(1, ",\"to\":\"hold\",\"until\":\"2012-04-30\"" DECIDED(
			    "division_chief", "monitor", "2012-03-15")),
	    422, "decided_by");
	put("/v1/proposals/H1",
	    PROPOSAL(1, ",\"to\":\"hold\",\"until\":\"2012-04-30\"" DECIDED(
			    "division_chief", "chief", "2012-03-15")),
	    201, NULL);
	ck_assert_str_eq(in_force("2012-03-14"), "none");
	ck_assert_str_eq(in_force("2012-03-15"), "hold");
	ck_assert_str_eq(in_force("2012-05-01"), "none");
	/* What was decided stands. */
	put("/v1/proposals/H1",
	    PROPOSAL(2, ",\"to\":\"hold\",\"withdrawn\":true"), 422,
	    "decision");
}
END_TEST

/* 31 January and 45 days are 17 March 2099. */
START_TEST(proposal__extension__by_a_director_once_and_45_days)
{
#define LONGER(day) ",\"to\":\"hold\",\"extension\":true,\"until\":\"" day "\""
	put("/v1/proposals/E1", PROPOSAL(0, LONGER("2099-03-17")), 422,
	    "until");
	put("/v1/proposals/H1",
	    PROPOSAL(0, ",\"to\":\"hold\",\"until\":\"2099-01-31\"" DECIDED(
			    "division_chief", "chief", "2012-03-15")),
	    201, NULL);
	put("/v1/proposals/E1", PROPOSAL(0, LONGER("2099-03-18")), 422,
	    "until");
	put("/v1/proposals/E1", PROPOSAL(0, LONGER("2099-03-17")), 201, NULL);
	put("/v1/proposals/E1",
	    PROPOSAL(1, LONGER("2099-03-17")
			    DECIDED("division_chief", "chief", "2012-04-15")),
	    422, "approver");
	put("/v1/proposals/E1",
	    PROPOSAL(1, LONGER("2099-03-17")
			    DECIDED("director", "director", "2012-04-15")),
	    201, NULL);
	ck_assert_str_eq(in_force("2099-03-17"), "hold");
	ck_assert_str_eq(in_force("2099-03-18"), "none");
	put("/v1/proposals/E2", PROPOSAL(0, LONGER("2099-04-17")), 422,
	    "extension");
}
END_TEST

/* What the monitor proposes at the exit waits for whoever may decide. */
START_TEST(proposal__of_a_review__waits_for_a_decision)
{
	struct field d;
	const cJSON *o;
	cJSON *a;

	begin(&d, 1, 2012);
	rig_say(&d.g, "", "Z05", "hold");
	rig_say(&d.g, "", "Z05b", "No plan came.");
	send(&d);
	a = get("/v1/proposals/RV-1-2012", "ProposalOneAnswer");
	o = cJSON_GetObjectItem(a, "proposal");
	ck_assert_str_eq(json_get_string(o, "state"), "proposed");
	ck_assert_str_eq(json_get_string(o, "to"), "hold");
	ck_assert_str_eq(json_get_string(o, "needs"), "division_chief");
	cJSON_Delete(a);
	ck_assert_str_eq(in_force("2099-01-01"), "none");
	rig_close(&d.g);
}
END_TEST

/* Do not refer needs grounds; do not use follows it, or danger. */
START_TEST(proposal__ladder__needs_grounds)
{
	put("/v1/proposals/D1", PROPOSAL(0, ",\"to\":\"dnr\""), 422, "to");
	put("/v1/proposals/D1", PROPOSAL(0, ",\"to\":\"dnr\",\"danger\":true"),
	    201, NULL);
	put("/v1/proposals/D1",
	    PROPOSAL(1, ",\"to\":\"dnr\",\"danger\":true" DECIDED(
			    "division_chief", "chief", "2012-03-15")),
	    422, "approver");
	put("/v1/proposals/D1",
	    PROPOSAL(1, ",\"to\":\"dnr\",\"danger\":true" DECIDED(
			    "director", "director", "2012-03-15")),
	    201, NULL);
	ck_assert_str_eq(in_force("2012-06-01"), "dnr");
	/* A late plan is ground enough for the next step. */
	put("/v1/caps/C1", PLAN(0, ""), 201, NULL);
	put("/v1/proposals/D2", PROPOSAL(0, ",\"to\":\"dnu\""), 201, NULL);
	put("/v1/proposals/D3", PROPOSAL(0, ",\"to\":\"dnr\""), 422, "to");
	put("/v1/proposals/D4", PROPOSAL(0, ",\"to\":\"none\""), 201, NULL);
}
END_TEST

/* --- where a review stands at the office -----------------------------------
 */

static cJSON *
show(const struct field *d)
{
	char *target = xasprintf("/v1/reviews/%s", d->record);
	cJSON *a = get(target, "ReviewOneAnswer");

	free(target);
	return a;
}

/* Where it stands: here and in the list. */
static void
check_standing(const struct field *d, const char *expected)
{
	cJSON *one = show(d),
	      *all = get("/v1/reviews?limit=1000", "ReviewsAnswer");
	const cJSON *row = find(all, "rows", "record", d->record);

	ck_assert_str_eq(
	    json_get_string(cJSON_GetObjectItem(one, "review"), "standing"),
	    expected);
	ck_assert_str_eq(json_get_string(row, "standing"), expected);
	cJSON_Delete(one);
	cJSON_Delete(all);
}

static int
said(const struct field *d)
{
	cJSON *a = show(d);
	int n = cJSON_GetArraySize(cJSON_GetObjectItem(a, "verdicts"));

	cJSON_Delete(a);
	return n;
}

/* A supervisor's, or whoever's, word on the revision; 201, or the field that
 * was refused. */
static void
say_of(const struct field *d, const char *state, const char *actor,
    const char *reason, const char *refused)
{
	char *target = xasprintf("/v1/reviews/%s/state", d->record);
	char *body = xasprintf("{\"version\":%d,\"state\":\"%s\","
			       "\"revision\":%u,%s%s}",
	    said(d), state, d->revision, actor, reason);
	cJSON *a =
	    ask("PUT", target, body, refused != NULL ? 422 : 201, "Paper");

	if (refused != NULL)
		ck_assert_msg(strcmp(error_of(a, "field"), refused) == 0,
		    "%s: %s", body, error_of(a, "field"));
	cJSON_Delete(a);
	free(body);
	free(target);
}

#define BOSS "\"as\":\"supervisor\",\"by\":\"C. Ortiz\""
#define WHY ",\"reason\":\"page 2 is missing\""

/* A review that stands so. */
static void
bring(struct field *d, int n, const char *state)
{
	begin(d, n, 2012);
	if (strcmp(state, "waiting") == 0) {
		d->revision = 1;
		strcpy(d->previous, HEAD);
		free(send_for(d, 202));
		return;
	}
	send(d);
	if (strcmp(state, "returned") == 0)
		say_of(d, "returned", BOSS, WHY, NULL);
	if (strcmp(state, "approved") == 0)
		say_of(d, "approved", BOSS, "", NULL);
	if (strcmp(state, "amended") == 0)
		send(d);
}

/* Every state, every actor, both words, with and without a reason. */
START_TEST(promise_32__every_state_and_actor__by_table)
{
	static const struct {
		const char *actor, *refused;
	} actors[] = {
	    {BOSS, NULL},
	    {"\"as\":\"supervisor\"", NULL}, /* whoever is signed in */
	    {"\"as\":\"supervisor\",\"by\":\"Monitor\"", "by"},
	    {"\"as\":\"monitor\",\"by\":\"C. Ortiz\"", "as"},
	    {"\"as\":\"monitor\",\"by\":\"monitor\"", "as"},
	};
	static const char *const words[] = {
	    "returned", "returned", "approved", "approved"};
	/* returned, and without a reason; approved, and without; what is
	 * refused then, and where it stands afterwards */
	static const struct {
		const char *state, *refused[4];
	} table[] = {
	    {"waiting", {"state", "state", "state", "state"}},
	    {"received", {NULL, "reason", NULL, NULL}},
	    {"returned", {"state", "state", NULL, "reason"}},
	    {"amended", {NULL, "reason", NULL, NULL}},
	    {"approved", {NULL, "reason", "state", "state"}},
	};
	struct field d;
	int n = 0;

	for (size_t s = 0; s < sizeof table / sizeof *table; s++)
		for (size_t a = 0; a < sizeof actors / sizeof *actors; a++)
			for (int w = 0; w < 4; w++) {
				const char *no = actors[a].refused != NULL
						     ? actors[a].refused
						     : table[s].refused[w];

				bring(&d, ++n, table[s].state);
				check_standing(&d, table[s].state);
				say_of(&d, words[w], actors[a].actor,
				    w % 2 == 0 ? WHY : "", no);
				check_standing(
				    &d, no != NULL ? table[s].state : words[w]);
				rig_close(&d.g);
			}
}
END_TEST

/* What was approved takes no further revision by itself, and loses none: it
 * waits, in words, until a supervisor reopens the review. */
START_TEST(promise_32__approved__is_amended_only_when_reopened)
{
	struct field d;
	const cJSON *o;
	char *state;
	cJSON *a;

	bring(&d, 1, "approved");
	state = send_for(&d, 202);
	ck_assert_ptr_nonnull(strstr(state, "reopen"));
	free(state);
	check_standing(&d, "approved");
	a = show(&d);
	o = find(a, "waiting", "why", "person");
	ck_assert_int_eq(number(o, "revision"), 2);
	ck_assert_ptr_nonnull(json_get_string(o, "since"));
	o = find(a, "verdicts", "state", "approved");
	ck_assert_int_eq(number(o, "revision"), 1);
	ck_assert_uint_eq(strlen(json_get_string(o, "hash")), 64);
	cJSON_Delete(a);
	d.revision = 1;
	say_of(&d, "returned", BOSS, WHY, NULL);
	check_standing(&d, "amended");
	a = show(&d);
	o = find(a, "released", "reason", "page 2 is missing");
	ck_assert_int_eq(number(o, "revision"), 2);
	ck_assert_int_eq(
	    cJSON_GetArraySize(cJSON_GetObjectItem(a, "waiting")), 0);
	cJSON_Delete(a);
	a = card(&d, 0);
	ck_assert_int_eq(number(a, "revision"), 2);
	cJSON_Delete(a);
	/* Nobody approves what he has not seen. */
	say_of(&d, "approved", BOSS, "", "revision");
	d.revision = 2;
	say_of(&d, "approved", BOSS, "", NULL);
	check_standing(&d, "approved");
	rig_close(&d.g);
}
END_TEST

/* One revision after another, what it changed: the agency's answer with what
 * it was, a child's without whose, an interview's without what. */
START_TEST(promise_32__changes__tell_the_provider_and_name_nobody)
{
	struct field d;
	const cJSON *o;
	char *text;
	cJSON *a;

	begin(&d, 1, 2012);
	children(&d.g, 2);
	rig_say(&d.g, "", "Z03a", "2012-12-01");
	rig_say(&d.g, "CC/1", "PN03", "N");
	rig_say(&d.g, "CC/2", "PN03", "N");
	asked_safe(&d.g, 1, "Y", "");
	send(&d);
	rig_say(&d.g, "", "Z03a", "2012-12-03");
	rig_say(&d.g, "CC/1", "PN03", "Y");
	rig_say(&d.g, "CC/2", "PN03", "Y");
	rig_say(&d.g, "IC/1", "IC05a", "N");
	send(&d);
	a = get("/v1/reviews/RV-1-2012/changes", "ReviewChangesAnswer");
	o = find(a, "amendments", "reason", "late papers");
	ck_assert_int_eq(number(o, "revision"), 2);
	ck_assert_int_eq(number(o, "follows"), 1);
	o = find(a, "rows", "question", "Z03a");
	ck_assert_str_eq(json_get_string(o, "before"), "2012-12-01");
	ck_assert_str_eq(json_get_string(o, "after"), "2012-12-03");
	o = find(a, "rows", "question", "PN03");
	ck_assert_str_eq(json_get_string(o, "before"), "N");
	ck_assert_str_eq(json_get_string(o, "after"), "Y");
	ck_assert_int_eq(number(o, "units"), 2);
	o = find(a, "rows", "question", "IC05a");
	ck_assert(cJSON_IsNull(cJSON_GetObjectItem(o, "before")));
	ck_assert(cJSON_IsNull(cJSON_GetObjectItem(o, "after")));
	ck_assert(cJSON_IsNull(cJSON_GetObjectItem(o, "units")));
	text = cJSON_PrintUnformatted(a);
	ck_assert_ptr_null(strstr(text, "\"key\""));
	ck_assert_ptr_null(strstr(text, "2000-05-01"));
	cJSON_free(text);
	cJSON_Delete(a);
	rig_close(&d.g);
}
END_TEST

/* --- a revision that never came --------------------------------------------
 */

static void
deliver(const struct field *d, uint32_t n, const struct buf *body)
{
	char *path = xasprintf("/v1/reviews/%s/revisions/%u", d->record, n);

	cJSON_Delete(ask("PUT", path, buf_text(body), 0, "RevisionAnswer"));
	free(path);
}

/* Each revision and its state, and the numbers that are missing. */
static char *
chain_of(const struct field *d)
{
	cJSON *a = show(d);
	struct buf out = {0};
	const cJSON *o;
	char *text;

	cJSON_ArrayForEach(o, cJSON_GetObjectItem(a, "revisions"))
	    buf_printf(&out, "%d %s;", (int)number(o, "revision"),
		json_get_string(o, "state"));
	cJSON_ArrayForEach(o, cJSON_GetObjectItem(a, "missing"))
	    buf_printf(&out, "no %d;", o->valueint);
	text = xstrdup(buf_text(&out));
	buf_free(&out);
	cJSON_Delete(a);
	return text;
}

static void
check_chain(const struct field *d, const char *expected)
{
	char *is = chain_of(d);

	ck_assert_str_eq(is, expected);
	free(is);
}

static void
release(const struct field *d, int n, const char *actor, int status)
{
	char *path =
	    xasprintf("/v1/reviews/%s/revisions/%d/release", d->record, n);
	char *body = xasprintf("{%s,\"reason\":\"the laptop is lost\"}", actor);

	cJSON_Delete(ask("PUT", path, body, status, "Paper"));
	free(body);
	free(path);
}

/* Whatever the order, all three come to the same; with one missing, those
 * behind it wait until a person lets them go, and the gap stays to be seen;
 * should it come after all, it is as if it had come in time. */
START_TEST(promise_17__any_order__ends_equal_or_waiting)
{
	static const int orders[][3] = {
	    {1, 2, 3}, {1, 3, 2}, {2, 1, 3}, {2, 3, 1}, {3, 1, 2}, {3, 2, 1}};
	static const char *const without[] = {"2 held;3 held;no 1;",
	    "1 applied;3 held;no 2;", "1 applied;2 applied;"};
	static const char *const let[] = {"2 applied;3 applied;no 1;",
	    "1 applied;3 applied;no 2;", "1 applied;2 applied;"};

	for (int i = 0; i < 6 * 4; i++) {
		const int *order = orders[i / 4];
		int gap = i % 4; /* 0: none */
		struct buf sealed[3] = {{0}};
		struct field d;

		begin(&d, i + 1, 2012);
		for (int k = 0; k < 3; k++)
			seal_it(&d, &sealed[k]);
		for (int k = 0; k < 3; k++)
			if (order[k] != gap)
				deliver(&d, (uint32_t)order[k],
				    &sealed[order[k] - 1]);
		if (gap > 0) {
			check_chain(&d, without[gap - 1]);
			if (gap < 3) {
				release(&d, gap + 1, "\"as\":\"monitor\"", 422);
				check_chain(&d, without[gap - 1]);
				release(&d, gap + 1, BOSS, 201);
				release(&d, gap + 1, BOSS, 200);
			}
			check_chain(&d, let[gap - 1]);
			deliver(&d, (uint32_t)gap, &sealed[gap - 1]);
		}
		check_chain(&d, "1 applied;2 applied;3 applied;");
		for (int k = 0; k < 3; k++)
			buf_free(&sealed[k]);
		rig_close(&d.g);
	}
}
END_TEST

/* Since when it waits, for what, and who let it go and why; it is scored. */
START_TEST(promise_17__held__has_an_age_and_a_person)
{
	struct buf lost = {0};
	struct field d;
	const cJSON *o;
	cJSON *a;

	begin(&d, 1, 2012);
	send(&d);
	seal_it(&d, &lost);
	free(send_for(&d, 202));
	a = get("/v1/reviews", "ReviewsAnswer");
	o = find(a, "rows", "record", d.record);
	ck_assert_ptr_nonnull(json_get_string(o, "held_since"));
	cJSON_Delete(a);
	a = show(&d);
	o = find(a, "waiting", "why", "missing");
	ck_assert_int_eq(number(o, "revision"), 3);
	ck_assert_int_eq(number(o, "waits_for"), 2);
	ck_assert_ptr_nonnull(json_get_string(o, "since"));
	cJSON_Delete(a);
	release(&d, 1, BOSS, 422);
	release(&d, 9, BOSS, 404);
	release(&d, 3, "\"as\":\"supervisor\",\"by\":\"monitor\"", 422);
	release(&d, 3, BOSS, 201);
	a = show(&d);
	o = find(a, "released", "by", "C. Ortiz");
	ck_assert_str_eq(json_get_string(o, "reason"), "the laptop is lost");
	ck_assert_int_eq(
	    cJSON_GetArrayItem(cJSON_GetObjectItem(a, "missing"), 0)->valueint,
	    2);
	cJSON_Delete(a);
	a = card(&d, 0);
	ck_assert_int_eq(number(a, "revision"), 3);
	cJSON_Delete(a);
	buf_free(&lost);
	rig_close(&d.g);
}
END_TEST

int
main(void)
{
	Suite *s = suite_create("results");
	TCase *t = tcase_create("results");

	tcase_add_checked_fixture(t, setup, teardown);
	tcase_set_timeout(t, 60);
	tcase_add_test(t, scorecard__one_victim__needs_313_served);
	tcase_add_test(t, scorecard__part_d__by_hand);
	tcase_add_test(t, scorecard__areas_elements_findings__by_hand);
	tcase_add_test(
	    t, scorecard__last_year_and_average__explicit_and_versioned);
	tcase_add_test(t, indicators__all_providers__side_by_side);
	tcase_add_test(
	    t, interviews__few_or_told_by_difference__are_suppressed);
	tcase_add_test(t, scoring__unknown_instrument__keeps_the_revision);
	tcase_add_test(t, scoring__instrument_taken_away__is_still_known);
	tcase_add_test(t, cap__its_clocks__by_hand);
	tcase_add_test(t, cap__leaving_something_out__needs_an_addendum);
	tcase_add_test(t, cap__of_a_review__asked_by_its_letter);
	tcase_add_test(t, caps__list__by_bucket_and_change);
	tcase_add_test(t, proposal__hold__approved_by_another);
	tcase_add_test(t, proposal__extension__by_a_director_once_and_45_days);
	tcase_add_test(t, proposal__of_a_review__waits_for_a_decision);
	tcase_add_test(t, proposal__ladder__needs_grounds);
	tcase_add_test(t, promise_32__every_state_and_actor__by_table);
	tcase_add_test(t, promise_32__approved__is_amended_only_when_reopened);
	tcase_add_test(
	    t, promise_32__changes__tell_the_provider_and_name_nobody);
	tcase_add_test(t, promise_17__any_order__ends_equal_or_waiting);
	tcase_add_test(t, promise_17__held__has_an_age_and_a_person);
	suite_add_tcase(s, t);
	return unit_run(s);
}
