/*
 * A review on this machine: its packet, its journal, its replay. What a
 * monitor answers goes into the journal before it counts (form.h's keep).
 */
#ifndef HEARTH_CLIENT_VISIT_H
#define HEARTH_CLIENT_VISIT_H

#include "client/form.h"
#include "journal/attach.h"
#include "journal/chain.h"
#include "journal/folder.h"
#include "journal/journal.h"
#include "journal/seal.h"

#define VISIT_INSTRUMENT_PART "instrument" /* of a packet: the .cfg's text */

struct visit;
struct bundle;

/* Whether this program can fill in what the packet brings: ERR_REFUSED when its
 * form is of a kind that it does not know, as a newer service may send. Asked
 * before anything is touched. */
bool visit_readable(const struct bundle *b, struct err *err);

/* Takes a packet's file in, and begins its review unless that was done
 * before. review is its id. */
struct visit_packet {
	const char *file; /* NULL: data */
	const void *data;
	size_t len;
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
struct folder *visit_folder(struct visit *visit);
/* What the form keeps answers with; lives as long as the visit. */
struct form_keep visit_keep(struct visit *visit);
/* How it was found, in a sentence: what a crash or damage left; "" when all is
 * well. */
const char *visit_found(const struct visit *visit);
/* Text that was under way when the program ended; false: none. */
struct visit_draft {
	enum unit kind;
	char key[65], question[65];
	const char *part; /* as form_draft() was told; borrowed, as is text */
	const char *text;
};
bool visit_draft(struct visit *visit, struct visit_draft *draft);

/* --- going over to a newer version of the form (visit_move.c) --- */

/* The newest packet in the folder that brings this review a newer version, with
 * the map that leads there. ERR_NO_ANSWER when none does, ERR_REFUSED when it
 * brings no map. */
struct visit_newer {
	char packet[64], instrument[64];
	struct instrument *in;
	struct instrument_map *map;
};
bool visit_newer(struct visit *visit, struct visit_newer *out, struct err *err);
void visit_newer_free(struct visit_newer *newer);
/* Moves: one line of the journal. The visit is to be closed then, and opened
 * again on the new form. */
bool visit_move(
    struct visit *visit, const struct visit_newer *to, struct err *err);
/* Says so in visit_found() when a newer version waits. */
void visit_tell_newer(struct visit *visit);
/* The question of that id in any form that the review has or had; NULL. */
const struct question *visit_question(
    const struct visit *visit, const char *id);

/* Seals what there is; reason from the second time on. */
bool visit_seal(struct visit *visit, const char *reason, struct seal *seal,
    struct err *err);

/* --- what a damaged one still holds (visit_salvage.c) --- */

/* An answer that was read behind damage and has no place any more: the row
 * that it is about is among what was lost. The export has it. */
struct visit_unfit {
	char question[65], key[65];
	enum unit kind;
};
size_t visit_unfit(struct visit *visit, const struct visit_unfit **list);

/* Makes a whole journal of what still checks in the damaged one of that review
 * (as visit_open() finds it), which is set aside in the folder's trash.
 * ERR_NO_ANSWER when it is not damaged, ERR_READ_ONLY. */
struct visit_salvaged {
	char review[64];
	struct journal_salvaged journal;
};
bool visit_salvage(struct folder *folder, const char *review,
    struct visit_salvaged *out, struct err *err);

/* --- files that belong to it (visit_files.c) --- */

/* Copies a file in for a question of a unit (unit NULL: of the review as a
 * whole); it goes with the next sync. */
struct visit_file {
	const char *path, *who;
	const struct review_unit *unit;
	const struct question *question;
};
bool visit_attach(
    struct visit *visit, const struct visit_file *file, struct err *err);
/* The files of a cell as words, "letter.jpg (waiting to be sent)"; how many. */
unsigned visit_attached(struct visit *visit, const struct review_unit *unit,
    const struct question *question, struct buf *out);

/* They were added or sent elsewhere: to be read again. */
void visit_files_changed(struct visit *visit);

/* --- what another device sealed (visit_merge.c) --- */

/* An answer that came or waits, for lists. Texts are the arena's. */
struct visit_merged_row {
	const char *question, *unit; /* id; whose, as form_unit_label() */
	const char *who;	     /* theirs */
	int64_t when_ms;
	bool conflict; /* a person must pick */
	struct response base, mine, theirs;
};
struct visit_merged {
	struct arena arena;
	unsigned revisions; /* of other devices, taken in */
	char by[64];	    /* who sealed the newest */
	struct visit_merged_row *rows;
	size_t n, cap;
	unsigned conflicts; /* open now, of earlier ones too */
	bool same;	    /* nothing of ours is missing from theirs */
	/* What was sealed here was overtaken, nothing was typed since and
	 * nobody has to pick: it may be sealed again as it stands. */
	bool ready;
};
void visit_merged_free(struct visit_merged *merged);
/* Takes revisions in that follow what is known (chain.h): answers that only
 * they gave come, the same question answered otherwise waits for a person.
 * ERR_REFUSED when they were filled in on another version of the form. */
bool visit_take_in(struct visit *visit, const struct chain_link *links,
    size_t n, const char *who, struct visit_merged *merged, struct err *err);
struct visit_row {
	char review[64], instrument[64], user[64];
	char provider[120]; /* the agency's name; "" when the packet had none */
	const char *state;  /* "clean", "torn", "damaged", "unreadable" */
	bool damaged;	    /* it can only be read */
	uint64_t events, unsealed;
	int64_t last_ms;
	uint32_t revision; /* sealed; 0: none */
	unsigned changed;  /* units that changed since the packet */
	unsigned taken;	   /* by others */
};
/* Calls each() for every review in the folder. */
bool visit_list(struct folder *folder,
    void (*each)(void *arg, const struct visit_row *row), void *arg,
    struct err *err);

#endif
