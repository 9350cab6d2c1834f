/* Corrective action plans, proposals, follow-up. */
#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "lib/unit.h"
#include "poms/cap.h"
#include "rig.h"

static struct rig g;

static void
start(void)
{
	rig_annual(&g);
}

static void
stop(void)
{
	rig_close(&g);
}

static int32_t
day(const char *text)
{
	return *text != '\0' ? date_parse(text, strlen(text)) : DATE_MISSING;
}

/* Days late and their bands: 1-15, 16-30, over 30. */
START_TEST(cap__band__edges)
{
	ck_assert_int_eq(cap_band(-3), LATE_NOT);
	ck_assert_int_eq(cap_band(0), LATE_NOT);
	ck_assert_int_eq(cap_band(1), LATE_1_15);
	ck_assert_int_eq(cap_band(15), LATE_1_15);
	ck_assert_int_eq(cap_band(16), LATE_16_30);
	ck_assert_int_eq(cap_band(30), LATE_16_30);
	ck_assert_int_eq(cap_band(31), LATE_OVER_30);
}
END_TEST

/* Notice on Thursday 2012-03-01, due 2012-03-31. */
static const struct {
	const char *received, *extended, *today;
	enum cap_stage stage;
	int late;
	enum late_band band;
	int left;
} clocks[] = {
    {"", "", "2012-03-31", CAP_AWAITED, 0, LATE_NOT, 0},
    {"", "", "2012-04-01", CAP_AWAITED, 1, LATE_1_15, -1},
    {"", "2012-04-15", "2012-04-01", CAP_AWAITED, 0, LATE_NOT, 14},
    {"", "", "2012-05-01", CAP_AWAITED, 31, LATE_OVER_30, -31},
    /* 15 business days after Saturday 31 March: Friday 20 April. */
    {"2012-03-31", "", "2012-04-20", CAP_IN_REVIEW, 0, LATE_NOT, 0},
    {"2012-04-16", "", "2012-04-20", CAP_IN_REVIEW, 16, LATE_16_30, 17},
};

START_TEST(cap__clock__counts)
{
	struct cap cap = {.notice = day("2012-03-01"),
	    .due = DATE_MISSING,
	    .extended = day(clocks[_i].extended),
	    .received = day(clocks[_i].received),
	    .approved = DATE_MISSING,
	    .carry_out = DATE_MISSING,
	    .carried_out = DATE_MISSING};
	struct cap_clock c = cap_clock(&cap, g.in, day(clocks[_i].today));

	ck_assert_int_eq(c.stage, clocks[_i].stage);
	ck_assert_int_eq(c.late, clocks[_i].late);
	ck_assert_int_eq(c.band, clocks[_i].band);
	ck_assert_int_eq(c.days_left, clocks[_i].left);
}
END_TEST

/* Received Friday 2012-06-29: 4 July is a holiday, so 15 business days end on
 * 2012-07-23; approved on the 25th is two business days of the county's. */
START_TEST(cap__clock__county_has_fifteen_business_days)
{
	struct cap cap = {.notice = day("2012-06-01"),
	    .due = day("2012-07-01"),
	    .extended = DATE_MISSING,
	    .received = day("2012-06-29"),
	    .approved = day("2012-07-25"),
	    .carry_out = day("2012-08-31"),
	    .carried_out = day("2012-09-03")};
	struct cap_clock c = cap_clock(&cap, g.in, day("2012-10-01"));

	ck_assert_int_eq(c.county_due, day("2012-07-23"));
	ck_assert_int_eq(c.county_late, 2);
	ck_assert(c.on_time);
	ck_assert_int_eq(c.stage, CAP_DONE);
	ck_assert(!c.carried_on_time);
	ck_assert_int_eq(c.carried_late, 3);
	ck_assert_int_eq(c.carried_band, LATE_1_15);
}
END_TEST

START_TEST(cap__of__reads_the_row)
{
	struct cap cap;
	int unit;

	rig_add(&g, "CAP/a", "", "");
	rig_say(&g, "CAP/a", "CAP03", "N");
	rig_say(&g, "CAP/a", "CAP04", "2012-03-01");
	rig_say(&g, "CAP/a", "CAP07", "2012-03-20");
	rig_say(&g, "CAP/a", "CAP12b", "N");
	rig_say(&g, "CAP/a", "CAP12f", "N");
	unit = rig_unit(&g, "CAP/a");
	ck_assert(!cap_of(&cap, g.r, 0));
	ck_assert(cap_of(&cap, g.r, unit));
	ck_assert_int_eq(cap.due, day("2012-03-31"));
	ck_assert_int_eq(cap.uncovered, 2);
	ck_assert_int_eq(
	    cap_clock(&cap, g.in, day("2012-03-21")).stage, CAP_ADDENDUM);
	ck_assert(!cap_extend(&cap, day("2012-03-31"), "chief", &g.err));
	ck_assert(!cap_extend(&cap, day("2012-04-10"), "", &g.err));
	ck_assert(cap_extend(&cap, day("2012-04-10"), "chief", &g.err));
}
END_TEST

/* --- proposals --- */

START_TEST(promise_32__approver__by_what_it_does)
{
	struct proposal p = {.now = STATUS_NONE,
	    .to = STATUS_HOLD,
	    .until = DATE_MISSING,
	    .new_until = DATE_MISSING,
	    .reason = "late plan"};
	struct err err;

	ck_assert(proposal_valid(&p, &err));
	ck_assert_int_eq(proposal_approver(&p), APPROVER_DIVISION_CHIEF);
	p.reason = " ";
	ck_assert(!proposal_valid(&p, &err));
	p.reason = "evidence";
	p.to = STATUS_DNR;
	ck_assert(!proposal_valid(&p, &err)); /* evidence is wanted */
	p.open_findings = 1;
	ck_assert(proposal_valid(&p, &err));
	ck_assert_int_eq(proposal_approver(&p), APPROVER_DIRECTOR);
	p.to = STATUS_DNU;
	ck_assert(!proposal_valid(&p, &err));
	p.now = STATUS_DNR;
	ck_assert(proposal_valid(&p, &err));
}
END_TEST

/* A hold is extended by at most another 45 days, at director level. */
START_TEST(proposal__extension__at_most_45_days)
{
	struct proposal p = {.now = STATUS_HOLD,
	    .to = STATUS_HOLD,
	    .extension = true,
	    .until = day("2012-03-01"),
	    .new_until = day("2012-04-15"), /* 45 days later */
	    .reason = "the plan is not there yet"};
	struct err err;

	ck_assert(proposal_valid(&p, &err));
	ck_assert_int_eq(proposal_approver(&p), APPROVER_DIRECTOR);
	p.new_until++;
	ck_assert(!proposal_valid(&p, &err));
	p.new_until = p.until;
	ck_assert(!proposal_valid(&p, &err));
	p.now = p.to = STATUS_DNR;
	p.new_until = p.until + 1;
	ck_assert(!proposal_valid(&p, &err));
}
END_TEST

START_TEST(proposal__suggest__by_the_record)
{
	struct cap cap = {.due = day("2012-03-01"),
	    .extended = DATE_MISSING,
	    .received = day("2012-03-31")};
	const char *why;

	ck_assert_int_eq(proposal_suggest(&cap, 1, false, &why), STATUS_NONE);
	cap.received++; /* 31 days late */
	ck_assert_int_eq(proposal_suggest(&cap, 1, false, &why), STATUS_HOLD);
	ck_assert_str_ne(why, "");
	ck_assert_int_eq(proposal_suggest(&cap, 1, true, &why), STATUS_DNR);
}
END_TEST

/* --- follow-up --- */

START_TEST(follow__due__is_what_is_not_closed)
{
	struct arena arena = {0};
	const struct open_finding *due;
	const struct follow *f;
	struct rig next;
	int n;

	rig_say(&g, "", "L10", "Y");
	rig_add(&g, "SF/1", "", "drawn=drawn");
	rig_say(&g, "SF/1", "PF08", "N");
	due = follow_due(g.r, &arena, &n);
	ck_assert_int_eq(n, 2);
	ck_assert_str_eq(due[0].question, "L10");
	ck_assert_int_eq(due[0].since, day("2012-09-30"));
	ck_assert_str_eq(due[1].question, "PF08");
	/* As the packet of a follow-up brings them. */
	rig_annual(&next);
	rig_say(&next, "", "R04", "follow_up|as planned");
	rig_add(&next, "FOL/L10", "", "question=L10;since=2012-09-30");
	rig_add(&next, "FOL/PF08", "", "question=PF08;since=2012-09-30");
	rig_say(&next, "FOL/L10", "Y02", "yes");
	rig_say(&next, "FOL/L10", "Y04", "close");
	rig_say(&next, "FOL/PF08", "Y02", "partly");
	f = follow_list(next.r, &arena, &n);
	ck_assert_int_eq(n, 2);
	ck_assert_str_eq(f[0].question, "L10");
	ck_assert_int_eq(f[0].since, day("2012-09-30"));
	ck_assert_int_eq(f[0].state, FOLLOW_CLOSED);
	ck_assert_int_eq(f[1].state, FOLLOW_PARTLY);
	due = follow_due(next.r, &arena, &n);
	ck_assert_int_eq(n, 1);
	ck_assert_str_eq(due[0].question, "PF08");
	ck_assert_int_eq(due[0].since, day("2012-09-30"));
	arena_free(&arena);
	rig_close(&next);
}
END_TEST

int
main(void)
{
	Suite *s = suite_create("cap");
	TCase *c = tcase_create("plans");

	tcase_add_checked_fixture(c, start, stop);
	tcase_add_test(c, cap__band__edges);
	tcase_add_loop_test(
	    c, cap__clock__counts, 0, (int)(sizeof clocks / sizeof *clocks));
	tcase_add_test(c, cap__clock__county_has_fifteen_business_days);
	tcase_add_test(c, cap__of__reads_the_row);
	tcase_add_test(c, promise_32__approver__by_what_it_does);
	tcase_add_test(c, proposal__extension__at_most_45_days);
	tcase_add_test(c, proposal__suggest__by_the_record);
	tcase_add_test(c, follow__due__is_what_is_not_closed);
	suite_add_tcase(s, c);
	return unit_run(s);
}
