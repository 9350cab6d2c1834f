/* Inside of plan*.c: what a year's plan is made of. */
#ifndef HEARTH_SERVICE_PLAN_PART_H
#define HEARTH_SERVICE_PLAN_PART_H

#include "service/plan.h"

/* A review that came in from the field. */
struct plan_received {
	const char *review, *record;
	uint32_t revision;
	int32_t first; /* day of the first revision */
};

struct plan_source {
	struct context *c;
	struct plan *plan;
	struct papers contracts, plans, draws, packets, claims, states;
	struct plan_received *received;
	size_t received_n, received_cap;
	const struct census *census; /* NULL: nothing was imported */
	bool bare;		     /* nor is it looked at */
};

/* A copy that lives as long as the answer. */
const char *plan_keep(struct plan_source *s, const char *text);
/* Reads all of it. Agreements are planned for also before anything was
 * imported. */
bool plan_read_all(struct plan_source *s);

/* What is known of a review; NULL where nothing is. What came in of it: */
const struct plan_received *plan_received_of(
    const struct plan_source *s, const char *review);
/* The day on which its newest revision was approved; DATE_MISSING: it is not.
 */
int32_t plan_approved_on(
    const struct plan_source *s, const struct plan_received *received);
/* The newest packet of the review that is not recalled. */
const struct paper *plan_packet_of(
    const struct plan_source *s, const char *review);
/* Who has the review as a whole, or a part of it. */
const char *plan_claimed_by(const struct plan_source *s, const char *review);
/* The provider's last annual review that came in before this one. */
const struct plan_received *plan_last_of(
    const struct plan_source *s, const char *review, const cJSON *contract);
/* Whether the id is that of a contract's annual review: "ID-YEAR". */
bool plan_is_annual_of(const char *review, const char *contract);

#endif
