#include "client/writing.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/random.h>

#include "base/csv.h"
#include "base/date.h"
#include "base/i18n.h"
#include "base/json.h"
#include "client/form.h"
#include "client/net.h"
#include "proto/codes.h"

/* --- values as texts ---------------------------------------------------- */

static char *
text_of(const cJSON *v)
{
	struct buf b = {NULL, 0, 0};
	const cJSON *one;

	if (cJSON_IsString(v))
		buf_str(&b, v->valuestring);
	else if (cJSON_IsBool(v))
		buf_str(&b, cJSON_IsTrue(v) ? "true" : "false");
	else if (cJSON_IsNumber(v))
		buf_int(&b, (int64_t)v->valuedouble);
	else if (cJSON_IsArray(v))
		cJSON_ArrayForEach(one, v)
		{
			if (cJSON_IsString(one))
				buf_printf(&b, "%s%s", b.len > 0 ? ", " : "",
				    one->valuestring);
		}
	return b.len > 0 ? buf_take(&b) : xstrdup("");
}

static char *
member_text(const cJSON *o, const char *name)
{
	return text_of(cJSON_GetObjectItemCaseSensitive(o, name));
}

static cJSON *
ids_of(const char *text)
{
	cJSON *list = cJSON_CreateArray();

	while (*text) {
		size_t len = strcspn(text, ","), n = len;
		char *one;

		while (n > 0 && text[n - 1] == ' ')
			n--;
		one = xstrndup(text, n);
		if (n > 0)
			cJSON_AddItemToArray(list, cJSON_CreateString(one));
		free(one);
		text += len;
		text += strspn(text, ", ");
	}
	return list;
}

/* What is no number stays a text: its table says what is wrong with it. */
static cJSON *
value_of(const struct body_field *f, const char *text)
{
	char *end;
	double n;

	if (f->type == BODY_IDS || f->type == BODY_WORDS)
		return ids_of(text);
	if (f->type == BODY_BOOL &&
	    (strcmp(text, "true") == 0 || strcmp(text, "false") == 0))
		return cJSON_CreateBool(*text == 't');
	if (f->type != BODY_INT)
		return cJSON_CreateString(text);
	n = strtod(text, &end);
	return *end == '\0' ? cJSON_CreateNumber(n) : cJSON_CreateString(text);
}

static void
put_value(cJSON *o, const struct body_field *f, const char *text)
{
	cJSON_DeleteItemFromObjectCaseSensitive(o, f->name);
	if (*text != '\0')
		cJSON_AddItemToObject(o, f->name, value_of(f, text));
}

/* --- tables ------------------------------------------------------------- */

static const struct body_field *
field_of(enum body body, const char *name, size_t len)
{
	const struct body_info *b = &bodies[body];

	for (size_t i = 0; i < b->n; i++)
		if (strlen(b->fields[i].name) == len &&
		    strncmp(b->fields[i].name, name, len) == 0)
			return &b->fields[i];
	return NULL;
}

static const struct body_field *
list_field(const struct writing *w)
{
	return w->act->list == NULL ? NULL
				    : field_of(w->paper->body, w->act->list,
					  strlen(w->act->list));
}

/* The body that the asked fields are of. */
static enum body
asked_body(const struct writing *w)
{
	const struct body_field *list = list_field(w);

	return list != NULL ? (enum body)list->of : w->paper->body;
}

static bool
is_path(const char *name, size_t len)
{
	return (len == 2 && strncmp(name, "id", 2) == 0) ||
	       (len == 1 && *name == 'n');
}

static struct writing_field *
asked(const struct writing *w, const char *name, size_t len)
{
	for (size_t i = 0; i < w->n; i++)
		if (strlen(w->fields[i].name) == len &&
		    strncmp(w->fields[i].name, name, len) == 0)
			return &w->fields[i];
	return NULL;
}

static void
add_field(struct writing *w, const char *word, size_t len)
{
	bool needed = len > 0 && word[len - 1] == '!';
	size_t n = len - needed;
	struct writing_field *f = &w->fields[w->n];

	*f = (struct writing_field){
	    .of = is_path(word, n) ? NULL : field_of(asked_body(w), word, n),
	    .name = arena_strndup(&w->kept, word, n),
	    .needed = needed,
	    .was = xstrdup(""),
	    .value = xstrdup("")};
	f->label = act_label(f->name);
	w->n++;
}

struct writing *
writing_new(
    const struct act *act, const cJSON *row, const struct writing_by *by)
{
	struct writing *w = xcalloc(1, sizeof *w);
	const char *word = act->ask;
	unsigned char bytes[16];

	w->act = act;
	w->paper = &act_papers[act->paper];
	w->row =
	    row != NULL ? cJSON_Duplicate(row, true) : cJSON_CreateObject();
	w->before = cJSON_CreateObject();
	w->me = xstrdup(by->me != NULL ? by->me : "");
	w->through = xstrdup(by->through != NULL ? by->through : "");
	w->today = by->today;
	w->fields = xcalloc(strlen(act->ask) + 1, sizeof *w->fields);
	while (*word) {
		size_t len = strcspn(word, " ");

		add_field(w, word, len);
		word += len;
		word += strspn(word, " ");
	}
	w->wrong = w->n;
	if (getrandom(bytes, sizeof bytes, 0) == (ssize_t)sizeof bytes)
		for (size_t i = 0; i < sizeof bytes; i++)
			snprintf(w->random + 2 * i, 3, "%02x", bytes[i]);
	return w;
}

void
writing_free(struct writing *w)
{
	if (w == NULL)
		return;
	for (size_t i = 0; i < w->n; i++) {
		free(w->fields[i].was);
		free(w->fields[i].value);
	}
	free(w->fields);
	free(w->me);
	free(w->through);
	cJSON_Delete(w->row);
	cJSON_Delete(w->before);
	cJSON_Delete(w->theirs);
	arena_free(&w->kept);
	free(w);
}

/* --- what is offered ---------------------------------------------------- */

static bool
add_named(const struct writing *w, const char *name, size_t len, struct buf *to)
{
	bool found;

	char *key = xstrndup(name, len), day[DATE_TEXT], *text;

	if (strcmp(key, "me") == 0)
		text = xstrdup(w->me);
	else if (strcmp(key, "through") == 0)
		text = xstrdup(w->through);
	else if (strcmp(key, "random") == 0)
		text = xstrdup(w->random);
	else if (strcmp(key, "today") == 0)
		text = xstrdup(date_format(w->today, day));
	else
		text = member_text(w->row, key);
	found = *text != '\0';
	buf_str(to, text);
	free(text);
	free(key);
	return found;
}

/* "C-@provider": a template with members of the row; "" when one of them says
 * nothing. */
static char *
expand(const struct writing *w, const char *text, size_t len)
{
	struct buf b = {NULL, 0, 0};

	for (size_t i = 0; i < len;) {
		size_t n = 0;

		if (text[i] != '@') {
			buf_add(&b, text + i++, 1);
			continue;
		}
		i++;
		while (i + n < len &&
		       ((text[i + n] >= 'a' && text[i + n] <= 'z') ||
			   text[i + n] == '_'))
			n++;
		if (!add_named(w, text + i, n, &b)) {
			buf_reset(&b);
			break;
		}
		i += n;
	}
	return b.len > 0 ? buf_take(&b) : xstrdup("");
}

struct preset {
	const char *name, *value;
	size_t name_len, value_len;
};

/* The next "field=value" of *word; false at the end. */
static bool
next_preset(const char **word, struct preset *p)
{
	size_t len = strcspn(*word, " ");

	if (len == 0)
		return false;
	p->name = *word;
	p->name_len = strcspn(*word, "=");
	p->value = *word + p->name_len + 1;
	p->value_len = len - p->name_len - 1;
	*word += len;
	*word += strspn(*word, " ");
	return true;
}

static void
offer(struct writing *w)
{
	const char *word = w->act->preset;
	struct preset p;

	while (next_preset(&word, &p)) {
		struct writing_field *f = asked(w, p.name, p.name_len);

		if (f == NULL || *f->value != '\0' || f->touched)
			continue;
		free(f->value);
		f->value = expand(w, p.value, p.value_len);
	}
}

/* What stands in the path: typed, offered, or the row's own. */
static char *
path_value(const struct writing *w, const char *name)
{
	const struct writing_field *f = asked(w, name, strlen(name));
	const char *word = w->act->preset;
	struct preset p;

	if (f != NULL)
		return xstrdup(f->value);
	while (next_preset(&word, &p))
		if (p.name_len == strlen(name) &&
		    strncmp(p.name, name, p.name_len) == 0)
			return expand(w, p.value, p.value_len);
	return member_text(w->row, name);
}

/* --- what stands -------------------------------------------------------- */

static const cJSON *
along(const cJSON *o, const char *way)
{
	while (o != NULL && *way) {
		size_t len = strcspn(way, ".");
		char *key = xstrndup(way, len);

		o = cJSON_GetObjectItemCaseSensitive(o, key);
		free(key);
		way += len + (way[len] == '.');
	}
	return o;
}

/* The fields of the body, and no others, that say something. */
static cJSON *
fields_of(enum body body, const cJSON *from)
{
	const struct body_info *b = &bodies[body];
	cJSON *tree = cJSON_CreateObject();

	for (size_t i = 0; i < b->n; i++) {
		const char *name = b->fields[i].name;
		const cJSON *m = cJSON_GetObjectItemCaseSensitive(from, name);

		if (m != NULL && !cJSON_IsNull(m) && strcmp(name, "version"))
			cJSON_AddItemToObject(
			    tree, name, cJSON_Duplicate(m, true));
	}
	return tree;
}

/* A planned review's due day is worked out by the rule, unless somebody set
 * one: that is what may be written again. */
static void
keep_due(cJSON *tree, const cJSON *answer)
{
	const cJSON *history = along(answer, "history"), *o;
	const char *due = NULL;

	cJSON_ArrayForEach(o, history)
	{
		due = json_get_string(o, "due");
	}
	cJSON_DeleteItemFromObjectCaseSensitive(tree, "due");
	if (due != NULL)
		cJSON_AddStringToObject(tree, "due", due);
}

static cJSON *
last_of(const cJSON *list)
{
	int n = cJSON_GetArraySize(list);

	return n > 0 ? cJSON_GetArrayItem(list, n - 1) : NULL;
}

/* The object of the list that is written; NULL: there is none yet. */
static cJSON *
object_of(const struct writing *w, const cJSON *tree)
{
	const struct body_field *list = list_field(w);
	const cJSON *all =
	    list != NULL ? cJSON_GetObjectItemCaseSensitive(tree, list->name)
			 : NULL;
	const char *key, *is;
	cJSON *o;

	if (w->act->where == ACT_LAST)
		return last_of(all);
	if (w->act->where != ACT_KEYED)
		return NULL;
	key = bodies[list->of].fields[0].name;
	is = json_get_string(w->row, key);
	cJSON_ArrayForEach(o, all)
	{
		const char *of = json_get_string(o, key);

		if (is != NULL && of != NULL && strcmp(of, is) == 0)
			return o;
	}
	return NULL;
}

static void
read_fields(struct writing *w)
{
	const cJSON *from =
	    w->act->where == ACT_WHOLE ? w->before : object_of(w, w->before);

	for (size_t i = 0; i < w->n; i++) {
		struct writing_field *f = &w->fields[i];

		free(f->was);
		f->was = f->of != NULL && f->of->type != BODY_LIST
			     ? member_text(from, f->name)
			     : xstrdup("");
		if (f->touched)
			continue;
		free(f->value);
		/* A reason is of what was done then, not of this. */
		f->value = xstrdup(strcmp(f->name, "reason") == 0 &&
					   w->paper->body != BODY_proposal
				       ? ""
				       : f->was);
	}
	offer(w);
}

bool
writing_ask(const struct writing *w, struct buf *target)
{
	char *id;

	if (w->paper->get == API_ROUTES)
		return false;
	id = path_value(w, "id");
	api_target(target, w->paper->get, id);
	free(id);
	return true;
}

void
writing_take(struct writing *w, const cJSON *answer)
{
	const struct act_paper_info *p = w->paper;
	const cJSON *version =
	    p->version != NULL ? along(answer, p->version) : NULL;

	cJSON_Delete(w->before);
	w->before = fields_of(
	    p->body, p->member != NULL ? along(answer, p->member) : NULL);
	if (w->act->paper == PAPER_PLAN)
		keep_due(w->before, answer);
	w->version = cJSON_IsNumber(version) ? (int64_t)version->valuedouble
					     : cJSON_GetArraySize(version);
	read_fields(w);
}

/* --- typing ------------------------------------------------------------- */

int
writing_choices(const struct writing_field *f)
{
	return f->of == NULL		  ? 0
	       : f->of->type == BODY_WORD ? codesets[f->of->of].n
	       : f->of->type == BODY_BOOL ? 2
					  : 0;
}

const char *
writing_choice(const struct writing_field *f, int i)
{
	if (f->of->type == BODY_WORD)
		return code_word(&codesets[f->of->of], i + 1);
	return i == 0 ? "true" : "false";
}

const char *
writing_shown(const struct writing_field *f, const char *value)
{
	const struct codeset *set;
	int code;

	if (f->of == NULL)
		return value;
	if (f->of->type == BODY_BOOL)
		return strcmp(value, "true") == 0    ? _("yes")
		       : strcmp(value, "false") == 0 ? _("no")
						     : value;
	if (f->of->type != BODY_WORD)
		return value;
	set = &codesets[f->of->of];
	code = code_find(set, value, strlen(value));
	return code > 0 ? _(code_label(set, code)) : value;
}

/* The choice that is typed: whole, by number, or the only one that begins so.
 */
static const char *
chosen(const struct writing_field *f, const char *typed)
{
	int n = writing_choices(f), number = atoi(typed);
	const char *found = NULL;
	size_t len = strlen(typed);

	if (number >= 1 && number <= n)
		return writing_choice(f, number - 1);
	for (int i = 0; i < n; i++) {
		const char *word = writing_choice(f, i);

		if (strcmp(word, typed) == 0)
			return word;
		if (strncasecmp(writing_shown(f, word), typed, len) != 0 &&
		    strncasecmp(word, typed, len) != 0)
			continue;
		if (found != NULL)
			return NULL;
		found = word;
	}
	return found;
}

bool
writing_set(struct writing *w, size_t field, const char *typed)
{
	struct writing_field *f = &w->fields[field];
	const char *value = typed;
	char iso[11];
	bool ok = true;

	if (*typed != '\0' && writing_choices(f) > 0) {
		value = chosen(f, typed);
		ok = value != NULL;
	} else if (*typed != '\0' && f->of != NULL &&
		   f->of->type == BODY_DATE) {
		ok = form_date(typed, w->today, DATE_MISSING, iso);
		value = iso;
	}
	if (!ok)
		value = typed;
	if (strcmp(value, f->value) != 0) {
		char *copy = xstrdup(value);

		free(f->value);
		f->value = copy;
		f->touched = true;
	}
	w->err = (struct err){0};
	w->wrong = w->n;
	if (ok)
		return true;
	w->wrong = field;
	return err_set(&w->err, ERR_BAD_VALUE,
	    f->of->type == BODY_DATE
		? _("%s: not a day; YYYY-MM-DD, mmddyyyy, t for today, +30")
		: _("%s: none of the choices, or several"),
	    f->label);
}

void
writing_wanted(const struct writing_field *f, struct buf *out)
{
	if (f->of == NULL) {
		buf_str(out,
		    strcmp(f->name, "n") == 0
			? _("the number of the revision")
			: _("what it is called from now on: up to 40 letters, "
			    "digits, dots and dashes"));
		return;
	}
	buf_str(out, _(f->of->help));
	if (f->of->type == BODY_LIST)
		buf_printf(out, "; %s",
		    _("a CSV file whose columns are called as the fields"));
	else if (f->of->type == BODY_DATE)
		buf_printf(
		    out, "; %s", _("YYYY-MM-DD, mmddyyyy, t: today, +30"));
	else if (f->of->type == BODY_IDS)
		buf_printf(out, "; %s", _("apart by commas"));
	else if (f->of->type == BODY_INT)
		buf_printf(
		    out, "; %s %d-%d", _("from"), f->of->least, f->of->most);
}

/* --- the body ----------------------------------------------------------- */

static void
csv_row(cJSON *list, const struct body_info *b, char *const *names,
    const struct csv_field *f, size_t n)
{
	cJSON *o = cJSON_CreateObject();

	for (size_t i = 0; i < n && names[i] != NULL; i++) {
		enum body body = (enum body)(b - bodies);
		const struct body_field *of =
		    field_of(body, names[i], strlen(names[i]));
		char *text = xstrndup(f[i].s, f[i].len);
		const char *value = text;

		if (of != NULL && of->type == BODY_BOOL)
			value = *text == 'y' || *text == 't' ? "true"
				: *text != '\0'		     ? "false"
							     : "";
		if (of != NULL)
			put_value(o, of, value);
		free(text);
	}
	cJSON_AddItemToArray(list, o);
}

/* A table of objects from a file; its first line names their fields. */
static bool
csv_list(
    cJSON *tree, const struct body_field *f, const char *path, struct err *err)
{
	cJSON *list = cJSON_AddArrayToObject(tree, f->name);
	char *names[33] = {NULL};
	const struct csv_field *cells;
	struct csv *csv;
	size_t n;
	int got;

	if (!csv_open(&csv, path, err))
		return false;
	while ((got = csv_next(csv, &cells, &n, err)) > 0) {
		if (names[0] == NULL) {
			for (size_t i = 0; i < n && i < 32; i++)
				names[i] = xstrndup(cells[i].s, cells[i].len);
			continue;
		}
		if (n == 1 && cells[0].len == 0)
			continue;
		csv_row(list, &bodies[f->of], names, cells, n < 32 ? n : 32);
	}
	for (size_t i = 0; i < 32; i++)
		free(names[i]);
	csv_free(csv);
	return got == 0;
}

/* The object in the tree that the asked fields go into. */
static cJSON *
target_object(const struct writing *w, cJSON *tree)
{
	const struct body_field *list = list_field(w);
	cJSON *all, *o;

	if (w->act->where == ACT_WHOLE)
		return tree;
	if ((o = object_of(w, tree)) != NULL)
		return o;
	all = cJSON_GetObjectItemCaseSensitive(tree, list->name);
	if (all == NULL)
		all = cJSON_AddArrayToObject(tree, list->name);
	o = cJSON_CreateObject();
	cJSON_AddItemToArray(all, o);
	if (w->act->where == ACT_KEYED) {
		const char *key = bodies[list->of].fields[0].name;
		char *is = member_text(w->row, key);

		cJSON_AddStringToObject(o, key, is);
		free(is);
	}
	return o;
}

/* What is not asked but goes with it. */
static void
put_presets(const struct writing *w, cJSON *tree)
{
	const char *word = w->act->preset;
	struct preset p;

	while (next_preset(&word, &p)) {
		const struct body_field *f =
		    field_of(w->paper->body, p.name, p.name_len);
		char *value;

		if (f == NULL || asked(w, p.name, p.name_len) != NULL)
			continue;
		value = expand(w, p.value, p.value_len);
		if (*value != '\0')
			put_value(tree, f, value);
		free(value);
	}
}

static cJSON *
tree_of(const struct writing *w, struct err *err)
{
	cJSON *tree = cJSON_Duplicate(w->before, true), *o;
	bool ok = true;

	put_presets(w, tree);
	o = target_object(w, tree);
	for (size_t i = 0; ok && i < w->n; i++) {
		const struct writing_field *f = &w->fields[i];

		if (f->of != NULL && f->of->type == BODY_LIST)
			ok = *f->value == '\0' ||
			     csv_list(o, f->of, f->value, err);
		else if (f->of != NULL)
			put_value(o, f->of, f->value);
	}
	if (field_of(w->paper->body, "version", 7) != NULL)
		cJSON_AddNumberToObject(tree, "version", (double)w->version);
	if (ok)
		return tree;
	cJSON_Delete(tree);
	return NULL;
}

void
writing_body(const struct writing *w, struct buf *out)
{
	struct err err;
	cJSON *tree = tree_of(w, &err);
	char *text = cJSON_PrintUnformatted(tree);

	buf_str(out, text != NULL ? text : "{}");
	cJSON_free(text);
	cJSON_Delete(tree);
}

void
writing_target(const struct writing *w, struct buf *target)
{
	char *id = path_value(w, "id"), *n = path_value(w, "n");

	api_target(target, w->paper->put, id);
	if (w->paper->put == ROUTE_RELEASE)
		buf_printf(target, "%s/release", n);
	free(id);
	free(n);
}

/* --- what is wrong ------------------------------------------------------ */

/* Which field "extensions[2].to" is about. */
static size_t
field_named(const struct writing *w, const char *path)
{
	const char *dot = strrchr(path, '.');
	const char *name = dot != NULL ? dot + 1 : path;
	size_t len = strcspn(name, "[");

	for (size_t i = 0; i < w->n; i++)
		if (strlen(w->fields[i].name) == len &&
		    strncmp(w->fields[i].name, name, len) == 0)
			return i;
	return w->n;
}

/* The message with the field's label instead of its name in the body. */
static void
say_wrong(struct writing *w, const char *field, const char *hint)
{
	size_t at = field_named(w, field), len = strlen(field);
	char text[sizeof w->err.text];
	const char *rest = w->err.text;

	w->wrong = at;
	if (len > 0 && strncmp(rest, field, len) == 0 &&
	    strncmp(rest + len, ": ", 2) == 0)
		rest += len + 2;
	snprintf(text, sizeof text, "%s%s%.300s%s%.150s",
	    at < w->n ? w->fields[at].label : field, len > 0 ? ": " : "", rest,
	    *hint ? "; " : "", hint);
	snprintf(w->err.text, sizeof w->err.text, "%s", text);
}

static bool
all_given(struct writing *w)
{
	for (size_t i = 0; i < w->n; i++) {
		if (!w->fields[i].needed || *w->fields[i].value != '\0')
			continue;
		w->wrong = i;
		return err_set(&w->err, ERR_USAGE, _("%s: must be given"),
		    w->fields[i].label);
	}
	return true;
}

static bool
paths_sound(struct writing *w)
{
	for (size_t i = 0; i < w->n; i++) {
		const struct writing_field *f = &w->fields[i];
		bool number = strcmp(f->name, "n") == 0;

		if (f->of != NULL)
			continue;
		if (strlen(f->value) <= 40 &&
		    f->value[strspn(f->value,
			number ? "0123456789"
			       : "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQR"
				 "STUVWXYZ0123456789.-_")] == '\0')
			continue;
		w->wrong = i;
		return err_set(&w->err, ERR_BAD_VALUE,
		    number ? _("%s: not a number")
			   : _("%s: letters, digits, dots and dashes, at most "
			       "40 of them"),
		    f->label);
	}
	return true;
}

bool
writing_check(struct writing *w)
{
	struct body_fault fault = {0};
	cJSON *tree, *read;
	char *text;

	w->err = (struct err){0};
	w->wrong = w->n;
	if (!all_given(w) || !paths_sound(w))
		return false;
	tree = tree_of(w, &w->err);
	if (tree == NULL) {
		w->wrong = field_named(w, "staff");
		return false;
	}
	text = cJSON_PrintUnformatted(tree);
	read = body_read(w->paper->body, text, strlen(text), &fault, &w->err);
	if (read == NULL)
		say_wrong(w, fault.field, fault.hint);
	cJSON_free(text);
	cJSON_Delete(tree);
	cJSON_Delete(read);
	return w->err.code == ERR_NONE;
}

/* --- words -------------------------------------------------------------- */

bool
writing_line(const struct writing *w, size_t field, struct buf *out)
{
	const struct writing_field *f = &w->fields[field];

	if (*f->value == '\0' && *f->was == '\0')
		return false;
	buf_printf(out, "%s: %s", f->label,
	    *f->value != '\0' ? writing_shown(f, f->value) : _("nothing"));
	if (strcmp(f->value, f->was) != 0 && *f->was != '\0')
		buf_printf(
		    out, _(" (instead of %s)"), writing_shown(f, f->was));
	return true;
}

void
writing_subject(const struct writing *w, struct buf *out)
{
	static const char *const keys[] = {"provider_name", "provider"};
	const char *id = json_get_string(w->row, "id");
	const char *name = NULL;

	if (id == NULL)
		id = json_get_string(w->row, "review");
	for (size_t i = 0; name == NULL && i < 2; i++)
		name = json_get_string(w->row, keys[i]);
	if (w->act->where == ACT_KEYED && list_field(w) != NULL)
		buf_printf(out, "%s  ",
		    json_get_string(
			w->row, bodies[list_field(w)->of].fields[0].name));
	if (id != NULL)
		buf_str(out, id);
	if (name != NULL)
		buf_printf(out, "%s%s", id != NULL ? "  " : "", name);
}

/* --- the answer --------------------------------------------------------- */

static enum writing_end
refused(struct writing *w, const cJSON *json, int status)
{
	const cJSON *e = cJSON_GetObjectItemCaseSensitive(json, "error");
	const char *code = json_get_string(e, "code");
	const char *field = json_get_string(e, "field");
	const char *hint = json_get_string(e, "hint");
	const char *message = json_get_string(e, "message");

	w->wrong = w->n;
	if (code == NULL) {
		err_set(&w->err, ERR_BAD_ANSWER,
		    _("the service answered with HTTP status %d"), status);
		return WRITING_REFUSED;
	}
	err_set(&w->err, err_from_name(code), "%s",
	    message != NULL ? message : _(err_message(err_from_name(code))));
	if (w->err.code == ERR_CONFLICT &&
	    cJSON_IsObject(cJSON_GetObjectItemCaseSensitive(json, "theirs"))) {
		cJSON_Delete(w->theirs);
		w->theirs = cJSON_Duplicate(
		    cJSON_GetObjectItemCaseSensitive(json, "theirs"), true);
		return WRITING_CONFLICT;
	}
	say_wrong(w, field != NULL ? field : "", hint != NULL ? hint : "");
	return WRITING_REFUSED;
}

enum writing_end
writing_answered(struct writing *w, int status, const struct buf *body,
    const struct err *err)
{
	enum writing_end end = WRITING_KEPT;
	struct err bad;
	cJSON *json;

	w->err = (struct err){0};
	if (status == 0) {
		w->err = *err;
		return WRITING_LOST;
	}
	json = json_parse(buf_text(body), body->len, NET_MAX_BODY, &bad);
	if (json == NULL) {
		err_set(&w->err, ERR_BAD_ANSWER, "%s",
		    _(err_message(ERR_BAD_ANSWER)));
		return WRITING_LOST;
	}
	if (status < 200 || status > 202)
		end = refused(w, json, status);
	cJSON_Delete(json);
	return end;
}

const char *
writing_theirs(const struct writing *w, size_t field)
{
	const struct writing_field *f = &w->fields[field];
	const cJSON *body = cJSON_GetObjectItemCaseSensitive(w->theirs, "body");
	const cJSON *from =
	    w->act->where == ACT_WHOLE ? body : object_of(w, body);
	char *text = f->of != NULL ? member_text(from, f->name) : xstrdup("");
	const char *kept;

	kept = arena_strndup((struct arena *)&w->kept, text, strlen(text));
	free(text);
	return writing_shown(f, kept);
}

void
writing_rebase(struct writing *w)
{
	const cJSON *version =
	    cJSON_GetObjectItemCaseSensitive(w->theirs, "version");
	const cJSON *body = cJSON_GetObjectItemCaseSensitive(w->theirs, "body");

	if (cJSON_IsNumber(version))
		w->version = (int64_t)version->valuedouble;
	/* A paper of which nothing is taken over has no fields before. */
	if (w->paper->member != NULL) {
		cJSON_Delete(w->before);
		w->before = fields_of(w->paper->body, body);
	}
	cJSON_Delete(w->theirs);
	w->theirs = NULL;
	read_fields(w);
}
