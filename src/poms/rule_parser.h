/* Inside of rule*.c: reading a rule, one token ahead. Rules (struct rule) are
 * the parser's arena's; NULL after a fault. */
#ifndef HEARTH_POMS_RULE_PARSER_H
#define HEARTH_POMS_RULE_PARSER_H

#include "poms/rule.h"
#include "poms/rule_node.h"

enum token_kind { TOKEN_END, TOKEN_NAME, TOKEN_NUMBER, TOKEN_DAY, TOKEN_SIGN };

struct token {
	enum token_kind kind;
	size_t at, len;
	int64_t number;
};

struct parser {
	struct arena *arena;
	const struct instrument *in;
	enum unit unit;
	const char *text;
	struct token token;
	int depth, nodes;
	bool failed;
	struct rule_fault *fault;
};

/* Keeps the first fault; later ones are its echoes. NULL. */
struct rule *parser_fail(struct parser *p, size_t at, const char *fmt, ...)
    __attribute__((format(printf, 3, 4)));
/* Reads the next token; after a fault there is none. */
void parser_next(struct parser *p);
/* Whether the token is that word or sign; take goes on behind it, want says
 * what is missing. */
bool parser_is(const struct parser *p, const char *word);
bool parser_take(struct parser *p, const char *word);
bool parser_want(struct parser *p, const char *sign);
struct rule *parser_node(
    struct parser *p, enum rule_node kind, enum rule_type type);
/* Whether what was read at that offset has the type; a fault when not. */
bool parser_need(
    struct parser *p, size_t at, const struct rule *r, enum rule_type type);

/* A whole rule, as it may stand between parentheses. */
struct rule *parser_rule(struct parser *p);
/* A question, a fact, Y, N, NA, or a call of a function. */
struct rule *parser_name(struct parser *p);
/* A choice of the question that the rule reads. */
struct rule *parser_option(struct parser *p, const struct rule *of);

#endif
