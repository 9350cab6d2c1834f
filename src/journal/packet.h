/*
 * Packets in the data folder. A packet (proto/bundle.h) is checked whole,
 * signature, user, date, parts, before a byte is written; then it is one
 * encrypted file, written beside and renamed. A broken, foreign or expired one
 * leaves everything as it was.
 */
#ifndef HEARTH_JOURNAL_PACKET_H
#define HEARTH_JOURNAL_PACKET_H

#include "journal/folder.h"
#include "proto/bundle.h"

/* Takes a packet in. trusted: the service's public key (BUNDLE_PUBLIC). The
 * same packet again is fine and changes nothing. */
bool packet_take(struct folder *folder, const void *p, size_t n,
    const uint8_t *trusted, const char *user, struct err *err);
/* A packet that was taken in; its parts point into *hold, which the caller
 * wipes (vault_wipe()). ERR_NO_ANSWER when there is none. An expired one still
 * opens: work that was begun goes on. */
bool packet_open(struct bundle *out, struct buf *hold, struct folder *folder,
    const char *packet, struct err *err);
/* Calls each() for every packet in the folder that can be read; bad counts
 * those that cannot. */
bool packet_list(struct folder *folder,
    void (*each)(void *arg, const struct bundle_about *about), void *arg,
    size_t *bad, struct err *err);

#endif
