#include "service/draw.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "base/i18n.h"

/* --- reading what was recorded --------------------------------------- */

/* The numbers of a rule, by name. */
static const struct {
	const char *name;
	size_t at;
} numbers[] = {
#define NUMBER(member)                                        \
	{                                                     \
#member, offsetof(struct sample_rule, member) \
	}
    NUMBER(current_all),
    NUMBER(current_least),
    NUMBER(current_percent),
    NUMBER(current_most),
    NUMBER(discharged),
    NUMBER(discharged_months),
    NUMBER(staff),
    NUMBER(medication),
    NUMBER(reserves),
#undef NUMBER
};

#define NUMBERS (sizeof numbers / sizeof *numbers)

static void
read_rule(struct sample_rule *rule, const cJSON *o)
{
	for (size_t i = 0; i < NUMBERS; i++) {
		int64_t n = 0;

		json_get_int(o, numbers[i].name, &n);
		*(int *)(void *)((char *)rule + numbers[i].at) = (int)n;
	}
}

static const char *
plain(const cJSON *o, const char *name)
{
	const char *text = json_get_string(o, name);

	return text != NULL ? text : "";
}

static enum unit
unit_of(const cJSON *o)
{
	const char *word = plain(o, "unit");

	return unit_find(word, strlen(word));
}

static void
read_frame(struct context *c, struct draw *d, const cJSON *list)
{
	size_t n = (size_t)cJSON_GetArraySize(list), i = 0;
	struct frame_row *rows = arena_alloc(&c->arena, (n + 1) * sizeof *rows);
	const cJSON *o;

	cJSON_ArrayForEach(o, list)
	{
		rows[i++] = (struct frame_row){.unit = unit_of(o),
		    .key = plain(o, "key"),
		    .site = plain(o, "site"),
		    .department = plain(o, "department"),
		    .left = body_date(o, "left"),
		    .hired = body_date(o, "hired"),
		    .social_worker = body_bool(o, "social_worker"),
		    .psychotropic = body_bool(o, "psychotropic")};
	}
	d->frame = (struct frame){rows, i, d->from, d->on};
}

static void
read_picks(struct context *c, struct draw *d, const cJSON *list)
{
	size_t n = (size_t)cJSON_GetArraySize(list), i = 0;
	struct pick *picks = arena_alloc(&c->arena, (n + 1) * sizeof *picks);
	const cJSON *o;

	cJSON_ArrayForEach(o, list)
	{
		struct pick *p = &picks[i++];
		int64_t order = 0;

		*p = (struct pick){
		    .unit = unit_of(o), .drawn = drawn_find(plain(o, "drawn"))};
		snprintf(p->key, sizeof p->key, "%s", plain(o, "key"));
		json_get_int(o, "order", &order);
		p->order = (int)order;
	}
	d->drawn = (struct sample){.picks = picks, .n = i, .seed = d->seed};
}

bool
draw_apply(struct draw *d, const struct draw_change *change, struct err *err)
{
	const char *instead;

	return change->added ? sample_add(&d->sample, change->unit, change->key,
				   change->why, err)
			     : sample_replace(&d->sample, change->unit,
				   change->key, change->why, &instead, err);
}

/* The sample as it stands: with room for what is added, for a request's
 * memory does not grow; one more for a change that is being made. */
static bool
read_changes(struct context *c, struct draw *d, const cJSON *list)
{
	size_t n = (size_t)cJSON_GetArraySize(list), i = 0;
	struct draw_change *changes =
	    arena_alloc(&c->arena, (n + 1) * sizeof *changes);
	const cJSON *o;

	d->sample = d->drawn;
	d->sample.cap = d->drawn.n + n + 1;
	d->sample.picks =
	    arena_alloc(&c->arena, d->sample.cap * sizeof *d->sample.picks);
	if (d->drawn.n > 0)
		memcpy(d->sample.picks, d->drawn.picks,
		    d->drawn.n * sizeof *d->drawn.picks);
	d->changes = changes;
	cJSON_ArrayForEach(o, list)
	{
		changes[i] = (struct draw_change){.unit = unit_of(o),
		    .key = plain(o, "key"),
		    .why = plain(o, "why"),
		    .by = plain(o, "by"),
		    .added = body_bool(o, "added"),
		    .on = body_date(o, "on")};
		if (!draw_apply(d, &changes[i++], &c->err))
			return false;
	}
	d->changes_n = n;
	return true;
}

bool
draw_read(struct context *c, const char *review, struct draw **draw)
{
	const struct paper *p;
	int64_t generation = 0;
	struct draw *d;

	*draw = NULL;
	if (!papers_one(c, PAPER_DRAW, review, &p))
		return false;
	if (p == NULL)
		return true;
	d = arena_alloc(&c->arena, sizeof *d);
	json_get_int(p->body, "generation", &generation);
	*d = (struct draw){.on = body_date(p->body, "on"),
	    .from = body_date(p->body, "from"),
	    .generation = (uint32_t)generation,
	    .source = plain(p->body, "source"),
	    .by = p->by,
	    .at_ms = p->at_ms,
	    .version = p->version,
	    .seed = strtoull(plain(p->body, "seed"), NULL, 16),
	    .instrument = plain(p->body, "instrument"),
	    .hash = plain(p->body, "hash")};
	read_rule(&d->rule, cJSON_GetObjectItem(p->body, "rule"));
	read_frame(c, d, cJSON_GetObjectItem(p->body, "frame"));
	read_picks(c, d, cJSON_GetObjectItem(p->body, "picks"));
	if (!read_changes(c, d, cJSON_GetObjectItem(p->body, "changes")))
		return err_prefix(&c->err, "draw %s", review);
	*draw = d;
	return true;
}

/* --- writing it ------------------------------------------------------ */

static void
write_rule(struct json *j, const struct sample_rule *rule)
{
	json_key(j, "rule");
	json_object(j);
	for (size_t i = 0; i < NUMBERS; i++)
		json_kv_int(j, numbers[i].name,
		    *(const int *)(const void *)((const char *)rule +
						 numbers[i].at));
	json_object_end(j);
}

static void
write_frame(struct json *j, const struct frame *f)
{
	json_key(j, "frame");
	json_array(j);
	for (size_t i = 0; i < f->n; i++) {
		const struct frame_row *r = &f->rows[i];

		json_object(j);
		json_kv_string(j, "unit", unit_word(r->unit));
		json_kv_string(j, "key", r->key);
		json_kv_string(j, "site", r->site);
		json_kv_string(j, "department", r->department);
		json_kv_date(j, "left", r->left);
		json_kv_date(j, "hired", r->hired);
		json_kv_bool(j, "social_worker", r->social_worker);
		json_kv_bool(j, "psychotropic", r->psychotropic);
		json_object_end(j);
	}
	json_array_end(j);
}

static void
draw_write_picks(struct json *j, const struct sample *s)
{
	json_key(j, "picks");
	json_array(j);
	for (size_t i = 0; i < s->n; i++) {
		const struct pick *p = &s->picks[i];

		json_object(j);
		json_kv_string(j, "unit", unit_word(p->unit));
		json_kv_string(j, "key", p->key);
		json_kv_string(j, "drawn", drawn_word(p->drawn));
		json_kv_int(j, "order", p->order);
		json_object_end(j);
	}
	json_array_end(j);
}

static void
write_changes(struct json *j, const struct draw *d)
{
	json_key(j, "changes");
	json_array(j);
	for (size_t i = 0; i < d->changes_n; i++) {
		const struct draw_change *o = &d->changes[i];

		json_object(j);
		json_kv_string(j, "unit", unit_word(o->unit));
		json_kv_string(j, "key", o->key);
		json_kv_bool(j, "added", o->added);
		json_kv_string(j, "why", o->why);
		json_kv_string(j, "by", o->by);
		json_kv_date(j, "on", o->on);
		json_object_end(j);
	}
	json_array_end(j);
}

void
draw_members(struct json *j, const struct draw *d)
{
	char seed[17];

	snprintf(seed, sizeof seed, "%016llx", (unsigned long long)d->seed);
	json_kv_date(j, "on", d->on);
	json_kv_date(j, "from", d->from);
	json_kv_int(j, "generation", d->generation);
	json_kv_string(j, "source", d->source);
	json_kv_string(j, "instrument", d->instrument);
	json_kv_string(j, "hash", d->hash);
	json_kv_string(j, "seed", seed);
	write_rule(j, &d->rule);
	draw_write_picks(j, &d->sample);
	write_changes(j, d);
}

void
draw_write(struct buf *out, const struct draw *d)
{
	struct json j;

	json_begin(&j, out);
	json_object(&j);
	draw_members(&j, d);
	write_frame(&j, &d->frame);
	json_object_end(&j);
}

/* --- drawing again --------------------------------------------------- */

static bool
same_pick(const struct pick *a, const struct pick *b)
{
	return a->unit == b->unit && strcmp(a->key, b->key) == 0 &&
	       a->drawn == b->drawn && a->order == b->order;
}

static const char *
pick_words(struct context *c, const struct pick *p)
{
	return p == NULL ? _("nobody")
			 : arena_printf(&c->arena, "%s %s (%s %d)",
			       unit_word(p->unit), p->key, drawn_word(p->drawn),
			       p->order);
}

size_t
draw_differences(
    struct context *c, const struct draw *d, const char **list, size_t most)
{
	struct sample again;
	struct err err;
	size_t n = 0, longest;

	if (!sample_draw(&again, &d->rule, &d->frame, d->seed, &err)) {
		list[0] = arena_printf(&c->arena, "%s", err.text);
		return 1;
	}
	longest = again.n > d->drawn.n ? again.n : d->drawn.n;
	for (size_t i = 0; i < longest && n < most; i++) {
		const struct pick *a =
		    i < d->drawn.n ? &d->drawn.picks[i] : NULL;
		const struct pick *b = i < again.n ? &again.picks[i] : NULL;

		if (a == NULL || b == NULL || !same_pick(a, b))
			list[n++] = arena_printf(&c->arena,
			    _("%zu: recorded is %s, drawn again %s"), i + 1,
			    pick_words(c, a), pick_words(c, b));
	}
	sample_free(&again);
	return n;
}
