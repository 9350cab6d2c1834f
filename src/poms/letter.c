/*
 * The findings letter. Its tongue is the reader's, not the program's, so its
 * sentences stand here in both and do not go through the catalogue.
 */
#include <string.h>

#include "base/date.h"
#include "poms/repeat.h"
#include "poms/score.h"
#include "poms/state.h"

enum phrase {
	PHRASE_DATE,
	PHRASE_TO,
	PHRASE_PERIOD,
	PHRASE_EXAMPLE,
	PHRASE_NONE,
	PHRASE_FINDINGS,
	PHRASE_OTHER,
	PHRASE_UNITS,
	PHRASE_REPEAT,
	PHRASE_REPEAT_YEAR,
	PHRASE_IMMEDIATE,
	PHRASE_NO_FACTS,
	PHRASE_CAP,
	PHRASE_EACH,
	PHRASE_DIFFER,
	PHRASE_OTHERWISE,
	PHRASE_REASON,
	PHRASES
};

static const char *const phrases[PHRASES][TONGUES] = {
    [PHRASE_DATE] = {"Date of this notice: %s\n", "Fecha de este aviso: %s\n"},
    [PHRASE_TO] = {"To: %s\n", "A: %s\n"},
    [PHRASE_PERIOD] = {"Review period: %s to %s\n",
	"Período de revisión: %s a %s\n"},
    [PHRASE_EXAMPLE] = {"This review used an example instrument; it is not an "
			"official rule.\n",
	"Esta revisión usó un instrumento de ejemplo; no es una norma "
	"oficial.\n"},
    [PHRASE_NONE] = {"The review made no findings.\n",
	"La revisión no produjo hallazgos.\n"},
    [PHRASE_FINDINGS] = {"The review made these findings:\n",
	"La revisión produjo estos hallazgos:\n"},
    [PHRASE_OTHER] = {"Other", "Otros"},
    [PHRASE_UNITS] = {" (seen %d times)", " (visto %d veces)"},
    [PHRASE_REPEAT] = {"     This was a finding of the last review, too.\n",
	"     También fue un hallazgo de la última revisión.\n"},
    [PHRASE_REPEAT_YEAR] = {"     Repeat of %d: that review found it, too.\n",
	"     Se repite de %d: esa revisión también lo halló.\n"},
    [PHRASE_IMMEDIATE] = {"     Immediate action is required.\n",
	"     Se requiere acción inmediata.\n"},
    [PHRASE_NO_FACTS] = {"     (no facts written down yet)\n",
	"     (aún sin hechos anotados)\n"},
    [PHRASE_CAP] = {"A corrective action plan is due on %s, 30 calendar days "
		    "from this notice.\n",
	"Se debe presentar un plan de acción correctiva el %s, 30 días "
	"naturales desde este aviso.\n"},
    [PHRASE_EACH] = {"For each finding it says what is done, how, how it is "
		     "kept up, how recurrence is\nprevented, by when, and who "
		     "is responsible.\n",
	"Para cada hallazgo dice qué se hace, cómo, cómo se mantiene, cómo se "
	"evita que se\nrepita, para cuándo y quién es responsable.\n"},
    [PHRASE_DIFFER] = {"\nThese counts are not those of case data; both are "
		       "kept:\n",
	"\nEstas cifras no son las de los datos del caso; se conservan "
	"ambas:\n"},
    [PHRASE_OTHERWISE] = {"     counted %s; %s says %s\n",
	"     contado %s; según %s, %s\n"},
    [PHRASE_REASON] = {"     Reason: %s\n", "     Motivo: %s\n"},
};

struct letter {
	struct buf *out;
	const struct scorecard *card;
	const struct review *r;
	enum tongue tongue;
	int number; /* of the finding */
	int repeat_year;
};

static const char *
say(const struct letter *l, enum phrase phrase)
{
	return phrases[phrase][l->tongue];
}

static const char *
in_tongue(const struct letter *l, const struct words *w)
{
	return *w->in[l->tongue] != '\0' ? w->in[l->tongue] : w->in[TONGUE_EN];
}

static const char *
text_of(const struct letter *l, int unit, enum known known)
{
	const struct slot *s =
	    unit >= 0 ? state_known(l->r, unit, known) : NULL;

	return s != NULL && s->cell.answer.state == ANSWER_VALUE
		   ? s->cell.answer.value
		   : "";
}

static void
head(struct letter *l, int32_t notice)
{
	const struct instrument_about *a = &l->r->in->about;
	const char *provider = text_of(l, 0, KNOWN_PROVIDER);
	char day[DATE_TEXT];

	if (*provider == '\0')
		provider = review_unit(l->r, 0)->label;
	buf_printf(l->out, say(l, PHRASE_DATE), date_format(notice, day));
	buf_printf(l->out, say(l, PHRASE_TO), provider);
	buf_printf(l->out, say(l, PHRASE_PERIOD), text_of(l, 0, KNOWN_FROM),
	    text_of(l, 0, KNOWN_TO));
	buf_printf(l->out, "%s, %d\n", in_tongue(l, &a->title), a->version);
	if (a->example)
		buf_str(l->out, say(l, PHRASE_EXAMPLE));
	buf_char(l->out, '\n');
}

static bool
is_immediate(const struct letter *l, const struct finding *f)
{
	const struct slot *s =
	    f->unit >= 0 ? state_known(l->r, f->unit, KNOWN_FND_IMMEDIATE)
			 : NULL;

	return f->immediate ||
	       (s != NULL && s->cell.answer.state == ANSWER_YES);
}

static void
one_finding(struct letter *l, const struct finding *f)
{
	const struct question *q = &l->r->in->questions[f->question];
	const char *facts = text_of(l, f->unit, KNOWN_FND_FACTS);
	const char *first = in_tongue(l, &q->unfavourable);

	buf_printf(l->out, "%3d. %s %s", ++l->number, q->id,
	    *first != '\0' ? first : in_tongue(l, &q->text));
	/* How many said so in private is nobody's to count. */
	if (f->cells > 1 && !l->r->in->sections[q->section].interview)
		buf_printf(l->out, say(l, PHRASE_UNITS), f->cells);
	buf_char(l->out, '\n');
	if (*facts != '\0')
		buf_printf(l->out, "     %s\n", facts);
	else
		buf_str(l->out, say(l, PHRASE_NO_FACTS));
	if (f->repeat && l->repeat_year > 0)
		buf_printf(l->out, say(l, PHRASE_REPEAT_YEAR), l->repeat_year);
	else if (f->repeat)
		buf_str(l->out, say(l, PHRASE_REPEAT));
	if (is_immediate(l, f))
		buf_str(l->out, say(l, PHRASE_IMMEDIATE));
}

static void
findings_of(struct letter *l, int area, const char *title)
{
	bool first = true;

	for (int i = 0; i < l->card->findings_n; i++) {
		const struct finding *f = &l->card->findings[i];

		if (l->r->in->questions[f->question].area != area)
			continue;
		if (first)
			buf_printf(l->out, "\n%s\n", title);
		first = false;
		one_finding(l, f);
	}
}

static const char *
in_words(const struct response *a)
{
	return a->state == ANSWER_VALUE ? a->value
					: response_state_word(a->state);
}

/* Counts of the agency alone: nothing of a child stands in a letter. */
static void
differing(struct letter *l)
{
	bool first = true;

	for (int i = 0; i < l->r->in->questions_n; i++) {
		const struct question *q = &l->r->in->questions[i];
		const struct review_cell *c;

		if (q->unit != UNIT_AG || !review_overrides(l->r, 0, i))
			continue;
		c = &state_slot(l->r, 0, q)->cell;
		if (first)
			buf_str(l->out, say(l, PHRASE_DIFFER));
		first = false;
		buf_printf(l->out, "  %s %s\n", q->id, in_tongue(l, &q->text));
		buf_printf(l->out, say(l, PHRASE_OTHERWISE),
		    in_words(&c->answer), c->fed_source, in_words(&c->fed));
		if (*c->answer.reason != '\0')
			buf_printf(
			    l->out, say(l, PHRASE_REASON), c->answer.reason);
	}
}

void
letter_text(struct buf *out, const struct scorecard *c, const struct review *r,
    int32_t notice, enum tongue tongue)
{
	struct letter l = {out, c, r, tongue, 0, repeat_year(r)};
	const struct instrument *in = r->in;
	int cap = instrument_deadline(in, "cap", 3);
	int32_t due =
	    cap >= 0 && in->deadlines[cap].days >= 0
		? instrument_add_days(in, notice, in->deadlines[cap].days,
		      in->deadlines[cap].kind)
		: DATE_MISSING;
	char day[DATE_TEXT];

	head(&l, notice);
	if (c->findings_n == 0) {
		buf_str(out, say(&l, PHRASE_NONE));
		differing(&l);
		return;
	}
	buf_str(out, say(&l, PHRASE_FINDINGS));
	for (int a = 0; a < in->areas_n; a++)
		findings_of(&l, a, in_tongue(&l, &in->areas[a].title));
	findings_of(&l, -1, say(&l, PHRASE_OTHER));
	buf_char(out, '\n');
	if (due != DATE_MISSING)
		buf_printf(out, say(&l, PHRASE_CAP), date_format(due, day));
	buf_str(out, say(&l, PHRASE_EACH));
	differing(&l);
}
