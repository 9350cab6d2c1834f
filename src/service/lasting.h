/*
 * What a review and the follow-ups after it found, and what of it still stands
 * open: one list, so that a packet, a plan and the question whether a finding
 * repeats (poms.md FND6, R20) say the same.
 */
#ifndef HEARTH_SERVICE_LASTING_H
#define HEARTH_SERVICE_LASTING_H

#include "service/context.h"

struct lasting_finding {
	const char *question;
	int32_t since;	 /* the end of the period that found it */
	int32_t checked; /* by a follow-up; DATE_MISSING: by none */
	bool open;	 /* no follow-up closed it */
};

struct lasting {
	bool known; /* the review came in and could be replayed */
	const struct lasting_finding *list; /* each question once */
	size_t n, open;
	const char *last; /* the follow-up that came last; else the review */
	int32_t to;	  /* the end of the review's period */
	int64_t year;	  /* its contract year; API_NULL: not said */
};

/* False only when the store fails; all of it lives as long as the request. */
bool lasting_read(struct context *c, const char *review, struct lasting *out);

#endif
