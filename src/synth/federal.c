#include "synth/federal.h"

#include <string.h>

#include "base/date.h"

bool
federal_knows(const struct episode *e, const struct period *p)
{
	return e->removal <= p->end && e->entered <= p->end + FEDERAL_DUE;
}

/* By the day of the transaction, not of the discharge. */
bool
federal_knows_end(const struct episode *e, const struct period *p)
{
	return e->out_entered <= p->end;
}

bool
federal_serves(const struct episode *e, const struct period *p)
{
	return federal_knows(e, p) &&
	       (!federal_knows_end(e, p) || e->discharge >= p->start ||
		   e->out_entered >= p->start);
}

int32_t
federal_last_day(const struct episode *e, const struct period *p)
{
	return federal_knows_end(e, p) && e->discharge < p->end ? e->discharge
								: p->end;
}

bool
federal_is_home(const struct placement *p)
{
	return p->setting <= SETTING_INDEPENDENT;
}

bool
federal_new_home(const struct placement *p, const struct placement *before)
{
	return federal_is_home(p) &&
	       (before == NULL || p->home == 0 || p->home != before->home);
}

static void
federal_digits(char *at, int n, int width)
{
	while (width-- > 0) {
		at[width] = (char)('0' + n % 10);
		n /= 10;
	}
}

void
federal_day(char text[static FEDERAL_DATE], int32_t day)
{
	struct civil c;

	if (!date_known(day))
		return;
	c = date_civil(day);
	federal_digits(text, c.year, 4);
	federal_digits(text + 4, c.month, 2);
	federal_digits(text + 6, c.day, 2);
}

void
federal_day_us(char text[static FEDERAL_DATE], int32_t day)
{
	struct civil c;

	if (!date_known(day))
		return;
	c = date_civil(day);
	federal_digits(text, c.month, 2);
	federal_digits(text + 2, c.day, 2);
	federal_digits(text + 4, c.year, 4);
}

void
federal_begin(struct batch *b, const struct outputs *o)
{
	size_t i;

	for (i = o->afcars93; i < o->ncands; i++) {
		if (o->v[i].path == NULL)
			continue;
		if (i < o->afcars20)
			afcars93_begin(&b->v[i]);
		else
			afcars20_begin(&b->v[i], o->v[i].period);
	}
}

bool
federal_end(struct outputs *o, struct err *err)
{
	size_t i;

	for (i = o->afcars93; i < o->ncands; i++) {
		if (o->v[i].path == NULL)
			continue;
		if (!(i < o->afcars20 ? afcars93_end(&o->v[i], err)
				      : afcars20_end(&o->v[i], err)))
			return err_prefix(err, "%s", o->v[i].path);
	}
	return true;
}

static void
federal_care(struct batch *b, const struct outputs *o, const struct family *f)
{
	size_t i, c;

	for (i = o->afcars93; i < o->ncands; i++)
		for (c = 0; o->v[i].path != NULL && c < f->n; c++) {
			if (f->children[c].episodes == 0)
				continue;
			if (i < o->afcars20)
				afcars93_child(&b->v[i], f, c, o->v[i].period);
			else
				afcars20_child(&b->v[i], f, c, o->v[i].period);
		}
}

void
federal_family(struct batch *b, const struct world *w, const struct outputs *o,
    const struct family *f)
{
	size_t i, r;

	if (f->removed)
		federal_care(b, o, f);
	for (i = o->ncands; i < o->n; i++)
		for (r = 0; o->v[i].path != NULL && r < f->reports.n; r++)
			ncands_report(&b->v[i], w, f, r, o->v[i].period);
}
