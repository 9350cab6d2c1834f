/* The linear way through the screens' contents: typed lines, printed text. */
#include "client/plain.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "client/settings.h"
#include "lib/unit.h"
#include "unit/client/canned.h"

#define PLANNED                                                           \
	"{\"id\":\"C-1-2024\",\"version\":2,\"contract\":\"C-1\","        \
	"\"year\":2024,\"kind\":\"annual\",\"provider_name\":\"Willow\"," \
	"\"state\":\"open\",\"monitor\":\"mk\"}"

static const struct {
	const char *path, *body;
} answers[] = {
    {"/v1/board", CANNED_BOARD},
    {"/v1/org?node=R1", CANNED_ORG},
    {"/v1/org", CANNED_ORG},
    {"/v1/report", CANNED_REGIONS},
    {"/v1/list", CANNED_LIST(CANNED_LIST_ROW("k1", "C1"), "null")},
    {"/v1/child/C1", CANNED_CHILD},
    {"/v1/why", CANNED_WHY},
    {"/v1/countdown", CANNED_COUNTDOWN},
    {"/v1/status", "{\"about\":{\"data_through\":\"2024-09-30\"},"
		   "\"service\":{},\"user\":{\"name\":\"ann\"}}"},
    {"/v1/plans/C-1-2024", "{\"review\":" PLANNED ",\"history\":[]}"},
    {"/v1/plans", "{\"year\":2024,\"buckets\":[],\"rows\":[" PLANNED "]}"},
};

static struct buf asked;

static const char *refusal; /* to the first writing; NULL: none */

static int
written(const struct net_call *call, struct buf *body)
{
	buf_printf(&asked, "%s %s\n", call->path, buf_text(&call->upload));
	buf_str(body, refusal ? refusal : "{\"id\":\"x\",\"version\":3}");
	if (refusal == NULL)
		return 201;
	refusal = NULL;
	return strstr(buf_text(body), "theirs") ? 409 : 422;
}

static int
serve(void *arg, const struct net_call *call, struct buf *body)
{
	const char *path = call->path;

	(void)arg;
	if (call->method)
		return written(call, body);
	buf_printf(&asked, "%s\n", path);
	for (size_t i = 0; i < sizeof answers / sizeof *answers; i++)
		if (strncmp(path, answers[i].path, strlen(answers[i].path)) ==
		    0) {
			buf_str(body, answers[i].body);
			return 200;
		}
	buf_str(body, "{\"error\":{\"code\":\"no_such_route\","
		      "\"message\":\"none\"}}");
	return 404;
}

/* Types the lines and gives what was printed; the caller frees. */
static char *
typed(const char *lines)
{
	static struct settings settings;
	struct call call = {.settings = &settings};
	struct buf out = {0};
	struct err err = {0};
	char path[] = "/tmp/plain_test.XXXXXX";
	FILE *in = fmemopen((void *)lines, strlen(lines), "r");
	int saved = dup(STDOUT_FILENO), file = mkstemp(path);
	bool ok;

	ck_assert(in != NULL && saved >= 0 && file >= 0);
	call.net = net_open_calls(serve, NULL);
	fflush(stdout);
	dup2(file, STDOUT_FILENO);
	ok = plain_menu(&call, in, &err);
	fflush(stdout);
	dup2(saved, STDOUT_FILENO);
	net_close(call.net);
	fclose(in);
	ck_assert_msg(ok, "%s", err.text);
	ck_assert(file_read(&out, path, 1 << 20, &err));
	unlink(path);
	close(file);
	close(saved);
	return buf_take(&out);
}

static void
stop(void)
{
	buf_free(&asked);
}

static void
has(const char *text, const char *part)
{
	ck_assert_msg(
	    strstr(text, part) != NULL, "no \"%s\" in:\n%s", part, text);
}

START_TEST(plain__begins__at_the_board)
{
	char *text = typed("q\n");

	has(text, "Children in care: 120");
	has(text, "\n1. Permanency in 12 months\n2. All measures\n");
	has(text, "q leaves");
	free(text);
}
END_TEST

START_TEST(plain__goes__from_the_board_to_one_child_and_why)
{
	/* measure, unit, its children, the first child, why */
	char *text = typed("1\n1\n3\n1\n1\nq\n");

	has(text, "Unit: North, West");
	has(text, "C1\n");
	has(text, "Sex: female");
	has(text, "Verdict: excluded");
	has(buf_text(&asked), "/v1/report?by=region&measure=p1\n");
	has(buf_text(&asked), "/v1/report?at=R1&by=region&measure=p1\n");
	has(buf_text(&asked), "/v1/list?at=R1&measure=p1&limit=50\n");
	has(buf_text(&asked), "/v1/child/C1\n");
	has(buf_text(&asked), "/v1/why?measure=p1&child=C1\n");
	free(text);
}
END_TEST

/* Sex is the second attribute, age the first: sex against age then. */
START_TEST(plain__breaks_down__by_one_attribute_and_by_two)
{
	/* measure, by an attribute, sex, against age */
	char *text = typed("1\n6\n2\n1\nq\n");

	has(text, "6. By an attribute, or by two\n");
	has(text, "\n1. Age\n2. Sex\n3. Race and ethnicity\n");
	has(text, "\n1. Age\n2. Race and ethnicity\n");
	has(buf_text(&asked), "/v1/report?measure=p1\n");
	has(buf_text(&asked), "/v1/report?by=sex&measure=p1\n");
	has(buf_text(&asked), "/v1/report?by=sex%2Cage_group&measure=p1");
	free(text);
}
END_TEST

/* The hint is not read out again at every step. */
START_TEST(plain__hints__once)
{
	char *text = typed("1\nb\nq\n");
	char *hint = strstr(text, "Type a number");

	ck_assert_ptr_nonnull(hint);
	ck_assert_ptr_null(strstr(hint + 1, "Type a number"));
	free(text);
}
END_TEST

START_TEST(plain__stays__where_a_way_is_closed)
{
	char *text = typed("2\n1\nq\n"); /* measures are not served here */

	has(text, "none");
	has(text, "Unit: North, West"); /* 1 still means the board's */
	free(text);
}
END_TEST

START_TEST(plain__leaves__at_the_end_of_input)
{
	char *text = typed("b\n7777\n");

	has(text, "This is the beginning");
	free(text);
}
END_TEST

/* The year's reviews, the review, its monitor; refused once for want of a
 * reason, then written. */
START_TEST(plain__writes__what_was_confirmed)
{
	char *text;

	refusal = "{\"error\":{\"code\":\"refused\",\"message\":\"reason: say "
		  "why\",\"field\":\"reason\"}}";
	text = typed("13\n1\n2\nzoe\n\n\ny\nmk is ill\ny\nq\n");
	has(text, "You act as ann: stated, not signed in.");
	has(text, "Enter keeps mk");
	has(text, "Monitor: zoe (instead of mk)");
	has(text, "! Reason: say why");
	has(text, "written: Assign a monitor");
	has(buf_text(&asked),
	    "/v1/plans/C-1-2024 {\"contract\":\"C-1\",\"year\":2024,"
	    "\"kind\":\"annual\",\"monitor\":\"zoe\",\"reason\":"
	    "\"mk is ill\",\"version\":2}\n");
	free(text);
}
END_TEST

START_TEST(plain__writes__nothing_without_a_yes)
{
	char *text = typed("13\n1\n2\nzoe\n\n\nn\nq\n");

	has(text, "nothing was written");
	ck_assert_ptr_null(strstr(buf_text(&asked), "\"version\":2"));
	free(text);
}
END_TEST

/* Somebody wrote version 5 in between: theirs is shown, yours goes over it. */
START_TEST(plain__writes__over_theirs_when_told_so)
{
	char *text;

	refusal =
	    "{\"error\":{\"code\":\"conflict\",\"message\":\"bob wrote\","
	    "\"field\":\"version\"},\"theirs\":{\"version\":5,\"by\":\"bob\","
	    "\"body\":{\"contract\":\"C-1\",\"year\":2024,\"kind\":"
	    "\"annual\",\"monitor\":\"carla\"}}}";
	text = typed("13\n1\n2\nzoe\n\n\ny\ny\nq\n");
	has(text, "! bob wrote");
	has(text, "Monitor: theirs carla, yours zoe");
	has(text, "written: Assign a monitor");
	has(buf_text(&asked), "\"monitor\":\"zoe\",\"version\":5}\n");
	free(text);
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("plain");
	TCase *t = tcase_create("plain");

	tcase_add_checked_fixture(t, NULL, stop);
	tcase_add_test(t, plain__begins__at_the_board);
	tcase_add_test(t, plain__goes__from_the_board_to_one_child_and_why);
	tcase_add_test(t, plain__breaks_down__by_one_attribute_and_by_two);
	tcase_add_test(t, plain__hints__once);
	tcase_add_test(t, plain__stays__where_a_way_is_closed);
	tcase_add_test(t, plain__leaves__at_the_end_of_input);
	tcase_add_test(t, plain__writes__what_was_confirmed);
	tcase_add_test(t, plain__writes__nothing_without_a_yes);
	tcase_add_test(t, plain__writes__over_theirs_when_told_so);
	suite_add_tcase(suite, t);
	return unit_run(suite);
}
