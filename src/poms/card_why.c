/* A scorecard as JSON: the answers that each result is made of, and those that
 * stand instead of what case data brought. */
#include "poms/card_part.h"
#include "poms/state.h"

/* --- why -------------------------------------------------------------------
 */

static void
write_unit(struct json *j, const struct review_unit *u)
{
	json_kv_string(j, "unit", unit_word(u->kind));
	json_kv_string(j, "key", card_some(u->key));
}

static void
write_answer(
    struct json *j, const struct review *r, const struct question *q, int unit)
{
	const struct review_unit *u = review_unit(r, unit);
	const struct review_cell *c = &state_slot(r, unit, q)->cell;

	json_object(j);
	json_kv_string(j, "question", q->id);
	write_unit(j, u);
	json_kv_string(j, "answer",
	    c->answer.state == ANSWER_VALUE
		? c->answer.value
		: response_state_word(c->answer.state));
	json_kv_string(j, "reason", card_some(c->answer.reason));
	json_kv_string(j, "fed",
	    c->fed.state == ANSWER_UNASKED ? NULL
	    : c->fed.state == ANSWER_VALUE ? c->fed.value
					   : response_state_word(c->fed.state));
	json_kv_string(j, "source",
	    c->fed_source != NULL ? card_some(c->fed_source) : NULL);
	json_kv_string(j, "verdict", NULL);
	json_kv_bool(j, "sample", u->sample);
	json_object_end(j);
}

/* What was said in private stays out, as everywhere. */
void
card_overrides(struct json *j, const struct review *r)
{
	json_key(j, "overrides");
	json_array(j);
	for (size_t i = 0; i < r->rows_n; i++)
		for (int k = 0; k < r->in->questions_n; k++) {
			const struct question *q = &r->in->questions[k];

			if (q->unit == r->rows[i].unit.kind &&
			    !card_in_private(r, q) &&
			    review_overrides(r, (int)i, k))
				write_answer(j, r, q, (int)i);
		}
	json_array_end(j);
}

static void
why_element(struct json *j, const struct review *r, const struct element *e)
{
	const struct question *q = &r->in->questions[e->question];

	json_object(j);
	json_kv_string(j, "of", q->id);
	json_key(j, "answers");
	json_array(j);
	for (size_t i = 0; i < r->rows_n && !card_in_private(r, q); i++) {
		const struct review_unit *u = &r->rows[i].unit;

		if (u->kind == q->unit && u->asked &&
		    (state_slot(r, (int)i, q)->cell.flags & CELL_ASKED) != 0)
			write_answer(j, r, q, (int)i);
	}
	json_array_end(j);
	json_object_end(j);
}

struct counts {
	struct json *j;
	const struct review *r;
};

static void
why_count(void *arg, int question)
{
	const struct counts *c = arg;
	const struct question *q = &c->r->in->questions[question];

	if (q->unit == UNIT_AG && !card_in_private(c->r, q))
		write_answer(c->j, c->r, q, 0);
}

static void
why_row(struct json *j, const struct review *r, const struct scored_row *row)
{
	const struct review_unit *u = review_unit(r, row->unit);

	json_object(j);
	json_kv_string(j, "question", NULL);
	write_unit(j, u);
	json_kv_string(j, "answer", NULL);
	json_kv_string(j, "reason", NULL);
	json_kv_string(j, "fed", NULL);
	json_kv_string(j, "source", NULL);
	json_kv_string(j, "verdict", row_verdict_word(row->verdict));
	json_kv_bool(j, "sample", u->sample);
	json_object_end(j);
}

static void
why_indicator(struct json *j, const struct scorecard *c, const struct review *r,
    int indicator)
{
	const struct indicator *i = &r->in->indicators[indicator];
	struct counts counts = {j, r};

	json_object(j);
	json_kv_string(j, "of", i->id);
	json_key(j, "answers");
	json_array(j);
	if (i->numerator != NULL)
		rule_questions(i->numerator, why_count, &counts);
	if (i->wait != NULL)
		rule_questions(i->wait, why_count, &counts);
	for (size_t k = 0; k < c->score.rows_n; k++)
		if (c->score.rows[k].indicator == indicator)
			why_row(j, r, &c->score.rows[k]);
	json_array_end(j);
	json_object_end(j);
}

void
card_why(struct json *j, const struct scorecard *c, const struct review *r)
{
	json_key(j, "made_of");
	json_array(j);
	for (int i = 0; i < c->score.elements_n; i++)
		why_element(j, r, &c->score.elements[i]);
	for (int i = 0; i < c->score.indicators_n; i++)
		why_indicator(j, c, r, c->score.indicators[i].indicator);
	json_array_end(j);
}
