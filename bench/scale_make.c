#include "scale_make.h"

#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/date.h"
#include "base/rng.h"
#include "bench_clock.h"
#include "facts/facts.h"

#include "scale_making.h"

#define PER_WORKER 15
#define STAY_DAYS 640 /* the mean of a long stay */

void
scale_give(struct making *m, enum extract_table table, const struct cell *cells)
{
	if (!m->failed && !facts_builder_add(m->builder, table, cells, &m->err))
		m->failed = true;
	m->rows++;
}

struct cell
scale_number(int64_t n)
{
	return (struct cell){.n = n, .s = ""};
}

struct cell
scale_text(const char *s)
{
	return (struct cell){.n = CELL_EMPTY, .s = s, .len = strlen(s)};
}

void
scale_clear(struct cell *c)
{
	for (int i = 0; i < EXTRACT_MAX_COLS; i++)
		c[i] = cell_empty();
}

int32_t
scale_some(struct making *m, uint32_t below)
{
	return (int32_t)rng_below(&m->rng, below);
}

/* --- the tree ------------------------------------------------------ */

static void
add_node(struct making *m, int level, uint32_t n, uint32_t parent)
{
	static const char letters[] = " srckoux"; /* by level */
	struct cell c[EXTRACT_MAX_COLS];
	char id[16], above[16];

	scale_clear(c);
	snprintf(id, sizeof id, "%c%07" PRIu32, letters[level], n);
	snprintf(
	    above, sizeof above, "%c%07" PRIu32, letters[level - 1], parent);
	c[ORG_COL_NODE] = c[ORG_COL_NAME] = scale_text(id);
	if (level > LEVEL_STATE)
		c[ORG_COL_PARENT] = scale_text(above);
	c[ORG_COL_LEVEL] = scale_number(level);
	scale_give(m, EXTRACT_ORG, c);
}

/* Eight workers a unit, two units an office, offices spread over counties. */
static void
add_tree(struct making *m)
{
	uint32_t units = m->workers / 8 + 1, offices = units / 2 + 1;
	uint32_t circuits = m->counties / 3 + 1, regions = circuits / 6 + 1;

	add_node(m, LEVEL_STATE, 0, 0);
	for (uint32_t i = 0; i < regions; i++)
		add_node(m, LEVEL_REGION, i, 0);
	for (uint32_t i = 0; i < circuits; i++)
		add_node(m, LEVEL_CIRCUIT, i, i % regions);
	for (uint32_t i = 0; i < m->counties; i++)
		add_node(m, LEVEL_COUNTY, i, i % circuits);
	for (uint32_t i = 0; i < offices; i++)
		add_node(m, LEVEL_OFFICE, i, i % m->counties);
	for (uint32_t i = 0; i < units; i++)
		add_node(m, LEVEL_UNIT, i, i % offices);
	for (uint32_t i = 0; i < m->workers; i++)
		add_node(m, LEVEL_WORKER, i, i % units);
}

/* --- a child ------------------------------------------------------- */

void
scale_child(struct making *m, int32_t birth)
{
	struct cell c[EXTRACT_MAX_COLS];

	scale_clear(c);
	c[CHILD_COL_ID] = scale_text(m->child);
	c[CHILD_COL_BIRTH] = scale_number(birth);
	c[CHILD_COL_SEX] = scale_number(1 + scale_some(m, 2));
	c[CHILD_COL_RACE] = scale_number(1 << scale_some(m, 5));
	c[CHILD_COL_HISPANIC] = scale_number(1 + scale_some(m, 2));
	scale_give(m, EXTRACT_CHILD, c);
}

static void
add_removal(struct making *m, int32_t in, int32_t out)
{
	struct cell c[EXTRACT_MAX_COLS];

	scale_clear(c);
	c[REMOVAL_COL_CHILD] = scale_text(m->child);
	c[REMOVAL_COL_DATE] = c[REMOVAL_COL_CUSTODY] = scale_number(in);
	c[REMOVAL_COL_REASONS] = scale_number(1 << scale_some(m, 10));
	c[REMOVAL_COL_ENTERED] = scale_number(in + scale_some(m, 40));
	if (out != DATE_NEVER) {
		c[REMOVAL_COL_DISCHARGE] = scale_number(out);
		if (scale_some(m, 50) > 0)
			c[REMOVAL_COL_WHY_OUT] =
			    scale_number(1 + scale_some(m, 7));
		c[REMOVAL_COL_OUT_ENTERED] =
		    scale_number(out + scale_some(m, 40));
	}
	scale_give(m, EXTRACT_REMOVAL, c);
}

/* Settings one after the other, about one in eight months. */
static void
add_settings(struct making *m, int32_t in, int32_t out, int32_t end)
{
	for (int32_t at = in; at < end || at == in;) {
		struct cell c[EXTRACT_MAX_COLS];
		int32_t to = at + 10 + scale_some(m, 470);

		scale_clear(c);
		c[PLACEMENT_COL_CHILD] = scale_text(m->child);
		c[PLACEMENT_COL_START] = scale_number(at);
		if (to < end)
			c[PLACEMENT_COL_STOP] = scale_number(to);
		else if (out != DATE_NEVER)
			c[PLACEMENT_COL_STOP] = scale_number(out);
		c[PLACEMENT_COL_SETTING] = scale_number(1 + scale_some(m, 8));
		scale_give(m, EXTRACT_PLACEMENT, c);
		at = to;
	}
}

/* Workers one after the other, about one in nine months. */
static void
add_workers(struct making *m, int32_t in, int32_t out, int32_t end)
{
	uint32_t worker = rng_below(&m->rng, m->workers);

	for (int32_t at = in; at < end || at == in;) {
		struct cell c[EXTRACT_MAX_COLS];
		int32_t to = at + 20 + scale_some(m, 520);

		scale_clear(c);
		snprintf(m->node, sizeof m->node, "x%07" PRIu32, worker);
		c[ASSIGN_COL_CHILD] = scale_text(m->child);
		c[ASSIGN_COL_NODE] = scale_text(m->node);
		c[ASSIGN_COL_START] = scale_number(at);
		if (to < end)
			c[ASSIGN_COL_STOP] = scale_number(to);
		else if (out != DATE_NEVER)
			c[ASSIGN_COL_STOP] = scale_number(out);
		scale_give(m, EXTRACT_ASSIGN, c);
		worker = (worker + 1 + rng_below(&m->rng, 5)) % m->workers;
		at = to;
	}
}

static void
add_goal(struct making *m, int32_t in)
{
	struct cell c[EXTRACT_MAX_COLS];

	scale_clear(c);
	c[GOALS_COL_CHILD] = scale_text(m->child);
	c[GOALS_COL_START] = scale_number(in + scale_some(m, 30));
	c[GOALS_COL_GOAL] = scale_number(1 + scale_some(m, 6));
	scale_give(m, EXTRACT_GOALS, c);
}

static void
add_free(struct making *m, int32_t in)
{
	for (int parent = 0; parent < 2; parent++) {
		struct cell c[EXTRACT_MAX_COLS];

		scale_clear(c);
		c[LEGALS_COL_CHILD] = scale_text(m->child);
		c[LEGALS_COL_DATE] =
		    scale_number(in + 400 + scale_some(m, 300));
		c[LEGALS_COL_EVENT] = scale_number(
		    parent == 0 ? LEGAL_TPR_MOTHER : LEGAL_TPR_FATHER);
		scale_give(m, EXTRACT_LEGALS, c);
	}
}

static void
add_review(struct making *m, int32_t day)
{
	struct cell c[EXTRACT_MAX_COLS];

	scale_clear(c);
	c[MEETING_COL_CHILD] = scale_text(m->child);
	c[MEETING_COL_DATE] = scale_number(day);
	c[MEETING_COL_KIND] = scale_text("pprt");
	c[MEETING_COL_ENTERED] = scale_number(day + scale_some(m, 20));
	scale_give(m, EXTRACT_MEETING, c);
}

static void
add_visit(struct making *m, int32_t day)
{
	struct cell c[EXTRACT_MAX_COLS];

	scale_clear(c);
	c[VISITS_COL_CHILD] = scale_text(m->child);
	c[VISITS_COL_DATE] = scale_number(day);
	c[VISITS_COL_PLACE] = scale_number(1 + scale_some(m, 2));
	c[VISITS_COL_KIND] = scale_number(1);
	c[VISITS_COL_BY] = scale_text(m->node);
	c[VISITS_COL_ENTERED] = scale_number(day + scale_some(m, 20));
	scale_give(m, EXTRACT_VISITS, c);
}

static void
add_stay(struct making *m, int32_t in, int32_t out)
{
	int32_t end = out == DATE_NEVER ? m->through : out;

	add_removal(m, in, out);
	add_settings(m, in, out, end);
	add_workers(m, in, out, end);
	add_goal(m, in);
	if (end - in > 400 && scale_some(m, 4) == 0)
		add_free(m, in);
	for (int32_t day = in + 150 + scale_some(m, 60); day < end;
	     day += 150 + scale_some(m, 60))
		add_review(m, day);
	for (int32_t day = in + scale_some(m, 30); day < end;
	     day += 25 + scale_some(m, 11))
		if (day >= m->visits_from)
			add_visit(m, day);
	scale_stay_reports(m, in, out);
}

/* Some go home at once, some within weeks, most stay; few long stays make
 * half of those in care. */
static int32_t
stay_days(struct making *m)
{
	int32_t days = 1;

	if (scale_some(m, 10) == 0)
		return scale_some(m, 30);
	while (days < 4000 && scale_some(m, 100) > 0)
		days += scale_some(m, 2 * STAY_DAYS / 100);
	return days + 8;
}

static void
add_life(struct making *m, uint32_t number)
{
	int32_t in, out = DATE_FIRST, span = m->through - m->first;
	int stays = 0;

	rng_seed(&m->rng, number);
	snprintf(m->child, sizeof m->child, "c%09" PRIu32, number);
	in = m->first + scale_some(m, (uint32_t)span);
	scale_child(m, in - scale_some(m, 17 * 365));
	while (in <= m->through && out != DATE_NEVER) {
		out = in + stay_days(m);
		if (out > m->through)
			out = DATE_NEVER;
		add_stay(m, in, out);
		stays++;
		m->removals++;
		if (out == DATE_NEVER || stays == 4 || scale_some(m, 5) > 0)
			break;
		in = out + 1 + scale_some(m, 700);
	}
}

/* --- the file ------------------------------------------------------- */

static void
make_tree_size(struct making *m, const struct scale *s)
{
	uint32_t a_year = s->removals / (uint32_t)s->years;
	uint32_t in_care = (uint32_t)((uint64_t)a_year * STAY_DAYS / 365);

	m->workers = in_care / PER_WORKER + 8;
	m->counties = s->removals / 1700 + 10;
	if (m->counties > 3143)
		m->counties = 3143;
}

static void
make(const struct scale *s, int fd, struct scale_made *made, struct making *m)
{
	struct facts_about about = {.agency = "",
	    .source = "bench",
	    .data_through = date_make(2026, 9, 30),
	    .invented = true};
	double start = bench_s();

	m->through = about.data_through;
	m->first = date_addmonths(m->through, -12 * s->years);
	m->visits_from = date_addmonths(m->through, -12 * s->visits);
	make_tree_size(m, s);
	m->builder = facts_builder_new(&about);
	add_tree(m);
	for (uint32_t i = 0; m->removals < s->removals && !m->failed; i++)
		add_life(m, i);
	scale_families(m);
	made->feed_s = bench_s() - start;
	start = bench_s();
	if (!m->failed && !facts_builder_finish(m->builder, fd, &m->err))
		m->failed = true;
	made->build_s = bench_s() - start;
	made->rows = m->rows;
	facts_builder_free(m->builder);
}

static void
make_alone(const struct scale *s, const char *path, int report)
{
	struct scale_made made = {0};
	struct making m = {0};
	struct rusage usage;
	int fd = open(path, O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);

	if (fd < 0) {
		perror(path);
		_exit(1);
	}
	make(s, fd, &made, &m);
	if (m.failed) {
		fprintf(stderr, "%s\n", m.err.text);
		unlink(path);
		_exit(1);
	}
	getrusage(RUSAGE_SELF, &usage);
	made.peak_kb = usage.ru_maxrss;
	_exit(write(report, &made, sizeof made) != sizeof made);
}

bool
scale_make(const struct scale *s, const char *path, struct scale_made *made,
    struct err *err)
{
	int ends[2], status;
	pid_t pid;
	bool ok;

	if (pipe(ends) != 0)
		return err_sys(err, ERR_IO, "pipe");
	pid = fork();
	if (pid == 0)
		make_alone(s, path, ends[1]);
	close(ends[1]);
	ok = pid > 0 && read(ends[0], made, sizeof *made) == sizeof *made;
	close(ends[0]);
	ok = pid > 0 && waitpid(pid, &status, 0) == pid && status == 0 && ok;
	return ok || err_set(err, ERR_IO, "%s was not made", path);
}
