#include "poms/event.h"

#include <string.h>
#include <unistr.h>

#include "base/i18n.h"

#define FORMAT 1 /* the first byte of every event */

struct event
event_make(enum event_kind kind)
{
	return (struct event){.kind = kind,
	    .review = "",
	    .question = "",
	    .unit = UNIT_AG,
	    .key = "",
	    .parent = "",
	    .fact = FACTS,
	    .old = RESPONSE_NONE,
	    .new = RESPONSE_NONE,
	    .who = "",
	    .text = ""};
}

/* --- writing --- */

static void
put_number(struct buf *out, uint64_t v)
{
	while (v >= 0x80) {
		buf_char(out, (char)(0x80 | (v & 0x7f)));
		v >>= 7;
	}
	buf_char(out, (char)v);
}

/* Small negative numbers stay short. */
static void
put_signed(struct buf *out, int64_t v)
{
	put_number(out, (uint64_t)v << 1 ^ (uint64_t)(v >> 63));
}

static void
put_text(struct buf *out, const char *s)
{
	size_t n = strlen(s);

	put_number(out, n);
	buf_add(out, s, n);
}

static void
put_response(struct buf *out, const struct response *a)
{
	put_number(out, (uint64_t)a->state);
	put_text(out, a->value);
	put_text(out, a->reason);
}

void
event_encode(struct buf *out, const struct event *e)
{
	put_number(out, FORMAT);
	put_number(out, (uint64_t)e->kind);
	put_number(out, e->flags);
	put_text(out, e->review);
	put_number(out, e->sequence);
	put_number(out, e->group);
	put_number(out, e->of);
	put_text(out, e->question);
	put_text(out, unit_word(e->unit));
	put_text(out, e->key);
	put_text(out, e->parent);
	put_text(out, e->fact < FACTS ? fact_name(e->fact) : "");
	put_response(out, &e->old);
	put_response(out, &e->new);
	put_text(out, e->who);
	put_signed(out, e->wall_ms);
	put_signed(out, e->mono_ms);
	put_signed(out, e->number);
	put_text(out, e->text);
}

/* --- what may be written --- */

static bool
is_id(const char *s, bool may_be_empty)
{
	size_t n = strlen(s);

	for (size_t i = 0; i < n; i++)
		if ((unsigned char)s[i] <= ' ' || (unsigned char)s[i] > '~')
			return false;
	return n <= EVENT_KEY_MAX && (n > 0 || may_be_empty);
}

static bool
is_text(const char *s)
{
	size_t n = strlen(s);

	return n <= EVENT_TEXT_MAX && u8_check((const uint8_t *)s, n) == NULL;
}

static bool
is_response(const struct response *a)
{
	return (unsigned)a->state < ANSWER_STATES && is_text(a->value) &&
	       is_text(a->reason) &&
	       (a->state == ANSWER_VALUE) == (*a->value != '\0');
}

/* What each kind has to name. */
static bool
is_complete(const struct event *e)
{
	bool asks = e->kind == EVENT_ANSWER || e->kind == EVENT_NOTE ||
		    e->kind == EVENT_FED || e->kind == EVENT_CONFLICT;
	bool rows = e->kind == EVENT_UNIT || e->kind == EVENT_DROP;

	return asks == (*e->question != '\0') &&
	       (!rows || e->unit == UNIT_AG || *e->key != '\0') &&
	       (e->unit != UNIT_AG || *e->key == '\0') &&
	       (e->kind == EVENT_UNIT || e->fact == FACTS);
}

bool
event_valid(const struct event *e, struct err *err)
{
	if (e->kind < EVENT_ANSWER || e->kind >= EVENT_KINDS ||
	    (e->flags & ~(unsigned)EVENT_FLAGS) != 0 || e->sequence == 0 ||
	    e->group == 0 || (unsigned)e->unit >= UNITS ||
	    (unsigned)e->fact > FACTS)
		return err_set(
		    err, ERR_CORRUPT, _("an event of an unknown kind"));
	if (!is_id(e->review, false) || !is_id(e->question, true) ||
	    !is_id(e->key, true) || !is_id(e->parent, true) ||
	    !is_id(e->who, false))
		return err_set(err, ERR_CORRUPT,
		    _("an event's ids are 1 to %d plain characters"),
		    EVENT_KEY_MAX);
	if (!is_response(&e->old) || !is_response(&e->new) || !is_text(e->text))
		return err_set(err, ERR_CORRUPT,
		    _("an event's texts are UTF-8 of at most %d bytes"),
		    EVENT_TEXT_MAX);
	return is_complete(e) || err_set(err, ERR_CORRUPT,
				     _("an event says too much or too "
				       "little for its kind"));
}

/* --- reading --- */

struct reader {
	const unsigned char *p, *end;
	struct arena *arena;
	bool bad;
};

/* Only the shortest form of a number is one, so that an event has one form. */
static uint64_t
get_number(struct reader *r)
{
	uint64_t v = 0;

	for (int shift = 0; shift < 64 && r->p < r->end; shift += 7) {
		unsigned char c = *r->p++;

		v |= (uint64_t)(c & 0x7f) << shift;
		if (c < 0x80) {
			if ((c == 0 && shift > 0) || (shift == 63 && c > 1))
				break;
			return v;
		}
	}
	r->bad = true;
	r->p = r->end;
	return 0;
}

static int64_t
get_signed(struct reader *r)
{
	uint64_t v = get_number(r);

	return (int64_t)(v >> 1 ^ (~(v & 1) + 1));
}

static const char *
get_text(struct reader *r)
{
	uint64_t n = get_number(r);
	const char *s = (const char *)r->p;

	if (r->bad || n > (uint64_t)(r->end - r->p) || n > EVENT_TEXT_MAX ||
	    memchr(s, '\0', n) != NULL) {
		r->bad = true;
		r->p = r->end;
		return "";
	}
	r->p += n;
	return n > 0 ? arena_strndup(r->arena, s, n) : "";
}

static uint32_t
get_small(struct reader *r)
{
	uint64_t v = get_number(r);

	if (v > UINT32_MAX)
		r->bad = true;
	return (uint32_t)v;
}

static struct response
get_response(struct reader *r)
{
	struct response a = RESPONSE_NONE;
	uint32_t state = get_small(r);

	if (state >= ANSWER_STATES)
		r->bad = true;
	else
		a.state = (enum response_state)state;
	a.value = get_text(r);
	a.reason = get_text(r);
	return a;
}

static enum unit
get_unit(struct reader *r)
{
	const char *word = get_text(r);
	enum unit unit = unit_find(word, strlen(word));

	if (unit != UNITS)
		return unit;
	r->bad = true;
	return UNIT_AG;
}

static enum fact
get_fact(struct reader *r)
{
	const char *name = get_text(r);
	enum fact fact = fact_find(name, strlen(name));

	if (fact == FACTS && *name != '\0')
		r->bad = true;
	return fact;
}

static void
get_event(struct reader *r, struct event *e)
{
	uint32_t kind;

	if (get_number(r) != FORMAT)
		r->bad = true;
	kind = get_small(r);
	e->kind = kind < EVENT_KINDS ? (enum event_kind)kind : EVENT_KINDS;
	e->flags = get_small(r);
	e->review = get_text(r);
	e->sequence = get_number(r);
	e->group = get_small(r);
	e->of = get_small(r);
	e->question = get_text(r);
	e->unit = get_unit(r);
	e->key = get_text(r);
	e->parent = get_text(r);
	e->fact = get_fact(r);
	e->old = get_response(r);
	e->new = get_response(r);
	e->who = get_text(r);
	e->wall_ms = get_signed(r);
	e->mono_ms = get_signed(r);
	e->number = get_signed(r);
	e->text = get_text(r);
}

bool
event_decode(struct event *e, struct arena *arena, const void *bytes,
    size_t len, struct err *err)
{
	struct reader r = {
	    bytes, (const unsigned char *)bytes + len, arena, false};

	if (len > 0 && *(const unsigned char *)bytes > FORMAT)
		return err_set(err, ERR_CORRUPT,
		    _("the event was written by a newer program"));
	*e = event_make(EVENT_ANSWER);
	get_event(&r, e);
	if (r.bad || r.p != r.end)
		return err_set(
		    err, ERR_CORRUPT, _("the bytes are no event of a review"));
	return event_valid(e, err);
}
