/* Draws: sizes, spread, reproducibility, replacements, tampering. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "lib/unit.h"
#include "poms/sample.h"

static const struct sample_rule rule = {.current_all = 6,
    .current_least = 6,
    .current_percent = 10,
    .current_most = 15,
    .discharged = 3,
    .discharged_months = 12,
    .staff = 5,
    .medication = 2,
    .reserves = -1,
    .interview_age = 5};

static struct frame_row rows[400];
static char keys[400][16];
static size_t rows_n;

static struct frame
frame(void)
{
	return (struct frame){
	    rows, rows_n, date_make(2011, 10, 1), date_make(2012, 9, 30)};
}

static struct frame_row *
add(enum unit unit, int number, const char *site, const char *department)
{
	struct frame_row *r = &rows[rows_n];

	snprintf(keys[rows_n], sizeof *keys, "%s%03d", unit_word(unit), number);
	*r = (struct frame_row){.unit = unit,
	    .key = keys[rows_n++],
	    .site = site,
	    .department = department,
	    .left = date_make(2012, 6, 1),
	    .hired = date_make(2005, 1, 1)};
	return r;
}

static void
current(int n)
{
	rows_n = 0;
	for (int i = 0; i < n; i++)
		add(UNIT_CC, i, "s1", "dcfs");
}

/* All up to 6; else a tenth, rounded up, at least 6 and at most 15. */
static const struct {
	int placed, drawn;
} sizes[] = {{0, 0}, {1, 1}, {6, 6}, {7, 6}, {59, 6}, {60, 6}, {61, 7},
    {100, 10}, {101, 11}, {150, 15}, {400, 15}};

START_TEST(sample__draw__size)
{
	struct sample s;
	struct frame f;
	struct err err;

	current(sizes[_i].placed);
	f = frame();
	ck_assert_int_eq(sample_size(&rule, sizes[_i].placed), sizes[_i].drawn);
	ck_assert(sample_draw(&s, &rule, &f, 7, &err));
	ck_assert_int_eq(sample_account(&s, UNIT_CC).drawn, sizes[_i].drawn);
	ck_assert_int_eq(sample_account(&s, UNIT_CC).reserves_left,
	    sizes[_i].placed - sizes[_i].drawn);
	sample_free(&s);
}
END_TEST

/* The eight-bed home of poms.md: 6 placed, all interviewed, 3 discharged
 * files; 4 of 4 staff files. */
START_TEST(sample__draw__the_published_home)
{
	struct sample s;
	struct frame f;
	struct err err;

	current(6);
	for (int i = 0; i < 5; i++)
		add(UNIT_CD, i, "", "");
	add(UNIT_CD, 9, "", "")->left =
	    date_make(2011, 9, 30); /* too long ago */
	for (int i = 0; i < 4; i++)
		add(UNIT_SF, i, "", "");
	f = frame();
	ck_assert(sample_draw(&s, &rule, &f, 2015, &err));
	ck_assert_int_eq(sample_account(&s, UNIT_CC).drawn, 6);
	ck_assert_int_eq(sample_account(&s, UNIT_CD).drawn, 3);
	ck_assert_int_eq(sample_account(&s, UNIT_CD).reserves_left, 2);
	ck_assert_ptr_null(sample_find(&s, UNIT_CD, "CD009"));
	ck_assert_int_eq(sample_account(&s, UNIT_SF).drawn, 4);
	sample_free(&s);
}
END_TEST

static int
drawn_at(const struct sample *s, const char *site, const char *department)
{
	int n = 0;

	for (size_t i = 0; i < rows_n; i++) {
		const struct pick *p =
		    sample_find(s, rows[i].unit, rows[i].key);

		n += p->drawn == DRAWN_SAMPLE &&
		     strcmp(rows[i].site, site) == 0 &&
		     strcmp(rows[i].department, department) == 0;
	}
	return n;
}

/* 50 children: 30 at one site (24 dcfs, 6 probation), 20 at another; 6 seats.
 * Shares 2.88, 0.72, 2.40: whole parts 2, 0, 2; the two seats left go to the
 * remainders .88 and .72. */
START_TEST(sample__draw__largest_remainder)
{
	struct sample s;
	struct frame f;
	struct err err;

	rows_n = 0;
	for (int i = 0; i < 50; i++)
		add(UNIT_CC, i, i < 30 ? "a" : "b",
		    i >= 24 && i < 30 ? "probation" : "dcfs");
	f = frame();
	for (uint64_t seed = 0; seed < 50; seed++) {
		ck_assert(sample_draw(&s, &rule, &f, seed, &err));
		ck_assert_int_eq(drawn_at(&s, "a", "dcfs"), 3);
		ck_assert_int_eq(drawn_at(&s, "a", "probation"), 1);
		ck_assert_int_eq(drawn_at(&s, "b", "dcfs"), 2);
		sample_free(&s);
	}
}
END_TEST

/* The roster's order does not matter; the seed does. */
START_TEST(promise_23__draw__is_the_seeds)
{
	struct sample a, b, c;
	struct frame_row row;
	struct frame f;
	struct err err;
	int same = 0;

	current(40);
	f = frame();
	ck_assert(sample_draw(&a, &rule, &f, 99, &err));
	for (int i = 0; i < 20; i++) {
		row = rows[i];
		rows[i] = rows[39 - i];
		rows[39 - i] = row;
	}
	ck_assert(sample_draw(&b, &rule, &f, 99, &err));
	ck_assert(sample_draw(&c, &rule, &f, 100, &err));
	ck_assert_uint_eq(a.n, b.n);
	for (size_t i = 0; i < a.n; i++) {
		ck_assert_str_eq(a.picks[i].key, b.picks[i].key);
		ck_assert_int_eq(a.picks[i].drawn, b.picks[i].drawn);
		same += strcmp(a.picks[i].key, c.picks[i].key) == 0;
	}
	ck_assert_int_lt(same, 20);
	sample_free(&a);
	sample_free(&b);
	sample_free(&c);
}
END_TEST

/* Each of 40 children is drawn about as often as another: 6 of 40 in 4,000
 * draws is 600; five standard deviations are 113. */
START_TEST(sample__draw__is_fair)
{
	int drawn[40] = {0};
	struct sample s;
	struct frame f;
	struct err err;

	current(40);
	f = frame();
	for (uint64_t seed = 0; seed < 4000; seed++) {
		ck_assert(sample_draw(&s, &rule, &f, seed, &err));
		for (size_t i = 0; i < s.n; i++)
			drawn[atoi(s.picks[i].key + 2)] +=
			    s.picks[i].drawn == DRAWN_SAMPLE;
		sample_free(&s);
	}
	for (int i = 0; i < 40; i++)
		ck_assert_int_lt(abs(drawn[i] - 600), 113);
}
END_TEST

/* One hired in the period and one social worker are among the staff. */
START_TEST(sample__draw__staff)
{
	struct sample s;
	struct frame f;
	struct err err;

	rows_n = 0;
	for (int i = 0; i < 40; i++)
		add(UNIT_SF, i, "", "");
	rows[17].hired = date_make(2012, 3, 1);
	rows[31].social_worker = true;
	f = frame();
	for (uint64_t seed = 0; seed < 30; seed++) {
		ck_assert(sample_draw(&s, &rule, &f, seed, &err));
		ck_assert_int_eq(sample_account(&s, UNIT_SF).drawn, 5);
		ck_assert_int_eq(
		    sample_find(&s, UNIT_SF, "SF017")->drawn, DRAWN_SAMPLE);
		ck_assert_int_eq(
		    sample_find(&s, UNIT_SF, "SF031")->drawn, DRAWN_SAMPLE);
		sample_free(&s);
	}
}
END_TEST

START_TEST(sample__draw__medication)
{
	struct sample s;
	struct frame f;
	struct err err;

	current(200);
	for (int i = 0; i < 4; i++)
		rows[i].psychotropic = true;
	f = frame();
	for (uint64_t seed = 0; seed < 60; seed++) {
		struct sample_account a;
		int takes = 0;

		ck_assert(sample_draw(&s, &rule, &f, seed, &err));
		a = sample_account(&s, UNIT_CC);
		for (size_t i = 0; i < s.n; i++)
			takes += s.picks[i].drawn == DRAWN_SAMPLE &&
				 atoi(s.picks[i].key + 2) < 4;
		ck_assert_int_eq(a.drawn, 15);
		ck_assert_int_eq(a.medication, takes > 0 ? 0 : 2);
		if (takes == 0) { /* the first two of the roster */
			ck_assert_int_eq(
			    sample_find(&s, UNIT_CC, "CC000")->drawn,
			    DRAWN_MEDICATION);
			ck_assert_int_eq(
			    sample_find(&s, UNIT_CC, "CC001")->drawn,
			    DRAWN_MEDICATION);
		}
		sample_free(&s);
	}
}
END_TEST

/* --- replacing --- */

static const char *
first(const struct sample *s, enum drawn drawn)
{
	for (size_t i = 0; i < s->n; i++)
		if (s->picks[i].drawn == drawn && s->picks[i].order == 1)
			return s->picks[i].key;
	return "";
}

START_TEST(sample__replace__takes_the_next_reserve)
{
	struct sample s;
	struct frame f;
	const char *in;
	char reserve[65], gone[65];
	struct err err;

	current(10);
	f = frame();
	ck_assert(sample_draw(&s, &rule, &f, 5, &err));
	snprintf(reserve, sizeof reserve, "%s", first(&s, DRAWN_RESERVE));
	snprintf(gone, sizeof gone, "%s", first(&s, DRAWN_SAMPLE));
	ck_assert(!sample_replace(&s, UNIT_CC, gone, "  ", &in, &err));
	ck_assert(!sample_replace(&s, UNIT_CC, reserve, "why", &in, &err));
	ck_assert(sample_replace(&s, UNIT_CC, gone, "in hospital", &in, &err));
	ck_assert_str_eq(in, reserve);
	ck_assert_int_eq(sample_account(&s, UNIT_CC).drawn, 6);
	ck_assert_int_eq(sample_account(&s, UNIT_CC).replaced, 1);
	ck_assert(!sample_replace(&s, UNIT_CC, gone, "again", &in, &err));
	ck_assert(sample_verify(&s, &rule, &f, &err));
	for (int i = 0; i < 3; i++)
		ck_assert(sample_replace(&s, UNIT_CC, in, "gone", &in, &err));
	ck_assert(!sample_replace(&s, UNIT_CC, in, "gone", &in, &err));
	ck_assert_msg(sample_verify(&s, &rule, &f, &err), "%s", err.text);
	sample_free(&s);
}
END_TEST

START_TEST(promise_23__verify__finds_tampering)
{
	struct sample s;
	struct frame f;
	struct pick *p = NULL, *q = NULL;
	struct err err;

	current(30);
	f = frame();
	ck_assert(sample_draw(&s, &rule, &f, 5, &err));
	ck_assert(sample_add(&s, UNIT_CC, "CC999", "asked to", &err));
	ck_assert(sample_verify(&s, &rule, &f, &err));
	for (size_t i = 0; i < s.n; i++) {
		p = s.picks[i].drawn == DRAWN_SAMPLE ? &s.picks[i] : p;
		q = s.picks[i].drawn == DRAWN_RESERVE ? &s.picks[i] : q;
	}
	if (p == NULL || q == NULL)
		ck_abort_msg("nothing was drawn");
	/* A reserve picked freely, out of order. */
	p->drawn = DRAWN_REPLACED;
	strcpy(p->instead, q->key);
	q->drawn = DRAWN_SAMPLE;
	strcpy(q->why, "liked better");
	ck_assert(!sample_verify(&s, &rule, &f, &err));
	p->drawn = DRAWN_SAMPLE;
	q->drawn = DRAWN_RESERVE;
	ck_assert(sample_verify(&s, &rule, &f, &err));
	s.seed++;
	ck_assert(!sample_verify(&s, &rule, &f, &err));
	s.seed--;
	q->drawn = DRAWN_SAMPLE; /* came in for nobody: more than were drawn */
	ck_assert(!sample_verify(&s, &rule, &f, &err));
	q->drawn = DRAWN_RESERVE;
	p->drawn = DRAWN_REPLACED; /* and nobody stands in */
	p->instead[0] = '\0';
	ck_assert(!sample_verify(&s, &rule, &f, &err));
	sample_free(&s);
}
END_TEST

/* Each home of a child that was drawn is visited once. */
START_TEST(sample__homes__of_the_children_drawn)
{
	const char *homes[10];
	struct sample s;
	struct frame f;
	struct err err;

	rows_n = 0;
	for (int i = 0; i < 6; i++)
		add(UNIT_CC, i, i % 2 ? "h1" : "h2", "dcfs");
	add(UNIT_SF, 1, "h3", "");
	f = frame();
	ck_assert(sample_draw(&s, &rule, &f, 3, &err));
	ck_assert_uint_eq(sample_homes(&s, &f, homes, 10), 2);
	ck_assert_str_ne(homes[0], homes[1]);
	sample_free(&s);
}
END_TEST

int
main(void)
{
	Suite *s = suite_create("sample");
	TCase *c = tcase_create("samples");

	tcase_add_loop_test(
	    c, sample__draw__size, 0, (int)(sizeof sizes / sizeof *sizes));
	tcase_add_test(c, sample__draw__the_published_home);
	tcase_add_test(c, sample__draw__largest_remainder);
	tcase_add_test(c, promise_23__draw__is_the_seeds);
	tcase_add_test(c, sample__draw__is_fair);
	tcase_add_test(c, sample__draw__staff);
	tcase_add_test(c, sample__draw__medication);
	tcase_add_test(c, sample__homes__of_the_children_drawn);
	tcase_add_test(c, sample__replace__takes_the_next_reserve);
	tcase_add_test(c, promise_23__verify__finds_tampering);
	suite_add_tcase(s, c);
	return unit_run(s);
}
