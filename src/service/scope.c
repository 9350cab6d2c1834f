#include "service/scope.h"

#include <string.h>

#include "base/date.h"
#include "base/i18n.h"
#include "base/suggest.h"
#include "service/history.h"
#include "service/rights.h"

/* --- measure --------------------------------------------------------- */

static const char *
scope_measure_word(const void *arg, size_t i)
{
	const struct measures *all = arg;

	return i < (size_t)measures_n(all)
		   ? measure_about(measures_at(all, (int)i))->id
		   : NULL;
}

static const char *
scope_near(
    struct context *c, const char *typed, suggest_word word, const void *arg)
{
	const char *near = suggest(typed, word, arg);

	return near == NULL
		   ? NULL
		   : arena_printf(&c->arena, _("did you mean %s?"), near);
}

const struct measure *
scope_version(struct context *c, const char *id, const char *version,
    enum api_param_id param)
{
	const struct measure *m =
	    history_measure(c->svc->history, id, version, &c->err);

	if (m != NULL || c->err.code != ERR_NO_SUCH_MEASURE)
		return m;
	context_refuse(c, ERR_NO_SUCH_MEASURE, param,
	    _("/v1/measures/{id} names the versions that are kept"));
	return NULL;
}

const struct measure *
scope_measure(struct context *c, const char *id, enum api_param_id param)
{
	const struct measures *all = c->svc->measures;
	const char *version = context_text(c, API_DEFINITION);
	const struct measure *m = measures_find(all, id);
	const char *hint;

	if (version != NULL)
		return scope_version(c, id, version, API_DEFINITION);
	if (m != NULL)
		return m;
	hint = scope_near(c, id, scope_measure_word, all);
	context_refuse(c, ERR_NO_SUCH_MEASURE, param,
	    hint != NULL ? hint : _("/v1/measures lists them"));
	return NULL;
}

const struct measures *
scope_clock(struct context *c, int clock)
{
	const char *version = context_text(c, API_DEFINITION);
	const struct measures *ms = c->svc->measures;

	if (clock >= CLOCK_END) {
		context_refuse(c, ERR_NO_SUCH_CLOCK, API_CLOCK,
		    _("what became of these stands in /v1/caps and "
		      "/v1/plans"));
		return NULL;
	}
	if (version != NULL) {
		ms = history_clock(c->svc->history, clock, version, &c->err);
		if (ms == NULL && c->err.code == ERR_NO_SUCH_MEASURE)
			context_refuse(c, ERR_NO_SUCH_MEASURE, API_DEFINITION,
			    _("no such version of this clock is kept"));
		return ms;
	}
	if (clock_about(ms, clock) != NULL)
		return ms;
	context_refuse(c, ERR_NO_SUCH_CLOCK, API_CLOCK,
	    _("the agency has not set this clock up"));
	return NULL;
}

/* --- place ----------------------------------------------------------- */

bool
scope_node(struct context *c, enum api_param_id param, uint32_t *node)
{
	const char *id = context_text(c, param);

	*node =
	    id != NULL ? facts_find_node(c->facts, id) : facts_root(c->facts);
	if (*node != FACTS_NO_ROW)
		return true;
	return context_refuse(c, ERR_NO_SUCH_NODE, param,
	    _("/v1/org walks the tree, /v1/search finds units by name"));
}

uint32_t
scope_child(struct context *c, enum api_param_id param)
{
	const char *id = context_text(c, param);
	uint32_t child = facts_find_child(c->facts, id);

	if (!rights_may(c, FACTS_NO_ROW, RIGHT_CHILDREN))
		return FACTS_NO_ROW;
	if (child == FACTS_NO_ROW)
		context_refuse(c, ERR_NO_SUCH_CHILD, param, NULL);
	return child;
}

/* --- attributes ------------------------------------------------------ */

static const char *
scope_attribute_word(const void *arg, size_t i)
{
	(void)arg;
	return i < ATTRIBUTES ? attribute_word((enum attribute)i) : NULL;
}

static const char *
scope_attribute_list(struct context *c)
{
	struct buf b = {0};
	char *text;

	for (int i = 0; i < ATTRIBUTES; i++)
		buf_printf(&b, "%s%s", i > 0 ? ", " : "",
		    attribute_word((enum attribute)i));
	text = arena_printf(&c->arena, _("one of: %s"), buf_text(&b));
	buf_free(&b);
	return text;
}

static bool
scope_attribute(struct context *c, const char *word, size_t len,
    enum api_param_id param, enum attribute *a)
{
	const char *typed = arena_strndup(&c->arena, word, len);
	const char *hint;

	*a = attribute_find(word, len);
	if (*a != ATTRIBUTES)
		return true;
	hint = scope_near(c, typed, scope_attribute_word, NULL);
	return context_refuse(c, ERR_BAD_VALUE, param,
	    hint != NULL ? hint : scope_attribute_list(c));
}

static const char *
scope_value_list(struct context *c, enum attribute a)
{
	const struct codeset *set = attribute_codes(a);
	struct buf b = {0};
	char *text;

	for (int i = 1; i <= set->n; i++)
		buf_printf(&b, "%s%s", i > 1 ? ", " : "", code_word(set, i));
	text = arena_printf(
	    &c->arena, _("%s is one of: %s"), attribute_word(a), buf_text(&b));
	buf_free(&b);
	return text;
}

/* A node of the level, or the one of those without a unit, which stands for
 * the levels below it too. */
static bool
scope_stands_at(const struct facts *f, uint32_t node, int level)
{
	int own = facts_u8(f, FACTS_NODE_LEVEL)[node];

	return own == level ||
	       (own < level && facts_u8(f, FACTS_NODE_UNASSIGNED)[node] != 0);
}

/* A filter's value: a node of that level, or a word of the vocabulary. */
static bool
scope_filter_value(struct context *c, struct query_filter *f, const char *value)
{
	int code;

	if (attribute_is_level(f->attribute)) {
		f->value = facts_find_node(c->facts, value);
		if (f->value != FACTS_NO_ROW &&
		    scope_stands_at(c->facts, f->value, (int)f->attribute + 1))
			return true;
		return context_refuse(c, ERR_NO_SUCH_NODE, API_WHERE,
		    arena_printf(&c->arena, _("%s wants the id of such a unit"),
			attribute_word(f->attribute)));
	}
	code = attribute_value_find(f->attribute, value, strlen(value));
	if (code < 0)
		return context_refuse(c, ERR_BAD_VALUE, API_WHERE,
		    scope_value_list(c, f->attribute));
	f->value = (uint32_t)code;
	return true;
}

bool
scope_where(struct context *c, struct query *q)
{
	const char *text = context_text(c, API_WHERE);
	const char *parts[QUERY_FILTERS];
	size_t n = 0;

	if (text != NULL &&
	    !params_split(&c->arena, text, QUERY_FILTERS, parts, &n))
		return context_refuse(c, ERR_BAD_VALUE, API_WHERE,
		    arena_printf(&c->arena,
			_("at most %d filters, separated by single commas"),
			QUERY_FILTERS));
	for (size_t i = 0; i < n; i++) {
		const char *eq = strchr(parts[i], '=');
		struct query_filter *f = &q->where[i];

		if (eq == NULL)
			return context_refuse(c, ERR_BAD_VALUE, API_WHERE,
			    _("a filter is ATTRIBUTE=VALUE"));
		if (!scope_attribute(c, parts[i], (size_t)(eq - parts[i]),
			API_WHERE, &f->attribute) ||
		    !scope_filter_value(c, f, eq + 1))
			return false;
	}
	q->where_n = (int)n;
	return true;
}

/* A tree has not every level; that of federal files has no regions, circuits
 * and offices. The level that is asked for, or the next below it that has
 * units. */
static enum attribute
standing_level(const struct facts *f, enum attribute asked)
{
	const uint8_t *level = facts_u8(f, FACTS_NODE_LEVEL);
	const uint8_t *unassigned = facts_u8(f, FACTS_NODE_UNASSIGNED);
	bool stands[LEVEL_END] = {false};

	for (uint32_t i = 0; i < facts_rows(f, FACTS_NODE); i++)
		stands[level[i]] |= !unassigned[i];
	for (enum attribute a = asked; attribute_is_level(a); a++)
		if (stands[(int)a + 1])
			return a;
	return asked;
}

bool
scope_by(struct context *c, struct query *q)
{
	const char *text = context_text(c, API_BY);
	const char *parts[2];
	size_t n = 0;

	if (text != NULL && !params_split(&c->arena, text, 2, parts, &n))
		return context_refuse(c, ERR_BAD_VALUE, API_BY,
		    _("a level, or one or two attributes"));
	for (size_t i = 0; i < n; i++)
		if (!scope_attribute(
			c, parts[i], strlen(parts[i]), API_BY, &q->by[i]))
			return false;
	for (size_t i = 0; i < n; i++)
		if (attribute_is_level(q->by[i]))
			q->by[i] = standing_level(c->facts, q->by[i]);
	q->by_n = (int)n;
	if (n == 2 && q->by[0] == q->by[1])
		return context_refuse(
		    c, ERR_BAD_VALUE, API_BY, _("two different attributes"));
	return true;
}

/* --- time ------------------------------------------------------------ */

bool
scope_as_of(struct context *c, int32_t *as_of)
{
	const struct facts_about *about = facts_about(c->facts);
	char day[DATE_TEXT];

	*as_of = (int32_t)context_number(c, API_AS_OF, about->data_through);
	if (*as_of <= about->data_through)
		return true;
	return context_refuse(c, ERR_BAD_VALUE, API_AS_OF,
	    arena_printf(&c->arena, _("the data are known through %s"),
		date_format(about->data_through, day)));
}

/* The last day of the period when only its first and its length are given. */
static int32_t
scope_last(int32_t from, int months)
{
	return date_addmonths(from, months) - 1;
}

/* What from, to and months make of a period; usual is its length in months
 * when they do not say it, 0 for a day. */
static bool
scope_given(struct context *c, int usual, struct measure_period *p)
{
	const struct param *from = context_param(c, API_FROM);
	const struct param *to = context_param(c, API_TO);
	const struct param *months = context_param(c, API_MONTHS);

	if (from->given && to->given && months->given)
		return context_refuse(c, ERR_BAD_VALUE, API_MONTHS,
		    _("two of from, to and months say it all"));
	if (from->given && !to->given && !months->given)
		return context_refuse(
		    c, ERR_USAGE, API_FROM, _("give to or months as well"));
	if (to->given)
		p->to = (int32_t)to->n;
	else if (from->given)
		p->to = scope_last((int32_t)from->n, (int)months->n);
	/* A day has no length: point-in-time measures look at the last. */
	if (months->given && !from->given && usual > 0)
		usual = (int)months->n;
	if (to->given || months->given)
		*p = measure_period_ending(p->to, usual, p->as_of);
	if (from->given && usual > 0)
		p->from = (int32_t)from->n;
	if (p->from > p->to)
		return context_refuse(c, ERR_BAD_VALUE, API_FROM,
		    _("the period ends before it begins"));
	return true;
}

/* The period of a measure from from, to, months and as_of. */
static bool
scope_period(
    struct context *c, const struct measure *m, struct measure_period *p)
{
	const struct measure_about *about = measure_about(m);
	int32_t as_of;

	if (!scope_as_of(c, &as_of))
		return false;
	*p = measure_period_default(m, as_of);
	return scope_given(
	    c, about->period == PERIOD_POINT ? 0 : about->months, p);
}

bool
scope_months(struct context *c, int months, struct measure_period *p)
{
	int32_t as_of;

	if (!scope_as_of(c, &as_of))
		return false;
	*p = measure_period_ending(as_of, months, as_of);
	return scope_given(c, months, p);
}

/* --- all of it ------------------------------------------------------- */

bool
scope_read(struct context *c, struct scope *s)
{
	const char *id = context_text(c, API_MEASURE);

	*s = (struct scope){.query.at = FACTS_NO_ROW};
	s->measure = scope_measure(c, id, API_MEASURE);
	if (s->measure == NULL || !context_facts(c))
		return false;
	s->about = measure_about(s->measure);
	return scope_node(c, API_AT, &s->query.at) &&
	       scope_where(c, &s->query) && scope_by(c, &s->query) &&
	       scope_period(c, s->measure, &s->period);
}

struct refer
scope_refer(const struct scope *s, enum refcode_kind kind)
{
	return (struct refer){
	    .kind = kind,
	    .subject = s->about->id,
	    .version = s->about->version,
	    .period = &s->period,
	    .as_of = s->period.as_of,
	    .query = &s->query,
	};
}
