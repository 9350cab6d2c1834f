#include "base/suggest.h"

#include <string.h>

#define SUGGEST_MAX 48 /* longer words are not ours: nothing is suggested */

static size_t
least(size_t a, size_t b, size_t c)
{
	size_t ab = a < b ? a : b;

	return ab < c ? ab : c;
}

/* Edits from a to b, neighbours swapped counting one. Three rows suffice:
 * a swap looks two rows back. */
static size_t
distance(const char *a, size_t na, const char *b, size_t nb)
{
	size_t rows[3][SUGGEST_MAX + 1];

	for (size_t j = 0; j <= nb; j++)
		rows[0][j] = j;
	for (size_t i = 1; i <= na; i++) {
		size_t *now = rows[i % 3];
		const size_t *last = rows[(i + 2) % 3];
		const size_t *before = rows[(i + 1) % 3];

		now[0] = i;
		for (size_t j = 1; j <= nb; j++) {
			now[j] = least(last[j] + 1, now[j - 1] + 1,
			    last[j - 1] + (a[i - 1] != b[j - 1]));
			if (i > 1 && j > 1 && a[i - 1] == b[j - 2] &&
			    a[i - 2] == b[j - 1] && before[j - 2] + 1 < now[j])
				now[j] = before[j - 2] + 1;
		}
	}
	return rows[na % 3][nb];
}

const char *
suggest(const char *typed, suggest_word word, const void *arg)
{
	size_t n = strlen(typed), best = SUGGEST_MAX + 1;
	const char *found = NULL, *w;

	if (n == 0 || n > SUGGEST_MAX)
		return NULL;
	for (size_t i = 0; (w = word(arg, i)) != NULL; i++) {
		size_t m = strlen(w), d;

		if (m > SUGGEST_MAX)
			continue;
		d = distance(typed, n, w, m);
		if (d < best && d <= 1 + m / 4 && d < m) {
			best = d;
			found = w;
		}
	}
	return found;
}
