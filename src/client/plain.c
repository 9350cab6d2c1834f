#include "client/plain.h"

#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/json.h"
#include "client/answer.h"
#include "client/answering.h"
#include "client/duties.h"
#include "client/plain_write.h"
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
	REF,
	PLANS,
	PLANNED,
	SAMPLE,
	REVIEWS,
	STANDING,
	SCORECARD,
	LETTER,
	CAPS,
	CAP,
	PROPOSALS,
	PROPOSAL,
	WRITE
};

/* Where the reader stands; the strings live in the arena. */
struct place {
	enum kind kind;
	const char *measure, *node; /* NULL: none, the reader's own */
	/* A child's id, a clock, one attribute or two, a paper's id; of WRITE
	 * the act's name. */
	const char *what;
	const char *row; /* at which something is written, JSON */
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
	FILE *in;
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
	c->to.row = keep(p, to->row);
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

/* Monitoring of providers. */
static const struct {
	enum kind kind;
	const char *label;
} desks[] = {
    {PLANS, N_("The year's reviews of providers")},
    {REVIEWS, N_("Reviews at the office")},
    {CAPS, N_("Corrective action plans")},
    {PROPOSALS, N_("Proposals to hold providers")},
};

static void
at_board(struct plain *p, const struct place *at, const cJSON *answer)
{
	const struct place measure = {.kind = UNITS, .node = at->node};
	const struct place all = {.kind = MEASURES, .node = at->node};

	add_each(p, answer, "headlines", &measure, "id");
	add(p, &all, _("All measures"));
	for (int i = 0; i < codesets[CODES_CLOCK].n; i++) {
		const struct place clock = {.kind = COUNTDOWN,
		    .node = at->node,
		    .what = code_word(&codesets[CODES_CLOCK], i + 1)};

		add(p, &clock, duties_clock(clock.what));
	}
	for (size_t i = 0; i < sizeof desks / sizeof *desks; i++) {
		const struct place desk = {.kind = desks[i].kind};

		add(p, &desk, _(desks[i].label));
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

/* --- what is written ------------------------------------------------------ */

/* A choice for each act that applies at the row (NULL: none). */
static void
add_acts(struct plain *p, unsigned at, const cJSON *row)
{
	char *text = row != NULL ? cJSON_PrintUnformatted(row) : NULL;

	for (int i = 0; i < ACTS; i++) {
		const struct place to = {
		    .kind = WRITE, .what = acts[i].name, .row = text};
		char *label;

		if (!act_applies(&acts[i], at, row))
			continue;
		label = xasprintf(_("Write: %s"), _(acts[i].title));
		add(p, &to, label);
		free(label);
	}
	cJSON_free(text);
}

/* A choice for each row, called by its id and provider. */
static void
add_papers(struct plain *p, const cJSON *answer, enum kind kind, const char *id)
{
	const cJSON *o;

	ANSWER_EACH(o, answer, "rows")
	{
		const char *name = json_get_string(o, "provider_name");
		const char *is = json_get_string(o, id);
		const struct place to = {.kind = kind, .what = is};
		char *label;

		if (is == NULL || *is == '?')
			continue;
		label = xasprintf("%s %s", is, name != NULL ? name : "");
		add(p, &to, label);
		free(label);
	}
}

static void
at_plans(struct plain *p, const struct place *at, const cJSON *answer)
{
	const cJSON *o;

	(void)at;
	add_papers(p, answer, PLANNED, "id");
	/* Who is in no plan can be taken in. */
	ANSWER_EACH(o, answer, "rows")
	{
		const char *state = json_get_string(o, "state");
		const char *name = json_get_string(o, "provider_name");
		const struct act *act = &acts[ACT_AGREEMENT];
		struct place to = {.kind = WRITE, .what = act->name};
		char *label, *text;

		if (state == NULL || strcmp(state, "no_contract") != 0)
			continue;
		text = cJSON_PrintUnformatted(o);
		label = xasprintf(
		    "%s: %s", _(act->title), name != NULL ? name : "");
		to.row = text;
		add(p, &to, label);
		free(label);
		cJSON_free(text);
	}
}

static void
at_planned(struct plain *p, const struct place *at, const cJSON *answer)
{
	const struct place sample = {.kind = SAMPLE, .what = at->what};

	add(p, &sample, _("The sample as it was drawn"));
	add_acts(p, AT_PLAN | AT_PROVIDER, answer_item(answer, "review"));
}

static void
at_reviews(struct plain *p, const struct place *at, const cJSON *answer)
{
	(void)at;
	add_papers(p, answer, STANDING, "record");
}

static void
at_standing(struct plain *p, const struct place *at, const cJSON *answer)
{
	struct place to = {.kind = SCORECARD, .what = at->what};
	cJSON *row = cJSON_Duplicate(answer_item(answer, "review"), true);
	const cJSON *held = answer_first(answer, "waiting");

	add(p, &to, _("The scorecard, with its findings"));
	to.kind = LETTER;
	add(p, &to, _("The findings letter"));
	if (held != NULL)
		cJSON_AddItemToObject(row, "held_revision",
		    cJSON_Duplicate(answer_item(held, "revision"), true));
	add_acts(p, AT_REVIEW | AT_CAPS | AT_PROVIDER, row);
	cJSON_Delete(row);
}

static void
at_caps(struct plain *p, const struct place *at, const cJSON *answer)
{
	(void)at;
	add_papers(p, answer, CAP, "id");
	add_acts(p, AT_CAPS, NULL);
}

static void
at_cap(struct plain *p, const struct place *at, const cJSON *answer)
{
	const cJSON *cap = answer_item(answer, "cap"), *o;

	add_acts(p, AT_CAP | AT_PROVIDER, cap);
	ANSWER_EACH(o, answer_item(answer, "body"), "remedies")
	{
		cJSON *row = cJSON_Duplicate(cap, true);
		const char *finding = json_get_string(o, "finding");

		cJSON_AddStringToObject(row, "plan", at->what);
		cJSON_AddStringToObject(
		    row, "finding", finding != NULL ? finding : "");
		add_acts(p, AT_FINDING, row);
		cJSON_Delete(row);
	}
}

static void
at_proposals(struct plain *p, const struct place *at, const cJSON *answer)
{
	const cJSON *o;

	(void)at;
	add_papers(p, answer, PROPOSAL, "id");
	ANSWER_EACH(o, answer, "in_force")
	{
		add_acts(p, AT_IN_FORCE, o);
	}
	add_acts(p, AT_PROVIDER, NULL);
}

static void
at_proposal(struct plain *p, const struct place *at, const cJSON *answer)
{
	(void)at;
	add_acts(p, AT_PROPOSAL, answer_item(answer, "proposal"));
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
	const char *word; /* before what is shown */
	bool empty;	  /* worth being at also where there is nothing */
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
    [PLANS] = {"plan", at_plans},
    [PLANNED] = {"plan", at_planned, "show"},
    [SAMPLE] = {"plan", at_end, "sample"},
    [REVIEWS] = {"review", at_reviews, "office"},
    [STANDING] = {"review", at_standing, "show"},
    [SCORECARD] = {"review", at_end, "scorecard"},
    [LETTER] = {"review", at_end, "letter"},
    [CAPS] = {"cap", at_caps, "list", true},
    [CAP] = {"cap", at_cap, "show"},
    [PROPOSALS] = {"proposal", at_proposals, "list", true},
    [PROPOSAL] = {"proposal", at_proposal, "show"},
    [WRITE] = {NULL, NULL},
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
	if (kinds[at->kind].word != NULL)
		words[call->n_words++] = kinds[at->kind].word;
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

	if (!ok && err->code == ERR_NO_ANSWER && kinds[at->kind].empty) {
		printf("%s\n", err->text);
		p->n = 0;
		kinds[at->kind].choices(p, at, NULL);
		ok = true;
	} else if (ok) {
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
