/* GET /v1/reviews/{id}/changes: what each revision changed against the one
 * before it, fit to be shown to the provider: as in a letter, nothing tells of
 * one child. The agency's own answers stand with what they were; of units it
 * is said how many, and yes or no; of interviews only that something changed.
 */
#include "service/handlers.h"

#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "base/i18n.h"
#include "poms/review.h"
#include "proto/resources.h"
#include "proto/revision.h"
#include "service/reviews.h"
#include "service/rights.h"
#include "service/sealed.h"
#include "service/shape.h"

struct row {
	const struct question *q;
	const char *before, *after; /* NULL: not for this list */
	int units;
};

struct amending {
	struct context *c;
	struct store_revision *list; /* those that count, with bodies */
	size_t n, most;
	const struct review *before, *after;
	const struct section *sections;
	struct row *rows;
	size_t rows_n, rows_cap;
};

static bool
body_each(void *arg, const struct store_revision *r, struct err *err)
{
	struct amending *a = arg;
	struct arena *arena = &a->c->arena;
	struct store_revision *to;

	(void)err;
	if (r->state != STORE_REVISION_APPLIED || a->n == a->most)
		return true;
	to = &a->list[a->n++];
	*to = *r;
	to->body = arena_strndup(arena, r->body, r->len);
	return true;
}

/* --- one pair ----------------------------------------------------------- */

static const struct response *
answer_of(const struct review *r, int unit, int question)
{
	static const struct response none = {ANSWER_UNASKED, "", ""};
	const struct review_cell *cell =
	    unit >= 0 && !review_unit(r, unit)->dropped
		? review_cell(r, unit, question)
		: NULL;

	return cell != NULL && (cell->flags & CELL_ASKED) != 0 ? &cell->answer
							       : &none;
}

static const char *
shown(const struct question *q, const struct response *a)
{
	if (a->state != ANSWER_VALUE)
		return response_state_word(a->state);
	return q->unit == UNIT_AG && !q->secret ? a->value : NULL;
}

static bool
alike(const char *a, const char *b)
{
	return a == b || (a != NULL && b != NULL && strcmp(a, b) == 0);
}

static void
add_row(struct amending *a, const struct question *q,
    const struct response *before, const struct response *after)
{
	bool told = !a->sections[q->section].interview;
	const struct row row = {.q = q,
	    .before = told ? shown(q, before) : NULL,
	    .after = told ? shown(q, after) : NULL,
	    .units = 1};

	for (size_t i = 0; i < a->rows_n; i++)
		if (a->rows[i].q == q && alike(a->rows[i].before, row.before) &&
		    alike(a->rows[i].after, row.after)) {
			a->rows[i].units++;
			return;
		}
	grow(&a->rows, &a->rows_cap, a->rows_n + 1, sizeof row);
	a->rows[a->rows_n++] = row;
}

static void
compare_unit(struct amending *a, int before, int after)
{
	enum unit kind = before >= 0 ? review_unit(a->before, before)->kind
				     : review_unit(a->after, after)->kind;
	const struct question *q;
	int n;

	q = instrument_questions(review_instrument(a->after), &n);
	for (int i = 0; i < n; i++) {
		const struct response *x, *y;

		if (q[i].unit != kind)
			continue;
		x = answer_of(a->before, before, i);
		y = answer_of(a->after, after, i);
		if (!response_equal(x, y))
			add_row(a, &q[i], x, y);
	}
}

static void
compare(struct amending *a)
{
	for (int i = 0; i < review_units(a->after); i++) {
		const struct review_unit *u = review_unit(a->after, i);

		compare_unit(
		    a, review_unit_find(a->before, u->kind, u->key), i);
	}
	for (int i = 0; i < review_units(a->before); i++) {
		const struct review_unit *u = review_unit(a->before, i);

		if (review_unit_find(a->after, u->kind, u->key) < 0)
			compare_unit(a, i, -1);
	}
}

/* --- the answer --------------------------------------------------------- */

static void
write_rows(const struct amending *a, uint32_t revision)
{
	for (size_t i = 0; i < a->rows_n; i++) {
		const struct row *r = &a->rows[i];
		bool told = !a->sections[r->q->section].interview;
		const struct api_amended row = {.revision = revision,
		    .question = r->q->id,
		    .text = r->q->text.in[TONGUE_EN],
		    .text_es = r->q->text.in[TONGUE_ES],
		    .unit = unit_word(r->q->unit),
		    .units = told ? r->units : API_NULL,
		    .before = r->before,
		    .after = r->after};

		api_object(&a->c->json, API_RESOURCE_amended, &row);
	}
}

/* The rows of the i-th of them; why it cannot be compared, or NULL. */
static const char *
change_of(struct amending *a, size_t i, struct revision *sealed)
{
	struct revision first;
	struct err err = {0};
	int n;

	a->rows_n = 0;
	a->before = sealed_replay(a->c, &a->list[i - 1], &first, &err);
	a->after = a->before != NULL
		       ? sealed_replay(a->c, &a->list[i], sealed, &err)
		       : NULL;
	if (a->after == NULL)
		return arena_printf(&a->c->arena, "%s", err.text);
	if (review_instrument(a->before) != review_instrument(a->after))
		return _("it was filled in on another form");
	a->sections = instrument_sections(review_instrument(a->after), &n);
	compare(a);
	return NULL;
}

static void
write_amendment(struct amending *a, size_t i, const char *fault,
    const struct revision *sealed)
{
	char at[SHAPE_TIME];
	const struct api_amendment row = {.revision = a->list[i].revision,
	    .follows = a->list[i - 1].revision,
	    .at = shape_time(a->list[i].at_ms / 1000, at),
	    .reason = sealed->reason,
	    .fault = fault};

	api_object(&a->c->json, API_RESOURCE_amendment, &row);
}

static void
write_all(struct amending *a)
{
	struct json *j = &a->c->json;
	const char **faults =
	    arena_alloc(&a->c->arena, (a->n + 1) * sizeof *faults);
	struct revision *sealed =
	    arena_alloc(&a->c->arena, (a->n + 1) * sizeof *sealed);

	json_key(j, "rows");
	json_array(j);
	for (size_t i = 1; i < a->n; i++) {
		sealed[i] = (struct revision){0};
		faults[i] = change_of(a, i, &sealed[i]);
		write_rows(a, a->list[i].revision);
	}
	json_array_end(j);
	json_key(j, "amendments");
	json_array(j);
	for (size_t i = 1; i < a->n; i++)
		write_amendment(a, i, faults[i], &sealed[i]);
	json_array_end(j);
}

bool
review_changes_answer(struct context *c)
{
	struct amending a = {.c = c};
	struct reviewed v;

	if (!rights_may(c, FACTS_NO_ROW, RIGHT_REVIEWS) ||
	    !reviews_named(c, &v))
		return false;
	a.most = v.n;
	a.list = arena_alloc(&c->arena, (v.n + 1) * sizeof *a.list);
	if (!shelf_each(c->svc->shelf, v.record, body_each, &a, &c->err))
		return false;
	json_kv_string(&c->json, "record", v.record);
	json_kv_string(&c->json, "review", v.review);
	write_all(&a);
	free(a.rows);
	return true;
}
