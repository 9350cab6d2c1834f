/*
 * A list that may be longer than its table: of a long one only the rows around
 * the focus are here, and the service sorts, filters and finds. One that is
 * here whole is filtered and looked through here.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/json.h"
#include "client/panel.h"

/* --- which rows are asked for --------------------------------------------- */

/* One frame for a key and what it brings, where that comes soon; but typing
 * on does not put it off. */
void
panel_ask_aside(struct panel *p)
{
	struct screens *s = p->app;

	if (!p->asked)
		s->rest_until = s->clock() + PANEL_HOLD_MS;
	panel_cancel(p);
	panel_send(p, false);
}

/* Room for a screen above the focus and one below it, at the least. */
static size_t
window_rows(const struct panel *p)
{
	size_t least = 2 * (size_t)p->table.height;
	size_t most = (size_t)api_params[API_LIMIT].most;

	least = p->app->window > least ? p->app->window : least;
	return least < most ? least : most;
}

/* What was looked for comes with its screen; the rest of the window is asked
 * for when it is there. */
static size_t
sought_rows(const struct panel *p)
{
	size_t rows = 2 * (size_t)p->table.height, all = window_rows(p);

	return rows < all ? rows : all;
}

/* The column's word, with a - before it when it is turned round. */
static void
window_sort(const struct table *t, struct buf *path)
{
	char *sort;

	if (t->sort < 0)
		return;
	sort =
	    xasprintf("%s%s", t->reverse ? "-" : "", t->columns[0][t->sort].id);
	scope_add(path, API_SORT, sort);
	free(sort);
}

void
panel_window(const struct panel *p, struct buf *path)
{
	const struct table *t = &p->table;
	const struct table_row *row = table_focused(t);
	size_t limit = p->preparing ? 1
		       : p->seek    ? sought_rows(p)
				    : window_rows(p);
	size_t skip = t->cursor > limit / 2 ? t->cursor - limit / 2 : 0;
	char number[24];

	scope_add(path, API_TEXT, p->words);
	window_sort(t, path);
	if (p->preparing) {
		/* Every row has a blank: this is the one on the screen. */
		scope_add(path, API_FIND, " ");
	} else if (p->seek) {
		scope_add(path, API_FIND, p->finding);
		scope_add(path, API_BACK, p->seek < 0 ? "y" : "");
		skip = p->seek > 0 ? t->cursor + 1 : t->cursor;
	} else if (row) {
		scope_add(path, API_AROUND, row->key);
	}
	snprintf(number, sizeof number, "%zu", skip);
	scope_add(path, API_SKIP, number);
	snprintf(number, sizeof number, "%zu", limit);
	scope_add(path, API_LIMIT, number);
}

/* When rows near the screen are not here, or even some that are on it. */
void
panel_more(struct panel *p)
{
	struct screens *s = p->app;
	size_t half = window_rows(p) / 2, height = (size_t)p->table.height;
	bool ahead;

	if (!p->windowed || p->asked || !p->json || s->lost ||
	    !table_wants(&p->table, half > height ? (half - height) / 4 : 0))
		return;
	ahead = !table_wants(&p->table, 0);
	if (!ahead)
		s->rest_until = s->clock() + PANEL_HOLD_MS;
	panel_send(p, ahead);
}

bool
panel_ahead(const struct panel *p)
{
	return p->ahead && table_wants(&p->table, 0) == 0;
}

void
panel_find(struct panel *p, int dir)
{
	bool asked = p->asked;
	struct screens *s = p->app;

	panel_cancel(p);
	p->seek = dir;
	if (!asked)
		s->rest_until = s->clock() + PANEL_HOLD_MS;
	panel_send(p, false);
}

static void
panel_prepared(void *arg, cJSON *json, const struct err *err)
{
	(void)arg;
	(void)err;
	cJSON_Delete(json);
}

void
panel_prepare(struct panel *p)
{
	struct buf path = {NULL, 0, 0};

	if (!p->windowed || !table_windowed(&p->table) || p->app->lost)
		return;
	p->preparing = true;
	p->ops->path(p, &path);
	p->preparing = false;
	net_ask(p->app->net, buf_text(&path), panel_prepared, NULL);
	buf_free(&path);
}

/* --- what has come -------------------------------------------------------- */

static size_t
window_number(const struct panel *p, const char *key)
{
	int64_t n;

	return json_get_int(p->json, key, &n) && n > 0 ? (size_t)n : 0;
}

void
panel_window_fill(struct panel *p)
{
	const cJSON *found = panel_get(p, "found");
	struct table *t = &p->table;

	p->windowed = true;
	table_window(t, window_number(p, "skip"), window_number(p, "total"));
	if (p->seek && cJSON_IsNumber(found))
		table_go(t, window_number(p, "found"));
	else if (p->narrowed && !cJSON_IsNumber(found))
		table_go(t, 0);
	p->narrowed = false;
}

/* --- order and filter ----------------------------------------------------- */

/* The service sorts: not all rows need be here. */
static void
window_turn(struct panel *p, bool round)
{
	struct table *t = &p->table;

	if (!p->json || (round && t->sort < 0))
		return;
	if (round) {
		t->reverse = !t->reverse;
	} else {
		do {
			t->sort++;
		} while (
		    t->sort < t->n_columns[0] && t->columns[0][t->sort].hidden);
		if (t->sort >= t->n_columns[0])
			t->sort = -1;
	}
	/* In another order one begins at its top. */
	table_forget(t);
	panel_ask(p);
	screens_say(p->app, _("sorted by %s"),
	    t->sort < 0 ? _("the service") : t->columns[0][t->sort].title);
}

static void
window_narrow(struct panel *p, const char *words)
{
	p->app->dirty = true;
	if (strcmp(words, p->words) == 0)
		return;
	SCOPE_SET(p->words, words);
	/* What they leave may not be where it was. */
	p->narrowed = true;
	panel_ask_aside(p);
}

static void
window_words(void *arg, enum prompt_event event, const char *text)
{
	window_narrow(arg, event == PROMPT_CANCELLED ? "" : text);
}

bool
panel_window_request(struct panel *p, enum screen_request request)
{
	if (!p->windowed)
		return false;
	switch (request) {
	case REQUEST_SORT:
	case REQUEST_REVERSE:
		window_turn(p, request == REQUEST_REVERSE);
		return true;
	case REQUEST_FILTER:
		if (!table_windowed(&p->table) && !*p->words)
			return false;
		panel_prepare(p);
		prompt_open(&p->app->prompt, _("Only rows with:"), p->words,
		    window_words, p);
		return true;
	case REQUEST_CANCEL:
		if (p->asked || p->app->lost || !*p->words)
			return false;
		window_narrow(p, "");
		return true;
	default:
		return false;
	}
}
