/*
 * The expression language of definitions: parsed and typed here, turned into
 * instructions by prog.h. Small and total: no loops, no names of one's own.
 *
 *   expr := and {"or" and}       and := not {"and" not}
 *   not  := "not" not | comparison
 *   comparison := sum [("<" "<=" ">" ">=" "=" "!=") sum
 *                     | ["not"] "in" ("period" | "{" word {"," word} "}")]
 *   sum  := term {("+" | "-") term}
 *   term := number | YYYY-MM-DD | word | name ["(" arguments ")"] | "(" expr
 * ")"
 *
 * Truth has three values: no, unknown, yes. What happens where a value is not
 * known is decided in one place, the instructions of prog_run.c.
 */
#ifndef HEARTH_MEASURE_EXPR_H
#define HEARTH_MEASURE_EXPR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "facts/facts.h"
#include "measure/over.h"

enum expr_type {
	EXPR_BOOL,
	EXPR_NUMBER,
	EXPR_DATE,
	EXPR_TIME, /* of day: minutes */
	EXPR_CODE,
	EXPR_BITS,
	EXPR_TEXT, /* an agency's own words */
	EXPR_SAME
};

enum expr_kind {
	NODE_NUMBER, /* number */
	NODE_DAY,    /* number: a day */
	NODE_WORD,   /* a word of a vocabulary, until its set is known */
	NODE_COLUMN, /* column */
	NODE_CALL,   /* function, arg[] */
	NODE_SET,    /* mask */
	NODE_NOT,
	NODE_AND,
	NODE_OR,
	NODE_LT,
	NODE_LE,
	NODE_EQ,
	NODE_NE,
	NODE_GT,
	NODE_GE,
	NODE_IN,    /* arg[0] in arg[1], a NODE_SET or NODE_TEXTS */
	NODE_TEXTS, /* texts */
	NODE_IN_PERIOD,
	NODE_ADD,
	NODE_SUB
};

enum function {
#define FUNCTION(id, name, type, args, help) FUNCTION_##id,
#include "measure/functions.def"
#undef FUNCTION
	FUNCTIONS
};

struct function_info {
	const char *name;
	enum expr_type type;
	const char *args;
	const char *help;
};
extern const struct function_info functions[FUNCTIONS];

/* Words of a set that are an agency's own. */
#define EXPR_TEXTS 16
struct expr_texts {
	const char *list[EXPR_TEXTS];
	int n;
};

/* A number that changes on certain days, by the name of the definition's. */
struct measure_limit;
struct expr_limit {
	const char *name;
	const struct measure_limit *steps; /* oldest first */
	int n;
};

struct expr {
	enum expr_kind kind;
	enum expr_type type;
	enum function function;
	enum facts_column column;
	int32_t number;
	uint32_t mask;
	const struct codeset *codes; /* of codes, bits, sets */
	const struct expr_texts *texts;
	const struct expr_limit *limit; /* of FUNCTION_LIMIT */
	const struct expr *arg[2];
	int args;
	size_t at, len; /* where it stands in the text */
};

/* A fault in a text: where and what, in words. */
struct expr_fault {
	size_t at;
	char text[256];
};

/* What a text is to be: of which type, over which subject. */
struct expr_ask {
	enum expr_type type;
	enum over over;
	const struct expr_limit *limits; /* that it may name */
	int limits_n;
};

/* Parses text, whose type must be the one asked for. The expression is the
 * arena's; it refers to text, which must live as long. NULL with *fault. */
const struct expr *expr_parse(struct arena *arena, const char *text,
    const struct expr_ask *ask, struct expr_fault *fault);
/* The column of that name that the subject sees, its own table first;
 * companions in packed form are not found. FACTS_COLUMNS when there is none. */
enum facts_column expr_column(enum over over, const char *name, size_t len);
/* Whether a function has a meaning over the subject. */
bool expr_applies(enum over over, enum function f);
/* The i-th name of a function or column, NULL behind the last; arg is an
 * enum over (and makes this a suggest_word). */
const char *expr_known_name(const void *arg, size_t i);
/* "a number", "a date" ... */
const char *expr_type_word(enum expr_type type);
/* The k-th column that a function reads without naming it; false behind the
 * last. */
bool expr_hidden(
    enum over over, enum function f, int k, enum facts_column *column);
/* The vocabulary of a code or bit column, by its extract column; or NULL. */
const struct codeset *expr_codes(enum facts_column column);

#endif
