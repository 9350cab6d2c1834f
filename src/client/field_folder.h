/*
 * The field's folder as commands find it: where it is, and its passphrase
 * asked for (or the first line of standard input).
 */
#ifndef HEARTH_CLIENT_FIELD_FOLDER_H
#define HEARTH_CLIENT_FIELD_FOLDER_H

#include "client/call.h"
#include "journal/folder.h"

struct bundle;

/* Opens what is there; ERR_NO_DATA with the remedy when nothing is. Says who
 * else has it open, when that makes it read-only. */
bool field_folder_open(
    const struct call *call, struct folder **folder, struct err *err);
/* Opens it, or makes it with the office's key that the packet names. */
bool field_folder_make(const struct call *call, const struct bundle *packet,
    struct folder **folder, struct err *err);
/* The packet signer's key from the settings. */
bool field_folder_key(
    const struct call *call, uint8_t *key, size_t n, struct err *err);
/* Who works here: field.user, else the login. */
const char *field_folder_user(const struct call *call);

#endif
