#include "service/caps.h"

#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "base/i18n.h"
#include "measure/clock.h"
#include "proto/resources.h"
#include "service/instruments.h"

#define DAY_MS INT64_C(86400000)

int32_t
caps_day(int64_t ms)
{
	return (int32_t)(ms / DAY_MS);
}

bool
caps_calendar(struct context *c, const struct instrument **in)
{
	return instruments_newest(c->svc->instruments, NULL, in, NULL, &c->err);
}

/* --- reading ---------------------------------------------------------- */

static const cJSON *
list(const cJSON *body, const char *field)
{
	return cJSON_GetObjectItemCaseSensitive(body, field);
}

static bool
is_blank(const cJSON *o, const char *field)
{
	const char *text = body_text(o, field);

	return text == NULL || text[strspn(text, " \t\n")] == '\0';
}

/* Of the six things that a plan says of each finding, how many it leaves out
 * for some finding (poms.md 0, Exhibit N). */
static int
uncovered(const cJSON *body)
{
	static const char *const parts[] = {
	    "done", "how", "kept", "prevented", "when", "who"};
	int n = 0;

	for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
		bool blank = false;
		const cJSON *o;

		cJSON_ArrayForEach(o, list(body, "remedies")) blank |=
		    is_blank(o, parts[i]);
		n += blank;
	}
	return n;
}

static struct cap
read_cap(const cJSON *body)
{
	const cJSON *all = list(body, "extensions");
	const cJSON *last =
	    cJSON_GetArrayItem(all, cJSON_GetArraySize(all) - 1);
	const char *by = last != NULL ? body_text(last, "by") : NULL;

	return (struct cap){
	    .notice = body_date(body, "notice"),
	    .immediate = body_bool(body, "immediate"),
	    .due = body_date(body, "due"),
	    .extended = last != NULL ? body_date(last, "to") : DATE_MISSING,
	    .extended_by = by != NULL ? by : "",
	    .received = body_date(body, "received"),
	    .approved = body_date(body, "approved"),
	    .carry_out = body_date(body, "carry_out"),
	    .carried_out = body_date(body, "carried_out"),
	    .uncovered = uncovered(body),
	    .safety = body_bool(body, "safety"),
	    .repeat = body_bool(body, "repeat"),
	};
}

/* Whose turn it is has its own day: the plan's, the county's, the remedies'. */
static int32_t
stage_due(const struct plan_due *p)
{
	switch (p->clock.stage) {
	case CAP_IN_REVIEW:
		return p->clock.county_due;
	case CAP_CARRYING:
		return p->cap.carry_out;
	default:
		return p->clock.due;
	}
}

struct plan_due
caps_due(const cJSON *body, const struct instrument *in, int32_t today)
{
	struct plan_due p = {.cap = read_cap(body)};

	p.clock = cap_clock(&p.cap, in, today);
	p.findings = cJSON_GetArraySize(list(body, "remedies"));
	p.due = stage_due(&p);
	if (p.clock.stage == CAP_DONE) {
		p.bucket = BUCKET_NONE;
	} else if (p.due == DATE_MISSING) {
		p.bucket = BUCKET_UNKNOWN;
	} else {
		p.days = p.due - today;
		p.bucket = clock_bucket(p.days);
	}
	return p;
}

/* --- writing ---------------------------------------------------------- */

/* Days that follow each other, as far as they are known. */
static bool
in_order(struct context *c, const cJSON *body)
{
	static const struct {
		const char *field, *after;
	} order[] = {
	    {"due", "notice"},
	    {"received", "notice"},
	    {"approved", "received"},
	    {"carry_out", "notice"},
	    {"carried_out", "approved"},
	};

	for (size_t i = 0; i < sizeof order / sizeof *order; i++) {
		int32_t day = body_date(body, order[i].field);
		int32_t after = body_date(body, order[i].after);

		if (day == DATE_MISSING)
			continue;
		if (after == DATE_MISSING)
			return papers_refuse(c, order[i].field,
			    _("what comes before it is not there yet"),
			    order[i].after);
		if (day < after)
			return papers_refuse(c, order[i].field,
			    _("it is before what comes before it"),
			    order[i].after);
	}
	return true;
}

static bool
extended(struct context *c, const cJSON *body, const struct instrument *in)
{
	struct cap cap = read_cap(body);
	const cJSON *o;
	struct err err;
	int i = 0;

	cap.extended = DATE_MISSING;
	cap.due = cap_clock(&cap, in, cap.notice).due;
	cJSON_ArrayForEach(o, list(body, "extensions"))
	{
		if (!cap_extend(
			&cap, body_date(o, "to"), body_text(o, "by"), &err))
			return papers_refuse(c,
			    arena_printf(&c->arena, "extensions[%d].to", i),
			    err.text, NULL);
		i++;
	}
	return true;
}

bool
caps_valid(struct context *c, const cJSON *body, struct cap *cap)
{
	const struct instrument *in;

	*cap = read_cap(body);
	if (!caps_calendar(c, &in))
		return false;
	if (cap->immediate && cap->due == DATE_MISSING)
		return papers_refuse(c, "due",
		    _("with immediate action it is as the notice says"), NULL);
	if (!in_order(c, body) || !extended(c, body, in))
		return false;
	if (cap->approved != DATE_MISSING && cap->uncovered > 0)
		return papers_refuse(c, "approved",
		    _("the plan does not say all six things of every finding"),
		    _("ask for an addendum"));
	return true;
}

/* --- what a review asks for ------------------------------------------- */

static cJSON *
find_remedy(const cJSON *remedies, const char *question)
{
	cJSON *o;

	cJSON_ArrayForEach(o, remedies)
	{
		const char *finding = body_text(o, "finding");

		if (finding != NULL && strcmp(finding, question) == 0)
			return o;
	}
	return NULL;
}

/* An answer of the row in which the finding was written down; "" for none. */
static const char *
written(const struct caps_from *from, const struct finding *f, const char *id)
{
	const struct instrument *in = review_instrument(from->of);
	int q = instrument_question(in, id, strlen(id));
	const struct review_cell *cell =
	    f->unit >= 0 && q >= 0 ? review_cell(from->of, f->unit, q) : NULL;

	return cell != NULL && cell->answer.state == ANSWER_VALUE
		   ? cell->answer.value
		   : "";
}

/* The finding as the letter has it, and what the provider said to it. */
static void
add_remedy(
    cJSON *remedies, const struct caps_from *from, const struct finding *f)
{
	int n;
	const struct question *q =
	    &instrument_questions(review_instrument(from->of), &n)[f->question];
	const char *text = q->unfavourable.in[TONGUE_EN];
	const char *facts = written(from, f, "FND2");
	const char *response = written(from, f, "FND7b");
	cJSON *o = cJSON_CreateObject();

	cJSON_AddStringToObject(o, "finding", q->id);
	cJSON_AddStringToObject(o, "text",
	    *facts != '\0'  ? facts
	    : *text != '\0' ? text
			    : q->text.in[TONGUE_EN]);
	if (*response != '\0')
		cJSON_AddStringToObject(o, "response", response);
	cJSON_AddItemToArray(remedies, o);
}

static bool
add_remedies(cJSON *body, const struct caps_from *from)
{
	cJSON *all = cJSON_GetObjectItemCaseSensitive(body, "remedies");
	bool added = false;

	if (all == NULL)
		all = cJSON_AddArrayToObject(body, "remedies");
	for (int i = 0; i < from->n; i++) {
		int n;
		const struct question *q =
		    &instrument_questions(review_instrument(from->of),
			&n)[from->findings[i].question];

		if (find_remedy(all, q->id) != NULL)
			continue;
		add_remedy(all, from, &from->findings[i]);
		added = true;
	}
	return added;
}

static cJSON *
new_body(const struct caps_from *from)
{
	cJSON *body = cJSON_CreateObject();
	char day[DATE_TEXT];

	cJSON_AddStringToObject(body, "provider", from->provider);
	cJSON_AddStringToObject(body, "provider_name", from->provider_name);
	cJSON_AddStringToObject(body, "source", "ohcmd");
	cJSON_AddStringToObject(body, "review", from->review);
	cJSON_AddStringToObject(body, "notice", date_format(from->notice, day));
	return body;
}

/* A path takes ids of 40 bytes; a longer one goes by its record. */
static const char *
id_of(const struct caps_from *from)
{
	return strlen(from->review) <= 40 ? from->review : from->record;
}

bool
caps_ask(struct context *c, const struct caps_from *from,
    struct store_paper_new *out, struct buf *text)
{
	const struct paper *there;
	cJSON *body;

	if (from->n == 0 || from->notice == DATE_MISSING ||
	    *from->provider == '\0' || strlen(from->provider) > 64)
		return true;
	if (!papers_one(c, PAPER_CAP, id_of(from), &there))
		return false;
	if (there != NULL && body_date(there->body, "received") != DATE_MISSING)
		return true;
	body =
	    there != NULL ? cJSON_Duplicate(there->body, true) : new_body(from);
	if (add_remedies(body, from))
		body_write(text, BODY_cap, body);
	cJSON_Delete(body);
	*out = (struct store_paper_new){{.kind = PAPER_CAP,
					    .id = id_of(from),
					    .by = from->by,
					    .at_ms = papers_now(),
					    .body = buf_text(text),
					    .len = text->len},
	    there != NULL ? there->version : 0};
	return true;
}
