/* Inside of card*.c: what the parts of a scorecard's JSON share. */
#ifndef HEARTH_POMS_CARD_PART_H
#define HEARTH_POMS_CARD_PART_H

#include "poms/card.h"
#include "poms/state.h"

/* NULL for "": it is null in answers. */
const char *card_some(const char *text);
/* What was typed for a known question of a unit (-1: of none); "" when it is
 * no value. */
const char *card_typed(const struct review *r, int unit, enum known known);
bool card_said_yes(const struct review *r, int unit, enum known known);
/* Whether it is asked in an interview: its answers are told as counts only. */
bool card_in_private(const struct review *r, const struct question *q);

/* "indicators", "areas" and "elements" into the object that is open. */
void card_scores(struct json *j, const struct score *s, const struct review *r);
/* "findings", "open_findings", "citations", "sites", "incidents" and
 * "discharges". */
void card_findings(
    struct json *j, const struct scorecard *c, const struct review *r);

#endif
