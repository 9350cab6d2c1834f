#include "poms/cap.h"

#include <stdio.h>
#include <string.h>

#include "base/date.h"
#include "base/i18n.h"
#include "poms/state.h"

#define BAND_FIRST 15
#define BAND_SECOND 30

/* --- plans --- */

static bool
is_state(const struct review *r, int unit, enum known known,
    enum response_state state)
{
	const struct slot *s = state_known(r, unit, known);

	return s != NULL && s->cell.answer.state == state;
}

bool
cap_of(struct cap *cap, const struct review *r, int unit)
{
	static const enum known covers[] = {KNOWN_CAP_DONE, KNOWN_CAP_HOW,
	    KNOWN_CAP_KEPT, KNOWN_CAP_PREVENTED, KNOWN_CAP_WHEN, KNOWN_CAP_WHO};
	const struct slot *by;

	if (unit < 0 || unit >= review_units(r) ||
	    review_unit(r, unit)->kind != UNIT_CAP)
		return false;
	by = state_known(r, unit, KNOWN_CAP_EXTENDED_BY);
	*cap = (struct cap){
	    .notice = state_day(r, unit, KNOWN_CAP_NOTICE),
	    .immediate = is_state(r, unit, KNOWN_CAP_IMMEDIATE, ANSWER_YES),
	    .due = state_day(r, unit, KNOWN_CAP_DUE),
	    .extended = state_day(r, unit, KNOWN_CAP_EXTENDED),
	    .extended_by = by != NULL ? by->cell.answer.value : "",
	    .received = state_day(r, unit, KNOWN_CAP_RECEIVED),
	    .approved = state_day(r, unit, KNOWN_CAP_APPROVED),
	    .carry_out = state_day(r, unit, KNOWN_CAP_CARRY_OUT),
	    .carried_out = state_day(r, unit, KNOWN_CAP_CARRIED_OUT),
	    .safety = is_state(r, unit, KNOWN_CAP_SAFETY, ANSWER_YES),
	    .repeat = is_state(r, unit, KNOWN_CAP_REPEAT, ANSWER_YES),
	};
	for (size_t i = 0; i < sizeof covers / sizeof *covers; i++)
		cap->uncovered += is_state(r, unit, covers[i], ANSWER_NO);
	return true;
}

enum late_band
cap_band(int days_late)
{
	return days_late <= 0		  ? LATE_NOT
	       : days_late <= BAND_FIRST  ? LATE_1_15
	       : days_late <= BAND_SECOND ? LATE_16_30
					  : LATE_OVER_30;
}

const char *
late_band_word(enum late_band band)
{
	static const char *const words[] = {
	    [LATE_NOT] = "on_time",
	    [LATE_1_15] = "1-15",
	    [LATE_16_30] = "16-30",
	    [LATE_OVER_30] = "over_30",
	};

	return words[band];
}

const char *
cap_stage_word(enum cap_stage stage)
{
	static const char *const words[] = {
	    [CAP_AWAITED] = "awaited",
	    [CAP_IN_REVIEW] = "in_review",
	    [CAP_ADDENDUM] = "addendum",
	    [CAP_CARRYING] = "carrying_out",
	    [CAP_DONE] = "done",
	};

	return words[stage];
}

static enum cap_stage
stage_of(const struct cap *cap)
{
	if (cap->carried_out != DATE_MISSING)
		return CAP_DONE;
	if (cap->approved != DATE_MISSING)
		return CAP_CARRYING;
	if (cap->received == DATE_MISSING)
		return CAP_AWAITED;
	return cap->uncovered > 0 ? CAP_ADDENDUM : CAP_IN_REVIEW;
}

/* Calendar days that done, or else today, lies behind due. */
static int
days_behind(int32_t due, int32_t done, int32_t today)
{
	int32_t day = done != DATE_MISSING ? done : today;

	return due != DATE_MISSING && day > due ? day - due : 0;
}

static void
county_clock(struct cap_clock *c, const struct cap *cap,
    const struct instrument *in, int32_t today)
{
	int review = instrument_deadline(in, "cap_review", 10);
	int32_t done = cap->approved != DATE_MISSING ? cap->approved : today;

	c->county_due = DATE_MISSING;
	if (cap->received == DATE_MISSING || review < 0 ||
	    in->deadlines[review].days < 0)
		return;
	c->county_due = instrument_add_days(in, cap->received,
	    in->deadlines[review].days, in->deadlines[review].kind);
	c->county_late = c->county_due == DATE_MISSING
			     ? -1
			     : instrument_count_days(in, c->county_due, done,
				   in->deadlines[review].kind);
}

/* A list of holidays that ends must not end in silence, and one that nobody
 * confirmed is no law. */
static void
county_say(
    struct cap_clock *c, const struct cap *cap, const struct instrument *in)
{
	int review = instrument_deadline(in, "cap_review", 10);
	const struct deadline *d = review >= 0 ? &in->deadlines[review] : NULL;
	const char *certainty = "";
	char text[DATE_TEXT];
	int32_t reach;

	c->county_words[0] = '\0';
	if (cap->received == DATE_MISSING || d == NULL || d->days < 0 ||
	    d->kind == DAYS_CALENDAR)
		return;
	reach = instrument_reach(in, d->kind, &certainty);
	if (reach == DATE_MISSING)
		snprintf(c->county_words, sizeof c->county_words, "%s",
		    _("not counted: the form has no calendar of business "
		      "days"));
	else if (c->county_due == DATE_MISSING || c->county_late < 0)
		snprintf(c->county_words, sizeof c->county_words,
		    _("the county's holidays are known up to %s; nothing is "
		      "counted beyond"),
		    date_format(reach, text));
	else if (strstr(certainty, "verified") == NULL)
		snprintf(c->county_words, sizeof c->county_words,
		    _("%d business days; the county's holidays are not "
		      "confirmed"),
		    d->days);
}

static int
days_left(const struct cap_clock *c, const struct cap *cap, int32_t today)
{
	int32_t due = c->stage == CAP_IN_REVIEW	 ? c->county_due
		      : c->stage == CAP_CARRYING ? cap->carry_out
						 : c->due;

	return due == DATE_MISSING || c->stage == CAP_DONE ? 0 : due - today;
}

struct cap_clock
cap_clock(const struct cap *cap, const struct instrument *in, int32_t today)
{
	int day = instrument_deadline(in, "cap", 3);
	struct cap_clock c = {.stage = stage_of(cap), .due = cap->due};

	if (c.due == DATE_MISSING && !cap->immediate && day >= 0 &&
	    in->deadlines[day].days >= 0)
		c.due = instrument_add_days(in, cap->notice,
		    in->deadlines[day].days, in->deadlines[day].kind);
	if (cap->extended != DATE_MISSING &&
	    (c.due == DATE_MISSING || cap->extended > c.due))
		c.due = cap->extended;
	c.late = days_behind(c.due, cap->received, today);
	c.band = cap_band(c.late);
	c.on_time = cap->received != DATE_MISSING && c.late == 0;
	county_clock(&c, cap, in, today);
	county_say(&c, cap, in);
	c.carried_late = days_behind(cap->carry_out, cap->carried_out, today);
	c.carried_band = cap_band(c.carried_late);
	c.carried_on_time =
	    cap->carried_out != DATE_MISSING && c.carried_late == 0;
	c.days_left = days_left(&c, cap, today);
	return c;
}

bool
cap_extend(struct cap *cap, int32_t to, const char *by, struct err *err)
{
	int32_t now = cap->extended != DATE_MISSING ? cap->extended : cap->due;

	if (*by == '\0')
		return err_set(
		    err, ERR_REFUSED, _("an extension needs who approved it"));
	if (to == DATE_MISSING || now == DATE_MISSING || to <= now)
		return err_set(err, ERR_REFUSED,
		    _("an extension is later than what it extends"));
	cap->extended = to;
	cap->extended_by = by;
	return true;
}

/* --- status --- */

static const char *const status_words[] = {
    [STATUS_NONE] = "none",
    [STATUS_HOLD] = "hold",
    [STATUS_DNR] = "dnr",
    [STATUS_DNU] = "dnu",
};

const char *
status_word(enum hold_status status)
{
	return status_words[status];
}

enum hold_status
status_find(const char *word)
{
	for (int i = STATUS_DNU; i > STATUS_NONE; i--)
		if (strcmp(status_words[i], word) == 0)
			return (enum hold_status)i;
	return STATUS_NONE;
}

static bool
extension_valid(const struct proposal *p, struct err *err)
{
	if (p->now != STATUS_HOLD || p->to != STATUS_HOLD)
		return err_set(
		    err, ERR_REFUSED, _("only a hold can be extended"));
	if (p->until == DATE_MISSING || p->new_until == DATE_MISSING ||
	    p->new_until <= p->until)
		return err_set(err, ERR_REFUSED,
		    _("an extension is later than what it extends"));
	return p->new_until - p->until <= HOLD_EXTENSION_DAYS ||
	       err_set(err, ERR_REFUSED,
		   _("a hold can be extended by at most %d days"),
		   HOLD_EXTENSION_DAYS);
}

bool
proposal_valid(const struct proposal *p, struct err *err)
{
	bool grounds = p->danger || p->open_findings > 0 || p->late_caps > 0;

	if (p->reason[strspn(p->reason, " \t\n")] == '\0')
		return err_set(
		    err, ERR_REFUSED, _("a proposal needs a reason"));
	if (p->extension)
		return extension_valid(p, err);
	if (p->to == p->now)
		return err_set(err, ERR_REFUSED,
		    _("the provider has that status already"));
	if (p->to >= STATUS_DNR && p->to > p->now && !grounds)
		return err_set(err, ERR_REFUSED,
		    _("this needs evidence of danger, of a serious event or "
		      "of uncorrected non-compliance"));
	return p->to != STATUS_DNU || p->danger || p->now == STATUS_DNR ||
	       err_set(err, ERR_REFUSED,
		   _("do not use follows do not refer, or danger"));
}

enum approver
proposal_approver(const struct proposal *p)
{
	enum hold_status most = p->to > p->now ? p->to : p->now;

	if (p->extension || most >= STATUS_DNR)
		return APPROVER_DIRECTOR;
	return most == STATUS_HOLD ? APPROVER_DIVISION_CHIEF : APPROVER_NONE;
}

const char *
approver_word(enum approver a)
{
	static const char *const words[] = {
	    [APPROVER_NONE] = "none",
	    [APPROVER_DIVISION_CHIEF] = "division_chief",
	    [APPROVER_DIRECTOR] = "director",
	};

	return words[a];
}

enum hold_status
proposal_suggest(
    const struct cap *caps, size_t n, bool danger, const char **why)
{
	*why = "";
	if (danger) {
		*why = N_("evidence of danger or of a serious event");
		return STATUS_DNR;
	}
	for (size_t i = 0; i < n; i++) {
		int32_t due = caps[i].extended != DATE_MISSING
				  ? caps[i].extended
				  : caps[i].due;

		if (caps[i].repeat)
			*why = N_("a finding came back within 12 months");
		else if (cap_band(days_behind(due, caps[i].received, due)) ==
			 LATE_OVER_30)
			*why = N_("a plan came more than 30 days late");
	}
	return **why != '\0' ? STATUS_HOLD : STATUS_NONE;
}

/* --- follow-up --- */

static bool
chose(const struct review *r, int unit, enum known known, const char *id)
{
	const struct slot *s = state_known(r, unit, known);

	return s != NULL && s->cell.answer.state == ANSWER_VALUE &&
	       strcmp(s->cell.answer.value, id) == 0;
}

static enum followed
followed(const struct review *r, int unit)
{
	if (chose(r, unit, KNOWN_FOL_CLOSE, "close"))
		return FOLLOW_CLOSED;
	if (chose(r, unit, KNOWN_FOL_CORRECTED, "yes"))
		return FOLLOW_CORRECTED;
	return chose(r, unit, KNOWN_FOL_CORRECTED, "partly") ? FOLLOW_PARTLY
							     : FOLLOW_OPEN;
}

const struct follow *
follow_list(const struct review *r, struct arena *arena, int *n)
{
	struct follow *list =
	    arena_alloc(arena, (size_t)review_units(r) * sizeof *list);

	*n = 0;
	for (int i = 0; i < review_units(r); i++) {
		const struct review_unit *u = review_unit(r, i);
		const char *since = review_fact(r, i, FACT_SINCE);
		const struct slot *how;

		if (u->kind != UNIT_FOL || u->dropped)
			continue;
		how = state_known(r, i, KNOWN_FOL_HOW);
		list[(*n)++] = (struct follow){
		    .unit = i,
		    .question = review_fact(r, i, FACT_QUESTION),
		    .since = date_parse(since, strlen(since)),
		    .checked = state_day(r, i, KNOWN_FOL_CHECKED),
		    .state = followed(r, i),
		    .how = how != NULL ? how->cell.answer.value : "",
		};
	}
	return list;
}

static bool
has_open(const struct open_finding *list, int n, const char *question)
{
	for (int i = 0; i < n; i++)
		if (strcmp(list[i].question, question) == 0)
			return true;
	return false;
}

const struct open_finding *
follow_due(const struct review *last, struct arena *arena, int *n)
{
	int old_n, findings_n;
	const struct follow *old = follow_list(last, arena, &old_n);
	const struct finding *f = review_findings(last, arena, &findings_n);
	struct open_finding *list =
	    arena_alloc(arena, (size_t)(old_n + findings_n + 1) * sizeof *list);

	*n = 0;
	for (int i = 0; i < findings_n; i++)
		list[(*n)++] =
		    (struct open_finding){last->in->questions[f[i].question].id,
			state_day(last, 0, KNOWN_TO)};
	for (int i = 0; i < old_n; i++)
		if (old[i].state != FOLLOW_CLOSED &&
		    !has_open(list, *n, old[i].question))
			list[(*n)++] = (struct open_finding){
			    old[i].question, old[i].since};
	return list;
}
