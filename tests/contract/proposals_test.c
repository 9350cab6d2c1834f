/* Proposals to hold a provider: who decides, on what grounds, for how long. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/json.h"
#include "contract/office.h"
#include "lib/unit.h"

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
	cJSON *a = office_get(target);
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
	office_put("/v1/proposals/H1",
	    PROPOSAL(0, ",\"to\":\"hold\",\"until\":\"2012-04-30\""), 201,
	    NULL);
	ck_assert_str_eq(in_force("2012-04-01"), "none");
	office_put("/v1/proposals/H1",
	    PROPOSAL(1, ",\"to\":\"hold\",\"until\":\"2012-04-30\"" DECIDED(
			    "division_chief", "monitor", "2012-03-15")),
	    422, "decided_by");
	office_put("/v1/proposals/H1",
	    PROPOSAL(1, ",\"to\":\"hold\",\"until\":\"2012-04-30\"" DECIDED(
			    "division_chief", "chief", "2012-03-15")),
	    201, NULL);
	ck_assert_str_eq(in_force("2012-03-14"), "none");
	ck_assert_str_eq(in_force("2012-03-15"), "hold");
	ck_assert_str_eq(in_force("2012-05-01"), "none");
	/* What was decided stands. */
	office_put("/v1/proposals/H1",
	    PROPOSAL(2, ",\"to\":\"hold\",\"withdrawn\":true"), 422,
	    "decision");
}
END_TEST

/* Who proposed it stays who proposed it: nobody decides on his own by saying
 * that it was another's. A decision sent again is the same decision. */
START_TEST(proposal__decision__not_on_ones_own_and_safe_to_send_again)
{
#define OTHERS(n, who, more)                                            \
	"{\"version\":" #n ",\"provider\":\"PV1\",\"reason\":\"late\"," \
	"\"proposed_by\":\"" who "\",\"to\":\"hold\"" more "}"
	const char *decided = OTHERS(
	    1, "monitor", DECIDED("division_chief", "chief", "2012-03-15"));

	office_put("/v1/proposals/H1", OTHERS(0, "monitor", ""), 201, NULL);
	office_put("/v1/proposals/H1",
	    OTHERS(1, "somebody else",
		DECIDED("division_chief", "monitor", "2012-03-15")),
	    422, "proposed_by");
	office_put("/v1/proposals/H1", decided, 201, NULL);
	office_put("/v1/proposals/H1", decided, 200, NULL);
	office_put("/v1/proposals/H1", OTHERS(0, "monitor", ""), 200, NULL);
	office_put(
	    "/v1/proposals/H1", OTHERS(1, "monitor", ""), 409, "version");
	ck_assert_str_eq(in_force("2012-03-15"), "hold");
	/* Nor by leaving out who it was: then it was whoever asked. */
	office_put("/v1/proposals/H2",
	    "{\"version\":0,\"provider\":\"PV2\",\"reason\":\"late\","
	    "\"proposed_by\":null,\"to\":\"hold\"" DECIDED(
		"division_chief", "chief", "2012-03-15") "}",
	    422, "decided_by");
}
END_TEST

/* 31 January and 45 days are 17 March 2099. */
START_TEST(proposal__extension__by_a_director_once_and_45_days)
{
#define LONGER(day) ",\"to\":\"hold\",\"extension\":true,\"until\":\"" day "\""
	office_put("/v1/proposals/E1", PROPOSAL(0, LONGER("2099-03-17")), 422,
	    "until");
	office_put("/v1/proposals/H1",
	    PROPOSAL(0, ",\"to\":\"hold\",\"until\":\"2099-01-31\"" DECIDED(
			    "division_chief", "chief", "2012-03-15")),
	    201, NULL);
	office_put("/v1/proposals/E1", PROPOSAL(0, LONGER("2099-03-18")), 422,
	    "until");
	office_put(
	    "/v1/proposals/E1", PROPOSAL(0, LONGER("2099-03-17")), 201, NULL);
	office_put("/v1/proposals/E1",
	    PROPOSAL(1, LONGER("2099-03-17")
			    DECIDED("division_chief", "chief", "2012-04-15")),
	    422, "approver");
	office_put("/v1/proposals/E1",
	    PROPOSAL(1, LONGER("2099-03-17")
			    DECIDED("director", "director", "2012-04-15")),
	    201, NULL);
	ck_assert_str_eq(in_force("2099-03-17"), "hold");
	ck_assert_str_eq(in_force("2099-03-18"), "none");
	office_put("/v1/proposals/E2", PROPOSAL(0, LONGER("2099-04-17")), 422,
	    "extension");
}
END_TEST

/* Two extensions wait for one hold, and one of them is decided from a later day
 * on: the other is refused all the same. Sent again, the decision stands. */
START_TEST(proposal__two_extensions__one_is_approved)
{
	office_put("/v1/proposals/H1",
	    PROPOSAL(0, ",\"to\":\"hold\",\"until\":\"2099-01-31\"" DECIDED(
			    "division_chief", "chief", "2012-03-15")),
	    201, NULL);
	office_put(
	    "/v1/proposals/E1", PROPOSAL(0, LONGER("2099-03-17")), 201, NULL);
	office_put(
	    "/v1/proposals/E2", PROPOSAL(0, LONGER("2099-03-10")), 201, NULL);
	for (int i = 0; i < 2; i++)
		office_put("/v1/proposals/E1",
		    PROPOSAL(1, LONGER("2099-03-17") DECIDED(
				    "director", "director", "2098-12-31")),
		    i == 0 ? 201 : 200, NULL);
	office_put("/v1/proposals/E2",
	    PROPOSAL(1, LONGER("2099-03-10")
			    DECIDED("director", "director", "2012-04-15")),
	    422, "extension");
	ck_assert_str_eq(in_force("2099-03-16"), "hold");
	/* It can be refused or withdrawn still. */
	office_put("/v1/proposals/E2",
	    PROPOSAL(1, LONGER("2099-03-10") ",\"withdrawn\":true"), 201, NULL);
}
END_TEST

/* What the monitor proposes at the exit waits for whoever may decide. */
START_TEST(proposal__of_a_review__waits_for_a_decision)
{
	struct field d;
	const cJSON *o;
	cJSON *a;

	field_begin(&d, 1, 2012);
	rig_say(&d.g, "", "Z05", "hold");
	rig_say(&d.g, "", "Z05b", "No plan came.");
	field_send(&d);
	a = office_get("/v1/proposals/RV-1-2012");
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
	office_put(
	    "/v1/proposals/D1", PROPOSAL(0, ",\"to\":\"dnr\""), 422, "to");
	office_put("/v1/proposals/D1",
	    PROPOSAL(0, ",\"to\":\"dnr\",\"danger\":true"), 201, NULL);
	office_put("/v1/proposals/D1",
	    PROPOSAL(1, ",\"to\":\"dnr\",\"danger\":true" DECIDED(
			    "division_chief", "chief", "2012-03-15")),
	    422, "approver");
	office_put("/v1/proposals/D1",
	    PROPOSAL(1, ",\"to\":\"dnr\",\"danger\":true" DECIDED(
			    "director", "director", "2012-03-15")),
	    201, NULL);
	ck_assert_str_eq(in_force("2012-06-01"), "dnr");
	/* A late plan is ground enough for the next step. */
	office_put("/v1/caps/C1", OFFICE_PLAN(0, ""), 201, NULL);
	office_put(
	    "/v1/proposals/D2", PROPOSAL(0, ",\"to\":\"dnu\""), 201, NULL);
	office_put(
	    "/v1/proposals/D3", PROPOSAL(0, ",\"to\":\"dnr\""), 422, "to");
	office_put(
	    "/v1/proposals/D4", PROPOSAL(0, ",\"to\":\"none\""), 201, NULL);
}
END_TEST

int
main(void)
{
	Suite *s = suite_create("proposals");
	TCase *t = tcase_create("proposals");

	tcase_add_checked_fixture(t, office_open, office_close);
	tcase_set_timeout(t, 60);
	tcase_add_test(t, proposal__hold__approved_by_another);
	tcase_add_test(
	    t, proposal__decision__not_on_ones_own_and_safe_to_send_again);
	tcase_add_test(t, proposal__extension__by_a_director_once_and_45_days);
	tcase_add_test(t, proposal__two_extensions__one_is_approved);
	tcase_add_test(t, proposal__of_a_review__waits_for_a_decision);
	tcase_add_test(t, proposal__ladder__needs_grounds);
	suite_add_tcase(s, t);
	return unit_run(s);
}
