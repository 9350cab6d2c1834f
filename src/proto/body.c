#include "proto/body.h"

#include <stdio.h>
#include <string.h>
#include <unistr.h>

#include "base/date.h"
#include "base/i18n.h"
#include "base/suggest.h"
#include "proto/codes.h"
#include "proto/resources.h"

#define NEEDED true
#define OPTIONAL false

#define BODY(name) static const struct body_field name##_fields[] = {
#define FIELD(body, name, type, least, most, of, needed, help) \
	{#name, BODY_##type, least, most, of, needed, help},
#define END(name) \
	}         \
	;
#include "proto/bodies.def"
#undef BODY
#undef FIELD
#undef END

const struct body_info bodies[BODIES] = {
#define BODY(name)                             \
	[BODY_##name] = {#name, name##_fields, \
	    sizeof name##_fields / sizeof *name##_fields},
#define FIELD(body, name, type, least, most, of, needed, help)
#define END(name)
#include "proto/bodies.def"
#undef BODY
#undef FIELD
#undef END
};

/* --- what is wrong --------------------------------------------------- */

/* Where the reading is: the names so far. */
struct reading {
	struct body_fault *fault;
	struct err *err;
	size_t at; /* bytes of fault->field that stand for what is outside */
};

static const char *
shape_word(const cJSON *v)
{
	return cJSON_IsString(v)   ? N_("a text")
	       : cJSON_IsNumber(v) ? N_("a number")
	       : cJSON_IsBool(v)   ? N_("true or false")
	       : cJSON_IsArray(v)  ? N_("a list")
	       : cJSON_IsNull(v)   ? N_("null")
				   : N_("an object");
}

/* Goes one name further in; what was at is returned, for leaving. */
static size_t
enter(struct reading *r, const char *name, int index)
{
	struct body_fault *f = r->fault;
	size_t was = r->at, room = sizeof f->field - r->at;
	int n = index < 0 ? snprintf(f->field + r->at, room, "%s%.60s",
				r->at > 0 ? "." : "", name)
			  : snprintf(f->field + r->at, room, "[%d]", index);

	r->at += (size_t)n < room ? (size_t)n : room - 1;
	return was;
}

static void
leave(struct reading *r, size_t was)
{
	r->at = was;
	r->fault->field[was] = '\0';
}

static bool
wrong(struct reading *r, const char *text)
{
	return err_set(r->err, ERR_BAD_VALUE, "%s: %s", r->fault->field, text);
}

static void
want_words(struct reading *r, const struct codeset *set)
{
	struct body_fault *f = r->fault;
	struct buf b = {0};

	for (int i = 1; i <= set->n; i++)
		buf_printf(&b, "%s%s", i > 1 ? ", " : "", code_word(set, i));
	snprintf(f->hint, sizeof f->hint, _("one of: %s"), buf_text(&b));
	buf_free(&b);
}

/* Says what is wanted of the field, for whoever gives something else. */
static void
want(struct reading *r, const struct body_field *f)
{
	static const char *const texts[] = {
	    [BODY_LINE] = N_("a line of %d to %d bytes"),
	    [BODY_TEXT] = N_("a text of %d to %d bytes"),
	    [BODY_ID] = N_("an id of %d to %d bytes, without blanks at its "
			   "ends"),
	    [BODY_INT] = N_("a whole number from %d to %d"),
	    [BODY_IDS] = N_("a list of %d to %d ids, none of them twice"),
	    [BODY_WORDS] = N_("a list of %d to %d words, none of them twice"),
	    [BODY_LIST] = N_("a list of %d to %d objects"),
	};
	struct body_fault *to = r->fault;

	if (f->type == BODY_WORD)
		want_words(r, &codesets[f->of]);
	else if (f->type == BODY_DATE)
		snprintf(to->hint, sizeof to->hint, "%s",
		    _("a day of the calendar, YYYY-MM-DD"));
	else if (f->type == BODY_BOOL)
		snprintf(to->hint, sizeof to->hint, "%s", _("true or false"));
	else
		snprintf(to->hint, sizeof to->hint, _(texts[f->type]), f->least,
		    f->most);
}

static bool
wrong_shape(struct reading *r, const cJSON *v)
{
	return err_set(r->err, ERR_BAD_VALUE, _("%s is %s; wanted is %s"),
	    r->fault->field, _(shape_word(v)), r->fault->hint);
}

/* --- values ---------------------------------------------------------- */

/* Control characters have no business in a text, but for tab and newline
 * where there may be lines. */
static bool
is_clean(const char *s, bool lines)
{
	const uint8_t *p = (const uint8_t *)s;
	ucs4_t c;

	while ((p = u8_next(&c, p)) != NULL)
		if ((c < 0x20 && !(lines && (c == '\n' || c == '\t'))) ||
		    (c >= 0x7f && c < 0xa0))
			return false;
	return true;
}

static bool
read_text(struct reading *r, const struct body_field *f, const cJSON *v)
{
	const char *s = cJSON_GetStringValue(v);
	size_t len = s != NULL ? strlen(s) : 0;

	if (s == NULL)
		return wrong_shape(r, v);
	if (len < (size_t)f->least)
		return wrong(r, _("empty or too short"));
	if (len > (size_t)f->most)
		return wrong(r, _("too long"));
	if (!is_clean(s, f->type == BODY_TEXT))
		return wrong(r, _("a control character is not allowed"));
	if (f->type != BODY_TEXT && len > 0 &&
	    (s[0] == ' ' || s[len - 1] == ' '))
		return wrong(r, _("it begins or ends with a blank"));
	return true;
}

static bool
read_date(struct reading *r, const struct body_field *f, const cJSON *v)
{
	const char *s = cJSON_GetStringValue(v);

	(void)f;
	if (s == NULL)
		return wrong_shape(r, v);
	return date_parse(s, strlen(s)) != DATE_MISSING ||
	       wrong(r, _("not a date"));
}

static bool
read_int(struct reading *r, const struct body_field *f, const cJSON *v)
{
	double n = cJSON_IsNumber(v) ? v->valuedouble : 0;

	if (!cJSON_IsNumber(v))
		return wrong_shape(r, v);
	if (n < -1e15 || n > 1e15 || n != (double)(int64_t)n)
		return wrong(r, _("not a whole number"));
	return (n >= f->least && n <= f->most) ||
	       wrong(r, _("not in the range allowed"));
}

static bool
read_bool(struct reading *r, const struct body_field *f, const cJSON *v)
{
	(void)f;
	return cJSON_IsBool(v) || wrong_shape(r, v);
}

static bool
read_word(struct reading *r, const struct body_field *f, const cJSON *v)
{
	const char *s = cJSON_GetStringValue(v);

	if (s == NULL)
		return wrong_shape(r, v);
	return code_find(&codesets[f->of], s, strlen(s)) > 0 ||
	       wrong(r, _("not one of the words known here"));
}

/* --- lists ----------------------------------------------------------- */

static bool read_object(struct reading *r, enum body body, const cJSON *object);

/* What each entry of a list is. */
static struct body_field
entry_field(const struct body_field *f)
{
	struct body_field entry = *f;

	entry.type = f->type == BODY_IDS ? BODY_ID : BODY_WORD;
	if (f->type == BODY_IDS) {
		entry.least = 1;
		entry.most = 64;
	}
	return entry;
}

static bool
read_entry(struct reading *r, const struct body_field *f, const cJSON *list,
    const cJSON *v)
{
	struct body_field entry = entry_field(f);

	if (f->type == BODY_LIST) {
		if (!cJSON_IsObject(v))
			return wrong_shape(r, v);
		return read_object(r, (enum body)f->of, v);
	}
	want(r, &entry);
	if (entry.type == BODY_ID ? !read_text(r, &entry, v)
				  : !read_word(r, &entry, v))
		return false;
	for (const cJSON *o = list->child; o != v; o = o->next)
		if (strcmp(o->valuestring, v->valuestring) == 0)
			return wrong(r, _("it is in the list already"));
	return true;
}

static bool
read_list(struct reading *r, const struct body_field *f, const cJSON *v)
{
	int i = 0, n = cJSON_GetArraySize(v);

	if (!cJSON_IsArray(v))
		return wrong_shape(r, v);
	if (n < f->least)
		return wrong(r, _("too few entries"));
	if (n > f->most)
		return wrong(r, _("too many entries"));
	for (const cJSON *e = v->child; e != NULL; e = e->next) {
		size_t was = enter(r, NULL, i++);

		if (!read_entry(r, f, v, e))
			return false;
		leave(r, was);
		want(r, f);
	}
	return true;
}

/* --- objects --------------------------------------------------------- */

static bool (*const readers[])(
    struct reading *r, const struct body_field *f, const cJSON *v) = {
    [BODY_LINE] = read_text,
    [BODY_TEXT] = read_text,
    [BODY_ID] = read_text,
    [BODY_DATE] = read_date,
    [BODY_INT] = read_int,
    [BODY_BOOL] = read_bool,
    [BODY_WORD] = read_word,
    [BODY_IDS] = read_list,
    [BODY_WORDS] = read_list,
    [BODY_LIST] = read_list,
};

static const struct body_field *
find_field(enum body body, const char *name)
{
	const struct body_info *b = &bodies[body];

	for (size_t i = 0; i < b->n; i++)
		if (strcmp(b->fields[i].name, name) == 0)
			return &b->fields[i];
	return NULL;
}

static const char *
field_word(const void *arg, size_t i)
{
	const struct body_info *b = arg;

	return i < b->n ? b->fields[i].name : NULL;
}

static bool
unknown(struct reading *r, enum body body, const char *name)
{
	const char *near = suggest(name, field_word, &bodies[body]);

	enter(r, is_clean(name, false) ? name : "?", -1);
	if (near != NULL)
		snprintf(r->fault->hint, sizeof r->fault->hint,
		    _("did you mean %s?"), near);
	return err_set(r->err, ERR_UNKNOWN_FIELD,
	    _("%s: there is no such field"), r->fault->field);
}

static bool
missing(struct reading *r, const struct body_field *f)
{
	enter(r, f->name, -1);
	snprintf(r->fault->hint, sizeof r->fault->hint, "%s", _(f->help));
	return err_set(r->err, ERR_USAGE, _("%s is missing: %s"),
	    r->fault->field, _(f->help));
}

/* The field's value; NULL when it is absent or null. */
static const cJSON *
value_of(const cJSON *object, const char *field)
{
	const cJSON *v = cJSON_GetObjectItemCaseSensitive(object, field);

	return v == NULL || cJSON_IsNull(v) ? NULL : v;
}

static bool
read_object(struct reading *r, enum body body, const cJSON *object)
{
	const struct body_info *b = &bodies[body];

	for (const cJSON *m = object->child; m != NULL; m = m->next)
		if (find_field(body, m->string) == NULL)
			return unknown(r, body, m->string);
	for (size_t i = 0; i < b->n; i++) {
		const struct body_field *f = &b->fields[i];
		const cJSON *v = value_of(object, f->name);
		size_t was;

		if (v == NULL && f->needed)
			return missing(r, f);
		if (v == NULL)
			continue;
		was = enter(r, f->name, -1);
		want(r, f);
		if (!readers[f->type](r, f, v))
			return false;
		leave(r, was);
		r->fault->hint[0] = '\0';
	}
	return true;
}

/* Null is the same as leaving a field out: so it is left out, and whoever fills
 * in what was not given is not misled by it. */
static void
drop_nulls(cJSON *tree)
{
	for (cJSON *m = tree->child, *next; m != NULL; m = next) {
		next = m->next;
		if (cJSON_IsNull(m))
			cJSON_Delete(cJSON_DetachItemViaPointer(tree, m));
		else
			drop_nulls(m);
	}
}

cJSON *
body_read(enum body body, const char *text, size_t len,
    struct body_fault *fault, struct err *err)
{
	struct reading r = {fault, err, 0};
	cJSON *tree;

	*fault = (struct body_fault){0};
	if (len > BODY_MAX) {
		err_set(err, ERR_TOO_LARGE,
		    _("the body is longer than %u "
		      "bytes"),
		    BODY_MAX);
		return NULL;
	}
	tree = json_parse(text != NULL ? text : "", len, BODY_MAX, err);
	if (tree != NULL && !cJSON_IsObject(tree)) {
		err_set(err, ERR_BAD_REQUEST,
		    _("the body is %s; wanted is an object"),
		    _(shape_word(tree)));
	} else if (tree != NULL && read_object(&r, body, tree)) {
		drop_nulls(tree);
		return tree;
	}
	cJSON_Delete(tree);
	return NULL;
}

/* --- writing --------------------------------------------------------- */

static void write_object(struct json *j, enum body body, const cJSON *object);

static void
write_value(struct json *j, const struct body_field *f, const cJSON *v)
{
	if (cJSON_IsArray(v)) {
		json_array(j);
		for (const cJSON *e = v->child; e != NULL; e = e->next)
			write_value(j, f, e);
		json_array_end(j);
	} else if (cJSON_IsObject(v)) {
		write_object(j, (enum body)f->of, v);
	} else if (cJSON_IsString(v)) {
		json_string(j, v->valuestring);
	} else if (cJSON_IsBool(v)) {
		json_bool(j, cJSON_IsTrue(v));
	} else {
		json_int(j, (int64_t)v->valuedouble);
	}
}

static void
write_object(struct json *j, enum body body, const cJSON *object)
{
	const struct body_info *b = &bodies[body];

	json_object(j);
	for (size_t i = 0; i < b->n; i++) {
		const struct body_field *f = &b->fields[i];
		const cJSON *v = value_of(object, f->name);

		if (v == NULL || strcmp(f->name, "version") == 0)
			continue;
		json_key(j, f->name);
		write_value(j, f, v);
	}
	json_object_end(j);
}

void
body_write(struct buf *out, enum body body, const cJSON *object)
{
	struct json j;

	json_begin(&j, out);
	write_object(&j, body, object);
}

/* --- values of a body ------------------------------------------------ */

const char *
body_text(const cJSON *object, const char *field)
{
	return cJSON_GetStringValue(value_of(object, field));
}

int64_t
body_int(const cJSON *object, const char *field)
{
	const cJSON *v = value_of(object, field);

	return cJSON_IsNumber(v) ? (int64_t)v->valuedouble : API_NULL;
}

int32_t
body_date(const cJSON *object, const char *field)
{
	const char *s = body_text(object, field);

	return s != NULL ? date_parse(s, strlen(s)) : DATE_MISSING;
}

bool
body_bool(const cJSON *object, const char *field)
{
	return cJSON_IsTrue(value_of(object, field));
}

int
body_word(const cJSON *object, const char *field, int codes)
{
	const char *s = body_text(object, field);

	return s != NULL ? code_find(&codesets[codes], s, strlen(s)) : 0;
}
