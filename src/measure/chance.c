#include "measure/chance.h"

#include <math.h>
#include <stdlib.h>

#include "base/buf.h"

#define TINY 1e-300
#define PRECISE 1e-14
#define TERMS_MAX 200000 /* of a continued fraction: about sqrt(n) are used */

/* ln of the gamma function; lgamma() would write to a global. */
static double
ln_gamma(double x)
{
	int sign;

	return lgamma_r(x, &sign);
}

static double
not_zero(double x)
{
	return fabs(x) < TINY ? TINY : x;
}

/* --- the incomplete beta function ------------------------------------ */

/* Lentz' continued fraction for x below about a / (a + b). */
static double
beta_fraction(double a, double b, double x)
{
	double c = 1, d = 1 / not_zero(1 - (a + b) * x / (a + 1)), h = d;

	for (int m = 1; m < TERMS_MAX; m++) {
		double even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m));
		double odd = -(a + m) * (a + b + m) * x /
			     ((a + 2 * m) * (a + 2 * m + 1));
		double step;

		d = 1 / not_zero(1 + even * d);
		c = not_zero(1 + even / c);
		h *= d * c;
		d = 1 / not_zero(1 + odd * d);
		c = not_zero(1 + odd / c);
		step = d * c;
		h *= step;
		if (fabs(step - 1) < PRECISE)
			break;
	}
	return h;
}

/* I_x(a, b), regularised: the probability of a or more among a + b - 1 when
 * each has the probability x. With a = 0 it is certain, with b = 0 it is not
 * to be had. */
static double
beta(double a, double b, double x)
{
	double front;

	if (a <= 0 || x >= 1)
		return 1;
	if (b <= 0 || x <= 0)
		return 0;
	front = exp(ln_gamma(a + b) - ln_gamma(a) - ln_gamma(b) + a * log(x) +
		    b * log1p(-x));
	if (x < (a + 1) / (a + b + 2))
		return front * beta_fraction(a, b, x) / a;
	return 1 - front * beta_fraction(b, a, 1 - x) / b;
}

/* --- the incomplete gamma function ----------------------------------- */

static double
gamma_series(double a, double x)
{
	double term = 1 / a, sum = term;

	for (int i = 1; i < TERMS_MAX && term > sum * PRECISE; i++) {
		term *= x / (a + i);
		sum += term;
	}
	return sum;
}

static double
gamma_fraction(double a, double x)
{
	double b = x + 1 - a, c = 1 / TINY, d = 1 / not_zero(b), h = d;

	for (int i = 1; i < TERMS_MAX; i++) {
		double step;

		b += 2;
		d = 1 / not_zero(i * (a - i) * d + b);
		c = not_zero(b + i * (a - i) / c);
		step = d * c;
		h *= step;
		if (fabs(step - 1) < PRECISE)
			break;
	}
	return h;
}

/* P(a, x), regularised: the probability of a or more events when x are
 * expected. */
static double
gamma_lower(double a, double x)
{
	double front;

	if (a <= 0)
		return 1;
	if (x <= 0)
		return 0;
	front = exp(a * log(x) - x - ln_gamma(a));
	if (x < a + 1)
		return front * gamma_series(a, x);
	return 1 - front * gamma_fraction(a, x);
}

/* --- intervals ------------------------------------------------------- */

/* The probability of k or more: it grows with the true value. */
struct tail {
	int64_t k, n; /* n < 0: events */
	bool mid;     /* half of that of k itself is left out */
};

static double
tail_of(const struct tail *t, int64_t k, double x)
{
	return t->n < 0 ? gamma_lower((double)k, x)
			: beta((double)k, (double)(t->n - k + 1), x);
}

static double
tail_at(const struct tail *t, double x)
{
	double here = tail_of(t, t->k, x);

	return t->mid ? (here + tail_of(t, t->k + 1, x)) / 2 : here;
}

/* Where the tail is p, between low and high: false position, by halves where
 * one end stays. */
static double
tail_find(const struct tail *t, double p, struct chance_range in)
{
	double fl = tail_at(t, in.low) - p, fh = tail_at(t, in.high) - p;

	for (int i = 0; i < 200 && in.high - in.low > 1e-12 * in.high; i++) {
		bool halve = i % 3 == 2 || fh <= fl;
		double x = halve ? (in.low + in.high) / 2
				 : in.low - fl * (in.high - in.low) / (fh - fl);
		double f;

		/* Never on an end, so that both keep moving. */
		if (!halve)
			x = fmin(fmax(x, in.low + (in.high - in.low) * 1e-4),
			    in.high - (in.high - in.low) * 1e-4);
		f = tail_at(t, x) - p;
		if (f < 0) {
			in.low = x;
			fl = f;
		} else {
			in.high = x;
			fh = f;
		}
	}
	return (in.low + in.high) / 2;
}

static double
side(const struct chance_how *how)
{
	return (1 - how->confidence / 100.0) / 2;
}

/* k or fewer is the same as not k + 1 or more. */
static struct tail
tail_above(const struct tail *t)
{
	return (struct tail){.k = t->mid ? t->k : t->k + 1, t->n, t->mid};
}

struct chance_range
chance_share(int64_t k, int64_t n, const struct chance_how *how)
{
	const struct tail low = {k, n, how->method == CHANCE_MID_P};
	const struct tail high = tail_above(&low);
	double at = (double)k / (double)n, a = side(how);

	return (struct chance_range){
	    k == 0 ? 0 : tail_find(&low, a, (struct chance_range){0, at}),
	    k == n ? 1 : tail_find(&high, 1 - a, (struct chance_range){at, 1}),
	};
}

struct chance_range
chance_events(int64_t k, const struct chance_how *how)
{
	const struct tail low = {k, -1, how->method == CHANCE_MID_P};
	const struct tail high = tail_above(&low);
	double at = (double)k, a = side(how), most = at + 10;

	while (tail_at(&high, most) < 1 - a)
		most *= 2;
	return (struct chance_range){
	    k == 0 ? 0 : tail_find(&low, a, (struct chance_range){0, at}),
	    tail_find(&high, 1 - a, (struct chance_range){at, most}),
	};
}

/* The probability that i of n are below the median. */
static double
median_of(size_t n, size_t i)
{
	double all = (double)n, k = (double)i;

	return exp(ln_gamma(all + 1) - ln_gamma(k + 1) - ln_gamma(all - k + 1) -
		   all * log(2));
}

bool
chance_median(size_t n, const struct chance_how *how, size_t *low)
{
	double fewer = 0, term;
	size_t i = 0;

	/* What lies eight standard deviations below adds nothing. */
	if (n > 100)
		i = n / 2 - (size_t)(4 * sqrt((double)n));
	term = i == 0 ? ldexp(1, -(int)n) : median_of(n, i);
	/* The most i with: fewer than i below the median, of n, is as unlikely
	 * as the side. */
	while (fewer + term <= side(how)) {
		fewer += term;
		term *= (double)(n - i) / (double)(i + 1);
		i++;
	}
	*low = i;
	return i > 0;
}

/* --- tests ----------------------------------------------------------- */

/* How likely each number of successes in the first group is, given their sum:
 * from the likeliest outwards by the ratio of neighbours. */
struct outcomes {
	double total; /* successes in both */
	double first, second;
	bool rates; /* days, else children */
	int64_t least, most;
};

/* The likelihood of i + 1 over that of i. */
static double
ratio(const struct outcomes *o, double i)
{
	if (o->rates)
		return (o->total - i) / (i + 1) * o->first / o->second;
	return (o->first - i) * (o->total - i) /
	       ((i + 1) * (o->second - o->total + i + 1));
}

/* ln of the likelihood, but for what all have in common. */
static double
likelihood(const struct outcomes *o, double i)
{
	double ways = -ln_gamma(i + 1) - ln_gamma(o->total - i + 1);

	if (o->rates)
		return ways + i * log(o->first) +
		       (o->total - i) * log(o->second);
	return ways - ln_gamma(o->first - i + 1) -
	       ln_gamma(o->second - o->total + i + 1);
}

static int64_t
likeliest(const struct outcomes *o)
{
	double share = o->first / (o->first + o->second);
	int64_t i = (int64_t)(o->total * share);

	if (!o->rates)
		i = (int64_t)((o->total + 1) * (o->first + 1) /
			      (o->first + o->second + 2));
	i = i < o->least ? o->least : i > o->most ? o->most : i;
	while (i < o->most && ratio(o, (double)i) > 1)
		i++;
	while (i > o->least && ratio(o, (double)i - 1) < 1)
		i--;
	return i;
}

struct sums {
	double bound, unlikely, all;
};

static void
sum_from(const struct outcomes *o, int64_t from, int step, struct sums *s)
{
	double w = 1;

	for (int64_t i = from; step > 0 ? i < o->most : i > o->least;) {
		w = step > 0 ? w * ratio(o, (double)i)
			     : w / ratio(o, (double)i - 1);
		i += step;
		s->all += w;
		if (w <= s->bound)
			s->unlikely += w;
		if (w < 1e-30)
			break;
	}
}

/* As unlikely as seen: with the usual allowance for rounding. */
static double
two_sided(const struct outcomes *o, int64_t seen)
{
	int64_t mode = likeliest(o);
	double likely = likelihood(o, (double)mode);
	struct sums s = {
	    .bound = exp(likelihood(o, (double)seen) - likely) * (1 + 1e-7),
	    .all = 1};

	if (s.bound >= 1)
		return 1;
	sum_from(o, mode, 1, &s);
	sum_from(o, mode, -1, &s);
	return s.unlikely / s.all;
}

double
chance_fisher(const int64_t first[2], const int64_t second[2])
{
	int64_t total = first[0] + second[0];
	const struct outcomes o = {
	    .total = (double)total,
	    .first = (double)first[1],
	    .second = (double)second[1],
	    .least = total > second[1] ? total - second[1] : 0,
	    .most = total < first[1] ? total : first[1],
	};

	return o.least == o.most ? 1 : two_sided(&o, first[0]);
}

double
chance_rates(const int64_t first[2], const int64_t second[2])
{
	const struct outcomes o = {
	    .total = (double)(first[0] + second[0]),
	    .first = (double)first[1],
	    .second = (double)second[1],
	    .rates = true,
	    .most = first[0] + second[0],
	};

	return first[1] <= 0 || second[1] <= 0 || o.most == 0
		   ? 1
		   : two_sided(&o, first[0]);
}

/* --- many tests at once ---------------------------------------------- */

static int
compare_at(const void *a, const void *b)
{
	const double *x = *(double *const *)a, *y = *(double *const *)b;

	return (*x > *y) - (*x < *y);
}

void
chance_holm(double *p, size_t n)
{
	double **order = xcalloc(n + 1, sizeof *order), most = 0;

	for (size_t i = 0; i < n; i++)
		order[i] = &p[i];
	qsort(order, n, sizeof *order, compare_at);
	for (size_t i = 0; i < n; i++) {
		most = fmax(most, fmin(1, *order[i] * (double)(n - i)));
		*order[i] = most;
	}
	free(order);
}
