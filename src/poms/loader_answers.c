/* How a question can be answered: its type, and the choices there are. */
#include <string.h>

#include "base/i18n.h"
#include "poms/loader.h"

#define OPTIONS_MAX 60

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

void
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

void
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
