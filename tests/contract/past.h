/* A store with a history of its own, and answers about it. */
#ifndef HEARTH_TESTS_PAST_H
#define HEARTH_TESTS_PAST_H

#include "contract/ask.h"

extern struct fixture past;

/* A checked fixture's two ends. */
void past_open(void);
void past_close(void);

/* The answer, which must be of that status; the caller deletes. */
cJSON *past_get(const char *target, int status);
/* What a reference code leads to. */
cJSON *past_ref(const char *code);
/* A member's text, "" when there is none. */
const char *past_text(const cJSON *o, const char *key);
const cJSON *past_item(const cJSON *o, const char *key);

/* D left on its 18th birthday: by a rule without that bound it is met. */
extern const struct fixture_edit past_lax;

#endif
