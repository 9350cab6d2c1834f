/* What --help prints, from the tables of commands and options; and errors. */
#ifndef HEARTH_CLIENT_HELP_H
#define HEARTH_CLIENT_HELP_H

#include "client/call.h"

void help_all(struct buf *out);
void help_command(struct buf *out, const struct command *command);
/* "hearth: TEXT", broken into lines of at most width cells (0: never broken)
 * that hang below the text; a command's words, "usage: hearth NAME A | B",
 * below the first of them, and only between two. */
void help_error(struct buf *out, const char *text, size_t width);

#endif
