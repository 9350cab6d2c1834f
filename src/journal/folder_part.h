/* What the folder's files share (private to this room). */
#ifndef HEARTH_JOURNAL_FOLDER_PART_H
#define HEARTH_JOURNAL_FOLDER_PART_H

#include "journal/folder.h"
#include "journal/sync.h"

#define FOLDER_DAY_MS INT64_C(86400000)

struct folder {
	const struct io *io;
	char *path;
	struct vault *vault;
	int lock; /* -1: another program holds it */
	char holder[200], unwritable[100];
	bool format_bad; /* the file that tells the format is damaged */
	int format;	 /* the oldest program that may read it */
};

/* Takes the lock, or says in the folder who has it. */
void folder_lock(struct folder *folder);
bool folder_make_rooms(struct folder *folder, struct err *err);
/* The file that says what the folder is: the last that is written. */
bool folder_format(struct folder *folder, struct err *err);
/* Where a packet's file is; the caller frees. */
char *packet_path(const struct folder *folder, const char *packet);
/* Whether the folder has that room: one of an older program lacks some. */
bool folder_room(const struct folder *folder, const char *room);
/* Whether a name ends so. */
bool folder_ends(const char *name, const char *suffix);
/* The kinds of files, for whoever walks them. */
struct folder_kind {
	const char *folder, *suffix;
};
extern const struct folder_kind folder_journals, folder_sealed, folder_states,
    folder_packets;
/* Calls each() with the path of every file of a kind, in the order of names;
 * stops when it returns false. */
bool folder_walk(struct folder *folder, const struct folder_kind *kind,
    bool (*each)(void *arg, const char *path, struct err *err), void *arg,
    struct err *err);

/* --- a revision's state on disk ------------------------------------------ */

/* "ID-N" of a seal; the caller frees. */
char *state_name(const struct seal *seal);
/* The seal that a file's name tells (without its hash). */
bool state_seal(struct seal *out, const char *path);
bool state_save(
    struct folder *folder, const struct sync_item *item, struct err *err);
/* ERR_CORRUPT when it does not check; ERR_IO with ENOENT: none. */
bool state_load(struct folder *folder, const char *path, struct sync_item *out,
    struct err *err);

#endif
