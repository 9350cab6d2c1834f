/* The snapshot: what goes in comes out, linked, derived and flagged. */
#include "facts/facts.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/date.h"
#include "base/rng.h"
#include "lib/rows.h"
#include "lib/unit.h"

static struct facts_builder *builder;
static struct facts *facts;
static int image;

static int32_t
day(const char *text)
{
	int32_t d = date_parse(text, strlen(text));

	ck_assert_msg(d != DATE_MISSING, "%s", text);
	return d;
}

static struct facts_builder *
new_builder(void)
{
	const struct facts_about about = {.generation = 7,
	    .agency = "Agency",
	    .data_through = day("2014-06-30"),
	    .source = "FACES",
	    .loaded_at = 1400000000};

	return facts_builder_new(&about);
}

static void
setup(void)
{
	builder = new_builder();
	image = -1;
}

static void
teardown(void)
{
	facts_builder_free(builder);
	facts_close(facts);
	facts = NULL;
	if (image >= 0)
		close(image);
}

static void
give(struct facts_builder *b, enum extract_table table, const char *text)
{
	struct cell cells[EXTRACT_MAX_COLS];
	struct err err = {0};

	rows_parse(cells, table, text);
	ck_assert_msg(facts_builder_add(b, table, cells, &err), "%s", err.text);
}

static void
add(enum extract_table table, const char *text)
{
	give(builder, table, text);
}

static int
finish(struct facts_builder *b)
{
	struct err err = {0};
	int fd = memfd_create("facts", MFD_CLOEXEC);

	ck_assert_int_ge(fd, 0);
	ck_assert_msg(facts_builder_finish(b, fd, &err), "%s", err.text);
	return fd;
}

/* Ends the building; the snapshot must hold together. */
static void
done(void)
{
	struct err err = {0};

	image = finish(builder);
	ck_assert_msg(facts_open_fd(&facts, image, &err), "%s", err.text);
	ck_assert_msg(facts_verify(facts, &err), "%s", err.text);
}

static int32_t
date_of(enum facts_column c, uint32_t row)
{
	return facts_i32(facts, c)[row];
}

#define ck_day(column, row, text) \
	ck_assert_int_eq(date_of(column, row), day(text))

START_TEST(facts__empty__has_a_tree_and_nothing_in_it)
{
	done();
	ck_assert_uint_eq(facts_rows(facts, FACTS_CHILD), 0);
	ck_assert_uint_eq(facts_rows(facts, FACTS_PATH), 1);
	ck_assert_str_eq(
	    facts_str(facts, FACTS_NODE_ID, facts_root(facts)), "all");
	ck_assert_str_eq(
	    facts_str(facts, FACTS_NODE_NAME, facts_root(facts)), "Agency");
	ck_assert_str_eq(facts_about(facts)->agency, "Agency");
	ck_assert_str_eq(facts_about(facts)->source, "FACES");
	ck_assert_uint_eq(facts_about(facts)->generation, 7);
	ck_assert_int_eq(facts_about(facts)->data_through, day("2014-06-30"));
	ck_assert_int_eq(facts_about(facts)->loaded_at, 1400000000);
	ck_assert_uint_eq(facts_find_child(facts, "a"), FACTS_NO_ROW);
}
END_TEST

START_TEST(facts__children__stand_by_id_and_are_merged)
{
	add(EXTRACT_CHILD, "child_id=b birth_date=2005-01-02 sex=male");
	add(EXTRACT_REMOVAL, "child_id=c removal_date=2012-01-01");
	add(EXTRACT_CHILD, "child_id=a given_name=Ann restricted=y");
	add(EXTRACT_CHILD, "child_id=b sex=female race=black;white");
	done();
	ck_assert_uint_eq(facts_rows(facts, FACTS_CHILD), 3);
	ck_assert_uint_eq(facts_find_child(facts, "a"), 0);
	ck_assert_uint_eq(facts_find_child(facts, "b"), 1);
	ck_assert_uint_eq(facts_find_child(facts, "c"), 2);
	ck_assert_str_eq(facts_str(facts, FACTS_CHILD_GIVEN, 0), "Ann");
	ck_assert_str_eq(facts_str(facts, FACTS_CHILD_GIVEN, 1), "");
	ck_day(FACTS_CHILD_BIRTH, 1, "2005-01-02");
	ck_assert_int_eq(facts_u8(facts, FACTS_CHILD_SEX)[1], SEX_FEMALE);
	ck_assert_int_eq(date_of(FACTS_CHILD_BIRTH, 2), DATE_MISSING);
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

	add(EXTRACT_CHILD, text);
	done();
	ck_assert_int_eq(
	    facts_u8(facts, FACTS_CHILD_RACE_GROUP)[0], races[_i].group);
	free(text);
}
END_TEST

START_TEST(facts__removals__stand_by_date_and_know_their_neighbours)
{
	uint32_t n;
	const uint32_t *list;

	add(EXTRACT_REMOVAL, "child_id=b removal_date=2012-05-01");
	add(EXTRACT_REMOVAL,
	    "child_id=a removal_date=2013-01-01 "
	    "discharge_date=2013-02-01 discharge_reason=adoption");
	add(EXTRACT_REMOVAL,
	    "child_id=a removal_date=2011-01-01 "
	    "discharge_date=2011-06-01 discharge_reason=relative");
	add(EXTRACT_CHILD, "child_id=a birth_date=2005-06-07");
	done();
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
	ck_assert_int_eq(date_of(FACTS_REMOVAL_NEXT_DATE, 2), DATE_NEVER);
	ck_assert_int_eq(date_of(FACTS_REMOVAL_DISCHARGE, 1), DATE_NEVER);
	ck_day(FACTS_REMOVAL_BIRTH, 2, "2005-06-07");
	ck_assert_int_eq(
	    date_of(FACTS_REMOVAL_DATE_P, 0), date_pack(day("2011-01-01")));
	ck_day(FACTS_REMOVAL_FIRST, 2, "2011-01-01");
	ck_assert_int_eq(facts_u16(facts, FACTS_REMOVAL_COUNT)[2], 2);
}
END_TEST

START_TEST(facts__removals__of_one_child_and_day_the_later_row_counts)
{
	add(EXTRACT_REMOVAL, "child_id=a removal_date=2012-05-01 "
			     "discharge_date=2012-06-01");
	add(EXTRACT_REMOVAL, "child_id=a removal_date=2012-05-01");
	done();
	ck_assert_uint_eq(facts_rows(facts, FACTS_REMOVAL), 1);
	ck_assert_int_eq(date_of(FACTS_REMOVAL_DISCHARGE, 0), DATE_NEVER);
}
END_TEST

START_TEST(facts__blocks__hold_least_and_greatest)
{
	char text[80], date[DATE_TEXT];
	uint32_t n;
	const int32_t *least, *greatest;

	for (int i = 0; i < FACTS_BLOCK + 10; i++) {
		date_format(day("2009-01-01") + i, date);
		snprintf(text, sizeof text, "child_id=c%d removal_date=%s",
		    i * 7919 % 5000, date);
		add(EXTRACT_REMOVAL, text);
	}
	done();
	least = facts_block_least(facts, FACTS_REMOVAL_DATE, &n);
	greatest = facts_block_greatest(facts, FACTS_REMOVAL_DATE, &n);
	ck_assert_uint_eq(n, 2);
	ck_assert_int_eq(least[0], day("2009-01-01"));
	ck_assert_int_eq(greatest[0], day("2009-01-01") + FACTS_BLOCK - 1);
	ck_assert_int_eq(least[1], day("2009-01-01") + FACTS_BLOCK);
	ck_assert_int_eq(greatest[1], day("2009-01-01") + FACTS_BLOCK + 9);
}
END_TEST

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

	add(EXTRACT_REMOVAL,
	    "child_id=a removal_date=2012-01-01 "
	    "discharge_date=2013-01-01 discharge_reason=reunification");
	for (size_t i = n; i > 0; i--) {
		char *text =
		    xasprintf("child_id=a %s", stays[_i].placements[i - 1]);

		add(EXTRACT_PLACEMENT, text);
		free(text);
	}
	done();
	r = facts_removal_placements(facts, 0);
	ck_assert_uint_eq(r.end - r.first, n);
	for (uint32_t i = r.first; i < r.end; i++)
		ck_assert_msg(facts_u8(facts, FACTS_PLACEMENT_MOVE)[i] ==
				  (stays[_i].moves[i - r.first] == 'y'),
		    "%s: %u", stays[_i].about, i);
	ck_assert_msg(date_of(FACTS_REMOVAL_SETTINGS, 0) == stays[_i].settings,
	    "%s", stays[_i].about);
	ck_assert_int_eq(date_of(FACTS_REMOVAL_THV, 0),
	    stays[_i].thv != NULL ? day(stays[_i].thv) : DATE_NEVER);
	ck_assert_int_eq(facts_u8(facts, FACTS_REMOVAL_COUNTED)[0], 0);
}
END_TEST

START_TEST(facts__placements__find_their_episode_or_are_flagged)
{
	struct facts_range r;

	add(EXTRACT_REMOVAL,
	    "child_id=a removal_date=2012-01-01 "
	    "discharge_date=2012-06-01 discharge_reason=reunification");
	add(EXTRACT_REMOVAL, "child_id=a removal_date=2012-06-01");
	add(EXTRACT_REMOVAL, "child_id=b removal_date=2012-02-01");
	/* On the day both episodes share: the later one's. */
	add(EXTRACT_PLACEMENT,
	    "child_id=a start_date=2012-06-01 setting=relative");
	add(EXTRACT_PLACEMENT,
	    "child_id=a start_date=2012-01-01 setting=relative");
	/* Began too early, runs into b's episode: its first setting. */
	add(EXTRACT_PLACEMENT,
	    "child_id=b start_date=2012-01-30 "
	    "end_date=2012-03-01 setting=relative provider_id=p");
	add(EXTRACT_PLACEMENT, "child_id=b start_date=2012-03-01 "
			       "setting=group_home provider_id=q");
	/* Never in care. */
	add(EXTRACT_PLACEMENT,
	    "child_id=z start_date=2012-01-30 setting=relative");
	done();
	r = facts_removal_placements(facts, 0);
	ck_assert_uint_eq(r.end - r.first, 1);
	ck_day(FACTS_PLACEMENT_START, r.first, "2012-01-01");
	r = facts_removal_placements(facts, 2);
	ck_assert_uint_eq(r.end - r.first, 1);
	ck_day(FACTS_PLACEMENT_START, r.first, "2012-06-01");
	r = facts_removal_placements(facts, 1);
	ck_assert_uint_eq(r.end - r.first, 2);
	ck_assert_int_eq(date_of(FACTS_REMOVAL_SETTINGS, 1), 2);
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

	add(EXTRACT_REMOVAL,
	    "child_id=a removal_date=2012-01-01 "
	    "discharge_date=2012-06-01 discharge_reason=reunification");
	add(EXTRACT_PLACEMENT, "child_id=a start_date=2012-01-01 "
			       "setting=relative provider_id=p");
	add(EXTRACT_PLACEMENT, "child_id=a start_date=2012-08-01 "
			       "setting=trial_home_visit");
	done();
	r = facts_removal_placements(facts, 0);
	ck_assert_uint_eq(r.end - r.first, 2);
	ck_assert_int_eq(date_of(FACTS_REMOVAL_SETTINGS, 0), 1);
	ck_assert_int_eq(date_of(FACTS_REMOVAL_THV, 0), DATE_NEVER);
	ck_assert_int_eq(
	    facts_u8(facts, FACTS_REMOVAL_SETTING)[0], SETTING_RELATIVE);
	ck_assert(
	    facts_u32(facts, FACTS_REMOVAL_FLAGS)[0] & FACTS_FLAG(OUTSIDE));
}
END_TEST

START_TEST(facts__setting_counts__stand_in_where_placements_are_unknown)
{
	add(EXTRACT_REMOVAL, "child_id=a removal_date=2012-01-01");
	add(EXTRACT_REMOVAL, "child_id=b removal_date=2012-01-02");
	add(EXTRACT_REMOVAL, "child_id=c removal_date=2012-01-03");
	add(EXTRACT_SETTINGS,
	    "child_id=a removal_date=2012-01-01 settings=4 "
	    "current_setting=trial_home_visit current_since=2012-09-01 "
	    "counted_on=2012-12-31");
	add(EXTRACT_SETTINGS, "child_id=b removal_date=2012-01-02 settings=9");
	add(EXTRACT_PLACEMENT,
	    "child_id=b start_date=2012-01-02 setting=relative");
	/* A record that tells nothing leaves what was known. */
	add(EXTRACT_SETTINGS,
	    "child_id=a removal_date=2012-01-01 counted_on=2013-03-31");
	add(EXTRACT_SETTINGS, "child_id=a removal_date=2012-01-01 settings=2 "
			      "counted_on=2012-09-30");
	done();
	ck_assert_int_eq(date_of(FACTS_REMOVAL_SETTINGS, 0), 4);
	ck_assert_int_eq(facts_u8(facts, FACTS_REMOVAL_COUNTED)[0], 1);
	ck_day(FACTS_REMOVAL_THV, 0, "2012-09-01");
	ck_day(FACTS_REMOVAL_SETTING_SINCE, 0, "2012-09-01");
	ck_assert_int_eq(date_of(FACTS_REMOVAL_SETTINGS, 1), 1);
	ck_assert_int_eq(facts_u8(facts, FACTS_REMOVAL_COUNTED)[1], 0);
	ck_assert_int_eq(date_of(FACTS_REMOVAL_SETTINGS, 2), DATE_MISSING);
	ck_assert(
	    facts_u32(facts, FACTS_REMOVAL_FLAGS)[2] & FACTS_FLAG(NO_SETTINGS));
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

	add(EXTRACT_CHILD, child);
	add(EXTRACT_REMOVAL, removal);
	done();
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
	add(EXTRACT_REMOVAL, "child_id=a removal_date=2012-01-01");
	add(EXTRACT_REMOVAL,
	    "child_id=b removal_date=2012-01-02 custody_date=2012-01-05");
	done();
	ck_day(FACTS_REMOVAL_CUSTODY, 0, "2012-01-01");
	ck_day(FACTS_REMOVAL_CUSTODY, 1, "2012-01-05");
}
END_TEST

START_TEST(facts__overlap__is_flagged_on_both_episodes)
{
	add(EXTRACT_REMOVAL,
	    "child_id=a removal_date=2012-01-01 discharge_date=2012-06-02");
	add(EXTRACT_REMOVAL, "child_id=a removal_date=2012-06-01");
	add(EXTRACT_REMOVAL,
	    "child_id=b removal_date=2012-01-02 discharge_date=2012-06-02");
	add(EXTRACT_REMOVAL, "child_id=b removal_date=2012-06-02");
	done();
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
	add(EXTRACT_REMOVAL,
	    "child_id=a removal_date=2012-01-01 "
	    "discharge_date=2013-01-01 discharge_reason=adoption");
	add(EXTRACT_LEGALS, "child_id=a date=2012-05-01 event=tpr_father");
	add(EXTRACT_LEGALS, "child_id=a date=2012-07-01 event=tpr_mother");
	/* Adopted, removed again: the old terminations free nobody. */
	add(EXTRACT_REMOVAL, "child_id=a removal_date=2013-05-01");
	add(EXTRACT_REMOVAL, "child_id=b removal_date=2012-01-02");
	add(EXTRACT_LEGALS, "child_id=b date=2012-05-01 event=tpr_mother");
	add(EXTRACT_LEGALS, "child_id=b date=2012-06-01 event=tpr_petition");
	done();
	ck_day(FACTS_REMOVAL_FREE, 0, "2012-07-01");
	ck_assert_int_eq(date_of(FACTS_REMOVAL_FREE, 1), DATE_NEVER);
	ck_assert_int_eq(date_of(FACTS_REMOVAL_FREE, 2), DATE_NEVER);
	ck_assert_int_eq(date_of(FACTS_CHILD_FREE, 0), DATE_NEVER);
}
END_TEST

START_TEST(facts__rights_terminated_before_birth__are_flagged)
{
	add(EXTRACT_CHILD, "child_id=a birth_date=2012-05-02");
	add(EXTRACT_LEGALS, "child_id=a date=2012-05-01 event=tpr_father");
	add(EXTRACT_REMOVAL, "child_id=a removal_date=2012-05-03");
	done();
	ck_assert(
	    facts_u32(facts, FACTS_CHILD_FLAGS)[0] & FACTS_FLAG(TPR_EARLY));
	ck_assert(
	    facts_u32(facts, FACTS_REMOVAL_FLAGS)[0] & FACTS_FLAG(TPR_EARLY));
}
END_TEST

START_TEST(facts__goal__is_the_latest_of_the_episode)
{
	add(EXTRACT_REMOVAL,
	    "child_id=a removal_date=2012-01-01 "
	    "discharge_date=2012-12-01 discharge_reason=adoption");
	add(EXTRACT_REMOVAL, "child_id=a removal_date=2013-05-01");
	add(EXTRACT_GOALS, "child_id=a start_date=2012-06-01 goal=adoption");
	add(EXTRACT_GOALS, "child_id=a start_date=2012-01-15 goal=reunify");
	done();
	ck_assert_int_eq(facts_u8(facts, FACTS_REMOVAL_GOAL)[0], GOAL_ADOPTION);
	ck_assert_int_eq(facts_u8(facts, FACTS_REMOVAL_GOAL)[1], 0);
}
END_TEST

/* A state with two counties, a unit that moved from one to the other on
 * 2013-01-01, and a worker in it. */
static void
add_tree(void)
{
	add(EXTRACT_ORG, "node_id=w level=worker name=W parent_id=u");
	add(EXTRACT_ORG, "node_id=u level=unit name=U parent_id=c1 "
			 "valid_to=2012-12-31");
	add(EXTRACT_ORG, "node_id=u level=unit name=U2 parent_id=c2 "
			 "valid_from=2013-01-01");
	add(EXTRACT_ORG, "node_id=c1 level=county name=C1 parent_id=s "
			 "fips=29001");
	add(EXTRACT_ORG, "node_id=c2 level=county name=C2 parent_id=s "
			 "fips=29003");
	add(EXTRACT_ORG, "node_id=s level=state name=S");
}

static const char *
at(uint32_t path, int level)
{
	return facts_str(
	    facts, FACTS_NODE_ID, facts_path_node(facts, path, level));
}

START_TEST(facts__paths__follow_the_tree_through_time)
{
	uint32_t path, node;

	add_tree();
	add(EXTRACT_ASSIGN, "child_id=a node_id=w start_date=2012-06-01");
	add(EXTRACT_REMOVAL,
	    "child_id=a removal_date=2012-06-01 "
	    "discharge_date=2013-02-01 discharge_reason=reunification");
	done();
	path = facts_path_on(facts, 0, day("2012-12-31"));
	ck_assert_str_eq(at(path, LEVEL_STATE), "s");
	ck_assert_str_eq(at(path, LEVEL_COUNTY), "c1");
	ck_assert_str_eq(at(path, LEVEL_UNIT), "u");
	ck_assert_str_eq(at(path, LEVEL_WORKER), "w");
	/* Levels that the tree leaves out are not known more closely. */
	ck_assert_str_eq(at(path, LEVEL_REGION), "s:unassigned");
	ck_assert_str_eq(at(path, LEVEL_OFFICE), "c1:unassigned");
	ck_assert_uint_eq(facts_u32(facts, FACTS_REMOVAL_PATH_IN)[0], path);
	path = facts_path_on(facts, 0, day("2013-01-01"));
	ck_assert_str_eq(at(path, LEVEL_COUNTY), "c2");
	ck_assert_uint_eq(facts_u32(facts, FACTS_REMOVAL_PATH_OUT)[0], path);
	ck_assert_uint_eq(facts_rows(facts, FACTS_ASSIGN), 2);
	node = facts_find_node(facts, "u");
	ck_assert_uint_eq(facts_parent_on(facts, node, day("2012-12-31")),
	    facts_find_node(facts, "c1"));
	ck_assert_uint_eq(facts_parent_on(facts, node, day("2013-01-01")),
	    facts_find_node(facts, "c2"));
	ck_assert_str_eq(facts_str(facts, FACTS_NODE_NAME, node), "U2");
	ck_assert_uint_eq(
	    facts_parent_on(facts, facts_root(facts), 0), FACTS_NO_ROW);
}
END_TEST

START_TEST(facts__paths__without_assignment_are_unassigned)
{
	uint32_t path, node;

	add_tree();
	add(EXTRACT_ASSIGN, "child_id=a node_id=u start_date=2012-06-01 "
			    "end_date=2012-07-31");
	add(EXTRACT_ASSIGN, "child_id=b node_id=nobody "
			    "start_date=2012-06-01");
	done();
	ck_assert_uint_eq(facts_path_on(facts, 0, day("2012-05-31")), 0);
	ck_assert_uint_eq(facts_path_on(facts, 0, day("2012-08-01")), 0);
	ck_assert_uint_eq(facts_path_on(facts, 1, day("2012-06-01")), 0);
	ck_assert_str_eq(at(0, LEVEL_STATE), "s");
	ck_assert_str_eq(at(0, LEVEL_COUNTY), "s:unassigned");
	ck_assert_str_eq(at(0, LEVEL_WORKER), "s:unassigned");
	path = facts_path_on(facts, 0, day("2012-07-31"));
	ck_assert_str_eq(at(path, LEVEL_UNIT), "u");
	ck_assert_str_eq(at(path, LEVEL_WORKER), "u:unassigned");
	node = facts_find_node(facts, "u:unassigned");
	ck_assert_int_eq(facts_u8(facts, FACTS_NODE_UNASSIGNED)[node], 1);
	ck_assert_int_eq(facts_u8(facts, FACTS_NODE_LEVEL)[node], LEVEL_WORKER);
	ck_assert_str_eq(facts_str(facts, FACTS_NODE_NAME, node), "Unassigned");
	ck_assert_uint_eq(
	    facts_parent_on(facts, node, 0), facts_find_node(facts, "u"));
}
END_TEST

START_TEST(facts__assignments__that_overlap_give_way_to_the_later)
{
	static const struct {
		const char *on, *county;
	} expect[] = {
	    {"2012-01-01", "c1"},
	    {"2012-02-29", "c1"},
	    {"2012-03-01", "c2"},
	    {"2012-05-31", "c2"},
	    {"2012-06-01", "c1"},
	    {"2012-12-31", "c1"},
	    {"2013-01-01", "s:unassigned"},
	    {"2011-12-31", "s:unassigned"},
	};

	add_tree();
	add(EXTRACT_ASSIGN, "child_id=a node_id=c2 start_date=2012-03-01 "
			    "end_date=2012-05-31");
	add(EXTRACT_ASSIGN, "child_id=a node_id=c1 start_date=2012-01-01 "
			    "end_date=2012-12-31");
	done();
	for (size_t i = 0; i < sizeof expect / sizeof *expect; i++)
		ck_assert_str_eq(at(facts_path_on(facts, 0, day(expect[i].on)),
				     LEVEL_COUNTY),
		    expect[i].county);
}
END_TEST

START_TEST(facts__tree__mends_what_cannot_be)
{
	add(EXTRACT_ORG, "node_id=s level=state name=S parent_id=c");
	add(EXTRACT_ORG, "node_id=c level=county name=C parent_id=u");
	add(EXTRACT_ORG, "node_id=u level=unit name=U parent_id=nowhere");
	add(EXTRACT_ORG, "node_id=v level=unit name=V parent_id=u");
	add(EXTRACT_ASSIGN, "child_id=a node_id=v start_date=2012-03-01");
	done();
	ck_assert_uint_eq(facts_root(facts), facts_find_node(facts, "s"));
	for (uint32_t i = 0; i < 4; i++) {
		static const char *const ids[] = {"c", "u", "v"};

		if (i < 3)
			ck_assert_uint_eq(
			    facts_parent_on(
				facts, facts_find_node(facts, ids[i]), 0),
			    facts_root(facts));
	}
	ck_assert_str_eq(
	    at(facts_path_on(facts, 0, day("2012-03-01")), LEVEL_COUNTY),
	    "s:unassigned");
}
END_TEST

START_TEST(facts__reports__reach_their_children_and_units)
{
	struct facts_range r;

	add_tree();
	add(EXTRACT_REPORT, "report_id=r2 received_at=2013-03-01T16:00 "
			    "track=investigation priority_hours=24 node_id=c1 "
			    "concluded_at=2013-03-31T09:30");
	add(EXTRACT_REPORT, "report_id=r1 received_at=2012-03-01T00:00");
	add(EXTRACT_VICTIM, "report_id=r2 child_id=a disposition=indicated");
	add(EXTRACT_VICTIM,
	    "report_id=r1 child_id=a disposition=alternative_victim");
	add(EXTRACT_VICTIM,
	    "report_id=r9 child_id=a disposition=unsubstantiated died=y");
	done();
	ck_assert_str_eq(facts_str(facts, FACTS_REPORT_ID, 0), "r1");
	ck_day(FACTS_REPORT_DATE, 1, "2013-03-01");
	ck_day(FACTS_REPORT_CONCLUDED, 1, "2013-03-31");
	ck_assert_int_eq(date_of(FACTS_REPORT_CONCLUDED, 0), DATE_NEVER);
	ck_assert_int_eq(date_of(FACTS_REPORT_RECEIVED, 1),
	    day("2013-03-01") * 1440 + 16 * 60);
	ck_assert_str_eq(
	    at(facts_u32(facts, FACTS_REPORT_PATH)[1], LEVEL_COUNTY), "c1");
	r = facts_child_rows(facts, FACTS_VICTIM, 0);
	ck_assert_uint_eq(r.end - r.first, 3);
	/* By report date; the unknown report's first. */
	ck_assert_uint_eq(
	    facts_u32(facts, FACTS_VICTIM_REPORT)[0], FACTS_NO_ROW);
	ck_assert_uint_eq(facts_u32(facts, FACTS_VICTIM_REPORT)[1], 0);
	ck_assert_uint_eq(facts_u32(facts, FACTS_VICTIM_REPORT)[2], 1);
	ck_assert_int_eq(facts_u8(facts, FACTS_VICTIM_VICTIM)[0], 1);
	ck_assert_int_eq(facts_u8(facts, FACTS_VICTIM_VICTIM)[1], 0);
	ck_assert_int_eq(facts_u8(facts, FACTS_VICTIM_VICTIM)[2], 1);
	ck_day(FACTS_VICTIM_DATE, 2, "2013-03-01");
}
END_TEST

/* Of four children in three reports three are victims. */
START_TEST(facts__victims__stand_by_date_without_the_others)
{
	static const char *const children[] = {
	    "report_id=late child_id=a disposition=substantiated",
	    "report_id=early child_id=b disposition=indicated",
	    "report_id=early child_id=c disposition=unsubstantiated",
	    "report_id=none child_id=d disposition=unsubstantiated died=y"};
	const uint32_t *row, *child;
	uint32_t n;

	add(EXTRACT_REPORT, "report_id=late received_at=2013-03-01T16:00");
	add(EXTRACT_REPORT, "report_id=early received_at=2012-03-01T00:00");
	for (size_t i = 0; i < sizeof children / sizeof *children; i++)
		add(EXTRACT_VICTIM, children[i]);
	done();
	ck_assert_uint_eq(facts_rows(facts, FACTS_FOUND), 3);
	row = facts_u32(facts, FACTS_FOUND_VICTIM);
	child = facts_u32(facts, FACTS_VICTIM_CHILD);
	/* Children by id: a, b, c, d. The unknown report's is the first. */
	ck_assert_int_eq(date_of(FACTS_FOUND_DATE, 0), DATE_MISSING);
	ck_assert_uint_eq(child[row[0]], 3);
	ck_day(FACTS_FOUND_DATE, 1, "2012-03-01");
	ck_assert_uint_eq(child[row[1]], 1);
	ck_day(FACTS_FOUND_DATE, 2, "2013-03-01");
	ck_assert_uint_eq(child[row[2]], 0);
	ck_assert_int_eq(
	    facts_block_least(facts, FACTS_FOUND_DATE, &n)[0], DATE_MISSING);
	ck_assert_int_eq(facts_block_greatest(facts, FACTS_REPORT_DATE, &n)[0],
	    day("2013-03-01"));
}
END_TEST

START_TEST(facts__meetings_and_visits__stand_by_child_and_date)
{
	struct facts_range r;

	add(EXTRACT_MEETING, "child_id=b date=2013-03-01 kind=pprt");
	add(EXTRACT_MEETING, "child_id=a date=2013-05-01 kind=fst");
	add(EXTRACT_MEETING, "child_id=a date=2013-03-01 kind=pprt");
	add(EXTRACT_VISITS, "child_id=a date=2013-03-01 place=residence "
			    "kind=worker_child");
	done();
	r = facts_child_rows(facts, FACTS_MEETING, 0);
	ck_assert_uint_eq(r.end, 2);
	ck_day(FACTS_MEETING_DATE, 0, "2013-03-01");
	ck_assert_int_eq(facts_u8(facts, FACTS_MEETING_PPRT)[0], 1);
	ck_assert_int_eq(facts_u8(facts, FACTS_MEETING_PPRT)[1], 0);
	ck_assert_str_eq(facts_str(facts, FACTS_MEETING_KIND, 1), "fst");
	r = facts_child_rows(facts, FACTS_VISITS, 0);
	ck_assert_uint_eq(r.end - r.first, 1);
	r = facts_child_rows(facts, FACTS_VISITS, 1);
	ck_assert_uint_eq(r.end - r.first, 0);
}
END_TEST

/* A child's months with a visit of the worker, by year; other visits, and those
 * of no known day, make none. */
START_TEST(facts__months__are_those_with_a_visit_of_the_worker)
{
	struct facts_range r;

	add(EXTRACT_VISITS, "child_id=a date=2012-12-31 place=residence "
			    "kind=worker_child");
	add(EXTRACT_VISITS, "child_id=a date=2013-03-31 place=office "
			    "kind=worker_child");
	add(EXTRACT_VISITS, "child_id=a date=2013-03-01 place=residence "
			    "kind=worker_child");
	add(EXTRACT_VISITS, "child_id=a date=2013-04-01 place=office "
			    "kind=worker_child");
	add(EXTRACT_VISITS, "child_id=b date=2013-05-01 kind=parent");
	add(EXTRACT_VISITS, "child_id=c date=2014-01-01 place=office "
			    "kind=worker_child");
	done();
	ck_assert_uint_eq(facts_rows(facts, FACTS_SEEN), 3);
	r = facts_child_rows(facts, FACTS_SEEN, 0);
	ck_assert_uint_eq(r.end - r.first, 2);
	ck_assert_int_eq(facts_i32(facts, FACTS_SEEN_YEAR)[0], 2012);
	ck_assert_uint_eq(facts_u16(facts, FACTS_SEEN_WORKER)[0], 1U << 11);
	ck_assert_uint_eq(facts_u16(facts, FACTS_SEEN_HOME)[0], 1U << 11);
	ck_assert_int_eq(facts_i32(facts, FACTS_SEEN_YEAR)[1], 2013);
	ck_assert_uint_eq(
	    facts_u16(facts, FACTS_SEEN_WORKER)[1], 1U << 2 | 1U << 3);
	ck_assert_uint_eq(facts_u16(facts, FACTS_SEEN_HOME)[1], 1U << 2);
	r = facts_child_rows(facts, FACTS_SEEN, 1);
	ck_assert_uint_eq(r.end - r.first, 0);
	r = facts_child_rows(facts, FACTS_SEEN, 2);
	ck_assert_uint_eq(facts_u16(facts, FACTS_SEEN_WORKER)[r.first], 1);
	ck_assert_uint_eq(facts_u16(facts, FACTS_SEEN_HOME)[r.first], 0);
}
END_TEST

START_TEST(facts__visits__name_the_unit_of_who_came)
{
	add_tree();
	add(EXTRACT_VISITS, "child_id=a date=2013-03-01 by=c1");
	add(EXTRACT_VISITS, "child_id=a date=2013-03-02 by=nobody");
	add(EXTRACT_VISITS, "child_id=a date=2013-03-03");
	done();
	ck_assert_str_eq(
	    at(facts_u32(facts, FACTS_VISITS_PATH)[0], LEVEL_COUNTY), "c1");
	ck_assert_uint_eq(facts_u32(facts, FACTS_VISITS_PATH)[1], 0);
	ck_assert_uint_eq(facts_u32(facts, FACTS_VISITS_PATH)[2], 0);
}
END_TEST

START_TEST(facts__services__reach_their_children_visits_and_units)
{
	struct facts_range r;

	add_tree();
	add(EXTRACT_SERVICE, "case_id=k2 opened=2013-03-01 closed=2013-09-01 "
			     "reason=neglect risk=high plan_date=2013-03-20 "
			     "node_id=c1");
	add(EXTRACT_SERVICE, "case_id=k1 opened=2012-03-01");
	/* Told twice: the later row counts. */
	add(EXTRACT_SERVICE, "case_id=k1 opened=2012-03-05 risk=low");
	add(EXTRACT_SERVED, "case_id=k2 child_id=b");
	add(EXTRACT_SERVED, "case_id=k2 child_id=a");
	add(EXTRACT_SERVED, "case_id=k2 child_id=a");
	add(EXTRACT_SERVED, "case_id=k1 child_id=a");
	add(EXTRACT_SERVED, "case_id=k9 child_id=a");
	add(EXTRACT_SVISIT,
	    "case_id=k2 child_id=a date=2013-05-01 place=office");
	add(EXTRACT_SVISIT,
	    "case_id=k2 child_id=a date=2013-04-01 place=residence "
	    "entered_on=2013-04-09");
	add(EXTRACT_SVISIT, "case_id=k9 child_id=b date=2013-04-01");
	done();
	ck_assert_uint_eq(facts_rows(facts, FACTS_SERVICE), 2);
	ck_assert_str_eq(facts_str(facts, FACTS_SERVICE_ID, 0), "k1");
	ck_day(FACTS_SERVICE_OPENED, 0, "2012-03-05");
	ck_assert_int_eq(date_of(FACTS_SERVICE_CLOSED, 0), DATE_NEVER);
	ck_assert_int_eq(date_of(FACTS_SERVICE_PLAN, 0), DATE_NEVER);
	ck_assert_str_eq(facts_str(facts, FACTS_SERVICE_RISK, 0), "low");
	ck_day(FACTS_SERVICE_CLOSED, 1, "2013-09-01");
	ck_day(FACTS_SERVICE_PLAN, 1, "2013-03-20");
	ck_assert_str_eq(facts_str(facts, FACTS_SERVICE_REASON, 1), "neglect");
	ck_assert_int_eq(facts_i32(facts, FACTS_SERVICE_CHILDREN)[0], 1);
	ck_assert_int_eq(facts_i32(facts, FACTS_SERVICE_CHILDREN)[1], 2);
	ck_assert_str_eq(
	    at(facts_u32(facts, FACTS_SERVICE_PATH)[1], LEVEL_COUNTY), "c1");
	/* The unknown case's first. */
	r = facts_child_rows(facts, FACTS_SERVED, 0);
	ck_assert_uint_eq(r.end - r.first, 3);
	ck_assert_uint_eq(
	    facts_u32(facts, FACTS_SERVED_SERVICE)[0], FACTS_NO_ROW);
	ck_assert_uint_eq(facts_u32(facts, FACTS_SERVED_SERVICE)[1], 0);
	ck_assert_uint_eq(facts_u32(facts, FACTS_SERVED_SERVICE)[2], 1);
	ck_day(FACTS_SERVED_OPENED, 2, "2013-03-01");
	ck_day(FACTS_SERVED_CLOSED, 2, "2013-09-01");
	r = facts_child_rows(facts, FACTS_SVISIT, 0);
	ck_assert_uint_eq(r.end - r.first, 2);
	ck_day(FACTS_SVISIT_DATE, 0, "2013-04-01");
	ck_day(FACTS_SVISIT_ENTERED, 0, "2013-04-09");
	ck_assert_int_eq(
	    facts_u8(facts, FACTS_SVISIT_PLACE)[0], PLACE_RESIDENCE);
	ck_assert_uint_eq(facts_u32(facts, FACTS_SVISIT_SERVICE)[1], 1);
	ck_assert_uint_eq(
	    facts_u32(facts, FACTS_SVISIT_SERVICE)[2], FACTS_NO_ROW);
}
END_TEST

START_TEST(facts__providers_and_sites__stand_by_id)
{
	add(EXTRACT_PROVIDER, "provider_id=q name=Q programme=gh");
	add(EXTRACT_PROVIDER, "provider_id=p name=New programme=ffa "
			      "license=L2 operator_id=o valid_from=2013-01-01");
	add(EXTRACT_PROVIDER, "provider_id=p name=Old programme=ffa "
			      "valid_from=2010-01-01 valid_to=2012-12-31");
	add(EXTRACT_SITES, "site_id=s2 provider_id=p kind=certified_home");
	add(EXTRACT_SITES, "site_id=s1 provider_id=p name=One kind=site "
			   "license=L capacity=8");
	done();
	ck_assert_uint_eq(facts_rows(facts, FACTS_PROVIDER), 3);
	ck_assert_str_eq(facts_str(facts, FACTS_PROVIDER_NAME, 0), "Old");
	ck_assert_str_eq(facts_str(facts, FACTS_PROVIDER_NAME, 1), "New");
	ck_assert_str_eq(facts_str(facts, FACTS_PROVIDER_OPERATOR, 1), "o");
	ck_assert_int_eq(
	    facts_u8(facts, FACTS_PROVIDER_PROGRAMME)[2], HOME_KIND_GROUP_HOME);
	ck_day(FACTS_PROVIDER_TO, 0, "2012-12-31");
	ck_assert_int_eq(date_of(FACTS_PROVIDER_TO, 1), DATE_NEVER);
	ck_assert_str_eq(facts_str(facts, FACTS_SITE_ID, 0), "s1");
	ck_assert_str_eq(facts_str(facts, FACTS_SITE_PROVIDER, 0), "p");
	ck_assert_int_eq(facts_i32(facts, FACTS_SITE_CAPACITY)[0], 8);
	ck_assert_int_eq(
	    facts_i32(facts, FACTS_SITE_CAPACITY)[1], DATE_MISSING);
	ck_assert_int_eq(facts_u8(facts, FACTS_SITE_KIND)[1], SITE_HOME);
}
END_TEST

START_TEST(facts__incidents__stand_by_time_and_reach_their_children)
{
	struct facts_range r;

	add(EXTRACT_CHILD, "child_id=a");
	add(EXTRACT_CHILD, "child_id=b");
	add(EXTRACT_INCIDENT, "incident_id=late provider_id=P kind=awol "
			      "happened_at=2013-05-02T10:00");
	add(EXTRACT_INCIDENT, "incident_id=soon provider_id=P kind=death "
			      "happened_at=2013-05-01T23:59 "
			      "phoned_at=2013-05-02T08:00");
	/* Told again: the later row counts. */
	add(EXTRACT_INCIDENT, "incident_id=late provider_id=Q kind=awol "
			      "happened_at=2013-05-03T10:00");
	add(EXTRACT_INVOLVED, "incident_id=late child_id=b part=hurt");
	add(EXTRACT_INVOLVED, "incident_id=late child_id=b part=did");
	add(EXTRACT_INVOLVED, "incident_id=gone child_id=b part=hurt");
	add(EXTRACT_CITATION,
	    "citation_id=2 provider_id=P date=2013-01-02 source=ccl");
	add(EXTRACT_CITATION, "citation_id=1 provider_id=P date=2013-01-02 "
			      "source=fire cleared=2013-02-01");
	add(EXTRACT_MEDICINE,
	    "child_id=b kind=psychotropic start_date=2013-01-02");
	done();
	ck_assert_uint_eq(facts_rows(facts, FACTS_INCIDENT), 2);
	ck_assert_str_eq(facts_str(facts, FACTS_INCIDENT_ID, 0), "soon");
	ck_day(FACTS_INCIDENT_DATE, 0, "2013-05-01");
	ck_assert_int_eq(date_of(FACTS_INCIDENT_PHONED, 1), DATE_NEVER);
	ck_assert_str_eq(facts_str(facts, FACTS_INCIDENT_PROVIDER, 1), "Q");
	r = facts_child_rows(facts, FACTS_INVOLVED, 1);
	ck_assert_uint_eq(r.end - r.first, 2);
	/* By the incident's id: "gone" of which no row tells, then "late". */
	ck_assert_uint_eq(
	    facts_u32(facts, FACTS_INVOLVED_INCIDENT)[r.first], FACTS_NO_ROW);
	ck_assert_uint_eq(
	    facts_u32(facts, FACTS_INVOLVED_INCIDENT)[r.first + 1], 1);
	ck_assert_int_eq(
	    facts_u8(facts, FACTS_INVOLVED_PART)[r.first + 1], INVOLVED_DID);
	ck_assert_str_eq(facts_str(facts, FACTS_CITATION_ID, 0), "1");
	ck_day(FACTS_CITATION_CLEARED, 0, "2013-02-01");
	ck_assert_int_eq(date_of(FACTS_CITATION_CLEARED, 1), DATE_NEVER);
	ck_day(FACTS_MEDICINE_START, 0, "2013-01-02");
	ck_assert_int_eq(date_of(FACTS_MEDICINE_STOP, 0), DATE_NEVER);
}
END_TEST

START_TEST(facts__siblings__form_a_ring)
{
	static const uint32_t next[] = {2, 1, 4, FACTS_NO_ROW, 0};

	add(EXTRACT_CHILD, "child_id=a sibling_group=g");
	add(EXTRACT_CHILD, "child_id=b sibling_group=alone");
	add(EXTRACT_CHILD, "child_id=c sibling_group=g");
	add(EXTRACT_CHILD, "child_id=d");
	add(EXTRACT_CHILD, "child_id=e sibling_group=g");
	done();
	for (uint32_t i = 0; i < sizeof next / sizeof *next; i++)
		ck_assert_uint_eq(
		    facts_u32(facts, FACTS_CHILD_SIBLING)[i], next[i]);
}
END_TEST

static const struct {
	enum extract_table table;
	const char *text;
} mixed[] = {
    {EXTRACT_ORG, "node_id=s level=state name=S"},
    {EXTRACT_ORG, "node_id=c1 level=county name=C1 parent_id=s"},
    {EXTRACT_ORG, "node_id=c2 level=county name=C2 parent_id=s"},
    {EXTRACT_CHILD, "child_id=a birth_date=2005-01-01 family_name=Poe"},
    {EXTRACT_CHILD, "child_id=b birth_date=2006-01-01 family_name=Poe"},
    {EXTRACT_REMOVAL, "child_id=a removal_date=2012-01-01"},
    {EXTRACT_REMOVAL, "child_id=b removal_date=2012-01-01"},
    {EXTRACT_REMOVAL, "child_id=b removal_date=2011-01-01 "
		      "discharge_date=2011-05-01"},
    {EXTRACT_PLACEMENT, "child_id=a start_date=2012-01-01 "
			"setting=relative provider_id=p"},
    {EXTRACT_PLACEMENT, "child_id=a start_date=2012-02-01 "
			"setting=group_home provider_id=q"},
    {EXTRACT_PLACEMENT, "child_id=b start_date=2012-01-01 "
			"setting=relative provider_id=q"},
    {EXTRACT_ASSIGN, "child_id=a node_id=c2 start_date=2012-01-01"},
    {EXTRACT_ASSIGN, "child_id=b node_id=c1 start_date=2011-01-01"},
    {EXTRACT_VISITS, "child_id=b date=2012-02-01 kind=worker_child"},
    {EXTRACT_VISITS, "child_id=b date=2012-02-01 kind=parent"},
    {EXTRACT_MEETING, "child_id=b date=2012-02-01 kind=pprt"},
    {EXTRACT_MEETING, "child_id=b date=2012-02-01 kind=fst"},
    {EXTRACT_REPORT, "report_id=y received_at=2012-02-01T10:00"},
    {EXTRACT_REPORT, "report_id=x received_at=2012-02-01T10:00"},
    {EXTRACT_VICTIM, "report_id=y child_id=a"},
    {EXTRACT_VICTIM, "report_id=x child_id=a"},
    {EXTRACT_SERVICE, "case_id=y opened=2012-02-01 node_id=c1"},
    {EXTRACT_SERVICE, "case_id=x opened=2012-02-01 node_id=c2"},
    {EXTRACT_SERVED, "case_id=y child_id=a"},
    {EXTRACT_SERVED, "case_id=x child_id=a"},
    {EXTRACT_SVISIT, "case_id=y child_id=a date=2012-02-03"},
    {EXTRACT_PROVIDER, "provider_id=q name=Q programme=gh"},
    {EXTRACT_PROVIDER, "provider_id=p name=P programme=ffa"},
    {EXTRACT_SITES, "site_id=q1 provider_id=q capacity=6"},
};
#define MIXED (sizeof mixed / sizeof *mixed)

static void
read_all(int fd, struct buf *out)
{
	ssize_t got;

	ck_assert_int_eq(lseek(fd, 0, SEEK_SET), 0);
	do {
		buf_reserve(out, 65536);
		got = read(fd, out->data + out->len, 65536);
		ck_assert_int_ge(got, 0);
		out->len += (size_t)got;
	} while (got > 0);
}

START_TEST(facts__other_version__is_refused_by_name)
{
	struct buf file = {0};
	struct err err = {0};
	struct facts *f = NULL;
	int fd = memfd_create("old", MFD_CLOEXEC);

	done();
	read_all(image, &file);
	file.data[8] = 2; /* the version, after eight bytes of magic */
	ck_assert_int_eq(write(fd, file.data, file.len), (ssize_t)file.len);
	ck_assert(!facts_open_fd(&f, fd, &err));
	ck_assert_int_eq(err.code, ERR_CORRUPT);
	ck_assert_ptr_nonnull(strstr(err.text, "another version of Hearth"));
	buf_free(&file);
	close(fd);
}
END_TEST

START_TEST(facts__bytes__do_not_depend_on_the_order_of_rows)
{
	/* None shares a factor with MIXED, which is prime. */
	static const size_t steps[] = {2, 5, 8, 10, 13, 20};
	struct buf one = {0}, other = {0};

	ck_assert_uint_eq(MIXED, 29);
	for (size_t i = 0; i < MIXED; i++)
		add(mixed[i].table, mixed[i].text);
	done();
	read_all(image, &one);
	for (size_t s = 0; s < sizeof steps / sizeof *steps; s++) {
		struct facts_builder *b = new_builder();
		int fd;

		buf_reset(&other);
		for (size_t i = 0; i < MIXED; i++) {
			size_t k = (i * steps[s] + 3) % MIXED;

			give(b, mixed[k].table, mixed[k].text);
		}
		fd = finish(b);
		read_all(fd, &other);
		close(fd);
		facts_builder_free(b);
		ck_assert_uint_eq(one.len, other.len);
		ck_assert_mem_eq(one.data, other.data, one.len);
	}
	buf_free(&one);
	buf_free(&other);
}
END_TEST

START_TEST(facts__columns__are_aligned_and_padded)
{
	for (size_t i = 0; i < MIXED; i++)
		add(mixed[i].table, mixed[i].text);
	done();
	for (int c = 0; c < FACTS_COLUMNS; c++) {
		enum facts_type type = facts_column_info(c)->type;
		const void *p =
		    type <= FACTS_MINUTE
			? (const void *)facts_i32(facts, (enum facts_column)c)
		    : type == FACTS_U8 || type == FACTS_CODE
			? (const void *)facts_u8(facts, (enum facts_column)c)
		    : type == FACTS_U16
			? (const void *)facts_u16(facts, (enum facts_column)c)
			: (const void *)facts_u32(facts, (enum facts_column)c);

		ck_assert_uint_eq((uintptr_t)p % 64, 0);
	}
}
END_TEST

/* --- against plain definitions ------------------------------------- */

#define PLAIN_DAYS 120
#define PLAIN_ROWS 8

struct plain_assignment {
	int worker;
	int32_t start, stop; /* DATE_NEVER: open */
};

/* Who answers on the day, by the sentence in facts/README: of those that run
 * the one that began last, of two the one given last; -1 for nobody. */
static int
plain_worker(const struct plain_assignment *list, int n, int32_t on)
{
	int best = -1;

	for (int i = 0; i < n; i++)
		if (list[i].start <= on && on <= list[i].stop &&
		    (best < 0 || list[i].start >= list[best].start))
			best = i;
	return best < 0 ? -1 : list[best].worker;
}

START_TEST(facts__assignments__agree_with_the_plain_rule_on_every_day)
{
	struct plain_assignment list[PLAIN_ROWS];
	int32_t first = day("2012-01-01");
	char text[96], a[DATE_TEXT], b[DATE_TEXT], worker[16];
	struct rng rng;

	rng_stream(&rng, 7, (uint64_t)_i);
	for (int w = 0; w < 3; w++) {
		snprintf(
		    text, sizeof text, "node_id=w%d level=worker name=W", w);
		add(EXTRACT_ORG, text);
	}
	for (int i = 0; i < PLAIN_ROWS; i++) {
		list[i].worker = (int)rng_below(&rng, 3);
		list[i].start = first + (int32_t)rng_below(&rng, PLAIN_DAYS);
		list[i].stop =
		    rng_below(&rng, 4) == 0
			? DATE_NEVER
			: list[i].start + (int32_t)rng_below(&rng, 40) - 2;
		snprintf(text, sizeof text,
		    "child_id=a node_id=w%d start_date=%s%s%s", list[i].worker,
		    date_format(list[i].start, a),
		    list[i].stop == DATE_NEVER ? "" : " end_date=",
		    date_format(list[i].stop, b));
		add(EXTRACT_ASSIGN, text);
	}
	done();
	for (int32_t on = first - 2; on < first + PLAIN_DAYS + 45; on++) {
		int w = plain_worker(list, PLAIN_ROWS, on);

		snprintf(worker, sizeof worker, "w%d", w);
		ck_assert_str_eq(at(facts_path_on(facts, 0, on), LEVEL_WORKER),
		    w < 0 ? "all:unassigned" : worker);
	}
}
END_TEST

/* Numbers as a hostile or broken importer may give them. */
static struct cell
any_cell(struct rng *rng, enum cell_type type, char text[static 24])
{
	static const int64_t odd[] = {CELL_EMPTY, INT64_MAX, INT64_MIN + 1, -1,
	    0, INT32_MAX, INT32_MIN, DATE_FIRST, DATE_LAST, UINT32_MAX, 255};
	struct cell c = cell_empty();

	if (type == CELL_ID || type == CELL_TEXT) {
		c.len =
		    (size_t)snprintf(text, 24, "%" PRIu32, rng_below(rng, 12));
		c.s = text;
		if (rng_below(rng, 8) == 0)
			c.len = 0;
		return c;
	}
	if (rng_below(rng, 6) == 0)
		c.n = odd[rng_below(rng, sizeof odd / sizeof *odd)];
	else if (type == CELL_CODE || type == CELL_CODES)
		c.n = rng_below(rng, 12);
	else
		c.n = 15000 + rng_below(rng, 400);
	return c;
}

START_TEST(facts__any_rows__make_a_snapshot_that_holds_together)
{
	char text[EXTRACT_MAX_COLS][24];
	struct cell cells[EXTRACT_MAX_COLS];
	struct rng rng;
	struct err err;

	rng_stream(&rng, 11, (uint64_t)_i);
	for (int i = 0; i < 300; i++) {
		enum extract_table table =
		    (enum extract_table)rng_below(&rng, EXTRACT_COUNT);
		const struct table *t = extract_table(table);

		for (int k = 0; k < t->n; k++)
			cells[k] = any_cell(&rng, t->columns[k].type, text[k]);
		/* A node without a level is the one thing that is refused. */
		if (table == EXTRACT_ORG)
			cells[ORG_COL_LEVEL].n =
			    1 + rng_below(&rng, LEVEL_WORKER);
		ck_assert(facts_builder_add(builder, table, cells, &err));
	}
	done();
	ck_assert_uint_eq(facts_rows(facts, FACTS_NODE) > 0, 1);
}
END_TEST

START_TEST(facts__node_without_a_level__is_refused)
{
	struct err err = {0};
	int fd = memfd_create("facts", MFD_CLOEXEC);

	add(EXTRACT_ORG, "node_id=x name=X");
	ck_assert(!facts_builder_finish(builder, fd, &err));
	ck_assert_int_eq(err.code, ERR_REFUSED);
	close(fd);
}
END_TEST

/* A damaged file is refused by open or by verify, and never crashes. */
START_TEST(facts__damage__anywhere_is_found)
{
	struct buf good = {0};
	struct err err = {0};
	size_t found = 0, tried = 0;

	for (size_t i = 0; i < MIXED; i++)
		add(mixed[i].table, mixed[i].text);
	done();
	read_all(image, &good);
	for (size_t at_byte = 0; at_byte < good.len; at_byte += 61) {
		int fd = memfd_create("damaged", MFD_CLOEXEC);
		struct facts *f = NULL;
		bool ok;

		good.data[at_byte] ^= 0x10;
		ck_assert_int_eq(
		    write(fd, good.data, good.len), (ssize_t)good.len);
		good.data[at_byte] ^= 0x10;
		ok = facts_open_fd(&f, fd, &err) && facts_verify(f, &err);
		tried++;
		found += !ok;
		if (!ok)
			ck_assert_int_eq(err.code, ERR_CORRUPT);
		facts_close(f);
		close(fd);
	}
	/* Only the padding between sections may change unnoticed. */
	ck_assert_uint_gt(found * 2, tried);
	for (size_t len = 0; len < good.len; len += 509) {
		int fd = memfd_create("short", MFD_CLOEXEC);
		struct facts *f = NULL;

		ck_assert_int_eq(write(fd, good.data, len), (ssize_t)len);
		ck_assert(!facts_open_fd(&f, fd, &err));
		ck_assert_int_eq(err.code, ERR_CORRUPT);
		close(fd);
	}
	buf_free(&good);
}
END_TEST

int
main(void)
{
	Suite *s = suite_create("facts");
	TCase *t = tcase_create("facts");

	tcase_add_checked_fixture(t, setup, teardown);
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
	tcase_add_loop_test(t,
	    facts__placements__tell_settings_moves_and_trial_visits, 0,
	    sizeof stays / sizeof *stays);
	tcase_add_test(t, facts__placements__find_their_episode_or_are_flagged);
	tcase_add_test(
	    t, facts__placements__after_the_end_are_shown_but_do_not_count);
	tcase_add_test(
	    t, facts__setting_counts__stand_in_where_placements_are_unknown);
	tcase_add_loop_test(t, facts__flags__say_what_is_wrong_and_keep_the_row,
	    0, sizeof flags / sizeof *flags);
	tcase_add_test(t, facts__custody__falls_back_on_the_removal);
	tcase_add_test(t, facts__overlap__is_flagged_on_both_episodes);
	tcase_add_test(
	    t, facts__legally_free__needs_both_parents_within_the_episode);
	tcase_add_test(t, facts__rights_terminated_before_birth__are_flagged);
	tcase_add_test(t, facts__goal__is_the_latest_of_the_episode);
	tcase_add_test(t, facts__paths__follow_the_tree_through_time);
	tcase_add_test(t, facts__paths__without_assignment_are_unassigned);
	tcase_add_test(
	    t, facts__assignments__that_overlap_give_way_to_the_later);
	tcase_add_test(t, facts__tree__mends_what_cannot_be);
	tcase_add_test(t, facts__reports__reach_their_children_and_units);
	tcase_add_test(t, facts__victims__stand_by_date_without_the_others);
	tcase_add_test(t, facts__meetings_and_visits__stand_by_child_and_date);
	tcase_add_test(t, facts__months__are_those_with_a_visit_of_the_worker);
	tcase_add_test(t, facts__visits__name_the_unit_of_who_came);
	tcase_add_test(
	    t, facts__services__reach_their_children_visits_and_units);
	tcase_add_test(t, facts__providers_and_sites__stand_by_id);
	tcase_add_test(
	    t, facts__incidents__stand_by_time_and_reach_their_children);
	tcase_add_test(t, facts__siblings__form_a_ring);
	tcase_add_test(t, facts__other_version__is_refused_by_name);
	tcase_add_test(t, facts__bytes__do_not_depend_on_the_order_of_rows);
	tcase_add_test(t, facts__columns__are_aligned_and_padded);
	tcase_add_loop_test(t,
	    facts__assignments__agree_with_the_plain_rule_on_every_day, 0, 40);
	tcase_add_loop_test(
	    t, facts__any_rows__make_a_snapshot_that_holds_together, 0, 200);
	tcase_add_test(t, facts__node_without_a_level__is_refused);
	tcase_add_test(t, facts__damage__anywhere_is_found);
	suite_add_tcase(s, t);
	return unit_run(s);
}
