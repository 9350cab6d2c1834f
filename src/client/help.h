/* What --help prints, from the tables of commands and options. */
#ifndef HEARTH_CLIENT_HELP_H
#define HEARTH_CLIENT_HELP_H

#include "client/call.h"

void help_all(struct buf *out);
void help_command(struct buf *out, const struct command *command);

#endif
