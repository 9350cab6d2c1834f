#include "client/subjects.h"

#include <stdio.h>
#include <string.h>

#include "base/i18n.h"
#include "client/panels.h"
#include "client/screen_cells.h"

void
subjects_focus(const struct panel *p, struct scope *s)
{
	const struct table_row *row = table_focused(&p->table);

	if (row->tag == TAG_CHILD)
		SCOPE_SET(s->child, row->id);
	else
		SCOPE_SET(s->at, row->key);
}

void
subjects_open(struct panel *p)
{
	struct scope s = p->scope;
	bool child = table_focused(&p->table)->tag == TAG_CHILD;

	subjects_focus(p, &s);
	if (child && !*s.child)
		screens_say(p->app, "%s", _("this is no child's record"));
	else
		panel_open(p->app, child ? &panel_child : p->ops, &s);
}

void
subjects_units(struct panel *p)
{
	p->turn = p->turn == UNITS ? CHILDREN : UNITS;
	table_forget(&p->table);
	panel_ask(p);
}

void
subjects_next(
    struct panel *p, struct scope *s, const struct subjects_choice *choice)
{
	const struct codeset *set = &codesets[choice->codes];
	int code = code_find(set, choice->word, strlen(choice->word)) + 1;
	const cJSON *c;

	for (; code <= set->n; code++) {
		c = cJSON_GetArrayItem(panel_get(p, choice->counts), code - 1);
		if (!c || cells_member(c, "count") > 0)
			break;
	}
	snprintf(choice->word, choice->size, "%s",
	    code <= set->n ? code_word(set, code) : "");
	panel_rescope(p, s);
}
