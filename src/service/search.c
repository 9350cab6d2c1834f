/* GET /v1/search: measures, units and children by words or by id. */
#include "service/handlers.h"

#include <string.h>
#include <strings.h>

#include "base/i18n.h"
#include "service/rights.h"
#include "service/scope.h"
#include "service/shape.h"
#include "service/find.h"

#define SEARCH_ROWS 20 /* when no limit is asked for */

struct search {
	struct context *c;
	const char *text;
	size_t len;
	struct find words;
	size_t left; /* matches that may still be given */
	int32_t day;
	uint32_t *looked; /* children that were given */
	size_t looked_n;
};

static bool
search_id(const struct search *s, const char *id)
{
	return strncasecmp(id, s->text, s->len) == 0;
}

static void
search_match(struct search *s, const struct api_match *match)
{
	api_object(&s->c->json, API_RESOURCE_match, match);
	s->left--;
}

/* --- measures -------------------------------------------------------- */

static bool
search_is_measure(const struct search *s, const struct measure_about *a)
{
	if (search_id(s, a->id) || find_match(&s->words, a->title))
		return true;
	for (int i = 0; i < a->questions_n; i++)
		if (find_match(&s->words, a->questions[i]))
			return true;
	return false;
}

static void
search_measures(struct search *s)
{
	const struct measures *all = s->c->svc->measures;

	for (int i = 0; i < measures_n(all) && s->left > 0; i++) {
		const struct measure_about *a =
		    measure_about(measures_at(all, i));

		if (search_is_measure(s, a))
			search_match(s, &(struct api_match){"measure", a->id,
					    a->title, a->category_title});
	}
}

/* --- units ----------------------------------------------------------- */

static void
search_node(struct search *s, uint32_t node)
{
	uint32_t up = facts_parent_on(s->c->facts, node, s->day);
	struct api_node n = shape_node_of(s->c, node);

	search_match(
	    s, &(struct api_match){"node", n.id, n.name,
		   up == FACTS_NO_ROW
		       ? n.level
		       : arena_printf(&s->c->arena, "%s, %s", n.level,
			     facts_str(s->c->facts, FACTS_NODE_NAME, up))});
}

static void
search_nodes(struct search *s)
{
	const struct facts *f = s->c->facts;
	const uint8_t *unassigned = facts_u8(f, FACTS_NODE_UNASSIGNED);

	for (uint32_t i = 0; i < facts_rows(f, FACTS_NODE) && s->left > 0; i++)
		if (!unassigned[i] &&
		    (search_id(s, facts_str(f, FACTS_NODE_ID, i)) ||
			find_match(
			    &s->words, facts_str(f, FACTS_NODE_NAME, i))))
			search_node(s, i);
}

/* --- children -------------------------------------------------------- */

static void
search_child(struct search *s, uint32_t child)
{
	const struct facts *f = s->c->facts;
	uint32_t path = facts_path_on(f, child, s->day);
	uint32_t node = facts_path_node(f, path, LEVEL_WORKER);

	s->looked[s->looked_n++] = child;
	search_match(
	    s, &(struct api_match){"child", shape_child_id(s->c, child),
		   shape_name(s->c, child),
		   node == FACTS_NO_ROW ? NULL
					: facts_str(f, FACTS_NODE_NAME, node)});
}

/* Children stand by id: the first whose id is not before the text. */
static uint32_t
search_first(const struct search *s, const char *text)
{
	uint32_t first = 0, end = facts_rows(s->c->facts, FACTS_CHILD);

	while (first < end) {
		uint32_t mid = first + (end - first) / 2;

		if (strcmp(shape_child_id(s->c, mid), text) < 0)
			first = mid + 1;
		else
			end = mid;
	}
	return first;
}

static void
search_ids(struct search *s, const char *text)
{
	uint32_t n = facts_rows(s->c->facts, FACTS_CHILD);

	for (uint32_t i = search_first(s, text);
	     i < n && s->left > 0 &&
	     strncmp(shape_child_id(s->c, i), text, s->len) == 0;
	     i++)
		search_child(s, i);
}

/* Names repeat, and the snapshot holds each once: what was found out about
 * one is kept by its place. */
#define SEARCH_MEMO 4096
struct search_memo {
	uint32_t name[SEARCH_MEMO]; /* place + 1 */
	uint8_t mask[SEARCH_MEMO];
};

static unsigned
search_name(struct search *s, struct search_memo *memo,
    enum facts_column column, uint32_t child)
{
	uint32_t name = facts_u32(s->c->facts, column)[child];
	uint32_t slot = name * UINT32_C(2654435761) >> 20;

	if (memo->name[slot] != name + 1) {
		memo->name[slot] = name + 1;
		memo->mask[slot] = (uint8_t)find_mask(
		    &s->words, facts_str(s->c->facts, column, child));
	}
	return memo->mask[slot];
}

static void
search_names(struct search *s)
{
	struct search_memo *memo = arena_alloc(&s->c->arena, sizeof *memo);
	uint32_t n = facts_rows(s->c->facts, FACTS_CHILD);

	memset(memo, 0, sizeof *memo);
	for (uint32_t i = 0; i < n && s->left > 0; i++) {
		unsigned mask = search_name(s, memo, FACTS_CHILD_GIVEN, i) |
				search_name(s, memo, FACTS_CHILD_FAMILY, i);

		if (mask == find_all(&s->words) &&
		    !search_id(s, shape_child_id(s->c, i)))
			search_child(s, i);
	}
}

/* Children that may not be seen are not found: the answer is the same as when
 * there is no such child. Ids are looked for as typed and in capitals. */
static void
search_children(struct search *s)
{
	char *capitals = arena_strndup(&s->c->arena, s->text, s->len);

	if (!rights_has(s->c, FACTS_NO_ROW, RIGHT_CHILDREN))
		return;
	for (char *p = capitals; *p != '\0'; p++)
		if (*p >= 'a' && *p <= 'z')
			*p = (char)(*p - ('a' - 'A'));
	s->looked = arena_alloc(&s->c->arena, s->left * sizeof *s->looked);
	search_ids(s, s->text);
	if (strcmp(capitals, s->text) != 0)
		search_ids(s, capitals);
	if (rights_has(s->c, FACTS_NO_ROW, RIGHT_NAMES))
		search_names(s);
}

/* Each kind may take a third, so that none crowds the others out; children,
 * who come last, take what is left. */
bool
search_answer(struct context *c)
{
	size_t limit = (size_t)context_number(c, API_LIMIT, SEARCH_ROWS);
	struct search s = {.c = c,
	    .text = context_text(c, API_Q),
	    .len = context_param(c, API_Q)->len};

	if (!context_facts(c) || !rights_may(c, FACTS_NO_ROW, RIGHT_TREE))
		return false;
	s.words = find_of(&c->arena, s.text);
	if (s.words.n == 0)
		return context_refuse(c, ERR_BAD_VALUE, API_Q,
		    _("at least one word or the beginning of an id"));
	s.day = facts_about(c->facts)->data_through;
	shape_about(c);
	json_key(&c->json, "matches");
	json_array(&c->json);
	s.left = (limit + 2) / 3;
	search_measures(&s);
	s.left += (limit + 1) / 3;
	search_nodes(&s);
	s.left += limit - (limit + 2) / 3 - (limit + 1) / 3;
	search_children(&s);
	json_array_end(&c->json);
	return shape_looked(c, s.looked, s.looked_n);
}
