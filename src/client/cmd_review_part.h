/* Inside of cmd_review*.c: what its words share. */
#ifndef HEARTH_CLIENT_CMD_REVIEW_PART_H
#define HEARTH_CLIENT_CMD_REVIEW_PART_H

#include "client/call.h"
#include "client/visit.h"
#include "journal/vault.h"
#include "proto/bundle.h"

struct field_call {
	struct call *call;
	struct folder *folder;
	const char *user;
	uint8_t trusted[BUNDLE_PUBLIC];
	struct vault_memory memory;
};

typedef bool field_fn(struct field_call *f, struct err *err);

/* The folder, and the review in it that the word names (or the one there is);
 * *v is the caller's to close. */
bool field_visit_open(
    struct field_call *f, int word, struct visit **v, struct err *err);
/* A plain yes on standard input, nothing less. */
bool field_says_yes(const char *question);
/* How far a review is, into the answer. */
void field_add_progress(struct field_call *f, struct visit *v);
/* The folder itself, and what is wrong in the review. */
field_fn field_do_check;
/* What a newer form would do to the answers here, nothing moves; going over to
 * it, after the same and a yes; what has no question any more. */
field_fn field_do_preview;
field_fn field_do_move;
field_fn field_do_retired;
/* Another passphrase for the folder: no record is written anew. */
field_fn field_do_passphrase;
/* What the office has and is old off this machine, listed first. */
field_fn field_do_clean;
/* The results, or the findings letter, of what stands here. */
field_fn field_do_score;
/* A damaged review made whole of what still checks. */
field_fn field_do_salvage;
/* Rows with where and text, of what was read and has no place any more. */
void field_add_unfit(cJSON *list, struct visit *v);
/* A file beside the review, or beside a unit's question. */
field_fn field_do_attach;
/* Everything there is, for whoever has no Hearth. */
field_fn field_do_export;

#endif
