/* Inside of proposal*.c: what the office has before it when it looks at
 * proposals to hold a provider, or decides on one. */
#ifndef HEARTH_SERVICE_PROPOSALS_PART_H
#define HEARTH_SERVICE_PROPOSALS_PART_H

#include "base/date.h"
#include "service/caps.h"
#include "service/rates.h"

struct proposal_desk {
	struct context *c;
	const struct instrument *in;
	struct papers proposals, caps;
	struct rateds rates;
	int32_t today;
};

struct in_force {
	enum hold_status status;
	int32_t since, until; /* DATE_MISSING: not known, open */
	const char *proposal; /* that put it in force; NULL */
	bool extended;	      /* the hold was extended once already */
};

/* Reads what there is, as of the day asked for. */
bool proposal_desk_open(struct proposal_desk *d, struct context *c);
/* A field of a body, "" without one. */
const char *proposal_text(const cJSON *body, const char *field);
bool proposal_is_of(const cJSON *body, const char *provider);
bool proposal_is_approved(const cJSON *body);
/* "proposed", "approved", "refused" or "withdrawn". */
const char *proposal_state(const cJSON *body);
/* The provider's status on a day: its approved proposals, one after another;
 * a hold that ran out is none. Without the one that is looked at (NULL: with
 * all). */
struct in_force proposal_in_force(
    const struct proposal_desk *d, const char *provider, const char *without);
/* The proposal with its grounds, beside what is in force without it. */
struct proposal proposal_of(
    const struct proposal_desk *d, const char *id, const cJSON *body);

#endif
