#include "client/help.h"

#include <stdlib.h>

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
		item(out, commands[i].name, TR(commands[i].synopsis),
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
	buf_printf(out, _("usage: hearth %s %s\n"), command->name,
	    TR(command->synopsis));
	buf_printf(out, "%s\n\n", _(command->summary));
	if (command->options != 0) {
		options(out, command->options);
		buf_char(out, '\n');
	}
	linetext_wrap(out, TR(command->help), 0, WIDTH);
	buf_printf(out, "\n%s\n",
	    _("hearth --help lists the options of every command."));
}
