#include "measure/median.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"

static int
compare_amounts(const void *x, const void *y)
{
	int32_t a = *(const int32_t *)x, b = *(const int32_t *)y;

	return (a > b) - (a < b);
}

void
median_above(const struct median_entry *list, size_t n, int64_t *above)
{
	int32_t *sorted = xcalloc(n + 1, sizeof *sorted);
	int64_t twice;

	for (size_t i = 0; i < n; i++)
		sorted[i] = list[i].amount;
	qsort(sorted, n, sizeof *sorted, compare_amounts);
	twice = n == 0 ? 0 : (int64_t)sorted[(n - 1) / 2] + sorted[n / 2];
	for (size_t i = 0; i < n; i++)
		above[list[i].group] += (int64_t)list[i].amount * 2 > twice;
	free(sorted);
}
