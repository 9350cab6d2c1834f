#include "contract/year.h"

#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "contract/vt.h"
#include "lib/schema.h"
#include "lib/unit.h"
#include "poms/roster.h"

struct fixture year;
uint8_t year_key[BUNDLE_PUBLIC];
static cJSON *openapi;

void
year_open(void)
{
	char *path = fixture_source("etc/openapi.json");
	struct buf text = {0};
	struct err err = {0};

	ck_assert_msg(file_read(&text, path, 1 << 22, &err), "%s", err.text);
	openapi = json_parse(text.data, text.len, text.len, &err);
	buf_free(&text);
	free(path);
	fixture_open(&year, true);
	willow_publish(&year, 8, 0, "S71");
	fixture_sign(&year, year_key);
}

void
year_close(void)
{
	fixture_close(&year);
	cJSON_Delete(openapi);
}

/* --- asking ---------------------------------------------------------- */

cJSON *
year_answer(
    const char *method, const char *target, const char *body, int status)
{
	char *path = xstrndup(target, strcspn(target, "?"));
	const char *query = strchr(target, '?');
	const struct request q = {.method = method,
	    .path = path,
	    .query = query != NULL ? query + 1 : NULL,
	    .body = body,
	    .body_len = body != NULL ? strlen(body) : 0,
	    .who = {WHO_LOCAL, "test"}};
	struct answer a = {0};
	struct err err = {0};
	cJSON *tree;

	service_answer(year.service, &q, &a);
	ck_assert_msg(a.status == status, "%s %s: %d: %.400s %s", method,
	    target, a.status, buf_text(&a.body), a.fault.text);
	tree = json_parse(a.body.data, a.body.len, a.body.len, &err);
	ck_assert_msg(tree != NULL, "%s", err.text);
	answer_free(&a);
	free(path);
	return tree;
}

void
year_fits(const cJSON *tree, const char *schema)
{
	char *at = xasprintf("#/components/schemas/%s", schema);
	struct buf why = {0};

	ck_assert_msg(schema_check(openapi, schema_at(openapi, at), tree, &why),
	    "%s: %s", schema, buf_text(&why));
	buf_free(&why);
	free(at);
}

cJSON *
year_get(const char *target, const char *schema)
{
	cJSON *tree = year_answer("GET", target, NULL, 200);

	year_fits(tree, schema);
	return tree;
}

cJSON *
year_put(const char *target, const char *body, int status)
{
	cJSON *tree = year_answer("PUT", target, body, status);

	year_fits(tree, status < 300 ? "Paper" : "Error");
	return tree;
}

void
year_put_ok(const char *target, const char *body)
{
	cJSON_Delete(year_put(target, body, 201));
}

/* Refused with that status; the field that is wrong, "" for none. */
void
year_refused(
    const char *target, const char *body, int status, const char *field)
{
	cJSON *tree = year_put(target, body, status);
	const cJSON *e = cJSON_GetObjectItem(tree, "error");
	const char *is = json_get_string(e, "field");

	ck_assert_str_eq(is != NULL ? is : "", field);
	cJSON_Delete(tree);
}

void
year_holds(const cJSON *tree, const char *check)
{
	struct buf why = {0};

	ck_assert_msg(
	    vt_holds(check, tree, &why), "%s: %s", check, buf_text(&why));
	buf_free(&why);
}

/* How often the audit has that. */
int
year_looks(const char *text)
{
	struct buf log = {0};
	struct err err;
	int n = 0;

	ck_assert_msg(
	    file_read(&log, year.audit, 1 << 22, &err), "%s", err.text);
	for (const char *p = buf_text(&log); (p = strstr(p, text)) != NULL; p++)
		n++;
	buf_free(&log);
	return n;
}

/* --- a packet -------------------------------------------------------- */

/* The packet's bytes, as a laptop gets them. */
void
year_fetch(struct buf *out)
{
	year_fetch_from(out, PACKET);
}

void
year_fetch_from(struct buf *out, const char *target)
{
	cJSON *t = year_get(target, "PacketAnswer");
	const char *text = json_get_string(t, "bytes");
	size_t n = strlen(text), got;

	buf_reset(out);
	buf_reserve(out, n);
	ck_assert_int_eq(sodium_base642bin((uint8_t *)out->data, n, text, n,
			     NULL, &got, NULL, sodium_base64_VARIANT_ORIGINAL),
	    0);
	out->len = got;
	cJSON_Delete(t);
}

void
year_issue(void)
{
	year_put_ok(CONTRACT, WILLOW_CONTRACT);
	year_put_ok(DRAW, WILLOW_DRAW);
	year_put_ok(PACKET, ISSUE);
}

const char *
year_fed(const struct review *r, int unit, const char *question)
{
	const struct review_cell *cell = review_cell(r, unit,
	    instrument_question(
		review_instrument(r), question, strlen(question)));

	ck_assert_ptr_nonnull(cell);
	return cell->fed.state == ANSWER_VALUE ? cell->fed.value : "";
}

/* The review as a laptop begins it. */
struct review *
year_begin(const struct bundle *b, struct instrument **in)
{
	const struct bundle_part *i = bundle_part(b, "instrument");
	const struct bundle_part *r = bundle_part(b, ROSTER_PART);
	char *text = xstrndup(i->data, i->len);
	const struct stamp stamp = {"mk", 1, 1};
	struct faults faults = {0};
	struct change events = {0};
	struct review *review;
	struct err err;

	*in = instrument_parse("packet", text, &faults);
	ck_assert_ptr_nonnull(*in);
	review = review_new(*in);
	ck_assert_msg(roster_read(&events, r->data, r->len, &stamp, &err), "%s",
	    err.text);
	for (size_t k = 0; k < events.n; k++)
		ck_assert_msg(review_apply(review, &events.list[k], &err), "%s",
		    err.text);
	change_free(&events);
	free(text);
	return review;
}
