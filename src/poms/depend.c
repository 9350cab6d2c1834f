#include "poms/depend.h"

#include <stdlib.h>

#include "poms/rule_node.h"

/* One question reads another: an edge while the table is made. */
struct edge {
	int from;
	struct dependent to;
};

struct depending {
	struct instrument *in;
	struct edge *edges;
	size_t n, cap;
	struct dependent to; /* whose rules are read now */
};

/* --- reading the rules --- */

static bool
belongs(enum unit unit, enum unit to)
{
	while (unit != to && unit != UNIT_AG)
		unit = unit_parent(unit);
	return unit == to;
}

static bool
asks_rows(const struct rule *r)
{
	return r->node == NODE_CALL &&
	       (r->function == FUNCTION_COUNT || r->function == FUNCTION_ANY ||
		   r->function == FUNCTION_ALL || r->function == FUNCTION_SUM ||
		   r->function == FUNCTION_ROWS);
}

/* Rows below the unit at hand are its own; others are all of the review's
 * (rule_functions.c, row_counts()). */
static void
read_rule(struct depending *d, const struct rule *r, enum unit here, bool far)
{
	if (asks_rows(r)) {
		enum unit rows = (enum unit)r->number;

		far = far || rows == here || !belongs(rows, here);
		here = rows;
	}
	if (r->node == NODE_QUESTION) {
		grow(&d->edges, &d->cap, d->n + 1, sizeof *d->edges);
		d->edges[d->n] =
		    (struct edge){.from = (int)r->number, .to = d->to};
		d->edges[d->n++].to.far = far;
	}
	for (int i = 0; i < r->args; i++)
		read_rule(d, r->arg[i], here, far);
}

/* A section's rule is asked of the unit that the question's belongs to: what
 * is below that one may lie beside the question's. */
static void
read_question(struct depending *d, const struct question *q)
{
	const struct section *s = &d->in->sections[q->section];

	d->to = (struct dependent){.question = q->index};
	if (q->when != NULL)
		read_rule(d, q->when, q->unit, false);
	if (q->value != NULL)
		read_rule(d, q->value, q->unit, false);
	if (s->when != NULL)
		read_rule(d, s->when, s->unit, s->unit != q->unit);
	d->to.check = true;
	for (int i = 0; i < q->checks_n; i++)
		if (q->checks[i].holds != NULL)
			read_rule(d, q->checks[i].holds, q->unit, false);
}

/* --- the tables --- */

static int
edge_order(const void *a, const void *b)
{
	const struct edge *x = a, *y = b;

	if (x->from != y->from)
		return x->from < y->from ? -1 : 1;
	if (x->to.question != y->to.question)
		return x->to.question < y->to.question ? -1 : 1;
	return (x->to.far * 2 + x->to.check) - (y->to.far * 2 + y->to.check);
}

static void
fill_list(struct depending *d, struct depend *t)
{
	size_t k = 0;
	int n = d->in->questions_n, kept = 0;

	if (d->n > 1) /* qsort() takes no NULL, not even for nothing */
		qsort(d->edges, d->n, sizeof *d->edges, edge_order);
	t->list = arena_alloc(&d->in->arena, (d->n + 1) * sizeof *t->list);
	for (int q = 0; q < n; q++) {
		t->first[q] = kept;
		for (; k < d->n && d->edges[k].from == q; k++)
			if (k == 0 ||
			    edge_order(&d->edges[k - 1], &d->edges[k]) != 0)
				t->list[kept++] = d->edges[k].to;
	}
	t->first[n] = kept;
}

static void
set_rank(struct depend *t, int question, unsigned char *done, int *next)
{
	if (done[question])
		return;
	done[question] = 1;
	for (int i = t->first[question]; i < t->first[question + 1]; i++)
		if (!t->list[i].check)
			set_rank(t, t->list[i].question, done, next);
	t->rank[question] = --*next;
	t->order[*next] = question;
}

void
depend_build(struct instrument *in)
{
	struct depending d = {.in = in};
	struct depend *t = &in->depend;
	size_t n = (size_t)in->questions_n;
	unsigned char *done = xcalloc(n + 1, 1);
	int next = in->questions_n;

	t->first = arena_alloc(&in->arena, (n + 1) * sizeof *t->first);
	t->rank = arena_alloc(&in->arena, (n + 1) * sizeof *t->rank);
	t->order = arena_alloc(&in->arena, (n + 1) * sizeof *t->order);
	for (int i = 0; i < in->questions_n; i++)
		read_question(&d, &in->questions[i]);
	fill_list(&d, t);
	/* From the last on, so that what is read early has an early rank. */
	for (int i = in->questions_n; i-- > 0;)
		set_rank(t, i, done, &next);
	free(done);
	free(d.edges);
}
