/*
 * The org tree: nodes in the order of their ids, an Unassigned node below
 * each, dated membership, and for each node its lineage: from which day on
 * which path leads to it. A node outside its dates keeps the nearest
 * membership it has, because children may still be assigned to it.
 */
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/date.h"
#include "base/i18n.h"
#include "facts/builder.h"

#define ROOT_ID "all"
#define UNASSIGNED ":unassigned"

struct reach { /* from this day on, until the next one's */
	int32_t from;
	uint32_t path;
};

struct lineage {
	struct reach *list; /* list[0].from is DATE_MISSING */
	size_t n, cap;
};

struct tree {
	struct facts_builder *b;
	struct tree_node *nodes;
	size_t n_nodes, nodes_cap;
	struct tree_spell *spells;
	size_t n_spells, spells_cap;
	struct tree_path *paths;
	size_t n_paths, paths_cap;
	struct lineage *lineages; /* per node */
	uint32_t *empty;	  /* per node: its Unassigned node, or itself */
	uint32_t *node_of;	  /* string -> node + 1 */
	size_t node_of_cap;
	uint32_t *slots; /* paths by content: number + 1 */
	size_t n_slots;
	uint32_t *path_row;
	uint32_t root;
};

static const char *
node_id(const struct tree *t, uint32_t node)
{
	return intern_text(&t->b->strings, t->nodes[node].id);
}

static uint32_t
node_named(const struct tree *t, uint32_t id)
{
	return id < t->node_of_cap && t->node_of[id] != 0 ? t->node_of[id] - 1
							  : FACTS_NO_ROW;
}

static void
remember_node(struct tree *t, uint32_t id, uint32_t node)
{
	size_t cap = t->node_of_cap;

	grow(&t->node_of, &t->node_of_cap, (size_t)id + 1, sizeof(uint32_t));
	memset(t->node_of + cap, 0, (t->node_of_cap - cap) * sizeof(uint32_t));
	t->node_of[id] = node + 1;
}

/* The node with that id, made when it is new. */
static struct tree_node *
node_take(struct tree *t, uint32_t id)
{
	uint32_t node = node_named(t, id);

	if (node == FACTS_NO_ROW) {
		grow(
		    &t->nodes, &t->nodes_cap, t->n_nodes + 1, sizeof *t->nodes);
		node = (uint32_t)t->n_nodes++;
		t->nodes[node] = (struct tree_node){.id = id};
		remember_node(t, id, node);
	}
	return &t->nodes[node];
}

static int
org_order(const void *x, const void *y)
{
	const struct org *a = x, *b = y;

	if (a->from != b->from)
		return a->from < b->from ? -1 : 1;
	return a->s.seq < b->s.seq ? -1 : a->s.seq > b->s.seq;
}

/* What a node is called and is now: its latest row says. */
static bool
take_nodes(struct tree *t, struct err *err)
{
	struct org *org = ROWS(t->b, ORG, org);
	uint32_t n = ROWS_N(t->b, ORG);

	if (n > 0)
		qsort(org, n, sizeof *org, org_order);
	for (uint32_t i = 0; i < n; i++) {
		struct tree_node *node = node_take(t, org[i].id);

		if (org[i].level < LEVEL_STATE || org[i].level > LEVEL_WORKER)
			return err_set(err, ERR_REFUSED, "org: node %s: %s",
			    intern_text(&t->b->strings, org[i].id),
			    _("a node needs a level"));
		node->name = org[i].name;
		node->fips = org[i].fips;
		node->level = org[i].level;
		node->kind = org[i].kind;
	}
	return true;
}

static bool
intern_cstr(struct tree *t, const char *s, uint32_t *id, struct err *err)
{
	return intern_add(&t->b->strings, s, strlen(s), id, err);
}

/* The root is the first node of the level state; where there is none, one is
 * made above everything. */
static bool
take_root(struct tree *t, uint32_t *root, struct err *err)
{
	const char *agency = t->b->agency[0] != '\0' ? t->b->agency : "All";
	const char *least = NULL;
	struct tree_node *node;
	uint32_t name;

	for (size_t i = 0; i < t->n_nodes; i++) {
		const char *id = node_id(t, (uint32_t)i);

		if (t->nodes[i].level == LEVEL_STATE &&
		    (least == NULL || strcmp(id, least) < 0)) {
			least = id;
			*root = t->nodes[i].id;
		}
	}
	if (least != NULL)
		return true;
	if (!intern_cstr(t, ROOT_ID, root, err) ||
	    !intern_cstr(t, agency, &name, err))
		return false;
	node = node_take(t, *root);
	node->name = name;
	node->level = LEVEL_STATE;
	return true;
}

/* The next lower level that the tree uses at all. */
static uint8_t
level_below(const struct tree *t, size_t given, int level)
{
	int below = LEVEL_END;

	for (size_t i = 0; i < given; i++)
		if (t->nodes[i].level > level && t->nodes[i].level < below)
			below = t->nodes[i].level;
	if (below == LEVEL_END)
		below = level + 1;
	return (uint8_t)below;
}

/* Every node that can have something below it has a permanent place for what
 * is not known more closely. */
static bool
add_unassigned(struct tree *t, struct err *err)
{
	size_t given = t->n_nodes;
	uint8_t below[LEVEL_END];
	uint32_t id, name;

	for (int level = LEVEL_STATE; level < LEVEL_WORKER; level++)
		below[level] = level_below(t, given, level);
	if (!intern_cstr(t, "Unassigned", &name, err))
		return false;
	for (size_t i = 0; i < given; i++) {
		int level = t->nodes[i].level;
		struct tree_node *node;
		char *text;
		bool ok;

		if (level == LEVEL_WORKER)
			continue;
		text = xasprintf("%s" UNASSIGNED, node_id(t, (uint32_t)i));
		ok = intern_cstr(t, text, &id, err);
		free(text);
		if (!ok)
			return false;
		node = node_take(t, id);
		node->name = name;
		node->kind = t->nodes[i].kind;
		node->level = below[level];
		node->unassigned = 1;
	}
	return true;
}

static int
node_order(const void *x, const void *y, void *arg)
{
	const struct intern *strings = arg;
	const struct tree_node *a = x, *b = y;

	return strcmp(intern_text(strings, a->id), intern_text(strings, b->id));
}

static void
sort_nodes(struct tree *t)
{
	qsort_r(
	    t->nodes, t->n_nodes, sizeof *t->nodes, node_order, &t->b->strings);
	for (size_t i = 0; i < t->n_nodes; i++)
		remember_node(t, t->nodes[i].id, (uint32_t)i);
}

/* A parent must be known and of a higher level, which also rules out circles;
 * whatever has none such stands below the root. */
static uint32_t
parent_of(const struct tree *t, uint32_t node, uint32_t id)
{
	uint32_t parent = id != 0 ? node_named(t, id) : FACTS_NO_ROW;

	if (node == t->root)
		return FACTS_NO_ROW;
	if (parent == FACTS_NO_ROW || t->nodes[parent].unassigned ||
	    t->nodes[parent].level >= t->nodes[node].level)
		return t->root;
	return parent;
}

static void
add_spell(struct tree *t, struct tree_spell spell)
{
	grow(&t->spells, &t->spells_cap, t->n_spells + 1, sizeof *t->spells);
	t->spells[t->n_spells++] = spell;
}

/* Org rows stand by date, so of two for one node and day the later arrival
 * stands later: it counts. */
static void
add_spells_of(struct tree *t, uint32_t node, const uint32_t *rows, size_t n)
{
	const struct org *org = ROWS(t->b, ORG, org);

	t->nodes[node].spell_first = (uint32_t)t->n_spells;
	for (size_t i = 0; i < n; i++) {
		const struct org *o = &org[rows[i]];

		if (i + 1 < n && org[rows[i + 1]].from == o->from)
			continue;
		add_spell(
		    t, (struct tree_spell){node, parent_of(t, node, o->parent),
			   o->from, o->to});
	}
	t->nodes[node].spell_end = (uint32_t)t->n_spells;
}

static void
link_unassigned(struct tree *t)
{
	t->empty = xcalloc(t->n_nodes, sizeof *t->empty);
	for (uint32_t i = 0; i < t->n_nodes; i++)
		t->empty[i] = i;
	for (uint32_t i = 0; i < t->n_nodes; i++) {
		char *text;
		uint32_t id, node;
		struct err err;

		if (t->nodes[i].unassigned || t->nodes[i].level == LEVEL_WORKER)
			continue;
		text = xasprintf("%s" UNASSIGNED, node_id(t, i));
		if (intern_cstr(t, text, &id, &err) &&
		    (node = node_named(t, id)) != FACTS_NO_ROW)
			t->empty[i] = node;
		free(text);
	}
}

/* Rows of each node together, in the order of dates. */
static void
add_spells(struct tree *t)
{
	const struct org *org = ROWS(t->b, ORG, org);
	uint32_t n = ROWS_N(t->b, ORG);
	uint32_t *first = xcalloc(t->n_nodes + 1, sizeof *first);
	uint32_t *next = xcalloc(t->n_nodes + 1, sizeof *next);
	uint32_t *list = xcalloc(n, sizeof *list);
	uint32_t *owner = xcalloc(t->n_nodes, sizeof *owner);

	for (uint32_t i = 0; i < t->n_nodes; i++)
		if (t->empty[i] != i)
			owner[t->empty[i]] = i;
	for (uint32_t i = 0; i < n; i++)
		first[node_named(t, org[i].id) + 1]++;
	for (size_t i = 0; i < t->n_nodes; i++)
		next[i + 1] = first[i + 1] += first[i];
	memcpy(next, first, t->n_nodes * sizeof *next);
	for (uint32_t i = 0; i < n; i++)
		list[next[node_named(t, org[i].id)]++] = i;
	for (uint32_t i = 0; i < t->n_nodes; i++) {
		if (first[i + 1] > first[i] && !t->nodes[i].unassigned) {
			add_spells_of(
			    t, i, list + first[i], first[i + 1] - first[i]);
			continue;
		}
		t->nodes[i].spell_first = (uint32_t)t->n_spells;
		add_spell(t, (struct tree_spell){i,
				 i == t->root ? FACTS_NO_ROW : owner[i],
				 DATE_MISSING, DATE_NEVER});
		t->nodes[i].spell_end = (uint32_t)t->n_spells;
	}
	free(first);
	free(next);
	free(list);
	free(owner);
}

static size_t
path_slot(const struct tree *t, const struct tree_path *path)
{
	uint64_t h = 0;
	size_t i;

	for (int l = 0; l < TREE_LEVELS; l++)
		h = (h ^ path->at[l]) * UINT64_C(0x9E3779B97F4A7C15);
	for (i = (h >> 32) & (t->n_slots - 1); t->slots[i] != 0;
	     i = (i + 1) & (t->n_slots - 1))
		if (memcmp(&t->paths[t->slots[i] - 1], path, sizeof *path) == 0)
			break;
	return i;
}

static void
widen_slots(struct tree *t)
{
	free(t->slots);
	t->n_slots = t->n_slots == 0 ? 256 : t->n_slots * 2;
	t->slots = xcalloc(t->n_slots, sizeof *t->slots);
	for (size_t i = 0; i < t->n_paths; i++)
		t->slots[path_slot(t, &t->paths[i])] = (uint32_t)i + 1;
}

static uint32_t
path_number(struct tree *t, const struct tree_path *path)
{
	size_t slot;

	if (t->n_paths * 2 >= t->n_slots)
		widen_slots(t);
	slot = path_slot(t, path);
	if (t->slots[slot] == 0) {
		grow(
		    &t->paths, &t->paths_cap, t->n_paths + 1, sizeof *t->paths);
		t->paths[t->n_paths++] = *path;
		t->slots[slot] = (uint32_t)t->n_paths;
	}
	return t->slots[slot] - 1;
}

static void
lineage_add(struct lineage *l, int32_t from, uint32_t path)
{
	if (l->n > 0 && l->list[l->n - 1].path == path)
		return;
	grow(&l->list, &l->cap, l->n + 1, sizeof *l->list);
	l->list[l->n++] = (struct reach){from, path};
}

/* The parent's path with this node at its level, and at each level below it
 * what is not known more closely. */
static uint32_t
path_through(struct tree *t, uint32_t parent_path, uint32_t node)
{
	struct tree_path path;
	int level = t->nodes[node].level;

	if (parent_path != FACTS_NO_ROW)
		path = t->paths[parent_path];
	else
		memset(&path, 0, sizeof path);
	path.at[level - 1] = node;
	for (int l = level; l < TREE_LEVELS; l++)
		path.at[l] = t->empty[node];
	return path_number(t, &path);
}

static const struct lineage *lineage_of(struct tree *t, uint32_t node);

/* Levels fall from child to parent, so this goes at most seven deep. */
static void
lineage_spell(struct tree *t, struct lineage *l, uint32_t node, uint32_t spell)
{
	const struct tree_spell *s = &t->spells[spell];
	bool is_first = spell == t->nodes[node].spell_first;
	bool is_last = spell + 1 == t->nodes[node].spell_end;
	int32_t from = is_first ? DATE_MISSING : s->from;
	int32_t end = is_last ? DATE_NEVER : s[1].from; /* excluded */
	const struct lineage *up;

	if (s->parent == FACTS_NO_ROW) {
		lineage_add(l, from, path_through(t, FACTS_NO_ROW, node));
		return;
	}
	up = lineage_of(t, s->parent);
	for (size_t i = 0; i < up->n; i++) {
		int32_t up_end =
		    i + 1 < up->n ? up->list[i + 1].from : DATE_NEVER;
		int32_t start =
		    up->list[i].from > from ? up->list[i].from : from;

		if (start < end && up_end > from)
			lineage_add(
			    l, start, path_through(t, up->list[i].path, node));
	}
}

static const struct lineage *
lineage_of(struct tree *t, uint32_t node)
{
	struct lineage *l = &t->lineages[node];
	const struct tree_node *n = &t->nodes[node];

	if (l->n > 0)
		return l;
	if (n->unassigned && t->spells[n->spell_first].parent != FACTS_NO_ROW)
		return lineage_of(t, t->spells[n->spell_first].parent);
	for (uint32_t i = n->spell_first; i < n->spell_end; i++)
		lineage_spell(t, l, node, i);
	return l;
}

struct tree *
tree_new(struct facts_builder *b, struct err *err)
{
	struct tree *t = xcalloc(1, sizeof *t);
	uint32_t root;

	t->b = b;
	if (!take_nodes(t, err) || !take_root(t, &root, err) ||
	    !add_unassigned(t, err)) {
		tree_free(t);
		return NULL;
	}
	sort_nodes(t);
	t->root = node_named(t, root);
	link_unassigned(t);
	add_spells(t);
	t->lineages = xcalloc(t->n_nodes, sizeof *t->lineages);
	lineage_of(t, t->root); /* makes path 0 */
	return t;
}

void
tree_free(struct tree *t)
{
	if (t == NULL)
		return;
	for (size_t i = 0; t->lineages != NULL && i < t->n_nodes; i++)
		free(t->lineages[i].list);
	free(t->lineages);
	free(t->nodes);
	free(t->spells);
	free(t->paths);
	free(t->empty);
	free(t->node_of);
	free(t->slots);
	free(t->path_row);
	free(t);
}

uint32_t
tree_path(struct tree *t, uint32_t id, int32_t day, int32_t *until)
{
	uint32_t node = node_named(t, id);
	const struct lineage *l;
	size_t i = 0;

	*until = DATE_NEVER;
	if (node == FACTS_NO_ROW)
		return 0;
	l = lineage_of(t, node);
	while (i + 1 < l->n && l->list[i + 1].from <= day)
		i++;
	if (i + 1 < l->n)
		*until = l->list[i + 1].from - 1;
	return l->list[i].path;
}

static int
path_order(const void *x, const void *y, void *arg)
{
	const struct tree_path *paths = arg;
	const struct tree_path *a = &paths[*(const uint32_t *)x];
	const struct tree_path *b = &paths[*(const uint32_t *)y];

	for (int l = 0; l < TREE_LEVELS; l++)
		if (a->at[l] != b->at[l])
			return a->at[l] < b->at[l] ? -1 : 1;
	return 0;
}

void
tree_arrange(struct tree *t)
{
	uint32_t *order = xcalloc(t->n_paths, sizeof *order);
	struct tree_path *sorted = xcalloc(t->n_paths, sizeof *sorted);

	t->path_row = xcalloc(t->n_paths, sizeof *t->path_row);
	for (uint32_t i = 0; i < t->n_paths; i++)
		order[i] = i;
	qsort_r(order + 1, t->n_paths - 1, sizeof *order, path_order, t->paths);
	for (uint32_t i = 0; i < t->n_paths; i++) {
		t->path_row[order[i]] = i;
		sorted[i] = t->paths[order[i]];
	}
	free(order);
	free(t->paths);
	t->paths = sorted;
}

uint32_t
tree_path_row(const struct tree *t, uint32_t path)
{
	return t->path_row[path];
}

struct tree_tables
tree_tables(const struct tree *t)
{
	return (struct tree_tables){t->nodes, t->spells, t->paths,
	    (uint32_t)t->n_nodes, (uint32_t)t->n_spells, (uint32_t)t->n_paths,
	    t->root};
}
