/*
 * Merging what two devices typed (offline.md, promise 18): each side of a
 * question holds nothing, one thing or another, 27 cases, for every type of
 * value. What must come out is worked out from the rule: what one alone
 * changed is taken over, the same on both is no conflict, anything else waits
 * for a person, and every value that was typed is findable afterwards.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "lib/unit.h"
#include "rig.h"

#define CASES 27

static const char form[] =
    "instrument: { id = \"t\"; version = 1; title = \"T\"; title_es = \"T\"; "
    "certainty = \"test\"; };\n"
    "areas = ( { id = \"A1\"; title = \"A\"; title_es = \"A\"; } );\n"
    "choices: { c = ( (\"a\", \"A\", \"A\"), (\"b\", \"B\", \"B\") ); };\n"
    "sections = ( { id = \"S\"; title = \"S\"; title_es = \"S\"; questions = ("
#define ASK "ask = \"A?\"; ask_es = \"A?\"; mark = \"D\";"
    "{ id = \"YN1\"; type = \"yn\"; " ASK " },"
    "{ id = \"YA1\"; type = \"yna\"; " ASK " },"
    "{ id = \"NU1\"; type = \"n\"; " ASK " },"
    "{ id = \"DA1\"; type = \"d\"; " ASK " },"
    "{ id = \"DT1\"; type = \"dt\"; " ASK " },"
    "{ id = \"TX1\"; type = \"t\"; " ASK " },"
    "{ id = \"CH1\"; type = \"c\"; options = \"c\"; " ASK " },"
    "{ id = \"MA1\"; type = \"m\"; options = \"c\"; " ASK " },"
    "{ id = \"RE1\"; type = \"ref CC\"; " ASK " },"
    "{ id = \"RS1\"; type = \"refs CC\"; " ASK " } ); } );\n";

static const struct {
	const char *question, *values[3];
} types[] = {
    {"YN1", {"", "Y", "N"}},
    {"YN1", {"", "U|no paper", "U|nobody knew"}},
    {"YA1", {"", "NA", "U|no paper"}},
    {"YA1", {"", "NA", "N"}},
    {"NU1", {"", "0", "12"}},
    {"DA1", {"", "2012-03-04", "2012-04-03"}},
    {"DA1", {"", "2012-02-30", "U|torn off"}}, /* no day: kept as typed */
    {"DT1", {"", "2012-03-04T10:30", "2012-03-04T22:30"}},
    {"TX1", {"", "called twice", "called\ntwice"}},
    {"CH1", {"", "a", "b"}},
    {"MA1", {"", "a;b", "b"}},
    {"RE1", {"", "c1", "c2"}},
    {"RS1", {"", "c1;c2", "c1"}},
};

#define TYPES (int)(sizeof types / sizeof *types)

/* Both devices' common past, with the base's answer. */
static void
begin(struct rig *g, const char *question, const char *base)
{
	struct event e = event_make(EVENT_UNIT);
	struct faults faults = {0};

	*g = (struct rig){.in = instrument_parse("test", form, &faults)};
	ck_assert_msg(g->in != NULL, "%s",
	    faults.n > 0 ? faults.list[0].text : "no instrument");
	g->r = review_new(g->in);
	e.review = "RV-1";
	e.sequence = 1;
	e.group = 1;
	e.flags = EVENT_PACKET;
	e.fact = FACT_LABEL;
	e.text = "Home";
	e.who = "service";
	ck_assert(review_apply(g->r, &e, &g->err));
	rig_add(g, "CC/c1", "", "drawn=drawn");
	rig_add(g, "CC/c2", "", "drawn=drawn");
	if (*base != '\0')
		rig_say(g, "", question, base);
}

/* Whether the answer was ever put, or told of as theirs. */
static bool
findable(const struct rig *g, const char *question, const struct response *a)
{
	const struct event *list;
	size_t n = review_history(g->r, &list);
	bool found = a->state == ANSWER_UNASKED;

	for (size_t i = 0; i < n && !found; i++)
		found = strcmp(list[i].question, question) == 0 &&
			response_equal(&list[i].new, a);
	return found;
}

static void
check(struct rig *g, const char *question, enum side side,
    const struct response *mine, const struct response *theirs)
{
	const struct review_cell *c = rig_cell(g, "", question);
	const struct stamp stamp = {"mk", 9000000, 9000000};
	struct change change = {0};

	ck_assert_int_eq(
	    (c->flags & CELL_CONFLICT) != 0, side == SIDE_CONFLICT);
	ck_assert(
	    response_equal(&c->typed, side == SIDE_THEIRS ? theirs : mine));
	ck_assert(findable(g, question, mine));
	ck_assert(findable(g, question, theirs));
	if (side != SIDE_CONFLICT)
		return;
	ck_assert(response_equal(&c->theirs, theirs));
	ck_assert_msg(review_pick(g->r, 0, rig_question(g, question), theirs,
			  &stamp, &change, &g->err),
	    "%s", g->err.text);
	rig_apply(g, &change);
	c = rig_cell(g, "", question);
	ck_assert((c->flags & CELL_CONFLICT) == 0);
	ck_assert(response_equal(&c->typed, theirs));
	ck_assert(findable(g, question, mine));
}

/* The answer as it stands there, with texts of the arena. */
static struct response
stands(const struct rig *g, const char *question, struct arena *arena)
{
	struct response a = rig_cell(g, "", question)->typed;

	a.value = arena_strndup(arena, a.value, strlen(a.value));
	a.reason = arena_strndup(arena, a.reason, strlen(a.reason));
	return a;
}

static void
change_to(struct rig *g, const char *question, const char *from, const char *to)
{
	if (strcmp(from, to) != 0)
		rig_say(g, "", question, to);
}

START_TEST(promise_18__merge__all_27_cases_of_every_type)
{
	const char *q = types[_i / CASES].question;
	const char *const *values = types[_i / CASES].values;
	int b = _i % CASES / 9, m = _i % 9 / 3, t = _i % 3, n;
	enum side want = m == b && t == b ? SIDE_NONE
			 : t == b	  ? SIDE_MINE
			 : m == b	  ? SIDE_THEIRS
			 : m == t	  ? SIDE_BOTH
					  : SIDE_CONFLICT;
	struct rig base, mine, theirs;
	struct arena arena = {0};
	struct response i, they;
	const struct review_merge_row *rows;
	const struct stamp stamp = {"mk", 8000000, 8000000};
	struct change change = {0};

	begin(&base, q, values[b]);
	begin(&mine, q, values[b]);
	begin(&theirs, q, values[b]);
	change_to(&mine, q, values[b], values[m]);
	change_to(&theirs, q, values[b], values[t]);
	i = stands(&mine, q, &arena);
	they = stands(&theirs, q, &arena);
	rows = review_merge(base.r, mine.r, theirs.r, &arena, &n);
	ck_assert_int_eq(n, want != SIDE_NONE);
	if (n > 0)
		ck_assert_int_eq(rows[0].verdict, want);
	ck_assert_msg(
	    review_take(mine.r, theirs.r, rows, n, &stamp, &change, &mine.err),
	    "%s", mine.err.text);
	rig_apply(&mine, &change);
	check(&mine, q, want, &i, &they);
	arena_free(&arena);
	rig_close(&base);
	rig_close(&mine);
	rig_close(&theirs);
}
END_TEST

/* What both typed in other words is the same all the same. */
START_TEST(promise_18__merge__spelled_otherwise_is_no_conflict)
{
	static const char *const same[][3] = {
	    {"MA1", "a;b", "b;a"}, {"NU1", "7", "07"}};
	struct arena arena = {0};
	struct rig base, mine, theirs;
	const struct review_merge_row *rows;
	int n;

	begin(&base, same[_i][0], "");
	begin(&mine, same[_i][0], same[_i][1]);
	begin(&theirs, same[_i][0], same[_i][2]);
	rows = review_merge(base.r, mine.r, theirs.r, &arena, &n);
	ck_assert_int_eq(n, 1);
	ck_assert_int_eq(rows[0].verdict, SIDE_BOTH);
	arena_free(&arena);
	rig_close(&base);
	rig_close(&mine);
	rig_close(&theirs);
}
END_TEST

int
main(void)
{
	Suite *s = suite_create("merge");
	TCase *t = tcase_create("merge");

	tcase_add_loop_test(
	    t, promise_18__merge__all_27_cases_of_every_type, 0, TYPES * CASES);
	tcase_add_loop_test(
	    t, promise_18__merge__spelled_otherwise_is_no_conflict, 0, 2);
	suite_add_tcase(s, t);
	return unit_run(s);
}
