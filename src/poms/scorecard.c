/* The provider's scorecard: what poms.md 1.22 lists, without names. */
#include <string.h>

#include "poms/sample.h"
#include "poms/score.h"
#include "poms/state.h"

/* --- tallies of choices --- */

static int
count_option(const struct review *r, const struct question *q, int option)
{
	int n = 0;

	for (size_t i = 0; i < r->rows_n; i++) {
		const struct review_unit *u = &r->rows[i].unit;
		const struct slot *s;

		if (u->kind != q->unit || !u->asked)
			continue;
		s = state_slot(r, (int)i, q);
		n += (s->cell.flags & CELL_ASKED) != 0 &&
		     s->cell.answer.state == ANSWER_VALUE && s->value.ok &&
		     s->value.number == option;
	}
	return n;
}

static const struct option_tally *
tally(struct arena *arena, const struct review *r, const enum known *known,
    size_t known_n, int *n)
{
	size_t most = 0;
	struct option_tally *list;

	for (size_t i = 0; i < known_n; i++)
		if (r->in->known[known[i]] >= 0)
			most += (size_t)r->in->questions[r->in->known[known[i]]]
				    .options_n;
	list = arena_alloc(arena, (most + 1) * sizeof *list);
	*n = 0;
	for (size_t i = 0; i < known_n; i++) {
		const struct question *q;

		if (r->in->known[known[i]] < 0)
			continue;
		q = &r->in->questions[r->in->known[known[i]]];
		for (int o = 0; o < q->options_n; o++) {
			int count = count_option(r, q, o);

			if (count > 0)
				list[(*n)++] =
				    (struct option_tally){q->index, o, count};
		}
	}
	return list;
}

/* --- citations by site --- */

static bool
says_yes(const struct review *r, int unit, enum known known)
{
	const struct slot *s = state_known(r, unit, known);

	return s != NULL && s->cell.answer.state == ANSWER_YES;
}

static struct site_tally *
find_site(struct site_tally *list, int *n, int unit)
{
	for (int i = 0; i < *n; i++)
		if (list[i].unit == unit)
			return &list[i];
	list[*n] = (struct site_tally){.unit = unit};
	return &list[(*n)++];
}

static void
make_sites(struct scorecard *c, const struct review *r)
{
	struct site_tally *list =
	    arena_alloc(&c->arena, (r->rows_n + 1) * sizeof *list);

	c->sites = list;
	for (size_t i = 1; i < r->rows_n; i++) {
		const struct slot *s = state_known(r, (int)i, KNOWN_CIT_SITE);
		struct site_tally *site;

		if (s == NULL)
			continue;
		site = find_site(list, &c->sites_n,
		    review_unit_find(r, UNIT_ST, s->cell.answer.value));
		site->citations++;
		site->safety += says_yes(r, (int)i, KNOWN_CIT_SAFETY) ||
				says_yes(r, (int)i, KNOWN_CIT_PLANT);
	}
}

/* --- interviews --- */

static struct interview_count
count_interviews(const struct review *r, const struct question *q)
{
	struct interview_count c = {.question = q->index};
	int answered;

	for (size_t i = 0; i < r->rows_n; i++) {
		const struct slot *s;

		if (r->rows[i].unit.kind != q->unit || !r->rows[i].unit.asked)
			continue;
		s = state_slot(r, (int)i, q);
		if ((s->cell.flags & CELL_ASKED) == 0)
			continue;
		c.yes += s->cell.answer.state == ANSWER_YES;
		c.no += s->cell.answer.state == ANSWER_NO;
		c.na += s->cell.answer.state == ANSWER_NA;
		c.undetermined += s->cell.answer.state == ANSWER_UNDETERMINED;
		c.declined += s->cell.answer.state == ANSWER_DECLINED;
	}
	answered = c.yes + c.no + c.na + c.undetermined + c.declined;
	if (answered < INTERVIEWS_LEAST)
		c = (struct interview_count){
		    .question = q->index, .suppressed = answered > 0};
	return c;
}

static void
make_interviews(struct scorecard *c, const struct review *r)
{
	struct interview_count *list = arena_alloc(
	    &c->arena, (size_t)(r->in->questions_n + 1) * sizeof *list);

	c->interviews = list;
	for (int i = 0; i < r->in->questions_n; i++) {
		const struct question *q = &r->in->questions[i];
		struct interview_count count;

		if (!r->in->sections[q->section].interview ||
		    q->type > VALUE_YNA || q->secret)
			continue;
		count = count_interviews(r, q);
		if (count.suppressed || count.yes + count.no + count.na +
						count.undetermined +
						count.declined >
					    0)
			list[c->interviews_n++] = count;
	}
}

/* --- the sample's account --- */

static void
count_outcome(struct sample_line *line, const struct review *r, int sel)
{
	const struct slot *s = state_known(r, sel, KNOWN_OUTCOME);
	const struct question *q;
	const char *id;

	line->selected++;
	if (s == NULL || s->cell.answer.state != ANSWER_VALUE || !s->value.ok) {
		line->open++;
		return;
	}
	q = &r->in->questions[r->in->known[KNOWN_OUTCOME]];
	id = q->options[s->value.number].id;
	line->done += strcmp(id, "done") == 0;
	line->partly += strcmp(id, "partly") == 0;
	line->other += strcmp(id, "done") != 0 && strcmp(id, "partly") != 0;
}

static struct sample_line
count_sample(const struct review *r, enum unit unit)
{
	struct sample_line line = {.unit = unit};
	size_t len = strlen(unit_word(unit));

	for (size_t i = 0; i < r->rows_n; i++) {
		const struct review_unit *u = &r->rows[i].unit;
		const char *of = review_fact(r, (int)i, FACT_OF);
		const char *drawn = review_fact(r, (int)i, FACT_DRAWN);

		if (u->kind == UNIT_SEL && u->asked &&
		    strncmp(of, unit_word(unit), len) == 0 && of[len] == '/')
			count_outcome(&line, r, (int)i);
		if (u->kind != unit || u->dropped)
			continue;
		line.replaced += drawn_find(drawn) == DRAWN_REPLACED;
		line.purposive += drawn_find(drawn) == DRAWN_PURPOSIVE;
	}
	return line;
}

static void
make_sample(struct scorecard *c, const struct review *r)
{
	static const enum unit units[] = {UNIT_CC, UNIT_CD, UNIT_SF, UNIT_CH};
	struct sample_line *list =
	    arena_alloc(&c->arena, sizeof units / sizeof *units * sizeof *list);

	c->sample = list;
	for (size_t i = 0; i < sizeof units / sizeof *units; i++) {
		struct sample_line line = count_sample(r, units[i]);

		if (line.selected + line.replaced + line.purposive > 0)
			list[c->sample_n++] = line;
	}
}

/* --- the whole --- */

void
scorecard_make(struct scorecard *c, const struct review *r,
    const struct score_terms *terms)
{
	static const enum known citations[] = {
	    KNOWN_CIT_SOURCE, KNOWN_CIT_KIND};
	static const enum known incidents[] = {KNOWN_SIR_KIND};
	static const enum known discharges[] = {
	    KNOWN_LEFT_TO, KNOWN_LEFT_ASKED};
	struct progress p;

	*c = (struct scorecard){0};
	score_make(&c->score, r, terms);
	p = review_progress(r, -1, -1);
	c->copied = p.copied;
	c->answered = p.answered;
	c->hidden = p.hidden;
	c->findings = review_findings(r, &c->arena, &c->findings_n);
	c->citations = tally(&c->arena, r, citations, 2, &c->citations_n);
	c->incidents = tally(&c->arena, r, incidents, 1, &c->incidents_n);
	c->discharges = tally(&c->arena, r, discharges, 2, &c->discharges_n);
	make_sites(c, r);
	make_interviews(c, r);
	make_sample(c, r);
}

void
scorecard_free(struct scorecard *c)
{
	score_free(&c->score);
	arena_free(&c->arena);
	*c = (struct scorecard){0};
}
