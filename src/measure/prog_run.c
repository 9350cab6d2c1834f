#include "measure/prog_frame.h"

#include <string.h>

#include "measure/clones.h" /* last: see there */

/* The registers of one instruction never overlap. */
#ifdef __clang__
#define IVDEP
#else
#define IVDEP _Pragma("GCC ivdep")
#endif

/* d[i] = EXPR of x and y; an operand that is the same for all rows is read
 * once, which the compiler turns into a broadcast. */
#define BINARY(type, f, in, EXPR)                                 \
	do {                                                      \
		const int n_ = (f)->n;                            \
		type *restrict d = (type *)reg_own(f, (in)->dst); \
		const int32_t *restrict a = reg(f, (in)->a);      \
		const int32_t *restrict b = reg(f, (in)->b);      \
		if ((f)->scalar[(in)->a]) {                       \
			const int32_t x = *a;                     \
			IVDEP for (int i = 0; i < n_; i++)        \
			{                                         \
				const int32_t y = b[i];           \
				d[i] = (type)(EXPR);              \
			}                                         \
		} else if ((f)->scalar[(in)->b]) {                \
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
		to *restrict d = (to *)reg_own(f, (in)->dst);           \
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
		to *restrict d = (to *)reg_own(f, (in)->dst);       \
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

/* The n-th birthday: 29 February in a common year becomes 1 March. First all
 * as if there were no such day, then those born on it, if there are any. */
INLINE void
birthdays(struct prog_frame *f, const struct prog_ins *in)
{
	int32_t *restrict d = reg_own(f, in->dst);
	const int32_t *restrict a = reg(f, in->a);
	const int32_t add = in->imm * 12 * 32;
	const int n = f->n;
	int leap = 0;

	IVDEP for (int i = 0; i < n; i++)
	{
		d[i] = a[i] == MISSING || a[i] == NEVER ? a[i] : a[i] + add;
		leap |= (uint32_t)a[i] % (12 * 32) == 1 * 32 + 29;
	}
	for (int i = 0; leap && i < n; i++)
		if ((a[i] & 31) == 29 && (a[i] >> 5) % 12 == 1 &&
		    date_known(a[i]) && !leap_year((d[i] >> 5) / 12))
			d[i] = ((d[i] >> 5) + 1) * 32 + 1;
}

/* As date_pack(), for many: of calendars that begin on 1 March, and 400 years
 * earlier than the first day there is. */
INLINE int32_t
pack(int32_t d)
{
	uint32_t n = 4 * ((uint32_t)d + 719468 + 146097) + 3;
	uint32_t century = n / 146097, in_century = n % 146097 / 4;
	uint32_t year = (4 * in_century + 3) / 1461;
	uint32_t in_year = (4 * in_century + 3) % 1461 / 4;
	uint32_t q = 2141 * in_year + 197913;
	uint32_t late = in_year >= 306; /* January and February */
	uint32_t months =
	    (100 * century + year - 400 + late) * 12 + q / 65536 - 12 * late;

	return d == MISSING || d == NEVER
		   ? d
		   : (int32_t)((months - 1) * 32 + q % 65536 / 2141 + 1);
}

/* The day of a packed date, as date_make(), for many: years begin on 1 March.
 */
INLINE int32_t
unpack(int32_t p)
{
	uint32_t months = (uint32_t)p >> 5, month = months % 12;
	uint32_t late = month < 2; /* January and February */
	uint32_t year = months / 12 - late, from_march = month + 12 * late - 2;
	uint32_t days = 365 * year + year / 4 - year / 100 + year / 400 +
			(153 * from_march + 2) / 5 + ((uint32_t)p & 31) - 1;

	if (p == MISSING || p == NEVER)
		return p;
	return months < 12 ? MISSING : (int32_t)(days - 719468);
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
			bytes_own(f, in->dst)[i] = 0;
		else
			reg_own(f, in->dst)[i] =
			    in->op == OP_BITS || in->op == OP_U8 ? 0 : MISSING;
	}
}

/* Whether a column has the register's very values. */
INLINE bool
is_plain(const struct prog_ins *in)
{
	return in->op == OP_CODE || in->op == OP_BITS ||
	       ((in->op == OP_DAY || in->op == OP_PACKED ||
		    in->op == OP_MINUTE) &&
		   in->imm == 0);
}

/* Neighbours' values need not be copied. */
INLINE bool
load_in_place(struct prog_frame *f, const struct prog_ins *in)
{
	const char *column = f->columns[in->dst];
	size_t size = in->op == OP_CODE ? 1 : sizeof(int32_t);
	bool plain = is_plain(in) && at_rows(f, in) == NULL;

	f->at[in->dst] = plain ? (const void *)(column + f->first * size)
			       : reg_own(f, in->dst);
	return plain;
}

INLINE void
load(struct prog_frame *f, const struct prog_ins *in)
{
	const int32_t as_of = in->op == OP_PACKED   ? f->as_of_packed
			      : in->op == OP_MINUTE ? f->as_of_minute
						    : f->period.as_of;

	if (load_in_place(f, in))
		return;
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

/* In the window of each lane. */
INLINE void
in_windows(struct prog_frame *f, const struct prog_ins *in)
{
	uint8_t *restrict d = bytes_own(f, in->dst);
	const int32_t *restrict a = reg(f, in->a);
	const int n = f->n;

	IVDEP for (int i = 0; i < n; i++)
	{
		uint32_t into = (uint32_t)a[i] - (uint32_t)f->from[i];
		uint32_t most = (uint32_t)f->to[i] - (uint32_t)f->from[i];

		d[i] = a[i] == MISSING ? TRUTH_UNKNOWN : TRUTH(into <= most);
	}
}

INLINE void
in_period(struct prog_frame *f, const struct prog_ins *in)
{
	const int32_t from = f->period.from;
	const uint32_t span = (uint32_t)f->period.to - (uint32_t)from;

	if (f->windows != NULL)
		in_windows(f, in);
	else
		UNARY(int32_t, uint8_t, f, in,
		    x == MISSING ? TRUTH_UNKNOWN
				 : TRUTH((uint32_t)x - (uint32_t)from <= span));
}

INLINE void
compare(struct prog_frame *f, const struct prog_ins *in)
{
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
		in_period(f, in);
	}
}

INLINE void
and_or(struct prog_frame *f, const struct prog_ins *in)
{
	uint8_t *restrict d = bytes_own(f, in->dst);
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
INLINE void
limit(struct prog_frame *f, const struct prog_ins *in)
{
	const struct expr_limit *l = f->prog->limits[in->imm];
	const int32_t *restrict a = reg(f, in->a);
	int32_t *restrict d = reg_own(f, in->dst);
	const int n = f->n;

	for (int i = 0; i < n; i++)
		d[i] = MISSING;
	for (int k = 0; k < l->n; k++) {
		const int32_t from = l->steps[k].from;
		const int32_t value = l->steps[k].value;

		IVDEP for (int i = 0; i < n; i++) d[i] =
		    (a[i] != MISSING) & (from <= a[i]) ? value : d[i];
	}
}

INLINE void
arithmetic(struct prog_frame *f, const struct prog_ins *in)
{
	const int32_t imm = in->imm;

	switch (in->op) {
	case OP_PACK:
		UNARY(int32_t, int32_t, f, in, pack(x));
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
		birthdays(f, in);
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
	int32_t *restrict d = reg_own(f, in->dst);
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

/* What a window says of each of its lanes, or the period of all. */
INLINE void
fill(struct prog_frame *f, const struct prog_ins *in)
{
	int32_t *d = reg_own(f, in->dst), v = in->imm;
	bool start = in->imm == FUNCTION_PERIOD_START;

	if (in->op == OP_PARAM && in->period && f->windows != NULL) {
		memcpy(d, start ? f->from : f->to, (size_t)f->n * sizeof *d);
		return;
	}
	if (in->op == OP_PARAM)
		v = start			     ? f->period.from
		    : in->imm == FUNCTION_PERIOD_END ? f->period.to
		    : in->imm == FUNCTION_AS_OF_TIME ? f->as_of_minute
						     : f->period.as_of;
	for (int i = 0; i < f->n; i++)
		d[i] = v;
}

CLONES void
prog_step(struct prog_frame *f)
{
	for (int k = 0; k < f->todo_n; k++) {
		const struct prog_ins *in = &f->prog->ins[f->todo[k]];

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
			prog_row_function(f, in);
	}
}
