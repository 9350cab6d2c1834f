#include "service/params.h"

#include <string.h>
#include <unistr.h>

#include "base/date.h"
#include "base/i18n.h"
#include "base/suggest.h"

/* A decoded piece of the target; its bytes live in the arena. */
struct piece {
	const char *text;
	size_t len;
};

static bool
params_fault(struct params *p, struct err *err, enum err_code code,
    const char *field, const char *text)
{
	p->fault.field = field;
	return err_set(err, code, "%s", text);
}

/* --- decoding -------------------------------------------------------- */

static int
params_hex(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	if ((c | 0x20) >= 'a' && (c | 0x20) <= 'f')
		return (c | 0x20) - 'a' + 10;
	return -1;
}

/* Control characters have no business in any value: C0, DEL and C1. */
static bool
params_clean(const char *s, size_t len)
{
	for (size_t i = 0; i < len; i++) {
		unsigned char c = (unsigned char)s[i];

		if (c < 0x20 || c == 0x7f)
			return false;
		if (c == 0xc2 && i + 1 < len && (unsigned char)s[i + 1] < 0xa0)
			return false;
	}
	return true;
}

static bool
params_decode(struct piece *piece, struct arena *arena, const char *s,
    size_t len, bool plus, struct err *err)
{
	char *out = arena_strndup(arena, s, len);
	size_t n = 0;

	for (size_t i = 0; i < len; i++, n++) {
		int hi, lo;

		out[n] = s[i] == '+' && plus ? ' ' : s[i];
		if (s[i] != '%')
			continue;
		hi = len - i > 2 ? params_hex(s[i + 1]) : -1;
		lo = len - i > 2 ? params_hex(s[i + 2]) : -1;
		if (hi < 0 || lo < 0)
			return err_set(err, ERR_BAD_REQUEST,
			    _("a %% is not followed by two hex digits"));
		out[n] = (char)(hi << 4 | lo);
		i += 2;
	}
	out[n] = '\0';
	if (u8_check((const uint8_t *)out, n) != NULL)
		return err_set(err, ERR_BAD_REQUEST, _("not UTF-8"));
	if (!params_clean(out, n))
		return err_set(err, ERR_BAD_REQUEST,
		    _("a control character is not allowed"));
	*piece = (struct piece){out, n};
	return true;
}

/* --- one value ------------------------------------------------------- */

static const char *
params_list(struct arena *arena, const struct codeset *set)
{
	struct buf b = {0};
	char *text;

	for (int i = 1; i <= set->n; i++)
		buf_printf(&b, "%s%s", i > 1 ? ", " : "", code_word(set, i));
	text = arena_strndup(arena, buf_text(&b), b.len);
	buf_free(&b);
	return text;
}

static bool
params_word(struct params *p, struct arena *arena, enum api_param_id id,
    struct err *err)
{
	const struct codeset *set = &codesets[api_params[id].codes];
	struct param *v = &p->at[id];

	v->n = code_find(set, v->text, v->len);
	if (v->n > 0)
		return true;
	p->fault.hint =
	    arena_printf(arena, _("one of: %s"), params_list(arena, set));
	return params_fault(p, err, ERR_BAD_VALUE, api_params[id].name,
	    _("not one of the words known here"));
}

static bool
params_int(struct params *p, struct arena *arena, enum api_param_id id,
    struct err *err)
{
	const struct api_param *a = &api_params[id];
	struct param *v = &p->at[id];
	int64_t n = 0;
	bool ok = v->len > 0 && v->len <= 10;

	for (size_t i = 0; ok && i < v->len; i++) {
		ok = v->text[i] >= '0' && v->text[i] <= '9';
		n = n * 10 + (v->text[i] - '0');
	}
	if (ok && n >= a->least && n <= a->most) {
		v->n = n;
		return true;
	}
	p->fault.hint = arena_printf(
	    arena, _("a whole number from %d to %d"), a->least, a->most);
	return params_fault(p, err, ERR_BAD_VALUE, a->name,
	    _("not a number in the range allowed"));
}

static bool
params_date(struct params *p, enum api_param_id id, struct err *err)
{
	struct param *v = &p->at[id];

	v->n = date_parse(v->text, v->len);
	if (v->n != DATE_MISSING)
		return true;
	p->fault.hint = _("a day of the calendar, YYYY-MM-DD");
	return params_fault(
	    p, err, ERR_BAD_VALUE, api_params[id].name, _("not a date"));
}

static bool
params_text(struct params *p, struct arena *arena, enum api_param_id id,
    struct err *err)
{
	const struct api_param *a = &api_params[id];
	struct param *v = &p->at[id];
	bool edge =
	    v->len > 0 && (v->text[0] == ' ' || v->text[v->len - 1] == ' ');

	if (v->len >= (size_t)a->least && v->len <= (size_t)a->most &&
	    !(edge && a->type == API_TYPE_ID))
		return true;
	p->fault.hint =
	    arena_printf(arena, _("from %d to %d bytes"), a->least, a->most);
	return params_fault(p, err, ERR_BAD_VALUE, a->name,
	    v->len > (size_t)a->most ? _("too long") : _("empty or blank"));
}

static bool
params_value(struct params *p, struct arena *arena, enum api_param_id id,
    const struct piece *value, struct err *err)
{
	p->at[id] = (struct param){true, value->text, value->len, 0};
	switch (api_params[id].type) {
	case API_TYPE_WORD:
		return params_word(p, arena, id, err);
	case API_TYPE_INT:
		return params_int(p, arena, id, err);
	case API_TYPE_DATE:
		return params_date(p, id, err);
	case API_TYPE_TEXT:
	case API_TYPE_ID:
		break;
	}
	return params_text(p, arena, id, err);
}

/* --- the path -------------------------------------------------------- */

/* The parts of a path that stand for parameters: their names in the route and
 * what stands there in the request, still encoded. */
#define CAPTURES 2
struct capture {
	const char *name, *value;
	size_t name_len, value_len;
};
struct captures {
	struct capture at[CAPTURES];
	size_t n;
};

/* Whether path is the route's. */
static bool
params_matches(const char *route, const char *path, struct captures *found)
{
	found->n = 0;
	while (*route != '\0') {
		struct capture *c = &found->at[found->n];

		if (*route != '{') {
			if (*route++ != *path++)
				return false;
			continue;
		}
		c->name = route + 1;
		c->name_len = strcspn(c->name, "}");
		c->value = path;
		c->value_len = strcspn(path, "/");
		route += c->name_len + 2;
		path += c->value_len;
		found->n++;
	}
	return *path == '\0';
}

/* A value of the path becomes the parameter of that name. */
static bool
params_captured(struct params *p, struct arena *arena, const struct capture *c,
    struct err *err)
{
	enum api_param_id id = api_param_named(c->name, c->name_len);
	struct piece piece;

	return params_decode(
		   &piece, arena, c->value, c->value_len, false, err) &&
	       params_value(p, arena, id, &piece, err);
}

static const char *
params_route_word(const void *arg, size_t i)
{
	(void)arg;
	return i < API_ROUTES ? api_routes[i].path : NULL;
}

bool
params_path(struct params *p, struct arena *arena, const char *path,
    enum api_route_id *route, struct err *err)
{
	struct captures found;
	int i = 0;

	if (strlen(path) > API_MAX_PATH)
		return err_set(err, ERR_TOO_LARGE,
		    _("the address is longer "
		      "than %d bytes"),
		    API_MAX_PATH);
	while (
	    i < API_ROUTES && !params_matches(api_routes[i].path, path, &found))
		i++;
	if (i == API_ROUTES) {
		p->fault.hint = suggest(path, params_route_word, NULL);
		return err_set(err, ERR_NO_SUCH_ROUTE, "%s",
		    _(err_message(ERR_NO_SUCH_ROUTE)));
	}
	*route = (enum api_route_id)i;
	for (size_t k = 0; k < found.n; k++)
		if (!params_captured(p, arena, &found.at[k], err))
			return false;
	return true;
}

/* --- the query ------------------------------------------------------- */

struct params_taken {
	enum api_route_id route;
};

/* The words a mistyped name is compared with: what the route takes. */
static const char *
params_taken_word(const void *arg, size_t i)
{
	const struct params_taken *t = arg;

	for (int id = 0; id < API_PARAMS; id++)
		if (!api_in_path((enum api_param_id)id) &&
		    api_takes(t->route, (enum api_param_id)id) && i-- == 0)
			return api_params[id].name;
	return NULL;
}

static bool
params_unknown(struct params *p, struct arena *arena, enum api_route_id route,
    const char *name, struct err *err)
{
	struct params_taken t = {route};
	const char *near = suggest(name, params_taken_word, &t);

	if (near != NULL)
		p->fault.hint =
		    arena_printf(arena, _("did you mean %s?"), near);
	return params_fault(p, err, ERR_UNKNOWN_FIELD,
	    arena_strndup(arena, name, strnlen(name, 40)),
	    _("this address takes no such parameter"));
}

static bool
params_pair(struct params *p, struct arena *arena, enum api_route_id route,
    const char *pair, size_t len, struct err *err)
{
	const char *eq = memchr(pair, '=', len);
	size_t n = eq != NULL ? (size_t)(eq - pair) : len;
	struct piece name, value = {"", 0};
	enum api_param_id id;

	if (!params_decode(&name, arena, pair, n, true, err))
		return false;
	if (eq != NULL &&
	    !params_decode(&value, arena, eq + 1, len - n - 1, true, err))
		return false;
	id = api_param_named(name.text, name.len);
	if (id == API_PARAMS || api_in_path(id) || !api_takes(route, id))
		return params_unknown(p, arena, route, name.text, err);
	if (p->at[id].given)
		return params_fault(p, err, ERR_BAD_VALUE, api_params[id].name,
		    _("given twice"));
	return params_value(p, arena, id, &value, err);
}

static bool
params_complete(struct params *p, enum api_route_id route, struct err *err)
{
	for (int id = 0; id < API_PARAMS; id++)
		if ((api_routes[route].needed >> id & 1) != 0 &&
		    !p->at[id].given) {
			p->fault.hint = _(api_params[id].help);
			return params_fault(p, err, ERR_USAGE,
			    api_params[id].name,
			    _("this address needs the parameter"));
		}
	return true;
}

bool
params_query(struct params *p, struct arena *arena, enum api_route_id route,
    const char *query, struct err *err)
{
	size_t len = query != NULL ? strlen(query) : 0;

	if (len > API_MAX_QUERY)
		return err_set(err, ERR_TOO_LARGE,
		    _("the query is longer "
		      "than %d bytes"),
		    API_MAX_QUERY);
	for (size_t at = 0, n; at < len; at += n + 1) {
		n = strcspn(query + at, "&");
		if (n > 0 && !params_pair(p, arena, route, query + at, n, err))
			return false;
	}
	return params_complete(p, route, err);
}

bool
params_split(struct arena *arena, const char *text, size_t max,
    const char **parts, size_t *n)
{
	*n = 0;
	for (;;) {
		size_t len = strcspn(text, ",");

		if (len == 0 || *n == max)
			return false;
		parts[(*n)++] = arena_strndup(arena, text, len);
		if (text[len] == '\0')
			return true;
		text += len + 1;
	}
}
