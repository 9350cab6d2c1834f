#include "service/sentence.h"
#include "service/withdrawn.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/date.h"
#include "base/i18n.h"

/* "children entering care in the period", from its vocabulary. */
static const char *
sentence_cohort(const struct sentence *s)
{
	const char *own = s->scope->about->period_words;

	return own != NULL && own[0] != '\0'
		   ? own
		   : _(code_label(
			 &codesets[CODES_PERIOD], s->scope->about->period));
}

static void
sentence_percent(struct buf *b, const struct sentence *s, const char *value)
{
	const struct figure *f = s->figure;

	buf_printf(b,
	    ngettext("Of %" PRId64 " counted (%s), %" PRId64
		     " met the measure: %s %%.",
		"Of %" PRId64 " counted (%s), %" PRId64
		" met the measure: %s %%.",
		(unsigned long)f->denominator),
	    f->denominator, sentence_cohort(s), f->numerator, value);
}

static void
sentence_figure(struct buf *b, const struct sentence *s, const char *value)
{
	const struct measure_about *a = s->scope->about;
	const struct figure *f = s->figure;

	switch (a->kind) {
	case KIND_PERCENT:
		if (!a->amounts) {
			sentence_percent(b, s, value);
			break;
		}
		/* fall through */
	case KIND_RATE:
		buf_printf(b, _("%" PRId64 " in %" PRId64 " %s (%s): %s %s."),
		    f->numerator, f->denominator, a->counts, sentence_cohort(s),
		    value, a->unit);
		break;
	case KIND_MEDIAN:
		buf_printf(b,
		    strcmp(a->over, "removal") == 0
			? _("Half of the %" PRId64
			    " counted (%s) stayed no longer than %s %s.")
			: _("Half of the %" PRId64
			    " counted (%s) took no longer than %s %s."),
		    f->denominator, sentence_cohort(s), value, a->unit);
		break;
	case KIND_COMPOSITE:
		buf_printf(b,
		    _("The score is %s, over the counties of %" PRId64
		      " children served (%s)."),
		    value, f->denominator, sentence_cohort(s));
		break;
	case KIND_MEAN:
		buf_printf(b,
		    _("The %" PRId64 " counted (%s) took %s %s on average."),
		    f->denominator, sentence_cohort(s), value, a->unit);
		break;
	default:
		buf_printf(
		    b, _("%s %s (%s)."), value, a->unit, sentence_cohort(s));
	}
}

/* How far chance reaches. */
static void
sentence_interval(struct buf *b, const struct sentence *s)
{
	const struct measure *m = s->scope->measure;
	const struct judging *j = measure_judging_on(m, s->scope->period.to);
	char low[FIGURE_TEXT], high[FIGURE_TEXT];
	int decimals = s->scope->about->decimals;
	int64_t ends[2];

	if (figure_interval(m, s->figure, j, ends))
		buf_printf(b,
		    _(" By chance it may lie between %s and %s (%d %%)."),
		    figure_scaled_text(ends[0], decimals, low),
		    figure_scaled_text(ends[1], decimals, high), j->confidence);
}

static void
sentence_goal(struct buf *b, const struct sentence *s)
{
	const struct measure_about *a = s->scope->about;
	const struct figure_terms t =
	    figure_terms_on(s->scope->measure, s->scope->period.to, false);
	const struct measure_goal *g = t.goal;
	int status = figure_status(s->scope->measure, s->figure, &t);

	if (g == NULL)
		return;
	if (g->benchmark) {
		buf_printf(b, _(" The benchmark, which is no standard, is %s."),
		    g->value);
		return;
	}
	buf_printf(b,
	    a->better == BETTER_LOWER ? _(" The goal is %s or less: %s.")
				      : _(" The goal is %s or more: %s."),
	    g->value, _(code_label(&codesets[CODES_STATUS], status)));
}

const char *
sentence_text(const struct sentence *s)
{
	char value[FIGURE_TEXT];
	struct buf b = {0};
	const char *text, *withdrawn;

	figure_text(s->scope->measure, s->figure, value);
	withdrawn =
	    withdrawn_because(s->context, s->scope->about, s->scope->period.to);
	if (withdrawn != NULL) {
		buf_str(&b, withdrawn);
	} else if (!s->ripe) {
		buf_str(&b, _("There is no figure yet: the time in which "
			      "the outcome is awaited has not fully passed."));
	} else if (figure_note(s->scope->measure, s->figure)[0] != '\0') {
		buf_printf(&b, _("There is no figure: %s."),
		    figure_note(s->scope->measure, s->figure));
	} else if (value[0] == '\0') {
		buf_str(&b, _("There is no figure: nobody counts here in "
			      "this period."));
	} else {
		sentence_figure(&b, s, value);
		sentence_interval(&b, s);
		sentence_goal(&b, s);
	}
	text = arena_strndup(&s->context->arena, buf_text(&b), b.len);
	buf_free(&b);
	return text;
}

static void
sentence_note(const struct sentence *s, const char *note)
{
	json_string(&s->context->json, note);
}

static void
sentence_note_goal(const struct sentence *s)
{
	const struct measure_goal *g =
	    measure_goal_on(s->scope->measure, s->scope->period.to);
	struct arena *arena = &s->context->arena;

	if (g == NULL)
		return;
	sentence_note(s, arena_printf(arena, _("Goal: %s (%s, %s)."), g->value,
			     g->source, g->certainty));
	if (strstr(g->name, "national performance") != NULL)
		sentence_note(
		    s, _("Observed, not risk-standardised: the "
			 "national value allows for differences between states "
			 "that this figure does not."));
}

/* What an attribute counts where that is not one value for each child. */
static void
sentence_note_unit(const struct sentence *s, enum attribute a)
{
	if (attribute_is_many(a))
		sentence_note(s, arena_printf(&s->context->arena,
				     _("%s: a child may have several and "
				       "counts under each; the rows do not add "
				       "up to the total."),
				     _(attribute_label(a))));
	if (a == ATTRIBUTE_SIBLINGS || a == ATTRIBUTE_TOGETHER)
		sentence_note(s, _("Children are counted, not sibling groups: "
				   "a group of three in care is three."));
}

/* Why the rows do not simply add up to the total, or the total is not their
 * mean. */
static void
sentence_note_sum(const struct sentence *s)
{
	if (s->scope->query.by_n == 0)
		return;
	for (int i = 0; i < s->scope->query.by_n; i++)
		sentence_note_unit(s, s->scope->query.by[i]);
	switch (s->scope->about->kind) {
	case KIND_MEDIAN:
		sentence_note(s, _("Medians do not add up: the total's is "
				   "taken over all, not over the rows."));
		break;
	case KIND_PERCENT:
	case KIND_RATE:
	case KIND_MEAN:
		sentence_note(s, _("The total is counted over all; it is not "
				   "the mean of the rows."));
		break;
	default:
		break;
	}
}

void
sentence_footnotes(const struct sentence *s)
{
	const struct measure_about *a = s->scope->about;
	const struct facts_about *facts = facts_about(s->context->facts);
	struct arena *arena = &s->context->arena;
	char day[DATE_TEXT];

	sentence_note(s, arena_printf(arena, _("Counts %s: %s."), a->counts,
			     sentence_cohort(s)));
	sentence_note_sum(s);
	if (a->period == PERIOD_POINT)
		sentence_note(s, _("A point in time: the period's last day."));
	if (a->lag_months > 0)
		sentence_note(s, arena_printf(arena,
				     ngettext("Outcomes are awaited for %d "
					      "month after the period.",
					 "Outcomes are awaited for %d months "
					 "after the period.",
					 (unsigned long)a->lag_months),
				     a->lag_months));
	sentence_note_goal(s);
	if (a->not_computed)
		sentence_note(s,
		    _("Not computed: national constants not supplied; see the "
		      "parts it is made of."));
	if (a->population)
		sentence_note(s,
		    _("Per children of the population: known for counties and "
		      "above, by the year of the period's first of July."));
	sentence_note(s, arena_printf(arena,
			     _("Data through %s, "
			       "definition %s version %s, generation %u."),
			     date_format(facts->data_through, day), a->id,
			     a->version, facts->generation));
	if (facts->invented)
		sentence_note(s, _("All data are invented."));
}
