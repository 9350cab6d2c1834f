/* A new version held against an older one: published questions stay. */
#include <string.h>

#include "base/i18n.h"
#include "poms/definition.h"

static const char *
type_changed(const struct question *a, const struct question *b)
{
	if (a->unit != b->unit)
		return N_("it is asked of another unit");
	if (a->type != b->type || a->of != b->of)
		return N_("its type changed");
	if (a->polarity != b->polarity)
		return N_("what counts as compliant changed");
	if (a->decimals != b->decimals)
		return N_("its decimals changed");
	if ((a->override == OVERRIDE_NEVER) != (b->override == OVERRIDE_NEVER))
		return N_("it was typed and is computed, or the reverse");
	return NULL;
}

/* Choices may be added, none may go or say something else. */
static const char *
options_changed(const struct question *a, const struct question *b)
{
	for (int i = 0; i < a->options_n; i++) {
		const struct choice *o = &a->options[i];
		int k = question_option(b, o->id, strlen(o->id));

		if (k < 0)
			return N_("a choice went");
		if (strcmp(o->text.in[TONGUE_EN],
			b->options[k].text.in[TONGUE_EN]) != 0 &&
		    *b->reworded == '\0')
			return N_("a choice says something else");
	}
	return NULL;
}

static bool
same_words(const struct words *a, const struct words *b)
{
	for (int t = 0; t < TONGUES; t++)
		if (strcmp(a->in[t], b->in[t]) != 0)
			return false;
	return true;
}

static const char *
text_changed(const struct question *a, const struct question *b)
{
	if (*b->reworded != '\0' || (same_words(&a->text, &b->text) &&
					same_words(&a->young, &b->young)))
		return NULL;
	return N_("its text changed and \"reworded\" does not say why it "
		  "means the same");
}

void
instrument_compare(const struct instrument *older,
    const struct instrument *newer, const char *file, struct faults *faults)
{
	for (int i = 0; i < newer->questions_n; i++) {
		const struct question *b = &newer->questions[i];
		int k = instrument_question(older, b->id, strlen(b->id));
		const struct question *a;
		const char *why;

		if (k < 0)
			continue;
		a = &older->questions[k];
		why = type_changed(a, b);
		if (why == NULL)
			why = options_changed(a, b);
		if (why == NULL)
			why = text_changed(a, b);
		if (why != NULL)
			fault_add(faults, file, b->line, 0,
			    _("%s was published in version %d: %s; a changed "
			      "question gets a new id"),
			    b->id, older->about.version, _(why));
	}
}
