/*
 * Files that belong to a review: photographs, scans. Copied into the folder
 * when they are added, encrypted in chunks; never in a journal's lines. They
 * go after the answers and hold nothing back.
 *
 *   files/ID.ha      what it is (proto/attachment.h), and where its bytes are
 *   files/ID.hu      what became of it: waiting, sent, refused
 *   files/BYTES-N.hc a chunk; BYTES is random, so that no name tells a content
 *
 * The same bytes twice in a folder are stored once. A crash in mid-copy leaves
 * chunks that belong to nothing, which the next writer sweeps; the manifest
 * comes last, so what is there is whole.
 */
#ifndef HEARTH_JOURNAL_ATTACH_H
#define HEARTH_JOURNAL_ATTACH_H

#include "journal/folder.h"
#include "proto/attachment.h"

enum attach_state {
	ATTACH_WAITING, /* to be sent */
	ATTACH_SENT,	/* complete with the service, its receipt kept */
	ATTACH_REFUSED, /* the service's words are kept */
	ATTACH_LOST,	/* a chunk of it cannot be read any more */
	ATTACH_STATES
};
const char *attach_word(enum attach_state state);
/* For people; through gettext. */
const char *attach_says(enum attach_state state);

struct attached {
	char id[REVISION_ID];
	struct attachment about;
	char bytes[REVISION_ID]; /* what the chunks' names begin with */
	enum attach_state state;
	int64_t since_ms;
	char words[200];  /* the service's last */
	char serial[64];  /* of the receipt */
	int64_t taken_ms; /* by the service's clock */
};

/* Copies a file in, a chunk at a time; about says all but its bytes. id gets
 * its name. The file is read twice; ERR_BAD_VALUE when it was another one the
 * second time. */
bool attach_add(struct folder *folder, struct attachment *about,
    const struct attachment_source *from, char id[static REVISION_ID],
    struct err *err);
/* Every one that can be read, by name; bad counts those that cannot. */
typedef bool attach_each_fn(
    void *arg, const struct attached *one, struct err *err);
bool attach_each(struct folder *folder, attach_each_fn *each, void *arg,
    unsigned *bad, struct err *err);
/* A chunk's bytes, k from 0; ERR_CORRUPT when they are not what was added or
 * are gone, another error when the disk does not give them now. */
bool attach_chunk(struct folder *folder, const struct attached *one, uint32_t k,
    struct buf *out, struct err *err);
bool attach_set(
    struct folder *folder, const struct attached *one, struct err *err);
/* Removes chunks that a crash left; nothing while a manifest is unreadable. */
bool attach_sweep(struct folder *folder, struct err *err);
/* The checker's part. */
bool attach_check(struct folder *folder, folder_tell_fn *tell, void *arg,
    unsigned *faults, struct err *err);

#endif
