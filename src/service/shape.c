#include "service/shape.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/date.h"
#include "base/i18n.h"
#include "measure/compare.h"
#include "service/audit.h"
#include "service/rights.h"
#include "service/withdrawn.h"

#define SHAPE_DEPTH 16 /* more than the tree has levels */

char *
shape_time(int64_t seconds, char text[static SHAPE_TIME])
{
	time_t t = (time_t)seconds;
	struct tm tm;

	gmtime_r(&t, &tm);
	strftime(text, SHAPE_TIME, "%Y-%m-%dT%H:%M:%SZ", &tm);
	return text;
}

static struct api_about
shape_about_of(const struct facts_about *a, char time[static SHAPE_TIME])
{
	return (struct api_about){
	    .generation = a->generation,
	    .data_through = a->data_through,
	    .loaded_at = shape_time(a->loaded_at, time),
	    .agency = a->agency,
	    .source = a->source,
	    .invented = a->invented,
	};
}

void
shape_about(struct context *c)
{
	char time[SHAPE_TIME];
	struct api_about about;

	json_key(&c->json, "about");
	if (c->facts == NULL) {
		json_null(&c->json);
		return;
	}
	about = shape_about_of(facts_about(c->facts), time);
	about.stale = withdrawn_stale(c->svc, about.data_through);
	api_object(&c->json, API_RESOURCE_about, &about);
}

/* --- nodes ----------------------------------------------------------- */

struct api_node
shape_node_of(const struct context *c, uint32_t node)
{
	const struct facts *f = c->facts;

	return (struct api_node){
	    .id = facts_str(f, FACTS_NODE_ID, node),
	    .name = facts_str(f, FACTS_NODE_NAME, node),
	    .level =
		shape_word(CODES_LEVEL, facts_u8(f, FACTS_NODE_LEVEL)[node]),
	    .kind =
		shape_word(CODES_AGENCY, facts_u8(f, FACTS_NODE_KIND)[node]),
	    .unassigned = facts_u8(f, FACTS_NODE_UNASSIGNED)[node] != 0,
	};
}

void
shape_node(struct context *c, const char *key, uint32_t node)
{
	struct api_node n = shape_node_of(c, node);

	if (key != NULL)
		json_key(&c->json, key);
	api_object(&c->json, API_RESOURCE_node, &n);
}

void
shape_path(struct context *c, uint32_t node, int32_t day)
{
	uint32_t way[SHAPE_DEPTH];
	size_t n = 0;

	while (node != FACTS_NO_ROW && n < SHAPE_DEPTH) {
		way[n++] = node;
		node = facts_parent_on(c->facts, node, day);
	}
	json_key(&c->json, "path");
	json_array(&c->json);
	while (n-- > 0)
		shape_node(c, NULL, way[n]);
	json_array_end(&c->json);
}

/* --- measures -------------------------------------------------------- */

void
shape_strings(
    struct context *c, const char *key, const char *const *strings, int n)
{
	json_key(&c->json, key);
	json_array(&c->json);
	for (int i = 0; i < n; i++)
		json_string(&c->json, strings[i]);
	json_array_end(&c->json);
}

void
shape_goal(struct context *c, const char *key, const struct measure_goal *goal)
{
	struct api_goal g;

	if (key != NULL)
		json_key(&c->json, key);
	if (goal == NULL) {
		json_null(&c->json);
		return;
	}
	g = (struct api_goal){
	    .value = goal->value,
	    .from = goal->from,
	    .name = goal->name,
	    .source = goal->source,
	    .certainty = goal->certainty,
	};
	api_object(&c->json, API_RESOURCE_goal, &g);
}

void
shape_measure_members(struct context *c, const struct measure *m, int32_t day)
{
	const struct measure_about *a = measure_about(m);
	const struct api_measure r = {
	    .id = a->id,
	    .title = a->title,
	    .short_title = a->short_title,
	    .category = a->category,
	    .category_title = a->category_title,
	    .kind = shape_word(CODES_KIND, a->kind),
	    .unit = a->unit,
	    .better = shape_word(CODES_BETTER, a->better),
	    .decimals = a->decimals,
	    .cohort = shape_word(CODES_PERIOD, a->period),
	    .counts = a->counts,
	    .months = a->months,
	    .purpose = a->purpose,
	};

	api_members(&c->json, API_RESOURCE_measure, &r);
	shape_goal(c, "goal", measure_goal_on(m, day));
	shape_strings(c, "questions", a->questions, a->questions_n);
	shape_strings(
	    c, "counterbalance", a->counterbalance, a->counterbalance_n);
}

void
shape_measure(
    struct context *c, const char *key, const struct measure *m, int32_t day)
{
	if (key != NULL)
		json_key(&c->json, key);
	json_object(&c->json);
	shape_measure_members(c, m, day);
	json_object_end(&c->json);
}

/* --- figures --------------------------------------------------------- */

/* The ends of the interval, from the arena; NULL where there is none. */
static void
shape_interval(struct context *c, struct api_row *r, const struct measure *m,
    const struct shape_row *row, const struct judging *j)
{
	int decimals = measure_about(m)->decimals;
	char *text = arena_alloc(&c->arena, 2 * FIGURE_TEXT);
	int64_t ends[2];

	if (!row->interval || !row->ripe ||
	    !figure_interval(m, row->figure, j, ends))
		return;
	r->low = figure_scaled_text(ends[0], decimals, text);
	r->high = figure_scaled_text(ends[1], decimals, text + FIGURE_TEXT);
}

/* What missing values leave open, from the arena. */
static void
shape_bounds(struct context *c, struct api_row *r, const struct measure *m,
    const struct shape_row *row)
{
	int decimals = measure_about(m)->decimals;
	char *text = arena_alloc(&c->arena, 2 * FIGURE_TEXT);
	struct bounds b;

	r->unknown = row->interval ? row->figure->unknown : API_NULL;
	if (!row->interval || !row->ripe || !figure_bounds(m, row->figure, &b))
		return;
	r->at_least = figure_scaled_text(b.low, decimals, text);
	r->at_most = figure_scaled_text(b.high, decimals, text + FIGURE_TEXT);
}

void
shape_row_members(struct context *c, const struct measure *m,
    const struct measure_period *p, const struct shape_row *row)
{
	const struct figure_terms t = figure_terms_on(m, p->to, row->ranked);
	char text[FIGURE_TEXT];
	struct api_row r = {
	    .key = row->key,
	    .level = row->level,
	    .name = row->name,
	    .denominator = row->figure->denominator,
	    .numerator = row->figure->numerator,
	    .value = figure_text(m, row->figure, text),
	    .unit = measure_about(m)->unit,
	    .goal = t.goal != NULL ? t.goal->value : NULL,
	    .status =
		shape_word(CODES_STATUS, figure_status(m, row->figure, &t)),
	    .excluded = row->figure->excluded,
	    .pending = row->figure->pending,
	    .too_few = figure_too_few(m, row->figure, &t),
	    .ref = row->ref,
	};

	if (r.value[0] == '\0')
		r.value = NULL;
	shape_interval(c, &r, m, row, t.judging);
	shape_bounds(c, &r, m, row);
	/* Before the follow-up time has passed there is no figure, only who is
	 * in it so far. */
	if (!row->ripe) {
		r.value = NULL;
		r.denominator = r.numerator = 0;
		r.status = shape_word(CODES_STATUS, STATUS_NO_DATA);
	}
	api_members(&c->json, API_RESOURCE_row, &r);
}

const char *
shape_p(struct context *c, double p)
{
	return p < 0.0001 ? "<0.0001" : arena_printf(&c->arena, "%.4f", p);
}

/* --- children -------------------------------------------------------- */

const char *
shape_name(struct context *c, uint32_t child)
{
	const char *given = facts_str(c->facts, FACTS_CHILD_GIVEN, child);
	const char *family = facts_str(c->facts, FACTS_CHILD_FAMILY, child);
	size_t before, after;
	char *name;

	if (!rights_has(c, FACTS_NO_ROW, RIGHT_NAMES))
		return NULL;
	if (given[0] == '\0' || family[0] == '\0')
		return given[0] != '\0'	   ? given
		       : family[0] != '\0' ? family
					   : NULL;
	/* A list of a hundred thousand is sorted by it. */
	before = strlen(family);
	after = strlen(given) + 1;
	name = arena_alloc(&c->arena, before + 2 + after);
	memcpy(name, family, before);
	memcpy(name + before, ", ", 2);
	memcpy(name + before + 2, given, after);
	return name;
}

const char *
shape_word(int codes, int code)
{
	const char *word = code_word(&codesets[codes], code);

	return *word != '\0' ? word : NULL;
}

const char *
shape_bits(struct context *c, const struct codeset *set, uint32_t bits)
{
	struct buf b = {0};
	const char *text;

	for (int i = 1; i <= set->n; i++)
		if ((bits >> (i - 1) & 1) != 0)
			buf_printf(&b, "%s%s", b.len > 0 ? ", " : "",
			    code_word(set, i));
	text = b.len > 0 ? arena_strndup(&c->arena, b.data, b.len) : NULL;
	buf_free(&b);
	return text;
}

int
shape_goal_on(const struct context *c, uint32_t child, int32_t day)
{
	struct facts_range r = facts_child_rows(c->facts, FACTS_GOALS, child);
	const int32_t *start = facts_i32(c->facts, FACTS_GOALS_START);
	const uint8_t *goal = facts_u8(c->facts, FACTS_GOALS_GOAL);
	int now = 0;

	for (uint32_t i = r.first; i < r.end; i++)
		if (start[i] <= day)
			now = goal[i];
	return now;
}

uint32_t
shape_removal_on(const struct context *c, uint32_t child, int32_t day)
{
	const int32_t *in = facts_i32(c->facts, FACTS_REMOVAL_DATE);
	const int32_t *out = facts_i32(c->facts, FACTS_REMOVAL_DISCHARGE);
	uint32_t n, found = FACTS_NO_ROW;
	const uint32_t *rows = facts_child_removals(c->facts, child, &n);

	for (uint32_t i = 0; i < n; i++)
		if (in[rows[i]] <= day && out[rows[i]] > day)
			found = rows[i];
	return found;
}

int32_t
shape_last_review(const struct context *c, uint32_t child, int32_t day)
{
	struct facts_range r = facts_child_rows(c->facts, FACTS_MEETING, child);
	const int32_t *date = facts_i32(c->facts, FACTS_MEETING_DATE);
	const uint8_t *pprt = facts_u8(c->facts, FACTS_MEETING_PPRT);
	int32_t last = DATE_MISSING;

	for (uint32_t i = r.first; i < r.end; i++)
		if (pprt[i] != 0 && date[i] <= day && date[i] > last)
			last = date[i];
	return last;
}

bool
shape_looked(struct context *c, const uint32_t *children, size_t n)
{
	const char **ids = arena_alloc(&c->arena, n * sizeof *ids);
	const struct audit_look look = {
	    .who = c->request->who.name,
	    .screen = api_routes[c->route].path,
	    .generation = c->snap->generation,
	    .children = ids,
	    .n = n,
	};

	for (size_t i = 0; i < n; i++)
		ids[i] = shape_child_id(c, children[i]);
	return audit_add(c->svc->audit, &look, &c->err);
}

struct shape_side
shape_side(const struct context *c, enum attribute a, uint32_t key)
{
	const struct facts *f = c->facts;

	if (attribute_is_level(a))
		return (struct shape_side){
		    facts_str(f, FACTS_NODE_ID, key),
		    facts_str(f, FACTS_NODE_NAME, key),
		};
	return (struct shape_side){
	    attribute_value_word(a, (int)key),
	    _(attribute_value_label(a, (int)key)),
	};
}

void
shape_where(struct context *c, const struct query *q)
{
	struct json *j = &c->json;

	json_key(j, "where");
	json_array(j);
	for (int i = 0; i < q->where_n; i++) {
		const struct query_filter *f = &q->where[i];
		struct shape_side side = shape_side(c, f->attribute, f->value);

		json_object(j);
		json_kv_string(j, "attribute", attribute_word(f->attribute));
		json_kv_string(j, "value", side.word);
		json_kv_string(j, "name", side.name);
		json_object_end(j);
	}
	json_array_end(j);
}
