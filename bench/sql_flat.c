#include "sql_flat.h"

#include <stdlib.h>

#include "base/buf.h"
#include "base/date.h"
#include "sql_text.h"

#define WINDOW_COLS 12

void
flat_push(struct cells *c, int64_t v)
{
	grow(&c->at, &c->cap, c->n + 1, sizeof *c->at);
	c->at[c->n++] = v;
}

int64_t
flat_day(const struct facts *f, enum facts_column c, uint32_t row)
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
	int64_t v = flat_day(f, c, row);

	flat_push(to, v);
	flat_push(to, v == FLAT_FIRST ? 0 : date_pack((int32_t)v));
}

void
flat_birth(struct cells *c, int32_t birth)
{
	bool known = birth != DATE_MISSING;

	flat_push(c, known ? birth : DATE_LAST);
	flat_push(c, known ? date_birthday(birth, 18) : FLAT_FIRST);
}

int64_t
flat_county(const struct facts *f, enum facts_column c, uint32_t row)
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

	flat_push(to, date_known(prev) ? prev : FLAT_FIRST);
	flat_push(to, date_known(prev) ? date_pack(prev) : 0);
}

static void
push_removal(struct cells *c, const struct facts *f, uint32_t r)
{
	int32_t birth = facts_i32(f, FACTS_REMOVAL_BIRTH)[r];
	int32_t custody = facts_i32(f, FACTS_REMOVAL_CUSTODY)[r];
	int32_t due = date_addmonths(custody, 6);

	flat_push(c, r);
	flat_push(c, facts_u32(f, FACTS_REMOVAL_CHILD)[r]);
	flat_push(c, flat_county(f, FACTS_REMOVAL_PATH_IN, r));
	flat_push(c, flat_county(f, FACTS_REMOVAL_PATH_OUT, r));
	push_day(c, f, FACTS_REMOVAL_DATE, r);
	push_previous(c, f, r);
	push_day(c, f, FACTS_REMOVAL_DISCHARGE, r);
	flat_push(c, facts_u8(f, FACTS_REMOVAL_WHY_OUT)[r]);
	flat_birth(c, birth);
	flat_push(
	    c, birth == DATE_MISSING ? 0 : date_pack(date_birthday(birth, 18)));
	push_day(c, f, FACTS_REMOVAL_THV, r);
	push_day(c, f, FACTS_REMOVAL_NEXT_DATE, r);
	push_day(c, f, FACTS_REMOVAL_CUSTODY, r);
	flat_push(c, date_known(due) ? due : FLAT_FIRST);
	flat_push(c, flat_day(f, FACTS_REMOVAL_FIRST, r));
	flat_push(c, facts_i32(f, FACTS_REMOVAL_SETTINGS)[r]);
	push_day(c, f, FACTS_REMOVAL_FREE, r);
	flat_push(c, facts_u16(f, FACTS_REMOVAL_COUNT)[r]);
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
		flat_push(c, child);
		flat_push(c, start[i]);
		flat_push(c, until);
		flat_push(c, flat_county(f, FACTS_ASSIGN_PATH, i));
	}
}

static void
push_review(struct cells *c, const struct facts *f, uint32_t row)
{
	int32_t date = facts_i32(f, FACTS_MEETING_DATE)[row];

	if (!facts_u8(f, FACTS_MEETING_PPRT)[row] || !date_known(date) ||
	    date > facts_about(f)->data_through)
		return;
	flat_push(c, facts_u32(f, FACTS_MEETING_CHILD)[row]);
	flat_push(c, date);
	flat_push(c, date_addmonths(date, 6));
}

static void
push_move(struct cells *c, const struct facts *f, uint32_t row)
{
	uint32_t removal = facts_u32(f, FACTS_PLACEMENT_REMOVAL)[row];
	int32_t start = facts_i32(f, FACTS_PLACEMENT_START)[row];

	if (removal == FACTS_NO_ROW ||
	    !facts_u8(f, FACTS_PLACEMENT_MOVE)[row] ||
	    start <= facts_i32(f, FACTS_REMOVAL_DATE)[removal])
		return;
	flat_push(c, removal);
	flat_push(c, start);
}

bool
flat_table(const struct flat *to, const char *table, struct cells *c, int cols,
    struct err *err)
{
	bool ok =
	    to->ops->load(to->db, table, c->at, c->n / (size_t)cols, cols, err);

	c->n = 0;
	return ok;
}

bool
flat_each(const struct flat *to, const struct facts *f,
    const struct flat_rows *tables, struct cells *c, struct err *err)
{
	bool ok = true;

	for (const struct flat_rows *t = tables; ok && t->name != NULL; t++) {
		for (uint32_t row = 0; row < facts_rows(f, t->of); row++)
			t->push(c, f, row);
		ok = flat_table(to, t->name, c, t->cols, err);
	}
	return ok;
}

static bool
fill(const struct flat *to, const struct facts *f, struct err *err)
{
	static const struct flat_rows tables[] = {
	    {"removals", FACTS_REMOVAL, 26, push_removal},
	    {"assigned", FACTS_CHILD, 4, push_spells},
	    {"reviews", FACTS_MEETING, 3, push_review},
	    {"moves", FACTS_PLACEMENT, 2, push_move},
	    {NULL},
	};
	struct cells c = {0};
	bool ok = flat_each(to, f, tables, &c, err) &&
		  flat_care(to, f, &c, err) && flat_reports(to, f, &c, err);

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

		flat_push(&c, (int64_t)i);
		flat_push(&c, from);
		flat_push(&c, date_pack(from));
		flat_push(&c, till);
		flat_push(&c, date_pack(till));
		flat_push(&c, date_addmonths(from, -6));
		flat_push(&c, date_addmonths(from, -12));
		flat_push(&c, date_addmonths(from, 6));
		flat_push(&c, date_addmonths(till, 12));
		flat_push(&c, sql_year(&windows[i]));
		flat_push(&c, sql_month_from(&windows[i]));
		flat_push(&c, sql_month_to(&windows[i]));
	}
	ok = to->ops->exec(to->db, "DROP TABLE IF EXISTS windows", err) &&
	     exec_file(to, "windows.sql", err) &&
	     flat_table(to, "windows", &c, WINDOW_COLS, err);
	free(c.at);
	return ok && (to->ops->tune == NULL ||
			 to->ops->exec(to->db, "ANALYZE windows", err));
}
