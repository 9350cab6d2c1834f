/* More of the federal measures by plain counting: those of long care. */
#include <string.h>

#include "base/date.h"
#include "proto/codes.h"
#include "synth_count.h"

static bool
is_home(int why)
{
	return why == DISCHARGE_REUNIFICATION || why == DISCHARGE_RELATIVE ||
	       why == DISCHARGE_GUARDIANSHIP;
}

static bool
is_permanent(int why)
{
	return is_home(why) || why == DISCHARGE_ADOPTION;
}

static bool
leaves(const struct window *w, const struct stay *s)
{
	return s->discharge >= w->from && s->discharge <= w->to &&
	       s->discharge >= s->removal;
}

static bool
there_for(const struct window *w, const struct stay *s, int months)
{
	return s->removal < w->from && s->discharge >= w->from &&
	       date_months(s->removal, w->from) >= months;
}

/* When both parents' rights had ended, within the stay; else never. */
static int32_t
free_of(const struct window *w, const struct stay *s)
{
	const struct kid *k = &w->l->kids[s->kid];
	int32_t later = k->mother > k->father ? k->mother : k->father;

	return later == DATE_NEVER || later > s->discharge ? DATE_NEVER : later;
}

static void
count_c21(const struct window *w, size_t i, struct figure *f)
{
	const struct stay *s = &w->l->stays[i];

	if (!leaves(w, s) || s->why != DISCHARGE_ADOPTION)
		return;
	f->den++;
	f->num += date_months(s->removal, s->discharge) < 24;
}

static void
count_c23(const struct window *w, size_t i, struct figure *f)
{
	const struct stay *s = &w->l->stays[i];

	if (!there_for(w, s, 17) ||
	    (leaves(w, s) && (s->why == 0 || is_home(s->why))))
		return;
	f->den++;
	f->num += leaves(w, s) && s->why == DISCHARGE_ADOPTION;
}

static void
count_c24(const struct window *w, size_t i, struct figure *f)
{
	const struct stay *s = &w->l->stays[i];
	int32_t half = date_addmonths(w->from, 6), free = free_of(w, s);

	if (!there_for(w, s, 17) || free < w->from ||
	    (free >= half && s->discharge < half &&
		(s->why == 0 || is_home(s->why))))
		return;
	f->den++;
	f->num += free < half;
}

static void
count_c25(const struct window *w, size_t i, struct figure *f)
{
	const struct stay *s = &w->l->stays[i];
	int32_t free = free_of(w, s);

	if (free < date_addmonths(w->from, -12) || free >= w->from ||
	    free < s->removal)
		return;
	f->den++;
	f->num += s->why == DISCHARGE_ADOPTION &&
		  date_months(free, s->discharge) < 12;
}

static void
count_c31(const struct window *w, size_t i, struct figure *f)
{
	const struct stay *s = &w->l->stays[i];

	if (!there_for(w, s, 24) || w->l->kids[s->kid].birth == DATE_MISSING ||
	    w->from >= count_of_age(w, s) || (leaves(w, s) && s->why == 0))
		return;
	f->den++;
	f->num += leaves(w, s) && is_permanent(s->why) &&
		  s->discharge < count_of_age(w, s);
}

static void
count_c32(const struct window *w, size_t i, struct figure *f)
{
	const struct stay *s = &w->l->stays[i];

	if (!leaves(w, s) || s->why == 0 ||
	    w->l->kids[s->kid].birth == DATE_MISSING ||
	    free_of(w, s) == DATE_NEVER)
		return;
	f->den++;
	f->num += is_permanent(s->why) && s->discharge < count_of_age(w, s);
}

static void
count_c33(const struct window *w, size_t i, struct figure *f)
{
	const struct stay *s = &w->l->stays[i];
	int32_t adult = count_of_age(w, s);
	int32_t end = s->discharge < adult ? s->discharge : adult;

	if (w->l->kids[s->kid].birth == DATE_MISSING || end < w->from ||
	    end > w->to || s->removal > end ||
	    (s->discharge < adult && s->why != DISCHARGE_EMANCIPATION))
		return;
	f->den++;
	f->num += date_months(s->removal, end) >= 36;
}

/* The child's last stay of the year, by its length then. */
static void
count_c4(const struct window *w, size_t i, struct figure *f, int band)
{
	const struct stay *s = &w->l->stays[i];
	int32_t end = s->discharge < w->to ? s->discharge : w->to;
	int months;

	if (s->removal > w->to || s->discharge < w->from || end < s->removal ||
	    (i + 1 < w->l->n_stays && s[1].kid == s->kid &&
		s[1].removal <= w->to))
		return;
	months = date_months(s->removal, end);
	if ((months < 12      ? 0
		: months < 24 ? 1
			      : 2) != band ||
	    end - s->removal < 8)
		return;
	f->den++;
	f->num += count_moves(w, s, end) <= 1;
}

static void
count_c41(const struct window *w, size_t i, struct figure *f)
{
	count_c4(w, i, f, 0);
}

static void
count_c42(const struct window *w, size_t i, struct figure *f)
{
	count_c4(w, i, f, 1);
}

static void
count_c43(const struct window *w, size_t i, struct figure *f)
{
	count_c4(w, i, f, 2);
}

/* Whether a provider's victim during one of the child's stays. */
static bool
is_harmed(const struct window *w, const struct stay *s)
{
	const uint32_t by = 1u << (PERPETRATOR_FOSTER_RELATIVE - 1) |
			    1u << (PERPETRATOR_FOSTER_NONRELATIVE - 1) |
			    1u << (PERPETRATOR_FOSTER_UNKNOWN - 1) |
			    1u << (PERPETRATOR_FACILITY - 1);
	size_t n, i;
	const struct dated *d = lot_of(&w->l->victims, s->kid, &n);

	for (i = 0; i < n; i++)
		if ((d[i].code & by) != 0 && d[i].day >= w->from &&
		    d[i].day <= w->to && d[i].day >= s->removal &&
		    d[i].day <= s->discharge)
			return true;
	return false;
}

static void
count_rs2(const struct window *w, size_t i, struct figure *f)
{
	const struct stay *s = &w->l->stays[i];

	if (s->removal > w->to || s->discharge < w->from)
		return;
	f->den += i + 1 == w->l->n_stays || s[1].kid != s->kid ||
		  s[1].removal > w->to;
	f->num += (i + 1 == w->l->n_stays || s[1].kid != s->kid ||
		      s[1].removal > w->to) -
		  is_harmed(w, s);
}

struct figure
count_care(const struct window *w, const char *id)
{
	static const struct {
		const char *id;
		void (*count)(
		    const struct window *w, size_t i, struct figure *f);
	} measures[] = {
	    {"c2.1", count_c21},
	    {"c2.3", count_c23},
	    {"c2.4", count_c24},
	    {"c2.5", count_c25},
	    {"c3.1", count_c31},
	    {"c3.2", count_c32},
	    {"c3.3", count_c33},
	    {"c4.1", count_c41},
	    {"c4.2", count_c42},
	    {"c4.3", count_c43},
	    {"r2-s2", count_rs2},
	};
	struct figure f = {0, 0, 100};

	for (size_t k = 0; k < sizeof(measures) / sizeof(measures[0]); k++)
		for (size_t i = 0;
		     strcmp(measures[k].id, id) == 0 && i < w->l->n_stays; i++)
			measures[k].count(w, i, &f);
	return f;
}
