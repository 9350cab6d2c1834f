/*
 * An event of a review in words, for who reads an export without Hearth. No
 * state reads as another: what is typed stands in quotes, states do not, and
 * what was never answered is a dash.
 */
#include <inttypes.h>

#include "journal/export.h"
#include "poms/event.h"

/* In quotes, on one line. */
static void
quoted(struct buf *out, const char *text)
{
	buf_char(out, '"');
	for (; *text != '\0'; text++) {
		if (*text == '"' || *text == '\\')
			buf_char(out, '\\');
		if (*text == '\n')
			buf_str(out, "\\n");
		else
			buf_char(out, *text);
	}
	buf_char(out, '"');
}

static void
answer(struct buf *out, const struct response *a)
{
	if (a->state == ANSWER_VALUE)
		quoted(out, a->value);
	else
		buf_str(out, a->state == ANSWER_UNASKED
				 ? "-"
				 : response_state_word(a->state));
	if (*a->reason != '\0') {
		buf_str(out, " because ");
		quoted(out, a->reason);
	}
}

static void
changed(struct buf *out, const struct event *e)
{
	answer(out, &e->old);
	buf_str(out, " -> ");
	answer(out, &e->new);
}

static void
unit_came(struct buf *out, const struct event *e)
{
	if (e->fact == FACTS) {
		buf_str(out, "is in the review");
		return;
	}
	buf_printf(out, "%s ", fact_name(e->fact));
	quoted(out, e->text);
}

static void
what(struct buf *out, const struct event *e)
{
	switch (e->kind) {
	case EVENT_ANSWER:
		changed(out, e);
		return;
	case EVENT_CONFLICT:
		buf_str(out, "another device: ");
		changed(out, e);
		return;
	case EVENT_FED:
		buf_str(out, "case data: ");
		answer(out, &e->new);
		buf_str(out, ", source ");
		quoted(out, e->text);
		return;
	case EVENT_NOTE:
		buf_str(out, "note ");
		quoted(out, e->text);
		return;
	case EVENT_UNIT:
		unit_came(out, e);
		return;
	case EVENT_DROP:
		buf_str(out, "taken away");
		return;
	case EVENT_CLAIM:
		buf_str(out, *e->text != '\0' ? "taken" : "given back");
		return;
	default:
		buf_printf(
		    out, "the clock jumped by %" PRId64 " ms", e->number);
		return;
	}
}

/* What it is about: "CC K1 PR05", "AG R02". */
static void
about(struct buf *out, const struct event *e)
{
	if (e->kind == EVENT_CLOCK)
		return;
	buf_str(out, unit_word(e->unit));
	if (*e->key != '\0')
		buf_printf(out, " %s", e->key);
	if (*e->question != '\0')
		buf_printf(out, " %s", e->question);
	buf_str(out, ": ");
}

static void
flags(struct buf *out, unsigned set)
{
	static const struct {
		unsigned flag;
		const char *word;
	} words[] = {{EVENT_COPIED, "copied"}, {EVENT_UNDO, "undone"},
	    {EVENT_REDO, "done again"}, {EVENT_MERGED, "merged"},
	    {EVENT_PICKED, "picked"}};

	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		if ((set & words[i].flag) != 0)
			buf_printf(out, ", %s", words[i].word);
}

bool
export_event_words(void *arg, struct buf *out, const struct journal_line *line)
{
	struct arena arena = {0};
	struct event e;
	struct err err;
	bool ok = line->kind == JOURNAL_EVENT &&
		  event_decode(&e, &arena, line->payload, line->len, &err);

	(void)arg;
	if (ok) {
		about(out, &e);
		what(out, &e);
		flags(out, e.flags);
		buf_printf(out, "  [%s]", e.who);
	}
	arena_free(&arena);
	return ok;
}
