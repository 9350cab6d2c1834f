/*
 * One call of hearth: the command, the words and options behind it, the
 * service that answers it. A command is a row of commands.def and a file
 * cmd_NAME.c with two functions:
 *
 *   cmd_NAME_ask()   puts the question and sets call->answer (JSON)
 *   cmd_NAME_show()  makes a document of an answer; it sees nothing but the
 *                    JSON, so the screens print with it and tests feed it
 */
#ifndef HEARTH_CLIENT_CALL_H
#define HEARTH_CLIENT_CALL_H

#include <stdbool.h>
#include <stdint.h>

#include <cJSON.h>

#include "base/buf.h"
#include "base/err.h"
#include "client/doc.h"
#include "client/net.h"
#include "client/settings.h"
#include "proto/api.h"

enum option_id {
#define OPTION(id, name, argument, param, help) OPTION_##id,
#include "client/options.def"
#undef OPTION
	OPTION_COUNT
};

struct option_row {
	const char *name;
	const char *argument; /* NULL: a switch */
	enum api_param_id param;
	const char *help;
};

extern const struct option_row option_rows[OPTION_COUNT];
/* The options that every command takes, as bits. */
extern const uint64_t options_everywhere;

struct call;

struct command {
	const char *name, *synopsis;
	int least, most;  /* words behind the command */
	uint64_t options; /* bit o: option o is taken */
	bool (*ask)(struct call *call, struct err *err);
	void (*show)(struct doc *doc, const cJSON *answer);
	const char *summary, *help;
};

extern const struct command commands[];
extern const size_t commands_count;

/* The i-th part of a synopsis "list | show ID", with or without brackets
 * around; not ended, *len bytes long. NULL behind the last. */
const char *command_part(const struct command *command, size_t i, size_t *len);

struct call {
	const struct command *command; /* NULL: the screens */
	bool demo;
	bool asks_help, asks_version;
	const char *given[OPTION_COUNT]; /* "" for a switch; NULL: not given */
	char **words;			 /* behind the command */
	int n_words;
	enum settings_format format;
	const struct settings *settings;
	struct net *net;
	cJSON *answer; /* the call's own */
};

/* Whether it works on the field's own folder and needs no service. */
bool call_is_field(const struct call *call);

/* Reads a command line into call (zeroed by the caller); argv is permuted and
 * borrowed. ERR_USAGE names the slip and the nearest right word. */
bool call_parse(struct call *call, int argc, char **argv, struct err *err);
void call_fini(struct call *call);

/* A sentence on standard error, unless --quiet. */
void call_say(const struct call *call, const char *fmt, ...)
    __attribute__((format(printf, 2, 3)));

/* Starts a request's target and adds every option given that the route
 * takes. id replaces {id} of the path; NULL when it has none. */
void call_target(const struct call *call, struct buf *target,
    enum api_route_id route, const char *id);
/* Gets target, frees it, and sets call->answer. */
bool call_get(struct call *call, struct buf *target, struct err *err);
/* Puts the body to target, frees both, and sets call->answer. */
bool call_put(
    struct call *call, struct buf *target, struct buf *body, struct err *err);
/* Gets target page by page into one answer until limit rows are there (0: all
 * of them); "next" is null when nothing is left. Frees target. */
bool call_pages(
    struct call *call, struct buf *target, size_t limit, struct err *err);
/* How many rows a paged command may show: --limit, 0 (all) for files, and
 * API_ROWS for a page to read. */
bool call_limit(const struct call *call, size_t *limit, struct err *err);
/* Says on standard error that a table shows only the first rows. */
void call_note_more(const struct call *call, size_t limit);
/* Gets target page by page, as many rows as the call may show, says when there
 * are more, and frees target. ERR_NO_ANSWER with the sentence none, unless it
 * is NULL, when there is no row. */
bool call_list(
    struct call *call, struct buf *target, const char *none, struct err *err);
/* Lets go of the answer, once it told what is to be asked next. */
void call_forget(struct call *call);
/* The n-th word behind the command, NULL when there are fewer. */
const char *call_word(const struct call *call, int n);
/* Whether there is an n-th word; else ERR_USAGE with what hearth takes. */
bool call_needs(
    const struct call *call, int n, const char *usage, struct err *err);
/* ERR_USAGE for the first word behind the command, by the row's synopsis: what
 * follows that word, or that there is no such word. False. */
bool call_no_such_word(const struct call *call, struct err *err);
/* Whether the vocabulary has the word; if not, near is the nearest or NULL. */
bool call_knows(int codes, const char *word, const char **near);
/* A measure's id as the service writes it: lower case. The caller frees. */
char *call_measure(const char *word);

/* Translates, but not "": its translation is the catalogue's own heading. */
#define TR(s) (*(s) != '\0' ? _(s) : "")

#define COMMAND(name, synopsis, least, most, options, summary, help) \
	bool cmd_##name##_ask(struct call *call, struct err *err);   \
	void cmd_##name##_show(struct doc *doc, const cJSON *answer);
#include "client/commands.def"
#undef COMMAND

#endif
