/*
 * Everything that is to be done when there is a line: what was sealed goes,
 * what other devices sealed comes in, what that leaves to be sealed again is
 * sealed and goes. For commands; the form's own screen does the same while
 * keys are typed (form_sync.c).
 */
#ifndef HEARTH_CLIENT_FIELD_SYNC_H
#define HEARTH_CLIENT_FIELD_SYNC_H

#include "client/net.h"
#include "client/visit.h"
#include "journal/sync.h"

struct field_synced_review {
	char review[64];
	struct visit_merged merged;
	struct err err;	  /* why nothing came of it; ERR_NONE */
	bool sealed;	  /* again, after the merge */
	char others[120]; /* who else has something of it; "" nobody */
};
struct field_synced {
	struct field_synced_review *list;
	size_t n, cap;
};
void field_synced_free(struct field_synced *synced);

/* False only when the folder itself fails: a line that is down, a review that
 * the office does not know, stand in what came of each. */
bool field_sync(struct net *net, struct folder *folder, const char *who,
    struct field_synced *out, struct err *err);
/* Before a field_sync(): everything that has a receipt goes once more, answers
 * and attachments, because the office lost some of it. */
bool field_sync_again(struct net *net, struct folder *folder, struct err *err);
/* Seals what stands after a merge, with the reason that it was one. */
bool field_seal_merged(
    struct visit *visit, const struct visit_merged *merged, struct err *err);

/* How far this machine's clock is ahead of the service's (behind: negative),
 * as far as a receipt proves it; 0: it proves nothing. In words for a person.
 */
int64_t field_clock_ahead(struct folder *folder, const struct sync_item *item);
void field_clock_words(int64_t ahead_ms, struct buf *out);

#endif
