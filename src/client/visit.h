/*
 * A review on this machine: its packet, its journal, its replay. What a
 * monitor answers goes into the journal before it counts (form.h's keep).
 */
#ifndef HEARTH_CLIENT_VISIT_H
#define HEARTH_CLIENT_VISIT_H

#include "client/form.h"
#include "journal/folder.h"
#include "journal/journal.h"
#include "journal/seal.h"

#define VISIT_INSTRUMENT_PART "instrument" /* of a packet: the .cfg's text */

struct visit;

/* Takes a packet's file in, and begins its review unless that was done
 * before. review is its id. */
struct visit_packet {
	const char *file;
	const uint8_t *trusted; /* the service's key, BUNDLE_PUBLIC bytes */
	const char *user;
	char review[64];
};
bool visit_take(
    struct folder *folder, struct visit_packet *packet, struct err *err);

/* Opens a review by its id or the beginning of it; NULL or "": the only one.
 * A read-only folder gives a read-only review. */
bool visit_open(struct visit **visit, struct folder *folder, const char *review,
    const char *who, struct err *err);
/* Keeps what waits; NULL is fine. */
void visit_close(struct visit *visit);

struct review *visit_review(struct visit *visit);
struct journal *visit_journal(struct visit *visit);
/* What the form keeps answers with; lives as long as the visit. */
struct form_keep visit_keep(struct visit *visit);
/* How it was found, in a sentence: what a crash or damage left; "" when all is
 * well. */
const char *visit_found(const struct visit *visit);
/* Text that was under way when the program ended; false: none. Borrowed. */
bool visit_draft(struct visit *visit, enum unit *kind, char key[static 65],
    char question[static 65], const char **text);

/* Seals what there is; reason from the second time on. */
bool visit_seal(struct visit *visit, const char *reason, struct seal *seal,
    struct err *err);

struct visit_row {
	char review[64], instrument[64], user[64];
	const char *state; /* "clean", "torn", "damaged", "unreadable" */
	uint64_t events, unsealed;
	int64_t last_ms;
	uint32_t revision; /* sealed; 0: none */
};
/* Calls each() for every review in the folder. */
bool visit_list(struct folder *folder,
    void (*each)(void *arg, const struct visit_row *row), void *arg,
    struct err *err);

#endif
