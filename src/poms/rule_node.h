/* Inside of this room: a rule as a tree. Made by rule.c, run by rule_eval.c. */
#ifndef HEARTH_POMS_RULE_NODE_H
#define HEARTH_POMS_RULE_NODE_H

#include "poms/definition.h"

enum rule_node {
	NODE_LITERAL, /* number, a date, a truth */
	NODE_WORD,    /* word */
	NODE_QUESTION,
	NODE_FACT,
	NODE_NOT,
	NODE_AND,
	NODE_OR,
	NODE_LT,
	NODE_LE,
	NODE_EQ,
	NODE_NE,
	NODE_GT,
	NODE_GE,
	NODE_IN,
	NODE_ADD,
	NODE_SUB,
	NODE_CALL
};

enum rule_function {
#define FUNCTION(id, name, type, args, help) FUNCTION_##id,
#include "poms/functions.def"
#undef FUNCTION
	FUNCTIONS
};

#define RULE_ARGS 3

struct rule {
	enum rule_node node;
	enum rule_type type;
	enum rule_function function;
	bool na;	   /* the literal NA */
	int64_t number;	   /* literal; index of question, fact, unit, limit */
	uint64_t bits;	   /* NODE_IN: options */
	int hops;	   /* NODE_QUESTION: parents up; -1: the agency */
	const char *word;  /* NODE_WORD */
	const char **list; /* NODE_IN of a fact: words */
	int list_n;
	const struct question *options; /* whose choices a word is of */
	const struct rule *arg[RULE_ARGS];
	int args;
};

#endif
