/* Where a review stands at the office: what people say of it, and revisions
 * that come out of order or never. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/json.h"
#include "contract/office.h"
#include "lib/unit.h"

static cJSON *
show(const struct field *d)
{
	char *target = xasprintf("/v1/reviews/%s", d->record);
	cJSON *a = office_get(target);

	free(target);
	return a;
}

/* Where it stands: here and in the list. */
static void
check_standing(const struct field *d, const char *expected)
{
	cJSON *one = show(d), *all = office_get("/v1/reviews?limit=1000");
	const cJSON *row = office_find(all, "rows", "record", d->record);

	ck_assert_str_eq(
	    json_get_string(cJSON_GetObjectItem(one, "review"), "standing"),
	    expected);
	ck_assert_str_eq(json_get_string(row, "standing"), expected);
	cJSON_Delete(one);
	cJSON_Delete(all);
}

static int
said(const struct field *d)
{
	cJSON *a = show(d);
	int n = cJSON_GetArraySize(cJSON_GetObjectItem(a, "verdicts"));

	cJSON_Delete(a);
	return n;
}

/* A supervisor's, or whoever's, word on the revision; 201, or the field that
 * was refused. */
static void
say_of(const struct field *d, const char *state, const char *actor,
    const char *reason, const char *refused)
{
	char *target = xasprintf("/v1/reviews/%s/state", d->record);
	char *body = xasprintf("{\"version\":%d,\"state\":\"%s\","
			       "\"revision\":%u,%s%s}",
	    said(d), state, d->revision, actor, reason);
	cJSON *a = office_ask(target, body, refused != NULL ? 422 : 201);

	if (refused != NULL)
		ck_assert_msg(strcmp(office_error(a, "field"), refused) == 0,
		    "%s: %s", body, office_error(a, "field"));
	cJSON_Delete(a);
	free(body);
	free(target);
}

#define BOSS "\"as\":\"supervisor\",\"by\":\"C. Ortiz\""
#define WHY ",\"reason\":\"page 2 is missing\""

/* A review that stands so. */
static void
bring(struct field *d, int n, const char *state)
{
	field_begin(d, n, 2012);
	if (strcmp(state, "waiting") == 0) {
		d->revision = 1;
		strcpy(d->previous, HEAD);
		free(field_send_for(d, 202));
		return;
	}
	field_send(d);
	if (strcmp(state, "returned") == 0)
		say_of(d, "returned", BOSS, WHY, NULL);
	if (strcmp(state, "approved") == 0)
		say_of(d, "approved", BOSS, "", NULL);
	if (strcmp(state, "amended") == 0)
		field_send(d);
}

/* Every state, every actor, both words, with and without a reason. */
START_TEST(promise_32__every_state_and_actor__by_table)
{
	static const struct {
		const char *actor, *refused;
	} actors[] = {
	    {BOSS, NULL},
	    {"\"as\":\"supervisor\"", NULL}, /* whoever is signed in */
	    {"\"as\":\"supervisor\",\"by\":\"Monitor\"", "by"},
	    {"\"as\":\"monitor\",\"by\":\"C. Ortiz\"", "as"},
	    {"\"as\":\"monitor\",\"by\":\"monitor\"", "as"},
	};
	static const char *const words[] = {
	    "returned", "returned", "approved", "approved"};
	/* returned, and without a reason; approved, and without; what is
	 * refused then, and where it stands afterwards */
	static const struct {
		const char *state, *refused[4];
	} table[] = {
	    {"waiting", {"state", "state", "state", "state"}},
	    {"received", {NULL, "reason", NULL, NULL}},
	    {"returned", {"state", "state", NULL, "reason"}},
	    {"amended", {NULL, "reason", NULL, NULL}},
	    {"approved", {NULL, "reason", "state", "state"}},
	};
	struct field d;
	int n = 0;

	for (size_t s = 0; s < sizeof table / sizeof *table; s++)
		for (size_t a = 0; a < sizeof actors / sizeof *actors; a++)
			for (int w = 0; w < 4; w++) {
				const char *no = actors[a].refused != NULL
						     ? actors[a].refused
						     : table[s].refused[w];

				bring(&d, ++n, table[s].state);
				check_standing(&d, table[s].state);
				say_of(&d, words[w], actors[a].actor,
				    w % 2 == 0 ? WHY : "", no);
				check_standing(
				    &d, no != NULL ? table[s].state : words[w]);
				rig_close(&d.g);
			}
}
END_TEST

/* What was approved takes no further revision by itself, and loses none: it
 * waits, in words, until a supervisor reopens the review. */
START_TEST(promise_32__approved__is_amended_only_when_reopened)
{
	struct field d;
	const cJSON *o;
	char *state;
	cJSON *a;

	bring(&d, 1, "approved");
	state = field_send_for(&d, 202);
	ck_assert_ptr_nonnull(strstr(state, "reopen"));
	free(state);
	check_standing(&d, "approved");
	a = show(&d);
	o = office_find(a, "waiting", "why", "person");
	ck_assert_int_eq(office_number(o, "revision"), 2);
	ck_assert_ptr_nonnull(json_get_string(o, "since"));
	o = office_find(a, "verdicts", "state", "approved");
	ck_assert_int_eq(office_number(o, "revision"), 1);
	ck_assert_uint_eq(strlen(json_get_string(o, "hash")), 64);
	cJSON_Delete(a);
	d.revision = 1;
	say_of(&d, "returned", BOSS, WHY, NULL);
	check_standing(&d, "amended");
	a = show(&d);
	o = office_find(a, "released", "reason", "page 2 is missing");
	ck_assert_int_eq(office_number(o, "revision"), 2);
	ck_assert_int_eq(
	    cJSON_GetArraySize(cJSON_GetObjectItem(a, "waiting")), 0);
	cJSON_Delete(a);
	a = field_card(&d, 0);
	ck_assert_int_eq(office_number(a, "revision"), 2);
	cJSON_Delete(a);
	/* Nobody approves what he has not seen. */
	say_of(&d, "approved", BOSS, "", "revision");
	d.revision = 2;
	say_of(&d, "approved", BOSS, "", NULL);
	check_standing(&d, "approved");
	rig_close(&d.g);
}
END_TEST

/* A word that is sent again is the same word, and does nothing anew: the
 * revision that came after a later one goes on waiting. */
START_TEST(promise_32__old_word_again__reopens_nothing)
{
	struct field d;
	const cJSON *o;
	char *target;
	cJSON *a;

	bring(&d, 1, "returned");
	say_of(&d, "approved", BOSS, WHY, NULL);
	free(field_send_for(&d, 202));
	target = xasprintf("/v1/reviews/%s/state", d.record);
	office_put(target,
	    "{\"version\":0,\"state\":\"returned\",\"revision\":1," BOSS WHY
	    "}",
	    200, NULL);
	check_standing(&d, "approved");
	a = show(&d);
	o = office_find(a, "waiting", "why", "person");
	ck_assert_int_eq(office_number(o, "revision"), 2);
	cJSON_Delete(a);
	free(target);
	rig_close(&d.g);
}
END_TEST

/* One revision after another, what it changed: the agency's answer with what
 * it was, a child's without whose, an interview's without what. */
START_TEST(promise_32__changes__tell_the_provider_and_name_nobody)
{
	struct field d;
	const cJSON *o;
	char *text;
	cJSON *a;

	field_begin(&d, 1, 2012);
	field_children(&d.g, 2);
	rig_say(&d.g, "", "Z03a", "2012-12-01");
	rig_say(&d.g, "CC/1", "PN03", "N");
	rig_say(&d.g, "CC/2", "PN03", "N");
	field_asked_safe(&d.g, 1, "Y", "");
	field_send(&d);
	rig_say(&d.g, "", "Z03a", "2012-12-03");
	rig_say(&d.g, "CC/1", "PN03", "Y");
	rig_say(&d.g, "CC/2", "PN03", "Y");
	rig_say(&d.g, "IC/1", "IC05a", "N");
	field_send(&d);
	a = office_get("/v1/reviews/RV-1-2012/changes");
	o = office_find(a, "amendments", "reason", "late papers");
	ck_assert_int_eq(office_number(o, "revision"), 2);
	ck_assert_int_eq(office_number(o, "follows"), 1);
	o = office_find(a, "rows", "question", "Z03a");
	ck_assert_str_eq(json_get_string(o, "before"), "2012-12-01");
	ck_assert_str_eq(json_get_string(o, "after"), "2012-12-03");
	o = office_find(a, "rows", "question", "PN03");
	ck_assert_str_eq(json_get_string(o, "before"), "N");
	ck_assert_str_eq(json_get_string(o, "after"), "Y");
	ck_assert_int_eq(office_number(o, "units"), 2);
	o = office_find(a, "rows", "question", "IC05a");
	ck_assert(cJSON_IsNull(cJSON_GetObjectItem(o, "before")));
	ck_assert(cJSON_IsNull(cJSON_GetObjectItem(o, "after")));
	ck_assert(cJSON_IsNull(cJSON_GetObjectItem(o, "units")));
	text = cJSON_PrintUnformatted(a);
	ck_assert_ptr_null(strstr(text, "\"key\""));
	ck_assert_ptr_null(strstr(text, "2000-05-01"));
	cJSON_free(text);
	cJSON_Delete(a);
	rig_close(&d.g);
}
END_TEST

static void
deliver(const struct field *d, uint32_t n, const struct buf *body)
{
	char *path = xasprintf("/v1/reviews/%s/revisions/%u", d->record, n);

	cJSON_Delete(office_ask(path, buf_text(body), 0));
	free(path);
}

/* Each revision and its state, and the numbers that are missing. */
static char *
chain_of(const struct field *d)
{
	cJSON *a = show(d);
	struct buf out = {0};
	const cJSON *o;
	char *text;

	cJSON_ArrayForEach(o, cJSON_GetObjectItem(a, "revisions"))
	    buf_printf(&out, "%d %s;", (int)office_number(o, "revision"),
		json_get_string(o, "state"));
	cJSON_ArrayForEach(o, cJSON_GetObjectItem(a, "missing"))
	    buf_printf(&out, "no %d;", o->valueint);
	text = xstrdup(buf_text(&out));
	buf_free(&out);
	cJSON_Delete(a);
	return text;
}

static void
check_chain(const struct field *d, const char *expected)
{
	char *is = chain_of(d);

	ck_assert_str_eq(is, expected);
	free(is);
}

static void
release(const struct field *d, int n, const char *actor, int status)
{
	char *path =
	    xasprintf("/v1/reviews/%s/revisions/%d/release", d->record, n);
	char *body = xasprintf("{%s,\"reason\":\"the laptop is lost\"}", actor);

	cJSON_Delete(office_ask(path, body, status));
	free(body);
	free(path);
}

/* Whatever the order, all three come to the same; with one missing, those
 * behind it wait until a person lets them go, and the gap stays to be seen;
 * should it come after all, it is as if it had come in time. */
START_TEST(promise_17__any_order__ends_equal_or_waiting)
{
	static const int orders[][3] = {
	    {1, 2, 3}, {1, 3, 2}, {2, 1, 3}, {2, 3, 1}, {3, 1, 2}, {3, 2, 1}};
	static const char *const without[] = {"2 held;3 held;no 1;",
	    "1 applied;3 held;no 2;", "1 applied;2 applied;"};
	static const char *const let[] = {"2 applied;3 applied;no 1;",
	    "1 applied;3 applied;no 2;", "1 applied;2 applied;"};

	for (int i = 0; i < 6 * 4; i++) {
		const int *order = orders[i / 4];
		int gap = i % 4; /* 0: none */
		struct buf sealed[3] = {{0}};
		struct field d;

		field_begin(&d, i + 1, 2012);
		for (int k = 0; k < 3; k++)
			field_seal(&d, &sealed[k]);
		for (int k = 0; k < 3; k++)
			if (order[k] != gap)
				deliver(&d, (uint32_t)order[k],
				    &sealed[order[k] - 1]);
		if (gap > 0) {
			check_chain(&d, without[gap - 1]);
			if (gap < 3) {
				release(&d, gap + 1, "\"as\":\"monitor\"", 422);
				check_chain(&d, without[gap - 1]);
				release(&d, gap + 1, BOSS, 201);
				release(&d, gap + 1, BOSS, 200);
			}
			check_chain(&d, let[gap - 1]);
			deliver(&d, (uint32_t)gap, &sealed[gap - 1]);
		}
		check_chain(&d, "1 applied;2 applied;3 applied;");
		for (int k = 0; k < 3; k++)
			buf_free(&sealed[k]);
		rig_close(&d.g);
	}
}
END_TEST

/* A number far ahead, sent in error: the first hundred that are missing. */
START_TEST(promise_17__number_far_ahead__tells_a_hundred)
{
	struct field d;
	cJSON *a;

	field_begin(&d, 1, 2012);
	d.revision = 999999;
	strcpy(d.previous, HEAD);
	free(field_send_for(&d, 202));
	a = show(&d);
	ck_assert_int_eq(
	    cJSON_GetArraySize(cJSON_GetObjectItem(a, "missing")), 100);
	cJSON_Delete(a);
	rig_close(&d.g);
}
END_TEST

/* Since when it waits, for what, and who let it go and why; it is scored. */
START_TEST(promise_17__held__has_an_age_and_a_person)
{
	struct buf lost = {0};
	struct field d;
	const cJSON *o;
	cJSON *a;

	field_begin(&d, 1, 2012);
	field_send(&d);
	field_seal(&d, &lost);
	free(field_send_for(&d, 202));
	a = office_get("/v1/reviews");
	o = office_find(a, "rows", "record", d.record);
	ck_assert_ptr_nonnull(json_get_string(o, "held_since"));
	cJSON_Delete(a);
	a = show(&d);
	o = office_find(a, "waiting", "why", "missing");
	ck_assert_int_eq(office_number(o, "revision"), 3);
	ck_assert_int_eq(office_number(o, "waits_for"), 2);
	ck_assert_ptr_nonnull(json_get_string(o, "since"));
	cJSON_Delete(a);
	release(&d, 1, BOSS, 422);
	release(&d, 9, BOSS, 404);
	release(&d, 3, "\"as\":\"supervisor\",\"by\":\"monitor\"", 422);
	release(&d, 3, BOSS, 201);
	a = show(&d);
	o = office_find(a, "released", "by", "C. Ortiz");
	ck_assert_str_eq(json_get_string(o, "reason"), "the laptop is lost");
	ck_assert_int_eq(
	    cJSON_GetArrayItem(cJSON_GetObjectItem(a, "missing"), 0)->valueint,
	    2);
	cJSON_Delete(a);
	a = field_card(&d, 0);
	ck_assert_int_eq(office_number(a, "revision"), 3);
	cJSON_Delete(a);
	buf_free(&lost);
	rig_close(&d.g);
}
END_TEST

int
main(void)
{
	Suite *s = suite_create("standing");
	TCase *t = tcase_create("standing");

	tcase_add_checked_fixture(t, office_open, office_close);
	tcase_set_timeout(t, 60);
	tcase_add_test(t, promise_32__every_state_and_actor__by_table);
	tcase_add_test(t, promise_32__approved__is_amended_only_when_reopened);
	tcase_add_test(t, promise_32__old_word_again__reopens_nothing);
	tcase_add_test(
	    t, promise_32__changes__tell_the_provider_and_name_nobody);
	tcase_add_test(t, promise_17__any_order__ends_equal_or_waiting);
	tcase_add_test(t, promise_17__number_far_ahead__tells_a_hundred);
	tcase_add_test(t, promise_17__held__has_an_age_and_a_person);
	suite_add_tcase(s, t);
	return unit_run(s);
}
