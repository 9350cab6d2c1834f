/* GET /v1/countdown: dated duties, most pressing first, a page at a time. */
#include "service/handlers.h"

#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "base/i18n.h"
#include "service/dues.h"
#include "service/shape_duty.h"
#include "service/history.h"
#include "service/listing.h"
#include "service/refer.h"
#include "service/rights.h"
#include "service/scope.h"
#include "service/shape.h"
#include "service/place.h"
#include "service/find.h"

struct countdown {
	struct context *c;
	const struct measures *measures;
	const struct clock_about *clock;
	const struct duties *duties;
	struct query query;
	int32_t as_of;
	struct listing list; /* of uint32_t, rows of duties */
};

/* --- what is asked --------------------------------------------------- */

static bool
countdown_read(struct countdown *d)
{
	struct context *c = d->c;
	int clock = (int)context_number(c, API_CLOCK, 0);

	if (!context_facts(c))
		return false;
	d->measures = scope_clock(c, clock);
	if (d->measures == NULL)
		return false;
	d->clock = clock_about(d->measures, clock);
	/* Days left may be asked for a day after the data: what is due does
	 * not wait for the next extract. */
	d->as_of = (int32_t)context_number(
	    c, API_AS_OF, facts_about(c->facts)->data_through);
	return scope_node(c, API_AT, &d->query.at) &&
	       scope_where(c, &d->query) && scope_by(c, &d->query);
}

/* --- which duties, in which order ------------------------------------ */

static const char *
countdown_key(const struct countdown *d, uint32_t row)
{
	return shape_duty_key(d->c, d->duties, row);
}

static bool
countdown_matches(
    const struct countdown *d, uint32_t row, const struct find *words)
{
	static const int levels[] = {LEVEL_UNIT, LEVEL_WORKER};
	const struct duty *duty = &d->duties->rows[row];
	const char *name = shape_duty_name(d->c, duty);
	struct buf b = {0};
	bool found;

	if (words->n == 0)
		return true;
	buf_printf(
	    &b, "%s %s", countdown_key(d, row), name != NULL ? name : "");
	for (size_t i = 0; i < 2; i++) {
		uint32_t node =
		    facts_path_node(d->c->facts, duty->path, levels[i]);

		if (node != FACTS_NO_ROW)
			buf_printf(&b, " %s",
			    facts_str(d->c->facts, FACTS_NODE_NAME, node));
	}
	found = find_match(words, buf_text(&b));
	buf_free(&b);
	return found;
}

static bool
countdown_late(const struct duty *d)
{
	return d->bucket >= BUCKET_OVER_30 && d->bucket <= BUCKET_OVER_1;
}

/* What is done or cannot be computed has no day and stands last. */
static int
countdown_compare(const void *x, const void *y, void *arg)
{
	const struct countdown *d = arg;
	uint32_t i = *(const uint32_t *)x, k = *(const uint32_t *)y;
	const struct duty *a = &d->duties->rows[i], *b = &d->duties->rows[k];
	int order = duty_open(b) - duty_open(a);

	if (order == 0)
		order = (a->due > b->due) - (a->due < b->due);
	if (order == 0)
		order = strcmp(duty_id(d->duties, d->c->facts, i),
		    duty_id(d->duties, d->c->facts, k));
	return order != 0 ? order : (i > k) - (i < k);
}

static void
countdown_collect(struct countdown *d)
{
	struct find words = find_of(&d->c->arena, context_text(d->c, API_Q));
	int bucket = (int)context_number(d->c, API_BUCKET, 0);
	uint32_t *rows;
	size_t n, kept = 0;

	if (listing_recall(d->c, &d->list))
		return;
	rows = duties_list(d->duties, d->c->facts, &d->query,
	    bucket == BUCKETS_LATE ? 0 : bucket, &n);
	context_hold(d->c, rows, free);
	for (size_t i = 0; i < n; i++) {
		const struct duty *duty = &d->duties->rows[rows[i]];

		if ((bucket != BUCKETS_LATE || countdown_late(duty)) &&
		    countdown_matches(d, rows[i], &words))
			rows[kept++] = rows[i];
	}
	qsort_r(rows, kept, sizeof *rows, countdown_compare, d);
	d->list.rows = rows;
	d->list.page.n = kept;
	listing_keep(d->c, &d->list);
}

static const char *
countdown_row_key(void *of, const void *row)
{
	return countdown_key(of, *(const uint32_t *)row);
}

static void
countdown_row(void *of, const void *row, bool all, void *value)
{
	const struct countdown *d = of;
	uint32_t i = *(const uint32_t *)row;
	struct api_duty *r = value;

	*r = shape_duty_row(d->c, d->duties, i);
	if (all)
		r->start_event = duty_start_event(d->c->facts, d->duties, i);
}

static void
countdown_write(void *of, const void *row)
{
	const struct countdown *d = of;

	shape_duty(d->c, d->duties, *(const uint32_t *)row);
}

static const struct listing countdown_list = {
    .resource = API_RESOURCE_duty,
    .columns = shape_duty_columns,
    .natural = "due",
    .size = sizeof(uint32_t),
    .key = countdown_row_key,
    .read = countdown_row,
    .write = countdown_write,
    .lasting = "",
};

static bool
countdown_looked(struct countdown *d)
{
	const struct page *p = &d->list.page;
	const uint32_t *rows = d->list.rows;
	uint32_t *children = arena_alloc(
	    &d->c->arena, (p->end - p->first + 1) * sizeof *children);
	size_t n = 0;

	for (size_t i = p->first; i < p->end; i++) {
		uint32_t child = d->duties->rows[rows[i]].child;

		if (child != FACTS_NO_ROW)
			children[n++] = child;
	}
	return shape_looked(d->c, children, n);
}

/* --- by unit --------------------------------------------------------- */

static void
countdown_unit(struct countdown *d, uint32_t node, const int64_t *counts)
{
	struct api_node r = shape_node_of(d->c, node);
	struct json *j = &d->c->json;

	json_object(j);
	api_members(j, API_RESOURCE_node, &r);
	json_key(j, "counts");
	json_array(j);
	for (int b = 1; b < BUCKET_END; b++)
		json_int(j, counts[b]);
	json_array_end(j);
	json_object_end(j);
}

static void
countdown_units_write(struct countdown *d, int64_t (*counts)[BUCKET_END])
{
	struct place_nodes shown = {0};

	shown.at = arena_alloc(&d->c->arena,
	    facts_rows(d->c->facts, FACTS_NODE) * sizeof *shown.at);
	for (uint32_t i = 0; i < facts_rows(d->c->facts, FACTS_NODE); i++)
		if (counts[i][0] > 0)
			shown.at[shown.n++] = i;
	place_sort(d->c->facts, &shown);
	for (size_t i = 0; i < shown.n; i++)
		countdown_unit(d, shown.at[i], counts[shown.at[i]]);
}

/* One pass over the duties counts for all units of the level at once. Units
 * without a duty are shown too, what is unassigned only when it has some. */
static void
countdown_units(struct countdown *d, int level)
{
	const struct facts *f = d->c->facts;
	const uint8_t *unassigned = facts_u8(f, FACTS_NODE_UNASSIGNED);
	struct place_nodes units =
	    place_level(&d->c->arena, f, d->query.at, level, d->as_of);
	int64_t(*counts)[BUCKET_END] =
	    xcalloc(facts_rows(f, FACTS_NODE), sizeof *counts);
	uint32_t *list;
	size_t n;

	context_hold(d->c, counts, free);
	list = duties_list(d->duties, f, &d->query, 0, &n);
	context_hold(d->c, list, free);
	for (size_t i = 0; i < units.n; i++)
		counts[units.at[i]][0] = !unassigned[units.at[i]];
	for (size_t i = 0; i < n; i++) {
		const struct duty *duty = &d->duties->rows[list[i]];
		uint32_t node = facts_path_node(f, duty->path, level);

		if (node == FACTS_NO_ROW)
			continue;
		counts[node][0] = 1; /* the mark that it is shown */
		counts[node][duty->bucket]++;
	}
	countdown_units_write(d, counts);
}

static void
countdown_by(struct countdown *d)
{
	const struct query *q = &d->query;

	json_key(&d->c->json, "by_rows");
	json_array(&d->c->json);
	if (q->by_n == 1)
		countdown_units(d, (int)q->by[0] + 1);
	json_array_end(&d->c->json);
}

/* --- writing --------------------------------------------------------- */

static void
countdown_refer(struct countdown *d, const char *version)
{
	struct context *c = d->c;
	char id[HISTORY_CLOCK];
	const struct refer refer = {
	    .kind = REFCODE_COUNTDOWN,
	    .subject = history_clock_id(d->clock->id, id),
	    .version = version,
	    .as_of = d->as_of,
	    .query = &d->query,
	    .view = (int)context_number(c, API_BUCKET, 0),
	};

	if (context_text(c, API_Q) != NULL)
		json_kv_string(&c->json, "ref", NULL);
	else
		refer_member(c, &refer);
}

static void
countdown_head(struct countdown *d)
{
	int64_t counts[BUCKET_END] = {0};
	struct context *c = d->c;
	char version[CLOCK_VERSION];

	duties_count(d->duties, c->facts, &d->query, counts);
	shape_about(c);
	shape_duty_clock(c, "clock", d->clock);
	shape_node(c, "at", d->query.at);
	shape_path(c, d->query.at, d->as_of);
	json_kv_date(&c->json, "as_of", d->as_of);
	clock_version(d->measures, d->clock->id, version);
	json_kv_string(&c->json, "version", version);
	shape_where(c, &d->query);
	countdown_refer(d, version);
	shape_duty_buckets(c, counts);
}

bool
countdown_answer(struct context *c)
{
	int clock = (int)context_number(c, API_CLOCK, 0);
	struct countdown d = {.c = c, .list = countdown_list};

	if (clock >= DUES_FIRST)
		return dues_countdown(c, clock);
	if (context_text(c, API_MONITOR) != NULL)
		return context_refuse(c, ERR_BAD_VALUE, API_MONITOR,
		    _("these duties are children's: they have workers"));
	if (!countdown_read(&d) || !rights_may(c, d.query.at, RIGHT_CHILDREN))
		return false;
	if (d.query.by_n > 1 ||
	    (d.query.by_n == 1 && !attribute_is_level(d.query.by[0])))
		return context_refuse(c, ERR_BAD_VALUE, API_BY,
		    _("duties are counted by one level of the tree"));
	d.duties = scope_duties(c, d.measures, d.clock->id, d.as_of);
	d.list.of = &d;
	countdown_collect(&d);
	if (!listing_turn(c, &d.list) || !countdown_looked(&d))
		return false;
	countdown_head(&d);
	listing_write(c, &d.list);
	countdown_by(&d);
	return true;
}
