/* The CSV reader and writer against RFC 4180 and its edges. */
#include "base/csv.h"

#include <stdlib.h>
#include <string.h>

#include "lib/unit.h"

/* A source of text that gives at most step bytes at a time. */
struct text {
	const char *at;
	size_t left, step;
};

static long
text_read(void *arg, void *p, size_t n)
{
	struct text *t = arg;

	if (n > t->step)
		n = t->step;
	if (n > t->left)
		n = t->left;
	memcpy(p, t->at, n);
	t->at += n;
	t->left -= n;
	return (long)n;
}

/* Each record as LINE:[field][field], with step bytes a read. */
static char *
dump(const char *s, size_t len, size_t step, struct err *err)
{
	struct text t = {s, len, step};
	struct csv *csv = csv_new(text_read, &t);
	const struct csv_field *fields;
	struct buf out = {0};
	size_t n;
	int got;

	buf_str(&out, "");
	while ((got = csv_next(csv, &fields, &n, err)) > 0) {
		buf_printf(&out, "%d:", (int)csv_line(csv));
		for (size_t i = 0; i < n; i++) {
			buf_char(&out, '[');
			buf_add(&out, fields[i].s, fields[i].len);
			buf_char(&out, ']');
		}
	}
	if (got < 0)
		buf_printf(&out, "!%s", err->text);
	else
		ck_assert_uint_eq(csv_bytes(csv), len);
	csv_free(csv);
	return buf_take(&out);
}

static const struct {
	const char *in, *out;
} cases[] = {
    {"", ""},
    {"a", "1:[a]"},
    {"a,b\nc,d\n", "1:[a][b]2:[c][d]"},
    {"a,b\r\nc,d", "1:[a][b]2:[c][d]"},
    {"a\rb\rc", "1:[a]2:[b]3:[c]"},
    {"\xef\xbb\xbf\"a\",b\n", "1:[a][b]"},
    {"\xef\xbb", "1:[\xef\xbb]"},
    {"\n\nx\n", "1:[]2:[]3:[x]"},
    {"a\r\n\r\nb", "1:[a]2:[]3:[b]"},
    {",\n", "1:[][]"},
    {",", "1:[][]"},
    {"\"\"", "1:[]"},
    {"  a , b ", "1:[  a ][ b ]"},
    {"\"a,\"\"b\"\"\",c", "1:[a,\"b\"][c]"},
    {"a\"b,c", "1:[a\"b][c]"},
    {"\"x\ny\",1\nz", "1:[x\ny][1]3:[z]"},
    {"\"x\r\ny\",1\r\nz", "1:[x\r\ny][1]3:[z]"},
    {"\"x\ry\"\nz", "1:[x\ry]3:[z]"},
    {"a\n\"b\nc", "1:[a]!line 2: a quote that is never closed"},
    {"a\n\"b\"c\n", "1:[a]!line 2: text after a closing quote"},
};

START_TEST(csv__next__reads_each_case_at_any_step)
{
	static const size_t steps[] = {1, 2, 3, 7, 65536};
	struct err err;

	for (size_t i = 0; i < sizeof steps / sizeof *steps; i++) {
		char *got =
		    dump(cases[_i].in, strlen(cases[_i].in), steps[i], &err);

		ck_assert_str_eq(got, cases[_i].out);
		free(got);
	}
}
END_TEST

START_TEST(csv__next__refuses_a_nul_byte)
{
	struct err err;
	char *got = dump("a\nb\0c\n", 6, 9, &err);

	ck_assert_str_eq(got, "1:[a]!line 2: a NUL byte");
	ck_assert_int_eq(err.code, ERR_FORMAT);
	free(got);
}
END_TEST

START_TEST(csv__next__bounds_a_record)
{
	size_t len = (1u << 20) + (1u << 17);
	char *big = xmalloc(len);
	struct err err;
	char *got;

	memset(big, 'x', len);
	got = dump(big, len, 65536, &err);
	ck_assert_str_eq(got, "!line 1: a record of over 1 MiB");
	free(got);
	memset(big, ',', len);
	got = dump(big, len, 65536, &err);
	ck_assert_str_eq(got, "!line 1: a record of over 1 MiB");
	free(got);
	free(big);
}
END_TEST

START_TEST(csv__open__names_a_missing_file)
{
	struct csv *csv;
	struct err err;

	ck_assert(!csv_open(&csv, "/nonexistent/x.csv", &err));
	ck_assert_int_eq(err.code, ERR_IO);
	ck_assert_ptr_nonnull(strstr(err.text, "/nonexistent/x.csv"));
}
END_TEST

static const struct {
	const char *in, *plain, *safe;
} writes[] = {
    {"", "", ""},
    {"a b", "a b", "a b"},
    {"a,b", "\"a,b\"", "\"a,b\""},
    {"say \"x\"", "\"say \"\"x\"\"\"", "\"say \"\"x\"\"\""},
    {"two\nlines", "\"two\nlines\"", "\"two\nlines\""},
    {"=1+2", "=1+2", "'=1+2"},
    {"@x", "@x", "'@x"},
    {"-", "-", "'-"},
    {"-1-2", "-1-2", "'-1-2"},
    {"-12.5", "-12.5", "-12.5"},
    {"+3", "+3", "+3"},
    {"-1.", "-1.", "'-1."},
    {"\tx", "\tx", "'\tx"},
    {"\r", "\"\r\"", "\"'\r\""},
};

START_TEST(csv__put__quotes_and_guards)
{
	struct buf out = {0};
	size_t len = strlen(writes[_i].in);

	csv_put(&out, true, writes[_i].in, len);
	ck_assert_str_eq(buf_text(&out), writes[_i].plain);
	buf_reset(&out);
	csv_put_safe(&out, true, writes[_i].in, len);
	ck_assert_str_eq(buf_text(&out), writes[_i].safe);
	buf_free(&out);
}
END_TEST

START_TEST(csv__put__round_trips)
{
	struct buf out = {0};
	struct err err;
	char *got;

	csv_put(&out, true, "a,\"\r\n", 5);
	csv_put(&out, false, " ", 1);
	csv_end(&out, true);
	csv_put(&out, true, "", 0);
	csv_end(&out, false);
	got = dump(out.data, out.len, 1, &err);
	ck_assert_str_eq(got, "1:[a,\"\r\n][ ]3:[]");
	free(got);
	buf_free(&out);
}
END_TEST

int
main(void)
{
	Suite *s = suite_create("csv");
	TCase *t = tcase_create("csv");

	tcase_add_loop_test(t, csv__next__reads_each_case_at_any_step, 0,
	    sizeof cases / sizeof *cases);
	tcase_add_test(t, csv__next__refuses_a_nul_byte);
	tcase_add_test(t, csv__next__bounds_a_record);
	tcase_add_test(t, csv__open__names_a_missing_file);
	tcase_add_loop_test(
	    t, csv__put__quotes_and_guards, 0, sizeof writes / sizeof *writes);
	tcase_add_test(t, csv__put__round_trips);
	suite_add_tcase(s, t);
	return unit_run(s);
}
