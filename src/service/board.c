/* GET /v1/board: a unit's headline figures with their trends, and its duties
 * by bucket. */
#include "service/board.h"

#include <pthread.h>
#include <stdatomic.h>
#include <string.h>
#include <unistd.h>

#include "base/date.h"
#include "base/i18n.h"
#include "measure/moves.h"
#include "service/handlers.h"
#include "service/shape_duty.h"
#include "service/refer.h"
#include "service/rights.h"
#include "service/scope.h"
#include "service/shape.h"
#include "service/since.h"
#include "service/withdrawn.h"

static const int board_clocks[] = {CLOCK_PPRT, CLOCK_TPR};

#define BOARD_CLOCKS (sizeof board_clocks / sizeof *board_clocks)

void
board_init(struct board *b)
{
	const struct measures *all = b->c->svc->measures;
	const char *ids[BOARD_MOST];
	size_t n = 0;

	params_split(&b->c->arena, b->c->svc->headlines, BOARD_MOST, ids, &n);
	for (size_t i = 0; i < n; i++) {
		const struct measure *m = measures_find(all, ids[i]);

		if (m != NULL)
			b->measures[b->measures_n++] = m;
	}
	for (size_t i = 0; i < BOARD_CLOCKS; i++)
		if (clock_about(all, board_clocks[i]) != NULL)
			b->clocks[b->clocks_n++] = board_clocks[i];
}

struct scope
board_scope(const struct board *b, const struct measure *m)
{
	return (struct scope){
	    .measure = m,
	    .about = measure_about(m),
	    .period = measure_period_default(m, b->as_of),
	    .query.at = b->at,
	};
}

struct scope_clock_query
board_clock_query(const struct board *b, size_t i)
{
	return (struct scope_clock_query){
	    b->c->svc->measures, b->clocks[i], b->as_of, b->at};
}

/* --- figures, two at a time ------------------------------------------ */

/* What the board needs, one piece after another, duties first: they take
 * longest. Whoever is free takes the next; the results meet in the cache. */
struct board_work {
	const struct board *board;
	atomic_size_t next;
};

static void
board_piece(struct context *c, const struct board *b, size_t i)
{
	struct scope s;
	struct scope_clock_query q;

	if (i < b->clocks_n) {
		q = board_clock_query(b, i);
		scope_duty_counts(c, &q);
		return;
	}
	s = board_scope(b, b->measures[i - b->clocks_n]);
	scope_trend(c, &s, BOARD_WINDOWS);
}

static void
board_pieces(struct board_work *w, struct context *c)
{
	size_t i;

	while ((i = atomic_fetch_add(&w->next, 1)) <
	       w->board->clocks_n + w->board->measures_n)
		board_piece(c, w->board, i);
}

/* A context of its own on the same snapshot: arenas are not shared. */
static void *
board_helper(void *arg)
{
	struct board_work *w = arg;
	const struct context *from = w->board->c;
	struct context c = {.svc = from->svc,
	    .request = from->request,
	    .snap = snap_hold(from->svc->snaps, from->snap),
	    .facts = from->facts};

	board_pieces(w, &c);
	context_fini(&c);
	snap_drop(from->svc->snaps, c.snap);
	return NULL;
}

/* The first board of a generation is what a user waits for when the program
 * starts, so the machine's second processor helps. */
static void
board_prepare(struct board *b)
{
	struct board_work w = {.board = b};
	struct scope last;
	pthread_t helper;
	bool helped;

	if (b->measures_n == 0 || sysconf(_SC_NPROCESSORS_ONLN) < 2)
		return;
	last = board_scope(b, b->measures[b->measures_n - 1]);
	if (scope_trend_known(b->c, &last, BOARD_WINDOWS))
		return;
	helped = pthread_create(&helper, NULL, board_helper, &w) == 0;
	board_pieces(&w, b->c);
	if (helped)
		pthread_join(helper, NULL);
}

/* --- headlines ------------------------------------------------------- */

static void
board_row(
    struct board *b, const struct scope *s, const struct trend *t, size_t w)
{
	const struct facts *f = b->c->facts;
	const struct shape_row row = {
	    .key = facts_str(f, FACTS_NODE_ID, b->at),
	    .level =
		shape_word(CODES_LEVEL, facts_u8(f, FACTS_NODE_LEVEL)[b->at]),
	    .name = facts_str(f, FACTS_NODE_NAME, b->at),
	    .figure = &t->total[w],
	    .ripe = t->ripe[w] &&
		    withdrawn_because(b->c, s->about, t->windows[w].to) == NULL,
	};

	shape_row_members(b->c, s->measure, &t->windows[w], &row);
}

static void
board_trend(struct board *b, const struct scope *s, const struct trend *t)
{
	struct json *j = &b->c->json;

	json_key(j, "trend");
	json_array(j);
	for (size_t w = 0; w < t->windows_n; w++) {
		json_object(j);
		json_kv_date(j, "from", t->windows[w].from);
		json_kv_date(j, "to", t->windows[w].to);
		board_row(b, s, t, w);
		json_object_end(j);
	}
	json_array_end(j);
}

static void
board_headline(struct board *b, const struct measure *m)
{
	const struct scope s = board_scope(b, m);
	const struct refer refer = {
	    .kind = REFCODE_REPORT,
	    .subject = s.about->id,
	    .version = s.about->version,
	    .period = &s.period,
	    .as_of = b->as_of,
	    .query = &s.query,
	};
	const struct trend *t = scope_trend(b->c, &s, BOARD_WINDOWS);
	struct json *j = &b->c->json;

	json_object(j);
	shape_measure_members(b->c, m, s.period.to);
	json_kv_date(j, "from", s.period.from);
	json_kv_date(j, "to", s.period.to);
	json_kv_string(j, "version", s.about->version);
	withdrawn_member(b->c, s.about, s.period.to);
	refer_member(b->c, &refer);
	json_key(j, "total");
	json_object(j);
	board_row(b, &s, t, t->windows_n - 1);
	json_object_end(j);
	board_trend(b, &s, t);
	json_object_end(j);
}

static void
board_headlines(struct board *b)
{
	json_key(&b->c->json, "headlines");
	json_array(&b->c->json);
	for (size_t i = 0; i < b->measures_n; i++)
		board_headline(b, b->measures[i]);
	json_array_end(&b->c->json);
}

/* --- duties ---------------------------------------------------------- */

static void
board_clock(struct board *b, size_t i)
{
	const struct scope_clock_query q = board_clock_query(b, i);

	json_object(&b->c->json);
	shape_duty_clock(b->c, "clock", clock_about(q.measures, q.clock));
	shape_duty_buckets(b->c, scope_duty_counts(b->c, &q));
	json_object_end(&b->c->json);
}

static void
board_clocks_all(struct board *b)
{
	json_key(&b->c->json, "clocks");
	json_array(&b->c->json);
	for (size_t i = 0; i < b->clocks_n; i++)
		board_clock(b, i);
	json_array_end(&b->c->json);
}

/* --- what changed ---------------------------------------------------- */

static void
board_counts(struct board *b, const struct moves *m)
{
	const struct codeset *set = &codesets[CODES_DIFF];
	int64_t counts[DIFF_END] = {0};

	for (size_t i = 0; i < m->rows_n; i++)
		counts[m->rows[i].change]++;
	json_key(&b->c->json, "counts");
	json_array(&b->c->json);
	for (int i = 1; i < DIFF_END; i++) {
		const struct api_bucket r = {
		    .id = code_word(set, i),
		    .label = _(code_label(set, i)),
		    .count = counts[i],
		};

		api_object(&b->c->json, API_RESOURCE_bucket, &r);
	}
	json_array_end(&b->c->json);
}

static void
board_since_clock(struct board *b, struct since *s, int clock)
{
	const struct measures *ms = b->c->svc->measures;
	struct since_side *both[] = {&s->then, &s->now};
	struct moves_side sides[2];
	char version[CLOCK_VERSION];
	const struct moves *moves;

	for (int i = 0; i < 2; i++) {
		since_look(s, both[i]);
		sides[i] = (struct moves_side){
		    .facts = both[i]->snap->facts,
		    .duties = scope_duties(b->c, ms, clock, both[i]->as_of),
		    .query = both[i]->placed ? &both[i]->query : NULL,
		};
	}
	clock_version(ms, clock, version);
	s->then.version = s->now.version = version;
	moves = since_moves(s, clock, sides);
	json_object(&b->c->json);
	shape_duty_clock(b->c, "clock", clock_about(ms, clock));
	board_counts(b, moves);
	json_object_end(&b->c->json);
}

/* "since": what became of the duties since an import that the asker saw last;
 * null when that is the one on show, or is not here any more. */
static void
board_since(struct board *b)
{
	uint32_t seen = (uint32_t)context_number(b->c, API_FROM_GENERATION, 0);
	struct since s = {.c = b->c, .now = {.snap = b->c->snap}};
	struct json *j = &b->c->json;

	json_key(j, "since");
	if (seen == 0 || seen >= b->c->snap->generation ||
	    !context_take(b->c, seen, API_FROM_GENERATION, &s.then.snap)) {
		b->c->err.code = ERR_NONE;
		json_null(j);
		return;
	}
	s.now.as_of = b->as_of;
	s.now.query = (struct query){.at = b->at};
	s.then.as_of = facts_about(s.then.snap->facts)->data_through;
	since_query(&s);
	json_object(j);
	json_kv_int(j, "generation", seen);
	json_kv_date(j, "data_through", s.then.as_of);
	json_key(j, "clocks");
	json_array(j);
	for (size_t i = 0; i < b->clocks_n; i++)
		board_since_clock(b, &s, b->clocks[i]);
	json_array_end(j);
	json_object_end(j);
	since_look(&s, &s.now);
}

/* The headlines' definitions are all of the board's own. */
static void
board_refer(struct board *b)
{
	const struct query q = {.at = b->at};
	const struct refer refer = {
	    .kind = REFCODE_BOARD,
	    .as_of = b->as_of,
	    .query = &q,
	};

	refer_member(b->c, &refer);
}

bool
board_answer(struct context *c)
{
	struct board b = {.c = c};

	if (!context_facts(c) || !scope_node(c, API_AT, &b.at) ||
	    !rights_may(c, b.at, RIGHT_FIGURES) || !scope_as_of(c, &b.as_of))
		return false;
	board_init(&b);
	board_prepare(&b);
	shape_about(c);
	shape_node(c, "at", b.at);
	shape_path(c, b.at, b.as_of);
	json_kv_date(&c->json, "as_of", b.as_of);
	board_refer(&b);
	board_headlines(&b);
	board_clocks_all(&b);
	board_since(&b);
	return true;
}
