/*
 * A question on the message line: a label and a line of text. Esc gives it
 * up, Enter accepts; the owner hears of every change, so that a filter can
 * act while it is typed.
 */
#ifndef HEARTH_CLIENT_WIDGET_PROMPT_H
#define HEARTH_CLIENT_WIDGET_PROMPT_H

#include <stdbool.h>

#include "base/buf.h"
#include "client/term.h"

enum prompt_event { PROMPT_CHANGED, PROMPT_ACCEPTED, PROMPT_CANCELLED };

typedef void prompt_fn(void *arg, enum prompt_event event, const char *text);

struct prompt {
	bool active;
	const char *label;
	struct buf text;
	prompt_fn *fn;
	void *arg;
};

/* text: what stands there to begin with, or NULL. */
void prompt_open(struct prompt *p, const char *label, const char *text,
    prompt_fn *fn, void *arg);
/* True when the key was the prompt's. Moving keys are not: the rows beneath
 * stay reachable while a filter is typed. */
bool prompt_key(struct prompt *p, int key);
void prompt_draw(const struct prompt *p, struct term *term, int y);
void prompt_fini(struct prompt *p);

#endif
