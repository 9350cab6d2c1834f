/*
 * The results of a review on this machine: indicators with their counts and
 * standards, areas, findings, corrective action plans, and the findings
 * letter. What the service scores from all devices is the result that counts;
 * this is the same arithmetic over what stands here.
 */
#ifndef HEARTH_CLIENT_REVIEW_SCORE_H
#define HEARTH_CLIENT_REVIEW_SCORE_H

#include <cJSON.h>

#include "client/doc.h"
#include "poms/score.h"

/* Adds the members of a scorecard (poms/card.h) to an answer; today is the
 * plans' day. */
/* "overrides": answers instead of what case data brought (poms/card.h). */
void review_overrides_answer(cJSON *answer, const struct review *r);
void review_score_answer(cJSON *answer, const struct review *r, int32_t today);
/* Adds "letter". False (ERR_NO_ANSWER) while Z03a, the notice's day, is not
 * answered. */
bool review_letter_answer(
    cJSON *answer, const struct review *r, enum tongue tongue, struct err *err);
/* Whether a scorecard has a part of that name. */
bool review_part_known(const char *part);
/* A word of an answer ("not_met", "in_review") as people read it. */
const char *review_score_word(const char *word);
/* A text of an object; "title" and "text" in the reader's tongue. */
const char *review_score_text(const cJSON *o, const char *key);
/* Shows what of these an answer holds; only its "part" when it names one. */
void review_score_show(struct doc *doc, const cJSON *answer);

#endif
