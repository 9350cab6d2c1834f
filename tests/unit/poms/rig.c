#include "rig.h"

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const struct stamp *
stamp(struct rig *g)
{
	static struct stamp s;

	g->clock += 1000;
	s = (struct stamp){"m.monitor", g->clock, g->clock};
	return &s;
}

struct instrument *
rig_instrument(void)
{
	const char *top = getenv("top_srcdir");
	char path[4096];
	struct instrument *in;
	struct err err;

	snprintf(path, sizeof path, "%s/etc/instruments/poms-example-1.cfg",
	    top != NULL ? top : ".");
	ck_assert_msg(instrument_load(&in, path, &err), "%s", err.text);
	return in;
}

/* The first event names the review. */
void
rig_open(struct rig *g)
{
	rig_open_as(g, "review-1", "Maple House");
}

void
rig_open_as(struct rig *g, const char *review, const char *label)
{
	struct event e = event_make(EVENT_UNIT);

	*g = (struct rig){.in = rig_instrument()};
	g->r = review_new(g->in);
	e.review = review;
	e.sequence = 1;
	e.group = 1;
	e.flags = EVENT_PACKET;
	e.fact = FACT_LABEL;
	e.text = label;
	e.who = "service";
	ck_assert(review_apply(g->r, &e, &g->err));
}

void
rig_close(struct rig *g)
{
	review_free(g->r);
	instrument_free(g->in);
}

void
rig_apply(struct rig *g, struct change *c)
{
	for (size_t i = 0; i < c->n; i++)
		ck_assert_msg(review_apply(g->r, &c->list[i], &g->err), "%s",
		    g->err.text);
	change_free(c);
}

int
rig_unit(const struct rig *g, const char *unit)
{
	const char *slash = strchr(unit, '/');

	if (*unit == '\0')
		return 0;
	ck_assert_ptr_nonnull(slash);
	return review_unit_find(
	    g->r, unit_find(unit, (size_t)(slash - unit)), slash + 1);
}

void
rig_add(struct rig *g, const char *unit, const char *parent, const char *facts)
{
	const char *slash = strchr(unit, '/');
	struct unit_fact list[20];
	char *copy = strdup(facts), *save = NULL;
	struct change c = {0};
	size_t n = 0;

	for (char *f = strtok_r(copy, ";", &save); f != NULL;
	     f = strtok_r(NULL, ";", &save)) {
		char *value = strchr(f, '=');

		list[n].fact = fact_find(f, (size_t)(value - f));
		ck_assert(list[n].fact != FACTS);
		list[n++].text = value + 1;
	}
	list[n].fact = FACTS;
	ck_assert_msg(
	    review_add(g->r, unit_find(unit, (size_t)(slash - unit)), slash + 1,
		rig_unit(g, parent), list, stamp(g), &c, &g->err),
	    "%s", g->err.text);
	rig_apply(g, &c);
	free(copy);
}

static struct response
response(const char *answer, char *text, size_t size)
{
	struct response a = RESPONSE_NONE;
	char *bar;

	snprintf(text, size, "%s", answer);
	bar = strchr(text, '|');
	if (bar != NULL) {
		*bar = '\0';
		a.reason = bar + 1;
	}
	for (int s = 0; s < ANSWER_STATES; s++)
		if (strcmp(text, response_state_word(s)) == 0) {
			a.state = s;
			return a;
		}
	a.state = ANSWER_VALUE;
	a.value = text;
	return a;
}

int
rig_question(const struct rig *g, const char *question)
{
	int q = instrument_question(g->in, question, strlen(question));

	ck_assert_msg(q >= 0, "no question %s", question);
	return q;
}

bool
rig_try(
    struct rig *g, const char *unit, const char *question, const char *answer)
{
	char text[1000];
	struct response a = response(answer, text, sizeof text);
	struct change c = {0};

	if (!review_answer(g->r, rig_unit(g, unit), rig_question(g, question),
		&a, stamp(g), &c, &g->err)) {
		change_free(&c);
		return false;
	}
	rig_apply(g, &c);
	return true;
}

void
rig_say(
    struct rig *g, const char *unit, const char *question, const char *answer)
{
	ck_assert_msg(rig_try(g, unit, question, answer), "%s %s: %s", unit,
	    question, g->err.text);
}

void
rig_feed(
    struct rig *g, const char *unit, const char *question, const char *answer)
{
	char text[1000];
	const struct review_unit *u = review_unit(g->r, rig_unit(g, unit));
	struct event e = event_make(EVENT_FED);

	e.review = review_id(g->r);
	e.sequence = review_sequence(g->r) + 1;
	e.group = review_next_group(g->r);
	e.flags = EVENT_PACKET;
	e.unit = u->kind;
	e.key = u->key;
	e.question = question;
	e.new = response(answer, text, sizeof text);
	e.who = "service";
	e.text = "CWS/CMS, 2012-09-30";
	ck_assert_msg(review_apply(g->r, &e, &g->err), "%s", g->err.text);
}

const struct review_cell *
rig_cell(const struct rig *g, const char *unit, const char *question)
{
	const struct review_cell *c =
	    review_cell(g->r, rig_unit(g, unit), rig_question(g, question));

	ck_assert_ptr_nonnull(c);
	return c;
}

unsigned
rig_flags(const struct rig *g, const char *unit, const char *question)
{
	return rig_cell(g, unit, question)->flags;
}

const char *
rig_text(const struct rig *g, const char *unit, const char *question)
{
	const struct review_cell *c = rig_cell(g, unit, question);

	return c->answer.state == ANSWER_VALUE
		   ? c->answer.value
		   : response_state_word(c->answer.state);
}

void
rig_annual(struct rig *g)
{
	rig_open(g);
	rig_feed(g, "", "R02", "gh");
	rig_feed(g, "", "R03b", "2010");
	rig_feed(g, "", "R04", "annual");
	rig_feed(g, "", "R05", "2011-10-01");
	rig_feed(g, "", "R06", "2012-09-30");
}

void
rig_home(struct rig *g)
{
	rig_annual(g);
	rig_add(g, "CC/1", "",
	    "label=A. B.;birth_date=2000-05-01;removed=2012-01-01;"
	    "placed=2012-02-03;drawn=drawn");
	rig_add(g, "CC/2", "",
	    "birth_date=1996-01-15;placed=2011-11-01;drawn=drawn");
	rig_add(g, "CC/3", "", "birth_date=2001-01-15;drawn=reserve");
}

void
rig_undo(struct rig *g, bool again)
{
	struct stamp s = {"m.monitor", ++g->clock, g->clock};
	struct change c = {0};
	bool ok = again ? review_redo(g->r, &s, &c, &g->err)
			: review_undo(g->r, &s, &c, &g->err);

	ck_assert_msg(ok, "%s", g->err.text);
	rig_apply(g, &c);
}
