/*
 * What is due of providers: GET /v1/dues, and GET /v1/countdown for the clocks
 * that are not of children.
 *
 * Willow Grove's agreement begins on 1 July 2022 and no review of it came in:
 * the one of the contract year 2023 was due on 1 July 2023, twelve months
 * after the agreement's first day; that of 2024 on its first day. On 11 July
 * 2024 they are 376 and 10 days over. The plan of action that was asked for on
 * 1 June 2024 was due 30 days later, on 1 July: 10 days over.
 */
#include <stdlib.h>
#include <string.h>

#include "contract/ask.h"
#include "contract/vt.h"
#include "contract/willow.h"
#include "lib/unit.h"

static struct fixture f;

static void
setup(void)
{
	fixture_open(&f, true);
	willow_publish(&f, 8, 0, "S71");
}

static void
teardown(void)
{
	fixture_close(&f);
}

static cJSON *
ask_as(const char *who, const char *target, const char *body, int status)
{
	return ask(&(struct asking){.of = &f,
	    .who = who,
	    .nobody = who == NULL,
	    .target = target,
	    .body = body,
	    .status = status});
}

/* Every check holds of the answer; they end with NULL. */
static void
shows(const char *who, const char *target, const char *const *checks)
{
	cJSON *tree = ask_as(who, target, NULL, 200);
	struct buf why = {0};

	for (; *checks != NULL; checks++)
		ck_assert_msg(vt_holds(*checks, tree, &why), "%s: %s: %s",
		    target, *checks, buf_text(&why));
	buf_free(&why);
	cJSON_Delete(tree);
}

#define CHECKS(...) ((const char *const[]){__VA_ARGS__, NULL})

static void
write_all(void)
{
	cJSON_Delete(ask_as("ada", "/v1/contracts/C-1", WILLOW_CONTRACT, 201));
	cJSON_Delete(ask_as("ada", "/v1/caps/P-1",
	    "{\"version\":0,\"provider\":\"P7\",\"provider_name\":\"Willow\","
	    "\"source\":\"ccl\",\"notice\":\"2024-06-01\"}",
	    201));
}

START_TEST(dues__before_anything_is_written__are_none)
{
	shows("ada", "/v1/dues", CHECKS("$.clocks # 0"));
	shows("ada", "/v1/countdown?clock=cap",
	    CHECKS("$.total = 0", "$.rows # 0", "$.clock.id = \"cap\""));
}
END_TEST

START_TEST(dues__of_providers__are_counted_by_bucket)
{
	write_all();
	shows("ada", "/v1/dues?as_of=2024-07-11",
	    CHECKS("$.as_of = \"2024-07-11\"", "$.clocks # 2",
		"$.clocks[0].clock.id = \"cap\"",
		"$.clocks[0].buckets[2].id = \"over_1_15\"",
		"$.clocks[0].buckets[2].count = 1",
		"$.clocks[1].clock.id = \"review\"",
		"$.clocks[1].buckets[0].id = \"over_30\"",
		"$.clocks[1].buckets[0].count = 1",
		"$.clocks[1].buckets[2].count = 1"));
}
END_TEST

START_TEST(dues__carried_out__are_none)
{
	write_all();
	cJSON_Delete(ask_as("ada", "/v1/caps/P-1",
	    "{\"version\":1,\"provider\":\"P7\",\"source\":\"ccl\",\"notice\":"
	    "\"2024-06-01\",\"received\":\"2024-06-20\",\"approved\":"
	    "\"2024-06-25\",\"carry_out\":\"2024-07-01\",\"carried_out\":"
	    "\"2024-07-01\"}",
	    201));
	shows("ada", "/v1/dues?as_of=2024-07-11",
	    CHECKS("$.clocks # 1", "$.clocks[0].clock.id = \"review\""));
}
END_TEST

/* Who does the review: mk; ann helps; at the root it is everybody's. */
START_TEST(dues__of_a_unit__are_the_askers)
{
	write_all();
	shows("mk", "/v1/dues?at=R1&as_of=2024-07-11", CHECKS("$.clocks # 2"));
	shows("ann", "/v1/dues?at=R1&as_of=2024-07-11", CHECKS("$.clocks # 2"));
	shows("ada", "/v1/dues?at=R1&as_of=2024-07-11", CHECKS("$.clocks # 0"));
	shows("ada", "/v1/dues?at=R1&as_of=2024-07-11&monitor=ann",
	    CHECKS("$.clocks # 2"));
	shows("mk", "/v1/dues?as_of=2024-07-11&monitor=ada",
	    CHECKS("$.clocks # 0"));
	shows("ada", "/v1/countdown?clock=cap&monitor=mk&as_of=2024-07-11",
	    CHECKS("$.total = 1"));
}
END_TEST

START_TEST(countdown__of_providers__has_rows_as_any_other)
{
	write_all();
	shows("ada", "/v1/countdown?clock=cap&as_of=2024-07-11",
	    CHECKS("$.total = 1", "$.rows[0].key = \"P-1\"",
		"$.rows[0].due = \"2024-07-01\"", "$.rows[0].days = -10",
		"$.rows[0].bucket = \"over_1_15\"",
		"$.rows[0].state = \"overdue\"", "$.rows[0].child_id = null",
		"$.rows[0].name = \"Willow\"", "$.rows[0].worker = \"mk\"",
		"$.rows[0].start = \"2024-06-01\"", "$.by_rows # 0"));
	shows("ada", "/v1/countdown?clock=review&as_of=2024-07-11",
	    CHECKS("$.total = 2", "$.rows[0].key = \"C-1-2023\"",
		"$.rows[0].days = -376", "$.rows[1].key = \"C-1-2024\"",
		"$.rows[1].due = \"2024-07-01\"",
		"$.rows[1].name = \"Willow Grove\""));
	shows("ada",
	    "/v1/countdown?clock=review&as_of=2024-07-11&bucket=over_1_15",
	    CHECKS("$.total = 1", "$.rows[0].key = \"C-1-2024\""));
	shows("ada", "/v1/countdown?clock=review&as_of=2024-07-11&limit=1",
	    CHECKS("$.rows # 1", "$.next = \"C-1-2023\""));
	shows("ada", "/v1/countdown?clock=review&as_of=2024-07-11&q=willow",
	    CHECKS("$.total = 2"));
	shows("ada", "/v1/countdown?clock=review&as_of=2024-07-11&q=nobody",
	    CHECKS("$.total = 0"));
}
END_TEST

static void
refused(const char *who, const char *target, int status, const char *code)
{
	cJSON *tree = ask_as(who, target, NULL, status);

	ck_assert_str_eq(
	    json_get_string(cJSON_GetObjectItem(tree, "error"), "code"), code);
	cJSON_Delete(tree);
}

START_TEST(dues__asked_wrongly__are_refused_in_words)
{
	refused(NULL, "/v1/dues", 401, "not_signed_in");
	refused(NULL, "/v1/countdown?clock=cap", 401, "not_signed_in");
	refused("ada", "/v1/dues?at=gone", 404, "no_such_node");
	refused("ada", "/v1/dues?by=worker", 400, "unknown_field");
	refused("ada", "/v1/countdown?clock=cap&by=worker", 400, "bad_value");
	refused("ada", "/v1/countdown?clock=review&where=sex=male", 400,
	    "bad_value");
	refused("ada", "/v1/countdown?clock=pprt&monitor=mk", 400, "bad_value");
	refused("ada", "/v1/countdown?clock=cap&sort=colour", 400, "bad_value");
	refused("ada", "/v1/countdown?clock=cap&after=X", 400, "bad_value");
	refused("ada", "/v1/moves?clock=cap", 404, "no_such_clock");
}
END_TEST

int
main(void)
{
	Suite *s = suite_create("dues");
	TCase *t = tcase_create("dues");

	tcase_add_checked_fixture(t, setup, teardown);
	tcase_set_timeout(t, 60);
	tcase_add_test(t, dues__before_anything_is_written__are_none);
	tcase_add_test(t, dues__of_providers__are_counted_by_bucket);
	tcase_add_test(t, dues__carried_out__are_none);
	tcase_add_test(t, dues__of_a_unit__are_the_askers);
	tcase_add_test(t, countdown__of_providers__has_rows_as_any_other);
	tcase_add_test(t, dues__asked_wrongly__are_refused_in_words);
	suite_add_tcase(s, t);
	return unit_run(s);
}
