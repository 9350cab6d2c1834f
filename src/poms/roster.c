#include "poms/roster.h"

#include <string.h>

#include "base/i18n.h"
#include "base/json.h"

struct roster {
	struct change *out;
	const struct stamp *stamp;
	const char *review;
};

static const char *
roster_text(struct roster *r, const cJSON *object, const char *key)
{
	const char *text = json_get_string(object, key);

	return text == NULL ? ""
			    : arena_strndup(&r->out->arena, text, strlen(text));
}

static struct event *
roster_event(struct roster *r, enum event_kind kind)
{
	struct change *c = r->out;
	struct event *e;

	grow(&c->list, &c->cap, c->n + 1, sizeof *c->list);
	e = &c->list[c->n++];
	*e = event_make(kind);
	e->flags = EVENT_PACKET;
	e->review = r->review;
	e->sequence = c->n;
	e->group = 1;
	e->who = r->stamp->who;
	e->wall_ms = r->stamp->wall_ms;
	e->mono_ms = r->stamp->mono_ms;
	return e;
}

static bool
roster_bad(struct err *err, const char *what)
{
	return err_set(
	    err, ERR_CORRUPT, _("the packet's roster: bad %s"), what);
}

static bool
roster_kind(const cJSON *object, enum unit *kind, struct err *err)
{
	const char *word = json_get_string(object, "kind");

	*kind = word != NULL ? unit_find(word, strlen(word)) : UNITS;
	return *kind != UNITS || roster_bad(err, "kind");
}

static bool
roster_unit(struct roster *r, const cJSON *object, struct err *err)
{
	const cJSON *fact,
	    *facts = cJSON_GetObjectItemCaseSensitive(object, "facts");
	const char *key = roster_text(r, object, "key");
	const char *parent = roster_text(r, object, "parent");
	enum unit kind;
	struct event *e;

	if (!roster_kind(object, &kind, err))
		return false;
	if ((*key == '\0') != (kind == UNIT_AG))
		return roster_bad(err, "key");
	if (kind != UNIT_AG) {
		e = roster_event(r, EVENT_UNIT);
		e->unit = kind;
		e->key = key;
		e->parent = parent;
	}
	cJSON_ArrayForEach(fact, facts)
	{
		enum fact f = fact_find(fact->string, strlen(fact->string));

		if (f == FACTS || !cJSON_IsString(fact))
			return roster_bad(err, fact->string);
		e = roster_event(r, EVENT_UNIT);
		e->unit = kind;
		e->key = key;
		e->parent = parent;
		e->fact = f;
		e->text = arena_strndup(&r->out->arena, fact->valuestring,
		    strlen(fact->valuestring));
	}
	return true;
}

static bool
roster_state(const char *word, enum response_state *state)
{
	for (int i = 0; i < ANSWER_STATES; i++) {
		*state = (enum response_state)i;
		if (strcmp(response_state_word(*state), word) == 0)
			return true;
	}
	return false;
}

static bool
roster_fed(struct roster *r, const cJSON *object, struct err *err)
{
	const char *state = json_get_string(object, "state");
	enum unit kind;
	struct event *e;

	if (!roster_kind(object, &kind, err))
		return false;
	e = roster_event(r, EVENT_FED);
	e->unit = kind;
	e->key = roster_text(r, object, "key");
	e->question = roster_text(r, object, "question");
	e->text = roster_text(r, object, "source");
	e->new.state = ANSWER_VALUE;
	if (state != NULL && !roster_state(state, &e->new.state))
		return roster_bad(err, "state");
	e->new.value = roster_text(r, object, "value");
	if (*e->question == '\0')
		return roster_bad(err, "question");
	return true;
}

static bool
roster_list(struct roster *r, const cJSON *json, const char *name,
    bool (*each)(struct roster *r, const cJSON *object, struct err *err),
    struct err *err)
{
	const cJSON *list = cJSON_GetObjectItemCaseSensitive(json, name), *o;

	if (list != NULL && !cJSON_IsArray(list))
		return roster_bad(err, name);
	cJSON_ArrayForEach(o, list)
	{
		if (!each(r, o, err))
			return false;
	}
	return true;
}

bool
roster_read(struct change *out, const char *text, size_t len,
    const struct stamp *stamp, struct err *err)
{
	cJSON *json = json_parse(text, len, ROSTER_MAX, err);
	struct roster r = {.out = out, .stamp = stamp};
	bool ok = false;

	if (json == NULL) {
		err->code = ERR_CORRUPT;
		return false;
	}
	r.review = roster_text(&r, json, "review");
	if (*r.review == '\0')
		roster_bad(err, "review");
	else
		ok = roster_list(&r, json, "units", roster_unit, err) &&
		     roster_list(&r, json, "fed", roster_fed, err);
	for (size_t i = 0; ok && i < out->n; i++)
		ok = event_valid(&out->list[i], err);
	cJSON_Delete(json);
	return ok;
}
