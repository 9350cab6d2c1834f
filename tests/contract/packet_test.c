/*
 * From a planned review to a packet: the sample, who takes it along, who has
 * which part of it, and what changed meanwhile (offline.md, promises 20, 23,
 * 24).
 */
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/json.h"
#include "contract/ask.h"
#include "contract/year.h"
#include "lib/unit.h"
#include "poms/sample.h"

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

	year_put_ok(CONTRACT, WILLOW_CONTRACT);
	year_put_ok(DRAW, WILLOW_DRAW);
	t = year_get(DRAW);
	ck_assert_int_eq(picks(t, "CC", "drawn"), 6);
	ck_assert_int_eq(picks(t, "CC", "reserve"), 2);
	ck_assert_int_eq(picks(t, "CD", "drawn"), 3);
	ck_assert_int_eq(picks(t, "CD", "reserve"), 1);
	ck_assert_int_eq(picks(t, "SF", "drawn"), 5);
	ck_assert_int_eq(picks(t, "SF", "reserve"), 2);
	year_holds(t, "$.draw.frame = 19");
	year_holds(t, "$.draw.on = \"2024-06-30\"");
	year_holds(t, "$.draw.from = \"2023-07-01\"");
	year_holds(t, "$.again.equal = true");
	year_holds(t, "$.again.differences # 0");
	year_holds(t, "$.sealed = null");
	/* The data change, the sample does not. */
	willow_publish(&year, 9, 2, "S72");
	later = year_get(DRAW);
	ck_assert(cJSON_Compare(t, later, true));
	cJSON_Delete(later);
	cJSON_Delete(t);
	cJSON_Delete(year_answer(DRAW, WILLOW_DRAW, 200));
	year_refused(DRAW, "{\"version\":0,\"on\":\"2024-07-31\"}", 422, "on");
	t = year_get(PLAN);
	year_holds(t, "$.review.state = \"drawn\"");
	cJSON_Delete(t);
}
END_TEST

/* The keys of the sample are children's: eight that are there, four that
 * left. */
START_TEST(draw__looked_at__is_a_look_that_is_recorded)
{
	int before;

	year_put_ok(CONTRACT, WILLOW_CONTRACT);
	year_put_ok(DRAW, WILLOW_DRAW);
	before = year_looks("\"N3\"");
	cJSON_Delete(year_get(DRAW));
	ck_assert_int_eq(year_looks("\"N3\""), before + 1);
	ck_assert_int_eq(year_looks("/v1/plans/{id}/draw\""), 2);
}
END_TEST

START_TEST(draw__that_cannot_be__says_why)
{
	year_refused(DRAW, WILLOW_DRAW, 404, "id");
	year_put_ok(CONTRACT, WILLOW_CONTRACT);
	year_refused(DRAW, "{\"version\":0,\"on\":\"2024-10-01\"}", 422, "on");
	year_refused(DRAW,
	    "{\"version\":0,\"on\":\"2024-06-30\",\"staff\":[{\"key\":1}]}",
	    400, "staff[0].key");
	/* Two files of one number. */
	year_refused(DRAW,
	    "{\"version\":0,\"on\":\"2024-06-30\",\"staff\":[{\"key\":\"1\"},"
	    "{\"key\":\"1\"}]}",
	    422, "");
}
END_TEST

#define SAMPLE "/v1/plans/C-1-2024/sample"

/* Keys of the draw: the n-th of that kind and state. */
static char *
nth_key(const char *unit, const char *drawn, int n)
{
	cJSON *t = year_get(DRAW);
	const cJSON *p;
	char *key = NULL;

	cJSON_ArrayForEach(
	    p, cJSON_GetObjectItem(cJSON_GetObjectItem(t, "draw"), "picks"))
	{
		int64_t order = 0;

		json_get_int(p, "order", &order);
		if (strcmp(json_get_string(p, "unit"), unit) == 0 &&
		    strcmp(json_get_string(p, "drawn"), drawn) == 0 &&
		    (n == 0 || order == n))
			key = xstrdup(json_get_string(p, "key"));
	}
	cJSON_Delete(t);
	ck_assert_ptr_nonnull(key);
	return key;
}

static char *
change_body(int version, const char *key, const char *more)
{
	return xasprintf("{\"version\":%d,\"unit\":\"CC\",\"key\":\"%s\","
			 "\"reason\":\"in hospital\"%s}",
	    version, key, more);
}

/* The office lets the first reserve stand in and adds the second, before the
 * packet: the draw stays, the review begins with it, and what is sealed is as
 * drawn. */
START_TEST(sample__changed_at_the_office__goes_into_the_packet)
{
	char *gone, *first, *second, *body, *own;
	struct buf bytes = {0};
	struct instrument *in;
	struct review *r;
	struct bundle b;
	struct err err;
	int unit;
	cJSON *t;

	year_put_ok(CONTRACT, WILLOW_CONTRACT);
	year_put_ok(DRAW, WILLOW_DRAW);
	gone = nth_key("CC", "drawn", 2);
	first = nth_key("CC", "reserve", 1);
	second = nth_key("CC", "reserve", 2);
	body = change_body(1, gone, "");
	year_put_ok(SAMPLE, body);
	cJSON_Delete(year_answer(SAMPLE, body, 200)); /* sent again */
	free(body);
	body = change_body(1, second, ",\"add\":true");
	cJSON_Delete(year_answer(SAMPLE, body, 409)); /* not seen */
	free(body);
	body = change_body(2, second, ",\"add\":true");
	year_put_ok(SAMPLE, body);
	free(body);
	t = year_get(DRAW);
	year_holds(t, "$.draw.version = 3");
	year_holds(t, "$.again.equal = true");
	year_holds(t, "$.draw.changes # 2");
	year_holds(t, "$.draw.changes[0].added = false");
	year_holds(t, "$.draw.changes[1].why = \"in hospital\"");
	ck_assert_int_eq(picks(t, "CC", "drawn"), 6);
	ck_assert_int_eq(picks(t, "CC", "replaced"), 1);
	ck_assert_int_eq(picks(t, "CC", "purposive"), 1);
	ck_assert_int_eq(picks(t, "CC", "reserve"), 0);
	cJSON_Delete(t);
	year_put_ok(PACKET, ISSUE);
	year_fetch(PACKET, &bytes);
	ck_assert(bundle_read(&b, bytes.data, bytes.len, year_key, &err));
	r = year_begin(&b, &in);
	unit = review_unit_find(r, UNIT_CC, gone);
	ck_assert(!review_unit(r, unit)->asked);
	ck_assert_str_eq(review_fact(r, unit, FACT_INSTEAD), first);
	own = xasprintf("CC.%s", gone);
	ck_assert_str_eq(
	    year_fed(r, review_unit_find(r, UNIT_SEL, own), "SMP08"),
	    "in hospital");
	free(own);
	unit = review_unit_find(r, UNIT_CC, first);
	ck_assert(review_unit(r, unit)->asked && review_unit(r, unit)->sample);
	own = xasprintf("ic.%s", first);
	ck_assert_int_gt(review_unit_find(r, UNIT_IC, own), 0);
	free(own);
	unit = review_unit_find(r, UNIT_CC, second);
	ck_assert(review_unit(r, unit)->asked && !review_unit(r, unit)->sample);
	own = xasprintf("CC.%s", second);
	ck_assert_str_eq(
	    year_fed(r, review_unit_find(r, UNIT_SEL, own), "SMP09"),
	    "in hospital");
	free(own);
	/* Who has the packet would not see another change. */
	body = change_body(3, first, "");
	year_refused(SAMPLE, body, 422, "");
	free(body);
	review_free(r);
	instrument_free(in);
	buf_free(&bytes);
	free(gone);
	free(first);
	free(second);
}
END_TEST

START_TEST(sample__that_cannot_change__says_why)
{
	char *drawn, *body;
	int before;

	year_refused(SAMPLE,
	    "{\"version\":1,\"unit\":\"CC\",\"key\":\"N1\",\"reason\":\"x\"}",
	    404, "id");
	year_put_ok(CONTRACT, WILLOW_CONTRACT);
	year_refused(SAMPLE,
	    "{\"version\":1,\"unit\":\"CC\",\"key\":\"N1\",\"reason\":\"x\"}",
	    422, "");
	year_put_ok(DRAW, WILLOW_DRAW);
	year_refused(SAMPLE,
	    "{\"version\":1,\"unit\":\"ST\",\"key\":\"N1\",\"reason\":\"x\"}",
	    422, "unit");
	year_refused(SAMPLE,
	    "{\"version\":1,\"unit\":\"CC\",\"key\":\"Z9\",\"reason\":\"x\"}",
	    422, "key");
	drawn = nth_key("CC", "drawn", 1);
	body = change_body(1, drawn, ",\"add\":true");
	year_refused(SAMPLE, body, 422, "");
	free(body);
	free(drawn);
	drawn = nth_key("CC", "reserve", 1); /* it is not in the sample */
	body = change_body(1, drawn, "");
	year_refused(SAMPLE, body, 422, "");
	free(body);
	free(drawn);
	before = year_looks("/v1/plans/{id}/sample\"");
	ck_assert_int_ge(before, 2);
}
END_TEST

/* --- packets --------------------------------------------------------- */

START_TEST(packet__issued__holds_the_review)
{
	struct buf bytes = {0};
	struct instrument *in;
	struct review *r;
	struct bundle b;
	struct err err;
	int cc = 0, asked = 0;
	cJSON *t;

	year_issue();
	year_fetch(PACKET, &bytes);
	ck_assert_msg(bundle_read(&b, bytes.data, bytes.len, year_key, &err),
	    "%s", err.text);
	ck_assert_str_eq(b.about.review, "C-1-2024");
	ck_assert_str_eq(b.about.user, "mk");
	ck_assert_ptr_nonnull(bundle_part(&b, "sample"));
	r = year_begin(&b, &in);
	for (int i = 1; i < review_units(r); i++) {
		cc += review_unit(r, i)->kind == UNIT_CC;
		asked += review_unit(r, i)->kind == UNIT_CC &&
			 review_unit(r, i)->asked;
	}
	ck_assert_int_eq(cc, 8);
	ck_assert_int_eq(asked, 6);
	ck_assert_str_eq(year_fed(r, 0, "R01"), "P7");
	ck_assert_str_eq(year_fed(r, 0, "R02"), "gh");
	ck_assert_str_eq(year_fed(r, 0, "R03b"), "2022");
	ck_assert_str_eq(year_fed(r, 0, "R10a"), "mk");
	ck_assert_str_eq(year_fed(r, 0, "R05"), "2023-07-01");
	ck_assert_str_eq(year_fed(r, 0, "R06"), "2024-06-30");
	/* Eight are there, four left in the year: twelve were served. */
	ck_assert_str_eq(year_fed(r, 0, "R15"), "12");
	ck_assert_str_eq(year_fed(r, 0, "R16"), "4");
	ck_assert_str_eq(year_fed(r, 0, "R11"), "14");
	t = year_get("/v1/packets?monitor=mk");
	year_holds(t, "$.packets # 1");
	year_holds(t, "$.packets[0].provider = \"P7\"");
	cJSON_Delete(t);
	t = year_get("/v1/packets?monitor=ann");
	year_holds(t, "$.packets # 0");
	cJSON_Delete(t);
	t = year_get(PLAN);
	year_holds(t, "$.review.state = \"issued\"");
	year_holds(t, "$.review.packet = \"0a0b0c\"");
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
	const struct asking nobody = {.of = &year,
	    .who = "mk",
	    .nobody = true,
	    .target = PACKET,
	    .status = 401};
	struct answer a = {0};

	year_issue();
	cJSON_Delete(year_get(PACKET "?monitor=mk"));
	cJSON_Delete(year_answer(PACKET "?monitor=ann", NULL, 403));
	ask_answer(&nobody, &a);
	ck_assert_ptr_null(strstr(buf_text(&a.body), "bytes"));
	answer_free(&a);
}
END_TEST

START_TEST(packet__asked_for_again__is_the_same_or_refused)
{
	year_issue();
	cJSON_Delete(year_answer(PACKET, ISSUE, 200));
	year_refused("/v1/packets/ff", ISSUE, 422, "again");
	year_refused("/v1/packets/ff",
	    "{\"version\":0,\"review\":\"C-1-2024\",\"user\":\"bob\"}", 422,
	    "user");
	/* A co-monitor has one of her own. */
	year_put_ok("/v1/packets/aa",
	    "{\"version\":0,\"review\":\"C-1-2024\",\"user\":\"ann\"}");
	year_put_ok("/v1/packets/ff",
	    "{\"version\":0,\"review\":\"C-1-2024\",\"user\":\"mk\","
	    "\"again\":true,\"reason\":\"stolen\"}");
}
END_TEST

/* The service's folder of instruments holds the example's next version. */
static void
mend_form(const char *map)
{
	char *from = fixture_source("etc/instruments/poms-example-1.cfg");
	char *folder = file_join(year.folder, "instruments", NULL);
	char *form = file_join(folder, "poms-example-2.cfg", NULL);
	char *file = file_join(folder, "poms-example-1-2.map", NULL);
	struct buf text = {0};
	struct err err;
	char *version;

	ck_assert(file_read(&text, from, 8 << 20, &err));
	version = strstr(buf_text(&text), "version = 1;");
	ck_assert_ptr_nonnull(version);
	version[strlen("version = ")] = '2';
	ck_assert(file_mkdirs(folder, &err));
	ck_assert(file_replace(form, text.data, text.len, &err));
	if (map != NULL)
		ck_assert(file_replace(file, map, strlen(map), &err));
	free(year.instruments);
	year.instruments = folder;
	fixture_refresh(&year, 0);
	buf_free(&text);
	free(file);
	free(form);
	free(from);
}

/* A form mended in mid-fieldwork: whoever works on the old one gets the new
 * one, signed, with what becomes of the answers. */
START_TEST(packet__of_a_mended_form__brings_the_map)
{
	static const char map[] =
	    "instrument = \"poms-example\"; from = 1; to = 2;";
	static const char again[] =
	    "{\"version\":0,\"review\":\"C-1-2024\",\"user\":\"mk\","
	    "\"again\":true,\"reason\":\"the form was mended\"}";
	const struct bundle_part *part;
	struct buf bytes = {0};
	struct bundle b;
	struct err err;

	year_issue();
	mend_form(NULL);
	year_refused("/v1/packets/ff", again, 422, "");
	mend_form(map);
	year_put_ok("/v1/packets/ff", again);
	year_fetch("/v1/packets/ff?monitor=mk", &bytes);
	ck_assert_msg(bundle_read(&b, bytes.data, bytes.len, year_key, &err),
	    "%s", err.text);
	ck_assert_str_eq(b.about.instrument, "poms-example/2");
	part = bundle_part(&b, "map-1");
	ck_assert_ptr_nonnull(part);
	ck_assert_uint_eq(part->len, strlen(map));
	ck_assert_mem_eq(part->data, map, strlen(map));
	part = bundle_part(&b, "was-1");
	ck_assert_ptr_nonnull(part);
	ck_assert_ptr_nonnull(
	    memmem(part->data, part->len, "version = 1;", 12));
	/* The sample is the one that was drawn. */
	ck_assert_ptr_nonnull(bundle_part(&b, "sample"));
	buf_free(&bytes);
}
END_TEST

START_TEST(packet__taken__is_a_look_that_is_recorded)
{
	struct buf bytes = {0};

	year_issue();
	ck_assert_int_eq(year_looks("\"packet:0a0b0c\""), 0);
	year_fetch(PACKET, &bytes);
	ck_assert_int_eq(year_looks("\"packet:0a0b0c\""), 1);
	buf_free(&bytes);
}
END_TEST

/* What somebody asks while another asks, too. */
struct put {
	const char *path, *body;
};

/* Its status. */
static void *
put_one(void *arg)
{
	const struct put *p = arg;
	const struct request q = {.method = "PUT",
	    .path = p->path,
	    .body = p->body,
	    .body_len = strlen(p->body),
	    .who = {WHO_LOCAL, "test"}};
	struct answer a = {0};
	int status;

	service_answer(year.service, &q, &a);
	status = a.status;
	answer_free(&a);
	return (void *)(intptr_t)status;
}

/* Two who issue the same review at the same time: one of them does, and the
 * other is told. */
START_TEST(packet__issued_by_two_at_once__is_issued_once)
{
	static struct put puts[] = {
	    {"/v1/packets/aa", ISSUE}, {"/v1/packets/bb", ISSUE}};
	pthread_t threads[2];
	int issued = 0;
	cJSON *t;

	year_put_ok(CONTRACT, WILLOW_CONTRACT);
	year_put_ok(DRAW, WILLOW_DRAW);
	for (int i = 0; i < 2; i++)
		ck_assert_int_eq(
		    pthread_create(&threads[i], NULL, put_one, &puts[i]), 0);
	for (int i = 0; i < 2; i++) {
		void *status;

		pthread_join(threads[i], &status);
		issued += (intptr_t)status == 201;
		ck_assert((intptr_t)status == 201 || (intptr_t)status == 409 ||
			  (intptr_t)status == 422);
	}
	ck_assert_int_eq(issued, 1);
	t = year_get("/v1/packets");
	year_holds(t, "$.packets # 1");
	cJSON_Delete(t);
}
END_TEST

/* One changes the sample while another issues the packet: whatever comes first,
 * nobody takes another sample along than the one that stands. */
START_TEST(packet__issued_while_the_sample_changes__is_of_what_stands)
{
	struct put issue = {PACKET, ISSUE}, change = {.path = SAMPLE};
	pthread_t threads[2];
	struct buf bytes = {0};
	struct instrument *in;
	void *issued, *changed;
	struct review *r;
	struct bundle b;
	struct err err;
	char *gone, *body;
	int unit;

	year_put_ok(CONTRACT, WILLOW_CONTRACT);
	year_put_ok(DRAW, WILLOW_DRAW);
	gone = nth_key("CC", "drawn", 1 + _i % 6);
	body = change_body(1, gone, "");
	change.body = body;
	pthread_create(&threads[_i % 2], NULL, put_one, &issue);
	pthread_create(&threads[1 - _i % 2], NULL, put_one, &change);
	pthread_join(threads[_i % 2], &issued);
	pthread_join(threads[1 - _i % 2], &changed);
	ck_assert((intptr_t)issued == 201 || (intptr_t)issued == 409);
	if ((intptr_t)issued != 201) /* it lost, and tries again */
		year_put_ok(PACKET, ISSUE);
	year_fetch(PACKET, &bytes);
	ck_assert(bundle_read(&b, bytes.data, bytes.len, year_key, &err));
	r = year_begin(&b, &in);
	unit = review_unit_find(r, UNIT_CC, gone);
	ck_assert_int_eq(
	    strcmp(review_fact(r, unit, FACT_DRAWN), "replaced") == 0,
	    (intptr_t)changed == 201);
	review_free(r);
	instrument_free(in);
	buf_free(&bytes);
	free(body);
	free(gone);
}
END_TEST

START_TEST(packet__recalled__is_not_given_any_more)
{
	cJSON *t;

	year_issue();
	year_refused(PACKET,
	    "{\"version\":1,\"review\":\"C-1-2024\",\"user\":\"mk\","
	    "\"recalled\":true}",
	    422, "reason");
	year_put_ok(PACKET,
	    "{\"version\":1,\"review\":\"C-1-2024\",\"user\":\"mk\","
	    "\"recalled\":true,\"reason\":\"wrong period\"}");
	t = year_answer(PACKET, NULL, 410);
	year_holds(t, "$.error.message ~ wrong period");
	cJSON_Delete(t);
	t = year_get("/v1/packets");
	year_holds(t, "$.packets # 0");
	cJSON_Delete(t);
}
END_TEST

START_TEST(packet__that_cannot_be__says_why)
{
	struct fixture plain = {0};

	year_put_ok(CONTRACT, WILLOW_CONTRACT);
	year_refused(PACKET, ISSUE, 422, "");
	fixture_open(&plain, true);
	fixture_close(&plain);
	year_refused(PACKET,
	    "{\"version\":0,\"review\":\"C-9-2024\",\"user\":\"mk\"}", 404,
	    "id");
	year_refused("/v1/packets/0b",
	    "{\"version\":1,\"review\":\"C-1-2024\",\"user\":\"mk\","
	    "\"recalled\":true,\"reason\":\"x\"}",
	    404, "");
}
END_TEST

START_TEST(packet__without_a_key__is_not_issued)
{
	year_put_ok(CONTRACT, WILLOW_CONTRACT);
	year_put_ok(DRAW, WILLOW_DRAW);
	service_close(year.service);
	ck_assert(service_open(&year.service,
	    &(struct service_options){.store = year.folder,
		.definitions = year.definitions,
		.audit = year.audit},
	    &(struct err){0}));
	year_refused(PACKET, ISSUE, 422, "");
}
END_TEST

/* A key that others may read is refused when the service starts. */
START_TEST(service__with_an_open_key__does_not_start)
{
	struct service *svc;
	struct err err;
	char *command = xasprintf("chmod 644 '%s'", year.signing_key);

	ck_assert_int_eq(system(command), 0);
	ck_assert(!service_open(&svc,
	    &(struct service_options){.store = year.folder,
		.definitions = year.definitions,
		.audit = year.audit,
		.signing_key = year.signing_key},
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

	year_issue();
	/* Nobody takes what the office issued no packet of. */
	year_refused("/v1/reviews/other/claims",
	    "{\"version\":0,\"unit\":\"CC\",\"key\":\"N1\",\"by\":\"mk\","
	    "\"taken\":true}",
	    404, "id");
	year_put_ok(CLAIMS,
	    "{\"version\":0,\"unit\":\"CC\",\"key\":\"N1\",\"by\":\"mk\","
	    "\"device\":\"alder\",\"taken\":true}");
	/* Another program on the same device had not seen it. */
	t = year_answer(CLAIMS,
	    "{\"version\":0,\"unit\":\"CC\",\"key\":\"N1\",\"by\":\"mk\","
	    "\"device\":\"alder\",\"taken\":false}",
	    409);
	year_holds(t, "$.theirs.body.by = \"mk\"");
	cJSON_Delete(t);
	/* Somebody else's, and one's own on another device, stand beside it. */
	year_put_ok(CLAIMS,
	    "{\"version\":0,\"unit\":\"CC\",\"key\":\"N1\",\"by\":\"ann\","
	    "\"device\":\"birch\",\"taken\":true}");
	year_put_ok(CLAIMS,
	    "{\"version\":0,\"unit\":\"CC\",\"key\":\"N1\",\"by\":\"mk\","
	    "\"device\":\"cedar\",\"taken\":true}");
	year_put_ok(CLAIMS,
	    "{\"version\":0,\"unit\":\"AG\",\"key\":\"\",\"by\":\"mk\","
	    "\"taken\":true}");
	t = year_get(CLAIMS);
	year_holds(t, "$.claims # 4");
	year_holds(t, "$.claims[0].unit = \"AG\"");
	year_holds(t, "$.claims[1].by = \"ann\"");
	year_holds(t, "$.claims[2].by = \"mk\"");
	year_holds(t, "$.claims[2].device = \"alder\"");
	year_holds(t, "$.claims[3].device = \"cedar\"");
	cJSON_Delete(t);
	year_put_ok(CLAIMS,
	    "{\"version\":1,\"unit\":\"CC\",\"key\":\"N1\",\"by\":\"mk\","
	    "\"device\":\"alder\",\"taken\":false}");
	t = year_get("/v1/reviews/other/claims");
	year_holds(t, "$.claims # 0");
	cJSON_Delete(t);
	year_refused(CLAIMS,
	    "{\"version\":0,\"unit\":\"XX\",\"key\":\"1\",\"by\":\"mk\","
	    "\"taken\":true}",
	    422, "unit");
	year_refused(CLAIMS,
	    "{\"version\":0,\"unit\":\"CC\",\"key\":\"\",\"by\":\"mk\","
	    "\"taken\":true}",
	    422, "key");
}
END_TEST

START_TEST(claim__of_the_whole__is_under_way)
{
	cJSON *t;

	year_issue();
	year_put_ok(CLAIMS,
	    "{\"version\":0,\"unit\":\"AG\",\"key\":\"\",\"by\":\"mk\","
	    "\"taken\":true}");
	t = year_get(YEAR);
	year_holds(t, "$.rows[3].state = \"under_way\"");
	year_holds(t, "$.rows[3].taken_by = \"mk\"");
	year_holds(t, "$.monitors[0].under_way = 1");
	cJSON_Delete(t);
}
END_TEST

/* N1 and N2 left in August, N9 came, and N3 lives in the other house now. */
START_TEST(roster__changed_since__is_told_and_the_sample_stays)
{
	cJSON *t;
	const cJSON *list, *row;
	int came = 0, left = 0, moved = 0;

	year_issue();
	t = year_get("/v1/reviews/C-1-2024/roster");
	year_holds(t, "$.changes # 0");
	cJSON_Delete(t);
	willow_publish(&year, 9, 2, "S72");
	t = year_get("/v1/reviews/C-1-2024/roster");
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
	t = year_get(DRAW);
	year_holds(t, "$.again.equal = true");
	cJSON_Delete(t);
}
END_TEST

int
main(void)
{
	Suite *s = suite_create("packet");
	TCase *t = tcase_create("packet");

	tcase_set_timeout(t, 60);
	tcase_add_checked_fixture(t, year_open, year_close);
	tcase_add_test(t, draw__of_a_roster__is_frozen_and_the_same_again);
	tcase_add_test(t, draw__looked_at__is_a_look_that_is_recorded);
	tcase_add_test(t, draw__that_cannot_be__says_why);
	tcase_add_test(t, sample__changed_at_the_office__goes_into_the_packet);
	tcase_add_test(t, sample__that_cannot_change__says_why);
	tcase_add_loop_test(t,
	    packet__issued_while_the_sample_changes__is_of_what_stands, 0, 8);
	tcase_add_test(t, packet__issued__holds_the_review);
	tcase_add_test(t, packet__of_somebody_else__is_not_given);
	tcase_add_test(t, packet__asked_for_again__is_the_same_or_refused);
	tcase_add_test(t, packet__of_a_mended_form__brings_the_map);
	tcase_add_test(t, packet__taken__is_a_look_that_is_recorded);
	tcase_add_test(t, packet__issued_by_two_at_once__is_issued_once);
	tcase_add_test(t, packet__recalled__is_not_given_any_more);
	tcase_add_test(t, packet__that_cannot_be__says_why);
	tcase_add_test(t, packet__without_a_key__is_not_issued);
	tcase_add_test(t, service__with_an_open_key__does_not_start);
	tcase_add_test(t, claim__taken__is_shown_to_the_other);
	tcase_add_test(t, claim__of_the_whole__is_under_way);
	tcase_add_test(t, roster__changed_since__is_told_and_the_sample_stays);
	suite_add_tcase(s, t);
	return unit_run(s);
}
