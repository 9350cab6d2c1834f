/*
 * The instruments that this service knows, by the hash of their file: those in
 * its folder of instruments, and those it once had there. A review is replayed
 * with the very file that its packet carried, so a version that was replaced
 * or taken out of the folder is kept in the store, as a paper. Read when first
 * asked for; safe to use from several threads.
 */
#ifndef HEARTH_SERVICE_INSTRUMENTS_H
#define HEARTH_SERVICE_INSTRUMENTS_H

#include "poms/instrument.h"
#include "service/shelf.h"

struct instruments;

/* folder is copied; NULL: the installed one. */
struct instruments *instruments_new(const char *folder, struct shelf *shelf);
void instruments_free(struct instruments *all);

/* One by its hash; borrowed until instruments_free(). ERR_REFUSED in words
 * when this service never had it; else what is wrong with the file. */
bool instruments_find(struct instruments *all, const char *hash,
    const struct instrument **in, struct err *err);
/* The newest version in the folder of the instrument with that id, or of any
 * when NULL; and its file as it stands, for a packet (both may be NULL). */
bool instruments_newest(struct instruments *all, const char *id,
    const struct instrument **in, const char **text, struct err *err);

/* An older version of an instrument, from which a NAME-1-2.map in the folder
 * leads to that newer one; both texts as they stand in the files. All NULL:
 * that version is not known here, or no map leads on. Borrowed. */
struct instruments_way {
	const char *was, *map;
};
struct instruments_way instruments_way(
    struct instruments *all, const struct instrument *to, int version);

#endif
