#include "client/writing.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>

#include "base/i18n.h"
#include "base/json.h"
#include "client/net.h"
#include "client/writing_part.h"

/* --- tables ------------------------------------------------------------- */

const struct body_field *
writing_field_of(enum body body, const char *name, size_t len)
{
	const struct body_info *b = &bodies[body];

	for (size_t i = 0; i < b->n; i++)
		if (strlen(b->fields[i].name) == len &&
		    strncmp(b->fields[i].name, name, len) == 0)
			return &b->fields[i];
	return NULL;
}

const struct body_field *
writing_list_field(const struct writing *w)
{
	return w->act->list == NULL ? NULL
				    : writing_field_of(w->paper->body,
					  w->act->list, strlen(w->act->list));
}

/* The body that the asked fields are of. */
static enum body
asked_body(const struct writing *w)
{
	const struct body_field *list = writing_list_field(w);

	return list != NULL ? (enum body)list->of : w->paper->body;
}

static bool
is_path(const char *name, size_t len)
{
	return (len == 2 && strncmp(name, "id", 2) == 0) ||
	       (len == 1 && *name == 'n');
}

struct writing_field *
writing_asked(const struct writing *w, const char *name, size_t len)
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
	    .of = is_path(word, n) ? NULL
				   : writing_field_of(asked_body(w), word, n),
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
cJSON *
writing_object_of(const struct writing *w, const cJSON *tree)
{
	const struct body_field *list = writing_list_field(w);
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
	const cJSON *from = w->act->where == ACT_WHOLE
				? w->before
				: writing_object_of(w, w->before);

	for (size_t i = 0; i < w->n; i++) {
		struct writing_field *f = &w->fields[i];

		free(f->was);
		f->was = f->of != NULL && f->of->type != BODY_LIST
			     ? writing_member_text(from, f->name)
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
	writing_offer(w);
}

bool
writing_ask(const struct writing *w, struct buf *target)
{
	char *id;

	if (w->paper->get == API_ROUTES)
		return false;
	id = writing_path_value(w, "id");
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
	if (w->act->where == ACT_KEYED && writing_list_field(w) != NULL)
		buf_printf(out, "%s  ",
		    json_get_string(w->row,
			bodies[writing_list_field(w)->of].fields[0].name));
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
	writing_say_wrong(
	    w, field != NULL ? field : "", hint != NULL ? hint : "");
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
	    w->act->where == ACT_WHOLE ? body : writing_object_of(w, body);
	char *text =
	    f->of != NULL ? writing_member_text(from, f->name) : xstrdup("");
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
