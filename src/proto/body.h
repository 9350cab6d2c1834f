/*
 * Bodies of PUT requests, by their tables (bodies.def): one piece of code
 * that reads them, names the field that is wrong, what it is, what is wanted
 * and what to do instead, and writes them in one form, so that the same
 * content has the same bytes. Pure.
 */
#ifndef HEARTH_PROTO_BODY_H
#define HEARTH_PROTO_BODY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/json.h"

#define BODY_MAX (4u << 20) /* bytes */

enum body_type {
	BODY_LINE,
	BODY_TEXT,
	BODY_ID,
	BODY_DATE,
	BODY_INT,
	BODY_BOOL,
	BODY_WORD,
	BODY_IDS,
	BODY_WORDS,
	BODY_LIST,
};

/* BODY_contract ... */
enum body {
#define BODY(name) BODY_##name,
#define FIELD(body, name, type, least, most, of, needed, help)
#define END(name)
#include "proto/bodies.def"
#undef BODY
#undef FIELD
#undef END
	BODIES
};

struct body_field {
	const char *name;
	enum body_type type;
	int least, most;
	int of; /* enum codeset_id or enum body */
	bool needed;
	const char *help;
};

struct body_info {
	const char *name;
	const struct body_field *fields;
	size_t n;
};

extern const struct body_info bodies[BODIES];

/* What was wrong, beside the error. */
struct body_fault {
	char field[160]; /* "findings[2].text"; "" when it is none of them */
	char hint[400];	 /* what is wanted; "" when nothing helps */
};

/* Reads a body: an object with the table's fields and no others, without those
 * that are null. The tree is the caller's, cJSON_Delete(); NULL otherwise, with
 * BAD_REQUEST (no JSON, no object), TOO_LARGE, UNKNOWN_FIELD, USAGE (a needed
 * one is missing) or BAD_VALUE. */
cJSON *body_read(enum body body, const char *text, size_t len,
    struct body_fault *fault, struct err *err);

/* Appends the object in the table's order, without blanks, without fields
 * that are null, and without the version that was seen. It must be as
 * body_read() returns it. */
void body_write(struct buf *out, enum body body, const cJSON *object);

/* Values of a body that was read; absent: NULL, false, API_NULL and
 * DATE_MISSING. */
const char *body_text(const cJSON *object, const char *field);
int64_t body_int(const cJSON *object, const char *field);
int32_t body_date(const cJSON *object, const char *field);
bool body_bool(const cJSON *object, const char *field);
/* The code of a WORD of that vocabulary; 0 when absent. */
int body_word(const cJSON *object, const char *field, int codes);

#endif
