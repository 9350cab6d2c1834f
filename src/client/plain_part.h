/* Inside of plain*.c: where the reader stands, and what can be chosen. */
#ifndef HEARTH_CLIENT_PLAIN_PART_H
#define HEARTH_CLIENT_PLAIN_PART_H

#include "client/answer.h"
#include "client/plain.h"

enum kind {
	BOARD,
	MEASURES,
	UNITS,
	COMPARE,
	BREAKDOWN,
	CROSSTAB,
	LIST,
	CHILD,
	WHY,
	DEFINITION,
	COUNTDOWN,
	REF,
	PLANS,
	PLANNED,
	SAMPLE,
	REVIEWS,
	STANDING,
	SCORECARD,
	LETTER,
	CAPS,
	CAP,
	PROPOSALS,
	PROPOSAL,
	WRITE
};

/* Where the reader stands; the strings live in the arena. */
struct place {
	enum kind kind;
	const char *measure, *node; /* NULL: none, the reader's own */
	/* A child's id, a clock, one attribute or two, a paper's id; of WRITE
	 * the act's name. */
	const char *what;
	const char *row; /* at which something is written, JSON */
};

struct choice {
	struct place to;
	const char *label;
};

struct plain {
	const struct call *call;
	struct arena arena;
	struct place *path; /* back to the board */
	size_t depth, path_cap;
	struct choice *choices;
	size_t n, cap;
	bool hinted;
	FILE *in;
};

/* A copy that lives as long as the reader stays; NULL for NULL. */
const char *plain_keep(struct plain *p, const char *s);
/* Adds a choice; everything is copied. */
void plain_add(struct plain *p, const struct place *to, const char *label);

typedef void plain_choices(
    struct plain *p, const struct place *at, const cJSON *answer);

/* Each kind of place (plain_places.c). */
struct plain_kind {
	const char *command;
	plain_choices *choices;
	const char *word; /* before what is shown */
	bool empty;	  /* worth being at also where there is nothing */
};
extern const struct plain_kind plain_kinds[];

/* What can be chosen where something is written (plain_papers.c). */
plain_choices plain_plans, plain_planned, plain_reviews, plain_standing;
plain_choices plain_caps, plain_cap, plain_proposals, plain_proposal;

#endif
