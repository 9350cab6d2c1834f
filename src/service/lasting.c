#include "service/lasting.h"

#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "poms/cap.h"
#include "proto/resources.h"
#include "service/papers.h"
#include "service/sealed.h"

struct following {
	struct context *c;
	struct papers plans;
	const char **chain; /* the review, then its follow-ups */
	size_t chain_n;
	struct lasting_finding *list;
	size_t n, cap;
};

/* --- which reviews ----------------------------------------------------- */

static bool
in_chain(const struct following *f, const char *review)
{
	for (size_t i = 0; i < f->chain_n; i++)
		if (strcmp(f->chain[i], review) == 0)
			return true;
	return false;
}

/* Those that follow one of the chain: by the plan, in the order of their ids,
 * however deep. */
static void
find_chain(struct following *f, const char *review)
{
	f->chain =
	    arena_alloc(&f->c->arena, (f->plans.n + 1) * sizeof *f->chain);
	f->chain[f->chain_n++] = review;
	for (size_t at = 0; at < f->chain_n; at++)
		for (size_t i = 0; i < f->plans.n; i++) {
			const struct paper *p = &f->plans.list[i];
			const char *kind = body_text(p->body, "kind");
			const char *of = body_text(p->body, "follows");

			if (kind != NULL && of != NULL &&
			    strcmp(kind, "follow_up") == 0 &&
			    strcmp(of, f->chain[at]) == 0 &&
			    !in_chain(f, p->id))
				f->chain[f->chain_n++] = p->id;
		}
}

/* --- what they found --------------------------------------------------- */

static struct lasting_finding *
finding_of(struct following *f, const char *question, int32_t since)
{
	struct lasting_finding *list;

	for (size_t i = 0; i < f->n; i++)
		if (strcmp(f->list[i].question, question) == 0)
			return &f->list[i];
	if (f->n == f->cap) {
		f->cap = f->cap * 2 + 16;
		list = arena_alloc(&f->c->arena, f->cap * sizeof *list);
		if (f->n > 0)
			memcpy(list, f->list, f->n * sizeof *list);
		f->list = list;
	}
	f->list[f->n] = (struct lasting_finding){.question = question,
	    .since = since,
	    .checked = DATE_MISSING,
	    .open = true};
	return &f->list[f->n++];
}

static const struct review_cell *
header(const struct review *r, const char *question)
{
	int q = instrument_question(
	    review_instrument(r), question, strlen(question));
	const struct review_cell *cell = q >= 0 ? review_cell(r, 0, q) : NULL;

	return cell != NULL && cell->answer.state == ANSWER_VALUE ? cell : NULL;
}

static int32_t
period_end(const struct review *r)
{
	const struct review_cell *to = header(r, "R06");

	return to != NULL
		   ? date_parse(to->answer.value, strlen(to->answer.value))
		   : DATE_MISSING;
}

/* Of two follow-ups the word of the later look counts; what one finds itself
 * stands open. */
static void
add_review(struct following *f, const struct review *r)
{
	int follows_n, findings_n, questions_n;
	const struct follow *old = follow_list(r, &f->c->arena, &follows_n);
	const struct finding *own =
	    review_findings(r, &f->c->arena, &findings_n);
	const struct question *q =
	    instrument_questions(review_instrument(r), &questions_n);

	for (int i = 0; i < follows_n; i++) {
		struct lasting_finding *is =
		    finding_of(f, old[i].question, old[i].since);

		if (old[i].checked < is->checked)
			continue;
		is->checked = old[i].checked;
		is->open = old[i].state != FOLLOW_CLOSED;
	}
	for (int i = 0; i < findings_n; i++)
		finding_of(f, q[own[i].question].id, period_end(r))->open =
		    true;
}

static void
about_review(struct lasting *out, const struct review *r)
{
	const struct review_cell *year = header(r, "R03b");

	out->known = true;
	out->to = period_end(r);
	if (year != NULL)
		out->year = strtoll(year->answer.value, NULL, 10);
}

bool
lasting_read(struct context *c, const char *review, struct lasting *out)
{
	const struct shelf_ask ask = {.kind = PAPER_PLAN};
	struct following f = {.c = c};
	struct sealed sealed;

	*out = (struct lasting){
	    .last = review, .to = DATE_MISSING, .year = API_NULL};
	if (!papers_read(c, &ask, &f.plans))
		return false;
	find_chain(&f, review);
	for (size_t i = 0; i < f.chain_n; i++) {
		if (!sealed_read(c, f.chain[i], &sealed))
			return false;
		if (sealed.review == NULL && i == 0)
			return true;
		if (sealed.review == NULL)
			continue;
		if (i == 0)
			about_review(out, sealed.review);
		else
			out->last = f.chain[i];
		add_review(&f, sealed.review);
	}
	out->list = f.list;
	out->n = f.n;
	for (size_t i = 0; i < f.n; i++)
		out->open += f.list[i].open;
	return true;
}
