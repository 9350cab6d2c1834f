#include "client/panel.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/json.h"

#define RETRY_FIRST_MS 100
#define RETRY_MOST_MS 30000

struct panel *
screens_panel(const struct screens *s)
{
	return s->stack[s->current];
}

void
screens_say(struct screens *s, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(s->message, sizeof s->message, fmt, ap);
	va_end(ap);
	s->dirty = true;
}

const cJSON *
panel_get(const struct panel *p, const char *key)
{
	return cJSON_GetObjectItemCaseSensitive(p->json, key);
}

/* --- breadcrumb ---------------------------------------------------------- */

static void panel_answered(void *arg, cJSON *json, const struct err *err);

static void
panel_path_clear(struct panel *p)
{
	for (size_t i = 0; i < p->n_path; i++) {
		free(p->path[i].id);
		free(p->path[i].name);
		free(p->path[i].level);
	}
	p->n_path = 0;
}

static void
panel_path_add(struct panel *p, const cJSON *node)
{
	const char *id = json_get_string(node, "id");
	const char *name = json_get_string(node, "name");
	const char *level = json_get_string(node, "level");

	if (!id)
		return;
	grow(&p->path, &p->path_cap, p->n_path + 1, sizeof *p->path);
	p->path[p->n_path++] = (struct crumb){xstrdup(id),
	    xstrdup(name ? name : id), xstrdup(level ? level : "")};
}

/* The way to the node, whose own name comes last whether or not the answer's
 * path ends with it. */
static void
panel_path_take(struct panel *p)
{
	const cJSON *path = panel_get(p, "path"), *node;
	const cJSON *at = panel_get(p, "at");
	const char *id = at ? json_get_string(at, "id") : NULL;

	if (!cJSON_IsArray(path))
		return;
	panel_path_clear(p);
	cJSON_ArrayForEach(node, path) panel_path_add(p, node);
	if (id && (!p->n_path || strcmp(p->path[p->n_path - 1].id, id)))
		panel_path_add(p, at);
	if (p->n_path) {
		SCOPE_SET(p->scope.at, p->path[p->n_path - 1].id);
		SCOPE_SET(p->scope.level, p->path[p->n_path - 1].level);
	}
}

/* A new panel shows the way it was opened from until its own answer comes. */
static void
panel_path_copy(struct panel *p, const struct panel *from)
{
	for (size_t i = 0; i < from->n_path; i++) {
		const struct crumb *c = &from->path[i];

		grow(&p->path, &p->path_cap, p->n_path + 1, sizeof *p->path);
		p->path[p->n_path++] = (struct crumb){
		    xstrdup(c->id), xstrdup(c->name), xstrdup(c->level)};
	}
}

/* --- answers ------------------------------------------------------------- */

static void
panel_about(struct screens *s, const cJSON *json)
{
	const cJSON *about = cJSON_GetObjectItemCaseSensitive(json, "about");
	const char *through;

	if (!about)
		return;
	through = json_get_string(about, "data_through");
	scope_set(s->data_through, sizeof s->data_through, through);
	s->stale_data =
	    cJSON_IsTrue(cJSON_GetObjectItemCaseSensitive(about, "stale"));
	s->invented =
	    cJSON_IsTrue(cJSON_GetObjectItemCaseSensitive(about, "invented"));
}

void
panel_refill(struct panel *p)
{
	table_clear(&p->table);
	p->windowed = false;
	p->ops->fill(p);
	if (!table_fill(&p->table) && p->refreshing)
		screens_say(p->app, "%s",
		    _("that row is gone; its neighbour has the focus"));
	p->table.painted = false;
	p->app->dirty = true;
}

static void
panel_take(struct panel *p, cJSON *json)
{
	/* What the rows were filled from goes only when they are filled anew:
	 * columns may be named by it. */
	cJSON *old = p->json;

	p->json = json;
	p->stale = false;
	p->err.code = ERR_NONE;
	panel_about(p->app, json);
	panel_path_take(p);
	panel_refill(p);
	cJSON_Delete(old);
	screens_want_measures(p->app);
	/* Keys typed before this was on the screen must not act on it. */
	if (p->table.moved)
		p->app->guard = true;
}

static void
panel_failed(struct panel *p, const struct err *err)
{
	struct screens *s = p->app;
	bool line = err->code == ERR_UNREACHABLE || err->code == ERR_TIMEOUT ||
		    err->code == ERR_STOPPING || err->code == ERR_BAD_ANSWER;

	p->err = *err;
	p->stale = p->json != NULL;
	/* A private service that does not come up says why; whoever started
	 * the program reads that best where it was started. */
	if (net_shut(s->net))
		s->quit = true;
	if (!line) {
		screens_say(s, "%s", err->text);
		return;
	}
	s->lost = true;
	s->retry_ms = s->retry_ms ? s->retry_ms * 2 : RETRY_FIRST_MS;
	if (s->retry_ms > RETRY_MOST_MS)
		s->retry_ms = RETRY_MOST_MS;
	s->retry_at = s->clock() + s->retry_ms;
}

/* What was looked for is nowhere: what is on show stays. */
static bool
panel_missed(struct panel *p, const cJSON *json)
{
	if (!p->seek || !json ||
	    cJSON_IsNumber(cJSON_GetObjectItemCaseSensitive(json, "found")))
		return false;
	screens_say(p->app, _("no row has \"%s\""), p->finding);
	return true;
}

static void
panel_answered(void *arg, cJSON *json, const struct err *err)
{
	struct panel *p = arg;
	struct screens *s = p->app;

	p->asked = 0;
	if (panel_missed(p, json)) {
		p->seek = 0;
		cJSON_Delete(json);
		return;
	}
	s->dirty = true;
	if (p == screens_panel(s))
		s->hold_until = 0;
	if (!json) {
		panel_failed(p, err);
	} else {
		if (s->lost && s->retry_ms > RETRY_FIRST_MS * 4)
			screens_say(s, "%s", _("the service answers again"));
		s->lost = false;
		s->retry_ms = 0;
		s->retry_at = 0;
		panel_take(p, json);
	}
	p->refreshing = false;
	p->seek = 0;
	/* While the answer was out the focus may have gone on. */
	if (json && p->table.cursor != p->asked_at)
		panel_more(p);
}

/* --- asking -------------------------------------------------------------- */

void
panel_cancel(struct panel *p)
{
	if (!p->asked)
		return;
	net_cancel(p->app->net, p->asked);
	p->asked = 0;
	p->seek = 0;
	p->app->dirty = true;
}

void
panel_send(struct panel *p, bool ahead)
{
	struct buf path = {NULL, 0, 0};

	p->ahead = ahead;
	p->ops->path(p, &path);
	p->asked_at = p->table.cursor;
	p->asked = net_ask(p->app->net, buf_text(&path), panel_answered, p);
	buf_free(&path);
}

void
panel_ask(struct panel *p)
{
	struct screens *s = p->app;

	panel_cancel(p);
	s->dirty = true;
	if (!p->ops->path) {
		panel_refill(p);
		return;
	}
	panel_send(p, false);
	s->hold_until = s->clock() + PANEL_HOLD_MS;
}

void
panel_rescope(struct panel *p, const struct scope *scope)
{
	p->scope = *scope;
	panel_ask(p);
}

void
screens_retry(struct screens *s)
{
	s->retry_at = 0;
	net_revive(s->net);
	panel_ask(screens_panel(s));
	screens_panel(s)->refreshing = true;
}

/* --- the stack ----------------------------------------------------------- */

void
panel_free(struct panel *p)
{
	panel_cancel(p);
	if (p->ops->fini)
		p->ops->fini(p);
	panel_path_clear(p);
	table_fini(&p->table);
	arena_free(&p->kept);
	cJSON_Delete(p->json);
	free(p->path);
	free(p->finding);
	free(p);
}

static void
screens_cut(struct screens *s, int keep)
{
	while (s->n > keep)
		panel_free(s->stack[--s->n]);
}

/* History is long but not endless: the oldest screen but one goes. */
static void
screens_room(struct screens *s)
{
	if (s->n < PANELS_KEPT)
		return;
	panel_free(s->stack[1]);
	memmove(&s->stack[1], &s->stack[2],
	    (size_t)(s->n - 2) * sizeof s->stack[0]);
	s->n--;
	s->current--;
}

struct panel *
panel_open(
    struct screens *s, const struct panel_ops *ops, const struct scope *scope)
{
	return panel_open_own(s, ops, scope, NULL);
}

struct panel *
panel_open_own(struct screens *s, const struct panel_ops *ops,
    const struct scope *scope, void *own)
{
	struct panel *p = xcalloc(1, sizeof *p);

	p->ops = ops;
	p->own = own;
	p->windowed = ops->windowed;
	p->app = s;
	p->scope = *scope;
	table_init(&p->table);
	if (s->n > 0) {
		panel_path_copy(p, screens_panel(s));
		panel_cancel(screens_panel(s));
		screens_cut(s, s->current + 1);
		screens_room(s);
	}
	s->stack[s->n] = p;
	s->current = s->n++;
	panel_ask(p);
	return p;
}

bool
panel_go(struct screens *s, int n)
{
	int to = s->current + n;
	struct panel *p;

	if (to < 0 || to >= s->n)
		return false;
	panel_cancel(screens_panel(s));
	s->current = to;
	s->dirty = true;
	p = screens_panel(s);
	p->table.painted = false;
	/* What never came, or is known to be old, is asked for again. */
	if ((!p->json && p->ops->path) || p->stale)
		panel_ask(p);
	return true;
}

void
panel_leave(struct screens *s, int n)
{
	if (!panel_go(s, -n))
		return;
	screens_cut(s, s->current + 1);
	panel_ask(screens_panel(s));
	screens_panel(s)->refreshing = true;
}
