#include "bench_clock.h"

#include <time.h>

static double
read_s(clockid_t clock)
{
	struct timespec t;

	clock_gettime(clock, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

double
bench_s(void)
{
	return read_s(CLOCK_MONOTONIC);
}

double
bench_ms(void)
{
	return bench_s() * 1e3;
}

double
bench_cpu_s(void)
{
	return read_s(CLOCK_PROCESS_CPUTIME_ID);
}

int
bench_by_time(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return (x > y) - (x < y);
}
