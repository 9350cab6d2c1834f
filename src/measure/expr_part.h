/*
 * Inside of the expressions' parser (private to this room).
 *
 *   expr_token.c  the text's tokens, one looked at
 *   expr_term.c   nodes and terms
 *   expr.c        what is made of terms
 *   expr_names.c  what names there are
 */
#ifndef HEARTH_MEASURE_EXPR_PART_H
#define HEARTH_MEASURE_EXPR_PART_H

#include "measure/expr.h"

enum expr_token_kind {
	EXPR_TOKEN_END,
	EXPR_TOKEN_NAME,
	EXPR_TOKEN_NUMBER,
	EXPR_TOKEN_DAY,
	EXPR_TOKEN_SIGN
};

struct expr_token {
	enum expr_token_kind kind;
	size_t at, len;
	int32_t number;
};

struct expr_parser {
	struct arena *arena;
	const char *text;
	struct expr_token token; /* the one being looked at */
	size_t end;		 /* where the one before it ended */
	int depth;
	bool failed;
	const struct expr_ask *ask;
	struct expr_fault *fault;
};

/* --- tokens ------------------------------------------------------------ */

/* Keeps the first fault; later ones are its echoes. */
void expr_fail(struct expr_parser *p, size_t at, const char *fmt, ...)
    __attribute__((format(printf, 3, 4)));
/* Looks at the next token; behind a fault there is none. */
void expr_next(struct expr_parser *p);
bool expr_looks_at(const struct expr_parser *p, const char *word);
/* Passes the word or sign; false: it does not stand here. */
bool expr_take(struct expr_parser *p, const char *word);
/* The same; a fault where it does not. */
void expr_want(struct expr_parser *p, const char *sign);

/* --- nodes ------------------------------------------------------------- */

struct expr *expr_node(
    struct expr_parser *p, enum expr_kind kind, enum expr_type type, size_t at);
/* A node's text ends before the token that is looked at. */
struct expr *expr_finish(const struct expr_parser *p, struct expr *e);
/* Of truth, with its arguments; b may be NULL. */
struct expr *expr_node2(struct expr_parser *p, enum expr_kind kind,
    const struct expr *a, const struct expr *b);

/* --- terms ------------------------------------------------------------- */

const struct expr *expr_parse_term(struct expr_parser *p);
/* {word, word} of a list, of an agency's own. */
const struct expr *expr_parse_set(
    struct expr_parser *p, const struct codeset *codes);
const struct expr *expr_parse_texts(struct expr_parser *p);
/* False with a fault: a lone word. Words mean something only beside a column
 * that holds such words. */
bool expr_is_value(struct expr_parser *p, const struct expr *e);

/* A whole expression (expr.c). */
const struct expr *expr_parse_or(struct expr_parser *p);

#endif
