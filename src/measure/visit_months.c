#include "measure/visit_months.h"

#include <string.h>

#include "base/date.h"
#include "measure/prog.h"
#include "measure/clones.h" /* last: see there */

static const struct {
	enum function function;
	bool home;
	int list;
	enum facts_column words;
} kinds[] = {
    {FUNCTION_MONTHS_TO_VISIT, false, 0, FACTS_CARE_STAY},
    {FUNCTION_MONTHS_VISITED, false, 1, FACTS_CARE_SEEN},
    {FUNCTION_MONTHS_AT_HOME, false, 2, FACTS_CARE_HOME},
    {FUNCTION_HOME_MONTHS, true, 0, FACTS_HOME_STAY},
    {FUNCTION_HOME_SEEN, true, 1, FACTS_HOME_SEEN},
    {FUNCTION_HOME_RESIDENCE, true, 2, FACTS_HOME_HOME},
};

static void
open_care(struct visit_months *v)
{
	const struct facts *f = v->facts;

	v->years = facts_care_years(f);
	v->from = facts_i32(f, FACTS_REMOVAL_DATE);
	v->to = facts_i32(f, FACTS_REMOVAL_DISCHARGE);
	v->birth = facts_i32(f, FACTS_REMOVAL_BIRTH);
	v->child = facts_u32(f, FACTS_REMOVAL_CHILD);
	v->previous = facts_u32(f, FACTS_REMOVAL_PREV);
	v->next = facts_u32(f, FACTS_REMOVAL_NEXT);
}

static void
open_home(struct visit_months *v)
{
	const struct facts *f = v->facts;

	v->years = facts_home_years(f);
	v->from = facts_i32(f, FACTS_SERVED_OPENED);
	v->to = facts_i32(f, FACTS_SERVED_CLOSED);
	v->birth = facts_i32(f, FACTS_CHILD_BIRTH);
	v->child = facts_u32(f, FACTS_SERVED_CHILD);
	v->previous = v->next = NULL;
}

bool
visit_months_open(
    struct visit_months *v, const struct facts *facts, enum function f)
{
	for (size_t k = 0; k < sizeof kinds / sizeof *kinds; k++) {
		if (kinds[k].function != f)
			continue;
		v->facts = facts;
		v->home = kinds[k].home;
		v->list = kinds[k].list;
		v->words = facts_u16(facts, kinds[k].words);
		v->through = facts_about(facts)->data_through;
		if (v->home)
			open_home(v);
		else
			open_care(v);
		return true;
	}
	return false;
}

/* A row's months can be counted at all. */
static bool
is_known(const struct visit_months *v, uint32_t row)
{
	if (!v->home)
		return date_known(v->birth[row]);
	return v->child[row] != FACTS_NO_ROW && date_known(v->from[row]) &&
	       v->birth[v->child[row]] != DATE_MISSING;
}

/* The years of calendars that begin on 1 March, as date_pack() has them. */
static inline __attribute__((always_inline)) int32_t
year_of(int32_t d)
{
	uint32_t n = 4 * ((uint32_t)d + 719468 + 146097) + 3;
	uint32_t century = n / 146097, in_century = n % 146097 / 4;
	uint32_t year = (4 * in_century + 3) / 1461;
	uint32_t in_year = (4 * in_century + 3) % 1461 / 4;

	return (int32_t)(100 * century + year + (in_year >= 306)) - 400;
}

/* --- what no row tells: the months after the data, of who is still there ---
 */

static bool
stays(const struct visit_months *v, uint32_t row, int32_t first, int32_t last)
{
	return date_known(v->from[row]) && v->from[row] <= first &&
	       v->to[row] != DATE_MISSING && v->to[row] >= last;
}

static bool
in_care(const struct facts *f, uint32_t child, int32_t first, int32_t last)
{
	const int32_t *in = facts_i32(f, FACTS_REMOVAL_DATE);
	const int32_t *out = facts_i32(f, FACTS_REMOVAL_DISCHARGE);
	uint32_t n;
	const uint32_t *rows = facts_child_removals(f, child, &n);

	for (uint32_t i = 0; i < n; i++)
		if (date_known(in[rows[i]]) && in[rows[i]] <= first &&
		    out[rows[i]] != DATE_MISSING && out[rows[i]] >= last)
			return true;
	return false;
}

static bool
visited(const struct visit_months *v, uint32_t row, int32_t first, int32_t last)
{
	const struct facts *f = v->facts;
	enum facts_table table = v->home ? FACTS_SVISIT : FACTS_VISITS;
	const int32_t *date =
	    facts_i32(f, v->home ? FACTS_SVISIT_DATE : FACTS_VISITS_DATE);
	const uint8_t *place =
	    facts_u8(f, v->home ? FACTS_SVISIT_PLACE : FACTS_VISITS_PLACE);
	struct facts_range r = facts_child_rows(f, table, v->child[row]);

	for (uint32_t i = r.first; i < r.end; i++) {
		if (date[i] < first || date[i] > last ||
		    (v->list == 2 && place[i] != PLACE_RESIDENCE))
			continue;
		if (v->home ? facts_u32(f, FACTS_SVISIT_SERVICE)[i] ==
				  facts_u32(f, FACTS_SERVED_SERVICE)[row]
			    : facts_u8(f, FACTS_VISITS_KIND)[i] == VISIT_WORKER)
			return true;
	}
	return false;
}

/* Counted from the days themselves. */
static unsigned
count_year(const struct visit_months *v, uint32_t row, int year)
{
	const struct facts *f = v->facts;
	uint32_t child = v->child[row];
	int32_t birth = v->home ? v->birth[child] : v->birth[row];
	int32_t adult = date_birthday(birth, 18);
	unsigned set = 0;

	for (int m = 1; m <= 12; m++) {
		int32_t first = date_make(year, m, 1);
		int32_t last = date_month_end(first);
		bool to_visit = v->home ? stays(v, row, first, last) &&
					      !in_care(f, child, first, last)
					: in_care(f, child, first, last);

		if (to_visit && first < adult &&
		    (v->list == 0 || visited(v, row, first, last)))
			set |= 1U << (m - 1);
	}
	return set;
}

/* --- what the rows tell --- */

/* Whether the row tells of the year, and what. */
static inline bool
own_year(const struct visit_months *v, uint32_t row, int year, unsigned *set)
{
	uint32_t first = v->years[row];
	uint32_t at = (uint32_t)(year - year_of(v->from[row]));

	if (at >= v->years[row + 1] - first)
		return false;
	*set = v->words[first + at];
	return true;
}

/* A year that the row itself does not tell of: another removal may, which says
 * all of its year. Numbers of rows go one way along the chain. */
static unsigned
other_year(const struct visit_months *v, uint32_t row, int year)
{
	bool later = v->to[row] > v->through, past = year > year_of(v->through);
	bool open = later && past;
	unsigned set = 0;

	for (uint32_t p = row, q; !v->home; p = q) {
		q = v->previous[p];
		if (q == FACTS_NO_ROW || q >= p)
			break;
		if (own_year(v, q, year, &set))
			return set;
		open |= past && v->to[q] > v->through;
	}
	for (uint32_t p = row, q; !v->home; p = q) {
		q = v->next[p];
		if (q == FACTS_NO_ROW || q <= p)
			break;
		if (own_year(v, q, year, &set))
			return set;
		open |= past && v->to[q] > v->through;
	}
	return open || !date_known(v->through) ? count_year(v, row, year) : 0;
}

/* Most often nothing else is told of the child. */
static inline bool
is_alone(const struct visit_months *v, uint32_t row, bool before)
{
	bool first = v->home || v->previous[row] == FACTS_NO_ROW;

	if (before && date_known(v->from[row]))
		return first;
	return first && (v->home || v->next[row] == FACTS_NO_ROW) &&
	       v->to[row] <= v->through;
}

/* The years that a period touches, and the months of each that are in it. */
#define YEARS_MAX 64
struct year_masks {
	int first, n;
	uint16_t set[YEARS_MAX];
};

static bool
masks_of(struct year_masks *y, const struct months *months, int months_n)
{
	y->first = y->n = 0;
	for (int k = 0; k < months_n; k++)
		for (int i = 0; i < months[k].n; i++) {
			int month = months[k].month + i;
			int year = month / 12;

			if (y->n == 0)
				y->first = year;
			if (year - y->first >= YEARS_MAX)
				return false;
			while (y->n <= year - y->first)
				y->set[y->n++] = 0;
			y->set[year - y->first] |= (uint16_t)(1U << month % 12);
		}
	return true;
}

static inline __attribute__((always_inline)) int32_t
count_row(const struct visit_months *v, const struct year_masks *y,
    uint32_t row, int32_t year)
{
	uint32_t first = v->years[row], n = v->years[row + 1] - first;
	int32_t count = 0;

	for (int k = 0; k < y->n; k++) {
		int32_t at = y->first + k - year;
		unsigned set = 0;

		if ((uint32_t)at < n)
			set = v->words[first + (uint32_t)at];
		else if (!is_alone(v, row, at < 0))
			set = other_year(v, row, y->first + k);
		count += __builtin_popcount(set & y->set[k]);
	}
	return count;
}

/* A period that touches more years than fit: month by month. */
static int32_t
count_months(const struct visit_months *v, const struct months *months,
    int months_n, uint32_t row)
{
	return visit_months_in(v, months, months_n, row, NULL, NULL);
}

CLONES static void
years_from(int32_t *restrict years, const int32_t *restrict from,
    const struct visit_rows *r)
{
	if (r->rows == NULL)
		for (int i = 0; i < r->n; i++)
			years[i] = year_of(from[r->first + (uint32_t)i]);
	else
		for (int i = 0; i < r->n; i++)
			years[i] = year_of(from[r->rows[i]]);
}

CLONES void
visit_months_count(const struct visit_months *v, const struct months *months,
    int months_n, const struct visit_rows *r, int32_t *counts)
{
	int32_t years[PROG_VECTOR];
	struct year_masks y;
	bool fits = masks_of(&y, months, months_n);

	years_from(years, v->from, r);
	for (int i = 0; i < r->n; i++) {
		uint32_t row =
		    r->rows != NULL ? r->rows[i] : r->first + (uint32_t)i;

		if (!is_known(v, row))
			counts[i] = DATE_MISSING;
		else if (fits)
			counts[i] = count_row(v, &y, row, years[i]);
		else
			counts[i] = count_months(v, months, months_n, row);
	}
}

/* The months of an element, a year at a time. */
static uint64_t
set_of(const struct visit_months *v, const struct months *m, uint32_t row)
{
	uint64_t all = (UINT64_C(1) << m->n) - 1, set = 0;
	int last = (m->month + m->n - 1) / 12;

	for (int year = m->month / 12; year <= last; year++) {
		int first = year * 12 - m->month;
		unsigned word = 0;

		if (!own_year(v, row, year, &word) &&
		    !is_alone(v, row, year < year_of(v->from[row])))
			word = other_year(v, row, year);
		set |= first >= 0 ? (uint64_t)word << first
				  : (uint64_t)(word >> -first);
	}
	return set & all;
}

int32_t
visit_months_in(const struct visit_months *v, const struct months *months,
    int months_n, uint32_t row, const uint64_t *within,
    struct months_memo *memo)
{
	bool keep = memo != NULL && months_n <= MONTHS_MEMO;
	bool kept = keep && memo->row == row;
	int32_t n = 0;

	if (!is_known(v, row))
		return DATE_MISSING;
	for (int k = 0; k < months_n; k++) {
		uint64_t set =
		    kept ? memo->sets[k] : set_of(v, &months[k], row);

		if (keep)
			memo->sets[k] = set;
		n += months_count(set, within, k);
	}
	if (keep)
		memo->row = row;
	return n;
}
