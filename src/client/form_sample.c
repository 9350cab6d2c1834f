/* What a monitor may do to the frozen sample from the form: a reserve in a
 * unit's place, or one more, each with a reason (poms.md 1.3). */
#include <stdio.h>
#include <string.h>

#include "base/i18n.h"
#include "client/form_part.h"

static bool
is_selectable(enum unit kind)
{
	return kind == UNIT_CC || kind == UNIT_CD || kind == UNIT_SF;
}

/* The child or file that the unit is about: itself, what its outcome's row
 * names, or whose interview it is. -1: none. */
static int
subject(const struct form *f, int unit)
{
	const struct review_unit *u = review_unit(f->review, unit);
	const char *of = review_fact(f->review, unit, FACT_OF);
	const char *slash = strchr(of, '/');

	if (is_selectable(u->kind))
		return unit;
	if (u->kind == UNIT_SEL && slash != NULL)
		return review_unit_find(
		    f->review, unit_find(of, (size_t)(slash - of)), slash + 1);
	return unit > 0 && u->parent > 0 ? subject(f, u->parent) : -1;
}

/* Applies what was made and goes to the first question of whom it brought. */
static bool
commit(struct form *f, struct change *c, const char *say)
{
	if (!form_commit(f, c))
		return false;
	form_say(f, "%s", say);
	return true;
}

bool
form_replace(struct form *f, const char *why)
{
	struct stamp stamp = form_stamp(f);
	int unit = subject(f, f->unit);
	struct change c = {0};
	struct err err = {0};

	if (unit < 0) {
		form_say(f, "%s", _("go to a child or a file first"));
		return false;
	}
	if (!review_replace(f->review, unit, why, &stamp, &c, &err))
		return form_refused(f, &c, &err);
	return commit(f, &c,
	    _("the next reserve stands in; its questions are "
	      "asked now"));
}

/* By key, or by the beginning of the name when only one begins so. */
static int
roster_unit(const struct form *f, const char *word, size_t len)
{
	int found = -1, n = 0;

	for (int i = 1; i < review_units(f->review); i++) {
		const struct review_unit *u = review_unit(f->review, i);

		if (!is_selectable(u->kind))
			continue;
		if (strlen(u->key) == len && memcmp(u->key, word, len) == 0)
			return i;
		if (strncmp(u->label, word, len) == 0) {
			found = i;
			n++;
		}
	}
	return n == 1 ? found : -1;
}

bool
form_extra(struct form *f, const char *text)
{
	struct stamp stamp = form_stamp(f);
	size_t len = strcspn(text, " ");
	const char *why = text + len + strspn(text + len, " ");
	int unit = len > 0 ? roster_unit(f, text, len) : -1;
	struct change c = {0};
	struct err err = {0};

	if (unit < 0) {
		form_say(f, "%s",
		    _("nobody of the roster is called so: an id, a blank, and "
		      "why"));
		return false;
	}
	if (!review_extra(f->review, unit, why, &stamp, &c, &err))
		return form_refused(f, &c, &err);
	return commit(f, &c, _("added: asked, in findings, in no rate"));
}
