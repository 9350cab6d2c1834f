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
    [EVENT_REPORT] = N_("report received"),
    [EVENT_CONTACT] = N_("first contact"),
    [EVENT_OPENED] = N_("case opened"),
    [EVENT_PLAN] = N_("plan written"),
    [EVENT_UNTIL_COMPLETE] =
	N_("with good cause, for a death there is no day but its completion"),
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

static const char *
missing_start(enum over over)
{
	if (over == OVER_REMOVAL)
		return _("The removal date is not known.");
	return over == OVER_REPORT
		   ? _("The time of the report is not known.")
		   : _("The day on which the case was opened is not known.");
}

static void
tell_start(
    struct story *s, const struct clock_case *c, const struct clock_answer *a)
{
	char day[DATE_TEXT];

	if (a->state == DUTY_UNKNOWN) {
		tell(s, "%s", missing_start(c->over));
		return;
	}
	tell(s, _("Counts from %s: %s."), date_format(a->start, day),
	    _(events[a->event]));
}

/* The limit of a report, and what it rests on. */
static void
tell_limit(struct story *s, int clock, const struct clock_answer *a)
{
	const char *unit = clock == CLOCK_CONTACT ? _("hours") : _("days");

	if (a->limit > 0 && a->good_cause && a->kind != NULL)
		tell(s, _("Limit: %d %s, with good cause on file, for %s."),
		    a->limit, unit, a->kind);
	else if (a->limit > 0 && a->good_cause)
		tell(s, _("Limit: %d %s, with good cause on file."), a->limit,
		    unit);
	else if (a->limit > 0 && a->kind != NULL)
		tell(s, _("Limit: %d %s, for %s."), a->limit, unit, a->kind);
	else if (a->limit > 0)
		tell(s, _("Limit: %d %s."), a->limit, unit);
}

/* A record that came later than what it tells of. */
static void
tell_entered(struct story *s, const struct clock_answer *a)
{
	bool ended = a->state == DUTY_DONE || a->state == DUTY_ENTERED_LATE;
	int32_t from = ended ? a->end_day : a->start, days;

	if (!date_known(a->entered) || !date_known(from))
		return;
	days = a->entered - from;
	if (days <= 0)
		return;
	tell(s,
	    ngettext("Done, entered %d day later.",
		"Done, entered %d days later.", (unsigned)days),
	    days);
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
	char day[DATE_TEXT], time[DATE_TIME_TEXT];

	if (a->minute != 0)
		tell(s, _("Due by %s."), date_time_format(a->minute, time));
	else if (date_known(a->due))
		tell(s, _("Due on %s."), date_format(a->due, day));
	if (a->state == DUTY_DONE || a->state == DUTY_ENTERED_LATE)
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

static const char *
event_word(const struct clock_answer *a)
{
	return a->state == DUTY_UNKNOWN ? "" : _(events[a->event]);
}

const char *
duty_start_event(const struct facts *facts, const struct duties *d, size_t i)
{
	struct clock_case c = clock_case_of(d, facts, d->rows[i].row);
	struct clock_answer a = clock_answer(&c);

	return event_word(&a);
}

struct duty_story *
duty_explain(const struct facts *facts, const struct duties *d, size_t i)
{
	struct duty_story *out = xcalloc(1, sizeof *out);
	struct story s = {.out = out};
	struct clock_case c = clock_case_of(d, facts, d->rows[i].row);
	struct clock_answer a = clock_answer(&c);

	out->start_event = event_word(&a);
	tell_start(&s, &c, &a);
	tell(&s, _("Rule: %s"), c.rule->about.rule);
	if (c.rule->about.citation[0] != '\0')
		tell(&s, _("Source: %s (%s)."), c.rule->about.citation,
		    c.rule->about.certainty);
	tell_limit(&s, d->clock, &a);
	if (d->clock == CLOCK_PPRT && a.event == EVENT_REMOVAL)
		tell(&s, "%s",
		    _("The custody date is missing: the removal's stands "
		      "for it."));
	if (d->clock == CLOCK_TPR && a.state != DUTY_UNKNOWN)
		tell_stretches(&s, &c);
	tell_end(&s, &a, d->as_of);
	tell_entered(&s, &a);
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
