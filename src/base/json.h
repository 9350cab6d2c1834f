/*
 * JSON out by a streaming writer, JSON in by cJSON behind a strict check.
 *
 * The writer appends to a struct buf and keeps the commas. Keys are written
 * as given (they are our own constants), strings are escaped; invalid UTF-8
 * becomes U+FFFD. Numbers beyond 2^53 must be written as strings.
 */
#ifndef HEARTH_BASE_JSON_H
#define HEARTH_BASE_JSON_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <cJSON.h>

#include "base/buf.h"
#include "base/err.h"

struct json {
	struct buf *out;
	bool comma; /* a value stands before at this depth */
};

void json_begin(struct json *j, struct buf *out);
void json_object(struct json *j);     /* { */
void json_object_end(struct json *j); /* } */
void json_array(struct json *j);      /* [ */
void json_array_end(struct json *j);  /* ] */
void json_key(struct json *j, const char *key);
void json_string(struct json *j, const char *s); /* NULL writes null */
void json_stringn(struct json *j, const char *s, size_t n);
void json_int(struct json *j, int64_t v);
void json_bool(struct json *j, bool v);
void json_null(struct json *j);
/* A JSON value as it stands; the caller knows that it is one. */
void json_raw(struct json *j, const char *s, size_t n);
/* A day number as "YYYY-MM-DD"; null for a sentinel. */
void json_date(struct json *j, int32_t day);

/* json_key() and the value, for the common case. */
void json_kv_string(struct json *j, const char *key, const char *s);
void json_kv_int(struct json *j, const char *key, int64_t v);
void json_kv_bool(struct json *j, const char *key, bool v);
void json_kv_date(struct json *j, const char *key, int32_t day);

/* Parses what came from outside: valid UTF-8, no duplicate keys, number
 * grammar, depth at most 64, at most max bytes, nothing behind the value.
 * The tree is the caller's: cJSON_Delete(). NULL with *err otherwise. */
cJSON *json_parse(const char *text, size_t len, size_t max, struct err *err);
/* A member of an object, exact case; NULL when absent or of another type. */
const char *json_get_string(const cJSON *object, const char *key);
bool json_get_int(const cJSON *object, const char *key, int64_t *v);

#endif
