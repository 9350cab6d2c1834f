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
	uint32_t path = over_path(c->facts, c->over, c->row);
	struct duty *duty;

	if (!a.applies)
		return;
	grow(&d->rows, cap, d->rows_n + 1, sizeof *d->rows);
	duty = &d->rows[d->rows_n++];
	*duty = (struct duty){.row = c->row,
	    .child = c->child,
	    .removal = c->removal,
	    .path = path != FACTS_NO_ROW ? path
		    : c->child != FACTS_NO_ROW
			? facts_path_on(c->facts, c->child, c->as_of)
			: 0,
	    .start = a.start,
	    .due = a.due,
	    .state = a.state,
	    .bucket = a.state == DUTY_UNKNOWN ? BUCKET_UNKNOWN : BUCKET_NONE};
	if (duty_open(duty)) {
		duty->days = a.due - c->as_of;
		duty->bucket = (uint8_t)clock_bucket(duty->days);
	}
}

struct clock_case
clock_case_of(const struct duties *d, const struct facts *facts, uint32_t row)
{
	struct clock_case c = {.facts = facts,
	    .over = d->over,
	    .row = row,
	    .child = over_child(facts, d->over, row),
	    .removal = d->over == OVER_REMOVAL ? row : FACTS_NO_ROW,
	    .as_of = d->as_of};
	int32_t began = facts_i32(facts, overs[d->over].date)[row];

	/* A report or a case keeps the rule of the day on which it began; a
	 * child in care is under that of today. */
	c.rule = clock_rule_on(d->measures, d->clock,
	    d->over == OVER_REMOVAL || !date_known(began) ? d->as_of : began);
	return c;
}

/* The last open episode of each child in care. */
static void
duties_of_care(struct duties *d, const struct facts *facts, size_t *cap)
{
	const uint32_t *child = facts_u32(facts, FACTS_REMOVAL_CHILD);
	const int32_t *in = facts_i32(facts, FACTS_REMOVAL_DATE);
	uint32_t children = facts_rows(facts, FACTS_CHILD);
	uint32_t rows = facts_rows(facts, FACTS_REMOVAL);
	uint32_t *last = xcalloc((size_t)children + 1, sizeof *last);

	for (uint32_t i = 0; i < rows; i++)
		if (in[i] <= d->as_of &&
		    facts_day(facts, FACTS_REMOVAL_DISCHARGE, i, d->as_of) >
			d->as_of)
			last[child[i]] = i + 1;
	for (uint32_t i = 0; i < rows; i++)
		if (last[child[i]] == i + 1) {
			struct clock_case c = clock_case_of(d, facts, i);

			add_duty(d, cap, &c);
		}
	free(last);
}

/* Reports and cases that are open. */
static void
duties_of_open(struct duties *d, const struct facts *facts, size_t *cap)
{
	static const enum facts_column ends[OVERS] = {
	    [OVER_REPORT] = FACTS_REPORT_CONCLUDED,
	    [OVER_SERVICE] = FACTS_SERVICE_CLOSED,
	    [OVER_SERVED] = FACTS_SERVED_CLOSED,
	};
	uint32_t rows = facts_rows(facts, overs[d->over].table);
	const int32_t *began = facts_i32(facts, overs[d->over].date);

	for (uint32_t i = 0; i < rows; i++)
		if (began[i] <= d->as_of &&
		    facts_day(facts, ends[d->over], i, d->as_of) > d->as_of) {
			struct clock_case c = clock_case_of(d, facts, i);

			add_duty(d, cap, &c);
		}
}

struct duties *
duties_new(const struct measures *measures, const struct facts *facts,
    int clock, int32_t as_of)
{
	struct duties *d = xcalloc(1, sizeof *d);
	size_t cap = 0;

	*d = (struct duties){.measures = measures,
	    .clock = clock,
	    .over = clock_over(clock),
	    .as_of = as_of};
	if (clock_rule_on(measures, clock, as_of) == NULL)
		return d;
	if (d->over == OVER_REMOVAL)
		duties_of_care(d, facts, &cap);
	else
		duties_of_open(d, facts, &cap);
	return d;
}

const char *
duty_id(const struct duties *d, const struct facts *facts, size_t i)
{
	uint32_t child = d->rows[i].child;

	return child != FACTS_NO_ROW ? facts_str(facts, FACTS_CHILD_ID, child)
				     : over_id(facts, d->over, d->rows[i].row);
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
	    .over = d->over,
	    .row = d->rows[i].row,
	    .path = d->rows[i].path,
	    .day = d->as_of,
	    .as_of = d->as_of,
	    .measures = d->measures};
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
