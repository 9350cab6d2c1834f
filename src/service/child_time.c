#include "service/child_time.h"

#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "base/i18n.h"
#include "proto/resources.h"
#include "service/shape.h"

struct timeline {
	struct context *c;
	const struct facts *f;
	uint32_t child;
	int32_t as_of;
	struct api_event *events;
	size_t n, cap;
};

/* What had not begun by the day is not known on it, nor is an end after it. */
static void
time_add(struct timeline *t, struct api_event e)
{
	if (!date_known(e.date) || e.date > t->as_of)
		return;
	if (e.end > t->as_of)
		e.end = DATE_NEVER;
	grow(&t->events, &t->cap, t->n + 1, sizeof *t->events);
	t->events[t->n++] = e;
}

static const char *
time_label(int codes, int code)
{
	const char *label = code_label(&codesets[codes], code);

	return *label != '\0' ? _(label) : _("not known");
}

static void
time_placements(struct timeline *t, uint32_t removal)
{
	struct facts_range r = facts_removal_placements(t->f, removal);
	const int32_t *start = facts_i32(t->f, FACTS_PLACEMENT_START);
	const int32_t *stop = facts_i32(t->f, FACTS_PLACEMENT_STOP);
	const uint8_t *setting = facts_u8(t->f, FACTS_PLACEMENT_SETTING);

	for (uint32_t i = r.first; i < r.end; i++)
		time_add(t, (struct api_event){start[i], stop[i], "placement",
				shape_word(CODES_SETTING, setting[i]),
				time_label(CODES_SETTING, setting[i])});
}

static void
time_removals(struct timeline *t)
{
	const int32_t *in = facts_i32(t->f, FACTS_REMOVAL_DATE);
	const int32_t *out = facts_i32(t->f, FACTS_REMOVAL_DISCHARGE);
	const uint8_t *why = facts_u8(t->f, FACTS_REMOVAL_WHY_OUT);
	uint32_t n;
	const uint32_t *rows = facts_child_removals(t->f, t->child, &n);

	for (uint32_t i = 0; i < n; i++) {
		uint32_t row = rows[i];

		time_add(t, (struct api_event){in[row], out[row], "removal",
				"removal", _("in care")});
		time_add(t, (struct api_event){out[row], DATE_NEVER, "removal",
				"discharge",
				arena_printf(&t->c->arena, _("left care: %s"),
				    time_label(CODES_DISCHARGE, why[row]))});
		time_placements(t, row);
	}
}

static void
time_goals(struct timeline *t)
{
	struct facts_range r = facts_child_rows(t->f, FACTS_GOALS, t->child);
	const int32_t *start = facts_i32(t->f, FACTS_GOALS_START);
	const uint8_t *goal = facts_u8(t->f, FACTS_GOALS_GOAL);

	for (uint32_t i = r.first; i < r.end; i++)
		time_add(t, (struct api_event){start[i],
				i + 1 < r.end ? start[i + 1] : DATE_NEVER,
				"goal", shape_word(CODES_GOAL, goal[i]),
				time_label(CODES_GOAL, goal[i])});
}

static void
time_legal(struct timeline *t)
{
	struct facts_range r = facts_child_rows(t->f, FACTS_LEGALS, t->child);
	const int32_t *date = facts_i32(t->f, FACTS_LEGALS_DATE);
	const uint8_t *event = facts_u8(t->f, FACTS_LEGALS_EVENT);

	for (uint32_t i = r.first; i < r.end; i++) {
		const char *detail = facts_str(t->f, FACTS_LEGALS_DETAIL, i);
		const char *label = time_label(CODES_LEGAL, event[i]);

		time_add(
		    t, (struct api_event){date[i], DATE_NEVER, "legal",
			   shape_word(CODES_LEGAL, event[i]),
			   detail[0] == '\0' ? label
					     : arena_printf(&t->c->arena,
						   "%s: %s", label, detail)});
	}
}

static void
time_meetings(struct timeline *t)
{
	struct facts_range r = facts_child_rows(t->f, FACTS_MEETING, t->child);
	const int32_t *date = facts_i32(t->f, FACTS_MEETING_DATE);
	const uint8_t *pprt = facts_u8(t->f, FACTS_MEETING_PPRT);

	for (uint32_t i = r.first; i < r.end; i++) {
		const char *kind = facts_str(t->f, FACTS_MEETING_KIND, i);

		time_add(
		    t, (struct api_event){date[i], DATE_NEVER, "meeting", kind,
			   pprt[i] != 0 ? _("review held (PPRT)")
					: arena_printf(&t->c->arena,
					      _("meeting: %s"), kind)});
	}
}

static void
time_assignments(struct timeline *t)
{
	struct facts_range r = facts_child_rows(t->f, FACTS_ASSIGN, t->child);
	const int32_t *start = facts_i32(t->f, FACTS_ASSIGN_START);
	const int32_t *stop = facts_i32(t->f, FACTS_ASSIGN_STOP);
	const uint32_t *path = facts_u32(t->f, FACTS_ASSIGN_PATH);

	for (uint32_t i = r.first; i < r.end; i++) {
		uint32_t node = facts_path_node(t->f, path[i], LEVEL_WORKER);

		if (node != FACTS_NO_ROW)
			time_add(t,
			    (struct api_event){start[i], stop[i], "assignment",
				facts_str(t->f, FACTS_NODE_ID, node),
				facts_str(t->f, FACTS_NODE_NAME, node)});
	}
}

static void
time_month(struct timeline *t, int32_t month, unsigned visits)
{
	if (visits > 0)
		time_add(t, (struct api_event){month, date_month_end(month),
				"visit", "visits",
				arena_printf(&t->c->arena,
				    ngettext("%u visit", "%u visits", visits),
				    visits)});
}

static void
time_visits(struct timeline *t)
{
	struct facts_range r = facts_child_rows(t->f, FACTS_VISITS, t->child);
	const int32_t *date = facts_i32(t->f, FACTS_VISITS_DATE);
	int32_t month = DATE_MISSING;
	unsigned visits = 0;

	for (uint32_t i = r.first; i < r.end; i++) {
		if (!date_known(date[i]) || date[i] > t->as_of)
			continue;
		if (date_month_start(date[i]) != month) {
			time_month(t, month, visits);
			month = date_month_start(date[i]);
			visits = 0;
		}
		visits++;
	}
	time_month(t, month, visits);
}

/* By date; on one day the lanes stand in the order in which they were added,
 * which the end and the lane's name settle well enough. */
static int
time_compare(const void *a, const void *b)
{
	const struct api_event *x = a, *y = b;
	int lane;

	if (x->date != y->date)
		return x->date < y->date ? -1 : 1;
	lane = strcmp(y->lane, x->lane); /* removal before placement */
	return lane != 0 ? lane : (x->end > y->end) - (x->end < y->end);
}

void
child_time(struct context *c, uint32_t child, int32_t as_of)
{
	struct timeline t = {
	    .c = c, .f = c->facts, .child = child, .as_of = as_of};

	time_removals(&t);
	time_goals(&t);
	time_legal(&t);
	time_meetings(&t);
	time_assignments(&t);
	time_visits(&t);
	if (t.n > 0)
		qsort(t.events, t.n, sizeof *t.events, time_compare);
	json_key(&c->json, "timeline");
	json_array(&c->json);
	for (size_t i = 0; i < t.n; i++)
		api_object(&c->json, API_RESOURCE_event, &t.events[i]);
	json_array_end(&c->json);
	free(t.events);
}
