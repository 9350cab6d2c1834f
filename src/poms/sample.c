#include "poms/sample.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/date.h"
#include "base/i18n.h"
#include "base/rng.h"

static const char *const drawn_words[] = {
    [DRAWN_NOT] = "",
    [DRAWN_SAMPLE] = "drawn",
    [DRAWN_RESERVE] = "reserve",
    [DRAWN_REPLACED] = "replaced",
    [DRAWN_PURPOSIVE] = "purposive",
    [DRAWN_MEDICATION] = "medication",
};

const char *
drawn_word(enum drawn drawn)
{
	return drawn_words[drawn];
}

enum drawn
drawn_find(const char *word)
{
	for (int i = 0; i <= DRAWN_MEDICATION; i++)
		if (strcmp(drawn_words[i], word) == 0)
			return (enum drawn)i;
	return DRAWN_NOT;
}

void
sample_free(struct sample *s)
{
	free(s->picks);
	*s = (struct sample){0};
}

int
sample_size(const struct sample_rule *rule, int n)
{
	int size = (n * rule->current_percent + 99) / 100;

	if (n <= rule->current_all)
		return n;
	if (size < rule->current_least)
		size = rule->current_least;
	if (size > rule->current_most)
		size = rule->current_most;
	return size < n ? size : n;
}

/* --- the order of the draw --- */

/* A row of the frame while it is drawn: its stratum (site and department) and
 * its place in the shuffle. */
struct ticket {
	const struct frame_row *row;
	int stratum;
	bool taken;
};

static int
by_key(const void *a, const void *b)
{
	return strcmp(((const struct ticket *)a)->row->key,
	    ((const struct ticket *)b)->row->key);
}

static bool
belongs(const struct sample_rule *rule, const struct frame *f,
    const struct frame_row *row, enum unit unit)
{
	if (row->unit != unit)
		return false;
	return unit != UNIT_CD ||
	       (row->left <= f->to &&
		   row->left > date_addmonths(f->to, -rule->discharged_months));
}

/* The rows of that unit, first by key (so that the roster's order does not
 * matter), then shuffled by the seed's own stream for that unit. */
static struct ticket *
shuffle(const struct sample_rule *rule, const struct frame *f, enum unit unit,
    uint64_t seed, size_t *n)
{
	struct ticket *list = xcalloc(f->n + 1, sizeof *list);
	struct rng rng;

	*n = 0;
	for (size_t i = 0; i < f->n; i++)
		if (belongs(rule, f, &f->rows[i], unit))
			list[(*n)++].row = &f->rows[i];
	qsort(list, *n, sizeof *list, by_key);
	rng_stream(&rng, seed, (uint64_t)unit);
	for (size_t i = *n; i > 1; i--) {
		size_t k = rng_below(&rng, (uint32_t)i);
		struct ticket t = list[k];

		list[k] = list[i - 1];
		list[i - 1] = t;
	}
	return list;
}

/* --- strata --- */

static bool
same_stratum(const struct frame_row *a, const struct frame_row *b)
{
	return strcmp(a->site, b->site) == 0 &&
	       strcmp(a->department, b->department) == 0;
}

/* Numbers the strata in the order of the shuffle; how many there are. */
static int
number_strata(struct ticket *list, size_t n)
{
	int strata = 0;

	for (size_t i = 0; i < n; i++) {
		size_t k = 0;

		while (k < i && !same_stratum(list[k].row, list[i].row))
			k++;
		list[i].stratum = k < i ? list[k].stratum : strata++;
	}
	return strata;
}

struct stratum {
	int64_t rows, seats, rest;
};

/* Largest remainder: each stratum gets the whole part of its share, the seats
 * left go to the largest remainders, of equals to the first in the shuffle. */
static struct stratum *
share_seats(const struct ticket *list, size_t n, int strata, int size)
{
	struct stratum *s = xcalloc((size_t)strata + 1, sizeof *s);
	int left = size;

	for (size_t i = 0; i < n; i++)
		s[list[i].stratum].rows++;
	for (int i = 0; i < strata; i++) {
		s[i].seats = s[i].rows * size / (int64_t)n;
		s[i].rest = s[i].rows * size % (int64_t)n;
		left -= (int)s[i].seats;
	}
	for (; left > 0; left--) {
		int best = 0;

		for (int i = 1; i < strata; i++)
			if (s[i].rest > s[best].rest)
				best = i;
		s[best].seats++;
		s[best].rest = -1;
	}
	return s;
}

/* --- picking --- */

static struct pick *
add_pick(
    struct sample *s, const struct frame_row *row, enum drawn drawn, int order)
{
	struct pick *p;

	grow(&s->picks, &s->cap, s->n + 1, sizeof *s->picks);
	p = &s->picks[s->n++];
	*p = (struct pick){.unit = row->unit, .drawn = drawn, .order = order};
	memcpy(p->key, row->key, strlen(row->key) + 1);
	return p;
}

static int
draw_strata(struct sample *s, struct ticket *list, size_t n, int size)
{
	int strata = number_strata(list, n), order = 0;
	struct stratum *seats = share_seats(list, n, strata, size);

	for (size_t i = 0; i < n; i++)
		if (seats[list[i].stratum].seats > 0) {
			seats[list[i].stratum].seats--;
			list[i].taken = true;
			add_pick(s, list[i].row, DRAWN_SAMPLE, ++order);
		}
	free(seats);
	return order;
}

/* The rest of the shuffle, in its order. */
static void
draw_reserves(struct sample *s, const struct ticket *list, size_t n, int most)
{
	int order = 0;

	for (size_t i = 0; i < n; i++)
		if (!list[i].taken && (most < 0 || order < most))
			add_pick(s, list[i].row, DRAWN_RESERVE, ++order);
}

/* Nobody drawn has a prescription: the first of the roster (by key) who have
 * one come in for the section on medication. */
static void
draw_medication(struct sample *s, const struct sample_rule *rule,
    struct ticket *list, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (list[i].taken && list[i].row->psychotropic)
			return;
	for (int order = 1; order <= rule->medication; order++) {
		struct ticket *first = NULL;

		for (size_t i = 0; i < n; i++)
			if (!list[i].taken && list[i].row->psychotropic &&
			    (first == NULL || by_key(&list[i], first) < 0))
				first = &list[i];
		if (first == NULL)
			return;
		first->taken = true;
		add_pick(s, first->row, DRAWN_MEDICATION, order);
	}
}

static void
take(struct sample *s, struct ticket *t, int *order)
{
	t->taken = true;
	add_pick(s, t->row, DRAWN_SAMPLE, ++*order);
}

static bool
is_recent(const struct frame_row *row, const struct frame *f)
{
	return row->hired >= f->from && row->hired <= f->to;
}

/* One who was hired in the period and one social worker first, if there are
 * such; then the shuffle. */
static void
draw_staff(struct sample *s, const struct frame *f, struct ticket *list,
    size_t n, int size)
{
	bool recent = false, worker = false;
	int order = 0;

	for (size_t i = 0; i < n && !recent && order < size; i++)
		if (is_recent(list[i].row, f)) {
			take(s, &list[i], &order);
			recent = true;
			worker = list[i].row->social_worker;
		}
	for (size_t i = 0; i < n && !worker && order < size; i++)
		if (!list[i].taken && list[i].row->social_worker) {
			take(s, &list[i], &order);
			worker = true;
		}
	for (size_t i = 0; i < n && order < size; i++)
		if (!list[i].taken)
			take(s, &list[i], &order);
}

static void
draw_unit(struct sample *s, const struct sample_rule *rule,
    const struct frame *f, enum unit unit)
{
	size_t n;
	struct ticket *list = shuffle(rule, f, unit, s->seed, &n);
	int size = unit == UNIT_CC   ? sample_size(rule, (int)n)
		   : unit == UNIT_CD ? rule->discharged
				     : rule->staff,
	    order = 0;

	if (size > (int)n)
		size = (int)n;
	if (unit == UNIT_CC && n > 0)
		draw_strata(s, list, n, size);
	else if (unit == UNIT_SF)
		draw_staff(s, f, list, n, size);
	else
		for (size_t i = 0; i < n && order < size; i++)
			take(s, &list[i], &order);
	if (unit == UNIT_CC)
		draw_medication(s, rule, list, n);
	draw_reserves(s, list, n, rule->reserves);
	free(list);
}

/* --- the frame --- */

static bool
check_frame(const struct frame *f, struct err *err)
{
	for (size_t i = 0; i < f->n; i++) {
		const struct frame_row *a = &f->rows[i];
		size_t len = strlen(a->key);

		if (len == 0 || len >= sizeof((struct pick *)0)->key)
			return err_set(err, ERR_REFUSED,
			    _("a unit of the roster has no usable key"));
		for (size_t k = 0; k < i; k++)
			if (a->unit == f->rows[k].unit &&
			    strcmp(a->key, f->rows[k].key) == 0)
				return err_set(err, ERR_REFUSED,
				    _("the roster has a unit twice"));
	}
	return true;
}

bool
sample_draw(struct sample *out, const struct sample_rule *rule,
    const struct frame *frame, uint64_t seed, struct err *err)
{
	*out = (struct sample){.seed = seed};
	if (!check_frame(frame, err))
		return false;
	draw_unit(out, rule, frame, UNIT_CC);
	draw_unit(out, rule, frame, UNIT_CD);
	draw_unit(out, rule, frame, UNIT_SF);
	return true;
}

/* --- replacing and adding --- */

static struct pick *
find_pick(const struct sample *s, enum unit unit, const char *key)
{
	for (size_t i = 0; i < s->n; i++)
		if (s->picks[i].unit == unit &&
		    strcmp(s->picks[i].key, key) == 0)
			return &s->picks[i];
	return NULL;
}

const struct pick *
sample_find(const struct sample *s, enum unit unit, const char *key)
{
	return find_pick(s, unit, key);
}

static struct pick *
next_reserve(const struct sample *s, enum unit unit)
{
	struct pick *best = NULL;

	for (size_t i = 0; i < s->n; i++) {
		struct pick *p = &s->picks[i];

		if (p->unit == unit && p->drawn == DRAWN_RESERVE &&
		    (best == NULL || p->order < best->order))
			best = p;
	}
	return best;
}

static bool
set_why(struct pick *p, const char *why, struct err *err)
{
	if (why[strspn(why, " \t\n")] == '\0' || strlen(why) >= sizeof p->why)
		return err_set(err, ERR_REFUSED,
		    _("a reason of at most %d bytes is due"),
		    (int)sizeof p->why - 1);
	memcpy(p->why, why, strlen(why) + 1);
	return true;
}

bool
sample_replace(struct sample *s, enum unit unit, const char *key,
    const char *why, const char **instead, struct err *err)
{
	struct pick *gone = find_pick(s, unit, key);
	struct pick *next = next_reserve(s, unit);

	if (gone == NULL || gone->drawn != DRAWN_SAMPLE)
		return err_set(
		    err, ERR_REFUSED, _("the unit is not in the sample"));
	if (next == NULL)
		return err_set(err, ERR_REFUSED, _("there is no reserve left"));
	if (!set_why(next, why, err))
		return false;
	gone->drawn = DRAWN_REPLACED;
	memcpy(gone->instead, next->key, sizeof gone->instead);
	next->drawn = DRAWN_SAMPLE;
	*instead = next->key;
	return true;
}

bool
sample_add(struct sample *s, enum unit unit, const char *key, const char *why,
    struct err *err)
{
	struct pick *p = find_pick(s, unit, key);
	struct pick added = {.unit = unit, .drawn = DRAWN_PURPOSIVE};

	if (strlen(key) == 0 || strlen(key) >= sizeof added.key)
		return err_set(err, ERR_REFUSED, _("the key is not usable"));
	if (p != NULL && p->drawn != DRAWN_RESERVE)
		return err_set(
		    err, ERR_REFUSED, _("the unit is in the sample already"));
	if (!set_why(&added, why, err))
		return false;
	memcpy(added.key, key, strlen(key) + 1);
	for (size_t i = 0; i < s->n; i++)
		added.order += s->picks[i].unit == unit &&
			       s->picks[i].drawn == DRAWN_PURPOSIVE;
	added.order++;
	if (p != NULL) {
		*p = added;
		return true;
	}
	grow(&s->picks, &s->cap, s->n + 1, sizeof *s->picks);
	s->picks[s->n++] = added;
	return true;
}

/* --- verifying --- */

/* What the draw made of the unit, before anything was replaced or added. */
static bool
same_draw(const struct pick *now, const struct pick *drawn, struct err *err)
{
	bool reserve = drawn->drawn == DRAWN_RESERVE && now->why[0] != '\0';
	bool stands_in = reserve && now->drawn == DRAWN_SAMPLE;
	bool replaced = now->drawn == DRAWN_REPLACED &&
			now->instead[0] != '\0' &&
			(drawn->drawn == DRAWN_SAMPLE || reserve);
	bool added = drawn->drawn == DRAWN_RESERVE &&
		     now->drawn == DRAWN_PURPOSIVE && now->why[0] != '\0';

	if (added || (now->order == drawn->order &&
			 (now->drawn == drawn->drawn || stands_in || replaced)))
		return true;
	return err_set(err, ERR_REFUSED,
	    _("%s %d of the sample is not what the seed draws"),
	    unit_word(now->unit), now->order);
}

/* Reserves stand in from the first on, none is passed over. */
static bool
in_order(const struct sample *s, const struct pick *used, struct err *err)
{
	for (size_t i = 0; i < s->n; i++) {
		const struct pick *p = &s->picks[i];

		if (p->unit == used->unit && p->drawn == DRAWN_RESERVE &&
		    p->order < used->order)
			return err_set(err, ERR_REFUSED,
			    _("reserve %d of %s was passed over"), p->order,
			    unit_word(p->unit));
	}
	return true;
}

static bool
check_pick(const struct sample *s, const struct sample *drawn,
    const struct pick *p, struct err *err)
{
	const struct pick *d = find_pick(drawn, p->unit, p->key), *in;

	if (d == NULL)
		return (p->drawn == DRAWN_PURPOSIVE && p->why[0] != '\0') ||
		       err_set(err, ERR_REFUSED,
			   _("%s %d of the sample is not what the seed "
			     "draws"),
			   unit_word(p->unit), p->order);
	if (!same_draw(p, d, err))
		return false;
	if (d->drawn == DRAWN_RESERVE &&
	    (p->drawn == DRAWN_SAMPLE || p->drawn == DRAWN_REPLACED) &&
	    !in_order(s, p, err))
		return false;
	if (p->drawn != DRAWN_REPLACED)
		return true;
	in = find_pick(s, p->unit, p->instead);
	return (in != NULL && in->why[0] != '\0') ||
	       err_set(err, ERR_REFUSED, _("%s %d was replaced by nobody"),
		   unit_word(p->unit), p->order);
}

bool
sample_verify(const struct sample *s, const struct sample_rule *rule,
    const struct frame *frame, struct err *err)
{
	struct sample drawn;
	bool ok = sample_draw(&drawn, rule, frame, s->seed, err);

	for (size_t i = 0; ok && i < drawn.n; i++)
		if (find_pick(s, drawn.picks[i].unit, drawn.picks[i].key) ==
		    NULL)
			ok = err_set(err, ERR_REFUSED,
			    _("a unit that the seed draws is missing"));
	for (size_t i = 0; ok && i < s->n; i++)
		ok = check_pick(s, &drawn, &s->picks[i], err);
	sample_free(&drawn);
	return ok;
}

struct sample_account
sample_account(const struct sample *s, enum unit unit)
{
	struct sample_account a = {0};

	for (size_t i = 0; i < s->n; i++) {
		const struct pick *p = &s->picks[i];

		if (p->unit != unit)
			continue;
		a.drawn += p->drawn == DRAWN_SAMPLE;
		a.replaced += p->drawn == DRAWN_REPLACED;
		a.purposive += p->drawn == DRAWN_PURPOSIVE;
		a.medication += p->drawn == DRAWN_MEDICATION;
		a.reserves_left += p->drawn == DRAWN_RESERVE;
	}
	return a;
}

size_t
sample_homes(const struct sample *s, const struct frame *frame,
    const char **keys, size_t max)
{
	size_t n = 0;

	for (size_t i = 0; i < frame->n; i++) {
		const struct frame_row *row = &frame->rows[i];
		const struct pick *p = sample_find(s, row->unit, row->key);
		size_t k = 0;

		if (row->unit != UNIT_CC || *row->site == '\0' || p == NULL ||
		    (p->drawn != DRAWN_SAMPLE && p->drawn != DRAWN_PURPOSIVE))
			continue;
		while (k < n && strcmp(keys[k], row->site) != 0)
			k++;
		if (k == n && n < max)
			keys[n++] = row->site;
	}
	return n;
}
