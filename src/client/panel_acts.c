/* What may be written at a row: the acts of acts.def that apply, each with its
 * letter; and as whom. */
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "client/acts.h"
#include "client/panels.h"
#include "client/requests.h"
#include "client/screen_cells.h"

struct menu {
	unsigned at;
	cJSON *row;
};

static void
acts_path(struct panel *p, struct buf *path)
{
	(void)p;
	api_target(path, ROUTE_STATUS, NULL);
}

static void
acts_columns(struct table *t)
{
	const struct table_column key = {.id = "key", .title = _("Key")};
	const struct table_column title = {
	    .id = "title", .title = _("What"), .flex = true, .min = 16};

	if (t->layouts)
		return;
	table_column_add(t, 0, &key);
	table_column_add(t, 0, &title);
}

/* To the service on this machine somebody is a number: what papers say is the
 * name. */
static void
acts_user(struct screens *s, const char *name)
{
	SCOPE_SET(
	    s->user, strncmp(name, "uid:", 4) == 0 && *s->me ? s->me : name);
}

static void
acts_fill(struct panel *p)
{
	const struct menu *m = p->own;
	struct table *t = &p->table;
	const cJSON *user = panel_get(p, "user");

	t->fixed = true;
	acts_columns(t);
	acts_user(p->app, cells_text(user, "name"));
	for (int i = 0; i < ACTS; i++) {
		const char key[2] = {acts[i].key, '\0'};
		struct table_row *row;

		if (!act_applies(&acts[i], m->at, m->row))
			continue;
		row = table_add(t, 0, acts[i].name);
		row->tag = i;
		table_text(t, row, 0, key);
		table_text(t, row, 1, _(acts[i].title));
	}
}

static void
acts_title(const struct panel *p, struct buf *out)
{
	const struct menu *m = p->own;
	const char *id = cells_text(m->row, "id");
	const char *name = cells_text(m->row, "provider_name");

	buf_str(out, _("What may be written here"));
	if (*id || *name)
		buf_printf(out, ": %s%s%s", id, *id && *name ? "  " : "", name);
}

static int
acts_head(struct panel *p, int y, int height)
{
	struct buf text = {NULL, 0, 0};
	int used;

	buf_printf(&text, _("You act as %s: stated, not signed in."),
	    *p->app->user ? p->app->user : "?");
	used = panel_wrap(
	    p->app->term, y, height < 2 ? height : 2, buf_text(&text));
	buf_free(&text);
	return used;
}

static void
acts_detail(const struct panel *p, struct buf *out)
{
	const struct table_row *row = table_focused(&p->table);

	if (row)
		buf_str(out, _(acts[row->tag].says));
}

static void
acts_choose(struct panel *p, int act)
{
	const struct menu *m = p->own;

	panel_write_open(p->app, &acts[act], cJSON_Duplicate(m->row, true), 2);
}

static void
acts_open(struct panel *p)
{
	acts_choose(p, table_focused(&p->table)->tag);
}

/* The letters of what there is come first; Esc leads back. */
static bool
acts_key(struct panel *p, int key)
{
	if (key == TERM_ESC) {
		panel_go(p->app, -1);
		return true;
	}
	for (size_t i = 0; i < p->table.n; i++) {
		int act = p->table.rows[i].tag;

		if (acts[act].key != key)
			continue;
		acts_choose(p, act);
		return true;
	}
	return false;
}

static void
acts_bar(const struct panel *p, struct buf *out)
{
	(void)p;
	buf_str(out, _("the letter or Enter: opens it   Esc back   ? help"));
}

static void
acts_fini(struct panel *p)
{
	struct menu *m = p->own;

	cJSON_Delete(m->row);
	free(m);
}

void
panel_acts_open(struct screens *s, unsigned at, cJSON *row)
{
	struct menu *m = xcalloc(1, sizeof *m);
	int n = 0;

	for (int i = 0; i < ACTS; i++)
		n += act_applies(&acts[i], at, row);
	if (n == 0) {
		screens_say(s, "%s", _("nothing is to be written here"));
		cJSON_Delete(row);
		free(m);
		return;
	}
	*m = (struct menu){at, row};
	panel_open_own(s, &panel_acts, &screens_panel(s)->scope, m);
}

/* The kinds of the focused row, and its copy. */
static unsigned
acts_at(const struct screens *s, cJSON **row)
{
	const struct panel *p = screens_panel(s);

	*row = NULL;
	return p->ops->acts && p->json ? p->ops->acts->at(p, row) : 0;
}

void
panel_acts_do(struct screens *s, const struct act *act)
{
	cJSON *row;
	unsigned at = acts_at(s, &row);

	if (act_applies(act, at, row)) {
		panel_write_open(s, act, row, 1);
		return;
	}
	screens_say(s, _("not here: %s"), _(act->title));
	cJSON_Delete(row);
}

void
request_write(struct screens *s)
{
	cJSON *row;
	unsigned at = acts_at(s, &row);

	panel_acts_open(s, at, row);
}

const struct panel_ops panel_acts = {
    .name = "acts",
    .path = acts_path,
    .fill = acts_fill,
    .title = acts_title,
    .head = acts_head,
    .detail = acts_detail,
    .open = acts_open,
    .key = acts_key,
    .bar = acts_bar,
    .fini = acts_fini,
};
