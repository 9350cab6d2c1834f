/*
 * Sealing: the content of a review, frozen as revision n of its record. The
 * sealed bytes are a file of their own that never changes (what is sent is
 * what was sealed, however often); what comes after is revision n + 1, which
 * names n by its hash and says why.
 *
 * Order on disk: the sealed file whole, then the journal's line that names it.
 * A crash between leaves a file that no line names: seal_adopt() takes it in
 * when nothing was typed since, else it goes to the trash.
 */
#ifndef HEARTH_JOURNAL_SEAL_H
#define HEARTH_JOURNAL_SEAL_H

#include "journal/folder.h"
#include "journal/journal.h"
#include "proto/revision.h"

struct seal {
	uint8_t record[JOURNAL_ID];
	uint32_t revision;
	char hash[REVISION_HASH];
};

/* Seals content (a JSON value). reason: NULL for the first revision, needed
 * for all others (ERR_BAD_VALUE). A damaged or failing journal is not sealed
 * (ERR_READ_ONLY, ERR_IO). */
bool seal_make(struct seal *out, struct folder *folder, struct journal *j,
    const char *content, size_t len, const char *reason, struct err *err);
/* The newest revision that the journal names, ours or one it followed
 * (chain.h); false: none. */
bool seal_last(struct seal *out, const struct journal *j);
/* The frozen bytes; ERR_CORRUPT when they are not what was sealed. */
bool seal_body(struct buf *out, struct folder *folder, const struct seal *seal,
    struct err *err);
/* After a crash: see above. Called by whoever opens a journal for writing. */
bool seal_adopt(struct folder *folder, struct journal *j, struct err *err);
/* The chain of a record's revisions: each names the one before by its hash.
 * *bad is the first revision that does not, 0 for none. */
bool seal_check(struct folder *folder, const uint8_t *record, uint32_t *bad,
    struct err *err);

#endif
