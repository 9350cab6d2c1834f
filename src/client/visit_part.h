/* Inside of visit*.c: a review on this machine. */
#ifndef HEARTH_CLIENT_VISIT_PART_H
#define HEARTH_CLIENT_VISIT_PART_H

#include "client/visit.h"
#include "poms/roster.h"
#include "proto/bundle.h"

struct visit {
	struct folder *folder;
	struct journal *journal;
	struct instrument *in;
	struct review *review;
	struct arena arena; /* texts of replayed events */
	char *who;
	struct attached *files; /* of this review, as last read */
	size_t files_n, files_cap;
	bool files_read;
	struct news *news; /* as last read; NULL: not yet */
	struct visit_unfit *unfit;
	size_t unfit_n, unfit_cap;
	char found[300];
};

/* The journal of a review by its id or the beginning of it. */
struct visit_search {
	struct folder *folder;
	const char *review;
	char *path; /* the caller frees */
	int found;
};
bool visit_search(struct visit_search *s, struct err *err);
/* The packet's roster as events; false: it has none, or does not open. */
bool visit_roster(
    struct change *out, const struct bundle *packet, struct err *err);
/* Replays the journal (visit_salvage.c). */
bool visit_replay(struct visit *v, struct err *err);

/* The instrument of a packet, called by that name in what is wrong with it;
 * NULL. */
struct instrument *visit_form(
    const struct bundle *b, const char *name, struct err *err);

#endif
