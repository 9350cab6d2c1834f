#include "client/plain.h"

#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/json.h"
#include "client/answering.h"
#include "client/plain_part.h"
#include "client/plain_write.h"
#include "proto/refcode.h"

const char *
plain_keep(struct plain *p, const char *s)
{
	return s != NULL ? arena_strndup(&p->arena, s, strlen(s)) : NULL;
}

void
plain_add(struct plain *p, const struct place *to, const char *label)
{
	struct choice *c;

	grow(&p->choices, &p->cap, p->n + 1, sizeof *p->choices);
	c = &p->choices[p->n++];
	*c = (struct choice){.label = plain_keep(p, label)};
	c->to.kind = to->kind;
	c->to.measure = plain_keep(p, to->measure);
	c->to.node = plain_keep(p, to->node);
	c->to.what = plain_keep(p, to->what);
	c->to.row = plain_keep(p, to->row);
}

/* --- asking and printing -------------------------------------------------- */

/* The level below a unit, NULL at the bottom of the tree. */
static const char *
level_below(struct plain *p, const char *node)
{
	struct buf target = {0};
	struct err ignored;
	cJSON *org = NULL;
	const cJSON *child;
	const char *level = NULL;

	api_target(&target, ROUTE_ORG, NULL);
	if (node != NULL)
		api_query(&target, API_NODE, node);
	if (net_get(p->call->net, buf_text(&target), &org, &ignored)) {
		child = answer_first(org, "children");
		if (child != NULL)
			level = plain_keep(p, json_get_string(child, "level"));
	}
	cJSON_Delete(org);
	buf_free(&target);
	return level;
}

static bool
breaks(const struct place *at)
{
	return at->kind == BREAKDOWN || at->kind == CROSSTAB;
}

static void
words_for(const struct place *at, struct call *call, const char **words)
{
	static const char show[] = "show";

	call->n_words = 0;
	if (at->kind == DEFINITION)
		words[call->n_words++] = show;
	if (plain_kinds[at->kind].word != NULL)
		words[call->n_words++] = plain_kinds[at->kind].word;
	if (at->measure != NULL && at->kind != CHILD)
		words[call->n_words++] = at->measure;
	if (at->what != NULL && !breaks(at))
		words[call->n_words++] = at->what;
	call->words = (char **)words;
}

static bool
ask(struct plain *p, const struct place *at, struct call *call, struct err *err)
{
	const char *words[3];

	*call = *p->call;
	call->answer = NULL;
	memset(call->given, 0, sizeof call->given);
	/* Where the answers come from stays in what is printed. */
	call->given[OPTION_LOCAL] = p->call->given[OPTION_LOCAL];
	call->given[OPTION_SERVICE] = p->call->given[OPTION_SERVICE];
	call->given[OPTION_CONFIG] = p->call->given[OPTION_CONFIG];
	for (size_t i = 0; i < commands_count; i++)
		if (strcmp(commands[i].name, plain_kinds[at->kind].command) ==
		    0)
			call->command = &commands[i];
	if (at->kind != WHY && at->kind != DEFINITION && at->kind < REF)
		call->given[OPTION_AT] = at->node;
	if (at->kind == LETTER)
		call->given[OPTION_OFFICE] = "";
	if (at->kind == UNITS || at->kind == COMPARE)
		call->given[OPTION_BY] = level_below(p, at->node);
	if (breaks(at))
		call->given[OPTION_BY] = at->what;
	words_for(at, call, words);
	return call->command->ask(call, err);
}

static void
print_choices(struct plain *p)
{
	if (p->n > 0)
		printf("\n%s\n", _("Choices:"));
	for (size_t i = 0; i < p->n; i++)
		printf("%zu. %s\n", i + 1, p->choices[i].label);
	if (!p->hinted)
		printf(
		    "%s\n", _("Type a number and Enter, or a reference code; b "
			      "goes back, q leaves, ? says this again."));
	p->hinted = true;
}

/* Prints the place and gathers its choices. */
static bool
visit(struct plain *p, struct err *err)
{
	const struct place *at = &p->path[p->depth - 1];
	struct call call;
	bool ok = ask(p, at, &call, err);

	if (!ok && err->code == ERR_NO_ANSWER && plain_kinds[at->kind].empty) {
		printf("%s\n", err->text);
		p->n = 0;
		plain_kinds[at->kind].choices(p, at, NULL);
		ok = true;
	} else if (ok) {
		p->n = 0;
		ok = answering_print(&call, call.command, call.answer, err);
		if (ok)
			plain_kinds[at->kind].choices(p, at, call.answer);
	}
	call_fini(&call);
	if (ok)
		print_choices(p);
	return ok;
}

static void
go(struct plain *p, const struct place *to)
{
	grow(&p->path, &p->path_cap, p->depth + 1, sizeof *p->path);
	p->path[p->depth++] = *to;
}

/* Writes, and shows the place once more: it is another now. */
static void
write_at(struct plain *p, const struct place *to)
{
	const struct act *act = NULL;
	cJSON *row = to->row != NULL ? cJSON_Parse(to->row) : NULL;
	struct err err = {0};

	for (int i = 0; i < ACTS; i++)
		if (strcmp(acts[i].name, to->what) == 0)
			act = &acts[i];
	if (act != NULL && !plain_write(p->call, act, row, p->in, &err))
		printf("%s\n", err.text);
	else if (!visit(p, &err))
		printf("%s\n", err.text);
	cJSON_Delete(row);
}

/* A place that cannot be had leaves the reader where he was. */
static void
try(struct plain *p, const struct place *to)
{
	struct err err = {0};

	go(p, to);
	if (visit(p, &err))
		return;
	p->depth--;
	printf("%s\n", err.text);
}

static void
back(struct plain *p)
{
	struct err err = {0};

	if (p->depth == 1) {
		printf("%s\n", _("This is the beginning; q leaves."));
		return;
	}
	p->depth--;
	if (!visit(p, &err))
		printf("%s\n", err.text);
}

/* False when the reader wants to leave. */
static bool
obey(struct plain *p, const char *line)
{
	char *end;
	long n = strtol(line, &end, 10);

	if (strcmp(line, "q") == 0)
		return false;
	if (strcmp(line, "b") == 0) {
		back(p);
	} else if (end != line && *end == '\0' && n >= 1 && (size_t)n <= p->n) {
		const struct place to = p->choices[n - 1].to;

		if (to.kind == WRITE)
			write_at(p, &to);
		else
			try(p, &to);
	} else if (refcode_is(line)) {
		const struct place to = {
		    .kind = REF, .what = plain_keep(p, line)};

		try(p, &to);
	} else if (*line != '\0') {
		p->hinted = false;
		print_choices(p);
	}
	return true;
}

static void
converse(struct plain *p, FILE *in)
{
	char *line = NULL;
	size_t cap = 0;
	ssize_t n;
	bool on = true;

	while (on) {
		printf("> ");
		fflush(stdout);
		n = getline(&line, &cap, in);
		if (n < 0)
			break;
		line[strcspn(line, "\r\n")] = '\0';
		on = obey(p, line);
	}
	free(line);
}

bool
plain_menu(const struct call *call, FILE *in, struct err *err)
{
	struct settings settings = *call->settings; /* borrows its strings */
	struct call base = *call;
	struct plain p = {.call = &base, .in = in};
	const struct place board = {.kind = BOARD};
	bool ok;

	settings.plain = true;
	base.settings = &settings;
	go(&p, &board);
	ok = visit(&p, err);
	if (ok)
		converse(&p, in);
	free(p.choices);
	free(p.path);
	arena_free(&p.arena);
	return ok;
}
