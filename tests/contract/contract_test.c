/*
 * Runs every script of tests/contract against the real service in process,
 * and holds every answer against etc/openapi.json.
 */
#include <glob.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "contract/ask.h"
#include "contract/vt.h"
#include "lib/schema.h"
#include "lib/unit.h"
#include "proto/api.h"
#include "proto/resources.h"
#include "service/params.h"

static struct fixture data, empty;
static glob_t scripts;

/* What the scripts have met so far. */
struct seen {
	bool routes[API_ROUTES];
	bool codes[ERR_COUNT];
};

static void
setup(void)
{
	fixture_open(&data, true);
	fixture_open(&empty, false);
}

static void
teardown(void)
{
	fixture_close(&data);
	fixture_close(&empty);
}

/* --- one request ----------------------------------------------------- */

static struct asking
asked_by(const struct vt_block *b)
{
	return (struct asking){.of = b->empty ? &empty : &data,
	    .nobody = b->nobody,
	    .method = b->method,
	    .target = b->target,
	    .body = b->body};
}

static void
check_block(const char *file, const struct vt_block *b, struct seen *seen)
{
	const struct asking q = asked_by(b);
	struct answer a = {0};
	struct buf why = {0};
	cJSON *tree;

	ask_answer(&q, &a);
	ck_assert_msg(a.status == b->status, "%s:%d: status %d: %.600s", file,
	    b->line, a.status, buf_text(&a.body));
	tree = ask_tree(&q, &a);
	for (size_t i = 0; i < b->checks_n; i++)
		ck_assert_msg(vt_holds(b->checks[i], tree, &why),
		    "%s:%d: %s: %s", file, b->check_lines[i], b->checks[i],
		    buf_text(&why));
	seen->codes[a.code] = true;
	if (a.status == 200)
		seen->routes[ask_route(b->target, b->method)] = true;
	cJSON_Delete(tree);
	buf_free(&why);
	answer_free(&a);
}

static void
run_script(const char *path, struct seen *seen)
{
	struct vt vt;

	vt_read(&vt, path);
	for (size_t i = 0; i < vt.n; i++)
		check_block(path, &vt.blocks[i], seen);
	vt_free(&vt);
}

START_TEST(script__each__holds)
{
	struct seen seen = {0};

	run_script(scripts.gl_pathv[_i], &seen);
}
END_TEST

/* --- all together ---------------------------------------------------- */

/* What can come out of the service itself; the rest is the doors' or would be
 * a fault. */
static const enum err_code reachable[] = {
    ERR_NO_SUCH_CHILD,
    ERR_NO_SUCH_NODE,
    ERR_NO_DATA,
    ERR_NO_SUCH_GENERATION,
    ERR_NO_SUCH_MEASURE,
    ERR_NO_SUCH_ROUTE,
    ERR_BAD_METHOD,
    ERR_USAGE,
    ERR_BAD_VALUE,
    ERR_UNKNOWN_FIELD,
    ERR_TOO_LARGE,
    ERR_BAD_REQUEST,
    ERR_NOT_SIGNED_IN,
    ERR_DENIED,
};

/* What changes the store, and what answers only then, has tests of its own:
 * revision_test.c and its neighbours. */
static const enum api_route_id elsewhere[] = {
    ROUTE_REVISION_ONE,
    ROUTE_REVIEW_ONE,
    ROUTE_SCORECARD,
    ROUTE_FINDINGS,
    ROUTE_LETTER,
    ROUTE_REVIEW_WHY,
    ROUTE_REVIEW_CHANGES,
    ROUTE_CONTRACT,
    ROUTE_PLAN,
    ROUTE_DRAW,
    ROUTE_PACKET,
    ROUTE_ROSTER,
    ROUTE_ATTACHMENT_ONE,
    ROUTE_CHUNK_ONE,
    ROUTE_CAP_ONE,
    ROUTE_PROPOSAL_ONE,
};

static bool
is_elsewhere(enum api_route_id route)
{
	for (size_t i = 0; i < sizeof elsewhere / sizeof *elsewhere; i++)
		if (elsewhere[i] == route)
			return true;
	return false;
}

START_TEST(scripts__together__meet_every_route_and_refusal)
{
	struct seen seen = {0};

	for (size_t i = 0; i < scripts.gl_pathc; i++)
		run_script(scripts.gl_pathv[i], &seen);
	for (int r = 0; r < API_ROUTES; r++)
		ck_assert_msg(seen.routes[r] ||
				  strcmp(api_routes[r].method, "GET") != 0 ||
				  is_elsewhere((enum api_route_id)r),
		    "%s is never asked", api_routes[r].path);
	for (size_t i = 0; i < sizeof reachable / sizeof *reachable; i++)
		ck_assert_msg(seen.codes[reachable[i]], "%s never comes",
		    err_name(reachable[i]));
}
END_TEST

/* Every route refuses whoever is not signed in, unless it holds no figure. */
START_TEST(route__asked_by_nobody__gives_no_figure)
{
	static const char *const targets[API_ROUTES] = {
	    [ROUTE_STATUS] = "/v1/status",
	    [ROUTE_MEASURES] = "/v1/measures",
	    [ROUTE_MEASURE_ONE] = "/v1/measures/p1",
	    [ROUTE_ORG] = "/v1/org",
	    [ROUTE_REPORT] = "/v1/report?measure=p1",
	    [ROUTE_COMPARE] = "/v1/compare?measure=p1",
	    [ROUTE_LIST] = "/v1/list?measure=p1",
	    [ROUTE_WHY] = "/v1/why?measure=p1&child=A",
	    [ROUTE_CHILD_ONE] = "/v1/child/A",
	    [ROUTE_COUNTDOWN] = "/v1/countdown?clock=pprt",
	    [ROUTE_BOARD] = "/v1/board",
	    [ROUTE_DUES] = "/v1/dues",
	    [ROUTE_SEARCH] = "/v1/search?q=A",
	    [ROUTE_QUALITY] = "/v1/quality",
	    [ROUTE_ENTRY] = "/v1/entry",
	    [ROUTE_PROVIDERS] = "/v1/providers",
	    [ROUTE_PROVIDER_ONE] = "/v1/providers/P1",
	    [ROUTE_PROVIDER_ROWS] = "/v1/providers/P1/rows?count=served",
	    [ROUTE_REF] = "/v1/ref?code=0",
	    [ROUTE_REVISION] = "/v1/reviews/00/revisions/1",
	    [ROUTE_REVISION_ONE] = "/v1/reviews/00/revisions/1",
	    [ROUTE_ATTACHMENT] = "/v1/attachments/00",
	    [ROUTE_ATTACHMENT_ONE] = "/v1/attachments/00",
	    [ROUTE_CHUNK] = "/v1/attachments/00/chunks/1",
	    [ROUTE_CHUNK_ONE] = "/v1/attachments/00/chunks/1",
	    [ROUTE_ATTACHMENTS] = "/v1/attachments",
	    [ROUTE_REVIEWS] = "/v1/reviews",
	    [ROUTE_REVIEW_ONE] = "/v1/reviews/00",
	    [ROUTE_SCORECARD] = "/v1/reviews/00/scorecard",
	    [ROUTE_RESCORE] = "/v1/reviews/00/scorecard",
	    [ROUTE_REVIEW_STATE] = "/v1/reviews/00/state",
	    [ROUTE_RELEASE] = "/v1/reviews/00/revisions/1/release",
	    [ROUTE_REVIEW_CHANGES] = "/v1/reviews/00/changes",
	    [ROUTE_FINDINGS] = "/v1/reviews/00/findings",
	    [ROUTE_LETTER] = "/v1/reviews/00/letter",
	    [ROUTE_REVIEW_WHY] = "/v1/reviews/00/why?of=S1",
	    [ROUTE_INDICATORS] = "/v1/indicators?of=S1",
	    [ROUTE_CONTRACTS] = "/v1/contracts",
	    [ROUTE_CONTRACT] = "/v1/contracts/C-1",
	    [ROUTE_CONTRACT_PUT] = "/v1/contracts/C-1",
	    [ROUTE_PLANS] = "/v1/plans",
	    [ROUTE_PLAN] = "/v1/plans/C-1-2024",
	    [ROUTE_PLAN_PUT] = "/v1/plans/C-1-2024",
	    [ROUTE_DRAW] = "/v1/plans/C-1-2024/draw",
	    [ROUTE_DRAW_PUT] = "/v1/plans/C-1-2024/draw",
	    [ROUTE_SAMPLE_PUT] = "/v1/plans/C-1-2024/sample",
	    [ROUTE_PACKETS] = "/v1/packets",
	    [ROUTE_PACKET] = "/v1/packets/0a",
	    [ROUTE_PACKET_PUT] = "/v1/packets/0a",
	    [ROUTE_CLAIMS] = "/v1/reviews/C-1-2024/claims",
	    [ROUTE_CLAIM_PUT] = "/v1/reviews/C-1-2024/claims",
	    [ROUTE_ROSTER] = "/v1/reviews/C-1-2024/roster",
	    [ROUTE_CAPS] = "/v1/caps",
	    [ROUTE_CAP_ONE] = "/v1/caps/00",
	    [ROUTE_CAP_PUT] = "/v1/caps/00",
	    [ROUTE_PROPOSALS] = "/v1/proposals",
	    [ROUTE_PROPOSAL_ONE] = "/v1/proposals/00",
	    [ROUTE_PROPOSAL_PUT] = "/v1/proposals/00",
	    [ROUTE_CHANGES] = "/v1/changes?measure=p1&since=2024-01-01",
	    [ROUTE_MOVES] = "/v1/moves?clock=pprt&since=2024-01-01",
	};
	bool open = _i <= ROUTE_MEASURE_ONE;
	const struct asking q = {.of = &data,
	    .nobody = true,
	    .method = api_routes[_i].method,
	    .target = targets[_i],
	    .status = open ? 200 : 401};
	struct answer a = {0};

	ck_assert_ptr_nonnull(targets[_i]);
	ask_answer(&q, &a);
	ck_assert_int_gt(a.asked, 0);
	answer_free(&a);
}
END_TEST

/* --- openapi.json against the tables --------------------------------- */

static const cJSON *
parameters(enum api_route_id route)
{
	return schema_at(ask_described(route), "#/parameters");
}

static const cJSON *
parameter(const cJSON *list, const char *name)
{
	const cJSON *one;

	cJSON_ArrayForEach(one, list) if (strcmp(json_get_string(one, "name"),
					      name) == 0) return one;
	return NULL;
}

static void
check_bounds(const struct api_param *p, const cJSON *schema)
{
	static const char *const low[] = {[API_TYPE_TEXT] = "minLength",
	    [API_TYPE_ID] = "minLength",
	    [API_TYPE_INT] = "minimum"};
	static const char *const high[] = {[API_TYPE_TEXT] = "maxLength",
	    [API_TYPE_ID] = "maxLength",
	    [API_TYPE_INT] = "maximum"};
	const cJSON *words = cJSON_GetObjectItemCaseSensitive(schema, "enum");
	int64_t least = -1, most = -1;

	if (p->type == API_TYPE_WORD) {
		const struct codeset *set = &codesets[p->codes];

		ck_assert_int_eq(cJSON_GetArraySize(words), set->n);
		for (int i = 0; i < set->n; i++)
			ck_assert_str_eq(
			    cJSON_GetArrayItem(words, i)->valuestring,
			    code_word(set, i + 1));
	} else if (p->type == API_TYPE_DATE) {
		ck_assert_str_eq(json_get_string(schema, "format"), "date");
	} else {
		ck_assert(json_get_int(schema, low[p->type], &least));
		ck_assert(json_get_int(schema, high[p->type], &most));
		ck_assert_msg(
		    least == p->least && most == p->most, "%s", p->name);
	}
}

START_TEST(openapi__each_route__has_its_parameters)
{
	const cJSON *list = parameters((enum api_route_id)_i);
	int taken = 0;

	for (int p = 0; p < API_PARAMS; p++) {
		const cJSON *one;

		if (!api_takes((enum api_route_id)_i, (enum api_param_id)p))
			continue;
		taken++;
		one = parameter(list, api_params[p].name);
		ck_assert_msg(one != NULL, "%s: %s", api_routes[_i].path,
		    api_params[p].name);
		ck_assert_int_eq((api_routes[_i].needed >> p & 1) != 0,
		    cJSON_IsTrue(cJSON_GetObjectItem(one, "required")));
		check_bounds(
		    &api_params[p], cJSON_GetObjectItem(one, "schema"));
	}
	ck_assert_int_eq(cJSON_GetArraySize(list), taken);
}
END_TEST

START_TEST(openapi__paths__are_the_routes)
{
	const cJSON *path;
	int n = 0;

	cJSON_ArrayForEach(path, cJSON_GetObjectItem(ask_openapi(), "paths"))
	    n += cJSON_GetArraySize(path);
	ck_assert_int_eq(n, API_ROUTES);
	ck_assert_str_eq(json_get_string(ask_openapi(), "openapi"), "3.1.0");
}
END_TEST

/* --- more than a script can say -------------------------------------- */

static cJSON *
get(const char *target)
{
	return ask(
	    &(struct asking){.of = &data, .target = target, .status = 200});
}

static const char *const sorts[] = {
    "",
    "&sort=age",
    "&sort=-age",
    "&sort=name",
    "&sort=-days_in_care",
    "&sort=goal",
    "&sort=worker",
    "&sort=status",
};

/* Pages of one row, put together, are the whole list in its order. */
START_TEST(list__paged_one_by_one__is_the_list)
{
	char *target = xasprintf("/v1/list?measure=p1%s", sorts[_i]);
	cJSON *all = get(target);
	const cJSON *row;
	char *after = NULL;

	ck_assert_int_eq(
	    cJSON_GetArraySize(cJSON_GetObjectItem(all, "rows")), 6);
	cJSON_ArrayForEach(row, cJSON_GetObjectItem(all, "rows"))
	{
		char *one = xasprintf("%s&limit=1%s%s", target,
		    after != NULL ? "&after=" : "", after != NULL ? after : "");
		cJSON *page = get(one);
		const char *next = json_get_string(page, "next");

		ck_assert(cJSON_Compare(row,
		    cJSON_GetArrayItem(cJSON_GetObjectItem(page, "rows"), 0),
		    true));
		ck_assert_int_eq(next == NULL, row->next == NULL);
		free(after);
		after = next != NULL ? xstrdup(next) : NULL;
		cJSON_Delete(page);
		free(one);
	}
	free(after);
	cJSON_Delete(all);
	free(target);
}
END_TEST

START_TEST(answer__asked_twice__same_bytes_and_tag)
{
	const struct asking q = {
	    .of = &data, .target = "/v1/report?measure=p1&by=unit&trend=6"};
	struct answer first = {0}, again = {0}, known = {0};
	struct request r = {.method = "GET",
	    .path = "/v1/report",
	    .query = "measure=p1&by=unit&trend=6",
	    .who = {WHO_LOCAL, "test"}};

	ask_answer(&q, &first);
	ask_answer(&q, &again);
	ck_assert_str_eq(buf_text(&first.body), buf_text(&again.body));
	ck_assert_str_eq(first.tag, again.tag);
	r.known = first.tag;
	service_answer(data.service, &r, &known);
	ck_assert_int_eq(known.status, 304);
	ck_assert_uint_eq(known.body.len, 0);
	answer_free(&first);
	answer_free(&again);
	answer_free(&known);
}
END_TEST

static char *
audit_text(void)
{
	struct buf text = {0};
	struct err err = {0};

	ck_assert_msg(
	    file_read(&text, data.audit, 1 << 20, &err), "%s", err.text);
	return text.data != NULL ? buf_take(&text) : xstrdup("");
}

/* Every look at a child is in the audit, by id; no name is. */
START_TEST(audit__children_looked_at__ids_and_no_names)
{
	char *text;

	cJSON_Delete(get("/v1/report?measure=p1"));
	text = audit_text();
	ck_assert_str_eq(text, "");
	free(text);
	cJSON_Delete(get("/v1/child/I"));
	cJSON_Delete(get("/v1/list?measure=p1&set=missed"));
	cJSON_Delete(get("/v1/search?q=Mu%C3%B1oz"));
	cJSON_Delete(get("/v1/why?measure=p1&child=E"));
	cJSON_Delete(get("/v1/countdown?clock=pprt&bucket=over_30"));
	text = audit_text();
	ck_assert_ptr_nonnull(
	    strstr(text, "\"who\":\"test\","
			 "\"screen\":\"/v1/child/{id}\",\"generation\":1,"
			 "\"children\":[\"I\"]"));
	ck_assert_ptr_nonnull(
	    strstr(text, "\"/v1/list\",\"generation\":1,"
			 "\"children\":[\"B2\",\"D\",\"F\"]"));
	ck_assert_ptr_nonnull(strstr(text, "\"/v1/search\",\"generation\":1,"
					   "\"children\":[\"A\"]"));
	ck_assert_ptr_nonnull(strstr(text, "\"/v1/why\",\"generation\":1,"
					   "\"children\":[\"E\"]"));
	ck_assert_ptr_nonnull(
	    strstr(text, "\"/v1/countdown\","
			 "\"generation\":1,\"children\":[\"I\"]"));
	ck_assert_ptr_null(strstr(text, "Mu"));
	ck_assert_ptr_null(strstr(text, "Jones"));
	free(text);
}
END_TEST

/* A publication needs no restart; what was asked of the old stays askable. */
START_TEST(generation__published_meanwhile__served_next)
{
	cJSON *before = get("/v1/report?measure=p1"), *after, *old;
	int64_t n = 0;

	fixture_publish(&data);
	after = get("/v1/report?measure=p1");
	old = get("/v1/report?measure=p1&generation=1");
	ck_assert(json_get_int(
		      cJSON_GetObjectItem(after, "about"), "generation", &n) &&
		  n == 2);
	ck_assert(cJSON_Compare(before, old, true));
	cJSON_Delete(before);
	cJSON_Delete(after);
	cJSON_Delete(old);
}
END_TEST

static Suite *
suite(void)
{
	Suite *s = suite_create("contract");
	TCase *t = tcase_create("contract");

	suite_add_tcase(s, t);
	tcase_add_checked_fixture(t, setup, teardown);
	tcase_add_loop_test(t, script__each__holds, 0, (int)scripts.gl_pathc);
	tcase_add_test(t, scripts__together__meet_every_route_and_refusal);
	tcase_add_loop_test(
	    t, route__asked_by_nobody__gives_no_figure, 0, API_ROUTES);
	tcase_add_loop_test(
	    t, openapi__each_route__has_its_parameters, 0, API_ROUTES);
	tcase_add_test(t, openapi__paths__are_the_routes);
	tcase_add_loop_test(t, list__paged_one_by_one__is_the_list, 0,
	    (int)(sizeof sorts / sizeof *sorts));
	tcase_add_test(t, answer__asked_twice__same_bytes_and_tag);
	tcase_add_test(t, audit__children_looked_at__ids_and_no_names);
	tcase_add_test(t, generation__published_meanwhile__served_next);
	return s;
}

int
main(void)
{
	char *pattern = fixture_source("tests/contract/*.vt");
	int status;

	if (glob(pattern, 0, NULL, &scripts) != 0) {
		fprintf(stderr, "no scripts at %s\n", pattern);
		return 1;
	}
	status = unit_run(suite());
	globfree(&scripts);
	free(pattern);
	return status;
}
