/* The table of what people may write: its fields are the bodies', its words
 * are known, and no letter stands for two things in one menu. */
#include "client/acts.h"

#include <stdlib.h>
#include <string.h>

#include "client/writing.h"
#include "lib/unit.h"
#include "poms/cap.h"
#include "proto/codes.h"

static const struct body_field *
field_of(enum body body, const char *name, size_t len)
{
	for (size_t i = 0; i < bodies[body].n; i++)
		if (strlen(bodies[body].fields[i].name) == len &&
		    strncmp(bodies[body].fields[i].name, name, len) == 0)
			return &bodies[body].fields[i];
	return NULL;
}

static bool
is_path(const char *name, size_t len)
{
	return (len == 2 && strncmp(name, "id", 2) == 0) ||
	       (len == 1 && *name == 'n');
}

/* The body that an act's fields are of. */
static enum body
asked_body(const struct act *act)
{
	enum body body = act_papers[act->paper].body;
	const struct body_field *list;

	if (act->list == NULL)
		return body;
	list = field_of(body, act->list, strlen(act->list));
	ck_assert_msg(list != NULL && list->type == BODY_LIST, "%s: no list %s",
	    act->name, act->list);
	return (enum body)list->of;
}

START_TEST(acts__table__asks_fields_of_its_body)
{
	for (int i = 0; i < ACTS; i++) {
		enum body body = asked_body(&acts[i]);

		for (const char *w = acts[i].ask; *w; w += strspn(w, " ")) {
			size_t len = strcspn(w, " "), n = len;

			n -= w[len - 1] == '!';
			ck_assert_msg(
			    is_path(w, n) || field_of(body, w, n) != NULL,
			    "%s asks %.*s", acts[i].name, (int)n, w);
			w += len;
		}
	}
}
END_TEST

/* A preset is a field that is asked, one of the whole body, or of the path. */
START_TEST(acts__table__presets_fields_of_its_body)
{
	for (int i = 0; i < ACTS; i++) {
		enum body body = act_papers[acts[i].paper].body;

		for (const char *w = acts[i].preset; *w; w += strspn(w, " ")) {
			size_t n = strcspn(w, "="), len = strcspn(w, " ");

			ck_assert_msg(n < len, "%s: %s", acts[i].name, w);
			ck_assert_msg(
			    is_path(w, n) || field_of(body, w, n) != NULL ||
				field_of(asked_body(&acts[i]), w, n) != NULL,
			    "%s presets %.*s", acts[i].name, (int)n, w);
			w += len;
		}
	}
}
END_TEST

/* What a body needs is asked, offered, or stands there already. */
START_TEST(acts__table__gives_what_a_new_paper_needs)
{
	for (int i = 0; i < ACTS; i++) {
		const struct act_paper_info *p = &act_papers[acts[i].paper];
		const struct body_info *b = &bodies[p->body];

		if (p->member != NULL)
			continue;
		for (size_t k = 0; k < b->n; k++) {
			const char *name = b->fields[k].name;
			char *given = xasprintf(" %s=", name);
			char *preset = xasprintf(" %s", acts[i].preset);
			char *asked = xasprintf(" %s", acts[i].ask);
			char *word = xasprintf(" %s", name);

			ck_assert_msg(!b->fields[k].needed ||
					  strcmp(name, "version") == 0 ||
					  strstr(preset, given) != NULL ||
					  strstr(asked, word) != NULL,
			    "%s lacks %s", acts[i].name, name);
			free(given);
			free(preset);
			free(asked);
			free(word);
		}
	}
}
END_TEST

static bool
is_state(unsigned at, const char *word, size_t len)
{
	static const char *const reviews[] = {
	    "waiting", "received", "returned", "amended", "approved"};
	bool found = false;

	for (int s = CAP_AWAITED; at == AT_CAP && s <= CAP_DONE; s++)
		found |=
		    strlen(cap_stage_word((enum cap_stage)s)) == len &&
		    strncmp(cap_stage_word((enum cap_stage)s), word, len) == 0;
	for (size_t i = 0; at == AT_REVIEW && i < 5; i++)
		found |= strlen(reviews[i]) == len &&
			 strncmp(reviews[i], word, len) == 0;
	if (at == AT_PROPOSAL)
		return len == 8 && strncmp(word, "proposed", 8) == 0;
	if (at == AT_PLAN)
		return code_find(&codesets[CODES_PLAN_STATE], word, len) > 0;
	if (at == AT_IN_FORCE)
		return code_find(&codesets[CODES_PROVIDER_STATUS], word, len) >
		       0;
	return found;
}

START_TEST(acts__table__names_states_there_are)
{
	for (int i = 0; i < ACTS; i++)
		for (const char *w = acts[i].states; *w; w += strspn(w, " ")) {
			size_t len = strcspn(w, " ");

			ck_assert_msg(*w == '+' || *w == '-' ||
					  is_state(acts[i].at, w, len),
			    "%s: no state %.*s", acts[i].name, (int)len, w);
			w += len;
		}
}
END_TEST

/* The kinds that one row may be of, as the panels have them. */
START_TEST(acts__table__has_each_letter_once_in_a_menu)
{
	static const unsigned menus[] = {AT_PLAN | AT_PROVIDER,
	    AT_REVIEW | AT_CAPS | AT_PROVIDER, AT_CAP | AT_CAPS | AT_PROVIDER,
	    AT_PROPOSAL | AT_PROVIDER, AT_IN_FORCE | AT_PROVIDER, AT_FINDING};

	for (size_t m = 0; m < sizeof menus / sizeof *menus; m++)
		for (int i = 0; i < ACTS; i++)
			for (int k = i + 1; k < ACTS; k++)
				ck_assert_msg(!(acts[i].at & menus[m]) ||
						  !(acts[k].at & menus[m]) ||
						  acts[i].key != acts[k].key,
				    "%s and %s", acts[i].name, acts[k].name);
}
END_TEST

/* Fields are called something, but for those whose name says it. */
START_TEST(acts__label__knows_every_field_that_is_asked)
{
	for (int i = 0; i < ACTS; i++)
		for (const char *w = acts[i].ask; *w; w += strspn(w, " ")) {
			size_t len = strcspn(w, " ");
			char *name = xstrndup(w, len - (w[len - 1] == '!'));

			ck_assert_msg(strcmp(act_label(name), name) != 0,
			    "%s has no label", name);
			free(name);
			w += len;
		}
}
END_TEST

START_TEST(acts__applies__goes_by_state_and_members)
{
	cJSON *row = cJSON_Parse(
	    "{\"state\":\"open\",\"packet\":null,\"contract\":\"C-1\"}");

	ck_assert(act_applies(&acts[ACT_ASSIGN], AT_PLAN, row));
	ck_assert(!act_applies(&acts[ACT_AGREEMENT], AT_PLAN, row));
	ck_assert(!act_applies(&acts[ACT_RECALL], AT_PLAN, row));
	ck_assert(act_applies(&acts[ACT_BESIDE], AT_PLAN, row));
	ck_assert(!act_applies(&acts[ACT_ASSIGN], AT_CAP, row));
	ck_assert(!act_applies(&acts[ACT_ASSIGN], AT_PLAN, NULL));
	ck_assert(act_applies(&acts[ACT_CAP_NEW], AT_CAPS, NULL));
	cJSON_Delete(row);
}
END_TEST

/* --- one writing --------------------------------------------------------- */

static struct writing *
writing(enum act_id act, const char *row)
{
	const struct writing_by by = {"ann", "2012-09-30", 15340};
	cJSON *tree = cJSON_Parse(row);
	struct writing *w = writing_new(&acts[act], tree, &by);

	cJSON_Delete(tree);
	return w;
}

static void
body_is(const struct writing *w, const char *want)
{
	struct buf body = {NULL, 0, 0};

	writing_body(w, &body);
	ck_assert_str_eq(buf_text(&body), want);
	buf_free(&body);
}

/* 15340 is 2012-01-01. */
START_TEST(writing__take__offers_what_the_row_and_the_day_say)
{
	struct writing *w =
	    writing(ACT_CAP_NEW, "{\"provider\":\"PV1\",\"review\":\"R-1\"}");
	struct buf to = {NULL, 0, 0};

	ck_assert(!writing_ask(w, &to));
	writing_take(w, NULL);
	ck_assert(writing_check(w));
	writing_target(w, &to);
	ck_assert_str_eq(buf_text(&to), "/v1/caps/PV1-2012-01-01");
	body_is(w, "{\"provider\":\"PV1\",\"source\":\"ohcmd\",\"notice\":"
		   "\"2012-01-01\",\"review\":\"R-1\",\"version\":0}");
	buf_free(&to);
	writing_free(w);
}
END_TEST

START_TEST(writing__set__takes_words_by_number_and_beginning)
{
	struct writing *w = writing(ACT_PROPOSAL_NEW, "{}");
	size_t to = 3, danger = 5;

	writing_take(w, NULL);
	ck_assert_str_eq(w->fields[to].name, "to");
	ck_assert(writing_set(w, to, "2"));
	ck_assert_str_eq(w->fields[to].value, "hold");
	ck_assert(writing_set(w, to, "do not r"));
	ck_assert_str_eq(w->fields[to].value, "dnr");
	/* Do not refer, or do not use? */
	ck_assert(!writing_set(w, to, "do not"));
	ck_assert_uint_eq(w->wrong, to);
	ck_assert_str_eq(w->fields[danger].name, "danger");
	ck_assert(writing_set(w, danger, "y"));
	ck_assert_str_eq(w->fields[danger].value, "true");
	ck_assert(writing_set(w, danger, ""));
	ck_assert_str_eq(w->fields[danger].value, "");
	writing_free(w);
}
END_TEST

START_TEST(writing__set__takes_days_as_they_are_typed)
{
	struct writing *w = writing(ACT_CAP_RECEIVED, "{\"id\":\"X\"}");

	writing_take(w, NULL);
	ck_assert(writing_set(w, 0, "02292012"));
	ck_assert_str_eq(w->fields[0].value, "2012-02-29");
	ck_assert(writing_set(w, 0, "t"));
	ck_assert_str_eq(w->fields[0].value, "2012-01-01");
	ck_assert(writing_set(w, 0, "+30"));
	ck_assert_str_eq(w->fields[0].value, "2012-01-31");
	ck_assert(!writing_set(w, 0, "02302012"));
	ck_assert_str_eq(w->fields[0].value, "02302012");
	writing_free(w);
}
END_TEST

START_TEST(writing__body__adds_to_a_list_and_keeps_the_rest)
{
	cJSON *answer = cJSON_Parse(
	    "{\"cap\":{\"version\":3},\"body\":{\"provider\":\"P\",\"source\":"
	    "\"ccl\",\"notice\":\"2012-01-01\",\"extensions\":[{\"to\":"
	    "\"2012-02-10\",\"by\":\"x\"}],\"note\":null}}");
	struct writing *w = writing(ACT_CAP_EXTENSION, "{\"id\":\"X\"}");

	writing_take(w, answer);
	ck_assert(writing_set(w, 0, "2012-02-20"));
	ck_assert(writing_check(w));
	body_is(w,
	    "{\"provider\":\"P\",\"source\":\"ccl\",\"notice\":\"2012-01-01\","
	    "\"extensions\":[{\"to\":\"2012-02-10\",\"by\":\"x\"},{\"to\":"
	    "\"2012-02-20\",\"by\":\"ann\",\"on\":\"2012-01-01\"}],"
	    "\"version\":3}");
	cJSON_Delete(answer);
	writing_free(w);
}
END_TEST

/* A due day by the rule is not written down as if somebody had set it. */
START_TEST(writing__take__leaves_a_due_day_to_the_rule)
{
	static const char text[] =
	    "{\"review\":{\"version\":1,\"contract\":\"C\",\"year\":2012,"
	    "\"kind\":\"annual\",\"monitor\":\"mk\",\"due\":\"2012-09-01\"},"
	    "\"history\":[{\"due\":%s}]}";
	static const char *const dues[] = {"null", "\"2012-09-01\""};

	for (int i = 0; i < 2; i++) {
		char *json = xasprintf(text, dues[i]);
		cJSON *answer = cJSON_Parse(json);
		struct writing *w = writing(ACT_ASSIGN, "{\"id\":\"C-2012\"}");
		struct buf body = {NULL, 0, 0};

		writing_take(w, answer);
		writing_body(w, &body);
		ck_assert_int_eq(
		    strstr(buf_text(&body), "\"due\"") != NULL, i == 1);
		buf_free(&body);
		writing_free(w);
		cJSON_Delete(answer);
		free(json);
	}
}
END_TEST

START_TEST(writing__check__names_what_is_missing)
{
	struct writing *w = writing(ACT_CAP_NEW, "{}");

	writing_take(w, NULL);
	ck_assert(!writing_check(w));
	ck_assert_str_eq(w->fields[w->wrong].name, "id");
	writing_set(w, 0, "a b");
	writing_set(w, 1, "PV1");
	ck_assert(!writing_check(w));
	ck_assert_uint_eq(w->wrong, 0);
	writing_set(w, 0, "a-b");
	ck_assert(writing_check(w));
	writing_free(w);
}
END_TEST

/* Theirs is taken over but for what a person typed. */
START_TEST(writing__rebase__keeps_what_was_typed)
{
	static const char conflict[] =
	    "{\"error\":{\"code\":\"conflict\",\"message\":\"bob wrote\","
	    "\"field\":\"version\"},\"theirs\":{\"version\":5,\"by\":\"bob\","
	    "\"body\":{\"provider\":\"P\",\"source\":\"ccl\",\"notice\":"
	    "\"2012-01-02\",\"safety\":true}}}";
	cJSON *answer =
	    cJSON_Parse("{\"cap\":{\"version\":4},\"body\":{\"provider\":"
			"\"P\",\"source\":\"ccl\",\"notice\":\"2012-01-01\"}}");
	struct writing *w = writing(ACT_CAP_CORRECT, "{\"id\":\"X\"}");
	struct buf body = {NULL, 0, 0};

	writing_take(w, answer);
	ck_assert(writing_set(w, 0, "auditor"));
	buf_str(&body, conflict);
	ck_assert_int_eq(
	    writing_answered(w, 409, &body, NULL), WRITING_CONFLICT);
	ck_assert_str_eq(writing_theirs(w, 1), "2012-01-02");
	writing_rebase(w);
	body_is(w, "{\"provider\":\"P\",\"source\":\"auditor\",\"notice\":"
		   "\"2012-01-02\",\"safety\":true,\"version\":5}");
	buf_free(&body);
	cJSON_Delete(answer);
	writing_free(w);
}
END_TEST

START_TEST(writing__answered__leads_a_refusal_to_its_field)
{
	static const char refusal[] =
	    "{\"error\":{\"code\":\"refused\",\"message\":"
	    "\"extensions[1].to: too early\",\"field\":\"extensions[1].to\","
	    "\"hint\":\"later\"}}";
	struct writing *w = writing(ACT_CAP_EXTENSION, "{\"id\":\"X\"}");
	struct buf body = {NULL, 0, 0};
	const struct err lost = {ERR_UNREACHABLE, "gone"};

	writing_take(w, NULL);
	buf_str(&body, refusal);
	ck_assert_int_eq(
	    writing_answered(w, 422, &body, NULL), WRITING_REFUSED);
	ck_assert_uint_eq(w->wrong, 0);
	ck_assert_str_eq(w->err.text, "To: too early; later");
	ck_assert_int_eq(writing_answered(w, 0, NULL, &lost), WRITING_LOST);
	buf_reset(&body);
	buf_str(&body, "{\"id\":\"X\",\"version\":1}");
	ck_assert_int_eq(writing_answered(w, 201, &body, NULL), WRITING_KEPT);
	buf_free(&body);
	writing_free(w);
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("acts");
	TCase *t = tcase_create("acts");

	tcase_add_test(t, acts__table__asks_fields_of_its_body);
	tcase_add_test(t, acts__table__presets_fields_of_its_body);
	tcase_add_test(t, acts__table__gives_what_a_new_paper_needs);
	tcase_add_test(t, acts__table__names_states_there_are);
	tcase_add_test(t, acts__table__has_each_letter_once_in_a_menu);
	tcase_add_test(t, acts__label__knows_every_field_that_is_asked);
	tcase_add_test(t, acts__applies__goes_by_state_and_members);
	tcase_add_test(t, writing__take__offers_what_the_row_and_the_day_say);
	tcase_add_test(t, writing__set__takes_words_by_number_and_beginning);
	tcase_add_test(t, writing__set__takes_days_as_they_are_typed);
	tcase_add_test(t, writing__body__adds_to_a_list_and_keeps_the_rest);
	tcase_add_test(t, writing__take__leaves_a_due_day_to_the_rule);
	tcase_add_test(t, writing__check__names_what_is_missing);
	tcase_add_test(t, writing__rebase__keeps_what_was_typed);
	tcase_add_test(t, writing__answered__leads_a_refusal_to_its_field);
	suite_add_tcase(suite, t);
	return unit_run(suite);
}
