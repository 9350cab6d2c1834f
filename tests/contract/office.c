#include "contract/office.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/json.h"
#include "contract/ask.h"
#include "lib/unit.h"
#include "poms/content.h"
#include "proto/revision.h"

struct fixture office;

void
office_open(void)
{
	fixture_open(&office, false);
}

void
office_close(void)
{
	fixture_close(&office);
}

/* --- asking ----------------------------------------------------------------
 */

cJSON *
office_ask(const char *target, const char *body, int status)
{
	const struct asking q = {.of = &office,
	    .who = "chief",
	    .target = target,
	    .body = body,
	    .status = status};
	struct answer a = {0};
	cJSON *tree;

	ask_answer(&q, &a);
	ck_assert_int_gt(a.asked, 0);
	tree = ask_tree(&q, &a);
	answer_free(&a);
	return tree;
}

cJSON *
office_get(const char *target)
{
	return office_ask(target, NULL, 200);
}

void
office_put(const char *target, const char *body, int status, const char *field)
{
	cJSON *a = office_ask(target, body, status);

	if (field != NULL)
		ck_assert_str_eq(office_error(a, "field"), field);
	cJSON_Delete(a);
}

const char *
office_error(const cJSON *answer, const char *key)
{
	return json_get_string(
	    cJSON_GetObjectItemCaseSensitive(answer, "error"), key);
}

/* The object of a list whose member says so. */
const cJSON *
office_find(
    const cJSON *answer, const char *list, const char *key, const char *value)
{
	const cJSON *o;

	cJSON_ArrayForEach(o, cJSON_GetObjectItemCaseSensitive(answer, list))
	{
		const char *text = json_get_string(o, key);

		if (text != NULL && strcmp(text, value) == 0)
			return o;
	}
	ck_abort_msg("no %s in %s", value, list);
}

int64_t
office_number(const cJSON *o, const char *key)
{
	int64_t n = -1;

	json_get_int(o, key, &n);
	return n;
}

/* --- reviews ---------------------------------------------------------------
 */

static void
fact(struct rig *g, enum fact fact, const char *text)
{
	struct event e = event_make(EVENT_UNIT);

	e.review = review_id(g->r);
	e.sequence = review_sequence(g->r) + 1;
	e.group = review_next_group(g->r);
	e.flags = EVENT_PACKET;
	e.fact = fact;
	e.text = text;
	e.who = "service";
	ck_assert(review_apply(g->r, &e, &g->err));
}

/* An annual review of a group home; n names provider, review and record. */
void
field_begin(struct field *d, int n, int year)
{
	char *review = xasprintf("RV-%d-%d", n, year);
	char *label = xasprintf("Home %d", n);
	char *id = xasprintf("PV%d", n);
	char day[24];

	*d = (struct field){0};
	snprintf(d->record, sizeof d->record, "%032x", n * 10000 + year);
	rig_open_as(&d->g, review, label);
	fact(&d->g, FACT_ID, id);
	rig_feed(&d->g, "", "R02", "gh");
	rig_feed(&d->g, "", "R03b", "2010");
	rig_feed(&d->g, "", "R04", "annual");
	snprintf(day, sizeof day, "%d-10-01", year - 1);
	rig_feed(&d->g, "", "R05", day);
	snprintf(day, sizeof day, "%d-09-30", year);
	rig_feed(&d->g, "", "R06", day);
	free(review);
	free(label);
	free(id);
}

void
field_children(struct rig *g, int n)
{
	for (int i = 1; i <= n; i++) {
		char unit[16];

		snprintf(unit, sizeof unit, "CC/%d", i);
		rig_add(g, unit, "",
		    "birth_date=2000-05-01;placed=2012-02-03;drawn=drawn");
	}
}

void
field_asked_safe(struct rig *g, int child, const char *day, const char *night)
{
	char unit[16], parent[16];

	snprintf(parent, sizeof parent, "CC/%d", child);
	snprintf(unit, sizeof unit, "IC/%d", child);
	rig_add(g, unit, parent, "");
	rig_say(g, unit, "IC01", "yes");
	if (*day != '\0')
		rig_say(g, unit, "IC05a", day);
	if (*night != '\0')
		rig_say(g, unit, "IC05b", night);
}

void
field_seal(struct field *d, struct buf *body)
{
	struct buf content = {0};
	struct revision r = {.revision = ++d->revision,
	    .packet = "PK",
	    .instrument = "poms-example",
	    .by = "monitor",
	    .head = HEAD,
	    .lines = 1,
	    .sealed_ms = 1000,
	    .reason = d->revision > 1 ? "late papers" : NULL};
	struct err err;

	content_write(&content, d->g.r);
	if (d->other_instrument)
		memcpy(strstr(buf_text(&content), "\"hash\":\"") + 8,
		    "0000000000", 10);
	strcpy(r.record, d->record);
	strcpy(r.previous, d->previous);
	snprintf(r.review, sizeof r.review, "%s", review_id(d->g.r));
	r.content = buf_text(&content);
	r.content_len = content.len;
	ck_assert_msg(revision_write(body, &r, &err), "%s", err.text);
	revision_hash(d->previous, body->data, body->len);
	buf_free(&content);
}

/* Seals what stands there and sends it; what became of scoring it. */
char *
field_send_for(struct field *d, int status)
{
	struct buf body = {0};
	cJSON *answer;
	const cJSON *score;
	char *state, *path;

	field_seal(d, &body);
	path = xasprintf("/v1/reviews/%s/revisions/%u", d->record, d->revision);
	answer = office_ask(path, buf_text(&body), status);
	score = cJSON_GetObjectItemCaseSensitive(answer, "score");
	state = xasprintf("%s %s", json_get_string(score, "state"),
	    json_get_string(score, "why") != NULL
		? json_get_string(score, "why")
		: "");
	cJSON_Delete(answer);
	buf_free(&body);
	free(path);
	return state;
}

char *
field_send_it(struct field *d)
{
	return field_send_for(d, 201);
}

void
field_send(struct field *d)
{
	char *state = field_send_it(d);

	ck_assert_str_eq(state, "scored ");
	free(state);
}

cJSON *
field_card(const struct field *d, int edition)
{
	char *target = edition > 0
			   ? xasprintf("/v1/reviews/%s/scorecard?edition=%d",
				 d->record, edition)
			   : xasprintf("/v1/reviews/%s/scorecard", d->record);
	cJSON *c = office_get(target);

	free(target);
	return c;
}
