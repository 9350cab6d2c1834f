/* An event of a review in words, for who reads an export without Hearth. */
#include "journal/export.h"
#include "poms/event.h"

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
		buf_printf(out, "%s%s%s", e.key, *e.key ? " " : "", e.question);
		if (*e.question)
			buf_printf(out, " = %s",
			    *e.new.value ? e.new.value
					 : response_state_word(e.new.state));
		if (*e.new.reason)
			buf_printf(out, " (%s)", e.new.reason);
		if (*e.text)
			buf_printf(out, " %s", e.text);
		buf_printf(out, "  [%s]", e.who);
	}
	arena_free(&arena);
	return ok;
}
