/* Corrective action plans as papers: their clocks, what they leave out, and the
 * list by what is due. */
#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>

#include "base/json.h"
#include "contract/office.h"
#include "lib/unit.h"

#define SIX                                                                \
	"\"done\":\"a\",\"how\":\"b\",\"kept\":\"c\",\"prevented\":\"d\"," \
	"\"when\":\"e\",\"who\":\"f\""

static void
check_plan(const char *target, const char *stage, const char *bucket,
    int64_t days, const char *band)
{
	cJSON *a = office_get(target);
	const cJSON *o = cJSON_GetObjectItem(a, "cap");

	ck_assert_msg(strcmp(json_get_string(o, "stage"), stage) == 0 &&
			  strcmp(json_get_string(o, "bucket"), bucket) == 0 &&
			  office_number(o, "days") == days &&
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

	office_put("/v1/caps/C1", OFFICE_PLAN(0, ""), 201, NULL);
	office_put("/v1/caps/C1", OFFICE_PLAN(0, ""), 200, NULL);
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
	office_put("/v1/caps/C1",
	    OFFICE_PLAN(1, ",\"extensions\":[{\"to\":\"2012-03-31\","
			   "\"by\":\"Chief\"}]"),
	    422, "extensions[0].to");
	office_put("/v1/caps/C1",
	    OFFICE_PLAN(1, ",\"extensions\":[{\"to\":\"2012-04-10\","
			   "\"by\":\"Chief\"}]"),
	    201, NULL);
	office_put("/v1/caps/C1", OFFICE_PLAN(1, ""), 409, "version");
	check_plan(
	    "/v1/caps/C1?as_of=2012-04-10", "awaited", "today", 0, "on_time");
	office_put("/v1/caps/C1",
	    OFFICE_PLAN(2, ",\"extensions\":[{\"to\":\"2012-04-10\","
			   "\"by\":\"Chief\"}],\"received\":\"2012-04-16\","
			   "\"remedies\":[{\"finding\":\"PN03\"," SIX "}]"),
	    201, NULL);
	check_plan(
	    "/v1/caps/C1?as_of=2012-05-07", "in_review", "today", 0, "1-15");
	a = office_get("/v1/caps/C1?as_of=2012-05-09");
	ck_assert_int_eq(
	    office_number(cJSON_GetObjectItem(a, "cap"), "county_late"), 2);
	ck_assert_int_eq(
	    office_number(cJSON_GetObjectItem(a, "cap"), "late"), 6);
	cJSON_Delete(a);
}
END_TEST

/* A plan that leaves something of a finding out is not approved: an addendum
 * is asked for. */
START_TEST(cap__leaving_something_out__needs_an_addendum)
{
	office_put("/v1/caps/C2",
	    OFFICE_PLAN(0,
		",\"received\":\"2012-03-20\",\"remedies\":[{"
		"\"finding\":\"PN03\"," SIX "},{\"finding\":\"PR06\","
		"\"done\":\"a\"}],\"addenda\":[{\"asked\":"
		"\"2012-03-25\"}]"),
	    201, NULL);
	check_plan(
	    "/v1/caps/C2?as_of=2012-03-30", "addendum", "in_1_7", 1, "on_time");
	office_put("/v1/caps/C2",
	    OFFICE_PLAN(1, ",\"received\":\"2012-03-20\",\"approved\":"
			   "\"2012-04-02\",\"remedies\":[{\"finding\":\"PR06\","
			   "\"done\":\"a\"}]"),
	    422, "approved");
	office_put("/v1/caps/C2",
	    OFFICE_PLAN(1, ",\"received\":\"2012-02-20\""), 422, "received");
	office_put(
	    "/v1/caps/C3", OFFICE_PLAN(0, ",\"immediate\":true"), 422, "due");
	office_put(
	    "/v1/caps/C3", OFFICE_PLAN(0, ",\"colour\":1"), 400, "colour");
}
END_TEST

/* The letter's findings ask for a plan under the review's id, with what was
 * seen and what the provider said to it. */
START_TEST(cap__of_a_review__asked_by_its_letter)
{
	struct field d;
	const cJSON *o;
	cJSON *a;

	field_begin(&d, 1, 2012);
	field_children(&d.g, 1);
	rig_say(&d.g, "CC/1", "PN03", "N");
	rig_add(&d.g, "FND/1", "", "question=PN03");
	rig_say(&d.g, "FND/1", "FND2", "No child chose any clothing.");
	rig_say(&d.g, "FND/1", "FND7", "Y");
	rig_say(&d.g, "FND/1", "FND7b", "They were asked in May.");
	rig_say(&d.g, "", "Z03a", "2012-12-01");
	field_send(&d);
	check_plan("/v1/caps/RV-1-2012?as_of=2012-12-31", "awaited", "today", 0,
	    "on_time");
	a = office_get("/v1/caps/RV-1-2012");
	o = office_find(
	    cJSON_GetObjectItem(a, "body"), "remedies", "finding", "PN03");
	ck_assert_str_eq(
	    json_get_string(o, "text"), "No child chose any clothing.");
	ck_assert_str_eq(
	    json_get_string(o, "response"), "They were asked in May.");
	cJSON_Delete(a);
	rig_say(&d.g, "CC/1", "PN02", "N");
	field_send(&d);
	a = office_get("/v1/caps/RV-1-2012");
	office_find(
	    cJSON_GetObjectItem(a, "body"), "remedies", "finding", "PN02");
	ck_assert_int_eq(
	    office_number(cJSON_GetObjectItem(a, "cap"), "findings"), 2);
	ck_assert_int_eq(
	    cJSON_GetArraySize(cJSON_GetObjectItem(a, "history")), 2);
	cJSON_Delete(a);
	rig_close(&d.g);
}
END_TEST

static void
store_does(const char *sql)
{
	char *path = xasprintf("%s/hearth.db", office.folder);
	sqlite3 *db;

	ck_assert_int_eq(sqlite3_open(path, &db), SQLITE_OK);
	ck_assert_int_eq(sqlite3_exec(db, sql, NULL, NULL, NULL), SQLITE_OK);
	sqlite3_close(db);
	free(path);
}

static void
check_score(const struct field *d, const struct buf *body, int status,
    const char *state)
{
	char *path = xasprintf("/v1/reviews/%s/revisions/1", d->record);
	cJSON *a = office_ask(path, buf_text(body), status);

	ck_assert_str_eq(
	    json_get_string(cJSON_GetObjectItem(a, "score"), "state"), state);
	cJSON_Delete(a);
	free(path);
}

/* Where its plan cannot be written there is no scorecard either, and the same
 * revision sent again makes both. */
START_TEST(cap__of_a_review__is_there_with_the_scorecard_or_not_at_all)
{
	struct buf body = {0};
	struct field d;
	char *path;

	field_begin(&d, 1, 2012);
	field_children(&d.g, 1);
	rig_say(&d.g, "CC/1", "PN03", "N");
	rig_say(&d.g, "", "Z03a", "2012-12-01");
	field_seal(&d, &body);
	store_does("CREATE TRIGGER full BEFORE INSERT ON papers"
		   " WHEN NEW.kind = 'cap'"
		   " BEGIN SELECT RAISE(ABORT, 'full'); END");
	check_score(&d, &body, 201, "failed");
	path = xasprintf("/v1/reviews/%s/scorecard", d.record);
	cJSON_Delete(office_ask(path, NULL, 404));
	store_does("DROP TRIGGER full");
	check_score(&d, &body, 200, "scored");
	cJSON_Delete(office_get(path));
	check_plan("/v1/caps/RV-1-2012?as_of=2012-12-31", "awaited", "today", 0,
	    "on_time");
	buf_free(&body);
	free(path);
	rig_close(&d.g);
}
END_TEST

/* By bucket, and what changed since yesterday: everything is new. */
START_TEST(caps__list__by_bucket_and_change)
{
	const cJSON *o;
	cJSON *a;

	office_put("/v1/caps/C1", OFFICE_PLAN(0, ""), 201, NULL);
	office_put("/v1/caps/C2",
	    OFFICE_PLAN(0, ",\"immediate\":true,\"due\":\"2012-03-05\""), 201,
	    NULL);
	a = office_get("/v1/caps?as_of=2012-03-15");
	ck_assert_int_eq(office_number(a, "total"), 2);
	o = cJSON_GetObjectItem(a, "rows")->child;
	ck_assert_str_eq(json_get_string(o, "id"), "C2");
	ck_assert_int_eq(
	    office_number(
		office_find(a, "buckets", "id", "over_1_15"), "count"),
	    1);
	ck_assert_int_eq(
	    office_number(office_find(a, "buckets", "id", "in_8_30"), "count"),
	    1);
	cJSON_Delete(a);
	a = office_get("/v1/caps?as_of=2012-03-15&bucket=late");
	ck_assert_int_eq(office_number(a, "total"), 1);
	ck_assert_int_eq(office_number(a, "plans"), 2);
	cJSON_Delete(a);
	a = office_get("/v1/caps?since=2012-03-01&as_of=2012-03-15");
	ck_assert_int_eq(
	    office_number(office_find(a, "changes", "id", "new"), "count"), 2);
	cJSON_Delete(a);
	/* Since a day on which both stood: C1 became late, C2 was. */
	a = office_get("/v1/caps?since=2090-01-01&as_of=2090-01-02");
	ck_assert_int_eq(
	    cJSON_GetArraySize(cJSON_GetObjectItem(a, "changes")), 0);
	cJSON_Delete(a);
}
END_TEST

int
main(void)
{
	Suite *s = suite_create("caps");
	TCase *t = tcase_create("caps");

	tcase_add_checked_fixture(t, office_open, office_close);
	tcase_set_timeout(t, 60);
	tcase_add_test(t, cap__its_clocks__by_hand);
	tcase_add_test(t, cap__leaving_something_out__needs_an_addendum);
	tcase_add_test(t, cap__of_a_review__asked_by_its_letter);
	tcase_add_test(
	    t, cap__of_a_review__is_there_with_the_scorecard_or_not_at_all);
	tcase_add_test(t, caps__list__by_bucket_and_change);
	suite_add_tcase(s, t);
	return unit_run(s);
}
