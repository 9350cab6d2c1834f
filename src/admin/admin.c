#include "admin/admin.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/i18n.h"

/* The last row stands for the end, so that the table may be empty. */
const struct command commands[] = {
#define COMMAND(word, name, synopsis, help) {word, cmd_##name, synopsis, help},
#include "admin/commands.def"
#undef COMMAND
    {0},
};
const int commands_n = sizeof commands / sizeof *commands - 1;

int
admin_fail(const struct admin *a, const struct err *err)
{
	(void)a;
	fprintf(stderr, "hearthctl: %s\n",
	    err->text[0] != '\0' ? err->text : _(err_message(err->code)));
	return err_exit(err->code);
}

int
admin_usage(const struct admin *a, const char *fmt, ...)
{
	va_list ap;

	fputs("hearthctl: ", stderr);
	va_start(ap, fmt);
	vfprintf(stderr, fmt, ap);
	va_end(ap);
	fputc('\n', stderr);
	if (a->command != NULL)
		fprintf(stderr, _("usage: hearthctl %s%s%s\n"),
		    a->command->word, *a->command->synopsis ? " " : "",
		    a->command->synopsis);
	else
		fputs(_("hearthctl --help lists the commands\n"), stderr);
	return err_exit(ERR_USAGE);
}

void
admin_say(const struct admin *a, const char *fmt, ...)
{
	va_list ap;

	if (a->quiet)
		return;
	va_start(ap, fmt);
	vfprintf(stderr, fmt, ap);
	va_end(ap);
	fputc('\n', stderr);
}

uint32_t
admin_number(const char *word)
{
	unsigned long long n;
	char *end;

	if (*word < '0' || *word > '9')
		return 0;
	errno = 0;
	n = strtoull(word, &end, 10);
	return errno == 0 && *end == '\0' && n <= UINT32_MAX ? (uint32_t)n : 0;
}

void
admin_help(const struct command *c)
{
	printf(_("usage: hearthctl %s%s%s\n"), c->word, *c->synopsis ? " " : "",
	    c->synopsis);
	printf("%s\n", _(c->help));
}
