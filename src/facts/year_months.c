#include "facts/year_months.h"

#include <string.h>

#include "base/date.h"

#define ALL 0xfffU /* the months of a year */
/* What a day can be (verify.c). */
#define FIRST (DATE_FIRST - 1)
#define LAST (DATE_LAST + 1)

struct years
years_of(int32_t from, int32_t to, int32_t through)
{
	const struct years none = {0, -1};
	int32_t end = date_known(through) ? through : from;

	if (from < FIRST || from > LAST || to == DATE_MISSING)
		return none;
	if (date_known(to) && (to < end || !date_known(through)))
		end = to;
	end = end < LAST ? end : LAST;
	if (end < from)
		return none;
	return (struct years){date_civil(from).year, date_civil(end).year};
}

struct years
years_join(struct years a, struct years b)
{
	if (years_n(a) == 0 || years_n(b) == 0)
		return years_n(a) == 0 ? b : a;
	a.first = b.first < a.first ? b.first : a.first;
	a.last = b.last > a.last ? b.last : a.last;
	return a;
}

void
year_months_open(struct year_months *m, struct years years)
{
	uint32_t n = years_n(years);
	int at = years.first - YEAR_FIRST;

	m->years = years;
	if (n == 0)
		return;
	memset(m->away + at, 0, n * sizeof *m->away);
	memset(m->stay + at, 0, n * sizeof *m->stay);
	memset(m->seen + at, 0, n * sizeof *m->seen);
	memset(m->home + at, 0, n * sizeof *m->home);
}

/* The months before the n-th of a year, of which there may be none or all. */
static unsigned
months_before(int n)
{
	return n <= 0 ? 0 : n >= 12 ? ALL : (1U << n) - 1;
}

/* Months are counted as date_pack() has them: 12 to a year. */
void
year_months_add(
    const struct year_months *m, uint16_t *list, int32_t from, int32_t to)
{
	int32_t first, end;

	if (!date_known(from) || to == DATE_MISSING)
		return;
	first = (date_pack(from) >> 5) + ((date_pack(from) & 31) > 1);
	end = to == DATE_NEVER
		  ? INT32_MAX
		  : (date_pack(to) >> 5) + (date_month_end(to) == to);
	for (int y = m->years.first; y <= m->years.last; y++)
		list[y - YEAR_FIRST] |=
		    (uint16_t)(months_before(end - y * 12) &
			       ~months_before(first - y * 12));
}

void
year_months_childhood(struct year_months *m, int32_t birth)
{
	int32_t adult = date_pack(date_birthday(birth, 18));
	int32_t end = (adult >> 5) + ((adult & 31) > 1);

	for (int y = m->years.first; y <= m->years.last; y++)
		m->stay[y - YEAR_FIRST] &=
		    (uint16_t)(date_known(birth) ? months_before(end - y * 12)
						 : 0);
}

void
year_months_visit(struct year_months *m, int32_t day, int at_home)
{
	struct civil c;

	if (!date_known(day))
		return;
	c = date_civil(day);
	if (c.year < m->years.first || c.year > m->years.last)
		return;
	m->seen[c.year - YEAR_FIRST] |= (uint16_t)(1U << (c.month - 1));
	if (at_home)
		m->home[c.year - YEAR_FIRST] |= (uint16_t)(1U << (c.month - 1));
}

void
year_months_close(struct year_months *m)
{
	for (int y = m->years.first; y <= m->years.last; y++) {
		m->seen[y - YEAR_FIRST] &= m->stay[y - YEAR_FIRST];
		m->home[y - YEAR_FIRST] &= m->stay[y - YEAR_FIRST];
	}
}
