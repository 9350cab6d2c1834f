/*
 * The data folder of the field: who holds it, what is in it, what may leave.
 *
 *   format     "hearth-folder N" and the folder's id, in clear; N is 2 once a
 *              review went over to another form (folder_raise()), else 1
 *   lock       who writes here: pid, start, boot, host
 *   keys, keys.2   the wrapped data key (vault.h)
 *   reserve    room for the last answers when the disk is full
 *   journal/   ID.hj, ID.note; sealed/ ID-N.hs, ID-N.st; packets/ ID.hp
 *   files/     attachments: ID.ha, ID.hu, BYTES-N.hc (attach.h)
 *   news/      what the service said of reviews: RECORD.hn (news.h)
 *   trash/     kept for 90 days
 *
 * Every file begins with a magic word and a format number. A newer program
 * reads older folders; an older one refuses newer ones (ERR_NEWER) before it
 * writes anything. No file's name says anything about a child.
 */
#ifndef HEARTH_JOURNAL_FOLDER_H
#define HEARTH_JOURNAL_FOLDER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/err.h"
#include "journal/io.h"
#include "journal/vault.h"

#define FOLDER_FORMAT 2
#define FOLDER_RESERVE 262144
#define FOLDER_KEEP_DAYS 90
#define FOLDER_RECORD 16

struct folder;

/* Makes a folder with new keys at path, whose parent must exist. */
bool folder_create(struct folder **out, const struct io *io, const char *path,
    const struct vault_make *how, struct err *err);
/* Opens. When another program holds it the folder is read-only, which is no
 * failure: folder_holder() says who. The vault is the folder's now. */
bool folder_open(struct folder **out, const struct io *io, const char *path,
    const char *passphrase, struct err *err);
bool folder_open_office(struct folder **out, const struct io *io,
    const char *path, const uint8_t *secret, struct err *err);
void folder_close(struct folder *folder);

bool folder_exists(const struct io *io, const char *path);
bool folder_readonly(const struct folder *folder);
/* "hearth, process 4711 on alder since 09:12"; "" when we hold it. */
const char *folder_holder(const struct folder *folder);
/* Why nothing can be written here, in a sentence: who holds it, or what the
 * disk says. */
void folder_why_readonly(const struct folder *folder, char *text, size_t size);
struct vault *folder_vault(struct folder *folder);
const struct io *folder_io(const struct folder *folder);
const char *folder_path(const struct folder *folder);
/* folder/kind/ID[-N]suffix; the caller frees. */
char *folder_file(const struct folder *folder, const char *kind,
    const char *name, const char *suffix);
/* Takes a review along into a folder of its own that opens there alone: the
 * keys, its journal with what waits, its packet, revisions, files and news, all
 * encrypted as they are. *folder is that one from then on; what stands here
 * stays as it was. to is made, or holds the same keys. The answers go first:
 * what could not be copied besides stands in left, in words. False: nothing
 * changed here. */
struct journal;
bool folder_go(struct folder *folder, struct journal *j, const char *to,
    struct buf *left, struct err *err);
/* Before a journal gets a line that older programs do not know: from here on
 * they refuse the folder, and leave it as it is. */
bool folder_raise(struct folder *folder, struct err *err);
/* The reserve was used; makes it anew when there is room. */
bool folder_refill(struct folder *folder, struct err *err);
/* Moves a file into the trash, under a name that tells when. */
bool folder_discard(struct folder *folder, const char *path, struct err *err);

/* One function for the status line and the status command; recomputed from
 * disk at each call. */
struct folder_counts {
	unsigned reviews;  /* journals */
	unsigned unsealed; /* of them with events after the last seal */
	unsigned unsent;   /* revisions sealed, queued or sending */
	unsigned waiting;  /* arrived or held */
	unsigned sent;
	unsigned theirs;    /* other devices', taken in */
	unsigned set_aside; /* set aside, recalled, unknown to the service */
	unsigned conflicts;
	unsigned damaged; /* journals and other files that do not check */
	unsigned packets;
	unsigned files, files_waiting; /* attachments, not sent yet */
	unsigned trash;
};

bool folder_counts(
    struct folder *folder, struct folder_counts *out, struct err *err);

/* The checker. Calls tell() with a sentence for each thing that is wrong, and
 * counts them; 0 is clean. Changes nothing. */
typedef void folder_tell_fn(void *arg, const char *file, const char *text);
bool folder_check(struct folder *folder, folder_tell_fn *tell, void *arg,
    unsigned *faults, struct err *err);

/* What may be removed: sent, with the receipt stored, at least days
 * (>= FOLDER_KEEP_DAYS) ago; and what has been in the trash that long. */
struct folder_removable {
	char **names; /* paths below the folder */
	size_t n, cap;
};
bool folder_removable(struct folder *folder, unsigned days,
    struct folder_removable *out, struct err *err);
/* Removes what was listed: the person said yes to that list. What is sent goes
 * to the trash, what is in the trash goes. */
bool folder_remove(struct folder *folder, const struct folder_removable *list,
    struct err *err);
void folder_removable_free(struct folder_removable *list);

#endif
