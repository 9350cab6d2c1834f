/* Sections, questions and their choices and checks. */
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "poms/loader.h"

#define OPTIONS_MAX 60
#define QUESTIONS_MAX 2000

static const char *const type_words[] = {[VALUE_YN] = "yn",
    [VALUE_YNA] = "yna",
    [VALUE_NUMBER] = "n",
    [VALUE_DATE] = "d",
    [VALUE_TIME] = "dt",
    [VALUE_TEXT] = "t",
    [VALUE_CHOICE] = "c",
    [VALUE_MANY] = "m",
    [VALUE_REF] = "ref",
    [VALUE_REFS] = "refs",
    [VALUE_TYPES] = NULL};

/* The next word of a type, its length in *n; NULL at the end. */
static const char *
type_part(const char **at, size_t *n)
{
	const char *s = *at + strspn(*at, " ");

	*n = strcspn(s, " ");
	*at = s + *n;
	return *n > 0 ? s : NULL;
}

static bool
part_is(const char *s, size_t n, const char *word)
{
	return s != NULL && n == strlen(word) && memcmp(s, word, n) == 0;
}

/* "[calc] yna +", "ref CC", "c": calc is typed by nobody. */
static bool
read_type(struct question *q, const char *text)
{
	size_t n;
	const char *s = type_part(&text, &n);
	int type = 0;

	if (part_is(s, n, "calc")) {
		q->override = OVERRIDE_NEVER;
		s = type_part(&text, &n);
	}
	while (type < VALUE_TYPES && !part_is(s, n, type_words[type]))
		type++;
	if (type == VALUE_TYPES)
		return false;
	q->type = (enum value_type)type;
	s = type_part(&text, &n);
	if (type == VALUE_REF || type == VALUE_REFS) {
		q->of = s != NULL ? unit_find(s, n) : UNITS;
		return q->of != UNITS && type_part(&text, &n) == NULL;
	}
	if (s == NULL)
		return true;
	q->polarity = part_is(s, n, "+")   ? POLARITY_YES
		      : part_is(s, n, "-") ? POLARITY_NO
					   : POLARITY_NONE;
	return q->polarity != POLARITY_NONE && type <= VALUE_YNA &&
	       type_part(&text, &n) == NULL;
}

static void
loader_type(struct loader *l, const config_setting_t *g, struct question *q)
{
	const char *text = loader_need(l, g, "type");

	q->type = VALUE_TEXT;
	q->of = UNITS;
	if (*text != '\0' && !read_type(q, text))
		loader_fault(l, config_setting_get_member(g, "type"),
		    _("type: '%s' is not known; it is [calc] yn, yna, n, d, "
		      "dt, t, c, m, ref UNIT or refs UNIT, and + or - behind "
		      "yn and yna"),
		    text);
}

/* --- choices --- */

static bool
is_id(const char *s)
{
	return *s != '\0' && strlen(s) <= 40 &&
	       s[strspn(s, "abcdefghijklmnopqrstuvwxyz0123456789_")] == '\0';
}

/* ("id", "English", "Spanish") or with "alone" behind. */
static void
loader_option(struct loader *l, const config_setting_t *s, struct question *q,
    struct choice *o)
{
	int n = config_setting_is_aggregate(s) ? config_setting_length(s) : 0;
	const char *part[4] = {"", "", "", ""};

	for (int i = 0; i < n && i < 4; i++) {
		const char *t = config_setting_get_string_elem(s, i);

		part[i] =
		    t != NULL ? arena_strndup(l->cfg.arena, t, strlen(t)) : "";
	}
	*o = (struct choice){.id = part[0], .text = {{part[1], part[2]}}};
	o->alone = strcmp(part[3], "alone") == 0;
	if (n < 3 || n > 4 || !is_id(part[0]) || *part[1] == '\0' ||
	    *part[2] == '\0' || (n == 4 && !o->alone))
		loader_fault(l, s,
		    _("a choice is (\"id\", \"English\", \"Spanish\") or with "
		      "\"alone\" behind"));
	for (const struct choice *k = q->options; k < o; k++)
		if (strcmp(k->id, o->id) == 0)
			loader_fault(
			    l, s, _("there is a choice '%s' already"), o->id);
}

/* The list itself, or the name of one of choices: { }. */
static const config_setting_t *
option_list(struct loader *l, const config_setting_t *g)
{
	const config_setting_t *s = config_setting_get_member(g, "options");
	const char *name;

	if (s == NULL)
		return NULL;
	name = config_setting_get_string(s);
	if (name != NULL) {
		const config_setting_t *shared =
		    l->choices != NULL
			? config_setting_get_member(l->choices, name)
			: NULL;

		if (shared == NULL)
			loader_fault(l, s,
			    _("options: there are no choices '%s'"), name);
		s = shared;
	}
	if (s != NULL && !config_setting_is_list(s)) {
		loader_fault(l, s, _("options wants ( (...), (...) )"));
		return NULL;
	}
	return s;
}

static void
loader_options(struct loader *l, const config_setting_t *g, struct question *q)
{
	const config_setting_t *s = option_list(l, g);
	bool wants = q->type == VALUE_CHOICE || q->type == VALUE_MANY;
	struct choice *list;
	int n = s != NULL ? config_setting_length(s) : 0;

	if (wants && config_setting_get_member(g, "options") == NULL)
		loader_fault(l, g, _("options is missing"));
	if (!wants && s != NULL)
		loader_fault(l, config_setting_get_member(g, "options"),
		    _("only the types c and m have options"));
	if (n > OPTIONS_MAX)
		loader_fault(
		    l, s, _("there can be at most %d choices"), OPTIONS_MAX);
	if (!wants || n == 0 || n > OPTIONS_MAX)
		return;
	list = arena_alloc(l->cfg.arena, (size_t)n * sizeof *list);
	q->options = list;
	for (int i = 0; i < n; i++)
		loader_option(
		    l, config_setting_get_elem(s, (unsigned)i), q, &list[i]);
	q->options_n = n;
}

/* --- checks --- */

static const char *const check_words[] = {
#define CHECK(id, word, number) word,
#include "poms/checks.def"
#undef CHECK
    NULL};
static const int check_numbers[] = {
#define CHECK(id, word, number) number,
#include "poms/checks.def"
#undef CHECK
};

static void
loader_check(struct loader *l, const config_setting_t *g,
    const struct question *q, struct check *c)
{
	static const char *const keys[] = {"holds", "level", "say", "say_es",
	    "kind", "number", "question", "unit", NULL};
	static const char *const levels[] = {"soft", "hard", NULL};
	const char *at = loader_plain(l, g, "question");
	const char *unit = loader_plain(l, g, "unit");

	loader_unknown(l, g, keys);
	c->kind =
	    (enum check_kind)loader_word(l, g, "kind", check_words, CHECK_RULE);
	c->level =
	    (enum check_level)loader_word(l, g, "level", levels, CHECK_SOFT);
	c->say = loader_words(l, g, "say", true);
	c->number = (int)loader_int(l, g, "number", check_numbers[c->kind]);
	c->question = q != NULL ? q->index : -1;
	c->unit = q != NULL ? q->unit : UNIT_AG;
	if (*unit != '\0' &&
	    (q != NULL || unit_find(unit, strlen(unit)) == UNITS))
		loader_fault(l, config_setting_get_member(g, "unit"),
		    _("there is no such unit"));
	else if (*unit != '\0')
		c->unit = unit_find(unit, strlen(unit));
	if (*at != '\0')
		c->question = instrument_question(l->in, at, strlen(at));
	if (*at != '\0' && c->question < 0)
		loader_fault(l, config_setting_get_member(g, "question"),
		    _("there is no question '%s'"), at);
	if (c->kind == CHECK_RULE &&
	    config_setting_get_member(g, "holds") == NULL)
		loader_fault(l, g, _("holds is missing"));
	loader_later(l,
	    &(struct late){g, "holds", c->unit, RULE_TRUTH, NULL, &c->holds});
}

void
loader_check_list(struct loader *l, const config_setting_t *group,
    const struct question *q, struct check **list, int *n)
{
	*n = loader_groups(l, group, "checks");
	*list = arena_alloc(l->cfg.arena, (size_t)(*n + 1) * sizeof **list);
	memset(*list, 0, (size_t)(*n + 1) * sizeof **list);
	for (int i = 0; i < *n; i++)
		loader_check(
		    l, loader_group(group, "checks", i), q, &(*list)[i]);
}

/* --- questions --- */

static const char *const question_keys[] = {"id", "type", "ask", "ask_es",
    "young", "young_es", "help", "help_es", "finding", "finding_es", "options",
    "decimals", "least", "most", "when", "value", "override", "programme",
    "unit", "fed", "na_reason", "required", "carry", "open", "secret",
    "immediate", "area", "checks", "feeds", "source", "mark", "reworded", NULL};

static bool
is_question_id(const char *s)
{
	size_t upper = strspn(s, "ABCDEFGHIJKLMNOPQRSTUVWXYZ");
	size_t digits = strspn(s + upper, "0123456789");
	const char *rest = s + upper + digits;

	return upper >= 1 && upper <= 6 && digits >= 1 && digits <= 3 &&
	       strspn(rest, "abcdefghijklmnopqrstuvwxyz") == strlen(rest) &&
	       strlen(rest) <= 1;
}

static int
find_area(struct loader *l, const config_setting_t *g)
{
	const char *id = loader_plain(l, g, "area");

	if (*id == '\0')
		return -1;
	for (int i = 0; i < l->in->areas_n; i++)
		if (strcmp(l->in->areas[i].id, id) == 0)
			return i;
	loader_fault(l, config_setting_get_member(g, "area"),
	    _("there is no area '%s'"), id);
	return -1;
}

static enum unit
find_unit(struct loader *l, const config_setting_t *g, enum unit preset)
{
	const char *word = loader_plain(l, g, "unit");
	enum unit unit = unit_find(word, strlen(word));

	if (*word == '\0')
		return preset;
	if (unit != UNITS)
		return unit;
	loader_fault(l, config_setting_get_member(g, "unit"),
	    _("there is no unit '%s'"), word);
	return preset;
}

/* What a question is allowed to be and do; numbers' bounds come scaled. */
static void
loader_traits(struct loader *l, const config_setting_t *g, struct question *q)
{
	static const char *const overrides[] = {
	    "reason", "never", "free", NULL};
	static const char *const immediates[] = {"no", "ask", "yes", NULL};
	bool number = q->type == VALUE_NUMBER;

	q->override = (enum override)loader_word(
	    l, g, "override", overrides, q->override);
	q->immediate = (enum immediate)loader_word(
	    l, g, "immediate", immediates, IMMEDIATE_NO);
	q->decimals = (int)loader_int(l, g, "decimals", 0);
	if (q->decimals < 0 || q->decimals > 4)
		loader_fault(l, g, _("decimals lies between 0 and 4"));
	q->min = loader_int(l, g, "least", 0);
	q->max = loader_int(l, g, "most", number ? 1000000 : 4000);
	q->fed = loader_bool(l, g, "fed");
	q->na_reason = loader_bool(l, g, "na_reason");
	q->required = loader_bool(l, g, "required");
	q->carry = loader_bool(l, g, "carry");
	q->open = loader_bool(l, g, "open");
	q->secret = loader_bool(l, g, "secret");
	if (q->na_reason && q->type != VALUE_YNA)
		loader_fault(l, config_setting_get_member(g, "na_reason"),
		    _("na_reason is for the type yna only"));
	if (q->carry && q->polarity != POLARITY_NONE)
		loader_fault(l, config_setting_get_member(g, "carry"),
		    _("a scored answer is never carried over"));
	if (q->immediate != IMMEDIATE_NO && q->polarity == POLARITY_NONE)
		loader_fault(l, config_setting_get_member(g, "immediate"),
		    _("only a question with + or - opens a finding"));
}

static void
loader_question(struct loader *l, const config_setting_t *g, int section,
    struct question *q)
{
	struct check *checks;

	loader_unknown(l, g, question_keys);
	loader_type(l, g, q);
	q->text = loader_words(l, g, "ask", true);
	q->young = loader_words(l, g, "young", false);
	q->help = loader_words(l, g, "help", false);
	q->unfavourable = loader_words(l, g, "finding", false);
	q->section = section;
	q->line = (int)config_setting_source_line(g);
	q->programmes =
	    loader_programmes(l, g) & l->in->sections[section].programmes;
	if (q->programmes == 0)
		loader_fault(l, g, _("no programme is asked this question"));
	q->area = find_area(l, g);
	q->feeds = loader_plain(l, g, "feeds");
	q->source = loader_plain(l, g, "source");
	q->certainty = loader_mark(l, g, "mark");
	q->reworded = loader_plain(l, g, "reworded");
	loader_options(l, g, q);
	loader_traits(l, g, q);
	if (q->area >= 0 && q->polarity == POLARITY_NONE)
		loader_fault(l, config_setting_get_member(g, "area"),
		    _("an area counts questions with + or - only"));
	loader_later(
	    l, &(struct late){g, "when", q->unit, RULE_TRUTH, NULL, &q->when});
	loader_later(
	    l, &(struct late){g, "value", q->unit, RULE_MANY, q, &q->value});
	if (q->override == OVERRIDE_NEVER && !q->fed &&
	    config_setting_get_member(g, "value") == NULL)
		loader_fault(l, g,
		    _("nobody types it and nothing computes or feeds it"));
	loader_check_list(l, g, q, &checks, &q->checks_n);
	q->checks = checks;
}

/* Ids first, so that rules and checks can name any question. */
static void
loader_id(struct loader *l, const config_setting_t *g, int section)
{
	struct instrument *in = l->in;
	struct question *q;
	const char *id = loader_need(l, g, "id");

	if (in->questions_n == QUESTIONS_MAX) {
		loader_fault(l, g, _("there can be at most %d questions"),
		    QUESTIONS_MAX);
		return;
	}
	if (*id != '\0' && !is_question_id(id))
		loader_fault(l, config_setting_get_member(g, "id"),
		    _("id: '%s' should be capitals, digits and at most one "
		      "small letter, such as ED04 or IC05b"),
		    id);
	grow(&in->questions, &l->questions_cap, (size_t)in->questions_n + 1,
	    sizeof *q);
	q = &in->questions[in->questions_n];
	memset(q, 0, sizeof *q);
	q->id = id;
	q->index = in->questions_n++;
	q->section = section;
	q->unit = find_unit(l, g, in->sections[section].unit);
	q->slot = in->slots_n[q->unit]++;
}

static int
by_question_id(const void *a, const void *b, void *arg)
{
	const struct question *list = arg;

	return strcmp(list[*(const int *)a].id, list[*(const int *)b].id);
}

static void
index_questions(struct loader *l)
{
	struct instrument *in = l->in;
	size_t n = (size_t)in->questions_n;

	in->by_id = arena_alloc(l->cfg.arena, (n + 1) * sizeof *in->by_id);
	for (int u = 0; u < UNITS; u++)
		in->slots[u] = arena_alloc(l->cfg.arena,
		    (size_t)(in->slots_n[u] + 1) * sizeof *in->slots[u]);
	for (size_t i = 0; i < n; i++) {
		in->by_id[i] = (int)i;
		in->slots[in->questions[i].unit][in->questions[i].slot] =
		    (int)i;
	}
	qsort_r(in->by_id, n, sizeof *in->by_id, by_question_id, in->questions);
	for (size_t i = 1; i < n; i++) {
		const struct question *a = &in->questions[in->by_id[i - 1]];
		const struct question *b = &in->questions[in->by_id[i]];

		if (strcmp(a->id, b->id) == 0 && *a->id != '\0')
			fault_add(l->cfg.faults, l->cfg.file,
			    b->line > a->line ? b->line : a->line, 0,
			    _("there is a question '%s' already"), a->id);
	}
}

/* --- sections --- */

static unsigned
loader_kinds(struct loader *l, const config_setting_t *g)
{
	static const char *const words[] = {
	    "annual", "follow_up", "for_cause", "unannounced", NULL};
	const config_setting_t *s = config_setting_get_member(g, "kinds");
	unsigned bits = 0;

	if (s == NULL)
		return ~0u;
	for (int i = 0; i < config_setting_length(s); i++) {
		const char *t = config_setting_get_string_elem(s, i);
		unsigned k = 0;

		while (
		    t != NULL && words[k] != NULL && strcmp(words[k], t) != 0)
			k++;
		if (t == NULL || words[k] == NULL)
			loader_fault(l, s,
			    _("kinds: annual, follow_up, for_cause or "
			      "unannounced"));
		else
			bits |= 1u << k;
	}
	return bits;
}

static void
loader_section(struct loader *l, const config_setting_t *g, struct section *s)
{
	static const char *const keys[] = {"id", "title", "title_es", "unit",
	    "when", "programme", "kinds", "interview", "questions", NULL};

	loader_unknown(l, g, keys);
	s->id = loader_need(l, g, "id");
	s->title = loader_words(l, g, "title", true);
	s->unit = find_unit(l, g, UNIT_AG);
	s->programmes = loader_programmes(l, g);
	s->kinds = loader_kinds(l, g);
	s->interview = loader_bool(l, g, "interview");
	s->first = l->in->questions_n;
	loader_later(
	    l, &(struct late){g, "when", s->unit, RULE_TRUTH, NULL, &s->when});
}

static void
loader_section_ids(struct loader *l, const config_setting_t *g, int section)
{
	struct section *s = &l->in->sections[section];
	int n = loader_groups(l, g, "questions");

	if (n == 0)
		loader_fault(l, g, _("a section has questions = ( {...} )"));
	for (int i = 0; i < n; i++) {
		const config_setting_t *q = loader_group(g, "questions", i);
		int before = l->in->questions_n;

		loader_id(l, q, section);
		if (l->in->questions_n > before)
			l->in->questions[before].line =
			    (int)config_setting_source_line(q);
	}
	s->n = l->in->questions_n - s->first;
}

void
loader_sections(struct loader *l, const config_setting_t *root)
{
	struct instrument *in = l->in;
	int n = loader_groups(l, root, "sections");

	l->choices = config_setting_get_member(root, "choices");
	if (n == 0)
		loader_fault(l, NULL, _("sections is missing"));
	in->sections =
	    arena_alloc(l->cfg.arena, (size_t)(n + 1) * sizeof *in->sections);
	memset(in->sections, 0, (size_t)(n + 1) * sizeof *in->sections);
	in->sections_n = n;
	for (int i = 0; i < n; i++) {
		const config_setting_t *g = loader_group(root, "sections", i);

		loader_section(l, g, &in->sections[i]);
		loader_section_ids(l, g, i);
	}
	index_questions(l);
	for (int i = 0; i < n; i++) {
		const config_setting_t *g = loader_group(root, "sections", i);
		const struct section *s = &in->sections[i];

		for (int k = 0; k < s->n; k++)
			loader_question(l, loader_group(g, "questions", k), i,
			    &in->questions[s->first + k]);
	}
}

void
loader_checks(struct loader *l, const config_setting_t *root)
{
	loader_check_list(l, root, NULL, &l->in->checks, &l->in->checks_n);
}

/* --- rules that lead back to their own question --- */

enum mark { MARK_NEW, MARK_OPEN, MARK_DONE };

struct tour {
	struct loader *l;
	unsigned char *marks;
	bool back; /* the tour met a question that is open */
};

static void visit(struct tour *t, int question);

static void
step(void *arg, int question)
{
	visit(arg, question);
}

static void
visit(struct tour *t, int question)
{
	const struct question *q = &t->l->in->questions[question];
	const struct rule *gate = t->l->in->sections[q->section].when;

	if (t->marks[question] != MARK_NEW) {
		t->back |= t->marks[question] == MARK_OPEN;
		return;
	}
	t->marks[question] = MARK_OPEN;
	if (q->when != NULL)
		rule_questions(q->when, step, t);
	if (q->value != NULL)
		rule_questions(q->value, step, t);
	if (gate != NULL)
		rule_questions(gate, step, t);
	t->marks[question] = MARK_DONE;
	if (!t->back)
		return;
	t->back = false;
	fault_add(t->l->cfg.faults, t->l->cfg.file, q->line, 0,
	    _("%s: its rules lead back to itself"), q->id);
}

/* The depth of the tour is bounded by the number of questions. */
void
loader_cycles(struct loader *l)
{
	struct tour t = {.l = l};

	t.marks = xcalloc((size_t)l->in->questions_n + 1, 1);
	for (int i = 0; i < l->in->questions_n; i++)
		visit(&t, i);
	free(t.marks);
}
