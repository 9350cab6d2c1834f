/*
 * Passphrases asked of a person: on a terminal without showing them, else the
 * next line of a stream.
 */
#ifndef HEARTH_BASE_SECRET_H
#define HEARTH_BASE_SECRET_H

#include <stdio.h>

#include "base/err.h"

/* NULL when none came. To be ended by secret_free(). */
char *secret_ask(FILE *in, const char *prompt);
/* A new one; on a terminal asked for twice. ERR_WRONG_KEY when none came, or
 * not the same twice. */
char *secret_new(FILE *in, struct err *err);
/* Wipes it. NULL is fine. */
void secret_free(char *secret);

#endif
