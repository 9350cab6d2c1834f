/*
 * Whose a question is, in words: "A. B. K17, child in placement". Children
 * stand with initials and the agency's id, so that a screen left open in a
 * group home names nobody; the full name is shown only when asked for. A row
 * is told by its number and its first answers.
 */
#ifndef HEARTH_CLIENT_UNIT_WORDS_H
#define HEARTH_CLIENT_UNIT_WORDS_H

#include "poms/review.h"

/* The tongue of questions, results and letters: that of all other texts. */
enum tongue review_tongue(void);

struct unit_look {
	bool names; /* full ones */
	enum tongue tongue;
};

/* Appends who or what the unit is: "A. B. K17", "Main house", "corrective
 * action plan 2: OHCMD review, 2012-01-02"; nothing for the agency. */
void unit_whose(struct buf *out, const struct review *r, int unit,
    const struct unit_look *look);
/* The same with its kind, and whose it is when it belongs to another. */
void unit_words(struct buf *out, const struct review *r, int unit,
    const struct unit_look *look);
/* "Muñoz, Ana María" as "A. M. M.", given names first. */
void unit_initials(struct buf *out, const char *name);

#endif
