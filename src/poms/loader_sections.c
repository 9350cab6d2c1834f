/* Sections and the ids of their questions; questions whose rules lead back to
 * themselves. */
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "poms/loader.h"

#define QUESTIONS_MAX 2000

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

/* --- ids --- */

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
