/* A review on the example instrument, filled in by short words. */
#ifndef HEARTH_TESTS_POMS_RIG_H
#define HEARTH_TESTS_POMS_RIG_H

#include "poms/review.h"

struct rig {
	struct instrument *in;
	struct review *r;
	int64_t clock;
	struct err err;
};

/* The instrument of the tree; stops the test when it is at fault. */
struct instrument *rig_instrument(void);
void rig_open(struct rig *g);
/* The same of another review and agency. */
void rig_open_as(struct rig *g, const char *review, const char *label);
void rig_close(struct rig *g);
/* Keeps and applies what a change holds, and frees it. */
void rig_apply(struct rig *g, struct change *c);
/* Takes the last step back, or does it again; it must be there. */
void rig_undo(struct rig *g, bool again);
/* "CC/7" is a unit, "" the agency; returns its index, -1 when not there. */
int rig_unit(const struct rig *g, const char *unit);
/* Adds a unit below parent ("" the agency) with facts "name=text;...". */
void rig_add(
    struct rig *g, const char *unit, const char *parent, const char *facts);
/* Answers: "Y", "N", "NA", "U", "SK", "" or a value; a reason behind "|". */
void rig_say(
    struct rig *g, const char *unit, const char *question, const char *answer);
/* Tries the same; false with g->err. */
bool rig_try(
    struct rig *g, const char *unit, const char *question, const char *answer);
/* A fed answer, as a packet brings it. */
void rig_feed(
    struct rig *g, const char *unit, const char *question, const char *answer);
const struct review_cell *rig_cell(
    const struct rig *g, const char *unit, const char *question);
/* Of an answer: CELL_ASKED and the like. */
unsigned rig_flags(const struct rig *g, const char *unit, const char *question);
/* The answer as text: the state's word, or the value. */
const char *rig_text(
    const struct rig *g, const char *unit, const char *question);
int rig_question(const struct rig *g, const char *question);
/* An annual review of a group home, 2011-10-01 to 2012-09-30. */
void rig_annual(struct rig *g);
/* The same with two children drawn, and one in reserve. */
void rig_home(struct rig *g);

#endif
