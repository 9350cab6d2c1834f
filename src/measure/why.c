#include "measure/why.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/date.h"
#include "base/i18n.h"
#include "measure/evaluate.h"

/* The public struct first, so that freeing it frees all. */
struct trace {
	struct why why;
	struct arena arena;
	const struct measure *m;
	const struct facts *facts;
	struct measure_period period;
	uint32_t row; /* whose rules are being run */
	struct candidates candidates, chosen;
	struct result *result; /* of the chosen rows, a rate's not summed */
};

const char *
rule_kind_word(enum rule_kind kind)
{
	static const char *const words[RULE_KINDS] = {
	    [RULE_COHORT] = "cohort",
	    [RULE_CHOOSE] = "choose",
	    [RULE_EXCLUDE] = "exclude",
	    [RULE_AMONG] = "cohort",
	    [RULE_MET] = "met",
	    [RULE_NUMERATOR] = "value",
	    [RULE_DENOMINATOR] = "amount",
	};

	return words[kind];
}

/* "2013-03-01 16:00" */
static const char *
time_text(struct trace *t, int32_t minute)
{
	char text[DATE_TIME_TEXT];

	date_time_format(minute, text);
	text[10] = ' ';
	return arena_printf(&t->arena, "%s", text);
}

/* A value as people read it. */
static const char *
number_text(struct trace *t, enum expr_type type, int32_t v)
{
	char day[DATE_TEXT];

	if (v == DATE_MISSING)
		return _("not known");
	if (v == DATE_NEVER)
		return type == EXPR_DATE   ? _("has not happened")
		       : type == EXPR_TIME ? _("has not happened")
					   : _("has not ended");
	if (type == EXPR_TIME)
		return time_text(t, v);
	if (type == EXPR_DATE)
		return arena_printf(&t->arena, "%s", date_format(v, day));
	return arena_printf(&t->arena, "%d", v);
}

static const char *
bits_text(struct trace *t, const struct codeset *codes, uint32_t bits)
{
	struct buf b = {0};
	const char *text;

	for (int c = 1; codes != NULL && c <= codes->n; c++)
		if (bits >> (c - 1) & 1)
			buf_printf(&b, "%s%s", b.len > 0 ? ", " : "",
			    _(code_label(codes, c)));
	text = bits == 0 ? _("not known")
			 : arena_strndup(&t->arena, buf_text(&b), b.len);
	buf_free(&b);
	return text;
}

static const char *
truth_text(int truth)
{
	static const char *const words[] = {
	    N_("no"), N_("not known"), N_("yes")};

	return _(words[truth]);
}

/* An agency's own word, as it stands in the row. */
static const char *
own_text(struct trace *t, const struct expr *e, uint32_t row)
{
	enum facts_table table = facts_column_info(e->column)->table;
	const char *text = "";

	row = over_row(t->facts, t->m->over, table, row);
	if (row != FACTS_NO_ROW)
		text = facts_str(t->facts, e->column, row);
	return text[0] != '\0' ? text : _("not known");
}

static const char *
value_text(struct trace *t, const struct expr *e, struct prog_frame *f, int reg)
{
	int code;

	switch (e->type) {
	case EXPR_TEXT:
		return own_text(t, e, t->row);
	case EXPR_BOOL:
		return truth_text(prog_truths(f, reg)[0]);
	case EXPR_CODE:
		code = prog_truths(f, reg)[0];
		return code == 0 ? _("not known")
				 : _(code_label(e->codes, code));
	case EXPR_BITS:
		return bits_text(
		    t, e->codes, (uint32_t)prog_numbers(f, reg)[0]);
	default:
		return number_text(t, e->type, prog_numbers(f, reg)[0]);
	}
}

/* What a rule's values are worked out with: a program of its own. */
struct reading {
	struct trace *t;
	const char *text;
	struct prog *prog;
	const struct expr *list[32];
	int regs[32];
	size_t n;
	struct expr hidden[32];
};

static void
read_one(struct reading *r, const struct expr *e)
{
	int reg = prog_add(r->prog, e);

	if (r->n == sizeof r->list / sizeof *r->list || reg < 0)
		return;
	for (size_t i = 0; i < r->n; i++)
		if (r->regs[i] == reg)
			return;
	r->list[r->n] = e;
	r->regs[r->n++] = reg;
}

static bool
is_scalar(const struct reading *r, enum facts_column c)
{
	return over_sees(r->t->m->over, facts_column_info(c)->table) >= 0;
}

/* The columns that a function reads unsaid, shown as if they were named. */
static void
read_hidden(struct reading *r, enum function f)
{
	static const enum expr_type types[] = {
	    [FACTS_I32] = EXPR_NUMBER,
	    [FACTS_DAY] = EXPR_DATE,
	    [FACTS_CODE] = EXPR_CODE,
	    [FACTS_BITS] = EXPR_BITS,
	};
	enum facts_column c;

	for (int k = 0; expr_hidden(r->t->m->over, f, k, &c); k++) {
		struct expr *e = &r->hidden[r->n % 32];

		if (!is_scalar(r, c))
			continue;
		*e = (struct expr){.kind = NODE_COLUMN,
		    .column = c,
		    .type = types[facts_column_info(c)->type],
		    .codes = expr_codes(c)};
		read_one(r, e);
	}
}

static void
read_values(struct reading *r, const struct expr *e)
{
	for (int i = 0; i < e->args; i++)
		read_values(r, e->arg[i]);
	if (e->kind == NODE_COLUMN)
		read_one(r, e);
	if (e->kind != NODE_CALL)
		return;
	read_hidden(r, e->function);
	read_one(r, e);
}

static const char *
value_name(struct reading *r, const struct expr *e)
{
	if (e->kind == NODE_COLUMN)
		return facts_column_info(e->column)->name;
	return arena_strndup(&r->t->arena, r->text + e->at, e->len);
}

/* Where a limit's value of that day comes from. */
static const char *
limit_source(struct trace *t, const struct expr *e)
{
	const struct expr_limit *limit = e->arg[0]->limit;
	const struct measure_limit *step = NULL;
	struct prog *prog = prog_new(t->m->over);
	int reg = prog_add(prog, e->arg[1]);
	struct prog_frame *f = prog_frame_new(prog, t->facts, &t->period);
	int32_t day;

	prog_run(f, &t->row, 0, 1);
	day = prog_numbers(f, reg)[0];
	for (int i = 0; day != DATE_MISSING && i < limit->n; i++)
		if (limit->steps[i].from <= day)
			step = &limit->steps[i];
	prog_frame_free(f);
	prog_free(prog);
	return step == NULL ? "" : step->source;
}

/* The fields of other tables that a function looks through: those are what
 * would change its value. "" when it reads its own row only. */
static const char *
function_source(struct trace *t, enum function f)
{
	struct buf list = {0};
	enum facts_column c;
	const char *text;

	for (int k = 0; expr_hidden(t->m->over, f, k, &c); k++)
		if (over_sees(t->m->over, facts_column_info(c)->table) < 0)
			buf_printf(&list, "%s%s", list.len > 0 ? ", " : "",
			    facts_column_info(c)->source);
	text = arena_strndup(&t->arena, buf_text(&list), list.len);
	buf_free(&list);
	return text;
}

static const char *
value_source(struct trace *t, const struct expr *e)
{
	if (e->kind == NODE_COLUMN)
		return facts_column_info(e->column)->source;
	if (e->kind == NODE_CALL && e->function == FUNCTION_LIMIT)
		return limit_source(t, e);
	if (e->kind == NODE_CALL)
		return function_source(t, e->function);
	return "";
}

/* Runs one rule on one row: its values, and the rule's own truth, or for an
 * amount whether it is known. */
static int
run_rule(
    struct trace *t, struct why_rule *rule, const struct expr *e, uint32_t row)
{
	struct reading r = {
	    .t = t, .text = rule->text, .prog = prog_new(t->m->over)};
	int self = prog_add(r.prog, e), truth;
	struct why_value *values;
	struct prog_frame *f;

	t->row = row;
	read_values(&r, e);
	if (e->type != EXPR_BOOL)
		read_one(&r, e);
	f = prog_frame_new(r.prog, t->facts, &t->period);
	prog_run(f, &row, 0, 1);
	values = arena_alloc(&t->arena, (r.n + 1) * sizeof *values);
	for (size_t i = 0; i < r.n; i++)
		values[i] =
		    (struct why_value){.name = value_name(&r, r.list[i]),
			.value = value_text(t, r.list[i], f, r.regs[i]),
			.source = value_source(t, r.list[i])};
	rule->values = values;
	rule->values_n = r.n;
	truth = e->type == EXPR_BOOL ? prog_truths(f, self)[0]
		: prog_numbers(f, self)[0] == DATE_MISSING ? TRUTH_UNKNOWN
							   : TRUTH_YES;
	prog_frame_free(f);
	prog_free(r.prog);
	return truth;
}

static int
holds(int truth)
{
	return truth == TRUTH_YES  ? YESNO_YES
	       : truth == TRUTH_NO ? YESNO_NO
				   : YESNO_UNKNOWN;
}

/* The part of the cohort's rule that the row fails, in its own words. */
static const char *
failing_part(struct trace *t, uint32_t row)
{
	const struct expr *list[64];
	int n = plan_conjuncts(t->m->cohort, list, 64);

	for (int i = 0; i < n && n <= 64; i++) {
		struct why_rule rule = {.text = t->m->about.rules[0].text};

		if (run_rule(t, &rule, list[i], row) == TRUTH_NO)
			return arena_printf(&t->arena,
			    _("not in the cohort: %.*s"), (int)list[i]->len,
			    rule.text + list[i]->at);
	}
	return _("not in the cohort");
}

static const char *
not_chosen(const struct measure *m)
{
	bool first = m->choose == CHOOSE_FIRST;

	if (m->over == OVER_REMOVAL && m->about.period == PERIOD_ENTRY)
		return first ? _("not the child's first entry in the period")
			     : _("not the child's last entry in the period");
	if (m->over == OVER_REMOVAL && m->about.period == PERIOD_EXIT)
		return first
			   ? _("not the child's first discharge in the period")
			   : _("not the child's last discharge in the period");
	return _(first ? overs[m->over].not_first : overs[m->over].not_last);
}

static bool
has_row(const struct candidates *c, uint32_t row)
{
	for (uint32_t i = 0; i < c->n; i++)
		if (c->rows[i] == row)
			return true;
	return false;
}

/* The result's entry of a row; false when it has none. */
static bool
entry_of(const struct trace *t, uint32_t row, uint32_t *entry)
{
	for (*entry = 0; *entry < t->result->n; (*entry)++)
		if (t->result->row[*entry] == row)
			return true;
	return false;
}

static const struct expr *
rule_expr(const struct measure *m, enum rule_kind kind, int exclusion)
{
	switch (kind) {
	case RULE_COHORT:
		return m->cohort;
	case RULE_EXCLUDE:
		return m->exclude[exclusion];
	case RULE_AMONG:
		return m->among;
	case RULE_MET:
		return m->met;
	case RULE_NUMERATOR:
		return m->numerator;
	case RULE_DENOMINATOR:
		return m->denominator;
	default:
		return NULL;
	}
}

/* Whether the rule settles the row's verdict, given what it says. */
static bool
decides(enum rule_kind kind, int truth)
{
	switch (kind) {
	case RULE_EXCLUDE:
		return truth == TRUTH_YES;
	case RULE_MET:
		return true;
	case RULE_NUMERATOR:
	case RULE_DENOMINATOR:
		return truth == TRUTH_UNKNOWN;
	default:
		return truth != TRUTH_YES;
	}
}

static void
trace_rules(struct trace *t, struct why_episode *e)
{
	const struct measure_about *a = &t->m->about;
	struct why_rule *rules =
	    arena_alloc(&t->arena, ((size_t)a->rules_n + 1) * sizeof *rules);
	bool decided = e->date > t->period.as_of;
	int exclusion = 0;

	for (int i = 0; i < a->rules_n; i++) {
		const struct measure_rule *from = &a->rules[i];
		const struct expr *x = rule_expr(t->m, from->kind, exclusion);
		int truth = has_row(&t->chosen, e->row) ? TRUTH_YES : TRUTH_NO;

		exclusion += from->kind == RULE_EXCLUDE;
		rules[i] = (struct why_rule){.kind = from->kind,
		    .text = from->text,
		    .words = from->words,
		    .why = from->why};
		if (decided)
			continue;
		if (x != NULL)
			truth = run_rule(t, &rules[i], x, e->row);
		rules[i].holds = holds(truth);
		rules[i].decided = decided = decides(from->kind, truth);
	}
	e->rules = rules;
	e->rules_n = (size_t)a->rules_n;
}

static void
trace_verdict(struct trace *t, struct why_episode *e)
{
	struct result_row row;
	uint32_t i;

	e->verdict = VERDICT_OUTSIDE;
	if (e->date > t->period.as_of) {
		e->reason = _("after the as-of day");
	} else if (!has_row(&t->candidates, e->row)) {
		e->reason = failing_part(t, e->row);
	} else if (!has_row(&t->chosen, e->row)) {
		e->reason = not_chosen(t->m);
	} else if (!entry_of(t, e->row, &i)) {
		e->reason = _("not among those who are counted");
	} else {
		row = result_row(t->result, i);
		e->verdict = row.verdict;
		e->numerator = row.numerator;
		e->denominator = row.denominator;
		e->reason = result_reason(t->result, i);
		if (row.verdict == VERDICT_MISSED)
			e->reason = _("does not meet the last rule");
		if (row.verdict == VERDICT_PENDING)
			e->reason = _("the time to follow up has not passed");
	}
}

static void
trace_episodes(struct trace *t, const uint32_t *rows, uint32_t n)
{
	enum facts_column began = overs[t->m->over].date;

	t->why.episodes =
	    arena_alloc(&t->arena, ((size_t)n + 1) * sizeof *t->why.episodes);
	t->why.episodes_n = n;
	for (uint32_t i = 0; i < n; i++) {
		struct why_episode *e = &t->why.episodes[i];

		*e = (struct why_episode){.row = rows[i],
		    .id = over_id(t->facts, t->m->over, rows[i]),
		    .date = began != 0 ? facts_i32(t->facts, began)[rows[i]]
				       : DATE_MISSING,
		    .reason = ""};
		trace_rules(t, e);
		trace_verdict(t, e);
	}
}

/* Whether a child's rows come to one entry only after they are judged. */
static bool
adds_up(const struct measure *m)
{
	return m->denominator != NULL || m->choose == CHOOSE_ANY;
}

/* The child's verdict: of a rate that of all its rows together, else that of
 * the row that is an entry; with none, the reason of the last episode. */
static void
trace_child(struct trace *t)
{
	struct why *w = &t->why;

	w->verdict = VERDICT_OUTSIDE;
	w->reason = w->episodes_n > 0 ? w->episodes[w->episodes_n - 1].reason
				      : _(overs[t->m->over].none);
	for (size_t i = w->episodes_n; i > 0; i--)
		if (w->episodes[i - 1].verdict != VERDICT_OUTSIDE) {
			w->verdict = w->episodes[i - 1].verdict;
			w->reason = w->episodes[i - 1].reason;
			break;
		}
	if (!adds_up(t->m) || t->result->n == 0)
		return;
	judge_sum(t->result);
	judge_any(t->result);
	judge_ripen(t->result);
	if (t->result->n == 0)
		return;
	w->verdict = result_row(t->result, 0).verdict;
	w->reason = result_reason(t->result, 0);
}

static int
compare_rows(const void *a, const void *b)
{
	uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;

	return (x > y) - (x < y);
}

/* Of rows in order of time. */
static struct why *
why_of(struct trace *t, const uint32_t *rows, uint32_t n)
{
	uint32_t *sorted = xcalloc((size_t)n + 1, sizeof *sorted);

	t->m = measure_on(t->m, t->period.to);
	if (n > 0)
		memcpy(sorted, rows, n * sizeof *sorted);
	if (n > 1)
		qsort(sorted, n, sizeof *sorted, compare_rows);
	cohort_of(&t->candidates, t->m, t->facts, &t->period, sorted, n);
	cohort_of(&t->chosen, t->m, t->facts, &t->period, sorted, n);
	cohort_choose(&t->chosen, t->m, t->facts);
	t->result = judge(t->m, t->facts, &t->period, &t->chosen, NULL);
	if (!adds_up(t->m))
		judge_ripen(t->result);
	trace_episodes(t, rows, n);
	trace_child(t);
	free(sorted);
	return &t->why;
}

static struct trace *
trace_new(const struct measure *m, const struct facts *facts,
    const struct measure_period *period)
{
	struct trace *t = xcalloc(1, sizeof *t);

	t->m = m;
	t->facts = facts;
	t->period = *period;
	return t;
}

struct why *
why_new(const struct measure *m, const struct facts *facts,
    const struct measure_period *period, uint32_t child)
{
	uint32_t n, *rows = over_rows(facts, m->over, child, &n);
	struct why *w = why_of(trace_new(m, facts, period), rows, n);

	free(rows);
	return w;
}

struct why *
why_of_row(const struct measure *m, const struct facts *facts,
    const struct measure_period *period, uint32_t row)
{
	return why_of(trace_new(m, facts, period), &row, 1);
}

void
why_free(struct why *w)
{
	struct trace *t = (struct trace *)w;

	if (t == NULL)
		return;
	candidates_free(&t->candidates);
	candidates_free(&t->chosen);
	result_free(t->result);
	arena_free(&t->arena);
	free(t);
}
