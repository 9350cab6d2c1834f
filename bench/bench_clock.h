/* What every benchmark measures with. */
#ifndef HEARTH_BENCH_CLOCK_H
#define HEARTH_BENCH_CLOCK_H

/* Milliseconds and seconds since some moment. */
double bench_ms(void);
double bench_s(void);
/* Seconds of processor that this process has had. */
double bench_cpu_s(void);
/* Times in order, for qsort(). */
int bench_by_time(const void *a, const void *b);

#endif
