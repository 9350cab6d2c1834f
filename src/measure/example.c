#include "measure/example.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/date.h"
#include "base/i18n.h"
#include "measure/result.h"

#define ID_TEXT 24

/* A set's cases as a snapshot: child cN is case N. */
struct run {
	const struct measure *m;
	const struct example_set *set;
	struct facts *facts;
	struct result *result;
	struct faults *faults;
};

static void
case_id(char id[static ID_TEXT], size_t i)
{
	snprintf(id, ID_TEXT, "c%zu", i + 1);
}

/* Whether ids of this column are the case's own: those of children, reports
 * and cases of services. */
static bool
is_of_case(const struct column *c)
{
	static const char *const names[] = {"child_id", "report_id", "case_id"};

	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		if (strcmp(c->name, names[i]) == 0)
			return true;
	return false;
}

/* A row with the ids of its case: the same id in another case is another
 * report; without one the row is of the case's child. */
static bool
add_row(struct facts_builder *b, const struct example_row *row, const char *id,
    struct err *err)
{
	const struct table *t = extract_table(row->table);
	struct cell cells[EXTRACT_MAX_COLS];
	char *ids[EXTRACT_MAX_COLS] = {NULL};
	bool ok;

	memcpy(cells, row->cells, sizeof cells);
	for (int c = 0; c < t->n; c++) {
		bool given = cell_given(&cells[c]);

		if (id == NULL || !is_of_case(&t->columns[c]))
			continue;
		ids[c] = xasprintf("%s%s%.*s", id, given ? ":" : "",
		    given ? (int)cells[c].len : 0, cells[c].s);
		cells[c] = (struct cell){
		    .n = CELL_EMPTY, .s = ids[c], .len = strlen(ids[c])};
	}
	ok = facts_builder_add(b, row->table, cells, err);
	for (int c = 0; c < t->n; c++)
		free(ids[c]);
	return ok;
}

static bool
add_case(struct facts_builder *b, const struct example_case *c, size_t i,
    struct err *err)
{
	char id[ID_TEXT];

	case_id(id, i);
	for (size_t k = 0; k < c->rows_n; k++)
		if (!add_row(b, &c->rows[k], id, err))
			return false;
	return true;
}

/* The whole tree of an example: one state. */
static bool
add_state(struct facts_builder *b, struct err *err)
{
	struct cell cells[EXTRACT_MAX_COLS];

	for (int c = 0; c < ORG_COLS; c++)
		cells[c] = cell_empty();
	cells[ORG_COL_NODE] = (struct cell){CELL_EMPTY, "state", 5};
	cells[ORG_COL_NAME] = (struct cell){CELL_EMPTY, "State", 5};
	cells[ORG_COL_LEVEL].n = LEVEL_STATE;
	return facts_builder_add(b, EXTRACT_ORG, cells, err);
}

static bool
build(struct facts **facts, const struct example_set *set, struct err *err)
{
	struct facts_about about = {.agency = "",
	    .source = "examples",
	    .data_through = set->period.as_of,
	    .invented = true};
	struct facts_builder *b = facts_builder_new(&about);
	int fd = memfd_create("hearth-example", MFD_CLOEXEC);
	bool ok = fd >= 0 || err_sys(err, ERR_IO, "examples: memfd");

	ok = ok && add_state(b, err);
	for (size_t i = 0; ok && i < set->rows_n; i++)
		ok = add_row(b, &set->rows[i], NULL, err);
	for (size_t i = 0; ok && i < set->cases_n; i++)
		ok = add_case(b, &set->cases[i], i, err);
	ok = ok && facts_builder_finish(b, fd, err) &&
	     facts_open_fd(facts, fd, err);
	facts_builder_free(b);
	if (fd >= 0)
		close(fd);
	return ok;
}

/* Whether the row is of the case's child, or is a report of the case. */
static bool
is_of(const struct run *r, const struct result_row *row, const char *id)
{
	size_t len = strlen(id);
	const char *own;

	if (row->child != FACTS_NO_ROW)
		own = facts_str(r->facts, FACTS_CHILD_ID, row->child);
	else
		own = over_id(r->facts, result_over(r->result), row->row);
	return strncmp(own, id, len) == 0 &&
	       (own[len] == '\0' || own[len] == ':');
}

/* The entry that stands for the case; false when there is none. */
static bool
entry_of(const struct run *r, size_t i, uint32_t *entry)
{
	char id[ID_TEXT];

	case_id(id, i);
	for (*entry = 0; *entry < result_rows(r->result); (*entry)++) {
		struct result_row row = result_row(r->result, *entry);

		if (is_of(r, &row, id))
			return true;
	}
	return false;
}

static void
expect_amount(const struct run *r, const struct example_case *c,
    const char *name, int64_t want, int64_t have)
{
	if (want >= 0 && want != have)
		fault_add(r->faults, r->m->file, c->line, c->column,
		    _("%s, example %s: %s should be %lld and is %lld"),
		    r->m->about.id, c->name, name, (long long)want,
		    (long long)have);
}

static void
check_case(const struct run *r, size_t i)
{
	const struct example_case *c = &r->set->cases[i];
	struct result_row row = {.verdict = VERDICT_OUTSIDE};
	const struct codeset *words = &codesets[CODES_VERDICT];
	const char *reason = "";
	uint32_t entry;

	if (entry_of(r, i, &entry)) {
		row = result_row(r->result, entry);
		reason = result_reason(r->result, entry);
	}
	if (c->verdict != 0 && c->verdict != row.verdict)
		fault_add(r->faults, r->m->file, c->line, c->column,
		    _("%s, example %s: should be %s and is %s%s%s"),
		    r->m->about.id, c->name, code_word(words, c->verdict),
		    code_word(words, row.verdict), *reason != '\0' ? ": " : "",
		    reason);
	if (c->reason != NULL && strcmp(c->reason, reason) != 0)
		fault_add(r->faults, r->m->file, c->line, c->column,
		    _("%s, example %s: the reason should be '%s' and is '%s'"),
		    r->m->about.id, c->name, c->reason, reason);
	expect_amount(r, c, "numerator", c->numerator, row.numerator);
	expect_amount(r, c, "denominator", c->denominator, row.denominator);
}

static void
check_total(const struct run *r)
{
	const struct query everything = {.at = FACTS_NO_ROW};
	struct slice *s = slice_new(r->result, &everything);
	char text[FIGURE_TEXT];

	figure_text(r->m, &s->total, text);
	if ((r->set->numerator >= 0 &&
		r->set->numerator != s->total.numerator) ||
	    (r->set->denominator >= 0 &&
		r->set->denominator != s->total.denominator))
		fault_add(r->faults, r->m->file, r->set->line, r->set->column,
		    _("%s: the examples should come to %lld/%lld and come to "
		      "%lld/%lld"),
		    r->m->about.id, (long long)r->set->numerator,
		    (long long)r->set->denominator,
		    (long long)s->total.numerator,
		    (long long)s->total.denominator);
	if (r->set->value != NULL && strcmp(r->set->value, text) != 0)
		fault_add(r->faults, r->m->file, r->set->line, r->set->column,
		    _("%s: the examples' value should be %s and is %s"),
		    r->m->about.id, r->set->value,
		    *text != '\0' ? text : _("no data"));
	slice_free(s);
}

bool
examples_run(const struct measure *m, struct faults *faults, struct err *err)
{
	for (int k = 0; k < m->example_sets; k++) {
		struct run r = {
		    .m = m, .set = &m->examples[k], .faults = faults};

		if (!build(&r.facts, r.set, err))
			return err_prefix(err, "%s:%d", m->file, r.set->line);
		r.result = result_new(m, r.facts, &r.set->period);
		for (size_t i = 0; i < r.set->cases_n; i++)
			check_case(&r, i);
		check_total(&r);
		result_free(r.result);
		facts_close(r.facts);
	}
	return true;
}
