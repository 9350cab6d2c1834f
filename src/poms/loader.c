#include "poms/loader.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "base/i18n.h"
#include "base/suggest.h"

const char *
loader_plain(struct loader *l, const config_setting_t *group, const char *name)
{
	const char *text = loader_text(l, group, name);

	return text != NULL ? text : "";
}

const char *
loader_need(struct loader *l, const config_setting_t *group, const char *name)
{
	cfg_need(&l->cfg, group, name);
	return loader_plain(l, group, name);
}

struct words
loader_words(struct loader *l, const config_setting_t *group, const char *name,
    bool wanted)
{
	char spanish[40];
	struct words w = {{loader_plain(l, group, name), ""}};

	snprintf(spanish, sizeof spanish, "%s_es", name);
	w.in[TONGUE_ES] = loader_plain(l, group, spanish);
	if (wanted && *w.in[TONGUE_EN] == '\0')
		loader_fault(l, group, _("%s is missing"), name);
	else if ((*w.in[TONGUE_EN] == '\0') != (*w.in[TONGUE_ES] == '\0'))
		loader_fault(l, group, _("%s is missing"),
		    *w.in[TONGUE_EN] == '\0' ? name : spanish);
	return w;
}

static const char *
word_at(const void *arg, size_t i)
{
	return ((const char *const *)arg)[i];
}

int
loader_word(struct loader *l, const config_setting_t *group, const char *name,
    const char *const *words, int preset)
{
	const char *text = loader_text(l, group, name), *near;

	if (text == NULL)
		return preset;
	for (int i = 0; words[i] != NULL; i++)
		if (strcmp(words[i], text) == 0)
			return i;
	near = suggest(text, word_at, words);
	cfg_no_word(&l->cfg, group, name, text, near);
	return preset;
}

const char *
loader_mark(struct loader *l, const config_setting_t *group, const char *name)
{
	static const struct {
		char mark;
		const char *word;
	} marks[] = {{'V', "verified"}, {'S', "release"}, {'R', "recalled"},
	    {'D', "design"}};
	const char *text = loader_need(l, group, name);
	struct buf words = {0};
	const char *out;

	for (; *text != '\0'; text++) {
		size_t i = 0;

		while (i < 4 && marks[i].mark != *text)
			i++;
		if (i < 4)
			buf_printf(&words, "%s%s", words.len > 0 ? ", " : "",
			    marks[i].word);
		else
			loader_fault(l, config_setting_get_member(group, name),
			    _("%s: marks are V, S, R and D"), name);
	}
	out = arena_strndup(l->cfg.arena, buf_text(&words), words.len);
	buf_free(&words);
	return out;
}

unsigned
loader_programmes(struct loader *l, const config_setting_t *group)
{
	static const char *const words[] = {"gh", "ffa", "both", NULL};
	int w = loader_word(l, group, "programme", words, PROGRAMMES);

	return w == PROGRAMMES
		   ? PROGRAMME_BIT(PROGRAMME_GH) | PROGRAMME_BIT(PROGRAMME_FFA)
		   : PROGRAMME_BIT(w);
}

int
loader_groups(struct loader *l, const config_setting_t *group, const char *name)
{
	const config_setting_t *s = config_setting_get_member(group, name);
	int n;

	if (s == NULL)
		return 0;
	n = cfg_length(&l->cfg, s);
	for (int i = 0; i < n; i++)
		if (cfg_group(&l->cfg, s, i) == NULL)
			return 0;
	return n;
}

const config_setting_t *
loader_group(const config_setting_t *group, const char *name, int i)
{
	return config_setting_get_elem(
	    config_setting_get_member(group, name), (unsigned)i);
}

/* --- rules, when all questions are known --- */

void
loader_later(struct loader *l, const struct late *late)
{
	if (config_setting_get_member(late->group, late->name) == NULL)
		return;
	grow(&l->late, &l->late_cap, l->late_n + 1, sizeof *l->late);
	l->late[l->late_n++] = *late;
}

static bool
type_fits(const struct late *late, enum rule_type type)
{
	if (late->of == NULL)
		return type == late->type;
	switch (late->of->type) {
	case VALUE_YN:
	case VALUE_YNA:
		return type == RULE_TRUTH;
	case VALUE_NUMBER:
		return type == RULE_NUMBER;
	case VALUE_DATE:
		return type == RULE_DATE;
	case VALUE_CHOICE:
	case VALUE_TEXT:
		return type == RULE_WORD;
	default:
		return false;
	}
}

static void
loader_rule(struct loader *l, const struct late *late)
{
	const config_setting_t *s =
	    config_setting_get_member(late->group, late->name);
	const char *text = loader_text(l, late->group, late->name);
	int line = (int)config_setting_source_line(s), column = 0;
	struct rule_fault fault = {0};
	const struct rule *rule;

	if (text == NULL)
		return;
	rule = rule_parse(l->cfg.arena, l->in, (int)late->unit, text, &fault);
	if (rule != NULL && type_fits(late, rule_type(rule))) {
		*late->into = rule;
		return;
	}
	if (rule != NULL)
		snprintf(fault.text, sizeof fault.text, "%s",
		    _("the rule gives another kind of value than is wanted"));
	if (!source_find(l->cfg.source, line, late->name, text, fault.at, &line,
		&column))
		column = source_column(l->cfg.source, line, late->name);
	fault_add(l->cfg.faults, l->cfg.file, line, column, "%s: %s",
	    late->name, fault.text);
}

void
loader_late(struct loader *l)
{
	for (size_t i = 0; i < l->late_n; i++)
		loader_rule(l, &l->late[i]);
	free(l->late);
	l->late = NULL;
	l->late_n = l->late_cap = 0;
}
