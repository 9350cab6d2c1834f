/*
 * hearthctl: options that all commands share, then the command's row. Which
 * store is meant is said by --store, else by the service's own settings, so
 * that both look after the same one.
 */
#include <getopt.h>
#include <stdio.h>
#include <string.h>

#include "admin/admin.h"
#include "base/i18n.h"
#include "base/suggest.h"
#include "config.h"
#include "service/settings.h"

static void
print_help(void)
{
	puts(_("usage: hearthctl [--store URL] [--config FILE] [--quiet]"
	       " COMMAND ..."));
	puts(_("Looks after Hearth's data on the service's machine.\n"));
	for (int i = 0; i < commands_n; i++)
		printf("  %s %s\n      %s\n", commands[i].word,
		    commands[i].synopsis, _(commands[i].help));
	puts(
	    _("\n  --store URL    sqlite:DIR or postgresql://...\n"
	      "  --config FILE  the service's settings, which name a store\n"
	      "  --quiet        no progress, only errors\n"
	      "  --help         this, or after a command, that command's help\n"
	      "  --version"));
}

/* How many words of argv spell the command's word; 0 when they do not. */
static int
words_matched(const struct command *c, int argc, char **argv)
{
	const char *rest = c->word;
	int n = 0;

	while (*rest != '\0' && n < argc) {
		size_t len = strcspn(rest, " ");

		if (strlen(argv[n]) != len || memcmp(argv[n], rest, len) != 0)
			return 0;
		n++;
		rest += len;
		rest += *rest == ' ';
	}
	return *rest == '\0' ? n : 0;
}

static bool
asks_help(int argc, char **argv)
{
	for (int i = 1; i < argc && strcmp(argv[i], "--") != 0; i++)
		if (strcmp(argv[i], "--help") == 0)
			return true;
	return false;
}

static const char *
word_at(const void *arg, size_t i)
{
	(void)arg;
	return i < (size_t)commands_n ? commands[i].word : NULL;
}

/* "measures" is half of "measures check"; "import" is near to "imprt". */
static int
no_command(struct admin *a, const char *word)
{
	const char *near = suggest(word, word_at, NULL);
	size_t len = strlen(word);

	for (int i = 0; i < commands_n; i++)
		if (strncmp(commands[i].word, word, len) == 0 &&
		    commands[i].word[len] == ' ')
			near = commands[i].word;
	if (near != NULL)
		return admin_usage(a,
		    _("there is no command '%s'; did you mean '%s'?"), word,
		    near);
	return admin_usage(a, _("there is no command '%s'"), word);
}

static int
run_command(struct admin *a, int argc, char **argv)
{
	int n = 0;

	for (int i = 0; i < commands_n && n == 0; i++) {
		n = words_matched(&commands[i], argc, argv);
		if (n > 0)
			a->command = &commands[i];
	}
	if (n == 0)
		return no_command(a, argv[0]);
	argc -= n - 1;
	argv += n - 1;
	if (asks_help(argc, argv)) {
		admin_help(a->command);
		return 0;
	}
	optind = 0; /* the command's own options are parsed afresh */
	return a->command->run(a, argc, argv);
}

struct options {
	const char *config;
	bool ended; /* --help or --version has answered */
};

/* False for a wrong one, about which getopt has spoken. */
static bool
take_options(int argc, char **argv, struct admin *a, struct options *o)
{
	static const struct option options[] = {
	    {"store", required_argument, NULL, 's'},
	    {"config", required_argument, NULL, 'c'},
	    {"quiet", no_argument, NULL, 'q'},
	    {"help", no_argument, NULL, 'h'},
	    {"version", no_argument, NULL, 'V'},
	    {0},
	};
	int c;

	while (!o->ended &&
	       (c = getopt_long(argc, argv, "+", options, NULL)) != -1) {
		switch (c) {
		case 's':
			a->store = optarg;
			break;
		case 'c':
			o->config = optarg;
			break;
		case 'q':
			a->quiet = true;
			break;
		case 'h':
			print_help();
			o->ended = true;
			break;
		case 'V':
			puts("hearthctl " PACKAGE_VERSION);
			o->ended = true;
			break;
		default:
			return false;
		}
	}
	return true;
}

static bool
take_settings(const struct options *o, struct admin *a,
    struct hearthd_settings *s, struct err *err)
{
	bool optional = o->config == NULL;

	if (!conf_load(s, hearthd_settings, hearthd_settings_n,
		optional ? SYSCONFDIR "/hearthd.conf" : o->config, optional,
		err))
		return false;
	if (a->store == NULL)
		a->store = s->store;
	return true;
}

int
main(int argc, char **argv)
{
	struct hearthd_settings settings = {0};
	struct options o = {0};
	struct admin a = {0};
	struct err err = {0};
	int status;

	i18n_init();
	if (!take_options(argc, argv, &a, &o))
		return err_exit(ERR_USAGE);
	if (o.ended)
		return 0;
	conf_defaults(&settings, hearthd_settings, hearthd_settings_n);
	if (!take_settings(&o, &a, &settings, &err))
		status = admin_fail(&a, &err);
	else if (optind >= argc)
		status = admin_usage(&a, _("which command?"));
	else
		status = run_command(&a, argc - optind, argv + optind);
	conf_free(&settings, hearthd_settings, hearthd_settings_n);
	return status;
}
