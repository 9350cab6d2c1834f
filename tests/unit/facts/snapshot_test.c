/* The file: its bytes, its layout, and what damage does to it. */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/date.h"
#include "base/rng.h"
#include "rig.h"

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

	rig_done();
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
		rig_add(mixed[i].table, mixed[i].text);
	rig_done();
	read_all(image, &one);
	for (size_t s = 0; s < sizeof steps / sizeof *steps; s++) {
		struct facts_builder *b = rig_new();
		int fd;

		buf_reset(&other);
		for (size_t i = 0; i < MIXED; i++) {
			size_t k = (i * steps[s] + 3) % MIXED;

			rig_give(b, mixed[k].table, mixed[k].text);
		}
		fd = rig_finish(b);
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
		rig_add(mixed[i].table, mixed[i].text);
	rig_done();
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
	rig_done();
	ck_assert_uint_eq(facts_rows(facts, FACTS_NODE) > 0, 1);
}
END_TEST

/* A damaged file is refused by open or by verify, and never crashes. */
START_TEST(facts__damage__anywhere_is_found)
{
	struct buf good = {0};
	struct err err = {0};
	size_t found = 0, tried = 0;

	for (size_t i = 0; i < MIXED; i++)
		rig_add(mixed[i].table, mixed[i].text);
	rig_done();
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
	Suite *s = suite_create("snapshot");
	TCase *t = tcase_create("snapshot");

	tcase_add_checked_fixture(t, rig_setup, rig_teardown);
	tcase_add_test(t, facts__other_version__is_refused_by_name);
	tcase_add_test(t, facts__bytes__do_not_depend_on_the_order_of_rows);
	tcase_add_test(t, facts__columns__are_aligned_and_padded);
	tcase_add_loop_test(
	    t, facts__any_rows__make_a_snapshot_that_holds_together, 0, 200);
	tcase_add_test(t, facts__damage__anywhere_is_found);
	suite_add_tcase(s, t);
	return unit_run(s);
}
