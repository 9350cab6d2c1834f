#include "measure/prog_frame.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"

static const void *
column_base(const struct facts *facts, enum facts_column c)
{
	switch (facts_column_info(c)->type) {
	case FACTS_I32:
	case FACTS_DAY:
	case FACTS_PACK:
	case FACTS_MINUTE:
		return facts_i32(facts, c);
	case FACTS_U16:
		return facts_u16(facts, c);
	case FACTS_U8:
	case FACTS_CODE:
		return facts_u8(facts, c);
	default:
		return facts_u32(facts, c);
	}
}

static void
frame_column(struct prog_frame *f, int i)
{
	/* What is read of an empty table is replaced by load_gaps(). */
	static const int32_t nothing[16];
	enum facts_column c = f->prog->ins[i].column;
	enum facts_table table = facts_column_info(c)->table;
	int k = over_sees(f->prog->over, table);

	f->columns[i] = facts_rows(f->facts, table) > 0
			    ? column_base(f->facts, c)
			    : nothing;
	f->sees[i] = (uint8_t)k;
	if (k == 0 || f->seen[k] != NULL)
		return;
	f->by[k] = facts_u32(f->facts, overs[f->prog->over].sees[k].by);
	f->seen[k] = xcalloc(PROG_VECTOR, sizeof *f->seen[k]);
}

/* Marks what the registers asked for are made of; all without any. */
static void
mark_live(bool *live, const struct prog_ask *ask)
{
	const struct prog_ins *ins = ask->prog->ins;

	for (int k = 0; k < ask->regs_n; k++)
		if (ask->regs[k] >= 0)
			live[ask->regs[k]] = true;
	for (int i = ask->prog->n - 1; i >= 0; i--) {
		const int from[] = {ins[i].a, ins[i].b, ins[i].c, ins[i].gate};

		live[i] |= ask->regs == NULL;
		for (int k = 0; k < 4 && live[i]; k++)
			if (from[k] >= 0)
				live[from[k]] = true;
	}
}

static bool
asks_months(const struct prog_frame *f)
{
	for (int i = 0; i < f->prog->n; i++)
		if (f->prog->ins[i].op == OP_CARE ||
		    f->prog->ins[i].op == OP_AMOUNT)
			return true;
	return false;
}

static int32_t
last_minute(int32_t day)
{
	int64_t minute = ((int64_t)day + 1) * DATE_MINUTES - 1;

	if (!date_known(day))
		return day;
	return minute >= NEVER ? NEVER : (int32_t)minute;
}

static struct prog_frame *
frame_empty(const struct prog_ask *ask)
{
	struct prog_frame *f = xcalloc(1, sizeof *f);
	size_t n = (size_t)ask->prog->n;

	f->prog = ask->prog;
	f->facts = ask->facts;
	f->period = *ask->period;
	f->as_of_packed = date_pack(f->period.as_of);
	f->as_of_minute = last_minute(f->period.as_of);
	f->todo = xcalloc(n + 1, sizeof *f->todo);
	f->scalar = xcalloc(n + 1, sizeof *f->scalar);
	f->columns = xcalloc(n + 1, sizeof *f->columns);
	f->sees = xcalloc(n + 1, sizeof *f->sees);
	f->registers = aligned_alloc(64, (n + 1) * PROG_VECTOR * 4);
	if (f->registers == NULL)
		abort();
	f->at = xcalloc(n + 1, sizeof *f->at);
	for (size_t r = 0; r <= n; r++)
		f->at[r] = reg_own(f, (int)r);
	return f;
}

/* Works out what is the same for every lane, once. */
static void
run_uniform(struct prog_frame *f, const bool *live, bool fixed, int lanes)
{
	f->todo_n = 0;
	for (int i = 0; i < f->prog->n; i++) {
		const struct prog_ins *in = &f->prog->ins[i];

		f->scalar[i] = in->uniform && !(fixed && in->period);
		if (live[i] && f->scalar[i])
			f->todo[f->todo_n++] = (uint16_t)i;
	}
	f->n = lanes;
	prog_step(f);
	f->todo_n = 0;
}

struct prog_frame *
prog_frame_open(const struct prog_ask *ask)
{
	struct prog_frame *f = frame_empty(ask);
	bool live[PROG_REGISTERS] = {false};

	mark_live(live, ask);
	if (!ask->fixed && asks_months(f))
		f->months = months_new(&f->period, &f->months_n);
	run_uniform(f, live, ask->fixed, PROG_VECTOR);
	for (int i = 0; i < f->prog->n; i++) {
		const struct prog_ins *in = &f->prog->ins[i];

		if (!live[i] || in->uniform || (ask->fixed && in->period))
			continue;
		f->todo[f->todo_n++] = (uint16_t)i;
		if (in->op <= OP_BITS)
			frame_column(f, i);
	}
	return f;
}

struct prog_frame *
prog_frame_new(const struct prog *p, const struct facts *facts,
    const struct measure_period *period)
{
	return prog_frame_open(
	    &(struct prog_ask){.prog = p, .facts = facts, .period = period});
}

int32_t
prog_value(const struct prog *p, const struct facts *facts,
    const struct measure_period *period, int r)
{
	struct prog_ask ask = {.prog = p,
	    .facts = facts,
	    .period = period,
	    .regs = &r,
	    .regs_n = 1};
	struct prog_frame *f = frame_empty(&ask);
	bool live[PROG_REGISTERS] = {false};
	int32_t value;

	mark_live(live, &ask);
	run_uniform(f, live, false, 1);
	value = reg(f, r)[0];
	prog_frame_free(f);
	return value;
}

/* The months of all windows, and which of them lie in each. */
static void
lanes_months(struct prog_frame *f, int n)
{
	struct measure_period reach = f->windows[n - 1];

	reach.from = f->windows[0].from;
	f->months = months_new(&reach, &f->months_n);
	f->masks = xcalloc((size_t)n * (size_t)f->months_n + 1, 8);
	for (int w = 0; w < n; w++)
		for (int k = 0; k < f->months_n; k++) {
			const struct measure_period *p = &f->windows[w];

			f->masks[w * f->months_n + k] =
			    months_within(&f->months[k], p->from,
				p->to < p->as_of ? p->to : p->as_of);
		}
}

/* A register that lanes need of the rows. */
static void
take(struct prog_frame *f, bool *taken, int r)
{
	if (r < 0 || taken[r] || f->prog->ins[r].uniform ||
	    f->prog->ins[r].period)
		return;
	taken[r] = true;
	f->taken[f->taken_n++] = (uint16_t)r;
}

struct prog_frame *
prog_frame_lanes(struct prog_frame *rows, const struct prog_ask *ask,
    const struct measure_period *windows, int n)
{
	struct prog_frame *f = frame_empty(ask);
	bool live[PROG_REGISTERS] = {false}, taken[PROG_REGISTERS] = {false};

	f->narrow = rows;
	f->windows = windows;
	f->taken = xcalloc((size_t)f->prog->n + 1, sizeof *f->taken);
	mark_live(live, ask);
	if (asks_months(f))
		lanes_months(f, n);
	run_uniform(f, live, true, PROG_VECTOR);
	for (int k = 0; k < ask->regs_n; k++)
		take(f, taken, ask->regs[k]);
	for (int i = 0; i < f->prog->n; i++) {
		const struct prog_ins *in = &f->prog->ins[i];

		if (!live[i] || !in->period)
			continue;
		f->todo[f->todo_n++] = (uint16_t)i;
		take(f, taken, in->a);
		take(f, taken, in->b);
		take(f, taken, in->c);
		take(f, taken, in->gate);
	}
	return f;
}

void
prog_frame_free(struct prog_frame *f)
{
	if (f == NULL)
		return;
	free(f->todo);
	free(f->scalar);
	free(f->columns);
	free(f->sees);
	prog_texts_free(f);
	free(f->registers);
	free(f->at);
	free(f->months);
	free(f->masks);
	free(f->taken);
	for (int k = 0; k < OVER_SEES; k++)
		free(f->seen[k]);
	free(f);
}

/* The rows of another table that go with the subject's. */
static void
see(struct prog_frame *f, int table)
{
	const uint32_t *by = f->by[table];
	uint32_t *seen = f->seen[table];
	bool gaps = false;

	for (int i = 0; i < f->n; i++) {
		uint32_t row =
		    by[f->rows != NULL ? f->rows[i] : f->first + (uint32_t)i];

		gaps |= row == FACTS_NO_ROW;
		seen[i] = row == FACTS_NO_ROW ? 0 : row;
	}
	f->gaps[table] = gaps;
}

/* Whether each row is the one behind the last. */
static bool
neighbours(const uint32_t *rows, int n)
{
	uint32_t other = 0;

	if (rows == NULL || n == 0 || rows[n - 1] - rows[0] != (uint32_t)n - 1)
		return false;
	for (int i = 0; i < n; i++)
		other |= rows[i] ^ (rows[0] + (uint32_t)i);
	return other == 0;
}

void
prog_run(struct prog_frame *f, const uint32_t *rows, uint32_t first, int n)
{
	bool together = neighbours(rows, n);

	f->rows = together ? NULL : rows;
	f->first = together ? rows[0] : first;
	f->n = n;
	f->run++;
	for (int k = 1; k < OVER_SEES; k++)
		if (f->seen[k] != NULL)
			see(f, k);
	prog_step(f);
}

/* Truth values and codes are bytes. */
static bool
is_bytes(const struct prog_ins *in)
{
	return in->op == OP_CODE || (in->op >= OP_LT && in->op <= OP_OR) ||
	       in->op == OP_PPRT_BETWEEN || in->op == OP_TEXTS ||
	       in->op == OP_EVENT ||
	       (in->op == OP_CARE && functions[in->imm].type == EXPR_BOOL);
}

static void
spread(struct prog_frame *f, int r, const struct prog_lanes *l)
{
	if (is_bytes(&f->prog->ins[r])) {
		const uint8_t *from = bytes(f->narrow, r);
		uint8_t *to = bytes_own(f, r);

		for (int i = 0; i < l->n; i++)
			to[i] = from[l->place[i]];
	} else {
		const int32_t *from = reg(f->narrow, r);
		int32_t *to = reg_own(f, r);

		for (int i = 0; i < l->n; i++)
			to[i] = from[l->place[i]];
	}
}

void
prog_run_lanes(struct prog_frame *f, const struct prog_lanes *l)
{
	f->rows = l->row;
	f->n = l->n;
	f->run++;
	f->window = l->window;
	for (int i = 0; i < l->n; i++) {
		f->from[i] = f->windows[l->window[i]].from;
		f->to[i] = f->windows[l->window[i]].to;
	}
	for (int k = 0; k < f->taken_n; k++)
		spread(f, f->taken[k], l);
	prog_step(f);
}

const uint8_t *
prog_truths(struct prog_frame *f, int r)
{
	return bytes(f, r);
}

const int32_t *
prog_numbers(struct prog_frame *f, int r)
{
	return reg(f, r);
}
