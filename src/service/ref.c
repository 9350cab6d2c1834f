/*
 * GET /v1/ref: what a reference code stands for. The answer names the request
 * that gives the very same figure, part by part what is still as it was, and
 * beside it the request for the present figure of the same kind.
 */
#include "service/handlers.h"

#include <stdio.h>
#include <string.h>

#include "base/date.h"
#include "base/i18n.h"
#include "measure/clock.h"
#include "service/differ.h"
#include "service/history.h"
#include "service/refer.h"
#include "service/rights.h"
#include "service/scope.h"
#include "service/shape.h"

enum state { SAME, CHANGED, GONE };
static const char *const state_words[] = {"same", "changed", "gone"};

#define PARTS (5 + REFCODE_FILTERS)

struct part {
	const char *part; /* "generation" */
	enum state state;
	const char *text; /* for people */
};

struct ref {
	struct context *c;
	struct refcode code;
	const char *subject, *version, *present, *other_version;
	const struct facts *facts; /* of the code's generation, or serving */
	struct part parts[PARTS];
	int parts_n;
	const char *at;	   /* node */
	const char *where; /* filters, as a parameter takes them */
	const char *by;
	const char *peers;
	bool gone; /* some part is */
};

static void
ref_part(struct ref *r, const char *part, enum state state, const char *text)
{
	r->parts[r->parts_n++] = (struct part){part, state, text};
	r->gone |= state == GONE;
}

/* --- generation ------------------------------------------------------ */

static const struct store_generation *
ref_find(const struct store_generations *all, uint32_t generation)
{
	for (size_t i = 0; i < all->n; i++)
		if (all->list[i].about.generation == generation)
			return &all->list[i];
	return NULL;
}

static void
ref_generation(struct ref *r, const struct store_generations *all)
{
	const struct store_generation *g = ref_find(all, r->code.generation);
	struct arena *arena = &r->c->arena;
	char day[DATE_TEXT];

	if (g == NULL || refer_mark(&g->about) != r->code.mark) {
		ref_part(r, "generation", GONE,
		    arena_printf(arena,
			_("generation %u of another store, or one that is "
			  "gone"),
			r->code.generation));
		return;
	}
	if (g->state == STORE_WITHDRAWN) {
		ref_part(r, "generation", GONE,
		    arena_printf(arena, _("generation %u was withdrawn"),
			r->code.generation));
		return;
	}
	ref_part(r, "generation", g->state == STORE_SERVING ? SAME : CHANGED,
	    arena_printf(arena,
		g->state == STORE_SERVING
		    ? _("generation %u, data through %s, is served")
		    : _("generation %u, data through %s; a later one is "
			"served"),
		r->code.generation, date_format(g->about.data_through, day)));
}

/* The snapshot in which the words are looked up: the code's own, or what is
 * served when that is gone. */
static bool
ref_facts(struct ref *r, const struct store_generations *all)
{
	struct snap *snap;

	ref_generation(r, all);
	if (!context_take(
		r->c, r->gone ? 0 : r->code.generation, API_CODE, &snap))
		return false;
	r->facts = snap->facts;
	return true;
}

/* --- definition ------------------------------------------------------ */

/* The version of an id that is in use; NULL when there is none. */
static const char *
ref_present(const struct history *h, const char *id)
{
	for (size_t i = 0; i < history_n(h); i++)
		if (history_at(h, i)->present &&
		    strcmp(history_at(h, i)->id, id) == 0)
			return history_at(h, i)->version;
	return NULL;
}

/* Rules of quality and limits of entry are the present ones; whether they say
 * what they said is told. */
static void
ref_rules(struct ref *r)
{
	struct context *c = r->c;
	const struct refcode *code = &r->code;
	const char *version;

	if (code->subject != 0) {
		r->subject = refer_subject(c, code);
		if (r->subject == NULL) {
			ref_part(r, "definition", GONE,
			    code->kind == REFCODE_ENTRY
				? _("a kind of event that is not known here")
				: _("a rule that is not known here"));
			return;
		}
	}
	version = refer_rules(c, code->kind, r->subject, code->to);
	if (refcode_hash(code->salt, version, REFCODE_VERSION) == code->version)
		ref_part(r, "definition", SAME,
		    r->subject != NULL ? r->subject : _("all rules"));
	else
		ref_part(r, "definition", CHANGED,
		    _("the rules have changed since; they are applied as "
		      "they are now"));
}

/* The agency's set of peers beside which units were compared. */
static void
ref_peers(struct ref *r)
{
	const struct refcode *code = &r->code;
	const struct peer_set *set, *now;

	if (!code->peered)
		return;
	set = refer_peers(r->c, code);
	r->peers = refer_peers_name(r->c, code);
	if (r->peers == NULL) {
		ref_part(r, "peers", GONE,
		    _("a set of peers that is not known here"));
		return;
	}
	now = measures_peers_on(r->c->svc->measures, r->peers, code->to);
	if (set != NULL && set == now)
		ref_part(r, "peers", SAME, set->title);
	else
		ref_part(r, "peers", GONE,
		    arena_printf(&r->c->arena,
			_("the set of peers %s as it was; it has changed "
			  "since"),
			r->peers));
}

static void
ref_definition(struct ref *r)
{
	struct context *c = r->c;

	if (r->code.kind == REFCODE_BOARD)
		return;
	if (r->code.kind == REFCODE_QUALITY || r->code.kind == REFCODE_ENTRY) {
		ref_rules(r);
		return;
	}
	r->subject = refer_subject(c, &r->code);
	if (r->subject == NULL) {
		ref_part(r, "definition", GONE,
		    _("a measure that is not known here"));
		return;
	}
	r->version = refer_version(c, &r->code, r->subject);
	r->present = ref_present(c->svc->history, r->subject);
	if (r->code.compares && r->code.other.version != 0)
		r->other_version = refer_version_of(
		    c, &r->code, r->subject, r->code.other.version);
	if (r->version == NULL)
		ref_part(r, "definition", GONE,
		    arena_printf(&c->arena,
			_("a version of %s that is not kept here"),
			r->subject));
	else if (r->present != NULL && strcmp(r->version, r->present) == 0)
		ref_part(r, "definition", SAME,
		    arena_printf(&c->arena, _("%s, version %s, is in use"),
			r->subject, r->version));
	else
		ref_part(r, "definition", CHANGED,
		    arena_printf(&c->arena,
			r->present != NULL
			    ? _("%s, version %s; version %s is in use now")
			    : _("%s, version %s; it is no longer in use"),
			r->subject, r->version, r->present));
}

/* --- place and filters ----------------------------------------------- */

static void
ref_place(struct ref *r)
{
	uint32_t node = facts_root(r->facts);

	if (r->code.placed)
		node = refer_node(r->facts, &r->code, r->code.node);
	if (node == FACTS_NO_ROW) {
		ref_part(
		    r, "place", GONE, _("a unit that is not in these data"));
		return;
	}
	r->at = facts_str(r->facts, FACTS_NODE_ID, node);
	ref_part(r, "place", SAME, facts_str(r->facts, FACTS_NODE_NAME, node));
}

static void
ref_by(struct ref *r)
{
	for (int i = 0; i < r->code.by_n; i++) {
		enum attribute a = refer_attribute(&r->code, r->code.by[i]);

		if (a == ATTRIBUTES) {
			ref_part(r, "by", GONE,
			    _("an attribute that is not known here"));
			return;
		}
		r->by = r->by == NULL ? attribute_word(a)
				      : arena_printf(&r->c->arena, "%s,%s",
					    r->by, attribute_word(a));
	}
}

static const char *
ref_filter_value(
    const struct ref *r, enum attribute a, const struct refcode_filter *f)
{
	uint32_t node;
	int value;

	if (f->node != attribute_is_level(a))
		return NULL;
	if (f->node) {
		node = refer_node(r->facts, &r->code, f->value);
		return node != FACTS_NO_ROW
			   ? facts_str(r->facts, FACTS_NODE_ID, node)
			   : NULL;
	}
	value = refer_value(&r->code, a, f->value);
	return value >= 0 ? attribute_value_word(a, value) : NULL;
}

static void
ref_where(struct ref *r)
{
	for (int i = 0; i < r->code.where_n; i++) {
		const struct refcode_filter *f = &r->code.where[i];
		enum attribute a = refer_attribute(&r->code, f->attribute);
		const char *value =
		    a != ATTRIBUTES ? ref_filter_value(r, a, f) : NULL;

		if (value == NULL) {
			ref_part(r, "filter", GONE,
			    _("a filter that is not known here"));
			continue;
		}
		r->where = arena_printf(&r->c->arena, "%s%s%s=%s",
		    r->where != NULL ? r->where : "",
		    r->where != NULL ? "," : "", attribute_word(a), value);
	}
}

/* --- requests -------------------------------------------------------- */

static const struct {
	const char *word;
	enum api_route_id route;
} kinds[REFCODE_KINDS] = {
    [REFCODE_REPORT] = {"report", ROUTE_REPORT},
    [REFCODE_LIST] = {"list", ROUTE_LIST},
    [REFCODE_COUNTDOWN] = {"countdown", ROUTE_COUNTDOWN},
    [REFCODE_BOARD] = {"board", ROUTE_BOARD},
    [REFCODE_CHANGES] = {"changes", ROUTE_CHANGES},
    [REFCODE_MOVES] = {"moves", ROUTE_MOVES},
    [REFCODE_QUALITY] = {"quality", ROUTE_QUALITY},
    [REFCODE_ENTRY] = {"entry", ROUTE_ENTRY},
    [REFCODE_COMPARE] = {"compare", ROUTE_COMPARE},
};

static void
ref_add(struct buf *out, enum api_param_id param, const char *text)
{
	if (text != NULL)
		api_query(out, param, text);
}

static void
ref_add_day(struct buf *out, enum api_param_id param, int32_t day)
{
	char text[DATE_TEXT];

	if (date_known(day))
		api_query(out, param, date_format(day, text));
}

static void
ref_add_number(struct buf *out, enum api_param_id param, unsigned n)
{
	char text[16];

	snprintf(text, sizeof text, "%u", n);
	if (n > 0)
		api_query(out, param, text);
}

static void
ref_add_subject(struct ref *r, struct buf *out)
{
	if (r->subject == NULL)
		return;
	if (r->code.kind == REFCODE_QUALITY)
		api_query(out, API_RULE, r->subject);
	else if (r->code.kind == REFCODE_ENTRY)
		api_query(out, API_FEED, r->subject);
	else if (strncmp(r->subject, "clock:", 6) == 0)
		api_query(out, API_CLOCK, r->subject + 6);
	else
		api_query(out, API_MEASURE, r->subject);
}

static void
ref_add_view(struct ref *r, struct buf *out)
{
	static const struct {
		enum codeset_id set;
		enum api_param_id param;
	} views[REFCODE_KINDS] = {
	    [REFCODE_LIST] = {CODES_MEMBERS, API_SET},
	    [REFCODE_COUNTDOWN] = {CODES_BUCKETS, API_BUCKET},
	    [REFCODE_CHANGES] = {CODES_DIFF, API_DIFF},
	    [REFCODE_MOVES] = {CODES_DIFF, API_DIFF},
	};
	const struct codeset *set = &codesets[views[r->code.kind].set];

	if (r->code.view > 0 && r->code.view <= set->n)
		api_query(out, views[r->code.kind].param,
		    code_word(set, r->code.view));
}

/* The other side of a comparison. */
static void
ref_add_other(struct ref *r, struct buf *out)
{
	const struct refcode_side *other = &r->code.other;

	if (!r->code.compares)
		return;
	if (other->generation != r->code.generation)
		ref_add_number(out, API_FROM_GENERATION, other->generation);
	if (r->other_version != NULL && r->version != NULL &&
	    strcmp(r->other_version, r->version) != 0)
		ref_add(out, API_FROM_VERSION, r->other_version);
	ref_add_day(out, API_SINCE, other->as_of);
}

/* then: as the figure was; else the same question put today. */
static const char *
ref_target(struct ref *r, bool then)
{
	const struct refcode *code = &r->code;
	struct buf out = {0};
	const char *kept;

	api_target(&out, kinds[code->kind].route, NULL);
	ref_add_subject(r, &out);
	if (then && r->version != NULL &&
	    (r->present == NULL || strcmp(r->version, r->present) != 0))
		ref_add(&out, API_DEFINITION, r->version);
	ref_add(&out, API_AT, r->at);
	ref_add_day(&out, API_FROM, code->from);
	ref_add_day(&out, API_TO, code->to);
	ref_add(&out, API_WHERE, r->where);
	ref_add(&out, API_BY, r->by);
	ref_add(&out, API_PEERS, r->peers);
	ref_add_number(&out, API_TREND, (unsigned)code->trend);
	ref_add_view(r, &out);
	ref_add_other(r, &out);
	if (then) {
		ref_add_day(&out, API_AS_OF, code->as_of);
		ref_add_number(&out, API_GENERATION, code->generation);
	}
	kept = arena_strndup(&r->c->arena, out.data, out.len);
	buf_free(&out);
	return kept;
}

/* --- what the definitions differ in ---------------------------------- */

static void
ref_differs(struct ref *r)
{
	const struct measure *then = NULL, *now = NULL;
	struct history *h = r->c->svc->history;
	struct err ignored;

	if (r->version != NULL && r->present != NULL &&
	    strncmp(r->subject, "clock:", 6) != 0) {
		then = history_measure(h, r->subject, r->version, &ignored);
		now = history_measure(h, r->subject, r->present, &ignored);
	}
	differ_rules(r->c, then != NULL ? measure_about(then) : NULL,
	    now != NULL ? measure_about(now) : NULL);
}

/* --- writing --------------------------------------------------------- */

static enum state
ref_state(const struct ref *r)
{
	enum state state = SAME;

	for (int i = 0; i < r->parts_n; i++)
		if (r->parts[i].state > state)
			state = r->parts[i].state;
	return state;
}

static void
ref_write(struct ref *r)
{
	struct json *j = &r->c->json;
	char text[REFCODE_TEXT];
	bool now = r->code.kind == REFCODE_BOARD ||
		   r->code.kind == REFCODE_QUALITY ||
		   r->code.kind == REFCODE_ENTRY || r->present != NULL;

	shape_about(r->c);
	json_kv_string(j, "code", refcode_write(&r->code, text));
	json_kv_string(j, "kind", kinds[r->code.kind].word);
	json_kv_string(j, "state", state_words[ref_state(r)]);
	json_key(j, "parts");
	json_array(j);
	for (int i = 0; i < r->parts_n; i++) {
		json_object(j);
		json_kv_string(j, "part", r->parts[i].part);
		json_kv_string(j, "state", state_words[r->parts[i].state]);
		json_kv_string(j, "text", r->parts[i].text);
		json_object_end(j);
	}
	json_array_end(j);
	json_kv_string(j, "request", r->gone ? NULL : ref_target(r, true));
	json_kv_string(j, "now", now ? ref_target(r, false) : NULL);
	ref_differs(r);
}

static void
ref_generations_free(void *data)
{
	store_generations_free(data);
}

bool
ref_answer(struct context *c)
{
	struct store_generations *all = arena_alloc(&c->arena, sizeof *all);
	struct ref r = {.c = c};

	if (!rights_may(c, FACTS_NO_ROW, RIGHT_FIGURES) || !context_facts(c))
		return false;
	if (!refcode_read(&r.code, context_text(c, API_CODE), &c->err)) {
		c->params.fault.field = api_params[API_CODE].name;
		return false;
	}
	*all = (struct store_generations){0};
	if (!snaps_list(c->svc->snaps, all, &c->err))
		return false;
	context_hold(c, all, ref_generations_free);
	if (!ref_facts(&r, all))
		return false;
	ref_definition(&r);
	ref_place(&r);
	ref_by(&r);
	ref_where(&r);
	ref_peers(&r);
	ref_write(&r);
	return true;
}
