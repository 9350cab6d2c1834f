/*
 * The small language of instruments: skip rules, checks, computed answers and
 * indicators. Total: no loops but over the rows of a unit, no names of one's
 * own, no division.
 *
 *   rule := and {"or" and}       and := not {"and" not}
 *   not  := "not" not | comparison
 *   comparison := sum [("<" "<=" ">" ">=" "=" "!=") sum | "in" {a, b, ...}]
 *   sum  := term {("+" | "-") term}
 *   term := number | YYYY-MM-DD | Y | N | NA | U | word | QUESTION | fact
 *         | function "(" arguments ")" | "(" rule ")"
 *
 * A question's id is its answer for the unit at hand, or for the unit this
 * one belongs to; a lower-case name is a fact of the roster. Rows are asked
 * with count(UNIT, rule), any(UNIT, rule), all(UNIT, rule), sum(UNIT, number).
 * Truth has three values: what is not answered (or hidden) is unknown. A
 * question is asked when its rule is true, a check complains when its rule is
 * false: the unknown does neither.
 */
#ifndef HEARTH_POMS_RULE_H
#define HEARTH_POMS_RULE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"

enum rule_type { RULE_TRUTH, RULE_NUMBER, RULE_DATE, RULE_WORD, RULE_MANY };

enum holds { HOLDS_NO, HOLDS_UNKNOWN, HOLDS_YES };

struct rule;
struct instrument;
struct review;

/* The value of a rule. known is false where an answer is missing; truth then
 * is HOLDS_UNKNOWN. na: an answer that was "not applicable" took part. */
struct rule_value {
	enum rule_type type;
	bool known;
	bool na; /* RULE_TRUTH: "not applicable"; holds is then unknown */
	enum holds holds;
	int64_t number;	  /* a day, a number, minutes; bits of RULE_MANY */
	const char *word; /* RULE_WORD: borrowed until the next event */
};

struct rule_fault {
	size_t at; /* offset in the text */
	char text[256];
};

/* Parses text for questions of that unit (an enum unit). The rule is the
 * arena's and keeps referring to text. NULL with *fault. */
const struct rule *rule_parse(struct arena *arena, const struct instrument *in,
    int unit, const char *text, struct rule_fault *fault);
enum rule_type rule_type(const struct rule *rule);
/* Calls see() for each question (by index) that the rule reads. */
void rule_questions(
    const struct rule *rule, void (*see)(void *arg, int question), void *arg);
/* Its value for the unit with that index in the review. */
struct rule_value rule_eval(
    const struct rule *rule, const struct review *review, int unit);
/* As rule_eval(), with fed answers in place of typed ones where there are. */
struct rule_value rule_eval_fed(
    const struct rule *rule, const struct review *review, int unit);

#endif
