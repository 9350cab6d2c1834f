/* A roster's units and fed answers, written. */
#include "service/packing_part.h"

#include <string.h>

#include "base/date.h"
#include "poms/response.h"
#include "proto/codes.h"

void
packing_unit(
    struct json *j, enum unit kind, const char *key, const char *parent)
{
	json_object(j);
	json_kv_string(j, "kind", unit_word(kind));
	json_kv_string(j, "key", key);
	if (parent != NULL)
		json_kv_string(j, "parent", parent);
	json_key(j, "facts");
	json_object(j);
}

void
packing_unit_end(struct json *j)
{
	json_object_end(j);
	json_object_end(j);
}

void
packing_fact(struct json *j, enum fact f, const char *text)
{
	if (text != NULL && *text != '\0')
		json_kv_string(j, fact_name(f), text);
}

void
packing_fact_day(struct json *j, enum fact f, int32_t day)
{
	char text[DATE_TEXT];

	packing_fact(j, f, date_known(day) ? date_format(day, text) : NULL);
}

static void
feed_as(const struct feeding *f, const char *member, enum unit unit,
    const char *key, const char *question, const char *value)
{
	struct json *j = f->j;

	json_object(j);
	json_kv_string(j, "kind", unit_word(unit));
	json_kv_string(j, "key", key);
	json_kv_string(j, "question", question);
	json_kv_string(j, member, value);
	json_kv_string(j, "source", f->source);
	json_object_end(j);
}

/* The question, when the instrument asks it of such a unit. */
static const struct question *
find(const struct feeding *f, enum unit unit, const char *question)
{
	int n, at = instrument_question(f->p->in, question, strlen(question));
	const struct question *q = instrument_questions(f->p->in, &n);

	return at >= 0 && q[at].unit == unit ? &q[at] : NULL;
}

void
packing_feed(const struct feeding *f, enum unit unit, const char *key,
    const char *question, const char *value)
{
	const struct question *q = find(f, unit, question);

	if (value == NULL || *value == '\0' || q == NULL ||
	    (q->type == VALUE_CHOICE &&
		question_option(q, value, strlen(value)) < 0))
		return;
	feed_as(f, "value", unit, key, question, value);
}

void
packing_feed_day(const struct feeding *f, enum unit unit, const char *key,
    const char *question, int32_t day)
{
	char text[DATE_TEXT];

	if (date_known(day))
		packing_feed(f, unit, key, question, date_format(day, text));
}

void
packing_feed_time(const struct feeding *f, enum unit unit, const char *key,
    const char *question, int32_t minute)
{
	char text[DATE_TIME_TEXT];

	packing_feed(f, unit, key, question, date_time_format(minute, text));
}

void
packing_feed_yes(const struct feeding *f, enum unit unit, const char *key,
    const char *question, uint8_t yesno)
{
	if ((yesno == YESNO_YES || yesno == YESNO_NO) &&
	    find(f, unit, question) != NULL)
		feed_as(f, "state", unit, key, question,
		    response_state_word(
			yesno == YESNO_YES ? ANSWER_YES : ANSWER_NO));
}
