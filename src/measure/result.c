#include "measure/result.h"

#include <stdlib.h>

#include "base/buf.h"
#include "base/i18n.h"
#include "measure/area.h"
#include "measure/by_path.h"
#include "measure/filter.h"
#include "measure/clones.h" /* last: see there */

static const struct {
	const char *code, *why;
} reasons[REASONS] = {
#define REASON(id, code, why, column) [REASON_##id] = {code, why},
#include "measure/reasons.def"
#undef REASON
};

static struct result *
result_made(const struct measure *m, const struct facts *facts,
    const struct measure_period *period, struct path_memo *memo)
{
	struct judge_extra extra = {.memo = memo};
	struct candidates c = {0};
	struct result *r;

	m = measure_on(m, period->to);
	cohort_find(&c, m, facts, period);
	cohort_choose(&c, m, facts);
	r = judge_whole(m, facts, period, &c);
	if (r == NULL)
		r = judge(m, facts, period, &c, &extra);
	judge_sum(r);
	judge_any(r);
	if (m->about.population)
		r->area = population_sums(facts, period);
	else if (m->parts != NULL)
		r->area = composite_scores(r);
	candidates_free(&c);
	return r;
}

struct result *
result_standing(const struct measure *m, const struct facts *facts,
    const struct measure_period *period)
{
	struct result *r = result_made(
	    m->standing != NULL ? m->standing : m, facts, period, NULL);

	r->standing = true;
	return r;
}

struct result *
result_with(const struct measure *m, const struct facts *facts,
    const struct measure_period *period, struct path_memo *memo)
{
	struct result *r = result_made(m, facts, period, memo);

	judge_ripen(r);
	return r;
}

struct result *
result_new(const struct measure *m, const struct facts *facts,
    const struct measure_period *period)
{
	return result_with(m, facts, period, NULL);
}

void
result_free(struct result *r)
{
	if (r == NULL)
		return;
	free(r->row);
	free(r->path);
	free(r->day);
	free(r->code);
	free(r->numerator);
	free(r->denominator);
	free(r->area);
	by_path_free(r->by_path);
	free(r);
}

size_t
result_bytes(const struct result *r)
{
	size_t row = sizeof *r->row + sizeof *r->code;

	row += r->path != NULL ? sizeof *r->path : 0;
	row += r->day != NULL ? sizeof *r->day : 0;
	row += r->numerator != NULL ? sizeof *r->numerator : 0;
	row += r->denominator != NULL ? sizeof *r->denominator : 0;
	return sizeof *r + ((size_t)r->cap + 1) * row +
	       by_path_bytes(r->by_path) +
	       (r->area != NULL
		       ? facts_rows(r->facts, FACTS_NODE) * sizeof *r->area
		       : 0);
}

const struct measure *
result_measure(const struct result *r)
{
	return r->measure;
}

struct measure_period
result_period(const struct result *r)
{
	return r->period;
}

enum over
result_over(const struct result *r)
{
	return r->measure->over;
}

bool
result_ripe(const struct result *r)
{
	return r->ripe;
}

uint32_t
result_rows(const struct result *r)
{
	return r->n;
}

static int
verdict_of(int code)
{
	static const int verdicts[] = {
	    [CODE_MISSED] = VERDICT_MISSED,
	    [CODE_MET] = VERDICT_MET,
	    [CODE_PENDING] = VERDICT_PENDING,
	    [CODE_EXCLUDED] = VERDICT_EXCLUDED,
	};

	return verdicts[code < CODE_EXCLUDED ? code : CODE_EXCLUDED];
}

struct result_row
result_row(const struct result *r, uint32_t i)
{
	bool counts = r->code[i] <= CODE_MET;
	enum over over = r->measure->over;
	struct result_row row = {.row = r->row[i],
	    .removal = over_row(r->facts, over, FACTS_REMOVAL, r->row[i]),
	    .child = over_child(r->facts, over, r->row[i]),
	    .path = entry_path(r, i),
	    .day = entry_day(r, i),
	    .verdict = verdict_of(r->code[i])};

	if (counts && r->numerator != NULL) {
		row.numerator = r->numerator[i];
		row.denominator = entry_denominator(r, i);
	} else if (counts) {
		row.numerator = r->code[i] == CODE_MET;
		row.denominator = 1;
	}
	return row;
}

void
reason_texts(
    const struct measure *m, int k, const char **code, const char **why)
{
	bool own = k < m->exclude_n;

	*code = own ? m->exclude_code[k] : reasons[k - m->exclude_n].code;
	*why = own ? m->exclude_why[k] : _(reasons[k - m->exclude_n].why);
}

const char *
result_reason(const struct result *r, uint32_t i)
{
	const char *code, *why = "";

	if (r->code[i] >= CODE_EXCLUDED)
		reason_texts(
		    r->measure, r->code[i] - CODE_EXCLUDED, &code, &why);
	return why;
}

static bool
in_members(int code, int members)
{
	switch (members) {
	case MEMBERS_MET:
		return code == CODE_MET;
	case MEMBERS_MISSED:
		return code == CODE_MISSED;
	case MEMBERS_EXCLUDED:
		return code >= CODE_EXCLUDED;
	case MEMBERS_PENDING:
		return code == CODE_PENDING;
	default:
		return code < CODE_EXCLUDED;
	}
}

uint64_t *
result_bitmap(const struct result *r, int members, size_t *words)
{
	size_t n = facts_rows(r->facts, FACTS_CHILD) / 64 + 1;
	uint64_t *bits = xcalloc(n, sizeof *bits);

	for (uint32_t i = 0; i < r->n; i++) {
		uint32_t c = over_child(r->facts, r->measure->over, r->row[i]);

		if (c != FACTS_NO_ROW && in_members(r->code[i], members))
			bits[c / 64] |= UINT64_C(1) << (c % 64);
	}
	*words = n;
	return bits;
}

CLONES const uint32_t *
entry_paths(
    const struct result *r, uint32_t from, uint32_t n, uint32_t *restrict room)
{
	const uint32_t *restrict row = r->row + from;
	const uint32_t *restrict path = r->path_of;

	if (r->path != NULL)
		return r->path + from;
	for (uint32_t i = 0; i < n; i++)
		room[i] = path[row[i]];
	return room;
}

uint32_t
result_attribute(const struct result *r, uint32_t i, enum attribute a)
{
	struct attribute_of of = entries_in(r);

	entry_is(&of, r, i);
	return attribute_value(&of, a);
}

uint32_t *
result_list(
    const struct result *r, const struct query *q, int members, size_t *n)
{
	uint32_t *list = xcalloc((size_t)r->n + 1, sizeof *list);
	struct attribute_of of = entries_in(r);
	struct filter f;

	*n = 0;
	filter_init(&f, r->facts, q);
	for (uint32_t i = 0; i < r->n; i++) {
		entry_is(&of, r, i);
		if (in_members(r->code[i], members) && filter_passes(&f, &of))
			list[(*n)++] = i;
	}
	return list;
}
