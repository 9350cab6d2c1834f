/*
 * The linear way through Hearth, for screen readers, braille and dumb
 * terminals: pages of plain text, numbered choices, one line of input at a
 * time. Nothing is ever redrawn.
 */
#ifndef HEARTH_CLIENT_PLAIN_H
#define HEARTH_CLIENT_PLAIN_H

#include <stdio.h>

#include "client/call.h"

/* Begins at the board and goes on until the reader leaves or in ends. False
 * with *err only when not even the board can be had. */
bool plain_menu(const struct call *call, FILE *in, struct err *err);

#endif
