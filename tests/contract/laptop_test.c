/*
 * Two laptops and the real service, from the packet on: what the one took is
 * shown to the other (offline.md, promise 20), and what a new import says of
 * the roster stands beside the units, while the answers stay (24). Nothing
 * between them is canned: agreement, draw, packets, claims and the roster's
 * changes are the service's.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/json.h"
#include "client/field_sync.h"
#include "contract/year.h"
#include "lib/disk.h"
#include "lib/unit.h"
#include "poms/content.h"
#include "poms/score.h"
#include "proto/revision.h"

struct laptop {
	const char *who;
	struct disk *disk;
	struct folder *folder;
	struct visit *visit;
	struct net *net;
};

static struct laptop mk, ann;
static bool down; /* the line */
static struct err err;

/* --- the line ----------------------------------------------------------- */

static int
line(void *arg, const struct net_call *call, struct buf *body)
{
	const struct laptop *l = arg;
	const char *query = strchr(call->path, '?');
	char *path = xstrndup(call->path, strcspn(call->path, "?"));
	const struct request q = {
	    .method = call->method != NULL ? call->method : "GET",
	    .path = path,
	    .query = query != NULL ? query + 1 : NULL,
	    .body = call->upload.data,
	    .body_len = call->upload.len,
	    .who = {WHO_LOCAL, l->who}};
	struct answer a = {0};
	int status = 0;

	if (!down) {
		service_answer(year.service, &q, &a);
		status = a.status;
		buf_add(body, a.body.data, a.body.len);
		answer_free(&a);
	}
	free(path);
	return status;
}

/* --- laptops ------------------------------------------------------------ */

static void
take_packet(struct laptop *l, const char *path)
{
	struct visit_packet packet = {.trusted = year_key, .user = l->who};
	struct buf bytes = {0};

	year_fetch(path, &bytes);
	packet.data = (const uint8_t *)bytes.data;
	packet.len = bytes.len;
	ck_assert_msg(visit_take(l->folder, &packet, &err), "%s", err.text);
	buf_free(&bytes);
}

static void
laptop_open(struct laptop *l, const char *who, const char *packet)
{
	const struct vault_make how = {
	    .passphrase = "correct horse battery", .cost = {1, 8192}};
	char *path = xasprintf("/v1/packets/%s", packet);
	char *body = xasprintf(
	    "{\"version\":0,\"review\":\"C-1-2024\",\"user\":\"%s\"}", who);

	*l = (struct laptop){.who = who, .disk = disk_new(1)};
	ck_assert_msg(
	    folder_create(&l->folder, disk_io(l->disk), "/f", &how, &err), "%s",
	    err.text);
	year_put_ok(path, body);
	take_packet(l, path);
	l->net = net_open_calls(line, l);
	ck_assert(visit_open(&l->visit, l->folder, "", who, &err));
	free(path);
	free(body);
}

static void
laptop_close(struct laptop *l)
{
	net_close(l->net);
	visit_close(l->visit);
	folder_close(l->folder);
	disk_free(l->disk);
}

static void
setup(void)
{
	down = false;
	year_open();
	year_put_ok(CONTRACT, WILLOW_CONTRACT);
	year_put_ok(DRAW, WILLOW_DRAW);
	laptop_open(&mk, "mk", "0a0b0c");
	laptop_open(&ann, "ann", "0a0b0d");
}

static void
teardown(void)
{
	laptop_close(&mk);
	laptop_close(&ann);
	year_close();
}

static void
sync_now(struct laptop *l)
{
	struct field_synced synced;

	visit_close(l->visit);
	ck_assert_msg(field_sync(l->net, l->folder, l->who, &synced, &err),
	    "%s", err.text);
	field_synced_free(&synced);
	ck_assert(visit_open(&l->visit, l->folder, "", l->who, &err));
}

/* What stands beside that child there; "" for nothing at all. */
static void
beside(struct laptop *l, const char *key, const char *words)
{
	struct form_keep k = visit_keep(l->visit);
	const struct review *r = visit_review(l->visit);
	struct buf out = {0};

	k.news(k.self, review_unit(r, review_unit_find(r, UNIT_CC, key)), &out);
	ck_assert_msg(*words == '\0' ? out.len == 0
				     : strstr(buf_text(&out), words) != NULL,
	    "beside %s stands \"%s\", not \"%s\"", key, buf_text(&out), words);
	buf_free(&out);
}

/* The form on that laptop, at a question of a child. */
static struct form
form_at(struct laptop *l, const char *key)
{
	struct form_keep k = visit_keep(l->visit);
	struct form form;

	form_init(&form, visit_review(l->visit), &k, l->who);
	form.unit = review_unit_find(form.review, UNIT_CC, key);
	ck_assert_int_gt(form.unit, 0);
	return form;
}

/* The first child that was drawn. */
static const char *
drawn(const struct laptop *l)
{
	const struct review *r = visit_review(l->visit);

	for (int i = 1; i < review_units(r); i++)
		if (review_unit(r, i)->kind == UNIT_CC &&
		    review_unit(r, i)->asked)
			return review_unit(r, i)->key;
	ck_abort_msg("nobody was drawn");
	return NULL;
}

START_TEST(promise_20__claim__goes_by_the_real_service)
{
	char *key = xstrdup(drawn(&mk));
	struct form form = form_at(&mk, key);

	ck_assert(form_claim(&form));
	beside(&ann, key, "");
	sync_now(&mk);
	beside(&ann, key, "");
	sync_now(&ann);
	beside(&ann, key, "taken by mk");
	/* No lock: she answers there, and takes it too. */
	form = form_at(&ann, key);
	ck_assert(form_find(&form, "ED02") && form_type(&form, "2024-01-02"));
	form.unit = review_unit_find(form.review, UNIT_CC, key);
	ck_assert(form_claim(&form));
	sync_now(&ann);
	beside(&ann, key, "taken by mk and by you");
	/* The first is told as soon as it is known that there is a second. */
	sync_now(&mk);
	beside(&mk, key, "taken by ann and by you");
	form = form_at(&mk, key);
	ck_assert(form_claim(&form));
	sync_now(&mk);
	sync_now(&ann);
	sync_now(&mk);
	beside(&mk, key, "taken by ann");
	beside(&ann, key, "taken by you");
	free(key);
}
END_TEST

/* N1 and N2 left on the last of August; N3, N5 and N7 live in the other house
 * now; N4, N6 and N8 are where they were. */
START_TEST(promise_24__roster__goes_by_the_real_service)
{
	char *key = xstrdup(drawn(&mk));
	struct form form = form_at(&mk, key);
	uint64_t before;

	ck_assert(form_find(&form, "ED02") && form_type(&form, "2024-01-02"));
	before = review_sequence(visit_review(mk.visit));
	sync_now(&mk);
	beside(&mk, "N1", "");
	willow_publish(&year, 9, 2, "S72");
	sync_now(&mk);
	beside(&mk, "N1", "left");
	beside(&mk, "N1", "2024-08-31");
	beside(&mk, "N2", "2024-08-31");
	beside(&mk, "N3", "S72");
	beside(&mk, "N4", "");
	beside(&mk, "N8", "");
	/* The answer and the units are what they were. */
	ck_assert_uint_eq(review_sequence(visit_review(mk.visit)), before);
	ck_assert_int_lt(
	    review_unit_find(visit_review(mk.visit), UNIT_CC, "N9"), 0);
	form = form_at(&mk, key);
	ck_assert(form_find(&form, "ED02"));
	ck_assert_str_eq(form_cell(&form)->typed.value, "2024-01-02");
	/* A line that is down takes nothing of it away. */
	down = true;
	sync_now(&mk);
	beside(&mk, "N1", "2024-08-31");
	free(key);
}
END_TEST

/* --- the states (promise 8) --------------------------------------------- */

static const char *const asked[] = {
    "PR01", "PR02", "PR04", "PR05", "PR07", "ED04", "ED05"};
static const char states[] = "PR01 Y () \n"
			     "PR02 N () \n"
			     "PR04  () \n"
			     "PR05 U (asleep) \n"
			     "PR07 NA (no family) \n"
			     "ED04 Y (seen) \n"
			     "ED05 = () hidden\n";

static void
check_states(const struct review *r, const char *key, const char *where)
{
	struct buf out = {0};

	for (size_t i = 0; i < sizeof asked / sizeof *asked; i++) {
		const struct review_cell *c =
		    review_cell(r, review_unit_find(r, UNIT_CC, key),
			instrument_question(review_instrument(r), asked[i], 4));

		buf_printf(&out, "%s %s (%s) %s\n", asked[i],
		    response_state_word(c->typed.state), c->typed.reason,
		    (c->flags & CELL_HIDDEN) != 0 ? "hidden" : "");
	}
	ck_assert_msg(strcmp(buf_text(&out), states) == 0, "%s:\n%s", where,
	    buf_text(&out));
	buf_free(&out);
}

static void
say(struct form *form, const char *key, const char *question,
    const struct response *a)
{
	form->unit = review_unit_find(form->review, UNIT_CC, key);
	form_find(form, question);
	ck_assert_msg(
	    form_type_state(form, a), "%s: %s", question, form->message);
}

static void
answer_all(struct laptop *l, const char *key)
{
	struct form form = form_at(l, key);

	say(&form, key, "PR01", &(struct response){ANSWER_YES, "", ""});
	say(&form, key, "PR02", &(struct response){ANSWER_NO, "", ""});
	say(&form, key, "PR04", &(struct response){ANSWER_YES, "", ""});
	say(&form, key, "PR04", &RESPONSE_NONE);
	say(&form, key, "PR05",
	    &(struct response){ANSWER_UNDETERMINED, "", "asleep"});
	say(&form, key, "PR07", &(struct response){ANSWER_NA, "", "no family"});
	/* The gate opens, its question is answered, the gate shuts. */
	say(&form, key, "ED04", &(struct response){ANSWER_NO, "", "seen"});
	say(&form, key, "ED05",
	    &(struct response){ANSWER_VALUE, "records", ""});
	say(&form, key, "ED04", &(struct response){ANSWER_YES, "", "seen"});
}

#define RECORD "00112233445566778899aabbccddeeff"

/* To the service as revision 1, and back from it. */
static struct review *
through_the_service(const struct review *r)
{
	struct buf content = {0}, body = {0}, text = {0};
	struct revision v = {.record = RECORD,
	    .revision = 1,
	    .review = "C-1-2024",
	    .packet = "0a0b0c",
	    .instrument = "poms-example/1",
	    .by = "mk",
	    .head = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
		    "aaaaaaaaa",
	    .lines = 1,
	    .sealed_ms = 1000};
	const char *path = "/v1/reviews/" RECORD "/revisions/1", *sealed;
	cJSON *tree;
	struct content_about about;
	struct change c = {0};
	struct review *back = review_new(review_instrument(r));

	content_write(&content, r);
	v.content = buf_text(&content);
	v.content_len = content.len;
	ck_assert_msg(revision_write(&body, &v, &err), "%s", err.text);
	year_put_ok(path, buf_text(&body));
	tree = year_get(path);
	sealed = json_get_string(tree, "body");
	ck_assert_str_eq(sealed, buf_text(&body));
	ck_assert_msg(revision_read(&v, &text, sealed, strlen(sealed), &err),
	    "%s", err.text);
	ck_assert(content_read(&about, &c, v.content, v.content_len, &err));
	for (size_t i = 0; i < c.n; i++)
		ck_assert_msg(
		    review_apply(back, &c.list[i], &err), "%s", err.text);
	change_free(&c);
	cJSON_Delete(tree);
	buf_free(&content);
	buf_free(&body);
	buf_free(&text);
	return back;
}

/* Each state is counted as itself; what is hidden in no rate. */
static void
check_score(const struct review *r)
{
	const struct score_terms terms = score_terms(r);
	struct scorecard card;
	int seen = 0;

	scorecard_make(&card, r, &terms);
	for (int i = 0; i < card.score.elements_n; i++) {
		const struct element *e = &card.score.elements[i];
		int n;
		const char *id =
		    instrument_questions(review_instrument(r), &n)[e->question]
			.id;

		if (strcmp(id, "PR01") == 0)
			seen += e->favourable == 1 && e->unfavourable == 0;
		if (strcmp(id, "PR02") == 0)
			seen += e->unfavourable == 1 && e->favourable == 0;
		if (strcmp(id, "PR04") == 0)
			seen += e->missing == 6 && e->na == 0;
		if (strcmp(id, "PR05") == 0)
			seen += e->undetermined == 1 && e->missing == 5;
		if (strcmp(id, "PR07") == 0)
			seen += e->na == 1 && e->missing == 5;
	}
	ck_assert_int_eq(seen, 5);
	ck_assert_int_eq(card.hidden, 1);
	scorecard_free(&card);
}

START_TEST(promise_08__states__never_turn_into_one_another)
{
	char *key = xstrdup(drawn(&mk));
	struct review *back;

	answer_all(&mk, key);
	check_states(visit_review(mk.visit), key, "typed");
	visit_close(mk.visit);
	ck_assert(visit_open(&mk.visit, mk.folder, "", "mk", &err));
	check_states(visit_review(mk.visit), key, "the journal");
	back = through_the_service(visit_review(mk.visit));
	check_states(back, key, "the service");
	check_score(back);
	review_free(back);
	free(key);
}
END_TEST

int
main(void)
{
	Suite *s = suite_create("laptop");
	TCase *t = tcase_create("laptop");

	tcase_add_checked_fixture(t, setup, teardown);
	tcase_set_timeout(t, 0);
	tcase_add_test(t, promise_20__claim__goes_by_the_real_service);
	tcase_add_test(t, promise_24__roster__goes_by_the_real_service);
	tcase_add_test(t, promise_08__states__never_turn_into_one_another);
	suite_add_tcase(s, t);
	return unit_run(s);
}
