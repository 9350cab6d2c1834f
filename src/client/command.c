/* The tables of commands and options, and a command line read by them. */
#include "client/call.h"

#include <getopt.h>
#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "base/i18n.h"
#include "base/suggest.h"

const struct option_row option_rows[OPTION_COUNT] = {
#define OPTION(id, name, argument, param, help) \
	[OPTION_##id] = {name, argument, param, help},
#include "client/options.def"
#undef OPTION
};

const uint64_t options_everywhere =
    UINT64_C(1) << OPTION_SERVICE | UINT64_C(1) << OPTION_LOCAL |
    UINT64_C(1) << OPTION_CONFIG | UINT64_C(1) << OPTION_FORMAT |
    UINT64_C(1) << OPTION_OUTPUT | UINT64_C(1) << OPTION_PLAIN |
    UINT64_C(1) << OPTION_QUIET | UINT64_C(1) << OPTION_HELP |
    UINT64_C(1) << OPTION_VERSION;

const struct command commands[] = {
#define COMMAND(n, syn, lo, hi, opts, sum, h) \
	{.name = #n,                          \
	    .synopsis = syn,                  \
	    .least = lo,                      \
	    .most = hi,                       \
	    .options = opts,                  \
	    .ask = cmd_##n##_ask,             \
	    .show = cmd_##n##_show,           \
	    .summary = sum,                   \
	    .help = h},
#include "client/commands.def"
#undef COMMAND
};

const size_t commands_count = sizeof commands / sizeof *commands;

static const char *
command_word(const void *arg, size_t i)
{
	(void)arg;
	if (i < commands_count)
		return commands[i].name;
	return i == commands_count ? "demo" : NULL;
}

const char *
command_part(const struct command *command, size_t i, size_t *len)
{
	const char *part = TR(command->synopsis), *bar;
	const char *end = part + strlen(part);

	if (part[0] == '[' && end[-1] == ']' && strstr(part, " | ") != NULL) {
		part++;
		end--;
	}
	for (;; i--) {
		bar = strstr(part, " | ");
		if (i == 0)
			break;
		if (bar == NULL)
			return NULL;
		part = bar + strlen(" | ");
	}
	*len = (size_t)((bar != NULL ? bar : end) - part);
	return part;
}

/* The words of a command that has some. */
struct sub_words {
	const struct command *command;
	struct arena *arena;
};

static const char *
sub_word(const void *arg, size_t i)
{
	const struct sub_words *w = arg;
	size_t len;
	const char *part = command_part(w->command, i, &len);

	return part != NULL
		   ? arena_strndup(w->arena, part, strcspn(part, " |]"))
		   : NULL;
}

static const char *
option_word(const void *arg, size_t i)
{
	(void)arg;
	return i < OPTION_COUNT ? option_rows[i].name : NULL;
}

static const char *
code_at(const void *arg, size_t i)
{
	const struct codeset *set = arg;

	return i < (size_t)set->n ? set->codes[i].word : NULL;
}

bool
call_knows(int codes, const char *word, const char **near)
{
	const struct codeset *set = &codesets[codes];

	if (code_find(set, word, strlen(word)) > 0)
		return true;
	*near = suggest(word, code_at, set);
	return false;
}

static bool
unknown_command(const char *word, struct err *err)
{
	const char *near = suggest(word, command_word, NULL);

	if (near != NULL)
		return err_set(err, ERR_USAGE,
		    _("there is no command \"%s\"; did you mean \"%s\"?"), word,
		    near);
	return err_set(err, ERR_USAGE,
	    _("there is no command \"%s\"; hearth --help lists them"), word);
}

bool
call_no_such_word(const struct call *call, struct err *err)
{
	const struct command *c = call->command;
	struct arena arena = {0};
	const struct sub_words words = {c, &arena};
	const char *word = call->words[0], *known, *near;
	size_t i = 0, len;

	while ((known = sub_word(&words, i)) != NULL && strcmp(known, word))
		i++;
	near = suggest(word, sub_word, &words);
	if (known != NULL) {
		const char *part = command_part(c, i, &len);

		err_set(err, ERR_USAGE, _("usage: hearth %s %.*s"), c->name,
		    (int)len, part);
	} else if (near != NULL) {
		err_set(err, ERR_USAGE,
		    _("hearth %s has no word \"%s\"; did you mean \"%s\"?"),
		    c->name, word, near);
	} else {
		err_set(err, ERR_USAGE,
		    _("hearth %s has no word \"%s\"; hearth %s --help lists "
		      "them"),
		    c->name, word, c->name);
	}
	arena_free(&arena);
	return false;
}

static bool
unknown_option(const char *word, struct err *err)
{
	const char *name = word + strspn(word, "-");
	char *bare = xstrndup(name, strcspn(name, "="));
	const char *near = suggest(bare, option_word, NULL);

	free(bare);
	if (near != NULL)
		return err_set(err, ERR_USAGE,
		    _("there is no option %s; did you mean --%s?"), word, near);
	return err_set(err, ERR_USAGE, _("there is no option %s"), word);
}

/* getopt's table, from ours; val is the option's number above any letter. */
#define FIRST 256

static void
long_options(struct option *out)
{
	for (int i = 0; i < OPTION_COUNT; i++)
		out[i] = (struct option){.name = option_rows[i].name,
		    .has_arg = option_rows[i].argument != NULL,
		    .val = FIRST + i};
	out[OPTION_COUNT] = (struct option){0};
}

static bool
take_option(struct call *call, int c, char **argv, struct err *err)
{
	if (c == 'h')
		c = FIRST + OPTION_HELP;
	if (c >= FIRST) {
		call->given[c - FIRST] = optarg != NULL ? optarg : "";
		return true;
	}
	if (c == ':')
		return err_set(
		    err, ERR_USAGE, _("%s needs a value"), argv[optind - 1]);
	if (optopt > FIRST)
		return err_set(
		    err, ERR_USAGE, _("%s takes no value"), argv[optind - 1]);
	if (optopt != 0)
		return err_set(
		    err, ERR_USAGE, _("there is no option -%c"), optopt);
	return unknown_option(argv[optind - 1], err);
}

static bool
find_command(struct call *call, const char *word, struct err *err)
{
	for (size_t i = 0; i < commands_count; i++)
		if (strcmp(commands[i].name, word) == 0)
			call->command = &commands[i];
	return call->command != NULL || unknown_command(word, err);
}

/* "demo" stands before a command or alone. */
static bool
take_words(struct call *call, char **words, int n, struct err *err)
{
	if (n > 0 && strcmp(words[0], "demo") == 0) {
		call->demo = true;
		words++;
		n--;
	}
	if (n > 0 && !find_command(call, words[0], err))
		return false;
	call->words = n > 0 ? words + 1 : words;
	call->n_words = n > 0 ? n - 1 : 0;
	return true;
}

static bool
check_words(const struct call *call, struct err *err)
{
	const struct command *c = call->command;

	if (call->n_words < c->least || call->n_words > c->most)
		return err_set(err, ERR_USAGE, _("usage: hearth %s%s%s"),
		    c->name, *c->synopsis ? " " : "", TR(c->synopsis));
	for (int i = 0; i < call->n_words; i++)
		if (*call->words[i] == '\0')
			return err_set(err, ERR_USAGE,
			    _("an empty word is no answer to: hearth %s %s"),
			    c->name, TR(c->synopsis));
	return true;
}

static bool
check_word(const char *option, const char *text, int codes, struct err *err)
{
	const char *near;
	struct buf all = {0};

	if (call_knows(codes, text, &near))
		return true;
	if (near != NULL)
		return err_set(err, ERR_USAGE,
		    _("--%s does not know \"%s\"; did you mean \"%s\"?"),
		    option, text, near);
	buf_str(&all, codesets[codes].codes[0].word);
	for (int i = 1; i < codesets[codes].n; i++)
		buf_printf(&all, ", %s", codesets[codes].codes[i].word);
	err_set(err, ERR_USAGE, _("--%s does not know \"%s\"; it knows %s"),
	    option, text, buf_text(&all));
	buf_free(&all);
	return false;
}

/* What can be told to be wrong without the service is told at once; the
 * service checks everything again. */
static bool
check_value(enum option_id id, const char *text, struct err *err)
{
	const struct option_row *o = &option_rows[id];
	const struct api_param *p;
	char *end;
	long v;

	if (o->param == API_PARAMS)
		return true;
	p = &api_params[o->param];
	if (p->type == API_TYPE_WORD)
		return check_word(o->name, text, p->codes, err);
	if (p->type == API_TYPE_DATE &&
	    date_parse(text, strlen(text)) == DATE_MISSING)
		return err_set(err, ERR_USAGE,
		    _("--%s takes a day as YYYY-MM-DD, not \"%s\""), o->name,
		    text);
	if (p->type != API_TYPE_INT)
		return true;
	v = strtol(text, &end, 10);
	if (end == text || *end != '\0' || v < p->least || v > p->most)
		return err_set(err, ERR_USAGE,
		    _("--%s takes a whole number from %d to %d, not \"%s\""),
		    o->name, p->least, p->most, text);
	return true;
}

static bool
check_options(const struct call *call, struct err *err)
{
	uint64_t taken = options_everywhere |
			 (call->command != NULL ? call->command->options
						: UINT64_C(1) << OPTION_AT);

	for (int i = 0; i < OPTION_COUNT; i++) {
		if (call->given[i] == NULL)
			continue;
		if (!(taken >> i & 1))
			return call->command != NULL
				   ? err_set(err, ERR_USAGE,
					 _("hearth %s does not take --%s"),
					 call->command->name,
					 option_rows[i].name)
				   : err_set(err, ERR_USAGE,
					 _("--%s goes with a command; hearth "
					   "--help "
					   "lists them"),
					 option_rows[i].name);
		if (!check_value((enum option_id)i, call->given[i], err))
			return false;
	}
	if (call->given[OPTION_SERVICE] != NULL &&
	    (call->given[OPTION_LOCAL] != NULL || call->demo))
		return err_set(err, ERR_USAGE,
		    _("--service, --local and demo name three different "
		      "sources; choose one"));
	if (call->given[OPTION_LOCAL] != NULL && call->demo)
		return err_set(err, ERR_USAGE,
		    _("demo has a store of its own; leave out --local"));
	return true;
}

bool
call_parse(struct call *call, int argc, char **argv, struct err *err)
{
	struct option table[OPTION_COUNT + 1];
	int c;

	long_options(table);
	/* Options may stand anywhere, whatever this variable asks for. */
	unsetenv("POSIXLY_CORRECT");
	optind = 0;
	opterr = 0;
	while ((c = getopt_long(argc, argv, ":h", table, NULL)) != -1)
		if (!take_option(call, c, argv, err))
			return false;
	call->asks_help = call->given[OPTION_HELP] != NULL;
	call->asks_version = call->given[OPTION_VERSION] != NULL;
	if (!take_words(call, argv + optind, argc - optind, err))
		return false;
	if (call->asks_help || call->asks_version)
		return true;
	return (call->command == NULL || check_words(call, err)) &&
	       check_options(call, err);
}
