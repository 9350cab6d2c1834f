/* Moving to a new version of the instrument: maps, their preview, and what has
 * no question there any more. */
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/i18n.h"
#include "poms/loader.h"
#include "poms/state.h"

/* --- maps from version to version --- */

struct instrument_map {
	struct arena arena;
	const struct instrument *from, *to;
	struct move_row *rows;
	int n;
};

struct map_loader {
	struct loader l;
	struct instrument_map *map;
	bool *seen; /* questions of the new version that something maps to */
};

static struct move_row *
map_row(struct map_loader *m, const char *from)
{
	for (int i = 0; i < m->map->n; i++)
		if (strcmp(m->map->rows[i].from, from) == 0)
			return &m->map->rows[i];
	return NULL;
}

/* What keeps its id is kept. */
static void
start_map(struct map_loader *m)
{
	const struct instrument *from = m->map->from, *to = m->map->to;

	m->map->rows = arena_alloc(
	    &m->map->arena, (size_t)(from->questions_n + to->questions_n + 1) *
				sizeof *m->map->rows);
	for (int i = 0; i < from->questions_n; i++) {
		const char *id = from->questions[i].id;
		int k = instrument_question(to, id, strlen(id));

		m->map->rows[m->map->n++] =
		    (struct move_row){.move = k >= 0 ? MOVE_KEPT : MOVE_DROPPED,
			.from = id,
			.to = k >= 0 ? id : "",
			.why = ""};
		if (k >= 0)
			m->seen[k] = true;
	}
}

static void
loader_move(struct map_loader *m, const config_setting_t *g)
{
	static const char *const keys[] = {"from", "to", "why", NULL};
	const char *from = loader_need(&m->l, g, "from");
	const char *to = loader_need(&m->l, g, "to");
	int a = instrument_question(m->map->from, from, strlen(from));
	int b = instrument_question(m->map->to, to, strlen(to));
	struct move_row *row = map_row(m, from);

	loader_unknown(&m->l, g, keys);
	if (a < 0 || b < 0 || row == NULL) {
		loader_fault(&m->l, g, _("there is no question '%s'"),
		    a < 0 ? from : to);
		return;
	}
	if (m->map->from->questions[a].type != m->map->to->questions[b].type ||
	    m->map->from->questions[a].unit != m->map->to->questions[b].unit)
		loader_fault(&m->l, g,
		    _("%s and %s are of different types or units; answers "
		      "cannot move"),
		    from, to);
	if (row->move == MOVE_KEPT || m->seen[b])
		loader_fault(&m->l, g, _("%s is mapped already"),
		    row->move == MOVE_KEPT ? from : to);
	*row = (struct move_row){.move = MOVE_MOVED,
	    .from = from,
	    .to = to,
	    .why = loader_need(&m->l, g, "why")};
	m->seen[b] = true;
}

static void
loader_drop(struct map_loader *m, const config_setting_t *g)
{
	static const char *const keys[] = {"id", "why", NULL};
	const char *id = loader_need(&m->l, g, "id");
	struct move_row *row = map_row(m, id);

	loader_unknown(&m->l, g, keys);
	if (row == NULL || row->move != MOVE_DROPPED)
		loader_fault(&m->l, g,
		    _("'%s' is no question that only the old version has"), id);
	else
		row->why = loader_need(&m->l, g, "why");
}

static void
loader_new(struct map_loader *m, const config_setting_t *g)
{
	static const char *const keys[] = {"id", "why", NULL};
	const char *id = loader_need(&m->l, g, "id");
	int k = instrument_question(m->map->to, id, strlen(id));

	loader_unknown(&m->l, g, keys);
	if (k < 0 || m->seen[k]) {
		loader_fault(&m->l, g,
		    _("'%s' is no question that only the new version has"), id);
		return;
	}
	m->seen[k] = true;
	m->map->rows[m->map->n++] = (struct move_row){.move = MOVE_NEW,
	    .from = "",
	    .to = id,
	    .why = loader_need(&m->l, g, "why")};
}

/* Every question of both versions has to be spoken of. */
static void
finish_map(struct map_loader *m, const config_setting_t *root)
{
	for (int i = 0; i < m->map->n; i++)
		if (m->map->rows[i].move == MOVE_DROPPED &&
		    *m->map->rows[i].why == '\0')
			loader_fault(&m->l, root,
			    _("the map does not say what becomes of %s"),
			    m->map->rows[i].from);
	for (int i = 0; i < m->map->to->questions_n; i++)
		if (!m->seen[i])
			loader_fault(&m->l, root,
			    _("the map does not say that %s is new"),
			    m->map->to->questions[i].id);
}

static void
loader_versions(struct map_loader *m, const config_setting_t *root)
{
	const char *id = loader_need(&m->l, root, "instrument");

	if (strcmp(id, m->map->from->about.id) != 0 ||
	    strcmp(id, m->map->to->about.id) != 0)
		loader_fault(&m->l,
		    config_setting_get_member(root, "instrument"),
		    _("the map is for the instrument '%s'"), id);
	if (loader_int(&m->l, root, "from", 0) != m->map->from->about.version ||
	    loader_int(&m->l, root, "to", 0) != m->map->to->about.version)
		loader_fault(&m->l, config_setting_get_member(root, "from"),
		    _("the map is between other versions than %d and %d"),
		    m->map->from->about.version, m->map->to->about.version);
}

static void
loader_map(struct map_loader *m, const config_setting_t *root)
{
	static const char *const keys[] = {
	    "instrument", "from", "to", "moved", "dropped", "new", NULL};
	static const struct {
		const char *name;
		void (*load)(struct map_loader *m, const config_setting_t *g);
	} parts[] = {{"moved", loader_move}, {"dropped", loader_drop},
	    {"new", loader_new}};

	loader_unknown(&m->l, root, keys);
	loader_versions(m, root);
	start_map(m);
	for (size_t p = 0; p < sizeof parts / sizeof *parts; p++) {
		int n = loader_groups(&m->l, root, parts[p].name);

		for (int i = 0; i < n; i++)
			parts[p].load(m, loader_group(root, parts[p].name, i));
	}
	finish_map(m, root);
}

struct instrument_map *
instrument_map_parse(const char *file, const char *text,
    const struct instrument *from, const struct instrument *to,
    struct faults *faults)
{
	struct instrument_map *map = xcalloc(1, sizeof *map);
	struct map_loader m = {.map = map};
	size_t before = faults->n;
	config_t config;

	map->from = from;
	map->to = to;
	m.l.cfg = (struct cfg){.arena = &map->arena,
	    .faults = faults,
	    .file = file,
	    .source = text};
	m.seen = xcalloc((size_t)to->questions_n + 1, sizeof *m.seen);
	config_init(&config);
	if (config_read_string(&config, text) == CONFIG_FALSE)
		fault_add(faults, file, config_error_line(&config), 0, "%s",
		    config_error_text(&config));
	else
		loader_map(&m, config_root_setting(&config));
	config_destroy(&config);
	free(m.seen);
	if (faults->n == before)
		return map;
	instrument_map_free(map);
	return NULL;
}

bool
instrument_map_read(struct instrument_map **map, const char *path,
    const struct instrument *from, const struct instrument *to,
    struct faults *faults, struct err *err)
{
	struct buf text = {0};
	bool ok = file_read(&text, path, 4 << 20, err);

	*map = NULL;
	if (ok)
		*map = instrument_map_parse(
		    path, buf_text(&text), from, to, faults);
	buf_free(&text);
	return ok;
}

void
instrument_map_free(struct instrument_map *map)
{
	if (map == NULL)
		return;
	arena_free(&map->arena);
	free(map);
}

bool
instrument_map_event(const struct instrument_map *map, struct event *e)
{
	if (*e->question == '\0')
		return true;
	for (int i = 0; i < map->n; i++)
		if (strcmp(map->rows[i].from, e->question) == 0) {
			if (map->rows[i].move != MOVE_DROPPED)
				e->question = map->rows[i].to;
			return map->rows[i].move != MOVE_DROPPED;
		}
	return instrument_question(map->to, e->question, strlen(e->question)) >=
	       0;
}

bool
instrument_map_new(const struct instrument_map *map, const char *question)
{
	for (int i = 0; i < map->n; i++)
		if (map->rows[i].move == MOVE_NEW &&
		    strcmp(map->rows[i].to, question) == 0)
			return true;
	return false;
}

/* How many typed answers a question has in the review. */
static int
typed_answers(const struct review *r, const char *id)
{
	int q = instrument_question(r->in, id, strlen(id)), n = 0;

	for (size_t i = 0; q >= 0 && i < r->rows_n; i++)
		if (r->rows[i].unit.kind == r->in->questions[q].unit)
			n += state_slot(r, (int)i, &r->in->questions[q])
				 ->cell.typed.state != ANSWER_UNASKED;
	return n;
}

const struct move_row *
review_preview(const struct review *r, const struct instrument_map *map,
    struct arena *arena, int *n)
{
	struct move_row *out =
	    arena_alloc(arena, (size_t)(map->n + 1) * sizeof *out);

	for (int i = 0; i < map->n; i++) {
		out[i] = map->rows[i];
		out[i].answers = typed_answers(r, out[i].from);
	}
	*n = map->n;
	return out;
}

/* --- what has no question any more --- */

struct retiring {
	struct retired *list;
	size_t n, cap;
};

static struct retired *
retired_of(struct retiring *t, const struct event *e)
{
	for (size_t i = 0; i < t->n; i++)
		if (t->list[i].kind == e->unit &&
		    strcmp(t->list[i].key, e->key) == 0 &&
		    strcmp(t->list[i].question, e->question) == 0)
			return &t->list[i];
	grow(&t->list, &t->cap, t->n + 1, sizeof *t->list);
	t->list[t->n] = (struct retired){.kind = e->unit,
	    .key = e->key,
	    .question = e->question,
	    .answer = RESPONSE_NONE,
	    .note = ""};
	return &t->list[t->n++];
}

static void
retire(struct retiring *t, const struct event *e)
{
	struct retired *one = retired_of(t, e);

	if (e->kind == EVENT_NOTE)
		one->note = e->text;
	else
		one->answer = e->new;
	one->who = e->who;
	one->wall_ms = e->wall_ms;
}

const struct retired *
review_retired(const struct review *r, struct arena *arena, int *n)
{
	struct retiring t = {0};
	struct retired *out;
	size_t kept = 0;

	for (size_t i = 0; r->retired && i < r->history_n; i++) {
		const struct event *e = &r->history[i];

		if ((e->kind == EVENT_ANSWER || e->kind == EVENT_NOTE) &&
		    instrument_question(
			r->in, e->question, strlen(e->question)) < 0)
			retire(&t, e);
	}
	out = arena_alloc(arena, (t.n + 1) * sizeof *out);
	for (size_t i = 0; i < t.n; i++)
		if (t.list[i].answer.state != ANSWER_UNASKED ||
		    *t.list[i].note != '\0')
			out[kept++] = t.list[i];
	free(t.list);
	*n = (int)kept;
	return out;
}
