/* The files as a reader finds them. */
#include "synth/synth.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/csv.h"
#include "base/date.h"
#include "base/file.h"
#include "base/json.h"
#include "lib/unit.h"
#include "proto/extract.h"

#define LARGEST ((size_t)64 << 20)

static char dir[64];

static void
set_up(void)
{
	strcpy(dir, "synth_test.XXXXXX");
	ck_assert_ptr_nonnull(mkdtemp(dir));
}

static void
empty(const char *path)
{
	DIR *d = opendir(path);
	struct dirent *e;

	while (d != NULL && (e = readdir(d)) != NULL) {
		char *sub = file_join(path, e->d_name, NULL);

		if (strcmp(e->d_name, ".") != 0 &&
		    strcmp(e->d_name, "..") != 0 && unlink(sub) != 0)
			empty(sub);
		free(sub);
	}
	if (d != NULL)
		closedir(d);
	rmdir(path);
}

static void
tear_down(void)
{
	empty(dir);
}

static void
invent(const char *sub, uint64_t seed, int threads, unsigned parts)
{
	char *out = file_join(dir, sub, NULL);
	struct synth_options o;
	struct err err;

	synth_defaults(&o);
	o.out = out;
	o.seed = seed;
	o.threads = threads;
	o.parts = parts;
	o.children = 60;
	o.years = 6;
	o.through = date_make(2024, 3, 31);
	if (!synth_write(&o, &err))
		ck_abort_msg("%s", err.text);
	free(out);
}

static void
slurp(struct buf *b, const char *sub, const char *name)
{
	char *path = file_join(dir, sub, name, NULL);
	struct err err;

	if (!file_read(b, path, LARGEST, &err))
		ck_abort_msg("%s", err.text);
	free(path);
}

static bool
same(const char *a, const char *b, const char *name)
{
	struct buf x = {0}, y = {0};
	bool equal;

	slurp(&x, a, name);
	slurp(&y, b, name);
	equal = x.len == y.len && memcmp(x.data, y.data, x.len) == 0;
	buf_free(&x);
	buf_free(&y);
	return equal;
}

static const char *const files[] = {"manifest.json", "org.csv", "children.csv",
    "removals.csv", "placements.csv", "assignments.csv", "visits.csv",
    "reports.csv", "report_children.csv", "federal/afcars1993-2020B.txt",
    "federal/afcars2020-2023B.xml", "federal/ncands-2021.txt"};

START_TEST(synth__write__is_the_same_with_any_threads)
{
	size_t i;

	invent("a", 7, 1, SYNTH_ALL);
	invent("b", 7, 3, SYNTH_ALL);
	for (i = 0; i < sizeof(files) / sizeof(files[0]); i++)
		ck_assert_msg(same("a", "b", files[i]), "%s", files[i]);
}
END_TEST

START_TEST(synth__write__differs_by_seed)
{
	invent("a", 7, 2, SYNTH_EXTRACT);
	invent("b", 8, 2, SYNTH_EXTRACT);
	ck_assert(!same("a", "b", "removals.csv"));
	ck_assert(!same("a", "b", "manifest.json"));
}
END_TEST

START_TEST(synth__write__leaves_out_what_is_not_asked)
{
	char *path;

	invent("a", 7, 2, SYNTH_EXTRACT);
	path = file_join(dir, "a", "federal", NULL);
	ck_assert(!file_exists(path));
	free(path);
	invent("b", 7, 2, SYNTH_NCANDS);
	path = file_join(dir, "b", "manifest.json", NULL);
	ck_assert(!file_exists(path));
	free(path);
}
END_TEST

/* The manifest's rows and hashes, counted and hashed again. */
START_TEST(synth__manifest__tells_rows_and_hashes)
{
	struct buf b = {0};
	const cJSON *files_of, *file;
	struct err err;
	cJSON *json;

	invent("a", 7, 2, SYNTH_EXTRACT);
	slurp(&b, "a", "manifest.json");
	json = json_parse(b.data, b.len, LARGEST, &err);
	ck_assert_ptr_nonnull(json);
	ck_assert_str_eq(json_get_string(json, "data_through"), "2024-03-31");
	ck_assert(cJSON_IsTrue(cJSON_GetObjectItem(json, "invented")));
	files_of = cJSON_GetObjectItem(json, "files");
	ck_assert_int_eq(cJSON_GetArraySize(files_of), EXTRACT_COUNT - 1);
	cJSON_ArrayForEach(file, files_of)
	{
		const char *name = json_get_string(file, "name");
		char *path = file_join(dir, "a", name, NULL), hex[FILE_HASH];
		const struct csv_field *f;
		struct csv *csv;
		int64_t rows = -1, said;
		size_t n;

		ck_assert(file_hash(path, hex, &err));
		ck_assert_str_eq(json_get_string(file, "sha256"), hex);
		ck_assert(csv_open(&csv, path, &err));
		while (csv_next(csv, &f, &n, &err) == 1)
			rows++;
		csv_free(csv);
		ck_assert(json_get_int(file, "rows", &said));
		ck_assert_int_eq(said, rows);
		free(path);
	}
	cJSON_Delete(json);
	buf_free(&b);
}
END_TEST

/* --- the tree ------------------------------------------------------------ */

static bool
has_line(const struct buf *b, const char *line)
{
	return strstr(b->data, line) != NULL;
}

START_TEST(synth__org__is_right_on_its_days)
{
	struct buf b = {0};

	invent("a", 7, 2, SYNTH_EXTRACT);
	slurp(&b, "a", "org.csv");
	ck_assert(has_line(&b, "\nC23,NE,circuit,Circuit 23,public,,"
			       "1990-01-01,2019-09-01\n"));
	ck_assert(has_line(&b, "\nC23,SE,circuit,Circuit 23,public,,"
			       "2019-09-01,\n"));
	ck_assert(has_line(&b, "\n29213,C38,county,Taney,public,29213,"
			       "1990-01-01,2017-01-01\n"));
	ck_assert(has_line(&b, "\n29213,C46,county,Taney,public,29213,"
			       "2017-01-01,\n"));
	ck_assert(has_line(&b, "\nC46,SW,circuit,Circuit 46,public,,"
			       "2017-01-01,\n"));
	ck_assert(has_line(&b, "\n29510,C22,county,St. Louis City,public,"
			       "29510,1990-01-01,\n"));
	buf_free(&b);
}
END_TEST

static int
rows_with(const struct buf *b, const char *word)
{
	const char *at = b->data;
	int n = 0;

	while ((at = strstr(at, word)) != NULL) {
		n++;
		at++;
	}
	return n;
}

/* 6 regions; 46 circuits, three of which moved; 115 counties, one moved. */
START_TEST(synth__org__has_every_county)
{
	struct buf b = {0};

	invent("a", 7, 2, SYNTH_EXTRACT);
	slurp(&b, "a", "org.csv");
	ck_assert_int_eq(rows_with(&b, ",region,"), 6);
	ck_assert_int_eq(rows_with(&b, ",circuit,"), 46 + 3);
	ck_assert_int_eq(rows_with(&b, ",county,"), 115 + 1);
	buf_free(&b);
}
END_TEST

/* --- federal files ------------------------------------------------------- */

/* "@", a summary that the records bear out, records of 197 characters. */
START_TEST(synth__afcars1993__is_a_transmission)
{
	struct buf b = {0};
	unsigned records = 0, said, ages[20] = {0}, i;
	int32_t end = date_make(2020, 9, 30);
	const char *r;

	invent("a", 7, 2, SYNTH_AFCARS1993);
	slurp(&b, "a", "federal/afcars1993-2020B.txt");
	ck_assert_uint_gt(b.len, 10 * 198);
	ck_assert_uint_eq((b.len - 176) % 198, 0);
	for (r = b.data + 176; *r != '\0'; r += 198) {
		int year, month, day, age;

		records++;
		ck_assert_int_eq(r[197], '\n');
		ck_assert_mem_eq(r, "29202009", 8);
		if (sscanf(r + 33, "%4d%2d%2d", &year, &month, &day) != 3 ||
		    r[33] == ' ')
			continue;
		age = date_years(date_make(year, month, day), end);
		if (age >= 0)
			ages[age > 19 ? 19 : age]++;
	}
	ck_assert_int_eq(sscanf(b.data, "@%8u202009", &said), 1);
	ck_assert_uint_eq(said, records);
	for (i = 0; i < 20; i++) {
		ck_assert_int_eq(sscanf(b.data + 15 + 8 * i, "%8u", &said), 1);
		ck_assert_uint_eq(said, ages[i]);
	}
	buf_free(&b);
}
END_TEST

START_TEST(synth__ncands__has_records_of_338)
{
	struct buf b = {0};
	size_t i;

	invent("a", 7, 2, SYNTH_NCANDS);
	slurp(&b, "a", "federal/ncands-2021.txt");
	ck_assert_uint_gt(b.len, 100 * 339);
	ck_assert_uint_eq(b.len % 339, 0);
	for (i = 0; i < b.len; i += 339) {
		ck_assert_mem_eq(b.data + i, "2021MOR", 7);
		ck_assert_int_eq(b.data[i + 338], '\n');
	}
	buf_free(&b);
}
END_TEST

/* A discharge in the 1993 file is the extract's. */
START_TEST(synth__afcars1993__agrees_with_the_extract)
{
	struct buf b = {0}, removals = {0};
	int compared = 0;
	const char *r;

	invent("a", 7, 2, SYNTH_EXTRACT | SYNTH_AFCARS1993);
	slurp(&b, "a", "federal/afcars1993-2020B.txt");
	slurp(&removals, "a", "removals.csv");
	for (r = b.data + 176; *r != '\0'; r += 198) {
		char start[32], out[16];
		const char *line, *found;

		if (r[168] == ' ')
			continue;
		snprintf(start, sizeof(start), "\n%.12s,%.4s-%.2s-%.2s,",
		    r + 13, r + 75, r + 79, r + 81);
		snprintf(out, sizeof(out), ",%.4s-%.2s-%.2s,", r + 168, r + 172,
		    r + 174);
		line = strstr(removals.data, start);
		ck_assert_msg(line != NULL, "%s", start);
		found = strstr(line, out);
		ck_assert_msg(found != NULL && found < strchr(line + 1, '\n'),
		    "%s%s", start, out);
		compared++;
	}
	ck_assert_int_gt(compared, 5);
	buf_free(&b);
	buf_free(&removals);
}
END_TEST

/* Nobody comes into care in a state so small; there are files all the same. */
START_TEST(synth__write__takes_the_smallest_state)
{
	struct synth_options o;
	struct buf b = {0};
	struct err err;

	synth_defaults(&o);
	o.out = dir;
	o.children = 1;
	o.years = 1;
	ck_assert(synth_write(&o, &err));
	slurp(&b, ".", "removals.csv");
	ck_assert_int_eq(strncmp(b.data, "child_id,", 9), 0);
	buf_free(&b);
}
END_TEST

START_TEST(synth__write__refuses_nonsense)
{
	struct synth_options o;
	struct err err;

	synth_defaults(&o);
	o.out = dir;
	o.children = 0;
	ck_assert(!synth_write(&o, &err));
	ck_assert_int_eq(err.code, ERR_BAD_VALUE);
}
END_TEST

/* The folder's place is taken by a file. */
START_TEST(synth__write__says_what_it_cannot_write)
{
	struct synth_options o;
	struct err err;
	char *path = file_join(dir, "taken", NULL);

	ck_assert(file_replace(path, "x", 1, &err));
	synth_defaults(&o);
	o.out = path;
	o.children = 10;
	ck_assert(!synth_write(&o, &err));
	ck_assert_ptr_nonnull(strstr(err.text, "taken"));
	free(path);
}
END_TEST

int
main(void)
{
	Suite *s = suite_create("synth");
	TCase *t = tcase_create("files");

	tcase_add_checked_fixture(t, set_up, tear_down);
	tcase_set_timeout(t, 120);
	tcase_add_test(t, synth__write__is_the_same_with_any_threads);
	tcase_add_test(t, synth__write__differs_by_seed);
	tcase_add_test(t, synth__write__leaves_out_what_is_not_asked);
	tcase_add_test(t, synth__manifest__tells_rows_and_hashes);
	tcase_add_test(t, synth__org__is_right_on_its_days);
	tcase_add_test(t, synth__org__has_every_county);
	tcase_add_test(t, synth__afcars1993__is_a_transmission);
	tcase_add_test(t, synth__ncands__has_records_of_338);
	tcase_add_test(t, synth__afcars1993__agrees_with_the_extract);
	tcase_add_test(t, synth__write__takes_the_smallest_state);
	tcase_add_test(t, synth__write__refuses_nonsense);
	tcase_add_test(t, synth__write__says_what_it_cannot_write);
	suite_add_tcase(s, t);
	return unit_run(s);
}
