#include "client/answering.h"

#include <langinfo.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/ioctl.h>
#include <time.h>
#include <unistd.h>

#include "base/i18n.h"
#include "client/answer.h"
#include "client/out.h"
#include "client/plain.h"
#include "client/screen.h"

/* `--output june.xlsx` says enough. */
static void
format_from_name(struct call *call)
{
	const char *file = call->given[OPTION_OUTPUT];
	const char *dot = file != NULL ? strrchr(file, '.') : NULL;

	if (dot == NULL || call->given[OPTION_FORMAT] != NULL)
		return;
	for (int i = 0; settings_formats[i] != NULL; i++)
		if (strcasecmp(dot + 1, settings_formats[i]) == 0)
			call->format = (enum settings_format)i;
}

bool
answering_prepare(struct call *call, struct err *err)
{
	const struct out_format *f;

	call->format = (enum settings_format)call->settings->format;
	format_from_name(call);
	f = &out_formats[call->format];
	if (f->file && call->given[OPTION_OUTPUT] == NULL)
		return err_set(err, ERR_USAGE,
		    _("%s is no text for a terminal: add --output FILE"),
		    f->word);
	if (f->write == NULL && call->format != AS_JSON)
		return err_set(err, ERR_USAGE,
		    _("this build of Hearth leaves out %s"), f->word);
	return true;
}

size_t
answering_width(int fd)
{
	struct winsize w;

	if (!isatty(fd) || ioctl(fd, TIOCGWINSZ, &w) < 0)
		return 0;
	return w.ws_col;
}

static bool
ascii(const struct settings *s)
{
	if (s->charset != CHARSET_AUTO)
		return s->charset == CHARSET_ASCII;
	return strcmp(nl_langinfo(CODESET), "UTF-8") != 0;
}

/* One seam for the time of a print, fixed where prints must be the same. */
static long long
now(void)
{
	const char *fixed = getenv("SOURCE_DATE_EPOCH");

	return fixed != NULL && *fixed != '\0' ? strtoll(fixed, NULL, 10)
					       : (long long)time(NULL);
}

static bool
render_json(struct buf *out, const cJSON *answer, struct err *err)
{
	char *text = cJSON_PrintUnformatted(answer);

	if (text == NULL)
		return err_set(err, ERR_INTERNAL, "JSON");
	buf_str(out, text);
	buf_char(out, '\n');
	cJSON_free(text);
	return true;
}

/* What the command line said of the source, the command to ask again says
 * too; what settings say goes without saying. */
static void
name_source(const struct call *call, struct doc *doc)
{
	static const enum option_id sources[] = {
	    OPTION_LOCAL, OPTION_SERVICE, OPTION_CONFIG};

	if (call->demo)
		doc_again_from(doc, "demo");
	for (size_t i = 0; i < sizeof sources / sizeof *sources; i++) {
		const char *value = call->given[sources[i]];
		struct buf words = {0};

		if (value == NULL)
			continue;
		buf_printf(&words, "--%s ", option_rows[sources[i]].name);
		answer_quote(&words, value);
		doc_again_from(doc, buf_text(&words));
		buf_free(&words);
	}
}

static bool
render(struct buf *out, const struct call *call, const struct command *command,
    const cJSON *answer, struct err *err)
{
	const struct settings *s = call->settings;
	const char *file = call->given[OPTION_OUTPUT];
	const struct out_options o = {
	    .plain = s->plain,
	    .excel = s->excel,
	    .ascii = ascii(s),
	    .width = file == NULL ? answering_width(STDOUT_FILENO) : 0,
	    .now = now(),
	};
	out_fn *write = out_formats[call->format].write;
	struct doc doc;
	bool ok;

	if (call->format == AS_JSON)
		return render_json(out, answer, err);
	if (call->format == AS_TABLE && s->plain)
		write = out_plain;
	doc_init(&doc);
	command->show(&doc, answer);
	name_source(call, &doc);
	/* A contract of columns has no room for the mark. */
	if (doc.invented && call->format == AS_CSV)
		call_say(call, "%s", _("INVENTED DATA"));
	ok = write(out, &doc, &o, err);
	doc_fini(&doc);
	return ok;
}

bool
answering_print(const struct call *call, const struct command *command,
    const cJSON *answer, struct err *err)
{
	struct buf out = {0};
	bool ok = render(&out, call, command, answer, err) &&
		  out_write(&out, call->given[OPTION_OUTPUT], err);

	buf_free(&out);
	return ok;
}

/* A store without data is known only once it is asked; for one of our own the
 * remedy is known too. */
static void
remedy(const struct call *call, struct err *err)
{
	const char *dir = call->settings->local;
	char *text;

	if (err->code != ERR_NO_DATA || dir == NULL || call->demo ||
	    strstr(err->text, "hearthctl") != NULL)
		return;
	if (strncmp(dir, "sqlite:", 7) == 0)
		dir += 7;
	text = xstrdup(err->text);
	err_set(err, ERR_NO_DATA,
	    _("%s; load some: hearthctl --store "
	      "sqlite:%s import PATH"),
	    text, dir);
	free(text);
}

/* "No answer" still prints what there is: a heading without rows, for files
 * that programs read. */
static bool
answer_command(struct call *call, const struct command *command, int *status,
    struct err *err)
{
	struct err none = {0};

	if (command->ask(call, err))
		return answering_print(call, command, call->answer, err);
	remedy(call, err);
	if (err->code != ERR_NO_ANSWER || call->answer == NULL)
		return false;
	none = *err;
	if (!answering_print(call, command, call->answer, err))
		return false;
	call_say(call, "%s", none.text);
	*status = err_exit(none.code);
	return true;
}

static const struct command *
board(void)
{
	for (size_t i = 0; i < commands_count; i++)
		if (strcmp(commands[i].name, "board") == 0)
			return &commands[i];
	abort();
}

/* TERM=dumb asks for the linear way, as --plain does. */
static bool
linear(const struct call *call)
{
	const char *term = getenv("TERM");

	return call->settings->plain ||
	       (term != NULL && strcmp(term, "dumb") == 0);
}

static bool
screens(struct call *call, int *status, struct err *err)
{
	const struct screens_conf conf = {
	    .net = call->net,
	    .source = call->settings->local != NULL ? call->settings->local
						    : call->settings->url,
	    .at = call->given[OPTION_AT],
	    .color = call->settings->color,
	    .theme = call->settings->theme,
	    .charset = call->settings->charset,
	};

	err->code = ERR_NONE;
	*status = screens_run(&conf, err);
	return err->code == ERR_NONE;
}

bool
answering(struct call *call, int *status, struct err *err)
{
	if (call->command != NULL)
		return answer_command(call, call->command, status, err);
	if (call->format != AS_TABLE || !isatty(STDIN_FILENO) ||
	    !isatty(STDOUT_FILENO) || call->given[OPTION_OUTPUT] != NULL)
		return answer_command(call, board(), status, err);
	if (!linear(call))
		return screens(call, status, err);
	return plain_menu(call, stdin, err);
}
