/* How a duty came about, line by line. */
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/buf.h"
#include "base/date.h"
#include "base/i18n.h"
#include "measure/clock_days.h"
#include "measure/evaluate.h"

#define STRETCHES_SHOWN 32

static const char *const events[EVENTS] = {
    [EVENT_CUSTODY] = N_("custody began"),
    [EVENT_REVIEW] = N_("last review held"),
    [EVENT_FINDING] = N_("court finding"),
    [EVENT_REMOVAL_WAIT] = N_("waiting time after the removal over"),
    [EVENT_REMOVAL] = N_("removal"),
    [EVENT_MONTH] = N_("the month began"),
    [EVENT_PETITION] = N_("petition filed"),
    [EVENT_EXCEPTION] = N_("exception documented"),
    [EVENT_FREE] = N_("legally free"),
    [EVENT_VISIT] = N_("visit made"),
    [EVENT_ADULT] = N_("18th birthday"),
};

struct story {
	struct duty_story *out;
	size_t cap;
};

static void tell(struct story *s, const char *fmt, ...)
    __attribute__((format(printf, 2, 3)));

static void
tell(struct story *s, const char *fmt, ...)
{
	struct duty_story *out = s->out;
	char *line = NULL;
	va_list ap;

	va_start(ap, fmt);
	if (vasprintf(&line, fmt, ap) < 0)
		abort();
	va_end(ap);
	grow(&out->lines, &s->cap, out->lines_n + 1, sizeof *out->lines);
	out->lines[out->lines_n++] = line;
}

static void
tell_start(struct story *s, const struct clock_answer *a)
{
	char day[DATE_TEXT];

	if (a->state == DUTY_UNKNOWN) {
		tell(s, "%s", _("The removal date is not known."));
		return;
	}
	tell(s, _("Counts from %s: %s."), date_format(a->start, day),
	    _(events[a->event]));
}

/* Earlier stays, and absences whose days do not count. */
static void
tell_stretches(struct story *s, const struct clock_case *c)
{
	struct clock_stretch list[STRETCHES_SHOWN];
	int n = clock_stretches(c, list, STRETCHES_SHOWN);
	char from[DATE_TEXT], to[DATE_TEXT];

	for (int i = 0; i < n; i++) {
		date_format(list[i].from, from);
		date_format(list[i].to, to);
		if (list[i].setting != 0)
			tell(s, _("Not counted: %s from %s to %s."),
			    _(code_label(
				&codesets[CODES_SETTING], list[i].setting)),
			    from, to);
		else if (list[i].removal != c->removal &&
			 list[i].from < list[i].to)
			tell(s, _("An earlier stay counts from %s to %s."),
			    from, to);
	}
}

static void
tell_end(struct story *s, const struct clock_answer *a, int32_t as_of)
{
	int32_t days = a->due - as_of;
	char day[DATE_TEXT];

	if (date_known(a->due))
		tell(s, _("Due on %s."), date_format(a->due, day));
	if (a->state == DUTY_DONE)
		tell(s, _("Done on %s: %s."), date_format(a->end_day, day),
		    _(events[a->end]));
	else if (a->state == DUTY_STOPPED)
		tell(s, _("No longer runs since %s: %s."),
		    date_format(a->end_day, day), _(events[a->end]));
	else if (a->state == DUTY_OVERDUE)
		tell(s,
		    ngettext("%d day over.", "%d days over.", (unsigned)-days),
		    -days);
	else if (a->state == DUTY_DUE && days > 0)
		tell(s,
		    ngettext("%d day left.", "%d days left.", (unsigned)days),
		    days);
	else if (a->state == DUTY_DUE)
		tell(s, "%s", _("Due today."));
}

struct duty_story *
duty_explain(const struct facts *facts, const struct duties *d, size_t i)
{
	struct duty_story *out = xcalloc(1, sizeof *out);
	struct story s = {.out = out};
	struct clock_case c = {.facts = facts,
	    .as_of = d->as_of,
	    .child = d->rows[i].child,
	    .removal = d->rows[i].removal,
	    .rule = clock_rule_on(d->measures, d->clock, d->as_of)};
	struct clock_answer a = clock_answer(&c);

	out->start_event = a.state == DUTY_UNKNOWN ? "" : _(events[a.event]);
	tell_start(&s, &a);
	tell(&s, _("Rule: %s"), c.rule->about.rule);
	if (c.rule->about.citation[0] != '\0')
		tell(&s, _("Source: %s (%s)."), c.rule->about.citation,
		    c.rule->about.certainty);
	if (d->clock == CLOCK_TPR && a.state != DUTY_UNKNOWN)
		tell_stretches(&s, &c);
	tell_end(&s, &a, d->as_of);
	if (a.state == DUTY_DUE || a.state == DUTY_OVERDUE)
		tell(&s, _("What would stop it: %s"), c.rule->about.stops);
	return out;
}

void
duty_story_free(struct duty_story *s)
{
	if (s == NULL)
		return;
	for (size_t i = 0; i < s->lines_n; i++)
		free(s->lines[i]);
	free(s->lines);
	free(s);
}
