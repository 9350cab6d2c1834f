#include "client/form.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/date.h"
#include "base/i18n.h"
#include "client/form_part.h"

/* An option by its id, its number or the beginning of its words; a unit by
 * its key or label. NULL: none, or more than one. */
static const char *
form_option(const struct form *f, const struct question *q, const char *text)
{
	size_t len = strlen(text);
	const char *found = NULL;
	int number = atoi(text), at = question_option(q, text, len);

	if (at >= 0)
		return q->options[at].id;
	if (number >= 1 && number <= q->options_n)
		return q->options[number - 1].id;
	for (int i = 0; i < q->options_n; i++) {
		if (strncasecmp(q->options[i].text.in[f->tongue], text, len))
			continue;
		if (found != NULL)
			return NULL;
		found = q->options[i].id;
	}
	return found;
}

static const char *
form_unit_named(
    const struct form *f, const struct question *q, const char *text)
{
	const char *found = NULL;

	for (int i = 0; i < review_units(f->review); i++) {
		const struct review_unit *u = review_unit(f->review, i);

		if (u->dropped || u->kind != q->of)
			continue;
		if (strcmp(u->key, text) == 0)
			return u->key;
		if (strncasecmp(u->label, text, strlen(text)) != 0)
			continue;
		if (found != NULL)
			return NULL;
		found = u->key;
	}
	return found;
}

/* Words apart by ";", each of them looked up. */
static bool
form_words(const struct form *f, const struct question *q, const char *typed,
    struct buf *out)
{
	bool many = q->type == VALUE_MANY || q->type == VALUE_REFS;
	bool options = q->type == VALUE_CHOICE || q->type == VALUE_MANY;

	while (*typed != '\0') {
		size_t len = many ? strcspn(typed, ";") : strlen(typed);
		char *word = xstrndup(typed, len);
		const char *id = options ? form_option(f, q, word)
					 : form_unit_named(f, q, word);

		free(word);
		if (id == NULL)
			return false;
		buf_printf(out, "%s%s", out->len > 0 ? ";" : "", id);
		typed += len;
		typed += strspn(typed, "; ");
	}
	return out->len > 0;
}

static int32_t
form_today(const struct form *f)
{
	return form_day(f->keep.wall_ms(f->keep.self));
}

static int32_t
form_placed(const struct form *f)
{
	const char *text = review_fact(f->review, f->unit, FACT_PLACED);

	return date_parse(text, strlen(text));
}

bool
form_type(struct form *f, const char *text)
{
	const struct question *q = form_question(f);
	struct buf value = {0};
	char iso[17];
	bool ok;

	if (q == NULL)
		return false;
	if (*text == '\0')
		return form_clear(f);
	if (q->type == VALUE_DATE &&
	    form_date(text, form_today(f), form_placed(f), iso))
		text = iso;
	if (q->type == VALUE_TIME &&
	    form_time(text, form_today(f), form_placed(f), iso))
		text = iso;
	if ((q->type == VALUE_CHOICE || q->type == VALUE_MANY ||
		q->type == VALUE_REF || q->type == VALUE_REFS) &&
	    !form_words(f, q, text, &value)) {
		form_say(
		    f, _("\"%s\" is none of the choices, or several"), text);
		buf_free(&value);
		return false;
	}
	ok = form_put_value(f, value.len > 0 ? buf_text(&value) : text);
	buf_free(&value);
	return ok;
}
