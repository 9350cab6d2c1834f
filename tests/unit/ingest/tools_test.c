/* The room's tools: streams of lines, known ids, half-years, counts, places. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/date.h"
#include "base/file.h"
#include "ingest/bytes.h"
#include "ingest/ids.h"
#include "ingest/period.h"
#include "ingest/places.h"
#include "ingest/tally.h"
#include "lib/unit.h"

/* Lines of every length around the window's edge, from a file. */
START_TEST(bytes__line__crosses_the_window)
{
	static const char *const eols[] = {"\n", "\r\n"};
	char path[] = "/tmp/hearth-bytes-XXXXXX";
	int fd = mkstemp(path);
	struct bytes b;
	struct err err;
	const char *s;
	size_t len, n = 0, expected = 0;
	bool complete = false;
	struct buf text = {0};

	for (size_t i = 0; text.len < 3 * BYTES_WINDOW; i++) {
		for (size_t k = 0; k < i % 199; k++)
			buf_char(&text, 'a');
		buf_str(&text, eols[i % 2]);
		expected++;
	}
	buf_str(&text, "end");
	ck_assert(file_write_all(fd, text.data, text.len, &err));
	close(fd);
	ck_assert(bytes_open(&b, path, &err));
	while (bytes_line(&b, &s, &len, &complete) && complete) {
		ck_assert_uint_eq(len, n % 199);
		ck_assert_uint_eq(b.line, ++n + 1);
	}
	ck_assert_uint_eq(n, expected);
	ck_assert(!complete && len == 3 && memcmp(s, "end", 3) == 0);
	ck_assert_uint_eq(b.taken, text.len);
	ck_assert(bytes_check(&b, &err));
	bytes_close(&b);
	unlink(path);
	buf_free(&text);
}
END_TEST

START_TEST(bytes__open__of_a_folder_fails_on_reading)
{
	struct bytes b;
	struct err err;

	ck_assert(bytes_open(&b, "/tmp", &err));
	ck_assert_uint_eq(bytes_want(&b, 1), 0);
	ck_assert(!bytes_check(&b, &err));
	ck_assert_int_eq(err.code, ERR_IO);
	bytes_close(&b);
}
END_TEST

START_TEST(ids__put__finds_each_again)
{
	struct ids ids;
	char id[16];

	ids_init(&ids);
	ck_assert_ptr_null(ids_find(&ids, "x", 1));
	for (int round = 0; round < 2; round++)
		for (int i = 0; i < 50000; i++) {
			int n = snprintf(id, sizeof id, "K%d", i);

			ck_assert_int_eq(
			    ids_put(&ids, id, (size_t)n, i), round == 0);
		}
	for (int i = 0; i < 50000; i++) {
		int n = snprintf(id, sizeof id, "K%d", i);
		const int32_t *value = ids_find(&ids, id, (size_t)n);

		ck_assert_ptr_nonnull(value);
		ck_assert_int_eq(*value, i);
	}
	ck_assert_ptr_null(ids_find(&ids, "K50000", 6));
	ids_fini(&ids);
}
END_TEST

static const struct {
	const char *text;
	int32_t period;
	const char *start, *end;
	int32_t next;
} periods[] = {
    {"201303", 201303, "2012-10-01", "2013-03-31", 201309},
    {"201309", 201309, "2013-04-01", "2013-09-30", 201403},
    {"201304", 0, NULL, NULL, 0},
    {"20130", 0, NULL, NULL, 0},
    {"201 03", 0, NULL, NULL, 0},
    {"000003", 0, NULL, NULL, 0},
};

START_TEST(period__parse__knows_half_years)
{
	const char *text = periods[_i].text;
	int32_t p = period_parse(text, strlen(text));
	char day[DATE_TEXT];

	ck_assert_int_eq(p, periods[_i].period);
	if (p == 0)
		return;
	ck_assert_str_eq(date_format(period_start(p), day), periods[_i].start);
	ck_assert_str_eq(date_format(period_end(p), day), periods[_i].end);
	ck_assert_int_eq(period_next(p), periods[_i].next);
}
END_TEST

/* AFCARS writes the year first, NCANDS last. */
START_TEST(period__days__in_both_orders)
{
	ck_assert_int_eq(day_ccyymmdd("20120229"), date_make(2012, 2, 29));
	ck_assert_int_eq(day_mmddyyyy("02292012"), date_make(2012, 2, 29));
	ck_assert_int_eq(day_ccyymmdd("20130229"), DATE_MISSING);
	ck_assert_int_eq(day_ccyymmdd("02292012"), DATE_MISSING);
	ck_assert_int_eq(day_mmddyyyy("20120229"), DATE_MISSING);
	ck_assert_int_eq(day_ccyymmdd("18491231"), DATE_MISSING);
	ck_assert_int_eq(day_ccyymmdd("2012 229"), DATE_MISSING);
}
END_TEST

START_TEST(tally__words__most_frequent_first)
{
	struct tally t = {0};
	struct buf words = {0};

	tally_add(&t, "DQ-A8", 2);
	tally_add(&t, "FC-22", 5);
	tally_add(&t, "FC-19", 2);
	tally_add(&t, "DQ-A8", 1);
	tally_sort(&t);
	tally_words(&t, 2, &words);
	ck_assert_str_eq(buf_text(&words), "FC-22 5, DQ-A8 3 ...");
	ck_assert_uint_eq(tally_total(&t), 10);
	buf_free(&words);
	tally_fini(&t);
}
END_TEST

START_TEST(places__node__is_a_county_or_nothing)
{
	struct places p = {0};
	char id[EXTRACT_ID + 1];

	places_node(&p, 29095, id);
	ck_assert_str_eq(id, "29095");
	places_node(&p, 6037, id);
	ck_assert_str_eq(id, "06037");
	places_node(&p, 29000, id);
	ck_assert_str_eq(id, "");
	places_node(&p, 95, id);
	ck_assert_str_eq(id, "");
	places_node(&p, 29002, id); /* of Missouri all are known */
	ck_assert_str_eq(id, "");
	places_node(&p, 99001, id);
	ck_assert_str_eq(id, "");
	places_node(&p, 29095, id);
	ck_assert_uint_eq(p.n, 2);
	ck_assert_int_eq(places_state("MO"), 29);
	ck_assert_int_eq(places_state("CA"), 6);
	ck_assert_int_eq(places_state("ZZ"), 0);
	ck_assert_int_eq(places_state("  "), 0);
	places_fini(&p);
}
END_TEST

int
main(void)
{
	Suite *s = suite_create("ingest tools");
	TCase *t = tcase_create("tools");

	tcase_add_test(t, bytes__line__crosses_the_window);
	tcase_add_test(t, bytes__open__of_a_folder_fails_on_reading);
	tcase_add_test(t, ids__put__finds_each_again);
	tcase_add_loop_test(t, period__parse__knows_half_years, 0,
	    sizeof periods / sizeof *periods);
	tcase_add_test(t, period__days__in_both_orders);
	tcase_add_test(t, tally__words__most_frequent_first);
	tcase_add_test(t, places__node__is_a_county_or_nothing);
	suite_add_tcase(s, t);
	return unit_run(s);
}
