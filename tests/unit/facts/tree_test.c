/* The org tree, and who answers for a child on a day. */
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "base/date.h"
#include "base/rng.h"
#include "rig.h"

START_TEST(facts__paths__follow_the_tree_through_time)
{
	uint32_t path, node;

	rig_add_tree();
	rig_add(EXTRACT_ASSIGN, "child_id=a node_id=w start_date=2012-06-01");
	rig_add(EXTRACT_REMOVAL,
	    "child_id=a removal_date=2012-06-01 "
	    "discharge_date=2013-02-01 discharge_reason=reunification");
	rig_done();
	path = facts_path_on(facts, 0, rig_day("2012-12-31"));
	ck_assert_str_eq(rig_at(path, LEVEL_STATE), "s");
	ck_assert_str_eq(rig_at(path, LEVEL_COUNTY), "c1");
	ck_assert_str_eq(rig_at(path, LEVEL_UNIT), "u");
	ck_assert_str_eq(rig_at(path, LEVEL_WORKER), "w");
	/* Levels that the tree leaves out are not known more closely. */
	ck_assert_str_eq(rig_at(path, LEVEL_REGION), "s:unassigned");
	ck_assert_str_eq(rig_at(path, LEVEL_OFFICE), "c1:unassigned");
	ck_assert_uint_eq(facts_u32(facts, FACTS_REMOVAL_PATH_IN)[0], path);
	path = facts_path_on(facts, 0, rig_day("2013-01-01"));
	ck_assert_str_eq(rig_at(path, LEVEL_COUNTY), "c2");
	ck_assert_uint_eq(facts_u32(facts, FACTS_REMOVAL_PATH_OUT)[0], path);
	ck_day(FACTS_REMOVAL_PATH_SINCE, 0, "2013-01-01");
	ck_assert_uint_eq(facts_rows(facts, FACTS_ASSIGN), 2);
	node = facts_find_node(facts, "u");
	ck_assert_uint_eq(facts_parent_on(facts, node, rig_day("2012-12-31")),
	    facts_find_node(facts, "c1"));
	ck_assert_uint_eq(facts_parent_on(facts, node, rig_day("2013-01-01")),
	    facts_find_node(facts, "c2"));
	ck_assert_str_eq(facts_str(facts, FACTS_NODE_NAME, node), "U2");
	ck_assert_uint_eq(
	    facts_parent_on(facts, facts_root(facts), 0), FACTS_NO_ROW);
}
END_TEST

START_TEST(facts__paths__without_assignment_are_unassigned)
{
	uint32_t path, node;

	rig_add_tree();
	rig_add(EXTRACT_ASSIGN, "child_id=a node_id=u start_date=2012-06-01 "
				"end_date=2012-07-31");
	rig_add(EXTRACT_ASSIGN, "child_id=b node_id=nobody "
				"start_date=2012-06-01");
	rig_done();
	ck_assert_uint_eq(facts_path_on(facts, 0, rig_day("2012-05-31")), 0);
	ck_assert_uint_eq(facts_path_on(facts, 0, rig_day("2012-08-01")), 0);
	ck_assert_uint_eq(facts_path_on(facts, 1, rig_day("2012-06-01")), 0);
	ck_assert_str_eq(rig_at(0, LEVEL_STATE), "s");
	ck_assert_str_eq(rig_at(0, LEVEL_COUNTY), "s:unassigned");
	ck_assert_str_eq(rig_at(0, LEVEL_WORKER), "s:unassigned");
	path = facts_path_on(facts, 0, rig_day("2012-07-31"));
	ck_assert_str_eq(rig_at(path, LEVEL_UNIT), "u");
	ck_assert_str_eq(rig_at(path, LEVEL_WORKER), "u:unassigned");
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

	rig_add_tree();
	rig_add(EXTRACT_ASSIGN, "child_id=a node_id=c2 start_date=2012-03-01 "
				"end_date=2012-05-31");
	rig_add(EXTRACT_ASSIGN, "child_id=a node_id=c1 start_date=2012-01-01 "
				"end_date=2012-12-31");
	rig_done();
	for (size_t i = 0; i < sizeof expect / sizeof *expect; i++)
		ck_assert_str_eq(
		    rig_at(facts_path_on(facts, 0, rig_day(expect[i].on)),
			LEVEL_COUNTY),
		    expect[i].county);
}
END_TEST

START_TEST(facts__tree__mends_what_cannot_be)
{
	rig_add(EXTRACT_ORG, "node_id=s level=state name=S parent_id=c");
	rig_add(EXTRACT_ORG, "node_id=c level=county name=C parent_id=u");
	rig_add(EXTRACT_ORG, "node_id=u level=unit name=U parent_id=nowhere");
	rig_add(EXTRACT_ORG, "node_id=v level=unit name=V parent_id=u");
	rig_add(EXTRACT_ASSIGN, "child_id=a node_id=v start_date=2012-03-01");
	rig_done();
	ck_assert_uint_eq(facts_root(facts), facts_find_node(facts, "s"));
	for (uint32_t i = 0; i < 4; i++) {
		static const char *const ids[] = {"c", "u", "v"};

		if (i < 3)
			ck_assert_uint_eq(
			    facts_parent_on(
				facts, facts_find_node(facts, ids[i]), 0),
			    facts_root(facts));
	}
	ck_assert_str_eq(rig_at(facts_path_on(facts, 0, rig_day("2012-03-01")),
			     LEVEL_COUNTY),
	    "s:unassigned");
}
END_TEST

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
	int32_t first = rig_day("2012-01-01");
	char text[96], a[DATE_TEXT], b[DATE_TEXT], worker[16];
	struct rng rng;

	rng_stream(&rng, 7, (uint64_t)_i);
	for (int w = 0; w < 3; w++) {
		snprintf(
		    text, sizeof text, "node_id=w%d level=worker name=W", w);
		rig_add(EXTRACT_ORG, text);
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
		rig_add(EXTRACT_ASSIGN, text);
	}
	rig_done();
	for (int32_t on = first - 2; on < first + PLAIN_DAYS + 45; on++) {
		int w = plain_worker(list, PLAIN_ROWS, on);

		snprintf(worker, sizeof worker, "w%d", w);
		ck_assert_str_eq(
		    rig_at(facts_path_on(facts, 0, on), LEVEL_WORKER),
		    w < 0 ? "all:unassigned" : worker);
	}
}
END_TEST

START_TEST(facts__node_without_a_level__is_refused)
{
	struct err err = {0};
	int fd = memfd_create("facts", MFD_CLOEXEC);

	rig_add(EXTRACT_ORG, "node_id=x name=X");
	ck_assert(!facts_builder_finish(builder, fd, &err));
	ck_assert_int_eq(err.code, ERR_REFUSED);
	close(fd);
}
END_TEST

int
main(void)
{
	Suite *s = suite_create("tree");
	TCase *t = tcase_create("tree");

	tcase_add_checked_fixture(t, rig_setup, rig_teardown);
	tcase_add_test(t, facts__paths__follow_the_tree_through_time);
	tcase_add_test(t, facts__paths__without_assignment_are_unassigned);
	tcase_add_test(
	    t, facts__assignments__that_overlap_give_way_to_the_later);
	tcase_add_test(t, facts__tree__mends_what_cannot_be);
	tcase_add_loop_test(t,
	    facts__assignments__agree_with_the_plain_rule_on_every_day, 0, 40);
	tcase_add_test(t, facts__node_without_a_level__is_refused);
	suite_add_tcase(s, t);
	return unit_run(s);
}
