/*
 * One way to fail. A fallible function returns false and fills the caller's
 * struct err (always its last parameter); whoever knows more context adds it
 * with err_prefix(); only a program's top (main, a handler, a panel) prints.
 *
 * The text is for people and never holds a child's name or a value that could
 * identify one. Codes come from errors.def, which also fixes the HTTP status
 * and the exit status of each.
 */
#ifndef HEARTH_BASE_ERR_H
#define HEARTH_BASE_ERR_H

#include <stdarg.h>
#include <stdbool.h>

enum err_code {
#define X(id, name, http, status, text) ERR_##id,
#include "base/errors.def"
#undef X
	ERR_COUNT
};

struct err {
	enum err_code code;
	char text[512];
};

#define ERR_PRINTF(f, a) __attribute__((format(printf, f, a)))

/* Sets code and text; always returns false, so `return err_set(...)` reads. */
bool err_set(struct err *err, enum err_code code, const char *fmt, ...)
    ERR_PRINTF(3, 4);

/* As err_set(), with ": strerror(errno)" appended. */
bool err_sys(struct err *err, enum err_code code, const char *fmt, ...)
    ERR_PRINTF(3, 4);

/* Puts "context: " before the text that is there; returns false. */
bool err_prefix(struct err *err, const char *fmt, ...) ERR_PRINTF(2, 3);

/* The code's short name in lower case ("no_such_child"), for JSON and logs. */
const char *err_name(enum err_code code);
/* The code's sentence for people; pass it through gettext. */
const char *err_message(enum err_code code);
int err_http(enum err_code code);
int err_exit(enum err_code code);
/* The code whose err_name() is name, or ERR_INTERNAL for an unknown one. */
enum err_code err_from_name(const char *name);

#endif
