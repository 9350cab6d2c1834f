#include "client/plain.h"

#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/json.h"
#include "client/answer.h"
#include "client/answering.h"
#include "client/duties.h"
#include "proto/refcode.h"
#include "proto/words.h"

enum kind {
	BOARD,
	MEASURES,
	UNITS,
	COMPARE,
	BREAKDOWN,
	CROSSTAB,
	LIST,
	CHILD,
	WHY,
	DEFINITION,
	COUNTDOWN,
	REF
};

/* Where the reader stands; the strings live in the arena. */
struct place {
	enum kind kind;
	const char *measure, *node; /* NULL: none, the reader's own */
	const char *what; /* a child's id, a clock, one attribute or two */
};

struct choice {
	struct place to;
	const char *label;
};

struct plain {
	const struct call *call;
	struct arena arena;
	struct place *path; /* back to the board */
	size_t depth, path_cap;
	struct choice *choices;
	size_t n, cap;
	bool hinted;
};

static const char *
keep(struct plain *p, const char *s)
{
	return s != NULL ? arena_strndup(&p->arena, s, strlen(s)) : NULL;
}

static void
add(struct plain *p, const struct place *to, const char *label)
{
	struct choice *c;

	grow(&p->choices, &p->cap, p->n + 1, sizeof *p->choices);
	c = &p->choices[p->n++];
	*c = (struct choice){.label = keep(p, label)};
	c->to.kind = to->kind;
	c->to.measure = keep(p, to->measure);
	c->to.node = keep(p, to->node);
	c->to.what = keep(p, to->what);
}

/* A choice for each item of a list: its member id leads there. */
static void
add_each(struct plain *p, const cJSON *answer, const char *list,
    const struct place *to, const char *id)
{
	const cJSON *item;

	ANSWER_EACH(item, answer, list)
	{
		const char *value = json_get_string(item, id);
		const char *name = json_get_string(item, "name");
		struct place here = *to;

		if (name == NULL)
			name = json_get_string(item, "title");
		if (value == NULL)
			continue;
		if (to->kind == UNITS && strcmp(id, "id") == 0)
			here.measure = value;
		else if (to->kind == UNITS)
			here.node = value;
		else
			here.what = value;
		add(p, &here, name != NULL ? name : value);
	}
}

/* --- what can be chosen at each kind of place ----------------------------- */

static void
at_board(struct plain *p, const struct place *at, const cJSON *answer)
{
	const struct place measure = {.kind = UNITS, .node = at->node};
	const struct place all = {.kind = MEASURES, .node = at->node};

	add_each(p, answer, "headlines", &measure, "id");
	add(p, &all, _("All measures"));
	for (int i = 0; i < codesets[CODES_CLOCKS].n; i++) {
		const struct place clock = {.kind = COUNTDOWN,
		    .node = at->node,
		    .what = code_word(&codesets[CODES_CLOCKS], i + 1)};

		add(p, &clock, duties_clock(clock.what));
	}
}

static void
at_measures(struct plain *p, const struct place *at, const cJSON *answer)
{
	const struct place to = {.kind = UNITS, .node = at->node};

	add_each(p, answer, "measures", &to, "id");
}

static void
at_units(struct plain *p, const struct place *at, const cJSON *answer)
{
	const struct place down = {.kind = UNITS, .measure = at->measure};
	struct place to = *at;

	add_each(p, answer, "rows", &down, "key");
	to.kind = LIST;
	add(p, &to, _("The children behind it"));
	to.kind = COMPARE;
	add(p, &to, _("Beside peers, and what was to be expected"));
	to.kind = DEFINITION;
	add(p, &to, _("What this measure means"));
	to.kind = BREAKDOWN;
	add(p, &to, _("By an attribute, or by two"));
}

/* The attribute to break down by; then those to set it against. */
static void
at_breakdown(struct plain *p, const struct place *at, const cJSON *answer)
{
	(void)answer;
	for (int i = 0; i < ATTRIBUTES; i++) {
		enum attribute a = (enum attribute)i;
		const char *word = attribute_word(a);
		struct place to = *at;
		char *both;

		if (attribute_is_level(a) ||
		    (at->what != NULL && strcmp(at->what, word) == 0))
			continue;
		to.what = word;
		if (at->what == NULL) {
			add(p, &to, _(attribute_label(a)));
			continue;
		}
		both = xasprintf("%s,%s", at->what, word);
		to.kind = CROSSTAB;
		to.what = both;
		add(p, &to, _(attribute_label(a)));
		free(both);
	}
}

static void
at_rows(struct plain *p, const struct place *at, const cJSON *answer)
{
	const struct place to = {
	    .kind = CHILD, .measure = at->measure, .node = at->node};

	add_each(p, answer, "rows", &to, "child_id");
}

static void
at_child(struct plain *p, const struct place *at, const cJSON *answer)
{
	struct place to = *at;

	(void)answer;
	if (at->measure == NULL)
		return;
	to.kind = WHY;
	add(p, &to, _("Why this child counts as it does"));
}

static void
at_end(struct plain *p, const struct place *at, const cJSON *answer)
{
	(void)p;
	(void)at;
	(void)answer;
}

static const struct {
	const char *command;
	void (*choices)(struct plain *, const struct place *, const cJSON *);
} kinds[] = {
    [BOARD] = {"board", at_board},
    [MEASURES] = {"measures", at_measures},
    [UNITS] = {"report", at_units},
    [COMPARE] = {"compare", at_end},
    [BREAKDOWN] = {"report", at_breakdown},
    [CROSSTAB] = {"crosstab", at_end},
    [LIST] = {"list", at_rows},
    [CHILD] = {"child", at_child},
    [WHY] = {"why", at_end},
    [DEFINITION] = {"measures", at_end},
    [COUNTDOWN] = {"countdown", at_rows},
    [REF] = {"ref", at_end},
};

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
			level = keep(p, json_get_string(child, "level"));
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
		if (strcmp(commands[i].name, kinds[at->kind].command) == 0)
			call->command = &commands[i];
	if (at->kind != WHY && at->kind != DEFINITION && at->kind != REF)
		call->given[OPTION_AT] = at->node;
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

	if (ok) {
		p->n = 0;
		ok = answering_print(&call, call.command, call.answer, err);
		if (ok)
			kinds[at->kind].choices(p, at, call.answer);
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

		try(p, &to);
	} else if (refcode_is(line)) {
		const struct place to = {.kind = REF, .what = keep(p, line)};

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
	struct plain p = {.call = &base};
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
