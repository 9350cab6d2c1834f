/* Inside of visit*.c: a review on this machine. */
#ifndef HEARTH_CLIENT_VISIT_PART_H
#define HEARTH_CLIENT_VISIT_PART_H

#include "client/visit.h"
#include "poms/roster.h"
#include "proto/bundle.h"

/* A form that the review had before, and how its questions became those of
 * the next. */
struct visit_former {
	struct instrument *in;
	struct instrument_map *map; /* NULL: ids stay as they are */
};

struct visit {
	struct folder *folder;
	struct journal *journal;
	struct instrument *in;
	struct visit_former *before; /* one for each move, in order */
	size_t before_n, before_cap;
	struct visit_former
	    older; /* of a device that moved later: one at a time */
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
/* The instrument of the review's packet, and those that it had before. */
bool visit_forms(struct visit *v, struct err *err);
void visit_forms_free(struct visit *v);
/* What an event is in the review's present form that was kept behind so many
 * moves; one whose question was dropped stays as it is. */
void visit_event_now(const struct visit *v, size_t moves, struct event *e);
/* The same for what another device sealed of a version; first, whether that
 * can be known: else ERR_REFUSED, in words. */
bool visit_knows(
    struct visit *v, const char *instrument, int version, struct err *err);
void visit_event_of(const struct visit *v, int version, struct event *e);
/* What the packet's case data bring to questions that were not asked before
 * the move; what came already stays. */
bool visit_feed(struct visit *v, struct err *err);
/* The file that makes room for the last answers when the disk is full. */
void visit_reserve(struct visit *v, const char *folder);
/* Replays the journal (visit_salvage.c). */
bool visit_replay(struct visit *v, struct err *err);

/* The instrument in the part of a packet of that name; NULL. */
struct instrument *visit_form(
    const struct bundle *b, const char *name, struct err *err);

#endif
