/*
 * A packet in the making: what packets.c, packet_issue.c and packet_make.c
 * share.
 */
#ifndef HEARTH_SERVICE_PACKET_PART_H
#define HEARTH_SERVICE_PACKET_PART_H

#include "proto/bundle.h"
#include "proto/revision.h"
#include "service/draw.h"
#include "service/handlers.h"
#include "service/plan.h"

#define PACKET_ISSUED "issued"
#define PACKET_RECALLED "recalled"

struct issuing {
	struct context *c;
	const char *id;
	const cJSON *body;
	const struct plan_row *row;
	struct draw *draw;
	const struct instrument *in;
	const char *text; /* the instrument's file */
	struct bundle bundle;
	const char *holder; /* id of the paper of whom has it */
	uint32_t holds;	    /* version of that paper, before all else */
	uint32_t pin;	    /* of the sample that was seen */
	struct buf roster, sample, bytes;
	char sha256[REVISION_HASH];
};

/* Of a packet's paper. */
bool packet_is(const struct paper *p, const char *state);
bool packet_is_of(const struct paper *p, const char *user);

/* Finds what the packet rests on, makes it and keeps it; answers with its
 * head. Frees what it put into *i. */
bool packet_issue(struct issuing *i);
/* Its form, parts and bytes (packet_make.c). */
bool packet_make(struct issuing *i);

#endif
