/* GET /v1/reviews/{id}/roster: who came, left or changed since the sample was
 * drawn. The sample stays as it is (offline.md, promise 24). */
#include "service/handlers.h"

#include <string.h>

#include "base/date.h"
#include "base/i18n.h"
#include "proto/codes.h"
#include "service/draw.h"
#include "service/frame.h"
#include "service/rights.h"
#include "service/shape.h"

/* A roster with the snapshot that it is of. */
struct side {
	const struct census_roster *roster;
	const struct facts *facts;
	int32_t on;
};

struct comparing {
	struct context *c;
	const struct draw *draw;
	struct side then, now;
};

static const char *
key_of(const struct side *s, const struct census_child *k)
{
	return facts_str(s->facts, FACTS_CHILD_ID, k->child);
}

static const struct census_child *
find(const struct side *s, const char *key)
{
	for (size_t i = 0; i < s->roster->current_n; i++)
		if (strcmp(key_of(s, &s->roster->current[i]), key) == 0)
			return &s->roster->current[i];
	return NULL;
}

/* A child that left is among those who left now. */
static int32_t
left_on(const struct side *s, const char *key)
{
	for (size_t i = 0; i < s->roster->discharged_n; i++)
		if (strcmp(key_of(s, &s->roster->discharged[i]), key) == 0)
			return s->roster->discharged[i].left;
	return DATE_MISSING;
}

struct change_row {
	const char *key, *change, *fact, *was, *is;
};

static void
tell(struct comparing *k, const struct change_row *row)
{
	const struct pick *p = sample_find(&k->draw->sample, UNIT_CC, row->key);
	const struct api_roster_change r = {
	    .unit = "CC",
	    .key = row->key,
	    .drawn = p != NULL ? drawn_word(p->drawn) : NULL,
	    .change = row->change,
	    .fact = row->fact,
	    .was = row->was,
	    .is = row->is,
	};

	api_object(&k->c->json, API_RESOURCE_roster_change, &r);
}

static const char *
day_text(struct comparing *k, int32_t day)
{
	char text[DATE_TEXT];

	if (!date_known(day))
		return NULL;
	date_format(day, text);
	return arena_strndup(&k->c->arena, text, DATE_TEXT - 1);
}

static void
tell_day(struct comparing *k, const char *key, const char *name, int32_t was,
    int32_t is)
{
	if (was != is)
		tell(k, &(struct change_row){key, "fact", name,
			    day_text(k, was), day_text(k, is)});
}

static void
compare_child(struct comparing *k, const char *key,
    const struct census_child *was, const struct census_child *is)
{
	static const char *const known[] = {NULL, "N", "Y"};

	if (strcmp(was->site, is->site) != 0)
		tell(k, &(struct change_row){
			    key, "moved", "site", was->site, is->site});
	tell_day(k, key, "birth_date",
	    facts_i32(k->then.facts, FACTS_CHILD_BIRTH)[was->child],
	    facts_i32(k->now.facts, FACTS_CHILD_BIRTH)[is->child]);
	tell_day(k, key, "placed", was->placed, is->placed);
	if (was->department != is->department)
		tell(k, &(struct change_row){key, "fact", "department",
			    shape_word(CODES_DEPARTMENT, was->department),
			    shape_word(CODES_DEPARTMENT, is->department)});
	if (was->psychotropic != is->psychotropic)
		tell(k, &(struct change_row){key, "fact", "psychotropic",
			    known[was->psychotropic], known[is->psychotropic]});
}

static void
compare(struct comparing *k)
{
	const struct census_roster *then = k->then.roster;
	const struct census_roster *now = k->now.roster;

	for (size_t i = 0; i < then->current_n; i++) {
		const char *key = key_of(&k->then, &then->current[i]);
		const struct census_child *is = find(&k->now, key);

		if (is != NULL)
			compare_child(k, key, &then->current[i], is);
		else
			tell(k, &(struct change_row){key, "left", "left", NULL,
				    day_text(k, left_on(&k->now, key))});
	}
	for (size_t i = 0; i < now->current_n; i++) {
		const char *key = key_of(&k->now, &now->current[i]);

		if (find(&k->then, key) == NULL)
			tell(k, &(struct change_row){key, "came", "placed",
				    NULL, day_text(k, now->current[i].placed)});
	}
}

/* The roster of a snapshot on a day. */
static bool
read_side(struct comparing *k, const char *provider, struct side *s, int32_t on)
{
	const struct frame_ask ask = {
	    .provider = provider, .from = k->draw->from, .on = on};

	s->facts = k->c->facts;
	s->on = on;
	return frame_roster(k->c, &ask, &s->roster);
}

static bool
read_sides(struct comparing *k, const char *provider)
{
	struct snap *snap;

	if (!context_facts(k->c) ||
	    !read_side(
		k, provider, &k->now, facts_about(k->c->facts)->data_through) ||
	    !context_take(k->c, k->draw->generation, API_GENERATION, &snap))
		return false;
	context_look(k->c, snap);
	return read_side(k, provider, &k->then, k->draw->on);
}

bool
roster_answer(struct context *c)
{
	struct comparing k = {.c = c};
	const struct plan_row *row;
	struct draw *draw;
	struct plan plan;

	if (!rights_may(c, FACTS_NO_ROW, RIGHT_REVIEWS) ||
	    !plan_review(c, context_text(c, API_PATH_ID), &plan, &row) ||
	    !draw_read(c, row->api.id, &draw))
		return false;
	if (draw == NULL)
		return err_set(&c->err, ERR_NO_ANSWER,
		    _("no sample was drawn for %s"), row->api.id);
	k.draw = draw;
	if (!read_sides(&k, row->api.provider))
		return false;
	json_kv_string(&c->json, "review", row->api.id);
	json_kv_string(&c->json, "packet", row->api.packet);
	json_kv_date(&c->json, "then", k.then.on);
	json_kv_date(&c->json, "now", k.now.on);
	json_key(&c->json, "changes");
	json_array(&c->json);
	compare(&k);
	json_array_end(&c->json);
	return true;
}
