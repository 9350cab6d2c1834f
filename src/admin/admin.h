/*
 * hearthctl: what its commands share. A command is a row of commands.def and a
 * file cmd_NAME.c with one handler; the handler parses its own options (the
 * words behind the command; argv[0] is the command's last word) and returns
 * the exit status. Answers go to standard output, messages to standard error.
 */
#ifndef HEARTH_ADMIN_ADMIN_H
#define HEARTH_ADMIN_ADMIN_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"

struct admin {
	const char *store; /* --store, or as the service's; NULL: the default */
	bool quiet;	   /* no progress, no "done" sentences */
	const struct command *command; /* the one that runs */
};

struct command {
	const char *word; /* "import", "measures check" */
	int (*run)(struct admin *a, int argc, char **argv);
	const char *synopsis; /* what follows the word */
	const char *help;     /* one translated sentence */
};

extern const struct command commands[];
extern const int commands_n;

/* Prints "hearthctl: text"; returns the exit status of the error's code. */
int admin_fail(const struct admin *a, const struct err *err);
/* Says that the command is used wrongly and how it is used; returns 2. */
int admin_usage(const struct admin *a, const char *fmt, ...)
    __attribute__((format(printf, 2, 3)));
/* A sentence on standard error, unless --quiet. */
void admin_say(const struct admin *a, const char *fmt, ...)
    __attribute__((format(printf, 2, 3)));
/* A number 1..2^32-1 from a word; 0 when it is none. */
uint32_t admin_number(const char *word);
/* The command's own synopsis and help on standard output. */
void admin_help(const struct command *c);

#define COMMAND(word, name, synopsis, help) \
	int cmd_##name(struct admin *a, int argc, char **argv);
#include "admin/commands.def"
#undef COMMAND

#endif
