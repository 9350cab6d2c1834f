#include "sql_flat.h"

#include <stdlib.h>

#include "base/buf.h"
#include "base/date.h"
#include "sql_text.h"

#define COLS 22
#define WINDOW_COLS 7

struct cells {
	int64_t *at;
	size_t n, cap;
};

static void
push(struct cells *c, int64_t v)
{
	grow(&c->at, &c->cap, c->n + 1, sizeof *c->at);
	c->at[c->n++] = v;
}

/* What happens after the last day of data has not happened. */
static int64_t
day_of(const struct facts *f, enum facts_column c, uint32_t row)
{
	int32_t v = facts_i32(f, c)[row];

	if (v == DATE_MISSING)
		return FLAT_FIRST;
	if (facts_column_info(c)->absent == FACTS_NEVER &&
	    v > facts_about(f)->data_through)
		return DATE_NEVER;
	return v;
}

static void
push_day(
    struct cells *to, const struct facts *f, enum facts_column c, uint32_t row)
{
	int64_t v = day_of(f, c, row);

	push(to, v);
	push(to, v == FLAT_FIRST ? 0 : date_pack((int32_t)v));
}

static int64_t
county_of(const struct facts *f, enum facts_column c, uint32_t row)
{
	uint32_t path = facts_u32(f, c)[row];

	return path == FACTS_NO_ROW
		   ? INT64_C(-1)
		   : (int64_t)facts_path_node(f, path, LEVEL_COUNTY);
}

/* A first removal has none before it: earlier than all. */
static void
push_previous(struct cells *to, const struct facts *f, uint32_t r)
{
	int32_t prev = facts_i32(f, FACTS_REMOVAL_PREV_DATE)[r];

	push(to, date_known(prev) ? prev : FLAT_FIRST);
	push(to, date_known(prev) ? date_pack(prev) : 0);
}

static void
push_removal(struct cells *c, const struct facts *f, uint32_t r)
{
	int32_t birth = facts_i32(f, FACTS_REMOVAL_BIRTH)[r];
	int32_t custody = facts_i32(f, FACTS_REMOVAL_CUSTODY)[r];
	int32_t due = date_addmonths(custody, 6);

	push(c, r);
	push(c, facts_u32(f, FACTS_REMOVAL_CHILD)[r]);
	push(c, county_of(f, FACTS_REMOVAL_PATH_IN, r));
	push(c, county_of(f, FACTS_REMOVAL_PATH_OUT, r));
	push_day(c, f, FACTS_REMOVAL_DATE, r);
	push_previous(c, f, r);
	push_day(c, f, FACTS_REMOVAL_DISCHARGE, r);
	push(c, facts_u8(f, FACTS_REMOVAL_WHY_OUT)[r]);
	push(c, birth == DATE_MISSING ? DATE_LAST : birth);
	push(c, birth == DATE_MISSING ? FLAT_FIRST : date_birthday(birth, 18));
	push_day(c, f, FACTS_REMOVAL_THV, r);
	push_day(c, f, FACTS_REMOVAL_NEXT_DATE, r);
	push_day(c, f, FACTS_REMOVAL_CUSTODY, r);
	push(c, date_known(due) ? due : FLAT_FIRST);
	push(c, day_of(f, FACTS_REMOVAL_FIRST, r));
	push(c, facts_i32(f, FACTS_REMOVAL_SETTINGS)[r]);
}

/* Each spell until the next one begins, or the day after its last. */
static void
push_spells(struct cells *c, const struct facts *f, uint32_t child)
{
	struct facts_range r = facts_child_rows(f, FACTS_ASSIGN, child);
	const int32_t *start = facts_i32(f, FACTS_ASSIGN_START);
	const int32_t *stop = facts_i32(f, FACTS_ASSIGN_STOP);

	for (uint32_t i = r.first; i < r.end; i++) {
		int32_t until =
		    stop[i] == DATE_NEVER ? DATE_NEVER : stop[i] + 1;

		if (i + 1 < r.end && start[i + 1] < until)
			until = start[i + 1];
		push(c, child);
		push(c, start[i]);
		push(c, until);
		push(c, county_of(f, FACTS_ASSIGN_PATH, i));
	}
}

static void
push_reviews(struct cells *c, const struct facts *f)
{
	const int32_t *date = facts_i32(f, FACTS_MEETING_DATE);

	for (uint32_t i = 0; i < facts_rows(f, FACTS_MEETING); i++) {
		if (!facts_u8(f, FACTS_MEETING_PPRT)[i] ||
		    !date_known(date[i]) ||
		    date[i] > facts_about(f)->data_through)
			continue;
		push(c, facts_u32(f, FACTS_MEETING_CHILD)[i]);
		push(c, date[i]);
		push(c, date_addmonths(date[i], 6));
	}
}

static void
push_moves(struct cells *c, const struct facts *f)
{
	const uint32_t *removal = facts_u32(f, FACTS_PLACEMENT_REMOVAL);
	const int32_t *start = facts_i32(f, FACTS_PLACEMENT_START);
	const int32_t *in = facts_i32(f, FACTS_REMOVAL_DATE);

	for (uint32_t i = 0; i < facts_rows(f, FACTS_PLACEMENT); i++) {
		if (removal[i] == FACTS_NO_ROW ||
		    !facts_u8(f, FACTS_PLACEMENT_MOVE)[i] ||
		    start[i] <= in[removal[i]])
			continue;
		push(c, removal[i]);
		push(c, start[i]);
	}
}

static bool
load(const struct flat *to, const char *table, struct cells *c, int cols,
    struct err *err)
{
	bool ok =
	    to->ops->load(to->db, table, c->at, c->n / (size_t)cols, cols, err);

	c->n = 0;
	return ok;
}

static bool
fill(const struct flat *to, const struct facts *f, struct err *err)
{
	struct cells c = {0};
	bool ok;

	for (uint32_t r = 0; r < facts_rows(f, FACTS_REMOVAL); r++)
		push_removal(&c, f, r);
	ok = load(to, "removals", &c, COLS, err);
	for (uint32_t i = 0; i < facts_rows(f, FACTS_CHILD); i++)
		push_spells(&c, f, i);
	ok = ok && load(to, "assigned", &c, 4, err);
	push_reviews(&c, f);
	ok = ok && load(to, "reviews", &c, 3, err);
	push_moves(&c, f);
	ok = ok && load(to, "moves", &c, 2, err);
	free(c.at);
	return ok;
}

static bool
exec_file(const struct flat *to, const char *name, struct err *err)
{
	struct sql_words words;
	struct buf sql = {0};
	bool ok;

	sql_words_base(&words, to->ops);
	ok = sql_file(&sql, to->sql_dir, name, &words, err) &&
	     to->ops->exec(to->db, buf_text(&sql), err);
	buf_free(&sql);
	return ok;
}

bool
flat_load(const struct flat *to, const struct facts *facts, struct err *err)
{
	const struct bench_db *ops = to->ops;

	return exec_file(to, "table.sql", err) && fill(to, facts, err) &&
	       (!ops->indexed || exec_file(to, "index.sql", err)) &&
	       (ops->tune == NULL || ops->exec(to->db, ops->tune, err));
}

bool
flat_windows(const struct flat *to, const struct measure_period *windows,
    size_t n, struct err *err)
{
	struct cells c = {0};
	bool ok;

	for (size_t i = 0; i < n; i++) {
		int32_t from = windows[i].from, till = windows[i].to;

		push(&c, (int64_t)i);
		push(&c, from);
		push(&c, date_pack(from));
		push(&c, till);
		push(&c, date_pack(till));
		push(&c, date_addmonths(from, -6));
		push(&c, date_addmonths(from, -12));
	}
	ok = to->ops->exec(to->db, "DELETE FROM windows", err) &&
	     load(to, "windows", &c, WINDOW_COLS, err);
	free(c.at);
	return ok && (to->ops->tune == NULL ||
			 to->ops->exec(to->db, "ANALYZE windows", err));
}
