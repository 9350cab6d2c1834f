/* What must hold of every family's history, whatever the tables say. */
#include "synth/family.h"

#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "lib/unit.h"

static struct world world;
static struct family family;

static void
set_up(void)
{
	struct synth_options o;

	synth_defaults(&o);
	o.children = 300;
	world_init(&world, &o);
}

static void
tear_down(void)
{
	family_free(&family);
	world_fini(&world);
}

/* Calls check for each family with its true history, before any errors. */
static void
each_family(void (*check)(const struct family *f))
{
	uint32_t n, removed = 0;

	for (n = 0; n < world.families; n++) {
		family_make(&family, &world, n);
		care_details(&family, &world);
		duty_details(&family, &world);
		check(&family);
		removed += family.removed;
	}
	ck_assert_uint_gt(removed, 1000);
}

static void
check_episodes(const struct family *f)
{
	size_t i;

	for (i = 0; i < f->episodes.n; i++) {
		const struct episode *e = &f->episodes.v[i];
		int32_t birth = f->children[e->child].birth;

		ck_assert_int_le(birth, e->removal);
		ck_assert_int_lt(e->removal, date_birthday(birth, 18));
		ck_assert_int_gt(e->discharge, e->removal);
		ck_assert_int_le(e->discharge, date_birthday(birth, 21));
		ck_assert_int_ge(e->out_entered, e->entered);
		ck_assert_int_ne(e->why_out, 0);
		if (i > 0 && e[-1].child == e->child) {
			ck_assert_int_gt(e->removal, e[-1].discharge);
			ck_assert_int_eq(e->count, e[-1].count + 1);
			ck_assert_int_eq(e->first, e[-1].first);
		} else {
			ck_assert_int_eq(e->count, 1);
			ck_assert_int_eq(e->first, e->removal);
		}
	}
}

START_TEST(family__episodes__follow_each_other)
{
	each_family(check_episodes);
}
END_TEST

static void
check_placements(const struct family *f)
{
	size_t i, k;

	for (i = 0; i < f->episodes.n; i++) {
		const struct episode *e = &f->episodes.v[i];
		const struct placement *p = &f->placements.v[e->placement];

		ck_assert_uint_gt(e->placements, 0);
		ck_assert_int_eq(p[0].start, e->removal);
		ck_assert_int_eq(p[e->placements - 1].stop, e->discharge);
		for (k = 0; k < e->placements; k++) {
			ck_assert_int_lt(p[k].start, p[k].stop);
			if (k > 0)
				ck_assert_int_eq(p[k].start, p[k - 1].stop);
		}
	}
}

START_TEST(family__placements__cover_each_episode)
{
	each_family(check_placements);
}
END_TEST

/* An adopted child is legally free before, and lives in the new home. */
static void
check_adoptions(const struct family *f)
{
	size_t i, k;

	for (i = 0; i < f->episodes.n; i++) {
		const struct episode *e = &f->episodes.v[i];
		const struct placement *last =
		    &f->placements.v[e->placement + e->placements - 1];
		int mother = 0, father = 0;

		if (e->why_out != DISCHARGE_ADOPTION)
			continue;
		for (k = 0; k < f->legal.n; k++) {
			const struct event *l = &f->legal.v[k];

			if (l->episode != i || l->date > e->discharge)
				continue;
			mother += l->code == LEGAL_TPR_MOTHER;
			father += l->code == LEGAL_TPR_FATHER;
		}
		ck_assert_int_eq(mother, 1);
		ck_assert_int_eq(father, 1);
		if (e->discharge - e->removal > 60)
			ck_assert_int_eq(last->setting, SETTING_PREADOPTIVE);
	}
}

START_TEST(family__adoptions__come_after_the_rights_ended)
{
	each_family(check_adoptions);
}
END_TEST

static void
check_duties(const struct family *f)
{
	size_t i;

	for (i = 0; i < f->visits.n; i++) {
		const struct event *v = &f->visits.v[i];

		ck_assert_int_ge(v->date, f->episodes.v[v->episode].removal);
		ck_assert_int_lt(v->date, f->episodes.v[v->episode].discharge);
		ck_assert_int_ge(v->entered, v->date);
	}
	for (i = 1; i < f->meetings.n; i++)
		if (f->meetings.v[i].episode == f->meetings.v[i - 1].episode)
			ck_assert_int_gt(
			    f->meetings.v[i].date, f->meetings.v[i - 1].date);
}

START_TEST(family__duties__lie_in_their_episode)
{
	each_family(check_duties);
}
END_TEST

static void
check_siblings(const struct family *f)
{
	size_t i, k;

	for (i = 0; i < f->n; i++)
		for (k = 0; k < i; k++) {
			int32_t apart =
			    abs(f->children[i].birth - f->children[k].birth);

			/* In large families the draws may run out. */
			ck_assert(apart == 0 || apart > 300 || f->n > 3);
		}
}

START_TEST(family__siblings__are_twins_or_ten_months_apart)
{
	each_family(check_siblings);
}
END_TEST

/* The same family again, in another struct and after others. */
START_TEST(family__make__is_the_same_again)
{
	struct family other = {0};
	uint32_t n = world.families / 2;

	while (!world_month(&world, n)->removed)
		n++;
	n = world_month(&world, n)->first;
	family_make(&other, &world, n);
	family_details(&other, &world);
	family_make(&family, &world, n + 1);
	family_details(&family, &world);
	family_make(&family, &world, n);
	family_details(&family, &world);
	ck_assert_uint_gt(other.episodes.n, 0);
	ck_assert_uint_eq(other.placements.n, family.placements.n);
	ck_assert_mem_eq(other.placements.v, family.placements.v,
	    other.placements.n * sizeof(*other.placements.v));
	ck_assert_uint_eq(other.visits.n, family.visits.n);
	ck_assert_mem_eq(other.visits.v, family.visits.v,
	    other.visits.n * sizeof(*other.visits.v));
	family_free(&other);
}
END_TEST

/* 13,000 children in care are about 5,100 entries of 1.86 children a year. */
START_TEST(world__plan__scales_with_the_children)
{
	uint32_t removed = 0;
	size_t i;

	for (i = world.n - 12; i < world.n; i++)
		removed += world.months[i].removed;
	/* 300 / 13,000 of 5,700 * 0.938 / 1.86, a family more or less. */
	ck_assert_uint_ge(removed, 65);
	ck_assert_uint_le(removed, 67);
}
END_TEST

/* 1,372,092 children in 2024, of which 300 / 13,000, two percent around. */
START_TEST(world__population__scales_with_the_children)
{
	int sum = 0, i;

	for (i = 0; i < WORLD_COUNTIES; i++)
		sum += world_population(&world, i, 2024);
	ck_assert_int_gt(sum, 31030);
	ck_assert_int_lt(sum, 32300);
}
END_TEST

START_TEST(world__ffy__begins_in_october)
{
	ck_assert_int_eq(world_ffy(date_make(2012, 9, 30)), 2012);
	ck_assert_int_eq(world_ffy(date_make(2012, 10, 1)), 2013);
	ck_assert_int_eq(world_ffy_start(2013), date_make(2012, 10, 1));
	ck_assert_int_eq(world.start, date_make(2008, 10, 1));
}
END_TEST

int
main(void)
{
	Suite *s = suite_create("family");
	TCase *t = tcase_create("family");

	tcase_add_checked_fixture(t, set_up, tear_down);
	tcase_set_timeout(t, 120);
	tcase_add_test(t, family__episodes__follow_each_other);
	tcase_add_test(t, family__placements__cover_each_episode);
	tcase_add_test(t, family__adoptions__come_after_the_rights_ended);
	tcase_add_test(t, family__duties__lie_in_their_episode);
	tcase_add_test(t, family__siblings__are_twins_or_ten_months_apart);
	tcase_add_test(t, family__make__is_the_same_again);
	tcase_add_test(t, world__plan__scales_with_the_children);
	tcase_add_test(t, world__population__scales_with_the_children);
	tcase_add_test(t, world__ffy__begins_in_october);
	suite_add_tcase(s, t);
	return unit_run(s);
}
