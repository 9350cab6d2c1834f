#include "service/shape_duty.h"

#include "base/date.h"
#include "base/i18n.h"
#include "service/shape.h"

const struct listing_column shape_duty_columns[] = {
    {"child_id", LISTING_TEXT, false},
    {"due", LISTING_TEXT, false},
    {"days", LISTING_TEXT, false},
    {"state", CODES_DUTY, false},
    {"name", LISTING_TEXT, false},
    {"worker", LISTING_TEXT, false},
    {"start", LISTING_TEXT, false},
    {"start_event", LISTING_TEXT, true},
    {0},
};

static const char *
shape_duty_node(const struct context *c, const struct duty *duty, int level,
    enum facts_column column)
{
	uint32_t node = facts_path_node(c->facts, duty->path, level);

	return node != FACTS_NO_ROW ? facts_str(c->facts, column, node) : NULL;
}

static void
shape_duty_story_end(void *data)
{
	duty_story_free(data);
}

const char *
shape_duty_key(struct context *c, const struct duties *d, size_t i)
{
	const char *id = duty_id(d, c->facts, i);
	uint32_t service;

	if (d->over != OVER_SERVED)
		return id;
	service = facts_u32(c->facts, FACTS_SERVED_SERVICE)[d->rows[i].row];
	return arena_printf(&c->arena, "%s~%s", id,
	    service != FACTS_NO_ROW
		? facts_str(c->facts, FACTS_SERVICE_ID, service)
		: "");
}

const char *
shape_duty_name(struct context *c, const struct duty *duty)
{
	return duty->child != FACTS_NO_ROW ? shape_name(c, duty->child) : NULL;
}

/* Days say something only while the duty is open. */
struct api_duty
shape_duty_row(struct context *c, const struct duties *d, size_t i)
{
	const struct duty *duty = &d->rows[i];

	return (struct api_duty){
	    .clock = shape_word(CODES_CLOCK, d->clock),
	    .key = shape_duty_key(c, d, i),
	    .child_id = duty->child != FACTS_NO_ROW
			    ? shape_child_id(c, duty->child)
			    : NULL,
	    .name = shape_duty_name(c, duty),
	    .node = shape_duty_node(c, duty, LEVEL_WORKER, FACTS_NODE_ID),
	    .unit = shape_duty_node(c, duty, LEVEL_UNIT, FACTS_NODE_NAME),
	    .worker = shape_duty_node(c, duty, LEVEL_WORKER, FACTS_NODE_NAME),
	    .due = duty->due,
	    .days = duty_open(duty) ? duty->days : API_NULL,
	    .bucket = shape_word(CODES_BUCKET, duty->bucket),
	    .state = shape_word(CODES_DUTY, duty->state),
	    .start = duty->start,
	};
}

static struct duty_story *
shape_duty_story(struct context *c, const struct duties *d, size_t i)
{
	struct duty_story *story = duty_explain(c->facts, d, i);

	context_hold(c, story, shape_duty_story_end);
	return story;
}

void
shape_duty(struct context *c, const struct duties *d, size_t i)
{
	struct duty_story *story = shape_duty_story(c, d, i);
	struct api_duty r = shape_duty_row(c, d, i);

	r.start_event = story->start_event;
	json_object(&c->json);
	api_members(&c->json, API_RESOURCE_duty, &r);
	shape_strings(
	    c, "why", (const char *const *)story->lines, (int)story->lines_n);
	json_object_end(&c->json);
}

void
shape_duty_clock(
    struct context *c, const char *key, const struct clock_about *clock)
{
	const struct api_clock r = {
	    .id = shape_word(CODES_CLOCK, clock->id),
	    .title = clock->title,
	    .short_title = clock->short_title,
	    .over = overs[clock_over(clock->id)].word,
	    .rule = clock->rule,
	    .citation = clock->citation,
	    .certainty = clock->certainty,
	    .stops = clock->stops,
	};

	json_key(&c->json, key);
	api_object(&c->json, API_RESOURCE_clock, &r);
}

void
shape_duty_buckets(struct context *c, const int64_t *counts)
{
	const struct codeset *set = &codesets[CODES_BUCKET];

	json_key(&c->json, "buckets");
	json_array(&c->json);
	for (int b = 1; b < BUCKET_END; b++) {
		const struct api_bucket r = {
		    .id = code_word(set, b),
		    .label = _(code_label(set, b)),
		    .count = counts[b],
		};

		api_object(&c->json, API_RESOURCE_bucket, &r);
	}
	json_array_end(&c->json);
}
