/* Events as bytes, and what typed values mean. */
#include <stdlib.h>
#include <string.h>

#include "lib/unit.h"
#include "rig.h"

static struct event
sample_event(void)
{
	struct event e = event_make(EVENT_ANSWER);

	e.review = "r-2012-17";
	e.sequence = 300;
	e.group = 41;
	e.question = "ED04";
	e.unit = UNIT_CC;
	e.key = "child-7";
	e.old = (struct response){ANSWER_UNASKED, "", ""};
	e.new = (struct response){ANSWER_UNDETERMINED, "", "no calendar"};
	e.who = "m.monitor";
	e.wall_ms = 1349082000000;
	e.mono_ms = -1;
	return e;
}

/* Journals keep these bytes for ever, so they stand here byte by byte. */
START_TEST(event__encode__golden_bytes)
{
	static const unsigned char want[] =
	    "\x01\x01\x00\x09r-2012-17\xac\x02\x29\x00\x04"
	    "ED04\x02"
	    "CC\x07"
	    "child-7\x00\x00"
	    "\x00\x00\x00"
	    "\x04\x00\x0bno calendar"
	    "\x09m.monitor"
	    "\x80\xaa\xed\xb8\xc3\x4e\x01\x00\x00";
	struct event e = sample_event();
	struct buf b = {0};

	event_encode(&b, &e);
	ck_assert_uint_eq(b.len, sizeof want - 1);
	ck_assert_mem_eq(b.data, want, b.len);
	buf_free(&b);
}
END_TEST

static void
check_same(const struct event *a, const struct event *b)
{
	ck_assert_int_eq(a->kind, b->kind);
	ck_assert_uint_eq(a->flags, b->flags);
	ck_assert_uint_eq(a->sequence, b->sequence);
	ck_assert_uint_eq(a->group, b->group);
	ck_assert_uint_eq(a->of, b->of);
	ck_assert_int_eq(a->unit, b->unit);
	ck_assert_int_eq(a->fact, b->fact);
	ck_assert_str_eq(a->review, b->review);
	ck_assert_str_eq(a->question, b->question);
	ck_assert_str_eq(a->key, b->key);
	ck_assert_str_eq(a->parent, b->parent);
	ck_assert(response_equal(&a->old, &b->old));
	ck_assert(response_equal(&a->new, &b->new));
	ck_assert_int_eq(a->wall_ms, b->wall_ms);
	ck_assert_int_eq(a->mono_ms, b->mono_ms);
	ck_assert_str_eq(a->text, b->text);
}

/* All states survive, and none turns into another (offline promise 8). */
START_TEST(promise_08__decode__returns_every_state)
{
	static const struct response states[] = {{ANSWER_UNASKED, "", ""},
	    {ANSWER_YES, "", ""}, {ANSWER_NO, "", ""}, {ANSWER_NA, "", "why"},
	    {ANSWER_UNDETERMINED, "", "why"}, {ANSWER_VALUE, "N", ""},
	    {ANSWER_DECLINED, "", ""}};
	struct arena arena = {0};
	struct event e = sample_event(), back;
	struct buf b = {0};
	struct err err;

	for (size_t i = 0; i < ANSWER_STATES * ANSWER_STATES; i++) {
		e.old = states[i / ANSWER_STATES];
		e.new = states[i % ANSWER_STATES];
		buf_reset(&b);
		event_encode(&b, &e);
		ck_assert(event_decode(&back, &arena, b.data, b.len, &err));
		check_same(&e, &back);
	}
	buf_free(&b);
	arena_free(&arena);
}
END_TEST

START_TEST(event__decode__refuses_every_cut)
{
	struct arena arena = {0};
	struct event e = sample_event(), back;
	struct buf b = {0};
	struct err err;

	event_encode(&b, &e);
	for (size_t n = 0; n < b.len; n++)
		ck_assert(!event_decode(&back, &arena, b.data, n, &err));
	buf_char(&b, '\0');
	ck_assert(!event_decode(&back, &arena, b.data, b.len, &err));
	buf_free(&b);
	arena_free(&arena);
}
END_TEST

/* A flipped bit is either found or makes another valid event with its own
 * bytes: two byte strings never mean the same event. */
START_TEST(event__decode__has_one_form)
{
	struct arena arena = {0};
	struct event e = sample_event(), back;
	struct buf b = {0}, again = {0};
	struct err err;

	event_encode(&b, &e);
	for (size_t i = 0; i < b.len * 8; i++) {
		b.data[i / 8] ^= (char)(1 << i % 8);
		if (event_decode(&back, &arena, b.data, b.len, &err)) {
			buf_reset(&again);
			event_encode(&again, &back);
			ck_assert_uint_eq(again.len, b.len);
			ck_assert_mem_eq(again.data, b.data, b.len);
		}
		b.data[i / 8] ^= (char)(1 << i % 8);
	}
	buf_free(&b);
	buf_free(&again);
	arena_free(&arena);
}
END_TEST

START_TEST(event__valid__wants_ids_and_states_that_agree)
{
	struct event e = sample_event();
	struct err err;

	ck_assert(event_valid(&e, &err));
	e.new.value = "Y"; /* a value without the state that has one */
	ck_assert(!event_valid(&e, &err));
	e = sample_event();
	e.key = "";
	e.unit = UNIT_AG;
	ck_assert(event_valid(&e, &err));
	e.key = "child 7";
	e.unit = UNIT_CC;
	ck_assert(!event_valid(&e, &err));
	e = sample_event();
	e.text = "\xff";
	ck_assert(!event_valid(&e, &err));
	e = sample_event();
	e.question = "";
	ck_assert(!event_valid(&e, &err));
}
END_TEST

static const struct {
	const char *question, *typed, *canonical;
	bool ok;
} typed[] = {
    {"R15", "007", "7", true},
    {"R15", " 12 ", "12", true},
    {"R15", "12.5", "12.5", false},
    {"R15", "twelve", "twelve", false},
    {"ED10a", "2.5", "2.50", true},
    {"ED10a", "2.755", "2.755", false},
    {"R06", "03042012", "2012-03-04", true},
    {"R06", "03/04/2012", "2012-03-04", true},
    {"R06", "2012-02-30", "2012-02-30", false},
    {"R06", "02302012", "2012-02-30", false},
    {"R06", "03/04/12", "03/04/12", false},
    {"SIR02", "2012-03-04T23:59", "2012-03-04T23:59", true},
    {"SIR02", "2012-03-04T24:00", "2012-03-04T24:00", false},
    {"R02", "gh", "gh", true},
    {"R02", "xx", "xx", false},
    {"P05", "relative_search;visits", "visits;relative_search", true},
    {"P05", "visits;visits", "visits", true},
    {"P05", "none;visits", "none;visits", false},
    {"CIT03", "a;b", "a;b", false},
    {"FND2", "  ragged\n", "  ragged", true},
};

START_TEST(response__canonical__by_type)
{
	struct instrument *in = rig_instrument();
	const struct question *q;
	struct buf b = {0};
	int n;

	q = &instrument_questions(in, &n)[instrument_question(
	    in, typed[_i].question, strlen(typed[_i].question))];
	ck_assert_int_eq(
	    response_canonical(&b, q, typed[_i].typed), typed[_i].ok);
	ck_assert_str_eq(buf_text(&b), typed[_i].canonical);
	buf_free(&b);
	instrument_free(in);
}
END_TEST

int
main(void)
{
	Suite *s = suite_create("event");
	TCase *c = tcase_create("events");

	tcase_add_test(c, event__encode__golden_bytes);
	tcase_add_test(c, promise_08__decode__returns_every_state);
	tcase_add_test(c, event__decode__refuses_every_cut);
	tcase_add_test(c, event__decode__has_one_form);
	tcase_add_test(c, event__valid__wants_ids_and_states_that_agree);
	tcase_add_loop_test(c, response__canonical__by_type, 0,
	    (int)(sizeof typed / sizeof *typed));
	suite_add_tcase(s, c);
	return unit_run(s);
}
