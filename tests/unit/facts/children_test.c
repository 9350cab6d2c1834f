/* Children and their removals: order, merging, links, flags, goals. */
#include <stdio.h>
#include <stdlib.h>

#include "base/buf.h"
#include "base/date.h"
#include "rig.h"

START_TEST(facts__empty__has_a_tree_and_nothing_in_it)
{
	rig_done();
	ck_assert_uint_eq(facts_rows(facts, FACTS_CHILD), 0);
	ck_assert_uint_eq(facts_rows(facts, FACTS_PATH), 1);
	ck_assert_str_eq(
	    facts_str(facts, FACTS_NODE_ID, facts_root(facts)), "all");
	ck_assert_str_eq(
	    facts_str(facts, FACTS_NODE_NAME, facts_root(facts)), "Agency");
	ck_assert_str_eq(facts_about(facts)->agency, "Agency");
	ck_assert_str_eq(facts_about(facts)->source, "FACES");
	ck_assert_uint_eq(facts_about(facts)->generation, 7);
	ck_assert_int_eq(
	    facts_about(facts)->data_through, rig_day("2014-06-30"));
	ck_assert_int_eq(facts_about(facts)->loaded_at, 1400000000);
	ck_assert_uint_eq(facts_find_child(facts, "a"), FACTS_NO_ROW);
}
END_TEST

START_TEST(facts__children__stand_by_id_and_are_merged)
{
	rig_add(EXTRACT_CHILD, "child_id=b birth_date=2005-01-02 sex=male");
	rig_add(EXTRACT_REMOVAL, "child_id=c removal_date=2012-01-01");
	rig_add(EXTRACT_CHILD, "child_id=a given_name=Ann restricted=y");
	rig_add(EXTRACT_CHILD, "child_id=b sex=female race=black;white");
	rig_done();
	ck_assert_uint_eq(facts_rows(facts, FACTS_CHILD), 3);
	ck_assert_uint_eq(facts_find_child(facts, "a"), 0);
	ck_assert_uint_eq(facts_find_child(facts, "b"), 1);
	ck_assert_uint_eq(facts_find_child(facts, "c"), 2);
	ck_assert_str_eq(facts_str(facts, FACTS_CHILD_GIVEN, 0), "Ann");
	ck_assert_str_eq(facts_str(facts, FACTS_CHILD_GIVEN, 1), "");
	ck_day(FACTS_CHILD_BIRTH, 1, "2005-01-02");
	ck_assert_int_eq(facts_u8(facts, FACTS_CHILD_SEX)[1], SEX_FEMALE);
	ck_assert_int_eq(rig_date(FACTS_CHILD_BIRTH, 2), DATE_MISSING);
	ck_assert_uint_eq(
	    facts_u32(facts, FACTS_CHILD_FLAGS)[2] & FACTS_FLAG(NO_BIRTH),
	    FACTS_FLAG(NO_BIRTH));
}
END_TEST

static const struct {
	const char *cells;
	int group;
} races[] = {
    {"race=white", RACE_GROUP_WHITE},
    {"race=white hispanic=y", RACE_GROUP_HISPANIC},
    {"race=white hispanic=n", RACE_GROUP_WHITE},
    {"hispanic=y", RACE_GROUP_HISPANIC},
    {"race=black;white", RACE_GROUP_MULTI},
    {"race=aian;unknown", RACE_GROUP_AIAN},
    {"race=asian;declined", RACE_GROUP_ASIAN},
    {"race=nhpi", RACE_GROUP_NHPI},
    {"race=unknown", RACE_GROUP_UNKNOWN},
    {"race=declined hispanic=unknown", RACE_GROUP_UNKNOWN},
    {"", RACE_GROUP_UNKNOWN},
};

START_TEST(facts__race_group__is_hispanic_first_then_single_race)
{
	char *text = xasprintf("%s%schild_id=a", races[_i].cells,
	    races[_i].cells[0] != '\0' ? " " : "");

	rig_add(EXTRACT_CHILD, text);
	rig_done();
	ck_assert_int_eq(
	    facts_u8(facts, FACTS_CHILD_RACE_GROUP)[0], races[_i].group);
	free(text);
}
END_TEST

START_TEST(facts__removals__stand_by_date_and_know_their_neighbours)
{
	uint32_t n;
	const uint32_t *list;

	rig_add(EXTRACT_REMOVAL, "child_id=b removal_date=2012-05-01");
	rig_add(EXTRACT_REMOVAL,
	    "child_id=a removal_date=2013-01-01 "
	    "discharge_date=2013-02-01 discharge_reason=adoption");
	rig_add(EXTRACT_REMOVAL,
	    "child_id=a removal_date=2011-01-01 "
	    "discharge_date=2011-06-01 discharge_reason=relative");
	rig_add(EXTRACT_CHILD, "child_id=a birth_date=2005-06-07");
	rig_done();
	ck_day(FACTS_REMOVAL_DATE, 0, "2011-01-01");
	ck_day(FACTS_REMOVAL_DATE, 1, "2012-05-01");
	ck_day(FACTS_REMOVAL_DATE, 2, "2013-01-01");
	list = facts_child_removals(facts, facts_find_child(facts, "a"), &n);
	ck_assert_uint_eq(n, 2);
	ck_assert_uint_eq(list[0], 0);
	ck_assert_uint_eq(list[1], 2);
	ck_assert_uint_eq(facts_u32(facts, FACTS_REMOVAL_NEXT)[0], 2);
	ck_assert_uint_eq(facts_u32(facts, FACTS_REMOVAL_PREV)[2], 0);
	ck_assert_uint_eq(
	    facts_u32(facts, FACTS_REMOVAL_PREV)[0], FACTS_NO_ROW);
	ck_day(FACTS_REMOVAL_NEXT_DATE, 0, "2013-01-01");
	ck_day(FACTS_REMOVAL_PREV_OUT, 2, "2011-06-01");
	ck_day(FACTS_REMOVAL_PREV_DATE, 2, "2011-01-01");
	ck_assert_int_eq(rig_date(FACTS_REMOVAL_NEXT_DATE, 2), DATE_NEVER);
	ck_assert_int_eq(rig_date(FACTS_REMOVAL_DISCHARGE, 1), DATE_NEVER);
	ck_day(FACTS_REMOVAL_BIRTH, 2, "2005-06-07");
	ck_assert_int_eq(rig_date(FACTS_REMOVAL_DATE_P, 0),
	    date_pack(rig_day("2011-01-01")));
	ck_day(FACTS_REMOVAL_FIRST, 2, "2011-01-01");
	ck_assert_int_eq(facts_u16(facts, FACTS_REMOVAL_COUNT)[2], 2);
}
END_TEST

START_TEST(facts__removals__of_one_child_and_day_the_later_row_counts)
{
	rig_add(EXTRACT_REMOVAL, "child_id=a removal_date=2012-05-01 "
				 "discharge_date=2012-06-01");
	rig_add(EXTRACT_REMOVAL, "child_id=a removal_date=2012-05-01");
	rig_done();
	ck_assert_uint_eq(facts_rows(facts, FACTS_REMOVAL), 1);
	ck_assert_int_eq(rig_date(FACTS_REMOVAL_DISCHARGE, 0), DATE_NEVER);
}
END_TEST

START_TEST(facts__blocks__hold_least_and_greatest)
{
	char text[80], date[DATE_TEXT];
	uint32_t n;
	const int32_t *least, *greatest;

	for (int i = 0; i < FACTS_BLOCK + 10; i++) {
		date_format(rig_day("2009-01-01") + i, date);
		snprintf(text, sizeof text, "child_id=c%d removal_date=%s",
		    i * 7919 % 5000, date);
		rig_add(EXTRACT_REMOVAL, text);
	}
	rig_done();
	least = facts_block_least(facts, FACTS_REMOVAL_DATE, &n);
	greatest = facts_block_greatest(facts, FACTS_REMOVAL_DATE, &n);
	ck_assert_uint_eq(n, 2);
	ck_assert_int_eq(least[0], rig_day("2009-01-01"));
	ck_assert_int_eq(greatest[0], rig_day("2009-01-01") + FACTS_BLOCK - 1);
	ck_assert_int_eq(least[1], rig_day("2009-01-01") + FACTS_BLOCK);
	ck_assert_int_eq(greatest[1], rig_day("2009-01-01") + FACTS_BLOCK + 9);
}
END_TEST

/* Each in an extract whose data end on 2014-06-30. */
static const struct {
	const char *child, *removal;
	uint32_t flag;
	bool holds;
} flags[] = {
    {"birth_date=2012-01-02", "removal_date=2012-01-01",
	FACTS_FLAG(BORN_AFTER_ENTRY), true},
    {"birth_date=2012-01-01", "removal_date=2012-01-01",
	FACTS_FLAG(BORN_AFTER_ENTRY), false},
    {"birth_date=2012-03-02",
	"removal_date=2012-01-01 discharge_date=2012-03-01",
	FACTS_FLAG(BORN_AFTER_EXIT), true},
    {"birth_date=2012-03-01",
	"removal_date=2012-01-01 discharge_date=2012-03-01",
	FACTS_FLAG(BORN_AFTER_EXIT), false},
    {"", "removal_date=2012-01-01 discharge_date=2012-01-01",
	FACTS_FLAG(SAME_DAY), true},
    {"", "removal_date=2012-01-01 discharge_date=2012-01-02",
	FACTS_FLAG(SAME_DAY), false},
    {"", "removal_date=2012-01-02 discharge_date=2012-01-01",
	FACTS_FLAG(EXIT_FIRST), true},
    {"", "removal_date=2012-01-02", FACTS_FLAG(EXIT_FIRST), false},
    {"", "removal_date=2012-01-02", FACTS_FLAG(NO_BIRTH), true},
    {"birth_date=2012-03-01", "removal_date=2012-01-02", FACTS_FLAG(NO_BIRTH),
	false},
    {"", "discharge_date=2012-01-02", FACTS_FLAG(NO_REMOVAL), true},
    {"", "removal_date=2012-01-01 discharge_date=2012-01-02",
	FACTS_FLAG(NO_REASON), true},
    {"", "removal_date=2012-01-01", FACTS_FLAG(NO_REASON), false},
    {"", "removal_date=2014-07-01", FACTS_FLAG(FUTURE), true},
    {"", "removal_date=2014-06-30", FACTS_FLAG(FUTURE), false},
    {"", "removal_date=2014-06-30 discharge_date=2014-07-01",
	FACTS_FLAG(FUTURE), true},
    {"", "removal_date=2012-01-01", FACTS_FLAG(NO_CUSTODY), true},
    {"", "removal_date=2012-01-01 custody_date=2012-01-03",
	FACTS_FLAG(NO_CUSTODY), false},
    {"", "removal_date=2012-01-01 entered_on=2012-03-02",
	FACTS_FLAG(LATE_ENTRY), true}, /* 61 days */
    {"", "removal_date=2012-01-01 entered_on=2012-03-01",
	FACTS_FLAG(LATE_ENTRY), false},
    {"",
	"removal_date=2012-01-01 discharge_date=2012-02-01 "
	"discharge_entered_on=2012-04-03",
	FACTS_FLAG(LATE_ENTRY), true},
    {"", "removal_date=1993-06-30", FACTS_FLAG(TOO_LONG), true},
    {"", "removal_date=1993-07-01", FACTS_FLAG(TOO_LONG), false},
};

START_TEST(facts__flags__say_what_is_wrong_and_keep_the_row)
{
	char *child = xasprintf("child_id=a%s%s",
	    flags[_i].child[0] != '\0' ? " " : "", flags[_i].child);
	char *removal = xasprintf("child_id=a %s", flags[_i].removal);
	uint32_t row;

	rig_add(EXTRACT_CHILD, child);
	rig_add(EXTRACT_REMOVAL, removal);
	rig_done();
	ck_assert_uint_eq(facts_rows(facts, FACTS_REMOVAL), 1);
	row = facts_u32(facts, FACTS_REMOVAL_FLAGS)[0];
	ck_assert_int_eq((row & flags[_i].flag) != 0, flags[_i].holds);
	ck_assert_int_eq(
	    (facts_u32(facts, FACTS_CHILD_FLAGS)[0] & flags[_i].flag) != 0,
	    flags[_i].holds);
	free(child);
	free(removal);
}
END_TEST

START_TEST(facts__custody__falls_back_on_the_removal)
{
	rig_add(EXTRACT_REMOVAL, "child_id=a removal_date=2012-01-01");
	rig_add(EXTRACT_REMOVAL,
	    "child_id=b removal_date=2012-01-02 custody_date=2012-01-05");
	rig_done();
	ck_day(FACTS_REMOVAL_CUSTODY, 0, "2012-01-01");
	ck_day(FACTS_REMOVAL_CUSTODY, 1, "2012-01-05");
}
END_TEST

START_TEST(facts__overlap__is_flagged_on_both_episodes)
{
	rig_add(EXTRACT_REMOVAL,
	    "child_id=a removal_date=2012-01-01 discharge_date=2012-06-02");
	rig_add(EXTRACT_REMOVAL, "child_id=a removal_date=2012-06-01");
	rig_add(EXTRACT_REMOVAL,
	    "child_id=b removal_date=2012-01-02 discharge_date=2012-06-02");
	rig_add(EXTRACT_REMOVAL, "child_id=b removal_date=2012-06-02");
	rig_done();
	for (uint32_t i = 0; i < 4; i++)
		ck_assert_msg(
		    ((facts_u32(facts, FACTS_REMOVAL_FLAGS)[i] &
			 FACTS_FLAG(OVERLAP)) != 0) ==
			(facts_u32(facts, FACTS_REMOVAL_CHILD)[i] == 0),
		    "row %u", i);
}
END_TEST

START_TEST(facts__legally_free__needs_both_parents_within_the_episode)
{
	rig_add(EXTRACT_REMOVAL,
	    "child_id=a removal_date=2012-01-01 "
	    "discharge_date=2013-01-01 discharge_reason=adoption");
	rig_add(EXTRACT_LEGALS, "child_id=a date=2012-05-01 event=tpr_father");
	rig_add(EXTRACT_LEGALS, "child_id=a date=2012-07-01 event=tpr_mother");
	/* Adopted, removed again: the old terminations free nobody. */
	rig_add(EXTRACT_REMOVAL, "child_id=a removal_date=2013-05-01");
	rig_add(EXTRACT_REMOVAL, "child_id=b removal_date=2012-01-02");
	rig_add(EXTRACT_LEGALS, "child_id=b date=2012-05-01 event=tpr_mother");
	rig_add(
	    EXTRACT_LEGALS, "child_id=b date=2012-06-01 event=tpr_petition");
	rig_done();
	ck_day(FACTS_REMOVAL_FREE, 0, "2012-07-01");
	ck_assert_int_eq(rig_date(FACTS_REMOVAL_FREE, 1), DATE_NEVER);
	ck_assert_int_eq(rig_date(FACTS_REMOVAL_FREE, 2), DATE_NEVER);
	ck_assert_int_eq(rig_date(FACTS_CHILD_FREE, 0), DATE_NEVER);
}
END_TEST

/* Terminations that ceased to hold free nobody from then on; the stay before,
 * which ended that very day, was free. */
START_TEST(facts__legally_free__ends_where_terminations_are_vacated)
{
	rig_add(EXTRACT_REMOVAL,
	    "child_id=a removal_date=2012-01-01 "
	    "discharge_date=2013-01-01 discharge_reason=guardianship");
	rig_add(EXTRACT_REMOVAL,
	    "child_id=a removal_date=2013-01-01 "
	    "discharge_date=2013-08-01 discharge_reason=guardianship");
	rig_add(EXTRACT_REMOVAL, "child_id=a removal_date=2014-01-01");
	rig_add(EXTRACT_LEGALS, "child_id=a date=2012-05-01 event=tpr_father");
	rig_add(EXTRACT_LEGALS, "child_id=a date=2012-07-01 event=tpr_mother");
	rig_add(EXTRACT_LEGALS, "child_id=a date=2013-01-01 event=tpr_vacated");
	rig_add(EXTRACT_LEGALS, "child_id=a date=2014-02-01 event=tpr_father");
	rig_add(EXTRACT_LEGALS, "child_id=a date=2014-03-01 event=tpr_mother");
	rig_done();
	ck_day(FACTS_REMOVAL_FREE, 0, "2012-07-01");
	ck_assert_int_eq(rig_date(FACTS_REMOVAL_FREE, 1), DATE_NEVER);
	ck_day(FACTS_REMOVAL_FREE, 2, "2014-03-01");
}
END_TEST

START_TEST(facts__rights_terminated_before_birth__are_flagged)
{
	rig_add(EXTRACT_CHILD, "child_id=a birth_date=2012-05-02");
	rig_add(EXTRACT_LEGALS, "child_id=a date=2012-05-01 event=tpr_father");
	rig_add(EXTRACT_REMOVAL, "child_id=a removal_date=2012-05-03");
	rig_done();
	ck_assert(
	    facts_u32(facts, FACTS_CHILD_FLAGS)[0] & FACTS_FLAG(TPR_EARLY));
	ck_assert(
	    facts_u32(facts, FACTS_REMOVAL_FLAGS)[0] & FACTS_FLAG(TPR_EARLY));
}
END_TEST

START_TEST(facts__goal__is_the_latest_of_the_episode)
{
	rig_add(EXTRACT_REMOVAL,
	    "child_id=a removal_date=2012-01-01 "
	    "discharge_date=2012-12-01 discharge_reason=adoption");
	rig_add(EXTRACT_REMOVAL, "child_id=a removal_date=2013-05-01");
	rig_add(
	    EXTRACT_GOALS, "child_id=a start_date=2012-06-01 goal=adoption");
	rig_add(EXTRACT_GOALS, "child_id=a start_date=2012-01-15 goal=reunify");
	rig_done();
	ck_assert_int_eq(facts_u8(facts, FACTS_REMOVAL_GOAL)[0], GOAL_ADOPTION);
	ck_assert_int_eq(facts_u8(facts, FACTS_REMOVAL_GOAL)[1], 0);
}
END_TEST

START_TEST(facts__siblings__form_a_ring)
{
	static const uint32_t next[] = {2, 1, 4, FACTS_NO_ROW, 0};

	rig_add(EXTRACT_CHILD, "child_id=a sibling_group=g");
	rig_add(EXTRACT_CHILD, "child_id=b sibling_group=alone");
	rig_add(EXTRACT_CHILD, "child_id=c sibling_group=g");
	rig_add(EXTRACT_CHILD, "child_id=d");
	rig_add(EXTRACT_CHILD, "child_id=e sibling_group=g");
	rig_done();
	for (uint32_t i = 0; i < sizeof next / sizeof *next; i++)
		ck_assert_uint_eq(
		    facts_u32(facts, FACTS_CHILD_SIBLING)[i], next[i]);
}
END_TEST

int
main(void)
{
	Suite *s = suite_create("children");
	TCase *t = tcase_create("children");

	tcase_add_checked_fixture(t, rig_setup, rig_teardown);
	tcase_add_test(t, facts__empty__has_a_tree_and_nothing_in_it);
	tcase_add_test(t, facts__children__stand_by_id_and_are_merged);
	tcase_add_loop_test(t,
	    facts__race_group__is_hispanic_first_then_single_race, 0,
	    sizeof races / sizeof *races);
	tcase_add_test(
	    t, facts__removals__stand_by_date_and_know_their_neighbours);
	tcase_add_test(
	    t, facts__removals__of_one_child_and_day_the_later_row_counts);
	tcase_add_test(t, facts__blocks__hold_least_and_greatest);
	tcase_add_loop_test(t, facts__flags__say_what_is_wrong_and_keep_the_row,
	    0, sizeof flags / sizeof *flags);
	tcase_add_test(t, facts__custody__falls_back_on_the_removal);
	tcase_add_test(t, facts__overlap__is_flagged_on_both_episodes);
	tcase_add_test(
	    t, facts__legally_free__needs_both_parents_within_the_episode);
	tcase_add_test(
	    t, facts__legally_free__ends_where_terminations_are_vacated);
	tcase_add_test(t, facts__rights_terminated_before_birth__are_flagged);
	tcase_add_test(t, facts__goal__is_the_latest_of_the_episode);
	tcase_add_test(t, facts__siblings__form_a_ring);
	suite_add_tcase(s, t);
	return unit_run(s);
}
