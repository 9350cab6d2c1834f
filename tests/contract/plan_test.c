/* Agreements, and the plan of a contract year (poms.md 1.3). */

#include "base/json.h"
#include "contract/year.h"
#include "lib/unit.h"

/* --- agreements ------------------------------------------------------ */

START_TEST(contract__written_twice__keeps_both)
{
	cJSON *t;

	year_put_ok(CONTRACT, WILLOW_CONTRACT);
	cJSON_Delete(year_answer(CONTRACT, WILLOW_CONTRACT, 200));
	year_put_ok(CONTRACT, "{\"version\":1," WILLOW_TERMS "}");
	t = year_get(CONTRACT);
	year_holds(t, "$.contract.version = 2");
	year_holds(t, "$.contract.monitor = null");
	year_holds(t, "$.history # 2");
	year_holds(t, "$.history[0].monitor = \"mk\"");
	cJSON_Delete(t);
	t = year_get("/v1/contracts");
	year_holds(t, "$.contracts # 1");
	year_holds(t, "$.contracts[0].co_monitors = [\"ann\"]");
	cJSON_Delete(t);
}
END_TEST

START_TEST(contract__written_over_another__shows_theirs)
{
	cJSON *t;

	year_put_ok(CONTRACT, WILLOW_CONTRACT);
	t = year_answer(CONTRACT, "{\"version\":0," WILLOW_TERMS "}", 409);
	year_holds(t, "$.error.code = \"conflict\"");
	year_holds(t, "$.theirs.version = 1");
	year_holds(t, "$.theirs.by = \"test\"");
	year_holds(t, "$.theirs.body.monitor = \"mk\"");
	cJSON_Delete(t);
	t = year_answer(
	    "/v1/contracts/C-9", "{\"version\":4," WILLOW_TERMS "}", 409);
	year_holds(t, "$.theirs.version = 0");
	year_holds(t, "$.theirs.body = null");
	cJSON_Delete(t);
}
END_TEST

START_TEST(contract__that_cannot_be__names_the_field)
{
	year_refused(CONTRACT, NULL, 400, "");
	year_refused(CONTRACT, "{\"version\":0}", 400, "provider");
	year_refused(CONTRACT,
	    "{\"version\":0," WILLOW_TERMS ",\"monitr\":\"a\"}", 400, "monitr");
	year_refused(CONTRACT, "{\"version\":0," WILLOW_TERMS ",\"monitor\":3}",
	    400, "monitor");
	year_refused(CONTRACT,
	    "{\"version\":0,\"provider\":\"P7\",\"programme\":\"gh\","
	    "\"agreement\":\"A\",\"year\":2022,\"from\":\"2022-07-01\","
	    "\"to\":\"2022-06-30\"}",
	    422, "to");
	year_refused(
	    "/v1/contracts/a-contract-whose-id-is-much-too-long-for-it",
	    WILLOW_CONTRACT, 400, "id");
	year_refused("/v1/contracts/a-contract-whose-id-is-too-long-for",
	    WILLOW_CONTRACT, 422, "id");
}
END_TEST

/* --- the year -------------------------------------------------------- */

/* Who has no agreement comes first; P8 closed before the year. C-1's first
 * review was due on 2023-07-01, before the year began. */
START_TEST(plan__of_a_year__forgets_nobody)
{
	cJSON *t;

	year_put_ok(CONTRACT, WILLOW_CONTRACT);
	t = year_get(YEAR);
	year_holds(t, "$.rows # 4");
	year_holds(t, "$.rows[0].provider = \"P1\"");
	year_holds(t, "$.rows[1].provider = \"P4\"");
	year_holds(t, "$.rows[2].provider = \"P5\"");
	year_holds(t, "$.rows[0].state = \"no_contract\"");
	year_holds(t, "$.rows[3].id = \"C-1-2024\"");
	year_holds(t, "$.rows[3].due = \"2024-07-01\"");
	year_holds(t, "$.rows[3].days = -92");
	year_holds(t, "$.rows[3].bucket = \"over_30\"");
	year_holds(t, "$.rows[3].state = \"open\"");
	year_holds(t, "$.rows[3].monitor = \"mk\"");
	year_holds(t, "$.rows[3].contract_year = 2022");
	year_holds(t, "$.monitors # 1");
	year_holds(t, "$.monitors[0].reviews = 1");
	year_holds(t, "$.monitors[0].late = 1");
	cJSON_Delete(t);
	/* In its first year it has until the year ends. */
	t = year_get("/v1/plans?year=2022&as_of=2023-06-01");
	/* P5 was P4's still. */
	year_holds(t, "$.rows # 3");
	year_holds(t, "$.rows[2].due = \"2023-06-30\"");
	year_holds(t, "$.rows[2].bucket = \"in_8_30\"");
	cJSON_Delete(t);
	t = year_get("/v1/plans?year=2025&as_of=2025-07-01");
	year_holds(t, "$.rows # 4");
	year_holds(t, "$.rows[3].state = \"no_contract\"");
	cJSON_Delete(t);
}
END_TEST

START_TEST(plan__narrowed__shows_whose_and_when)
{
	cJSON *t;

	year_put_ok(CONTRACT, WILLOW_CONTRACT);
	t = year_get(YEAR "&monitor=ann");
	year_holds(t, "$.rows # 1");
	cJSON_Delete(t);
	t = year_get(YEAR "&monitor=bob");
	year_holds(t, "$.rows # 0");
	cJSON_Delete(t);
	t = year_get(YEAR "&bucket=late");
	year_holds(t, "$.rows # 1");
	cJSON_Delete(t);
	t = year_get(YEAR "&bucket=today");
	year_holds(t, "$.rows # 0");
	cJSON_Delete(t);
}
END_TEST

#define ASSIGN                                                    \
	"\"contract\":\"C-1\",\"year\":2024,\"kind\":\"annual\"," \
	"\"monitor\":\"zoe\""

START_TEST(plan__given_to_another__keeps_who_had_it)
{
	cJSON *t;

	year_put_ok(CONTRACT, WILLOW_CONTRACT);
	year_refused(PLAN, "{\"version\":0," ASSIGN "}", 422, "reason");
	year_put_ok(
	    PLAN, "{\"version\":0," ASSIGN ",\"reason\":\"mk is ill\"}");
	year_put_ok(PLAN, "{\"version\":1," ASSIGN
			  ",\"due\":\"2024-12-01\",\"reason\":\"moved\"}");
	t = year_get(PLAN "?as_of=2024-10-01");
	year_holds(t, "$.review.monitor = \"zoe\"");
	year_holds(t, "$.review.due = \"2024-12-01\"");
	year_holds(t, "$.review.bucket = \"in_61_90\"");
	year_holds(t, "$.review.version = 2");
	year_holds(t, "$.history # 2");
	year_holds(t, "$.history[0].reason = \"mk is ill\"");
	cJSON_Delete(t);
}
END_TEST

START_TEST(plan__that_cannot_be__names_the_field)
{
	year_put_ok(CONTRACT, WILLOW_CONTRACT);
	year_refused(PLAN,
	    "{\"version\":0,\"contract\":\"C-9\",\"year\":2024,\"kind\":"
	    "\"annual\"}",
	    422, "contract");
	year_refused("/v1/plans/X",
	    "{\"version\":0,\"contract\":\"C-1\",\"year\":2024,\"kind\":"
	    "\"annual\"}",
	    422, "kind");
	year_refused("/v1/plans/X",
	    "{\"version\":0,\"contract\":\"C-1\",\"year\":2024,\"kind\":"
	    "\"for_cause\"}",
	    422, "due");
	year_refused("/v1/plans/X",
	    "{\"version\":0,\"contract\":\"C-1\",\"year\":2024,\"kind\":"
	    "\"follow_up\",\"due\":\"2024-12-01\",\"reason\":\"x\"}",
	    422, "follows");
	year_refused(PLAN,
	    "{\"version\":0,\"contract\":\"C-1\",\"year\":2024,\"kind\":"
	    "\"annual\",\"period_from\":\"2024-01-01\"}",
	    422, "period_to");
	year_refused("/v1/plans/C-1-2030",
	    "{\"version\":0,\"contract\":\"C-1\",\"year\":2030,\"kind\":"
	    "\"annual\"}",
	    422, "year");
	year_refused(PLAN,
	    "{\"version\":0,\"contract\":\"C-1\",\"year\":2024,\"kind\":"
	    "\"annual\",\"dropped\":true}",
	    422, "reason");
}
END_TEST

START_TEST(plan__another_review__stands_beside_the_annual)
{
	cJSON *t;

	year_put_ok(CONTRACT, WILLOW_CONTRACT);
	year_put_ok("/v1/plans/X-1",
	    "{\"version\":0,\"contract\":\"C-1\",\"year\":2024,\"kind\":"
	    "\"for_cause\",\"due\":\"2024-10-03\",\"reason\":\"a call\"}");
	t = year_get(YEAR);
	year_holds(t, "$.rows # 5");
	year_holds(t, "$.rows[4].id = \"X-1\"");
	year_holds(t, "$.rows[4].provider = \"P7\"");
	year_holds(t, "$.rows[4].bucket = \"in_1_7\"");
	cJSON_Delete(t);
	year_put_ok(PLAN,
	    "{\"version\":0,\"contract\":\"C-1\",\"year\":2024,\"kind\":"
	    "\"annual\",\"dropped\":true,\"reason\":\"closes\"}");
	t = year_get(YEAR);
	year_holds(t, "$.rows[4].state = \"dropped\"");
	year_holds(t, "$.rows[4].bucket = \"not_applicable\"");
	cJSON_Delete(t);
}
END_TEST

int
main(void)
{
	Suite *s = suite_create("plan");
	TCase *t = tcase_create("plan");

	tcase_set_timeout(t, 60);
	tcase_add_checked_fixture(t, year_open, year_close);
	tcase_add_test(t, contract__written_twice__keeps_both);
	tcase_add_test(t, contract__written_over_another__shows_theirs);
	tcase_add_test(t, contract__that_cannot_be__names_the_field);
	tcase_add_test(t, plan__of_a_year__forgets_nobody);
	tcase_add_test(t, plan__narrowed__shows_whose_and_when);
	tcase_add_test(t, plan__given_to_another__keeps_who_had_it);
	tcase_add_test(t, plan__that_cannot_be__names_the_field);
	tcase_add_test(t, plan__another_review__stands_beside_the_annual);
	suite_add_tcase(s, t);
	return unit_run(s);
}
