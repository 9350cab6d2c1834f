#include "client/help.h"

#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "client/linetext.h"

#define MARGIN 26 /* where the sentences begin */
#define WIDTH 79

static void
item(struct buf *out, const char *name, const char *argument,
    const char *sentence)
{
	char *left =
	    xasprintf("  %s%s%s", name, *argument != '\0' ? " " : "", argument);

	if (linetext_width(left) < MARGIN - 1)
		linetext_fit(out, left, MARGIN, 0, "");
	else
		buf_printf(out, "%s\n%*s", left, MARGIN, "");
	linetext_wrap(out, sentence, MARGIN, WIDTH);
	free(left);
}

static void
options(struct buf *out, uint64_t which)
{
	for (int i = 0; i < OPTION_COUNT; i++) {
		const struct option_row *o = &option_rows[i];
		char *name;

		if (!(which >> i & 1))
			continue;
		name = xasprintf("--%s", o->name);
		item(out, name, o->argument != NULL ? _(o->argument) : "",
		    _(o->help));
		free(name);
	}
}

/* A command of many words: too many to stand in one line. */
static bool
has_words(const struct command *command)
{
	const char *synopsis = TR(command->synopsis);

	return strstr(synopsis, " | ") != NULL &&
	       linetext_width(synopsis) + linetext_width(command->name) >
		   WIDTH - MARGIN;
}

static void
usage_line(struct buf *out, const struct command *command, const char *words,
    size_t len)
{
	bool first = out->len == 0;
	const char *usage = _("usage:");

	buf_printf(out, "%*s hearth %s%s%.*s\n", (int)linetext_width(usage),
	    first ? usage : "", command->name, len > 0 ? " " : "", (int)len,
	    words);
}

/* "list | show ID" or "[list | show ID]": a line each. */
static void
usage_lines(struct buf *out, const struct command *command)
{
	const char *part;
	size_t len;

	for (size_t i = 0; (part = command_part(command, i, &len)); i++)
		usage_line(out, command, part, len);
}

void
help_all(struct buf *out)
{
	buf_str(out, _("usage: hearth [--at NODE]           the screens\n"
		       "       hearth demo [COMMAND ...]    an invented state\n"
		       "       hearth [OPTIONS] COMMAND ... one answer\n"));
	buf_printf(out, "\n%s\n", _("Commands:"));
	item(out, "demo", "",
	    _("makes an invented state once and shows it; a "
	      "command behind it is answered from it"));
	for (size_t i = 0; i < commands_count; i++)
		item(out, commands[i].name,
		    has_words(&commands[i]) ? _("WORD ...")
					    : TR(commands[i].synopsis),
		    _(commands[i].summary));
	buf_printf(out, "\n%s\n", _("Options of every command:"));
	options(out, options_everywhere);
	buf_printf(out, "\n%s\n",
	    _("Exit status: 0 done, 1 the question has "
	      "no answer, 2 wrong use, 3 not permitted,\n4 service not "
	      "reachable, 5 refused input, 6 internal fault."));
}

void
help_command(struct buf *out, const struct command *command)
{
	if (has_words(command))
		usage_lines(out, command);
	else
		usage_line(out, command, TR(command->synopsis),
		    strlen(TR(command->synopsis)));
	buf_printf(out, "%s\n\n", _(command->summary));
	if (command->options != 0) {
		options(out, command->options);
		buf_char(out, '\n');
	}
	linetext_wrap(out, TR(command->help), 0, WIDTH);
	buf_printf(out, "\n%s\n",
	    _("hearth --help lists the options of every command."));
}

/* --- errors ---------------------------------------------------------- */

/* Where the words begin in "usage: hearth NAME A | B"; NULL in other texts. */
static const char *
choices_of(const char *text)
{
	const char *program = strstr(text, "hearth ");

	if (program == NULL || strstr(program, " | ") == NULL)
		return NULL;
	program = strchr(program + strlen("hearth "), ' ');
	return program != NULL ? program + 1 : NULL;
}

static void
wrap_choices(struct buf *out, const char *choices, size_t indent, size_t width)
{
	size_t at = indent;

	while (*choices != '\0') {
		const char *bar = strstr(choices, " | ");
		size_t len =
		    bar != NULL ? (size_t)(bar - choices) + 2 : strlen(choices);
		char *piece = xstrndup(choices, len);
		size_t cells = linetext_width(piece);

		if (at > indent && at + 1 + cells > width) {
			buf_printf(out, "\n%*s", (int)indent, "");
			at = indent;
		}
		buf_printf(out, "%s%s", at > indent ? " " : "", piece);
		at += cells + (at > indent);
		free(piece);
		choices += len + (bar != NULL);
	}
	buf_char(out, '\n');
}

void
help_error(struct buf *out, const char *text, size_t width)
{
	static const char program[] = "hearth: ";
	const char *choices = choices_of(text);
	char *lead =
	    xstrndup(text, choices != NULL ? (size_t)(choices - text) : 0);
	size_t indent = sizeof program - 1 + linetext_width(lead);

	buf_str(out, program);
	if (width < 2 * indent) {
		buf_printf(out, "%s\n", text);
	} else if (choices != NULL) {
		buf_str(out, lead);
		wrap_choices(out, choices, indent, width);
	} else {
		linetext_wrap(out, text, indent, width);
	}
	free(lead);
}
