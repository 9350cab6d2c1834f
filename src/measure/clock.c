#include "measure/clock.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/buf.h"
#include "base/date.h"
#include "base/i18n.h"
#include "measure/clock_days.h"
#include "measure/evaluate.h"
#include "measure/filter.h"
#include "measure/load.h"

const struct clock_rule *
clock_rule_on(const struct measures *ms, int clock, int32_t day)
{
	const struct clock_rule *found = NULL;

	for (int i = 0; i < ms->clocks_n; i++) {
		const struct clock_rule *c = &ms->clocks[i];

		if (c->about.id == clock &&
		    (found == NULL ||
			(c->from <= day && c->from >= found->from)))
			found = c;
	}
	return found;
}

const struct clock_about *
clock_about(const struct measures *measures, int clock)
{
	const struct clock_rule *rule =
	    clock_rule_on(measures, clock, DATE_LAST);

	return rule != NULL ? &rule->about : NULL;
}

char *
clock_text(const struct measures *measures, int clock)
{
	struct buf out = {0};

	for (int i = 0; i < measures->clocks_n; i++)
		if (measures->clocks[i].about.id == clock)
			buf_printf(&out, "%s%s",
			    out.len > 0 ? ",\n  " : "clocks = (",
			    measures->clocks[i].text);
	buf_str(&out, out.len > 0 ? ");\n" : "");
	return buf_take(&out);
}

void
clock_version(const struct measures *measures, int clock,
    char version[static CLOCK_VERSION])
{
	struct buf text = {0};

	for (int i = 0; i < measures->clocks_n; i++)
		if (measures->clocks[i].about.id == clock)
			buf_str(&text, measures->clocks[i].decides);
	load_text_version(buf_text(&text), version);
	buf_free(&text);
}

int
clock_bucket(int32_t days)
{
	static const struct {
		int32_t most;
		int bucket;
	} bands[] = {{-31, BUCKET_OVER_30}, {-16, BUCKET_OVER_16},
	    {-1, BUCKET_OVER_1}, {0, BUCKET_TODAY}, {7, BUCKET_IN_7},
	    {30, BUCKET_IN_30}, {60, BUCKET_IN_60}, {90, BUCKET_IN_90}};

	for (size_t i = 0; i < sizeof bands / sizeof *bands; i++)
		if (days <= bands[i].most)
			return bands[i].bucket;
	return BUCKET_LATER;
}

static void
add_duty(struct duties *d, size_t *cap, const struct clock_case *c)
{
	struct clock_answer a = clock_answer(c);
	struct duty *duty;

	if (!a.applies)
		return;
	grow(&d->rows, cap, d->rows_n + 1, sizeof *d->rows);
	duty = &d->rows[d->rows_n++];
	*duty = (struct duty){.child = c->child,
	    .removal = c->removal,
	    .path = facts_path_on(c->facts, c->child, c->as_of),
	    .start = a.start,
	    .due = a.due,
	    .state = a.state,
	    .bucket = a.state == DUTY_UNKNOWN ? BUCKET_UNKNOWN : BUCKET_NONE};
	if (a.state == DUTY_DUE || a.state == DUTY_OVERDUE) {
		duty->days = a.due - c->as_of;
		duty->bucket = (uint8_t)clock_bucket(duty->days);
	}
}

/* Marks the last open episode of each child in care. */
static uint32_t *
rows_in_care(const struct facts *facts, int32_t as_of)
{
	const uint32_t *child = facts_u32(facts, FACTS_REMOVAL_CHILD);
	const int32_t *in = facts_i32(facts, FACTS_REMOVAL_DATE);
	uint32_t children = facts_rows(facts, FACTS_CHILD);
	uint32_t rows = facts_rows(facts, FACTS_REMOVAL);
	uint32_t *last = xcalloc((size_t)children + 1, sizeof *last);

	for (uint32_t i = 0; i < rows; i++)
		if (in[i] <= as_of &&
		    facts_day(facts, FACTS_REMOVAL_DISCHARGE, i, as_of) > as_of)
			last[child[i]] = i + 1;
	return last;
}

struct duties *
duties_new(const struct measures *measures, const struct facts *facts,
    int clock, int32_t as_of)
{
	const uint32_t *child = facts_u32(facts, FACTS_REMOVAL_CHILD);
	uint32_t rows = facts_rows(facts, FACTS_REMOVAL);
	struct duties *d = xcalloc(1, sizeof *d);
	struct clock_case c = {.facts = facts,
	    .as_of = as_of,
	    .rule = clock_rule_on(measures, clock, as_of)};
	uint32_t *last = rows_in_care(facts, as_of);
	size_t cap = 0;

	d->measures = measures;
	d->clock = clock;
	d->as_of = as_of;
	for (uint32_t i = 0; i < rows && c.rule != NULL; i++) {
		if (last[child[i]] != i + 1)
			continue;
		c.removal = i;
		c.child = child[i];
		add_duty(d, &cap, &c);
	}
	free(last);
	return d;
}

void
duties_free(struct duties *d)
{
	if (d == NULL)
		return;
	free(d->rows);
	free(d);
}

static struct attribute_of
duty_of(const struct duties *d, const struct facts *facts, size_t i)
{
	return (struct attribute_of){.facts = facts,
	    .row = d->rows[i].removal,
	    .path = d->rows[i].path,
	    .day = d->as_of,
	    .as_of = d->as_of};
}

uint32_t *
duties_list(const struct duties *d, const struct facts *facts,
    const struct query *q, int bucket, size_t *n)
{
	uint32_t *list = xcalloc(d->rows_n + 1, sizeof *list);
	struct filter f;

	*n = 0;
	filter_init(&f, facts, q);
	for (size_t i = 0; i < d->rows_n; i++) {
		struct attribute_of of = duty_of(d, facts, i);

		if ((bucket == 0 || d->rows[i].bucket == bucket) &&
		    filter_passes(&f, &of))
			list[(*n)++] = (uint32_t)i;
	}
	return list;
}

void
duties_count(const struct duties *d, const struct facts *facts,
    const struct query *q, int64_t *counts)
{
	struct filter f;

	for (int b = 0; b < BUCKET_END; b++)
		counts[b] = 0;
	filter_init(&f, facts, q);
	for (size_t i = 0; i < d->rows_n; i++) {
		struct attribute_of of = duty_of(d, facts, i);

		if (filter_passes(&f, &of))
			counts[d->rows[i].bucket]++;
	}
}
