#include "base/err.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "base/i18n.h"

static const struct {
	const char *name;
	int http;
	int status;
	const char *message;
} err_table[ERR_COUNT] = {
#define X(id, n, http, status, text) [ERR_##id] = {n, http, status, text},
#include "base/errors.def"
#undef X
};

static void
err_format(struct err *err, enum err_code code, const char *fmt, va_list ap)
{
	err->code = code;
	vsnprintf(err->text, sizeof err->text, fmt, ap);
}

bool
err_set(struct err *err, enum err_code code, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	err_format(err, code, fmt, ap);
	va_end(ap);
	return false;
}

bool
err_sys(struct err *err, enum err_code code, const char *fmt, ...)
{
	int saved = errno;
	size_t used;
	va_list ap;

	va_start(ap, fmt);
	err_format(err, code, fmt, ap);
	va_end(ap);
	used = strlen(err->text);
	snprintf(
	    err->text + used, sizeof err->text - used, ": %s", strerror(saved));
	return false;
}

bool
err_prefix(struct err *err, const char *fmt, ...)
{
	char old[sizeof err->text];
	size_t used;
	va_list ap;

	memcpy(old, err->text, sizeof old);
	va_start(ap, fmt);
	err_format(err, err->code, fmt, ap);
	va_end(ap);
	used = strlen(err->text);
	snprintf(err->text + used, sizeof err->text - used, ": %.*s",
	    (int)(sizeof old - 3), old);
	return false;
}

const char *
err_name(enum err_code code)
{
	return err_table[code].name;
}

const char *
err_message(enum err_code code)
{
	return err_table[code].message;
}

int
err_http(enum err_code code)
{
	return err_table[code].http;
}

int
err_exit(enum err_code code)
{
	return err_table[code].status;
}

enum err_code
err_from_name(const char *name)
{
	for (int i = 0; i < ERR_COUNT; i++)
		if (strcmp(name, err_name((enum err_code)i)) == 0)
			return (enum err_code)i;
	return ERR_INTERNAL;
}
