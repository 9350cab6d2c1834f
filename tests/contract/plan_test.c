/*
 * From an agreement to a sealed review, by the service's routes: the year's
 * plan, the sample, the packet, claims, and what changed meanwhile
 * (poms.md 1.3; offline.md, promises 20, 23, 24).
 *
 * P7 has eight children (N1 to N8) and four who left (Q1 to Q4); six of the
 * eight are drawn (all up to 6, else 10 %, at least 6), three of the four, and
 * five of the seven staff. P1, P4 and P5 have no agreement, P3 is run by P4,
 * and P8 closed in 2018.
 */
#include <pthread.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "base/file.h"
#include "contract/fixture.h"
#include "contract/vt.h"
#include "contract/willow.h"
#include "lib/schema.h"
#include "lib/unit.h"
#include "poms/content.h"
#include "poms/roster.h"
#include "poms/sample.h"
#include "proto/bundle.h"
#include "proto/revision.h"

static struct fixture f;
static uint8_t public_key[BUNDLE_PUBLIC];
static cJSON *openapi;

static void
setup(void)
{
	char *path = fixture_source("etc/openapi.json");
	struct buf text = {0};
	struct err err = {0};

	ck_assert_msg(file_read(&text, path, 1 << 22, &err), "%s", err.text);
	openapi = json_parse(text.data, text.len, text.len, &err);
	buf_free(&text);
	free(path);
	fixture_open(&f, true);
	willow_publish(&f, 8, 0, "S71");
	fixture_sign(&f, public_key);
}

static void
teardown(void)
{
	fixture_close(&f);
	cJSON_Delete(openapi);
}

/* --- asking ---------------------------------------------------------- */

static cJSON *
answer(const char *method, const char *target, const char *body, int status)
{
	char *path = xstrndup(target, strcspn(target, "?"));
	const char *query = strchr(target, '?');
	const struct request q = {.method = method,
	    .path = path,
	    .query = query != NULL ? query + 1 : NULL,
	    .body = body,
	    .body_len = body != NULL ? strlen(body) : 0,
	    .who = {WHO_LOCAL, "test"}};
	struct answer a = {0};
	struct err err = {0};
	cJSON *tree;

	service_answer(f.service, &q, &a);
	ck_assert_msg(a.status == status, "%s %s: %d: %.400s %s", method,
	    target, a.status, buf_text(&a.body), a.fault.text);
	tree = json_parse(a.body.data, a.body.len, a.body.len, &err);
	ck_assert_msg(tree != NULL, "%s", err.text);
	answer_free(&a);
	free(path);
	return tree;
}

static void
fits(const cJSON *tree, const char *schema)
{
	char *at = xasprintf("#/components/schemas/%s", schema);
	struct buf why = {0};

	ck_assert_msg(schema_check(openapi, schema_at(openapi, at), tree, &why),
	    "%s: %s", schema, buf_text(&why));
	buf_free(&why);
	free(at);
}

static cJSON *
get(const char *target, const char *schema)
{
	cJSON *tree = answer("GET", target, NULL, 200);

	fits(tree, schema);
	return tree;
}

static cJSON *
put(const char *target, const char *body, int status)
{
	cJSON *tree = answer("PUT", target, body, status);

	fits(tree, status < 300 ? "Paper" : "Error");
	return tree;
}

static void
put_ok(const char *target, const char *body)
{
	cJSON_Delete(put(target, body, 201));
}

/* Refused with that status; the field that is wrong, "" for none. */
static void
refused(const char *target, const char *body, int status, const char *field)
{
	cJSON *tree = put(target, body, status);
	const cJSON *e = cJSON_GetObjectItem(tree, "error");
	const char *is = json_get_string(e, "field");

	ck_assert_str_eq(is != NULL ? is : "", field);
	cJSON_Delete(tree);
}

static void
holds(const cJSON *tree, const char *check)
{
	struct buf why = {0};

	ck_assert_msg(
	    vt_holds(check, tree, &why), "%s: %s", check, buf_text(&why));
	buf_free(&why);
}

/* --- what is written ------------------------------------------------- */

#define CONTRACT "/v1/contracts/C-1"
#define PLAN "/v1/plans/C-1-2024"
#define YEAR "/v1/plans?year=2024&as_of=2024-10-01"
#define DRAW "/v1/plans/C-1-2024/draw"
#define PACKET "/v1/packets/0a0b0c"
#define ISSUE "{\"version\":0,\"review\":\"C-1-2024\",\"user\":\"mk\"}"

/* --- agreements ------------------------------------------------------ */

START_TEST(contract__written_twice__keeps_both)
{
	cJSON *t;

	put_ok(CONTRACT, WILLOW_CONTRACT);
	cJSON_Delete(put(CONTRACT, WILLOW_CONTRACT, 200));
	put_ok(CONTRACT, "{\"version\":1," WILLOW_TERMS "}");
	t = get(CONTRACT, "ContractAnswer");
	holds(t, "$.contract.version = 2");
	holds(t, "$.contract.monitor = null");
	holds(t, "$.history # 2");
	holds(t, "$.history[0].monitor = \"mk\"");
	cJSON_Delete(t);
	t = get("/v1/contracts", "ContractsAnswer");
	holds(t, "$.contracts # 1");
	holds(t, "$.contracts[0].co_monitors = [\"ann\"]");
	cJSON_Delete(t);
}
END_TEST

START_TEST(contract__written_over_another__shows_theirs)
{
	cJSON *t;

	put_ok(CONTRACT, WILLOW_CONTRACT);
	t = put(CONTRACT, "{\"version\":0," WILLOW_TERMS "}", 409);
	holds(t, "$.error.code = \"conflict\"");
	holds(t, "$.theirs.version = 1");
	holds(t, "$.theirs.by = \"test\"");
	holds(t, "$.theirs.body.monitor = \"mk\"");
	cJSON_Delete(t);
	t = put("/v1/contracts/C-9", "{\"version\":4," WILLOW_TERMS "}", 409);
	holds(t, "$.theirs.version = 0");
	holds(t, "$.theirs.body = null");
	cJSON_Delete(t);
}
END_TEST

START_TEST(contract__that_cannot_be__names_the_field)
{
	refused(CONTRACT, NULL, 400, "");
	refused(CONTRACT, "{\"version\":0}", 400, "provider");
	refused(CONTRACT, "{\"version\":0," WILLOW_TERMS ",\"monitr\":\"a\"}",
	    400, "monitr");
	refused(CONTRACT, "{\"version\":0," WILLOW_TERMS ",\"monitor\":3}", 400,
	    "monitor");
	refused(CONTRACT,
	    "{\"version\":0,\"provider\":\"P7\",\"programme\":\"gh\","
	    "\"agreement\":\"A\",\"year\":2022,\"from\":\"2022-07-01\","
	    "\"to\":\"2022-06-30\"}",
	    422, "to");
	refused("/v1/contracts/a-contract-whose-id-is-much-too-long-for-it",
	    WILLOW_CONTRACT, 400, "id");
	refused("/v1/contracts/a-contract-whose-id-is-too-long-for",
	    WILLOW_CONTRACT, 422, "id");
}
END_TEST

/* --- the year -------------------------------------------------------- */

/* Who has no agreement comes first; P8 closed before the year. C-1's first
 * review was due on 2023-07-01, before the year began. */
START_TEST(plan__of_a_year__forgets_nobody)
{
	cJSON *t;

	put_ok(CONTRACT, WILLOW_CONTRACT);
	t = get(YEAR, "PlansAnswer");
	holds(t, "$.rows # 4");
	holds(t, "$.rows[0].provider = \"P1\"");
	holds(t, "$.rows[1].provider = \"P4\"");
	holds(t, "$.rows[2].provider = \"P5\"");
	holds(t, "$.rows[0].state = \"no_contract\"");
	holds(t, "$.rows[3].id = \"C-1-2024\"");
	holds(t, "$.rows[3].due = \"2024-07-01\"");
	holds(t, "$.rows[3].days = -92");
	holds(t, "$.rows[3].bucket = \"over_30\"");
	holds(t, "$.rows[3].state = \"open\"");
	holds(t, "$.rows[3].monitor = \"mk\"");
	holds(t, "$.rows[3].contract_year = 2022");
	holds(t, "$.monitors # 1");
	holds(t, "$.monitors[0].reviews = 1");
	holds(t, "$.monitors[0].late = 1");
	cJSON_Delete(t);
	/* In its first year it has until the year ends. */
	t = get("/v1/plans?year=2022&as_of=2023-06-01", "PlansAnswer");
	/* P5 was P4's still. */
	holds(t, "$.rows # 3");
	holds(t, "$.rows[2].due = \"2023-06-30\"");
	holds(t, "$.rows[2].bucket = \"in_8_30\"");
	cJSON_Delete(t);
	t = get("/v1/plans?year=2025&as_of=2025-07-01", "PlansAnswer");
	holds(t, "$.rows # 4");
	holds(t, "$.rows[3].state = \"no_contract\"");
	cJSON_Delete(t);
}
END_TEST

START_TEST(plan__narrowed__shows_whose_and_when)
{
	cJSON *t;

	put_ok(CONTRACT, WILLOW_CONTRACT);
	t = get(YEAR "&monitor=ann", "PlansAnswer");
	holds(t, "$.rows # 1");
	cJSON_Delete(t);
	t = get(YEAR "&monitor=bob", "PlansAnswer");
	holds(t, "$.rows # 0");
	cJSON_Delete(t);
	t = get(YEAR "&bucket=late", "PlansAnswer");
	holds(t, "$.rows # 1");
	cJSON_Delete(t);
	t = get(YEAR "&bucket=today", "PlansAnswer");
	holds(t, "$.rows # 0");
	cJSON_Delete(t);
}
END_TEST

#define ASSIGN                                                    \
	"\"contract\":\"C-1\",\"year\":2024,\"kind\":\"annual\"," \
	"\"monitor\":\"zoe\""

START_TEST(plan__given_to_another__keeps_who_had_it)
{
	cJSON *t;

	put_ok(CONTRACT, WILLOW_CONTRACT);
	refused(PLAN, "{\"version\":0," ASSIGN "}", 422, "reason");
	put_ok(PLAN, "{\"version\":0," ASSIGN ",\"reason\":\"mk is ill\"}");
	put_ok(PLAN, "{\"version\":1," ASSIGN
		     ",\"due\":\"2024-12-01\",\"reason\":\"moved\"}");
	t = get(PLAN "?as_of=2024-10-01", "PlanAnswer");
	holds(t, "$.review.monitor = \"zoe\"");
	holds(t, "$.review.due = \"2024-12-01\"");
	holds(t, "$.review.bucket = \"in_61_90\"");
	holds(t, "$.review.version = 2");
	holds(t, "$.history # 2");
	holds(t, "$.history[0].reason = \"mk is ill\"");
	cJSON_Delete(t);
}
END_TEST

START_TEST(plan__that_cannot_be__names_the_field)
{
	put_ok(CONTRACT, WILLOW_CONTRACT);
	refused(PLAN,
	    "{\"version\":0,\"contract\":\"C-9\",\"year\":2024,\"kind\":"
	    "\"annual\"}",
	    422, "contract");
	refused("/v1/plans/X",
	    "{\"version\":0,\"contract\":\"C-1\",\"year\":2024,\"kind\":"
	    "\"annual\"}",
	    422, "kind");
	refused("/v1/plans/X",
	    "{\"version\":0,\"contract\":\"C-1\",\"year\":2024,\"kind\":"
	    "\"for_cause\"}",
	    422, "due");
	refused("/v1/plans/X",
	    "{\"version\":0,\"contract\":\"C-1\",\"year\":2024,\"kind\":"
	    "\"follow_up\",\"due\":\"2024-12-01\",\"reason\":\"x\"}",
	    422, "follows");
	refused(PLAN,
	    "{\"version\":0,\"contract\":\"C-1\",\"year\":2024,\"kind\":"
	    "\"annual\",\"period_from\":\"2024-01-01\"}",
	    422, "period_to");
	refused("/v1/plans/C-1-2030",
	    "{\"version\":0,\"contract\":\"C-1\",\"year\":2030,\"kind\":"
	    "\"annual\"}",
	    422, "year");
	refused(PLAN,
	    "{\"version\":0,\"contract\":\"C-1\",\"year\":2024,\"kind\":"
	    "\"annual\",\"dropped\":true}",
	    422, "reason");
}
END_TEST

START_TEST(plan__another_review__stands_beside_the_annual)
{
	cJSON *t;

	put_ok(CONTRACT, WILLOW_CONTRACT);
	put_ok("/v1/plans/X-1",
	    "{\"version\":0,\"contract\":\"C-1\",\"year\":2024,\"kind\":"
	    "\"for_cause\",\"due\":\"2024-10-03\",\"reason\":\"a call\"}");
	t = get(YEAR, "PlansAnswer");
	holds(t, "$.rows # 5");
	holds(t, "$.rows[4].id = \"X-1\"");
	holds(t, "$.rows[4].provider = \"P7\"");
	holds(t, "$.rows[4].bucket = \"in_1_7\"");
	cJSON_Delete(t);
	put_ok(PLAN,
	    "{\"version\":0,\"contract\":\"C-1\",\"year\":2024,\"kind\":"
	    "\"annual\",\"dropped\":true,\"reason\":\"closes\"}");
	t = get(YEAR, "PlansAnswer");
	holds(t, "$.rows[4].state = \"dropped\"");
	holds(t, "$.rows[4].bucket = \"not_applicable\"");
	cJSON_Delete(t);
}
END_TEST

/* --- the sample ------------------------------------------------------ */

static int
picks(const cJSON *t, const char *unit, const char *drawn)
{
	const cJSON *list = cJSON_GetObjectItem(
			cJSON_GetObjectItem(t, "draw"), "picks"),
		    *p;
	int n = 0;

	cJSON_ArrayForEach(p, list)
	{
		n += strcmp(json_get_string(p, "unit"), unit) == 0 &&
		     strcmp(json_get_string(p, "drawn"), drawn) == 0;
	}
	return n;
}

START_TEST(draw__of_a_roster__is_frozen_and_the_same_again)
{
	cJSON *t, *later;

	put_ok(CONTRACT, WILLOW_CONTRACT);
	put_ok(DRAW, WILLOW_DRAW);
	t = get(DRAW, "DrawAnswer");
	ck_assert_int_eq(picks(t, "CC", "drawn"), 6);
	ck_assert_int_eq(picks(t, "CC", "reserve"), 2);
	ck_assert_int_eq(picks(t, "CD", "drawn"), 3);
	ck_assert_int_eq(picks(t, "CD", "reserve"), 1);
	ck_assert_int_eq(picks(t, "SF", "drawn"), 5);
	ck_assert_int_eq(picks(t, "SF", "reserve"), 2);
	holds(t, "$.draw.frame = 19");
	holds(t, "$.draw.on = \"2024-06-30\"");
	holds(t, "$.draw.from = \"2023-07-01\"");
	holds(t, "$.again.equal = true");
	holds(t, "$.again.differences # 0");
	holds(t, "$.sealed = null");
	/* The data change, the sample does not. */
	willow_publish(&f, 9, 2, "S72");
	later = get(DRAW, "DrawAnswer");
	ck_assert(cJSON_Compare(t, later, true));
	cJSON_Delete(later);
	cJSON_Delete(t);
	cJSON_Delete(put(DRAW, WILLOW_DRAW, 200));
	refused(DRAW, "{\"version\":0,\"on\":\"2024-07-31\"}", 422, "on");
	t = get(PLAN, "PlanAnswer");
	holds(t, "$.review.state = \"drawn\"");
	cJSON_Delete(t);
}
END_TEST

/* How often the audit has that. */
static int
looks(const char *text)
{
	struct buf log = {0};
	struct err err;
	int n = 0;

	ck_assert_msg(file_read(&log, f.audit, 1 << 22, &err), "%s", err.text);
	for (const char *p = buf_text(&log); (p = strstr(p, text)) != NULL; p++)
		n++;
	buf_free(&log);
	return n;
}

/* The keys of the sample are children's: eight that are there, four that
 * left. */
START_TEST(draw__looked_at__is_a_look_that_is_recorded)
{
	int before;

	put_ok(CONTRACT, WILLOW_CONTRACT);
	put_ok(DRAW, WILLOW_DRAW);
	before = looks("\"N3\"");
	cJSON_Delete(get(DRAW, "DrawAnswer"));
	ck_assert_int_eq(looks("\"N3\""), before + 1);
	ck_assert_int_eq(looks("/v1/plans/{id}/draw\""), 2);
}
END_TEST

START_TEST(draw__that_cannot_be__says_why)
{
	refused(DRAW, WILLOW_DRAW, 404, "id");
	put_ok(CONTRACT, WILLOW_CONTRACT);
	refused(DRAW, "{\"version\":0,\"on\":\"2024-10-01\"}", 422, "on");
	refused(DRAW,
	    "{\"version\":0,\"on\":\"2024-06-30\",\"staff\":[{\"key\":1}]}",
	    400, "staff[0].key");
	/* Two files of one number. */
	refused(DRAW,
	    "{\"version\":0,\"on\":\"2024-06-30\",\"staff\":[{\"key\":\"1\"},"
	    "{\"key\":\"1\"}]}",
	    422, "");
}
END_TEST

/* --- packets --------------------------------------------------------- */

/* The packet's bytes, as a laptop gets them. */
static void
fetch(struct buf *out)
{
	cJSON *t = get(PACKET, "PacketAnswer");
	const char *text = json_get_string(t, "bytes");
	size_t n = strlen(text), got;

	buf_reset(out);
	buf_reserve(out, n);
	ck_assert_int_eq(sodium_base642bin((uint8_t *)out->data, n, text, n,
			     NULL, &got, NULL, sodium_base64_VARIANT_ORIGINAL),
	    0);
	out->len = got;
	cJSON_Delete(t);
}

static void
issue(void)
{
	put_ok(CONTRACT, WILLOW_CONTRACT);
	put_ok(DRAW, WILLOW_DRAW);
	put_ok(PACKET, ISSUE);
}

static const char *
fed(const struct review *r, int unit, const char *question)
{
	const struct review_cell *cell = review_cell(r, unit,
	    instrument_question(
		review_instrument(r), question, strlen(question)));

	ck_assert_ptr_nonnull(cell);
	return cell->fed.state == ANSWER_VALUE ? cell->fed.value : "";
}

/* The review as a laptop begins it. */
static struct review *
begin(const struct bundle *b, struct instrument **in)
{
	const struct bundle_part *i = bundle_part(b, "instrument");
	const struct bundle_part *r = bundle_part(b, ROSTER_PART);
	char *text = xstrndup(i->data, i->len);
	const struct stamp stamp = {"mk", 1, 1};
	struct faults faults = {0};
	struct change events = {0};
	struct review *review;
	struct err err;

	*in = instrument_parse("packet", text, &faults);
	ck_assert_ptr_nonnull(*in);
	review = review_new(*in);
	ck_assert_msg(roster_read(&events, r->data, r->len, &stamp, &err), "%s",
	    err.text);
	for (size_t k = 0; k < events.n; k++)
		ck_assert_msg(review_apply(review, &events.list[k], &err), "%s",
		    err.text);
	change_free(&events);
	free(text);
	return review;
}

START_TEST(packet__issued__holds_the_review)
{
	struct buf bytes = {0};
	struct instrument *in;
	struct review *r;
	struct bundle b;
	struct err err;
	int cc = 0, asked = 0;
	cJSON *t;

	issue();
	fetch(&bytes);
	ck_assert_msg(bundle_read(&b, bytes.data, bytes.len, public_key, &err),
	    "%s", err.text);
	ck_assert_str_eq(b.about.review, "C-1-2024");
	ck_assert_str_eq(b.about.user, "mk");
	ck_assert_ptr_nonnull(bundle_part(&b, "sample"));
	r = begin(&b, &in);
	for (int i = 1; i < review_units(r); i++) {
		cc += review_unit(r, i)->kind == UNIT_CC;
		asked += review_unit(r, i)->kind == UNIT_CC &&
			 review_unit(r, i)->asked;
	}
	ck_assert_int_eq(cc, 8);
	ck_assert_int_eq(asked, 6);
	ck_assert_str_eq(fed(r, 0, "R01"), "P7");
	ck_assert_str_eq(fed(r, 0, "R02"), "gh");
	ck_assert_str_eq(fed(r, 0, "R03b"), "2022");
	ck_assert_str_eq(fed(r, 0, "R10a"), "mk");
	ck_assert_str_eq(fed(r, 0, "R05"), "2023-07-01");
	ck_assert_str_eq(fed(r, 0, "R06"), "2024-06-30");
	/* Eight are there, four left in the year: twelve were served. */
	ck_assert_str_eq(fed(r, 0, "R15"), "12");
	ck_assert_str_eq(fed(r, 0, "R16"), "4");
	ck_assert_str_eq(fed(r, 0, "R11"), "14");
	t = get("/v1/packets?monitor=mk", "PacketsAnswer");
	holds(t, "$.packets # 1");
	holds(t, "$.packets[0].provider = \"P7\"");
	cJSON_Delete(t);
	t = get("/v1/packets?monitor=ann", "PacketsAnswer");
	holds(t, "$.packets # 0");
	cJSON_Delete(t);
	t = get(PLAN, "PlanAnswer");
	holds(t, "$.review.state = \"issued\"");
	holds(t, "$.review.packet = \"0a0b0c\"");
	cJSON_Delete(t);
	review_free(r);
	instrument_free(in);
	buf_free(&bytes);
}
END_TEST

/* A packet is for one monitor: whoever says to be another gets none, and nobody
 * who is not signed in. */
START_TEST(packet__of_somebody_else__is_not_given)
{
	const struct request nobody = {
	    .method = "GET", .path = PACKET, .who = {WHO_NOBODY, "mk"}};
	struct answer a = {0};

	issue();
	cJSON_Delete(get(PACKET "?monitor=mk", "PacketAnswer"));
	cJSON_Delete(answer("GET", PACKET "?monitor=ann", NULL, 403));
	service_answer(f.service, &nobody, &a);
	ck_assert_int_eq(a.status, 401);
	ck_assert_ptr_null(strstr(buf_text(&a.body), "bytes"));
	answer_free(&a);
}
END_TEST

START_TEST(packet__asked_for_again__is_the_same_or_refused)
{
	issue();
	cJSON_Delete(put(PACKET, ISSUE, 200));
	refused("/v1/packets/ff", ISSUE, 422, "again");
	refused("/v1/packets/ff",
	    "{\"version\":0,\"review\":\"C-1-2024\",\"user\":\"bob\"}", 422,
	    "user");
	/* A co-monitor has one of her own. */
	put_ok("/v1/packets/aa",
	    "{\"version\":0,\"review\":\"C-1-2024\",\"user\":\"ann\"}");
	put_ok("/v1/packets/ff",
	    "{\"version\":0,\"review\":\"C-1-2024\",\"user\":\"mk\","
	    "\"again\":true,\"reason\":\"stolen\"}");
}
END_TEST

START_TEST(packet__taken__is_a_look_that_is_recorded)
{
	struct buf bytes = {0};

	issue();
	ck_assert_int_eq(looks("\"packet:0a0b0c\""), 0);
	fetch(&bytes);
	ck_assert_int_eq(looks("\"packet:0a0b0c\""), 1);
	buf_free(&bytes);
}
END_TEST

static void *
issue_one(void *id)
{
	char *path = xasprintf("/v1/packets/%s", (const char *)id);
	const struct request q = {.method = "PUT",
	    .path = path,
	    .body = ISSUE,
	    .body_len = strlen(ISSUE),
	    .who = {WHO_LOCAL, "test"}};
	struct answer a = {0};
	int status;

	service_answer(f.service, &q, &a);
	status = a.status;
	answer_free(&a);
	free(path);
	return (void *)(intptr_t)status;
}

/* Two who issue the same review at the same time: one of them does, and the
 * other is told. */
START_TEST(packet__issued_by_two_at_once__is_issued_once)
{
	static char ids[][3] = {"aa", "bb"};
	pthread_t threads[2];
	int issued = 0;
	cJSON *t;

	put_ok(CONTRACT, WILLOW_CONTRACT);
	put_ok(DRAW, WILLOW_DRAW);
	for (int i = 0; i < 2; i++)
		ck_assert_int_eq(
		    pthread_create(&threads[i], NULL, issue_one, ids[i]), 0);
	for (int i = 0; i < 2; i++) {
		void *status;

		pthread_join(threads[i], &status);
		issued += (intptr_t)status == 201;
		ck_assert((intptr_t)status == 201 || (intptr_t)status == 409 ||
			  (intptr_t)status == 422);
	}
	ck_assert_int_eq(issued, 1);
	t = get("/v1/packets", "PacketsAnswer");
	holds(t, "$.packets # 1");
	cJSON_Delete(t);
}
END_TEST

START_TEST(packet__recalled__is_not_given_any_more)
{
	cJSON *t;

	issue();
	refused(PACKET,
	    "{\"version\":1,\"review\":\"C-1-2024\",\"user\":\"mk\","
	    "\"recalled\":true}",
	    422, "reason");
	put_ok(PACKET, "{\"version\":1,\"review\":\"C-1-2024\",\"user\":\"mk\","
		       "\"recalled\":true,\"reason\":\"wrong period\"}");
	t = answer("GET", PACKET, NULL, 410);
	fits(t, "Error");
	holds(t, "$.error.message ~ wrong period");
	cJSON_Delete(t);
	t = get("/v1/packets", "PacketsAnswer");
	holds(t, "$.packets # 0");
	cJSON_Delete(t);
}
END_TEST

START_TEST(packet__that_cannot_be__says_why)
{
	struct fixture plain = {0};

	put_ok(CONTRACT, WILLOW_CONTRACT);
	refused(PACKET, ISSUE, 422, "");
	fixture_open(&plain, true);
	fixture_close(&plain);
	refused(PACKET,
	    "{\"version\":0,\"review\":\"C-9-2024\",\"user\":\"mk\"}", 404,
	    "id");
	refused("/v1/packets/0b",
	    "{\"version\":1,\"review\":\"C-1-2024\",\"user\":\"mk\","
	    "\"recalled\":true,\"reason\":\"x\"}",
	    404, "");
}
END_TEST

START_TEST(packet__without_a_key__is_not_issued)
{
	put_ok(CONTRACT, WILLOW_CONTRACT);
	put_ok(DRAW, WILLOW_DRAW);
	service_close(f.service);
	ck_assert(service_open(&f.service,
	    &(struct service_options){.store = f.folder,
		.definitions = f.definitions,
		.audit = f.audit},
	    &(struct err){0}));
	refused(PACKET, ISSUE, 422, "");
}
END_TEST

/* A key that others may read is refused when the service starts. */
START_TEST(service__with_an_open_key__does_not_start)
{
	struct service *svc;
	struct err err;
	char *command = xasprintf("chmod 644 '%s'", f.signing_key);

	ck_assert_int_eq(system(command), 0);
	ck_assert(!service_open(&svc,
	    &(struct service_options){.store = f.folder,
		.definitions = f.definitions,
		.audit = f.audit,
		.signing_key = f.signing_key},
	    &err));
	ck_assert_ptr_nonnull(strstr(err.text, "chmod 600"));
	free(command);
}
END_TEST

/* --- claims and the roster ------------------------------------------- */

#define CLAIMS "/v1/reviews/C-1-2024/claims"

START_TEST(claim__taken__is_shown_to_the_other)
{
	cJSON *t;

	put_ok(CLAIMS,
	    "{\"version\":0,\"unit\":\"CC\",\"key\":\"N1\",\"by\":\"mk\","
	    "\"device\":\"alder\",\"taken\":true}");
	/* Another program on the same device had not seen it. */
	t = put(CLAIMS,
	    "{\"version\":0,\"unit\":\"CC\",\"key\":\"N1\",\"by\":\"mk\","
	    "\"device\":\"alder\",\"taken\":false}",
	    409);
	holds(t, "$.theirs.body.by = \"mk\"");
	cJSON_Delete(t);
	/* Somebody else's, and one's own on another device, stand beside it. */
	put_ok(CLAIMS,
	    "{\"version\":0,\"unit\":\"CC\",\"key\":\"N1\",\"by\":\"ann\","
	    "\"device\":\"birch\",\"taken\":true}");
	put_ok(CLAIMS,
	    "{\"version\":0,\"unit\":\"CC\",\"key\":\"N1\",\"by\":\"mk\","
	    "\"device\":\"cedar\",\"taken\":true}");
	put_ok(CLAIMS,
	    "{\"version\":0,\"unit\":\"AG\",\"key\":\"\",\"by\":\"mk\","
	    "\"taken\":true}");
	t = get(CLAIMS, "ClaimsAnswer");
	holds(t, "$.claims # 4");
	holds(t, "$.claims[0].unit = \"AG\"");
	holds(t, "$.claims[1].by = \"ann\"");
	holds(t, "$.claims[2].by = \"mk\"");
	holds(t, "$.claims[2].device = \"alder\"");
	holds(t, "$.claims[3].device = \"cedar\"");
	cJSON_Delete(t);
	put_ok(CLAIMS,
	    "{\"version\":1,\"unit\":\"CC\",\"key\":\"N1\",\"by\":\"mk\","
	    "\"device\":\"alder\",\"taken\":false}");
	t = get("/v1/reviews/other/claims", "ClaimsAnswer");
	holds(t, "$.claims # 0");
	cJSON_Delete(t);
	refused(CLAIMS,
	    "{\"version\":0,\"unit\":\"XX\",\"key\":\"1\",\"by\":\"mk\","
	    "\"taken\":true}",
	    422, "unit");
	refused(CLAIMS,
	    "{\"version\":0,\"unit\":\"CC\",\"key\":\"\",\"by\":\"mk\","
	    "\"taken\":true}",
	    422, "key");
}
END_TEST

START_TEST(claim__of_the_whole__is_under_way)
{
	cJSON *t;

	issue();
	put_ok(CLAIMS,
	    "{\"version\":0,\"unit\":\"AG\",\"key\":\"\",\"by\":\"mk\","
	    "\"taken\":true}");
	t = get(YEAR, "PlansAnswer");
	holds(t, "$.rows[3].state = \"under_way\"");
	holds(t, "$.rows[3].taken_by = \"mk\"");
	holds(t, "$.monitors[0].under_way = 1");
	cJSON_Delete(t);
}
END_TEST

/* N1 and N2 left in August, N9 came, and N3 lives in the other house now. */
START_TEST(roster__changed_since__is_told_and_the_sample_stays)
{
	cJSON *t;
	const cJSON *list, *row;
	int came = 0, left = 0, moved = 0;

	issue();
	t = get("/v1/reviews/C-1-2024/roster", "RosterAnswer");
	holds(t, "$.changes # 0");
	cJSON_Delete(t);
	willow_publish(&f, 9, 2, "S72");
	t = get("/v1/reviews/C-1-2024/roster", "RosterAnswer");
	list = cJSON_GetObjectItem(t, "changes");
	cJSON_ArrayForEach(row, list)
	{
		const char *change = json_get_string(row, "change");

		came += strcmp(change, "came") == 0;
		left += strcmp(change, "left") == 0;
		moved += strcmp(change, "moved") == 0;
		if (strcmp(change, "left") == 0)
			ck_assert_str_eq(
			    json_get_string(row, "is"), "2024-08-31");
	}
	ck_assert_int_eq(came, 1);
	ck_assert_int_eq(left, 2);
	/* Those with odd numbers were in the main house: N3, N5 and N7. */
	ck_assert_int_eq(moved, 3);
	cJSON_Delete(t);
	t = get(DRAW, "DrawAnswer");
	holds(t, "$.again.equal = true");
	cJSON_Delete(t);
}
END_TEST

/* --- sealed ---------------------------------------------------------- */

static void
apply(struct review *r, struct change *c)
{
	struct err err;

	for (size_t i = 0; i < c->n; i++)
		ck_assert_msg(
		    review_apply(r, &c->list[i], &err), "%s", err.text);
	change_free(c);
}

/* Sends what stands as revision n. */
static void
seal(const struct review *r, uint32_t n, const char *previous,
    char hash[static REVISION_HASH])
{
	struct buf content = {0}, body = {0};
	struct revision v = {.record = "00112233445566778899aabbccddeeff",
	    .revision = n,
	    .review = "C-1-2024",
	    .packet = "0a0b0c",
	    .instrument = "poms-example/1",
	    .by = "mk",
	    .head = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
		    "aaaaaaaaa",
	    .lines = n,
	    .sealed_ms = 1000 * n,
	    .reason = n > 1 ? "amended" : NULL};
	char *target = xasprintf("/v1/reviews/%s/revisions/%u", v.record, n);
	struct err err;

	content_write(&content, r);
	v.content = buf_text(&content);
	v.content_len = content.len;
	strcpy(v.previous, previous);
	ck_assert_msg(revision_write(&body, &v, &err), "%s", err.text);
	revision_hash(hash, body.data, body.len);
	cJSON_Delete(answer("PUT", target, buf_text(&body), 201));
	buf_free(&content);
	buf_free(&body);
	free(target);
}

static int
nth_drawn(const struct review *r, const char *drawn, int order)
{
	for (int i = 1; i < review_units(r); i++)
		if (review_unit(r, i)->kind == UNIT_CC &&
		    strcmp(review_fact(r, i, FACT_DRAWN), drawn) == 0 &&
		    atoi(review_fact(r, i, FACT_ORDER)) == order)
			return i;
	ck_abort_msg("no %s %d", drawn, order);
	return -1;
}

static const struct stamp stamp = {"mk", 5, 5};

START_TEST(sealed__with_reserves_in_order__is_as_drawn)
{
	struct change c = {0};
	char hash[REVISION_HASH];
	struct buf bytes = {0};
	struct instrument *in;
	struct review *r;
	struct bundle b;
	struct err err;
	int second;
	cJSON *t;

	issue();
	fetch(&bytes);
	ck_assert(bundle_read(&b, bytes.data, bytes.len, public_key, &err));
	r = begin(&b, &in);
	second = nth_drawn(r, "drawn", 2);
	ck_assert(!review_replace(r, second, " ", &stamp, &c, &err));
	change_free(&c);
	ck_assert_msg(review_replace(r, second, "refused", &stamp, &c, &err),
	    "%s", err.text);
	apply(r, &c);
	ck_assert(!review_unit(r, second)->asked);
	ck_assert_msg(review_extra(r, nth_drawn(r, "reserve", 2),
			  "asked to be heard", &stamp, &c, &err),
	    "%s", err.text);
	apply(r, &c);
	seal(r, 1, "", hash);
	t = get(DRAW, "DrawAnswer");
	holds(t, "$.sealed.revision = 1");
	holds(t, "$.sealed.fault = null");
	holds(t, "$.sealed.as_drawn = true");
	holds(t, "$.sealed.account.sample = 6");
	holds(t, "$.sealed.account.replaced = 1");
	holds(t, "$.sealed.account.purposive = 1");
	cJSON_Delete(t);
	t = get(PLAN, "PlanAnswer");
	holds(t, "$.review.state = \"done\"");
	holds(t, "$.review.revision = 1");
	cJSON_Delete(t);
	review_free(r);
	instrument_free(in);
	buf_free(&bytes);
}
END_TEST

/* A question answered against compliance stands open; a follow-up brings it
 * along and has no sample. */
START_TEST(follow_up__of_a_sealed_review__brings_its_open_findings)
{
	const struct response no = {ANSWER_NO, "", ""};
	struct change c = {0};
	char hash[REVISION_HASH];
	struct buf bytes = {0};
	struct instrument *in;
	struct review *r;
	struct bundle b;
	struct err err;
	int unit;
	cJSON *t;

	issue();
	fetch(&bytes);
	ck_assert(bundle_read(&b, bytes.data, bytes.len, public_key, &err));
	r = begin(&b, &in);
	ck_assert_msg(
	    review_answer(r, nth_drawn(r, "drawn", 1),
		instrument_question(in, "ED04", 4), &no, &stamp, &c, &err),
	    "%s", err.text);
	apply(r, &c);
	seal(r, 1, "", hash);
	review_free(r);
	instrument_free(in);
	t = get(PLAN, "PlanAnswer");
	holds(t, "$.review.open_findings = 1");
	cJSON_Delete(t);
	put_ok("/v1/plans/F-1",
	    "{\"version\":0,\"contract\":\"C-1\",\"year\":2024,\"kind\":"
	    "\"follow_up\",\"follows\":\"C-1-2024\",\"due\":\"2025-01-10\","
	    "\"reason\":\"one finding\"}");
	refused("/v1/plans/F-1/draw", WILLOW_DRAW, 422, "");
	put_ok("/v1/packets/0f0f",
	    "{\"version\":0,\"review\":\"F-1\",\"user\":\"mk\"}");
	t = get("/v1/packets/0f0f", "PacketAnswer");
	bytes.len = strlen(json_get_string(t, "bytes"));
	buf_reserve(&bytes, bytes.len + 1);
	ck_assert_int_eq(sodium_base642bin((uint8_t *)bytes.data, bytes.len,
			     json_get_string(t, "bytes"), bytes.len, NULL,
			     &bytes.len, NULL, sodium_base64_VARIANT_ORIGINAL),
	    0);
	cJSON_Delete(t);
	ck_assert_msg(bundle_read(&b, bytes.data, bytes.len, public_key, &err),
	    "%s", err.text);
	ck_assert_ptr_null(bundle_part(&b, "sample"));
	r = begin(&b, &in);
	unit = review_unit_find(r, UNIT_FOL, "ED04");
	ck_assert_int_gt(unit, 0);
	ck_assert_str_eq(review_fact(r, unit, FACT_QUESTION), "ED04");
	ck_assert_str_eq(fed(r, 0, "R04"), "follow_up");
	ck_assert_str_eq(fed(r, 0, "R20b"), "1");
	review_free(r);
	instrument_free(in);
	buf_free(&bytes);
}
END_TEST

/* Somebody chose freely: the second reserve instead of the first, or one who
 * was drawn taken out without a stand-in. */
START_TEST(sealed__with_a_free_choice__is_flagged)
{
	struct change c = {0};
	char hash[REVISION_HASH];
	struct buf bytes = {0};
	struct instrument *in;
	struct review *r;
	struct bundle b;
	struct err err;
	int gone, stand_in;
	cJSON *t;

	issue();
	fetch(&bytes);
	ck_assert(bundle_read(&b, bytes.data, bytes.len, public_key, &err));
	r = begin(&b, &in);
	gone = nth_drawn(r, "drawn", 1);
	stand_in = nth_drawn(r, "reserve", 2);
	ck_assert(review_add(r, UNIT_CC, review_unit(r, gone)->key, 0,
	    (struct unit_fact[]){{FACT_DRAWN, "replaced"},
		{FACT_INSTEAD, review_unit(r, stand_in)->key}, {FACTS, ""}},
	    &stamp, &c, &err));
	ck_assert(review_add(r, UNIT_CC, review_unit(r, stand_in)->key, 0,
	    (struct unit_fact[]){
		{FACT_DRAWN, "drawn"}, {FACT_WHY, "nicer"}, {FACTS, ""}},
	    &stamp, &c, &err));
	apply(r, &c);
	seal(r, 1, "", hash);
	t = get(DRAW, "DrawAnswer");
	holds(t, "$.sealed.as_drawn = false");
	holds(t, "$.sealed.fault ~ passed over");
	cJSON_Delete(t);
	review_free(r);
	instrument_free(in);
	buf_free(&bytes);
}
END_TEST

int
main(void)
{
	Suite *s = suite_create("plan");
	TCase *t = tcase_create("plan");

	tcase_set_timeout(t, 60);
	tcase_add_checked_fixture(t, setup, teardown);
	tcase_add_test(t, contract__written_twice__keeps_both);
	tcase_add_test(t, contract__written_over_another__shows_theirs);
	tcase_add_test(t, contract__that_cannot_be__names_the_field);
	tcase_add_test(t, plan__of_a_year__forgets_nobody);
	tcase_add_test(t, plan__narrowed__shows_whose_and_when);
	tcase_add_test(t, plan__given_to_another__keeps_who_had_it);
	tcase_add_test(t, plan__that_cannot_be__names_the_field);
	tcase_add_test(t, plan__another_review__stands_beside_the_annual);
	tcase_add_test(t, draw__of_a_roster__is_frozen_and_the_same_again);
	tcase_add_test(t, draw__looked_at__is_a_look_that_is_recorded);
	tcase_add_test(t, draw__that_cannot_be__says_why);
	tcase_add_test(t, packet__issued__holds_the_review);
	tcase_add_test(t, packet__of_somebody_else__is_not_given);
	tcase_add_test(t, packet__asked_for_again__is_the_same_or_refused);
	tcase_add_test(t, packet__taken__is_a_look_that_is_recorded);
	tcase_add_test(t, packet__issued_by_two_at_once__is_issued_once);
	tcase_add_test(t, packet__recalled__is_not_given_any_more);
	tcase_add_test(t, packet__that_cannot_be__says_why);
	tcase_add_test(t, packet__without_a_key__is_not_issued);
	tcase_add_test(t, service__with_an_open_key__does_not_start);
	tcase_add_test(t, claim__taken__is_shown_to_the_other);
	tcase_add_test(t, claim__of_the_whole__is_under_way);
	tcase_add_test(t, roster__changed_since__is_told_and_the_sample_stays);
	tcase_add_test(t, sealed__with_reserves_in_order__is_as_drawn);
	tcase_add_test(
	    t, follow_up__of_a_sealed_review__brings_its_open_findings);
	tcase_add_test(t, sealed__with_a_free_choice__is_flagged);
	suite_add_tcase(s, t);
	return unit_run(s);
}
