/*
 * Answers. One has a state that never
 * turns into another one by itself: unasked, yes, no, not applicable, unable
 * to determine (with a reason); of typed questions a value; of interviews
 * "preferred not to say". Hidden is no state: it is computed from the skip
 * rules, and the value is kept aside (review.h).
 */
#ifndef HEARTH_POMS_RESPONSE_H
#define HEARTH_POMS_RESPONSE_H

#include "base/buf.h"
#include "base/err.h"
#include "poms/instrument.h"

/* Numbers stand in journals: they never change. */
enum response_state {
	ANSWER_UNASKED = 0,
	ANSWER_YES = 1,
	ANSWER_NO = 2,
	ANSWER_NA = 3,
	ANSWER_UNDETERMINED = 4,
	ANSWER_VALUE = 5,    /* of typed questions: value says which */
	ANSWER_DECLINED = 6, /* the person asked preferred not to say */
	ANSWER_STATES
};

/* Texts are never NULL. A value is canonical ("2012-03-04", "12", "2.75",
 * "visits;therapy") where it can be understood; what cannot is kept as it was
 * typed and marked as a problem. */
struct response {
	enum response_state state;
	const char *value;  /* "" unless ANSWER_VALUE */
	const char *reason; /* of U, of NA, of an override; else "" */
};

#define RESPONSE_NONE ((struct response){ANSWER_UNASKED, "", ""})

/* "Y", "N", "NA", "U", "=", "SK", "": what a state is called in files. */
const char *response_state_word(enum response_state state);
bool response_equal(const struct response *a, const struct response *b);

/* A value understood: what the question's type makes of its text. */
struct response_value {
	bool ok;
	int64_t number;	 /* scaled number, day, minutes since 1970, option */
	uint64_t bits;	 /* of VALUE_MANY: options */
	const char *say; /* not ok: why, a marked text for gettext; else "" */
};
struct response_value response_read(const struct question *q, const char *text);
/* Puts typed text in canonical form into out; false when it cannot be
 * understood (out then holds it as it was typed, trimmed). */
bool response_canonical(
    struct buf *out, const struct question *q, const char *text);
/* Whether a question of that type can have that state at all. */
bool response_fits(const struct question *q, enum response_state state);
/* Whether the answer speaks for (+1) or against (-1) compliance; 0: neither
 * (information only, NA, undetermined, unasked). */
int response_favour(const struct question *q, const struct response *a);

#endif
