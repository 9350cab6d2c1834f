/*
 * Inside of this room: which questions hang on which, so that after an answer
 * only what it can change is worked out again. Made once with the instrument.
 */
#ifndef HEARTH_POMS_DEPEND_H
#define HEARTH_POMS_DEPEND_H

#include <stdbool.h>

struct instrument;

/* A question whose rules read another one. Unless far, only for units that are
 * the other's, belong to it, or that it belongs to. */
struct dependent {
	int question;
	bool far;   /* for every unit of its kind */
	bool check; /* only its checks read it: its flags, not its value */
};

struct depend {
	struct dependent *list; /* by the question that is read */
	int *first;		/* of each question; and the end */
	int *rank;  /* of each question: behind every one that it reads */
	int *order; /* questions by rank */
};

/* Reads the rules of all questions; no rule may lead back to its question.
 * The tables are the instrument's arena's. */
void depend_build(struct instrument *in);

#endif
