/*
 * From a call to its answer on standard output: ask, show, print in the
 * format asked for. Without a command: the screens where there is a terminal,
 * the plain menu where screens are not wanted, the board as text where nobody
 * sits.
 */
#ifndef HEARTH_CLIENT_ANSWERING_H
#define HEARTH_CLIENT_ANSWERING_H

#include "client/call.h"

/* Settles the format and refuses what cannot be printed, before anything is
 * started or asked. */
bool answering_prepare(struct call *call, struct err *err);
/* False with *err when there is no answer at all; *status otherwise. */
bool answering(struct call *call, int *status, struct err *err);
/* Prints a document made from an answer (the call's format, its output). */
bool answering_print(const struct call *call, const struct command *command,
    const cJSON *answer, struct err *err);
/* The cells of a line of the terminal behind fd; 0: it is none. */
size_t answering_width(int fd);

#endif
