/* Inside of rule_eval.c and rule_functions.c: running a rule for one unit. */
#ifndef HEARTH_POMS_RULE_EVAL_PART_H
#define HEARTH_POMS_RULE_EVAL_PART_H

#include "poms/rule.h"
#include "poms/rule_node.h"
#include "poms/state.h"

struct eval {
	const struct review *r;
	int unit;
	bool fed; /* what was fed in place of what was typed */
};

/* Values: not known; a truth; a number, day or place of a choice. */
struct rule_value eval_unknown(enum rule_type type);
struct rule_value eval_truth(enum holds holds);
struct rule_value eval_number(enum rule_type type, int64_t n);

/* A question's place for the unit at hand, NULL when it is not asked there;
 * what counts in it: nothing while it is hidden. */
const struct slot *eval_slot(const struct eval *e, const struct rule *rule);
const struct response *eval_response(
    const struct eval *e, const struct slot *s);
struct rule_value eval_question(const struct eval *e, const struct rule *rule);
struct rule_value eval_rule(const struct eval *e, const struct rule *rule);
struct rule_value eval_call(const struct eval *e, const struct rule *call);

#endif
