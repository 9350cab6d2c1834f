/* Who answers for whom, over half of the state. */
#include "synth/caseload.h"

#include <string.h>

#include "base/date.h"
#include "lib/unit.h"

static struct world world;
static struct org org;
static struct caseload *caseload;

static void
set_up(void)
{
	struct synth_options o;

	synth_defaults(&o);
	o.children = 6500;
	world_init(&world, &o);
	org_init(&org, &world);
	caseload = caseload_new(&world, &org);
}

static void
tear_down(void)
{
	caseload_free(caseload);
	org_fini(&org);
	world_fini(&world);
}

/* The row of that node on that day, or NULL. */
static const struct org_row *
row_on(const char *id, int32_t day)
{
	size_t i;

	for (i = 0; i < org.rows.n; i++)
		if (strcmp(org.rows.v[i].id, id) == 0 &&
		    org.rows.v[i].from <= day && day < org.rows.v[i].to)
			return &org.rows.v[i];
	return NULL;
}

/* Fifteen is the standard; where few are removed, a worker has fewer. */
START_TEST(caseload__workers__have_about_fifteen_children)
{
	uint32_t children = 0, workers = 0;
	size_t i;

	for (i = 0; i < org.workers.n; i++) {
		const struct worker *k = &org.workers.v[i];

		if (k->gone)
			continue;
		ck_assert_uint_le(k->load, 40);
		children += k->load;
		workers++;
	}
	/* Late starts and waits leave a few without a worker. */
	ck_assert_uint_gt(children, 5800);
	ck_assert_uint_lt(children, 7200);
	ck_assert_uint_gt(children, workers * 12);
	ck_assert_uint_lt(children, workers * 16);
}
END_TEST

START_TEST(org__units__have_at_most_eight_workers)
{
	uint32_t full = 0;
	size_t i, k;

	for (i = 0; i < org.units.n; i++) {
		uint32_t workers = 0;

		for (k = 0; k < org.workers.n; k++)
			workers += org.workers.v[k].unit == i &&
				   !org.workers.v[k].gone;
		ck_assert_uint_eq(workers, org.units.v[i].workers);
		ck_assert_uint_le(workers, 8);
		full += workers >= 6;
	}
	ck_assert_uint_gt(full, 15);
}
END_TEST

/* Every turn names a node that was there that day; turns go forward. */
START_TEST(caseload__turns__name_nodes_of_their_day)
{
	uint32_t n, seen = 0, handed = 0, nobody = 0;
	size_t turns, i;

	for (n = 0; n < world.families; n++) {
		const struct turn *t = caseload_turns(caseload, n, &turns);

		for (i = 0; i < turns; i++) {
			if (i > 0)
				ck_assert_int_ge(t[i].from, t[i - 1].from);
			if (t[i].node[0] == '\0')
				nobody++;
			else if (seen % 64 == 0)
				ck_assert_msg(
				    row_on(t[i].node, t[i].from) != NULL ||
					t[i].from < world.start,
				    "%s", t[i].node);
			seen++;
		}
		handed += turns > 1;
	}
	ck_assert_uint_gt(seen, 5000);
	ck_assert_uint_gt(handed, 1000);
	ck_assert_uint_gt(nobody, 20);
	ck_assert_uint_lt(nobody, seen / 20);
}
END_TEST

/* A unit that moved has two rows that meet on the day of the move. */
START_TEST(org__moves__never_rewrite_the_past)
{
	uint32_t moves = 0;
	size_t i, k;

	for (i = 0; i < org.rows.n; i++)
		for (k = i + 1; k < org.rows.n; k++) {
			const struct org_row *a = &org.rows.v[i];
			const struct org_row *b = &org.rows.v[k];

			if (strcmp(a->id, b->id) != 0)
				continue;
			ck_assert_int_eq(a->to, b->from);
			ck_assert_str_ne(a->parent, b->parent);
			moves += a->level == LEVEL_UNIT;
			break;
		}
	ck_assert_uint_gt(moves, 0);
}
END_TEST

START_TEST(caseload__turns__are_none_for_those_never_removed)
{
	const struct month *m = world_month(&world, world.families - 1);
	size_t n = 1;

	ck_assert_uint_gt(m->reported, 0);
	caseload_turns(caseload, m->first + m->removed, &n);
	ck_assert_uint_eq(n, 0);
}
END_TEST

int
main(void)
{
	Suite *s = suite_create("caseload");
	TCase *t = tcase_create("caseload");

	tcase_add_unchecked_fixture(t, set_up, tear_down);
	tcase_set_timeout(t, 120);
	tcase_add_test(t, caseload__workers__have_about_fifteen_children);
	tcase_add_test(t, org__units__have_at_most_eight_workers);
	tcase_add_test(t, caseload__turns__name_nodes_of_their_day);
	tcase_add_test(t, org__moves__never_rewrite_the_past);
	tcase_add_test(t, caseload__turns__are_none_for_those_never_removed);
	suite_add_tcase(s, t);
	return unit_run(s);
}
