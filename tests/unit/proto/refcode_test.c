/* Reference codes: what is written is read again, and slips are noticed. */
#include "proto/refcode.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "base/rng.h"
#include "lib/unit.h"

static const char signs[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/* As most figures are: a year of months at a unit. */
static const struct refcode usual = {
    .kind = REFCODE_REPORT,
    .salt = 5,
    .subject = 0xabc,
    .version = 0x1234,
    .generation = 19,
    .mark = 0x5a,
    .as_of = DATE_NEVER,
    .placed = true,
    .node = 0x12345,
};

static struct refcode
usual_code(void)
{
	struct refcode r = usual;

	r.from = date_make(2024, 10, 1);
	r.to = date_make(2025, 9, 30);
	return r;
}

static void
same(const struct refcode *a)
{
	char text[REFCODE_TEXT], again[REFCODE_TEXT];
	struct refcode b;
	struct err err;

	refcode_write(a, text);
	ck_assert_msg(refcode_read(&b, text, &err), "%s: %s", text, err.text);
	ck_assert_str_eq(refcode_write(&b, again), text);
	ck_assert_int_eq(a->kind, b.kind);
	ck_assert_uint_eq(a->subject, b.subject);
	ck_assert_uint_eq(a->version, b.version);
	ck_assert_uint_eq(a->generation, b.generation);
	ck_assert_uint_eq(a->mark, b.mark);
	ck_assert_int_eq(a->from, b.from);
	ck_assert_int_eq(a->to, b.to);
	ck_assert_int_eq(a->as_of, b.as_of);
	ck_assert_int_eq(a->placed, b.placed);
	ck_assert_uint_eq(a->node, b.node);
	ck_assert_int_eq(a->view, b.view);
	ck_assert_int_eq(a->trend, b.trend);
	ck_assert_int_eq(a->by_n, b.by_n);
	ck_assert_int_eq(a->where_n, b.where_n);
	for (int i = 0; i < a->where_n; i++) {
		ck_assert_uint_eq(a->where[i].attribute, b.where[i].attribute);
		ck_assert_uint_eq(a->where[i].value, b.where[i].value);
	}
	ck_assert_int_eq(a->compares, b.compares);
	ck_assert_uint_eq(a->other.generation, b.other.generation);
	ck_assert_int_eq(a->compares ? a->other.as_of : 0, b.other.as_of);
	ck_assert_int_eq(a->peered, b.peered);
	ck_assert_uint_eq(a->peers, b.peers);
	ck_assert_uint_eq(a->peers_version, b.peers_version);
}

/* Worked out apart from the program, bit by bit: printed codes stay valid. */
START_TEST(refcode__write__is_as_on_paper)
{
	struct refcode r = usual_code();
	char text[REFCODE_TEXT];

	ck_assert_str_eq(
	    refcode_write(&r, text), "1PNW-4HMK-1B98-7GC8-J6H8-SR");
}
END_TEST

START_TEST(refcode__read__forgives_looks)
{
	struct refcode r;
	struct err err;

	ck_assert(refcode_read(&r, "ipnw4hmk lb98 7gc8-j6h8-sr", &err));
	ck_assert_uint_eq(r.node, 0x12345);
	ck_assert(refcode_is("1PNW-4HMK-1B98-7GC8-J6H8-SR"));
	ck_assert(!refcode_is("jackson county"));
	ck_assert(!refcode_is("p1"));
	ck_assert(!refcode_is(""));
	ck_assert(!refcode_is("00"));
	ck_assert(!refcode_is("-"));
	ck_assert(!refcode_is("0000000000000000"));
}
END_TEST

START_TEST(refcode__size__is_for_reading_aloud)
{
	struct refcode r = usual_code();
	char text[REFCODE_TEXT];

	ck_assert_uint_eq(strlen(refcode_write(&r, text)), 22 + 5);
	r.by_n = 1;
	r.where_n = 1;
	/* A breakdown and a filter on top: 30 signs. */
	ck_assert_uint_le(strlen(refcode_write(&r, text)), 32 + 7);
}
END_TEST

START_TEST(refcode__kinds_of_parts__come_back)
{
	struct refcode r = usual_code();

	same(&r);
	r.placed = false;
	r.node = 0;
	same(&r);
	r.from = date_make(2024, 10, 2);
	same(&r);
	r.from = r.to = DATE_FIRST;
	same(&r);
	r.to = DATE_LAST;
	same(&r);
	r.from = r.to = DATE_MISSING;
	r.as_of = date_make(2026, 2, 28);
	r.generation = UINT32_MAX;
	same(&r);
	r.kind = REFCODE_LIST;
	r.view = 15;
	r.trend = 120;
	same(&r);
	r.by_n = 2;
	r.by[0] = 1023;
	r.by[1] = 1;
	r.where_n = REFCODE_FILTERS;
	for (int i = 0; i < REFCODE_FILTERS; i++)
		r.where[i] =
		    (struct refcode_filter){(uint32_t)i, i % 2 == 0, 1000};
	same(&r);
	r.compares = true;
	r.other = (struct refcode_side){7, 3, DATE_NEVER};
	same(&r);
	r.other.as_of = date_make(2020, 2, 29);
	same(&r);
	for (int kind = REFCODE_REPORT; kind < REFCODE_KINDS; kind++) {
		r.kind = (enum refcode_kind)kind;
		same(&r);
	}
	r.kind = REFCODE_COMPARE;
	r.peered = true;
	r.peers = 0xfff;
	r.peers_version = 0x1abc;
	same(&r);
}
END_TEST

/* Every wrong sign, every two neighbours that changed places, and random pairs
 * of wrong signs are noticed. */
START_TEST(refcode__slips__are_noticed)
{
	struct refcode r = usual_code(), read;
	struct rng rng;
	char text[REFCODE_TEXT], slip[REFCODE_TEXT];
	struct err err;
	size_t n;

	rng_seed(&rng, 7);
	refcode_write(&r, text);
	n = strlen(text);
	for (size_t i = 0; i < n; i++) {
		for (size_t k = 0; text[i] != '-' && signs[k] != '\0'; k++) {
			if (signs[k] == text[i])
				continue;
			strcpy(slip, text);
			slip[i] = signs[k];
			ck_assert(!refcode_read(&read, slip, &err));
			ck_assert_int_eq(err.code, ERR_BAD_VALUE);
		}
		strcpy(slip, text);
		slip[i] = text[i + 1];
		slip[i + 1] = text[i];
		if (i + 1 < n && slip[i] != '-' && slip[i + 1] != '-' &&
		    slip[i] != text[i])
			ck_assert(!refcode_is(slip));
	}
	for (int i = 0; i < 20000; i++) {
		size_t a = rng_below(&rng, (uint32_t)n);
		size_t b = rng_below(&rng, (uint32_t)n);
		strcpy(slip, text);
		if (text[a] == '-' || text[b] == '-')
			continue;
		slip[a] = signs[rng_below(&rng, 32)];
		slip[b] = signs[rng_below(&rng, 32)];
		ck_assert(strcmp(slip, text) == 0 || !refcode_is(slip));
	}
	text[n - 1] = '\0';
	ck_assert(!refcode_is(text));
}
END_TEST

START_TEST(refcode__hash__spreads)
{
	int seen[16] = {0};
	char word[16];

	for (int i = 0; i < 1600; i++) {
		snprintf(word, sizeof word, "W%04d", i);
		seen[refcode_hash(0, word, 4)]++;
	}
	for (int i = 0; i < 16; i++)
		ck_assert_int_gt(seen[i], 50);
	ck_assert_uint_ne(refcode_hash(0, "p1", 20), refcode_hash(1, "p1", 20));
	ck_assert_uint_lt(refcode_hash(3, "a", 8), 256);
}
END_TEST

int
main(void)
{
	Suite *s = suite_create("refcode");
	TCase *t = tcase_create("refcode");

	tcase_add_test(t, refcode__write__is_as_on_paper);
	tcase_add_test(t, refcode__read__forgives_looks);
	tcase_add_test(t, refcode__size__is_for_reading_aloud);
	tcase_add_test(t, refcode__kinds_of_parts__come_back);
	tcase_add_test(t, refcode__slips__are_noticed);
	tcase_add_test(t, refcode__hash__spreads);
	suite_add_tcase(s, t);
	return unit_run(s);
}
