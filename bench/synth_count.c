/* The federal measures, each as measures.md defines it, by plain counting. */
#include "synth_count.h"

#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "proto/codes.h"

#define PERM(why)                                                           \
	((why) == DISCHARGE_REUNIFICATION || (why) == DISCHARGE_RELATIVE || \
	    (why) == DISCHARGE_ADOPTION || (why) == DISCHARGE_GUARDIANSHIP)
#define HOME(why) \
	((why) == DISCHARGE_REUNIFICATION || (why) == DISCHARGE_RELATIVE)

static bool
count_in_care(const struct stay *s, int32_t day)
{
	return s->removal <= day && s->discharge > day;
}

int32_t
count_of_age(const struct window *w, const struct stay *s)
{
	return date_birthday(w->l->kids[s->kid].birth, 18);
}

/* Not even the dates make sense: measures.md 5. */
static bool
count_broken(const struct window *w, const struct stay *s)
{
	int32_t birth = w->l->kids[s->kid].birth;

	return birth == DATE_MISSING || birth > s->removal ||
	       s->discharge < s->removal;
}

/* The start of a trial home visit that ended with the discharge. */
static int32_t
count_trial(const struct window *w, const struct stay *s)
{
	int32_t start = DATE_NEVER;
	size_t n, i;
	const struct dated *d = lot_of(&w->l->placements, s->kid, &n);

	for (i = 0; i < n && d[i].day < s->discharge; i++)
		if (d[i].day >= s->removal)
			start =
			    d[i].code == SETTING_TRIAL ? d[i].day : DATE_NEVER;
	return start;
}

/* Completed months of the stay, shortened by a trial home visit. */
static int32_t
count_months(const struct window *w, const struct stay *s, bool relative)
{
	int32_t months = date_months(s->removal, s->discharge);
	int32_t trial;

	if (s->why != DISCHARGE_REUNIFICATION &&
	    !(relative && s->why == DISCHARGE_RELATIVE))
		return months;
	trial = count_trial(w, s);
	if (trial == DATE_NEVER || s->discharge - trial <= 30)
		return months;
	trial = date_months(s->removal, trial) + 1;
	return trial < months ? trial : months;
}

static bool
count_first_of_kid(const struct window *w, size_t i, int32_t from)
{
	const struct stay *s = &w->l->stays[i];

	return i == 0 || s[-1].kid != s->kid || s[-1].removal < from;
}

static bool
count_p1_den(const struct window *w, size_t i)
{
	const struct stay *s = &w->l->stays[i];

	return s->removal >= w->from && s->removal <= w->to &&
	       count_first_of_kid(w, i, w->from) && !count_broken(w, s) &&
	       s->removal < count_of_age(w, s) &&
	       !(s->discharge != DATE_NEVER &&
		   (s->discharge - s->removal < 8 || s->why == 0));
}

static void
count_p1(const struct window *w, size_t i, struct figure *f)
{
	const struct stay *s = &w->l->stays[i];

	if (!count_p1_den(w, i))
		return;
	f->den++;
	f->num += s->discharge != DATE_NEVER && PERM(s->why) &&
		  count_months(w, s, false) < 12 &&
		  s->discharge < count_of_age(w, s);
}

static void
count_p23(
    const struct window *w, size_t i, struct figure *f, int least, int most)
{
	const struct stay *s = &w->l->stays[i];
	int32_t months;

	if (s->removal >= w->from || s->discharge < w->from ||
	    count_broken(w, s) || w->from >= count_of_age(w, s) ||
	    (s->discharge <= w->to && s->why == 0))
		return;
	months = date_months(s->removal, w->from);
	if (months < least || months > most)
		return;
	f->den++;
	f->num += s->discharge <= w->to && PERM(s->why) &&
		  s->discharge < count_of_age(w, s);
}

static void
count_p2(const struct window *w, size_t i, struct figure *f)
{
	count_p23(w, i, f, 12, 23);
}

static void
count_p3(const struct window *w, size_t i, struct figure *f)
{
	count_p23(w, i, f, 24, 251);
}

static int32_t
count_next(const struct window *w, size_t i)
{
	const struct stay *s = &w->l->stays[i];

	return i + 1 < w->l->n_stays && s[1].kid == s->kid ? s[1].removal
							   : DATE_NEVER;
}

static void
count_again(const struct window *w, size_t i, struct figure *f, bool guardian)
{
	const struct stay *s = &w->l->stays[i];
	int32_t next = count_next(w, i);

	if (s->discharge < w->from || s->discharge > w->to ||
	    count_broken(w, s) || s->discharge >= count_of_age(w, s) ||
	    next < s->discharge ||
	    !(HOME(s->why) || (guardian && s->why == DISCHARGE_GUARDIANSHIP)))
		return;
	/* The child's first such exit of the year. */
	if (i > 0 && s[-1].kid == s->kid && s[-1].discharge >= w->from &&
	    (HOME(s[-1].why) ||
		(guardian && s[-1].why == DISCHARGE_GUARDIANSHIP)))
		return;
	f->den++;
	f->num += next != DATE_NEVER && date_months(s->discharge, next) < 12;
}

static void
count_p4(const struct window *w, size_t i, struct figure *f)
{
	count_again(w, i, f, true);
}

static void
count_c14(const struct window *w, size_t i, struct figure *f)
{
	struct window before = {
	    w->l, date_addmonths(w->from, -12), w->from - 1};

	count_again(&before, i, f, false);
}

/* A first placement may be dated a little before the removal. */
#define EARLY 40

int64_t
count_moves(const struct window *w, const struct stay *s, int32_t end)
{
	int32_t begin = s->removal - EARLY;
	uint64_t home = 0;
	bool placed = false;
	int64_t moves = 0;
	size_t n, i;
	const struct dated *d = lot_of(&w->l->placements, s->kid, &n);

	if (s > w->l->stays && s[-1].kid == s->kid && s[-1].discharge >= begin)
		begin = s->removal;
	for (i = 0; i < n && d[i].day <= end; i++) {
		if (d[i].day < begin || d[i].code > SETTING_INDEPENDENT)
			continue;
		if (placed && (d[i].home != home || home == 0) &&
		    d[i].day > s->removal)
			moves++;
		home = d[i].home;
		placed = true;
	}
	return moves;
}

static void
count_p5(const struct window *w, size_t i, struct figure *f)
{
	const struct stay *s = &w->l->stays[i];
	int32_t end = s->discharge;
	bool over = true;

	if (s->removal < w->from || s->removal > w->to || count_broken(w, s) ||
	    s->removal >= count_of_age(w, s))
		return;
	if (end > count_of_age(w, s))
		end = count_of_age(w, s);
	if (end > w->to) {
		end = w->to;
		over = false;
	}
	if (over && end - s->removal < 8)
		return;
	f->den += end - s->removal;
	f->num += count_moves(w, s, end);
}

/* Victim reports during the episode, not counting a second within a day. */
static int64_t
count_reports(const struct window *w, const struct stay *s)
{
	int32_t last = DATE_MISSING;
	int64_t reports = 0;
	size_t n, i;
	const struct dated *d = lot_of(&w->l->victims, s->kid, &n);

	for (i = 0; i < n; i++) {
		if (d[i].day < w->from || d[i].day > w->to ||
		    d[i].day < s->removal + 7 || d[i].day >= s->discharge)
			continue;
		if (d[i].incident != DATE_MISSING &&
		    (d[i].incident < s->removal + 7 ||
			d[i].incident >= s->discharge))
			continue;
		if (last != DATE_MISSING && d[i].day - last <= 1)
			continue;
		last = d[i].day;
		reports++;
	}
	return reports;
}

static void
count_s1(const struct window *w, size_t i, struct figure *f)
{
	const struct stay *s = &w->l->stays[i];
	int32_t start = s->removal < w->from ? w->from : s->removal;
	int32_t end = s->discharge;

	if (s->removal > w->to || end < w->from || count_broken(w, s) ||
	    start >= count_of_age(w, s) ||
	    (end != DATE_NEVER && end - s->removal < 8))
		return;
	if (end > count_of_age(w, s))
		end = count_of_age(w, s);
	if (end > w->to)
		end = w->to;
	if (end > start)
		f->den += end - start;
	f->num += count_reports(w, s);
}

/* Over victims, not episodes: i counts rows of the victims. */
static void
count_s2(const struct window *w, size_t i, struct figure *f)
{
	const struct dated *d = &w->l->victims.v[i];
	size_t k;

	if (d->day < w->from || d->day > w->to ||
	    (i > 0 && d[-1].kid == d->kid && d[-1].day >= w->from) ||
	    date_years(w->l->kids[d->kid].birth, d->day) >= 18)
		return;
	f->den++;
	for (k = i + 1; k < w->l->victims.n && w->l->victims.v[k].kid == d->kid;
	     k++) {
		const struct dated *e = &w->l->victims.v[k];

		if (e->day - d->day >= 15 && e->day - d->day <= 365 &&
		    (d->incident == DATE_MISSING ||
			e->incident != d->incident)) {
			f->num++;
			return;
		}
	}
}

static void
count_ent(const struct window *w, size_t i, struct figure *f)
{
	f->num += count_p1_den(w, i);
	f->den = w->l->population[date_civil(w->from).year - 1990];
}

static bool
count_went_home(const struct window *w, const struct stay *s)
{
	return s->discharge >= w->from && s->discharge <= w->to &&
	       HOME(s->why) && s->discharge - s->removal >= 8;
}

/* The child's last such exit of the year. Age and birth do not matter. */
static void
count_c11(const struct window *w, size_t i, struct figure *f)
{
	const struct stay *s = &w->l->stays[i];

	if (!count_went_home(w, s) ||
	    (i + 1 < w->l->n_stays && s[1].kid == s->kid &&
		count_went_home(w, s + 1)))
		return;
	f->den++;
	f->num += count_months(w, s, true) < 12;
}

static void
count_c13(const struct window *w, size_t i, struct figure *f)
{
	const struct stay *s = &w->l->stays[i];

	if (s->removal < date_addmonths(w->from, -6) || s->removal >= w->from ||
	    (i > 0 && s[-1].kid == s->kid) ||
	    (s->discharge != DATE_NEVER &&
		(s->discharge - s->removal < 8 || s->why == 0)))
		return;
	f->den++;
	f->num += s->discharge != DATE_NEVER && HOME(s->why) &&
		  count_months(w, s, true) < 12;
}

/* Months of the year in which a visit was due, made, made at home. */
static void
count_visits(const struct window *w, size_t i, struct figure *f, bool home)
{
	const struct stay *s = &w->l->stays[i];
	const struct kid *k = &w->l->kids[s->kid];
	int m;

	for (m = 0; m < 12; m++) {
		int32_t first = date_addmonths(w->from, m);

		if (s->removal > first ||
		    s->discharge < date_month_end(first) ||
		    first >= count_of_age(w, s) || count_broken(w, s))
			continue;
		f->den += home ? (k->visited >> m & 1) : 1;
		f->num += (home ? k->at_home : k->visited) >> m & 1;
	}
}

static void
count_wv1(const struct window *w, size_t i, struct figure *f)
{
	count_visits(w, i, f, false);
}

static void
count_wv2(const struct window *w, size_t i, struct figure *f)
{
	count_visits(w, i, f, true);
}

/* The latest review on or before the day, within the custody. */
static int32_t
count_review(const struct window *w, const struct stay *s, int32_t day)
{
	int32_t latest = DATE_MISSING;
	size_t n, i;
	const struct dated *d = lot_of(&w->l->reviews, s->kid, &n);

	for (i = 0; i < n && d[i].day <= day; i++)
		if (d[i].day >= s->custody)
			latest = d[i].day;
	return latest;
}

static void
count_pp1(const struct window *w, size_t i, struct figure *f)
{
	const struct stay *s = &w->l->stays[i];
	int32_t due = date_addmonths(s->custody, 6);

	if (due < w->from || due > w->to || s->discharge <= due)
		return;
	f->den++;
	f->num += count_review(w, s, due) != DATE_MISSING;
}

static void
count_pp2(const struct window *w, size_t i, struct figure *f)
{
	const struct stay *s = &w->l->stays[i];
	int32_t latest;

	if (!count_in_care(s, w->from) ||
	    date_addmonths(s->custody, 6) > w->from)
		return;
	latest = count_review(w, s, w->from);
	f->den++;
	f->num +=
	    latest != DATE_MISSING && w->from <= date_addmonths(latest, 6);
}

static const struct measure {
	const char *id;
	int64_t scale;
	void (*count)(const struct window *w, size_t i, struct figure *f);
} measures[] = {
    {"p1", 100, count_p1},
    {"p2", 100, count_p2},
    {"p3", 100, count_p3},
    {"p4-r4", 100, count_p4},
    {"p5", 1000, count_p5},
    {"s1", 100000, count_s1},
    {"s2", 100, count_s2},
    {"ent", 1000, count_ent},
    {"c1.1", 100, count_c11},
    {"c1.3", 100, count_c13},
    {"c1.4", 100, count_c14},
    {"wv-1", 100, count_wv1},
    {"wv-2", 100, count_wv2},
    {"pp-1", 100, count_pp1},
    {"pp-2", 100, count_pp2},
};

static int
count_by_value(const void *a, const void *b)
{
	const int32_t *x = a, *y = b;

	return (*x > *y) - (*x < *y);
}

/* The median stay of those who went home, in days of 30.4375 a month. */
static struct figure
count_median(const struct window *w)
{
	struct figure f = {0, 0, 1};
	int32_t *days = calloc(w->l->n_stays + 1, sizeof(*days));
	size_t n = 0, i;

	for (i = 0; days != NULL && i < w->l->n_stays; i++) {
		const struct stay *s = &w->l->stays[i];
		struct figure one = {0, 0, 1};
		int32_t trial;

		count_c11(w, i, &one);
		if (one.den == 0)
			continue;
		trial = count_trial(w, s);
		days[n] = s->discharge - s->removal;
		if (trial != DATE_NEVER && s->discharge - trial > 30)
			days[n] = trial - s->removal + 30;
		n++;
	}
	if (n > 0) {
		qsort(days, n, sizeof(*days), count_by_value);
		f.num = days[n / 2] * INT64_C(10000);
		f.den = 304375;
	}
	free(days);
	return f;
}

static int64_t
count_victims(const struct window *w)
{
	struct figure f = {0, 0, 1};
	size_t i;

	for (i = 0; i < w->l->victims.n; i++)
		count_s2(w, i, &f);
	return f.den;
}

struct figure
count_measure(const struct load *l, const char *id, int32_t from)
{
	struct window w = {l, from, date_addmonths(from, 12) - 1};
	struct figure f = {0, 0, 100};
	size_t k = 0, i, n = l->n_stays;

	if (strcmp(id, "c1.2") == 0)
		return count_median(&w);
	if (strcmp(id, "victims") == 0)
		return (struct figure){count_victims(&w), 1, 1};
	while (k < sizeof(measures) / sizeof(measures[0]) &&
	       strcmp(measures[k].id, id) != 0)
		k++;
	if (k == sizeof(measures) / sizeof(measures[0]))
		return count_care(&w, id);
	f.scale = measures[k].scale;
	if (measures[k].count == count_s2)
		n = l->victims.n;
	for (i = 0; i < n; i++)
		measures[k].count(&w, i, &f);
	return f;
}
