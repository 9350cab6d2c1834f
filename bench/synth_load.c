#include "synth_load.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/csv.h"
#include "base/date.h"
#include "base/file.h"
#include "proto/extract.h"

typedef void load_row(struct load *l, const struct cell *cells);

/* --- reading ------------------------------------------------------------- */

/* The digits of "C00000012345"; 0 when there are none. */
static uint64_t
load_number(const struct cell *c)
{
	uint64_t n = 0;
	size_t i;

	for (i = 0; i < c->len; i++)
		if (c->s[i] >= '0' && c->s[i] <= '9')
			n = n * 10 + (uint64_t)(c->s[i] - '0');
		else
			n = n * 31 + (i > 0 ? (uint64_t)c->s[i] : 0);
	return n;
}

static bool
load_set(const struct codeset *codes, const struct csv_field *f, int64_t *n)
{
	const char *s = f->s, *end = s + f->len;

	*n = 0;
	while (s < end) {
		const char *stop = memchr(s, ';', (size_t)(end - s));
		int code;

		if (stop == NULL)
			stop = end;
		code = code_find(codes, s, (size_t)(stop - s));
		if (code == 0)
			return false;
		*n |= INT64_C(1) << (code - 1);
		s = stop + 1;
	}
	return true;
}

static bool
load_cell(
    const struct column *column, const struct csv_field *f, struct cell *c)
{
	*c = cell_empty();
	if (f->len == 0)
		return !column->required;
	switch (column->type) {
	case CELL_ID:
	case CELL_TEXT:
		c->s = f->s;
		c->len = f->len;
		return true;
	case CELL_TIME:
		c->n = date_parse(f->s, f->len < 10 ? f->len : 10);
		return c->n != DATE_MISSING;
	case CELL_DATE:
		c->n = date_parse(f->s, f->len);
		return c->n != DATE_MISSING;
	case CELL_CODE:
		c->n = code_find(column->codes, f->s, f->len);
		return c->n != 0;
	case CELL_CODES:
		return load_set(column->codes, f, &c->n);
	default:
		c->n = strtoll(f->s, NULL, 10);
		return true;
	}
}

static bool
load_table(struct load *l, const char *folder, enum extract_table id,
    load_row *row, struct err *err)
{
	const struct table *t = extract_table(id);
	char *name = xasprintf("%s.csv", t->name);
	char *path = file_join(folder, name, NULL);
	const struct csv_field *fields;
	struct cell cells[EXTRACT_MAX_COLS];
	struct csv *csv = NULL;
	size_t n;
	int got = -1;

	if (csv_open(&csv, path, err) && csv_next(csv, &fields, &n, err) == 1)
		while ((got = csv_next(csv, &fields, &n, err)) == 1) {
			bool good = n == (size_t)t->n;
			int i;

			for (i = 0; good && i < t->n; i++)
				good = load_cell(
				    &t->columns[i], &fields[i], &cells[i]);
			if (good)
				row(l, cells);
			else
				l->bad_rows++;
		}
	csv_free(csv);
	free(path);
	free(name);
	return got == 0;
}

/* --- finding ------------------------------------------------------------- */

static int
load_by_id(const void *a, const void *b)
{
	const struct kid *x = a, *y = b;

	return (x->id > y->id) - (x->id < y->id);
}

static int
load_by_stay(const void *a, const void *b)
{
	const struct stay *x = a, *y = b;

	if (x->kid != y->kid)
		return x->kid < y->kid ? -1 : 1;
	return (x->removal > y->removal) - (x->removal < y->removal);
}

static int
load_by_day(const void *a, const void *b)
{
	const struct dated *x = a, *y = b;

	if (x->kid != y->kid)
		return x->kid < y->kid ? -1 : 1;
	if (x->day != y->day)
		return x->day < y->day ? -1 : 1;
	return (x->home > y->home) - (x->home < y->home);
}

static struct kid *
load_kid(struct load *l, const struct cell *id)
{
	struct kid key = {.id = load_number(id)};

	return bsearch(&key, l->kids, l->n_kids, sizeof(key), load_by_id);
}

static struct dated *
load_add(struct load *l, struct lot *lot, const struct cell *id)
{
	const struct kid *k = load_kid(l, id);
	struct dated *d;

	if (k == NULL)
		return NULL;
	grow(&lot->v, &lot->cap, lot->n + 1, sizeof(*lot->v));
	d = &lot->v[lot->n++];
	memset(d, 0, sizeof(*d));
	d->kid = (uint32_t)(k - l->kids);
	return d;
}

const struct dated *
lot_of(const struct lot *lot, uint32_t kid, size_t *n)
{
	size_t low = 0, high = lot->n;

	while (low < high) {
		size_t mid = (low + high) / 2;

		if (lot->v[mid].kid < kid)
			low = mid + 1;
		else
			high = mid;
	}
	*n = 0;
	while (low + *n < lot->n && lot->v[low + *n].kid == kid)
		++*n;
	return &lot->v[low];
}

/* --- rows ---------------------------------------------------------------- */

static int32_t
load_day(const struct cell *c, int32_t absent)
{
	return c->n == CELL_EMPTY ? absent : (int32_t)c->n;
}

static void
load_child(struct load *l, const struct cell *c)
{
	struct kid *k;

	grow(&l->kids, &l->cap_kids, l->n_kids + 1, sizeof(*k));
	k = &l->kids[l->n_kids++];
	memset(k, 0, sizeof(*k));
	k->id = load_number(&c[CHILD_COL_ID]);
	k->birth = load_day(&c[CHILD_COL_BIRTH], DATE_MISSING);
	k->mother = k->father = DATE_NEVER;
	k->sex = (uint8_t)c[CHILD_COL_SEX].n;
	k->race = c[CHILD_COL_RACE].n == CELL_EMPTY
		      ? 0
		      : (uint32_t)c[CHILD_COL_RACE].n;
	k->hispanic = (uint8_t)c[CHILD_COL_HISPANIC].n;
}

static void
load_removal(struct load *l, const struct cell *c)
{
	const struct kid *k = load_kid(l, &c[REMOVAL_COL_CHILD]);
	struct stay *s;

	if (k == NULL)
		return;
	grow(&l->stays, &l->cap_stays, l->n_stays + 1, sizeof(*s));
	s = &l->stays[l->n_stays++];
	s->kid = (uint32_t)(k - l->kids);
	s->removal = (int32_t)c[REMOVAL_COL_DATE].n;
	s->custody = load_day(&c[REMOVAL_COL_CUSTODY], s->removal);
	s->discharge = load_day(&c[REMOVAL_COL_DISCHARGE], DATE_NEVER);
	s->reasons = (uint32_t)c[REMOVAL_COL_REASONS].n;
	s->why = c[REMOVAL_COL_WHY_OUT].n == CELL_EMPTY
		     ? 0
		     : (uint8_t)c[REMOVAL_COL_WHY_OUT].n;
}

static void
load_placement(struct load *l, const struct cell *c)
{
	struct dated *d = load_add(l, &l->placements, &c[PLACEMENT_COL_CHILD]);

	if (d == NULL)
		return;
	d->day = (int32_t)c[PLACEMENT_COL_START].n;
	d->code = (uint32_t)c[PLACEMENT_COL_SETTING].n;
	d->home = load_number(&c[PLACEMENT_COL_SITE]);
}

static void
load_goal(struct load *l, const struct cell *c)
{
	struct dated *d = load_add(l, &l->goals, &c[GOALS_COL_CHILD]);

	if (d == NULL)
		return;
	d->day = (int32_t)c[GOALS_COL_START].n;
	d->code = (uint32_t)c[GOALS_COL_GOAL].n;
}

static void
load_legal(struct load *l, const struct cell *c)
{
	struct kid *k = load_kid(l, &c[LEGALS_COL_CHILD]);

	if (k != NULL && c[LEGALS_COL_EVENT].n == LEGAL_TPR_MOTHER)
		k->mother = (int32_t)c[LEGALS_COL_DATE].n;
	if (k != NULL && c[LEGALS_COL_EVENT].n == LEGAL_TPR_FATHER)
		k->father = (int32_t)c[LEGALS_COL_DATE].n;
}

static void
load_meeting(struct load *l, const struct cell *c)
{
	struct dated *d = load_add(l, &l->reviews, &c[MEETING_COL_CHILD]);

	if (d != NULL)
		d->day = (int32_t)c[MEETING_COL_DATE].n;
}

static void
load_visit(struct load *l, const struct cell *c)
{
	int32_t month = date_months(
	    l->visits_from, date_month_start((int32_t)c[VISITS_COL_DATE].n));
	struct kid *k;

	if (c[VISITS_COL_DATE].n < l->visits_from || month > 11)
		return;
	k = load_kid(l, &c[VISITS_COL_CHILD]);
	if (k == NULL)
		return;
	k->visited |= (uint16_t)(1u << month);
	if (c[VISITS_COL_PLACE].n == PLACE_RESIDENCE)
		k->at_home |= (uint16_t)(1u << month);
}

static void
load_report(struct load *l, const struct cell *c)
{
	struct lot *lot = &l->reports;
	struct dated *d;

	grow(&lot->v, &lot->cap, lot->n + 1, sizeof(*lot->v));
	d = &lot->v[lot->n++];
	memset(d, 0, sizeof(*d));
	d->home = load_number(&c[REPORT_COL_ID]);
	d->day = (int32_t)c[REPORT_COL_RECEIVED].n;
}

static int
load_by_report(const void *a, const void *b)
{
	const struct dated *x = a, *y = b;

	return (x->home > y->home) - (x->home < y->home);
}

static void
load_victim(struct load *l, const struct cell *c)
{
	struct dated key = {.home = load_number(&c[VICTIM_COL_REPORT])};
	const struct dated *report = bsearch(
	    &key, l->reports.v, l->reports.n, sizeof(key), load_by_report);
	struct dated *d;

	l->report_children++;
	if (report == NULL ||
	    (c[VICTIM_COL_DISPOSITION].n != DISPOSITION_SUBSTANTIATED &&
		c[VICTIM_COL_DISPOSITION].n != DISPOSITION_INDICATED))
		return;
	d = load_add(l, &l->victims, &c[VICTIM_COL_CHILD]);
	if (d == NULL)
		return;
	d->day = report->day;
	d->incident = load_day(&c[VICTIM_COL_INCIDENT], DATE_MISSING);
	d->code = (uint32_t)c[VICTIM_COL_PERPETRATORS].n;
}

static void
load_population(struct load *l, const struct cell *c)
{
	int64_t year = c[POPULATION_COL_YEAR].n - 1990;

	if (year >= 0 && year < LOAD_YEARS)
		l->population[year] += c[POPULATION_COL_CHILDREN].n;
}

/* --- the whole ----------------------------------------------------------- */

static void
load_sort(struct lot *lot)
{
	qsort(lot->v, lot->n, sizeof(*lot->v), load_by_day);
}

bool
load_extract(
    struct load *l, const char *folder, int32_t visits_from, struct err *err)
{
	memset(l, 0, sizeof(*l));
	l->visits_from = visits_from;
	l->population = xcalloc(LOAD_YEARS, sizeof(*l->population));
	if (!load_table(l, folder, EXTRACT_CHILD, load_child, err))
		return false;
	qsort(l->kids, l->n_kids, sizeof(*l->kids), load_by_id);
	if (!load_table(l, folder, EXTRACT_REMOVAL, load_removal, err) ||
	    !load_table(l, folder, EXTRACT_PLACEMENT, load_placement, err) ||
	    !load_table(l, folder, EXTRACT_GOALS, load_goal, err) ||
	    !load_table(l, folder, EXTRACT_LEGALS, load_legal, err) ||
	    !load_table(l, folder, EXTRACT_MEETING, load_meeting, err) ||
	    !load_table(l, folder, EXTRACT_VISITS, load_visit, err) ||
	    !load_table(l, folder, EXTRACT_REPORT, load_report, err))
		return false;
	qsort(
	    l->reports.v, l->reports.n, sizeof(*l->reports.v), load_by_report);
	if (!load_table(l, folder, EXTRACT_VICTIM, load_victim, err) ||
	    !load_table(l, folder, EXTRACT_POPULATION, load_population, err))
		return false;
	qsort(l->stays, l->n_stays, sizeof(*l->stays), load_by_stay);
	load_sort(&l->placements);
	load_sort(&l->goals);
	load_sort(&l->reviews);
	load_sort(&l->victims);
	return true;
}

void
load_free(struct load *l)
{
	free(l->kids);
	free(l->stays);
	free(l->placements.v);
	free(l->goals.v);
	free(l->reviews.v);
	free(l->victims.v);
	free(l->reports.v);
	free(l->population);
}
