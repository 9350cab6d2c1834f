/*
 * Corrective action plans as papers: what is written of one, its clock on a
 * day (poms/cap.h), and the bucket of countdowns in which that clock stands.
 */
#ifndef HEARTH_SERVICE_CAPS_H
#define HEARTH_SERVICE_CAPS_H

#include "poms/cap.h"
#include "service/context.h"
#include "service/papers.h"

struct plan_due {
	struct cap cap;
	struct cap_clock clock;
	int32_t due; /* of the stage that it is in; DATE_MISSING: not known */
	int days;    /* until then; negative: over */
	int bucket;  /* BUCKET_... */
	int findings;
};

/* The instrument whose calendar and limits the clocks go by: the newest in
 * the folder. False when there is none. */
bool caps_calendar(struct context *c, const struct instrument **in);
/* Texts are borrowed from the paper. */
struct plan_due caps_due(
    const cJSON *body, const struct instrument *in, int32_t today);
/* The first day on which the service's clock is not before ms. */
int32_t caps_day(int64_t ms);
/* Whether a body is one that cap.h accepts: days in order, extensions with
 * who approved them, an approval of a plan that covers every finding. False
 * with the field that is wrong. */
bool caps_valid(struct context *c, const cJSON *body, struct cap *cap);

/* What a review asks for is written with its scorecard or not at all: these
 * make the papers of it. Nothing is asked for: text stays empty. False: the
 * store failed. paper borrows the texts of from and text, and expects the
 * version that was seen. */

/* The status that a review proposes (Z05), as a proposal under its id, once;
 * deciding is another's. */
struct proposal_from {
	const char *record, *review, *provider, *provider_name, *by;
	const char *to, *reason; /* "hold", "lift" ...; "" or "none": none */
};
bool proposals_ask(struct context *c, const struct proposal_from *from,
    struct store_paper_new *paper, struct buf *text);

/* The plan that a review's findings ask for, when the letter's day is known
 * and there are findings: written once, under the review's id; findings of an
 * amended revision are added to it until the plan came. by is whoever sealed
 * the revision. */
struct caps_from {
	const char *record, *review, *provider, *provider_name, *by;
	int32_t notice;
	const struct review *of;
	const struct finding *findings;
	int n;
};
bool caps_ask(struct context *c, const struct caps_from *from,
    struct store_paper_new *paper, struct buf *text);

#endif
