/*
 * The one place that decides who may see what. Every handler asks before it
 * writes; service_answer() sends nothing from a handler that has not asked.
 *
 * For now there are two kinds of people: the user on whose machine the service
 * runs, who may see everything, and those who are not signed in, who may see
 * what holds no figure: that the service runs, and definitions.
 */
#ifndef HEARTH_SERVICE_RIGHTS_H
#define HEARTH_SERVICE_RIGHTS_H

#include <stdbool.h>
#include <stdint.h>

#include "service/context.h"

enum right {
	RIGHT_STATUS,	 /* that the service runs, and of which data */
	RIGHT_CATALOGUE, /* definitions of measures */
	RIGHT_TREE,	 /* units and their names */
	RIGHT_FIGURES,	 /* counts and values of a node */
	RIGHT_CHILDREN,	 /* lists and records of the node's children */
	RIGHT_NAMES,	 /* their names beside their ids */
	RIGHT_REVIEWS,	 /* monitoring reviews, sent and read */
	RIGHT_PLANS,	 /* agreements, the year's plan, samples, packets */
	RIGHT_APPROVE,	 /* deciding: on proposals, on reviews at the office */
	RIGHTS
};

/* Whether the asker may do that at the node (FACTS_NO_ROW: anywhere at all);
 * otherwise false and the error is set: NOT_SIGNED_IN or DENIED. */
bool rights_may(struct context *c, uint32_t node, enum right right);
/* Whether the asker may take along what was made for that user. claims is who
 * the asker says to be, NULL for nothing said: the user of this machine speaks
 * for whoever works at it, so there it is all that is known; anybody else is
 * who signed in, whatever is claimed. */
bool rights_may_take(struct context *c, const char *user, const char *claims);
/* The same as a plain question, for what is left out rather than refused. */
bool rights_has(struct context *c, uint32_t node, enum right right);
/* No worker is compared with those of another supervisor, or listed beside
 * them, whoever asks: units of that level (LEVEL_WORKER ...) may be compared
 * at the node if it is none of workers, or the node one unit or one worker.
 * Otherwise DENIED, with what to ask instead. */
bool rights_may_compare(struct context *c, uint32_t node, int level);
/* The node whose units of that level are the peers of those at the node: the
 * root, of whose units only number and median are told; of workers their own
 * unit. FACTS_NO_ROW when there are none for the asker. */
uint32_t rights_peers(struct context *c, uint32_t node, int level, int32_t day);
/* The word for "may": "figures". */
const char *right_word(enum right right);

#endif
