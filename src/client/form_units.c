#include "client/form.h"

#include <string.h>

#include "base/i18n.h"
#include "client/form_part.h"

/* Twelve letters and digits: what a new row is known by, everywhere. */
static void
form_key_new(const struct form *f, char key[static 13])
{
	static const char signs[] = "abcdefghjkmnpqrstuvwxyz23456789A";
	uint8_t bytes[12];

	f->keep.random(f->keep.self, bytes, sizeof bytes);
	for (size_t i = 0; i < sizeof bytes; i++)
		key[i] = signs[bytes[i] % 32];
	key[12] = '\0';
}

static bool
form_first_of(struct form *f, int unit)
{
	int n;
	const struct item *all = review_items(f->review, &n);

	for (int i = 0; i < n; i++) {
		if (all[i].unit != unit || !all[i].asked)
			continue;
		form_go(f, i);
		return true;
	}
	return false;
}

static bool
form_new(
    struct form *f, enum unit kind, int parent, const struct unit_fact *facts)
{
	struct change c = {0};
	struct err err = {0};
	struct stamp stamp = form_stamp(f);
	char key[13];

	form_key_new(f, key);
	if (!review_add(f->review, kind, key, parent, facts, &stamp, &c, &err))
		return form_refused(f, &c, &err);
	if (!form_commit(f, &c))
		return false;
	if (form_first_of(f, review_unit_find(f->review, kind, key)))
		return true;
	form_say(f, "%s",
	    _("as things are nothing is asked of it; z takes it away again"));
	return false;
}

/* The unit one is at, or the one it belongs to, of that kind; -1: neither. */
static int
form_owner(const struct form *f, enum unit kind)
{
	int unit = f->unit;

	while (unit > 0 && review_unit(f->review, unit)->kind != kind)
		unit = review_unit(f->review, unit)->parent;
	return review_unit(f->review, unit)->kind == kind ? unit : -1;
}

enum unit
form_row_here(const struct form *f)
{
	const struct question *q = form_question(f);

	return q != NULL && unit_is_row(q->unit) ? q->unit : UNITS;
}

int
form_row_kinds(const struct form *f, enum unit kinds[static UNITS])
{
	int n = 0;

	for (int k = 0; k < UNITS; k++)
		if (unit_is_row((enum unit)k) &&
		    review_asks(f->review, (enum unit)k) &&
		    form_owner(f, unit_parent((enum unit)k)) >= 0)
			kinds[n++] = (enum unit)k;
	return n;
}

bool
form_add(struct form *f, enum unit kind)
{
	static const struct unit_fact none[] = {{FACTS, NULL}};
	enum unit above = unit_parent(kind);
	int parent = form_owner(f, above);

	if (parent < 0) {
		form_say(f, _("go to the %s first that it belongs to"),
		    _(unit_title(above)));
		return false;
	}
	return form_new(f, kind, parent, none);
}

bool
form_claim(struct form *f)
{
	const struct review_unit *u = review_unit(f->review, f->unit);
	bool take = strcmp(u->claimed, f->who) != 0;
	struct change c = {0};
	struct err err = {0};
	struct stamp stamp = form_stamp(f);

	if (f->unit == 0) {
		form_say(f, "%s", _("go to a child or a file first"));
		return false;
	}
	if (!review_claim(f->review, f->unit, take, &stamp, &c, &err))
		return form_refused(f, &c, &err);
	if (!form_commit(f, &c))
		return false;
	form_say(f, "%s",
	    take ? _("taken by you; the others see it after the next sync")
		 : _("given back"));
	return true;
}

void
form_news(const struct form *f, int unit, struct buf *out)
{
	const struct review_unit *u = review_unit(f->review, unit);

	if (f->keep.news != NULL)
		f->keep.news(f->keep.self, u, out);
	else if (*u->claimed != '\0')
		buf_printf(out, _("taken by %s"), u->claimed);
}

bool
form_attach(struct form *f, const char *path)
{
	const struct question *q = form_question(f);
	struct err err = {0};

	if (q == NULL || f->keep.attach == NULL || *path == '\0')
		return true;
	if (!f->keep.attach(
		f->keep.self, review_unit(f->review, f->unit), q, path, &err)) {
		form_say(f, "%s", err.text);
		return false;
	}
	form_say(f, "%s", _("copied; it goes with the next sync"));
	return true;
}

bool
form_drop(struct form *f)
{
	struct change c = {0};
	struct err err = {0};
	struct stamp stamp = form_stamp(f);
	int unit = f->unit;

	if (!form_group(f, -1))
		form_group(f, 1);
	if (!review_drop(f->review, unit, &stamp, &c, &err))
		return form_refused(f, &c, &err);
	if (!form_commit(f, &c))
		return false;
	form_say(f, "%s", _("taken away; z brings it back"));
	return true;
}

bool
form_finding(struct form *f)
{
	struct arena arena = {0};
	int n, unit = -1;
	const struct finding *list = review_findings(f->review, &arena, &n);
	const struct question *q = form_question(f);
	bool found = false;

	for (int i = 0; i < n; i++) {
		if (list[i].question != f->question)
			continue;
		found = true;
		unit = list[i].unit;
	}
	arena_free(&arena);
	if (!found) {
		form_say(
		    f, "%s", _("no answer to this question opens a finding"));
		return false;
	}
	if (unit >= 0)
		return form_first_of(f, unit);
	return form_new(f, UNIT_FND, 0,
	    (const struct unit_fact[]){{FACT_QUESTION, q->id}, {FACTS, NULL}});
}
