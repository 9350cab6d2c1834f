/* Placements: settings, moves, trial home visits, episodes. */
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/date.h"
#include "rig.h"

/* One episode 2012-01-01 to 2013-01-01; letters in moves say for each
 * placement, in order of time, whether it is a move. */
static const struct {
	const char *about;
	const char *placements[5];
	const char *moves;
	int settings;
	const char *thv; /* NULL: none */
} stays[] = {
    {"the first placement is no move",
	{"start_date=2012-01-01 setting=relative provider_id=p"}, "n", 1, NULL},
    {"another home is a move",
	{"start_date=2012-01-01 setting=relative provider_id=p",
	    "start_date=2012-03-01 setting=nonrelative provider_id=q"},
	"ny", 2, NULL},
    {"hospital and the way back to the same home are none",
	{"start_date=2012-01-01 setting=relative provider_id=p",
	    "start_date=2012-03-01 setting=hospital",
	    "start_date=2012-03-05 setting=relative provider_id=p"},
	"nnn", 1, NULL},
    {"from runaway to another home is one move",
	{"start_date=2012-01-01 setting=relative provider_id=p",
	    "start_date=2012-03-01 setting=runaway",
	    "start_date=2012-03-05 setting=group_home provider_id=q"},
	"nny", 2, NULL},
    {"the same provider's other site is another home",
	{"start_date=2012-01-01 setting=group_home provider_id=p "
	 "site_id=1",
	    "start_date=2012-03-01 setting=group_home provider_id=p "
	    "site_id=2"},
	"ny", 2, NULL},
    {"an unknown home is not known to be the same",
	{"start_date=2012-01-01 setting=nonrelative",
	    "start_date=2012-03-01 setting=respite",
	    "start_date=2012-03-03 setting=nonrelative"},
	"nny", 2, NULL},
    {"a foster home that becomes pre-adoptive is the same home",
	{"start_date=2012-01-01 setting=nonrelative provider_id=p",
	    "start_date=2012-06-01 setting=preadoptive provider_id=p"},
	"nn", 1, NULL},
    {"detention first, then the first home",
	{"start_date=2012-01-01 setting=detention",
	    "start_date=2012-01-09 setting=group_home provider_id=p"},
	"nn", 1, NULL},
    {"back to the first home after another is a move",
	{"start_date=2012-01-01 setting=relative provider_id=p",
	    "start_date=2012-02-01 setting=group_home provider_id=q",
	    "start_date=2012-03-01 setting=relative provider_id=p"},
	"nyy", 3, NULL},
    {"a trial home visit at the end is no move, and is remembered",
	{"start_date=2012-01-01 setting=relative provider_id=p",
	    "start_date=2012-11-01 setting=trial_home_visit"},
	"nn", 1, "2012-11-01"},
    {"two rows of one trial home visit count from the first",
	{"start_date=2012-01-01 setting=relative provider_id=p",
	    "start_date=2012-11-01 setting=trial_home_visit",
	    "start_date=2012-12-01 setting=trial_home_visit"},
	"nnn", 1, "2012-11-01"},
    {"a trial home visit that failed is not the last setting",
	{"start_date=2012-01-01 setting=relative provider_id=p",
	    "start_date=2012-06-01 setting=trial_home_visit",
	    "start_date=2012-07-01 setting=relative provider_id=p"},
	"nnn", 1, NULL},
};

START_TEST(facts__placements__tell_settings_moves_and_trial_visits)
{
	struct facts_range r;
	size_t n = strlen(stays[_i].moves);

	rig_add(EXTRACT_REMOVAL,
	    "child_id=a removal_date=2012-01-01 "
	    "discharge_date=2013-01-01 discharge_reason=reunification");
	for (size_t i = n; i > 0; i--) {
		char *text =
		    xasprintf("child_id=a %s", stays[_i].placements[i - 1]);

		rig_add(EXTRACT_PLACEMENT, text);
		free(text);
	}
	rig_done();
	r = facts_removal_placements(facts, 0);
	ck_assert_uint_eq(r.end - r.first, n);
	for (uint32_t i = r.first; i < r.end; i++)
		ck_assert_msg(facts_u8(facts, FACTS_PLACEMENT_MOVE)[i] ==
				  (stays[_i].moves[i - r.first] == 'y'),
		    "%s: %u", stays[_i].about, i);
	ck_assert_msg(rig_date(FACTS_REMOVAL_SETTINGS, 0) == stays[_i].settings,
	    "%s", stays[_i].about);
	ck_assert_int_eq(rig_date(FACTS_REMOVAL_THV, 0),
	    stays[_i].thv != NULL ? rig_day(stays[_i].thv) : DATE_NEVER);
	ck_assert_int_eq(facts_u8(facts, FACTS_REMOVAL_COUNTED)[0], 0);
}
END_TEST

START_TEST(facts__placements__find_their_episode_or_are_flagged)
{
	struct facts_range r;

	rig_add(EXTRACT_REMOVAL,
	    "child_id=a removal_date=2012-01-01 "
	    "discharge_date=2012-06-01 discharge_reason=reunification");
	rig_add(EXTRACT_REMOVAL, "child_id=a removal_date=2012-06-01");
	rig_add(EXTRACT_REMOVAL, "child_id=b removal_date=2012-02-01");
	/* On the day both episodes share: the later one's. */
	rig_add(EXTRACT_PLACEMENT,
	    "child_id=a start_date=2012-06-01 setting=relative");
	rig_add(EXTRACT_PLACEMENT,
	    "child_id=a start_date=2012-01-01 setting=relative");
	/* Began too early, runs into b's episode: its first setting. */
	rig_add(EXTRACT_PLACEMENT,
	    "child_id=b start_date=2012-01-30 "
	    "end_date=2012-03-01 setting=relative provider_id=p");
	rig_add(EXTRACT_PLACEMENT, "child_id=b start_date=2012-03-01 "
				   "setting=group_home provider_id=q");
	/* Never in care. */
	rig_add(EXTRACT_PLACEMENT,
	    "child_id=z start_date=2012-01-30 setting=relative");
	rig_done();
	r = facts_removal_placements(facts, 0);
	ck_assert_uint_eq(r.end - r.first, 1);
	ck_day(FACTS_PLACEMENT_START, r.first, "2012-01-01");
	r = facts_removal_placements(facts, 2);
	ck_assert_uint_eq(r.end - r.first, 1);
	ck_day(FACTS_PLACEMENT_START, r.first, "2012-06-01");
	r = facts_removal_placements(facts, 1);
	ck_assert_uint_eq(r.end - r.first, 2);
	ck_assert_int_eq(rig_date(FACTS_REMOVAL_SETTINGS, 1), 2);
	ck_assert(
	    facts_u32(facts, FACTS_REMOVAL_FLAGS)[1] & FACTS_FLAG(OUTSIDE));
	ck_assert(
	    !(facts_u32(facts, FACTS_REMOVAL_FLAGS)[0] & FACTS_FLAG(OUTSIDE)));
	ck_assert_uint_eq(facts_rows(facts, FACTS_PLACEMENT), 5);
	ck_assert_uint_eq(
	    facts_u32(facts, FACTS_PLACEMENT_REMOVAL)[4], FACTS_NO_ROW);
	ck_assert(facts_u32(facts, FACTS_CHILD_FLAGS)[2] & FACTS_FLAG(OUTSIDE));
}
END_TEST

START_TEST(facts__placements__after_the_end_are_shown_but_do_not_count)
{
	struct facts_range r;

	rig_add(EXTRACT_REMOVAL,
	    "child_id=a removal_date=2012-01-01 "
	    "discharge_date=2012-06-01 discharge_reason=reunification");
	rig_add(EXTRACT_PLACEMENT, "child_id=a start_date=2012-01-01 "
				   "setting=relative provider_id=p");
	rig_add(EXTRACT_PLACEMENT, "child_id=a start_date=2012-08-01 "
				   "setting=trial_home_visit");
	rig_done();
	r = facts_removal_placements(facts, 0);
	ck_assert_uint_eq(r.end - r.first, 2);
	ck_assert_int_eq(rig_date(FACTS_REMOVAL_SETTINGS, 0), 1);
	ck_assert_int_eq(rig_date(FACTS_REMOVAL_THV, 0), DATE_NEVER);
	ck_assert_int_eq(
	    facts_u8(facts, FACTS_REMOVAL_SETTING)[0], SETTING_RELATIVE);
	ck_assert(
	    facts_u32(facts, FACTS_REMOVAL_FLAGS)[0] & FACTS_FLAG(OUTSIDE));
}
END_TEST

START_TEST(facts__setting_counts__stand_in_where_placements_are_unknown)
{
	rig_add(EXTRACT_REMOVAL, "child_id=a removal_date=2012-01-01");
	rig_add(EXTRACT_REMOVAL, "child_id=b removal_date=2012-01-02");
	rig_add(EXTRACT_REMOVAL, "child_id=c removal_date=2012-01-03");
	rig_add(EXTRACT_SETTINGS,
	    "child_id=a removal_date=2012-01-01 settings=4 "
	    "current_setting=trial_home_visit current_since=2012-09-01 "
	    "counted_on=2012-12-31");
	rig_add(
	    EXTRACT_SETTINGS, "child_id=b removal_date=2012-01-02 settings=9");
	rig_add(EXTRACT_PLACEMENT,
	    "child_id=b start_date=2012-01-02 setting=relative");
	/* A record that tells nothing leaves what was known. */
	rig_add(EXTRACT_SETTINGS,
	    "child_id=a removal_date=2012-01-01 counted_on=2013-03-31");
	rig_add(EXTRACT_SETTINGS,
	    "child_id=a removal_date=2012-01-01 settings=2 "
	    "counted_on=2012-09-30");
	rig_done();
	ck_assert_int_eq(rig_date(FACTS_REMOVAL_SETTINGS, 0), 4);
	ck_assert_int_eq(facts_u8(facts, FACTS_REMOVAL_COUNTED)[0], 1);
	ck_day(FACTS_REMOVAL_THV, 0, "2012-09-01");
	ck_day(FACTS_REMOVAL_SETTING_SINCE, 0, "2012-09-01");
	ck_assert_int_eq(rig_date(FACTS_REMOVAL_SETTINGS, 1), 1);
	ck_assert_int_eq(facts_u8(facts, FACTS_REMOVAL_COUNTED)[1], 0);
	ck_assert_int_eq(rig_date(FACTS_REMOVAL_SETTINGS, 2), DATE_MISSING);
	ck_assert(
	    facts_u32(facts, FACTS_REMOVAL_FLAGS)[2] & FACTS_FLAG(NO_SETTINGS));
}
END_TEST

int
main(void)
{
	Suite *s = suite_create("placements");
	TCase *t = tcase_create("placements");

	tcase_add_checked_fixture(t, rig_setup, rig_teardown);
	tcase_add_loop_test(t,
	    facts__placements__tell_settings_moves_and_trial_visits, 0,
	    sizeof stays / sizeof *stays);
	tcase_add_test(t, facts__placements__find_their_episode_or_are_flagged);
	tcase_add_test(
	    t, facts__placements__after_the_end_are_shown_but_do_not_count);
	tcase_add_test(
	    t, facts__setting_counts__stand_in_where_placements_are_unknown);
	suite_add_tcase(s, t);
	return unit_run(s);
}
