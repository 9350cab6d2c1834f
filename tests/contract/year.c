#include "contract/year.h"

#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "contract/ask.h"
#include "contract/vt.h"
#include "lib/unit.h"
#include "poms/roster.h"

struct fixture year;
uint8_t year_key[BUNDLE_PUBLIC];

void
year_open_with(const struct fixture_edit *more, size_t n)
{
	fixture_open(&year, true);
	willow_publish_with(&year, more, n);
	fixture_sign(&year, year_key);
}

void
year_open(void)
{
	year_open_with(NULL, 0);
}

void
year_close(void)
{
	fixture_close(&year);
}

/* --- asking ---------------------------------------------------------- */

cJSON *
year_answer(const char *target, const char *body, int status)
{
	return ask(&(struct asking){
	    .of = &year, .target = target, .body = body, .status = status});
}

cJSON *
year_get(const char *target)
{
	return year_answer(target, NULL, 200);
}

void
year_put_ok(const char *target, const char *body)
{
	cJSON_Delete(year_answer(target, body, 201));
}

/* Refused with that status; the field that is wrong, "" for none. */
void
year_refused(
    const char *target, const char *body, int status, const char *field)
{
	cJSON *tree = ask(&(struct asking){.of = &year,
	    .method = "PUT",
	    .target = target,
	    .body = body,
	    .status = status});
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
year_fetch(const char *packet, struct buf *out)
{
	cJSON *t = year_get(packet);
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

struct review *
year_fetched(const char *packet, struct instrument **in)
{
	struct buf bytes = {0};
	struct review *r;
	struct bundle b;
	struct err err;

	year_fetch(packet, &bytes);
	ck_assert_msg(bundle_read(&b, bytes.data, bytes.len, year_key, &err),
	    "%s", err.text);
	r = year_begin(&b, in);
	buf_free(&bytes);
	return r;
}
