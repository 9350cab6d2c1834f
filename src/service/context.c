#include "service/context.h"

#include <string.h>

#include "base/i18n.h"

struct held {
	void *data;
	void (*end)(void *data);
	struct cache_entry *entry; /* or this one, to be released */
	struct held *next;
};

void
context_init(struct context *c, struct service *svc,
    const struct request *request, struct buf *body)
{
	*c = (struct context){.svc = svc, .request = request, .status = 200};
	json_begin(&c->json, body);
}

void
context_fini(struct context *c)
{
	for (struct held *h = c->held; h != NULL; h = h->next) {
		if (h->entry != NULL)
			cache_release(c->svc->cache, h->entry);
		else
			h->end(h->data);
	}
	arena_free(&c->arena);
}

static struct held *
context_held(struct context *c)
{
	struct held *h = arena_alloc(&c->arena, sizeof *h);

	*h = (struct held){.next = c->held};
	c->held = h;
	return h;
}

void
context_hold(struct context *c, void *data, void (*end)(void *data))
{
	struct held *h = context_held(c);

	h->data = data;
	h->end = end;
}

static void *
context_entry(struct context *c, struct cache_entry *e)
{
	context_held(c)->entry = e;
	return cache_data(e);
}

void *
context_cached(struct context *c, const char *key)
{
	struct cache_entry *e = cache_find(c->svc->cache, key);

	return e != NULL ? context_entry(c, e) : NULL;
}

void *
context_remember(
    struct context *c, const char *key, const struct cache_value *value)
{
	struct cache_value v = *value;

	v.snap = snap_hold(c->svc->snaps, c->snap);
	return context_entry(c, cache_put(c->svc->cache, key, &v));
}

struct context_snap {
	struct snaps *snaps;
	struct snap *snap;
};

static void
context_drop(void *data)
{
	struct context_snap *s = data;

	snap_drop(s->snaps, s->snap);
}

bool
context_take(struct context *c, uint32_t generation, enum api_param_id param,
    struct snap **snap)
{
	struct context_snap *s;
	bool changed;

	*snap = snaps_take(c->svc->snaps, generation, &changed, &c->err);
	if (*snap == NULL && c->err.code == ERR_NO_SUCH_GENERATION)
		return context_refuse(c, c->err.code, param,
		    _("/v1/status names the generations"));
	if (*snap == NULL)
		return false;
	s = arena_alloc(&c->arena, sizeof *s);
	*s = (struct context_snap){c->svc->snaps, *snap};
	context_hold(c, s, context_drop);
	if (changed)
		cache_keep(c->svc->cache, (*snap)->generation);
	return true;
}

void
context_look(struct context *c, struct snap *snap)
{
	c->snap = snap;
	c->facts = snap->facts;
}

bool
context_facts(struct context *c)
{
	struct snap *snap;

	if (c->snap != NULL)
		return true;
	if (!context_take(c, (uint32_t)context_number(c, API_GENERATION, 0),
		API_GENERATION, &snap))
		return false;
	context_look(c, snap);
	return true;
}

bool
context_has_facts(struct context *c)
{
	struct err err = c->err;
	bool has = context_facts(c);

	c->err = err;
	return has;
}

bool
context_refuse(struct context *c, enum err_code code, enum api_param_id param,
    const char *hint)
{
	c->params.fault.field =
	    param < API_PARAMS ? api_params[param].name : NULL;
	c->params.fault.hint = hint;
	return err_set(&c->err, code, "%s", _(err_message(code)));
}
