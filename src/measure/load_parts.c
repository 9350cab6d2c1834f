/* A composite's parts, and the national constants that stand elsewhere. */
#include "measure/load.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "measure/area.h"

/* A number in quotes as it was published; false when it is none. */
static bool
load_number(struct loader *l, const config_setting_t *group, const char *name,
    double *value)
{
	const char *text = load_string(l, group, name);
	char *end;

	if (text == NULL)
		return false;
	*value = strtod(text, &end);
	if (end == text || *end != '\0' || !(*value > -1e6 && *value < 1e6)) {
		load_fault(l, config_setting_get_member(group, name),
		    _("%s wants a number in quotes"), name);
		return false;
	}
	return true;
}

static void
load_weights(struct loader *l, const config_setting_t *group, struct part *part)
{
	const config_setting_t *s = config_setting_get_member(group, "weights");
	struct parts *parts = l->m->parts;
	int n = s != NULL ? config_setting_length(s) : 0;

	if (n < 1 || n > COMPONENTS_MAX ||
	    (parts->components != 0 && parts->components != n)) {
		load_fault(l, s != NULL ? s : group,
		    _("weights wants one number for each component, as many "
		      "as the other parts have, at most %d"),
		    COMPONENTS_MAX);
		return;
	}
	parts->components = n;
	for (int i = 0; i < n; i++) {
		const char *text = config_setting_get_string_elem(s, i);
		char *end = NULL;

		part->weights[i] = text != NULL ? strtod(text, &end) : 0;
		if (text == NULL || end == text || *end != '\0')
			load_fault(
			    l, s, _("%s wants texts in quotes"), "weights");
	}
}

static void
load_part(struct loader *l, const config_setting_t *group)
{
	static const char *const keys[] = {"measure", "weights", "less", NULL};
	struct parts *parts = l->m->parts;
	struct part *part = &parts->list[parts->n];
	int less = 0;

	load_unknown(l, group, keys);
	if (parts->n == PARTS_MAX) {
		load_fault(
		    l, group, _("there can be at most %d parts"), PARTS_MAX);
		return;
	}
	config_setting_lookup_bool(group, "less", &less);
	*part = (struct part){.less = less != 0};
	part->id = load_or(load_need(l, group, "measure"), "");
	load_weights(l, group, part);
	parts->n++;
}

void
load_parts(struct loader *l, const config_setting_t *group)
{
	bool composite = l->m->about.kind == KIND_COMPOSITE;

	if (composite != (config_setting_get_member(group, "parts") != NULL))
		load_fault(l, group, _("a composite has parts, others none"));
	if (!composite)
		return;
	l->m->parts = arena_alloc(&l->measures->arena, sizeof *l->m->parts);
	*l->m->parts = (struct parts){0};
	load_each(l, group, "parts", load_part);
}

void
load_constant(struct loader *l, const config_setting_t *group)
{
	static const char *const keys[] = {"measure", "mean", "sd", "composite",
	    "least", "most", "source", "certainty", NULL};
	struct constant *c = &l->measures->constants[l->measures->constants_n];

	load_unknown(l, group, keys);
	if (l->measures->constants_n == CONSTANTS_MAX) {
		load_fault(l, group, _("there can be at most %d constants"),
		    CONSTANTS_MAX);
		return;
	}
	c->range = config_setting_get_member(group, "composite") != NULL;
	c->id = load_or(
	    load_need(l, group, c->range ? "composite" : "measure"), "");
	load_need(l, group, "source");
	c->text = load_kept(l, group, NULL);
	if (!load_number(l, group, c->range ? "least" : "mean", &c->a) ||
	    !load_number(l, group, c->range ? "most" : "sd", &c->b)) {
		load_fault(l, group,
		    _("a constant has mean and sd of a "
		      "measure, or least and most of a "
		      "composite"));
		return;
	}
	if (c->range ? c->b <= c->a : c->b <= 0) {
		load_fault(
		    l, group, _("sd is above zero, and most above least"));
		return;
	}
	l->measures->constants_n++;
}

/* Other parts or constants make another figure, so they make another version.
 */
static void
add_version(struct measures *ms, struct measure *m)
{
	const struct parts *p = m->parts;
	char version[LOAD_VERSION];
	struct buf text = {0};

	buf_str(&text, m->about.version);
	for (int i = 0; i < p->n; i++)
		buf_printf(&text, " %s %s %.9g %.9g", p->list[i].id,
		    p->list[i].measure != NULL
			? p->list[i].measure->about.version
			: "",
		    p->list[i].mean, p->list[i].sd);
	buf_printf(&text, " %.9g %.9g", p->least, p->most);
	load_text_version(buf_text(&text), version);
	m->about.version = arena_strndup(&ms->arena, version, strlen(version));
	buf_free(&text);
}

/* The group of "measure = {...};" */
static void
add_group(struct buf *text, const struct measure *m)
{
	const char *group = strchr(m->about.text, '{');

	buf_add(text, group, (size_t)(strrchr(m->about.text, '}') + 1 - group));
}

static bool
is_for(const struct constant *c, const struct measure *m)
{
	bool is = c->range && strcmp(c->id, m->about.id) == 0;

	for (int i = 0; i < m->parts->n && !c->range; i++)
		is |= strcmp(m->parts->list[i].id, c->id) == 0;
	return is;
}

/* With a composite its parts and constants are kept, or it could not be made
 * again when they have changed. */
static void
add_text(struct measures *ms, struct measure *m)
{
	struct buf text = {0};
	bool any = false;

	buf_str(&text, "measures = (");
	add_group(&text, m);
	for (int i = 0; i < m->parts->n; i++)
		if (m->parts->list[i].measure != NULL) {
			buf_str(&text, ",\n  ");
			add_group(&text, m->parts->list[i].measure);
		}
	buf_str(&text, ");\nconstants = (");
	for (int i = 0; i < ms->constants_n; i++)
		if (is_for(&ms->constants[i], m)) {
			buf_printf(&text, "%s%s", any ? ",\n  " : "",
			    ms->constants[i].text);
			any = true;
		}
	buf_str(&text, ");\n");
	m->about.text = arena_strndup(&ms->arena, text.data, text.len);
	buf_free(&text);
}

static void
give_constant(struct parts *p, const char *id, const struct constant *c)
{
	if (c->range && strcmp(c->id, id) == 0) {
		p->least = c->a;
		p->most = c->b;
		p->known = true;
	}
	for (int i = 0; i < p->n && !c->range; i++)
		if (strcmp(p->list[i].id, c->id) == 0) {
			p->list[i].mean = c->a;
			p->list[i].sd = c->b;
			p->list[i].known = true;
		}
}

void
load_resolve(struct measures *ms, struct faults *faults)
{
	for (size_t i = 0; i < ms->n; i++) {
		struct measure *m = &ms->list[i];

		if (m->parts == NULL)
			continue;
		for (int k = 0; k < m->parts->n; k++) {
			struct part *part = &m->parts->list[k];

			part->measure = measures_find(ms, part->id);
			/* Files may be checked on their own. */
			if (part->measure == NULL && ms->categories_n > 0)
				fault_add(faults, m->file, m->line, 1,
				    _("%s: there is no measure '%s'"),
				    m->about.id, part->id);
		}
		for (int k = 0; k < ms->constants_n; k++)
			give_constant(m->parts, m->about.id, &ms->constants[k]);
		m->about.not_computed = !parts_known(m->parts);
		add_version(ms, m);
		add_text(ms, m);
	}
}
