#include "measure/diff.h"

#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "base/i18n.h"
#include "measure/evaluate.h"
#include "measure/filter.h"

/* --- whose verdict changed ------------------------------------------- */

/* An entry that passes the query, by what it is matched. */
struct keyed {
	const char *id;
	int32_t day; /* when its row began: a child may have several */
	uint32_t entry;
};

struct keys {
	struct keyed *list;
	size_t n;
};

const char *
diff_id(const struct diff_side *side, uint32_t entry)
{
	struct result_row row = result_row(side->result, entry);

	return row.child != FACTS_NO_ROW
		   ? facts_str(side->facts, FACTS_CHILD_ID, row.child)
		   : over_id(side->facts, result_over(side->result), row.row);
}

static int
keys_compare(const void *a, const void *b)
{
	const struct keyed *x = a, *y = b;
	int order = strcmp(x->id, y->id);

	if (order == 0)
		order = (x->day > y->day) - (x->day < y->day);
	return order != 0 ? order
			  : (x->entry > y->entry) - (x->entry < y->entry);
}

static struct keys
keys_of(const struct diff_side *side)
{
	const struct result *r = side->result;
	enum over over = result_over(r);
	enum facts_column began = overs[over].date;
	int32_t as_of = result_period(r).as_of;
	struct keys keys = {
	    .list = xcalloc((size_t)result_rows(r) + 1, sizeof *keys.list)};
	struct filter f;

	if (side->query == NULL)
		return keys;
	filter_init(&f, side->facts, side->query);
	for (uint32_t i = 0; i < result_rows(r); i++) {
		struct result_row row = result_row(r, i);
		const struct attribute_of of = {.facts = side->facts,
		    .over = over,
		    .row = row.row,
		    .path = row.path,
		    .day = row.day,
		    .as_of = as_of};

		if (!filter_passes(&f, &of))
			continue;
		keys.list[keys.n++] = (struct keyed){diff_id(side, i),
		    began != 0 ? facts_i32(side->facts, began)[row.row] : 0, i};
	}
	qsort(keys.list, keys.n, sizeof *keys.list, keys_compare);
	return keys;
}

static int
change_to(int verdict)
{
	static const uint8_t changes[] = {
	    [VERDICT_MET] = DIFF_MET,
	    [VERDICT_MISSED] = DIFF_MISSED,
	    [VERDICT_EXCLUDED] = DIFF_EXCLUDED,
	    [VERDICT_PENDING] = DIFF_PENDING,
	};

	return changes[verdict];
}

/* 0 when nothing changed. */
static int
change_of(const struct diff_side *then, uint32_t a, const struct diff_side *now,
    uint32_t b)
{
	struct result_row x = result_row(then->result, a);
	struct result_row y = result_row(now->result, b);

	if (x.verdict != y.verdict)
		return change_to(y.verdict);
	if (x.numerator != y.numerator || x.denominator != y.denominator)
		return DIFF_MOVED;
	return 0;
}

struct differ {
	const struct diff_side *then, *now;
	struct diff *out;
	size_t cap;
};

/* At least one of the two is there. */
static void
differ_add(struct differ *d, const struct keyed *then, const struct keyed *now)
{
	struct diff *out = d->out;
	int change = DIFF_NEW;

	if (now == NULL)
		change = DIFF_GONE;
	else if (then != NULL)
		change = change_of(d->then, then->entry, d->now, now->entry);
	if (change == 0) {
		out->alike++;
		return;
	}
	grow(&out->rows, &d->cap, out->rows_n + 1, sizeof *out->rows);
	out->rows[out->rows_n++] =
	    (struct diff_row){.then = then != NULL ? then->entry : FACTS_NO_ROW,
		.now = now != NULL ? now->entry : FACTS_NO_ROW,
		.change = (uint8_t)change};
}

/* How many entries from i on are of one id. */
static size_t
run_of(const struct keys *k, size_t i)
{
	size_t n = 1;

	while (i + n < k->n && strcmp(k->list[i + n].id, k->list[i].id) == 0)
		n++;
	return n;
}

/* The entries of one child: one on either side are the same whatever its day
 * is now; of several those that began on the same day. */
static void
differ_child(struct differ *d, const struct keyed *a, size_t an,
    const struct keyed *b, size_t bn)
{
	size_t i = 0, k = 0;

	if (an == 1 && bn == 1) {
		differ_add(d, a, b);
		return;
	}
	while (i < an || k < bn) {
		int order = i == an		   ? 1
			    : k == bn		   ? -1
			    : a[i].day == b[k].day ? 0
			    : a[i].day < b[k].day  ? -1
						   : 1;

		differ_add(
		    d, order <= 0 ? &a[i] : NULL, order >= 0 ? &b[k] : NULL);
		i += order <= 0;
		k += order >= 0;
	}
}

struct diff *
diff_new(const struct diff_side *then, const struct diff_side *now)
{
	struct keys a = keys_of(then), b = keys_of(now);
	struct differ d = {then, now, xcalloc(1, sizeof *d.out), 0};
	size_t i = 0, k = 0;

	while (i < a.n || k < b.n) {
		int order = i == a.n   ? 1
			    : k == b.n ? -1
				       : strcmp(a.list[i].id, b.list[k].id);
		size_t an = order <= 0 ? run_of(&a, i) : 0;
		size_t bn = order >= 0 ? run_of(&b, k) : 0;

		differ_child(&d, &a.list[i], an, &b.list[k], bn);
		i += an;
		k += bn;
	}
	free(a.list);
	free(b.list);
	return d.out;
}

void
diff_free(struct diff *d)
{
	if (d == NULL)
		return;
	free(d->rows);
	free(d);
}

/* --- what did it ----------------------------------------------------- */

/* The episode of the entry; else that which made the child's verdict; the last
 * when none did. */
static const struct why_episode *
deciding(const struct diff_trace *trace)
{
	const struct why *w = trace->why;

	for (size_t i = 0; i < w->episodes_n; i++)
		if (w->episodes[i].row == trace->row)
			return &w->episodes[i];
	for (size_t i = w->episodes_n; i > 0; i--)
		if (w->episodes[i - 1].verdict != VERDICT_OUTSIDE)
			return &w->episodes[i - 1];
	return w->episodes_n > 0 ? &w->episodes[w->episodes_n - 1] : NULL;
}

/* The episode that began on that day, or NULL. */
static const struct why_episode *
on_day(const struct why *w, int32_t day)
{
	for (size_t i = w->episodes_n; i > 0; i--)
		if (w->episodes[i - 1].date == day)
			return &w->episodes[i - 1];
	return NULL;
}

static const struct why_rule *
same_rule(const struct why_episode *e, const struct why_rule *rule)
{
	for (size_t i = 0; i < e->rules_n; i++)
		if (e->rules[i].kind == rule->kind &&
		    strcmp(e->rules[i].text, rule->text) == 0)
			return &e->rules[i];
	return NULL;
}

/* In words: of an exclusion its reason, else what the author gave. */
static const char *
rule_words(const struct why_rule *rule)
{
	if (rule == NULL)
		return "";
	if (rule->words[0] != '\0')
		return rule->words;
	return rule->why[0] != '\0' ? rule->why : rule->text;
}

static const struct why_value *
named(const struct why_rule *rule, const char *name)
{
	for (size_t i = 0; i < rule->values_n; i++)
		if (strcmp(rule->values[i].name, name) == 0)
			return &rule->values[i];
	return NULL;
}

/* The first value that differs: one with a field if there is one, for that is
 * what can be looked up. */
static bool
value_differs(const struct why_rule *then, const struct why_rule *now,
    struct diff_cause *cause)
{
	bool found = false;

	for (size_t i = 0; i < now->values_n; i++) {
		const struct why_value *b = &now->values[i];
		const struct why_value *a = named(then, b->name);

		if (a == NULL || strcmp(a->value, b->value) == 0 ||
		    (found && b->source[0] == '\0'))
			continue;
		*cause = (struct diff_cause){CAUSE_VALUE, rule_words(now),
		    b->name, a->value, b->value, b->source};
		if (b->source[0] != '\0')
			return true;
		found = true;
	}
	return found;
}

/* A rule of one side that the other does not have, and that was asked. */
static const struct why_rule *
own_rule(const struct why_episode *of, const struct why_episode *other)
{
	for (size_t i = 0; i < of->rules_n; i++)
		if (of->rules[i].holds != 0 &&
		    same_rule(other, &of->rules[i]) == NULL)
			return &of->rules[i];
	return NULL;
}

static bool
by_rule(const struct why_episode *then, const struct why_episode *now,
    struct diff_cause *cause)
{
	const struct why_rule *a = own_rule(then, now);
	const struct why_rule *b = own_rule(now, then);

	if (a == NULL && b == NULL)
		return false;
	*cause = (struct diff_cause){CAUSE_RULE,
	    rule_kind_word(b != NULL ? b->kind : a->kind), "", rule_words(a),
	    rule_words(b), ""};
	return true;
}

/* The rules in their order: the first that holds on one side only, by its
 * values; then any rule both asked whose values differ (an amount). */
static bool
by_value(const struct why_episode *then, const struct why_episode *now,
    struct diff_cause *cause)
{
	for (int pass = 0; pass < 2; pass++)
		for (size_t i = 0; i < now->rules_n; i++) {
			const struct why_rule *b = &now->rules[i];
			const struct why_rule *a = same_rule(then, b);

			if (a != NULL && a->holds != 0 && b->holds != 0 &&
			    (pass > 0 || a->holds != b->holds) &&
			    value_differs(a, b, cause))
				return true;
		}
	return false;
}

struct diff_cause
diff_cause(const struct diff_trace *then, const struct diff_trace *now)
{
	struct diff_cause cause = {CAUSE_RECORD, "", "", "", "", ""};
	const struct why_episode *a, *b, *again = NULL;

	if (then->why == NULL || now->why == NULL)
		return cause;
	a = deciding(then);
	b = deciding(now);
	if (a == NULL || b == NULL)
		return cause;
	/* An entry on one side only: the episode that is the same is compared.
	 */
	if (then->row == FACTS_NO_ROW)
		again = on_day(then->why, b->date);
	if (again != NULL)
		a = again;
	again = now->row == FACTS_NO_ROW ? on_day(now->why, a->date) : NULL;
	if (again != NULL)
		b = again;
	if (by_rule(a, b, &cause) || by_value(a, b, &cause))
		return cause;
	if (a->date != b->date || then->why->episodes_n != now->why->episodes_n)
		return cause;
	cause.cause = a->verdict == b->verdict && a->numerator == b->numerator
			  ? CAUSE_PLACE
			  : CAUSE_TIME;
	return cause;
}
