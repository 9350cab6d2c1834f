#include "poms/repeat.h"

#include <stdlib.h>
#include <string.h>

#include "poms/change_part.h"

/* The fed answer itself: what a monitor makes of it is no source. */
static const struct review_cell *
found_cell(const struct review *r)
{
	int q = r->in->known[KNOWN_LAST_FOUND];
	const struct review_cell *c = q >= 0 ? review_cell(r, 0, q) : NULL;

	return c != NULL && c->fed.state == ANSWER_VALUE ? c : NULL;
}

static bool
names(const char *list, const char *question)
{
	size_t len = strlen(question);

	while (*list != '\0') {
		size_t n = strcspn(list, REPEAT_BREAK);

		if (n == len && memcmp(list, question, n) == 0)
			return true;
		list += n;
		list += strspn(list, REPEAT_BREAK);
	}
	return false;
}

enum repeats
repeat_fed(const struct review *r, const char *question, const char **source)
{
	const struct review_cell *c = found_cell(r);

	if (c == NULL)
		return REPEATS_UNKNOWN;
	if (source != NULL)
		*source = c->fed_source;
	return names(c->fed.value, question) ? REPEATS_YES : REPEATS_NO;
}

static bool
stands_open(const struct review *r, const char *question)
{
	for (size_t i = 1; i < r->rows_n; i++)
		if (r->rows[i].unit.kind == UNIT_FOL &&
		    !r->rows[i].unit.dropped &&
		    strcmp(review_fact(r, (int)i, FACT_QUESTION), question) ==
			0)
			return true;
	return false;
}

bool
repeat_of(const struct review *r, const char *question, int unit)
{
	const struct slot *s =
	    unit >= 0 ? state_known(r, unit, KNOWN_FND_REPEAT) : NULL;
	enum repeats fed;

	if (s != NULL && (s->cell.answer.state == ANSWER_YES ||
			     s->cell.answer.state == ANSWER_NO))
		return s->cell.answer.state == ANSWER_YES;
	fed = repeat_fed(r, question, NULL);
	return fed == REPEATS_UNKNOWN ? stands_open(r, question)
				      : fed == REPEATS_YES;
}

int
repeat_year(const struct review *r)
{
	const struct slot *s = state_known(r, 0, KNOWN_LAST_YEAR);

	return s != NULL && s->cell.answer.state == ANSWER_VALUE && s->value.ok
		   ? (int)s->value.number
		   : 0;
}

void
repeat_feed(const struct review *r, const char *key, const char *question,
    const struct stamp *stamp, struct change *out)
{
	int q = r->in->known[KNOWN_FND_REPEAT];
	const char *source = "";
	enum repeats fed = repeat_fed(r, question, &source);
	struct event *e;

	if (q < 0 || r->in->questions[q].unit != UNIT_FND ||
	    fed == REPEATS_UNKNOWN)
		return;
	e = change_next(r, out, EVENT_FED, stamp);
	e->question = change_keep(out, r->in->questions[q].id);
	e->unit = UNIT_FND;
	e->key = change_keep(out, key);
	e->text = change_keep(out, source);
	e->new.state = fed == REPEATS_YES ? ANSWER_YES : ANSWER_NO;
}
