#include "measure/prog.h"

#include <stdlib.h>
#include <string.h>
#include <string.h>

#include "base/buf.h"
#include "base/date.h"
#include "measure/care.h"
#include "measure/events.h"
#include "measure/prog_ops.h"
#include "measure/review.h"
#include "measure/clones.h" /* last: see there */

/* The registers of one instruction never overlap. */
#ifdef __clang__
#define IVDEP
#else
#define IVDEP _Pragma("GCC ivdep")
#endif
#define INLINE static inline __attribute__((always_inline))

#define MISSING DATE_MISSING
#define NEVER DATE_NEVER

struct prog_frame {
	const struct prog *prog;
	const struct facts *facts;
	struct measure_period period;
	int32_t as_of_packed, as_of_minute;
	const void **columns; /* of each instruction that loads */
	uint8_t *sees;	      /* ... from which of the subject's tables */
	const uint32_t *rows; /* NULL: neighbours */
	uint32_t first;
	int n;
	struct months *months; /* of the period, when they are asked for */
	int months_n;
	int32_t *registers; /* PROG_VECTOR words each */
	/* Of each table but the subject's own that a load needs: its row for
	 * every row of the subject, and where there is none. */
	const uint32_t *by[OVER_SEES];
	uint32_t *seen[OVER_SEES];
	bool gaps[OVER_SEES];
};

INLINE int32_t *
reg(const struct prog_frame *f, int r)
{
	return f->registers + (size_t)r * PROG_VECTOR;
}

INLINE uint8_t *
bytes(const struct prog_frame *f, int r)
{
	return (uint8_t *)reg(f, r);
}

/* d[i] = EXPR of x and y; an operand that is the same for all rows is read
 * once, which the compiler turns into a broadcast. */
#define BINARY(type, f, in, EXPR)                                 \
	do {                                                      \
		const int n_ = (f)->n;                            \
		type *restrict d = (type *)reg(f, (in)->dst);     \
		const int32_t *restrict a = reg(f, (in)->a);      \
		const int32_t *restrict b = reg(f, (in)->b);      \
		if ((f)->prog->ins[(in)->a].uniform) {            \
			const int32_t x = *a;                     \
			IVDEP for (int i = 0; i < n_; i++)        \
			{                                         \
				const int32_t y = b[i];           \
				d[i] = (type)(EXPR);              \
			}                                         \
		} else if ((f)->prog->ins[(in)->b].uniform) {     \
			const int32_t y = *b;                     \
			IVDEP for (int i = 0; i < n_; i++)        \
			{                                         \
				const int32_t x = a[i];           \
				d[i] = (type)(EXPR);              \
			}                                         \
		} else {                                          \
			IVDEP for (int i = 0; i < n_; i++)        \
			{                                         \
				const int32_t x = a[i], y = b[i]; \
				d[i] = (type)(EXPR);              \
			}                                         \
		}                                                 \
	} while (0)

#define UNARY(from, to, f, in, EXPR)                                    \
	do {                                                            \
		const int n_ = (f)->n;                                  \
		to *restrict d = (to *)reg(f, (in)->dst);               \
		const from *restrict a = (const from *)reg(f, (in)->a); \
		IVDEP for (int i = 0; i < n_; i++)                      \
		{                                                       \
			const from x = a[i];                            \
			d[i] = (to)(EXPR);                              \
		}                                                       \
	} while (0)

/* The rows to load from, NULL: the neighbours from the first on. */
INLINE const uint32_t *
at_rows(const struct prog_frame *f, const struct prog_ins *in)
{
	int table = f->sees[in->dst];

	return table > 0 ? f->seen[table] : f->rows;
}

#define LOAD(type, to, f, in, EXPR)                                 \
	do {                                                        \
		const int n_ = (f)->n;                              \
		to *restrict d = (to *)reg(f, (in)->dst);           \
		const type *restrict col = (f)->columns[(in)->dst]; \
		const uint32_t *restrict at = at_rows(f, in);       \
		if (at == NULL) {                                   \
			col += (f)->first;                          \
			IVDEP for (int i = 0; i < n_; i++)          \
			{                                           \
				const type x = col[i];              \
				d[i] = (to)(EXPR);                  \
			}                                           \
		} else {                                            \
			IVDEP for (int i = 0; i < n_; i++)          \
			{                                           \
				const type x = col[at[i]];          \
				d[i] = (to)(EXPR);                  \
			}                                           \
		}                                                   \
	} while (0)

#define UNKNOWN2 ((x == MISSING) | (y == MISSING))
#define TRUTH(cond) ((uint8_t)((cond) ? TRUTH_YES : TRUTH_NO))

/* Sums and differences stay within what a date may be: never stays never,
 * what would overflow is never or missing. */
INLINE int32_t
clamp_sum(int32_t x, int64_t y)
{
	int64_t s = (int64_t)x + y;

	if (x == MISSING || x == NEVER)
		return x;
	if (y == NEVER || s >= NEVER)
		return NEVER;
	return y == MISSING || s <= -NEVER ? MISSING : (int32_t)s;
}

INLINE int32_t
sub(int32_t x, int32_t y)
{
	return y == MISSING || y == NEVER ? MISSING : clamp_sum(x, -(int64_t)y);
}

/* Months between packed dates; the subtraction is of what sentinels become
 * after the shift, so it cannot overflow. */
INLINE int32_t
months_between(int32_t x, int32_t y)
{
	int32_t m = (y >> 5) - (x >> 5) - ((y & 31) < (x & 31));

	m = y == NEVER ? NEVER : m;
	return (UNKNOWN2 | (x == NEVER)) ? MISSING : m;
}

INLINE int32_t
days_between(int32_t x, int32_t y)
{
	int32_t d = (int32_t)((uint32_t)y - (uint32_t)x);

	d = y == NEVER ? NEVER : d;
	return (UNKNOWN2 | (x == NEVER)) ? MISSING : d;
}

INLINE int32_t
years_of(int32_t m)
{
	return m == MISSING || m == NEVER ? m
	       : m >= 0			  ? m / 12
					  : -((11 - m) / 12);
}

INLINE bool
leap_year(int32_t y)
{
	return (y % 4 == 0 && y % 100 != 0) || y % 400 == 0;
}

static int32_t
add_months(int32_t p, int32_t n)
{
	static const unsigned char last[] = {
	    31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
	int32_t month, day, most;

	if (!date_known(p))
		return p;
	month = (p >> 5) + n;
	if (month < 0 || month > 12 * 9999)
		return month < 0 ? MISSING : NEVER;
	day = p & 31;
	most = last[month % 12] + (month % 12 == 1 && leap_year(month / 12));
	return month * 32 + (day < most ? day : most);
}

/* The n-th birthday: 29 February in a common year becomes 1 March. */
INLINE int32_t
birthday_of(int32_t p, int32_t n)
{
	int32_t q = p + n * 12 * 32, month = (int32_t)((uint32_t)p >> 5);
	bool feb29 =
	    month % 12 == 1 && (p & 31) == 29 && !leap_year((q >> 5) / 12);

	return !date_known(p) ? p : feb29 ? ((q >> 5) + 1) * 32 + 1 : q;
}

static int32_t
unpack(int32_t p)
{
	if (!date_known(p))
		return p;
	return date_make((p >> 5) / 12, (p >> 5) % 12 + 1, p & 31);
}

/* What a row without a row in the other table has there: nothing known. */
static void
load_gaps(struct prog_frame *f, const struct prog_ins *in)
{
	int table = f->sees[in->dst];

	for (int i = 0; i < f->n; i++) {
		uint32_t row =
		    f->rows != NULL ? f->rows[i] : f->first + (uint32_t)i;

		if (f->by[table][row] != FACTS_NO_ROW)
			continue;
		if (in->op == OP_CODE)
			bytes(f, in->dst)[i] = 0;
		else
			reg(f, in->dst)[i] =
			    in->op == OP_BITS || in->op == OP_U8 ? 0 : MISSING;
	}
}

INLINE void
load(struct prog_frame *f, const struct prog_ins *in)
{
	const int32_t as_of = in->op == OP_PACKED   ? f->as_of_packed
			      : in->op == OP_MINUTE ? f->as_of_minute
						    : f->period.as_of;

	switch (in->op) {
	case OP_DAY:
	case OP_PACKED:
	case OP_MINUTE:
		if (in->imm != 0)
			LOAD(int32_t, int32_t, f, in, x > as_of ? NEVER : x);
		else
			LOAD(int32_t, int32_t, f, in, x);
		break;
	case OP_I32:
		LOAD(int32_t, int32_t, f, in, x < 0 ? MISSING : x);
		break;
	case OP_U16:
		LOAD(uint16_t, int32_t, f, in, x == 0 ? MISSING : x);
		break;
	case OP_U8:
		LOAD(uint8_t, int32_t, f, in, x);
		break;
	case OP_CODE:
		LOAD(uint8_t, uint8_t, f, in, x);
		break;
	default:
		LOAD(uint32_t, int32_t, f, in, x);
	}
	if (f->gaps[f->sees[in->dst]])
		load_gaps(f, in);
}

INLINE void
compare(struct prog_frame *f, const struct prog_ins *in)
{
	const int32_t from = f->period.from;
	const uint32_t span = (uint32_t)f->period.to - (uint32_t)from;

	switch (in->op) {
	case OP_LT:
		BINARY(uint8_t, f, in, UNKNOWN2 ? TRUTH_UNKNOWN : TRUTH(x < y));
		break;
	case OP_LE:
		BINARY(
		    uint8_t, f, in, UNKNOWN2 ? TRUTH_UNKNOWN : TRUTH(x <= y));
		break;
	case OP_EQ:
		BINARY(
		    uint8_t, f, in, UNKNOWN2 ? TRUTH_UNKNOWN : TRUTH(x == y));
		break;
	default:
		UNARY(int32_t, uint8_t, f, in,
		    x == MISSING ? TRUTH_UNKNOWN
				 : TRUTH((uint32_t)x - (uint32_t)from <= span));
	}
}

INLINE void
and_or(struct prog_frame *f, const struct prog_ins *in)
{
	uint8_t *restrict d = bytes(f, in->dst);
	const uint8_t *restrict a = bytes(f, in->a);
	const uint8_t *restrict b = bytes(f, in->b);
	const int n = f->n;

	if (in->op == OP_AND) {
		IVDEP for (int i = 0; i < n; i++) d[i] =
		    a[i] < b[i] ? a[i] : b[i];
	} else {
		IVDEP for (int i = 0; i < n; i++) d[i] =
		    a[i] > b[i] ? a[i] : b[i];
	}
}

INLINE void
logic(struct prog_frame *f, const struct prog_ins *in)
{
	const uint32_t mask = in->mask;

	switch (in->op) {
	case OP_AND:
	case OP_OR:
		and_or(f, in);
		break;
	case OP_NOT:
		UNARY(uint8_t, uint8_t, f, in, TRUTH_YES - x);
		break;
	case OP_IN:
		UNARY(uint8_t, uint8_t, f, in,
		    x == 0 ? TRUTH_UNKNOWN : TRUTH(mask >> ((x - 1) & 31) & 1));
		break;
	case OP_ANY:
		UNARY(int32_t, uint8_t, f, in,
		    x == 0 ? TRUTH_UNKNOWN : TRUTH((uint32_t)x & mask));
		break;
	case OP_MISSING:
		UNARY(int32_t, uint8_t, f, in, TRUTH(x == MISSING));
		break;
	case OP_MISSING_CODE:
		UNARY(uint8_t, uint8_t, f, in, TRUTH(x == 0));
		break;
	default:
		UNARY(int32_t, uint8_t, f, in,
		    x == MISSING ? TRUTH_UNKNOWN : TRUTH(x != NEVER));
	}
}

INLINE int32_t
times(int32_t x, int32_t n)
{
	int64_t v = (int64_t)x * n;

	return !date_known(x) ? x : v >= NEVER ? NEVER : (int32_t)v;
}

/* The value that took effect last by the day; none before the first. */
static void
limit(struct prog_frame *f, const struct prog_ins *in)
{
	const struct expr_limit *l = f->prog->limits[in->imm];
	const int32_t *a = reg(f, in->a);
	int32_t *d = reg(f, in->dst);

	for (int i = 0; i < f->n; i++) {
		d[i] = MISSING;
		for (int k = 0; a[i] != MISSING && k < l->n; k++)
			if (l->steps[k].from <= a[i])
				d[i] = l->steps[k].value;
	}
}

INLINE void
arithmetic(struct prog_frame *f, const struct prog_ins *in)
{
	const int32_t imm = in->imm;

	switch (in->op) {
	case OP_PACK:
		UNARY(int32_t, int32_t, f, in, date_pack(x));
		break;
	case OP_UNPACK:
		UNARY(int32_t, int32_t, f, in, unpack(x));
		break;
	case OP_DAYS:
		BINARY(int32_t, f, in, days_between(x, y));
		break;
	case OP_MONTHS:
		BINARY(int32_t, f, in, months_between(x, y));
		break;
	case OP_YEARS:
		UNARY(int32_t, int32_t, f, in, years_of(x));
		break;
	case OP_ADDMONTHS:
		UNARY(int32_t, int32_t, f, in, add_months(x, imm));
		break;
	case OP_BIRTHDAY:
		UNARY(int32_t, int32_t, f, in, birthday_of(x, imm));
		break;
	case OP_ADD:
		BINARY(int32_t, f, in, clamp_sum(x, y));
		break;
	case OP_SUB:
		BINARY(int32_t, f, in, sub(x, y));
		break;
	case OP_HOURS:
		UNARY(int32_t, int32_t, f, in, times(x, imm));
		break;
	case OP_LIMIT:
		limit(f, in);
		break;
	case OP_MIN: /* what is not known makes the least not known */
		BINARY(int32_t, f, in, x < y ? x : y);
		break;
	case OP_MAX:
		BINARY(int32_t, f, in, UNKNOWN2 ? MISSING : x > y ? x : y);
		break;
	default:
		BINARY(int32_t, f, in, x == MISSING ? y : x);
	}
}

/* min(actual, adjusted): the visit's first 30 days, or its first month. Where
 * the reason for the discharge is not known it may be one that adjusts; what
 * asks for the reason itself stays undecided then. */
INLINE void
stay(struct prog_frame *f, const struct prog_ins *in)
{
	int32_t *restrict d = reg(f, in->dst);
	const int32_t *restrict a = reg(f, in->a), *restrict b = reg(f, in->b);
	const int32_t *restrict c = reg(f, in->c);
	const uint8_t *restrict gate = bytes(f, in->gate);
	const bool months = in->op == OP_THV_MONTHS;
	const int n = f->n;

	IVDEP for (int i = 0; i < n; i++)
	{
		int32_t all = months ? months_between(a[i], c[i])
				     : days_between(a[i], c[i]);
		int32_t cut = months ? months_between(a[i], b[i])
				     : days_between(a[i], b[i]);

		/* A child who has not left is still in care. */
		cut = gate[i] != TRUTH_NO && all != NEVER && cut != MISSING &&
			      cut != NEVER
			  ? cut + (months ? 1 : 30)
			  : NEVER;
		d[i] = all < cut ? all : cut;
	}
}

static void
row_children(const struct prog_frame *f, uint32_t *child)
{
	const struct over_info *o = &overs[f->prog->over];
	const uint32_t *of =
	    o->child != 0 ? facts_u32(f->facts, o->child) : NULL;

	for (int i = 0; i < f->n; i++) {
		uint32_t row =
		    f->rows != NULL ? f->rows[i] : f->first + (uint32_t)i;

		child[i] = of != NULL	 ? of[row]
			   : o->is_child ? row
					 : FACTS_NO_ROW;
	}
}

/* The latest review until a day, or whether one was held from day to day, of
 * those that had been held by the as-of day. */
static void
reviews(struct prog_frame *f, const struct prog_ins *in)
{
	const bool between = in->op != OP_LAST_PPRT;
	const int32_t *a = reg(f, in->a);
	const int32_t *b = between ? reg(f, in->b) : a;
	uint32_t child[PROG_VECTOR];
	int32_t last[PROG_VECTOR];
	const struct review_ask ask = {.facts = f->facts,
	    .children = child,
	    .from = between ? a : NULL,
	    .to = b,
	    .as_of = f->period.as_of};

	row_children(f, child);
	review_lasts(&ask, (uint32_t)f->n, last);
	for (int i = 0; i < f->n; i++) {
		bool known = a[i] != MISSING && b[i] != MISSING;

		if (between)
			bytes(f, in->dst)[i] =
			    known ? TRUTH(last[i] != NEVER) : TRUTH_UNKNOWN;
		else
			reg(f, in->dst)[i] = known ? last[i] : MISSING;
	}
}

/* Whether a text is one of the words (without words: given at all); what is
 * not given is not known. */
static uint8_t
text_is(const struct expr_texts *t, const char *text)
{
	for (int i = 0; t != NULL && i < t->n; i++)
		if (strcmp(t->list[i], text) == 0)
			return TRUTH_YES;
	if (t == NULL)
		return TRUTH(text[0] != '\0');
	return text[0] == '\0' ? TRUTH_UNKNOWN : TRUTH_NO;
}

#define TEXTS_SEEN 16

/* Texts of a snapshot stand in it once, so each is compared once as long as its
 * place is not another's. A row without a row in the column's table has none
 * given. */
static void
texts(struct prog_frame *f, const struct prog_ins *in)
{
	const struct expr_texts *t =
	    in->imm < 0 ? NULL : f->prog->texts[in->imm];
	enum facts_table table = facts_column_info(in->column)->table;
	int sees = over_sees(f->prog->over, table);
	enum facts_column by = overs[f->prog->over].sees[sees].by;
	const uint32_t *rows = by == 0 ? NULL : facts_u32(f->facts, by);
	const uint32_t *at = facts_u32(f->facts, in->column);
	uint32_t seen[TEXTS_SEEN] = {0};
	uint8_t truth[TEXTS_SEEN] = {0}, none = text_is(t, "");

	for (int i = 0; i < f->n; i++) {
		uint32_t row =
		    f->rows != NULL ? f->rows[i] : f->first + (uint32_t)i;
		uint32_t text, k;

		row = rows == NULL ? row : rows[row];
		text = row == FACTS_NO_ROW ? 0 : at[row];
		k = text % TEXTS_SEEN;
		if (text != 0 && seen[k] != text) {
			seen[k] = text;
			truth[k] =
			    text_is(t, facts_str(f->facts, in->column, row));
		}
		bytes(f, in->dst)[i] = text == 0 ? none : truth[k];
	}
}

static void
row_events(struct prog_frame *f, const struct prog_ins *in, uint32_t row, int i)
{
	const struct events e = {
	    f->facts, f->prog->over, row, &f->period, f->months, f->months_n};
	int32_t from, to;

	if (in->op == OP_AMOUNT) {
		reg(f, in->dst)[i] = events_amount(&e, in->imm);
	} else {
		from = reg(f, in->a)[i];
		to = reg(f, in->b)[i];
		bytes(f, in->dst)[i] =
		    from == MISSING || to == MISSING
			? TRUTH_UNKNOWN
			: TRUTH(events_between(&e, in->imm, from, to));
	}
}

static void
row_care(struct prog_frame *f, const struct prog_ins *in, uint32_t row, int i)
{
	const int32_t days[] = {in->a >= 0 ? reg(f, in->a)[i] : 0,
	    in->b >= 0 ? reg(f, in->b)[i] : 0};
	int32_t v = care_value(&(struct care){f->facts, row, &f->period,
				   in->mask, f->months, f->months_n},
	    (enum function)in->imm, days);

	if (functions[in->imm].type == EXPR_BOOL)
		bytes(f, in->dst)[i] = v == MISSING ? TRUTH_UNKNOWN : TRUTH(v);
	else
		reg(f, in->dst)[i] = v;
}

static void
row_function(struct prog_frame *f, const struct prog_ins *in)
{
	uint32_t children[PROG_VECTOR];

	if (in->op == OP_LAST_PPRT || in->op == OP_PPRT_BETWEEN) {
		reviews(f, in);
		return;
	}
	if (in->op == OP_TEXTS) {
		texts(f, in);
		return;
	}
	if (in->op == OP_CARE) {
		row_children(f, children);
		care_fetch(
		    f->facts, (enum function)in->imm, children, (uint32_t)f->n);
	}
	for (int i = 0; i < f->n; i++) {
		uint32_t row =
		    f->rows != NULL ? f->rows[i] : f->first + (uint32_t)i;

		if (in->op == OP_CARE)
			row_care(f, in, row, i);
		else
			row_events(f, in, row, i);
	}
}

INLINE void
fill(struct prog_frame *f, const struct prog_ins *in)
{
	int32_t *d = reg(f, in->dst), v = in->imm;

	if (in->op == OP_PARAM)
		v = in->imm == FUNCTION_PERIOD_START ? f->period.from
		    : in->imm == FUNCTION_PERIOD_END ? f->period.to
		    : in->imm == FUNCTION_AS_OF_TIME ? f->as_of_minute
						     : f->period.as_of;
	for (int i = 0; i < f->n; i++)
		d[i] = v;
}

CLONES static void
run(struct prog_frame *f, bool uniform)
{
	for (int k = 0; k < f->prog->n; k++) {
		const struct prog_ins *in = &f->prog->ins[k];

		if (in->uniform != uniform)
			continue;
		if (in->op <= OP_BITS)
			load(f, in);
		else if (in->op <= OP_CONST)
			fill(f, in);
		else if (in->op <= OP_EITHER)
			arithmetic(f, in);
		else if (in->op <= OP_BETWEEN)
			compare(f, in);
		else if (in->op <= OP_OR)
			logic(f, in);
		else if (in->op <= OP_THV_DAYS)
			stay(f, in);
		else
			row_function(f, in);
	}
}

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

/* The months of the period, for the functions that count them. */
static void
frame_months(struct prog_frame *f)
{
	for (int i = 0; i < f->prog->n; i++)
		if (f->prog->ins[i].op == OP_CARE ||
		    f->prog->ins[i].op == OP_AMOUNT) {
			f->months = months_new(&f->period, &f->months_n);
			return;
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

struct prog_frame *
prog_frame_new(const struct prog *p, const struct facts *facts,
    const struct measure_period *period)
{
	struct prog_frame *f = xcalloc(1, sizeof *f);

	f->prog = p;
	f->facts = facts;
	f->period = *period;
	f->as_of_packed = date_pack(period->as_of);
	f->as_of_minute = times(period->as_of, DATE_MINUTES);
	if (date_known(f->as_of_minute))
		f->as_of_minute += DATE_MINUTES - 1;
	f->columns = xcalloc((size_t)p->n + 1, sizeof *f->columns);
	f->sees = xcalloc((size_t)p->n + 1, sizeof *f->sees);
	f->registers = aligned_alloc(64, ((size_t)p->n + 1) * PROG_VECTOR * 4);
	if (f->registers == NULL)
		abort();
	for (int i = 0; i < p->n; i++) {
		if (p->ins[i].op <= OP_BITS)
			frame_column(f, i);
	}
	frame_months(f);
	f->n = PROG_VECTOR;
	run(f, true);
	return f;
}

void
prog_frame_free(struct prog_frame *f)
{
	if (f == NULL)
		return;
	free(f->columns);
	free(f->sees);
	free(f->registers);
	free(f->months);
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

void
prog_run(struct prog_frame *f, const uint32_t *rows, uint32_t first, int n)
{
	f->rows = rows;
	f->first = first;
	f->n = n;
	for (int k = 1; k < OVER_SEES; k++)
		if (f->seen[k] != NULL)
			see(f, k);
	run(f, false);
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
