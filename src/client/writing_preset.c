/* What a writing offers: templates of its act, filled in from the row. */
#include "client/writing_part.h"

#include <stdlib.h>
#include <string.h>

#include "base/date.h"

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
		text = writing_member_text(w->row, key);
	found = *text != '\0';
	buf_str(to, text);
	free(text);
	free(key);
	return found;
}

/* "C-@provider": a template with members of the row; "" when one of them says
 * nothing. */
char *
writing_expand(const struct writing *w, const char *text, size_t len)
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
	if (b.len > 0)
		return buf_take(&b);
	buf_free(&b);
	return xstrdup("");
}

/* The next "field=value" of *word; false at the end. */
bool
writing_next_preset(const char **word, struct writing_preset *p)
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

void
writing_offer(struct writing *w)
{
	const char *word = w->act->preset;
	struct writing_preset p;

	while (writing_next_preset(&word, &p)) {
		struct writing_field *f = writing_asked(w, p.name, p.name_len);

		if (f == NULL || *f->value != '\0' || f->touched)
			continue;
		free(f->value);
		f->value = writing_expand(w, p.value, p.value_len);
	}
}

/* What stands in the path: typed, offered, or the row's own. */
char *
writing_path_value(const struct writing *w, const char *name)
{
	const struct writing_field *f = writing_asked(w, name, strlen(name));
	const char *word = w->act->preset;
	struct writing_preset p;

	if (f != NULL)
		return xstrdup(f->value);
	while (writing_next_preset(&word, &p))
		if (p.name_len == strlen(name) &&
		    strncmp(p.name, name, p.name_len) == 0)
			return writing_expand(w, p.value, p.value_len);
	return writing_member_text(w->row, name);
}
