/* Values of a writing: as texts, as they are typed, and for people. */
#include "client/writing_part.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/date.h"
#include "base/i18n.h"
#include "client/form.h"
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

char *
writing_member_text(const cJSON *o, const char *name)
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

void
writing_put_value(cJSON *o, const struct body_field *f, const char *text)
{
	cJSON_DeleteItemFromObjectCaseSensitive(o, f->name);
	if (*text != '\0')
		cJSON_AddItemToObject(o, f->name, value_of(f, text));
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
