/*
 * The snapshot: a file may hold anything and opening it harms nobody. The
 * first byte says how the rest is meant:
 *
 *   even  the rest is the file
 *   odd   the rest are changes to a small good file, five bytes each: where
 *         (four bytes, little endian) and what is xored there; from 3 on
 *         (byte & 2) the checksums are made good again, so that the checks
 *         behind them are reached
 */
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/date.h"
#include "facts/facts.h"
#include "facts/format.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static struct cell
text(const char *s)
{
	return (struct cell){CELL_EMPTY, s, strlen(s)};
}

static struct cell
number(int64_t n)
{
	return (struct cell){n, "", 0};
}

static void
clear(struct cell *c)
{
	for (int i = 0; i < EXTRACT_MAX_COLS; i++)
		c[i] = cell_empty();
}

static void
add_people(struct facts_builder *b)
{
	static const char *const ids[] = {"a", "b", "c"};
	struct cell c[EXTRACT_MAX_COLS];
	struct err err;

	for (int i = 0; i < 3; i++) {
		clear(c);
		c[0] = text(ids[i]);
		c[REMOVAL_COL_DATE] = number(15000 + 10 * i);
		facts_builder_add(b, EXTRACT_REMOVAL, c, &err);
		clear(c);
		c[0] = text(ids[i]);
		c[PLACEMENT_COL_START] = number(15000 + 10 * i);
		c[PLACEMENT_COL_SETTING] = number(SETTING_RELATIVE);
		facts_builder_add(b, EXTRACT_PLACEMENT, c, &err);
		clear(c);
		c[0] = text(ids[i]);
		c[ASSIGN_COL_NODE] = text("u");
		c[ASSIGN_COL_START] = number(15000);
		facts_builder_add(b, EXTRACT_ASSIGN, c, &err);
		clear(c);
		c[0] = text(ids[i]);
		c[VISITS_COL_DATE] = number(15001);
		c[VISITS_COL_KIND] = number(VISIT_WORKER);
		facts_builder_add(b, EXTRACT_VISITS, c, &err);
		clear(c);
		c[VICTIM_COL_REPORT] = text("r");
		c[VICTIM_COL_CHILD] = text(ids[i]);
		c[VICTIM_COL_DIED] = number(1 + i % 2);
		facts_builder_add(b, EXTRACT_VICTIM, c, &err);
		clear(c);
		c[CHILD_COL_ID] = text(ids[i]);
		c[CHILD_COL_SIBLINGS] = text("g");
		facts_builder_add(b, EXTRACT_CHILD, c, &err);
		clear(c);
		c[SERVED_COL_CASE] = text("k");
		c[SERVED_COL_CHILD] = text(ids[i]);
		facts_builder_add(b, EXTRACT_SERVED, c, &err);
		clear(c);
		c[SVISIT_COL_CASE] = text("k");
		c[SVISIT_COL_CHILD] = text(ids[i]);
		c[SVISIT_COL_DATE] = number(15002);
		facts_builder_add(b, EXTRACT_SVISIT, c, &err);
	}
}

/* A small good file, made once. */
static const struct buf *
good_file(void)
{
	static struct buf good;
	const struct facts_about about = {.generation = 1,
	    .data_through = 15100,
	    .agency = "A",
	    .source = "S"};
	struct cell c[EXTRACT_MAX_COLS];
	struct facts_builder *b;
	struct stat st;
	struct err err;
	int fd;

	if (good.len > 0)
		return &good;
	b = facts_builder_new(&about);
	clear(c);
	c[ORG_COL_NODE] = text("u");
	c[ORG_COL_LEVEL] = number(LEVEL_UNIT);
	c[ORG_COL_NAME] = text("Unit");
	facts_builder_add(b, EXTRACT_ORG, c, &err);
	clear(c);
	c[SERVICE_COL_ID] = text("k");
	c[SERVICE_COL_NODE] = text("u");
	c[SERVICE_COL_OPENED] = number(15000);
	facts_builder_add(b, EXTRACT_SERVICE, c, &err);
	add_people(b);
	fd = memfd_create("good", MFD_CLOEXEC);
	if (fd < 0 || !facts_builder_finish(b, fd, &err) || fstat(fd, &st) != 0)
		abort();
	buf_reserve(&good, (size_t)st.st_size);
	if (pread(fd, good.data, (size_t)st.st_size, 0) != st.st_size)
		abort();
	good.len = (size_t)st.st_size;
	close(fd);
	facts_builder_free(b);
	return &good;
}

static void
change(struct buf *file, const uint8_t *p, size_t n, bool seal)
{
	for (; n >= 5; p += 5, n -= 5) {
		size_t at = p[0] | (size_t)p[1] << 8 | (size_t)p[2] << 16 |
			    (size_t)p[3] << 24;

		file->data[at % file->len] ^= (char)p[4];
	}
	if (seal)
		facts_seal((uint8_t *)file->data, file->len);
}

/* Every value of every column, and every string. */
static uint64_t
read_columns(const struct facts *f)
{
	uint64_t sum = 0;

	for (int c = 0; c < FACTS_COLUMNS; c++) {
		const struct facts_column_info *info =
		    facts_column_info((enum facts_column)c);
		uint64_t length;
		const uint8_t *p = facts_section(f, c, &length);

		for (uint64_t i = 0; i < length; i++)
			sum += p[i];
		for (uint32_t i = 0;
		     info->type == FACTS_STR && i < facts_rows(f, info->table);
		     i++)
			sum += strlen(facts_str(f, (enum facts_column)c, i));
	}
	return sum;
}

/* What may be asked of a file that was not verified. */
static uint64_t
ask(const struct facts *f)
{
	uint64_t sum = facts_find_child(f, "b") + facts_find_node(f, "u");
	uint32_t n;

	for (uint32_t i = 0; i < facts_rows(f, FACTS_CHILD); i++) {
		facts_child_removals(f, i, &n);
		sum += n + facts_child_rows(f, FACTS_VISITS, i).end +
		       facts_child_rows(f, FACTS_SERVED, i).end +
		       facts_child_rows(f, FACTS_SVISIT, i).end +
		       facts_path_on(f, i, 15050);
	}
	for (uint32_t i = 0; i < facts_rows(f, FACTS_REMOVAL); i++)
		sum += facts_removal_placements(f, i).end;
	for (uint32_t i = 0; i < facts_rows(f, FACTS_NODE); i++)
		sum += facts_parent_on(f, i, 15050);
	return sum;
}

/* In a verified file every row number leads to a row. */
static uint64_t
follow(const struct facts *f)
{
	uint64_t sum = 0;

	for (uint32_t i = 0; i < facts_rows(f, FACTS_CHILD); i++) {
		uint32_t n, path = facts_path_on(f, i, 15050);
		const uint32_t *list = facts_child_removals(f, i, &n);

		for (uint32_t k = 0; k < n; k++)
			sum += facts_u32(f, FACTS_REMOVAL_CHILD)[list[k]];
		/* A ring comes back to where it began. */
		for (uint32_t k = facts_u32(f, FACTS_CHILD_SIBLING)[i];
		     k != FACTS_NO_ROW && k != i;
		     k = facts_u32(f, FACTS_CHILD_SIBLING)[k])
			sum++;
		for (int level = LEVEL_STATE; level <= LEVEL_WORKER; level++)
			sum += strlen(facts_str(f, FACTS_NODE_NAME,
			    facts_path_node(f, path, level)));
	}
	return sum;
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static volatile uint64_t sink __attribute__((unused));
	struct buf file = {0};
	struct facts *f;
	struct err err;
	int fd;

	if (size < 1)
		return 0;
	if (data[0] & 1) {
		const struct buf *good = good_file();

		buf_add(&file, good->data, good->len);
		change(&file, data + 1, size - 1, data[0] & 2);
	} else {
		buf_add(&file, data + 1, size - 1);
	}
	fd = memfd_create("fuzz", MFD_CLOEXEC);
	if (fd < 0 || write(fd, file.data, file.len) != (ssize_t)file.len)
		abort();
	if (facts_open_fd(&f, fd, &err)) {
		sink += read_columns(f) + ask(f);
		if (facts_verify(f, &err))
			sink += follow(f);
		facts_close(f);
	}
	close(fd);
	buf_free(&file);
	return 0;
}
