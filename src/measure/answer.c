#include "measure/answer.h"

#include <string.h>

#include "base/date.h"
#include "measure/clones.h" /* last: see there */

#define BATCH 512
#define FEW 24 /* rows that are sooner counted than searched */

/* How many rows of the range are not after the day: days ascend. */
static uint32_t
rows_until(const int32_t *days, struct facts_range r, int32_t day)
{
	uint32_t n = 0;

	if (r.end - r.first <= FEW) {
		for (uint32_t i = r.first; i < r.end; i++)
			n += days[i] <= day;
		return n;
	}
	while (r.first < r.end) {
		uint32_t middle = r.first + (r.end - r.first) / 2;
		bool until = days[middle] <= day;

		n += until ? middle + 1 - r.first : 0;
		r.first = until ? middle + 1 : r.first;
		r.end = until ? r.end : middle;
	}
	return n;
}

/* The rows of assignments in force for children on days; FACTS_NO_ROW. */
struct assigned {
	uint32_t child[BATCH], row[BATCH];
	int32_t day[BATCH];
	uint32_t n;
};

static void
assigned_find(struct assigned *a, const struct facts *facts)
{
	const int32_t *start = facts_i32(facts, FACTS_ASSIGN_START);
	const int32_t *stop = facts_i32(facts, FACTS_ASSIGN_STOP);
	struct facts_range r[BATCH];

	facts_child_ranges(facts, FACTS_ASSIGN, a->child, a->n, r);
	for (uint32_t i = 0; i < a->n; i++)
		__builtin_prefetch(&start[r[i].first]);
	for (uint32_t i = 0; i < a->n; i++) {
		uint32_t n = rows_until(start, r[i], a->day[i]);

		a->row[i] = n > 0 ? r[i].first + n - 1 : FACTS_NO_ROW;
		__builtin_prefetch(&stop[r[i].first + n - (n > 0)]);
	}
	for (uint32_t i = 0; i < a->n; i++)
		if (a->row[i] != FACTS_NO_ROW &&
		    (stop[a->row[i]] < a->day[i] || !date_known(a->day[i])))
			a->row[i] = FACTS_NO_ROW;
}

/* What is still to be asked: which of the rows, and about whom. */
struct asking {
	const struct answer_ask *ask;
	const uint32_t *rows;
	const int32_t *days;
	const uint32_t *child; /* of the subject's rows; NULL: they are it */
	uint32_t *paths;
	uint32_t at[BATCH];
	struct assigned assigned;
};

static void
remember(struct path_memo *memo, const struct facts *facts, uint32_t row)
{
	/* Its last day is asked for afresh, so that "to" can be never. */
	*memo = (struct path_memo){
	    .from = facts_i32(facts, FACTS_ASSIGN_START)[row],
	    .to = facts_i32(facts, FACTS_ASSIGN_STOP)[row],
	    .path = facts_u32(facts, FACTS_ASSIGN_PATH)[row]};
}

static void
asking_flush(struct asking *a)
{
	const struct answer_ask *ask = a->ask;
	const uint32_t *path = facts_u32(ask->facts, FACTS_ASSIGN_PATH);

	assigned_find(&a->assigned, ask->facts);
	for (uint32_t i = 0; i < a->assigned.n; i++) {
		uint32_t row = a->assigned.row[i];

		a->paths[a->at[i]] = row == FACTS_NO_ROW ? 0 : path[row];
		if (ask->memo != NULL && row != FACTS_NO_ROW)
			remember(
			    &ask->memo[a->rows[a->at[i]]], ask->facts, row);
	}
	a->assigned.n = 0;
}

static void
asking_add(struct asking *a, uint32_t i)
{
	const struct path_memo *memo = a->ask->memo;
	uint32_t row = a->rows[i], n = a->assigned.n++;

	a->at[n] = i;
	a->assigned.child[n] = a->child != NULL ? a->child[row] : row;
	a->assigned.day[n] = a->days[i];
	if (memo != NULL && memo[row].from <= a->days[i] &&
	    a->days[i] < memo[row].to) {
		a->paths[i] = memo[row].path;
		a->assigned.n--;
	}
	if (a->assigned.n == BATCH)
		asking_flush(a);
}

/* Of removals, the days on which the child came and left are known, and since
 * when it was who answered last. */
static void
removal_paths(struct asking *a, uint32_t n)
{
	const struct facts *f = a->ask->facts;
	const int32_t through = facts_about(f)->data_through;
	const int32_t *since = facts_i32(f, FACTS_REMOVAL_PATH_SINCE);
	const int32_t *in = facts_i32(f, FACTS_REMOVAL_DATE);
	const int32_t *out = facts_i32(f, FACTS_REMOVAL_DISCHARGE);
	const uint32_t *path_in = facts_u32(f, FACTS_REMOVAL_PATH_IN);
	const uint32_t *path_out = facts_u32(f, FACTS_REMOVAL_PATH_OUT);

	for (uint32_t i = 0; i < n; i++) {
		uint32_t row = a->rows[i];
		int32_t end = date_known(out[row]) ? out[row] : through;

		if (a->days[i] == in[row])
			a->paths[i] = path_in[row];
		else if (a->days[i] == out[row] ||
			 (a->days[i] >= since[row] && a->days[i] <= end))
			a->paths[i] = path_out[row];
		else
			asking_add(a, i);
	}
}

/* Rows that follow each other, as reports of a period do. */
static bool
are_neighbours(const uint32_t *rows, uint32_t n)
{
	uint32_t other = 0;

	for (uint32_t i = 0; i < n; i++)
		other |= rows[i] ^ (rows[0] + i);
	return other == 0;
}

enum facts_column
answer_column(enum over over, enum unit_at at)
{
	enum facts_column own = overs[over].path;

	if (over == OVER_REMOVAL)
		return at == UNIT_AT_REMOVAL	 ? FACTS_REMOVAL_PATH_IN
		       : at == UNIT_AT_DISCHARGE ? FACTS_REMOVAL_PATH_OUT
						 : 0;
	return own != 0 && facts_column_info(own)->table == overs[over].table
		   ? own
		   : 0;
}

/* Where the day is always that of the removal, or of the discharge: who left
 * on the day of coming has one path for both. */
static void
removal_ends(const struct asking *a, uint32_t n)
{
	const uint32_t *path =
	    facts_u32(a->ask->facts, answer_column(OVER_REMOVAL, a->ask->at));

	if (n > 0 && are_neighbours(a->rows, n)) {
		memcpy(a->paths, path + a->rows[0], n * sizeof *path);
		return;
	}
	for (uint32_t i = 0; i < n; i++)
		a->paths[i] = path[a->rows[i]];
}

/* What knows the path itself, or is of a report or a case that does. */
static void
own_paths(const struct asking *a, uint32_t n)
{
	const struct facts *f = a->ask->facts;
	const struct over_info *o = &overs[a->ask->over];
	const uint32_t *path = facts_u32(f, o->path), *by = NULL;
	uint32_t rows = facts_rows(f, facts_column_info(o->path)->table);

	for (int i = 0; i < o->sees_n; i++)
		if (o->sees[i].by != 0 &&
		    o->sees[i].table == facts_column_info(o->path)->table)
			by = facts_u32(f, o->sees[i].by);
	if (by == NULL && n > 0 && are_neighbours(a->rows, n)) {
		memcpy(a->paths, path + a->rows[0], n * sizeof *path);
		return;
	}
	for (uint32_t i = 0; i < n; i++) {
		uint32_t row = by != NULL ? by[a->rows[i]] : a->rows[i];

		a->paths[i] = row < rows ? path[row] : 0;
	}
}

void
answer_paths(const struct answer_ask *ask, const uint32_t *rows,
    const int32_t *days, uint32_t n, uint32_t *paths)
{
	struct asking a;

	a.ask = ask;
	a.rows = rows;
	a.days = days;
	a.paths = paths;
	a.child = overs[ask->over].child != 0
		      ? facts_u32(ask->facts, overs[ask->over].child)
		      : NULL;
	a.assigned.n = 0;
	if (ask->over == OVER_REMOVAL && ask->at != UNIT_AT_DAY)
		removal_ends(&a, n);
	else if (ask->over == OVER_REMOVAL)
		removal_paths(&a, n);
	else if (overs[ask->over].path != 0)
		own_paths(&a, n);
	else if (over_has_child(ask->over))
		for (uint32_t i = 0; i < n; i++)
			asking_add(&a, i);
	else
		memset(paths, 0, n * sizeof *paths);
	asking_flush(&a);
}

/* The assignment in force for a row's child on a day, until another is. */
static void
last_find(
    struct path_last *last, const struct asking *a, uint32_t row, int32_t day)
{
	const struct facts *f = a->ask->facts;
	const int32_t *start = facts_i32(f, FACTS_ASSIGN_START);
	const int32_t *stop = facts_i32(f, FACTS_ASSIGN_STOP);
	struct facts_range r = facts_child_rows(
	    f, FACTS_ASSIGN, a->child != NULL ? a->child[row] : row);
	uint32_t n = rows_until(start, r, day), at = r.first + n - 1;

	/* Its last day is asked for afresh, so that "to" can be never. */
	*last = (struct path_last){.row = row, .from = day, .to = day};
	if (n == 0 || stop[at] < day || !date_known(day))
		return;
	last->to = stop[at];
	if (at + 1 < r.end && start[at + 1] < last->to)
		last->to = start[at + 1];
	last->path = facts_u32(f, FACTS_ASSIGN_PATH)[at];
}

static void
child_lanes(const struct asking *a, uint32_t n, struct path_last *last)
{
	const struct facts *f = a->ask->facts;
	bool removals = a->ask->over == OVER_REMOVAL;
	const int32_t *in = facts_i32(f, FACTS_REMOVAL_DATE);
	const int32_t *out = facts_i32(f, FACTS_REMOVAL_DISCHARGE);

	for (uint32_t i = 0; i < n; i++) {
		uint32_t row = a->rows[i];
		int32_t day = a->days[i];

		if (removals && day == in[row]) {
			a->paths[i] = facts_u32(f, FACTS_REMOVAL_PATH_IN)[row];
			continue;
		}
		if (removals && day == out[row]) {
			a->paths[i] = facts_u32(f, FACTS_REMOVAL_PATH_OUT)[row];
			continue;
		}
		if (last->row != row || day < last->from || day >= last->to)
			last_find(last, a, row, day);
		a->paths[i] = last->path;
	}
}

void
answer_lanes(const struct answer_ask *ask, const struct answer_some *some,
    struct path_last *last)
{
	struct asking a;

	if ((ask->over == OVER_REMOVAL && ask->at != UNIT_AT_DAY) ||
	    overs[ask->over].path != 0 || !over_has_child(ask->over)) {
		answer_paths(ask, some->rows, some->days, some->n, some->paths);
		return;
	}
	a.ask = ask;
	a.rows = some->rows;
	a.days = some->days;
	a.paths = some->paths;
	a.child = overs[ask->over].child != 0
		      ? facts_u32(ask->facts, overs[ask->over].child)
		      : NULL;
	child_lanes(&a, some->n, last);
}
