/* Every panel there is; each stands in a file of its own name. */
#ifndef HEARTH_CLIENT_PANELS_H
#define HEARTH_CLIENT_PANELS_H

#include "client/panel.h"

extern const struct panel_ops panel_board;	/* a place's headlines */
extern const struct panel_ops panel_measures;	/* the catalogue */
extern const struct panel_ops panel_units;	/* a figure by unit, by value */
extern const struct panel_ops panel_compare;	/* beside peers, expected */
extern const struct panel_ops panel_strata;	/* the expected, added up */
extern const struct panel_ops panel_trend;	/* a figure over time */
extern const struct panel_ops panel_list;	/* the children behind it */
extern const struct panel_ops panel_why;	/* one child, rule by rule */
extern const struct panel_ops panel_child;	/* one child's record */
extern const struct panel_ops panel_countdown;	/* dated duties */
extern const struct panel_ops panel_plan;	/* the year's reviews */
extern const struct panel_ops panel_quality;	/* what to mend */
extern const struct panel_ops panel_entry;	/* what comes in, how late */
extern const struct panel_ops panel_providers;	/* homes, their children */
extern const struct panel_ops panel_definition; /* a measure's rules */
extern const struct panel_ops panel_attributes; /* what to break down by */
extern const struct panel_ops panel_crosstab;	/* one against another */
extern const struct panel_ops panel_reviews;	/* at the office */
extern const struct panel_ops panel_plans_due;	/* plans of action */
extern const struct panel_ops panel_proposals;	/* to hold providers */
extern const struct panel_ops panel_scorecard;	/* what a review came to */
extern const struct panel_ops panel_counted;	/* the answers in a figure */
extern const struct panel_ops panel_indicator;	/* all providers */
extern const struct panel_ops panel_cap;	/* one plan of action */
extern const struct panel_ops panel_planned;	/* one review of the plan */
extern const struct panel_ops panel_standing;	/* a review at the office */
extern const struct panel_ops panel_duty;	/* why a duty is due so */
extern const struct panel_ops panel_letter;	/* its findings letter */
extern const struct panel_ops panel_acts;	/* what may be written here */
extern const struct panel_ops panel_search;	/* places, children, measures */
extern const struct panel_ops panel_changes;	/* whose verdict changed */
extern const struct panel_ops panel_moves;	/* what became of duties */
extern const struct panel_ops panel_ref;	/* what a code stands for */
extern const struct panel_ops panel_columns;	/* which columns to show */
extern const struct panel_ops panel_help;	/* the keys */

/* Says the reference code of a figure (its member "ref"), or that it has none.
 */
void panel_say_code(struct screens *s, const cJSON *figure);

/* Opens what may be written at these kinds of rows (acts.h); takes row over. */
void panel_acts_open(struct screens *s, unsigned at, cJSON *row);
/* Opens the form of an act at the focused row, or says that it is not done
 * there. */
struct act;
void panel_acts_do(struct screens *s, const struct act *act);
/* Opens the form of an act; leave: so many screens before it end with it.
 * Takes row over. */
void panel_write_open(
    struct screens *s, const struct act *act, cJSON *row, int leave);

/* Below the whole, what is due of providers is that of whose terminal it is:
 * adds who. */
void panel_own(const struct panel *p, struct buf *path);
/* Opens why the duty of that key (a child, a report, a case) is due as it is;
 * false for a clock whose duties say no more than their row. */
bool duty_open(struct panel *p, const char *clock, const char *key);

#endif
